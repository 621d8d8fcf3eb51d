//! Waiting for what another process does.

use std::time::{Duration, Instant};

/// Longest wait; nothing takes nearly as long.
const PATIENCE: Duration = Duration::from_secs(60);
/// Between two looks.
const PAUSE: Duration = Duration::from_millis(5);

/// Looks again and again until the condition holds.
///
/// # Panics
/// When it does not in time.
pub fn until(what: &str, mut holds: impl FnMut() -> bool) {
    let began = Instant::now();
    while !holds() {
        assert!(began.elapsed() < PATIENCE, "{what}: not within {PATIENCE:?}");
        std::thread::sleep(PAUSE);
    }
}
