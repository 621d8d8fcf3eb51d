//! What a warm request does not do, and what makes a request another operation.

use purlin_model::{Role, Session};
use purlin_plan::plan::Dialect;
use purlin_schema::{Request, Service, Statistics};
use serde_json::{Map, Value as Json, json};

use crate::cases::{Project, admin, folder};

async fn ask(service: &Service, session: &Session, query: &str, variables: Json) -> Json {
    let Json::Object(variables) = variables else { panic!("variables are an object") };
    let request = Request { query: query.to_owned(), variables, ..Request::default() };
    let response = service.execute(&request, session, false).await;
    serde_json::from_slice(&response.body).expect("JSON")
}

/// What answering these variables costs.
async fn cost(service: &Service, session: &Session, query: &str, variables: Json) -> Statistics {
    let before = service.statistics();
    let answer = ask(service, session, query, variables).await;
    assert!(answer.get("data").is_some(), "{answer}");
    let after = service.statistics();
    Statistics {
        parses: after.parses - before.parses,
        lowerings: after.lowerings - before.lowerings,
        compilations: after.compilations - before.compilations,
        hits: after.hits - before.hits,
    }
}

const COLD: Statistics = Statistics { parses: 1, lowerings: 1, compilations: 1, hits: 0 };
const RESHAPED: Statistics = Statistics { parses: 0, lowerings: 1, compilations: 1, hits: 0 };
const WARM: Statistics = Statistics { parses: 0, lowerings: 0, compilations: 0, hits: 1 };

#[tokio::test]
async fn a_warm_request_neither_parses_nor_validates_nor_generates_sql() {
    let project = Project::load(&folder("shelf"), Dialect::Sqlite).await;
    let (service, session) = (&project.service, &admin());
    let query = "query ($id: Int!, $n: Int) { books(where: {id: {_gt: $id}}, limit: $n) { title author { name } } }";
    assert_eq!(cost(service, session, query, json!({"id": 1, "n": 2})).await, COLD);
    assert_eq!(cost(service, session, query, json!({"id": 2, "n": 9})).await, WARM);
    assert_eq!(cost(service, session, query, json!({"n": 3, "id": "5", "other": 1})).await, WARM);
    assert_eq!(cost(service, session, query, json!({"id": 2, "n": null})).await, RESHAPED, "null is no number");
    assert_eq!(cost(service, session, query, json!({"id": 2})).await, RESHAPED, "absent is another shape");
    assert_eq!(cost(service, session, query, json!({"id": 3})).await, WARM);
}

#[tokio::test]
async fn structured_variables_count_by_their_shape() {
    let project = Project::load(&folder("shelf"), Dialect::Sqlite).await;
    let (service, session) = (&project.service, &admin());
    let filter = "query ($w: books_bool_exp!) { books(where: $w) { id } }";
    let first = json!({"w": {"_or": [{"id": {"_in": [1, 2]}}, {"author": {"name": {"_eq": "Ada"}}}]}});
    let second = json!({"w": {"_or": [{"id": {"_in": [5]}}, {"author": {"name": {"_eq": "Boris"}}}]}});
    assert_eq!(cost(service, session, filter, first).await, COLD);
    assert_eq!(cost(service, session, filter, second).await, WARM);
    assert_eq!(cost(service, session, filter, json!({"w": {"id": {"_gt": 1}}})).await, RESHAPED);
    assert_eq!(cost(service, session, filter, json!({"w": {"id": {"_lt": 1}}})).await, RESHAPED);

    let compare = "query ($c: Int_comparison_exp!) { books(where: {id: $c}, order_by: {id: asc}) { id } }";
    assert_eq!(cost(service, session, compare, json!({"c": {"_in": [1, 2]}})).await, COLD);
    assert_eq!(cost(service, session, compare, json!({"c": {"_in": [3]}})).await, WARM);
    assert_eq!(cost(service, session, compare, json!({"c": {"_lte": 2}})).await, RESHAPED, "operators are SQL");
    assert_eq!(ask(service, session, compare, json!({"c": {"_eq": 1}})).await["data"]["books"], json!([{"id": 1}]));

    let cast = "query ($c: jsonb_cast_exp!) { books(where: {meta: {_cast: $c}}) { id } }";
    assert_eq!(cost(service, session, cast, json!({"c": {"String": {"_like": "%a%"}}})).await, COLD);
    assert_eq!(cost(service, session, cast, json!({"c": {"String": {"_like": "%b%"}}})).await, WARM);
    assert_eq!(cost(service, session, cast, json!({"c": {"String": {"_regex": "b"}}})).await, RESHAPED);

    let insert = "mutation ($o: [genres_insert_input!]!) { insert_genres(objects: $o) { affected_rows } }";
    let rows = |names: &[&str]| json!({"o": names.iter().map(|name| json!({"name": name})).collect::<Vec<_>>()});
    assert_eq!(cost(service, session, insert, rows(&["a"])).await, COLD);
    assert_eq!(cost(service, session, insert, rows(&["b", "c", "d"])).await, WARM, "how many rows is no shape");
    let ranked = json!({"o": [{"name": "e"}, {"name": "f", "rank": 1}]});
    assert_eq!(cost(service, session, insert, ranked).await, RESHAPED);

    let order = "query ($o: [genres_order_by!]) { genres(order_by: $o) { name } }";
    assert_eq!(cost(service, session, order, json!({"o": [{"name": "asc"}]})).await, COLD);
    assert_eq!(cost(service, session, order, json!({"o": [{"name": "desc"}]})).await, RESHAPED, "a direction is SQL");
    assert_eq!(cost(service, session, order, json!({"o": [{"name": "asc"}]})).await, WARM);
}

#[tokio::test]
async fn values_inside_json_documents_are_plain_values() {
    let project = Project::load(&folder("shelf"), Dialect::Sqlite).await;
    let (service, session) = (&project.service, &admin());
    let query =
        "query ($v: String, $d: Int = 5) { books(where: {meta: {_neq: {k: [$v, 1], d: $d, e: \"x\"}}}) { id } }";
    assert_eq!(cost(service, session, query, json!({"v": "a"})).await, COLD);
    assert_eq!(cost(service, session, query, json!({"v": "b\"}"})).await, WARM);
    assert_eq!(
        cost(service, session, query, json!({"v": "b", "d": 7})).await,
        RESHAPED,
        "a default is of the document"
    );
}

#[tokio::test]
async fn conditions_of_directives_count_by_their_value() {
    let project = Project::load(&folder("shelf"), Dialect::Sqlite).await;
    let (service, session) = (&project.service, &admin());
    let query = "query ($x: Boolean!) { genres(limit: 1) { name rank @include(if: $x) } }";
    assert_eq!(cost(service, session, query, json!({"x": true})).await, COLD);
    assert_eq!(cost(service, session, query, json!({"x": false})).await, RESHAPED);
    assert_eq!(cost(service, session, query, json!({"x": true})).await, WARM);
    let with = ask(service, session, query, json!({"x": true})).await;
    let without = ask(service, session, query, json!({"x": false})).await;
    assert!(with["data"]["genres"][0].get("rank").is_some());
    assert!(without["data"]["genres"][0].get("rank").is_none());
}

#[tokio::test]
async fn nobody_gets_an_operation_prepared_for_another_role() {
    let project = Project::load(&folder("shelf"), Dialect::Sqlite).await;
    let service = &project.service;
    let query = "{ books_aggregate { aggregate { count } } }";
    let reader = Session { role: Role::new("reader"), ..admin() };
    let count = |answer: Json| answer["data"]["books_aggregate"]["aggregate"]["count"].clone();
    assert_eq!(count(ask(service, &admin(), query, json!({})).await), json!(7));
    assert_eq!(count(ask(service, &reader, query, json!({})).await), json!(5));
    assert_eq!(count(ask(service, &admin(), query, json!({})).await), json!(7));
    let nobody = Session { role: Role::new("nobody"), ..admin() };
    assert!(ask(service, &nobody, query, json!({})).await.get("errors").is_some());
    let clerk = Session { role: Role::new("clerk"), ..admin() };
    let insert = "mutation ($i: Int!) { insert_authors(objects: {id: $i, name: \"x\"}) { affected_rows } }";
    let backend = Session { backend: true, ..clerk.clone() };
    assert!(ask(service, &backend, insert, json!({"i": 50})).await.get("data").is_some());
    assert!(ask(service, &clerk, insert, json!({"i": 51})).await.get("errors").is_some());
}

#[tokio::test]
async fn a_refused_request_is_refused_again() {
    let project = Project::load(&folder("shelf"), Dialect::Sqlite).await;
    let (service, session) = (&project.service, &admin());
    let query = "query ($v: Int) { books(where: {id: {_eq: $v}}) { id } }";
    let refused = ask(service, session, query, json!({})).await;
    assert_eq!(ask(service, session, query, json!({})).await, refused);
    assert!(ask(service, session, query, json!({"v": 1})).await.get("data").is_some());
    assert_eq!(ask(service, session, query, json!({"v": null})).await, refused);
    assert_eq!(ask(service, session, query, Json::Object(Map::new())).await, refused);
}

#[tokio::test]
async fn another_catalog_forgets_what_was_prepared() {
    let project = Project::load(&folder("shelf"), Dialect::Sqlite).await;
    let (service, session) = (&project.service, &admin());
    let query = "{ genres { name } }";
    assert_eq!(cost(service, session, query, json!({})).await, COLD);
    assert_eq!(cost(service, session, query, json!({})).await, WARM);
    service.swap(service.catalog(), purlin_schema::Limits::default());
    assert_eq!(cost(service, session, query, json!({})).await, COLD);
}

#[tokio::test]
async fn shapes_of_one_operation_are_bounded() {
    let project = Project::load(&folder("shelf"), Dialect::Sqlite).await;
    let (service, session) = (&project.service, &admin());
    let query = "query ($w: books_bool_exp!) { books(where: $w) { id } }";
    let shape = |count: usize| json!({"w": {"_and": vec![json!({"id": {"_gt": 0}}); count]}});
    assert_eq!(cost(service, session, query, shape(0)).await, COLD);
    for count in 1..=64 {
        assert_eq!(cost(service, session, query, shape(count)).await, RESHAPED);
    }
    assert_eq!(cost(service, session, query, shape(64)).await, WARM, "the newest stays");
    assert_eq!(cost(service, session, query, shape(0)).await, RESHAPED, "the oldest has gone");
}
