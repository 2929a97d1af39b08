//! The one place of this crate that reads the time and waits for it.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

/// What time it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Now {
    /// Milliseconds that never go back: lifetimes and rates.
    pub steady: u64,
    /// Seconds since 1970, UTC: when credentials end.
    pub unix: u64,
}

/// The machine's clock, and what a test put it forward by.
#[derive(Clone)]
pub struct Clock {
    start: Instant,
    ahead: Arc<AtomicU64>,
}

impl Default for Clock {
    fn default() -> Clock {
        Clock { start: instant(), ahead: Arc::default() }
    }
}

impl Clock {
    /// Now.
    pub fn now(&self) -> Now {
        let ahead = self.ahead.load(Ordering::Relaxed);
        let steady = u64::try_from(self.start.elapsed().as_millis()).unwrap_or(u64::MAX);
        Now { steady: steady + ahead * 1_000, unix: unix() + ahead }
    }

    /// Puts the clock forward by so many seconds, in every copy of it.
    pub fn advance(&self, seconds: u64) {
        self.ahead.fetch_add(seconds, Ordering::Relaxed);
    }
}

#[expect(clippy::disallowed_methods, reason = "this is where the crate reads the time")]
fn instant() -> Instant {
    Instant::now()
}

#[expect(clippy::disallowed_methods, reason = "this is where the crate reads the time")]
fn unix() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs())
}

/// Waits.
#[expect(clippy::disallowed_methods, reason = "this is where the crate waits")]
pub async fn pause(duration: Duration) {
    tokio::time::sleep(duration).await;
}
