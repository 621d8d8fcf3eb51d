//! A live database → [`PhysicalSchema`](crate::physical::PhysicalSchema): what its own catalogue tells. Reads only;
//! refuses to know models.

pub mod postgres;
pub mod sqlite;
mod sqlite_text;

use crate::physical::PhysicalSchema;
use crate::{Database, DatabaseError};

/// The tables of a database. What the model language cannot say is listed in
/// [`PhysicalSchema::unsupported`], one sentence each.
///
/// # Errors
/// [`DatabaseError`] when the catalogue cannot be read.
pub async fn introspect(database: &Database) -> Result<PhysicalSchema, DatabaseError> {
    match database {
        Database::Sqlite(engine) => engine.read(|connection| Ok(sqlite::introspect(connection)?)).await,
        Database::Postgres(engine) => {
            let client = engine.reader().await?;
            let tables = postgres::introspect(&*client).await;
            tables.map_err(|error| DatabaseError::Unavailable(error.to_string()))
        }
    }
}
