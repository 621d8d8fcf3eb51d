//! `purlin init DIR`: a small real project.

use std::path::Path;

use serde_json::json;

use super::{Outcome, Output, done, files};

const FILES: &[(&str, &str)] = &[
    ("purlin.toml", include_str!("init/purlin.toml")),
    ("schema/notes.graphql", include_str!("init/notes.graphql")),
    ("schema/seeds/01_notes.json", include_str!("init/notes.json")),
    ("graphql.config.yml", files::EDITORS),
    (".gitignore", files::IGNORED),
];

/// Makes the project.
pub fn run(folder: &Path) -> Outcome {
    files::write_new(folder, FILES)?;
    let shown = folder.display();
    let text = format!("made a project in `{shown}`; next: cd {shown} && purlin dev\n");
    let names: Vec<&str> = FILES.iter().map(|(name, _)| *name).collect();
    Ok(Output::new(text, done(json!({ "folder": shown.to_string(), "files": names }))))
}
