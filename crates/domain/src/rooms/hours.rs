//! Opening hours.

/// The minutes of a day and of a week.
const DAY: u32 = 24 * 60;
const WEEK: u32 = 7 * DAY;

/// A time of the week at which something is open, in the local time of its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    /// The day on which it opens: Monday 1 to Sunday 7.
    pub day: u8,
    /// Minute of that day at which it opens, 0 to 1,439.
    pub from: u16,
    /// Minute at which it closes, 0 to 1,440. Not after `from`: on the next day.
    pub to: u16,
}

impl Window {
    fn opens(&self) -> u32 {
        (u32::from(self.day.clamp(1, 7)) - 1) * DAY + u32::from(self.from) % DAY
    }

    fn minutes(&self) -> u32 {
        let (from, to) = (u32::from(self.from) % DAY, u32::from(self.to).min(DAY));
        if to > from { to - from } else { to + DAY - from }
    }
}

fn minute_of_week(day: u8, minute: u16) -> u32 {
    (u32::from(day.clamp(1, 7)) - 1) * DAY + u32::from(minute) % DAY
}

/// Whether it is open at a local time (Monday is day 1). Without any window it never is.
pub fn is_open(weekly: &[Window], day: u8, minute: u16) -> bool {
    let now = minute_of_week(day, minute);
    weekly.iter().any(|window| (now + WEEK - window.opens()) % WEEK < window.minutes())
}

/// The minutes from a local time until it opens next: 0 while it is open, `None` if it never does.
pub fn minutes_until_open(weekly: &[Window], day: u8, minute: u16) -> Option<u32> {
    if is_open(weekly, day, minute) {
        return Some(0);
    }
    let now = minute_of_week(day, minute);
    weekly.iter().map(|window| (window.opens() + WEEK - now) % WEEK).min()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const EVENING: Window = Window { day: 1, from: 18 * 60, to: 20 * 60 };
    const NIGHT: Window = Window { day: 7, from: 22 * 60, to: 2 * 60 };

    #[test]
    fn opens_and_closes_to_the_minute() {
        let weekly = [EVENING];
        assert!(!is_open(&weekly, 1, 17 * 60 + 59));
        assert!(is_open(&weekly, 1, 18 * 60));
        assert!(is_open(&weekly, 1, 19 * 60 + 59));
        assert!(!is_open(&weekly, 1, 20 * 60));
        assert!(!is_open(&weekly, 2, 18 * 60));
        assert_eq!(minutes_until_open(&weekly, 1, 17 * 60), Some(60));
        assert_eq!(minutes_until_open(&weekly, 1, 18 * 60), Some(0));
        assert_eq!(minutes_until_open(&weekly, 1, 20 * 60), Some(WEEK - 120));
    }

    #[test]
    fn may_pass_midnight_and_the_end_of_the_week() {
        let weekly = [EVENING, NIGHT];
        assert!(is_open(&weekly, 7, 23 * 60));
        assert!(is_open(&weekly, 1, 60));
        assert!(!is_open(&weekly, 1, 120));
        assert_eq!(minutes_until_open(&weekly, 1, 120), Some(16 * 60));
        let midnight = [Window { day: 3, from: 0, to: 1_440 }];
        assert!(is_open(&midnight, 3, 0) && is_open(&midnight, 3, 1_439) && !is_open(&midnight, 4, 0));
        let whole_day = [Window { day: 3, from: 600, to: 600 }];
        assert!(is_open(&whole_day, 4, 599) && !is_open(&whole_day, 4, 600));
    }

    #[test]
    fn without_windows_it_never_opens() {
        assert!(!is_open(&[], 1, 0));
        assert_eq!(minutes_until_open(&[], 1, 0), None);
    }

    fn window() -> impl Strategy<Value = Window> {
        (1..=7u8, 0..1_440u16, 0..=1_440u16).prop_map(|(day, from, to)| Window { day, from, to })
    }

    proptest! {
        #[test]
        fn it_is_open_when_the_wait_is_over(
            weekly in prop::collection::vec(window(), 1..6), day in 1..=7u8, minute in 0..1_440u16
        ) {
            let wait = minutes_until_open(&weekly, day, minute).unwrap();
            prop_assert!(wait < WEEK);
            for passed in 0..=wait {
                let at = (minute_of_week(day, minute) + passed) % WEEK;
                let (day, minute) = ((at / DAY) as u8 + 1, (at % DAY) as u16);
                prop_assert_eq!(is_open(&weekly, day, minute), passed == wait);
            }
        }
    }
}
