//! Opening the project's database for a command.

use purlin_db::{Database, DatabaseError, Options};
use tokio::runtime::Runtime;

use crate::problem::Problem;
use crate::settings::Settings;

/// What to do when an SQLite file is not there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Missing {
    /// Make it.
    Make,
    /// Refuse: migrations make it.
    Refuse,
    /// Refuse: it is to be read.
    NothingToRead,
}

/// Opens the database that the settings name, if the project is for its kind.
pub async fn open(settings: &Settings, missing: Missing) -> Result<Database, Problem> {
    refuse_other_kind(settings)?;
    open_any(settings, missing).await
}

/// The same with its replicas, for a server.
pub async fn open_for_reads(settings: &Settings, missing: Missing) -> Result<Database, Problem> {
    refuse_other_kind(settings)?;
    open_with(settings, missing, settings.options_for_reads()).await
}

fn refuse_other_kind(settings: &Settings) -> Result<(), Problem> {
    let url = &settings.database_url;
    if !settings.databases.contains(&url.kind()) {
        return Err(Problem::new("database-url", format!("the project is not for `{url:?}`"))
            .hint("add the kind of database to `databases` in `purlin.toml`"));
    }
    Ok(())
}

/// Opens the database that the settings name.
pub async fn open_any(settings: &Settings, missing: Missing) -> Result<Database, Problem> {
    open_with(settings, missing, settings.options()).await
}

async fn open_with(settings: &Settings, missing: Missing, options: Options) -> Result<Database, Problem> {
    let url = &settings.database_url;
    if let Some(path) = url.sqlite_path() {
        // An empty database would only hide a wrong path.
        if missing != Missing::Make && !path.exists() {
            let hint = match missing {
                Missing::NothingToRead => "check `--database-url`",
                _ => "run `purlin migrate apply`, or `purlin serve --migrate`",
            };
            let problem = Problem::new("database-missing", format!("there is no database `{}`", path.display()));
            return Err(problem.hint(hint));
        }
        if let Some(folder) = path.parent() {
            // The default is in the private folder, which keeps itself out of version control.
            let made = match folder == settings.project.join(".purlin") {
                true => crate::project::private_folder(&settings.project).map(drop),
                false => std::fs::create_dir_all(folder).map_err(|error| Problem::file(folder, &error)),
            };
            made?;
        }
    }
    Database::connect(url.reveal(), options).await.map_err(|error| problem(settings, &error))
}

/// A database that does not do what was asked, told to the person at the terminal.
pub fn problem(settings: &Settings, error: &DatabaseError) -> Problem {
    let problem = Problem::new("database", format!("cannot use the database `{:?}`", settings.database_url));
    problem.because(error.to_string())
}

/// The runtime of a command.
pub fn runtime() -> Result<Runtime, Problem> {
    let built = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    built.map_err(|error| Problem::new("runtime", "cannot start threads").because(error.to_string()))
}
