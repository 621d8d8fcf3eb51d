//! Literals of the model → values of a column's type.

use serde_json::{Map, Number, Value as Json};

use super::syntax::{Literal, LiteralKind};
use crate::catalog::Enum;
use crate::scalar::{Codec, ColumnType};
use crate::value::{CoerceError, CoerceErrorKind, Value, coerce};

/// What a literal must become.
#[derive(Clone, Copy, Debug)]
pub struct Expected<'a> {
    /// Scalar and list-ness.
    pub codec: Codec,
    /// Name of the type, for messages.
    pub name: &'a str,
    /// The enum, whose values alone are allowed.
    pub enumeration: Option<&'a Enum>,
}

impl<'a> Expected<'a> {
    /// What a column of this type takes.
    pub fn of(column_type: &ColumnType, name: &'a str, enums: &'a [Enum]) -> Expected<'a> {
        let codec = Codec { list: column_type.is_list(), ..Codec::of(column_type.scalar()) };
        let enumeration = match column_type {
            ColumnType::Enum(id) => enums.get(id.0 as usize),
            _ => None,
        };
        Expected { codec, name, enumeration }
    }
}

/// The value a literal stands for.
///
/// # Errors
/// When it does not fit: what was found and what was expected.
pub fn value(literal: &Literal, expected: &Expected) -> Result<Value, CoerceError> {
    if let Some(enumeration) = expected.enumeration {
        return match literal.as_name() {
            Some(word) if enumeration.values.iter().any(|value| &*value.name == word) => Ok(Value::Text(word.into())),
            _ => Err(wrong_type(format!("expected a value of enum `{}`", expected.name))),
        };
    }
    if let (LiteralKind::Null, false) = (&literal.kind, expected.codec.scalar == crate::Scalar::Jsonb) {
        return Err(wrong_type("expected a value, found null".to_owned()));
    }
    coerce(expected.codec, &json(literal, expected)?)
}

/// The literal as JSON; every digit of a number is kept.
fn json(literal: &Literal, expected: &Expected) -> Result<Json, CoerceError> {
    Ok(match &literal.kind {
        LiteralKind::Integer(digits) | LiteralKind::Decimal(digits) => match digits.parse::<Number>() {
            Ok(number) => Json::Number(number),
            Err(_) => return Err(wrong_type(format!("`{digits}` is no number"))),
        },
        LiteralKind::Text(text) => Json::String(text.to_string()),
        LiteralKind::Boolean(flag) => Json::Bool(*flag),
        LiteralKind::Null => Json::Null,
        LiteralKind::Word(word) => {
            return Err(wrong_type(format!("expected a value of type `{}`, found the word `{word}`", expected.name)));
        }
        LiteralKind::List(members) => {
            Json::Array(members.iter().map(|member| json(member, expected)).collect::<Result<_, _>>()?)
        }
        LiteralKind::Object(entries) => {
            let mut object = Map::new();
            for entry in entries {
                object.insert(entry.name.text.to_string(), json(&entry.value, expected)?);
            }
            Json::Object(object)
        }
    })
}

const fn wrong_type(message: String) -> CoerceError {
    CoerceError { kind: CoerceErrorKind::WrongType, message }
}
