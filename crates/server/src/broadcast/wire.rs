use super::audience::LeftOut;
use crate::members::MemberCard;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// Where a broadcast stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// It waits for its time.
    Scheduled,
    /// It is being brought to its recipients.
    Sending,
    /// Everybody has it.
    Done,
    /// It was stopped: those who have it keep it.
    Cancelled,
}

impl State {
    pub(super) fn as_str(self) -> &'static str {
        match self {
            State::Scheduled => "scheduled",
            State::Sending => "sending",
            State::Done => "done",
            State::Cancelled => "cancelled",
        }
    }

    pub(super) fn parse(text: &str) -> State {
        let all = [State::Scheduled, State::Sending, State::Done];
        all.into_iter().find(|state| state.as_str() == text).unwrap_or(State::Cancelled)
    }
}

/// A broadcast.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Broadcast {
    /// Ours.
    pub id: String,
    /// The text.
    pub body: String,
    /// The text in other languages, for members who read those.
    pub bodies: BTreeMap<String, String>,
    /// Where it stands.
    pub state: State,
    /// How many it goes to; of a scheduled one, how many it would go to when it was made.
    pub recipients: i64,
    /// How many have it.
    pub delivered: i64,
    /// How many of them have read it.
    pub read: i64,
    /// How many of them have written since.
    pub answered: i64,
    /// Who was left out, and why.
    pub left_out: Vec<LeftOut>,
    /// Who sent it.
    pub by: Sender,
    /// When it was made (RFC 3339).
    pub created_at: String,
    /// When it is to be sent, if not at once.
    pub send_at: Option<String>,
    /// When it was over.
    pub finished_at: Option<String>,
    /// The broadcast whose silent readers it went to.
    pub follow_up_of: Option<String>,
}

/// Who sent a broadcast, under the name of that day.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Sender {
    /// An operator's id.
    pub id: String,
    /// What members saw.
    pub name: String,
}

/// How far a broadcast came with one recipient.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Progress {
    /// Not there yet.
    Waiting,
    /// There, not read.
    Delivered,
    /// Read.
    Read,
    /// They have written since.
    Answered,
}

/// A recipient.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Recipient {
    /// Who.
    pub member: MemberCard,
    /// How far it came.
    pub state: Progress,
    /// Their conversation with the organizers.
    pub conversation_id: Option<String>,
}
