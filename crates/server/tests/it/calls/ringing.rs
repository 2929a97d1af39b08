use super::{Scene, calling, calls, does, open, said, stands, text, told, told_that};
use crate::harness::Site;
use serde_json::{Value, json};

#[tokio::test]
async fn it_rings_is_answered_and_ends() {
    let scene = Scene::start().await;
    let (anna, ben) = (&scene.anna, &scene.ben);
    let (mut annas, mut bens, mut bens_phone) = (anna.socket().await, ben.socket().await, ben.socket().await);
    let answer = anna.post("calls", json!({"member": ben.id, "media": "video", "device": "laptop"})).await;
    let call = answer.is(201);
    assert_eq!(call["conversation_id"], json!(scene.between));
    assert_eq!((&call["caller"]["id"], &call["callee"]["id"]), (&json!(anna.id), &json!(ben.id)));
    assert_eq!((&call["started_on"], &call["answered_on"]), (&json!("laptop"), &Value::Null));
    assert_eq!((&call["answered_at"], &call["ended_at"]), (&Value::Null, &Value::Null));
    assert_eq!(told_that(&mut annas, "call.updated", "ringing").await, call, "one's other pages know");
    for socket in [&mut bens, &mut bens_phone] {
        let rings = told_that(socket, "call.incoming", "ringing").await;
        assert_eq!((&rings["id"], &rings["direction"]), (&call["id"], &json!("incoming")));
        assert_eq!(rings, open(ben).await[0], "who comes now finds the same");
    }

    scene.passes(3, &mut []).await;
    let path = format!("calls/{}/accept", text(&call["id"]));
    let answered = ben.post(&path, json!({"device": "phone"})).await.is(200);
    assert_eq!((&answered["state"], &answered["answered_on"]), (&json!("active"), &json!("phone")));
    for socket in [&mut annas, &mut bens, &mut bens_phone] {
        let told = told_that(socket, "call.updated", "active").await;
        assert_eq!(told["answered_on"], "phone", "the other page stops ringing");
        assert!(told["answered_at"].is_string());
    }
    assert_eq!(ben.post(&path, json!({"device": "phone"})).await.is(200), answered, "twice is once");
    assert_eq!(ben.post(&path, json!({})).await.is(200), answered);
    ben.post(&path, json!({"device": "tablet"})).await.refused(409, "conflict");
    does(ben, "decline", &call).await.refused(409, "conflict");

    scene.passes(62, &mut [&mut annas, &mut bens, &mut bens_phone]).await;
    let ended = does(anna, "hang-up", &call).await.is(200);
    assert_eq!(ended["state"], "ended");
    for socket in [&mut annas, &mut bens, &mut bens_phone] {
        told_that(socket, "call.updated", "ended").await;
    }
    for what in ["accept", "decline", "hang-up", "rejoin"] {
        does(anna, what, &call).await.refused(409, "conflict");
        does(ben, what, &call).await.refused(409, "conflict");
    }
    assert!(open(anna).await.is_empty() && open(ben).await.is_empty());
    assert_eq!(stands(ben, &call).await, "ended", "it can still be asked for");
    for who in [anna, ben] {
        let line = scene.last_line(who).await;
        assert_eq!(said(&line), ("ended".into(), "video".into(), 62, "anna".into()));
        assert_eq!((&line["seq"], &line["body"]), (&json!(3), &json!("Anna: video call, 1:02.")));
        assert_eq!(who.conversation(&scene.between).await["unread"], 0, "who talked has nothing to catch up on");
    }
}

#[tokio::test]
async fn it_is_declined() {
    let scene = Scene::start().await;
    let (anna, ben) = (&scene.anna, &scene.ben);
    for how in ["decline", "hang-up"] {
        let call = calling(anna, ben, "voice").await.is(201);
        does(anna, "decline", &call).await.refused(409, "conflict");
        does(anna, "accept", &call).await.refused(409, "conflict");
        assert_eq!(does(ben, how, &call).await.is(200)["state"], "declined");
        let line = scene.last_line(anna).await;
        assert_eq!(said(&line), ("declined".into(), "voice".into(), 0, "anna".into()));
        for who in [anna, ben] {
            assert_eq!(who.conversation(&scene.between).await["unread"], 0);
        }
    }
}

#[tokio::test]
async fn it_is_taken_back_or_not_answered_and_waits_unread() {
    let scene = Scene::start().await;
    let (anna, ben, between) = (&scene.anna, &scene.ben, &scene.between);
    let (mut annas, mut bens) = (anna.socket().await, ben.socket().await);
    let call = calls(anna, ben).await;
    assert_eq!(does(anna, "hang-up", &call).await.is(200)["state"], "cancelled");
    told_that(&mut bens, "call.incoming", "ringing").await;
    told_that(&mut bens, "call.updated", "cancelled").await;
    assert_eq!(said(&scene.last_line(ben).await).0, "cancelled");
    assert_eq!(
        (&ben.conversation(between).await["unread"], &anna.conversation(between).await["unread"]),
        (&json!(1), &json!(0))
    );
    ben.reads(between, 3).await;

    let call = calls(anna, ben).await;
    scene.passes(44, &mut [&mut annas, &mut bens]).await;
    assert_eq!(stands(anna, &call).await, "ringing");
    bens.told().await;
    annas.told().await;
    scene.passes(1, &mut []).await;
    told_that(&mut annas, "call.updated", "missed").await;
    told_that(&mut bens, "call.updated", "missed").await;
    let told = bens.expect_message().await;
    assert_eq!(
        said(&told),
        ("missed".into(), "video".into(), 0, "anna".into()),
        "call back: who called is in the line"
    );
    assert_eq!(ben.conversation(between).await["unread"], 1);
    assert_eq!(anna.conversation(between).await["unread"], 0);
    let read = annas.expect_event("conversation.read").await;
    assert_eq!((&read["member_id"], &read["seq"]), (&json!(anna.id), &json!(4)));
    does(ben, "accept", &call).await.refused(409, "conflict");
}

/// Whoever has not read what came before does not lose it by a call.
#[tokio::test]
async fn what_was_unread_stays_unread() {
    let scene = Scene::start().await;
    let (anna, ben, between) = (&scene.anna, &scene.ben, &scene.between);
    anna.sends(between, "unread").await;
    let call = calls(anna, ben).await;
    does(ben, "accept", &call).await.is(200);
    does(ben, "hang-up", &call).await.is(200);
    let view = ben.conversation(between).await;
    assert_eq!((&view["unread"], &view["read_seq"]), (&json!(2), &json!(2)));
    assert_eq!(anna.conversation(between).await["peer_read_seq"], 2);
}

/// Whoever presses second answers, in whichever order the two arrive.
#[tokio::test]
async fn two_who_call_each_other_are_in_one_call() {
    let scene = Scene::start().await;
    let (anna, ben) = (&scene.anna, &scene.ben);
    let (mut annas, mut bens) = (anna.socket().await, ben.socket().await);
    let first = calls(anna, ben).await;
    let device = json!({"member": anna.id, "media": "video", "device": "phone"});
    let second = ben.post("calls", device).await.is(200);
    assert_eq!(
        (&second["id"], &second["state"], &second["direction"]),
        (&first["id"], &json!("active"), &json!("incoming"))
    );
    assert_eq!(second["answered_on"], "phone");
    told_that(&mut annas, "call.updated", "ringing").await;
    told_that(&mut annas, "call.updated", "active").await;
    told_that(&mut bens, "call.incoming", "ringing").await;
    told_that(&mut bens, "call.updated", "active").await;
    for who in [anna, ben] {
        let other = if who.id == anna.id { ben } else { anna };
        assert_eq!(calling(who, other, "video").await.is(200)["id"], first["id"], "the same pair: the same call");
        assert_eq!(open(who).await[0]["id"], first["id"]);
    }
    does(ben, "hang-up", &first).await.is(200);
    assert_eq!(anna.history(&scene.between).await.len(), 3, "one call, one line");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn at_the_same_moment() {
    let scene = Scene::on(Site::start().await).await;
    for round in 0..4 {
        let (one, other) =
            (scene.site.member(&format!("one{round}")).await, scene.site.member(&format!("other{round}")).await);
        let (a, b) = tokio::join!(calling(&one, &other, "video"), calling(&other, &one, "video"));
        let mut statuses = [a.status, b.status];
        statuses.sort_unstable();
        assert_eq!((statuses, &a.body["id"]), ([200, 201], &b.body["id"]), "{a:?} {b:?}");
        assert_eq!((stands(&one, &a.body).await, stands(&other, &a.body).await), ("active".into(), "active".into()));
        // Both hang up at the same moment: one line.
        let (a, b) = tokio::join!(does(&one, "hang-up", &a.body), does(&other, "hang-up", &b.body));
        let mut statuses = [a.status, b.status];
        statuses.sort_unstable();
        assert_eq!(statuses, [200, 409]);
        let conversation = one.opens_direct(&other).await;
        assert_eq!(one.history(&conversation).await.len(), 1);
    }
}

/// However many call one at the same moment, one rings.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn many_call_one() {
    let scene = Scene::on(Site::start().await).await;
    let mut people = Vec::new();
    for n in 0..6 {
        people.push(scene.site.member(&format!("m{n}")).await);
    }
    let all = futures_util::future::join_all(people.iter().map(|one| calling(one, &scene.anna, "voice"))).await;
    let states: Vec<String> = all.into_iter().map(|answer| text(&answer.is(201)["state"]).to_owned()).collect();
    let count = |state: &str| states.iter().filter(|one| *one == state).count();
    assert_eq!((count("ringing"), count("busy")), (1, 5), "{states:?}");
    assert_eq!(open(&scene.anna).await.len(), 1);
}

#[tokio::test]
async fn who_is_in_a_call_is_busy() {
    let scene = Scene::start().await;
    let (anna, ben, carl) = (&scene.anna, &scene.ben, &scene.carl);
    let (mut bens, mut carls) = (ben.socket().await, carl.socket().await);
    let call = calls(anna, ben).await;
    let busy = calling(carl, ben, "video").await.is(201);
    assert_eq!((&busy["state"], busy["ended_at"].is_string()), (&json!("busy"), true));
    assert_eq!(told(&mut carls).await.1["state"], "busy");
    let line = carls.expect_message().await;
    assert_eq!(said(&line).0, "busy");
    told_that(&mut bens, "call.incoming", "ringing").await;
    // It does not disturb: only its line comes, and waits.
    let view = bens.expect_event("conversation.updated").await["conversation"].take();
    assert_eq!((&view["id"], &view["unread"], &view["listed"]), (&line["conversation_id"], &json!(1), &json!(true)));
    does(ben, "accept", &call).await.is(200);
    assert_eq!(calling(carl, anna, "voice").await.is(201)["state"], "busy");
    assert_eq!(stands(ben, &call).await, "active");
    calling(ben, carl, "video").await.refused(409, "busy");
    does(ben, "hang-up", &call).await.is(200);
    does(carl, "hang-up", &calls(carl, ben).await).await.is(200);
}

/// Nobody presses twice: the same name is the same call, whatever came of it.
#[tokio::test]
async fn the_same_client_id_is_the_same_call() {
    let scene = Scene::start().await;
    let (anna, ben) = (&scene.anna, &scene.ben);
    let asked = json!({"member": ben.id, "media": "video", "client_id": crate::harness::client_id()});
    let call = anna.post("calls", asked.clone()).await.is(201);
    assert_eq!(anna.post("calls", asked.clone()).await.is(200), call);
    let over = does(ben, "decline", &call).await.is(200);
    assert_eq!(anna.post("calls", asked.clone()).await.is(200)["state"], over["state"]);
    scene.site.configure(json!({"features": {"video": false}})).await;
    assert_eq!(anna.post("calls", asked).await.is(200)["id"], call["id"]);
    assert_eq!(anna.history(&scene.between).await.len(), 3);
}

/// A call between two without a conversation makes it.
#[tokio::test]
async fn a_call_makes_its_conversation() {
    let scene = Scene::start().await;
    let (anna, carl) = (&scene.anna, &scene.carl);
    let mut annas = anna.socket().await;
    let call = calls(anna, carl).await;
    let view = annas.expect_event("conversation.updated").await["conversation"].take();
    assert_eq!((&view["id"], &view["listed"]), (&call["conversation_id"], &json!(true)));
    assert!(carl.list().await.is_empty(), "nothing was said yet");
    does(anna, "hang-up", &call).await.is(200);
    let listed = carl.list().await.remove(0);
    assert_eq!((&listed["id"], &listed["unread"]), (&call["conversation_id"], &json!(1)));
    assert_eq!(listed["last_message"]["system"]["call"]["outcome"], "cancelled");
    // Deleted, it comes back with the next line.
    carl.deletes(text(&call["conversation_id"])).await;
    let again = calls(anna, carl).await;
    assert!(carl.list().await.is_empty());
    does(carl, "decline", &again).await.is(200);
    assert_eq!(carl.list().await.len(), 1);
}
