//! The projects of this repository compile without mistakes and without warnings, and are what they print.

use std::path::Path;

use purlin_model::{Catalog, DatabaseKind, PrintOptions, Settings, Source, compile, print};
use purlin_testkit::Expectations;

use crate::files::{assert_prints_itself, sources};

fn project(folder: &str) -> Catalog {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(folder);
    let compiled = compile(&sources(&folder), &Settings::default())
        .unwrap_or_else(|diagnostics| panic!("{} has mistakes:\n{}", folder.display(), diagnostics.render(false)));
    assert!(compiled.warnings.is_empty(), "{}", compiled.warnings.render(false));
    compiled.catalog
}

#[test]
fn the_projects_print_as_models_that_are_equal() {
    let mut expectations = Expectations::new();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/printed");
    for (name, path) in [("front_page", "schema"), ("shop", "examples/shop/schema")] {
        let catalog = project(path);
        let printed = print(&catalog, PrintOptions { permissions: true });
        expectations.check(&folder.join(format!("{name}.graphql")), &printed);
        assert_prints_itself(&catalog, &Settings::default());
        // For one database alone, the same names come out.
        for databases in [vec![DatabaseKind::Sqlite], vec![DatabaseKind::Postgres]] {
            let settings = Settings { databases, ..Settings::default() };
            let source = Source { path: "printed.graphql".to_owned(), text: printed.clone() };
            let again = compile(&[source], &settings).expect("a model");
            assert_eq!(again.catalog, catalog);
        }
    }
    expectations.finish();
}

#[test]
fn constraints_have_the_names_postgresql_would_choose() {
    let catalog = project("schema");
    let tasks = catalog.table(catalog.table_by_name("tasks").expect("tasks"));
    let keys: Vec<&str> = tasks.foreign_keys.iter().map(|key| &*key.name).collect();
    assert_eq!(keys, ["tasks_project_id_fkey", "tasks_parent_id_fkey", "tasks_assignee_id_fkey"]);
    let indexes: Vec<&str> = tasks.indexes.iter().map(|index| &*index.name).collect();
    assert_eq!(indexes, ["tasks_project_id_status_idx", "tasks_parent_id_idx", "tasks_assignee_id_idx"]);
    let checks: Vec<&str> = tasks.checks.iter().map(|check| &*check.name).collect();
    let expected =
        ["tasks_title_length_check", "tasks_status_check", "tasks_priority_range_check", "tasks_estimate_range_check"];
    assert_eq!(checks, expected);
}
