//! Any value of the type of a filter → SQL of both databases, and an answer of SQLite that agrees with its count.

use std::sync::OnceLock;

use arbitrary::{Result, Unstructured};
use purlin_plan::plan::Dialect;
use purlin_schema::{Code, Limits, Request, explain};
use serde_json::{Map, Value as Json, json};

use crate::project;

/// Input objects inside each other.
const DEPTH: usize = 5;
/// Members of one object or list.
const MEMBERS: usize = 3;

/// Filters, and the operation that takes one.
const QUERY: &str = "query ($w: TABLE_bool_exp!) { all: TABLE(where: $w) { __typename } \
                     counted: TABLE_aggregate(where: $w) { aggregate { count } } }";

/// The tables that are asked.
const TABLES: [&str; 6] = ["authors", "profiles", "books", "genres", "reviews", "samples"];

/// Expects an answer, or a refusal of a value by a code that says so.
pub fn run(bytes: &[u8]) {
    let mut input = Unstructured::new(bytes);
    let Ok((table, filter)) = filter(&mut input) else { return };
    let request = Request {
        query: QUERY.replace("TABLE", table),
        variables: Map::from_iter([("w".to_owned(), filter.clone())]),
        ..Request::default()
    };
    let session = project::session(None);
    let compiled = [Dialect::Sqlite, Dialect::Postgres].map(|dialect| {
        let explained = explain(project::catalog(), Limits::default(), &request, &session, dialect)?;
        explained.bindings(&request, &session).map(drop)
    });
    assert_eq!(compiled[0], compiled[1], "the databases differ in what is refused: {filter}");
    let (response, answer) = project::with(|project| project::wait(project.ask(&request, &session)));
    match response.failed {
        None => {
            let all = answer["data"]["all"].as_array().map(Vec::len);
            assert_eq!(json!(all), answer["data"]["counted"]["aggregate"]["count"], "{table}: {filter}");
        }
        Some(refusal) => {
            let expected = [
                Code::ValidationFailed,
                Code::ParseFailed,
                Code::DataException,
                Code::LimitExceeded,
                Code::NotSupported,
            ];
            assert!(expected.contains(&refusal.code), "{table}: {filter}: {refusal:?}");
        }
    }
}

fn filter(input: &mut Unstructured<'_>) -> Result<(&'static str, Json)> {
    let table = *input.choose(&TABLES)?;
    Ok((table, value(input, &json!({ "kind": "INPUT_OBJECT", "name": format!("{table}_bool_exp") }), DEPTH)?))
}

/// The types of the API by name, as introspection tells them.
fn types() -> &'static Map<String, Json> {
    static TYPES: OnceLock<Map<String, Json>> = OnceLock::new();
    TYPES.get_or_init(|| {
        let kind = "kind name ofType { kind name ofType { kind name ofType { kind name } } }";
        let query = format!(
            "{{ __schema {{ types {{ name enumValues {{ name }} inputFields {{ name type {{ {kind} }} }} }} }} }}"
        );
        let request = Request { query, ..Request::default() };
        let (_, answer) = project::with(|project| project::wait(project.ask(&request, &project::session(None))));
        let all = answer["data"]["__schema"]["types"].as_array().expect("types").clone();
        all.into_iter().map(|of| (of["name"].as_str().expect("a name").to_owned(), of)).collect()
    })
}

/// A value of an input type.
fn value(input: &mut Unstructured<'_>, of: &Json, depth: usize) -> Result<Json> {
    let name = of["name"].as_str().unwrap_or_default();
    match of["kind"].as_str().unwrap_or_default() {
        "NON_NULL" => value(input, &of["ofType"], depth),
        "LIST" => {
            let count = input.int_in_range(0..=MEMBERS)?;
            (0..count).map(|_| value(input, &of["ofType"], depth)).collect()
        }
        "ENUM" => Ok(input.choose(types()[name]["enumValues"].as_array().expect("values"))?["name"].clone()),
        "INPUT_OBJECT" => {
            let fields = types()[name]["inputFields"].as_array().expect("fields");
            let count = if depth == 0 { 0 } else { input.int_in_range(0..=MEMBERS)? };
            let mut members = Map::new();
            for _ in 0..count {
                let field = input.choose(fields)?;
                members.insert(
                    field["name"].as_str().expect("a name").to_owned(),
                    value(input, &field["type"], depth - 1)?,
                );
            }
            Ok(Json::Object(members))
        }
        _ => scalar(input, name),
    }
}

fn scalar(input: &mut Unstructured<'_>, name: &str) -> Result<Json> {
    // Once in a while something that is no such value.
    if input.ratio(1, 16)? {
        return Ok(input
            .choose(&[Json::Null, json!([]), json!({"a": 1}), json!(true), json!("\0"), json!(1e300)])?
            .clone());
    }
    Ok(match name {
        "Boolean" => json!(input.arbitrary::<bool>()?),
        "Int" | "smallint" => json!(input.arbitrary::<i16>()?),
        "bigint" => json!(input.arbitrary::<i64>()?),
        "Float" | "float8" => json!(input.arbitrary::<f64>()?),
        "numeric" => serde_json::from_str(&format!("{}.{}", input.arbitrary::<i32>()?, input.arbitrary::<u16>()?))
            .unwrap_or_default(),
        "uuid" => json!(format!("00000000-0000-7000-8000-{:012x}", input.arbitrary::<u16>()?)),
        "date" => json!(format!(
            "{:04}-{:02}-{:02}",
            input.int_in_range(0..=9999)?,
            input.int_in_range(1..=12)?,
            input.int_in_range(1..=31)?
        )),
        "timestamptz" | "timestamp" => json!(format!(
            "2020-02-{:02}T{:02}:00:00{}",
            input.int_in_range(1..=30)?,
            input.int_in_range(0..=24)?,
            input.choose(&["", "Z", "+05:30"])?
        )),
        "time" => json!(format!(
            "{:02}:{:02}:{}",
            input.int_in_range(0..=24)?,
            input.int_in_range(0..=60)?,
            input.choose(&["00", "59.5", "60"])?
        )),
        "jsonb" => document(input, 3)?,
        "bytea" => json!(format!("\\x{:02x}", input.arbitrary::<u8>()?)),
        _ => json!(text(input)?),
    })
}

fn document(input: &mut Unstructured<'_>, depth: usize) -> Result<Json> {
    Ok(match input.int_in_range(0..=if depth == 0 { 3 } else { 5 })? {
        0 => Json::Null,
        1 => json!(input.arbitrary::<bool>()?),
        2 => json!(input.arbitrary::<i32>()?),
        3 => json!(text(input)?),
        4 => (0..input.int_in_range(0..=MEMBERS)?).map(|_| document(input, depth - 1)).collect::<Result<_>>()?,
        _ => {
            let count = input.int_in_range(0..=MEMBERS)?;
            let members = (0..count).map(|_| Ok((text(input)?, document(input, depth - 1)?)));
            Json::Object(members.collect::<Result<_>>()?)
        }
    })
}

/// Text that means something to patterns, paths and documents, or any.
fn text(input: &mut Unstructured<'_>) -> Result<String> {
    const PIECES: [&str; 20] =
        ["", "a", "%", "_", "\\", "(", ")", "[", "]", "*", "+", "{1,2}", "^", "$", "|", "é", "🦀", "robots", "\"", "1"];
    if input.ratio(1, 8)? {
        return Ok(input.arbitrary::<&str>()?.to_owned());
    }
    (0..input.int_in_range(0..=4)?).map(|_| Ok(*input.choose(&PIECES)?)).collect()
}
