//! Blocking and unblocking.

use super::store;
use super::wire::Blocked;
use crate::app::App;
use crate::calls;
use crate::conversations::{actions as conversations, companions_of, groups};
use crate::members::{Member, MemberCard, presence};
use crate::messages;
use crate::platform::clock::rfc3339;
use crate::platform::http::{Answer, Code, Page, Problem, cursor_of};
use crate::platform::ids;
use crate::platform::live::{Audience, Event};
use crate::sites::Site;
use crate::{operators, rooms, rules};
use domain::rules::Right;
use std::sync::Arc;

/// Nobody blocks more members.
const MOST_BLOCKS: i64 = 1_000;

/// Blocks a member; blocking twice is the same. Nothing is told to them, now or later.
pub async fn block(app: &App, site: &Site, me: &Arc<Member>, other: i64) -> Answer<()> {
    let other = blockable(app, site, me, other).await?;
    let _permit = rules::permit_own(site, me)?;
    calls::hang_up_before(app, site.id, me.id, other.id).await?;
    let _order = app.order(me.id ^ other.id).await;
    let mut tx = app.db.write("block").await?;
    if !store::insert_block(&mut tx, site.id, me.id, other.id, app.clock.now()).await? {
        return Ok(());
    }
    if store::count_blocks(&mut tx, site.id, me.id).await? > MOST_BLOCKS {
        return Err(Problem::with(Code::Conflict, format!("you block {MOST_BLOCKS} members already")));
    }
    let facts = conversations::block(app, &mut tx, site.id, me.id, other.id).await?;
    groups::part(&mut tx, site.id, me.id, other.id).await?;
    let rings = calls::part(&mut tx, site.id, me.id, other.id).await?;
    let apart = store::blockers_among(&mut tx, site.id, &[me.id, other.id]).await?.contains(&other.id);
    let committed = tx.commit().await?;
    if !apart {
        // Across the other's block neither was here anyway; to be told again would tell of it.
        presence::tell_parting(app, site, me, &other).await?;
    }
    super::requests::tell_gone(app, site, me, &other).await?;
    calls::tell_parted(app, rings).await?;
    tell_own(app, me, &other);
    if let Some(facts) = facts {
        conversations::tell_member(app, site, me.id, facts.id).await;
    }
    drop(committed);
    Ok(())
}

/// Unblocks a member: what they sent meanwhile appears in its place.
pub async fn unblock(app: &App, site: &Site, me: &Arc<Member>, other: i64) -> Answer<()> {
    let _permit = rules::permit_own(site, me)?;
    let _order = app.order(me.id ^ other).await;
    let mut tx = app.db.write("unblock").await?;
    if !store::delete_block(&mut tx, site.id, me.id, other).await? {
        drop(tx);
        // Whom one may not see is not there.
        return blockable(app, site, me, other).await.map(drop);
    }
    let ended = conversations::unblock(app, &mut tx, site.id, me.id, other).await?;
    if store::blockers_among(&mut tx, site.id, &[me.id, other]).await?.is_empty() {
        groups::meet(&mut tx, site.id, me.id, other).await?;
    }
    let rings = calls::meet(&mut tx, site.id, me.id, other).await?;
    let mut waited = None;
    if let Some(ended) = &ended {
        waited = Some(messages::release(&mut tx, site.id, ended.facts.id, other, ended.seen).await?);
    }
    let committed = tx.commit().await?;
    if let Some(ended) = &ended {
        conversations::unblocked(app, me.id, &ended.facts);
        if let Some(seq) = ended.read_seq {
            let fields = format!(
                "\"conversation_id\":\"{}\",\"member_id\":\"{}\",\"seq\":{seq}",
                ids::show(ended.facts.id),
                ids::show(me.id)
            );
            app.hub.publish(Event::new("conversation.read", fields, Audience::Member(other)));
        }
    }
    if let Some(waited) = waited {
        messages::tell_waited(app, site.id, me.id, waited).await?;
    }
    let other = app.members.get(&app.db, site.id, other).await?.ok_or_else(Problem::not_found)?;
    presence::tell_meeting(app, site, me, &other).await?;
    tell_own(app, me, &other);
    super::requests::tell_waiting(app, site, me, &other).await?;
    calls::tell_met(app, rings).await?;
    if let Some(ended) = ended {
        conversations::tell_member(app, site, me.id, ended.facts.id).await;
    }
    drop(committed);
    Ok(())
}

/// Tells one's own devices that what is between one and another changed.
fn tell_own(app: &App, me: &Member, other: &Member) {
    let card = serde_json::to_string(&MemberCard::of(other)).unwrap_or_default();
    app.hub.publish(Event::new("member.updated", format!("\"member\":{card}"), Audience::Member(me.id)));
}

/// Somebody one may block: whom one sees, or has to do with. The site's staff can't be blocked.
async fn blockable(app: &App, site: &Site, me: &Arc<Member>, other: i64) -> Answer<Arc<Member>> {
    if other == me.id {
        return Err(Problem::invalid("member: not yourself"));
    }
    let Some(found) = app.members.get(&app.db, site.id, other).await? else {
        return Err(match operators::by_id(app, site.id, other).await? {
            Some(_) => Problem::invalid("member: the organizers can't be blocked"),
            None => Problem::not_found(),
        });
    };
    let between = rules::between(app, site, me, &[other]).await?.remove(&other).unwrap_or_default();
    let known = between.conversation.is_some() || between.request.is_some() || between.blocked;
    // Whom one meets in a group or a room can be blocked, whatever the rules let one see elsewhere.
    if !known && !meet(app, site, me, &found).await? {
        rules::permit(app, site, me, &found, Right::See, &between).await?;
    }
    Ok(found)
}

/// Whether two have a group in common, or a room.
async fn meet(app: &App, site: &Site, one: &Member, other: &Member) -> Answer<bool> {
    let together = companions_of(app, site.id, one.id).await?.contains(&other.id);
    Ok(together || rooms::share(app, site, one, other).await?)
}

/// A page of the members one blocks, newest first.
pub async fn page(
    app: &App,
    site: &Site,
    me: &Member,
    after: Option<(i64, i64)>,
    limit: usize,
) -> Answer<Page<Blocked>> {
    let mut rows = store::blocked_page(&mut app.db.read().await?, site.id, me.id, after, limit + 1).await?;
    let more = rows.len() > limit;
    rows.truncate(limit);
    let next = rows.last().filter(|_| more).and_then(|(id, at)| cursor_of(&(*at, *id)));
    let ids: Vec<i64> = rows.iter().map(|(id, _)| *id).collect();
    let members = app.members.get_all(&app.db, site.id, &ids).await?;
    let items = rows
        .into_iter()
        .filter_map(|(id, at)| Some(Blocked { member: MemberCard::of(members.get(&id)?), blocked_at: rfc3339(at) }));
    Ok(Page { items: items.collect(), next })
}
