//! The projects of this repository: their committed migrations are those of their models.

use std::path::Path;

use purlin_db::migrate;
use purlin_model::{Settings, Source};
use purlin_plan::plan::Dialect;

fn sources(project: &Path) -> Vec<Source> {
    purlin_testkit::cases(&project.join("schema"), |path| path.extension().is_some_and(|end| end == "graphql"))
        .into_iter()
        .map(|path| Source { text: std::fs::read_to_string(&path).unwrap(), path: path.display().to_string() })
        .collect()
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
