use super::{Answer, Problem};
use crate::platform::clock::{Clock, Millis};
use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Mutex, PoisonError};

/// How often something may be done: a token bucket.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bucket {
    /// Tokens that come back each second.
    pub per_second: f64,
    /// The most tokens there can be.
    pub burst: f64,
}

/// Keys are forgotten when they are full again; this bounds the memory between two clean-ups.
const CLEAN_UP_AT: usize = 10_000;

/// One token bucket per key.
pub struct RateLimit<K> {
    buckets: Mutex<HashMap<K, Level>>,
}

/// How full a bucket was, and when.
#[derive(Clone, Copy)]
struct Level {
    tokens: f64,
    at: Millis,
    bucket: Bucket,
}

impl<K: Eq + Hash> Default for RateLimit<K> {
    fn default() -> Self {
        RateLimit { buckets: Mutex::new(HashMap::new()) }
    }
}

impl<K: Eq + Hash> RateLimit<K> {
    /// Takes one token of `key`, or says how long to wait.
    pub fn take(&self, key: K, bucket: Bucket, clock: &Clock) -> Answer<()> {
        self.spend(key, bucket, clock, 1.0)
    }

    fn spend(&self, key: K, bucket: Bucket, clock: &Clock, cost: f64) -> Answer<()> {
        let now = clock.now();
        let mut buckets = self.buckets.lock().unwrap_or_else(PoisonError::into_inner);
        if buckets.len() >= CLEAN_UP_AT {
            buckets.retain(|_, level| level.refilled(level.bucket, now) < level.bucket.burst);
        }
        let level = buckets.entry(key).or_insert(Level { tokens: bucket.burst, at: now, bucket });
        let tokens = level.refilled(bucket, now);
        if tokens < 1.0 {
            *level = Level { tokens, at: now, bucket };
            return Err(Problem::rate_limited(((1.0 - tokens) / bucket.per_second).ceil() as u64));
        }
        *level = Level { tokens: tokens - cost, at: now, bucket };
        Ok(())
    }
}

impl Level {
    fn refilled(&self, bucket: Bucket, now: Millis) -> f64 {
        let passed = (now - self.at).max(0) as f64 / 1_000.0;
        (self.tokens + passed * bucket.per_second).min(bucket.burst)
    }
}

/// Counts failures, never successes: somebody who knows the password is never kept out by their
/// own sign-ins.
pub struct FailureLimit<K> {
    failures: RateLimit<K>,
    bucket: Bucket,
}

impl<K: Eq + Hash> FailureLimit<K> {
    /// `burst` failures at once, then one every `1 / per_second` seconds.
    pub fn new(bucket: Bucket) -> FailureLimit<K> {
        FailureLimit { failures: RateLimit::default(), bucket }
    }

    /// Whether another attempt may be made.
    pub fn check(&self, key: K, clock: &Clock) -> Answer<()> {
        self.failures.spend(key, self.bucket, clock, 0.0)
    }

    /// An attempt failed.
    pub fn failed(&self, key: K, clock: &Clock) {
        let _ = self.failures.take(key, self.bucket, clock);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;
    use std::sync::atomic::{AtomicI64, Ordering};

    #[test]
    fn a_bucket_refills_with_time() {
        let time = Arc::new(AtomicI64::new(0));
        let clock = Clock::Manual(time.clone());
        let limit = RateLimit::default();
        let bucket = Bucket { per_second: 2.0, burst: 3.0 };
        for _ in 0..3 {
            assert!(limit.take("a", bucket, &clock).is_ok());
        }
        assert_eq!(limit.take("a", bucket, &clock), Err(Problem::rate_limited(1)));
        assert!(limit.take("b", bucket, &clock).is_ok());
        time.store(500, Ordering::SeqCst);
        assert!(limit.take("a", bucket, &clock).is_ok());
        assert!(limit.take("a", bucket, &clock).is_err());
    }

    #[test]
    fn only_failures_count() {
        let clock = Clock::Manual(Arc::new(AtomicI64::new(0)));
        let limit = FailureLimit::new(Bucket { per_second: 0.1, burst: 2.0 });
        for _ in 0..100 {
            assert!(limit.check("a", &clock).is_ok());
        }
        limit.failed("a", &clock);
        assert!(limit.check("a", &clock).is_ok());
        limit.failed("a", &clock);
        assert!(limit.check("a", &clock).is_err());
    }
}
