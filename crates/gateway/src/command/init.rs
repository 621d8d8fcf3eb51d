//! `purlin init DIR`: a small real project that `purlin dev` serves at once.

use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use purlin_db::migrate as migrations;
use purlin_model::Source;
use purlin_plan::plan::Dialect;
use serde_json::json;

use super::{Outcome, Output, done, files, migrate};
use crate::problem::Problem;
use crate::project;

const MODEL: &str = "schema/notes.graphql";
const FILES: &[(&str, &str)] = &[
    ("README.md", include_str!("init/README.md")),
    ("purlin.toml", include_str!("init/purlin.toml")),
    (MODEL, include_str!("init/notes.graphql")),
    ("schema/seeds/01_notes.json", include_str!("init/notes.json")),
    ("graphql.config.yml", files::EDITORS),
    (".gitignore", files::IGNORED),
];
/// The databases of `init/purlin.toml`.
const DIALECTS: [Dialect; 2] = [Dialect::Sqlite, Dialect::Postgres];

/// Makes the project, its first migration included.
pub fn run(folder: &Path) -> Outcome {
    refuse_full(folder)?;
    files::write_new(folder, FILES)?;
    write_migration(folder)?;
    let shown = folder.display();
    let enter = match folder == Path::new(".") {
        true => String::new(),
        false => format!("  cd {}\n", files::quoted(&shown.to_string())),
    };
    let text = format!(
        "made a project in `{shown}`:\n\
         \x20 schema/notes.graphql         the model, and who may do what\n\
         \x20 schema/seeds/01_notes.json   rows to begin with\n\
         \x20 migrations/                  the SQL that makes its tables\n\
         \x20 purlin.toml                  settings\n\
         \x20 README.md                    what to try\n\
         next:\n{enter}  purlin dev\n"
    );
    let names: Vec<&str> = FILES.iter().map(|(name, _)| *name).collect();
    Ok(Output::new(text, done(json!({ "folder": shown.to_string(), "files": names }))))
}

fn refuse_full(folder: &Path) -> Result<(), Problem> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(Problem::file(folder, &error)),
    };
    let mut names: Vec<String> =
        entries.flatten().map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    // Version control may come first.
    names.retain(|name| name != ".git");
    names.sort();
    let Some(first) = names.first() else { return Ok(()) };
    let shown = folder.display();
    Err(Problem::new("folder-not-empty", format!("`{shown}` is not empty"))
        .because(format!("there is `{first}`{}", if names.len() > 1 { " and more" } else { "" }))
        .hint("name another folder; nothing was changed"))
}

/// The first migration, so that the tables of the project have a history from the beginning.
fn write_migration(folder: &Path) -> Result<(), Problem> {
    let text = FILES.iter().find(|(name, _)| *name == MODEL).map(|(_, text)| *text).unwrap_or_default();
    let sources = [Source { path: MODEL.to_owned(), text: text.to_owned() }];
    let settings = purlin_model::Settings::default();
    let compiled = purlin_model::compile(&sources, &settings).map_err(|mistakes| project::mistakes_of(&mistakes))?;
    let folder = folder.join("migrations");
    let plan = migrations::plan_diff(&folder, &compiled.catalog, &DIALECTS).map_err(migrate::problem)?;
    let written = migrations::write_diff(&folder, &plan, None, jiff::Timestamp::now(), false);
    written.map(drop).map_err(migrate::problem)
}
