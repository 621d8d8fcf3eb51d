//! The `migrations` folder: `sqlite/` and `postgres/` with one up and one down script for each migration, and
//! `model.graphql`, the model as of the last one. Refuses to know databases.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use purlin_plan::plan::Dialect;
use sha2::{Digest, Sha256};

use super::error::MigrateError;

/// The model as of the last migration.
pub const MODEL_FILE: &str = "model.graphql";
const UP: &str = ".up.sql";
const DOWN: &str = ".down.sql";

/// A migration as it is in the folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Migration {
    /// Digits its file names begin with: the UTC time of writing.
    pub version: String,
    /// What its file names say after that.
    pub name: String,
    /// The up script.
    pub up: String,
    /// The down script, if there is one.
    pub down: Option<String>,
}

impl Migration {
    /// Its file names without ending.
    pub fn stem(&self) -> String {
        format!("{}_{}", self.version, self.name)
    }

    /// Name of the up script.
    pub fn up_file(&self) -> String {
        format!("{}{UP}", self.stem())
    }

    /// Name of the down script.
    pub fn down_file(&self) -> String {
        format!("{}{DOWN}", self.stem())
    }

    /// SHA-256 of the up script in hexadecimal digits; the kind of line ends does not matter.
    pub fn checksum(&self) -> String {
        checksum(&self.up)
    }
}

/// SHA-256 of a text in hexadecimal digits; the kind of line ends does not matter.
pub fn checksum(text: &str) -> String {
    let digest = Sha256::digest(text.replace("\r\n", "\n").as_bytes());
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Name of the folder of a dialect.
pub const fn folder_name(dialect: Dialect) -> &'static str {
    match dialect {
        Dialect::Sqlite => "sqlite",
        Dialect::Postgres => "postgres",
    }
}

pub(super) fn file_error(path: &Path, error: &io::Error) -> MigrateError {
    MigrateError::File { path: path.to_owned(), reason: error.to_string() }
}

/// The migrations of a dialect, by version. A folder that is not there has none.
///
/// # Errors
/// [`MigrateError::File`], [`MigrateError::SameVersion`].
pub fn read(migrations: &Path, dialect: Dialect) -> Result<Vec<Migration>, MigrateError> {
    let folder = migrations.join(folder_name(dialect));
    let entries = match fs::read_dir(&folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(file_error(&folder, &error)),
    };
    let mut found = Vec::new();
    for entry in entries {
        let path = entry.map_err(|error| file_error(&folder, &error))?.path();
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        let Some((version, name)) = name.strip_suffix(UP).and_then(parse_stem) else { continue };
        let down = folder.join(format!("{version}_{name}{DOWN}"));
        found.push(Migration {
            version: version.to_owned(),
            name: name.to_owned(),
            up: fs::read_to_string(&path).map_err(|error| file_error(&path, &error))?,
            down: read_if_there(&down)?,
        });
    }
    found.sort_by(|left, right| (&left.version, &left.name).cmp(&(&right.version, &right.name)));
    match found.windows(2).find(|pair| pair[0].version == pair[1].version) {
        Some(pair) => Err(MigrateError::SameVersion { files: [pair[0].up_file(), pair[1].up_file()] }),
        None => Ok(found),
    }
}

/// `20261124101500_add_tasks` is version and name.
fn parse_stem(stem: &str) -> Option<(&str, &str)> {
    let (version, name) = stem.split_once('_')?;
    let is_version = !version.is_empty() && version.bytes().all(|byte| byte.is_ascii_digit());
    is_version.then_some((version, name))
}

/// A file's text; `None` if it is not there.
///
/// # Errors
/// [`MigrateError::File`].
pub fn read_if_there(path: &Path) -> Result<Option<String>, MigrateError> {
    match fs::read_to_string(path) {
        Ok(text) => Ok(Some(text)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(file_error(path, &error)),
    }
}

/// The text of `model.graphql`; `None` before the first migration.
///
/// # Errors
/// [`MigrateError::File`].
pub fn read_model(migrations: &Path) -> Result<Option<String>, MigrateError> {
    read_if_there(&migrations.join(MODEL_FILE))
}

/// Writes `model.graphql`.
///
/// # Errors
/// [`MigrateError::File`].
pub fn write_model(migrations: &Path, text: &str) -> Result<PathBuf, MigrateError> {
    write(&migrations.join(MODEL_FILE), text)
}

/// Writes the scripts of a migration; no down script where there is none.
///
/// # Errors
/// [`MigrateError::File`].
pub fn write_migration(
    migrations: &Path,
    dialect: Dialect,
    migration: &Migration,
) -> Result<Vec<PathBuf>, MigrateError> {
    let folder = migrations.join(folder_name(dialect));
    let mut written = vec![write(&folder.join(migration.up_file()), &migration.up)?];
    if let Some(down) = &migration.down {
        written.push(write(&folder.join(migration.down_file()), down)?);
    }
    Ok(written)
}

fn write(path: &Path, text: &str) -> Result<PathBuf, MigrateError> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(|error| file_error(folder, &error))?;
    }
    fs::write(path, text).map_err(|error| file_error(path, &error))?;
    Ok(path.to_owned())
}

/// A version later than all of the folder's: the UTC time, or one more than the last.
///
/// # Errors
/// [`MigrateError::File`].
pub fn next_version(migrations: &Path, now: jiff::Timestamp) -> Result<String, MigrateError> {
    let now: u64 = now.strftime("%Y%m%d%H%M%S").to_string().parse().unwrap_or(0);
    let mut last = 0;
    for dialect in [Dialect::Sqlite, Dialect::Postgres] {
        let versions = read(migrations, dialect)?.into_iter().filter_map(|migration| migration.version.parse().ok());
        last = versions.fold(last, u64::max);
    }
    Ok(now.max(last + 1).to_string())
}

/// Whether a name will do in a file name.
pub fn check_name(name: &str) -> Result<(), MigrateError> {
    let fits = !name.is_empty()
        && name.len() <= 100
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-');
    if fits { Ok(()) } else { Err(MigrateError::Name(name.to_owned())) }
}
