use super::{ACCEPT, signs_in, with};
use crate::harness::{PASSWORD, Site};
use parvis::operators::totp;
use serde_json::{Value, json};
use std::time::Duration;

const OLGA: &str = "olga@staff.example";

fn slugs(answer: &Value) -> Vec<&str> {
    answer["sites"].as_array().unwrap().iter().map(|site| site["slug"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn one_switches_between_the_sites_one_belongs_to() {
    let site = Site::start().await;
    let (other, third) = (site.neighbour("other").await, site.neighbour("third").await);
    let here = site.operator("Olga", "agent").await;
    let there = other.operator("Olga", "owner").await;
    third.operator("Otto", "owner").await;
    let session = signs_in(&site, OLGA, json!({})).await.is(201);
    assert_eq!(slugs(&session), ["other"]);
    let me = with(&site, &session);
    assert_eq!(me.all("admin/me/sites", 50).await.len(), 1);
    me.post("admin/sessions/switch", json!({"site": "third"})).await.refused(404, "not_found");
    me.post("admin/sessions/switch", json!({"site": "nowhere"})).await.refused(404, "not_found");
    let switched = me.post("admin/sessions/switch", json!({"site": "other"})).await.is(201);
    assert_eq!((&switched["operator"]["id"], &switched["site"]["slug"]), (&json!(there.id), &json!("other")));
    // And back, as oneself there.
    let back = with(&site, &switched).post("admin/sessions/switch", json!({"site": "demo"})).await.is(201);
    assert_eq!(back["operator"]["id"], json!(here.id));
    assert_eq!(slugs(&back), ["other"]);
    with(&site, &back).get("admin/settings").await.refused(404, "not_found");
}

/// An owner gives their own site's operator any password they like: it opens nothing elsewhere.
#[tokio::test]
async fn nobody_becomes_somebody_elsewhere() {
    let site = Site::start().await;
    let other = site.neighbour("other").await;
    let victim = other.operator("Olga", "owner").await;
    let owner = site.operator("Otto", "owner").await;
    let (_, link) = super::invites(&owner, "Olga", "owner").await;
    let session = site.api.post(ACCEPT, json!({"invitation": link, "password": "chosen by Otto"})).await.is(201);
    assert!(slugs(&session).is_empty());
    with(&site, &session).post("admin/sessions/switch", json!({"site": "other"})).await.refused(404, "not_found");
    let session = signs_in(&site, OLGA, json!({"password": "chosen by Otto"})).await.is(201);
    assert!(slugs(&session).is_empty());
    victim.get("admin/me").await.is(200);
}

/// Otherwise passwords of one site would be guessed through another.
#[tokio::test]
async fn guesses_made_here_count_there() {
    let site = Site::with_clock_in_hand().await;
    let other = site.neighbour("other").await;
    other.operator("Olga", "owner").await;
    let owner = site.operator("Otto", "owner").await;
    let (_, link) = super::invites(&owner, "Olga", "owner").await;
    site.api.post(ACCEPT, json!({"invitation": link, "password": "the first guess"})).await.is(201);
    for _ in 0..10 {
        signs_in(&site, OLGA, json!({"password": "the first guess"})).await.is(201);
    }
    signs_in(&other, OLGA, json!({})).await.refused(429, "rate_limited");
    site.advance(Duration::from_secs(6));
    signs_in(&other, OLGA, json!({})).await.is(201);
}

#[tokio::test]
async fn what_was_proved_at_sign_in_ends_with_that_password() {
    let site = Site::start().await;
    let other = site.neighbour("other").await;
    site.operator("Olga", "agent").await;
    let there = other.operator("Olga", "owner").await;
    let me = with(&site, &signs_in(&site, OLGA, json!({})).await.is(201));
    there.put("admin/me/password", json!({"old": PASSWORD, "new": "known on the other site"})).await.is(204);
    assert!(me.all("admin/me/sites", 50).await.is_empty());
    me.post("admin/sessions/switch", json!({"site": "other"})).await.refused(404, "not_found");
}

#[tokio::test]
async fn the_second_factor_of_the_other_site_is_asked_for() {
    let site = Site::with_clock_in_hand().await;
    let other = site.neighbour("other").await;
    site.operator("Olga", "agent").await;
    let there = other.operator("Olga", "owner").await;
    let offered = there.post("admin/me/totp", json!(null)).await.is(200);
    let secret = totp::read(offered["secret"].as_str().unwrap()).unwrap();
    let code = || totp::now(&secret, site.clock().now());
    there.put("admin/me/totp", json!({"code": code()})).await.is(200);
    site.advance(Duration::from_secs(30));
    let me = with(&site, &signs_in(&site, OLGA, json!({})).await.is(201));
    me.post("admin/sessions/switch", json!({"site": "other"})).await.refused(401, "totp_required");
    me.post("admin/sessions/switch", json!({"site": "other", "code": "000000"})).await.refused(401, "totp_invalid");
    me.post("admin/sessions/switch", json!({"site": "other", "code": code()})).await.is(201);
}

#[tokio::test]
async fn the_other_sites_list_of_origins_holds() {
    let site = Site::start().await;
    let other = site.neighbour("other").await;
    site.operator("Olga", "agent").await;
    other.operator("Olga", "owner").await;
    other.configure(json!({"origins": ["https://www.example.com"]})).await;
    let me = with(&site, &signs_in(&site, OLGA, json!({})).await.is(201));
    let switch = me.request(reqwest::Method::POST, "admin/sessions/switch").json(&json!({"site": "other"}));
    me.send(switch.header("origin", "https://evil.example")).await.refused(403, "origin_refused");
    me.post("admin/sessions/switch", json!({"site": "other"})).await.is(201);
}
