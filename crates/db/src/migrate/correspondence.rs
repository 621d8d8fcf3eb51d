//! How the rows of one model become the rows of the next, in the terms of one database: names that change, and how values
//! change their form. Refuses to know steps and SQL beyond single expressions.

use std::collections::BTreeMap;

use purlin_model::catalog::{Catalog, Column};
use purlin_model::pairing::Pairing;
use purlin_plan::plan::Dialect;

use super::conversion::{self, Conversion};
use crate::physical::{TableName, name_of};

/// What the differ must know beside the tables themselves; all names are the database's.
#[derive(Clone, Debug, Default)]
pub struct Correspondence {
    /// Tables with another name: (before, after).
    pub tables: Vec<(TableName, TableName)>,
    /// Columns with another name: table afterwards, column before, column afterwards.
    pub columns: Vec<(TableName, String, String)>,
    /// Columns whose values change their form, by their names afterwards.
    pub conversions: BTreeMap<(TableName, String), Conversion>,
}

/// The pairing in the terms of one database.
pub fn correspondence(before: &Catalog, after: &Catalog, pairing: &Pairing, dialect: Dialect) -> Correspondence {
    let mut found = Correspondence::default();
    for pair in &pairing.tables {
        let (old, new) = (before.table(pair.before), after.table(pair.after));
        let (old_name, new_name) = (name_of(old, dialect), name_of(new, dialect));
        for (from, to) in &pair.columns {
            let (from, to): (&Column, &Column) = (old.column(*from), new.column(*to));
            if from.db_name != to.db_name {
                found.columns.push((new_name.clone(), from.db_name.to_string(), to.db_name.to_string()));
            }
            if let Some(conversion) = conversion::between(from, to, dialect) {
                found.conversions.insert((new_name.clone(), to.db_name.to_string()), conversion);
            }
        }
        if old_name != new_name {
            found.tables.push((old_name, new_name));
        }
    }
    found
}
