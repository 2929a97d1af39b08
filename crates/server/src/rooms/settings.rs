//! What the organizers choose for a room.

use crate::platform::clock::Millis;
use crate::platform::http::{Answer, Problem};
use crate::sites::ContentPolicy;
use domain::rooms::hours::{self, Window};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

const MOST_OPENINGS: usize = 50;
/// An hour.
const LONGEST_PAUSE: u32 = 3_600;

/// What the organizers choose for a room.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct RoomRules {
    /// Slugs of the populations that may enter (any of them); empty: all members.
    pub populations: Vec<String>,
    /// Slugs of the populations that moderate; they may enter too.
    pub moderators: Vec<String>,
    /// Whether they do, as long as the site's moderation is on.
    pub moderation: bool,
    /// What texts may hold; null: as on the site.
    pub content_policy: Option<ContentPolicy>,
    /// The least time between two messages of a member, in seconds; 0: none. Moderators need not wait.
    pub slow_mode_seconds: u32,
    /// Only moderators and operators write.
    pub announcement_only: bool,
    /// When members may write; null: always.
    pub opening_hours: Option<OpeningHours>,
    /// So many first messages of a member wait for a moderator.
    pub hold_first: u32,
}

/// When a room is open, by the clock of a place.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OpeningHours {
    /// An IANA time zone, such as `Europe/Paris`.
    pub time_zone: String,
    /// Each week.
    pub weekly: Vec<Opening>,
}

/// From when to when; past midnight if it ends before it begins.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Opening {
    /// 1: Monday, 7: Sunday.
    pub day: u8,
    /// `18:00`.
    pub from: String,
    /// `20:30`, or `24:00`.
    pub to: String,
}

impl RoomRules {
    /// Refuses what can't be.
    pub fn check(&self, known: &[String]) -> Answer<()> {
        for (field, slugs) in [("populations", &self.populations), ("moderators", &self.moderators)] {
            if let Some(unknown) = slugs.iter().find(|slug| !known.contains(slug)) {
                return Err(Problem::invalid(format!("{field}: {unknown:?} is no population of this site")));
            }
        }
        if self.slow_mode_seconds > LONGEST_PAUSE {
            return Err(Problem::invalid("slow_mode_seconds: at most 3600"));
        }
        if self.hold_first > 100 {
            return Err(Problem::invalid("hold_first: at most 100"));
        }
        match &self.opening_hours {
            Some(hours) => hours.check(),
            None => Ok(()),
        }
    }
}

impl OpeningHours {
    fn check(&self) -> Answer<()> {
        if TimeZone::get(&self.time_zone).is_err() {
            return Err(Problem::invalid("opening_hours.time_zone: an IANA name such as Europe/Paris"));
        }
        if self.weekly.is_empty() || self.weekly.len() > MOST_OPENINGS {
            return Err(Problem::invalid("opening_hours.weekly: 1 to 50 openings"));
        }
        match self.weekly.iter().all(|opening| opening.window().is_some()) {
            true => Ok(()),
            false => Err(Problem::invalid("opening_hours.weekly: day 1 to 7, from and to as 18:00, not the same")),
        }
    }

    fn windows(&self) -> Vec<Window> {
        self.weekly.iter().filter_map(Opening::window).collect()
    }

    /// `None`: it is open; else when it opens next, if ever.
    pub fn opens_at(&self, now: Millis) -> Option<Option<Millis>> {
        let zone = TimeZone::get(&self.time_zone).unwrap_or(TimeZone::UTC);
        let local = Timestamp::from_millisecond(now).unwrap_or_default().to_zoned(zone);
        let day = local.weekday().to_monday_one_offset().unsigned_abs();
        let minute = u16::from(local.hour().unsigned_abs()) * 60 + u16::from(local.minute().unsigned_abs());
        let windows = self.windows();
        if hours::is_open(&windows, day, minute) {
            return None;
        }
        let next = hours::minutes_until_open(&windows, day, minute).and_then(|minutes| {
            let start = local.with().second(0).subsec_nanosecond(0).build().ok()?;
            // By the clock on the wall: an hour more or less where the clocks change in between.
            let wall = start.datetime().checked_add(SignedDuration::from_mins(i64::from(minutes))).ok()?;
            Some(wall.to_zoned(local.time_zone().clone()).ok()?.timestamp().as_millisecond())
        });
        Some(next)
    }
}

impl Opening {
    fn window(&self) -> Option<Window> {
        let (from, to) = (minutes(&self.from)?, minutes(&self.to)?);
        ((1..=7).contains(&self.day) && from < 24 * 60 && from != to).then_some(Window { day: self.day, from, to })
    }
}

fn minutes(text: &str) -> Option<u16> {
    let (hours, minutes) = text.split_once(':')?;
    let plain = hours.len() == 2 && minutes.len() == 2 && text.bytes().all(|b| b.is_ascii_digit() || b == b':');
    let (hours, minutes): (u16, u16) = (hours.parse().ok()?, minutes.parse().ok()?);
    let fits = minutes < 60 && (hours < 24 || (hours == 24 && minutes == 0));
    (plain && fits).then_some(hours * 60 + minutes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hours(weekly: &[(u8, &str, &str)]) -> OpeningHours {
        let opening =
            |(day, from, to): &(u8, &str, &str)| Opening { day: *day, from: (*from).into(), to: (*to).into() };
        OpeningHours { time_zone: "Europe/Paris".to_owned(), weekly: weekly.iter().map(opening).collect() }
    }

    fn at(text: &str) -> Millis {
        text.parse::<Timestamp>().unwrap().as_millisecond()
    }

    #[test]
    fn a_room_opens_by_the_clock_of_its_place() {
        let evenings = hours(&[(6, "18:00", "20:00")]);
        assert!(evenings.check().is_ok());
        // Saturday 21 November 2026: Paris is an hour ahead of UTC.
        assert_eq!(evenings.opens_at(at("2026-11-21T17:30:00Z")), None);
        assert_eq!(evenings.opens_at(at("2026-11-21T16:30:20Z")), Some(Some(at("2026-11-21T17:00:00Z"))));
        assert_eq!(evenings.opens_at(at("2026-11-21T19:00:00Z")), Some(Some(at("2026-11-28T17:00:00Z"))));
        // In summer two.
        assert_eq!(evenings.opens_at(at("2026-07-18T16:30:00Z")), None);
    }

    #[test]
    fn nonsense_is_refused() {
        for bad in
            [hours(&[]), hours(&[(0, "18:00", "20:00")]), hours(&[(1, "18:00", "18:00")]), hours(&[(1, "6pm", "8pm")])]
        {
            assert!(bad.check().is_err(), "{bad:?}");
        }
        assert!(
            OpeningHours { time_zone: "Mars/Olympus".to_owned(), ..hours(&[(1, "08:00", "24:00")]) }.check().is_err()
        );
    }
}
