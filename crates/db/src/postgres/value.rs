//! Cells in PostgreSQL's binary form as the model's values. Refuses to know: statements, rows.

use purlin_model::scalar::{Codec, Scalar};
use purlin_model::value::{Value, coerce_text};

use super::cell::{self, Form};
use super::time;
use crate::DatabaseError;

/// A cell as a value: uuids, times, decimals and documents are text in the form the model gives them.
///
/// # Errors
/// [`DatabaseError::Internal`] when the bytes are not of that form, [`DatabaseError::Data`] when the model has no such
/// value (NULL inside a list, a list of lists, a year beyond 9999).
pub(super) fn value(form: &Form, bytes: Option<&[u8]>) -> Result<Value, DatabaseError> {
    let Some(bytes) = bytes else { return Ok(Value::Null) };
    let value = match form {
        Form::Boolean => cell::boolean(bytes).map(Value::Boolean),
        Form::Int2 | Form::Int4 | Form::Int8 => cell::integer(bytes).map(Value::Integer),
        // The decimal that `float4out` prints, not the binary fraction behind it.
        Form::Float4 => bytes
            .try_into()
            .ok()
            .map(f32::from_be_bytes)
            .and_then(|value| value.to_string().parse().ok())
            .map(Value::Float),
        Form::Float8 => bytes.try_into().ok().map(f64::from_be_bytes).map(Value::Float),
        Form::Bytea => Some(Value::Bytes(bytes.into())),
        Form::Array(member) => return list(member, bytes),
        Form::Oid | Form::Unknown(_) => None,
        Form::Json => return known(Scalar::Jsonb, std::str::from_utf8(bytes).unwrap_or_default()),
        Form::Date => return known(Scalar::Date, &text(form, bytes).unwrap_or_default()),
        Form::Time => return known(Scalar::Time, &text(form, bytes).unwrap_or_default()),
        Form::Timestamptz | Form::Timestamp => return instant(form, bytes),
        _ => text(form, bytes).map(|text| Value::Text(text.into())),
    };
    value.ok_or_else(|| DatabaseError::Internal(format!("a cell is not of the form {form:?}")))
}

/// What the model has a canonical text for.
fn known(scalar: Scalar, text: &str) -> Result<Value, DatabaseError> {
    coerce_text(Codec::of(scalar), text).map_err(|error| DatabaseError::Data(error.message))
}

fn instant(form: &Form, bytes: &[u8]) -> Result<Value, DatabaseError> {
    let zoned = *form == Form::Timestamptz;
    let microseconds = cell::integer(bytes).ok_or_else(|| DatabaseError::Internal("a time has no bytes".to_owned()))?;
    // Within the years 0001 to 9999, where the canonical text can be written directly.
    if (-63_082_281_600_000_000..252_455_616_000_000_000).contains(&microseconds) {
        let mut text = Vec::with_capacity(27);
        time::write_canonical(&mut text, microseconds, zoned);
        return Ok(Value::Text(String::from_utf8_lossy(&text).into()));
    }
    let scalar = if zoned { Scalar::Timestamptz } else { Scalar::Timestamp };
    known(scalar, &text(form, bytes).unwrap_or_default())
}

fn list(member: &Form, bytes: &[u8]) -> Result<Value, DatabaseError> {
    let malformed = || DatabaseError::Internal("a cell is no array".to_owned());
    let members = cell::members(bytes).ok_or_else(malformed)?;
    let Some(members) = members else {
        return Err(DatabaseError::Data("a list inside a list".to_owned()));
    };
    let members = members.into_iter().map(|bytes| match bytes {
        None => Err(DatabaseError::Data("NULL inside a list".to_owned())),
        bytes => value(member, bytes),
    });
    members.collect::<Result<_, _>>().map(Value::List)
}

fn text(form: &Form, bytes: &[u8]) -> Option<String> {
    let mut json = Vec::new();
    match form {
        Form::Text => json.extend_from_slice(bytes),
        Form::Jsonb => json.extend_from_slice(bytes.strip_prefix(&[1])?),
        _ => {
            // The rest needs no escapes, so the JSON is the text, in quotes or not.
            cell::write(&mut json, form, Some(bytes), false).ok()?;
            json.retain(|byte| *byte != b'"');
        }
    }
    String::from_utf8(json).ok()
}
