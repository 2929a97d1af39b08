use super::facts::Facts;
use crate::platform::clock::Millis;
use crate::platform::db::{Db, DbError, Link, Sql, Tx, dialect, list, placeholders, sql};
use crate::sites::SiteId;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use utoipa::ToSchema;

/// What a conversation is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Two members.
    Direct,
    /// Several, with a name.
    Group,
    /// One member and the site's operators.
    Organizer,
}

impl Kind {
    /// Its name.
    pub fn as_str(self) -> &'static str {
        match self {
            Kind::Direct => "direct",
            Kind::Group => "group",
            Kind::Organizer => "organizer",
        }
    }

    fn parse(text: &str) -> Kind {
        match text {
            "direct" => Kind::Direct,
            "organizer" => Kind::Organizer,
            _ => Kind::Group,
        }
    }
}

/// The key that makes the direct conversation of two members unique.
pub(super) fn direct_key(a: i64, b: i64) -> String {
    format!("direct:{}:{}", a.min(b), a.max(b))
}

/// The key that makes a member's conversation with the organizers unique.
pub(super) fn organizer_key(member: i64) -> String {
    format!("organizer:{member}")
}

/// A conversation as one participant has it.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct HeadRow {
    /// Ours.
    pub id: i64,
    kind: String,
    /// A group's name.
    pub name: Option<String>,
    /// The last message's number.
    pub last_seq: i64,
    /// When it last changed.
    pub last_at: Millis,
    /// How far the operators have read.
    pub staff_read_seq: i64,
    /// How far the participant has read.
    pub read_seq: i64,
    /// Since which message it is not in their list.
    pub hidden_seq: Option<i64>,
    /// Up to which message their copy is cleared.
    pub cleared_seq: i64,
}

impl HeadRow {
    /// What it is.
    pub fn kind(&self) -> Kind {
        Kind::parse(&self.kind)
    }
}

const HEAD: &str = "SELECT c.id, c.kind, c.name, c.last_seq, c.last_at, c.staff_read_seq, p.read_seq, p.hidden_seq, \
    p.cleared_seq FROM participant p JOIN conversation c ON c.id = p.conversation_id \
    WHERE p.site_id = $1 AND p.member_id = $2";

/// One conversation of a member.
pub(super) async fn head(
    on: impl Into<Link<'_>>,
    site: SiteId,
    member: i64,
    id: i64,
) -> Result<Option<HeadRow>, DbError> {
    let text = format!("{HEAD} AND p.conversation_id = $3");
    Sql::assembled(text).bind(site.0).bind(member).bind(id).maybe(on).await
}

/// A page of a member's list, by activity.
pub(super) async fn heads(
    on: impl Into<Link<'_>>,
    site: SiteId,
    member: i64,
    after: Option<(Millis, i64)>,
    newest_first: bool,
    organizer_only: bool,
    limit: usize,
) -> Result<Vec<HeadRow>, DbError> {
    let (than, order) = if newest_first { ("<", "DESC") } else { (">", "ASC") };
    let from_start = if newest_first { (i64::MAX, i64::MAX) } else { (-1, -1) };
    let (at, id) = after.unwrap_or(from_start);
    let kind = if organizer_only { " AND c.kind = 'organizer'" } else { "" };
    let text = format!(
        "{HEAD} AND (p.hidden_seq IS NULL OR c.last_seq > p.hidden_seq){kind} \
         AND (c.last_at {than} $3 OR (c.last_at = $3 AND c.id {than} $4)) ORDER BY c.last_at {order}, c.id {order} LIMIT $5"
    );
    let limit = i64::try_from(limit).unwrap_or(200);
    Sql::assembled(text).bind(site.0).bind(member).bind(at).bind(id).bind(limit).all(on).await
}

/// The other participants of direct conversations: conversation, member, how far they have read.
pub(super) async fn peers(
    on: impl Into<Link<'_>>,
    site: SiteId,
    member: i64,
    ids: &[i64],
) -> Result<Vec<(i64, i64, i64)>, DbError> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let text = format!(
        "SELECT conversation_id, member_id, read_seq FROM participant \
         WHERE site_id = $1 AND member_id <> $2 AND conversation_id IN ({})",
        list(3, ids.len())
    );
    Sql::assembled(text).bind(site.0).bind(member).bind_each(ids.iter().copied()).all(on).await
}

/// How many take part in each of these.
pub(super) async fn sizes(on: impl Into<Link<'_>>, site: SiteId, ids: &[i64]) -> Result<HashMap<i64, i64>, DbError> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let text = format!(
        "SELECT conversation_id, COUNT(*) FROM participant WHERE site_id = $1 AND conversation_id IN ({}) GROUP BY conversation_id",
        list(2, ids.len())
    );
    let rows: Vec<(i64, i64)> = Sql::assembled(text).bind(site.0).bind_each(ids.iter().copied()).all(on).await?;
    Ok(rows.into_iter().collect())
}

pub(super) async fn direct_with(
    on: impl Into<Link<'_>>,
    site: SiteId,
    member: i64,
    others: &[i64],
) -> Result<HashMap<i64, i64>, DbError> {
    let keys: HashMap<String, i64> = others.iter().map(|other| (direct_key(member, *other), *other)).collect();
    let text =
        format!("SELECT pair_key, id FROM conversation WHERE site_id = $1 AND pair_key IN ({})", list(2, keys.len()));
    let rows: Vec<(String, i64)> = Sql::assembled(text).bind(site.0).bind_each(keys.keys().cloned()).all(on).await?;
    Ok(rows.into_iter().filter_map(|(key, id)| Some((*keys.get(&key)?, id))).collect())
}

pub(super) async fn direct_peers<L>(on: &mut L, site: SiteId, members: &[i64]) -> Result<Vec<(i64, i64)>, DbError>
where
    for<'c> Link<'c>: From<&'c mut L>,
{
    let mut pairs = Vec::new();
    for chunk in members.chunks(500) {
        let text = format!(
            "SELECT p.member_id, o.member_id FROM participant p JOIN conversation c ON c.id = p.conversation_id \
             JOIN participant o ON o.conversation_id = c.id AND o.member_id <> p.member_id \
             WHERE p.site_id = $1 AND p.member_id IN ({}) AND c.kind = 'direct'",
            list(2, chunk.len())
        );
        let found: Vec<(i64, i64)> =
            Sql::assembled(text).bind(site.0).bind_each(chunk.iter().copied()).all(&mut *on).await?;
        pairs.extend(found);
    }
    Ok(pairs)
}

/// A conversation and its participants.
pub(super) async fn facts<L>(on: &mut L, site: SiteId, id: i64) -> Result<Option<Facts>, DbError>
where
    for<'c> Link<'c>: From<&'c mut L>,
{
    let row: Option<(String, i64)> = sql("SELECT kind, last_seq FROM conversation WHERE site_id = $1 AND id = $2")
        .bind(site.0)
        .bind(id)
        .maybe(&mut *on)
        .await?;
    let Some((kind, last_seq)) = row else { return Ok(None) };
    let rows: Vec<(i64, Option<i64>)> =
        sql("SELECT member_id, hidden_seq FROM participant WHERE site_id = $1 AND conversation_id = $2")
            .bind(site.0)
            .bind(id)
            .all(&mut *on)
            .await?;
    let hidden = rows.iter().filter_map(|(m, at)| Some((*m, (*at)?))).filter(|(_, at)| *at >= last_seq).collect();
    let members = rows.into_iter().map(|(member, _)| member).collect();
    Ok(Some(Facts::new(id, site, Kind::parse(&kind), members, hidden)))
}

/// The conversation with this key.
pub(super) async fn by_key(on: impl Into<Link<'_>>, site: SiteId, key: &str) -> Result<Option<i64>, DbError> {
    let row: Option<(i64,)> = sql("SELECT id FROM conversation WHERE site_id = $1 AND pair_key = $2")
        .bind(site.0)
        .bind(key)
        .maybe(on)
        .await?;
    Ok(row.map(|(id,)| id))
}

/// A conversation to be made.
pub(super) struct New<'a> {
    pub id: i64,
    pub kind: Kind,
    pub key: Option<String>,
    pub name: Option<&'a str>,
    /// Members, and whether it stands in their list at once.
    pub members: &'a [(i64, bool)],
}

/// Makes a conversation; `false` if one with this key was made in the meantime.
pub(super) async fn insert(tx: &mut Tx, site: SiteId, new: &New<'_>, now: Millis) -> Result<bool, DbError> {
    let made = sql(
        "INSERT INTO conversation (id, site_id, kind, pair_key, name, last_seq, last_at, staff_read_seq, created_at) \
         VALUES ($1, $2, $3, $4, $5, 0, $6, 0, $6) ON CONFLICT (site_id, pair_key) DO NOTHING",
    )
    .bind(new.id)
    .bind(site.0)
    .bind(new.kind.as_str())
    .bind(new.key.clone())
    .bind(new.name)
    .bind(now)
    .run(&mut *tx)
    .await?;
    if made == 0 {
        return Ok(false);
    }
    for chunk in new.members.chunks(500) {
        let mut query = Sql::assembled(format!(
            "INSERT INTO participant (site_id, conversation_id, member_id, read_seq, hidden_seq, cleared_seq, joined_at) VALUES {}",
            placeholders(1, chunk.len(), 7)
        ));
        for (member, listed) in chunk {
            let hidden = if *listed { None } else { Some(0_i64) };
            query = query.bind(site.0).bind(new.id).bind(*member).bind(0_i64).bind(hidden).bind(0_i64).bind(now);
        }
        query.run(&mut *tx).await?;
    }
    Ok(true)
}

/// The last message's number, with the conversation locked until the transaction ends.
pub(super) async fn lock(tx: &mut Tx, db: &Db, site: SiteId, id: i64) -> Result<i64, DbError> {
    let text = format!("SELECT last_seq FROM conversation WHERE site_id = $1 AND id = $2{}", dialect::for_update(db));
    Sql::assembled(text).bind(site.0).bind(id).number(tx).await
}

pub(super) async fn set_hidden(
    tx: &mut Tx,
    site: SiteId,
    id: i64,
    member: i64,
    hidden: Option<i64>,
) -> Result<(), DbError> {
    sql("UPDATE participant SET hidden_seq = $4 WHERE site_id = $1 AND conversation_id = $2 AND member_id = $3")
        .bind(site.0)
        .bind(id)
        .bind(member)
        .bind(hidden)
        .run(tx)
        .await
        .map(drop)
}

/// Messages up to here are gone for a participant; `true` if that also moved their read mark.
pub(super) async fn clear(tx: &mut Tx, site: SiteId, id: i64, member: i64, up_to: i64) -> Result<bool, DbError> {
    let read = sql("UPDATE participant SET read_seq = $4 \
         WHERE site_id = $1 AND conversation_id = $2 AND member_id = $3 AND read_seq < $4");
    let cleared = sql("UPDATE participant SET cleared_seq = $4 \
         WHERE site_id = $1 AND conversation_id = $2 AND member_id = $3");
    let moved = read.bind(site.0).bind(id).bind(member).bind(up_to).run(&mut *tx).await?;
    cleared.bind(site.0).bind(id).bind(member).bind(up_to).run(tx).await?;
    Ok(moved > 0)
}

/// An organizer conversation as the operators have it.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct OrganizerRow {
    /// Ours.
    pub id: i64,
    /// The member.
    pub member_id: i64,
    /// The last message's number.
    pub last_seq: i64,
    /// When it last changed.
    pub last_at: Millis,
    /// How far the operators have read.
    pub staff_read_seq: i64,
}

const ORGANIZER: &str = "SELECT c.id, p.member_id, c.last_seq, c.last_at, c.staff_read_seq FROM conversation c \
    JOIN participant p ON p.conversation_id = c.id WHERE c.site_id = $1 AND c.kind = 'organizer'";

/// A page of all conversations with the organizers, newest activity first.
pub(super) async fn organizer_page(
    on: impl Into<Link<'_>>,
    site: SiteId,
    after: Option<(Millis, i64)>,
    limit: usize,
) -> Result<Vec<OrganizerRow>, DbError> {
    let (at, id) = after.unwrap_or((i64::MAX, i64::MAX));
    let text = format!(
        "{ORGANIZER} AND (c.last_at < $2 OR (c.last_at = $2 AND c.id < $3)) ORDER BY c.last_at DESC, c.id DESC LIMIT $4"
    );
    let limit = i64::try_from(limit).unwrap_or(200);
    Sql::assembled(text).bind(site.0).bind(at).bind(id).bind(limit).all(on).await
}

/// One conversation with the organizers.
pub(super) async fn organizer_one(
    on: impl Into<Link<'_>>,
    site: SiteId,
    id: i64,
) -> Result<Option<OrganizerRow>, DbError> {
    Sql::assembled(format!("{ORGANIZER} AND c.id = $2")).bind(site.0).bind(id).maybe(on).await
}
