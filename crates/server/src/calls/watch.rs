//! What ends calls by itself: nobody answers, somebody is gone, or may no longer use the chat.

use super::finish::happen;
use super::store::{self, CallRow};
use crate::app::App;
use crate::members::Session;
use crate::platform::clock::{Millis, pause};
use crate::platform::db::DbError;
use crate::platform::http::Answer;
use crate::platform::live::Person;
use domain::calls::{BACK_AFTER_RESTART, BACK_WITHIN, RING_FOR, Side, State, Step, step};
use std::sync::PoisonError;
use std::time::Duration;

/// Calls are looked at this often.
const LOOK: Duration = Duration::from_millis(500);
/// What is over is kept so long for clients that ask again.
const KEPT: Millis = 24 * 60 * 60 * 1_000;

/// Watches over calls, for as long as the process lives. At its start everybody has to come back.
pub async fn watch_forever(app: App) {
    let mut patience = BACK_AFTER_RESTART;
    loop {
        match look(&app, patience).await {
            Ok(()) => patience = BACK_WITHIN,
            Err(error) => tracing::error!(?error, "could not look after calls"),
        }
        pause(LOOK).await;
    }
}

async fn look(app: &App, patience: Millis) -> Answer<()> {
    let open = store::open(&mut app.db.read().await?).await?;
    let active = open.iter().filter(|row| row.state() == State::Active).count();
    metrics::gauge!("parvis_calls_active").set(active as f64);
    app.calls.forget_missing(&open);
    for row in open {
        if let Some((side, what)) = due(app, &row, patience).await? {
            // Whatever came first has decided.
            if let Err(problem) = happen(app, &row, side, what, None).await {
                tracing::debug!(code = ?problem.code, "a call was not ended");
            }
        }
    }
    Ok(())
}

/// What happens to a call now by itself.
async fn due(app: &App, row: &CallRow, patience: Millis) -> Answer<Option<(Side, Step)>> {
    let now = app.clock.now();
    if row.state() == State::Ringing && now - row.started_at >= RING_FOR {
        return Ok(Some((Side::Caller, Step::TimeOut)));
    }
    for side in [Side::Caller, Side::Callee] {
        let id = row.member(side);
        let member = app.members.get(&app.db, row.site(), id).await?;
        if !member.is_some_and(|member| member.chat_enabled) {
            return Ok(Some((side, Step::Barred)));
        }
        let counts = step(row.state(), side, Step::Gone).is_some();
        if counts && app.calls.is_gone(app, (row.id, id), now, patience) {
            return Ok(Some((side, Step::Gone)));
        }
    }
    Ok(None)
}

impl super::Calls {
    /// Whether a member of a call has had no connection for too long.
    fn is_gone(&self, app: &App, who: (i64, i64), now: Millis, patience: Millis) -> bool {
        let mut missing = self.missing.lock().unwrap_or_else(PoisonError::into_inner);
        if app.hub.is_here(Person::Member(who.1)) {
            missing.remove(&who);
            return false;
        }
        now >= *missing.entry(who).or_insert(now + patience)
    }

    fn forget_missing(&self, open: &[CallRow]) {
        let mut missing = self.missing.lock().unwrap_or_else(PoisonError::into_inner);
        missing.retain(|(call, _), _| open.iter().any(|row| row.id == *call));
    }

    /// Whether it was noticed that a member of a call has no connection.
    pub fn misses(&self, call: i64, member: i64) -> bool {
        self.missing.lock().unwrap_or_else(PoisonError::into_inner).contains_key(&(call, member))
    }
}

/// A session ended: so does the call in which it takes part. Whoever signs out has, whatever comes of this; a call that
/// could not be ended ends when its people are gone.
pub async fn end_of_session(app: &App, session: &Session) {
    let Person::Member(me) = session.person else { return };
    if let Err(problem) = end_all_of(app, session, me).await {
        tracing::error!(?problem, "could not end the call of a session");
    }
}

async fn end_all_of(app: &App, session: &Session, me: i64) -> Answer<()> {
    let rows = store::open_of_session(&mut app.db.read().await?, session.site, &session.hash).await?;
    for row in rows {
        let side = if row.caller_id == me { Side::Caller } else { Side::Callee };
        happen(app, &row, side, Step::Barred, None).await?;
    }
    Ok(())
}

/// Forgets calls of long ago; their lines stay.
pub async fn sweep(app: &App) -> Result<(), DbError> {
    let mut tx = app.db.write("call_sweep").await?;
    store::forget(&mut tx, app.clock.now() - KEPT).await?;
    drop(tx.commit().await?);
    Ok(())
}
