//! A row as one line of JSON, and back. Refuses to know databases and files.
//!
//! Values are what PostgreSQL's `to_json` prints: all digits of numbers, bytes as `"\\x0a"`, times in ISO 8601. `null` is
//! NULL, except in a `jsonb` column, where it is JSON's null and NULL is a key that is not there.

use std::fmt;

use purlin_model::scalar::{Codec, Scalar};
use purlin_model::value::{Value, coerce};
use serde::de::{MapAccess, Visitor};
use serde_json::value::RawValue;

use super::shape::{Row, Shape};
use crate::json;

/// Writes a row that has all columns, with its line end.
pub fn write(buffer: &mut Vec<u8>, shape: &Shape, row: &Row) {
    buffer.push(b'{');
    let mut first = true;
    for (field, value) in shape.fields.iter().zip(row) {
        if *value == Value::Null && is_document(field.codec) {
            continue;
        }
        if !std::mem::take(&mut first) {
            buffer.push(b',');
        }
        json::string(buffer, &field.name);
        buffer.push(b':');
        cell(buffer, field.codec.scalar, value);
    }
    buffer.extend_from_slice(b"}\n");
}

fn is_document(codec: Codec) -> bool {
    codec.scalar == Scalar::Jsonb && !codec.list
}

fn cell(buffer: &mut Vec<u8>, scalar: Scalar, value: &Value) {
    match value {
        Value::Null => json::null(buffer),
        Value::Boolean(boolean) => json::boolean(buffer, *boolean),
        Value::Integer(integer) => json::integer(buffer, *integer),
        Value::Float(float) => json::double(buffer, *float),
        Value::Bytes(bytes) => json::bytes(buffer, bytes),
        Value::Text(text) if scalar == Scalar::Jsonb || (scalar == Scalar::Numeric && is_digits(text)) => {
            buffer.extend_from_slice(text.as_bytes());
        }
        Value::Text(text) => json::string(buffer, text),
        Value::List(members) => {
            buffer.push(b'[');
            for (index, member) in members.iter().enumerate() {
                if index > 0 {
                    buffer.push(b',');
                }
                cell(buffer, scalar, member);
            }
            buffer.push(b']');
        }
    }
}

/// Not `NaN` or `Infinity`, which another program may have written.
fn is_digits(text: &str) -> bool {
    text.ends_with(|last: char| last.is_ascii_digit())
}

/// A mistake in a line: the byte it is at, and what it is.
pub type Wrong = (usize, String);

/// The value a piece of JSON stands for in a column.
///
/// # Errors
/// Why it does not fit.
pub fn value(codec: Codec, json: &RawValue) -> Result<Value, String> {
    let parsed = serde_json::from_str(json.get()).map_err(|error| error.to_string())?;
    coerce(codec, &parsed).map_err(|error| error.message)
}

/// The keys and values of a JSON object; each value is a slice of the text, so that its place is known.
#[derive(Debug)]
pub struct Object<'text>(pub Vec<(String, &'text RawValue)>);

impl<'de> serde::Deserialize<'de> for Object<'de> {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Entries;
        impl<'de> Visitor<'de> for Entries {
            type Value = Object<'de>;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("an object of column values")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Object<'de>, A::Error> {
                let mut entries = Vec::new();
                while let Some(entry) = map.next_entry()? {
                    entries.push(entry);
                }
                Ok(Object(entries))
            }
        }
        deserializer.deserialize_map(Entries)
    }
}

/// Where a slice begins in the text it is of.
pub fn offset(text: &str, part: &RawValue) -> usize {
    (part.get().as_ptr() as usize).saturating_sub(text.as_ptr() as usize)
}

/// Takes a line apart.
///
/// # Errors
/// Where it is no JSON object.
pub fn parse(line: &str) -> Result<Object<'_>, Wrong> {
    serde_json::from_str(line).map_err(|error| (error.column().saturating_sub(1), message(&error)))
}

/// A row that [`write`] has written.
///
/// # Errors
/// What is wrong with it.
pub fn read(shape: &Shape, line: &str) -> Result<Row, String> {
    let object = parse(line).map_err(|(_, reason)| reason)?;
    let mut row = vec![Value::Null; shape.fields.len()];
    for (name, json) in &object.0 {
        let position = shape.position(name).ok_or_else(|| format!("there is no column `{name}`"))?;
        row[position] = value(shape.fields[position].codec, json)?;
    }
    Ok(row)
}

/// The reason without the place, which is said elsewhere.
pub fn message(error: &serde_json::Error) -> String {
    let text = error.to_string();
    text.rsplit_once(" at line ").map_or(text.clone(), |(reason, _)| reason.to_owned())
}
