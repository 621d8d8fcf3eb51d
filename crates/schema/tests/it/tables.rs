//! Scripts that make the tables of a model, keep a copy of their rows beside them, and bring these rows back.

use purlin_db::{Database, migrate, physical};
use purlin_model::catalog::{Catalog, ColumnDefault, Table};
use purlin_plan::plan::Dialect;

/// Makes the tables.
pub fn create(catalog: &Catalog, dialect: Dialect) -> String {
    let empty = Catalog::default();
    let pairing = purlin_model::pairing::pair(&empty, catalog).stored(&empty, catalog);
    let steps = migrate::diff(
        &physical::of(&empty, dialect),
        &physical::of(catalog, dialect),
        &migrate::correspondence(&empty, catalog, &pairing, dialect),
    );
    migrate::sql(&steps, dialect)
}

/// Keeps a copy of all rows.
pub fn save(catalog: &Catalog, dialect: Dialect) -> String {
    each(catalog, |table| format!("CREATE TABLE {} AS SELECT * FROM {};\n", saved(table), name(table, dialect)))
}

/// Brings the copied rows back; keys that fill themselves go on from the greatest.
pub fn restore(catalog: &Catalog, dialect: Dialect) -> String {
    let (before, after) = match dialect {
        Dialect::Sqlite => ("PRAGMA foreign_keys = OFF;\nBEGIN;\n", "COMMIT;\nPRAGMA foreign_keys = ON;\n"),
        Dialect::Postgres => ("SET session_replication_role = replica;\nBEGIN;\n", "COMMIT;\n"),
    };
    let rows = each(catalog, |table| {
        let table_name = name(table, dialect);
        let keys: String = table
            .columns
            .iter()
            .filter(|column| column.default == Some(ColumnDefault::Autoincrement))
            .map(|column| match dialect {
                Dialect::Sqlite => format!(
                    "UPDATE sqlite_sequence SET seq = (SELECT max({0}) FROM {table_name}) WHERE name = '{table_name}';\n",
                    column.db_name
                ),
                Dialect::Postgres => format!(
                    "SELECT setval(pg_get_serial_sequence('{table_name}', '{0}'), max({0})) FROM {table_name};\n",
                    column.db_name
                ),
            })
            .collect();
        format!("DELETE FROM {table_name};\nINSERT INTO {table_name} SELECT * FROM {};\n{keys}", saved(table))
    });
    format!("{before}{rows}{after}")
}

fn each(catalog: &Catalog, script: impl Fn(&Table) -> String) -> String {
    catalog.tables.iter().filter(|table| table.view.is_none()).map(script).collect()
}

fn name(table: &Table, dialect: Dialect) -> String {
    match (dialect, &table.db_schema) {
        (Dialect::Postgres, Some(schema)) => format!("{schema}.{}", table.db_name),
        (Dialect::Postgres, None) => table.db_name.to_string(),
        (Dialect::Sqlite, _) => table.sqlite_name(),
    }
}

fn saved(table: &Table) -> String {
    format!("saved_{}", table.sqlite_name())
}

/// Runs a script.
///
/// # Panics
/// When a statement fails.
pub async fn execute(database: &Database, script: String) {
    match database {
        Database::Sqlite(engine) => {
            let run = move |connection: &mut rusqlite::Connection| Ok(connection.execute_batch(&script)?);
            engine.write_exclusive(run).await.expect("a script");
        }
        Database::Postgres(engine) => {
            engine.client().await.expect("a client").batch_execute(&script).await.expect("a script");
        }
    }
}
