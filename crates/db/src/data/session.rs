//! One connection of either database, with a transaction on it: a snapshot that is read table by table, or a write
//! that happens whole. Refuses to know files and archives.

use std::sync::Arc;

use purlin_model::value::Value;
use purlin_plan::plan::Dialect;
use tokio::sync::mpsc;

use super::digest::Digest;
use super::shape::{Chunk, Row, Shape};
use crate::physical::{PhysicalSchema, quote, text_literal};
use crate::{ConstraintViolation, Database, DatabaseError, postgres, sqlite};

/// Chunks that wait to be taken while SQLite reads on.
const WAITING_CHUNKS: usize = 2;

/// What happens to a row whose primary key is there already.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Conflict {
    /// It is a mistake.
    #[default]
    Error,
    /// The row that is there stays as it is.
    Skip,
    /// The row that is there takes the new values.
    Update,
}

impl Conflict {
    /// The clause of an INSERT; nothing where the primary key is not among the columns.
    pub(crate) fn clause(self, shape: &Shape, positions: &[usize]) -> String {
        if self == Conflict::Error || shape.key.is_empty() || !shape.key.iter().all(|key| positions.contains(key)) {
            return String::new();
        }
        let target = shape.list(&shape.key);
        let others = positions.iter().filter(|position| !shape.key.contains(position));
        let sets: Vec<String> = others
            .map(|position| {
                let name = quote(&shape.fields[*position].db_name);
                format!("{name} = excluded.{name}")
            })
            .collect();
        match self {
            Conflict::Update if !sets.is_empty() => format!(" ON CONFLICT {target} DO UPDATE SET {}", sets.join(", ")),
            _ => format!(" ON CONFLICT {target} DO NOTHING"),
        }
    }
}

/// Rows the database did not take.
#[derive(Debug)]
pub struct Refused {
    /// The row at fault: its position among those that were given. `None` when it is not one row's fault.
    pub row: Option<usize>,
    /// Why.
    pub error: DatabaseError,
}

impl From<DatabaseError> for Refused {
    fn from(error: DatabaseError) -> Refused {
        Refused { row: None, error }
    }
}

/// A connection with a transaction. Dropped without [`Session::commit`], what was written is rolled back.
pub struct Session {
    link: Link,
}

enum Link {
    Sqlite(sqlite::Session),
    Postgres(Box<postgres::Client>),
}

impl Session {
    /// A snapshot: whatever others write meanwhile, all tables are read as they are now.
    ///
    /// # Errors
    /// [`DatabaseError`] when it cannot begin.
    pub async fn read(database: &Database) -> Result<Session, DatabaseError> {
        let (link, begin) = match database {
            // The snapshot is that of the first statement.
            Database::Sqlite(engine) => {
                (Link::Sqlite(engine.read_session()?), "begin; select count(*) from sqlite_schema")
            }
            Database::Postgres(engine) => (
                Link::Postgres(Box::new(engine.client().await?)),
                "begin isolation level repeatable read read only; select 1",
            ),
        };
        let session = Session { link };
        session.execute(begin).await?;
        Ok(session)
    }

    /// A connection to write on; nothing is begun yet. On SQLite everybody else's writes wait until it is dropped.
    ///
    /// # Errors
    /// [`DatabaseError`] when there is none.
    pub async fn write(database: &Database) -> Result<Session, DatabaseError> {
        let link = match database {
            Database::Sqlite(engine) => Link::Sqlite(engine.write_session()?),
            Database::Postgres(engine) => Link::Postgres(Box::new(engine.client().await?)),
        };
        Ok(Session { link })
    }

    /// The dialect of its statements.
    pub fn dialect(&self) -> Dialect {
        match &self.link {
            Link::Sqlite(_) => Dialect::Sqlite,
            Link::Postgres(_) => Dialect::Postgres,
        }
    }

    /// Runs statements that bind nothing and give nothing.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn execute(&self, sql: &str) -> Result<(), DatabaseError> {
        match &self.link {
            Link::Sqlite(session) => {
                let sql = sql.to_owned();
                session.run(move |connection| Ok(connection.execute_batch(&sql)?)).await
            }
            Link::Postgres(client) => client.batch_execute(sql).await.map_err(postgres::table::failed),
        }
    }

    /// The integer a statement gives; `None` when it gives no row or NULL.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn integer(&self, sql: &str) -> Result<Option<i64>, DatabaseError> {
        match &self.link {
            Link::Sqlite(session) => {
                let sql = sql.to_owned();
                session
                    .run(move |connection| {
                        let mut statement = connection.prepare(&sql)?;
                        let mut rows = statement.query([])?;
                        Ok(rows.next()?.map(|row| row.get::<_, Option<i64>>(0)).transpose()?.flatten())
                    })
                    .await
            }
            Link::Postgres(client) => {
                let row = client.query_opt(sql, &[]).await.map_err(postgres::table::failed)?;
                let cell = row.map(|row| row.try_get::<_, Option<i64>>(0)).transpose();
                Ok(cell.map_err(postgres::table::failed)?.flatten())
            }
        }
    }

    /// The tables there are, as this transaction sees them.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn tables(&self) -> Result<PhysicalSchema, DatabaseError> {
        match &self.link {
            Link::Sqlite(session) => {
                session.run(|connection| Ok(crate::introspect::sqlite::introspect(connection)?)).await
            }
            Link::Postgres(client) => {
                let tables = crate::introspect::postgres::introspect(&***client).await;
                tables.map_err(postgres::table::failed)
            }
        }
    }

    /// Begins a transaction that writes.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn begin(&self) -> Result<(), DatabaseError> {
        self.execute(match self.dialect() {
            Dialect::Sqlite => "begin immediate",
            Dialect::Postgres => "begin isolation level read committed",
        })
        .await
    }

    /// Commits.
    ///
    /// # Errors
    /// Those of the database, by which nothing was written.
    pub async fn commit(&self) -> Result<(), DatabaseError> {
        match &self.link {
            Link::Sqlite(session) => session.run(sqlite::rows::commit).await,
            Link::Postgres(_) => self.execute("commit").await,
        }
    }

    /// Gives every row of a table to `each`, chunk by chunk.
    ///
    /// # Errors
    /// Those of the database and those of `each`.
    pub async fn scan<E: From<DatabaseError>>(
        &self,
        shape: &Arc<Shape>,
        ordered: bool,
        mut each: impl AsyncFnMut(Chunk) -> Result<(), E>,
    ) -> Result<(), E> {
        match &self.link {
            Link::Sqlite(session) => {
                let (sender, mut chunks) = mpsc::channel(WAITING_CHUNKS);
                let scanned = shape.clone();
                let scan = session.run(move |connection| sqlite::rows::scan(connection, &scanned, ordered, &sender));
                let take = async {
                    while let Some(chunk) = chunks.recv().await {
                        each(chunk).await?;
                    }
                    // Closed before the scan is waited for: it would wait for a taker.
                    drop(chunks);
                    Ok::<(), E>(())
                };
                let (scanned, taken) = tokio::join!(scan, take);
                taken.and(scanned.map_err(E::from))
            }
            Link::Postgres(client) => {
                let mut scan = postgres::table::Scan::begin(client, shape, ordered).await?;
                while let Some(chunk) = scan.next(shape).await? {
                    each(chunk).await?;
                }
                Ok(())
            }
        }
    }

    /// All rows of a small table.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn rows(&self, shape: &Arc<Shape>) -> Result<Vec<Row>, DatabaseError> {
        let mut rows = Vec::new();
        self.scan(shape, true, async |chunk: Chunk| {
            rows.extend(chunk);
            Ok::<(), DatabaseError>(())
        })
        .await?;
        Ok(rows)
    }

    /// What a table holds, as one number that does not depend on the order of its rows.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn digest(&self, shape: &Arc<Shape>) -> Result<Digest, DatabaseError> {
        let mut digest = Digest::default();
        self.scan(shape, false, async |chunk: Chunk| {
            chunk.iter().for_each(|row| digest.add(shape, row));
            Ok::<(), DatabaseError>(())
        })
        .await?;
        Ok(digest)
    }

    /// Writes rows whose values are those of the columns at `positions`; gives how many were written. Of refused rows
    /// nothing is written, and the transaction stands.
    ///
    /// # Errors
    /// The row at fault and why.
    pub async fn insert(
        &self,
        shape: &Arc<Shape>,
        positions: &Arc<[usize]>,
        rows: Arc<Chunk>,
        conflict: Conflict,
    ) -> Result<u64, Refused> {
        match &self.link {
            Link::Sqlite(session) => {
                let (shape, positions) = (shape.clone(), positions.clone());
                let written = session.run(move |connection| {
                    connection.execute_batch("savepoint rows")?;
                    let written = sqlite::rows::insert(connection, &shape, &positions, &rows, conflict);
                    connection.execute_batch(match written {
                        Ok(_) => "release rows",
                        Err(_) => "rollback to rows; release rows",
                    })?;
                    Ok(written)
                });
                written.await?.map_err(|(row, error)| Refused { row, error })
            }
            Link::Postgres(client) => {
                let columns = Columns { shape, positions, conflict };
                match columns.write(client, &rows).await {
                    Ok(written) => Ok(written),
                    Err(error) => Err(columns.find(client, &rows, error).await),
                }
            }
        }
    }

    /// Lets keys that fill themselves go on behind the largest there is, and behind `last`.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn advance(&self, shape: &Shape, last: Option<i64>) -> Result<(), DatabaseError> {
        for field in shape.fields.iter().filter(|field| field.counts) {
            let name = quote(&field.db_name);
            match self.dialect() {
                Dialect::Postgres => {
                    let table = shape.sql_name(Dialect::Postgres);
                    let sequence = sequence_of(shape, &field.db_name);
                    let last = last.unwrap_or(0);
                    self.execute(&format!(
                        "SELECT setval({sequence}, found) FROM \
                         (SELECT greatest(max({name}), pg_sequence_last_value({sequence}::regclass), {last}) AS found \
                          FROM {table}) AS largest WHERE found >= 1 AND {sequence} IS NOT NULL"
                    ))
                    .await?;
                }
                // SQLite does so by itself; only keys of rows that are gone are news to it.
                Dialect::Sqlite => {
                    let (Some(last), Some(1)) = (last, self.integer(HAS_COUNTERS).await?) else { continue };
                    let table = text_literal(&unquoted(shape.sql_name(Dialect::Sqlite)));
                    let is_counted = format!(
                        "SELECT count(*) FROM sqlite_schema WHERE name = {table} AND sql LIKE '%AUTOINCREMENT%'"
                    );
                    if self.integer(&is_counted).await? != Some(1) {
                        continue;
                    }
                    self.execute(&format!(
                        "INSERT INTO sqlite_sequence (name, seq) SELECT {table}, 0 \
                         WHERE NOT EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = {table}); \
                         UPDATE sqlite_sequence SET seq = max(seq, {last}) WHERE name = {table}"
                    ))
                    .await?;
                }
            }
        }
        Ok(())
    }

    /// The last key a table has given by itself, also if the row is gone.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn last_key(&self, shape: &Shape) -> Result<Option<i64>, DatabaseError> {
        let Some(field) = shape.fields.iter().find(|field| field.counts) else { return Ok(None) };
        match self.dialect() {
            Dialect::Postgres => {
                let sequence = sequence_of(shape, &field.db_name);
                self.integer(&format!("SELECT pg_sequence_last_value({sequence}::regclass)")).await
            }
            Dialect::Sqlite => {
                if self.integer(HAS_COUNTERS).await? != Some(1) {
                    return Ok(None);
                }
                let table = text_literal(&unquoted(shape.sql_name(Dialect::Sqlite)));
                self.integer(&format!("SELECT seq FROM sqlite_sequence WHERE name = {table}")).await
            }
        }
    }
}

const HAS_COUNTERS: &str = "SELECT count(*) FROM sqlite_schema WHERE name = 'sqlite_sequence'";

fn sequence_of(shape: &Shape, column: &str) -> String {
    let table = shape.sql_name(Dialect::Postgres);
    format!("pg_get_serial_sequence({}, {})", text_literal(table), text_literal(column))
}

/// The name behind [`quote`].
fn unquoted(sql: &str) -> String {
    sql.trim_matches('"').replace("\"\"", "\"")
}

/// Where rows go on PostgreSQL.
struct Columns<'a> {
    shape: &'a Shape,
    positions: &'a [usize],
    conflict: Conflict,
}

impl Columns<'_> {
    /// Writes rows or, if one of them is refused, none.
    async fn write(&self, client: &postgres::Client, rows: &[Row]) -> Result<u64, DatabaseError> {
        let run = async |sql: &str| client.batch_execute(sql).await.map_err(postgres::table::failed);
        run("savepoint rows").await?;
        match postgres::table::insert(client, self.shape, self.positions, rows, self.conflict).await {
            Ok(written) => run("release savepoint rows").await.map(|()| written),
            Err(error) => {
                run("rollback to savepoint rows; release savepoint rows").await?;
                Err(error)
            }
        }
    }

    /// The first row at fault among refused ones. COPY names a line only in words, and for a foreign key not even so:
    /// halves are tried until one row is left.
    async fn find(&self, client: &postgres::Client, rows: &[Row], error: DatabaseError) -> Refused {
        let of_a_row =
            matches!(error, DatabaseError::Constraint(_) | DatabaseError::Data(_) | DatabaseError::Internal(_));
        if !of_a_row {
            return error.into();
        }
        let found = async {
            client.batch_execute("savepoint search").await.map_err(postgres::table::failed)?;
            let (mut from, mut to, mut error) = (0, rows.len(), error);
            while to - from > 1 {
                let middle = from + (to - from) / 2;
                match self.write(client, &rows[from..middle]).await {
                    Ok(_) => from = middle,
                    Err(of_half) => (to, error) = (middle, of_half),
                }
            }
            client.batch_execute("rollback to savepoint search").await.map_err(postgres::table::failed)?;
            Ok::<_, DatabaseError>(Refused { row: Some(from), error })
        };
        found.await.unwrap_or_else(Refused::from)
    }
}

/// A violated constraint in words for whoever wrote the row.
pub fn describe(violation: &ConstraintViolation) -> String {
    match violation {
        ConstraintViolation::Unique { constraint } => format!("another row has the same values of `{constraint}`"),
        ConstraintViolation::ForeignKey { constraint: Some(constraint), .. } => {
            format!("the row that `{constraint}` points at is not there")
        }
        ConstraintViolation::ForeignKey { constraint: None, .. } => "a row it points at is not there".to_owned(),
        ConstraintViolation::NotNull { column, .. } => format!("column `{column}` must have a value"),
        ConstraintViolation::Check { constraint, .. } | ConstraintViolation::Exclusion { constraint } => {
            format!("the check `{constraint}` does not hold")
        }
    }
}

/// What the database said of a row.
pub fn reason(error: &DatabaseError) -> String {
    match error {
        DatabaseError::Constraint(violation) => describe(violation),
        DatabaseError::Internal(reason) => reason.clone(),
        other => other.to_string(),
    }
}

/// Foreign keys that are checked when the transaction ends, so that rows may come in any order.
impl Session {
    /// Defers them: on SQLite all, on PostgreSQL those of these tables, whose constraints become deferrable until
    /// [`Session::settle`].
    ///
    /// # Errors
    /// Those of the database.
    pub async fn defer(&self, keys: &[ForeignKeyName]) -> Result<(), DatabaseError> {
        match self.dialect() {
            Dialect::Sqlite => self.execute("pragma defer_foreign_keys = on").await,
            Dialect::Postgres => {
                for key in keys.iter().filter(|key| !key.deferrable) {
                    self.execute(&key.alter("DEFERRABLE INITIALLY DEFERRED")).await?;
                }
                self.execute("SET CONSTRAINTS ALL DEFERRED").await
            }
        }
    }

    /// Checks what was deferred, and makes the constraints again as they were.
    ///
    /// # Errors
    /// Those of the database: a row points at none.
    pub async fn settle(&self, keys: &[ForeignKeyName]) -> Result<(), DatabaseError> {
        if self.dialect() == Dialect::Sqlite {
            // The commit checks.
            return Ok(());
        }
        self.execute("SET CONSTRAINTS ALL IMMEDIATE").await?;
        for key in keys.iter().filter(|key| !key.deferrable) {
            self.execute(&key.alter("NOT DEFERRABLE")).await?;
        }
        Ok(())
    }
}

/// A foreign key on PostgreSQL.
#[derive(Clone, Debug)]
pub struct ForeignKeyName {
    /// Its table, as SQL.
    pub table: String,
    /// Its name.
    pub name: String,
    /// Whether it is deferrable by itself.
    pub deferrable: bool,
}

impl ForeignKeyName {
    fn alter(&self, how: &str) -> String {
        format!("ALTER TABLE {} ALTER CONSTRAINT {} {how}", self.table, quote(&self.name))
    }
}

/// One row of some columns, as a chunk.
pub fn single(row: Vec<Value>) -> Arc<Chunk> {
    Arc::new(vec![row])
}
