//! API keys over HTTP.

use super::actions;
use super::store::{self, KeyRow};
use crate::app::App;
use crate::operators::{Role, SignedInOperator};
use crate::platform::clock::rfc3339;
use crate::platform::http::{Answer, Body, Page, Path, ProblemBody, id_of};
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
    OpenApiRouter::new().routes(routes!(list_api_keys, create_api_key)).routes(routes!(revoke_api_key))
}

/// A key, without itself.
#[derive(Serialize, ToSchema)]
#[schema(as = ApiKey)]
struct KeyView {
    /// Ours.
    id: String,
    /// What it is for.
    name: String,
    /// How it begins.
    prefix: String,
    /// Who made it.
    made_by: String,
    /// When.
    created_at: String,
    /// When it was used last, within five minutes; null: never.
    last_used_at: Option<String>,
}

impl From<KeyRow> for KeyView {
    fn from(row: KeyRow) -> KeyView {
        KeyView {
            id: ids::show(row.id),
            name: row.name,
            prefix: row.prefix,
            made_by: row.made_by,
            created_at: rfc3339(row.created_at),
            last_used_at: row.last_used_at.map(rfc3339),
        }
    }
}

/// A key that was just made.
#[derive(Serialize, ToSchema)]
struct NewApiKey {
    #[serde(flatten)]
    about: KeyView,
    /// For `Authorization: Bearer`; shown this once.
    key: String,
}

/// A key to be made.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct KeyForm {
    /// What it is for: 1 to 100 characters.
    name: String,
}

/// The site's API keys, oldest first.
#[utoipa::path(get, path = "/admin/api-keys", tag = "back-office", security(("operator" = [])),
    responses((status = 200, body = Page<KeyView>), (status = 401, body = ProblemBody), (status = 404, body = ProblemBody)))]
async fn list_api_keys(State(app): State<App>, me: SignedInOperator) -> Answer<Json<Page<KeyView>>> {
    me.require(Role::Admin)?;
    let rows = store::all(&mut app.db.read().await?, me.site.id).await?;
    Ok(Json(Page { items: rows.into_iter().map(KeyView::from).collect(), next: None }))
}

/// Makes an API key: with it, a server acts as the site, as an admin would. The key is shown once.
#[utoipa::path(post, path = "/admin/api-keys", tag = "back-office", security(("operator" = [])), request_body = KeyForm,
    responses((status = 201, body = NewApiKey), (status = 401, body = ProblemBody), (status = 404, body = ProblemBody),
        (status = 409, body = ProblemBody), (status = 422, body = ProblemBody)))]
async fn create_api_key(
    State(app): State<App>,
    me: SignedInOperator,
    Body(form): Body<KeyForm>,
) -> Answer<(StatusCode, Json<NewApiKey>)> {
    me.require(Role::Admin)?;
    let (row, key) = actions::create(&app, me.site.id, &me.actor(), &form.name).await?;
    Ok((StatusCode::CREATED, Json(NewApiKey { about: row.into(), key })))
}

/// Revokes an API key: it holds no longer, from this moment on.
#[utoipa::path(delete, path = "/admin/api-keys/{key}", tag = "back-office", security(("operator" = [])),
    params(("key" = String, Path, description = "Its id")),
    responses((status = 204), (status = 401, body = ProblemBody), (status = 404, body = ProblemBody)))]
async fn revoke_api_key(State(app): State<App>, me: SignedInOperator, Path(key): Path<String>) -> Answer<StatusCode> {
    me.require(Role::Admin)?;
    actions::revoke(&app, me.site.id, &me.actor(), id_of(&key)?).await?;
    Ok(StatusCode::NO_CONTENT)
}
