//! Root fields that are SQL, where one answer in a file cannot say it: what they may not do, and that rows of a table pass
//! its rules.

use std::fmt::Write;
use std::fs;
use std::sync::Arc;

use purlin_model::Session;
use purlin_plan::plan::Dialect;
use purlin_schema::Request;
use purlin_schema::view::{RoleView, RootFields};
use serde_json::{Map, Value as Json, json};

use crate::cases::{Project, admin, compile_text, folder};
use crate::parity::{Author, Chance, add_what_is_read_only, is_same, sessions};
use crate::{proof, tables};

/// Documents of the usual run for each database.
const DOCUMENTS: u64 = 100;

async fn ask(project: &Project, query: &str, session: &Session) -> String {
    let request = Request { query: query.to_owned(), ..Request::default() };
    String::from_utf8_lossy(&project.service.execute(&request, session, false).await.body).into_owned()
}

const COUNTERS: &str = r#"
type counters @table { id: Int! @id  value: Int! }

type result { value: Int!  note: String }

extend type Query {
  bump: Int @sql(postgres: "select bump()", sqlite: "select 1", allow: [])
  bumped: [counters!]!
    @sql(postgres: "select counters.* from counters, lateral bump() as bumped", sqlite: "select * from counters")
  one: result @sql(sql: "select null as value, 'here' as note", allow: [])
  many: [result!]! @sql(sql: "select value, 'here' as note from (values (1), (null)) as v(value)", allow: [])
}

extend type Mutation {
  wrong: result @sql(sql: "update counters set value = value + 1 returning null as value, 'here' as note", allow: [])
}
"#;

const BUMP: &str = "create function bump() returns integer language sql as
    'update counters set value = value + 1 where id = 1 returning value'";

async fn counters(dialect: Dialect) -> Project {
    let text = match dialect {
        Dialect::Postgres => COUNTERS.to_owned(),
        // SQLite calls the columns of `values` otherwise.
        Dialect::Sqlite => {
            COUNTERS.replace("(values (1), (null)) as v(value)", "(select 1 as value union all select null)")
        }
    };
    let catalog = Arc::new(compile_text("counters.graphql", text));
    let after = (dialect == Dialect::Postgres).then(|| BUMP.to_owned());
    Project::of(catalog, vec![("counters".to_owned(), json!([{"id": 1, "value": 1}]))], after, dialect).await
}

#[tokio::test]
async fn a_query_on_postgresql_cannot_write_through_a_function() {
    let project = counters(Dialect::Postgres).await;
    for query in ["{ bump }", "{ bumped { value } }", "{ counters { value } bump }"] {
        let request = Request { query: query.to_owned(), ..Request::default() };
        let response = project.service.execute(&request, &admin(), false).await;
        let told = response.failed.and_then(|refusal| refusal.internal).unwrap_or_default();
        assert!(told.contains("cannot execute UPDATE in a read-only transaction"), "{query}: {told}");
    }
    assert_eq!(ask(&project, "{ counters { value } }", &admin()).await, r#"{"data":{"counters":[{"value":1}]}}"#);
    // The function itself is fine.
    tables::execute(&project.database, "select bump()".to_owned()).await;
    assert_eq!(ask(&project, "{ counters { value } }", &admin()).await, r#"{"data":{"counters":[{"value":2}]}}"#);
}

#[tokio::test]
async fn null_for_a_field_that_promises_a_value_is_an_error() {
    for dialect in [Dialect::Sqlite, Dialect::Postgres] {
        let project = counters(dialect).await;
        for (query, path) in [
            ("{ one { value } }", "$.selectionSet.one"),
            ("{ many { note value } }", "$.selectionSet.many"),
            ("mutation { wrong { value } }", "$.selectionSet.wrong"),
        ] {
            let error = json!({"message": "database query error", "extensions": {"path": path, "code": "unexpected"}});
            let answer: Json = serde_json::from_str(&ask(&project, query, &admin()).await).expect("JSON");
            assert_eq!(answer, json!({"errors": [error]}), "{dialect:?}: {query}");
        }
        // Who does not ask for it gets an answer, and what failed wrote nothing.
        assert_eq!(ask(&project, "{ one { note } }", &admin()).await, r#"{"data":{"one":{"note":"here"}}}"#);
        assert_eq!(ask(&project, "{ counters { value } }", &admin()).await, r#"{"data":{"counters":[{"value":1}]}}"#);
    }
}

/// The library, with a root field `native_<table>` of all rows of each table.
fn library() -> String {
    let text = fs::read_to_string(folder("library").join("model.graphql")).expect("a model");
    let catalog = compile_text("model.graphql", text.clone());
    let mut fields = String::new();
    for table in &catalog.tables {
        let (name, in_database) = (&table.name, &table.db_name);
        let _ = writeln!(fields, "  native_{name}: [{name}!]! @sql(sql: \"select * from \\\"{in_database}\\\"\")");
    }
    format!("{text}\nextend type Query {{\n{fields}}}\n")
}

async fn compare_with_tables(dialect: Dialect, documents: u64, seed: u64) {
    let catalog = Arc::new(compile_text("model.graphql", library()));
    let read = |name: &str| fs::read_to_string(folder("library").join(name));
    let mut data: Map<String, Json> = serde_json::from_str(&read("data.json").expect("data")).expect("an object");
    let rows = data.clone().into_iter().collect();
    let project = Project::of(Arc::clone(&catalog), rows, read("after.sql").ok(), dialect).await;
    let sessions = sessions();
    add_what_is_read_only(&mut data, &project, &sessions[0]).await;
    let roots = RootFields::of(&catalog);
    let mut answered = 0;
    for number in 0..documents {
        let session = &sessions[number as usize % sessions.len()];
        let view = RoleView { catalog: &catalog, roots: &roots, role: &session.role, backend: false };
        let chance = Chance((seed.wrapping_add(number)).wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
        let mut author =
            Author { catalog: &catalog, view: &view, data: &data, chance, timeless: false, searches: true };
        let document = author.list();
        let of_table = ask(&project, &document, session).await;
        // `{ name(…` under the same key.
        let name = document.trim_start_matches("{ ").split('(').next().expect("a field");
        let native = document.replacen(name, &format!("{name}: native_{name}"), 1);
        let of_native = ask(&project, &native, session).await;
        let of_native = of_native.replace(&format!("native_{name}"), name);
        assert!(
            is_same(&of_table, &of_native),
            "{dialect:?} {}: {document}\n{of_table}\n{of_native}",
            session.role.name()
        );
        answered += u64::from(of_table.starts_with("{\"data\""));
    }
    assert!(answered > documents * 9 / 10, "only {answered} documents were answered");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sql_that_selects_a_table_answers_as_the_table() {
    for dialect in [Dialect::Sqlite, Dialect::Postgres] {
        compare_with_tables(dialect, DOCUMENTS, 1).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn prove_that_sql_that_selects_a_table_answers_as_the_table() {
    for dialect in [Dialect::Sqlite, Dialect::Postgres] {
        compare_with_tables(dialect, proof::part_of(6_000), proof::seed()).await;
    }
}
