//! Inputs that write rows: inserts, conflicts, updates.

use purlin_model::catalog::{RelationKind, TableId, Unique};
use purlin_model::scalar::Scalar;

use super::{Builder, Key};
use crate::names::InputType;
use crate::types::registry::{Input, Wrapping};
use crate::view::UpdateOperator;

/// The only value of `T_update_column` where no column may be updated: an enum cannot be empty.
const PLACEHOLDER: &str = "_PLACEHOLDER";

impl<'a> Builder<'a> {
    pub(super) fn define_insert(&mut self, id: TableId) {
        let table = self.table(id);
        let mut inputs = self.column_inputs(id, self.view.insertable_columns(id));
        for index in self.view.insertable_relations(id) {
            let relation = table.relation(index);
            let rows = match relation.kind {
                RelationKind::Object => InputType::ObjectInsert(relation.target),
                RelationKind::Array => InputType::ArrayInsert(relation.target),
            };
            inputs.push(self.input(&relation.name, None, rows, Wrapping::Nullable));
        }
        let description = format!("a new row of the table \"{}\"", table.name);
        self.define_input_object(InputType::Insert(id), &description, inputs);
    }

    /// `T_obj_rel_insert_input` or `T_arr_rel_insert_input`.
    pub(super) fn define_relation_insert(&mut self, id: TableId, input: InputType) {
        let many = matches!(input, InputType::ArrayInsert(_));
        let wrapping = if many { Wrapping::RequiredList } else { Wrapping::Required };
        let mut inputs = vec![self.input("data", None, InputType::Insert(id), wrapping)];
        inputs.extend(self.on_conflict_input(id));
        let what = if many { "new related rows" } else { "a new related row" };
        let description = format!("{what} of the table \"{}\"", self.table(id).name);
        self.define_input_object(input, &description, inputs);
    }

    pub(super) fn define_on_conflict(&mut self, id: TableId) {
        let mut columns = self.input("update_columns", None, InputType::UpdateColumn(id), Wrapping::RequiredList);
        columns.default = Some(self.assembly.text("[]"));
        let inputs = vec![
            self.input("constraint", None, InputType::Constraint(id), Wrapping::Required),
            columns,
            self.input("where", None, InputType::BoolExp(id), Wrapping::Nullable),
        ];
        let description =
            format!("what happens when a new row of the table \"{}\" hits a constraint", self.table(id).name);
        self.define_input_object(InputType::OnConflict(id), &description, inputs);
    }

    pub(super) fn define_constraint(&mut self, id: TableId) {
        let table = self.table(id);
        let mut values = Vec::new();
        for name in self.view.constraints(id) {
            let unique = table.uniques.iter().find(|unique| &*unique.name == name);
            let columns = unique.map_or(&table.primary_key, |unique: &Unique| &unique.columns);
            let columns: Vec<String> =
                columns.iter().map(|column| format!("\"{}\"", table.column(*column).name)).collect();
            let kind = if unique.is_some() { "unique constraint" } else { "primary key" };
            values.push(self.assembly.value(name, Some(&format!("{kind} on columns {}", columns.join(", ")))));
        }
        let input = InputType::Constraint(id);
        let name = input.name(self.catalog());
        let description = format!("primary key and unique constraints of the table \"{}\"", table.name);
        self.assembly.define_enum(Key::Input(input), &name, Some(&description), values);
    }

    pub(super) fn define_update_column(&mut self, id: TableId) {
        let table = self.table(id);
        let mut values: Vec<_> = self
            .view
            .updatable_columns(id)
            .map(|index| self.assembly.value(&table.column(index).name, Some("column name")))
            .collect();
        if values.is_empty() {
            values.push(self.assembly.value(PLACEHOLDER, Some("not a column: none may be updated")));
        }
        let input = InputType::UpdateColumn(id);
        let name = input.name(self.catalog());
        let description = format!("columns of the table \"{}\" that may be updated", table.name);
        self.assembly.define_enum(Key::Input(input), &name, Some(&description), values);
    }

    pub(super) fn define_operator(&mut self, id: TableId, operator: UpdateOperator) {
        let columns = self.view.operator_columns(id, operator);
        let value = match operator {
            UpdateOperator::DeleteKey => self.scalar(Scalar::String, Wrapping::Nullable),
            UpdateOperator::DeleteElem => self.scalar(Scalar::Int, Wrapping::Nullable),
            UpdateOperator::DeleteAtPath => self.scalar(Scalar::String, Wrapping::List),
            UpdateOperator::Set | UpdateOperator::Inc | UpdateOperator::Append | UpdateOperator::Prepend => {
                let inputs = self.column_inputs(id, columns);
                self.define_input_object(InputType::Operator(id, operator), operator_description(operator), inputs);
                return;
            }
        };
        let table = self.table(id);
        let inputs: Vec<Input> = columns
            .map(|index| {
                let column = table.column(index);
                self.assembly.input(&column.name, column.description.as_deref(), value)
            })
            .collect();
        self.define_input_object(InputType::Operator(id, operator), operator_description(operator), inputs);
    }

    pub(super) fn define_pk_columns(&mut self, id: TableId) {
        let inputs = self.key_inputs(id);
        let description = format!("primary key of a row of the table \"{}\"", self.table(id).name);
        self.define_input_object(InputType::PkColumns(id), &description, inputs);
    }

    pub(super) fn define_updates(&mut self, id: TableId) {
        let mut inputs = self.operator_inputs(id);
        let description = "filter the rows which have to be updated";
        inputs.push(self.input("where", Some(description), InputType::BoolExp(id), Wrapping::Required));
        let description = format!("one of several updates of the table \"{}\"", self.table(id).name);
        self.define_input_object(InputType::Updates(id), &description, inputs);
    }
}

/// What an update operator does.
pub(super) const fn operator_description(operator: UpdateOperator) -> &'static str {
    match operator {
        UpdateOperator::Set => "sets the columns of the filtered rows to the given values",
        UpdateOperator::Inc => "increments the numeric columns with given value of the filtered values",
        UpdateOperator::Append => "appends to the jsonb value of the columns",
        UpdateOperator::Prepend => "prepends to the jsonb value of the columns",
        UpdateOperator::DeleteKey => {
            "removes a key, or string elements equal to it, from the jsonb value of the columns"
        }
        UpdateOperator::DeleteElem => {
            "removes an array element from the jsonb value of the columns, by its index; negative ones count from the end"
        }
        UpdateOperator::DeleteAtPath => {
            "removes what is at a path in the jsonb value of the columns; negative array indexes count from the end"
        }
    }
}
