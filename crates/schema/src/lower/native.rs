//! Root fields that are SQL of the model: their arguments become parameters, their rows are selected from like any.

use purlin_model::Value;
use purlin_model::catalog::{ColumnDefault, ColumnIndex, NativeField, NativeId, TableId};
use purlin_plan::query::{
    Arguments as ListArguments, Field, FieldValue, NativeCall, NativeMutation, Parameter, RootField, Select, Source,
};

use super::select::LIST_ARGUMENTS;
use super::{Arguments, Lowering, composite, unexpected_null, unknown_field};
use crate::document::{Expected, Selected};
use crate::error::Refusal;
use crate::input::{Input, NULL};
use crate::names::InputType;
use crate::path::Path;

/// The argument that holds the field's own arguments.
const ARGS: &str = "args";

impl<'a> Lowering<'a> {
    /// A root field that is SQL of the model.
    pub(super) fn native(&mut self, id: NativeId, field: &Selected<'a>, path: &Path) -> Result<RootField, Refusal> {
        let native = self.catalog().native(id);
        match native.bare {
            false => composite(field, &self.table(native.rows).name, path)?,
            true if !field.sets.is_empty() => {
                return Err(Refusal::invalid("unexpected subselection set for non-object field", path));
            }
            true => {}
        }
        let lists = native.is_list();
        let own = (!self.table(native.arguments).columns.is_empty()).then_some(ARGS);
        let known: Vec<&str> = own.into_iter().chain(LIST_ARGUMENTS.into_iter().filter(|_| lists)).collect();
        let arguments = self.arguments(field, &known, path)?;
        let call = self.native_call((id, native), &arguments, path)?;
        let list = match lists {
            true => self.list_arguments(native.rows, &arguments, path)?,
            false => ListArguments::default(),
        };
        let fields = match native.bare {
            true => vec![Field { key: "value".into(), value: FieldValue::Column(ColumnIndex(0)) }],
            false => self.fields(native.rows, field, path)?,
        };
        let select = |arguments| Select { table: native.rows, arguments, many: native.many, fields };
        Ok(match (native.mutation, native.bare) {
            (true, bare) => RootField::Native(NativeMutation { call, answer: select(list), bare }),
            (false, true) => RootField::Values(select(ListArguments { native: Some(call), ..list })),
            (false, false) => RootField::Select(select(ListArguments { native: Some(call), ..list })),
        })
    }

    fn native_call(
        &mut self,
        (id, native): (NativeId, &NativeField),
        arguments: &Arguments<'a>,
        path: &Path,
    ) -> Result<NativeCall, Refusal> {
        let record = self.table(native.arguments);
        let type_name = InputType::Args(id).name(self.catalog());
        let required = record.columns.iter().any(|column| column.is_required());
        let expected = Expected { required, ..Expected::optional(type_name.clone()) };
        let args = path.key("args");
        let args = args.key(ARGS);
        let given = match required {
            true => Some(self.required(arguments, ARGS, &expected, path)?),
            false => self.optional(arguments, ARGS, &expected, path)?,
        };
        let members = match &given {
            Some(input) => self.object(input, &type_name, &args)?,
            None => Vec::new(),
        };
        if let Some((name, _)) = members.iter().find(|(name, _)| record.column_by_name(name).is_none()) {
            return Err(unknown_field(name, &type_name, &args.key(name)));
        }
        let mut parameters = Vec::with_capacity(record.columns.len());
        for index in record.column_indexes() {
            let name = &record.column(index).name;
            let member = members.iter().find(|(member, _)| **member == **name).map(|(_, input)| input.clone());
            let parameter = self.native_argument(native.arguments, index, member, &args.key(name))?;
            parameters.push(self.add(parameter));
        }
        Ok(NativeCall { field: id, arguments: parameters })
    }

    /// One argument: what is given, or its default, or null.
    fn native_argument(
        &self,
        record: TableId,
        index: ColumnIndex,
        given: Option<Input<'a>>,
        path: &Path,
    ) -> Result<Parameter, Refusal> {
        let column = self.table(record).column(index);
        let expected = Expected { required: column.is_required(), ..self.expected_value(record, index) };
        let given = given.map(|input| self.given.resolve(input, &expected, path)).transpose()?;
        // A variable that was not sent is as if it were not written.
        let absent = |input: &Input<'_>| matches!(input, Input::Document(value) if std::ptr::eq(*value, &NULL));
        let parameter = match given.filter(|input| !absent(input)) {
            Some(input) if input.is_null() && !column.nullable => {
                return Err(unexpected_null(self.catalog().type_name(&column.column_type), path));
            }
            Some(input) => self.column_parameter(&input, record, index, path)?,
            None if column.is_required() => {
                return Err(Refusal::invalid(format!("missing required field '{}'", column.name), path));
            }
            None => {
                let value = match &column.default {
                    Some(ColumnDefault::Value(value)) => value.clone(),
                    _ => Value::Null,
                };
                let path = path.to_string().into();
                Parameter { source: Source::Constant(value), codec: column.codec(), many: false, column: None, path }
            }
        };
        Ok(Parameter { column: Some((record, index)), ..parameter })
    }
}
