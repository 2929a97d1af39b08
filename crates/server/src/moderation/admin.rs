//! Moderation in the back-office: operators moderate every room, and see what is reported anywhere.

use super::http::{ModerationNote, seq_of};
use super::reports;
use super::sanctions::{self, NewSanction};
use super::store::SanctionKind;
use super::store::reports::ReportState;
use super::wire::{HeldView, ReportView, SanctionView};
use super::{held, removal};
use crate::app::App;
use crate::members::MemberCard;
use crate::messages::{self, MessageView};
use crate::operators::SignedInOperator;
use crate::platform::http::{
    Answer, Body, MaybeBody, Page, PageQuery, Path, Problem, ProblemBody, Query, cursor_of, id_of, limit_of,
    read_cursor,
};
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The routes of this slice for operators.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list_reports))
        .routes(routes!(resolve_report))
        .routes(routes!(list_held))
        .routes(routes!(approve_held))
        .routes(routes!(reject_held))
        .routes(routes!(list_sanctions, make_sanction))
        .routes(routes!(lift_sanction))
        .routes(routes!(remove_message))
        .routes(routes!(restore_message))
}

/// Which reports.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
struct ReportsQuery {
    /// Only open ones, or only those that were looked after; both unless given.
    #[param(inline)]
    state: Option<ReportState>,
    /// At most this many: 50 unless given, never more than 200.
    limit: Option<i64>,
    /// The `next` of the page before.
    cursor: Option<String>,
}

/// What members reported, newest first.
#[utoipa::path(get, path = "/admin/moderation/reports", tag = "back-office", security(("operator" = [])),
    params(ReportsQuery),
    responses((status = 200, body = Page<ReportView>), (status = 401, body = ProblemBody), (status = 422, body = ProblemBody)))]
async fn list_reports(
    State(app): State<App>,
    me: SignedInOperator,
    Query(asked): Query<ReportsQuery>,
) -> Answer<Json<Page<ReportView>>> {
    let before = read_cursor(asked.cursor.as_deref())?.unwrap_or(i64::MAX);
    let (items, next) = reports::page(&app, me.site.id, asked.state, before, limit_of(asked.limit)?).await?;
    Ok(Json(Page { items, next: next.and_then(|next| cursor_of(&next)) }))
}

/// A report was looked after.
#[utoipa::path(post, path = "/admin/moderation/reports/{report}/resolve", tag = "back-office",
    security(("operator" = [])), request_body = Option<ModerationNote>, params(("report" = String, Path, description = "Its id")),
    responses((status = 200, body = ReportView), (status = 401, body = ProblemBody), (status = 404, body = ProblemBody),
        (status = 422, body = ProblemBody)))]
async fn resolve_report(
    State(app): State<App>,
    me: SignedInOperator,
    Path(report): Path<String>,
    MaybeBody(note): MaybeBody<ModerationNote>,
) -> Answer<Json<ReportView>> {
    let by = me.actor();
    let what = (None, id_of(&report)?);
    Ok(Json(reports::resolve(&app, &me.site, &by, what, note.note.as_deref()).await?))
}

/// The messages that wait for a moderator, oldest first.
#[utoipa::path(get, path = "/admin/moderation/held", tag = "back-office", security(("operator" = [])), params(PageQuery),
    responses((status = 200, body = Page<HeldView>), (status = 401, body = ProblemBody), (status = 422, body = ProblemBody)))]
async fn list_held(
    State(app): State<App>,
    me: SignedInOperator,
    Query(asked): Query<PageQuery>,
) -> Answer<Json<Page<HeldView>>> {
    let after = read_cursor(asked.cursor.as_deref())?.unwrap_or(0);
    let (items, next) = held::page(&app, me.site.id, after, asked.limit()?).await?;
    Ok(Json(Page { items, next: next.and_then(|next| cursor_of(&next)) }))
}

/// Lets a held message through: it is sent now.
#[utoipa::path(post, path = "/admin/moderation/held/{held}/approve", tag = "back-office", security(("operator" = [])),
    request_body = Option<ModerationNote>, params(("held" = String, Path, description = "Its id")),
    responses((status = 200, body = HeldView), (status = 401, body = ProblemBody), (status = 404, body = ProblemBody),
        (status = 409, body = ProblemBody), (status = 422, body = ProblemBody)))]
async fn approve_held(
    State(app): State<App>,
    me: SignedInOperator,
    Path(id): Path<String>,
    MaybeBody(note): MaybeBody<ModerationNote>,
) -> Answer<Json<HeldView>> {
    decide(&app, &me, &id, true, &note).await
}

/// Does not let a held message through; its author is told, with the note.
#[utoipa::path(post, path = "/admin/moderation/held/{held}/reject", tag = "back-office", security(("operator" = [])),
    request_body = Option<ModerationNote>, params(("held" = String, Path, description = "Its id")),
    responses((status = 200, body = HeldView), (status = 401, body = ProblemBody), (status = 404, body = ProblemBody),
        (status = 409, body = ProblemBody), (status = 422, body = ProblemBody)))]
async fn reject_held(
    State(app): State<App>,
    me: SignedInOperator,
    Path(id): Path<String>,
    MaybeBody(note): MaybeBody<ModerationNote>,
) -> Answer<Json<HeldView>> {
    decide(&app, &me, &id, false, &note).await
}

async fn decide(
    app: &App,
    me: &SignedInOperator,
    id: &str,
    approve: bool,
    note: &ModerationNote,
) -> Answer<Json<HeldView>> {
    let by = me.actor();
    let what = (None, id_of(id)?);
    Ok(Json(held::decide(app, &me.site, &by, what, approve, note.note.as_deref()).await?))
}

/// A sanction to be made by the organizers.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct OperatorSanction {
    /// On whom: their id.
    member: String,
    /// The room's id; null: every room of the site.
    #[serde(default)]
    room: Option<String>,
    /// What it forbids.
    kind: SanctionKind,
    /// For how long: 1 to 525,600; null: until it is lifted.
    #[serde(default)]
    #[schema(minimum = 1, maximum = 525_600)]
    minutes: Option<i64>,
    /// Why, in 1 to 300 characters: the member reads it.
    reason: String,
}

/// Which sanctions.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
struct SanctionsQuery {
    /// `true`: those that ended or were lifted, too, page by page; else all that are in force.
    ended: Option<bool>,
    /// At most this many: 50 unless given, never more than 200.
    limit: Option<i64>,
    /// The `next` of the page before.
    cursor: Option<String>,
}

/// The sanctions of the site, newest first.
#[utoipa::path(get, path = "/admin/moderation/sanctions", tag = "back-office", security(("operator" = [])),
    params(SanctionsQuery),
    responses((status = 200, body = Page<SanctionView>), (status = 401, body = ProblemBody), (status = 422, body = ProblemBody)))]
async fn list_sanctions(
    State(app): State<App>,
    me: SignedInOperator,
    Query(asked): Query<SanctionsQuery>,
) -> Answer<Json<Page<SanctionView>>> {
    let before = read_cursor(asked.cursor.as_deref())?.unwrap_or(i64::MAX);
    let limit = limit_of(asked.limit)?;
    let ended = asked.ended.unwrap_or(false);
    let (items, next) = sanctions::page(&app, me.site.id, ended, before, limit).await?;
    Ok(Json(Page { items, next: next.and_then(|next| cursor_of(&next)) }))
}

/// Mutes or bans a member in a room, or in every room of the site. One of the same kind that they have there is
/// replaced.
#[utoipa::path(post, path = "/admin/moderation/sanctions", tag = "back-office", security(("operator" = [])),
    request_body = OperatorSanction,
    responses((status = 201, body = SanctionView), (status = 401, body = ProblemBody), (status = 404, body = ProblemBody),
        (status = 422, body = ProblemBody)))]
async fn make_sanction(
    State(app): State<App>,
    me: SignedInOperator,
    Body(new): Body<OperatorSanction>,
) -> Answer<(StatusCode, Json<SanctionView>)> {
    let room = match &new.room {
        None => None,
        Some(room) => {
            let room = app.rooms.get(&app, me.site.id, id_of(room)?).await?;
            Some(room.ok_or_else(Problem::not_found)?.id)
        }
    };
    let member = app.members.get(&app.db, me.site.id, id_of(&new.member)?).await?.ok_or_else(Problem::not_found)?;
    let OperatorSanction { member: on, kind, minutes, reason, .. } = new;
    let new = NewSanction { member: on, kind, minutes, reason };
    let by = me.actor();
    let made = sanctions::make(&app, &me.site, &by, room, MemberCard::of(&member), &new).await?;
    Ok((StatusCode::CREATED, Json(made)))
}

/// Lifts a sanction.
#[utoipa::path(delete, path = "/admin/moderation/sanctions/{sanction}", tag = "back-office", security(("operator" = [])),
    params(("sanction" = String, Path, description = "Its id")),
    responses((status = 204), (status = 401, body = ProblemBody), (status = 404, body = ProblemBody)))]
async fn lift_sanction(
    State(app): State<App>,
    me: SignedInOperator,
    Path(sanction): Path<String>,
) -> Answer<StatusCode> {
    sanctions::lift(&app, &me.site, &me.actor(), None, id_of(&sanction)?).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Removes a message of a room: its text is gone for everybody, its place says so.
#[utoipa::path(delete, path = "/admin/conversations/{conversation}/messages/{message}", tag = "back-office",
    security(("operator" = [])),
    params(("conversation" = String, Path, description = "A room's id"), ("message" = String, Path, description = "Its id"),
        messages::Why),
    responses((status = 200, body = MessageView), (status = 401, body = ProblemBody), (status = 403, body = ProblemBody),
        (status = 404, body = ProblemBody), (status = 422, body = ProblemBody)))]
async fn remove_message(
    State(app): State<App>,
    me: SignedInOperator,
    Path((room, message)): Path<(String, String)>,
    Query(why): Query<messages::Why>,
) -> Answer<Json<MessageView>> {
    let room = id_of(&room)?;
    let place = (room, seq_of(room, &message)?);
    Ok(Json(removal::remove(&app, &me.site, &me.actor(), place, why.reason.as_deref()).await?))
}

/// Puts back a message of a room that was removed, within a day.
#[utoipa::path(post, path = "/admin/conversations/{conversation}/messages/{message}/restore", tag = "back-office",
    security(("operator" = [])),
    params(("conversation" = String, Path, description = "A room's id"), ("message" = String, Path, description = "Its id")),
    responses((status = 200, body = MessageView), (status = 401, body = ProblemBody), (status = 403, body = ProblemBody),
        (status = 404, body = ProblemBody), (status = 409, body = ProblemBody)))]
async fn restore_message(
    State(app): State<App>,
    me: SignedInOperator,
    Path((room, message)): Path<(String, String)>,
) -> Answer<Json<MessageView>> {
    let room = id_of(&room)?;
    let seq = seq_of(room, &message)?;
    Ok(Json(removal::restore(&app, &me.site, &me.actor(), room, seq).await?))
}
