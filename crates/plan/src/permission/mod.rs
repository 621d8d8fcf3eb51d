//! Merges a role's rules into a query: the one place every read and every write passes through.
//!
//! Every rule that reaches SQL is put there by this module, as a [`Filter::Rule`], a mask, a check, a preset or a limit.
//! Refuses to know: SQL, dialects, the values of sessions.

mod read;
mod write;

use std::collections::BTreeMap;

use purlin_model::catalog::{Catalog, ColumnIndex, Table, TableId};
use purlin_model::filter::{Compared, Comparison, Filter, Operand};
use purlin_model::permission::{Mask, Permissions, SelectRule};
use purlin_model::scalar::{Codec, ColumnType, Scalar};
use purlin_model::session::Role;
use purlin_model::value::Value;

use crate::query::{Parameter, Query, Root, RootField, Source};

/// Adds everything the role's rules demand: filters, checks, presets, limits, and the values Purlin itself generates.
/// A table without a rule for what is asked yields no rows and takes none. `admin` gets only the generated values.
pub fn merge(catalog: &Catalog, role: &Role, query: Query) -> Query {
    let first_own_parameter = query.parameters.len();
    let mut merger = Merger {
        catalog,
        role,
        parameters: query.parameters,
        first_own_parameter,
        join_filters: BTreeMap::new(),
        masks: BTreeMap::new(),
    };
    let roots = query.roots.into_iter().map(|root| Root { key: root.key, field: merger.root(root.field) }).collect();
    let Merger { parameters, join_filters, masks, .. } = merger;
    Query { kind: query.kind, roots, parameters, join_filters, masks }
}

struct Merger<'a> {
    catalog: &'a Catalog,
    role: &'a Role,
    parameters: Vec<Parameter>,
    first_own_parameter: usize,
    join_filters: BTreeMap<TableId, Filter>,
    masks: BTreeMap<TableId, Vec<Mask>>,
}

impl<'a> Merger<'a> {
    fn root(&mut self, field: RootField) -> RootField {
        match field {
            RootField::Constant(json) => RootField::Constant(json),
            RootField::Select(select) => RootField::Select(self.select(select)),
            RootField::Aggregate(aggregate) => RootField::Aggregate(self.aggregate(aggregate)),
            RootField::Insert(insert) => RootField::Insert(self.insert(insert)),
            RootField::Update(update) => RootField::Update(self.update(update)),
            RootField::UpdateMany(updates) => {
                RootField::UpdateMany(updates.into_iter().map(|update| self.update(update)).collect())
            }
            RootField::Delete(delete) => RootField::Delete(self.delete(delete)),
            RootField::Values(select) => RootField::Values(self.select(select)),
            RootField::Native(mutation) if self.catalog.allows(mutation.call.field, self.role) => {
                RootField::Native(self.native(mutation))
            }
            // Nobody lowers what a role has not; were it done all the same, nothing runs.
            RootField::Native(_) => RootField::Constant("null".into()),
        }
    }

    fn table(&self, id: TableId) -> &'a Table {
        self.catalog.table(id)
    }

    /// The role's rules on a table; `None` where it has none, and for `admin`.
    fn permissions(&self, table: TableId) -> Option<&'a Permissions> {
        if self.role.is_admin() { None } else { self.table(table).permissions_of(self.role) }
    }

    fn select_rule(&self, table: TableId) -> Option<&'a SelectRule> {
        self.permissions(table).and_then(|permissions| permissions.select.as_ref())
    }

    /// A rule's filter as part of a query: everything for `admin`, nothing without a rule.
    fn rule(&mut self, table: TableId, filter: Option<&Filter>) -> Filter {
        match filter {
            _ if self.role.is_admin() => Filter::always(),
            None => Filter::never(),
            Some(filter) if filter.is_always() => Filter::always(),
            Some(filter) => Filter::Rule(Box::new(self.rule_filter(table, filter))),
        }
    }

    /// The rows of a table the role may see; which of their columns are masked is noted. Records have no rules: who has
    /// the field has its rows.
    fn visible(&mut self, table: TableId) -> Filter {
        self.note_masks(table);
        if self.catalog.is_record(table) {
            return Filter::always();
        }
        let rule = self.select_rule(table);
        self.rule(table, rule.map(|rule| &rule.filter))
    }

    /// Notes which columns of a table the role sees in some rows only.
    fn note_masks(&mut self, table: TableId) {
        if self.masks.contains_key(&table) {
            return;
        }
        let masks = self.select_rule(table).map_or(&[][..], |rule| &rule.masks);
        let merged = |mask: &Mask| Mask { columns: mask.columns.clone(), filter: self.rule(table, Some(&mask.filter)) };
        let masks = masks.iter().map(merged).collect();
        self.masks.insert(table, masks);
    }

    /// Notes which rows of a join table the role may see.
    fn note_join_table(&mut self, table: TableId) {
        if !self.join_filters.contains_key(&table) {
            let filter = self.visible(table);
            self.join_filters.insert(table, filter);
        }
    }

    /// A rule's own filter with its literals and session variables made parameters. Relations inside see all rows.
    fn rule_filter(&mut self, table: TableId, filter: &Filter) -> Filter {
        match filter {
            Filter::And(parts) => Filter::And(parts.iter().map(|part| self.rule_filter(table, part)).collect()),
            Filter::Or(parts) => Filter::Or(parts.iter().map(|part| self.rule_filter(table, part)).collect()),
            Filter::Not(inner) => Filter::Not(Box::new(self.rule_filter(table, inner))),
            Filter::Rule(inner) => self.rule_filter(table, inner),
            Filter::Compare { column, comparison, operand } => Filter::Compare {
                column: *column,
                comparison: *comparison,
                operand: self.rule_operand(table, *column, *comparison, operand),
            },
            Filter::CastText { column, comparison, operand } => Filter::CastText {
                column: *column,
                comparison: *comparison,
                operand: self.plain_operand(operand, Codec::of(Scalar::String), comparison.takes_list()),
            },
            Filter::IsNull { column, operand } => {
                let operand = match operand {
                    Operand::Session(_) => self.plain_operand(operand, Codec::of(Scalar::Boolean), false),
                    other => other.clone(),
                };
                Filter::IsNull { column: *column, operand }
            }
            // Rules do not search; what would be one sees nothing.
            Filter::Search(_) => Filter::never(),
            Filter::Relation { relation, filter } => {
                let target = self.table(table).relation(*relation).target;
                Filter::Relation { relation: *relation, filter: Box::new(self.rule_filter(target, filter)) }
            }
            Filter::Exists { table, filter } => {
                Filter::Exists { table: *table, filter: Box::new(self.rule_filter(*table, filter)) }
            }
        }
    }

    fn rule_operand(
        &mut self,
        table: TableId,
        column: ColumnIndex,
        comparison: Comparison,
        operand: &Operand,
    ) -> Operand {
        let text = Codec::of(Scalar::String);
        match comparison.compared() {
            Compared::Value | Compared::Values => {}
            Compared::Text => return self.plain_operand(operand, text, false),
            Compared::Texts => return self.plain_operand(operand, text, true),
        }
        let Some(source) = rule_source(operand) else { return operand.clone() };
        let definition = self.table(table);
        let mut parameter = rule_parameter(definition, table, column, source, comparison.takes_list());
        if let ColumnType::Scalar(_) | ColumnType::List(_) = definition.column(column).column_type {
            // Any value of the scalar may be compared, so one parameter serves all columns of the type.
            parameter.column = None;
        }
        Operand::Parameter(self.parameter(parameter))
    }

    /// An operand that is no value of a column.
    fn plain_operand(&mut self, operand: &Operand, codec: Codec, many: bool) -> Operand {
        match rule_source(operand) {
            Some(source) => {
                let parameter = Parameter { source, codec, many, column: None, path: "$".into() };
                Operand::Parameter(self.parameter(parameter))
            }
            None => operand.clone(),
        }
    }

    /// A value for a column, by parameter.
    fn column_parameter(&mut self, table: TableId, column: ColumnIndex, source: Source) -> usize {
        let parameter = rule_parameter(self.table(table), table, column, source, false);
        self.parameter(parameter)
    }

    /// The index of a parameter made here; equal ones are one.
    fn parameter(&mut self, parameter: Parameter) -> usize {
        let own = &self.parameters[self.first_own_parameter..];
        match own.iter().position(|other| *other == parameter) {
            Some(position) => self.first_own_parameter + position,
            None => {
                self.parameters.push(parameter);
                self.parameters.len() - 1
            }
        }
    }

    /// A preset's operand, as the source of a value.
    fn preset_source(operand: &Operand) -> Source {
        match operand {
            Operand::Session(name) => Source::Session(name.clone()),
            Operand::Literal(value) => Source::Constant(value.clone()),
            // The model lets a preset be a literal or a session variable only; NULL is the least any other could mean.
            Operand::Column(_) | Operand::RootColumn(_) | Operand::Parameter(_) => Source::Constant(Value::Null),
        }
    }
}

/// Where the value of a rule's operand comes from; `None`: it is a column.
fn rule_source(operand: &Operand) -> Option<Source> {
    match operand {
        Operand::Literal(value) => Some(Source::Constant(value.clone())),
        Operand::Session(name) => Some(Source::Session(name.clone())),
        Operand::Column(_) | Operand::RootColumn(_) | Operand::Parameter(_) => None,
    }
}

fn rule_parameter(table: &Table, id: TableId, column: ColumnIndex, source: Source, many: bool) -> Parameter {
    Parameter { source, codec: table.column(column).codec(), many, column: Some((id, column)), path: "$".into() }
}
