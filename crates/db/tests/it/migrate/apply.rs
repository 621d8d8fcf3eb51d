//! Applying: once, whole, recorded; and taking back.

use purlin_db::migrate::{self, State};

use purlin_plan::plan::Dialect;

use super::project::{DIALECTS, Project, model, model_of_folder, repository, show};

#[tokio::test]
async fn every_example_is_made_from_nothing_and_taken_back() {
    for folder in [repository().to_owned(), repository().join("examples/shop")] {
        let catalog = model_of_folder(&folder);
        for dialect in DIALECTS {
            let project = Project::create(dialect);
            let database = project.open().await;
            assert_eq!(project.migrate(&database, &catalog).await.len(), 1, "{}", folder.display());
            assert!(migrate::pending(&database, &project.migrations()).await.unwrap().is_empty());
            assert!(project.apply(&database).await.unwrap().is_empty());
            assert_eq!(project.drift(&database).await, [""; 0], "{}", folder.display());
            let again = migrate::plan_diff(&project.migrations(), &catalog, &DIALECTS).unwrap();
            assert!(again.is_empty() && !again.model_changed, "{again:#?}");
            let undone = migrate::down(&database, &project.migrations()).await;
            undone.unwrap_or_else(|error| panic!("{}", show(&error)));
            let states = migrate::status(&database, &project.migrations()).await.unwrap();
            assert_eq!(states.iter().map(|status| status.state).collect::<Vec<_>>(), [State::Pending]);
        }
    }
}

#[tokio::test]
async fn a_failing_migration_leaves_the_database_as_it_was() {
    for dialect in DIALECTS {
        let project = Project::create(dialect);
        let database = project.open().await;
        project.migrate(&database, &model("type notes @table { id: Int! @id }")).await;
        project.write(
            "bad",
            "CREATE TABLE half (a integer);\nINSERT INTO notes (id) VALUES (1);\n\nSELECT\n  nothing FROM notes;",
            "",
        );
        let error = project.apply(&database).await.unwrap_err();
        assert_eq!(error.code(), "migrate-statement", "{}", show(&error));
        let place = error.place().unwrap();
        assert!(place.ends_with("_bad.up.sql:5"), "{place}");
        assert_eq!(project.query(&database, "SELECT count(*) FROM notes").await, ["0"]);
        assert_eq!(project.query(&database, &tables(dialect, "half")).await, ["0"]);
        assert_eq!(migrate::pending(&database, &project.migrations()).await.unwrap().len(), 1);
    }
}

fn tables(dialect: Dialect, name: &str) -> String {
    match dialect {
        Dialect::Sqlite => format!("SELECT count(*) FROM sqlite_schema WHERE name = '{name}'"),
        Dialect::Postgres => format!("SELECT count(*) FROM pg_class WHERE relname = '{name}'"),
    }
}

#[tokio::test]
async fn a_script_that_ends_its_transaction_is_refused_before_anything_runs() {
    for dialect in DIALECTS {
        let project = Project::create(dialect);
        let database = project.open().await;
        project.write("sly", "CREATE TABLE half (a integer);\ncommit;", "");
        let error = project.apply(&database).await.unwrap_err();
        assert_eq!(error.code(), "migrate-transaction", "{}", show(&error));
        assert_eq!(project.query(&database, &tables(dialect, "half")).await, ["0"]);
    }
}

#[tokio::test]
async fn a_changed_or_missing_file_is_seen() {
    for dialect in DIALECTS {
        let project = Project::create(dialect);
        let database = project.open().await;
        project.migrate(&database, &model("type notes @table { id: Int! @id }")).await;
        let folder = project.migrations().join(migrate::folder::folder_name(dialect));
        let file = purlin_testkit::cases(&folder, |path| path.to_string_lossy().ends_with(".up.sql")).remove(0);
        let text = std::fs::read_to_string(&file).unwrap();
        std::fs::write(&file, text.replace('\n', "\r\n")).unwrap();
        assert!(migrate::pending(&database, &project.migrations()).await.unwrap().is_empty(), "line ends do not count");
        std::fs::write(&file, format!("{text} ")).unwrap();
        let error = project.apply(&database).await.unwrap_err();
        assert_eq!(error.code(), "migrate-changed", "{}", show(&error));
        std::fs::remove_file(&file).unwrap();
        let error = project.apply(&database).await.unwrap_err();
        assert_eq!(error.code(), "migrate-missing", "{}", show(&error));
        let states = migrate::status(&database, &project.migrations()).await.unwrap();
        assert_eq!(states[0].state, State::Missing);
    }
}

#[tokio::test]
async fn of_many_that_apply_at_once_one_does() {
    for dialect in DIALECTS {
        let project = Project::create(dialect);
        let databases = [project.open().await, project.open().await, project.open().await];
        project.diff(&model("type notes @table { id: Int! @id @default(autoincrement: true) }"), false).unwrap();
        project.write("count", "INSERT INTO notes DEFAULT VALUES;", "");
        project.write("again", "INSERT INTO notes DEFAULT VALUES;", "");
        let all =
            tokio::join!(project.apply(&databases[0]), project.apply(&databases[1]), project.apply(&databases[2]));
        let mut applied: Vec<String> = Vec::new();
        for one in [all.0, all.1, all.2] {
            applied.extend(one.unwrap_or_else(|error| panic!("{}", show(&error))));
        }
        assert_eq!(applied.len(), 3, "{applied:?}");
        assert_eq!(project.query(&databases[0], "SELECT count(*) FROM notes").await, ["2"]);
    }
}

#[tokio::test]
async fn a_second_database_is_made_from_nothing() {
    let project = Project::create(Dialect::Postgres);
    let catalog = model("type notes @table { id: Int! @id }");
    let now = jiff::Timestamp::from_second(1_600_000_000).unwrap();
    let plan = migrate::plan_diff(&project.migrations(), &catalog, &[Dialect::Sqlite]).unwrap();
    migrate::write_diff(&project.migrations(), &plan, Some("first"), now, false).unwrap();
    // Now it is for PostgreSQL too, and has another table.
    let catalog = model("type notes @table { id: Int! @id }\ntype more @table { id: Int! @id }");
    let database = project.open().await;
    assert_eq!(project.migrate(&database, &catalog).await.len(), 1);
    assert!(project.drift(&database).await.is_empty());
    let folder = project.migrations().join("sqlite");
    let scripts = purlin_testkit::cases(&folder, |path| path.to_string_lossy().ends_with(".up.sql"));
    assert_eq!(scripts.len(), 2);
    assert!(!std::fs::read_to_string(&scripts[1]).unwrap().contains("notes"));
}

#[tokio::test]
async fn hand_written_sql_may_lead_to_the_model() {
    let before = "type notes @table { id: Int! @id }";
    let after = format!("{before}\ntype log @table {{ id: Int! @id }}");
    for dialect in DIALECTS {
        let project = Project::create(dialect);
        let database = project.open().await;
        project.migrate(&database, &model(before)).await;
        let now = jiff::Timestamp::from_second(1_800_000_000).unwrap();
        // What the differ would write, only by hand.
        let plan = migrate::plan_diff(&project.migrations(), &model(&after), &DIALECTS).unwrap();
        let files = migrate::write_new(&project.migrations(), "log", &DIALECTS, Some(&model(&after)), now).unwrap();
        for (of, text) in &plan.texts {
            let folder = project.migrations().join(migrate::folder::folder_name(*of));
            let up = files.iter().find(|file| file.starts_with(&folder) && file.to_string_lossy().ends_with(".up.sql"));
            std::fs::write(up.unwrap(), &text.up).unwrap();
        }
        assert_eq!(project.apply(&database).await.unwrap_or_else(|error| panic!("{}", show(&error))).len(), 1);
        assert!(project.drift(&database).await.is_empty());
        let again = migrate::plan_diff(&project.migrations(), &model(&after), &DIALECTS).unwrap();
        assert!(again.is_empty() && !again.model_changed);
    }
}

#[tokio::test]
async fn a_shorter_type_cuts_nothing() {
    let project = Project::create(Dialect::Postgres);
    let database = project.open().await;
    let of = |length: u32| {
        model(&format!("type notes @table {{ id: Int! @id  text: String @column(postgres: \"varchar({length})\") }}"))
    };
    project.migrate(&database, &of(9)).await;
    project.execute(&database, "INSERT INTO notes (id, text) VALUES (1, 'too long')").await;
    project.diff(&of(3), true).unwrap();
    let error = project.apply(&database).await.unwrap_err();
    assert!(error.reasons()[0].contains("too long for type"), "{}", show(&error));
    assert_eq!(project.query(&database, "SELECT text FROM notes").await, ["too long"]);
}

#[test]
fn the_committed_migrations_lead_to_the_models() {
    for folder in [repository().to_owned(), repository().join("examples/shop")] {
        let plan = migrate::plan_diff(&folder.join("migrations"), &model_of_folder(&folder), &DIALECTS);
        let plan = plan.unwrap_or_else(|error| panic!("{}", show(&error)));
        assert!(plan.is_empty() && !plan.model_changed, "run `purlin migrate diff --project {}`", folder.display());
    }
}
