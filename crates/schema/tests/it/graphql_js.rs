//! Schemas judged by graphql-js, the implementation that clients and tools use. Skipped where it is not installed
//! (`./scripts/test` installs it under `target/`).

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use purlin_schema::types::print;
use serde_json::json;

use crate::introspection::answer;
use crate::random_catalog::random_catalog;
use crate::registry::registries;

/// The package, where `npm install --prefix target/graphql-js graphql@16` puts it.
fn package() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/graphql-js/node_modules/graphql");
    folder.join("package.json").exists().then_some(folder)
}

fn node(package: &Path, task: &str, input: &str) -> String {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/graphql_js.cjs");
    let mut child = Command::new("node")
        .args([script.as_os_str(), task.as_ref()])
        .env("GRAPHQL_JS", package)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("node runs");
    child.stdin.take().expect("a pipe").write_all(input.as_bytes()).expect("written");
    let output = child.wait_with_output().expect("node ends");
    assert!(output.status.success(), "node failed");
    String::from_utf8(output.stdout).expect("UTF-8")
}

#[test]
fn clients_build_and_accept_every_schema() {
    let Some(package) = package() else {
        println!("skipped: graphql-js is not installed under target/graphql-js");
        return;
    };
    let query = node(&package, "query", "").replacen("query IntrospectionQuery", "query", 1);
    let mut lines = String::new();
    for seed in 0..30 {
        for (who, registry) in registries(&random_catalog(seed * 104_729 + 11)) {
            let introspection = answer(&registry, &query, &json!({})).expect("an answer");
            let line =
                json!({ "who": format!("{seed} {who}"), "introspection": introspection, "sdl": print(&registry) });
            lines.push_str(&format!("{line}\n"));
        }
    }
    assert_eq!(node(&package, "check", &lines), "");
}
