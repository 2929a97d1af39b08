//! The organizers' inbox: what is unread comes first, who looks after what, notes, answers to hand.

use crate::harness::{Member, Operator, Site};
use serde_json::{Value, json};

async fn shown(olga: &Operator, asked: &str) -> Vec<String> {
    let all = olga.get(&format!("admin/conversations?{asked}")).await.is(200);
    all["items"].as_array().unwrap().iter().map(|one| one["member"]["login"].as_str().unwrap().to_owned()).collect()
}

async fn asks(site: &Site, login: &str) -> (Member, String) {
    let member = site.member(login).await;
    let with = member.opens_organizer().await;
    member.sends(&with, &format!("{login} asks")).await;
    (member, with)
}

#[tokio::test]
async fn it_is_filtered_and_what_is_unread_comes_first() {
    let site = Site::start().await;
    let (olga, otto) = (site.operator("Olga", "owner").await, site.operator("Otto", "agent").await);
    let (_anna, annas) = asks(&site, "anna").await;
    let (ben, bens) = asks(&site, "ben").await;
    let (carl, carls) = asks(&site, "carl").await;
    olga.reads(&carls, 1).await;
    let dora = site.member("dora").await;
    let doras = olga.opens_with(&dora).await;
    olga.answers(&doras, "welcome").await;
    assert_eq!(shown(&olga, "").await, ["dora", "carl", "ben", "anna"]);
    assert_eq!(shown(&olga, "sort=unread").await, ["ben", "anna", "dora", "carl"]);
    assert_eq!(shown(&olga, "unread=true").await, ["ben", "anna"]);
    assert_eq!(shown(&olga, "wrote=true").await, ["carl", "ben", "anna"]);
    assert_eq!(shown(&olga, "query=an").await, ["anna"]);
    let mut paged = Vec::new();
    let mut cursor = String::new();
    loop {
        let page = olga.get(&format!("admin/conversations?sort=unread&limit=1{cursor}")).await.is(200);
        paged.push(page["items"][0]["member"]["login"].as_str().unwrap().to_owned());
        match page["next"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => break,
        }
    }
    assert_eq!(paged, ["ben", "anna", "dora", "carl"]);
    let patch = async |with: &str, change: Value| olga.patch(&format!("admin/conversations/{with}"), change).await;
    let mut ottos = otto.socket().await;
    let given = patch(&annas, json!({"assigned_to": otto.id})).await.is(200);
    assert_eq!(given["assigned_to"], json!({"id": otto.id, "name": "Otto"}));
    assert_eq!(ottos.expect_event("conversation.updated").await["conversation"], given);
    assert_eq!(shown(&otto, "assigned=me").await, ["anna"]);
    assert_eq!(shown(&olga, &format!("assigned={}", otto.id)).await, ["anna"]);
    assert_eq!(shown(&olga, "assigned=nobody").await, ["dora", "carl", "ben"]);
    patch(&annas, json!({"assigned_to": null})).await.is(200);
    assert!(shown(&otto, "assigned=me").await.is_empty());
    patch(&annas, json!({"assigned_to": ben.id})).await.refused(422, "invalid");
    // Closed, until the member writes again.
    for with in [&bens, &carls] {
        assert_eq!(patch(with, json!({"state": "closed"})).await.is(200)["state"], "closed");
    }
    assert_eq!(shown(&olga, "state=open").await, ["dora", "anna"]);
    olga.answers(&bens, "one more thing").await;
    assert_eq!(shown(&olga, "state=closed").await, ["ben", "carl"]);
    carl.sends(&carls, "and now?").await;
    assert_eq!(shown(&olga, "state=closed").await, ["ben"]);
    assert_eq!(patch(&bens, json!({"state": "open"})).await.is(200)["state"], "open");
    for bad in ["state=gone", "assigned=x y", "sort=name", "kind=direct"] {
        olga.get(&format!("admin/conversations?{bad}")).await.refused(422, "invalid");
    }
}

#[tokio::test]
async fn notes_stay_among_operators() {
    let site = Site::start().await;
    let (olga, otto) = (site.operator("Olga", "agent").await, site.operator("Otto", "agent").await);
    let (anna, with) = asks(&site, "anna").await;
    let mut annas = anna.socket().await;
    let path = format!("admin/conversations/{with}/notes");
    let note = olga.post(&path, json!({"body": "she asked twice"})).await.is(201);
    assert_eq!(note["by"], json!({"id": olga.id, "name": "Olga"}));
    assert_eq!(otto.get(&path).await.is(200)["items"], json!([note]));
    let one = olga.get(&format!("admin/conversations/{with}")).await.is(200);
    assert_eq!((&one["notes"], &one["answered"]), (&json!(1), &json!(false)));
    assert!(!json!(annas.told().await).to_string().contains("twice"), "no member hears of it");
    assert!(!json!(anna.conversation(&with).await).to_string().contains("twice"));
    otto.delete(&format!("{path}/{}", note["id"].as_str().unwrap())).await.is(204);
    otto.delete(&format!("{path}/{}", note["id"].as_str().unwrap())).await.refused(404, "not_found");
    assert!(otto.get(&path).await.is(200)["items"].as_array().unwrap().is_empty());
}

#[tokio::test]
async fn answers_are_kept_at_hand() {
    let site = Site::start().await;
    let olga = site.operator("Olga", "agent").await;
    let made =
        olga.post("admin/canned-answers", json!({"title": "Parking", "body": "Behind\nthe hall."})).await.is(201);
    olga.post("admin/canned-answers", json!({"title": "Badges", "body": "At the desk."})).await.is(201);
    let path = format!("admin/canned-answers/{}", made["id"].as_str().unwrap());
    olga.put(&path, json!({"title": "Parking", "body": "In front."})).await.is(200);
    let all = olga.get("admin/canned-answers").await.is(200);
    let all: Vec<(&str, &str)> = all["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| (one["title"].as_str().unwrap(), one["body"].as_str().unwrap()))
        .collect();
    assert_eq!(all, [("Badges", "At the desk."), ("Parking", "In front.")]);
    let elsewhere = site.neighbour("other").await.operator("Nora", "owner").await;
    elsewhere.put(&path, json!({"title": "Mine", "body": "x"})).await.refused(404, "not_found");
    olga.delete(&path).await.is(204);
    olga.delete(&path).await.refused(404, "not_found");
}

/// What the member writes while somebody closes is not closed with it.
#[tokio::test]
async fn closing_closes_what_was_seen() {
    let site = Site::start().await;
    let olga = site.operator("Olga", "agent").await;
    let (anna, desk) = asks(&site, "anna").await;
    let path = format!("admin/conversations/{desk}");
    let seen = olga.get(&path).await.is(200)["last_message"]["seq"].clone();
    anna.sends(&desk, "and one thing more").await;
    let closed = olga.patch(&path, json!({"state": "closed", "seq": seen})).await.is(200);
    assert_eq!(closed["state"], "open");
    let closed = olga.patch(&path, json!({"state": "closed", "seq": 1_000_000})).await.is(200);
    assert_eq!(closed["state"], "closed");
    anna.sends(&desk, "are you there?").await;
    assert_eq!(olga.get(&path).await.is(200)["state"], "open");
}
