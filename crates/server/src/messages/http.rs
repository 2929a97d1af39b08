//! Messages over HTTP, of members and of operators.

use super::post::{self, Draft};
use super::wire::MessageView;
use super::writer::{Answering, Sent};
use super::{actions, history};
use crate::app::App;
use crate::conversations;
use crate::conversations::actions::participating;
use crate::members::ChattingMember;
use crate::moderation::HeldView;
use crate::operators::SignedInOperator;
use crate::platform::http::{Answer, Body, Code, Path, Problem, ProblemBody, Query, id_of, limit_of};
use crate::platform::ids;
use crate::rooms;
use axum::Json;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use tokio::sync::oneshot;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The routes of this slice.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list_messages, send_message))
        .routes(routes!(edit_message, withdraw_message))
        .routes(routes!(read_conversation))
        .routes(routes!(list_as_operator, send_as_operator))
        .routes(routes!(read_as_operator))
        .routes(routes!(list_of_member))
}

/// Which messages: the newest without a bound.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
struct HistoryQuery {
    /// Those before this seq.
    before: Option<i64>,
    /// Those after this seq.
    after: Option<i64>,
    /// At most this many: 50 unless given, never more than 200.
    limit: Option<i64>,
}

/// A page of a conversation, ascending.
#[derive(Serialize, ToSchema)]
struct MessagePage {
    /// The messages.
    items: Vec<MessageView>,
    /// If there are more in the direction asked: the seq to give as `before` (or `after`).
    next: Option<String>,
}

async fn page(
    app: &App,
    site: crate::sites::SiteId,
    id: i64,
    window: &conversations::Window,
    asked: &HistoryQuery,
) -> Answer<Json<MessagePage>> {
    let limit = limit_of(asked.limit)?;
    let (items, more) = history::page(app, site, id, window, (asked.before, asked.after), limit).await?;
    let edge = if asked.after.is_none() { items.first() } else { items.last() };
    let next = edge.filter(|_| more).map(|m| m.seq.to_string());
    Ok(Json(MessagePage { items, next }))
}

async fn answered(waiting: oneshot::Receiver<Answer<(String, Sent)>>) -> Answer<Response> {
    let (json, sent) = waiting.await.map_err(|_| Problem::new(Code::Unavailable))??;
    let status = match sent {
        Sent::New => StatusCode::CREATED,
        Sent::Known => StatusCode::OK,
        Sent::Held => {
            let held = RawValue::from_string(json).map_err(|_| Problem::new(Code::Internal))?;
            return Ok((StatusCode::ACCEPTED, Json(HeldAnswer { held })).into_response());
        }
    };
    Ok((status, [(header::CONTENT_TYPE, "application/json")], json).into_response())
}

fn message_of(conversation: &str, message: &str) -> Answer<(i64, i64)> {
    let id = id_of(conversation)?;
    ids::read_message(message).filter(|(of, _)| *of == id).ok_or_else(Problem::not_found)
}

/// The messages of a conversation.
#[utoipa::path(get, path = "/conversations/{conversation}/messages", tag = "messages", security(("member" = [])),
    params(("conversation" = String, Path, description = "Its id"), HistoryQuery),
    responses((status = 200, body = MessagePage), (status = 401, body = ProblemBody), (status = 403, body = ProblemBody),
        (status = 404, body = ProblemBody), (status = 422, body = ProblemBody)))]
async fn list_messages(
    State(app): State<App>,
    me: ChattingMember,
    Path(id): Path<String>,
    Query(asked): Query<HistoryQuery>,
) -> Answer<Json<MessagePage>> {
    let id = id_of(&id)?;
    let facts = participating(&app, &me.site, &me.member, id).await?;
    if facts.kind == conversations::Kind::Room {
        rooms::enter(&app, &me.site, &me.member, id).await?;
    }
    let window = conversations::window(&app, me.site.id, me.member.id, id).await?;
    page(&app, me.site.id, id, &window, &asked).await
}

/// A message that waits for a moderator.
#[derive(Serialize, ToSchema)]
struct HeldAnswer {
    /// As its author sees it meanwhile.
    #[schema(value_type = HeldView)]
    held: Box<RawValue>,
}

/// Sends a message; 200 with the same message if this `client_id` was sent before, 202 if it waits for a moderator.
#[utoipa::path(post, path = "/conversations/{conversation}/messages", tag = "messages", security(("member" = [])),
    params(("conversation" = String, Path, description = "Its id")), request_body = Draft,
    responses((status = 200, body = MessageView), (status = 201, body = MessageView), (status = 202, body = HeldAnswer), (status = 401, body = ProblemBody),
        (status = 403, body = ProblemBody), (status = 404, body = ProblemBody), (status = 422, body = ProblemBody),
        (status = 429, body = ProblemBody), (status = 507, body = ProblemBody)))]
async fn send_message(
    State(app): State<App>,
    me: ChattingMember,
    Path(id): Path<String>,
    Body(draft): Body<Draft>,
) -> Answer<Response> {
    let (answer, waiting) = oneshot::channel();
    post::by_member(&app, &me.site, &me.member, id_of(&id)?, &draft, Answering::Request(answer)).await?;
    answered(waiting).await
}

/// Another text for a message.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Edit {
    /// The text: 1 to 4,000 characters, no control characters but newline.
    body: String,
}

/// The author edits a message.
#[utoipa::path(patch, path = "/conversations/{conversation}/messages/{message}", tag = "messages", security(("member" = [])),
    params(("conversation" = String, Path, description = "Its id"), ("message" = String, Path, description = "Its id")),
    request_body = Edit,
    responses((status = 200, body = MessageView), (status = 401, body = ProblemBody), (status = 403, body = ProblemBody),
        (status = 404, body = ProblemBody), (status = 409, body = ProblemBody), (status = 422, body = ProblemBody)))]
async fn edit_message(
    State(app): State<App>,
    me: ChattingMember,
    Path((id, message)): Path<(String, String)>,
    Body(edit): Body<Edit>,
) -> Answer<Json<MessageView>> {
    let (id, seq) = message_of(&id, &message)?;
    Ok(Json(actions::edit(&app, &me.site, &me.member, id, seq, &edit.body).await?))
}

/// Why a moderator removes a message.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct Why {
    /// Of a moderator: 1 to 300 characters, which everybody in the room reads in its place.
    pub reason: Option<String>,
}

/// The author withdraws a message, or a moderator of the room removes it.
#[utoipa::path(delete, path = "/conversations/{conversation}/messages/{message}", tag = "messages", security(("member" = [])),
    params(("conversation" = String, Path, description = "Its id"), ("message" = String, Path, description = "Its id"), Why),
    responses((status = 200, body = MessageView), (status = 401, body = ProblemBody), (status = 403, body = ProblemBody),
        (status = 404, body = ProblemBody), (status = 422, body = ProblemBody)))]
async fn withdraw_message(
    State(app): State<App>,
    me: ChattingMember,
    Path((id, message)): Path<(String, String)>,
    Query(why): Query<Why>,
) -> Answer<Json<MessageView>> {
    let place = message_of(&id, &message)?;
    Ok(Json(actions::withdraw(&app, &me.site, &me.member, place, why.reason.as_deref()).await?))
}

/// Up to where one has read.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ReadMark {
    /// The last message read.
    seq: i64,
}

/// Marks a conversation as read up to a message; never back.
#[utoipa::path(post, path = "/conversations/{conversation}/read", tag = "messages", security(("member" = [])),
    params(("conversation" = String, Path, description = "Its id")), request_body = ReadMark,
    responses((status = 204), (status = 401, body = ProblemBody), (status = 403, body = ProblemBody),
        (status = 404, body = ProblemBody), (status = 422, body = ProblemBody)))]
async fn read_conversation(
    State(app): State<App>,
    me: ChattingMember,
    Path(id): Path<String>,
    Body(mark): Body<ReadMark>,
) -> Answer<StatusCode> {
    actions::read(&app, &me.site, &me.member, id_of(&id)?, mark.seq).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// The messages of a conversation with a member.
#[utoipa::path(get, path = "/admin/conversations/{conversation}/messages", tag = "back-office", security(("operator" = [])),
    params(("conversation" = String, Path, description = "Its id"), HistoryQuery),
    responses((status = 200, body = MessagePage), (status = 401, body = ProblemBody), (status = 404, body = ProblemBody),
        (status = 422, body = ProblemBody)))]
async fn list_as_operator(
    State(app): State<App>,
    me: SignedInOperator,
    Path(id): Path<String>,
    Query(asked): Query<HistoryQuery>,
) -> Answer<Json<MessagePage>> {
    let id = id_of(&id)?;
    conversations::staff_view(&app, &me.site, id).await?;
    page(&app, me.site.id, id, &conversations::Window::ALL, &asked).await
}

/// The whole exchange between a member and the organizers.
#[utoipa::path(get, path = "/admin/members/{member}/messages", tag = "back-office", security(("operator" = [])),
    params(("member" = String, Path, description = "The member's id"), HistoryQuery),
    responses((status = 200, body = Exchange), (status = 401, body = ProblemBody), (status = 404, body = ProblemBody),
        (status = 422, body = ProblemBody)))]
async fn list_of_member(
    State(app): State<App>,
    me: SignedInOperator,
    Path(member): Path<String>,
    Query(asked): Query<HistoryQuery>,
) -> Answer<Json<Exchange>> {
    let member = app.members.get(&app.db, me.site.id, id_of(&member)?).await?.ok_or_else(Problem::not_found)?;
    let Some(id) = conversations::with_organizers(&app, me.site.id, member.id).await? else {
        return Ok(Json(Exchange { conversation_id: None, items: Vec::new(), next: None }));
    };
    let Json(page) = page(&app, me.site.id, id, &conversations::Window::ALL, &asked).await?;
    Ok(Json(Exchange { conversation_id: Some(ids::show(id)), items: page.items, next: page.next }))
}

/// Messages between a member and the organizers.
#[derive(Serialize, ToSchema)]
struct Exchange {
    /// Their conversation; null: there was none so far.
    conversation_id: Option<String>,
    /// Ascending by number.
    items: Vec<MessageView>,
    /// The number to go on from; null: there are no more.
    next: Option<String>,
}

/// Answers a member, under the operator's name.
#[utoipa::path(post, path = "/admin/conversations/{conversation}/messages", tag = "back-office", security(("operator" = [])),
    params(("conversation" = String, Path, description = "Its id")), request_body = Draft,
    responses((status = 200, body = MessageView), (status = 201, body = MessageView), (status = 401, body = ProblemBody),
        (status = 404, body = ProblemBody), (status = 422, body = ProblemBody), (status = 507, body = ProblemBody)))]
async fn send_as_operator(
    State(app): State<App>,
    me: SignedInOperator,
    Path(id): Path<String>,
    Body(draft): Body<Draft>,
) -> Answer<Response> {
    let (answer, waiting) = oneshot::channel();
    post::by_operator(&app, &me.site, &me.operator, id_of(&id)?, &draft, Answering::Request(answer)).await?;
    answered(waiting).await
}

/// Marks a conversation with a member as read by the operators.
#[utoipa::path(post, path = "/admin/conversations/{conversation}/read", tag = "back-office", security(("operator" = [])),
    params(("conversation" = String, Path, description = "Its id")), request_body = ReadMark,
    responses((status = 204), (status = 401, body = ProblemBody), (status = 404, body = ProblemBody),
        (status = 422, body = ProblemBody)))]
async fn read_as_operator(
    State(app): State<App>,
    me: SignedInOperator,
    Path(id): Path<String>,
    Body(mark): Body<ReadMark>,
) -> Answer<StatusCode> {
    actions::read_by_staff(&app, &me.site, id_of(&id)?, mark.seq).await?;
    Ok(StatusCode::NO_CONTENT)
}
