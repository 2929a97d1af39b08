//! The SQL of moderation: sanctions, held messages; reports are in `store/reports.rs`.

pub(super) mod reports;

use crate::audit::{Actor, ActorKind};
use crate::platform::clock::Millis;
use crate::platform::db::{DbError, Link, Sql, Tx, sql};
use crate::sites::SiteId;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What a sanction forbids. The later one is the stronger.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum SanctionKind {
    /// To write.
    Mute,
    /// To be inside.
    Ban,
}

/// Why a message is held.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = HoldReason)]
pub enum Reason {
    /// Its author is new in the room.
    Newcomer,
    /// A word.
    Word,
    /// A link.
    Link,
}

/// Where something held stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum HeldState {
    /// Nobody has decided.
    Waiting,
    /// It was sent.
    Approved,
    /// It was not.
    Rejected,
}

macro_rules! names {
    ($type:ty: $($arm:ident $name:literal),+) => {
        impl $type {
            pub(super) fn as_str(self) -> &'static str {
                match self { $(Self::$arm => $name),+ }
            }

            pub(super) fn parse(text: &str) -> Option<Self> {
                match text { $($name => Some(Self::$arm),)+ _ => None }
            }
        }
    };
}
names!(SanctionKind: Mute "mute", Ban "ban");
names!(Reason: Newcomer "newcomer", Word "word", Link "link");
names!(HeldState: Waiting "waiting", Approved "approved", Rejected "rejected");

/// Somebody may not speak, or not come in: for a while, or until it is lifted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sanction {
    /// Ours.
    pub id: i64,
    /// The room; `None`: every room of the site.
    pub room: Option<i64>,
    /// Whom it is on.
    pub member: i64,
    /// What it forbids.
    pub kind: SanctionKind,
    /// Why, in the moderator's words.
    pub reason: String,
    /// Their name of that day.
    pub by: String,
    /// When it was made.
    pub created_at: Millis,
    /// Until when; `None`: until it is lifted.
    pub until: Option<Millis>,
    /// When it was lifted.
    pub lifted_at: Option<Millis>,
}

#[derive(sqlx_macros::FromRow)]
struct SanctionRow {
    id: i64,
    room_id: Option<i64>,
    member_id: i64,
    kind: String,
    reason: String,
    by_name: String,
    created_at: i64,
    until: Option<i64>,
    lifted_at: Option<i64>,
}

impl From<SanctionRow> for Sanction {
    fn from(row: SanctionRow) -> Sanction {
        Sanction {
            id: row.id,
            room: row.room_id,
            member: row.member_id,
            kind: SanctionKind::parse(&row.kind).unwrap_or(SanctionKind::Mute),
            reason: row.reason,
            by: row.by_name,
            created_at: row.created_at,
            until: row.until,
            lifted_at: row.lifted_at,
        }
    }
}

const SANCTION: &str = "SELECT id, room_id, member_id, kind, reason, by_name, created_at, until, lifted_at \
    FROM sanction";

fn kind_of(actor: &Actor) -> &'static str {
    match actor.kind {
        ActorKind::Member => "member",
        ActorKind::Operator | ActorKind::ApiKey => "operator",
    }
}

pub(super) async fn insert_sanction(tx: &mut Tx, site: SiteId, sanction: &Sanction, by: &Actor) -> Result<(), DbError> {
    sql("INSERT INTO sanction (id, site_id, room_id, member_id, kind, reason, by_kind, by_id, by_name, created_at, until) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)")
    .bind(sanction.id)
    .bind(site.0)
    .bind(sanction.room)
    .bind(sanction.member)
    .bind(sanction.kind.as_str())
    .bind(sanction.reason.as_str())
    .bind(kind_of(by))
    .bind(by.id)
    .bind(by.name.as_str())
    .bind(sanction.created_at)
    .bind(sanction.until)
    .run(tx)
    .await
    .map(drop)
}

/// Those that nobody lifted and that still last.
pub(super) async fn in_force(on: impl Into<Link<'_>>, site: SiteId, now: Millis) -> Result<Vec<Sanction>, DbError> {
    let text = format!("{SANCTION} WHERE site_id = $1 AND lifted_at IS NULL AND (until IS NULL OR until > $2)");
    let rows: Vec<SanctionRow> = Sql::assembled(text).bind(site.0).bind(now).all(on).await?;
    Ok(rows.into_iter().map(Sanction::from).collect())
}

/// The sanctions of a site before this one, newest first; only those in force at a time, if one is given.
pub(super) async fn sanctions(
    on: impl Into<Link<'_>>,
    site: SiteId,
    at: Option<Millis>,
    before: i64,
    limit: usize,
) -> Result<Vec<Sanction>, DbError> {
    let those = if at.is_some() { "AND lifted_at IS NULL AND (until IS NULL OR until > $4)" } else { "" };
    let text = format!("{SANCTION} WHERE site_id = $1 AND id < $2 {those} ORDER BY id DESC LIMIT $3");
    let query = Sql::assembled(text).bind(site.0).bind(before).bind(i64::try_from(limit).unwrap_or(200));
    let rows: Vec<SanctionRow> = match at {
        Some(at) => query.bind(at).all(on).await?,
        None => query.all(on).await?,
    };
    Ok(rows.into_iter().map(Sanction::from).collect())
}

/// Lifts what is in force: this sanction. `false` if there was nothing to lift.
pub(super) async fn lift(tx: &mut Tx, site: SiteId, id: i64, now: Millis) -> Result<bool, DbError> {
    let lift = sql("UPDATE sanction SET lifted_at = $3 WHERE site_id = $1 AND id = $2 AND lifted_at IS NULL");
    Ok(lift.bind(site.0).bind(id).bind(now).run(tx).await? > 0)
}

/// The rooms of a site.
pub(super) async fn rooms(on: impl Into<Link<'_>>, site: SiteId) -> Result<Vec<i64>, DbError> {
    let rows: Vec<(i64,)> = sql("SELECT conversation_id FROM room WHERE site_id = $1").bind(site.0).all(on).await?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// A message that waits for a moderator.
#[derive(Clone, Debug, sqlx_macros::FromRow)]
pub struct HeldRow {
    /// Ours.
    pub id: i64,
    /// The room.
    pub conversation_id: i64,
    /// Its author.
    pub member_id: i64,
    /// The author's own name for it.
    pub client_id: Vec<u8>,
    /// The text; gone once it is decided.
    pub body: String,
    /// The number of the message it answers.
    pub reply_to: Option<i64>,
    reason: String,
    /// When it was sent.
    pub created_at: Millis,
    state: String,
    /// What the moderator said to its author.
    pub note: Option<String>,
}

impl HeldRow {
    pub(super) fn new(id: i64, room: i64, member: i64, holding: &super::Holding, now: Millis) -> HeldRow {
        HeldRow {
            id,
            conversation_id: room,
            member_id: member,
            client_id: holding.client_id.to_vec(),
            body: holding.body.clone(),
            reply_to: holding.reply_to,
            reason: holding.reason.as_str().to_owned(),
            created_at: now,
            state: HeldState::Waiting.as_str().to_owned(),
            note: None,
        }
    }

    pub(super) fn reason(&self) -> Reason {
        Reason::parse(&self.reason).unwrap_or(Reason::Newcomer)
    }

    pub(super) fn state(&self) -> HeldState {
        HeldState::parse(&self.state).unwrap_or(HeldState::Waiting)
    }

    pub(super) fn decided(mut self, state: HeldState, note: Option<&str>) -> HeldRow {
        self.state = state.as_str().to_owned();
        self.note = note.map(str::to_owned);
        self
    }
}

const HELD: &str = "SELECT id, conversation_id, member_id, client_id, body, reply_to, reason, created_at, state, note \
    FROM held_message";

/// Keeps a message for a moderator; `false` if its author had sent it before.
pub(super) async fn insert_held(tx: &mut Tx, site: SiteId, row: &HeldRow) -> Result<bool, DbError> {
    let inserted = sql(
        "INSERT INTO held_message (id, site_id, conversation_id, member_id, client_id, body, reply_to, reason, created_at, state) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT (client_id, member_id, conversation_id) DO NOTHING",
    )
    .bind(row.id)
    .bind(site.0)
    .bind(row.conversation_id)
    .bind(row.member_id)
    .bind(row.client_id.as_slice())
    .bind(row.body.as_str())
    .bind(row.reply_to)
    .bind(row.reason.as_str())
    .bind(row.created_at)
    .bind(row.state.as_str())
    .run(tx)
    .await?;
    Ok(inserted > 0)
}

/// What an author named so in a room, if it was held.
pub(super) async fn held_by_name(
    on: impl Into<Link<'_>>,
    site: SiteId,
    room: i64,
    member: i64,
    client_id: &[u8],
) -> Result<Option<HeldRow>, DbError> {
    let text = format!("{HELD} WHERE site_id = $1 AND conversation_id = $2 AND member_id = $3 AND client_id = $4");
    Sql::assembled(text).bind(site.0).bind(room).bind(member).bind(client_id).maybe(on).await
}

pub(super) async fn held(on: impl Into<Link<'_>>, site: SiteId, id: i64) -> Result<Option<HeldRow>, DbError> {
    let text = format!("{HELD} WHERE site_id = $1 AND id = $2");
    Sql::assembled(text).bind(site.0).bind(id).maybe(on).await
}

/// What waits in a room, oldest first; of one author, if one is given.
pub(super) async fn waiting_in(
    on: impl Into<Link<'_>>,
    site: SiteId,
    room: i64,
    member: Option<i64>,
    limit: usize,
) -> Result<Vec<HeldRow>, DbError> {
    let of = if member.is_some() { "AND member_id = $4" } else { "" };
    let text =
        format!("{HELD} WHERE site_id = $1 AND conversation_id = $2 AND state = 'waiting' {of} ORDER BY id LIMIT $3");
    let query = Sql::assembled(text).bind(site.0).bind(room).bind(i64::try_from(limit).unwrap_or(200));
    match member {
        Some(member) => query.bind(member).all(on).await,
        None => query.all(on).await,
    }
}

/// What of a member's waits in a room, or was refused since then; oldest first.
pub(super) async fn own_held(
    on: impl Into<Link<'_>>,
    site: SiteId,
    (room, member): (i64, i64),
    since: Millis,
    limit: usize,
) -> Result<Vec<HeldRow>, DbError> {
    let text = format!(
        "{HELD} WHERE site_id = $1 AND conversation_id = $2 AND member_id = $3 \
         AND (state = 'waiting' OR (state = 'rejected' AND decided_at >= $4)) ORDER BY id LIMIT $5"
    );
    let query = Sql::assembled(text).bind(site.0).bind(room).bind(member).bind(since);
    query.bind(i64::try_from(limit).unwrap_or(200)).all(on).await
}

/// What waits on a site after this one, oldest first.
pub(super) async fn waiting(
    on: impl Into<Link<'_>>,
    site: SiteId,
    after: i64,
    limit: usize,
) -> Result<Vec<HeldRow>, DbError> {
    let text = format!("{HELD} WHERE site_id = $1 AND state = 'waiting' AND id > $2 ORDER BY id LIMIT $3");
    Sql::assembled(text).bind(site.0).bind(after).bind(i64::try_from(limit).unwrap_or(200)).all(on).await
}

/// It is decided; its text is no longer kept here.
pub(super) async fn decide(
    tx: &mut Tx,
    site: SiteId,
    id: i64,
    state: HeldState,
    note: Option<&str>,
    now: Millis,
) -> Result<(), DbError> {
    sql("UPDATE held_message SET state = $3, note = $4, decided_at = $5, body = '' WHERE site_id = $1 AND id = $2")
        .bind(site.0)
        .bind(id)
        .bind(state.as_str())
        .bind(note)
        .bind(now)
        .run(tx)
        .await
        .map(drop)
}

/// How much waits in a room for a moderator: reports and held messages.
pub(super) async fn open_in(on: impl Into<Link<'_>>, site: SiteId, room: i64) -> Result<i64, DbError> {
    sql("SELECT (SELECT COUNT(*) FROM held_message WHERE site_id = $1 AND conversation_id = $2 AND state = 'waiting') \
         + (SELECT COUNT(*) FROM report WHERE site_id = $1 AND conversation_id = $2 AND state = 'open')")
    .bind(site.0)
    .bind(room)
    .number(on)
    .await
}

pub(super) async fn erase_room(tx: &mut Tx, site: SiteId, room: i64) -> Result<(), DbError> {
    for text in [
        "DELETE FROM held_message WHERE site_id = $1 AND conversation_id = $2",
        "DELETE FROM report WHERE site_id = $1 AND conversation_id = $2",
        "DELETE FROM sanction WHERE site_id = $1 AND room_id = $2",
    ] {
        sql(text).bind(site.0).bind(room).run(&mut *tx).await?;
    }
    Ok(())
}
