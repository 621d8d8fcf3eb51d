//! From the tables as they are to those of the model: the step that is to be taken, whether it loses anything, and taking
//! it. Every change is a migration, written and applied as `purlin migrate` does, so that folder and database agree.

use std::path::Path;
use std::time::Duration;

use purlin_db::Database;
use purlin_db::migrate::{self as migrations, ApplyOptions, Plan};
use purlin_model::{Catalog, Compiled};

use super::event::{Event, Events};
use crate::command::{files, migrate};
use crate::problem::Problem;
use crate::project;
use crate::settings::Settings;

/// How long a migration may take before somebody is told to wait.
const SOON: Duration = Duration::from_secs(1);

/// What is to be done with tables.
pub enum Step {
    /// Nothing: there are no migrations, and the tables are served as they are.
    AsTheyAre,
    /// Writing a migration, if the plan has one, and applying it with those that are pending.
    Migrate {
        /// From the last migration to the model.
        plan: Box<Plan>,
        /// Names of those that others wrote.
        pending: Vec<String>,
    },
}

/// The step to a model.
///
/// # Errors
/// Tables or migrations that do not fit; a database that does not answer.
pub async fn step(settings: &Settings, catalog: &Catalog, database: &Database) -> Result<Step, Problem> {
    if !migrate::has_migrations(settings)? {
        let missing = migrate::missing_tables(settings, catalog, database).await?;
        if missing.len() < catalog.tables.len() {
            migrate::refuse_missing_tables(settings, catalog, database).await?;
            return Ok(Step::AsTheyAre);
        }
    }
    let mut plan = migrate::planned(settings, catalog)?;
    migrations::count_rows(database, &mut plan).await;
    let pending = migrations::pending(database, &project::migrations(settings)).await.map_err(migrate::problem)?;
    Ok(Step::Migrate { plan: Box::new(plan), pending })
}

impl Step {
    /// The migration that is to be written.
    pub fn plan(&self) -> Option<&Plan> {
        match self {
            Step::AsTheyAre => None,
            Step::Migrate { plan, .. } => Some(plan),
        }
    }

    /// Whether there is nothing to write or to apply.
    pub fn is_empty(&self) -> bool {
        !self.changes_tables() && self.plan().is_none_or(|plan| !plan.model_changed)
    }

    /// Whether tables change.
    pub fn changes_tables(&self) -> bool {
        match self {
            Step::AsTheyAre => false,
            Step::Migrate { plan, pending } => !plan.is_empty() || !pending.is_empty(),
        }
    }

    /// What would be lost or may be impossible, one sentence each.
    pub fn losses(&self) -> Vec<String> {
        self.plan().map(|plan| plan.findings.iter().map(ToString::to_string).collect()).unwrap_or_default()
    }

    /// Refuses losses, unless they are just those that somebody means.
    ///
    /// # Errors
    /// The losses, with the command that takes them.
    pub fn refuse_losses(&self, project: &Path, meant: &[String]) -> Result<(), Problem> {
        let losses = self.losses();
        if losses.is_empty() || losses == meant {
            return Ok(());
        }
        let project = match project.to_str() {
            Some(".") => String::new(),
            _ => format!(" --project {}", files::quoted(&project.display().to_string())),
        };
        let problem = Problem::new("migrate-destructive", "the change may lose data or fail on existing rows");
        let hint = format!("if this is meant: `purlin migrate diff --allow-destructive{project}`; `dev` applies it");
        Err(Problem { reasons: losses, ..problem }.hint(hint))
    }

    /// Writes and applies, and tries the SQL of the model on the tables as they are then; returns the names of what was
    /// applied. What could not be applied or is of no use is not left behind, unless it lost something.
    ///
    /// # Errors
    /// Why not; the tables are as they were.
    pub async fn run(
        &self,
        settings: &Settings,
        compiled: &Compiled,
        database: &Database,
        events: Events,
    ) -> Result<Vec<String>, Problem> {
        let Step::Migrate { plan, .. } = self else {
            project::try_sql(compiled, database).await?;
            return Ok(Vec::new());
        };
        let folder = project::migrations(settings);
        let model = migrations::folder::read_model(&folder).map_err(migrate::problem)?;
        // Losses were looked at before.
        let written = migrations::write_diff(&folder, plan, None, jiff::Timestamp::now(), true);
        let written = written.map_err(migrate::problem)?;
        let work = migrations::apply(database, &folder, ApplyOptions::default());
        tokio::pin!(work);
        let outcome = tokio::select! {
            outcome = &mut work => outcome,
            () = tokio::time::sleep(SOON) => {
                events.print(&Event::Applying { name: plan.name.clone() });
                work.await
            }
        };
        let take_back = || migrations::take_back(&folder, &written, model.as_deref()).map_err(migrate::problem);
        let applied = match outcome {
            Ok(applied) => applied,
            Err(error) => {
                take_back()?;
                return Err(migrate::problem(error));
            }
        };
        if let Err(refused) = project::try_sql(compiled, database).await {
            if plan.findings.is_empty() {
                if !plan.is_empty() {
                    migrations::down(database, &folder).await.map_err(migrate::problem)?;
                }
                take_back()?;
            }
            return Err(refused);
        }
        Ok(applied)
    }
}
