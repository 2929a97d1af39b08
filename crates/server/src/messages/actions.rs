//! What changes messages that exist, and passing signals.

use super::history::views;
use super::room;
use super::store::{self, MessageRow};
use super::wire::MessageView;
use super::writer::{Job, Read, Reads};
use crate::app::App;
use crate::audit::Actor;
use crate::contacts;
use crate::conversations::{self, Facts, Kind, actions::participating, may_write};
use crate::members::{Member, MemberCard};
use crate::platform::db::{Link, Tx};
use crate::platform::http::{Answer, Bucket, Code, Problem};
use crate::platform::ids;
use crate::platform::live::{Audience, Event};
use crate::sites::{Site, SiteId};
use crate::{moderation, rooms};
use domain::messages::Body;
use std::sync::Arc;
use tokio::sync::oneshot;

/// With more inside a room, nobody is told who types: it would be told all the time.
const MOST_TOLD_OF_TYPING: usize = 100;
/// How often it is told that somebody types; clients say it every three seconds.
const TYPING: Bucket = Bucket { per_second: 0.5, burst: 3.0 };

/// The author gives a message another text.
pub async fn edit(app: &App, site: &Site, me: &Member, id: i64, seq: i64, body: &str) -> Answer<MessageView> {
    let facts = participating(app, site, me, id).await?;
    let body = Body::parse(body)?;
    app.sending.take(me.id, site.settings.limits.messages.into(), &app.clock)?;
    may_write(app, site, me, &facts).await?;
    let body = match facts.kind {
        // For whom a message is never changes: it can be asked before the transaction.
        Kind::Room => {
            let row = own(&mut app.db.read().await?, site, me, id, seq).await?;
            room::check_edit(app, site, me, id, row.whisper_to.as_deref(), body).await?
        }
        _ => {
            moderation::accepts(site.settings.content_policy.policy(), body.as_str())?;
            body
        }
    };
    let _order = app.order(id).await;
    let mut tx = app.db.write("message_edit").await?;
    if facts.kind == Kind::Group && !facts.includes(me.id) {
        // Taken out while this waited for its turn.
        return Err(Problem::not_found());
    }
    let row = own(&mut tx, site, me, id, seq).await?;
    if row.removed_by.is_some() {
        return Err(Problem::with(Code::Conflict, "the message was removed"));
    }
    if row.body != body.as_str() {
        let held = facts.peer_of(me.id).is_some_and(|peer| facts.blocks(peer));
        store::edit(&mut tx, site.id, &row, body.as_str(), held, app.clock.now()).await?;
    }
    let audience = match row.whisper_to {
        Some(_) => whispered(&mut tx, site.id, id, seq).await?,
        None => facts.audience(me.id),
    };
    finish(app, site, audience, &facts, tx, seq).await
}

/// The author withdraws a message, or a moderator of the room removes it: the text is gone, its place stays. Twice is
/// the same.
pub async fn withdraw(
    app: &App,
    site: &Site,
    me: &Member,
    (id, seq): (i64, i64),
    reason: Option<&str>,
) -> Answer<MessageView> {
    let facts = participating(app, site, me, id).await?;
    if facts.kind == Kind::Room && !is_own(app, site, me, id, seq).await? {
        let room = rooms::enter(app, site, me, id).await?;
        if !room.is_moderator(site, me) {
            return Err(Problem::new(Code::ReadOnly));
        }
        return moderation::removal::remove(app, site, &Actor::from(me), (id, seq), reason).await;
    }
    let _order = app.order(id).await;
    let mut tx = app.db.write("message_withdraw").await?;
    let row = own(&mut tx, site, me, id, seq).await?;
    if row.removed_by.is_none() {
        store::remove(&mut tx, site.id, id, seq, "author", app.clock.now()).await?;
    }
    // It only takes away: who sees the message is told, whoever blocks whom.
    let audience = match row.whisper_to {
        Some(_) => whispered(&mut tx, site.id, id, seq).await?,
        None => conversations::who_see(&mut tx, site.id, &facts, me.id, seq).await?,
    };
    finish(app, site, audience, &facts, tx, seq).await
}

/// Whether a message that one sees is one's own.
async fn is_own(app: &App, site: &Site, me: &Member, id: i64, seq: i64) -> Answer<bool> {
    let mut reader = app.db.read().await?;
    let row = store::at(&mut reader, site.id, &[(id, seq)]).await?.pop().ok_or_else(Problem::not_found)?;
    let own = row.author_name.is_none() && row.author_id == me.id;
    let whispered = !own && row.whisper_to.is_some();
    let unheard = whispered && !rooms::reaches(&mut reader, site.id, id, seq).await?.contains(&me.id);
    drop(reader);
    if unheard {
        // A reported whisper: moderators see those.
        let room = app.rooms.get(app, site.id, id).await?.filter(|room| room.is_moderator(site, me));
        return room.map(|_| false).ok_or_else(Problem::not_found);
    }
    Ok(own)
}

/// Those inside a room whom a whisper reaches.
pub(super) async fn whispered(tx: &mut Tx, site: SiteId, id: i64, seq: i64) -> Answer<Audience> {
    let reaches = rooms::reaches(tx, site, id, seq).await?;
    Ok(Audience::Room { id, members: Some(reaches.into()) })
}

/// One's own message; another's can be seen but not touched.
async fn own<L>(on: &mut L, site: &Site, me: &Member, id: i64, seq: i64) -> Answer<MessageRow>
where
    for<'c> Link<'c>: From<&'c mut L>,
{
    let row = store::at(&mut *on, site.id, &[(id, seq)]).await?.pop().ok_or_else(Problem::not_found)?;
    if row.whisper_to.is_some() && !rooms::reaches(on, site.id, id, seq).await?.contains(&me.id) {
        return Err(Problem::not_found());
    }
    if row.author_name.is_some() || row.author_id != me.id {
        return Err(Problem::new(Code::ReadOnly));
    }
    Ok(row)
}

async fn finish(
    app: &App,
    site: &Site,
    audience: Audience,
    facts: &Facts,
    mut tx: Tx,
    seq: i64,
) -> Answer<MessageView> {
    let rows = store::at(&mut tx, site.id, &[(facts.id, seq)]).await?;
    let committed = tx.commit().await?;
    let view = views(app, site.id, rows).await?.pop().ok_or_else(Problem::not_found)?;
    let fields = format!("\"message\":{}", serde_json::to_string(&view).unwrap_or_default());
    app.hub.publish(Event::new("message.updated", fields, audience));
    drop(committed);
    Ok(view)
}

/// A member has read up to here.
pub async fn read(app: &App, site: &Site, me: &Member, id: i64, seq: i64) -> Answer<()> {
    let facts = participating(app, site, me, id).await?;
    if facts.kind == Kind::Room {
        rooms::enter(app, site, me, id).await?;
    }
    let but = apart_in_group(app, site, me, &facts).await?;
    if !move_mark(app, facts, Reads::Member(me.id), seq, but).await? {
        conversations::actions::mark_seen(app, site, me, id).await?;
    }
    Ok(())
}

/// The operators have read up to here.
pub async fn read_by_staff(app: &App, site: &Site, id: i64, seq: i64) -> Answer<()> {
    let facts = app.conversations.get(app, site.id, id).await?;
    let facts = facts.filter(|f| f.kind == crate::conversations::Kind::Organizer).ok_or_else(Problem::not_found)?;
    move_mark(app, facts, Reads::Staff, seq, Vec::new()).await.map(drop)
}

/// `true` if it moved.
async fn move_mark(app: &App, facts: Arc<Facts>, by: Reads, seq: i64, but: Vec<i64>) -> Answer<bool> {
    if seq < 0 {
        return Err(Problem::invalid("seq: at least 0"));
    }
    let (done, moved) = oneshot::channel();
    app.messages.add(Job::Read(Read { facts, by, seq, but, done })).await?;
    moved.await.map_err(|_| Problem::new(Code::Unavailable))?
}

/// A member is typing: the others are told, nothing is kept.
pub async fn typing(app: &App, site: &Site, me: &Member, id: i64) -> Answer<()> {
    let facts = participating(app, site, me, id).await?;
    may_write(app, site, me, &facts).await?;
    let full = facts.kind == Kind::Room && app.hub.count_inside(id, &[]) > MOST_TOLD_OF_TYPING;
    if full || app.typing.take((id, me.id), TYPING, &app.clock).is_err() {
        return Ok(());
    }
    let card = serde_json::to_string(&MemberCard::of(me)).unwrap_or_default();
    let fields = format!("\"conversation_id\":\"{}\",\"member\":{card}", ids::show(id));
    let mut but = apart_in_group(app, site, me, &facts).await?;
    but.push(me.id);
    but.sort_unstable();
    let audience = match facts.kind {
        Kind::Room => Audience::RoomBut { id, but: but.into() },
        _ => facts.audience_but(me.id, &but),
    };
    app.hub.publish(Event::passing("typing", fields, audience));
    Ok(())
}

/// Those who must not see in a group or room that a member is here, sorted: whom they block, and who blocks them.
async fn apart_in_group(app: &App, site: &Site, me: &Member, facts: &Facts) -> Answer<Vec<i64>> {
    if !matches!(facts.kind, Kind::Group | Kind::Room) {
        return Ok(Vec::new());
    }
    let around = contacts::blocks_around(&mut app.db.read().await?, site.id, &[me.id]).await?;
    let mut apart: Vec<i64> = around.into_iter().map(|(_, other)| other).collect();
    apart.sort_unstable();
    Ok(apart)
}
