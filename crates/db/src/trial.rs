//! Tries the SQL that is written in a model: the database prepares each statement that uses it, and runs none. Refuses to
//! know files and places; whoever asks shows a refusal where the SQL is written.

use std::collections::BTreeMap;

use purlin_model::catalog::{Catalog, Column, ColumnIndex, NativeField, NativeId, Table, TableId};
use purlin_model::value::Value;
use purlin_model::{Role, SqlOwner};
use purlin_plan::plan::{Dialect, NativePlan, RootBody, Statement};
use purlin_plan::query::{
    Arguments, Field, FieldValue, NativeCall, NativeMutation, Parameter, Query, QueryKind, Root, RootField, Select,
    Source,
};
use rusqlite::Connection;

use crate::introspect::introspect;
use crate::migrate::{Correspondence, diff, sql};
use crate::physical::{self, PhysicalSchema, list, name_of, quote};
use crate::{Database, DatabaseError, sqlite};

/// SQL that was not taken, and the database's own reason.
pub type Refusal = (SqlOwner, String);

/// A statement that uses SQL of the model, and what it must be.
struct Trial {
    owner: SqlOwner,
    statement: Statement,
    /// Whether it must not be able to write.
    reads: bool,
    /// Columns that its result must have: names on SQLite, where a plan looks for them by name.
    names: Vec<Box<str>>,
    /// Columns that its result has, in this order: their types must be these (PostgreSQL).
    columns: Vec<Column>,
}

/// What SQLite refuses of the views and computed columns of a model whose tables are made in memory. What may be in the
/// real database alone (another table, function, collation) is no reason.
///
/// # Errors
/// [`DatabaseError`] when the tables themselves cannot be made.
pub fn in_memory(catalog: &Catalog) -> Result<Vec<Refusal>, DatabaseError> {
    let trials = of_tables(catalog, Dialect::Sqlite);
    if trials.is_empty() {
        return Ok(Vec::new());
    }
    let connection = Connection::open_in_memory()?;
    sqlite::register(&connection)?;
    connection.execute_batch(&tables(catalog))?;
    let is_elsewhere = |reason: &str| reason.starts_with("no such ") && !reason.starts_with("no such column");
    let mut refusals = make_views(&connection, catalog);
    refusals.extend(on_sqlite(&connection, &trials));
    refusals.retain(|(_, reason)| !is_elsewhere(reason));
    Ok(refusals)
}

/// Makes the views; those whose SQL SQLite does not even parse are told.
fn make_views(connection: &Connection, catalog: &Catalog) -> Vec<Refusal> {
    let mut refusals = Vec::new();
    for (name, view) in physical::of(catalog, Dialect::Sqlite).views {
        let Some(query) = &view.sql else { continue };
        let made = connection.execute_batch(&format!("CREATE VIEW {} AS {query}\n", name.sql()));
        let owner = catalog.table_ids().find(|id| name_of(catalog.table(*id), Dialect::Sqlite) == name);
        if let (Err(error), Some(id)) = (made, owner) {
            refusals.push((SqlOwner::View(id), sqlite::words(&error)));
        }
    }
    refusals
}

/// Tables without what holds their rows together, and tables in the place of views that exist elsewhere.
fn tables(catalog: &Catalog) -> String {
    let mut wanted = physical::of(catalog, Dialect::Sqlite);
    let views = std::mem::take(&mut wanted.views);
    for table in wanted.tables.values_mut() {
        table.checks.clear();
        table.foreign_keys.clear();
        table.indexes.clear();
        table.search = None;
    }
    let nothing = PhysicalSchema {
        dialect: Dialect::Sqlite,
        tables: BTreeMap::new(),
        views: BTreeMap::new(),
        unsupported: Vec::new(),
    };
    let existing = views.iter().filter(|(_, view)| view.sql.is_none());
    let stand_ins: String = existing
        .map(|(name, view)| {
            let columns: Vec<&str> = view.columns.iter().map(|column| column.name.as_str()).collect();
            format!("CREATE TABLE {} {};\n", quote(&name.name), list(&columns))
        })
        .collect();
    stand_ins + &sql(&diff(&nothing, &wanted, &Correspondence::default()), Dialect::Sqlite)
}

/// What a live database refuses. While a table is not there, or not yet as the model says, nothing is held against it, nor
/// against the root fields, which may be about any table.
///
/// # Errors
/// [`DatabaseError`] when the database cannot be read.
pub async fn on_database(database: &Database, catalog: &Catalog) -> Result<Vec<Refusal>, DatabaseError> {
    let dialect = database.dialect();
    let mut trials = of_tables(catalog, dialect);
    trials.extend(catalog.native_ids().flat_map(|id| of_root_field(catalog, id, dialect)));
    let mut refusals = ask(database, trials).await?;
    if refusals.is_empty() {
        return Ok(refusals);
    }
    let live = introspect(database).await?;
    let is_whole = catalog.tables.iter().all(|table| is_there(&live, table));
    refusals.retain(|(owner, _)| match owner {
        SqlOwner::View(id) | SqlOwner::Computed(id, _) => is_there(&live, catalog.table(*id)),
        SqlOwner::Native(..) => is_whole,
    });
    Ok(refusals)
}

async fn ask(database: &Database, trials: Vec<Trial>) -> Result<Vec<Refusal>, DatabaseError> {
    if trials.is_empty() {
        return Ok(Vec::new());
    }
    match database {
        Database::Sqlite(engine) => engine.read(move |connection| Ok(on_sqlite(connection, &trials))).await,
        Database::Postgres(engine) => {
            let mut client = engine.reader().await?;
            let mut refusals = Vec::new();
            for trial in trials {
                if let Err(words) = client.prepare_planned(&trial.statement, &trial.columns).await? {
                    refusals.push((trial.owner, words));
                    // The next one is not to be refused because of this one.
                    client = engine.reader().await?;
                }
            }
            Ok(refusals)
        }
    }
}

fn is_there(live: &PhysicalSchema, table: &Table) -> bool {
    let name = name_of(table, live.dialect);
    if table.view.is_some() && live.unsupported.iter().any(|told| told.starts_with(&format!("view `{name}`,"))) {
        // It is there and cannot be read: that is to be told.
        return true;
    }
    let columns = live.tables.get(&name).map(|table| &table.columns);
    let Some(columns) = columns.or_else(|| live.views.get(&name).map(|view| &view.columns)) else { return false };
    let mut stored = table.columns.iter().filter(|column| column.computed.is_none());
    stored.all(|column| columns.iter().any(|other| other.name == *column.db_name))
}

fn on_sqlite(connection: &Connection, trials: &[Trial]) -> Vec<Refusal> {
    let refusal = |trial: &Trial| Some((trial.owner, prepare(connection, trial).err()?));
    trials.iter().filter_map(refusal).collect()
}

fn prepare(connection: &Connection, trial: &Trial) -> Result<(), String> {
    let statement = connection.prepare(&trial.statement.sql).map_err(|error| sqlite::words(&error))?;
    if trial.reads && !statement.readonly() {
        return Err("a query must not write".to_owned());
    }
    sqlite::positions(&statement.column_names(), &trial.names).map(drop)
}

/// One statement for each view with all of its columns, and one for each computed column.
fn of_tables(catalog: &Catalog, dialect: Dialect) -> Vec<Trial> {
    let mut trials = Vec::new();
    for id in catalog.table_ids() {
        let table = catalog.table(id);
        let (computed, plain): (Vec<ColumnIndex>, Vec<ColumnIndex>) =
            table.column_indexes().partition(|index| table.column(*index).computed.is_some());
        if table.view.as_ref().is_some_and(|view| view.sql.is_some()) {
            trials.extend(reading(catalog, dialect, (SqlOwner::View(id), id), &plain));
        }
        let computed = computed.iter().map(|column| (SqlOwner::Computed(id, *column), [*column]));
        trials.extend(computed.flat_map(|(owner, column)| reading(catalog, dialect, (owner, id), &column)));
    }
    trials
}

/// The statement that reads columns of a table.
fn reading(
    catalog: &Catalog,
    dialect: Dialect,
    (owner, table): (SqlOwner, TableId),
    columns: &[ColumnIndex],
) -> Option<Trial> {
    let fields = columns.iter().map(|index| field(catalog.table(table), *index)).collect();
    let select = Select { table, arguments: Arguments::default(), many: true, fields };
    let bodies = bodies(catalog, dialect, query(QueryKind::Read, RootField::Select(select), Vec::new()));
    let statement = statements_that_read(bodies).next()?;
    Some(Trial { owner, statement, reads: true, names: Vec::new(), columns: Vec::new() })
}

/// The statements of a root field, called so that it gives every column.
fn of_root_field(catalog: &Catalog, id: NativeId, dialect: Dialect) -> Vec<Trial> {
    let native = catalog.native(id);
    let (kind, root, parameters) = call(catalog, id, native);
    let bodies = bodies(catalog, dialect, query(kind, root, parameters));
    if native.mutation {
        return bodies.into_iter().flat_map(|body| steps(body, id, dialect)).collect();
    }
    let columns: Vec<Column> = stored(catalog.table(native.rows)).map(|(_, column)| column.clone()).collect();
    let trial = |statement| Trial {
        owner: SqlOwner::Native(id, 0),
        statement,
        reads: true,
        names: Vec::new(),
        columns: columns.clone(),
    };
    statements_that_read(bodies).map(trial).collect()
}

/// The statements of a mutation; the last one answers.
fn steps(body: RootBody, id: NativeId, dialect: Dialect) -> Vec<Trial> {
    let RootBody::Native(NativePlan { steps, columns, .. }) = body else { return Vec::new() };
    let last = steps.len().saturating_sub(1);
    let trial = |(index, statement): (usize, Statement)| Trial {
        owner: SqlOwner::Native(id, index),
        statement,
        reads: false,
        names: if index == last && dialect == Dialect::Sqlite { columns.clone() } else { Vec::new() },
        columns: Vec::new(),
    };
    steps.into_iter().map(|step| step.statement).enumerate().map(trial).collect()
}

/// A call of a root field with NULL for every argument.
fn call(catalog: &Catalog, id: NativeId, native: &NativeField) -> (QueryKind, RootField, Vec<Parameter>) {
    let parameter = |column: &Column| Parameter {
        source: Source::Constant(Value::Null),
        codec: column.codec(),
        many: false,
        column: None,
        path: "$".into(),
    };
    let parameters: Vec<Parameter> = catalog.table(native.arguments).columns.iter().map(parameter).collect();
    let call = NativeCall { field: id, arguments: (0..parameters.len()).map(Some).collect() };
    let rows = catalog.table(native.rows);
    let fields: Vec<Field> = stored(rows).map(|(index, _)| field(rows, index)).collect();
    let answer = Select { table: native.rows, arguments: Arguments::default(), many: native.many, fields };
    if native.mutation {
        let mutation = NativeMutation { call, answer, bare: native.bare };
        return (QueryKind::Write, RootField::Native(mutation), parameters);
    }
    let select = Select { arguments: Arguments { native: Some(call), ..Arguments::default() }, ..answer };
    let root = if native.bare { RootField::Values(select) } else { RootField::Select(select) };
    (QueryKind::Read, root, parameters)
}

/// The columns that SQL gives; computed ones are made from them.
fn stored(rows: &Table) -> impl Iterator<Item = (ColumnIndex, &Column)> {
    rows.column_indexes().map(|index| (index, rows.column(index))).filter(|(_, column)| column.computed.is_none())
}

fn field(table: &Table, index: ColumnIndex) -> Field {
    Field { key: table.column(index).name.clone(), value: FieldValue::Column(index) }
}

fn query(kind: QueryKind, field: RootField, parameters: Vec<Parameter>) -> Query {
    let roots = vec![Root { key: "".into(), field }];
    Query { kind, roots, parameters, join_filters: BTreeMap::new(), masks: BTreeMap::new() }
}

/// As they run for `admin`, who sees everything.
fn bodies(catalog: &Catalog, dialect: Dialect, query: Query) -> Vec<RootBody> {
    let plan = purlin_plan::compile(catalog, &Role::new(Role::ADMIN), query, dialect);
    plan.roots.into_iter().map(|root| root.body).collect()
}

fn statements_that_read(bodies: Vec<RootBody>) -> impl Iterator<Item = Statement> {
    let rows = bodies.into_iter().flat_map(|body| match body {
        RootBody::Read { children, .. } => children,
        _ => Vec::new(),
    });
    rows.map(|rows| rows.statement)
}
