//! Counts and distributions kept in atomics: cheap enough for every request.
//!
//! Refuses to know: who reads them, and in which format.

use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::time::Duration;

/// Upper bounds of waiting and running times, in microseconds.
pub const TIMES: &[u64] = &[
    100, 250, 500, 1_000, 2_500, 5_000, 10_000, 25_000, 50_000, 100_000, 250_000, 500_000, 1_000_000, 2_500_000,
    10_000_000,
];

/// Upper bounds of how many writes share one transaction.
const GROUPS: &[u64] = &[1, 2, 4, 8, 16, 32, 64];

/// How values are distributed over ranges. Every count is an atomic of its own: a reader may see a value in the sum that
/// is not in its range yet, which the next reading mends.
#[derive(Debug)]
pub struct Histogram {
    bounds: &'static [u64],
    counts: Box<[AtomicU64]>,
    sum: AtomicU64,
}

impl Histogram {
    /// Without values; `bounds` ascend and are inclusive. A last range without bound is added.
    pub fn new(bounds: &'static [u64]) -> Histogram {
        let counts = (0..=bounds.len()).map(|_| AtomicU64::new(0)).collect();
        Histogram { bounds, counts, sum: AtomicU64::new(0) }
    }

    /// Adds a value.
    pub fn observe(&self, value: u64) {
        let range = self.bounds.partition_point(|bound| *bound < value);
        self.counts[range].fetch_add(1, Ordering::Relaxed);
        self.sum.fetch_add(value, Ordering::Relaxed);
    }

    /// Adds a time, in microseconds.
    pub fn observe_time(&self, time: Duration) {
        self.observe(u64::try_from(time.as_micros()).unwrap_or(u64::MAX));
    }

    /// Sum of all values.
    pub fn sum(&self) -> u64 {
        self.sum.load(Ordering::Relaxed)
    }

    /// Each range's upper bound and its count; the last has no bound.
    pub fn ranges(&self) -> impl Iterator<Item = (Option<u64>, u64)> {
        let bounds = self.bounds.iter().copied().map(Some).chain([None]);
        bounds.zip(self.counts.iter().map(|count| count.load(Ordering::Relaxed)))
    }
}

/// Something that is entered and left: how many are inside now.
#[derive(Debug, Default)]
pub struct Gauge(AtomicI64);

impl Gauge {
    /// One more, until the guard is dropped.
    pub fn enter(&self) -> Inside<'_> {
        self.0.fetch_add(1, Ordering::Relaxed);
        Inside(self)
    }

    /// How many are inside.
    pub fn get(&self) -> i64 {
        self.0.load(Ordering::Relaxed)
    }
}

/// One that is inside a [`Gauge`].
#[derive(Debug)]
pub struct Inside<'a>(&'a Gauge);

impl Drop for Inside<'_> {
    fn drop(&mut self) {
        self.0.0.fetch_sub(1, Ordering::Relaxed);
    }
}

/// What an open database has measured since it was opened.
#[derive(Debug)]
pub struct Measures {
    /// How long requests waited for a reader, the writer or a connection, in microseconds.
    pub wait: Histogram,
    /// How many writes shared one transaction (SQLite).
    pub group: Histogram,
    /// Readers at work (SQLite).
    pub reading: Gauge,
}

impl Default for Measures {
    fn default() -> Measures {
        Measures { wait: Histogram::new(TIMES), group: Histogram::new(GROUPS), reading: Gauge::default() }
    }
}

/// How busy an open database is at this moment.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Load {
    /// Reader threads or exclusive connections that requests have now.
    pub used: usize,
    /// How many there can be.
    pub most: usize,
    /// Requests that wait for one of them.
    pub waiting: usize,
    /// Writes that wait for the writer (SQLite).
    pub waiting_writes: usize,
}

/// How many reads went to which server since the database was opened.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reads {
    /// To the primary, repeated ones included.
    pub primary: u64,
    /// To the primary because a replica did not answer them.
    pub repeated: u64,
    /// To each replica, in the order of the setting.
    pub replicas: Vec<ReplicaReads>,
}

/// How many reads went to a replica, and how it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReplicaReads {
    /// So many.
    pub reads: u64,
    /// Whether the next one may go there.
    pub is_used: bool,
    /// How old what it shows is at most; `None`: it has not said yet.
    pub lag: Option<Duration>,
}

#[cfg(test)]
mod tests {
    use super::{Gauge, Histogram};

    #[test]
    fn a_value_is_in_the_first_range_that_holds_it() {
        let histogram = Histogram::new(&[1, 10]);
        for value in [0, 1, 2, 10, 11] {
            histogram.observe(value);
        }
        assert_eq!(histogram.ranges().collect::<Vec<_>>(), [(Some(1), 2), (Some(10), 2), (None, 1)]);
        assert_eq!(histogram.sum(), 24);
    }

    #[test]
    fn who_leaves_is_not_counted() {
        let gauge = Gauge::default();
        let one = gauge.enter();
        let _two = gauge.enter();
        assert_eq!(gauge.get(), 2);
        drop(one);
        assert_eq!(gauge.get(), 1);
    }
}
