//! Whom a broadcast goes to, and who is left out.

use super::store;
use crate::app::App;
use crate::members::grid::{Target, TargetForm};
use crate::operators::SignedInOperator;
use crate::platform::http::{Answer, Problem, id_of};
use crate::sites::{Site, SiteId};
use serde::{Deserialize, Serialize};
use std::collections::HashSet;
use utoipa::ToSchema;

/// Why somebody does not get a broadcast.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// Messaging is off on the whole site.
    MessagingOff,
    /// The organizers shut them out of the chat.
    ChatOff,
    /// They are banned from the whole site.
    Banned,
}

/// How many are left out, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct LeftOut {
    /// Why.
    pub reason: Reason,
    /// How many.
    pub count: usize,
}

/// Whom a broadcast is for: one of the four.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct AudienceForm {
    /// These members, by their ids.
    pub members: Option<Vec<String>>,
    /// All whom a view shows.
    pub view: Option<String>,
    /// All whom a filter describes; `{}` is everybody.
    pub filter: Option<crate::members::grid::FilterForm>,
    /// All who got this broadcast and have not read it.
    pub follow_up: Option<String>,
}

/// The same, read.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) enum Wanted {
    Target(Target),
    FollowUp(i64),
}

impl AudienceForm {
    pub(super) async fn read(self, app: &App, me: &SignedInOperator) -> Answer<Wanted> {
        let AudienceForm { members, view, filter, follow_up } = self;
        let Some(before) = follow_up else {
            let form = TargetForm { members, view, filter };
            return Ok(Wanted::Target(form.read(app, me).await?));
        };
        if members.is_some() || view.is_some() || filter.is_some() {
            return Err(Problem::invalid("members, view, filter or follow_up: one of them"));
        }
        let unknown = || Problem::invalid("follow_up: no broadcast of this site");
        let id = id_of(&before).map_err(|_| unknown())?;
        store::one(&mut app.db.read().await?, me.site.id, id).await?.ok_or_else(unknown)?;
        Ok(Wanted::FollowUp(id))
    }
}

impl Wanted {
    pub(super) fn follow_up_of(&self) -> Option<i64> {
        match self {
            Wanted::FollowUp(id) => Some(*id),
            Wanted::Target(_) => None,
        }
    }

    async fn ids(&self, app: &App, site: SiteId) -> Answer<Vec<i64>> {
        match self {
            Wanted::Target(target) => target.ids(app, site).await,
            Wanted::FollowUp(id) => Ok(store::unread_by(&mut app.db.read().await?, site, *id).await?),
        }
    }
}

/// Whom it goes to now, in order, and who is left out.
pub(super) struct Audience {
    pub members: Vec<i64>,
    pub left_out: Vec<LeftOut>,
}

/// Decides it: the one place that says who gets a broadcast.
pub(super) async fn decide(app: &App, site: &Site, wanted: &Wanted) -> Answer<Audience> {
    let all = wanted.ids(app, site.id).await?;
    if !site.settings.features.messaging {
        let left_out = count(Reason::MessagingOff, all.len());
        return Ok(Audience { members: Vec::new(), left_out: left_out.into_iter().collect() });
    }
    let mut reader = app.db.read().await?;
    let off: HashSet<i64> = store::chat_off(&mut reader, site.id).await?.into_iter().collect();
    let banned: HashSet<i64> = store::banned(&mut reader, site.id, app.clock.now()).await?.into_iter().collect();
    let is_off = all.iter().filter(|id| off.contains(id)).count();
    let is_banned = all.iter().filter(|id| banned.contains(id) && !off.contains(id)).count();
    let members = all.into_iter().filter(|id| !off.contains(id) && !banned.contains(id)).collect();
    let left_out = [count(Reason::ChatOff, is_off), count(Reason::Banned, is_banned)];
    Ok(Audience { members, left_out: left_out.into_iter().flatten().collect() })
}

fn count(reason: Reason, count: usize) -> Option<LeftOut> {
    (count > 0).then_some(LeftOut { reason, count })
}
