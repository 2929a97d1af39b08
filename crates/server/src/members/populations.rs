//! Populations: the named sets of members that contact rules, rooms and moderation speak of.

use super::{ChattingMember, classes};
use crate::app::App;
use crate::audit::{self, Actor, Subject};
use crate::operators::{Role, SignedInOperator};
use crate::platform::db::{DbError, Link, Sql, Tx, list, sql};
use crate::platform::http::{Answer, Body, Code, Page, Path, Problem, ProblemBody};
use crate::rooms;
use crate::rules;
use crate::sites::{Site, SiteId};
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use domain::members::clean_label;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The routes of this part.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(populations))
        .routes(routes!(list_populations, create_population))
        .routes(routes!(patch_population, delete_population))
}

/// A named set of members.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Population {
    /// What tokens and rules call it.
    pub slug: String,
    /// What people call it.
    pub name: String,
}

/// What is changed of a population.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct PopulationPatch {
    /// What people call it.
    name: String,
}

/// The site's populations, by which one may look through the directory.
#[utoipa::path(get, path = "/populations", tag = "members", security(("member" = [])),
    responses((status = 200, body = Page<Population>), (status = 401, body = ProblemBody), (status = 403, body = ProblemBody)))]
async fn populations(State(app): State<App>, me: ChattingMember) -> Answer<Json<Page<Population>>> {
    Ok(Json(Page { items: all(&mut app.db.read().await?, me.site.id).await?, next: None }))
}

/// The site's populations.
#[utoipa::path(get, path = "/admin/populations", tag = "back-office", security(("operator" = [])),
    responses((status = 200, body = Page<Population>), (status = 401, body = ProblemBody)))]
async fn list_populations(State(app): State<App>, me: SignedInOperator) -> Answer<Json<Page<Population>>> {
    Ok(Json(Page { items: all(&mut app.db.read().await?, me.site.id).await?, next: None }))
}

/// Makes a population.
#[utoipa::path(post, path = "/admin/populations", tag = "back-office", security(("operator" = [])), request_body = Population,
    responses((status = 201, body = Population), (status = 401, body = ProblemBody), (status = 404, body = ProblemBody),
        (status = 409, body = ProblemBody), (status = 422, body = ProblemBody)))]
async fn create_population(
    State(app): State<App>,
    me: SignedInOperator,
    Body(population): Body<Population>,
) -> Answer<(StatusCode, Json<Population>)> {
    me.require(Role::Admin)?;
    create(&app, &me.site, &population.slug, &population.name, Some(&me.actor())).await?;
    Ok((StatusCode::CREATED, Json(population)))
}

/// Gives a population another name.
#[utoipa::path(patch, path = "/admin/populations/{population}", tag = "back-office", security(("operator" = [])),
    params(("population" = String, Path, description = "Its slug")), request_body = PopulationPatch,
    responses((status = 200, body = Population), (status = 401, body = ProblemBody), (status = 404, body = ProblemBody),
        (status = 422, body = ProblemBody)))]
async fn patch_population(
    State(app): State<App>,
    me: SignedInOperator,
    Path(slug): Path<String>,
    Body(patch): Body<PopulationPatch>,
) -> Answer<Json<Population>> {
    me.require(Role::Admin)?;
    let name = name_of(&patch.name)?;
    let mut tx = app.db.write("population_rename").await?;
    let renamed = sql("UPDATE population SET name = $3 WHERE site_id = $1 AND slug = $2");
    renamed.bind(me.site.id.0).bind(&*slug).bind(&*name).run(&mut tx).await?;
    let id = *ids(&mut tx, me.site.id, std::slice::from_ref(&slug)).await?.first().ok_or_else(Problem::not_found)?;
    let (by, detail) = (me.actor(), json!({"slug": slug, "name": name}));
    note(&app, &mut tx, (me.site.id, id), &by, "population.rename", detail).await?;
    drop(tx.commit().await?);
    Ok(Json(Population { slug, name }))
}

/// Deletes a population; its members stay. Refused while contact rules or rooms speak of it.
#[utoipa::path(delete, path = "/admin/populations/{population}", tag = "back-office", security(("operator" = [])),
    params(("population" = String, Path, description = "Its slug")),
    responses((status = 204), (status = 401, body = ProblemBody), (status = 404, body = ProblemBody), (status = 409, body = ProblemBody)))]
async fn delete_population(
    State(app): State<App>,
    me: SignedInOperator,
    Path(slug): Path<String>,
) -> Answer<StatusCode> {
    me.require(Role::Admin)?;
    let before = rules::Watched::of(&app, &me.site).await?;
    let _order = app.order(me.site.id.0).await;
    let mut tx = app.db.write("population_delete").await?;
    let id = *ids(&mut tx, me.site.id, std::slice::from_ref(&slug)).await?.first().ok_or_else(Problem::not_found)?;
    rules::refuse_if_used(&mut tx, me.site.id, id).await?;
    rooms::refuse_if_used(&mut tx, me.site.id, &slug).await?;
    sql("DELETE FROM population WHERE site_id = $1 AND id = $2").bind(me.site.id.0).bind(id).run(&mut tx).await?;
    let by = me.actor();
    note(&app, &mut tx, (me.site.id, id), &by, "population.delete", json!({"slug": slug})).await?;
    // Segments may ask for it.
    classes::reclassify(&app, &mut tx, me.site.id).await?;
    let committed = tx.commit().await?;
    app.members.forget_site(me.site.id);
    before.tell(&app, &me.site).await?;
    drop(committed);
    Ok(StatusCode::NO_CONTENT)
}

/// Makes a population; it is written down who did, if somebody did.
pub async fn create(app: &App, site: &Site, slug: &str, name: &str, by: Option<&Actor>) -> Answer<()> {
    let fits = (1..=64).contains(&slug.len())
        && slug.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-' || b == b'_');
    if !fits || slug == "everyone" {
        return Err(Problem::said("refusal.population.slug"));
    }
    let name = name_of(name)?;
    let id = app.ids.next(&app.clock);
    let mut tx = app.db.write("population_create").await?;
    sql("INSERT INTO population (id, site_id, slug, name, in_rules) VALUES ($1, $2, $3, $4, FALSE)")
        .bind(id)
        .bind(site.id.0)
        .bind(slug)
        .bind(&*name)
        .run(&mut tx)
        .await
        .map_err(|error| match error {
            DbError::Taken => Problem::with(Code::Conflict, "slug: taken"),
            error => error.into(),
        })?;
    if let Some(by) = by {
        note(app, &mut tx, (site.id, id), by, "population.create", json!({"slug": slug, "name": name})).await?;
    }
    drop(tx.commit().await?);
    Ok(())
}

async fn note(
    app: &App,
    tx: &mut Tx,
    (site, id): (SiteId, i64),
    by: &Actor,
    action: &'static str,
    detail: Value,
) -> Result<(), DbError> {
    audit::write(app, tx, site, by, action, &Subject::of("population", id), detail).await
}

fn name_of(name: &str) -> Answer<String> {
    clean_label(name).ok_or_else(|| Problem::said("refusal.name"))
}

/// All populations of a site.
pub async fn all(on: impl Into<Link<'_>>, site: SiteId) -> Result<Vec<Population>, DbError> {
    let rows: Vec<(String, String)> =
        sql("SELECT slug, name FROM population WHERE site_id = $1 ORDER BY slug").bind(site.0).all(on).await?;
    Ok(rows.into_iter().map(|(slug, name)| Population { slug, name }).collect())
}

/// Slug, name and size of each population of a site.
pub(super) async fn counted(on: impl Into<Link<'_>>, site: SiteId) -> Result<Vec<(String, String, i64)>, DbError> {
    sql("SELECT p.slug, p.name, (SELECT COUNT(*) FROM member_population mp WHERE mp.population_id = p.id) \
         FROM population p WHERE p.site_id = $1 ORDER BY p.slug")
    .bind(site.0)
    .all(on)
    .await
}

/// Slug and id of each population of a site.
pub async fn by_slug(on: impl Into<Link<'_>>, site: SiteId) -> Result<Vec<(String, i64)>, DbError> {
    sql("SELECT slug, id FROM population WHERE site_id = $1 ORDER BY slug").bind(site.0).all(on).await
}

/// The ids of those of these slugs that are populations of the site.
pub(super) async fn ids(on: impl Into<Link<'_>>, site: SiteId, slugs: &[String]) -> Result<Vec<i64>, DbError> {
    let all = by_slug(on, site).await?;
    Ok(all.into_iter().filter(|(slug, _)| slugs.contains(slug)).map(|(_, id)| id).collect())
}

/// Which of these slugs are populations of the site, sorted.
pub(super) async fn known(on: impl Into<Link<'_>>, site: SiteId, slugs: &[String]) -> Result<Vec<String>, DbError> {
    let all = by_slug(on, site).await?;
    Ok(all.into_iter().map(|(slug, _)| slug).filter(|slug| slugs.contains(slug)).collect())
}

/// Those that rules speak of: id and slug.
pub(super) async fn in_rules(tx: &mut Tx, site: SiteId) -> Result<Vec<(i64, String)>, DbError> {
    sql("SELECT id, slug FROM population WHERE site_id = $1 AND in_rules = TRUE").bind(site.0).all(tx).await
}

/// Rules speak of these, and of no others.
pub(super) async fn set_in_rules(tx: &mut Tx, site: SiteId, ids: &BTreeSet<i64>) -> Result<(), DbError> {
    sql("UPDATE population SET in_rules = FALSE WHERE site_id = $1").bind(site.0).run(&mut *tx).await?;
    if ids.is_empty() {
        return Ok(());
    }
    let text = format!("UPDATE population SET in_rules = TRUE WHERE site_id = $1 AND id IN ({})", list(2, ids.len()));
    Sql::assembled(text).bind(site.0).bind_each(ids.iter().copied()).run(tx).await.map(drop)
}
