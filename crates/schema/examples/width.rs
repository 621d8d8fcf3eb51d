//! What a project's width costs inside the process: `width FOLDER ROLE` compiles the model in a folder, then builds and
//! introspects the role's schema, and prints times and memory. `width --generate FOLDER TABLES ROLES` writes a model.

#![allow(clippy::print_stdout, reason = "a program whose purpose is its output")]

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

use async_graphql_parser::parse_query;
use async_graphql_parser::types::Selection;
use purlin_model::session::Role;
use purlin_model::{Settings, Source, compile};
use purlin_schema::introspection::{self, Surroundings};
use purlin_schema::types::build;
use purlin_schema::view::{RoleView, RootFields};

/// The query graphql-js sends, in essence.
const QUERY: &str = "{ __schema { queryType { name } mutationType { name } subscriptionType { name }
  types { kind name description
    fields(includeDeprecated: true) { name description args { ...input } type { ...type } isDeprecated deprecationReason }
    inputFields { ...input } interfaces { ...type }
    enumValues(includeDeprecated: true) { name description isDeprecated deprecationReason } possibleTypes { ...type } }
  directives { name description locations args { ...input } } } }
fragment input on __InputValue { name description type { ...type } defaultValue }
fragment type on __Type { kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name ofType {
  kind name ofType { kind name ofType { kind name } } } } } } } }";

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["--generate", folder, tables, roles] => match (tables.parse(), roles.parse()) {
            (Ok(tables), Ok(roles)) => generate(Path::new(folder), tables, roles),
            _ => println!("TABLES and ROLES are numbers"),
        },
        [folder, role] => measure(Path::new(folder), role),
        _ => println!("width FOLDER ROLE | width --generate FOLDER TABLES ROLES"),
    }
}

fn generate(folder: &Path, tables: usize, roles: usize) {
    for (name, text) in purlin_testkit::wide_model(tables, roles) {
        fs::write(folder.join(&name), text).unwrap_or_else(|error| panic!("cannot write {name}: {error}"));
    }
}

fn read(folder: &Path) -> Vec<Source> {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("cannot read {}: {error}", folder.display()));
    let source = |path: PathBuf| {
        let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("cannot read {}: {error}", path.display()));
        Source { path: path.display().to_string(), text }
    };
    entries.filter_map(|entry| Some(source(entry.ok()?.path()))).collect()
}

fn measure(folder: &Path, role: &str) {
    let start = Instant::now();
    let compiled = compile(&read(folder), &Settings::default());
    let catalog = compiled.unwrap_or_else(|mistakes| panic!("{}", mistakes.render(false))).catalog;
    let roots = RootFields::of(&catalog);
    println!("compile: {} ms, {} tables, RSS {} MiB", start.elapsed().as_millis(), catalog.tables.len(), rss());
    let role = Role::new(role);
    let view = RoleView { catalog: &catalog, roots: &roots, role: &role, backend: false };
    let start = Instant::now();
    let registry = build(view);
    let built = start.elapsed().as_millis();
    println!(
        "registry: {built} ms, {} types, {} KiB, RSS {} MiB",
        registry.types().len(),
        registry.size() / 1024,
        rss()
    );
    let start = Instant::now();
    let document = parse_query(QUERY).unwrap_or_else(|error| panic!("{error}"));
    let variable = |_: &str| None;
    let surroundings = Surroundings { fragments: &document.fragments, variable: &variable };
    for (_, operation) in document.operations.iter() {
        for selection in &operation.node.selection_set.node.items {
            let Selection::Field(field) = &selection.node else { continue };
            let compiled = introspection::compile(&field.node, "$", surroundings)
                .unwrap_or_else(|mistake| panic!("{}", mistake.message));
            let mut out = Vec::new();
            let written = introspection::write(&compiled, &registry, &variable, &mut out, usize::MAX);
            println!("introspection: {} ms, {} KiB {written:?}", start.elapsed().as_millis(), out.len() / 1024);
        }
    }
}

/// Memory of the process in MiB, as Linux says.
fn rss() -> usize {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    line.and_then(|line| line.split_whitespace().next()).and_then(|text| text.parse::<usize>().ok()).unwrap_or(0) / 1024
}
