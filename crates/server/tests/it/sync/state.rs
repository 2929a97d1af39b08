//! What a member holds, and how events change it: the least that an honest client does.

use crate::harness::Api;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

/// What an event says must be asked for, because it cannot be told.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Ask {
    /// Everything: the site changed, or oneself, or the server said `resync`.
    Everything,
    /// A conversation that stood in no list, or of which it changed who may write.
    Conversation(String),
    /// Somebody who came, or changed: whether one may see them is the server's to say.
    Person(String),
}

/// All that a member's client shows.
#[derive(Clone, Debug, PartialEq)]
pub struct Held {
    me: Value,
    site: Value,
    /// In the order of the list.
    conversations: Vec<Value>,
    /// The messages of each conversation of the list.
    threads: BTreeMap<String, Vec<Value>>,
    /// The others: cards, and who is here.
    people: BTreeMap<String, Value>,
    /// Contact requests, received and sent, that wait or were accepted.
    requests: BTreeMap<String, Value>,
    /// The call one is in, or that rings for one.
    calls: BTreeMap<String, Value>,
}

/// What is over is no longer shown.
fn put_call(calls: &mut BTreeMap<String, Value>, call: &Value) {
    let id = text(&call["id"]).to_owned();
    if call["state"] == "ringing" || call["state"] == "active" {
        calls.insert(id, call.clone());
    } else {
        calls.remove(&id);
    }
}

async fn calls(api: &Api) -> BTreeMap<String, Value> {
    let all = api.get("calls").await.is(200)["items"].take();
    all.as_array().unwrap().iter().map(|one| (text(&one["id"]).to_owned(), one.clone())).collect()
}

async fn requests(api: &Api) -> BTreeMap<String, Value> {
    let mut all = listed(api, "contact-requests?box=received").await;
    all.extend(listed(api, "contact-requests?box=sent").await);
    all.into_iter().map(|one| (text(&one["id"]).to_owned(), one)).collect()
}

pub fn text(value: &Value) -> &str {
    value.as_str().unwrap()
}

pub fn number(value: &Value) -> i64 {
    value.as_i64().unwrap()
}

const CARD: [&str; 5] = ["id", "login", "name", "avatar_url", "headline"];

/// A member's card and whether they are here; what the caller may do with them is asked for when it is shown.
fn person(view: &Value) -> Value {
    let mut person = json!({"connected": view["connected"]});
    CARD.iter().for_each(|field| person[*field] = view[*field].clone());
    person
}

fn put_card(into: &mut Value, card: &Value) {
    CARD.iter().for_each(|field| into[*field] = card[*field].clone());
}

/// A list, or nothing where the feature is off.
async fn listed(api: &Api, path: &str) -> Vec<Value> {
    let first = api.get(path).await;
    if first.status == 403 { Vec::new() } else { api.all(path, 200).await }
}

pub async fn thread(api: &Api, path: &str) -> Vec<Value> {
    let mut all: Vec<Value> = Vec::new();
    loop {
        let after = all.last().map_or(0, |m| number(&m["seq"]));
        let page = api.get(&format!("{path}/messages?after={after}&limit=200")).await.is(200);
        all.extend(page["items"].as_array().unwrap().iter().cloned());
        if page["next"].is_null() {
            return all;
        }
    }
}

/// A message new to a thread, or a version of one that stands in it.
pub fn put_message(thread: &mut Vec<Value>, message: &Value, may_add: bool) {
    let seq = number(&message["seq"]);
    match thread.binary_search_by_key(&seq, |m| number(&m["seq"])) {
        Ok(at) => thread[at] = message.clone(),
        Err(at) if may_add => thread.insert(at, message.clone()),
        Err(_) => {}
    }
}

pub fn signed(message: &mut Value, card: &Value) {
    if message["author"]["kind"] == "member" && message["author"]["id"] == card["id"] {
        put_card(&mut message["author"], card);
    }
    // Whoever is named in it: by the conversation itself, or by its author.
    let named = |cards: &mut Value| {
        let cards = cards.as_array_mut().into_iter().flatten();
        cards.filter(|one| one["id"] == card["id"]).for_each(|one| put_card(one, card));
    };
    if message["system"].is_object() {
        if message["system"]["by"]["id"] == card["id"] {
            put_card(&mut message["system"]["by"], card);
        }
        message["system"].get_mut("members").map(named);
    }
    message.get_mut("mentions").map(named);
}

/// Newest activity first, as lists are by default; blocked ones last.
pub fn arrange(conversations: &mut [Value]) {
    let moment = |c: &Value| OffsetDateTime::parse(text(&c["last_at"]), &Rfc3339).unwrap();
    let blocked = |c: &Value| c["blocked"] == true;
    conversations.sort_by(|a, b| {
        let newer = moment(b).cmp(&moment(a)).then_with(|| text(&b["id"]).cmp(text(&a["id"])));
        blocked(a).cmp(&blocked(b)).then(newer)
    });
}

impl Held {
    /// What a client that comes now loads.
    pub async fn load(api: &Api, site: &str) -> Held {
        let me = api.get("me").await.is(200);
        let site = api.get(&format!("sites/{site}")).await.is(200);
        let conversations = listed(api, "conversations").await;
        let mut threads = BTreeMap::new();
        for one in &conversations {
            let id = text(&one["id"]);
            threads.insert(id.to_owned(), thread(api, &format!("conversations/{id}")).await);
        }
        let people = listed(api, "members").await;
        let people = people.iter().map(|view| (text(&view["id"]).to_owned(), person(view))).collect();
        let (requests, calls) = (requests(api).await, calls(api).await);
        Held { me, site, conversations, threads, people, requests, calls }
    }

    /// Everybody who is shown, and whether they are here.
    fn shown_here(&self) -> BTreeSet<(&str, bool)> {
        let peers = self.conversations.iter().map(|c| &c["peer"]).filter(|peer| !peer.is_null());
        let people = self.people.values().chain(peers);
        people.map(|person| (text(&person["id"]), person["connected"].as_bool().unwrap())).collect()
    }

    /// Whether it knows who is here, as somebody does who loads afresh; those are of these.
    pub fn sees(&self, here: &BTreeSet<String>, afresh: &Held) -> bool {
        let shown = afresh.shown_here();
        shown.iter().all(|(id, connected)| !connected || here.contains(*id)) && self.shown_here() == shown
    }

    fn on_request(&mut self, request: &Value) {
        let pair =
            |one: &Value| BTreeSet::from([text(&one["from"]["id"]).to_owned(), text(&one["to"]["id"]).to_owned()]);
        self.requests.retain(|_, known| pair(known) != pair(request));
        if request["state"] == "pending" || request["state"] == "accepted" {
            self.requests.insert(text(&request["id"]).to_owned(), request.clone());
        }
    }

    fn conversation(&mut self, id: &Value) -> Option<&mut Value> {
        self.conversations.iter_mut().find(|c| c["id"] == *id)
    }

    /// Takes an event in; what has to be asked for is noted.
    pub fn apply(&mut self, event: &Value, asks: &mut BTreeSet<Ask>) {
        match text(&event["type"]) {
            "message.created" => self.on_created(&event["message"], asks),
            "message.updated" => self.on_updated(&event["message"]),
            "conversation.updated" => self.put(event["conversation"].clone(), asks),
            "conversation.removed" => self.take(text(&event["conversation_id"])),
            "conversation.read" => self.on_read(event),
            "presence" => self.on_presence(event, asks),
            "member.updated" => self.on_person(&event["member"], asks),
            "site.updated" => {
                self.site = event["site"].clone();
                asks.insert(Ask::Everything);
            }
            "resync" => drop(asks.insert(Ask::Everything)),
            "contact_request.updated" => self.on_request(&event["contact_request"]),
            "call.incoming" | "call.updated" => put_call(&mut self.calls, &event["call"]),
            "typing" | "call.signal" => {}
            other => panic!("{other}: an event that clients were not told of: {event}"),
        }
    }

    fn on_created(&mut self, message: &Value, asks: &mut BTreeSet<Ask>) {
        let me = self.me["id"].clone();
        let Some(one) = self.conversation(&message["conversation_id"]) else {
            asks.insert(Ask::Conversation(text(&message["conversation_id"]).to_owned()));
            return;
        };
        let (seq, author) = (&message["seq"], &message["author"]);
        if number(seq) > number(&one["last_seq"]) {
            (one["last_seq"], one["last_at"], one["last_message"]) =
                (seq.clone(), message["sent_at"].clone(), message.clone());
            if author["kind"] == "member" && author["id"] == me {
                one["read_seq"] = seq.clone();
            } else if author["kind"] != "system" && (one["kind"] == "direct" || author["kind"] == "operator") {
                one["peer_read_seq"] = seq.clone();
            }
            one["unread"] = (number(&one["last_seq"]) - number(&one["read_seq"])).into();
        }
        put_message(self.threads.get_mut(text(&message["conversation_id"])).unwrap(), message, true);
        arrange(&mut self.conversations);
    }

    fn on_updated(&mut self, message: &Value) {
        let Some(one) = self.conversation(&message["conversation_id"]) else { return };
        if one["last_message"]["seq"] == message["seq"] {
            one["last_message"] = message.clone();
        }
        put_message(self.threads.get_mut(text(&message["conversation_id"])).unwrap(), message, false);
    }

    fn on_read(&mut self, event: &Value) {
        let me = self.me["id"].clone();
        let Some(one) = self.conversation(&event["conversation_id"]) else { return };
        let seq = number(&event["seq"]);
        if event["member_id"] == me {
            one["marked_unread"] = false.into();
            one["read_seq"] = number(&one["read_seq"]).max(seq).into();
            one["unread"] = (number(&one["last_seq"]) - number(&one["read_seq"])).into();
        } else if let Some(read) = one["peer_read_seq"].as_i64() {
            one["peer_read_seq"] = read.max(seq).into();
        }
    }

    fn on_presence(&mut self, event: &Value, asks: &mut BTreeSet<Ask>) {
        let id = &event["member_id"];
        if *id == self.me["id"] {
            return;
        }
        match self.people.get_mut(text(id)) {
            Some(person) => person["connected"] = event["connected"].clone(),
            None => drop(asks.insert(Ask::Person(text(id).to_owned()))),
        }
        for one in self.conversations.iter_mut().filter(|c| c["peer"]["id"] == *id) {
            one["peer"]["connected"] = event["connected"].clone();
        }
    }

    fn on_person(&mut self, card: &Value, asks: &mut BTreeSet<Ask>) {
        if card["id"] == self.me["id"] {
            asks.insert(Ask::Everything);
        } else {
            asks.insert(Ask::Person(text(&card["id"]).to_owned()));
        }
        for one in self.calls.values_mut() {
            for side in ["caller", "callee"] {
                if one[side]["id"] == card["id"] {
                    put_card(&mut one[side], card);
                }
            }
        }
        for one in &mut self.conversations {
            if one["peer"]["id"] == card["id"] {
                put_card(&mut one["peer"], card);
                // Whether one may write depends on both.
                asks.insert(Ask::Conversation(text(&one["id"]).to_owned()));
            }
            signed(&mut one["last_message"], card);
        }
        self.threads.values_mut().flatten().for_each(|message| signed(message, card));
    }

    fn put(&mut self, conversation: Value, asks: &mut BTreeSet<Ask>) {
        let id = text(&conversation["id"]).to_owned();
        if !conversation["listed"].as_bool().unwrap() {
            return self.take(&id);
        }
        if let Some(known) = self.conversation(&conversation["id"]) {
            let (known, told) = (number(&known["last_seq"]), number(&conversation["last_seq"]));
            assert!(told >= known, "told how {id} was at {told}, after {known}");
        }
        self.conversations.retain(|c| c["id"] != conversation["id"]);
        if !self.threads.contains_key(&id) {
            self.threads.insert(id.clone(), Vec::new());
            if number(&conversation["last_seq"]) > 0 {
                asks.insert(Ask::Conversation(id));
            }
        }
        self.conversations.push(conversation);
        arrange(&mut self.conversations);
    }

    fn take(&mut self, id: &str) {
        self.conversations.retain(|c| c["id"] != id);
        self.threads.remove(id);
    }

    /// Asks for what events could not tell.
    pub async fn ask(&mut self, api: &Api, asks: BTreeSet<Ask>) {
        if asks.contains(&Ask::Everything) {
            *self = Held::load(api, text(&self.site["slug"])).await;
            return;
        }
        if asks.iter().any(|ask| matches!(ask, Ask::Person(_))) {
            self.requests = requests(api).await;
        }
        for ask in asks {
            match ask {
                Ask::Everything => {}
                Ask::Conversation(id) => {
                    let path = format!("conversations/{id}");
                    let answer = api.get(&path).await;
                    if answer.status != 200 || answer.body["listed"] == false {
                        self.take(&id);
                        continue;
                    }
                    self.threads.insert(id, thread(api, &path).await);
                    self.put(answer.body, &mut BTreeSet::new());
                }
                Ask::Person(id) => {
                    let answer = api.get(&format!("members/{id}")).await;
                    if answer.status == 200 {
                        self.people.insert(id, person(&answer.body));
                    } else {
                        self.people.remove(&id);
                    }
                }
            }
        }
    }

    /// As JSON, to be read by people when something is not as it should be.
    pub fn shown(&self) -> Value {
        json!({"me": self.me, "site": self.site, "conversations": self.conversations, "threads": self.threads,
            "people": self.people, "requests": self.requests, "calls": self.calls})
    }
}
