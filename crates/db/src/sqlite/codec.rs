//! How the model's values are held by SQLite: values to be bound, cells to JSON. Refuses to know statements.

use purlin_model::scalar::{Codec, Scalar, Stored};
use purlin_model::value::Value;
use purlin_plan::plan::Output;
use rusqlite::types::{ToSqlOutput, Value as Owned, ValueRef};

use super::decimal::{self, Scaled, ScaledOperand};
use super::time;
use crate::{DatabaseError, json};

/// What is bound for `value`: its stored form, or for `many` one JSON array text of the members' stored forms (bytes as
/// hexadecimal digits).
///
/// # Errors
/// [`DatabaseError::Data`] when the stored form cannot hold it.
pub fn stored<'value>(codec: Codec, many: bool, value: &'value Value) -> Result<ToSqlOutput<'value>, DatabaseError> {
    match value {
        Value::Null => Ok(borrowed(ValueRef::Null)),
        Value::List(members) if many => stored_members(codec, members),
        Value::List(members) => list_text(codec, members),
        _ => stored_scalar(codec, value),
    }
}

const fn borrowed(value: ValueRef<'_>) -> ToSqlOutput<'_> {
    ToSqlOutput::Borrowed(value)
}

fn owned_text(text: String) -> ToSqlOutput<'static> {
    ToSqlOutput::Owned(Owned::Text(text))
}

fn stored_scalar(codec: Codec, value: &Value) -> Result<ToSqlOutput<'_>, DatabaseError> {
    Ok(match (codec.scalar, value) {
        (Scalar::Numeric, value) => return stored_numeric(codec.stored, value),
        (scalar, Value::Text(text)) if scalar.is_temporal() => time::stored(scalar, codec.stored, text)?,
        (Scalar::Float | Scalar::Float8, Value::Integer(integer)) => borrowed(ValueRef::Real(*integer as f64)),
        (_, Value::Boolean(boolean)) => borrowed(ValueRef::Integer(i64::from(*boolean))),
        (_, Value::Integer(integer)) => borrowed(ValueRef::Integer(*integer)),
        (_, Value::Float(float)) => borrowed(ValueRef::Real(*float)),
        (_, Value::Text(text)) => borrowed(ValueRef::Text(text.as_bytes())),
        (_, Value::Bytes(bytes)) => borrowed(ValueRef::Blob(bytes)),
        (_, Value::Null | Value::List(_)) => {
            return Err(DatabaseError::Internal("a list inside a list cannot be bound".to_owned()));
        }
    })
}

fn stored_numeric(form: Stored, value: &Value) -> Result<ToSqlOutput<'_>, DatabaseError> {
    let computed;
    let text = match value {
        Value::Text(text) => &**text,
        Value::Integer(integer) => {
            computed = integer.to_string();
            &computed
        }
        Value::Float(float) => {
            computed = json::shortest_decimal(*float);
            &computed
        }
        _ => return Err(DatabaseError::Internal("a `numeric` is bound as something else".to_owned())),
    };
    let malformed = || DatabaseError::Data(format!("invalid input syntax for type numeric: \"{text}\""));
    Ok(match form {
        Stored::Scaled { scale } => match decimal::scaled(text, scale) {
            Scaled::Fits(integer) => borrowed(ValueRef::Integer(integer)),
            Scaled::Overflow => return Err(DatabaseError::Data("numeric field overflow".to_owned())),
            Scaled::Malformed => return Err(malformed()),
        },
        Stored::ScaledOperand { scale } => match decimal::scaled_operand(text, scale).ok_or_else(malformed)? {
            ScaledOperand::Whole(integer) => borrowed(ValueRef::Integer(integer)),
            ScaledOperand::Between(double) => borrowed(ValueRef::Real(double)),
        },
        Stored::Decimal { scale: Some(scale) } => owned_text(decimal::rounded(text, scale).ok_or_else(malformed)?),
        Stored::Real { scale } => {
            let rounded = match scale {
                Some(scale) => decimal::rounded(text, scale).ok_or_else(malformed)?,
                None => text.to_owned(),
            };
            ToSqlOutput::Owned(Owned::Real(rounded.parse().map_err(|_| malformed())?))
        }
        _ if decimal::is_decimal(text) => owned_text(text.to_owned()),
        _ => return Err(malformed()),
    })
}

/// The members' stored forms as one JSON array.
fn stored_members(codec: Codec, members: &[Value]) -> Result<ToSqlOutput<'static>, DatabaseError> {
    let mut buffer = vec![b'['];
    for (index, member) in members.iter().enumerate() {
        if index > 0 {
            buffer.push(b',');
        }
        match stored(codec, false, member)? {
            ToSqlOutput::Borrowed(cell) => plain_cell(&mut buffer, cell),
            ToSqlOutput::Owned(cell) => plain_cell(&mut buffer, ValueRef::from(&cell)),
            _ => return Err(DatabaseError::Internal("a list member has no JSON form".to_owned())),
        }
    }
    buffer.push(b']');
    Ok(owned_text(into_text(buffer)))
}

fn plain_cell(buffer: &mut Vec<u8>, cell: ValueRef<'_>) {
    match cell {
        ValueRef::Null => json::null(buffer),
        ValueRef::Integer(integer) => json::integer(buffer, integer),
        ValueRef::Real(real) => json::double(buffer, real),
        ValueRef::Text(text) => json::string(buffer, &String::from_utf8_lossy(text)),
        ValueRef::Blob(bytes) => {
            buffer.push(b'"');
            for byte in bytes {
                buffer.extend_from_slice(format!("{byte:02X}").as_bytes());
            }
            buffer.push(b'"');
        }
    }
}

/// What a list column holds: a JSON array without spaces whose members are the canonical texts of the model.
fn list_text(codec: Codec, members: &[Value]) -> Result<ToSqlOutput<'static>, DatabaseError> {
    let mut buffer = vec![b'['];
    for (index, member) in members.iter().enumerate() {
        if index > 0 {
            buffer.push(b',');
        }
        match (codec.scalar, member) {
            (_, Value::Null) => json::null(&mut buffer),
            (_, Value::Boolean(boolean)) => json::boolean(&mut buffer, *boolean),
            (_, Value::Integer(integer)) => json::integer(&mut buffer, *integer),
            (_, Value::Float(float)) => json::double(&mut buffer, *float),
            (Scalar::Numeric | Scalar::Jsonb, Value::Text(text)) => buffer.extend_from_slice(text.as_bytes()),
            (_, Value::Text(text)) => json::string(&mut buffer, text),
            (_, Value::Bytes(bytes)) => json::bytes(&mut buffer, bytes),
            (_, Value::List(_)) => {
                return Err(DatabaseError::Internal("a list inside a list cannot be bound".to_owned()));
            }
        }
    }
    buffer.push(b']');
    Ok(owned_text(into_text(buffer)))
}

/// JSON this crate wrote is UTF-8; a lossy conversion only keeps the promise without a panic.
fn into_text(buffer: Vec<u8>) -> String {
    String::from_utf8(buffer).unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned())
}

/// Writes a cell as JSON.
///
/// # Errors
/// [`DatabaseError::Data`] when the cell holds something that is no value of its type (another program wrote it).
pub fn write_cell(buffer: &mut Vec<u8>, cell: ValueRef<'_>, output: Output) -> Result<(), DatabaseError> {
    if matches!(cell, ValueRef::Null) {
        json::null(buffer);
        return Ok(());
    }
    if output.codec.list {
        return write_list(buffer, cell, output);
    }
    match output.codec.scalar {
        Scalar::SmallInt | Scalar::Int => write_integer(buffer, cell, output),
        Scalar::BigInt => quoted(buffer, output.stringify, |buffer| write_integer(buffer, cell, output)),
        Scalar::Float => write_double(buffer, cell, output),
        Scalar::Float8 => quoted(buffer, output.stringify, |buffer| write_double(buffer, cell, output)),
        Scalar::Numeric => quoted(buffer, output.stringify, |buffer| write_numeric(buffer, cell, output)),
        Scalar::String => write_string(buffer, cell),
        Scalar::Boolean => write_boolean(buffer, cell, output),
        Scalar::Uuid => write_uuid(buffer, cell, output),
        Scalar::Timestamptz | Scalar::Timestamp | Scalar::Date | Scalar::Time => {
            time::write(buffer, cell, output.codec).ok_or_else(|| not_a(output))
        }
        Scalar::Jsonb => write_jsonb(buffer, cell, output),
        Scalar::Bytea => match cell {
            ValueRef::Blob(bytes) | ValueRef::Text(bytes) => {
                json::bytes(buffer, bytes);
                Ok(())
            }
            _ => Err(not_a(output)),
        },
    }
}

fn not_a(output: Output) -> DatabaseError {
    DatabaseError::Data(format!("a stored value is not of the type `{}`", output.codec.scalar.name()))
}

fn quoted(
    buffer: &mut Vec<u8>,
    stringify: bool,
    write: impl FnOnce(&mut Vec<u8>) -> Result<(), DatabaseError>,
) -> Result<(), DatabaseError> {
    if !stringify {
        return write(buffer);
    }
    let start = buffer.len();
    buffer.push(b'"');
    write(buffer)?;
    // What is not finite has its quotes already.
    match buffer.get(start + 1) {
        Some(b'"') => drop(buffer.remove(start)),
        _ => buffer.push(b'"'),
    }
    Ok(())
}

fn write_integer(buffer: &mut Vec<u8>, cell: ValueRef<'_>, output: Output) -> Result<(), DatabaseError> {
    match cell {
        ValueRef::Integer(integer) => json::integer(buffer, integer),
        ValueRef::Real(real) if real.trunc() == real && real.abs() < 9e15 => json::integer(buffer, real as i64),
        _ => return Err(not_a(output)),
    }
    Ok(())
}

fn write_double(buffer: &mut Vec<u8>, cell: ValueRef<'_>, output: Output) -> Result<(), DatabaseError> {
    match cell {
        ValueRef::Real(real) => json::double(buffer, real),
        ValueRef::Integer(integer) => json::double(buffer, integer as f64),
        _ => return Err(not_a(output)),
    }
    Ok(())
}

fn write_numeric(buffer: &mut Vec<u8>, cell: ValueRef<'_>, output: Output) -> Result<(), DatabaseError> {
    let scale = match (output.codec.stored, cell) {
        (Stored::Scaled { scale }, ValueRef::Integer(integer)) => {
            json::scaled_integer(buffer, integer, scale);
            return Ok(());
        }
        (Stored::Decimal { scale } | Stored::Real { scale }, _) => scale,
        _ => None,
    };
    let text = match cell {
        ValueRef::Text(text) => {
            let text = std::str::from_utf8(text).ok().filter(|text| decimal::is_decimal(text));
            std::borrow::Cow::Borrowed(text.ok_or_else(|| not_a(output))?)
        }
        ValueRef::Integer(integer) => integer.to_string().into(),
        ValueRef::Real(real) if real.is_finite() => json::shortest_decimal(real).into(),
        _ => return Err(not_a(output)),
    };
    match scale {
        // Also normalises what another program wrote (`.5`, `+1`).
        Some(scale) => {
            let rounded = decimal::rounded(&text, scale).ok_or_else(|| not_a(output))?;
            buffer.extend_from_slice(rounded.as_bytes());
        }
        None => buffer.extend_from_slice(decimal::canonical(&text).ok_or_else(|| not_a(output))?.as_bytes()),
    }
    Ok(())
}

fn write_string(buffer: &mut Vec<u8>, cell: ValueRef<'_>) -> Result<(), DatabaseError> {
    match cell {
        ValueRef::Text(text) => match std::str::from_utf8(text) {
            Ok(text) => json::string(buffer, text),
            Err(_) => json::string(buffer, &String::from_utf8_lossy(text)),
        },
        // Columns of other programs may mix types: import makes them `String`.
        ValueRef::Integer(integer) => json::string(buffer, itoa::Buffer::new().format(integer)),
        ValueRef::Real(real) => {
            return quoted(buffer, true, |buffer| {
                json::double(buffer, real);
                Ok(())
            });
        }
        ValueRef::Blob(bytes) => json::bytes(buffer, bytes),
        ValueRef::Null => json::null(buffer),
    }
    Ok(())
}

fn write_boolean(buffer: &mut Vec<u8>, cell: ValueRef<'_>, output: Output) -> Result<(), DatabaseError> {
    match cell {
        ValueRef::Integer(integer) => json::boolean(buffer, integer != 0),
        _ => return Err(not_a(output)),
    }
    Ok(())
}

fn write_uuid(buffer: &mut Vec<u8>, cell: ValueRef<'_>, output: Output) -> Result<(), DatabaseError> {
    let ValueRef::Text(text) = cell else { return Err(not_a(output)) };
    let text = std::str::from_utf8(text).map_err(|_| not_a(output))?;
    match text.bytes().any(|byte| byte.is_ascii_uppercase()) {
        true => json::string(buffer, &text.to_ascii_lowercase()),
        false => json::string(buffer, text),
    }
    Ok(())
}

fn write_jsonb(buffer: &mut Vec<u8>, cell: ValueRef<'_>, output: Output) -> Result<(), DatabaseError> {
    match cell {
        ValueRef::Text(text) => {
            // A broken text would break the whole response, and tables of other programs have no CHECK against it.
            serde_json::from_slice::<serde::de::IgnoredAny>(text).map_err(|_| not_a(output))?;
            buffer.extend_from_slice(text);
        }
        ValueRef::Integer(integer) => json::integer(buffer, integer),
        ValueRef::Real(real) if real.is_finite() => json::double(buffer, real),
        _ => return Err(not_a(output)),
    }
    Ok(())
}

fn write_list(buffer: &mut Vec<u8>, cell: ValueRef<'_>, output: Output) -> Result<(), DatabaseError> {
    let ValueRef::Text(text) = cell else { return Err(not_a(output)) };
    let members: Vec<serde_json::Value> = serde_json::from_slice(text).map_err(|_| not_a(output))?;
    buffer.push(b'[');
    for (index, member) in members.iter().enumerate() {
        if index > 0 {
            buffer.push(b',');
        }
        write_member(buffer, member, output)?;
    }
    buffer.push(b']');
    Ok(())
}

/// Writes a member of a list column, whose form is that of [`list_text`].
fn write_member(buffer: &mut Vec<u8>, member: &serde_json::Value, output: Output) -> Result<(), DatabaseError> {
    use serde_json::Value as Json;
    let scalar = output.codec.scalar;
    match member {
        Json::Null => json::null(buffer),
        _ if scalar == Scalar::Jsonb => buffer.extend_from_slice(member.to_string().as_bytes()),
        Json::Number(number) => {
            let stringify = output.stringify && matches!(scalar, Scalar::BigInt | Scalar::Float8 | Scalar::Numeric);
            return quoted(buffer, stringify, |buffer| {
                buffer.extend_from_slice(number.to_string().as_bytes());
                Ok(())
            });
        }
        Json::Bool(boolean) => json::boolean(buffer, *boolean),
        Json::String(text) if scalar.is_temporal() => {
            let codec = Codec { list: false, ..output.codec };
            return time::write(buffer, ValueRef::Text(text.as_bytes()), codec).ok_or_else(|| not_a(output));
        }
        Json::String(text) => json::string(buffer, text),
        Json::Array(_) | Json::Object(_) => return Err(not_a(output)),
    }
    Ok(())
}
