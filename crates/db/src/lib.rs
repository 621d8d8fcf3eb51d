//! The only crate that opens a database: runs plans to bytes, keeps transactions, migrates, introspects.
//!
//! Refuses to know: GraphQL, HTTP, Redis.

pub mod data;
mod error;
mod explain;
pub mod facts;
pub mod import;
pub mod introspect;
pub mod json;
pub mod measure;
pub mod migrate;
pub mod physical;
pub mod postgres;
pub mod sqlite;
pub mod trial;
mod write;

use std::sync::Arc;
use std::time::Duration;

use purlin_plan::Plan;
use purlin_plan::plan::{Bindings, Dialect};

pub use error::{ConstraintViolation, DatabaseError, Failure};
use measure::{Load, Measures, Reads};
pub use write::Transaction;

/// An open database of either kind.
pub enum Database {
    /// Embedded SQLite.
    Sqlite(sqlite::Engine),
    /// PostgreSQL.
    Postgres(postgres::Engine),
}

/// What stands between Purlin and PostgreSQL.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Pooler {
    /// Nothing that matters: a connection is a session of its own.
    #[default]
    None,
    /// A pooler that hands out sessions for a transaction each, as PgBouncer does with `pool_mode = transaction`.
    Transaction,
}

/// The URL of a database. It may hold a password, so it is not shown.
#[derive(Clone, PartialEq, Eq)]
pub struct Url(String);

impl Url {
    /// A URL as it was given.
    pub fn new(text: impl Into<String>) -> Url {
        Url(text.into())
    }

    /// The whole URL, for opening it.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for Url {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("…")
    }
}

/// How an engine is opened; every field has a setting.
#[derive(Clone, Debug)]
pub struct Options {
    /// SQLite reader threads; PostgreSQL connections for one request at a time (short reads share eight more).
    pub connections: usize,
    /// Requests waiting for a reader, a writer or a connection; one more is refused with [`DatabaseError::Busy`].
    pub queue: usize,
    /// Longest run of one request's statements.
    pub statement_timeout: Duration,
    /// Longest run of one write on SQLite, where it blocks all others.
    pub write_timeout: Duration,
    /// Largest response in bytes.
    pub response_bytes: usize,
    /// PostgreSQL: when lists and the lists below them are read by one statement.
    pub flat: Flattening,
    /// What stands between here and PostgreSQL.
    pub pooler: Pooler,
    /// The same PostgreSQL without a pooler between, for what needs a session of its own.
    pub direct_url: Option<Url>,
    /// Streaming replicas of it, for reads; each URL leads to one server, without a pooler between.
    pub replicas: Vec<Url>,
    /// A replica that shows what is older than this is not read from.
    pub replica_lag: Duration,
}

/// When lists and the lists below them are read by one statement.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Flattening {
    /// When what was seen of the statement says that it is better.
    #[default]
    WhenBetter,
    /// Whenever it can be said.
    Always,
}

impl Default for Options {
    fn default() -> Self {
        Options {
            connections: 4,
            queue: 1024,
            statement_timeout: Duration::from_secs(10),
            write_timeout: Duration::from_secs(2),
            response_bytes: 64 * 1024 * 1024,
            flat: Flattening::default(),
            pooler: Pooler::None,
            direct_url: None,
            replicas: Vec::new(),
            replica_lag: Duration::from_secs(5),
        }
    }
}

impl Database {
    /// Opens what the URL names: `sqlite:PATH` (made if missing) or `postgres://…`.
    ///
    /// # Errors
    /// [`DatabaseError::Unavailable`] with the reason; the text holds no password.
    pub async fn connect(url: &str, options: Options) -> Result<Database, DatabaseError> {
        match url.strip_prefix("sqlite:") {
            Some(path) => sqlite::Engine::open(path, options).await.map(Database::Sqlite),
            None => postgres::Engine::connect(url, options).await.map(Database::Postgres),
        }
    }

    /// The dialect plans must be compiled for.
    pub fn dialect(&self) -> Dialect {
        match self {
            Database::Sqlite(_) => Dialect::Sqlite,
            Database::Postgres(_) => Dialect::Postgres,
        }
    }

    /// What it has measured since it was opened.
    pub fn measures(&self) -> &Measures {
        match self {
            Database::Sqlite(engine) => engine.measures(),
            Database::Postgres(engine) => engine.measures(),
        }
    }

    /// How busy it is now.
    pub fn load(&self) -> Load {
        match self {
            Database::Sqlite(engine) => engine.load(),
            Database::Postgres(engine) => engine.load(),
        }
    }

    /// How many reads went to which server; `None` where there is only one.
    pub fn reads(&self) -> Option<Reads> {
        match self {
            Database::Sqlite(_) => None,
            Database::Postgres(engine) => engine.reads(),
        }
    }

    /// Asks the database whether it is there; one that is too busy to answer is.
    ///
    /// # Errors
    /// [`DatabaseError::Unavailable`].
    pub async fn ping(&self) -> Result<(), DatabaseError> {
        let answer = match self {
            Database::Sqlite(engine) => {
                engine.read(|connection| Ok(connection.query_row("select 1", [], |_| Ok(()))?)).await
            }
            Database::Postgres(engine) => engine.ping().await,
        };
        match answer {
            Err(DatabaseError::Busy) => Ok(()),
            answer => answer,
        }
    }

    /// Makes every connection prepare its statements anew: tables have changed. SQLite finds out by itself.
    pub fn prepare_anew(&self) {
        match self {
            Database::Sqlite(_) => {}
            Database::Postgres(engine) => engine.prepare_anew(),
        }
    }

    /// Runs a plan and gives the JSON object of its root fields, `{"key":value,…}`, appended to `buffer`.
    /// Dropping the future cancels a read; a write that has begun runs to its own end.
    ///
    /// # Errors
    /// A [`Failure`] that names the root field at fault. Nothing was written then.
    pub async fn run(&self, plan: Arc<Plan>, bindings: Bindings, buffer: Vec<u8>) -> Result<Vec<u8>, Failure> {
        match self {
            Database::Sqlite(engine) => engine.run(plan, bindings, buffer).await,
            Database::Postgres(engine) => engine.run(plan, bindings, buffer).await,
        }
    }
}
