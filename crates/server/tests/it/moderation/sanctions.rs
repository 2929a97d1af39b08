use super::{Scene, id, told_of};
use crate::harness::{Site, Socket};
use serde_json::{Value, json};
use std::time::Duration;

#[tokio::test]
async fn somebody_who_is_muted_reads_and_does_not_write_and_is_told_why() {
    let scene = Scene::of(Site::with_clock_in_hand().await, json!({})).await;
    let mut annas = scene.inside(&scene.anna).await;
    let made = scene.sanctions(&scene.mona, &scene.anna, "mute", json!(10)).await.is(201);
    assert_eq!(
        (&made["kind"], &made["reason"], &made["by"]["name"]),
        (&json!("mute"), &json!("Too loud."), &json!("Mona"))
    );
    assert_eq!(made["member"]["id"], scene.anna.id);
    assert!(made["until"].is_string() && made["lifted_at"].is_null());
    let told = annas.expect_event("conversation.updated").await["conversation"].take();
    assert_eq!((&told["can_write"], &told["cannot_write"]["code"]), (&json!(false), &json!("muted")));
    assert_eq!(told["room"]["sanction"]["reason"], "Too loud.");
    let said = scene.says(&scene.anna, "but").await.refused(403, "muted");
    assert!(said.contains("Too loud."), "{said}");
    assert_eq!(scene.anna.history(&scene.room).await.len(), 0);
    scene.says(&scene.ben, "hello").await.is(201);
    assert_eq!(annas.expect_message().await["body"], "hello");
    scene.site.advance(Duration::from_secs(600));
    scene.says(&scene.anna, "again").await.is(201);
    assert_eq!(scene.anna.conversation(&scene.room).await["room"]["sanction"], Value::Null);
    assert_eq!(scene.mona.get(&scene.path("sanctions")).await.is(200)["items"], json!([]));
}

#[tokio::test]
async fn somebody_who_is_banned_is_put_out_and_comes_back_when_it_is_lifted() {
    let scene = Scene::start().await;
    let (mut annas, mut bens) = (scene.inside(&scene.anna).await, scene.inside(&scene.ben).await);
    let made = scene.sanctions(&scene.mona, &scene.anna, "ban", json!(null)).await.is(201);
    assert_eq!(made["until"], Value::Null);
    let told = annas.expect_event("conversation.updated").await["conversation"].take();
    assert_eq!(told["cannot_write"]["code"], "banned");
    let left = bens.expect_event("room.left").await;
    assert_eq!(left["members"], json!([scene.anna.id]));
    scene.says(&scene.ben, "they are gone").await.is(201);
    assert_eq!(told_of(&mut annas, "message.created").await, [] as [Value; 0]);
    scene.says(&scene.anna, "but").await.refused(403, "banned");
    let enter = json!({"type": "room.enter", "conversation_id": scene.room});
    Socket::refused(&annas.command(enter.clone()).await, "banned");
    let listed = scene.mona.get(&scene.path("sanctions")).await.is(200);
    assert_eq!(id(&listed["items"][0]), id(&made));
    scene.mona.delete(&scene.path(&format!("sanctions/{}", id(&made)))).await.is(204);
    scene.mona.delete(&scene.path(&format!("sanctions/{}", id(&made)))).await.refused(404, "not_found");
    let told = annas.expect_conversation(|told| told["can_write"] == true).await;
    assert_eq!(told["room"]["sanction"], Value::Null);
    Socket::accepted(annas.command(enter).await);
    scene.says(&scene.anna, "back").await.is(201);
    assert_eq!(scene.acts().await, ["sanction.lift", "sanction.create"]);
    let entry = scene.audit().await.remove(1);
    assert_eq!((&entry["actor"]["kind"], &entry["actor"]["name"]), (&json!("member"), &json!("Mona")));
    assert_eq!(entry["subject"], json!({"kind": "member", "id": scene.anna.id}));
    assert_eq!((&entry["detail"]["reason"], &entry["detail"]["kind"]), (&json!("Too loud."), &json!("ban")));
}

#[tokio::test]
async fn the_strongest_counts_and_a_second_of_a_kind_replaces_the_first() {
    let scene = Scene::start().await;
    let first = scene.sanctions(&scene.mona, &scene.anna, "mute", json!(1)).await.is(201);
    let second = scene.sanctions(&scene.mona, &scene.anna, "mute", json!(60)).await.is(201);
    let ban = scene.sanctions(&scene.mona, &scene.anna, "ban", json!(5)).await.is(201);
    let listed = scene.mona.get(&scene.path("sanctions")).await.is(200);
    let listed: Vec<String> = listed["items"].as_array().unwrap().iter().map(id).collect();
    assert_eq!(listed, [id(&ban), id(&second)]);
    assert_ne!(id(&first), id(&second));
    scene.says(&scene.anna, "but").await.refused(403, "banned");
    scene.mona.delete(&scene.path(&format!("sanctions/{}", id(&ban)))).await.is(204);
    scene.says(&scene.anna, "but").await.refused(403, "muted");
    scene.mona.delete(&scene.path(&format!("sanctions/{}", id(&second)))).await.is(204);
    scene.says(&scene.anna, "so").await.is(201);
}

#[tokio::test]
async fn only_moderators_make_them_and_not_on_one_another() {
    let scene = Scene::start().await;
    scene.sanctions(&scene.anna, &scene.ben, "mute", json!(1)).await.refused(404, "not_found");
    scene.anna.get(&scene.path("sanctions")).await.refused(404, "not_found");
    scene.anna.get(&scene.path("moderation")).await.refused(404, "not_found");
    scene.sanctions(&scene.mona, &scene.mona, "mute", json!(1)).await.refused(422, "invalid");
    let zoe = scene.site.neighbour("other").await.member("zoe").await;
    scene.sanctions(&scene.mona, &zoe, "mute", json!(1)).await.refused(404, "not_found");
    scene.sanctions(&zoe, &scene.anna, "mute", json!(1)).await.refused(404, "not_found");
    let form = |field: &str, value: Value| {
        let mut form = json!({"member": scene.anna.id, "kind": "mute", "minutes": 5, "reason": "because"});
        form[field] = value;
        form
    };
    for (field, bad) in [
        ("minutes", json!(0)),
        ("minutes", json!(-1)),
        ("minutes", json!(525_601)),
        ("minutes", json!(1.5)),
        ("reason", json!("")),
        ("reason", json!("  ")),
        ("reason", json!("x".repeat(301))),
        ("kind", json!("kick")),
        ("colour", json!("red")),
    ] {
        scene.mona.post(&scene.path("sanctions"), form(field, bad)).await.refused(422, "invalid");
    }
    scene.mona.post(&scene.path("sanctions"), form("member", json!("x"))).await.refused(404, "not_found");
    assert_eq!(scene.acts().await, [] as [String; 0]);
    // Switched off, nobody moderates; what was decided stays.
    scene.sanctions(&scene.mona, &scene.anna, "mute", json!(null)).await.is(201);
    scene.site.configure(json!({"features": {"moderation": false}})).await;
    scene.sanctions(&scene.mona, &scene.ben, "mute", json!(1)).await.refused(404, "not_found");
    scene.says(&scene.anna, "but").await.refused(403, "muted");
}
