//! Contacts as callers see them.

use super::store::RequestRow;
use crate::members::{Member, MemberCard};
use crate::platform::clock::rfc3339;
use crate::platform::ids;
use domain::contacts::{Side, State, shown};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Where a contact request stands, as one of the two sees it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Contact {
    /// There is none.
    #[default]
    None,
    /// One has asked the other.
    Requested,
    /// The other has asked.
    Received,
    /// They are contacts.
    Accepted,
}

impl Contact {
    /// A request as a side sees it: who asked is never shown a refusal.
    pub fn of(state: State, side: Side) -> Contact {
        match (shown(state, side), side) {
            (State::Accepted, _) => Contact::Accepted,
            (State::Pending, Side::Sender) => Contact::Requested,
            (State::Pending, Side::Receiver) => Contact::Received,
            (State::Declined | State::Cancelled, _) => Contact::None,
        }
    }
}

/// A contact request, as one of the two sees it.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ContactRequest {
    /// Ours.
    pub id: String,
    /// Who asked.
    pub from: MemberCard,
    /// Who was asked.
    pub to: MemberCard,
    /// What the first wrote with it.
    pub note: Option<String>,
    /// Where it stands. Who asked is never shown a refusal.
    pub state: RequestState,
    /// When it was sent (RFC 3339).
    pub created_at: String,
    /// When it was answered (RFC 3339); null: not yet, as far as the reader is shown.
    pub answered_at: Option<String>,
}

/// Where a request stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum RequestState {
    /// Waiting for an answer.
    Pending,
    /// The two are contacts.
    Accepted,
    /// Refused.
    Declined,
    /// Taken back, or ended.
    Cancelled,
}

impl RequestState {
    fn of(state: State) -> RequestState {
        match state {
            State::Pending => RequestState::Pending,
            State::Accepted => RequestState::Accepted,
            State::Declined => RequestState::Declined,
            State::Cancelled => RequestState::Cancelled,
        }
    }
}

impl ContactRequest {
    /// A request as one side sees it.
    pub fn of(row: &RequestRow, side: Side, from: &Member, to: &Member) -> ContactRequest {
        let state = shown(row.state(), side);
        let answered = row.answered_at.filter(|_| state != State::Pending);
        ContactRequest {
            id: ids::show(row.id),
            from: MemberCard::of(from),
            to: MemberCard::of(to),
            note: row.note.clone(),
            state: RequestState::of(state),
            created_at: rfc3339(row.created_at),
            answered_at: answered.map(rfc3339),
        }
    }
}

/// Somebody whom the caller blocks.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Blocked {
    /// Who.
    pub member: MemberCard,
    /// Since when (RFC 3339).
    pub blocked_at: String,
}
