//! Buckets: of an allocation's bytes, and of answers to addresses that showed no credentials.

use std::hash::{BuildHasher, RandomState};
use std::net::IpAddr;

/// A bucket that fills with time. `amount` a second, at most `burst`.
#[derive(Clone, Copy)]
pub struct Bucket {
    tokens: u64,
    at: u64,
}

impl Bucket {
    /// A full one.
    pub fn full(burst: u32, now: u64) -> Bucket {
        Bucket { tokens: u64::from(burst) * 1_000, at: now }
    }

    /// Takes so much, if there is as much; `now` in milliseconds.
    pub fn take(&mut self, amount: usize, per_second: u32, burst: u32, now: u64) -> bool {
        let passed = now.saturating_sub(self.at);
        self.at = self.at.max(now);
        self.tokens = (self.tokens + passed * u64::from(per_second)).min(u64::from(burst) * 1_000);
        let wanted = amount as u64 * 1_000;
        let enough = self.tokens >= wanted;
        if enough {
            self.tokens -= wanted;
        }
        enough
    }
}

/// Fixed memory whoever asks: addresses that fall together share a bucket.
const SLOTS: usize = 4_096;
const BURST: u32 = 20;

/// How often addresses are answered that show no credentials.
pub struct Strangers {
    slots: Box<[Bucket]>,
    hasher: RandomState,
    per_second: u32,
}

impl Strangers {
    /// `per_second` answers to each, and twenty times as many at once.
    pub fn new(per_second: u32, now: u64) -> Strangers {
        let slots = vec![Bucket::full(per_second * BURST, now); SLOTS].into_boxed_slice();
        Strangers { slots, hasher: RandomState::new(), per_second }
    }

    /// Whether one more is answered. Of IPv6, those of one network (/64) count together.
    pub fn answers(&mut self, ip: IpAddr, now: u64) -> bool {
        let network = match ip {
            IpAddr::V4(ip) => u64::from(ip.to_bits()),
            IpAddr::V6(ip) => (ip.to_bits() >> 64) as u64,
        };
        let slot = self.hasher.hash_one(network) as usize % SLOTS;
        self.slots[slot].take(1, self.per_second, self.per_second * BURST, now)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bucket_fills_with_time() {
        let mut bucket = Bucket::full(10, 0);
        assert!(bucket.take(10, 5, 10, 0) && !bucket.take(1, 5, 10, 100));
        assert!(bucket.take(1, 5, 10, 200) && !bucket.take(1, 5, 10, 200));
        assert!(bucket.take(10, 5, 10, 60_000) && !bucket.take(1, 5, 10, 60_000));
    }

    #[test]
    fn a_stranger_is_not_answered_without_end() {
        let mut strangers = Strangers::new(2, 0);
        let ip = "192.0.2.1".parse().unwrap();
        assert_eq!((0..100).filter(|_| strangers.answers(ip, 0)).count(), 40);
        assert_eq!((0..100).filter(|_| strangers.answers(ip, 1_000)).count(), 2);
    }
}
