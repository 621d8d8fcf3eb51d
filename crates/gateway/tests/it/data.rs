//! The binary moves data: an import is killed and goes on; a moved project answers as before.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use purlin_testkit::{PostgresDatabase, TemporaryFolder};
use serde_json::{Value as Json, json};

use crate::deployment::ask;
use crate::process::Running;

const ROWS: usize = 60_000;

fn purlin(arguments: &[&str], url: &str, folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_purlin"));
    command.args(arguments).args(["--database-url", url]).current_dir(folder).env_clear();
    command
}

fn authors(url: &str, folder: &Path) -> usize {
    let output = purlin(&["data", "export", "--table", "authors", "--out", "-"], url, folder).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    output.stdout.split_inclusive(|byte| *byte == b'\n').count()
}

/// Killed in the middle, the same command goes on behind the last batch: every row is there once, though nothing but
/// the note of the import could tell them apart.
fn an_import_is_killed_and_goes_on(url: &str) {
    let folder = TemporaryFolder::create();
    let quiet = |arguments: &[&str]| {
        let status = purlin(arguments, url, folder.path()).stdout(Stdio::null()).status().unwrap();
        assert!(status.success(), "{arguments:?}");
    };
    quiet(&["init", "."]);
    quiet(&["migrate", "diff"]);
    quiet(&["migrate", "apply"]);
    let text: String = (0..ROWS).map(|number| format!("name {number}\n")).collect();
    std::fs::write(folder.path().join("authors.csv"), format!("name\n{text}")).unwrap();
    let import = ["data", "import", "authors.csv", "--format", "json"];
    // So many commits that it is still under way when its first rows are seen.
    let mut killed =
        purlin(&[&import[..], &["--batch", "10"]].concat(), url, folder.path()).stdout(Stdio::null()).spawn().unwrap();
    while authors(url, folder.path()) == 0 {
        assert_eq!(killed.try_wait().unwrap(), None, "the import ended before a row was seen");
    }
    killed.kill().unwrap();
    assert_eq!(killed.wait().unwrap().code(), None, "the import ended before it was killed");
    let before = authors(url, folder.path());
    assert!(before.is_multiple_of(10) && before < ROWS, "{before}");

    let output = purlin(&import, url, folder.path()).output().unwrap();
    let result: Json = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(result["imported"][0]["resumed"], before, "{result}");
    assert_eq!(result["imported"][0]["written"], ROWS - before, "{result}");
    assert_eq!(authors(url, folder.path()), ROWS);
}

#[test]
fn an_import_into_sqlite_is_killed_and_goes_on() {
    an_import_is_killed_and_goes_on("sqlite:data.db");
}

#[test]
fn an_import_into_postgresql_is_killed_and_goes_on() {
    an_import_is_killed_and_goes_on(&PostgresDatabase::create().url());
}

/// The repository's own project: it has a view, a computed field and full-text search.
fn front_page() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Runs a command on the repository's project.
fn run(arguments: &[&str], folder: &Path) {
    let project = front_page().display().to_string();
    let output = Command::new(env!("CARGO_BIN_EXE_purlin"))
        .args(arguments)
        .args(["--project", &project])
        .current_dir(folder)
        .env_clear()
        .output()
        .unwrap();
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
}

/// What the project on a database answers, once as it is and once after a write that views and search must notice.
fn answers(url: &str, folder: &Path) -> Vec<Json> {
    let project = front_page().display().to_string();
    let arguments = ["serve", "--project", &project, "--database-url", url, "--admin-secret", "moved"];
    let server = Running::start(&arguments, folder);
    let query = r#"{
        tasks(where: {_search: "perm*"}, order_by: {id: asc}) { id title }
        overdue: tasks(where: {is_overdue: {_eq: true}}, order_by: {id: asc}) { id title is_overdue }
        project_progress(order_by: {project_id: asc}) { project_id task_count done_count hours_left project { name } }
    }"#;
    let write = r#"mutation {
        update_tasks_by_pk(
            pk_columns: {id: "00000003-0000-7000-8000-000000000002"}
            _set: {title: "permanent", status: done, estimate: "1.25"}
        ) { title }
    }"#;
    let found = [query, write, query].iter().map(|query| ask(&server.address, "moved", query)).collect();
    server.stop();
    found
}

/// A database is moved and backed up before anybody writes; all three then answer the same, and write the same.
fn a_project_answers_as_before(from: &str, to: &str, restored: &str) {
    let folder = TemporaryFolder::create();
    run(&["migrate", "apply", "--database-url", from], folder.path());
    run(&["seed", "--database-url", from], folder.path());
    run(&["move", "--from", from, "--to", to], folder.path());
    run(&["backup", "--database-url", from, "--out", "backup.tar.gz"], folder.path());
    let restore = ["restore", "backup.tar.gz", "--to", restored];
    let output = purlin(&restore, from, folder.path()).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let before = answers(from, folder.path());
    let count = |answer: &Json, field: &str| answer["data"][field].as_array().map_or(0, Vec::len);
    assert!(count(&before[0], "tasks") > 0 && count(&before[0], "overdue") > 0, "{before:?}");
    assert_eq!(before[1], json!({"data": {"update_tasks_by_pk": {"title": "permanent"}}}));
    assert_eq!(count(&before[2], "tasks"), count(&before[0], "tasks") + 1, "{before:?}");
    assert_ne!(before[2]["data"]["project_progress"], before[0]["data"]["project_progress"]);
    for url in [to, restored] {
        assert_eq!(answers(url, folder.path()), before, "{url}");
    }
}

#[test]
fn a_project_on_sqlite_answers_as_before_once_it_is_moved_or_restored() {
    let (moved, restored) = (PostgresDatabase::create(), PostgresDatabase::create());
    a_project_answers_as_before("sqlite:from.db", &moved.url(), &restored.url());
}

#[test]
fn a_project_on_postgresql_answers_as_before_once_it_is_moved_or_restored() {
    a_project_answers_as_before(&PostgresDatabase::create().url(), "sqlite:to.db", "sqlite:restored.db");
}
