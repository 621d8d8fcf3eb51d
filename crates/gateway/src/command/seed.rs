//! `purlin seed`: what is in `schema/seeds`, each file once.

use purlin_db::Database;
use purlin_db::data::seed;
use purlin_model::Catalog;
use serde_json::json;

use super::database::{self, Missing};
use super::{Outcome, Output, data, done, migrate};
use crate::problem::Problem;
use crate::project;
use crate::settings::Settings;

/// Loads what is not loaded yet.
pub fn run(settings: &Settings) -> Outcome {
    database::runtime()?.block_on(async {
        let catalog = project::compile(settings)?.catalog;
        let database = database::open(settings, Missing::Refuse).await?;
        migrate::refuse_pending(settings, &catalog, &database).await?;
        let loaded = seed::load(&database, &catalog, &project::seeds(settings)).await.map_err(data::problem)?;
        let line = |one: &seed::Loaded| match one.added {
            Some(added) => format!("loaded {}: {added} rows added\n", one.file),
            None => format!("ran {}\n", one.file),
        };
        let text = match loaded.is_empty() {
            true => "nothing to load\n".to_owned(),
            false => loaded.iter().map(line).collect(),
        };
        let files: Vec<_> = loaded.iter().map(|one| json!({ "file": one.file, "added": one.added })).collect();
        Ok(Output::new(text, done(json!({ "loaded": files }))))
    })
}

/// The same for `dev`: what was loaded.
pub async fn load(settings: &Settings, catalog: &Catalog, database: &Database) -> Result<Vec<seed::Loaded>, Problem> {
    seed::load(database, catalog, &project::seeds(settings)).await.map_err(data::problem)
}
