//! What the gateway counts of every request, in atomics, and its exposition for Prometheus.
//!
//! Labels have few values whatever clients send: roles appear as classes, operations as kinds.

mod expose;
mod process;

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use axum::http::StatusCode;
use purlin_db::measure::{Gauge, Histogram, TIMES};

pub use expose::{CONTENT_TYPE, Sources, text};

/// Upper bounds of body sizes, in bytes.
const SIZES: &[u64] = &[100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000];
/// Statuses with a label of their own; any other is counted under the last, 0.
const STATUSES: [u16; 19] =
    [200, 204, 400, 401, 403, 404, 405, 406, 408, 413, 414, 415, 422, 429, 500, 502, 503, 504, 0];

/// What a request asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Asked {
    /// Nothing that was read as an operation: other paths, refused requests.
    #[default]
    Other,
    /// A query.
    Query,
    /// A mutation.
    Mutation,
    /// A subscription.
    Subscription,
    /// An array of operations.
    Batch,
}

impl Asked {
    const ALL: [Asked; 5] = [Asked::Other, Asked::Query, Asked::Mutation, Asked::Subscription, Asked::Batch];

    /// As a label and in the log.
    pub fn text(self) -> &'static str {
        match self {
            Asked::Other => "other",
            Asked::Query => "query",
            Asked::Mutation => "mutation",
            Asked::Subscription => "subscription",
            Asked::Batch => "batch",
        }
    }
}

impl From<purlin_schema::OperationKind> for Asked {
    fn from(kind: purlin_schema::OperationKind) -> Asked {
        match kind {
            purlin_schema::OperationKind::Query => Asked::Query,
            purlin_schema::OperationKind::Mutation => Asked::Mutation,
            purlin_schema::OperationKind::Subscription => Asked::Subscription,
        }
    }
}

/// Who asked, as far as a label may tell.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum RoleClass {
    /// Nobody was let in, or nobody had to be.
    #[default]
    None,
    /// The role `admin`.
    Admin,
    /// The role of requests without credentials.
    Public,
    /// Any other role.
    User,
}

impl RoleClass {
    const ALL: [RoleClass; 4] = [RoleClass::None, RoleClass::Admin, RoleClass::Public, RoleClass::User];

    fn text(self) -> &'static str {
        match self {
            RoleClass::None => "none",
            RoleClass::Admin => "admin",
            RoleClass::Public => "public",
            RoleClass::User => "user",
        }
    }
}

/// A request that was answered.
#[derive(Clone, Copy, Debug)]
pub struct Answered {
    /// What it asked for.
    pub asked: Asked,
    /// Who asked.
    pub role: RoleClass,
    /// The status of its answer.
    pub status: StatusCode,
    /// From its headers to its answer.
    pub duration: Duration,
    /// What the database took of it; `None` if it was not asked.
    pub database: Option<Duration>,
    /// Bytes of its body.
    pub received: u64,
    /// Bytes of its answer's body.
    pub sent: u64,
}

/// Everything that is counted.
#[derive(Debug)]
pub struct Metrics {
    answered: [[[AtomicU64; STATUSES.len()]; RoleClass::ALL.len()]; Asked::ALL.len()],
    durations: [Histogram; Asked::ALL.len()],
    database: [Histogram; Asked::ALL.len()],
    received: Histogram,
    sent: Histogram,
    errors: Mutex<BTreeMap<&'static str, u64>>,
    abandoned: AtomicU64,
    refused_connections: AtomicU64,
    failed_handshakes: AtomicU64,
    slow: AtomicU64,
    /// Requests under way.
    pub requests: Gauge,
    /// Open connections.
    pub connections: Gauge,
}

impl Default for Metrics {
    fn default() -> Metrics {
        Metrics {
            answered: Default::default(),
            durations: std::array::from_fn(|_| Histogram::new(TIMES)),
            database: std::array::from_fn(|_| Histogram::new(TIMES)),
            received: Histogram::new(SIZES),
            sent: Histogram::new(SIZES),
            errors: Mutex::default(),
            abandoned: AtomicU64::new(0),
            refused_connections: AtomicU64::new(0),
            failed_handshakes: AtomicU64::new(0),
            slow: AtomicU64::new(0),
            requests: Gauge::default(),
            connections: Gauge::default(),
        }
    }
}

impl Metrics {
    /// Counts a request that was answered.
    pub fn answered(&self, answered: &Answered) {
        let Answered { asked, role, status, .. } = *answered;
        let status = STATUSES.iter().position(|known| *known == status.as_u16()).unwrap_or(STATUSES.len() - 1);
        self.answered[asked as usize][role as usize][status].fetch_add(1, Ordering::Relaxed);
        self.durations[asked as usize].observe_time(answered.duration);
        if let Some(database) = answered.database {
            self.database[asked as usize].observe_time(database);
        }
        self.received.observe(answered.received);
        self.sent.observe(answered.sent);
    }

    /// Counts an error by its code. There are as many as the table of codes has, so the lock is held for a look-up.
    pub fn error(&self, code: &'static str) {
        *self.errors.lock().unwrap_or_else(PoisonError::into_inner).entry(code).or_default() += 1;
    }

    /// Counts a request whose client went away.
    pub fn abandoned(&self) {
        self.abandoned.fetch_add(1, Ordering::Relaxed);
    }

    /// Counts a connection that was refused.
    pub fn connection_refused(&self) {
        self.refused_connections.fetch_add(1, Ordering::Relaxed);
    }

    /// Counts a TLS handshake that failed.
    pub fn handshake_failed(&self) {
        self.failed_handshakes.fetch_add(1, Ordering::Relaxed);
    }

    /// Counts a slow operation.
    pub fn slow(&self) {
        self.slow.fetch_add(1, Ordering::Relaxed);
    }
}
