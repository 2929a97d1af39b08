//! Who is here now, and telling the others: those who may see them, and never across a block.

use super::store::Member;
use super::wire::MemberCard;
use crate::app::App;
use crate::contacts;
use crate::conversations;
use crate::platform::clock::{Millis, pause};
use crate::platform::http::{Answer, Bucket};
use crate::platform::ids;
use crate::platform::live::{Audience, Event};
use crate::rooms;
use crate::rules::{self, Between};
use crate::sites::{Site, SiteId};
use domain::rules::Right;
use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

/// Up to this many members here, everybody on a site who may see them is told who comes and goes; beyond it only
/// those who have a conversation with them are, and gathered (decision 0005 says why).
const SMALL_SITE: usize = 256;
/// On a large site comings and goings are gathered for so long: whoever is back by then was never away.
const GATHER: Duration = Duration::from_millis(400);
/// A site that was large stays so for this long: when everybody is cut at once, those who come back first must not
/// be told to all who follow.
const LARGE_FOR: Millis = 10 * 60 * 1_000;
/// On a large site so many members a second who can be contacted by others than before are told to everybody; the
/// rest to those who have a conversation with them.
const TOLD_TO_ALL: Bucket = Bucket { per_second: 20.0, burst: 100.0 };

/// Tells comings and goings, for as long as the process lives.
pub async fn tell_forever(app: App) {
    let mut large: HashMap<i64, Millis> = HashMap::new();
    loop {
        let mut gather = false;
        for comings in app.hub.comings().await {
            let now = app.clock.now();
            app.seen.at(SiteId(comings.place), comings.members.iter().map(|(member, _)| *member), now);
            if comings.before.max(comings.members.len()) > SMALL_SITE {
                large.insert(comings.place, now + LARGE_FOR);
            }
            large.retain(|_, until| *until > now);
            let site = SiteId(comings.place);
            let told = if large.contains_key(&comings.place) {
                gather = true;
                tell_peers(&app, site, &comings.members).await
            } else {
                tell_seers(&app, site, &comings.members).await
            };
            if let Err(problem) = told {
                tracing::error!(?problem, "could not tell who is here");
            }
        }
        if gather {
            pause(GATHER).await;
        }
    }
}

fn event(member: i64, connected: bool, audience: Audience) -> Event {
    let fields = format!("\"member_id\":\"{}\",\"connected\":{connected}", ids::show(member));
    Event::new("presence", fields, audience)
}

/// Tells everybody who may see them.
async fn tell_seers(app: &App, site: SiteId, comings: &[(i64, bool)]) -> Answer<()> {
    let ids: Vec<i64> = comings.iter().map(|(member, _)| *member).collect();
    let members = app.members.get_all(&app.db, site, &ids).await?;
    let mut but = blocks_of(app, site, &ids).await?;
    let mut told = Vec::with_capacity(comings.len());
    for (id, connected) in comings {
        let Some(member) = members.get(id) else { continue };
        let audience = audience(app, site, &[member], but.remove(id).unwrap_or_default(), Vec::new()).await?;
        told.push(event(*id, *connected, audience));
    }
    app.hub.publish_all(told);
    Ok(())
}

/// Those who may see a member as they are (or as they were), without some, with others.
async fn audience(app: &App, site: SiteId, as_they_are: &[&Member], but: Vec<i64>, also: Vec<i64>) -> Answer<Audience> {
    let mut classes: Vec<i64> = Vec::new();
    let mut everybody = false;
    for member in as_they_are {
        match rules::seers(app, site, member.class).await? {
            Some(seers) => classes.extend(seers.iter()),
            None => everybody = true,
        }
    }
    classes.sort_unstable();
    classes.dedup();
    if everybody && but.is_empty() {
        return Ok(Audience::Site(site.0));
    }
    let classes = (!everybody).then(|| Arc::from(classes));
    Ok(Audience::Seers { site: site.0, classes, but: but.into(), also: also.into() })
}

async fn blocks_of(app: &App, site: SiteId, members: &[i64]) -> Answer<HashMap<i64, Vec<i64>>> {
    let mut found: HashMap<i64, Vec<i64>> = HashMap::new();
    let mut reader = app.db.read().await?;
    for chunk in members.chunks(500) {
        for (member, other) in contacts::blocks_around(&mut reader, site, chunk).await? {
            found.entry(member).or_default().push(other);
        }
    }
    for others in found.values_mut() {
        others.sort_unstable();
    }
    Ok(found)
}

/// Tells those who have a conversation with them and may see them.
async fn tell_peers(app: &App, site: SiteId, comings: &[(i64, bool)]) -> Answer<()> {
    let connected: HashMap<i64, bool> = comings.iter().copied().collect();
    let members: Vec<i64> = connected.keys().copied().collect();
    let pairs = conversations::unblocked_directs_of(app, site, &members).await?;
    let peers: Vec<i64> = pairs.iter().map(|(_, peer, _)| *peer).collect();
    let here = app.hub.connected_among(site.0, &peers);
    let pairs: Vec<(i64, i64)> =
        pairs.into_iter().filter(|(_, peer, _)| here.contains(peer)).map(|(member, peer, _)| (member, peer)).collect();
    let pairs = rules::seen_pairs(app, site, pairs).await?;
    let told = pairs
        .into_iter()
        .filter_map(|(member, peer)| Some(event(member, *connected.get(&member)?, Audience::Member(peer))));
    app.hub.publish_all(told);
    Ok(())
}

/// One blocks the other: from now on neither is here for the other.
pub async fn tell_parting(app: &App, site: &Site, one: &Arc<Member>, other: &Arc<Member>) -> Answer<()> {
    tell_pair(app, site, one, other, false).await
}

/// The last block between the two ended: who is here is here again for the other.
pub async fn tell_meeting(app: &App, site: &Site, one: &Arc<Member>, other: &Arc<Member>) -> Answer<()> {
    let between = rules::between(app, site, one, &[other.id]).await?.remove(&other.id).unwrap_or_default();
    if between.shows_presence() { tell_pair(app, site, one, other, true).await } else { Ok(()) }
}

async fn tell_pair(app: &App, site: &Site, one: &Member, other: &Member, connected: bool) -> Answer<()> {
    let here = app.hub.connected_among(site.id.0, &[one.id, other.id]);
    for (who, reader) in [(one, other), (other, one)] {
        let seen = rules::decide(app, site, reader, who, Right::See, &Between::default()).await?.allowed();
        if seen && here.contains(&who.id) {
            app.hub.publish(event(who.id, connected, Audience::Member(reader.id)));
        }
    }
    Ok(())
}

/// Tells that a profile changed, to everybody who may be showing it; and where it changes what others may do, how
/// their conversations are now.
pub(super) async fn tell_profile(app: &App, before: &Member, member: &Member) -> Answer<()> {
    let card = serde_json::to_string(&MemberCard::of(member)).unwrap_or_default();
    let site = member.site;
    app.hub.set_classes([(member.id, member.class)]);
    if before.populations != member.populations {
        rooms::recheck(app, member).await?;
    }
    let of_rules = before.class != member.class
        || before.chat_enabled != member.chat_enabled
        || before.profile.contactable != member.profile.contactable;
    let small = app.hub.connections(site.0) <= SMALL_SITE;
    let to_all = small || (of_rules && app.profile_news.take(site.0, TOLD_TO_ALL, &app.clock).is_ok());
    // Whoever shares a conversation reads their name there, whatever the rules say.
    let mut also = conversations::companions_of(app, site, member.id).await?;
    also.push(member.id);
    let also = sorted(also);
    let audience = if to_all {
        audience(app, site, &[before, member], Vec::new(), also).await?
    } else {
        Audience::Seers { site: site.0, classes: Some(Arc::from([])), but: Arc::from([]), also: also.into() }
    };
    app.hub.publish(Event::new("member.updated", format!("\"member\":{card}"), audience));
    if of_rules && let Some(site) = app.sites.get(&app.db, site).await? {
        rules::tell_relations(app, &site, member).await?;
    }
    Ok(())
}

fn sorted(mut ids: Vec<i64>) -> Vec<i64> {
    ids.sort_unstable();
    ids
}
