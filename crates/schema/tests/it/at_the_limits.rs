//! What the limits allow works on both databases; what would multiply is refused before it costs anything.

use purlin_plan::plan::Dialect;
use purlin_schema::Request;
use serde_json::{Map, Value as Json, json};

use crate::cases::{Project, admin, folder};

async fn ask(project: &Project, query: String, variables: Json) -> Json {
    let Json::Object(variables) = variables else { panic!("variables are an object") };
    let request = Request { query, variables, operation_name: None };
    let response = project.service.execute(&request, &admin(), false).await;
    let internal = response.failed.and_then(|refusal| refusal.internal);
    assert!(internal.is_none(), "{}: {internal:?}", &request.query[..request.query.len().min(200)]);
    serde_json::from_slice(&response.body).expect("JSON")
}

fn repeated(count: usize, piece: impl Fn(usize) -> String) -> String {
    (0..count).map(piece).collect::<Vec<_>>().join(" ")
}

async fn check(dialect: Dialect) {
    let project = Project::load(&folder("shelf"), dialect).await;
    let any = repeated(1000, |index| format!("{{id: {{_eq: {index}}}}}"));
    let answer = ask(&project, format!("{{ books(where: {{_or: [{any}]}}) {{ id }} }}"), json!({})).await;
    assert_eq!(answer["data"]["books"].as_array().map(Vec::len), Some(7), "{answer}");
    let all = repeated(1000, |index| format!("{{id: {{_neq: {}}}}}", index + 2));
    let answer = ask(&project, format!("{{ books(where: {{_and: [{all}]}}) {{ id }} }}"), json!({})).await;
    assert_eq!(answer, json!({"data": {"books": [{"id": 1}]}}));
    let list = repeated(7000, |index| index.to_string());
    let answer = ask(&project, format!("{{ books(where: {{id: {{_in: [{list}]}}}}) {{ id }} }}"), json!({})).await;
    assert_eq!(answer["data"]["books"].as_array().map(Vec::len), Some(7), "{answer}");
    let query = "query ($l: [Int!]) { books(where: {id: {_in: $l}}) { id } }";
    let numbers: Vec<usize> = (0..10_000).collect();
    let answer = ask(&project, query.to_owned(), json!({"l": numbers})).await;
    assert_eq!(answer["data"]["books"].as_array().map(Vec::len), Some(7), "{answer}");
    let deep = format!("{{ authors(limit: 1) {} {} }}", "{ mentor ".repeat(23) + "{ id }", "}".repeat(23));
    assert!(ask(&project, deep, json!({})).await.get("data").is_some());
    let hops = format!("{{ authors(where: {}{{}}{}) {{ id }} }}", "{mentor: ".repeat(10), "}".repeat(10));
    assert_eq!(ask(&project, hops, json!({})).await, json!({"data": {"authors": []}}));
    let roots = repeated(50, |index| format!("r{index}: books_aggregate {{ aggregate {{ count }} }}"));
    assert!(ask(&project, format!("{{ {roots} }}"), json!({})).await.get("data").is_some());
    let wide = repeated(199, |index| format!("a{index}: books {{ id }}"));
    assert!(ask(&project, format!("{{ authors {{ {wide} }} }}"), json!({})).await.get("data").is_some());
    let rows = repeated(1000, |index| format!("{{name: \"literal {index}\", rank: 1}}"));
    let insert = format!("mutation {{ insert_genres(objects: [{rows}]) {{ affected_rows }} }}");
    assert_eq!(ask(&project, insert, json!({})).await["data"]["insert_genres"]["affected_rows"], json!(1000));
    let insert = "mutation ($o: [genres_insert_input!]!) { insert_genres(objects: $o) { affected_rows } }";
    let rows: Vec<Json> = (0..10_000).map(|index| json!({"name": format!("variable {index}")})).collect();
    let answer = ask(&project, insert.to_owned(), json!({"o": rows})).await;
    assert_eq!(answer["data"]["insert_genres"]["affected_rows"], json!(10_000), "{answer}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_the_limits_allow_works_on_sqlite() {
    check(Dialect::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_the_limits_allow_works_on_postgresql() {
    check(Dialect::Postgres).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_multiplies_is_refused() {
    let project = Project::load(&folder("shelf"), Dialect::Sqlite).await;
    let limit = |answer: &Json| answer["errors"][0]["extensions"]["limit"]["name"].clone();
    let fragments = |depth: usize, last: &str| {
        let twice = |index: usize| {
            let below = index + 1;
            format!("fragment f{index} on authors {{ mentor {{ ...f{below} }} students {{ ...f{below} }} }}")
        };
        format!("{{ authors {{ ...f0 }} }} {} fragment f{depth} on authors {{ {last} }}", repeated(depth, twice))
    };
    let many = fragments(14, "id");
    assert_eq!(limit(&ask(&project, many, json!({})).await), json!("selections"));
    let conditions = repeated(900, |index| format!("{{id: {{_eq: {index}}}}}"));
    let costly = fragments(11, &format!("books(where: {{_or: [{conditions}]}}) {{ id }}"));
    assert_eq!(limit(&ask(&project, costly, json!({})).await), json!("inputs"));
    let filter = json!({"w": {"_or": vec![json!({"id": {"_eq": 1}}); 900]}});
    let shared = fragments(11, "books(where: $w) { id }").replacen('{', "query ($w: books_bool_exp) {", 1);
    assert_eq!(limit(&ask(&project, shared, filter).await), json!("inputs"));
    let query = "query ($l: [Int!]) { books(where: {id: {_in: $l}}) { id } }";
    let answer = ask(&project, query.to_owned(), json!({"l": vec![1; 10_001]})).await;
    assert_eq!(limit(&answer), json!("list_members"));
    assert!(ask(&project, "{ genres { name } }".to_owned(), Json::Object(Map::new())).await.get("data").is_some());
}
