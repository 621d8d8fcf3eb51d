//! From a request's variables and session to the values a plan binds.
//!
//! Refuses to know: documents, permissions (they are in the plan), SQL.

use std::borrow::Cow;
use std::collections::HashMap;

use jiff::Timestamp;
use purlin_model::catalog::{Catalog, ColumnIndex, TableId};
use purlin_model::scalar::{ColumnType, Scalar};
use purlin_model::value::{self, CoerceError};
use purlin_model::{Session, Value};
use purlin_plan::Plan;
use purlin_plan::plan::{Bindings, BoundRow, InsertPlan, InsertTemplate, RootBody};
use purlin_plan::query::{JsonPart, Parameter, PathStep, RowSource, Source, VariableBase, VariablePath};
use regex::Regex;
use serde_json::{Map, Value as Json};

use crate::error::{Code, Refusal};
use crate::limits::Limits;
use crate::lower::{RowCount, row_count};
use crate::search;
use crate::shape;

/// The compiled `@pattern`s of a catalog.
pub type Patterns = HashMap<(TableId, ColumnIndex), Regex>;

/// Compiles every `@pattern` of a catalog; the model has checked them.
pub fn patterns(catalog: &Catalog) -> Patterns {
    let mut patterns = Patterns::new();
    for id in catalog.table_ids() {
        let table = catalog.table(id);
        for index in table.column_indexes() {
            let compiled = table.column(index).pattern.as_deref().map(Regex::new);
            if let Some(Ok(regex)) = compiled {
                patterns.insert((id, index), regex);
            }
        }
    }
    patterns
}

/// What a request supplies.
pub struct Supply<'a> {
    /// The catalog the plan is for.
    pub catalog: &'a Catalog,
    /// Its patterns.
    pub patterns: &'a Patterns,
    /// The named limits.
    pub limits: &'a Limits,
    /// The variables as sent.
    pub variables: &'a Map<String, Json>,
    /// Who asks.
    pub session: &'a Session,
    /// The transaction's time.
    pub now: Timestamp,
}

/// A row of the variables and the rows it is nested in.
#[derive(Clone, Copy)]
struct Row<'r> {
    value: &'r Json,
    /// Its index, when it is an element of a list.
    index: Option<usize>,
    outer: Option<&'r Row<'r>>,
}

/// The values of a plan, in its order.
///
/// # Errors
/// The first value that does not fit, with its place; or a session variable that is missing.
pub fn bind(plan: &Plan, counts: &[RowCount], supply: &Supply<'_>) -> Result<Bindings, Refusal> {
    for count in counts {
        let given = supply.lookup(&count.place, None).unwrap_or(&Json::Null);
        row_count(given, count.strict).map_err(|error| error.refusal(count.path.to_string()))?;
    }
    let values = plan.parameters.iter().map(|parameter| supply.value(parameter, None));
    let values = values.collect::<Result<Vec<Value>, Refusal>>()?;
    let mut inserts = Vec::new();
    for root in &plan.roots {
        if let RootBody::Insert { rows, .. } = &root.body {
            inserts.push(supply.rows(rows, None)?);
        }
    }
    Ok(Bindings { values, inserts })
}

impl Supply<'_> {
    fn value(&self, parameter: &Parameter, row: Option<&Row<'_>>) -> Result<Value, Refusal> {
        let value = self.source(&parameter.source, parameter, row)?;
        self.belongs(&value, parameter, row)?;
        Ok(value)
    }

    fn source(&self, source: &Source, parameter: &Parameter, row: Option<&Row<'_>>) -> Result<Value, Refusal> {
        let codec = parameter.codec;
        match source {
            Source::Constant(value) => Ok(value.clone()),
            Source::Variable(place) => match self.lookup(place, row) {
                None | Some(Json::Null) => Ok(Value::Null),
                Some(json) if parameter.many => self.members(json, parameter, row),
                Some(json) => self.coerced(value::coerce(codec, json), parameter, row),
            },
            Source::List(sources) => {
                let member = Parameter { many: false, ..parameter.clone() };
                let values = sources.iter().map(|source| self.source(source, &member, row));
                values.collect::<Result<Vec<Value>, Refusal>>().map(Value::List)
            }
            Source::Json(parts) => {
                let text: String = parts.iter().map(|part| self.json_part(part, row)).collect();
                self.coerced(value::coerce_text(codec, &text), parameter, row)
            }
            Source::Session(name) => self.session(name, parameter),
            Source::SessionVariables => {
                let given = self.session.variables.iter().map(|(name, value)| (name.to_string(), Json::from(&**value)));
                let role = ("x-hasura-role".to_owned(), Json::from(self.session.role.name()));
                let variables: Map<String, Json> = given.chain([role]).collect();
                self.coerced(value::coerce_text(codec, &Json::Object(variables).to_string()), parameter, row)
            }
            Source::Now => {
                let instant = value::format_instant(self.now);
                self.coerced(value::coerce_text(codec, &instant), parameter, row)
            }
            Source::UuidV4 => Ok(Value::Text(uuid::Uuid::new_v4().hyphenated().to_string().into())),
            Source::UuidV7 => Ok(Value::Text(uuid::Uuid::now_v7().hyphenated().to_string().into())),
            Source::Words(inner, dialect) => match self.source(inner, parameter, row)? {
                Value::Text(text) => Ok(Value::Text(search::query(&text, *dialect).into())),
                other => Ok(other),
            },
            Source::Pattern(inner) => {
                let value = self.source(inner, parameter, row)?;
                if let Value::Text(text) = &value {
                    self.limits.pattern_bytes(text.len())?;
                }
                Ok(value)
            }
            Source::AtMost(inner, bound) => {
                let bound = i64::try_from(*bound).unwrap_or(i64::MAX);
                match inner.as_deref().map(|inner| self.source(inner, parameter, row)).transpose()? {
                    Some(Value::Integer(asked)) => Ok(Value::Integer(asked.min(bound))),
                    _ => Ok(Value::Integer(bound)),
                }
            }
        }
    }

    fn json_part<'p>(&self, part: &'p JsonPart, row: Option<&Row<'_>>) -> Cow<'p, str> {
        match part {
            JsonPart::Text(text) => Cow::Borrowed(text),
            JsonPart::Variable(place) => {
                self.lookup(place, row).map_or(Cow::Borrowed("null"), |value| value.to_string().into())
            }
        }
    }

    fn members(&self, json: &Json, parameter: &Parameter, row: Option<&Row<'_>>) -> Result<Value, Refusal> {
        let Json::Array(members) = json else {
            return self.coerced(value::coerce_many(parameter.codec, json), parameter, row);
        };
        self.limits.list_members(members.len())?;
        let mut values = Vec::with_capacity(members.len());
        for (index, member) in members.iter().enumerate() {
            let path = || format!("{}[{index}]", written(&parameter.path, row));
            if member.is_null() {
                let message = format!("unexpected null value for type '{}'", parameter.codec.scalar.name());
                return Err(Refusal::new(Code::ValidationFailed, message, path()));
            }
            let value = value::coerce(parameter.codec, member).map_err(|error| Refusal::coercion(error, path()))?;
            values.push(value);
        }
        Ok(Value::List(values))
    }

    fn session(&self, name: &str, parameter: &Parameter) -> Result<Value, Refusal> {
        let Some(text) = self.session.variables.get(name) else {
            return Err(Refusal::new(Code::NotFound, format!("missing session variable: \"{name}\""), "$"));
        };
        let codec = parameter.codec;
        let value = if parameter.many { value::coerce_many_text(codec, text) } else { value::coerce_text(codec, text) };
        value.map_err(|error| Refusal::coercion(error, "$"))
    }

    fn coerced(
        &self,
        value: Result<Value, CoerceError>,
        parameter: &Parameter,
        row: Option<&Row<'_>>,
    ) -> Result<Value, Refusal> {
        value.map_err(|error| Refusal::coercion(error, written(&parameter.path, row)))
    }

    /// Whether the value belongs to the enum, and matches the pattern, of the column it is meant for.
    fn belongs(&self, value: &Value, parameter: &Parameter, row: Option<&Row<'_>>) -> Result<(), Refusal> {
        let Some((table, column)) = parameter.column else { return Ok(()) };
        match value {
            Value::Text(text) => self.text_belongs(text, (table, column), parameter, row),
            Value::List(members) => members.iter().try_for_each(|member| match member {
                Value::Text(text) => self.text_belongs(text, (table, column), parameter, row),
                _ => Ok(()),
            }),
            _ => Ok(()),
        }
    }

    fn text_belongs(
        &self,
        text: &str,
        (table, column): (TableId, ColumnIndex),
        parameter: &Parameter,
        row: Option<&Row<'_>>,
    ) -> Result<(), Refusal> {
        let definition = self.catalog.table(table).column(column);
        if let ColumnType::Enum(id) = definition.column_type {
            let found = self.catalog.enumeration(id);
            if found.values.iter().all(|value| *value.name != *text) {
                let values: Vec<String> = found.values.iter().map(|value| format!("'{}'", value.name)).collect();
                let (values, name) = (values.join(", "), &found.name);
                let message = format!("expected one of the values [{values}] for type '{name}', but found '{text}'");
                return Err(Refusal::new(Code::ValidationFailed, message, written(&parameter.path, row)));
            }
        }
        if let (Some((digits, scale)), Some(Scalar::Numeric)) = (definition.precision, definition.plain_scalar())
            && overflows(text, usize::from(digits), usize::from(scale))
        {
            let path = written(&parameter.path, row);
            return Err(Refusal::new(Code::DataException, "numeric field overflow", path));
        }
        match self.patterns.get(&(table, column)) {
            Some(pattern) if !pattern.is_match(text) => {
                let name = &definition.name;
                let message = format!("the value of `{name}` does not match the pattern `{}`", pattern.as_str());
                Err(Refusal::new(Code::ValidationFailed, message, written(&parameter.path, row)))
            }
            _ => Ok(()),
        }
    }

    fn rows(&self, plan: &InsertPlan, outer: Option<&Row<'_>>) -> Result<Vec<BoundRow>, Refusal> {
        let mut rows = Vec::new();
        let mut groups: Vec<(&VariablePath, std::vec::IntoIter<std::ops::Range<usize>>)> = Vec::new();
        for (index, template) in plan.templates.iter().enumerate() {
            match &template.source {
                RowSource::Document => rows.push(self.row(index, template, outer)?),
                RowSource::Object(place) => {
                    let value = self.lookup(place, outer).unwrap_or(&Json::Null);
                    rows.push(self.row(index, template, Some(&Row { value, index: None, outer }))?);
                }
                RowSource::Elements(place) => {
                    let Some(Json::Array(elements)) = self.lookup(place, outer) else { continue };
                    if !groups.iter().any(|(known, _)| *known == place) {
                        let is_alone =
                            plan.templates.iter().filter(|other| other.source == template.source).count() == 1;
                        let found = match is_alone {
                            true => std::iter::once(0..elements.len()).collect(),
                            false => shape::row_groups(self.catalog, plan.table, elements),
                        };
                        groups.push((place, found.into_iter()));
                    }
                    let found = groups.iter_mut().find(|(known, _)| *known == place);
                    for position in found.and_then(|(_, groups)| groups.next()).unwrap_or(0..0) {
                        let element = Row { value: &elements[position], index: Some(position), outer };
                        rows.push(self.row(index, template, Some(&element))?);
                    }
                }
            }
        }
        Ok(rows)
    }

    fn row(&self, index: usize, template: &InsertTemplate, row: Option<&Row<'_>>) -> Result<BoundRow, Refusal> {
        let values = template.values.iter().map(|parameter| self.value(parameter, row));
        let values = values.collect::<Result<Vec<Value>, Refusal>>()?;
        let mut objects = Vec::with_capacity(template.objects.len());
        for object in &template.objects {
            objects.extend(self.rows(object, row)?.pop());
        }
        let arrays = template.arrays.iter().map(|array| self.rows(array, row));
        Ok(BoundRow { template: index, values, objects, arrays: arrays.collect::<Result<_, Refusal>>()? })
    }

    fn lookup<'v>(&'v self, place: &VariablePath, row: Option<&Row<'v>>) -> Option<&'v Json> {
        let base = match &place.base {
            VariableBase::Variable(name) => self.variables.get(&**name)?,
            VariableBase::Row => row?.value,
        };
        place.steps.iter().try_fold(base, |json, step| match step {
            PathStep::Key(key) => json.get(&**key),
            PathStep::Index(index) => json.get(*index),
        })
    }
}

/// Whether a canonical decimal, rounded to `scale`, has more than `digits` digits: PostgreSQL refuses it, and so does
/// every database here, with the same words.
fn overflows(text: &str, digits: usize, scale: usize) -> bool {
    let (whole, fraction) = text.trim_start_matches('-').split_once('.').unwrap_or((text.trim_start_matches('-'), ""));
    let room = digits.saturating_sub(scale);
    let whole = whole.trim_start_matches('0');
    let rounds_up = fraction.as_bytes().get(scale).is_some_and(|digit| *digit >= b'5')
        && fraction.bytes().take(scale).all(|digit| digit == b'9')
        && whole.bytes().all(|digit| digit == b'9');
    whole.len() > room || (whole.len() == room && rounds_up)
}

/// A path with the indexes of the rows at hand in place of `[*]`, outermost first.
fn written(path: &str, row: Option<&Row<'_>>) -> String {
    let mut indexes = Vec::new();
    let mut current = row;
    while let Some(row) = current {
        indexes.extend(row.index);
        current = row.outer;
    }
    let mut written = path.to_owned();
    for index in indexes.into_iter().rev() {
        written = written.replacen("[*]", &format!("[{index}]"), 1);
    }
    written
}

#[cfg(test)]
mod tests {
    use super::overflows;

    #[test]
    fn decimals_overflow_as_postgresql_says() {
        for fits in ["0", "-0.5", "999999.99", "-999999.994", "000123", "0.999"] {
            assert!(!overflows(fits, 8, 2), "{fits}");
        }
        for too_large in ["1000000", "-1000000.00", "999999.995"] {
            assert!(overflows(too_large, 8, 2), "{too_large}");
        }
        assert!(overflows("0.995", 2, 2));
        assert!(!overflows("0.994", 2, 2));
    }
}
