//! Messages that wait for a moderator.

use super::store::{self, HeldRow, HeldState, Reason};
use super::telling;
use super::wire::HeldView;
use crate::app::App;
use crate::audit::{self, Actor, Subject};
use crate::members::Member;
use crate::messages;
use crate::platform::clock::Millis;
use crate::platform::db::holding_none;
use crate::platform::http::{Answer, Code, Problem};
use crate::platform::ids;
use crate::platform::live::{Audience, Event};
use crate::sites::{Site, SiteId};
use serde_json::json;

/// So many of one author wait in a room.
const MOST_WAITING: usize = 20;
/// So many are shown at once to the moderators of a room.
pub const MOST_SHOWN: usize = 200;

/// So long an author who was away is still told that a message of theirs was refused, and why.
const TOLD_FOR: Millis = 7 * 24 * 60 * 60 * 1_000;

/// A message to be held.
#[derive(Clone, Debug)]
pub struct Holding {
    /// The client's own name for it.
    pub client_id: [u8; 16],
    /// The text as it would be sent.
    pub body: String,
    /// The number of the message it answers.
    pub reply_to: Option<i64>,
    /// Why it is held.
    pub reason: Reason,
}

/// Keeps a message until a moderator decides. The same `client_id` again is answered with the same; `None`: it was
/// approved since, and is a message.
pub async fn hold(app: &App, site: &Site, room: i64, me: &Member, holding: &Holding) -> Answer<Option<HeldView>> {
    let mut reader = app.db.read().await?;
    if let Some(known) = store::held_by_name(&mut reader, site.id, room, me.id, &holding.client_id).await? {
        return Ok(still_held(&known));
    }
    if store::waiting_in(&mut reader, site.id, room, Some(me.id), MOST_WAITING).await?.len() >= MOST_WAITING {
        return Err(Problem::said_with(Code::RateLimited, "refusal.message.held").after(60));
    }
    drop(reader);
    let row = HeldRow::new(app.ids.next(&app.clock), room, me.id, holding, app.clock.now());
    let mut tx = app.db.write("message_hold").await?;
    let new = store::insert_held(&mut tx, site.id, &row).await?;
    if new {
        let told = || json!({"held": {"id": ids::show(row.id), "room": ids::show(room), "member": ids::show(me.id), "reason": holding.reason}});
        app.webhooks.tell(app, &mut tx, site.id, crate::webhooks::Event::MessageHeld, &told).await?;
    }
    drop(tx.commit().await?);
    if !new {
        let mut reader = app.db.read().await?;
        let known = store::held_by_name(&mut reader, site.id, room, me.id, &holding.client_id).await?;
        return Ok(known.as_ref().and_then(still_held));
    }
    telling::waiting_changed(app, site, Some(room)).await?;
    Ok(still_held(&row))
}

fn still_held(row: &HeldRow) -> Option<HeldView> {
    (row.state() != HeldState::Approved).then(|| HeldView::of(row, None))
}

/// What of one's own waits in a room or was refused lately, oldest first.
pub async fn own(app: &App, site: SiteId, room: i64, me: i64) -> Answer<Vec<HeldView>> {
    let since = app.clock.now() - TOLD_FOR;
    let rows = store::own_held(&mut app.db.read().await?, site, (room, me), since, MOST_SHOWN).await?;
    Ok(rows.iter().map(|row| HeldView::of(row, None)).collect())
}

/// What waits in a room, oldest first, with its authors.
pub async fn waiting_in(app: &App, site: SiteId, room: i64) -> Answer<Vec<HeldView>> {
    let rows = store::waiting_in(&mut app.db.read().await?, site, room, None, MOST_SHOWN).await?;
    with_authors(app, site, &rows).await
}

/// What waits on a site after this one, oldest first; and where the next page begins.
pub async fn page(app: &App, site: SiteId, after: i64, limit: usize) -> Answer<(Vec<HeldView>, Option<i64>)> {
    let mut rows = store::waiting(&mut app.db.read().await?, site, after, limit + 1).await?;
    let more = rows.len() > limit;
    rows.truncate(limit);
    let next = rows.last().filter(|_| more).map(|last| last.id);
    Ok((with_authors(app, site, &rows).await?, next))
}

async fn with_authors(app: &App, site: SiteId, rows: &[HeldRow]) -> Answer<Vec<HeldView>> {
    let cards = telling::cards(app, site, rows.iter().map(|row| row.member_id)).await?;
    Ok(rows.iter().map(|row| HeldView::of(row, cards.get(&row.member_id).cloned())).collect())
}

/// A moderator lets a message of a room (`None`: any of the site) through, or does not. What they say is told to its
/// author.
///
/// It is sent first, under the name that its author gave it, and marked then: if the server dies in between, it is
/// approved once more, and sent only once.
pub async fn decide(
    app: &App,
    site: &Site,
    by: &Actor,
    (room, id): (Option<i64>, i64),
    approve: bool,
    note: Option<&str>,
) -> Answer<HeldView> {
    holding_none();
    let note = telling::note(note)?;
    let _one = app.moderation.deciding.lock().await;
    let row = store::held(&mut app.db.read().await?, site.id, id).await?;
    let row = row.filter(|row| room.is_none_or(|room| row.conversation_id == room)).ok_or_else(Problem::not_found)?;
    let author = app.members.get(&app.db, site.id, row.member_id).await?.ok_or_else(Problem::not_found)?;
    let card = Some(crate::members::MemberCard::of(&author));
    if row.state() != HeldState::Waiting {
        let same = (row.state() == HeldState::Approved) == approve;
        return if same { Ok(HeldView::of(&row, card)) } else { Err(Problem::new(Code::Conflict)) };
    }
    if approve {
        messages::post_approved(app, site, row.conversation_id, &author, &row).await?;
    }
    let state = if approve { HeldState::Approved } else { HeldState::Rejected };
    let mut tx = app.db.write("held_decide").await?;
    store::decide(&mut tx, site.id, id, state, note.as_deref(), app.clock.now()).await?;
    let action = if approve { "held.approve" } else { "held.reject" };
    let detail = json!({"room": ids::show(row.conversation_id), "member": ids::show(row.member_id),
        "reason": row.reason(), "note": note});
    audit::write(app, &mut tx, site.id, by, action, &Subject::of("held", id), detail).await?;
    let committed = tx.commit().await?;
    let row = row.decided(state, note.as_deref());
    if !approve {
        let view = serde_json::to_string(&HeldView::of(&row, None)).unwrap_or_default();
        app.hub.publish(Event::new("held.updated", format!("\"held\":{view}"), Audience::Member(row.member_id)));
    }
    drop(committed);
    telling::waiting_changed(app, site, Some(row.conversation_id)).await?;
    Ok(HeldView::of(&row, card))
}
