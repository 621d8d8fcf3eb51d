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
mod position;
mod read;
mod replica;
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

use crate::facts::ReplicaFacts;
use crate::measure::{Load, Measures, Reads};
use crate::migrate::drift::Wording;
use crate::{DatabaseError, Failure, Options, Pooler};
use connect::Connector;
use connection::Connection;
use fault::Fault;
use pool::Pool;
use replica::{Replicas, Watched};
use routing::{Planning, Routing};
use unit::Unit;

/// Whether a server replays another's log, and which cluster it is.
const SYSTEM: &str = "select pg_is_in_recovery(), system_identifier from pg_control_system()";

/// An open PostgreSQL database.
#[derive(Clone)]
pub struct Engine {
    inner: Arc<Inner>,
}

struct Inner {
    pool: Arc<Pool>,
    /// What opens connections that are sessions of their own; `None`: there is a pooler and no way around it.
    sessions: Option<Connector>,
    /// Where reads may go besides.
    replicas: Option<Watched>,
    routing: Routing,
    options: Options,
    wording: Wording,
}

/// A connection of one's own, without time-outs: for migrations, introspection and seeds. Closed when dropped, so what
/// was set on it ends with it.
pub struct Client {
    connection: Connection,
    /// Who waits for what it may have written.
    replicas: Option<Arc<Replicas>>,
}

impl Inner {
    fn replicas(&self) -> Option<&Replicas> {
        self.replicas.as_ref().map(|watched| &***watched)
    }

    fn shared_replicas(&self) -> Option<Arc<Replicas>> {
        self.replicas.as_ref().map(|watched| Arc::clone(&**watched))
    }
}

impl Drop for Client {
    fn drop(&mut self) {
        if let Some(replicas) = &self.replicas {
            replicas.lose();
        }
    }
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
        let replicas = Watched::start(&pool, &options)?;
        Ok(Engine { inner: Arc::new(Inner { pool, sessions, replicas, routing, options, wording }) })
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
        let replicas = self.inner.shared_replicas();
        Ok(Client { connection: connector.connect_unhurried().await?, replicas })
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
        Ok(Client { connection, replicas: None })
    }

    /// How many reads went to which server; `None` where there is only one.
    pub fn reads(&self) -> Option<Reads> {
        self.inner.replicas().map(Replicas::reads)
    }

    /// What each replica says of itself, in the order of the setting.
    pub(crate) async fn replica_facts(&self) -> Vec<Result<ReplicaFacts, DatabaseError>> {
        let mut facts = Vec::new();
        let Some(replicas) = self.inner.replicas() else { return facts };
        let system = async |connector: &Connector| {
            let connection = connector.connect_unhurried().await?;
            let told = connection.client().simple_query(SYSTEM).await;
            let told = told.map_err(|error| DatabaseError::Unavailable(fault::told_to_operator(&error)))?;
            let told: Vec<Option<String>> =
                position::cells(&told).into_iter().map(|cell| cell.map(str::to_owned)).collect();
            Ok::<_, DatabaseError>(told)
        };
        let primary = system(self.inner.pool.connector()).await;
        for connector in replicas.connectors() {
            facts.push(match (&primary, system(connector).await) {
                (Ok(primary), Ok(replica)) => Ok(ReplicaFacts {
                    in_recovery: replica.first() == Some(&Some("t".to_owned())),
                    same_system: primary.get(1) == replica.get(1),
                }),
                (Err(error), _) => Err(DatabaseError::Unavailable(error.to_string())),
                (_, Err(error)) => Err(error),
            });
        }
        facts
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
        if let Some(replicas) = self.inner.replicas() {
            replicas.renew();
        }
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
        let replicas = self.inner.shared_replicas();
        Unit::begin(self.inner.pool.exclusive().await?, replicas, statement_timeout, response_bytes).await
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
        if let Some(replicas) = self.inner.replicas()
            && let Some(replica) = replicas.choose()
        {
            let run = read::read(&self.inner, replica.pool(), &plan, values, &mut buffer);
            match replica.run(run).await {
                Ok(()) => return Ok(buffer),
                // A read changes nothing: the primary may be asked.
                Err(fault) if replicas.failed(replica, &fault) => buffer.truncate(start),
                Err(fault) => return Err(fault.into_failure(self.inner.options.statement_timeout)),
            }
        }
        let pool = &self.inner.pool;
        let mut result = read::read(&self.inner, pool, &plan, values, &mut buffer).await;
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
                result = read::read(&self.inner, pool, &plan, values, &mut buffer).await;
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
