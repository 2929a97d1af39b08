use super::{App, full_page, slices};
use crate::platform::http::{Code, Path, Problem};
use crate::platform::language::in_language;
use crate::platform::{live, telemetry};
use crate::turn::Offer;
use axum::Router;
use axum::extract::ws::WebSocketUpgrade;
use axum::extract::{DefaultBodyLimit, Request, State};
use axum::http::header::{self, HeaderMap, HeaderValue, ORIGIN};
use axum::http::{Method, StatusCode};
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use std::time::Duration;
use tower_http::cors::{Any, CorsLayer};
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::{Modify, OpenApi};
use utoipa_axum::router::OpenApiRouter;

/// Request bodies are texts: the longest message fits several times.
const LARGEST_BODY: usize = 256 * 1024;
/// A socket's frames likewise.
const LARGEST_FRAME: usize = 64 * 1024;
/// What a connection reads into. The library's default of 128 KiB per connection would cost twenty-five
/// times the memory of all the rest (docs/performance.md).
const READ_BUFFER: usize = 1024;

/// Our own pages load nothing from elsewhere but members' pictures, and stand in no frame. (The pages of the API's
/// description have styles in their markup.)
const PAGE_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; \
    img-src 'self' data: http: https:; connect-src 'self'; manifest-src 'self'; worker-src 'self'; \
    base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Parvis",
        description = "Messaging between the members of a website. Errors are RFC 9457 problems with a stable `code`. \
            Times are RFC 3339, UTC. Ids are opaque strings. Live events: the WebSocket at `/api/v1/realtime`.",
        license(name = "MIT OR Apache-2.0")
    ),
    modifiers(&Bearer)
)]
struct Document;

struct Bearer;

impl Modify for Bearer {
    fn modify(&self, document: &mut utoipa::openapi::OpenApi) {
        let components = document.components.get_or_insert_default();
        for (name, whose) in [("member", "a member's session"), ("operator", "an operator's session")] {
            let scheme = HttpBuilder::new()
                .scheme(HttpAuthScheme::Bearer)
                .description(Some(format!("The access token of {whose}")));
            components.add_security_scheme(name, SecurityScheme::Http(scheme.build()));
        }
    }
}

fn api() -> OpenApiRouter<App> {
    OpenApiRouter::with_openapi(Document::openapi()).nest("/api/v1", slices())
}

/// The OpenAPI 3.1 document.
pub fn openapi() -> utoipa::openapi::OpenApi {
    api().split_for_parts().1
}

/// Everything the server answers.
pub fn router(app: App) -> Router {
    let (api, document) = api().split_for_parts();
    let document: &'static str = Box::leak(document.to_json().unwrap_or_default().into_boxed_str());
    Router::new()
        .merge(api)
        .route("/api/v1/realtime", get(realtime))
        .route("/api/openapi.json", get(async move || ([(header::CONTENT_TYPE, "application/json")], document)))
        .route("/api/docs", get(async || Redirect::permanent("/api/docs/")))
        .route("/api/docs/", get(async |headers: HeaderMap| web("docs/index.html", &headers)))
        .route(
            "/api/docs/{file}",
            get(async |Path(file): Path<String>, headers: HeaderMap| web(&format!("docs/{file}"), &headers)),
        )
        .merge(full_page::routes())
        .route("/admin", get(back_office))
        .route("/admin/", get(back_office))
        .route("/admin/{*path}", get(back_office))
        .route("/embed.js", get(async |headers: HeaderMap| web("embed.js", &headers)))
        .route(
            "/assets/{file}",
            get(async |Path(file): Path<String>, headers: HeaderMap| web(&format!("assets/{file}"), &headers)),
        )
        .route("/healthz", get(async || "ok\n"))
        .route("/readyz", get(ready))
        .route("/metrics", get(metrics))
        .fallback(async || Problem::not_found())
        .method_not_allowed_fallback(async || Problem::new(Code::MethodNotAllowed))
        .layer(DefaultBodyLimit::max(LARGEST_BODY))
        .layer(from_fn(in_language))
        .layer(from_fn(uncancelled))
        .layer(from_fn(protected))
        .layer(cross_origin())
        .with_state(app)
}

/// Any page may ask: whether it may use a site is decided by the site's list of origins, on the server.
/// There are no cookies that a foreign page could use.
fn cross_origin() -> CorsLayer {
    CorsLayer::new()
        .allow_origin(Any)
        .allow_methods([Method::GET, Method::POST, Method::PUT, Method::PATCH, Method::DELETE])
        .allow_headers([header::AUTHORIZATION, header::CONTENT_TYPE, header::ACCEPT_LANGUAGE])
        .expose_headers([header::RETRY_AFTER])
        .max_age(Duration::from_secs(7_200))
}

/// What changes something is carried to its end even if the caller hangs up: what was committed is told.
async fn uncancelled(request: Request, next: Next) -> Response {
    if request.method() == Method::GET {
        return next.run(request).await;
    }
    match tokio::spawn(next.run(request)).await {
        Ok(response) => response,
        Err(_) => Problem::new(Code::Internal).into_response(),
    }
}

async fn protected(request: Request, next: Next) -> Response {
    let started = crate::platform::clock::stopwatch();
    let private = request.uri().path().starts_with("/api/v1/");
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    if private {
        // A picture says itself that it may be kept.
        headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    }
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    let status = response.status().as_u16().to_string();
    metrics::counter!("parvis_http_requests_total", "status" => status).increment(1);
    metrics::histogram!("parvis_http_seconds").record(started.elapsed().as_secs_f64());
    response
}

async fn realtime(State(app): State<App>, headers: HeaderMap, upgrade: WebSocketUpgrade) -> Response {
    let origin = headers.get(ORIGIN).map(|o| super::origin_text(o).to_owned());
    upgrade
        .read_buffer_size(READ_BUFFER)
        .max_message_size(LARGEST_FRAME)
        .max_frame_size(LARGEST_FRAME)
        .on_upgrade(move |socket| live::serve(socket, app, origin))
}

async fn metrics(State(app): State<App>) -> String {
    app.turn.tell_metrics();
    telemetry::figures().map(|f| f.render()).unwrap_or_default()
}

/// A relay that can't run is said, and keeps nobody out: people can still write.
async fn ready(State(app): State<App>) -> Response {
    match app.db.ping().await {
        Ok(()) => match app.turn.offer() {
            Some(Offer::Failed(why)) => format!("ready\n{why}\n").into_response(),
            _ => "ready\n".into_response(),
        },
        Err(error) => {
            (StatusCode::SERVICE_UNAVAILABLE, format!("the database does not answer: {error}\n")).into_response()
        }
    }
}

/// One page for every address under it: the page itself knows its screens.
async fn back_office(headers: HeaderMap) -> Response {
    web("admin/index.html", &headers)
}

/// A file of the web parts.
pub(super) fn web(path: &str, headers: &HeaderMap) -> Response {
    let accepted = headers.get(header::ACCEPT_ENCODING).and_then(|h| h.to_str().ok()).unwrap_or_default();
    let accept_br = accepted.split(',').any(|e| e.trim().split(';').next() == Some("br"));
    let Some(asset) = assets::get(path, accept_br) else { return Problem::not_found().into_response() };
    let etag = asset.etag;
    let cache = if asset.immutable { "public, max-age=31536000, immutable" } else { "no-cache" };
    let known = headers.get(header::IF_NONE_MATCH).and_then(|h| h.to_str().ok()) == Some(etag.as_str());
    let mut response = if known {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        ([(header::CONTENT_TYPE, asset.mime)], asset.bytes.into_owned()).into_response()
    };
    let answer = response.headers_mut();
    answer.insert(header::CACHE_CONTROL, HeaderValue::from_static(cache));
    answer.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    if path.ends_with(".html") {
        answer.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(PAGE_POLICY));
    }
    if let Ok(etag) = HeaderValue::from_str(&etag) {
        answer.insert(header::ETAG, etag);
    }
    if let Some(encoding) = asset.encoding.filter(|_| !known) {
        answer.insert(header::CONTENT_ENCODING, HeaderValue::from_static(encoding));
    }
    response
}
