//! Reader threads: each has a connection and takes requests from one bounded queue. Refuses to know writes.

use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::Instant;

use crossbeam_channel::{Receiver, Sender, TrySendError};
use purlin_plan::Plan;
use purlin_plan::plan::{Bindings, RootBody};
use rusqlite::Connection;
use tokio::sync::oneshot;

use super::deadline::{Cancellation, with_deadline};
use super::fault::with_limit;
use super::run::{self, execute};
use crate::measure::Measures;
use crate::{DatabaseError, Failure, Options};

/// A plan that reads, and who waits for it.
pub struct ReadRequest {
    /// What to run.
    pub plan: Arc<Plan>,
    /// Its values.
    pub bindings: Bindings,
    /// What the response is appended to.
    pub buffer: Vec<u8>,
    /// Told when nobody waits any more.
    pub cancellation: Cancellation,
    /// Who waits.
    pub reply: oneshot::Sender<Result<Vec<u8>, Failure>>,
    /// Since when.
    pub queued: Instant,
}

/// Anything a reader can do.
pub enum ReadJob {
    /// A plan.
    Plan(ReadRequest),
    /// A function on the connection; it answers by itself.
    Function(Box<dyn FnOnce(&Connection) + Send>),
}

impl ReadJob {
    /// Answers a job that no connection could be opened for.
    fn refuse(self, error: DatabaseError) {
        tracing::error!(%error, "a reader cannot open the database");
        if let ReadJob::Plan(request) = self {
            // Nobody may be waiting any more.
            let _ = request.reply.send(Err(error.into()));
        }
    }
}

/// The queue of the readers.
pub struct Readers {
    queue: Sender<ReadJob>,
}

impl Readers {
    /// Starts the threads. The first has its connection; the others open theirs with their first request, since each
    /// connection keeps the whole schema in memory.
    ///
    /// # Errors
    /// [`DatabaseError::Unavailable`] when a thread cannot be started.
    pub fn start(
        first: Connection,
        open: impl Fn() -> Result<Connection, DatabaseError> + Clone + Send + 'static,
        options: &Options,
        measures: &Arc<Measures>,
    ) -> Result<(Readers, Vec<JoinHandle<()>>), DatabaseError> {
        let (queue, jobs) = crossbeam_channel::bounded(options.queue.max(1));
        let mut threads = Vec::with_capacity(options.connections.max(1));
        let mut first = Some(first);
        for index in 0..options.connections.max(1) {
            let (jobs, options, open) = (jobs.clone(), options.clone(), open.clone());
            let measures = Arc::clone(measures);
            let opened = first.take();
            let thread = std::thread::Builder::new()
                .name(format!("sqlite-reader-{index}"))
                .stack_size(super::STACK_BYTES)
                .spawn(move || serve(opened, open, &jobs, (&options, &measures)))
                .map_err(|error| DatabaseError::Unavailable(format!("cannot start a reader: {error}")))?;
            threads.push(thread);
        }
        Ok((Readers { queue }, threads))
    }

    /// How many jobs wait.
    pub fn waiting(&self) -> usize {
        self.queue.len()
    }

    /// Queues a job.
    ///
    /// # Errors
    /// [`DatabaseError::Busy`] when the queue is full.
    pub fn send(&self, job: ReadJob) -> Result<(), DatabaseError> {
        self.queue.try_send(job).map_err(|error| match error {
            TrySendError::Full(_) => DatabaseError::Busy,
            TrySendError::Disconnected(_) => DatabaseError::Unavailable("the readers have ended".to_owned()),
        })
    }
}

fn serve(
    mut opened: Option<Connection>,
    open: impl Fn() -> Result<Connection, DatabaseError>,
    jobs: &Receiver<ReadJob>,
    (options, measures): (&Options, &Measures),
) {
    while let Ok(job) = jobs.recv() {
        let connection = match opened.take().map_or_else(&open, Ok) {
            Ok(connection) => &*opened.insert(connection),
            Err(error) => {
                job.refuse(error);
                continue;
            }
        };
        let _reading = measures.reading.enter();
        // A panic here would be our bug; the other requests go on.
        let run = std::panic::AssertUnwindSafe(|| run_job(connection, job, options, measures));
        if std::panic::catch_unwind(run).is_err() {
            tracing::error!("a read ended in a panic");
        }
        end_transaction(connection);
    }
}

fn run_job(connection: &Connection, job: ReadJob, options: &Options, measures: &Measures) {
    match job {
        ReadJob::Function(function) => function(connection),
        ReadJob::Plan(request) if request.cancellation.is_cancelled() => {}
        ReadJob::Plan(ReadRequest { plan, bindings, buffer, cancellation, reply, queued }) => {
            measures.wait.observe_time(queued.elapsed());
            let limit = options.statement_timeout;
            let result = with_deadline(connection, limit, Some(&cancellation), || {
                run_plan(connection, &plan, &bindings, buffer, options.response_bytes)
            });
            let result = result.unwrap_or_else(|error| Err(DatabaseError::from(error).into()));
            // Nobody may be waiting any more.
            let _ =
                reply.send(result.map_err(|failure| Failure { error: with_limit(failure.error, limit), ..failure }));
        }
    }
}

/// Leaves no snapshot open behind a request.
fn end_transaction(connection: &Connection) {
    if !connection.is_autocommit()
        && let Err(error) = connection.execute_batch("rollback")
    {
        tracing::error!(%error, "cannot end a read transaction");
    }
}

/// Runs a plan that reads on one snapshot.
fn run_plan(
    connection: &Connection,
    plan: &Plan,
    bindings: &Bindings,
    mut buffer: Vec<u8>,
    response_bytes: usize,
) -> Result<Vec<u8>, Failure> {
    // A single statement is a snapshot of its own, with all that runs below its rows.
    let snapshot = statements(plan) > 1;
    if snapshot {
        execute(connection, "begin").map_err(DatabaseError::from)?;
    }
    run::roots(connection, plan, bindings, &mut buffer, response_bytes)?;
    if snapshot {
        execute(connection, "commit").map_err(DatabaseError::from)?;
    }
    Ok(buffer)
}

fn statements(plan: &Plan) -> usize {
    let of_root = |body: &RootBody| match body {
        RootBody::Read { children, .. } => children.len(),
        _ => 0,
    };
    plan.roots.iter().map(|root| of_root(&root.body)).sum()
}
