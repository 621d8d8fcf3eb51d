//! Filters as SQL conditions, three-valued like SQL itself, with the same truth on both databases.

use purlin_model::catalog::{Column, ColumnIndex};
use purlin_model::filter::{Comparison, Filter, Operand};
use purlin_model::scalar::{ColumnType, Scalar, Stored};
use purlin_model::value::Value;
use sea_query::extension::postgres::PgBinOper;
use sea_query::{Alias, BinOper, Expr, ExprTrait, Func, Query};

use super::Compiler;
use super::column::{all, any, boolean, call, collate, native_type, number, power_of_ten};
use super::relation::Keys;
use super::statement::{Draft, RowName};
use crate::plan::{BoundSlot, Dialect, Slot};
use crate::query::Source;

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
        self.compare(left, comparison, right, mine)
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

    fn compare_parameter(
        &self,
        draft: &mut Draft,
        asked: Expr,
        column: &Column,
        comparison: Comparison,
        index: usize,
    ) -> Expr {
        let many = comparison.takes_list();
        if comparison.is_pattern() {
            let pattern = draft.bind(self.parameter_slot(index));
            return self.compare(asked, comparison, pattern, column);
        }
        let value = self.value_for(draft, Slot::Binding(index), &operand_of(column), many);
        let left = self.collated(asked, column.codec());
        if many && self.dialect == Dialect::Sqlite {
            let bytes = column.column_type.scalar() == Scalar::Bytea;
            let members = json_members(draft, value, bytes);
            return if comparison == Comparison::In {
                left.in_subquery(members)
            } else {
                left.not_in_subquery(members)
            };
        }
        self.compare(left, comparison, value, column)
    }

    fn compare(&self, left: Expr, comparison: Comparison, right: Expr, column: &Column) -> Expr {
        match comparison {
            Comparison::Equal => left.eq(right),
            Comparison::NotEqual => left.ne(right),
            Comparison::Greater => left.gt(right),
            Comparison::Less => left.lt(right),
            Comparison::GreaterOrEqual => left.gte(right),
            Comparison::LessOrEqual => left.lte(right),
            Comparison::In => left.eq(call("ANY", [right])),
            Comparison::NotIn => left.ne(call("ALL", [right])),
            Comparison::Like | Comparison::NotLike | Comparison::ILike | Comparison::NotILike => {
                self.pattern(left, comparison, right, column)
            }
        }
    }

    fn pattern(&self, left: Expr, comparison: Comparison, right: Expr, column: &Column) -> Expr {
        let negative = matches!(comparison, Comparison::NotLike | Comparison::NotILike);
        let any_case = matches!(comparison, Comparison::ILike | Comparison::NotILike);
        if self.dialect == Dialect::Sqlite {
            let matches = call(if any_case { "purlin_ilike" } else { "purlin_like" }, [left, right]);
            return if negative { matches.not() } else { matches };
        }
        let operator = match (any_case, negative) {
            (false, false) => BinOper::Like,
            (false, true) => BinOper::NotLike,
            (true, false) => BinOper::PgOperator(PgBinOper::ILike),
            (true, true) => BinOper::PgOperator(PgBinOper::NotILike),
        };
        let left = if any_case { unicode_case(left, column) } else { left };
        left.binary(operator, right)
    }
}

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
    if plain && column.collation.is_none() && native_type(column).is_none() {
        collate(text, "\"und-x-icu\"")
    } else {
        text
    }
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
