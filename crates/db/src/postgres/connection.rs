//! One connection and the statements prepared on it. Refuses to know: who uses it, plans beyond their statements.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::Duration;

use futures_util::TryStreamExt;
use purlin_model::catalog::Column as ModelColumn;
use purlin_model::scalar::Scalar;
use purlin_plan::plan::{BoundSlot, Statement};
use tokio::task::JoinHandle;
use tokio_postgres::types::{Kind, Type};
use tokio_postgres::{Client, Column, Row, RowStream};

use super::cell::Form;
use super::connect::Connector;
use super::fault::Cause;
use super::parameter::Parameter;
use super::session::Begins;
use crate::DatabaseError;

/// Most statements kept prepared on one connection; the one unused for longest goes first.
const PREPARED_STATEMENTS: usize = 512;

/// Time between requests to stop the same statement.
const CANCEL_INTERVAL: Duration = Duration::from_millis(100);
/// Fetched bytes may exceed the largest response by this factor: keys are fetched but not answered.
const FETCH_FACTOR: usize = 4;

/// Finds a type by its name in `pg_type`, on the search path or written with its schema, and its array type.
const TYPE_BY_NAME: &str = "\
select t.oid, t.typarray, n.nspname from pg_catalog.pg_type t join pg_catalog.pg_namespace n on n.oid = t.typnamespace \
where t.oid = coalesce( \
    (select v.oid from pg_catalog.pg_type v where v.typname = $1 and pg_catalog.pg_type_is_visible(v.oid) limit 1), \
    pg_catalog.to_regtype($1)::oid)";

/// An open connection.
pub(super) struct Connection {
    client: Client,
    driver: JoinHandle<()>,
    begins: Begins,
    prepared: Mutex<PreparedStatements>,
}

/// A statement to be run and how the cells of its rows are read.
pub(super) struct Prepared {
    text: Text,
    slots: Vec<BoundSlot>,
    /// Known once the server has described it: when it was prepared, or with its first row.
    forms: OnceLock<Vec<Form>>,
}

/// What the server is told to run.
enum Text {
    /// A statement that it keeps for the session.
    Kept(tokio_postgres::Statement),
    /// The statement itself, each time: the session is not ours to keep anything in.
    Told(Box<str>, Vec<Type>),
}

impl Prepared {
    /// How the cells of each column are read; of a statement that gave no row there may be none.
    pub(super) fn forms(&self) -> &[Form] {
        self.forms.get().map_or(&[], Vec::as_slice)
    }

    /// The types of the parameters, as far as they are known.
    pub(super) fn parameter_types(&self) -> &[Type] {
        match &self.text {
            Text::Kept(statement) => statement.params(),
            Text::Told(_, types) => types,
        }
    }

    /// Looks at a row of its own, before its cells are read.
    pub(super) fn look_at(&self, row: &Row) {
        self.forms.get_or_init(|| forms_of(row.columns()));
    }

    /// The first column of the result that is of another type than these columns, in words.
    pub(super) fn misfit(&self, columns: &[ModelColumn]) -> Option<String> {
        let Text::Kept(statement) = &self.text else { return None };
        let mut pairs = statement.columns().iter().zip(columns);
        let (found, declared) = pairs.find(|(found, declared)| !fits(found.type_(), declared))?;
        let expected = scalar_type(declared.column_type.scalar(), declared.column_type.is_list());
        let (name, found) = (&declared.db_name, found.type_().name());
        Some(format!("column `{name}` is of type {found}, expected {}", expected.name()))
    }
}

fn forms_of(columns: &[Column]) -> Vec<Form> {
    columns.iter().map(|column| Form::of(column.type_())).collect()
}

/// Rows of one statement.
pub(super) struct Found {
    /// What yielded them.
    pub(super) prepared: Arc<Prepared>,
    /// The rows.
    pub(super) rows: Vec<Row>,
    /// What their cells take, in bytes.
    pub(super) size: usize,
}

impl Connection {
    /// Takes a client and the task that drives it.
    pub(super) fn new(client: Client, driver: JoinHandle<()>, begins: Begins) -> Connection {
        Connection { client, driver, begins, prepared: Mutex::default() }
    }

    /// Whether the session is its own: what is told outside transactions holds, and what is prepared stays.
    pub(super) fn keeps_session(&self) -> bool {
        self.begins.keeps_session
    }

    /// Begins a transaction that writes. The message leaves when first polled.
    pub(super) async fn begin_write(&self) -> Result<(), tokio_postgres::Error> {
        self.client.batch_execute(&self.begins.write).await
    }

    /// Begins a transaction that reads one snapshot. The message leaves when first polled.
    pub(super) async fn begin_snapshot(&self) -> Result<(), tokio_postgres::Error> {
        self.client.batch_execute(&self.begins.snapshot).await
    }

    /// The client, for statements that are no plan's.
    pub(super) fn client(&self) -> &Client {
        &self.client
    }

    /// The client, for its own transactions.
    pub(super) fn client_mut(&mut self) -> &mut Client {
        &mut self.client
    }

    /// Ends it: asks the server to stop what it does until the server's side of the connection has ended. A request to
    /// stop that comes before the statement has begun is lost, therefore more than one.
    pub(super) async fn cancel_and_close(self, connector: &Connector) {
        let Connection { client, mut driver, .. } = self;
        let token = client.cancel_token();
        // The driver ends when all answers under way have come.
        drop(client);
        while !driver.is_finished() {
            if let Err(error) = connector.cancel(&token).await {
                tracing::warn!(%error, "a statement could not be cancelled");
            }
            let _ = tokio::time::timeout(CANCEL_INTERVAL, &mut driver).await;
        }
    }

    /// Forgets every prepared statement unless they are of this generation of the schema.
    pub(super) fn renew(&self, generation: u64) {
        let mut statements = self.statements();
        if statements.generation != generation {
            statements.generation = generation;
            statements.entries.clear();
            self.client.clear_type_cache();
        }
    }

    /// The statement, prepared now if it was not yet and the session keeps it.
    pub(super) async fn prepare(&self, statement: &Statement) -> Result<Arc<Prepared>, Cause> {
        // The same text may be meant for parameters of other types.
        if let Some(prepared) = self.statements().get(&statement.sql)
            && take_same_types(&prepared.slots, &statement.slots)
        {
            return Ok(prepared);
        }
        let mut types = Vec::with_capacity(statement.slots.len());
        for slot in &statement.slots {
            types.push(self.parameter_type(slot).await?);
        }
        if !self.keeps_session() {
            let text = Text::Told(statement.sql.clone(), types);
            return Ok(Arc::new(Prepared { text, slots: Vec::new(), forms: OnceLock::new() }));
        }
        let handle = self.client.prepare_typed(&statement.sql, &types).await?;
        let forms = OnceLock::from(forms_of(handle.columns()));
        let prepared = Arc::new(Prepared { text: Text::Kept(handle), slots: statement.slots.clone(), forms });
        self.statements().insert(&statement.sql, prepared.clone());
        Ok(prepared)
    }

    /// Runs a statement and collects its rows; `response_bytes` bounds them. The messages leave when first polled.
    pub(super) async fn query(
        &self,
        prepared: &Arc<Prepared>,
        parameters: Vec<Parameter<'_>>,
        response_bytes: usize,
    ) -> Result<Found, Cause> {
        let mut stream = std::pin::pin!(self.stream(prepared, parameters).await?);
        let mut rows = Vec::new();
        let mut size = 0;
        while let Some(row) = stream.try_next().await? {
            size += row.raw_size_bytes();
            if size > response_bytes.saturating_mul(FETCH_FACTOR) {
                return Err(Cause::Database(DatabaseError::ResponseSize(response_bytes)));
            }
            rows.push(row);
        }
        if let Some(first) = rows.first() {
            prepared.look_at(first);
        }
        Ok(Found { prepared: prepared.clone(), rows, size })
    }

    /// Runs a statement; its rows come one by one.
    pub(super) async fn stream(&self, prepared: &Prepared, parameters: Vec<Parameter<'_>>) -> Result<RowStream, Cause> {
        Ok(match &prepared.text {
            Text::Kept(statement) => self.client.query_raw(statement, parameters).await?,
            Text::Told(sql, types) => self.client.query_typed_raw(sql, typed(parameters, types)).await?,
        })
    }

    /// The types of a statement's parameters, as SQL names them.
    pub(super) async fn type_names(&self, statement: &Statement) -> Result<Vec<String>, Cause> {
        let mut names = Vec::with_capacity(statement.slots.len());
        for slot in &statement.slots {
            let found = self.parameter_type(slot).await?;
            names.push(format!("{}.{}", quoted(found.schema()), quoted(found.name())));
        }
        Ok(names)
    }

    /// Runs a statement whose rows nobody wants; how many it wrote, or gave if it only reads.
    pub(super) async fn count(&self, prepared: &Prepared, parameters: Vec<Parameter<'_>>) -> Result<u64, Cause> {
        Ok(match &prepared.text {
            Text::Kept(statement) => self.client.execute_raw(statement, parameters).await?,
            Text::Told(sql, types) => {
                let rows = self.client.query_typed_raw(sql, typed(parameters, types)).await?;
                let mut rows = std::pin::pin!(rows);
                while rows.try_next().await?.is_some() {}
                rows.rows_affected().unwrap_or(0)
            }
        })
    }

    async fn parameter_type(&self, slot: &BoundSlot) -> Result<Type, Cause> {
        let array = slot.many || slot.codec.list;
        if slot.many && slot.codec.list {
            return Err(Cause::Database(DatabaseError::Internal("a list of lists cannot be bound".to_owned())));
        }
        let Some(name) = &slot.postgres_type else {
            return Ok(scalar_type(slot.codec.scalar, array));
        };
        match builtin_type(name, array) {
            Some(found) => Ok(found),
            None => self.named_type(name, array).await,
        }
    }

    async fn named_type(&self, name: &str, array: bool) -> Result<Type, Cause> {
        // For types of the database's own only; once per statement and connection where statements are kept.
        let row = self.client.query_typed_opt(TYPE_BY_NAME, &[(&name, Type::TEXT)]).await?;
        let row = row.ok_or_else(|| Cause::Database(DatabaseError::Internal(format!("no type is called `{name}`"))))?;
        let (scalar, list, schema): (u32, u32, String) = (row.try_get(0)?, row.try_get(1)?, row.try_get(2)?);
        let scalar = Type::new(name.to_owned(), scalar, Kind::Simple, schema.clone());
        Ok(match array {
            true => Type::new(format!("_{name}"), list, Kind::Array(scalar), schema),
            false => scalar,
        })
    }

    fn statements(&self) -> MutexGuard<'_, PreparedStatements> {
        self.prepared.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Parameters with their types; where a type is not known the server reads the text by where it stands.
fn typed<'a>(parameters: Vec<Parameter<'a>>, types: &[Type]) -> impl Iterator<Item = (Parameter<'a>, Type)> {
    let types = types.iter().cloned().chain(std::iter::repeat(Type::UNKNOWN));
    parameters.into_iter().zip(types)
}

/// A name as SQL writes it.
fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

/// Whether parameters have the same types, wherever their values come from: other operations share the statement.
fn take_same_types(left: &[BoundSlot], right: &[BoundSlot]) -> bool {
    let same = |(one, other): (&BoundSlot, &BoundSlot)| {
        one.codec.scalar == other.codec.scalar
            && one.codec.list == other.codec.list
            && one.many == other.many
            && one.postgres_type == other.postgres_type
    };
    left.len() == right.len() && left.iter().zip(right).all(same)
}

/// Prepared statements by their text, each with the time of its last use.
#[derive(Default)]
struct PreparedStatements {
    generation: u64,
    entries: HashMap<Box<str>, (Arc<Prepared>, u64)>,
    uses: u64,
}

impl PreparedStatements {
    fn get(&mut self, sql: &str) -> Option<Arc<Prepared>> {
        self.uses += 1;
        let (prepared, used) = self.entries.get_mut(sql)?;
        *used = self.uses;
        Some(prepared.clone())
    }

    fn insert(&mut self, sql: &str, prepared: Arc<Prepared>) {
        if self.entries.len() >= PREPARED_STATEMENTS {
            let oldest = self.entries.iter().min_by_key(|(_, (_, used))| *used).map(|(sql, _)| sql.clone());
            if let Some(oldest) = oldest {
                self.entries.remove(&oldest);
            }
        }
        self.entries.insert(sql.into(), (prepared, self.uses));
    }
}

/// Whether cells of a type are those of a column, as plans read it.
fn fits(found: &Type, column: &ModelColumn) -> bool {
    let scalar = column.column_type.scalar();
    let found = match (found.kind(), column.column_type.is_list()) {
        (Kind::Array(member), true) => member,
        (_, true) => return false,
        (Kind::Domain(base), false) => base,
        (_, false) => found,
    };
    match scalar {
        Scalar::String => {
            matches!(*found, Type::TEXT | Type::VARCHAR | Type::BPCHAR | Type::NAME | Type::UNKNOWN)
                || matches!(found.kind(), Kind::Enum(_))
                || found.name() == "citext"
        }
        Scalar::Float => matches!(*found, Type::FLOAT4 | Type::FLOAT8),
        _ => *found == scalar_type(scalar, false),
    }
}

fn scalar_type(scalar: Scalar, array: bool) -> Type {
    let (one, many) = match scalar {
        Scalar::SmallInt => (Type::INT2, Type::INT2_ARRAY),
        Scalar::Int => (Type::INT4, Type::INT4_ARRAY),
        Scalar::BigInt => (Type::INT8, Type::INT8_ARRAY),
        Scalar::Float | Scalar::Float8 => (Type::FLOAT8, Type::FLOAT8_ARRAY),
        Scalar::Numeric => (Type::NUMERIC, Type::NUMERIC_ARRAY),
        Scalar::String => (Type::TEXT, Type::TEXT_ARRAY),
        Scalar::Boolean => (Type::BOOL, Type::BOOL_ARRAY),
        Scalar::Uuid => (Type::UUID, Type::UUID_ARRAY),
        Scalar::Timestamptz => (Type::TIMESTAMPTZ, Type::TIMESTAMPTZ_ARRAY),
        Scalar::Timestamp => (Type::TIMESTAMP, Type::TIMESTAMP_ARRAY),
        Scalar::Date => (Type::DATE, Type::DATE_ARRAY),
        Scalar::Time => (Type::TIME, Type::TIME_ARRAY),
        Scalar::Jsonb => (Type::JSONB, Type::JSONB_ARRAY),
        Scalar::Bytea => (Type::BYTEA, Type::BYTEA_ARRAY),
    };
    if array { many } else { one }
}

/// The types of `pg_type` that plans name often; all others are looked up.
fn builtin_type(name: &str, array: bool) -> Option<Type> {
    let (one, many) = match name {
        "int2" => (Type::INT2, Type::INT2_ARRAY),
        "int4" => (Type::INT4, Type::INT4_ARRAY),
        "int8" => (Type::INT8, Type::INT8_ARRAY),
        "float4" => (Type::FLOAT4, Type::FLOAT4_ARRAY),
        "float8" => (Type::FLOAT8, Type::FLOAT8_ARRAY),
        "numeric" => (Type::NUMERIC, Type::NUMERIC_ARRAY),
        "text" => (Type::TEXT, Type::TEXT_ARRAY),
        "varchar" => (Type::VARCHAR, Type::VARCHAR_ARRAY),
        "bpchar" => (Type::BPCHAR, Type::BPCHAR_ARRAY),
        // Whatever the server makes of it where it stands.
        "unknown" => (Type::UNKNOWN, Type::UNKNOWN),
        "bool" => (Type::BOOL, Type::BOOL_ARRAY),
        "uuid" => (Type::UUID, Type::UUID_ARRAY),
        "json" => (Type::JSON, Type::JSON_ARRAY),
        "jsonb" => (Type::JSONB, Type::JSONB_ARRAY),
        _ => return None,
    };
    Some(if array { many } else { one })
}
