//! Finds out which constraint a failed write violated, by looking into the database: on the failure path only.

use purlin_plan::plan::Statement;
use rusqlite::types::Value as Owned;
use rusqlite::{Connection, ErrorCode, OptionalExtension, ffi, params_from_iter};

use super::bind::{Cells, Slots, bind};
use super::ddl::{ConstraintKind, WriteKind, constraint_name, written_table};
use super::statement::collect;
use crate::{ConstraintViolation, DatabaseError};

/// What a failed statement violated. The transaction still stands (or nothing is found).
pub fn explain(
    connection: &Connection,
    error: rusqlite::Error,
    planned: &Statement,
    slots: Slots<'_>,
) -> DatabaseError {
    let Some((code, message)) = parts(&error) else { return error.into() };
    if code == ffi::SQLITE_CONSTRAINT_FOREIGNKEY {
        let Some((table, kind)) = written_table(&planned.sql) else { return error.into() };
        let violation = while_deferred(connection, |connection| {
            let rows = rerun(connection, planned, slots)?;
            foreign_key(connection, &table, kind, rows.as_deref())
        });
        let violation = match violation {
            // The look took all the time that was left: what is known already is told.
            Err(look) if look.sqlite_error_code() == Some(ErrorCode::OperationInterrupted) => None,
            Err(look) => return look.into(),
            Ok(violation) => violation,
        };
        return DatabaseError::Constraint(violation.unwrap_or_else(|| unknown_key(&table)));
    }
    of_message(connection, code, message, &planned.sql)
        .unwrap_or_else(|other| Some(other.into()))
        .unwrap_or_else(|| error.into())
}

/// What a statement of the model violated: which rows it wrote is not known.
pub fn explain_native(
    connection: &Connection,
    error: rusqlite::Error,
    planned: &Statement,
    slots: Slots<'_>,
) -> DatabaseError {
    match (parts(&error), written_table(&planned.sql)) {
        (Some((ffi::SQLITE_CONSTRAINT_FOREIGNKEY, _)), Some((table, kind))) => {
            let violation = while_deferred(connection, |connection| match rerun(connection, planned, slots)? {
                Some(_) => some_foreign_key(connection, &table, kind),
                None => foreign_key(connection, &table, kind, None),
            });
            DatabaseError::Constraint(violation.ok().flatten().unwrap_or_else(|| unknown_key(&table)))
        }
        _ => explain_text(connection, error, &planned.sql),
    }
}

/// What a statement violated of which only the text is known.
pub fn explain_text(connection: &Connection, error: rusqlite::Error, sql: &str) -> DatabaseError {
    let Some((code, message)) = parts(&error) else { return error.into() };
    if code == ffi::SQLITE_CONSTRAINT_FOREIGNKEY {
        let table = written_table(sql).map(|(table, _)| table).unwrap_or_default();
        return DatabaseError::Constraint(unknown_key(&table));
    }
    of_message(connection, code, message, sql)
        .unwrap_or_else(|other| Some(other.into()))
        .unwrap_or_else(|| error.into())
}

/// What an INSERT violated that can be run once more. The transaction still stands.
pub fn explain_insert(
    connection: &Connection,
    error: rusqlite::Error,
    sql: &str,
    again: impl FnOnce() -> rusqlite::Result<()>,
) -> DatabaseError {
    if !is_foreign_key(&error) {
        return explain_text(connection, error, sql);
    }
    let violation = while_deferred(connection, |connection| {
        again()?;
        any_foreign_key(connection)
    });
    found(violation, error)
}

/// What made COMMIT fail: a foreign key that is checked only then. The transaction still stands.
pub fn explain_commit(connection: &Connection, error: rusqlite::Error) -> DatabaseError {
    match parts(&error) {
        Some((ffi::SQLITE_CONSTRAINT_FOREIGNKEY, _)) => found(any_foreign_key(connection), error),
        _ => error.into(),
    }
}

/// Whether a foreign key that is checked at COMMIT made it fail.
pub fn is_foreign_key(error: &rusqlite::Error) -> bool {
    matches!(parts(error), Some((ffi::SQLITE_CONSTRAINT_FOREIGNKEY, _)))
}

fn parts(error: &rusqlite::Error) -> Option<(i32, &str)> {
    let rusqlite::Error::SqliteFailure(failure, message) = error else { return None };
    match (failure.extended_code, message.as_deref().unwrap_or_default()) {
        // ON DELETE RESTRICT is a trigger inside SQLite.
        (ffi::SQLITE_CONSTRAINT_TRIGGER, message @ "FOREIGN KEY constraint failed") => {
            Some((ffi::SQLITE_CONSTRAINT_FOREIGNKEY, message))
        }
        other => Some(other),
    }
}

fn found(violation: rusqlite::Result<Option<ConstraintViolation>>, error: rusqlite::Error) -> DatabaseError {
    match violation {
        Ok(Some(violation)) => DatabaseError::Constraint(violation),
        Ok(None) => error.into(),
        // The look itself failed (the deadline, an unreadable file): that is what has to be told.
        Err(other) => other.into(),
    }
}

fn unknown_key(table: &str) -> ConstraintViolation {
    ConstraintViolation::ForeignKey { constraint: None, table: table.to_owned(), referenced_by: None }
}

/// `cannot store REAL value in INTEGER column t.c`: an arithmetic result that left its type.
fn wrong_type(message: &str) -> DatabaseError {
    let overflow = message.starts_with("cannot store REAL value in INTEGER column");
    DatabaseError::Data(if overflow { "bigint out of range" } else { "a value is not of its column's type" }.to_owned())
}

/// What a message tells; `None` when it is about no constraint.
fn of_message(connection: &Connection, code: i32, message: &str, sql: &str) -> rusqlite::Result<Option<DatabaseError>> {
    let after = |prefix: &str| message.strip_prefix(prefix);
    let violation = match code {
        ffi::SQLITE_CONSTRAINT_UNIQUE | ffi::SQLITE_CONSTRAINT_PRIMARYKEY | ffi::SQLITE_CONSTRAINT_ROWID => {
            let Some(columns) = after("UNIQUE constraint failed: ") else { return Ok(None) };
            ConstraintViolation::Unique { constraint: unique_name(connection, columns)? }
        }
        ffi::SQLITE_CONSTRAINT_NOTNULL => {
            let place = after("NOT NULL constraint failed: ").and_then(|column| column.split_once('.'));
            let Some((table, column)) = place else { return Ok(None) };
            ConstraintViolation::NotNull { table: table.to_owned(), column: column.to_owned() }
        }
        ffi::SQLITE_CONSTRAINT_CHECK => {
            let Some(name) = after("CHECK constraint failed: ") else { return Ok(None) };
            let table = written_table(sql).map(|(table, _)| table).unwrap_or_default();
            if let Some(message) = type_check(connection, &table, name)? {
                return Ok(Some(DatabaseError::Data(message.to_owned())));
            }
            ConstraintViolation::Check { table, constraint: name.to_owned() }
        }
        ffi::SQLITE_CONSTRAINT_DATATYPE => return Ok(Some(wrong_type(message))),
        _ => return Ok(None),
    };
    Ok(Some(DatabaseError::Constraint(violation)))
}

/// PostgreSQL's words when the CHECK is one that stands in for a type SQLite does not have (`<table>_<column>_type`).
fn type_check(connection: &Connection, table: &str, name: &str) -> rusqlite::Result<Option<&'static str>> {
    let column = name.strip_suffix("_type").and_then(|rest| rest.strip_prefix(&format!("{table}_")));
    let Some(column) = column else { return Ok(None) };
    let known = "select count(*) from pragma_table_info(?) where name = ?";
    if connection.query_row(known, [table, column], |row| row.get::<_, i64>(0))? == 0 {
        return Ok(None);
    }
    let text = create_table(connection, table)?;
    let check = text.split_once(&self::name(name)).map_or("", |(_, after)| after);
    let check = check.split("CONSTRAINT").next().unwrap_or_default();
    Ok(Some(match check {
        check if check.contains("BETWEEN -32768 ") => "smallint out of range",
        check if check.contains("BETWEEN -2147483648 ") => "integer out of range",
        check if check.contains("BETWEEN ") || check.contains("instr(") => "numeric field overflow",
        _ => "a value is not of its column's type",
    }))
}

/// The name of the unique constraint SQLite tells by `t.a, t.b` (or `index 'name'`).
fn unique_name(connection: &Connection, columns: &str) -> rusqlite::Result<String> {
    if let Some(name) = columns.strip_prefix("index '").and_then(|rest| rest.strip_suffix('\'')) {
        return Ok(name.to_owned());
    }
    let table = columns.split_once('.').map_or(columns, |(table, _)| table);
    let columns: Vec<String> = columns
        .split(", ")
        .map(|column| column.split_once('.').map_or(column, |(_, column)| column).to_owned())
        .collect();
    let text = create_table(connection, table)?;
    if primary_key(connection, table)? == columns {
        let name = constraint_name(&text, ConstraintKind::PrimaryKey, &columns);
        return Ok(name.unwrap_or_else(|| format!("{table}_pkey")));
    }
    if let Some(name) = constraint_name(&text, ConstraintKind::Unique, &columns) {
        return Ok(name);
    }
    let index = "select l.name from pragma_index_list(?1) l where l.\"unique\" and l.origin = 'c' and not l.partial \
                 and (select group_concat(i.name, char(0)) from pragma_index_info(l.name) i) = ?2 order by l.name";
    let index = connection.query_row(index, [table, &columns.join("\0")], |row| row.get(0)).optional()?;
    let partial = "select l.name from pragma_index_list(?1) l where l.\"unique\" and l.partial \
                   and (select group_concat(i.name, char(0)) from pragma_index_info(l.name) i) = ?2 order by l.name";
    match index {
        Some(name) => Ok(name),
        None => Ok(connection
            .query_row(partial, [table, &columns.join("\0")], |row| row.get(0))
            .optional()?
            .unwrap_or_else(|| format!("{table}_{}_key", columns.join("_")))),
    }
}

fn create_table(connection: &Connection, table: &str) -> rusqlite::Result<String> {
    let sql = "select sql from sqlite_schema where type = 'table' and name = ? collate nocase";
    Ok(connection.query_row(sql, [table], |row| row.get(0)).optional()?.unwrap_or_default())
}

fn primary_key(connection: &Connection, table: &str) -> rusqlite::Result<Vec<String>> {
    let mut statement = connection.prepare("select name from pragma_table_info(?) where pk > 0 order by pk")?;
    statement.query_map([table], |row| row.get(0))?.collect()
}

/// Runs `look` with foreign keys deferred and undoes what it did.
fn while_deferred<T>(
    connection: &Connection,
    look: impl FnOnce(&Connection) -> rusqlite::Result<T>,
) -> rusqlite::Result<T> {
    connection.execute_batch("savepoint look; pragma defer_foreign_keys = on")?;
    let result = look(connection);
    if !connection.is_autocommit() {
        connection.execute_batch("rollback to look; release look; pragma defer_foreign_keys = off")?;
    }
    result
}

/// Runs the failed statement once more; `None` when it fails even so (ON DELETE RESTRICT).
fn rerun(connection: &Connection, planned: &Statement, slots: Slots<'_>) -> rusqlite::Result<Option<Vec<Cells>>> {
    let mut statement = connection.prepare(&planned.sql)?;
    if bind(&mut statement, planned, slots).is_err() {
        return Ok(None);
    }
    match collect(&mut statement) {
        Ok(rows) => Ok(Some(rows)),
        Err(error) if is_foreign_key(&error) => Ok(None),
        Err(error) => Err(error),
    }
}

/// A foreign key as the database tells it.
struct ForeignKey {
    child: String,
    columns: Vec<String>,
    parent: String,
    parent_columns: Vec<String>,
    restricts: bool,
}

impl ForeignKey {
    /// `c.a = p.x and c.b = p.y`
    fn join(&self) -> String {
        let pairs = self.columns.iter().zip(&self.parent_columns);
        pairs.map(|(child, parent)| format!("c.{} = p.{}", name(child), name(parent))).collect::<Vec<_>>().join(" and ")
    }

    /// Whether some child row that meets `condition` has no parent.
    fn is_violated(&self, connection: &Connection, condition: &str, values: &[Owned]) -> rusqlite::Result<bool> {
        let not_null: String =
            self.columns.iter().map(|column| format!("c.{} is not null and ", name(column))).collect();
        let (child, parent, join) = (name(&self.child), name(&self.parent), self.join());
        let sql = format!(
            "select exists (select 1 from {child} c where {not_null}{condition} and not exists \
             (select 1 from {parent} p where {join}))"
        );
        connection.query_row(&sql, params_from_iter(values), |row| row.get(0))
    }

    fn violation(&self, connection: &Connection, written: &str) -> rusqlite::Result<ConstraintViolation> {
        let text = create_table(connection, &self.child)?;
        let constraint = constraint_name(&text, ConstraintKind::ForeignKey, &self.columns)
            .unwrap_or_else(|| format!("{}_{}_fkey", self.child, self.columns.join("_")));
        let is_child = self.child.eq_ignore_ascii_case(written);
        Ok(ConstraintViolation::ForeignKey {
            constraint: Some(constraint),
            table: written.to_owned(),
            referenced_by: (!is_child).then(|| self.child.clone()),
        })
    }
}

/// A quoted name.
fn name(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

fn foreign_keys(connection: &Connection) -> rusqlite::Result<Vec<ForeignKey>> {
    let mut statement = connection.prepare(
        "select t.name, f.id, f.\"table\", f.\"from\", f.\"to\", f.on_delete, f.on_update \
         from sqlite_schema t join pragma_foreign_key_list(t.name) f where t.type = 'table' order by t.name, f.id, f.seq",
    )?;
    let mut rows = statement.query([])?;
    let mut found: Vec<ForeignKey> = Vec::new();
    let mut last = None;
    while let Some(row) = rows.next()? {
        let (child, id): (String, i64) = (row.get(0)?, row.get(1)?);
        let parent: String = row.get(2)?;
        let (on_delete, on_update): (String, String) = (row.get(5)?, row.get(6)?);
        let this = Some((child.clone(), id));
        if last != this {
            let restricts = on_delete == "RESTRICT" || on_update == "RESTRICT";
            found.push(ForeignKey { child, columns: Vec::new(), parent, parent_columns: Vec::new(), restricts });
            last = this;
        }
        if let Some(key) = found.last_mut() {
            key.columns.push(row.get(3)?);
            key.parent_columns.extend(row.get::<_, Option<String>>(4)?);
        }
    }
    for key in &mut found {
        if key.parent_columns.is_empty() {
            key.parent_columns = primary_key(connection, &key.parent)?;
        }
    }
    Ok(found)
}

/// Which foreign key the rows just written to `table` violate; `rows` begin with their primary key (`None`: the write
/// was refused at once).
fn foreign_key(
    connection: &Connection,
    table: &str,
    kind: WriteKind,
    rows: Option<&[Cells]>,
) -> rusqlite::Result<Option<ConstraintViolation>> {
    let keys = foreign_keys(connection)?;
    let of_child = || keys.iter().filter(|key| key.child.eq_ignore_ascii_case(table));
    let of_parent = || keys.iter().filter(|key| key.parent.eq_ignore_ascii_case(table));
    let Some(rows) = rows else {
        let mut restricting = of_parent().filter(|key| key.restricts);
        return match (restricting.next(), restricting.next()) {
            (Some(only), None) => only.violation(connection, table).map(Some),
            _ => Ok(None),
        };
    };
    let primary_key = primary_key(connection, table)?;
    let by_columns = |columns: &[String]| {
        let equal = columns.iter().map(|column| format!("c.{} = ?", name(column)));
        equal.collect::<Vec<_>>().join(" and ")
    };
    let row_keys = || rows.iter().filter_map(|row| row.get(..primary_key.len())).filter(|key| !key.is_empty());
    if kind != WriteKind::Delete {
        for key in of_child() {
            for row_key in row_keys() {
                if key.is_violated(connection, &by_columns(&primary_key), row_key)? {
                    return key.violation(connection, table).map(Some);
                }
            }
        }
    }
    if kind != WriteKind::Insert {
        for key in of_parent() {
            // A deleted row's key is the one it had; of an updated row only the new one is known.
            if kind == WriteKind::Delete && key.parent_columns == primary_key {
                for row_key in row_keys() {
                    if key.is_violated(connection, &by_columns(&key.columns), row_key)? {
                        return key.violation_of_parent(connection, table).map(Some);
                    }
                }
            } else if key.is_violated(connection, "true", &[])? {
                return key.violation_of_parent(connection, table).map(Some);
            }
        }
    }
    // A cascade went further, or the table has no primary key.
    any_foreign_key(connection)
}

/// The first foreign key to or from a table that does not hold now; else any.
fn some_foreign_key(
    connection: &Connection,
    table: &str,
    kind: WriteKind,
) -> rusqlite::Result<Option<ConstraintViolation>> {
    for key in foreign_keys(connection)? {
        let is_child = key.child.eq_ignore_ascii_case(table) && kind != WriteKind::Delete;
        let is_parent = key.parent.eq_ignore_ascii_case(table) && kind != WriteKind::Insert;
        if (is_child || is_parent) && key.is_violated(connection, "true", &[])? {
            return match is_child {
                true => key.violation(connection, table).map(Some),
                false => key.violation_of_parent(connection, table).map(Some),
            };
        }
    }
    any_foreign_key(connection)
}

impl ForeignKey {
    fn violation_of_parent(&self, connection: &Connection, written: &str) -> rusqlite::Result<ConstraintViolation> {
        Ok(match self.violation(connection, written)? {
            ConstraintViolation::ForeignKey { constraint, table, .. } => {
                ConstraintViolation::ForeignKey { constraint, table, referenced_by: Some(self.child.clone()) }
            }
            other => other,
        })
    }
}

/// The first foreign key of the whole database that does not hold now.
fn any_foreign_key(connection: &Connection) -> rusqlite::Result<Option<ConstraintViolation>> {
    let mut statement = connection.prepare("select \"table\", fkid from pragma_foreign_key_check limit 1")?;
    let violated = statement.query_row([], |row| Ok((row.get::<_, String>(0)?, row.get::<_, i64>(1)?))).optional()?;
    let Some((child, id)) = violated else { return Ok(None) };
    let columns = "select \"from\" from pragma_foreign_key_list(?) where id = ? order by seq";
    let mut statement = connection.prepare(columns)?;
    let columns: Vec<String> = statement.query_map((&child, id), |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
    let key =
        ForeignKey { child: child.clone(), columns, parent: String::new(), parent_columns: vec![], restricts: false };
    key.violation(connection, &child).map(Some)
}
