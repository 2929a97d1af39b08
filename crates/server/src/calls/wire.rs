//! Calls as callers see them.

use super::store::CallRow;
use crate::members::{Member, MemberCard};
use crate::messages::Media;
use crate::platform::clock::rfc3339;
use crate::platform::http::{Answer, Problem};
use crate::platform::ids;
use domain::calls::{Side, State};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The longest name of a device.
const LONGEST_DEVICE: usize = 64;

/// A call to be made.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewCall {
    /// The id of the member who is called.
    pub member: String,
    /// What it is made with.
    pub media: Media,
    /// The client's own name for it (a UUID): the same again is answered with the same call.
    #[serde(default)]
    pub client_id: Option<String>,
    /// The page that calls, named by itself: 1 to 64 visible ASCII characters.
    #[serde(default)]
    pub device: Option<String>,
}

/// The page on which something is done about a call.
#[derive(Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OnDevice {
    /// The page, named by itself: 1 to 64 visible ASCII characters.
    #[serde(default)]
    pub device: Option<String>,
}

/// A device's name, if it is one.
pub fn device(name: Option<String>) -> Answer<Option<String>> {
    let good = |name: &String| (1..=LONGEST_DEVICE).contains(&name.len()) && name.bytes().all(|b| b.is_ascii_graphic());
    match name {
        Some(name) if !good(&name) => Err(Problem::invalid("device: 1 to 64 visible ASCII characters")),
        name => Ok(name),
    }
}

/// Where a call stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum CallState {
    /// The callee is asked.
    Ringing,
    /// The two talk.
    Active,
    /// They have talked.
    Ended,
    /// The callee did not want to.
    Declined,
    /// The caller gave up before there was an answer.
    Cancelled,
    /// There was no answer.
    Missed,
    /// The callee was in another call.
    Busy,
}

impl From<State> for CallState {
    fn from(state: State) -> CallState {
        match state {
            State::Ringing => CallState::Ringing,
            State::Active => CallState::Active,
            State::Ended => CallState::Ended,
            State::Declined => CallState::Declined,
            State::Cancelled => CallState::Cancelled,
            State::Missed => CallState::Missed,
            State::Busy => CallState::Busy,
        }
    }
}

/// Who called, for the reader.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// The reader.
    Outgoing,
    /// The other.
    Incoming,
}

/// A call as one of the two sees it.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Call {
    /// Ours.
    pub id: String,
    /// Where its line will stand when it is over.
    pub conversation_id: String,
    /// What it is made with.
    pub media: Media,
    /// Where it stands.
    pub state: CallState,
    /// Who calls.
    pub caller: MemberCard,
    /// Who is called.
    pub callee: MemberCard,
    /// Who called, for the reader.
    pub direction: Direction,
    /// When it began to ring (RFC 3339).
    pub started_at: String,
    /// When it was answered.
    pub answered_at: Option<String>,
    /// When it was over.
    pub ended_at: Option<String>,
    /// The caller's page in it, as it named itself.
    pub started_on: Option<String>,
    /// The callee's page in it: the others stop ringing.
    pub answered_on: Option<String>,
}

impl Call {
    /// A call as a side sees it.
    pub(super) fn of(row: &CallRow, side: Side, caller: &Member, callee: &Member) -> Call {
        Call {
            id: ids::show(row.id),
            conversation_id: ids::show(row.conversation_id),
            media: row.media(),
            state: row.state().into(),
            caller: MemberCard::of(caller),
            callee: MemberCard::of(callee),
            direction: match side {
                Side::Caller => Direction::Outgoing,
                Side::Callee => Direction::Incoming,
            },
            started_at: rfc3339(row.started_at),
            answered_at: row.answered_at.map(rfc3339),
            ended_at: row.ended_at.map(rfc3339),
            started_on: row.caller_device.clone(),
            answered_on: row.callee_device.clone(),
        }
    }
}
