//! Compiles a `__schema` or `__type` field: fragments inlined, equal response keys merged, names checked.
//!
//! Refuses to know: what the registry holds.

use std::collections::HashSet;

use async_graphql_parser::Positioned;
use async_graphql_parser::types::{Directive, Field, Selection as Selected, SelectionSet};
use async_graphql_value::Value;

use indexmap::IndexMap;

use super::{Mistake, Surroundings};
use crate::types::meta::{MetaField, MetaObject, MetaValue, Property};

/// Objects inside each other. Tools nest `ofType` nine deep below five others.
const DEPTH_MAX: usize = 64;

/// Fields of a compiled selection, fragments expanded.
const FIELDS_MAX: usize = 10_000;

/// A compiled `__schema` or `__type`.
#[derive(Clone, Debug)]
pub struct Introspection {
    pub(super) of: Subject,
    pub(super) selection: Selection,
}

/// What is asked about.
#[derive(Clone, Debug)]
pub(super) enum Subject {
    /// `__schema`
    Schema,
    /// `__type(name: "…")`
    Type(Box<str>),
    /// `__type(name: $…)`
    TypeOfVariable(Box<str>),
}

/// Fields of an object in response order.
#[derive(Clone, Debug, Default)]
pub(super) struct Selection {
    pub(super) items: Vec<Item>,
}

/// A field of an object.
#[derive(Clone, Debug)]
pub(super) struct Item {
    /// The response key as JSON with its colon: `"name":`.
    pub(super) key: Box<str>,
    pub(super) content: Content,
}

/// What a field holds.
#[derive(Clone, Debug)]
pub(super) enum Content {
    /// `__typename`
    TypeName(&'static str),
    /// A property, with the selection of its object or objects.
    Property(Property, Selection),
}

/// Compiles a root field called `__schema` or `__type`; `path` is its own place.
///
/// # Errors
/// A field, argument or fragment that does not fit, or more than can be answered.
pub fn compile(field: &Field, path: &str, surroundings: Surroundings<'_>) -> Result<Introspection, Mistake> {
    let mut compiler = Compiler { surroundings, fields: 0 };
    let (of, object) = match field.name.node.as_str() {
        "__schema" => {
            only_arguments(field, path, &[])?;
            (Subject::Schema, MetaObject::Schema)
        }
        _ => (subject(field, path)?, MetaObject::Type),
    };
    if field.selection_set.node.items.is_empty() {
        return Err(missing_selection(field, object, path));
    }
    let selection = compiler.selection(object, &[&field.selection_set.node], path, 0)?;
    Ok(Introspection { of, selection })
}

fn subject(field: &Field, path: &str) -> Result<Subject, Mistake> {
    only_arguments(field, path, &["name"])?;
    let place = format!("{path}.args.name");
    match field.get_argument("name").map(|value| &value.node) {
        Some(Value::String(name)) => Ok(Subject::Type(name.as_str().into())),
        Some(Value::Variable(name)) => Ok(Subject::TypeOfVariable(name.as_str().into())),
        Some(_) => Err(Mistake { message: "expected a string for type 'String!'".to_owned(), path: place }),
        None => Err(Mistake { message: "missing required field 'name'".to_owned(), path: place }),
    }
}

impl Introspection {
    /// Memory it holds, in bytes, roughly.
    pub fn size(&self) -> usize {
        size_of::<Introspection>() + self.selection.size()
    }
}

impl Selection {
    fn size(&self) -> usize {
        let below = |item: &Item| match &item.content {
            Content::TypeName(_) => 0,
            Content::Property(_, selection) => selection.size(),
        };
        self.items.iter().map(|item| size_of::<Item>() + item.key.len() + below(item)).sum()
    }
}

struct Compiler<'a> {
    surroundings: Surroundings<'a>,
    fields: usize,
}

/// Fields by response key, in order of their first appearance.
type Collected<'a> = IndexMap<&'a str, Vec<&'a Field>>;

impl<'a> Compiler<'a> {
    fn selection(
        &mut self,
        on: MetaObject,
        sets: &[&'a SelectionSet],
        path: &str,
        depth: usize,
    ) -> Result<Selection, Mistake> {
        if depth == DEPTH_MAX {
            return Err(too_much("depth", DEPTH_MAX, path));
        }
        let mut collected = Collected::new();
        let mut spread = HashSet::new();
        for set in sets {
            self.collect(on, set, path, &mut collected, &mut spread)?;
        }
        self.fields += collected.len();
        if self.fields > FIELDS_MAX {
            return Err(too_much("fields", FIELDS_MAX, path));
        }
        let mut items = Vec::with_capacity(collected.len());
        for (key, fields) in collected {
            let place = format!("{path}.selectionSet.{key}");
            let content = self.content(on, &fields, &place, depth)?;
            items.push(Item { key: format!("\"{key}\":").into(), content });
        }
        Ok(Selection { items })
    }

    fn content(&mut self, on: MetaObject, fields: &[&'a Field], path: &str, depth: usize) -> Result<Content, Mistake> {
        let first = fields[0];
        for other in &fields[1..] {
            same_field(first, other, path)?;
        }
        let name = first.name.node.as_str();
        if name == "__typename" {
            only_arguments(first, path, &[])?;
            no_selection(first, path)?;
            return Ok(Content::TypeName(on.name()));
        }
        let Some(found) = on.field(name) else {
            let message = format!("field '{name}' not found in type: '{}'", on.name());
            return Err(Mistake { message, path: path.to_owned() });
        };
        check_arguments(first, found, path)?;
        let MetaValue::Object(object) = found.value else {
            for field in fields {
                no_selection(field, path)?;
            }
            return Ok(Content::Property(found.property, Selection::default()));
        };
        let sets: Vec<&SelectionSet> = fields.iter().map(|field| &field.selection_set.node).collect();
        if sets.iter().any(|set| set.items.is_empty()) {
            return Err(missing_selection(first, object, path));
        }
        Ok(Content::Property(found.property, self.selection(object, &sets, path, depth + 1)?))
    }

    /// Adds the fields of a selection set, those of its fragments included; each fragment counts once.
    fn collect(
        &self,
        on: MetaObject,
        set: &'a SelectionSet,
        path: &str,
        into: &mut Collected<'a>,
        spread: &mut HashSet<&'a str>,
    ) -> Result<(), Mistake> {
        for selected in &set.items {
            if !self.is_taken(selected.node.directives(), path)? {
                continue;
            }
            match &selected.node {
                Selected::Field(field) => {
                    into.entry(field.node.response_key().node.as_str()).or_default().push(&field.node);
                }
                Selected::InlineFragment(fragment) => {
                    if let Some(condition) = &fragment.node.type_condition {
                        fits(on, &condition.node.on.node, path)?;
                    }
                    self.collect(on, &fragment.node.selection_set.node, path, into, spread)?;
                }
                Selected::FragmentSpread(used) => {
                    let name = &used.node.fragment_name.node;
                    if !spread.insert(name.as_str()) {
                        continue;
                    }
                    let Some(fragment) = self.surroundings.fragments.get(name) else {
                        let message = format!("reference to undefined fragment \"{name}\"");
                        return Err(Mistake { message, path: path.to_owned() });
                    };
                    fits(on, &fragment.node.type_condition.node.on.node, path)?;
                    self.collect(on, &fragment.node.selection_set.node, path, into, spread)?;
                }
            }
        }
        Ok(())
    }

    /// Whether `@skip` and `@include` leave a selection in.
    fn is_taken(&self, directives: &[Positioned<Directive>], path: &str) -> Result<bool, Mistake> {
        let mut taken = true;
        for directive in directives {
            let wanted = match directive.node.name.node.as_str() {
                "include" => true,
                "skip" => false,
                _ => continue,
            };
            let value = match directive.node.get_argument("if").map(|value| &value.node) {
                Some(Value::Boolean(value)) => Some(*value),
                Some(Value::Variable(name)) => {
                    (self.surroundings.variable)(name.as_str()).and_then(|value| value.as_bool())
                }
                _ => None,
            };
            let Some(value) = value else {
                let message = "expected a boolean for type 'Boolean!'".to_owned();
                return Err(Mistake { message, path: path.to_owned() });
            };
            taken &= value == wanted;
        }
        Ok(taken)
    }
}

/// `includeDeprecated` must be a boolean; nothing is deprecated, so it changes nothing.
fn check_arguments(field: &Field, found: &MetaField, path: &str) -> Result<(), Mistake> {
    only_arguments(field, path, if found.include_deprecated { &["includeDeprecated"] } else { &[] })?;
    match field.get_argument("includeDeprecated").map(|value| &value.node) {
        None | Some(Value::Boolean(_) | Value::Null | Value::Variable(_)) => Ok(()),
        Some(_) => Err(Mistake {
            message: "expected a boolean for type 'Boolean'".to_owned(),
            path: format!("{path}.args.includeDeprecated"),
        }),
    }
}

/// A fragment must be for the type at hand: no type of the introspection system is abstract.
fn fits(on: MetaObject, condition: &str, path: &str) -> Result<(), Mistake> {
    if condition == on.name() {
        return Ok(());
    }
    let message = format!("a fragment on '{condition}' cannot be spread in type '{}'", on.name());
    Err(Mistake { message, path: path.to_owned() })
}

/// Fields under one response key must be the same field with the same arguments.
fn same_field(first: &Field, other: &Field, path: &str) -> Result<(), Mistake> {
    let sorted = |field: &Field| {
        let mut arguments: Vec<(String, String)> =
            field.arguments.iter().map(|(name, value)| (name.node.to_string(), value.node.to_string())).collect();
        arguments.sort();
        arguments
    };
    let message = if first.name.node != other.name.node {
        format!("one response key stands for the fields '{}' and '{}'", first.name.node, other.name.node)
    } else if sorted(first) != sorted(other) {
        format!("one response key stands for the field '{}' with different arguments", first.name.node)
    } else {
        return Ok(());
    };
    Err(Mistake { message, path: path.to_owned() })
}

fn only_arguments(field: &Field, path: &str, known: &[&str]) -> Result<(), Mistake> {
    match field.arguments.iter().find(|(name, _)| !known.contains(&name.node.as_str())) {
        None => Ok(()),
        Some((name, _)) => Err(Mistake {
            message: format!("'{}' has no argument named '{}'", field.name.node, name.node),
            path: path.to_owned(),
        }),
    }
}

fn no_selection(field: &Field, path: &str) -> Result<(), Mistake> {
    if field.selection_set.node.items.is_empty() {
        return Ok(());
    }
    let message = format!("unexpected subselection set for non-object field '{}'", field.name.node);
    Err(Mistake { message, path: path.to_owned() })
}

fn missing_selection(field: &Field, object: MetaObject, path: &str) -> Mistake {
    let message = format!("missing selection set for field '{}' of type '{}'", field.name.node, object.name());
    Mistake { message, path: path.to_owned() }
}

fn too_much(what: &str, limit: usize, path: &str) -> Mistake {
    // The place may be as deep as the limit: its beginning says enough.
    let path = path.chars().take(200).collect();
    Mistake { message: format!("the introspection exceeds the limit of {limit} `{what}`"), path }
}
