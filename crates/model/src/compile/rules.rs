//! `@allow` → [`Permissions`] of each role on each table.

use std::collections::BTreeMap;

use super::arguments::{Keys, Used, find_all};
use super::columns::Meaning;
use super::filters::Scope;
use super::literal::Expected;
use super::syntax::{Argument, LiteralKind};
use crate::catalog::{ColumnIndex, TableId};
use crate::diagnostic::Diagnostic;
use crate::directive::Kind;
use crate::filter::{Filter, Operand};
use crate::mistakes;
use crate::permission::{DeleteRule, InsertRule, Permissions, Preset, SelectRootFields, SelectRule, UpdateRule};
use crate::session::Role;
use crate::source::Span;
use crate::value::Value;

/// The rules of one table by role.
pub type TableRules = BTreeMap<Role, Permissions>;

/// The rules of every table, and where they stand.
#[derive(Debug, Default)]
pub struct Rules {
    /// The rules of each table, in the order of the tables.
    pub by_table: Vec<TableRules>,
    /// Where each table's rules name their role.
    pub role_places: Vec<BTreeMap<Role, Span>>,
    /// Every rule's role, with the places of all rules for it.
    pub places: BTreeMap<Role, Vec<Span>>,
}

/// Reads the rules of every table, in their order.
pub fn rules(scope: &Scope, diagnostics: &mut Vec<Diagnostic>) -> Rules {
    let mut result = Rules::default();
    for (index, table) in scope.declarations.tables.iter().enumerate() {
        let reader = Reader { scope, table: TableId(index as u32) };
        let mut rules = TableRules::new();
        let mut seen: BTreeMap<Role, Span> = BTreeMap::new();
        for used in find_all(&table.directives, "allow") {
            let (Some(name), Some(span)) = (used.keys.text("role"), used.keys.span("role")) else { continue };
            result.places.entry(Role::new(name)).or_default().push(span);
            match seen.get(&Role::new(name)) {
                Some(first) => diagnostics.push(mistakes::second_rule(span, name, &table.name.text, *first)),
                None => {
                    seen.insert(Role::new(name), span);
                }
            }
            check_role(name, span, diagnostics);
            let permissions = reader.permissions(used, diagnostics);
            rules.entry(Role::new(name)).or_insert(permissions);
        }
        result.by_table.push(rules);
        result.role_places.push(seen);
    }
    result
}

/// A role's name has no commas and is not `admin`.
pub fn check_role(name: &str, span: Span, diagnostics: &mut Vec<Diagnostic>) {
    if name == Role::ADMIN {
        diagnostics.push(mistakes::rule_for_admin(span));
    } else if name.trim().is_empty() || name.contains(',') || name.chars().any(char::is_control) {
        diagnostics.push(mistakes::malformed_role(span));
    }
}

/// A role that only one place knows may be a slip of the pen.
pub fn hint_at_rare_roles(rules: &Rules, places: &BTreeMap<Role, Vec<Span>>, diagnostics: &mut Vec<Diagnostic>) {
    let tables = rules.by_table.iter().filter(|rules| !rules.is_empty()).count();
    for (role, spans) in places.iter().filter(|(_, spans)| spans.len() == 1 && tables > 1) {
        let others = places.keys().filter(|other| *other != role).map(Role::name);
        diagnostics.push(mistakes::role_used_once(spans[0], role.name(), others));
    }
}

struct Reader<'r, 's, 'a> {
    scope: &'r Scope<'s, 'a>,
    table: TableId,
}

impl Reader<'_, '_, '_> {
    fn permissions(&self, used: &Used, diagnostics: &mut Vec<Diagnostic>) -> Permissions {
        let mut permissions = Permissions::default();
        let mut none = !used.keys.broken;
        for argument in used.directive.arguments {
            let Kind::Object(known) = argument.kind else { continue };
            let Some(keys) = used.keys.object(argument.name, known, diagnostics) else { continue };
            none = false;
            if argument.name != "select" && self.scope.table(self.table).view().is_some() {
                let span = used.keys.span(argument.name).unwrap_or(used.span);
                diagnostics.push(mistakes::write_to_view(span, argument.name, &self.scope.table(self.table).name.text));
                continue;
            }
            match argument.name {
                "select" => permissions.select = self.select(&keys, diagnostics),
                "insert" => permissions.insert = self.insert(&keys, diagnostics),
                "update" => permissions.update = self.update(&keys, diagnostics),
                _ => permissions.delete = self.delete(&keys, diagnostics),
            }
        }
        if none {
            diagnostics.push(mistakes::empty_rule(used.span));
        }
        permissions
    }

    fn select(&self, keys: &Keys, diagnostics: &mut Vec<Diagnostic>) -> Option<SelectRule> {
        let filter = self.filter(keys, "where", diagnostics);
        let columns = self.listed(keys, diagnostics);
        let root_fields = match keys.names("root_fields") {
            None => SelectRootFields::ALL,
            Some(names) => {
                let has = |name: &str| names.iter().any(|given| &*given.text == name);
                SelectRootFields { select: has("select"), by_pk: has("by_pk"), aggregate: has("aggregate") }
            }
        };
        let columns = match columns? {
            Listed::All => self.columns().map(|(index, _)| index).collect(),
            Listed::Some(columns) => columns,
        };
        Some(SelectRule {
            filter: filter?,
            columns,
            masks: Vec::new(),
            limit: keys.count("limit").map(u64::from),
            aggregations: keys.flag("aggregations") == Some(true),
            root_fields,
        })
    }

    fn insert(&self, keys: &Keys, diagnostics: &mut Vec<Diagnostic>) -> Option<InsertRule> {
        let check = self.filter(keys, "check", diagnostics);
        let presets = self.presets(keys, diagnostics);
        let columns = self.writable(keys, &presets, diagnostics);
        let backend_only = keys.flag("backend_only") == Some(true);
        Some(InsertRule { check: check?, columns: columns?, presets, backend_only })
    }

    fn update(&self, keys: &Keys, diagnostics: &mut Vec<Diagnostic>) -> Option<UpdateRule> {
        let filter = self.filter(keys, "where", diagnostics);
        let check = self.filter(keys, "check", diagnostics);
        let presets = self.presets(keys, diagnostics);
        let columns = self.writable(keys, &presets, diagnostics);
        let backend_only = keys.flag("backend_only") == Some(true);
        Some(UpdateRule { filter: filter?, check, columns: columns?, presets, backend_only })
    }

    fn delete(&self, keys: &Keys, diagnostics: &mut Vec<Diagnostic>) -> Option<DeleteRule> {
        let filter = self.filter(keys, "where", diagnostics)?;
        Some(DeleteRule { filter, backend_only: keys.flag("backend_only") == Some(true) })
    }

    fn filter(&self, keys: &Keys, name: &str, diagnostics: &mut Vec<Diagnostic>) -> Option<Filter> {
        Some(self.scope.filter(self.table, keys.literal(name)?, diagnostics))
    }

    fn columns(&self) -> impl Iterator<Item = (ColumnIndex, &crate::catalog::Column)> {
        let columns = &self.scope.columns_of(self.table).columns;
        columns.iter().enumerate().map(|(index, column)| (ColumnIndex(index as u16), column))
    }

    /// `columns: all` or a list, in the order of the table.
    fn listed(&self, keys: &Keys, diagnostics: &mut Vec<Diagnostic>) -> Option<Listed> {
        let Some(names) = keys.names("columns") else {
            return keys.literal("columns").map(|_| Listed::All);
        };
        let columns = self.scope.columns_of(self.table);
        let mut found = columns.find_all(&names, self.scope.table(self.table), diagnostics)?;
        found.sort_unstable();
        Some(Listed::Some(found))
    }

    /// Columns a client may give: never those that Purlin or the database fills, nor presets.
    fn writable(&self, keys: &Keys, presets: &[Preset], diagnostics: &mut Vec<Diagnostic>) -> Option<Vec<ColumnIndex>> {
        let is_preset = |index: ColumnIndex| presets.iter().any(|preset| preset.column == index);
        let listed = match self.listed(keys, diagnostics)? {
            Listed::All => {
                let writable = self.columns().filter(|(index, column)| column.is_writable() && !is_preset(*index));
                return Some(writable.map(|(index, _)| index).collect());
            }
            Listed::Some(listed) => listed,
        };
        for name in keys.names("columns").unwrap_or_default() {
            if let Some(Meaning::Column(index)) = self.scope.columns_of(self.table).meanings.get(&*name.text) {
                if is_preset(*index) {
                    diagnostics.push(mistakes::preset_column_listed(&name));
                } else if !self.scope.columns_of(self.table).column(*index).is_writable() {
                    diagnostics.push(mistakes::column_not_writable(&name));
                }
            }
        }
        Some(listed)
    }

    fn presets(&self, keys: &Keys, diagnostics: &mut Vec<Diagnostic>) -> Vec<Preset> {
        let Some(LiteralKind::Object(entries)) = keys.literal("set").map(|literal| &literal.kind) else {
            return Vec::new();
        };
        let mut presets: Vec<Preset> = Vec::new();
        for entry in entries {
            let Some(preset) = self.preset(entry, diagnostics) else { continue };
            if presets.iter().any(|other| other.column == preset.column) {
                diagnostics.push(mistakes::repeated_key(&entry.name));
            } else {
                presets.push(preset);
            }
        }
        presets.sort_by_key(|preset| preset.column);
        presets
    }

    fn preset(&self, entry: &Argument, diagnostics: &mut Vec<Diagnostic>) -> Option<Preset> {
        let columns = self.scope.columns_of(self.table);
        let column = columns.find(&entry.name, self.scope.table(self.table), diagnostics)?;
        let definition = columns.column(column);
        if !definition.is_writable() {
            diagnostics.push(mistakes::column_not_writable(&entry.name));
            return None;
        }
        if matches!(entry.value.kind, LiteralKind::Null) && definition.nullable {
            return Some(Preset { column, operand: Operand::Literal(Value::Null) });
        }
        let name = super::type_name(&definition.column_type, &self.scope.declarations.enums);
        let expected = Expected::of(&definition.column_type, &name, &self.scope.declarations.enums);
        Some(Preset { column, operand: self.scope.operand(&entry.value, &expected, diagnostics)? })
    }
}

enum Listed {
    All,
    Some(Vec<ColumnIndex>),
}
