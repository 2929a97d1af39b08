//! Conversations as callers see them.

use super::groups::{History, Role};
use super::store::Kind;
use crate::members::MemberCard;
use crate::messages::MessageView;
use crate::platform::http::ProblemBody;
use crate::rooms::RoomInfo;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A conversation as one of its participants sees it.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ConversationView {
    /// Ours.
    pub id: String,
    /// What it is.
    pub kind: Kind,
    /// A group's name, or the organizer conversation's title in the reader's language; null if direct.
    pub name: Option<String>,
    /// A group's picture.
    pub picture_url: Option<String>,
    /// The other member of a direct conversation.
    pub peer: Option<Peer>,
    /// How many members take part.
    pub participants: i64,
    /// How far the other side has read: the peer of a direct conversation, the organizers; null in groups.
    pub peer_read_seq: Option<i64>,
    /// The last message's number; 0: none yet.
    pub last_seq: i64,
    /// When the last message was sent, or the conversation made (RFC 3339).
    pub last_at: String,
    /// How far the reader has read.
    pub read_seq: i64,
    /// How many messages the reader has not read.
    pub unread: i64,
    /// How many of them call the reader by name, in a room.
    pub mentions: i64,
    /// The reader marked it as unread.
    pub marked_unread: bool,
    /// The last message, unless the reader cleared it.
    pub last_message: Option<MessageView>,
    /// Whether it stands in the reader's list.
    pub listed: bool,
    /// The reader does not want to hear of it.
    pub muted: bool,
    /// What the reader may do in a group.
    pub my_role: Option<Role>,
    /// What newcomers of a group see.
    pub history: Option<History>,
    /// The reader blocks the other: it stands last in the list, and shows what was said before.
    pub blocked: bool,
    /// What of a room is not of a conversation.
    pub room: Option<RoomInfo>,
    /// Whether the reader may write.
    pub can_write: bool,
    /// Why not: a code and one sentence; null if they may.
    pub cannot_write: Option<CannotWrite>,
    /// Whether the reader may call the other of a direct conversation.
    pub can_call: bool,
    /// Why not; null if they may, and where there is nobody to call.
    pub can_call_denied: Option<CannotWrite>,
}

/// The other member of a direct conversation.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Peer {
    /// Who.
    #[serde(flatten)]
    pub card: MemberCard,
    /// Whether they are here now.
    pub connected: bool,
}

/// Why somebody may not write, or call.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct CannotWrite {
    /// A problem code.
    pub code: crate::platform::http::Code,
    /// One sentence, in the reader's language.
    pub detail: String,
}

impl From<ProblemBody> for CannotWrite {
    fn from(problem: ProblemBody) -> CannotWrite {
        CannotWrite { code: problem.code, detail: problem.detail }
    }
}

/// A conversation with the organizers as the operators see it.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct OrganizerView {
    /// Ours.
    pub id: String,
    /// `organizer`.
    pub kind: Kind,
    /// The member.
    pub member: Option<MemberCard>,
    /// Whether the member is here now.
    pub connected: bool,
    /// The last message's number.
    pub last_seq: i64,
    /// When it last changed (RFC 3339).
    pub last_at: String,
    /// How far the operators have read.
    pub read_seq: i64,
    /// How many messages they have not read.
    pub unread: i64,
    /// How far the member has read.
    pub peer_read_seq: i64,
    /// The last message.
    pub last_message: Option<MessageView>,
    /// Whether it is looked after.
    pub state: InboxState,
    /// The operator who looks after it.
    pub assigned_to: Option<Colleague>,
    /// How many notes there are on it.
    pub notes: i64,
    /// Whether the last word is the organizers'.
    pub answered: bool,
}

/// Whether a conversation with the organizers is looked after.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum InboxState {
    /// Somebody should.
    Open,
    /// Nothing is left to do; what the member writes opens it again.
    Closed,
}

/// An operator, to the others.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Colleague {
    /// Ours.
    pub id: String,
    /// What members see.
    pub name: String,
}
