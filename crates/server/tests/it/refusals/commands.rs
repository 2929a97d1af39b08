//! What is refused on the socket, and to whom.

use super::Scene;
use crate::harness::{Api, Socket, client_id};
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// Every command with fields that it takes.
fn commands(conversation: &str) -> Vec<(&'static str, Value)> {
    vec![
        ("ping", json!({})),
        ("message.send", json!({"conversation_id": conversation, "client_id": client_id(), "body": "hello"})),
        ("conversation.read", json!({"conversation_id": conversation, "seq": 1})),
        ("typing", json!({"conversation_id": conversation})),
        ("room.enter", json!({"conversation_id": conversation})),
        ("room.leave", json!({"conversation_id": conversation})),
        ("call.signal", json!({"call_id": conversation, "data": {"offer": 1}})),
    ]
}

fn command(kind: &str, fields: &Value) -> Value {
    let mut command = fields.clone();
    command["type"] = kind.into();
    command
}

/// A command that is not in the table was not thought about.
#[test]
fn every_command_stands_in_the_table() {
    let source = include_str!("../../../src/app.rs");
    let arms = source.split("match command.kind {").nth(1).unwrap().split("_ =>").next().unwrap();
    let known = arms.lines().filter_map(|line| Some(line.trim().strip_prefix('"')?.split_once("\" =>")?.0));
    let table: BTreeSet<&str> = commands("x").into_iter().map(|(kind, _)| kind).collect();
    assert_eq!(table, known.collect::<BTreeSet<_>>());
}

#[tokio::test]
async fn before_hello_there_are_no_commands() {
    let scene = Scene::start().await;
    let before = scene.site.dump().await;
    for (kind, fields) in commands(&scene.between) {
        let mut socket = Socket::connect(scene.nobody(), None).await;
        socket.say(command(kind, &fields)).await;
        assert_eq!(socket.closed().await.0, 4401, "{kind}");
    }
    let mut socket = scene.anna.socket().await;
    let again = socket.command(json!({"type": "hello", "access_token": scene.ben.token})).await;
    Socket::refused(&again, "bad_request");
    assert_eq!(scene.site.dump().await, before);
}

#[tokio::test]
async fn who_is_signed_out_or_shut_out_is_cut_off() {
    let scene = Scene::start().await;
    let again = scene.site.again(&scene.anna).await;
    let (mut here, mut there) = (scene.anna.socket().await, again.socket().await);
    again.delete("sessions/current").await.is(204);
    assert_eq!(there.closed().await.0, 4401);
    Socket::accepted(here.command(json!({"type": "ping"})).await);
    scene.olga.lets_chat(&scene.anna, false).await;
    assert_eq!(here.closed().await.0, 4401);
    for api in [&scene.anna.api, &again.api, &scene.nobody().with_token("made-up"), scene.nobody()] {
        let mut socket = Socket::connect(api, None).await;
        socket.say(json!({"type": "hello", "access_token": api.token})).await;
        assert_eq!(socket.closed().await.0, 4401);
    }
    let mut desk = scene.agent.socket().await;
    scene.agent.delete("admin/sessions/current").await.is(204);
    assert_eq!(desk.closed().await.0, 4401);
}

async fn all_refused(api: &Api, conversation: &str, code: &str) {
    let mut socket = Socket::open(api, None).await;
    for (kind, fields) in commands(conversation).into_iter().filter(|(kind, _)| *kind != "ping") {
        if kind == "typing" || kind == "room.leave" {
            // No answer, or for staff that it is not theirs; either way nobody is told. One leaves what one is not in.
            continue;
        }
        // A call that has begun goes on, whatever is switched off.
        let code = if kind == "call.signal" { "not_found" } else { code };
        Socket::refused(&socket.command(command(kind, &fields)).await, code);
    }
}

#[tokio::test]
async fn what_is_not_ones_own_is_not_there() {
    let scene = Scene::start().await;
    let before = scene.site.dump().await;
    let mut listening = scene.ben.socket().await;
    let there = &scene.elsewhere;
    for conversation in [there.conversation.as_str(), there.desk.as_str(), "0000000000000", "x", "", "\u{0}"] {
        all_refused(&scene.anna.api, conversation, "not_found").await;
        all_refused(&scene.olga.api, conversation, "not_found").await;
    }
    all_refused(&scene.carl.api, &scene.between, "not_found").await;
    all_refused(&scene.carl.api, &scene.desk, "not_found").await;
    all_refused(&scene.olga.api, &scene.between, "not_found").await;
    let mut carl = scene.carl.socket().await;
    carl.say(json!({"type": "typing", "conversation_id": scene.between})).await;
    carl.told().await;
    assert!(listening.told_of_talk().await.is_empty(), "nobody is told of anything");
    scene.site.configure(json!({"features": {"messaging": false}})).await;
    let with_it_off = scene.site.dump().await;
    all_refused(&scene.anna.api, &scene.between, "feature_off").await;
    assert_eq!(scene.site.dump().await, with_it_off);
    scene.site.configure(json!({"features": {"messaging": null}})).await;
    assert_eq!(scene.site.dump().await, before);
}

#[tokio::test]
async fn bad_frames_change_nothing_and_the_socket_goes_on() {
    let scene = Scene::start().await;
    let before = scene.site.dump().await;
    let mut socket = scene.anna.socket().await;
    for (kind, fields) in commands(&scene.between).into_iter().filter(|(kind, _)| *kind != "ping") {
        let mut more = command(kind, &fields);
        more["colour"] = "red".into();
        let said = Socket::refused(&socket.command(more).await, "invalid");
        assert!(said.contains("colour"), "{kind}: {said}");
        for field in fields.as_object().unwrap().keys() {
            let mut less = command(kind, &fields);
            less.as_object_mut().unwrap().remove(field);
            let said = Socket::refused(&socket.command(less).await, "invalid");
            assert!(said.contains(field.as_str()), "{kind}: {said}");
            // What devices say to each other is any object.
            let odd = [json!(null), json!([1]), json!(1.5), json!(true), json!({})];
            for odd in odd.into_iter().take(if field == "data" { 4 } else { 5 }) {
                let mut changed = command(kind, &fields);
                changed[field] = odd;
                Socket::refused(&socket.command(changed).await, "invalid");
            }
        }
    }
    for body in ["", " ", "a\u{0}b", "a\tb", "a\u{1b}[31m", &"x".repeat(4_001)] {
        let sent = crate::harness::send(&scene.between, &client_id(), body);
        Socket::refused(&socket.command(sent).await, "content_rejected");
    }
    for text in ["", "{", "[]", "null", "{\"type\":\"message.send\"", "\u{0}", "{\"type\":[]}"] {
        socket.say_text(text).await;
        let answer = socket.answer_to(&Value::Null).await;
        Socket::refused(&answer, "bad_request");
    }
    Socket::accepted(socket.command(json!({"type": "ping"})).await);
    assert_eq!(scene.site.dump().await, before);
}

#[tokio::test]
async fn frames_that_close_the_socket_change_nothing() {
    let scene = Scene::start().await;
    let before = scene.site.dump().await;
    let mut large = scene.anna.socket().await;
    let body = "x".repeat(70_000);
    large.say(crate::harness::send(&scene.between, &client_id(), &body)).await;
    assert_eq!(large.closed().await.0, 1009);
    let mut binary = scene.anna.socket().await;
    let frame = crate::harness::send(&scene.between, &client_id(), "hello").to_string();
    binary.say_bytes(frame.into_bytes()).await;
    assert_eq!(binary.closed().await.0, 1003);
    assert_eq!(scene.site.dump().await, before);
}
