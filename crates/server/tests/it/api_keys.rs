//! API keys: a website's own server acts as its site.

use crate::harness::{Site, client_id};
use serde_json::{Value, json};

async fn key_of(site: &Site, name: &str) -> (Value, crate::harness::Api) {
    let olga = site.operator("Olga", "owner").await;
    let made = olga.post("admin/api-keys", json!({"name": name})).await.is(201);
    let api = site.api.with_token(made["key"].as_str().unwrap());
    (made, api)
}

#[tokio::test]
async fn a_key_acts_as_the_site() {
    let site = Site::start().await;
    let (made, key) = key_of(&site, "Website").await;
    let anna = site.member("anna").await;
    assert!(made["key"].as_str().unwrap().starts_with("pvk_") && made["last_used_at"].is_null(), "{made}");
    let desk = key.post("admin/conversations", json!({"kind": "organizer", "member": anna.id})).await.is(201);
    let path = format!("admin/conversations/{}/messages", desk["id"].as_str().unwrap());
    let message = key.post(&path, json!({"client_id": client_id(), "body": "Your stand is ready."})).await.is(201);
    assert_eq!(message["author"]["name"], "Salon des Savoirs");
    key.get("admin/settings").await.is(200);
    key.post("admin/rooms", json!({"name": "Hall"})).await.is(201);
    let entry = key.all("admin/audit", 50).await.remove(0);
    assert_eq!((&entry["actor"]["kind"], &entry["actor"]["name"]), (&json!("api_key"), &json!("Website")));
}

#[tokio::test]
async fn only_its_hash_is_kept() {
    let site = Site::start().await;
    let (made, _) = key_of(&site, "Website").await;
    let key = made["key"].as_str().unwrap();
    assert!(!site.dump().await.contains(key));
    let olga = site.operator_signs_in("olga@staff.example").await;
    let listed = olga.all("admin/api-keys", 50).await;
    assert_eq!(listed.len(), 1);
    assert!(listed[0].get("key").is_none());
    assert_eq!((&listed[0]["name"], &listed[0]["made_by"]), (&json!("Website"), &json!("Olga")));
    assert!(key.starts_with(listed[0]["prefix"].as_str().unwrap()));
}

#[tokio::test]
async fn a_revoked_key_holds_no_longer() {
    let site = Site::start().await;
    let (made, key) = key_of(&site, "Website").await;
    key.get("admin/members").await.is(200);
    let olga = site.operator_signs_in("olga@staff.example").await;
    assert!(olga.all("admin/api-keys", 50).await[0]["last_used_at"].is_string());
    let path = format!("admin/api-keys/{}", made["id"].as_str().unwrap());
    let stranger = site.neighbour("other").await.operator("Otto", "owner").await;
    stranger.delete(&path).await.refused(404, "not_found");
    olga.delete(&path).await.is(204);
    key.get("admin/members").await.refused(401, "unauthorized");
    olga.delete(&path).await.refused(404, "not_found");
    let acts: Vec<Value> = olga.all("admin/audit", 50).await.into_iter().map(|mut one| one["action"].take()).collect();
    assert_eq!(acts, ["api_key.revoke", "api_key.create"]);
}

#[tokio::test]
async fn a_key_reaches_its_own_site_only() {
    let site = Site::start().await;
    let (_, key) = key_of(&site, "Website").await;
    let there = site.neighbour("other").await.member("yan").await;
    key.get(&format!("admin/members/{}", there.id)).await.refused(404, "not_found");
    assert!(key.all("admin/members", 50).await.is_empty());
    for personal in ["admin/me", "admin/me/sessions", "admin/operators", "admin/api-keys"] {
        key.get(personal).await.refused(404, "not_found");
    }
    key.get("me").await.refused(401, "unauthorized");
    site.api.with_token("pvk_made-up").get("admin/members").await.refused(401, "unauthorized");
}
