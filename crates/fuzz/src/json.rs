//! JSON that we write ourselves is JSON as `serde_json` reads it, of the same value.

use arbitrary::Unstructured;
use purlin_db::json;
use purlin_model::value::canonical_json;
use purlin_schema::Request;
use serde_json::{Map, Value as Json};

use crate::project;

/// Reads the bytes as numbers and text, and as a document, and writes them.
pub fn run(bytes: &[u8]) {
    let mut input = Unstructured::new(bytes);
    if let (Ok(float), Ok(integer), Ok(scale)) = (input.arbitrary(), input.arbitrary(), input.int_in_range(0..=20)) {
        numbers(float, integer, scale);
    }
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    assert_eq!(read(|buffer| json::string(buffer, text)), Json::from(text));
    if let Ok(document) = serde_json::from_str::<Json>(text) {
        canonical(&document);
        row(text, Some(document));
    } else {
        row(text, None);
    }
}

fn read(write: impl FnOnce(&mut Vec<u8>)) -> Json {
    let mut buffer = Vec::new();
    write(&mut buffer);
    serde_json::from_slice(&buffer).unwrap_or_else(|error| panic!("{error}: {}", String::from_utf8_lossy(&buffer)))
}

fn numbers(float: f64, integer: i64, scale: u8) {
    assert_eq!(read(|buffer| json::integer(buffer, integer)).as_i64(), Some(integer));
    let scaled = read(|buffer| json::scaled_integer(buffer, integer, scale));
    assert_eq!(
        scaled.to_string().replace(['.', '-'], "").trim_start_matches('0'),
        integer.unsigned_abs().to_string().trim_start_matches('0')
    );
    let single = float as f32;
    let (written, short) = (read(|buffer| json::double(buffer, float)), read(|buffer| json::single(buffer, single)));
    if float.is_finite() {
        assert_eq!(written.to_string().parse::<f64>().ok(), Some(float));
        assert_eq!(json::shortest_decimal(float).parse::<f64>().ok(), Some(float));
    } else {
        assert!(written.is_string());
    }
    if single.is_finite() {
        assert_eq!(short.to_string().parse::<f32>().ok(), Some(single));
    }
}

/// The canonical text of a document is the same document's, and its own canonical text.
fn canonical(document: &Json) {
    let Ok(text) = canonical_json(document) else { return };
    let again: Json = serde_json::from_str(&text).expect("canonical JSON");
    assert_eq!(canonical_json(&again).expect("canonical twice"), text);
    assert!(is_same(&again, document), "{document} became {text}");
}

/// Whether two documents are the same but for how numbers are written.
fn is_same(one: &Json, other: &Json) -> bool {
    match (one, other) {
        (Json::Number(one), Json::Number(other)) => {
            one.to_string().parse::<f64>().ok() == other.to_string().parse::<f64>().ok()
        }
        (Json::Array(one), Json::Array(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| is_same(one, other))
        }
        (Json::Object(one), Json::Object(other)) => {
            one.len() == other.len()
                && one.iter().all(|(key, one)| other.get(key).is_some_and(|other| is_same(one, other)))
        }
        (one, other) => one == other,
    }
}

/// A text and a document in a row come back as they went in.
fn row(text: &str, document: Option<Json>) {
    const QUERY: &str =
        "mutation ($t: String!, $j: jsonb) { update_samples_by_pk(pk_columns: {id: 1}, _set: {t: $t, j: $j}) { t j } }";
    let variables =
        Map::from_iter([("t".to_owned(), Json::from(text)), ("j".to_owned(), document.clone().unwrap_or_default())]);
    let request = Request { query: QUERY.to_owned(), variables, ..Request::default() };
    let (response, answer) = project::with(|project| project::wait(project.ask(&request, &project::session(None))));
    let row = &answer["data"]["update_samples_by_pk"];
    match response.failed {
        // Zero bytes, and numbers no numeric can hold.
        Some(refusal) => assert!(text.contains('\0') || document.is_some(), "{text:?}: {refusal:?}"),
        None => {
            assert_eq!(row["t"], Json::from(text));
            let document = document.unwrap_or_default();
            let expected = canonical_json(&document).expect("what was taken is canonical");
            assert_eq!(canonical_json(&row["j"]).expect("what is answered is canonical"), expected);
        }
    }
}
