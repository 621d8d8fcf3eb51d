//! Rates: a bucket per client that empties by asking and fills with time (GCRA, ITU-T I.371: one number per client).
//!
//! Refuses to know: what is asked, and where an address comes from.

use std::hash::{BuildHasher, RandomState};
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use crate::recent::Recent;

/// Parts that lock each for itself.
const SHARDS: usize = 16;
const MINUTE: u64 = 60_000_000_000;

/// How often a client may ask.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rate {
    /// Requests per minute in the long run, at least 1.
    pub per_minute: u32,
    /// Requests that may come at once, at least 1.
    pub burst: u32,
}

impl Rate {
    /// Nanoseconds after which one more request is due.
    fn interval(self) -> u64 {
        MINUTE / u64::from(self.per_minute.max(1))
    }

    fn burst(self) -> u64 {
        u64::from(self.burst.max(1))
    }
}

/// Whom a bucket belongs to: an address, of IPv6 its network of 64 bits, since whoever has one address has them all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Client {
    /// An IPv4 address.
    V4(u32),
    /// The first half of an IPv6 address.
    V6(u64),
}

impl From<IpAddr> for Client {
    fn from(address: IpAddr) -> Client {
        match address.to_canonical() {
            IpAddr::V4(address) => Client::V4(address.to_bits()),
            IpAddr::V6(address) => Client::V6((address.to_bits() >> 64) as u64),
        }
    }
}

/// A bucket: which rate, and whose. Nothing in it is chosen freely by a client.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Key {
    /// The rate it belongs to.
    pub rate: u16,
    /// Whose it is.
    pub client: Client,
}

/// What a granted request leaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Taken {
    /// Requests that may follow at once.
    pub remaining: u32,
    /// Time until the bucket is full again.
    pub full_after: Duration,
}

/// A request that came too early.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooMany {
    /// Time after which the same request is granted.
    pub retry_after: Duration,
}

/// All buckets. A client that is forgotten, because more others asked since than are remembered, begins with a full one.
pub struct Limiter {
    start: Instant,
    hasher: RandomState,
    /// Nanoseconds since `start` at which each bucket is full again.
    shards: [Mutex<Recent<Key, u64>>; SHARDS],
}

impl Limiter {
    /// Remembers about so many buckets.
    pub fn new(buckets: usize) -> Limiter {
        let shards = std::array::from_fn(|_| Mutex::new(Recent::new(buckets / SHARDS)));
        Limiter { start: Instant::now(), hasher: RandomState::new(), shards }
    }

    /// Takes `requests` out of a bucket, all or none. More than the bucket holds takes a full bucket.
    ///
    /// # Errors
    /// When the bucket holds less.
    pub fn take(&self, key: Key, rate: Rate, requests: u32) -> Result<Taken, TooMany> {
        self.take_at(key, rate, requests, self.start.elapsed())
    }

    /// The same at a time since the limiter was made.
    ///
    /// # Errors
    /// When the bucket holds less.
    pub fn take_at(&self, key: Key, rate: Rate, requests: u32, now: Duration) -> Result<Taken, TooMany> {
        let now = u64::try_from(now.as_nanos()).unwrap_or(u64::MAX);
        let shard = &self.shards[self.hasher.hash_one(key) as usize % SHARDS];
        let mut shard = shard.lock().unwrap_or_else(PoisonError::into_inner);
        let full = shard.get(&key).unwrap_or(0).max(now);
        let wanted = u64::from(requests).min(rate.burst());
        let (size, full) = (rate.burst() * rate.interval(), full.saturating_add(wanted * rate.interval()));
        let debt = full - now;
        if debt > size {
            return Err(TooMany { retry_after: Duration::from_nanos(debt - size) });
        }
        shard.set(key, full);
        let remaining = u32::try_from((size - debt) / rate.interval()).unwrap_or(u32::MAX);
        Ok(Taken { remaining, full_after: Duration::from_nanos(debt) })
    }
}

#[cfg(test)]
mod tests {
    use proptest::collection::vec;
    use proptest::prelude::*;

    use super::*;

    const KEY: Key = Key { rate: 0, client: Client::V4(1) };

    /// A bucket as one would draw it: a level in nanoseconds of waiting that are paid for.
    struct Bucket {
        level: u64,
        at: u64,
    }

    impl Bucket {
        fn take(&mut self, rate: Rate, requests: u32, now: u64) -> Option<u32> {
            let size = rate.burst() * rate.interval();
            self.level = size.min(self.level + (now - self.at));
            self.at = now;
            let price = u64::from(requests.min(rate.burst)) * rate.interval();
            self.level = self.level.checked_sub(price)?;
            Some((self.level / rate.interval()) as u32)
        }
    }

    proptest! {
        #[test]
        fn a_limiter_is_a_bucket(
            per_minute in 1u32..100_000,
            burst in 1u32..50,
            asked in vec((0u64..3_000_000_000, 1u32..60), 1..100),
        ) {
            let (limiter, rate) = (Limiter::new(100), Rate { per_minute, burst });
            let mut bucket = Bucket { level: rate.burst() * rate.interval(), at: 0 };
            let mut now = 0;
            for (pause, requests) in asked {
                now += pause;
                let taken = limiter.take_at(KEY, rate, requests, Duration::from_nanos(now));
                prop_assert_eq!(taken.ok().map(|taken| taken.remaining), bucket.take(rate, requests, now));
                if let Err(refused) = taken {
                    // Not a moment earlier than it says.
                    let due = now + refused.retry_after.as_nanos() as u64;
                    let early = limiter.take_at(KEY, rate, requests, Duration::from_nanos(due - 1));
                    prop_assert!(early.is_err());
                    let after = limiter.take_at(KEY, rate, requests, Duration::from_nanos(due));
                    prop_assert!(after.is_ok());
                    bucket.take(rate, requests, due);
                    now = due;
                }
            }
        }
    }

    #[test]
    fn clients_and_rates_do_not_share() {
        let (limiter, rate) = (Limiter::new(100), Rate { per_minute: 1, burst: 1 });
        let take = |rate_id, address: &str| {
            let key = Key { rate: rate_id, client: address.parse::<IpAddr>().unwrap().into() };
            limiter.take_at(key, rate, 1, Duration::ZERO).is_ok()
        };
        assert!(take(0, "192.0.2.1") && !take(0, "192.0.2.1"));
        assert!(take(0, "192.0.2.2") && take(1, "192.0.2.1"));
        // An IPv4 address is the same inside IPv6; a network of 64 bits is one client.
        assert!(!take(0, "::ffff:192.0.2.1"));
        assert!(take(0, "2001:db8:0:1::1") && !take(0, "2001:db8:0:1:ffff::2") && take(0, "2001:db8:0:2::1"));
    }

    #[test]
    fn any_number_of_clients_is_remembered_in_bounded_memory() {
        let (limiter, rate) = (Limiter::new(160), Rate { per_minute: 60, burst: 1 });
        for address in 0..100_000 {
            let key = Key { rate: 0, client: Client::V4(address) };
            assert!(limiter.take_at(key, rate, 1, Duration::ZERO).is_ok());
        }
        let last = Key { rate: 0, client: Client::V4(99_999) };
        assert!(limiter.take_at(last, rate, 1, Duration::ZERO).is_err());
        let known: usize = (0..100_000)
            .filter(|address| {
                let key = Key { rate: 0, client: Client::V4(*address) };
                let shard = &limiter.shards[limiter.hasher.hash_one(key) as usize % SHARDS];
                shard.lock().unwrap().get(&key).is_some()
            })
            .count();
        assert!((160 / 2..=320).contains(&known), "{known}");
    }
}
