//! An SQLite file's tables, from its pragmas and the text of its schema.

use std::collections::BTreeMap;

use purlin_plan::plan::Dialect;
use rusqlite::{Connection, OptionalExtension};

use super::sqlite_text::{self, TableText};
use crate::migrate::print::search;
use crate::physical::{
    Identity, PhysicalColumn, PhysicalForeignKey, PhysicalIndex, PhysicalKey, PhysicalSchema, PhysicalSearch,
    PhysicalTable, PhysicalView, TableName,
};

/// Reads them all.
///
/// # Errors
/// Those of SQLite.
pub fn introspect(connection: &Connection) -> rusqlite::Result<PhysicalSchema> {
    let mut schema = PhysicalSchema {
        dialect: Dialect::Sqlite,
        tables: BTreeMap::new(),
        views: BTreeMap::new(),
        unsupported: Vec::new(),
    };
    let mut statement = connection.prepare(
        "SELECT list.name, list.type, list.strict, list.wr, schema.sql
         FROM pragma_table_list AS list LEFT JOIN sqlite_schema AS schema
           ON schema.name = list.name AND schema.type IN ('table', 'view')
         WHERE list.schema = 'main' AND list.name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY list.name",
    )?;
    let mut virtual_tables: Vec<(String, String)> = Vec::new();
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let (name, kind): (String, String) = (row.get(0)?, row.get(1)?);
        match kind.as_str() {
            "table" => {
                let text: Option<String> = row.get(4)?;
                let text = sqlite_text::table(text.as_deref().unwrap_or_default());
                let reader = Reader { connection, name: &name, text, unsupported: &mut schema.unsupported };
                let table = reader.table(row.get(2)?, row.get(3)?)?;
                schema.tables.insert(table_name(&name), table);
            }
            "view" => {
                let text: Option<String> = row.get(4)?;
                match view(connection, &name, text.as_deref().unwrap_or_default()) {
                    Ok(view) => drop(schema.views.insert(table_name(&name), view)),
                    Err(error) => schema.unsupported.push(format!("view `{name}`, which cannot be read: {error}")),
                }
            }
            "virtual" => virtual_tables.push((name, row.get::<_, Option<String>>(4)?.unwrap_or_default())),
            // The tables a virtual table keeps its data in belong to it.
            _ => {}
        }
    }
    let own = searches(connection, virtual_tables, &mut schema)?;
    let mut triggers =
        connection.prepare("SELECT name, tbl_name FROM sqlite_schema WHERE type = 'trigger' ORDER BY name")?;
    let triggers = triggers
        .query_map([], |row| Ok(format!("trigger `{}` on `{}`", row.get::<_, String>(0)?, row.get::<_, String>(1)?)))?;
    for trigger in triggers {
        let trigger = trigger?;
        if !own.contains(&trigger) {
            schema.unsupported.push(trigger);
        }
    }
    fill_target_columns(&mut schema);
    Ok(schema)
}

/// Notes full-text search that is as migrations make it; its triggers, as they would be told. Any other virtual table is
/// listed.
fn searches(
    connection: &Connection,
    virtual_tables: Vec<(String, String)>,
    schema: &mut PhysicalSchema,
) -> rusqlite::Result<Vec<String>> {
    let mut own = Vec::new();
    for (name, text) in virtual_tables {
        let found = sqlite_text::search_table(&text).and_then(|(of, columns)| {
            let table = table_name(&of);
            schema.tables.contains_key(&table).then(|| (table, PhysicalSearch { name: name.clone(), columns }))
        });
        match found {
            Some((table, search)) if is_whole(connection, &table, &search)? => {
                let events = ["insert", "update", "delete"];
                own.extend(events.map(|event| format!("trigger `{name}_{event}` on `{}`", table.name)));
                if let Some(table) = schema.tables.get_mut(&table) {
                    table.search = Some(search);
                }
            }
            _ => schema.unsupported.push(format!("virtual table `{name}`")),
        }
    }
    Ok(own)
}

/// Whether the FTS5 table and its triggers are those that migrations make.
fn is_whole(connection: &Connection, table: &TableName, search: &PhysicalSearch) -> rusqlite::Result<bool> {
    let mut text_of = connection.prepare("SELECT sql FROM sqlite_schema WHERE name = ?1")?;
    for (expected, event) in search::on_sqlite(table, search).iter().zip(["", "_insert", "_update", "_delete"]) {
        let name = format!("{}{event}", search.name);
        let live: Option<String> = text_of.query_row([name], |row| row.get(0)).optional()?;
        if live.as_deref() != Some(expected) {
            return Ok(false);
        }
    }
    Ok(true)
}

/// A view, if it can be read.
fn view(connection: &Connection, name: &str, text: &str) -> rusqlite::Result<PhysicalView> {
    let mut statement = connection.prepare("SELECT name, type FROM pragma_table_xinfo(?1) ORDER BY cid")?;
    let columns = statement.query_map([name], |row| {
        Ok(PhysicalColumn { name: row.get(0)?, declared_type: declared_type(row.get(1)?), ..PhysicalColumn::default() })
    })?;
    let columns = columns.collect::<rusqlite::Result<Vec<_>>>()?;
    let has_triggers =
        "SELECT EXISTS (SELECT 1 FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = ?1 COLLATE NOCASE)";
    let plain = !connection.query_row(has_triggers, [name], |row| row.get::<_, bool>(0))?;
    Ok(PhysicalView { columns, sql: sqlite_text::view_query(text).filter(|_| plain), comment: None })
}

fn table_name(name: &str) -> TableName {
    TableName { schema: String::new(), name: name.to_owned() }
}

/// A foreign key without columns points at the primary key. SQLite finds tables without regard to case; the schema
/// tells them as they are written where they are made.
fn fill_target_columns(schema: &mut PhysicalSchema) {
    let keys: BTreeMap<String, (TableName, Vec<String>)> = schema
        .tables
        .iter()
        .map(|(name, table)| {
            let columns = table.primary_key.as_ref().map(|key| key.columns.clone()).unwrap_or_default();
            (name.name.to_lowercase(), (name.clone(), columns))
        })
        .collect();
    for key in schema.tables.values_mut().flat_map(|table| &mut table.foreign_keys) {
        if let Some((name, columns)) = keys.get(&key.target.name.to_lowercase()) {
            key.target = name.clone();
            if key.target_columns.is_empty() {
                key.target_columns.clone_from(columns);
            }
        }
    }
}

/// Reads one table.
struct Reader<'a> {
    connection: &'a Connection,
    name: &'a str,
    text: TableText,
    unsupported: &'a mut Vec<String>,
}

impl Reader<'_> {
    fn table(mut self, strict: bool, without_rowid: bool) -> rusqlite::Result<PhysicalTable> {
        let (mut columns, primary_key) = self.columns()?;
        if let Some(key) = &primary_key {
            self.note_identity(&mut columns, key, without_rowid);
        }
        let (uniques, indexes) = self.indexes()?;
        let foreign_keys = self.foreign_keys()?;
        let name = self.name;
        self.unsupported.extend(self.text.oddities.iter().map(|oddity| format!("`{oddity}` in `{name}`")));
        let primary_key =
            primary_key.map(|columns| PhysicalKey { name: self.text.primary_key.clone().unwrap_or_default(), columns });
        Ok(PhysicalTable {
            columns,
            primary_key,
            uniques,
            foreign_keys,
            checks: std::mem::take(&mut self.text.checks),
            indexes,
            search: None,
            strict,
            without_rowid,
            comment: None,
        })
    }

    /// Columns, and those of the primary key in key order.
    fn columns(&self) -> rusqlite::Result<(Vec<PhysicalColumn>, Option<Vec<String>>)> {
        let mut statement = self.connection.prepare(
            "SELECT name, type, \"notnull\", dflt_value, pk, hidden FROM pragma_table_xinfo(?1) WHERE hidden <> 1 ORDER BY cid",
        )?;
        let mut key: Vec<(i64, String)> = Vec::new();
        let mut columns = Vec::new();
        let mut rows = statement.query([self.name])?;
        while let Some(row) = rows.next()? {
            let name: String = row.get(0)?;
            let text = self.text.columns.iter().find(|column| column.name.eq_ignore_ascii_case(&name));
            let (position, hidden): (i64, i64) = (row.get(4)?, row.get(5)?);
            if position > 0 {
                key.push((position, name.clone()));
            }
            columns.push(PhysicalColumn {
                declared_type: declared_type(row.get(1)?),
                // A key without a value is an old mistake of SQLite's that nobody means.
                not_null: row.get::<_, bool>(2)? || position > 0,
                default: row.get(3)?,
                identity: None,
                generated: text.and_then(|text| text.generated.clone()).filter(|_| hidden >= 2),
                collation: text
                    .and_then(|text| text.collation.clone())
                    .filter(|collation| !collation.eq_ignore_ascii_case("binary"))
                    .map(|collation| if collation == "decimal" { collation } else { collation.to_uppercase() }),
                comment: None,
                name,
            });
        }
        key.sort();
        let key: Vec<String> = key.into_iter().map(|(_, name)| name).collect();
        Ok((columns, Some(key).filter(|key| !key.is_empty())))
    }

    /// `INTEGER PRIMARY KEY` (and only that word) fills itself.
    fn note_identity(&self, columns: &mut [PhysicalColumn], key: &[String], without_rowid: bool) {
        let [only] = key else { return };
        let Some(column) = columns.iter_mut().find(|column| column.name == *only) else { return };
        if column.declared_type.eq_ignore_ascii_case("integer") && !without_rowid {
            column.identity = Some(if self.text.autoincrement { Identity::Autoincrement } else { Identity::Rowid });
        }
    }

    fn indexes(&mut self) -> rusqlite::Result<(Vec<PhysicalKey>, Vec<PhysicalIndex>)> {
        let mut statement = self.connection.prepare(
            "SELECT list.name, list.\"unique\", list.origin, schema.sql
             FROM pragma_index_list(?1) AS list LEFT JOIN sqlite_schema AS schema
               ON schema.name = list.name AND schema.type = 'index'
             ORDER BY list.seq DESC",
        )?;
        // SQLite makes one index for two constraints over the same columns; the text has both.
        let of_text = |(name, columns): &(Option<String>, Vec<String>)| PhysicalKey {
            name: name.clone().unwrap_or_default(),
            columns: columns.iter().map(|column| self.as_declared(column)).collect(),
        };
        let mut uniques: Vec<PhysicalKey> = self.text.uniques.iter().map(of_text).collect();
        let mut indexes = Vec::new();
        let mut rows = statement.query([self.name])?;
        while let Some(row) = rows.next()? {
            let (name, unique, origin): (String, bool, String) = (row.get(0)?, row.get(1)?, row.get(2)?);
            let Some(columns) = self.index_columns(&name)? else {
                self.unsupported
                    .push(format!("index `{name}` on `{}`: it is over an expression or descends", self.name));
                continue;
            };
            match origin.as_str() {
                "pk" => {}
                "u" if uniques.iter().any(|key| same_names(&key.columns, &columns)) => {}
                "u" => uniques.push(PhysicalKey { name: String::new(), columns }),
                _ => {
                    let sql: Option<String> = row.get(3)?;
                    let condition = sql.as_deref().and_then(sqlite_text::index_condition);
                    indexes.push(PhysicalIndex { name, columns, unique, condition, using: None });
                }
            }
        }
        Ok((uniques, indexes))
    }

    /// `None` for an index the model language cannot say.
    fn index_columns(&self, index: &str) -> rusqlite::Result<Option<Vec<String>>> {
        let mut statement = self
            .connection
            .prepare("SELECT name, \"desc\" FROM pragma_index_xinfo(?1) WHERE \"key\" = 1 ORDER BY seqno")?;
        let parts =
            statement.query_map([index], |row| Ok((row.get::<_, Option<String>>(0)?, row.get::<_, bool>(1)?)))?;
        let parts = parts.collect::<rusqlite::Result<Vec<_>>>()?;
        Ok(parts.into_iter().map(|(name, descends)| name.filter(|_| !descends)).collect())
    }

    /// A column's name as it is written where it is made.
    fn as_declared(&self, column: &str) -> String {
        let same = self.text.columns.iter().find(|declared| declared.name.eq_ignore_ascii_case(column));
        same.map_or_else(|| column.to_owned(), |declared| declared.name.clone())
    }

    fn foreign_keys(&self) -> rusqlite::Result<Vec<PhysicalForeignKey>> {
        let mut statement = self.connection.prepare(
            "SELECT id, \"table\", \"from\", \"to\", on_update, on_delete FROM pragma_foreign_key_list(?1) ORDER BY id DESC, seq",
        )?;
        let mut keys: Vec<(i64, PhysicalForeignKey)> = Vec::new();
        let mut rows = statement.query([self.name])?;
        while let Some(row) = rows.next()? {
            let id: i64 = row.get(0)?;
            if keys.last().is_none_or(|(last, _)| *last != id) {
                let target = table_name(&row.get::<_, String>(1)?);
                let key = PhysicalForeignKey {
                    name: String::new(),
                    columns: Vec::new(),
                    target,
                    target_columns: Vec::new(),
                    on_delete: row.get(5)?,
                    on_update: row.get(4)?,
                    deferrable: false,
                };
                keys.push((id, key));
            }
            if let Some((_, key)) = keys.last_mut() {
                key.columns.push(row.get(2)?);
                key.target_columns.extend(row.get::<_, Option<String>>(3)?);
            }
        }
        let keys = keys.into_iter().map(|(_, key)| key).zip(0..).map(|(mut key, index)| {
            // The pragma tells keys in the order of the text, last first.
            let same = self.text.foreign_keys.get(index).filter(|(_, columns, _)| same_names(columns, &key.columns));
            let text = same
                .or_else(|| self.text.foreign_keys.iter().find(|(_, columns, _)| same_names(columns, &key.columns)));
            if let Some((name, _, deferred)) = text {
                key.name = name.clone().unwrap_or_default();
                key.deferrable = *deferred;
            }
            key
        });
        Ok(keys.collect())
    }
}

fn same_names(left: &[String], right: &[String]) -> bool {
    left.len() == right.len() && left.iter().zip(right).all(|(left, right)| left.eq_ignore_ascii_case(right))
}

fn declared_type(declared: Option<String>) -> String {
    declared.unwrap_or_default()
}
