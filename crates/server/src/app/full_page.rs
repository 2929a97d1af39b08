//! The messenger as a full page, at `/app/{site}`, and what lets people install it and open it without a network.

use super::App;
use super::router::web;
use crate::platform::http::{Answer, Path, Problem};
use crate::platform::language::asked_language;
use crate::sites::Site;
use axum::extract::State;
use axum::http::header::{self, HeaderMap, HeaderValue};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use serde::Serialize;
use std::sync::Arc;

/// The colour of the elements where a site has chosen none, as in `web/ui/src/theme`.
const ACCENT: &str = "#3b5bdb";
/// What stands behind the page while it starts, as in `web/app/app.css`.
const BACKGROUND: &str = "#f6f5f2";
/// The worker asks for the page and its pieces, and for nothing else.
const WORKER_POLICY: &str = "default-src 'none'; connect-src 'self'";

/// Those of the full page. Slugs have no dots: no site is called as one of the files.
pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/app/{site}", get(page))
        .route("/app/{site}/", get(page))
        .route("/app/{site}/manifest.webmanifest", get(manifest))
        .route("/app/page.html", get(async |headers: HeaderMap| web("app/index.html", &headers)))
        .route("/app/worker.js", get(worker))
        .route(
            "/app-icons/{file}",
            get(async |Path(file): Path<String>, headers: HeaderMap| web(&format!("app-icons/{file}"), &headers)),
        )
}

async fn page(State(app): State<App>, Path(slug): Path<String>, headers: HeaderMap) -> Answer<Response> {
    site_of(&app, &slug).await?;
    Ok(web("app/index.html", &headers))
}

async fn site_of(app: &App, slug: &str) -> Answer<Arc<Site>> {
    app.sites.by_slug(&app.db, slug).await?.ok_or_else(Problem::not_found)
}

/// One worker for the pages of all sites. It is asked for afresh each time: an update is seen by it.
async fn worker(headers: HeaderMap) -> Response {
    let mut response = web("app/worker.js", &headers);
    response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(WORKER_POLICY));
    response
}

/// How a site's page is once it is installed (<https://www.w3.org/TR/appmanifest/>).
#[derive(Serialize)]
struct Manifest<'a> {
    id: &'a str,
    name: &'a str,
    lang: &'static str,
    /// Whoever named the site did so in a language of their own.
    dir: &'static str,
    start_url: &'a str,
    scope: &'a str,
    display: &'static str,
    theme_color: &'a str,
    background_color: &'static str,
    icons: [Icon; 3],
}

#[derive(Serialize)]
struct Icon {
    src: &'static str,
    sizes: &'static str,
    #[serde(rename = "type")]
    kind: &'static str,
    purpose: &'static str,
}

const fn icon(src: &'static str, sizes: &'static str, purpose: &'static str) -> Icon {
    Icon { src, sizes, kind: "image/png", purpose }
}

const ICONS: [Icon; 3] = [
    icon("/app-icons/192.png", "192x192", "any"),
    icon("/app-icons/512.png", "512x512", "any"),
    icon("/app-icons/maskable-512.png", "512x512", "maskable"),
];

async fn manifest(State(app): State<App>, Path(slug): Path<String>) -> Answer<Response> {
    let site = site_of(&app, &slug).await?;
    // With the slash: else the app of `demo` would be around the page of `demo-2` too.
    let place = format!("/app/{}/", site.slug);
    let manifest = Manifest {
        id: &place,
        name: &site.name,
        lang: asked_language().tag(),
        dir: "auto",
        start_url: &place,
        scope: &place,
        display: "standalone",
        theme_color: site.settings.theme.accent.as_deref().unwrap_or(ACCENT),
        background_color: BACKGROUND,
        icons: ICONS,
    };
    let headers = [
        (header::CONTENT_TYPE, "application/manifest+json"),
        (header::CACHE_CONTROL, "no-cache"),
        (header::VARY, "accept-language"),
    ];
    Ok((headers, Json(manifest)).into_response())
}
