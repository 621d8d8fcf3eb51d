//! The binary moves data: an import is killed and goes on.

use std::path::Path;
use std::process::{Command, Stdio};

use purlin_testkit::{PostgresDatabase, TemporaryFolder};
use serde_json::Value as Json;

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
