//! The steps on PostgreSQL, where tables are changed in place.

use std::collections::BTreeSet;

use super::{Changes, both, by_reference, changes, only, real_name};
use crate::migrate::conversion::Conversion;
use crate::migrate::correspondence::Correspondence;
use crate::migrate::step::{Change, Step};
use crate::physical::{
    Identity, PhysicalCheck, PhysicalColumn, PhysicalForeignKey, PhysicalIndex, PhysicalKey, PhysicalSchema,
    PhysicalTable, TableName, quote,
};

/// A column of a table.
type Place<'a> = (&'a TableName, &'a str);

/// What is the same table before and afterwards.
struct Pair<'a> {
    name: &'a TableName,
    before: &'a PhysicalTable,
    after: &'a PhysicalTable,
    uniques: Changes<'a, PhysicalKey>,
    checks: Changes<'a, PhysicalCheck>,
    indexes: Changes<'a, PhysicalIndex>,
    foreign_keys: Changes<'a, PhysicalForeignKey>,
}

/// Appends the steps; tables have been renamed already.
pub fn steps(from: &PhysicalSchema, to: &PhysicalSchema, correspondence: &Correspondence, steps: &mut Vec<Step>) {
    let mut pairs: Vec<Pair> = both(from, to)
        .map(|(name, before, after)| Pair {
            name,
            before,
            after,
            uniques: changes(&before.uniques, &after.uniques),
            checks: changes(&before.checks, &after.checks),
            indexes: changes(&before.indexes, &after.indexes),
            foreign_keys: changes(&before.foreign_keys, &after.foreign_keys),
        })
        .collect();
    redo_constraints(&mut pairs);
    for (table, before, after) in &correspondence.columns {
        let change = Change::RenameColumn { from: before.clone(), to: after.clone() };
        steps.push(Step::Alter { table: table.clone(), change });
    }
    for pair in &pairs {
        let keys = pair.foreign_keys.dropped.iter();
        steps.extend(keys.map(|key| alter(pair.name, Change::DropConstraint(key.name.clone()))));
    }
    // Before the keys they point at.
    drop_tables(from, to, steps);
    for pair in &pairs {
        drop_constraints(pair, steps);
    }
    let later = create_tables(from, to, steps);
    for pair in &pairs {
        change_columns(pair, correspondence, steps);
    }
    for pair in &pairs {
        add_constraints(pair, steps);
    }
    for pair in &pairs {
        let keys = pair.foreign_keys.added.iter();
        steps.extend(keys.map(|key| alter(pair.name, Change::AddForeignKey((*key).clone()))));
    }
    steps.extend(later);
    for pair in &pairs {
        comments(pair.name, Some(pair.before), pair.after, steps);
    }
    for (name, table) in only(to, from) {
        comments(name, None, table, steps);
    }
}

fn alter(table: &TableName, change: Change) -> Step {
    Step::Alter { table: table.clone(), change }
}

/// Constraints that stay the same but stand on a column that changes its type, or on a key that goes, are dropped and
/// made again.
fn redo_constraints(pairs: &mut [Pair<'_>]) {
    let mut touched: BTreeSet<Place> = BTreeSet::new();
    for pair in pairs.iter() {
        for column in &pair.after.columns {
            let changed = pair.before.column(&column.name).is_some_and(|before| {
                before.declared_type != column.declared_type || before.collation != column.collation
            });
            if changed {
                touched.insert((pair.name, &column.name));
            }
        }
    }
    let typed = touched.clone();
    for pair in pairs.iter() {
        let gone = pair.before.primary_key.as_ref();
        let gone = gone.filter(|key| primary_key_changes(key, pair.after.primary_key.as_ref()));
        let keys = pair.uniques.dropped.iter().copied().chain(gone);
        touched.extend(keys.flat_map(|key| key.columns.iter().map(|column| (pair.name, column.as_str()))));
    }
    for pair in pairs.iter_mut() {
        let redone = |key: &&PhysicalForeignKey| {
            key.columns.iter().any(|column| typed.contains(&(pair.name, column.as_str())))
                || key.target_columns.iter().any(|column| touched.contains(&(&key.target, column.as_str())))
        };
        for key in pair.after.foreign_keys.iter().filter(redone) {
            if let Some(before) = pair.before.foreign_keys.iter().find(|before| *before == key) {
                pair.foreign_keys.dropped.push(before);
                pair.foreign_keys.added.push(key);
            }
        }
        let on_typed =
            |text: &str| typed.iter().any(|(table, column)| *table == pair.name && text.contains(&quote(column)));
        for check in pair.after.checks.iter().filter(|check| on_typed(&check.expression)) {
            if let Some(before) = pair.before.checks.iter().find(|before| *before == check) {
                pair.checks.dropped.push(before);
                pair.checks.added.push(check);
            }
        }
    }
}

fn drop_constraints(pair: &Pair, steps: &mut Vec<Step>) {
    steps.extend(pair.checks.dropped.iter().map(|it| alter(pair.name, Change::DropConstraint(it.name.clone()))));
    let indexes = pair.indexes.dropped.iter();
    steps.extend(indexes.map(|index| Step::DropIndex { table: pair.name.clone(), name: index.name.clone() }));
    steps.extend(pair.uniques.dropped.iter().map(|it| alter(pair.name, Change::DropConstraint(it.name.clone()))));
    let before = pair.before.primary_key.as_ref();
    if let Some(key) = before.filter(|key| primary_key_changes(key, pair.after.primary_key.as_ref())) {
        steps.push(alter(pair.name, Change::DropConstraint(key.name.clone())));
    }
}

/// Whether it must be made anew; another name alone is a renaming.
fn primary_key_changes(before: &PhysicalKey, after: Option<&PhysicalKey>) -> bool {
    after.is_none_or(|after| after.columns != before.columns)
}

fn drop_tables(from: &PhysicalSchema, to: &PhysicalSchema, steps: &mut Vec<Step>) {
    let dropped = only(from, to);
    let order = by_reference(&dropped);
    // Those that point at others go first; keys that point the wrong way (a circle) go before all.
    let position = |name: &TableName| order.iter().position(|other| *other == name);
    for (name, table) in &dropped {
        for key in table.foreign_keys.iter().filter(|key| position(&key.target) > position(name)) {
            steps.push(alter(name, Change::DropConstraint(key.name.clone())));
        }
    }
    steps.extend(order.iter().rev().map(|name| Step::DropTable((*name).clone())));
}

/// Creates tables, and returns the foreign keys that must wait until all are there.
fn create_tables(from: &PhysicalSchema, to: &PhysicalSchema, steps: &mut Vec<Step>) -> Vec<Step> {
    let added = only(to, from);
    let order = by_reference(&added);
    let position = |name: &TableName| order.iter().position(|other| *other == name);
    let mut later = Vec::new();
    for name in &order {
        let mut table = added[name].clone();
        table.foreign_keys.retain(|key| {
            // A key to a table that exists may need a unique constraint there that is yet to be made.
            let now = added.contains_key(&key.target) && position(&key.target) <= position(name);
            if !now {
                later.push(alter(name, Change::AddForeignKey(key.clone())));
            }
            now
        });
        let indexes = table.indexes.clone();
        steps.push(Step::CreateTable { name: (*name).clone(), table });
        steps.extend(indexes.into_iter().map(|index| Step::CreateIndex { table: (*name).clone(), index }));
    }
    later
}

fn change_columns(pair: &Pair, correspondence: &Correspondence, steps: &mut Vec<Step>) {
    for column in pair.before.columns.iter().filter(|column| pair.after.column(&column.name).is_none()) {
        steps.push(alter(pair.name, Change::DropColumn(real_name(&column.name).to_owned())));
    }
    for column in &pair.after.columns {
        match pair.before.column(&column.name) {
            Some(before) => {
                let conversion = correspondence.conversions.get(&(pair.name.clone(), column.name.clone()));
                change_column(pair.name, before, column, conversion, steps);
            }
            None => steps.push(alter(
                pair.name,
                Change::AddColumn { column: column.clone(), checks: Vec::new(), foreign_keys: Vec::new() },
            )),
        }
    }
}

fn change_column(
    table: &TableName,
    before: &PhysicalColumn,
    after: &PhysicalColumn,
    conversion: Option<&Conversion>,
    steps: &mut Vec<Step>,
) {
    let retyped = before.declared_type != after.declared_type || before.collation != after.collation;
    let mut push = |change: Change| steps.push(alter(table, change));
    if before.identity.is_some() && before.identity != after.identity {
        push(match before.identity {
            // A serial is a default; its sequence stays.
            Some(Identity::Serial) => Change::SetDefault { column: after.name.clone(), default: None },
            _ => Change::SetIdentity { column: after.name.clone(), identity: None },
        });
    }
    if retyped {
        // A default of the old type may not fit the new one.
        if before.default.is_some() {
            push(Change::SetDefault { column: after.name.clone(), default: None });
        }
        let using = conversion.and_then(|conversion| conversion.over(&quote(&after.name), &after.declared_type));
        push(Change::SetType { column: after.clone(), using });
    }
    let kept = if retyped { None } else { before.default.as_ref() };
    if kept != after.default.as_ref() {
        push(Change::SetDefault { column: after.name.clone(), default: after.default.clone() });
    }
    match (before.not_null, after.not_null) {
        (false, true) => {
            push(Change::SetNotNull { column: after.name.clone(), fill: after.default.clone() });
        }
        (true, false) => push(Change::DropNotNull(after.name.clone())),
        _ => {}
    }
    if after.identity.is_some() && before.identity != after.identity {
        push(Change::SetIdentity { column: after.name.clone(), identity: after.identity });
    }
}

fn add_constraints(pair: &Pair, steps: &mut Vec<Step>) {
    let mut push = |change: Change| steps.push(alter(pair.name, change));
    match (&pair.before.primary_key, &pair.after.primary_key) {
        (Some(before), Some(after)) if !primary_key_changes(before, Some(after)) => {
            if before.name != after.name {
                push(Change::RenameConstraint { from: before.name.clone(), to: after.name.clone() });
            }
        }
        (_, Some(after)) => push(Change::AddPrimaryKey(after.clone())),
        (_, None) => {}
    }
    let renamed = pair.uniques.renamed.iter().map(|(old, new)| (&old.name, &new.name));
    let renamed = renamed.chain(pair.checks.renamed.iter().map(|(old, new)| (&old.name, &new.name)));
    let renamed = renamed.chain(pair.foreign_keys.renamed.iter().map(|(old, new)| (&old.name, &new.name)));
    for (old, new) in renamed {
        push(Change::RenameConstraint { from: old.clone(), to: new.clone() });
    }
    for (old, new) in &pair.indexes.renamed {
        push(Change::RenameIndex { from: old.name.clone(), to: new.name.clone() });
    }
    pair.uniques.added.iter().for_each(|key| push(Change::AddUnique((*key).clone())));
    pair.checks.added.iter().for_each(|check| push(Change::AddCheck((*check).clone())));
    let indexes = pair.indexes.added.iter();
    steps.extend(indexes.map(|index| Step::CreateIndex { table: pair.name.clone(), index: (*index).clone() }));
}

fn comments(name: &TableName, before: Option<&PhysicalTable>, after: &PhysicalTable, steps: &mut Vec<Step>) {
    if before.and_then(|table| table.comment.as_ref()) != after.comment.as_ref() {
        steps.push(Step::Comment { table: name.clone(), column: None, text: after.comment.clone() });
    }
    for column in &after.columns {
        let earlier = before.and_then(|table| table.column(&column.name));
        if earlier.and_then(|earlier| earlier.comment.as_ref()) != column.comment.as_ref() {
            let (table, text) = (name.clone(), column.comment.clone());
            steps.push(Step::Comment { table, column: Some(column.name.clone()), text });
        }
    }
}
