//! Calling somebody.

use super::finish::{Parties, accept, over};
use super::store::{self, CallRow, Place};
use super::wire::{Call, NewCall, device};
use super::{STARTING, STARTING_WITH_ONE};
use crate::app::App;
use crate::contacts;
use crate::conversations::{self, lock};
use crate::members::ChattingMember;
use crate::messages::Media;
use crate::platform::db::Tx;
use crate::platform::http::{Answer, Code, Problem};
use crate::platform::ids;
use crate::rules::{self, Permit};
use domain::calls::{Side, Start, State, start as decide};
use domain::rules::Right;
use std::sync::Arc;

/// Somebody of the two may begin another call in the moment between looking and joining; then it is looked at again.
const MOST_TRIES: usize = 5;

/// A call that is well formed.
struct Asked<'a> {
    media: Media,
    client_id: Option<[u8; 16]>,
    at: Place<'a>,
    _permit: Permit,
}

/// Calls a member; `true` if it is a new call: two who call each other, or who press twice, are in one.
pub async fn start(app: &App, me: &ChattingMember, new: NewCall) -> Answer<(Call, bool)> {
    let (site, from) = (&me.site, &me.member);
    let other = ids::read(&new.member).ok_or_else(Problem::not_found)?;
    if other == from.id {
        return Err(Problem::invalid("member: not yourself"));
    }
    let named = |id: String| uuid::Uuid::try_parse(&id).map_err(|_| Problem::invalid("client_id: a UUID"));
    let client_id = new.client_id.map(named).transpose()?.map(uuid::Uuid::into_bytes);
    let on = device(new.device)?;
    if let Some(known) = known(app, me, client_id).await? {
        return Ok((known, false));
    }
    let other = app.members.get(&app.db, site.id, other).await?.ok_or_else(Problem::not_found)?;
    let permit = rules::may(app, site, from, &other, Right::Call).await?;
    let open = store::open_of(&mut app.db.read().await?, site.id, from.id).await?;
    if open.is_some_and(|open| ![open.caller_id, open.callee_id].contains(&other.id)) {
        return Err(engaged());
    }
    app.calls.starting.take(from.id, STARTING, &app.clock)?;
    app.calls.starting_with.take((from.id, other.id), STARTING_WITH_ONE, &app.clock)?;
    let facts = conversations::actions::open_for_call(app, site, from, other.id).await?;
    let parties = Parties { site: site.clone(), facts, caller: from.clone(), callee: other };
    let at = Place { device: on.as_deref(), session: &me.session.hash };
    let asked = Asked { media: new.media, client_id, at, _permit: permit };
    for _ in 0..MOST_TRIES {
        if let Some(done) = once(app, &parties, &asked).await? {
            return Ok(done);
        }
    }
    Err(Problem::new(Code::Unavailable))
}

fn engaged() -> Problem {
    Problem::said_with(Code::Busy, "refusal.call.busy")
}

/// What was made before is answered as it stands, whatever is decided now.
async fn known(app: &App, me: &ChattingMember, client_id: Option<[u8; 16]>) -> Answer<Option<Call>> {
    let Some(client_id) = client_id else { return Ok(None) };
    let row = store::by_client_id(&mut app.db.read().await?, me.site.id, me.member.id, &client_id).await?;
    match row {
        Some(row) => Ok(Some(Parties::of(app, &row).await?.view(&row, Side::Caller))),
        None => Ok(None),
    }
}

/// `None`: one of the two began another call meanwhile.
async fn once(app: &App, parties: &Parties, asked: &Asked<'_>) -> Answer<Option<(Call, bool)>> {
    let (site, me, other) = (parties.site.id, parties.caller.id, parties.callee.id);
    let _order = app.order(me ^ other).await;
    let mut tx = app.db.write("call_start").await?;
    // A block between the two is made before or after, never beside it.
    lock(&mut tx, &app.db, site, parties.facts.id).await?;
    let blockers = contacts::blockers_among(&mut tx, site, &[me, other]).await?;
    if blockers.contains(&me) {
        return Err(Problem::new(Code::BlockedByYou));
    }
    let unheard = blockers.contains(&other);
    let mine = store::open_of(&mut tx, site, me).await?;
    // Whoever must not be reached is not in a call either.
    let theirs = if unheard { None } else { store::open_of(&mut tx, site, other).await? };
    let open = |row: &Option<CallRow>| row.as_ref().map(CallRow::open);
    let decided = decide(me, other, open(&mine), open(&theirs));
    let found = |id: i64| mine.iter().chain(&theirs).find(|row| row.id == id).cloned().ok_or_else(Problem::not_found);
    match decided {
        Start::Engaged => Err(engaged()),
        Start::Known(id) => {
            let row = found(id)?;
            let side = if row.caller_id == me { Side::Caller } else { Side::Callee };
            Ok(Some((seen(parties, &row, side), false)))
        }
        Start::Answer(id) => {
            let met = swapped(parties);
            let row = accept(app, &met, tx, found(id)?, &asked.at).await?;
            Ok(Some((met.view(&row, Side::Callee), false)))
        }
        Start::Ring | Start::Busy => begin(app, parties, tx, asked, decided == Start::Busy, unheard).await,
    }
}

fn swapped(parties: &Parties) -> Parties {
    let Parties { site, facts, caller, callee } = parties;
    Parties { site: site.clone(), facts: Arc::clone(facts), caller: callee.clone(), callee: caller.clone() }
}

fn seen(parties: &Parties, row: &CallRow, side: Side) -> Call {
    match side {
        Side::Caller => parties.view(row, side),
        Side::Callee => swapped(parties).view(row, side),
    }
}

/// It rings, or it is over before it began.
async fn begin(
    app: &App,
    parties: &Parties,
    mut tx: Tx,
    asked: &Asked<'_>,
    busy: bool,
    unheard: bool,
) -> Answer<Option<(Call, bool)>> {
    let (me, other, now) = (parties.caller.id, parties.callee.id, app.clock.now());
    let id = app.ids.next(&app.clock);
    let mut row = CallRow::new(id, parties.site.id, parties.facts.id, (me, other), now).with(asked.media);
    row.unheard = unheard;
    row.caller_device = asked.at.device.map(str::to_owned);
    if busy {
        row.becomes(State::Busy, now);
    }
    store::insert(&mut tx, &row, asked.at.session, asked.client_id).await?;
    if busy {
        let row = over(app, parties, tx, row).await?;
        return Ok(Some((parties.view(&row, Side::Caller), true)));
    }
    let members = if unheard { &[me][..] } else { &[me, other][..] };
    if !store::join(&mut tx, &row, members).await? {
        return Ok(None);
    }
    let committed = tx.commit().await?;
    parties.tell(app, "call.updated", &row, Side::Caller);
    if !unheard {
        parties.tell(app, "call.incoming", &row, Side::Callee);
    }
    drop(committed);
    Ok(Some((parties.view(&row, Side::Caller), true)))
}
