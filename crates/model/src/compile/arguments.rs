//! Checks directives against the table of all directives and hands their arguments out by type. What is malformed is
//! reported here, once, and is then as if it were not there.

use std::collections::HashSet;

use super::syntax::{self, Literal, LiteralKind, Name};
use crate::diagnostic::Diagnostic;
use crate::directive::{self, Argument, Directive, Kind, Place};
use crate::mistakes;
use crate::source::Span;
use crate::sql::SqlText;

/// A known directive in a place where it may stand, with its well-formed arguments.
#[derive(Debug)]
pub struct Used<'a> {
    /// Which one.
    pub directive: &'static Directive,
    /// Its name as written, with `@`.
    pub span: Span,
    /// Its arguments.
    pub keys: Keys<'a>,
}

/// The well-formed arguments of a directive, or keys of an object.
#[derive(Debug, Default)]
pub struct Keys<'a> {
    entries: Vec<(&'static str, &'a Literal)>,
    /// Whether something else was written and refused.
    pub broken: bool,
}

/// Checks the directives that stand on one thing.
pub fn check<'a>(
    directives: impl IntoIterator<Item = &'a syntax::Directive>,
    place: Place,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Used<'a>> {
    let mut used: Vec<Used<'a>> = Vec::new();
    for written in directives {
        let Some(directive) = directive::by_name(&written.name.text) else {
            diagnostics.push(mistakes::unknown_directive(&written.name, place));
            continue;
        };
        if !directive.places.contains(&place) {
            diagnostics.push(mistakes::misplaced_directive(&written.name, place, directive));
            continue;
        }
        let earlier = used.iter().find(|earlier| std::ptr::eq(earlier.directive, directive));
        if let (Some(earlier), false) = (earlier, directive.repeatable) {
            diagnostics.push(mistakes::repeated_directive(&written.name, earlier.span));
            continue;
        }
        let owner = format!("@{}", directive.name);
        let keys = check_keys(&written.arguments, directive.arguments, (&owner, written.name.span), diagnostics);
        used.push(Used { directive, span: written.name.span, keys });
    }
    used
}

/// Checks the arguments of `owner` (a directive, or a key that holds an object).
fn check_keys<'a>(
    written: &'a [syntax::Argument],
    known: &'static [Argument],
    owner: (&str, Span),
    diagnostics: &mut Vec<Diagnostic>,
) -> Keys<'a> {
    let mut keys = Keys::default();
    let mut seen = HashSet::new();
    let mut unknown = Vec::new();
    for argument in written {
        let Some(definition) = known.iter().find(|candidate| candidate.name == &*argument.name.text) else {
            diagnostics.push(mistakes::unknown_argument(&argument.name, owner.0, known));
            unknown.push(&*argument.name.text);
            keys.broken = true;
            continue;
        };
        if !seen.insert(definition.name) {
            diagnostics.push(mistakes::repeated_argument(&argument.name, owner.0));
        } else if !is_of_kind(&argument.value, &definition.kind) {
            diagnostics.push(mistakes::wrong_argument(&argument.value, owner.0, definition));
            keys.broken = true;
        } else {
            keys.entries.push((definition.name, &argument.value));
        }
    }
    for missing in known.iter().filter(|argument| argument.required && !seen.contains(argument.name)) {
        keys.broken = true;
        // Probably it is there and misspelt, which has been said.
        if unknown.iter().any(|name| mistakes::similar(name, &[missing.name]).is_some()) {
            continue;
        }
        diagnostics.push(mistakes::missing_argument(owner.1, owner.0, missing));
    }
    keys
}

fn is_of_kind(value: &Literal, kind: &Kind) -> bool {
    let is_name = |value: &Literal| value.as_name().is_some();
    match (kind, &value.kind) {
        (Kind::Text, LiteralKind::Text(_))
        | (Kind::Flag | Kind::FlagOr(_), LiteralKind::Boolean(_))
        | (Kind::Value, _)
        | (Kind::Condition | Kind::Presets | Kind::Object(_), LiteralKind::Object(_)) => true,
        (Kind::Count(limit), LiteralKind::Integer(digits)) => digits.parse::<u32>().is_ok_and(|count| count <= *limit),
        (Kind::Name, _) => is_name(value),
        (Kind::Texts, LiteralKind::List(members)) => {
            !members.is_empty() && members.iter().all(|member| matches!(member.kind, LiteralKind::Text(_)))
        }
        (Kind::Names, LiteralKind::List(members)) => !members.is_empty() && members.iter().all(is_name),
        (Kind::Objects(_), LiteralKind::List(members)) => {
            !members.is_empty() && members.iter().all(|member| matches!(member.kind, LiteralKind::Object(_)))
        }
        (Kind::Roles, LiteralKind::List(members)) => members.iter().all(|member| role_name(member).is_some()),
        (Kind::Columns, LiteralKind::List(members)) => members.iter().all(is_name),
        (Kind::Columns, LiteralKind::Word(word)) => &**word == "all",
        (Kind::Word(words) | Kind::FlagOr(words), _) => value.as_name().is_some_and(|word| words.contains(&word)),
        (Kind::Words(words), LiteralKind::List(members)) => {
            members.iter().all(|member| member.as_name().is_some_and(|word| words.contains(&word)))
        }
        _ => false,
    }
}

/// The name of a role in a list: `"user"` or `{role: "user"}`.
fn role_name(literal: &Literal) -> Option<Name> {
    let name = match &literal.kind {
        LiteralKind::Object(members) => match members.as_slice() {
            [only] if &*only.name.text == "role" => &only.value,
            _ => return None,
        },
        _ => literal,
    };
    Some(Name { text: name.as_name()?.into(), span: name.span })
}

impl<'a> Keys<'a> {
    /// The literal given for `name`.
    pub fn literal(&self, name: &str) -> Option<&'a Literal> {
        self.entries.iter().find(|(key, _)| *key == name).map(|(_, value)| *value)
    }

    /// Where the value of `name` stands.
    pub fn span(&self, name: &str) -> Option<Span> {
        self.literal(name).map(|literal| literal.span)
    }

    /// The text of a string, a name or a word.
    pub fn text(&self, name: &str) -> Option<&'a str> {
        self.literal(name)?.as_name()
    }

    /// The name given, with its place.
    pub fn name(&self, name: &str) -> Option<Name> {
        let literal = self.literal(name)?;
        Some(Name { text: literal.as_name()?.into(), span: literal.span })
    }

    /// A list of names; absent if it was not given.
    pub fn names(&self, name: &str) -> Option<Vec<Name>> {
        let LiteralKind::List(members) = &self.literal(name)?.kind else { return None };
        Some(
            members
                .iter()
                .filter_map(|member| Some(Name { text: member.as_name()?.into(), span: member.span }))
                .collect(),
        )
    }

    /// A list of roles; absent if it was not given.
    pub fn roles(&self, name: &str) -> Option<Vec<Name>> {
        let LiteralKind::List(members) = &self.literal(name)?.kind else { return None };
        Some(members.iter().filter_map(role_name).collect())
    }

    /// Objects of a list with their places, their keys checked like the arguments of a directive.
    pub fn objects(
        &self,
        name: &str,
        known: &'static [Argument],
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Option<Vec<(Keys<'a>, Span)>> {
        let LiteralKind::List(members) = &self.literal(name)?.kind else { return None };
        let mut objects = Vec::new();
        for member in members {
            if let LiteralKind::Object(written) = &member.kind {
                objects.push((check_keys(written, known, (name, member.span), diagnostics), member.span));
            }
        }
        Some(objects)
    }

    /// A boolean; absent if it was not given.
    pub fn flag(&self, name: &str) -> Option<bool> {
        match self.literal(name)?.kind {
            LiteralKind::Boolean(flag) => Some(flag),
            _ => None,
        }
    }

    /// A whole number.
    pub fn count(&self, name: &str) -> Option<u32> {
        match &self.literal(name)?.kind {
            LiteralKind::Integer(digits) => digits.parse().ok(),
            _ => None,
        }
    }

    /// The keys of an object, checked like the arguments of a directive.
    pub fn object(
        &self,
        name: &str,
        known: &'static [Argument],
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Option<Keys<'a>> {
        let literal = self.literal(name)?;
        let LiteralKind::Object(written) = &literal.kind else { return None };
        Some(check_keys(written, known, (name, literal.span), diagnostics))
    }

    /// SQL given as `sql`, or as `postgres` and `sqlite`; the texts for both.
    pub fn sql(&self) -> SqlText {
        let both = self.text("sql");
        let postgres = self.text("postgres").or(both).map(Box::from);
        SqlText { postgres, sqlite: self.text("sqlite").or(both).map(Box::from) }
    }
}

/// The directive called `name` among those on one thing.
pub fn find<'u, 'a>(used: &'u [Used<'a>], name: &str) -> Option<&'u Used<'a>> {
    used.iter().find(|used| used.directive.name == name)
}

/// All directives called `name` among those on one thing.
pub fn find_all<'u, 'a>(used: &'u [Used<'a>], name: &'static str) -> impl Iterator<Item = &'u Used<'a>> {
    used.iter().filter(move |used| used.directive.name == name)
}
