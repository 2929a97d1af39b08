//! Settings over HTTP.

use super::actions;
use super::embed::{self, EmbedCheck};
use super::texts::{self, Sentence};
use crate::app::App;
use crate::operators::{Role, SignedInOperator};
use crate::platform::clock::rfc3339;
use crate::platform::http::{Answer, Body, MaybeBody, Page, ProblemBody, Query};
use crate::platform::ids;
use crate::sites::{Settings, Site};
use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The routes of this slice.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(read_settings, patch_settings))
        .routes(routes!(read_secret))
        .routes(routes!(rotate_secret))
        .routes(routes!(read_own_site, patch_site))
        .routes(routes!(list_texts))
        .routes(routes!(check_embed))
}

/// The site's settings.
#[utoipa::path(get, path = "/admin/settings", tag = "back-office", security(("operator" = [])),
    responses((status = 200, body = Settings), (status = 401, body = ProblemBody), (status = 404, body = ProblemBody)))]
async fn read_settings(me: SignedInOperator) -> Answer<Json<Settings>> {
    me.require(Role::Admin)?;
    Ok(Json(me.site.settings.clone()))
}

/// Changes the settings it names (RFC 7396): null brings a default back. Takes effect at once.
#[utoipa::path(patch, path = "/admin/settings", tag = "back-office", security(("operator" = [])),
    request_body(content = Settings, description = "A merge patch of the settings"),
    responses((status = 200, body = Settings), (status = 401, body = ProblemBody), (status = 404, body = ProblemBody),
        (status = 422, body = ProblemBody)))]
async fn patch_settings(
    State(app): State<App>,
    me: SignedInOperator,
    Body(patch): Body<serde_json::Value>,
) -> Answer<Json<Settings>> {
    me.require(Role::Admin)?;
    if patch.get("jwks_url").is_some() {
        // Whoever publishes the keys can be any member, as whoever has the secret.
        me.require(Role::Owner)?;
    }
    Ok(Json(actions::change(&app, &me, &patch).await?))
}

/// With what the website signs its members in.
#[derive(Serialize, ToSchema)]
struct SiteSecret {
    /// Its UTF-8 bytes are the key of HS256.
    secret: String,
    /// Until when tokens signed with the one before are taken; null: not any more.
    previous_until: Option<String>,
}

impl SiteSecret {
    fn of(site: &Site, now: i64) -> SiteSecret {
        let until = site.previous.as_ref().map(|(_, until)| *until).filter(|until| *until > now);
        SiteSecret { secret: site.secret.clone(), previous_until: until.map(rfc3339) }
    }
}

/// The secret that signs member tokens. Owners only: who has it can be any member.
#[utoipa::path(get, path = "/admin/settings/secret", tag = "back-office", security(("operator" = [])),
    responses((status = 200, body = SiteSecret), (status = 401, body = ProblemBody), (status = 404, body = ProblemBody)))]
async fn read_secret(State(app): State<App>, me: SignedInOperator) -> Answer<Json<SiteSecret>> {
    me.require(Role::Owner)?;
    Ok(Json(SiteSecret::of(&me.site, app.clock.now())))
}

/// How a secret is replaced.
#[derive(Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
struct Rotation {
    /// For how long tokens signed with the old one are still taken: 24 unless given.
    #[schema(minimum = 0, maximum = 168)]
    keep_hours: Option<i64>,
}

/// Makes a new secret. Member tokens signed with the old one are taken for some hours more.
#[utoipa::path(post, path = "/admin/settings/secret/rotate", tag = "back-office", security(("operator" = [])),
    request_body = Option<Rotation>,
    responses((status = 200, body = SiteSecret), (status = 401, body = ProblemBody), (status = 404, body = ProblemBody),
        (status = 422, body = ProblemBody)))]
async fn rotate_secret(
    State(app): State<App>,
    me: SignedInOperator,
    MaybeBody(form): MaybeBody<Rotation>,
) -> Answer<Json<SiteSecret>> {
    me.require(Role::Owner)?;
    let site = actions::rotate(&app, &me, form.keep_hours).await?;
    Ok(Json(SiteSecret::of(&site, app.clock.now())))
}

/// The site, for its staff.
#[derive(Serialize, ToSchema)]
struct OwnSite {
    /// Ours.
    id: String,
    /// Its place in addresses.
    slug: String,
    /// What people call it.
    name: String,
    /// How people reach the server.
    public_url: String,
    /// What a page carries that embeds it.
    embed: String,
}

impl OwnSite {
    fn of(app: &App, site: &Site) -> OwnSite {
        let (public_url, slug) = (app.public_url.clone(), site.slug.clone());
        let embed = format!("<script type=\"module\" src=\"{public_url}/embed.js\" data-site=\"{slug}\"></script>");
        OwnSite { id: ids::show(site.id.0), slug, name: site.name.clone(), public_url, embed }
    }
}

/// The site, and what a page carries that embeds it.
#[utoipa::path(get, path = "/admin/site", tag = "back-office", security(("operator" = [])),
    responses((status = 200, body = OwnSite), (status = 401, body = ProblemBody)))]
async fn read_own_site(State(app): State<App>, me: SignedInOperator) -> Json<OwnSite> {
    Json(OwnSite::of(&app, &me.site))
}

/// What changes of the site itself.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct SitePatch {
    /// What people call it: 1 to 100 characters.
    name: Option<String>,
}

/// Gives the site another name; everybody connected is told.
#[utoipa::path(patch, path = "/admin/site", tag = "back-office", security(("operator" = [])), request_body = SitePatch,
    responses((status = 200, body = OwnSite), (status = 401, body = ProblemBody), (status = 404, body = ProblemBody),
        (status = 422, body = ProblemBody)))]
async fn patch_site(
    State(app): State<App>,
    me: SignedInOperator,
    Body(patch): Body<SitePatch>,
) -> Answer<Json<OwnSite>> {
    me.require(Role::Admin)?;
    match patch.name {
        Some(name) => Ok(Json(OwnSite::of(&app, &*actions::rename(&app, &me, &name).await?))),
        None => Ok(Json(OwnSite::of(&app, &me.site))),
    }
}

/// A sentence that members see.
#[derive(Serialize, ToSchema)]
struct TextView {
    /// By which it is told from others.
    key: String,
    /// What it may be given, as `{name}`.
    placeholders: Vec<String>,
    /// As it is built in, by language.
    defaults: BTreeMap<String, String>,
    /// As the site says it, by language.
    custom: BTreeMap<String, String>,
}

impl From<Sentence> for TextView {
    fn from(Sentence { key, placeholders, defaults, custom }: Sentence) -> TextView {
        TextView { key, placeholders, defaults, custom }
    }
}

/// The sentences that members see: as they are built in, and as the site says them. All in one page.
#[utoipa::path(get, path = "/admin/texts", tag = "back-office", security(("operator" = [])),
    responses((status = 200, body = Page<TextView>), (status = 401, body = ProblemBody), (status = 404, body = ProblemBody)))]
async fn list_texts(me: SignedInOperator) -> Answer<Json<Page<TextView>>> {
    me.require(Role::Admin)?;
    let items = texts::all(&me.site.settings.texts).into_iter().map(TextView::from).collect();
    Ok(Json(Page { items, next: None }))
}

/// Which page.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
struct PageToCheck {
    /// Its address (http or https).
    url: String,
}

/// Fetches a page and tells whether it really carries the script and the elements of the site.
#[utoipa::path(get, path = "/admin/embed/check", tag = "back-office", security(("operator" = [])), params(PageToCheck),
    responses((status = 200, body = EmbedCheck), (status = 401, body = ProblemBody), (status = 404, body = ProblemBody),
        (status = 422, body = ProblemBody)))]
async fn check_embed(
    State(app): State<App>,
    me: SignedInOperator,
    Query(page): Query<PageToCheck>,
) -> Answer<Json<EmbedCheck>> {
    me.require(Role::Admin)?;
    Ok(Json(embed::check(&app, &me.site, &page.url).await?))
}
