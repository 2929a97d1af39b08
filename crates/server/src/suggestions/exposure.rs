use crate::platform::clock::Millis;
use domain::suggestions::MOST_VIEWERS_A_DAY;
use std::collections::{HashMap, HashSet};

const DAY: Millis = 24 * 60 * 60 * 1_000;
/// So much is remembered of a site's day; beyond it the day begins anew.
const MOST_REMEMBERED: usize = 1_000_000;

/// To whom a site's members were suggested today (UTC). Kept in memory: after a restart the day begins anew.
#[derive(Default)]
pub(super) struct Exposure {
    day: i64,
    viewers: HashMap<i64, u16>,
    shown: HashMap<i64, HashSet<i64>>,
    remembered: usize,
}

impl Exposure {
    /// It is now.
    pub fn at(&mut self, now: Millis) -> &mut Exposure {
        let day = now.div_euclid(DAY);
        if day != self.day || self.remembered >= MOST_REMEMBERED {
            *self = Exposure { day, ..Exposure::default() };
        }
        self
    }

    /// Whether somebody may be suggested to a viewer: to whom they were suggested today, they stay so.
    pub fn allows(&self, viewer: i64, other: i64) -> bool {
        self.viewers.get(&other).is_none_or(|viewers| *viewers < MOST_VIEWERS_A_DAY)
            || self.shown.get(&viewer).is_some_and(|shown| shown.contains(&other))
    }

    /// They were suggested to a viewer.
    pub fn shown(&mut self, viewer: i64, others: impl Iterator<Item = i64>) {
        let shown = self.shown.entry(viewer).or_default();
        for other in others.filter(|other| shown.insert(*other)) {
            *self.viewers.entry(other).or_default() += 1;
            self.remembered += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_shown_to_more_in_a_day_but_stays_with_whom_they_were_shown_to() {
        let mut exposure = Exposure::default();
        let cap = i64::from(MOST_VIEWERS_A_DAY);
        for viewer in 0..cap {
            assert!(exposure.at(5).allows(viewer, -1));
            exposure.shown(viewer, [-1, -1].into_iter());
        }
        assert!(!exposure.at(DAY - 1).allows(cap, -1) && exposure.allows(0, -1));
        assert!(exposure.at(DAY).allows(cap, -1));
    }
}
