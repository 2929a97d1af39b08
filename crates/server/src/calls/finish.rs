//! What becomes of a call that exists: one transaction each, then both sides are told.

use super::store::{self, CallRow, Place};
use super::wire::Call;
use crate::app::App;
use crate::conversations::{Facts, lock};
use crate::members::Member;
use crate::messages::{CallLine, Outcome, say_call, tell_call};
use crate::platform::db::Tx;
use crate::platform::http::{Answer, Code, Problem};
use crate::platform::live::{Audience, Event};
use crate::sites::Site;
use domain::calls::{Side, State, Step, seconds, step};
use std::sync::Arc;

/// Everybody and everything that a call concerns.
pub(super) struct Parties {
    pub site: Arc<Site>,
    pub facts: Arc<Facts>,
    pub caller: Arc<Member>,
    pub callee: Arc<Member>,
}

pub(super) fn conflict() -> Problem {
    Problem::said_with(Code::Conflict, "refusal.call.over")
}

impl Parties {
    /// Those of a call.
    pub async fn of(app: &App, row: &CallRow) -> Answer<Parties> {
        let site = app.sites.get(&app.db, row.site()).await?.ok_or_else(Problem::not_found)?;
        let facts = app.conversations.get(app, site.id, row.conversation_id).await?.ok_or_else(Problem::not_found)?;
        let mut people = app.members.get_all(&app.db, site.id, &[row.caller_id, row.callee_id]).await?;
        let caller = people.remove(&row.caller_id).ok_or_else(Problem::not_found)?;
        let callee = people.remove(&row.callee_id).ok_or_else(Problem::not_found)?;
        Ok(Parties { site, facts, caller, callee })
    }

    /// A call as a side sees it.
    pub fn view(&self, row: &CallRow, side: Side) -> Call {
        Call::of(row, side, &self.caller, &self.callee)
    }

    /// Tells all devices of a side of a call.
    pub fn tell(&self, app: &App, kind: &'static str, row: &CallRow, side: Side) {
        let call = serde_json::to_string(&self.view(row, side)).unwrap_or_default();
        app.hub.publish(Event::new(kind, format!("\"call\":{call}"), Audience::Member(row.member(side))));
    }

    /// Tells both how a call stands now. Whom it must not reach hears nothing; who was busy finds its line.
    pub fn tell_both(&self, app: &App, row: &CallRow) {
        self.tell(app, "call.updated", row, Side::Caller);
        if !row.unheard && row.state() != State::Busy {
            self.tell(app, "call.updated", row, Side::Callee);
        }
    }
}

/// Something happens to a call: how it stands then; `None`: that side cannot do this now.
pub(super) async fn happen(
    app: &App,
    row: &CallRow,
    side: Side,
    what: Step,
    at: Option<&Place<'_>>,
) -> Answer<Option<CallRow>> {
    let parties = Parties::of(app, row).await?;
    let _order = app.order(row.caller_id ^ row.callee_id).await;
    let mut tx = app.db.write("call").await?;
    lock(&mut tx, &app.db, row.site(), row.conversation_id).await?;
    let row = store::one(&mut tx, row.site(), row.id).await?.ok_or_else(Problem::not_found)?;
    match (step(row.state(), side, what), at) {
        (None, _) => Ok(None),
        // Answered before: on this page, or on another.
        (Some(State::Active), Some(at)) if row.state() == State::Active => {
            let same = at.device.is_none() || at.device == row.callee_device.as_deref();
            Ok(same.then_some(row))
        }
        (Some(State::Active), Some(at)) => accept(app, &parties, tx, row, at).await.map(Some),
        (Some(State::Active), None) => Ok(None),
        (Some(after), _) => end(app, &parties, tx, row, after).await.map(Some),
    }
}

/// The callee answers on a page.
pub(super) async fn accept(
    app: &App,
    parties: &Parties,
    mut tx: Tx,
    mut row: CallRow,
    at: &Place<'_>,
) -> Answer<CallRow> {
    if row.unheard {
        // The block between them has ended.
        row.unheard = false;
        if !store::join(&mut tx, &row, &[row.callee_id]).await? {
            return Err(Problem::new(Code::Busy));
        }
    }
    row.becomes(State::Active, app.clock.now());
    row.callee_device = at.device.map(str::to_owned);
    if !store::change(&mut tx, &row, State::Ringing).await? {
        return Err(conflict());
    }
    store::settle(&mut tx, &row, Side::Callee, at).await?;
    let committed = tx.commit().await?;
    parties.tell_both(app, &row);
    drop(committed);
    Ok(row)
}

async fn end(app: &App, parties: &Parties, mut tx: Tx, mut row: CallRow, after: State) -> Answer<CallRow> {
    let before = row.state();
    row.becomes(after, app.clock.now());
    if !store::change(&mut tx, &row, before).await? {
        return Err(conflict());
    }
    store::leave(&mut tx, &row, None).await?;
    over(app, parties, tx, row).await
}

/// Writes the line of a call that is over, makes all of it durable and tells it.
pub(super) async fn over(app: &App, parties: &Parties, mut tx: Tx, row: CallRow) -> Answer<CallRow> {
    let Parties { site, facts, caller, .. } = parties;
    let outcome = outcome(row.state());
    let call = CallLine {
        media: row.media(),
        outcome,
        seconds: seconds(row.answered_at, row.ended_at.unwrap_or(row.started_at)),
    };
    let both = [row.caller_id, row.callee_id];
    let seen = if row.state().was_missed() { &both[..1] } else { &both[..] };
    let called = say_call(app, &mut tx, facts, caller, call, seen).await?;
    let committed = tx.commit().await?;
    metrics::counter!("parvis_calls_total", "outcome" => store::name(row.state())).increment(1);
    parties.tell_both(app, &row);
    tell_call(app, site, facts, called).await;
    drop(committed);
    Ok(row)
}

fn outcome(state: State) -> Outcome {
    match state {
        State::Declined => Outcome::Declined,
        State::Cancelled => Outcome::Cancelled,
        State::Missed => Outcome::Missed,
        State::Busy => Outcome::Busy,
        State::Ringing | State::Active | State::Ended => Outcome::Ended,
    }
}
