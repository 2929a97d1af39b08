//! Moderation as callers see it.

use super::store::reports::ReportState;
use super::store::{HeldRow, HeldState, Reason, Sanction, SanctionKind};
use crate::members::MemberCard;
use crate::messages::MessageView;
use crate::platform::clock::rfc3339;
use crate::platform::ids;
use serde::Serialize;
use utoipa::ToSchema;

/// Somebody may not speak, or not come in.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = Sanction)]
pub struct SanctionView {
    /// Ours.
    pub id: String,
    /// On whom.
    pub member: MemberCard,
    /// The room; null: every room of the site.
    pub room: Option<String>,
    /// What it forbids.
    pub kind: SanctionKind,
    /// Why.
    pub reason: String,
    /// Who made it.
    pub by: SanctionedBy,
    /// When (RFC 3339).
    pub created_at: String,
    /// Until when; null: until it is lifted.
    pub until: Option<String>,
    /// When it was lifted; null: it was not.
    pub lifted_at: Option<String>,
}

/// Who made a sanction.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct SanctionedBy {
    /// Their name of that day.
    pub name: String,
}

impl Sanction {
    /// As callers see it; `member` is whom it is on.
    pub fn view(&self, member: MemberCard) -> SanctionView {
        SanctionView {
            id: ids::show(self.id),
            member,
            room: self.room.map(ids::show),
            kind: self.kind,
            reason: self.reason.clone(),
            by: SanctionedBy { name: self.by.clone() },
            created_at: rfc3339(self.created_at),
            until: self.until.map(rfc3339),
            lifted_at: self.lifted_at.map(rfc3339),
        }
    }
}

/// A message that waits for a moderator, or that one rejected.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = Held)]
pub struct HeldView {
    /// Ours.
    pub id: String,
    /// The client's own name for it (a UUID): `message.created` will have the same.
    pub client_id: String,
    /// The room.
    pub conversation_id: String,
    /// The text.
    pub body: String,
    /// Why it is held.
    pub reason: Reason,
    /// When it was sent (RFC 3339).
    pub at: String,
    /// Where it stands.
    pub state: HeldState,
    /// What the moderator says to its author.
    pub note: Option<String>,
    /// Who wrote it: told to moderators.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub author: Option<MemberCard>,
}

impl HeldView {
    pub(super) fn of(row: &HeldRow, author: Option<MemberCard>) -> HeldView {
        HeldView {
            id: ids::show(row.id),
            client_id: uuid::Uuid::from_slice(&row.client_id).unwrap_or_default().to_string(),
            conversation_id: ids::show(row.conversation_id),
            body: row.body.clone(),
            reason: row.reason(),
            at: rfc3339(row.created_at),
            state: row.state(),
            note: row.note.clone(),
            author,
        }
    }
}

/// What a member says to the moderators of a message or a person.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = Report)]
pub struct ReportView {
    /// Ours.
    pub id: String,
    /// Who reports.
    pub by: MemberCard,
    /// Whom.
    pub member: MemberCard,
    /// Where it happened; null: nowhere in particular.
    pub conversation_id: Option<String>,
    /// The message; null: it is about the person.
    pub message: Option<MessageView>,
    /// In a room: the public messages around it.
    pub context: Vec<MessageView>,
    /// What is wrong, in the reporter's words.
    pub reason: String,
    /// When (RFC 3339).
    pub created_at: String,
    /// Where it stands.
    pub state: ReportState,
    /// What whoever looked after it noted.
    pub note: Option<String>,
    /// Their name.
    pub resolved_by: Option<String>,
    /// When (RFC 3339).
    pub resolved_at: Option<String>,
}
