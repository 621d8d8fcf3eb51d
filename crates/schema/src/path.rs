//! Places in a request, in the dialect's path grammar: `$.selectionSet.author.args.where.id._eq`.

use std::fmt;

/// A place; each step borrows the one before it.
#[derive(Clone, Copy, Debug)]
pub struct Path<'a> {
    parent: Option<&'a Path<'a>>,
    step: Step<'a>,
}

#[derive(Clone, Copy, Debug)]
enum Step<'a> {
    Root,
    Key(&'a str),
    Index(usize),
    Element,
}

impl<'a> Path<'a> {
    /// The whole request.
    pub const ROOT: Path<'static> = Path { parent: None, step: Step::Root };

    /// A member of the object here.
    pub fn key(&'a self, name: &'a str) -> Path<'a> {
        Path { parent: Some(self), step: Step::Key(name) }
    }

    /// An item of the list here.
    pub fn index(&'a self, index: usize) -> Path<'a> {
        Path { parent: Some(self), step: Step::Index(index) }
    }

    /// Any element of a list of rows in the variables, written `[*]`: which one is known when values are bound.
    pub fn element(&'a self) -> Path<'a> {
        Path { parent: Some(self), step: Step::Element }
    }
}

impl fmt::Display for Path<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(parent) = self.parent {
            parent.fmt(formatter)?;
        }
        match self.step {
            Step::Root => formatter.write_str("$"),
            Step::Key(name) if is_name(name) => write!(formatter, ".{name}"),
            Step::Key(name) => write!(formatter, "['{name}']"),
            Step::Index(index) => write!(formatter, "[{index}]"),
            Step::Element => formatter.write_str("[*]"),
        }
    }
}

fn is_name(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}
