//! The log of a webhook's deliveries.

use crate::app::App;
use crate::operators::{Role, SignedInOperator};
use crate::platform::clock::rfc3339;
use crate::platform::http::{
    Answer, Page, PageQuery, Path, Problem, ProblemBody, Query, cursor_of, id_of, read_cursor,
};
use crate::platform::ids;
use crate::webhooks::actions;
use crate::webhooks::store::{self, DeliveryRow};
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(test_webhook)).routes(routes!(list_deliveries)).routes(routes!(redeliver))
}

/// Where a delivery stands.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum DeliveryState {
    /// It was not taken yet.
    Waiting,
    /// It was taken.
    Delivered,
    /// It was tried for the last time.
    Failed,
}

/// Something that a webhook was told, or will be.
#[derive(Serialize, ToSchema)]
struct Delivery {
    /// Ours.
    id: String,
    /// What.
    event: String,
    /// Where it stands.
    state: DeliveryState,
    /// How often it was tried.
    attempts: i64,
    /// What was answered last.
    status: Option<i64>,
    /// Why it failed last.
    error: Option<String>,
    /// When it happened.
    created_at: String,
    /// When it is tried next.
    next_at: Option<String>,
    /// What is sent.
    body: serde_json::Value,
}

impl From<DeliveryRow> for Delivery {
    fn from(row: DeliveryRow) -> Delivery {
        Delivery {
            id: ids::show(row.id),
            event: row.event,
            state: match row.state.as_str() {
                "delivered" => DeliveryState::Delivered,
                "failed" => DeliveryState::Failed,
                _ => DeliveryState::Waiting,
            },
            attempts: row.attempts,
            status: row.status,
            error: row.error,
            created_at: rfc3339(row.created_at),
            next_at: row.next_at.map(rfc3339),
            body: serde_json::from_str(&row.body).unwrap_or_default(),
        }
    }
}

/// Sends a trial (`ping`), even if the webhook is off.
#[utoipa::path(post, path = "/admin/webhooks/{webhook}/test", tag = "back-office", security(("operator" = [])),
    params(("webhook" = String, Path, description = "Its id")),
    responses((status = 201, body = Delivery), (status = 401, body = ProblemBody), (status = 404, body = ProblemBody)))]
async fn test_webhook(
    State(app): State<App>,
    me: SignedInOperator,
    Path(webhook): Path<String>,
) -> Answer<(StatusCode, Json<Delivery>)> {
    me.require(Role::Admin)?;
    Ok((StatusCode::CREATED, Json(actions::ping(&app, &me, id_of(&webhook)?).await?.into())))
}

/// What a webhook was told in the last 30 days, newest first.
#[utoipa::path(get, path = "/admin/webhooks/{webhook}/deliveries", tag = "back-office", security(("operator" = [])),
    params(("webhook" = String, Path, description = "Its id"), PageQuery),
    responses((status = 200, body = Page<Delivery>), (status = 401, body = ProblemBody), (status = 404, body = ProblemBody),
        (status = 422, body = ProblemBody)))]
async fn list_deliveries(
    State(app): State<App>,
    me: SignedInOperator,
    Path(webhook): Path<String>,
    Query(asked): Query<PageQuery>,
) -> Answer<Json<Page<Delivery>>> {
    me.require(Role::Admin)?;
    let (webhook, limit) = (id_of(&webhook)?, asked.limit()?);
    let before = read_cursor(asked.cursor.as_deref())?.unwrap_or(i64::MAX);
    let mut reader = app.db.read().await?;
    store::one(&mut reader, me.site.id, webhook).await?.ok_or_else(Problem::not_found)?;
    let mut rows = store::deliveries(&mut reader, me.site.id, webhook, before, limit + 1).await?;
    let more = rows.len() > limit;
    rows.truncate(limit);
    let next = rows.last().filter(|_| more).and_then(|last| cursor_of(&last.id));
    Ok(Json(Page { items: rows.into_iter().map(Delivery::from).collect(), next }))
}

/// Delivers something once more, under the same id.
#[utoipa::path(post, path = "/admin/webhooks/{webhook}/deliveries/{delivery}/redeliver", tag = "back-office",
    security(("operator" = [])),
    params(("webhook" = String, Path, description = "Its id"), ("delivery" = String, Path, description = "Its id")),
    responses((status = 200, body = Delivery), (status = 401, body = ProblemBody), (status = 404, body = ProblemBody)))]
async fn redeliver(
    State(app): State<App>,
    me: SignedInOperator,
    Path((webhook, delivery)): Path<(String, String)>,
) -> Answer<Json<Delivery>> {
    me.require(Role::Admin)?;
    Ok(Json(actions::redeliver(&app, &me, id_of(&webhook)?, id_of(&delivery)?).await?.into()))
}
