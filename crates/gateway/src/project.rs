//! A project's folder: its model files, and the private folder `.purlin` beside them.

use std::fs;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use purlin_db::{Database, DatabaseError, trial};
use purlin_model::{Compiled, DatabaseKind, Diagnostics, Role, Source};
use uuid::Uuid;

use crate::problem::{Listing, Problem};
use crate::settings::Settings;

/// Largest model folder, in bytes.
const MODEL_BYTES: u64 = 64 << 20;
/// Where saved operations are.
pub const OPERATIONS: &str = "schema/operations";
const PRIVATE: &str = ".purlin";
const SECRET_FILE: &str = "admin_secret";

/// The compiled model of a project; SQL in it that is for SQLite has been tried.
///
/// # Errors
/// No model folder, or all of its mistakes.
pub fn compile(settings: &Settings) -> Result<Compiled, Problem> {
    existing(settings, purlin_model::compile(&sources(&settings.project)?, &model_settings(settings)))
}

fn model_settings(settings: &Settings) -> purlin_model::Settings {
    purlin_model::Settings { databases: settings.databases.clone(), api: settings.api.clone() }
}

fn existing(settings: &Settings, compiled: Result<Compiled, Diagnostics>) -> Result<Compiled, Problem> {
    let compiled = compiled.map_err(|mistakes| mistakes_of(&mistakes))?;
    roles_exist(settings, &compiled.catalog.roles)?;
    if settings.databases.contains(&DatabaseKind::Sqlite) {
        let refusals = trial::in_memory(&compiled.catalog).map_err(|error| untried(&error))?;
        refuse(&compiled, &refusals)?;
    }
    Ok(compiled)
}

/// Limits are given to roles that there are.
fn roles_exist(settings: &Settings, roles: &[Role]) -> Result<(), Problem> {
    let exists = |name: &str| {
        let public = settings.unauthorized_role.as_deref() == Some(name);
        public || name == Role::ADMIN || roles.iter().any(|role| role.name() == name)
    };
    let Some((unknown, place)) = settings.roles.iter().find(|(name, _)| !exists(name)) else { return Ok(()) };
    let known: Vec<String> = roles.iter().map(|role| format!("`{}`", role.name())).collect();
    Err(Problem::new("role", format!("no rule names the role `{unknown}`"))
        .at(place.as_str())
        .because(format!("there are `admin`, {}", known.join(", "))))
}

/// Tries the SQL of the model on a live database.
///
/// # Errors
/// What the database refuses, where it is written.
pub async fn try_sql(compiled: &Compiled, database: &Database) -> Result<(), Problem> {
    let refusals = trial::on_database(database, &compiled.catalog).await.map_err(|error| untried(&error))?;
    refuse(compiled, &refusals)
}

fn refuse(compiled: &Compiled, refusals: &[trial::Refusal]) -> Result<(), Problem> {
    if refusals.is_empty() { Ok(()) } else { Err(mistakes_of(&compiled.refused(refusals))) }
}

fn untried(error: &DatabaseError) -> Problem {
    Problem::new("database", "cannot try the SQL of the model").because(error.to_string())
}

/// The same, with advice on what could be better, and without what the project ignores.
///
/// # Errors
/// No model folder, or all of its mistakes.
pub fn check(settings: &Settings) -> Result<Compiled, Problem> {
    let sources = sources(&settings.project)?;
    existing(settings, purlin_model::check(&sources, &model_settings(settings), &settings.ignored))
}

/// The mistakes of a model as one problem.
pub fn mistakes_of(diagnostics: &Diagnostics) -> Problem {
    listed(diagnostics, "mistake")
}

/// The warnings of a model as one problem.
pub fn warnings_of(diagnostics: &Diagnostics) -> Problem {
    listed(diagnostics, "warning")
}

fn listed(diagnostics: &Diagnostics, what: &str) -> Problem {
    let count = diagnostics.len();
    let message = format!("the model has {count} {what}{}", if count == 1 { "" } else { "s" });
    let text = format!("{}error: {message}\n", diagnostics.render(crate::log::color()));
    let listing = Box::new(Listing { text, json: diagnostics.to_json() });
    Problem { listing: Some(listing), ..Problem::new("model", message) }
}

/// The files `schema/*.graphql`, by name.
fn sources(project: &Path) -> Result<Vec<Source>, Problem> {
    let folder = project.join("schema");
    let entries = fs::read_dir(&folder).map_err(|error| match error.kind() {
        ErrorKind::NotFound => Problem::new("project", format!("there is no folder `{}`", folder.display()))
            .hint("`purlin init DIR` makes a project; `--project DIR` names one"),
        _ => Problem::file(&folder, &error),
    })?;
    let paths = graphql_files(&folder, entries)?;
    if paths.is_empty() {
        return Err(Problem::new("project", format!("there is no `*.graphql` file in `{}`", folder.display()))
            .hint("a model is at least one type with `@table`"));
    }
    let mut left = MODEL_BYTES;
    paths.iter().map(|path| source("schema", path, &mut left)).collect()
}

/// The files `schema/operations/*.graphql`, by name; none if there is no such folder.
///
/// # Errors
/// A file that cannot be read.
pub fn operations(settings: &Settings) -> Result<Vec<Source>, Problem> {
    let folder = settings.project.join(OPERATIONS);
    let entries = match fs::read_dir(&folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(Problem::file(&folder, &error)),
    };
    let mut left = MODEL_BYTES;
    graphql_files(&folder, entries)?.iter().map(|path| source(OPERATIONS, path, &mut left)).collect()
}

fn graphql_files(folder: &Path, entries: fs::ReadDir) -> Result<Vec<PathBuf>, Problem> {
    let mut paths = Vec::new();
    for entry in entries {
        let path = entry.map_err(|error| Problem::file(folder, &error))?.path();
        if path.extension().is_some_and(|extension| extension == "graphql") && path.is_file() {
            paths.push(path);
        }
    }
    paths.sort();
    Ok(paths)
}

fn source(folder: &str, path: &Path, left: &mut u64) -> Result<Source, Problem> {
    let failed = |error: std::io::Error| Problem::file(path, &error);
    let size = fs::metadata(path).map_err(failed)?.len();
    *left = left.checked_sub(size).ok_or_else(|| {
        Problem::new("project", format!("the model is larger than {MODEL_BYTES} bytes")).at(path.display().to_string())
    })?;
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    Ok(Source { path: format!("{folder}/{name}"), text: fs::read_to_string(path).map_err(failed)? })
}

/// What the project is called: its folder's name.
pub fn name(settings: &Settings) -> String {
    let folder = settings.project.canonicalize().unwrap_or_else(|_| settings.project.clone());
    folder.file_name().map_or("project".to_owned(), |name| name.to_string_lossy().into_owned())
}

/// Where migrations are.
pub fn migrations(settings: &Settings) -> PathBuf {
    settings.project.join("migrations")
}

/// Where seeds are.
pub fn seeds(settings: &Settings) -> PathBuf {
    settings.project.join("schema/seeds")
}

/// The development admin secret, if `dev` has made one.
///
/// # Errors
/// A file that cannot be read.
pub fn development_secret(project: &Path) -> Result<Option<String>, Problem> {
    let path = project.join(PRIVATE).join(SECRET_FILE);
    match fs::read_to_string(&path) {
        Ok(secret) => Ok(Some(secret.trim().to_owned()).filter(|secret| !secret.is_empty())),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(Problem::file(&path, &error)),
    }
}

/// The development admin secret, made and stored for this user alone if there is none.
///
/// # Errors
/// A file that cannot be read or written.
pub fn make_development_secret(project: &Path) -> Result<String, Problem> {
    if let Some(secret) = development_secret(project)? {
        return Ok(secret);
    }
    let secret = format!("{}{}", Uuid::new_v4().simple(), Uuid::new_v4().simple());
    let folder = private_folder(project)?;
    let path = folder.join(SECRET_FILE);
    let mut options = fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let written = options.open(&path).and_then(|mut file| writeln!(file, "{secret}"));
    written.map_err(|error| Problem::file(&path, &error))?;
    Ok(secret)
}

/// `.purlin`, made if missing; it keeps itself out of version control.
///
/// # Errors
/// A folder that cannot be made.
pub fn private_folder(project: &Path) -> Result<PathBuf, Problem> {
    let folder = project.join(PRIVATE);
    let ignore = folder.join(".gitignore");
    let made =
        fs::create_dir_all(&folder).and_then(|()| if ignore.exists() { Ok(()) } else { fs::write(&ignore, "*\n") });
    made.map_err(|error| Problem::file(&folder, &error))?;
    Ok(folder)
}

/// Writes what tells editors about the model language.
///
/// # Errors
/// A file that cannot be written.
pub fn write_prelude(project: &Path) -> Result<(), Problem> {
    let path = private_folder(project)?.join("prelude.graphql");
    fs::write(&path, purlin_model::prelude()).map_err(|error| Problem::file(&path, &error))
}
