use super::{Scene, id};
use crate::harness::Site;
use serde_json::{Value, json};
use std::time::Duration;

#[tokio::test]
async fn a_message_is_reported_with_what_was_said_around_it() {
    let scene = Scene::start().await;
    let mut monas = scene.inside(&scene.mona).await;
    let _bens = scene.inside(&scene.ben).await;
    for number in 1..=7 {
        scene.says(&scene.ben, &format!("before {number}")).await.is(201);
    }
    scene.says(&scene.anna, "@ben a whisper").await.is(201);
    let message = scene.says(&scene.anna, "rude").await.is(201);
    scene.says(&scene.ben, "after").await.is(201);
    let form = json!({"message": message["id"], "reason": " Rude. "});
    let report = id(&scene.ben.post("reports", form.clone()).await.is(201));
    assert_eq!(monas.expect_event("moderation.updated").await["open"], 1);
    assert_eq!(id(&scene.ben.post("reports", form).await.is(201)), report, "the same once more is the same");
    let queue = scene.mona.get(&scene.path("moderation")).await.is(200);
    let shown = &queue["reports"][0];
    assert_eq!((&shown["by"]["id"], &shown["member"]["id"]), (&json!(scene.ben.id), &json!(scene.anna.id)));
    assert_eq!((&shown["reason"], &shown["message"]["body"]), (&json!("Rude."), &json!("rude")));
    let around: Vec<&str> = shown["context"].as_array().unwrap().iter().map(|m| m["body"].as_str().unwrap()).collect();
    assert_eq!(around, ["before 3", "before 4", "before 5", "before 6", "before 7", "after"]);
    let path = scene.path(&format!("moderation/reports/{report}/resolve"));
    scene.anna.post(&path, json!({})).await.refused(404, "not_found");
    let resolved = scene.mona.post(&path, json!({"note": "Spoke with them."})).await.is(200);
    assert_eq!((&resolved["state"], &resolved["resolved_by"]), (&json!("resolved"), &json!("Mona")));
    assert_eq!(scene.mona.post(&path, json!({"note": "Twice."})).await.is(200)["note"], "Spoke with them.");
    assert_eq!(monas.expect_event("moderation.updated").await["open"], 0);
    assert_eq!(scene.mona.get(&scene.path("moderation")).await.is(200)["reports"], json!([]));
    assert_eq!(scene.acts().await, ["report.resolve"]);
}

#[tokio::test]
async fn people_are_reported_too_in_a_room_or_to_the_operators() {
    let scene = Scene::start().await;
    let in_room = json!({"member": scene.anna.id, "conversation": scene.room, "reason": "shouts"});
    scene.ben.post("reports", in_room).await.is(201);
    scene.ben.post("reports", json!({"member": scene.anna.id, "reason": "writes to me"})).await.is(201);
    let queue = scene.mona.get(&scene.path("moderation")).await.is(200);
    assert_eq!(queue["reports"].as_array().unwrap().len(), 1);
    assert_eq!((&queue["reports"][0]["message"], &queue["reports"][0]["reason"]), (&Value::Null, &json!("shouts")));
    let all = scene.olga.all("admin/moderation/reports?state=open", 1).await;
    assert_eq!(all.len(), 2);
    assert_eq!((&all[0]["reason"], &all[0]["conversation_id"]), (&json!("writes to me"), &Value::Null));
}

#[tokio::test]
async fn of_what_is_said_among_few_only_the_message_is_shown() {
    let scene = Scene::start().await;
    let between = scene.anna.opens_direct(&scene.ben).await;
    scene.anna.sends(&between, "private").await;
    let rude = scene.anna.sends(&between, "rude").await;
    scene.mona.post("reports", json!({"message": rude["id"], "reason": "?"})).await.refused(404, "not_found");
    scene.ben.post("reports", json!({"message": rude["id"], "reason": "see"})).await.is(201);
    let shown = scene.olga.all("admin/moderation/reports", 50).await.remove(0);
    assert_eq!((&shown["message"]["body"], &shown["context"]), (&json!("rude"), &json!([])));
    assert_eq!(scene.mona.get(&scene.path("moderation")).await.is(200)["reports"], json!([]));
    let resolved =
        scene.olga.post(&format!("admin/moderation/reports/{}/resolve", id(&shown)), json!({})).await.is(200);
    assert_eq!(resolved["resolved_by"], "Olga");
    assert_eq!(scene.olga.all("admin/moderation/reports?state=open", 50).await, [] as [Value; 0]);
}

#[tokio::test]
async fn only_what_one_sees_and_others_did() {
    let scene = Scene::of(Site::with_clock_in_hand().await, json!({})).await;
    let message = scene.says(&scene.anna, "hello").await.is(201);
    let other = scene.site.neighbour("other").await.member("zoe").await;
    for bad in [json!("x"), json!("0000000000000.1"), json!(format!("{}.99", scene.room))] {
        scene.ben.post("reports", json!({"message": bad, "reason": "?"})).await.refused(404, "not_found");
    }
    other.post("reports", json!({"message": message["id"], "reason": "?"})).await.refused(404, "not_found");
    scene.ben.post("reports", json!({"member": other.id, "reason": "?"})).await.refused(404, "not_found");
    for bad in [
        json!({"message": message["id"], "reason": ""}),
        json!({"message": message["id"], "reason": "x".repeat(301)}),
        json!({"message": message["id"]}),
        json!({"reason": "nothing"}),
        json!({"message": message["id"], "member": scene.anna.id, "reason": "both"}),
    ] {
        scene.ben.post("reports", bad).await.refused(422, "invalid");
    }
    scene.anna.post("reports", json!({"message": message["id"], "reason": "me"})).await.refused(422, "invalid");
    scene.anna.post("reports", json!({"member": scene.anna.id, "reason": "me"})).await.refused(422, "invalid");
    for number in 0..20 {
        let answer = scene.mona.post("reports", json!({"member": scene.ben.id, "reason": format!("{number}")})).await;
        assert_eq!(answer.status, if number < 10 { 201 } else { 429 }, "{number}");
    }
    scene.site.advance(Duration::from_secs(30));
    scene.mona.post("reports", json!({"member": scene.ben.id, "reason": "once more"})).await.is(201);
}
