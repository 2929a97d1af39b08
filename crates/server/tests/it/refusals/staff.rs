//! What operators have among themselves, and the lines of the table about it.

use super::id;
use super::table::{Line, Whose};
use crate::harness::{Operator, PASSWORD, Site};
use reqwest::Method;
use serde_json::json;

/// The staff of a site, as Olga sees it.
pub struct BackRoom {
    /// An agent who was invited.
    pub operator: String,
    pub invitation: String,
    /// Another session of Olga's.
    pub session: String,
    pub key: String,
    pub webhook: String,
    /// What it was told.
    pub delivery: String,
    /// Of the authenticator app that Olga is about to use.
    pub totp: Vec<u8>,
}

impl BackRoom {
    pub async fn of(site: &Site, olga: &Operator) -> BackRoom {
        let form = json!({"email": "otis@staff.example", "name": "Otis", "role": "agent"});
        let invited = olga.post("admin/operators", form).await.is(201);
        let link = invited["invitation"]["url"].as_str().unwrap();
        site.operator_signs_in("olga@staff.example").await;
        let session = id(&olga.all("admin/me/sessions", 50).await[0]);
        let key = id(&olga.post("admin/api-keys", json!({"name": "Website"})).await.is(201));
        let form = json!({"url": "http://127.0.0.1:1/", "events": ["member.created"], "enabled": false});
        let webhook = id(&olga.post("admin/webhooks", form).await.is(201));
        let receiver = crate::harness::Receiver::start().await;
        olga.patch(&format!("admin/webhooks/{webhook}"), json!({"url": receiver.url})).await.is(200);
        let delivery = id(&olga.post(&format!("admin/webhooks/{webhook}/test"), json!(null)).await.is(201));
        receiver.is_told(1).await;
        let path = format!("admin/webhooks/{webhook}/deliveries");
        crate::harness::eventually("it is delivered", async || olga.all(&path, 50).await[0]["state"] == "delivered")
            .await;
        let totp = olga.post("admin/me/totp", json!(null)).await.is(200);
        BackRoom {
            operator: id(&invited["operator"]),
            invitation: link.split_once('#').unwrap().1.to_owned(),
            session,
            key,
            webhook,
            delivery,
            totp: parvis::operators::totp::read(totp["secret"].as_str().unwrap()).unwrap(),
        }
    }

    /// What stands in a path.
    pub fn of_path(&self, path: &str) -> &str {
        match path {
            path if path.contains("{invitation}") => &self.invitation,
            path if path.contains("{session}") => &self.session,
            path if path.contains("{key}") => &self.key,
            path if path.contains("{webhook}") => &self.webhook,
            _ => &self.operator,
        }
    }
}

/// In an order in which each works after the ones before it.
pub fn lines() -> Vec<Line> {
    [accounts(), of_the_site()].concat()
}

fn accounts() -> Vec<Line> {
    use Whose::{Admin, Anybody, Operator};
    let (get, post, put) = (Method::GET, Method::POST, Method::PUT);
    let (patch, delete) = (Method::PATCH, Method::DELETE);
    vec![
        (post.clone(), "admin/sessions/switch", Operator, Some(|_| json!({"site": "other"}))),
        (get.clone(), "admin/me/sites", Operator, None),
        (get.clone(), "admin/me/sessions", Operator, None),
        (delete.clone(), "admin/me/sessions/{session}", Operator, None),
        (delete.clone(), "admin/me/sessions", Operator, None),
        (put.clone(), "admin/me/password", Operator, Some(|_| json!({"old": PASSWORD, "new": PASSWORD}))),
        (
            put,
            "admin/me/totp",
            Operator,
            Some(|s| json!({"code": parvis::operators::totp::now(&s.back_room.totp, s.site.clock().now())})),
        ),
        (delete.clone(), "admin/me/totp", Operator, Some(|_| json!({"password": PASSWORD}))),
        (post.clone(), "admin/me/totp", Operator, None),
        (get.clone(), "admin/operators", Operator, None),
        (
            post.clone(),
            "admin/operators",
            Admin,
            Some(|_| json!({"email": "oda@staff.example", "name": "Oda", "role": "agent"})),
        ),
        (post.clone(), "admin/invitations/read", Anybody, Some(|s| json!({"invitation": s.back_room.invitation}))),
        (
            post.clone(),
            "admin/invitations/accept",
            Anybody,
            Some(|s| json!({"invitation": s.back_room.invitation, "password": PASSWORD, "name": "Otis"})),
        ),
        (patch, "admin/operators/{operator}", Admin, Some(|_| json!({"name": "Otis O.", "role": "agent"}))),
        (post.clone(), "admin/operators/{operator}/invitation", Admin, Some(|_| json!({"without_totp": true}))),
        (delete.clone(), "admin/operators/{operator}", Admin, None),
        (get, "admin/api-keys", Admin, None),
        (post, "admin/api-keys", Admin, Some(|_| json!({"name": "Website"}))),
        (delete, "admin/api-keys/{key}", Admin, None),
    ]
}

fn of_the_site() -> Vec<Line> {
    use Whose::{Admin, Operator, Owner};
    let (get, post, rules) = (Method::GET, Method::POST, Method::POST);
    let (patch, delete) = (Method::PATCH, Method::DELETE);
    vec![
        (get.clone(), "admin/webhooks", Admin, None),
        (
            post.clone(),
            "admin/webhooks",
            Admin,
            Some(|_| json!({"url": "http://127.0.0.1:1/", "events": ["ping"], "enabled": false})),
        ),
        (get.clone(), "admin/webhooks/{webhook}", Admin, None),
        (
            patch.clone(),
            "admin/webhooks/{webhook}",
            Admin,
            Some(|_| json!({"url": "http://127.0.0.1:1/", "events": ["ping"], "enabled": false})),
        ),
        (post.clone(), "admin/webhooks/{webhook}/rotate", Admin, None),
        (post.clone(), "admin/webhooks/{webhook}/test", Admin, None),
        (get.clone(), "admin/webhooks/{webhook}/deliveries", Admin, None),
        (post.clone(), "admin/webhooks/{webhook}/deliveries/{delivery}/redeliver", Admin, None),
        (delete, "admin/webhooks/{webhook}", Admin, None),
        (get.clone(), "admin/settings/secret", Owner, None),
        (post, "admin/settings/secret/rotate", Owner, Some(|_| json!({"keep_hours": 1}))),
        (get.clone(), "admin/site", Operator, None),
        (patch, "admin/site", Admin, Some(|_| json!({"name": "The fair"}))),
        (get.clone(), "admin/texts", Admin, None),
        (get.clone(), "admin/overview", Operator, None),
        (get.clone(), "admin/audit/export", Admin, None),
        (get, "admin/embed/check", Admin, None),
        (
            rules,
            "admin/rules/preview",
            Admin,
            Some(|_| json!({"rules": [{"from": "press", "to": "everyone", "effect": "allow", "rights": ["see"]}]})),
        ),
    ]
}
