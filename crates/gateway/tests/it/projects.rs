//! The projects of this repository: their committed migrations are those of their models, and make just their tables.

use std::path::Path;

use purlin_db::migrate::{self, ApplyOptions};
use purlin_db::{Database, Options};
use purlin_model::{Settings, Source};
use purlin_plan::plan::Dialect;
use purlin_testkit::{PostgresDatabase, TemporaryFolder};

fn sources(project: &Path) -> Vec<Source> {
    purlin_testkit::cases(&project.join("schema"), |path| path.extension().is_some_and(|end| end == "graphql"))
        .into_iter()
        .map(|path| Source { text: std::fs::read_to_string(&path).unwrap(), path: path.display().to_string() })
        .collect()
}

#[tokio::test]
async fn migrations_make_the_tables_of_the_models() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let folder = TemporaryFolder::create();
    for (number, project) in [root.clone(), root.join("examples/shop")].into_iter().enumerate() {
        let server = PostgresDatabase::create();
        let file = format!("sqlite:{}", folder.path().join(format!("{number}.db")).display());
        for url in [file, server.url()] {
            let database = Database::connect(&url, Options::default()).await.unwrap();
            let migrations = project.join("migrations");
            let applied = migrate::apply(&database, &migrations, ApplyOptions::default()).await.unwrap();
            assert!(!applied.is_empty());
            assert_eq!(migrate::drift(&database, &migrations).await.unwrap(), Some(Vec::new()), "{url}");
        }
    }
}

#[test]
fn nothing_is_advised_about_the_projects() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    for project in [root.clone(), root.join("examples/shop")] {
        let check = std::process::Command::new(env!("CARGO_BIN_EXE_purlin"))
            .args(["check", "--strict", "--project"])
            .arg(&project)
            .env_clear()
            .output()
            .expect("the binary");
        assert!(check.status.success(), "{}", String::from_utf8_lossy(&check.stderr));
    }
}

#[test]
fn migrations_are_those_of_the_models() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    for project in [root.clone(), root.join("examples/shop")] {
        let catalog = match purlin_model::compile(&sources(&project), &Settings::default()) {
            Ok(compiled) => compiled.catalog,
            Err(diagnostics) => panic!("{}", diagnostics.render(false)),
        };
        let dialects = [Dialect::Sqlite, Dialect::Postgres];
        let plan = migrate::plan_diff(&project.join("migrations"), &catalog, &dialects).unwrap();
        assert!(plan.is_empty(), "{}: run `purlin migrate diff`", project.display());
    }
}
