//! The size of a document with its fragments expanded, without expanding them: each fragment is measured once.
//!
//! Wants the fragments in an order in which each comes after those it uses, so that recursion stays shallow. Refuses to know: the catalog, values of variables.

use std::collections::HashMap;

use async_graphql_parser::Positioned;
use async_graphql_parser::types::{Directive, ExecutableDocument, Selection, SelectionSet};

use crate::error::Refusal;
use crate::limits::Limits;

/// What a selection set comes to.
#[derive(Clone, Copy, Default)]
struct Size {
    /// Fields inside each other.
    depth: usize,
    /// Selection sets of any kind inside each other.
    nesting: usize,
    selections: usize,
    fields: usize,
}

struct Measure<'d> {
    document: &'d ExecutableDocument,
    limits: &'d Limits,
    fragments: HashMap<&'d str, Size>,
    aliases: usize,
    directives: usize,
}

/// Refuses a document that is larger than the limits allow.
///
/// # Errors
/// `limit-exceeded`.
pub fn measure(document: &ExecutableDocument, fragments: &[&str], limits: &Limits) -> Result<(), Refusal> {
    limits.operations(document.operations.iter().len())?;
    limits.fragments(document.fragments.len())?;
    let mut measure = Measure { document, limits, fragments: HashMap::new(), aliases: 0, directives: 0 };
    for name in fragments {
        measure.fragment(name)?;
    }
    let mut selections = 0usize;
    for (_, operation) in document.operations.iter() {
        limits.variables(operation.node.variable_definitions.len())?;
        measure.directives(&operation.node.directives)?;
        let size = measure.set(&operation.node.selection_set.node)?;
        limits.depth(size.depth)?;
        limits.root_fields(size.fields)?;
        selections = selections.saturating_add(size.selections);
        limits.selections(selections)?;
    }
    Ok(())
}

impl<'d> Measure<'d> {
    fn fragment(&mut self, name: &str) -> Result<(), Refusal> {
        let Some((name, fragment)) = self.document.fragments.get_key_value(name) else { return Ok(()) };
        self.directives(&fragment.node.directives)?;
        let size = self.set(&fragment.node.selection_set.node)?;
        self.fragments.insert(name, size);
        Ok(())
    }

    fn set(&mut self, set: &'d SelectionSet) -> Result<Size, Refusal> {
        let mut total = Size::default();
        for selection in &set.items {
            self.directives(selection.node.directives())?;
            let size = match &selection.node {
                Selection::Field(field) => {
                    self.aliases += usize::from(field.node.alias.is_some());
                    self.limits.aliases(self.aliases)?;
                    let inner = self.set(&field.node.selection_set.node)?;
                    let selections = inner.selections.saturating_add(1);
                    Size { depth: inner.depth + 1, selections, fields: 1, ..inner }
                }
                Selection::InlineFragment(fragment) => self.set(&fragment.node.selection_set.node)?,
                Selection::FragmentSpread(spread) => {
                    self.fragments.get(spread.node.fragment_name.node.as_str()).copied().unwrap_or_default()
                }
            };
            // A spread costs something even when its fragment is small.
            total.selections = total.selections.saturating_add(size.selections.max(1));
            total.fields = total.fields.saturating_add(size.fields);
            total.depth = total.depth.max(size.depth);
            total.nesting = total.nesting.max(size.nesting + 1);
        }
        self.limits.nesting(total.nesting)?;
        Ok(total)
    }

    fn directives(&mut self, directives: &[Positioned<Directive>]) -> Result<(), Refusal> {
        self.limits.directives_per_place(directives.len())?;
        self.directives += directives.len();
        self.limits.directives(self.directives)
    }
}
