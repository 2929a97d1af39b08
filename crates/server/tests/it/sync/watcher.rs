use super::state::{Ask, Held};
use crate::harness::{Member, Site, Socket};
use serde_json::Value;
use std::collections::BTreeSet;

/// A member with a client: what it holds, and the socket that tells it more.
pub struct Watcher {
    pub member: Member,
    site: String,
    held: Held,
    socket: Option<Socket>,
    /// From where it goes on.
    cursor: String,
    /// What it had to ask for since the last comparison.
    pub asked: BTreeSet<Ask>,
    /// The kinds of events it was told since then.
    pub told: Vec<String>,
}

/// Who is here, as the server should tell it.
pub fn here<'w>(watchers: impl IntoIterator<Item = &'w Watcher>) -> BTreeSet<String> {
    watchers.into_iter().filter(|w| w.socket.is_some()).map(|w| w.member.id.clone()).collect()
}

impl Watcher {
    /// Comes: first the socket, then the state, so that nothing falls between.
    pub async fn comes(site: &Site, member: &Member) -> Watcher {
        let socket = member.socket().await;
        let cursor = socket.cursor.clone();
        let held = Held::load(&member.api, &site.slug).await;
        let (asked, told) = (BTreeSet::new(), Vec::new());
        Watcher { member: member.clone(), site: site.slug.clone(), held, socket: Some(socket), cursor, asked, told }
    }

    pub fn is_here(&self) -> bool {
        self.socket.is_some()
    }

    /// The connection is lost; the server notices.
    pub async fn drops(&mut self, site: &Site) {
        let Some(mut socket) = self.socket.take() else { return };
        for event in socket.told().await {
            self.takes(&event);
        }
        self.cursor = socket.cursor.clone();
        socket.leave().await;
        self.is_gone(site).await;
    }

    /// The server closed: whom the organizers shut out.
    pub async fn is_closed(&mut self, site: &Site) {
        let Some(mut socket) = self.socket.take() else { return };
        assert_eq!(socket.closed().await.0, 4401);
        for event in socket.left() {
            self.takes(&event);
        }
        self.cursor = socket.cursor.clone();
        self.is_gone(site).await;
    }

    async fn is_gone(&self, site: &Site) {
        site.shows_gone(&self.member.id).await;
    }

    /// Comes back and is told what it missed.
    pub async fn resumes(&mut self) {
        if self.socket.is_some() {
            return;
        }
        let mut socket = self.member.resumes(&self.cursor).await;
        let ready = socket.cursor.clone();
        for event in socket.left() {
            self.takes(&event);
        }
        socket.cursor = ready;
        self.socket = Some(socket);
    }

    fn takes(&mut self, event: &Value) {
        self.told.push(event["type"].as_str().unwrap().to_owned());
        self.held.apply(event, &mut self.asked);
    }

    /// Takes in what was told, until it knows who is here, and asks for what could not be told.
    async fn catches_up(&mut self, here: &BTreeSet<String>) {
        loop {
            let told = self.socket.as_mut().unwrap().told().await;
            told.iter().for_each(|event| self.takes(event));
            self.held.ask(&self.member.api, self.asked.clone()).await;
            let afresh = Held::load(&self.member.api, &self.site).await;
            if self.held.sees(here, &afresh) {
                return;
            }
            let event = self.socket.as_mut().unwrap().event().await;
            self.takes(&event);
        }
    }

    /// What is held is what would be loaded afresh; what had to be asked for is returned.
    pub async fn is_in_step(&mut self, here: &BTreeSet<String>, after: &str) -> BTreeSet<Ask> {
        if self.socket.is_none() {
            return BTreeSet::new();
        }
        self.catches_up(here).await;
        let afresh = Held::load(&self.member.api, &self.site).await;
        let told = std::mem::take(&mut self.told);
        if self.held != afresh {
            let (held, afresh) = (self.held.shown(), afresh.shown());
            let apart = differences("", &held, &afresh);
            panic!("{} is out of step after {after}, told {told:?}:\n{}", self.member.login, apart.join("\n"));
        }
        std::mem::take(&mut self.asked)
    }
}

/// Where two values differ.
pub fn differences(at: &str, held: &Value, afresh: &Value) -> Vec<String> {
    match (held, afresh) {
        (Value::Object(a), Value::Object(b)) => {
            let keys: BTreeSet<&String> = a.keys().chain(b.keys()).collect();
            let none = Value::Null;
            let at_key =
                |k: &String| differences(&format!("{at}/{k}"), a.get(k).unwrap_or(&none), b.get(k).unwrap_or(&none));
            keys.into_iter().flat_map(at_key).collect()
        }
        (Value::Array(a), Value::Array(b)) if a.len() == b.len() => {
            let pairs = a.iter().zip(b).enumerate();
            pairs.flat_map(|(n, (a, b))| differences(&format!("{at}/{n}"), a, b)).collect()
        }
        _ if held == afresh => Vec::new(),
        _ => vec![format!("{at}: held {held}, afresh {afresh}")],
    }
}
