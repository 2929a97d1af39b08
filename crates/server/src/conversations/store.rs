use super::facts::{Facts, Standing};
use super::groups::{History, Role};
use crate::platform::clock::Millis;
use crate::platform::db::{Db, DbError, Link, Sql, Tx, dialect, list, sql};
use crate::sites::SiteId;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use utoipa::ToSchema;

/// What a conversation is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Two members.
    #[default]
    Direct,
    /// Several, with a name.
    Group,
    /// One member and the site's operators.
    Organizer,
    /// Open to populations, made by the organizers.
    Room,
}

impl Kind {
    /// Its name.
    pub fn as_str(self) -> &'static str {
        match self {
            Kind::Direct => "direct",
            Kind::Group => "group",
            Kind::Organizer => "organizer",
            Kind::Room => "room",
        }
    }

    fn parse(text: &str) -> Kind {
        match text {
            "direct" => Kind::Direct,
            "organizer" => Kind::Organizer,
            "room" => Kind::Room,
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
#[derive(Clone, Debug, sqlx_macros::FromRow)]
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
    /// They marked it as unread.
    pub marked_unread: bool,
    /// They block the other: `last_seq` and `last_at` are as they were then.
    pub blocked: bool,
    role: String,
    /// They don't want to hear of it.
    pub muted: bool,
    history: String,
    /// A group's picture.
    pub picture_id: Option<Vec<u8>>,
}

impl HeadRow {
    /// What it is.
    pub fn kind(&self) -> Kind {
        Kind::parse(&self.kind)
    }

    /// What they may do in a group.
    pub fn role(&self) -> Option<Role> {
        (self.kind() == Kind::Group).then(|| Role::parse(&self.role))
    }

    /// What newcomers of a group see.
    pub fn history(&self) -> Option<History> {
        (self.kind() == Kind::Group).then(|| History::parse(&self.history))
    }
}

/// Whoever blocks the other goes on seeing the conversation as it was.
const HEAD: &str = "SELECT c.id, c.kind, c.name, COALESCE(p.blocked_seq, c.last_seq) AS last_seq, \
    COALESCE(p.blocked_last_at, c.last_at) AS last_at, c.staff_read_seq, p.read_seq, p.hidden_seq, p.cleared_seq, \
    p.marked_unread, (p.blocked_seq IS NOT NULL) AS blocked, p.role, p.muted, c.history, c.picture_id \
    FROM participant p JOIN conversation c ON c.id = p.conversation_id \
    WHERE p.site_id = $1 AND p.member_id = $2 AND p.ghost = FALSE";

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

/// Where a page of a list begins: after this one.
pub(super) type After = (bool, Millis, i64);

/// A page of a member's list, by activity, blocked ones last.
pub(super) async fn heads<L>(
    on: &mut L,
    site: SiteId,
    member: i64,
    after: Option<After>,
    newest_first: bool,
    organizer_only: bool,
    limit: usize,
) -> Result<Vec<HeadRow>, DbError>
where
    for<'c> Link<'c>: From<&'c mut L>,
{
    let (than, order) = if newest_first { ("<", "DESC") } else { (">", "ASC") };
    let start = if newest_first { (i64::MAX, i64::MAX) } else { (-1, -1) };
    let kind = if organizer_only { " AND c.kind = 'organizer'" } else { "" };
    let mut found: Vec<HeadRow> = Vec::new();
    for blocked in [false, true] {
        let (at, id) = match after {
            Some((from_blocked, ..)) if from_blocked && !blocked => continue,
            Some((from_blocked, at, id)) if from_blocked == blocked => (at, id),
            _ => start,
        };
        let (which, last_seq, last_at) = match blocked {
            false => ("p.blocked_seq IS NULL", "c.last_seq", "c.last_at"),
            true => ("p.blocked_seq IS NOT NULL", "p.blocked_seq", "p.blocked_last_at"),
        };
        let text = format!(
            "{HEAD} AND {which} AND (p.hidden_seq IS NULL OR {last_seq} > p.hidden_seq){kind} \
             AND ({last_at} {than} $3 OR ({last_at} = $3 AND c.id {than} $4)) \
             ORDER BY {last_at} {order}, c.id {order} LIMIT $5"
        );
        let left = i64::try_from(limit.saturating_sub(found.len())).unwrap_or(200);
        if left > 0 {
            let query = Sql::assembled(text).bind(site.0).bind(member).bind(at).bind(id).bind(left);
            found.extend(query.all::<HeadRow>(&mut *on).await?);
        }
    }
    Ok(found)
}

/// The other participant of a direct conversation, as `member` may see them.
#[derive(Clone, Copy, Debug, sqlx_macros::FromRow)]
pub(super) struct PeerRow {
    pub conversation_id: i64,
    pub member_id: i64,
    /// How far they have read, as far as a block of either lets it be seen.
    pub read_seq: i64,
    /// They have written.
    pub wrote: bool,
    /// They block `member`, who must not learn it.
    pub blocks: bool,
}

/// The other participants of direct conversations.
pub(super) async fn peers(
    on: impl Into<Link<'_>>,
    site: SiteId,
    member: i64,
    ids: &[i64],
) -> Result<Vec<PeerRow>, DbError> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let text = format!(
        "SELECT o.conversation_id, o.member_id, COALESCE(p.blocked_peer_read_seq, o.blocked_read_seq, o.read_seq) AS read_seq, \
         o.wrote, (o.blocked_seq IS NOT NULL) AS blocks FROM participant o \
         LEFT JOIN participant p ON p.conversation_id = o.conversation_id AND p.member_id = $2 \
         WHERE o.site_id = $1 AND o.member_id <> $2 AND o.conversation_id IN ({})",
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

/// The direct conversations of a member with these: the other, the conversation, whether the other has written in it.
pub(super) async fn direct_with(
    on: impl Into<Link<'_>>,
    site: SiteId,
    member: i64,
    others: &[i64],
) -> Result<Vec<(i64, i64, bool)>, DbError> {
    let keys: HashMap<String, i64> = others.iter().map(|other| (direct_key(member, *other), *other)).collect();
    let text = format!(
        "SELECT o.member_id, c.id, o.wrote FROM conversation c \
         JOIN participant o ON o.conversation_id = c.id AND o.member_id <> $2 \
         WHERE c.site_id = $1 AND c.pair_key IN ({})",
        list(3, keys.len())
    );
    Sql::assembled(text).bind(site.0).bind(member).bind_each(keys.into_keys()).all(on).await
}

/// The direct conversations of these members: the member, the other, the conversation. With `but_blocked`, without
/// those across which one blocks the other.
pub(super) async fn directs_of<L>(
    on: &mut L,
    site: SiteId,
    members: &[i64],
    but_blocked: bool,
) -> Result<Vec<(i64, i64, i64)>, DbError>
where
    for<'c> Link<'c>: From<&'c mut L>,
{
    let open = if but_blocked { " AND p.blocked_seq IS NULL AND o.blocked_seq IS NULL" } else { "" };
    let mut pairs = Vec::new();
    for chunk in members.chunks(500) {
        let text = format!(
            "SELECT p.member_id, o.member_id, c.id FROM participant p JOIN conversation c ON c.id = p.conversation_id \
             JOIN participant o ON o.conversation_id = c.id AND o.member_id <> p.member_id \
             WHERE p.site_id = $1 AND p.member_id IN ({}) AND c.kind = 'direct'{open}",
            list(2, chunk.len())
        );
        let found: Vec<(i64, i64, i64)> =
            Sql::assembled(text).bind(site.0).bind_each(chunk.iter().copied()).all(&mut *on).await?;
        pairs.extend(found);
    }
    Ok(pairs)
}

/// Everybody with whom a member shares a conversation.
pub(super) async fn companions_of(on: impl Into<Link<'_>>, site: SiteId, member: i64) -> Result<Vec<i64>, DbError> {
    let rows: Vec<(i64,)> = sql("SELECT DISTINCT o.member_id FROM participant p \
         JOIN participant o ON o.conversation_id = p.conversation_id AND o.member_id <> p.member_id \
         WHERE p.site_id = $1 AND p.member_id = $2 AND o.ghost = FALSE")
    .bind(site.0)
    .bind(member)
    .all(on)
    .await?;
    Ok(rows.into_iter().map(|(other,)| other).collect())
}

#[derive(sqlx_macros::FromRow)]
struct StandingRow {
    conversation_id: i64,
    member_id: i64,
    hidden_seq: Option<i64>,
    wrote: bool,
    blocked_seq: Option<i64>,
}

/// These conversations, as far as they are there, and their participants.
pub(super) async fn facts<L>(on: &mut L, site: SiteId, ids: &[i64]) -> Result<Vec<Facts>, DbError>
where
    for<'c> Link<'c>: From<&'c mut L>,
{
    let among = list(2, ids.len());
    let query =
        Sql::assembled(format!("SELECT id, kind, last_seq FROM conversation WHERE site_id = $1 AND id IN ({among})"));
    let heads: Vec<(i64, String, i64)> = query.bind(site.0).bind_each(ids.iter().copied()).all(&mut *on).await?;
    let query = Sql::assembled(format!(
        "SELECT conversation_id, member_id, hidden_seq, wrote, blocked_seq FROM participant \
         WHERE site_id = $1 AND conversation_id IN ({among}) AND ghost = FALSE"
    ));
    let rows: Vec<StandingRow> = query.bind(site.0).bind_each(ids.iter().copied()).all(&mut *on).await?;
    let last: HashMap<i64, i64> = heads.iter().map(|(id, _, last_seq)| (*id, *last_seq)).collect();
    let mut standings: HashMap<i64, Vec<Standing>> = HashMap::with_capacity(heads.len());
    for row in rows {
        let Some(last_seq) = last.get(&row.conversation_id) else { continue };
        let hidden = row.hidden_seq.filter(|at| at >= row.blocked_seq.as_ref().unwrap_or(last_seq));
        let (wrote, blocks) = (row.wrote, row.blocked_seq.is_some());
        let standing = Standing { member: row.member_id, hidden, wrote, blocks };
        standings.entry(row.conversation_id).or_default().push(standing);
    }
    let facts = |(id, kind, _): (i64, String, i64)| {
        Facts::new(id, site, Kind::parse(&kind), standings.remove(&id).unwrap_or_default())
    };
    Ok(heads.into_iter().map(facts).collect())
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

/// It has another name.
pub(super) async fn rename(tx: &mut Tx, site: SiteId, id: i64, name: &str) -> Result<(), DbError> {
    let renamed = sql("UPDATE conversation SET name = $3 WHERE site_id = $1 AND id = $2");
    renamed.bind(site.0).bind(id).bind(name).run(tx).await.map(drop)
}

/// It goes; nothing speaks of it any more.
pub(super) async fn delete(tx: &mut Tx, site: SiteId, id: i64) -> Result<(), DbError> {
    sql("DELETE FROM conversation WHERE site_id = $1 AND id = $2").bind(site.0).bind(id).run(tx).await.map(drop)
}

/// The last message's number, with the conversation locked until the transaction ends.
pub(crate) async fn lock(tx: &mut Tx, db: &Db, site: SiteId, id: i64) -> Result<i64, DbError> {
    let text = format!("SELECT last_seq FROM conversation WHERE site_id = $1 AND id = $2{}", dialect::for_update(db));
    Sql::assembled(text).bind(site.0).bind(id).number(tx).await
}

/// Up to which message a participant sees the conversation, with it locked until the transaction ends.
pub(super) async fn lock_as_seen(tx: &mut Tx, db: &Db, site: SiteId, id: i64, member: i64) -> Result<i64, DbError> {
    let last_seq = lock(tx, db, site, id).await?;
    let blocked: Option<(Option<i64>,)> = sql("SELECT blocked_seq FROM participant \
         WHERE site_id = $1 AND conversation_id = $2 AND member_id = $3")
    .bind(site.0)
    .bind(id)
    .bind(member)
    .maybe(tx)
    .await?;
    Ok(blocked.and_then(|(blocked,)| blocked).unwrap_or(last_seq))
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

/// Whether a participant wants to hear of it; `false` if that changed nothing.
pub(super) async fn set_muted(tx: &mut Tx, site: SiteId, id: i64, member: i64, muted: bool) -> Result<bool, DbError> {
    let changed = sql("UPDATE participant SET muted = $4 \
         WHERE site_id = $1 AND conversation_id = $2 AND member_id = $3 AND muted <> $4");
    Ok(changed.bind(site.0).bind(id).bind(member).bind(muted).run(tx).await? > 0)
}

/// Marks as unread, or takes the mark away; `true` if that changed something.
pub(super) async fn mark_unread(
    tx: &mut Tx,
    site: SiteId,
    id: i64,
    member: i64,
    marked: bool,
) -> Result<bool, DbError> {
    let moved = sql("UPDATE participant SET marked_unread = $4 \
         WHERE site_id = $1 AND conversation_id = $2 AND member_id = $3 AND marked_unread <> $4");
    Ok(moved.bind(site.0).bind(id).bind(member).bind(marked).run(tx).await? > 0)
}

/// From now on a participant sees the direct conversation as it is, and is seen in it as they are.
pub(super) async fn block(tx: &mut Tx, site: SiteId, id: i64, member: i64) -> Result<(), DbError> {
    sql("UPDATE participant SET blocked_seq = c.last_seq, blocked_last_at = c.last_at, \
         blocked_read_seq = participant.read_seq, blocked_peer_read_seq = (SELECT COALESCE(o.blocked_read_seq, o.read_seq) \
         FROM participant o WHERE o.conversation_id = $2 AND o.member_id <> $3) FROM conversation c \
         WHERE participant.site_id = $1 AND c.id = participant.conversation_id \
         AND participant.conversation_id = $2 AND participant.member_id = $3 AND participant.blocked_seq IS NULL")
    .bind(site.0)
    .bind(id)
    .bind(member)
    .run(tx)
    .await
    .map(drop)
}

/// The participants who see a message: all but those whose block it came after.
pub(super) async fn who_see(tx: &mut Tx, site: SiteId, id: i64, seq: i64) -> Result<Vec<i64>, DbError> {
    let rows: Vec<(i64,)> = sql("SELECT member_id FROM participant WHERE site_id = $1 AND conversation_id = $2 \
         AND (blocked_seq IS NULL OR blocked_seq >= $3) ORDER BY member_id")
    .bind(site.0)
    .bind(id)
    .bind(seq)
    .all(tx)
    .await?;
    Ok(rows.into_iter().map(|(member,)| member).collect())
}

/// What ends with a block: the last message that was seen, how far the blocker had read as the other saw it, and how
/// far they have.
pub(super) struct Unblocked {
    pub seen: i64,
    pub shown_read_seq: i64,
    pub read_seq: i64,
}

/// Ends what [`block`] began.
pub(super) async fn unblock(tx: &mut Tx, site: SiteId, id: i64, member: i64) -> Result<Option<Unblocked>, DbError> {
    let row: Option<(Option<i64>, Option<i64>, i64)> =
        sql("SELECT blocked_seq, blocked_read_seq, read_seq FROM participant \
             WHERE site_id = $1 AND conversation_id = $2 AND member_id = $3")
        .bind(site.0)
        .bind(id)
        .bind(member)
        .maybe(&mut *tx)
        .await?;
    let Some((Some(seen), Some(shown_read_seq), read_seq)) = row else { return Ok(None) };
    sql("UPDATE participant SET blocked_seq = NULL, blocked_last_at = NULL, blocked_read_seq = NULL, \
         blocked_peer_read_seq = NULL WHERE site_id = $1 AND conversation_id = $2 AND member_id = $3")
    .bind(site.0)
    .bind(id)
    .bind(member)
    .run(tx)
    .await?;
    Ok(Some(Unblocked { seen, shown_read_seq, read_seq }))
}
