//! Broadcasts: whom they go to, once each, and on after a crash; the members grid from which they are sent.

mod audience;
mod crash;
mod sending;

use crate::harness::{Answer, Member, Operator, Site, client_id, eventually};
use serde_json::{Value, json};

/// A site with an operator and some visitors.
pub struct Fair {
    pub site: Site,
    pub olga: Operator,
    pub visitors: Vec<Member>,
}

impl Fair {
    pub async fn with(site: Site, visitors: usize) -> Fair {
        let olga = site.operator("Olga", "owner").await;
        olga.makes_population("visitors").await;
        let mut found = Vec::with_capacity(visitors);
        for number in 0..visitors {
            let login = format!("v{number}");
            let token = site.token(&login).with("login", login.as_str()).with("populations", json!(["visitors"]));
            found.push(site.member_with(token).await);
        }
        Fair { site, olga, visitors: found }
    }

    pub async fn of(visitors: usize) -> Fair {
        Fair::with(Site::start().await, visitors).await
    }

    pub async fn preview(&self, audience: Value) -> Value {
        self.olga.post("admin/broadcasts/preview", audience).await.is(200)
    }

    pub async fn sends(&self, audience: Value, body: &str) -> Value {
        self.asks(audience, json!({"client_id": client_id(), "body": body})).await.is(201)
    }

    pub async fn asks(&self, audience: Value, wish: Value) -> Answer {
        let mut form = audience;
        form.as_object_mut().unwrap().extend(wish.as_object().unwrap().clone());
        self.olga.post("admin/broadcasts", form).await
    }

    pub async fn one(&self, broadcast: &Value) -> Value {
        self.olga.get(&format!("admin/broadcasts/{}", id(broadcast))).await.is(200)
    }

    /// Waits until a broadcast is over: how it stands then.
    pub async fn over(&self, broadcast: &Value) -> Value {
        eventually("the broadcast is over", || async {
            let state = self.one(broadcast).await["state"].clone();
            state == "done" || state == "cancelled"
        })
        .await;
        self.one(broadcast).await
    }
}

pub fn id(thing: &Value) -> &str {
    thing["id"].as_str().unwrap()
}

/// What somebody has from the organizers, oldest first.
pub async fn heard(member: &Member) -> Vec<String> {
    let list = member.list().await;
    let Some(with) = list.iter().find(|one| one["kind"] == "organizer") else { return Vec::new() };
    member.history(id(with)).await.iter().map(|message| message["body"].as_str().unwrap().to_owned()).collect()
}
