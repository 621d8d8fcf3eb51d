//! Model and `migrations/model.graphql` → the migration that leads from the one to the other. Needs no database.

use std::path::{Path, PathBuf};

use purlin_model::{Catalog, DatabaseKind, Settings, Source};
use purlin_plan::plan::Dialect;

use super::correspondence::{Pairing, correspondence, pair};
use super::diff::diff;
use super::error::MigrateError;
use super::finding::{Finding, findings, warnings};
use super::folder::{self, MODEL_FILE, Migration};
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
    let pairing = pair(before, after);
    let mut name = String::new();
    let texts = dialects.iter().map(|dialect| {
        let steps = steps(before, after, &pairing, *dialect);
        let back = self::steps(after, before, &pairing.reversed(), *dialect);
        if name.is_empty() {
            name = describe(&steps, before.tables.is_empty());
        }
        (*dialect, MigrationText { up: print::sql(&steps, *dialect), down: print::sql(&back, *dialect) })
    });
    Plan {
        texts: texts.collect(),
        findings: findings(before, after, &pairing),
        warnings: warnings(before, after, &pairing),
        name,
        model: String::new(),
        model_changed: false,
    }
}

fn steps(before: &Catalog, after: &Catalog, pairing: &Pairing, dialect: Dialect) -> Vec<Step> {
    let (from, to) = (physical::of(before, dialect), physical::of(after, dialect));
    diff(&from, &to, &correspondence(before, after, pairing, dialect))
}

/// A name after the most telling step.
fn describe(steps: &[Step], is_first: bool) -> String {
    let name = match steps.iter().find(|step| !matches!(step, Step::CreateSchema(_))) {
        Some(Step::CreateTable { .. }) if is_first => "initial".to_owned(),
        Some(Step::CreateTable { name, .. }) => format!("create_{}", name.name),
        Some(Step::DropTable(name)) => format!("drop_{}", name.name),
        Some(Step::RenameTable { from, to }) => format!("rename_{}_to_{}", from.name, to.name),
        Some(Step::Alter { table, .. } | Step::CreateIndex { table, .. } | Step::DropIndex { table, .. }) => {
            format!("alter_{}", table.name)
        }
        Some(Step::Rebuild(rebuild)) => format!("alter_{}", rebuild.name.name),
        _ => "change".to_owned(),
    };
    let fits = |letter: char| letter.is_ascii_alphanumeric() || letter == '_';
    name.chars().map(|letter| if fits(letter) { letter } else { '_' }).take(60).collect()
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
