//! Calls between the two, in the same script: ringing, answering, time passing.

use super::World;
use crate::calls::is_missed;
use crate::harness::{Answer, Member, Site, Socket, eventually};
use serde_json::{Value, json};
use std::time::Duration;

/// What somebody does about calls.
#[derive(Clone, Debug)]
pub enum Phone {
    /// Ana, whatever the other does.
    Calls,
    HangsUp(&'static str),
    Signals,
    /// Ben, while nothing stands between the two.
    BenCalls,
    BenDoes(&'static str),
    /// Ben, while he blocks: on the other site he is away.
    HiddenCalls,
    HiddenTalks,
    /// Half a minute and more.
    TimePasses,
}

const DEEDS: [&str; 4] = ["accept", "accept", "decline", "hang-up"];

pub fn phone(dice: &mut crate::doors::dice::Dice, blocked: bool) -> Phone {
    let deed = DEEDS[dice.below(4)];
    match dice.below(10) {
        0..3 => Phone::Calls,
        3 => Phone::HangsUp(deed),
        4 => Phone::Signals,
        5 | 6 => Phone::TimePasses,
        7 if blocked => Phone::HiddenCalls,
        8 | 9 if blocked => Phone::HiddenTalks,
        7 => Phone::BenCalls,
        _ => Phone::BenDoes(deed),
    }
}

async fn open(who: &Member) -> Option<Value> {
    who.get("calls").await.is(200)["items"].as_array().unwrap().first().cloned()
}

async fn act(who: &Member, deed: &str) -> Option<Answer> {
    let call = open(who).await?;
    Some(who.post(&format!("calls/{}/{deed}", call["id"].as_str().unwrap()), json!({})).await)
}

impl World {
    /// What Ana does: what she is answered.
    pub async fn ana_phones(&mut self, what: &Phone) -> Vec<String> {
        let answer = match what {
            Phone::Calls => {
                let call = json!({"member": self.ben.id, "media": "video"});
                Some(self.ana.post("calls", call).await)
            }
            Phone::HangsUp(deed) => act(&self.ana, deed).await,
            Phone::Signals => {
                let (Some(call), Some(socket)) = (open(&self.ana).await, &mut self.socket) else { return Vec::new() };
                let signal = json!({"type": "call.signal", "call_id": call["id"], "data": {"offer": 1}});
                let answer = socket.command(signal).await;
                return vec![self.plain.of(&answer["type"]).to_string()];
            }
            _ => None,
        };
        answer.map(|answer| self.seen("answered", &answer)).into_iter().collect()
    }

    pub async fn ben_phones(&mut self, what: &Phone) {
        let call = |other: &Member| json!({"member": other.id, "media": "voice"});
        match what {
            Phone::BenCalls => drop(self.ben.post("calls", call(&self.ana)).await),
            Phone::BenDoes(deed) => drop(act(&self.ben, deed).await),
            Phone::HiddenCalls if self.blocks => {
                self.ben.post("calls", call(&self.ana)).await.refused(403, "blocked_by_you");
            }
            Phone::HiddenTalks if self.blocks => {
                let answer = self.ben.post("calls", call(&self.cleo)).await;
                assert!([200, 201, 409, 429].contains(&answer.status), "{answer:?}");
                act(&self.cleo, "accept").await;
            }
            _ => {}
        }
    }

    /// Whoever goes, or blocks, hangs up first; what rings for them rings on.
    pub async fn ben_hangs_up(&mut self) {
        let Some(call) = open(&self.ben).await else { return };
        if call["state"] == "active" || call["direction"] == "outgoing" {
            act(&self.ben, "hang-up").await;
        }
    }

    /// A call of Ana's that ends when its people do not come back; it was noticed who is gone.
    async fn is_left(&self) -> bool {
        let Some(call) = open(&self.ana).await else { return false };
        let (active, mine) = (call["state"] == "active", call["direction"] == "outgoing");
        let ana = self.socket.is_none() && (active || mine);
        let ben = self.ben_here.is_none() && (active || !mine);
        for (gone, member) in [(ana, &self.ana), (ben, &self.ben)] {
            if gone {
                is_missed(&self.app, &call, member).await;
            }
        }
        ana || ben
    }

    async fn is_over(&self, what: &str) {
        eventually(what, || async { open(&self.ana).await.is_none() }).await;
    }

    async fn is_heard(&mut self) {
        let sockets = [self.socket.as_mut(), self.ben_here.as_mut(), Some(&mut self.beside)];
        for socket in sockets.into_iter().flatten() {
            Socket::accepted(socket.command(json!({"type": "ping"})).await);
        }
    }
}

/// Time passes on both sites at once: first for those who are gone, then for what rings.
pub async fn time_passes(site: &Site, worlds: [&mut World; 2]) {
    let [one, other] = worlds;
    let left = (one.is_left().await, other.is_left().await);
    assert_eq!(left.0, left.1, "who is in a call, and here, is the same on both");
    for step in 0..5 {
        if step == 2 && left.0 {
            one.is_over("whoever is gone has left").await;
            other.is_over("whoever is gone has left").await;
        }
        site.advance(Duration::from_secs(10));
        one.is_heard().await;
        other.is_heard().await;
    }
    for world in [&*one, &*other] {
        if open(&world.ana).await.is_some_and(|call| call["state"] == "ringing") {
            world.is_over("it has rung for long enough").await;
        }
    }
}
