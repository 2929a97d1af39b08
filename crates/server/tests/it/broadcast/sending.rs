use super::{Fair, heard, id};
use crate::harness::{Receiver, Site, client_id};
use serde_json::{Value, json};
use std::time::Duration;

#[tokio::test]
async fn each_gets_it_in_their_own_conversation_and_can_answer() {
    let fair = Fair::of(3).await;
    let [anna, ben, carl] = &fair.visitors[..] else { panic!("three") };
    let with = anna.opens_organizer().await;
    anna.sends(&with, "a question").await;
    let (mut annas, mut bens) = (anna.socket().await, ben.socket().await);
    let mut olgas = fair.olga.socket().await;
    let sent = fair.over(&fair.sends(json!({"filter": {}}), "Doors open at nine").await).await;
    assert_eq!((&sent["delivered"], &sent["by"]["name"]), (&json!(3), &json!("Olga")));
    let told = annas.expect_message().await;
    assert_eq!((&told["conversation_id"], &told["seq"]), (&json!(with), &json!(2)));
    assert_eq!(told["author"], json!({"kind": "operator", "id": fair.olga.id, "name": "Olga"}));
    assert_eq!(bens.expect_event("conversation.updated").await["conversation"]["kind"], "organizer");
    assert_eq!(heard(carl).await, ["Doors open at nine"]);
    let last = loop {
        let event = olgas.expect_event("broadcast.progress").await["broadcast"].take();
        if event["state"] == "done" {
            break event;
        }
    };
    assert_eq!(last["delivered"], 3);
    assert!(olgas.left().iter().all(|event| event["type"] != "message.created"), "one word for all of them");
    // Read, answered: each by itself.
    let bens_with = ben.list().await[0]["id"].as_str().unwrap().to_owned();
    ben.reads(&bens_with, 1).await;
    anna.sends(&with, "thank you").await;
    let now = fair.one(&sent).await;
    assert_eq!((&now["read"], &now["answered"]), (&json!(2), &json!(1)));
    let state = async |state: &str| {
        let path = format!("admin/broadcasts/{}/recipients?state={state}", id(&sent));
        let items = fair.olga.get(&path).await.is(200)["items"].clone();
        items.as_array().unwrap().iter().map(|one| one["member"]["login"].clone()).collect::<Vec<Value>>()
    };
    assert_eq!((state("answered").await, state("read").await), (vec![json!("v0")], vec![json!("v1")]));
    assert_eq!((state("delivered").await, state("waiting").await), (vec![json!("v2")], vec![]));
    // Those who did not read it.
    let after = json!({"follow_up": sent["id"]});
    assert_eq!(fair.preview(after.clone()).await["count"], 1);
    let again = fair.over(&fair.sends(after, "Did you see?").await).await;
    assert_eq!((&again["recipients"], &again["follow_up_of"]), (&json!(1), &sent["id"]));
    assert_eq!(heard(carl).await, ["Doors open at nine", "Did you see?"]);
}

/// A broadcast answers nobody: what was asked before it waits on, and webhooks are told of answers, not of copies.
#[tokio::test]
async fn a_question_waits_on() {
    let site = Site::with_clock_in_hand().await;
    let fair = Fair::with(site, 2).await;
    let receiver = Receiver::start().await;
    let wanted = json!({"url": receiver.url, "events": ["organizer_message.created", "broadcast.finished"]});
    fair.olga.post("admin/webhooks", wanted).await.is(201);
    let anna = &fair.visitors[0];
    let with = anna.opens_organizer().await;
    anna.sends(&with, "a question").await;
    for _ in 0..2 {
        fair.site.advance(Duration::from_secs(60));
        fair.over(&fair.sends(json!({"filter": {}}), "Doors open at nine").await).await;
    }
    let unread = fair.olga.get("admin/conversations?unread=true").await.is(200)["items"].take();
    let ids: Vec<&Value> = unread.as_array().unwrap().iter().map(|one| &one["id"]).collect();
    assert_eq!(ids, [&json!(with)], "and nobody who only got the broadcast");
    let overview = fair.olga.get("admin/overview").await.is(200);
    assert_eq!((&overview["waiting_conversations"], &overview["response_minutes"]), (&json!(1), &Value::Null));
    let told = receiver.is_told(3).await;
    let mut kinds: Vec<String> = told.iter().map(|one| one.body()["type"].as_str().unwrap().to_owned()).collect();
    kinds.sort();
    assert_eq!(kinds, ["broadcast.finished", "broadcast.finished", "organizer_message.created"]);
    fair.olga.answers(&with, "an answer").await;
    assert_eq!(fair.olga.get("admin/overview").await.is(200)["waiting_conversations"], 0);
}

#[tokio::test]
async fn a_second_press_sends_nothing_more() {
    let fair = Fair::of(2).await;
    let wish = json!({"client_id": client_id(), "body": "once"});
    let presses = (0..8).map(|_| fair.asks(json!({"filter": {}}), wish.clone()));
    let answers = futures_util::future::join_all(presses).await;
    let made: Vec<&Value> = answers.iter().map(|answer| &answer.body["id"]).collect();
    assert!(made.iter().all(|one| *one == made[0]), "{made:?}");
    assert_eq!(answers.iter().filter(|answer| answer.status == 201).count(), 1);
    fair.over(&answers[0].body).await;
    for member in &fair.visitors {
        assert_eq!(heard(member).await, ["once"]);
    }
    let list = fair.olga.get("admin/broadcasts").await.is(200);
    assert_eq!(list["items"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn each_reads_it_in_their_own_language() {
    let site = Site::start().await;
    let fair = Fair::with(site, 0).await;
    let french = fair.site.member_with(fair.site.token("f").with("locale", "fr-CA")).await;
    let english = fair.site.member("e").await;
    let text = json!({"client_id": client_id(), "body": "Hello", "bodies": {"fr": "Bonjour"}});
    let sent = fair.asks(json!({"filter": {}}), text).await.is(201);
    fair.over(&sent).await;
    assert_eq!((heard(&french).await, heard(&english).await), (vec!["Bonjour".to_owned()], vec!["Hello".to_owned()]));
    for (bad, code) in [(json!({"french": "x"}), "invalid"), (json!({"fr": ""}), "content_rejected")] {
        let wish = json!({"client_id": client_id(), "body": "Hello", "bodies": bad});
        fair.asks(json!({"filter": {}}), wish).await.refused(422, code);
    }
    let trial = json!({"member": french.id, "body": "Hello", "bodies": {"fr": "Essai"}});
    fair.olga.post("admin/broadcasts/test", trial).await.is(204);
    assert_eq!(heard(&french).await, ["Bonjour", "Essai"]);
    assert_eq!(heard(&english).await, ["Hello"]);
}

#[tokio::test]
async fn it_waits_for_its_time_and_can_be_stopped() {
    let fair = Fair::with(Site::with_clock_in_hand().await, 1).await;
    let at = |minutes: i64| parvis::platform::clock::rfc3339(fair.site.clock().now() + minutes * 60_000);
    let later = |minutes: i64| json!({"client_id": client_id(), "body": "later", "send_at": at(minutes)});
    for bad in [json!(at(-1)), json!("tomorrow"), json!(at(60 * 24 * 400))] {
        let wish = json!({"client_id": client_id(), "body": "later", "send_at": bad});
        fair.asks(json!({"filter": {}}), wish).await.refused(422, "invalid");
    }
    let (sent, stopped) = (fair.asks(json!({"filter": {}}), later(10)).await.is(201), later(20));
    let stopped = fair.asks(json!({"filter": {}}), stopped).await.is(201);
    assert_eq!((&sent["state"], &sent["recipients"]), (&json!("scheduled"), &json!(1)));
    let path = format!("admin/broadcasts/{}/cancel", id(&stopped));
    assert_eq!(fair.olga.post(&path, json!({})).await.is(200)["state"], "cancelled");
    fair.olga.post(&path, json!({})).await.is(200);
    let newcomer = fair.site.member("late").await;
    assert!(heard(&newcomer).await.is_empty());
    fair.site.advance(Duration::from_secs(25 * 60));
    let over = fair.over(&sent).await;
    assert_eq!((&over["state"], &over["delivered"]), (&json!("done"), &json!(2)), "whoever came meanwhile gets it too");
    fair.olga.post(&format!("admin/broadcasts/{}/cancel", id(&sent)), json!({})).await.refused(409, "conflict");
    let acts = fair.olga.get("admin/audit").await.is(200);
    let acts: Vec<&str> = acts["items"].as_array().unwrap().iter().filter_map(|one| one["action"].as_str()).collect();
    assert_eq!(acts[..3], ["broadcast.cancel", "broadcast.schedule", "broadcast.schedule"]);
}

/// The server died after some had it, and before it was written down who.
#[tokio::test]
async fn after_a_crash_it_goes_on_and_nobody_gets_it_twice() {
    let fair = Fair::of(300).await;
    let sent = fair.over(&fair.sends(json!({"filter": {}}), "once").await).await;
    assert_eq!(sent["delivered"], 300);
    fair.site.stores("DELETE FROM broadcast_recipient").await;
    fair.site.stores("UPDATE broadcast SET state = 'sending', place = 0, delivered = 0, finished_at = NULL").await;
    let again = fair.over(&sent).await;
    assert_eq!((&again["delivered"], &again["state"]), (&json!(300), &json!("done")));
    for member in fair.visitors.iter().step_by(37) {
        assert_eq!(heard(member).await, ["once"]);
    }
}

#[tokio::test]
async fn whoever_was_away_for_a_moment_finds_it() {
    let fair = Fair::of(1).await;
    let anna = &fair.visitors[0];
    let socket = anna.socket().await;
    let cursor = socket.cursor.clone();
    socket.leave().await;
    fair.site.shows_gone(&anna.id).await;
    fair.over(&fair.sends(json!({"filter": {}}), "while you were away").await).await;
    let mut back = anna.resumes(&cursor).await;
    let told = back.told().await;
    assert!(told.iter().any(|event| event["type"] == "resync"), "{told:?}");
    assert_eq!(heard(anna).await, ["while you were away"]);
}

/// Whoever looks while it is sent sees everybody once, those who have it first.
#[tokio::test]
async fn the_list_of_recipients_has_everybody_at_any_time() {
    let fair = Fair::of(3).await;
    let lines: String = (0..400).map(|n| format!("guest-{n}\n")).collect();
    let request = fair.olga.request(reqwest::Method::POST, "admin/members/import");
    fair.olga.send(request.body(format!("login\n{lines}"))).await.is(200);
    let sent = fair.sends(json!({"filter": {}}), "hello").await;
    let path = format!("admin/broadcasts/{}/recipients", id(&sent));
    loop {
        let state = fair.one(&sent).await["state"].clone();
        let seen = fair.olga.all(&path, 150).await;
        let ids: std::collections::HashSet<&str> =
            seen.iter().map(|one| one["member"]["id"].as_str().unwrap()).collect();
        assert_eq!((seen.len(), ids.len()), (403, 403));
        let page = fair.olga.get(&format!("{path}?limit=200")).await.is(200);
        assert!(page["items"].as_array().unwrap().is_sorted_by_key(|one| one["state"] == "waiting"));
        if state == "done" {
            break;
        }
    }
}

#[tokio::test]
async fn nobody_who_was_deleted_gets_anything() {
    let fair = Fair::of(2).await;
    let gone = &fair.visitors[0];
    fair.olga.delete(&format!("admin/members/{}", gone.id)).await.is(204);
    let trial = json!({"member": gone.id, "body": "a trial"});
    fair.olga.post("admin/broadcasts/test", trial).await.refused(404, "not_found");
    let members = json!({"members": [gone.id, fair.visitors[1].id]});
    assert_eq!(fair.preview(members).await["count"], 1);
}
