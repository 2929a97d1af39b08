use super::chance::PEOPLE;
use crate::doors::dice::Dice;
use crate::harness::{Answer, Api, Socket};
use reqwest::Method;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::fmt::Write;

/// Somebody, and all that they were ever sent.
pub struct Ear {
    pub api: Api,
    pub socket: Option<Socket>,
    pub cursor: String,
    pub inside: bool,
    pub heard: String,
}

impl Ear {
    pub fn of(api: &Api) -> Ear {
        Ear { api: api.clone(), socket: None, cursor: String::new(), inside: false, heard: String::new() }
    }

    pub async fn asks(&mut self, method: Method, path: &str, body: Option<Value>) -> Answer {
        let request = self.api.request(method.clone(), path);
        let answer = self.api.send(body.map_or(request.try_clone().unwrap(), |body| request.json(&body))).await;
        assert!(answer.status < 500, "{method} {path}: {answer:?}");
        writeln!(self.heard, "{method} {path}: {:?} {}", answer.headers, answer.body).unwrap();
        answer
    }

    pub async fn gets(&mut self, path: &str) -> Value {
        self.asks(Method::GET, path, None).await.body
    }

    pub async fn commands(&mut self, command: Value) -> Value {
        let answer = self.socket.as_mut().unwrap().command(command).await;
        writeln!(self.heard, "{answer}").unwrap();
        answer
    }

    /// All that was told until now.
    pub async fn hears(&mut self) {
        if let Some(socket) = &mut self.socket {
            for event in socket.told().await {
                writeln!(self.heard, "{event}").unwrap();
            }
            self.cursor = socket.cursor.clone();
        }
    }

    pub async fn comes(&mut self, room: &str) {
        if self.socket.is_some() {
            return;
        }
        let resume = (!self.cursor.is_empty()).then(|| self.cursor.clone());
        let mut socket = Socket::open(&self.api, resume.as_deref()).await;
        for event in socket.left() {
            writeln!(self.heard, "{event}").unwrap();
        }
        self.socket = Some(socket);
        if self.inside {
            self.enters(room, resume).await;
        }
    }

    pub async fn enters(&mut self, room: &str, resume: Option<String>) {
        if self.socket.is_none() {
            return;
        }
        let mut command = json!({"type": "room.enter", "conversation_id": room});
        if let Some(resume) = resume {
            command["resume"] = resume.into();
        }
        let answer = self.commands(command).await;
        self.inside = answer["type"] == "ok";
        self.hears().await;
    }

    pub async fn goes(&mut self) {
        self.hears().await;
        if let Some(socket) = self.socket.take() {
            socket.leave().await;
        }
    }
}

/// A text that is for these alone, in one of many spellings.
pub fn addressed(dice: &mut Dice, to: &BTreeSet<usize>, word: &str) -> String {
    let mut body = ["", " ", "\n", "\u{200b}", "\u{feff} "][dice.below(5)].to_owned();
    for who in to {
        let login = PEOPLE[*who];
        let spelled = match dice.below(5) {
            0 => login.to_uppercase(),
            1 => format!("{}\u{200d}{}", &login[..2], &login[2..]),
            _ => login.to_owned(),
        };
        let at = if dice.chance(15) { "\u{ff20}" } else { "@" };
        let after = [" ", ", ", ": ", "! ", "\u{a0}", "\n"][dice.below(6)];
        write!(body, "{at}{spelled}{after}").unwrap();
    }
    if to.is_empty() {
        // To oneself, to nobody, to everybody, to a stranger: none of it is said.
        body.push_str(["@", "@all ", "@everyone ", "@nobody.here "][dice.below(4)]);
    } else if dice.chance(10) {
        body.push_str("@all ");
    }
    let more = ["", " have patience", " how rude"][dice.below(3)];
    format!("{body}psst {word}{more}")
}
