//! What was read from the database, kept until it changes.

use super::clock::Millis;
use quick_cache::sync::Cache;
use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Mutex, PoisonError};

/// Values by id. A value that was read before a change and comes back after it is not kept, so that nothing older
/// than the last change ever stays.
pub struct Kept<V> {
    by_id: Cache<i64, V>,
    changes: Mutex<u64>,
}

/// When a reading began.
#[derive(Clone, Copy)]
pub struct Asked(u64);

impl<V: Clone> Kept<V> {
    /// Keeps about so many.
    pub fn new(capacity: usize) -> Kept<V> {
        Kept { by_id: Cache::new(capacity), changes: Mutex::new(0) }
    }

    /// What is kept.
    pub fn get(&self, id: i64) -> Option<V> {
        self.by_id.get(&id)
    }

    /// To be called before the database is read.
    pub fn ask(&self) -> Asked {
        Asked(*self.changes.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Keeps what was read, unless something changed since, or somebody else was quicker.
    pub fn read(&self, asked: Asked, id: i64, value: V) {
        let changes = self.changes.lock().unwrap_or_else(PoisonError::into_inner);
        if *changes == asked.0 && self.by_id.get(&id).is_none() {
            self.by_id.insert(id, value);
        }
    }

    /// This is how it is from now on.
    pub fn changed(&self, id: i64, value: V) {
        let mut changes = self.changes.lock().unwrap_or_else(PoisonError::into_inner);
        *changes += 1;
        self.by_id.insert(id, value);
    }

    /// Those that `changed` says are to be read again.
    pub fn forget(&self, changed: impl Fn(&V) -> bool) {
        let mut changes = self.changes.lock().unwrap_or_else(PoisonError::into_inner);
        *changes += 1;
        self.by_id.retain(|_, value| !changed(value));
    }
}

/// What costs much to count, each for a while.
pub struct Figures<K, V> {
    counted: Mutex<HashMap<K, (Millis, V)>>,
}

/// When there are more, those that are no longer good are forgotten; all of them if that is not enough.
const MOST_FIGURES: usize = 1_000;

impl<K, V> Default for Figures<K, V> {
    fn default() -> Self {
        Figures { counted: Mutex::default() }
    }
}

impl<K: Eq + Hash, V: Clone> Figures<K, V> {
    /// What was counted, if it is good still.
    pub fn get(&self, of: &K, now: Millis) -> Option<V> {
        let counted = self.counted.lock().unwrap_or_else(PoisonError::into_inner);
        counted.get(of).filter(|(until, _)| now < *until).map(|(_, value)| value.clone())
    }

    /// This was counted, and is good until then.
    pub fn keep(&self, of: K, value: V, (now, until): (Millis, Millis)) {
        let mut counted = self.counted.lock().unwrap_or_else(PoisonError::into_inner);
        if counted.len() >= MOST_FIGURES {
            counted.retain(|_, (until, _)| now < *until);
        }
        if counted.len() >= MOST_FIGURES {
            counted.clear();
        }
        counted.insert(of, (until, value));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_good_for_a_while_and_few() {
        let figures = Figures::default();
        figures.keep(1, "one", (0, 10));
        assert_eq!((figures.get(&1, 9), figures.get(&1, 10), figures.get(&2, 0)), (Some("one"), None, None));
        for of in 0..5_000 {
            figures.keep(of, "new", (20, 30));
        }
        assert_eq!(figures.get(&4_999, 20), Some("new"));
        assert!(figures.counted.lock().unwrap().len() <= MOST_FIGURES);
    }

    #[test]
    fn what_was_read_before_a_change_does_not_stay() {
        let kept = Kept::new(10);
        let before = kept.ask();
        kept.changed(1, "new");
        kept.read(before, 1, "old");
        assert_eq!(kept.get(1), Some("new"));
        kept.forget(|value| *value == "new");
        kept.read(before, 1, "old");
        assert_eq!(kept.get(1), None);
        kept.read(kept.ask(), 1, "newest");
        assert_eq!(kept.get(1), Some("newest"));
    }
}
