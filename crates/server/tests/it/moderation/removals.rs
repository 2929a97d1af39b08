use super::{Scene, told_of};
use crate::harness::Site;
use serde_json::{Value, json};
use std::time::Duration;

fn path(message: &Value) -> String {
    format!(
        "conversations/{}/messages/{}",
        message["conversation_id"].as_str().unwrap(),
        message["id"].as_str().unwrap()
    )
}

#[tokio::test]
async fn a_moderator_removes_a_message_and_puts_it_back_within_a_day() {
    let scene = Scene::of(Site::with_clock_in_hand().await, json!({})).await;
    let mut bens = scene.inside(&scene.ben).await;
    let message = scene.says(&scene.anna, "a secret").await.is(201);
    scene.ben.delete(&path(&message)).await.refused(403, "read_only");
    let removed = scene.mona.delete(&path(&message)).await.is(200);
    assert_eq!((&removed["body"], &removed["removed"]["by"]), (&json!(""), &json!("moderator")));
    assert_eq!(bens.expect_event("message.updated").await["message"], removed);
    assert_eq!(scene.ben.history(&scene.room).await, std::slice::from_ref(&removed));
    assert_eq!(scene.mona.delete(&path(&message)).await.is(200), removed);
    scene.anna.edits(&message, "once more").await.refused(409, "conflict");
    scene.ben.post(&format!("{}/restore", path(&message)), json!({})).await.refused(404, "not_found");
    let restored = scene.mona.post(&format!("{}/restore", path(&message)), json!({})).await.is(200);
    assert_eq!((&restored["body"], &restored["removed"]), (&json!("a secret"), &Value::Null));
    assert_eq!(bens.expect_event("message.updated").await["message"], restored);
    scene.mona.post(&format!("{}/restore", path(&message)), json!({})).await.is(200);
    scene.mona.delete(&path(&message)).await.is(200);
    scene.site.advance(Duration::from_secs(24 * 3_600));
    let again = scene.site.again(&scene.mona).await;
    again.post(&format!("{}/restore", path(&message)), json!({})).await.refused(409, "conflict");
    parvis::messages::removal::sweep(&scene.site.app).await.unwrap();
    assert!(!scene.site.dump().await.contains("a secret"), "erased for good");
}

#[tokio::test]
async fn everybody_reads_why_until_it_is_put_back() {
    let scene = Scene::start().await;
    let mut annas = scene.inside(&scene.anna).await;
    let message = scene.says(&scene.anna, "a secret").await.is(201);
    let because = |reason: &str| format!("{}?reason={reason}", path(&message));
    scene.mona.delete(&because(&"x".repeat(301))).await.refused(422, "invalid");
    let removed = scene.mona.delete(&because("No%20secrets%20here")).await.is(200);
    assert_eq!(removed["removed"]["reason"], "No secrets here");
    assert_eq!(annas.expect_event("message.updated").await["message"], removed);
    assert_eq!(scene.anna.history(&scene.room).await, [removed]);
    assert_eq!(scene.audit().await[0]["detail"]["reason"], "No secrets here");
    scene.mona.post(&format!("{}/restore", path(&message)), json!({})).await.is(200);
    let again = scene.mona.delete(&path(&message)).await.is(200);
    assert_eq!(again["removed"]["reason"], Value::Null, "the reason of the first time is gone");
    let mine = scene.says(&scene.anna, "not so").await.is(201);
    let withdrawn = scene.anna.delete(&format!("{}?reason=oops", path(&mine))).await.is(200);
    assert_eq!(withdrawn["removed"]["reason"], Value::Null, "an author gives none");
}

#[tokio::test]
async fn it_is_written_down_without_the_text() {
    let scene = Scene::start().await;
    let message = scene.says(&scene.anna, "a secret").await.is(201);
    scene.mona.delete(&path(&message)).await.is(200);
    scene.mona.post(&format!("{}/restore", path(&message)), json!({})).await.is(200);
    scene.olga.delete(&format!("admin/{}", path(&message))).await.is(200);
    scene.olga.post(&format!("admin/{}/restore", path(&message)), json!({})).await.is(200);
    assert_eq!(scene.acts().await, ["message.restore", "message.remove", "message.restore", "message.remove"]);
    let log = scene.audit().await;
    assert_eq!(log[0]["actor"]["kind"], "operator");
    assert_eq!(log[0]["subject"], json!({"kind": "message", "id": message["id"]}));
    assert!(!json!(log).to_string().contains("a secret"));
}

#[tokio::test]
async fn whispers_are_none_of_a_moderators_business_until_they_are_reported() {
    let scene = Scene::start().await;
    let (_annas, mut bens) = (scene.inside(&scene.anna).await, scene.inside(&scene.ben).await);
    let mut monas = scene.inside(&scene.mona).await;
    let whisper = scene.says(&scene.anna, "@ben psst").await.is(201);
    bens.expect_message().await;
    scene.mona.delete(&path(&whisper)).await.refused(404, "not_found");
    scene.olga.delete(&format!("admin/{}", path(&whisper))).await.refused(404, "not_found");
    scene.mona.post("reports", json!({"message": whisper["id"], "reason": "?"})).await.refused(404, "not_found");
    scene.ben.post("reports", json!({"message": whisper["id"], "reason": "rude"})).await.is(201);
    let queue = scene.mona.get(&scene.path("moderation")).await.is(200);
    assert_eq!(queue["reports"][0]["message"]["body"], "@ben psst");
    let removed = scene.mona.delete(&path(&whisper)).await.is(200);
    assert_eq!(removed["removed"]["by"], "moderator");
    assert_eq!(bens.expect_event("message.updated").await["message"]["id"], whisper["id"]);
    let told = told_of(&mut monas, "message.updated").await;
    assert_eq!(told, [] as [Value; 0], "it is not one of hers");
}
