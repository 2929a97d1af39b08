//! Messages as callers see them.

use super::line::{Line, SystemLine};
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
    /// In a room: whom alone it was addressed to; null: everybody.
    pub whisper_to: Option<Vec<MemberCard>>,
    /// In a room: whom it calls by name.
    pub mentions: Vec<MemberCard>,
    /// What the conversation says of itself, if nobody wrote this.
    pub system: Option<SystemLine>,
    /// The id of the message it answers.
    pub reply_to: Option<String>,
}

/// Who wrote a message.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Author {
    /// A member.
    Member(MemberAuthor),
    /// An operator, under the name of that day.
    Operator {
        /// Ours.
        id: String,
        /// What members saw when it was written.
        name: String,
    },
    /// The conversation itself: `system` says what happened.
    System {
        /// Whoever did it.
        id: String,
        /// Their name of that day.
        name: String,
    },
}

impl Author {
    /// Whether one of the staff wrote it.
    pub fn is_operator(&self) -> bool {
        matches!(self, Author::Operator { .. })
    }
}

/// A member who wrote a message.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct MemberAuthor {
    /// Who.
    #[serde(flatten)]
    pub card: MemberCard,
    /// They moderate the room in which it stands.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub moderator: bool,
}

/// A message's text is gone.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Removed {
    /// `author` or `moderator`.
    pub by: String,
    /// When (RFC 3339).
    pub at: String,
    /// Why, if a moderator said so; everybody reads it.
    pub reason: Option<String>,
}

impl MessageView {
    /// A stored message; `members` holds those whom [`people_of`] names, `moderates` says who moderates the room it
    /// stands in.
    pub(super) fn of(
        row: MessageRow,
        members: &HashMap<i64, Arc<Member>>,
        moderates: impl Fn(&Member) -> bool,
    ) -> MessageView {
        let card = |id: i64| members.get(&id).map_or_else(|| gone(id), |m| MemberCard::of(m));
        let line: Option<Line> = row.line.as_deref().and_then(|line| serde_json::from_str(line).ok());
        let system = line.map(|line| SystemLine {
            event: line.event,
            by: (!line.staff).then(|| card(row.author_id)),
            members: line.members.iter().map(|id| card(*id)).collect(),
            name: line.name,
            call: line.call,
        });
        let author = match (row.author_name, &system) {
            (Some(name), Some(_)) => Author::System { id: ids::show(row.author_id), name },
            (Some(name), None) => Author::Operator { id: ids::show(row.author_id), name },
            (None, _) => Author::Member(MemberAuthor {
                card: card(row.author_id),
                moderator: members.get(&row.author_id).is_some_and(|author| moderates(author)),
            }),
        };
        let whisper_to = row.whisper_to.as_deref().map(|to| ids_in(to).into_iter().map(card).collect());
        let mentions = row.mentions.as_deref().map_or_else(Vec::new, |m| ids_in(m).into_iter().map(card).collect());
        MessageView {
            id: ids::show_message(row.conversation_id, row.seq),
            conversation_id: ids::show(row.conversation_id),
            seq: row.seq,
            client_id: uuid::Uuid::from_slice(&row.client_id).unwrap_or_default().to_string(),
            author,
            body: row.body,
            sent_at: rfc3339(row.sent_at),
            edited_at: row.edited_at.map(rfc3339),
            removed: row.removed_by.zip(row.removed_at).map(|(by, at)| Removed {
                by,
                at: rfc3339(at),
                reason: row.removed_note,
            }),
            whisper_to,
            mentions,
            system,
            reply_to: row.reply_to.map(|seq| ids::show_message(row.conversation_id, seq)),
        }
    }
}

/// The members who are named in a message, its author among them.
pub(super) fn people_of(row: &MessageRow) -> Vec<i64> {
    let mut people: Vec<i64> = if row.author_name.is_none() { vec![row.author_id] } else { Vec::new() };
    for listed in [&row.whisper_to, &row.mentions].into_iter().flatten() {
        people.extend(ids_in(listed));
    }
    if let Some(line) = row.line.as_deref().and_then(|line| serde_json::from_str::<Line>(line).ok()) {
        people.extend(line.members);
        people.extend((!line.staff).then_some(row.author_id));
    }
    people
}

fn ids_in(json: &str) -> Vec<i64> {
    serde_json::from_str(json).unwrap_or_default()
}

/// A member who is no longer there.
fn gone(id: i64) -> MemberCard {
    MemberCard {
        id: ids::show(id),
        login: String::new(),
        name: "—".to_owned(),
        avatar_url: None,
        headline: None,
        badges: Vec::new(),
    }
}
