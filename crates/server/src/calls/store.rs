use crate::messages::Media;
use crate::platform::clock::Millis;
use crate::platform::db::{DbError, Link, Sql, Tx, sql};
use crate::sites::SiteId;
use domain::calls::{Open, Side, State};

/// A call as it is stored.
#[derive(Clone, Debug, sqlx_macros::FromRow)]
pub(super) struct CallRow {
    pub id: i64,
    pub site_id: i64,
    pub conversation_id: i64,
    pub caller_id: i64,
    pub callee_id: i64,
    media: String,
    state: String,
    /// The callee blocks the caller, and must not hear it.
    pub unheard: bool,
    pub caller_device: Option<String>,
    pub callee_device: Option<String>,
    pub started_at: Millis,
    pub answered_at: Option<Millis>,
    pub ended_at: Option<Millis>,
}

/// Who takes part on which page, with which session.
pub(super) struct Place<'a> {
    pub device: Option<&'a str>,
    pub session: &'a [u8; 32],
}

impl CallRow {
    /// One that begins now.
    pub fn new(
        id: i64,
        site: SiteId,
        conversation_id: i64,
        (caller_id, callee_id): (i64, i64),
        now: Millis,
    ) -> CallRow {
        CallRow {
            id,
            site_id: site.0,
            conversation_id,
            caller_id,
            callee_id,
            media: String::new(),
            state: name(State::Ringing).to_owned(),
            unheard: false,
            caller_device: None,
            callee_device: None,
            started_at: now,
            answered_at: None,
            ended_at: None,
        }
    }

    pub fn with(mut self, media: Media) -> CallRow {
        self.media = media_name(media).to_owned();
        self
    }

    pub fn media(&self) -> Media {
        if self.media == "voice" { Media::Voice } else { Media::Video }
    }

    pub fn state(&self) -> State {
        match self.state.as_str() {
            "ringing" => State::Ringing,
            "active" => State::Active,
            "declined" => State::Declined,
            "cancelled" => State::Cancelled,
            "missed" => State::Missed,
            "busy" => State::Busy,
            _ => State::Ended,
        }
    }

    /// It stands so from now on.
    pub fn becomes(&mut self, state: State, now: Millis) {
        self.state = name(state).to_owned();
        if state == State::Active {
            self.answered_at = Some(now);
        }
        if state.is_over() {
            self.ended_at = Some(now);
        }
    }

    /// On which side a member is; `None`: on neither, or they must not hear of it.
    pub fn side_of(&self, member: i64) -> Option<Side> {
        match member {
            id if id == self.caller_id => Some(Side::Caller),
            id if id == self.callee_id && !self.unheard => Some(Side::Callee),
            _ => None,
        }
    }

    pub fn member(&self, side: Side) -> i64 {
        match side {
            Side::Caller => self.caller_id,
            Side::Callee => self.callee_id,
        }
    }

    pub fn site(&self) -> SiteId {
        SiteId(self.site_id)
    }

    pub fn open(&self) -> Open<i64> {
        let ringing = self.state() == State::Ringing;
        Open { call: self.id, caller: self.caller_id, callee: self.callee_id, ringing }
    }
}

pub(super) fn name(state: State) -> &'static str {
    match state {
        State::Ringing => "ringing",
        State::Active => "active",
        State::Ended => "ended",
        State::Declined => "declined",
        State::Cancelled => "cancelled",
        State::Missed => "missed",
        State::Busy => "busy",
    }
}

fn media_name(media: Media) -> &'static str {
    match media {
        Media::Video => "video",
        Media::Voice => "voice",
    }
}

const CALL: &str = "SELECT id, site_id, conversation_id, caller_id, callee_id, media, state, unheard, caller_device, \
    callee_device, started_at, answered_at, ended_at FROM call";

/// One call of a site.
pub(super) async fn one(on: impl Into<Link<'_>>, site: SiteId, id: i64) -> Result<Option<CallRow>, DbError> {
    Sql::assembled(format!("{CALL} WHERE site_id = $1 AND id = $2")).bind(site.0).bind(id).maybe(on).await
}

/// The call that its caller named so.
pub(super) async fn by_client_id(
    on: impl Into<Link<'_>>,
    site: SiteId,
    caller: i64,
    client_id: &[u8],
) -> Result<Option<CallRow>, DbError> {
    let text = format!("{CALL} WHERE site_id = $1 AND caller_id = $2 AND client_id = $3");
    Sql::assembled(text).bind(site.0).bind(caller).bind(client_id).maybe(on).await
}

/// The call that a member is in.
pub(super) async fn open_of(on: impl Into<Link<'_>>, site: SiteId, member: i64) -> Result<Option<CallRow>, DbError> {
    let text = format!(
        "{CALL} WHERE site_id = $1 AND id = (SELECT p.call_id FROM call_party p WHERE p.site_id = $1 AND p.member_id = $2)"
    );
    Sql::assembled(text).bind(site.0).bind(member).maybe(on).await
}

/// The calls that are not over, of every site.
pub(super) async fn open(on: impl Into<Link<'_>>) -> Result<Vec<CallRow>, DbError> {
    Sql::assembled(format!("{CALL} WHERE ended_at IS NULL ORDER BY id")).all(on).await
}

/// The open calls in which a session takes part.
pub(super) async fn open_of_session(
    on: impl Into<Link<'_>>,
    site: SiteId,
    session: &[u8; 32],
) -> Result<Vec<CallRow>, DbError> {
    let text = format!(
        "{CALL} WHERE site_id = $1 AND ended_at IS NULL AND (caller_session = $2 OR callee_session = $2) ORDER BY id"
    );
    Sql::assembled(text).bind(site.0).bind(session.as_slice()).all(on).await
}

/// Makes a call. Nobody is in it yet.
pub(super) async fn insert(
    tx: &mut Tx,
    row: &CallRow,
    session: &[u8; 32],
    client_id: Option<[u8; 16]>,
) -> Result<(), DbError> {
    sql("INSERT INTO call (id, site_id, conversation_id, caller_id, callee_id, media, state, unheard, client_id, \
         caller_device, caller_session, started_at, ended_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)")
    .bind(row.id)
    .bind(row.site_id)
    .bind(row.conversation_id)
    .bind(row.caller_id)
    .bind(row.callee_id)
    .bind(row.media.as_str())
    .bind(row.state.as_str())
    .bind(row.unheard)
    .bind(client_id.map(|id| id.to_vec()))
    .bind(row.caller_device.clone())
    .bind(session.as_slice())
    .bind(row.started_at)
    .bind(row.ended_at)
    .run(tx)
    .await
    .map(drop)
}

/// These members are in a call from now on; `false`: one of them is in another.
pub(super) async fn join(tx: &mut Tx, row: &CallRow, members: &[i64]) -> Result<bool, DbError> {
    let mut members = members.to_vec();
    // In one order, so that two transactions never wait for each other.
    members.sort_unstable();
    let mut joined = 0;
    for member in &members {
        let join = sql("INSERT INTO call_party (member_id, site_id, call_id) VALUES ($1, $2, $3) \
             ON CONFLICT (member_id) DO NOTHING");
        joined += join.bind(*member).bind(row.site_id).bind(row.id).run(&mut *tx).await?;
    }
    Ok(joined == members.len() as u64)
}

/// A member is no longer in a call; `None`: nobody is.
pub(super) async fn leave(tx: &mut Tx, row: &CallRow, member: Option<i64>) -> Result<(), DbError> {
    let all = "DELETE FROM call_party WHERE site_id = $1 AND call_id = $2";
    let query = match member {
        Some(member) => Sql::assembled(format!("{all} AND member_id = $3")).bind(row.site_id).bind(row.id).bind(member),
        None => Sql::assembled(all.to_owned()).bind(row.site_id).bind(row.id),
    };
    query.run(tx).await.map(drop)
}

/// A call that stood so stands as `row` from now on; `false`: something else came first.
pub(super) async fn change(tx: &mut Tx, row: &CallRow, before: State) -> Result<bool, DbError> {
    let changed = sql("UPDATE call SET state = $4, unheard = $5, answered_at = $6, ended_at = $7 \
         WHERE site_id = $1 AND id = $2 AND state = $3");
    let changed = changed.bind(row.site_id).bind(row.id).bind(name(before)).bind(row.state.as_str());
    let changed = changed.bind(row.unheard).bind(row.answered_at).bind(row.ended_at);
    Ok(changed.run(tx).await? > 0)
}

/// A side takes part on this page from now on.
pub(super) async fn settle(tx: &mut Tx, row: &CallRow, side: Side, at: &Place<'_>) -> Result<(), DbError> {
    let query = match side {
        Side::Caller => sql("UPDATE call SET caller_device = $3, caller_session = $4 WHERE site_id = $1 AND id = $2"),
        Side::Callee => sql("UPDATE call SET callee_device = $3, callee_session = $4 WHERE site_id = $1 AND id = $2"),
    };
    let query = query.bind(row.site_id).bind(row.id).bind(at.device).bind(at.session.as_slice());
    query.run(tx).await.map(drop)
}

/// The ringing call of one member to another, heard or not.
pub(super) async fn ringing(tx: &mut Tx, site: SiteId, caller: i64, callee: i64) -> Result<Option<CallRow>, DbError> {
    let text = format!(
        "{CALL} WHERE site_id = $1 AND ended_at IS NULL AND state = 'ringing' AND caller_id = $2 AND callee_id = $3"
    );
    Sql::assembled(text).bind(site.0).bind(caller).bind(callee).maybe(tx).await
}

/// Forgets calls that were over before then, on every site.
pub(super) async fn forget(tx: &mut Tx, before: Millis) -> Result<(), DbError> {
    sql("DELETE FROM call WHERE ended_at < $1").bind(before).run(tx).await.map(drop)
}
