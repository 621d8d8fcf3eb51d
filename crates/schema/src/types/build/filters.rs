//! Inputs that choose and order rows: comparisons, `T_bool_exp`, `T_order_by`, `T_select_column`.

use purlin_model::catalog::{RelationIndex, RelationKind, TableId};
use purlin_model::filter::{Compared, Comparison};
use purlin_model::scalar::{ColumnType, Scalar};
use purlin_plan::query::AggregateFunction;

use super::{Builder, Key};
use crate::names::{self, InputType};
use crate::types::registry::{Input, Wrapping};
use crate::view;

/// What a document is compared as (`_cast`).
const TEXT: ColumnType = ColumnType::Scalar(Scalar::String);

/// Values of `order_by`.
const ORDERS: [(&str, &str); 6] = [
    ("asc", "in ascending order, nulls last"),
    ("asc_nulls_first", "in ascending order, nulls first"),
    ("asc_nulls_last", "in ascending order, nulls last"),
    ("desc", "in descending order, nulls first"),
    ("desc_nulls_first", "in descending order, nulls first"),
    ("desc_nulls_last", "in descending order, nulls last"),
];

impl<'a> Builder<'a> {
    pub(super) fn define_comparison(&mut self, column_type: &'a ColumnType) {
        let (key, one) = match column_type {
            ColumnType::Scalar(scalar) => (Key::Scalar(*scalar), Wrapping::Nullable),
            ColumnType::List(scalar) => (Key::Scalar(*scalar), Wrapping::List),
            ColumnType::Enum(id) => (Key::Enum(*id), Wrapping::Nullable),
            ColumnType::Native(name) => (Key::Native(name), Wrapping::Nullable),
        };
        let mut inputs = Vec::new();
        for (name, comparison) in view::comparisons_of(column_type) {
            let value = match comparison.compared() {
                Compared::Values => self.reference(key.clone(), Wrapping::List),
                Compared::Value => self.reference(key.clone(), one),
                Compared::Text => self.scalar(Scalar::String, Wrapping::Nullable),
                Compared::Texts => self.scalar(Scalar::String, Wrapping::List),
            };
            inputs.push(self.assembly.input(name, comparison_description(comparison), value));
        }
        let boolean = self.scalar(Scalar::Boolean, Wrapping::Nullable);
        inputs.push(self.assembly.input("_is_null", None, boolean));
        if view::casts_to_text(column_type) {
            inputs.push(self.input("_cast", None, InputType::JsonbCast, Wrapping::Nullable));
        }
        let catalog = self.catalog();
        let name = InputType::comparison(catalog, column_type).name(catalog);
        let description =
            format!("compares a column of type \"{}\"; all of it must hold", catalog.type_name(column_type));
        self.assembly.define_input(Key::Comparison(column_type), &name, Some(&description), inputs);
    }

    pub(super) fn define_jsonb_cast(&mut self) {
        let value = self.reference(Key::Comparison(&TEXT), Wrapping::Nullable);
        let inputs = vec![self.assembly.input(Scalar::String.name(), None, value)];
        self.define_input_object(InputType::JsonbCast, "compares a document as its text", inputs);
    }

    pub(super) fn define_bool_exp(&mut self, id: TableId) {
        let table = self.table(id);
        let itself = InputType::BoolExp(id);
        let mut inputs = vec![
            self.input("_and", None, itself.clone(), Wrapping::List),
            self.input("_not", None, itself.clone(), Wrapping::Nullable),
            self.input("_or", None, itself.clone(), Wrapping::List),
        ];
        if self.view.can_search(id) {
            let words = self.scalar(Scalar::String, Wrapping::Nullable);
            let text = "does the row have all these words; `word*` begins with, `\"two words\"` follow each other";
            inputs.push(self.assembly.input("_search", Some(text), words));
        }
        for index in self.view.selectable_columns(id) {
            let column = table.column(index);
            let value = self.reference(Key::Comparison(&column.column_type), Wrapping::Nullable);
            inputs.push(self.assembly.input(&column.name, None, value));
        }
        for index in self.view.visible_relations(id) {
            let relation = table.relation(index);
            inputs.push(self.input(&relation.name, None, InputType::BoolExp(relation.target), Wrapping::Nullable));
        }
        let description = format!("condition on rows of the table \"{}\"; all of it must hold", table.name);
        self.define_input_object(itself, &description, inputs);
    }

    /// Whether `T_order_by` has a field.
    pub(super) fn has_order_by(&self, id: TableId) -> bool {
        let table = self.table(id);
        self.view.selectable_columns(id).next().is_some()
            || table.relation_indexes().any(|relation| {
                self.view.can_aggregate_relation(id, relation) || {
                    let target = table.relation(relation).target;
                    self.is_object(id, relation) && self.view.selectable_columns(target).next().is_some()
                }
            })
    }

    fn is_object(&self, table: TableId, relation: RelationIndex) -> bool {
        self.table(table).relation(relation).kind == RelationKind::Object && self.view.can_follow(table, relation)
    }

    pub(super) fn define_order_by(&mut self, id: TableId) {
        let table = self.table(id);
        let mut inputs = Vec::new();
        for index in self.view.selectable_columns(id) {
            inputs.push(self.input(&table.column(index).name, None, InputType::Order, Wrapping::Nullable));
        }
        for index in table.relation_indexes() {
            let relation = table.relation(index);
            if self.is_object(id, index) && self.has_order_by(relation.target) {
                inputs.push(self.input(&relation.name, None, InputType::OrderBy(relation.target), Wrapping::Nullable));
            }
            if self.view.can_aggregate_relation(id, index) {
                let name = format!("{}_aggregate", relation.name);
                let order = InputType::AggregateOrderBy(relation.target);
                inputs.push(self.input(&name, None, order, Wrapping::Nullable));
            }
        }
        let description = format!("how rows of the table \"{}\" are ordered", table.name);
        self.define_input_object(InputType::OrderBy(id), &description, inputs);
    }

    pub(super) fn define_aggregate_order_by(&mut self, id: TableId) {
        let mut inputs = vec![self.input("count", None, InputType::Order, Wrapping::Nullable)];
        for (name, function) in AggregateFunction::ALL {
            if self.function_columns(id, function).next().is_some() {
                let order = InputType::FunctionOrderBy(id, function);
                inputs.push(self.input(name, None, order, Wrapping::Nullable));
            }
        }
        let description = format!("order by aggregates over rows of the table \"{}\"", self.table(id).name);
        self.define_input_object(InputType::AggregateOrderBy(id), &description, inputs);
    }

    pub(super) fn define_function_order_by(&mut self, id: TableId, function: AggregateFunction) {
        let table = self.table(id);
        let inputs: Vec<Input> = self
            .function_columns(id, function)
            .map(|index| {
                let column = table.column(index);
                self.input(&column.name, column.description.as_deref(), InputType::Order, Wrapping::Nullable)
            })
            .collect();
        let description =
            format!("order by {} of columns of the table \"{}\"", names::function_name(function), table.name);
        self.define_input_object(InputType::FunctionOrderBy(id, function), &description, inputs);
    }

    pub(super) fn define_order(&mut self) {
        let values = ORDERS.iter().map(|(name, text)| self.assembly.value(name, Some(text))).collect();
        self.assembly.define_enum(Key::Input(InputType::Order), "order_by", Some("column ordering options"), values);
    }

    pub(super) fn define_select_column(&mut self, id: TableId) {
        let table = self.table(id);
        let values = self
            .view
            .selectable_columns(id)
            .map(|index| self.assembly.value(&table.column(index).name, Some("column name")))
            .collect();
        let input = InputType::SelectColumn(id);
        let name = input.name(self.catalog());
        let description = format!("columns of the table \"{}\" that may be read", table.name);
        self.assembly.define_enum(Key::Input(input), &name, Some(&description), values);
    }
}

const fn comparison_description(comparison: Comparison) -> Option<&'static str> {
    match comparison {
        Comparison::Like => Some("does the column match the given pattern"),
        Comparison::NotLike => Some("does the column NOT match the given pattern"),
        Comparison::ILike => Some("does the column match the given case-insensitive pattern"),
        Comparison::NotILike => Some("does the column NOT match the given case-insensitive pattern"),
        Comparison::Similar => Some("does the column match the given SQL regular expression"),
        Comparison::NotSimilar => Some("does the column NOT match the given SQL regular expression"),
        Comparison::Regex => Some("does the column match the given POSIX regular expression, case sensitive"),
        Comparison::NotRegex => Some("does the column NOT match the given POSIX regular expression, case sensitive"),
        Comparison::IRegex => Some("does the column match the given POSIX regular expression, case insensitive"),
        Comparison::NotIRegex => Some("does the column NOT match the given POSIX regular expression, case insensitive"),
        Comparison::Contains => Some("does the column contain the given value at the top level"),
        Comparison::ContainedIn => Some("is the column contained in the given value"),
        Comparison::HasKey => Some("does the string exist as a top-level key in the column"),
        Comparison::HasKeysAny => Some("do any of these strings exist as top-level keys in the column"),
        Comparison::HasKeysAll => Some("do all of these strings exist as top-level keys in the column"),
        _ => None,
    }
}
