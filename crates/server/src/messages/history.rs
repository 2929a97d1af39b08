//! Reading messages.

use super::store::{self, MessageRow, PageOf};
use super::wire::{MessageView, people_of};
use crate::app::App;
use crate::conversations::Window;
use crate::platform::db::{DbError, Tx};
use crate::platform::http::{Answer, Problem};
use crate::platform::live::{Audience, Event};
use crate::rooms::Room;
use crate::sites::{Site, SiteId};
use std::collections::HashMap;
use std::sync::Arc;

/// A page of what a reader may read of a conversation. `before` and `after` are exclusive; without either, the newest
/// page. Always ascending; the second value says whether there is more.
pub(super) async fn page(
    app: &App,
    site: SiteId,
    id: i64,
    window: &Window,
    (before, after): (Option<i64>, Option<i64>),
    limit: usize,
) -> Answer<(Vec<MessageView>, bool)> {
    if before.is_some_and(|n| n < 1) || after.is_some_and(|n| n < 0) {
        return Err(Problem::invalid("before, after: a message's seq"));
    }
    let wanted = PageOf {
        after: after.unwrap_or(0).max(window.cleared),
        before: before.unwrap_or(i64::MAX).min(window.blocked_at.map_or(i64::MAX, |seq| seq + 1)),
        backwards: after.is_none(),
        whispers_to: window.in_room.then_some(window.reader),
    };
    let backwards = wanted.backwards;
    let mut reader = app.db.read().await?;
    let mut rows = store::page(&mut reader, site, id, wanted, limit + 1).await?;
    drop(reader);
    let more = rows.len() > limit;
    if more && backwards {
        rows.remove(0);
    } else {
        rows.truncate(limit);
    }
    if window.blocked_at.is_some() {
        // One's own edits are held back from the other, if they block too.
        let seen = |row: MessageRow| if row.author_id == window.reader { row } else { row.held_back() };
        rows = rows.into_iter().map(seen).collect();
    }
    Ok((views(app, site, rows).await?, more))
}

/// The messages at these places (conversation, number), for somebody who blocks the author in those that `blocked`
/// says (conversation, author).
pub async fn at(
    app: &App,
    site: SiteId,
    places: &[(i64, i64)],
    blocked: impl Fn(i64, i64) -> bool,
) -> Result<Vec<MessageView>, DbError> {
    let rows = store::at(&mut app.db.read().await?, site, places).await?;
    let seen = |row: MessageRow| if blocked(row.conversation_id, row.author_id) { row.held_back() } else { row };
    views(app, site, rows.into_iter().map(seen).collect()).await
}

/// Who sent a message that a member may read (0: no member), and when.
pub async fn sent(app: &App, site: SiteId, me: i64, id: i64, seq: i64) -> Answer<(i64, i64)> {
    let window = crate::conversations::window(app, site, me, id).await?;
    let found = store::at(&mut app.db.read().await?, site, &[(id, seq)]).await?.pop();
    let row = found.filter(|row| row.seq > window.cleared).ok_or_else(Problem::not_found)?;
    Ok((if row.author_name.is_none() { row.author_id } else { 0 }, row.sent_at))
}

/// What waited behind a block that ends.
pub(crate) struct Waited {
    edited: Vec<MessageRow>,
    sent: Vec<MessageRow>,
}

/// More is not told one by one.
const MOST_TOLD: usize = 200;

/// Within the transaction that ends a block: what its maker did not see of the other: messages after `seen`,
/// and edits.
pub(crate) async fn release(tx: &mut Tx, site: SiteId, id: i64, other: i64, seen: i64) -> Result<Waited, DbError> {
    let mut edited = store::release_held(tx, site, id, other).await?;
    edited.retain(|row| row.seq <= seen);
    let after = PageOf { after: seen, before: i64::MAX, backwards: false, whispers_to: None };
    Ok(Waited { edited, sent: store::page(tx, site, id, after, MOST_TOLD + 1).await? })
}

/// After that commit: tells them, or to load again if it is much.
pub(crate) async fn tell_waited(app: &App, site: SiteId, member: i64, waited: Waited) -> Answer<()> {
    if waited.sent.len() + waited.edited.len() > MOST_TOLD {
        app.hub.publish(Event::new("resync", "\"reason\":\"unblocked\"".to_owned(), Audience::Member(member)));
        return Ok(());
    }
    for (kind, rows) in [("message.updated", waited.edited), ("message.created", waited.sent)] {
        let told = views(app, site, rows).await?.into_iter().map(|message| {
            let fields = format!("\"message\":{}", serde_json::to_string(&message).unwrap_or_default());
            Event::new(kind, fields, Audience::Member(member))
        });
        app.hub.publish_all(told);
    }
    Ok(())
}

/// The rooms in which these messages stand, with their site.
async fn rooms_of(
    app: &App,
    site: SiteId,
    rows: &[MessageRow],
) -> Result<HashMap<i64, (Arc<Site>, Arc<Room>)>, DbError> {
    let mut found = HashMap::new();
    for row in rows.iter().filter(|row| row.shown.is_some()) {
        if !found.contains_key(&row.conversation_id)
            && let Some(site) = app.sites.get(&app.db, site).await?
            && let Some(room) = app.rooms.get(app, site.id, row.conversation_id).await?
        {
            found.insert(row.conversation_id, (site, room));
        }
    }
    Ok(found)
}

pub(super) async fn views(app: &App, site: SiteId, rows: Vec<MessageRow>) -> Result<Vec<MessageView>, DbError> {
    let mut people: Vec<i64> = rows.iter().flat_map(people_of).collect();
    people.sort_unstable();
    people.dedup();
    let members = app.members.get_all(&app.db, site, &people).await?;
    let rooms = rooms_of(app, site, &rows).await?;
    let view = |row: MessageRow| {
        let room = rooms.get(&row.conversation_id);
        MessageView::of(row, &members, |author| room.is_some_and(|(site, room)| room.is_moderator(site, author)))
    };
    Ok(rows.into_iter().map(view).collect())
}
