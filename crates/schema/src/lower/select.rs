//! Rows and their fields: lists, single rows, related rows.

use purlin_model::catalog::{ColumnIndex, RelationKind, TableId};
use purlin_model::filter::{Comparison, Filter, Operand};
use purlin_model::scalar::Scalar;
use purlin_plan::query::{Arguments as ListArguments, Field, FieldValue, Select};
use serde_json::Value as Json;

use super::order::distinct_fits;
use super::{Arguments, Lowering, composite, leaf, type_name, unknown_field};
use crate::document::{Expected, Selected};
use crate::error::Refusal;
use crate::input::Input;
use crate::names::InputType;
use crate::path::Path;

/// Arguments of a list.
pub(super) const LIST_ARGUMENTS: [&str; 5] = ["distinct_on", "limit", "offset", "order_by", "where"];

impl<'a> Lowering<'a> {
    /// `T`, or an array relation: rows with the five arguments; or an object relation, without any.
    pub(super) fn select(
        &mut self,
        table: TableId,
        field: &Selected<'a>,
        many: bool,
        path: &Path,
    ) -> Result<Select, Refusal> {
        composite(field, &self.table(table).name, path)?;
        let arguments = if many {
            self.list_arguments(table, &self.arguments(field, &LIST_ARGUMENTS, path)?, path)?
        } else {
            self.arguments(field, &[], path)?;
            ListArguments::default()
        };
        let fields = self.fields(table, field, path)?;
        Ok(Select { table, arguments, many, fields })
    }

    /// `T_by_pk`.
    pub(super) fn select_by_pk(
        &mut self,
        table: TableId,
        field: &Selected<'a>,
        path: &Path,
    ) -> Result<Select, Refusal> {
        composite(field, &self.table(table).name, path)?;
        let filter = self.key_arguments(table, field, path)?;
        let arguments = ListArguments { filter, ..ListArguments::default() };
        let fields = self.fields(table, field, path)?;
        Ok(Select { table, arguments, many: false, fields })
    }

    /// The primary key's columns as arguments.
    pub(super) fn key_arguments(
        &mut self,
        table: TableId,
        field: &Selected<'a>,
        path: &Path,
    ) -> Result<Filter, Refusal> {
        let definition = self.table(table);
        let name = |column: &ColumnIndex| &*definition.column(*column).name;
        let names: Vec<&str> = definition.primary_key.iter().map(name).collect();
        let arguments = self.arguments(field, &names, path)?;
        let mut parts = Vec::with_capacity(names.len());
        for (column, name) in definition.primary_key.iter().zip(names) {
            let expected = Expected { required: true, ..self.expected_value(table, *column) };
            let input = self.required(&arguments, name, &expected, path)?;
            parts.push(self.key_part(input, table, *column, &path.key("args").key(name))?);
        }
        Ok(Filter::And(parts))
    }

    /// A column of the key equals a value.
    pub(super) fn key_part(
        &mut self,
        input: Input<'a>,
        table: TableId,
        column: ColumnIndex,
        path: &Path,
    ) -> Result<Filter, Refusal> {
        let operand = Operand::Parameter(self.compared(input, table, column, path)?);
        Ok(Filter::Compare { column, comparison: Comparison::Equal, operand })
    }

    /// The five arguments of a list.
    pub(super) fn list_arguments(
        &mut self,
        table: TableId,
        arguments: &Arguments<'a>,
        path: &Path,
    ) -> Result<ListArguments, Refusal> {
        let args = path.key("args");
        let order_type = Expected::optional(InputType::OrderBy(table).name(self.catalog())).list();
        let order_by = match self.optional(arguments, "order_by", &order_type, path)? {
            Some(input) => self.order_by(input, table, &args.key("order_by"))?,
            None => Vec::new(),
        };
        let column_type = Expected::optional(InputType::SelectColumn(table).name(self.catalog())).list();
        let distinct_on = match self.optional(arguments, "distinct_on", &column_type, path)? {
            Some(input) => self.select_columns(input, table, &args.key("distinct_on"))?,
            None => Vec::new(),
        };
        if !distinct_fits(&distinct_on, &order_by) {
            let message = "\"distinct_on\" columns must match initial \"order_by\" columns";
            return Err(Refusal::invalid(message, &args));
        }
        let filter = match self.optional(arguments, "where", &self.expected_filter(table), path)? {
            Some(input) => self.filter(&input, table, &args.key("where"))?,
            None => Filter::always(),
        };
        let limit = self.count_argument(arguments, "limit", path)?;
        let offset = self.count_argument(arguments, "offset", path)?;
        Ok(ListArguments { filter, order_by, distinct_on, limit, offset, ..ListArguments::default() })
    }

    fn count_argument(&mut self, arguments: &Arguments<'a>, name: &str, path: &Path) -> Result<Option<usize>, Refusal> {
        let input = self.optional(arguments, name, &Expected::optional("Int"), path)?;
        input.map(|input| self.row_count(input, name == "limit", &path.key("args").key(name))).transpose()
    }

    /// The fields of each row.
    pub(super) fn fields(&mut self, table: TableId, field: &Selected<'a>, path: &Path) -> Result<Vec<Field>, Refusal> {
        let path = path.key("selectionSet");
        let name = &*self.table(table).name;
        let selected = self.given.collect(&field.sets, name, &path)?;
        let mut fields = Vec::with_capacity(selected.len());
        for field in &selected {
            let value = self.field(table, field, &path.key(field.name))?;
            fields.push(Field { key: field.key.into(), value });
        }
        Ok(fields)
    }

    fn field(&mut self, table: TableId, field: &Selected<'a>, path: &Path) -> Result<FieldValue, Refusal> {
        let definition = self.table(table);
        if field.name == "__typename" {
            return Ok(FieldValue::Constant(type_name(field, &definition.name, path)?));
        }
        if let Some(column) = self.view.selectable_column(table, field.name) {
            return self.column(table, column, field, path);
        }
        if let Some(relation) = self.view.visible_relation(table, field.name) {
            let found = definition.relation(relation);
            let select = self.select(found.target, field, found.kind == RelationKind::Array, path)?;
            return Ok(FieldValue::Related(relation, select));
        }
        if let Some(relation) = self.view.aggregate_relation(table, field.name) {
            let target = definition.relation(relation).target;
            return Ok(FieldValue::RelatedAggregate(relation, self.aggregate(target, field, path)?));
        }
        Err(unknown_field(field.name, &definition.name, path))
    }

    fn column(
        &mut self,
        table: TableId,
        column: ColumnIndex,
        field: &Selected<'a>,
        path: &Path,
    ) -> Result<FieldValue, Refusal> {
        let is_document = self.table(table).column(column).plain_scalar() == Some(Scalar::Jsonb);
        if !is_document || self.catalog().is_record(table) || field.arguments.is_empty() {
            leaf(field, path)?;
            return Ok(FieldValue::Column(column));
        }
        if !field.sets.is_empty() {
            return Err(Refusal::invalid("unexpected subselection set for non-object field", path));
        }
        let arguments = self.arguments(field, &["path"], path)?;
        let args = path.key("args");
        let path = args.key("path");
        let Some(value) = arguments.get("path") else { return Ok(FieldValue::Column(column)) };
        match self.given.observed_json(value, &Expected::optional("String"), &path)? {
            Json::Null => Ok(FieldValue::Column(column)),
            Json::String(text) => match json_path(&text) {
                Some(steps) if steps.is_empty() => Ok(FieldValue::Column(column)),
                Some(steps) => Ok(FieldValue::JsonPath(column, steps)),
                None => Err(Refusal::invalid(format!("invalid path '{text}'"), &path)),
            },
            other => {
                let found = purlin_model::value::kind_of(&other);
                Err(Refusal::invalid(format!("expected a string for type 'String', but found {found}"), &path))
            }
        }
    }
}

/// The steps of a path into a JSON value: `$.a.b`, `a.b`, `a[0]`, `['key with space']`; `None` when it is none.
fn json_path(text: &str) -> Option<Vec<Box<str>>> {
    let mut steps = Vec::new();
    let mut rest = text.strip_prefix('$').unwrap_or(text);
    if rest.len() == text.len() && !rest.is_empty() && !rest.starts_with(['.', '[']) {
        rest = key_step(rest, &mut steps)?;
    }
    while !rest.is_empty() {
        rest = match rest.as_bytes()[0] {
            b'.' => key_step(&rest[1..], &mut steps)?,
            b'[' => bracket_step(&rest[1..], &mut steps)?,
            _ => return None,
        };
    }
    Some(steps)
}

fn key_step<'t>(text: &'t str, steps: &mut Vec<Box<str>>) -> Option<&'t str> {
    let end = text.find(['.', '[']).unwrap_or(text.len());
    let key = &text[..end];
    let plain = |letter: char| letter.is_alphanumeric() || matches!(letter, '_' | '-' | '$');
    if key.is_empty() || !key.chars().all(plain) {
        return None;
    }
    steps.push(key.into());
    Some(&text[end..])
}

fn bracket_step<'t>(text: &'t str, steps: &mut Vec<Box<str>>) -> Option<&'t str> {
    let quote = text.chars().next().filter(|letter| matches!(letter, '\'' | '"'));
    let (step, rest) = match quote {
        Some(quote) => text[1..].split_once(quote)?,
        None => text.split_at(text.find(']')?),
    };
    if quote.is_none() && (step.is_empty() || !step.bytes().all(|byte| byte.is_ascii_digit())) {
        return None;
    }
    steps.push(step.into());
    rest.strip_prefix(']')
}

#[cfg(test)]
mod tests {
    use super::json_path;

    #[test]
    fn paths_have_several_spellings() {
        let steps = |text| json_path(text).map(|steps| steps.join("/"));
        assert_eq!(steps("$.a.b").as_deref(), Some("a/b"));
        assert_eq!(steps("a.b[0]").as_deref(), Some("a/b/0"));
        assert_eq!(steps(".a").as_deref(), Some("a"));
        assert_eq!(steps("['key with space'][\"k\"]").as_deref(), Some("key with space/k"));
        assert_eq!(steps("$").as_deref(), Some(""));
        for wrong in ["a..b", "a[", "a[x]", "a[']", "a b", "$a", "[0"] {
            assert_eq!(steps(wrong), None, "{wrong}");
        }
    }
}
