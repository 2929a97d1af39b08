//! What is done to many members at once from the grid.

use super::target::TargetForm;
use crate::app::App;
use crate::audit::{self, Subject};
use crate::members::actions::clean_badges;
use crate::members::many::Changed;
use crate::members::populations;
use crate::members::store::Member;
use crate::operators::{Role, SignedInOperator};
use crate::platform::http::{Answer, Body, Problem, ProblemBody};
use axum::Json;
use axum::extract::{DefaultBodyLimit, State};
use domain::members::fold;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// A selection of a hundred thousand members fits.
const LARGEST_SELECTION: usize = 4 * 1024 * 1024;

/// The routes of this part.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(change_members)).layer(DefaultBodyLimit::max(LARGEST_SELECTION))
}

/// What is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum Deed {
    /// Into a population (its slug).
    AddPopulation,
    /// Out of a population.
    RemovePopulation,
    /// Give a badge.
    AddBadge,
    /// Take a badge.
    RemoveBadge,
    /// Let them use the chat.
    EnableChat,
    /// Shut them out of the chat.
    DisableChat,
}

/// What is done to whom: to `members`, or all of a `view`, or all of a `filter`.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Change {
    /// These members, by their ids.
    #[serde(default)]
    members: Option<Vec<String>>,
    /// All whom a view shows.
    #[serde(default)]
    view: Option<String>,
    /// All whom a filter describes; `{}` is everybody.
    #[serde(default)]
    filter: Option<super::FilterForm>,
    /// What is done.
    r#do: Deed,
    /// The population's slug, or the badge.
    #[serde(default)]
    value: Option<String>,
}

/// What became of it.
#[derive(Serialize, ToSchema)]
struct Done {
    /// How many were meant.
    matched: usize,
    /// How many are otherwise now.
    changed: usize,
}

/// Changes many members at once.
#[utoipa::path(post, path = "/admin/members/bulk", tag = "back-office", security(("operator" = [])), request_body = Change,
    responses((status = 200, body = Done), (status = 401, body = ProblemBody), (status = 404, body = ProblemBody),
        (status = 422, body = ProblemBody)))]
async fn change_members(
    State(app): State<App>,
    me: SignedInOperator,
    Body(change): Body<Change>,
) -> Answer<Json<Done>> {
    let Change { members, view, filter, r#do, value } = change;
    if matches!(r#do, Deed::AddPopulation | Deed::RemovePopulation) {
        // Populations decide who may reach whom.
        me.require(Role::Admin)?;
    }
    let value = check(&app, &me, r#do, value).await?;
    let target = TargetForm { members, view, filter }.read(&app, &me).await?;
    let ids = target.ids(&app, me.site.id).await?;
    let detail = |changed: Option<usize>| json!({"do": r#do, "value": value, "matched": ids.len(), "changed": changed});
    let begun = begin(&app, &me, detail(None)).await?;
    let mut changed = Changed::default();
    let edited = changed.edit(&app, &me.site, &ids, |member| apply(member, r#do, &value)).await;
    // What was changed before something failed is changed: it is written down and told all the same.
    let done = Done { matched: ids.len(), changed: changed.count() };
    let mut tx = app.db.write("members_bulk").await?;
    audit::finish(&mut tx, me.site.id, begun, detail(Some(done.changed))).await?;
    drop(tx.commit().await?);
    changed.tell(&app, &me.site).await?;
    edited?;
    Ok(Json(done))
}

async fn begin(app: &App, me: &SignedInOperator, detail: Value) -> Answer<audit::Begun> {
    let (site, actor) = (me.site.id, me.actor());
    let mut tx = app.db.write("members_bulk").await?;
    let begun =
        audit::begin(app, &mut tx, site, &actor, "members.change", &Subject::of("site", site.0), detail).await?;
    drop(tx.commit().await?);
    Ok(begun)
}

async fn check(app: &App, me: &SignedInOperator, deed: Deed, value: Option<String>) -> Answer<String> {
    let value = value.unwrap_or_default();
    match deed {
        Deed::AddPopulation | Deed::RemovePopulation => {
            let known = populations::known(&mut app.db.read().await?, me.site.id, std::slice::from_ref(&value)).await?;
            known.into_iter().next().ok_or_else(|| Problem::invalid("value: no population of this site"))
        }
        Deed::AddBadge | Deed::RemoveBadge => Ok(clean_badges(std::slice::from_ref(&value))?.concat()),
        Deed::EnableChat | Deed::DisableChat => Ok(String::new()),
    }
}

fn apply(member: &mut Member, deed: Deed, value: &str) -> Answer<()> {
    let badges = &mut member.profile.badges;
    let is_it = |badge: &String| fold(badge) == fold(value);
    match deed {
        Deed::AddPopulation if !member.populations.iter().any(|slug| slug == value) => {
            member.populations.push(value.to_owned());
        }
        Deed::AddPopulation => {}
        Deed::RemovePopulation => member.populations.retain(|slug| slug != value),
        // Whoever has as many as one can have keeps those.
        Deed::AddBadge if badges.len() < 20 && !badges.iter().any(is_it) => badges.push(value.to_owned()),
        Deed::AddBadge => {}
        Deed::RemoveBadge => badges.retain(|badge| !is_it(badge)),
        Deed::EnableChat => member.chat_enabled = true,
        Deed::DisableChat => member.chat_enabled = false,
    }
    Ok(())
}
