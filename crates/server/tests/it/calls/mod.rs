//! Calls: ringing, answering, ending, what is left of them, and what a block hides.

mod away;
mod blocked;
mod ending;
mod refused;
mod ringing;
mod signals;

use crate::harness::{Answer, Member, Operator, Site, Socket, eventually};
use parvis::app::App;
use serde_json::{Value, json};
use std::time::Duration;

/// A site with calls, on a clock in hand, and people who know each other.
pub struct Scene {
    pub site: Site,
    pub anna: Member,
    pub ben: Member,
    pub carl: Member,
    pub olga: Operator,
    /// Between Anna and Ben, with a message of each, read by both.
    pub between: String,
}

impl Scene {
    pub async fn start() -> Scene {
        Scene::on(Site::with_clock_in_hand().await).await
    }

    pub async fn on(site: Site) -> Scene {
        site.configure(json!({"features": {"video": true}})).await;
        let (anna, ben, carl) = (site.member("anna").await, site.member("ben").await, site.member("carl").await);
        let olga = site.operator("Olga", "owner").await;
        let between = anna.shares_direct(&ben).await;
        anna.sends(&between, "hello").await;
        ben.sends(&between, "hello Anna").await;
        anna.reads(&between, 2).await;
        Scene { site, anna, ben, carl, olga, between }
    }

    /// Time passes; these are heard of meanwhile, so that nobody takes them for dead.
    pub async fn passes(&self, seconds: u64, here: &mut [&mut Socket]) {
        let mut left = seconds;
        while left > 0 {
            let step = left.min(10);
            self.site.advance(Duration::from_secs(step));
            for socket in here.iter_mut() {
                Socket::accepted(socket.command(json!({"type": "ping"})).await);
            }
            left -= step;
        }
    }

    /// Waits until it was noticed that a member of a call has no connection.
    pub async fn misses(&self, call: &Value, member: &Member) {
        is_missed(&self.site.app, call, member).await;
    }

    /// The last line between Anna and Ben, as a member sees it.
    pub async fn last_line(&self, who: &Member) -> Value {
        who.history(&self.between).await.pop().unwrap()
    }
}

/// Waits until a server has noticed that a member of a call has no connection to it.
pub async fn is_missed(app: &App, call: &Value, member: &Member) {
    let (call, id) = (number(&call["id"]), number(&json!(member.id)));
    eventually("a member of a call is missed", || async { app.calls.misses(call, id) }).await;
}

pub fn number(id: &Value) -> i64 {
    parvis::platform::ids::read(text(id)).unwrap()
}

pub fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_else(|| panic!("a text, not {value}"))
}

/// Calling somebody.
pub async fn calling(who: &Member, other: &Member, media: &str) -> Answer {
    who.post("calls", json!({"member": other.id, "media": media})).await
}

/// Calls somebody: the call, which rings.
pub async fn calls(who: &Member, other: &Member) -> Value {
    let call = calling(who, other, "video").await.is(201);
    assert_eq!((&call["state"], &call["direction"]), (&json!("ringing"), &json!("outgoing")), "{call}");
    call
}

/// What one of the two does about a call.
pub async fn does(who: &Member, what: &str, call: &Value) -> Answer {
    who.post(&format!("calls/{}/{what}", text(&call["id"])), json!({})).await
}

/// The call one is in, as one finds it after a reload.
pub async fn open(who: &Member) -> Vec<Value> {
    who.get("calls").await.is(200)["items"].as_array().unwrap().clone()
}

/// How a call stands, as one of the two sees it.
pub async fn stands(who: &Member, call: &Value) -> String {
    let now = who.get(&format!("calls/{}", text(&call["id"]))).await.is(200);
    text(&now["state"]).to_owned()
}

/// Waits until a call stands like this.
pub async fn comes_to(who: &Member, call: &Value, state: &str) {
    eventually(&format!("the call is {state}"), || async { stands(who, call).await == state }).await;
}

/// The next that is told of a call: the kind, and the call.
pub async fn told(socket: &mut Socket) -> (String, Value) {
    loop {
        let mut event = socket.event().await;
        let kind = text(&event["type"]).to_owned();
        if kind.starts_with("call.") {
            return (kind, event["call"].take());
        }
    }
}

/// Waits to be told that the call stands like this.
pub async fn told_that(socket: &mut Socket, kind: &str, state: &str) -> Value {
    let (told, call) = told(socket).await;
    assert_eq!((told.as_str(), &call["state"]), (kind, &json!(state)), "{call}");
    call
}

/// What a line says of a call: outcome, media, seconds, who called.
pub fn said(line: &Value) -> (String, String, i64, String) {
    let (system, call) = (&line["system"], &line["system"]["call"]);
    assert_eq!((&system["event"], &line["author"]["kind"]), (&json!("call"), &json!("system")), "{line}");
    let of = |value: &Value| text(value).to_owned();
    (of(&call["outcome"]), of(&call["media"]), call["seconds"].as_i64().unwrap(), of(&system["by"]["login"]))
}
