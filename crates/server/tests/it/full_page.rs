//! The messenger as a full page: what it is served with so that it can be installed, site by site.

use crate::harness::{Answer, Site};
use reqwest::Method;
use serde_json::json;

const MANIFEST: &str = "/app/demo/manifest.webmanifest";

async fn asked_in(site: &Site, path: &str, language: &str) -> Answer {
    site.api.send(site.api.request(Method::GET, path).header("accept-language", language)).await
}

#[tokio::test]
async fn the_page_stands_at_its_site_with_and_without_a_slash() {
    let site = Site::start().await;
    for address in ["/app/demo", "/app/demo/", "/app/page.html"] {
        let page = site.api.get(address).await;
        assert_eq!(page.headers["content-type"], "text/html; charset=utf-8", "{address}");
        assert_eq!(page.headers["cache-control"], "no-cache", "{address}");
        let policy = page.headers["content-security-policy"].to_str().unwrap().to_owned();
        for part in ["default-src 'none'", "manifest-src 'self'", "worker-src 'self'", "frame-ancestors 'none'"] {
            assert!(policy.contains(part), "{address}: no {part} in {policy}");
        }
        assert!(page.is(200).as_str().unwrap().contains("<parvis-direct-messages>"), "{address}");
    }
}

#[tokio::test]
async fn where_no_site_is_nothing_is_found() {
    let site = Site::start().await;
    for path in ["/app/elsewhere", "/app/elsewhere/", "/app/elsewhere/manifest.webmanifest", "/app/", "/app/demo/more"]
    {
        site.api.get(path).await.refused(404, "not_found");
    }
    for path in ["/app-icons/64.png", "/app-icons/..%2fapp%2findex.html", "/app/manifest.webmanifest"] {
        site.api.get(path).await.refused(404, "not_found");
    }
}

#[tokio::test]
async fn the_manifest_says_what_the_site_is() {
    let site = Site::start().await;
    let answer = site.api.get(MANIFEST).await;
    assert_eq!(answer.headers["content-type"], "application/manifest+json");
    assert_eq!(answer.headers["cache-control"], "no-cache");
    let manifest = answer.is(200);
    assert_eq!(manifest["name"], "Salon des Savoirs");
    for address in ["id", "start_url", "scope"] {
        assert_eq!(manifest[address], "/app/demo/", "{address}");
    }
    assert_eq!((&manifest["display"], &manifest["theme_color"]), (&json!("standalone"), &json!("#3b5bdb")));

    let other = site.neighbour("demo-2").await;
    let theirs = other.api.get("/app/demo-2/manifest.webmanifest").await.is(200);
    assert_eq!((&theirs["id"], &theirs["scope"]), (&json!("/app/demo-2/"), &json!("/app/demo-2/")));
}

#[tokio::test]
async fn the_manifest_follows_the_sites_colour_and_the_visitors_language() {
    let site = Site::start().await;
    site.configure(json!({"theme": {"accent": "#a61e4d"}})).await;
    assert_eq!(site.api.get(MANIFEST).await.is(200)["theme_color"], "#a61e4d");
    for (asked, spoken) in [("fr-CA, en;q=0.8", "fr"), ("ar", "ar"), ("xx", "en")] {
        let answer = asked_in(&site, MANIFEST, asked).await;
        assert!(answer.headers.get_all("vary").iter().any(|vary| vary == "accept-language"), "{asked}");
        let manifest = answer.is(200);
        assert_eq!((&manifest["lang"], &manifest["dir"]), (&json!(spoken), &json!("auto")), "{asked}");
    }
}

#[tokio::test]
async fn the_worker_is_asked_for_afresh_and_may_ask_its_own_server_alone() {
    let site = Site::start().await;
    let worker = site.api.get("/app/worker.js").await;
    assert_eq!(worker.headers["content-type"], "text/javascript; charset=utf-8");
    assert_eq!(worker.headers["cache-control"], "no-cache");
    assert_eq!(worker.headers["content-security-policy"], "default-src 'none'; connect-src 'self'");
    let etag = worker.headers["etag"].to_str().unwrap().to_owned();
    let again = site.api.request(Method::GET, "/app/worker.js").header("if-none-match", etag);
    assert_eq!(site.api.send(again).await.status, 304);
}

/// What the worker would keep is there: one piece that is missing, and nothing is kept at all.
#[tokio::test]
async fn the_worker_knows_the_pieces_of_its_build() {
    let site = Site::start().await;
    let code = site.api.get("/app/worker.js").await.is(200);
    let (_, list) = code.as_str().unwrap().split_once("const BUILD = ").unwrap();
    let build: serde_json::Value = serde_json::from_str(list.split_once(";\n").unwrap().0).unwrap();
    let pieces: Vec<&str> = build["pieces"].as_array().unwrap().iter().map(|piece| piece.as_str().unwrap()).collect();
    let page = site.api.get("/app/page.html").await.is(200);
    assert!(page.as_str().unwrap().contains(build["entry"].as_str().unwrap()));
    for named in ["/assets/app-", "/assets/core-", "/assets/panel-", "/assets/base.fr-", "/assets/groups.ar-"] {
        assert!(pieces.iter().any(|piece| piece.starts_with(named)), "no {named} in {pieces:?}");
    }
    for foreign in ["/assets/docs", "/assets/admin"] {
        assert!(!pieces.iter().any(|piece| piece.starts_with(foreign)), "{foreign} in {pieces:?}");
    }
    for piece in pieces {
        let answer = site.api.get(piece).await;
        assert_eq!((answer.status, &answer.headers["cache-control"]), (200, &immutable()), "{piece}");
    }
}

fn immutable() -> reqwest::header::HeaderValue {
    reqwest::header::HeaderValue::from_static("public, max-age=31536000, immutable")
}

#[tokio::test]
async fn icons_are_as_large_as_the_manifest_says() {
    let site = Site::start().await;
    let manifest = site.api.get(MANIFEST).await.is(200);
    let icons = manifest["icons"].as_array().unwrap();
    let purposes: Vec<&str> = icons.iter().map(|icon| icon["purpose"].as_str().unwrap()).collect();
    assert_eq!(purposes, ["any", "any", "maskable"]);
    for icon in icons {
        assert_eq!(icon["sizes"], size_of(&site, icon["src"].as_str().unwrap()).await, "{icon}");
        assert_eq!(icon["type"], "image/png");
    }
    assert_eq!(size_of(&site, "/app-icons/apple-touch.png").await, "180x180");
    let page = site.api.get("/app/demo").await.is(200);
    assert!(page.as_str().unwrap().contains("/app-icons/apple-touch.png"));
}

/// As the picture itself has it.
async fn size_of(site: &Site, path: &str) -> String {
    let response = site.api.request(Method::GET, path).send().await.unwrap();
    assert_eq!((response.status().as_u16(), &response.headers()["content-type"]), (200, &png()), "{path}");
    let bytes = response.bytes().await.unwrap();
    assert!(bytes.len() < 8_000, "{path} is of {} bytes", bytes.len());
    let picture = image::load_from_memory(&bytes).unwrap();
    format!("{}x{}", picture.width(), picture.height())
}

fn png() -> reqwest::header::HeaderValue {
    reqwest::header::HeaderValue::from_static("image/png")
}
