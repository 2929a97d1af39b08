use super::{acts, signs_in, with};
use crate::harness::{PASSWORD, Site};
use serde_json::json;
use std::time::Duration;

#[tokio::test]
async fn one_sees_where_one_is_signed_in_and_ends_it() {
    let site = Site::start().await;
    let olga = site.operator("Olga", "owner").await;
    let there = site.operator_signs_in("olga@staff.example").await;
    let mut socket = there.socket().await;
    let listed = olga.all("admin/me/sessions", 50).await;
    assert_eq!(listed.iter().map(|one| one["current"].clone()).collect::<Vec<_>>(), [json!(false), json!(true)]);
    assert_eq!(listed[0]["address"], "127.0.0.1");
    let other = site.operator("Otto", "owner").await;
    let path = format!("admin/me/sessions/{}", listed[0]["id"].as_str().unwrap());
    other.delete(&path).await.refused(404, "not_found");
    olga.delete(&path).await.is(204);
    assert_eq!(socket.closed().await.0, 4401);
    there.get("admin/me").await.refused(401, "unauthorized");
    assert_eq!(olga.all("admin/me/sessions", 50).await.len(), 1);
}

#[tokio::test]
async fn signing_out_everywhere_else_keeps_this_one() {
    let site = Site::start().await;
    let olga = site.operator("Olga", "owner").await;
    let there = site.operator_signs_in("olga@staff.example").await;
    let otto = site.operator("Otto", "owner").await;
    olga.delete("admin/me/sessions").await.is(204);
    there.get("admin/me").await.refused(401, "unauthorized");
    olga.get("admin/me").await.is(200);
    otto.get("admin/me").await.is(200);
}

#[tokio::test]
async fn when_a_session_was_used_is_known_within_minutes() {
    let site = Site::with_clock_in_hand().await;
    let olga = site.operator("Olga", "owner").await;
    let at = |sessions: Vec<serde_json::Value>| sessions[0]["last_used_at"].clone();
    let first = at(olga.all("admin/me/sessions", 50).await);
    site.advance(Duration::from_secs(299));
    olga.get("admin/me").await.is(200);
    assert_eq!(at(olga.all("admin/me/sessions", 50).await), first);
    site.advance(Duration::from_secs(1));
    olga.get("admin/me").await.is(200);
    crate::harness::eventually("the use is noted", || async { at(olga.all("admin/me/sessions", 50).await) != first })
        .await;
}

#[tokio::test]
async fn another_password_ends_the_other_sessions() {
    let site = Site::start().await;
    let olga = site.operator("Olga", "owner").await;
    let there = site.operator_signs_in("olga@staff.example").await;
    let said = olga.put("admin/me/password", json!({"old": "wrong", "new": "quite another one"})).await;
    assert!(said.refused(422, "invalid").contains("old"));
    olga.put("admin/me/password", json!({"old": PASSWORD, "new": "short"})).await.refused(422, "invalid");
    olga.put("admin/me/password", json!({"old": PASSWORD, "new": "quite another one"})).await.is(204);
    there.get("admin/me").await.refused(401, "unauthorized");
    olga.get("admin/me").await.is(200);
    signs_in(&site, "olga@staff.example", json!({})).await.refused(401, "unauthorized");
    let session = signs_in(&site, "olga@staff.example", json!({"password": "quite another one"})).await.is(201);
    with(&site, &session).get("admin/me").await.is(200);
    assert_eq!(acts(&olga).await, ["operator.password"]);
}

#[tokio::test]
async fn the_password_is_not_guessed_with_a_stolen_session() {
    let site = Site::with_clock_in_hand().await;
    let olga = site.operator("Olga", "owner").await;
    for _ in 0..5 {
        olga.put("admin/me/password", json!({"old": "guess", "new": PASSWORD})).await.refused(422, "invalid");
    }
    olga.put("admin/me/password", json!({"old": PASSWORD, "new": PASSWORD})).await.refused(429, "rate_limited");
    site.advance(Duration::from_secs(30));
    olga.put("admin/me/password", json!({"old": PASSWORD, "new": PASSWORD})).await.is(204);
}

#[tokio::test]
async fn trials_go_to_a_member_of_the_site() {
    let site = Site::start().await;
    let olga = site.operator("Olga", "owner").await;
    let anna = site.member("anna").await;
    let stranger = site.neighbour("other").await.member("yan").await;
    assert_eq!(olga.patch("admin/me", json!({"test_member": anna.id})).await.is(200)["test_member"], anna.id);
    olga.patch("admin/me", json!({"test_member": stranger.id})).await.refused(404, "not_found");
    assert_eq!(olga.patch("admin/me", json!({"name": "O."})).await.is(200)["test_member"], anna.id);
    assert_eq!(olga.patch("admin/me", json!({"test_member": null})).await.is(200)["test_member"], json!(null));
}
