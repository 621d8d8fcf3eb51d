//! `purlin init DIR`: a small real project. Nothing that exists is overwritten.

use std::fs::{self, OpenOptions};
use std::io::{ErrorKind, Write};
use std::path::Path;

use serde_json::json;

use super::{Outcome, Output, done};
use crate::problem::Problem;
use crate::project;

const FILES: &[(&str, &str)] = &[
    ("purlin.toml", include_str!("init/purlin.toml")),
    ("schema/notes.graphql", include_str!("init/notes.graphql")),
    ("schema/seeds/01_notes.json", include_str!("init/notes.json")),
    ("graphql.config.yml", include_str!("init/graphql.config.yml")),
    (".gitignore", ".purlin/\n"),
];

/// Makes the project.
pub fn run(folder: &Path) -> Outcome {
    let taken = FILES.iter().map(|(name, _)| folder.join(name)).find(|path| path.exists());
    if let Some(path) = taken {
        return Err(Problem::new("init-exists", format!("`{}` exists already", path.display()))
            .hint("name another folder; nothing was changed")
            .into());
    }
    for (name, text) in FILES {
        write_new(&folder.join(name), text)?;
    }
    let prelude = project::private_folder(folder)?.join("prelude.graphql");
    fs::write(&prelude, purlin_model::prelude()).map_err(|error| Problem::file(&prelude, &error))?;
    let shown = folder.display();
    let text = format!("made a project in `{shown}`; next: cd {shown} && purlin dev\n");
    let names: Vec<&str> = FILES.iter().map(|(name, _)| *name).collect();
    Ok(Output::new(text, done(json!({ "folder": shown.to_string(), "files": names }))))
}

fn write_new(path: &Path, text: &str) -> Result<(), Problem> {
    let made = path.parent().map_or(Ok(()), fs::create_dir_all);
    let opened = made.and_then(|()| OpenOptions::new().write(true).create_new(true).open(path));
    opened.and_then(|mut file| file.write_all(text.as_bytes())).map_err(|error| match error.kind() {
        ErrorKind::AlreadyExists => Problem::new("init-exists", format!("`{}` exists already", path.display())),
        _ => Problem::file(path, &error),
    })
}
