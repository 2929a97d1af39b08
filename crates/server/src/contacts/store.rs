use crate::platform::clock::Millis;
use crate::platform::db::{Db, DbError, Link, Sql, Tx, dialect, list, sql};
use crate::sites::SiteId;
use domain::contacts::{Side, State};

/// Which of `me` and these others block whom: blocker, blocked.
pub(super) async fn blocks_between(
    on: impl Into<Link<'_>>,
    site: SiteId,
    me: i64,
    others: &[i64],
) -> Result<Vec<(i64, i64)>, DbError> {
    let n = others.len();
    let text = format!(
        "SELECT blocker_id, blocked_id FROM block WHERE site_id = $1 AND blocker_id = $2 AND blocked_id IN ({}) \
         UNION ALL SELECT blocker_id, blocked_id FROM block WHERE site_id = ${} AND blocked_id = ${} AND blocker_id IN ({})",
        list(3, n),
        n + 3,
        n + 4,
        list(n + 5, n)
    );
    let query = Sql::assembled(text).bind(site.0).bind(me).bind_each(others.iter().copied());
    query.bind(site.0).bind(me).bind_each(others.iter().copied()).all(on).await
}

/// Everybody whom these members block or who blocks them: the member, the other.
pub async fn blocks_around(on: impl Into<Link<'_>>, site: SiteId, members: &[i64]) -> Result<Vec<(i64, i64)>, DbError> {
    let n = members.len();
    let text = format!(
        "SELECT blocker_id, blocked_id FROM block WHERE site_id = $1 AND blocker_id IN ({}) \
         UNION ALL SELECT blocked_id, blocker_id FROM block WHERE site_id = ${} AND blocked_id IN ({})",
        list(2, n),
        n + 2,
        list(n + 3, n)
    );
    let query = Sql::assembled(text).bind(site.0).bind_each(members.iter().copied());
    query.bind(site.0).bind_each(members.iter().copied()).all(on).await
}

/// Those who block a member.
pub async fn blockers_of(on: impl Into<Link<'_>>, site: SiteId, member: i64) -> Result<Vec<i64>, DbError> {
    let query = sql("SELECT blocker_id FROM block WHERE site_id = $1 AND blocked_id = $2").bind(site.0).bind(member);
    Ok(query.all::<(i64,)>(on).await?.into_iter().map(|(id,)| id).collect())
}

/// Which of these members block another of them.
pub async fn blockers_among(tx: &mut Tx, site: SiteId, members: &[i64]) -> Result<Vec<i64>, DbError> {
    let [one, other] = members else { return Ok(Vec::new()) };
    let rows: Vec<(i64,)> = sql("SELECT blocker_id FROM block WHERE site_id = $1 \
         AND ((blocker_id = $2 AND blocked_id = $3) OR (blocker_id = $3 AND blocked_id = $2))")
    .bind(site.0)
    .bind(*one)
    .bind(*other)
    .all(tx)
    .await?;
    Ok(rows.into_iter().map(|(blocker,)| blocker).collect())
}

/// How many members somebody blocks.
pub(super) async fn count_blocks(on: impl Into<Link<'_>>, site: SiteId, member: i64) -> Result<i64, DbError> {
    sql("SELECT COUNT(*) FROM block WHERE site_id = $1 AND blocker_id = $2").bind(site.0).bind(member).number(on).await
}

/// `false` if it was there.
pub(super) async fn insert_block(
    tx: &mut Tx,
    site: SiteId,
    member: i64,
    other: i64,
    now: Millis,
) -> Result<bool, DbError> {
    sql("INSERT INTO block (site_id, blocker_id, blocked_id, created_at) VALUES ($1, $2, $3, $4) \
         ON CONFLICT (blocker_id, blocked_id) DO NOTHING")
    .bind(site.0)
    .bind(member)
    .bind(other)
    .bind(now)
    .run(tx)
    .await
    .map(|made| made > 0)
}

/// `false` if there was none.
pub(super) async fn delete_block(tx: &mut Tx, site: SiteId, member: i64, other: i64) -> Result<bool, DbError> {
    sql("DELETE FROM block WHERE site_id = $1 AND blocker_id = $2 AND blocked_id = $3")
        .bind(site.0)
        .bind(member)
        .bind(other)
        .run(tx)
        .await
        .map(|gone| gone > 0)
}

/// A page of the members somebody blocks, newest first: whom, since when.
pub(super) async fn blocked_page(
    on: impl Into<Link<'_>>,
    site: SiteId,
    member: i64,
    after: Option<(Millis, i64)>,
    limit: usize,
) -> Result<Vec<(i64, Millis)>, DbError> {
    let (at, id) = after.unwrap_or((i64::MAX, i64::MAX));
    sql("SELECT blocked_id, created_at FROM block WHERE site_id = $1 AND blocker_id = $2 \
         AND (created_at < $3 OR (created_at = $3 AND blocked_id < $4)) ORDER BY created_at DESC, blocked_id DESC LIMIT $5")
    .bind(site.0)
    .bind(member)
    .bind(at)
    .bind(id)
    .bind(i64::try_from(limit).unwrap_or(200))
    .all(on)
    .await
}

/// A contact request as it is stored.
#[derive(Clone, Debug, sqlx_macros::FromRow)]
pub struct RequestRow {
    pub id: i64,
    pub from_id: i64,
    pub to_id: i64,
    pub note: Option<String>,
    state: String,
    pub created_at: Millis,
    pub answered_at: Option<Millis>,
}

impl RequestRow {
    /// A request that is sent now.
    pub(super) fn new(id: i64, from_id: i64, to_id: i64, note: Option<String>, now: Millis) -> RequestRow {
        let state = state_name(State::Pending).to_owned();
        RequestRow { id, from_id, to_id, note, state, created_at: now, answered_at: None }
    }

    pub(super) fn state(&self) -> State {
        match self.state.as_str() {
            "accepted" => State::Accepted,
            "declined" => State::Declined,
            "cancelled" => State::Cancelled,
            _ => State::Pending,
        }
    }

    pub(super) fn side_of(&self, member: i64) -> Side {
        if self.from_id == member { Side::Sender } else { Side::Receiver }
    }

    pub(super) fn other_than(&self, member: i64) -> i64 {
        if self.from_id == member { self.to_id } else { self.from_id }
    }

    /// It stands so from now on.
    pub(super) fn becomes(&mut self, state: State, now: Millis) {
        self.answered_at = match state {
            State::Pending => None,
            _ => Some(now),
        };
        self.state = state_name(state).to_owned();
    }
}

fn state_name(state: State) -> &'static str {
    match state {
        State::Pending => "pending",
        State::Accepted => "accepted",
        State::Declined => "declined",
        State::Cancelled => "cancelled",
    }
}

/// What makes the request between two members unique.
fn pair_key(a: i64, b: i64) -> String {
    format!("{}:{}", a.min(b), a.max(b))
}

const REQUEST: &str = "SELECT id, from_id, to_id, note, state, created_at, answered_at FROM contact_request";

/// The requests between `me` and these others.
pub(super) async fn requests_between(
    on: impl Into<Link<'_>>,
    site: SiteId,
    me: i64,
    others: &[i64],
) -> Result<Vec<RequestRow>, DbError> {
    let text = format!("{REQUEST} WHERE site_id = $1 AND pair_key IN ({})", list(2, others.len()));
    Sql::assembled(text).bind(site.0).bind_each(others.iter().map(|other| pair_key(me, *other))).all(on).await
}

/// The request between two, locked until the transaction ends.
pub(super) async fn lock_between(
    tx: &mut Tx,
    db: &Db,
    site: SiteId,
    me: i64,
    other: i64,
) -> Result<Option<RequestRow>, DbError> {
    let text = format!("{REQUEST} WHERE site_id = $1 AND pair_key = $2{}", dialect::for_update(db));
    Sql::assembled(text).bind(site.0).bind(pair_key(me, other)).maybe(tx).await
}

/// A request of which `member` is one side, locked until the transaction ends.
pub(super) async fn lock_one(
    tx: &mut Tx,
    db: &Db,
    site: SiteId,
    member: i64,
    id: i64,
) -> Result<Option<RequestRow>, DbError> {
    let text =
        format!("{REQUEST} WHERE site_id = $1 AND id = $2 AND (from_id = $3 OR to_id = $3){}", dialect::for_update(db));
    Sql::assembled(text).bind(site.0).bind(id).bind(member).maybe(tx).await
}

/// Stores a new request, in the place of an older one between the two.
pub(super) async fn insert_request(tx: &mut Tx, site: SiteId, row: &RequestRow) -> Result<(), DbError> {
    let key = pair_key(row.from_id, row.to_id);
    sql("DELETE FROM contact_request WHERE site_id = $1 AND pair_key = $2")
        .bind(site.0)
        .bind(&*key)
        .run(&mut *tx)
        .await?;
    sql("INSERT INTO contact_request (id, site_id, pair_key, from_id, to_id, note, state, created_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)")
    .bind(row.id)
    .bind(site.0)
    .bind(key)
    .bind(row.from_id)
    .bind(row.to_id)
    .bind(row.note.clone())
    .bind(&*row.state)
    .bind(row.created_at)
    .run(tx)
    .await
    .map(drop)
}

/// Stores where a request stands now.
pub(super) async fn update_request(tx: &mut Tx, site: SiteId, row: &RequestRow) -> Result<(), DbError> {
    sql("UPDATE contact_request SET state = $3, answered_at = $4 WHERE site_id = $1 AND id = $2")
        .bind(site.0)
        .bind(row.id)
        .bind(&*row.state)
        .bind(row.answered_at)
        .run(tx)
        .await
        .map(drop)
}

/// Which requests of somebody.
pub(super) struct Box {
    pub side: Side,
    /// As they are shown; `None`: those that wait and those that were accepted.
    pub state: Option<State>,
    pub after: Option<i64>,
    pub limit: usize,
}

/// A page of the requests somebody sent or received, newest first. Those of members they block wait unseen.
pub(super) async fn request_page(
    on: impl Into<Link<'_>>,
    site: SiteId,
    member: i64,
    wanted: &Box,
) -> Result<Vec<RequestRow>, DbError> {
    let (column, shown_pending) = match wanted.side {
        Side::Sender => ("from_id", "'pending', 'declined'"),
        Side::Receiver => ("to_id", "'pending'"),
    };
    let states = match wanted.state {
        Some(State::Accepted) => "'accepted'".to_owned(),
        Some(_) => shown_pending.to_owned(),
        None => format!("{shown_pending}, 'accepted'"),
    };
    let unheard = match wanted.side {
        Side::Sender => "",
        Side::Receiver => {
            " AND (state <> 'pending' OR NOT EXISTS (SELECT 1 FROM block b WHERE b.site_id = $1 AND b.blocker_id = $2 \
             AND b.blocked_id = contact_request.from_id))"
        }
    };
    let text = format!(
        "{REQUEST} WHERE site_id = $1 AND {column} = $2 AND state IN ({states}) AND id < $3{unheard} ORDER BY id DESC LIMIT $4"
    );
    let query = Sql::assembled(text).bind(site.0).bind(member).bind(wanted.after.unwrap_or(i64::MAX));
    query.bind(i64::try_from(wanted.limit).unwrap_or(200)).all(on).await
}

/// The contacts of a member, and with `state` those they asked or were asked by: at most so many.
pub async fn contacts_of(
    on: impl Into<Link<'_>>,
    site: SiteId,
    member: i64,
    contact: super::Contact,
    most: usize,
) -> Result<Vec<i64>, DbError> {
    let which = match contact {
        super::Contact::None => return Ok(Vec::new()),
        super::Contact::Accepted => "(from_id = $2 OR to_id = $2) AND state = 'accepted'",
        super::Contact::Requested => "from_id = $2 AND state IN ('pending', 'declined')",
        // Whoever is blocked has asked nothing.
        super::Contact::Received => {
            "to_id = $2 AND state = 'pending' AND NOT EXISTS (SELECT 1 FROM block b WHERE b.site_id = $1 AND b.blocker_id = $2 \
             AND b.blocked_id = contact_request.from_id)"
        }
    };
    let text = format!(
        "SELECT CASE WHEN from_id = $2 THEN to_id ELSE from_id END AS other FROM contact_request \
         WHERE site_id = $1 AND {which} ORDER BY id DESC LIMIT $3"
    );
    let rows: Vec<(i64,)> =
        Sql::assembled(text).bind(site.0).bind(member).bind(i64::try_from(most).unwrap_or(1_000)).all(on).await?;
    Ok(rows.into_iter().map(|(other,)| other).collect())
}
