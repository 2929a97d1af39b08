use super::{is_not_there, line, lines, makes, makes_with, names, puts, wanted};
use crate::harness::{Member, Operator, Site};
use reqwest::Method;
use serde_json::{Value, json};

#[tokio::test]
async fn a_member_makes_a_group() {
    let site = Site::start().await;
    let (anna, ben, carl) = (site.member("anna").await, site.member("ben").await, site.member("carl").await);
    let dora = site.member("dora").await;
    let (mut annas, mut bens, mut doras) = (anna.socket().await, ben.socket().await, dora.socket().await);
    let made = anna.post("conversations", wanted("  Jury ", &[&ben, &carl])).await.is(201);
    let id = made["id"].as_str().unwrap();
    for (field, value) in [
        ("kind", json!("group")),
        ("name", json!("Jury")),
        ("picture_url", Value::Null),
        ("peer", Value::Null),
        ("participants", json!(3)),
        ("my_role", json!("admin")),
        ("history", json!("all")),
        ("muted", json!(false)),
        ("unread", json!(0)),
        ("last_seq", json!(1)),
        ("can_write", json!(true)),
        ("listed", json!(true)),
    ] {
        assert_eq!(made[field], value, "{field}: {made}");
    }
    let first = &made["last_message"];
    assert_eq!(line(first), ("group_created".to_owned(), "anna".to_owned(), vec![]));
    assert_eq!(first["author"], json!({"kind": "system", "id": anna.id, "name": "Anna"}));
    assert_eq!((&first["system"]["name"], &first["body"]), (&json!("Jury"), &json!("Anna made the group “Jury”.")));
    assert_eq!(anna.list().await, std::slice::from_ref(&made));
    let theirs = ben.conversation(id).await;
    assert_eq!((&theirs["my_role"], &theirs["unread"], &theirs["listed"]), (&json!("member"), &json!(1), &json!(true)));
    for (member, socket) in [(&anna, &mut annas), (&ben, &mut bens)] {
        let told = socket.told().await;
        let said = told.iter().find(|event| event["type"] == "message.created").unwrap();
        assert_eq!(said["message"], *first);
        let view = told.iter().rev().find(|event| event["type"] == "conversation.updated").unwrap();
        assert_eq!(view["conversation"], member.conversation(id).await);
    }
    assert_eq!(names(&carl, id).await, ["anna*", "ben", "carl"]);
    assert!(doras.told_of_talk().await.is_empty());
    is_not_there(&dora, id, first["id"].as_str().unwrap(), &ben).await;
}

#[tokio::test]
async fn newcomers_see_of_the_past_what_was_chosen() {
    let site = Site::start().await;
    let (anna, ben, carl) = (site.member("anna").await, site.member("ben").await, site.member("carl").await);
    let whole = makes(&anna, &[&ben]).await;
    let from_then = makes_with(&anna, &[&ben], json!({"history": "from_joining"})).await;
    for group in [&whole, &from_then] {
        let before = anna.sends(group, "before").await;
        ben.sends(group, "before too").await;
        puts(&anna, group, &carl, json!({})).await.is(200);
        ben.post(
            &format!("conversations/{group}/messages"),
            json!({"client_id": crate::harness::client_id(), "body": "after", "reply_to": before["id"]}),
        )
        .await
        .is(201);
    }
    let view = carl.conversation(&whole).await;
    assert_eq!((&view["history"], &view["unread"]), (&json!("all"), &json!(2)), "only what is new is unread");
    assert_eq!(super::numbers(&carl, &whole).await, [1, 2, 3, 4, 5]);
    let view = carl.conversation(&from_then).await;
    assert_eq!((&view["history"], &view["unread"]), (&json!("from_joining"), &json!(2)));
    assert_eq!(super::numbers(&carl, &from_then).await, [4, 5]);
    assert_eq!(lines(&carl, &from_then).await, ["members_added by anna: carl"]);
    let path = format!("conversations/{from_then}/messages");
    assert_eq!(carl.get(&format!("{path}?before=4")).await.is(200)["items"], json!([]));
    assert_eq!(carl.get(&format!("{path}?after=0&limit=1")).await.is(200)["items"][0]["seq"], 4);
    carl.get(&format!("{path}/{from_then}.2/readers")).await.refused(404, "not_found");
    assert_eq!(super::numbers(&ben, &from_then).await, [1, 2, 3, 4, 5]);
    // Nothing was said since: the past stays unseen.
    let dora = site.member("dora").await;
    puts(&anna, &from_then, &dora, json!({})).await.is(200);
    assert_eq!(dora.conversation(&from_then).await["last_message"]["system"]["event"], "members_added");
    for bad in [json!("everything"), json!(null), json!(1), json!(["all"])] {
        let mut body = wanted("G", &[&ben]);
        body["history"] = bad;
        anna.post("conversations", body).await.refused(422, "invalid");
    }
}

#[tokio::test]
async fn groups_that_cannot_be_made_change_nothing() {
    let site = Site::start().await;
    let (anna, ben) = (site.member("anna").await, site.member("ben").await);
    let yan = site.neighbour("other").await.member("yan").await;
    let olga = site.operator("Olga", "agent").await;
    let mut bens = ben.socket().await;
    let before = site.dump().await;
    let strangers: Vec<String> = (0..2_000).map(|n| parvis::platform::ids::show(n + 1)).collect();
    let many = |count: usize| json!({"kind": "group", "name": "G", "members": strangers[..count]});
    let with = |name: &str, value: Value| {
        let mut body = wanted("G", &[&ben]);
        body[name] = value;
        body
    };
    for (body, status) in [
        (wanted("G", &[]), 422),
        (wanted("G", &[&anna]), 422),
        (wanted("G", &[&anna, &anna]), 422),
        (many(2_000), 422),
        (many(1_000), 422),
        (with("name", json!("x".repeat(4_000))), 422),
        (with("name", json!("é".repeat(81))), 422),
        (with("name", json!("")), 422),
        (with("name", json!(" \u{a0} ")), 422),
        (with("name", json!("two\nlines")), 422),
        (with("name", json!("a\u{0}b")), 422),
        (with("name", json!(null)), 422),
        (json!({"kind": "group", "members": [ben.id]}), 422),
        (json!({"kind": "group", "name": "G"}), 422),
        (with("members", json!(ben.id)), 422),
        (with("members", json!([1])), 422),
        (with("colour", json!("red")), 422),
        (with("picture", json!("x")), 422),
        (with("picture", json!("00000000000000000000000000")), 422),
        (with("members", json!([ben.id, "0000000000000"])), 404),
        (with("members", json!([ben.id, "somebody"])), 404),
        (with("members", json!([ben.id, ""])), 404),
        (with("members", json!([ben.id, yan.id])), 404),
        (with("members", json!([ben.id, olga.id])), 404),
    ] {
        let code = if status == 404 { "not_found" } else { "invalid" };
        anna.post("conversations", body).await.refused(status, code);
    }
    assert_eq!(site.dump().await, before);
    assert!(bens.told_of_talk().await.is_empty());
    let french = |body: Value| anna.request(Method::POST, "conversations").header("accept-language", "fr").json(&body);
    for (body, word) in [
        (wanted("G", &[]), "moins un"),
        (many(2_000), "1\u{202f}000"),
        (with("name", json!("x".repeat(4_000))), "80 caractères"),
    ] {
        let said = anna.send(french(body)).await.refused(422, "invalid");
        assert!(said.contains(word), "{said}");
    }
    // Oneself and others twice are once; the longest name is one.
    let body = json!({"kind": "group", "name": "é".repeat(80), "members": [ben.id, anna.id, ben.id, anna.id]});
    let made = anna.post("conversations", body).await.is(201);
    assert_eq!((&made["participants"], &made["name"]), (&json!(2), &json!("é".repeat(80))));
}

/// Whom one may not write to can't be taken into a group either; whom one does not see is not there.
#[tokio::test]
async fn only_whom_the_rules_allow() {
    let site = Site::start().await;
    let (anna, ben, carl) = (site.member("anna").await, site.member("ben").await, site.member("carl").await);
    let (dora, emil, fay) = (site.member("dora").await, site.member("emil").await, site.member("fay").await);
    let olga = site.operator("Olga", "owner").await;
    let group = makes(&anna, &[&ben]).await;
    for slug in ["guests", "hosts", "press"] {
        olga.makes_population(slug).await;
    }
    for (who, slug) in [(&anna, "guests"), (&ben, "hosts"), (&carl, "hosts"), (&dora, "press"), (&emil, "press")] {
        olga.changes(who, json!({"populations": [slug]})).await;
    }
    let all = ["see", "start", "reply", "call"];
    olga.sets_rules(json!([
        {"from": "guests", "to": {"population": "hosts"}, "effect": "allow", "rights": all},
        {"from": "guests", "to": {"population": "press"}, "effect": "allow", "rights": ["see", "reply"]},
    ]))
    .await;
    let before = site.dump().await;
    let refused = async |members: &[&Member], code: &str, of: &[&Member]| {
        let answer = anna.post("conversations", wanted("G", members)).await;
        let mut concerned: Vec<&str> = of.iter().map(|m| m.id.as_str()).collect();
        concerned.sort_unstable();
        assert_eq!(answer.body["members"], json!(concerned), "{}", answer.body);
        answer.refused(403, code);
        if let [one] = members {
            let answer = puts(&anna, &group, one, json!({})).await;
            assert_eq!(answer.body["members"], json!(concerned), "{}", answer.body);
            answer.refused(403, code);
        }
    };
    refused(&[&dora], "rule_denied", &[&dora]).await;
    refused(&[&ben, &dora, &carl, &emil], "rule_denied", &[&dora, &emil]).await;
    for unseen in [vec![&fay], vec![&ben, &fay], vec![&dora, &fay]] {
        anna.post("conversations", wanted("G", &unseen)).await.refused(404, "not_found");
    }
    puts(&anna, &group, &fay, json!({})).await.refused(404, "not_found");
    assert_eq!(site.dump().await, before);
    carl.patch("me", json!({"contactable": false})).await.is(200);
    refused(&[&carl], "not_contactable", &[&carl]).await;
    refused(&[&ben, &carl], "not_contactable", &[&carl]).await;
    carl.patch("me", json!({"contactable": true})).await.is(200);
    anna.blocks(&carl).await;
    refused(&[&carl], "blocked_by_you", &[&carl]).await;
    anna.unblocks(&carl).await;
    olga.lets_chat(&carl, false).await;
    let shut_out = anna.post("conversations", wanted("G", &[&carl])).await;
    assert!(matches!(shut_out.status, 403 | 404), "{}", shut_out.body);
    olga.lets_chat(&carl, true).await;
    assert_eq!(names(&anna, &group).await, ["anna*", "ben"]);
    anna.post("conversations", wanted("G", &[&ben, &carl])).await.is(201);
    puts(&anna, &group, &carl, json!({})).await.is(200);
}

#[tokio::test]
async fn switches_hide_and_lose_nothing() {
    let site = Site::start().await;
    let (anna, ben, carl) = (site.member("anna").await, site.member("ben").await, site.member("carl").await);
    let group = makes(&anna, &[&ben]).await;
    anna.sends(&group, "hello").await;
    anna.patch(&format!("conversations/{group}"), json!({"muted": true})).await.is(200);
    let desk = ben.opens_organizer().await;
    let (list, history) = (ben.list().await, ben.history(&group).await);

    site.configure(json!({"features": {"groups": false}})).await;
    anna.post("conversations", wanted("G", &[&carl])).await.refused(403, "feature_off");
    puts(&anna, &group, &carl, json!({})).await.refused(403, "feature_off");
    anna.patch(&format!("conversations/{group}"), json!({"name": "G"})).await.refused(403, "feature_off");
    assert_eq!(ben.history(&group).await, history, "what exists can be read");

    site.configure(json!({"features": {"groups": true, "member_chat": false}})).await;
    anna.post("conversations", wanted("G", &[&carl])).await.refused(403, "feature_off");
    is_not_there(&ben, &group, &format!("{group}.1"), &carl).await;
    let left: Vec<Value> = ben.list().await.iter().map(|one| one["id"].clone()).collect();
    assert_eq!(left, [json!(desk)], "only the organizers are left");

    site.configure(json!({"features": null})).await;
    assert_eq!((ben.list().await, ben.history(&group).await), (list, history));
    assert_eq!(names(&ben, &group).await, ["anna*", "ben"]);
    assert_eq!(anna.conversation(&group).await["muted"], true);
    ben.sends(&group, "here again").await;
}

#[tokio::test]
async fn the_organizers_make_groups_and_look_after_them() {
    let site = Site::start().await;
    let (anna, ben, carl) = (site.member("anna").await, site.member("ben").await, site.member("carl").await);
    let olga: Operator = site.operator("Olga", "agent").await;
    let group = olga.makes_group("Jury", &[&anna, &ben]).await;
    let first = anna.history(&group).await.remove(0);
    assert_eq!(first["author"], json!({"kind": "system", "id": olga.id, "name": "Olga"}));
    assert_eq!((&first["system"]["event"], &first["system"]["by"]), (&json!("group_created"), &Value::Null));
    assert_eq!(names(&anna, &group).await, ["anna", "ben"]);
    let path = format!("conversations/{group}");
    anna.patch(&path, json!({"name": "Ours"})).await.refused(403, "read_only");
    puts(&anna, &group, &carl, json!({})).await.refused(403, "read_only");
    super::takes_out(&anna, &group, &ben).await.refused(403, "read_only");
    // They are outside the rules, and blocks don't bind them.
    carl.blocks(&anna).await;
    carl.patch("me", json!({"contactable": false})).await.is(200);
    let mut carls = carl.socket().await;
    let place = |member: &Member| format!("admin/conversations/{group}/participants/{}", member.id);
    olga.put(&place(&carl), json!({})).await.is(204);
    assert_eq!(carls.expect_event("conversation.updated").await["conversation"]["id"], group.as_str());
    olga.put(&place(&ben), json!({"role": "admin"})).await.is(204);
    olga.put(&place(&ben), json!({"role": "admin"})).await.is(204);
    assert_eq!(names(&carl, &group).await, ["anna", "ben*", "carl"]);
    ben.patch(&path, json!({"name": "Ours"})).await.is(200);
    carls.told().await;
    olga.delete(&place(&carl)).await.is(204);
    let told = carls.told_of_talk().await;
    assert_eq!((&told[0]["type"], &told[0]["left"]), (&json!("conversation.removed"), &json!(true)), "{told:?}");
    let said = [
        "group_created by an operator",
        "members_added by an operator: carl",
        "admin_made by an operator: ben",
        "renamed by ben",
        "member_removed by an operator: carl",
    ];
    assert_eq!(lines(&anna, &group).await, said);
    let between = anna.opens_direct(&ben).await;
    let elsewhere = site.neighbour("other").await;
    let (yan, otto) = (elsewhere.member("yan").await, elsewhere.operator("Otto", "owner").await);
    let before = site.dump().await;
    for (answer, status, code) in [
        (olga.put(&place(&yan), json!({})).await, 404, "not_found"),
        (olga.delete(&place(&carl)).await, 404, "not_found"),
        (otto.put(&place(&carl), json!({})).await, 404, "not_found"),
        (otto.delete(&place(&ben)).await, 404, "not_found"),
        (
            olga.put(&format!("admin/conversations/{between}/participants/{}", carl.id), json!({})).await,
            404,
            "not_found",
        ),
        (olga.delete(&format!("admin/conversations/{between}/participants/{}", ben.id)).await, 404, "not_found"),
        (olga.put(&place(&carl), json!({"role": "owner"})).await, 422, "invalid"),
        (olga.put(&place(&carl), json!({"role": null, "x": 1})).await, 422, "invalid"),
    ] {
        answer.refused(status, code);
    }
    assert_eq!(site.dump().await, before);
}
