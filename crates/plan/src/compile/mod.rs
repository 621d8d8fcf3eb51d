//! Compiles a merged query to statements of one dialect and to the shape of their rows.
//!
//! All SQL is built as sea-query's tree; values are never in it, only the numbers of symbolic slots.
//! Refuses to know: roles and rules (they are in the query by now), values, connections.

mod aggregate;
mod aggregate_function;
mod beside;
mod cells;
mod column;
mod computed;
mod filter;
mod flat;
mod insert;
mod key;
mod mask;
mod native;
mod order;
mod relation;
mod search;
mod select;
mod statement;
mod write;
mod written;

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use purlin_model::catalog::{Catalog, TableId};
use purlin_model::filter::Filter;
use purlin_model::permission::Mask;
use purlin_model::session::Role;

use crate::permission;
use crate::plan::{ColumnReference, Dialect, Plan, RootBody, RootPlan, Shape};
use crate::query::{Parameter, Query, RootField};

use native::bare;
use select::{Link, json_key};

/// What a role's query does on a dialect: permission merging, then compilation. Infallible for a lowered query.
pub fn compile(catalog: &Catalog, role: &Role, query: Query, dialect: Dialect) -> Plan {
    let query = permission::merge(catalog, role, query);
    compile_merged(catalog, query, dialect)
}

/// The second arrow alone: the query's rules must have been merged.
fn compile_merged(catalog: &Catalog, query: Query, dialect: Dialect) -> Plan {
    let (plan, asked) = compile_with(catalog, &query, dialect, BTreeSet::new());
    // A computed column belongs to what its row is read from, and who asks for it is known at the end only.
    if asked.is_empty() { plan } else { compile_with(catalog, &query, dialect, asked).0 }
}

/// The plan with these computed columns, and the computed columns it asks for.
fn compile_with(
    catalog: &Catalog,
    query: &Query,
    dialect: Dialect,
    computed: BTreeSet<ColumnReference>,
) -> (Plan, BTreeSet<ColumnReference>) {
    let mut compiler = Compiler {
        catalog,
        dialect,
        parameters: query.parameters.clone(),
        join_filters: query.join_filters.clone(),
        masks: query.masks.clone(),
        inserts: 0,
        solitary: false,
        native: false,
        omits_arguments: false,
        computed,
        asked: RefCell::default(),
    };
    let roots = query.roots.iter();
    let roots = roots.map(|root| RootPlan { key: json_key(&root.key), body: compiler.root(&root.field) }).collect();
    let flat = compiler.flat(&query.roots);
    let Compiler { parameters, solitary, native, omits_arguments, asked, .. } = compiler;
    let plan = Plan { dialect, kind: query.kind, roots, parameters, solitary, native, omits_arguments, flat };
    (plan, asked.into_inner())
}

/// What compilation of one query carries along.
struct Compiler<'a> {
    catalog: &'a Catalog,
    dialect: Dialect,
    parameters: Vec<Parameter>,
    join_filters: BTreeMap<TableId, Filter>,
    masks: BTreeMap<TableId, Vec<Mask>>,
    /// Insert roots so far.
    inserts: usize,
    /// Whether a deferrable constraint is touched.
    solitary: bool,
    /// Computed columns that rows are read with.
    computed: BTreeSet<ColumnReference>,
    /// Computed columns that were asked for.
    asked: RefCell<BTreeSet<ColumnReference>>,
    /// Whether there is SQL of the model.
    native: bool,
    /// Whether a function is called without some of its arguments.
    omits_arguments: bool,
}

impl Compiler<'_> {
    fn root(&mut self, field: &RootField) -> RootBody {
        match field {
            RootField::Constant(json) => RootBody::Read { value: Shape::Constant(json.clone()), children: Vec::new() },
            RootField::Select(select) => {
                let rows = self.rows(select, &Link::Root);
                RootBody::Read { value: Shape::Child(0), children: vec![rows] }
            }
            RootField::Aggregate(aggregate) => {
                let mut children = Vec::new();
                let value = self.aggregate(aggregate, &Link::Root, &mut children);
                RootBody::Read { value, children }
            }
            RootField::Insert(insert) => self.insert(insert),
            RootField::Update(update) => RootBody::Write(self.update(update)),
            RootField::UpdateMany(updates) => {
                RootBody::WriteMany(updates.iter().map(|update| self.update(update)).collect())
            }
            RootField::Delete(delete) => RootBody::Write(self.delete(delete)),
            RootField::Values(select) => {
                let mut rows = self.rows(select, &Link::Root);
                rows.row = bare(rows.row);
                RootBody::Read { value: Shape::Child(0), children: vec![rows] }
            }
            RootField::Native(mutation) => RootBody::Native(self.native_mutation(mutation)),
        }
    }

    /// The index of a parameter; equal ones are one.
    fn add_parameter(&mut self, parameter: Parameter) -> usize {
        match self.parameters.iter().position(|other| *other == parameter) {
            Some(index) => index,
            None => {
                self.parameters.push(parameter);
                self.parameters.len() - 1
            }
        }
    }
}
