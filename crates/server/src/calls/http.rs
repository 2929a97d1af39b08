//! Calls over HTTP.

use super::actions;
use super::start::start;
use super::wire::{Call, NewCall, OnDevice};
use crate::app::App;
use crate::members::{ChattingMember, SignedInMember};
use crate::platform::http::{Answer, Body, MaybeBody, Page, Path, ProblemBody, id_of};
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use domain::calls::Step;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The routes of this slice.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list, call))
        .routes(routes!(one))
        .routes(routes!(accept))
        .routes(routes!(decline))
        .routes(routes!(hang_up))
        .routes(routes!(rejoin))
}

/// The call that one is in, or that rings for one: at most one. After a reload one finds it here.
#[utoipa::path(get, path = "/calls", tag = "calls", security(("member" = [])),
    responses((status = 200, body = Page<Call>), (status = 401, body = ProblemBody)))]
async fn list(State(app): State<App>, me: SignedInMember) -> Answer<Json<Page<Call>>> {
    Ok(Json(Page { items: actions::open(&app, &me).await?, next: None }))
}

/// Calls a member: 201, ringing or busy. If they are calling one at that moment, this answers: 200 with their call,
/// active. A call that the two are in already, or one of this `client_id`: 200 with it.
#[utoipa::path(post, path = "/calls", tag = "calls", security(("member" = [])), request_body = NewCall,
    responses((status = 200, body = Call), (status = 201, body = Call), (status = 401, body = ProblemBody),
        (status = 403, body = ProblemBody), (status = 404, body = ProblemBody), (status = 409, body = ProblemBody),
        (status = 422, body = ProblemBody), (status = 429, body = ProblemBody)))]
async fn call(
    State(app): State<App>,
    me: ChattingMember,
    Body(new): Body<NewCall>,
) -> Answer<(StatusCode, Json<Call>)> {
    let (call, new) = start(&app, &me, new).await?;
    Ok((if new { StatusCode::CREATED } else { StatusCode::OK }, Json(call)))
}

/// One call of one's own. What is over is forgotten after a day; its line in the conversation stays.
#[utoipa::path(get, path = "/calls/{call}", tag = "calls", security(("member" = [])),
    params(("call" = String, Path, description = "Its id")),
    responses((status = 200, body = Call), (status = 401, body = ProblemBody), (status = 404, body = ProblemBody)))]
async fn one(State(app): State<App>, me: SignedInMember, Path(id): Path<String>) -> Answer<Json<Call>> {
    Ok(Json(actions::one(&app, &me, id_of(&id)?).await?))
}

/// Answers a call, on one page: the others stop ringing. Again on the same page changes nothing.
#[utoipa::path(post, path = "/calls/{call}/accept", tag = "calls", security(("member" = [])), request_body = OnDevice,
    params(("call" = String, Path, description = "Its id")),
    responses((status = 200, body = Call), (status = 401, body = ProblemBody), (status = 404, body = ProblemBody),
        (status = 409, body = ProblemBody), (status = 422, body = ProblemBody)))]
async fn accept(
    State(app): State<App>,
    me: SignedInMember,
    Path(id): Path<String>,
    MaybeBody(on): MaybeBody<OnDevice>,
) -> Answer<Json<Call>> {
    Ok(Json(actions::act(&app, &me, id_of(&id)?, Step::Accept, on).await?))
}

/// Refuses a call that rings for one.
#[utoipa::path(post, path = "/calls/{call}/decline", tag = "calls", security(("member" = [])), request_body = OnDevice,
    params(("call" = String, Path, description = "Its id")),
    responses((status = 200, body = Call), (status = 401, body = ProblemBody), (status = 404, body = ProblemBody),
        (status = 409, body = ProblemBody), (status = 422, body = ProblemBody)))]
async fn decline(
    State(app): State<App>,
    me: SignedInMember,
    Path(id): Path<String>,
    MaybeBody(on): MaybeBody<OnDevice>,
) -> Answer<Json<Call>> {
    Ok(Json(actions::act(&app, &me, id_of(&id)?, Step::Decline, on).await?))
}

/// Ends a call; while it rings, its caller takes it back and the other refuses it.
#[utoipa::path(post, path = "/calls/{call}/hang-up", tag = "calls", security(("member" = [])), request_body = OnDevice,
    params(("call" = String, Path, description = "Its id")),
    responses((status = 200, body = Call), (status = 401, body = ProblemBody), (status = 404, body = ProblemBody),
        (status = 409, body = ProblemBody), (status = 422, body = ProblemBody)))]
async fn hang_up(
    State(app): State<App>,
    me: SignedInMember,
    Path(id): Path<String>,
    MaybeBody(on): MaybeBody<OnDevice>,
) -> Answer<Json<Call>> {
    Ok(Json(actions::act(&app, &me, id_of(&id)?, Step::HangUp, on).await?))
}

/// Takes part on another page from now on: after a reload, or to go on elsewhere.
#[utoipa::path(post, path = "/calls/{call}/rejoin", tag = "calls", security(("member" = [])), request_body = OnDevice,
    params(("call" = String, Path, description = "Its id")),
    responses((status = 200, body = Call), (status = 401, body = ProblemBody), (status = 404, body = ProblemBody),
        (status = 409, body = ProblemBody), (status = 422, body = ProblemBody)))]
async fn rejoin(
    State(app): State<App>,
    me: SignedInMember,
    Path(id): Path<String>,
    MaybeBody(on): MaybeBody<OnDevice>,
) -> Answer<Json<Call>> {
    Ok(Json(actions::rejoin(&app, &me, id_of(&id)?, on).await?))
}
