//! Steps → DDL, the only place that writes it. Pure; refuses to know how steps are found out.

mod alter;
pub mod search;
mod table;

use purlin_plan::plan::Dialect;

use super::step::{Rebuild, Step};
use crate::physical::{Identity, PhysicalIndex, PhysicalTable, PhysicalView, TableName, list, quote, text_literal};

/// Prefix of the table that takes the place of a rebuilt one, until it gets its name.
const REBUILD_PREFIX: &str = "purlin_rebuild_";
/// Begins the comment before a rebuild; what follows is [`RebuildMarker`] as JSON.
pub const REBUILD_BEGINS: &str = "-- purlin:rebuild ";
/// Begins the comment after a rebuild.
pub const REBUILD_ENDS: &str = "-- purlin:rebuilt ";

/// A comment by which a script of SQLite runs without foreign keys; they are checked at its end. It stands before all
/// else.
pub const FOREIGN_KEYS_OFF: &str = "-- purlin:foreign-keys off";

/// What the comment before a rebuild says to whoever applies it.
#[derive(Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct RebuildMarker {
    /// The table.
    pub table: String,
    /// The columns it is known to have; the values of any other would be lost.
    pub columns: Vec<String>,
}

/// The steps as a script, one statement after the other.
pub fn sql(steps: &[Step], dialect: Dialect) -> String {
    let mut script = String::new();
    // A table that goes takes the rows that point at it along, even if it only goes to come again.
    let drops = |step: &Step| matches!(step, Step::Rebuild(_) | Step::DropTable(_));
    if dialect == Dialect::Sqlite && steps.iter().any(drops) {
        script.push_str(&format!("{FOREIGN_KEYS_OFF}\n\n"));
    }
    for (index, step) in steps.iter().enumerate() {
        if index > 0 && is_apart(&steps[index - 1], step) {
            script.push('\n');
        }
        script.push_str(&statement(step, dialect));
    }
    script
}

/// Tables have an empty line before them, and so has what follows one that is not about it.
fn is_apart(before: &Step, step: &Step) -> bool {
    let large = |step: &Step| matches!(step, Step::CreateTable { .. } | Step::Rebuild(_) | Step::CreateView { .. });
    let continues = matches!(
        (before, step),
        (Step::CreateTable { name, .. }, Step::CreateIndex { table, .. } | Step::Comment { table, .. }) if name == table
    );
    (large(before) && !continues) || large(step)
}

fn statement(step: &Step, dialect: Dialect) -> String {
    match step {
        Step::CreateSchema(name) => format!("CREATE SCHEMA IF NOT EXISTS {};\n", quote(name)),
        Step::CreateTable { name, table } => create_table(name, table, dialect),
        Step::DropTable(name) => format!("DROP TABLE {};\n", name.sql()),
        Step::CreateView { name, view } => create_view(name, view),
        Step::DropView(name) => format!("DROP VIEW {};\n", name.sql()),
        Step::RenameTable { from, to } => rename_table(from, to),
        Step::Alter { table, change } => alter::change(table, change, dialect),
        Step::Rebuild(rebuild) => self::rebuild(rebuild),
        Step::CreateIndex { table, index } => create_index(table, index),
        Step::CreateSearch { table, search } => search::create(table, search, dialect),
        Step::DropSearch { table, name } => search::drop(table, name, dialect),
        Step::DropIndex { table, name } => format!("DROP INDEX {};\n", beside(table, name)),
        Step::Comment { table, column, text } => {
            let target = match column {
                Some(column) => format!("COLUMN {}.{}", table.sql(), quote(column)),
                None => format!("TABLE {}", table.sql()),
            };
            let text = text.as_deref().map_or_else(|| "NULL".to_owned(), text_literal);
            format!("COMMENT ON {target} IS {text};\n")
        }
    }
}

/// A view and its comments.
fn create_view(name: &TableName, view: &PhysicalView) -> String {
    let sql = view.sql.as_deref().unwrap_or_default();
    // A comment ends with its line.
    let end = if sql.lines().last().is_some_and(|line| line.contains("--")) { "\n;\n" } else { ";\n" };
    let mut script = format!("CREATE VIEW {} AS\n{sql}{end}", name.sql());
    if let Some(comment) = &view.comment {
        script.push_str(&format!("COMMENT ON VIEW {} IS {};\n", name.sql(), text_literal(comment)));
    }
    for column in &view.columns {
        if let Some(comment) = &column.comment {
            let (column, comment) = (quote(&column.name), text_literal(comment));
            script.push_str(&format!("COMMENT ON COLUMN {}.{column} IS {comment};\n", name.sql()));
        }
    }
    script
}

/// A name in the schema of a table.
fn beside(table: &TableName, name: &str) -> String {
    TableName { schema: table.schema.clone(), name: name.to_owned() }.sql()
}

fn rename_table(from: &TableName, to: &TableName) -> String {
    let mut script = String::new();
    if from.schema != to.schema {
        script = format!("ALTER TABLE {} SET SCHEMA {};\n", from.sql(), quote(&to.schema));
    }
    if from.name != to.name {
        let moved = TableName { schema: to.schema.clone(), name: from.name.clone() };
        script.push_str(&format!("ALTER TABLE {} RENAME TO {};\n", moved.sql(), quote(&to.name)));
    }
    script
}

fn create_table(name: &TableName, table: &PhysicalTable, dialect: Dialect) -> String {
    let lines = table::lines(table, dialect);
    let options = match (table.strict, table.without_rowid) {
        (true, true) => " STRICT, WITHOUT ROWID",
        (true, false) => " STRICT",
        (false, true) => " WITHOUT ROWID",
        (false, false) => "",
    };
    format!("CREATE TABLE {} (\n  {}\n){options};\n", name.sql(), lines.join(",\n  "))
}

fn create_index(table: &TableName, index: &PhysicalIndex) -> String {
    let unique = if index.unique { "UNIQUE " } else { "" };
    let using = index.using.as_deref().map(|method| format!(" USING {}", quote(method))).unwrap_or_default();
    let condition = index.condition.as_deref().map(|condition| format!(" WHERE {condition}")).unwrap_or_default();
    let (name, columns) = (quote(&index.name), list(&index.columns));
    format!("CREATE {unique}INDEX {name} ON {}{using} {columns}{condition};\n", table.sql())
}

/// SQLite's procedure for changes that `ALTER TABLE` does not make (<https://sqlite.org/lang_altertable.html>, section
/// 7); whoever applies it puts views and triggers aside in between.
fn rebuild(rebuild: &Rebuild) -> String {
    let new = TableName { schema: String::new(), name: format!("{REBUILD_PREFIX}{}", rebuild.name.name) };
    let old = rebuild.name.sql();
    let marker = RebuildMarker {
        table: rebuild.name.name.clone(),
        columns: rebuild.before.columns.iter().map(|column| column.name.clone()).collect(),
    };
    let mut script = String::new();
    for index in &rebuild.before.indexes {
        script.push_str(&format!("DROP INDEX {};\n", quote(&index.name)));
    }
    script.push_str(&format!("{REBUILD_BEGINS}{}\n", serde_json::json!(marker)));
    script.push_str(&create_table(&new, &rebuild.after, Dialect::Sqlite));
    if !rebuild.copies.is_empty() {
        let columns: Vec<&str> = rebuild.copies.iter().map(|copy| copy.to.as_str()).collect();
        let values: Vec<&str> = rebuild.copies.iter().map(|copy| copy.expression.as_str()).collect();
        let (columns, values) = (list(&columns), values.join(", "));
        script.push_str(&format!("INSERT INTO {} {columns}\nSELECT {values}\nFROM {old};\n", new.sql()));
    }
    let counts =
        |table: &PhysicalTable| table.columns.iter().any(|column| column.identity == Some(Identity::Autoincrement));
    if counts(&rebuild.before) && counts(&rebuild.after) {
        // Keys of rows that are gone must not be given again.
        let (new, old) = (text_literal(&new.name), text_literal(&rebuild.name.name));
        script.push_str(&format!("DELETE FROM sqlite_sequence WHERE name = {new};\n"));
        script.push_str(&format!(
            "INSERT INTO sqlite_sequence (name, seq) SELECT {new}, seq FROM sqlite_sequence WHERE name = {old};\n"
        ));
    }
    script.push_str(&format!("DROP TABLE {old};\nALTER TABLE {} RENAME TO {old};\n", new.sql()));
    for index in &rebuild.after.indexes {
        script.push_str(&create_index(&rebuild.name, index));
    }
    script.push_str(&format!("{REBUILD_ENDS}{}\n", serde_json::json!(rebuild.name.name)));
    script
}
