//! Stops statements that run too long or that nobody waits for any more. Refuses to know what they do.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use rusqlite::Connection;

/// Virtual machine instructions between two looks at the clock: some tens of microseconds.
const INSTRUCTIONS_BETWEEN_CHECKS: i32 = 2_000;

/// Told when nobody waits for an answer any more.
#[derive(Clone, Default)]
pub struct Cancellation(Arc<AtomicBool>);

impl Cancellation {
    /// Whether it was told.
    pub fn is_cancelled(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }

    /// A guard that tells it when dropped.
    pub fn on_drop(&self) -> CancelOnDrop {
        CancelOnDrop(self.clone())
    }
}

/// Cancels when dropped.
pub struct CancelOnDrop(Cancellation);

impl Drop for CancelOnDrop {
    fn drop(&mut self) {
        self.0.0.store(true, Ordering::Relaxed);
    }
}

/// Runs `work` on a connection whose statements are interrupted after `limit` or by `cancellation`.
///
/// # Errors
/// Those of setting the handler; `work` has its own.
pub fn with_deadline<T>(
    connection: &Connection,
    limit: Duration,
    cancellation: Option<&Cancellation>,
    work: impl FnOnce() -> T,
) -> rusqlite::Result<T> {
    let end = Instant::now() + limit;
    let cancellation = cancellation.cloned();
    let handler = move || Instant::now() >= end || cancellation.as_ref().is_some_and(Cancellation::is_cancelled);
    connection.progress_handler(INSTRUCTIONS_BETWEEN_CHECKS, Some(handler))?;
    let result = work();
    connection.progress_handler(0, None::<fn() -> bool>)?;
    Ok(result)
}
