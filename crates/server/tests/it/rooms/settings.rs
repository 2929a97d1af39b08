use super::{Lobby, bodies, enters, makes};
use crate::harness::{Site, client_id};
use serde_json::{Value, json};
use std::time::Duration;

#[tokio::test]
async fn only_moderators_and_organizers_announce() {
    let lobby = Lobby::with(json!({"announcement_only": true})).await;
    let Lobby { anna, mona, olga, room, .. } = &lobby;
    let mut annas = lobby.inside(anna).await;
    let seen = lobby.seen(anna).await;
    assert_eq!((&seen["can_write"], &seen["cannot_write"]["code"]), (&json!(false), &json!("read_only")));
    for body in ["hello", "@mona psst", "hello @mona"] {
        lobby.says(anna, body).await.refused(403, "read_only");
    }
    annas.say(json!({"type": "typing", "conversation_id": room})).await;
    assert_eq!(lobby.seen(mona).await["can_write"], true);
    lobby.says(mona, "doors open at six").await.is(201);
    olga.answers(room, "and close at eight").await;
    assert_eq!(bodies(&annas.told().await), ["doors open at six", "and close at eight"]);
    lobby.changes(json!({"announcement_only": false})).await;
    let told = annas.expect_event("conversation.updated").await["conversation"].take();
    assert_eq!((&told["can_write"], &told["room"]["announcement_only"]), (&json!(true), &json!(false)));
    lobby.says(anna, "hello").await.is(201);
}

#[tokio::test]
async fn slow_mode() {
    let site = Site::with_clock_in_hand().await;
    let lobby = Lobby::of(site.clone(), json!({"slow_mode_seconds": 30})).await;
    let Lobby { anna, ben, mona, olga, room, .. } = &lobby;
    assert_eq!(lobby.seen(anna).await["room"]["slow_mode_seconds"], 30);
    let first = client_id();
    anna.says(room, &first, "one").await.is(201);
    let refused = lobby.says(anna, "two").await;
    assert!(refused.headers.contains_key("retry-after"), "{refused:?}");
    refused.refused(429, "rate_limited");
    lobby.says(anna, "@ben two").await.refused(429, "rate_limited");
    anna.says(room, &first, "one").await.is(200);
    lobby.says(ben, "each for themselves").await.is(201);
    // What is refused costs no turn; moderators and organizers wait for nobody.
    lobby.is_refused(mona, "@nobody psst").await;
    for n in 0..3 {
        lobby.says(mona, &n.to_string()).await.is(201);
        olga.answers(room, &n.to_string()).await;
    }
    site.advance(Duration::from_secs(31));
    lobby.is_refused(anna, "@nobody psst").await;
    lobby.says(anna, "two").await.is(201);
    lobby.changes(json!({"slow_mode_seconds": 0})).await;
    lobby.says(anna, "three").await.is(201);
    for bad in [json!(-1), json!("x"), json!(1e9)] {
        olga.patch(&format!("admin/rooms/{room}"), json!({"slow_mode_seconds": bad})).await.refused(422, "invalid");
    }
}

#[tokio::test]
async fn opening_hours() {
    let site = Site::with_clock_in_hand().await;
    let lobby = Lobby::of(site.clone(), json!({})).await;
    let Lobby { anna, mona, olga, room, .. } = &lobby;
    // Open for an hour a week, three days from now.
    let now = time::OffsetDateTime::from_unix_timestamp(site.clock().now() / 1_000).unwrap();
    let then = now + time::Duration::days(3);
    let day = then.weekday().number_from_monday();
    let hours = json!({"time_zone": "UTC", "weekly": [{"day": day, "from": "10:00", "to": "11:00"}]});
    let mut annas = lobby.inside(anna).await;
    lobby.changes(json!({"opening_hours": hours})).await;
    let told = annas.expect_event("conversation.updated").await["conversation"].take();
    assert_eq!((&told["cannot_write"]["code"], &told["room"]["open"]), (&json!("room_closed"), &json!(false)));
    let opens = told["room"]["opens_at"].as_str().unwrap();
    assert_eq!(&opens[..13], &format!("{}T10", then.date()));
    lobby.says(anna, "hello").await.refused(403, "room_closed");
    lobby.says(anna, "@mona hello").await.refused(403, "room_closed");
    lobby.says(mona, "we open later").await.is(201);
    olga.answers(room, "indeed").await;
    assert_eq!(anna.history(room).await.len(), 2, "it can be read");
    enters(&mut annas, room).await;
    let opening = then.replace_time(time::Time::from_hms(10, 0, 1).unwrap());
    let wait = opening - now;
    site.advance(Duration::from_secs(wait.whole_seconds().unsigned_abs()));
    // The sessions have ended meanwhile.
    let anna = site.again(anna).await;
    anna.says(room, &client_id(), "hello").await.is(201);
    assert_eq!(anna.conversation(room).await["room"]["open"], true);
    let olga = site.operator_signs_in("olga@staff.example").await;
    for bad in [
        json!({"time_zone": "Mars/Olympus", "weekly": [{"day": 1, "from": "10:00", "to": "11:00"}]}),
        json!({"time_zone": "UTC", "weekly": [{"day": 0, "from": "10:00", "to": "11:00"}]}),
        json!({"time_zone": "UTC", "weekly": [{"day": 8, "from": "10:00", "to": "11:00"}]}),
        json!({"time_zone": "UTC", "weekly": [{"day": 1, "from": "25:00", "to": "11:00"}]}),
        json!({"time_zone": "UTC", "weekly": [{"day": 1, "from": "x", "to": "11:00"}]}),
        json!("always"),
    ] {
        olga.patch(&format!("admin/rooms/{room}"), json!({"opening_hours": bad})).await.refused(422, "invalid");
    }
    olga.patch(&format!("admin/rooms/{room}"), json!({"opening_hours": null})).await.is(200);
}

#[tokio::test]
async fn rooms_that_cannot_be_made_change_nothing() {
    let lobby = Lobby::start().await;
    let Lobby { olga, site, anna, .. } = &lobby;
    let agent = site.operator("Alma", "agent").await;
    let before = site.dump().await;
    for (form, status, code) in [
        (json!({}), 422, "invalid"),
        (json!({"name": ""}), 422, "invalid"),
        (json!({"name": "x".repeat(4_000)}), 422, "invalid"),
        (json!({"name": "a\nb"}), 422, "invalid"),
        (json!({"name": "R", "slug": "Not A Slug"}), 422, "invalid"),
        (json!({"name": "R", "slug": ""}), 422, "invalid"),
        (json!({"name": "R", "slug": "lobby"}), 409, "conflict"),
        (json!({"name": "R", "populations": ["unknown"]}), 422, "invalid"),
        (json!({"name": "R", "moderators": ["unknown"]}), 422, "invalid"),
        (json!({"name": "R", "content_policy": "anything"}), 422, "invalid"),
        (json!({"name": "R", "content_policy": {"pictures": 1}}), 422, "invalid"),
        (json!({"name": "R", "hold_first": -1}), 422, "invalid"),
        (json!({"name": "R", "colour": "red"}), 422, "invalid"),
    ] {
        olga.post("admin/rooms", form.clone()).await.refused(status, code);
    }
    agent.post("admin/rooms", json!({"name": "R"})).await.refused(404, "not_found");
    agent.delete(&format!("admin/rooms/{}", lobby.room)).await.refused(404, "not_found");
    anna.post("admin/rooms", json!({"name": "R"})).await.refused(401, "unauthorized");
    assert_eq!(site.dump().await, before);
    // Two of one name stand side by side.
    makes(olga, json!({"name": "Lobby", "populations": []})).await;
    let all = olga.get("admin/rooms").await.is(200);
    let slugs: Vec<&Value> = all["items"].as_array().unwrap().iter().map(|room| &room["slug"]).collect();
    assert_eq!(slugs, ["lobby", "lobby-2"]);
    // By name, for those who may come in.
    makes(olga, json!({"name": "Agora"})).await;
    makes(olga, json!({"name": "Only the team", "populations": ["team"]})).await;
    let rooms = anna.get("rooms").await.is(200);
    let names: Vec<&Value> = rooms["items"].as_array().unwrap().iter().map(|room| &room["name"]).collect();
    assert_eq!(names, ["Agora", "Lobby", "Lobby"]);
    site.configure(json!({"features": {"member_chat": false}})).await;
    assert!(anna.get("rooms").await.is(200)["items"].as_array().unwrap().is_empty());
    anna.get(&lobby.path("")).await.refused(404, "not_found");
    site.configure(json!({"features": null})).await;
    assert_eq!(anna.get("rooms").await.is(200)["items"].as_array().unwrap().len(), 3);
}
