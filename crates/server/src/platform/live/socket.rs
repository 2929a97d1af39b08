//! One socket from its first frame to its last (CONTRACT, "The WebSocket").

use super::connection::{Close, Connection, Out};
use super::hub::Hub;
use crate::platform::clock::Clock;
use crate::platform::http::{Code, Problem};
use crate::platform::language::{Lang, speaking};
use axum::extract::ws::{CloseFrame, Message, Utf8Bytes, WebSocket};
use futures_util::SinkExt;
use serde::Deserialize;
use serde_json::value::RawValue;
use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Duration;

/// How long a client may take to say hello.
const HELLO_WITHIN: Duration = Duration::from_secs(10);
/// The longest `ref` that is echoed.
const LONGEST_REF: usize = 128;

/// Who a hello turned out to be.
pub struct Hello {
    /// The connection, not yet in the hub.
    pub connection: Arc<Connection>,
    /// `"member":{…}` or `"operator":{…}`, for `ready`.
    pub fields: String,
    /// In which language problems are explained.
    pub lang: Lang,
}

/// A command of a signed-in client.
pub struct Command<'a> {
    /// Its `type`.
    pub kind: &'a str,
    /// The whole frame.
    pub frame: &'a str,
    /// Its `ref`, as JSON; empty if the client gave none.
    pub reference: &'a str,
    /// Who sent it.
    pub connection: &'a Arc<Connection>,
}

impl Command<'_> {
    /// The rest of the frame, as a command's own shape.
    pub fn read<T: for<'de> Deserialize<'de>>(&self) -> Result<T, Problem> {
        serde_json::from_str(self.frame).map_err(|e| Problem::invalid(e.to_string()))
    }
}

/// What the application does for a socket.
pub trait Door: Clone + Send + Sync + 'static {
    /// Checks an access token.
    fn hello(&self, access_token: &str, origin: Option<&str>) -> impl Future<Output = Result<Hello, Problem>> + Send;
    /// Carries a command out. `Some(fields)` answers `ok` with these fields (perhaps none); `None` means that
    /// the answer comes by itself, or that the command has none.
    fn command(&self, command: Command<'_>, lang: Lang)
    -> impl Future<Output = Result<Option<String>, Problem>> + Send;
    /// Everybody who is connected.
    fn hub(&self) -> &Hub;
    /// The time.
    fn clock(&self) -> &Clock;
}

#[derive(Deserialize)]
struct Envelope<'a> {
    #[serde(rename = "type", borrow)]
    kind: std::borrow::Cow<'a, str>,
    #[serde(rename = "ref", borrow, default)]
    reference: Option<&'a RawValue>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct HelloFrame {
    #[serde(rename = "type")]
    kind: String,
    access_token: String,
    #[serde(default)]
    resume: Option<String>,
    #[serde(rename = "ref", default)]
    _reference: serde::de::IgnoredAny,
}

/// Serves a socket until either side closes it.
pub async fn serve<D: Door>(mut socket: WebSocket, door: D, origin: Option<String>) {
    let Some((hello, resume)) = Box::pin(first_frame(&mut socket, &door, origin)).await else {
        close(&mut socket, Close::Unauthorized).await;
        return;
    };
    let Hello { connection, fields, lang } = hello;
    door.hub().enter(&connection, resume.as_deref(), &fields);
    drop((fields, resume));
    let why = converse(&mut socket, &door, &connection, lang).await;
    door.hub().leave(&connection);
    if let Some(why) = why {
        close(&mut socket, why).await;
    }
}

async fn first_frame<D: Door>(
    socket: &mut WebSocket,
    door: &D,
    origin: Option<String>,
) -> Option<(Hello, Option<String>)> {
    let frame = tokio::time::timeout(HELLO_WITHIN, next_text(socket)).await.ok()??;
    let hello: HelloFrame = serde_json::from_str(&frame).ok().filter(|h: &HelloFrame| h.kind == "hello")?;
    let found = door.hello(&hello.access_token, origin.as_deref()).await.ok()?;
    Some((found, hello.resume))
}

async fn next_text(socket: &mut WebSocket) -> Option<Utf8Bytes> {
    loop {
        match socket.recv().await?.ok()? {
            Message::Text(text) => return Some(text),
            Message::Ping(_) | Message::Pong(_) => {}
            Message::Binary(_) | Message::Close(_) => return None,
        }
    }
}

/// Reads commands and writes what waits, until the end; the reason if it is ours.
async fn converse<D: Door>(
    socket: &mut WebSocket,
    door: &D,
    connection: &Arc<Connection>,
    lang: Lang,
) -> Option<Close> {
    loop {
        tokio::select! {
            () = connection.woken() => match connection.take() {
                Ok(waiting) => {
                    if let Err(why) = write(socket, connection, waiting).await {
                        return why;
                    }
                }
                Err(why) => return Some(why),
            },
            received = socket.recv(), if connection.listens() => {
                connection.hear(door.clock().now());
                match received {
                    Some(Ok(Message::Text(text))) => Box::pin(answer(door, connection, lang, &text)).await,
                    Some(Ok(Message::Ping(_) | Message::Pong(_))) => {}
                    Some(Ok(Message::Binary(_))) => return Some(Close::NotText),
                    Some(Err(error)) => return Close::of_error(&error),
                    Some(Ok(Message::Close(_))) | None => return None,
                }
            }
        }
    }
}

/// Writes everything that waits in as few system calls as the socket takes.
async fn write(socket: &mut WebSocket, connection: &Connection, waiting: VecDeque<Out>) -> Result<(), Option<Close>> {
    let bytes = waiting.iter().map(Out::len).sum();
    let all = async {
        for out in waiting {
            match out {
                Out::Frame(frame) => socket.feed(Message::Text(frame)).await?,
                Out::Ping => socket.feed(Message::Ping(bytes::Bytes::new())).await?,
                Out::Missed(frames) => {
                    for frame in frames {
                        socket.feed(Message::Text(frame)).await?;
                    }
                }
            }
        }
        socket.flush().await
    };
    let mut all = std::pin::pin!(all);
    // A reader that takes nothing must not keep us from noticing that its outbox overflowed.
    loop {
        tokio::select! {
            done = &mut all => {
                connection.written(bytes);
                return done.map_err(|_| None);
            }
            () = connection.woken() => if let Some(why) = connection.closing() {
                return Err(Some(why));
            }
        }
    }
}

async fn answer<D: Door>(door: &D, connection: &Arc<Connection>, lang: Lang, text: &str) {
    let Ok(envelope) = serde_json::from_str::<Envelope<'_>>(text) else {
        connection.push(error_frame("null", &Problem::new(Code::BadRequest), lang).into());
        return;
    };
    let reference = envelope.reference.map_or("", RawValue::get);
    if reference.len() > LONGEST_REF {
        connection.push(error_frame("null", &Problem::invalid("ref: at most 128 bytes"), lang).into());
        return;
    }
    let command = Command { kind: &envelope.kind, frame: text, reference, connection };
    let answered = async {
        match door.command(command, lang).await {
            Ok(Some(fields)) => connection.push(ok_frame(reference, &fields).into()),
            Ok(None) => {}
            Err(problem) => connection.push(error_frame(reference, &problem, lang).into()),
        }
    };
    speaking(lang, answered).await;
}

/// `{"type":"ok","ref":…,…}`.
pub fn ok_frame(reference: &str, fields: &str) -> String {
    let reference = if reference.is_empty() { "null" } else { reference };
    let comma = if fields.is_empty() { "" } else { "," };
    format!("{{\"type\":\"ok\",\"ref\":{reference}{comma}{fields}}}")
}

/// `{"type":"error","ref":…,"problem":{…}}`.
pub fn error_frame(reference: &str, problem: &Problem, lang: Lang) -> String {
    let reference = if reference.is_empty() { "null" } else { reference };
    let problem = serde_json::to_string(&problem.body(lang)).unwrap_or_default();
    format!("{{\"type\":\"error\",\"ref\":{reference},\"problem\":{problem}}}")
}

async fn close(socket: &mut WebSocket, why: Close) {
    let (code, reason) = why.code();
    let frame = CloseFrame { code, reason: Utf8Bytes::from_static(reason) };
    let _ = tokio::time::timeout(Duration::from_secs(2), socket.send(Message::Close(Some(frame)))).await;
}
