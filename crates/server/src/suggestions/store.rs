use super::index::{Carrier, Index};
use crate::platform::clock::Millis;
use crate::platform::db::{DbError, Link, Reader, Tx, sql};
use crate::sites::SiteId;
use domain::suggestions::Carried;

/// So many members are read at once.
const AT_ONCE: usize = 2_000;
/// Nobody dismisses more members: the oldest are forgotten.
const MOST_DISMISSED: i64 = 5_000;

#[derive(sqlx_macros::FromRow)]
struct CarrierRow {
    id: i64,
    class_id: i64,
    open: bool,
    interests: String,
    offers: String,
    looks_for: String,
}

/// Adds the next members of a site who carry something, after this one; the last of them, if there are any.
pub(super) async fn carriers(
    reader: &mut Reader,
    site: SiteId,
    after: i64,
    index: &mut Index,
) -> Result<Option<i64>, DbError> {
    let rows: Vec<CarrierRow> =
        sql("SELECT id, class_id, (chat_enabled AND contactable) AS open, interests, offers, looks_for FROM member \
         WHERE site_id = $1 AND id > $2 AND erased_at IS NULL \
         AND (interests <> '[]' OR offers <> '[]' OR looks_for <> '[]') ORDER BY id LIMIT $3")
        .bind(site.0)
        .bind(after)
        .bind(i64::try_from(AT_ONCE).unwrap_or(2_000))
        .all(reader)
        .await?;
    let last = rows.last().map(|row| row.id);
    for row in rows {
        let interests: Vec<(String, f64)> = serde_json::from_str(&row.interests).unwrap_or_default();
        let themes = |text: &str| serde_json::from_str::<Vec<String>>(text).unwrap_or_default();
        let (offers, looks_for) = (themes(&row.offers), themes(&row.looks_for));
        let carried = Carried { interests: &interests, offers: &offers, looks_for: &looks_for };
        index.add(Carrier::new(row.id, row.class_id, row.open, carried));
    }
    Ok(last)
}

/// Those whom a member has to do with already, or does not want suggested: contacts, whom one asked or was asked by, whom
/// one blocks, whom one dismissed. Who refused a request, or blocks, is told by nothing here.
pub(super) async fn passed_over(on: impl Into<Link<'_>>, site: SiteId, member: i64) -> Result<Vec<i64>, DbError> {
    let rows: Vec<(i64,)> = sql("SELECT blocked_id FROM block WHERE site_id = $1 AND blocker_id = $2 \
         UNION SELECT to_id FROM contact_request WHERE site_id = $1 AND from_id = $2 AND state <> 'cancelled' \
         UNION SELECT from_id FROM contact_request WHERE site_id = $1 AND to_id = $2 AND state IN ('pending', 'accepted') \
         UNION SELECT other_id FROM dismissal WHERE site_id = $1 AND member_id = $2")
    .bind(site.0)
    .bind(member)
    .all(on)
    .await?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// Remembers that a member does not want another suggested.
pub(super) async fn dismiss(tx: &mut Tx, site: SiteId, member: i64, other: i64, now: Millis) -> Result<(), DbError> {
    sql("INSERT INTO dismissal (site_id, member_id, other_id, created_at) VALUES ($1, $2, $3, $4) \
         ON CONFLICT (member_id, other_id) DO NOTHING")
    .bind(site.0)
    .bind(member)
    .bind(other)
    .bind(now)
    .run(&mut *tx)
    .await?;
    sql("DELETE FROM dismissal WHERE site_id = $1 AND member_id = $2 AND other_id IN \
         (SELECT other_id FROM dismissal WHERE site_id = $1 AND member_id = $2 \
         ORDER BY created_at DESC, other_id DESC LIMIT 1000000 OFFSET $3)")
    .bind(site.0)
    .bind(member)
    .bind(MOST_DISMISSED)
    .run(tx)
    .await
    .map(drop)
}

/// A page of those a member does not want suggested, newest first: who, since when.
pub(super) async fn dismissed_page(
    on: impl Into<Link<'_>>,
    site: SiteId,
    member: i64,
    after: Option<(Millis, i64)>,
    limit: usize,
) -> Result<Vec<(i64, Millis)>, DbError> {
    let (at, id) = after.unwrap_or((i64::MAX, i64::MAX));
    sql("SELECT other_id, created_at FROM dismissal WHERE site_id = $1 AND member_id = $2 \
         AND (created_at < $3 OR (created_at = $3 AND other_id < $4)) ORDER BY created_at DESC, other_id DESC LIMIT $5")
    .bind(site.0)
    .bind(member)
    .bind(at)
    .bind(id)
    .bind(i64::try_from(limit).unwrap_or(200))
    .all(on)
    .await
}

/// `false` if it was not dismissed.
pub(super) async fn restore(tx: &mut Tx, site: SiteId, member: i64, other: i64) -> Result<bool, DbError> {
    sql("DELETE FROM dismissal WHERE site_id = $1 AND member_id = $2 AND other_id = $3")
        .bind(site.0)
        .bind(member)
        .bind(other)
        .run(tx)
        .await
        .map(|gone| gone > 0)
}
