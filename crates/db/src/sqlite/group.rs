//! Group commit: several writes share one transaction and one wait for the disk, each in a savepoint of its own.
//!
//! Nobody is answered before COMMIT returned. When an error ends the whole transaction, or a foreign key fails at COMMIT,
//! the members that ran are run again, one transaction each, before anybody is answered.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::{Duration, Instant};

use crossbeam_channel::Receiver;
use rusqlite::Connection;

use super::deadline::with_deadline;
use super::fault::{describe, with_limit};
use super::run::{self, execute};
use super::violation;
use super::writer::{WriteJob, WriteLimits, WriteRequest};
use crate::measure::Measures;
use crate::{DatabaseError, Failure};

/// Members of a group, at most.
const GROUP_MEMBERS: usize = 64;
/// No further member joins a group that has run this long.
const GROUP_TIME: Duration = Duration::from_millis(20);

type Outcome = Result<(), Failure>;

/// A member that ran inside the group's transaction.
struct Ran {
    member: Member,
    outcome: Outcome,
}

struct Member {
    request: WriteRequest,
    /// Length of the buffer before the response.
    start: usize,
}

impl Member {
    fn of(request: WriteRequest) -> Member {
        Member { start: request.buffer.len(), request }
    }

    /// Runs the plan inside the transaction at hand, within its deadline.
    fn run(&mut self, connection: &Connection, limits: WriteLimits) -> Outcome {
        let WriteRequest { plan, bindings, buffer, .. } = &mut self.request;
        buffer.truncate(self.start);
        let work = || run::roots(connection, plan, bindings, buffer, limits.response_bytes);
        let outcome = with_deadline(connection, limits.time, None, || {
            // A panic is our bug; the other members must not pay for it.
            catch_unwind(AssertUnwindSafe(work))
                .unwrap_or_else(|_| Err(DatabaseError::Internal("a write ended in a panic".to_owned()).into()))
        });
        let outcome = outcome.unwrap_or_else(|error| Err(DatabaseError::from(error).into()));
        outcome.map_err(|failure| Failure { error: with_limit(failure.error, limits.time), ..failure })
    }

    fn answer(self, outcome: Outcome) {
        let WriteRequest { buffer, reply, .. } = self.request;
        // Nobody may be waiting any more; what was written stays.
        let _ = reply.send(outcome.map(|()| buffer));
    }
}

/// Runs `first` and those waiting behind it, commits and answers. Gives back a job that could not join.
pub fn run(
    connection: &Connection,
    limits: WriteLimits,
    first: WriteRequest,
    (jobs, measures): (&Receiver<WriteJob>, &Measures),
) -> Option<WriteJob> {
    if let Err(error) = execute(connection, "begin immediate") {
        Member::of(first).answer(Err(DatabaseError::from(error).into()));
        return None;
    }
    let began = Instant::now();
    let mut ran: Vec<Ran> = Vec::new();
    let mut next = Some(first);
    let mut carried = None;
    while let Some(request) = next.take() {
        let solitary = request.plan.solitary;
        measures.wait.observe_time(request.queued.elapsed());
        // Who left while waiting wants nothing any more; who leaves from here on is served to the end.
        if !request.reply.is_closed() {
            let mut member = Member::of(request);
            let outcome = in_savepoint(connection, || member.run(connection, limits));
            let standing = !connection.is_autocommit();
            ran.push(Ran { member, outcome });
            if !standing {
                replay_before_last(connection, limits, ran);
                return None;
            }
        }
        if solitary || ran.len() >= GROUP_MEMBERS || began.elapsed() >= GROUP_TIME {
            break;
        }
        match jobs.try_recv() {
            Ok(WriteJob::Plan(request)) if !request.plan.solitary => next = Some(request),
            Ok(other) => carried = Some(other),
            Err(_) => {}
        }
    }
    measures.group.observe(ran.len() as u64);
    commit(connection, limits, ran);
    carried
}

/// Runs a member in a savepoint; what it wrote is undone if it fails. Afterwards the transaction may be gone.
fn in_savepoint(connection: &Connection, work: impl FnOnce() -> Outcome) -> Outcome {
    execute(connection, "savepoint member").map_err(DatabaseError::from)?;
    let outcome = work();
    if connection.is_autocommit() {
        return Err(outcome.err().unwrap_or_else(|| transaction_gone().into()));
    }
    let ended = match &outcome {
        Ok(()) => execute(connection, "release member"),
        Err(_) => execute(connection, "rollback to member").and_then(|()| execute(connection, "release member")),
    };
    if let Err(error) = ended {
        // The savepoint cannot be trusted: give the transaction up, so that the others are run again.
        roll_back(connection);
        return Err(outcome.err().unwrap_or_else(|| DatabaseError::from(error).into()));
    }
    outcome
}

/// Something in SQL itself ended the transaction without an error.
pub fn transaction_gone() -> DatabaseError {
    DatabaseError::Internal("a statement ended the transaction".to_owned())
}

/// Ends a transaction that may be open without keeping anything of it.
pub fn roll_back(connection: &Connection) {
    if !connection.is_autocommit()
        && let Err(error) = execute(connection, "rollback")
    {
        tracing::error!(%error, "cannot roll a transaction back");
    }
}

/// The last member ended the transaction: the others are run again, one transaction each; then all are answered.
fn replay_before_last(connection: &Connection, limits: WriteLimits, mut ran: Vec<Ran>) {
    let last = ran.pop();
    let replayed = replay(connection, limits, ran);
    for Ran { member, outcome } in replayed.into_iter().chain(last) {
        member.answer(outcome);
    }
}

fn replay(connection: &Connection, limits: WriteLimits, ran: Vec<Ran>) -> Vec<Ran> {
    let again = |Ran { mut member, .. }: Ran| {
        let outcome = alone(connection, limits, &mut member);
        Ran { member, outcome }
    };
    ran.into_iter().map(again).collect()
}

/// Runs a member in a transaction of its own.
fn alone(connection: &Connection, limits: WriteLimits, member: &mut Member) -> Outcome {
    execute(connection, "begin immediate").map_err(DatabaseError::from)?;
    let outcome = member.run(connection, limits);
    if connection.is_autocommit() {
        return Err(outcome.err().unwrap_or_else(|| transaction_gone().into()));
    }
    let outcome = outcome.and_then(|()| commit_alone(connection, limits).map_err(Failure::from));
    roll_back(connection);
    outcome
}

/// Commits a transaction of one member; the caller rolls back what is left of it.
///
/// # Errors
/// [`DatabaseError`] when COMMIT failed: nothing was written.
pub fn commit_alone(connection: &Connection, limits: WriteLimits) -> Result<(), DatabaseError> {
    let Err(error) = execute(connection, "commit") else { return Ok(()) };
    let look = || violation::explain_commit(connection, error);
    let explained = with_deadline(connection, limits.time, None, look).unwrap_or_else(DatabaseError::from);
    Err(with_limit(explained, limits.time))
}

/// Commits and answers.
fn commit(connection: &Connection, limits: WriteLimits, ran: Vec<Ran>) {
    if ran.len() == 1 {
        // Nothing to run again: a foreign key that fails now is this member's.
        for Ran { member, outcome } in ran {
            let outcome = outcome.and_then(|()| commit_alone(connection, limits).map_err(Failure::from));
            roll_back(connection);
            member.answer(outcome);
        }
        return;
    }
    match execute(connection, "commit") {
        Ok(()) => ran.into_iter().for_each(|Ran { member, outcome }| member.answer(outcome)),
        Err(error) if violation::is_foreign_key(&error) => {
            roll_back(connection);
            let replayed = replay(connection, limits, ran);
            replayed.into_iter().for_each(|Ran { member, outcome }| member.answer(outcome));
        }
        Err(error) => {
            roll_back(connection);
            let failed = |outcome: Outcome| outcome.and_then(|()| Err(describe(&error).into()));
            ran.into_iter().for_each(|Ran { member, outcome }| member.answer(failed(outcome)));
        }
    }
}
