//! `purlin import database`: a project that describes a database as it is. The database is only read.

use std::path::Path;

use purlin_db::import::{self, Imported};
use purlin_model::{DatabaseKind, PrintOptions};
use serde_json::json;

use super::database::{self, Missing};
use super::{Outcome, Output, done, files};
use crate::problem::Problem;
use crate::settings::Settings;

/// Writes the project to `out`, which holds none yet.
pub fn run(settings: &Settings, out: &Path) -> Outcome {
    let Imported { catalog, remarks } = database::runtime()?.block_on(read(settings))?;
    if catalog.tables.is_empty() {
        return Err(Problem::new("import-empty", "the database has no tables to import")
            .because(format!("it is `{:?}`", settings.database_url))
            .hint("check `--database-url`")
            .into());
    }
    let model = purlin_model::print(&catalog, PrintOptions { permissions: false });
    let names = ["purlin.toml", "schema/model.graphql", "graphql.config.yml", ".gitignore"];
    let texts = [configuration(settings), model, files::EDITORS.to_owned(), files::IGNORED.to_owned()];
    let written: Vec<(&str, &str)> = names.into_iter().zip(texts.iter().map(String::as_str)).collect();
    files::write_new(out, &written)?;

    let views = catalog.tables.iter().filter(|table| table.view.is_some()).count();
    let tables = catalog.tables.len() - views;
    let relations = catalog.tables.iter().map(|table| table.relations.len()).sum::<usize>();
    let shown = out.display();
    let and_views = if views == 0 { String::new() } else { format!(" and {views} views") };
    let mut text = format!("imported {tables} tables with {relations} relations{and_views} into `{shown}`\n");
    for remark in &remarks {
        text.push_str(&format!("note: {remark}\n"));
    }
    text.push_str("no role may do anything yet: rules are written with `@allow`; `admin` needs none\n");
    let fields = json!({ "folder": shown.to_string(), "tables": tables, "views": views, "relations": relations, "notes": remarks });
    Ok(Output::new(text, done(fields)))
}

async fn read(settings: &Settings) -> Result<Imported, Problem> {
    let database = database::open_any(settings, Missing::NothingToRead).await?;
    import::import(&database).await.map_err(|error| database::problem(settings, &error))
}

fn configuration(settings: &Settings) -> String {
    let kind = match settings.database_url.kind() {
        DatabaseKind::Sqlite => "sqlite",
        DatabaseKind::Postgres => "postgres",
    };
    format!(
        "# Describes a database that existed before; it is served as it is. `purlin migrate baseline` adopts it, so that\n\
         # changes of the model become migrations.\ndatabases = [\"{kind}\"]\n"
    )
}
