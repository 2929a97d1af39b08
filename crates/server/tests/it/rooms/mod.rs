//! Rooms: who may come in, who is inside, what is said to all and to some, what is counted, what the organizers chose.

mod again;
mod chance;
mod ear;
mod inside;
mod log;
mod settings;
mod talk;
mod unseen;
mod whispers;

use crate::harness::{Answer, Member, Operator, Site, Socket, client_id};
use serde_json::{Value, json};

/// A room for guests, moderated by the team: Anna, Ben and Carl are guests, Mona is of the team, Dora is neither.
pub struct Lobby {
    pub site: Site,
    pub olga: Operator,
    pub anna: Member,
    pub ben: Member,
    pub carl: Member,
    pub mona: Member,
    pub dora: Member,
    pub room: String,
}

impl Lobby {
    pub async fn start() -> Lobby {
        Lobby::of(Site::start().await, json!({})).await
    }

    pub async fn with(form: Value) -> Lobby {
        Lobby::of(Site::start().await, form).await
    }

    pub async fn of(site: Site, with: Value) -> Lobby {
        site.configure(json!({"features": {"moderation": true}})).await;
        let olga = site.operator("Olga", "owner").await;
        for slug in ["team", "guests"] {
            olga.makes_population(slug).await;
        }
        let of = async |login: &str, slug: &str| {
            let name = format!("{}{}", login[..1].to_uppercase(), &login[1..]);
            let token = site.token(login).with("login", login).with("name", name).with("populations", json!([slug]));
            site.member_with(token).await
        };
        let (anna, ben, carl) = (of("anna", "guests").await, of("ben", "guests").await, of("carl", "guests").await);
        let (mona, dora) = (of("mona", "team").await, site.member("dora").await);
        let mut form = json!({"name": "Lobby", "populations": ["guests"], "moderators": ["team"]});
        form.as_object_mut().unwrap().extend(with.as_object().unwrap().clone());
        let room = makes(&olga, form).await;
        Lobby { site, olga, anna, ben, carl, mona, dora, room }
    }

    pub fn path(&self, rest: &str) -> String {
        format!("conversations/{}{rest}", self.room)
    }

    /// A socket that is inside.
    pub async fn inside(&self, member: &Member) -> Socket {
        let mut socket = member.socket().await;
        enters(&mut socket, &self.room).await;
        socket
    }

    pub async fn says(&self, who: &Member, body: &str) -> Answer {
        who.says(&self.room, &client_id(), body).await
    }

    /// Is refused as a whisper: the logins that are to blame.
    pub async fn is_refused(&self, who: &Member, body: &str) -> Vec<String> {
        let answer = self.says(who, body).await;
        let logins = answer.body["logins"].as_array().cloned().unwrap_or_default();
        let said = answer.refused(422, "whisper_refused");
        assert!(!said.is_empty());
        logins.iter().map(|login| login.as_str().unwrap().to_owned()).collect()
    }

    /// The room as somebody sees it.
    pub async fn seen(&self, who: &Member) -> Value {
        who.conversation(&self.room).await
    }

    pub async fn changes(&self, form: Value) -> Value {
        self.olga.patch(&format!("admin/rooms/{}", self.room), form).await.is(200)
    }
}

pub async fn makes(olga: &Operator, form: Value) -> String {
    olga.post("admin/rooms", form).await.is(201)["id"].as_str().unwrap().to_owned()
}

/// Enters: what is answered.
pub async fn enters(socket: &mut Socket, room: &str) -> Value {
    Socket::accepted(socket.command(json!({"type": "room.enter", "conversation_id": room})).await)
}

pub async fn leaves(socket: &mut Socket, room: &str) {
    Socket::accepted(socket.command(json!({"type": "room.leave", "conversation_id": room})).await);
}

pub fn logins(cards: &Value) -> Vec<String> {
    cards.as_array().into_iter().flatten().map(|card| card["login"].as_str().unwrap().to_owned()).collect()
}

/// What was said to all and to this socket, of what it was told.
pub fn bodies(told: &[Value]) -> Vec<String> {
    let said = told.iter().filter(|event| event["type"] == "message.created");
    said.map(|event| event["message"]["body"].as_str().unwrap().to_owned()).collect()
}
