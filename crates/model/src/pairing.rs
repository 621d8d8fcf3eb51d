//! Which tables and columns of two models are the same thing: by name, or by `@renamed`. Refuses to know what becomes of
//! what is not.

use crate::catalog::{Catalog, ColumnIndex, Table, TableId};

/// Tables and columns of two models that are the same thing.
#[derive(Clone, Debug, Default)]
pub struct Pairing {
    /// Tables that are in both: (before, after) and their columns that are in both.
    pub tables: Vec<TablePair>,
    /// Tables that are only in the first.
    pub dropped: Vec<TableId>,
    /// Tables that are only in the second.
    pub added: Vec<TableId>,
}

/// A table of both models.
#[derive(Clone, Debug)]
pub struct TablePair {
    /// In the first.
    pub before: TableId,
    /// In the second.
    pub after: TableId,
    /// Columns that are in both.
    pub columns: Vec<(ColumnIndex, ColumnIndex)>,
    /// Columns that are only in the first.
    pub dropped: Vec<ColumnIndex>,
    /// Columns that are only in the second.
    pub added: Vec<ColumnIndex>,
}

/// Which things of two models are the same: by name, or by `@renamed`.
pub fn pair(before: &Catalog, after: &Catalog) -> Pairing {
    let mut pairing = Pairing::default();
    for id in after.table_ids() {
        let table = after.table(id);
        let former = table.renamed_from.as_deref().filter(|former| after.table_by_name(former).is_none());
        let earlier = before.table_by_name(&table.name).or_else(|| before.table_by_name(former?));
        match earlier {
            Some(earlier) => pairing.tables.push(pair_columns(before.table(earlier), table, earlier, id)),
            None => pairing.added.push(id),
        }
    }
    let kept = |id: &TableId| pairing.tables.iter().any(|pair| pair.before == *id);
    pairing.dropped = before.table_ids().filter(|id| !kept(id)).collect();
    pairing
}

fn pair_columns(before: &Table, after: &Table, before_id: TableId, after_id: TableId) -> TablePair {
    let mut pair =
        TablePair { before: before_id, after: after_id, columns: Vec::new(), dropped: Vec::new(), added: Vec::new() };
    for index in after.column_indexes() {
        let column = after.column(index);
        let former = column.renamed_from.as_deref().filter(|former| after.column_by_name(former).is_none());
        match before.column_by_name(&column.name).or_else(|| before.column_by_name(former?)) {
            Some(earlier) => pair.columns.push((earlier, index)),
            None => pair.added.push(index),
        }
    }
    let kept = |index: &ColumnIndex| pair.columns.iter().any(|(earlier, _)| earlier == index);
    pair.dropped = before.column_indexes().filter(|index| !kept(index)).collect();
    pair
}

impl TablePair {
    fn keep_stored(&mut self, before: &Table, after: &Table) {
        let is_stored = |table: &Table, index: &ColumnIndex| table.column(*index).computed.is_none();
        for (from, to) in &self.columns {
            match (is_stored(before, from), is_stored(after, to)) {
                (true, false) => self.dropped.push(*from),
                (false, true) => self.added.push(*to),
                _ => {}
            }
        }
        self.columns.retain(|(from, to)| is_stored(before, from) && is_stored(after, to));
        self.dropped.retain(|index| is_stored(before, index));
        self.added.retain(|index| is_stored(after, index));
    }
}

impl Pairing {
    /// What of it is kept in the database: tables without views, and columns without computed ones. A table that becomes
    /// a view goes, and so does a column that is computed from now on.
    pub fn stored(mut self, before: &Catalog, after: &Catalog) -> Pairing {
        let is_table = |catalog: &Catalog, id: &TableId| catalog.table(*id).view.is_none();
        for pair in &self.tables {
            match (is_table(before, &pair.before), is_table(after, &pair.after)) {
                (true, false) => self.dropped.push(pair.before),
                (false, true) => self.added.push(pair.after),
                _ => {}
            }
        }
        self.tables.retain(|pair| is_table(before, &pair.before) && is_table(after, &pair.after));
        self.dropped.retain(|id| is_table(before, id));
        self.added.retain(|id| is_table(after, id));
        for pair in &mut self.tables {
            pair.keep_stored(before.table(pair.before), after.table(pair.after));
        }
        self
    }

    /// The same, seen from the second model.
    pub fn reversed(&self) -> Pairing {
        let reversed = |pair: &TablePair| TablePair {
            before: pair.after,
            after: pair.before,
            columns: pair.columns.iter().map(|(before, after)| (*after, *before)).collect(),
            dropped: pair.added.clone(),
            added: pair.dropped.clone(),
        };
        Pairing {
            tables: self.tables.iter().map(reversed).collect(),
            dropped: self.added.clone(),
            added: self.dropped.clone(),
        }
    }
}
