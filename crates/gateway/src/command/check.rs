//! `purlin check`: compiles the model and says everything that is wrong or odd with it, saved operations included, and
//! what could be better; SQL in it is tried on the database, if there is one.

use std::sync::Arc;

use purlin_model::{Compiled, DatabaseKind};
use serde_json::{Value as Json, json};

use super::database::{self, Missing};
use super::{Outcome, Output, done};
use crate::problem::Problem;
use crate::settings::Settings;
use crate::{operations, project};

/// Compiles; warnings and advice are told, and are a failure only if `strict`. A database that the command
/// line names is asked about the SQL too.
pub fn run(settings: &Settings, strict: bool) -> Outcome {
    let compiled = project::check(settings)?;
    let note = database::runtime()?.block_on(try_sql(settings, &compiled))?;
    let catalog = Arc::new(compiled.catalog);
    let (saved, _) = operations::check(settings, &catalog)?;
    if strict && !compiled.warnings.is_empty() {
        return Err(project::warnings_of(&compiled.warnings).into());
    }
    let (tables, roles) = (catalog.tables.len(), catalog.roles.len());
    let mut text = compiled.warnings.render(crate::log::color());
    text.extend(note);
    text.push_str(&format!("the model is fine: {tables} tables, {roles} roles\n"));
    for one in &saved {
        if one.roles.is_empty() {
            text.push_str(&format!("`{}` in {} is for `admin` alone\n", one.name, one.path));
        }
    }
    if !saved.is_empty() {
        text.push_str(&format!("the saved operations are fine: {}\n", saved.len()));
    }
    let operations = saved.iter().map(|one| {
        let roles: Vec<&str> = one.roles.iter().map(|role| role.name()).collect();
        json!({ "name": one.name, "path": one.path, "roles": roles })
    });
    let operations: Json = operations.collect();
    let fields =
        json!({ "tables": tables, "roles": roles, "operations": operations, "warnings": compiled.warnings.to_json() });
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
