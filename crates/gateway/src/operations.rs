//! The saved operations of a project, `schema/operations/*.graphql`, and what roles may ask because of them.

use std::sync::Arc;

use purlin_model::Catalog;
use purlin_schema::RoleLimits;
use purlin_schema::saved::{self, AllowList, Mistake, Saved};

use crate::problem::Problem;
use crate::project;
use crate::settings::Settings;

/// The saved operations, and the list they are.
///
/// # Errors
/// All mistakes in them.
pub fn check(settings: &Settings, catalog: &Arc<Catalog>) -> Result<(Vec<Saved>, AllowList), Vec<Problem>> {
    let sources = project::operations(settings).map_err(|problem| vec![problem])?;
    saved::check(Arc::clone(catalog), &sources).map_err(|mistakes| mistakes.into_iter().map(problem).collect())
}

/// The limits of every role, with the list of saved operations where it is obeyed.
///
/// # Errors
/// All mistakes in saved operations.
pub fn limits(settings: &Settings, catalog: &Arc<Catalog>) -> Result<RoleLimits, Vec<Problem>> {
    let (_, list) = check(settings, catalog)?;
    let limits = settings.document.clone();
    Ok(if settings.allow_list { limits.only(list) } else { limits })
}

fn problem(mistake: Mistake) -> Problem {
    let problem = Problem::new("saved-operation", mistake.message).at(mistake.place);
    Problem { hint: mistake.hint, ..problem }
}
