//! Rules of the GraphQL specification that need no schema: one named function per rule, each linear.
//!
//! Rules that need types (overlapping fields, variable positions, arguments) are part of lowering.

use std::collections::{HashMap, HashSet};

use async_graphql_parser::Positioned;
use async_graphql_parser::types::{
    Directive, ExecutableDocument, OperationDefinition, OperationType, Selection, SelectionSet,
};
use async_graphql_value::{Name, Value};

use crate::error::{Code, Refusal};

fn refuse(message: String) -> Refusal {
    Refusal::new(Code::ValidationFailed, message, "$")
}

/// Every spread names a fragment of the document, every fragment is used, and none contains itself. Gives the
/// fragments in an order in which each comes after those it uses.
///
/// # Errors
/// `validation-failed`.
pub fn fragment_spreads(document: &ExecutableDocument) -> Result<Vec<&str>, Refusal> {
    let mut uses: HashMap<&str, Vec<&str>> = HashMap::new();
    for (name, fragment) in &document.fragments {
        let mut spreads = Vec::new();
        spreads_of(&fragment.node.selection_set.node, &mut spreads);
        uses.insert(name.as_str(), spreads);
    }
    let mut used = HashSet::new();
    for (_, operation) in document.operations.iter() {
        let mut spreads = Vec::new();
        spreads_of(&operation.node.selection_set.node, &mut spreads);
        used.extend(spreads);
    }
    used.extend(uses.values().flatten().copied());
    if let Some(unknown) = least(used.iter().copied().filter(|name| !uses.contains_key(name))) {
        return Err(refuse(format!("reference to undefined fragment \"{unknown}\"")));
    }
    let order = acyclic(&uses)?;
    match least(uses.keys().copied().filter(|name| !used.contains(name))) {
        Some(unused) => Err(refuse(format!("fragment \"{unused}\" is never used"))),
        None => Ok(order),
    }
}

/// The first by name: documents hold their fragments unordered, answers are to be the same each time.
fn least<'d>(names: impl Iterator<Item = &'d str>) -> Option<&'d str> {
    names.min()
}

/// Takes away fragments that use none of the rest until nothing is left; what remains is, or leads into, a cycle.
fn acyclic<'d>(uses: &HashMap<&'d str, Vec<&'d str>>) -> Result<Vec<&'d str>, Refusal> {
    let mut open: HashMap<&str, usize> = uses.iter().map(|(name, spreads)| (*name, spreads.len())).collect();
    let mut users: HashMap<&str, Vec<&str>> = HashMap::new();
    for (name, spreads) in uses {
        for spread in spreads {
            users.entry(spread).or_default().push(name);
        }
    }
    let mut done: Vec<&str> = open.iter().filter(|(_, count)| **count == 0).map(|(name, _)| *name).collect();
    let mut order = Vec::with_capacity(uses.len());
    while let Some(name) = done.pop() {
        open.remove(name);
        order.push(name);
        for user in users.get(name).into_iter().flatten() {
            if let Some(count) = open.get_mut(user) {
                *count -= 1;
                if *count == 0 {
                    done.push(user);
                }
            }
        }
    }
    match least(open.keys().copied()) {
        Some(name) => Err(refuse(format!("the fragment \"{name}\" contains itself"))),
        None => Ok(order),
    }
}

fn spreads_of<'d>(set: &'d SelectionSet, spreads: &mut Vec<&'d str>) {
    for selection in &set.items {
        match &selection.node {
            Selection::Field(field) => spreads_of(&field.node.selection_set.node, spreads),
            Selection::InlineFragment(fragment) => spreads_of(&fragment.node.selection_set.node, spreads),
            Selection::FragmentSpread(spread) => spreads.push(spread.node.fragment_name.node.as_str()),
        }
    }
}

/// The rules about the operation that is to run and the fragments it reaches.
///
/// # Errors
/// `validation-failed`.
pub fn operation(document: &ExecutableDocument, operation: &OperationDefinition) -> Result<(), Refusal> {
    unique_variables(operation)?;
    let mut walk = Walk { document, seen: HashSet::new(), used: HashSet::new() };
    walk.directives(&operation.directives, Place::Operation(operation.ty))?;
    walk.set(&operation.selection_set.node)?;
    variables_defined(operation, &walk.used)?;
    variables_used(operation, &walk.used)
}

fn unique_variables(operation: &OperationDefinition) -> Result<(), Refusal> {
    let mut names = HashSet::new();
    for definition in &operation.variable_definitions {
        let name = definition.node.name.node.as_str();
        if !names.insert(name) {
            return Err(refuse(format!("variable \"{name}\" is declared more than once")));
        }
    }
    Ok(())
}

fn variables_defined(operation: &OperationDefinition, used: &HashSet<&str>) -> Result<(), Refusal> {
    let defined: HashSet<&str> = operation.variable_definitions.iter().map(|one| one.node.name.node.as_str()).collect();
    match least(used.difference(&defined).copied()) {
        Some(name) => Err(refuse(format!("unbound variable \"{name}\""))),
        None => Ok(()),
    }
}

fn variables_used(operation: &OperationDefinition, used: &HashSet<&str>) -> Result<(), Refusal> {
    for definition in &operation.variable_definitions {
        let name = definition.node.name.node.as_str();
        if !used.contains(name) {
            return Err(refuse(format!("variable \"{name}\" is never used")));
        }
    }
    Ok(())
}

/// Where a directive stands.
#[derive(Clone, Copy)]
enum Place {
    Operation(OperationType),
    Selection,
}

struct Walk<'d> {
    document: &'d ExecutableDocument,
    seen: HashSet<&'d str>,
    used: HashSet<&'d str>,
}

impl<'d> Walk<'d> {
    fn set(&mut self, set: &'d SelectionSet) -> Result<(), Refusal> {
        for selection in &set.items {
            self.directives(selection.node.directives(), Place::Selection)?;
            match &selection.node {
                Selection::Field(field) => {
                    self.arguments(&field.node.arguments)?;
                    self.set(&field.node.selection_set.node)?;
                }
                Selection::InlineFragment(fragment) => self.set(&fragment.node.selection_set.node)?,
                Selection::FragmentSpread(spread) => {
                    let name = spread.node.fragment_name.node.as_str();
                    if let Some(fragment) = self.document.fragments.get(name).filter(|_| self.seen.insert(name)) {
                        self.directives(&fragment.node.directives, Place::Selection)?;
                        self.set(&fragment.node.selection_set.node)?;
                    }
                }
            }
        }
        Ok(())
    }

    fn directives(&mut self, directives: &'d [Positioned<Directive>], place: Place) -> Result<(), Refusal> {
        let mut names = HashSet::new();
        for directive in directives {
            let name = directive.node.name.node.as_str();
            if !names.insert(name) {
                return Err(refuse(format!("the directive \"{name}\" is used more than once at one place")));
            }
            self.arguments(&directive.node.arguments)?;
            known_directive(&directive.node, place)?;
        }
        Ok(())
    }

    fn arguments(&mut self, arguments: &'d [(Positioned<Name>, Positioned<Value>)]) -> Result<(), Refusal> {
        let mut names = HashSet::new();
        for (name, value) in arguments {
            if !names.insert(name.node.as_str()) {
                return Err(refuse(format!("argument \"{}\" is given more than once", name.node)));
            }
            variables_of(&value.node, &mut self.used);
        }
        Ok(())
    }
}

fn known_directive(directive: &Directive, place: Place) -> Result<(), Refusal> {
    let name = directive.name.node.as_str();
    let arguments: &[&str] = match (name, place) {
        ("skip" | "include", Place::Selection) => &["if"],
        ("cached", Place::Operation(OperationType::Query)) => &["ttl", "refresh"],
        ("skip" | "include" | "cached", _) => return Err(refuse(format!("directive \"{name}\" is not allowed here"))),
        _ => return Err(refuse(format!("directive \"{name}\" is not defined in the schema"))),
    };
    for (argument, _) in &directive.arguments {
        if !arguments.contains(&argument.node.as_str()) {
            return Err(refuse(format!("directive \"{name}\" has no argument named \"{}\"", argument.node)));
        }
    }
    if name != "cached" && directive.arguments.is_empty() {
        return Err(refuse(format!("directive \"{name}\" needs its argument \"if\"")));
    }
    Ok(())
}

fn variables_of<'d>(value: &'d Value, used: &mut HashSet<&'d str>) {
    match value {
        Value::Variable(name) => {
            used.insert(name.as_str());
        }
        Value::List(items) => items.iter().for_each(|item| variables_of(item, used)),
        Value::Object(members) => members.values().for_each(|member| variables_of(member, used)),
        _ => {}
    }
}
