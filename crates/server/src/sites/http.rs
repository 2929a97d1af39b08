//! A site over HTTP: what anybody may know of it.

use super::{Accounts, ContentSwitches, Features, Site, Theme, settings};
use crate::app::App;
use crate::platform::http::{Answer, Path, Problem, ProblemBody};
use crate::platform::ids;
use axum::Json;
use axum::extract::State;
use axum::http::HeaderMap;
use serde::Serialize;
use std::collections::BTreeMap;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// What members may know of their site.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct SiteInfo {
    /// Ours.
    pub id: String,
    /// Its place in addresses.
    pub slug: String,
    /// What people call it.
    pub name: String,
    /// What is switched on.
    pub features: Features,
    /// What messages may hold besides text; a room may have its own.
    pub content_policy: ContentSwitches,
    /// How members sign in.
    pub accounts: Accounts,
    /// The site's own sentences: language, key, text.
    pub texts: BTreeMap<String, BTreeMap<String, String>>,
    /// Which list template.
    pub list_template: u8,
    /// Which conversation template.
    pub detail_template: u8,
    /// The order of the conversation list.
    pub list_order: settings::ListOrder,
    /// How the elements look where the page does not say otherwise.
    pub theme: Theme,
}

impl SiteInfo {
    /// What members may know of a site.
    pub fn of(site: &Site) -> SiteInfo {
        let settings = &site.settings;
        SiteInfo {
            id: ids::show(site.id.0),
            slug: site.slug.clone(),
            name: site.name.clone(),
            features: settings.features,
            content_policy: settings.content_policy.switches(),
            accounts: settings.accounts,
            texts: settings.texts.clone(),
            list_template: settings.list_template.into(),
            detail_template: settings.detail_template.into(),
            list_order: settings.list_order,
            theme: settings.theme.clone(),
        }
    }
}

/// The routes of this slice.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(read_site))
}

/// What anybody may know of a site before signing in: its name, its texts, how one signs in.
#[utoipa::path(get, path = "/sites/{slug}", tag = "sites", params(("slug" = String, Path, description = "The site's slug")),
    responses((status = 200, body = SiteInfo), (status = 403, body = ProblemBody), (status = 404, body = ProblemBody)))]
async fn read_site(State(app): State<App>, Path(slug): Path<String>, headers: HeaderMap) -> Answer<Json<SiteInfo>> {
    let site = app.sites.by_slug(&app.db, &slug).await?.ok_or_else(Problem::not_found)?;
    app.check_origin(&site, &headers)?;
    Ok(Json(SiteInfo::of(&site)))
}
