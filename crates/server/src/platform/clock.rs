//! The one place that reads the time and waits for it.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

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

/// A time as the API writes it: RFC 3339, UTC, milliseconds.
pub fn rfc3339(at: Millis) -> String {
    OffsetDateTime::from_unix_timestamp_nanos(i128::from(at) * 1_000_000)
        .ok()
        .and_then(|t| t.format(&Rfc3339).ok())
        .unwrap_or_else(|| "1970-01-01T00:00:00Z".to_owned())
}
