use super::{Scene, calling, calls, comes_to, does, open, said, stands, told_that};
use serde_json::{Value, json};

/// What has begun goes on, the next does not start.
#[tokio::test]
async fn switches_and_rules_change_during_a_call() {
    let scene = Scene::start().await;
    let (anna, ben) = (&scene.anna, &scene.ben);
    let (mut annas, mut bens) = (anna.socket().await, ben.socket().await);
    let rung = calls(anna, ben).await;
    scene.site.configure(json!({"features": {"video": false}})).await;
    does(ben, "accept", &rung).await.is(200);
    for features in [json!({"member_chat": false}), json!({"messaging": false})] {
        scene.site.configure(json!({"features": features})).await;
        let signal = json!({"type": "call.signal", "call_id": rung["id"], "data": {"restart": true}});
        crate::harness::Socket::accepted(annas.command(signal).await);
        bens.expect_event("call.signal").await;
        assert_eq!((stands(anna, &rung).await, open(ben).await.len()), ("active".into(), 1));
        calling(&scene.carl, anna, "video").await.refused(403, "feature_off");
    }
    does(anna, "hang-up", &rung).await.is(200);
    scene.site.configure(json!({"features": {"video": true, "member_chat": true, "messaging": true}})).await;
    assert_eq!(said(&scene.last_line(ben).await).0, "ended");

    scene.olga.makes_population("guests").await;
    let call = calls(anna, ben).await;
    scene.olga.changes(anna, json!({"populations": ["guests"]})).await;
    let rule = json!([{"from": "guests", "to": "everyone", "effect": "allow", "rights": ["see", "start", "reply"]}]);
    scene.olga.sets_rules(rule).await;
    does(ben, "accept", &call).await.is(200);
    does(ben, "hang-up", &call).await.is(200);
    calling(anna, ben, "video").await.refused(403, "rule_denied");
}

#[tokio::test]
async fn who_is_shut_out_or_deleted_is_in_no_call() {
    let scene = Scene::start().await;
    let (anna, ben) = (&scene.anna, &scene.ben);
    let mut bens = ben.socket().await;
    let _annas = anna.socket().await;
    let call = calls(anna, ben).await;
    does(ben, "accept", &call).await.is(200);
    scene.olga.lets_chat(anna, false).await;
    told_that(&mut bens, "call.incoming", "ringing").await;
    told_that(&mut bens, "call.updated", "active").await;
    told_that(&mut bens, "call.updated", "ended").await;
    scene.olga.lets_chat(anna, true).await;
    // While it rings: whoever calls gives up, whoever is called has missed it.
    let call = calls(anna, ben).await;
    scene.olga.lets_chat(anna, false).await;
    comes_to(ben, &call, "cancelled").await;
    scene.olga.lets_chat(anna, true).await;
    let call = calls(ben, anna).await;
    scene.olga.delete(&format!("admin/members/{}", anna.id)).await.is(204);
    comes_to(ben, &call, "missed").await;
    calling(ben, anna, "video").await.refused(404, "not_found");
}

#[tokio::test]
async fn a_session_that_ends_takes_its_call_along() {
    let scene = Scene::start().await;
    let (anna, ben) = (&scene.anna, &scene.ben);
    let phone = scene.site.again(ben).await;
    let _here = (anna.socket().await, ben.socket().await);
    let call = calls(anna, ben).await;
    does(&phone, "accept", &call).await.is(200);
    let spare = scene.site.again(ben).await;
    spare.delete("sessions/current").await.is(204);
    assert_eq!(stands(anna, &call).await, "active", "another session of theirs");
    phone.delete("sessions/current").await.is(204);
    assert_eq!(stands(anna, &call).await, "ended");
    let call = calls(ben, anna).await;
    ben.delete("sessions/current").await.is(204);
    assert_eq!(stands(anna, &call).await, "cancelled");
}

/// A call is on one page of each; it can move to another.
#[tokio::test]
async fn a_page_that_is_loaded_again_takes_part() {
    let scene = Scene::start().await;
    let (anna, ben) = (&scene.anna, &scene.ben);
    let mut bens = ben.socket().await;
    let call = calls(anna, ben).await;
    does(ben, "rejoin", &call).await.refused(409, "conflict");
    let path = format!("calls/{}/rejoin", super::text(&call["id"]));
    let moved = anna.post(&path, json!({"device": "second"})).await.is(200);
    assert_eq!((&moved["started_on"], &moved["state"]), (&json!("second"), &json!("ringing")));
    does(ben, "accept", &call).await.is(200);
    let moved = ben.post(&path, json!({"device": "other"})).await.is(200);
    assert_eq!((&moved["answered_on"], &moved["started_on"]), (&json!("other"), &json!("second")));
    told_that(&mut bens, "call.incoming", "ringing").await;
    let news = told_that(&mut bens, "call.updated", "ringing").await;
    assert_eq!((&news["started_on"], &news["answered_on"]), (&json!("second"), &Value::Null));
    told_that(&mut bens, "call.updated", "active").await;
    assert_eq!(told_that(&mut bens, "call.updated", "active").await, moved);
    scene.carl.post(&path, json!({})).await.refused(404, "not_found");
}

#[tokio::test]
async fn calls_are_counted_by_what_became_of_them() {
    let scene = Scene::start().await;
    let (anna, ben) = (&scene.anna, &scene.ben);
    let figures = async || scene.site.api.get("/metrics").await.body.as_str().unwrap().to_owned();
    figures().await;
    let call = calls(anna, ben).await;
    does(ben, "accept", &call).await.is(200);
    let counted = |text: String, line: &str| text.lines().any(|one| one == line);
    crate::harness::eventually("it is counted while it goes on", || async {
        counted(figures().await, "parvis_calls_active 1")
    })
    .await;
    does(ben, "hang-up", &call).await.is(200);
    let line = "parvis_calls_total{outcome=\"ended\"} 1";
    assert!(counted(figures().await, line), "{}", figures().await);
}
