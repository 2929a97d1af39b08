use super::connection::{Close, Connection, Person};
use super::event::{Audience, Event};
use super::here::{Comings, Here};
use super::log::{Key, Log, To};
use super::rooms::Rooms;
use super::stale::Stale;
use crate::platform::ids;
use axum::extract::ws::Utf8Bytes;
use std::collections::{HashMap, HashSet};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use tokio::sync::Notify;

/// A ping every so many seconds; twice that without a word and the connection is taken for dead.
const HEARTBEAT_SECONDS: usize = 14;

/// How a connection came in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Entered {
    /// For the first time.
    Fresh,
    /// Back, and told everything it missed.
    Resumed,
    /// Back, but too late: it must load again.
    Resync,
}

/// What became of what a connection missed in a room.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Missed {
    /// It did not ask.
    None,
    /// It was told.
    Sent,
    /// It is too late: the room must be loaded again.
    Resync,
}

/// How a connection entered a room.
pub struct RoomEntered {
    /// What it missed.
    pub missed: Missed,
    /// Where it stands now.
    pub cursor: String,
}

/// Everybody who is connected to this process, and the recent events.
pub struct Hub {
    epoch: String,
    next_connection: AtomicU64,
    state: Mutex<State>,
    /// Somebody came or went.
    moved: Notify,
    /// Somebody entered or left a room.
    moved_in_rooms: Notify,
}

struct State {
    offset: u64,
    stale: Stale,
    log: Log,
    people: HashMap<Person, Vec<Arc<Connection>>>,
    here: Here,
    rooms: Rooms,
    sites: HashMap<i64, HashMap<u64, Arc<Connection>>>,
    wheel: Vec<Vec<Weak<Connection>>>,
    turn: usize,
}

impl Hub {
    /// A hub whose log keeps about this many bytes.
    pub fn new(log_bytes: usize) -> Hub {
        Hub {
            epoch: data_encoding::HEXLOWER.encode(&ids::random::<6>()),
            next_connection: AtomicU64::new(1),
            state: Mutex::new(State {
                offset: 0,
                stale: Stale::default(),
                log: Log::new(log_bytes),
                people: HashMap::new(),
                here: Here::default(),
                rooms: Rooms::default(),
                sites: HashMap::new(),
                wheel: (0..HEARTBEAT_SECONDS).map(|_| Vec::new()).collect(),
                turn: 0,
            }),
            moved: Notify::new(),
            moved_in_rooms: Notify::new(),
        }
    }

    /// A number for a new connection.
    pub fn next_connection(&self) -> u64 {
        self.next_connection.fetch_add(1, Ordering::Relaxed)
    }

    /// Tells an event to its audience and keeps it for those who reconnect.
    pub fn publish(&self, event: Event) {
        self.publish_all([event]);
    }

    /// How many events there have been: what is read from the database from now on has seen them.
    pub fn now(&self) -> u64 {
        self.lock().offset
    }

    /// Tells a member how a conversation is that was read after `seen`; `false` if something was told in the meantime
    /// that concerns them, so that it may be older than what they know.
    pub fn publish_unless_older(&self, event: Event, conversation: i64, site: i64, seen: u64) -> bool {
        let mut state = self.lock();
        let member = match event.audience {
            Audience::Member(id) => Some(Key::Member(id)),
            _ => None,
        };
        let keys =
            [Key::Conversation(conversation), Key::Room(conversation), Key::Site(site)].into_iter().chain(member);
        if state.log.has_newer(keys, seen) {
            return false;
        }
        self.tell(&mut state, event);
        true
    }

    /// Tells a member, if they are here; else they load again when they are back, and nothing is kept for them.
    pub fn publish_if_here(&self, member: i64, event: Event) {
        let mut state = self.lock();
        if state.people.contains_key(&Person::Member(member)) {
            return self.tell(&mut state, event);
        }
        state.miss(member);
    }

    /// A member's world changed: `true` if they are not here, and load again when they are back.
    pub fn misses(&self, member: i64) -> bool {
        let mut state = self.lock();
        let away = !state.people.contains_key(&Person::Member(member));
        if away {
            state.miss(member);
        }
        away
    }

    /// Tells several events, in order.
    pub fn publish_all(&self, events: impl IntoIterator<Item = Event>) {
        // Before the lock: whoever makes the events may look at the hub.
        let events: Vec<Event> = events.into_iter().collect();
        let mut state = self.lock();
        events.into_iter().for_each(|event| self.tell(&mut state, event));
    }

    fn tell(&self, state: &mut State, event: Event) {
        if !event.passing {
            state.offset += 1;
        }
        let offset = state.offset;
        let cursor = self.cursor(offset);
        let frame =
            Utf8Bytes::from(format!("{{\"type\":\"{}\",\"cursor\":\"{cursor}\",{}}}", event.kind, event.fields));
        state.deliver(&event.audience, &frame);
        if !event.passing {
            state.keep(event.audience, offset, &frame);
        }
    }

    /// Lets a connection in: tells it what it missed (or that it must load again), then `ready` with
    /// `fields` (its own profile). Nothing falls between what it is told and what follows.
    pub fn enter(&self, connection: &Arc<Connection>, resume: Option<&str>, fields: &str) -> Entered {
        let mut state = self.lock();
        let entered = match resume {
            None => Entered::Fresh,
            Some(cursor) => match self.missed(&state, connection, cursor) {
                Some(frames) => {
                    connection.replay(frames);
                    Entered::Resumed
                }
                None => {
                    connection.push(Utf8Bytes::from_static("{\"type\":\"resync\"}"));
                    Entered::Resync
                }
            },
        };
        let cursor = self.cursor(state.offset);
        connection.push(format!("{{\"type\":\"ready\",\"cursor\":\"{cursor}\",{fields}}}").into());
        state.add(connection);
        self.wake_if_moved(&state);
        entered
    }

    /// A connection is gone.
    pub fn leave(&self, connection: &Arc<Connection>) {
        let mut state = self.lock();
        state.remove(connection);
        self.wake_if_moved(&state);
        self.wake_rooms(&state);
    }

    /// Whether a person has a connection at this moment, whatever was told of it.
    pub fn is_here(&self, person: Person) -> bool {
        self.lock().people.contains_key(&person)
    }

    /// Which of these members of a site are shown as connected.
    pub fn connected_among(&self, site: i64, members: &[i64]) -> HashSet<i64> {
        let state = self.lock();
        members.iter().copied().filter(|id| state.here.shows(site, *id)).collect()
    }

    /// The members of a site that are shown as connected.
    pub fn connected_members(&self, site: i64) -> HashSet<i64> {
        self.lock().here.on(site).collect()
    }

    /// How many connections a site has.
    pub fn connections(&self, site: i64) -> usize {
        self.lock().sites.get(&site).map_or(0, HashMap::len)
    }

    /// What contact rules can tell of members from now on: member, class.
    pub fn set_classes(&self, members: impl IntoIterator<Item = (i64, i64)>) {
        let state = self.lock();
        for (member, class) in members {
            state.people.get(&Person::Member(member)).into_iter().flatten().for_each(|c| c.set_class(class));
        }
    }

    /// Ends a session's connections.
    pub fn close_session(&self, person: Person, session: &[u8; 32]) {
        let state = self.lock();
        let connections = state.people.get(&person).into_iter().flatten();
        connections.filter(|c| &c.session == session).for_each(|c| c.close(Close::Unauthorized));
    }

    /// Ends all connections of a person.
    pub fn close_person(&self, person: Person) {
        self.lock().people.get(&person).into_iter().flatten().for_each(|c| c.close(Close::Unauthorized));
    }

    /// Tells everybody to reconnect.
    pub fn close_all(&self) {
        self.lock().sites.values().flat_map(HashMap::values).for_each(|c| c.close(Close::Restart));
    }

    /// One second has passed: pings a share of the connections, and drops the dead among them.
    pub fn heartbeat(&self, now: i64) {
        let mut state = self.lock();
        let turn = state.turn;
        state.turn = (turn + 1) % HEARTBEAT_SECONDS;
        let silence = (HEARTBEAT_SECONDS as i64 * 2 - 1) * 1_000;
        state.wheel[turn].retain(|weak| {
            let Some(connection) = weak.upgrade() else { return false };
            if now - connection.heard() >= silence {
                connection.close(Close::Silent);
            } else {
                connection.ping();
            }
            true
        });
    }

    /// Waits until somebody came or went, and takes what is to be told of it.
    pub async fn comings(&self) -> Vec<Comings> {
        self.moved.notified().await;
        let mut state = self.lock();
        let State { here, people, .. } = &mut *state;
        here.settle(|_, member| people.contains_key(&Person::Member(member)))
    }

    /// Lets a connection into a room: it is told what it missed there since `resume`, and from now on what happens.
    pub fn enter_room(&self, connection: &Arc<Connection>, room: i64, resume: Option<&str>) -> RoomEntered {
        let mut state = self.lock();
        let member = match connection.person {
            Person::Member(id) => id,
            Person::Operator(_) => 0,
        };
        let missed = match resume.map(|cursor| self.offset_of(&state, cursor)) {
            None => Missed::None,
            Some(offset) => match offset.and_then(|offset| state.log.missed_in_room(room, member, offset)) {
                Some(frames) => {
                    connection.replay(frames);
                    Missed::Sent
                }
                None => Missed::Resync,
            },
        };
        state.rooms.enter(connection, room);
        self.wake_rooms(&state);
        RoomEntered { missed, cursor: self.cursor(state.offset) }
    }

    /// A connection leaves a room.
    pub fn leave_room(&self, connection: &Arc<Connection>, room: i64) {
        let mut state = self.lock();
        state.rooms.leave(connection, room);
        self.wake_rooms(&state);
    }

    /// A member is put out of a room, on all devices.
    pub fn put_out(&self, room: i64, member: i64) {
        let mut state = self.lock();
        let mine = state.people.get(&Person::Member(member)).cloned().unwrap_or_default();
        mine.iter().for_each(|connection| state.rooms.leave(connection, room));
        self.wake_rooms(&state);
    }

    /// Everybody is put out of a room.
    pub fn empty_room(&self, room: i64) {
        self.lock().rooms.close(room);
    }

    /// The members inside a room, and a number that is another each time somebody comes or goes.
    pub fn inside(&self, room: i64) -> (u64, Vec<i64>) {
        self.lock().rooms.inside(room)
    }

    /// A number that is another each time somebody comes into a room or goes.
    pub fn version_inside(&self, room: i64) -> u64 {
        self.lock().rooms.version(room)
    }

    /// The rooms a member is inside, on any device.
    pub fn rooms_of(&self, member: i64) -> Vec<i64> {
        let state = self.lock();
        let mine = state.people.get(&Person::Member(member)).into_iter().flatten();
        let mut rooms: Vec<i64> = mine.flat_map(|connection| connection.rooms().clone()).collect();
        rooms.sort_unstable();
        rooms.dedup();
        rooms
    }

    /// How many members are inside a room, without these (each once).
    pub fn count_inside(&self, room: i64, but: &[i64]) -> usize {
        self.lock().rooms.count(room, but)
    }

    /// Waits until somebody entered or left a room, and takes what is to be told of it.
    pub async fn room_comings(&self) -> Vec<Comings> {
        self.moved_in_rooms.notified().await;
        self.lock().rooms.settle()
    }

    fn wake_rooms(&self, state: &State) {
        if state.rooms.has_news() {
            self.moved_in_rooms.notify_one();
        }
    }

    fn wake_if_moved(&self, state: &State) {
        if state.here.has_news() {
            self.moved.notify_one();
        }
    }

    fn missed(&self, state: &State, connection: &Connection, cursor: &str) -> Option<Vec<Utf8Bytes>> {
        let offset = self.offset_of(state, cursor)?;
        match connection.person {
            Person::Member(id) if state.stale.is_stale(id, offset) => None,
            Person::Member(id) => state.log.missed_by_member(id, connection.class(), connection.site, offset),
            Person::Operator(_) => state.log.missed_by_operator(connection.site, offset),
        }
    }

    fn offset_of(&self, state: &State, cursor: &str) -> Option<u64> {
        let (epoch, offset) = cursor.split_once('.')?;
        offset.parse().ok().filter(|offset| epoch == self.epoch && *offset <= state.offset)
    }

    fn cursor(&self, offset: u64) -> String {
        format!("{}.{offset}", self.epoch)
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn miss(&mut self, member: i64) {
        self.offset += 1;
        self.stale.miss(member, self.offset);
    }

    fn deliver(&self, audience: &Audience, frame: &Utf8Bytes) {
        match audience {
            Audience::Member(id) => self.to_person(Person::Member(*id), frame),
            Audience::Conversation { members, staff, .. } => {
                members.iter().for_each(|id| self.to_person(Person::Member(*id), frame));
                staff.iter().for_each(|site| self.to_staff(*site, frame));
            }
            Audience::Room { id, members: None } => self.rooms.deliver(*id, &[], frame),
            Audience::Room { id, members: Some(members) } => {
                let inside = |connection: &&Arc<Connection>| connection.rooms().contains(id);
                let people = members.iter().filter_map(|member| self.people.get(&Person::Member(*member)));
                people.flatten().filter(inside).for_each(|connection| connection.push(frame.clone()));
            }
            Audience::RoomBut { id, but } => self.rooms.deliver(*id, but, frame),
            Audience::Site(site) => {
                self.sites.get(site).into_iter().flat_map(HashMap::values).for_each(|c| c.push(frame.clone()));
            }
            Audience::Seers { site, classes, but, also } => {
                let to = To::Seers { classes: classes.clone(), but: but.clone(), also: also.clone() };
                let connections = self.sites.get(site).into_iter().flat_map(HashMap::values);
                let told = connections.filter(|c| match c.person {
                    Person::Member(id) => to.includes(id, c.class()),
                    Person::Operator(_) => true,
                });
                told.for_each(|c| c.push(frame.clone()));
            }
            Audience::Staff(site) => self.to_staff(*site, frame),
        }
    }

    fn to_person(&self, person: Person, frame: &Utf8Bytes) {
        self.people.get(&person).into_iter().flatten().for_each(|c| c.push(frame.clone()));
    }

    fn to_staff(&self, site: i64, frame: &Utf8Bytes) {
        let connections = self.sites.get(&site).into_iter().flat_map(HashMap::values);
        connections.filter(|c| matches!(c.person, Person::Operator(_))).for_each(|c| c.push(frame.clone()));
    }

    fn keep(&mut self, audience: Audience, offset: u64, frame: &Utf8Bytes) {
        match audience {
            Audience::Member(id) => self.log.append(Key::Member(id), offset, frame.clone(), To::All),
            Audience::Conversation { id, members, staff } => {
                if let Some(site) = staff {
                    self.log.append(Key::Staff(site), offset, frame.clone(), To::All);
                }
                self.log.append(Key::Conversation(id), offset, frame.clone(), To::Members(members));
            }
            Audience::Room { id, members } => {
                self.log.append(Key::Room(id), offset, frame.clone(), members.map_or(To::All, To::Members));
            }
            Audience::RoomBut { id, but } => {
                let to = To::Seers { classes: None, but, also: Arc::from([]) };
                self.log.append(Key::Room(id), offset, frame.clone(), to);
            }
            Audience::Site(site) => self.log.append(Key::Site(site), offset, frame.clone(), To::All),
            Audience::Seers { site, classes, but, also } => {
                self.log.append(Key::Site(site), offset, frame.clone(), To::Seers { classes, but, also });
            }
            Audience::Staff(site) => self.log.append(Key::Staff(site), offset, frame.clone(), To::All),
        }
    }

    fn add(&mut self, connection: &Arc<Connection>) {
        self.sites.entry(connection.site).or_default().insert(connection.id, connection.clone());
        let slot = usize::try_from(connection.id).unwrap_or(0) % HEARTBEAT_SECONDS;
        self.wheel[slot].push(Arc::downgrade(connection));
        let mine = self.people.entry(connection.person).or_insert_with(|| Vec::with_capacity(1));
        mine.push(connection.clone());
        metrics::gauge!("parvis_connections").increment(1.0);
        if let Person::Member(id) = connection.person {
            self.here.came(connection.site, id);
        }
    }

    fn remove(&mut self, connection: &Connection) {
        if let Some(site) = self.sites.get_mut(&connection.site) {
            site.remove(&connection.id);
        }
        self.rooms.leave_all(connection);
        let Some(mine) = self.people.get_mut(&connection.person) else { return };
        mine.retain(|c| c.id != connection.id);
        metrics::gauge!("parvis_connections").decrement(1.0);
        if mine.is_empty() {
            self.people.remove(&connection.person);
            if let Person::Member(id) = connection.person {
                self.here.went(connection.site, id);
            }
        }
    }
}
