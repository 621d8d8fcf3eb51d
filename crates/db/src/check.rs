//! Asks the database whether it takes the SQL of a model: everything is prepared, nothing is run.
//!
//! Refuses to know where in the model's files the SQL stands.

use purlin_model::catalog::{Catalog, Column, ColumnIndex, NativeField, NativeId, Table};
use purlin_model::value::Value;
use purlin_model::{Role, SqlOwner};
use purlin_plan::plan::{Dialect, RootBody, Statement};
use purlin_plan::query::{
    Arguments, Field, FieldValue, NativeCall, NativeMutation, Parameter, Query, QueryKind, Root, RootField, Select,
    Source,
};

use crate::{Database, DatabaseError, sqlite};

/// A statement, and what it must be.
struct Asked {
    owner: SqlOwner,
    statement: Statement,
    /// Whether it must not be able to write.
    reads: bool,
    /// Columns that its result must have, in this order: names on SQLite, where a plan looks for them by name.
    names: Vec<Box<str>>,
    /// Columns that its result has, in this order: their types must be these (PostgreSQL).
    columns: Vec<Column>,
}

/// What the database refuses of the model's SQL, each with its words.
///
/// # Errors
/// [`DatabaseError`] when the database cannot be asked.
pub async fn refused(database: &Database, catalog: &Catalog) -> Result<Vec<(SqlOwner, String)>, DatabaseError> {
    let asked: Vec<Asked> = catalog.native_ids().flat_map(|id| statements(catalog, id, database.dialect())).collect();
    if asked.is_empty() {
        return Ok(Vec::new());
    }
    match database {
        Database::Sqlite(engine) => {
            let answer = move |connection: &rusqlite::Connection| {
                let refusal = |asked: &Asked| Some((asked.owner, on_sqlite(connection, asked).err()?));
                Ok(asked.iter().filter_map(refusal).collect())
            };
            engine.read(answer).await
        }
        Database::Postgres(engine) => {
            let client = engine.client().await?;
            let mut refused = Vec::new();
            for asked in &asked {
                if let Err(words) = client.prepare_planned(&asked.statement, &asked.columns).await? {
                    refused.push((asked.owner, words));
                }
            }
            Ok(refused)
        }
    }
}

fn on_sqlite(connection: &rusqlite::Connection, asked: &Asked) -> Result<(), String> {
    let statement = connection.prepare(&asked.statement.sql).map_err(|error| sqlite::words(&error))?;
    if asked.reads && !statement.readonly() {
        return Err("a query must not write".to_owned());
    }
    sqlite::positions(&statement.column_names(), &asked.names).map(drop)
}

/// The statements of a root field as they run for `admin`, who sees everything.
fn statements(catalog: &Catalog, id: NativeId, dialect: Dialect) -> Vec<Asked> {
    let field = catalog.native(id);
    let admin = Role::new(Role::ADMIN);
    let plan = purlin_plan::compile(catalog, &admin, query(catalog, id, field), dialect);
    let mut asked = Vec::new();
    for root in plan.roots {
        match root.body {
            RootBody::Read { children, .. } => asked.extend(children.into_iter().map(|rows| Asked {
                owner: SqlOwner::Native(id, 0),
                statement: rows.statement,
                reads: true,
                names: Vec::new(),
                columns: stored(catalog.table(field.rows)).map(|(_, column)| column.clone()).collect(),
            })),
            RootBody::Native(native) => {
                let last = native.steps.len().saturating_sub(1);
                for (index, step) in native.steps.into_iter().enumerate() {
                    let answers = index == last && dialect == Dialect::Sqlite;
                    asked.push(Asked {
                        owner: SqlOwner::Native(id, index),
                        statement: step.statement,
                        reads: false,
                        names: if answers { native.columns.clone() } else { Vec::new() },
                        columns: Vec::new(),
                    });
                }
            }
            RootBody::Insert { .. } | RootBody::Write(_) | RootBody::WriteMany(_) => {}
        }
    }
    asked
}

/// The columns that SQL gives; computed ones are made from them.
fn stored(rows: &Table) -> impl Iterator<Item = (ColumnIndex, &Column)> {
    rows.column_indexes().map(|index| (index, rows.column(index))).filter(|(_, column)| column.computed.is_none())
}

/// A call that asks for every column.
fn query(catalog: &Catalog, id: NativeId, field: &NativeField) -> Query {
    let parameter = |column: &Column| Parameter {
        source: Source::Constant(Value::Null),
        codec: column.codec(),
        many: false,
        column: None,
        path: "$".into(),
    };
    let parameters: Vec<Parameter> = catalog.table(field.arguments).columns.iter().map(parameter).collect();
    let call = NativeCall { field: id, arguments: (0..parameters.len()).collect() };
    let rows = catalog.table(field.rows);
    let each =
        |(index, column): (ColumnIndex, &Column)| Field { key: column.name.clone(), value: FieldValue::Column(index) };
    let fields: Vec<Field> = stored(rows).map(each).collect();
    let answer = Select { table: field.rows, arguments: Arguments::default(), many: field.many, fields };
    let (kind, root) = match (field.mutation, field.bare) {
        (true, bare) => (QueryKind::Write, RootField::Native(NativeMutation { call, answer, bare })),
        (false, bare) => {
            let arguments = Arguments { native: Some(call), ..Arguments::default() };
            let select = Select { arguments, ..answer };
            (QueryKind::Read, if bare { RootField::Values(select) } else { RootField::Select(select) })
        }
    };
    let roots = vec![Root { key: field.name.clone(), field: root }];
    Query { kind, roots, parameters, join_filters: Default::default(), masks: Default::default() }
}
