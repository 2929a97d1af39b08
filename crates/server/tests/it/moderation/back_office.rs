use super::{Scene, id};
use serde_json::{Value, json};

#[tokio::test]
async fn operators_sanction_in_one_room_or_in_all() {
    let scene = Scene::start().await;
    let other = id(&scene.olga.post("admin/rooms", json!({"name": "Games"})).await.is(201));
    let agent = scene.site.operator("Alma", "agent").await;
    let form = |room: Value| {
        let form = json!({"member": scene.anna.id, "room": room, "kind": "ban", "minutes": 60, "reason": "Rules."});
        agent.post("admin/moderation/sanctions", form)
    };
    let one = form(json!(scene.room)).await.is(201);
    assert_eq!(one["room"], scene.room);
    scene.says(&scene.anna, "but").await.refused(403, "banned");
    scene.anna.sends(&other, "here I may").await;
    let all = form(Value::Null).await.is(201);
    scene.anna.says(&other, &crate::harness::client_id(), "but").await.refused(403, "banned");
    let listed = scene.olga.all("admin/moderation/sanctions", 1).await;
    assert_eq!(listed.iter().map(id).collect::<Vec<_>>(), [id(&all), id(&one)]);
    // A room's moderators lift what is of their room.
    scene.mona.delete(&scene.path(&format!("sanctions/{}", id(&all)))).await.refused(404, "not_found");
    scene.mona.delete(&scene.path(&format!("sanctions/{}", id(&one)))).await.is(204);
    scene.says(&scene.anna, "but").await.refused(403, "banned");
    agent.delete(&format!("admin/moderation/sanctions/{}", id(&all))).await.is(204);
    scene.says(&scene.anna, "so").await.is(201);
    assert_eq!(scene.olga.all("admin/moderation/sanctions", 50).await, [] as [Value; 0]);
    let ever = scene.olga.all("admin/moderation/sanctions?ended=true", 1).await;
    assert!(ever.len() == 2 && ever.iter().all(|one| one["lifted_at"].is_string()), "{ever:?}");
    // Direct conversations are no rooms.
    let between = scene.anna.opens_direct(&scene.ben).await;
    form(Value::Null).await.is(201);
    scene.anna.sends(&between, "hello").await;
    for bad in [json!("x"), json!(between), json!("0000000000000")] {
        form(bad).await.refused(404, "not_found");
    }
}

#[tokio::test]
async fn operators_decide_on_what_is_held_anywhere() {
    let scene = Scene::with(json!({"hold_first": 5})).await;
    let first = scene.says(&scene.anna, "first").await.is(202)["held"].take();
    scene.says(&scene.anna, "second").await.is(202);
    let held = scene.olga.all("admin/moderation/held", 1).await;
    assert_eq!(held.iter().map(|one| one["body"].clone()).collect::<Vec<_>>(), [json!("first"), json!("second")]);
    assert_eq!(held[0]["author"]["id"], scene.anna.id);
    let path = format!("admin/moderation/held/{}", id(&first));
    scene.olga.post(&format!("{path}/approve"), json!({})).await.is(200);
    assert_eq!(scene.ben.history(&scene.room).await[0]["body"], "first");
    let second = format!("admin/moderation/held/{}/reject", id(&held[1]));
    scene.olga.post(&second, json!({"note": "No."})).await.is(200);
    assert_eq!(scene.olga.all("admin/moderation/held", 50).await, [] as [Value; 0]);
    assert_eq!(scene.acts().await, ["held.reject", "held.approve"]);
}

#[tokio::test]
async fn the_log_is_read_page_by_page_by_admins() {
    let scene = Scene::start().await;
    for _ in 0..5 {
        scene.sanctions(&scene.mona, &scene.anna, "mute", json!(1)).await.is(201);
    }
    let all = scene.olga.all("admin/audit", 50).await;
    assert_eq!(scene.olga.all("admin/audit", 2).await, all);
    assert_eq!(scene.acts().await, ["sanction.create"; 5]);
    scene.site.operator("Alma", "agent").await.get("admin/audit").await.refused(404, "not_found");
    scene.mona.get("admin/audit").await.refused(401, "unauthorized");
    let other = scene.site.neighbour("other").await.operator("Otto", "owner").await;
    assert_eq!(other.all("admin/audit", 50).await, [] as [Value; 0]);
}
