//! What could be better about a model that compiles: keys and rules without an index, roles that write what they cannot
//! read, tables nobody reaches.
//!
//! ```text
//! Catalog, places of what is in it → advice → diagnostics, without those that are ignored
//! ```
//! Refuses to know: how a model is written; its sentences are in `mistakes.rs`.

mod indexes;
mod roles;

use std::collections::BTreeMap;

use crate::catalog::{Catalog, ColumnIndex, RelationIndex, TableId};
use crate::code::{self, Origin};
use crate::diagnostic::Diagnostic;
use crate::session::Role;
use crate::source::Span;

/// Where the parts of a catalog are written, in the order of its tables.
#[derive(Debug, Default)]
pub struct Places {
    /// Of each table.
    pub tables: Vec<TablePlaces>,
}

/// Where the parts of a table are written.
#[derive(Debug, Default)]
pub struct TablePlaces {
    /// Its name.
    pub name: Span,
    /// The names of its columns.
    pub columns: Vec<Span>,
    /// The names of its relations.
    pub relations: Vec<Span>,
    /// Where its rules name their role.
    pub rules: BTreeMap<Role, Span>,
}

impl Places {
    fn of(&self, table: TableId) -> &TablePlaces {
        &self.tables[table.0 as usize]
    }

    fn column(&self, table: TableId, column: ColumnIndex) -> Span {
        self.of(table).columns[column.0 as usize]
    }

    fn relation(&self, table: TableId, relation: RelationIndex) -> Span {
        self.of(table).relations[relation.0 as usize]
    }
}

/// The codes of advice, which can be ignored in one place.
const ADVICE: [&str; 4] = ["unindexed-filter", "unindexed-foreign-key", "unreachable-table", "write-without-read"];

/// A warning nobody wants to hear: `code` everywhere, or, of advice, `code:type` or `code:type.field` in one place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ignored {
    code: &'static str,
    place: Option<Box<str>>,
}

impl Ignored {
    /// Reads `code` or `code:place`; `None` when no mistake of a model has this code, or has no such place.
    pub fn read(text: &str) -> Option<Ignored> {
        let (code, place) = match text.split_once(':') {
            Some((code, place)) => (code, Some(place.trim().into())),
            None => (text, None),
        };
        let known = code::by_name(code).filter(|known| known.origin == Origin::Model)?;
        if place.is_some() && !ADVICE.contains(&known.code) {
            return None;
        }
        Some(Ignored { code: known.code, place })
    }

    /// Whether it is about every place.
    pub fn is_everywhere(&self) -> bool {
        self.place.is_none()
    }

    /// The code.
    pub fn code(&self) -> &'static str {
        self.code
    }
}

/// A piece of advice and the place it is about: `type` or `type.field`.
struct Advice {
    place: String,
    diagnostic: Diagnostic,
}

/// All advice about a catalog, except what is ignored.
pub fn advise(catalog: &Catalog, places: &Places, ignored: &[Ignored]) -> Vec<Diagnostic> {
    let found = [
        indexes::foreign_keys(catalog, places),
        indexes::filters(catalog, places),
        roles::unreadable(catalog, places),
        roles::unreachable(catalog, places),
    ];
    let is_ignored = |advice: &Advice| {
        let about = |ignored: &Ignored| ignored.place.as_deref().is_none_or(|place| place == advice.place);
        ignored.iter().any(|ignored| ignored.code == advice.diagnostic.code && about(ignored))
    };
    found.into_iter().flatten().filter(|advice| !is_ignored(advice)).map(|advice| advice.diagnostic).collect()
}
