//! Contacts and blocks over HTTP.

use super::wire::{Blocked, ContactRequest};
use super::{blocks, requests};
use crate::app::App;
use crate::members::ChattingMember;
use crate::platform::http::{Answer, Body, Page, PageQuery, Path, ProblemBody, Query, id_of, limit_of, read_cursor};
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use domain::contacts::{Side, Step};
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The routes of this slice.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list_blocks))
        .routes(routes!(block, unblock))
        .routes(routes!(list_requests, ask))
        .routes(routes!(accept))
        .routes(routes!(decline))
        .routes(routes!(cancel))
        .routes(routes!(undo))
}

/// The members one blocks, newest first.
#[utoipa::path(get, path = "/blocks", tag = "contacts", security(("member" = [])), params(PageQuery),
    responses((status = 200, body = Page<Blocked>), (status = 401, body = ProblemBody), (status = 403, body = ProblemBody),
        (status = 422, body = ProblemBody)))]
async fn list_blocks(
    State(app): State<App>,
    me: ChattingMember,
    Query(asked): Query<PageQuery>,
) -> Answer<Json<Page<Blocked>>> {
    let after = read_cursor(asked.cursor.as_deref())?;
    Ok(Json(blocks::page(&app, &me.site, &me.member, after, asked.limit()?).await?))
}

/// Blocks a member. They are not told and cannot tell.
#[utoipa::path(put, path = "/blocks/{member}", tag = "contacts", security(("member" = [])),
    params(("member" = String, Path, description = "Their id")),
    responses((status = 204), (status = 401, body = ProblemBody), (status = 403, body = ProblemBody), (status = 404, body = ProblemBody),
        (status = 409, body = ProblemBody), (status = 422, body = ProblemBody)))]
async fn block(State(app): State<App>, me: ChattingMember, Path(id): Path<String>) -> Answer<StatusCode> {
    blocks::block(&app, &me.site, &me.member, id_of(&id)?).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Unblocks a member: what they sent meanwhile appears in its place.
#[utoipa::path(delete, path = "/blocks/{member}", tag = "contacts", security(("member" = [])),
    params(("member" = String, Path, description = "Their id")),
    responses((status = 204), (status = 401, body = ProblemBody), (status = 403, body = ProblemBody), (status = 404, body = ProblemBody)))]
async fn unblock(State(app): State<App>, me: ChattingMember, Path(id): Path<String>) -> Answer<StatusCode> {
    blocks::unblock(&app, &me.site, &me.member, id_of(&id)?).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Which requests.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
struct RequestsQuery {
    /// Those one received, or those one sent.
    #[param(inline)]
    r#box: BoxName,
    /// Only those that wait, or only those that were accepted; both unless given.
    #[param(inline)]
    state: Option<ShownState>,
    /// At most this many: 50 unless given, never more than 200.
    limit: Option<i64>,
    /// The `next` of the page before.
    cursor: Option<String>,
}

/// One of the two boxes.
#[derive(Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum BoxName {
    /// What others asked.
    Received,
    /// What one asked.
    Sent,
}

/// Where a request stands, as far as lists tell.
#[derive(Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum ShownState {
    /// It waits.
    Pending,
    /// The two are contacts.
    Accepted,
}

/// The contact requests one received or sent, newest first.
#[utoipa::path(get, path = "/contact-requests", tag = "contacts", security(("member" = [])), params(RequestsQuery),
    responses((status = 200, body = Page<ContactRequest>), (status = 401, body = ProblemBody), (status = 403, body = ProblemBody),
        (status = 422, body = ProblemBody)))]
async fn list_requests(
    State(app): State<App>,
    me: ChattingMember,
    Query(asked): Query<RequestsQuery>,
) -> Answer<Json<Page<ContactRequest>>> {
    let side = match asked.r#box {
        BoxName::Received => Side::Receiver,
        BoxName::Sent => Side::Sender,
    };
    let state = asked.state.map(|state| match state {
        ShownState::Pending => domain::contacts::State::Pending,
        ShownState::Accepted => domain::contacts::State::Accepted,
    });
    let (limit, after) = (limit_of(asked.limit)?, read_cursor(asked.cursor.as_deref())?);
    Ok(Json(requests::page(&app, &me.site, &me.member, side, state, after, limit).await?))
}

/// A request to be sent.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewRequest {
    /// The id of the member who is asked.
    member: String,
    /// A few words with it: at most 300 characters.
    note: Option<String>,
}

/// Asks a member to become contacts: 201, or 200 and accepted at once if they had asked first.
#[utoipa::path(post, path = "/contact-requests", tag = "contacts", security(("member" = [])), request_body = NewRequest,
    responses((status = 200, body = ContactRequest), (status = 201, body = ContactRequest), (status = 401, body = ProblemBody),
        (status = 403, body = ProblemBody), (status = 404, body = ProblemBody), (status = 409, body = ProblemBody),
        (status = 422, body = ProblemBody), (status = 429, body = ProblemBody)))]
async fn ask(
    State(app): State<App>,
    me: ChattingMember,
    Body(new): Body<NewRequest>,
) -> Answer<(StatusCode, Json<ContactRequest>)> {
    let (request, new) = requests::ask(&app, &me.site, &me.member, &new.member, new.note.as_deref()).await?;
    Ok((if new { StatusCode::CREATED } else { StatusCode::OK }, Json(request)))
}

/// Accepts a request one received.
#[utoipa::path(post, path = "/contact-requests/{request}/accept", tag = "contacts", security(("member" = [])),
    params(("request" = String, Path, description = "Its id")),
    responses((status = 200, body = ContactRequest), (status = 401, body = ProblemBody), (status = 403, body = ProblemBody),
        (status = 404, body = ProblemBody), (status = 409, body = ProblemBody)))]
async fn accept(State(app): State<App>, me: ChattingMember, Path(id): Path<String>) -> Answer<Json<ContactRequest>> {
    answer(&app, &me, &id, Step::Accept).await
}

/// Declines a request one received; its sender is not told.
#[utoipa::path(post, path = "/contact-requests/{request}/decline", tag = "contacts", security(("member" = [])),
    params(("request" = String, Path, description = "Its id")),
    responses((status = 200, body = ContactRequest), (status = 401, body = ProblemBody), (status = 403, body = ProblemBody),
        (status = 404, body = ProblemBody), (status = 409, body = ProblemBody)))]
async fn decline(State(app): State<App>, me: ChattingMember, Path(id): Path<String>) -> Answer<Json<ContactRequest>> {
    answer(&app, &me, &id, Step::Decline).await
}

/// Takes back a request one sent; of contacts, either of the two ends it.
#[utoipa::path(post, path = "/contact-requests/{request}/cancel", tag = "contacts", security(("member" = [])),
    params(("request" = String, Path, description = "Its id")),
    responses((status = 200, body = ContactRequest), (status = 401, body = ProblemBody), (status = 403, body = ProblemBody),
        (status = 404, body = ProblemBody), (status = 409, body = ProblemBody)))]
async fn cancel(State(app): State<App>, me: ChattingMember, Path(id): Path<String>) -> Answer<Json<ContactRequest>> {
    answer(&app, &me, &id, Step::Cancel).await
}

/// Takes an answer back, within ten minutes: the request waits again.
#[utoipa::path(post, path = "/contact-requests/{request}/undo", tag = "contacts", security(("member" = [])),
    params(("request" = String, Path, description = "Its id")),
    responses((status = 200, body = ContactRequest), (status = 401, body = ProblemBody), (status = 403, body = ProblemBody),
        (status = 404, body = ProblemBody), (status = 409, body = ProblemBody)))]
async fn undo(State(app): State<App>, me: ChattingMember, Path(id): Path<String>) -> Answer<Json<ContactRequest>> {
    answer(&app, &me, &id, Step::Undo).await
}

async fn answer(app: &App, me: &ChattingMember, id: &str, what: Step) -> Answer<Json<ContactRequest>> {
    Ok(Json(requests::answer(app, &me.site, &me.member, id_of(id)?, what).await?))
}
