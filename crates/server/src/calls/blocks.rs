//! What a block does to a call between the two: it ends if its maker is in it, and rings on for the other alone if not.

use super::finish::{Parties, happen};
use super::store::{self, CallRow};
use crate::app::App;
use crate::platform::db::{DbError, Tx};
use crate::platform::http::Answer;
use crate::sites::SiteId;
use domain::calls::{Side, State, Step};

/// Before somebody blocks another: whoever talks to them, or calls them, hangs up.
pub(crate) async fn hang_up_before(app: &App, site: SiteId, me: i64, other: i64) -> Answer<()> {
    let Some(row) = store::open_of(&mut app.db.read().await?, site, me).await? else { return Ok(()) };
    let side = if row.caller_id == me { Side::Caller } else { Side::Callee };
    let between = row.member(side) == me && [row.caller_id, row.callee_id].contains(&other);
    if between && (row.state() == State::Active || side == Side::Caller) {
        happen(app, &row, side, Step::HangUp, None).await?;
    }
    Ok(())
}

/// Within the transaction of a block: what the other rings for is no longer heard.
pub(crate) async fn part(tx: &mut Tx, site: SiteId, me: i64, other: i64) -> Result<Option<Rings>, DbError> {
    let Some(mut row) = store::ringing(tx, site, other, me).await?.filter(|row| !row.unheard) else { return Ok(None) };
    row.unheard = true;
    store::change(tx, &row, State::Ringing).await?;
    store::leave(tx, &row, Some(me)).await?;
    Ok(Some(Rings(row)))
}

/// Within the transaction that ends a block: it is heard, unless they are in another call.
pub(crate) async fn meet(tx: &mut Tx, site: SiteId, me: i64, other: i64) -> Result<Option<Rings>, DbError> {
    let Some(mut row) = store::ringing(tx, site, other, me).await?.filter(|row| row.unheard) else { return Ok(None) };
    if !store::join(tx, &row, &[me]).await? {
        return Ok(None);
    }
    row.unheard = false;
    store::change(tx, &row, State::Ringing).await?;
    Ok(Some(Rings(row)))
}

/// A call that rings.
pub(crate) struct Rings(CallRow);

/// After that commit: the blocker's devices stop ringing, as if the other had given up.
pub(crate) async fn tell_parted(app: &App, rings: Option<Rings>) -> Answer<()> {
    let Some(Rings(mut row)) = rings else { return Ok(()) };
    let parties = Parties::of(app, &row).await?;
    row.becomes(State::Cancelled, app.clock.now());
    parties.tell(app, "call.updated", &row, Side::Callee);
    Ok(())
}

/// After that commit: they ring.
pub(crate) async fn tell_met(app: &App, rings: Option<Rings>) -> Answer<()> {
    let Some(Rings(row)) = rings else { return Ok(()) };
    let parties = Parties::of(app, &row).await?;
    parties.tell(app, "call.incoming", &row, Side::Callee);
    Ok(())
}
