//! What is sent again, edited, refused or typed: always answered as it was, never without a limit.

use super::{Lobby, logins};
use crate::harness::client_id;
use serde_json::json;

#[tokio::test]
async fn what_was_sent_is_answered_again_whatever_changed_since() {
    let lobby = Lobby::start().await;
    let Lobby { anna, ben, mona, .. } = &lobby;
    let (in_room, alone) = (client_id(), client_id());
    let direct = anna.opens_direct(ben).await;
    let aloud = anna.says(&lobby.room, &in_room, "hello").await.is(201);
    let privately = anna.says(&direct, &alone, "hello 🙂").await.is(201);
    lobby.site.configure(json!({"content_policy": "text-only"})).await;
    let form = json!({"member": anna.id, "kind": "mute", "minutes": 60, "reason": "Rules."});
    mona.post(&lobby.path("/sanctions"), form).await.is(201);
    assert_eq!(anna.says(&lobby.room, &in_room, "hello").await.is(200), aloud);
    assert_eq!(anna.says(&direct, &alone, "hello 🙂").await.is(200), privately);
    lobby.says(anna, "something new").await.refused(403, "muted");
    lobby.olga.lets_chat(anna, false).await;
}

#[tokio::test]
async fn one_edits_no_faster_than_one_writes() {
    let lobby = Lobby::start().await;
    let message = lobby.says(&lobby.anna, "hello").await.is(201);
    lobby.site.configure(json!({"limits": {"messages": {"per_second": 0.01, "burst": 2}}})).await;
    lobby.anna.edits(&message, "hello 1").await;
    lobby.anna.edits(&message, "hello 2").await;
    lobby.anna.edits(&message, "hello 3").await.refused(429, "rate_limited");
}

#[tokio::test]
async fn that_one_types_is_told_now_and_then() {
    let lobby = Lobby::start().await;
    let (mut annas, mut bens) = (lobby.inside(&lobby.anna).await, lobby.inside(&lobby.ben).await);
    for _ in 0..50 {
        annas.say(json!({"type": "typing", "conversation_id": lobby.room})).await;
    }
    annas.sends(&lobby.room, "done").await;
    let told = bens.told().await;
    let typing = told.iter().filter(|event| event["type"] == "typing").count();
    assert!((1..=4).contains(&typing), "told {typing} times");
}

#[tokio::test]
async fn an_author_who_was_away_finds_what_was_refused_and_why() {
    let lobby = Lobby::with(json!({"moderation": true, "hold_first": 1})).await;
    let held = lobby.says(&lobby.anna, "first words").await.is(202)["held"].clone();
    let path = lobby.path(&format!("/moderation/held/{}/reject", held["id"].as_str().unwrap()));
    lobby.mona.post(&path, json!({"note": "Off topic"})).await.is(200);
    let own = lobby.anna.get(&lobby.path("/held")).await.is(200);
    assert_eq!((&own["items"][0]["state"], &own["items"][0]["note"]), (&json!("rejected"), &json!("Off topic")));
    assert!(lobby.ben.get(&lobby.path("/held")).await.is(200)["items"].as_array().unwrap().is_empty());
}

#[tokio::test]
async fn a_login_typed_in_full_is_offered_first_however_many_are_here() {
    let lobby = Lobby::with(json!({"populations": []})).await;
    let rules =
        json!([{"from": "guests", "to": {"population": "team"}, "effect": "allow", "rights": ["see", "start"]}]);
    lobby.olga.sets_rules(rules).await;
    let mut crowd = Vec::new();
    for number in 0..30 {
        let login = format!("m{number}");
        let token = lobby.site.token(&login).with("login", login.as_str()).with("name", format!("M Aaa {number}"));
        let member = lobby.site.member_with(token.with("populations", json!(["guests"]))).await;
        crowd.push(lobby.inside(&member).await);
    }
    let _monas = lobby.inside(&lobby.mona).await;
    let offered = async |prefix: &str| {
        logins(&lobby.anna.get(&lobby.path(&format!("/logins?prefix={prefix}"))).await.is(200)["items"])
    };
    assert_eq!(offered("mona").await, ["mona"]);
    assert_eq!(offered("m").await, ["mona"], "of those whose name begins so, the one she may whisper to");
    assert!(offered("m3").await.is_empty());
}

#[tokio::test]
async fn an_edit_may_call_the_same_people_twice_or_oneself() {
    let lobby = Lobby::start().await;
    let whisper = lobby.says(&lobby.anna, "@anna @ben @ben psst").await.is(201);
    let edited = lobby.anna.edits(&whisper, "@anna @ben @ben psst!").await.is(200);
    assert_eq!(edited["body"], "@anna @ben @ben psst!");
    let twenty_one = "@ben ".repeat(21) + "psst";
    lobby.says(&lobby.anna, &twenty_one).await.is(201);
}
