//! The files of a new project. Nothing that exists is overwritten.

use std::fs::{self, OpenOptions};
use std::io::{ErrorKind, Write};
use std::path::Path;

use crate::problem::Problem;
use crate::project;

/// `graphql.config.yml`: tells editors where the model language is described.
pub const EDITORS: &str = include_str!("init/graphql.config.yml");
/// `.gitignore`.
pub const IGNORED: &str = ".purlin/\n";

/// Writes all files, or none if one of them exists; also the prelude for editors.
pub fn write_new(folder: &Path, files: &[(&str, &str)]) -> Result<(), Problem> {
    let taken = files.iter().map(|(name, _)| folder.join(name)).find(|path| path.exists());
    if let Some(path) = taken {
        return Err(exists(&path).hint("name another folder; nothing was changed"));
    }
    for (name, text) in files {
        write(&folder.join(name), text)?;
    }
    project::write_prelude(folder)
}

fn write(path: &Path, text: &str) -> Result<(), Problem> {
    let made = path.parent().map_or(Ok(()), fs::create_dir_all);
    let opened = made.and_then(|()| OpenOptions::new().write(true).create_new(true).open(path));
    opened.and_then(|mut file| file.write_all(text.as_bytes())).map_err(|error| match error.kind() {
        ErrorKind::AlreadyExists => exists(path),
        _ => Problem::file(path, &error),
    })
}

fn exists(path: &Path) -> Problem {
    Problem::new("file-exists", format!("`{}` exists already", path.display()))
}

/// A word for a shell.
pub fn quoted(word: &str) -> String {
    let plain = |letter: char| letter.is_ascii_alphanumeric() || "./_-".contains(letter);
    if word.chars().all(plain) { word.to_owned() } else { format!("'{}'", word.replace('\'', "'\\''")) }
}
