//! Runs migrations on PostgreSQL, each in one transaction under an advisory lock.

use tokio_postgres::error::ErrorPosition;
use tokio_postgres::{Client, Error, Transaction};

use super::{checked_parts, statement_error};
use crate::migrate::Work;
use crate::migrate::error::MigrateError;
use crate::migrate::folder::Migration;
use crate::migrate::history;
use crate::migrate::script::{Part, Statement};
use crate::migrate::system;

/// Key of the advisory lock: `purlin` in ASCII.
pub const LOCK: i64 = 0x70_75_72_6c_69_6e;

/// Applies what is not applied yet; returns what was.
///
/// # Errors
/// [`MigrateError`]; migrations before the failed one stay applied, the failed one did nothing.
pub async fn apply(client: &mut Client, work: &Work) -> Result<Vec<Migration>, MigrateError> {
    let mut applied = Vec::new();
    for migration in &work.pending {
        if apply_one(client, work, migration).await? {
            applied.push(migration.clone());
        }
    }
    Ok(applied)
}

/// Takes back the migration that was applied last; returns it.
///
/// # Errors
/// [`MigrateError`]; nothing was done then.
pub async fn down(client: &mut Client, migrations: &[Migration]) -> Result<Migration, MigrateError> {
    let transaction = begin(client).await?;
    let applied = history::postgres::read(&transaction).await?.unwrap_or_default();
    let last = applied.last().ok_or(MigrateError::NothingApplied)?;
    history::pending(&applied, migrations)?;
    let migration = migrations.iter().find(|migration| migration.version == last.version);
    let migration = migration.ok_or_else(|| MigrateError::Missing { migration: last.stem() })?;
    let script = migration.down.as_deref();
    let script = script.ok_or_else(|| MigrateError::NoDown { migration: migration.stem() })?;
    run(&transaction, &migration.down_file(), script).await?;
    history::postgres::remove(&transaction, &migration.version).await?;
    transaction.commit().await?;
    Ok(migration.clone())
}

/// Notes a migration as applied without running it, in a database that has none.
///
/// # Errors
/// [`MigrateError::NotNew`].
pub async fn adopt(client: &mut Client, migration: &Migration, model: &str) -> Result<(), MigrateError> {
    let transaction = begin(client).await?;
    system::ensure_postgres(&transaction).await?;
    let applied = history::postgres::read(&transaction).await?.unwrap_or_default();
    if !applied.is_empty() {
        return Err(MigrateError::NotNew { applied: applied.len() });
    }
    history::postgres::insert(&transaction, migration, Some(model)).await?;
    transaction.commit().await?;
    Ok(())
}

/// Makes the system tables that are not there yet.
///
/// # Errors
/// Those of PostgreSQL.
pub async fn ensure_system_tables(client: &mut Client) -> Result<(), MigrateError> {
    let transaction = begin(client).await?;
    system::ensure_postgres(&transaction).await?;
    transaction.commit().await?;
    Ok(())
}

/// Begins, and waits for other processes that are migrating the same database; then sees what they did.
async fn begin(client: &mut Client) -> Result<Transaction<'_>, MigrateError> {
    let transaction = client.transaction().await?;
    transaction.execute("SELECT pg_advisory_xact_lock($1)", &[&LOCK]).await?;
    Ok(transaction)
}

/// Whether it was applied (by us, just now).
async fn apply_one(client: &mut Client, work: &Work, migration: &Migration) -> Result<bool, MigrateError> {
    let transaction = begin(client).await?;
    system::ensure_postgres(&transaction).await?;
    let applied = history::postgres::read(&transaction).await?.unwrap_or_default();
    let pending = history::pending(&applied, &work.migrations)?;
    if pending.iter().all(|other| other.version != migration.version) {
        return Ok(false);
    }
    run(&transaction, &migration.up_file(), &migration.up).await?;
    let is_last = pending.last().is_some_and(|last| last.version == migration.version);
    history::postgres::insert(&transaction, migration, work.model.as_deref().filter(|_| is_last)).await?;
    // A constraint that is checked at COMMIT makes it fail: then nothing was done.
    transaction.commit().await.map_err(|error| whole_file_error(&migration.up_file(), &error))?;
    Ok(true)
}

async fn run(transaction: &Transaction<'_>, file: &str, script: &str) -> Result<(), MigrateError> {
    for part in checked_parts(file, script)? {
        let Part::Statement(statement) = part else { continue };
        let done = transaction.batch_execute(&statement.text).await;
        done.map_err(|error| describe(file, &statement, &error))?;
    }
    Ok(())
}

fn describe(file: &str, statement: &Statement, error: &Error) -> MigrateError {
    let offset = match error.as_db_error().and_then(|server| server.position()) {
        // Counted in characters from 1.
        Some(ErrorPosition::Original(position)) => {
            let position = usize::try_from(*position).unwrap_or(1).saturating_sub(1);
            statement.text.char_indices().nth(position).map(|(offset, _)| offset)
        }
        _ => None,
    };
    statement_error(file, statement, offset, words(error))
}

fn whole_file_error(file: &str, error: &Error) -> MigrateError {
    MigrateError::Statement { file: file.to_owned(), line: 1, reason: words(error) }
}

fn words(error: &Error) -> String {
    match error.as_db_error() {
        Some(server) => match server.detail() {
            Some(detail) => format!("{}: {detail}", server.message()),
            None => server.message().to_owned(),
        },
        None => error.to_string(),
    }
}
