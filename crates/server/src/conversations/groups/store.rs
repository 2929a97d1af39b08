use crate::conversations::store as conversations;
use crate::platform::clock::Millis;
use crate::platform::db::{DbError, Link, Sql, Tx, sql};
use crate::sites::SiteId;

/// What a group is, and who takes part in it, for those who change it.
pub(super) struct Group {
    pub name: String,
    pub history: String,
    pub last_seq: i64,
    pub picture: Option<Vec<u8>>,
    /// In the order in which they came.
    pub participants: Vec<ParticipantRow>,
}

/// Who takes part in a group.
#[derive(Clone, Debug, sqlx_macros::FromRow)]
pub(super) struct ParticipantRow {
    pub member_id: i64,
    pub role: String,
    pub ghost: bool,
    pub joined_at: Millis,
    pub read_seq: i64,
}

impl ParticipantRow {
    pub(super) fn is_admin(&self) -> bool {
        self.role == "admin"
    }
}

impl Group {
    pub(super) fn participant(&self, member: i64) -> Option<&ParticipantRow> {
        self.participants.iter().find(|one| one.member_id == member)
    }
}

/// A group with all its participants.
pub(super) async fn group(tx: &mut Tx, site: SiteId, id: i64) -> Result<Option<Group>, DbError> {
    let row: Option<(String, String, i64, Option<Vec<u8>>)> =
        sql("SELECT name, history, last_seq, picture_id FROM conversation WHERE site_id = $1 AND id = $2 AND kind = 'group'")
            .bind(site.0)
            .bind(id)
            .maybe(&mut *tx)
            .await?;
    let Some((name, history, last_seq, picture)) = row else { return Ok(None) };
    let participants = sql("SELECT member_id, role, ghost, joined_at, read_seq FROM participant \
         WHERE site_id = $1 AND conversation_id = $2 ORDER BY joined_at, member_id")
    .bind(site.0)
    .bind(id)
    .all(tx)
    .await?;
    Ok(Some(Group { name, history, last_seq, picture, participants }))
}

/// A page of those who take part, in the order in which they came, as `viewer` may know how far they read.
pub(super) async fn page(
    on: impl Into<Link<'_>>,
    site: SiteId,
    id: i64,
    viewer: i64,
    after: Option<(Millis, i64)>,
    limit: usize,
) -> Result<Vec<ParticipantRow>, DbError> {
    let (at, member) = after.unwrap_or((-1, -1));
    sql("SELECT p.member_id, p.role, p.ghost, p.joined_at, COALESCE(f.read_seq, p.read_seq) AS read_seq FROM participant p \
         LEFT JOIN frozen_read f ON f.conversation_id = p.conversation_id AND f.viewer_id = $3 AND f.reader_id = p.member_id \
         WHERE p.site_id = $1 AND p.conversation_id = $2 \
         AND (p.joined_at > $4 OR (p.joined_at = $4 AND p.member_id > $5)) ORDER BY p.joined_at, p.member_id LIMIT $6")
    .bind(site.0)
    .bind(id)
    .bind(viewer)
    .bind(at)
    .bind(member)
    .bind(i64::try_from(limit).unwrap_or(200))
    .all(on)
    .await
}

/// One who takes part, as `viewer` may know how far they read.
pub(super) async fn one(
    on: impl Into<Link<'_>>,
    site: SiteId,
    (id, member): (i64, i64),
    viewer: i64,
) -> Result<Option<ParticipantRow>, DbError> {
    sql("SELECT p.member_id, p.role, p.ghost, p.joined_at, COALESCE(f.read_seq, p.read_seq) AS read_seq FROM participant p \
         LEFT JOIN frozen_read f ON f.conversation_id = p.conversation_id AND f.viewer_id = $3 AND f.reader_id = p.member_id \
         WHERE p.site_id = $1 AND p.conversation_id = $2 AND p.member_id = $4")
    .bind(site.0)
    .bind(id)
    .bind(viewer)
    .bind(member)
    .maybe(on)
    .await
}

/// Those who were there when a message was sent and have read it since, as far as `viewer` may know; at most so many.
pub(super) async fn readers(
    on: impl Into<Link<'_>>,
    site: SiteId,
    id: i64,
    viewer: i64,
    (seq, sent_at): (i64, Millis),
    limit: usize,
) -> Result<Vec<i64>, DbError> {
    let rows: Vec<(i64,)> = sql("SELECT p.member_id FROM participant p \
         LEFT JOIN frozen_read f ON f.conversation_id = p.conversation_id AND f.viewer_id = $3 AND f.reader_id = p.member_id \
         WHERE p.site_id = $1 AND p.conversation_id = $2 AND COALESCE(f.read_seq, p.read_seq) >= $4 AND p.joined_at <= $5 \
         ORDER BY p.joined_at, p.member_id LIMIT $6")
    .bind(site.0)
    .bind(id)
    .bind(viewer)
    .bind(seq)
    .bind(sent_at)
    .bind(i64::try_from(limit).unwrap_or(200))
    .all(on)
    .await?;
    Ok(rows.into_iter().map(|(member,)| member).collect())
}

pub(super) async fn set_picture(tx: &mut Tx, site: SiteId, id: i64, picture: Option<Vec<u8>>) -> Result<(), DbError> {
    let changed = sql("UPDATE conversation SET picture_id = $3 WHERE site_id = $1 AND id = $2");
    changed.bind(site.0).bind(id).bind(picture).run(tx).await.map(drop)
}

pub(super) async fn set_role(
    tx: &mut Tx,
    site: SiteId,
    id: i64,
    member: i64,
    role: &'static str,
) -> Result<(), DbError> {
    sql("UPDATE participant SET role = $4 WHERE site_id = $1 AND conversation_id = $2 AND member_id = $3")
        .bind(site.0)
        .bind(id)
        .bind(member)
        .bind(role)
        .run(tx)
        .await
        .map(drop)
}

pub(super) async fn take_out(tx: &mut Tx, site: SiteId, id: i64, member: i64) -> Result<(), DbError> {
    let gone = sql("DELETE FROM participant WHERE site_id = $1 AND conversation_id = $2 AND member_id = $3");
    gone.bind(site.0).bind(id).bind(member).run(&mut *tx).await?;
    sql("DELETE FROM frozen_read WHERE site_id = $1 AND conversation_id = $2 AND (viewer_id = $3 OR reader_id = $3)")
        .bind(site.0)
        .bind(id)
        .bind(member)
        .run(tx)
        .await
        .map(drop)
}

/// The group itself goes; its messages are gone already.
pub(super) async fn end(tx: &mut Tx, site: SiteId, id: i64) -> Result<(), DbError> {
    for gone in [
        sql("DELETE FROM frozen_read WHERE site_id = $1 AND conversation_id = $2"),
        sql("DELETE FROM participant WHERE site_id = $1 AND conversation_id = $2"),
    ] {
        gone.bind(site.0).bind(id).run(&mut *tx).await?;
    }
    conversations::delete(tx, site, id).await
}

/// From now on neither of two sees how far the other reads the groups they share (`id`: this one alone).
pub(super) async fn freeze(tx: &mut Tx, site: SiteId, one: i64, other: i64, id: Option<i64>) -> Result<(), DbError> {
    let only = if id.is_some() { " AND p.conversation_id = $4" } else { "" };
    let text = format!(
        "INSERT INTO frozen_read (site_id, conversation_id, reader_id, viewer_id, read_seq) \
         SELECT p.site_id, p.conversation_id, p.member_id, o.member_id, p.read_seq FROM participant p \
         JOIN participant o ON o.conversation_id = p.conversation_id JOIN conversation c ON c.id = p.conversation_id \
         WHERE p.site_id = $1 AND c.kind = 'group' \
         AND ((p.member_id = $2 AND o.member_id = $3) OR (p.member_id = $3 AND o.member_id = $2)){only} \
         ON CONFLICT (conversation_id, viewer_id, reader_id) DO NOTHING"
    );
    let query = Sql::assembled(text).bind(site.0).bind(one).bind(other);
    match id {
        Some(id) => query.bind(id).run(tx).await.map(drop),
        None => query.run(tx).await.map(drop),
    }
}

/// Ends that.
pub(super) async fn thaw(tx: &mut Tx, site: SiteId, one: i64, other: i64) -> Result<(), DbError> {
    sql("DELETE FROM frozen_read WHERE site_id = $1 \
         AND ((viewer_id = $2 AND reader_id = $3) OR (viewer_id = $3 AND reader_id = $2))")
    .bind(site.0)
    .bind(one)
    .bind(other)
    .run(tx)
    .await
    .map(drop)
}

/// Whether a member is a participant.
pub(super) async fn is_among(on: impl Into<Link<'_>>, site: SiteId, id: i64, member: i64) -> Result<bool, DbError> {
    let row: Option<(i64,)> =
        sql("SELECT member_id FROM participant WHERE site_id = $1 AND conversation_id = $2 AND member_id = $3")
            .bind(site.0)
            .bind(id)
            .bind(member)
            .maybe(on)
            .await?;
    Ok(row.is_some())
}

/// Somebody takes part from now on; they have read what was said before, and don't see what is `cleared`.
pub(super) async fn take_in(
    tx: &mut Tx,
    site: SiteId,
    id: i64,
    member: i64,
    ghost: bool,
    (read, cleared): (i64, i64),
    now: Millis,
) -> Result<(), DbError> {
    sql("INSERT INTO participant (site_id, conversation_id, member_id, read_seq, cleared_seq, wrote, marked_unread, \
         joined_at, role, ghost) VALUES ($1, $2, $3, $4, $5, FALSE, FALSE, $6, 'member', $7)")
    .bind(site.0)
    .bind(id)
    .bind(member)
    .bind(read)
    .bind(cleared)
    .bind(now)
    .bind(ghost)
    .run(tx)
    .await
    .map(drop)
}
