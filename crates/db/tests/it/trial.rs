//! SQL of a model that a database refuses, in files: a folder `tests/trial/<case>` has `model.graphql`, perhaps
//! `tables.graphql` (the model whose tables are there, if it is another one), perhaps `<database>.sql` (what happened to
//! them since), and `refused.txt`.

use std::fmt::Write;
use std::fs;
use std::path::Path;

use purlin_db::{Database, Options, migrate, trial};
use purlin_model::{Compiled, DatabaseKind, Settings, Source};
use purlin_plan::plan::Dialect;
use purlin_testkit::{Expectations, PostgresDatabase, TemporaryFolder, cases};

#[tokio::test]
async fn databases_refuse_as_expected() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/trial");
    let mut expectations = Expectations::new();
    for case in cases(&folder, |path| path.is_dir()) {
        let model = compiled(&case.join("model.graphql"));
        let path = Some(case.join("tables.graphql")).filter(|path| path.exists());
        let tables = path.map(|path| compiled(&path));
        let tables = tables.as_ref().unwrap_or(&model);
        let mut told = String::new();
        tell(&mut told, "SQLite, tables in memory", &model, &trial::in_memory(&model.catalog).expect("tables"));

        let sqlite = TemporaryFolder::create();
        let path = sqlite.path().join("data.db");
        let connection = rusqlite::Connection::open(&path).expect("a database");
        connection.execute_batch(&creation(tables, Dialect::Sqlite, &case)).expect("tables");
        drop(connection);
        tell(&mut told, "SQLite", &model, &refusals(&format!("sqlite:{}", path.display()), &model).await);

        let postgres = PostgresDatabase::create();
        postgres.execute(&creation(tables, Dialect::Postgres, &case));
        tell(&mut told, "PostgreSQL", &model, &refusals(&postgres.url(), &model).await);
        expectations.check(&case.join("refused.txt"), &told);
    }
    expectations.finish();
}

fn compiled(path: &Path) -> Compiled {
    let source = Source { path: "model.graphql".to_owned(), text: fs::read_to_string(path).expect("a model") };
    let settings = Settings { databases: vec![DatabaseKind::Sqlite, DatabaseKind::Postgres], ..Settings::default() };
    let compiled = purlin_model::compile(&[source], &settings);
    compiled.unwrap_or_else(|mistakes| panic!("{}: {}", path.display(), mistakes.render(false)))
}

fn creation(tables: &Compiled, dialect: Dialect, case: &Path) -> String {
    let name = if dialect == Dialect::Sqlite { "sqlite.sql" } else { "postgres.sql" };
    let since = fs::read_to_string(case.join(name)).unwrap_or_default();
    format!("{}\n{since}", migrate::creation(&tables.catalog, dialect))
}

async fn refusals(url: &str, model: &Compiled) -> Vec<trial::Refusal> {
    let database = Database::connect(url, Options { connections: 1, ..Options::default() }).await.expect("a database");
    trial::on_database(&database, &model.catalog).await.expect("answers")
}

fn tell(told: &mut String, database: &str, model: &Compiled, refusals: &[trial::Refusal]) {
    let text = model.refused(refusals).render(false);
    let _ = writeln!(told, "# {database}\n\n{}", if refusals.is_empty() { "nothing is refused\n" } else { &text });
}
