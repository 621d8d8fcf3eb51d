//! Root fields that are SQL of the model: their arguments become parameters, their rows are selected from like any.

use purlin_model::Value;
use purlin_model::catalog::{Column, ColumnDefault, ColumnIndex, Function, NativeField, NativeId, TableId};
use purlin_plan::query::{
    Arguments as ListArguments, Field, FieldValue, NativeCall, NativeMutation, Parameter, RootField, Select, Source,
};

use super::select::LIST_ARGUMENTS;
use super::{Arguments, Lowering, composite, unexpected_null, unknown_field};
use crate::document::{Expected, Selected};
use crate::error::{Code, Refusal};
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
        let arguments = self.arguments(field, &self.native_arguments(native), path)?;
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
            // A function of the database has defaults of its own; SQL of the model has none.
            let parameter = parameter.or_else(|| native.function.is_none().then(|| null(record.column(index), &args)));
            parameters.push(parameter.map(|parameter| self.add(parameter)));
        }
        if native.function.is_some() {
            let positional = &parameters[..Function::positional(record)];
            let gap = positional.iter().position(Option::is_none);
            if gap.is_some_and(|gap| positional[gap..].iter().any(Option::is_some)) {
                let message = "Only last set of positional arguments can be omitted";
                return Err(Refusal::new(Code::NotSupported, message, args.to_string()));
            }
        }
        Ok(NativeCall { field: id, arguments: parameters })
    }

    /// One argument: what is given, or the default that the model says.
    fn native_argument(
        &self,
        record: TableId,
        index: ColumnIndex,
        given: Option<Input<'a>>,
        path: &Path,
    ) -> Result<Option<Parameter>, Refusal> {
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
                let Some(ColumnDefault::Value(value)) = &column.default else { return Ok(None) };
                constant(value.clone(), column, path)
            }
        };
        Ok(Some(Parameter { column: Some((record, index)), ..parameter }))
    }

    /// `f_aggregate`: the rows of a function as one aggregates those of a table.
    pub(super) fn native_aggregate(
        &mut self,
        id: NativeId,
        field: &Selected<'a>,
        path: &Path,
    ) -> Result<RootField, Refusal> {
        let native = self.catalog().native(id);
        let known = self.native_arguments(native);
        let arguments = self.arguments(field, &known, path)?;
        let call = self.native_call((id, native), &arguments, path)?;
        let list = self.list_arguments(native.rows, &arguments, path)?;
        let list = ListArguments { native: Some(call), ..list };
        Ok(RootField::Aggregate(self.aggregate_of(native.rows, list, field, path)?))
    }

    /// The names of the arguments of a root field.
    fn native_arguments(&self, native: &NativeField) -> Vec<&'static str> {
        let own = (!self.table(native.arguments).columns.is_empty()).then_some(ARGS);
        own.into_iter().chain(LIST_ARGUMENTS.into_iter().filter(|_| native.is_list())).collect()
    }
}

fn null(column: &Column, args: &Path) -> Parameter {
    constant(Value::Null, column, &args.key(&column.name))
}

fn constant(value: Value, column: &Column, path: &Path) -> Parameter {
    let path = path.to_string().into();
    Parameter { source: Source::Constant(value), codec: column.codec(), many: false, column: None, path }
}
