//! Roles as `@role`, the rules of a table as `@allow`.

use super::filter::{Row, condition, operand};
use super::literal::{names, text};
use crate::catalog::{Catalog, ColumnIndex, Table};
use crate::permission::{DeleteRule, InsertRule, Permissions, Preset, SelectRootFields, SelectRule, UpdateRule};
use crate::session::Role;

/// `extend schema @role(…)`
pub fn roles(catalog: &Catalog) -> String {
    let mut lines = "extend schema\n".to_owned();
    for (role, declared) in &catalog.declared_roles {
        let mut keys = vec![format!("name: {}", text(role.name()))];
        if !declared.inherits.is_empty() {
            let parents: Vec<String> = declared.inherits.iter().map(|parent| text(parent.name())).collect();
            keys.push(format!("inherits: [{}]", parents.join(", ")));
        }
        if !declared.introspection || declared.inherits.is_empty() {
            keys.push(format!("introspection: {}", declared.introspection));
        }
        lines.push_str(&format!("  @role({})\n", keys.join(", ")));
    }
    lines
}

/// `extend type … @allow(…)`
pub fn rules(catalog: &Catalog, table: &Table) -> String {
    let mut lines = format!("extend type {}\n", table.name);
    let Some(id) = catalog.table_by_name(&table.name) else { return lines };
    let printer = Printer { row: Row { catalog, root: id, here: id }, table };
    for (role, permissions) in &table.permissions {
        lines.push_str(&format!("  @allow(\n    role: {}\n", text(role.name())));
        for operation in printer.operations(permissions) {
            lines.push_str(&format!("    {operation}\n"));
        }
        lines.push_str("  )\n");
    }
    lines
}

/// The rules of one role on a table, one operation each: `select: {…}`.
pub fn rules_of(catalog: &Catalog, table: &Table, role: &Role) -> Vec<String> {
    let (Some(id), Some(permissions)) = (catalog.table_by_name(&table.name), table.permissions_of(role)) else {
        return Vec::new();
    };
    Printer { row: Row { catalog, root: id, here: id }, table }.operations(permissions)
}

struct Printer<'a> {
    row: Row<'a>,
    table: &'a Table,
}

impl Printer<'_> {
    fn operations(&self, permissions: &Permissions) -> Vec<String> {
        let select = permissions.select.as_ref().map(|rule| self.select(rule));
        let insert = permissions.insert.as_ref().map(|rule| self.insert(rule));
        let update = permissions.update.as_ref().map(|rule| self.update(rule));
        let delete = permissions.delete.as_ref().map(|rule| self.delete(rule));
        [select, insert, update, delete].into_iter().flatten().collect()
    }

    fn select(&self, rule: &SelectRule) -> String {
        let all: Vec<ColumnIndex> = self.table.column_indexes().collect();
        let mut keys = vec![
            format!("where: {}", condition(self.row, &rule.filter)),
            format!("columns: {}", self.columns(&rule.columns, &all)),
        ];
        keys.extend(rule.limit.map(|limit| format!("limit: {limit}")));
        if rule.aggregations {
            keys.push("aggregations: true".to_owned());
        }
        if rule.root_fields != SelectRootFields::ALL {
            let SelectRootFields { select, by_pk, aggregate } = rule.root_fields;
            let fields = [(select, "select"), (by_pk, "by_pk"), (aggregate, "aggregate")];
            let open = fields.into_iter().filter(|(open, _)| *open).map(|(_, name)| name);
            keys.push(format!("root_fields: {}", names(open)));
        }
        format!("select: {{{}}}", keys.join(", "))
    }

    fn insert(&self, rule: &InsertRule) -> String {
        let mut keys = vec![format!("check: {}", condition(self.row, &rule.check))];
        self.writes(&mut keys, &rule.columns, &rule.presets, rule.backend_only);
        format!("insert: {{{}}}", keys.join(", "))
    }

    fn update(&self, rule: &UpdateRule) -> String {
        let mut keys = vec![format!("where: {}", condition(self.row, &rule.filter))];
        keys.extend(rule.check.as_ref().map(|check| format!("check: {}", condition(self.row, check))));
        self.writes(&mut keys, &rule.columns, &rule.presets, rule.backend_only);
        format!("update: {{{}}}", keys.join(", "))
    }

    fn delete(&self, rule: &DeleteRule) -> String {
        let backend = if rule.backend_only { ", backend_only: true" } else { "" };
        format!("delete: {{where: {}{backend}}}", condition(self.row, &rule.filter))
    }

    fn writes(&self, keys: &mut Vec<String>, columns: &[ColumnIndex], presets: &[Preset], backend_only: bool) {
        let is_preset = |index: &ColumnIndex| presets.iter().any(|preset| preset.column == *index);
        let writable = self.table.column_indexes().filter(|index| self.table.column(*index).is_writable());
        let all: Vec<ColumnIndex> = writable.filter(|index| !is_preset(index)).collect();
        keys.push(format!("columns: {}", self.columns(columns, &all)));
        if !presets.is_empty() {
            let preset = |preset: &Preset| {
                let column = self.table.column(preset.column);
                format!("{}: {}", column.name, operand(&preset.operand, &column.column_type))
            };
            keys.push(format!("set: {{{}}}", presets.iter().map(preset).collect::<Vec<_>>().join(", ")));
        }
        if backend_only {
            keys.push("backend_only: true".to_owned());
        }
    }

    fn columns(&self, columns: &[ColumnIndex], all: &[ColumnIndex]) -> String {
        if columns == all {
            return "all".to_owned();
        }
        names(columns.iter().map(|index| &*self.table.column(*index).name))
    }
}
