//! Delivering, in the background.

use super::signature;
use super::store::{self, DeliveryRow, WebhookRow};
use crate::app::App;
use crate::platform::clock::{Millis, pause};
use crate::platform::db::DbError;
use crate::platform::ids;
use crate::platform::outside::Unreached;
use crate::sites::SiteId;
use reqwest::Method;
use reqwest::header::{CONTENT_TYPE, USER_AGENT};
use std::sync::PoisonError;
use std::sync::atomic::Ordering;
use std::time::Duration;

const ROUND: Duration = Duration::from_millis(200);
/// Without news, one looks in one of so many rounds.
const IDLE_ROUNDS: u32 = 5;
/// So many rounds one looks each time: what stirs is committed a moment later.
pub(super) const ROUNDS_AFTER_NEWS: u32 = 25;
const SECOND: Millis = 1_000;
const MINUTE: Millis = 60 * SECOND;
const HOUR: Millis = 60 * MINUTE;
const DAY: Millis = 24 * HOUR;
/// After each failure, how long one waits.
const RETRIES: [Millis; 7] = [5 * SECOND, 30 * SECOND, 2 * MINUTE, 10 * MINUTE, HOUR, 6 * HOUR, DAY];
/// What was tried up to so often holds back what comes after it; then it is overtaken.
const HOLDING_BACK: i64 = 3;
/// A webhook that fails for so long is switched off.
const PATIENCE: Millis = 5 * DAY;
/// So does one that fails while so many wait for it.
const MOST_WAITING: i64 = 100_000;
/// So many are forgotten in one transaction.
const FORGOTTEN_AT_ONCE: i64 = 1_000;
/// Deliveries are kept so long.
const KEPT: Millis = 30 * DAY;

/// Delivers what waits, until the process ends.
pub async fn deliver_forever(app: App) {
    let mut round = 0_u32;
    loop {
        pause(ROUND).await;
        round = round.wrapping_add(1);
        let stirred = &app.webhooks.stirred;
        let news = stirred.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| left.checked_sub(1)).is_ok();
        if !news && !round.is_multiple_of(IDLE_ROUNDS) {
            continue;
        }
        if let Err(error) = start(&app).await {
            tracing::error!(%error, "could not look for what webhooks are to be told");
        }
    }
}

/// Starts delivering to each webhook to which something is due, and to which nothing is on its way.
async fn start(app: &App) -> Result<(), DbError> {
    let due = store::due(&mut app.db.read().await?, app.clock.now()).await?;
    for (site, webhook) in due {
        if let Some(turn) = Turn::of(app, webhook) {
            tokio::spawn(async move {
                if let Err(error) = deliver(&turn, SiteId(site)).await {
                    tracing::error!(%error, "could not deliver to a webhook");
                }
            });
        }
    }
    Ok(())
}

/// One delivers to a webhook at a time.
struct Turn {
    app: App,
    webhook: i64,
}

impl Turn {
    fn of(app: &App, webhook: i64) -> Option<Turn> {
        let taken = app.webhooks.busy.lock().unwrap_or_else(PoisonError::into_inner).insert(webhook);
        taken.then(|| Turn { app: app.clone(), webhook })
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        self.app.webhooks.busy.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.webhook);
    }
}

/// Delivers what is due to a webhook, one after the other, until there is nothing more or something failed.
async fn deliver(turn: &Turn, site: SiteId) -> Result<(), DbError> {
    let app = &turn.app;
    loop {
        // For each anew: a long queue, or a slow server, keeps nobody else's from going out.
        let Ok(_permit) = app.webhooks.turns.acquire().await else { return Ok(()) };
        let now = app.clock.now();
        let mut reader = app.db.read().await?;
        let Some(webhook) = store::one(&mut reader, site, turn.webhook).await? else { return Ok(()) };
        let next = store::next(&mut reader, site, &webhook, (now, HOLDING_BACK)).await?;
        drop(reader);
        let Some(delivery) = next.filter(|next| next.next_at.is_some_and(|at| at <= now)) else { return Ok(()) };
        let outcome = attempt(app, &webhook, &delivery).await;
        let failed = outcome.is_err();
        note(app, site, &webhook, delivery, outcome).await?;
        if failed {
            return Ok(());
        }
    }
}

/// Why a delivery failed: what was answered, or why nothing was.
type Failed = (Option<i64>, String);

async fn attempt(app: &App, webhook: &WebhookRow, delivery: &DeliveryRow) -> Result<i64, Failed> {
    let (id, timestamp) = (format!("msg_{}", ids::show(delivery.id)), app.clock.now() / SECOND);
    let signature = signature::header(webhook.secrets(app.clock.now()), &id, timestamp, &delivery.body);
    let unreached = |why: Unreached| (None, why.to_string());
    let request = app.outside.request(Method::POST, &webhook.url).map_err(unreached)?;
    let request = request
        .header(CONTENT_TYPE, "application/json")
        .header(USER_AGENT, "Parvis")
        .header("webhook-id", id)
        .header("webhook-timestamp", timestamp.to_string())
        .header("webhook-signature", signature)
        .body(delivery.body.clone());
    // What is answered beside the status is not read.
    let status = app.outside.send(request).await.map_err(unreached)?.status();
    if status.is_success() {
        Ok(status.as_u16().into())
    } else {
        Err((Some(status.as_u16().into()), format!("answered {}", status.as_u16())))
    }
}

/// Writes down how it went.
async fn note(
    app: &App,
    site: SiteId,
    webhook: &WebhookRow,
    mut delivery: DeliveryRow,
    outcome: Result<i64, Failed>,
) -> Result<(), DbError> {
    let now = app.clock.now();
    delivery.attempts += 1;
    let standing = match outcome {
        Ok(status) => {
            delivery.state = "delivered".to_owned();
            (delivery.status, delivery.error, delivery.next_at) = (Some(status), None, None);
            (None, webhook.switched_off_at)
        }
        Err((status, error)) => {
            let again = usize::try_from(delivery.attempts - 1).ok().and_then(|at| RETRIES.get(at));
            (delivery.status, delivery.error) = (status, Some(error));
            delivery.next_at = again.map(|wait| now + wait);
            if again.is_none() {
                delivery.state = "failed".to_owned();
            }
            let since = webhook.failing_since.unwrap_or(now);
            let enough = now - since >= PATIENCE
                || store::waiting(&mut app.db.read().await?, webhook.id, MOST_WAITING).await? >= MOST_WAITING;
            (Some(since), webhook.switched_off_at.or(enough.then_some(now)))
        }
    };
    let mut tx = app.db.write("webhook_delivered").await?;
    store::set_delivery(&mut tx, site, &delivery).await?;
    let otherwise = standing != (webhook.failing_since, webhook.switched_off_at)
        && store::set_standing(&mut tx, site, webhook, standing).await?;
    let committed = tx.commit().await?;
    if otherwise && standing.1 != webhook.switched_off_at {
        tracing::warn!(webhook = ids::show(webhook.id), "a webhook failed for too long and was switched off");
        app.webhooks.changed();
    }
    drop(committed);
    Ok(())
}

/// Forgets deliveries of long ago, a few in each transaction: messages go between.
pub async fn sweep(app: &App) -> Result<(), DbError> {
    loop {
        let mut tx = app.db.write("webhook_sweep").await?;
        let forgotten = store::sweep(&mut tx, app.clock.now() - KEPT, FORGOTTEN_AT_ONCE).await?;
        drop(tx.commit().await?);
        if forgotten == 0 {
            return Ok(());
        }
    }
}
