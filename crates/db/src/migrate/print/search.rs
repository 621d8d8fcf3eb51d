//! Full-text search as DDL: on PostgreSQL an index over the words of the texts, on SQLite an FTS5 table beside the table
//! whose triggers keep it so for every writer.

use purlin_plan::plan::Dialect;

use super::beside;
use crate::physical::{PhysicalSearch, TableName, list, quote, text_literal};

/// What counts as part of a word: letters, marks, digits and private characters, in no case, each mark for itself.
const TOKENIZER: &str = "unicode61 remove_diacritics 0 categories 'L* M* N* Co'";

/// Makes it.
pub fn create(table: &TableName, search: &PhysicalSearch, dialect: Dialect) -> String {
    match dialect {
        Dialect::Postgres => format!(
            "CREATE INDEX {} ON {} USING gin (purlin.search_document{});\n",
            quote(&search.name),
            table.sql(),
            list(&search.columns)
        ),
        Dialect::Sqlite => {
            let name = quote(&search.name);
            let mut script: String =
                on_sqlite(table, search).iter().map(|statement| format!("{statement};\n")).collect();
            script.push_str(&format!("INSERT INTO {name} ({name}) VALUES ('rebuild');\n"));
            script
        }
    }
}

/// Takes it away.
pub fn drop(table: &TableName, name: &str, dialect: Dialect) -> String {
    match dialect {
        Dialect::Postgres => format!("DROP INDEX {};\n", beside(table, name)),
        Dialect::Sqlite => {
            let triggers = ["insert", "update", "delete"];
            let mut script: String =
                triggers.iter().map(|event| format!("DROP TRIGGER {};\n", quote(&format!("{name}_{event}")))).collect();
            script.push_str(&format!("DROP TABLE {};\n", quote(name)));
            script
        }
    }
}

/// The FTS5 table and its triggers, as SQLite keeps their text.
pub fn on_sqlite(table: &TableName, search: &PhysicalSearch) -> [String; 4] {
    let (name, of) = (quote(&search.name), table.sql());
    let columns: Vec<String> = search.columns.iter().map(|column| quote(column)).collect();
    let plain = columns.join(", ");
    let of_row = |row: &str| {
        let values: Vec<String> = columns.iter().map(|column| format!("{row}.{column}")).collect();
        format!("{row}.rowid, {}", values.join(", "))
    };
    let add = format!("INSERT INTO {name} (rowid, {plain}) VALUES ({});", of_row("new"));
    let remove = format!("INSERT INTO {name} ({name}, rowid, {plain}) VALUES ('delete', {});", of_row("old"));
    let changed: Vec<String> = columns.iter().map(|column| format!("old.{column} IS NOT new.{column}")).collect();
    let changed = format!("old.rowid IS NOT new.rowid OR {}", changed.join(" OR "));
    let trigger = |event: &str| quote(&format!("{}_{event}", search.name));
    [
        format!(
            "CREATE VIRTUAL TABLE {name} USING fts5({plain}, content = {}, content_rowid = 'rowid', tokenize = \"{TOKENIZER}\")",
            text_literal(&table.name)
        ),
        format!("CREATE TRIGGER {} AFTER INSERT ON {of} BEGIN\n  {add}\nEND", trigger("insert")),
        format!(
            "CREATE TRIGGER {} AFTER UPDATE ON {of} WHEN {changed} BEGIN\n  {remove}\n  {add}\nEND",
            trigger("update")
        ),
        format!("CREATE TRIGGER {} AFTER DELETE ON {of} BEGIN\n  {remove}\nEND", trigger("delete")),
    ]
}
