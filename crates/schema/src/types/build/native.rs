//! Root fields that are SQL of the model, and their arguments.

use purlin_model::catalog::{ColumnDefault, NativeId};
use purlin_model::print_value;

use super::{Builder, Key};
use crate::names::InputType;
use crate::types::registry::{Field, Input, Wrapping};

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
        let usual = if native.mutation { "run statements of the model" } else { "fetch what SQL of the model reads" };
        let description = native.description.as_deref().unwrap_or(usual);
        let mut field = self.assembly.field(&native.name, Some(description), value);
        let mut arguments = Vec::new();
        let own = &self.table(native.arguments).columns;
        if !own.is_empty() {
            let required = own.iter().any(|column| column.is_required());
            let args =
                self.input("args", Some("arguments of the SQL"), InputType::Args(id), Wrapping::required_if(required));
            arguments.push(args);
        }
        if native.is_list() {
            arguments.extend(self.list_inputs(native.rows));
        }
        field.arguments = self.assembly.arguments(arguments);
        field
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
