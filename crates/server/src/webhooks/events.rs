//! What can be told, and what is told of members.

use super::{Webhooks, store};
use crate::app::App;
use crate::members::{Me, Member};
use crate::platform::db::{DbError, Tx};
use crate::platform::ids;
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

macro_rules! events {
    ($($(#[$doc:meta])+ $arm:ident $name:tt),+ $(,)?) => {
        /// Something that a webhook may be told.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
        #[schema(as = WebhookEvent)]
        pub enum Event { $($(#[$doc])+ #[serde(rename = $name)] $arm),+ }

        impl Event {
            /// Its name.
            pub fn as_str(self) -> &'static str {
                match self { $(Event::$arm => $name),+ }
            }
        }
    };
}
events! {
    /// A member is new.
    MemberCreated "member.created",
    /// Something about a member changed.
    MemberUpdated "member.updated",
    /// A member was deleted.
    MemberDeleted "member.deleted",
    /// A member and the organizers: one of them wrote.
    OrganizerMessageCreated "organizer_message.created",
    /// A member reported something.
    ReportCreated "report.created",
    /// A message waits for a moderator.
    MessageHeld "message.held",
    /// Somebody was muted or banned.
    SanctionCreated "sanction.created",
    /// A sanction was lifted.
    SanctionLifted "sanction.lifted",
    /// A broadcast reached everybody it was for.
    BroadcastFinished "broadcast.finished",
    /// A trial.
    Ping "ping",
}

impl Webhooks {
    /// A member is new.
    pub async fn member_created(&self, app: &App, tx: &mut Tx, member: &Member) -> Result<(), DbError> {
        let of = (member.site, Some(member.id));
        self.tell_of(app, tx, of, Event::MemberCreated, &|| json!({"member": Me::of(member)})).await
    }

    /// Something about a member changed.
    pub async fn member_updated(&self, app: &App, tx: &mut Tx, member: &Member) -> Result<(), DbError> {
        let of = (member.site, Some(member.id));
        self.tell_of(app, tx, of, Event::MemberUpdated, &|| json!({"member": Me::of(member)})).await
    }

    /// A member is gone: only by what the website knows them is told, and what was told of them is forgotten.
    pub async fn member_deleted(&self, app: &App, tx: &mut Tx, member: &Member) -> Result<(), DbError> {
        store::forget_member(tx, member.site, member.id).await?;
        let called = || json!({"member": {"id": ids::show(member.id), "external_id": member.external_id}});
        self.tell(app, tx, member.site, Event::MemberDeleted, &called).await
    }
}
