//! PostgreSQL's operators on `jsonb` over its canonical text.

use purlin_model::value::canonical_json;
use rusqlite::functions::Context;
use rusqlite::{Connection, Result};
use serde_json::Value as Json;

use super::{FLAGS, data_error, order, text};

/// Registers them.
///
/// # Errors
/// Those of SQLite.
pub fn register(connection: &Connection) -> Result<()> {
    connection.create_scalar_function("purlin_json_path", 2, FLAGS, |context| {
        let Some((document, path)) = arguments(context)? else { return Ok(None) };
        at_path(&document, &steps(path)?).map(canonical).transpose()
    })?;
    connection.create_scalar_function("purlin_json_append", 2, FLAGS, |context| {
        let Some((left, right)) = arguments(context)? else { return Ok(None) };
        canonical(&append(left, right)).map(Some)
    })?;
    connection.create_scalar_function("purlin_json_delete_key", 2, FLAGS, |context| {
        let (Some(document), Some(key)) = (text(context, 0), text(context, 1)) else { return Ok(None) };
        canonical(&delete_key(parse(&document)?, &key)?).map(Some)
    })?;
    connection.create_scalar_function("purlin_json_delete_element", 2, FLAGS, |context| {
        let (Some(document), Some(index)) = (text(context, 0), context.get::<Option<i64>>(1)?) else {
            return Ok(None);
        };
        canonical(&delete_element(parse(&document)?, index)?).map(Some)
    })?;
    connection.create_scalar_function("purlin_json_delete_path", 2, FLAGS, |context| {
        let Some((document, path)) = arguments(context)? else { return Ok(None) };
        canonical(&delete_path(document, &steps(path)?)?).map(Some)
    })
}

/// Registers the questions about documents and lists.
///
/// # Errors
/// Those of SQLite.
pub fn register_questions(connection: &Connection) -> Result<()> {
    connection.create_scalar_function("purlin_json_contains", 2, FLAGS, |context| {
        Ok(arguments(context)?.map(|(left, right)| contains(&left, &right)))
    })?;
    connection.create_scalar_function("purlin_list_contains", 2, FLAGS, |context| {
        Ok(arguments(context)?.map(|(left, right)| match (&left, &right) {
            (Json::Array(items), Json::Array(wanted)) => {
                wanted.iter().all(|one| !one.is_null() && items.iter().any(|item| is_equal(item, one)))
            }
            _ => false,
        }))
    })?;
    connection.create_scalar_function("purlin_json_has_key", 2, FLAGS, |context| {
        let (Some(document), Some(key)) = (text(context, 0), text(context, 1)) else { return Ok(None) };
        Ok(Some(has_key(&parse(&document)?, &key)))
    })?;
    connection.create_scalar_function("purlin_json_has_any", 2, FLAGS, |context| {
        let Some((document, keys)) = arguments(context)? else { return Ok(None) };
        Ok(Some(steps(keys)?.iter().any(|key| has_key(&document, key))))
    })?;
    connection.create_scalar_function("purlin_json_has_all", 2, FLAGS, |context| {
        let Some((document, keys)) = arguments(context)? else { return Ok(None) };
        Ok(Some(steps(keys)?.iter().all(|key| has_key(&document, key))))
    })
}

fn is_equal(left: &Json, right: &Json) -> bool {
    order::values(left, right).is_eq()
}

/// `@>` of whole documents: an array also holds a scalar that is one of its members.
fn contains(left: &Json, right: &Json) -> bool {
    match (left, right) {
        (Json::Array(items), scalar) if !is_container(scalar) => items.iter().any(|item| is_equal(item, scalar)),
        _ => holds(left, right),
    }
}

/// `@>` below the top: containers hold containers of their kind, scalars equal scalars.
fn holds(left: &Json, right: &Json) -> bool {
    match (left, right) {
        (Json::Object(members), Json::Object(wanted)) => {
            wanted.iter().all(|(key, value)| members.get(key).is_some_and(|member| holds(member, value)))
        }
        (Json::Array(items), Json::Array(wanted)) => {
            wanted.iter().all(|value| items.iter().any(|item| holds(item, value)))
        }
        _ => !is_container(left) && !is_container(right) && is_equal(left, right),
    }
}

const fn is_container(document: &Json) -> bool {
    matches!(document, Json::Object(_) | Json::Array(_))
}

fn has_key(document: &Json, key: &str) -> bool {
    match document {
        Json::Object(members) => members.contains_key(key),
        Json::Array(items) => items.iter().any(|item| item.as_str() == Some(key)),
        scalar => scalar.as_str() == Some(key),
    }
}

fn parse(text: &str) -> Result<Json> {
    serde_json::from_str(text).map_err(|_| data_error("invalid input syntax for type json"))
}

fn canonical(document: &Json) -> Result<Box<str>> {
    canonical_json(document).map_err(|error| data_error(error.message))
}

/// Both arguments as documents; `None` if one is NULL.
fn arguments(context: &Context<'_>) -> Result<Option<(Json, Json)>> {
    match (text(context, 0), text(context, 1)) {
        (Some(left), Some(right)) => Ok(Some((parse(&left)?, parse(&right)?))),
        _ => Ok(None),
    }
}

fn steps(path: Json) -> Result<Vec<String>> {
    serde_json::from_value(path).map_err(|_| data_error("a path is a list of strings"))
}

/// The place of the `index`th item, counted from the end if negative.
fn position(length: usize, index: i64) -> Option<usize> {
    let index = if index < 0 { index + length as i64 } else { index };
    usize::try_from(index).ok().filter(|index| *index < length)
}

fn at_path<'document>(document: &'document Json, path: &[String]) -> Option<&'document Json> {
    path.iter().try_fold(document, |place, step| match place {
        Json::Object(members) => members.get(step),
        Json::Array(items) => items.get(position(items.len(), step.parse().ok()?)?),
        _ => None,
    })
}

fn append(left: Json, right: Json) -> Json {
    match (left, right) {
        (Json::Object(mut members), Json::Object(more)) => {
            members.extend(more);
            Json::Object(members)
        }
        (left, right) => {
            let mut items = into_items(left);
            items.extend(into_items(right));
            Json::Array(items)
        }
    }
}

fn into_items(document: Json) -> Vec<Json> {
    match document {
        Json::Array(items) => items,
        other => vec![other],
    }
}

fn delete_key(mut document: Json, key: &str) -> Result<Json> {
    match &mut document {
        Json::Object(members) => drop(members.shift_remove(key)),
        Json::Array(items) => items.retain(|item| item.as_str() != Some(key)),
        _ => return Err(data_error("cannot delete from scalar")),
    }
    Ok(document)
}

fn delete_element(mut document: Json, index: i64) -> Result<Json> {
    match &mut document {
        Json::Array(items) => {
            if let Some(position) = position(items.len(), index) {
                items.remove(position);
            }
            Ok(document)
        }
        Json::Object(_) => Err(data_error("cannot delete from object using integer index")),
        _ => Err(data_error("cannot delete from scalar")),
    }
}

fn delete_path(mut document: Json, path: &[String]) -> Result<Json> {
    if !matches!(document, Json::Object(_) | Json::Array(_)) {
        return Err(data_error("cannot delete path in scalar"));
    }
    remove_at(&mut document, path, 1)?;
    Ok(document)
}

/// `position` counts the steps of the whole path from 1, for the message.
fn remove_at(place: &mut Json, path: &[String], step_number: usize) -> Result<()> {
    let Some((step, rest)) = path.split_first() else { return Ok(()) };
    match place {
        Json::Object(members) if rest.is_empty() => drop(members.shift_remove(step)),
        Json::Object(members) => {
            if let Some(member) = members.get_mut(step) {
                remove_at(member, rest, step_number + 1)?;
            }
        }
        Json::Array(items) => {
            let index: i64 = step.parse().map_err(|_| {
                data_error(format_args!("path element at position {step_number} is not an integer: \"{step}\""))
            })?;
            match position(items.len(), index) {
                Some(index) if rest.is_empty() => drop(items.remove(index)),
                Some(index) => remove_at(&mut items[index], rest, step_number + 1)?,
                None => {}
            }
        }
        _ => {}
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::testing::check;

    #[test]
    fn documents_are_asked_as_in_postgresql() {
        let (yes, no) = (Ok(Some("1")), Ok(Some("0")));
        check(&[
            (r#"purlin_json_contains('{"a": 1, "b": 2}', '{"b": 2.0}')"#, yes),
            (r#"purlin_json_contains('{"a": 1}', '{"a": 1, "b": 2}')"#, no),
            (r#"purlin_json_contains('{"a": {"b": [1, 2, 3]}}', '{"a": {"b": [3, 1, 3]}}')"#, yes),
            (r#"purlin_json_contains('{"a": [1]}', '{"a": 1}')"#, no),
            (r#"purlin_json_contains('["foo", "bar"]', '"bar"')"#, yes),
            (r#"purlin_json_contains('"bar"', '["bar"]')"#, no),
            (r#"purlin_json_contains('"bar"', '"bar"')"#, yes),
            ("purlin_json_contains('[1, [2, 3]]', '[[3]]')", yes),
            ("purlin_json_contains('[1, [2, 3]]', '[3]')", no),
            ("purlin_json_contains('[1]', '{}')", no),
            ("purlin_json_contains('{}', '[]')", no),
            ("purlin_json_contains('[]', '[]')", yes),
            ("purlin_json_contains('[null]', 'null')", yes),
            ("purlin_json_contains('1', '1.00')", yes),
            ("purlin_json_contains(null, '1')", Ok(None)),
            (r#"purlin_json_has_key('{"a": {"b": 1}}', 'b')"#, no),
            (r#"purlin_json_has_key('["a", 1]', 'a')"#, yes),
            (r#"purlin_json_has_key('["a", 1]', '1')"#, no),
            (r#"purlin_json_has_key('"a"', 'a')"#, yes),
            (r#"purlin_json_has_any('{"a": 1}', '["b", "a"]')"#, yes),
            (r#"purlin_json_has_any('{"a": 1}', '[]')"#, no),
            (r#"purlin_json_has_all('{"a": 1}', '["b", "a"]')"#, no),
            (r#"purlin_json_has_all('{"a": 1}', '[]')"#, yes),
            ("purlin_list_contains('[1, 2, 2]', '[2, 2, 2.0]')", yes),
            ("purlin_list_contains('[1, null]', '[null]')", no),
            ("purlin_list_contains('[]', '[]')", yes),
        ]);
    }

    #[test]
    fn documents_change_as_in_postgresql() {
        check(&[
            (r#"purlin_json_path('{"a": [1, {"b": 2.50}]}', '["a", "1", "b"]')"#, Ok(Some("2.50"))),
            (r#"purlin_json_path('{"a": [1, 2]}', '["a", "-1"]')"#, Ok(Some("2"))),
            (r#"purlin_json_path('{"a": [1, 2]}', '["a", "2"]')"#, Ok(None)),
            (r#"purlin_json_path('{"a": null}', '["a"]')"#, Ok(Some("null"))),
            (r#"purlin_json_path('{"a": 1}', '[]')"#, Ok(Some(r#"{"a": 1}"#))),
            (r#"purlin_json_path('{"a": 1}', '["a", "b"]')"#, Ok(None)),
            (r#"purlin_json_path(null, '["a"]')"#, Ok(None)),
            (r#"purlin_json_path('{', '["a"]')"#, Err("invalid input syntax for type json")),
            (r#"purlin_json_append('{"a": 1, "bb": 2}', '{"a": 3}')"#, Ok(Some(r#"{"a": 3, "bb": 2}"#))),
            ("purlin_json_append('[1]', '[2, 3]')", Ok(Some("[1, 2, 3]"))),
            ("purlin_json_append('[1]', '2')", Ok(Some("[1, 2]"))),
            (r#"purlin_json_append('1', '{"a": 1}')"#, Ok(Some(r#"[1, {"a": 1}]"#))),
            (r#"purlin_json_delete_key('{"a": 1, "b": 2}', 'a')"#, Ok(Some(r#"{"b": 2}"#))),
            (r#"purlin_json_delete_key('["a", "b", "a", 1]', 'a')"#, Ok(Some(r#"["b", 1]"#))),
            ("purlin_json_delete_key('1', 'a')", Err("cannot delete from scalar")),
            ("purlin_json_delete_element('[1, 2, 3]', 1)", Ok(Some("[1, 3]"))),
            ("purlin_json_delete_element('[1, 2, 3]', -1)", Ok(Some("[1, 2]"))),
            ("purlin_json_delete_element('[1, 2, 3]', 5)", Ok(Some("[1, 2, 3]"))),
            ("purlin_json_delete_element('{}', 0)", Err("cannot delete from object using integer index")),
            ("purlin_json_delete_element('true', 0)", Err("cannot delete from scalar")),
            (r#"purlin_json_delete_path('{"a": [1, {"b": 2}]}', '["a", "1", "b"]')"#, Ok(Some(r#"{"a": [1, {}]}"#))),
            (r#"purlin_json_delete_path('{"a": 1}', '["b", "c"]')"#, Ok(Some(r#"{"a": 1}"#))),
            (r#"purlin_json_delete_path('[1]', '["x"]')"#, Err(r#"path element at position 1 is not an integer: "x""#)),
            ("purlin_json_delete_path('1', '[]')", Err("cannot delete path in scalar")),
        ]);
    }
}
