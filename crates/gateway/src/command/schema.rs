//! `purlin schema`: what a role's API looks like, and what the model language has.

use purlin_model::Role;
use purlin_schema::types;
use purlin_schema::view::{RoleView, RootFields};
use serde_json::json;

use super::{Outcome, Output};
use crate::problem::Problem;
use crate::project;
use crate::settings::Settings;

/// A role's schema as SDL.
pub fn print(settings: &Settings, role: &str) -> Outcome {
    let catalog = project::compile(settings)?.catalog;
    let role = Role::new(role);
    if !role.is_admin() && !catalog.roles.contains(&role) {
        let known: Vec<String> = catalog.roles.iter().map(|role| format!("`{}`", role.name())).collect();
        return Err(Problem::new("role", format!("no rule names the role `{}`", role.name()))
            .because(format!("there are `admin`, {}", known.join(", ")))
            .into());
    }
    let roots = RootFields::of(&catalog);
    let view = RoleView { catalog: &catalog, roots: &roots, role: &role, backend: false };
    let sdl = types::print(&types::build(view));
    Ok(Output::new(sdl.clone(), json!({ "role": role.name(), "sdl": sdl })))
}

/// The prelude for editors.
pub fn directives() -> Output {
    let prelude = purlin_model::prelude();
    Output::new(prelude.clone(), json!({ "sdl": prelude }))
}
