//! A room with its moderation, and the lines of the table about them.

use super::id;
use super::table::{Line, Whose};
use crate::harness::{Member, Operator, Site, client_id};
use reqwest::Method;
use serde_json::json;

/// A room that Anna moderates and Ben may enter.
pub struct Lobby {
    pub room: String,
    /// Anna's.
    pub message: String,
    /// Ben's, that wait for a moderator.
    pub held: [String; 2],
    /// Ben's, of Anna's message.
    pub report: String,
    /// On Ben, in the room.
    pub sanction: String,
    /// On Ben, in every room.
    pub everywhere: String,
}

impl Lobby {
    pub async fn of(site: &Site, anna: &Member, ben: &Member, olga: &Operator) -> Lobby {
        olga.makes_population("guests").await;
        for (member, population) in [(anna, "press"), (ben, "guests")] {
            site.member_with(site.token(&member.external_id).with("populations", json!([population]))).await;
        }
        site.configure(json!({"features": {"moderation": true, "video": true}})).await;
        let form = json!({"name": "Lobby", "populations": ["guests"], "moderators": ["press"], "hold_first": 9});
        let room = id(&olga.post("admin/rooms", form).await.is(201));
        let message = id(&anna.sends(&room, "welcome").await);
        let mut held = [String::new(), String::new()];
        for one in &mut held {
            *one = id(&ben.says(&room, &client_id(), "hello").await.is(202)["held"]);
        }
        let report = id(&ben.post("reports", json!({"message": message, "reason": "why not"})).await.is(201));
        let mut mute = json!({"member": ben.id, "kind": "mute", "minutes": 5, "reason": "why not"});
        let sanction = id(&anna.post(&format!("conversations/{room}/sanctions"), mute.clone()).await.is(201));
        mute["room"] = json!(null);
        let everywhere = id(&olga.post("admin/moderation/sanctions", mute).await.is(201));
        Lobby { room, message, held, report, sanction, everywhere }
    }
}

/// In an order in which each works after the ones before it.
pub fn lines() -> Vec<Line> {
    use Whose::{Admin, Chatting, Operator};
    let (get, post) = (Method::GET, Method::POST);
    let (patch, delete) = (Method::PATCH, Method::DELETE);
    vec![
        (get.clone(), "rooms", Chatting, None),
        (get.clone(), "conversations/{conversation}/connected", Chatting, None),
        (get.clone(), "conversations/{conversation}/logins", Chatting, None),
        (post.clone(), "reports", Chatting, Some(|s| json!({"member": s.ben.id, "reason": "why not"}))),
        (get.clone(), "conversations/{conversation}/held", Chatting, None),
        (get.clone(), "conversations/{conversation}/moderation", Chatting, None),
        (post.clone(), "conversations/{conversation}/moderation/reports/{report}/resolve", Chatting, Some(note)),
        (post.clone(), "conversations/{conversation}/moderation/held/{held}/approve", Chatting, Some(note)),
        (post.clone(), "conversations/{conversation}/moderation/held/{held}/reject", Chatting, Some(note)),
        (get.clone(), "conversations/{conversation}/sanctions", Chatting, None),
        (
            post.clone(),
            "conversations/{conversation}/sanctions",
            Chatting,
            Some(|s| json!({"member": s.ben.id, "kind": "ban", "minutes": 5, "reason": "why not"})),
        ),
        (delete.clone(), "conversations/{conversation}/sanctions/{sanction}", Chatting, None),
        (post.clone(), "conversations/{conversation}/messages/{message}/restore", Chatting, None),
        (get.clone(), "admin/moderation/reports", Operator, None),
        (post.clone(), "admin/moderation/reports/{report}/resolve", Operator, Some(note)),
        (get.clone(), "admin/moderation/held", Operator, None),
        (post.clone(), "admin/moderation/held/{held}/approve", Operator, Some(note)),
        (post.clone(), "admin/moderation/held/{held}/reject", Operator, Some(note)),
        (get.clone(), "admin/moderation/sanctions", Operator, None),
        (
            post.clone(),
            "admin/moderation/sanctions",
            Operator,
            Some(
                |s| json!({"member": s.ben.id, "room": s.lobby.room, "kind": "ban", "minutes": 5, "reason": "why not"}),
            ),
        ),
        (delete.clone(), "admin/moderation/sanctions/{sanction}", Operator, None),
        (delete.clone(), "admin/conversations/{conversation}/messages/{message}", Operator, None),
        (post.clone(), "admin/conversations/{conversation}/messages/{message}/restore", Operator, None),
        (get.clone(), "admin/rooms", Operator, None),
        (
            post,
            "admin/rooms",
            Admin,
            Some(|_| json!({"name": "Games", "slug": "games", "populations": ["press"], "moderators": ["press"]})),
        ),
        (get, "admin/rooms/{room}", Operator, None),
        (patch, "admin/rooms/{room}", Admin, Some(|_| json!({"name": "The lobby"}))),
        (delete, "admin/rooms/{room}", Admin, None),
    ]
}

fn note(_: &super::Scene) -> serde_json::Value {
    json!({"note": "fine"})
}
