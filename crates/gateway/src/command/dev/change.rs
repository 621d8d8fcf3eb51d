//! What becomes of a saved change: SQL, API, access. Pure; for people one screen, for programs everything.

use purlin_db::migrate::Plan;
use purlin_model::Catalog;
use purlin_model::access::{self, AccessChange};
use purlin_plan::plan::Dialect;
use purlin_schema::diff::{self, ApiDiff};
use serde_json::{Value as Json, json};

use super::screen::{Line, Section};

/// Lines of SQL that are shown; the rest is in the migration's file.
const SQL_LINES: usize = 14;
/// Lines of differences that are shown; `--format json` prints all.
const DIFF_LINES: usize = 16;

/// Characters of a line of SQL that are shown.
const SQL_CHARACTERS: usize = 110;

/// The difference between what is served and what was saved.
pub struct Change {
    /// The SQL for the database that is served from; empty if no table changes.
    sql: String,
    /// What may fail on rows that exist.
    warnings: Vec<String>,
    api: ApiDiff,
    access: Vec<AccessChange>,
}

impl Change {
    /// What leads from the one model to the other.
    pub fn between(before: &Catalog, after: &Catalog, plan: Option<&Plan>, dialect: Dialect) -> Change {
        let sql = plan.and_then(|plan| plan.texts.iter().find(|(of, _)| *of == dialect));
        Change {
            sql: sql.map(|(_, text)| text.up.clone()).unwrap_or_default(),
            warnings: plan.map(|plan| plan.warnings.clone()).unwrap_or_default(),
            api: diff::diff(before, after),
            access: access::diff(before, after),
        }
    }

    /// On one screen.
    pub fn sections(&self) -> Vec<Section> {
        // Comments are for whoever applies it.
        let told = |line: &&str| !line.is_empty() && !line.starts_with("-- purlin:");
        let sql: Vec<Line> = self.sql.lines().filter(told).map(|line| Line::plain(&shortened(line))).collect();
        let api: Vec<Line> = self.api.lines().into_iter().map(Line::signed).collect();
        let access: Vec<Line> = self.access.iter().map(|change| Line::signed(change.to_string())).collect();
        let warnings: Vec<Line> = self.warnings.iter().map(|warning| Line::warning(warning)).collect();
        let sections = [
            Section::new("SQL", sql, SQL_LINES, "the migration has all"),
            Section::new("API", api, DIFF_LINES, "`--format json` prints all"),
            Section::new("access", access, DIFF_LINES, "`--format json` prints all"),
            Section::new("note", warnings, DIFF_LINES, "`--format json` prints all"),
        ];
        sections.into_iter().flatten().collect()
    }

    /// Whole.
    pub fn to_json(&self) -> Json {
        let access: Vec<Json> = self.access.iter().map(AccessChange::to_json).collect();
        json!({ "sql": self.sql, "warnings": self.warnings, "api": self.api.to_json(), "access": access })
    }
}

fn shortened(line: &str) -> String {
    match line.char_indices().nth(SQL_CHARACTERS) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line.to_owned(),
    }
}
