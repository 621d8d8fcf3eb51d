//! PostgreSQL: the engine.
//!
//! ```text
//! Plan + Bindings → Parameter → rows (Forest) → JSON (Answer)
//! ```

mod answer;
mod cell;
mod connect;
mod connection;
mod explain;
mod fault;
mod insert;
mod linger;
mod numeric;
mod parameter;
mod pipeline;
mod planning;
mod pool;
mod read;
mod routing;
mod rows;
mod session;
pub(crate) mod table;
mod time;
pub(crate) mod unit;
mod unstoppable;
mod value;
mod write;

use std::ops::{Deref, DerefMut};
use std::sync::Arc;

use purlin_model::catalog::Column;
use purlin_plan::Plan;
use purlin_plan::plan::{Bindings, Dialect, Statement};
use purlin_plan::query::QueryKind;

use crate::measure::{Load, Measures};
use crate::migrate::drift::Wording;
use crate::{DatabaseError, Failure, Options, Pooler};
use connect::Connector;
use connection::Connection;
use fault::Fault;
use pool::Pool;
use routing::{Planning, Routing};
use unit::Unit;

/// An open PostgreSQL database.
#[derive(Clone)]
pub struct Engine {
    inner: Arc<Inner>,
}

struct Inner {
    pool: Arc<Pool>,
    /// What opens connections that are sessions of their own; `None`: there is a pooler and no way around it.
    sessions: Option<Connector>,
    routing: Routing,
    options: Options,
    wording: Wording,
}

/// A connection of one's own, without time-outs: for migrations, introspection and seeds. Closed when dropped, so what
/// was set on it ends with it.
pub struct Client {
    connection: Connection,
}

impl Deref for Client {
    type Target = tokio_postgres::Client;

    fn deref(&self) -> &tokio_postgres::Client {
        self.connection.client()
    }
}

impl DerefMut for Client {
    fn deref_mut(&mut self) -> &mut tokio_postgres::Client {
        self.connection.client_mut()
    }
}

impl Client {
    /// Prepares a statement of a plan; the server's words if it refuses. The first columns of its result must be of the
    /// types of `columns`.
    ///
    /// # Errors
    /// [`DatabaseError`] when the server cannot be asked.
    pub(crate) async fn prepare_planned(
        &self,
        statement: &Statement,
        columns: &[Column],
    ) -> Result<Result<(), String>, DatabaseError> {
        match self.connection.prepare(statement).await {
            Ok(prepared) => Ok(prepared.misfit(columns).map_or(Ok(()), Err)),
            Err(cause) => cause.into_words().map(Err),
        }
    }
}

impl Engine {
    /// Opens it: `postgres://user:password@host:port/database`, with libpq's parameters as far as the driver knows
    /// them; `sslmode` as libpq means it, `sslrootcert` a file of certificates to trust.
    ///
    /// # Errors
    /// [`DatabaseError::Unavailable`] with the reason; the text holds no password.
    pub async fn connect(url: &str, options: Options) -> Result<Engine, DatabaseError> {
        let limit = options.statement_timeout;
        let connector = Connector::new(url, limit, options.pooler)?;
        let around = match (&options.direct_url, options.pooler) {
            (Some(direct), _) => Some(direct.reveal()),
            (None, Pooler::None) => Some(url),
            (None, Pooler::Transaction) => None,
        };
        let sessions = around.map(|url| Connector::new(url, limit, Pooler::None)).transpose()?;
        let pool = Pool::open(connector, options.connections, options.queue, options.statement_timeout).await?;
        let (routing, wording) = (Routing::default(), Wording::default());
        Ok(Engine { inner: Arc::new(Inner { pool, sessions, routing, options, wording }) })
    }

    /// What it has measured since it was opened.
    pub fn measures(&self) -> &Measures {
        self.inner.pool.measures()
    }

    /// How busy it is now.
    pub fn load(&self) -> Load {
        self.inner.pool.load()
    }

    /// A connection of its own for statements that are no plan's.
    ///
    /// # Errors
    /// [`DatabaseError::Unavailable`] with the reason; [`DatabaseError::Session`] where only a pooler can be reached.
    pub async fn client(&self) -> Result<Client, DatabaseError> {
        let connector = self.inner.sessions.as_ref().ok_or(DatabaseError::Session)?;
        Ok(Client { connection: connector.connect_unhurried().await? })
    }

    /// The same for statements that only read; what they write is gone when it is dropped. Where only a pooler can be
    /// reached it is a transaction, which keeps the session together.
    ///
    /// # Errors
    /// [`DatabaseError::Unavailable`] with the reason.
    pub async fn reader(&self) -> Result<Client, DatabaseError> {
        if self.inner.sessions.is_some() {
            return self.client().await;
        }
        let connection = self.inner.pool.connector().connect_unhurried().await?;
        // Never committed: a pooler gives up a session whose client leaves in the middle, and with it what was prepared.
        let begun = connection.begin_write().await;
        begun.map_err(|error| DatabaseError::Unavailable(fault::told_to_operator(&error)))?;
        Ok(Client { connection })
    }

    /// Whether something between here and PostgreSQL hands out sessions, on the way that plans take and on the way
    /// around it, if there is one.
    ///
    /// # Errors
    /// [`DatabaseError::Unavailable`] with the reason.
    pub(crate) async fn passes_pooler(&self) -> Result<(bool, Option<bool>), DatabaseError> {
        let plans = self.inner.pool.connector().passes_pooler().await?;
        Ok(match &self.inner.sessions {
            Some(sessions) if self.inner.options.direct_url.is_some() => (plans, Some(sessions.passes_pooler().await?)),
            _ => (plans, None),
        })
    }

    /// How it says tables, as far as it was asked.
    pub(crate) fn wording(&self) -> &Wording {
        &self.inner.wording
    }

    /// Makes every connection prepare its statements anew before its next use: tables have changed.
    pub fn prepare_anew(&self) {
        self.inner.pool.renew();
    }

    /// Asks the server whether it is there, on a shared connection; when all are busy, it is.
    ///
    /// # Errors
    /// [`DatabaseError::Unavailable`].
    pub async fn ping(&self) -> Result<(), DatabaseError> {
        let asked = async |connection: &Connection| {
            let answer = connection.client().simple_query("select 1").await;
            answer.map(drop).map_err(|error| DatabaseError::Unavailable(error.to_string()))
        };
        if !self.inner.pool.keeps_sessions() {
            let connection = self.inner.pool.exclusive().await?;
            asked(&connection).await?;
            connection.give_back();
            return Ok(());
        }
        match self.inner.pool.shared(Planning::ServersChoice).await? {
            Some(shared) => asked(&shared).await,
            None => Ok(()),
        }
    }

    /// Begins a unit of work.
    ///
    /// # Errors
    /// [`DatabaseError::Busy`], [`DatabaseError::Unavailable`].
    pub(crate) async fn begin_unit(&self) -> Result<Unit, DatabaseError> {
        let Options { statement_timeout, response_bytes, .. } = self.inner.options;
        Unit::begin(self.inner.pool.exclusive().await?, statement_timeout, response_bytes).await
    }

    /// Runs a plan; see [`crate::Database::run`].
    ///
    /// # Errors
    /// See there.
    pub async fn run(&self, plan: Arc<Plan>, bindings: Bindings, buffer: Vec<u8>) -> Result<Vec<u8>, Failure> {
        if plan.dialect != Dialect::Postgres {
            return Err(DatabaseError::Internal("a plan for another database".to_owned()).into());
        }
        match plan.kind {
            QueryKind::Read => self.read(plan, bindings, buffer).await,
            QueryKind::Write => write::write(self.inner.clone(), plan, bindings, buffer).await,
        }
    }

    async fn read(&self, plan: Arc<Plan>, bindings: Bindings, mut buffer: Vec<u8>) -> Result<Vec<u8>, Failure> {
        let start = buffer.len();
        let values = &bindings.values;
        let mut result = read::read(&self.inner, &plan, values, &mut buffer).await;
        if let Err(fault) = &result {
            let (stale, disconnected) = (fault.is_stale(), fault.is_disconnected());
            if stale {
                self.inner.pool.renew();
                self.inner.routing.forget();
            }
            if disconnected {
                self.inner.pool.distrust();
            }
            if stale || disconnected {
                // A read changes nothing: it may be asked again, once.
                buffer.truncate(start);
                result = read::read(&self.inner, &plan, values, &mut buffer).await;
            }
        }
        match result {
            Ok(()) => Ok(buffer),
            Err(fault) => Err(fault.into_failure(self.inner.options.statement_timeout)),
        }
    }
}

/// The server has its own time-out for each statement; this one is for all of them together, and for a silent server.
async fn timed<T>(engine: &Inner, run: impl Future<Output = Result<T, Fault>>) -> Result<T, Fault> {
    let limit = engine.options.statement_timeout;
    tokio::time::timeout(limit, run).await.unwrap_or_else(|_| Err(DatabaseError::Timeout(limit).into()))
}
