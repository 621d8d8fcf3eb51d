//! `@role` → what is declared of roles: from whom they inherit, and whether they may introspect.

use std::collections::{BTreeMap, BTreeSet};

use super::arguments::{self, Used};
use super::rules::{Rules, check_role};
use super::syntax::{Document, Name};
use crate::catalog::{Catalog, DeclaredRole, TableId};
use crate::diagnostic::Diagnostic;
use crate::directive::Place;
use crate::inheritance::{self, Conflict};
use crate::mistakes;
use crate::session::Role;
use crate::source::Span;

/// The declared roles and where their declarations stand.
#[derive(Debug, Default)]
pub struct Roles {
    /// What is declared.
    pub declared: BTreeMap<Role, DeclaredRole>,
    /// The names in `inherits` of each role, with their places.
    pub parents: BTreeMap<Role, Vec<Name>>,
    /// Every place that names a role.
    pub places: BTreeMap<Role, Vec<Span>>,
}

/// Reads every `@role`.
pub fn roles(document: &Document, rules: &Rules, diagnostics: &mut Vec<Diagnostic>) -> Roles {
    let used = arguments::check(&document.schema, Place::Schema, diagnostics);
    let mut roles = Roles { places: rules.places.clone(), ..Roles::default() };
    let mut first_places: BTreeMap<&str, Span> = BTreeMap::new();
    for used in &used {
        let (Some(name), Some(span)) = (used.keys.text("name"), used.keys.span("name")) else { continue };
        check_role(name, span, diagnostics);
        if let Some(first) = first_places.insert(name, span) {
            diagnostics.push(mistakes::second_declaration(span, name, first));
            continue;
        }
        declare(used, (name, span), &mut roles, diagnostics);
    }
    check_parents(&roles, rules, document.incomplete, diagnostics);
    let inherit = |roles: &Roles| roles.declared.values().any(|declared| !declared.inherits.is_empty());
    if inherit(&roles) {
        check_cycles(&roles, diagnostics);
    }
    roles
}

fn declare(used: &Used, (name, span): (&str, Span), roles: &mut Roles, diagnostics: &mut Vec<Diagnostic>) {
    let parents = used.keys.names("inherits").unwrap_or_default();
    let introspection = used.keys.flag("introspection");
    if parents.is_empty() && introspection.is_none() && !used.keys.broken {
        diagnostics.push(mistakes::empty_role(used.span));
    }
    let mut inherits: Vec<Role> = Vec::with_capacity(parents.len());
    for parent in &parents {
        let role = Role::new(&parent.text);
        roles.places.entry(role.clone()).or_default().push(parent.span);
        if role.is_admin() {
            diagnostics.push(mistakes::admin_as_parent(parent.span));
        } else if inherits.contains(&role) {
            diagnostics.push(mistakes::listed_twice(parent));
        } else {
            inherits.push(role);
        }
    }
    let role = Role::new(name);
    roles.places.entry(role.clone()).or_default().push(span);
    roles.parents.insert(role.clone(), parents);
    roles.declared.insert(role, DeclaredRole { inherits, introspection: introspection != Some(false) });
}

/// Every parent is a role that some rule or declaration names.
fn check_parents(roles: &Roles, rules: &Rules, incomplete: bool, diagnostics: &mut Vec<Diagnostic>) {
    if incomplete {
        return;
    }
    let known: BTreeSet<&str> = rules.places.keys().chain(roles.declared.keys()).map(Role::name).collect();
    for (role, parents) in &roles.parents {
        for parent in parents.iter().filter(|parent| &*parent.text != Role::ADMIN) {
            if !known.contains(&*parent.text) {
                let others = known.iter().copied().filter(|other| *other != role.name());
                diagnostics.push(mistakes::unknown_role(parent, others));
            }
        }
    }
}

/// Each cycle is told once, where its first role inherits.
fn check_cycles(roles: &Roles, diagnostics: &mut Vec<Diagnostic>) {
    let mut told: BTreeSet<&Role> = BTreeSet::new();
    for role in roles.declared.keys() {
        if told.contains(role) {
            continue;
        }
        if let Some(cycle) = cycle_of(role, &roles.declared) {
            let next = cycle.get(1).unwrap_or(&role);
            let place = roles.parents[role].iter().find(|parent| *parent.text == *next.name());
            if let Some(place) = place {
                let names: Vec<&str> = cycle.iter().chain([&role]).map(|role| role.name()).collect();
                diagnostics.push(mistakes::role_cycle(place.span, &names));
            }
            told.extend(cycle);
        }
    }
}

/// The roles from `start` back to itself, the last one left out; `None` if no way leads back.
fn cycle_of<'r>(start: &'r Role, declared: &'r BTreeMap<Role, DeclaredRole>) -> Option<Vec<&'r Role>> {
    let mut ways: Vec<Vec<&Role>> = vec![vec![start]];
    let mut seen: BTreeSet<&Role> = BTreeSet::new();
    while let Some(way) = ways.pop() {
        let last = *way.last()?;
        for parent in declared.get(last).into_iter().flat_map(|declared| &declared.inherits) {
            if parent == start {
                return Some(way);
            }
            if seen.insert(parent) {
                ways.push(way.iter().copied().chain([parent]).collect());
            }
        }
    }
    None
}

/// Works out what roles inherit, and says where parents differ.
pub fn inherit(catalog: &mut Catalog, roles: &Roles, rules: &Rules, diagnostics: &mut Vec<Diagnostic>) {
    for Conflict { role, table, operation, parents } in inheritance::expand(catalog) {
        let Some(place) = roles.parents.get(&role).and_then(|names| names.first().zip(names.last())) else { continue };
        let span = place.0.span.to(place.1.span);
        let written = |parent: &Role| rule_place(rules, table, parent);
        let related: Vec<Span> = parents.iter().filter_map(written).collect();
        let table = &catalog.table(table).name;
        diagnostics.push(mistakes::inherited_conflict(span, role.name(), table, operation, &related));
    }
}

fn rule_place(rules: &Rules, table: TableId, role: &Role) -> Option<Span> {
    rules.role_places.get(table.0 as usize)?.get(role).copied()
}
