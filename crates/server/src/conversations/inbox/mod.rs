//! The organizers' inbox: every conversation with a member, who looks after it, what they say of it among themselves.

mod canned;
pub mod http;
mod notes;
pub(super) mod store;

use super::store::{Kind, peers};
use super::wire::{Colleague, InboxState, OrganizerView};
use crate::app::App;
use crate::audit::{self, Subject};
use crate::members::MemberCard;
use crate::messages::{self, MessageView};
use crate::operators::{self, Operator, SignedInOperator};
use crate::platform::clock::rfc3339;
use crate::platform::http::{Answer, Page, Problem, cursor_of, id_of};
use crate::platform::ids;
use crate::platform::live::{Audience, Event};
use crate::sites::{Site, SiteId};
use domain::conversations::unread;
use serde_json::json;
use std::collections::HashMap;
use store::{After, OrganizerRow, Wanted};

/// A page of the inbox.
pub async fn page(
    app: &App,
    site: &Site,
    wanted: &Wanted,
    after: Option<After>,
    limit: usize,
) -> Answer<Page<OrganizerView>> {
    let mut rows = store::page(&mut app.db.read().await?, site.id, wanted, after, limit + 1).await?;
    let more = rows.len() > limit;
    rows.truncate(limit);
    let next = rows.last().filter(|_| more).and_then(|row| cursor_of(&(row.is_unread(), row.last_at, row.id)));
    let items = views(app, site.id, rows).await?;
    Ok(Page { items, next })
}

/// One of the organizers' conversations.
pub async fn staff_view(app: &App, site: &Site, id: i64) -> Answer<OrganizerView> {
    let row = store::one(&mut app.db.read().await?, site.id, id).await?.ok_or_else(Problem::not_found)?;
    views(app, site.id, vec![row]).await?.pop().ok_or_else(Problem::not_found)
}

async fn views(app: &App, site: SiteId, rows: Vec<OrganizerRow>) -> Answer<Vec<OrganizerView>> {
    let lasts: Vec<(i64, i64)> = rows.iter().filter(|r| r.last_seq > 0).map(|r| (r.id, r.last_seq)).collect();
    let lasts = messages::at(app, site, &lasts, |_, _| false).await?;
    let mut lasts: HashMap<i64, MessageView> =
        lasts.into_iter().filter_map(|m| Some((ids::read(&m.conversation_id)?, m))).collect();
    let ids: Vec<i64> = rows.iter().map(|r| r.id).collect();
    let others = peers(&mut app.db.read().await?, site, -1, &ids).await?;
    let reads: HashMap<i64, i64> = others.into_iter().map(|p| (p.conversation_id, p.read_seq)).collect();
    let members: Vec<i64> = rows.iter().map(|r| r.member_id).collect();
    let members_found = app.members.get_all(&app.db, site, &members).await?;
    let here = app.hub.connected_among(site.0, &members);
    let view = |row: OrganizerRow| {
        let last_message = lasts.remove(&row.id);
        OrganizerView {
            id: ids::show(row.id),
            kind: Kind::Organizer,
            member: members_found.get(&row.member_id).map(|m| MemberCard::of(m)),
            connected: here.contains(&row.member_id),
            last_seq: row.last_seq,
            last_at: rfc3339(row.last_at),
            read_seq: row.staff_read_seq,
            unread: unread(row.last_seq, row.staff_read_seq, 0),
            peer_read_seq: reads.get(&row.id).copied().unwrap_or(0),
            answered: last_message.as_ref().is_some_and(|message| message.author.is_operator()),
            last_message,
            state: if row.closed { InboxState::Closed } else { InboxState::Open },
            assigned_to: row.assigned_to(),
            notes: row.notes,
        }
    };
    Ok(rows.into_iter().map(view).collect())
}

impl OrganizerRow {
    fn assigned_to(&self) -> Option<Colleague> {
        Some(Colleague { id: ids::show(self.assigned_id?), name: self.assigned_name.clone()? })
    }
}

/// What an operator changes of a conversation in the inbox.
#[derive(Default)]
pub struct InboxChange {
    /// Open or closed.
    pub state: Option<InboxState>,
    /// Up to where it was seen by whoever closes it.
    pub seen: Option<i64>,
    /// Who looks after it: an operator's id, or nobody.
    pub assigned_to: Option<Option<String>>,
}

/// Closes or opens it, gives it to somebody.
pub async fn change(app: &App, me: &SignedInOperator, id: i64, change: InboxChange) -> Answer<OrganizerView> {
    let site = &me.site;
    let row = store::one(&mut app.db.read().await?, site.id, id).await?.ok_or_else(Problem::not_found)?;
    let assigned = match change.assigned_to {
        None => None,
        Some(None) => Some(None),
        Some(Some(operator)) => Some(Some(colleague(app, site.id, &operator).await?)),
    };
    let mut tx = app.db.write("inbox_change").await?;
    if let Some(state) = change.state.filter(|state| (*state == InboxState::Closed) != row.closed) {
        let action = match state {
            InboxState::Closed => {
                store::close(&mut tx, site.id, id, change.seen).await?;
                "conversation.close"
            }
            InboxState::Open => {
                store::open(&mut tx, site.id, id).await?;
                "conversation.open"
            }
        };
        note(app, &mut tx, me, action, id, json!({})).await?;
    }
    if let Some(assigned) = assigned.filter(|to| to.as_ref().map(|to| to.id) != row.assigned_id) {
        store::assign(&mut tx, site.id, id, assigned.as_ref().map(|to| to.id)).await?;
        let detail = json!({"to": assigned.map(|to| to.name)});
        note(app, &mut tx, me, "conversation.assign", id, detail).await?;
    }
    drop(tx.commit().await?);
    tell(app, site, id).await
}

async fn note(
    app: &App,
    tx: &mut crate::platform::db::Tx,
    me: &SignedInOperator,
    action: &'static str,
    id: i64,
    detail: serde_json::Value,
) -> Answer<()> {
    let actor = me.actor();
    Ok(audit::write(app, tx, me.site.id, &actor, action, &Subject::of("conversation", id), detail).await?)
}

async fn colleague(app: &App, site: SiteId, operator: &str) -> Answer<Operator> {
    let unknown = || Problem::invalid("assigned_to: no operator of this site");
    let id = id_of(operator).map_err(|_| unknown())?;
    operators::by_id(app, site, id).await?.ok_or_else(unknown)
}

/// Tells the operators how a conversation is.
async fn tell(app: &App, site: &Site, id: i64) -> Answer<OrganizerView> {
    let view = staff_view(app, site, id).await?;
    let fields = format!("\"conversation\":{}", serde_json::to_string(&view).unwrap_or_default());
    app.hub.publish(Event::new("conversation.updated", fields, Audience::Staff(site.id.0)));
    Ok(view)
}
