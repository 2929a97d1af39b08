//! Groups: who makes them, who is taken in, who leaves. What happens is said in the group itself.

mod change;
mod create;
pub mod http;
mod store;

pub use change::{GroupChange, change, put, put_by_staff, take_out, take_out_by_staff};
pub use create::{NewGroup, create, create_for_site};
pub use http::ParticipantView;

use super::changes::tell_changed;
use super::facts::Facts;
use crate::app::App;
use crate::audit::{self, Actor, ActorKind, Subject};
use crate::contacts;
use crate::messages::Doer;
use crate::platform::db::{DbError, Tx};
use crate::platform::http::{Answer, Problem};
use crate::sites::{Site, SiteId};
use domain::members::clean_label;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A group never has more participants.
const MOST_PARTICIPANTS: usize = 1_000;

/// What newcomers see of what was said before them; chosen when the group is made.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum History {
    /// Everything.
    #[default]
    All,
    /// What is said from when they join.
    FromJoining,
}

impl History {
    pub(super) fn as_str(self) -> &'static str {
        match self {
            History::All => "all",
            History::FromJoining => "from_joining",
        }
    }

    pub(super) fn parse(text: &str) -> History {
        if text == "from_joining" { History::FromJoining } else { History::All }
    }
}

/// What somebody may do in a group.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Change it, and who takes part.
    Admin,
    /// Write.
    Member,
}

impl Role {
    fn as_str(self) -> &'static str {
        match self {
            Role::Admin => "admin",
            Role::Member => "member",
        }
    }

    pub(super) fn parse(text: &str) -> Role {
        if text == "admin" { Role::Admin } else { Role::Member }
    }
}

/// What the organizers do to a group is written down.
async fn note(
    app: &App,
    tx: &mut Tx,
    site: SiteId,
    doer: &Doer<'_>,
    action: &'static str,
    id: i64,
    detail: serde_json::Value,
) -> Result<(), DbError> {
    if !doer.staff {
        return Ok(());
    }
    let actor = Actor { kind: ActorKind::Operator, id: doer.id, name: doer.name.to_owned() };
    audit::write(app, tx, site, &actor, action, &Subject::of("conversation", id), detail).await
}

/// Each hears how the group is for them now.
async fn tell_all(app: &App, site: &Site, facts: &Facts) {
    tell_changed(app, site, facts.id, &facts.members()).await;
}

/// Between whom there is a block, neither sees how far the other reads.
async fn keep_apart(tx: &mut Tx, site: SiteId, id: i64, new: &[i64], members: &[i64]) -> Result<(), DbError> {
    for chunk in new.chunks(500) {
        for (one, other) in contacts::blocks_around(&mut *tx, site, chunk).await? {
            if members.contains(&other) {
                store::freeze(tx, site, one, other, Some(id)).await?;
            }
        }
    }
    Ok(())
}

/// Within the transaction of a block: from now on neither sees how far the other reads the groups they share.
pub(crate) async fn part(tx: &mut Tx, site: SiteId, one: i64, other: i64) -> Result<(), DbError> {
    store::freeze(tx, site, one, other, None).await
}

/// Within the transaction that ends the last block between two.
pub(crate) async fn meet(tx: &mut Tx, site: SiteId, one: i64, other: i64) -> Result<(), DbError> {
    store::thaw(tx, site, one, other).await
}

fn name_of(name: &str) -> Answer<String> {
    clean_label(name).ok_or_else(|| Problem::said("refusal.name"))
}
