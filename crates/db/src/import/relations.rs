//! Two relations for every foreign key: an object where the key is, a list (or an object, if the key is unique) at
//! the other end.

use std::collections::HashMap;

use purlin_model::catalog::{
    Catalog, ColumnIndex, Relation, RelationIndex, RelationKind, RelationOrigin, Table, TableId,
};

use super::names;

/// Adds them to every table.
pub fn add(catalog: &mut Catalog) {
    for id in catalog.table_ids() {
        add_objects(catalog, id);
    }
    for id in catalog.table_ids() {
        add_inverses(catalog, id);
    }
}

/// How many foreign keys of a table point at each other table.
fn keys_by_target(table: &Table) -> HashMap<TableId, usize> {
    let mut counts = HashMap::new();
    for key in &table.foreign_keys {
        *counts.entry(key.target).or_insert(0) += 1;
    }
    counts
}

fn is_taken(table: &Table, name: &str) -> bool {
    table.column_by_name(name).is_some() || table.relation_by_name(name).is_some()
}

fn column_names(table: &Table, columns: &[ColumnIndex]) -> Vec<String> {
    columns.iter().map(|column| table.column(*column).name.to_string()).collect()
}

/// `name`, or with the key's columns if two keys lead there or the name is taken; numbered if even that is taken.
fn free_name(table: &Table, name: String, ambiguous: bool, columns: &[String]) -> String {
    if !ambiguous && !is_taken(table, &name) {
        return name;
    }
    let longer = names::by_columns(&name, columns);
    let numbered = (2..).map(|number| format!("{longer}_{number}"));
    std::iter::once(longer.clone()).chain(numbered).find(|name| !is_taken(table, name)).unwrap_or(longer)
}

fn add_objects(catalog: &mut Catalog, id: TableId) {
    let counts = keys_by_target(catalog.table(id));
    for index in 0..catalog.table(id).foreign_keys.len() {
        let table = catalog.table(id);
        let key = &table.foreign_keys[index];
        let singular = names::singular(&catalog.table(key.target).name);
        let columns = column_names(table, &key.columns);
        let relation = Relation {
            name: free_name(table, singular, counts[&key.target] > 1, &columns).into(),
            kind: RelationKind::Object,
            target: key.target,
            join: key.columns.iter().copied().zip(key.target_columns.iter().copied()).collect(),
            through: None,
            nullable: key.columns.iter().any(|column| table.column(*column).nullable),
            origin: RelationOrigin::ForeignKey(index as u16),
            description: None,
        };
        catalog.tables[id.0 as usize].relations.push(relation);
    }
}

fn add_inverses(catalog: &mut Catalog, id: TableId) {
    let counts = keys_by_target(catalog.table(id));
    let objects: Vec<(usize, Relation)> = catalog
        .table(id)
        .relations
        .iter()
        .enumerate()
        .filter(|(_, relation)| matches!(relation.origin, RelationOrigin::ForeignKey(_)))
        .map(|(index, relation)| (index, relation.clone()))
        .collect();
    for (index, object) in objects {
        let table = catalog.table(id);
        let key: Vec<ColumnIndex> = object.join.iter().map(|(here, _)| *here).collect();
        let (kind, name) = if is_unique(table, &key) {
            (RelationKind::Object, names::singular(&table.name))
        } else {
            (RelationKind::Array, names::plural(&table.name))
        };
        let columns = column_names(table, &key);
        let target = catalog.table(object.target);
        let relation = Relation {
            name: free_name(target, name, counts[&object.target] > 1, &columns).into(),
            kind,
            target: id,
            join: object.join.iter().map(|(here, there)| (*there, *here)).collect(),
            through: None,
            nullable: kind == RelationKind::Object,
            origin: RelationOrigin::Inverse(RelationIndex(index as u16)),
            description: None,
        };
        catalog.tables[object.target.0 as usize].relations.push(relation);
    }
}

/// Whether at most one row can hold a combination of these columns.
fn is_unique(table: &Table, columns: &[ColumnIndex]) -> bool {
    let within = |key: &[ColumnIndex]| !key.is_empty() && key.iter().all(|column| columns.contains(column));
    within(&table.primary_key) || table.uniques.iter().any(|unique| within(&unique.columns))
}
