//! One connection lent out for many functions in a row: a long read of one snapshot, or a long write. Refuses to know
//! what the functions do.

use crossbeam_channel::{Receiver, Sender};
use rusqlite::Connection;
use tokio::sync::oneshot;

use super::reader::ReadJob;
use super::writer::WriteJob;
use super::{Engine, closed, ended};
use crate::DatabaseError;

type Job = Box<dyn FnOnce(&Connection) + Send>;

/// A connection of the engine that nobody else uses until this is dropped; a transaction left open is rolled back then.
#[derive(Debug)]
pub(crate) struct Session {
    jobs: Sender<Job>,
}

impl Session {
    /// Runs a function on the connection, after those before it.
    ///
    /// # Errors
    /// Those of the function; [`DatabaseError::Internal`] when it panicked.
    pub(crate) async fn run<T: Send + 'static>(
        &self,
        function: impl FnOnce(&Connection) -> Result<T, DatabaseError> + Send + 'static,
    ) -> Result<T, DatabaseError> {
        let (reply, answer) = oneshot::channel();
        let job: Job = Box::new(move |connection| {
            // Nobody may be waiting any more.
            let _ = reply.send(function(connection));
        });
        self.jobs.send(job).map_err(|_| closed())?;
        answer.await.unwrap_or_else(|_| Err(ended()))
    }
}

fn serve(connection: &Connection, jobs: &Receiver<Job>) {
    for job in jobs {
        job(connection);
    }
}

impl Engine {
    /// Lends out a reader's connection, which cannot write.
    ///
    /// # Errors
    /// [`DatabaseError::Busy`] when too many requests wait.
    pub(crate) fn read_session(&self) -> Result<Session, DatabaseError> {
        let (jobs, queue) = crossbeam_channel::bounded(1);
        self.readers()?.send(ReadJob::Function(Box::new(move |connection| serve(connection, &queue))))?;
        Ok(Session { jobs })
    }

    /// Lends out the writer's connection; everybody else's writes wait for it.
    ///
    /// # Errors
    /// [`DatabaseError::Busy`] when too many requests wait.
    pub(crate) fn write_session(&self) -> Result<Session, DatabaseError> {
        let (jobs, queue) = crossbeam_channel::bounded(1);
        self.writer()?.send(WriteJob::Function(Box::new(move |connection| serve(connection, &queue))))?;
        Ok(Session { jobs })
    }
}
