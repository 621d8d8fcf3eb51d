//! Views around the steps of tables: those that go, change or read a table that changes are dropped before, and made
//! after.

use std::collections::{BTreeMap, BTreeSet};

use purlin_model::sql::mentions;

use crate::migrate::correspondence::Correspondence;
use crate::migrate::step::Step;
use crate::physical::{PhysicalSchema, PhysicalView, TableName};

/// The steps of tables with those of views around them.
pub fn around(
    from: &PhysicalSchema,
    to: &PhysicalSchema,
    correspondence: &Correspondence,
    tables: Vec<Step>,
) -> Vec<Step> {
    let touched = touched(&tables, correspondence);
    let dropped = dropped(from, to, &touched);
    let made: BTreeMap<&TableName, &PhysicalView> = to
        .views
        .iter()
        .filter(|(name, view)| view.sql.is_some() && (dropped.contains(name) || !from.views.contains_key(name)))
        .collect();
    let gone: BTreeMap<&TableName, &PhysicalView> =
        from.views.iter().filter(|(name, _)| dropped.contains(name)).collect();
    let mut steps: Vec<Step> = in_order(&gone).into_iter().rev().map(|name| Step::DropView(name.clone())).collect();
    steps.extend(tables);
    let create = |name: &TableName| Step::CreateView { name: name.clone(), view: made[name].clone() };
    steps.extend(in_order(&made).into_iter().map(create));
    steps
}

/// Tables whose form changes, by the names they have before and afterwards. An index or a comment is nothing to a view.
fn touched(steps: &[Step], correspondence: &Correspondence) -> BTreeSet<TableName> {
    let mut touched = BTreeSet::new();
    for step in steps {
        match step {
            Step::DropTable(name) | Step::Alter { table: name, .. } => drop(touched.insert(name.clone())),
            Step::Rebuild(rebuild) => drop(touched.insert(rebuild.name.clone())),
            Step::RenameTable { from, to } => touched.extend([from.clone(), to.clone()]),
            _ => {}
        }
    }
    let former = correspondence.tables.iter().filter(|(_, after)| touched.contains(after)).map(|(before, _)| before);
    let former: Vec<TableName> = former.cloned().collect();
    touched.extend(former);
    touched
}

/// Views that must go, for good or for a while.
fn dropped<'a>(
    from: &'a PhysicalSchema,
    to: &PhysicalSchema,
    touched: &BTreeSet<TableName>,
) -> BTreeSet<&'a TableName> {
    let mut dropped: BTreeSet<&TableName> = BTreeSet::new();
    for (name, view) in &from.views {
        let goes = match (&view.sql, to.views.get(name)) {
            // What no migration made, none removes; one whose SQL the model now says takes its place.
            (None, after) => after.is_some_and(|after| after.sql.is_some()),
            (Some(_), None) => true,
            (Some(_), Some(after)) => after.sql.is_some() && after != view,
        };
        if goes || touched.iter().any(|table| reads(view, table)) {
            dropped.insert(name);
        }
    }
    // And those that read a view that goes.
    loop {
        let more = from.views.iter().filter(|(name, view)| {
            view.sql.is_some() && !dropped.contains(name) && dropped.iter().any(|other| reads(view, other))
        });
        let more: Vec<&TableName> = more.map(|(name, _)| name).collect();
        if more.is_empty() {
            return dropped;
        }
        dropped.extend(more);
    }
}

fn reads(view: &PhysicalView, name: &TableName) -> bool {
    view.sql.as_deref().is_some_and(|sql| mentions(sql, &name.name))
}

/// Each after those it reads, as far as there is such an order.
fn in_order<'a>(views: &BTreeMap<&'a TableName, &'a PhysicalView>) -> Vec<&'a TableName> {
    let mut ordered: Vec<&TableName> = Vec::new();
    let mut waiting: Vec<&'a TableName> = views.keys().copied().collect();
    while !waiting.is_empty() {
        let is_ready = |name: &&TableName| {
            let mut others = waiting.iter().filter(|other| *other != name);
            !others.any(|other| reads(views[*name], other))
        };
        let (ready, rest): (Vec<&TableName>, Vec<&TableName>) = waiting.iter().copied().partition(is_ready);
        if ready.is_empty() {
            // A name that only looks like one of the others.
            ordered.extend(rest);
            break;
        }
        ordered.extend(ready);
        waiting = rest;
    }
    ordered
}
