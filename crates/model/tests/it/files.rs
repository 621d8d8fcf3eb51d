//! Model folders as files, and what is compared about them.

use std::fs;
use std::path::{Path, PathBuf};

use purlin_model::{Catalog, DatabaseKind, PrintOptions, Settings, Source, compile, print};

/// Stands before the expected text.
pub const MARK: &str = "\n# ---\n";

/// The model of a case, without what is expected of it.
pub fn model(text: &str) -> &str {
    text.split_once(MARK).map_or(text, |(model, _)| model).trim_end()
}

/// What a case is for, from its first line.
pub fn settings(text: &str) -> Settings {
    let databases = match text.lines().next() {
        Some("# databases: postgres") => vec![DatabaseKind::Postgres],
        Some("# databases: sqlite") => vec![DatabaseKind::Sqlite],
        _ => vec![DatabaseKind::Sqlite, DatabaseKind::Postgres],
    };
    Settings { databases, ..Settings::default() }
}

/// Whether a file is part of a model.
pub fn is_model(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "graphql")
}

/// The files of a model folder.
pub fn sources(folder: &Path) -> Vec<Source> {
    let read = |path: &PathBuf| Source {
        path: format!("schema/{}", path.file_name().expect("a file").to_string_lossy()),
        text: fs::read_to_string(path).expect("a readable file"),
    };
    purlin_testkit::cases(folder, is_model).iter().map(read).collect()
}

/// Takes all roles and rules out of a catalog.
pub fn clear_rules(catalog: &mut Catalog) {
    catalog.roles.clear();
    catalog.declared_roles.clear();
    for table in &mut catalog.tables {
        table.permissions.clear();
        table.inherited.clear();
    }
}

/// A catalog, printed and compiled again, is the same catalog; printed again, the same text.
pub fn assert_prints_itself(catalog: &Catalog, settings: &Settings) {
    for permissions in [true, false] {
        let options = PrintOptions { permissions };
        let text = print(catalog, options);
        let source = Source { path: "printed.graphql".to_owned(), text: text.clone() };
        let again = compile(&[source], settings)
            .unwrap_or_else(|mistakes| panic!("printed with mistakes:\n{text}\n{}", mistakes.render(false)));
        let mut expected = catalog.clone();
        if !permissions {
            clear_rules(&mut expected);
            let results: Vec<Box<str>> = expected.records.drain(..).map(|record| record.name).collect();
            expected.tables_by_name.retain(|name, _| !results.contains(name));
            expected.natives.clear();
        }
        assert_eq!(again.catalog, expected, "the printed model means something else:\n{text}");
        assert_eq!(print(&again.catalog, options), text);
    }
}
