//! Full-text search around the steps of tables: what goes, changes or stands on a table that changes is dropped before,
//! and made after.

use std::collections::{BTreeMap, BTreeSet};

use purlin_plan::plan::Dialect;

use crate::migrate::correspondence::Correspondence;
use crate::migrate::step::{Change, Step};
use crate::physical::{PhysicalSchema, TableName};

/// The steps of tables with those of full-text search around them. `renamed` is `from` under the names it will have.
pub fn around(
    from: &PhysicalSchema,
    renamed: &PhysicalSchema,
    to: &PhysicalSchema,
    correspondence: &Correspondence,
    tables: Vec<Step>,
) -> Vec<Step> {
    let after: BTreeMap<&TableName, &TableName> =
        correspondence.tables.iter().map(|(before, after)| (before, after)).collect();
    let touched: BTreeSet<TableName> = tables.iter().filter_map(|step| disturbed(step, to.dialect)).collect();
    let keeps = |before: &TableName| {
        let name = after.get(before).copied().unwrap_or(before);
        let same = renamed.tables.get(name).and_then(|table| table.search.as_ref())
            == to.tables.get(name).and_then(|table| table.search.as_ref());
        let moved = to.dialect == Dialect::Sqlite && name != before;
        same && !moved && !touched.contains(name)
    };
    let mut steps = Vec::new();
    let mut kept: BTreeSet<&TableName> = BTreeSet::new();
    for (name, table) in &from.tables {
        match &table.search {
            Some(_) if keeps(name) => drop(kept.insert(after.get(name).copied().unwrap_or(name))),
            Some(search) => steps.push(Step::DropSearch { table: name.clone(), name: search.name.clone() }),
            None => {}
        }
    }
    steps.extend(tables);
    let made = to.tables.iter().filter(|(name, _)| !kept.contains(name));
    steps.extend(
        made.filter_map(|(name, table)| {
            Some(Step::CreateSearch { table: name.clone(), search: table.search.clone()? })
        }),
    );
    steps
}

/// The table whose index a step would break: on SQLite any change of its form, on PostgreSQL another type.
fn disturbed(step: &Step, dialect: Dialect) -> Option<TableName> {
    match (step, dialect) {
        (Step::Rebuild(rebuild), _) => Some(rebuild.name.clone()),
        (Step::Alter { table, .. }, Dialect::Sqlite) => Some(table.clone()),
        (Step::Alter { table, change: Change::SetType { .. } }, Dialect::Postgres) => Some(table.clone()),
        _ => None,
    }
}
