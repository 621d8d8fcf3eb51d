//! From JSON and from PostgreSQL's text forms to [`Value`]s that fit their type.

use serde_json::Value as Json;

use super::{Value, array, document, number, time};
use crate::scalar::{Codec, Scalar};

/// Longest text form of a scalar other than `String`, `jsonb` and `bytea`, in bytes.
pub const SCALAR_TEXT_BYTES: usize = 4096;

/// Why a value does not fit a type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CoerceErrorKind {
    /// A JSON value of another kind (`validation-failed`).
    WrongType,
    /// A number that is not in the type's range, or not whole (`parse-failed`).
    OutOfRange,
    /// Text that is no such value (`data-exception`).
    Malformed,
}

/// A value that does not fit, in words fit for a client.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CoerceError {
    /// Of which kind.
    pub kind: CoerceErrorKind,
    /// What was found and what was expected.
    pub message: String,
}

impl CoerceError {
    pub(super) fn malformed(scalar: Scalar, text: &str) -> CoerceError {
        let shown: String = text.chars().take(80).collect();
        let name = scalar.sql_name();
        CoerceError {
            kind: CoerceErrorKind::Malformed,
            message: format!("invalid input syntax for type {name}: \"{shown}\""),
        }
    }

    pub(super) fn text_out_of_range(scalar: Scalar, text: &str) -> CoerceError {
        let shown: String = text.chars().take(80).collect();
        let name = scalar.sql_name();
        CoerceError {
            kind: CoerceErrorKind::Malformed,
            message: format!("value \"{shown}\" is out of range for type {name}"),
        }
    }

    pub(super) fn number_out_of_range(text: &str) -> CoerceError {
        let shown: String = text.chars().take(80).collect();
        CoerceError {
            kind: CoerceErrorKind::OutOfRange,
            message: format!(
                "The value {shown} lies outside the bounds or is not an integer. Maybe it is a float, or is there integer overflow?"
            ),
        }
    }

    pub(super) fn wrong_type(expected: &str, type_name: &str, found: &Json) -> CoerceError {
        CoerceError {
            kind: CoerceErrorKind::WrongType,
            message: format!("expected {expected} for type '{type_name}', but found {}", kind_of(found)),
        }
    }
}

/// The kind of a JSON value in words, with its article.
pub fn kind_of(json: &Json) -> &'static str {
    match json {
        Json::Null => "null",
        Json::Bool(_) => "a boolean",
        Json::Number(_) => "a number",
        Json::String(_) => "a string",
        Json::Array(_) => "a list",
        Json::Object(_) => "an object",
    }
}

/// The value a JSON value stands for. `null` is [`Value::Null`] for every type but `jsonb`, where it is JSON's null.
/// As the dialect allows, text is taken for any type and a number for all numeric ones.
///
/// # Errors
/// When it does not fit.
pub fn coerce(codec: Codec, json: &Json) -> Result<Value, CoerceError> {
    if codec.list {
        return match json {
            Json::Null => Ok(Value::Null),
            Json::String(text) => array::parse(codec.scalar, text),
            _ => coerce_many(Codec { list: false, ..codec }, json),
        };
    }
    let scalar = codec.scalar;
    match (scalar, json) {
        (Scalar::Jsonb, json) => document::canonical(json).map(Value::Text),
        (_, Json::Null) => Ok(Value::Null),
        (_, Json::String(text)) => coerce_scalar_text(scalar, text),
        (Scalar::Boolean, Json::Bool(value)) => Ok(Value::Boolean(*value)),
        (Scalar::SmallInt | Scalar::Int | Scalar::BigInt, Json::Number(digits)) => {
            number::integer_from_number(scalar, &digits.to_string())
        }
        (Scalar::Float | Scalar::Float8, Json::Number(digits)) => number::float_from_number(&digits.to_string()),
        (Scalar::Numeric, Json::Number(digits)) => number::numeric(&digits.to_string()),
        _ => Err(CoerceError::wrong_type(expected_kind(scalar), scalar.name(), json)),
    }
}

/// The list a JSON list stands for (`_in`); a single value is a list of one, as the dialect allows.
///
/// # Errors
/// When a member is null or does not fit.
pub fn coerce_many(codec: Codec, json: &Json) -> Result<Value, CoerceError> {
    let member = |json: &Json| match json {
        Json::Null => Err(CoerceError {
            kind: CoerceErrorKind::WrongType,
            message: format!("unexpected null value for type '{}'", codec.scalar.name()),
        }),
        json => coerce(codec, json),
    };
    match json {
        Json::Array(members) => members.iter().map(member).collect::<Result<_, _>>().map(Value::List),
        single => member(single).map(|value| Value::List(vec![value])),
    }
}

/// The value PostgreSQL's text form stands for, as session variables and imported defaults have it.
///
/// # Errors
/// When it is no such value.
pub fn coerce_text(codec: Codec, text: &str) -> Result<Value, CoerceError> {
    match (codec.list, codec.scalar) {
        (true, scalar) => array::parse(scalar, text),
        (false, Scalar::Jsonb) => document::parse(text).map(Value::Text),
        (false, scalar) => coerce_scalar_text(scalar, text),
    }
}

/// The list a PostgreSQL array literal (`{1,2}`) stands for.
///
/// # Errors
/// When it is none, or a member does not fit or is NULL.
pub fn coerce_many_text(codec: Codec, text: &str) -> Result<Value, CoerceError> {
    array::parse(codec.scalar, text)
}

pub(super) fn coerce_scalar_text(scalar: Scalar, text: &str) -> Result<Value, CoerceError> {
    let long = !matches!(scalar, Scalar::String | Scalar::Jsonb | Scalar::Bytea);
    if long && text.len() > SCALAR_TEXT_BYTES {
        return Err(CoerceError::malformed(scalar, text));
    }
    match scalar {
        Scalar::String => string(text),
        Scalar::SmallInt | Scalar::Int | Scalar::BigInt => number::integer_from_text(scalar, text),
        Scalar::Float | Scalar::Float8 => number::float_from_text(scalar, text),
        Scalar::Numeric => number::numeric(text),
        Scalar::Boolean => boolean(text),
        Scalar::Uuid => uuid(text),
        Scalar::Timestamptz | Scalar::Timestamp | Scalar::Date | Scalar::Time => time::parse(scalar, text),
        Scalar::Jsonb => document::canonical(&Json::String(text.to_owned())).map(Value::Text),
        Scalar::Bytea => bytes(text),
    }
}

fn expected_kind(scalar: Scalar) -> &'static str {
    match scalar {
        Scalar::SmallInt | Scalar::Int => "a 32-bit integer",
        Scalar::BigInt => "a 64-bit integer",
        Scalar::Float | Scalar::Float8 | Scalar::Numeric => "a number",
        Scalar::Boolean => "a boolean",
        _ => "a string",
    }
}

fn string(text: &str) -> Result<Value, CoerceError> {
    if text.contains('\0') {
        return Err(CoerceError {
            kind: CoerceErrorKind::Malformed,
            message: "invalid byte sequence for encoding \"UTF8\": 0x00".to_owned(),
        });
    }
    Ok(Value::Text(text.into()))
}

/// PostgreSQL takes any unambiguous beginning of these words, without regard to case.
fn boolean(text: &str) -> Result<Value, CoerceError> {
    let word = text.trim().to_ascii_lowercase();
    let begins = |full: &str, least: usize| word.len() >= least && full.starts_with(&word);
    if begins("true", 1) || begins("yes", 1) || word == "on" || word == "1" {
        Ok(Value::Boolean(true))
    } else if begins("false", 1) || begins("no", 1) || begins("off", 2) || word == "0" {
        Ok(Value::Boolean(false))
    } else {
        Err(CoerceError::malformed(Scalar::Boolean, text))
    }
}

fn uuid(text: &str) -> Result<Value, CoerceError> {
    let trimmed = text.trim();
    let inner = trimmed.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')).unwrap_or(trimmed);
    // The library also reads forms that PostgreSQL does not: URNs and nested braces.
    let is_plain = inner.bytes().all(|byte| byte.is_ascii_hexdigit() || byte == b'-');
    let parsed = if is_plain { uuid::Uuid::try_parse(inner).ok() } else { None };
    parsed
        .map(|value| Value::Text(value.hyphenated().to_string().into()))
        .ok_or_else(|| CoerceError::malformed(Scalar::Uuid, text))
}

/// PostgreSQL's hex form (`\x0a0b`) or its escape form (`\\` and `\ooo`).
fn bytes(text: &str) -> Result<Value, CoerceError> {
    let malformed = || CoerceError::malformed(Scalar::Bytea, text);
    if let Some(digits) = text.strip_prefix("\\x") {
        let digits: Vec<u8> = digits.bytes().filter(|byte| !byte.is_ascii_whitespace()).collect();
        if !digits.len().is_multiple_of(2) {
            return Err(malformed());
        }
        let pair = |pair: &[u8]| Some((hex(pair[0])? << 4) | hex(pair[1])?);
        let decoded: Option<Vec<u8>> = digits.chunks_exact(2).map(pair).collect();
        return decoded.map(|bytes| Value::Bytes(bytes.into())).ok_or_else(malformed);
    }
    let mut decoded = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        rest = match (first, tail) {
            (b'\\', [b'\\', tail @ ..]) => {
                decoded.push(b'\\');
                tail
            }
            (b'\\', [a @ b'0'..=b'3', b @ b'0'..=b'7', c @ b'0'..=b'7', tail @ ..]) => {
                decoded.push(((a - b'0') << 6) | ((b - b'0') << 3) | (c - b'0'));
                tail
            }
            (b'\\', _) => return Err(malformed()),
            (byte, tail) => {
                decoded.push(*byte);
                tail
            }
        };
    }
    Ok(Value::Bytes(decoded.into()))
}

fn hex(digit: u8) -> Option<u8> {
    (digit as char).to_digit(16).map(|value| value as u8)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn text(scalar: Scalar, input: &str) -> Result<Value, String> {
        coerce_text(Codec::of(scalar), input).map_err(|error| error.message)
    }

    #[test]
    fn text_is_taken_for_any_type() {
        assert_eq!(coerce(Codec::of(Scalar::Int), &json!("42")), Ok(Value::Integer(42)));
        assert_eq!(coerce(Codec::of(Scalar::Boolean), &json!("true")), Ok(Value::Boolean(true)));
        assert_eq!(text(Scalar::Boolean, "of"), Ok(Value::Boolean(false)));
        assert_eq!(text(Scalar::Boolean, "o"), Err("invalid input syntax for type boolean: \"o\"".to_owned()));
    }

    #[test]
    fn a_number_is_no_text() {
        let error = coerce(Codec::of(Scalar::String), &json!(1)).expect_err("a number is no text");
        assert_eq!(error.message, "expected a string for type 'String', but found a number");
        assert_eq!(error.kind, CoerceErrorKind::WrongType);
    }

    #[test]
    fn zero_bytes_are_refused() {
        assert!(coerce(Codec::of(Scalar::String), &json!("a\0b")).is_err());
    }

    #[test]
    fn uuids_become_canonical() {
        let canonical = Ok(Value::Text("a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11".into()));
        assert_eq!(text(Scalar::Uuid, "A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11"), canonical);
        assert_eq!(text(Scalar::Uuid, "{a0eebc999c0b4ef8bb6d6bb9bd380a11}"), canonical);
        assert!(text(Scalar::Uuid, "urn:uuid:a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11").is_err());
    }

    #[test]
    fn bytes_have_two_forms() {
        assert_eq!(text(Scalar::Bytea, "\\x0aFF"), Ok(Value::Bytes([10, 255].into())));
        assert_eq!(text(Scalar::Bytea, "a\\\\b\\377"), Ok(Value::Bytes([b'a', b'\\', b'b', 255].into())));
        assert!(text(Scalar::Bytea, "\\x0").is_err());
        assert!(text(Scalar::Bytea, "\\9").is_err());
    }

    #[test]
    fn lists_are_lists_or_array_literals() {
        let codec = Codec { list: true, ..Codec::of(Scalar::Int) };
        let expected = Ok(Value::List(vec![Value::Integer(1), Value::Integer(2)]));
        assert_eq!(coerce(codec, &json!([1, "2"])), expected);
        assert_eq!(coerce(codec, &json!("{1,2}")), expected);
        assert!(coerce(codec, &json!([1, null])).is_err());
    }
}
