//! What the two of a call do about it. Their switches and rules may have changed since it began: it goes on.

use super::finish::{Parties, conflict, happen};
use super::store::{self, CallRow, Place};
use super::wire::{Call, OnDevice, device};
use super::{SIGNAL_BYTES, SIGNALS};
use crate::app::App;
use crate::conversations::lock;
use crate::members::SignedInMember;
use crate::platform::http::{Answer, Problem};
use crate::platform::ids;
use crate::platform::live::{Audience, Event};
use domain::calls::{Side, State, Step};

/// A call of which a member hears; else it is not there.
async fn mine(app: &App, me: &SignedInMember, id: i64) -> Answer<(CallRow, Side)> {
    let row = store::one(&mut app.db.read().await?, me.site.id, id).await?.ok_or_else(Problem::not_found)?;
    let side = row.side_of(me.member.id).ok_or_else(Problem::not_found)?;
    Ok((row, side))
}

/// One call.
pub async fn one(app: &App, me: &SignedInMember, id: i64) -> Answer<Call> {
    let (row, side) = mine(app, me, id).await?;
    Ok(Parties::of(app, &row).await?.view(&row, side))
}

/// The call that a member is in, or that rings for them: at most one.
pub async fn open(app: &App, me: &SignedInMember) -> Answer<Vec<Call>> {
    let row = store::open_of(&mut app.db.read().await?, me.site.id, me.member.id).await?;
    let Some((side, row)) = row.and_then(|row| Some((row.side_of(me.member.id)?, row))) else { return Ok(Vec::new()) };
    Ok(vec![Parties::of(app, &row).await?.view(&row, side)])
}

/// Answers, refuses or hangs up.
pub async fn act(app: &App, me: &SignedInMember, id: i64, what: Step, on: OnDevice) -> Answer<Call> {
    let on = device(on.device)?;
    let (row, side) = mine(app, me, id).await?;
    let at = Place { device: on.as_deref(), session: &me.session.hash };
    let row = happen(app, &row, side, what, Some(&at)).await?.ok_or_else(conflict)?;
    // A block may have come between.
    row.side_of(me.member.id).ok_or_else(Problem::not_found)?;
    Ok(Parties::of(app, &row).await?.view(&row, side))
}

/// The page was loaded again, or another takes over: from now on the member's side of the call is there.
pub async fn rejoin(app: &App, me: &SignedInMember, id: i64, on: OnDevice) -> Answer<Call> {
    let on = device(on.device)?;
    let (row, side) = mine(app, me, id).await?;
    let parties = Parties::of(app, &row).await?;
    let _order = app.order(row.caller_id ^ row.callee_id).await;
    let mut tx = app.db.write("call_rejoin").await?;
    lock(&mut tx, &app.db, row.site(), row.conversation_id).await?;
    let mut row = store::one(&mut tx, row.site(), id).await?.ok_or_else(Problem::not_found)?;
    let there = row.state() == State::Active || (row.state() == State::Ringing && side == Side::Caller);
    if !there {
        return Err(conflict());
    }
    store::settle(&mut tx, &row, side, &Place { device: on.as_deref(), session: &me.session.hash }).await?;
    match side {
        Side::Caller => row.caller_device = on,
        Side::Callee => row.callee_device = on,
    }
    let committed = tx.commit().await?;
    parties.tell_both(app, &row);
    drop(committed);
    Ok(parties.view(&row, side))
}

/// Passes on what one's device says to the other's. Nothing of it is looked at, and nothing kept: who was not connected
/// at that moment agrees anew.
pub async fn signal(app: &App, me: &SignedInMember, id: i64, data: &str, on: Option<String>) -> Answer<()> {
    let on = device(on)?;
    app.calls.signals.take(me.member.id, SIGNALS, &app.clock)?;
    app.calls.signal_bytes.take_many(me.member.id, SIGNAL_BYTES, &app.clock, data.len() as f64)?;
    let (row, side) = mine(app, me, id).await?;
    if row.state().is_over() {
        return Err(conflict());
    }
    let (other, heard) = match side {
        Side::Caller => (row.callee_id, !row.unheard),
        Side::Callee => (row.caller_id, true),
    };
    if heard {
        let on = serde_json::to_string(&on).unwrap_or_default();
        let fields = format!("\"call_id\":\"{}\",\"data\":{data},\"device\":{on}", ids::show(row.id));
        app.hub.publish(Event::passing("call.signal", fields, Audience::Member(other)));
    }
    Ok(())
}
