//! The rules of roles that inherit, worked out from the rules that are written: reading is what any parent reads, writing
//! is what all parents that write agree on.
//!
//! Refuses to know: how rules are written, and where.

use std::collections::{BTreeMap, BTreeSet};

use crate::access::Operation;
use crate::catalog::{Catalog, ColumnIndex, DeclaredRole, Table, TableId};
use crate::filter::Filter;
use crate::permission::{DeleteRule, InsertRule, Mask, Permissions, SelectRootFields, SelectRule, UpdateRule};
use crate::session::Role;

/// What a role would inherit differently from several parents, and so does not inherit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflict {
    /// The role that inherits.
    pub role: Role,
    /// The table.
    pub table: TableId,
    /// What it may therefore not do.
    pub operation: Operation,
    /// The parents whose rules differ, in the order of `inherits`.
    pub parents: Vec<Role>,
}

/// Fills [`Table::inherited`] of every table from [`Table::permissions`] and [`Catalog::declared_roles`]; returns what is
/// not inherited because parents differ. A rule written for the role itself stands instead of all it would inherit for
/// that operation. Roles in a cycle inherit nothing.
pub fn expand(catalog: &mut Catalog) -> Vec<Conflict> {
    let order = parents_first(&catalog.declared_roles);
    let mut conflicts = Vec::new();
    for (index, table) in catalog.tables.iter_mut().enumerate() {
        table.inherited.clear();
        let mut worked_out =
            WorkedOut { table, id: TableId(index as u32), reads: BTreeMap::new(), conflicts: Vec::new() };
        let mut inherited = BTreeMap::new();
        for (role, parents) in &order {
            let permissions = worked_out.permissions(&Heir { role, parents, known: &inherited });
            if permissions != Permissions::default() {
                inherited.insert((*role).clone(), permissions);
            }
        }
        conflicts.append(&mut worked_out.conflicts);
        table.inherited = inherited;
    }
    conflicts
}

/// The roles that inherit, each behind those it inherits from.
fn parents_first(declared: &BTreeMap<Role, DeclaredRole>) -> Vec<(&Role, &[Role])> {
    let mut waiting: Vec<(&Role, &[Role])> = declared
        .iter()
        .filter(|(_, declared)| !declared.inherits.is_empty())
        .map(|(role, declared)| (role, declared.inherits.as_slice()))
        .collect();
    let mut open: BTreeSet<&Role> = waiting.iter().map(|(role, _)| *role).collect();
    let mut order = Vec::with_capacity(waiting.len());
    loop {
        let (ready, rest): (Vec<_>, Vec<_>) =
            waiting.into_iter().partition(|(_, parents)| parents.iter().all(|parent| !open.contains(parent)));
        if ready.is_empty() {
            return order;
        }
        for (role, _) in &ready {
            open.remove(*role);
        }
        order.extend(ready);
        waiting = rest;
    }
}

/// What a role reads of a table, as alternatives: it sees what any of them lets it see.
#[derive(Clone)]
struct Reads {
    rows: Vec<Filter>,
    /// For each column the rows in which it is seen.
    cells: BTreeMap<ColumnIndex, Vec<Filter>>,
    limit: Option<u64>,
    aggregations: bool,
    root_fields: SelectRootFields,
}

/// One table's rules while they are worked out.
struct WorkedOut<'t> {
    table: &'t Table,
    id: TableId,
    /// Reading of the roles that inherit and were looked at.
    reads: BTreeMap<Role, Reads>,
    conflicts: Vec<Conflict>,
}

/// A role that inherits, and what was worked out before it.
struct Heir<'h> {
    role: &'h Role,
    parents: &'h [Role],
    known: &'h BTreeMap<Role, Permissions>,
}

impl WorkedOut<'_> {
    fn permissions(&mut self, heir: &Heir<'_>) -> Permissions {
        Permissions {
            select: self.select(heir),
            insert: self.agreed::<InsertRule>(heir, Operation::Insert, |permissions| permissions.insert.as_ref()),
            update: self.agreed::<UpdateRule>(heir, Operation::Update, |permissions| permissions.update.as_ref()),
            delete: self.agreed::<DeleteRule>(heir, Operation::Delete, |permissions| permissions.delete.as_ref()),
        }
    }

    /// The rule written for the role, or the union of what its parents read; those that read nothing here do not count.
    fn select(&mut self, heir: &Heir<'_>) -> Option<SelectRule> {
        let own = self.table.permissions.get(heir.role).and_then(|permissions| permissions.select.as_ref());
        if own.is_some() {
            return own.cloned();
        }
        let reads = heir.parents.iter().filter_map(|parent| self.reads_of(parent)).reduce(Reads::or)?;
        let rule = reads.rule();
        self.reads.insert(heir.role.clone(), reads);
        Some(rule)
    }

    fn reads_of(&self, role: &Role) -> Option<Reads> {
        let written = self.table.permissions.get(role).and_then(|permissions| permissions.select.as_ref());
        written.map(Reads::of).or_else(|| self.reads.get(role).cloned())
    }

    /// The rule written for the role, or the one that all parents with any have.
    fn agreed<Rule: Clone + PartialEq>(
        &mut self,
        heir: &Heir<'_>,
        operation: Operation,
        rule: fn(&Permissions) -> Option<&Rule>,
    ) -> Option<Rule> {
        let written = &self.table.permissions;
        if let Some(own) = written.get(heir.role).and_then(rule) {
            return Some(own.clone());
        }
        let of = |parent: &Role| heir.known.get(parent).or_else(|| written.get(parent)).and_then(rule);
        let having: Vec<(&Role, &Rule)> =
            heir.parents.iter().filter_map(|parent| Some((parent, of(parent)?))).collect();
        let (_, first) = having.first()?;
        if having.iter().all(|(_, other)| other == first) {
            return Some((*first).clone());
        }
        let parents = having.iter().map(|(parent, _)| (*parent).clone()).collect();
        self.conflicts.push(Conflict { role: heir.role.clone(), table: self.id, operation, parents });
        None
    }
}

impl Reads {
    fn of(rule: &SelectRule) -> Reads {
        let cell = |column: &ColumnIndex| (*column, vec![rule.mask(*column).unwrap_or(&rule.filter).clone()]);
        Reads {
            rows: vec![rule.filter.clone()],
            cells: rule.columns.iter().map(cell).collect(),
            limit: rule.limit,
            aggregations: rule.aggregations,
            root_fields: rule.root_fields,
        }
    }

    fn or(mut self, other: Reads) -> Reads {
        add_missing(&mut self.rows, other.rows);
        for (column, alternatives) in other.cells {
            add_missing(self.cells.entry(column).or_default(), alternatives);
        }
        let (one, two) = (self.root_fields, other.root_fields);
        Reads {
            limit: self.limit.zip(other.limit).map(|(one, two)| one.max(two)),
            aggregations: self.aggregations || other.aggregations,
            root_fields: SelectRootFields {
                select: one.select || two.select,
                by_pk: one.by_pk || two.by_pk,
                aggregate: one.aggregate || two.aggregate,
            },
            ..self
        }
    }

    /// A column that is seen in every row that is seen at all has no mask.
    fn rule(&self) -> SelectRule {
        let mut masks: Vec<Mask> = Vec::new();
        for (column, alternatives) in &self.cells {
            let everywhere = alternatives.iter().any(Filter::is_always)
                || self.rows.iter().all(|row| alternatives.contains(row) || row.is_never());
            if everywhere {
                continue;
            }
            let filter = any(alternatives);
            match masks.iter_mut().find(|mask| mask.filter == filter) {
                Some(mask) => mask.columns.push(*column),
                None => masks.push(Mask { columns: vec![*column], filter }),
            }
        }
        SelectRule {
            filter: any(&self.rows),
            columns: self.cells.keys().copied().collect(),
            masks,
            limit: self.limit,
            aggregations: self.aggregations,
            root_fields: self.root_fields,
        }
    }
}

fn add_missing(alternatives: &mut Vec<Filter>, more: Vec<Filter>) {
    for filter in more {
        if !alternatives.contains(&filter) {
            alternatives.push(filter);
        }
    }
}

/// One of them holds, without needless nesting.
fn any(alternatives: &[Filter]) -> Filter {
    if alternatives.iter().any(Filter::is_always) {
        return Filter::always();
    }
    let mut parts: Vec<Filter> = alternatives.iter().filter(|filter| !filter.is_never()).cloned().collect();
    match parts.len() {
        1 => parts.remove(0),
        _ => Filter::Or(parts),
    }
}
