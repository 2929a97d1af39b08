//! Conversations: opening one once, the list a person lives in, and the organizers at the other end.

use crate::harness::{Member, Site, client_id};
use futures_util::future::join_all;
use serde_json::{Value, json};
use std::collections::HashSet;
use std::time::Duration;

fn ids(list: &[Value]) -> Vec<&str> {
    list.iter().map(|c| c["id"].as_str().unwrap()).collect()
}

/// However many press at the same moment, from both ends, there is one.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_direct_conversation_is_opened_once() {
    let site = Site::start().await;
    let (anna, ben) = (site.member("anna").await, site.member("ben").await);
    let presses = (0..20).map(|n| {
        let (from, to) = if n % 2 == 0 { (&anna, &ben) } else { (&ben, &anna) };
        from.post("conversations", json!({"kind": "direct", "member": to.id}))
    });
    let answers = join_all(presses).await;
    let made = answers.iter().filter(|a| a.status == 201).count();
    assert_eq!(made, 1, "{:?}", answers.iter().map(|a| a.status).collect::<Vec<_>>());
    let opened: HashSet<String> = answers.iter().map(|a| a.body["id"].as_str().unwrap().to_owned()).collect();
    assert_eq!(opened.len(), 1);
    assert!(answers.iter().all(|a| matches!(a.status, 200 | 201)));
    assert_eq!((anna.list().await.len(), ben.list().await.len()), (1, 1));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_organizers_conversation_is_opened_once_too() {
    let site = Site::start().await;
    let anna = site.member("anna").await;
    let olga = site.operator("Olga", "agent").await;
    let organizer = json!({"kind": "organizer"});
    let by_anna = join_all((0..10).map(|_| anna.post("conversations", organizer.clone())));
    let by_olga = join_all((0..10).map(|_| olga.opens_with(&anna)));
    let (by_anna, by_olga) = tokio::join!(by_anna, by_olga);
    let mut opened: HashSet<String> = by_anna.iter().map(|a| a.body["id"].as_str().unwrap().to_owned()).collect();
    opened.extend(by_olga);
    assert_eq!(opened.len(), 1);
    assert!(by_anna.iter().filter(|a| a.status == 201).count() <= 1);
    assert_eq!(olga.inbox().await.len(), 1);
}

#[tokio::test]
async fn an_opened_conversation_shows_who_is_at_the_other_end() {
    let site = Site::start().await;
    let (anna, ben) = (site.member("anna").await, site.member("ben").await);
    let opened = anna.post("conversations", json!({"kind": "direct", "member": ben.id})).await.is(201);
    assert_eq!(
        (&opened["kind"], &opened["peer"]["login"], &opened["peer"]["connected"]),
        (&json!("direct"), &json!("ben"), &json!(false))
    );
    assert_eq!((&opened["unread"], &opened["last_seq"], &opened["last_message"]), (&json!(0), &json!(0), &Value::Null));
    assert_eq!(
        (&opened["can_write"], &opened["cannot_write"], &opened["participants"]),
        (&json!(true), &Value::Null, &json!(2))
    );
    let again = anna.post("conversations", json!({"kind": "direct", "member": ben.id})).await.is(200);
    assert_eq!(again, opened);
    assert_eq!(anna.list().await, vec![opened]);
    assert!(ben.list().await.is_empty(), "nothing was said yet: nobody is bothered");
}

#[tokio::test]
async fn what_cannot_be_opened() {
    let site = Site::start().await;
    let anna = site.member("anna").await;
    for (form, status, code) in [
        (json!({"kind": "direct", "member": anna.id}), 422, "invalid"),
        (json!({"kind": "direct", "member": "0000000000000"}), 404, "not_found"),
        (json!({"kind": "direct", "member": "somebody"}), 404, "not_found"),
        (json!({"kind": "direct"}), 422, "invalid"),
        (json!({"kind": "duel", "member": "x"}), 422, "invalid"),
        (json!({"kind": "organizer", "member": "x"}), 422, "invalid"),
        (json!({"member": "x"}), 422, "invalid"),
        (json!([]), 422, "invalid"),
    ] {
        anna.post("conversations", form.clone()).await.refused(status, code);
    }
    assert!(anna.list().await.is_empty());
}

#[tokio::test]
async fn a_deleted_conversation_comes_back_with_a_new_message() {
    let site = Site::start().await;
    let (anna, ben) = (site.member("anna").await, site.member("ben").await);
    let between = anna.opens_direct(&ben).await;
    anna.sends(&between, "one").await;
    ben.deletes(&between).await;
    assert!(ben.list().await.is_empty());
    assert_eq!(ben.conversation(&between).await["listed"], false, "it is only out of the list");
    assert_eq!(anna.list().await.len(), 1, "the other keeps it");

    anna.sends(&between, "two").await;
    let back = ben.list().await;
    assert_eq!((&back[0]["unread"], &back[0]["last_message"]["body"]), (&json!(2), &json!("two")));
    assert_eq!(ben.history(&between).await.len(), 2, "what was said is still there");

    ben.deletes(&between).await;
    ben.opens_direct(&anna).await;
    assert_eq!(ids(&ben.list().await), [between], "opening it brings it back too");
}

#[tokio::test]
async fn clearing_takes_the_old_messages_away_for_oneself() {
    let site = Site::start().await;
    let (anna, ben) = (site.member("anna").await, site.member("ben").await);
    let between = anna.opens_direct(&ben).await;
    for body in ["one", "two", "three"] {
        anna.sends(&between, body).await;
    }
    ben.clears(&between).await;
    assert!(ben.history(&between).await.is_empty());
    let seen = ben.conversation(&between).await;
    assert_eq!((&seen["unread"], &seen["last_message"], &seen["last_seq"]), (&json!(0), &Value::Null, &json!(3)));
    assert_eq!(anna.history(&between).await.len(), 3, "the other keeps them");

    anna.sends(&between, "four").await;
    let left: Vec<Value> = ben.history(&between).await.iter().map(|m| m["seq"].clone()).collect();
    assert_eq!(left, [json!(4)]);
    assert_eq!(ben.list().await[0]["unread"], 1);
    let before = ben.get(&format!("conversations/{between}/messages?before=4")).await.is(200);
    assert_eq!(before, json!({"items": [], "next": null}));
    let after = ben.get(&format!("conversations/{between}/messages?after=0")).await.is(200);
    assert_eq!(after["items"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn the_list_is_by_activity() {
    let site = Site::with_clock_in_hand().await;
    let anna = site.member("anna").await;
    let mut opened = Vec::new();
    for login in ["ben", "carl", "dora"] {
        let other = site.member(login).await;
        site.advance(Duration::from_secs(60));
        opened.push(anna.opens_direct(&other).await);
    }
    site.advance(Duration::from_secs(60));
    anna.sends(&opened[0], "and now you").await;
    let newest_first = [&opened[0], &opened[2], &opened[1]];
    assert_eq!(ids(&anna.list().await), newest_first);
    anna.reads(&opened[1], 0).await;
    assert_eq!(ids(&anna.list().await), newest_first, "reading is no activity");

    site.configure(json!({"list_order": "oldest_first"})).await;
    assert_eq!(ids(&anna.list().await), [&opened[1], &opened[2], &opened[0]]);
}

/// Also when everything happened in the same millisecond, in either order.
#[tokio::test]
async fn the_list_comes_in_pages() {
    let site = Site::with_clock_in_hand().await;
    let anna = site.member("anna").await;
    for n in 0..25 {
        let other = site.member(&format!("m{n}")).await;
        let between = other.opens_direct(&anna).await;
        other.sends(&between, "hello").await;
        if n % 3 == 0 {
            site.advance(Duration::from_millis(1));
        }
    }
    for order in ["newest_first", "oldest_first"] {
        site.configure(json!({"list_order": order})).await;
        let whole = anna.list().await;
        assert_eq!(whole.len(), 25);
        for limit in [1, 4, 24, 25] {
            assert_eq!(ids(&anna.all("conversations", limit).await), ids(&whole), "{order} by {limit}");
        }
    }
    anna.get("conversations?limit=0").await.refused(422, "invalid");
    anna.get("conversations?cursor=bWlhb3U").await.refused(422, "invalid");
    anna.get("conversations?page=2").await.refused(422, "invalid");
}

#[tokio::test]
async fn unread_counts_what_came_after_the_mark() {
    let site = Site::start().await;
    let (anna, ben) = (site.member("anna").await, site.member("ben").await);
    let between = anna.opens_direct(&ben).await;
    for n in 0..5 {
        anna.sends(&between, &n.to_string()).await;
    }
    let unread = async |member: &Member| member.conversation(&between).await["unread"].clone();
    assert_eq!((unread(&anna).await, unread(&ben).await), (json!(0), json!(5)));
    ben.reads(&between, 3).await;
    assert_eq!(unread(&ben).await, 2);
    assert_eq!(anna.conversation(&between).await["peer_read_seq"], 3);
    ben.reads(&between, 1).await;
    assert_eq!(unread(&ben).await, 2, "never back");
    ben.reads(&between, 1_000_000).await;
    assert_eq!(
        (unread(&ben).await, ben.conversation(&between).await["read_seq"].clone()),
        (json!(0), json!(5)),
        "nor beyond the end"
    );
    anna.sends(&between, "six").await;
    ben.sends(&between, "seven").await;
    assert_eq!((unread(&ben).await, unread(&anna).await), (json!(0), json!(1)), "who writes has read");
    let path = format!("conversations/{between}/read");
    ben.post(&path, json!({"seq": -1})).await.refused(422, "invalid");
    ben.post(&path, json!({"seq": "all"})).await.refused(422, "invalid");
    ben.post(&path, json!({})).await.refused(422, "invalid");
}

#[tokio::test]
async fn what_one_takes_no_part_in_is_not_there() {
    let site = Site::start().await;
    let (anna, ben, carl) = (site.member("anna").await, site.member("ben").await, site.member("carl").await);
    let between = anna.opens_direct(&ben).await;
    let message = anna.sends(&between, "for Ben").await;
    for id in [between.as_str(), "0000000000000", "x", "%00", "..", "06gra41jkapg2aaaa"] {
        let path = format!("conversations/{id}");
        if id != ".." {
            carl.get(&path).await.refused(404, "not_found");
            carl.delete(&path).await.refused(404, "not_found");
        }
        carl.get(&format!("{path}/messages")).await.refused(404, "not_found");
        carl.says(id, &client_id(), "hello").await.refused(404, "not_found");
        carl.post(&format!("{path}/read"), json!({"seq": 1})).await.refused(404, "not_found");
    }
    carl.edits(&message, "mine").await.refused(404, "not_found");
    carl.withdraws(&message).await.refused(404, "not_found");
}

/// The organizer's conversation: so that a lone first member always has somebody to write to.
#[tokio::test]
async fn a_member_and_the_organizers_talk() {
    let site = Site::start().await;
    let anna = site.member("anna").await;
    let olga = site.operator("Olga", "agent").await;
    let (mut mine, mut desk) = (anna.socket().await, olga.socket().await);
    let with_desk = anna.opens_organizer().await;
    let asked = anna.sends(&with_desk, "Where is hall B?").await;
    assert_eq!(desk.expect_message().await, asked);
    let inbox = olga.inbox().await;
    assert_eq!(
        (&inbox[0]["id"], &inbox[0]["unread"], &inbox[0]["member"]["login"]),
        (&json!(with_desk), &json!(1), &json!("anna"))
    );
    assert_eq!((&inbox[0]["connected"], &inbox[0]["last_message"]["body"]), (&json!(true), &json!("Where is hall B?")));

    olga.reads(&with_desk, 1).await;
    let read = mine.expect_event("conversation.read").await;
    assert_eq!((&read["member_id"], &read["seq"]), (&Value::Null, &json!(1)));
    let answered = olga.answers(&with_desk, "Past the fountain").await;
    assert_eq!(mine.expect_event("message.created").await["message"], answered);
    assert_eq!(answered["author"], json!({"kind": "operator", "id": olga.id, "name": "Olga"}));
    let seen = anna.conversation(&with_desk).await;
    assert_eq!((&seen["unread"], &seen["peer_read_seq"], &seen["peer"]), (&json!(1), &json!(2), &Value::Null));
    assert_eq!(olga.get(&format!("admin/conversations/{with_desk}")).await.is(200)["unread"], 0);
    let told = olga.get(&format!("admin/conversations/{with_desk}/messages")).await.is(200);
    assert_eq!(told["items"], json!([asked, answered]));
}

#[tokio::test]
async fn an_operator_may_write_first() {
    let site = Site::start().await;
    let anna = site.member("anna").await;
    let olga = site.operator("Olga", "agent").await;
    let mut mine = anna.socket().await;
    let with_anna = olga.opens_with(&anna).await;
    assert!(anna.list().await.is_empty(), "nothing was said yet");
    olga.answers(&with_anna, "Welcome!").await;
    assert_eq!(mine.expect_message().await["body"], "Welcome!");
    let listed = mine.expect_event("conversation.updated").await;
    assert_eq!((&listed["conversation"]["id"], &listed["conversation"]["unread"]), (&json!(with_anna), &json!(1)));
    assert_eq!(ids(&anna.list().await), [with_anna.as_str()]);
    assert_eq!(anna.opens_organizer().await, with_anna);
}

#[tokio::test]
async fn messages_keep_the_operators_name_of_that_day() {
    let site = Site::start().await;
    let anna = site.member("anna").await;
    let olga = site.operator("Olga", "agent").await;
    let with_desk = anna.opens_organizer().await;
    olga.answers(&with_desk, "as Olga").await;
    olga.patch("admin/me", json!({"name": "The desk"})).await.is(200);
    olga.answers(&with_desk, "as the desk").await;
    let history = anna.history(&with_desk).await;
    let names: Vec<&Value> = history.iter().map(|m| &m["author"]["name"]).collect();
    assert_eq!(names, ["Olga", "The desk"]);
    olga.patch("admin/me", json!({"name": " "})).await.refused(422, "invalid");
    olga.patch("admin/me", json!({"role": "owner"})).await.refused(422, "invalid");
}

#[tokio::test]
async fn the_organizers_are_called_in_the_readers_language() {
    let site = Site::start().await;
    let in_language = async |locale: &str| {
        let anna = site.member_with(site.token("anna").with("locale", locale)).await;
        let id = anna.opens_organizer().await;
        anna.conversation(&id).await["name"].as_str().unwrap().to_owned()
    };
    assert_eq!(in_language("en-GB").await, "Organizer - Salon des Savoirs");
    assert_eq!(in_language("fr-CA").await, "Organisateur - Salon des Savoirs");
    assert_eq!(in_language("de-AT").await, "Organisationsteam - Salon des Savoirs");
    assert_eq!(in_language("xx").await, "Organizer - Salon des Savoirs");
    site.configure(json!({"texts": {"fr": {"organizer.title": "L'accueil de {site}"}}})).await;
    assert_eq!(in_language("fr").await, "L'accueil de Salon des Savoirs");
    assert_eq!(in_language("en").await, "Organizer - Salon des Savoirs");
}

#[tokio::test]
async fn contacting_the_organizers_may_be_switched_off_for_new_conversations() {
    let site = Site::start().await;
    let (anna, ben) = (site.member("anna").await, site.member("ben").await);
    let olga = site.operator("Olga", "agent").await;
    let with_desk = anna.opens_organizer().await;
    site.configure(json!({"features": {"contact_organizer": false}})).await;
    ben.post("conversations", json!({"kind": "organizer"})).await.refused(403, "feature_off");
    assert_eq!(anna.opens_organizer().await, with_desk, "those that exist go on");
    anna.sends(&with_desk, "still here").await;
    let with_ben = olga.opens_with(&ben).await;
    olga.answers(&with_ben, "we write first").await;
    ben.sends(&with_ben, "thank you").await;
}

/// A switch loses nothing: it hides and stops, and on again brings back what was there.
#[tokio::test]
async fn without_member_chat_there_are_only_the_organizers() {
    let site = Site::start().await;
    let (anna, ben) = (site.member("anna").await, site.member("ben").await);
    let olga = site.operator("Olga", "agent").await;
    let between = anna.opens_direct(&ben).await;
    let message = anna.sends(&between, "before").await;
    let group = olga.makes_group("Jury", &[&anna, &ben]).await;
    let with_desk = anna.opens_organizer().await;
    let before = anna.list().await;

    site.configure(json!({"features": {"member_chat": false}})).await;
    assert_eq!(ids(&anna.list().await), [with_desk.as_str()]);
    anna.sends(&with_desk, "only you are left").await;
    for id in [&between, &group] {
        anna.get(&format!("conversations/{id}")).await.refused(404, "not_found");
        anna.says(id, &client_id(), "hello").await.refused(404, "not_found");
    }
    anna.edits(&message, "changed").await.refused(404, "not_found");
    anna.post("conversations", json!({"kind": "direct", "member": ben.id})).await.refused(403, "feature_off");
    assert!(anna.all("members", 50).await.is_empty());

    site.configure(json!({"features": {"member_chat": true}})).await;
    assert_eq!(ids(&anna.list().await).len(), before.len());
    assert_eq!(anna.history(&between).await, [message]);
}

#[tokio::test]
async fn without_messaging_nothing_goes() {
    let site = Site::start().await;
    let (anna, ben) = (site.member("anna").await, site.member("ben").await);
    let between = anna.opens_direct(&ben).await;
    site.configure(json!({"features": {"messaging": false}})).await;
    for path in ["conversations", "members", &format!("conversations/{between}/messages")] {
        anna.get(path).await.refused(403, "feature_off");
    }
    anna.says(&between, &client_id(), "hello").await.refused(403, "feature_off");
    anna.post("conversations", json!({"kind": "organizer"})).await.refused(403, "feature_off");
    site.configure(json!({"features": {"messaging": null}})).await;
    anna.sends(&between, "back").await;
}

#[tokio::test]
async fn operators_make_groups_for_the_site() {
    let site = Site::start().await;
    let (anna, ben, carl) = (site.member("anna").await, site.member("ben").await, site.member("carl").await);
    let olga = site.operator("Olga", "agent").await;
    let mut bens = ben.socket().await;
    let jury = olga.makes_group("  The   jury ", &[&anna, &ben, &ben]).await;
    let told = bens.expect_event("conversation.updated").await["conversation"].clone();
    assert_eq!((&told["id"], &told["kind"], &told["name"]), (&json!(jury), &json!("group"), &json!("The jury")));
    assert_eq!((&told["participants"], &told["peer"], &told["peer_read_seq"]), (&json!(2), &Value::Null, &Value::Null));
    anna.sends(&jury, "hello jury").await;
    assert_eq!(bens.expect_message().await["body"], "hello jury");
    carl.get(&format!("conversations/{jury}")).await.refused(404, "not_found");
    olga.get(&format!("admin/conversations/{jury}/messages")).await.refused(404, "not_found");
    for (name, members) in
        [("", vec![&anna.id, &ben.id]), ("One", vec![&anna.id]), ("X", vec![&anna.id, &"0000000000000".to_owned()])]
    {
        let form = json!({"kind": "group", "name": name, "members": members});
        olga.post("admin/conversations", form).await.refused(422, "invalid");
    }
}
