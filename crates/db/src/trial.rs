//! Tries the SQL that is written in a model: statements that use it are prepared and never run. Refuses to know files
//! and places; whoever asks shows a refusal where the SQL is written.

use std::collections::BTreeMap;

use purlin_model::catalog::{Catalog, ColumnIndex, Table, TableId};
use purlin_model::{Role, SqlOwner};
use purlin_plan::plan::{Dialect, RootBody};
use purlin_plan::query::{Arguments, Field, FieldValue, Query, QueryKind, Root, RootField, Select};
use rusqlite::Connection;
use tokio_postgres::types::Type;

use crate::introspect::introspect;
use crate::migrate::{Correspondence, diff, sql};
use crate::physical::{self, PhysicalSchema, list, name_of, quote};
use crate::{Database, DatabaseError, sqlite};

/// SQL that was not taken, and the database's own reason.
pub type Refusal = (SqlOwner, String);

/// A statement that uses SQL of the model.
struct Trial {
    owner: SqlOwner,
    statement: String,
    /// Session variables it binds, all as text.
    values: usize,
}

/// What SQLite refuses of a model whose tables are made in memory. What may be in the real database alone (another
/// table, function, collation) is no reason.
///
/// # Errors
/// [`DatabaseError`] when the tables themselves cannot be made.
pub fn in_memory(catalog: &Catalog) -> Result<Vec<Refusal>, DatabaseError> {
    let trials: Vec<Trial> = trials(catalog, Dialect::Sqlite, |_| true);
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
            refusals.push((SqlOwner::View(id), reason(error)));
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

/// What a live database refuses. A table that is not there yet, or not yet as the model says, is not asked about.
///
/// # Errors
/// [`DatabaseError`] when the database cannot be read.
pub async fn on_database(database: &Database, catalog: &Catalog) -> Result<Vec<Refusal>, DatabaseError> {
    let dialect = database.dialect();
    if trials(catalog, dialect, |_| true).is_empty() {
        return Ok(Vec::new());
    }
    let live = introspect(database).await?;
    let trials = trials(catalog, dialect, |table| is_there(&live, table));
    match database {
        Database::Sqlite(engine) => engine.read(move |connection| Ok(on_sqlite(connection, &trials))).await,
        Database::Postgres(engine) => {
            let client = engine.client().await?;
            let mut refusals = Vec::new();
            for trial in trials {
                let types = vec![Type::TEXT; trial.values];
                if let Err(error) = client.prepare_typed(&trial.statement, &types).await {
                    let Some(told) = error.as_db_error() else {
                        return Err(DatabaseError::Unavailable(error.to_string()));
                    };
                    refusals.push((trial.owner, told.message().to_owned()));
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
    let refused = |trial: &Trial| {
        let error = connection.prepare(&trial.statement).err()?;
        Some((trial.owner, reason(error)))
    };
    trials.iter().filter_map(refused).collect()
}

fn reason(error: rusqlite::Error) -> String {
    match error {
        rusqlite::Error::SqlInputError { msg, .. } | rusqlite::Error::SqliteFailure(_, Some(msg)) => msg,
        other => other.to_string(),
    }
}

/// One statement for each view with all of its columns, and one for each computed column.
fn trials(catalog: &Catalog, dialect: Dialect, wanted: impl Fn(&Table) -> bool) -> Vec<Trial> {
    let mut trials = Vec::new();
    for id in catalog.table_ids().filter(|id| wanted(catalog.table(*id))) {
        let table = catalog.table(id);
        let (computed, plain): (Vec<ColumnIndex>, Vec<ColumnIndex>) =
            table.column_indexes().partition(|index| table.column(*index).computed.is_some());
        if table.view.as_ref().is_some_and(|view| view.sql.is_some()) {
            trials.push(trial(catalog, dialect, (SqlOwner::View(id), id), &plain));
        }
        trials.extend(
            computed.iter().map(|column| trial(catalog, dialect, (SqlOwner::Computed(id, *column), id), &[*column])),
        );
    }
    trials
}

fn trial(catalog: &Catalog, dialect: Dialect, (owner, table): (SqlOwner, TableId), columns: &[ColumnIndex]) -> Trial {
    let statement = reading(catalog, dialect, table, columns);
    Trial { owner, statement: statement.0, values: statement.1 }
}

/// The statement that reads columns of a table, and how many values it binds.
fn reading(catalog: &Catalog, dialect: Dialect, table: TableId, columns: &[ColumnIndex]) -> (String, usize) {
    let field = |column: &ColumnIndex| Field { key: "".into(), value: FieldValue::Column(*column) };
    let fields = columns.iter().map(field).collect();
    let select = Select { table, arguments: Arguments::default(), many: true, fields };
    let roots = vec![Root { key: "".into(), field: RootField::Select(select) }];
    let query = Query {
        kind: QueryKind::Read,
        roots,
        parameters: Vec::new(),
        join_filters: BTreeMap::new(),
        masks: BTreeMap::new(),
    };
    let plan = purlin_plan::compile(catalog, &Role::new(Role::ADMIN), query, dialect);
    let rows = plan.roots.first().and_then(|root| match &root.body {
        RootBody::Read { children, .. } => children.first(),
        _ => None,
    });
    rows.map(|rows| (rows.statement.sql.to_string(), rows.statement.slots.len())).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use purlin_model::{Settings, Source};

    use super::*;

    fn refusals(model: &str) -> Vec<String> {
        let source = Source { path: "model.graphql".to_owned(), text: model.to_owned() };
        let compiled = purlin_model::compile(&[source], &Settings::default()).expect("a model");
        in_memory(&compiled.catalog).expect("tables").into_iter().map(|(_, reason)| reason).collect()
    }

    #[test]
    fn sqlite_refuses_what_it_cannot_read() {
        let found = refusals(
            r#"
            type a @table(schema: "app") { id: Int! @id  n: numeric  good: Int @computed(sql: "id + 1")
              bad: Int @computed(sql: "idd + 1")  worse: Int @computed(sql: "id +")
              own: Boolean @computed(sql: "id = :x_hasura_user_id") }
            type v @view(sql: "select id from app_a") { id: Int!  missing: Int }
            type w @view(sql: "select id fromm app_a") { id: Int! }
            type elsewhere @view { id: Int!  twice: Int @computed(sql: "id * 2") }
            type far @view(sql: "select f(id) as id from not_in_the_model") { id: Int! }
            "#,
        );
        assert_eq!(
            found,
            [
                "near \"app_a\": syntax error",
                "no such column: idd",
                "near \")\": syntax error",
                "no such column: v.missing"
            ]
        );
    }
}
