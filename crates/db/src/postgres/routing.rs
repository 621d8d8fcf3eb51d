//! Learns by which connection single-statement reads go best: alone, or shared with others; planned for the values of
//! each run, or once for all. Refuses to know: connections, how plans are compared.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::{PoisonError, RwLock};
use std::time::Duration;

/// Answers up to this many bytes may share a connection: others wait behind them.
const SHORT_ANSWER: usize = 32 * 1024;
/// Statements that took up to this long may share one.
const SHORT_TIME: Duration = Duration::from_millis(10);
/// Most statements remembered; beyond that all are forgotten and learnt again.
const STATEMENTS: usize = 4096;
/// Comparisons in a row that must find the plan for any values to be the plan for the values at hand.
const AGREEMENTS: u8 = 3;
/// Runs after which a statement's plans are compared again: data and statistics change.
const COMPARED_EVERY: u32 = 4096;

/// When the server plans a statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Planning {
    /// As the server likes, which may be for the values of each run.
    ServersChoice,
    /// Once, for any values.
    Once,
}

/// How a statement is to be run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Route {
    /// On a connection of its own. `compare`: afterwards somebody should compare its plans and tell
    /// [`Routing::compared`].
    Alone {
        /// Nobody else has been asked to.
        compare: bool,
    },
    /// On a connection it shares with others.
    Shared(Planning),
}

/// What was seen of single-statement reads, by their text.
#[derive(Default)]
pub(super) struct Routing {
    seen: RwLock<HashMap<Box<str>, Seen>>,
}

/// What was seen of one statement.
#[derive(Default)]
struct Seen {
    short: AtomicBool,
    runs: AtomicU32,
    /// Somebody is to compare its plans.
    comparing: AtomicBool,
    plans: RwLock<Plans>,
}

/// What is known of a statement's plans.
#[derive(Clone, Copy)]
enum Plans {
    /// So many comparisons found them to be alike.
    Alike(u8),
    /// The last comparison found them to differ.
    Different,
}

impl Default for Plans {
    fn default() -> Self {
        Plans::Alike(0)
    }
}

impl Routing {
    /// The way for the next run; a statement never seen runs alone.
    pub(super) fn route(&self, sql: &str) -> Route {
        let seen = self.seen.read().unwrap_or_else(PoisonError::into_inner);
        match seen.get(sql) {
            Some(seen) if seen.short.load(Ordering::Relaxed) => seen.route(),
            _ => Route::Alone { compare: false },
        }
    }

    /// Remembers a run. On a shared connection (`alone` is false) the time says more about the others.
    pub(super) fn ran(&self, sql: &str, time: Duration, bytes: usize, alone: bool) {
        let short = bytes <= SHORT_ANSWER && (time <= SHORT_TIME || !alone);
        if let Some(seen) = self.seen.read().unwrap_or_else(PoisonError::into_inner).get(sql) {
            seen.short.store(short, Ordering::Relaxed);
            return;
        }
        let mut seen = self.seen.write().unwrap_or_else(PoisonError::into_inner);
        if seen.len() >= STATEMENTS {
            seen.clear();
        }
        seen.insert(sql.into(), Seen { short: AtomicBool::new(short), ..Seen::default() });
    }

    /// Remembers whether a statement's plan for any values was its plan for the values of a run.
    pub(super) fn compared(&self, sql: &str, alike: bool) {
        let seen = self.seen.read().unwrap_or_else(PoisonError::into_inner);
        let Some(seen) = seen.get(sql) else { return };
        let mut plans = seen.plans.write().unwrap_or_else(PoisonError::into_inner);
        *plans = match (*plans, alike) {
            (Plans::Alike(times), true) => Plans::Alike(times.saturating_add(1).min(AGREEMENTS)),
            (Plans::Different, true) => Plans::Alike(1),
            (_, false) => Plans::Different,
        };
        seen.comparing.store(false, Ordering::Relaxed);
    }

    /// Forgets everything: the schema has changed.
    pub(super) fn forget(&self) {
        self.seen.write().unwrap_or_else(PoisonError::into_inner).clear();
    }
}

impl Seen {
    fn route(&self) -> Route {
        let plans = *self.plans.read().unwrap_or_else(PoisonError::into_inner);
        let is_learning = matches!(plans, Plans::Alike(times) if times < AGREEMENTS);
        let is_due = self.runs.fetch_add(1, Ordering::Relaxed) % COMPARED_EVERY == COMPARED_EVERY - 1;
        let nobody_compares = !self.comparing.swap(is_learning || is_due, Ordering::Relaxed);
        // Who was asked to compare may have gone away: in time somebody else is asked.
        if is_due || (is_learning && nobody_compares) {
            return Route::Alone { compare: true };
        }
        Route::Shared(if is_learning || matches!(plans, Plans::Different) {
            Planning::ServersChoice
        } else {
            Planning::Once
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALONE: Route = Route::Alone { compare: false };
    const COMPARED: Route = Route::Alone { compare: true };
    const CHOSEN: Route = Route::Shared(Planning::ServersChoice);
    const ONCE: Route = Route::Shared(Planning::Once);

    #[test]
    fn a_statement_is_short_by_its_last_run() {
        let routing = Routing::default();
        assert_eq!(routing.route("a"), ALONE);
        routing.ran("a", Duration::from_millis(1), 100, true);
        assert_ne!(routing.route("a"), ALONE);
        routing.ran("a", Duration::from_secs(1), 100, false);
        assert_ne!(routing.route("a"), ALONE);
        routing.ran("a", Duration::from_millis(1), SHORT_ANSWER + 1, false);
        assert_eq!(routing.route("a"), ALONE);
        routing.ran("a", Duration::from_millis(11), 1, true);
        assert_eq!(routing.route("a"), ALONE);
    }

    #[test]
    fn a_statement_is_planned_once_when_its_plans_were_alike_often_enough() {
        let routing = Routing::default();
        routing.ran("a", Duration::ZERO, 1, true);
        for _ in 0..AGREEMENTS {
            assert_eq!(routing.route("a"), COMPARED);
            // While one compares the others do not.
            assert_eq!(routing.route("a"), CHOSEN);
            routing.compared("a", true);
        }
        assert_eq!(routing.route("a"), ONCE);
    }

    #[test]
    fn plans_are_compared_again_in_time() {
        let routing = Routing::default();
        routing.ran("a", Duration::ZERO, 1, true);
        assert_eq!(routing.route("a"), COMPARED);
        routing.compared("a", false);
        let until_due = |way| (1..COMPARED_EVERY).take_while(|_| routing.route("a") == way).count();
        assert_eq!(until_due(CHOSEN), COMPARED_EVERY as usize - 2);
        for _ in 1..AGREEMENTS {
            routing.compared("a", true);
            assert_eq!(routing.route("a"), COMPARED);
        }
        routing.compared("a", true);
        assert!(until_due(ONCE) > 0);
        routing.compared("a", false);
        assert_eq!(routing.route("a"), CHOSEN);
        routing.forget();
        assert_eq!(routing.route("a"), ALONE);
    }
}
