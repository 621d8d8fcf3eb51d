//! `purlin check`: compiles the model and says everything that is wrong or odd with it.

use serde_json::json;

use super::{Outcome, Output, done};
use crate::project;
use crate::settings::Settings;

/// Compiles; warnings are told and are no failure.
pub fn run(settings: &Settings) -> Outcome {
    let compiled = project::compile(settings)?;
    let (tables, roles) = (compiled.catalog.tables.len(), compiled.catalog.roles.len());
    let mut text = compiled.warnings.render(crate::log::color());
    text.push_str(&format!("the model is fine: {tables} tables, {roles} roles\n"));
    let fields = json!({ "tables": tables, "roles": roles, "warnings": compiled.warnings.to_json() });
    Ok(Output::new(text, done(fields)))
}
