//! Drift: what somebody did to the database beside the migrations; and databases that are adopted.

use purlin_db::migrate::{self, ApplyOptions};
use purlin_plan::plan::Dialect;

use super::project::{DIALECTS, Project, model, show};

const MODEL: &str = r#"
type notes @table @index(fields: [text]) {
  id: Int! @id
  text: String! @length(max: 9)
  stars: Int! @default(value: 3)
  parent_id: Int
  parent: notes @relation(fields: [parent_id])
}
"#;

#[tokio::test]
async fn drift_is_told_and_stops_the_next_migration() {
    for dialect in DIALECTS {
        let project = Project::create(dialect);
        let database = project.open().await;
        project.migrate(&database, &model(MODEL)).await;
        project
            .execute(
                &database,
                "DROP INDEX notes_text_idx; CREATE INDEX notes_text_idx ON notes (stars);
                 CREATE TABLE stray (id integer PRIMARY KEY); CREATE INDEX by_hand ON notes (id);",
            )
            .await;
        let expected = [
            "index `notes_text_idx` of `notes` is `btree (stars)`, expected `btree (text)`",
            "table `stray` is not in the model",
        ];
        assert_eq!(project.drift(&database).await, expected);
        project.diff(&model(&format!("{MODEL}\ntype more @table {{ id: Int! @id }}")), false).unwrap();
        let error = project.apply(&database).await.unwrap_err();
        assert_eq!(error.code(), "migrate-drift", "{}", show(&error));
        assert_eq!(error.reasons(), expected);
        let forced = migrate::apply(&database, &project.migrations(), ApplyOptions { allow_drift: true }).await;
        assert_eq!(forced.unwrap_or_else(|error| panic!("{}", show(&error))).len(), 1);
    }
}

#[tokio::test]
async fn every_kind_of_drift_is_seen_on_postgresql() {
    for (sql, expected) in [
        ("ALTER TABLE notes ALTER stars TYPE bigint", "column `notes.stars` has type `bigint`, expected `integer`"),
        ("ALTER TABLE notes ALTER stars SET DEFAULT 4", "column `notes.stars` has default `4`, expected `3`"),
        (
            "ALTER TABLE notes ALTER stars DROP NOT NULL",
            "column `notes.stars` has nullability `null`, expected `not null`",
        ),
        (
            "ALTER TABLE notes ALTER text TYPE text COLLATE \"default\"",
            "column `notes.text` has collation `none`, expected `C`",
        ),
        ("ALTER TABLE notes DROP COLUMN stars", "column `notes.stars` is not there"),
        ("ALTER TABLE notes ADD must int NOT NULL", "column `notes.must` is not in the model and must have a value"),
        (
            "ALTER TABLE notes DROP CONSTRAINT notes_text_length_check",
            "check `notes_text_length_check` of `notes` is not there",
        ),
        (
            "ALTER TABLE notes DROP CONSTRAINT notes_parent_id_fkey; ALTER TABLE notes ADD CONSTRAINT notes_parent_id_fkey FOREIGN KEY (parent_id) REFERENCES notes ON DELETE CASCADE",
            "foreign key `notes_parent_id_fkey` of `notes` is `(parent_id) to notes (id) on delete cascade on update no action`, expected `(parent_id) to notes (id) on delete no action on update no action`",
        ),
        ("DROP TABLE notes", "table `notes` is not there"),
    ] {
        let project = Project::create(Dialect::Postgres);
        let database = project.open().await;
        project.migrate(&database, &model(MODEL)).await;
        project.execute(&database, sql).await;
        assert_eq!(project.drift(&database).await, [expected], "{sql}");
    }
}

#[tokio::test]
async fn a_database_is_adopted_and_evolves() {
    for dialect in DIALECTS {
        let project = Project::create(dialect);
        let database = project.open().await;
        let maker = Project::create(dialect);
        maker.diff(&model(MODEL), false).unwrap();
        let catalog = model(MODEL);
        let now = jiff::Timestamp::from_second(1_600_000_000).unwrap();
        let empty = migrate::baseline(&database, &project.migrations(), &catalog, &[dialect], now).await.unwrap_err();
        assert_eq!((empty.code(), empty.reasons()), ("migrate-drift", vec!["table `notes` is not there".to_owned()]));
        assert!(!project.migrations().exists());
        let folder = maker.migrations().join(migrate::folder::folder_name(dialect));
        let script = purlin_testkit::cases(&folder, |path| path.to_string_lossy().ends_with(".up.sql")).remove(0);
        project.execute(&database, &std::fs::read_to_string(script).unwrap()).await;
        project.execute(&database, "INSERT INTO notes (id, text) VALUES (1, 'kept')").await;
        let adopted = migrate::baseline(&database, &project.migrations(), &catalog, &[dialect], now).await;
        adopted.unwrap_or_else(|error| panic!("{}", show(&error)));
        assert!(project.drift(&database).await.is_empty());
        let again = migrate::baseline(&database, &project.migrations(), &catalog, &[dialect], now).await;
        assert_eq!(again.unwrap_err().code(), "migrate-not-new");
        let down = migrate::down(&database, &project.migrations()).await;
        assert_eq!(down.unwrap_err().code(), "migrate-no-down");
        project.migrate(&database, &model(&MODEL.replace("max: 9", "max: 20"))).await;
        assert_eq!(project.query(&database, "SELECT id, text, stars FROM notes").await, ["1|kept|3"]);
    }
}
