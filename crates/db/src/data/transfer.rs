//! All rows of one database → another of either kind. Refuses to know files.

use std::path::Path;

use purlin_model::Catalog;

use super::digest::Digest;
use super::error::DataError;
use super::session::Session;
use super::shape::Chunk;
use super::target::{Arrived, Expected, Filling, Histories, Target};
use super::{Progress, Told};
use crate::Database;

/// Moves everything, as it is at one moment, into an empty database; the source stays as it is.
///
/// # Errors
/// [`DataError`]; the target then holds no rows of it (its empty tables may have been made).
pub async fn transfer(
    source: &Database,
    target: Target,
    catalog: &Catalog,
    migrations: &Path,
    told: Told<'_>,
) -> Result<Vec<Arrived>, DataError> {
    let made = target.prepare(catalog, migrations).await?;
    let reader = Session::read(source).await?;
    let histories = Histories::read(&reader, target.database()?.dialect()).await?;
    let filling = Filling::begin(target.database()?, catalog, made).await?;
    let mut expected = Vec::with_capacity(filling.shapes.len());
    for shape in &filling.shapes {
        let mut digest = Digest::default();
        reader
            .scan(shape, true, async |chunk: Chunk| {
                chunk.iter().for_each(|row| digest.add(shape, row));
                told(&Progress { label: format!("move {}", shape.name), rows: digest.rows, bytes: None });
                filling.insert(shape, chunk).await
            })
            .await?;
        expected.push(Expected { shape: shape.clone(), digest, last_key: reader.last_key(shape).await? });
    }
    filling.histories(&histories).await?;
    let arrived = filling.finish(&expected).await?;
    target.finish()?;
    Ok(arrived)
}
