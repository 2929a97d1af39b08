use super::{Lobby, bodies, enters, leaves, logins};
use crate::harness::Member;
use serde_json::{Value, json};

#[tokio::test]
async fn mentions_are_marked_and_counted_apart() {
    let lobby = Lobby::start().await;
    let Lobby { anna, ben, carl, dora, .. } = &lobby;
    let counts = async |who: &Member| {
        let seen = lobby.seen(who).await;
        (seen["unread"].as_i64().unwrap(), seen["mentions"].as_i64().unwrap())
    };
    let said = lobby.says(anna, "Merci @Ben, et @CARL! (@ben) @dora @nobody @anna a@ben.fr").await.is(201);
    assert_eq!(logins(&said["mentions"]), ["ben", "carl"], "nobody who is not there, and not oneself");
    assert_eq!(said["whisper_to"], Value::Null);
    assert_eq!((counts(ben).await, counts(carl).await, counts(anna).await), ((1, 1), (1, 1), (0, 0)));
    lobby.says(anna, "without names").await.is(201);
    lobby.says(anna, "but @ben again").await.is(201);
    lobby.says(carl, "@ben psst, you").await.is(201);
    assert_eq!((counts(ben).await, counts(anna).await), ((4, 2), (0, 0)));
    ben.reads(&lobby.room, 1).await;
    assert_eq!(counts(ben).await, (3, 1));
    ben.reads(&lobby.room, 3).await;
    assert_eq!(counts(ben).await, (1, 0), "the whisper is left");
    ben.reads(&lobby.room, 100).await;
    assert_eq!((counts(ben).await, lobby.seen(ben).await["read_seq"].clone()), ((0, 0), json!(4)));
    dora.get(&lobby.path("")).await.refused(404, "not_found");
}

/// What one sees is counted, and nothing else: whispers of others are no numbers for anybody.
#[tokio::test]
async fn unread_is_what_one_sees_and_has_not_read() {
    let lobby = Lobby::start().await;
    lobby.site.lift_limits().await;
    let Lobby { anna, ben, carl, mona, .. } = &lobby;
    for round in 0..4 {
        lobby.says(anna, "aloud").await.is(201);
        lobby.says(anna, "@ben psst").await.is(201);
        lobby.says(anna, "@ben @carl psst").await.is(201);
        for who in [ben, carl, mona] {
            let seen = lobby.seen(who).await;
            let all = who.history(&lobby.room).await;
            assert_eq!(seen["last_message"], *all.last().unwrap());
            assert_eq!(seen["last_seq"], all.last().unwrap()["seq"]);
            let read = seen["read_seq"].as_i64().unwrap();
            let unread = all.iter().filter(|message| message["seq"].as_i64().unwrap() > read).count();
            assert_eq!(seen["unread"], unread, "{} in round {round}: {seen}", who.login);
        }
        carl.reads(&lobby.room, 2 + round * 3).await;
        mona.reads(&lobby.room, 2).await;
    }
}

/// Outside a gathered word comes that something was said; what was whispered to others is no word for anybody.
#[tokio::test]
async fn those_outside_hear_that_something_was_said() {
    let lobby = Lobby::start().await;
    let Lobby { anna, ben, carl, dora, .. } = &lobby;
    let (mut bens, mut carls, mut doras) = (ben.socket().await, carl.socket().await, dora.socket().await);
    lobby.says(anna, "@ben psst").await.is(201);
    let told = bens.expect_event("conversation.updated").await["conversation"].take();
    assert_eq!((&told["unread"], &told["last_message"]["body"]), (&json!(1), &json!("@ben psst")));
    assert_eq!(told, lobby.seen(ben).await);
    assert_eq!(carls.told_of_talk().await, Vec::<Value>::new());
    for n in 0..20 {
        lobby.says(anna, &format!("number {n} for @carl")).await.is(201);
    }
    let told = carls.expect_event("conversation.updated").await["conversation"].take();
    assert_eq!((&told["unread"], &told["mentions"]), (&json!(20), &json!(20)));
    let more = carls.told_of_talk().await;
    assert!(more.len() <= 1, "gathered: {more:#?}");
    assert_eq!(doras.told_of_talk().await, Vec::<Value>::new());
}

#[tokio::test]
async fn public_talk_is_everybodys() {
    let lobby = Lobby::start().await;
    let Lobby { anna, ben, carl, olga, room, .. } = &lobby;
    let (mut bens, mut carls) = (lobby.inside(ben).await, lobby.inside(carl).await);
    let first = lobby.says(anna, "from outside, by HTTP").await.is(201);
    bens.sends(room, "from inside").await;
    anna.edits(&first, "edited").await.is(200);
    anna.withdraws(&first).await.is(200);
    let spoken = olga.answers(room, "Welcome!").await;
    assert_eq!(spoken["author"], json!({"kind": "operator", "id": olga.id, "name": "Olga"}));
    let (of_ben, of_carl) = (bens.told_of_talk().await, carls.told_of_talk().await);
    let messages = |told: &[Value]| -> Vec<Value> {
        told.iter().filter(|event| event["message"].is_object()).map(|event| event["message"].clone()).collect()
    };
    assert_eq!(messages(&of_ben), messages(&of_carl));
    assert_eq!(bodies(&of_carl), ["from outside, by HTTP", "from inside", "Welcome!"]);
    let all = anna.history(room).await;
    assert_eq!((&all[0]["removed"]["by"], &all[0]["body"]), (&json!("author"), &json!("")));
    // Across a block too: it is folded where it is shown.
    ben.blocks(anna).await;
    bens.told().await;
    lobby.says(anna, "to all").await.is(201);
    assert_eq!(bodies(&bens.told().await), ["to all"]);
    leaves(&mut carls, room).await;
    enters(&mut carls, room).await;
    // Muted for oneself.
    let view = carl.patch(&lobby.path(""), json!({"muted": true})).await.is(200);
    assert_eq!((&view["muted"], lobby.seen(ben).await["muted"].clone()), (&json!(true), json!(false)));
    lobby.says(anna, "hello").await.is(201);
    assert_eq!(lobby.seen(carl).await["muted"], true);
    for (body, code) in
        [("", "content_rejected"), ("a\u{0}b", "content_rejected"), (&*"x".repeat(4_001), "content_rejected")]
    {
        lobby.says(anna, body).await.refused(422, code);
    }
    anna.patch(&lobby.path(""), json!({"name": "Mine"})).await.refused(422, "invalid");
}

/// Rules hide people from the directory, not from those who hear them in a room: whoever speaks there can be blocked.
#[tokio::test]
async fn whoever_is_met_in_a_room_can_be_blocked() {
    let lobby = Lobby::start().await;
    let Lobby { olga, anna, ben, dora, .. } = &lobby;
    olga.sets_rules(json!([{"from": "team", "to": "everyone", "effect": "allow", "rights": ["see"]}])).await;
    anna.get(&format!("members/{}", ben.id)).await.refused(404, "not_found");
    anna.put(&format!("blocks/{}", ben.id), json!({})).await.is(204);
    anna.put(&format!("blocks/{}", dora.id), json!({})).await.refused(404, "not_found");
}
