//! Whom a text in a room is for: everybody, or those it is addressed to. What can't be sent as it is meant is not sent.

use super::store::{self, Room};
use crate::app::App;
use crate::contacts;
use crate::members::Member;
use crate::platform::http::{Answer, Bucket, Problem};
use crate::platform::language::sentence;
use crate::rules::{self, Between};
use crate::sites::Site;
use domain::messages::is_blank;
use domain::rooms::{Address, Called, MOST_ADDRESSED, address, mentions};
use domain::rules::Right;
use std::collections::HashSet;
use std::sync::Arc;

/// Where a message of a room goes.
#[derive(Default)]
pub(crate) struct RoomPlace {
    /// A whisper, to these.
    pub whisper: Option<Whisper>,
    /// Public, and calls these by name.
    pub mentions: Vec<i64>,
    /// Those who block the author among them: it does not count for them.
    pub deaf: Vec<i64>,
    /// Those who are named in it.
    pub people: Vec<Arc<Member>>,
    /// The author moderates the room.
    pub moderator: bool,
}

/// A message for some alone.
pub(crate) struct Whisper {
    /// Those it was addressed to.
    pub to: Vec<i64>,
    /// Those it reaches, its author among them, sorted. Whoever blocks the author is not, which does not show.
    pub reaches: Arc<[i64]>,
}

/// Reads whom a text is for, and asks the rules.
pub(crate) async fn place(app: &App, site: &Site, me: &Arc<Member>, room: &Room, text: &str) -> Answer<RoomPlace> {
    let place = match address(text) {
        Address::Only { called, text } => whisper(app, site, me, room, &called, text).await?,
        Address::Everybody => match mentions(text) {
            called if called.is_empty() => RoomPlace::default(),
            called => mentioned(app, site, me, room, &called).await?,
        },
    };
    Ok(RoomPlace { moderator: room.is_moderator(site, me), ..place })
}

/// Somebody who takes a moment before their next message.
pub(crate) fn pause(app: &App, site: &Site, me: &Member, room: &Room) -> Answer<()> {
    let seconds = room.rules.slow_mode_seconds;
    if seconds == 0 || room.is_moderator(site, me) {
        return Ok(());
    }
    let bucket = Bucket { per_second: 1.0 / f64::from(seconds), burst: 1.0 };
    app.slow_rooms.take((room.id, me.id), bucket, &app.clock)
}

async fn whisper(
    app: &App,
    site: &Site,
    me: &Arc<Member>,
    room: &Room,
    called: &[Called],
    text: &str,
) -> Answer<RoomPlace> {
    let typed = || called.iter().map(|one| one.typed.clone()).collect::<Vec<_>>();
    let different: HashSet<&[String]> = called.iter().map(|one| one.keys.as_slice()).collect();
    if different.len() > MOST_ADDRESSED {
        return Err(Problem::whisper_refused(
            sentence("refusal.whisper.too_many").with("most", MOST_ADDRESSED),
            typed(),
        ));
    }
    let found = resolve(app, site, room, called).await?;
    let ids: Vec<i64> = found.iter().flatten().map(|person| person.id).collect();
    let between = rules::between(app, site, me, &ids).await?;
    let mut unreachable = Vec::new();
    let mut people: Vec<Arc<Member>> = Vec::new();
    for (called, person) in called.iter().zip(found) {
        let Some(person) = person else {
            unreachable.push(called.typed.clone());
            continue;
        };
        if person.id == me.id || people.iter().any(|known| known.id == person.id) {
            continue;
        }
        let between: Between = between.get(&person.id).copied().unwrap_or_default();
        if may_whisper(app, site, me, room, &person, &between).await? {
            people.push(person);
        } else {
            unreachable.push(called.typed.clone());
        }
    }
    if !unreachable.is_empty() {
        let names = unreachable.iter().map(|login| format!("@{login}")).collect::<Vec<_>>().join(", ");
        return Err(Problem::whisper_refused(
            sentence("refusal.whisper.unreachable").with("names", names),
            unreachable,
        ));
    }
    if people.is_empty() {
        return Err(Problem::whisper_refused("refusal.whisper.self", typed()));
    }
    if text.chars().all(is_blank) {
        return Err(Problem::whisper_refused("refusal.whisper.empty", typed()));
    }
    let to: Vec<i64> = people.iter().map(|person| person.id).collect();
    let deaf = |id: &i64| between.get(id).is_some_and(|between| between.blocks_me);
    let mut reaches: Vec<i64> = to.iter().copied().filter(|id| !deaf(id)).chain([me.id]).collect();
    reaches.sort_unstable();
    Ok(RoomPlace { whisper: Some(Whisper { to, reaches: reaches.into() }), people, ..RoomPlace::default() })
}

async fn may_whisper(
    app: &App,
    site: &Site,
    me: &Member,
    room: &Room,
    other: &Member,
    between: &Between,
) -> Answer<bool> {
    if !room.lets_in(other) || !other.chat_enabled || between.blocked {
        return Ok(false);
    }
    let allowed = rules::decide(app, site, me, other, Right::Start, between).await?.allowed();
    Ok(allowed || room.is_moderator(site, me))
}

/// The members that were called, in the same order.
async fn resolve(app: &App, site: &Site, room: &Room, called: &[Called]) -> Answer<Vec<Option<Arc<Member>>>> {
    let keys: Vec<String> = called.iter().flat_map(|one| one.keys.iter().cloned()).collect();
    let known = app.members.by_logins(&app.db, site.id, &keys).await?;
    let one = |called: &Called| called.keys.iter().find_map(|key| known.get(key)).filter(|p| room.lets_in(p)).cloned();
    Ok(called.iter().map(one).collect())
}

async fn mentioned(app: &App, site: &Site, me: &Member, room: &Room, called: &[Called]) -> Answer<RoomPlace> {
    let mut people: Vec<Arc<Member>> = resolve(app, site, room, called).await?.into_iter().flatten().collect();
    people.sort_unstable_by_key(|person| person.id);
    people.dedup_by_key(|person| person.id);
    people.retain(|person| person.id != me.id);
    let met = met(app, site, me, room, &people).await?;
    people.retain(|person| met.contains(&person.id));
    if people.is_empty() {
        return Ok(RoomPlace::default());
    }
    let blockers = contacts::blockers_of(&mut app.db.read().await?, site.id, me.id).await?;
    let mentions: Vec<i64> = people.iter().map(|person| person.id).collect();
    let deaf = mentions.iter().copied().filter(|id| blockers.contains(id)).collect();
    Ok(RoomPlace { mentions, deaf, people, ..RoomPlace::default() })
}

/// Those of them whom a member can have met in a room: who is inside, who wrote there, whom one may see anyway. Of
/// anybody else one must not learn that they exist.
pub(crate) async fn met(
    app: &App,
    site: &Site,
    me: &Member,
    room: &Room,
    people: &[Arc<Member>],
) -> Answer<HashSet<i64>> {
    let ids: Vec<i64> = people.iter().map(|person| person.id).collect();
    let (_, inside) = app.hub.inside(room.id);
    let mut met: HashSet<i64> = inside.into_iter().filter(|id| ids.contains(id)).collect();
    met.extend(store::writers_among(&mut app.db.read().await?, site.id, room.id, &ids).await?);
    let nothing = Between::default();
    for person in people.iter().filter(|person| person.chat_enabled) {
        if rules::decide(app, site, me, person, Right::See, &nothing).await?.allowed() {
            met.insert(person.id);
        }
    }
    Ok(met)
}

/// Whether a text that replaces another is for the same people: what was said to some is never said aloud by an edit,
/// nor the other way round.
pub(crate) async fn same_audience(
    app: &App,
    site: &Site,
    me: i64,
    room: &Room,
    whisper_to: Option<&[i64]>,
    text: &str,
) -> Answer<()> {
    let Address::Only { called, text } = address(text) else { return Ok(()) };
    let found = resolve(app, site, room, &called).await?;
    let same = whisper_to.is_some_and(|to| {
        let mut given: Vec<i64> = found.iter().flatten().map(|person| person.id).filter(|id| *id != me).collect();
        let mut to = to.to_vec();
        given.sort_unstable();
        given.dedup();
        to.sort_unstable();
        found.iter().all(Option::is_some) && given == to && !text.chars().all(is_blank)
    });
    if same {
        return Ok(());
    }
    Err(Problem::whisper_refused("refusal.whisper.edit", called.into_iter().map(|one| one.typed).collect()))
}
