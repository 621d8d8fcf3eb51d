//! Root fields that are SQL of the model, and their arguments.

use purlin_model::catalog::{ColumnDefault, NativeId};
use purlin_model::print_value;

use super::{Builder, Key};
use crate::names::InputType;
use crate::types::registry::{Field, Input, Wrapping};
use crate::view::NativeForm;

impl Builder<'_> {
    pub(super) fn native_field(&mut self, id: NativeId) -> Field {
        let native = self.catalog().native(id);
        let wrapping = if native.many { Wrapping::RequiredList } else { Wrapping::Nullable };
        let value = match (native.bare, self.table(native.rows).columns.first()) {
            (true, Some(column)) => {
                let base = self.column_value(column, false).base;
                crate::types::registry::TypeRef { base, wrapping }
            }
            _ => self.reference(Key::Row(native.rows), wrapping),
        };
        let usual = match &native.function {
            Some(function) => {
                format!("execute function \"{}\" which returns \"{}\"", function.name, self.table(native.rows).name)
            }
            None if native.mutation => "run statements of the model".to_owned(),
            None => "fetch what SQL of the model reads".to_owned(),
        };
        let description = native.description.as_deref().unwrap_or(&usual);
        let mut field = self.assembly.field(&native.name, Some(description), value);
        let arguments = self.native_arguments(id);
        field.arguments = self.assembly.arguments(arguments);
        field
    }

    /// `f_aggregate`, if it exists.
    pub(super) fn native_aggregate(&mut self, id: NativeId) -> Option<Field> {
        let native = self.catalog().native(id);
        let function = native.function.as_ref().filter(|_| self.view.has_native_form(id, NativeForm::Aggregate))?;
        let value = self.reference(Key::Aggregate(native.rows), Wrapping::Required);
        let description = format!(
            "execute function \"{}\" and query aggregates on result of table type \"{}\"",
            function.name,
            self.table(native.rows).name
        );
        let mut field = self.assembly.field(function.aggregate.as_deref()?, Some(&description), value);
        let arguments = self.native_arguments(id);
        field.arguments = self.assembly.arguments(arguments);
        Some(field)
    }

    fn native_arguments(&mut self, id: NativeId) -> Vec<Input> {
        let native = self.catalog().native(id);
        let mut arguments = Vec::new();
        let own = &self.table(native.arguments).columns;
        if !own.is_empty() {
            let required = own.iter().any(|column| column.is_required());
            let description = match &native.function {
                Some(function) => format!("input parameters for function \"{}\"", function.name),
                None => "arguments of the SQL".to_owned(),
            };
            let wrapping = Wrapping::required_if(required);
            arguments.push(self.input("args", Some(&description), InputType::Args(id), wrapping));
        }
        if native.is_list() {
            arguments.extend(self.list_inputs(native.rows));
        }
        arguments
    }

    pub(super) fn define_args(&mut self, id: NativeId) {
        let native = self.catalog().native(id);
        let mut inputs: Vec<Input> = Vec::new();
        for column in &self.table(native.arguments).columns {
            let value = self.column_value(column, !column.nullable);
            let mut input = self.assembly.input(&column.name, column.description.as_deref(), value);
            if let Some(ColumnDefault::Value(default)) = &column.default {
                input.default = Some(self.assembly.text(&print_value(default, &column.column_type)));
            }
            inputs.push(input);
        }
        let description = format!("arguments of \"{}\"", native.name);
        self.define_input_object(InputType::Args(id), &description, inputs);
    }
}
