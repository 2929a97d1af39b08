//! What was read from the database, kept until it changes.

use quick_cache::sync::Cache;
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

#[cfg(test)]
mod tests {
    use super::*;

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
