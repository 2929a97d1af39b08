//! What rules say: each target, each direction, adding up and taking away.

use super::{ALL, Fair, allow, never, population, somebody, view};
use crate::harness::{Member, client_id};
use serde_json::{Value, json};

/// The three who are not asking, as `who` sees them.
async fn sees(who: &Member) -> Vec<String> {
    let mut seen = who.directory("").await;
    seen.sort_unstable();
    seen
}

#[tokio::test]
async fn without_any_rule_everybody_may_do_everything() {
    let fair = Fair::start().await;
    assert_eq!(fair.olga.get("admin/rules").await.is(200), json!([]));
    assert_eq!(sees(&fair.ned).await, ["eve", "val", "vic"]);
    fair.olga.sets_rules(json!([allow("exhibitors", json!("everyone"), &ALL)])).await;
    assert!(sees(&fair.ned).await.is_empty(), "what no rule gives is not allowed");
    fair.vic.knocks(&fair.eve).await.refused(404, "not_found");
    fair.olga.sets_rules(json!([])).await;
    assert_eq!(sees(&fair.ned).await, ["eve", "val", "vic"]);
    fair.vic.opens_direct(&fair.eve).await;
}

#[tokio::test]
async fn a_rule_speaks_of_everyone_or_of_a_population() {
    let fair = Fair::start().await;
    fair.olga
        .sets_rules(json!([
            allow("exhibitors", json!("everyone"), &["see"]),
            allow("visitors", population("exhibitors"), &["see"]),
        ]))
        .await;
    assert_eq!(sees(&fair.eve).await, ["ned", "val", "vic"]);
    assert_eq!(sees(&fair.vic).await, ["eve"]);
    assert!(sees(&fair.ned).await.is_empty(), "who is in no population is spoken to by no rule");
    assert_eq!(fair.vic.directory("?query=v").await, Vec::<String>::new());
    assert_eq!(fair.vic.directory("?population=visitors").await, Vec::<String>::new());
    assert_eq!(fair.vic.directory("?population=exhibitors").await, ["eve"]);
    for hidden in [&fair.val.id, "@val", "@VAL", &fair.ned.id] {
        fair.vic.get(&format!("members/{hidden}")).await.refused(404, "not_found");
    }
}

/// Every kind of segment: the same two members, let in by something else each time.
#[tokio::test]
async fn a_rule_may_speak_of_a_segment() {
    let fair = Fair::start().await;
    let token =
        fair.site.token("wim").with("login", "wim").with("name", "Wim Éclair").with("badges", json!(["Orateur"]));
    let token = token.with("interests", json!({"Énergie": 0.5})).with("headline", "Fait du bois");
    let wim = fair.site.member_with(token.with("attributes", json!({"sector": "Wood", "speaks": ["fr", "en"]}))).await;
    fair.olga.changes(&wim, json!({"populations": ["press"]})).await;
    for filter in [
        json!({"population": "press"}),
        json!({"population": ["exhibitors", "press"], "query": "eclair"}),
        json!({"badge": "orateur"}),
        json!({"interest": ["eau", "energie"]}),
        json!({"query": "boi wim"}),
        json!({"attributes": {"sector": "wood"}}),
        json!({"attributes": {"speaks": ["de", "EN"], "sector": "Wood"}, "badge": ["Orateur"]}),
    ] {
        let segment = fair.olga.makes_view(filter.clone()).await;
        fair.olga.sets_rules(json!([allow("visitors", view(&segment), &ALL)])).await;
        let mut seen = sees(&fair.vic).await;
        seen.retain(|login| login != "eve");
        assert_eq!(seen, ["wim"], "{filter}");
        assert_eq!(fair.vic.relation(&wim).await["can_message"], true, "{filter}");
        assert_eq!(wim.relation(&fair.vic).await, Value::Null, "rules are directed");
    }
    for filter in [
        json!({"population": "press", "query": "nobody"}),
        json!({"badge": []}),
        json!({"attributes": {"sector": "Steel"}}),
        json!({"attributes": {"unheard": "of"}}),
    ] {
        let everybody = filter == json!({"badge": []});
        let segment = fair.olga.makes_view(filter.clone()).await;
        fair.olga.sets_rules(json!([allow("visitors", view(&segment), &ALL)])).await;
        assert_eq!(!sees(&fair.vic).await.is_empty(), everybody, "{filter}");
    }
}

#[tokio::test]
async fn exhibitors_write_first_and_visitors_only_answer() {
    let fair = Fair::start().await;
    fair.olga
        .sets_rules(json!([
            allow("exhibitors", population("visitors"), &["see", "start", "reply"]),
            allow("visitors", population("exhibitors"), &["see", "reply"]),
        ]))
        .await;
    let relation = fair.vic.relation(&fair.eve).await;
    assert_eq!((&relation["can_message"], &relation["can_request_contact"]), (&json!(false), &json!(false)));
    fair.vic.knocks(&fair.eve).await.refused(403, "rule_denied");
    fair.vic.asks_contact(&fair.eve).await.refused(403, "rule_denied");
    let between = fair.eve.opens_direct(&fair.vic).await;
    assert_eq!(fair.vic.opens_direct(&fair.eve).await, between, "it exists");
    let seen = fair.vic.conversation(&between).await;
    assert_eq!((&seen["can_write"], &seen["cannot_write"]["code"]), (&json!(false), &json!("rule_denied")), "{seen}");
    fair.vic.says(&between, &client_id(), "first!").await.refused(403, "rule_denied");

    let mut vics = fair.vic.socket().await;
    fair.eve.sends(&between, "welcome").await;
    vics.expect_conversation(|told| told["can_write"] == true).await;
    assert_eq!(fair.vic.relation(&fair.eve).await["can_message"], true);
    fair.vic.sends(&between, "thank you").await;
    fair.eve.sends(&between, "you are welcome").await;
}

#[tokio::test]
async fn rules_add_up_and_never_beats_allow() {
    let fair = Fair::start().await;
    let both = somebody(&fair.site, "both", json!(["visitors", "press"])).await;
    let rules = [
        allow("visitors", population("exhibitors"), &["see"]),
        allow("press", population("exhibitors"), &["start", "reply"]),
    ];
    fair.olga.sets_rules(json!(rules)).await;
    assert_eq!(both.relation(&fair.eve).await["can_message"], true);
    assert_eq!(fair.vic.relation(&fair.eve).await["can_message"], false);
    for order in [0, 1] {
        let mut rules = vec![allow("press", json!("everyone"), &ALL)];
        rules.insert(order, never("visitors", population("exhibitors"), &["start"]));
        fair.olga.sets_rules(json!(rules)).await;
        both.knocks(&fair.eve).await.refused(403, "rule_denied");
        both.opens_direct(&fair.vic).await;
    }
    fair.olga
        .sets_rules(json!([allow("press", json!("everyone"), &ALL), never("press", population("visitors"), &["see"])]))
        .await;
    assert_eq!(both.relation(&fair.vic).await, Value::Null);
    assert_eq!(sees(&both).await, ["eve", "ned"]);
}

#[tokio::test]
async fn what_was_said_stays_when_the_right_to_answer_goes() {
    let fair = Fair::start().await;
    let between = fair.eve.opens_direct(&fair.vic).await;
    let question = fair.eve.sends(&between, "a question").await;
    let answer = fair.vic.sends(&between, "an answer").await;
    let mut vics = fair.vic.socket().await;
    let listening = fair.eve.socket().await;
    vics.expect_presence(&fair.eve.id, true).await;
    fair.olga.sets_rules(json!([allow("exhibitors", json!("everyone"), &ALL)])).await;
    let told = vics.expect_conversation(|told| told["can_write"] == false).await;
    assert_eq!(told["cannot_write"]["code"], "rule_denied", "{told}");
    assert_eq!(told["peer"]["connected"], false, "whom one may not see is not shown as here");
    let seen = fair.vic.conversation(&between).await;
    assert_eq!(seen, told);
    assert_eq!(fair.vic.history(&between).await.len(), 2);
    fair.vic.says(&between, &client_id(), "but").await.refused(403, "rule_denied");
    fair.vic.edits(&answer, "another answer").await.refused(403, "rule_denied");
    fair.vic.withdraws(&answer).await.is(200);
    fair.vic.reads(&between, 2).await;
    assert_eq!(fair.vic.opens_direct(&fair.eve).await, between, "it can still be opened");
    assert_eq!(fair.eve.conversation(&between).await["can_write"], true);
    fair.eve.edits(&question, "a better question").await.is(200);
    fair.vic.patch("me", json!({"locale": "fr"})).await.is(200);
    let french = fair.vic.conversation(&between).await["cannot_write"]["detail"].clone();
    assert_ne!(french, told["cannot_write"]["detail"], "in the reader's language");
    listening.leave().await;
    assert!(vics.told().await.iter().all(|event| event["type"] != "presence" || event["member_id"] != fair.eve.id));
}

#[tokio::test]
async fn what_decides_is_named() {
    let fair = Fair::start().await;
    let why = |explained: &Value, right: &str| {
        let one = &explained[right];
        (one["allowed"].as_bool().unwrap(), one["by"].as_str().unwrap().to_owned(), one["place"].as_i64())
    };
    let no = |by: &str, place: Option<i64>| (false, by.to_owned(), place);
    let yes = |by: &str, place: Option<i64>| (true, by.to_owned(), place);
    let explained = fair.olga.explains(&fair.vic, &fair.eve).await;
    assert_eq!(why(&explained, "see"), yes("no_rules", None));
    assert_eq!(why(&explained, "call"), no("video", None));
    fair.site.configure(json!({"features": {"video": true}})).await;
    fair.olga
        .sets_rules(json!([
            allow("visitors", json!("everyone"), &["see", "start"]),
            allow("visitors", population("exhibitors"), &["reply"]),
            never("visitors", population("exhibitors"), &["start"]),
            allow("exhibitors", population("visitors"), &["start", "reply"]),
        ]))
        .await;
    let explained = fair.olga.explains(&fair.vic, &fair.eve).await;
    assert_eq!(why(&explained, "see"), yes("rule", Some(1)));
    assert_eq!(why(&explained, "start"), no("rule", Some(3)));
    assert_eq!(explained["start"]["rule"], never("visitors", population("exhibitors"), &["start"]));
    assert_eq!(why(&explained, "reply"), yes("rule", Some(2)));
    assert_eq!(why(&explained, "call"), no("no_rule_allows", None));
    let explained = fair.olga.explains(&fair.eve, &fair.vic).await;
    assert_eq!(why(&explained, "see"), no("no_rule_allows", None));
    assert_eq!(why(&explained, "start"), no("not_seen", None));

    fair.val.patch("me", json!({"contactable": false})).await.is(200);
    let to_val = fair.olga.explains(&fair.vic, &fair.val).await;
    assert_eq!(why(&to_val, "start"), no("contactable", None));
    fair.olga.sets_rules(json!([])).await;
    fair.val.opens_direct(&fair.vic).await;
    assert_eq!(why(&fair.olga.explains(&fair.vic, &fair.val).await, "start"), yes("acquainted", None));
    fair.vic.blocks(&fair.val).await;
    let blocking = fair.olga.explains(&fair.vic, &fair.val).await;
    assert_eq!((why(&blocking, "see"), why(&blocking, "start")), (yes("no_rules", None), no("block", None)));
    fair.olga.lets_chat(&fair.val, false).await;
    assert_eq!(why(&fair.olga.explains(&fair.vic, &fair.val).await, "see"), no("to_disabled", None));
    assert_eq!(why(&fair.olga.explains(&fair.val, &fair.vic).await, "see"), no("from_disabled", None));
    fair.site.configure(json!({"features": {"member_chat": false}})).await;
    assert_eq!(why(&fair.olga.explains(&fair.vic, &fair.eve).await, "reply"), no("member_chat", None));
    fair.site.configure(json!({"features": {"messaging": false}})).await;
    assert_eq!(why(&fair.olga.explains(&fair.vic, &fair.eve).await, "reply"), no("messaging", None));
}

/// Who is answered for the first time is told what they may do now; not across a block of theirs.
#[tokio::test]
async fn a_first_message_across_a_block_tells_the_blocker_nothing() {
    let fair = Fair::start().await;
    let rules = [allow("visitors", json!("everyone"), &ALL), allow("exhibitors", json!("everyone"), &["see", "reply"])];
    fair.olga.sets_rules(json!(rules)).await;
    fair.eve.blocks(&fair.vic).await;
    let mut eves = fair.eve.socket().await;
    let hidden = fair.vic.opens_direct(&fair.eve).await;
    fair.vic.sends(&hidden, "hello?").await;
    // What is told of this one comes later.
    let seen = fair.val.opens_direct(&fair.eve).await;
    fair.val.sends(&seen, "hello").await;
    let told = eves.expect_conversation(|told| told["can_write"] == true || told["id"] == hidden.as_str()).await;
    assert_eq!(told["id"], seen.as_str(), "{told}");
}
