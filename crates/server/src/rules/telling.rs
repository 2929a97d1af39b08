//! Telling everybody connected when what one may do has changed.

use super::policy;
use crate::app::App;
use crate::conversations;
use crate::members::Member;
use crate::platform::http::Answer;
use crate::platform::live::{Audience, Event};
use crate::sites::{self, Site, SiteId};
use domain::rules::{Grants, Right};
use std::collections::HashMap;
use std::sync::Arc;

/// With more people here, or more conversations between them, everybody is told to load again.
const MOST_WATCHED: usize = 2_000;

/// What the rules grant, before they change, in the direct conversations of those who are here.
pub struct Watched {
    /// By reader and peer: the conversation, and what is granted. `None`: too many.
    pairs: Option<HashMap<(i64, i64), (i64, Grants)>>,
}

impl Watched {
    /// How it is now.
    pub async fn of(app: &App, site: &Site) -> Answer<Watched> {
        let here: Vec<i64> = app.hub.connected_members(site.id.0).into_iter().collect();
        if here.len() > MOST_WATCHED {
            return Ok(Watched { pairs: None });
        }
        let directs = conversations::directs_of(app, site.id, &here).await?;
        if directs.len() > MOST_WATCHED {
            return Ok(Watched { pairs: None });
        }
        let mut people: Vec<i64> = directs.iter().flat_map(|(reader, peer, _)| [*reader, *peer]).collect();
        people.sort_unstable();
        people.dedup();
        let people = app.members.get_all(&app.db, site.id, &people).await?;
        let policy = policy::of(app, site.id).await?;
        let mut pairs = HashMap::with_capacity(directs.len());
        for (reader, peer, conversation) in directs {
            let (Some(one), Some(other)) = (people.get(&reader), people.get(&peer)) else { continue };
            pairs.insert((reader, peer), (conversation, policy.grants(app, one.class, other.class).await?));
        }
        Ok(Watched { pairs: Some(pairs) })
    }

    /// Tells everybody here, now that the change is committed: that something may have changed, and to each whose
    /// conversations it concerns, how they are now.
    pub async fn tell(self, app: &App, site: &Site) -> Answer<()> {
        let here: Vec<i64> = app.hub.connected_members(site.id.0).into_iter().collect();
        let people = app.members.get_all(&app.db, site.id, &here).await?;
        app.hub.set_classes(people.values().map(|member| (member.id, member.class)));
        sites::actions::tell(app, site);
        let Some(before) = self.pairs else {
            app.hub.publish(load_again(Audience::Site(site.id.0)));
            return Ok(());
        };
        let Some(now) = Watched::of(app, site).await?.pairs else { return Ok(()) };
        for (pair, (conversation, granted)) in now {
            if before.get(&pair).is_none_or(|(_, before)| !same(before, &granted)) {
                conversations::actions::tell_member(app, site, pair.0, conversation).await;
            }
        }
        Ok(())
    }
}

fn same(one: &Grants, other: &Grants) -> bool {
    Right::ALL.into_iter().all(|right| one.of(right).allows() == other.of(right).allows())
}

fn load_again(audience: Audience) -> Event {
    Event::new("resync", "\"reason\":\"rules\"".to_owned(), audience)
}

/// What is told of a member who became somebody else as far as the rules, their switch or their standing go: each
/// conversation of theirs, to both sides.
pub async fn tell_relations(app: &App, site: &Site, member: &Member) -> Answer<()> {
    let directs = conversations::directs_of(app, site.id, &[member.id]).await?;
    let peers: Vec<i64> = directs.iter().map(|(_, peer, _)| *peer).collect();
    let here = app.hub.connected_among(site.id.0, &peers);
    for (_, peer, conversation) in directs.iter().filter(|(_, peer, _)| here.contains(peer)) {
        conversations::actions::tell_member(app, site, *peer, *conversation).await;
    }
    if directs.len() > MOST_WATCHED / 10 {
        app.hub.publish(load_again(Audience::Member(member.id)));
        return Ok(());
    }
    if !app.hub.connected_among(site.id.0, &[member.id]).is_empty() {
        for (_, _, conversation) in directs {
            conversations::actions::tell_member(app, site, member.id, conversation).await;
        }
    }
    Ok(())
}

/// The classes whose members may see members of a class; `None`: everybody.
pub async fn seers(app: &App, site: SiteId, class: i64) -> Answer<Option<Arc<[i64]>>> {
    let policy = policy::of(app, site).await?;
    if policy.is_open() {
        return Ok(None);
    }
    let mut seers = Vec::new();
    for viewer in crate::members::classes_of(app, site).await? {
        if policy.grants(app, viewer.id, class).await?.of(Right::See).allows() {
            seers.push(viewer.id);
        }
    }
    seers.sort_unstable();
    Ok(Some(seers.into()))
}
