//! The recent events, from which a reconnecting client is served without the database.

use axum::extract::ws::Utf8Bytes;
use std::collections::{HashMap, VecDeque};
use std::sync::Arc;

/// Whom an entry concerns.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Key {
    /// One member.
    Member(i64),
    /// The participants of a conversation, as they were then.
    Conversation(i64),
    /// Those inside a room.
    Room(i64),
    /// Everybody on a site.
    Site(i64),
    /// The operators of a site.
    Staff(i64),
}

struct Entry {
    offset: u64,
    frame: Utf8Bytes,
    to: To,
}

/// Who of those under a key is told.
#[derive(Clone, Debug)]
pub enum To {
    /// All.
    All,
    /// The participants at that moment: somebody added later is not told what was said before, somebody removed is
    /// not told what was said after.
    Members(Arc<[i64]>),
    /// Members of these classes (`None`: all) but some, and some in any case.
    Seers {
        /// Sorted.
        classes: Option<Arc<[i64]>>,
        /// Sorted.
        but: Arc<[i64]>,
        /// Sorted.
        also: Arc<[i64]>,
    },
}

impl To {
    /// Whether a member of a class is among them.
    pub fn includes(&self, member: i64, class: i64) -> bool {
        let among = |ids: &[i64], id: i64| ids.binary_search(&id).is_ok();
        match self {
            To::All => true,
            To::Members(members) => among(members, member),
            To::Seers { classes, but, also } => {
                among(also, member)
                    || (classes.as_ref().is_none_or(|classes| among(classes, class)) && !among(but, member))
            }
        }
    }
}

/// What one entry costs beside its bytes, roughly.
const OVERHEAD: usize = 160;

/// Events by whom they concern, bounded by bytes: the oldest go first.
pub struct Log {
    entries: HashMap<Key, VecDeque<Entry>>,
    /// The conversations with entries, per participant.
    conversations: HashMap<i64, Vec<i64>>,
    order: VecDeque<(u64, Key, usize)>,
    bytes: usize,
    most: usize,
    /// The newest offset that was dropped: a client that knows it or more misses nothing here.
    horizon: u64,
}

impl Log {
    /// A log that keeps at most about this many bytes.
    pub fn new(most: usize) -> Log {
        Log {
            entries: HashMap::new(),
            conversations: HashMap::new(),
            order: VecDeque::new(),
            bytes: 0,
            most,
            horizon: 0,
        }
    }

    /// Keeps an event.
    pub fn append(&mut self, key: Key, offset: u64, frame: Utf8Bytes, to: To) {
        let cost = frame.len() + OVERHEAD;
        let entries = self.entries.entry(key).or_default();
        if let (Key::Conversation(id), To::Members(members)) = (key, &to) {
            let known = match entries.back().map(|e| &e.to) {
                Some(To::Members(known)) => Arc::ptr_eq(known, members) || known == members,
                _ => false,
            };
            if !known {
                for member in members.iter() {
                    let conversations = self.conversations.entry(*member).or_default();
                    if !conversations.contains(&id) {
                        conversations.push(id);
                    }
                }
            }
        }
        entries.push_back(Entry { offset, frame, to });
        self.order.push_back((offset, key, cost));
        self.bytes += cost;
        while self.bytes > self.most {
            self.drop_oldest();
        }
    }

    fn drop_oldest(&mut self) {
        let Some((offset, key, cost)) = self.order.pop_front() else { return };
        self.bytes -= cost;
        self.horizon = offset;
        let Some(entries) = self.entries.get_mut(&key) else { return };
        let dropped = entries.pop_front();
        if let (Key::Conversation(id), Some(To::Members(members))) = (key, dropped.map(|e| e.to)) {
            // Those of whom no later entry speaks.
            let next = entries.front().map(|entry| &entry.to);
            if !matches!(next, Some(To::Members(next)) if *next == members) {
                let spoken = |member: &i64| entries.iter().any(|entry| entry.to.includes(*member, 0));
                let gone: Vec<i64> = members.iter().copied().filter(|member| !spoken(member)).collect();
                self.forget(id, &gone);
            }
        }
        if self.entries.get(&key).is_some_and(VecDeque::is_empty) {
            self.entries.remove(&key);
        }
    }

    fn forget(&mut self, conversation: i64, members: &[i64]) {
        for member in members {
            if let Some(conversations) = self.conversations.get_mut(member) {
                conversations.retain(|id| *id != conversation);
                if conversations.is_empty() {
                    self.conversations.remove(member);
                }
            }
        }
    }

    /// What a member missed after `offset`, in order; `None` if some of it is gone.
    pub fn missed_by_member(&self, member: i64, class: i64, site: i64, offset: u64) -> Option<Vec<Utf8Bytes>> {
        let conversations = self.conversations.get(&member).map(Vec::as_slice).unwrap_or_default();
        let keys = conversations.iter().map(|id| Key::Conversation(*id));
        self.missed(keys.chain([Key::Member(member), Key::Site(site)]), offset, |entry| {
            entry.to.includes(member, class)
        })
    }

    /// What a member missed in a room after `offset`.
    pub fn missed_in_room(&self, room: i64, member: i64, offset: u64) -> Option<Vec<Utf8Bytes>> {
        self.missed([Key::Room(room)].into_iter(), offset, |entry| entry.to.includes(member, 0))
    }

    /// Whether something came under these keys after `offset`, or may have.
    pub fn has_newer(&self, keys: impl Iterator<Item = Key>, offset: u64) -> bool {
        let newest = keys.filter_map(|key| self.entries.get(&key)?.back()).map(|entry| entry.offset).max();
        newest.is_some_and(|newest| newest > offset) || self.horizon > offset
    }

    /// What an operator missed after `offset`.
    pub fn missed_by_operator(&self, site: i64, offset: u64) -> Option<Vec<Utf8Bytes>> {
        self.missed([Key::Staff(site), Key::Site(site)].into_iter(), offset, |_| true)
    }

    fn missed(
        &self,
        keys: impl Iterator<Item = Key>,
        after: u64,
        concerns: impl Fn(&Entry) -> bool,
    ) -> Option<Vec<Utf8Bytes>> {
        if after < self.horizon {
            return None;
        }
        let mut missed: Vec<&Entry> = Vec::new();
        for entries in keys.filter_map(|key| self.entries.get(&key)) {
            let newer = entries.partition_point(|e| e.offset <= after);
            missed.extend(entries.range(newer..).filter(|e| concerns(e)));
        }
        missed.sort_by_key(|e| e.offset);
        Some(missed.into_iter().map(|e| e.frame.clone()).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn frames(log: &Log, member: i64, after: u64) -> Option<Vec<String>> {
        log.missed_by_member(member, 0, 1, after).map(|f| f.iter().map(|f| f.as_str().to_owned()).collect())
    }

    #[test]
    fn each_is_told_what_concerned_them_then() {
        let mut log = Log::new(1 << 20);
        let both: Arc<[i64]> = Arc::from([10, 20]);
        let three: Arc<[i64]> = Arc::from([10, 20, 30]);
        log.append(Key::Conversation(5), 1, "a".into(), To::Members(both));
        log.append(Key::Member(10), 2, "b".into(), To::All);
        log.append(Key::Conversation(5), 3, "c".into(), To::Members(three));
        log.append(Key::Site(1), 4, "d".into(), To::All);
        assert_eq!(frames(&log, 10, 0), Some(vec!["a".into(), "b".into(), "c".into(), "d".into()]));
        assert_eq!(frames(&log, 10, 2), Some(vec!["c".into(), "d".into()]));
        assert_eq!(frames(&log, 30, 0), Some(vec!["c".into(), "d".into()]));
        assert_eq!(frames(&log, 40, 0), Some(vec!["d".into()]));
        assert_eq!(log.missed_by_operator(1, 0).map(|f| f.len()), Some(1));
    }

    #[test]
    fn what_is_gone_is_said_to_be_gone() {
        let mut log = Log::new(3 * (OVERHEAD + 1));
        for offset in 1..=5 {
            log.append(Key::Conversation(5), offset, "x".into(), To::Members(Arc::from([10])));
        }
        assert_eq!(frames(&log, 10, 1), None);
        assert_eq!(frames(&log, 10, 2).map(|f| f.len()), Some(3));
        for offset in 6..=9 {
            log.append(Key::Site(1), offset, "x".into(), To::All);
        }
        assert!(log.conversations.is_empty(), "no trace of a conversation without entries");
        for offset in 10..=30 {
            let members = [8 + offset as i64 % 2, offset as i64];
            log.append(Key::Conversation(5), offset, "x".into(), To::Members(Arc::from(members)));
        }
        let told: Vec<&i64> = log.conversations.keys().collect();
        assert!(told.len() <= 5, "only those of whom an entry speaks: {told:?}");
    }
}
