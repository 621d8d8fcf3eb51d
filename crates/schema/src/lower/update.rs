//! `update_T`, `update_T_by_pk`, `update_T_many`, `delete_T`, `delete_T_by_pk`, and what writes answer.

use purlin_model::catalog::{ColumnIndex, TableId};
use purlin_model::filter::Filter;
use purlin_model::scalar::{Codec, Scalar};
use purlin_plan::query::{
    Arguments as ListArguments, Change, ChangeOperator, Delete, Response, ResponseField, Select, Update,
};

use super::{Lowering, composite, leaf, type_name, unexpected_null, unknown_field};
use crate::document::{Expected, Selected};
use crate::error::Refusal;
use crate::input::Input;
use crate::names::{self, InputType};
use crate::path::Path;
use crate::view::UpdateOperator;

/// An operator with its argument's name and value, already resolved and not null.
type Operand<'a> = (&'static str, UpdateOperator, Input<'a>);

impl<'a> Lowering<'a> {
    /// `update_T`.
    pub(super) fn update(&mut self, table: TableId, field: &Selected<'a>, path: &Path) -> Result<Update, Refusal> {
        let mut known = self.operator_names(table);
        known.push("where");
        let arguments = self.arguments(field, &known, path)?;
        let args = path.key("args");
        let input = self.required(&arguments, "where", &self.required_filter(table), path)?;
        let filter = self.filter(&input, table, &args.key("where"))?;
        let operands = self.operator_arguments(&arguments, table, path)?;
        let changes = self.changes(operands, table, &args)?;
        let response = Response::Rows(self.response(table, field, path)?);
        Ok(Update { table, filter, changes, check: Filter::always(), response })
    }

    /// `update_T_by_pk`.
    pub(super) fn update_by_pk(
        &mut self,
        table: TableId,
        field: &Selected<'a>,
        path: &Path,
    ) -> Result<Update, Refusal> {
        let mut known = self.operator_names(table);
        known.push("pk_columns");
        let arguments = self.arguments(field, &known, path)?;
        let args = path.key("args");
        let type_name = InputType::PkColumns(table).name(self.catalog());
        let input = self.required(&arguments, "pk_columns", &Expected::required(type_name), path)?;
        let filter = self.pk_columns(&input, table, &args.key("pk_columns"))?;
        let operands = self.operator_arguments(&arguments, table, path)?;
        let changes = self.changes(operands, table, &args)?;
        let response = self.row_response(table, field, path)?;
        Ok(Update { table, filter, changes, check: Filter::always(), response })
    }

    /// `update_T_many`.
    pub(super) fn update_many(
        &mut self,
        table: TableId,
        field: &Selected<'a>,
        path: &Path,
    ) -> Result<Vec<Update>, Refusal> {
        let arguments = self.arguments(field, &["updates"], path)?;
        let expected = Expected::required(InputType::Updates(table).name(self.catalog())).list();
        let input = self.required(&arguments, "updates", &expected, path)?;
        let args = path.key("args");
        let updates_path = args.key("updates");
        self.refuse_null(&input, &expected.name, &updates_path)?;
        let items = self.list(input, &expected, &updates_path)?;
        self.limits.branches(items.len())?;
        let mut updates = Vec::with_capacity(items.len());
        for (index, item) in items.iter().enumerate() {
            let (filter, changes) = self.update_item(item, table, &updates_path.index(index))?;
            let response = Response::Rows(self.response(table, field, path)?);
            updates.push(Update { table, filter, changes, check: Filter::always(), response });
        }
        if items.is_empty() {
            // The selection is checked even when there is nothing to answer.
            self.response(table, field, path)?;
        }
        Ok(updates)
    }

    fn update_item(&mut self, item: &Input<'a>, table: TableId, path: &Path) -> Result<(Filter, Vec<Change>), Refusal> {
        let type_name = InputType::Updates(table).name(self.catalog());
        let (mut filter, mut operands) = (None, Vec::new());
        for (name, value) in self.object(item, &type_name, path)? {
            let path = path.key(name);
            if name == "where" {
                let input = self.given.resolve(value, &self.required_filter(table), &path)?;
                filter = Some(self.filter(&input, table, &path)?);
                continue;
            }
            let Some((known, operator)) = self.operators(table).find(|(known, _)| *known == name) else {
                return Err(unknown_field(name, &type_name, &path));
            };
            let of = InputType::Operator(table, operator).name(self.catalog());
            let input = self.given.resolve(value, &Expected::optional(of), &path)?;
            if !input.is_null() {
                operands.push((known, operator, input));
            }
        }
        let Some(filter) = filter else {
            return Err(Refusal::invalid("missing required field 'where'", &path.key("where")));
        };
        Ok((filter, self.changes(operands, table, path)?))
    }

    /// `delete_T`.
    pub(super) fn delete(&mut self, table: TableId, field: &Selected<'a>, path: &Path) -> Result<Delete, Refusal> {
        let arguments = self.arguments(field, &["where"], path)?;
        let input = self.required(&arguments, "where", &self.required_filter(table), path)?;
        let args = path.key("args");
        let filter = self.filter(&input, table, &args.key("where"))?;
        Ok(Delete { table, filter, response: Response::Rows(self.response(table, field, path)?) })
    }

    /// `delete_T_by_pk`.
    pub(super) fn delete_by_pk(
        &mut self,
        table: TableId,
        field: &Selected<'a>,
        path: &Path,
    ) -> Result<Delete, Refusal> {
        let filter = self.key_arguments(table, field, path)?;
        Ok(Delete { table, filter, response: self.row_response(table, field, path)? })
    }

    fn required_filter(&self, table: TableId) -> Expected {
        Expected { required: true, ..self.expected_filter(table) }
    }

    /// The operators the role has columns for.
    fn operators(&self, table: TableId) -> impl Iterator<Item = (&'static str, UpdateOperator)> + use<'a> {
        let view = self.view;
        let exists = move |operator| view.operator_columns(table, operator).next().is_some();
        UpdateOperator::ALL.into_iter().filter(move |(_, operator)| exists(*operator))
    }

    fn operator_names(&self, table: TableId) -> Vec<&'static str> {
        self.operators(table).map(|(name, _)| name).collect()
    }

    fn operator_arguments(
        &self,
        arguments: &super::Arguments<'a>,
        table: TableId,
        path: &Path,
    ) -> Result<Vec<Operand<'a>>, Refusal> {
        let mut operands = Vec::new();
        for (name, operator) in self.operators(table) {
            let expected = Expected::optional(InputType::Operator(table, operator).name(self.catalog()));
            if let Some(input) = self.optional(arguments, name, &expected, path)? {
                operands.push((name, operator, input));
            }
        }
        Ok(operands)
    }

    /// The columns of the key, given as an object.
    fn pk_columns(&mut self, input: &Input<'a>, table: TableId, path: &Path) -> Result<Filter, Refusal> {
        let type_name = InputType::PkColumns(table).name(self.catalog());
        let definition = self.table(table);
        let members = self.object(input, &type_name, path)?;
        let is_key = |name: &str| definition.primary_key.iter().any(|column| *definition.column(*column).name == *name);
        if let Some((name, _)) = members.iter().find(|(name, _)| !is_key(name)) {
            return Err(unknown_field(name, &type_name, &path.key(name)));
        }
        let mut parts = Vec::with_capacity(members.len());
        for column in &definition.primary_key {
            let name = &*definition.column(*column).name;
            let path = path.key(name);
            let Some((_, value)) = members.iter().find(|(member, _)| *member == name) else {
                return Err(Refusal::invalid(format!("missing required field '{name}'"), &path));
            };
            parts.push(self.key_part(value.clone(), table, *column, &path)?);
        }
        Ok(Filter::And(parts))
    }

    /// The changes of all operators, each column once.
    fn changes(&mut self, operands: Vec<Operand<'a>>, table: TableId, path: &Path) -> Result<Vec<Change>, Refusal> {
        if operands.is_empty() && !self.view.has_update_presets(table) {
            let names = self.operator_names(table).join(", ");
            return Err(Refusal::invalid(format!("at least any one of {names} is expected"), path));
        }
        let mut changes: Vec<(&'static str, Change)> = Vec::new();
        for (argument, operator, input) in operands {
            let of = InputType::Operator(table, operator).name(self.catalog());
            let path = path.key(argument);
            for (name, value) in self.object(&input, &of, &path)? {
                let column_path = path.key(name);
                let Some(column) = self.operator_column(table, operator, name) else {
                    return Err(unknown_field(name, &of, &column_path));
                };
                if let Some((other, _)) = changes.iter().find(|(_, change)| change.column == column) {
                    let message = format!("column found in multiple operators; \"{name}\" in {other}, {argument}");
                    return Err(Refusal::new(crate::error::Code::ValidationFailed, message, path_of(&path)));
                }
                changes.push((argument, self.change(value, operator, table, column, &column_path)?));
            }
        }
        Ok(changes.into_iter().map(|(_, change)| change).collect())
    }

    fn operator_column(&self, table: TableId, operator: UpdateOperator, name: &str) -> Option<ColumnIndex> {
        let column = self.table(table).column_by_name(name)?;
        self.view.operator_columns(table, operator).find(|candidate| *candidate == column)
    }

    fn change(
        &mut self,
        value: Input<'a>,
        operator: UpdateOperator,
        table: TableId,
        column: ColumnIndex,
        path: &Path,
    ) -> Result<Change, Refusal> {
        let (operator, parameter) = match operator {
            UpdateOperator::Set => {
                let parameter = self.written(value, table, column, path)?;
                (ChangeOperator::Set, self.add(parameter))
            }
            UpdateOperator::Inc => (ChangeOperator::Increment, self.changed(value, table, column, path)?),
            UpdateOperator::Append => (ChangeOperator::Append, self.changed(value, table, column, path)?),
            UpdateOperator::Prepend => (ChangeOperator::Prepend, self.changed(value, table, column, path)?),
            UpdateOperator::DeleteKey => {
                (ChangeOperator::DeleteKey, self.plain(value, Codec::of(Scalar::String), path)?)
            }
            UpdateOperator::DeleteElem => {
                (ChangeOperator::DeleteElement, self.plain(value, Codec::of(Scalar::Int), path)?)
            }
            UpdateOperator::DeleteAtPath => {
                let codec = Codec { list: true, ..Codec::of(Scalar::String) };
                (ChangeOperator::DeleteAtPath, self.plain(value, codec, path)?)
            }
        };
        Ok(Change { column, operator, parameter })
    }

    /// A value that a column is changed by; null would wipe the column and is refused.
    fn changed(
        &mut self,
        value: Input<'a>,
        table: TableId,
        column: ColumnIndex,
        path: &Path,
    ) -> Result<usize, Refusal> {
        let input = self.given.resolve(value, &self.expected_value(table, column), path)?;
        if input.is_null() {
            let definition = self.table(table).column(column);
            return Err(unexpected_null(self.catalog().type_name(&definition.column_type), path));
        }
        let parameter = self.column_parameter(&input, table, column, path)?;
        Ok(self.add(parameter))
    }

    /// The fields of `T_mutation_response`.
    pub(super) fn response(
        &mut self,
        table: TableId,
        field: &Selected<'a>,
        path: &Path,
    ) -> Result<Vec<ResponseField>, Refusal> {
        let name = names::mutation_response(&self.table(table).name);
        composite(field, &name, path)?;
        let path = path.key("selectionSet");
        let mut fields = Vec::new();
        for field in &self.given.collect(&field.sets, &name, &path)? {
            let path = path.key(field.name);
            fields.push(match field.name {
                "__typename" => ResponseField::Constant(field.key.into(), type_name(field, &name, &path)?),
                "affected_rows" => {
                    leaf(field, &path)?;
                    ResponseField::AffectedRows(field.key.into())
                }
                "returning" if self.view.can_read_rows(table) => {
                    composite(field, &self.table(table).name, &path)?;
                    self.arguments(field, &[], &path)?;
                    ResponseField::Returning(field.key.into(), self.returned(table, field, true, &path)?)
                }
                other => return Err(unknown_field(other, &name, &path)),
            });
        }
        Ok(fields)
    }

    /// The row itself.
    pub(super) fn row_response(
        &mut self,
        table: TableId,
        field: &Selected<'a>,
        path: &Path,
    ) -> Result<Response, Refusal> {
        composite(field, &self.table(table).name, path)?;
        Ok(Response::Row(self.returned(table, field, false, path)?))
    }

    fn returned(&mut self, table: TableId, field: &Selected<'a>, many: bool, path: &Path) -> Result<Select, Refusal> {
        let fields = self.fields(table, field, path)?;
        Ok(Select { table, arguments: ListArguments::default(), many, fields })
    }
}

/// The place above an operator's argument, where a column in two operators is told.
fn path_of(operator: &Path<'_>) -> String {
    let written = operator.to_string();
    written.rsplit_once('.').map_or(written.clone(), |(above, _)| above.to_owned())
}
