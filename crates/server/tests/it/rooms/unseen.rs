//! What nobody may learn from a room: of blocks, of whispers, of people and of talk that are not for them.

use super::{Lobby, enters, logins};
use crate::harness::{Member, Socket, client_id};
use serde_json::{Value, json};

async fn seen(lobby: &Lobby, who: &Member) -> Value {
    let rooms = who.get("rooms").await.is(200);
    rooms["items"].as_array().unwrap().iter().find(|room| room["id"] == lobby.room.as_str()).unwrap().clone()
}

/// Waits until a socket was told of somebody, perhaps among others.
async fn tells_of(socket: &mut Socket, kind: &str, member: &str) {
    while !socket.expect_event(kind).await["members"].to_string().contains(member) {}
}

#[tokio::test]
async fn whoever_is_blocked_is_called_by_name_as_before() {
    let lobby = Lobby::start().await;
    let Lobby { anna, ben, .. } = &lobby;
    anna.blocks(ben).await;
    let said = lobby.says(anna, "hello @ben").await.is(201);
    assert_eq!(logins(&said["mentions"]), ["ben"]);
    assert_eq!(seen(&lobby, ben).await["mentions"], 1, "Ben does not learn that Anna blocks him");
    lobby.says(ben, "hello @anna").await.is(201);
    assert_eq!(seen(&lobby, anna).await["mentions"], 0, "nor is Anna called by him");
}

#[tokio::test]
async fn a_whisper_is_answered_among_those_it_was_for_whoever_blocks_whom() {
    let lobby = Lobby::start().await;
    let Lobby { anna, ben, carl, mona, .. } = &lobby;
    carl.blocks(anna).await;
    let whisper = lobby.says(anna, "@ben @carl psst").await.is(201);
    let answer = |body: &str| json!({"client_id": client_id(), "body": body, "reply_to": whisper["id"]});
    let answered = ben.post(&lobby.path("/messages"), answer("@anna @carl psst yourself")).await.is(201);
    assert_eq!(answered["reply_to"], whisper["id"]);
    ben.post(&lobby.path("/messages"), answer("@anna @mona psst")).await.refused(422, "invalid");
    ben.post(&lobby.path("/messages"), answer("aloud")).await.refused(422, "invalid");
    // For whoever does not hear it, it is as if it were not there.
    for unheard in [whisper["id"].as_str().unwrap().to_owned(), format!("{}.99", lobby.room)] {
        let draft = json!({"client_id": client_id(), "body": "what?", "reply_to": unheard});
        assert_eq!(mona.post(&lobby.path("/messages"), draft).await.is(201)["reply_to"], Value::Null);
    }
}

#[tokio::test]
async fn what_its_author_was_shown_as_a_whisper_is_never_said_aloud() {
    let lobby = Lobby::start().await;
    let Lobby { anna, carl, .. } = &lobby;
    for (body, status) in [("@ben psst", 201), ("hm @ben psst", 422), ("psst", 422)] {
        let draft = json!({"client_id": client_id(), "body": body, "whisper": true});
        let answer = anna.post(&lobby.path("/messages"), draft.clone()).await;
        assert_eq!(answer.status, status, "{body}: {}", answer.body);
        let mut socket = anna.socket().await;
        let mut command = draft;
        command["type"] = json!("message.send");
        command["conversation_id"] = json!(lobby.room);
        command["client_id"] = json!(client_id());
        assert_eq!(socket.command(command).await["type"] == "ok", status == 201, "{body}");
    }
    assert!(carl.history(&lobby.room).await.is_empty());
}

#[tokio::test]
async fn whoever_is_kept_out_does_not_hear_that_others_talk() {
    let lobby = Lobby::start().await;
    let Lobby { anna, ben, mona, .. } = &lobby;
    let first = lobby.says(ben, "before").await.is(201);
    let form = json!({"member": anna.id, "kind": "ban", "minutes": 60, "reason": "Rules."});
    mona.post(&lobby.path("/sanctions"), form).await.is(201);
    let before = seen(&lobby, anna).await;
    let later = lobby.says(ben, "after").await.is(201);
    assert_eq!(seen(&lobby, anna).await, before);
    assert_eq!((&before["unread"], &before["last_seq"]), (&json!(0), &json!(0)));
    anna.post(&lobby.path("/read"), json!({"seq": 1_000})).await.refused(403, "banned");
    for message in [&first, &later] {
        anna.post("reports", json!({"message": message["id"], "reason": "?"})).await.refused(403, "banned");
    }
}

#[tokio::test]
async fn a_population_that_opens_a_room_is_not_deleted() {
    let lobby = Lobby::start().await;
    for slug in ["guests", "team"] {
        let path = format!("admin/populations/{slug}");
        let said = lobby.olga.delete(&path).await.refused(409, "conflict");
        assert!(said.contains("Lobby"), "{said}");
    }
    lobby.changes(json!({"populations": [], "moderators": []})).await;
    lobby.olga.delete("admin/populations/guests").await.is(204);
}

#[tokio::test]
async fn whom_the_rules_hide_is_not_found_by_a_mention_or_a_report() {
    let lobby = Lobby::with(json!({"populations": []})).await;
    let Lobby { anna, dora, mona, olga, .. } = &lobby;
    let rule = json!({"from": "guests", "to": {"population": "guests"}, "effect": "allow", "rights": ["see", "start"]});
    olga.sets_rules(json!([rule])).await;
    let said = lobby.says(anna, "hello @dora and @ben").await.is(201);
    assert_eq!(logins(&said["mentions"]), ["ben"], "Dora was never here, and Anna may not see her");
    let report = |member: &str| json!({"member": member, "conversation": lobby.room, "reason": "rude"});
    anna.post("reports", report(&dora.id)).await.refused(404, "not_found");
    anna.post("reports", report(&mona.id)).await.refused(404, "not_found");
    // Once she is inside, everybody there knows her.
    let _doras = lobby.inside(dora).await;
    let said = lobby.says(anna, "hello @dora").await.is(201);
    assert_eq!(logins(&said["mentions"]), ["dora"]);
    anna.post("reports", report(&dora.id)).await.is(201);
}

#[tokio::test]
async fn a_coming_or_going_across_a_block_is_not_told_afterwards_either() {
    let lobby = Lobby::start().await;
    let Lobby { anna, ben, carl, .. } = &lobby;
    ben.blocks(anna).await;
    let (annas, mut carls) = (lobby.inside(anna).await, lobby.inside(carl).await);
    let cursor = annas.cursor.clone();
    annas.leave().await;
    lobby.site.shows_gone(&anna.id).await;
    let bens = lobby.inside(ben).await;
    tells_of(&mut carls, "room.joined", &ben.id).await;
    bens.leave().await;
    tells_of(&mut carls, "room.left", &ben.id).await;
    let mut again = anna.resumes(&cursor).await;
    let resume = json!({"type": "room.enter", "conversation_id": lobby.room, "resume": cursor});
    let entered = Socket::accepted(again.command(resume).await);
    assert_eq!(entered["missed"], "sent");
    let told = json!(again.told().await).to_string();
    assert!(!told.contains(&ben.id), "{told}");
}

#[tokio::test]
async fn who_is_inside_hears_of_the_others_also_after_a_moment_away() {
    let lobby = Lobby::start().await;
    let Lobby { anna, ben, carl, mona, .. } = &lobby;
    ben.blocks(carl).await;
    let (annas, mut monas) = (lobby.inside(anna).await, lobby.inside(mona).await);
    let (_bens, _carls) = (lobby.inside(ben).await, lobby.inside(carl).await);
    let cursor = annas.cursor.clone();
    annas.leave().await;
    lobby.site.shows_gone(&anna.id).await;
    // With a block among those inside, what is told still waits for whoever comes back.
    let mut doras = lobby.dora.socket().await;
    lobby.changes(json!({"populations": []})).await;
    enters(&mut doras, &lobby.room).await;
    tells_of(&mut monas, "room.joined", &lobby.dora.id).await;
    let mut again = anna.resumes(&cursor).await;
    let resume = json!({"type": "room.enter", "conversation_id": lobby.room, "resume": cursor});
    assert_eq!(Socket::accepted(again.command(resume).await)["missed"], "sent");
    let told = again.told().await;
    let joined = told.iter().filter(|event| event["type"] == "room.joined");
    let joined: Vec<String> = joined.flat_map(|event| logins(&event["members"])).collect();
    assert!(joined.contains(&"dora".to_owned()), "{joined:?}");
}
