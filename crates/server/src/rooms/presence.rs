//! Telling those inside a room who comes and who goes: gathered, and never across a block.

use crate::app::App;
use crate::contacts;
use crate::members::MemberCard;
use crate::platform::clock::pause;
use crate::platform::http::Answer;
use crate::platform::ids;
use crate::platform::live::{Audience, Comings, Event};
use crate::sites::SiteId;
use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;
use std::time::Duration;

/// More at once are told as a number alone.
const MOST_NAMED: usize = 100;
/// With more inside, comings and goings are gathered for longer.
const SMALL_ROOM: usize = 100;
const GATHER_SMALL: Duration = Duration::from_millis(50);
const GATHER_LARGE: Duration = Duration::from_millis(500);

/// Tells comings and goings, for as long as the process lives.
pub async fn tell_forever(app: App) {
    loop {
        let all = app.hub.room_comings().await;
        let mut gather = GATHER_SMALL;
        for comings in all {
            if app.hub.count_inside(comings.place, &[]) > SMALL_ROOM {
                gather = GATHER_LARGE;
            }
            if let Err(problem) = tell(&app, &comings).await {
                tracing::error!(?problem, "could not tell who is inside a room");
            }
        }
        pause(gather).await;
    }
}

async fn tell(app: &App, comings: &Comings) -> Answer<()> {
    let room = comings.place;
    let Some(site) = app.rooms.site_of(room) else { return Ok(()) };
    let (_, inside) = app.hub.inside(room);
    let apart = apart_inside(app, site, &inside).await?;
    let changed: Vec<i64> = comings.members.iter().map(|(member, _)| *member).collect();
    let named = changed.len() <= MOST_NAMED;
    let people = if named { app.members.get_all(&app.db, site, &changed).await? } else { Default::default() };
    let card =
        |id: &i64| people.get(id).map(|person| serde_json::to_string(&MemberCard::of(person)).unwrap_or_default());
    let frames = |viewer: Option<i64>, audience: &Audience| {
        let hidden = viewer.and_then(|viewer| apart.get(&viewer));
        let is_hidden = |id: &i64| hidden.is_some_and(|hidden| hidden.contains(id));
        let count = inside.len() - hidden.map_or(0, |hidden| inside.iter().filter(|id| hidden.contains(id)).count());
        let of = |connected: bool| {
            let moved = comings.members.iter().filter(move |(_, now)| *now == connected).map(|(id, _)| id);
            moved.filter(|id| !is_hidden(id)).collect::<Vec<_>>()
        };
        let (joined, left) = (of(true), of(false));
        let joined_cards: Vec<String> =
            if named { joined.iter().filter_map(|id| card(id)).collect() } else { Vec::new() };
        let left_ids: Vec<String> =
            if named { left.iter().map(|id| format!("\"{}\"", ids::show(**id))).collect() } else { Vec::new() };
        let event = |kind, members: &[String]| {
            let conversation = ids::show(room);
            let members = members.join(",");
            let fields = format!("\"conversation_id\":\"{conversation}\",\"members\":[{members}],\"count\":{count}");
            Event::new(kind, fields, audience.clone())
        };
        let mut events = Vec::new();
        if !joined.is_empty() {
            events.push(event("room.joined", &joined_cards));
        }
        if !left.is_empty() {
            events.push(event("room.left", &left_ids));
        }
        events
    };
    let mut told = Vec::new();
    let (own, others): (Vec<i64>, Vec<i64>) = inside.iter().copied().partition(|id| apart.contains_key(id));
    let rest = (!own.is_empty()).then(|| sorted(others));
    told.extend(frames(None, &Audience::Room { id: room, members: rest }));
    for viewer in own {
        told.extend(frames(Some(viewer), &Audience::Room { id: room, members: Some(Arc::from([viewer])) }));
    }
    app.hub.publish_all(told);
    Ok(())
}

fn sorted(mut ids: Vec<i64>) -> Arc<[i64]> {
    ids.sort_unstable();
    ids.into()
}

/// Those inside between whom and somebody there is a block, and who that is.
async fn apart_inside(app: &App, site: SiteId, inside: &[i64]) -> Answer<BTreeMap<i64, HashSet<i64>>> {
    let mut apart: BTreeMap<i64, HashSet<i64>> = BTreeMap::new();
    let mut reader = app.db.read().await?;
    for chunk in inside.chunks(500) {
        for (member, other) in contacts::blocks_around(&mut reader, site, chunk).await? {
            apart.entry(member).or_default().insert(other);
        }
    }
    Ok(apart)
}
