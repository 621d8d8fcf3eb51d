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

/// What a document costs a batch that it is part of; of root fields, those of its largest operation.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cost {
    /// Selections, fragments counted as often as they are used.
    pub selections: usize,
    /// Root fields, fragments expanded.
    pub root_fields: usize,
    /// Aliases.
    pub aliases: usize,
}

impl Cost {
    /// With another document's.
    pub fn and(self, other: Cost) -> Cost {
        Cost {
            selections: self.selections.saturating_add(other.selections),
            root_fields: self.root_fields.saturating_add(other.root_fields),
            aliases: self.aliases.saturating_add(other.aliases),
        }
    }

    /// Refuses more than one document may cost.
    ///
    /// # Errors
    /// `limit-exceeded`.
    pub fn check(self, limits: &Limits) -> Result<(), Refusal> {
        limits.selections(self.selections)?;
        limits.root_fields(self.root_fields)?;
        limits.aliases(self.aliases)
    }
}

/// Refuses a document that is larger than the limits allow; says what it costs.
///
/// # Errors
/// `limit-exceeded`.
pub fn measure(document: &ExecutableDocument, fragments: &[&str], limits: &Limits) -> Result<Cost, Refusal> {
    limits.operations(document.operations.iter().len())?;
    limits.fragments(document.fragments.len())?;
    let mut measure = Measure { document, limits, fragments: HashMap::new(), aliases: 0, directives: 0 };
    for name in fragments {
        measure.fragment(name)?;
    }
    let (mut selections, mut root_fields) = (0usize, 0);
    for (_, operation) in document.operations.iter() {
        limits.variables(operation.node.variable_definitions.len())?;
        measure.directives(&operation.node.directives)?;
        let size = measure.set(&operation.node.selection_set.node)?;
        limits.depth(size.depth)?;
        limits.root_fields(size.fields)?;
        root_fields = root_fields.max(size.fields);
        selections = selections.saturating_add(size.selections);
        limits.selections(selections)?;
    }
    Ok(Cost { selections, root_fields, aliases: measure.aliases })
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

#[cfg(test)]
mod tests {
    use std::fmt::Write;

    use crate::document::prepare;
    use crate::error::Code;
    use crate::limits::Limits;

    /// The name of the limit that a document reaches, or its code.
    fn refused(text: &str) -> Option<&'static str> {
        let refusal = prepare(text, None, &Limits::default()).err()?;
        Some(refusal.limit.map_or(refusal.code.text(), |limit| limit.name))
    }

    /// A chain of fragments, each of which uses the next `times` times.
    fn chain(length: usize, times: usize, close: &str) -> String {
        let mut text = "{ r { ...F0 } }".to_owned();
        for index in 0..length {
            let next = match index + 1 == length {
                true => close.to_owned(),
                false => format!("...F{} ", index + 1).repeat(times),
            };
            write!(text, " fragment F{index} on T {{ {next} }}").unwrap();
        }
        text
    }

    // None of these would end if anything were done as often as fragments are used.

    #[test]
    fn fragments_that_double_each_time_are_counted_and_not_expanded() {
        assert_eq!(refused(&chain(200, 2, "a")), Some("nesting"));
        assert_eq!(refused(&chain(55, 2, "a")), Some("selections"));
        assert_eq!(refused(&chain(55, 2, "a { b { c } }")), Some("selections"));
        // Inline fragments as well, in each other and beside each other.
        assert_eq!(refused(&chain(50, 1, &"... { a } ".repeat(500))), None);
        assert_eq!(refused(&chain(30, 1, &format!("{}a{}", "... { ".repeat(50), " }".repeat(50)))), Some("nesting"));
    }

    #[test]
    fn a_circle_of_fragments_is_found_without_walking_it() {
        let text = chain(7500, 1, "...F0");
        let unlimited = Limits { tokens: usize::MAX, fragments: usize::MAX, ..Limits::default() };
        let refusal = prepare(&text, None, &unlimited).unwrap_err();
        assert_eq!((refusal.code, &*refusal.message), (Code::ValidationFailed, "the fragment \"F0\" contains itself"));
        assert_eq!(refused("{ ...A } fragment A on T { ...A }"), Some("validation-failed"));
        // So long a chain without a circle is refused for its depth, not by the end of the stack.
        let refusal = prepare(&chain(7500, 1, "a"), None, &unlimited).unwrap_err();
        assert_eq!(refusal.limit.map(|limit| limit.name), Some("nesting"));
    }

    #[test]
    fn names_and_reuse_hide_nothing() {
        let deep = format!("{}a{}", "a { ".repeat(30), " }".repeat(30));
        for text in [
            format!("query __schema {{ {deep} }}"),
            format!("query __type {{ {deep} }}"),
            format!("{{ a {{ ...F }} ...F }} fragment F on T {{ {deep} }}"),
            format!("{{ ...F a {{ ...F }} }} fragment F on T {{ {deep} }}"),
            format!("{{ __schema {{ {deep} }} }}"),
            format!("query IntrospectionQuery {{ __schema {{ {deep} }} }}"),
        ] {
            assert_eq!(refused(&text), Some("depth"), "{text}");
        }
        let aliases = (0..201).map(|index| format!("a{index}: __typename ")).collect::<String>();
        assert_eq!(refused(&format!("{{ {aliases} }}")), Some("aliases"));
        assert_eq!(refused(&format!("{{ {} }}", "a ".repeat(51))), Some("root_fields"));
        assert_eq!(refused(&format!("{{ a {} }}", "@skip(if: true) ".repeat(11))), Some("directives_per_place"));
        let directives = "a @skip(if: true) @include(if: true) ".repeat(26);
        assert_eq!(refused(&format!("{{ b {{ {directives} }} }}")), Some("directives"));
    }
}
