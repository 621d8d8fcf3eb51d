//! Roles that write what they cannot read, and tables that no role reaches.

use super::{Advice, Places};
use crate::access::Operation;
use crate::catalog::{Catalog, ColumnIndex, Table, TableId};
use crate::filter::Filter;
use crate::mistakes;
use crate::permission::Permissions;
use crate::print::filter::{Row, condition};
use crate::session::Role;

/// Rules by which a role writes rows or columns that it does not see. What only trusted backends may write does not count.
pub(super) fn unreadable(catalog: &Catalog, places: &Places) -> Vec<Advice> {
    let mut found = Vec::new();
    for id in catalog.table_ids() {
        let table = catalog.table(id);
        for (role, written) in &table.permissions {
            let (Some(span), writes) = (places.of(id).rules.get(role), Writes::of(written)) else { continue };
            if writes.operations.is_empty() {
                continue;
            }
            let effective = table.permissions_of(role).and_then(|permissions| permissions.select.as_ref());
            let diagnostic = match effective {
                None => {
                    let operations: Vec<&str> = writes.operations.iter().map(|operation| operation.name()).collect();
                    let rule = select_rule(catalog, id, written, &writes.columns);
                    mistakes::writes_without_reading(*span, role.name(), &table.name, &operations, &rule)
                }
                Some(select) => {
                    let hidden: Vec<ColumnIndex> =
                        writes.columns.iter().filter(|column| !select.columns.contains(column)).copied().collect();
                    if hidden.is_empty() {
                        continue;
                    }
                    let all = select.columns.iter().chain(&hidden).copied();
                    let (hidden, all) = (named(table, hidden.iter().copied()), named(table, all));
                    mistakes::writes_hidden_columns(*span, role.name(), &table.name, &hidden, &all)
                }
            };
            found.push(Advice { place: table.name.to_string(), diagnostic });
        }
    }
    found
}

/// What a rule lets its role write.
struct Writes {
    operations: Vec<Operation>,
    /// Columns the role may give, in table order.
    columns: Vec<ColumnIndex>,
}

impl Writes {
    fn of(permissions: &Permissions) -> Writes {
        let mut writes = Writes { operations: Vec::new(), columns: Vec::new() };
        if let Some(insert) = permissions.insert.as_ref().filter(|rule| !rule.backend_only) {
            writes.operations.push(Operation::Insert);
            writes.columns.extend(&insert.columns);
        }
        if let Some(update) = permissions.update.as_ref().filter(|rule| !rule.backend_only) {
            writes.operations.push(Operation::Update);
            writes.columns.extend(&update.columns);
        }
        if permissions.delete.as_ref().is_some_and(|rule| !rule.backend_only) {
            writes.operations.push(Operation::Delete);
        }
        writes.columns.sort_unstable();
        writes.columns.dedup();
        writes
    }
}

/// A rule to read just the rows and columns that are written.
fn select_rule(catalog: &Catalog, id: TableId, written: &Permissions, columns: &[ColumnIndex]) -> String {
    let table = catalog.table(id);
    let filters = [
        written.update.as_ref().map(|rule| &rule.filter),
        written.delete.as_ref().map(|rule| &rule.filter),
        written.insert.as_ref().map(|rule| &rule.check),
    ];
    let filter = filters.into_iter().flatten().next().cloned().unwrap_or(Filter::never());
    let mut columns: Vec<ColumnIndex> = table.primary_key.iter().chain(columns).copied().collect();
    columns.sort_unstable();
    columns.dedup();
    let rows = condition(Row { catalog, root: id, here: id }, &filter);
    format!("select: {{where: {rows}, columns: [{}]}}", named(table, columns.into_iter()).join(", "))
}

fn named(table: &Table, columns: impl Iterator<Item = ColumnIndex>) -> Vec<&str> {
    columns.map(|column| &*table.column(column).name).collect()
}

/// Tables without a rule, where other tables have some.
pub(super) fn unreachable(catalog: &Catalog, places: &Places) -> Vec<Advice> {
    let reached = |table: &Table| !table.permissions.is_empty() || !table.inherited.is_empty();
    if !catalog.tables.iter().any(reached) {
        return Vec::new();
    }
    let role = catalog.roles.first().map_or("user", Role::name);
    let closed = catalog.table_ids().filter(|id| !reached(catalog.table(*id)));
    closed
        .map(|id| {
            let name = &catalog.table(id).name;
            let diagnostic = mistakes::unreachable_table(places.of(id).name, name, role);
            Advice { place: name.to_string(), diagnostic }
        })
        .collect()
}
