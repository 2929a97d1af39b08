use super::{Lobby, bodies, enters, leaves, logins, makes};
use crate::harness::{Member, Socket, client_id, send};
use serde_json::{Value, json};
use std::collections::BTreeSet;

async fn connected(lobby: &Lobby, who: &Member, asked: &str) -> (Vec<String>, Value) {
    let page = who.get(&lobby.path(&format!("/connected{asked}"))).await.is(200);
    (logins(&page["items"]), page["count"].clone())
}

/// Waits until a socket was told that these are inside, after each other, with this count in the end.
async fn hears(socket: &mut Socket, kind: &str, who: &Member, count: i64) {
    loop {
        let event = socket.expect_event(kind).await;
        let ids: Vec<&Value> =
            event["members"].as_array().unwrap().iter().map(|m| if m.is_string() { m } else { &m["id"] }).collect();
        if ids.contains(&&json!(who.id)) {
            assert_eq!(event["count"], count, "{event}");
            return;
        }
    }
}

#[tokio::test]
async fn entering_and_leaving() {
    let lobby = Lobby::start().await;
    let Lobby { anna, ben, mona, room, .. } = &lobby;
    let mut annas = anna.socket().await;
    lobby.says(ben, "before").await.is(201);
    let entered = enters(&mut annas, room).await;
    assert_eq!((&entered["connected"], &entered["missed"]), (&json!(1), &json!("none")));
    assert_eq!(entered["conversation"], lobby.seen(anna).await);
    assert!(entered["cursor"].is_string());
    let info = &entered["conversation"]["room"];
    assert_eq!(
        (&info["slug"], &info["moderator"], &info["moderation"]),
        (&json!("lobby"), &json!(false), &json!(true))
    );
    assert_eq!((&info["connected"], &info["open"], &info["sanction"]), (&json!(1), &json!(true), &Value::Null));
    assert_eq!(lobby.seen(mona).await["room"]["moderator"], true);
    let mut bens = lobby.inside(ben).await;
    hears(&mut annas, "room.joined", ben, 2).await;
    assert_eq!(connected(&lobby, anna, "").await, (vec!["anna".to_owned(), "ben".to_owned()], json!(2)));
    // Twice is once, and a second device makes no second person.
    enters(&mut bens, room).await;
    let second = lobby.inside(&lobby.site.again(ben).await).await;
    assert_eq!(connected(&lobby, anna, "").await.1, 2);
    leaves(&mut bens, room).await;
    assert_eq!(connected(&lobby, anna, "").await.1, 2, "still there on the other");
    second.leave().await;
    hears(&mut annas, "room.left", ben, 1).await;
    assert_eq!(connected(&lobby, anna, "").await, (vec!["anna".to_owned()], json!(1)));
    // Outside one is told nothing of what is said or typed there.
    bens.told().await;
    annas.say(json!({"type": "typing", "conversation_id": room})).await;
    annas.sends(room, "without Ben").await;
    let told = bens.told_of_talk().await;
    assert!(told.iter().all(|event| event["type"] == "conversation.updated"), "{told:#?}");
    enters(&mut bens, room).await;
    annas.say(json!({"type": "typing", "conversation_id": room})).await;
    annas.sends(room, "with Ben").await;
    let told = bens.told().await;
    assert!(told.iter().any(|event| event["type"] == "typing"), "{told:#?}");
    assert_eq!(bodies(&told), ["with Ben"]);
    leaves(&mut bens, "0000000000000").await;
}

/// To somebody outside it is as if there were no room, whatever they try.
#[tokio::test]
async fn outside_it_is_not_there() {
    let lobby = Lobby::start().await;
    let Lobby { anna, dora, olga, site, room, .. } = &lobby;
    let mut annas = lobby.inside(anna).await;
    let said = lobby.says(anna, "among guests").await.is(201);
    let elsewhere = site.neighbour("other").await.member("yan").await;
    let before = site.dump().await;
    for stranger in [dora, &elsewhere] {
        let mut socket = stranger.socket().await;
        for path in [room.as_str(), "0000000000000"] {
            let path = format!("conversations/{path}");
            let message = said["id"].as_str().unwrap();
            for answer in [
                stranger.get(&path).await,
                stranger.get(&format!("{path}/messages")).await,
                stranger.get(&format!("{path}/connected")).await,
                stranger.get(&format!("{path}/logins?prefix=a")).await,
                stranger.get(&format!("{path}/held")).await,
                stranger.get(&format!("{path}/moderation")).await,
                stranger.get(&format!("{path}/sanctions")).await,
                stranger.get(&format!("{path}/participants")).await,
                stranger.get(&format!("{path}/messages/{message}/readers")).await,
                stranger.post(&format!("{path}/messages"), json!({"client_id": client_id(), "body": "hello"})).await,
                stranger
                    .post(&format!("{path}/messages"), json!({"client_id": client_id(), "body": "@anna hello"}))
                    .await,
                stranger.post(&format!("{path}/read"), json!({"seq": 1})).await,
                stranger.post(&format!("{path}/unread"), json!({})).await,
                stranger.patch(&path, json!({"muted": true})).await,
                stranger.patch(&path, json!({"name": "Mine"})).await,
                stranger.delete(&path).await,
                stranger.patch(&format!("{path}/messages/{message}"), json!({"body": "mine"})).await,
                stranger.delete(&format!("{path}/messages/{message}")).await,
                stranger.post(&format!("{path}/messages/{message}/restore"), json!({})).await,
                stranger.put(&format!("{path}/participants/{}", stranger.id), json!({})).await,
                stranger.delete(&format!("{path}/participants/{}", anna.id)).await,
                stranger.post("reports", json!({"message": message, "reason": "curious"})).await,
            ] {
                answer.refused(404, "not_found");
            }
            let id = path.split('/').next_back().unwrap();
            for command in [
                json!({"type": "room.enter", "conversation_id": id}),
                json!({"type": "room.enter", "conversation_id": id, "resume": annas.cursor}),
                json!({"type": "conversation.read", "conversation_id": id, "seq": 1}),
                send(id, &client_id(), "hello"),
            ] {
                Socket::refused(&socket.command(command).await, "not_found");
            }
            socket.say(json!({"type": "typing", "conversation_id": id})).await;
            socket.told().await;
        }
        assert!(stranger.get("rooms").await.is(200)["items"].as_array().unwrap().is_empty());
        assert!(stranger.list().await.is_empty());
        lobby.says(anna, "and still among guests").await.is(201);
        assert!(socket.told_of_talk().await.is_empty());
    }
    let told = annas.told().await;
    assert!(told.iter().all(|event| event["type"] != "typing"), "{told:?}");
    assert_ne!(site.dump().await, before, "but for what Anna said");
    assert_eq!(connected(&lobby, anna, "").await.1, 1);
    // Any of several populations opens it, and so does moderating.
    olga.makes_population("press").await;
    lobby.changes(json!({"populations": ["press", "guests"]})).await;
    olga.changes(dora, json!({"populations": ["press"]})).await;
    assert_eq!(logins_of_rooms(dora).await, ["lobby"]);
    lobby.changes(json!({"populations": []})).await;
    olga.changes(dora, json!({"populations": []})).await;
    assert_eq!(logins_of_rooms(dora).await, ["lobby"], "a room for all");
}

async fn logins_of_rooms(who: &Member) -> Vec<String> {
    let rooms = who.get("rooms").await.is(200);
    rooms["items"].as_array().unwrap().iter().map(|one| one["room"]["slug"].as_str().unwrap().to_owned()).collect()
}

/// Whoever may no longer be there is put out at once, hears nothing more, and finds nothing.
#[tokio::test]
async fn populations_that_change_while_people_are_inside() {
    let lobby = Lobby::start().await;
    let Lobby { anna, ben, carl, olga, room, .. } = &lobby;
    let (mut annas, mut bens, mut carls) =
        (lobby.inside(anna).await, lobby.inside(ben).await, lobby.inside(carl).await);
    lobby.says(ben, "together").await.is(201);
    for socket in [&mut annas, &mut bens, &mut carls] {
        socket.told().await;
    }
    let of_ben = bens.cursor.clone();
    olga.changes(ben, json!({"populations": []})).await;
    let removed = bens.expect_event("conversation.removed").await;
    assert_eq!((&removed["conversation_id"], &removed["left"]), (&json!(room), &json!(true)));
    hears(&mut annas, "room.left", ben, 2).await;
    lobby.says(anna, "without Ben").await.is(201);
    lobby.says(anna, "@carl psst").await.is(201);
    assert_eq!(lobby.is_refused(anna, "@ben psst").await, ["ben"]);
    let told = bens.told_of_talk().await;
    assert_eq!(bodies(&told), Vec::<String>::new());
    ben.get(&lobby.path("")).await.refused(404, "not_found");
    Socket::refused(&bens.command(json!({"type": "room.enter", "conversation_id": room})).await, "not_found");
    bens.leave().await;
    // Back in, with what was said meanwhile to be loaded, never replayed of what was not theirs.
    olga.changes(ben, json!({"populations": ["guests"]})).await;
    let mut bens = ben.resumes(&of_ben).await;
    let resume = json!({"type": "room.enter", "conversation_id": room, "resume": of_ben});
    let entered = Socket::accepted(bens.command(resume).await);
    let told = bens.told().await;
    assert!(!json!(told).to_string().contains("psst"), "{entered} {told:#?}");
    let history: Vec<Value> = ben.history(room).await.iter().map(|m| m["body"].clone()).collect();
    assert_eq!(history, ["together", "without Ben"]);
    // The room itself is for others now.
    lobby.changes(json!({"populations": ["team"]})).await;
    for socket in [&mut annas, &mut carls] {
        assert_eq!(socket.expect_event("conversation.removed").await["conversation_id"], room.as_str());
    }
    lobby.says(anna, "am I here?").await.refused(404, "not_found");
    lobby.olga.answers(room, "to the team").await;
    for socket in [&mut annas, &mut carls] {
        assert_eq!(bodies(&socket.told().await), Vec::<String>::new());
    }
}

/// After a short absence one is told what one missed, each once and in order; after too long, to load again.
#[tokio::test]
async fn coming_back_into_a_room() {
    let lobby = Lobby::start().await;
    let Lobby { anna, ben, carl, room, .. } = &lobby;
    let mut bens = lobby.inside(ben).await;
    lobby.says(anna, "heard").await.is(201);
    bens.told().await;
    let cursor = bens.cursor.clone();
    bens.leave().await;
    let edited = lobby.says(anna, "missed").await.is(201);
    lobby.says(anna, "@carl not for Ben").await.is(201);
    lobby.says(anna, "@ben for Ben").await.is(201);
    anna.edits(&edited, "missed, edited").await.is(200);
    let mut bens = ben.resumes(&cursor).await;
    assert_eq!(bodies(&bens.left()), Vec::<String>::new(), "not before entering");
    let enter = json!({"type": "room.enter", "conversation_id": room, "resume": cursor});
    let entered = Socket::accepted(bens.command(enter).await);
    assert_eq!(entered["missed"], "sent");
    let told = bens.told_of_talk().await;
    assert_eq!(bodies(&told), ["missed", "@ben for Ben"]);
    assert_eq!(told.iter().filter(|event| event["type"] == "message.updated").count(), 1);
    let enter = json!({"type": "room.enter", "conversation_id": room, "resume": "elsewhere.17"});
    assert_eq!(Socket::accepted(carl.socket().await.command(enter).await)["missed"], "resync");
    for bad in [json!(17), json!({}), json!([])] {
        let enter = json!({"type": "room.enter", "conversation_id": room, "resume": bad});
        Socket::refused(&bens.command(enter).await, "invalid");
    }
}

/// Nobody across a block is listed nor counted.
#[tokio::test]
async fn who_is_inside_as_each_sees_it() {
    let lobby = Lobby::start().await;
    let Lobby { anna, ben, carl, mona, .. } = &lobby;
    let (mut annas, mut carls) = (lobby.inside(anna).await, lobby.inside(carl).await);
    hears(&mut annas, "room.joined", carl, 2).await;
    ben.blocks(anna).await;
    let mut bens = lobby.inside(ben).await;
    hears(&mut carls, "room.joined", ben, 3).await;
    let _monas = lobby.inside(mona).await;
    hears(&mut annas, "room.joined", mona, 3).await;
    let all = ["anna", "ben", "carl", "mona"].map(str::to_owned).to_vec();
    assert_eq!(connected(&lobby, carl, "").await, (all, json!(4)));
    for (who, expected) in [(anna, ["anna", "carl", "mona"]), (ben, ["ben", "carl", "mona"])] {
        assert_eq!(connected(&lobby, who, "").await, (expected.map(str::to_owned).to_vec(), json!(3)));
        assert_eq!(lobby.seen(who).await["room"]["connected"], 3);
        assert_eq!(lobby.seen(who).await["participants"], 3);
    }
    let told = annas.told().await;
    assert!(!json!(told).to_string().contains(&ben.id), "{told:#?}");
    bens.told().await;
    assert_eq!(connected(&lobby, carl, "?query=BE").await, (vec!["ben".to_owned()], json!(4)));
    assert_eq!(connected(&lobby, anna, "?query=be").await, (vec![], json!(3)));
    let page = carl.get(&lobby.path("/connected?limit=1")).await.is(200);
    assert_eq!(page["items"][0]["can_whisper"], true);
    let paged: Vec<Value> = carl.all(&lobby.path("/connected"), 1).await;
    assert_eq!(logins(&json!(paged)), ["anna", "ben", "carl", "mona"]);
    assert_eq!(paged[2]["can_whisper"], false, "not to oneself");
    let offered = async |who: &Member, prefix: &str| {
        logins(&who.get(&lobby.path(&format!("/logins?prefix={prefix}"))).await.is(200)["items"])
    };
    assert_eq!(offered(carl, "b").await, ["ben"]);
    assert_eq!(offered(ben, "").await, ["carl", "mona"]);
    assert_eq!(offered(ben, "dora").await, Vec::<String>::new(), "not outside");
    for bad in ["/connected?limit=0", "/connected?cursor=x", "/connected?page=1", "/logins?limit=3"] {
        anna.get(&lobby.path(bad)).await.refused(422, "invalid");
    }
}

/// A hundred come in and go again: each hears of each, gathered, with the right count in the end.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn comings_and_goings_are_gathered() {
    let lobby = Lobby::with(json!({"populations": []})).await;
    let mut annas = lobby.inside(&lobby.anna).await;
    annas.told().await;
    let mut sockets = Vec::new();
    let mut ids = BTreeSet::new();
    for n in 0..60 {
        let member = lobby.site.member(&format!("m{n}")).await;
        ids.insert(member.id.clone());
        sockets.push(lobby.inside(&member).await);
    }
    let mut events = 0;
    let mut heard = BTreeSet::new();
    let mut count = json!(0);
    // Among the first, Anna may hear of herself.
    while count != json!(61) || !ids.is_subset(&heard) {
        let event = annas.expect_event("room.joined").await;
        events += 1;
        heard.extend(event["members"].as_array().unwrap().iter().map(|card| card["id"].as_str().unwrap().to_owned()));
        count = event["count"].clone();
    }
    heard.remove(&lobby.anna.id);
    assert_eq!(heard, ids);
    assert!(events <= 61, "{events}");
    for socket in sockets {
        socket.leave().await;
    }
    let mut gone = BTreeSet::new();
    while gone.len() < 60 {
        let event = annas.expect_event("room.left").await;
        gone.extend(event["members"].as_array().unwrap().iter().map(|id| id.as_str().unwrap().to_owned()));
        count = event["count"].clone();
    }
    assert_eq!((gone, count), (ids, json!(1)));
    assert_eq!(connected(&lobby, &lobby.anna, "").await.1, 1);
}

/// While people write: each is answered, nothing of the room is left, and other conversations don't notice.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_room_is_deleted_while_people_write() {
    let lobby = Lobby::start().await;
    lobby.site.lift_limits().await;
    let Lobby { anna, ben, carl, olga, site, .. } = &lobby;
    let between = anna.opens_direct(carl).await;
    for round in 0..4 {
        let room = makes(olga, json!({"name": format!("Room {round}")})).await;
        let (mut annas, mut bens) = (anna.socket().await, ben.socket().await);
        for socket in [&mut annas, &mut bens] {
            enters(socket, &room).await;
        }
        let writing = async {
            for n in 0..80 {
                let body = if n % 3 == 0 { format!("@ben psst {n}") } else { format!("aloud {n}") };
                let (to, body) = if n % 4 == 0 { (&between, n.to_string()) } else { (&room, body) };
                let command = json!({"type": "message.send", "ref": n, "conversation_id": to, "client_id": client_id(), "body": body});
                annas.say(command).await;
            }
            for (n, answer) in annas.answers(80).await.into_iter().enumerate() {
                match n % 4 {
                    0 => drop(Socket::accepted(answer)),
                    _ if answer["type"] == "ok" => {}
                    _ => drop(Socket::refused(&answer, "not_found")),
                }
            }
        };
        let deleting = async {
            for n in 0..round * 3 {
                ben.says(&room, &client_id(), &format!("{n}")).await.is(201);
            }
            olga.delete(&format!("admin/rooms/{room}")).await.is(204);
        };
        tokio::join!(writing, deleting);
        for socket in [&mut annas, &mut bens] {
            assert_eq!(socket.expect_event("conversation.removed").await["conversation_id"], room.as_str());
            Socket::refused(&socket.command(json!({"type": "room.enter", "conversation_id": room})).await, "not_found");
        }
        ben.get(&format!("conversations/{room}/messages")).await.refused(404, "not_found");
        ben.says(&room, &client_id(), "anybody?").await.refused(404, "not_found");
    }
    let stored = site.dump().await;
    assert!(!stored.contains("aloud ") && !stored.contains("psst "), "a deleted room leaves no words");
    assert_eq!(olga.get("admin/rooms").await.is(200)["items"].as_array().unwrap().len(), 1);
}
