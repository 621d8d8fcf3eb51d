//! Builds the registry of a role view: one function per kind of type, called for the types something refers to.
//!
//! Refuses to know: rules, except through [`RoleView`].

mod filters;
mod meta;
mod native;
mod reads;
mod roots;
mod writes;

use purlin_model::catalog::{Catalog, Column, ColumnIndex, EnumId, Table, TableId};
use purlin_model::scalar::{ColumnType, Scalar};
use purlin_plan::query::AggregateFunction;

use super::assembly::Assembly;
use super::meta::MetaObject;
use super::registry::{Input, Members, Registry, TypeRef, Wrapping};
use crate::names::InputType;
use crate::view::RoleView;

/// What identifies a type before it has a number.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Key<'a> {
    Query,
    Mutation,
    Scalar(Scalar),
    Native(&'a str),
    Enum(EnumId),
    Row(TableId),
    Aggregate(TableId),
    AggregateFields(TableId),
    FunctionFields(TableId, AggregateFunction),
    MutationResponse(TableId),
    Comparison(&'a ColumnType),
    Input(InputType),
    Meta(MetaObject),
    TypeKind,
    DirectiveLocation,
}

/// The schema of a role.
pub fn build(view: RoleView<'_>) -> Registry {
    let mut builder = Builder {
        view,
        assembly: Assembly::new(),
        list_arguments: vec![None; view.catalog.tables.len() + view.catalog.records.len()],
    };
    let query = builder.reference(Key::Query, Wrapping::Nullable);
    let mutation = view.has_mutations().then(|| builder.reference(Key::Mutation, Wrapping::Nullable));
    builder.reference(Key::Meta(MetaObject::Schema), Wrapping::Nullable);
    let directives = builder.directives();
    while let Some(key) = builder.assembly.next_undefined() {
        builder.define(key);
    }
    builder.assembly.finish(query, mutation, directives)
}

struct Builder<'a> {
    view: RoleView<'a>,
    assembly: Assembly<Key<'a>>,
    /// The five arguments of a table's lists, by table: written once, used by its root fields and every relation to it.
    list_arguments: Vec<Option<Members>>,
}

impl<'a> Builder<'a> {
    fn define(&mut self, key: Key<'a>) {
        match key {
            Key::Query => self.define_query(),
            Key::Mutation => self.define_mutation(),
            Key::Scalar(scalar) => self.assembly.define_scalar(Key::Scalar(scalar), scalar.name(), None),
            Key::Native(name) => self.assembly.define_scalar(Key::Native(name), name, None),
            Key::Enum(id) => self.define_enum(id),
            Key::Row(table) => self.define_row(table),
            Key::Aggregate(table) => self.define_aggregate(table),
            Key::AggregateFields(table) => self.define_aggregate_fields(table),
            Key::FunctionFields(table, function) => self.define_function_fields(table, function),
            Key::MutationResponse(table) => self.define_mutation_response(table),
            Key::Comparison(column_type) => self.define_comparison(column_type),
            Key::Input(input) => self.define_input(input),
            Key::Meta(object) => self.define_meta(object),
            Key::TypeKind | Key::DirectiveLocation => self.define_meta_enum(key),
        }
    }

    fn define_input(&mut self, input: InputType) {
        match input {
            InputType::Order => self.define_order(),
            InputType::JsonbCast => self.define_jsonb_cast(),
            InputType::BoolExp(table) => self.define_bool_exp(table),
            InputType::OrderBy(table) => self.define_order_by(table),
            InputType::AggregateOrderBy(table) => self.define_aggregate_order_by(table),
            InputType::FunctionOrderBy(table, function) => self.define_function_order_by(table, function),
            InputType::SelectColumn(table) => self.define_select_column(table),
            InputType::UpdateColumn(table) => self.define_update_column(table),
            InputType::Constraint(table) => self.define_constraint(table),
            InputType::OnConflict(table) => self.define_on_conflict(table),
            InputType::Insert(table) => self.define_insert(table),
            InputType::ObjectInsert(table) => self.define_relation_insert(table, InputType::ObjectInsert(table)),
            InputType::ArrayInsert(table) => self.define_relation_insert(table, InputType::ArrayInsert(table)),
            InputType::Operator(table, operator) => self.define_operator(table, operator),
            InputType::PkColumns(table) => self.define_pk_columns(table),
            InputType::Updates(table) => self.define_updates(table),
            InputType::Args(id) => self.define_args(id),
            // Leaves and comparisons have keys of their own.
            InputType::Scalar(_) | InputType::Enum(_) | InputType::Native(_) | InputType::Comparison { .. } => {}
        }
    }

    fn define_enum(&mut self, id: EnumId) {
        let found = self.catalog().enumeration(id);
        let values =
            found.values.iter().map(|value| self.assembly.value(&value.name, value.description.as_deref())).collect();
        self.assembly.define_enum(Key::Enum(id), &found.name, found.description.as_deref(), values);
    }

    fn catalog(&self) -> &'a Catalog {
        self.view.catalog
    }

    fn table(&self, id: TableId) -> &'a Table {
        self.catalog().table(id)
    }

    fn reference(&mut self, key: Key<'a>, wrapping: Wrapping) -> TypeRef {
        self.assembly.reference(key, wrapping)
    }

    fn scalar(&mut self, scalar: Scalar, wrapping: Wrapping) -> TypeRef {
        self.reference(Key::Scalar(scalar), wrapping)
    }

    /// The value of a column: `required` adds the outermost `!`.
    fn column_value(&mut self, column: &'a Column, required: bool) -> TypeRef {
        let (key, list) = match &column.column_type {
            ColumnType::Scalar(scalar) => (Key::Scalar(*scalar), false),
            ColumnType::List(scalar) => (Key::Scalar(*scalar), true),
            ColumnType::Enum(id) => (Key::Enum(*id), false),
            ColumnType::Native(name) => (Key::Native(name), false),
        };
        let wrapping = match (list, required) {
            (false, _) => Wrapping::required_if(required),
            (true, false) => Wrapping::List,
            (true, true) => Wrapping::RequiredList,
        };
        self.reference(key, wrapping)
    }

    /// An argument or input field of a generated input type.
    fn input(&mut self, name: &str, description: Option<&str>, input: InputType, wrapping: Wrapping) -> Input {
        let value = self.reference(Key::Input(input), wrapping);
        self.assembly.input(name, description, value)
    }

    /// The columns as input fields, nullable, described by their comments.
    fn column_inputs(&mut self, table: TableId, columns: impl Iterator<Item = ColumnIndex>) -> Vec<Input> {
        let table = self.table(table);
        columns
            .map(|index| {
                let column = table.column(index);
                let value = self.column_value(column, false);
                self.assembly.input(&column.name, column.description.as_deref(), value)
            })
            .collect()
    }

    fn define_input_object(&mut self, input: InputType, description: &str, fields: Vec<Input>) {
        let name = input.name(self.catalog());
        self.assembly.define_input(Key::Input(input), &name, Some(description), fields);
    }
}
