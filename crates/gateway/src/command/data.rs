//! `purlin data export`, `purlin data import`, `purlin move`, `purlin backup` and `purlin restore`.

use std::path::{Path, PathBuf};

use purlin_db::data::export::{self, Out};
use purlin_db::data::import::{self, Options};
use purlin_db::data::target::{Arrived, Target};
use purlin_db::data::{DataError, Format, backup, transfer};
use serde_json::json;

use super::data_arguments::Data;
use super::database::{self, Missing};
use super::{Outcome, Output, done, migrate};
use crate::problem::{Exit, Problem};
use crate::progress::Display;
use crate::project;
use crate::settings::{DatabaseUrl, PostgresSettings, Settings};

/// Runs one of the commands.
pub fn run(settings: &Settings, command: Data) -> Outcome {
    database::runtime()?.block_on(async {
        match command {
            Data::Export { tables, out, format } => export(settings, &tables, &out, format).await,
            Data::Import { paths, table, format, options } => {
                import(settings, &paths, table.as_deref(), format, &options).await
            }
            Data::Move { from, to } => transfer(settings, &from, &to).await,
            Data::Backup { out } => backup(settings, &out).await,
            Data::Restore { file, to } => restore(settings, &file, to.as_deref()).await,
        }
    })
}

async fn export(settings: &Settings, tables: &[String], out: &str, format: Option<Format>) -> Outcome {
    let catalog = project::compile(settings)?.catalog;
    let database = database::open(settings, Missing::NothingToRead).await?;
    migrate::refuse_pending(settings, &catalog, &database).await?;
    let shapes = export::shapes(&catalog, tables).map_err(problem)?;
    let (out, of_name) = place(out);
    let format = format.or(of_name).unwrap_or(Format::Ndjson);
    let display = Display::start();
    let exported = export::export(&database, &shapes, format, &out, &|progress| display.show(progress)).await;
    let exported = exported.map_err(problem)?;
    if out == Out::Standard {
        // What is printed is the rows, and nothing else.
        return Ok(Output::silent());
    }
    let line = |one: &export::Exported| {
        let file = one.file.as_deref().unwrap_or(Path::new("-")).display();
        format!("exported {}: {} rows into {file}\n", one.table, one.rows)
    };
    let list: Vec<_> = exported
        .iter()
        .map(|one| json!({ "table": one.table, "rows": one.rows, "file": one.file.as_deref().map(Path::to_string_lossy) }))
        .collect();
    Ok(Output::new(exported.iter().map(line).collect::<String>(), done(json!({ "exported": list }))))
}

/// What `--out` means, and the format its name stands for.
fn place(out: &str) -> (Out, Option<Format>) {
    let path = PathBuf::from(out);
    if out == "-" {
        return (Out::Standard, None);
    }
    match Format::of(&path) {
        _ if out.ends_with('/') || path.is_dir() || path.extension().is_none() => (Out::Folder(path), None),
        format => (Out::File(path), format),
    }
}

async fn import(
    settings: &Settings,
    paths: &[PathBuf],
    table: Option<&str>,
    format: Option<Format>,
    options: &Options,
) -> Outcome {
    let catalog = project::compile(settings)?.catalog;
    let sources = import::sources(&catalog, paths, table, format).map_err(problem)?;
    let database = database::open(settings, Missing::Refuse).await?;
    migrate::refuse_pending(settings, &catalog, &database).await?;
    let display = Display::start();
    let imported = import::import(&database, &catalog, &sources, options, &|progress| display.show(progress)).await;
    drop(display);
    let imported = imported.map_err(problem)?;
    let line = |one: &import::Imported| {
        let resumed = match one.resumed {
            0 => String::new(),
            rows => format!(", {rows} of them by an earlier run"),
        };
        let left = one.rows - one.resumed - one.written;
        let left = if left == 0 { String::new() } else { format!(", {left} were there already") };
        format!("imported {}: {} rows from {}{resumed}{left}\n", one.table, one.rows, one.file.display())
    };
    let list: Vec<_> = imported
        .iter()
        .map(|one| {
            json!({ "table": one.table, "file": one.file.to_string_lossy(), "rows": one.rows, "resumed": one.resumed,
                    "written": one.written })
        })
        .collect();
    Ok(Output::new(imported.iter().map(line).collect::<String>(), done(json!({ "imported": list }))))
}

async fn transfer(settings: &Settings, from: &str, to: &str) -> Outcome {
    let url = |text: &str| DatabaseUrl::parse(text, Path::new(""));
    let (from, to) = (url(from)?, url(to)?);
    if from.reveal() == to.reveal() {
        let problem = Problem::new("data-request", format!("`{from:?}` cannot be moved to itself"));
        return Err(Problem { exit: Exit::Usage, ..problem }.into());
    }
    // The model must be good for both, whatever the project is for.
    let mut databases = vec![from.kind()];
    if to.kind() != from.kind() {
        databases.push(to.kind());
    }
    let settings =
        Settings { database_url: from, databases, postgres: PostgresSettings::default(), ..settings.clone() };
    let catalog = project::compile(&settings)?.catalog;
    let source = database::open(&settings, Missing::NothingToRead).await?;
    migrate::refuse_pending(&settings, &catalog, &source).await?;
    let migrations = project::migrations(&settings);
    let display = Display::start();
    let target = Target::open(to.reveal(), settings.database.clone()).await.map_err(problem)?;
    let told = |progress: &_| display.show(progress);
    let arrived = transfer::transfer(&source, target, &catalog, &migrations, &told).await;
    drop(display);
    let arrived = arrived.map_err(problem)?;
    Ok(Output::new(
        format!("{}moved to {to:?}; both sides hold the same\n", listed(&arrived)),
        done(json!({ "tables": tables(&arrived) })),
    ))
}

async fn backup(settings: &Settings, out: &Path) -> Outcome {
    let catalog = project::compile(settings)?.catalog;
    let database = database::open(settings, Missing::NothingToRead).await?;
    let migrations = project::migrations(settings);
    let display = Display::start();
    let saved = backup::backup(&database, &catalog, &migrations, out, &|progress| display.show(progress)).await;
    drop(display);
    let saved = saved.map_err(problem)?;
    let mut text = listed(&saved.tables);
    for table in &saved.left_out {
        text.push_str(&format!("note: table `{table}` is not in the model, and not in the backup\n"));
    }
    text.push_str(&format!("wrote {} ({} bytes), and read it back\n", out.display(), saved.bytes));
    let fields = json!({ "file": out.to_string_lossy(), "bytes": saved.bytes, "tables": tables(&saved.tables),
                         "left_out": saved.left_out });
    Ok(Output::new(text, done(fields)))
}

async fn restore(settings: &Settings, file: &Path, to: Option<&str>) -> Outcome {
    let (url, options) = match to {
        Some(to) => (DatabaseUrl::parse(to, Path::new(""))?, settings.database.clone()),
        None => (settings.database_url.clone(), settings.options()),
    };
    let display = Display::start();
    let told = |progress: &_| display.show(progress);
    let arrived = backup::restore(file, url.reveal(), options, &told).await;
    drop(display);
    let arrived = arrived.map_err(problem)?;
    let text = format!("{}restored into {url:?}; it holds what the backup does\n", listed(&arrived));
    Ok(Output::new(text, done(json!({ "tables": tables(&arrived) }))))
}

/// Tables as lines: name, rows and the beginning of the hash.
fn listed(tables: &[Arrived]) -> String {
    const DIGITS: usize = 16;
    let width = tables.iter().map(|one| one.table.len()).max().unwrap_or_default();
    let line = |one: &Arrived| {
        let hash = one.hash.get(..DIGITS).unwrap_or_default();
        format!("{:width$}  {:>10} rows  {hash}\n", one.table, one.rows)
    };
    tables.iter().map(line).collect()
}

fn tables(tables: &[Arrived]) -> Vec<serde_json::Value> {
    tables.iter().map(|one| json!({ "table": one.table, "rows": one.rows, "hash": one.hash })).collect()
}

/// Why data did not travel, told to the person at the terminal.
pub fn problem(error: DataError) -> Problem {
    let usage = matches!(error, DataError::Request { .. });
    let mut problem = match error {
        DataError::Migrate(error) => return migrate::problem(error),
        error => Problem {
            place: error.place().map(Into::into),
            reasons: error.reasons(),
            hint: error.hint(),
            ..Problem::new(error.code(), error.to_string())
        },
    };
    if usage {
        problem.exit = Exit::Usage;
    }
    problem
}
