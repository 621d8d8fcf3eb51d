//! Whatever is sent, the answer is JSON with data or with one error that names a code and a place; nothing panics.

use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use purlin_plan::plan::Dialect;
use purlin_schema::Request;
use serde_json::{Map, Value as Json};

use crate::cases::{Project, admin, folder};
use crate::proof;

/// Documents that touch every part of the language.
const SEEDS: [&str; 8] = [
    r#"query q($w: books_bool_exp = {id: {_gt: 0}}, $n: Int = 3) { books(where: $w, limit: $n, order_by: [{author: {name: asc}}, {id: desc}]) { id ...f } } fragment f on books { title author @include(if: true) { name } }"#,
    r#"{ books_aggregate(where: {_or: [{id: {_in: [1, 2]}}, {title: {_like: "%\"x%"}}]}, distinct_on: [id]) { aggregate { count(columns: [id], distinct: true) sum { pages } } nodes { id meta(path: "$.a[0]") } } }"#,
    r#"mutation { insert_books(objects: [{title: "x", author: {data: {id: 9, name: "y"}}}], on_conflict: {constraint: books_pkey, update_columns: [title], where: {}}) { affected_rows returning { id } } }"#,
    r#"mutation m($s: authors_set_input) { update_authors(where: {id: {_eq: 1}}, _set: $s) { affected_rows } }"#,
    r#"mutation { update_genres_many(updates: [{where: {name: {_eq: "crime"}}, _inc: {rank: 1}}]) { affected_rows } delete_genres_by_pk(name: "x") { name } }"#,
    r#"{ __schema { types { name fields { name type { ofType { name } } } } } __type(name: "books") { kind } }"#,
    r#"subscription { books { id } }"#,
    r#"query a { authors_by_pk(id: 1) { name } } query b { samples(where: {n: {_eq: 1.5e3}, z: {_lt: "2020-01-01"}}) { j } }"#,
];

const PIECES: [&str; 40] = [
    "{",
    "}",
    "(",
    ")",
    "[",
    "]",
    ":",
    "$",
    "@",
    "!",
    "...",
    "=",
    "\"",
    "\"\"\"",
    "#",
    ",",
    "\n",
    "\0",
    "\u{feff}",
    "null",
    "true",
    "-1",
    "1e999",
    "99999999999999999999",
    "0.1",
    "on",
    "query",
    "mutation",
    "fragment",
    "books",
    "_and",
    "_eq",
    "where",
    "$w",
    "@skip(if: true)",
    "\\u0000",
    "\\uD800",
    "é",
    "😀",
    "__typename",
];

/// A document with a few pieces put in, taken out or repeated.
fn documents() -> impl Strategy<Value = String> {
    let edit = (any::<prop::sample::Index>(), any::<prop::sample::Index>(), 0..4usize, any::<bool>());
    (0..SEEDS.len(), prop::collection::vec(edit, 0..6)).prop_map(|(seed, edits)| {
        let mut document = SEEDS[seed].to_owned();
        for (place, piece, length, insert) in edits {
            let mut at = place.index(document.len() + 1);
            while !document.is_char_boundary(at) {
                at -= 1;
            }
            if insert {
                document.insert_str(at, PIECES[piece.index(PIECES.len())]);
                continue;
            }
            let end = document[at..].char_indices().nth(length).map_or(document.len(), |(offset, _)| at + offset);
            document.replace_range(at..end, "");
        }
        document
    })
}

fn json() -> impl Strategy<Value = Json> {
    let number = |text: &str| serde_json::from_str::<Json>(text).expect("a number");
    let leaf = prop_oneof![
        Just(Json::Null),
        any::<bool>().prop_map(Json::from),
        any::<i64>().prop_map(Json::from),
        Just(number("1e400")),
        Just(number("123456789012345678901234567890.5")),
        prop::sample::select(vec!["asc", "x", "\0", "", "{1,2}", "2020-01-01"]).prop_map(Json::from),
    ];
    let names = ["_and", "_or", "_eq", "_in", "id", "title", "author", "books", "data", "name", "nope", "meta"];
    let keys = prop::sample::select(names.to_vec()).prop_map(str::to_owned);
    leaf.prop_recursive(4, 24, 4, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Json::from),
            prop::collection::vec((keys.clone(), inner), 0..4)
                .prop_map(|members| Json::Object(Map::from_iter(members))),
        ]
    })
}

#[test]
fn no_document_and_no_variables_break_the_service() {
    answer_anything(2000, 1);
}

#[test]
fn prove_that_no_document_breaks_the_service() {
    answer_anything(proof::part_of(50_000), proof::seed());
}

fn answer_anything(inputs: u64, seed: u64) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    let project = runtime.block_on(Project::load(&folder("shelf"), Dialect::Sqlite));
    let variables = (prop::option::of(json()), prop::option::of(json()), prop::option::of(json()));
    let cases = u32::try_from(inputs).expect("a number of inputs");
    let config = Config { cases, failure_persistence: None, ..Config::default() };
    let seed: Vec<u8> = seed.to_le_bytes().repeat(4);
    let mut runner = TestRunner::new_with_rng(config, TestRng::from_seed(RngAlgorithm::ChaCha, &seed));
    let result = runner.run(&(documents(), variables), |(query, (w, n, s))| {
        let named = [("w", w), ("n", n), ("s", s)];
        let named = named.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?)));
        let request = Request { query, operation_name: None, variables: Map::from_iter(named) };
        let response = runtime.block_on(project.service.execute(&request, &admin(), false));
        let answer: Json = serde_json::from_slice(&response.body).expect("an answer is JSON");
        match response.failed {
            None => prop_assert!(answer["data"].is_object()),
            Some(refusal) => {
                prop_assert!(refusal.internal.is_none(), "{:?}", refusal);
                prop_assert_eq!(answer["errors"].as_array().map(Vec::len), Some(1));
                prop_assert!(
                    answer["errors"][0]["extensions"]["path"].as_str().is_some_and(|path| path.starts_with('$'))
                );
            }
        }
        Ok(())
    });
    result.unwrap_or_else(|error| panic!("{error}"));
}
