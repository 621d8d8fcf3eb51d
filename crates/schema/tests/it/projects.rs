//! The example projects of the repository: the front page's and those under `examples/`.

use std::fs;
use std::path::{Path, PathBuf};

use purlin_model::catalog::Catalog;
use purlin_model::session::Role;
use purlin_model::{Settings, Source, compile};

/// A role without rules; a request without a session sees the same, unless an unauthorized role is set.
pub const NOBODY: &str = "nobody";

/// Whether the role has rules that exist for trusted backends only.
pub fn has_backend_only_rules(catalog: &Catalog, role: &Role) -> bool {
    catalog.tables.iter().filter_map(|table| table.permissions_of(role)).any(|rules| {
        rules.insert.as_ref().is_some_and(|rule| rule.backend_only)
            || rules.update.as_ref().is_some_and(|rule| rule.backend_only)
            || rules.delete.as_ref().is_some_and(|rule| rule.backend_only)
    })
}

/// A project and its compiled model.
pub struct Project {
    /// Its folder's name; the front page's is `front-page`.
    pub name: String,
    /// Where it is.
    pub folder: PathBuf,
    /// What its model says.
    pub catalog: Catalog,
}

/// Every example project.
pub fn projects() -> Vec<Project> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut folders = vec![("front-page".to_owned(), root.clone())];
    let examples = fs::read_dir(root.join("examples")).into_iter().flatten();
    for folder in examples.map(|entry| entry.expect("a readable folder").path()) {
        if folder.join("schema").is_dir() {
            let name = folder.file_name().expect("a name").to_string_lossy().into_owned();
            folders.push((name, folder));
        }
    }
    folders.sort();
    folders.into_iter().map(|(name, folder)| Project { catalog: catalog(&folder), name, folder }).collect()
}

fn catalog(folder: &Path) -> Catalog {
    let mut paths: Vec<PathBuf> = fs::read_dir(folder.join("schema"))
        .expect("a readable folder")
        .map(|entry| entry.expect("a readable folder").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "graphql"))
        .collect();
    paths.sort();
    let source = |path: PathBuf| {
        let text = fs::read_to_string(&path).expect("a readable file");
        Source { path: path.display().to_string(), text }
    };
    let sources: Vec<Source> = paths.into_iter().map(source).collect();
    match compile(&sources, &Settings::default()) {
        Ok(compiled) => compiled.catalog,
        Err(mistakes) => panic!("{}", mistakes.render(false)),
    }
}
