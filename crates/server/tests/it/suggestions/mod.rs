//! Suggestions: who is proposed to whom and why, who is not, what the site says members choose from.

mod carrying;
pub mod crowd;
mod quality;
mod themes;

use crate::harness::{Member, Operator, Site};
use serde_json::{Value, json};

/// A site with suggestions on.
async fn matchmaking() -> Site {
    let site = Site::start().await;
    site.configure(json!({"features": {"matchmaking": true}})).await;
    site
}

/// Signed in, with what the website says they are interested in, offer and look for.
async fn person(site: &Site, login: &str, interests: Value, offers: Value, looks_for: Value) -> Member {
    let token = site.token(login).with("login", login).with("name", login).with("interests", interests);
    site.member_with(token.with("offers", offers).with("looks_for", looks_for)).await
}

async fn interested(site: &Site, login: &str, interests: Value) -> Member {
    person(site, login, interests, json!([]), json!([])).await
}

async fn suggestions(me: &Member) -> Vec<Value> {
    me.all("suggestions", 50).await
}

/// Who is suggested, best first.
async fn suggested(me: &Member) -> Vec<String> {
    let all = suggestions(me).await;
    all.iter().map(|one| one["member"]["login"].as_str().unwrap().to_owned()).collect()
}

async fn dismisses(me: &Member, other: &Member) {
    me.post(&format!("suggestions/{}/dismiss", other.id), json!({})).await.is(204);
}

#[tokio::test]
async fn the_best_come_first_and_each_with_its_reasons() {
    let site = matchmaking().await;
    let anna = person(&site, "anna", json!({"Énergie": 1.0, "Bees": 0.8}), json!(["Rust"]), json!(["Money"])).await;
    person(&site, "meets", json!(["Chess"]), json!(["money"]), json!(["RUST"])).await;
    person(&site, "offers", json!(["Chess"]), json!(["Money"]), json!([])).await;
    interested(&site, "rare", json!(["bees"])).await;
    for n in 0..5 {
        interested(&site, &format!("common{n}"), json!(["energie"])).await;
    }
    interested(&site, "nothing", json!(["Chess"])).await;
    let all = suggestions(&anna).await;
    assert_eq!(suggested(&anna).await[..3], ["meets", "offers", "rare"]);
    assert_eq!(all.len(), 8);
    let reasons = |at: usize| [&all[at]["shared"], &all[at]["offers"], &all[at]["looks_for"]];
    assert_eq!(reasons(0), [&json!([]), &json!(["Money"]), &json!(["Rust"])], "as the caller writes them");
    assert_eq!(reasons(1), [&json!([]), &json!(["Money"]), &json!([])]);
    assert_eq!(reasons(2), [&json!(["Bees"]), &json!([]), &json!([])]);
    assert_eq!(reasons(3), [&json!(["Énergie"]), &json!([]), &json!([])]);
    let scores: Vec<f64> = all.iter().map(|one| one["score"].as_f64().unwrap()).collect();
    assert!(scores.is_sorted_by(|a, b| a >= b) && scores.iter().all(|score| (0.0..=1.0).contains(score)), "{scores:?}");
    assert_eq!(all[0]["relation"], all[0]["member"]["relation"]);
    assert_eq!((&all[0]["relation"]["can_message"], &all[0]["relation"]["contact"]), (&json!(true), &json!("none")));
    assert_eq!(anna.get("suggestions?limit=2").await.is(200)["items"].as_array().unwrap().len(), 2);
    anna.get("suggestions?limit=0").await.refused(422, "invalid");
    anna.get("suggestions?cursor=x").await.refused(422, "invalid");
    // The same from the other side.
    let meets = site.member("meets").await;
    let back = &suggestions(&meets).await[0];
    assert_eq!((&back["member"]["login"], &back["score"]), (&json!("anna"), &all[0]["score"]));
    assert_eq!((&back["offers"], &back["looks_for"]), (&json!(["RUST"]), &json!(["money"])));
}

#[tokio::test]
async fn no_interests_of_ones_own_no_suggestions() {
    let site = matchmaking().await;
    let (anna, ben) = (site.member("anna").await, interested(&site, "ben", json!(["Bees"])).await);
    assert!(suggested(&anna).await.is_empty() && suggested(&ben).await.is_empty());
    anna.patch("me", json!({"interests": {"Bees": 0}})).await.is(200);
    assert!(suggested(&anna).await.is_empty() && suggested(&ben).await.is_empty(), "0 is no interest");
    // What changes counts at once, either way.
    anna.patch("me", json!({"interests": ["Bees"]})).await.is(200);
    assert_eq!((suggested(&anna).await, suggested(&ben).await), (vec!["ben".to_owned()], vec!["anna".to_owned()]));
    anna.patch("me", json!({"interests": []})).await.is(200);
    assert!(suggested(&anna).await.is_empty() && suggested(&ben).await.is_empty());
    interested(&site, "carl", json!(["Bees"])).await;
    assert_eq!(suggested(&ben).await, ["carl"], "who is new is there at once");
    let token = site.token("carl").with("interests", json!(["Chess"]));
    site.member_with(token).await;
    assert!(suggested(&ben).await.is_empty(), "what a token says counts at once");
}

#[tokio::test]
async fn off_unless_switched_on() {
    let site = Site::start().await;
    let (anna, ben) =
        (interested(&site, "anna", json!(["Bees"])).await, interested(&site, "ben", json!(["Bees"])).await);
    let dismiss = format!("suggestions/{}/dismiss", ben.id);
    let refused = async || {
        anna.get("suggestions").await.refused(403, "feature_off");
        anna.post(&dismiss, json!({})).await.refused(403, "feature_off");
        anna.delete(&dismiss).await.refused(403, "feature_off");
    };
    refused().await;
    site.configure(json!({"features": {"matchmaking": true}})).await;
    assert_eq!(suggested(&anna).await, ["ben"]);
    site.configure(json!({"features": {"member_chat": false}})).await;
    refused().await;
}

#[tokio::test]
async fn only_whom_one_may_see_and_write_to_first() {
    let site = matchmaking().await;
    let olga = site.operator("Olga", "owner").await;
    let theme = || json!(["Bees"]);
    let anna = interested(&site, "anna", theme()).await;
    let ben = interested(&site, "ben", theme()).await;
    let carl = interested(&site, "carl", theme()).await;
    assert_eq!(suggested(&anna).await, ["ben", "carl"]);
    ben.patch("me", json!({"contactable": false})).await.is(200);
    assert_eq!(suggested(&anna).await, ["carl"]);
    ben.patch("me", json!({"contactable": true})).await.is(200);
    olga.lets_chat(&carl, false).await;
    assert_eq!(suggested(&anna).await, ["ben"]);
    olga.lets_chat(&carl, true).await;
    for slug in ["hosts", "guests"] {
        olga.makes_population(slug).await;
    }
    olga.changes(&anna, json!({"populations": ["hosts"]})).await;
    olga.changes(&ben, json!({"populations": ["guests"]})).await;
    let allow =
        |rights: Value| json!([{"from": "hosts", "to": {"population": "guests"}, "effect": "allow", "rights": rights}]);
    olga.sets_rules(allow(json!(["see", "start"]))).await;
    assert_eq!((suggested(&anna).await, suggested(&ben).await), (vec!["ben".to_owned()], vec![]));
    olga.changes(&carl, json!({"populations": ["guests"]})).await;
    assert_eq!(suggested(&anna).await, ["ben", "carl"]);
    for rights in [json!(["see", "reply"]), json!(["start", "reply"])] {
        olga.sets_rules(allow(rights)).await;
        assert!(suggested(&anna).await.is_empty());
    }
    olga.sets_rules(json!([])).await;
    olga.delete(&format!("admin/members/{}", carl.id)).await.is(204);
    assert_eq!(suggested(&anna).await, ["ben"]);
    let other = site.neighbour("other").await;
    other.configure(json!({"features": {"matchmaking": true}})).await;
    assert!(suggested(&interested(&other, "anna", theme()).await).await.is_empty(), "a site is by itself");
}

#[tokio::test]
async fn not_for_me_is_remembered_and_can_be_taken_back() {
    let site = matchmaking().await;
    let (anna, ben) =
        (interested(&site, "anna", json!(["Bees"])).await, interested(&site, "ben", json!(["Bees"])).await);
    dismisses(&anna, &ben).await;
    dismisses(&anna, &ben).await;
    assert!(suggested(&anna).await.is_empty());
    assert_eq!(suggested(&ben).await, ["anna"], "they are not told");
    assert!(suggested(&site.again(&anna).await).await.is_empty());
    let path = format!("suggestions/{}/dismiss", ben.id);
    anna.delete(&path).await.is(204);
    anna.delete(&path).await.is(204);
    assert_eq!(suggested(&anna).await, ["ben"]);
    assert!(dismissed(&anna).await.is_empty());
    anna.post(&format!("suggestions/{}/dismiss", anna.id), json!({})).await.refused(422, "invalid");
    for unknown in ["aaaaaaaaaaaaa", "x"] {
        anna.post(&format!("suggestions/{unknown}/dismiss"), json!({})).await.refused(404, "not_found");
        anna.delete(&format!("suggestions/{unknown}/dismiss")).await.refused(404, "not_found");
    }
}

async fn dismissed(me: &Member) -> Vec<String> {
    let all = me.all("suggestions/dismissed", 2).await;
    all.iter().map(|one| one["member"]["login"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn of_whom_one_said_it_the_last_first() {
    let site = Site::with_clock_in_hand().await;
    site.configure(json!({"features": {"matchmaking": true}})).await;
    let olga = site.operator("Olga", "owner").await;
    let anna = interested(&site, "anna", json!(["Bees"])).await;
    let mut others = Vec::new();
    for login in ["ben", "carl", "dora", "emil", "finn"] {
        others.push(interested(&site, login, json!(["Bees"])).await);
        site.advance(std::time::Duration::from_secs(1));
        dismisses(&anna, others.last().unwrap()).await;
    }
    assert_eq!(dismissed(&anna).await, ["finn", "emil", "dora", "carl", "ben"]);
    assert!(dismissed(&others[0]).await.is_empty(), "one's own, and nobody else's");
    let first = &anna.get("suggestions/dismissed").await.is(200)["items"][0];
    assert_eq!(first["member"]["id"], json!(others[4].id));
    assert!(first["dismissed_at"].as_str().unwrap().ends_with('Z'));
    anna.delete(&format!("suggestions/{}/dismiss", others[2].id)).await.is(204);
    assert_eq!(dismissed(&anna).await, ["finn", "emil", "carl", "ben"]);
    assert_eq!(suggested(&anna).await, ["dora"]);
    anna.get("suggestions/dismissed?cursor=x").await.refused(422, "invalid");
    // Who is gone, and whom one may no longer see, is left out; it stays said.
    olga.delete(&format!("admin/members/{}", others[4].id)).await.is(204);
    assert_eq!(dismissed(&anna).await, ["emil", "carl", "ben"]);
    olga.makes_population("guests").await;
    for one in [&anna, &others[1]] {
        olga.changes(one, json!({"populations": ["guests"]})).await;
    }
    let guests =
        json!([{"from": "guests", "to": {"population": "guests"}, "effect": "allow", "rights": ["see", "start"]}]);
    olga.sets_rules(guests).await;
    assert_eq!(dismissed(&anna).await, ["carl"]);
    olga.sets_rules(json!([])).await;
    assert_eq!(dismissed(&anna).await, ["emil", "carl", "ben"]);
    site.configure(json!({"features": {"matchmaking": false}})).await;
    anna.get("suggestions/dismissed").await.refused(403, "feature_off");
}

/// A weight too small to count is nothing in common, however often.
#[tokio::test]
async fn next_to_nothing_is_nothing() {
    let site = matchmaking().await;
    let tiny = || json!({"Bees": 1e-300, "Wood": 1e-300, "Chess": 1e-300});
    let (anna, _) = (interested(&site, "anna", tiny()).await, interested(&site, "ben", tiny()).await);
    assert!(suggested(&anna).await.is_empty());
}

#[tokio::test]
async fn contacts_and_those_one_asked_are_not_suggested() {
    let site = matchmaking().await;
    let theme = || json!(["Bees"]);
    let (anna, ben) = (interested(&site, "anna", theme()).await, interested(&site, "ben", theme()).await);
    let asked = anna.asks_contact(&ben).await.is(201);
    assert!(suggested(&anna).await.is_empty() && suggested(&ben).await.is_empty());
    ben.answers_request(&asked, "decline").await.is(200);
    assert!(suggested(&anna).await.is_empty(), "a refusal does not show");
    assert_eq!(suggested(&ben).await, ["anna"]);
    ben.answers_request(&asked, "undo").await.is(200);
    ben.accepts(&asked).await;
    assert!(suggested(&anna).await.is_empty() && suggested(&ben).await.is_empty());
    anna.answers_request(&asked, "cancel").await.is(200);
    assert_eq!((suggested(&anna).await, suggested(&ben).await), (vec!["ben".to_owned()], vec!["anna".to_owned()]));
}

/// The answer to a question, as it is on the wire.
async fn bytes(me: &Member, path: &str) -> Vec<u8> {
    let answer = me.request(reqwest::Method::GET, path).send().await.unwrap();
    assert_eq!(answer.status(), 200);
    answer.bytes().await.unwrap().to_vec()
}

/// Whoever blocks is suggested nobody they block. The other is answered byte for byte what they were before, and what they
/// would be of somebody who is away: that they were suggested and no longer are would tell.
#[tokio::test]
async fn a_block_hides_the_blocked_and_does_not_show() {
    let site = matchmaking().await;
    let anna = person(&site, "anna", json!({"Bees": 0.5, "Wood": 1.0}), json!(["Rust"]), json!(["Money"])).await;
    let ben = person(&site, "ben", json!(["Bees"]), json!(["Money"]), json!(["Rust"])).await;
    let away = interested(&site, "away", json!(["Bees", "Wood"])).await;
    let carl = interested(&site, "carl", json!(["Wood"])).await;
    dismisses(&anna, &carl).await;
    let asked = ["suggestions", "suggestions?limit=1", "suggestions/dismissed"];
    let answers = async || {
        let mut all = Vec::new();
        for path in asked {
            all.push(bytes(&anna, path).await);
        }
        all
    };
    assert_eq!(suggested(&anna).await, ["ben", "away"]);
    assert_eq!(suggested(&ben).await, ["anna", "away"]);
    let before = answers().await;
    ben.blocks(&anna).await;
    carl.blocks(&anna).await;
    assert_eq!(answers().await, before);
    assert_eq!((suggested(&ben).await, suggested(&carl).await), (vec!["away".to_owned()], vec!["away".to_owned()]));
    // What changes while the block lasts counts as it would without: of whoever blocks, and of oneself.
    let as_without = async |both: &[&Member]| {
        let blocked = answers().await;
        for one in both {
            one.unblocks(&anna).await;
        }
        assert_eq!(answers().await, blocked);
        for one in both {
            one.blocks(&anna).await;
        }
    };
    ben.patch("me", json!({"interests": ["Wood"], "looks_for": []})).await.is(200);
    assert_eq!(suggested(&anna).await, ["ben", "away"]);
    as_without(&[&ben, &carl]).await;
    anna.patch("me", json!({"interests": ["Bees"], "looks_for": []})).await.is(200);
    anna.delete(&format!("suggestions/{}/dismiss", carl.id)).await.is(204);
    as_without(&[&ben, &carl]).await;
    dismisses(&anna, &ben).await;
    as_without(&[&ben, &carl]).await;
    anna.patch("me", json!({"interests": ["Bees", "Wood"]})).await.is(200);
    assert_eq!(suggested(&ben).await, ["carl", "away"]);
    ben.unblocks(&anna).await;
    assert!(suggested(&ben).await.contains(&"anna".to_owned()));
    assert!(suggested(&away).await.contains(&"ben".to_owned()), "others are suggested whoever blocks somebody else");
}

#[tokio::test]
async fn the_same_popular_few_are_not_shown_to_everybody() {
    let site = matchmaking().await;
    let olga = site.operator("Olga", "owner").await;
    let lines: String = (0..=101).map(|n| format!("m{n},Bees\n")).collect();
    take_in(&olga, &format!("login,interests,looks_for\nstar,Bees,\n{}", lines.replace('\n', ",Help\n"))).await;
    let star = site.member_with(site.token("star").with("offers", json!(["Help"]))).await;
    for n in 0..100 {
        let viewer = site.member_with(site.token(&format!("m{n}"))).await;
        assert_eq!(first(&viewer).await, "star", "{n}");
    }
    let late = site.member_with(site.token("m100")).await;
    assert_ne!(first(&late).await, "star");
    let early = site.member_with(site.token("m0")).await;
    assert_eq!(first(&early).await, "star", "to whom they were shown they stay");
    assert!(!suggested(&star).await.is_empty());
}

async fn first(me: &Member) -> String {
    let best = me.get("suggestions?limit=1").await.is(200);
    best["items"][0]["member"]["login"].as_str().unwrap().to_owned()
}

async fn take_in(olga: &Operator, file: &str) {
    let request = olga.request(reqwest::Method::POST, "admin/members/import");
    olga.send(request.body(file.to_owned())).await.is(200);
}
