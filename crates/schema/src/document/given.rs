//! An operation together with its variables: which fields are selected, and what stands at an input position.
//!
//! Refuses to know: what fields and input types mean.

use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap, HashSet};

use async_graphql_parser::types::{BaseType, Directive, Field, FragmentDefinition, Selection, SelectionSet, Type};
use async_graphql_parser::{Pos, Positioned};
use async_graphql_value::{Name, Value};
use indexmap::IndexMap;
use serde_json::{Map, Value as Json};

use super::Operation;
use crate::error::Refusal;
use crate::input::{self, Input, NULL};
use crate::path::Path;

/// An operation and the variables it was sent with.
pub struct Given<'a> {
    /// The operation.
    pub operation: &'a Operation,
    /// Its variables as sent.
    pub variables: &'a Map<String, Json>,
    /// Variables whose value (and not only its shape) decided something.
    observed: RefCell<BTreeSet<&'a str>>,
}

/// A field of a response object: all selections with its response key, merged.
#[derive(Debug)]
pub struct Selected<'a> {
    /// Its response key.
    pub key: &'a str,
    /// The field's name.
    pub name: &'a str,
    /// Its arguments as written; every merged selection has the same.
    pub arguments: &'a [(Positioned<Name>, Positioned<Value>)],
    /// What is selected of its value, in order.
    pub sets: Vec<&'a SelectionSet>,
}

impl Selected<'_> {
    /// The merged field as one of a document.
    pub fn as_field(&self) -> Field {
        let name = |text: &str| Positioned::new(Name::new(text), Pos::default());
        let items = self.sets.iter().flat_map(|set| set.items.iter().cloned()).collect();
        Field {
            alias: Some(name(self.key)),
            name: name(self.name),
            arguments: self.arguments.to_vec(),
            directives: Vec::new(),
            selection_set: Positioned::new(SelectionSet { items }, Pos::default()),
        }
    }
}

/// What an input position takes: a named type, or a list of it.
#[derive(Clone, Debug)]
pub struct Expected {
    /// The type's name.
    pub name: String,
    /// Whether a list of it (never of nulls) is taken.
    pub list: bool,
    /// Whether `null` is refused.
    pub required: bool,
}

impl Expected {
    /// A nullable position.
    pub fn optional(name: impl Into<String>) -> Expected {
        Expected { name: name.into(), list: false, required: false }
    }

    /// A position that must not be null.
    pub fn required(name: impl Into<String>) -> Expected {
        Expected { required: true, ..Expected::optional(name) }
    }

    /// The same for a list of it.
    pub fn list(self) -> Expected {
        Expected { list: true, ..self }
    }

    /// The member of such a list.
    pub fn member(&self) -> Expected {
        Expected::required(self.name.clone())
    }

    fn written(&self) -> String {
        let base = if self.list { format!("[{}!]", self.name) } else { self.name.clone() };
        if self.required { format!("{base}!") } else { base }
    }

    /// Whether a variable of this declared type may stand here.
    fn takes(&self, declared: &Type, has_default: bool) -> bool {
        let fits = match &declared.base {
            BaseType::Named(name) => !self.list && name.as_str() == self.name,
            BaseType::List(member) => {
                self.list
                    && matches!(&member.base, BaseType::Named(name) if name.as_str() == self.name && !member.nullable)
            }
        };
        fits && (!self.required || !declared.nullable || has_default)
    }
}

impl<'a> Given<'a> {
    /// An operation and its variables.
    ///
    /// # Errors
    /// When a variable without default that must not be null is missing or null.
    pub fn new(operation: &'a Operation, variables: &'a Map<String, Json>) -> Result<Given<'a>, Refusal> {
        for definition in &operation.definition().variable_definitions {
            let definition = &definition.node;
            if definition.var_type.node.nullable || definition.default_value.is_some() {
                continue;
            }
            let name = definition.name.node.as_str();
            let place = Path::ROOT;
            let place = place.key("variableValues");
            match variables.get(name) {
                None => {
                    let message = format!("expecting a value for non-nullable variable: \"{name}\"");
                    return Err(Refusal::invalid(message, &place));
                }
                Some(Json::Null) => {
                    let message = format!("null value found for non-nullable type: \"{}\"", definition.var_type.node);
                    return Err(Refusal::invalid(message, &place.key(name)));
                }
                Some(_) => {}
            }
        }
        Ok(Given { operation, variables, observed: RefCell::default() })
    }

    /// The variables whose value decided something so far.
    pub fn observed(&self) -> BTreeSet<Box<str>> {
        self.observed.borrow().iter().map(|name| Box::from(*name)).collect()
    }

    /// Notes that the value of this variable decides something.
    fn observe(&self, name: &'a str) {
        self.observed.borrow_mut().insert(name);
    }

    /// The fields selected of an object of type `parent`, fragments inlined, `@skip` and `@include` obeyed, selections
    /// with the same response key merged.
    ///
    /// # Errors
    /// When selections that share a key differ, or a fragment is on another type.
    pub fn collect(&self, sets: &[&'a SelectionSet], parent: &str, path: &Path) -> Result<Vec<Selected<'a>>, Refusal> {
        let mut collection = Collection { given: self, parent, path, fields: IndexMap::new(), spread: HashSet::new() };
        for set in sets {
            collection.set(set)?;
        }
        Ok(collection.fields.into_values().collect())
    }

    fn included(&self, directives: &'a [Positioned<Directive>], path: &Path) -> Result<bool, Refusal> {
        let mut included = true;
        for directive in directives {
            let name = directive.node.name.node.as_str();
            if let Some(condition) = directive.node.get_argument("if") {
                let condition = self.boolean(&condition.node, &path.key(name))?;
                included &= condition == (name == "include");
            }
        }
        Ok(included)
    }

    /// A boolean that decides what the operation is.
    ///
    /// # Errors
    /// When it is none.
    pub fn boolean(&self, value: &'a Value, path: &Path) -> Result<bool, Refusal> {
        match self.observed_json(value, &Expected::required("Boolean"), path)? {
            Json::Bool(value) => Ok(value),
            other => {
                let found = purlin_model::value::kind_of(&other);
                Err(Refusal::invalid(format!("expected a boolean for type 'Boolean', but found {found}"), path))
            }
        }
    }

    /// The value as JSON, all variables in it filled in; each of them then decides what the operation is.
    ///
    /// # Errors
    /// When a variable of another type stands for the whole value.
    pub fn observed_json(&self, value: &'a Value, expected: &Expected, path: &Path) -> Result<Json, Refusal> {
        if let Value::Variable(name) = value {
            self.observe(name);
        }
        match self.resolve(Input::Document(value), expected, path)? {
            Input::Document(value) => Ok(self.filled(value)),
            Input::Variable(value, _) => Ok(value.clone()),
        }
    }

    /// The value of a variable, its default included; it then decides what the operation is.
    pub fn value_of(&self, name: &str) -> Option<Json> {
        let definitions = &self.operation.definition().variable_definitions;
        let definition = definitions.iter().find(|one| one.node.name.node.as_str() == name)?;
        self.observe(definition.node.name.node.as_str());
        self.variables.get(name).cloned().or_else(|| self.default_of(name).map(|value| self.filled(value)))
    }

    /// The fragments of the document.
    pub fn fragments(&self) -> &'a HashMap<Name, Positioned<FragmentDefinition>> {
        &self.operation.document.fragments
    }

    /// A document value as JSON with its variables filled in, whatever their types (inside `jsonb`).
    pub fn filled(&self, value: &'a Value) -> Json {
        match value {
            Value::Variable(name) => {
                self.observe(name);
                let default = || self.default_of(name).map_or(Json::Null, |value| self.filled(value));
                self.variables.get(name.as_str()).cloned().unwrap_or_else(default)
            }
            Value::Null | Value::Binary(_) => Json::Null,
            Value::Number(number) => Json::Number(number.clone()),
            Value::String(text) => Json::from(text.as_str()),
            Value::Boolean(value) => Json::Bool(*value),
            Value::Enum(name) => Json::from(name.as_str()),
            Value::List(items) => Json::Array(items.iter().map(|item| self.filled(item)).collect()),
            Value::Object(members) => {
                Json::Object(members.iter().map(|(name, value)| (name.to_string(), self.filled(value))).collect())
            }
        }
    }

    /// What stands at a position: a variable is replaced by its value, its default, or null.
    ///
    /// # Errors
    /// When a variable of another type stands here, or `null` where it must not.
    pub fn resolve(&self, input: Input<'a>, expected: &Expected, path: &Path) -> Result<Input<'a>, Refusal> {
        let Input::Document(Value::Variable(name)) = input else { return Ok(input) };
        let name = name.as_str();
        let definitions = &self.operation.definition().variable_definitions;
        let Some(definition) = definitions.iter().find(|one| one.node.name.node.as_str() == name) else {
            return Err(Refusal::invalid(format!("unbound variable \"{name}\""), path));
        };
        let default = self.default_of(name);
        let has_default = default.is_some_and(|value| *value != Value::Null);
        let declared = &definition.node.var_type.node;
        if !expected.takes(declared, has_default) {
            let message = format!(
                "variable '{name}' is declared as '{declared}', but used where '{}' is expected",
                expected.written()
            );
            return Err(Refusal::invalid(message, path));
        }
        Ok(match self.variables.get(name) {
            Some(value) => Input::Variable(value, input::variable(name)),
            None => Input::Document(default.unwrap_or(&NULL)),
        })
    }

    fn default_of(&self, name: &str) -> Option<&'a Value> {
        self.operation.defaults.iter().find(|(candidate, _)| **candidate == *name).map(|(_, value)| value)
    }
}

/// The fields of one response object while they are collected.
struct Collection<'c, 'a> {
    given: &'c Given<'a>,
    parent: &'c str,
    path: &'c Path<'c>,
    fields: IndexMap<&'a str, Selected<'a>>,
    /// Fragments already spread here: once is enough.
    spread: HashSet<&'a str>,
}

impl<'a> Collection<'_, 'a> {
    fn set(&mut self, set: &'a SelectionSet) -> Result<(), Refusal> {
        for selection in &set.items {
            if !self.given.included(selection.node.directives(), self.path)? {
                continue;
            }
            match &selection.node {
                Selection::Field(field) => self.merge(&field.node)?,
                Selection::InlineFragment(fragment) => {
                    if let Some(on) = &fragment.node.type_condition {
                        fits_type(on.node.on.node.as_str(), self.parent, self.path)?;
                    }
                    self.set(&fragment.node.selection_set.node)?;
                }
                Selection::FragmentSpread(spread) => self.spread(spread.node.fragment_name.node.as_str())?,
            }
        }
        Ok(())
    }

    fn spread(&mut self, name: &'a str) -> Result<(), Refusal> {
        let fragment = self.given.operation.document.fragments.get(name).filter(|_| self.spread.insert(name));
        let Some(fragment) = fragment else { return Ok(()) };
        fits_type(fragment.node.type_condition.node.on.node.as_str(), self.parent, self.path)?;
        if self.given.included(&fragment.node.directives, self.path)? {
            self.set(&fragment.node.selection_set.node)?;
        }
        Ok(())
    }

    fn merge(&mut self, field: &'a Field) -> Result<(), Refusal> {
        let key = field.response_key().node.as_str();
        let name = field.name.node.as_str();
        let set = (!field.selection_set.node.items.is_empty()).then_some(&field.selection_set.node);
        let Some(merged) = self.fields.get_mut(key) else {
            let sets = set.into_iter().collect();
            self.fields.insert(key, Selected { key, name, arguments: &field.arguments, sets });
            return Ok(());
        };
        if merged.name != name {
            let message =
                format!("selection of both '{}' and '{name}' specify the same response name, '{key}'", merged.name);
            return Err(Refusal::invalid(message, self.path));
        }
        if !same_arguments(merged.arguments, &field.arguments) {
            let message = format!("inconsistent arguments between multiple selections of field '{name}'");
            return Err(Refusal::invalid(message, self.path));
        }
        merged.sets.extend(set);
        Ok(())
    }
}

fn fits_type(on: &str, parent: &str, path: &Path) -> Result<(), Refusal> {
    if on == parent {
        return Ok(());
    }
    Err(Refusal::invalid(format!("a fragment on '{on}' cannot be used in type '{parent}'"), path))
}

/// Whether two fields are given the same arguments, in any order.
fn same_arguments(
    left: &[(Positioned<Name>, Positioned<Value>)],
    right: &[(Positioned<Name>, Positioned<Value>)],
) -> bool {
    left.len() == right.len()
        && left.iter().all(|(name, value)| {
            right.iter().any(|(other, candidate)| other.node == name.node && candidate.node == value.node)
        })
}
