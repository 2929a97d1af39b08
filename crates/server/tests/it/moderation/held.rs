use super::{Scene, id, told_of};
use crate::harness::{Socket, client_id, send};
use serde_json::{Value, json};

fn filters() -> Value {
    json!({"moderation": {"filters": [
        {"pattern": "idiot*", "kind": "word", "action": "mask"},
        {"pattern": "voleur", "kind": "word", "action": "hold"},
        {"pattern": "escroc", "kind": "word", "action": "refuse"},
        {"pattern": "example.com", "kind": "link", "action": "hold"},
        {"pattern": "example.org", "kind": "link", "action": "refuse"},
    ]}})
}

#[tokio::test]
async fn a_newcomers_first_messages_wait_and_come_once_they_are_approved() {
    let scene = Scene::with(json!({"hold_first": 1})).await;
    let (mut monas, mut bens) = (scene.inside(&scene.mona).await, scene.inside(&scene.ben).await);
    let name = client_id();
    let held = scene.anna.says(&scene.room, &name, "hello").await.is(202)["held"].take();
    assert_eq!(
        (&held["reason"], &held["body"], &held["client_id"]),
        (&json!("newcomer"), &json!("hello"), &json!(name))
    );
    assert_eq!(held["conversation_id"], scene.room);
    let again = scene.anna.says(&scene.room, &name, "hello").await.is(202)["held"].take();
    assert_eq!(again["id"], held["id"]);
    let told = monas.expect_event("moderation.updated").await;
    assert_eq!((&told["conversation_id"], &told["open"]), (&json!(scene.room), &json!(1)));
    assert_eq!(scene.ben.history(&scene.room).await, [] as [Value; 0]);
    let mine = scene.anna.get(&scene.path("held")).await.is(200);
    assert_eq!(id(&mine["items"][0]), id(&held));
    assert_eq!(scene.ben.get(&scene.path("held")).await.is(200)["items"], json!([]));
    let queue = scene.mona.get(&scene.path("moderation")).await.is(200);
    assert_eq!(queue["held"][0]["author"]["id"], scene.anna.id);
    let path = scene.path(&format!("moderation/held/{}", id(&held)));
    let approved = scene.mona.post(&format!("{path}/approve"), json!({})).await.is(200);
    assert_eq!(approved["state"], "approved");
    let message = bens.expect_message().await;
    assert_eq!((&message["client_id"], &message["body"]), (&json!(name), &json!("hello")));
    assert_eq!(message["author"]["id"], scene.anna.id);
    scene.mona.post(&format!("{path}/approve"), json!({})).await.is(200);
    scene.mona.post(&format!("{path}/reject"), json!({})).await.refused(409, "conflict");
    assert_eq!(scene.ben.history(&scene.room).await.len(), 1);
    // The same once more is the message now; and the next need not wait.
    assert_eq!(scene.anna.says(&scene.room, &name, "hello").await.is(200)["seq"], message["seq"]);
    scene.says(&scene.anna, "there").await.is(201);
    assert_eq!(told_of(&mut bens, "moderation.updated").await, [] as [Value; 0]);
    assert_eq!(monas.expect_event("moderation.updated").await["open"], 0);
    assert_eq!(scene.acts().await, ["held.approve"]);
    assert!(!scene.audit().await.iter().any(|entry| entry.to_string().contains("hello")), "no text in the log");
}

#[tokio::test]
async fn what_is_rejected_is_told_to_its_author_alone() {
    let scene = Scene::with(json!({"hold_first": 3})).await;
    let (mut annas, mut bens) = (scene.inside(&scene.anna).await, scene.inside(&scene.ben).await);
    let command = send(&scene.room, &client_id(), "buy this");
    let held = Socket::accepted(annas.command(command).await)["held"].take();
    let path = scene.path(&format!("moderation/held/{}/reject", id(&held)));
    scene.anna.post(&path, json!({})).await.refused(404, "not_found");
    scene.mona.post(&path, json!({"note": "x".repeat(301)})).await.refused(422, "invalid");
    scene.mona.post(&path, json!({"note": "No adverts, please."})).await.is(200);
    let told = annas.expect_event("held.updated").await["held"].take();
    assert_eq!((&told["state"], &told["note"]), (&json!("rejected"), &json!("No adverts, please.")));
    assert_eq!((&told["id"], &told["body"]), (&held["id"], &json!("buy this")));
    let others = bens.told().await;
    assert!(!others.iter().any(|event| event.to_string().contains("buy this")), "{others:?}");
    let own = scene.anna.get(&scene.path("held")).await.is(200);
    assert_eq!((&own["items"][0]["state"], &own["items"][0]["body"]), (&json!("rejected"), &json!("")));
    assert_eq!(scene.ben.history(&scene.room).await, [] as [Value; 0]);
    // Without a body at all.
    let held = scene.says(&scene.anna, "and this").await.is(202)["held"].take();
    let path = scene.path(&format!("moderation/held/{}/reject", id(&held)));
    scene.mona.send(scene.mona.request(reqwest::Method::POST, &path)).await.is(200);
}

#[tokio::test]
async fn filters_mask_hold_and_refuse() {
    let scene = Scene::start().await;
    scene.site.configure(filters()).await;
    let sent = scene.says(&scene.anna, "Quels IDIOTS !").await.is(201);
    assert_eq!(sent["body"], "Quels •••••• !");
    assert_eq!(scene.ben.history(&scene.room).await[0]["body"], "Quels •••••• !");
    let held = scene.says(&scene.anna, "au voleur, idiot").await.is(202)["held"].take();
    assert_eq!((&held["reason"], &held["body"]), (&json!("word"), &json!("au voleur, •••••")));
    let held = scene.says(&scene.anna, "https://www.example.com/a").await.is(202)["held"].take();
    assert_eq!(held["reason"], "link");
    let said = scene.says(&scene.anna, "quel 3scr0c").await.refused(422, "content_rejected");
    assert!(said.contains("3scr0c"), "{said}");
    let said = scene.says(&scene.anna, "example.org").await.refused(422, "content_rejected");
    assert!(said.contains("example.org"), "{said}");
    // Whoever moderates is trusted; elsewhere, and while moderation is off, nothing is looked for.
    assert_eq!(scene.says(&scene.mona, "voleur, idiot, escroc").await.is(201)["body"], "voleur, idiot, escroc");
    let between = scene.anna.opens_direct(&scene.ben).await;
    assert_eq!(scene.anna.sends(&between, "escroc").await["body"], "escroc");
    scene.site.configure(json!({"features": {"moderation": false}})).await;
    assert_eq!(scene.says(&scene.anna, "escroc").await.is(201)["body"], "escroc");
}

#[tokio::test]
async fn a_whisper_is_never_held_and_an_edit_is_looked_at_too() {
    let scene = Scene::with(json!({"hold_first": 1})).await;
    scene.site.configure(filters()).await;
    let (_annas, mut bens) = (scene.inside(&scene.anna).await, scene.inside(&scene.ben).await);
    let whisper = scene.says(&scene.anna, "@ben un voleur").await.is(201);
    assert_eq!(whisper["whisper_to"][0]["id"], scene.ben.id);
    assert_eq!(bens.expect_message().await["id"], whisper["id"]);
    assert_eq!(scene.mona.get(&scene.path("moderation")).await.is(200)["held"], json!([]));
    let held = scene.says(&scene.anna, "bonjour").await.is(202)["held"].take();
    scene.mona.post(&scene.path(&format!("moderation/held/{}/approve", id(&held))), json!({})).await.is(200);
    let message = bens.expect_message().await;
    scene.anna.edits(&message, "quel escroc").await.refused(422, "content_rejected");
    assert_eq!(scene.anna.edits(&message, "quel idiot").await.is(200)["body"], "quel •••••");
    let answer = scene.anna.edits(&message, "quel voleur").await;
    answer.refused(422, "content_rejected");
}

#[tokio::test]
async fn the_content_policy_holds_everywhere_and_a_room_may_have_its_own() {
    let scene = Scene::with(json!({"content_policy": {"emoji": false}})).await;
    scene.says(&scene.anna, "see https://example.com").await.is(201);
    let said = scene.says(&scene.anna, "hello 🙂").await.refused(422, "content_rejected");
    assert!(said.contains("Emoji"), "{said}");
    scene.says(&scene.mona, "hello 🙂").await.refused(422, "content_rejected");
    let between = scene.anna.opens_direct(&scene.ben).await;
    let hello = scene.anna.sends(&between, "hello 🙂 https://example.com").await;
    scene.site.configure(json!({"content_policy": "text-only"})).await;
    for bad in ["🙂", "https://example.com", "www.example.com", "exa\u{200B}mple.com"] {
        scene.anna.says(&between, &client_id(), bad).await.refused(422, "content_rejected");
        scene.anna.edits(&hello, bad).await.refused(422, "content_rejected");
    }
    scene.anna.sends(&between, "Bonjour, M.Dupont : 3.14 ©").await;
    scene.says(&scene.anna, "the room's own: https://example.com").await.is(201);
}
