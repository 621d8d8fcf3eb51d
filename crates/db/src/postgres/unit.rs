//! A unit of work: a transaction whose statements come one by one from Rust code elsewhere.
//! Refuses to know: SeaORM beyond its statements and values.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use futures_util::{FutureExt, TryStreamExt};
use purlin_model::value::Value;
use purlin_plan::plan;
use sea_orm::Statement;
use tokio::sync::Mutex;

use super::fault::{Cause, translate};
use super::parameter::{Parameter, raw};
use super::pool::Exclusive;
use super::replica::{Replicas, noted};
use super::value::value;
use crate::DatabaseError;
use crate::write::UnitRows;

/// A transaction under way; rolled back when dropped without a commit. Whoever goes on after a failed statement fails
/// again: PostgreSQL has ended the transaction by then.
pub(crate) struct Unit {
    /// `None`: it was committed, or a statement's caller left in the middle and the connection went with it.
    connection: Mutex<Option<Exclusive>>,
    /// Who waits for what it writes.
    replicas: Option<Arc<Replicas>>,
    limit: Duration,
    response_bytes: usize,
}

impl fmt::Debug for Unit {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a transaction on PostgreSQL")
    }
}

impl Unit {
    /// Begins it on a connection.
    pub(super) async fn begin(
        connection: Exclusive,
        replicas: Option<Arc<Replicas>>,
        limit: Duration,
        response_bytes: usize,
    ) -> Result<Unit, DatabaseError> {
        connection.begin_write().await.map_err(|error| translate(&error, limit))?;
        Ok(Unit { connection: Mutex::new(Some(connection)), replicas, limit, response_bytes })
    }

    /// Runs a statement.
    ///
    /// # Errors
    /// [`DatabaseError`] of the statement.
    pub(crate) async fn run(&self, statement: Statement) -> Result<UnitRows, DatabaseError> {
        let values = statement.values.map(|values| values.0).unwrap_or_default();
        let values: Vec<Value> = values.into_iter().map(bound).collect::<Result<_, _>>()?;
        // The server infers the types of the parameters.
        let statement = plan::Statement { sql: statement.sql.into(), slots: Vec::new() };
        let mut held = self.connection.lock().await;
        // Out while it runs: a caller who leaves in the middle drops it, which cancels the statement.
        let connection = held.take().ok_or_else(ended)?;
        let result = rows(&connection, &statement, &values, self.response_bytes).await;
        *held = Some(connection);
        result.map_err(|cause| match cause {
            Cause::Driver(error) => translate(&error, self.limit),
            Cause::Database(error) => error,
        })
    }

    /// Commits.
    ///
    /// # Errors
    /// [`DatabaseError`] when COMMIT failed, as by a deferred constraint; nothing was written then.
    pub(crate) async fn commit(&self) -> Result<(), DatabaseError> {
        let connection = self.connection.lock().await.take().ok_or_else(ended)?;
        let commit = connection.client().batch_execute("commit");
        let committed = noted(self.replicas.as_deref(), &connection, commit).await;
        if committed.as_ref().err().is_none_or(|error| error.as_db_error().is_some()) {
            connection.give_back();
        }
        committed.map_err(|error| translate(&error, self.limit))
    }
}

impl Drop for Unit {
    fn drop(&mut self) {
        if let Some(connection) = self.connection.get_mut().take() {
            // Sent now, before anything else on this connection; nobody waits for it.
            let _ = connection.client().batch_execute("rollback").now_or_never();
            connection.give_back();
        }
    }
}

fn ended() -> DatabaseError {
    DatabaseError::Internal("the unit of work is over".to_owned())
}

async fn rows(
    connection: &Exclusive,
    statement: &plan::Statement,
    values: &[Value],
    response_bytes: usize,
) -> Result<UnitRows, Cause> {
    let prepared = connection.prepare(statement).await?;
    let parameters = values.iter().map(Parameter::Value).collect();
    let mut stream = std::pin::pin!(connection.stream(&prepared, parameters).await?);
    let mut rows = Vec::new();
    let mut size = 0;
    let mut columns = Vec::new();
    while let Some(row) = stream.try_next().await? {
        if rows.is_empty() {
            prepared.look_at(&row);
            columns.extend(row.columns().iter().map(|column| column.name().to_owned()));
        }
        size += row.raw_size_bytes();
        if size > response_bytes {
            return Err(DatabaseError::ResponseSize(response_bytes).into());
        }
        let cells = prepared.forms().iter().enumerate().map(|(index, form)| value(form, raw(&row, index)?));
        rows.push(cells.collect::<Result<_, DatabaseError>>()?);
    }
    let affected = stream.rows_affected().unwrap_or(0);
    Ok(UnitRows { columns, rows, affected, last_insert_id: 0 })
}

fn bound(value: sea_orm::Value) -> Result<Value, DatabaseError> {
    use sea_orm::Value as Orm;
    fn or_null<T>(value: Option<T>, some: impl FnOnce(T) -> Value) -> Value {
        value.map_or(Value::Null, some)
    }
    fn integer<T: Into<i64>>(value: Option<T>) -> Value {
        or_null(value, |value| Value::Integer(value.into()))
    }
    Ok(match value {
        Orm::Bool(value) => or_null(value, Value::Boolean),
        Orm::TinyInt(value) => integer(value),
        Orm::SmallInt(value) => integer(value),
        Orm::Int(value) => integer(value),
        Orm::BigInt(value) => integer(value),
        Orm::TinyUnsigned(value) => integer(value),
        Orm::SmallUnsigned(value) => integer(value),
        Orm::Unsigned(value) => integer(value),
        Orm::BigUnsigned(None) => Value::Null,
        Orm::BigUnsigned(Some(value)) => {
            let value = i64::try_from(value).map_err(|_| DatabaseError::Data("bigint out of range".to_owned()))?;
            Value::Integer(value)
        }
        Orm::Float(value) => or_null(value, |value| Value::Float(f64::from(value))),
        Orm::Double(value) => or_null(value, Value::Float),
        Orm::String(value) => or_null(value, |value| Value::Text(value.into())),
        Orm::Char(value) => or_null(value, |value| Value::Text(value.to_string().into())),
        Orm::Bytes(value) => or_null(value, |value| Value::Bytes(value.into())),
        other => return Err(DatabaseError::Internal(format!("a unit of work binds {other:?}"))),
    })
}
