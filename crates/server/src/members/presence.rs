//! Who is here now, and telling the others.

use super::store::Member;
use super::wire::MemberCard;
use crate::app::App;
use crate::conversations;
use crate::platform::clock::{Millis, pause};
use crate::platform::ids;
use crate::platform::live::{Audience, Event};
use crate::sites::SiteId;
use std::collections::HashMap;
use std::time::Duration;

/// Up to this many members here, everybody on a site is told who comes and goes; beyond it only those who have a
/// conversation with them are, and gathered (decision 0005 says why).
const SMALL_SITE: usize = 256;
/// On a large site comings and goings are gathered for so long: whoever is back by then was never away.
const GATHER: Duration = Duration::from_millis(400);
/// A site that was large stays so for this long: when everybody is cut at once, those who come back first must not
/// be told to all who follow.
const LARGE_FOR: Millis = 10 * 60 * 1_000;

/// Tells comings and goings, for as long as the process lives.
pub async fn tell_forever(app: App) {
    let mut large: HashMap<i64, Millis> = HashMap::new();
    loop {
        let mut gather = false;
        for comings in app.hub.comings().await {
            let now = app.clock.now();
            if comings.before.max(comings.members.len()) > SMALL_SITE {
                large.insert(comings.site, now + LARGE_FOR);
            }
            large.retain(|_, until| *until > now);
            if large.contains_key(&comings.site) {
                gather = true;
                tell_peers(&app, SiteId(comings.site), &comings.members).await;
            } else {
                let site = comings.site;
                let told = comings.members.iter().map(|(id, connected)| event(*id, *connected, Audience::Site(site)));
                app.hub.publish_all(told);
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

/// Tells those who have a conversation with them.
async fn tell_peers(app: &App, site: SiteId, comings: &[(i64, bool)]) {
    let members: Vec<i64> = comings.iter().map(|(member, _)| *member).collect();
    let pairs = match conversations::direct_peers(app, site, &members).await {
        Ok(pairs) => pairs,
        Err(error) => {
            tracing::error!(%error, "could not tell who is here");
            return;
        }
    };
    let peers: Vec<i64> = pairs.iter().map(|(_, peer)| *peer).collect();
    let here = app.hub.connected_among(site.0, &peers);
    let connected: HashMap<i64, bool> = comings.iter().copied().collect();
    let to_peers = pairs.into_iter().filter(|(_, peer)| here.contains(peer));
    let told =
        to_peers.filter_map(|(member, peer)| Some(event(member, *connected.get(&member)?, Audience::Member(peer))));
    app.hub.publish_all(told);
}

/// Tells that a profile changed, to everybody who may be showing it.
pub(super) async fn tell_profile(app: &App, member: &Member) {
    let card = serde_json::to_string(&MemberCard::of(member)).unwrap_or_default();
    let site = member.site;
    let event = Event::new("member.updated", format!("\"member\":{card}"), Audience::Site(site.0));
    if app.hub.connections(site.0) <= SMALL_SITE {
        return app.hub.publish(event);
    }
    match conversations::direct_peers(app, site, &[member.id]).await {
        Ok(pairs) => {
            let to = pairs.into_iter().map(|(_, peer)| peer).chain([member.id]);
            app.hub.publish_all(to.map(|id| Event { audience: Audience::Member(id), ..event.clone() }));
        }
        Err(error) => tracing::error!(%error, "could not tell of a changed profile"),
    }
}
