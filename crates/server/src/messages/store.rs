use crate::platform::clock::Millis;
use crate::platform::db::{DbError, Link, Sql, Tx, placeholders, sql};
use crate::sites::SiteId;

/// A message as it is stored.
#[derive(Clone, Debug, Default, sqlx_macros::FromRow)]
pub struct MessageRow {
    pub conversation_id: i64,
    pub seq: i64,
    pub author_id: i64,
    /// The name of that day of an operator, or of whoever did what a line says; none: a member wrote it.
    pub author_name: Option<String>,
    pub client_id: Vec<u8>,
    pub body: String,
    pub reply_to: Option<i64>,
    pub sent_at: Millis,
    pub edited_at: Option<Millis>,
    pub removed_by: Option<String>,
    pub removed_at: Option<Millis>,
    /// Why a moderator removed it.
    pub removed_note: Option<String>,
    /// What was there before the author edited it while the reader blocked them: `[body, edited_at]`.
    pub held: Option<String>,
    /// What the conversation says of itself (JSON).
    pub line: Option<String>,
    /// In a room: the members it was addressed to (JSON).
    pub whisper_to: Option<String>,
    /// In a room: the members it calls by name (JSON).
    pub mentions: Option<String>,
    /// In a room: how many public messages there are up to this one.
    pub shown: Option<i64>,
}

impl MessageRow {
    /// As somebody sees it who blocks the author.
    pub(super) fn held_back(mut self) -> MessageRow {
        let held = self.held.take().filter(|_| self.removed_by.is_none());
        if let Some((body, edited_at)) = held.and_then(|held| serde_json::from_str(&held).ok()) {
            (self.body, self.edited_at) = (body, edited_at);
        }
        self
    }
}

const COLUMNS: &str = "SELECT conversation_id, seq, author_id, author_name, client_id, body, reply_to, sent_at, edited_at, removed_by, removed_at, removed_note, held, line, whisper_to, mentions, shown FROM message";

/// Of a room, what everybody may read, and the whispers that reach the reader ($6).
const SEEN: &str = " AND (whisper_to IS NULL OR EXISTS (SELECT 1 FROM whisper w WHERE w.site_id = $1 \
    AND w.conversation_id = $2 AND w.member_id = $6 AND w.seq = message.seq))";

/// A page of a conversation; ascending.
pub(super) async fn page(
    on: impl Into<Link<'_>>,
    site: SiteId,
    id: i64,
    wanted: PageOf,
    limit: usize,
) -> Result<Vec<MessageRow>, DbError> {
    let order = if wanted.backwards { "DESC" } else { "ASC" };
    let seen = if wanted.whispers_to.is_some() { SEEN } else { "" };
    let text = format!(
        "{COLUMNS} WHERE site_id = $1 AND conversation_id = $2 AND seq > $3 AND seq < $4{seen} ORDER BY seq {order} LIMIT $5"
    );
    let limit = i64::try_from(limit).unwrap_or(200);
    let query = Sql::assembled(text).bind(site.0).bind(id).bind(wanted.after).bind(wanted.before).bind(limit);
    let query = match wanted.whispers_to {
        Some(reader) => query.bind(reader),
        None => query,
    };
    let mut rows: Vec<MessageRow> = query.all(on).await?;
    if wanted.backwards {
        rows.reverse();
    }
    Ok(rows)
}

/// Between which numbers, and from which end.
pub(super) struct PageOf {
    pub after: i64,
    pub before: i64,
    pub backwards: bool,
    /// Of a room: the reader, whom whispers may reach.
    pub whispers_to: Option<i64>,
}

/// The messages at these places (conversation, number).
pub(super) async fn at(
    on: impl Into<Link<'_>>,
    site: SiteId,
    places: &[(i64, i64)],
) -> Result<Vec<MessageRow>, DbError> {
    if places.is_empty() {
        return Ok(Vec::new());
    }
    let text = format!(
        "{COLUMNS} WHERE site_id = $1 AND (conversation_id, seq) IN (VALUES {})",
        placeholders(2, places.len(), 2)
    );
    let values = places.iter().flat_map(|(id, seq)| [*id, *seq]);
    Sql::assembled(text).bind(site.0).bind_each(values).all(on).await
}

/// The message that this author named so in this conversation.
pub(super) async fn by_client_id(
    on: impl Into<Link<'_>>,
    site: SiteId,
    id: i64,
    author: i64,
    client_id: &[u8],
) -> Result<Option<MessageRow>, DbError> {
    let text = format!("{COLUMNS} WHERE site_id = $1 AND conversation_id = $2 AND author_id = $3 AND client_id = $4");
    Sql::assembled(text).bind(site.0).bind(id).bind(author).bind(client_id).maybe(on).await
}

/// The next number of a conversation, taken.
pub(super) async fn next_seq(tx: &mut Tx, site: SiteId, id: i64, now: Millis) -> Result<i64, DbError> {
    sql("UPDATE conversation SET last_seq = last_seq + 1, last_at = $3 WHERE site_id = $1 AND id = $2 RETURNING last_seq")
        .bind(site.0)
        .bind(id)
        .bind(now)
        .number(tx)
        .await
}

/// Stores what a conversation says of itself.
pub(super) async fn insert_line(tx: &mut Tx, site: SiteId, row: &MessageRow) -> Result<(), DbError> {
    sql("INSERT INTO message (site_id, conversation_id, seq, author_kind, author_id, author_name, client_id, body, sent_at, line) \
         VALUES ($1, $2, $3, 'system', $4, $5, $6, $7, $8, $9)")
    .bind(site.0)
    .bind(row.conversation_id)
    .bind(row.seq)
    .bind(row.author_id)
    .bind(row.author_name.clone())
    .bind(row.client_id.as_slice())
    .bind(row.body.as_str())
    .bind(row.sent_at)
    .bind(row.line.clone())
    .run(tx)
    .await
    .map(drop)
}

/// All messages of a conversation go, for good.
pub(crate) async fn erase(tx: &mut Tx, site: SiteId, id: i64) -> Result<(), DbError> {
    let gone = sql("DELETE FROM message WHERE site_id = $1 AND conversation_id = $2");
    gone.bind(site.0).bind(id).run(tx).await.map(drop)
}

/// Another text; with `held`, whoever blocks the author goes on seeing the one that was there.
pub(super) async fn edit(
    tx: &mut Tx,
    site: SiteId,
    row: &MessageRow,
    body: &str,
    held: bool,
    now: Millis,
) -> Result<(), DbError> {
    let before = held.then(|| serde_json::to_string(&(&row.body, row.edited_at)).unwrap_or_default());
    sql("UPDATE message SET body = $4, edited_at = $5, held = COALESCE(held, $6) \
         WHERE site_id = $1 AND conversation_id = $2 AND seq = $3")
    .bind(site.0)
    .bind(row.conversation_id)
    .bind(row.seq)
    .bind(body)
    .bind(now)
    .bind(before)
    .run(tx)
    .await
    .map(drop)
}

/// The messages of an author in a conversation whose edits were held back; they no longer are.
pub(super) async fn release_held(tx: &mut Tx, site: SiteId, id: i64, author: i64) -> Result<Vec<MessageRow>, DbError> {
    let text = format!(
        "{COLUMNS} WHERE site_id = $1 AND conversation_id = $2 AND author_id = $3 AND held IS NOT NULL ORDER BY seq"
    );
    let rows: Vec<MessageRow> = Sql::assembled(text).bind(site.0).bind(id).bind(author).all(&mut *tx).await?;
    sql("UPDATE message SET held = NULL WHERE site_id = $1 AND conversation_id = $2 AND author_id = $3 AND held IS NOT NULL")
        .bind(site.0)
        .bind(id)
        .bind(author)
        .run(tx)
        .await?;
    Ok(rows)
}

/// The text is gone for good; the number stays.
pub(super) async fn remove(tx: &mut Tx, site: SiteId, id: i64, seq: i64, by: &str, now: Millis) -> Result<(), DbError> {
    sql("UPDATE message SET body = '', held = NULL, removed_by = $4, removed_at = $5 WHERE site_id = $1 AND conversation_id = $2 AND seq = $3")
        .bind(site.0)
        .bind(id)
        .bind(seq)
        .bind(by)
        .bind(now)
        .run(tx)
        .await
        .map(drop)
}

/// Moves a participant's read mark, never back nor beyond the last message they see; where it stands now if it moved.
pub(super) async fn read(tx: &mut Tx, site: SiteId, id: i64, member: i64, seq: i64) -> Result<Option<i64>, DbError> {
    let row: Option<(i64,)> =
        sql("UPDATE participant SET marked_unread = FALSE, \
         read_seq = CASE WHEN COALESCE(blocked_seq, c.last_seq) < $4 THEN COALESCE(blocked_seq, c.last_seq) ELSE $4 END \
         FROM conversation c WHERE participant.site_id = $1 AND c.id = participant.conversation_id \
         AND participant.conversation_id = $2 AND participant.member_id = $3 \
         AND participant.read_seq < CASE WHEN COALESCE(blocked_seq, c.last_seq) < $4 THEN COALESCE(blocked_seq, c.last_seq) ELSE $4 END \
         RETURNING read_seq")
        .bind(site.0)
        .bind(id)
        .bind(member)
        .bind(seq)
        .maybe(tx)
        .await?;
    Ok(row.map(|(seq,)| seq))
}

/// Moves the read mark of a participant who has read all that came before this message; `false`: they have not.
pub(super) async fn read_next(tx: &mut Tx, site: SiteId, id: i64, member: i64, seq: i64) -> Result<bool, DbError> {
    let moved =
        sql("UPDATE participant SET read_seq = $4 WHERE site_id = $1 AND conversation_id = $2 AND member_id = $3 \
         AND read_seq = $5 AND blocked_seq IS NULL");
    let moved = moved.bind(site.0).bind(id).bind(member).bind(seq).bind(seq - 1);
    Ok(moved.run(tx).await? > 0)
}

/// Moves the read mark of the operators of the site, in the same way as [`read`].
pub(super) async fn read_by_staff(tx: &mut Tx, site: SiteId, id: i64, seq: i64) -> Result<Option<i64>, DbError> {
    let row: Option<(i64,)> =
        sql("UPDATE conversation SET staff_read_seq = CASE WHEN last_seq < $3 THEN last_seq ELSE $3 END \
         WHERE site_id = $1 AND id = $2 AND kind = 'organizer' \
         AND staff_read_seq < CASE WHEN last_seq < $3 THEN last_seq ELSE $3 END RETURNING staff_read_seq")
        .bind(site.0)
        .bind(id)
        .bind(seq)
        .maybe(tx)
        .await?;
    Ok(row.map(|(seq,)| seq))
}
