//! Who is inside which room.

use super::connection::{Connection, Person};
use super::here::{Comings, Here};
use axum::extract::ws::Utf8Bytes;
use std::collections::HashMap;
use std::sync::Arc;

#[derive(Default)]
struct Room {
    connections: HashMap<u64, Arc<Connection>>,
    /// Members, and on how many devices each.
    members: HashMap<i64, usize>,
    /// Another each time that somebody comes or goes.
    version: u64,
}

/// The rooms that somebody is inside.
#[derive(Default)]
pub(super) struct Rooms {
    by_id: HashMap<i64, Room>,
    here: Here,
    versions: u64,
}

fn member_of(connection: &Connection) -> Option<i64> {
    match connection.person {
        Person::Member(id) => Some(id),
        Person::Operator(_) => None,
    }
}

impl Rooms {
    pub fn enter(&mut self, connection: &Arc<Connection>, id: i64) {
        let room = self.by_id.entry(id).or_default();
        if room.connections.insert(connection.id, connection.clone()).is_some() {
            return;
        }
        connection.rooms().push(id);
        let Some(member) = member_of(connection) else { return };
        let devices = room.members.entry(member).or_default();
        *devices += 1;
        if *devices == 1 {
            self.versions += 1;
            room.version = self.versions;
            self.here.came(id, member);
        }
    }

    pub fn leave(&mut self, connection: &Connection, id: i64) {
        connection.rooms().retain(|room| *room != id);
        let Some(room) = self.by_id.get_mut(&id) else { return };
        if room.connections.remove(&connection.id).is_none() {
            return;
        }
        if let Some(member) = member_of(connection)
            && let Some(devices) = room.members.get_mut(&member)
        {
            *devices -= 1;
            if *devices == 0 {
                room.members.remove(&member);
                self.versions += 1;
                room.version = self.versions;
                self.here.went(id, member);
            }
        }
        if room.connections.is_empty() {
            self.by_id.remove(&id);
        }
    }

    pub fn leave_all(&mut self, connection: &Connection) {
        let rooms = std::mem::take(&mut *connection.rooms());
        rooms.into_iter().for_each(|id| self.leave(connection, id));
    }

    /// Everybody is put out; nobody is left to be told.
    pub fn close(&mut self, id: i64) {
        let connections: Vec<Arc<Connection>> =
            self.by_id.get(&id).into_iter().flat_map(|room| room.connections.values().cloned()).collect();
        connections.iter().for_each(|connection| self.leave(connection, id));
    }

    /// To everybody inside but these (sorted).
    pub fn deliver(&self, id: i64, but: &[i64], frame: &Utf8Bytes) {
        let Some(room) = self.by_id.get(&id) else { return };
        for connection in room.connections.values() {
            if member_of(connection).is_none_or(|member| but.binary_search(&member).is_err()) {
                connection.push(frame.clone());
            }
        }
    }

    pub fn inside(&self, id: i64) -> (u64, Vec<i64>) {
        self.by_id.get(&id).map_or((0, Vec::new()), |room| (room.version, room.members.keys().copied().collect()))
    }

    pub fn version(&self, id: i64) -> u64 {
        self.by_id.get(&id).map_or(0, |room| room.version)
    }

    pub fn count(&self, id: i64, but: &[i64]) -> usize {
        let Some(room) = self.by_id.get(&id) else { return 0 };
        room.members.len() - but.iter().filter(|member| room.members.contains_key(member)).count()
    }

    pub fn has_news(&self) -> bool {
        self.here.has_news()
    }

    /// What is to be told now.
    pub fn settle(&mut self) -> Vec<Comings> {
        let Rooms { by_id, here, .. } = self;
        here.settle(|id, member| by_id.get(&id).is_some_and(|room| room.members.contains_key(&member)))
    }
}
