//! How members come to what they carry: the website's token, their own settings, the back-office, a file.

use super::{interested, matchmaking, person, suggested, take_in};
use crate::harness::Site;
use serde_json::{Value, json};

fn carried(me: &Value) -> [&Value; 3] {
    ["interests", "offers", "looks_for"].map(|field| &me[field])
}

#[tokio::test]
async fn a_token_and_ones_own_settings() {
    let site = Site::start().await;
    let anna = person(&site, "anna", json!({"Bees": 0.5}), json!([" Rust ", "RUST", "Wood"]), json!(["Money"])).await;
    let me = anna.get("me").await.is(200);
    assert_eq!(carried(&me), [&json!({"Bees": 0.5}), &json!(["Rust", "Wood"]), &json!(["Money"])]);
    // What is not named stays.
    let me = anna.patch("me", json!({"offers": []})).await.is(200);
    assert_eq!(carried(&me), [&json!({"Bees": 0.5}), &json!([]), &json!(["Money"])]);
    let me = anna.patch("me", json!({"interests": ["Bees", "Chess"], "looks_for": ["Time"]})).await.is(200);
    assert_eq!(carried(&me), [&json!({"Bees": 1.0, "Chess": 1.0}), &json!([]), &json!(["Time"])]);
    let many: Vec<String> = (0..21).map(|n| format!("theme {n}")).collect();
    for bad in
        [json!({"offers": many}), json!({"looks_for": ["a\nb"]}), json!({"looks_for": [""]}), json!({"offers": [1]})]
    {
        anna.patch("me", bad).await.refused(422, "invalid");
    }
    assert_eq!(anna.get("me").await.is(200), me);
    let bad = site.token("anna").with("offers", json!(many)).signed(&site.secret);
    site.sign_in(bad).await.refused(422, "invalid");
    // Others see them, and find by them.
    let ben = site.member("ben").await;
    let seen = ben.get(&format!("members/{}", anna.id)).await.is(200);
    assert_eq!(carried(&seen), [&json!(["Bees", "Chess"]), &json!([]), &json!(["Time"])]);
    assert_eq!(ben.directory("?query=tim").await, ["anna"]);
}

#[tokio::test]
async fn the_back_office_and_a_file() {
    let site = matchmaking().await;
    let olga = site.operator("Olga", "owner").await;
    let anna = interested(&site, "anna", json!(["Chess"])).await;
    let form = json!({"login": "emil", "offers": ["Wood"], "looks_for": ["Chess"]});
    let emil = olga.post("admin/members", form).await.is(201);
    assert_eq!(carried(&emil), [&json!({}), &json!(["Wood"]), &json!(["Chess"])]);
    assert!(suggested(&anna).await.is_empty());
    olga.changes(&anna, json!({"looks_for": ["wood"]})).await;
    assert_eq!(suggested(&anna).await, ["emil"]);
    take_in(&olga, "login,offers,looks_for\nemil,,Bees|Chess\nfay,Wood|Bees,\n").await;
    assert_eq!(suggested(&anna).await, ["fay"]);
    let found = olga.get("admin/members?query=emil").await.is(200);
    assert_eq!(carried(&found["items"][0]), [&json!({}), &json!([]), &json!(["Bees", "Chess"])]);
    let request = olga.request(reqwest::Method::GET, "admin/members/export?columns=login,offers,looks_for");
    let file = request.send().await.unwrap().text().await.unwrap();
    assert!(file.contains("fay,Wood|Bees,\r\n") && file.contains("emil,,Bees|Chess\r\n"), "{file}");
    let whole = olga.request(reqwest::Method::GET, "admin/members/export").send().await.unwrap().text().await.unwrap();
    let request = olga.request(reqwest::Method::POST, "admin/members/import").query(&[("dry_run", true)]);
    let again = olga.send(request.body(whole)).await.is(200);
    assert_eq!((&again["unchanged"], &again["error_count"]), (&json!(3), &json!(0)), "{again}");
}
