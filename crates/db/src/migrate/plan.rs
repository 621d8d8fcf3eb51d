//! Model and `migrations/model.graphql` → the migration that leads from the one to the other. Needs no database.

use std::path::{Path, PathBuf};

use purlin_model::pairing::{Pairing, pair};
use purlin_model::{Catalog, DatabaseKind, Settings, Source};
use purlin_plan::plan::Dialect;

use super::correspondence::correspondence;
use super::diff::diff;
use super::error::MigrateError;
use super::finding::{Finding, findings, warnings};
use super::folder::{self, MODEL_FILE, Migration};
use super::name::name;
use super::print;
use super::step::Step;
use crate::physical;

/// A migration that is not written yet.
#[derive(Clone, Debug)]
pub struct Plan {
    /// The scripts for each of the project's databases.
    pub texts: Vec<(Dialect, MigrationText)>,
    /// What loses data or may be impossible.
    pub findings: Vec<Finding>,
    /// What may fail on rows that exist without losing anything, one sentence each.
    pub warnings: Vec<String>,
    /// A name for it, after what it does.
    pub name: String,
    /// The model afterwards, for `model.graphql`.
    pub model: String,
    /// Whether `model.graphql` says something else.
    pub model_changed: bool,
}

/// The scripts of a migration for one database.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MigrationText {
    /// From the model before to the model.
    pub up: String,
    /// And back.
    pub down: String,
}

impl Plan {
    /// Whether no table changes.
    pub fn is_empty(&self) -> bool {
        self.texts.iter().all(|(_, text)| text.up.is_empty())
    }
}

/// The migration from one model to the next.
pub fn between(before: &Catalog, after: &Catalog, dialects: &[Dialect]) -> Plan {
    let pairing = pair(before, after).stored(before, after);
    let mut first: Option<Option<String>> = None;
    let texts = dialects.iter().map(|dialect| {
        let steps = steps(before, after, &pairing, *dialect);
        let back = self::steps(after, before, &pairing.reversed(), *dialect);
        // Views come and go around what the migration is about, unless it is about views alone.
        let told = steps.iter().find(|step| !step.is_of_view()).or(steps.last());
        first = first.take().or_else(|| told.map(|step| step.table().map(|table| table.name.clone())));
        (*dialect, MigrationText { up: print::sql(&steps, *dialect), down: print::sql(&back, *dialect) })
    });
    let texts = texts.collect();
    Plan {
        texts,
        findings: findings(before, after, &pairing),
        warnings: warnings(before, after, &pairing),
        name: first.map(|first| name(before, after, &pairing, first.as_deref())).unwrap_or_default(),
        model: String::new(),
        model_changed: false,
    }
}

fn steps(before: &Catalog, after: &Catalog, pairing: &Pairing, dialect: Dialect) -> Vec<Step> {
    let (from, to) = (physical::of(before, dialect), physical::of(after, dialect));
    diff(&from, &to, &correspondence(before, after, pairing, dialect))
}

/// The migration from `model.graphql` to the model.
///
/// # Errors
/// [`MigrateError::File`], [`MigrateError::Model`].
pub fn plan_diff(migrations: &Path, model: &Catalog, dialects: &[Dialect]) -> Result<Plan, MigrateError> {
    let before_text = folder::read_model(migrations)?;
    let before = match &before_text {
        Some(text) => compile(text, dialects)?,
        None => Catalog::default(),
    };
    let mut plan = between(&before, model, dialects);
    for (dialect, text) in &mut plan.texts {
        // A database the project was not for until now is made from nothing.
        if before_text.is_some() && folder::read(migrations, *dialect)?.is_empty() {
            text.clone_from(&between(&Catalog::default(), model, &[*dialect]).texts.remove(0).1);
        }
    }
    plan.model = model_text(model);
    plan.model_changed = before_text.as_deref() != Some(plan.model.as_str());
    Ok(plan)
}

/// The migration that makes everything.
pub fn initial(model: &Catalog, dialects: &[Dialect]) -> Plan {
    Plan { model: model_text(model), model_changed: true, ..between(&Catalog::default(), model, dialects) }
}

/// Compiles the text of a `model.graphql`.
///
/// # Errors
/// [`MigrateError::Model`].
pub fn compile(text: &str, dialects: &[Dialect]) -> Result<Catalog, MigrateError> {
    let kind = |dialect: &Dialect| match dialect {
        Dialect::Sqlite => DatabaseKind::Sqlite,
        Dialect::Postgres => DatabaseKind::Postgres,
    };
    let settings = Settings { databases: dialects.iter().map(kind).collect(), ..Settings::default() };
    let source = Source { path: format!("migrations/{MODEL_FILE}"), text: text.to_owned() };
    match purlin_model::compile(&[source], &settings) {
        Ok(compiled) => Ok(compiled.catalog),
        Err(diagnostics) => Err(MigrateError::Model(Box::new(diagnostics))),
    }
}

/// What `model.graphql` says of a model: permissions are left out, they change no table.
fn model_text(model: &Catalog) -> String {
    purlin_model::print(model, purlin_model::PrintOptions { permissions: false })
}

/// Writes the scripts and `model.graphql`; returns the files. An empty plan writes no scripts.
///
/// # Errors
/// [`MigrateError::Destructive`] unless that is allowed; [`MigrateError::Name`], [`MigrateError::File`].
pub fn write_diff(
    migrations: &Path,
    plan: &Plan,
    name: Option<&str>,
    now: jiff::Timestamp,
    allow_destructive: bool,
) -> Result<Vec<PathBuf>, MigrateError> {
    if !plan.findings.is_empty() && !allow_destructive {
        return Err(MigrateError::Destructive(plan.findings.clone()));
    }
    let mut written = Vec::new();
    if !plan.is_empty() {
        let name = name.unwrap_or(&plan.name);
        folder::check_name(name)?;
        let version = folder::next_version(migrations, now)?;
        for (dialect, text) in &plan.texts {
            let migration = Migration {
                version: version.clone(),
                name: name.to_owned(),
                up: or_nothing(&text.up),
                down: Some(or_nothing(&text.down)),
            };
            written.extend(folder::write_migration(migrations, *dialect, &migration)?);
        }
    }
    if plan.model_changed {
        written.push(folder::write_model(migrations, &plan.model)?);
    }
    Ok(written)
}

/// Takes back what [`write_diff`] wrote, because it could not be applied: removes the scripts, and `model.graphql` says
/// again what it said before.
///
/// # Errors
/// [`MigrateError::File`].
pub fn take_back(migrations: &Path, written: &[PathBuf], model: Option<&str>) -> Result<(), MigrateError> {
    for file in written {
        match model.filter(|_| file.ends_with(MODEL_FILE)) {
            Some(text) => drop(folder::write_model(migrations, text)?),
            None => std::fs::remove_file(file).map_err(|error| folder::file_error(file, &error))?,
        }
    }
    Ok(())
}

/// Every migration has a script for each database, so that all have the same history.
fn or_nothing(script: &str) -> String {
    if script.is_empty() { "-- nothing changes here\n".to_owned() } else { script.to_owned() }
}

/// Writes an empty pair for hand-written SQL; returns the files. With `model`, the script is said to lead to that
/// model, and `model.graphql` follows.
///
/// # Errors
/// [`MigrateError::Name`], [`MigrateError::File`].
pub fn write_new(
    migrations: &Path,
    name: &str,
    dialects: &[Dialect],
    model: Option<&Catalog>,
    now: jiff::Timestamp,
) -> Result<Vec<PathBuf>, MigrateError> {
    folder::check_name(name)?;
    let version = folder::next_version(migrations, now)?;
    let mut written = Vec::new();
    for dialect in dialects {
        let migration = Migration {
            version: version.clone(),
            name: name.to_owned(),
            up: "-- what it does, in one transaction with its record\n".to_owned(),
            down: Some("-- how that is undone\n".to_owned()),
        };
        written.extend(folder::write_migration(migrations, *dialect, &migration)?);
    }
    if let Some(model) = model {
        written.push(folder::write_model(migrations, &model_text(model))?);
    }
    Ok(written)
}
