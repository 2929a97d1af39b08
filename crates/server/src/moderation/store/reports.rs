use crate::platform::clock::Millis;
use crate::platform::db::{DbError, Link, Sql, Tx, sql};
use crate::sites::SiteId;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Where a report stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ReportState {
    /// Nobody has looked after it.
    Open,
    /// Somebody has.
    Resolved,
}

impl ReportState {
    fn as_str(self) -> &'static str {
        match self {
            ReportState::Open => "open",
            ReportState::Resolved => "resolved",
        }
    }
}

/// What a member says to the moderators of a message or a person.
#[derive(Clone, Debug, sqlx_macros::FromRow)]
pub struct ReportRow {
    pub id: i64,
    pub by_id: i64,
    pub member_id: i64,
    /// Where it happened.
    pub conversation_id: Option<i64>,
    /// Whether that is a room.
    pub in_room: bool,
    /// The message, if it is about one.
    pub seq: Option<i64>,
    pub reason: String,
    pub created_at: Millis,
    pub state: String,
    pub note: Option<String>,
    pub resolved_by: Option<String>,
    pub resolved_at: Option<Millis>,
}

impl ReportRow {
    pub fn state(&self) -> ReportState {
        if self.state == "open" { ReportState::Open } else { ReportState::Resolved }
    }
}

const REPORT: &str = "SELECT id, by_id, member_id, conversation_id, in_room, seq, reason, created_at, state, note, resolved_by, resolved_at \
     FROM report";

pub async fn insert(tx: &mut Tx, site: SiteId, row: &ReportRow) -> Result<(), DbError> {
    sql("INSERT INTO report (id, site_id, by_id, member_id, conversation_id, in_room, seq, reason, created_at, state) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'open')")
    .bind(row.id)
    .bind(site.0)
    .bind(row.by_id)
    .bind(row.member_id)
    .bind(row.conversation_id)
    .bind(row.in_room)
    .bind(row.seq)
    .bind(row.reason.as_str())
    .bind(row.created_at)
    .run(tx)
    .await
    .map(drop)
}

/// The open report of a member of the same thing.
pub async fn same(on: impl Into<Link<'_>>, site: SiteId, row: &ReportRow) -> Result<Option<i64>, DbError> {
    let found: Option<(i64,)> =
        sql("SELECT id FROM report WHERE site_id = $1 AND by_id = $2 AND member_id = $3 AND state = 'open' \
         AND COALESCE(conversation_id, 0) = $4 AND COALESCE(seq, 0) = $5")
        .bind(site.0)
        .bind(row.by_id)
        .bind(row.member_id)
        .bind(row.conversation_id.unwrap_or(0))
        .bind(row.seq.unwrap_or(0))
        .maybe(on)
        .await?;
    Ok(found.map(|(id,)| id))
}

pub async fn one(on: impl Into<Link<'_>>, site: SiteId, id: i64) -> Result<Option<ReportRow>, DbError> {
    let text = format!("{REPORT} WHERE site_id = $1 AND id = $2");
    Sql::assembled(text).bind(site.0).bind(id).maybe(on).await
}

/// What is open in a room, oldest first.
pub async fn open_in(
    on: impl Into<Link<'_>>,
    site: SiteId,
    room: i64,
    limit: usize,
) -> Result<Vec<ReportRow>, DbError> {
    let text = format!("{REPORT} WHERE site_id = $1 AND conversation_id = $2 AND state = 'open' ORDER BY id LIMIT $3");
    Sql::assembled(text).bind(site.0).bind(room).bind(i64::try_from(limit).unwrap_or(200)).all(on).await
}

/// The reports of a site before this one, newest first.
pub async fn page(
    on: impl Into<Link<'_>>,
    site: SiteId,
    state: Option<ReportState>,
    before: i64,
    limit: usize,
) -> Result<Vec<ReportRow>, DbError> {
    let states = if state.is_some() { "AND state = $4" } else { "" };
    let text = format!("{REPORT} WHERE site_id = $1 AND id < $2 {states} ORDER BY id DESC LIMIT $3");
    let query = Sql::assembled(text).bind(site.0).bind(before).bind(i64::try_from(limit).unwrap_or(200));
    match state {
        Some(state) => query.bind(state.as_str()).all(on).await,
        None => query.all(on).await,
    }
}

/// Somebody has looked after it; `false` if it was not open.
pub async fn resolve(
    tx: &mut Tx,
    site: SiteId,
    id: i64,
    (by, note): (&str, Option<&str>),
    now: Millis,
) -> Result<bool, DbError> {
    let resolved = sql("UPDATE report SET state = 'resolved', resolved_by = $3, note = $4, resolved_at = $5 \
         WHERE site_id = $1 AND id = $2 AND state = 'open'");
    Ok(resolved.bind(site.0).bind(id).bind(by).bind(note).bind(now).run(tx).await? > 0)
}

/// Whether somebody reported a message.
pub async fn is_reported(on: impl Into<Link<'_>>, site: SiteId, room: i64, seq: i64) -> Result<bool, DbError> {
    let query = sql("SELECT COUNT(*) FROM report WHERE site_id = $1 AND conversation_id = $2 AND seq = $3");
    Ok(query.bind(site.0).bind(room).bind(seq).number(on).await? > 0)
}

/// What a report must know of a message.
#[derive(sqlx_macros::FromRow)]
pub struct Reported {
    pub author_kind: String,
    pub author_id: i64,
    /// It was said to some alone.
    pub whisper: bool,
}

/// The message at a place.
pub async fn message(on: impl Into<Link<'_>>, site: SiteId, id: i64, seq: i64) -> Result<Option<Reported>, DbError> {
    sql("SELECT author_kind, author_id, (whisper_to IS NOT NULL) AS whisper FROM message WHERE site_id = $1 AND conversation_id = $2 AND seq = $3")
        .bind(site.0)
        .bind(id)
        .bind(seq)
        .maybe(on)
        .await
}

/// The numbers of the public messages nearest to one, before or after it.
pub async fn public_around(
    on: impl Into<Link<'_>>,
    site: SiteId,
    room: i64,
    seq: i64,
    before: bool,
    most: i64,
) -> Result<Vec<i64>, DbError> {
    let (than, order) = if before { ("<", "DESC") } else { (">", "ASC") };
    let text = format!(
        "SELECT seq FROM message WHERE site_id = $1 AND conversation_id = $2 AND seq {than} $3 AND whisper_to IS NULL \
         ORDER BY seq {order} LIMIT $4"
    );
    let rows: Vec<(i64,)> = Sql::assembled(text).bind(site.0).bind(room).bind(seq).bind(most).all(on).await?;
    Ok(rows.into_iter().map(|(seq,)| seq).collect())
}
