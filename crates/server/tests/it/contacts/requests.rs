use super::{kinds, told_request};
use crate::harness::{Member, Site};
use serde_json::{Value, json};
use std::time::Duration;

async fn pair(site: &Site) -> (Member, Member) {
    (site.member("anna").await, site.member("ben").await)
}

async fn contact(one: &Member, other: &Member) -> Value {
    one.relation(other).await["contact"].clone()
}

#[tokio::test]
async fn one_asks_and_the_other_accepts() {
    let site = Site::start().await;
    let (anna, ben) = pair(&site).await;
    let (mut annas, mut bens) = (anna.socket().await, ben.socket().await);
    let note = "  Bonjour\nBen, nous nous sommes vus au Salon. ";
    let asked = anna.post("contact-requests", json!({"member": ben.id, "note": note})).await.is(201);
    assert_eq!(asked["note"], note.trim());
    let ids = (&asked["from"]["id"], &asked["to"]["id"]);
    assert_eq!((ids, &asked["state"]), ((&json!(anna.id), &json!(ben.id)), &json!("pending")));
    assert_eq!(told_request(&mut annas).await, asked);
    assert_eq!(told_request(&mut bens).await, asked);
    assert_eq!((contact(&anna, &ben).await, contact(&ben, &anna).await), (json!("requested"), json!("received")));
    assert_eq!(ben.relation(&anna).await["contact_request_id"], asked["id"]);
    assert_eq!(
        (anna.requests("sent").await, ben.requests("received").await),
        (vec![asked.clone()], vec![asked.clone()])
    );
    assert!(anna.requests("received").await.is_empty() && ben.requests("sent").await.is_empty());
    assert_eq!(anna.directory("?contact=requested").await, ["ben"]);
    assert_eq!(ben.directory("?contact=received").await, ["anna"]);
    anna.asks_contact(&ben).await.refused(409, "conflict");
    anna.answers_request(&asked, "accept").await.refused(409, "conflict");
    anna.answers_request(&asked, "decline").await.refused(409, "conflict");

    let accepted = ben.accepts(&asked).await;
    assert_eq!(accepted["state"], "accepted");
    assert!(accepted["answered_at"].is_string());
    assert_eq!((told_request(&mut annas).await, told_request(&mut bens).await), (accepted.clone(), accepted.clone()));
    assert_eq!(ben.accepts(&asked).await, accepted, "twice is once");
    assert_eq!((kinds(&mut annas).await, kinds(&mut bens).await), (vec![], vec![]));
    for (one, other) in [(&anna, &ben), (&ben, &anna)] {
        assert_eq!(contact(one, other).await, "accepted");
        assert_eq!(one.directory("?contact=accepted").await, [other.login.as_str()]);
        assert_eq!(one.relation(other).await["can_request_contact"], false);
        one.asks_contact(other).await.refused(409, "conflict");
    }
    assert!(ben.all("contact-requests?box=received&state=pending", 50).await.is_empty());
    assert_eq!(ben.all("contact-requests?box=received&state=accepted", 50).await, std::slice::from_ref(&accepted));
    // Either side ends it.
    let ended = ben.answers_request(&asked, "cancel").await.is(200);
    assert_eq!(ended["state"], "cancelled");
    assert_eq!(told_request(&mut annas).await["state"], "cancelled");
    assert_eq!((contact(&anna, &ben).await, contact(&ben, &anna).await), (json!("none"), json!("none")));
    assert!(anna.requests("sent").await.is_empty() && ben.requests("received").await.is_empty());
}

#[tokio::test]
async fn a_refusal_does_not_show() {
    let site = Site::with_clock_in_hand().await;
    let (anna, ben) = pair(&site).await;
    let cleo = site.member("cleo").await;
    let mut annas = anna.socket().await;
    let (to_ben, to_cleo) = (anna.asks_contact(&ben).await.is(201), anna.asks_contact(&cleo).await.is(201));
    annas.told().await;
    let declined = ben.answers_request(&to_ben, "decline").await.is(200);
    assert_eq!(declined["state"], "declined");
    assert_eq!(kinds(&mut annas).await, Vec::<String>::new());
    assert_eq!(contact(&ben, &anna).await, "none");
    assert!(ben.requests("received").await.is_empty());
    let sent = anna.requests("sent").await;
    assert_eq!(sent, [to_cleo.clone(), to_ben.clone()]);
    let mut relations = [anna.relation(&ben).await, anna.relation(&cleo).await];
    relations.iter_mut().for_each(|relation| relation["contact_request_id"] = Value::Null);
    assert_eq!(relations[0], relations[1]);
    assert_eq!(anna.directory("?contact=requested").await, ["ben", "cleo"]);
    let said = [
        anna.asks_contact(&ben).await.refused(409, "conflict"),
        anna.asks_contact(&cleo).await.refused(409, "conflict"),
    ];
    assert_eq!(said[0], said[1]);
    for one in [&to_ben, &to_cleo] {
        let cancelled = anna.answers_request(one, "cancel").await.is(200);
        assert_eq!(cancelled["state"], "cancelled");
    }
    let mut waits = Vec::new();
    for other in [&ben, &cleo] {
        let answer = anna.asks_contact(other).await;
        waits.push((answer.headers["retry-after"].clone(), answer.refused(429, "rate_limited")));
    }
    assert_eq!(waits[0], waits[1]);
    ben.answers_request(&to_ben, "accept").await.refused(404, "not_found");
    // Seven days after the request, whatever became of it; the session has ended meanwhile.
    site.advance(Duration::from_secs(7 * 86_400 - 1));
    let anna = site.again(&anna).await;
    anna.asks_contact(&ben).await.refused(429, "rate_limited");
    site.advance(Duration::from_secs(1));
    for other in [&ben, &cleo] {
        anna.asks_contact(other).await.is(201);
    }
    assert_eq!(site.again(&ben).await.requests("received").await.len(), 1);
}

#[tokio::test]
async fn an_answer_can_be_taken_back_for_ten_minutes() {
    let site = Site::with_clock_in_hand().await;
    let (anna, ben) = pair(&site).await;
    let mut annas = anna.socket().await;
    let asked = anna.asks_contact(&ben).await.is(201);
    ben.answers_request(&asked, "undo").await.is(200);
    annas.told().await;
    ben.answers_request(&asked, "decline").await.is(200);
    let back = ben.answers_request(&asked, "undo").await.is(200);
    assert_eq!((&back["state"], &back["answered_at"]), (&json!("pending"), &Value::Null));
    assert_eq!(kinds(&mut annas).await, Vec::<String>::new(), "nothing happened, as far as the sender goes");
    assert_eq!(contact(&ben, &anna).await, "received");
    ben.accepts(&asked).await;
    ben.answers_request(&asked, "undo").await.is(200);
    assert_eq!(told_request(&mut annas).await["state"], "accepted");
    assert_eq!(told_request(&mut annas).await["state"], "pending");
    anna.answers_request(&asked, "undo").await.refused(409, "conflict");
    annas.leave().await;
    ben.accepts(&asked).await;
    site.advance(Duration::from_secs(600));
    ben.answers_request(&asked, "undo").await.is(200);
    ben.accepts(&asked).await;
    site.advance(Duration::from_millis(600_001));
    ben.answers_request(&asked, "undo").await.refused(409, "conflict");
    assert_eq!(contact(&anna, &ben).await, "accepted");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn crossing_requests_meet() {
    let site = Site::start().await;
    let (anna, ben) = pair(&site).await;
    let asked = anna.asks_contact(&ben).await.is(201);
    let met = ben.asks_contact(&anna).await.is(200);
    assert_eq!((&met["id"], &met["state"]), (&asked["id"], &json!("accepted")));
    // At the same moment too, and whoever was refused may still be asked.
    for n in 0..5 {
        let (one, other) = (site.member(&format!("one{n}")).await, site.member(&format!("other{n}")).await);
        let (a, b) = tokio::join!(one.asks_contact(&other), other.asks_contact(&one));
        let mut statuses = [a.status, b.status];
        statuses.sort_unstable();
        assert_eq!(statuses, [200, 201]);
        assert_eq!(contact(&one, &other).await, "accepted");
    }
    let (carl, dora) = (site.member("carl").await, site.member("dora").await);
    let asked = carl.asks_contact(&dora).await.is(201);
    dora.answers_request(&asked, "decline").await.is(200);
    assert_eq!(dora.relation(&carl).await["can_request_contact"], true);
    assert_eq!(dora.asks_contact(&carl).await.is(200)["state"], "accepted");
}

#[tokio::test]
async fn contacts_may_write_although_the_other_is_not_contactable() {
    let site = Site::start().await;
    let (anna, ben) = pair(&site).await;
    let carl = site.member("carl").await;
    let asked = anna.asks_contact(&ben).await.is(201);
    ben.accepts(&asked).await;
    ben.patch("me", json!({"contactable": false})).await.is(200);
    carl.knocks(&ben).await.refused(403, "not_contactable");
    carl.asks_contact(&ben).await.refused(403, "not_contactable");
    let relation = carl.relation(&ben).await;
    assert_eq!((&relation["can_message"], &relation["can_request_contact"]), (&json!(false), &json!(false)));
    assert_eq!(anna.relation(&ben).await["can_message"], true);
    let between = anna.opens_direct(&ben).await;
    anna.sends(&between, "we are contacts").await;
    // With requests switched off the routes are closed, and contacts stay contacts.
    site.configure(json!({"features": {"contact_requests": false}})).await;
    for answer in [
        anna.asks_contact(&carl).await,
        anna.get("contact-requests?box=sent").await,
        ben.answers_request(&asked, "cancel").await,
    ] {
        answer.refused(403, "feature_off");
    }
    assert_eq!(anna.relation(&carl).await["can_request_contact"], false);
    assert_eq!(contact(&anna, &ben).await, "accepted");
    site.configure(json!({"features": {"contact_requests": true}})).await;
    ben.answers_request(&asked, "cancel").await.is(200);
    anna.sends(&between, "what was begun goes on").await;
}

#[tokio::test]
async fn requests_that_cannot_be_change_nothing() {
    let site = Site::start().await;
    let (anna, ben) = pair(&site).await;
    let other = site.neighbour("other").await;
    let (yan, zed) = (other.member("yan").await, other.member("zed").await);
    let theirs = yan.asks_contact(&zed).await.is(201);
    let asked = anna.asks_contact(&ben).await.is(201);
    let carl = site.member("carl").await;
    let before = site.dump().await;
    anna.asks_contact(&anna).await.refused(422, "invalid");
    anna.asks_contact(&yan).await.refused(404, "not_found");
    for (form, status, code) in [
        (json!({"member": "nobody"}), 404, "not_found"),
        (json!({"member": carl.id, "note": "x".repeat(301)}), 422, "invalid"),
        (json!({"member": carl.id, "note": "a\u{7}b"}), 422, "invalid"),
        (json!({"member": carl.id, "note": "a\u{0}b"}), 422, "invalid"),
        (json!({"member": carl.id, "note": 7}), 422, "invalid"),
        (json!({"member": carl.id, "notes": "x"}), 422, "invalid"),
        (json!({}), 422, "invalid"),
    ] {
        anna.post("contact-requests", form).await.refused(status, code);
    }
    for how in ["accept", "decline", "cancel", "undo"] {
        carl.answers_request(&asked, how).await.refused(404, "not_found");
        anna.answers_request(&theirs, how).await.refused(404, "not_found");
    }
    for asked in ["", "?box=both", "?box=sent&state=declined", "?box=sent&limit=0", "?box=sent&cursor=x"] {
        anna.get(&format!("contact-requests{asked}")).await.refused(422, "invalid");
    }
    assert_eq!(site.dump().await, before);
    let longest = json!({"member": carl.id, "note": "é".repeat(300)});
    anna.post("contact-requests", longest).await.is(201);
    for n in 0..7 {
        site.member(&format!("m{n}")).await.asks_contact(&anna).await.is(201);
    }
    let received = anna.all("contact-requests?box=received", 3).await;
    let logins: Vec<&str> = received.iter().map(|one| one["from"]["login"].as_str().unwrap()).collect();
    assert_eq!(logins, ["m6", "m5", "m4", "m3", "m2", "m1", "m0"], "newest first, page by page");
}
