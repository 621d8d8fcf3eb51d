//! Catalog → [`PhysicalSchema`]: the tables a model asks for. Refuses to know what exists already.

use purlin_model::catalog::{
    Catalog, Check, CheckRule, Column, ColumnIndex, ForeignKey, ReferentialAction, Table, TableId,
};
use purlin_plan::plan::Dialect;

use super::quote::quote;
use super::{
    PhysicalCheck, PhysicalColumn, PhysicalForeignKey, PhysicalIndex, PhysicalKey, PhysicalSchema, PhysicalSearch,
    PhysicalTable, PhysicalView, TableName, literal, postgres, sqlite, text_literal, without_brackets,
};

/// The tables of a model in the terms of one database.
pub fn of(catalog: &Catalog, dialect: Dialect) -> PhysicalSchema {
    let (views, tables): (Vec<&Table>, Vec<&Table>) = catalog.tables.iter().partition(|table| table.view.is_some());
    let tables = tables.into_iter().map(|table| (name_of(table, dialect), physical(catalog, table, dialect)));
    let views = views.into_iter().map(|table| (name_of(table, dialect), view(table, dialect)));
    PhysicalSchema { dialect, tables: tables.collect(), views: views.collect(), unsupported: Vec::new() }
}

fn view(table: &Table, dialect: Dialect) -> PhysicalView {
    let comment = |text: &Option<Box<str>>| text.as_deref().filter(|_| dialect == Dialect::Postgres).map(str::to_owned);
    let columns = stored_columns(table).map(|column| PhysicalColumn {
        name: column.db_name.to_string(),
        comment: comment(&column.description),
        ..PhysicalColumn::default()
    });
    let sql = table.view.as_ref().and_then(|view| view.sql.as_ref()).and_then(|sql| match dialect {
        Dialect::Postgres => sql.postgres.as_deref(),
        Dialect::Sqlite => sql.sqlite.as_deref(),
    });
    PhysicalView { columns: columns.collect(), sql: sql.map(query_text), comment: comment(&table.description) }
}

/// A query without the semicolon at its end.
pub fn query_text(sql: &str) -> String {
    sql.trim().trim_end_matches(';').trim_end().to_owned()
}

/// Columns that are in the database.
fn stored_columns(table: &Table) -> impl Iterator<Item = &Column> {
    table.columns.iter().filter(|column| column.computed.is_none())
}

/// A table's name in one database.
pub fn name_of(table: &Table, dialect: Dialect) -> TableName {
    match dialect {
        Dialect::Sqlite => TableName { schema: String::new(), name: table.sqlite_name() },
        Dialect::Postgres => TableName {
            schema: table.db_schema.as_deref().unwrap_or("public").to_owned(),
            name: table.db_name.to_string(),
        },
    }
}

fn physical(catalog: &Catalog, table: &Table, dialect: Dialect) -> PhysicalTable {
    let columns = stored_columns(table).map(|column| match dialect {
        Dialect::Sqlite => sqlite::column(table, column),
        Dialect::Postgres => postgres::column(table, column),
    });
    let mut checks: Vec<PhysicalCheck> =
        table.checks.iter().filter_map(|check| self::check(catalog, table, check, dialect)).collect();
    if dialect == Dialect::Sqlite {
        let stored = table.column_indexes().filter(|index| table.column(*index).computed.is_none());
        let unguarded = stored.filter(|index| !is_guarded(catalog, table, *index));
        checks.extend(unguarded.filter_map(|index| sqlite::type_check(table, table.column(index))));
    }
    let key =
        |name: &str, columns: &[ColumnIndex]| PhysicalKey { name: name.to_owned(), columns: names(table, columns) };
    PhysicalTable {
        columns: columns.collect(),
        primary_key: Some(&table.primary_key)
            .filter(|columns| !columns.is_empty())
            .map(|columns| key(&table.primary_key_name, columns)),
        uniques: table.uniques.iter().map(|unique| key(&unique.name, &unique.columns)).collect(),
        foreign_keys: table.foreign_keys.iter().map(|foreign| foreign_key(catalog, table, foreign, dialect)).collect(),
        checks,
        indexes: table
            .indexes
            .iter()
            .map(|index| PhysicalIndex {
                name: index.name.to_string(),
                columns: names(table, &index.columns),
                unique: index.unique,
                // Both databases tell a condition without the brackets around the whole of it.
                condition: index.condition.as_deref().map(|condition| without_brackets(condition).to_owned()),
                using: index.using.as_deref().filter(|_| dialect == Dialect::Postgres).map(str::to_owned),
            })
            .collect(),
        search: table
            .search
            .as_ref()
            .map(|search| PhysicalSearch { name: search.name.to_string(), columns: names(table, &search.columns) }),
        strict: dialect == Dialect::Sqlite && table.strict,
        without_rowid: false,
        comment: table.description.as_deref().filter(|_| dialect == Dialect::Postgres).map(str::to_owned),
    }
}

/// Whether a foreign key alone holds the column to values that its target, of the same type, has checked itself.
fn is_guarded(catalog: &Catalog, table: &Table, index: ColumnIndex) -> bool {
    let column = table.column(index);
    foreign_keys_of(table, index).any(|(target_table, target)| {
        let target_table = catalog.table(target_table);
        let checks_itself = foreign_keys_of(target_table, target).next().is_none();
        let target = target_table.column(target);
        checks_itself && target.codec() == column.codec() && target.sqlite_type.is_none()
    })
}

/// Where the foreign keys of this column alone point.
fn foreign_keys_of(table: &Table, index: ColumnIndex) -> impl Iterator<Item = (TableId, ColumnIndex)> + '_ {
    let target = move |key: &ForeignKey| match (key.columns.as_slice(), key.target_columns.as_slice()) {
        ([own], [target]) if *own == index => Some((key.target, *target)),
        _ => None,
    };
    table.foreign_keys.iter().filter_map(target)
}

fn names(table: &Table, columns: &[ColumnIndex]) -> Vec<String> {
    columns.iter().map(|column| table.column(*column).db_name.to_string()).collect()
}

fn foreign_key(catalog: &Catalog, table: &Table, key: &ForeignKey, dialect: Dialect) -> PhysicalForeignKey {
    let target = catalog.table(key.target);
    PhysicalForeignKey {
        name: key.name.to_string(),
        columns: names(table, &key.columns),
        target: name_of(target, dialect),
        target_columns: names(target, &key.target_columns),
        on_delete: action(key.on_delete).to_owned(),
        on_update: action(key.on_update).to_owned(),
        deferrable: key.deferrable,
    }
}

const fn action(action: ReferentialAction) -> &'static str {
    match action {
        ReferentialAction::NoAction => "NO ACTION",
        ReferentialAction::Restrict => "RESTRICT",
        ReferentialAction::Cascade => "CASCADE",
        ReferentialAction::SetNull => "SET NULL",
        ReferentialAction::SetDefault => "SET DEFAULT",
    }
}

/// `None` where the check is meant for the other database alone.
fn check(catalog: &Catalog, table: &Table, check: &Check, dialect: Dialect) -> Option<PhysicalCheck> {
    let expression = match &check.rule {
        CheckRule::Sql { postgres, sqlite } => match dialect {
            Dialect::Postgres => postgres.as_deref()?.to_owned(),
            Dialect::Sqlite => sqlite.as_deref()?.to_owned(),
        },
        CheckRule::Length { column, min, max } => {
            let name = quote(&table.column(*column).db_name);
            let length = match dialect {
                Dialect::Postgres => format!("char_length({name})"),
                Dialect::Sqlite => format!("length({name})"),
            };
            between(&length, min.map(|bound| bound.to_string()), max.map(|bound| bound.to_string()))?
        }
        CheckRule::Range { column, min, max } => {
            let column = table.column(*column);
            let bound = |text: &str| match dialect {
                Dialect::Postgres => literal::postgres_bound(column.column_type.scalar(), text),
                Dialect::Sqlite => sqlite::bound(column, text),
            };
            between(&quote(&column.db_name), min.as_deref().map(bound), max.as_deref().map(bound))?
        }
        CheckRule::Enum { column, values } => {
            let values: Vec<String> =
                catalog.enumeration(*values).values.iter().map(|value| text_literal(&value.name)).collect();
            format!("{} IN ({})", quote(&table.column(*column).db_name), values.join(", "))
        }
    };
    Some(PhysicalCheck { name: check.name.to_string(), expression })
}

fn between(value: &str, min: Option<String>, max: Option<String>) -> Option<String> {
    match (min, max) {
        (Some(min), Some(max)) => Some(format!("{value} BETWEEN {min} AND {max}")),
        (Some(min), None) => Some(format!("{value} >= {min}")),
        (None, Some(max)) => Some(format!("{value} <= {max}")),
        (None, None) => None,
    }
}
