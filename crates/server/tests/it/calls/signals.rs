use super::{Scene, calls, does, text};
use crate::harness::Socket;
use serde_json::{Value, json};

fn signal(call: &Value, data: Value) -> Value {
    json!({"type": "call.signal", "call_id": call["id"], "data": data})
}

#[tokio::test]
async fn what_devices_say_reaches_the_other_alone() {
    let scene = Scene::start().await;
    let (anna, ben, carl) = (&scene.anna, &scene.ben, &scene.carl);
    let (mut annas, mut tablet) = (anna.socket().await, anna.socket().await);
    let (mut bens, mut phone, mut carls) = (ben.socket().await, ben.socket().await, carl.socket().await);
    let call = calls(anna, ben).await;
    let offer = json!({"description": {"type": "offer", "sdp": "v=0\r\n\u{e9}\"\\"}, "n": [1, null, {"a": 1e3}]});
    let mut command = signal(&call, offer.clone());
    command["device"] = "laptop".into();
    Socket::accepted(annas.command(command).await);
    for socket in [&mut bens, &mut phone] {
        let told = socket.expect_event("call.signal").await;
        assert_eq!((&told["call_id"], &told["data"], &told["device"]), (&call["id"], &offer, &json!("laptop")));
    }
    // Before it is answered too: what a page finds out while it rings is not lost.
    Socket::accepted(bens.command(signal(&call, json!({"candidate": "early"}))).await);
    assert_eq!(annas.expect_event("call.signal").await["data"], json!({"candidate": "early"}));
    tablet.expect_event("call.signal").await;
    Socket::refused(&carls.command(signal(&call, json!({}))).await, "not_found");
    does(ben, "accept", &call).await.is(200);
    Socket::accepted(bens.command(signal(&call, json!({"answer": 1}))).await);
    annas.expect_event("call.signal").await;
    does(ben, "hang-up", &call).await.is(200);
    Socket::refused(&annas.command(signal(&call, json!({}))).await, "conflict");
    for socket in [&mut bens, &mut phone, &mut carls] {
        assert!(socket.told().await.iter().all(|event| event["type"] != "call.signal"));
    }
}

/// It passes and is not kept: who comes back agrees anew.
#[tokio::test]
async fn who_comes_back_is_told_the_call_and_not_what_was_said() {
    let scene = Scene::start().await;
    let (anna, ben) = (&scene.anna, &scene.ben);
    let (mut annas, mut bens) = (anna.socket().await, ben.socket().await);
    bens.told().await;
    let cursor = bens.cursor.clone();
    bens.leave().await;
    let call = calls(anna, ben).await;
    Socket::accepted(annas.command(signal(&call, json!({"offer": 1}))).await);
    let missed = ben.resumes(&cursor).await.left();
    let kinds: Vec<&str> = missed.iter().map(|e| text(&e["type"])).filter(|kind| kind.starts_with("call.")).collect();
    assert_eq!(kinds, ["call.incoming"]);
}

#[tokio::test]
async fn nobody_signals_too_much() {
    let scene = Scene::start().await;
    let (anna, ben) = (&scene.anna, &scene.ben);
    let (mut annas, mut bens) = (anna.socket().await, ben.socket().await);
    let call = calls(anna, ben).await;
    for n in 0..300 {
        Socket::accepted(annas.command(signal(&call, json!({"n": n}))).await);
    }
    Socket::refused(&annas.command(signal(&call, json!({"n": 300}))).await, "rate_limited");
    for n in 0..300 {
        assert_eq!(bens.expect_event("call.signal").await["data"], json!({"n": n}), "each once, in order");
    }
    scene.passes(60, &mut [&mut annas, &mut bens]).await;
    // Nor in bytes: what may come at once fits into the other's outbox.
    does(anna, "hang-up", &call).await;
    let call = calls(anna, ben).await;
    let large = json!({"sdp": "x".repeat(60_000)});
    let mut taken = 0;
    while annas.command(signal(&call, large.clone())).await["type"] == "ok" {
        taken += 1;
    }
    assert_eq!(taken, 7, "384 KiB at once");
    for _ in 0..taken {
        bens.expect_event("call.signal").await;
    }
    Socket::accepted(bens.command(signal(&call, json!({}))).await);
}
