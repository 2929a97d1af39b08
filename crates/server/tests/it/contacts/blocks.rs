use super::told_request;
use crate::harness::{Member, Site, client_id};
use serde_json::{Value, json};

struct Two {
    site: Site,
    anna: Member,
    /// He blocks.
    ben: Member,
    between: String,
}

impl Two {
    async fn start() -> Two {
        let site = Site::start().await;
        let (anna, ben) = (site.member("anna").await, site.member("ben").await);
        let between = anna.shares_direct(&ben).await;
        anna.sends(&between, "before").await;
        ben.sends(&between, "an answer").await;
        Two { site, anna, ben, between }
    }
}

#[tokio::test]
async fn the_blocker_gets_nothing_until_the_block_ends() {
    let two = Two::start().await;
    let (anna, ben, between) = (&two.anna, &two.ben, &two.between);
    let other = ben.opens_direct(&two.site.member("carl").await).await;
    let (mut bens, mut annas) = (ben.socket().await, anna.socket().await);
    bens.expect_presence(&anna.id, true).await;
    ben.blocks(anna).await;
    let told = bens.expect_event("conversation.updated").await["conversation"].take();
    assert_eq!((&told["blocked"], &told["cannot_write"]["code"]), (&json!(true), &json!("blocked_by_you")), "{told}");
    annas.expect_presence(&ben.id, false).await;
    bens.told().await;

    for n in 0..3 {
        anna.sends(between, &format!("hidden {n}")).await;
    }
    annas.say(json!({"type": "typing", "conversation_id": between})).await;
    let seen = anna.conversation(between).await;
    assert_eq!((&seen["peer_read_seq"], &seen["peer"]["connected"]), (&json!(2), &json!(false)), "{seen}");
    annas.told().await;
    assert_eq!(bens.told().await, Vec::<Value>::new());
    assert_eq!(ben.conversation(between).await, told);
    assert_eq!(ben.history(between).await.len(), 2);
    assert_eq!((&told["unread"], &told["last_seq"], &told["peer"]["connected"]), (&json!(0), &json!(2), &json!(false)));
    let order: Vec<Value> = ben.list().await.iter().map(|one| one["id"].clone()).collect();
    assert_eq!(order, [json!(other), json!(between)], "last, however new");
    ben.says(between, &client_id(), "no").await.refused(403, "blocked_by_you");
    ben.asks_contact(anna).await.refused(403, "blocked_by_you");
    let relation = ben.relation(anna).await;
    assert_eq!((&relation["blocked"], &relation["can_message"]), (&json!(true), &json!(false)));
    ben.reads(between, 5).await;
    assert_eq!(anna.conversation(between).await["peer_read_seq"], 2);
    bens.told().await;

    ben.unblocks(anna).await;
    let told = bens.told().await;
    let bodies: Vec<&Value> =
        told.iter().filter(|e| e["type"] == "message.created").map(|e| &e["message"]["body"]).collect();
    assert_eq!(bodies, ["hidden 0", "hidden 1", "hidden 2"]);
    let view = told.iter().rev().find(|e| e["type"] == "conversation.updated").unwrap();
    let now = ben.conversation(between).await;
    assert_eq!(view["conversation"], now);
    assert_eq!((&now["unread"], &now["can_write"], &now["blocked"]), (&json!(3), &json!(true), &json!(false)));
    annas.expect_presence(&ben.id, true).await;
    assert_eq!(ben.whole(between).await.len(), 5);
    ben.reads(between, 5).await;
    annas.expect_event("conversation.read").await;
}

#[tokio::test]
async fn edits_wait_and_withdrawals_do_not() {
    let two = Two::start().await;
    let (anna, ben, between) = (&two.anna, &two.ben, &two.between);
    let (kept, gone) = (anna.sends(between, "one").await, anna.sends(between, "two").await);
    let mut bens = ben.socket().await;
    ben.blocks(anna).await;
    bens.told().await;
    anna.edits(&kept, "one, edited").await.is(200);
    anna.edits(&kept, "one, edited again").await.is(200);
    let hidden = anna.sends(between, "three").await;
    anna.edits(&hidden, "three, edited").await.is(200);
    anna.edits(&gone, "two, edited").await.is(200);
    assert_eq!(bens.told().await, Vec::<Value>::new());
    anna.withdraws(&gone).await.is(200);
    let told = bens.expect_event("message.updated").await;
    assert_eq!((&told["message"]["id"], &told["message"]["removed"]["by"]), (&gone["id"], &json!("author")));
    anna.withdraws(&hidden).await.is(200);
    assert_eq!(bens.told().await, Vec::<Value>::new(), "he never saw it");
    let bodies = |all: Vec<(i64, String)>| all.into_iter().map(|(_, body)| body).collect::<Vec<_>>();
    assert_eq!(bodies(ben.whole(between).await), ["before", "an answer", "one", ""]);
    // Who blocks back goes on seeing their own words.
    anna.blocks(ben).await;
    assert_eq!(anna.history(between).await[2]["body"], "one, edited again");
    anna.unblocks(ben).await;
    assert_eq!(bodies(ben.whole(between).await), ["before", "an answer", "one", ""]);
    ben.unblocks(anna).await;
    assert_eq!(bens.expect_event("message.updated").await["message"]["body"], "one, edited again");
    assert_eq!(bodies(ben.whole(between).await), ["before", "an answer", "one, edited again", "", ""]);
    assert_eq!(ben.whole(between).await, anna.whole(between).await);
}

#[tokio::test]
async fn a_deleted_conversation_stays_deleted_while_blocked() {
    let two = Two::start().await;
    let (anna, ben, between) = (&two.anna, &two.ben, &two.between);
    ben.blocks(anna).await;
    ben.deletes(between).await;
    anna.sends(between, "hello?").await;
    assert!(ben.list().await.is_empty());
    assert_eq!(ben.blocked().await, ["Anna"], "to be unblocked all the same");
    assert_eq!(ben.opens_direct(anna).await, *between);
    assert_eq!(ben.list().await.len(), 1);
    ben.deletes(between).await;
    ben.unblocks(anna).await;
    assert_eq!(ben.list().await[0]["unread"], 1, "what came meanwhile brings it back");
    assert!(ben.blocked().await.is_empty());
    // Deleted and blocked with nothing new: it stays away.
    ben.blocks(anna).await;
    ben.deletes(between).await;
    ben.unblocks(anna).await;
    assert!(ben.list().await.is_empty());
}

/// Nothing is there yet when one blocks: whoever is blocked opens and writes, and nothing arrives.
#[tokio::test]
async fn a_conversation_begun_across_a_block() {
    let site = Site::start().await;
    let (anna, ben) = (site.member("anna").await, site.member("ben").await);
    let mut bens = ben.socket().await;
    ben.blocks(&anna).await;
    bens.told().await;
    let between = anna.opens_direct(&ben).await;
    anna.sends(&between, "hello").await;
    anna.sends(&between, "hello?").await;
    assert_eq!(bens.told_of_talk().await, Vec::<Value>::new());
    assert!(ben.list().await.is_empty());
    ben.unblocks(&anna).await;
    let view = ben.list().await.remove(0);
    assert_eq!((&view["unread"], &view["last_message"]["body"]), (&json!(2), &json!("hello?")));
    ben.sends(&between, "here I am").await;
}

#[tokio::test]
async fn requests_wait_behind_a_block() {
    let site = Site::start().await;
    let (anna, ben) = (site.member("anna").await, site.member("ben").await);
    let mut bens = ben.socket().await;
    ben.blocks(&anna).await;
    bens.told().await;
    let asked = anna.asks_contact(&ben).await.is(201);
    assert_eq!(bens.told_of_talk().await, Vec::<Value>::new());
    assert!(ben.requests("received").await.is_empty());
    assert!(ben.directory("?contact=received").await.is_empty());
    assert_eq!(ben.relation(&anna).await["contact"], "none");
    ben.answers_request(&asked, "accept").await.refused(404, "not_found");
    ben.unblocks(&anna).await;
    assert_eq!(told_request(&mut bens).await, asked, "it arrives");
    assert_eq!(ben.requests("received").await, std::slice::from_ref(&asked));
    ben.blocks(&anna).await;
    assert!(ben.requests("received").await.is_empty());
    let gone = told_request(&mut bens).await;
    assert_eq!((&gone["id"], &gone["state"]), (&asked["id"], &json!("cancelled")), "it is gone from every window");
    ben.unblocks(&anna).await;
    assert_eq!(told_request(&mut bens).await, asked);
    ben.accepts(&asked).await;
    ben.blocks(&anna).await;
    assert_eq!(ben.requests("received").await[0]["state"], "accepted", "what was accepted stays");
}

#[tokio::test]
async fn blocks_that_cannot_be_change_nothing() {
    let two = Two::start().await;
    let (site, anna, ben) = (&two.site, &two.anna, &two.ben);
    let olga = site.operator("Olga", "agent").await;
    let yan = site.neighbour("other").await.member("yan").await;
    let before = site.dump().await;
    for (who, status, code) in [
        (&*anna.id, 422, "invalid"),
        (&*olga.id, 422, "invalid"),
        (&*yan.id, 404, "not_found"),
        ("nobody", 404, "not_found"),
        ("zzzzzzzzzzzzz", 404, "not_found"),
    ] {
        anna.put(&format!("blocks/{who}"), json!({})).await.refused(status, code);
    }
    for who in [&*yan.id, "nobody"] {
        anna.delete(&format!("blocks/{who}")).await.refused(404, "not_found");
    }
    anna.unblocks(ben).await;
    assert_eq!(site.dump().await, before);
    anna.blocks(ben).await;
    let once = site.dump().await;
    anna.blocks(ben).await;
    assert_eq!(site.dump().await, once, "twice is once");
    let listed = anna.all("blocks", 50).await;
    assert_eq!(listed[0]["member"]["login"], "ben");
    assert!(listed[0]["blocked_at"].is_string());
}

#[tokio::test]
async fn nobody_blocks_more_than_a_thousand() {
    let site = Site::start().await;
    let (anna, ben) = (site.member("anna").await, site.member("ben").await);
    let columns = "site_id, name, name_key, badges, interests, attributes, class_id, search_text, contactable, chat_enabled, created_at";
    site.stores(&format!(
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000) \
         INSERT INTO member (id, external_id, login, login_key, {columns}) \
         SELECT 1000 + i, 'x' || i, 'x' || i, 'x' || i, {columns} FROM member, n WHERE login = 'ben'"
    ))
    .await;
    site.stores(
        "INSERT INTO block (site_id, blocker_id, blocked_id, created_at) SELECT m.site_id, a.id, m.id, 1 \
         FROM member m, member a WHERE a.login = 'anna' AND m.login LIKE 'x%' AND m.login <> 'x1000'",
    )
    .await;
    let last = anna.get("members/@x1000").await.is(200)["id"].as_str().unwrap().to_owned();
    anna.put(&format!("blocks/{last}"), json!({})).await.is(204);
    let before = site.dump().await;
    let said = anna.put(&format!("blocks/{}", ben.id), json!({})).await.refused(409, "conflict");
    assert!(said.contains("1000"), "{said}");
    assert_eq!(site.dump().await, before);
    anna.put(&format!("blocks/{last}"), json!({})).await.is(204);
    assert_eq!(anna.all("blocks", 200).await.len(), 1_000);
    anna.delete(&format!("blocks/{last}")).await.is(204);
    anna.blocks(&ben).await;
}
