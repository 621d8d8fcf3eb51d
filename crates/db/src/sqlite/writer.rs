//! The one writer thread: takes writes in the order they came and hands them to groups. Refuses to know plans.

use std::cell::Cell;
use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use crossbeam_channel::{Receiver, RecvTimeoutError, Sender, TrySendError};
use purlin_plan::Plan;
use purlin_plan::plan::Bindings;
use rusqlite::Connection;
use rusqlite::hooks::Wal;
use tokio::sync::oneshot;

use super::group;
use super::unit::{self, Command};
use crate::measure::Measures;
use crate::{DatabaseError, Failure, Options};

/// Pages written to the log before it is written back into the file between two groups (16 MiB).
const CHECKPOINT_PAGES: i32 = 4096;
/// Without writes for this long, the log is written back.
const CHECKPOINT_IDLE: Duration = Duration::from_millis(500);

/// A plan that writes, and who waits for it.
pub struct WriteRequest {
    /// What to run.
    pub plan: Arc<Plan>,
    /// Its values.
    pub bindings: Bindings,
    /// What the response is appended to.
    pub buffer: Vec<u8>,
    /// Who waits.
    pub reply: oneshot::Sender<Result<Vec<u8>, Failure>>,
    /// Since when.
    pub queued: Instant,
}

/// Anything the writer can do.
pub enum WriteJob {
    /// A plan; may share a transaction with others.
    Plan(WriteRequest),
    /// The statements of a unit of work, alone in a transaction.
    Unit(Receiver<Command>),
    /// A function on the connection, alone and outside of any transaction; it answers by itself.
    Function(Box<dyn FnOnce(&mut Connection) + Send>),
}

/// The queue of the writer.
pub struct Writer {
    queue: Sender<WriteJob>,
}

/// Bounds of a write.
#[derive(Clone, Copy)]
pub struct WriteLimits {
    /// Longest run of a write.
    pub time: Duration,
    /// Largest response in bytes.
    pub response_bytes: usize,
}

impl Writer {
    /// Starts the thread.
    ///
    /// # Errors
    /// [`DatabaseError::Unavailable`] when it cannot be started.
    pub fn start(
        connection: Connection,
        options: &Options,
        measures: &Arc<Measures>,
    ) -> Result<(Writer, JoinHandle<()>), DatabaseError> {
        let (queue, jobs) = crossbeam_channel::bounded(options.queue.max(1));
        let limits = WriteLimits { time: options.write_timeout, response_bytes: options.response_bytes };
        let measures = Arc::clone(measures);
        let thread = std::thread::Builder::new()
            .name("sqlite-writer".to_owned())
            .stack_size(super::STACK_BYTES)
            .spawn(move || serve(connection, &jobs, limits, &measures))
            .map_err(|error| DatabaseError::Unavailable(format!("cannot start the writer: {error}")))?;
        Ok((Writer { queue }, thread))
    }

    /// How many jobs wait.
    pub fn waiting(&self) -> usize {
        self.queue.len()
    }

    /// Queues a job.
    ///
    /// # Errors
    /// [`DatabaseError::Busy`] when the queue is full.
    pub fn send(&self, job: WriteJob) -> Result<(), DatabaseError> {
        self.queue.try_send(job).map_err(|error| match error {
            TrySendError::Full(_) => DatabaseError::Busy,
            TrySendError::Disconnected(_) => DatabaseError::Unavailable("the writer has ended".to_owned()),
        })
    }
}

fn serve(mut connection: Connection, jobs: &Receiver<WriteJob>, limits: WriteLimits, measures: &Measures) {
    let mut log = Log::watch(&connection);
    let mut carried = None;
    loop {
        let Some(job) = carried.take().or_else(|| next(&connection, jobs, &mut log)) else { return };
        match job {
            WriteJob::Plan(first) => carried = group::run(&connection, limits, first, (jobs, measures)),
            WriteJob::Unit(commands) => unit::serve(&connection, limits, &commands),
            WriteJob::Function(function) => exclusive(&mut connection, function),
        }
        log.checkpoint_if_long(&connection);
    }
}

/// The next job; writes the log back when there is none for a while. `None` when the engine is gone.
fn next(connection: &Connection, jobs: &Receiver<WriteJob>, log: &mut Log) -> Option<WriteJob> {
    if log.is_clean() {
        return jobs.recv().ok();
    }
    match jobs.recv_timeout(CHECKPOINT_IDLE) {
        Ok(job) => Some(job),
        Err(RecvTimeoutError::Disconnected) => None,
        Err(RecvTimeoutError::Timeout) => {
            log.checkpoint(connection);
            jobs.recv().ok()
        }
    }
}

/// Runs a function and puts the connection back into the state everybody else expects.
fn exclusive(connection: &mut Connection, function: Box<dyn FnOnce(&mut Connection) + Send>) {
    // A panic would be our bug (or a test's); the other writes go on.
    let run = std::panic::AssertUnwindSafe(|| function(&mut *connection));
    if std::panic::catch_unwind(run).is_err() {
        tracing::error!("a function on the writer's connection ended in a panic");
    }
    let rollback = if connection.is_autocommit() { "" } else { "rollback;" };
    if let Err(error) = connection.execute_batch(&format!("{rollback} pragma foreign_keys = on")) {
        tracing::error!(%error, "cannot reset the writer's connection");
    }
}

thread_local! {
    /// Pages in the log after the last commit of this thread's connection (the hook takes no closure).
    static LOG_PAGES: Cell<i32> = const { Cell::new(0) };
}

/// The write-ahead log, and when to write it back into the file.
struct Log {
    /// Pages of the log that were written back, or tried to be, the last time.
    written_back: i32,
}

impl Log {
    fn watch(connection: &Connection) -> Log {
        connection.wal_hook(Some(|_: &Wal, pages| {
            LOG_PAGES.set(pages);
            Ok(())
        }));
        Log { written_back: 0 }
    }

    fn is_clean(&self) -> bool {
        LOG_PAGES.get() == self.written_back
    }

    fn checkpoint_if_long(&mut self, connection: &Connection) {
        // The log starts anew once all of it was written back and nobody reads it: the count falls.
        self.written_back = self.written_back.min(LOG_PAGES.get());
        if LOG_PAGES.get() - self.written_back >= CHECKPOINT_PAGES {
            self.checkpoint(connection);
        }
    }

    /// Writes back what no reader still needs; waits for nobody.
    fn checkpoint(&mut self, connection: &Connection) {
        self.written_back = LOG_PAGES.get();
        let result = connection.query_row("pragma wal_checkpoint(passive)", [], |_| Ok(()));
        if let Err(error) = result {
            tracing::warn!(%error, "cannot write the log back into the database file");
        }
    }
}
