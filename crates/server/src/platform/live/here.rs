//! Who is shown as connected: whoever loses and regains the connection before it was told was never away.

use std::collections::{HashMap, HashSet};

/// What changed in one place (a site, a room) since it was last told.
#[derive(Debug, PartialEq, Eq)]
pub struct Comings {
    /// The site or room.
    pub place: i64,
    /// How many were shown there before.
    pub before: usize,
    /// Members, and whether they are connected now.
    pub members: Vec<(i64, bool)>,
}

enum Change {
    Came,
    Went,
}

/// Who is shown, and what is still to be told of it.
#[derive(Default)]
pub(super) struct Here {
    shown: HashMap<i64, HashSet<i64>>,
    changed: HashMap<i64, HashMap<i64, Change>>,
}

impl Here {
    /// A member's first connection opened: shown at once, told soon.
    pub fn came(&mut self, place: i64, member: i64) {
        if self.shown.entry(place).or_default().insert(member) {
            self.changed.entry(place).or_default().insert(member, Change::Came);
        }
    }

    /// A member's last connection closed: shown until it is told.
    pub fn went(&mut self, place: i64, member: i64) {
        self.changed.entry(place).or_default().entry(member).or_insert(Change::Went);
    }

    /// The members shown in a place.
    pub fn on(&self, place: i64) -> impl Iterator<Item = i64> {
        self.shown.get(&place).into_iter().flatten().copied()
    }

    /// Whether a member is shown.
    pub fn shows(&self, place: i64, member: i64) -> bool {
        self.shown.get(&place).is_some_and(|shown| shown.contains(&member))
    }

    /// Whether something is to be told.
    pub fn has_news(&self) -> bool {
        !self.changed.is_empty()
    }

    /// What is to be told now, and shown from now on.
    pub fn settle(&mut self, is_connected: impl Fn(i64, i64) -> bool) -> Vec<Comings> {
        let changed = std::mem::take(&mut self.changed);
        let mut all = Vec::with_capacity(changed.len());
        for (place, changes) in changed {
            let shown = self.shown.entry(place).or_default();
            let before = shown.len();
            let mut members = Vec::with_capacity(changes.len());
            for (member, change) in changes {
                match (change, is_connected(place, member)) {
                    (Change::Came, true) => members.push((member, true)),
                    (Change::Went, true) => {}
                    (_, false) => {
                        shown.remove(&member);
                        members.push((member, false));
                    }
                }
            }
            if shown.is_empty() {
                self.shown.remove(&place);
            }
            all.push(Comings { place, before, members });
        }
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(here: &mut Here, connected: &[i64]) -> Vec<(i64, bool)> {
        let mut members: Vec<_> =
            here.settle(|_, id| connected.contains(&id)).into_iter().flat_map(|c| c.members).collect();
        members.sort_unstable();
        members
    }

    #[test]
    fn comings_and_goings_are_told_once() {
        let mut here = Here::default();
        here.came(1, 10);
        here.came(1, 20);
        assert!(here.shows(1, 10) && !here.shows(2, 10));
        assert_eq!(told(&mut here, &[10, 20]), [(10, true), (20, true)]);
        assert!(!here.has_news());
        here.went(1, 10);
        assert!(here.shows(1, 10), "shown until it is told");
        assert_eq!(told(&mut here, &[20]), [(10, false)]);
        assert!(!here.shows(1, 10));
        assert_eq!(here.on(1).collect::<Vec<_>>(), [20]);
    }

    #[test]
    fn whoever_is_back_before_it_was_told_was_never_away() {
        let mut here = Here::default();
        here.came(1, 10);
        told(&mut here, &[10]);
        here.went(1, 10);
        here.came(1, 10);
        assert_eq!(told(&mut here, &[10]), []);
        assert!(here.shows(1, 10));
    }

    #[test]
    fn who_was_only_seen_for_a_moment_is_told_to_be_gone() {
        let mut here = Here::default();
        here.came(1, 10);
        here.went(1, 10);
        assert_eq!(told(&mut here, &[]), [(10, false)]);
        assert!(!here.shows(1, 10));
    }
}
