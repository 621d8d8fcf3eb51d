//! `query_root` and `mutation_root`.

use purlin_model::catalog::TableId;
use purlin_model::scalar::Scalar;

use super::{Builder, Key};
use crate::names::InputType;
use crate::types::registry::{Field, Input, Members, Wrapping};
use crate::view::{RootFieldKind, UpdateOperator};

const FILTER_TO_UPDATE: &str = "filter the rows which have to be updated";
const FILTER_TO_DELETE: &str = "filter the rows which have to be deleted";

impl<'a> Builder<'a> {
    pub(super) fn define_query(&mut self) {
        let mut fields: Vec<Field> =
            self.view.root_fields(false).map(|(table, kind)| self.root_field(table, kind)).collect();
        for id in self.view.native_fields(false) {
            fields.push(self.native_field(id));
            fields.extend(self.native_aggregate(id));
        }
        if fields.is_empty() {
            let value = self.scalar(Scalar::String, Wrapping::Required);
            let description = "the role may read nothing; a schema must have a query all the same";
            fields.push(self.assembly.field("no_queries_available", Some(description), value));
        }
        self.assembly.define_object(Key::Query, "query_root", None, fields);
    }

    pub(super) fn define_mutation(&mut self) {
        let mut fields: Vec<Field> =
            self.view.root_fields(true).map(|(table, kind)| self.root_field(table, kind)).collect();
        fields.extend(self.view.native_fields(true).map(|id| self.native_field(id)));
        self.assembly.define_object(Key::Mutation, "mutation_root", Some("mutation root"), fields);
    }

    fn root_field(&mut self, table: TableId, kind: RootFieldKind) -> Field {
        let (key, wrapping) = match kind {
            RootFieldKind::Select => (Key::Row(table), Wrapping::RequiredList),
            RootFieldKind::SelectAggregate => (Key::Aggregate(table), Wrapping::Required),
            RootFieldKind::SelectByPk
            | RootFieldKind::InsertOne
            | RootFieldKind::UpdateByPk
            | RootFieldKind::DeleteByPk => (Key::Row(table), Wrapping::Nullable),
            RootFieldKind::Insert | RootFieldKind::Update | RootFieldKind::Delete => {
                (Key::MutationResponse(table), Wrapping::Nullable)
            }
            RootFieldKind::UpdateMany => (Key::MutationResponse(table), Wrapping::ListOfNullable),
        };
        let value = self.reference(key, wrapping);
        let description = self.root_description(table, kind);
        let mut field = self.assembly.field(kind.name(self.table(table)), Some(&description), value);
        field.arguments = self.root_arguments(table, kind);
        field
    }

    /// A table's comment describes its rows, and so the field that lists them; what the others do is said of each.
    fn root_description(&self, id: TableId, kind: RootFieldKind) -> String {
        let table = self.table(id);
        let name = &table.name;
        match kind {
            RootFieldKind::Select => match &table.description {
                Some(comment) => comment.to_string(),
                None => format!("fetch data from the table: \"{name}\""),
            },
            RootFieldKind::SelectByPk => format!("fetch data from the table: \"{name}\" using primary key columns"),
            RootFieldKind::SelectAggregate => format!("fetch aggregated fields from the table: \"{name}\""),
            RootFieldKind::Insert => format!("insert data into the table: \"{name}\""),
            RootFieldKind::InsertOne => format!("insert a single row into the table: \"{name}\""),
            RootFieldKind::Update => format!("update data of the table: \"{name}\""),
            RootFieldKind::UpdateByPk => format!("update single row of the table: \"{name}\""),
            RootFieldKind::UpdateMany => format!("update multiples rows of table: \"{name}\""),
            RootFieldKind::Delete => format!("delete data from the table: \"{name}\""),
            RootFieldKind::DeleteByPk => format!("delete single row from the table: \"{name}\""),
        }
    }

    fn root_arguments(&mut self, table: TableId, kind: RootFieldKind) -> Members {
        let arguments = match kind {
            RootFieldKind::Select | RootFieldKind::SelectAggregate => return self.list_arguments(table),
            RootFieldKind::SelectByPk | RootFieldKind::DeleteByPk => self.key_inputs(table),
            RootFieldKind::Insert => {
                let objects = InputType::Insert(table);
                self.insert_arguments(table, "objects", "the rows to be inserted", objects, Wrapping::RequiredList)
            }
            RootFieldKind::InsertOne => {
                let object = InputType::Insert(table);
                self.insert_arguments(table, "object", "the row to be inserted", object, Wrapping::Required)
            }
            RootFieldKind::Update => {
                let filter = InputType::BoolExp(table);
                let mut arguments = self.operator_inputs(table);
                arguments.push(self.input("where", Some(FILTER_TO_UPDATE), filter, Wrapping::Required));
                arguments
            }
            RootFieldKind::UpdateByPk => {
                let mut arguments = self.operator_inputs(table);
                arguments.push(self.input("pk_columns", None, InputType::PkColumns(table), Wrapping::Required));
                arguments
            }
            RootFieldKind::UpdateMany => {
                let description = Some("updates to execute, in order");
                vec![self.input("updates", description, InputType::Updates(table), Wrapping::RequiredList)]
            }
            RootFieldKind::Delete => {
                vec![self.input("where", Some(FILTER_TO_DELETE), InputType::BoolExp(table), Wrapping::Required)]
            }
        };
        self.assembly.arguments(arguments)
    }

    fn insert_arguments(
        &mut self,
        table: TableId,
        name: &str,
        description: &str,
        rows: InputType,
        wrapping: Wrapping,
    ) -> Vec<Input> {
        let mut arguments = vec![self.input(name, Some(description), rows, wrapping)];
        arguments.extend(self.on_conflict_input(table));
        arguments
    }

    /// `on_conflict`, if it exists.
    pub(super) fn on_conflict_input(&mut self, table: TableId) -> Option<Input> {
        self.view.has_on_conflict(table).then(|| {
            self.input("on_conflict", Some("upsert condition"), InputType::OnConflict(table), Wrapping::Nullable)
        })
    }

    /// `_set`, `_inc`, … as far as there are columns for them.
    pub(super) fn operator_inputs(&mut self, table: TableId) -> Vec<Input> {
        let mut inputs = Vec::new();
        for (name, operator) in UpdateOperator::ALL {
            if self.view.operator_columns(table, operator).next().is_some() {
                let description = super::writes::operator_description(operator);
                let input = InputType::Operator(table, operator);
                inputs.push(self.input(name, Some(description), input, Wrapping::Nullable));
            }
        }
        inputs
    }

    /// The primary key's columns, each required.
    pub(super) fn key_inputs(&mut self, id: TableId) -> Vec<Input> {
        let table = self.table(id);
        let mut inputs = Vec::with_capacity(table.primary_key.len());
        for index in &table.primary_key {
            let column = table.column(*index);
            let value = self.column_value(column, true);
            inputs.push(self.assembly.input(&column.name, column.description.as_deref(), value));
        }
        inputs
    }

    /// The five arguments of lists of the table, as far as they exist for the role.
    pub(super) fn list_arguments(&mut self, table: TableId) -> Members {
        if let Some(known) = self.list_arguments[table.0 as usize] {
            return known;
        }
        let arguments = self.list_inputs(table);
        let members = self.assembly.arguments(arguments);
        self.list_arguments[table.0 as usize] = Some(members);
        members
    }

    pub(super) fn list_inputs(&mut self, table: TableId) -> Vec<Input> {
        let mut arguments = Vec::with_capacity(5);
        if self.view.selectable_columns(table).next().is_some() {
            let columns = InputType::SelectColumn(table);
            arguments.push(self.input("distinct_on", Some("distinct select on columns"), columns, Wrapping::List));
        }
        let integer = self.scalar(Scalar::Int, Wrapping::Nullable);
        arguments.push(self.assembly.input("limit", Some("limit the number of rows returned"), integer));
        let offset = "skip the first n rows. Use only with order_by";
        arguments.push(self.assembly.input("offset", Some(offset), integer));
        if self.has_order_by(table) {
            let order = InputType::OrderBy(table);
            arguments.push(self.input("order_by", Some("sort the rows by one or more columns"), order, Wrapping::List));
        }
        let filter = InputType::BoolExp(table);
        arguments.push(self.input("where", Some("filter the rows returned"), filter, Wrapping::Nullable));
        arguments
    }
}
