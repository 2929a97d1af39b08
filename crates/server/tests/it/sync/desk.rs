//! The operators' side: their list of conversations with members follows the same events.

use super::state::{arrange, number, put_message, signed, text, thread};
use super::watcher::differences;
use crate::harness::{Member, Operator, Site, Socket};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// What an operator's client shows of the conversations with members.
struct Desk {
    operator: Operator,
    socket: Option<Socket>,
    cursor: String,
    conversations: Vec<Value>,
    threads: BTreeMap<String, Vec<Value>>,
}

type Loaded = (Vec<Value>, BTreeMap<String, Vec<Value>>);

async fn load(operator: &Operator) -> Loaded {
    let conversations = operator.inbox().await;
    let mut threads = BTreeMap::new();
    for one in &conversations {
        let id = text(&one["id"]);
        threads.insert(id.to_owned(), thread(&operator.api, &format!("admin/conversations/{id}")).await);
    }
    (conversations, threads)
}

impl Desk {
    async fn opens(operator: &Operator) -> Desk {
        let socket = operator.socket().await;
        let cursor = socket.cursor.clone();
        let (conversations, threads) = load(operator).await;
        Desk { operator: operator.clone(), socket: Some(socket), cursor, conversations, threads }
    }

    fn apply(&mut self, event: &Value, asks: &mut BTreeSet<String>) {
        let id = match text(&event["type"]) {
            "message.created" | "message.updated" => &event["message"]["conversation_id"],
            _ => &event["conversation_id"],
        };
        let at = self.conversations.iter().position(|c| c["id"] == *id);
        match (text(&event["type"]), at) {
            ("message.created", Some(at)) => self.on_created(at, &event["message"]),
            ("message.created", None) => drop(asks.insert(text(id).to_owned())),
            ("message.updated", Some(at)) => self.on_updated(at, &event["message"]),
            ("conversation.read", Some(at)) => {
                let one = &mut self.conversations[at];
                let mark = if event["member_id"].is_null() { "read_seq" } else { "peer_read_seq" };
                one[mark] = number(&one[mark]).max(number(&event["seq"])).into();
                count(one);
            }
            ("conversation.updated", _) => drop(asks.insert(text(&event["conversation"]["id"]).to_owned())),
            ("presence", _) => {
                for one in self.conversations.iter_mut().filter(|c| c["member"]["id"] == event["member_id"]) {
                    one["connected"] = event["connected"].clone();
                }
            }
            ("member.updated", _) => self.on_person(&event["member"]),
            _ => {}
        }
        arrange(&mut self.conversations);
    }

    fn on_created(&mut self, at: usize, message: &Value) {
        let one = &mut self.conversations[at];
        put_message(self.threads.get_mut(text(&one["id"])).unwrap(), message, true);
        if number(&message["seq"]) <= number(&one["last_seq"]) {
            return;
        }
        (one["last_seq"], one["last_at"], one["last_message"]) =
            (message["seq"].clone(), message["sent_at"].clone(), message.clone());
        let ours = message["author"]["kind"] == "operator";
        one[if ours { "read_seq" } else { "peer_read_seq" }] = message["seq"].clone();
        one["answered"] = ours.into();
        count(one);
    }

    fn on_updated(&mut self, at: usize, message: &Value) {
        let one = &mut self.conversations[at];
        if one["last_message"]["seq"] == message["seq"] {
            one["last_message"] = message.clone();
        }
        put_message(self.threads.get_mut(text(&one["id"])).unwrap(), message, false);
    }

    fn on_person(&mut self, card: &Value) {
        for one in &mut self.conversations {
            if one["member"]["id"] == card["id"] {
                one["member"] = card.clone();
            }
            signed(&mut one["last_message"], card);
        }
        self.threads.values_mut().flatten().for_each(|message| signed(message, card));
    }

    async fn ask(&mut self, asks: BTreeSet<String>) {
        for id in asks {
            let path = format!("admin/conversations/{id}");
            let one = self.operator.get(&path).await.is(200);
            self.threads.insert(id, thread(&self.operator.api, &path).await);
            self.conversations.retain(|c| c["id"] != one["id"]);
            self.conversations.push(one);
            arrange(&mut self.conversations);
        }
    }

    async fn is_in_step(&mut self, after: &str, is_here: Option<(&Member, bool)>) {
        let sees = |desk: &Desk| {
            let of = |member: &Member| desk.conversations.iter().find(|c| c["member"]["id"] == member.id);
            is_here.is_none_or(|(member, here)| of(member).is_none_or(|c| c["connected"] == here))
        };
        loop {
            let mut asks = BTreeSet::new();
            for event in self.socket.as_mut().unwrap().told().await {
                self.apply(&event, &mut asks);
            }
            self.ask(asks).await;
            if sees(self) {
                break;
            }
            let event = self.socket.as_mut().unwrap().event().await;
            self.apply(&event, &mut BTreeSet::new());
        }
        let (conversations, threads) = load(&self.operator).await;
        let held = json!([self.conversations, self.threads]);
        let apart = differences("", &held, &json!([conversations, threads]));
        assert!(apart.is_empty(), "the desk is out of step after {after}:\n{}", apart.join("\n"));
    }

    async fn leaves(&mut self) {
        let socket = self.socket.take().unwrap();
        self.cursor = socket.cursor.clone();
        socket.leave().await;
    }

    async fn comes_back(&mut self) {
        let mut socket = Socket::open(&self.operator.api, Some(&self.cursor)).await;
        let mut asks = BTreeSet::new();
        for event in socket.left() {
            self.apply(&event, &mut asks);
        }
        self.socket = Some(socket);
        self.ask(asks).await;
    }
}

fn count(one: &mut Value) {
    one["unread"] = (number(&one["last_seq"]) - number(&one["read_seq"])).max(0).into();
}

#[tokio::test]
async fn the_desk_is_in_step() {
    let site = Site::start().await;
    let (anna, ben) = (site.member("anna").await, site.member("ben").await);
    let (olga, otto) = (site.operator("Olga", "agent").await, site.operator("Otto", "agent").await);
    let with_anna = anna.opens_organizer().await;
    anna.sends(&with_anna, "a question").await;
    let (mut desk, mut other) = (Desk::opens(&olga).await, Desk::opens(&otto).await);
    let acts: Vec<(&str, Box<dyn AsyncAct>)> = vec![
        ("a question", Box::new(async || drop(anna.sends(&with_anna, "one more").await))),
        ("an answer", Box::new(async || drop(olga.answers(&with_anna, "an answer").await))),
        ("reading", Box::new(async || otto.reads(&with_anna, 3).await)),
        ("the member reads", Box::new(async || anna.reads(&with_anna, 3).await)),
        (
            "an edit and a withdrawal",
            Box::new(async || {
                let sent = anna.sends(&with_anna, "teh last").await;
                anna.edits(&sent, "the last").await.is(200);
                anna.withdraws(&sent).await.is(200);
            }),
        ),
        (
            "clearing",
            Box::new(async || {
                olga.answers(&with_anna, "unread").await;
                anna.clears(&with_anna).await;
            }),
        ),
        ("somebody opens the conversation", Box::new(async || drop(ben.opens_organizer().await))),
        (
            "writing first",
            Box::new(async || {
                let dora = site.member("dora").await;
                let with_dora = olga.opens_with(&dora).await;
                otto.answers(&with_dora, "welcome").await;
            }),
        ),
        (
            "opened by a colleague",
            Box::new(async || {
                let emil = site.member("emil").await;
                olga.opens_with(&emil).await;
            }),
        ),
        ("a headline", Box::new(async || drop(anna.patch("me", json!({"headline": "Baker"})).await.is(200)))),
        (
            "between members",
            Box::new(async || {
                let between = anna.opens_direct(&ben).await;
                anna.sends(&between, "none of their business").await;
            }),
        ),
    ];
    for (what, act) in &acts {
        other.leaves().await;
        act.act().await;
        desk.is_in_step(what, None).await;
        other.comes_back().await;
        other.is_in_step(&format!("{what}, and back"), None).await;
    }
    let socket = anna.socket().await;
    desk.is_in_step("coming", Some((&anna, true))).await;
    socket.leave().await;
    desk.is_in_step("going", Some((&anna, false))).await;
}

/// An action to be carried out.
trait AsyncAct {
    fn act(&self) -> std::pin::Pin<Box<dyn Future<Output = ()> + '_>>;
}

impl<F: AsyncFn()> AsyncAct for F {
    fn act(&self) -> std::pin::Pin<Box<dyn Future<Output = ()> + '_>> {
        Box::pin(self())
    }
}
