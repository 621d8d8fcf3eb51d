//! The database's own plan of a statement. Nothing is run unless that is asked for.

use purlin_model::value::Value;
use purlin_plan::plan::Statement;

use crate::{Database, DatabaseError};

impl Database {
    /// How the database would run a statement whatever its values are, a line per step, indented as they nest.
    ///
    /// # Errors
    /// [`DatabaseError`] when the database cannot be reached or refuses the statement.
    pub async fn explain(&self, statement: &Statement) -> Result<Vec<String>, DatabaseError> {
        match self {
            Database::Sqlite(engine) => {
                let sql = format!("explain query plan {}", statement.sql);
                engine.read(move |connection| query_plan(connection, &sql)).await
            }
            Database::Postgres(engine) => engine.explain(statement).await,
        }
    }

    /// How PostgreSQL ran a statement with these values, with times: it is run. `None` on SQLite, which does not tell.
    ///
    /// # Errors
    /// As [`Database::explain`], and when values are missing: statements below others take theirs from rows.
    pub async fn analyze(&self, statement: &Statement, values: &[Value]) -> Result<Option<Vec<String>>, DatabaseError> {
        match self {
            Database::Sqlite(_) => Ok(None),
            Database::Postgres(engine) => engine.analyze(statement, values).await.map(Some),
        }
    }
}

/// The rows of `EXPLAIN QUERY PLAN` say by their parent's id how they nest.
fn query_plan(connection: &rusqlite::Connection, sql: &str) -> Result<Vec<String>, DatabaseError> {
    let mut statement = connection.prepare(sql)?;
    let mut rows = statement.raw_query();
    let mut depths = std::collections::HashMap::from([(0, 0)]);
    let mut lines = Vec::new();
    while let Some(row) = rows.next()? {
        let (id, parent, detail): (i64, i64, String) = (row.get(0)?, row.get(1)?, row.get(3)?);
        let depth = depths.get(&parent).copied().unwrap_or_default();
        depths.insert(id, depth + 1);
        lines.push(format!("{}{detail}", "  ".repeat(depth)));
    }
    Ok(lines)
}
