//! Operators: the staff of a site, how they come in, and how they are themselves.

mod factor;
mod own;
mod sites;
mod staff;

use crate::harness::{Answer, Api, Operator, PASSWORD, Site};
use serde_json::{Value, json};

/// What signing in is answered.
pub async fn signs_in(site: &Site, email: &str, more: Value) -> Answer {
    let mut form = json!({"site": site.slug, "email": email, "password": PASSWORD});
    for (field, value) in more.as_object().unwrap() {
        form[field] = value.clone();
    }
    site.api.post("admin/sessions", form).await
}

/// Somebody's way to the API, with a session that was just opened.
pub fn with(site: &Site, session: &Value) -> Api {
    site.api.with_token(session["access_token"].as_str().unwrap())
}

/// Invites somebody: their id and their invitation.
pub async fn invites(by: &Operator, name: &str, role: &str) -> (String, String) {
    let email = format!("{}@staff.example", name.to_lowercase());
    let invited = by.post("admin/operators", json!({"email": email, "name": name, "role": role})).await.is(201);
    (invited["operator"]["id"].as_str().unwrap().to_owned(), invitation(&invited))
}

/// Where invitations are accepted.
pub const ACCEPT: &str = "admin/invitations/accept";

/// An invitation.
pub fn invitation(invited: &Value) -> String {
    let url = invited["invitation"]["url"].as_str().unwrap();
    url.split_once("/admin/invitation#").unwrap().1.to_owned()
}

/// The actions of the audit log, newest first.
pub async fn acts(olga: &Operator) -> Vec<String> {
    olga.all("admin/audit", 50).await.iter().map(|one| one["action"].as_str().unwrap().to_owned()).collect()
}
