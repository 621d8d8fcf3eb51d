//! The projects of this repository compile without mistakes and without warnings.

use std::fs;
use std::path::{Path, PathBuf};

use purlin_model::{Catalog, Settings, Source, compile};

/// The files of a model folder.
pub fn sources(folder: &Path) -> Vec<Source> {
    let is_model = |path: &Path| path.extension().is_some_and(|extension| extension == "graphql");
    let read = |path: &PathBuf| Source {
        path: format!("schema/{}", path.file_name().expect("a file").to_string_lossy()),
        text: fs::read_to_string(path).expect("a readable file"),
    };
    purlin_testkit::cases(folder, is_model).iter().map(read).collect()
}

fn project(folder: &str) -> Catalog {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(folder);
    let compiled = compile(&sources(&folder), &Settings::default())
        .unwrap_or_else(|diagnostics| panic!("{} has mistakes:\n{}", folder.display(), diagnostics.render(false)));
    assert!(compiled.warnings.is_empty(), "{}", compiled.warnings.render(false));
    compiled.catalog
}

#[test]
fn the_front_page_project_compiles() {
    let catalog = project("schema");
    let names: Vec<&str> = catalog.tables.iter().map(|table| &*table.name).collect();
    let expected = [
        "comments",
        "labels",
        "members",
        "organisations",
        "people",
        "projects",
        "task_labels",
        "tasks",
        "time_entries",
    ];
    assert_eq!(names, expected);
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
