//! Asking to become contacts, and answering.

use super::store::{self, Box, RequestRow};
use super::wire::{Contact, ContactRequest, RequestState};
use crate::app::App;
use crate::members::Member;
use crate::platform::db::Tx;
use crate::platform::http::{Answer, Code, Page, Problem, cursor_of};
use crate::platform::ids;
use crate::platform::live::{Audience, Event};
use crate::rules;
use crate::sites::Site;
use domain::contacts::{LONGEST_NOTE, Side, State, Step, clean_note, cooldown, step};
use domain::rules::Right;
use std::sync::Arc;

/// Asks a member to become contacts; `true` if it was asked now. If they asked first, the two are contacts.
pub async fn ask(
    app: &App,
    site: &Site,
    me: &Arc<Member>,
    other: &str,
    note: Option<&str>,
) -> Answer<(ContactRequest, bool)> {
    let other = ids::read(other).ok_or_else(Problem::not_found)?;
    if other == me.id {
        return Err(Problem::invalid("member: not yourself"));
    }
    let note = clean_note(note.unwrap_or_default())
        .ok_or_else(|| Problem::invalid(format!("note: at most {LONGEST_NOTE} characters, no control characters")))?;
    let other = app.members.get(&app.db, site.id, other).await?.ok_or_else(Problem::not_found)?;
    let between = rules::between(app, site, me, &[other.id]).await?.remove(&other.id).unwrap_or_default();
    // Who was asked may always answer; one's own block, and what is not there, come first all the same.
    let met = between.contact == Contact::Received && !between.blocked;
    if !met {
        rules::permit(app, site, me, &other, Right::Start, &between).await?;
    }
    if !site.settings.features.contact_requests {
        return Err(Problem::new(Code::FeatureOff));
    }
    let now = app.clock.now();
    let _order = app.order(me.id ^ other.id).await;
    let mut tx = app.db.write("contact_ask").await?;
    let known = store::lock_between(&mut tx, &app.db, site.id, me.id, other.id).await?;
    if let Some(mut known) = known {
        match (known.state(), known.side_of(me.id)) {
            (State::Accepted, _) => return Err(Problem::with(Code::Conflict, "you are contacts already")),
            (State::Pending | State::Declined, Side::Sender) => {
                return Err(Problem::with(Code::Conflict, "you have asked already"));
            }
            (State::Pending | State::Declined, Side::Receiver) => {
                let before = known.state();
                known.becomes(State::Accepted, now);
                return Ok((finish(app, site, me, &other, tx, &known, Some(before)).await?, false));
            }
            (State::Cancelled, Side::Sender) => {
                if let Some(left) = cooldown(known.created_at, now) {
                    return Err(Problem::rate_limited(u64::try_from(left / 1_000).unwrap_or(0) + 1));
                }
            }
            (State::Cancelled, Side::Receiver) => {}
        }
    }
    let row = RequestRow::new(app.ids.next(&app.clock), me.id, other.id, note, now);
    store::insert_request(&mut tx, site.id, &row).await?;
    Ok((finish(app, site, me, &other, tx, &row, None).await?, true))
}

/// Answers a request, takes it or the answer back.
pub async fn answer(app: &App, site: &Site, me: &Arc<Member>, id: i64, what: Step) -> Answer<ContactRequest> {
    if !site.settings.features.contact_requests {
        return Err(Problem::new(Code::FeatureOff));
    }
    let _permit = rules::permit_own(site, me)?;
    let now = app.clock.now();
    let mut tx = app.db.write("contact_answer").await?;
    let row = store::lock_one(&mut tx, &app.db, site.id, me.id, id).await?;
    let mut row = row.ok_or_else(Problem::not_found)?;
    let (side, before) = (row.side_of(me.id), row.state());
    let other = app.members.get_in(&mut tx, site.id, row.other_than(me.id)).await?.ok_or_else(Problem::not_found)?;
    let unheard =
        side == Side::Receiver && store::blockers_among(&mut tx, site.id, &[me.id, other.id]).await?.contains(&me.id);
    if (unheard && before == State::Pending) || (side == Side::Receiver && before == State::Cancelled) {
        return Err(Problem::not_found());
    }
    let after = step(before, row.answered_at, side, what, now)
        .ok_or_else(|| Problem::with(Code::Conflict, "the request does not stand so that this can be done"))?;
    if after == before {
        return Ok(seen_by(&row, me, &other));
    }
    row.becomes(after, now);
    finish(app, site, me, &other, tx, &row, Some(before)).await
}

/// Stores and tells. Each side is told what changed for it: nothing of a refusal, and nothing across a block.
async fn finish(
    app: &App,
    site: &Site,
    me: &Arc<Member>,
    other: &Arc<Member>,
    mut tx: Tx,
    row: &RequestRow,
    before: Option<State>,
) -> Answer<ContactRequest> {
    store::update_request(&mut tx, site.id, row).await?;
    let blockers = store::blockers_among(&mut tx, site.id, &[me.id, other.id]).await?;
    let committed = tx.commit().await?;
    let mine = seen_by(row, me, other);
    tell(app, me.id, &mine);
    let side = row.side_of(other.id);
    let changed = before.is_none_or(|before| Contact::of(before, side) != Contact::of(row.state(), side));
    if changed && !blockers.contains(&other.id) {
        tell(app, other.id, &seen_by(row, other, me));
    }
    drop(committed);
    Ok(mine)
}

fn seen_by(row: &RequestRow, reader: &Member, other: &Member) -> ContactRequest {
    let side = row.side_of(reader.id);
    let (from, to) = if side == Side::Sender { (reader, other) } else { (other, reader) };
    ContactRequest::of(row, side, from, to)
}

fn tell(app: &App, member: i64, request: &ContactRequest) {
    let fields = format!("\"contact_request\":{}", serde_json::to_string(request).unwrap_or_default());
    app.hub.publish(Event::new("contact_request.updated", fields, Audience::Member(member)));
}

/// A block began: what the other has asked is no longer there, for one's own devices alone.
pub(super) async fn tell_gone(app: &App, site: &Site, me: &Arc<Member>, other: &Arc<Member>) -> Answer<()> {
    if let Some(row) = waiting(app, site, me, other).await? {
        let gone = ContactRequest { state: RequestState::Cancelled, ..seen_by(&row, me, other) };
        tell(app, me.id, &gone);
    }
    Ok(())
}

/// A block ended: what the other asked meanwhile, or before, arrives.
pub(super) async fn tell_waiting(app: &App, site: &Site, me: &Arc<Member>, other: &Arc<Member>) -> Answer<()> {
    if let Some(row) = waiting(app, site, me, other).await? {
        tell(app, me.id, &seen_by(&row, me, other));
    }
    Ok(())
}

/// What the other asked and waits for.
async fn waiting(app: &App, site: &Site, me: &Member, other: &Member) -> Answer<Option<RequestRow>> {
    let rows = store::requests_between(&mut app.db.read().await?, site.id, me.id, &[other.id]).await?;
    Ok(rows.into_iter().find(|row| row.state() == State::Pending && row.side_of(me.id) == Side::Receiver))
}

/// A page of the requests one sent or received, newest first.
pub async fn page(
    app: &App,
    site: &Site,
    me: &Arc<Member>,
    side: Side,
    state: Option<State>,
    after: Option<i64>,
    limit: usize,
) -> Answer<Page<ContactRequest>> {
    if !site.settings.features.contact_requests {
        return Err(Problem::new(Code::FeatureOff));
    }
    let wanted = Box { side, state, after, limit: limit + 1 };
    let mut rows = store::request_page(&mut app.db.read().await?, site.id, me.id, &wanted).await?;
    let more = rows.len() > limit;
    rows.truncate(limit);
    let next = rows.last().filter(|_| more).and_then(|row| cursor_of(&row.id));
    let others: Vec<i64> = rows.iter().map(|row| row.other_than(me.id)).collect();
    let others = app.members.get_all(&app.db, site.id, &others).await?;
    let items = rows.iter().filter_map(|row| Some(seen_by(row, me, others.get(&row.other_than(me.id))?)));
    Ok(Page { items: items.collect(), next })
}
