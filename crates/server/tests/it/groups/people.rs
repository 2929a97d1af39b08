use super::{Three, kinds, line, lines, makes, names, puts, sees, spelled, takes_out};
use crate::harness::{Member, Site, Socket, client_id, send};
use reqwest::Method;
use serde_json::{Value, json};

#[tokio::test]
async fn only_admins_change_a_group() {
    let Three { site, anna, ben, carl, group } = Three::start().await;
    let dora = site.member("dora").await;
    let (mut annas, mut bens) = (anna.socket().await, ben.socket().await);
    let path = format!("conversations/{group}");
    let picture = ben.request(Method::POST, "pictures").body(png());
    let picture = ben.send(picture).await.is(201);
    let before = site.dump().await;
    let attempts = async |who: &Member| {
        vec![
            who.patch(&path, json!({"name": "Ours"})).await,
            who.patch(&path, json!({"picture": picture["id"]})).await,
            who.patch(&path, json!({"picture": null, "muted": true})).await,
            puts(who, &group, &dora, json!({})).await,
            puts(who, &group, who, json!({"role": "admin"})).await,
            puts(who, &group, &carl, json!({"role": "admin"})).await,
            takes_out(who, &group, &carl).await,
        ]
    };
    for refused in attempts(&ben).await {
        refused.refused(403, "read_only");
    }
    let french = ben.request(Method::PATCH, &path).header("accept-language", "fr").json(&json!({"name": "x"}));
    let said = ben.send(french).await.refused(403, "read_only");
    assert!(said.contains("administrateur"), "{said}");
    assert_eq!(site.dump().await, before);
    assert_eq!((kinds(&mut annas).await, kinds(&mut bens).await), (vec![], vec![]));

    let made = puts(&anna, &group, &ben, json!({"role": "admin"})).await.is(200);
    assert_eq!((&made["member"]["login"], &made["role"]), (&json!("ben"), &json!("admin")));
    let said = bens.expect_message().await;
    assert_eq!(spelled(line(&said)), "admin_made by anna: ben");
    assert_eq!(bens.expect_event("conversation.updated").await["conversation"]["my_role"], "admin");
    let done = attempts(&ben).await;
    assert!(done.iter().all(|answer| answer.status < 300), "{done:?}");
    assert_eq!(names(&anna, &group).await, ["anna*", "ben*", "dora"]);
    let view = anna.conversation(&group).await;
    assert_eq!((&view["name"], &view["picture_url"], &view["participants"]), (&json!("Ours"), &Value::Null, &json!(3)));
    let told = annas.told_of_talk().await;
    let renamed = told.iter().find(|event| event["message"]["system"]["event"] == "renamed").unwrap();
    assert_eq!(renamed["message"]["system"]["name"], "Ours");
    assert_eq!(told.iter().rev().find(|e| e["type"] == "conversation.updated").unwrap()["conversation"], view);
    let said = [
        "group_created by anna",
        "admin_made by anna: ben",
        "renamed by ben",
        "picture_changed by ben",
        "picture_removed by ben",
        "members_added by ben: dora",
        "admin_made by ben: carl",
        "member_removed by ben: carl",
    ];
    assert_eq!(lines(&dora, &group).await, said);

    puts(&anna, &group, &ben, json!({"role": "member"})).await.is(200);
    let mut answers = attempts(&ben).await;
    assert_eq!(answers.pop().map(|answer| answer.status), Some(403));
    assert_eq!(ben.conversation(&group).await["my_role"], "member");
}

fn png() -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    image::DynamicImage::new_rgb8(4, 4).write_to(&mut bytes, image::ImageFormat::Png).unwrap();
    bytes.into_inner()
}

/// What is asked again is not said again.
#[tokio::test]
async fn what_changes_nothing_is_not_said() {
    let Three { site: _site, anna, ben, group, .. } = Three::start().await;
    let path = format!("conversations/{group}");
    let mut bens = ben.socket().await;
    for _ in 0..2 {
        anna.patch(&path, json!({"name": "Jury"})).await.is(200);
        anna.patch(&path, json!({"picture": null})).await.is(200);
        puts(&anna, &group, &ben, json!({})).await.is(200);
        puts(&anna, &group, &ben, json!({"role": "member"})).await.is(200);
        puts(&anna, &group, &anna, json!({"role": "admin"})).await.is(200);
        anna.patch(&path, json!({})).await.is(200);
    }
    assert_eq!(lines(&anna, &group).await, ["group_created by anna"]);
    assert_eq!(kinds(&mut bens).await, Vec::<String>::new());
    for bad in
        [json!({"name": ""}), json!({"name": "x".repeat(4_000)}), json!({"name": "a\nb"}), json!({"picture": "x"})]
    {
        anna.patch(&path, bad).await.refused(422, "invalid");
    }
    assert_eq!(anna.conversation(&group).await["name"], "Jury");
}

#[tokio::test]
async fn a_group_that_has_admins_keeps_one() {
    let Three { site: _site, anna, ben, group, .. } = Three::start().await;
    puts(&anna, &group, &anna, json!({"role": "member"})).await.refused(409, "conflict");
    assert_eq!(names(&anna, &group).await, ["anna*", "ben", "carl"]);
    puts(&anna, &group, &ben, json!({"role": "admin"})).await.is(200);
    puts(&anna, &group, &anna, json!({"role": "member"})).await.is(200);
    assert_eq!(names(&anna, &group).await, ["anna", "ben*", "carl"]);
    assert_eq!(anna.conversation(&group).await["my_role"], "member");
    puts(&ben, &group, &ben, json!({"role": "member"})).await.refused(409, "conflict");
}

#[tokio::test]
async fn coming_and_going_is_told_live() {
    let Three { site, anna, ben, carl, group } = Three::start().await;
    let dora = site.member("dora").await;
    let (mut bens, mut carls, mut doras) = (ben.socket().await, carl.socket().await, dora.socket().await);
    let added = puts(&anna, &group, &dora, json!({})).await.is(200);
    assert_eq!(
        (&added["member"]["login"], &added["role"], &added["connected"]),
        (&json!("dora"), &json!("member"), &json!(true))
    );
    let view = doras.expect_event("conversation.updated").await["conversation"].take();
    assert_eq!(view, dora.conversation(&group).await);
    assert_eq!((&view["participants"], &view["unread"]), (&json!(4), &json!(1)));
    let said = bens.expect_message().await;
    assert_eq!(spelled(line(&said)), "members_added by anna: dora");
    assert_eq!(said["body"], "Anna added Dora.");
    assert_eq!(bens.expect_event("conversation.updated").await["conversation"]["participants"], 4);

    carls.told().await;
    let last = carl.sends(&group, "my last").await;
    takes_out(&anna, &group, &carl).await.is(204);
    anna.sends(&group, "now that he is gone").await;
    dora.reads(&group, 4).await;
    let told = carls.told_of_talk().await;
    let kinds: Vec<&Value> = told.iter().map(|event| &event["type"]).collect();
    assert_eq!(kinds, ["message.created", "conversation.removed"], "{told:#?}");
    assert_eq!((&told[1]["conversation_id"], &told[1]["left"]), (&json!(group), &json!(true)));
    super::is_not_there(&carl, &group, last["id"].as_str().unwrap(), &ben).await;
    for command in [
        send(&group, &client_id(), "still here"),
        json!({"type": "conversation.read", "conversation_id": group, "seq": 3}),
    ] {
        Socket::refused(&carls.command(command).await, "not_found");
    }
    carls.say(json!({"type": "typing", "conversation_id": group})).await;
    carls.told().await;
    let told = bens.told_of_talk().await;
    assert!(told.iter().all(|event| event["type"] != "typing"), "{told:?}");
    assert_eq!(names(&ben, &group).await, ["anna*", "ben", "dora"]);

    // Taken in again, with all that was said meanwhile; muted and read marks begin anew.
    puts(&anna, &group, &carl, json!({})).await.is(200);
    let back = carls.expect_event("conversation.updated").await["conversation"].take();
    assert_eq!((&back["unread"], &back["my_role"], &back["listed"]), (&json!(1), &json!("member"), &json!(true)));
    assert_eq!(carl.whole(&group).await, anna.whole(&group).await);
    carl.edits(&last, "my last, better").await.is(200);
}

/// Nothing of before, and nothing of after.
#[tokio::test]
async fn coming_back_tells_what_one_took_part_in() {
    let Three { site, anna, ben, carl, group } = Three::start().await;
    let dora = site.member("dora").await;
    let (mut carls, mut doras) = (carl.socket().await, dora.socket().await);
    carls.told().await;
    doras.told().await;
    let (of_carl, of_dora) = (carls.cursor.clone(), doras.cursor.clone());
    carls.leave().await;
    doras.leave().await;
    anna.sends(&group, "without Dora").await;
    takes_out(&anna, &group, &carl).await.is(204);
    let hidden = anna.sends(&group, "without Carl").await;
    anna.edits(&hidden, "without Carl, better").await.is(200);
    puts(&anna, &group, &dora, json!({})).await.is(200);
    ben.sends(&group, "with Dora").await;
    takes_out(&anna, &group, &dora).await.is(204);
    ben.sends(&group, "without Dora again").await;
    puts(&anna, &group, &carl, json!({})).await.is(200);
    ben.sends(&group, "with Carl").await;

    let bodies = |events: &[Value]| {
        let said = events.iter().filter(|event| event["message"].is_object());
        said.map(|event| event["message"]["body"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let missed = carl.resumes(&of_carl).await.left();
    let expected = ["without Dora", "Anna added Carl.", "with Carl"];
    assert_eq!(bodies(&missed), expected, "{missed:#?}");
    let removed = missed.iter().find(|event| event["type"] == "conversation.removed").unwrap();
    assert_eq!(removed["left"], true);
    let missed = dora.resumes(&of_dora).await.left();
    assert_eq!(bodies(&missed), ["Anna added Dora.", "with Dora"], "{missed:#?}");
    let last = missed.iter().rfind(|event| event["type"] != "presence").unwrap();
    assert_eq!((&last["type"], &last["left"]), (&json!("conversation.removed"), &json!(true)));
    dora.get(&format!("conversations/{group}")).await.refused(404, "not_found");
}

/// Whoever is taken out while they write: what was acknowledged stands before the line that says so, the rest is
/// refused, and nothing of what follows reaches them.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_on_its_way_when_somebody_is_taken_out() {
    let site = Site::start().await;
    site.lift_limits().await;
    let (anna, ben, carl) = (site.member("anna").await, site.member("ben").await, site.member("carl").await);
    for round in 0..8 {
        let group = makes(&anna, &[&ben, &carl]).await;
        let mut bens = ben.socket().await;
        let writing = async {
            for n in 0..60 {
                let body = format!("{round}:{n}");
                bens.say(json!({"type": "message.send", "ref": n, "conversation_id": group, "client_id": client_id(), "body": body}))
                    .await;
            }
            let mut acknowledged = Vec::new();
            for answer in bens.answers(60).await {
                match answer["type"].as_str().unwrap() {
                    "ok" => acknowledged.push(answer["message"]["seq"].as_i64().unwrap()),
                    _ => drop(Socket::refused(&answer, "not_found")),
                }
            }
            acknowledged
        };
        let removing = async {
            for n in 0..round {
                carl.sends(&group, &format!("{n}")).await;
            }
            takes_out(&anna, &group, &ben).await.is(204);
            anna.sends(&group, "he is gone").await;
        };
        let (acknowledged, ()) = tokio::join!(writing, removing);
        let all = carl.history(&group).await;
        let numbers: Vec<i64> = all.iter().map(|m| m["seq"].as_i64().unwrap()).collect();
        assert_eq!(numbers, (1..=i64::try_from(all.len()).unwrap()).collect::<Vec<_>>());
        let line = all.iter().find(|m| m["system"]["event"] == "member_removed").unwrap()["seq"].as_i64().unwrap();
        let his: Vec<i64> =
            all.iter().filter(|m| m["author"]["id"] == ben.id).map(|m| m["seq"].as_i64().unwrap()).collect();
        assert_eq!(his, acknowledged, "what was acknowledged is there, and nothing else of his");
        assert!(his.iter().all(|seq| *seq < line), "{his:?} before {line}");
        let told = bens.told_of_talk().await;
        let late = told.iter().filter(|event| event["message"]["seq"].as_i64().is_some_and(|seq| seq >= line));
        assert_eq!(late.count(), 0, "{told:?}");
        assert!(told.iter().any(|event| event["left"] == true));
    }
}

#[tokio::test]
async fn participants_come_in_pages_in_the_order_in_which_they_came() {
    let site = Site::with_clock_in_hand().await;
    let anna = site.member("anna").await;
    let mut others = Vec::new();
    for n in 0..9 {
        others.push(site.member(&format!("m{n}")).await);
    }
    let group = makes(&anna, &others[..4].iter().collect::<Vec<_>>()).await;
    for (n, other) in others[4..].iter().enumerate() {
        if n % 2 == 0 {
            site.advance(std::time::Duration::from_millis(1));
        }
        puts(&anna, &group, other, json!({})).await.is(200);
    }
    let path = format!("conversations/{group}/participants");
    let expected: Vec<&str> = std::iter::once(&anna).chain(&others).map(|m| m.login.as_str()).collect();
    for limit in [1, 3, 9, 10] {
        let all = anna.all(&path, limit).await;
        let logins: Vec<&str> = all.iter().map(|one| one["member"]["login"].as_str().unwrap()).collect();
        assert_eq!(logins, expected, "by {limit}");
    }
    for bad in ["limit=0", "cursor=x", "query=m"] {
        anna.get(&format!("{path}?{bad}")).await.refused(422, "invalid");
    }
    let direct = anna.opens_direct(&others[0]).await;
    anna.get(&format!("conversations/{direct}/participants")).await.refused(404, "not_found");
    let between = format!("conversations/{direct}/participants/{}", others[1].id);
    for answer in [anna.put(&between, json!({})).await, anna.delete(&between).await] {
        assert!(matches!(answer.status, 404 | 409), "{}", answer.body);
    }
    assert_eq!(sees(&anna, &group, &others[8]).await["role"], "member");
}
