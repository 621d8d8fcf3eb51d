//! A unit of work on the writer thread: a transaction whose statements come one by one from Rust code elsewhere.
//! Refuses to know: SeaORM beyond its statements and values.

use std::time::{Duration, Instant};

use crossbeam_channel::{Receiver, Sender, TrySendError};
use purlin_model::value::Value;
use rusqlite::Connection;
use rusqlite::types::Value as Owned;
use sea_orm::Statement;
use tokio::sync::oneshot;

use super::bind::Cells;
use super::deadline::with_deadline;
use super::fault::{describe, with_limit};
use super::group::{commit_alone, roll_back, transaction_gone};
use super::run::execute;
use super::statement::collect;
use super::violation;
use super::writer::WriteLimits;
use crate::DatabaseError;
use crate::write::UnitRows;

/// Statements of one unit of work that may wait for the one before.
const WAITING_STATEMENTS: usize = 16;

/// What a unit of work asks of the writer.
pub enum Command {
    /// Run a statement.
    Run {
        /// Its text.
        sql: String,
        /// Its values.
        values: Cells,
        /// Who waits.
        reply: oneshot::Sender<Result<UnitRows, DatabaseError>>,
    },
    /// Commit; nothing comes after.
    Commit(oneshot::Sender<Result<(), DatabaseError>>),
}

/// The side of the code that asks. When it is dropped without a commit, the transaction is rolled back.
#[derive(Debug)]
pub struct Unit {
    commands: Sender<Command>,
    limit: Duration,
}

impl Unit {
    /// Both ends of a unit of work: one for the code, one for the writer's queue.
    pub fn new(limit: Duration) -> (Unit, Receiver<Command>) {
        let (commands, receiver) = crossbeam_channel::bounded(WAITING_STATEMENTS);
        (Unit { commands, limit }, receiver)
    }

    /// Runs a statement.
    ///
    /// # Errors
    /// [`DatabaseError`] of the statement; [`DatabaseError::Timeout`] when the unit of work has run too long.
    pub async fn run(&self, statement: Statement) -> Result<UnitRows, DatabaseError> {
        let values = statement.values.map(|values| values.0).unwrap_or_default();
        let values = values.into_iter().map(bound).collect::<Result<_, _>>()?;
        let (reply, answer) = oneshot::channel();
        self.send(Command::Run { sql: statement.sql, values, reply })?;
        answer.await.unwrap_or(Err(DatabaseError::Timeout(self.limit)))
    }

    /// Commits.
    ///
    /// # Errors
    /// [`DatabaseError`] when COMMIT failed; nothing was written then.
    pub async fn commit(&self) -> Result<(), DatabaseError> {
        let (reply, answer) = oneshot::channel();
        self.send(Command::Commit(reply))?;
        answer.await.unwrap_or(Err(DatabaseError::Timeout(self.limit)))
    }

    fn send(&self, command: Command) -> Result<(), DatabaseError> {
        self.commands.try_send(command).map_err(|error| match error {
            TrySendError::Full(_) => DatabaseError::Busy,
            // The writer has given the transaction up: its time was over.
            TrySendError::Disconnected(_) => DatabaseError::Timeout(self.limit),
        })
    }
}

fn bound(value: sea_orm::Value) -> Result<Owned, DatabaseError> {
    use sea_orm::Value as Orm;
    let integer = |value: Option<i64>| value.map_or(Owned::Null, Owned::Integer);
    let real = |value: Option<f64>| value.map_or(Owned::Null, Owned::Real);
    let text = |value: Option<String>| value.map_or(Owned::Null, Owned::Text);
    Ok(match value {
        Orm::Bool(value) => integer(value.map(i64::from)),
        Orm::TinyInt(value) => integer(value.map(i64::from)),
        Orm::SmallInt(value) => integer(value.map(i64::from)),
        Orm::Int(value) => integer(value.map(i64::from)),
        Orm::BigInt(value) => integer(value),
        Orm::TinyUnsigned(value) => integer(value.map(i64::from)),
        Orm::SmallUnsigned(value) => integer(value.map(i64::from)),
        Orm::Unsigned(value) => integer(value.map(i64::from)),
        Orm::BigUnsigned(value) => {
            let value = value.map(i64::try_from).transpose();
            integer(value.map_err(|_| DatabaseError::Data("bigint out of range".to_owned()))?)
        }
        Orm::Float(value) => real(value.map(f64::from)),
        Orm::Double(value) => real(value),
        Orm::String(value) => text(value),
        Orm::Char(value) => text(value.map(String::from)),
        Orm::Bytes(value) => value.map_or(Owned::Null, Owned::Blob),
        other => return Err(DatabaseError::Internal(format!("a unit of work binds {other:?}"))),
    })
}

/// Serves a unit of work in a transaction of its own.
pub fn serve(connection: &Connection, limits: WriteLimits, commands: &Receiver<Command>) {
    let end = Instant::now() + limits.time;
    let began = execute(connection, "begin immediate");
    while let Ok(command) = commands.recv_deadline(end) {
        match command {
            Command::Run { sql, values, reply } => {
                let result = match &began {
                    Ok(()) => run(connection, limits, end, &sql, values),
                    Err(error) => Err(describe(error)),
                };
                // Nobody may be waiting any more.
                let _ = reply.send(result);
            }
            Command::Commit(reply) => {
                let result = commit(connection, limits);
                roll_back(connection);
                let _ = reply.send(result);
                return;
            }
        }
    }
    roll_back(connection);
}

fn commit(connection: &Connection, limits: WriteLimits) -> Result<(), DatabaseError> {
    if connection.is_autocommit() {
        return Err(transaction_gone());
    }
    commit_alone(connection, limits)
}

fn run(
    connection: &Connection,
    limits: WriteLimits,
    end: Instant,
    sql: &str,
    values: Cells,
) -> Result<UnitRows, DatabaseError> {
    if connection.is_autocommit() {
        return Err(transaction_gone());
    }
    let left = end.saturating_duration_since(Instant::now());
    let result = with_deadline(connection, left, None, || step(connection, sql, values))
        .and_then(|stepped| stepped)
        .map_err(|error| violation::explain_text(connection, error, sql));
    result.map_err(|error| with_limit(error, limits.time))
}

fn step(connection: &Connection, sql: &str, values: Cells) -> rusqlite::Result<UnitRows> {
    let mut statement = connection.prepare_cached(sql)?;
    let columns = statement.column_names().into_iter().map(str::to_owned).collect();
    for (position, value) in values.iter().enumerate() {
        statement.raw_bind_parameter(position + 1, value)?;
    }
    let rows = collect(&mut statement)?;
    Ok(UnitRows {
        columns,
        rows: rows.into_iter().map(|row| row.into_iter().map(cell).collect()).collect(),
        affected: connection.changes(),
        last_insert_id: connection.last_insert_rowid(),
    })
}

fn cell(cell: Owned) -> Value {
    match cell {
        Owned::Null => Value::Null,
        Owned::Integer(integer) => Value::Integer(integer),
        Owned::Real(real) => Value::Float(real),
        Owned::Text(text) => Value::Text(text.into()),
        Owned::Blob(bytes) => Value::Bytes(bytes.into()),
    }
}
