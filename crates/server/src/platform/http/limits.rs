use super::{Answer, Problem};
use crate::platform::clock::{Clock, Millis};
use crate::platform::db::holding_none;
use std::collections::HashMap;
use std::hash::{BuildHasher, Hash, RandomState};
use std::sync::{Mutex, PoisonError};
use tokio::sync::{Mutex as Turn, MutexGuard as TurnHeld};

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

    /// Takes so many tokens of `key` if there is one: the rest is owed.
    pub fn take_many(&self, key: K, bucket: Bucket, clock: &Clock, cost: f64) -> Answer<()> {
        self.spend(key, bucket, clock, cost)
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

/// Guesses of different keys wait for each other only when they fall on the same of so many turns.
const TURNS: usize = 64;

/// Counts failures, never successes: somebody who knows the password is never kept out by their
/// own sign-ins.
pub struct FailureLimit<K> {
    failures: RateLimit<K>,
    bucket: Bucket,
    turns: Vec<Turn<()>>,
    hasher: RandomState,
}

/// One guess, whose turn it is: others of the same key wait until it is dropped, and see whether it failed.
pub struct Attempt<'a, K: Eq + Hash> {
    limit: &'a FailureLimit<K>,
    key: K,
    clock: &'a Clock,
    _turn: TurnHeld<'a, ()>,
}

impl<K: Eq + Hash> FailureLimit<K> {
    /// `burst` failures at once, then one every `1 / per_second` seconds.
    pub fn new(bucket: Bucket) -> FailureLimit<K> {
        let turns = (0..TURNS).map(|_| Turn::new(())).collect();
        FailureLimit { failures: RateLimit::default(), bucket, turns, hasher: RandomState::new() }
    }

    /// Waits for the key's turn and begins a guess: a thousand sent at once are as many as one after the other. Never
    /// inside a transaction: those whose turn it is wait for the writer.
    pub async fn attempt<'a>(&'a self, key: K, clock: &'a Clock) -> Answer<Attempt<'a, K>>
    where
        K: Clone,
    {
        holding_none();
        let turn = self.hasher.hash_one(&key) as usize % TURNS;
        let turn = self.turns[turn].lock().await;
        let level = self.failures.spend(key.clone(), self.bucket, clock, 0.0);
        level.map(|()| Attempt { limit: self, key, clock, _turn: turn })
    }

    /// Whether another attempt may be made, where it is the cost of each that counts and not how many are on their way.
    pub fn check(&self, key: K, clock: &Clock) -> Answer<()> {
        self.failures.spend(key, self.bucket, clock, 0.0)
    }

    /// An attempt failed.
    pub fn failed(&self, key: K, clock: &Clock) {
        let _ = self.failures.take(key, self.bucket, clock);
    }
}

impl<K: Eq + Hash> Attempt<'_, K> {
    /// The guess was wrong.
    pub fn failed(self) {
        self.limit.failed(self.key, self.clock);
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

    /// Nobody gains by guessing at the same time.
    #[tokio::test]
    async fn guesses_of_one_key_come_one_after_the_other() {
        let clock = Clock::Manual(Arc::new(AtomicI64::new(0)));
        let limit = FailureLimit::new(Bucket { per_second: 0.1, burst: 3.0 });
        let guess = async || match limit.attempt("a", &clock).await {
            Ok(attempt) => {
                tokio::task::yield_now().await;
                attempt.failed();
                true
            }
            Err(_) => false,
        };
        let made = futures_util::future::join_all((0..50).map(|_| guess())).await;
        assert_eq!(made.into_iter().filter(|made| *made).count(), 3);
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
