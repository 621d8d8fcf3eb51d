//! Two [`PhysicalSchema`]s → the steps from the one to the other. Pure; refuses to know SQL text and models.

mod postgres;
mod search;
mod sqlite;
mod views;

use std::collections::{BTreeMap, BTreeSet};

use purlin_plan::plan::Dialect;

pub use sqlite::is_constant;

use super::conversion::Conversion;
use super::correspondence::Correspondence;
use super::step::Step;
use crate::physical::{
    PhysicalCheck, PhysicalForeignKey, PhysicalIndex, PhysicalKey, PhysicalSchema, PhysicalTable, TableName, quote,
};

/// The steps that make `to` of `from`, in an order in which each is possible. Both are of the same dialect.
pub fn diff(from: &PhysicalSchema, to: &PhysicalSchema, correspondence: &Correspondence) -> Vec<Step> {
    let mut renamed = renamed(from, correspondence);
    set_replaced_apart(&mut renamed, correspondence);
    let mut steps = Vec::new();
    if to.dialect == Dialect::Postgres {
        let existing = from.tables.keys().chain(from.views.keys());
        let existing: BTreeSet<&str> = existing.map(|name| name.schema.as_str()).collect();
        let views = to.views.iter().filter(|(_, view)| view.sql.is_some()).map(|(name, _)| name);
        let wanted: BTreeSet<&str> = to.tables.keys().chain(views).map(|name| name.schema.as_str()).collect();
        let missing = wanted.difference(&existing).filter(|schema| **schema != "public");
        steps.extend(missing.map(|schema| Step::CreateSchema((*schema).to_owned())));
    }
    for (before, after) in &correspondence.tables {
        steps.push(Step::RenameTable { from: before.clone(), to: after.clone() });
    }
    match to.dialect {
        Dialect::Postgres => postgres::steps(&renamed, to, correspondence, &mut steps),
        Dialect::Sqlite => sqlite::steps(&renamed, to, correspondence, &mut steps),
    }
    let steps = search::around(from, &renamed, to, correspondence, steps);
    views::around(from, to, correspondence, steps)
}

/// `from` with the names its tables and columns are going to have.
fn renamed(from: &PhysicalSchema, correspondence: &Correspondence) -> PhysicalSchema {
    let tables: BTreeMap<&TableName, &TableName> =
        correspondence.tables.iter().map(|(before, after)| (before, after)).collect();
    let table_name = |name: &TableName| tables.get(name).map_or_else(|| name.clone(), |after| (*after).clone());
    let column_names = |table: &TableName| -> BTreeMap<&str, &str> {
        let own = correspondence.columns.iter().filter(|(of, _, _)| of == table);
        own.map(|(_, before, after)| (before.as_str(), after.as_str())).collect()
    };
    let renamed_tables = from.tables.iter().map(|(name, table)| {
        let name = table_name(name);
        let columns = column_names(&name);
        let mut table = table.clone();
        for key in &mut table.foreign_keys {
            key.target = table_name(&key.target);
            rename_all(&mut key.target_columns, &column_names(&key.target));
        }
        rename_columns(&mut table, &columns);
        (name, table)
    });
    PhysicalSchema { tables: renamed_tables.collect(), unsupported: Vec::new(), ..from.clone() }
}

/// Ends the name of a column that is replaced: no wanted column has it, so the column is dropped, its successor is added,
/// and all that stands on it is made again.
const REPLACED: char = '\0';

/// The name of a column without the mark of a replaced one.
fn real_name(column: &str) -> &str {
    column.trim_end_matches(REPLACED)
}

fn set_replaced_apart(from: &mut PhysicalSchema, correspondence: &Correspondence) {
    for ((table_name, column), conversion) in &correspondence.conversions {
        if *conversion != Conversion::Replace {
            continue;
        }
        let marked = format!("{column}{REPLACED}");
        let renames = BTreeMap::from([(column.as_str(), marked.as_str())]);
        for (name, table) in &mut from.tables {
            let keys = table.foreign_keys.iter_mut().filter(|key| key.target == *table_name);
            keys.for_each(|key| rename_all(&mut key.target_columns, &renames));
            if name == table_name {
                rename_columns(table, &renames);
            }
        }
    }
}

fn rename_all(names: &mut [String], renames: &BTreeMap<&str, &str>) {
    for name in names {
        if let Some(after) = renames.get(name.as_str()) {
            *name = (*after).to_owned();
        }
    }
}

/// Expressions follow where they quote the name, as those that Purlin writes do.
fn rename_columns(table: &mut PhysicalTable, renames: &BTreeMap<&str, &str>) {
    let in_text = |text: &mut String| {
        for (before, after) in renames {
            *text = text.replace(&quote(before), &quote(after));
        }
    };
    for column in &mut table.columns {
        rename_all(std::slice::from_mut(&mut column.name), renames);
    }
    for key in table.primary_key.iter_mut().chain(&mut table.uniques) {
        rename_all(&mut key.columns, renames);
    }
    if let Some(search) = &mut table.search {
        rename_all(&mut search.columns, renames);
    }
    for key in &mut table.foreign_keys {
        rename_all(&mut key.columns, renames);
    }
    for index in &mut table.indexes {
        rename_all(&mut index.columns, renames);
        index.condition.iter_mut().for_each(in_text);
    }
    for check in &mut table.checks {
        in_text(&mut check.expression);
    }
}

/// Something with a name that two tables may have in common.
trait Named: PartialEq + Clone {
    fn name(&self) -> &str;
    fn with_name(&self, name: &str) -> Self;
}

macro_rules! named {
    ($($kind:ty),*) => {$(
        impl Named for $kind {
            fn name(&self) -> &str {
                &self.name
            }
            fn with_name(&self, name: &str) -> Self {
                Self { name: name.to_owned(), ..self.clone() }
            }
        }
    )*};
}
named!(PhysicalKey, PhysicalForeignKey, PhysicalCheck, PhysicalIndex);

/// What became of a table's constraints of one kind, or of its indexes.
struct Changes<'a, T> {
    dropped: Vec<&'a T>,
    added: Vec<&'a T>,
    renamed: Vec<(&'a T, &'a T)>,
}

/// Compares by name; what only its name tells apart was renamed. A constraint without a name (SQLite) is equal to any
/// that says the same.
fn changes<'a, T: Named>(before: &'a [T], after: &'a [T]) -> Changes<'a, T> {
    let mut dropped: Vec<&T> = before.iter().filter(|old| !after.contains(old)).collect();
    let mut added: Vec<&T> = after.iter().filter(|new| !before.contains(new)).collect();
    let mut renamed = Vec::new();
    dropped.retain(|old| {
        let found = added.iter().position(|new| old.with_name(new.name()) == **new);
        let Some(position) = found else { return true };
        let new = added.remove(position);
        if !old.name().is_empty() {
            renamed.push((*old, new));
        }
        false
    });
    Changes { dropped, added, renamed }
}

/// Tables in an order in which each comes after those its foreign keys point at, as far as there is one.
fn by_reference<'a>(tables: &BTreeMap<&'a TableName, &'a PhysicalTable>) -> Vec<&'a TableName> {
    let mut ordered: Vec<&TableName> = Vec::new();
    let mut waiting: Vec<&'a TableName> = tables.keys().copied().collect();
    while !waiting.is_empty() {
        let is_ready = |name: &TableName| {
            tables[name].foreign_keys.iter().all(|key| {
                key.target == *name
                    || !tables.contains_key(&key.target)
                    || ordered.iter().any(|done| **done == key.target)
            })
        };
        let (ready, rest): (Vec<&TableName>, Vec<&TableName>) =
            waiting.iter().copied().partition(|name| is_ready(name));
        if ready.is_empty() {
            // A circle of foreign keys: any order will do, the keys are added afterwards.
            ordered.extend(rest);
            break;
        }
        ordered.extend(ready);
        waiting = rest;
    }
    ordered
}

/// Tables of `of` that are not in `without`.
fn only<'a>(of: &'a PhysicalSchema, without: &PhysicalSchema) -> BTreeMap<&'a TableName, &'a PhysicalTable> {
    of.tables.iter().filter(|(name, _)| !without.tables.contains_key(name)).collect()
}

/// Tables of both: name, before, after.
fn both<'a>(
    from: &'a PhysicalSchema,
    to: &'a PhysicalSchema,
) -> impl Iterator<Item = (&'a TableName, &'a PhysicalTable, &'a PhysicalTable)> {
    to.tables.iter().filter_map(|(name, after)| Some((name, from.tables.get(name)?, after)))
}
