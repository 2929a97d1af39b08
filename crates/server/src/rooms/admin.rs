//! Rooms over HTTP, for the organizers.

use super::settings::{OpeningHours, RoomRules};
use super::store::{self, Room};
use super::wire::RoomView;
use crate::app::App;
use crate::audit::{self, Actor, Subject};
use crate::conversations::actions::{self as conversations, tell_member};
use crate::members::populations;
use crate::messages;
use crate::moderation;
use crate::operators::{Role, SignedInOperator};
use crate::platform::http::{Answer, Body, Code, Page, Path, Problem, ProblemBody, id_of};
use crate::platform::ids;
use crate::platform::live::{Audience, Event};
use crate::sites::{ContentPolicy, Site};
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use domain::members::{clean_label, fold};
use serde::{Deserialize, Deserializer};
use serde_json::json;
use std::sync::Arc;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// With more people on the site, only those inside are told that a room changed.
const MOST_TOLD: usize = 1_000;
/// A site never has more rooms.
const MOST_ROOMS: usize = 200;

/// The routes of this part.
pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(list_rooms_as_operator, create_room)).routes(routes!(
        read_room,
        patch_room,
        delete_room
    ))
}

/// A room to be made, or what is changed of one; what is not said stays (or has its default).
#[derive(Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct RoomForm {
    /// What people call it: 1 to 80 characters.
    name: Option<String>,
    /// What pages call it: 1 to 64 lower-case letters, digits and hyphens; made from the name unless given.
    slug: Option<String>,
    /// Slugs of the populations that may enter (any of them); empty: all members.
    populations: Option<Vec<String>>,
    /// Slugs of the populations that moderate.
    moderators: Option<Vec<String>>,
    /// Whether they do, as long as the site's moderation is on; a new room with moderators has it unless it says no.
    moderation: Option<bool>,
    /// What texts may hold; null: as on the site.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<ContentPolicy>)]
    content_policy: Option<Option<ContentPolicy>>,
    /// The least time between two messages of a member, in seconds.
    slow_mode_seconds: Option<u32>,
    /// Only moderators and operators write.
    announcement_only: Option<bool>,
    /// When members may write; null: always.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<OpeningHours>)]
    opening_hours: Option<Option<OpeningHours>>,
    /// So many first messages of a member wait for a moderator.
    hold_first: Option<u32>,
}

/// Tells null from nothing.
fn given<'de, T: Deserialize<'de>, D: Deserializer<'de>>(from: D) -> Result<Option<Option<T>>, D::Error> {
    Option::<T>::deserialize(from).map(Some)
}

impl RoomForm {
    fn apply(&self, mut rules: RoomRules) -> RoomRules {
        let RoomForm { populations, moderators, moderation, content_policy, opening_hours, .. } = self;
        rules.populations = populations.clone().unwrap_or(rules.populations);
        rules.moderators = moderators.clone().unwrap_or(rules.moderators);
        rules.moderation = moderation.unwrap_or(rules.moderation);
        rules.content_policy = content_policy.unwrap_or(rules.content_policy);
        rules.opening_hours = opening_hours.clone().unwrap_or(rules.opening_hours);
        rules.slow_mode_seconds = self.slow_mode_seconds.unwrap_or(rules.slow_mode_seconds);
        rules.announcement_only = self.announcement_only.unwrap_or(rules.announcement_only);
        rules.hold_first = self.hold_first.unwrap_or(rules.hold_first);
        rules
    }
}

/// The site's rooms, by name.
#[utoipa::path(get, path = "/admin/rooms", tag = "back-office", security(("operator" = [])),
    responses((status = 200, body = Page<RoomView>), (status = 401, body = ProblemBody)))]
async fn list_rooms_as_operator(State(app): State<App>, me: SignedInOperator) -> Answer<Json<Page<RoomView>>> {
    let rooms = store::all(&mut app.db.read().await?, me.site.id).await?;
    Ok(Json(Page { items: rooms.iter().map(|room| RoomView::of(&app, room)).collect(), next: None }))
}

/// Makes a room.
#[utoipa::path(post, path = "/admin/rooms", tag = "back-office", security(("operator" = [])), request_body = RoomForm,
    responses((status = 201, body = RoomView), (status = 401, body = ProblemBody), (status = 404, body = ProblemBody),
        (status = 409, body = ProblemBody), (status = 422, body = ProblemBody)))]
async fn create_room(
    State(app): State<App>,
    me: SignedInOperator,
    Body(form): Body<RoomForm>,
) -> Answer<(StatusCode, Json<RoomView>)> {
    me.require(Role::Admin)?;
    let room = create(&app, &me.site, &me.actor(), &form).await?;
    Ok((StatusCode::CREATED, Json(RoomView::of(&app, &room))))
}

/// One room.
#[utoipa::path(get, path = "/admin/rooms/{room}", tag = "back-office", security(("operator" = [])),
    params(("room" = String, Path, description = "Its id")),
    responses((status = 200, body = RoomView), (status = 401, body = ProblemBody), (status = 404, body = ProblemBody)))]
async fn read_room(State(app): State<App>, me: SignedInOperator, Path(id): Path<String>) -> Answer<Json<RoomView>> {
    let room = app.rooms.get(&app, me.site.id, id_of(&id)?).await?.ok_or_else(Problem::not_found)?;
    Ok(Json(RoomView::of(&app, &room)))
}

/// Changes a room; those inside are told at once, and those who may no longer be there are put out.
#[utoipa::path(patch, path = "/admin/rooms/{room}", tag = "back-office", security(("operator" = [])),
    params(("room" = String, Path, description = "Its id")), request_body = RoomForm,
    responses((status = 200, body = RoomView), (status = 401, body = ProblemBody), (status = 404, body = ProblemBody),
        (status = 409, body = ProblemBody), (status = 422, body = ProblemBody)))]
async fn patch_room(
    State(app): State<App>,
    me: SignedInOperator,
    Path(id): Path<String>,
    Body(form): Body<RoomForm>,
) -> Answer<Json<RoomView>> {
    me.require(Role::Admin)?;
    let room = change(&app, &me.site, &me.actor(), id_of(&id)?, &form).await?;
    Ok(Json(RoomView::of(&app, &room)))
}

/// Deletes a room with all that was said in it.
#[utoipa::path(delete, path = "/admin/rooms/{room}", tag = "back-office", security(("operator" = [])),
    params(("room" = String, Path, description = "Its id")),
    responses((status = 204), (status = 401, body = ProblemBody), (status = 404, body = ProblemBody)))]
async fn delete_room(State(app): State<App>, me: SignedInOperator, Path(id): Path<String>) -> Answer<StatusCode> {
    me.require(Role::Admin)?;
    delete(&app, &me.site, &me.actor(), id_of(&id)?).await?;
    Ok(StatusCode::NO_CONTENT)
}

fn name_of(name: &str) -> Answer<String> {
    clean_label(name).ok_or_else(|| Problem::said("refusal.name"))
}

fn slug_of(slug: &str) -> Answer<String> {
    let fits = (1..=64).contains(&slug.len())
        && slug.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
    if fits { Ok(slug.to_owned()) } else { Err(Problem::invalid("slug: 1 to 64 lower-case letters, digits and '-'")) }
}

/// `Le salon des jeux` → `le-salon-des-jeux`, and a number if that is taken.
fn free_slug(name: &str, taken: &[Room]) -> String {
    let plain: String = fold(name).chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
    let words: Vec<&str> = plain.split('-').filter(|word| !word.is_empty()).collect();
    let base = match words.join("-") {
        empty if empty.is_empty() => "room".to_owned(),
        base => base.chars().take(60).collect(),
    };
    let is_taken = |slug: &String| taken.iter().any(|room| room.slug == *slug);
    let numbered = (2..).map(|n| format!("{base}-{n}"));
    std::iter::once(base.clone()).chain(numbered).find(|slug| !is_taken(slug)).unwrap_or(base)
}

async fn create(app: &App, site: &Site, actor: &Actor, form: &RoomForm) -> Answer<Arc<Room>> {
    let name = name_of(form.name.as_deref().unwrap_or_default())?;
    let mut rules = form.apply(RoomRules::default());
    rules.moderation = form.moderation.unwrap_or(!rules.moderators.is_empty());
    let slug = form.slug.as_deref().map(slug_of).transpose()?;
    make(app, site, actor, name, slug, rules).await
}

/// Makes a room.
pub async fn make(
    app: &App,
    site: &Site,
    actor: &Actor,
    name: String,
    slug: Option<String>,
    rules: RoomRules,
) -> Answer<Arc<Room>> {
    let _order = app.order(site.id.0).await;
    let mut tx = app.db.write("room_create").await?;
    rules.check(&slugs(populations::by_slug(&mut tx, site.id).await?))?;
    let known = store::all(&mut tx, site.id).await?;
    if known.len() >= MOST_ROOMS {
        return Err(Problem::with(Code::Conflict, format!("a site has at most {MOST_ROOMS} rooms")));
    }
    let slug = slug.unwrap_or_else(|| free_slug(&name, &known));
    refuse_taken(&known, &slug, None)?;
    let room = Room { id: app.ids.next(&app.clock), site: site.id, name, slug, rules, created_at: app.clock.now() };
    conversations::insert_room(&mut tx, site.id, room.id, &room.name, room.created_at).await?;
    store::insert(&mut tx, &room).await?;
    let detail = json!({"name": room.name});
    audit::write(app, &mut tx, site.id, actor, "room.create", &Subject::of("room", room.id), detail).await?;
    drop(tx.commit().await?);
    let room = Arc::new(room);
    app.rooms.changed(room.clone());
    tell_everybody(app, site, None, Some(&room)).await?;
    Ok(room)
}

fn slugs(populations: impl IntoIterator<Item = (String, i64)>) -> Vec<String> {
    populations.into_iter().map(|(slug, _)| slug).collect()
}

fn refuse_taken(known: &[Room], slug: &str, but: Option<i64>) -> Answer<()> {
    if known.iter().any(|room| room.slug == slug && Some(room.id) != but) {
        return Err(Problem::with(Code::Conflict, format!("slug: another room has {slug:?}")));
    }
    Ok(())
}

async fn change(app: &App, site: &Site, actor: &Actor, id: i64, form: &RoomForm) -> Answer<Arc<Room>> {
    let _order = app.order(site.id.0).await;
    let mut tx = app.db.write("room_change").await?;
    let before = store::one(&mut tx, site.id, id).await?.ok_or_else(Problem::not_found)?;
    let mut room = before.clone();
    room.rules = form.apply(room.rules);
    room.rules.check(&slugs(populations::by_slug(&mut tx, site.id).await?))?;
    if let Some(name) = &form.name {
        room.name = name_of(name)?;
        conversations::rename_room(&mut tx, site.id, id, &room.name).await?;
    }
    if let Some(slug) = &form.slug {
        room.slug = slug_of(slug)?;
        refuse_taken(&store::all(&mut tx, site.id).await?, slug, Some(id))?;
    }
    store::update(&mut tx, &room).await?;
    let detail = json!({"before": {"name": before.name, "rules": before.rules}, "after": {"name": room.name, "rules": room.rules}});
    audit::write(app, &mut tx, site.id, actor, "room.change", &Subject::of("room", id), detail).await?;
    let committed = tx.commit().await?;
    let room = Arc::new(room);
    app.rooms.changed(room.clone());
    drop(committed);
    tell_everybody(app, site, Some(&before), Some(&room)).await?;
    Ok(room)
}

/// Tells those connected whom a room concerns, and nobody else: whoever may enter it hears how it is now, whoever no
/// longer may is put out.
async fn tell_everybody(app: &App, site: &Site, before: Option<&Room>, now: Option<&Room>) -> Answer<()> {
    let Some(id) = now.or(before).map(|room| room.id) else { return Ok(()) };
    let (_, mut concerned) = app.hub.inside(id);
    let here = app.hub.connected_members(site.id.0);
    if here.len() <= MOST_TOLD {
        concerned = here.into_iter().collect();
    }
    for person in app.members.get_all(&app.db, site.id, &concerned).await?.into_values() {
        if now.is_some_and(|room| room.lets_in(&person)) {
            tell_member(app, site, person.id, id).await;
        } else if before.is_some_and(|room| room.lets_in(&person)) {
            put_out(app, id, person.id);
        }
    }
    Ok(())
}

/// A member may no longer be in a room.
pub(super) fn put_out(app: &App, room: i64, member: i64) {
    let fields = format!("\"conversation_id\":\"{}\",\"cleared\":false,\"left\":true", ids::show(room));
    app.hub.publish(Event::new("conversation.removed", fields, Audience::Member(member)));
    app.hub.put_out(room, member);
}

async fn delete(app: &App, site: &Site, actor: &Actor, id: i64) -> Answer<()> {
    let _order = app.order(site.id.0).await;
    let mut tx = app.db.write("room_delete").await?;
    let room = store::one(&mut tx, site.id, id).await?.ok_or_else(Problem::not_found)?;
    conversations::lock_room(app, &mut tx, site.id, id).await?;
    messages::erase(&mut tx, site.id, id).await?;
    moderation::erase_room(&mut tx, site.id, id).await?;
    store::delete(&mut tx, site.id, id).await?;
    conversations::delete_room(&mut tx, site.id, id).await?;
    let detail = json!({"name": room.name});
    audit::write(app, &mut tx, site.id, actor, "room.delete", &Subject::of("room", id), detail).await?;
    let committed = tx.commit().await?;
    app.rooms.forget(id);
    app.conversations.forget(id);
    tell_everybody(app, site, Some(&room), None).await?;
    app.hub.empty_room(id);
    drop(committed);
    Ok(())
}
