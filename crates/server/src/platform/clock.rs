//! The one place that reads the time and waits for it.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use time::OffsetDateTime;

/// Milliseconds since 1970, UTC.
pub type Millis = i64;

/// What time it is: the system's, or one that a test moves by hand.
#[derive(Clone)]
pub enum Clock {
    /// The machine's clock.
    System,
    /// A clock that stands still until it is moved.
    Manual(Arc<AtomicI64>),
}

impl Clock {
    /// Now.
    pub fn now(&self) -> Millis {
        match self {
            Clock::System => system_now(),
            Clock::Manual(at) => at.load(Ordering::SeqCst),
        }
    }
}

#[allow(clippy::disallowed_methods, reason = "this is the replacement the lint names")]
fn system_now() -> Millis {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
}

/// Waits on the machine's clock. For background work only: nothing in a request waits for time.
#[allow(clippy::disallowed_methods, reason = "this is the replacement the lint names")]
pub async fn pause(duration: Duration) {
    tokio::time::sleep(duration).await;
}

/// A monotonic reading, for durations.
#[allow(clippy::disallowed_methods, reason = "this is the replacement the lint names")]
pub fn stopwatch() -> std::time::Instant {
    std::time::Instant::now()
}

/// A time as the API writes it: RFC 3339, UTC, always with three digits of milliseconds, so that times compare as texts.
pub fn rfc3339(at: Millis) -> String {
    let time =
        OffsetDateTime::from_unix_timestamp_nanos(i128::from(at) * 1_000_000).unwrap_or(OffsetDateTime::UNIX_EPOCH);
    let (hour, minute, second, milli) = time.time().as_hms_milli();
    let (year, month, day) = (time.year(), u8::from(time.month()), time.day());
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{milli:03}Z")
}

/// A time as RFC 3339 writes it, with an offset.
pub fn parse_rfc3339(text: &str) -> Option<Millis> {
    text.parse::<jiff::Timestamp>().ok().map(jiff::Timestamp::as_millisecond)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_keep_their_zeros() {
        assert_eq!(rfc3339(0), "1970-01-01T00:00:00.000Z");
        assert_eq!(rfc3339(1_795_255_200_970), "2026-11-21T10:00:00.970Z");
        assert_eq!(parse_rfc3339("2026-11-21T11:00:00.970+01:00"), Some(1_795_255_200_970));
        assert_eq!(parse_rfc3339("2026-11-21"), None);
    }
}
