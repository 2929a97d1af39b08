use super::{Three, kinds, makes, puts, sees};
use crate::harness::{Member, Site};
use serde_json::{Value, json};

async fn readers(who: &Member, message: &Value) -> Vec<String> {
    let (group, id) = (message["conversation_id"].as_str().unwrap(), message["id"].as_str().unwrap());
    let page = who.get(&format!("conversations/{group}/messages/{id}/readers")).await.is(200);
    assert!(page["next"].is_null());
    page["items"].as_array().unwrap().iter().map(|card| card["login"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn who_has_read_a_message() {
    let site = Site::with_clock_in_hand().await;
    let (anna, ben, carl) = (site.member("anna").await, site.member("ben").await, site.member("carl").await);
    let group = makes(&anna, &[&ben, &carl]).await;
    let (one, two) = (anna.sends(&group, "one").await, anna.sends(&group, "two").await);
    assert_eq!(readers(&anna, &one).await, Vec::<String>::new());
    ben.reads(&group, 2).await;
    assert_eq!((readers(&anna, &one).await, readers(&anna, &two).await), (vec!["ben".to_owned()], vec![]));
    assert_eq!(sees(&anna, &group, &ben).await["read_seq"], 2);
    carl.sends(&group, "I read all").await;
    assert_eq!(readers(&ben, &one).await, ["ben", "carl"], "the author is not among them");
    assert_eq!(readers(&anna, &two).await, ["carl"]);
    let line = anna.history(&group).await.remove(0);
    assert_eq!(readers(&ben, &line).await.len(), 3, "a line is nobody's own");
    // Who comes later has not read what was said before.
    site.advance(std::time::Duration::from_millis(1));
    let dora = site.member("dora").await;
    puts(&anna, &group, &dora, json!({})).await.is(200);
    dora.reads(&group, 100).await;
    assert_eq!(readers(&anna, &two).await, ["carl"]);
    let last = anna.sends(&group, "for Dora too").await;
    dora.reads(&group, 100).await;
    assert_eq!(readers(&anna, &last).await, ["dora"]);
    for bad in [format!("{group}.99"), format!("{group}.0"), "x".to_owned(), "0000000000000.1".to_owned()] {
        anna.get(&format!("conversations/{group}/messages/{bad}/readers")).await.refused(404, "not_found");
    }
    let direct = anna.opens_direct(&ben).await;
    let said = anna.sends(&direct, "between us").await["id"].as_str().unwrap().to_owned();
    anna.get(&format!("conversations/{direct}/messages/{said}/readers")).await.refused(404, "not_found");
}

#[tokio::test]
async fn what_the_group_says_of_itself_counts_as_unread() {
    let Three { site, anna, ben, group, .. } = Three::start().await;
    let unread = async |who: &Member| who.conversation(&group).await["unread"].clone();
    assert_eq!((unread(&anna).await, unread(&ben).await), (json!(0), json!(1)));
    ben.reads(&group, 1).await;
    anna.patch(&format!("conversations/{group}"), json!({"name": "Ours"})).await.is(200);
    puts(&anna, &group, &site.member("dora").await, json!({})).await.is(200);
    assert_eq!((unread(&anna).await, unread(&ben).await), (json!(0), json!(2)));
    ben.sends(&group, "read").await;
    assert_eq!((unread(&anna).await, unread(&ben).await), (json!(1), json!(0)));
    // A line brings a conversation back that was deleted.
    ben.deletes(&group).await;
    let mut bens = ben.socket().await;
    anna.patch(&format!("conversations/{group}"), json!({"name": "Ours again"})).await.is(200);
    let told = kinds(&mut bens).await;
    assert!(told.contains(&"conversation.updated".to_owned()), "{told:?}");
    let back = ben.list().await.remove(0);
    assert_eq!((&back["name"], &back["unread"]), (&json!("Ours again"), &json!(1)));
}

#[tokio::test]
async fn a_group_is_muted_for_oneself() {
    let Three { site, anna, ben, group, .. } = Three::start().await;
    let other = site.again(&ben).await;
    let (mut annas, mut bens) = (anna.socket().await, other.socket().await);
    let path = format!("conversations/{group}");
    let view = ben.patch(&path, json!({"muted": true})).await.is(200);
    assert_eq!(view["muted"], true);
    assert_eq!(bens.expect_event("conversation.updated").await["conversation"], view, "the other device is told");
    assert_eq!(kinds(&mut annas).await, Vec::<String>::new());
    assert_eq!(anna.conversation(&group).await["muted"], false);
    anna.sends(&group, "psst").await;
    assert_eq!(bens.expect_message().await["body"], "psst", "it is there all the same");
    let view = ben.conversation(&group).await;
    assert_eq!((&view["muted"], &view["unread"]), (&json!(true), &json!(2)));
    ben.patch(&path, json!({"muted": false})).await.is(200);
    assert_eq!(ben.conversation(&group).await["muted"], false);
    let direct = anna.opens_direct(&ben).await;
    assert_eq!(anna.patch(&format!("conversations/{direct}"), json!({"muted": true})).await.is(200)["muted"], true);
    for bad in [json!({"muted": "yes"}), json!({"muted": 1}), json!({"muted": true, "listed": false})] {
        ben.patch(&path, bad).await.refused(422, "invalid");
    }
}

/// Neither sees how far the other reads while there is a block, whoever made it; then it is as it is.
#[tokio::test]
async fn reading_does_not_show_across_a_block() {
    let Three { site: _site, anna, ben, carl, group } = Three::start().await;
    let message = carl.sends(&group, "for all").await;
    anna.reads(&group, 1).await;
    ben.reads(&group, 1).await;
    let (mut annas, mut bens, mut carls) = (anna.socket().await, ben.socket().await, carl.socket().await);
    ben.blocks(&anna).await;
    for socket in [&mut annas, &mut bens, &mut carls] {
        socket.told().await;
    }
    let read_of = async |who: &Member, other: &Member| sees(who, &group, other).await["read_seq"].clone();
    for (reader, apart, apart_socket) in [(&ben, &anna, &mut annas), (&anna, &ben, &mut bens)] {
        reader.reads(&group, 2).await;
        assert_eq!(carls.expect_event("conversation.read").await["member_id"], reader.id.as_str());
        let told = apart_socket.told_of_talk().await;
        let heard = told.iter().any(|event| event["member_id"] == reader.id.as_str());
        assert!(!heard, "{told:?}");
        assert_eq!((read_of(apart, reader).await, read_of(&carl, reader).await), (json!(1), json!(2)));
        assert_eq!(read_of(reader, reader).await, 2);
        assert!(!readers(apart, &message).await.contains(&reader.login));
        assert_eq!(sees(apart, &group, reader).await["connected"], false);
    }
    assert_eq!(readers(&carl, &message).await, ["anna", "ben"]);
    // A group that is made behind a block begins so.
    let new = makes(&carl, &[&anna, &ben]).await;
    anna.sends(&new, "hello").await;
    ben.reads(&new, 2).await;
    assert_eq!(
        (sees(&anna, &new, &ben).await["read_seq"].clone(), sees(&carl, &new, &ben).await["read_seq"].clone()),
        (json!(0), json!(2))
    );
    // Blocked back: it ends with the last of the two.
    anna.blocks(&ben).await;
    ben.unblocks(&anna).await;
    assert_eq!(read_of(&anna, &ben).await, 1);
    assert_eq!(read_of(&ben, &anna).await, 1);
    anna.unblocks(&ben).await;
    assert_eq!((read_of(&anna, &ben).await, read_of(&ben, &anna).await), (json!(2), json!(2)));
    assert_eq!(sees(&anna, &new, &ben).await["read_seq"], 2);
    assert_eq!(readers(&anna, &message).await, ["anna", "ben"]);
}

#[tokio::test]
async fn a_new_name_is_told_to_those_who_share_a_group() {
    let Three { site, anna, ben, group, .. } = Three::start().await;
    let (olga, dora) = (site.operator("Olga", "owner").await, site.member("dora").await);
    olga.makes_population("guests").await;
    // Nobody sees anybody: what they share tells them.
    olga.sets_rules(json!([{"from": "guests", "to": "everyone", "effect": "allow", "rights": ["see"]}])).await;
    let (mut bens, mut doras) = (ben.socket().await, dora.socket().await);
    olga.changes(&anna, json!({"name": "Anna B.", "badges": ["Jury"]})).await;
    let told = bens.expect_event("member.updated").await;
    assert_eq!((&told["member"]["name"], &told["member"]["badges"]), (&json!("Anna B."), &json!(["Jury"])));
    let heard = doras.told_of_talk().await;
    assert!(heard.iter().all(|event| event["type"] != "member.updated"), "{heard:?}");
    let card = &sees(&ben, &group, &anna).await["member"];
    assert_eq!((&card["name"], &card["badges"]), (&json!("Anna B."), &json!(["Jury"])));
    let line = ben.history(&group).await.remove(0);
    assert_eq!(line["system"]["by"]["name"], "Anna B.", "whoever did it is called as they are now");
    assert_eq!(line["author"]["name"], "Anna", "as on that day");
}
