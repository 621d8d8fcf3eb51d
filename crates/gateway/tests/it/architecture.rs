//! The level table of `docs/ARCHITECTURE.md` is true: every crate is in it, and edges go strictly downwards.

use std::collections::BTreeMap;
use std::path::Path;

use cargo_metadata::{DependencyKind, MetadataCommand};

/// Levels by crate name, from the rows `| LEVEL | `NAME` | …`.
fn levels() -> BTreeMap<String, u32> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/ARCHITECTURE.md");
    let text = std::fs::read_to_string(path).expect("docs/ARCHITECTURE.md");
    let row = |line: &str| {
        let mut cells = line.strip_prefix('|')?.split('|').map(str::trim);
        let level = cells.next()?.parse().ok()?;
        let name = cells.next()?.strip_prefix('`')?.strip_suffix('`')?;
        Some((format!("purlin-{name}"), level))
    };
    text.lines().filter_map(row).collect()
}

#[test]
fn edges_go_strictly_downwards_and_every_crate_is_in_the_table() {
    let levels = levels();
    let metadata = MetadataCommand::new().no_deps().exec().expect("cargo metadata");
    let mut wrong = Vec::new();
    for package in &metadata.packages {
        let Some(level) = levels.get(package.name.as_str()) else {
            wrong.push(format!("{} is not in the table", package.name));
            continue;
        };
        for dependency in &package.dependencies {
            // Tests may use anything; the product may not.
            if package.name == "purlin-fuzz" && dependency.name == "purlin-testkit" {
                continue;
            }
            if !dependency.name.starts_with("purlin-") || dependency.kind == DependencyKind::Development {
                continue;
            }
            match levels.get(&dependency.name) {
                Some(below) if below < level && dependency.name != "purlin-testkit" => {}
                _ => wrong.push(format!("{} must not depend on {}", package.name, dependency.name)),
            }
        }
    }
    for name in levels.keys() {
        if !metadata.packages.iter().any(|package| package.name.as_str() == name) {
            wrong.push(format!("{name} is in the table and not in the workspace"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_crate_obeys_the_lints_of_the_workspace() {
    let crates = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let lint = |manifest: &toml::Table, path: &[&str]| {
        path.iter().try_fold(toml::Value::Table(manifest.clone()), |value, key| value.get(*key).cloned())
    };
    let read = |path: &Path| std::fs::read_to_string(path).unwrap().parse::<toml::Table>().unwrap();
    let workspace = read(&crates.join("../Cargo.toml"));
    let unsafe_code = lint(&workspace, &["workspace", "lints", "rust", "unsafe_code"]);
    assert_eq!(unsafe_code.and_then(|level| level.as_str().map(str::to_owned)).as_deref(), Some("forbid"));
    let mut seen = 0;
    for entry in std::fs::read_dir(&crates).unwrap() {
        let path = entry.unwrap().path().join("Cargo.toml");
        if path.is_file() {
            let inherited = lint(&read(&path), &["lints", "workspace"]);
            assert_eq!(inherited, Some(toml::Value::Boolean(true)), "{}", path.display());
            seen += 1;
        }
    }
    assert!(seen >= 9, "{seen}");
}
