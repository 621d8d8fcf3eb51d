//! How often one address may ask: the rates of the settings, each with its buckets.
//!
//! Refuses to know: how a session was made.

use std::collections::HashMap;
use std::net::IpAddr;

use axum::http::{HeaderMap, HeaderName, HeaderValue};
use purlin_cluster::{Key, Limiter, Taken};

use super::refusal::Refusal;
use crate::settings::{HttpLimits, RateLimit};

/// Addresses that are remembered, of all roles together, about. Each takes some 50 bytes.
const BUCKETS: usize = 100_000;
const POLICY: HeaderName = HeaderName::from_static("ratelimit-policy");
const LEFT: HeaderName = HeaderName::from_static("ratelimit");

/// The rates there are.
pub struct Rates {
    limiter: Limiter,
    everybody: Bucket,
    roles: HashMap<Box<str>, Bucket>,
}

/// A rate with its number; `None` is any number of requests.
struct Bucket {
    id: u16,
    limit: Option<RateLimit>,
}

/// What is left after a request that was granted.
#[derive(Clone, Copy)]
pub struct Grant<'a> {
    limit: &'a RateLimit,
    taken: Taken,
}

impl Rates {
    /// The rates of these settings; `None` where nobody is limited.
    pub fn new(limits: &HttpLimits) -> Option<Rates> {
        let roles = limits.rate_by_role.iter();
        let limited = limits.rate.is_some() || roles.clone().any(|(_, limit)| limit.is_some());
        let roles = roles.zip(1..).map(|((role, limit), id)| (role.clone(), Bucket { id, limit: limit.clone() }));
        limited.then(|| Rates {
            limiter: Limiter::new(BUCKETS),
            everybody: Bucket { id: 0, limit: limits.rate.clone() },
            roles: roles.collect(),
        })
    }

    /// Takes so many requests of an address in a role, or of nobody in particular.
    pub fn take(&self, role: Option<&str>, address: IpAddr, requests: usize) -> Result<Option<Grant<'_>>, Refusal> {
        let bucket = role.and_then(|role| self.roles.get(role)).unwrap_or(&self.everybody);
        let Some(limit) = &bucket.limit else { return Ok(None) };
        let key = Key { rate: bucket.id, client: address.into() };
        let requests = u32::try_from(requests).unwrap_or(u32::MAX);
        match self.limiter.take(key, limit.rate, requests) {
            Ok(taken) => Ok(Some(Grant { limit, taken })),
            Err(refused) => Err(Refusal::too_often(limit.rate.per_minute, limit.setting.clone(), refused.retry_after)),
        }
    }
}

impl Grant<'_> {
    /// Tells the client (draft-ietf-httpapi-ratelimit-headers-10).
    pub fn tell(&self, headers: &mut HeaderMap) {
        let seconds = self.taken.full_after.as_millis().div_ceil(1000);
        let policy = format!("\"default\";q={};w=60", self.limit.rate.per_minute);
        let left = format!("\"default\";r={};t={seconds}", self.taken.remaining);
        for (name, value) in [(POLICY, policy), (LEFT, left)] {
            if let Ok(value) = HeaderValue::from_str(&value) {
                headers.insert(name, value);
            }
        }
    }
}
