//! From an existing database to a model that describes it: introspect → `PhysicalSchema` (+ [`Facts`] on SQLite, whose
//! declared types promise little) → [`Imported`].
//!
//! Refuses to know: files, the command line, how the model is printed.

mod columns;
mod facts;
mod names;
mod relations;
mod views;

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, HashMap};

use purlin_model::catalog::{
    Catalog, Check, CheckRule, Column, ColumnDefault, ColumnIndex, ForeignKey, Index, ReferentialAction,
    RootFieldNames, Search, Table, TableId, Unique,
};
use purlin_model::scalar::{ColumnType, Scalar, Stored};
use purlin_plan::plan::Dialect;

use crate::introspect::introspect;
use crate::migrate::system;
use crate::physical::{Identity, PhysicalColumn, PhysicalSchema, PhysicalTable, TableName};
use crate::{Database, DatabaseError};

pub use columns::Mapped;
pub use facts::{ColumnFacts, Facts};
pub use names::{by_columns, plural, singular};

/// A model that describes an existing database, and what of it the model cannot say.
#[derive(Clone, Debug)]
pub struct Imported {
    /// The model, without permissions: closed until somebody opens it.
    pub catalog: Catalog,
    /// One sentence for each thing that is different or left out.
    pub remarks: Vec<String>,
}

/// Looks at a database, changes nothing, and gives the model that describes it.
///
/// # Errors
/// [`DatabaseError`] when it cannot be read.
pub async fn import(database: &Database) -> Result<Imported, DatabaseError> {
    let mut physical = introspect(database).await?;
    // Purlin's own tables are not the project's.
    let own = system::wanted(physical.dialect).map(|system| system.tables).unwrap_or_default();
    physical.tables.retain(|name, _| !own.contains_key(name));
    match database {
        Database::Postgres(_) => Ok(model(&physical, &Facts::default())),
        Database::Sqlite(engine) => {
            engine
                .read(move |connection| {
                    let facts = facts::gather(connection, &physical)?;
                    Ok(model(&physical, &facts))
                })
                .await
        }
    }
}

/// The model of a database as it is.
pub fn model(physical: &PhysicalSchema, facts: &Facts) -> Imported {
    let mut remarks = physical.unsupported.clone();
    let named = api_names(physical, &mut remarks);
    let mut catalog = Catalog::default();
    let mut ids = HashMap::new();
    for (api_name, name) in &named {
        let id = TableId(catalog.tables.len() as u32);
        ids.insert((*name).clone(), id);
        catalog.tables_by_name.insert(api_name.as_str().into(), id);
        let dialect = physical.dialect;
        let imported = match physical.views.get(*name) {
            Some(view) => views::view(api_name, dialect, (name, view), facts, &mut remarks),
            None => {
                let source = Source { dialect, name, table: &physical.tables[*name] };
                table(api_name, &source, facts, &mut remarks)
            }
        };
        catalog.tables.push(imported);
    }
    for (index, (_, name)) in named.iter().enumerate() {
        let Some(table) = physical.tables.get(*name) else { continue };
        let keys = foreign_keys(&catalog, index, name, table, &ids, &mut remarks);
        catalog.tables[index].foreign_keys = keys;
    }
    relations::add(&mut catalog);
    Imported { catalog, remarks }
}

struct Source<'a> {
    dialect: Dialect,
    name: &'a TableName,
    table: &'a PhysicalTable,
}

/// Tables by their name in the API, sorted; those without a GraphQL name are left out with a remark.
fn api_names<'a>(physical: &'a PhysicalSchema, remarks: &mut Vec<String>) -> BTreeMap<String, &'a TableName> {
    let mut named = BTreeMap::new();
    for name in physical.tables.keys().chain(physical.views.keys()) {
        let mut api_name = match name.schema.as_str() {
            "" | "public" => name.name.clone(),
            schema => format!("{schema}_{}", name.name),
        };
        if purlin_model::is_reserved_type_name(&api_name) && !api_name.starts_with("__") {
            let own = format!("{api_name}_table");
            remarks.push(format!("table `{api_name}` is the type `{own}`: the name `{api_name}` is taken by the API"));
            api_name = own;
        }
        if !is_graphql_name(&api_name) {
            remarks.push(format!("table `{}` is left out: its name is no GraphQL name", name.name));
            continue;
        }
        match named.entry(api_name) {
            Entry::Vacant(free) => {
                free.insert(name);
            }
            Entry::Occupied(taken) => {
                let (schema, table, api_name) = (&name.schema, &name.name, taken.key());
                remarks.push(format!("table `{schema}.{table}` is left out: `{api_name}` is taken"));
            }
        }
    }
    named
}

fn is_graphql_name(name: &str) -> bool {
    let begins = name.starts_with(|letter: char| letter.is_ascii_alphabetic() || letter == '_');
    begins && !name.starts_with("__") && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

fn table(api_name: &str, source: &Source, facts: &Facts, remarks: &mut Vec<String>) -> Table {
    let physical = source.table;
    let mut columns = Vec::new();
    for column in &physical.columns {
        let place = format!("column `{}` of `{api_name}`", column.name);
        if !is_graphql_name(&column.name) {
            remarks.push(format!("{place} is left out: its name is no GraphQL name"));
        } else if column.generated.is_some() {
            remarks.push(format!("{place} is left out: it is computed by the database"));
        } else {
            columns.push(self::column(column, source, facts, &place, remarks));
        }
    }
    let mut table = Table {
        name: api_name.into(),
        view: None,
        db_name: source.name.name.as_str().into(),
        db_schema: Some(source.name.schema.as_str()).filter(|schema| !["", "public"].contains(schema)).map(Into::into),
        strict: physical.strict,
        description: physical.comment.as_deref().map(Into::into),
        renamed_from: None,
        columns,
        relations: Vec::new(),
        primary_key: Vec::new(),
        primary_key_name: "".into(),
        uniques: Vec::new(),
        foreign_keys: Vec::new(),
        indexes: Vec::new(),
        search: None,
        checks: Vec::new(),
        root_fields: RootFieldNames::of(api_name),
        permissions: BTreeMap::new(),
        inherited: BTreeMap::new(),
        system: false,
    };
    keys_and_checks(&mut table, physical, source.dialect, remarks);
    table
}

fn column(physical: &PhysicalColumn, source: &Source, facts: &Facts, place: &str, remarks: &mut Vec<String>) -> Column {
    let declared = physical.declared_type.as_str();
    let mapped = match source.dialect {
        Dialect::Postgres => columns::of_postgres(declared),
        Dialect::Sqlite => columns::of_sqlite(declared, &facts.of(source.name, &physical.name)),
    };
    if let Some(remark) = &mapped.remark {
        remarks.push(format!("{place} {remark}"));
    }
    let (postgres_type, sqlite_type) = match source.dialect {
        Dialect::Postgres => (declared_postgres(physical, &mapped), None),
        Dialect::Sqlite => (None, Some(declared.into())),
    };
    Column {
        name: physical.name.as_str().into(),
        db_name: physical.name.as_str().into(),
        column_type: mapped.column_type.clone(),
        nullable: !physical.not_null,
        description: physical.comment.as_deref().map(Into::into),
        renamed_from: None,
        default: default_of(physical, source.dialect),
        updated_at: false,
        generated: false,
        precision: mapped.precision,
        stored: mapped_storage(&mapped, source.dialect),
        postgres_type,
        sqlite_type,
        collation: physical.collation.as_deref().map(Into::into),
        pattern: None,
        computed: None,
    }
}

/// On PostgreSQL the SQLite form is what a table made there would have.
fn mapped_storage(mapped: &Mapped, dialect: Dialect) -> Stored {
    match (dialect, &mapped.column_type, mapped.precision) {
        (Dialect::Postgres, ColumnType::Scalar(Scalar::Numeric), Some((precision, scale))) if precision <= 18 => {
            Stored::Scaled { scale }
        }
        (Dialect::Postgres, ColumnType::Scalar(Scalar::Numeric), precision) => {
            Stored::Decimal { scale: precision.map(|(_, scale)| scale) }
        }
        _ => mapped.stored,
    }
}

/// The declared type where it is not simply the scalar's own.
fn declared_postgres(physical: &PhysicalColumn, mapped: &Mapped) -> Option<Box<str>> {
    let declared = physical.declared_type.as_str();
    if physical.identity == Some(Identity::Serial) {
        return Some(match declared {
            "smallint" => "smallserial".into(),
            "bigint" => "bigserial".into(),
            _ => "serial".into(),
        });
    }
    match &mapped.column_type {
        // Text that Purlin makes is ordered by code point; what exists keeps its own order.
        ColumnType::Scalar(Scalar::String | Scalar::Float) | ColumnType::Native(_) | ColumnType::List(_) => {
            Some(declared.into())
        }
        ColumnType::Scalar(scalar) if scalar.is_temporal() && declared.contains('(') => Some(declared.into()),
        _ => None,
    }
}

fn default_of(physical: &PhysicalColumn, dialect: Dialect) -> Option<ColumnDefault> {
    match physical.identity {
        Some(Identity::Autoincrement | Identity::Serial) => return Some(ColumnDefault::Autoincrement),
        Some(Identity::Rowid) => return Some(ColumnDefault::Rowid),
        None => {}
    }
    let expression: Box<str> = physical.default.as_deref()?.into();
    Some(match dialect {
        Dialect::Postgres => ColumnDefault::Sql { postgres: Some(expression), sqlite: None },
        Dialect::Sqlite => ColumnDefault::Sql { postgres: None, sqlite: Some(expression) },
    })
}

/// The indexes of columns by name; `None` if one of them was left out.
fn column_indexes(table: &Table, names: &[String]) -> Option<Vec<ColumnIndex>> {
    let index = |name: &String| {
        let found = table.columns.iter().position(|column| *column.db_name == **name)?;
        Some(ColumnIndex(found as u16))
    };
    names.iter().map(index).collect()
}

fn or_generated(name: &str, generated: impl Fn() -> String) -> Box<str> {
    if name.is_empty() { generated().into() } else { name.into() }
}

fn keys_and_checks(table: &mut Table, physical: &PhysicalTable, dialect: Dialect, remarks: &mut Vec<String>) {
    let api_name = table.name.to_string();
    let mut lost = |what: &str, name: &str| {
        remarks.push(format!("{what} `{name}` of `{api_name}` is left out: one of its columns is"));
    };
    table.primary_key_name = format!("{}_pkey", table.db_name).into();
    if let Some(key) = &physical.primary_key {
        match column_indexes(table, &key.columns) {
            Some(columns) => {
                table.primary_key = columns;
                table.primary_key_name = or_generated(&key.name, || format!("{}_pkey", table.db_name));
            }
            None => lost("primary key", &key.name),
        }
    }
    for key in &physical.uniques {
        let name = or_generated(&key.name, || format!("{}_{}_key", table.db_name, key.columns.join("_")));
        match column_indexes(table, &key.columns) {
            Some(columns) => table.uniques.push(Unique { name, columns }),
            None => lost("unique constraint", &name),
        }
    }
    for index in &physical.indexes {
        match column_indexes(table, &index.columns) {
            Some(columns) => table.indexes.push(Index {
                name: index.name.as_str().into(),
                columns,
                unique: index.unique,
                condition: index.condition.as_deref().map(Into::into),
                using: index.using.as_deref().map(Into::into),
            }),
            None => lost("index", &index.name),
        }
    }
    if let Some(search) = &physical.search {
        match column_indexes(table, &search.columns) {
            Some(columns) => table.search = Some(Search { name: search.name.as_str().into(), columns }),
            None => lost("full-text search", &search.name),
        }
    }
    for (position, check) in physical.checks.iter().enumerate() {
        let expression: Option<Box<str>> = Some(check.expression.as_str().into());
        let (postgres, sqlite) = match dialect {
            Dialect::Postgres => (expression, None),
            Dialect::Sqlite => (None, expression),
        };
        let name = or_generated(&check.name, || format!("{}_check{}", table.db_name, position + 1));
        table.checks.push(Check { name, rule: CheckRule::Sql { postgres, sqlite } });
    }
}

fn foreign_keys(
    catalog: &Catalog,
    index: usize,
    name: &TableName,
    physical: &PhysicalTable,
    ids: &HashMap<TableName, TableId>,
    remarks: &mut Vec<String>,
) -> Vec<ForeignKey> {
    let table = &catalog.tables[index];
    let mut keys = Vec::new();
    for key in &physical.foreign_keys {
        let target = ids.get(&key.target).map(|id| (*id, catalog.table(*id)));
        let parts = target.and_then(|(id, target)| {
            let target_columns = match key.target_columns.as_slice() {
                [] => target.primary_key.clone(),
                columns => column_indexes(target, columns)?,
            };
            Some((id, column_indexes(table, &key.columns)?, target_columns))
        });
        let Some((target, columns, target_columns)) = parts else {
            remarks.push(format!(
                "the foreign key of `{}` to `{}` is left out: the table or a column is",
                name.name, key.target.name
            ));
            continue;
        };
        keys.push(ForeignKey {
            name: or_generated(&key.name, || format!("{}_{}_fkey", table.db_name, key.columns.join("_"))),
            columns,
            target,
            target_columns,
            on_delete: action(&key.on_delete),
            on_update: action(&key.on_update),
            deferrable: key.deferrable,
        });
    }
    keys
}

fn action(text: &str) -> ReferentialAction {
    match text {
        "RESTRICT" => ReferentialAction::Restrict,
        "CASCADE" => ReferentialAction::Cascade,
        "SET NULL" => ReferentialAction::SetNull,
        "SET DEFAULT" => ReferentialAction::SetDefault,
        _ => ReferentialAction::NoAction,
    }
}
