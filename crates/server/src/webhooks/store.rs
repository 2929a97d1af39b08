use super::Event;
use crate::platform::clock::Millis;
use crate::platform::db::{DbError, Link, Tx, sql};
use crate::sites::SiteId;

/// A webhook as it is stored.
#[derive(Clone, sqlx_macros::FromRow)]
pub(super) struct WebhookRow {
    pub id: i64,
    pub url: String,
    pub events: String,
    pub enabled: bool,
    pub secret: String,
    pub secret_previous: Option<String>,
    pub secret_previous_until: Option<Millis>,
    pub failing_since: Option<Millis>,
    pub switched_off_at: Option<Millis>,
    pub created_at: Millis,
}

impl WebhookRow {
    pub fn events(&self) -> Vec<Event> {
        serde_json::from_str(&self.events).unwrap_or_default()
    }

    /// Those that sign now, the newest first.
    pub fn secrets(&self, now: Millis) -> impl Iterator<Item = &str> {
        let until = self.secret_previous_until.unwrap_or_default();
        std::iter::once(self.secret.as_str()).chain(self.secret_previous.as_deref().filter(move |_| until > now))
    }
}

const WEBHOOK: &str = "SELECT id, url, events, enabled, secret, secret_previous, secret_previous_until, failing_since, \
    switched_off_at, created_at FROM webhook";

pub(super) async fn all(on: impl Into<Link<'_>>, site: SiteId) -> Result<Vec<WebhookRow>, DbError> {
    let query = crate::platform::db::Sql::assembled(format!("{WEBHOOK} WHERE site_id = $1 ORDER BY id"));
    query.bind(site.0).all(on).await
}

pub(super) async fn one(on: impl Into<Link<'_>>, site: SiteId, id: i64) -> Result<Option<WebhookRow>, DbError> {
    let query = crate::platform::db::Sql::assembled(format!("{WEBHOOK} WHERE site_id = $1 AND id = $2"));
    query.bind(site.0).bind(id).maybe(on).await
}

pub(super) async fn insert(tx: &mut Tx, site: SiteId, row: &WebhookRow) -> Result<(), DbError> {
    sql("INSERT INTO webhook (id, site_id, url, events, enabled, secret, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7)")
        .bind(row.id)
        .bind(site.0)
        .bind(&*row.url)
        .bind(&*row.events)
        .bind(row.enabled)
        .bind(&*row.secret)
        .bind(row.created_at)
        .run(tx)
        .await
        .map(drop)
}

/// What the organizers chose, and how it stands.
pub(super) async fn update(tx: &mut Tx, site: SiteId, row: &WebhookRow) -> Result<(), DbError> {
    sql("UPDATE webhook SET url = $3, events = $4, enabled = $5, secret = $6, secret_previous = $7, \
         secret_previous_until = $8, failing_since = $9, switched_off_at = $10 WHERE site_id = $1 AND id = $2")
    .bind(site.0)
    .bind(row.id)
    .bind(&*row.url)
    .bind(&*row.events)
    .bind(row.enabled)
    .bind(&*row.secret)
    .bind(row.secret_previous.clone())
    .bind(row.secret_previous_until)
    .bind(row.failing_since)
    .bind(row.switched_off_at)
    .run(tx)
    .await
    .map(drop)
}

pub(super) async fn delete(tx: &mut Tx, site: SiteId, id: i64) -> Result<(), DbError> {
    for text in [
        "DELETE FROM webhook_delivery WHERE site_id = $1 AND webhook_id = $2",
        "DELETE FROM webhook WHERE site_id = $1 AND id = $2",
    ] {
        sql(text).bind(site.0).bind(id).run(&mut *tx).await?;
    }
    Ok(())
}

/// How it stands with a webhook after a delivery; nothing if somebody turned it on or off meanwhile.
pub(super) async fn set_standing(
    tx: &mut Tx,
    site: SiteId,
    before: &WebhookRow,
    (failing_since, switched_off_at): (Option<Millis>, Option<Millis>),
) -> Result<bool, DbError> {
    sql("UPDATE webhook SET failing_since = $3, switched_off_at = $4, enabled = CASE WHEN $5 THEN FALSE ELSE enabled END \
         WHERE site_id = $1 AND id = $2 AND COALESCE(failing_since, 0) = $6 AND COALESCE(switched_off_at, 0) = $7")
    .bind(site.0)
    .bind(before.id)
    .bind(failing_since)
    .bind(switched_off_at)
    .bind(switched_off_at.is_some())
    .bind(before.failing_since.unwrap_or(0))
    .bind(before.switched_off_at.unwrap_or(0))
    .run(tx)
    .await
    .map(|changed| changed > 0)
}

/// A delivery as it is stored.
#[derive(Clone, sqlx_macros::FromRow)]
pub(super) struct DeliveryRow {
    pub id: i64,
    pub event: String,
    pub body: String,
    pub state: String,
    pub attempts: i64,
    pub status: Option<i64>,
    pub error: Option<String>,
    pub created_at: Millis,
    pub next_at: Option<Millis>,
}

const DELIVERY: &str = "SELECT id, event, body, state, attempts, status, error, created_at, next_at \
    FROM webhook_delivery";

/// What is told.
pub(super) struct Told<'a> {
    pub id: i64,
    pub event: Event,
    pub body: &'a str,
    /// Whose profile it is.
    pub member: Option<i64>,
}

/// Something to be told to a webhook, if it is still there: a webhook that goes meanwhile must not undo what happens.
pub(super) async fn enqueue(
    tx: &mut Tx,
    site: SiteId,
    webhook: i64,
    told: Told<'_>,
    now: Millis,
) -> Result<u64, DbError> {
    sql("INSERT INTO webhook_delivery \
         (id, site_id, webhook_id, event, body, state, attempts, created_at, next_at, member_id) SELECT \
         $1, w.site_id, w.id, $2, $3, 'waiting', 0, $4, $4, $7 FROM webhook w WHERE w.site_id = $5 AND w.id = $6")
    .bind(told.id)
    .bind(told.event.as_str())
    .bind(told.body)
    .bind(now)
    .bind(site.0)
    .bind(webhook)
    .bind(told.member)
    .run(tx)
    .await
}

/// What was told, or was to be told, of a member's profile is gone.
pub(super) async fn forget_member(tx: &mut Tx, site: SiteId, member: i64) -> Result<(), DbError> {
    let forget = sql("DELETE FROM webhook_delivery WHERE site_id = $1 AND member_id = $2");
    forget.bind(site.0).bind(member).run(tx).await.map(drop)
}

/// The deliveries of a webhook before this one, newest first.
pub(super) async fn deliveries(
    on: impl Into<Link<'_>>,
    site: SiteId,
    webhook: i64,
    before: i64,
    limit: usize,
) -> Result<Vec<DeliveryRow>, DbError> {
    let text = format!("{DELIVERY} WHERE site_id = $1 AND webhook_id = $2 AND id < $3 ORDER BY id DESC LIMIT $4");
    let query = crate::platform::db::Sql::assembled(text).bind(site.0).bind(webhook).bind(before);
    query.bind(i64::try_from(limit).unwrap_or(200)).all(on).await
}

pub(super) async fn delivery(
    on: impl Into<Link<'_>>,
    site: SiteId,
    webhook: i64,
    id: i64,
) -> Result<Option<DeliveryRow>, DbError> {
    let text = format!("{DELIVERY} WHERE site_id = $1 AND webhook_id = $2 AND id = $3");
    crate::platform::db::Sql::assembled(text).bind(site.0).bind(webhook).bind(id).maybe(on).await
}

/// How it stands with a delivery.
pub(super) async fn set_delivery(tx: &mut Tx, site: SiteId, row: &DeliveryRow) -> Result<(), DbError> {
    sql("UPDATE webhook_delivery SET state = $3, attempts = $4, status = $5, error = $6, next_at = $7 \
         WHERE site_id = $1 AND id = $2")
    .bind(site.0)
    .bind(row.id)
    .bind(&*row.state)
    .bind(row.attempts)
    .bind(row.status)
    .bind(row.error.clone())
    .bind(row.next_at)
    .run(tx)
    .await
    .map(drop)
}

/// The webhooks of all sites to which something is to be delivered now: site and id. A trial reaches one that is off.
/// Each is asked for the first that waits, not all that wait for their webhooks.
pub(super) async fn due(on: impl Into<Link<'_>>, now: Millis) -> Result<Vec<(i64, i64)>, DbError> {
    sql("SELECT w.site_id, w.id FROM webhook w \
         WHERE (w.enabled AND EXISTS (SELECT 1 FROM webhook_delivery d \
             WHERE d.webhook_id = w.id AND d.state = 'waiting' AND d.next_at <= $1)) \
         OR EXISTS (SELECT 1 FROM webhook_delivery d \
             WHERE d.webhook_id = w.id AND d.state = 'waiting' AND d.event = 'ping' AND d.next_at <= $1)")
    .bind(now)
    .all(on)
    .await
}

/// How many wait for a webhook, at most so many.
pub(super) async fn waiting(on: impl Into<Link<'_>>, webhook: i64, most: i64) -> Result<i64, DbError> {
    sql("SELECT COUNT(*) FROM (SELECT 1 FROM webhook_delivery WHERE webhook_id = $1 AND state = 'waiting' LIMIT $2) w")
        .bind(webhook)
        .bind(most)
        .number(on)
        .await
}

/// What comes next to a webhook: the oldest that is due, or the oldest that holds back those after it, because it was
/// tried at most so often.
pub(super) async fn next(
    on: impl Into<Link<'_>>,
    site: SiteId,
    webhook: &WebhookRow,
    (now, holding_back): (Millis, i64),
) -> Result<Option<DeliveryRow>, DbError> {
    let trials = if webhook.enabled { "" } else { "AND event = 'ping'" };
    let text = format!(
        "{DELIVERY} WHERE site_id = $1 AND webhook_id = $2 AND state = 'waiting' {trials} \
         AND (next_at <= $3 OR attempts <= $4) ORDER BY id LIMIT 1"
    );
    let query = crate::platform::db::Sql::assembled(text).bind(site.0).bind(webhook.id).bind(now).bind(holding_back);
    query.maybe(on).await
}

/// Forgets at most so many of before; how many it were.
pub(super) async fn sweep(tx: &mut Tx, before: Millis, most: i64) -> Result<u64, DbError> {
    sql("DELETE FROM webhook_delivery WHERE id IN \
         (SELECT id FROM webhook_delivery WHERE created_at < $1 ORDER BY created_at LIMIT $2)")
    .bind(before)
    .bind(most)
    .run(tx)
    .await
}
