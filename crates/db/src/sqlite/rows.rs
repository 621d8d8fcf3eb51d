//! Whole tables on SQLite: every row as the model's values, and many rows written by one statement. Refuses to know
//! files, and where the rows come from or go.

use std::sync::Arc;

use purlin_model::scalar::{Codec, Scalar};
use purlin_model::value::{Value, coerce, coerce_text};
use purlin_plan::plan::{Dialect, Output};
use rusqlite::Connection;
use rusqlite::types::ValueRef;
use tokio::sync::mpsc;

use super::{codec, violation};
use crate::DatabaseError;
use crate::data::{Chunk, Conflict, Gathering, Shape};

/// Sends all rows of a table, chunk by chunk; ends early when nobody takes them.
///
/// # Errors
/// Those of SQLite; [`DatabaseError::Data`] when a cell holds no value of its type.
pub(crate) fn scan(
    connection: &Connection,
    shape: &Shape,
    ordered: bool,
    chunks: &mpsc::Sender<Chunk>,
) -> Result<(), DatabaseError> {
    let mut statement = connection.prepare(&shape.select(Dialect::Sqlite, ordered))?;
    let mut rows = statement.query([])?;
    let mut gathering = Gathering::default();
    while let Some(row) = rows.next()? {
        let cells = shape.fields.iter().enumerate().map(|(index, field)| {
            value(row.get_ref(index)?, field.codec).map_err(|error| match error {
                DatabaseError::Data(reason) => {
                    DatabaseError::Data(format!("column `{}` of `{}`: {reason}", field.name, shape.name))
                }
                other => other,
            })
        });
        let row = cells.collect::<Result<Vec<_>, DatabaseError>>()?;
        if let Some(chunk) = gathering.push(row)
            && chunks.blocking_send(chunk).is_err()
        {
            return Ok(());
        }
    }
    if let Some(chunk) = gathering.take() {
        // Nobody may be waiting any more.
        let _ = chunks.blocking_send(chunk);
    }
    Ok(())
}

/// A cell as the model's value.
///
/// # Errors
/// [`DatabaseError::Data`] when the cell holds no value of its type (another program wrote it).
pub(crate) fn value(cell: ValueRef<'_>, held: Codec) -> Result<Value, DatabaseError> {
    let utf8 = |text| std::str::from_utf8(text).map_err(|_| misfit(held, "text that is not UTF-8"));
    let value = match (held.list, held.scalar, cell) {
        (_, _, ValueRef::Null) => Value::Null,
        (false, Scalar::SmallInt | Scalar::Int | Scalar::BigInt, ValueRef::Integer(integer)) => Value::Integer(integer),
        (false, Scalar::Boolean, ValueRef::Integer(integer)) => Value::Boolean(integer != 0),
        (false, Scalar::Float | Scalar::Float8, ValueRef::Real(real)) if real.is_finite() => Value::Float(real),
        (false, Scalar::String, ValueRef::Text(text)) => Value::Text(utf8(text)?.into()),
        (false, Scalar::Bytea, ValueRef::Blob(bytes) | ValueRef::Text(bytes)) => Value::Bytes(bytes.into()),
        _ => {
            let mut buffer = Vec::new();
            codec::write_cell(&mut buffer, cell, Output { codec: held, stringify: false })?;
            let read = match (held.list, held.scalar) {
                // Documents are canonical text, whatever another program wrote.
                (false, Scalar::Jsonb) => coerce_text(held, utf8(&buffer)?),
                (false, scalar) if scalar == Scalar::Numeric || scalar.is_temporal() => {
                    coerce_text(held, utf8(&buffer)?.trim_matches('"'))
                }
                _ => {
                    let json = serde_json::from_slice(&buffer).map_err(|_| misfit(held, "malformed JSON"))?;
                    coerce(held, &json)
                }
            };
            read.map_err(|error| misfit(held, &error.message))?
        }
    };
    Ok(value)
}

fn misfit(held: Codec, reason: &str) -> DatabaseError {
    DatabaseError::Data(format!("a stored value is not of the type `{}`: {reason}", held.scalar.name()))
}

/// Writes rows one after the other; gives how many were written.
///
/// # Errors
/// The position of the row at fault, and why. Rows before it are written.
pub(crate) fn insert(
    connection: &Connection,
    shape: &Shape,
    positions: &[usize],
    rows: &Arc<Chunk>,
    conflict: Conflict,
) -> Result<u64, (Option<usize>, DatabaseError)> {
    let sql = statement(shape, positions, conflict);
    let mut statement = connection.prepare_cached(&sql).map_err(|error| (None, error.into()))?;
    let mut written = 0;
    for (index, row) in rows.iter().enumerate() {
        for (parameter, (position, value)) in positions.iter().zip(row).enumerate() {
            let stored = codec::stored(shape.fields[*position].codec, false, value);
            let stored = stored.map_err(|error| (Some(index), error))?;
            statement.raw_bind_parameter(parameter + 1, stored).map_err(|error| (Some(index), error.into()))?;
        }
        let changed = statement.raw_execute().map_err(|error| {
            let again = || statement.raw_execute().map(drop);
            (Some(index), violation::explain_insert(connection, error, &sql, again))
        })?;
        written += changed as u64;
    }
    Ok(written)
}

fn statement(shape: &Shape, positions: &[usize], conflict: Conflict) -> String {
    let name = shape.sql_name(Dialect::Sqlite);
    if positions.is_empty() {
        return format!("INSERT INTO {name} DEFAULT VALUES");
    }
    let slots: Vec<String> = (1..=positions.len()).map(|slot| format!("?{slot}")).collect();
    let on_conflict = conflict.clause(shape, positions);
    format!("INSERT INTO {name} {} VALUES ({}){on_conflict}", shape.list(positions), slots.join(", "))
}

/// Commits; a foreign key that is checked only now is named. What cannot be committed is rolled back by whoever opened
/// the transaction.
///
/// # Errors
/// Those of SQLite.
pub(crate) fn commit(connection: &Connection) -> Result<(), DatabaseError> {
    connection.execute_batch("commit").map_err(|error| violation::explain_commit(connection, error))
}
