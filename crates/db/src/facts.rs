//! What an operator should know of a database before production. Refuses to judge it.

use crate::{Database, DatabaseError};

/// Facts of an open database.
#[derive(Clone, Debug, PartialEq)]
pub enum Facts {
    /// Embedded SQLite.
    Sqlite {
        /// `wal` where the file system lets it.
        journal_mode: String,
    },
    /// PostgreSQL.
    Postgres {
        /// `150004` is 15.4.
        version: i32,
        /// Connections that anybody but superusers can have.
        connections: i32,
        /// Whether the role may do everything.
        superuser: bool,
        /// The server's time, in seconds since 1970.
        now: f64,
        /// Whether something between hands out sessions for less than a connection's life.
        pooled: bool,
        /// The same on the way around it, if there is one.
        direct_is_pooled: Option<bool>,
    },
}

/// What a replica says of itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReplicaFacts {
    /// Whether it replays another server's log.
    pub in_recovery: bool,
    /// Whether that can be the primary's: both are of one cluster.
    pub same_system: bool,
}

const POSTGRES: &str = "select current_setting('server_version_num')::int4, \
    current_setting('max_connections')::int4 - current_setting('superuser_reserved_connections')::int4, \
    current_setting('is_superuser')::bool, extract(epoch from clock_timestamp())::float8";

impl Database {
    /// What each replica says of itself, in the order in which they were given.
    ///
    /// # Errors
    /// Of each, [`DatabaseError`] when it or the primary cannot be reached.
    pub async fn replica_facts(&self) -> Vec<Result<ReplicaFacts, DatabaseError>> {
        match self {
            Database::Sqlite(_) => Vec::new(),
            Database::Postgres(engine) => engine.replica_facts().await,
        }
    }

    /// What it says of itself.
    ///
    /// # Errors
    /// [`DatabaseError`] when it cannot be reached.
    pub async fn facts(&self) -> Result<Facts, DatabaseError> {
        match self {
            Database::Sqlite(engine) => {
                let journal_mode = engine
                    .read(|connection| Ok(connection.query_row("pragma journal_mode", [], |row| row.get(0))?))
                    .await?;
                Ok(Facts::Sqlite { journal_mode })
            }
            Database::Postgres(engine) => {
                let client = engine.reader().await?;
                let (pooled, direct_is_pooled) = engine.passes_pooler().await?;
                let failed = |error: tokio_postgres::Error| DatabaseError::Unavailable(error.to_string());
                let row = client.query_typed_one(POSTGRES, &[]).await.map_err(failed)?;
                Ok(Facts::Postgres {
                    version: row.try_get(0).map_err(failed)?,
                    connections: row.try_get(1).map_err(failed)?,
                    superuser: row.try_get(2).map_err(failed)?,
                    now: row.try_get(3).map_err(failed)?,
                    pooled,
                    direct_is_pooled,
                })
            }
        }
    }
}
