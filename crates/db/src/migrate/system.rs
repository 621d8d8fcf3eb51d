//! Makes the system tables and functions that are not there yet. Refuses to know what is in them.

use purlin_plan::plan::Dialect;
use rusqlite::Connection;
use tokio_postgres::GenericClient;

use super::correspondence::Correspondence;
use super::diff::diff;
use super::error::MigrateError;
use super::{print, words};
use crate::physical::{self, PhysicalSchema, TableName};

/// The system tables of one database.
///
/// # Errors
/// [`MigrateError::Model`], which a test of the embedded model rules out.
pub fn wanted(dialect: Dialect) -> Result<PhysicalSchema, MigrateError> {
    let catalog = purlin_model::system::catalog().map_err(|mistakes| MigrateError::Model(Box::new(mistakes)))?;
    Ok(physical::of(&catalog, dialect))
}

/// The SQL that makes those tables for which `exists` is false.
fn missing(dialect: Dialect, exists: &[TableName]) -> Result<String, MigrateError> {
    let to = wanted(dialect)?;
    let mut from = to.clone();
    from.tables.retain(|name, _| exists.contains(name));
    Ok(print::sql(&diff(&from, &to, &Correspondence::default()), dialect))
}

/// Makes them on SQLite, inside the caller's transaction.
///
/// # Errors
/// Those of SQLite.
pub fn ensure_sqlite(connection: &Connection) -> Result<(), MigrateError> {
    let mut statement = connection.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'")?;
    let names = statement.query_map([], |row| row.get::<_, String>(0))?;
    let exists = names.map(|name| name.map(|name| TableName { schema: String::new(), name }));
    let exists = exists.collect::<rusqlite::Result<Vec<_>>>()?;
    connection.execute_batch(&missing(Dialect::Sqlite, &exists)?)?;
    Ok(())
}

/// Makes them on PostgreSQL, inside the caller's transaction.
///
/// # Errors
/// Those of PostgreSQL.
pub async fn ensure_postgres(client: &impl GenericClient) -> Result<(), MigrateError> {
    let sql = "SELECT schemaname::text, tablename::text FROM pg_tables WHERE schemaname = 'purlin'";
    let rows = client.query(sql, &[]).await?;
    let exists = rows.iter().map(|row| Ok(TableName { schema: row.try_get(0)?, name: row.try_get(1)? }));
    let exists = exists.collect::<Result<Vec<_>, tokio_postgres::Error>>()?;
    client.batch_execute(&missing(Dialect::Postgres, &exists)?).await?;
    words::ensure(client).await?;
    Ok(())
}
