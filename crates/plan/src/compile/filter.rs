//! Filters as SQL conditions, three-valued like SQL itself, with the same truth on both databases.

use purlin_model::catalog::{Column, ColumnIndex};
use purlin_model::filter::{Comparison, Filter, Operand};
use purlin_model::scalar::{ColumnType, Scalar, Stored};
use purlin_model::value::Value;
use sea_query::{Alias, Expr, ExprTrait, Func, Query};

use super::Compiler;
use super::column::{all, any, boolean, call, cast, collate, native_type, number, operator, power_of_ten};
use super::relation::Keys;
use super::statement::{Draft, RowName};
use crate::plan::{BoundSlot, Dialect, Slot};
use crate::query::{Parameter, Source};

/// Where in nested filters a condition stands.
#[derive(Clone, Copy)]
pub(super) struct Scope<'r> {
    /// The row the enclosing rule is about.
    root: &'r RowName,
    /// Inside a rule: relations see all rows of join tables.
    in_rule: bool,
}

impl Compiler<'_> {
    /// A condition on `row`, as merged: rules inside it are marked.
    pub(super) fn condition(&mut self, draft: &mut Draft, filter: &Filter, row: &RowName) -> Expr {
        self.filter(draft, filter, row, Scope { root: row, in_rule: false })
    }

    /// The same, where a filter that holds for every row needs no condition.
    pub(super) fn narrowing(&mut self, draft: &mut Draft, filter: &Filter, row: &RowName) -> Option<Expr> {
        if filter.is_always() { None } else { Some(self.condition(draft, filter, row)) }
    }

    fn filter(&mut self, draft: &mut Draft, filter: &Filter, row: &RowName, scope: Scope<'_>) -> Expr {
        match filter {
            Filter::And(parts) => {
                let parts = parts.iter().filter(|part| !part.is_always());
                all(parts.map(|part| self.filter(draft, part, row, scope)).collect::<Vec<_>>())
            }
            Filter::Or(parts) => any(parts.iter().map(|part| self.filter(draft, part, row, scope)).collect::<Vec<_>>()),
            Filter::Not(inner) => self.filter(draft, inner, row, scope).not(),
            Filter::Compare { column, comparison, operand } => {
                self.comparison(draft, row, scope, (*column, *comparison, operand))
            }
            Filter::CastText { column, comparison, operand } => {
                let Operand::Parameter(index) = operand else { return boolean(false) };
                let asked = self.asked(draft, row, scope, *column);
                self.text_comparison(draft, asked, *comparison, *index)
            }
            Filter::IsNull { column, operand } => self.is_null(draft, row, scope, *column, operand),
            Filter::Search(operand) => self.search(draft, row, operand),
            Filter::Relation { relation, filter } => {
                let join_filter = !scope.in_rule;
                let keys = Keys::Row(row.clone());
                let related = self.related(draft, row.table, *relation, keys, join_filter);
                let inner = self.filter(draft, filter, &related.row, scope);
                let mut query = Query::select();
                query.expr(number(1));
                related.from(&mut query);
                query.and_where_option(related.condition.clone()).and_where(inner);
                self.exists(query)
            }
            Filter::Exists { table, filter } => {
                let other = draft.row(*table);
                let inner = self.filter(draft, filter, &other, scope);
                let mut query = Query::select();
                query.expr(number(1)).from(self.table_as(draft, &other)).and_where(inner);
                self.exists(query)
            }
            Filter::Rule(inner) => self.filter(draft, inner, row, Scope { root: row, in_rule: true }),
        }
    }

    fn is_null(
        &mut self,
        draft: &mut Draft,
        row: &RowName,
        scope: Scope<'_>,
        column: ColumnIndex,
        operand: &Operand,
    ) -> Expr {
        let stored = self.asked(draft, row, scope, column);
        match self.constant(operand) {
            Some(Value::Boolean(true)) => stored.is_null(),
            Some(Value::Boolean(false)) => stored.is_not_null(),
            Some(_) => boolean(false),
            None => {
                let wanted = match operand {
                    Operand::Column(other) => self.asked(draft, row, scope, *other),
                    Operand::RootColumn(other) => self.asked(draft, scope.root, scope, *other),
                    Operand::Parameter(index) => draft.bind(self.parameter_slot(*index)),
                    Operand::Literal(_) | Operand::Session(_) => boolean(false),
                };
                stored.is_null().eq(wanted)
            }
        }
    }

    /// A column as a condition may ask about it: rules ask about all of it, clients about what the role sees.
    fn asked(&mut self, draft: &mut Draft, row: &RowName, scope: Scope<'_>, column: ColumnIndex) -> Expr {
        if scope.in_rule { self.stored(row, column) } else { self.seen(draft, row, column) }
    }

    /// The operand's value, if the document or a rule fixes it.
    fn constant<'o>(&'o self, operand: &'o Operand) -> Option<&'o Value> {
        match operand {
            Operand::Literal(value) => Some(value),
            Operand::Parameter(index) => match &self.parameters[*index].source {
                Source::Constant(value) => Some(value),
                _ => None,
            },
            Operand::Session(_) | Operand::Column(_) | Operand::RootColumn(_) => None,
        }
    }

    /// A parameter bound by its own codec.
    pub(super) fn parameter_slot(&self, index: usize) -> BoundSlot {
        let parameter = &self.parameters[index];
        BoundSlot { slot: Slot::Binding(index), codec: parameter.codec, many: parameter.many, postgres_type: None }
    }

    fn comparison(
        &mut self,
        draft: &mut Draft,
        row: &RowName,
        scope: Scope<'_>,
        (column, comparison, operand): (ColumnIndex, Comparison, &Operand),
    ) -> Expr {
        let (other, index) = match operand {
            Operand::Column(other) => (row, *other),
            Operand::RootColumn(other) => (scope.root, *other),
            Operand::Parameter(index) => {
                let asked = self.asked(draft, row, scope, column);
                let column = self.column(row.table, column);
                return self.compare_parameter(draft, asked, column, comparison, *index);
            }
            // Permission merging turns both into parameters; what did not pass it matches nothing.
            Operand::Literal(_) | Operand::Session(_) => return boolean(false),
        };
        let (left, right) = (self.asked(draft, row, scope, column), self.asked(draft, other, scope, index));
        let (mine, theirs) = (self.column(row.table, column), self.column(other.table, index));
        let (left, right) = (self.aligned(left, mine, theirs), self.aligned(right, theirs, mine));
        self.compare(left, comparison, right)
    }

    /// A column to be compared with another column: decimals scaled by different powers of ten are brought together.
    fn aligned(&self, asked: Expr, column: &Column, other: &Column) -> Expr {
        let scale = |column: &Column| match (column.stored, column.column_type.scalar()) {
            (Stored::Scaled { scale }, _) => Some(scale),
            (_, Scalar::SmallInt | Scalar::Int | Scalar::BigInt) => Some(0),
            _ => None,
        };
        let plain = self.collated(asked, column.codec());
        if self.dialect == Dialect::Postgres {
            return plain;
        }
        match (scale(column), scale(other)) {
            (Some(mine), Some(theirs)) if mine < theirs => plain.mul(power_of_ten(theirs - mine)),
            _ => plain,
        }
    }

    /// A document's text compared by code point, like a text column of Purlin's own. SQLite holds that very text.
    fn text_comparison(&mut self, draft: &mut Draft, asked: Expr, comparison: Comparison, index: usize) -> Expr {
        let text = match self.dialect {
            Dialect::Postgres if comparison.ignores_case() => collate(cast(asked, "text"), UNICODE),
            Dialect::Postgres => collate(cast(asked, "text"), "\"C\""),
            Dialect::Sqlite => asked,
        };
        let many = comparison.takes_list();
        let value = match comparison.is_pattern() {
            true => self.pattern_operand(draft, comparison, index),
            false => draft.bind(self.parameter_slot(index)),
        };
        match (many, self.dialect) {
            (true, Dialect::Sqlite) => member_of(draft, text, comparison, value, false),
            _ => self.compare(text, comparison, value),
        }
    }

    /// The pattern a text is compared with.
    fn pattern_operand(&mut self, draft: &mut Draft, comparison: Comparison, index: usize) -> Expr {
        if !comparison.is_regular() {
            return draft.bind(self.parameter_slot(index));
        }
        let given = self.parameters[index].clone();
        let source = Source::Pattern(Box::new(given.source));
        let pattern = self.add_parameter(Parameter { source, ..given });
        draft.bind(self.parameter_slot(pattern))
    }

    fn compare_parameter(
        &mut self,
        draft: &mut Draft,
        asked: Expr,
        column: &Column,
        comparison: Comparison,
        index: usize,
    ) -> Expr {
        if comparison.is_pattern() {
            let pattern = self.pattern_operand(draft, comparison, index);
            let any_case = comparison.ignores_case() && self.dialect == Dialect::Postgres;
            let text = if any_case { unicode_case(asked, column) } else { asked };
            return self.compare(text, comparison, pattern);
        }
        match comparison {
            Comparison::Contains | Comparison::ContainedIn => {
                let value = self.value_for(draft, Slot::Binding(index), &operand_of(column), false);
                return self.containment(self.readable(asked, column), comparison, value, column);
            }
            Comparison::HasKey | Comparison::HasKeysAny | Comparison::HasKeysAll => {
                let keys = draft.bind(self.parameter_slot(index));
                return self.has_keys(self.readable(asked, column), comparison, keys);
            }
            _ => {}
        }
        let many = comparison.takes_list();
        let value = self.value_for(draft, Slot::Binding(index), &operand_of(column), many);
        let left = self.collated(asked, column.codec());
        if many && self.dialect == Dialect::Sqlite {
            return member_of(draft, left, comparison, value, column.column_type.scalar() == Scalar::Bytea);
        }
        self.compare(left, comparison, value)
    }

    fn compare(&self, left: Expr, comparison: Comparison, right: Expr) -> Expr {
        match comparison {
            Comparison::Equal => left.eq(right),
            Comparison::NotEqual => left.ne(right),
            Comparison::Greater => left.gt(right),
            Comparison::Less => left.lt(right),
            Comparison::GreaterOrEqual => left.gte(right),
            Comparison::LessOrEqual => left.lte(right),
            Comparison::In => left.eq(call("ANY", [right])),
            Comparison::NotIn => left.ne(call("ALL", [right])),
            pattern if pattern.is_pattern() => self.pattern(left, pattern, right),
            // Of columns of the model only; no two of them are compared so.
            _ => boolean(false),
        }
    }

    fn pattern(&self, left: Expr, comparison: Comparison, right: Expr) -> Expr {
        if self.dialect == Dialect::Sqlite {
            let function = match comparison {
                Comparison::Similar | Comparison::NotSimilar => "purlin_similar",
                Comparison::Regex | Comparison::NotRegex => "purlin_regex",
                Comparison::IRegex | Comparison::NotIRegex => "purlin_iregex",
                Comparison::ILike | Comparison::NotILike => "purlin_ilike",
                _ => "purlin_like",
            };
            let matches = call(function, [left, right]);
            return if comparison.is_negative() { matches.not() } else { matches };
        }
        let name = match comparison {
            Comparison::NotLike => "NOT LIKE",
            Comparison::ILike => "ILIKE",
            Comparison::NotILike => "NOT ILIKE",
            Comparison::Similar => "SIMILAR TO",
            Comparison::NotSimilar => "NOT SIMILAR TO",
            Comparison::Regex => "~",
            Comparison::NotRegex => "!~",
            Comparison::IRegex => "~*",
            Comparison::NotIRegex => "!~*",
            _ => "LIKE",
        };
        operator(left, name, right)
    }

    /// Whether a document or a list holds all of another.
    fn containment(&self, left: Expr, comparison: Comparison, right: Expr, column: &Column) -> Expr {
        let contains = comparison == Comparison::Contains;
        match self.dialect {
            Dialect::Postgres => operator(left, if contains { "@>" } else { "<@" }, right),
            Dialect::Sqlite => {
                let list = column.column_type.is_list();
                let function = if list { "purlin_list_contains" } else { "purlin_json_contains" };
                call(function, if contains { [left, right] } else { [right, left] })
            }
        }
    }

    /// Whether a document has keys.
    fn has_keys(&self, document: Expr, comparison: Comparison, keys: Expr) -> Expr {
        let (name, function) = match comparison {
            Comparison::HasKeysAny => ("?|", "purlin_json_has_any"),
            Comparison::HasKeysAll => ("?&", "purlin_json_has_all"),
            _ => ("?", "purlin_json_has_key"),
        };
        match self.dialect {
            Dialect::Postgres => operator(document, name, keys),
            Dialect::Sqlite => call(function, [document, keys]),
        }
    }
}

/// Whether a value is a member of a list that is bound as JSON (SQLite); bytes travel as hexadecimal digits.
fn member_of(draft: &mut Draft, left: Expr, comparison: Comparison, list: Expr, bytes: bool) -> Expr {
    let members = json_members(draft, list, bytes);
    if comparison == Comparison::NotIn { left.not_in_subquery(members) } else { left.in_subquery(members) }
}

/// Letters of all of Unicode have their cases (PostgreSQL).
const UNICODE: &str = "\"und-x-icu\"";

/// The column as its operands see it: a number compared with a `numeric` is not rounded to the column's scale.
fn operand_of(column: &Column) -> Column {
    let stored = match column.stored {
        Stored::Scaled { scale } => Stored::ScaledOperand { scale },
        Stored::Decimal { .. } => Stored::Decimal { scale: None },
        Stored::Real { .. } => Stored::Real { scale: None },
        other => other,
    };
    Column { stored, ..column.clone() }
}

/// Text ordered by code point folds only ASCII case on PostgreSQL; patterns without regard to case ask for Unicode's.
fn unicode_case(text: Expr, column: &Column) -> Expr {
    let plain = matches!(column.column_type, ColumnType::Scalar(Scalar::String) | ColumnType::Enum(_));
    if plain && column.collation.is_none() && native_type(column).is_none() { collate(text, UNICODE) } else { text }
}

/// `SELECT value FROM json_each(list)`; bytes travel as hexadecimal digits.
fn json_members(draft: &mut Draft, list: Expr, bytes: bool) -> sea_query::SelectStatement {
    let alias = draft.alias();
    let value = Expr::col((alias.clone(), Alias::new("value")));
    let mut query = Query::select();
    query.expr(if bytes { call("unhex", [value]) } else { value });
    query.from_function(Func::cust("json_each").arg(list), alias);
    query
}
