//! `T_aggregate`: one statement for the values of `aggregate`, one for `nodes`.

use purlin_model::catalog::ColumnIndex;
use purlin_model::scalar::{Codec, Scalar};
use sea_query::{Alias, Condition, Expr, ExprTrait, Func, IntoIden, JoinType, Query, SelectStatement};

use super::Compiler;
use super::aggregate_function::AggregateValue;
use super::cells::Cells;
use super::column::{all, number};
use super::order::{Joins, subquery};
use super::relation::Keys;
use super::select::{Enclosing, Form, Link, json_key};
use super::statement::{Draft, RowName};
use crate::plan::{Correlation, Dialect, JsonKey, Output, Rows, Shape};
use crate::query::{Aggregate, AggregateColumn, AggregateField, AggregateItem, Arguments, Select};

/// One aggregate, its rows and how they hang on the rows above.
pub(super) struct Aggregated<'q> {
    pub aggregate: &'q Aggregate,
    pub link: &'q Link,
    pub keys: Keys,
    /// Columns the values are made of.
    pub columns: Vec<ColumnIndex>,
}

/// The values of `aggregate` fields.
pub(super) struct Values {
    pub cells: Cells,
    /// For each cell whether it is a count, so 0 where there are no rows.
    counts: Vec<bool>,
}

impl Values {
    /// Values that follow `first` other result columns.
    pub fn after(first: usize) -> Values {
        Values { cells: Cells::after(first), counts: Vec::new() }
    }

    fn add(&mut self, expression: Expr, count: bool) -> usize {
        self.counts.push(count);
        self.cells.expression(expression)
    }
}

impl Compiler<'_> {
    /// The value of an aggregate field; its statements join `children`.
    pub(super) fn aggregate(&mut self, aggregate: &Aggregate, link: &Link, children: &mut Vec<Rows>) -> Shape {
        let mut fields = Vec::with_capacity(aggregate.fields.len());
        for field in &aggregate.fields {
            let (key, rows) = match field {
                AggregateField::Constant(key, json) => {
                    fields.push((json_key(key), Shape::Constant(json.clone())));
                    continue;
                }
                AggregateField::Aggregate(key, items) => (key, self.aggregate_rows(aggregate, items, link)),
                AggregateField::Nodes(key, fields) => {
                    let arguments = aggregate.arguments.clone();
                    let select = Select { table: aggregate.table, arguments, many: true, fields: fields.clone() };
                    (key, self.rows(&select, link))
                }
            };
            children.push(rows);
            fields.push((json_key(key), Shape::Child(children.len() - 1)));
        }
        Shape::Object { present: None, fields }
    }

    fn aggregate_rows(&mut self, aggregate: &Aggregate, items: &[AggregateItem], link: &Link) -> Rows {
        let mut draft = Draft::default();
        let form = self.form(link, true);
        let (enclosing, keys) = self.keys(&mut draft, link, form);
        let columns = columns_of(items);
        let first = usize::from(form == Form::Ordinal);
        let mut values = Values::after(first);
        let grouped = match &enclosing {
            Some(enclosing) if !is_sliced(&aggregate.arguments) && self.carries_key(link) => {
                Some(Keys::AnyOf(enclosing.arrays()))
            }
            _ => None,
        };
        let is_grouped = grouped.is_some();
        let of = Aggregated { aggregate, link, keys: grouped.unwrap_or(keys), columns };
        let mut query = Query::select();
        let (row, key) = self.aggregated_rows(&mut draft, &mut query, &of);
        let fields = self.items(&mut draft, &mut values, &of, &row, items);
        let query = match enclosing {
            None => {
                values.cells.select(&mut query);
                query
            }
            Some(enclosing) if is_grouped => by_group(query, &values, &key, enclosing),
            Some(enclosing) => by_position(query, &values, enclosing),
        };
        let correlation = match form {
            Form::Root => Correlation::Root,
            Form::PerParent => Correlation::PerParent,
            Form::Ordinal | Form::Keys => Correlation::Ordinal,
        };
        Rows {
            statement: draft.finish(self.dialect, &query),
            correlation,
            many: false,
            row: Shape::Object { present: None, fields },
            children: Vec::new(),
            row_cap: None,
        }
    }

    /// Whether the related rows of a link have the columns that equal its key.
    fn carries_key(&self, link: &Link) -> bool {
        match link {
            Link::Relation { table, relation, .. } => self.relation_carries_key(*table, *relation),
            Link::Root | Link::Written(_) => false,
        }
    }

    /// Adds the rows to a query: the row to aggregate over, and the expressions of its key.
    pub(super) fn aggregated_rows(
        &mut self,
        draft: &mut Draft,
        query: &mut SelectStatement,
        of: &Aggregated<'_>,
    ) -> (RowName, Vec<Expr>) {
        let Aggregate { table, arguments, .. } = of.aggregate;
        let source = self.source(draft, of.link, (*table, arguments.native.as_ref()), of.keys.clone());
        let key = source.key.iter().map(|(row, column)| self.stored(row, *column)).collect();
        let mut joins = Joins::default();
        if !is_sliced(arguments) {
            // The order of the rows makes no difference to any aggregate.
            let unordered = Arguments { order_by: Vec::new(), ..arguments.clone() };
            return (self.list(draft, &mut joins, query, &source, &unordered).0, key);
        }
        let mut inner = Query::select();
        let (row, _) = self.list(draft, &mut joins, &mut inner, &source, arguments);
        joins.apply(&mut inner);
        self.apply_limit(draft, &mut inner, arguments, None);
        if of.columns.is_empty() {
            inner.expr(number(1));
        }
        for column in &of.columns {
            let name = Alias::new(&*self.column(*table, *column).db_name);
            inner.expr_as(self.seen(draft, &row, *column), name);
        }
        let outer = RowName { masked: true, ..draft.row(*table) };
        query.from_subquery(inner, outer.name.clone());
        (outer, key)
    }

    pub(super) fn items(
        &mut self,
        draft: &mut Draft,
        values: &mut Values,
        of: &Aggregated<'_>,
        row: &RowName,
        items: &[AggregateItem],
    ) -> Vec<(JsonKey, Shape)> {
        let mut fields = Vec::with_capacity(items.len());
        for item in items {
            fields.push(match item {
                AggregateItem::Constant(key, json) => (json_key(key), Shape::Constant(json.clone())),
                AggregateItem::Count { key, columns, distinct } => {
                    let expression = self.count(draft, of, row, columns, *distinct);
                    let output = Output { codec: Codec::of(Scalar::BigInt), stringify: false };
                    (json_key(key), Shape::Cell { column: values.add(expression, true), output })
                }
                AggregateItem::Function { key, function, columns } => {
                    let of_columns = columns
                        .iter()
                        .map(|column| match column {
                            AggregateColumn::Constant(key, json) => (json_key(key), Shape::Constant(json.clone())),
                            AggregateColumn::Column(key, column) => {
                                let AggregateValue { expression, output } =
                                    self.aggregate_value(draft, *function, row, *column);
                                (json_key(key), Shape::Cell { column: values.add(expression, false), output })
                            }
                        })
                        .collect();
                    (json_key(key), Shape::Object { present: None, fields: of_columns })
                }
            });
        }
        fields
    }

    /// Rows, or tuples of the columns that hold no NULL.
    fn count(
        &mut self,
        draft: &mut Draft,
        of: &Aggregated<'_>,
        row: &RowName,
        columns: &[ColumnIndex],
        distinct: bool,
    ) -> Expr {
        let complete = |compiler: &mut Self, draft: &mut Draft, row: &RowName| {
            all(columns.iter().map(|column| compiler.seen(draft, row, *column).is_not_null()).collect::<Vec<_>>())
        };
        match (columns, distinct) {
            ([], _) => Func::count(Expr::col(sea_query::Asterisk)).into(),
            ([column], false) => Func::count(self.seen(draft, row, *column)).into(),
            ([column], true) => Func::count_distinct(self.seen_comparable(draft, row, *column)).into(),
            (_, false) => Func::count(Expr::col(sea_query::Asterisk)).filter(complete(self, draft, row)).into(),
            (_, true) if self.dialect == Dialect::Postgres => {
                let members: Vec<Expr> = columns.iter().map(|column| self.seen(draft, row, *column)).collect();
                Func::count_distinct(Expr::tuple(members)).filter(complete(self, draft, row)).into()
            }
            (_, true) => {
                // SQLite counts no distinct tuples; it does make them distinct.
                let mut inner = Query::select();
                let (row, _) = self.aggregated_rows(draft, &mut inner, of);
                inner.distinct().and_where(complete(self, draft, &row));
                for column in columns {
                    inner.expr(self.seen_comparable(draft, &row, *column));
                }
                let mut query = Query::select();
                query.expr(Func::count(Expr::col(sea_query::Asterisk))).from_subquery(inner, draft.alias());
                subquery(query)
            }
        }
    }
}

fn is_sliced(arguments: &Arguments) -> bool {
    arguments.limit.is_some() || arguments.offset.is_some() || !arguments.distinct_on.is_empty()
}

pub(super) fn columns_of(items: &[AggregateItem]) -> Vec<ColumnIndex> {
    let mut found: Vec<ColumnIndex> = Vec::new();
    for item in items {
        match item {
            AggregateItem::Constant(..) => {}
            AggregateItem::Count { columns, .. } => found.extend(columns),
            AggregateItem::Function { columns, .. } => found.extend(columns.iter().filter_map(|column| match column {
                AggregateColumn::Column(_, column) => Some(*column),
                AggregateColumn::Constant(..) => None,
            })),
        }
    }
    found.sort_unstable();
    found.dedup();
    found
}

/// All groups in one scan, then one row for each enclosing row, with counts of 0 where there is no group.
fn by_group(mut query: SelectStatement, values: &Values, key: &[Expr], enclosing: Enclosing) -> SelectStatement {
    let group = Alias::new("rows").into_iden();
    let part_name = |part: usize| Alias::new(format!("g{part}")).into_iden();
    for (part, expression) in key.iter().enumerate() {
        query.expr_as(expression.clone(), part_name(part));
        query.add_group_by([expression.clone()]);
    }
    values.cells.select_named(&mut query);
    let parts = (0..key.len()).map(|part| Expr::col((group.clone(), part_name(part))).eq(enclosing.part(part)));
    let on = all(parts);
    let mut outer = enclosing.positions();
    for (position, count) in values.counts.iter().enumerate() {
        let cell = Expr::col((group.clone(), Cells::name(position)));
        if *count {
            outer.expr(Func::coalesce([cell, number(0)]));
        } else {
            outer.expr(cell);
        }
    }
    outer.join_subquery(JoinType::LeftJoin, query, group, on);
    outer
}

/// One run for each enclosing row.
fn by_position(mut query: SelectStatement, values: &Values, enclosing: Enclosing) -> SelectStatement {
    values.cells.select_named(&mut query);
    let inner = Alias::new("rows").into_iden();
    let mut outer = enclosing.positions();
    for position in 0..values.cells.len() {
        outer.column((inner.clone(), Cells::name(position)));
    }
    outer.join_lateral(JoinType::InnerJoin, query, inner, Condition::all());
    outer
}
