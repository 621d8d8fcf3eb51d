//! Positions in the write-ahead log and what follows from them: what reads must show because it was written here, and how
//! old what a replica shows can be. Refuses to know: connections.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use tokio_postgres::SimpleQueryMessage;

/// Most notes of where the primary was.
const NOTES: u32 = 512;

/// A position in the write-ahead log, in bytes from its beginning (`pg_lsn`); zero is nowhere.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Position(pub(super) u64);

impl Position {
    /// As the server writes it: `16/B374D848`.
    pub(super) fn read(text: &str) -> Option<Position> {
        let (high, low) = text.split_once('/')?;
        let part = |text| u32::from_str_radix(text, 16).ok();
        Some(Position(u64::from(part(high)?) << 32 | u64::from(part(low)?)))
    }
}

/// How far the log must have been replayed where reads go: as far as this process has written.
#[derive(Debug, Default)]
pub(super) struct Mark {
    position: AtomicU64,
    /// Writes of which nobody knows where they end, so far.
    lost: AtomicU64,
    /// So many of those are behind `position` by now.
    found: AtomicU64,
}

impl Mark {
    /// Notes that something was written, and ends there at the latest.
    pub(super) fn written(&self, position: Position) {
        self.position.fetch_max(position.0, Ordering::SeqCst);
    }

    /// Notes that something may have been written, and nobody knows where it ends: until it is found no position will do.
    pub(super) fn lose(&self) {
        self.lost.fetch_add(1, Ordering::SeqCst);
    }

    /// How many were lost so far, if they are still to be found.
    pub(super) fn missing(&self) -> Option<u64> {
        let lost = self.lost.load(Ordering::SeqCst);
        (self.found.load(Ordering::SeqCst) < lost).then_some(lost)
    }

    /// Notes that so many of them end there at the latest.
    pub(super) fn find(&self, lost: u64, position: Position) {
        self.written(position);
        self.found.fetch_max(lost, Ordering::SeqCst);
    }

    /// Whether whoever has replayed so far shows all that was written.
    pub(super) fn is_reached(&self, replayed: Position) -> bool {
        self.missing().is_none() && replayed.0 >= self.position.load(Ordering::SeqCst)
    }
}

/// Where the primary was when, from oldest to newest.
#[derive(Debug)]
pub(super) struct Trail {
    notes: VecDeque<(Instant, Position)>,
    /// Time between two notes.
    step: Duration,
}

impl Trail {
    /// Remembers where the primary was for at least so long.
    pub(super) fn new(span: Duration) -> Trail {
        Trail { notes: VecDeque::new(), step: span * 2 / (NOTES - 2) }
    }

    /// Notes where the primary was at the latest then.
    pub(super) fn note(&mut self, at: Instant, position: Position) {
        // Kept apart by half a step at least, so that they span long enough; the newest may be nearer.
        let before = self.notes.len().checked_sub(2).and_then(|index| self.notes.get(index));
        if before.is_some_and(|(before, _)| at.duration_since(*before) < self.step) {
            self.notes.pop_back();
        }
        self.notes.push_back((at, position));
        if self.notes.len() > NOTES as usize {
            self.notes.pop_front();
        }
    }

    /// The newest time whose state whoever has replayed so far shows.
    pub(super) fn shown(&self, replayed: Position) -> Option<Instant> {
        self.notes.iter().rev().find(|(_, position)| *position <= replayed).map(|(at, _)| *at)
    }
}

/// The cells of the only row.
pub(super) fn cells(told: &[SimpleQueryMessage]) -> Vec<Option<&str>> {
    let row = told.iter().find_map(|message| match message {
        SimpleQueryMessage::Row(row) => Some(row),
        _ => None,
    });
    row.map_or(Vec::new(), |row| (0..row.len()).map(|index| row.get(index)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_are_read_as_the_server_writes_them() {
        assert_eq!(Position::read("16/B374D848"), Some(Position(0x16_b374_d848)));
        assert_eq!(Position::read("0/0"), Some(Position::default()));
        for wrong in ["", "16", "16/", "x/1", "1/100000000"] {
            assert_eq!(Position::read(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn the_mark_only_rises_and_a_lost_write_is_nowhere_until_it_is_found() {
        let mark = Mark::default();
        assert!(mark.is_reached(Position(0)));
        mark.written(Position(7));
        mark.written(Position(5));
        assert!(!mark.is_reached(Position(6)) && mark.is_reached(Position(7)));
        mark.lose();
        let missing = mark.missing().unwrap();
        mark.lose();
        assert!(!mark.is_reached(Position(u64::MAX)));
        // The second may have been written behind the position that was found for the first.
        mark.find(missing, Position(9));
        assert!(!mark.is_reached(Position(u64::MAX)));
        mark.find(mark.missing().unwrap(), Position(8));
        assert!(!mark.is_reached(Position(8)) && mark.is_reached(Position(9)));
    }

    #[test]
    fn the_trail_tells_how_old_a_position_is() {
        let (began, second) = (Instant::now(), Duration::from_secs(1));
        let mut trail = Trail::new(255 * second);
        assert_eq!(trail.shown(Position(9)), None);
        for tick in 0..10_000 {
            trail.note(began + tick * second / 10, Position(u64::from(tick)));
        }
        assert_eq!(trail.shown(Position(10_000)), Some(began + 9_999 * second / 10));
        assert_eq!(trail.notes.len(), NOTES as usize);
        // A note apart by a step: never newer than the truth, and older by a step at most.
        for behind in [1, 50, 4_000] {
            let position = 9_999 - behind;
            let (shown, truth) = (trail.shown(Position(position)).unwrap(), began + position as u32 * second / 10);
            assert!(shown <= truth && truth - shown <= second + second / 10, "{behind}");
        }
        assert_eq!(trail.shown(Position(1)), None);
    }
}
