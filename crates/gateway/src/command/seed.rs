//! `purlin seed`: the rows of `schema/seeds/*.json`, each file once.

use purlin_db::{Database, seed};
use purlin_model::Catalog;
use serde_json::json;

use super::database::{self, Missing};
use super::{Outcome, Output, done, migrate};
use crate::problem::Problem;
use crate::project;
use crate::settings::Settings;

/// Loads what is not loaded yet.
pub fn run(settings: &Settings) -> Outcome {
    database::runtime()?.block_on(async {
        let catalog = project::compile(settings)?.catalog;
        let database = database::open(settings, Missing::Refuse).await?;
        migrate::refuse_pending(settings, &catalog, &database).await?;
        let loaded = seed::load(&database, &catalog, &project::seeds(settings)).await.map_err(migrate::problem)?;
        let text = match loaded.is_empty() {
            true => "nothing to load\n".to_owned(),
            false => loaded.iter().map(|one| format!("loaded {}: {} rows added\n", one.file, one.added)).collect(),
        };
        let files: Vec<_> = loaded.iter().map(|one| json!({ "file": one.file, "added": one.added })).collect();
        Ok(Output::new(text, done(json!({ "loaded": files }))))
    })
}

/// The same for `dev`: what was loaded.
pub async fn load(settings: &Settings, catalog: &Catalog, database: &Database) -> Result<Vec<seed::Loaded>, Problem> {
    seed::load(database, catalog, &project::seeds(settings)).await.map_err(migrate::problem)
}
