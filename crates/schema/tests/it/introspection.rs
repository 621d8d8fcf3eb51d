//! Introspection answers: the whole schema, parts of it, and what is wrong with a selection.

use std::sync::Arc;

use async_graphql_parser::parse_query;
use async_graphql_parser::types::{DocumentOperations, Selection};
use purlin_db::{Database, Options};
use purlin_model::session::{Role, Session};
use purlin_model::{Settings, Source};
use purlin_schema::introspection::{Mistake, Surroundings, TooLarge, compile, write};
use purlin_schema::types::Registry;
use purlin_schema::{Limits, Request, Service};
use purlin_testkit::{TemporaryFolder, wide_model};
use serde_json::{Value as Json, json};

use crate::random_catalog::random_catalog;
use crate::registry::registries;

/// The answer to a document whose root fields are all introspection.
pub fn answer(registry: &Registry, query: &str, variables: &Json) -> Result<Json, Mistake> {
    let document = parse_query(query).unwrap_or_else(|error| panic!("{error}\n{query}"));
    let variable = |name: &str| variables.get(name).cloned();
    let surroundings = Surroundings { fragments: &document.fragments, variable: &variable };
    let DocumentOperations::Single(operation) = document.operations else { panic!("one anonymous operation") };
    let mut answer = serde_json::Map::new();
    for selection in &operation.node.selection_set.node.items {
        let Selection::Field(field) = &selection.node else { panic!("a field") };
        let key = field.node.response_key().node.to_string();
        let compiled = compile(&field.node, &format!("$.selectionSet.{key}"), surroundings)?;
        let mut out = Vec::new();
        write(&compiled, registry, &variable, &mut out, usize::MAX).expect("no bound");
        answer.insert(key, serde_json::from_slice(&out).expect("JSON"));
    }
    Ok(Json::Object(answer))
}

fn admin() -> Registry {
    // A seed whose catalog has several tables; what it holds in detail does not matter here.
    registries(&random_catalog(7)).remove(0).1
}

const TYPE: &str = "kind name ofType { kind name ofType { kind name ofType { kind name } } }";

/// A type reference in SDL, from its answer.
fn reference(value: &Json) -> String {
    match value["kind"].as_str() {
        Some("NON_NULL") => format!("{}!", reference(&value["ofType"])),
        Some("LIST") => format!("[{}]", reference(&value["ofType"])),
        _ => value["name"].as_str().expect("a name").to_owned(),
    }
}

#[test]
fn the_whole_schema_is_what_the_registry_holds() {
    let query = format!(
        "{{ __schema {{ queryType {{ name }} mutationType {{ name }} subscriptionType {{ name }}
            types {{ kind name description
              fields(includeDeprecated: true) {{ name description type {{ {TYPE} }} args {{ ...input }} }}
              inputFields {{ ...input }} interfaces {{ name }} possibleTypes {{ name }}
              enumValues(includeDeprecated: true) {{ name description isDeprecated deprecationReason }} }} }} }}
         fragment input on __InputValue {{ name description defaultValue type {{ {TYPE} }} }}"
    );
    for seed in 0..40 {
        for (_, registry) in registries(&random_catalog(seed * 7919 + 3)) {
            let answer = answer(&registry, &query, &json!({})).expect("an answer");
            let schema = &answer["__schema"];
            assert_eq!(schema["subscriptionType"], Json::Null);
            assert_eq!(schema["mutationType"].is_null(), registry.mutation_id().is_none());
            let types = schema["types"].as_array().expect("a list");
            assert_eq!(types.len(), registry.types().len());
            for (answered, found) in types.iter().zip(registry.types()) {
                assert_eq!(answered["name"], registry.text(found.name));
                assert_eq!(answered["kind"], found.kind.name());
                let fields: Vec<String> =
                    registry.fields(found).iter().map(|field| registry.reference(field.value)).collect();
                let list = answered["fields"].as_array().cloned().unwrap_or_default();
                assert_eq!(list.iter().map(|field| reference(&field["type"])).collect::<Vec<_>>(), fields);
                let inputs: Vec<String> =
                    registry.inputs(found).iter().map(|input| registry.reference(input.value)).collect();
                let list = answered["inputFields"].as_array().cloned().unwrap_or_default();
                assert_eq!(list.iter().map(|input| reference(&input["type"])).collect::<Vec<_>>(), inputs);
                let values = registry.values(found).len();
                assert_eq!(answered["enumValues"].as_array().map_or(0, Vec::len), values);
            }
        }
    }
}

#[test]
fn types_are_found_by_name() {
    let registry = admin();
    let query = "query { a: __type(name: \"__Type\") { __typename kind n: name isOneOf specifiedByURL }
        b: __type(name: $name) { name isOneOf ofType { name } possibleTypes { name } interfaces { name } }
        c: __type(name: \"no such type\") { name } }";
    let answer = answer(&registry, query, &json!({ "name": "t0_bool_exp" })).expect("an answer");
    let a = json!({ "__typename": "__Type", "kind": "OBJECT", "n": "__Type", "isOneOf": null, "specifiedByURL": null });
    let b =
        json!({ "name": "t0_bool_exp", "isOneOf": false, "ofType": null, "possibleTypes": null, "interfaces": null });
    assert_eq!(answer, json!({ "a": a, "b": b, "c": null }));
}

#[test]
fn the_introspection_system_describes_itself() {
    let query = "{ __schema { types { name fields { name } } } }";
    let answered = answer(&admin(), query, &json!({})).expect("an answer");
    for found in answered["__schema"]["types"].as_array().expect("a list") {
        let name = found["name"].as_str().expect("a name");
        let Some(object) = name.strip_prefix("__").filter(|_| found["fields"].is_array()) else { continue };
        // Each field it lists is one that a selection may hold.
        for field in found["fields"].as_array().expect("a list") {
            let field = field["name"].as_str().expect("a name");
            let inner = match (object, field) {
                ("Schema", _) => format!("{{ __schema {{ {field} }} }}"),
                ("Type", _) => format!("{{ __type(name: \"x\") {{ {field} }} }}"),
                ("Field", _) => format!("{{ __type(name: \"x\") {{ fields {{ {field} }} }} }}"),
                ("InputValue", _) => format!("{{ __type(name: \"x\") {{ inputFields {{ {field} }} }} }}"),
                ("EnumValue", _) => format!("{{ __type(name: \"x\") {{ enumValues {{ {field} }} }} }}"),
                (_, _) => format!("{{ __schema {{ directives {{ {field} }} }} }}"),
            };
            if let Err(mistake) = answer(&admin(), &inner, &json!({})) {
                assert!(mistake.message.starts_with("missing selection set"), "{inner}: {}", mistake.message);
            }
        }
    }
}

#[test]
fn fragments_and_equal_keys_merge_in_the_order_of_first_use() {
    let query = "{ __schema { queryType { ...a name } ... on __Schema { queryType { kind } }
        mutationType @include(if: $no) { name } x: __typename @skip(if: $no) } }
        fragment a on __Type { kind ...b } fragment b on __Type { __typename ...a }";
    let answered = answer(&admin(), query, &json!({ "no": false })).expect("an answer");
    let expected =
        r#"{"__schema":{"queryType":{"kind":"OBJECT","__typename":"__Type","name":"query_root"},"x":"__Schema"}}"#;
    assert_eq!(answered.to_string(), expected);
}

#[test]
fn mistakes_name_the_place() {
    let cases = [
        (
            "{ __schema { types { fieldz } } }",
            "field 'fieldz' not found in type: '__Type'",
            ".types.selectionSet.fieldz",
        ),
        ("{ __schema { types { name(x: 1) } } }", "'name' has no argument named 'x'", ".types.selectionSet.name"),
        ("{ __schema { types } }", "missing selection set for field 'types' of type '__Type'", ".types"),
        (
            "{ __schema { types { name { x } } } }",
            "unexpected subselection set for non-object field 'name'",
            ".types.selectionSet.name",
        ),
        (
            "{ __schema { a: types { name } a: directives { name } } }",
            "one response key stands for the fields 'types' and 'directives'",
            ".a",
        ),
        ("{ __schema { ...x } }", "reference to undefined fragment \"x\"", ""),
        (
            "{ __schema { types { ... on __Field { name } } } }",
            "a fragment on '__Field' cannot be spread in type '__Type'",
            ".types",
        ),
        (
            "{ __schema { types { fields(includeDeprecated: 1) { name } } } }",
            "expected a boolean for type 'Boolean'",
            ".types.selectionSet.fields.args.includeDeprecated",
        ),
    ];
    for (query, message, place) in cases {
        let place = if place.is_empty() { String::new() } else { format!(".selectionSet{place}") };
        let expected = Mistake { message: message.to_owned(), path: format!("$.selectionSet.__schema{place}") };
        assert_eq!(answer(&admin(), query, &json!({})), Err(expected), "{query}");
    }
    let missing = answer(&admin(), "{ __type { name } }", &json!({})).expect_err("refused");
    assert_eq!(missing.message, "missing required field 'name'");
}

#[test]
fn cycles_and_wide_selections_are_refused() {
    let deep = "{ __type(name: \"x\") { ...f } } fragment f on __Type { ofType { ...f } }";
    let mistake = answer(&admin(), deep, &json!({})).expect_err("refused");
    assert_eq!(mistake.message, "the introspection exceeds the limit of 64 `depth`");
    let mut wide = "{ __type(name: \"x\") { ...f0 } }".to_owned();
    for index in 0..20 {
        let next = index + 1;
        wide.push_str(&format!(
            " fragment f{index} on __Type {{ a: ofType {{ ...f{next} }} b: ofType {{ ...f{next} }} }}"
        ));
    }
    wide.push_str(" fragment f20 on __Type { name }");
    let mistake = answer(&admin(), &wide, &json!({})).expect_err("refused");
    assert_eq!(mistake.message, "the introspection exceeds the limit of 10000 `fields`");
}

#[test]
fn the_answer_is_bounded() {
    let document = parse_query("{ __schema { types { fields { type { fields { type { fields { name } } } } } } } }")
        .expect("a document");
    let variable = |_: &str| None;
    let surroundings = Surroundings { fragments: &document.fragments, variable: &variable };
    let (_, operation) = document.operations.iter().next().expect("an operation");
    let Selection::Field(field) = &operation.node.selection_set.node.items[0].node else { panic!("a field") };
    let compiled = compile(&field.node, "$", surroundings).expect("compiled");
    let mut out = b"before".to_vec();
    assert_eq!(write(&compiled, &admin(), &variable, &mut out, 4096), Err(TooLarge));
    assert!(out.len() < 8192, "{} bytes written", out.len());
}

/// A service over no tables' rows: introspection asks the database nothing.
async fn service(folder: &TemporaryFolder) -> Service {
    let url = format!("sqlite:{}", folder.path().join("data.db").display());
    let database = Database::connect(&url, Options { connections: 1, ..Options::default() }).await.expect("a database");
    let sources: Vec<Source> = wide_model(20, 1).into_iter().map(|(path, text)| Source { path, text }).collect();
    let catalog = purlin_model::compile(&sources, &Settings::default()).expect("a model").catalog;
    Service::new(Arc::new(database), Arc::new(catalog), Limits::default())
}

async fn ask(service: &Service, query: String) -> Json {
    let admin = Session { role: Role::new(Role::ADMIN), variables: Default::default(), backend: false };
    let request = Request { query, ..Request::default() };
    serde_json::from_slice(&service.execute(&request, &admin, false).await.body).expect("JSON")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_answers_of_one_operation_share_one_bound_and_only_small_ones_are_kept() {
    let folder = TemporaryFolder::create();
    let service = service(&folder).await;
    let small = "{ __type(name: \"records_000\") { name } }".to_owned();
    assert_eq!(ask(&service, small.clone()).await, json!({ "data": { "__type": { "name": "records_000" } } }));
    ask(&service, small).await;
    assert_eq!(service.statistics().hits, 1, "small answers are kept with their operation");
    // Each field alone is within the bound.
    let input = format!("name description type {{ {TYPE} }}");
    let all = format!(
        "types {{ name description fields {{ name description args {{ {input} }} type {{ {TYPE} }} }} inputFields {{ {input} }} }}"
    );
    let one = format!("{{ __schema {{ {all} }} }}");
    let large = ask(&service, one.clone()).await;
    assert!(large["data"].is_object() && large.to_string().len() > 512 << 10, "{}", large.to_string().len());
    ask(&service, one).await;
    assert_eq!(service.statistics().hits, 1, "large answers are written anew");
    let fields: String = (0..48).map(|index| format!("a{index}: __schema {{ {all} }} ")).collect();
    let refused = ask(&service, format!("{{ {fields} }}")).await;
    assert_eq!(refused["errors"][0]["extensions"]["code"], "limit-exceeded");
}
