//! Values, texts and descriptions as literals of the model language.

use serde_json::Value as Json;

use crate::scalar::{ColumnType, Scalar};
use crate::value::Value;

/// A value of a column's type.
pub fn value(value: &Value, column_type: &ColumnType) -> String {
    match value {
        Value::Null => "null".to_owned(),
        Value::Boolean(flag) => flag.to_string(),
        Value::Integer(number) => number.to_string(),
        Value::Float(number) => format!("{number:?}"),
        Value::Bytes(bytes) => {
            let digits: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
            text(&format!("\\x{digits}"))
        }
        Value::List(members) => {
            let members: Vec<String> = members.iter().map(|member| self::value(member, column_type)).collect();
            format!("[{}]", members.join(", "))
        }
        Value::Text(content) => match column_type {
            ColumnType::Enum(_) => content.to_string(),
            ColumnType::Scalar(Scalar::Numeric) | ColumnType::List(Scalar::Numeric) => content.to_string(),
            ColumnType::Scalar(Scalar::Jsonb) => match serde_json::from_str(content) {
                Ok(json) => self::json(&json),
                Err(_) => text(content),
            },
            _ => text(content),
        },
    }
}

fn json(value: &Json) -> String {
    match value {
        Json::Null => "null".to_owned(),
        Json::Bool(flag) => flag.to_string(),
        Json::Number(number) => number.to_string(),
        Json::String(content) => text(content),
        Json::Array(members) => {
            let members: Vec<String> = members.iter().map(json).collect();
            format!("[{}]", members.join(", "))
        }
        Json::Object(entries) => {
            let entries: Vec<String> = entries.iter().map(|(key, value)| format!("{key}: {}", json(value))).collect();
            format!("{{{}}}", entries.join(", "))
        }
    }
}

/// A string in quotes.
pub fn text(content: &str) -> String {
    let mut quoted = String::with_capacity(content.len() + 2);
    quoted.push('"');
    for letter in content.chars() {
        match letter {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            '\t' => quoted.push_str("\\t"),
            control if control.is_control() => quoted.push_str(&format!("\\u{:04x}", u32::from(control))),
            other => quoted.push(other),
        }
    }
    quoted.push('"');
    quoted
}

/// A description on lines of its own; several lines are a block.
pub fn description(description: Option<&str>, indent: &str) -> String {
    let Some(description) = description else { return String::new() };
    let plain = |line: &str| !line.starts_with([' ', '\t']) && !line.chars().any(char::is_control);
    let lines: Vec<&str> = description.split('\n').collect();
    let ends = [lines.first(), lines.last()];
    let fits_block = lines.len() > 1
        && lines.iter().all(|line| plain(line))
        && ends.into_iter().flatten().all(|line| !line.trim().is_empty());
    if !fits_block {
        return format!("{indent}{}\n", text(description));
    }
    let mut block = format!("{indent}\"\"\"\n");
    for line in lines {
        let line = line.replace("\"\"\"", "\\\"\"\"");
        block.push_str(if line.is_empty() { "" } else { indent });
        block.push_str(&line);
        block.push('\n');
    }
    block.push_str(&format!("{indent}\"\"\"\n"));
    block
}

/// `[a, b]`
pub fn names<'a>(names: impl Iterator<Item = &'a str>) -> String {
    format!("[{}]", names.collect::<Vec<_>>().join(", "))
}

/// `@name(arguments)`, or `@name` alone.
pub fn directive(name: &str, arguments: &[String]) -> String {
    if arguments.is_empty() { format!("@{name}") } else { format!("@{name}({})", arguments.join(", ")) }
}
