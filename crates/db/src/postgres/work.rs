//! A unit of work: a transaction that SeaORM's entities run their statements in. Refuses to know: entities.
//!
//! Begin, commit and rollback are ours: SeaORM's proxy cannot report their errors, so its own `begin` poisons the work.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use futures_util::FutureExt;
use purlin_model::value::Value;
use purlin_plan::plan;
use sea_orm::{
    DatabaseConnection, DbBackend, DbErr, ProxyDatabaseConnector, ProxyDatabaseTrait, ProxyExecResult, ProxyRow,
    Statement, Value as EntityValue,
};
use tokio::sync::Mutex;
use tokio_postgres::Row;

use super::cell::{self, Form};
use super::fault::{Cause, translate};
use super::parameter::{Parameter, raw};
use super::pool::Exclusive;
use super::time;
use crate::DatabaseError;

/// A transaction under way; rolled back when dropped.
pub struct UnitOfWork {
    link: Arc<Link>,
    orm: DatabaseConnection,
}

/// What the entities' connection leads to.
struct Link {
    state: Mutex<State>,
    limit: Duration,
    response_bytes: usize,
}

/// Where a unit of work stands.
enum State {
    /// Statements may come.
    Open(Exclusive),
    /// A statement failed, which ends the transaction whatever comes; this is why.
    Failed(Exclusive, DatabaseError),
    /// It was committed or rolled back, or its connection is lost in a statement whose caller left.
    Ended,
}

impl fmt::Debug for Link {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a unit of work")
    }
}

impl UnitOfWork {
    /// Begins it on a connection.
    pub(super) async fn begin(
        connection: Exclusive,
        limit: Duration,
        response_bytes: usize,
    ) -> Result<UnitOfWork, DatabaseError> {
        let begun = connection.client().batch_execute("begin isolation level read committed").await;
        begun.map_err(|error| translate(&error, limit))?;
        let link = Arc::new(Link { state: Mutex::new(State::Open(connection)), limit, response_bytes });
        let proxy: Box<dyn ProxyDatabaseTrait> = Box::new(Proxy(link.clone()));
        let orm = ProxyDatabaseConnector::connect(DbBackend::Postgres, Arc::new(proxy))
            .map_err(|error| DatabaseError::Internal(error.to_string()))?;
        Ok(UnitOfWork { link, orm })
    }

    /// The connection for entities. Its own transactions are refused.
    pub fn orm(&self) -> &DatabaseConnection {
        &self.orm
    }

    /// Makes what was written last; nothing was written when this fails.
    ///
    /// # Errors
    /// That of the first statement that failed, even if its caller went on; that of a deferred constraint.
    pub async fn commit(self) -> Result<(), DatabaseError> {
        match self.link.take().await {
            State::Open(connection) => {
                let committed = connection.client().batch_execute("commit").await;
                if committed.as_ref().err().is_none_or(|error| error.as_db_error().is_some()) {
                    connection.give_back();
                }
                committed.map_err(|error| translate(&error, self.link.limit))
            }
            State::Failed(connection, error) => {
                roll_back(connection);
                Err(error)
            }
            State::Ended => Err(ended()),
        }
    }

    /// Leaves everything as it was. Gives the error of the first statement that failed, if one did.
    pub async fn rollback(self) -> Option<DatabaseError> {
        match self.link.take().await {
            State::Open(connection) => {
                roll_back(connection);
                None
            }
            State::Failed(connection, error) => {
                roll_back(connection);
                Some(error)
            }
            State::Ended => None,
        }
    }
}

impl Drop for UnitOfWork {
    fn drop(&mut self) {
        // Somebody who still has the entities' connection must not go on with the transaction.
        if let Ok(mut state) = self.link.state.try_lock()
            && let State::Open(connection) | State::Failed(connection, _) = std::mem::replace(&mut *state, State::Ended)
        {
            roll_back(connection);
        }
    }
}

/// Sends the rollback before anything else on this connection; nobody waits for it.
fn roll_back(connection: Exclusive) {
    let _ = connection.client().batch_execute("rollback").now_or_never();
    connection.give_back();
}

fn ended() -> DatabaseError {
    DatabaseError::Internal("the unit of work has ended".to_owned())
}

impl Link {
    async fn take(&self) -> State {
        std::mem::replace(&mut *self.state.lock().await, State::Ended)
    }

    /// Runs something on the connection and remembers its failure. While it runs the connection is out: a caller who
    /// leaves in the middle drops it, which cancels the statement.
    async fn run<T>(&self, run: impl AsyncFnOnce(&Exclusive) -> Result<T, Cause>) -> Result<T, DbErr> {
        let mut state = self.state.lock().await;
        match std::mem::replace(&mut *state, State::Ended) {
            State::Open(connection) => match run(&connection).await {
                Ok(value) => {
                    *state = State::Open(connection);
                    Ok(value)
                }
                Err(cause) => {
                    let error = match cause {
                        Cause::Driver(error) => translate(&error, self.limit),
                        Cause::Database(error) => error,
                    };
                    let told = DbErr::Custom(error.to_string());
                    *state = State::Failed(connection, error);
                    Err(told)
                }
            },
            State::Failed(connection, error) => {
                let told = DbErr::Custom(error.to_string());
                *state = State::Failed(connection, error);
                Err(told)
            }
            State::Ended => Err(DbErr::Custom(ended().to_string())),
        }
    }

    async fn poison(&self) {
        let refused = "a unit of work holds no transactions of its own";
        let _ =
            self.run(async |_: &Exclusive| Err::<(), Cause>(DatabaseError::Internal(refused.to_owned()).into())).await;
    }
}

/// What SeaORM holds.
#[derive(Debug)]
struct Proxy(Arc<Link>);

#[async_trait]
impl ProxyDatabaseTrait for Proxy {
    async fn query(&self, statement: Statement) -> Result<Vec<ProxyRow>, DbErr> {
        let (statement, values) = prepared_form(statement)?;
        let response_bytes = self.0.response_bytes;
        let found = self
            .0
            .run(async |connection: &Exclusive| {
                let prepared = connection.prepare(&statement).await?;
                connection.query(&prepared, values.iter().map(Parameter::Value).collect(), response_bytes).await
            })
            .await?;
        let forms = found.prepared.forms();
        found.rows.iter().map(|row| entity_row(row, forms)).collect()
    }

    async fn execute(&self, statement: Statement) -> Result<ProxyExecResult, DbErr> {
        let (statement, values) = prepared_form(statement)?;
        let rows_affected = self
            .0
            .run(async |connection: &Exclusive| {
                let prepared = connection.prepare(&statement).await?;
                connection.execute(&prepared, values.iter().map(Parameter::Value).collect()).await
            })
            .await?;
        Ok(ProxyExecResult { last_insert_id: 0, rows_affected })
    }

    async fn begin(&self) {
        self.0.poison().await;
    }

    async fn commit(&self) {
        self.0.poison().await;
    }

    async fn rollback(&self) {
        self.0.poison().await;
    }
}

/// The statement and its values; the server infers the types of its parameters.
fn prepared_form(statement: Statement) -> Result<(plan::Statement, Vec<Value>), DbErr> {
    let values = statement.values.map(|values| values.0).unwrap_or_default();
    let values = values.into_iter().map(bound_value).collect::<Result<_, _>>()?;
    Ok((plan::Statement { sql: statement.sql.into(), slots: Vec::new() }, values))
}

fn bound_value(value: EntityValue) -> Result<Value, DbErr> {
    fn or_null<T>(value: Option<T>, some: impl FnOnce(T) -> Value) -> Value {
        value.map_or(Value::Null, some)
    }
    fn integer<T: Into<i64>>(value: Option<T>) -> Value {
        or_null(value, |value| Value::Integer(value.into()))
    }
    Ok(match value {
        EntityValue::Bool(value) => or_null(value, Value::Boolean),
        EntityValue::TinyInt(value) => integer(value),
        EntityValue::SmallInt(value) => integer(value),
        EntityValue::Int(value) => integer(value),
        EntityValue::BigInt(value) => integer(value),
        EntityValue::TinyUnsigned(value) => integer(value),
        EntityValue::SmallUnsigned(value) => integer(value),
        EntityValue::Unsigned(value) => integer(value),
        EntityValue::BigUnsigned(None) => Value::Null,
        EntityValue::BigUnsigned(Some(value)) => {
            let value = i64::try_from(value).map_err(|_| DbErr::Type("an integer has more than 63 bits".to_owned()))?;
            Value::Integer(value)
        }
        EntityValue::Float(value) => or_null(value, |value| Value::Float(f64::from(value))),
        EntityValue::Double(value) => or_null(value, Value::Float),
        EntityValue::String(value) => or_null(value, |value| Value::Text(value.into())),
        EntityValue::Char(value) => or_null(value, |value| Value::Text(value.to_string().into())),
        EntityValue::Bytes(value) => or_null(value, |value| Value::Bytes(value.into())),
        _ => return Err(DbErr::Type("an entity has a value that is not bound".to_owned())),
    })
}

fn entity_row(row: &Row, forms: &[Form]) -> Result<ProxyRow, DbErr> {
    let mut values = BTreeMap::new();
    for (index, (column, form)) in row.columns().iter().zip(forms).enumerate() {
        let bytes = raw(row, index).map_err(|error| DbErr::Custom(error.to_string()))?;
        let value = entity_value(form, bytes)
            .ok_or_else(|| DbErr::Type(format!("column `{}` is of no type that entities have", column.name())))?;
        values.insert(column.name().to_owned(), value);
    }
    Ok(ProxyRow::new(values))
}

/// Integers keep their width; uuids, times, decimals and documents are text in the form the model gives them.
fn entity_value(form: &Form, bytes: Option<&[u8]>) -> Option<EntityValue> {
    let integer = || bytes.map(|bytes| cell::integer(bytes).ok_or(())).transpose().ok();
    Some(match form {
        Form::Boolean => EntityValue::Bool(bytes.map(|bytes| cell::boolean(bytes).ok_or(())).transpose().ok()?),
        Form::Int2 => EntityValue::SmallInt(integer()?.and_then(|value| value.try_into().ok())),
        Form::Int4 => EntityValue::Int(integer()?.and_then(|value| value.try_into().ok())),
        Form::Int8 => EntityValue::BigInt(integer()?),
        Form::Float4 => {
            EntityValue::Float(bytes.map(|bytes| bytes.try_into().map(f32::from_be_bytes)).transpose().ok()?)
        }
        Form::Float8 => {
            EntityValue::Double(bytes.map(|bytes| bytes.try_into().map(f64::from_be_bytes)).transpose().ok()?)
        }
        Form::Bytea => EntityValue::Bytes(bytes.map(<[u8]>::to_vec)),
        Form::Array(_) | Form::Oid | Form::Unknown(_) => return None,
        _ => EntityValue::String(bytes.map(|bytes| text(form, bytes).ok_or(())).transpose().ok()?),
    })
}

fn text(form: &Form, bytes: &[u8]) -> Option<String> {
    let mut json = Vec::new();
    match form {
        Form::Text | Form::Json => json.extend_from_slice(bytes),
        Form::Jsonb => json.extend_from_slice(bytes.strip_prefix(&[1])?),
        Form::Timestamptz | Form::Timestamp => {
            time::write_canonical(&mut json, cell::integer(bytes)?, *form == Form::Timestamptz);
        }
        _ => {
            // The rest needs no escapes, so the JSON is the text, in quotes or not.
            cell::write(&mut json, form, Some(bytes), false).ok()?;
            json.retain(|byte| *byte != b'"');
        }
    }
    String::from_utf8(json).ok()
}
