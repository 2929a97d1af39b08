//! Suggestions over HTTP.

use super::dismissed::{self, Dismissed};
use super::list::{self, Suggestion};
use crate::app::App;
use crate::members::ChattingMember;
use crate::platform::http::{Answer, Page, PageQuery, Path, ProblemBody, Query, id_of, limit_of, read_cursor};
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The routes of this slice.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list_suggestions))
        .routes(routes!(list_dismissed))
        .routes(routes!(dismiss, restore))
}

/// How many.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
struct SuggestionsQuery {
    /// At most this many: 50 unless given, never more than 200.
    #[param(minimum = 1, maximum = 200)]
    limit: Option<i64>,
}

/// The members who suit one best, best first: by themes that are shared (rare ones weigh more), and most by what one of
/// the two offers and the other looks for. Only whom one may see and write to first, who can be contacted, and is neither
/// blocked, a contact, asked already nor dismissed. Nobody is suggested to more than 100 different members in a day (UTC).
/// Whoever has no interests is suggested nobody. One page: `next` is always null.
#[utoipa::path(get, path = "/suggestions", tag = "suggestions", security(("member" = [])), params(SuggestionsQuery),
    responses((status = 200, body = Page<Suggestion>), (status = 401, body = ProblemBody), (status = 403, body = ProblemBody),
        (status = 422, body = ProblemBody)))]
async fn list_suggestions(
    State(app): State<App>,
    me: ChattingMember,
    Query(asked): Query<SuggestionsQuery>,
) -> Answer<Json<Page<Suggestion>>> {
    Ok(Json(list::page(&app, &me.site, &me.member, limit_of(asked.limit)?).await?))
}

/// The members one has said "not for me" of, newest first; whom one may no longer see is left out.
#[utoipa::path(get, path = "/suggestions/dismissed", tag = "suggestions", security(("member" = [])), params(PageQuery),
    responses((status = 200, body = Page<Dismissed>), (status = 401, body = ProblemBody), (status = 403, body = ProblemBody),
        (status = 422, body = ProblemBody)))]
async fn list_dismissed(
    State(app): State<App>,
    me: ChattingMember,
    Query(asked): Query<PageQuery>,
) -> Answer<Json<Page<Dismissed>>> {
    let after = read_cursor(asked.cursor.as_deref())?;
    Ok(Json(dismissed::page(&app, &me.site, &me.member, after, asked.limit()?).await?))
}

/// "Not for me": a member is no longer suggested. They are not told.
#[utoipa::path(post, path = "/suggestions/{member}/dismiss", tag = "suggestions", security(("member" = [])),
    params(("member" = String, Path, description = "Their id")),
    responses((status = 204), (status = 401, body = ProblemBody), (status = 403, body = ProblemBody), (status = 404, body = ProblemBody),
        (status = 422, body = ProblemBody)))]
async fn dismiss(State(app): State<App>, me: ChattingMember, Path(id): Path<String>) -> Answer<StatusCode> {
    dismissed::dismiss(&app, &me.site, &me.member, id_of(&id)?).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Takes "not for me" back.
#[utoipa::path(delete, path = "/suggestions/{member}/dismiss", tag = "suggestions", security(("member" = [])),
    params(("member" = String, Path, description = "Their id")),
    responses((status = 204), (status = 401, body = ProblemBody), (status = 403, body = ProblemBody), (status = 404, body = ProblemBody),
        (status = 422, body = ProblemBody)))]
async fn restore(State(app): State<App>, me: ChattingMember, Path(id): Path<String>) -> Answer<StatusCode> {
    dismissed::restore(&app, &me.site, &me.member, id_of(&id)?).await?;
    Ok(StatusCode::NO_CONTENT)
}
