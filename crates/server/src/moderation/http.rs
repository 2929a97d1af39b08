//! Moderation over HTTP: of members who moderate a room, and of everybody who reports something.

use super::held;
use super::removal;
use super::reports::{self, NewReport};
use super::sanctions::{self, NewSanction};
use super::wire::{HeldView, ReportView, SanctionView};
use crate::app::App;
use crate::audit::Actor;
use crate::members::{ChattingMember, MemberCard};
use crate::messages::MessageView;
use crate::platform::http::{Answer, Body, MaybeBody, Path, Problem, ProblemBody, id_of};
use crate::platform::ids;
use crate::rooms::{self, Room};
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The routes of this slice for members.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(send_report))
        .routes(routes!(own_held))
        .routes(routes!(read_queue))
        .routes(routes!(resolve_report))
        .routes(routes!(approve_held))
        .routes(routes!(reject_held))
        .routes(routes!(list_sanctions, make_sanction))
        .routes(routes!(lift_sanction))
        .routes(routes!(restore_message))
}

/// A list that is never long.
#[derive(Serialize, ToSchema)]
pub(super) struct All<T> {
    /// The entries.
    pub items: Vec<T>,
}

/// What a moderator says to a decision; it may be left out.
#[derive(Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ModerationNote {
    /// At most 300 characters.
    #[serde(default)]
    pub note: Option<String>,
}

/// What waits for the moderators of a room.
#[derive(Serialize, ToSchema)]
struct ModerationQueue {
    /// Reports that nobody has looked after, oldest first.
    reports: Vec<ReportView>,
    /// Messages that wait, oldest first.
    held: Vec<HeldView>,
}

/// A room that the caller moderates; to anybody else there is nothing.
async fn moderated(app: &App, me: &ChattingMember, room: &str) -> Answer<(Arc<Room>, Actor)> {
    let room = rooms::enter(app, &me.site, &me.member, id_of(room)?).await?;
    if !room.is_moderator(&me.site, &me.member) {
        return Err(Problem::not_found());
    }
    Ok((room, Actor::from(&*me.member)))
}

/// A report was taken.
#[derive(Serialize, ToSchema)]
struct ReportTaken {
    /// Its id.
    id: String,
}

/// Reports a message or a member to the moderators: of the room, if it is about one, and to the operators.
#[utoipa::path(post, path = "/reports", tag = "moderation", security(("member" = [])), request_body = NewReport,
    responses((status = 201, body = ReportTaken), (status = 401, body = ProblemBody), (status = 403, body = ProblemBody),
        (status = 404, body = ProblemBody), (status = 422, body = ProblemBody), (status = 429, body = ProblemBody)))]
async fn send_report(
    State(app): State<App>,
    me: ChattingMember,
    Body(new): Body<NewReport>,
) -> Answer<(StatusCode, Json<ReportTaken>)> {
    let id = reports::report(&app, &me.site, &me.member, &new).await?;
    Ok((StatusCode::CREATED, Json(ReportTaken { id: ids::show(id) })))
}

/// One's own messages in a room that wait for a moderator, oldest first.
#[utoipa::path(get, path = "/conversations/{conversation}/held", tag = "moderation", security(("member" = [])),
    params(("conversation" = String, Path, description = "A room's id")),
    responses((status = 200, body = All<HeldView>), (status = 401, body = ProblemBody), (status = 403, body = ProblemBody),
        (status = 404, body = ProblemBody)))]
async fn own_held(State(app): State<App>, me: ChattingMember, Path(room): Path<String>) -> Answer<Json<All<HeldView>>> {
    let room = rooms::entitled(&app, &me.site, &me.member, id_of(&room)?).await?;
    Ok(Json(All { items: held::own(&app, me.site.id, room.id, me.member.id).await? }))
}

/// What waits for the moderators of a room: reports and held messages.
#[utoipa::path(get, path = "/conversations/{conversation}/moderation", tag = "moderation", security(("member" = [])),
    params(("conversation" = String, Path, description = "A room's id")),
    responses((status = 200, body = ModerationQueue), (status = 401, body = ProblemBody), (status = 403, body = ProblemBody),
        (status = 404, body = ProblemBody)))]
async fn read_queue(
    State(app): State<App>,
    me: ChattingMember,
    Path(room): Path<String>,
) -> Answer<Json<ModerationQueue>> {
    let (room, _) = moderated(&app, &me, &room).await?;
    let reports = reports::open_in(&app, me.site.id, room.id).await?;
    Ok(Json(ModerationQueue { reports, held: held::waiting_in(&app, me.site.id, room.id).await? }))
}

/// A report was looked after.
#[utoipa::path(post, path = "/conversations/{conversation}/moderation/reports/{report}/resolve", tag = "moderation",
    security(("member" = [])), request_body = Option<ModerationNote>,
    params(("conversation" = String, Path, description = "A room's id"), ("report" = String, Path, description = "Its id")),
    responses((status = 200, body = ReportView), (status = 401, body = ProblemBody), (status = 403, body = ProblemBody),
        (status = 404, body = ProblemBody), (status = 422, body = ProblemBody)))]
async fn resolve_report(
    State(app): State<App>,
    me: ChattingMember,
    Path((room, report)): Path<(String, String)>,
    MaybeBody(note): MaybeBody<ModerationNote>,
) -> Answer<Json<ReportView>> {
    let (room, by) = moderated(&app, &me, &room).await?;
    let what = (Some(room.id), id_of(&report)?);
    Ok(Json(reports::resolve(&app, &me.site, &by, what, note.note.as_deref()).await?))
}

/// Lets a held message through: it is sent now.
#[utoipa::path(post, path = "/conversations/{conversation}/moderation/held/{held}/approve", tag = "moderation",
    security(("member" = [])), request_body = Option<ModerationNote>,
    params(("conversation" = String, Path, description = "A room's id"), ("held" = String, Path, description = "Its id")),
    responses((status = 200, body = HeldView), (status = 401, body = ProblemBody), (status = 403, body = ProblemBody),
        (status = 404, body = ProblemBody), (status = 409, body = ProblemBody), (status = 422, body = ProblemBody)))]
async fn approve_held(
    State(app): State<App>,
    me: ChattingMember,
    Path((room, id)): Path<(String, String)>,
    MaybeBody(note): MaybeBody<ModerationNote>,
) -> Answer<Json<HeldView>> {
    let (room, by) = moderated(&app, &me, &room).await?;
    let what = (Some(room.id), id_of(&id)?);
    Ok(Json(held::decide(&app, &me.site, &by, what, true, note.note.as_deref()).await?))
}

/// Does not let a held message through; its author is told, with the note.
#[utoipa::path(post, path = "/conversations/{conversation}/moderation/held/{held}/reject", tag = "moderation",
    security(("member" = [])), request_body = Option<ModerationNote>,
    params(("conversation" = String, Path, description = "A room's id"), ("held" = String, Path, description = "Its id")),
    responses((status = 200, body = HeldView), (status = 401, body = ProblemBody), (status = 403, body = ProblemBody),
        (status = 404, body = ProblemBody), (status = 409, body = ProblemBody), (status = 422, body = ProblemBody)))]
async fn reject_held(
    State(app): State<App>,
    me: ChattingMember,
    Path((room, id)): Path<(String, String)>,
    MaybeBody(note): MaybeBody<ModerationNote>,
) -> Answer<Json<HeldView>> {
    let (room, by) = moderated(&app, &me, &room).await?;
    let what = (Some(room.id), id_of(&id)?);
    Ok(Json(held::decide(&app, &me.site, &by, what, false, note.note.as_deref()).await?))
}

/// The sanctions of a room that are in force, newest first.
#[utoipa::path(get, path = "/conversations/{conversation}/sanctions", tag = "moderation", security(("member" = [])),
    params(("conversation" = String, Path, description = "A room's id")),
    responses((status = 200, body = All<SanctionView>), (status = 401, body = ProblemBody), (status = 403, body = ProblemBody),
        (status = 404, body = ProblemBody)))]
async fn list_sanctions(
    State(app): State<App>,
    me: ChattingMember,
    Path(room): Path<String>,
) -> Answer<Json<All<SanctionView>>> {
    let (room, _) = moderated(&app, &me, &room).await?;
    Ok(Json(All { items: sanctions::list(&app, me.site.id, room.id).await? }))
}

/// Mutes or bans a member in a room. One of the same kind that they have there is replaced.
#[utoipa::path(post, path = "/conversations/{conversation}/sanctions", tag = "moderation", security(("member" = [])),
    params(("conversation" = String, Path, description = "A room's id")), request_body = NewSanction,
    responses((status = 201, body = SanctionView), (status = 401, body = ProblemBody), (status = 403, body = ProblemBody),
        (status = 404, body = ProblemBody), (status = 422, body = ProblemBody)))]
async fn make_sanction(
    State(app): State<App>,
    me: ChattingMember,
    Path(room): Path<String>,
    Body(new): Body<NewSanction>,
) -> Answer<(StatusCode, Json<SanctionView>)> {
    let (room, by) = moderated(&app, &me, &room).await?;
    let member = app.members.get(&app.db, me.site.id, id_of(&new.member)?).await?;
    let member = member.filter(|member| room.lets_in(member)).ok_or_else(Problem::not_found)?;
    if room.is_moderator(&me.site, &member) {
        return Err(Problem::said("refusal.moderation.moderator"));
    }
    let made = sanctions::make(&app, &me.site, &by, Some(room.id), MemberCard::of(&member), &new).await?;
    Ok((StatusCode::CREATED, Json(made)))
}

/// Lifts a sanction of the room.
#[utoipa::path(delete, path = "/conversations/{conversation}/sanctions/{sanction}", tag = "moderation",
    security(("member" = [])),
    params(("conversation" = String, Path, description = "A room's id"), ("sanction" = String, Path, description = "Its id")),
    responses((status = 204), (status = 401, body = ProblemBody), (status = 403, body = ProblemBody),
        (status = 404, body = ProblemBody)))]
async fn lift_sanction(
    State(app): State<App>,
    me: ChattingMember,
    Path((room, sanction)): Path<(String, String)>,
) -> Answer<StatusCode> {
    let (room, by) = moderated(&app, &me, &room).await?;
    sanctions::lift(&app, &me.site, &by, Some(room.id), id_of(&sanction)?).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Puts back a message that a moderator removed, within a day.
#[utoipa::path(post, path = "/conversations/{conversation}/messages/{message}/restore", tag = "moderation",
    security(("member" = [])),
    params(("conversation" = String, Path, description = "A room's id"), ("message" = String, Path, description = "Its id")),
    responses((status = 200, body = MessageView), (status = 401, body = ProblemBody), (status = 403, body = ProblemBody),
        (status = 404, body = ProblemBody), (status = 409, body = ProblemBody)))]
async fn restore_message(
    State(app): State<App>,
    me: ChattingMember,
    Path((room, message)): Path<(String, String)>,
) -> Answer<Json<MessageView>> {
    let (room, by) = moderated(&app, &me, &room).await?;
    let seq = seq_of(room.id, &message)?;
    Ok(Json(removal::restore(&app, &me.site, &by, room.id, seq).await?))
}

/// The number of a message of this conversation.
pub(super) fn seq_of(conversation: i64, message: &str) -> Answer<i64> {
    let place = ids::read_message(message).filter(|(of, _)| *of == conversation);
    place.map(|(_, seq)| seq).ok_or_else(Problem::not_found)
}
