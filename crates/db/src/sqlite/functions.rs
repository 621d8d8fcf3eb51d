//! Functions and collations every connection has. Refuses to know tables.

use rusqlite::Connection;

use super::decimal;

/// Registers them all.
///
/// # Errors
/// Those of SQLite.
pub fn register(connection: &Connection) -> rusqlite::Result<()> {
    connection.create_collation("decimal", decimal::compare)
}
