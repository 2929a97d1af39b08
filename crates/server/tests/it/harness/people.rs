use super::{Answer, Api, Socket};
use serde_json::{Value, json};
use std::ops::Deref;

/// Of every operator and every built-in account in these stories.
pub const PASSWORD: &str = "correct horse battery";

/// A new `client_id`.
pub fn client_id() -> String {
    uuid::Builder::from_random_bytes(parvis::platform::ids::random::<16>()).into_uuid().to_string()
}

/// A member who is signed in, on one device.
#[derive(Clone)]
pub struct Member {
    pub id: String,
    pub login: String,
    pub external_id: String,
    pub api: Api,
}

/// An operator who is signed in.
#[derive(Clone)]
pub struct Operator {
    pub id: String,
    pub api: Api,
}

impl Deref for Member {
    type Target = Api;

    fn deref(&self) -> &Api {
        &self.api
    }
}

impl Deref for Operator {
    type Target = Api;

    fn deref(&self) -> &Api {
        &self.api
    }
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_else(|| panic!("a text, not {value}")).to_owned()
}

impl Member {
    pub(super) fn of(api: &Api, session: &Value) -> Member {
        let member = &session["member"];
        Member {
            id: text(&member["id"]),
            login: text(&member["login"]),
            external_id: text(&member["external_id"]),
            api: api.with_token(&text(&session["access_token"])),
        }
    }

    /// Opens the direct conversation with somebody: its id.
    pub async fn opens_direct(&self, other: &Member) -> String {
        let answer = self.post("conversations", json!({"kind": "direct", "member": other.id})).await;
        assert!(matches!(answer.status, 200 | 201), "{}", answer.body);
        text(&answer.body["id"])
    }

    /// A direct conversation that stands in both lists before a word is said. Otherwise the first one puts it into the
    /// other's, and that is told from the background, whenever.
    pub async fn shares_direct(&self, other: &Member) -> String {
        let between = self.opens_direct(other).await;
        assert_eq!(other.opens_direct(self).await, between);
        between
    }

    /// Opens the conversation with the organizers: its id.
    pub async fn opens_organizer(&self) -> String {
        let answer = self.post("conversations", json!({"kind": "organizer"})).await;
        assert!(matches!(answer.status, 200 | 201), "{}", answer.body);
        text(&answer.body["id"])
    }

    /// Sends a new message: the message.
    pub async fn sends(&self, conversation: &str, body: &str) -> Value {
        self.says(conversation, &client_id(), body).await.is(201)
    }

    /// What sending is answered.
    pub async fn says(&self, conversation: &str, client_id: &str, body: &str) -> Answer {
        let draft = json!({"client_id": client_id, "body": body});
        self.post(&format!("conversations/{conversation}/messages"), draft).await
    }

    pub async fn edits(&self, message: &Value, body: &str) -> Answer {
        self.patch(&path_of(message), json!({"body": body})).await
    }

    pub async fn withdraws(&self, message: &Value) -> Answer {
        self.delete(&path_of(message)).await
    }

    pub async fn reads(&self, conversation: &str, seq: i64) {
        self.post(&format!("conversations/{conversation}/read"), json!({"seq": seq})).await.is(204);
    }

    /// Takes a conversation out of the own list.
    pub async fn deletes(&self, conversation: &str) {
        self.delete(&format!("conversations/{conversation}")).await.is(204);
    }

    /// The same, with its messages.
    pub async fn clears(&self, conversation: &str) {
        self.delete(&format!("conversations/{conversation}?clear=true")).await.is(204);
    }

    /// The own list, whole.
    pub async fn list(&self) -> Vec<Value> {
        self.all("conversations", 200).await
    }

    pub async fn conversation(&self, id: &str) -> Value {
        self.get(&format!("conversations/{id}")).await.is(200)
    }

    /// The newest messages, ascending.
    pub async fn history(&self, id: &str) -> Vec<Value> {
        let page = self.get(&format!("conversations/{id}/messages?limit=200")).await.is(200);
        page["items"].as_array().unwrap().clone()
    }

    /// The texts of all the messages of a conversation, page by page from the beginning, each with its number.
    pub async fn whole(&self, id: &str) -> Vec<(i64, String)> {
        let mut all = Vec::new();
        loop {
            let after = all.last().map_or(0, |(seq, _)| *seq);
            let page = self.get(&format!("conversations/{id}/messages?after={after}&limit=200")).await.is(200);
            let items = page["items"].as_array().unwrap();
            all.extend(items.iter().map(|m| (m["seq"].as_i64().unwrap(), text(&m["body"]))));
            if page["next"].is_null() {
                return all;
            }
        }
    }

    /// Opening the direct conversation with somebody.
    pub async fn knocks(&self, other: &Member) -> Answer {
        self.post("conversations", json!({"kind": "direct", "member": other.id})).await
    }

    pub async fn blocks(&self, other: &Member) {
        self.put(&format!("blocks/{}", other.id), json!({})).await.is(204);
    }

    pub async fn unblocks(&self, other: &Member) {
        self.delete(&format!("blocks/{}", other.id)).await.is(204);
    }

    /// The names of those one blocks, newest first.
    pub async fn blocked(&self) -> Vec<String> {
        self.all("blocks", 50).await.iter().map(|one| text(&one["member"]["name"])).collect()
    }

    /// Asking somebody to become contacts.
    pub async fn asks_contact(&self, other: &Member) -> Answer {
        self.post("contact-requests", json!({"member": other.id})).await
    }

    pub async fn answers_request(&self, request: &Value, how: &str) -> Answer {
        self.post(&format!("contact-requests/{}/{how}", text(&request["id"])), json!({})).await
    }

    /// Accepts a request: as it stands then.
    pub async fn accepts(&self, request: &Value) -> Value {
        self.answers_request(request, "accept").await.is(200)
    }

    /// The requests one received or sent.
    pub async fn requests(&self, r#box: &str) -> Vec<Value> {
        self.all(&format!("contact-requests?box={box}"), 50).await
    }

    /// What one may do with somebody; null: they are not there.
    pub async fn relation(&self, other: &Member) -> Value {
        let answer = self.get(&format!("members/{}", other.id)).await;
        if answer.status == 404 { Value::Null } else { answer.is(200)["relation"].take() }
    }

    /// The logins of the directory.
    pub async fn directory(&self, asked: &str) -> Vec<String> {
        self.all(&format!("members{asked}"), 200).await.iter().map(|one| text(&one["login"])).collect()
    }

    /// A socket that has said hello.
    pub async fn socket(&self) -> Socket {
        Socket::open(&self.api, None).await
    }

    /// A socket that came back with a cursor.
    pub async fn resumes(&self, cursor: &str) -> Socket {
        Socket::open(&self.api, Some(cursor)).await
    }
}

impl Operator {
    pub(super) fn of(api: &Api, session: &Value) -> Operator {
        let operator = &session["operator"];
        Operator { id: text(&operator["id"]), api: api.with_token(&text(&session["access_token"])) }
    }

    /// Opens the organizers' conversation with a member: its id.
    pub async fn opens_with(&self, member: &Member) -> String {
        let answer = self.post("admin/conversations", json!({"kind": "organizer", "member": member.id})).await;
        assert!(matches!(answer.status, 200 | 201), "{}", answer.body);
        text(&answer.body["id"])
    }

    /// Makes a group of members: its id.
    pub async fn makes_group(&self, name: &str, members: &[&Member]) -> String {
        let members: Vec<&str> = members.iter().map(|m| m.id.as_str()).collect();
        text(
            &self.post("admin/conversations", json!({"kind": "group", "name": name, "members": members})).await.is(201)
                ["id"],
        )
    }

    pub async fn answers(&self, conversation: &str, body: &str) -> Value {
        let draft = json!({"client_id": client_id(), "body": body});
        self.post(&format!("admin/conversations/{conversation}/messages"), draft).await.is(201)
    }

    pub async fn reads(&self, conversation: &str, seq: i64) {
        self.post(&format!("admin/conversations/{conversation}/read"), json!({"seq": seq})).await.is(204);
    }

    /// All conversations with the organizers.
    pub async fn inbox(&self) -> Vec<Value> {
        self.all("admin/conversations", 200).await
    }

    pub async fn socket(&self) -> Socket {
        Socket::open(&self.api, None).await
    }

    /// These are the contact rules from now on.
    pub async fn sets_rules(&self, rules: Value) -> Value {
        self.put("admin/rules", rules).await.is(200)
    }

    pub async fn makes_population(&self, slug: &str) {
        self.post("admin/populations", json!({"slug": slug, "name": slug})).await.is(201);
    }

    /// Saves a view: its id.
    pub async fn makes_view(&self, filter: Value) -> String {
        text(&self.post("admin/views", json!({"name": "A view", "filter": filter})).await.is(201)["id"])
    }

    /// What one member may do towards another, and why.
    pub async fn explains(&self, from: &Member, to: &Member) -> Value {
        self.post("admin/rules/explain", json!({"from": from.id, "to": to.id})).await.is(200)
    }

    /// Changes what the site knows of a member.
    pub async fn changes(&self, member: &Member, patch: Value) -> Value {
        self.patch(&format!("admin/members/{}", member.id), patch).await.is(200)
    }

    /// Lets a member use the chat, or no longer.
    pub async fn lets_chat(&self, member: &Member, enabled: bool) {
        self.patch(&format!("admin/members/{}", member.id), json!({"chat_enabled": enabled})).await.is(200);
    }
}

fn path_of(message: &Value) -> String {
    format!("conversations/{}/messages/{}", text(&message["conversation_id"]), text(&message["id"]))
}
