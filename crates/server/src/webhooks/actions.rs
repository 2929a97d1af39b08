//! What changes webhooks.

use super::store::{self, DeliveryRow, Told, WebhookRow};
use super::{Event, body, signature};
use crate::app::App;
use crate::audit::{self, Subject};
use crate::operators::SignedInOperator;
use crate::platform::clock::Millis;
use crate::platform::db::Tx;
use crate::platform::http::{Answer, Code, Problem};
use crate::platform::outside;
use serde_json::{Value, json};

/// A site has at most so many.
const MOST: usize = 20;
/// After a rotation, both secrets sign for so long.
const BOTH_SIGN: Millis = 24 * 60 * 60 * 1_000;

/// What the organizers choose of a webhook.
pub(super) struct Chosen {
    pub url: Option<String>,
    pub events: Option<Vec<Event>>,
    pub enabled: Option<bool>,
}

impl Chosen {
    fn apply(self, row: &mut WebhookRow) -> Answer<()> {
        if let Some(url) = self.url {
            outside::address_of(&url).ok_or_else(|| Problem::invalid("url: not an http or https address"))?;
            row.url = url;
        }
        if let Some(mut events) = self.events {
            events.dedup();
            if events.is_empty() || events.len() > 50 {
                return Err(Problem::invalid("events: at least one"));
            }
            row.events = serde_json::to_string(&events).unwrap_or_default();
        }
        if let Some(enabled) = self.enabled {
            if enabled && !row.enabled {
                (row.failing_since, row.switched_off_at) = (None, None);
            }
            row.enabled = enabled;
        }
        Ok(())
    }
}

fn shown(row: &WebhookRow) -> Value {
    json!({"url": row.url, "events": row.events(), "enabled": row.enabled})
}

async fn finish(
    app: &App,
    me: &SignedInOperator,
    mut tx: Tx,
    (action, row, detail): (&'static str, WebhookRow, Value),
) -> Answer<WebhookRow> {
    let subject = Subject::of("webhook", row.id);
    audit::write(app, &mut tx, me.site.id, &me.actor(), action, &subject, detail).await?;
    let committed = tx.commit().await?;
    app.webhooks.changed();
    drop(committed);
    Ok(row)
}

/// Makes a webhook.
pub(super) async fn create(app: &App, me: &SignedInOperator, chosen: Chosen) -> Answer<WebhookRow> {
    let mut row = WebhookRow {
        id: app.ids.next(&app.clock),
        url: String::new(),
        events: String::new(),
        enabled: true,
        secret: signature::secret(),
        secret_previous: None,
        secret_previous_until: None,
        failing_since: None,
        switched_off_at: None,
        created_at: app.clock.now(),
    };
    chosen.apply(&mut row)?;
    let mut tx = app.db.write("webhook_create").await?;
    if store::all(&mut tx, me.site.id).await?.len() >= MOST {
        return Err(Problem::with(Code::Conflict, format!("at most {MOST} webhooks: delete one first")));
    }
    store::insert(&mut tx, me.site.id, &row).await?;
    let detail = shown(&row);
    finish(app, me, tx, ("webhook.create", row, detail)).await
}

async fn known(tx: &mut Tx, me: &SignedInOperator, id: i64) -> Answer<WebhookRow> {
    store::one(tx, me.site.id, id).await?.ok_or_else(Problem::not_found)
}

/// Changes a webhook. One that was switched off because it failed begins anew.
pub(super) async fn change(app: &App, me: &SignedInOperator, id: i64, chosen: Chosen) -> Answer<WebhookRow> {
    let mut tx = app.db.write("webhook_change").await?;
    let mut row = known(&mut tx, me, id).await?;
    let before = shown(&row);
    chosen.apply(&mut row)?;
    store::update(&mut tx, me.site.id, &row).await?;
    let mut detail = shown(&row);
    detail["before"] = before;
    finish(app, me, tx, ("webhook.change", row, detail)).await
}

/// Gives a webhook another secret; for a day, both sign.
pub(super) async fn rotate(app: &App, me: &SignedInOperator, id: i64) -> Answer<WebhookRow> {
    let mut tx = app.db.write("webhook_rotate").await?;
    let mut row = known(&mut tx, me, id).await?;
    row.secret_previous = Some(std::mem::replace(&mut row.secret, signature::secret()));
    row.secret_previous_until = Some(app.clock.now() + BOTH_SIGN);
    store::update(&mut tx, me.site.id, &row).await?;
    finish(app, me, tx, ("webhook.rotate", row, json!({}))).await
}

/// Deletes a webhook with its log.
pub(super) async fn delete(app: &App, me: &SignedInOperator, id: i64) -> Answer<()> {
    let mut tx = app.db.write("webhook_delete").await?;
    let row = known(&mut tx, me, id).await?;
    store::delete(&mut tx, me.site.id, id).await?;
    let detail = shown(&row);
    finish(app, me, tx, ("webhook.delete", row, detail)).await.map(drop)
}

/// Sends a trial, whatever the webhook wants, and even if it is off.
pub(super) async fn ping(app: &App, me: &SignedInOperator, id: i64) -> Answer<DeliveryRow> {
    let (delivery, now) = (app.ids.next(&app.clock), app.clock.now());
    let body = body(Event::Ping, now, json!({"site": me.site.slug}));
    let mut tx = app.db.write("webhook_ping").await?;
    let told = Told { id: delivery, event: Event::Ping, body: &body, member: None };
    if store::enqueue(&mut tx, me.site.id, id, told, now).await? == 0 {
        return Err(Problem::not_found());
    }
    let row = store::delivery(&mut tx, me.site.id, id, delivery).await?.ok_or_else(Problem::not_found)?;
    drop(tx.commit().await?);
    app.webhooks.stir();
    Ok(row)
}

/// Delivers something once more, now; with all its retries.
pub(super) async fn redeliver(app: &App, me: &SignedInOperator, id: i64, delivery: i64) -> Answer<DeliveryRow> {
    let mut tx = app.db.write("webhook_redeliver").await?;
    let row = store::delivery(&mut tx, me.site.id, id, delivery).await?.ok_or_else(Problem::not_found)?;
    let again = DeliveryRow { state: "waiting".to_owned(), attempts: 0, next_at: Some(app.clock.now()), ..row };
    store::set_delivery(&mut tx, me.site.id, &again).await?;
    drop(tx.commit().await?);
    app.webhooks.stir();
    Ok(again)
}
