//! Rules on what is read: root and nested selects, aggregates, conditions and orders that reach over relations.

use purlin_model::catalog::{RelationIndex, TableId};
use purlin_model::filter::Filter;

use super::Merger;
use crate::query::{Aggregate, AggregateField, Arguments, Field, FieldValue, Order, OrderTarget, Select};

impl Merger<'_> {
    pub(super) fn select(&mut self, select: Select) -> Select {
        let mut arguments = self.arguments(select.table, select.arguments);
        if !select.many {
            arguments.rule_limit = None;
            arguments.row_cap = None;
        }
        Select { table: select.table, arguments, many: select.many, fields: self.fields(select.table, select.fields) }
    }

    pub(super) fn aggregate(&mut self, aggregate: Aggregate) -> Aggregate {
        let table = aggregate.table;
        let arguments = self.arguments(table, aggregate.arguments);
        let fields = aggregate
            .fields
            .into_iter()
            .map(|field| match field {
                AggregateField::Nodes(key, fields) => AggregateField::Nodes(key, self.fields(table, fields)),
                other @ (AggregateField::Constant(..) | AggregateField::Aggregate(..)) => other,
            })
            .collect();
        Aggregate { table, arguments, fields }
    }

    fn arguments(&mut self, table: TableId, arguments: Arguments) -> Arguments {
        let mut filter = self.client_filter(table, arguments.filter).and(self.visible(table));
        if let Some(call) = &arguments.native
            && !self.catalog.allows(call.field, self.role)
        {
            filter = Filter::never();
        }
        let rule_limit = self.select_rule(table).and_then(|rule| rule.limit);
        let row_cap = self.catalog.api.rows_of(self.role);
        let order_by = arguments
            .order_by
            .into_iter()
            .map(|order| Order { target: self.order_target(table, order.target), ..order })
            .collect();
        Arguments { filter, order_by, rule_limit, row_cap, ..arguments }
    }

    pub(super) fn fields(&mut self, table: TableId, fields: Vec<Field>) -> Vec<Field> {
        let value = |merger: &mut Self, value| match value {
            FieldValue::Related(relation, select) => {
                merger.note_relation(table, relation);
                FieldValue::Related(relation, merger.select(select))
            }
            FieldValue::RelatedAggregate(relation, aggregate) => {
                merger.note_relation(table, relation);
                FieldValue::RelatedAggregate(relation, merger.aggregate(aggregate))
            }
            other @ (FieldValue::Constant(_) | FieldValue::Column(_) | FieldValue::JsonPath(..)) => other,
        };
        fields.into_iter().map(|field| Field { key: field.key, value: value(self, field.value) }).collect()
    }

    fn note_relation(&mut self, table: TableId, relation: RelationIndex) {
        if let Some(through) = &self.table(table).relation(relation).through {
            self.note_join_table(through.table);
        }
    }

    /// A client's condition: every relation in it reaches only rows the role may see.
    pub(super) fn client_filter(&mut self, table: TableId, filter: Filter) -> Filter {
        self.note_masks(table);
        match filter {
            Filter::And(parts) => Filter::And(parts.into_iter().map(|part| self.client_filter(table, part)).collect()),
            Filter::Or(parts) => Filter::Or(parts.into_iter().map(|part| self.client_filter(table, part)).collect()),
            Filter::Not(inner) => Filter::Not(Box::new(self.client_filter(table, *inner))),
            // Only this module makes rules; whatever claims to be one is a condition like any other.
            Filter::Rule(inner) => self.client_filter(table, *inner),
            Filter::Relation { relation, filter } => {
                self.note_relation(table, relation);
                let target = self.table(table).relation(relation).target;
                let filter = self.client_filter(target, *filter).and(self.visible(target));
                Filter::Relation { relation, filter: Box::new(filter) }
            }
            Filter::Exists { table, filter } => {
                let filter = self.client_filter(table, *filter).and(self.visible(table));
                Filter::Exists { table, filter: Box::new(filter) }
            }
            other @ (Filter::Compare { .. } | Filter::CastText { .. } | Filter::IsNull { .. } | Filter::Search(_)) => {
                other
            }
        }
    }

    fn order_target(&mut self, table: TableId, target: OrderTarget) -> OrderTarget {
        match target {
            OrderTarget::Column(column) => OrderTarget::Column(column),
            OrderTarget::Relation { relation, filter: _, target } => {
                self.note_relation(table, relation);
                let related = self.table(table).relation(relation).target;
                let filter = self.visible(related);
                OrderTarget::Relation { relation, filter, target: Box::new(self.order_target(related, *target)) }
            }
            OrderTarget::Aggregate { relation, filter: _, function } => {
                self.note_relation(table, relation);
                let filter = self.visible(self.table(table).relation(relation).target);
                OrderTarget::Aggregate { relation, filter, function }
            }
        }
    }
}
