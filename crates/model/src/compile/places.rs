//! Where the parts of a catalog are written, for advice about them.

use super::columns::TableColumns;
use super::declarations::Declarations;
use super::rules::Rules;
use crate::advice::{Places, TablePlaces};

/// The places of every table's parts. They mean something only where nothing was reported.
pub fn places(declarations: &Declarations, columns: &[TableColumns], rules: &Rules) -> Places {
    let of_table = |(index, columns): (usize, &TableColumns)| {
        let table = &declarations.tables[index];
        let field = |index: usize| table.fields[index].name().span;
        TablePlaces {
            name: table.name.span,
            columns: columns.origins.iter().map(|(index, _)| field(*index)).collect(),
            relations: columns.relations.iter().map(|(index, _)| field(*index)).collect(),
            rules: rules.role_places.get(index).cloned().unwrap_or_default(),
        }
    };
    Places { tables: columns.iter().enumerate().map(of_table).collect() }
}
