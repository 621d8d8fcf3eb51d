//! `purlin check`: compiles the model and says everything that is wrong or odd with it; SQL in it is tried on the
//! database, if there is one.

use purlin_model::{Compiled, DatabaseKind};
use serde_json::json;

use super::database::{self, Missing};
use super::{Outcome, Output, done};
use crate::problem::Problem;
use crate::project;
use crate::settings::Settings;

/// Compiles; warnings are told and are no failure. A database that the command line names is asked about the SQL too.
pub fn run(settings: &Settings) -> Outcome {
    let compiled = project::compile(settings)?;
    let note = database::runtime()?.block_on(try_sql(settings, &compiled))?;
    let (tables, roles) = (compiled.catalog.tables.len(), compiled.catalog.roles.len());
    let mut text = compiled.warnings.render(crate::log::color());
    text.extend(note);
    text.push_str(&format!("the model is fine: {tables} tables, {roles} roles\n"));
    let fields = json!({ "tables": tables, "roles": roles, "warnings": compiled.warnings.to_json() });
    Ok(Output::new(text, done(fields)))
}

/// Tries the SQL of views and computed fields on the database; a note where there is none to be reached.
async fn try_sql(settings: &Settings, compiled: &Compiled) -> Result<Option<String>, Problem> {
    if !compiled.has_sql() {
        return Ok(None);
    }
    match database::open(settings, Missing::Refuse).await {
        Ok(database) => project::try_sql(compiled, &database).await.map(|()| None),
        // For SQLite it has been tried in memory.
        Err(_) if settings.database_url.kind() == DatabaseKind::Sqlite => Ok(None),
        Err(problem) => Ok(Some(format!("note: the SQL of the model was not tried: {}\n", problem.message))),
    }
}
