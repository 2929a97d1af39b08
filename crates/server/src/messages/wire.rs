//! Messages as callers see them.

use super::store::MessageRow;
use crate::members::{Member, MemberCard};
use crate::platform::clock::rfc3339;
use crate::platform::ids;
use serde::Serialize;
use std::collections::HashMap;
use std::sync::Arc;
use utoipa::ToSchema;

/// One entry of a conversation.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct MessageView {
    /// Ours: the conversation's id and the number in it.
    pub id: String,
    /// Where it stands.
    pub conversation_id: String,
    /// Its number: 1, 2, 3… without gaps in direct, group and organizer conversations.
    pub seq: i64,
    /// The client's own name for it (a UUID).
    pub client_id: String,
    /// Who wrote it.
    pub author: Author,
    /// The text; empty once removed.
    pub body: String,
    /// When it was stored (RFC 3339).
    pub sent_at: String,
    /// When it was last edited.
    pub edited_at: Option<String>,
    /// Who removed it and when; null: it stands.
    pub removed: Option<Removed>,
    /// Always null here: whispers belong to rooms.
    #[schema(value_type = Option<Vec<MemberCard>>)]
    pub whisper_to: Option<()>,
    /// The id of the message it answers.
    pub reply_to: Option<String>,
}

/// Who wrote a message.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Author {
    /// A member.
    Member(MemberCard),
    /// An operator, under the name of that day.
    Operator {
        /// Ours.
        id: String,
        /// What members saw when it was written.
        name: String,
    },
}

/// A message's text is gone.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Removed {
    /// `author` or `moderator`.
    pub by: String,
    /// When (RFC 3339).
    pub at: String,
}

impl MessageView {
    /// A stored message; `members` holds its author if a member wrote it.
    pub(super) fn of(row: MessageRow, members: &HashMap<i64, Arc<Member>>) -> MessageView {
        let author = match row.author_name {
            Some(name) => Author::Operator { id: ids::show(row.author_id), name },
            None => {
                Author::Member(members.get(&row.author_id).map_or_else(|| gone(row.author_id), |m| MemberCard::of(m)))
            }
        };
        MessageView {
            id: ids::show_message(row.conversation_id, row.seq),
            conversation_id: ids::show(row.conversation_id),
            seq: row.seq,
            client_id: uuid::Uuid::from_slice(&row.client_id).unwrap_or_default().to_string(),
            author,
            body: row.body,
            sent_at: rfc3339(row.sent_at),
            edited_at: row.edited_at.map(rfc3339),
            removed: row.removed_by.zip(row.removed_at).map(|(by, at)| Removed { by, at: rfc3339(at) }),
            whisper_to: None,
            reply_to: row.reply_to.map(|seq| ids::show_message(row.conversation_id, seq)),
        }
    }
}

/// A member who is no longer there.
fn gone(id: i64) -> MemberCard {
    MemberCard { id: ids::show(id), login: String::new(), name: "—".to_owned(), avatar_url: None, headline: None }
}
