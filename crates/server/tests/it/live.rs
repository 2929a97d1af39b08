//! The WebSocket: hello, commands, events in order, and coming back without loss.

use crate::harness::{DEADLINE, Member, Site, Socket, client_id, send, within};
use serde_json::{Value, json};
use std::time::Duration;

async fn two() -> (Site, Member, Member, String) {
    let site = Site::start().await;
    let (anna, ben) = (site.member("anna").await, site.member("ben").await);
    let between = anna.opens_direct(&ben).await;
    (site, anna, ben, between)
}

fn bodies(events: &[Value]) -> Vec<&str> {
    events.iter().filter(|e| e["type"] == "message.created").map(|e| e["message"]["body"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn a_socket_begins_with_hello_and_ready() {
    let site = Site::start().await;
    let anna = site.member("anna").await;
    let mut socket = Socket::connect(&anna.api, None).await;
    let ready = socket.hello(&anna.api, None).await;
    assert_eq!(ready["member"], anna.get("me").await.is(200));
    assert!(ready["cursor"].is_string());
    let olga = site.operator("Olga", "agent").await;
    let ready = Socket::connect(&olga.api, None).await.hello(&olga.api, None).await;
    assert_eq!(ready["operator"], olga.get("admin/me").await.is(200));
}

#[tokio::test]
async fn a_bad_hello_closes_with_4401() {
    let site = Site::start().await;
    let anna = site.member("anna").await;
    let member_token = site.token("anna").signed(&site.secret);
    for first in [
        json!({"type": "hello"}).to_string(),
        json!({"type": "hello", "access_token": "made-up"}).to_string(),
        json!({"type": "hello", "access_token": member_token}).to_string(),
        json!({"type": "hello", "access_token": anna.token, "colour": "red"}).to_string(),
        json!({"type": "helo", "access_token": anna.token}).to_string(),
        json!({"type": "ping"}).to_string(),
        send("x", "y", "z").to_string(),
        "hello".to_owned(),
        String::new(),
    ] {
        let mut socket = Socket::connect(&site.api, None).await;
        socket.say_text(&first).await;
        assert_eq!(socket.closed().await.0, 4401, "{first}");
    }
    let mut socket = Socket::connect(&site.api, None).await;
    socket.say_bytes(b"hello".to_vec()).await;
    assert_eq!(socket.closed().await.0, 4401);
}

/// Ten seconds of the machine's own clock: the one test that has to wait.
#[tokio::test]
async fn a_hello_that_does_not_come_closes_with_4401() {
    let site = Site::start().await;
    let mut silent = Socket::connect(&site.api, None).await;
    let closed = tokio::time::timeout(DEADLINE * 2, silent.closed_at_last()).await;
    assert_eq!(closed.expect("closed in time").0, 4401);
}

#[tokio::test]
async fn commands_are_answered_by_their_ref() {
    let (_site, anna, _ben, between) = two().await;
    let mut socket = anna.socket().await;
    for reference in [json!(7), json!("seven"), json!({"n": [7]}), json!(null), json!(1.5)] {
        socket.say(json!({"type": "ping", "ref": reference})).await;
        let answer = socket.answer_to(&reference).await;
        assert_eq!(answer, json!({"type": "ok", "ref": reference}));
    }
    let message = socket.sends(&between, "hello").await;
    assert_eq!((&message["seq"], &message["body"]), (&json!(1), &json!("hello")));
    let read = socket.command(json!({"type": "conversation.read", "conversation_id": between, "seq": 1})).await;
    Socket::accepted(read);
}

#[tokio::test]
async fn bad_commands_are_answered_and_the_socket_goes_on() {
    let (_site, anna, _ben, between) = two().await;
    let mut socket = anna.socket().await;
    socket.expect_presence(&anna.id, true).await;
    for text in ["", "{", "[]", "17", "{\"ref\":1}", "{\"type\":7}", "nonsense", "{\"type\":\"ping\"} {}"] {
        socket.say_text(text).await;
        let answer = socket.event().await;
        Socket::refused(&answer, "bad_request");
        assert_eq!(answer["ref"], Value::Null, "{text}");
    }
    for kind in ["hello", "message.sent", "room.exit", "", "PING"] {
        let answer = socket.command(json!({"type": kind})).await;
        Socket::refused(&answer, "bad_request");
    }
    let read = |id: Value, seq: Value| json!({"type": "conversation.read", "conversation_id": id, "seq": seq});
    for (command, code) in [
        (read(json!(between), json!(-1)), "invalid"),
        (read(json!(between), json!("1")), "invalid"),
        (read(json!("0000000000000"), json!(1)), "not_found"),
        (read(json!(7), json!(1)), "invalid"),
        (json!({"type": "conversation.read", "conversation_id": between}), "invalid"),
        (json!({"type": "conversation.read", "conversation_id": between, "seq": 1, "x": 1}), "invalid"),
        (json!({"type": "typing"}), "invalid"),
        (send("0000000000000", &client_id(), "hello"), "not_found"),
        (send("x", &client_id(), "hello"), "not_found"),
    ] {
        let answer = socket.command(command).await;
        Socket::refused(&answer, code);
    }
    let long = "r".repeat(200);
    socket.say(json!({"type": "ping", "ref": long})).await;
    Socket::refused(&socket.event().await, "invalid");
    socket.sends(&between, "still here").await;
}

#[tokio::test]
async fn what_is_no_text_closes_with_1003() {
    let (_site, anna, _ben, _between) = two().await;
    let mut socket = anna.socket().await;
    socket.say_bytes(b"{\"type\":\"ping\"}".to_vec()).await;
    assert_eq!(socket.closed().await.0, 1003);
}

#[tokio::test]
async fn a_frame_too_large_closes_with_1009() {
    let (_site, anna, ben, between) = two().await;
    let mut socket = anna.socket().await;
    socket.sends(&between, &"🎈".repeat(4_000)).await;
    let mut command = send(&between, &client_id(), "large");
    command["padding"] = "x".repeat(70_000).into();
    socket.say(command).await;
    assert_eq!(socket.closed().await.0, 1009);
    assert_eq!(ben.history(&between).await.len(), 1);
}

#[tokio::test]
async fn events_come_in_order_to_every_tab() {
    let (site, anna, ben, between) = two().await;
    let mut sender = anna.socket().await;
    let mut tabs = [anna.socket().await, ben.socket().await, ben.socket().await, site.again(&ben).await.socket().await];
    let mut sent = Vec::new();
    for n in 0..20 {
        sent.push(sender.sends(&between, &n.to_string()).await);
    }
    for tab in &mut tabs {
        for message in &sent {
            assert_eq!(tab.expect_message().await, *message);
        }
    }
    let others: Vec<Value> = sender.told_of_talk().await;
    assert_eq!(bodies(&others).len(), 20, "the sender's own tab is told too");
}

#[tokio::test]
async fn reading_in_one_tab_is_told_to_the_others_and_the_peer() {
    let (_site, anna, ben, between) = two().await;
    anna.sends(&between, "one").await;
    anna.sends(&between, "two").await;
    let (mut tab, mut other_tab, mut annas) = (ben.socket().await, ben.socket().await, anna.socket().await);
    let read = json!({"type": "conversation.read", "conversation_id": between, "seq": 2});
    Socket::accepted(tab.command(read.clone()).await);
    for socket in [&mut tab, &mut other_tab, &mut annas] {
        let event = socket.expect_event("conversation.read").await;
        assert_eq!(
            (&event["conversation_id"], &event["member_id"], &event["seq"]),
            (&json!(between), &json!(ben.id), &json!(2))
        );
    }
    Socket::accepted(tab.command(read).await);
    assert!(annas.told_of_talk().await.is_empty(), "a mark that doesn't move is not told");
}

#[tokio::test]
async fn typing_is_told_to_the_others_and_not_kept() {
    let (_site, anna, ben, between) = two().await;
    let (mut annas, mut bens) = (anna.socket().await, ben.socket().await);
    let before = bens.cursor.clone();
    annas.say(json!({"type": "typing", "conversation_id": between})).await;
    let event = bens.expect_event("typing").await;
    assert_eq!((&event["conversation_id"], &event["member"]["login"]), (&json!(between), &json!("anna")));
    assert!(annas.told().await.iter().all(|e| e["type"] != "typing"), "not to oneself");
    let mut back = ben.resumes(&before).await;
    assert!(back.told().await.iter().all(|e| e["type"] != "typing"), "it is over");
    annas.say(json!({"type": "typing", "conversation_id": "0000000000000"})).await;
    assert!(annas.told_of_talk().await.is_empty(), "no answer, not even that it isn't there");
}

#[tokio::test]
async fn typing_to_the_organizers_reaches_them() {
    let site = Site::start().await;
    let anna = site.member("anna").await;
    let with_desk = anna.opens_organizer().await;
    let mut desk = site.operator("Olga", "agent").await.socket().await;
    anna.socket().await.say(json!({"type": "typing", "conversation_id": with_desk})).await;
    assert_eq!(desk.expect_event("typing").await["member"]["id"], json!(anna.id));
}

#[tokio::test]
async fn presence_ends_with_the_last_socket() {
    let (_site, anna, ben, _between) = two().await;
    let mut annas = anna.socket().await;
    let (one, two) = (ben.socket().await, ben.socket().await);
    annas.expect_presence(&ben.id, true).await;
    one.leave().await;
    two.leave().await;
    annas.expect_presence(&ben.id, false).await;
    let told = annas.told().await;
    assert!(told.iter().all(|e| e["member_id"] != json!(ben.id)), "told once: {told:?}");
    assert_eq!(anna.list().await[0]["peer"]["connected"], false);
}

/// A socket whose other end is gone without a word: pulled cables, closed lids.
#[tokio::test]
async fn a_silent_socket_is_let_go() {
    let site = Site::with_clock_in_hand().await;
    let anna = site.member("anna").await;
    let mut socket = anna.socket().await;
    site.advance(Duration::from_secs(30));
    // Nothing is read, so no ping is answered; within a turn of the wheel the server looks at this one.
    let closed = tokio::time::timeout(DEADLINE * 2, socket.closed_at_last()).await;
    assert_eq!(closed.expect("let go").0, 4408);
}

#[tokio::test]
async fn coming_back_replays_exactly_what_was_missed_in_order() {
    let (site, anna, ben, between) = two().await;
    let carl = site.member("carl").await;
    let elsewhere = anna.opens_direct(&carl).await;
    let mut bens = ben.socket().await;
    anna.sends(&between, "seen").await;
    // The conversation comes into his list: that is told by itself.
    bens.expect_event("conversation.updated").await;
    anna.sends(&between, "seen too").await;
    bens.expect_message().await;
    bens.told().await;
    let cursor = bens.cursor.clone();
    bens.leave().await;

    let first = anna.sends(&between, "missed 1").await;
    anna.sends(&elsewhere, "not for Ben").await;
    anna.edits(&first, "missed 1, better").await.is(200);
    ben.reads(&between, 3).await;
    anna.sends(&between, "missed 2").await;
    let group = site.operator("Olga", "agent").await.makes_group("New", &[&ben, &carl]).await;
    carl.sends(&group, "missed 3").await;

    let mut back = ben.resumes(&cursor).await;
    let missed = back.left();
    let kinds: Vec<&str> =
        missed.iter().map(|e| e["type"].as_str().unwrap()).filter(|kind| *kind != "presence").collect();
    let talk = [
        "message.created",
        "message.updated",
        "conversation.read",
        "message.created",
        "message.created",
        "conversation.updated",
        "message.created",
    ];
    assert_eq!(kinds, talk, "{missed:#?}");
    assert_eq!(bodies(&missed), ["missed 1", "missed 2", "Olga made the group “New”.", "missed 3"]);
    assert!(back.told_of_talk().await.is_empty());

    anna.sends(&between, "live again").await;
    assert_eq!(back.expect_message().await["body"], "live again");
    let mut at_the_end = ben.resumes(&back.cursor).await;
    assert_eq!(bodies(&at_the_end.left()), Vec::<&str>::new(), "nothing twice");
}

#[tokio::test]
async fn an_operator_comes_back_too() {
    let site = Site::start().await;
    let (anna, ben) = (site.member("anna").await, site.member("ben").await);
    let olga = site.operator("Olga", "agent").await;
    let (with_anna, between) = (anna.opens_organizer().await, anna.opens_direct(&ben).await);
    let cursor = olga.socket().await.cursor;
    anna.sends(&with_anna, "for the desk").await;
    anna.sends(&between, "for Ben").await;
    let mut back = Socket::open(&olga.api, Some(&cursor)).await;
    assert_eq!(bodies(&back.left()), ["for the desk"]);
}

#[tokio::test]
async fn a_cursor_of_another_life_means_loading_again() {
    let (site, anna, ben, between) = two().await;
    let elsewhere = Site::start().await.member("anna").await.socket().await.cursor;
    let here = ben.socket().await.cursor;
    let (epoch, offset) = here.split_once('.').unwrap();
    let ahead = format!("{epoch}.{}", offset.parse::<u64>().unwrap() + 1_000);
    for cursor in [&elsewhere, &ahead, "", "x", "1.2.3", &format!("{epoch}.-1"), &format!("{epoch}.")] {
        let mut socket = Socket::connect(&site.api, None).await;
        socket.hello(&ben.api, Some(cursor)).await;
        assert_eq!(socket.left(), [json!({"type": "resync"})], "{cursor}");
        anna.sends(&between, "goes on").await;
        assert_eq!(socket.expect_message().await["body"], "goes on");
    }
}

#[tokio::test]
async fn a_cursor_too_old_means_loading_again() {
    let site = Site::remembering(20_000).await;
    let (anna, ben) = (site.member("anna").await, site.member("ben").await);
    let between = anna.opens_direct(&ben).await;
    let old = ben.socket().await.cursor;
    for n in 0..100 {
        anna.sends(&between, &format!("{n}: {}", "x".repeat(300))).await;
    }
    let mut newer = ben.socket().await;
    newer.told().await;
    let cursor = newer.cursor.clone();
    anna.sends(&between, "last").await;
    assert_eq!(ben.resumes(&old).await.left(), [json!({"type": "resync"})]);
    assert_eq!(bodies(&ben.resumes(&cursor).await.left()), ["last"]);
}

/// Coming and going all the time, somebody who keeps the cursor of the last event holds every message once.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_falls_between_coming_and_going() {
    const MESSAGES: usize = 150;
    let (site, anna, ben, between) = two().await;
    site.lift_limits().await;
    let writing = async {
        let mut socket = anna.socket().await;
        for n in 0..MESSAGES {
            socket.sends(&between, &n.to_string()).await;
        }
    };
    let reading = async {
        let mut got: Vec<i64> = Vec::new();
        let mut socket = ben.socket().await;
        while got.len() < MESSAGES {
            for _ in 0..7.min(MESSAGES - got.len()) {
                got.push(socket.expect_message().await["seq"].as_i64().unwrap());
            }
            socket = ben.resumes(&socket.cursor).await;
        }
        got
    };
    let (_, got) = within("the story", async { tokio::join!(writing, reading) }).await;
    assert_eq!(got, (1..=i64::try_from(MESSAGES).unwrap()).collect::<Vec<_>>());
}

/// Who sends as fast as they can is slowed down, not cut off by what comes back to them.
#[tokio::test]
async fn a_flood_of_ones_own_is_answered_to_the_last() {
    const MESSAGES: usize = 150;
    let (site, anna, _, between) = two().await;
    site.lift_limits().await;
    let mut socket = anna.socket().await;
    let large = "x".repeat(4_000);
    // While the disk is busy nothing is answered: what was read by then comes back at once, over 1 MiB if it is all.
    let busy = site.app.db.write("busy").await.unwrap();
    {
        let flood = async {
            for number in 0..MESSAGES {
                let mut command = send(&between, &client_id(), &large);
                command["ref"] = number.into();
                socket.say(command).await;
            }
        };
        let mut flood = std::pin::pin!(flood);
        // A server that has stopped reading may keep the flood from ending.
        let blocked = tokio::time::timeout(Duration::from_secs(2), &mut flood).await.is_err();
        // On this one thread: the server has read all that it will read.
        for _ in 0..20_000 {
            tokio::task::yield_now().await;
        }
        drop(busy);
        if blocked {
            flood.await;
        }
    }
    for number in 0..MESSAGES {
        Socket::accepted(socket.answer_to(&number.into()).await);
    }
}

/// A reader who takes nothing is dropped, disturbs nobody, and has lost nothing when it comes back.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_reader_too_slow_is_closed_and_resumes_without_loss() {
    let (site, anna, ben, between) = two().await;
    site.lift_limits().await;
    let mut slow = Socket::connect_reading(&ben.api, None, Some(4_096)).await;
    slow.hello(&ben.api, None).await;
    let mut quick = ben.socket().await;
    let mut writer = anna.socket().await;
    let large = "🎈".repeat(4_000);
    let mut sent = 0;
    // The system lends the server a few MiB for what it sends; then the server's own bound is reached.
    while site.app.hub.connections(site_number(&site).await) == 3 {
        writer.sends(&between, &large).await;
        quick.expect_message().await;
        sent += 1;
        assert!(sent < 2_000, "the slow reader was never dropped");
    }
    // While it is away more is said than it may ever have waiting.
    for _ in 0..100 {
        writer.sends(&between, &large).await;
        quick.expect_message().await;
        sent += 1;
    }
    anna.sends(&between, "the end").await;
    assert_eq!(quick.expect_message().await["body"], "the end", "the others are not disturbed");

    let mut got: Vec<i64> = Vec::new();
    let numbers = |events: Vec<Value>| -> Vec<i64> {
        events
            .iter()
            .filter(|e| e["type"] == "message.created")
            .map(|e| e["message"]["seq"].as_i64().unwrap())
            .collect()
    };
    let (code, _) = slow.closed().await;
    assert!(matches!(code, 4408 | 1006), "{code}: the close itself may not get through");
    got.extend(numbers(slow.left()));
    assert!(got.len() < sent, "something was missed");
    let mut back = ben.resumes(&slow.cursor).await;
    got.extend(numbers(back.left()));
    assert_eq!(got, (1..=i64::try_from(sent).unwrap() + 1).collect::<Vec<_>>());
    back.sends(&between, "and on").await;
}

async fn site_number(site: &Site) -> i64 {
    site.app.sites.by_slug(&site.app.db, &site.slug).await.unwrap().unwrap().id.0
}

#[tokio::test]
async fn a_stop_tells_everybody_to_come_back() {
    let (site, anna, ben, between) = two().await;
    let (mut one, mut two) = (anna.socket().await, ben.socket().await);
    one.sends(&between, "before").await;
    site.stop();
    assert_eq!((one.closed().await.0, two.closed().await.0), (1012, 1012));
}
