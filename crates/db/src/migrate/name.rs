//! What a migration is called, after what it changes: `add_tasks_estimate`. Refuses to know steps and SQL.

use purlin_model::catalog::{Catalog, ColumnIndex, Table};
use purlin_model::pairing::{Pairing, TablePair};

/// Changes that a name tells; it ends with `_and_more` if there are others.
const TOLD: usize = 2;
/// Longest name in characters.
const LENGTH: usize = 80;

/// A name for the migration from the one model to the other; `first` is the table its first step is about.
pub fn name(before: &Catalog, after: &Catalog, pairing: &Pairing, first: Option<&str>) -> String {
    if before.tables.is_empty() {
        return "initial".to_owned();
    }
    let mut changes: Vec<String> = pairing.added.iter().map(|id| format!("create_{}", after.table(*id).name)).collect();
    changes.extend(pairing.dropped.iter().map(|id| format!("drop_{}", before.table(*id).name)));
    let pairs = || pairing.tables.iter().map(|pair| (before.table(pair.before), after.table(pair.after), pair));
    let renamed = pairs().filter(|(old, new, _)| old.name != new.name);
    changes.extend(renamed.map(|(old, new, _)| format!("rename_{}_to_{}", old.name, new.name)));
    for (old, new, pair) in pairs() {
        of_columns(old, new, pair, &mut changes);
    }
    let told = match changes.len() {
        0 => first.map_or_else(|| "change".to_owned(), |table| format!("alter_{table}")),
        count if count <= TOLD => changes.join("_and_"),
        _ => format!("{}_and_more", changes[0]),
    };
    let fits = |letter: char| letter.is_ascii_alphanumeric() || letter == '_';
    told.chars().map(|letter| if fits(letter) { letter } else { '_' }).take(LENGTH).collect()
}

fn of_columns(before: &Table, after: &Table, pair: &TablePair, changes: &mut Vec<String>) {
    let (mut renamed, mut altered) = (Vec::new(), Vec::new());
    for (from, to) in &pair.columns {
        let (from, to) = (before.column(*from), after.column(*to));
        if from.name != to.name {
            renamed.push(format!("rename_{}_{}_to_{}", after.name, from.name, to.name));
        } else if (&from.column_type, from.nullable, &from.default, &from.postgres_type)
            != (&to.column_type, to.nullable, &to.default, &to.postgres_type)
        {
            altered.push(&*to.name);
        }
    }
    changes.extend(columns("add", after, &pair.added));
    changes.extend(columns("drop", before, &pair.dropped));
    changes.extend(renamed);
    if !altered.is_empty() {
        changes.push(format!("alter_{}_{}", after.name, altered.join("_")));
    }
}

/// `add_tasks_estimate_due_on`
fn columns(verb: &str, table: &Table, columns: &[ColumnIndex]) -> Option<String> {
    let names: Vec<&str> = columns.iter().map(|index| &*table.column(*index).name).collect();
    (!names.is_empty()).then(|| format!("{verb}_{}_{}", table.name, names.join("_")))
}
