//! Learns which single statements are short enough to share a connection. Refuses to know: connections.

use std::collections::HashMap;
use std::sync::{PoisonError, RwLock};
use std::time::Duration;

/// Answers up to this many bytes may share a connection: others wait behind them.
const SHORT_ANSWER: usize = 32 * 1024;
/// Statements that took up to this long may share one.
const SHORT_TIME: Duration = Duration::from_millis(10);
/// Most statements remembered; beyond that all are forgotten and learnt again.
const STATEMENTS: usize = 4096;

/// What was seen of single-statement reads, by their text.
#[derive(Default)]
pub(super) struct Routing {
    short: RwLock<HashMap<Box<str>, bool>>,
}

impl Routing {
    /// Whether the statement was short when it ran last; one never seen is not.
    pub(super) fn is_short(&self, sql: &str) -> bool {
        self.short.read().unwrap_or_else(PoisonError::into_inner).get(sql).copied().unwrap_or(false)
    }

    /// Remembers a run. On a shared connection (`alone` is false) the time says more about the others.
    pub(super) fn ran(&self, sql: &str, time: Duration, bytes: usize, alone: bool) {
        let short = bytes <= SHORT_ANSWER && (time <= SHORT_TIME || !alone);
        if self.is_short(sql) == short {
            return;
        }
        let mut seen = self.short.write().unwrap_or_else(PoisonError::into_inner);
        if seen.len() >= STATEMENTS {
            seen.clear();
        }
        seen.insert(sql.into(), short);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_statement_is_short_by_its_last_run() {
        let routing = Routing::default();
        assert!(!routing.is_short("a"));
        routing.ran("a", Duration::from_millis(1), 100, true);
        assert!(routing.is_short("a"));
        routing.ran("a", Duration::from_secs(1), 100, false);
        assert!(routing.is_short("a"));
        routing.ran("a", Duration::from_millis(1), SHORT_ANSWER + 1, false);
        assert!(!routing.is_short("a"));
        routing.ran("a", Duration::from_millis(11), 1, true);
        assert!(!routing.is_short("a"));
    }
}
