//! Views: saved filters over the members. One that contact rules speak of is a segment: its members follow their
//! data, at once.

use super::{classes, populations};
use crate::app::App;
use crate::operators::SignedInOperator;
use crate::platform::db::{DbError, Link, Sql, Tx, list, sql};
use crate::platform::http::{Answer, Body, Code, Page, Path, Problem, ProblemBody, id_of};
use crate::platform::ids;
use crate::rules;
use crate::sites::SiteId;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use domain::members::{Filter, clean_label, words_of};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// A site never has more.
const MOST_VIEWS: i64 = 500;
/// A condition never has more values, a filter never more attributes.
const MOST_VALUES: usize = 50;

/// The routes of this part.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(list_views, create_view)).routes(routes!(patch_view, delete_view))
}

/// One value, or several of which any will do.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(untagged)]
pub enum OneOrMore {
    /// This one.
    One(String),
    /// Any of these.
    More(Vec<String>),
}

impl OneOrMore {
    fn values(&self) -> Vec<String> {
        match self {
            OneOrMore::One(value) => vec![value.clone()],
            OneOrMore::More(values) => values.clone(),
        }
    }
}

/// The grid's query fields. Every condition that is given must hold; `{}` is everybody.
#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FilterForm {
    /// Words that begin a word of the name, login, headline or interests.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    query: Option<String>,
    /// In this population, or one of these (slugs).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    population: Option<OneOrMore>,
    /// With this badge, or one of these.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    badge: Option<OneOrMore>,
    /// With this interest, or one of these.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    interest: Option<OneOrMore>,
    /// For each declared attribute, this value or one of these.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    attributes: Option<BTreeMap<String, OneOrMore>>,
    /// Who is here now. Not for contact rules.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    connected: Option<bool>,
}

impl FilterForm {
    /// The filter, without who is here now.
    pub fn filter(&self) -> Filter {
        let values = |given: &Option<OneOrMore>| given.as_ref().map(OneOrMore::values).unwrap_or_default();
        Filter {
            populations: values(&self.population),
            badges: values(&self.badge),
            interests: values(&self.interest),
            words: words_of(self.query.as_deref().unwrap_or_default()),
            attributes: self.attributes.iter().flatten().map(|(key, values)| (key.clone(), values.values())).collect(),
        }
    }

    fn check(&self, populations: &[(String, i64)]) -> Answer<()> {
        let filter = self.filter();
        if let Some(slug) = filter.populations.iter().find(|slug| !populations.iter().any(|(known, _)| known == *slug))
        {
            return Err(Problem::invalid(format!("filter.population: {slug:?} is no population of this site")));
        }
        let lists =
            [&filter.populations, &filter.badges, &filter.interests].into_iter().chain(filter.attributes.values());
        let long =
            |list: &Vec<String>| list.len() > MOST_VALUES || list.iter().any(|value| value.chars().count() > 200);
        if filter.words.len() > 8 || filter.attributes.len() > MOST_VALUES || lists.into_iter().any(long) {
            return Err(Problem::invalid(
                "filter: at most 8 words, 50 attributes and 50 values of 200 characters each",
            ));
        }
        Ok(())
    }
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
    /// Whether contact rules speak of it.
    pub in_rules: bool,
}

type ViewRow = (i64, String, String, bool);

fn view((id, name, filter, in_rules): ViewRow) -> View {
    View { id: ids::show(id), name, filter: serde_json::from_str(&filter).unwrap_or_default(), in_rules }
}

/// A view to be made.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewView {
    /// What the operators call it.
    name: String,
    /// Whom it shows.
    filter: FilterForm,
}

/// What is changed of a view.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ViewPatch {
    /// What the operators call it.
    name: Option<String>,
    /// Whom it shows.
    filter: Option<FilterForm>,
}

/// The site's views, oldest first.
#[utoipa::path(get, path = "/admin/views", tag = "back-office", security(("operator" = [])),
    responses((status = 200, body = Page<View>), (status = 401, body = ProblemBody)))]
async fn list_views(State(app): State<App>, me: SignedInOperator) -> Answer<Json<Page<View>>> {
    let rows = sql("SELECT id, name, filter, in_rules FROM view WHERE site_id = $1 ORDER BY id").bind(me.site.id.0);
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
    Ok((StatusCode::CREATED, Json(create(&app, me.site.id, &new.name, new.filter).await?)))
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
    let mut changed = one(&mut tx, site, id).await?.ok_or_else(Problem::not_found)?;
    if changed.in_rules {
        // A segment decides who may reach whom.
        me.require(crate::operators::Role::Admin)?;
    }
    if let Some(name) = &patch.name {
        changed.name = name_of(name)?;
    }
    if let Some(filter) = patch.filter {
        filter.check(&populations::by_slug(&mut tx, site).await?)?;
        if changed.in_rules && filter.connected.is_some() {
            return Err(Problem::invalid("filter.connected: contact rules use this view, and can't ask who is here"));
        }
        changed.filter = filter;
    }
    sql("UPDATE view SET name = $3, filter = $4 WHERE site_id = $1 AND id = $2")
        .bind(site.0)
        .bind(id)
        .bind(&*changed.name)
        .bind(super::store::json(&changed.filter))
        .run(&mut tx)
        .await?;
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
    one(&mut tx, site, id).await?.ok_or_else(Problem::not_found)?;
    rules::refuse_if_used(&mut tx, site, id).await?;
    sql("DELETE FROM view WHERE site_id = $1 AND id = $2").bind(site.0).bind(id).run(&mut tx).await?;
    drop(tx.commit().await?);
    Ok(StatusCode::NO_CONTENT)
}

/// Saves a view.
pub async fn create(app: &App, site: SiteId, name: &str, filter: FilterForm) -> Answer<View> {
    let name = name_of(name)?;
    let mut tx = app.db.write("view_create").await?;
    filter.check(&populations::by_slug(&mut tx, site).await?)?;
    if sql("SELECT COUNT(*) FROM view WHERE site_id = $1").bind(site.0).number(&mut tx).await? >= MOST_VIEWS {
        return Err(Problem::with(Code::Conflict, format!("there are {MOST_VIEWS} views already: delete one")));
    }
    let id = app.ids.next(&app.clock);
    sql("INSERT INTO view (id, site_id, name, filter, in_rules, created_at) VALUES ($1, $2, $3, $4, FALSE, $5)")
        .bind(id)
        .bind(site.0)
        .bind(&*name)
        .bind(super::store::json(&filter))
        .bind(app.clock.now())
        .run(&mut tx)
        .await?;
    drop(tx.commit().await?);
    Ok(View { id: ids::show(id), name, filter, in_rules: false })
}

fn name_of(name: &str) -> Answer<String> {
    clean_label(name).ok_or_else(|| Problem::invalid("name: 1 to 80 characters on one line"))
}

/// One view of a site.
pub async fn one(on: impl Into<Link<'_>>, site: SiteId, id: i64) -> Result<Option<View>, DbError> {
    let row = sql("SELECT id, name, filter, in_rules FROM view WHERE site_id = $1 AND id = $2").bind(site.0).bind(id);
    Ok(row.maybe::<ViewRow>(on).await?.map(view))
}

impl View {
    /// Whether it depends on who is here now.
    pub fn is_passing(&self) -> bool {
        self.filter.connected.is_some()
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
