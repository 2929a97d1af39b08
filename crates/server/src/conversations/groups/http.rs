//! Who takes part in a group, over HTTP.

use super::Role;
use super::store::{self, ParticipantRow};
use crate::app::App;
use crate::conversations::actions::participating;
use crate::conversations::store::Kind;
use crate::members::{ChattingMember, Member, MemberCard};
use crate::messages::{self, Doer};
use crate::operators::SignedInOperator;
use crate::platform::clock::rfc3339;
use crate::platform::http::{
    Answer, MaybeBody, Page, PageQuery, Path, Problem, ProblemBody, Query, cursor_of, id_of, read_cursor,
};
use crate::platform::ids;
use crate::rules::{self, Between};
use crate::sites::Site;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use domain::rules::Right;
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The routes of this part.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list_participants))
        .routes(routes!(put_participant, remove_participant))
        .routes(routes!(put_as_operator, remove_as_operator))
        .routes(routes!(list_readers))
}

/// Somebody who takes part in a group.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ParticipantView {
    /// Who.
    member: MemberCard,
    /// What they may do.
    role: Role,
    /// Since when (RFC 3339).
    joined_at: String,
    /// How far they have read.
    read_seq: i64,
    /// Whether they are here now.
    connected: bool,
}

async fn views(app: &App, site: &Site, me: &Arc<Member>, rows: Vec<ParticipantRow>) -> Answer<Vec<ParticipantView>> {
    let members: Vec<i64> = rows.iter().map(|row| row.member_id).collect();
    let people = app.members.get_all(&app.db, site.id, &members).await?;
    let between = rules::between(app, site, me, &members).await?;
    let here = app.hub.connected_among(site.id.0, &members);
    let mut views = Vec::with_capacity(rows.len());
    for row in rows {
        let Some(person) = people.get(&row.member_id) else { continue };
        let between: Between = between.get(&row.member_id).copied().unwrap_or_default();
        let seen = person.id == me.id
            || (between.shows_presence()
                && rules::decide(app, site, me, person, Right::See, &between).await?.allowed());
        views.push(ParticipantView {
            member: MemberCard::of(person),
            role: Role::parse(&row.role),
            joined_at: rfc3339(row.joined_at),
            read_seq: row.read_seq,
            connected: seen && !row.ghost && here.contains(&row.member_id),
        });
    }
    Ok(views)
}

/// One who takes part, as `me` sees them.
pub(super) async fn participant(
    app: &App,
    site: &Site,
    me: &Arc<Member>,
    id: i64,
    member: i64,
) -> Answer<ParticipantView> {
    let row =
        store::one(&mut app.db.read().await?, site.id, (id, member), me.id).await?.ok_or_else(Problem::not_found)?;
    views(app, site, me, vec![row]).await?.pop().ok_or_else(Problem::not_found)
}

/// Those who take part in a group, in the order in which they came.
#[utoipa::path(get, path = "/conversations/{conversation}/participants", tag = "conversations", security(("member" = [])),
    params(("conversation" = String, Path, description = "Its id"), PageQuery),
    responses((status = 200, body = Page<ParticipantView>), (status = 401, body = ProblemBody), (status = 403, body = ProblemBody),
        (status = 404, body = ProblemBody), (status = 422, body = ProblemBody)))]
pub async fn list_participants(
    State(app): State<App>,
    me: ChattingMember,
    Path(id): Path<String>,
    Query(asked): Query<PageQuery>,
) -> Answer<Json<Page<ParticipantView>>> {
    let id = id_of(&id)?;
    let facts = participating(&app, &me.site, &me.member, id).await?;
    if facts.kind != Kind::Group {
        return Err(Problem::not_found());
    }
    let (limit, after) = (asked.limit()?, read_cursor(asked.cursor.as_deref())?);
    let mut reader = app.db.read().await?;
    let mut rows = store::page(&mut reader, me.site.id, id, me.member.id, after, limit + 1).await?;
    drop(reader);
    let more = rows.len() > limit;
    rows.truncate(limit);
    let next = rows.last().filter(|_| more).and_then(|row| cursor_of(&(row.joined_at, row.member_id)));
    Ok(Json(Page { items: views(&app, &me.site, &me.member, rows).await?, next }))
}

/// How somebody takes part.
#[derive(Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Placing {
    /// What they may do; without it they stay what they are.
    role: Option<Role>,
}

/// An admin of the group takes somebody in, or gives them a role; the body may be empty.
#[utoipa::path(put, path = "/conversations/{conversation}/participants/{member}", tag = "conversations", security(("member" = [])),
    params(("conversation" = String, Path, description = "Its id"), ("member" = String, Path, description = "Their id")),
    request_body = Option<Placing>,
    responses((status = 200, body = ParticipantView), (status = 401, body = ProblemBody), (status = 403, body = ProblemBody),
        (status = 404, body = ProblemBody), (status = 409, body = ProblemBody), (status = 422, body = ProblemBody)))]
async fn put_participant(
    State(app): State<App>,
    me: ChattingMember,
    Path((id, member)): Path<(String, String)>,
    MaybeBody(placing): MaybeBody<Placing>,
) -> Answer<Json<ParticipantView>> {
    Ok(Json(super::put(&app, &me.site, &me.member, id_of(&id)?, id_of(&member)?, placing.role).await?))
}

/// An admin of the group takes somebody out; or one leaves, by one's own id.
#[utoipa::path(delete, path = "/conversations/{conversation}/participants/{member}", tag = "conversations", security(("member" = [])),
    params(("conversation" = String, Path, description = "Its id"), ("member" = String, Path, description = "Their id")),
    responses((status = 204), (status = 401, body = ProblemBody), (status = 403, body = ProblemBody), (status = 404, body = ProblemBody)))]
async fn remove_participant(
    State(app): State<App>,
    me: ChattingMember,
    Path((id, member)): Path<(String, String)>,
) -> Answer<StatusCode> {
    super::take_out(&app, &me.site, &me.member, id_of(&id)?, id_of(&member)?).await?;
    Ok(StatusCode::NO_CONTENT)
}

fn doer(me: &SignedInOperator) -> Doer<'_> {
    Doer { id: me.operator.id, name: &me.operator.name, staff: true }
}

/// The organizers take somebody into a group, or give them a role; the body may be empty.
#[utoipa::path(put, path = "/admin/conversations/{conversation}/participants/{member}", tag = "back-office", security(("operator" = [])),
    params(("conversation" = String, Path, description = "Its id"), ("member" = String, Path, description = "Their id")),
    request_body = Option<Placing>,
    responses((status = 204), (status = 401, body = ProblemBody), (status = 404, body = ProblemBody), (status = 409, body = ProblemBody),
        (status = 422, body = ProblemBody)))]
async fn put_as_operator(
    State(app): State<App>,
    me: SignedInOperator,
    Path((id, member)): Path<(String, String)>,
    MaybeBody(placing): MaybeBody<Placing>,
) -> Answer<StatusCode> {
    super::put_by_staff(&app, &me.site, &doer(&me), id_of(&id)?, id_of(&member)?, placing.role).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// The organizers take somebody out of a group.
#[utoipa::path(delete, path = "/admin/conversations/{conversation}/participants/{member}", tag = "back-office", security(("operator" = [])),
    params(("conversation" = String, Path, description = "Its id"), ("member" = String, Path, description = "Their id")),
    responses((status = 204), (status = 401, body = ProblemBody), (status = 404, body = ProblemBody)))]
async fn remove_as_operator(
    State(app): State<App>,
    me: SignedInOperator,
    Path((id, member)): Path<(String, String)>,
) -> Answer<StatusCode> {
    super::take_out_by_staff(&app, &me.site, &doer(&me), id_of(&id)?, id_of(&member)?).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Those of a group who were there when a message was sent and have read it; its author is not among them. At most 200.
#[utoipa::path(get, path = "/conversations/{conversation}/messages/{message}/readers", tag = "conversations", security(("member" = [])),
    params(("conversation" = String, Path, description = "Its id"), ("message" = String, Path, description = "Its id")),
    responses((status = 200, body = Page<MemberCard>), (status = 401, body = ProblemBody), (status = 403, body = ProblemBody),
        (status = 404, body = ProblemBody)))]
pub async fn list_readers(
    State(app): State<App>,
    me: ChattingMember,
    Path((id, message)): Path<(String, String)>,
) -> Answer<Json<Page<MemberCard>>> {
    let id = id_of(&id)?;
    let facts = participating(&app, &me.site, &me.member, id).await?;
    let seq = ids::read_message(&message).filter(|(of, _)| *of == id).map(|(_, seq)| seq);
    let seq = seq.filter(|_| facts.kind == Kind::Group).ok_or_else(Problem::not_found)?;
    let (author, sent_at) = messages::sent(&app, me.site.id, me.member.id, id, seq).await?;
    let mut reader = app.db.read().await?;
    let mut found = store::readers(&mut reader, me.site.id, id, me.member.id, (seq, sent_at), 200).await?;
    drop(reader);
    found.retain(|member| *member != author);
    let people = app.members.get_all(&app.db, me.site.id, &found).await?;
    let items = found.iter().filter_map(|id| people.get(id)).map(|person| MemberCard::of(person)).collect();
    Ok(Json(Page { items, next: None }))
}
