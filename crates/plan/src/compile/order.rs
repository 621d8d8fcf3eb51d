//! Sort keys: columns, columns of related rows, aggregates over related rows; NULL's place is explicit.

use purlin_model::catalog::{ColumnIndex, RelationIndex, TableId};
use purlin_model::filter::Filter;
use purlin_model::scalar::{Codec, Scalar};
use sea_query::{
    CaseStatement, Expr, ExprTrait, JoinType, NullOrdering, OrderedStatement, Query, SelectStatement, TableRef,
};

use super::Compiler;
use super::column::all;
use super::relation::Keys;
use super::statement::{Draft, RowName};
use crate::query::{Arguments, Order, OrderTarget};

/// One sort key of a statement.
#[derive(Clone)]
pub(super) struct Term {
    expression: Expr,
    order: sea_query::Order,
    nulls: Option<NullOrdering>,
}

impl Term {
    /// By something that is never NULL.
    pub fn ascending(expression: Expr) -> Term {
        Term { expression, order: sea_query::Order::Asc, nulls: None }
    }

    /// What is sorted by.
    pub fn expression(&self) -> &Expr {
        &self.expression
    }

    /// The same key over what is known by another expression.
    pub fn over(&self, expression: Expr) -> Term {
        Term { expression, ..self.clone() }
    }

    /// Adds the key to a query or a window.
    pub fn apply(&self, query: &mut impl OrderedStatement) {
        match self.nulls {
            Some(nulls) => query.order_by_expr_with_nulls(self.expression.clone(), self.order.clone(), nulls),
            None => query.order_by_expr(self.expression.clone(), self.order.clone()),
        };
    }
}

/// Object relations joined into one statement at most; more become statements of their own. (SQLite joins at most 64
/// tables, and planning many joins is slow.)
const JOINS: usize = 32;

/// Object relations joined into a statement, each once.
#[derive(Default)]
pub(super) struct Joins {
    joined: Vec<Joined>,
}

struct Joined {
    from: RowName,
    relation: RelationIndex,
    filter: Filter,
    row: RowName,
    table: TableRef,
    condition: Expr,
}

impl Joins {
    /// How many there are.
    pub fn len(&self) -> usize {
        self.joined.len()
    }

    /// Whether another relation may be joined.
    pub fn has_room(&self) -> bool {
        self.joined.len() < JOINS
    }

    /// Adds the joins to a query.
    pub fn apply(&self, query: &mut SelectStatement) {
        for join in &self.joined {
            query.join(JoinType::LeftJoin, join.table.clone(), join.condition.clone());
        }
    }
}

impl Compiler<'_> {
    /// The row at the other end of a to-one relation, `NULL` throughout where there is none that passes the filter.
    pub(super) fn join(
        &mut self,
        draft: &mut Draft,
        joins: &mut Joins,
        from: &RowName,
        relation: RelationIndex,
        filter: &Filter,
    ) -> RowName {
        let same = |join: &&Joined| join.from == *from && join.relation == relation && join.filter == *filter;
        if let Some(join) = joins.joined.iter().find(same) {
            return join.row.clone();
        }
        let related = self.related(draft, from.table, relation, Keys::Row(from.clone()), true);
        let own = self.narrowing(draft, filter, &related.row);
        let condition = all(related.condition.into_iter().chain(own));
        let row = related.row;
        let table = self.table_as(draft, &row);
        joins.joined.push(Joined {
            from: from.clone(),
            relation,
            filter: filter.clone(),
            row: row.clone(),
            table,
            condition,
        });
        row
    }

    /// The sort keys of a list. With `distinct_on` the order is total, so that both databases choose the same rows.
    pub(super) fn terms(
        &mut self,
        draft: &mut Draft,
        joins: &mut Joins,
        row: &RowName,
        arguments: &Arguments,
    ) -> Vec<Term> {
        let order_by = &arguments.order_by;
        if arguments.distinct_on.is_empty() {
            return order_by.iter().map(|order| self.term(draft, joins, row, order)).collect();
        }
        let is_distinct = |order: &&Order| matches!(&order.target, OrderTarget::Column(column) if arguments.distinct_on.contains(column));
        let leading = order_by.iter().take_while(is_distinct).count();
        let given = |column: &ColumnIndex| {
            order_by.iter().any(|order| matches!(&order.target, OrderTarget::Column(other) if other == column))
        };
        let plain = |column: &ColumnIndex| Order::by(*column);
        let missing = arguments.distinct_on.iter().filter(|column| !given(column)).map(plain);
        let key = &self.table(row.table).primary_key;
        let tie_break =
            key.iter().filter(|column| !given(column) && !arguments.distinct_on.contains(column)).map(plain);
        let total: Vec<Order> = order_by[..leading]
            .iter()
            .cloned()
            .chain(missing)
            .chain(order_by[leading..].iter().cloned())
            .chain(tie_break)
            .collect();
        total.iter().map(|order| self.term(draft, joins, row, order)).collect()
    }

    fn term(&mut self, draft: &mut Draft, joins: &mut Joins, row: &RowName, order: &Order) -> Term {
        let never_null = matches!(&order.target, OrderTarget::Column(column)
            if self.is_never_null(row.table, *column) && !self.is_masked(row, *column));
        Term {
            expression: self.sorted_by(draft, joins, row, &order.target).0,
            order: if order.descending { sea_query::Order::Desc } else { sea_query::Order::Asc },
            nulls: match (never_null, order.nulls_first) {
                (true, _) => None,
                (false, true) => Some(NullOrdering::First),
                (false, false) => Some(NullOrdering::Last),
            },
        }
    }

    /// Whether the database itself keeps NULL out; of views and expressions it is a promise.
    pub(super) fn is_never_null(&self, table: TableId, column: ColumnIndex) -> bool {
        let column = self.column(table, column);
        !column.nullable && column.computed.is_none() && self.table(table).view.is_none()
    }

    /// What a key sorts by, and how SQLite holds it: a collation is not seen through a subquery and is said again.
    fn sorted_by(
        &mut self,
        draft: &mut Draft,
        joins: &mut Joins,
        row: &RowName,
        target: &OrderTarget,
    ) -> (Expr, Codec) {
        match target {
            OrderTarget::Column(column) => {
                (self.seen_comparable(draft, row, *column), self.column(row.table, *column).codec())
            }
            OrderTarget::Relation { relation, filter, target } => {
                if joins.has_room() && self.is_single(self.relation(row.table, *relation)) {
                    let joined = self.join(draft, joins, row, *relation, filter);
                    let (expression, codec) = self.sorted_by(draft, joins, &joined, target);
                    if !matches!(**target, OrderTarget::Aggregate { function: None, .. }) {
                        return (expression, codec);
                    }
                    // Where there is no row, nothing of it is counted: that is NULL, not none.
                    let (_, there) = self.relation(row.table, *relation).join[0];
                    let present = self.stored(&joined, there).is_not_null();
                    return (CaseStatement::new().case(present, expression).into(), codec);
                }
                let related = self.related(draft, row.table, *relation, Keys::Row(row.clone()), true);
                let mut own = Joins::default();
                let (expression, codec) = self.sorted_by(draft, &mut own, &related.row, target);
                let condition = self.narrowing(draft, filter, &related.row);
                let one = self.bound_count(1);
                let limit = draft.number(self.parameter_slot(one));
                let mut query = Query::select();
                query.expr(expression);
                related.from(&mut query);
                for column in &self.table(related.row.table).primary_key {
                    let key = self.seen_comparable(draft, &related.row, *column);
                    query.order_by_expr(key, sea_query::Order::Asc);
                }
                own.apply(&mut query);
                query.and_where_option(related.condition.clone()).and_where_option(condition).limit(limit);
                (self.collated(subquery(query), codec), codec)
            }
            OrderTarget::Aggregate { relation, filter, function } => {
                let related = self.related(draft, row.table, *relation, Keys::Row(row.clone()), true);
                let (value, codec) = match function {
                    None => (sea_query::Func::count(Expr::col(sea_query::Asterisk)).into(), Codec::of(Scalar::BigInt)),
                    Some((function, column)) => {
                        let value = self.aggregate_value(draft, *function, &related.row, *column);
                        (value.expression, value.output.codec)
                    }
                };
                let condition = self.narrowing(draft, filter, &related.row);
                let mut query = Query::select();
                query.expr(value);
                related.from(&mut query);
                query.and_where_option(related.condition.clone()).and_where_option(condition);
                (self.collated(subquery(query), codec), codec)
            }
        }
    }
}

/// `(query)` as a value.
pub(super) fn subquery(query: SelectStatement) -> Expr {
    Expr::SubQuery(None, Box::new(query.into()))
}
