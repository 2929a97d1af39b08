//! Moderation: sanctions, held messages, reports, removals, and what is written down of them.

mod back_office;
mod held;
mod removals;
mod reports;
mod sanctions;

use crate::harness::{Answer, Member, Operator, Site, Socket, client_id};
use serde_json::{Value, json};

/// A room that Mona moderates, with Anna and Ben; Olga is the owner.
pub struct Scene {
    pub site: Site,
    pub anna: Member,
    pub ben: Member,
    pub mona: Member,
    pub olga: Operator,
    pub room: String,
}

impl Scene {
    pub async fn start() -> Scene {
        Scene::of(Site::start().await, json!({})).await
    }

    /// With these settings of the room beside.
    pub async fn with(room: Value) -> Scene {
        Scene::of(Site::start().await, room).await
    }

    pub async fn of(site: Site, room: Value) -> Scene {
        let olga = site.operator("Olga", "owner").await;
        olga.makes_population("team").await;
        site.configure(json!({"features": {"moderation": true}})).await;
        let (anna, ben) = (site.member("anna").await, site.member("ben").await);
        let mona = site.token("mona").with("login", "mona").with("name", "Mona").with("populations", json!(["team"]));
        let mona = site.member_with(mona).await;
        let mut form = json!({"name": "Lobby", "moderators": ["team"]});
        for (field, value) in room.as_object().unwrap() {
            form[field] = value.clone();
        }
        let made = olga.post("admin/rooms", form).await.is(201);
        let room = made["id"].as_str().unwrap().to_owned();
        Scene { site, anna, ben, mona, olga, room }
    }

    /// A socket that is inside the room.
    pub async fn inside(&self, member: &Member) -> Socket {
        let mut socket = member.socket().await;
        let answer = socket.command(json!({"type": "room.enter", "conversation_id": self.room})).await;
        Socket::accepted(answer);
        socket
    }

    pub fn path(&self, rest: &str) -> String {
        format!("conversations/{}/{rest}", self.room)
    }

    /// What saying something in the room is answered.
    pub async fn says(&self, member: &Member, text: &str) -> Answer {
        member.says(&self.room, &client_id(), text).await
    }

    pub async fn sanctions(&self, by: &Member, who: &Member, kind: &str, minutes: Value) -> Answer {
        let form = json!({"member": who.id, "kind": kind, "minutes": minutes, "reason": "Too loud."});
        by.post(&self.path("sanctions"), form).await
    }

    /// The actions of the audit log, newest first.
    pub async fn audit(&self) -> Vec<Value> {
        self.olga.all("admin/audit", 50).await
    }

    /// The actions alone, without those of making the scene.
    pub async fn acts(&self) -> Vec<String> {
        let all = self.audit().await;
        let acts = all.iter().map(|entry| entry["action"].as_str().unwrap().to_owned());
        acts.filter(|action| action != "room.create" && action != "population.create").collect()
    }
}

/// What a socket was told of a kind until now.
pub async fn told_of(socket: &mut Socket, kind: &str) -> Vec<Value> {
    socket.told().await.into_iter().filter(|event| event["type"] == kind).collect()
}

pub fn id(value: &Value) -> String {
    value["id"].as_str().unwrap_or_else(|| panic!("no id in {value}")).to_owned()
}
