//! Constants of the model as SQL: defaults and bounds. Refuses to know tables.

use purlin_model::scalar::{Codec, Scalar};
use purlin_model::value::{Value, array};
use rusqlite::types::{ToSqlOutput, Value as Owned, ValueRef};

use super::quote::text_literal;
use crate::sqlite::codec;

/// A constant as PostgreSQL writes it.
pub fn postgres(value: &Value) -> String {
    match value {
        Value::Null => "NULL".to_owned(),
        Value::Boolean(boolean) => boolean.to_string(),
        Value::Integer(integer) => integer.to_string(),
        Value::Float(float) => float_literal(*float),
        Value::Text(text) => text_literal(text),
        Value::Bytes(bytes) => format!("'\\x{}'", hexadecimal(bytes)),
        Value::List(members) => {
            let members: Vec<String> = members.iter().map(postgres_text).collect();
            text_literal(&array::format(members.iter().map(String::as_str)))
        }
    }
}

/// The text by which PostgreSQL reads a value of any type.
pub fn postgres_text(value: &Value) -> String {
    match value {
        Value::Null => "NULL".to_owned(),
        Value::Boolean(boolean) => boolean.to_string(),
        Value::Integer(integer) => integer.to_string(),
        Value::Float(float) => float.to_string(),
        Value::Text(text) => text.to_string(),
        Value::Bytes(bytes) => format!("\\x{}", hexadecimal(bytes)),
        Value::List(members) => {
            let members: Vec<String> = members.iter().map(postgres_text).collect();
            array::format(members.iter().map(String::as_str))
        }
    }
}

/// A numeric constant without quotes, any other as [`postgres`] writes it.
pub fn postgres_bound(scalar: Scalar, text: &str) -> String {
    if scalar.is_numeric() { text.to_owned() } else { text_literal(text) }
}

/// A constant in the form in which SQLite holds it; `None` if that form cannot hold it.
pub fn sqlite(held_as: Codec, value: &Value) -> Option<String> {
    let stored = codec::stored(held_as, false, value).ok()?;
    let reference = match &stored {
        ToSqlOutput::Borrowed(reference) => *reference,
        ToSqlOutput::Owned(owned) => match owned {
            Owned::Null => ValueRef::Null,
            Owned::Integer(integer) => ValueRef::Integer(*integer),
            Owned::Real(real) => ValueRef::Real(*real),
            Owned::Text(text) => ValueRef::Text(text.as_bytes()),
            Owned::Blob(blob) => ValueRef::Blob(blob),
        },
        _ => return None,
    };
    Some(match reference {
        ValueRef::Null => "NULL".to_owned(),
        ValueRef::Integer(integer) => integer.to_string(),
        ValueRef::Real(real) => float_literal(real),
        ValueRef::Text(text) => text_literal(std::str::from_utf8(text).ok()?),
        ValueRef::Blob(blob) => format!("x'{}'", hexadecimal(blob)),
    })
}

fn float_literal(float: f64) -> String {
    format!("{float:?}")
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use purlin_model::scalar::Stored;

    use super::*;

    #[test]
    fn constants_are_written_as_each_database_holds_them() {
        let scaled = Codec { scalar: Scalar::Numeric, list: false, stored: Stored::Scaled { scale: 2 } };
        assert_eq!(sqlite(scaled, &Value::Text("1.5".into())).as_deref(), Some("150"));
        assert_eq!(sqlite(Codec::of(Scalar::Boolean), &Value::Boolean(true)).as_deref(), Some("1"));
        assert_eq!(postgres(&Value::Boolean(true)), "true");
        assert_eq!(postgres(&Value::Bytes(vec![1, 255].into())), "'\\x01ff'");
        assert_eq!(postgres(&Value::List(vec![Value::Integer(1), Value::Integer(2)])), "'{\"1\",\"2\"}'");
        assert_eq!(postgres(&Value::Text("it's".into())), "'it''s'");
        assert_eq!(postgres(&Value::Float(1e21)), "1e21");
    }
}
