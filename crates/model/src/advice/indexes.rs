//! Keys, relations and rules that no index serves: the database reads a whole table to find a few of its rows.

use std::collections::{BTreeMap, BTreeSet};

use super::{Advice, Places};
use crate::catalog::{Catalog, ColumnIndex, ForeignKey, RelationIndex, RelationOrigin, Table, TableId, starts_with};
use crate::filter::{Comparison, Filter, Operand};
use crate::mistakes;
use crate::session::Role;
use crate::source::Span;

/// Foreign keys whose columns no index starts with.
pub(super) fn foreign_keys(catalog: &Catalog, places: &Places) -> Vec<Advice> {
    let mut found = Vec::new();
    for id in catalog.table_ids() {
        let table = catalog.table(id);
        for index in table.relation_indexes() {
            let relation = table.relation(index);
            let RelationOrigin::ForeignKey(key) = relation.origin else { continue };
            let columns = &table.foreign_keys[key as usize].columns;
            if table.is_indexed(columns) {
                continue;
            }
            let (names, target) = (names(table, columns), &catalog.table(relation.target).name);
            let span = places.relation(id, index);
            let diagnostic = mistakes::unindexed_foreign_key(span, &table.name, &relation.name, &names, target);
            found.push(Advice { place: format!("{}.{}", table.name, relation.name), diagnostic });
        }
    }
    found
}

/// Columns that rows are looked for by, and the places that do.
type Needs = BTreeMap<(TableId, Vec<ColumnIndex>), BTreeSet<Span>>;

/// Columns by which rules look for rows, and by which roles follow relations, that no index starts with.
pub(super) fn filters(catalog: &Catalog, places: &Places) -> Vec<Advice> {
    let mut needs = Needs::new();
    for id in catalog.table_ids() {
        for (role, permissions) in &catalog.table(id).permissions {
            let Some(select) = &permissions.select else { continue };
            let mut looked = Looked { catalog, missing: Vec::new() };
            if let Search::Missing(columns) = looked.search(id, &select.filter, true) {
                looked.missing.push((id, columns));
            }
            for need in looked.missing {
                needs.entry(need).or_default().extend(places.of(id).rules.get(role));
            }
        }
        for role in &catalog.roles {
            followed(catalog, places, (id, role), &mut needs);
        }
    }
    // A foreign key without an index is advice of its own; views and computed fields have indexes of other tables.
    needs.retain(|(id, columns), _| {
        let table = catalog.table(*id);
        if table.view.is_some() || columns.iter().any(|column| table.column(*column).computed.is_some()) {
            return false;
        }
        let told = |key: &ForeignKey| starts_with(&key.columns, columns) && !table.is_indexed(&key.columns);
        !table.foreign_keys.iter().any(told)
    });
    needs.into_iter().map(|((id, columns), by)| advice(catalog, places, (id, &columns), by)).collect()
}

/// Relations that a role may follow, each by the columns at its other end.
fn followed(catalog: &Catalog, places: &Places, (id, role): (TableId, &Role), needs: &mut Needs) {
    let reads = |table: TableId| {
        catalog.table(table).permissions_of(role).is_some_and(|permissions| permissions.select.is_some())
    };
    let table = catalog.table(id);
    for index in table.relation_indexes().filter(|_| reads(id)) {
        if !reads(table.relation(index).target) {
            continue;
        }
        let mut looked = Looked { catalog, missing: Vec::new() };
        looked.relation(id, index);
        for need in looked.missing {
            needs.entry(need).or_default().insert(places.relation(id, index));
        }
    }
}

fn advice(catalog: &Catalog, places: &Places, (id, columns): (TableId, &[ColumnIndex]), by: BTreeSet<Span>) -> Advice {
    let table = catalog.table(id);
    let names = names(table, columns);
    let diagnostic = mistakes::unindexed_filter(places.column(id, columns[0]), &table.name, &names, by);
    Advice { place: format!("{}.{}", table.name, names[0]), diagnostic }
}

fn names<'t>(table: &'t Table, columns: &[ColumnIndex]) -> Vec<&'t str> {
    columns.iter().map(|column| &*table.column(*column).name).collect()
}

/// How the rows for which a filter holds are found.
enum Search {
    /// By an index.
    Served,
    /// By an index, if there were one that starts with these columns.
    Missing(Vec<ColumnIndex>),
    /// Not by values of columns.
    Reading,
}

/// What was looked at in one rule.
struct Looked<'c> {
    catalog: &'c Catalog,
    /// What else is read whole, for each row.
    missing: Vec<(TableId, Vec<ColumnIndex>)>,
}

impl Looked<'_> {
    /// `root`: the row is the one the whole rule is about, so that columns of it are no values.
    fn search(&mut self, id: TableId, filter: &Filter, root: bool) -> Search {
        match filter {
            Filter::And(parts) => self.all(id, &parts.iter().collect::<Vec<_>>(), root),
            Filter::Or(parts) => {
                let (mut missing, mut reading) = (None, parts.is_empty());
                for part in parts {
                    match self.search(id, part, root) {
                        Search::Served => {}
                        Search::Missing(columns) => missing = missing.or(Some(columns)),
                        Search::Reading => reading = true,
                    }
                }
                // One branch that reads all rows finds those of the others on its way.
                match missing {
                    _ if reading => Search::Reading,
                    Some(columns) => Search::Missing(columns),
                    None => Search::Served,
                }
            }
            Filter::Not(inner) => {
                self.search(id, inner, root);
                Search::Reading
            }
            Filter::Rule(inner) => self.search(id, inner, root),
            Filter::Compare { .. } => self.all(id, &[filter], root),
            Filter::CastText { .. } | Filter::IsNull { .. } | Filter::Search(_) => Search::Reading,
            Filter::Relation { relation, filter } => {
                self.relation(id, *relation);
                // The related rows are found by their keys; what is asked of them is asked of few.
                self.search(self.catalog.table(id).relation(*relation).target, filter, false);
                Search::Reading
            }
            Filter::Exists { table, filter } => {
                if let Search::Missing(columns) = self.search(*table, filter, false) {
                    self.missing.push((*table, columns));
                }
                Search::Reading
            }
        }
    }

    /// One index for one of several conditions is enough.
    fn all(&mut self, id: TableId, parts: &[&Filter], root: bool) -> Search {
        let table = self.catalog.table(id);
        let equal: Vec<ColumnIndex> = parts.iter().filter_map(|part| equal_column(part)).collect();
        let mut wanted = None;
        for part in parts {
            let found = match looked_for(part, root) {
                Some(column) if finds(table, column, &equal) => Search::Served,
                Some(column) => Search::Missing(vec![column]),
                None if matches!(part, Filter::Compare { .. }) => Search::Reading,
                None => self.search(id, part, root),
            };
            match found {
                Search::Served => return Search::Served,
                Search::Missing(columns) => wanted = wanted.or(Some(columns)),
                Search::Reading => {}
            }
        }
        wanted.map_or(Search::Reading, Search::Missing)
    }

    /// The rows at the other end of a relation are found by the columns that join them.
    fn relation(&mut self, id: TableId, index: RelationIndex) {
        let relation = self.catalog.table(id).relation(index);
        let ends = match &relation.through {
            None => vec![(relation.target, &relation.join)],
            Some(through) => vec![(through.table, &through.near), (relation.target, &through.far)],
        };
        for (table, join) in ends {
            let columns: Vec<ColumnIndex> = join.iter().map(|(_, there)| *there).collect();
            if !self.catalog.table(table).is_indexed(&columns) {
                self.missing.push((table, columns));
            }
        }
    }
}

/// The column by whose value a condition looks for rows. Literals pick the same rows for everybody and ranges many of
/// them: an index seldom helps there.
fn looked_for(filter: &Filter, root: bool) -> Option<ColumnIndex> {
    let Filter::Compare { column, comparison, operand } = filter else { return None };
    let by_value = matches!(comparison, Comparison::Equal | Comparison::In);
    let is_value = match operand {
        Operand::Session(_) => true,
        Operand::RootColumn(_) => !root,
        Operand::Literal(_) | Operand::Column(_) | Operand::Parameter(_) => false,
    };
    (by_value && is_value).then_some(*column)
}

/// The column of an equality with anything but another column of the row.
fn equal_column(filter: &Filter) -> Option<ColumnIndex> {
    match filter {
        Filter::Compare { column, comparison: Comparison::Equal | Comparison::In, operand } => {
            (!matches!(operand, Operand::Column(_))).then_some(*column)
        }
        _ => None,
    }
}

/// Whether an index leads to the column over columns whose values are known.
fn finds(table: &Table, column: ColumnIndex, equal: &[ColumnIndex]) -> bool {
    table.search_orders().any(|order| {
        let before = order.iter().take_while(|candidate| **candidate != column);
        order.contains(&column) && before.into_iter().all(|candidate| equal.contains(candidate))
    })
}
