//! Rules as plain terms, without ids: what can be compared between two models.

use std::collections::BTreeMap;

use super::Operation;
use crate::catalog::{Catalog, ColumnIndex, Table, TableId};
use crate::filter::Filter;
use crate::pairing::pair;
use crate::permission::{Mask, Permissions, Preset, SelectRootFields};
use crate::print::filter::{Row, condition, operand};
use crate::session::Role;

/// On which terms a role may do something with a table.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Terms {
    /// Columns that may be read or given, in table order.
    pub columns: Vec<Box<str>>,
    /// Which rows, as they are before.
    pub rows: String,
    /// Rows in which a column is seen, by column, where these are fewer than the role sees.
    pub masks: BTreeMap<Box<str>, String>,
    /// What must hold for a written row.
    pub check: String,
    /// Values the role cannot choose, by column.
    pub presets: BTreeMap<Box<str>, String>,
    /// Most rows of a list.
    pub limit: Option<u64>,
    /// Whether it may aggregate.
    pub aggregations: bool,
    /// Root fields of reading that exist.
    pub root_fields: Vec<Box<str>>,
    /// Whether only a trusted backend may.
    pub backend_only: bool,
}

impl Terms {
    /// The condition that holds for every row.
    pub const ANY_ROW: &str = "{}";
}

/// The terms of every rule.
pub(super) fn of(catalog: &Catalog) -> BTreeMap<(Role, Box<str>, Operation), Terms> {
    let mut found = BTreeMap::new();
    for id in catalog.table_ids() {
        let reader = Reader { catalog, id, table: catalog.table(id) };
        for role in &catalog.roles {
            let Some(permissions) = reader.table.permissions_of(role) else { continue };
            for (operation, terms) in reader.operations(permissions) {
                found.insert((role.clone(), reader.table.name.clone(), operation), terms);
            }
        }
    }
    found
}

/// The earlier model with the names its tables and columns have afterwards, so that a rename changes no rule.
pub(super) fn in_later_names(before: &Catalog, after: &Catalog) -> Catalog {
    let mut renamed = before.clone();
    for pair in pair(before, after).tables {
        let (table, later) = (&mut renamed.tables[pair.before.0 as usize], after.table(pair.after));
        table.name.clone_from(&later.name);
        for (from, to) in pair.columns {
            table.columns[from.0 as usize].name.clone_from(&later.column(to).name);
        }
    }
    renamed
}

struct Reader<'a> {
    catalog: &'a Catalog,
    id: TableId,
    table: &'a Table,
}

impl Reader<'_> {
    fn operations(&self, permissions: &Permissions) -> Vec<(Operation, Terms)> {
        let select = permissions.select.as_ref().map(|rule| Terms {
            columns: self.names(&rule.columns),
            rows: self.condition(&rule.filter),
            masks: self.masks(&rule.masks),
            check: Terms::ANY_ROW.to_owned(),
            limit: rule.limit,
            aggregations: rule.aggregations,
            root_fields: open(rule.root_fields),
            ..Terms::default()
        });
        let insert = permissions.insert.as_ref().map(|rule| Terms {
            columns: self.names(&rule.columns),
            rows: Terms::ANY_ROW.to_owned(),
            check: self.condition(&rule.check),
            presets: self.presets(&rule.presets),
            backend_only: rule.backend_only,
            ..Terms::default()
        });
        let update = permissions.update.as_ref().map(|rule| Terms {
            columns: self.names(&rule.columns),
            rows: self.condition(&rule.filter),
            check: rule.check.as_ref().map_or_else(|| Terms::ANY_ROW.to_owned(), |check| self.condition(check)),
            presets: self.presets(&rule.presets),
            backend_only: rule.backend_only,
            ..Terms::default()
        });
        let delete = permissions.delete.as_ref().map(|rule| Terms {
            rows: self.condition(&rule.filter),
            check: Terms::ANY_ROW.to_owned(),
            backend_only: rule.backend_only,
            ..Terms::default()
        });
        let terms = [select, insert, update, delete];
        Operation::ALL.into_iter().zip(terms).filter_map(|(operation, terms)| Some((operation, terms?))).collect()
    }

    fn names(&self, columns: &[ColumnIndex]) -> Vec<Box<str>> {
        columns.iter().map(|index| self.table.column(*index).name.clone()).collect()
    }

    fn condition(&self, filter: &Filter) -> String {
        condition(Row { catalog: self.catalog, root: self.id, here: self.id }, filter)
    }

    fn masks(&self, masks: &[Mask]) -> BTreeMap<Box<str>, String> {
        let columns = masks.iter().flat_map(|mask| {
            let condition = self.condition(&mask.filter);
            self.names(&mask.columns).into_iter().map(move |column| (column, condition.clone()))
        });
        columns.collect()
    }

    fn presets(&self, presets: &[Preset]) -> BTreeMap<Box<str>, String> {
        let preset = |preset: &Preset| {
            let column = self.table.column(preset.column);
            (column.name.clone(), operand(&preset.operand, &column.column_type))
        };
        presets.iter().map(preset).collect()
    }
}

fn open(fields: SelectRootFields) -> Vec<Box<str>> {
    let SelectRootFields { select, by_pk, aggregate } = fields;
    let named = [(select, "select"), (by_pk, "by_pk"), (aggregate, "aggregate")];
    named.into_iter().filter(|(open, _)| *open).map(|(_, name)| name.into()).collect()
}
