//! Webhooks over HTTP.

mod deliveries;

use super::Event;
use super::actions::{self, Chosen};
use super::store::{self, WebhookRow};
use crate::app::App;
use crate::operators::{Role, SignedInOperator};
use crate::platform::clock::rfc3339;
use crate::platform::http::{Answer, Body, Page, Path, Problem, ProblemBody, id_of};
use crate::platform::ids;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The routes of this slice.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list_webhooks, create_webhook))
        .routes(routes!(read_webhook, patch_webhook, delete_webhook))
        .routes(routes!(rotate_webhook))
        .merge(deliveries::routes())
}

/// A webhook.
#[derive(Serialize, ToSchema)]
#[schema(as = Webhook)]
struct WebhookView {
    /// Ours.
    id: String,
    /// Where to.
    url: String,
    /// What it is told.
    events: Vec<Event>,
    /// Whether it is told anything.
    enabled: bool,
    /// With which deliveries are signed (Standard Webhooks); not in lists.
    #[serde(skip_serializing_if = "Option::is_none")]
    secret: Option<String>,
    /// When it was made.
    created_at: String,
    /// Since when deliveries fail; null: they do not.
    failing_since: Option<String>,
    /// When it was switched off because it had failed for five days, or while very much waited for it; null: it was not.
    switched_off_at: Option<String>,
}

impl WebhookView {
    fn of(row: WebhookRow) -> WebhookView {
        WebhookView {
            id: ids::show(row.id),
            events: row.events(),
            url: row.url,
            enabled: row.enabled,
            secret: Some(row.secret),
            created_at: rfc3339(row.created_at),
            failing_since: row.failing_since.map(rfc3339),
            switched_off_at: row.switched_off_at.map(rfc3339),
        }
    }

    fn without_secret(row: WebhookRow) -> WebhookView {
        WebhookView { secret: None, ..WebhookView::of(row) }
    }
}

/// A webhook to be made.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct WebhookForm {
    /// Where to: an http or https address.
    url: String,
    /// What it is told: at least one.
    events: Vec<Event>,
    /// Whether it is told anything: yes unless given.
    enabled: Option<bool>,
}

/// What changes of a webhook.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct WebhookPatch {
    /// Where to.
    url: Option<String>,
    /// What it is told.
    events: Option<Vec<Event>>,
    /// Whether it is told anything.
    enabled: Option<bool>,
}

/// The site's webhooks, oldest first.
#[utoipa::path(get, path = "/admin/webhooks", tag = "back-office", security(("operator" = [])),
    responses((status = 200, body = Page<WebhookView>), (status = 401, body = ProblemBody), (status = 404, body = ProblemBody)))]
async fn list_webhooks(State(app): State<App>, me: SignedInOperator) -> Answer<Json<Page<WebhookView>>> {
    me.require(Role::Admin)?;
    let rows = store::all(&mut app.db.read().await?, me.site.id).await?;
    Ok(Json(Page { items: rows.into_iter().map(WebhookView::without_secret).collect(), next: None }))
}

/// Makes a webhook.
#[utoipa::path(post, path = "/admin/webhooks", tag = "back-office", security(("operator" = [])), request_body = WebhookForm,
    responses((status = 201, body = WebhookView), (status = 401, body = ProblemBody), (status = 404, body = ProblemBody),
        (status = 409, body = ProblemBody), (status = 422, body = ProblemBody)))]
async fn create_webhook(
    State(app): State<App>,
    me: SignedInOperator,
    Body(form): Body<WebhookForm>,
) -> Answer<(StatusCode, Json<WebhookView>)> {
    me.require(Role::Admin)?;
    let chosen = Chosen { url: Some(form.url), events: Some(form.events), enabled: form.enabled };
    let row = actions::create(&app, &me, chosen).await?;
    Ok((StatusCode::CREATED, Json(WebhookView::of(row))))
}

/// A webhook, with its secret.
#[utoipa::path(get, path = "/admin/webhooks/{webhook}", tag = "back-office", security(("operator" = [])),
    params(("webhook" = String, Path, description = "Its id")),
    responses((status = 200, body = WebhookView), (status = 401, body = ProblemBody), (status = 404, body = ProblemBody)))]
async fn read_webhook(
    State(app): State<App>,
    me: SignedInOperator,
    Path(webhook): Path<String>,
) -> Answer<Json<WebhookView>> {
    me.require(Role::Admin)?;
    let row = store::one(&mut app.db.read().await?, me.site.id, id_of(&webhook)?).await?;
    Ok(Json(WebhookView::of(row.ok_or_else(Problem::not_found)?)))
}

/// Changes a webhook. Turned on again after failing, it begins anew; what waits is delivered.
#[utoipa::path(patch, path = "/admin/webhooks/{webhook}", tag = "back-office", security(("operator" = [])),
    params(("webhook" = String, Path, description = "Its id")), request_body = WebhookPatch,
    responses((status = 200, body = WebhookView), (status = 401, body = ProblemBody), (status = 404, body = ProblemBody),
        (status = 422, body = ProblemBody)))]
async fn patch_webhook(
    State(app): State<App>,
    me: SignedInOperator,
    Path(webhook): Path<String>,
    Body(patch): Body<WebhookPatch>,
) -> Answer<Json<WebhookView>> {
    me.require(Role::Admin)?;
    let chosen = Chosen { url: patch.url, events: patch.events, enabled: patch.enabled };
    let row = actions::change(&app, &me, id_of(&webhook)?, chosen).await?;
    Ok(Json(WebhookView::of(row)))
}

/// Deletes a webhook with the log of its deliveries.
#[utoipa::path(delete, path = "/admin/webhooks/{webhook}", tag = "back-office", security(("operator" = [])),
    params(("webhook" = String, Path, description = "Its id")),
    responses((status = 204), (status = 401, body = ProblemBody), (status = 404, body = ProblemBody)))]
async fn delete_webhook(
    State(app): State<App>,
    me: SignedInOperator,
    Path(webhook): Path<String>,
) -> Answer<StatusCode> {
    me.require(Role::Admin)?;
    actions::delete(&app, &me, id_of(&webhook)?).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Gives a webhook another secret. For a day, both sign.
#[utoipa::path(post, path = "/admin/webhooks/{webhook}/rotate", tag = "back-office", security(("operator" = [])),
    params(("webhook" = String, Path, description = "Its id")),
    responses((status = 200, body = WebhookView), (status = 401, body = ProblemBody), (status = 404, body = ProblemBody)))]
async fn rotate_webhook(
    State(app): State<App>,
    me: SignedInOperator,
    Path(webhook): Path<String>,
) -> Answer<Json<WebhookView>> {
    me.require(Role::Admin)?;
    Ok(Json(WebhookView::of(actions::rotate(&app, &me, id_of(&webhook)?).await?)))
}
