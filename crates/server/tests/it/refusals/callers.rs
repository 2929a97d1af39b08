//! Who is refused on each route.

use super::Scene;
use super::table::{Route, Whose, routes};
use crate::harness::{Api, Site};
use reqwest::header::AUTHORIZATION;
use serde_json::json;
use std::collections::BTreeSet;
use std::time::Duration;

/// A route that is not in the table was not thought about.
#[tokio::test]
async fn every_route_stands_in_the_table() {
    let site = Site::start().await;
    let document = site.api.get("/api/openapi.json").await.is(200);
    let mut described = BTreeSet::new();
    for (path, methods) in document["paths"].as_object().unwrap() {
        for method in methods.as_object().unwrap().keys() {
            described.insert(format!("{} {}", method.to_uppercase(), path.trim_start_matches("/api/v1/")));
        }
    }
    let table: BTreeSet<String> = routes().iter().map(Route::title).collect();
    assert_eq!(table, described);
    for route in routes() {
        let path = format!("/api/v1/{}", route.path);
        let described = &document["paths"][&path][route.method.as_str().to_lowercase()];
        let takes_one = route.body.is_some() || route.takes_a_file();
        assert_eq!(described["requestBody"].is_object(), takes_one, "{}", route.title());
        let needs = match route.whose {
            Whose::Anybody => json!(null),
            Whose::Member | Whose::Chatting => json!([{"member": []}]),
            Whose::Operator | Whose::Admin | Whose::Owner => json!([{"operator": []}]),
        };
        assert_eq!(described["security"], needs, "{}: what the document says of who may", route.title());
    }
}

/// Otherwise the refusals below would prove nothing.
#[tokio::test]
async fn each_works_for_whom_it_is() {
    let scene = Scene::start().await;
    for route in routes() {
        let api = route.rightful(&scene);
        let path = if route.needs_a_call() { scene.rings(&route).await } else { route.own(&scene) };
        let answer = api.send(route.request(api, &path, &scene)).await;
        assert!((200..300).contains(&answer.status), "{}: {} {}", route.title(), answer.status, answer.body);
    }
}

async fn refused_to(api: &Api, route: &Route, scene: &Scene, status: u16, code: &str) {
    api.send(route.request(api, &route.own(scene), scene)).await.refused(status, code);
}

#[tokio::test]
async fn without_a_good_token_of_the_right_kind() {
    let scene = Scene::start().await;
    let before = scene.site.dump().await;
    let vouched = scene.site.token("anna").signed(&scene.site.secret);
    let long = "x".repeat(600);
    for route in routes().iter().filter(|r| r.whose != Whose::Anybody) {
        refused_to(scene.nobody(), route, &scene, 401, "unauthorized").await;
        for token in ["made-up", vouched.as_str(), scene.site.secret.as_str(), long.as_str(), "..", "é"] {
            refused_to(&scene.nobody().with_token(token), route, &scene, 401, "unauthorized").await;
        }
        let good = route.rightful(&scene).token.as_deref().unwrap();
        for header in [format!("Basic {good}"), good.to_owned(), "Bearer".to_owned(), format!("Bearer {good} {good}")] {
            let request = route.request(scene.nobody(), &route.own(&scene), &scene).header(AUTHORIZATION, header);
            scene.nobody().send(request).await.refused(401, "unauthorized");
        }
        let wrong_kind = if route.is_for_staff() { &scene.anna.api } else { &scene.olga.api };
        refused_to(wrong_kind, route, &scene, 401, "unauthorized").await;
    }
    assert_eq!(scene.site.dump().await, before);
}

#[tokio::test]
async fn with_a_session_that_has_expired_or_was_ended() {
    let scene = Scene::of(Site::with_clock_in_hand().await).await;
    let (gone, away) = (scene.site.again(&scene.anna).await, scene.site.operator("Otto", "owner").await);
    gone.delete("sessions/current").await.is(204);
    away.delete("admin/sessions/current").await.is(204);
    let before = scene.site.dump().await;
    for route in routes().iter().filter(|r| r.whose != Whose::Anybody) {
        let api = if route.is_for_staff() { &away.api } else { &gone.api };
        refused_to(api, route, &scene, 401, "unauthorized").await;
    }
    scene.site.advance(Duration::from_secs(25 * 3_600));
    for route in routes().iter().filter(|r| r.whose != Whose::Anybody) {
        refused_to(route.rightful(&scene), route, &scene, 401, "unauthorized").await;
    }
    assert_eq!(scene.site.dump().await, before);
}

#[tokio::test]
async fn who_may_not_chat_keeps_only_the_own_profile_and_the_way_out() {
    let scene = Scene::start().await;
    scene.olga.lets_chat(&scene.anna, false).await;
    let before = scene.site.dump().await;
    for route in routes().iter().filter(|r| r.whose == Whose::Chatting) {
        refused_to(&scene.anna.api, route, &scene, 403, "feature_off").await;
    }
    assert_eq!(scene.site.dump().await, before);
    scene.anna.get("me").await.is(200);
    scene.olga.lets_chat(&scene.anna, true).await;
    scene.site.configure(json!({"features": {"messaging": false}})).await;
    let before = scene.site.dump().await;
    for route in routes().iter().filter(|r| r.whose == Whose::Chatting) {
        refused_to(&scene.anna.api, route, &scene, 403, "feature_off").await;
    }
    assert_eq!(scene.site.dump().await, before);
    scene.anna.delete("sessions/current").await.is(204);
}

/// Above their role there is nothing, not something forbidden.
#[tokio::test]
async fn an_agent_finds_nothing_above_their_role() {
    let scene = Scene::start().await;
    let before = scene.site.dump().await;
    for route in routes().iter().filter(|r| matches!(r.whose, Whose::Admin | Whose::Owner)) {
        refused_to(&scene.agent.api, route, &scene, 404, "not_found").await;
    }
    for route in routes().iter().filter(|r| r.whose == Whose::Owner) {
        refused_to(&scene.admin.api, route, &scene, 404, "not_found").await;
    }
    assert_eq!(scene.site.dump().await, before);
}

/// A site's key is an admin's, and nobody in person.
#[tokio::test]
async fn a_key_finds_nothing_of_persons_and_owners() {
    let scene = Scene::start().await;
    let key = scene.olga.post("admin/api-keys", json!({"name": "Website"})).await.is(201);
    let key = scene.nobody().with_token(key["key"].as_str().unwrap());
    key.get("admin/members").await.is(200);
    let before = scene.site.dump().await;
    let personal = ["me", "sessions", "operators", "api-keys", "settings/secret"].map(|of| format!("admin/{of}"));
    let personal = |path: &str| personal.iter().any(|of| path == of || path.starts_with(&format!("{of}/")));
    for route in routes().iter().filter(|r| r.whose == Whose::Owner || (r.is_for_staff() && personal(r.path))) {
        refused_to(&key, route, &scene, 404, "not_found").await;
    }
    for route in routes().iter().filter(|r| matches!(r.whose, Whose::Member | Whose::Chatting)) {
        refused_to(&key, route, &scene, 401, "unauthorized").await;
    }
    assert_eq!(scene.site.dump().await, before);
}

/// Another site's, others' and nobody's ids are answered alike.
#[tokio::test]
async fn what_is_not_ones_own_is_not_there() {
    let scene = Scene::start().await;
    let before = scene.site.dump().await;
    for route in routes() {
        let api = route.rightful(&scene);
        let mut answers = Vec::new();
        for path in route.absent(&scene) {
            let answer = api.send(route.request(api, &path, &scene)).await;
            answers.push(answer.body.clone());
            answer.refused(404, "not_found");
        }
        assert!(answers.windows(2).all(|two| two[0] == two[1]), "{}: {answers:?}", route.title());
        // A conversation of the own site in which one takes no part.
        if route.whose == Whose::Chatting && route.path.contains("{conversation}") {
            refused_to(&scene.carl.api, &route, &scene, 404, "not_found").await;
        }
    }
    let there = &scene.elsewhere;
    for (api, body) in [
        (&scene.anna.api, json!({"kind": "direct", "member": there.member})),
        (&scene.anna.api, json!({"kind": "direct", "member": "0000000000000"})),
    ] {
        api.post("conversations", body).await.refused(404, "not_found");
    }
    let organizer = json!({"kind": "organizer", "member": there.member});
    scene.olga.post("admin/conversations", organizer).await.refused(404, "not_found");
    let group = json!({"kind": "group", "name": "G", "members": [scene.anna.id, there.member]});
    scene.olga.post("admin/conversations", group).await.refused(422, "invalid");
    assert_eq!(scene.site.dump().await, before);
}

#[tokio::test]
async fn a_method_that_is_not_there() {
    let scene = Scene::start().await;
    for route in routes() {
        let odd = reqwest::Method::from_bytes(b"PROPFIND").unwrap();
        scene.anna.send(scene.anna.request(odd, &route.own(&scene))).await.refused(405, "method_not_allowed");
    }
    scene.anna.get("no/such/path").await.refused(404, "not_found");
}
