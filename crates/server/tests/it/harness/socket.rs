use super::{Api, within};
use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use std::collections::VecDeque;
use tokio::net::{TcpSocket, TcpStream};
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;

/// An open WebSocket, read frame by frame.
pub struct Socket {
    stream: WebSocketStream<TcpStream>,
    /// Events that came while something else was waited for.
    early: VecDeque<Value>,
    next_ref: u64,
    /// Of the last event or `ready`.
    pub cursor: String,
}

impl Socket {
    /// A connection that has said nothing yet.
    pub async fn connect(api: &Api, origin: Option<&str>) -> Socket {
        Socket::connect_reading(api, origin, None).await
    }

    /// The same, whose system takes in no more than so many bytes that nobody has read.
    pub async fn connect_reading(api: &Api, origin: Option<&str>, buffer: Option<u32>) -> Socket {
        let address = api.origin.strip_prefix("http://").unwrap();
        let mut request = format!("ws://{address}/api/v1/realtime").into_client_request().unwrap();
        if let Some(origin) = origin {
            request.headers_mut().insert("origin", origin.parse().unwrap());
        }
        let tcp = TcpSocket::new_v4().unwrap();
        if let Some(bytes) = buffer {
            tcp.set_recv_buffer_size(bytes).unwrap();
        }
        let tcp = within("connect", tcp.connect(address.parse().unwrap())).await.unwrap();
        let (stream, _) = within("upgrade", tokio_tungstenite::client_async(request, tcp)).await.unwrap();
        Socket { stream, early: VecDeque::new(), next_ref: 1, cursor: String::new() }
    }

    /// A connection that has said hello and was let in. What it missed stands ready as events.
    pub async fn open(api: &Api, resume: Option<&str>) -> Socket {
        let mut socket = Socket::connect(api, None).await;
        socket.hello(api, resume).await;
        socket
    }

    /// Says hello and waits for `ready`: its own words.
    pub async fn hello(&mut self, api: &Api, resume: Option<&str>) -> Value {
        let mut hello = json!({"type": "hello", "access_token": api.token});
        if let Some(cursor) = resume {
            hello["resume"] = cursor.into();
        }
        self.say(hello).await;
        loop {
            let frame = self.frame().await;
            if frame["type"] == "ready" {
                self.cursor = frame["cursor"].as_str().unwrap().to_owned();
                return frame;
            }
            self.early.push_back(frame);
        }
    }

    pub async fn say(&mut self, frame: Value) {
        self.say_text(&frame.to_string()).await;
    }

    pub async fn say_text(&mut self, text: &str) {
        self.say_message(Message::text(text)).await;
    }

    pub async fn say_bytes(&mut self, bytes: Vec<u8>) {
        self.say_message(Message::binary(bytes)).await;
    }

    async fn say_message(&mut self, message: Message) {
        within("a frame sent", self.stream.send(message)).await.unwrap();
    }

    /// The same to a server that may be gone.
    pub async fn try_say(&mut self, frame: Value) -> Result<(), String> {
        let message = Message::text(frame.to_string());
        within("a frame sent", self.stream.send(message)).await.map_err(|error| error.to_string())
    }

    /// The next answer to a command, events passed over; none if the server is gone.
    pub async fn next_answer(&mut self) -> Option<Value> {
        loop {
            let frame = self.message().await.ok()?;
            if frame.get("ref").is_some() {
                return Some(frame);
            }
        }
    }

    /// The next frame, whatever it is.
    async fn frame(&mut self) -> Value {
        match self.message().await {
            Ok(frame) => frame,
            Err((code, reason)) => panic!("closed with {code} ({reason}) while a frame was expected"),
        }
    }

    async fn message(&mut self) -> Result<Value, (u16, String)> {
        within("a frame", self.message_at_last()).await
    }

    async fn message_at_last(&mut self) -> Result<Value, (u16, String)> {
        loop {
            match self.stream.next().await {
                Some(Ok(Message::Text(text))) => return Ok(serde_json::from_str(&text).unwrap()),
                Some(Ok(Message::Close(frame))) => {
                    let frame = frame.expect("a close frame says why");
                    return Err((frame.code.into(), frame.reason.to_string()));
                }
                Some(Ok(_)) => {}
                Some(Err(error)) => return Err((1006, error.to_string())),
                None => return Err((1006, "the end".to_owned())),
            }
        }
    }

    fn take(&mut self, event: Value) -> Value {
        if let Some(cursor) = event["cursor"].as_str() {
            self.cursor = cursor.to_owned();
        }
        event
    }

    /// The next event.
    pub async fn event(&mut self) -> Value {
        let event = match self.early.pop_front() {
            Some(event) => event,
            None => self.frame().await,
        };
        self.take(event)
    }

    /// The next event of this kind; others before it are passed over.
    pub async fn expect_event(&mut self, kind: &str) -> Value {
        loop {
            let event = self.event().await;
            if event["type"] == kind {
                return event;
            }
        }
    }

    /// How a conversation stands, once it is told to stand like this. What happened before this socket opened may still
    /// be told on it: whoever acts is answered before others are told.
    pub async fn expect_conversation(&mut self, stands: impl Fn(&Value) -> bool) -> Value {
        loop {
            let told = self.expect_event("conversation.updated").await["conversation"].take();
            if stands(&told) {
                return told;
            }
        }
    }

    /// The next message that was sent.
    pub async fn expect_message(&mut self) -> Value {
        self.expect_event("message.created").await["message"].take()
    }

    /// Waits for somebody to come or go.
    pub async fn expect_presence(&mut self, member: &str, connected: bool) {
        loop {
            let event = self.expect_event("presence").await;
            if event["member_id"] == member && event["connected"] == connected {
                return;
            }
        }
    }

    /// Gives a command and waits for its answer; events that come before it are kept.
    pub async fn command(&mut self, mut command: Value) -> Value {
        let reference = self.next_ref;
        self.next_ref += 1;
        command["ref"] = reference.into();
        self.say(command).await;
        self.answer_to(&reference.into()).await
    }

    /// Waits for the answer to a command that was given.
    pub async fn answer_to(&mut self, reference: &Value) -> Value {
        loop {
            let frame = self.frame().await;
            if frame.get("ref") == Some(reference) {
                return frame;
            }
            self.early.push_back(frame);
        }
    }

    /// Waits for the answers to so many commands with the references 0, 1, 2…, in whatever order they come.
    pub async fn answers(&mut self, count: usize) -> Vec<Value> {
        let mut answers = vec![Value::Null; count];
        while answers.iter().any(Value::is_null) {
            let frame = self.frame().await;
            match frame.get("ref").and_then(Value::as_u64) {
                Some(at) => answers[usize::try_from(at).unwrap()] = frame,
                None => self.early.push_back(frame),
            }
        }
        answers
    }

    /// The command was carried out.
    #[track_caller]
    pub fn accepted(answer: Value) -> Value {
        assert_eq!(answer["type"], "ok", "{answer}");
        answer
    }

    /// The command was refused with this code; the sentence is returned.
    #[track_caller]
    pub fn refused(answer: &Value, code: &str) -> String {
        assert_eq!((&answer["type"], &answer["problem"]["code"]), (&json!("error"), &json!(code)), "{answer}");
        answer["problem"]["detail"].as_str().unwrap().to_owned()
    }

    /// Sends a message: the message as it was stored.
    pub async fn sends(&mut self, conversation: &str, body: &str) -> Value {
        let command = send(conversation, &super::client_id(), body);
        Socket::accepted(self.command(command).await)["message"].take()
    }

    /// Everything that was told until now, in order: what was told before this question was asked comes before
    /// its answer.
    pub async fn told(&mut self) -> Vec<Value> {
        Socket::accepted(self.command(json!({"type": "ping"})).await);
        let told: Vec<Value> = std::mem::take(&mut self.early).into();
        told.into_iter().map(|event| self.take(event)).collect()
    }

    /// The same without comings and goings, which are told from the background.
    pub async fn told_of_talk(&mut self) -> Vec<Value> {
        let told = self.told().await;
        told.into_iter().filter(|event| event["type"] != "presence").collect()
    }

    /// Waits until the server closes: code and reason. Events before it are kept.
    pub async fn closed(&mut self) -> (u16, String) {
        loop {
            match self.message().await {
                Ok(frame) => self.early.push_back(frame),
                Err(end) => return end,
            }
        }
    }

    /// The same for what takes longer than the usual deadline.
    pub async fn closed_at_last(&mut self) -> (u16, String) {
        loop {
            if let Err(end) = self.message_at_last().await {
                return end;
            }
        }
    }

    /// What came before the end (or before `ready`), in order.
    pub fn left(&mut self) -> Vec<Value> {
        let left: Vec<Value> = std::mem::take(&mut self.early).into();
        left.into_iter().map(|event| self.take(event)).collect()
    }

    /// Closes properly.
    pub async fn leave(mut self) {
        let _ = within("closing", self.stream.close(None)).await;
    }
}

/// The command that sends a message.
pub fn send(conversation: &str, client_id: &str, body: &str) -> Value {
    json!({"type": "message.send", "conversation_id": conversation, "client_id": client_id, "body": body})
}
