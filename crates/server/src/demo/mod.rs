//! The demonstration site: an event's website of several pages, people who don't exist, and what they said.
//!
//! [`seed`] fills the site `demo` once per data folder; [`routes`] serves the website around it. Nothing here is
//! part of a real installation, and none of it needs the network.

mod avatar;
mod content;
mod files;
mod pages;
mod seed;
mod store;

pub use seed::{DemoSite, seed};

use crate::app::App;
use crate::members;
use crate::platform::http::{Answer, Code, Problem};
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, HeaderValue, Request, header};
use axum::middleware::{Next, from_fn};
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum::routing::get;
use axum::{Json, Router, body::Body};
use pages::Writer;
use serde::Deserialize;
use serde_json::json;
use std::sync::Arc;

/// A token from here is valid so long; the messenger asks again before.
const TOKEN_SECONDS: i64 = 3_600;
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; \
    connect-src 'self' ws: wss:; font-src 'self'; form-action 'self'; base-uri 'none'";

#[derive(Clone)]
struct Demo {
    app: App,
    site: Arc<DemoSite>,
}

/// The website.
pub fn routes(app: App, site: DemoSite) -> Router {
    Router::new()
        .route("/", get(async || Redirect::temporary("/demo/")))
        .route("/demo", get(async || Redirect::temporary("/demo/")))
        .route("/demo/en", get(async || Redirect::temporary("/demo/en/")))
        .route("/demo/", get(async |State(demo): State<Demo>| page(&demo, true, "")))
        .route("/demo/en/", get(async |State(demo): State<Demo>| page(&demo, false, "")))
        .route("/demo/{page}", get(async |State(demo): State<Demo>, Path(slug): Path<String>| page(&demo, true, &slug)))
        .route(
            "/demo/en/{page}",
            get(async |State(demo): State<Demo>, Path(slug): Path<String>| page(&demo, false, &slug)),
        )
        .route(
            "/demo/participants/{login}",
            get(async |State(demo): State<Demo>, Path(login): Path<String>| profile(&demo, true, &login)),
        )
        .route(
            "/demo/en/participants/{login}",
            get(async |State(demo): State<Demo>, Path(login): Path<String>| profile(&demo, false, &login)),
        )
        .route("/demo/avatars/{file}", get(portrait))
        .route("/demo/art/{file}", get(async |Path(file): Path<String>| picture(files::art(&file).map(str::to_owned))))
        .route("/demo/site.css", get(async || text("text/css; charset=utf-8", files::STYLE)))
        .route("/demo/site.js", get(async || text("text/javascript; charset=utf-8", files::SCRIPT)))
        .route("/demo/token", get(token))
        .layer(from_fn(protected))
        .with_state(Demo { app, site: Arc::new(site) })
}

async fn protected(request: Request<Body>, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-cache"));
    response
}

fn page(demo: &Demo, french: bool, slug: &str) -> Answer<Html<String>> {
    let writer = Writer { content: &demo.site.content, french, now: demo.app.clock.now() };
    writer.page(slug).map(Html).ok_or_else(Problem::not_found)
}

fn profile(demo: &Demo, french: bool, login: &str) -> Answer<Html<String>> {
    let writer = Writer { content: &demo.site.content, french, now: demo.app.clock.now() };
    writer.profile(login).map(Html).ok_or_else(Problem::not_found)
}

async fn portrait(State(demo): State<Demo>, Path(file): Path<String>) -> Answer<Response> {
    let person = file.strip_suffix(".svg").and_then(|login| demo.site.content.person(login));
    picture(person.and_then(|p| Some(avatar::draw(&p.login, p.look.as_deref()?))))
}

fn picture(svg: Option<String>) -> Answer<Response> {
    let svg = svg.ok_or_else(Problem::not_found)?;
    let headers = [(header::CONTENT_TYPE, "image/svg+xml"), (header::CACHE_CONTROL, "public, max-age=3600")];
    Ok((headers, svg).into_response())
}

fn text(kind: &'static str, text: &'static str) -> impl IntoResponse {
    ([(header::CONTENT_TYPE, kind)], text)
}

#[derive(Deserialize)]
struct TokenQuery {
    login: String,
}

/// A member token for one of those one can be signed in as. A real website makes it for its own signed-in visitor.
async fn token(State(demo): State<Demo>, Query(asked): Query<TokenQuery>, headers: HeaderMap) -> Answer<Response> {
    let from = headers.get("sec-fetch-site").map(|from| from.as_bytes());
    if from.is_some_and(|from| from != b"same-origin") {
        return Err(Problem::new(Code::OriginRefused));
    }
    if !demo.site.content.is_featured(&asked.login) {
        return Err(Problem::not_found());
    }
    let expires = demo.app.clock.now() / 1_000 + TOKEN_SECONDS;
    let token = members::trial_token(&demo.app, &demo.site.site, &asked.login, None, expires).await?;
    Ok(([(header::CACHE_CONTROL, "no-store")], Json(json!({"token": token}))).into_response())
}
