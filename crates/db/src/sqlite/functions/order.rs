//! Collations that order JSON text as PostgreSQL orders `jsonb` and arrays.

use std::cmp::Ordering;

use purlin_plan::sqlite_functions::{JSONB_COLLATION, LIST_COLLATION};
use rusqlite::{Connection, Result};
use serde_json::Value;

use crate::sqlite::decimal;

/// Registers them.
///
/// # Errors
/// Those of SQLite.
pub fn register(connection: &Connection) -> Result<()> {
    connection.create_collation(JSONB_COLLATION, |left, right| parsed(left, right, documents))?;
    connection.create_collation(LIST_COLLATION, |left, right| parsed(left, right, lists))
}

/// Texts that are no JSON come last, by their bytes.
fn parsed(left: &str, right: &str, compare: fn(&Value, &Value) -> Ordering) -> Ordering {
    match (serde_json::from_str(left), serde_json::from_str(right)) {
        (Ok(one), Ok(other)) => compare(&one, &other),
        (Ok(_), Err(_)) => Ordering::Less,
        (Err(_), Ok(_)) => Ordering::Greater,
        (Err(_), Err(_)) => left.cmp(right),
    }
}

/// Whole documents: a scalar counts as an array of one, and comes before such an array (so an empty array is least).
fn documents(left: &Value, right: &Value) -> Ordering {
    let members = |value: &Value| value.as_array().map_or(1, Vec::len);
    match (left, right) {
        (Value::Object(_), _) | (_, Value::Object(_)) => values(left, right),
        _ => members(left)
            .cmp(&members(right))
            .then_with(|| left.is_array().cmp(&right.is_array()))
            .then_with(|| values(left, right)),
    }
}

/// Values inside a document: by kind, then by size, then member by member.
pub fn values(left: &Value, right: &Value) -> Ordering {
    match (left, right) {
        (Value::String(left), Value::String(right)) => left.cmp(right),
        (Value::Number(left), Value::Number(right)) => numbers(left, right),
        (Value::Bool(left), Value::Bool(right)) => left.cmp(right),
        (Value::Array(left), Value::Array(right)) => {
            let members = left.iter().zip(right).map(|(left, right)| values(left, right));
            left.len().cmp(&right.len()).then_with(|| first_difference(members))
        }
        (Value::Object(left), Value::Object(right)) => {
            let members = left
                .iter()
                .zip(right)
                .map(|((key, value), (other_key, other))| key.cmp(other_key).then_with(|| values(value, other)));
            left.len().cmp(&right.len()).then_with(|| first_difference(members))
        }
        _ => kind(left).cmp(&kind(right)),
    }
}

const fn kind(value: &Value) -> u8 {
    match value {
        Value::Null => 0,
        Value::String(_) => 1,
        Value::Number(_) => 2,
        Value::Bool(_) => 3,
        Value::Array(_) => 4,
        Value::Object(_) => 5,
    }
}

/// Arrays of PostgreSQL: member by member, NULL last, then the shorter first.
fn lists(left: &Value, right: &Value) -> Ordering {
    let (Value::Array(left), Value::Array(right)) = (left, right) else { return values(left, right) };
    let members = left.iter().zip(right).map(|(left, right)| match (left.is_null(), right.is_null()) {
        (false, false) => values(left, right),
        (left, right) => left.cmp(&right),
    });
    first_difference(members).then_with(|| left.len().cmp(&right.len()))
}

fn first_difference(mut orders: impl Iterator<Item = Ordering>) -> Ordering {
    orders.find(|order| order.is_ne()).unwrap_or(Ordering::Equal)
}

fn numbers(left: &serde_json::Number, right: &serde_json::Number) -> Ordering {
    let (one, other) = (left.to_string(), right.to_string());
    if decimal::is_decimal(&one) && decimal::is_decimal(&other) {
        return decimal::compare(&one, &other);
    }
    // A double may be written with an exponent.
    left.as_f64().unwrap_or_default().total_cmp(&right.as_f64().unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Checks that each text is less than all after it.
    fn check(compare: fn(&Value, &Value) -> Ordering, texts: &[&str]) {
        for (index, left) in texts.iter().enumerate() {
            for (other, right) in texts.iter().enumerate() {
                assert_eq!(parsed(left, right, compare), index.cmp(&other), "{left} and {right}");
            }
        }
    }

    /// The order `select … order by` gives on PostgreSQL 15.
    #[test]
    fn documents_are_in_order_of_jsonb() {
        let texts = [
            "[]",
            "null",
            r#""""#,
            r#""B""#,
            r#""a""#,
            r#""é""#,
            "-3",
            "0.5",
            "9",
            "10",
            "false",
            "true",
            "[null]",
            r#"["a"]"#,
            "[1]",
            "[true]",
            "[[]]",
            "[{}]",
            "[1, 2]",
            "{}",
            r#"{"a": 9}"#,
            r#"{"a": 10}"#,
            r#"{"b": 1}"#,
            r#"{"a": 1, "b": 1}"#,
            "no json",
        ];
        check(documents, &texts);
        assert_eq!(parsed(r#"{"a": 1.0}"#, r#"{"a": 1.00}"#, documents), Ordering::Equal);
        assert_eq!(parsed("12345678901234567890.1", "12345678901234567890.2", documents), Ordering::Less);
    }

    #[test]
    fn lists_are_in_order_of_arrays() {
        check(lists, &["[]", "[9]", "[9,1]", "[10]", "[10,2]", "[10,null]", "[1e300]", "[null]"]);
        check(lists, &[r#"["B"]"#, r#"["a"]"#, r#"["a","a"]"#, r#"["é"]"#]);
        check(lists, &["[false]", "[true]"]);
    }
}
