//! Objects of answers: rows, aggregates, mutation responses.

use purlin_model::catalog::{ColumnIndex, RelationIndex, RelationKind, RelationOrigin, TableId};
use purlin_model::scalar::Scalar;
use purlin_plan::query::AggregateFunction;

use super::{Builder, Key};
use crate::names::{self, InputType};
use crate::types::registry::{Field, Wrapping};
use crate::view;

impl<'a> Builder<'a> {
    pub(super) fn define_row(&mut self, id: TableId) {
        let table = self.table(id);
        let mut fields: Vec<Field> =
            self.view.selectable_columns(id).map(|column| self.column_field(id, column)).collect();
        for relation in table.relation_indexes() {
            if self.view.can_follow(id, relation) {
                fields.push(self.relation_field(id, relation));
            }
            if self.view.can_aggregate_relation(id, relation) {
                let found = table.relation(relation);
                let value = self.reference(Key::Aggregate(found.target), Wrapping::Required);
                let name = format!("{}_aggregate", found.name);
                let mut field = self.assembly.field(&name, Some("aggregates over the related rows"), value);
                field.arguments = self.list_arguments(found.target);
                fields.push(field);
            }
        }
        let generated = match self.catalog().is_record(id) {
            true => format!("values of \"{}\"", table.name),
            false => format!("columns and relations of \"{}\"", table.name),
        };
        let description = table.description.as_deref().unwrap_or(&generated);
        self.assembly.define_object(Key::Row(id), &table.name, Some(description), fields);
    }

    fn column_field(&mut self, table: TableId, index: ColumnIndex) -> Field {
        let column = self.table(table).column(index);
        let value = self.column_value(column, !column.nullable && !self.view.is_masked(table, index));
        let mut field = self.assembly.field(&column.name, column.description.as_deref(), value);
        if column.plain_scalar() == Some(Scalar::Jsonb) && !self.catalog().is_record(table) {
            let path = self.scalar(Scalar::String, Wrapping::Nullable);
            let argument = self.assembly.input("path", Some("path of the part that is wanted"), path);
            field.arguments = self.assembly.arguments(vec![argument]);
        }
        field
    }

    fn relation_field(&mut self, table: TableId, index: RelationIndex) -> Field {
        let relation = self.table(table).relation(index);
        let array = relation.kind == RelationKind::Array;
        let wrapping = if array {
            Wrapping::RequiredList
        } else {
            // Only the table's own foreign key promises a row, and only to those from whom no row is hidden.
            let promised = matches!(relation.origin, RelationOrigin::ForeignKey(_)) && !relation.nullable;
            Wrapping::required_if(promised && self.view.sees_every_row(relation.target))
        };
        let value = self.reference(Key::Row(relation.target), wrapping);
        let generated = if array { "the related rows" } else { "the related row" };
        let description = relation.description.as_deref().unwrap_or(generated);
        let mut field = self.assembly.field(&relation.name, Some(description), value);
        if array {
            field.arguments = self.list_arguments(relation.target);
        }
        field
    }

    pub(super) fn define_aggregate(&mut self, id: TableId) {
        let table = self.table(id);
        let value = self.reference(Key::AggregateFields(id), Wrapping::Nullable);
        let mut fields = vec![self.assembly.field("aggregate", None, value)];
        if self.view.can_read_rows(id) {
            let value = self.reference(Key::Row(id), Wrapping::RequiredList);
            fields.push(self.assembly.field("nodes", None, value));
        }
        let description = format!("aggregates over rows of \"{}\", and the rows", table.name);
        self.assembly.define_object(Key::Aggregate(id), &names::aggregate(&table.name), Some(&description), fields);
    }

    pub(super) fn define_aggregate_fields(&mut self, id: TableId) {
        let table = self.table(id);
        let value = self.scalar(Scalar::Int, Wrapping::Required);
        let mut count = self.assembly.field("count", None, value);
        if self.view.selectable_columns(id).next().is_some() {
            let columns = self.input("columns", None, InputType::SelectColumn(id), Wrapping::List);
            let boolean = self.scalar(Scalar::Boolean, Wrapping::Nullable);
            let distinct = self.assembly.input("distinct", None, boolean);
            count.arguments = self.assembly.arguments(vec![columns, distinct]);
        }
        let mut fields = vec![count];
        for (name, function) in AggregateFunction::ALL {
            if self.function_columns(id, function).next().is_some() {
                let value = self.reference(Key::FunctionFields(id, function), Wrapping::Nullable);
                fields.push(self.assembly.field(name, None, value));
            }
        }
        let description = format!("aggregates over rows of \"{}\"", table.name);
        let name = names::aggregate_fields(&table.name);
        self.assembly.define_object(Key::AggregateFields(id), &name, Some(&description), fields);
    }

    pub(super) fn define_function_fields(&mut self, id: TableId, function: AggregateFunction) {
        let table = self.table(id);
        let own_type = matches!(function, AggregateFunction::Sum | AggregateFunction::Max | AggregateFunction::Min);
        let mut fields = Vec::new();
        for index in self.function_columns(id, function) {
            let column = table.column(index);
            let value = if own_type {
                self.column_value(column, false)
            } else {
                self.scalar(Scalar::Float, Wrapping::Nullable)
            };
            fields.push(self.assembly.field(&column.name, column.description.as_deref(), value));
        }
        let description = format!("{} of columns", names::function_name(function));
        let name = names::function_fields(&table.name, function);
        self.assembly.define_object(Key::FunctionFields(id, function), &name, Some(&description), fields);
    }

    /// The readable columns to which an aggregate function applies.
    pub(super) fn function_columns(
        &self,
        id: TableId,
        function: AggregateFunction,
    ) -> impl Iterator<Item = ColumnIndex> + use<'a> {
        let table = self.table(id);
        self.view.selectable_columns(id).filter(move |index| {
            let column = table.column(*index);
            match function {
                AggregateFunction::Max | AggregateFunction::Min => view::is_comparable(column),
                _ => view::is_numeric(column),
            }
        })
    }

    pub(super) fn define_mutation_response(&mut self, id: TableId) {
        let table = self.table(id);
        let count = self.scalar(Scalar::Int, Wrapping::Required);
        let mut fields = vec![self.assembly.field("affected_rows", Some("number of rows written"), count)];
        if self.view.can_read_rows(id) {
            let rows = self.reference(Key::Row(id), Wrapping::RequiredList);
            fields.push(self.assembly.field("returning", Some("the rows written, as far as they may be read"), rows));
        }
        let description = format!("answer of mutations of the table \"{}\"", table.name);
        let name = names::mutation_response(&table.name);
        self.assembly.define_object(Key::MutationResponse(id), &name, Some(&description), fields);
    }
}
