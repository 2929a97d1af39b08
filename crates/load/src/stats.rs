//! Distributions and medians.

use std::time::Duration;

const STEPS: usize = 64;
const DECADES: usize = 32;

/// Counts of durations in buckets at most 1.6 % wide, from one microsecond to an hour.
pub struct Histogram {
    counts: Vec<u64>,
    total: u64,
}

impl Default for Histogram {
    fn default() -> Self {
        Self { counts: vec![0; STEPS * DECADES], total: 0 }
    }
}

impl Histogram {
    /// Counts one.
    #[inline]
    pub fn add(&mut self, value: Duration) {
        let micros = value.as_micros() as u64;
        self.counts[Self::bucket(micros)] += 1;
        self.total += 1;
    }

    #[inline]
    fn bucket(micros: u64) -> usize {
        let steps = STEPS as u64;
        if micros < steps {
            return micros as usize;
        }
        let shift = 63 - micros.leading_zeros() as usize - STEPS.trailing_zeros() as usize;
        ((shift + 1) * STEPS + ((micros >> shift) - steps) as usize).min(STEPS * DECADES - 1)
    }

    fn upper(bucket: usize) -> u64 {
        let (row, step) = (bucket / STEPS, (bucket % STEPS) as u64);
        if row == 0 { step } else { ((step + STEPS as u64 + 1) << (row - 1)) - 1 }
    }

    /// The value, in milliseconds, that `share` of all are not above.
    pub fn percentile(&self, share: f64) -> f64 {
        let wanted = (self.total as f64 * share).ceil().max(1.0) as u64;
        let mut seen = 0;
        let bucket = self.counts.iter().position(|count| {
            seen += count;
            seen >= wanted
        });
        bucket.map_or(0.0, |bucket| Self::upper(bucket) as f64 / 1000.0)
    }
}

/// The median of some runs, with the least and the greatest.
pub fn spread(values: &[f64]) -> (f64, f64, f64) {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let median = match sorted.len() {
        0 => 0.0,
        count if count % 2 == 1 => sorted[count / 2],
        count => f64::midpoint(sorted[count / 2 - 1], sorted[count / 2]),
    };
    (median, sorted.first().copied().unwrap_or(0.0), sorted.last().copied().unwrap_or(0.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_are_within_two_per_cent() {
        let mut histogram = Histogram::default();
        (1..=100_000).for_each(|micros| histogram.add(Duration::from_micros(micros)));
        for (share, expected) in [(0.5, 50.0), (0.99, 99.0), (1.0, 100.0)] {
            let found = histogram.percentile(share);
            assert!((found / expected - 1.0).abs() < 0.02, "{share}: {found}");
        }
    }

    #[test]
    fn buckets_never_go_back() {
        let buckets: Vec<usize> = (0..1_000_000).step_by(7).map(Histogram::bucket).collect();
        assert!(buckets.is_sorted());
        assert!((0..1_000_000).step_by(7).all(|micros| Histogram::upper(Histogram::bucket(micros)) >= micros));
    }

    #[test]
    fn the_middle_of_three() {
        assert_eq!(spread(&[3.0, 1.0, 2.0]), (2.0, 1.0, 3.0));
    }
}
