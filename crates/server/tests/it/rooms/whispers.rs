use super::{Lobby, bodies, logins};
use crate::harness::{Socket, client_id, send};
use serde_json::{Value, json};

#[tokio::test]
async fn a_whisper_is_for_those_it_names() {
    let lobby = Lobby::start().await;
    let Lobby { anna, ben, carl, mona, .. } = &lobby;
    let (mut annas, mut bens, mut carls) =
        (lobby.inside(anna).await, lobby.inside(ben).await, lobby.inside(carl).await);
    let mut monas = lobby.inside(mona).await;
    lobby.says(carl, "hello all").await.is(201);
    let before = (lobby.seen(carl).await, carl.history(&lobby.room).await, lobby.seen(mona).await);
    let sent = lobby.says(anna, "@ben psst").await.is(201);
    assert_eq!((&sent["seq"], logins(&sent["whisper_to"])), (&json!(2), vec!["ben".to_owned()]));
    assert_eq!(
        (&sent["body"], &sent["author"]["login"], &sent["mentions"]),
        (&json!("@ben psst"), &json!("anna"), &json!([]))
    );
    for socket in [&mut annas, &mut bens] {
        assert_eq!(bodies(&socket.told().await), ["hello all", "@ben psst"]);
    }
    for socket in [&mut carls, &mut monas] {
        assert_eq!(bodies(&socket.told().await), ["hello all"], "nor does a moderator hear it");
    }
    assert_eq!((lobby.seen(carl).await, carl.history(&lobby.room).await, lobby.seen(mona).await), before);
    let seen = lobby.seen(ben).await;
    assert_eq!((&seen["unread"], &seen["last_seq"], &seen["last_message"]), (&json!(2), &json!(2), &sent));
    assert_eq!(lobby.seen(anna).await["unread"], 0);
    // Answered among the same, and passed over by the others: a skipped number.
    lobby.says(ben, "@anna psst yourself").await.is(201);
    lobby.says(ben, "hello Carl").await.is(201);
    let numbers = |all: Vec<(i64, String)>| all.into_iter().map(|(seq, _)| seq).collect::<Vec<_>>();
    assert_eq!(numbers(carl.whole(&lobby.room).await), [1, 4]);
    assert_eq!(numbers(ben.whole(&lobby.room).await), [1, 2, 3, 4]);
    let one_by_one = carl.get(&lobby.path("/messages?before=4&limit=1")).await.is(200);
    assert_eq!((&one_by_one["items"][0]["seq"], &one_by_one["next"]), (&json!(1), &Value::Null));
    // Somebody who is not there now finds it when they come.
    bens.leave().await;
    lobby.says(anna, "@ben and for later").await.is(201);
    assert_eq!(ben.history(&lobby.room).await.pop().unwrap()["body"], "@ben and for later");
    lobby.site.configure(json!({"features": {"rooms": false}})).await;
    ben.get(&lobby.path("/messages")).await.refused(404, "not_found");
    assert!(ben.get("rooms").await.is(200)["items"].as_array().unwrap().is_empty());
    lobby.site.configure(json!({"features": null})).await;
    assert_eq!(ben.history(&lobby.room).await.len(), 5);
}

/// Whatever could be meant as a whisper is one, or is not said at all.
#[tokio::test]
async fn in_any_spelling() {
    let lobby = Lobby::start().await;
    lobby.site.lift_limits().await;
    let Lobby { anna, ben, .. } = &lobby;
    for text in [
        "@BEN psst",
        " @ben psst",
        "\n@ben psst",
        "\u{200b}@ben psst",
        "\u{feff} @ben psst",
        "\u{202e}@ben psst",
        "@b\u{200d}en psst",
        "@ben\u{200b} psst",
        "@ben\u{a0}psst",
        "@ben\u{3000}psst",
        "@ben\npsst",
        "@ben, psst",
        "@ben: psst",
        "@ben; psst",
        "@ben! psst",
        "@ben. psst",
        "@ben… psst",
        "@ben) psst",
        "\u{ff20}ben psst",
        "\u{fe6b}ben psst",
        "@\u{ff42}en psst",
        "@ben @ben psst",
        "@ben @anna psst",
    ] {
        let sent = lobby.says(anna, text).await.is(201);
        assert_eq!(logins(&sent["whisper_to"]), ["ben"], "{text:?}");
    }
    for text in [
        "@ben @carl psst",
        "@ben, @carl psst",
        "@ben,@carl psst",
        "@ben@carl psst",
        "@ben;@CARL: psst",
        "@ben\n@carl psst",
    ] {
        let sent = lobby.says(ben, &text.replace("ben", "anna")).await.is(201);
        assert_eq!(logins(&sent["whisper_to"]), ["anna", "carl"], "{text:?}");
    }
}

#[tokio::test]
async fn what_cannot_be_whispered_is_not_said() {
    let lobby = Lobby::start().await;
    lobby.site.lift_limits().await;
    let Lobby { anna, carl, .. } = &lobby;
    let mut carls = lobby.inside(carl).await;
    carls.told().await;
    for (text, blamed) in [
        ("@zoe psst", vec!["zoe"]),
        ("@ben @zoe psst", vec!["zoe"]),
        ("@all psst", vec!["all"]),
        ("@everyone psst", vec!["everyone"]),
        ("@mike.smith psst", vec!["mike.smith"]),
        ("@ben.smith psst", vec!["ben.smith"]),
        ("@ben-smith psst", vec!["ben-smith"]),
        ("@ben's psst", vec!["ben's"]),
        ("@anna psst", vec!["anna"]),
        ("@ANNA psst", vec!["ANNA"]),
        ("@ben", vec!["ben"]),
        ("@ben \u{200b}\n ", vec!["ben"]),
        ("@ben,", vec!["ben"]),
        ("@ben @carl", vec!["ben", "carl"]),
        ("@ ben psst", vec![""]),
        ("@", vec![""]),
        ("@@ben psst", vec![""]),
        ("@dora psst", vec!["dora"]),
        ("@зоя psst", vec!["зоя"]),
        ("@bеn psst", vec!["bеn"]),
    ] {
        assert_eq!(lobby.is_refused(anna, text).await, blamed, "{text:?}");
    }
    assert_eq!(bodies(&carls.told().await), Vec::<String>::new());
    // In the middle it is a mention, and everybody's.
    for text in ["hello @ben", "ben@example.com", "(@ben) hello", "a @ben b"] {
        assert_eq!(lobby.says(anna, text).await.is(201)["whisper_to"], Value::Null, "{text:?}");
    }
    let french = anna.request(reqwest::Method::POST, &lobby.path("/messages")).header("accept-language", "fr");
    let answer = anna.send(french.json(&json!({"client_id": client_id(), "body": "@zoe psst"}))).await;
    assert!(answer.refused(422, "whisper_refused").contains("Rien n’a été envoyé"));
    let mut annas = anna.socket().await;
    let refused = annas.command(send(&lobby.room, &client_id(), "@ben @zoe psst")).await;
    Socket::refused(&refused, "whisper_refused");
    assert_eq!(refused["problem"]["logins"], json!(["zoe"]));
}

#[tokio::test]
async fn to_twenty_and_no_more() {
    let lobby = Lobby::start().await;
    let Lobby { anna, olga, site, .. } = &lobby;
    let mut crowd = Vec::new();
    for n in 0..21 {
        let member = site.member(&format!("m{n}")).await;
        olga.changes(&member, json!({"populations": ["guests"]})).await;
        crowd.push(member);
    }
    let to = |count: usize| (0..count).map(|n| format!("@m{n} ")).collect::<String>() + "psst";
    let before = site.dump().await;
    assert_eq!(lobby.is_refused(anna, &to(21)).await.len(), 21);
    assert_eq!(site.dump().await, before);
    let sent = lobby.says(anna, &to(20)).await.is(201);
    assert_eq!(sent["whisper_to"].as_array().unwrap().len(), 20);
    let heard = async |n: usize| crowd[n].history(&lobby.room).await.len();
    assert_eq!((heard(0).await, heard(19).await, heard(20).await), (1, 1, 0));
    // A login with dots and capitals is one.
    let odd =
        site.member_with(site.token("odd").with("login", "Jean.Paul_2").with("populations", json!(["guests"]))).await;
    for text in ["@jean.paul_2 psst", "@JEAN.PAUL_2. psst", "@Jean.Paul_2: psst"] {
        assert_eq!(logins(&lobby.says(anna, text).await.is(201)["whisper_to"]), ["Jean.Paul_2"]);
    }
    assert_eq!(odd.history(&lobby.room).await.len(), 3);
}

/// Unknown, outside, hidden by rules and unreachable ones are answered alike.
#[tokio::test]
async fn only_to_whom_one_may_write() {
    let lobby = Lobby::start().await;
    let Lobby { anna, ben, carl, mona, dora, olga, site, .. } = &lobby;
    let said = async |text: &str| {
        let answer = lobby.says(anna, text).await;
        let mut body = answer.body.clone();
        body["detail"] = json!(body["detail"].as_str().unwrap().replace(text.split(' ').next().unwrap(), "somebody"));
        body["logins"] = json!(body["logins"].as_array().unwrap().len());
        answer.refused(422, "whisper_refused");
        body
    };
    let unknown = said("@nobody psst").await;
    assert_eq!(said("@dora psst").await, unknown, "outside");
    ben.patch("me", json!({"contactable": false})).await.is(200);
    assert_eq!(said("@ben psst").await, unknown, "does not wish to be contacted");
    anna.blocks(carl).await;
    assert_eq!(said("@carl psst").await, unknown, "blocked by oneself");
    anna.unblocks(carl).await;
    ben.patch("me", json!({"contactable": true})).await.is(200);
    olga.sets_rules(json!([{"from": "guests", "to": {"population": "team"}, "effect": "allow", "rights": ["see", "start", "reply"]}]))
        .await;
    assert_eq!(said("@ben psst").await, unknown, "the rules don't allow it");
    lobby.says(anna, "@mona psst").await.is(201);
    // Those who moderate are outside the rules.
    lobby.says(mona, "@ben psst").await.is(201);
    site.configure(json!({"features": {"moderation": false}})).await;
    assert_eq!(lobby.is_refused(mona, "@ben psst").await, ["ben"], "but not while nobody moderates");
    olga.sets_rules(json!([])).await;
    olga.lets_chat(ben, false).await;
    assert_eq!(said("@ben psst").await, unknown, "shut out");
    olga.lets_chat(ben, true).await;
    lobby.says(dora, "@ben psst").await.refused(404, "not_found");
    assert_eq!(carl.history(&lobby.room).await.len(), 0);
}

/// Whoever blocks gets no whisper; whoever is blocked can't tell that from somebody who is away.
#[tokio::test]
async fn across_a_block() {
    let lobby = Lobby::start().await;
    let Lobby { anna, ben, carl, .. } = &lobby;
    let mut bens = lobby.inside(ben).await;
    ben.blocks(anna).await;
    bens.told().await;
    let before = lobby.seen(ben).await;
    let sent = lobby.says(anna, "@ben @carl psst").await.is(201);
    assert_eq!(logins(&sent["whisper_to"]), ["ben", "carl"]);
    assert_eq!(lobby.seen(ben).await, before);
    assert_eq!(bodies(&bens.told().await), Vec::<String>::new());
    assert_eq!(carl.history(&lobby.room).await.len(), 1);
    lobby.says(anna, "hello @ben").await.is(201);
    let seen = lobby.seen(ben).await;
    assert_eq!((&seen["mentions"], &seen["unread"]), (&json!(0), &json!(1)), "public talk is, a mention is not");
    assert_eq!(lobby.is_refused(ben, "@anna psst").await, ["anna"]);
    ben.unblocks(anna).await;
    assert_eq!(ben.history(&lobby.room).await.len(), 1, "what was whispered meanwhile never arrives");
    lobby.says(anna, "@ben now").await.is(201);
    assert_eq!(bodies(&bens.told().await), ["hello @ben", "@ben now"]);
}

#[tokio::test]
async fn an_edit_changes_nothing_of_whom_it_is_for() {
    let lobby = Lobby::start().await;
    let Lobby { anna, ben, carl, mona, .. } = &lobby;
    let (mut bens, mut carls) = (lobby.inside(ben).await, lobby.inside(carl).await);
    let aloud = lobby.says(anna, "hello").await.is(201);
    let psst = lobby.says(anna, "@ben psst").await.is(201);
    bens.told().await;
    carls.told().await;
    anna.edits(&aloud, "@ben hello").await.refused(422, "whisper_refused");
    anna.edits(&psst, "@carl psst").await.refused(422, "whisper_refused");
    anna.edits(&psst, "@ben @carl psst").await.refused(422, "whisper_refused");
    anna.edits(&psst, "@ben").await.refused(422, "whisper_refused");
    let edited = anna.edits(&psst, "@ben psst, better").await.is(200);
    assert_eq!(logins(&edited["whisper_to"]), ["ben"]);
    let plain = anna.edits(&psst, "without the login").await.is(200);
    assert_eq!(logins(&plain["whisper_to"]), ["ben"], "it stays what it is");
    anna.withdraws(&psst).await.is(200);
    let updates = bens.told().await.iter().filter(|event| event["type"] == "message.updated").count();
    assert_eq!(updates, 3);
    let told = carls.told().await;
    assert!(told.iter().all(|event| event["type"] != "message.updated"), "{told:#?}");
    let other = lobby.says(anna, "@ben again").await.is(201);
    for stranger in [carl, mona] {
        stranger.edits(&other, "mine").await.refused(404, "not_found");
        stranger.withdraws(&other).await.refused(404, "not_found");
        stranger.post("reports", json!({"message": other["id"], "reason": "curious"})).await.refused(404, "not_found");
        let answer = json!({"client_id": client_id(), "body": "to that", "reply_to": other["id"]});
        let answered = stranger.post(&lobby.path("/messages"), answer).await.is(201);
        assert_eq!(answered["reply_to"], Value::Null, "as if it were not there");
    }
    let answer = json!({"client_id": client_id(), "body": "aloud to that", "reply_to": other["id"]});
    ben.post(&lobby.path("/messages"), answer).await.refused(422, "invalid");
    ben.edits(&other, "mine").await.refused(403, "read_only");
    lobby.olga.answers(&lobby.room, "from the organizers").await;
    let draft = json!({"client_id": client_id(), "body": "@ben from the organizers"});
    lobby
        .olga
        .post(&format!("admin/conversations/{}/messages", lobby.room), draft)
        .await
        .refused(422, "whisper_refused");
    let all = lobby.olga.get(&format!("admin/conversations/{}/messages", lobby.room)).await;
    assert!(!all.body.to_string().contains("again"), "{}", all.body);
}
