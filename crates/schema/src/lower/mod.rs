//! From an operation to `purlin_plan::Query`: one pass over the document against the role's view, which is its
//! validation too, in the dialect's words, codes and paths.
//!
//! Refuses to know: row conditions of rules (merged in `purlin_plan`), SQL, values of plain variables.

mod aggregate;
mod filter;
mod insert;
mod native;
mod order;
mod select;
mod update;
mod value;

pub use value::row_count;

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};

use async_graphql_parser::Positioned;
use async_graphql_parser::types::OperationType;
use async_graphql_value::{Name, Value};
use purlin_model::catalog::{Catalog, Table, TableId};
use purlin_plan::query::{Parameter, Query, QueryKind, Root, RootField, VariablePath};

use crate::document::{Expected, Given, Selected};
use crate::error::{Code, Refusal, RootPath};
use crate::input::{Input, Node};
use crate::limits::Limits;
use crate::path::Path;
use crate::view::{NativeForm, RoleView, RootFieldKind};

/// What lowering made of an operation.
#[derive(Debug)]
pub struct Lowered {
    /// What is asked, without permissions and without values.
    pub query: Query,
    /// Row counts that come from variables.
    pub counts: Vec<RowCount>,
    /// Variables whose value (not only its shape) this holds for.
    pub observed: BTreeSet<Box<str>>,
    /// Where failures of each root field are told.
    pub roots: Vec<RootPath>,
}

/// A `limit` or `offset` in the variables, to be checked before it is bound.
#[derive(Clone, Debug)]
pub struct RowCount {
    /// The place of its value.
    pub place: VariablePath,
    /// Whether text is refused (`limit`).
    pub strict: bool,
    /// Where a mistake is told.
    pub path: Box<str>,
}

/// Answers `__schema` and `__type` fields with ready JSON.
pub type Introspect<'i> = dyn Fn(&Given<'_>, &Selected<'_>, &Path) -> Result<String, Refusal> + 'i;

/// Lowers an operation as the role sees it.
///
/// # Errors
/// The first mistake found, in document order.
pub fn lower<'a>(
    view: RoleView<'a>,
    given: &'a Given<'a>,
    limits: &'a Limits,
    introspect: &Introspect<'_>,
) -> Result<Lowered, Refusal> {
    let definition = given.operation.definition();
    let kind = match definition.ty {
        OperationType::Query => QueryKind::Read,
        OperationType::Mutation if view.has_mutations() => QueryKind::Write,
        OperationType::Mutation => return Err(Refusal::invalid("no mutations exist", &Path::ROOT)),
        OperationType::Subscription => return Err(Refusal::invalid("no subscriptions exist", &Path::ROOT)),
    };
    let mut lowering =
        Lowering { view, given, limits, parameters: Vec::new(), counts: Vec::new(), inputs: Cell::new(0) };
    let type_name = if kind == QueryKind::Write { "mutation_root" } else { "query_root" };
    let path = Path::ROOT;
    let path = path.key("selectionSet");
    let selected = given.collect(&[&definition.selection_set.node], type_name, &path)?;
    let mut roots = Vec::with_capacity(selected.len());
    let mut paths = Vec::with_capacity(selected.len());
    for field in &selected {
        let path = path.key(field.name);
        let (root, failure) = lowering.root(field, kind, &path, introspect)?;
        roots.push(Root { key: field.key.into(), field: root });
        paths.push(RootPath { failure: failure.into() });
    }
    let query =
        Query { kind, roots, parameters: lowering.parameters, join_filters: BTreeMap::new(), masks: BTreeMap::new() };
    Ok(Lowered { query, counts: lowering.counts, observed: given.observed(), roots: paths })
}

/// The operation being lowered.
struct Lowering<'a> {
    view: RoleView<'a>,
    given: &'a Given<'a>,
    limits: &'a Limits,
    parameters: Vec<Parameter>,
    counts: Vec<RowCount>,
    /// Members of input objects and lists seen so far.
    inputs: Cell<usize>,
}

/// The arguments of a field by name.
struct Arguments<'a> {
    given: &'a [(Positioned<Name>, Positioned<Value>)],
}

impl<'a> Lowering<'a> {
    fn catalog(&self) -> &'a Catalog {
        self.view.catalog
    }

    fn table(&self, id: TableId) -> &'a Table {
        self.view.catalog.table(id)
    }

    /// A root field, and the path of what the database may refuse of it.
    fn root(
        &mut self,
        field: &Selected<'a>,
        kind: QueryKind,
        path: &Path,
        introspect: &Introspect<'_>,
    ) -> Result<(RootField, String), Refusal> {
        let mutation = kind == QueryKind::Write;
        let type_name = if mutation { "mutation_root" } else { "query_root" };
        match field.name {
            "__typename" => {
                leaf(field, path)?;
                return Ok((RootField::Constant(format!("\"{type_name}\"").into()), path.to_string()));
            }
            "__schema" | "__type" if !mutation => {
                if !self.view.may_introspect() {
                    let message = format!("introspection is disabled for role: \"{}\"", self.view.role.name());
                    return Err(Refusal::new(Code::NotSupported, message, path.to_string()));
                }
                return Ok((RootField::Constant(introspect(self.given, field, path)?.into()), path.to_string()));
            }
            "no_queries_available" if !mutation && !self.view.has_queries() => {
                leaf(field, path)?;
                let text = "\"no queries are available to this role\"";
                return Ok((RootField::Constant(text.into()), path.to_string()));
            }
            _ => {}
        }
        if let Some((id, form)) = self.view.native_field(field.name, mutation) {
            let root = match form {
                NativeForm::Rows => self.native(id, field, path)?,
                NativeForm::Aggregate => self.native_aggregate(id, field, path)?,
            };
            return Ok((root, path.to_string()));
        }
        let Some((table, found)) = self.view.root_field(field.name, mutation) else {
            return Err(unknown_field(field.name, type_name, path));
        };
        let root = match found {
            RootFieldKind::Select => RootField::Select(self.select(table, field, true, path)?),
            RootFieldKind::SelectByPk => RootField::Select(self.select_by_pk(table, field, path)?),
            RootFieldKind::SelectAggregate => RootField::Aggregate(self.aggregate(table, field, path)?),
            RootFieldKind::Insert => RootField::Insert(self.insert(table, field, path)?),
            RootFieldKind::InsertOne => RootField::Insert(self.insert_one(table, field, path)?),
            RootFieldKind::Update => RootField::Update(self.update(table, field, path)?),
            RootFieldKind::UpdateByPk => RootField::Update(self.update_by_pk(table, field, path)?),
            RootFieldKind::UpdateMany => RootField::UpdateMany(self.update_many(table, field, path)?),
            RootFieldKind::Delete => RootField::Delete(self.delete(table, field, path)?),
            RootFieldKind::DeleteByPk => RootField::Delete(self.delete_by_pk(table, field, path)?),
        };
        let failure = match found {
            RootFieldKind::Insert => path.key("args").key("objects").to_string(),
            RootFieldKind::InsertOne => path.key("args").key("object").to_string(),
            found if found.is_mutation() => Path::ROOT.to_string(),
            _ => path.to_string(),
        };
        Ok((root, failure))
    }

    /// The arguments of a field, all of them known.
    fn arguments(&self, field: &Selected<'a>, known: &[&str], path: &Path) -> Result<Arguments<'a>, Refusal> {
        for (name, _) in field.arguments {
            if !known.contains(&name.node.as_str()) {
                let message = format!("'{}' has no argument named '{}'", field.name, name.node);
                return Err(Refusal::invalid(message, path));
            }
        }
        Ok(Arguments { given: field.arguments })
    }

    /// What stands at an argument; `None` when it is absent or null.
    fn optional(
        &self,
        arguments: &Arguments<'a>,
        name: &str,
        expected: &Expected,
        path: &Path,
    ) -> Result<Option<Input<'a>>, Refusal> {
        let Some(value) = arguments.get(name) else { return Ok(None) };
        let input = self.given.resolve(Input::Document(value), expected, &path.key("args").key(name))?;
        Ok((!input.is_null()).then_some(input))
    }

    /// What stands at an argument that must be given.
    fn required(
        &self,
        arguments: &Arguments<'a>,
        name: &str,
        expected: &Expected,
        path: &Path,
    ) -> Result<Input<'a>, Refusal> {
        let args = path.key("args");
        let path = args.key(name);
        let Some(value) = arguments.get(name) else {
            return Err(Refusal::invalid(format!("missing required field '{name}'"), &path));
        };
        self.given.resolve(Input::Document(value), expected, &path)
    }

    /// The members of an input object.
    fn object(&self, input: &Input<'a>, type_name: &str, path: &Path) -> Result<Vec<(&'a str, Input<'a>)>, Refusal> {
        match input.node() {
            Node::Object(members) => {
                self.count_inputs(members.len())?;
                Ok(members)
            }
            _ => Err(mismatch("an object", type_name, input, path)),
        }
    }

    /// Counts what lowering looks at: fragments may repeat a large argument thousands of times.
    fn count_inputs(&self, more: usize) -> Result<(), Refusal> {
        let count = self.inputs.get().saturating_add(more).saturating_add(1);
        self.inputs.set(count);
        self.limits.inputs(count)
    }

    /// The items of a list, each resolved and with its place; a single value is a list of one.
    fn list(&self, input: Input<'a>, expected: &Expected, path: &Path) -> Result<Vec<Input<'a>>, Refusal> {
        let member = expected.member();
        match input.node() {
            Node::List(items) => {
                self.count_inputs(items.len())?;
                let resolve = |(index, item)| self.given.resolve(item, &member, &path.index(index));
                items.into_iter().enumerate().map(resolve).collect()
            }
            _ => Ok(vec![input]),
        }
    }

    /// The name of an enum value: a bare name in the document, a string in the variables.
    fn enum_value(&self, input: &Input<'a>, type_name: &str, path: &Path) -> Result<&'a str, Refusal> {
        match (input, input.node()) {
            (Input::Document(_), Node::Enum(name)) | (Input::Variable(..), Node::String(name)) => Ok(name),
            (_, Node::Null) => Err(unexpected_null(type_name, path)),
            _ => Err(mismatch("an enum value", type_name, input, path)),
        }
    }
}

impl<'a> Arguments<'a> {
    fn get(&self, name: &str) -> Option<&'a Value> {
        self.given.iter().find(|(candidate, _)| candidate.node.as_str() == name).map(|(_, value)| &value.node)
    }
}

/// Refuses a selection set where there is nothing to select from, and arguments where there are none.
fn leaf(field: &Selected<'_>, path: &Path) -> Result<(), Refusal> {
    if !field.sets.is_empty() {
        return Err(Refusal::invalid("unexpected subselection set for non-object field", path));
    }
    match field.arguments.first() {
        Some((name, _)) => {
            Err(Refusal::invalid(format!("'{}' has no argument named '{}'", field.name, name.node), path))
        }
        None => Ok(()),
    }
}

/// Refuses an object field without a selection set.
fn composite(field: &Selected<'_>, type_name: &str, path: &Path) -> Result<(), Refusal> {
    if field.sets.is_empty() {
        return Err(Refusal::invalid(format!("missing selection set for '{type_name}'"), path));
    }
    Ok(())
}

fn unknown_field(name: &str, type_name: &str, path: &Path) -> Refusal {
    Refusal::invalid(format!("field '{name}' not found in type: '{type_name}'"), path)
}

fn unexpected_null(type_name: &str, path: &Path) -> Refusal {
    Refusal::invalid(format!("unexpected null value for type '{type_name}'"), path)
}

fn mismatch(expected: &str, type_name: &str, found: &Input<'_>, path: &Path) -> Refusal {
    Refusal::invalid(format!("expected {expected} for type '{type_name}', but found {}", found.kind()), path)
}

fn unknown_value<'n>(found: &str, type_name: &str, values: impl Iterator<Item = &'n str>, path: &Path) -> Refusal {
    let values: Vec<String> = values.map(|value| format!("'{value}'")).collect();
    let values = values.join(", ");
    let message = format!("expected one of the values [{values}] for type '{type_name}', but found '{found}'");
    Refusal::invalid(message, path)
}

/// `__typename` as ready JSON.
fn type_name(field: &Selected<'_>, name: &str, path: &Path) -> Result<Box<str>, Refusal> {
    leaf(field, path)?;
    Ok(format!("\"{name}\"").into())
}
