//! Telling those inside a room who comes and who goes: gathered, and never across a block.

use crate::app::App;
use crate::contacts;
use crate::members::MemberCard;
use crate::platform::clock::pause;
use crate::platform::http::Answer;
use crate::platform::ids;
use crate::platform::live::{Audience, Comings, Event};
use crate::sites::SiteId;
use std::collections::{BTreeMap, BTreeSet, HashSet};
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
    let changed: Vec<i64> = comings.members.iter().map(|(member, _)| *member).collect();
    let Apart { apart, but } = Apart::of(app, site, &inside, &changed).await?;
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
    let mut told = frames(None, &Audience::RoomBut { id: room, but });
    for viewer in apart.keys() {
        told.extend(frames(Some(*viewer), &Audience::Room { id: room, members: Some(Arc::from([*viewer])) }));
    }
    app.hub.publish_all(told);
    Ok(())
}

/// Who must not be told what the others are.
struct Apart {
    /// Those inside between whom and somebody who is or was inside there is a block, and who that is.
    apart: BTreeMap<i64, HashSet<i64>>,
    /// They, and whoever may come back and is across a block from one of those who came or went; sorted.
    but: Arc<[i64]>,
}

impl Apart {
    async fn of(app: &App, site: SiteId, inside: &[i64], changed: &[i64]) -> Answer<Apart> {
        let here: HashSet<i64> = inside.iter().copied().collect();
        let moved: HashSet<i64> = changed.iter().copied().collect();
        let everybody: Vec<i64> = here.union(&moved).copied().collect();
        let mut apart: BTreeMap<i64, HashSet<i64>> = BTreeMap::new();
        let mut but: BTreeSet<i64> = BTreeSet::new();
        let mut reader = app.db.read().await?;
        for chunk in everybody.chunks(500) {
            for (member, other) in contacts::blocks_around(&mut reader, site, chunk).await? {
                if here.contains(&member) && (here.contains(&other) || moved.contains(&other)) {
                    apart.entry(member).or_default().insert(other);
                    but.insert(member);
                }
                if moved.contains(&member) {
                    but.insert(other);
                }
            }
        }
        Ok(Apart { apart, but: but.into_iter().collect() })
    }
}
