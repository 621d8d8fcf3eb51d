//! `jsonb`: PostgreSQL's canonical text of a JSON document.

use serde_json::Value as Json;

use super::{CoerceError, CoerceErrorKind, number};
use crate::scalar::Scalar;

/// The canonical text of JSON text.
pub fn parse(text: &str) -> Result<Box<str>, CoerceError> {
    let json: Json = serde_json::from_str(text).map_err(|_| CoerceError {
        kind: CoerceErrorKind::Malformed,
        message: "invalid input syntax for type json".to_owned(),
    })?;
    canonical(&json)
}

/// The canonical text: keys by length, then bytes; `": "` and `", "`; numbers without exponent. Of equal keys the last
/// wins, which the JSON value has seen to already.
pub fn canonical(json: &Json) -> Result<Box<str>, CoerceError> {
    let mut text = String::new();
    write(json, &mut text)?;
    Ok(text.into())
}

fn write(json: &Json, text: &mut String) -> Result<(), CoerceError> {
    match json {
        Json::Null => text.push_str("null"),
        Json::Bool(value) => text.push_str(if *value { "true" } else { "false" }),
        Json::Number(value) => {
            let digits = value.to_string();
            let canonical =
                number::canonical_decimal(&digits).ok_or_else(|| CoerceError::malformed(Scalar::Numeric, &digits))?;
            text.push_str(&canonical);
        }
        Json::String(value) => write_string(value, text)?,
        Json::Array(members) => {
            text.push('[');
            for (index, member) in members.iter().enumerate() {
                if index > 0 {
                    text.push_str(", ");
                }
                write(member, text)?;
            }
            text.push(']');
        }
        Json::Object(members) => {
            let mut sorted: Vec<_> = members.iter().collect();
            sorted.sort_by(|(left, _), (right, _)| left.len().cmp(&right.len()).then_with(|| left.cmp(right)));
            text.push('{');
            for (index, (key, member)) in sorted.into_iter().enumerate() {
                if index > 0 {
                    text.push_str(", ");
                }
                write_string(key, text)?;
                text.push_str(": ");
                write(member, text)?;
            }
            text.push('}');
        }
    }
    Ok(())
}

fn write_string(value: &str, text: &mut String) -> Result<(), CoerceError> {
    if value.contains('\0') {
        return Err(CoerceError {
            kind: CoerceErrorKind::Malformed,
            message: "unsupported Unicode escape sequence: \\u0000 cannot be converted to text".to_owned(),
        });
    }
    text.push('"');
    for letter in value.chars() {
        match letter {
            '"' => text.push_str("\\\""),
            '\\' => text.push_str("\\\\"),
            '\u{8}' => text.push_str("\\b"),
            '\u{c}' => text.push_str("\\f"),
            '\n' => text.push_str("\\n"),
            '\r' => text.push_str("\\r"),
            '\t' => text.push_str("\\t"),
            control if control < ' ' => text.push_str(&format!("\\u{:04x}", u32::from(control))),
            other => text.push(other),
        }
    }
    text.push('"');
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_canonical() {
        let given = r#"{"bb":1,"a":[1.50,1e2,-0,true,null],"c":{"x":"\u00e4\n\u0001\"/"},"a":[]}"#;
        let expected = r#"{"a": [], "c": {"x": "ä\n\u0001\"/"}, "bb": 1}"#;
        assert_eq!(parse(given).as_deref(), Ok(expected));
        assert_eq!(
            parse("[1.50,1e2,-0,12345678901234567890123]").as_deref(),
            Ok("[1.50, 100, 0, 12345678901234567890123]")
        );
    }

    #[test]
    fn what_postgresql_refuses_is_refused() {
        assert!(parse(r#""\u0000""#).is_err());
        assert!(parse("{").is_err());
        assert!(parse("1e999999").is_err());
    }
}
