//! Messages over the socket.

use super::actions;
use super::post::{self, Draft};
use super::writer::Answering;
use crate::app::App;
use crate::members::ChattingMember;
use crate::operators::SignedInOperator;
use crate::platform::http::{Answer, Problem, id_of};
use crate::platform::language::Lang;
use crate::platform::live::Command;
use serde::Deserialize;
use serde::de::IgnoredAny;

/// Who sent a command.
pub enum Sender {
    /// A member who may chat.
    Member(ChattingMember),
    /// An operator.
    Operator(Box<SignedInOperator>),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Send {
    #[serde(rename = "type")]
    _type: IgnoredAny,
    #[serde(rename = "ref", default)]
    _ref: IgnoredAny,
    conversation_id: String,
    client_id: String,
    body: String,
    #[serde(default)]
    reply_to: Option<String>,
    #[serde(default)]
    whisper: Option<bool>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Read {
    #[serde(rename = "type")]
    _type: IgnoredAny,
    #[serde(rename = "ref", default)]
    _ref: IgnoredAny,
    conversation_id: String,
    seq: i64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Typing {
    #[serde(rename = "type")]
    _type: IgnoredAny,
    #[serde(rename = "ref", default)]
    _ref: IgnoredAny,
    conversation_id: String,
}

/// `message.send`: answered by the writer once it is on disk.
pub async fn send(app: &App, from: Sender, command: &Command<'_>, lang: Lang) -> Answer<Option<String>> {
    let Send { conversation_id, client_id, body, reply_to, whisper, .. } = command.read()?;
    let draft = Draft { client_id, body, reply_to, whisper };
    let id = id_of(&conversation_id)?;
    let to = command.connection.owe(command.frame.len());
    let answering = Answering::Socket { to, reference: command.reference.into(), lang };
    match from {
        Sender::Member(me) => post::by_member(app, &me.site, &me.member, id, &draft, answering).await?,
        Sender::Operator(me) => post::by_operator(app, &me.site, &me.operator, id, &draft, answering).await?,
    }
    Ok(None)
}

/// `conversation.read`.
pub async fn read(app: &App, from: Sender, command: &Command<'_>) -> Answer<Option<String>> {
    let Read { conversation_id, seq, .. } = command.read()?;
    let id = id_of(&conversation_id)?;
    match from {
        Sender::Member(me) => actions::read(app, &me.site, &me.member, id, seq).await?,
        Sender::Operator(me) => actions::read_by_staff(app, &me.site, id, seq).await?,
    }
    Ok(Some(String::new()))
}

/// `typing`: no answer, and nothing to answer to if it isn't allowed.
pub async fn typing(app: &App, from: Sender, command: &Command<'_>) -> Answer<Option<String>> {
    let Typing { conversation_id, .. } = command.read()?;
    match from {
        Sender::Member(me) => {
            let _ = actions::typing(app, &me.site, &me.member, id_of(&conversation_id)?).await;
            Ok(None)
        }
        Sender::Operator(_) => Err(Problem::invalid("typing: members only")),
    }
}
