use parvis::platform::clock::Clock;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

/// A clock that stands still until the story moves it.
#[derive(Clone)]
pub struct Hand(Arc<AtomicI64>);

impl Hand {
    pub fn starting_now() -> Hand {
        Hand(Arc::new(AtomicI64::new(Clock::System.now())))
    }

    pub fn clock(&self) -> Clock {
        Clock::Manual(self.0.clone())
    }

    pub fn advance(&self, by: Duration) {
        self.0.fetch_add(i64::try_from(by.as_millis()).unwrap(), Ordering::SeqCst);
    }
}
