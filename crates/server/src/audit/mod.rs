//! What moderators and operators did: an entry for each act, written in the transaction of the act itself, so that
//! neither exists without the other. Never a message's text.

mod filter;
pub mod http;
mod store;

use crate::app::App;
use crate::members::Member;
use crate::platform::db::{DbError, Tx};
use crate::platform::ids;
use crate::sites::SiteId;
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

/// In what capacity somebody acted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ActorKind {
    /// As a member who moderates.
    Member,
    /// As one of the staff.
    Operator,
    /// As the site itself, with one of its keys.
    ApiKey,
}

/// Who did it, under the name of that day.
#[derive(Clone, Debug)]
pub struct Actor {
    /// In what capacity.
    pub kind: ActorKind,
    /// A member's or an operator's.
    pub id: i64,
    /// What others saw then.
    pub name: String,
}

impl From<&Member> for Actor {
    fn from(member: &Member) -> Actor {
        Actor { kind: ActorKind::Member, id: member.id, name: member.profile.name.clone() }
    }
}

/// What something was done to: its kind and its id, as callers see it.
#[derive(Clone, Debug)]
pub struct Subject {
    kind: &'static str,
    id: String,
}

impl Subject {
    /// A thing by its id.
    pub fn of(kind: &'static str, id: i64) -> Subject {
        Subject { kind, id: ids::show(id) }
    }

    /// A message by its place.
    pub fn message(conversation: i64, seq: i64) -> Subject {
        Subject { kind: "message", id: ids::show_message(conversation, seq) }
    }
}

/// Writes down, within the transaction in which it happens, what somebody does (`message.remove`) to what. `detail` is
/// an object that says more: a reason, a duration, what changed; never what a message says.
pub async fn write(
    app: &App,
    tx: &mut Tx,
    site: SiteId,
    actor: &Actor,
    action: &'static str,
    subject: &Subject,
    detail: Value,
) -> Result<(), DbError> {
    begin(app, tx, site, actor, action, subject, detail).await.map(drop)
}

/// An entry of what takes many transactions: written before the first of them.
pub struct Begun(i64);

/// Writes down what begins; `finish` says how it ended. If it is cut off in between, the entry is there.
pub async fn begin(
    app: &App,
    tx: &mut Tx,
    site: SiteId,
    actor: &Actor,
    action: &'static str,
    subject: &Subject,
    detail: Value,
) -> Result<Begun, DbError> {
    let (id, now) = (app.ids.next(&app.clock), app.clock.now());
    store::insert(tx, site, (id, now), actor, action, subject, &detail.to_string()).await?;
    Ok(Begun(id))
}

/// What became of it.
pub async fn finish(tx: &mut Tx, site: SiteId, begun: Begun, detail: Value) -> Result<(), DbError> {
    store::set_detail(tx, site, begun.0, &detail.to_string()).await
}
