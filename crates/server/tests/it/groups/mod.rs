//! Groups: making them, who takes part and who leaves, what newcomers see, what a block hides, who has read.

mod behind;
mod large;
mod leaving;
mod making;
mod people;
mod reading;

use crate::harness::{Answer, Member, Site, Socket};
use serde_json::{Value, json};

/// Three who know each other, and a group of theirs that Anna made.
pub struct Three {
    pub site: Site,
    pub anna: Member,
    pub ben: Member,
    pub carl: Member,
    pub group: String,
}

impl Three {
    pub async fn start() -> Three {
        let site = Site::start().await;
        let (anna, ben, carl) = (site.member("anna").await, site.member("ben").await, site.member("carl").await);
        let group = makes(&anna, &[&ben, &carl]).await;
        Three { site, anna, ben, carl, group }
    }
}

/// What is sent to make a group.
pub fn wanted(name: &str, members: &[&Member]) -> Value {
    json!({"kind": "group", "name": name, "members": members.iter().map(|m| m.id.as_str()).collect::<Vec<_>>()})
}

/// Somebody makes a group: its id.
pub async fn makes(who: &Member, members: &[&Member]) -> String {
    makes_with(who, members, json!({})).await
}

pub async fn makes_with(who: &Member, members: &[&Member], with: Value) -> String {
    let mut body = wanted("Jury", members);
    body.as_object_mut().unwrap().extend(with.as_object().unwrap().clone());
    who.post("conversations", body).await.is(201)["id"].as_str().unwrap().to_owned()
}

fn place(group: &str, other: &Member) -> String {
    format!("conversations/{group}/participants/{}", other.id)
}

/// Takes somebody in, or changes their role.
pub async fn puts(who: &Member, group: &str, other: &Member, how: Value) -> Answer {
    who.put(&place(group, other), how).await
}

pub async fn takes_out(who: &Member, group: &str, other: &Member) -> Answer {
    who.delete(&place(group, other)).await
}

pub async fn leaves(who: &Member, group: &str) {
    takes_out(who, group, who).await.is(204);
}

/// Who takes part, in order; admins with a star.
pub async fn names(who: &Member, group: &str) -> Vec<String> {
    let all = who.all(&format!("conversations/{group}/participants"), 50).await;
    let name = |one: &Value| {
        let star = if one["role"] == "admin" { "*" } else { "" };
        format!("{}{star}", one["member"]["login"].as_str().unwrap())
    };
    all.iter().map(name).collect()
}

/// One who takes part, as somebody sees them.
pub async fn sees(who: &Member, group: &str, other: &Member) -> Value {
    let all = who.all(&format!("conversations/{group}/participants"), 50).await;
    all.into_iter().find(|one| one["member"]["id"] == other.id).unwrap_or_default()
}

/// What a group said of itself: event, whoever did it, to whom.
pub fn line(message: &Value) -> (String, String, Vec<String>) {
    let system = &message["system"];
    let login = |card: &Value| card["login"].as_str().unwrap_or("an operator").to_owned();
    let members = system["members"].as_array().into_iter().flatten().map(login).collect();
    (system["event"].as_str().unwrap_or_default().to_owned(), login(&system["by"]), members)
}

/// The same of all lines that somebody reads.
pub async fn lines(who: &Member, group: &str) -> Vec<String> {
    let all = who.history(group).await;
    let of_itself = all.iter().filter(|message| !message["system"].is_null());
    of_itself.map(|message| spelled(line(message))).collect()
}

pub fn spelled((event, by, members): (String, String, Vec<String>)) -> String {
    if members.is_empty() { format!("{event} by {by}") } else { format!("{event} by {by}: {}", members.join(", ")) }
}

/// Numbers and texts that somebody reads.
pub async fn numbers(who: &Member, group: &str) -> Vec<i64> {
    who.whole(group).await.into_iter().map(|(seq, _)| seq).collect()
}

/// It is not there for somebody, whatever they try.
pub async fn is_not_there(who: &Member, group: &str, message: &str, other: &Member) {
    let path = format!("conversations/{group}");
    for gone in [
        who.get(&path).await,
        who.get(&format!("{path}/messages")).await,
        who.get(&format!("{path}/messages?after=0")).await,
        who.get(&format!("{path}/participants")).await,
        who.get(&format!("{path}/messages/{message}/readers")).await,
        who.patch(&path, json!({"name": "Mine"})).await,
        who.patch(&path, json!({"muted": true})).await,
        who.patch(&path, json!({"listed": true})).await,
        who.post(&format!("{path}/read"), json!({"seq": 1})).await,
        who.post(&format!("{path}/unread"), json!({})).await,
        who.says(group, &crate::harness::client_id(), "let me in").await,
        who.patch(&format!("{path}/messages/{message}"), json!({"body": "mine"})).await,
        who.delete(&format!("{path}/messages/{message}")).await,
        puts(who, group, other, json!({})).await,
        puts(who, group, who, json!({"role": "admin"})).await,
        takes_out(who, group, other).await,
        takes_out(who, group, who).await,
        who.delete(&path).await,
    ] {
        gone.refused(404, "not_found");
    }
    assert!(who.list().await.iter().all(|one| one["id"] != group));
}

/// The kinds of what was told, without comings and goings.
pub async fn kinds(socket: &mut Socket) -> Vec<String> {
    socket.told_of_talk().await.iter().map(|event| event["type"].as_str().unwrap().to_owned()).collect()
}
