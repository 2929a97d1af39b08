//! Members who are not here and whose world changed in a way that is not kept for them: they load again when they are
//! back.

use std::collections::HashMap;

/// More are not kept apart: everybody who was away then loads again.
const MOST: usize = 500_000;

/// By member, the last offset that they missed.
#[derive(Default)]
pub(super) struct Stale {
    members: HashMap<i64, u64>,
    /// Whoever knows no more than this loads again, whoever they are.
    horizon: u64,
}

impl Stale {
    /// A member missed what happened at this offset.
    pub fn miss(&mut self, member: i64, offset: u64) {
        if self.members.len() >= MOST {
            self.members.clear();
            self.horizon = offset;
        }
        self.members.insert(member, offset);
    }

    /// Whether a member who knows everything up to this offset must load again.
    pub fn is_stale(&self, member: i64, offset: u64) -> bool {
        offset < self.horizon || self.members.get(&member).is_some_and(|missed| offset < *missed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_missed_something_loads_again() {
        let mut stale = Stale::default();
        stale.miss(1, 10);
        assert!(stale.is_stale(1, 9));
        assert!(!stale.is_stale(1, 10) && !stale.is_stale(2, 0));
    }
}
