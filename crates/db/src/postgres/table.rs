//! Whole tables on PostgreSQL: every row as the model's values, and many rows written by COPY. COPY takes its text
//! form: every type reads it, those of the database's own included. Refuses to know files.

use std::time::Duration;

use bytes::{BufMut, Bytes, BytesMut};
use futures_util::{SinkExt, TryStreamExt};
use purlin_model::value::Value;
use purlin_plan::plan::Dialect;
use tokio_postgres::{Client, RowStream};

use super::cell::Form;
use super::fault::translate;
use super::parameter::raw;
use super::value::value;
use crate::DatabaseError;
use crate::data::{Chunk, Conflict, Gathering, Row, Shape};
use crate::physical::{postgres_text, quote};

/// Bytes gathered before they are sent to the server.
const SEND_BYTES: usize = 256 << 10;
/// Where rows wait that may exist already.
const STAGING: &str = "purlin_staging";

/// An error of the driver; nothing here has a time-out.
pub(crate) fn failed(error: tokio_postgres::Error) -> DatabaseError {
    translate(&error, Duration::ZERO)
}

/// The rows of a table under way.
pub(crate) struct Scan {
    /// `None` at its end, behind which it must not be asked.
    rows: Option<std::pin::Pin<Box<RowStream>>>,
    forms: Vec<Form>,
}

impl Scan {
    /// Asks for all rows of a table.
    ///
    /// # Errors
    /// Those of PostgreSQL.
    pub(crate) async fn begin(client: &Client, shape: &Shape, ordered: bool) -> Result<Scan, DatabaseError> {
        let statement = client.prepare(&shape.select(Dialect::Postgres, ordered)).await.map_err(failed)?;
        let forms = statement.columns().iter().map(|column| Form::of(column.type_())).collect();
        let none: [&str; 0] = [];
        let rows = client.query_raw(&statement, none).await.map_err(failed)?;
        Ok(Scan { rows: Some(Box::pin(rows)), forms })
    }

    /// The next rows; `None` at the end.
    ///
    /// # Errors
    /// Those of PostgreSQL; [`DatabaseError::Data`] when the model has no such value.
    pub(crate) async fn next(&mut self, shape: &Shape) -> Result<Option<Chunk>, DatabaseError> {
        let Some(rows) = &mut self.rows else { return Ok(None) };
        let mut gathering = Gathering::default();
        while let Some(row) = rows.try_next().await.map_err(failed)? {
            let cells = shape.fields.iter().zip(&self.forms).enumerate().map(|(index, (field, form))| {
                value(form, raw(&row, index)?).map_err(|error| match error {
                    DatabaseError::Data(reason) => {
                        DatabaseError::Data(format!("column `{}` of `{}` holds {reason}", field.name, shape.name))
                    }
                    other => other,
                })
            });
            if let Some(chunk) = gathering.push(cells.collect::<Result<Row, DatabaseError>>()?) {
                return Ok(Some(chunk));
            }
        }
        self.rows = None;
        Ok(gathering.take())
    }
}

/// Writes rows; gives how many were written.
///
/// # Errors
/// Those of PostgreSQL, by which the transaction is spoilt up to the last savepoint.
pub(crate) async fn insert(
    client: &Client,
    shape: &Shape,
    positions: &[usize],
    rows: &[Row],
    conflict: Conflict,
) -> Result<u64, DatabaseError> {
    let name = shape.sql_name(Dialect::Postgres);
    if positions.is_empty() {
        let sql = format!("INSERT INTO {name} DEFAULT VALUES");
        for _ in rows {
            client.batch_execute(&sql).await.map_err(failed)?;
        }
        return Ok(rows.len() as u64);
    }
    let columns = shape.list(positions);
    if conflict == Conflict::Error {
        return copy(client, &format!("COPY {name} {columns} FROM STDIN"), rows, false).await;
    }
    let names = &columns[1..columns.len() - 1];
    let number = quote(&number_column(shape));
    client
        .batch_execute(&format!(
            "DROP TABLE IF EXISTS pg_temp.{STAGING}; \
             CREATE TEMPORARY TABLE {STAGING} ON COMMIT DROP AS SELECT 0 AS {number}, {names} FROM {name} WITH NO DATA"
        ))
        .await
        .map_err(failed)?;
    copy(client, &format!("COPY pg_temp.{STAGING} FROM STDIN"), rows, true).await?;
    let (distinct, order) = match conflict {
        // A row may be updated once by one statement: the last of its key counts.
        Conflict::Update => {
            let key: Vec<String> = shape.key.iter().map(|position| quote(&shape.fields[*position].db_name)).collect();
            let key = key.join(", ");
            (format!("DISTINCT ON ({key}) "), format!("{key}, {number} DESC"))
        }
        _ => (String::new(), number),
    };
    let on_conflict = conflict.clause(shape, positions);
    let sql = format!(
        "INSERT INTO {name} {columns} OVERRIDING SYSTEM VALUE SELECT {distinct}{names} FROM pg_temp.{STAGING} ORDER BY {order}{on_conflict}"
    );
    let written = client.execute(&sql, &[]).await.map_err(failed)?;
    client.batch_execute(&format!("DROP TABLE pg_temp.{STAGING}")).await.map_err(failed)?;
    Ok(written)
}

/// A column no table of the model has.
fn number_column(shape: &Shape) -> String {
    let mut name = "row_number".to_owned();
    while shape.fields.iter().any(|field| *field.db_name == *name) {
        name.push('_');
    }
    name
}

async fn copy(client: &Client, sql: &str, rows: &[Row], numbered: bool) -> Result<u64, DatabaseError> {
    let sink = client.copy_in::<_, Bytes>(sql).await.map_err(failed)?;
    let mut sink = std::pin::pin!(sink);
    let mut buffer = BytesMut::with_capacity(SEND_BYTES);
    for (number, row) in rows.iter().enumerate() {
        if numbered {
            buffer.put_slice(number.to_string().as_bytes());
            buffer.put_u8(b'\t');
        }
        for (index, value) in row.iter().enumerate() {
            if index > 0 {
                buffer.put_u8(b'\t');
            }
            write_cell(&mut buffer, value);
        }
        buffer.put_u8(b'\n');
        if buffer.len() >= SEND_BYTES {
            sink.send(buffer.split().freeze()).await.map_err(failed)?;
        }
    }
    sink.send(buffer.freeze()).await.map_err(failed)?;
    sink.finish().await.map_err(failed)
}

/// A cell of COPY's text form: `\N` for NULL, backslashes before what would mean something.
fn write_cell(buffer: &mut BytesMut, value: &Value) {
    let owned;
    let text = match value {
        Value::Null => return buffer.put_slice(b"\\N"),
        Value::Text(text) => &**text,
        value => {
            owned = postgres_text(value);
            &owned
        }
    };
    for byte in text.bytes() {
        match byte {
            b'\\' => buffer.put_slice(b"\\\\"),
            b'\n' => buffer.put_slice(b"\\n"),
            b'\r' => buffer.put_slice(b"\\r"),
            b'\t' => buffer.put_slice(b"\\t"),
            byte => buffer.put_u8(byte),
        }
    }
}
