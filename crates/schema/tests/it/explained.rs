//! Every statement of an operation can be explained by PostgreSQL, values unknown, and analysed with values.

use std::sync::Arc;

use purlin_db::{Database, Options};
use purlin_model::{Role, Session, Settings, Source};
use purlin_plan::outline::outline;
use purlin_plan::plan::Dialect;
use purlin_schema::{Limits, Request, explain};
use purlin_testkit::PostgresDatabase;

const MODEL: &str = r#"
type people @table { id: Int! @id  name: String!  tags: jsonb  notes: [notes!]! @relation(inverse: "person") }
type notes @table { id: uuid! @id @default(uuid: v7)  title: String!  person_id: Int  person: people @relation(fields: [person_id]) }
extend type notes @allow(role: "user",
  select: {where: {person_id: {_eq: "X-Hasura-User-Id"}}, columns: all}
  insert: {check: {person: {name: {_eq: "X-Hasura-Name"}}}, columns: all}
  update: {where: {person_id: {_eq: "X-Hasura-User-Id"}}, columns: all}
  delete: {where: {person_id: {_eq: "X-Hasura-User-Id"}}})
extend type people @allow(role: "user", select: {where: {}, columns: all})
"#;

#[tokio::test]
async fn every_statement_has_a_plan_on_postgres() {
    let sources = [Source { path: "schema/model.graphql".to_owned(), text: MODEL.to_owned() }];
    let catalog = Arc::new(purlin_model::compile(&sources, &Settings::default()).expect("a model").catalog);
    let server = PostgresDatabase::create();
    server.execute(
        "create table people (id int primary key, name text not null, tags jsonb);
         create table notes (id uuid primary key, title text not null, person_id int references people);",
    );
    let database = Database::connect(&server.url(), Options::default()).await.unwrap();
    let variables = [("x-hasura-user-id", "7"), ("x-hasura-name", "Ada"), ("x-hasura-role", "user")];
    let variables = variables.map(|(name, value)| (name.into(), value.into())).into();
    let session = Session { role: Role::new("user"), variables, backend: false };
    for (query, statements) in [
        (r#"{ notes(where: {title: {_in: ["a", "b"]}}, limit: 3) { title person { name notes { id } } } }"#, 2),
        (r#"{ people { tags(path: "$.a") notes(order_by: {title: asc}) { title } } }"#, 2),
        (r#"mutation { insert_notes_one(object: {title: "a", person_id: 7}) { id person { name } } }"#, 2),
        (r#"mutation { update_notes(where: {}, _set: {title: "b"}) { affected_rows } }"#, 1),
        (r#"mutation { delete_notes(where: {}) { returning { person { name } } } }"#, 2),
    ] {
        let request = Request { query: query.to_owned(), ..Request::default() };
        let explanation =
            explain(Arc::clone(&catalog), Limits::default(), &request, &session, Dialect::Postgres).unwrap();
        let steps = outline(&explanation.plan);
        assert!(steps.len() >= statements, "{query}: {steps:?}");
        for step in &steps {
            let lines = database.explain(step.statement).await.unwrap_or_else(|error| panic!("{query}: {error}"));
            assert!(lines.iter().any(|line| line.contains("cost=")), "{query}: {lines:?}");
        }
        if query.starts_with('{') {
            let bindings = explanation.bindings(&request, &session).unwrap();
            let lines = database.analyze(steps[0].statement, &bindings.values).await.unwrap().unwrap();
            assert!(lines.iter().any(|line| line.contains("actual time=")), "{query}: {lines:?}");
        }
    }
    // What was prepared for a moment is gone, and the database is as it was.
    assert_eq!(server.query("select count(*) from notes"), "0");
}
