//! Taking messages away, and putting them back.

use super::store::reports as store;
use super::telling;
use crate::app::App;
use crate::audit::{Actor, ActorKind};
use crate::conversations::{Facts, Kind};
use crate::messages::{self, MessageView};
use crate::platform::http::{Answer, Problem};
use crate::rooms;
use crate::sites::Site;
use std::sync::Arc;

/// A moderator removes a message of a room: its text is gone for everybody, its place says so, and why if they give a
/// reason.
pub async fn remove(
    app: &App,
    site: &Site,
    by: &Actor,
    (room, seq): (i64, i64),
    reason: Option<&str>,
) -> Answer<MessageView> {
    let facts = room_of(app, site, room).await?;
    may_see(app, site, by, room, seq).await?;
    let reason = telling::said("reason", reason)?;
    messages::removal::remove(app, site, by, &facts, seq, reason.as_deref()).await
}

/// A moderator puts back what one of them removed, for a day.
pub async fn restore(app: &App, site: &Site, by: &Actor, room: i64, seq: i64) -> Answer<MessageView> {
    let facts = room_of(app, site, room).await?;
    may_see(app, site, by, room, seq).await?;
    messages::removal::restore(app, site, by, &facts, seq).await
}

async fn room_of(app: &App, site: &Site, room: i64) -> Answer<Arc<Facts>> {
    let facts = app.conversations.get(app, site.id, room).await?;
    facts.filter(|facts| facts.kind == Kind::Room).ok_or_else(Problem::not_found)
}

/// Whispers are none of a moderator's business, but for those addressed to them and those that were reported.
async fn may_see(app: &App, site: &Site, by: &Actor, room: i64, seq: i64) -> Answer<()> {
    let mut reader = app.db.read().await?;
    let message = store::message(&mut reader, site.id, room, seq).await?.ok_or_else(Problem::not_found)?;
    if !message.whisper || store::is_reported(&mut reader, site.id, room, seq).await? {
        return Ok(());
    }
    let reaches = rooms::reaches(&mut reader, site.id, room, seq).await?;
    let mine = by.kind == ActorKind::Member && reaches.contains(&by.id);
    if mine { Ok(()) } else { Err(Problem::not_found()) }
}
