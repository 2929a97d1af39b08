//! Views: saved filters over the members. One that contact rules speak of is a segment: its members follow their
//! data, at once.

use super::grid::{FilterForm, Sort};
use super::{classes, populations};
use crate::app::App;
use crate::audit::{self, Actor, Subject};
use crate::operators::{Role, SignedInOperator};
use crate::platform::db::{DbError, Link, Sql, Tx, list, sql};
use crate::platform::http::{Answer, Body, Code, Page, Path, Problem, ProblemBody, id_of};
use crate::platform::ids;
use crate::rules;
use crate::sites::SiteId;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use domain::members::{Filter, clean_label};
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::collections::BTreeSet;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// A site never has more.
const MOST_VIEWS: i64 = 500;
/// A grid never has more columns.
const MOST_COLUMNS: usize = 40;

/// The routes of this part.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(list_views, create_view)).routes(routes!(patch_view, delete_view))
}

/// A saved filter.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct View {
    /// Ours.
    pub id: String,
    /// What the operators call it.
    pub name: String,
    /// Whom it shows.
    pub filter: FilterForm,
    /// What the grid shows of them, in order; empty: what it shows by itself.
    pub columns: Vec<String>,
    /// In which order they stand.
    #[schema(value_type = String)]
    pub sort: Sort,
    /// Whether all operators see it, or its maker alone.
    pub shared: bool,
    /// Whether contact rules speak of it.
    pub in_rules: bool,
    #[serde(skip)]
    owner: Option<i64>,
}

#[derive(sqlx_macros::FromRow)]
struct ViewRow {
    id: i64,
    name: String,
    filter: String,
    columns: String,
    sort: String,
    in_rules: bool,
    owner_id: Option<i64>,
}

const COLUMNS: &str = "SELECT id, name, filter, columns, sort, in_rules, owner_id FROM view WHERE site_id = $1";

fn view(row: ViewRow) -> View {
    View {
        id: ids::show(row.id),
        name: row.name,
        filter: serde_json::from_str(&row.filter).unwrap_or_default(),
        columns: serde_json::from_str(&row.columns).unwrap_or_default(),
        sort: row.sort.parse().unwrap_or_default(),
        shared: row.owner_id.is_none(),
        in_rules: row.in_rules,
        owner: row.owner_id,
    }
}

/// A view to be made.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewView {
    /// What the operators call it.
    name: String,
    /// Whom it shows.
    filter: FilterForm,
    /// What the grid shows of them, in order.
    #[serde(default)]
    columns: Vec<String>,
    /// In which order they stand.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    sort: Sort,
    /// `false`: for oneself alone.
    #[serde(default = "shared")]
    shared: bool,
}

fn shared() -> bool {
    true
}

/// What is changed of a view.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ViewPatch {
    /// What the operators call it.
    name: Option<String>,
    /// Whom it shows.
    filter: Option<FilterForm>,
    /// What the grid shows of them, in order.
    columns: Option<Vec<String>>,
    /// In which order they stand.
    #[schema(value_type = Option<String>)]
    sort: Option<Sort>,
    /// Whether all operators see it.
    shared: Option<bool>,
}

/// The site's views that one may see, oldest first.
#[utoipa::path(get, path = "/admin/views", tag = "back-office", security(("operator" = [])),
    responses((status = 200, body = Page<View>), (status = 401, body = ProblemBody)))]
async fn list_views(State(app): State<App>, me: SignedInOperator) -> Answer<Json<Page<View>>> {
    let rows = Sql::assembled(format!("{COLUMNS} AND (owner_id IS NULL OR owner_id = $2) ORDER BY id"));
    let rows = rows.bind(me.site.id.0).bind(me.operator.id);
    let rows: Vec<ViewRow> = rows.all(&mut app.db.read().await?).await?;
    Ok(Json(Page { items: rows.into_iter().map(view).collect(), next: None }))
}

/// Saves a view.
#[utoipa::path(post, path = "/admin/views", tag = "back-office", security(("operator" = [])), request_body = NewView,
    responses((status = 201, body = View), (status = 401, body = ProblemBody), (status = 409, body = ProblemBody),
        (status = 422, body = ProblemBody)))]
async fn create_view(
    State(app): State<App>,
    me: SignedInOperator,
    Body(new): Body<NewView>,
) -> Answer<(StatusCode, Json<View>)> {
    Ok((StatusCode::CREATED, Json(create(&app, me.site.id, &me.actor(), new).await?)))
}

/// Changes a view. If contact rules speak of it, they follow at once.
#[utoipa::path(patch, path = "/admin/views/{view}", tag = "back-office", security(("operator" = [])),
    params(("view" = String, Path, description = "Its id")), request_body = ViewPatch,
    responses((status = 200, body = View), (status = 401, body = ProblemBody), (status = 404, body = ProblemBody),
        (status = 422, body = ProblemBody)))]
async fn patch_view(
    State(app): State<App>,
    me: SignedInOperator,
    Path(id): Path<String>,
    Body(patch): Body<ViewPatch>,
) -> Answer<Json<View>> {
    let (site, id) = (me.site.id, id_of(&id)?);
    let before = rules::Watched::of(&app, &me.site).await?;
    let _order = app.order(site.0).await;
    let mut tx = app.db.write("view_change").await?;
    let mut changed = seen(&mut tx, &me, id).await?;
    if changed.in_rules {
        // A segment decides who may reach whom.
        me.require(Role::Admin)?;
    }
    apply(&mut changed, patch, me.operator.id, &populations::by_slug(&mut tx, site).await?)?;
    sql(
        "UPDATE view SET name = $3, filter = $4, columns = $5, sort = $6, owner_id = $7 WHERE site_id = $1 AND id = $2",
    )
    .bind(site.0)
    .bind(id)
    .bind(&*changed.name)
    .bind(super::store::json(&changed.filter))
    .bind(super::store::json(&changed.columns))
    .bind(changed.sort.to_string())
    .bind(changed.owner)
    .run(&mut tx)
    .await?;
    note(&app, &mut tx, (site, &me.actor()), "view.change", (id, &changed)).await?;
    if changed.in_rules {
        classes::reclassify(&app, &mut tx, site).await?;
    }
    let committed = tx.commit().await?;
    if changed.in_rules {
        app.members.forget_site(site);
        before.tell(&app, &me.site).await?;
    }
    drop(committed);
    Ok(Json(changed))
}

/// Deletes a view. Refused while contact rules speak of it.
#[utoipa::path(delete, path = "/admin/views/{view}", tag = "back-office", security(("operator" = [])),
    params(("view" = String, Path, description = "Its id")),
    responses((status = 204), (status = 401, body = ProblemBody), (status = 404, body = ProblemBody), (status = 409, body = ProblemBody)))]
async fn delete_view(State(app): State<App>, me: SignedInOperator, Path(id): Path<String>) -> Answer<StatusCode> {
    let (site, id) = (me.site.id, id_of(&id)?);
    let _order = app.order(site.0).await;
    let mut tx = app.db.write("view_delete").await?;
    let gone = seen(&mut tx, &me, id).await?;
    rules::refuse_if_used(&mut tx, site, id).await?;
    note(&app, &mut tx, (site, &me.actor()), "view.delete", (id, &gone)).await?;
    sql("DELETE FROM view WHERE site_id = $1 AND id = $2").bind(site.0).bind(id).run(&mut tx).await?;
    drop(tx.commit().await?);
    Ok(StatusCode::NO_CONTENT)
}

/// What one does with a view that others see is written down.
async fn note(
    app: &App,
    tx: &mut Tx,
    (site, by): (SiteId, &Actor),
    action: &'static str,
    (id, view): (i64, &View),
) -> Result<(), DbError> {
    if !view.shared {
        return Ok(());
    }
    let detail = json!({"name": view.name, "filter": view.filter, "in_rules": view.in_rules});
    audit::write(app, tx, site, by, action, &Subject::of("view", id), detail).await
}

/// A view that an operator may see.
async fn seen(tx: &mut Tx, me: &SignedInOperator, id: i64) -> Answer<View> {
    let found = one(tx, me.site.id, id).await?;
    found.filter(|view| view.is_for(me.operator.id)).ok_or_else(Problem::not_found)
}

fn apply(view: &mut View, patch: ViewPatch, me: i64, populations: &[(String, i64)]) -> Answer<()> {
    if let Some(name) = &patch.name {
        view.name = name_of(name)?;
    }
    if let Some(filter) = patch.filter {
        filter.check(populations)?;
        if let Some(passing) = filter.passing().filter(|_| view.in_rules) {
            let why = "contact rules use this view, and can't ask what changes by itself";
            return Err(Problem::invalid(format!("filter.{passing}: {why}")));
        }
        view.filter = filter;
    }
    if let Some(columns) = patch.columns {
        view.columns = check_columns(columns)?;
    }
    view.sort = patch.sort.unwrap_or(view.sort);
    if let Some(shared) = patch.shared {
        if view.in_rules && !shared {
            return Err(Problem::invalid("shared: contact rules use this view"));
        }
        view.shared = shared;
        view.owner = (!shared).then_some(me);
    }
    Ok(())
}

fn check_columns(columns: Vec<String>) -> Answer<Vec<String>> {
    let fits = columns.len() <= MOST_COLUMNS && columns.iter().all(|column| clean_label(column).is_some());
    if fits { Ok(columns) } else { Err(Problem::invalid("columns: at most 40 names of 80 characters")) }
}

/// Saves a view of this operator.
pub async fn create(app: &App, site: SiteId, by: &Actor, new: NewView) -> Answer<View> {
    let mut tx = app.db.write("view_create").await?;
    new.filter.check(&populations::by_slug(&mut tx, site).await?)?;
    if sql("SELECT COUNT(*) FROM view WHERE site_id = $1").bind(site.0).number(&mut tx).await? >= MOST_VIEWS {
        return Err(Problem::with(Code::Conflict, format!("there are {MOST_VIEWS} views already: delete one")));
    }
    let id = app.ids.next(&app.clock);
    let view = View {
        id: ids::show(id),
        name: name_of(&new.name)?,
        filter: new.filter,
        columns: check_columns(new.columns)?,
        sort: new.sort,
        shared: new.shared,
        in_rules: false,
        owner: (!new.shared).then_some(by.id),
    };
    sql("INSERT INTO view (id, site_id, name, filter, columns, sort, in_rules, owner_id, created_at) \
         VALUES ($1, $2, $3, $4, $5, $6, FALSE, $7, $8)")
    .bind(id)
    .bind(site.0)
    .bind(&*view.name)
    .bind(super::store::json(&view.filter))
    .bind(super::store::json(&view.columns))
    .bind(view.sort.to_string())
    .bind(view.owner)
    .bind(app.clock.now())
    .run(&mut tx)
    .await?;
    note(app, &mut tx, (site, by), "view.create", (id, &view)).await?;
    drop(tx.commit().await?);
    Ok(view)
}

fn name_of(name: &str) -> Answer<String> {
    clean_label(name).ok_or_else(|| Problem::said("refusal.name"))
}

/// One view of a site.
pub async fn one(on: impl Into<Link<'_>>, site: SiteId, id: i64) -> Result<Option<View>, DbError> {
    let row = Sql::assembled(format!("{COLUMNS} AND id = $2")).bind(site.0).bind(id);
    Ok(row.maybe::<ViewRow>(on).await?.map(view))
}

impl View {
    /// Whether contact rules can speak of it: it is everybody's, and asks nothing that changes by itself.
    pub fn can_be_a_segment(&self) -> bool {
        self.shared && self.filter.passing().is_none()
    }

    /// Whether an operator sees it.
    pub fn is_for(&self, operator: i64) -> bool {
        self.owner.is_none_or(|owner| owner == operator)
    }
}

/// Those that rules speak of.
pub(super) async fn in_rules(tx: &mut Tx, site: SiteId) -> Result<Vec<(i64, Filter)>, DbError> {
    let rows = sql("SELECT id, filter FROM view WHERE site_id = $1 AND in_rules = TRUE").bind(site.0);
    let rows: Vec<(i64, String)> = rows.all(tx).await?;
    let filter = |text: &str| serde_json::from_str::<FilterForm>(text).unwrap_or_default().filter();
    Ok(rows.into_iter().map(|(id, text)| (id, filter(&text))).collect())
}

/// Rules speak of these, and of no others.
pub(super) async fn set_in_rules(tx: &mut Tx, site: SiteId, ids: &BTreeSet<i64>) -> Result<(), DbError> {
    sql("UPDATE view SET in_rules = FALSE WHERE site_id = $1").bind(site.0).run(&mut *tx).await?;
    if ids.is_empty() {
        return Ok(());
    }
    let text = format!("UPDATE view SET in_rules = TRUE WHERE site_id = $1 AND id IN ({})", list(2, ids.len()));
    Sql::assembled(text).bind(site.0).bind_each(ids.iter().copied()).run(tx).await.map(drop)
}
