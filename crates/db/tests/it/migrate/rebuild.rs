//! Tables that SQLite makes anew: what stands on them, what their values become, what would be lost.

use purlin_db::migrate;
use purlin_plan::plan::Dialect;

use super::project::{Project, model, show};

const BEFORE: &str = r#"
enum status { todo done }
type tasks @table { id: Int! @id @default(autoincrement: true)  title: String!  status: status! @default(value: todo) }
type log @table { id: Int! @id @default(autoincrement: true)  line: String! }
"#;

fn after() -> String {
    BEFORE.replace("todo done", "todo doing done")
}

async fn prepared() -> (Project, purlin_db::Database) {
    let project = Project::create(Dialect::Sqlite);
    let database = project.open().await;
    project.migrate(&database, &model(BEFORE)).await;
    project
        .execute(
            &database,
            "INSERT INTO tasks (title) VALUES ('a'), ('b'), ('c');
             DELETE FROM tasks WHERE title = 'c';",
        )
        .await;
    (project, database)
}

#[tokio::test]
async fn views_triggers_and_indexes_made_by_hand_are_made_again() {
    let (project, database) = prepared().await;
    project.write(
        "by_hand",
        "CREATE VIEW open_tasks AS SELECT id, title FROM tasks WHERE status = 'todo';
         CREATE VIEW open_titles AS SELECT title FROM open_tasks;
         CREATE INDEX by_hand ON tasks (lower(title));
         CREATE TRIGGER logged AFTER INSERT ON tasks BEGIN INSERT INTO log (line) VALUES ('new ' || NEW.title); END;
         CREATE TRIGGER through INSTEAD OF INSERT ON open_tasks BEGIN INSERT INTO tasks (title) VALUES (NEW.title); END;
         CREATE TRIGGER chained AFTER INSERT ON log WHEN NEW.line = 'x' BEGIN UPDATE tasks SET status = 'done'; END;",
        "",
    );
    project.apply(&database).await.unwrap_or_else(|error| panic!("{}", show(&error)));
    assert!(project.drift(&database).await.is_empty(), "what is made by hand is no drift");
    let objects =
        "SELECT type, name FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite%' ORDER BY 1, 2";
    let before = project.query(&database, objects).await;
    project.migrate(&database, &model(&after())).await;
    assert_eq!(project.query(&database, objects).await, before);
    project
        .execute(&database, "INSERT INTO open_tasks (title) VALUES ('d'); INSERT INTO log (line) VALUES ('x')")
        .await;
    let rows = "SELECT id, title, status FROM tasks ORDER BY id";
    // Number 3 was given once and is not given again.
    assert_eq!(project.query(&database, rows).await, ["1|a|done", "2|b|done", "4|d|done"]);
    assert_eq!(project.query(&database, "SELECT line FROM log ORDER BY id").await, ["new d", "x"]);
}

#[tokio::test]
async fn a_view_that_would_break_stops_the_migration() {
    let (project, database) = prepared().await;
    project.write("by_hand", "CREATE VIEW titles AS SELECT title FROM tasks;", "DROP VIEW titles;");
    project.apply(&database).await.unwrap_or_else(|error| panic!("{}", show(&error)));
    project.diff(&model(&BEFORE.replace("title: String!", "name: String @length(max: 9)")), true).unwrap();
    let error = project.apply(&database).await.unwrap_err();
    assert_eq!(error.code(), "migrate-dependent", "{}", show(&error));
    assert!(error.to_string().contains("`titles`"), "{error}");
    assert_eq!(project.query(&database, "SELECT title FROM titles").await, ["a", "b"]);
}

#[tokio::test]
async fn columns_nobody_knows_are_not_lost() {
    let (project, database) = prepared().await;
    project.write("by_hand", "ALTER TABLE tasks ADD COLUMN secret TEXT;", "");
    project.apply(&database).await.unwrap_or_else(|error| panic!("{}", show(&error)));
    project.diff(&model(&after()), true).unwrap();
    let error = project.apply(&database).await.unwrap_err();
    assert_eq!(error.code(), "migrate-unknown-columns", "{}", show(&error));
    assert_eq!(project.query(&database, "SELECT count(secret), count(*) FROM tasks").await, ["0|2"]);
}

#[tokio::test]
async fn rows_that_would_point_at_nothing_stop_the_migration() {
    let project = Project::create(Dialect::Sqlite);
    let database = project.open().await;
    let parents = "type parents @table { id: Int! @id }\n";
    let children = "type children @table { id: Int! @id  parent_id: Int! ";
    project.migrate(&database, &model(&format!("{parents}{children}}}"))).await;
    project.execute(&database, "INSERT INTO children (id, parent_id) VALUES (1, 9)").await;
    let related = format!("{parents}{children} parent: parents! @relation(fields: [parent_id]) }}");
    project.diff(&model(&related), false).unwrap();
    let error = project.apply(&database).await.unwrap_err();
    assert_eq!(error.code(), "migrate-foreign-keys", "{}", show(&error));
    assert_eq!(error.reasons(), ["`children`: 1 rows point at nothing"]);
    project.execute(&database, "INSERT INTO parents (id) VALUES (9)").await;
    project.apply(&database).await.unwrap_or_else(|error| panic!("{}", show(&error)));
    // Foreign keys are on again.
    let violated = match &database {
        purlin_db::Database::Sqlite(engine) => engine
            .write_exclusive(|connection| {
                Ok(connection.execute_batch("INSERT INTO children (id, parent_id) VALUES (2, 8)").is_err())
            })
            .await
            .unwrap(),
        purlin_db::Database::Postgres(_) => unreachable!(),
    };
    assert!(violated);
}

#[tokio::test]
async fn hand_written_scripts_run_with_foreign_keys() {
    let project = Project::create(Dialect::Sqlite);
    let database = project.open().await;
    let models = "type parents @table { id: Int! @id }
        type children @table { id: Int! @id  parent_id: Int!  parent: parents! @relation(fields: [parent_id], on_delete: cascade) }";
    project.migrate(&database, &model(models)).await;
    project.execute(&database, "INSERT INTO parents VALUES (1), (2); INSERT INTO children VALUES (1, 1), (2, 2)").await;
    project.write("clean", "DELETE FROM parents WHERE id = 1;", "");
    project.apply(&database).await.unwrap_or_else(|error| panic!("{}", show(&error)));
    assert_eq!(project.query(&database, "SELECT id FROM children").await, ["2"]);
    project.write("wrong", "INSERT INTO children VALUES (3, 9);", "");
    let error = project.apply(&database).await.unwrap_err();
    assert_eq!(error.code(), "migrate-statement", "{}", show(&error));
    assert_eq!(project.query(&database, "SELECT id FROM children").await, ["2"]);
}

#[tokio::test]
async fn values_take_the_form_of_their_new_type() {
    let numeric = |precision: u8, scale: u8| format!("numeric @column(precision: {precision}, scale: {scale})");
    for (from, to, value, expected) in [
        (numeric(8, 2), numeric(9, 3), "-125", "-1250"),
        (numeric(9, 3), numeric(8, 2), "-1255", "-126"),
        (numeric(9, 3), numeric(8, 2), "1254", "125"),
        (numeric(8, 2), numeric(30, 4), "-5", "-0.0500"),
        (numeric(8, 2), numeric(30, 1), "126", "1.3"),
        (numeric(8, 2), "numeric".to_owned(), "150", "1.50"),
        ("numeric".to_owned(), numeric(8, 2), "'-12.5'", "-1250"),
        ("numeric".to_owned(), numeric(30, 2), "'-12.5'", "-12.50"),
        (numeric(8, 2), "Int".to_owned(), "150", "2"),
        ("Int".to_owned(), numeric(8, 2), "7", "700"),
        ("Int".to_owned(), numeric(20, 2), "7", "7.00"),
        ("String".to_owned(), numeric(8, 2), "'3.25'", "325"),
        ("String".to_owned(), "Int".to_owned(), "'42'", "42"),
        ("String".to_owned(), "Boolean".to_owned(), "'true'", "1"),
        ("Boolean".to_owned(), "String".to_owned(), "0", "false"),
        ("timestamptz".to_owned(), "date".to_owned(), "'2024-02-29T23:59:59.999999Z'", "2024-02-29"),
        ("date".to_owned(), "timestamptz".to_owned(), "'2024-02-29'", "2024-02-29T00:00:00.000000Z"),
        ("float8".to_owned(), numeric(8, 2), "1.255", "125"),
    ] {
        let project = Project::create(Dialect::Sqlite);
        let database = project.open().await;
        let of = |kind: &str| model(&format!("type things @table {{ id: Int! @id  v: {kind} }}"));
        project.migrate(&database, &of(&from)).await;
        project.execute(&database, &format!("INSERT INTO things (id, v) VALUES (1, {value}), (2, NULL)")).await;
        project.migrate(&database, &of(&to)).await;
        let found = project.query(&database, "SELECT v FROM things ORDER BY id").await;
        assert_eq!(found, [expected, "NULL"], "{value} from {from} to {to}");
    }
}

#[tokio::test]
async fn values_that_have_no_new_form_stop_the_migration() {
    let of = |kind: &str| model(&format!("type things @table {{ id: Int! @id  v: {kind} }}"));
    for dialect in [Dialect::Sqlite, Dialect::Postgres] {
        for to in ["Int", "numeric @column(precision: 8, scale: 2)", "uuid", "date", "Boolean", "jsonb"] {
            let project = Project::create(dialect);
            let database = project.open().await;
            project.migrate(&database, &of("String")).await;
            project.execute(&database, "INSERT INTO things (id, v) VALUES (1, 'abc')").await;
            project.diff(&of(to), true).unwrap();
            let error = project.apply(&database).await.err().unwrap_or_else(|| panic!("{to} on {dialect:?}"));
            assert_eq!(error.code(), "migrate-statement", "{}", show(&error));
            assert_eq!(project.query(&database, "SELECT v FROM things").await, ["abc"]);
            assert_eq!(migrate::pending(&database, &project.migrations()).await.unwrap().len(), 1);
        }
    }
}
