//! `T_aggregate` and what is below it.

use purlin_model::catalog::TableId;
use purlin_plan::query::{
    Aggregate, AggregateColumn, AggregateField, AggregateFunction, AggregateItem, Arguments as ListArguments,
};

use super::select::LIST_ARGUMENTS;
use super::{Lowering, composite, type_name, unknown_field};
use crate::document::{Expected, Selected};
use crate::error::Refusal;
use crate::names::{self, InputType};
use crate::path::Path;

impl<'a> Lowering<'a> {
    /// `T_aggregate`, or the aggregates of an array relation.
    pub(super) fn aggregate(
        &mut self,
        table: TableId,
        field: &Selected<'a>,
        path: &Path,
    ) -> Result<Aggregate, Refusal> {
        let arguments = self.list_arguments(table, &self.arguments(field, &LIST_ARGUMENTS, path)?, path)?;
        self.aggregate_of(table, arguments, field, path)
    }

    /// Aggregates over rows of a table.
    pub(super) fn aggregate_of(
        &mut self,
        table: TableId,
        arguments: ListArguments,
        field: &Selected<'a>,
        path: &Path,
    ) -> Result<Aggregate, Refusal> {
        let name = names::aggregate(&self.table(table).name);
        composite(field, &name, path)?;
        let path = path.key("selectionSet");
        let mut fields = Vec::new();
        for field in &self.given.collect(&field.sets, &name, &path)? {
            let path = path.key(field.name);
            fields.push(match field.name {
                "__typename" => AggregateField::Constant(field.key.into(), type_name(field, &name, &path)?),
                "aggregate" => AggregateField::Aggregate(field.key.into(), self.items(table, field, &path)?),
                "nodes" if self.view.can_read_rows(table) => {
                    composite(field, &self.table(table).name, &path)?;
                    self.arguments(field, &[], &path)?;
                    AggregateField::Nodes(field.key.into(), self.fields(table, field, &path)?)
                }
                other => return Err(unknown_field(other, &name, &path)),
            });
        }
        Ok(Aggregate { table, arguments, fields })
    }

    fn items(&mut self, table: TableId, field: &Selected<'a>, path: &Path) -> Result<Vec<AggregateItem>, Refusal> {
        let name = names::aggregate_fields(&self.table(table).name);
        composite(field, &name, path)?;
        self.arguments(field, &[], path)?;
        let path = path.key("selectionSet");
        let mut items = Vec::new();
        for field in &self.given.collect(&field.sets, &name, &path)? {
            let path = path.key(field.name);
            items.push(match field.name {
                "__typename" => AggregateItem::Constant(field.key.into(), type_name(field, &name, &path)?),
                "count" => self.count(table, field, &path)?,
                other => match self.aggregate_function(table, other) {
                    Some(function) => self.function(table, function, field, &path)?,
                    None => return Err(unknown_field(other, &name, &path)),
                },
            });
        }
        Ok(items)
    }

    fn count(&mut self, table: TableId, field: &Selected<'a>, path: &Path) -> Result<AggregateItem, Refusal> {
        if !field.sets.is_empty() {
            return Err(Refusal::invalid("unexpected subselection set for non-object field", path));
        }
        let columned = self.view.selectable_columns(table).next().is_some();
        let known: &[&str] = if columned { &["columns", "distinct"] } else { &["distinct"] };
        let arguments = self.arguments(field, known, path)?;
        let args = path.key("args");
        let expected = Expected::optional(InputType::SelectColumn(table).name(self.catalog())).list();
        let columns = match self.optional(&arguments, "columns", &expected, path)? {
            Some(input) => self.select_columns(input, table, &args.key("columns"))?,
            None => Vec::new(),
        };
        let distinct = match arguments.get("distinct") {
            Some(value) => {
                let path = args.key("distinct");
                let json = self.given.observed_json(value, &Expected::optional("Boolean"), &path)?;
                match json {
                    serde_json::Value::Null => false,
                    serde_json::Value::Bool(distinct) => distinct,
                    other => {
                        let found = purlin_model::value::kind_of(&other);
                        let message = format!("expected a boolean for type 'Boolean', but found {found}");
                        return Err(Refusal::invalid(message, &path));
                    }
                }
            }
            None => false,
        };
        Ok(AggregateItem::Count { key: field.key.into(), columns, distinct })
    }

    fn function(
        &mut self,
        table: TableId,
        function: AggregateFunction,
        field: &Selected<'a>,
        path: &Path,
    ) -> Result<AggregateItem, Refusal> {
        let name = names::function_fields(&self.table(table).name, function);
        composite(field, &name, path)?;
        self.arguments(field, &[], path)?;
        let path = path.key("selectionSet");
        let mut columns = Vec::new();
        for field in &self.given.collect(&field.sets, &name, &path)? {
            let path = path.key(field.name);
            if field.name == "__typename" {
                columns.push(AggregateColumn::Constant(field.key.into(), type_name(field, &name, &path)?));
                continue;
            }
            let Some(column) = self.aggregate_column(table, function, field.name) else {
                return Err(unknown_field(field.name, &name, &path));
            };
            super::leaf(field, &path)?;
            columns.push(AggregateColumn::Column(field.key.into(), column));
        }
        Ok(AggregateItem::Function { key: field.key.into(), function, columns })
    }
}
