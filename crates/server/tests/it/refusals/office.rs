//! What the back-office works with, and the lines of the table about it: the grid, broadcasts, the inbox.

use super::id;
use super::table::{Line, Whose};
use crate::harness::{Operator, client_id};
use reqwest::Method;
use serde_json::json;

/// A broadcast for later, a note, an answer to hand.
pub struct Office {
    pub broadcast: String,
    pub note: String,
    pub answer: String,
}

impl Office {
    pub async fn of(olga: &Operator, desk: &str) -> Office {
        let later = json!({"client_id": client_id(), "body": "later", "filter": {}, "send_at": in_a_week()});
        let broadcast = id(&olga.post("admin/broadcasts", later).await.is(201));
        let note = json!({"body": "ask again"});
        let note = id(&olga.post(&format!("admin/conversations/{desk}/notes"), note).await.is(201));
        let answer = json!({"title": "Parking", "body": "Behind the hall."});
        let answer = id(&olga.post("admin/canned-answers", answer).await.is(201));
        Office { broadcast, note, answer }
    }
}

fn in_a_week() -> String {
    parvis::platform::clock::rfc3339(parvis::platform::clock::Clock::System.now() + 7 * 24 * 3_600_000)
}

/// In an order in which each works after the ones before it.
pub fn lines() -> Vec<Line> {
    use Whose::{Admin, Operator};
    let (get, post, put) = (Method::GET, Method::POST, Method::PUT);
    let (patch, delete) = (Method::PATCH, Method::DELETE);
    vec![
        (get.clone(), "admin/members/count", Operator, None),
        (get.clone(), "admin/members/facets", Operator, None),
        (get.clone(), "admin/members/export", Operator, None),
        (
            post.clone(),
            "admin/members/export",
            Operator,
            Some(|s| json!({"members": [s.anna.id], "columns": ["login"]})),
        ),
        (
            post.clone(),
            "admin/members/bulk",
            Operator,
            Some(|s| json!({"members": [s.anna.id], "do": "add_badge", "value": "Guide"})),
        ),
        (post.clone(), "admin/members/import", Admin, None),
        (get.clone(), "admin/members/{member}/messages", Operator, None),
        (post.clone(), "admin/broadcasts/preview", Operator, Some(|s| json!({"members": [s.anna.id]}))),
        (
            post.clone(),
            "admin/broadcasts",
            Operator,
            Some(
                |s| json!({"client_id": client_id(), "body": "hello", "members": [s.anna.id], "send_at": in_a_week()}),
            ),
        ),
        (get.clone(), "admin/broadcasts", Operator, None),
        (post.clone(), "admin/broadcasts/test", Operator, Some(|s| json!({"member": s.anna.id, "body": "hello"}))),
        (get.clone(), "admin/broadcasts/{broadcast}", Operator, None),
        (get.clone(), "admin/broadcasts/{broadcast}/recipients", Operator, None),
        (post.clone(), "admin/broadcasts/{broadcast}/cancel", Operator, None),
        (patch, "admin/conversations/{conversation}", Operator, Some(|_| json!({"state": "closed"}))),
        (get.clone(), "admin/conversations/{conversation}/notes", Operator, None),
        (post.clone(), "admin/conversations/{conversation}/notes", Operator, Some(|_| json!({"body": "ask again"}))),
        (delete.clone(), "admin/conversations/{conversation}/notes/{note}", Operator, None),
        (get, "admin/canned-answers", Operator, None),
        (post, "admin/canned-answers", Operator, Some(|_| json!({"title": "Hours", "body": "From nine."}))),
        (put, "admin/canned-answers/{answer}", Operator, Some(|_| json!({"title": "Hours", "body": "From ten."}))),
        (delete.clone(), "admin/canned-answers/{answer}", Operator, None),
        (delete, "admin/members/{member}", Admin, None),
    ]
}
