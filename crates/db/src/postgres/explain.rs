//! `EXPLAIN` of a plan's statements. Refuses to know: pools; each explanation has a connection of its own.

use purlin_model::value::Value;
use purlin_plan::plan::Statement;

use super::Engine;
use super::connection::Connection;
use super::fault::{Cause, translate};
use super::parameter::{Sources, bind, raw};
use crate::DatabaseError;

/// Largest explanation in bytes.
const EXPLANATION_BYTES: usize = 1 << 20;

impl Engine {
    /// See [`crate::Database::explain`].
    ///
    /// # Errors
    /// See there.
    pub async fn explain(&self, statement: &Statement) -> Result<Vec<String>, DatabaseError> {
        let connection = self.explaining().await?;
        generic(&connection, statement).await.map_err(|cause| self.told(cause))
    }

    /// See [`crate::Database::analyze`].
    ///
    /// # Errors
    /// See there.
    pub async fn analyze(&self, statement: &Statement, values: &[Value]) -> Result<Vec<String>, DatabaseError> {
        let connection = self.explaining().await?;
        analyzed(&connection, statement, values).await.map_err(|cause| self.told(cause))
    }

    async fn explaining(&self) -> Result<Connection, DatabaseError> {
        // Each explanation is one transaction, which a pooler keeps together.
        self.inner.sessions.as_ref().unwrap_or(self.inner.pool.connector()).connect().await
    }

    fn told(&self, cause: Cause) -> DatabaseError {
        match cause {
            Cause::Driver(error) => translate(&error, self.inner.options.statement_timeout),
            Cause::Database(error) => error,
        }
    }
}

/// The plan for values that are not known. `GENERIC_PLAN` would say the same and is there from PostgreSQL 16 on. The
/// statement is prepared under a name for a moment, all in one transaction, so that a pooler keeps it together.
async fn generic(connection: &Connection, statement: &Statement) -> Result<Vec<String>, Cause> {
    let types = connection.type_names(statement).await?;
    let declared = if types.is_empty() { String::new() } else { format!(" ({})", types.join(", ")) };
    let nulls = if types.is_empty() { String::new() } else { format!("({})", vec!["null"; types.len()].join(", ")) };
    let client = connection.client();
    let name = "purlin_explained";
    // The text is the compiler's own, and values are not in it.
    let prepare = format!(
        "set local plan_cache_mode = force_generic_plan; prepare {name}{declared} as {}; savepoint prepared",
        statement.sql
    );
    connection.begin_write().await?;
    client.batch_execute(&prepare).await?;
    let explained = client.simple_query(&format!("explain execute {name}{nulls}")).await;
    client.batch_execute(&format!("rollback to prepared; deallocate {name}; commit")).await?;
    let lines = explained?.into_iter().filter_map(|message| match message {
        tokio_postgres::SimpleQueryMessage::Row(row) => row.get(0).map(str::to_owned),
        _ => None,
    });
    Ok(lines.collect())
}

/// The statement is run, in a transaction that is rolled back.
async fn analyzed(connection: &Connection, statement: &Statement, values: &[Value]) -> Result<Vec<String>, Cause> {
    let sql = format!("explain (analyze, buffers) {}", statement.sql);
    let explain = Statement { sql: sql.into(), slots: statement.slots.clone() };
    connection.begin_snapshot().await?;
    let prepared = connection.prepare(&explain).await?;
    let parameters = bind(&explain, Sources { values, ..Sources::default() })?;
    let found = connection.query(&prepared, parameters, EXPLANATION_BYTES).await?;
    connection.client().batch_execute("rollback").await?;
    let line = |row| Ok(String::from_utf8_lossy(raw(row, 0)?.unwrap_or_default()).into_owned());
    found.rows.iter().map(line).collect()
}
