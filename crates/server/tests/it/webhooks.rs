//! Webhooks: a website's own server is told what happens.

use crate::harness::{Api, Operator, Receiver, Site, Told, client_id, eventually};
use data_encoding::BASE64;
use hmac::{Hmac, Mac};
use serde_json::{Value, json};
use sha2::Sha256;
use std::time::Duration;

async fn hook(olga: &Operator, receiver: &Receiver, events: &[&str]) -> Value {
    olga.post("admin/webhooks", json!({"url": receiver.url, "events": events})).await.is(201)
}

fn path(hook: &Value, rest: &str) -> String {
    format!("admin/webhooks/{}{rest}", hook["id"].as_str().unwrap())
}

/// The log, oldest first.
async fn log(olga: &Api, hook: &Value) -> Vec<Value> {
    let mut log = olga.all(&path(hook, "/deliveries"), 50).await;
    log.reverse();
    log
}

/// Waits until the log says so.
async fn logged(olga: &Api, hook: &Value, what: &str, is_so: impl Fn(&[Value]) -> bool) {
    eventually(what, async || is_so(&log(olga, hook).await)).await;
}

fn state(one: &Value) -> (&str, i64) {
    (one["state"].as_str().unwrap(), one["attempts"].as_i64().unwrap())
}

/// As a website would check it.
fn is_signed(told: &Told, secret: &str) -> bool {
    let key = BASE64.decode(secret.strip_prefix("whsec_").unwrap().as_bytes()).unwrap();
    let mut mac = Hmac::<Sha256>::new_from_slice(&key).unwrap();
    let (id, at) = (told.header("webhook-id"), told.header("webhook-timestamp"));
    mac.update(format!("{id}.{at}.{}", told.text).as_bytes());
    let expected = format!("v1,{}", BASE64.encode(&mac.finalize().into_bytes()));
    told.header("webhook-signature").split(' ').any(|one| one == expected)
}

#[tokio::test]
async fn what_happens_is_told_and_signed() {
    let site = Site::start().await;
    let (olga, receiver) = (site.operator("Olga", "owner").await, Receiver::start().await);
    let made = hook(&olga, &receiver, &["member.created", "member.updated"]).await;
    let secret = made["secret"].as_str().unwrap();
    let anna = site.member("anna").await;
    anna.patch("me", json!({"headline": "Here"})).await.is(200);
    let told = receiver.is_told(2).await;
    for (one, kind) in told.iter().zip(["member.created", "member.updated"]) {
        assert!(is_signed(one, secret), "{one:?}");
        let body = one.body();
        assert_eq!((&body["type"], &body["data"]["member"]["id"]), (&json!(kind), &json!(anna.id)));
        assert!(body["timestamp"].is_string() && one.header("content-type") == "application/json");
        assert!(!one.text.contains(secret) && !one.text.contains(&site.secret));
    }
    assert_ne!(told[0].header("webhook-id"), told[1].header("webhook-id"));
    logged(&olga, &made, "both are delivered", |log| log.iter().all(|one| state(one) == ("delivered", 1))).await;
    assert_eq!(log(&olga, &made).await[0]["body"], told[0].body());
}

#[tokio::test]
async fn each_is_told_what_it_wants_of_its_own_site() {
    let site = Site::start().await;
    let other = site.neighbour("other").await;
    let (olga, otto) = (site.operator("Olga", "owner").await, other.operator("Otto", "owner").await);
    let (one, two, there) = (Receiver::start().await, Receiver::start().await, Receiver::start().await);
    hook(&olga, &one, &["member.created"]).await;
    hook(&olga, &two, &["organizer_message.created"]).await;
    let made = hook(&otto, &there, &["member.created", "organizer_message.created"]).await;
    let anna = site.member("anna").await;
    let desk = anna.opens_organizer().await;
    anna.sends(&desk, "a question").await;
    olga.answers(&desk, "an answer").await;
    let yan = other.member("yan").await;
    let told = two.is_told(2).await;
    assert_eq!(told[0].body()["data"]["message"]["body"], "a question");
    assert_eq!(told[1].body()["data"]["message"]["author"]["name"], "Olga");
    assert!(told.iter().all(|one| one.body()["data"]["member"]["id"] == json!(anna.id)));
    assert_eq!(one.is_told(1).await[0].body()["data"]["member"]["id"], json!(anna.id));
    assert_eq!(there.is_told(1).await[0].body()["data"]["member"]["id"], json!(yan.id));
    assert_eq!(log(&otto, &made).await.len(), 1);
    olga.get(&path(&made, "")).await.refused(404, "not_found");
    olga.get(&path(&made, "/deliveries")).await.refused(404, "not_found");
}

/// What is sent again happened once.
#[tokio::test]
async fn nothing_is_told_twice_that_happened_once() {
    let site = Site::start().await;
    let (olga, receiver) = (site.operator("Olga", "owner").await, Receiver::start().await);
    let anna = site.member("anna").await;
    let desk = anna.opens_organizer().await;
    let made = hook(&olga, &receiver, &["organizer_message.created", "member.updated"]).await;
    let name = client_id();
    anna.says(&desk, &name, "once").await.is(201);
    anna.says(&desk, &name, "once").await.is(200);
    anna.patch("me", json!({"contactable": true})).await.is(200);
    site.again(&anna).await;
    anna.sends(&desk, "last").await;
    let told: Vec<Value> =
        receiver.is_told(2).await.iter().map(|one| one.body()["data"]["message"]["body"].clone()).collect();
    assert_eq!(told, ["once", "last"]);
    assert_eq!(log(&olga, &made).await.len(), 2);
}

#[tokio::test]
async fn moderation_is_told_without_what_was_said() {
    let site = Site::start().await;
    let (olga, receiver) = (site.operator("Olga", "owner").await, Receiver::start().await);
    site.configure(json!({"features": {"moderation": true}})).await;
    let (anna, ben) = (site.member("anna").await, site.member("ben").await);
    let room = olga.post("admin/rooms", json!({"name": "Hall", "moderation": true, "hold_first": 1})).await.is(201);
    hook(&olga, &receiver, &["report.created", "message.held", "sanction.created", "sanction.lifted"]).await;
    let room = room["id"].as_str().unwrap();
    anna.says(room, &client_id(), "secret words").await.is(202);
    ben.post("reports", json!({"member": anna.id, "reason": "why not"})).await.is(201);
    let ban = json!({"member": anna.id, "kind": "ban", "minutes": 5, "reason": "why not"});
    let ban = olga.post("admin/moderation/sanctions", ban).await.is(201);
    olga.delete(&format!("admin/moderation/sanctions/{}", ban["id"].as_str().unwrap())).await.is(204);
    let told = receiver.is_told(4).await;
    let kinds: Vec<Value> = told.iter().map(|one| one.body()["type"].clone()).collect();
    assert_eq!(kinds, ["message.held", "report.created", "sanction.created", "sanction.lifted"]);
    assert!(told.iter().all(|one| one.text.contains(&anna.id) && !one.text.contains("secret words")));
}

#[tokio::test]
async fn what_is_not_taken_is_tried_again_in_order() {
    let site = Site::with_clock_in_hand().await;
    let (olga, receiver) = (site.operator("Olga", "owner").await, Receiver::start().await);
    let made = hook(&olga, &receiver, &["member.created"]).await;
    receiver.will_answer([500, 302]);
    site.member("anna").await;
    logged(&olga, &made, "the first is refused", |log| state(&log[0]) == ("waiting", 1)).await;
    assert_eq!(
        (&log(&olga, &made).await[0]["status"], &log(&olga, &made).await[0]["error"]),
        (&json!(500), &json!("answered 500"))
    );
    site.member("ben").await;
    site.advance(Duration::from_secs(5));
    logged(&olga, &made, "and again: nobody is followed elsewhere", |log| state(&log[0]) == ("waiting", 2)).await;
    site.advance(Duration::from_secs(30));
    logged(&olga, &made, "both are taken", |log| log.iter().all(|one| one["state"] == "delivered")).await;
    let told = receiver.told();
    let logins: Vec<Value> = told.iter().map(|one| one.body()["data"]["member"]["login"].clone()).collect();
    assert_eq!(logins, ["anna", "anna", "anna", "ben"]);
    let ids: Vec<&str> = told.iter().map(|one| one.header("webhook-id")).collect();
    assert!(ids[0] == ids[1] && ids[1] == ids[2] && ids[2] != ids[3], "{ids:?}");
    assert!(is_signed(&told[2], made["secret"].as_str().unwrap()), "each time anew");
}

#[tokio::test]
async fn in_the_end_it_is_given_up_and_what_came_later_overtakes() {
    let site = Site::with_clock_in_hand().await;
    let (olga, receiver) = (site.operator("Olga", "owner").await, Receiver::start().await);
    let made = hook(&olga, &receiver, &["member.created"]).await;
    receiver.will_answer([500; 4]);
    site.member("anna").await;
    logged(&olga, &made, "tried", |log| state(&log[0]) == ("waiting", 1)).await;
    site.member("ben").await;
    for (at, wait) in [5, 30, 120].into_iter().enumerate() {
        assert_eq!(state(&log(&olga, &made).await[1]), ("waiting", 0));
        site.advance(Duration::from_secs(wait));
        let tried = i64::try_from(at).unwrap() + 2;
        logged(&olga, &made, "tried again", |log| state(&log[0]) == ("waiting", tried)).await;
    }
    logged(&olga, &made, "the later one overtakes", |log| state(&log[1]) == ("delivered", 1)).await;
    receiver.will_answer([500; 4]);
    for (at, wait) in [600, 3_600, 6 * 3_600, 24 * 3_600].into_iter().enumerate() {
        site.advance(Duration::from_secs(wait));
        let olga = site.operator_signs_in("olga@staff.example").await;
        let tried = i64::try_from(at).unwrap() + 5;
        logged(&olga, &made, "tried again", |log| log[0]["attempts"] == tried).await;
    }
    let olga = site.operator_signs_in("olga@staff.example").await;
    let given_up = log(&olga, &made).await.remove(0);
    assert_eq!((state(&given_up), &given_up["next_at"]), (("failed", 8), &json!(null)));
    let again = format!("/deliveries/{}/redeliver", given_up["id"].as_str().unwrap());
    olga.post(&path(&made, &again), json!(null)).await.is(200);
    logged(&olga, &made, "redelivered", |log| state(&log[0]) == ("delivered", 1)).await;
    let told = receiver.told();
    assert_eq!(told.last().unwrap().header("webhook-id"), told[0].header("webhook-id"));
}

#[tokio::test]
async fn one_that_fails_for_five_days_is_switched_off_and_says_so() {
    let site = Site::with_clock_in_hand().await;
    let (olga, receiver) = (site.operator("Olga", "owner").await, Receiver::start().await);
    let made = hook(&olga, &receiver, &["member.created"]).await;
    receiver.will_answer([500; 2]);
    site.member("anna").await;
    logged(&olga, &made, "refused", |log| log[0]["attempts"] == 1).await;
    assert!(olga.get(&path(&made, "")).await.is(200)["failing_since"].is_string());
    site.advance(Duration::from_secs(5 * 24 * 3_600));
    let olga = site.operator_signs_in("olga@staff.example").await;
    logged(&olga, &made, "refused again", |log| log[0]["attempts"] == 2).await;
    let off = olga.get(&path(&made, "")).await.is(200);
    assert_eq!(off["enabled"], false);
    assert!(off["switched_off_at"].is_string(), "{off}");
    // It is told nothing more, but a trial reaches it.
    site.member("ben").await;
    olga.post(&path(&made, "/test"), json!(null)).await.is(201);
    logged(&olga, &made, "the trial arrives", |log| state(log.last().unwrap()) == ("delivered", 1)).await;
    assert_eq!(log(&olga, &made).await.len(), 2);
    let on = olga.patch(&path(&made, ""), json!({"enabled": true})).await.is(200);
    assert_eq!((&on["failing_since"], &on["switched_off_at"]), (&json!(null), &json!(null)));
    site.advance(Duration::from_secs(3_600));
    logged(&olga, &made, "what waited is delivered", |log| log[0]["state"] == "delivered").await;
}

#[tokio::test]
async fn a_rotated_secret_signs_beside_the_new_one_for_a_day() {
    let site = Site::with_clock_in_hand().await;
    let (olga, receiver) = (site.operator("Olga", "owner").await, Receiver::start().await);
    let made = hook(&olga, &receiver, &["ping"]).await;
    let rotated = olga.post(&path(&made, "/rotate"), json!(null)).await.is(200);
    let (old, new) = (made["secret"].as_str().unwrap(), rotated["secret"].as_str().unwrap());
    olga.post(&path(&made, "/test"), json!(null)).await.is(201);
    let told = receiver.is_told(1).await.remove(0);
    assert!(is_signed(&told, old) && is_signed(&told, new));
    site.advance(Duration::from_secs(24 * 3_600));
    let olga = site.operator_signs_in("olga@staff.example").await;
    olga.post(&path(&made, "/test"), json!(null)).await.is(201);
    let told = receiver.is_told(2).await.remove(1);
    assert!(!is_signed(&told, old) && is_signed(&told, new));
}

#[tokio::test]
async fn changes_are_checked_and_written_down() {
    let site = Site::start().await;
    let (olga, receiver) = (site.operator("Olga", "owner").await, Receiver::start().await);
    let made = hook(&olga, &receiver, &["member.created"]).await;
    for bad in
        [json!({"url": "ftp://a.example"}), json!({"events": []}), json!({"events": ["nothing"]}), json!({"url": ""})]
    {
        olga.patch(&path(&made, ""), bad).await.refused(422, "invalid");
    }
    assert!(olga.all("admin/webhooks", 50).await[0].get("secret").is_none());
    olga.patch(&path(&made, ""), json!({"enabled": false})).await.is(200);
    site.member("anna").await;
    olga.post(&path(&made, "/rotate"), json!(null)).await.is(200);
    assert_eq!(log(&olga, &made).await, [] as [Value; 0]);
    olga.delete(&path(&made, "")).await.is(204);
    olga.get(&path(&made, "")).await.refused(404, "not_found");
    let acts: Vec<Value> = olga.all("admin/audit", 50).await.into_iter().map(|mut one| one["action"].take()).collect();
    assert_eq!(acts, ["webhook.delete", "webhook.rotate", "webhook.change", "webhook.create"]);
    assert!(!olga.get("admin/audit").await.is(200).to_string().contains("whsec_"));
}

#[tokio::test]
async fn a_server_that_is_not_there() {
    let site = Site::start().await;
    let (olga, receiver) = (site.operator("Olga", "owner").await, Receiver::start().await);
    let mut away = receiver.clone();
    away.url = "http://127.0.0.1:1/hook".to_owned();
    let made = hook(&olga, &away, &["member.created"]).await;
    site.member("anna").await;
    logged(&olga, &made, "it is away", |log| log[0]["error"] == "the server can't be reached").await;
}

#[tokio::test]
async fn who_is_deleted_and_what_was_broadcast() {
    let site = Site::start().await;
    let (olga, receiver) = (site.operator("Olga", "owner").await, Receiver::start().await);
    let (anna, ben) = (site.member("anna").await, site.member("ben").await);
    hook(&olga, &receiver, &["member.deleted", "broadcast.finished"]).await;
    olga.delete(&format!("admin/members/{}", ben.id)).await.is(204);
    let form = json!({"client_id": client_id(), "body": "To all", "members": [anna.id]});
    let sent = olga.post("admin/broadcasts", form).await.is(201);
    let told = receiver.is_told(2).await;
    let gone = told[0].body();
    assert_eq!((&gone["type"], &gone["data"]["member"]["external_id"]), (&json!("member.deleted"), &json!("ben")));
    assert_eq!(gone["data"]["member"].as_object().unwrap().len(), 2);
    let broadcast = told[1].body();
    assert_eq!(broadcast["type"], "broadcast.finished");
    assert_eq!(broadcast["data"]["broadcast"], json!({"id": sent["id"], "recipients": 1, "delivered": 1}));
    assert_eq!(olga.get("admin/overview").await.is(200)["members"], 1);
}

/// What was told of somebody goes with them: their profile does not stay in a log.
#[tokio::test]
async fn who_is_deleted_is_not_in_the_log_either() {
    let site = Site::start().await;
    let (olga, receiver) = (site.operator("Olga", "owner").await, Receiver::start().await);
    let made = hook(&olga, &receiver, &["member.created", "member.updated", "member.deleted"]).await;
    let token = site.token("b-1").with("login", "benedetta").with("name", "Benedetta");
    let (anna, ben) = (site.member("anna").await, site.member_with(token).await);
    ben.patch("me", json!({"headline": "Somebody special"})).await.is(200);
    receiver.is_told(3).await;
    olga.delete(&format!("admin/members/{}", ben.id)).await.is(204);
    let told = |log: &[Value]| log.len() == 2 && log[1]["state"] == "delivered";
    logged(&olga, &made, "the deletion is told", told).await;
    let log = log(&olga, &made).await;
    let events: Vec<&str> = log.iter().map(|one| one["event"].as_str().unwrap()).collect();
    assert_eq!(events, ["member.created", "member.deleted"]);
    assert!(log[0].to_string().contains(&anna.id));
    let stored = site.dump().await;
    assert!(!stored.contains("Somebody special") && !stored.contains("benedetta"), "{stored}");
}
