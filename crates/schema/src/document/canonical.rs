//! An operation with the fragments it uses, written so that two texts have the same form if they ask for the same in the
//! same order: without comments, spaces, its name, and plain `__typename`, which clients add by themselves.
//!
//! Refuses to know: what fields mean. Literals are kept as they are.

use std::collections::BTreeSet;
use std::fmt::Write;

use async_graphql_parser::Positioned;
use async_graphql_parser::types::{Directive, OperationType, Selection, SelectionSet, VariableDefinition};
use async_graphql_value::{Name, Value};

use super::Operation;

/// The canonical form of an operation.
pub fn canonical(operation: &Operation) -> String {
    let definition = operation.definition();
    let mut writer = Writer { text: String::new(), fragments: BTreeSet::new() };
    writer.text.push_str(match definition.ty {
        OperationType::Query => "query",
        OperationType::Mutation => "mutation",
        OperationType::Subscription => "subscription",
    });
    writer.variables(&definition.variable_definitions);
    writer.directives(&definition.directives);
    writer.set(&definition.selection_set.node);
    let mut written = BTreeSet::new();
    while let Some(name) = writer.fragments.difference(&written).next().copied() {
        written.insert(name);
        if let Some(fragment) = operation.document.fragments.get(name) {
            let _ = write!(writer.text, "fragment {name} on {}", fragment.node.type_condition.node.on.node);
            writer.directives(&fragment.node.directives);
            writer.set(&fragment.node.selection_set.node);
        }
    }
    writer.text
}

struct Writer<'d> {
    text: String,
    /// Fragments that are used so far.
    fragments: BTreeSet<&'d str>,
}

// Writing into a text cannot fail.
impl<'d> Writer<'d> {
    fn variables(&mut self, definitions: &'d [Positioned<VariableDefinition>]) {
        for definition in definitions {
            let definition = &definition.node;
            let _ = write!(self.text, "${}:{}", definition.name.node, definition.var_type.node);
            if let Some(default) = &definition.default_value {
                let _ = write!(self.text, "={}", default.node);
            }
            self.directives(&definition.directives);
            self.text.push(',');
        }
    }

    fn directives(&mut self, directives: &'d [Positioned<Directive>]) {
        for directive in directives {
            let _ = write!(self.text, "@{}", directive.node.name.node);
            self.arguments(&directive.node.arguments);
        }
    }

    fn arguments(&mut self, arguments: &'d [(Positioned<Name>, Positioned<Value>)]) {
        self.text.push('(');
        for (name, value) in arguments {
            let _ = write!(self.text, "{}:{},", name.node, value.node);
        }
        self.text.push(')');
    }

    fn set(&mut self, set: &'d SelectionSet) {
        self.text.push('{');
        for selection in &set.items {
            match &selection.node {
                Selection::Field(field) => {
                    let field = &field.node;
                    if field.name.node == "__typename" && field.alias.is_none() && field.directives.is_empty() {
                        continue;
                    }
                    if let Some(alias) = &field.alias {
                        let _ = write!(self.text, "{}:", alias.node);
                    }
                    self.text.push_str(&field.name.node);
                    self.arguments(&field.arguments);
                    self.directives(&field.directives);
                    self.set(&field.selection_set.node);
                }
                Selection::InlineFragment(fragment) => {
                    self.text.push_str("...");
                    if let Some(on) = &fragment.node.type_condition {
                        let _ = write!(self.text, "on {}", on.node.on.node);
                    }
                    self.directives(&fragment.node.directives);
                    self.set(&fragment.node.selection_set.node);
                }
                Selection::FragmentSpread(spread) => {
                    let name = spread.node.fragment_name.node.as_str();
                    self.fragments.insert(name);
                    let _ = write!(self.text, "...{name}");
                    self.directives(&spread.node.directives);
                    self.text.push(',');
                }
            }
        }
        self.text.push('}');
    }
}

#[cfg(test)]
mod tests {
    use super::canonical;
    use crate::document::prepare;
    use crate::limits::Limits;

    fn form(text: &str, name: Option<&str>) -> String {
        canonical(&prepare(text, name, &Limits::default()).expect("a document"))
    }

    #[test]
    fn what_asks_for_the_same_has_the_same_form() {
        let saved = form("query a($x: Int! = 1) { b(c: $x, d: [\"e\", F]) { ...G } } fragment G on H { i j }", None);
        for same in [
            "query a($x:Int!=1){b(c:$x d:[\"e\" F]){...G}}fragment G on H{i,j}",
            "query other ($x: Int! = 1) { # a comment\n b(c: $x, d: [\"e\", F]) { __typename ... G } __typename }\n\
             fragment G on H { i __typename j }",
            "fragment G on H { i j } query a($x: Int! = 1) { b(c: $x, d: [\"\\u0065\", F]) { ...G } }",
        ] {
            assert_eq!(form(same, None), saved, "{same}");
        }
        let many = "query z { y } query a($x: Int! = 1) { b(c: $x, d: [\"e\", F]) { ...G } } fragment G on H { i j }";
        assert_eq!(form(many, Some("a")), saved);
    }

    #[test]
    fn what_asks_for_anything_else_has_not() {
        let saved = form("query a($x: Int! = 1) { b(c: $x, d: \"e\") { i j } }", None);
        for other in [
            "query a($x: Int! = 1) { b(c: $x, d: \"e\") { j i } }",
            "query a($x: Int! = 2) { b(c: $x, d: \"e\") { i j } }",
            "query a($x: Int = 1) { b(c: $x, d: \"e\") { i j } }",
            "query a($x: Int! = 1) { b(c: $x, d: e) { i j } }",
            "query a($x: Int! = 1) { b(c: $x, d: \"f\") { i j } }",
            "query a($x: Int! = 1) { b(c: $x, d: \"e\") { i k: j } }",
            "query a($x: Int! = 1) { b(c: $x, d: \"e\") { i j l } }",
            "query a($x: Int! = 1) { b(c: $x, d: \"e\") { i j @skip(if: true) } }",
            "query a($x: Int! = 1) { b(c: $x, d: \"e\") { i t: __typename j } }",
            "query a($x: Int! = 1) { b(c: $x, d: \"e\") { ... { i j } } }",
            "mutation a($x: Int! = 1) { b(c: $x, d: \"e\") { i j } }",
        ] {
            assert_ne!(form(other, None), saved, "{other}");
        }
        // Names that stand beside each other stay apart.
        assert_ne!(form("{ ab }", None), form("{ a b }", None));
        assert_ne!(form("{ a { b } }", None), form("{ a b }", None));
    }
}
