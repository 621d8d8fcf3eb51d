//! The record of applied migrations in the system table `purlin.migrations` (`purlin_migrations` on SQLite), as written
//! inside the migration's own transaction. That is no unit of work: it has no deadline, and on SQLite foreign keys must
//! be off before it begins; elsewhere the record is read through its entity. Refuses to know files.

use super::error::MigrateError;
use super::folder::Migration;

/// A migration that was applied.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Applied {
    /// Its version.
    pub version: String,
    /// Its name.
    pub name: String,
    /// SHA-256 of its up script.
    pub checksum: String,
    /// The model afterwards, if it was the last of those applied together.
    pub model: Option<String>,
    /// When.
    pub applied_at: String,
}

impl From<purlin_entity::migration::Model> for Applied {
    fn from(row: purlin_entity::migration::Model) -> Applied {
        let purlin_entity::migration::Model { version, name, checksum, model, applied_at } = row;
        Applied { version, name, checksum, model, applied_at }
    }
}

impl Applied {
    /// Its file names without ending.
    pub fn stem(&self) -> String {
        format!("{}_{}", self.version, self.name)
    }
}

/// The migrations that are not applied yet, once the applied ones are found to be what they were.
///
/// # Errors
/// [`MigrateError::Changed`], [`MigrateError::Missing`].
pub fn pending<'a>(applied: &[Applied], migrations: &'a [Migration]) -> Result<Vec<&'a Migration>, MigrateError> {
    for done in applied {
        match migrations.iter().find(|migration| migration.version == done.version) {
            None => return Err(MigrateError::Missing { migration: done.stem() }),
            Some(migration) if migration.checksum() != done.checksum => {
                return Err(MigrateError::Changed { migration: migration.stem() });
            }
            Some(_) => {}
        }
    }
    let is_pending = |migration: &&Migration| !applied.iter().any(|done| done.version == migration.version);
    Ok(migrations.iter().filter(is_pending).collect())
}

/// The record on SQLite.
pub mod sqlite {
    use rusqlite::{Connection, OptionalExtension, params};

    use super::Applied;
    use crate::migrate::folder::Migration;

    /// Applied migrations by version; `None` if the table is not there.
    ///
    /// # Errors
    /// Those of SQLite.
    pub fn read(connection: &Connection) -> rusqlite::Result<Option<Vec<Applied>>> {
        let table = "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'purlin_migrations'";
        if connection.query_row(table, [], |_| Ok(())).optional()?.is_none() {
            return Ok(None);
        }
        let mut statement = connection
            .prepare("SELECT version, name, checksum, model, applied_at FROM purlin_migrations ORDER BY version")?;
        let rows = statement.query_map([], |row| {
            Ok(Applied {
                version: row.get(0)?,
                name: row.get(1)?,
                checksum: row.get(2)?,
                model: row.get(3)?,
                applied_at: row.get(4)?,
            })
        })?;
        rows.collect::<rusqlite::Result<_>>().map(Some)
    }

    /// Notes a migration.
    ///
    /// # Errors
    /// Those of SQLite.
    pub fn insert(connection: &Connection, migration: &Migration, model: Option<&str>) -> rusqlite::Result<()> {
        let sql = "INSERT INTO purlin_migrations (version, name, checksum, model) VALUES (?1, ?2, ?3, ?4)";
        let values = params![migration.version, migration.name, migration.checksum(), model];
        connection.execute(sql, values).map(|_| ())
    }

    /// Forgets a migration.
    ///
    /// # Errors
    /// Those of SQLite.
    pub fn remove(connection: &Connection, version: &str) -> rusqlite::Result<()> {
        connection.execute("DELETE FROM purlin_migrations WHERE version = ?1", [version]).map(|_| ())
    }
}

/// The record on PostgreSQL.
pub mod postgres {
    use tokio_postgres::{Error, GenericClient};

    use super::Applied;
    use crate::migrate::folder::Migration;

    /// Applied migrations by version; `None` if the table is not there.
    ///
    /// # Errors
    /// Those of PostgreSQL.
    pub async fn read(client: &impl GenericClient) -> Result<Option<Vec<Applied>>, Error> {
        let table = "SELECT to_regclass('purlin.migrations') IS NOT NULL";
        if !client.query_one(table, &[]).await?.try_get::<_, bool>(0)? {
            return Ok(None);
        }
        let sql = "SELECT version, name, checksum, model,
                          to_char(applied_at AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')
                   FROM purlin.migrations ORDER BY version";
        let rows = client.query(sql, &[]).await?;
        let applied = rows.iter().map(|row| {
            Ok(Applied {
                version: row.try_get(0)?,
                name: row.try_get(1)?,
                checksum: row.try_get(2)?,
                model: row.try_get(3)?,
                applied_at: row.try_get(4)?,
            })
        });
        applied.collect::<Result<_, Error>>().map(Some)
    }

    /// Notes a migration.
    ///
    /// # Errors
    /// Those of PostgreSQL.
    pub async fn insert(client: &impl GenericClient, migration: &Migration, model: Option<&str>) -> Result<(), Error> {
        let sql = "INSERT INTO purlin.migrations (version, name, checksum, model) VALUES ($1, $2, $3, $4)";
        client.execute(sql, &[&migration.version, &migration.name, &migration.checksum(), &model]).await.map(|_| ())
    }

    /// Forgets a migration.
    ///
    /// # Errors
    /// Those of PostgreSQL.
    pub async fn remove(client: &impl GenericClient, version: &str) -> Result<(), Error> {
        client.execute("DELETE FROM purlin.migrations WHERE version = $1", &[&version]).await.map(|_| ())
    }
}
