//! Runs one statement of a write to its end. Refuses to know what it is for.

use purlin_plan::plan::{RowCheck, Statement};
use rusqlite::Row;
use rusqlite::types::{Value as Owned, ValueRef};

use super::bind::{Cells, Parent, Slots, bind};
use super::select::Session;
use super::violation;
use crate::DatabaseError;

/// All rows of a statement. It is always stepped to its end: only there foreign keys are checked.
///
/// # Errors
/// [`DatabaseError`] of the statement; a violated constraint is named.
pub fn all_rows(session: Session<'_>, planned: &Statement, slots: Slots<'_>) -> Result<Vec<Cells>, DatabaseError> {
    let mut statement = session.connection.prepare_cached(&planned.sql)?;
    bind(&mut statement, planned, slots)?;
    let stepped = collect(&mut statement);
    drop(statement);
    stepped.map_err(|error| violation::explain(session.connection, error, planned, slots))
}

/// Steps a bound statement to its end.
///
/// # Errors
/// Those of SQLite.
pub fn collect(statement: &mut rusqlite::Statement<'_>) -> rusqlite::Result<Vec<Cells>> {
    let columns = statement.column_count();
    let mut rows = statement.raw_query();
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(owned(row, columns)?);
    }
    Ok(found)
}

fn owned(row: &Row<'_>, columns: usize) -> rusqlite::Result<Cells> {
    let cell = |index| {
        row.get_ref(index).map(|cell| match cell {
            ValueRef::Null => Owned::Null,
            ValueRef::Integer(integer) => Owned::Integer(integer),
            ValueRef::Real(real) => Owned::Real(real),
            // Text that is not UTF-8 keeps its bytes.
            ValueRef::Text(text) => std::str::from_utf8(text)
                .map_or_else(|_| Owned::Blob(text.to_owned()), |text| Owned::Text(text.to_owned())),
            ValueRef::Blob(bytes) => Owned::Blob(bytes.to_owned()),
        })
    };
    (0..columns).map(cell).collect()
}

/// Whether a boolean cell is true (NULL is not).
pub fn is_true(cell: ValueRef<'_>) -> bool {
    !matches!(cell, ValueRef::Null | ValueRef::Integer(0))
}

/// Whether a check holds for a row just written.
///
/// # Errors
/// [`DatabaseError`] of the check's own statement.
pub fn holds(session: Session<'_>, check: &RowCheck, row: &Cells) -> Result<bool, DatabaseError> {
    match check {
        RowCheck::Always => Ok(true),
        RowCheck::Cell(index) => Ok(is_true(Parent::Cells(row).cell(*index)?)),
        RowCheck::Statement(statement) => {
            let rows = all_rows(session, statement, Slots::of(session.values, Parent::Cells(row)))?;
            Ok(rows.first().and_then(|row| row.first()).is_some_and(|cell| is_true(cell.into())))
        }
    }
}
