//! Values that are bound: what stands at an input position becomes a parameter.

use async_graphql_value::Value as DocumentValue;
use purlin_model::Value;
use purlin_model::catalog::{ColumnIndex, TableId};
use purlin_model::scalar::{Codec, ColumnType, Scalar};
use purlin_model::value;
use purlin_plan::query::{JsonPart, Parameter, Source};
use serde_json::Value as Json;

use super::{Lowering, RowCount, mismatch, unexpected_null, unknown_value};
use crate::document::Expected;
use crate::error::{Code, Refusal};
use crate::input::{self, Input, Node};
use crate::names::InputType;
use crate::path::Path;

impl<'a> Lowering<'a> {
    /// What an input position for a value of this column takes.
    pub(super) fn expected_value(&self, table: TableId, column: ColumnIndex) -> Expected {
        let column_type = &self.table(table).column(column).column_type;
        let expected = Expected::optional(InputType::of_column(column_type).name(self.catalog()));
        if column_type.is_list() { expected.list() } else { expected }
    }

    /// Adds a parameter and gives its index.
    pub(super) fn add(&mut self, parameter: Parameter) -> usize {
        self.parameters.push(parameter);
        self.parameters.len() - 1
    }

    /// A value for a column that is not null (comparisons, keys).
    pub(super) fn compared(
        &mut self,
        input: Input<'a>,
        table: TableId,
        column: ColumnIndex,
        path: &Path,
    ) -> Result<usize, Refusal> {
        let input = self.given.resolve(input, &self.expected_value(table, column), path)?;
        if input.is_null() {
            return Err(unexpected_null(self.catalog().type_name(&self.table(table).column(column).column_type), path));
        }
        let parameter = self.column_parameter(&input, table, column, path)?;
        Ok(self.add(parameter))
    }

    /// A list of values for a column (`_in`, `_nin`).
    pub(super) fn compared_list(
        &mut self,
        input: Input<'a>,
        table: TableId,
        column: ColumnIndex,
        path: &Path,
    ) -> Result<usize, Refusal> {
        let expected = self.expected_value(table, column).list();
        let input = self.given.resolve(input, &expected, path)?;
        if input.is_null() {
            return Err(unexpected_null(&format!("[{}!]", expected.name), path));
        }
        let codec = self.table(table).column(column).codec();
        let source = match &input {
            Input::Variable(_, place) => Source::Variable(place.clone()),
            Input::Document(_) => self.document_list(input, &expected, path, |item, path| {
                Ok(self.column_parameter(item, table, column, path)?.source)
            })?,
        };
        let column = self.constrained(table, column);
        Ok(self.add(Parameter { source, codec, many: true, column, path: path.to_string().into() }))
    }

    fn document_list(
        &self,
        input: Input<'a>,
        expected: &Expected,
        path: &Path,
        source_of: impl Fn(&Input<'a>, &Path) -> Result<Source, Refusal>,
    ) -> Result<Source, Refusal> {
        let items = self.list(input, expected, path)?;
        self.limits.list_members(items.len())?;
        let mut sources = Vec::with_capacity(items.len());
        for (index, item) in items.iter().enumerate() {
            let path = path.index(index);
            if item.is_null() {
                return Err(unexpected_null(&expected.name, &path));
            }
            sources.push(source_of(item, &path)?);
        }
        let constant = |source: &Source| match source {
            Source::Constant(value) => Some(value.clone()),
            _ => None,
        };
        Ok(match sources.iter().map(constant).collect::<Option<Vec<Value>>>() {
            Some(values) => Source::Constant(Value::List(values)),
            None => Source::List(sources),
        })
    }

    /// The column when its values must belong to an enum or a native type.
    fn constrained(&self, table: TableId, column: ColumnIndex) -> Option<(TableId, ColumnIndex)> {
        let column_type = &self.table(table).column(column).column_type;
        matches!(column_type, ColumnType::Enum(_) | ColumnType::Native(_)).then_some((table, column))
    }

    /// A value for a column, null or not, already resolved.
    pub(super) fn column_parameter(
        &self,
        input: &Input<'a>,
        table: TableId,
        column: ColumnIndex,
        path: &Path,
    ) -> Result<Parameter, Refusal> {
        let definition = self.table(table).column(column);
        let codec = definition.codec();
        let source = match input {
            Input::Variable(_, place) => Source::Variable(place.clone()),
            Input::Document(value) if codec == Codec::of(Scalar::Jsonb) && holds_variable(value) => {
                Source::Json(self.json_parts(value))
            }
            Input::Document(value) => Source::Constant(self.constant(value, codec, &definition.column_type, path)?),
        };
        let column = self.constrained(table, column);
        Ok(Parameter { source, codec, many: false, column, path: path.to_string().into() })
    }

    /// A JSON document with variables in it: its text around their places.
    fn json_parts(&self, value: &'a DocumentValue) -> Vec<JsonPart> {
        let (mut parts, mut text) = (Vec::new(), String::new());
        self.write_json(value, &mut parts, &mut text);
        parts.push(JsonPart::Text(text.into()));
        parts
    }

    fn write_json(&self, value: &'a DocumentValue, parts: &mut Vec<JsonPart>, text: &mut String) {
        match value {
            DocumentValue::Variable(name) if self.given.variables.contains_key(name.as_str()) => {
                parts.push(JsonPart::Text(std::mem::take(text).into()));
                parts.push(JsonPart::Variable(input::variable(name)));
            }
            DocumentValue::List(items) => {
                text.push('[');
                for (index, item) in items.iter().enumerate() {
                    text.push_str(if index == 0 { "" } else { "," });
                    self.write_json(item, parts, text);
                }
                text.push(']');
            }
            DocumentValue::Object(members) => {
                text.push('{');
                for (index, (name, member)) in members.iter().enumerate() {
                    text.push_str(if index == 0 { "\"" } else { ",\"" });
                    text.push_str(name);
                    text.push_str("\":");
                    self.write_json(member, parts, text);
                }
                text.push('}');
            }
            plain => text.push_str(&self.given.filled(plain).to_string()),
        }
    }

    fn constant(
        &self,
        value: &'a DocumentValue,
        codec: Codec,
        column_type: &ColumnType,
        path: &Path,
    ) -> Result<Value, Refusal> {
        if *value == DocumentValue::Null {
            return Ok(Value::Null);
        }
        let name = self.catalog().type_name(column_type);
        if let ColumnType::Enum(id) = column_type {
            let found = self.enum_value(&Input::Document(value), name, path)?;
            let values = &self.catalog().enumeration(*id).values;
            if values.iter().all(|candidate| *candidate.name != *found) {
                return Err(unknown_value(found, name, values.iter().map(|value| &*value.name), path));
            }
            return Ok(Value::Text(found.into()));
        }
        if matches!(value, DocumentValue::Enum(_)) && codec.scalar != Scalar::Jsonb {
            return Err(mismatch("a literal", name, &Input::Document(value), path));
        }
        value::coerce(codec, &self.given.filled(value)).map_err(|error| Refusal::coercion(error, path.to_string()))
    }

    /// A value of a plain scalar that belongs to no column (`_is_null`, `_delete_key`, …), never null.
    pub(super) fn plain(&mut self, input: Input<'a>, codec: Codec, path: &Path) -> Result<usize, Refusal> {
        let expected = Expected::optional(codec.scalar.name());
        let expected = if codec.list { expected.list() } else { expected };
        let input = self.given.resolve(input, &expected, path)?;
        if input.is_null() {
            return Err(unexpected_null(&expected.name, path));
        }
        let source = match input {
            Input::Variable(_, place) => Source::Variable(place),
            Input::Document(value) => {
                Source::Constant(self.constant(value, codec, &ColumnType::Scalar(codec.scalar), path)?)
            }
        };
        Ok(self.add(Parameter { source, codec, many: false, column: None, path: path.to_string().into() }))
    }

    /// A text, or a list of texts (`_in`), that belongs to no column; never null.
    pub(super) fn compared_text(&mut self, input: Input<'a>, many: bool, path: &Path) -> Result<usize, Refusal> {
        let codec = Codec::of(Scalar::String);
        if !many {
            return self.plain(input, codec, path);
        }
        let expected = Expected::optional(Scalar::String.name()).list();
        let input = self.given.resolve(input, &expected, path)?;
        if input.is_null() {
            return Err(unexpected_null(&format!("[{}!]", expected.name), path));
        }
        let text = ColumnType::Scalar(Scalar::String);
        let source = match &input {
            Input::Variable(_, place) => Source::Variable(place.clone()),
            Input::Document(_) => {
                let constant = |item: &Input<'a>, path: &Path| match item {
                    Input::Variable(_, place) => Ok(Source::Variable(place.clone())),
                    Input::Document(value) => Ok(Source::Constant(self.constant(value, codec, &text, path)?)),
                };
                self.document_list(input, &expected, path, constant)?
            }
        };
        Ok(self.add(Parameter { source, codec, many: true, column: None, path: path.to_string().into() }))
    }

    /// `limit` (strictly a number) or `offset`, already resolved and not null.
    pub(super) fn row_count(&mut self, input: Input<'a>, strict: bool, path: &Path) -> Result<usize, Refusal> {
        let source = match input {
            Input::Variable(_, place) => {
                self.counts.push(RowCount { place: place.clone(), strict, path: path.to_string().into() });
                Source::Variable(place)
            }
            Input::Document(value) => {
                let json = self.given.filled(value);
                Source::Constant(Value::Integer(row_count(&json, strict).map_err(|refusal| refusal.at(path))?))
            }
        };
        let codec = Codec::of(Scalar::BigInt);
        Ok(self.add(Parameter { source, codec, many: false, column: None, path: path.to_string().into() }))
    }

    /// The enum value of an input position that takes `order_by` or a column name, resolved.
    pub(super) fn named(&self, input: Input<'a>, of: &InputType, path: &Path) -> Result<&'a str, Refusal> {
        let name = of.name(self.catalog());
        let input = self.given.resolve(input, &Expected::optional(name.clone()), path)?;
        self.enum_value(&input, &name, path)
    }
}

fn holds_variable(value: &DocumentValue) -> bool {
    match value {
        DocumentValue::Variable(_) => true,
        DocumentValue::List(items) => items.iter().any(holds_variable),
        DocumentValue::Object(members) => members.values().any(holds_variable),
        _ => false,
    }
}

/// Why a row count is none.
pub enum RowCountError {
    /// It is negative.
    Negative,
    /// It is not a whole number, or not of a JSON kind that is taken; its kind in words.
    Kind(&'static str),
}

impl RowCountError {
    fn at(self, path: &Path) -> Refusal {
        self.refusal(path.to_string())
    }

    /// The refusal at this path.
    pub fn refusal(self, path: String) -> Refusal {
        match self {
            RowCountError::Negative => Refusal::new(Code::NotSupported, "unexpected negative value", path),
            RowCountError::Kind(found) => {
                let message = format!("expected a non-negative 32-bit integer for type 'Int', but found {found}");
                Refusal::new(Code::ValidationFailed, message, path)
            }
        }
    }
}

/// A count of rows: a whole number that is not negative. Text is taken only when not `strict`.
///
/// # Errors
/// Why it is none.
pub fn row_count(json: &Json, strict: bool) -> Result<i64, RowCountError> {
    let kind = || RowCountError::Kind(value::kind_of(json));
    let parsed = match json {
        Json::Number(number) => number.as_i64().ok_or_else(kind)?,
        Json::String(text) if !strict => text.trim().parse::<i64>().map_err(|_| kind())?,
        _ => return Err(kind()),
    };
    match parsed {
        negative if negative < 0 => Err(RowCountError::Negative),
        large if strict && large > i64::from(i32::MAX) => Err(kind()),
        count => Ok(count),
    }
}

impl<'a> Lowering<'a> {
    /// Whether a position holds nothing to compare with: used where an explicit null is a mistake.
    pub(super) fn refuse_null(&self, input: &Input<'a>, type_name: &str, path: &Path) -> Result<(), Refusal> {
        match input.node() {
            Node::Null => Err(mismatch("an object", type_name, input, path)),
            _ => Ok(()),
        }
    }
}
