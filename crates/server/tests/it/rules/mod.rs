//! Rules: whom the organizers let whom see, write to and answer, and that it holds everywhere at once.

mod bad;
mod follow;
mod grants;
mod preview;

use crate::harness::{Member, Operator, Site};
use serde_json::{Value, json};

/// Exhibitors, visitors and press; nobody else.
pub struct Fair {
    pub site: Site,
    pub olga: Operator,
    /// An exhibitor.
    pub eve: Member,
    /// A visitor.
    pub vic: Member,
    /// A visitor too.
    pub val: Member,
    /// Of no population.
    pub ned: Member,
}

impl Fair {
    pub async fn start() -> Fair {
        let site = Site::start().await;
        let olga = site.operator("Olga", "admin").await;
        for slug in ["exhibitors", "visitors", "press"] {
            olga.makes_population(slug).await;
        }
        let eve = somebody(&site, "eve", json!(["exhibitors"])).await;
        let vic = somebody(&site, "vic", json!(["visitors"])).await;
        let val = somebody(&site, "val", json!(["visitors"])).await;
        let ned = somebody(&site, "ned", json!([])).await;
        Fair { site, olga, eve, vic, val, ned }
    }
}

pub async fn somebody(site: &Site, login: &str, populations: Value) -> Member {
    site.member_with(site.token(login).with("login", login).with("populations", populations)).await
}

pub fn allow(from: &str, to: Value, rights: &[&str]) -> Value {
    json!({"from": from, "to": to, "effect": "allow", "rights": rights})
}

pub fn never(from: &str, to: Value, rights: &[&str]) -> Value {
    json!({"from": from, "to": to, "effect": "never", "rights": rights})
}

pub fn population(slug: &str) -> Value {
    json!({"population": slug})
}

pub fn view(id: &str) -> Value {
    json!({"view": id})
}

pub const ALL: [&str; 4] = ["see", "start", "reply", "call"];
