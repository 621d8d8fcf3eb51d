//! The models of Purlin's own tables: written in the model language like any other, embedded in the binary, migrated by
//! the same code.

use crate::catalog::Catalog;
use crate::compile::{Settings, compile};
use crate::diagnostic::Diagnostics;
use crate::source::Source;

/// The files of the system model.
pub fn sources() -> Vec<Source> {
    vec![Source { path: "system/purlin.graphql".to_owned(), text: include_str!("system/purlin.graphql").to_owned() }]
}

/// The system model for both databases.
///
/// # Errors
/// Never, as a test shows; the embedded files are compiled like any others.
pub fn catalog() -> Result<Catalog, Diagnostics> {
    let mut catalog = compile(&sources(), &Settings::default())?.catalog;
    for table in &mut catalog.tables {
        table.system = true;
    }
    Ok(catalog)
}

#[cfg(test)]
mod tests {
    use super::catalog;

    #[test]
    fn the_embedded_model_compiles() {
        let catalog = catalog().map_err(|diagnostics| diagnostics.render(false)).unwrap();
        assert!(catalog.tables.iter().all(|table| table.system && table.permissions.is_empty()));
        assert_eq!(catalog.tables.len(), 3);
    }
}
