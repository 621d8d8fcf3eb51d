//! Conditions of rules → [`Filter`]: every name, operator and value is checked against the model.

use super::columns::{Meaning, TableColumns};
use super::declarations::{Declarations, TableDeclaration};
use super::literal::{self, Expected};
use super::relations::TableRelations;
use super::syntax::{Argument, Literal, LiteralKind, Name};
use crate::catalog::{ColumnIndex, RelationIndex, TableId};
use crate::diagnostic::Diagnostic;
use crate::filter::{Compared, Comparison, Filter, Operand};
use crate::mistakes;
use crate::scalar::{Codec, ColumnType, Scalar};
use crate::source::Span;
use crate::value::Value;

/// Comparisons of two columns.
const COLUMN_COMPARISONS: &[(&str, Comparison)] = &[
    ("_ceq", Comparison::Equal),
    ("_cne", Comparison::NotEqual),
    ("_cneq", Comparison::NotEqual),
    ("_cgt", Comparison::Greater),
    ("_clt", Comparison::Less),
    ("_cgte", Comparison::GreaterOrEqual),
    ("_clte", Comparison::LessOrEqual),
];

/// What conditions are checked against.
pub struct Scope<'s, 'a> {
    /// Tables, enums.
    pub declarations: &'s Declarations<'a>,
    /// Columns of every table.
    pub columns: &'s [TableColumns<'a>],
    /// Relations of every table.
    pub relations: &'s [TableRelations],
}

/// Where in a condition we are.
#[derive(Clone, Copy)]
struct Row {
    /// The table the rule is about: `["$", column]`.
    root: TableId,
    /// The table of the row at hand.
    here: TableId,
}

impl<'s, 'a> Scope<'s, 'a> {
    /// The condition on a row of `table`; what is wrong in it is reported and left out.
    pub fn filter(&self, table: TableId, condition: &Literal, diagnostics: &mut Vec<Diagnostic>) -> Filter {
        self.condition(Row { root: table, here: table }, condition, diagnostics)
    }

    /// The table's declaration.
    pub fn table(&self, id: TableId) -> &'s TableDeclaration<'a> {
        &self.declarations.tables[id.0 as usize]
    }

    /// The table's columns.
    pub fn columns_of(&self, id: TableId) -> &'s TableColumns<'a> {
        &self.columns[id.0 as usize]
    }

    fn condition(&self, row: Row, condition: &Literal, diagnostics: &mut Vec<Diagnostic>) -> Filter {
        let LiteralKind::Object(entries) = &condition.kind else {
            diagnostics.push(mistakes::condition_not_object(condition, &self.table(row.here).name.text));
            return Filter::always();
        };
        self.all(entries, diagnostics, |entry, diagnostics| self.entry(row, entry, diagnostics))
    }

    /// Entries of one object hold together; a single one is not wrapped.
    fn all(
        &self,
        entries: &[Argument],
        diagnostics: &mut Vec<Diagnostic>,
        read: impl Fn(&Argument, &mut Vec<Diagnostic>) -> Option<Filter>,
    ) -> Filter {
        let mut parts = Vec::new();
        for (index, entry) in entries.iter().enumerate() {
            if entries[..index].iter().any(|earlier| earlier.name.text == entry.name.text) {
                diagnostics.push(mistakes::repeated_key(&entry.name));
            } else {
                parts.extend(read(entry, diagnostics));
            }
        }
        match (entries.len(), parts.pop()) {
            (1, Some(only)) => only,
            (_, last) => {
                parts.extend(last);
                Filter::And(parts)
            }
        }
    }

    fn entry(&self, row: Row, entry: &Argument, diagnostics: &mut Vec<Diagnostic>) -> Option<Filter> {
        let columns = self.columns_of(row.here);
        match &*entry.name.text {
            "_and" => Some(Filter::And(self.members(row, &entry.value, diagnostics))),
            "_or" => Some(Filter::Or(self.members(row, &entry.value, diagnostics))),
            "_not" => Some(Filter::Not(Box::new(self.condition(row, &entry.value, diagnostics)))),
            "_exists" => self.exists(row, entry, diagnostics),
            name => match columns.meanings.get(name) {
                Some(Meaning::Column(column)) => self.column(row, *column, entry, diagnostics),
                Some(Meaning::Relation(relation)) => self.relation(row, *relation, entry, diagnostics),
                Some(Meaning::Broken) => None,
                None if self.table(row.here).partial => None,
                None => {
                    let known = columns.meanings.keys().copied();
                    let table = &self.table(row.here).name.text;
                    diagnostics.push(mistakes::unknown_field_in_condition(&entry.name, table, known));
                    None
                }
            },
        }
    }

    /// Members of `_and` and `_or`; a single object stands for a list of one.
    fn members(&self, row: Row, value: &Literal, diagnostics: &mut Vec<Diagnostic>) -> Vec<Filter> {
        match &value.kind {
            LiteralKind::List(members) => {
                members.iter().map(|member| self.condition(row, member, diagnostics)).collect()
            }
            _ => vec![self.condition(row, value, diagnostics)],
        }
    }

    fn exists(&self, row: Row, entry: &Argument, diagnostics: &mut Vec<Diagnostic>) -> Option<Filter> {
        let LiteralKind::Object(parts) = &entry.value.kind else {
            diagnostics.push(mistakes::exists_shape(entry.value.span));
            return None;
        };
        let part = |name: &str| parts.iter().find(|part| &*part.name.text == name).map(|part| &part.value);
        let (Some(table), Some(condition), 2) = (part("_table"), part("_where"), parts.len()) else {
            diagnostics.push(mistakes::exists_shape(entry.value.span));
            return None;
        };
        let Some(name) = table.as_name() else {
            diagnostics.push(mistakes::exists_shape(table.span));
            return None;
        };
        let Some(here) = self.declarations.table_ids.get(name).copied() else {
            if !self.declarations.broken.contains(name) && !self.declarations.incomplete {
                let name = Name { text: name.into(), span: table.span };
                let known = self.declarations.table_ids.keys().copied();
                diagnostics.push(mistakes::unknown_table(&name, known));
            }
            return None;
        };
        let filter = Box::new(self.condition(Row { root: row.root, here }, condition, diagnostics));
        Some(Filter::Exists { table: here, filter })
    }

    fn relation(
        &self,
        row: Row,
        relation: RelationIndex,
        entry: &Argument,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Option<Filter> {
        let (_, target) = self.columns_of(row.here).relations[relation.0 as usize];
        if !matches!(entry.value.kind, LiteralKind::Object(_)) {
            diagnostics.push(mistakes::relation_condition_shape(
                &entry.value,
                &entry.name.text,
                &self.table(target).name.text,
            ));
            return None;
        }
        // A relation with mistakes has a target all the same: go on inside.
        let filter = Box::new(self.condition(Row { root: row.root, here: target }, &entry.value, diagnostics));
        self.relations[row.here.0 as usize].relations[relation.0 as usize].as_ref()?;
        Some(Filter::Relation { relation, filter })
    }

    fn column(
        &self,
        row: Row,
        column: ColumnIndex,
        entry: &Argument,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Option<Filter> {
        let LiteralKind::Object(comparisons) = &entry.value.kind else {
            diagnostics.push(mistakes::bare_value(&entry.value, &entry.name.text));
            return None;
        };
        Some(self.all(comparisons, diagnostics, |comparison, diagnostics| {
            self.comparison(row, column, comparison, diagnostics)
        }))
    }

    fn comparison(
        &self,
        row: Row,
        column: ColumnIndex,
        written: &Argument,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Option<Filter> {
        let definition = self.columns_of(row.here).column(column);
        let operator = &*written.name.text;
        if operator == "_is_null" {
            let boolean = Expected { codec: Codec::of(Scalar::Boolean), name: "Boolean", enumeration: None };
            let operand = self.operand(&written.value, &boolean, diagnostics)?;
            return Some(Filter::IsNull { column, operand });
        }
        if let Some((_, comparison)) = COLUMN_COMPARISONS.iter().find(|(name, _)| *name == operator) {
            let operand = self.other_column(row, column, &written.value, diagnostics)?;
            return Some(Filter::Compare { column, comparison: *comparison, operand });
        }
        if operator == "_cast" && definition.column_type == ColumnType::Scalar(Scalar::Jsonb) {
            return self.cast(column, &written.value, diagnostics);
        }
        self.with_value(column, &definition.column_type, written, diagnostics)
    }

    /// A column compared with a value, by an operator of its type.
    fn with_value(
        &self,
        column: ColumnIndex,
        column_type: &ColumnType,
        written: &Argument,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Option<Filter> {
        let operator = &*written.name.text;
        let found = Comparison::ALL.into_iter().find(|(name, _)| *name == operator);
        let Some(comparison) =
            found.map(|(_, comparison)| comparison).or((operator == "_ne").then_some(Comparison::NotEqual))
        else {
            diagnostics.push(mistakes::unknown_operator(&written.name, &operators(column_type)));
            return None;
        };
        let name = super::type_name(column_type, &self.declarations.enums);
        if !comparison.applies_to(column_type) {
            diagnostics.push(mistakes::operator_of_other_type(&written.name, &name, &operators(column_type)));
            return None;
        }
        let text = |list| Codec { list, ..Codec::of(Scalar::String) };
        let expected = match comparison.compared() {
            Compared::Value | Compared::Values => Expected::of(column_type, &name, &self.declarations.enums),
            Compared::Text => Expected { codec: text(false), name: "String", enumeration: None },
            Compared::Texts => Expected { codec: text(true), name: "String", enumeration: None },
        };
        if comparison.takes_list() {
            return self.list(column, comparison, &written.value, &expected, diagnostics);
        }
        if let Some(inside) = session_variable_inside(&written.value) {
            diagnostics.push(mistakes::session_variable_inside(inside, operator));
            return None;
        }
        let operand = self.operand(&written.value, &expected, diagnostics)?;
        Some(Filter::Compare { column, comparison, operand })
    }

    /// `_cast: {String: {…}}`.
    fn cast(&self, column: ColumnIndex, value: &Literal, diagnostics: &mut Vec<Diagnostic>) -> Option<Filter> {
        let LiteralKind::Object(types) = &value.kind else {
            diagnostics.push(mistakes::cast_shape(value.span));
            return None;
        };
        let [Argument { name, value: Literal { kind: LiteralKind::Object(comparisons), .. }, .. }] = types.as_slice()
        else {
            diagnostics.push(mistakes::cast_shape(value.span));
            return None;
        };
        if &*name.text != Scalar::String.name() {
            diagnostics.push(mistakes::cast_shape(name.span));
            return None;
        }
        let text = ColumnType::Scalar(Scalar::String);
        Some(self.all(comparisons, diagnostics, |written, diagnostics| {
            if &*written.name.text == "_is_null" {
                let boolean = Expected { codec: Codec::of(Scalar::Boolean), name: "Boolean", enumeration: None };
                let operand = self.operand(&written.value, &boolean, diagnostics)?;
                return Some(Filter::IsNull { column, operand });
            }
            as_text(self.with_value(column, &text, written, diagnostics)?)
        }))
    }

    /// A literal or a session variable.
    pub fn operand(&self, value: &Literal, expected: &Expected, diagnostics: &mut Vec<Diagnostic>) -> Option<Operand> {
        if let Some(variable) = session_variable(value) {
            return Some(Operand::Session(variable));
        }
        match literal::value(value, expected) {
            Ok(value) => Some(Operand::Literal(value)),
            Err(error) => {
                diagnostics.push(mistakes::unfitting_value(value.span, expected, &error));
                None
            }
        }
    }

    /// `_in` and `_nin`: a session variable that holds a list, or a list of literals and session variables.
    fn list(
        &self,
        column: ColumnIndex,
        comparison: Comparison,
        value: &Literal,
        expected: &Expected,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Option<Filter> {
        if let Some(variable) = session_variable(value) {
            return Some(Filter::Compare { column, comparison, operand: Operand::Session(variable) });
        }
        let LiteralKind::List(members) = &value.kind else {
            diagnostics.push(mistakes::list_expected(value));
            return None;
        };
        let (mut literals, mut variables) = (Vec::new(), Vec::new());
        for member in members {
            match self.operand(member, expected, diagnostics)? {
                Operand::Literal(value) => literals.push(value),
                operand => variables.push(operand),
            }
        }
        let single = if comparison == Comparison::In { Comparison::Equal } else { Comparison::NotEqual };
        let mut parts: Vec<Filter> =
            variables.into_iter().map(|operand| Filter::Compare { column, comparison: single, operand }).collect();
        if !literals.is_empty() || parts.is_empty() {
            let operand = Operand::Literal(Value::List(literals));
            parts.insert(0, Filter::Compare { column, comparison, operand });
        }
        match (parts.len(), comparison) {
            (1, _) => parts.pop(),
            (_, Comparison::In) => Some(Filter::Or(parts)),
            _ => Some(Filter::And(parts)),
        }
    }

    /// `column`, or `["$", column]` for a column of the row the rule is about.
    fn other_column(
        &self,
        row: Row,
        column: ColumnIndex,
        value: &Literal,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Option<Operand> {
        let (table, name) = match &value.kind {
            LiteralKind::List(members) => match members.as_slice() {
                [mark, name] if mark.as_name() == Some("$") => (row.root, name),
                _ => {
                    diagnostics.push(mistakes::column_comparison_shape(value.span));
                    return None;
                }
            },
            _ => (row.here, value),
        };
        let Some(text) = name.as_name() else {
            diagnostics.push(mistakes::column_comparison_shape(value.span));
            return None;
        };
        let written = Name { text: text.into(), span: name.span };
        let other = self.columns_of(table).find(&written, self.table(table), diagnostics)?;
        let (left, right) = (self.columns_of(row.here).column(column), self.columns_of(table).column(other));
        if !comparable(&left.column_type, &right.column_type) {
            let enums = &self.declarations.enums;
            let (left, right) =
                (super::type_name(&left.column_type, enums), super::type_name(&right.column_type, enums));
            diagnostics.push(mistakes::compared_types_differ(&written, &right, &left));
            return None;
        }
        Some(if matches!(value.kind, LiteralKind::List(_)) {
            Operand::RootColumn(other)
        } else {
            Operand::Column(other)
        })
    }
}

/// Comparisons of a column become comparisons of its text.
fn as_text(filter: Filter) -> Option<Filter> {
    match filter {
        Filter::Compare { column, comparison, operand } => Some(Filter::CastText { column, comparison, operand }),
        Filter::And(parts) => Some(Filter::And(parts.into_iter().filter_map(as_text).collect())),
        Filter::Or(parts) => Some(Filter::Or(parts.into_iter().filter_map(as_text).collect())),
        other => Some(other),
    }
}

/// The session variable a string names, in lower case; case does not matter.
pub fn session_variable(value: &Literal) -> Option<Box<str>> {
    const PREFIX: &str = "x-hasura-";
    let LiteralKind::Text(text) = &value.kind else { return None };
    let lower = text.to_ascii_lowercase();
    (lower.starts_with(PREFIX) && lower.len() > PREFIX.len()).then(|| lower.into())
}

/// The operators a column of this type has in a rule.
fn operators(column_type: &ColumnType) -> Vec<&'static str> {
    let own = Comparison::ALL.into_iter().filter(|(_, comparison)| comparison.applies_to(column_type));
    let columns = COLUMN_COMPARISONS.iter().map(|(name, _)| *name);
    let cast = (*column_type == ColumnType::Scalar(Scalar::Jsonb)).then_some("_cast");
    own.map(|(name, _)| name).chain(["_is_null"]).chain(cast).chain(columns).collect()
}

/// Where a list or an object holds what looks like a session variable.
fn session_variable_inside(value: &Literal) -> Option<Span> {
    let found = |value: &Literal| match session_variable(value) {
        Some(_) => Some(value.span),
        None => session_variable_inside(value),
    };
    match &value.kind {
        LiteralKind::List(members) => members.iter().find_map(found),
        LiteralKind::Object(entries) => entries.iter().find_map(|entry| found(&entry.value)),
        _ => None,
    }
}

/// Whether two columns may be compared: the same type, or both numbers.
fn comparable(left: &ColumnType, right: &ColumnType) -> bool {
    let number = |column_type: &ColumnType| matches!(column_type, ColumnType::Scalar(scalar) if scalar.is_numeric());
    left == right || (number(left) && number(right))
}
