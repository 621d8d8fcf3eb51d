//! A view of an existing database as a type with `@view`: with its SQL where it is a plain query, so that migrations keep
//! it; otherwise as something that is there.

use purlin_model::SqlText;
use purlin_model::catalog::{Column, Table, View};
use purlin_plan::plan::Dialect;

use super::{Facts, Source, table};
use crate::physical::{PhysicalColumn, PhysicalTable, PhysicalView, TableName};

/// What SQLite says of a column of a view that it computes: an affinity at most.
const UNDECLARED: &[&str] = &["", "BLOB", "NUM"];

/// The view as a type. Nothing says which columns are a key and which are never null: that is for people to add.
pub fn view(
    api_name: &str,
    dialect: Dialect,
    (name, physical): (&TableName, &PhysicalView),
    facts: &Facts,
    remarks: &mut Vec<String>,
) -> Table {
    let columns = physical.columns.iter().map(|column| match dialect {
        Dialect::Postgres => column.clone(),
        Dialect::Sqlite => declared(column, name, facts),
    });
    let told = PhysicalTable {
        columns: columns.collect(),
        comment: physical.comment.clone(),
        strict: true,
        ..PhysicalTable::default()
    };
    let imported = table(api_name, &Source { dialect, name, table: &told }, facts, remarks);
    let columns = imported.columns.into_iter();
    let columns = columns.map(|column| Column { nullable: true, sqlite_type: None, ..column }).collect();
    let sql = physical.sql.as_deref().map(|sql| match dialect {
        Dialect::Postgres => SqlText { postgres: Some(sql.into()), sqlite: None },
        Dialect::Sqlite => SqlText { postgres: None, sqlite: Some(sql.into()) },
    });
    remarks.push(match sql {
        Some(_) => format!("view `{api_name}` has no key: mark what identifies a row with `@id`"),
        None => format!("view `{api_name}` is tracked and left to the database: it is more than a query"),
    });
    Table { view: Some(View { sql }), columns, ..imported }
}

/// SQLite declares no type for what a view computes: its values tell.
fn declared(column: &PhysicalColumn, name: &TableName, facts: &Facts) -> PhysicalColumn {
    let mut column = column.clone();
    if UNDECLARED.contains(&column.declared_type.as_str()) {
        let facts = facts.of(name, &column.name);
        column.declared_type = match () {
            () if facts.rows() == 0 || facts.only_texts() => "TEXT",
            () if facts.only_integers() => "INTEGER",
            () if facts.only_numbers() => "REAL",
            () if facts.only_blobs() => "BLOB",
            () => "TEXT",
        }
        .to_owned();
    }
    column
}
