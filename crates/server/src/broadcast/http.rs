//! Broadcasts over HTTP, for operators.

use super::actions::{self, Preview, Text, Wish};
use super::audience::AudienceForm;
use super::store;
use super::wire::{Broadcast, Progress, Recipient};
use crate::app::App;
use crate::members::MemberCard;
use crate::members::grid::FilterForm;
use crate::operators::SignedInOperator;
use crate::platform::http::{
    Answer, Body, Page, PageQuery, Path, Problem, ProblemBody, Query, cursor_of, id_of, limit_of, read_cursor,
};
use crate::platform::ids;
use axum::Json;
use axum::extract::{DefaultBodyLimit, State};
use axum::http::StatusCode;
use serde::Deserialize;
use std::collections::BTreeMap;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// A selection of a hundred thousand members fits.
const LARGEST_SELECTION: usize = 4 * 1024 * 1024;

/// The routes of this slice.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(preview_broadcast))
        .routes(routes!(list_broadcasts, create_broadcast))
        .routes(routes!(test_broadcast))
        .routes(routes!(read_broadcast))
        .routes(routes!(cancel_broadcast))
        .routes(routes!(list_recipients))
        .layer(DefaultBodyLimit::max(LARGEST_SELECTION))
}

/// How many a broadcast would go to, and who is left out.
#[utoipa::path(post, path = "/admin/broadcasts/preview", tag = "back-office", security(("operator" = [])),
    request_body = AudienceForm,
    responses((status = 200, body = Preview), (status = 401, body = ProblemBody), (status = 422, body = ProblemBody)))]
async fn preview_broadcast(
    State(app): State<App>,
    me: SignedInOperator,
    Body(form): Body<AudienceForm>,
) -> Answer<Json<Preview>> {
    Ok(Json(actions::preview(&app, &me, form).await?))
}

/// A broadcast to be sent: to `members`, a `view`, a `filter`, or as a `follow_up`.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewBroadcast {
    /// The client's own name for it (a UUID): the same again is the same broadcast.
    client_id: String,
    /// The text.
    body: String,
    /// The same in other languages, for members who read those.
    #[serde(default)]
    bodies: BTreeMap<String, String>,
    /// These members, by their ids.
    #[serde(default)]
    members: Option<Vec<String>>,
    /// All whom a view shows.
    #[serde(default)]
    view: Option<String>,
    /// All whom a filter describes; `{}` is everybody.
    #[serde(default)]
    filter: Option<FilterForm>,
    /// All who got this broadcast and have not read it.
    #[serde(default)]
    follow_up: Option<String>,
    /// When (RFC 3339); at once unless given. It is fixed then whom it goes to.
    #[serde(default)]
    send_at: Option<String>,
}

/// Sends a message into the organizer conversation of each of many members: 201 if it is new, 200 if this `client_id`
/// was given before.
#[utoipa::path(post, path = "/admin/broadcasts", tag = "back-office", security(("operator" = [])), request_body = NewBroadcast,
    responses((status = 200, body = Broadcast), (status = 201, body = Broadcast), (status = 401, body = ProblemBody),
        (status = 422, body = ProblemBody)))]
async fn create_broadcast(
    State(app): State<App>,
    me: SignedInOperator,
    Body(new): Body<NewBroadcast>,
) -> Answer<(StatusCode, Json<Broadcast>)> {
    let NewBroadcast { client_id, body, bodies, members, view, filter, follow_up, send_at } = new;
    let client_id = uuid::Uuid::try_parse(&client_id).map_err(|_| Problem::invalid("client_id: a UUID"))?;
    let wish = Wish {
        client_id: client_id.into_bytes(),
        text: Text { body, bodies }.check()?,
        audience: AudienceForm { members, view, filter, follow_up },
        send_at,
    };
    let (broadcast, new) = actions::create(&app, &me, wish).await?;
    Ok((if new { StatusCode::CREATED } else { StatusCode::OK }, Json(broadcast)))
}

/// The site's broadcasts, newest first.
#[utoipa::path(get, path = "/admin/broadcasts", tag = "back-office", security(("operator" = [])), params(PageQuery),
    responses((status = 200, body = Page<Broadcast>), (status = 401, body = ProblemBody), (status = 422, body = ProblemBody)))]
async fn list_broadcasts(
    State(app): State<App>,
    me: SignedInOperator,
    Query(asked): Query<PageQuery>,
) -> Answer<Json<Page<Broadcast>>> {
    let limit = asked.limit()?;
    let before: i64 = read_cursor(asked.cursor.as_deref())?.unwrap_or(i64::MAX);
    let mut rows = store::page(&mut app.db.read().await?, me.site.id, before, limit + 1).await?;
    let more = rows.len() > limit;
    rows.truncate(limit);
    let next = rows.last().filter(|_| more).and_then(|row| cursor_of(&row.id));
    let mut items = Vec::with_capacity(rows.len());
    for row in &rows {
        items.push(actions::view(&app, row).await?);
    }
    Ok(Json(Page { items, next }))
}

/// A text, and the one member who is to see it as a trial.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Trial {
    /// The member's id.
    member: String,
    /// The text.
    body: String,
    /// The same in other languages.
    #[serde(default)]
    bodies: BTreeMap<String, String>,
}

/// Sends it to one member alone, as they would get it.
#[utoipa::path(post, path = "/admin/broadcasts/test", tag = "back-office", security(("operator" = [])), request_body = Trial,
    responses((status = 204), (status = 401, body = ProblemBody), (status = 404, body = ProblemBody), (status = 422, body = ProblemBody)))]
async fn test_broadcast(
    State(app): State<App>,
    me: SignedInOperator,
    Body(Trial { member, body, bodies }): Body<Trial>,
) -> Answer<StatusCode> {
    actions::test(&app, &me, &member, Text { body, bodies }.check()?).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// One broadcast, with how far it came.
#[utoipa::path(get, path = "/admin/broadcasts/{broadcast}", tag = "back-office", security(("operator" = [])),
    params(("broadcast" = String, Path, description = "Its id")),
    responses((status = 200, body = Broadcast), (status = 401, body = ProblemBody), (status = 404, body = ProblemBody)))]
async fn read_broadcast(
    State(app): State<App>,
    me: SignedInOperator,
    Path(id): Path<String>,
) -> Answer<Json<Broadcast>> {
    let row = store::one(&mut app.db.read().await?, me.site.id, id_of(&id)?).await?.ok_or_else(Problem::not_found)?;
    Ok(Json(actions::view(&app, &row).await?))
}

/// Stops a broadcast; those who have it keep it.
#[utoipa::path(post, path = "/admin/broadcasts/{broadcast}/cancel", tag = "back-office", security(("operator" = [])),
    params(("broadcast" = String, Path, description = "Its id")),
    responses((status = 200, body = Broadcast), (status = 401, body = ProblemBody), (status = 404, body = ProblemBody),
        (status = 409, body = ProblemBody)))]
async fn cancel_broadcast(
    State(app): State<App>,
    me: SignedInOperator,
    Path(id): Path<String>,
) -> Answer<Json<Broadcast>> {
    Ok(Json(actions::cancel(&app, &me, &id).await?))
}

/// Which recipients.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
struct RecipientsQuery {
    /// Only those with whom it came so far.
    state: Option<Progress>,
    /// At most this many: 50 unless given, never more than 200.
    limit: Option<i64>,
    /// The `next` of the page before.
    cursor: Option<String>,
}

/// Who gets a broadcast, and how far it came with each: those who have it, then those who wait for it.
#[utoipa::path(get, path = "/admin/broadcasts/{broadcast}/recipients", tag = "back-office", security(("operator" = [])),
    params(("broadcast" = String, Path, description = "Its id"), RecipientsQuery),
    responses((status = 200, body = Page<Recipient>), (status = 401, body = ProblemBody), (status = 404, body = ProblemBody),
        (status = 422, body = ProblemBody)))]
async fn list_recipients(
    State(app): State<App>,
    me: SignedInOperator,
    Path(id): Path<String>,
    Query(asked): Query<RecipientsQuery>,
) -> Answer<Json<Page<Recipient>>> {
    let (site, id, limit) = (me.site.id, id_of(&id)?, limit_of(asked.limit)?);
    let mut reader = app.db.read().await?;
    let row = store::one(&mut reader, site, id).await?.ok_or_else(Problem::not_found)?;
    let after: i64 = read_cursor(asked.cursor.as_deref())?.unwrap_or(0);
    let mut found: Vec<(i64, Progress, Option<i64>)> = match asked.state {
        Some(Progress::Waiting) => Vec::new(),
        state => store::got(&mut reader, site, id, state, after, limit + 1).await?,
    };
    // An audience is in the order of ids, and it is brought to them in this order.
    if matches!(asked.state, None | Some(Progress::Waiting)) && found.len() <= limit {
        let after = found.last().map_or(after, |(member, ..)| *member);
        let audience = store::audience(&mut reader, site, id).await?;
        let place = usize::try_from(row.place).unwrap_or(0).min(audience.len());
        let waiting = audience[place..].iter().filter(|member| **member > after);
        found.extend(waiting.take(limit + 1 - found.len()).map(|member| (*member, Progress::Waiting, None)));
    }
    drop(reader);
    let more = found.len() > limit;
    found.truncate(limit);
    let next = found.last().filter(|_| more).and_then(|(member, ..)| cursor_of(member));
    let ids: Vec<i64> = found.iter().map(|(member, ..)| *member).collect();
    let people = app.members.get_all(&app.db, site, &ids).await?;
    let recipient = |(member, state, conversation): (i64, Progress, Option<i64>)| {
        let member = MemberCard::of(people.get(&member)?);
        Some(Recipient { member, state, conversation_id: conversation.map(ids::show) })
    };
    Ok(Json(Page { items: found.into_iter().filter_map(recipient).collect(), next }))
}
