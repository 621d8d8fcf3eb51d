//! Embedded SQLite: the engine. Readers on threads, one writer thread.

mod bind;
mod change;
pub(crate) mod codec;
mod connection;
mod ddl;
mod deadline;
mod decimal;
mod fault;
mod functions;
mod group;
mod insert;
mod native;
mod reader;
mod response;
pub(crate) mod rows;
mod run;
mod select;
mod session;
mod statement;
mod time;
mod unit;
mod violation;
mod writer;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use purlin_plan::Plan;
use purlin_plan::plan::Bindings;
use purlin_plan::query::QueryKind;
use rusqlite::Connection;
use tokio::sync::oneshot;

use self::connection::Purpose;
use self::deadline::Cancellation;
pub(crate) use self::fault::words;
pub(crate) use self::functions::register;
pub(crate) use self::native::positions;
use self::reader::{ReadJob, ReadRequest, Readers};
pub(crate) use self::session::Session;
pub(crate) use self::unit::Unit;
use self::writer::{WriteJob, WriteRequest, Writer};
use crate::measure::{Load, Measures};
use crate::{DatabaseError, Failure, Options};

/// Stack of the engine's threads: nesting of a plan is bounded where documents are lowered, this is ample for it.
const STACK_BYTES: usize = 8 * 1024 * 1024;

/// An open SQLite database.
pub struct Engine {
    /// `None` once the engine is being dropped, as the next one.
    readers: Option<Readers>,
    writer: Option<Writer>,
    reader_threads: Vec<JoinHandle<()>>,
    writer_thread: Option<JoinHandle<()>>,
    write_timeout: Duration,
    measures: Arc<Measures>,
}

impl Engine {
    /// Opens the file at `path`; makes it, and its folder, if missing.
    ///
    /// # Errors
    /// [`DatabaseError::Unavailable`] with the reason.
    pub async fn open(path: &str, options: Options) -> Result<Engine, DatabaseError> {
        let path = PathBuf::from(path);
        tokio::task::spawn_blocking(move || Engine::start(&path, &options))
            .await
            .map_err(|error| DatabaseError::Unavailable(format!("opening ended early: {error}")))?
    }

    fn start(path: &Path, options: &Options) -> Result<Engine, DatabaseError> {
        let path = connection::prepare_file(path)?;
        let writer = connection::open(&path, Purpose::Write)?;
        let first = connection::open(&path, Purpose::Read)?;
        let open = move || connection::open(&path, Purpose::Read);
        let measures = Arc::new(Measures::default());
        let (readers, reader_threads) = Readers::start(first, open, options, &measures)?;
        let (writer, writer_thread) = Writer::start(writer, options, &measures)?;
        Ok(Engine {
            readers: Some(readers),
            writer: Some(writer),
            reader_threads,
            writer_thread: Some(writer_thread),
            write_timeout: options.write_timeout,
            measures,
        })
    }

    /// What it has measured since it was opened.
    pub fn measures(&self) -> &Measures {
        &self.measures
    }

    /// How busy it is now.
    pub fn load(&self) -> Load {
        Load {
            used: usize::try_from(self.measures.reading.get()).unwrap_or_default(),
            most: self.reader_threads.len(),
            waiting: self.readers.as_ref().map_or(0, Readers::waiting),
            waiting_writes: self.writer.as_ref().map_or(0, Writer::waiting),
        }
    }

    fn readers(&self) -> Result<&Readers, DatabaseError> {
        self.readers.as_ref().ok_or_else(closed)
    }

    fn writer(&self) -> Result<&Writer, DatabaseError> {
        self.writer.as_ref().ok_or_else(closed)
    }

    /// Runs a plan; see [`crate::Database::run`].
    ///
    /// # Errors
    /// See there.
    pub async fn run(&self, plan: Arc<Plan>, bindings: Bindings, buffer: Vec<u8>) -> Result<Vec<u8>, Failure> {
        let (reply, answer) = oneshot::channel();
        let cancellation = Cancellation::default();
        let _cancel = cancellation.on_drop();
        match plan.kind {
            QueryKind::Read => {
                let request = ReadRequest { plan, bindings, buffer, cancellation, reply, queued: Instant::now() };
                self.readers()?.send(ReadJob::Plan(request))?
            }
            QueryKind::Write => {
                let request = WriteRequest { plan, bindings, buffer, reply, queued: Instant::now() };
                self.writer()?.send(WriteJob::Plan(request))?
            }
        }
        answer.await.unwrap_or_else(|_| Err(ended().into()))
    }

    /// Runs a function on a reader's connection (it cannot write).
    ///
    /// # Errors
    /// [`DatabaseError::Busy`] when too many requests wait; those of the function.
    pub async fn read<T: Send + 'static>(
        &self,
        function: impl FnOnce(&Connection) -> Result<T, DatabaseError> + Send + 'static,
    ) -> Result<T, DatabaseError> {
        let (reply, answer) = oneshot::channel();
        self.readers()?.send(ReadJob::Function(Box::new(move |connection| {
            // Nobody may be waiting any more.
            let _ = reply.send(function(connection));
        })))?;
        answer.await.unwrap_or_else(|_| Err(ended()))
    }

    /// Queues a unit of work: its transaction begins when its turn comes.
    pub(crate) fn begin_unit(&self) -> Result<Unit, DatabaseError> {
        let (unit, commands) = Unit::new(self.write_timeout);
        self.writer()?.send(WriteJob::Unit(commands))?;
        Ok(unit)
    }

    /// Runs a function on the writer's connection, alone and outside of any transaction: what it begins it must end
    /// (what it leaves open is rolled back). It may switch `foreign_keys` off; they are on again afterwards. No deadline
    /// applies, and it runs to its end even when the future is dropped.
    ///
    /// # Errors
    /// [`DatabaseError::Busy`] when too many requests wait; those of the function.
    pub async fn write_exclusive<T: Send + 'static>(
        &self,
        function: impl FnOnce(&mut Connection) -> Result<T, DatabaseError> + Send + 'static,
    ) -> Result<T, DatabaseError> {
        let (reply, answer) = oneshot::channel();
        self.writer()?.send(WriteJob::Function(Box::new(move |connection| {
            // Nobody may be waiting any more.
            let _ = reply.send(function(connection));
        })))?;
        answer.await.unwrap_or_else(|_| Err(ended()))
    }
}

fn closed() -> DatabaseError {
    DatabaseError::Unavailable("the database is closed".to_owned())
}

/// A request whose thread gave no answer: it panicked, and the log has why.
fn ended() -> DatabaseError {
    DatabaseError::Internal("the request ended without an answer".to_owned())
}

impl Drop for Engine {
    /// Waits until the threads have closed their connections, the writer last: closing the last connection writes the
    /// log back into the file, and two that close at once would each leave it to the other.
    fn drop(&mut self) {
        self.readers = None;
        self.reader_threads.drain(..).for_each(join);
        self.writer = None;
        self.writer_thread.take().into_iter().for_each(join);
    }
}

fn join(thread: JoinHandle<()>) {
    // One of the threads itself may hold the last reference; it cannot wait for itself.
    if thread.thread().id() != std::thread::current().id() && thread.join().is_err() {
        tracing::error!("a database thread ended in a panic");
    }
}
