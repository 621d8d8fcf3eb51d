//! `purlin migrate`: the model's changes as reviewed SQL, and its way into the database.

use purlin_db::migrate::{self, ApplyOptions, MigrateError, Plan, State};
use purlin_db::{Database, introspect, physical};
use purlin_model::{Catalog, DatabaseKind};
use purlin_plan::plan::Dialect;
use serde_json::json;

use super::arguments::Migrate;
use super::database::{self, Missing};
use super::{Outcome, Output, done};
use crate::problem::Problem;
use crate::project;
use crate::settings::Settings;

/// Runs one of the commands.
pub fn run(settings: &Settings, command: Migrate) -> Outcome {
    database::runtime()?.block_on(async {
        match command {
            Migrate::Diff { name, allow_destructive } => diff(settings, name.as_deref(), allow_destructive).await,
            Migrate::New { name, model } => new(settings, &name, model),
            Migrate::Apply { allow_drift } => apply(settings, allow_drift).await,
            Migrate::Status => status(settings).await,
            Migrate::Down => down(settings).await,
            Migrate::Baseline => baseline(settings).await,
        }
    })
}

async fn diff(settings: &Settings, name: Option<&str>, allow_destructive: bool) -> Outcome {
    let catalog = project::compile(settings)?.catalog;
    let mut plan = planned(settings, &catalog)?;
    if !plan.findings.is_empty() {
        // How many rows a change concerns is good to know, and no reason to need a database.
        if let Ok(database) = database::open(settings, Missing::Refuse).await {
            migrate::count_rows(&database, &mut plan).await;
        }
    }
    let files = write(settings, &plan, name, allow_destructive)?;
    let mut text: String = plan.warnings.iter().map(|warning| format!("warning: {warning}\n")).collect();
    match files.is_empty() {
        true => text.push_str("nothing to migrate: the model is as the migrations say\n"),
        false => text.push_str(&lines("wrote", &files)),
    }
    Ok(Output::new(text, done(json!({ "files": files, "warnings": plan.warnings }))))
}

fn new(settings: &Settings, name: &str, model: bool) -> Outcome {
    let catalog = model.then(|| project::compile(settings)).transpose()?.map(|compiled| compiled.catalog);
    let migrations = project::migrations(settings);
    let now = jiff::Timestamp::now();
    let files = migrate::write_new(&migrations, name, &dialects(settings), catalog.as_ref(), now).map_err(problem)?;
    let files: Vec<String> = files.iter().map(|file| file.display().to_string()).collect();
    Ok(Output::new(lines("wrote", &files), done(json!({ "files": files }))))
}

async fn apply(settings: &Settings, allow_drift: bool) -> Outcome {
    let database = database::open(settings, Missing::Make).await?;
    let options = ApplyOptions { allow_drift };
    let applied = migrate::apply(&database, &project::migrations(settings), options).await.map_err(problem)?;
    // The scripts need no model that compiles; if there is one, its SQL must be of use in this database, which is not yet
    // what a model that went on without migrations speaks of.
    if let Ok(compiled) = project::compile(settings)
        && refuse_undescribed(settings, &compiled.catalog).is_ok()
    {
        project::try_sql(&compiled, &database).await?;
    }
    let text = if applied.is_empty() { "nothing to apply\n".to_owned() } else { lines("applied", &applied) };
    Ok(Output::new(text, done(json!({ "applied": applied }))))
}

async fn status(settings: &Settings) -> Outcome {
    let database = database::open(settings, Missing::Refuse).await?;
    let found = migrate::status(&database, &project::migrations(settings)).await.map_err(problem)?;
    let word = |state: State| match state {
        State::Applied => "applied",
        State::Pending => "pending",
        State::Changed => "changed",
        State::Missing => "missing",
    };
    let line = |one: &migrate::MigrationStatus| {
        let when = one.applied_at.as_deref().map(|when| format!("  {when}")).unwrap_or_default();
        format!("{:8}  {}{when}\n", word(one.state), one.migration)
    };
    let is_whole = !found.is_empty() && found.iter().all(|one| one.state == State::Applied);
    let drift = match is_whole {
        true => migrate::drift(&database, &project::migrations(settings)).await.map_err(problem)?,
        false => None,
    };
    let mut text: String = match found.is_empty() {
        true => "there are no migrations\n".to_owned(),
        false => found.iter().map(line).collect(),
    };
    text.extend(drift.iter().flatten().map(|difference| format!("drift     {difference}\n")));
    let list: Vec<_> = found
        .iter()
        .map(|one| json!({ "migration": one.migration, "state": word(one.state), "applied_at": one.applied_at }))
        .collect();
    Ok(Output::new(text, done(json!({ "migrations": list, "drift": drift }))))
}

async fn down(settings: &Settings) -> Outcome {
    let database = database::open(settings, Missing::Refuse).await?;
    let undone = migrate::down(&database, &project::migrations(settings)).await.map_err(problem)?;
    Ok(Output::new(format!("took back {undone}\n"), done(json!({ "undone": undone }))))
}

async fn baseline(settings: &Settings) -> Outcome {
    let catalog = project::compile(settings)?.catalog;
    let database = database::open(settings, Missing::Refuse).await?;
    let migrations = project::migrations(settings);
    let now = jiff::Timestamp::now();
    let files = migrate::baseline(&database, &migrations, &catalog, &dialects(settings), now).await.map_err(problem)?;
    let files: Vec<String> = files.iter().map(|file| file.display().to_string()).collect();
    let text = format!("{}the database counts as migrated\n", lines("wrote", &files));
    Ok(Output::new(text, done(json!({ "files": files }))))
}

/// What `serve --migrate` does.
pub async fn apply_pending(settings: &Settings, database: &Database) -> Result<(), Problem> {
    let options = ApplyOptions::default();
    for migration in migrate::apply(database, &project::migrations(settings), options).await.map_err(problem)? {
        tracing::info!(migration, "applied");
    }
    Ok(())
}

/// Refuses when the model is ahead of its migrations, or the migrations of the database. A project without migrations
/// is served as it is, if its tables are there.
pub async fn refuse_pending(settings: &Settings, catalog: &Catalog, database: &Database) -> Result<(), Problem> {
    refuse_undescribed(settings, catalog)?;
    let pending = migrate::pending(database, &project::migrations(settings)).await.map_err(problem)?;
    if !pending.is_empty() {
        let problem = Problem::new("migrate-pending", "there are migrations that are not applied yet");
        let hint = "run `purlin migrate apply`, or `purlin serve --migrate`";
        return Err(Problem { reasons: pending, ..problem }.hint(hint));
    }
    if has_migrations(settings)? { Ok(()) } else { refuse_missing_tables(settings, catalog, database).await }
}

/// Refuses when the model is ahead of its migrations.
pub fn refuse_undescribed(settings: &Settings, catalog: &Catalog) -> Result<(), Problem> {
    if !has_migrations(settings)? || planned(settings, catalog)?.is_empty() {
        return Ok(());
    }
    Err(Problem::new("migrate-undescribed", "the model has changes that no migration brings about")
        .hint("run `purlin migrate diff`, read what it wrote, then `purlin migrate apply`"))
}

/// Whether the project has any, or its tables are served as they are.
pub fn has_migrations(settings: &Settings) -> Result<bool, Problem> {
    Ok(migrate::folder::read_model(&project::migrations(settings)).map_err(problem)?.is_some())
}

/// Refuses when the database lacks tables of the model.
pub async fn refuse_missing_tables(settings: &Settings, catalog: &Catalog, database: &Database) -> Result<(), Problem> {
    let missing = missing_tables(settings, catalog, database).await?;
    if missing.is_empty() {
        return Ok(());
    }
    let problem = Problem::new("tables-missing", "the database lacks tables of the model");
    let hint = "run `purlin migrate diff` and `purlin migrate apply`; if the tables exist, check `database_url`";
    Err(Problem { reasons: missing, ..problem }.hint(hint))
}

/// Names of the model's tables that the database does not have.
pub async fn missing_tables(
    settings: &Settings,
    catalog: &Catalog,
    database: &Database,
) -> Result<Vec<String>, Problem> {
    let live = introspect::introspect(database).await.map_err(|error| database::problem(settings, &error))?;
    let wanted = physical::of(catalog, database.dialect());
    let tables = wanted.tables.keys().filter(|name| !live.tables.contains_key(*name));
    let missing = tables.chain(wanted.views.keys().filter(|name| !live.views.contains_key(*name)));
    Ok(missing.map(|name| format!("`{}`", name.name)).collect())
}

/// The migration that leads from the last one to the model.
pub fn planned(settings: &Settings, catalog: &Catalog) -> Result<Plan, Problem> {
    migrate::plan_diff(&project::migrations(settings), catalog, &dialects(settings)).map_err(problem)
}

fn write(settings: &Settings, plan: &Plan, name: Option<&str>, allow: bool) -> Result<Vec<String>, Problem> {
    let migrations = project::migrations(settings);
    let files = migrate::write_diff(&migrations, plan, name, jiff::Timestamp::now(), allow).map_err(problem)?;
    Ok(files.iter().map(|file| file.display().to_string()).collect())
}

fn dialects(settings: &Settings) -> Vec<Dialect> {
    let dialect = |kind: &DatabaseKind| match kind {
        DatabaseKind::Sqlite => Dialect::Sqlite,
        DatabaseKind::Postgres => Dialect::Postgres,
    };
    settings.databases.iter().map(dialect).collect()
}

/// What went wrong with migrations or seeds.
pub fn problem(error: MigrateError) -> Problem {
    if let MigrateError::Model(mistakes) = &error {
        return project::mistakes_of(mistakes);
    }
    let problem = Problem::new(error.code(), error.to_string());
    let hint = error.hint().map(str::to_owned);
    Problem { place: error.place().map(Into::into), reasons: error.reasons(), hint, ..problem }
}

fn lines(word: &str, items: &[String]) -> String {
    items.iter().map(|item| format!("{word} {item}\n")).collect()
}
