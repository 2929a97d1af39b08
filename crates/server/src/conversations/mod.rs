//! Conversations: who takes part, and the list a person lives in.

pub mod actions;
mod changes;
mod facts;
pub mod groups;
pub mod http;
pub mod inbox;
mod list;
mod making;
mod store;
mod wire;

pub(crate) use changes::tell_changed;
pub use changes::{Changes, tell_forever};
pub use facts::{Facts, Known};
pub use inbox::staff_view;
pub(crate) use list::may_write;
pub use list::{organizer_title, view};
pub(crate) use store::lock;
pub use store::{HeadRow, Kind};
pub use wire::{ConversationView, OrganizerView};

use crate::app::App;
use crate::platform::db::{DbError, Tx};
use crate::platform::live::Audience;
use crate::sites::SiteId;

/// A member's direct conversations with these others: the other, the conversation, whether the other has written in it.
pub async fn direct_with(
    app: &App,
    site: SiteId,
    member: i64,
    others: &[i64],
) -> Result<Vec<(i64, i64, bool)>, DbError> {
    if others.is_empty() {
        return Ok(Vec::new());
    }
    store::direct_with(&mut app.db.read().await?, site, member, others).await
}

/// Every direct conversation of these members: `(member, peer, conversation)`.
pub async fn directs_of(app: &App, site: SiteId, members: &[i64]) -> Result<Vec<(i64, i64, i64)>, DbError> {
    store::directs_of(&mut app.db.read().await?, site, members, false).await
}

/// The same, without those across which one blocks the other.
pub async fn unblocked_directs_of(app: &App, site: SiteId, members: &[i64]) -> Result<Vec<(i64, i64, i64)>, DbError> {
    store::directs_of(&mut app.db.read().await?, site, members, true).await
}

/// A member's conversation with the organizers, if there is one.
pub async fn with_organizers(app: &App, site: SiteId, member: i64) -> Result<Option<i64>, DbError> {
    store::by_key(&mut app.db.read().await?, site, &store::organizer_key(member)).await
}

/// Everybody with whom a member shares a conversation, of any kind.
pub async fn companions_of(app: &App, site: SiteId, member: i64) -> Result<Vec<i64>, DbError> {
    store::companions_of(&mut app.db.read().await?, site, member).await
}

/// What of a conversation a member may read: after what they cleared, and up to where they blocked the other.
pub struct Window {
    /// Who reads; 0: the organizers.
    pub reader: i64,
    /// Messages up to here are gone for them.
    pub cleared: i64,
    /// Of messages up to here they see what was there when they blocked the other; the later ones wait.
    pub blocked_at: Option<i64>,
    /// It is a room: there are whispers that the reader does not see.
    pub in_room: bool,
}

impl Window {
    /// Everything.
    pub const ALL: Window = Window { reader: 0, cleared: 0, blocked_at: None, in_room: false };
}

/// What of a conversation a member may read.
pub async fn window(app: &App, site: SiteId, member: i64, id: i64) -> Result<Window, DbError> {
    if app.conversations.get(app, site, id).await?.is_some_and(|facts| facts.kind == Kind::Room) {
        return Ok(Window { reader: member, in_room: true, ..Window::ALL });
    }
    let head = store::head(&mut app.db.read().await?, site, member, id).await?;
    Ok(head.map_or(Window::ALL, |head| Window {
        reader: member,
        cleared: head.cleared_seq,
        blocked_at: head.blocked.then_some(head.last_seq),
        in_room: false,
    }))
}

/// Who is told of a message that goes: everybody in whose conversation it stands, also across a block.
pub(crate) async fn who_see(
    tx: &mut Tx,
    site: SiteId,
    facts: &Facts,
    author: i64,
    seq: i64,
) -> Result<Audience, DbError> {
    match facts.audience(author) {
        Audience::Conversation { id, staff, .. } if facts.kind == Kind::Direct => {
            Ok(Audience::Conversation { id, members: store::who_see(tx, site, id, seq).await?.into(), staff })
        }
        other => Ok(other),
    }
}
