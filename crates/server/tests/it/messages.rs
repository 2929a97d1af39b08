//! Messages: exactly once, in one order, and nothing that is no message.

use crate::harness::{Member, Site, Socket, client_id, send};
use futures_util::future::join_all;
use reqwest::Method;
use serde_json::{Value, json};
use std::time::Duration;

async fn two() -> (Site, Member, Member, String) {
    let site = Site::start().await;
    let (anna, ben) = (site.member("anna").await, site.member("ben").await);
    let between = anna.opens_direct(&ben).await;
    (site, anna, ben, between)
}

#[tokio::test]
async fn a_message_is_sent_and_read() {
    let (_site, anna, ben, between) = two().await;
    let name = client_id();
    let sent = anna.says(&between, &name, "Salut\nBen 🎈").await.is(201);
    assert_eq!((&sent["seq"], &sent["body"], &sent["client_id"]), (&json!(1), &json!("Salut\nBen 🎈"), &json!(name)));
    assert_eq!(
        (&sent["author"]["kind"], &sent["author"]["id"], &sent["author"]["login"]),
        (&json!("member"), &json!(anna.id), &json!("anna"))
    );
    assert_eq!(
        (&sent["edited_at"], &sent["removed"], &sent["reply_to"], &sent["whisper_to"]),
        (&Value::Null, &Value::Null, &Value::Null, &Value::Null)
    );
    assert!(sent["sent_at"].as_str().unwrap().ends_with('Z'));
    assert_eq!(ben.history(&between).await, [sent]);
}

/// The same `client_id` again, whatever the body, by whichever way: the one message.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_message_is_sent_exactly_once_however_often() {
    let (_site, anna, ben, between) = two().await;
    let mut listening = ben.socket().await;
    let name = client_id();
    let mut sockets = join_all((0..5).map(|_| anna.socket())).await;
    let by_socket = join_all(sockets.iter_mut().map(|socket| socket.command(send(&between, &name, "once"))));
    let by_http = join_all((0..10).map(|_| anna.says(&between, &name, "once")));
    let (by_socket, by_http) = tokio::join!(by_socket, by_http);
    let made = by_http.iter().filter(|answer| answer.status == 201).count();
    assert!(made <= 1, "{made} of them say they are new");
    let mut answers: Vec<Value> = by_http.into_iter().map(|answer| answer.body).collect();
    answers.extend(by_socket.into_iter().map(|answer| Socket::accepted(answer)["message"].take()));
    assert!(answers.iter().all(|message| *message == answers[0]), "{answers:?}");

    assert_eq!(anna.says(&between, &name, "another body").await.is(200), answers[0]);
    let upper = anna.says(&between, &name.to_uppercase(), "once").await.is(200);
    assert_eq!(upper, answers[0], "a UUID has no case");
    assert_eq!(ben.history(&between).await, [answers[0].clone()]);
    assert_eq!(listening.expect_message().await, answers[0]);
    assert!(listening.told().await.iter().all(|event| event["type"] != "message.created"));

    ben.says(&between, &name, "mine").await.is(201);
    let elsewhere = anna.opens_organizer().await;
    anna.says(&elsewhere, &name, "there").await.is(201);
}

/// The same name twice within one batch, and again later, edited and withdrawn in between.
#[tokio::test]
async fn a_retry_is_answered_with_the_message_as_it_is_now() {
    let (_site, anna, _ben, between) = two().await;
    let name = client_id();
    let mut socket = anna.socket().await;
    for reference in 1..=3 {
        let mut command = send(&between, &name, "typed once");
        command["ref"] = reference.into();
        socket.say(command).await;
    }
    let mut answers = Vec::new();
    for reference in 1..=3 {
        answers.push(Socket::accepted(socket.answer_to(&json!(reference)).await)["message"].take());
    }
    assert!(answers.iter().all(|m| m["seq"] == 1), "{answers:?}");
    let edited = anna.edits(&answers[0], "better").await.is(200);
    assert_eq!(anna.says(&between, &name, "typed once").await.is(200), edited);
    let withdrawn = anna.withdraws(&answers[0]).await.is(200);
    assert_eq!(anna.says(&between, &name, "typed once").await.is(200), withdrawn);
    assert_eq!(anna.history(&between).await.len(), 1);
}

/// Many writers at once, over both ways: numbers without a gap, one order for everybody, each writer's own kept.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn everybody_sees_the_same_order_without_gaps() {
    const EACH: usize = 40;
    let site = Site::start().await;
    site.lift_limits().await;
    let members = join_all(["anna", "ben", "carl", "dora"].map(|login| site.member(login))).await;
    let olga = site.operator("Olga", "agent").await;
    let group = olga.makes_group("All", &members.iter().collect::<Vec<_>>()).await;
    let mut listeners = join_all(members.iter().map(Member::socket)).await;
    let writers = members.iter().enumerate().map(async |(n, member)| {
        let mut socket = member.socket().await;
        for i in 0..EACH {
            let body = format!("{}:{i}", member.login);
            if n % 2 == 0 {
                socket.sends(&group, &body).await;
            } else {
                member.sends(&group, &body).await;
            }
        }
    });
    join_all(writers).await;

    let all = members[0].whole(&group).await;
    let numbers: Vec<i64> = all.iter().map(|(seq, _)| *seq).collect();
    // The first says that the group was made.
    assert_eq!(numbers, (1..=i64::try_from(1 + EACH * 4).unwrap()).collect::<Vec<_>>());
    for member in &members {
        let own: Vec<&str> =
            all.iter().filter_map(|(_, body)| body.strip_prefix(&format!("{}:", member.login))).collect();
        assert_eq!(own, (0..EACH).map(|i| i.to_string()).collect::<Vec<_>>(), "{}'s own order", member.login);
    }
    for listener in &mut listeners {
        for expected in &all[1..] {
            let message = listener.expect_message().await;
            assert_eq!(
                (message["seq"].as_i64().unwrap(), message["body"].as_str().unwrap()),
                (expected.0, expected.1.as_str())
            );
        }
    }
}

#[tokio::test]
async fn history_comes_in_pages_from_either_end() {
    let (site, anna, ben, between) = two().await;
    site.lift_limits().await;
    for n in 1..=25 {
        anna.sends(&between, &n.to_string()).await;
    }
    let page = async |query: &str| {
        let page = ben.get(&format!("conversations/{between}/messages?{query}")).await.is(200);
        let numbers: Vec<i64> = page["items"].as_array().unwrap().iter().map(|m| m["seq"].as_i64().unwrap()).collect();
        (numbers, page["next"].as_str().map(str::to_owned))
    };
    let range = |from: i64, to: i64| (from..=to).collect::<Vec<_>>();
    assert_eq!(page("limit=10").await, (range(16, 25), Some("16".into())), "the newest, ascending");
    assert_eq!(page("limit=10&before=16").await, (range(6, 15), Some("6".into())));
    assert_eq!(page("limit=10&before=6").await, (range(1, 5), None));
    assert_eq!(page("limit=10&after=0").await, (range(1, 10), Some("10".into())));
    assert_eq!(page("limit=10&after=20").await, (range(21, 25), None));
    assert_eq!(page("after=3&before=7").await, (range(4, 6), None));
    assert_eq!(page("after=25").await, (vec![], None));
    assert_eq!(page("after=1000").await, (vec![], None));
    assert_eq!(page("before=1").await, (vec![], None));
    assert_eq!(page("limit=25").await, (range(1, 25), None));
    assert_eq!(page("").await.0.len(), 25);
    for query in ["limit=0", "before=0", "after=-1", "after=x", "before=99999999999999999999", "around=7"] {
        ben.get(&format!("conversations/{between}/messages?{query}")).await.refused(422, "invalid");
    }
}

#[tokio::test]
async fn the_author_edits() {
    let site = Site::with_clock_in_hand().await;
    let (anna, ben) = (site.member("anna").await, site.member("ben").await);
    let between = anna.opens_direct(&ben).await;
    let first = anna.sends(&between, "teh first").await;
    let second = anna.sends(&between, "second").await;
    let mut bens = ben.socket().await;
    site.advance(Duration::from_secs(5));
    let edited = anna.edits(&first, "the first").await.is(200);
    assert_eq!(
        (&edited["body"], &edited["seq"], &edited["sent_at"]),
        (&json!("the first"), &json!(1), &first["sent_at"])
    );
    assert_ne!(edited["edited_at"], Value::Null);
    assert_eq!(bens.expect_event("message.updated").await["message"], edited);
    assert_eq!(ben.history(&between).await, [edited.clone(), second.clone()]);
    assert_eq!(anna.edits(&second, "second").await.is(200)["edited_at"], Value::Null, "the same text is no edit");

    ben.edits(&first, "mine").await.refused(403, "read_only");
    for body in ["", "a\tb", &"x".repeat(4_001)] {
        anna.edits(&first, body).await.refused(422, "content_rejected");
    }
    let path = format!("conversations/{between}/messages");
    for id in [format!("{between}.99"), format!("{between}.0"), format!("{between}.01"), between.clone(), "x".into()] {
        anna.patch(&format!("{path}/{id}"), json!({"body": "?"})).await.refused(404, "not_found");
        anna.delete(&format!("{path}/{id}")).await.refused(404, "not_found");
    }
    let with_desk = anna.opens_organizer().await;
    let elsewhere = format!("conversations/{with_desk}/messages/{between}.1");
    anna.patch(&elsewhere, json!({"body": "?"})).await.refused(404, "not_found");
    assert_eq!(ben.history(&between).await[0], edited);
}

#[tokio::test]
async fn the_author_withdraws() {
    let (site, anna, ben, between) = two().await;
    let first = anna.sends(&between, "a secret").await;
    anna.sends(&between, "second").await;
    let mut bens = ben.socket().await;
    ben.withdraws(&first).await.refused(403, "read_only");
    let gone = anna.withdraws(&first).await.is(200);
    assert_eq!((&gone["body"], &gone["removed"]["by"], &gone["seq"]), (&json!(""), &json!("author"), &json!(1)));
    assert_eq!(bens.expect_event("message.updated").await["message"], gone);
    assert_eq!(anna.withdraws(&first).await.is(200), gone, "twice is the same");
    anna.edits(&first, "no, wait").await.refused(409, "conflict");
    assert_eq!(ben.history(&between).await[0], gone, "its place stays");
    let query = parvis::platform::db::sql("SELECT body FROM message WHERE seq = 1");
    let kept: Vec<(String,)> = query.all(&mut site.app.db.read().await.unwrap()).await.unwrap();
    assert_eq!(kept[0].0, "", "the text is gone for good");
}

#[tokio::test]
async fn an_operators_message_is_not_a_members_to_touch() {
    let site = Site::start().await;
    let anna = site.member("anna").await;
    let olga = site.operator("Olga", "agent").await;
    let with_desk = anna.opens_organizer().await;
    let answer = olga.answers(&with_desk, "official").await;
    anna.edits(&answer, "funny").await.refused(403, "read_only");
    anna.withdraws(&answer).await.refused(403, "read_only");
}

#[tokio::test]
async fn a_message_may_answer_another() {
    let (_site, anna, ben, between) = two().await;
    let asked = anna.sends(&between, "when?").await;
    let draft = json!({"client_id": client_id(), "body": "now", "reply_to": asked["id"]});
    let path = format!("conversations/{between}/messages");
    let answered = ben.post(&path, draft).await.is(201);
    assert_eq!(answered["reply_to"], asked["id"]);
    assert_eq!(anna.history(&between).await[1], answered);
    let with_desk = anna.opens_organizer().await;
    let elsewhere = anna.sends(&with_desk, "hello").await;
    for bad in [elsewhere["id"].clone(), json!("x"), json!(7), json!(between)] {
        anna.post(&path, json!({"client_id": client_id(), "body": "?", "reply_to": bad})).await.refused(422, "invalid");
    }
    assert_eq!(anna.history(&between).await.len(), 2);
    let future = json!({"client_id": client_id(), "body": "first!", "reply_to": format!("{between}.99")});
    let answer = anna.post(&path, future).await.is(201);
    assert_eq!(answer["reply_to"], Value::Null, "an answer to what isn't there yet answers nothing");
}

#[tokio::test]
async fn a_text_is_normalised_and_nothing_else_is_changed() {
    let (_site, anna, ben, between) = two().await;
    for (typed, stored) in [
        ("cafe\u{301}", "café"),
        ("  spaces stay  ", "  spaces stay  "),
        ("<b>& \"quotes\" \\ </b>", "<b>& \"quotes\" \\ </b>"),
        ("line\nline", "line\nline"),
        ("👩‍👩‍👧‍👦 שלום \u{202E}x", "👩‍👩‍👧‍👦 שלום \u{202E}x"),
        ("'); DROP TABLE message; --", "'); DROP TABLE message; --"),
    ] {
        assert_eq!(anna.sends(&between, typed).await["body"], stored);
        assert_eq!(ben.history(&between).await.last().unwrap()["body"], stored);
    }
    let longest = "🎈".repeat(4_000);
    assert_eq!(anna.sends(&between, &longest).await["body"], longest);
    let composed = format!("{}e\u{301}", "x".repeat(3_999));
    assert_eq!(anna.sends(&between, &composed).await["body"].as_str().unwrap().chars().count(), 4_000);
}

#[tokio::test]
async fn what_is_no_message_is_refused_and_changes_nothing() {
    let (_site, anna, ben, between) = two().await;
    let mut bens = ben.socket().await;
    let mut annas = anna.socket().await;
    for body in
        ["", " \n ", "\u{200B}", "a\tb", "a\u{0}b", "a\rb", "a\u{1B}[31m", "a\u{7F}", "a\u{85}b", &"x".repeat(4_001)]
    {
        let over_http = anna.says(&between, &client_id(), body).await.refused(422, "content_rejected");
        let over_socket = annas.command(send(&between, &client_id(), body)).await;
        assert_eq!(Socket::refused(&over_socket, "content_rejected"), over_http, "both ways say the same");
    }
    let good = client_id();
    for (draft, named) in [
        (json!({"client_id": "17", "body": "x"}), "client_id"),
        (json!({"client_id": 17, "body": "x"}), "string"),
        (json!({"body": "x"}), "client_id"),
        (json!({"client_id": good}), "body"),
        (json!({"client_id": good, "body": null}), "string"),
        (json!({"client_id": good, "body": "x", "colour": "red"}), "colour"),
        (json!({"client_id": good, "body": "x", "seq": 7}), "seq"),
    ] {
        let path = format!("conversations/{between}/messages");
        let said = anna.post(&path, draft.clone()).await.refused(422, "invalid");
        assert!(said.contains(named), "{draft}: {said}");
        let mut command = draft.clone();
        command["type"] = "message.send".into();
        command["conversation_id"] = between.clone().into();
        let said = Socket::refused(&annas.command(command).await, "invalid");
        assert!(said.contains(named), "{draft}: {said}");
    }
    assert!(ben.history(&between).await.is_empty());
    assert!(bens.told_of_talk().await.is_empty());
}

#[tokio::test]
async fn what_is_no_json_is_refused() {
    let (_site, anna, ben, between) = two().await;
    let post = |kind: &str, bytes: Vec<u8>| {
        let request = anna.request(Method::POST, &format!("conversations/{between}/messages"));
        anna.send(request.header("content-type", kind).body(bytes))
    };
    let draft = json!({"client_id": client_id(), "body": "x"}).to_string();
    let broken = |bytes: &[u8]| {
        let mut draft = br#"{"client_id":"7b0c4e0e-5d8c-4f7e-8f5e-0d6b8f1f0a11","body":""#.to_vec();
        draft.extend_from_slice(bytes);
        draft.extend_from_slice(b"\"}");
        draft
    };
    for bytes in [
        b"".to_vec(),
        b"{".to_vec(),
        b"body=x".to_vec(),
        broken(b"\xff\xfe"),
        broken(b"\xc3"),
        broken(b"\\ud800"),
        broken(b"raw\ttab"),
    ] {
        post("application/json", bytes).await.refused(400, "bad_request");
    }
    for kind in ["text/plain", "application/x-www-form-urlencoded", "application/jsonp"] {
        post(kind, draft.clone().into_bytes()).await.refused(415, "unsupported_media_type");
    }
    let padded = format!("{draft}{}", " ".repeat(300 * 1024));
    post("application/json", padded.into_bytes()).await.refused(413, "too_large");
    assert!(ben.history(&between).await.is_empty());
    post("application/json; charset=utf-8", draft.into_bytes()).await.is(201);
}

#[tokio::test]
async fn problems_are_explained_in_the_readers_language() {
    let site = Site::start().await;
    let anna = site.member_with(site.token("anna").with("locale", "fr")).await;
    let id = anna.opens_organizer().await;
    assert_eq!(anna.says(&id, &client_id(), "").await.refused(422, "content_rejected"), "Le message est vide.");
    let request =
        anna.request(Method::POST, &format!("conversations/{id}/messages")).header("accept-language", "xx, en;q=0.8");
    let answer = anna.send(request.json(&json!({"client_id": client_id(), "body": ""}))).await;
    assert_eq!(answer.refused(422, "content_rejected"), "The message is empty.");
    let mut socket = anna.socket().await;
    let answer = socket.command(send(&id, &client_id(), "")).await;
    assert_eq!(Socket::refused(&answer, "content_rejected"), "Le message est vide.");
}

#[tokio::test]
async fn sending_is_limited_per_member() {
    let site = Site::with_clock_in_hand().await;
    site.configure(json!({"limits": {"messages": {"per_second": 2, "burst": 5}}})).await;
    let (anna, ben) = (site.member("anna").await, site.member("ben").await);
    let between = anna.opens_direct(&ben).await;
    let mut socket = anna.socket().await;
    for n in 0..5 {
        if n % 2 == 0 {
            anna.sends(&between, "quick").await;
        } else {
            socket.sends(&between, "quick").await;
        }
    }
    let limited = anna.says(&between, &client_id(), "too quick").await;
    assert_eq!(limited.headers["retry-after"], "1");
    limited.refused(429, "rate_limited");
    let answer = socket.command(send(&between, &client_id(), "too quick")).await;
    Socket::refused(&answer, "rate_limited");
    assert_eq!(answer["problem"]["retry_after"], 1);
    ben.sends(&between, "my own pace").await;
    site.advance(Duration::from_secs(1));
    anna.sends(&between, "slower").await;
    anna.sends(&between, "slower").await;
    anna.says(&between, &client_id(), "too quick").await.refused(429, "rate_limited");
}

/// Each reader's numbers in the list after a random story are what the messages say.
#[tokio::test]
async fn every_list_agrees_with_the_messages() {
    let site = Site::start().await;
    let (anna, ben, carl) = (site.member("anna").await, site.member("ben").await, site.member("carl").await);
    for (from, to) in [(&anna, &ben), (&ben, &carl), (&carl, &anna)] {
        let between = from.opens_direct(to).await;
        for n in 0..3 {
            from.sends(&between, &n.to_string()).await;
        }
        to.reads(&between, 2).await;
    }
    for member in [&anna, &ben, &carl] {
        for conversation in member.list().await {
            let id = conversation["id"].as_str().unwrap();
            let history = member.history(id).await;
            assert_eq!(conversation["last_message"], *history.last().unwrap());
            let mark = conversation["read_seq"].as_i64().unwrap();
            let unread = history.iter().filter(|m| m["seq"].as_i64().unwrap() > mark).count();
            assert_eq!(conversation["unread"], unread);
        }
    }
}
