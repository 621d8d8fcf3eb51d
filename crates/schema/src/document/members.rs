//! Finds input objects that name a member twice: the parser keeps the last one only, and a condition would vanish.
//!
//! Refuses to know: grammar beyond brackets. Wants a text that parses.

use std::collections::HashSet;

use super::scan::tokens;
use crate::error::{Code, Refusal};

/// What an open bracket holds.
enum Open<'t> {
    /// Selections.
    Selections,
    /// Arguments, variable definitions or the items of a list.
    Values,
    /// An input object, with the members it has named so far.
    Object(HashSet<&'t str>),
}

/// Every member of an input object is named once.
///
/// # Errors
/// `validation-failed`.
pub fn unique(text: &str) -> Result<(), Refusal> {
    let mut open: Vec<Open> = Vec::new();
    let mut tokens = tokens(text).peekable();
    while let Some(token) = tokens.next() {
        match (token, open.last_mut()) {
            ("{", Some(Open::Values | Open::Object(_))) => open.push(Open::Object(HashSet::new())),
            ("{", _) => open.push(Open::Selections),
            ("(" | "[", _) => open.push(Open::Values),
            (")" | "]" | "}", _) => {
                open.pop();
            }
            (name, Some(Open::Object(names))) => {
                let is_member = tokens.peek() == Some(&":");
                if is_member && !names.insert(name) {
                    let message = format!("member \"{name}\" is given more than once in one input object");
                    return Err(Refusal::new(Code::ValidationFailed, message, "$"));
                }
            }
            _ => {}
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::unique;

    #[test]
    fn a_member_is_named_once_in_each_object() {
        for fine in [
            "{ a: b a: b }",
            "{ a(x: {b: 1, c: {b: 2}}, y: {b: 1}) { b } c(x: [{b: 1}, {b: 2}]) }",
            "query ($a: T = {b: 1}, $c: T = {b: 1}) { d(e: {f: $a, g: \"f: {f: f:\"}) # {f: f:\n }",
        ] {
            assert!(unique(fine).is_ok(), "{fine}");
        }
        for twice in
            ["{ a(x: {b: 1, b: 2}) }", "{ a(x: [{c: {d: 1 e: 2 d: 3}}]) }", "query ($a: T = {b: 1 b: 1}) { c }"]
        {
            assert!(unique(twice).is_err(), "{twice}");
        }
    }
}
