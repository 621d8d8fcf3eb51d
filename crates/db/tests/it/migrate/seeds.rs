//! Seeds: once, whole, and mistakes with file and row.

use purlin_db::seed;

use super::project::{DIALECTS, Project, model, model_of_folder, repository, show};

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
            assert!(!loaded.is_empty() && loaded.iter().all(|file| file.added > 0), "{loaded:?}");
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
  code: String @pattern(regex: "^[a-z]+$")
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
        assert_eq!(loaded.unwrap_or_else(|error| panic!("{}", show(&error)))[0].added, 1);
        project.execute(&database, "INSERT INTO notes (text) VALUES ('next')").await;
        assert_eq!(
            project.query(&database, "SELECT id, text, mood FROM notes ORDER BY id").await,
            ["7|été|good", "8|next|good"]
        );
        // Changed files are loaded again; rows that exist are left alone.
        project.seed("1.json", r#"{"notes": [{"id": 7, "text": "other"}, {"id": 9, "text": "new"}]}"#);
        let loaded = seed::load(&database, &catalog, &project.seeds()).await;
        assert_eq!(loaded.unwrap_or_else(|error| panic!("{}", show(&error)))[0].added, 1);
        assert_eq!(project.query(&database, "SELECT text FROM notes ORDER BY id").await, ["été", "next", "new"]);
    }
}

#[tokio::test]
async fn a_mistake_names_file_and_row_and_nothing_of_the_file_is_loaded() {
    let good = r#"{"text": "ok"}"#;
    let cases = [
        (format!(r#"{{"notes": [{good}, {{"text": 1.5, "id": "x"}}]}}"#), "`notes` row 2", "column `text`"),
        (
            format!(r#"{{"notes": [{good}, {{"text": "ok", "mood": "sad"}}]}}"#),
            "`notes` row 2",
            "`sad` is no value of `mood`",
        ),
        (format!(r#"{{"notes": [{good}, {{"text": "ok", "code": "A"}}]}}"#), "`notes` row 2", "does not match"),
        (
            format!(r#"{{"notes": [{good}, {{"text": "too long"}}]}}"#),
            "`notes` row 2",
            "the check `notes_text_length_check`",
        ),
        (format!(r#"{{"notes": [{good}, {{"mood": "bad"}}]}}"#), "`notes` row 2", "column `text` must have a value"),
        (format!(r#"{{"notes": [{good}, {{"nothing": 1}}]}}"#), "`notes` row 2", "there is no column `nothing`"),
        (format!(r#"{{"notes": [{good}], "other": []}}"#), "bad.json", "there is no type `other`"),
        ("[".to_owned(), "bad.json", "expected an object"),
    ];
    for dialect in DIALECTS {
        let project = Project::create(dialect);
        let database = project.open().await;
        let catalog = model(NOTES);
        project.migrate(&database, &catalog).await;
        for (text, row, reason) in &cases {
            project.seed("bad.json", text);
            let error = seed::load(&database, &catalog, &project.seeds()).await.unwrap_err();
            let place = error.place().unwrap();
            assert!(place.contains("bad.json") && place.contains(row), "{place} for {text}");
            assert!(error.to_string().contains(reason), "{error} for {text}");
            assert_eq!(project.query(&database, "SELECT count(*) FROM notes").await, ["0"]);
        }
    }
}
