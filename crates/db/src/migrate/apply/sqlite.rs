//! Runs migrations on SQLite. Where a script wants foreign keys off, they are checked before COMMIT; what stands on a
//! table that is made anew is put aside and made again.

use std::collections::BTreeMap;
use std::time::Duration;

use rusqlite::{Connection, Transaction, TransactionBehavior};

use super::{checked_parts, statement_error};
use crate::migrate::Work;
use crate::migrate::error::MigrateError;
use crate::migrate::folder::Migration;
use crate::migrate::history;
use crate::migrate::print::{FOREIGN_KEYS_OFF, REBUILD_BEGINS, REBUILD_ENDS, RebuildMarker};
use crate::migrate::script::{Part, Statement};
use crate::migrate::system;
use crate::physical::quote;

/// How long a migration waits for another process that is migrating the same file.
const WAIT_FOR_OTHERS: Duration = Duration::from_secs(60);

/// Applies what is not applied yet; returns what was.
///
/// # Errors
/// [`MigrateError`]; migrations before the failed one stay applied, the failed one did nothing.
pub fn apply(connection: &mut Connection, work: &Work) -> Result<Vec<Migration>, MigrateError> {
    let mut applied = Vec::new();
    for migration in &work.pending {
        if with_settings_of(&migration.up, connection, |connection| apply_one(connection, work, migration))? {
            applied.push(migration.clone());
        }
    }
    Ok(applied)
}

/// Takes back the migration that was applied last; returns it.
///
/// # Errors
/// [`MigrateError`]; nothing was done then.
pub fn down(connection: &mut Connection, migrations: &[Migration]) -> Result<Migration, MigrateError> {
    let migration = last_applied(connection, migrations)?.clone();
    let Some(script) = &migration.down else { return Err(MigrateError::NoDown { migration: migration.stem() }) };
    with_settings_of(script, connection, |connection| {
        let transaction = begin(connection)?;
        // Another process may have been faster.
        if last_applied(&transaction, migrations)?.version != migration.version {
            return Err(MigrateError::NothingApplied);
        }
        run_checked(&transaction, &migration.down_file(), script)?;
        history::sqlite::remove(&transaction, &migration.version)?;
        transaction.commit()?;
        Ok(())
    })?;
    Ok(migration)
}

fn last_applied<'a>(connection: &Connection, migrations: &'a [Migration]) -> Result<&'a Migration, MigrateError> {
    let applied = history::sqlite::read(connection)?.unwrap_or_default();
    let last = applied.last().ok_or(MigrateError::NothingApplied)?;
    history::pending(&applied, migrations)?;
    let migration = migrations.iter().find(|migration| migration.version == last.version);
    migration.ok_or_else(|| MigrateError::Missing { migration: last.stem() })
}

/// Notes a migration as applied without running it, in a database that has none.
///
/// # Errors
/// [`MigrateError::NotNew`].
pub fn adopt(connection: &mut Connection, migration: &Migration, model: &str) -> Result<(), MigrateError> {
    let transaction = begin(connection)?;
    system::ensure_sqlite(&transaction)?;
    let applied = history::sqlite::read(&transaction)?.unwrap_or_default();
    if !applied.is_empty() {
        return Err(MigrateError::NotNew { applied: applied.len() });
    }
    history::sqlite::insert(&transaction, migration, Some(model))?;
    transaction.commit()?;
    Ok(())
}

/// Makes the system tables that are not there yet.
///
/// # Errors
/// Those of SQLite.
pub fn ensure_system_tables(connection: &mut Connection) -> Result<(), MigrateError> {
    let transaction = begin(connection)?;
    system::ensure_sqlite(&transaction)?;
    transaction.commit()?;
    Ok(())
}

/// Begins as a writer, so that of two processes the second waits, and then sees what the first did.
fn begin(connection: &mut Connection) -> rusqlite::Result<Transaction<'_>> {
    connection.transaction_with_behavior(TransactionBehavior::Immediate)
}

/// Foreign keys can only be switched off outside a transaction; the settings are put back whatever happens.
fn with_settings_of<T>(
    script: &str,
    connection: &mut Connection,
    work: impl FnOnce(&mut Connection) -> Result<T, MigrateError>,
) -> Result<T, MigrateError> {
    let wait: i64 = connection.pragma_query_value(None, "busy_timeout", |row| row.get(0))?;
    connection.busy_timeout(WAIT_FOR_OTHERS)?;
    connection.pragma_update(None, "foreign_keys", !is_without_foreign_keys(script))?;
    let result = work(connection);
    connection.pragma_update(None, "foreign_keys", true)?;
    connection.busy_timeout(Duration::from_millis(wait.unsigned_abs()))?;
    result
}

fn is_without_foreign_keys(script: &str) -> bool {
    script.trim_start().starts_with(FOREIGN_KEYS_OFF)
}

/// Whether it was applied (by us, just now).
fn apply_one(connection: &mut Connection, work: &Work, migration: &Migration) -> Result<bool, MigrateError> {
    let transaction = begin(connection)?;
    system::ensure_sqlite(&transaction)?;
    let applied = history::sqlite::read(&transaction)?.unwrap_or_default();
    let pending = history::pending(&applied, &work.migrations)?;
    if pending.iter().all(|other| other.version != migration.version) {
        return Ok(false);
    }
    run_checked(&transaction, &migration.up_file(), &migration.up)?;
    let is_last = pending.last().is_some_and(|last| last.version == migration.version);
    history::sqlite::insert(&transaction, migration, work.model.as_deref().filter(|_| is_last))?;
    transaction.commit()?;
    Ok(true)
}

/// Runs a script; without foreign keys, rows that then point at nothing, and did not before, are an error.
fn run_checked(transaction: &Transaction<'_>, file: &str, script: &str) -> Result<(), MigrateError> {
    let parts = checked_parts(file, script)?;
    if !is_without_foreign_keys(script) {
        return run(transaction, file, parts);
    }
    let before = dangling_rows(transaction)?;
    run(transaction, file, parts)?;
    let after = dangling_rows(transaction)?;
    let worse = after.into_iter().filter(|(table, rows)| before.get(table).is_none_or(|earlier| rows > earlier));
    let tables: Vec<(String, usize)> = worse.collect();
    if tables.is_empty() { Ok(()) } else { Err(MigrateError::ForeignKeys { file: file.to_owned(), tables }) }
}

fn dangling_rows(connection: &Connection) -> Result<BTreeMap<String, usize>, MigrateError> {
    let mut statement = connection.prepare("PRAGMA foreign_key_check")?;
    let tables = statement.query_map([], |row| row.get::<_, String>(0))?;
    let mut counts = BTreeMap::new();
    for table in tables {
        *counts.entry(table?).or_insert(0) += 1;
    }
    Ok(counts)
}

fn run(connection: &Connection, file: &str, parts: Vec<Part>) -> Result<(), MigrateError> {
    let mut aside: Option<Dependents> = None;
    for part in parts {
        match part {
            Part::Statement(statement) => execute(connection, file, &statement)?,
            Part::Comment(comment) => {
                if let Some(marker) = comment.strip_prefix(REBUILD_BEGINS) {
                    let Ok(marker) = serde_json::from_str::<RebuildMarker>(marker) else { continue };
                    refuse_unknown_columns(connection, file, &marker)?;
                    aside = Some(Dependents::put_aside(connection, &marker.table)?);
                } else if comment.starts_with(REBUILD_ENDS)
                    && let Some(dependents) = aside.take()
                {
                    dependents.make_again(connection, file)?;
                }
            }
        }
    }
    Ok(())
}

fn execute(connection: &Connection, file: &str, statement: &Statement) -> Result<(), MigrateError> {
    connection.execute_batch(&statement.text).map_err(|error| {
        let (offset, reason) = match &error {
            rusqlite::Error::SqlInputError { msg, offset, .. } => (usize::try_from(*offset).ok(), msg.clone()),
            rusqlite::Error::SqliteFailure(_, Some(message)) => (None, message.clone()),
            other => (None, other.to_string()),
        };
        statement_error(file, statement, offset, reason)
    })
}

fn refuse_unknown_columns(connection: &Connection, file: &str, marker: &RebuildMarker) -> Result<(), MigrateError> {
    let mut statement = connection.prepare("SELECT name FROM pragma_table_xinfo(?1) WHERE hidden = 0")?;
    let names = statement.query_map([&marker.table], |row| row.get::<_, String>(0))?;
    let names: Vec<String> = names.collect::<rusqlite::Result<_>>()?;
    let is_known = |name: &String| marker.columns.iter().any(|known| known.eq_ignore_ascii_case(name));
    let columns: Vec<String> = names.into_iter().filter(|name| !is_known(name)).collect();
    if columns.is_empty() {
        return Ok(());
    }
    Err(MigrateError::UnknownColumns { file: file.to_owned(), table: marker.table.clone(), columns })
}

/// What may depend on a table while it is made anew: every view and trigger (SQLite does not say on which tables one
/// stands), and the table's own indexes that the model does not know.
struct Dependents {
    /// In the order of their making.
    objects: Vec<Dependent>,
}

struct Dependent {
    kind: String,
    name: String,
    table: String,
    sql: String,
    /// Whether it worked before.
    worked: bool,
}

impl Dependents {
    fn put_aside(connection: &Connection, table: &str) -> Result<Dependents, MigrateError> {
        let mut statement = connection.prepare(
            "SELECT type, name, tbl_name, sql FROM sqlite_schema
             WHERE sql IS NOT NULL AND (type IN ('view', 'trigger') OR (type = 'index' AND tbl_name = ?1 COLLATE NOCASE))
             ORDER BY type = 'trigger', rowid",
        )?;
        let found = statement.query_map([table], |row| {
            Ok(Dependent { kind: row.get(0)?, name: row.get(1)?, table: row.get(2)?, sql: row.get(3)?, worked: true })
        })?;
        let mut objects = found.collect::<rusqlite::Result<Vec<_>>>()?;
        for object in &mut objects {
            object.worked = object.try_out(connection).is_ok();
        }
        for object in objects.iter().rev() {
            // Triggers first: those of a view go with it.
            connection.execute_batch(&format!("DROP {} IF EXISTS {}", object.kind, quote(&object.name)))?;
        }
        Ok(Dependents { objects })
    }

    fn make_again(self, connection: &Connection, file: &str) -> Result<(), MigrateError> {
        let broken = |object: &Dependent, error: rusqlite::Error| MigrateError::Dependent {
            file: file.to_owned(),
            kind: object.kind.clone(),
            name: object.name.clone(),
            reason: error.to_string(),
        };
        for object in &self.objects {
            connection.execute_batch(&object.sql).map_err(|error| broken(object, error))?;
        }
        for object in self.objects.iter().filter(|object| object.worked) {
            object.try_out(connection).map_err(|error| broken(object, error))?;
        }
        Ok(())
    }
}

impl Dependent {
    /// Prepares statements that use it, since SQLite looks at a view or trigger only then.
    fn try_out(&self, connection: &Connection) -> rusqlite::Result<()> {
        let table = quote(&self.table);
        match self.kind.as_str() {
            "view" => connection.prepare(&format!("SELECT * FROM {}", quote(&self.name))).map(|_| ()),
            "trigger" => {
                let columns = connection.prepare(&format!("SELECT * FROM {table}"))?;
                let first = columns.column_names().first().map(|name| quote(name)).unwrap_or_default();
                for sql in [
                    format!("INSERT INTO {table} DEFAULT VALUES"),
                    format!("UPDATE {table} SET {first} = {first}"),
                    format!("DELETE FROM {table}"),
                ] {
                    match connection.prepare(&sql) {
                        Ok(_) => {}
                        // A view without an INSTEAD OF trigger for this event.
                        Err(error) if error.to_string().contains("because it is a view") => {}
                        Err(error) => return Err(error),
                    }
                }
                Ok(())
            }
            _ => Ok(()),
        }
    }
}
