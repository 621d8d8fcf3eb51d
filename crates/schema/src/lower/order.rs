//! `order_by` and `distinct_on`.

use purlin_model::catalog::{ColumnIndex, RelationIndex, RelationKind, TableId};
use purlin_model::filter::Filter;
use purlin_plan::query::{AggregateFunction, Order, OrderTarget};

use super::{Lowering, unknown_field, unknown_value};
use crate::document::Expected;
use crate::error::Refusal;
use crate::input::{Input, Node};
use crate::names::InputType;
use crate::path::Path;
use crate::view;

/// Values of the enum `order_by`: name, descending, nulls first.
const DIRECTIONS: [(&str, bool, bool); 6] = [
    ("asc", false, false),
    ("asc_nulls_first", false, true),
    ("asc_nulls_last", false, false),
    ("desc", true, true),
    ("desc_nulls_first", true, true),
    ("desc_nulls_last", true, false),
];

/// How the target at hand is reached from the table that is sorted: object relations, outermost first.
#[derive(Clone, Default)]
struct Way(Vec<RelationIndex>);

impl Way {
    fn further(&self, relation: RelationIndex) -> Way {
        Way(self.0.iter().copied().chain([relation]).collect())
    }

    fn to(&self, target: OrderTarget) -> OrderTarget {
        self.0.iter().rev().fold(target, |target, relation| OrderTarget::Relation {
            relation: *relation,
            filter: Filter::always(),
            target: Box::new(target),
        })
    }
}

impl<'a> Lowering<'a> {
    /// The sort keys of an `order_by` argument, already resolved and not null.
    pub(super) fn order_by(&mut self, input: Input<'a>, table: TableId, path: &Path) -> Result<Vec<Order>, Refusal> {
        let expected = Expected::optional(InputType::OrderBy(table).name(self.catalog())).list();
        let is_list = matches!(input.node(), Node::List(_));
        let items = self.list(input, &expected, path)?;
        self.limits.branches(items.len())?;
        let mut orders = Vec::new();
        for (index, item) in items.iter().enumerate() {
            let item_path = path.index(index);
            self.order_object(item, table, &Way::default(), &mut orders, if is_list { &item_path } else { path })?;
        }
        Ok(orders)
    }

    fn order_object(
        &mut self,
        input: &Input<'a>,
        table: TableId,
        way: &Way,
        orders: &mut Vec<Order>,
        path: &Path,
    ) -> Result<(), Refusal> {
        let type_name = InputType::OrderBy(table).name(self.catalog());
        for (name, value) in self.object(input, &type_name, path)? {
            let path = path.key(name);
            if let Some(column) = self.view.selectable_column(table, name) {
                self.direction(value, way.to(OrderTarget::Column(column)), orders, &path)?;
            } else if let Some(relation) = self.object_relation(table, name) {
                self.limits.hops(way.0.len() + 1)?;
                let target = self.table(table).relation(relation).target;
                let expected = Expected::optional(InputType::OrderBy(target).name(self.catalog()));
                let value = self.given.resolve(value, &expected, &path)?;
                if !value.is_null() {
                    self.order_object(&value, target, &way.further(relation), orders, &path)?;
                }
            } else if let Some(relation) = self.view.aggregate_relation(table, name) {
                let target = self.table(table).relation(relation).target;
                let expected = Expected::optional(InputType::AggregateOrderBy(target).name(self.catalog()));
                let value = self.given.resolve(value, &expected, &path)?;
                if !value.is_null() {
                    self.order_aggregate(&value, (relation, target), way, orders, &path)?;
                }
            } else {
                return Err(unknown_field(name, &type_name, &path));
            }
        }
        Ok(())
    }

    fn object_relation(&self, table: TableId, name: &str) -> Option<RelationIndex> {
        let relation = self.view.visible_relation(table, name)?;
        (self.table(table).relation(relation).kind == RelationKind::Object).then_some(relation)
    }

    fn order_aggregate(
        &mut self,
        input: &Input<'a>,
        (relation, target): (RelationIndex, TableId),
        way: &Way,
        orders: &mut Vec<Order>,
        path: &Path,
    ) -> Result<(), Refusal> {
        let aggregate = |function| way.to(OrderTarget::Aggregate { relation, filter: Filter::always(), function });
        let type_name = InputType::AggregateOrderBy(target).name(self.catalog());
        for (name, value) in self.object(input, &type_name, path)? {
            let path = path.key(name);
            if name == "count" {
                self.direction(value, aggregate(None), orders, &path)?;
                continue;
            }
            let Some(function) = self.aggregate_function(target, name) else {
                return Err(unknown_field(name, &type_name, &path));
            };
            let of = InputType::FunctionOrderBy(target, function);
            let value = self.given.resolve(value, &Expected::optional(of.name(self.catalog())), &path)?;
            if value.is_null() {
                continue;
            }
            for (name, value) in self.object(&value, &of.name(self.catalog()), &path)? {
                let path = path.key(name);
                let Some(column) = self.aggregate_column(target, function, name) else {
                    return Err(unknown_field(name, &of.name(self.catalog()), &path));
                };
                self.direction(value, aggregate(Some((function, column))), orders, &path)?;
            }
        }
        Ok(())
    }

    /// The aggregate function of this name, when the role may read a column it applies to.
    pub(super) fn aggregate_function(&self, table: TableId, name: &str) -> Option<AggregateFunction> {
        let (_, function) = AggregateFunction::ALL.into_iter().find(|(known, _)| *known == name)?;
        let all = self.table(table);
        let applies = |column: ColumnIndex| function_applies(function, all.column(column));
        self.view.selectable_columns(table).any(applies).then_some(function)
    }

    /// The readable column of this name, when the function applies to it.
    pub(super) fn aggregate_column(
        &self,
        table: TableId,
        function: AggregateFunction,
        name: &str,
    ) -> Option<ColumnIndex> {
        let column = self.view.selectable_column(table, name)?;
        function_applies(function, self.table(table).column(column)).then_some(column)
    }

    /// Adds a sort key; a direction of null is ignored.
    fn direction(
        &mut self,
        value: Input<'a>,
        target: OrderTarget,
        orders: &mut Vec<Order>,
        path: &Path,
    ) -> Result<(), Refusal> {
        let value = self.given.resolve(value, &Expected::optional("order_by"), path)?;
        if value.is_null() {
            return Ok(());
        }
        let name = self.enum_value(&value, "order_by", path)?;
        let Some((_, descending, nulls_first)) = DIRECTIONS.iter().find(|(known, ..)| *known == name) else {
            return Err(unknown_value(name, "order_by", DIRECTIONS.iter().map(|(known, ..)| *known), path));
        };
        orders.push(Order { target, descending: *descending, nulls_first: *nulls_first });
        Ok(())
    }

    /// Columns of `T_select_column` (`distinct_on`, `count(columns:)`), already resolved and not null.
    pub(super) fn select_columns(
        &mut self,
        input: Input<'a>,
        table: TableId,
        path: &Path,
    ) -> Result<Vec<ColumnIndex>, Refusal> {
        let of = InputType::SelectColumn(table);
        let type_name = of.name(self.catalog());
        let items = self.list(input, &Expected::optional(type_name.clone()).list(), path)?;
        self.limits.branches(items.len())?;
        let mut columns = Vec::with_capacity(items.len());
        for (index, item) in items.into_iter().enumerate() {
            let path = path.index(index);
            let name = self.named(item, &of, &path)?;
            let Some(column) = self.view.selectable_column(table, name) else {
                let all = self.table(table);
                let values = self.view.selectable_columns(table).map(|column| &*all.column(column).name);
                return Err(unknown_value(name, &type_name, values, &path));
            };
            if !columns.contains(&column) {
                columns.push(column);
            }
        }
        Ok(columns)
    }
}

fn function_applies(function: AggregateFunction, column: &purlin_model::Column) -> bool {
    match function {
        AggregateFunction::Max | AggregateFunction::Min => view::is_comparable(column),
        _ => view::is_numeric(column),
    }
}

/// Whether the order begins with exactly the distinct columns, in any order among them (or there is no order).
pub(super) fn distinct_fits(distinct_on: &[ColumnIndex], order_by: &[Order]) -> bool {
    let column = |order: &Order| match order.target {
        OrderTarget::Column(column) => Some(column),
        _ => None,
    };
    let mut leading: Vec<Option<ColumnIndex>> = Vec::new();
    for order in order_by {
        let found = column(order);
        if leading.len() == distinct_on.len() {
            break;
        }
        if found.is_none() || !leading.contains(&found) {
            leading.push(found);
        }
    }
    let all_distinct = leading.iter().all(|found| found.is_some_and(|column| distinct_on.contains(&column)));
    order_by.is_empty() || (leading.len() == distinct_on.len() && all_distinct)
}
