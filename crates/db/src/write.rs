//! A unit of work: Rust code that writes through SeaORM entities, in one transaction that this crate begins and ends.
//! Refuses to know: entities, and how a database runs a statement.
//!
//! SeaORM's own begin and commit cannot report an error and are never used: its proxy's `begin` ends the unit of work.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use purlin_model::value::Value;
use sea_orm::entity::ColumnType;
use sea_orm::{
    ColumnTrait, DatabaseConnection, DbBackend, DbErr, EntityTrait, Iden, Iterable, ProxyDatabaseTrait,
    ProxyExecResult, ProxyRow, Statement,
};

use crate::{Database, DatabaseError, postgres, sqlite};

/// What a statement of a unit of work gives.
#[derive(Debug, Default)]
pub(crate) struct UnitRows {
    /// Names of the columns.
    pub columns: Vec<String>,
    /// Cells in the order of the columns.
    pub rows: Vec<Vec<Value>>,
    /// How many rows were written.
    pub affected: u64,
    /// Key of the last inserted row (SQLite).
    pub last_insert_id: i64,
}

/// The transaction of an engine.
#[derive(Debug)]
enum Link {
    Sqlite(sqlite::Unit),
    Postgres(Box<postgres::unit::Unit>),
}

impl Link {
    fn backend(&self) -> DbBackend {
        match self {
            Link::Sqlite(_) => DbBackend::Sqlite,
            Link::Postgres(_) => DbBackend::Postgres,
        }
    }

    async fn run(&self, statement: Statement) -> Result<UnitRows, DatabaseError> {
        match self {
            Link::Sqlite(unit) => unit.run(Statement { sql: with_prefixes(&statement.sql), ..statement }).await,
            Link::Postgres(unit) => unit.run(statement).await,
        }
    }

    async fn commit(&self) -> Result<(), DatabaseError> {
        match self {
            Link::Sqlite(unit) => unit.commit().await,
            Link::Postgres(unit) => unit.commit().await,
        }
    }
}

/// PostgreSQL schemas of the system tables, which are prefixes of their names on SQLite.
const SYSTEM_SCHEMAS: [&str; 1] = ["purlin"];

/// `"purlin"."seeds"` is `"purlin_seeds" AS "seeds"` on SQLite, so that `"seeds"."file"` means the same. Values are
/// bound, so no text of theirs can look like a name.
fn with_prefixes(sql: &str) -> String {
    SYSTEM_SCHEMAS.iter().fold(sql.to_owned(), |sql, schema| {
        let qualified = format!("\"{schema}\".\"");
        let mut parts = sql.split(&qualified);
        let mut text = parts.next().unwrap_or_default().to_owned();
        for part in parts {
            let (name, rest) = part.split_once('"').unwrap_or((part, ""));
            text.push_str(&format!("\"{schema}_{name}\" AS \"{name}\"{rest}"));
        }
        text
    })
}

#[derive(Debug)]
struct State {
    link: Link,
    /// A statement failed, or SeaORM tried to begin a transaction: nothing can be committed any more.
    failed: AtomicBool,
    /// Why, until somebody asks.
    reason: Mutex<Option<DatabaseError>>,
}

impl State {
    fn fail(&self, error: DatabaseError) {
        self.failed.store(true, Ordering::Release);
        let mut reason = self.reason.lock().unwrap_or_else(PoisonError::into_inner);
        // The first error is the cause of all others.
        reason.get_or_insert(error);
    }

    fn take_reason(&self) -> Option<DatabaseError> {
        self.reason.lock().unwrap_or_else(PoisonError::into_inner).take()
    }

    async fn run(&self, statement: Statement) -> Result<UnitRows, DbErr> {
        if self.failed.load(Ordering::Acquire) {
            return Err(DbErr::Custom("the unit of work is over".to_owned()));
        }
        self.link.run(statement).await.map_err(|error| {
            let text = error.to_string();
            self.fail(error);
            DbErr::Custom(text)
        })
    }
}

/// The transaction of a unit of work. Clones are the same transaction; it is over when the unit of work is.
#[derive(Clone, Debug)]
pub struct Transaction {
    state: Arc<State>,
}

impl Transaction {
    /// A SeaORM connection bound to this transaction. Cells come back as the columns of `E` declare them (SQLite itself
    /// knows neither booleans nor the width of an integer).
    pub fn orm<E: EntityTrait>(&self) -> DatabaseConnection {
        let types =
            E::Column::iter().map(|column| (column.unquoted().to_owned(), column.def().get_column_type().clone()));
        let proxy = Proxy { state: self.state.clone(), types: types.collect() };
        let connection = sea_orm::ProxyDatabaseConnection::new(self.state.link.backend(), Arc::new(Box::new(proxy)));
        sea_orm::DatabaseConnectionType::ProxyDatabaseConnection(Arc::new(connection)).into()
    }

    /// The database's error behind one of SeaORM's.
    pub fn explain(&self, error: DbErr) -> DatabaseError {
        self.state.take_reason().unwrap_or_else(|| DatabaseError::Internal(error.to_string()))
    }
}

impl Database {
    /// Runs `work` in one transaction: committed when it gives `Ok`, rolled back when it gives `Err`, when a statement
    /// failed (even if `work` went on) and when the future is dropped. It must await nothing but its own statements: on
    /// SQLite everybody else's writes wait for it, and its deadline is that of a write.
    ///
    /// # Errors
    /// That of `work`; [`DatabaseError`] when the transaction cannot begin, or when COMMIT failed: nothing was written.
    pub async fn write<T, E, F, Work>(&self, work: F) -> Result<T, E>
    where
        E: From<DatabaseError>,
        F: FnOnce(Transaction) -> Work,
        Work: Future<Output = Result<T, E>>,
    {
        let link = match self {
            Database::Sqlite(engine) => Link::Sqlite(engine.begin_unit()?),
            Database::Postgres(engine) => Link::Postgres(Box::new(engine.begin_unit().await?)),
        };
        let state = Arc::new(State { link, failed: AtomicBool::new(false), reason: Mutex::new(None) });
        let result = work(Transaction { state: state.clone() }).await?;
        if state.failed.swap(true, Ordering::AcqRel) {
            let ended = || DatabaseError::Internal("a statement of the unit of work has failed".to_owned());
            return Err(state.take_reason().unwrap_or_else(ended).into());
        }
        state.link.commit().await?;
        Ok(result)
    }
}

/// SeaORM's driver for a transaction.
#[derive(Debug)]
struct Proxy {
    state: Arc<State>,
    /// Declared types of the entity's columns.
    types: HashMap<String, ColumnType>,
}

#[async_trait::async_trait]
impl ProxyDatabaseTrait for Proxy {
    async fn query(&self, statement: Statement) -> Result<Vec<ProxyRow>, DbErr> {
        let UnitRows { columns, rows, .. } = self.state.run(statement).await?;
        let row = |cells: Vec<Value>| {
            let values = columns.iter().zip(cells);
            let values = values.map(|(name, cell)| Ok((name.clone(), orm_value(cell, self.types.get(name))?)));
            values.collect::<Result<_, DbErr>>().map(ProxyRow::new)
        };
        rows.into_iter().map(row).collect()
    }

    async fn execute(&self, statement: Statement) -> Result<ProxyExecResult, DbErr> {
        let done = self.state.run(statement).await?;
        Ok(ProxyExecResult::new(u64::try_from(done.last_insert_id).unwrap_or_default(), done.affected))
    }

    async fn begin(&self) {
        let message = "a transaction inside a unit of work: begin and commit are `Database::write`'s own";
        self.state.fail(DatabaseError::Internal(message.to_owned()));
    }
}

/// The variant of SeaORM's value that a column's Rust type expects.
fn orm_value(cell: Value, declared: Option<&ColumnType>) -> Result<sea_orm::Value, DbErr> {
    use sea_orm::Value as Orm;
    let integer = match &cell {
        Value::Integer(integer) => Some(*integer),
        Value::Boolean(boolean) => Some(i64::from(*boolean)),
        _ => None,
    };
    let float = match &cell {
        Value::Float(float) => Some(*float),
        other => integer.filter(|_| !matches!(other, Value::Boolean(_))).map(|integer| integer as f64),
    };
    let misfit = || DbErr::Type(format!("{cell:?} is no {declared:?}"));
    if declared.is_some() && cell != Value::Null {
        let fits = match declared {
            Some(numeric) if is_integer(numeric) || matches!(numeric, ColumnType::Boolean) => integer.is_some(),
            Some(ColumnType::Float | ColumnType::Double) => float.is_some(),
            _ => true,
        };
        if !fits {
            return Err(misfit());
        }
    }
    Ok(match declared {
        Some(ColumnType::Boolean) => Orm::Bool(integer.map(|integer| integer != 0)),
        Some(ColumnType::TinyInteger) => Orm::TinyInt(narrow(integer).ok_or_else(misfit)?),
        Some(ColumnType::SmallInteger) => Orm::SmallInt(narrow(integer).ok_or_else(misfit)?),
        Some(ColumnType::Integer) => Orm::Int(narrow(integer).ok_or_else(misfit)?),
        Some(ColumnType::BigInteger) => Orm::BigInt(integer),
        Some(ColumnType::TinyUnsigned) => Orm::TinyUnsigned(narrow(integer).ok_or_else(misfit)?),
        Some(ColumnType::SmallUnsigned) => Orm::SmallUnsigned(narrow(integer).ok_or_else(misfit)?),
        Some(ColumnType::Unsigned) => Orm::Unsigned(narrow(integer).ok_or_else(misfit)?),
        Some(ColumnType::BigUnsigned) => Orm::BigUnsigned(narrow(integer).ok_or_else(misfit)?),
        Some(ColumnType::Float) => Orm::Float(float.map(|float| float as f32)),
        Some(ColumnType::Double) => Orm::Double(float),
        Some(ColumnType::Blob | ColumnType::Binary(_) | ColumnType::VarBinary(_)) => match cell {
            Value::Bytes(bytes) => Orm::Bytes(Some(bytes.into())),
            Value::Null => Orm::Bytes(None),
            _ => return Err(misfit()),
        },
        Some(_) => match cell {
            Value::Text(text) => Orm::String(Some(text.into())),
            Value::Null => Orm::String(None),
            _ => return Err(misfit()),
        },
        None => match cell {
            Value::Null | Value::List(_) => Orm::String(None),
            Value::Boolean(boolean) => Orm::Bool(Some(boolean)),
            Value::Integer(integer) => Orm::BigInt(Some(integer)),
            Value::Float(float) => Orm::Double(Some(float)),
            Value::Text(text) => Orm::String(Some(text.into())),
            Value::Bytes(bytes) => Orm::Bytes(Some(bytes.into())),
        },
    })
}

fn is_integer(declared: &ColumnType) -> bool {
    matches!(
        declared,
        ColumnType::TinyInteger
            | ColumnType::SmallInteger
            | ColumnType::Integer
            | ColumnType::BigInteger
            | ColumnType::TinyUnsigned
            | ColumnType::SmallUnsigned
            | ColumnType::Unsigned
            | ColumnType::BigUnsigned
    )
}

/// A narrower integer; `None` (outside) when it does not fit.
fn narrow<T: TryFrom<i64>>(integer: Option<i64>) -> Option<Option<T>> {
    integer.map(T::try_from).transpose().ok()
}

#[cfg(test)]
mod tests {
    use super::with_prefixes;

    #[test]
    fn system_schemas_are_prefixes_on_sqlite() {
        assert_eq!(
            with_prefixes(r#"SELECT "seeds"."file" FROM "purlin"."seeds" WHERE "seeds"."file" = ?"#),
            r#"SELECT "seeds"."file" FROM "purlin_seeds" AS "seeds" WHERE "seeds"."file" = ?"#
        );
        assert_eq!(with_prefixes(r#"SELECT "purlin" FROM "a"."b""#), r#"SELECT "purlin" FROM "a"."b""#);
    }
}
