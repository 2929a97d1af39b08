//! Who is here now, and telling the others.

use super::store::Member;
use super::wire::MemberCard;
use crate::app::App;
use crate::conversations;
use crate::platform::clock::pause;
use crate::platform::ids;
use crate::platform::live::{Audience, Event};
use crate::sites::SiteId;
use std::time::Duration;

/// Up to this many open connections on a site, everybody is told who comes and goes; beyond it only
/// those who have a conversation with them are, and gathered (docs/features/members.md says why).
const SMALL_SITE: usize = 256;
/// On a large site comings and goings are gathered for so long: a reconnect storm costs nothing.
const GATHER: Duration = Duration::from_millis(400);

/// Tells comings and goings, for as long as the process lives.
pub async fn tell_forever(app: App) {
    loop {
        let changes = app.hub.presence_changes().await;
        let mut large = false;
        for (member, site) in changes {
            large |= app.hub.connections(SiteId(site).0) > SMALL_SITE;
            tell(&app, member, SiteId(site)).await;
        }
        if large {
            pause(GATHER).await;
        }
    }
}

async fn tell(app: &App, member: i64, site: SiteId) {
    let connected = app.hub.is_connected(member);
    let fields = format!("\"member_id\":\"{}\",\"connected\":{connected}", ids::show(member));
    tell_around(app, member, site, Event::new("presence", fields, Audience::Site(site.0))).await;
}

/// Tells that a profile changed, to everybody who may be showing it.
pub(super) async fn tell_profile(app: &App, member: &Member) {
    let card = serde_json::to_string(&MemberCard::of(member)).unwrap_or_default();
    let event = Event::new("member.updated", format!("\"member\":{card}"), Audience::Site(member.site.0));
    tell_around(app, member.id, member.site, event).await;
}

async fn tell_around(app: &App, member: i64, site: SiteId, event: Event) {
    if app.hub.connections(site.0) <= SMALL_SITE {
        return app.hub.publish(event);
    }
    let peers = match conversations::direct_peers(app, site, member).await {
        Ok(peers) => peers,
        Err(error) => {
            tracing::error!(%error, "could not tell who is here");
            return;
        }
    };
    let to = peers.into_iter().chain([member]).filter(|id| app.hub.is_connected(*id));
    app.hub.publish_all(to.map(|id| Event { audience: Audience::Member(id), ..event.clone() }));
}
