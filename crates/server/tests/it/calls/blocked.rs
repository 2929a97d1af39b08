use super::{Scene, calling, calls, does, open, said, stands, told_that};
use crate::harness::{Member, Socket};
use serde_json::{Value, json};

/// All that is told of a call, with its line: kind and where it stands.
async fn heard(socket: &mut Socket) -> Vec<String> {
    let told = socket.told_of_talk().await;
    told.iter().map(|event| format!("{} {}", event["type"], event["call"]["state"])).collect()
}

#[tokio::test]
async fn the_blocker_hears_nothing_and_the_caller_an_absence() {
    let scene = Scene::start().await;
    let (anna, ben, between) = (&scene.anna, &scene.ben, &scene.between);
    let mut bens = ben.socket().await;
    ben.blocks(anna).await;
    bens.told().await;
    let mut annas = anna.socket().await;
    let call = calls(anna, ben).await;
    Socket::accepted(annas.command(json!({"type": "call.signal", "call_id": call["id"], "data": {"offer": 1}})).await);
    assert!(open(ben).await.is_empty());
    for what in ["accept", "decline", "hang-up", "rejoin"] {
        does(ben, what, &call).await.refused(404, "not_found");
    }
    ben.get(&format!("calls/{}", super::text(&call["id"]))).await.refused(404, "not_found");
    calling(ben, anna, "video").await.refused(403, "blocked_by_you");
    scene.passes(45, &mut [&mut annas, &mut bens]).await;
    annas.told().await;
    super::comes_to(anna, &call, "missed").await;
    assert_eq!(said(&scene.last_line(anna).await).0, "missed");
    assert_eq!(anna.conversation(between).await["peer_read_seq"], 2);
    assert_eq!(heard(&mut bens).await, Vec::<String>::new());
    assert_eq!(ben.history(between).await.len(), 2);
    ben.unblocks(anna).await;
    let seen = ben.history(between).await;
    assert_eq!((seen.len(), said(&seen[2]).0.as_str()), (3, "missed"), "in its place");
    assert_eq!(ben.conversation(between).await["unread"], 1);
}

/// A blocker who is in another call looks absent, not busy.
#[tokio::test]
async fn busy_does_not_tell_of_a_block() {
    let scene = Scene::start().await;
    let (anna, ben, carl) = (&scene.anna, &scene.ben, &scene.carl);
    ben.blocks(anna).await;
    let talk = calls(ben, carl).await;
    does(carl, "accept", &talk).await.is(200);
    let call = calls(anna, ben).await;
    assert_eq!(stands(carl, &talk).await, "active");
    // And who is called unheard is not busy for others.
    does(ben, "hang-up", &talk).await.is(200);
    let again = calls(carl, ben).await;
    does(ben, "accept", &again).await.is(200);
    assert_eq!(stands(anna, &call).await, "ringing");
}

async fn blocks_while(scene: &Scene, who: &Member, other: &Member) -> (Vec<String>, Vec<String>) {
    let (mut annas, mut bens) = (scene.anna.socket().await, scene.ben.socket().await);
    annas.told().await;
    bens.told().await;
    who.blocks(other).await;
    let calls = |told: Vec<String>| told.into_iter().filter(|one| one.contains("call.")).collect();
    (calls(heard(&mut annas).await), calls(heard(&mut bens).await))
}

#[tokio::test]
async fn a_block_during_a_call_hangs_up_or_stops_the_ringing() {
    let scene = Scene::start().await;
    let (anna, ben) = (&scene.anna, &scene.ben);
    // It rings for whoever blocks: it rings on, for the caller alone.
    let call = calls(anna, ben).await;
    let (annas, bens) = blocks_while(&scene, ben, anna).await;
    assert_eq!((annas, bens), (vec![], vec![r#""call.updated" "cancelled""#.to_owned()]));
    assert_eq!((stands(anna, &call).await, open(ben).await.len()), ("ringing".into(), 0));
    // The block ends while it rings: it rings again.
    let mut socket = ben.socket().await;
    ben.unblocks(anna).await;
    told_that(&mut socket, "call.incoming", "ringing").await;
    assert_eq!(open(ben).await[0]["id"], call["id"]);
    does(ben, "accept", &call).await.is(200);
    // They talk: whoever blocks has hung up.
    let ended = r#""call.updated" "ended""#.to_owned();
    assert_eq!(blocks_while(&scene, ben, anna).await, (vec![ended.clone()], vec![ended]));
    assert_eq!(said(&scene.last_line(anna).await).0, "ended");
    assert_eq!(said(&scene.last_line(ben).await).0, "ended", "before the block: both see it");
    ben.unblocks(anna).await;
    // Whoever calls and blocks has given up.
    let call = calls(anna, ben).await;
    let cancelled = r#""call.updated" "cancelled""#.to_owned();
    assert_eq!(blocks_while(&scene, anna, ben).await, (vec![cancelled.clone()], vec![cancelled]));
    assert_eq!(stands(ben, &call).await, "cancelled");
}

/// Who blocked, unblocked and calls back meets the call that rings: one call.
#[tokio::test]
async fn unblocked_and_called_back() {
    let scene = Scene::start().await;
    let (anna, ben, carl) = (&scene.anna, &scene.ben, &scene.carl);
    ben.blocks(anna).await;
    let call = calls(anna, ben).await;
    // In another call at that moment, he does not hear it ring.
    let other = calls(carl, ben).await;
    ben.unblocks(anna).await;
    assert_eq!(open(ben).await[0]["id"], other["id"]);
    does(ben, "decline", &other).await.is(200);
    let met = calling(ben, anna, "video").await.is(200);
    assert_eq!((&met["id"], &met["state"]), (&call["id"], &json!("active")));
    does(ben, "hang-up", &met).await.is(200);
}

/// A call to a blocker with whom there is no conversation makes it, as a message would.
#[tokio::test]
async fn a_conversation_begun_by_a_call_across_a_block() {
    let scene = Scene::start().await;
    let (ben, carl) = (&scene.ben, &scene.carl);
    ben.blocks(carl).await;
    let mut bens = ben.socket().await;
    let call = calls(carl, ben).await;
    does(carl, "hang-up", &call).await.is(200);
    assert_eq!(bens.told_of_talk().await, Vec::<Value>::new());
    assert_eq!(ben.list().await.len(), 1, "the one with Anna");
    ben.unblocks(carl).await;
    assert_eq!(ben.list().await[0]["last_message"]["system"]["call"]["outcome"], "cancelled");
    assert_eq!(ben.list().await[0]["unread"], 1);
}
