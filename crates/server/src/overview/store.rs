use super::Said;
use crate::platform::clock::Millis;
use crate::platform::db::{DbError, Link, Sql, Tx, list, placeholders, sql};
use crate::sites::SiteId;

/// So many messages of so many conversations, those that went on last, are looked at for how fast the organizers answer.
const MOST_LOOKED_AT: i64 = 200_000;
const MOST_CONVERSATIONS: i64 = 5_000;

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

/// A member was not here on these days. They are named one by one: each is looked up.
pub(super) async fn forget_member(
    tx: &mut Tx,
    site: SiteId,
    member: i64,
    (first, last): (i64, i64),
) -> Result<(), DbError> {
    let days: Vec<i64> = (first..=last).collect();
    let text =
        format!("DELETE FROM activity_day WHERE site_id = $1 AND member_id = $2 AND day IN ({})", list(3, days.len()));
    Sql::assembled(text).bind(site.0).bind(member).bind_each(days).run(tx).await.map(drop)
}

/// Sites of which it is known who was here before a day.
pub(super) async fn sites_before(on: impl Into<Link<'_>>, day: i64) -> Result<Vec<SiteId>, DbError> {
    let rows: Vec<(i64,)> = sql("SELECT s.id FROM site s WHERE EXISTS \
         (SELECT 1 FROM activity_day a WHERE a.site_id = s.id AND a.day < $1)")
    .bind(day)
    .all(on)
    .await?;
    Ok(rows.into_iter().map(|(id,)| SiteId(id)).collect())
}

/// Forgets who was here on the first day of which it is known, if that is before this one; whether there was such a day.
pub(super) async fn forget_day(tx: &mut Tx, site: SiteId, before: i64) -> Result<bool, DbError> {
    let forget = sql("DELETE FROM activity_day WHERE site_id = $1 AND day < $2 AND day = \
         (SELECT MIN(day) FROM activity_day WHERE site_id = $1)");
    Ok(forget.bind(site.0).bind(before).run(tx).await? > 0)
}

/// Messages of each day since: day, all, those with the organizers.
pub(super) async fn said(on: impl Into<Link<'_>>, site: SiteId, since: i64) -> Result<Vec<(i64, i64, i64)>, DbError> {
    sql("SELECT day, messages, organizer_messages FROM site_day WHERE site_id = $1 AND day >= $2")
        .bind(site.0)
        .bind(since)
        .all(on)
        .await
}

/// Members who were here on each of these days.
pub(super) async fn active(
    on: impl Into<Link<'_>>,
    site: SiteId,
    (first, last): (i64, i64),
) -> Result<Vec<(i64, i64)>, DbError> {
    sql("SELECT day, COUNT(*) FROM activity_day WHERE site_id = $1 AND day >= $2 AND day <= $3 GROUP BY day")
        .bind(site.0)
        .bind(first)
        .bind(last)
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
    sql("SELECT m.conversation_id, m.author_kind, m.sent_at FROM \
         (SELECT o.id, o.last_at FROM conversation o WHERE o.site_id = $1 AND o.kind = 'organizer' AND o.last_at >= $2 \
         AND EXISTS (SELECT 1 FROM participant p WHERE p.conversation_id = o.id AND p.wrote) \
         ORDER BY o.last_at DESC LIMIT $3) c \
         JOIN message m ON m.conversation_id = c.id WHERE m.sent_at >= $2 AND NOT EXISTS (SELECT 1 FROM \
         broadcast_recipient b WHERE b.conversation_id = m.conversation_id AND b.seq = m.seq) \
         ORDER BY c.last_at DESC, m.conversation_id, m.seq LIMIT $4")
    .bind(site.0)
    .bind(since)
    .bind(MOST_CONVERSATIONS)
    .bind(MOST_LOOKED_AT)
    .all(on)
    .await
}
