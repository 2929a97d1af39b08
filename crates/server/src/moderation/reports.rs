//! What members report to the moderators.

use super::store::reports::{self as store, ReportRow, ReportState};
use super::telling;
use super::wire::ReportView;
use crate::app::App;
use crate::audit::{self, Actor, Subject};
use crate::conversations::{self, Kind, actions::participating};
use crate::members::Member;
use crate::messages::{self, MessageView};
use crate::platform::http::{Answer, Bucket, Code, Problem};
use crate::platform::ids;
use crate::rooms;
use crate::rules;
use crate::sites::{Site, SiteId};
use crate::webhooks::Event;
use domain::rules::Right;
use serde::Deserialize;
use serde_json::json;
use std::collections::HashMap;
use utoipa::ToSchema;

/// Public messages shown on either side of one that was reported.
const AROUND: i64 = 5;
/// So many are shown at once to the moderators of a room.
const MOST_SHOWN: usize = 200;
/// Reports of one member: ten at once, then one every thirty seconds.
pub const PACE: Bucket = Bucket { per_second: 1.0 / 30.0, burst: 10.0 };

/// Something to be reported: a message, or a person.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewReport {
    /// The id of a message one can see.
    #[serde(default)]
    pub message: Option<String>,
    /// Or the id of a member.
    #[serde(default)]
    pub member: Option<String>,
    /// With a member: the room in which it happened, whose moderators are to see it.
    #[serde(default)]
    pub conversation: Option<String>,
    /// What is wrong, in 1 to 300 characters.
    pub reason: String,
}

/// Reports something: the report's id. The same thing again, while nobody has looked after it, is the same report.
pub async fn report(app: &App, site: &Site, me: &Member, new: &NewReport) -> Answer<i64> {
    let reason = telling::words(&new.reason).ok_or_else(|| Problem::said("refusal.moderation.reason"))?;
    app.moderation.reporting.take(me.id, PACE, &app.clock)?;
    let about = match (&new.message, &new.member) {
        (Some(message), None) if new.conversation.is_none() => message_seen(app, site, me, message).await?,
        (None, Some(member)) => person_seen(app, site, me, member, new.conversation.as_deref()).await?,
        _ => return Err(Problem::invalid("message or member: one of them")),
    };
    if about.member == me.id {
        return Err(Problem::said("refusal.report.self"));
    }
    let row = ReportRow {
        id: app.ids.next(&app.clock),
        by_id: me.id,
        member_id: about.member,
        conversation_id: about.conversation,
        in_room: about.in_room,
        seq: about.seq,
        reason,
        created_at: app.clock.now(),
        state: "open".to_owned(),
        note: None,
        resolved_by: None,
        resolved_at: None,
    };
    let mut tx = app.db.write("report").await?;
    if let Some(known) = store::same(&mut tx, site.id, &row).await? {
        return Ok(known);
    }
    store::insert(&mut tx, site.id, &row).await?;
    app.webhooks.tell(app, &mut tx, site.id, Event::ReportCreated, &|| told(&row)).await?;
    drop(tx.commit().await?);
    telling::waiting_changed(app, site, row.conversation_id.filter(|_| row.in_room)).await?;
    Ok(row.id)
}

struct About {
    member: i64,
    conversation: Option<i64>,
    in_room: bool,
    seq: Option<i64>,
}

/// A member's message that one can see.
async fn message_seen(app: &App, site: &Site, me: &Member, message: &str) -> Answer<About> {
    let (id, seq) = ids::read_message(message).ok_or_else(Problem::not_found)?;
    let facts = participating(app, site, me, id).await?;
    if facts.kind == Kind::Room {
        rooms::enter(app, site, me, id).await?;
    } else {
        let window = conversations::window(app, site.id, me.id, id).await?;
        if seq <= window.cleared || window.blocked_at.is_some_and(|at| seq > at) {
            return Err(Problem::not_found());
        }
    }
    let mut reader = app.db.read().await?;
    let found = store::message(&mut reader, site.id, id, seq).await?.ok_or_else(Problem::not_found)?;
    if found.whisper && !rooms::reaches(&mut reader, site.id, id, seq).await?.contains(&me.id) {
        return Err(Problem::not_found());
    }
    if found.author_kind != "member" {
        return Err(Problem::said("refusal.report.not_of_member"));
    }
    Ok(About { member: found.author_id, conversation: Some(id), in_room: facts.kind == Kind::Room, seq: Some(seq) })
}

/// A member whom one can see.
async fn person_seen(app: &App, site: &Site, me: &Member, member: &str, room: Option<&str>) -> Answer<About> {
    let id = ids::read(member).ok_or_else(Problem::not_found)?;
    let member = app.members.get(&app.db, site.id, id).await?.ok_or_else(Problem::not_found)?;
    let conversation = match room {
        None => None,
        Some(room) => {
            let room = rooms::enter(app, site, me, ids::read(room).ok_or_else(Problem::not_found)?).await?;
            let met = rooms::met(app, site, me, &room, std::slice::from_ref(&member)).await?;
            Some(room.id).filter(|_| met.contains(&id))
        }
    };
    if conversation.is_none() && id != me.id {
        rules::may(app, site, me, &member, Right::See).await?;
    }
    Ok(About { member: id, conversation, in_room: conversation.is_some(), seq: None })
}

/// What is open in a room, oldest first.
pub async fn open_in(app: &App, site: SiteId, room: i64) -> Answer<Vec<ReportView>> {
    let rows = store::open_in(&mut app.db.read().await?, site, room, MOST_SHOWN).await?;
    views(app, site, &rows).await
}

/// The reports of a site before this one, newest first; and where the next page begins.
pub async fn page(
    app: &App,
    site: SiteId,
    state: Option<ReportState>,
    before: i64,
    limit: usize,
) -> Answer<(Vec<ReportView>, Option<i64>)> {
    let mut rows = store::page(&mut app.db.read().await?, site, state, before, limit + 1).await?;
    let more = rows.len() > limit;
    rows.truncate(limit);
    let next = rows.last().filter(|_| more).map(|last| last.id);
    Ok((views(app, site, &rows).await?, next))
}

/// A moderator has looked after a report of a room (`None`: any of the site). Twice is the same.
pub async fn resolve(
    app: &App,
    site: &Site,
    by: &Actor,
    (room, id): (Option<i64>, i64),
    note: Option<&str>,
) -> Answer<ReportView> {
    let note = telling::note(note)?;
    let row = store::one(&mut app.db.read().await?, site.id, id).await?;
    let of_room = |row: &ReportRow| room.is_none() || (row.in_room && row.conversation_id == room);
    let row = row.filter(of_room).ok_or_else(Problem::not_found)?;
    let mut tx = app.db.write("report_resolve").await?;
    if store::resolve(&mut tx, site.id, id, (&by.name, note.as_deref()), app.clock.now()).await? {
        let detail = json!({"member": ids::show(row.member_id), "conversation": row.conversation_id.map(ids::show),
            "note": note});
        audit::write(app, &mut tx, site.id, by, "report.resolve", &Subject::of("report", id), detail).await?;
        drop(tx.commit().await?);
        telling::waiting_changed(app, site, row.conversation_id.filter(|_| row.in_room)).await?;
    } else {
        drop(tx);
    }
    let row = store::one(&mut app.db.read().await?, site.id, id).await?.ok_or_else(Problem::not_found)?;
    views(app, site.id, &[row]).await?.pop().ok_or_else(|| Problem::new(Code::Internal))
}

/// What webhooks are told of a report.
fn told(row: &ReportRow) -> serde_json::Value {
    let message = row.conversation_id.zip(row.seq).map(|(id, seq)| ids::show_message(id, seq));
    json!({"report": {"id": ids::show(row.id), "by": ids::show(row.by_id), "member": ids::show(row.member_id),
        "conversation_id": row.conversation_id.map(ids::show), "message": message, "reason": row.reason}})
}

async fn views(app: &App, site: SiteId, rows: &[ReportRow]) -> Answer<Vec<ReportView>> {
    let cards = telling::cards(app, site, rows.iter().flat_map(|row| [row.by_id, row.member_id])).await?;
    let mut reader = app.db.read().await?;
    let mut around: Vec<(i64, i64)> = Vec::new();
    for row in rows {
        let Some((id, seq)) = row.conversation_id.zip(row.seq) else { continue };
        around.push((id, seq));
        // What is said among a few is shown to nobody else but for what was reported.
        for before in [true, false].into_iter().filter(|_| row.in_room) {
            let near = store::public_around(&mut reader, site, id, seq, before, AROUND).await?;
            around.extend(near.into_iter().map(|seq| (id, seq)));
        }
    }
    drop(reader);
    around.sort_unstable();
    around.dedup();
    let mut shown: HashMap<(i64, i64), MessageView> = HashMap::with_capacity(around.len());
    for chunk in around.chunks(500) {
        for message in messages::at(app, site, chunk, |_, _| false).await? {
            shown.extend(ids::read_message(&message.id).map(|place| (place, message)));
        }
    }
    Ok(rows.iter().filter_map(|row| view(row, &cards, &shown)).collect())
}

fn view(
    row: &ReportRow,
    cards: &HashMap<i64, crate::members::MemberCard>,
    shown: &HashMap<(i64, i64), MessageView>,
) -> Option<ReportView> {
    let place = row.conversation_id.zip(row.seq);
    let mut context: Vec<&MessageView> = match place {
        Some((id, seq)) if row.in_room => {
            let public =
                shown.iter().filter(|((of, at), message)| *of == id && *at != seq && message.whisper_to.is_none());
            let mut near: Vec<(&(i64, i64), &MessageView)> = public.collect();
            near.sort_unstable_by_key(|((_, at), _)| *at);
            let from = near.partition_point(|((_, at), _)| *at < seq);
            let most = usize::try_from(AROUND).unwrap_or(0);
            near[from.saturating_sub(most)..near.len().min(from + most)].iter().map(|(_, message)| *message).collect()
        }
        _ => Vec::new(),
    };
    Some(ReportView {
        id: ids::show(row.id),
        by: cards.get(&row.by_id)?.clone(),
        member: cards.get(&row.member_id)?.clone(),
        conversation_id: row.conversation_id.map(ids::show),
        message: place.and_then(|place| shown.get(&place)).cloned(),
        context: context.drain(..).cloned().collect(),
        reason: row.reason.clone(),
        created_at: crate::platform::clock::rfc3339(row.created_at),
        state: row.state(),
        note: row.note.clone(),
        resolved_by: row.resolved_by.clone(),
        resolved_at: row.resolved_at.map(crate::platform::clock::rfc3339),
    })
}
