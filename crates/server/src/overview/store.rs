use super::Said;
use crate::platform::clock::Millis;
use crate::platform::db::{DbError, Link, Sql, Tx, placeholders, sql};
use crate::sites::SiteId;

/// So many messages are looked at for how fast the organizers answer.
const MOST_LOOKED_AT: i64 = 200_000;

pub(super) async fn add_said(tx: &mut Tx, site: SiteId, day: i64, said: Said) -> Result<(), DbError> {
    sql("INSERT INTO site_day (site_id, day, messages, organizer_messages) VALUES ($1, $2, $3, $4) \
         ON CONFLICT (site_id, day) DO UPDATE SET messages = site_day.messages + excluded.messages, \
         organizer_messages = site_day.organizer_messages + excluded.organizer_messages")
    .bind(site.0)
    .bind(day)
    .bind(said.messages)
    .bind(said.organizer_messages)
    .run(tx)
    .await
    .map(drop)
}

/// Who was here: site, day, member.
pub(super) async fn add_came(tx: &mut Tx, came: &[(SiteId, i64, i64)]) -> Result<(), DbError> {
    for chunk in came.chunks(200) {
        let text = format!(
            "INSERT INTO activity_day (site_id, day, member_id) VALUES {} ON CONFLICT DO NOTHING",
            placeholders(1, chunk.len(), 3)
        );
        let values = chunk.iter().flat_map(|(site, day, member)| [site.0, *day, *member]);
        Sql::assembled(text).bind_each(values).run(&mut *tx).await?;
    }
    Ok(())
}

/// Messages of each day since: day, all, those with the organizers.
pub(super) async fn said(on: impl Into<Link<'_>>, site: SiteId, since: i64) -> Result<Vec<(i64, i64, i64)>, DbError> {
    sql("SELECT day, messages, organizer_messages FROM site_day WHERE site_id = $1 AND day >= $2")
        .bind(site.0)
        .bind(since)
        .all(on)
        .await
}

/// Members who were here on each day since.
pub(super) async fn active(on: impl Into<Link<'_>>, site: SiteId, since: i64) -> Result<Vec<(i64, i64)>, DbError> {
    sql("SELECT day, COUNT(*) FROM activity_day WHERE site_id = $1 AND day >= $2 GROUP BY day")
        .bind(site.0)
        .bind(since)
        .all(on)
        .await
}

/// Conversations with the organizers in which something is unread by them.
pub(super) async fn waiting(on: impl Into<Link<'_>>, site: SiteId) -> Result<i64, DbError> {
    sql("SELECT COUNT(*) FROM conversation WHERE site_id = $1 AND kind = 'organizer' AND last_seq > staff_read_seq")
        .bind(site.0)
        .number(on)
        .await
}

pub(super) async fn open_reports(on: impl Into<Link<'_>>, site: SiteId) -> Result<i64, DbError> {
    sql("SELECT COUNT(*) FROM report WHERE site_id = $1 AND state = 'open'").bind(site.0).number(on).await
}

/// Who wrote when in the conversations with the organizers in which a member wrote, conversation by conversation. A
/// broadcast is no answer.
pub(super) async fn exchanges(
    on: impl Into<Link<'_>>,
    site: SiteId,
    since: Millis,
) -> Result<Vec<(i64, String, Millis)>, DbError> {
    sql("SELECT m.conversation_id, m.author_kind, m.sent_at FROM conversation c \
         JOIN message m ON m.conversation_id = c.id \
         WHERE c.site_id = $1 AND c.kind = 'organizer' AND c.last_at >= $2 AND m.sent_at >= $2 AND EXISTS \
         (SELECT 1 FROM participant p WHERE p.conversation_id = c.id AND p.wrote) AND NOT EXISTS (SELECT 1 FROM \
         broadcast_recipient b WHERE b.conversation_id = m.conversation_id AND b.seq = m.seq) \
         ORDER BY m.conversation_id, m.seq LIMIT $3")
    .bind(site.0)
    .bind(since)
    .bind(MOST_LOOKED_AT)
    .all(on)
    .await
}
