//! Seeds: once, whole, and mistakes with file and row.

use purlin_db::data::{DataError, seed};

use purlin_plan::plan::Dialect;

use crate::migrate::project::{DIALECTS, Project, model, model_of_folder, repository};

#[tokio::test]
async fn the_seeds_of_every_example_are_loaded_once() {
    for folder in [repository().to_owned(), repository().join("examples/shop")] {
        let catalog = model_of_folder(&folder);
        for dialect in DIALECTS {
            let project = Project::create(dialect);
            let database = project.open().await;
            project.migrate(&database, &catalog).await;
            let loaded = seed::load(&database, &catalog, &folder.join("schema/seeds")).await;
            let loaded = loaded.unwrap_or_else(|error| panic!("{}", show(&error)));
            assert!(!loaded.is_empty() && loaded.iter().all(|file| file.added > Some(0)), "{loaded:?}");
            let again = seed::load(&database, &catalog, &folder.join("schema/seeds")).await;
            assert_eq!(again.unwrap_or_else(|error| panic!("{}", show(&error))), []);
        }
    }
}

const NOTES: &str = r#"
enum mood { good bad }
type notes @table {
  id: Int! @id @default(autoincrement: true)
  text: String! @length(max: 5)
  mood: mood! @default(value: good)
  price: numeric @column(precision: 8, scale: 2)
  tags: [String!]
  code: String @pattern(regex: "^[a-z]+$") @unique
  document: jsonb
  data: bytea
  at: timestamptz! @default(now: true)
}
"#;

#[tokio::test]
async fn every_kind_of_value_is_seeded_and_keys_go_on_behind() {
    for dialect in DIALECTS {
        let project = Project::create(dialect);
        let database = project.open().await;
        let catalog = model(NOTES);
        project.migrate(&database, &catalog).await;
        project.seed(
            "1.json",
            r#"{"notes": [{"id": 7, "text": "été", "price": 1.005, "tags": ["a", "b,"], "document": {"b": 1, "a": [true]},
                           "data": "\\x00ff", "at": "2024-01-01T00:00:00+01:00", "code": null}]}"#,
        );
        let loaded = seed::load(&database, &catalog, &project.seeds()).await;
        assert_eq!(loaded.unwrap_or_else(|error| panic!("{}", show(&error)))[0].added, Some(1));
        project.execute(&database, "INSERT INTO notes (text) VALUES ('next')").await;
        assert_eq!(
            project.query(&database, "SELECT id, text, mood FROM notes ORDER BY id").await,
            ["7|été|good", "8|next|good"]
        );
        // Changed files are loaded again; rows that exist are left alone.
        project.seed("1.json", r#"{"notes": [{"id": 7, "text": "other"}, {"id": 9, "text": "new"}]}"#);
        let loaded = seed::load(&database, &catalog, &project.seeds()).await;
        assert_eq!(loaded.unwrap_or_else(|error| panic!("{}", show(&error)))[0].added, Some(1));
        assert_eq!(project.query(&database, "SELECT text FROM notes ORDER BY id").await, ["été", "next", "new"]);
    }
}

fn show(error: &DataError) -> String {
    format!("{}: {error} {:?}\n{}", error.code(), error.place(), error.reasons().join("\n"))
}

#[tokio::test]
async fn every_mistake_has_file_line_and_column_and_nothing_of_the_file_is_loaded() {
    let cases = [
        (
            "bad.json",
            "{\"notes\": [{\"text\": \"ok\"},\n {\"text\": 1.5, \"id\": \"x\"},\n {\"text\": \"ok\", \"mood\": \"sad\"}]}",
            &[
                "bad.json:2:11: row of `notes`: column `text` (String): expected a string for type 'String', but found a number",
                "bad.json:2:22: row of `notes`: column `id` (Int): invalid input syntax for type integer: \"x\"",
                "bad.json:3:25: row of `notes`: column `mood` (mood): `sad` is no value of `mood`",
            ][..],
        ),
        (
            "bad.json",
            r#"{"notes": [{"mood": "bad"}]}"#,
            &["bad.json:1:12: row of `notes`: column `text` is missing and must have a value"],
        ),
        (
            "bad.json",
            r#"{"notes": [{"text": "ok", "x": 1}], "other": []}"#,
            &[
                "bad.json:1:32: row of `notes`: there is no column `x` in `notes`",
                "bad.json:1:46: there is no type `other` in the model",
            ],
        ),
        (
            "bad.json",
            r#"{"notes": [{"text": "ok", "code": "A"}, {"text": "too long"}]}"#,
            &[
                "bad.json:1:35: row of `notes`: column `code` (String): `A` does not match `^[a-z]+$`",
                "bad.json:1:50: row of `notes`: column `text` (String): it has 8 characters, and at most 5 are allowed",
            ],
        ),
        (
            "bad.json",
            "[",
            &[
                "bad.json:1:1: expected an object of lists of rows by type: invalid type: sequence, expected an object of column values",
            ],
        ),
        // What only the database knows, with the row it is about.
        (
            "bad.json",
            "{\"notes\": [\n{\"id\": 1, \"text\": \"a\", \"code\": \"x\"},\n{\"id\": 2, \"text\": \"b\", \"code\": \"x\"}]}",
            &["bad.json:3:1: row of `notes`: another row has the same values of `notes_code_key`"],
        ),
        (
            "notes.csv",
            "text,price\nok,1\nok,x\n\"toolong\",\n",
            &[
                "notes.csv:3:4: column `price` (numeric): invalid input syntax for type numeric: \"x\"",
                "notes.csv:4:1: column `text` (String): it has 7 characters, and at most 5 are allowed",
            ],
        ),
        (
            "bad.sql",
            "INSERT INTO notes (text) VALUES ('a');\n\nCOMMIT;",
            &["bad.sql:3:1: a seed is one transaction already, but here is `COMMIT`"],
        ),
    ];
    for dialect in DIALECTS {
        let project = Project::create(dialect);
        let database = project.open().await;
        let catalog = model(NOTES);
        project.migrate(&database, &catalog).await;
        for (file, text, expected) in &cases {
            project.seed(file, text);
            let error = seed::load(&database, &catalog, &project.seeds()).await.unwrap_err();
            let folder = format!("{}/", project.seeds().display());
            let reasons: Vec<String> = error.reasons().iter().map(|reason| reason.replace(&folder, "")).collect();
            assert_eq!(reasons, *expected, "{} on {dialect:?}", show(&error));
            assert_eq!(project.query(&database, "SELECT count(*) FROM notes").await, ["0"]);
            std::fs::remove_file(project.seeds().join(file)).unwrap();
        }
    }
}

#[tokio::test]
async fn csv_and_sql_are_seeded_too() {
    for dialect in DIALECTS {
        let project = Project::create(dialect);
        let database = project.open().await;
        let catalog = model(NOTES);
        project.migrate(&database, &catalog).await;
        project.seed("1_notes.csv", "id,text,code\n5,\"a,b\",\n6,c,x\n");
        project.seed("2.sql", "INSERT INTO notes (text) VALUES ('a; b');\nINSERT INTO notes (text) VALUES ('two')");
        project.seed("3.sqlite.sql", "UPDATE notes SET text = 'lite' WHERE id = 6");
        project.seed("3.postgres.sql", "UPDATE notes SET text = 'post' WHERE id = 6");
        let loaded = seed::load(&database, &catalog, &project.seeds()).await;
        let loaded = loaded.unwrap_or_else(|error| panic!("{}", show(&error)));
        let names: Vec<_> = loaded.iter().map(|one| (one.file.as_str(), one.added)).collect();
        assert_eq!(names, [("1_notes.csv", Some(2)), ("2.sql", None), ("3.sql", None)]);
        let third = if dialect == Dialect::Sqlite { "6|lite|x" } else { "6|post|x" };
        let rows = project.query(&database, "SELECT id, text, code FROM notes ORDER BY id").await;
        assert_eq!(rows, ["5|a,b|NULL", third, "7|a; b|NULL", "8|two|NULL"]);
        assert_eq!(seed::load(&database, &catalog, &project.seeds()).await.unwrap(), []);
        project.seed("2.sql", "INSERT INTO notes (text) VALUES ('three')");
        let error = seed::load(&database, &catalog, &project.seeds()).await.unwrap_err();
        assert_eq!((error.code(), error.place().as_deref()), ("seed-changed", Some("2.sql")));
    }
}
