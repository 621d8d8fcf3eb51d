//! The canonical shape of structured variables: what of their values decides which statements run. Two requests with
//! equal shapes share a prepared operation; plain values are no shape.
//!
//! Refuses to know: documents, roles. A value of the wrong kind has the shape of a mistake: lowering refuses it, and
//! what is refused is never kept.

use std::ops::Range;

use purlin_model::catalog::{Catalog, TableId};
use serde_json::{Map, Value as Json};

use crate::names::InputType;

/// Appends the shape of a variable's value (`None`: not given) to a key.
pub fn write(out: &mut Vec<u8>, catalog: &Catalog, of: Option<&InputType>, value: Option<&Json>) {
    let shape = Shape { catalog };
    match (value, of) {
        (None, _) => out.push(b'a'),
        (Some(Json::Null), _) => out.push(b'n'),
        (Some(_), None | Some(InputType::Scalar(_) | InputType::Enum(_) | InputType::Native(_))) => out.push(b'g'),
        (Some(value), Some(of)) => shape.of(out, of, value),
    }
}

/// Groups of consecutive rows of equal shape in a list of `T_insert_input`.
pub fn row_groups(catalog: &Catalog, table: TableId, rows: &[Json]) -> Vec<Range<usize>> {
    let shape = Shape { catalog };
    let mut groups: Vec<Range<usize>> = Vec::new();
    let (mut last, mut current) = (Vec::new(), Vec::new());
    for (index, row) in rows.iter().enumerate() {
        current.clear();
        shape.row(&mut current, table, row);
        match groups.last_mut() {
            Some(group) if current == last => group.end = index + 1,
            _ => groups.push(index..index + 1),
        }
        std::mem::swap(&mut last, &mut current);
    }
    groups
}

/// Appends the whole value.
pub fn write_whole(out: &mut Vec<u8>, value: Option<&Json>) {
    match value {
        None => out.push(b'a'),
        Some(value) => {
            out.push(b'=');
            text(out, &value.to_string());
        }
    }
}

struct Shape<'c> {
    catalog: &'c Catalog,
}

impl Shape<'_> {
    fn of(&self, out: &mut Vec<u8>, of: &InputType, value: &Json) {
        if let Json::Array(items) = value {
            if let InputType::Insert(table) = of {
                return self.rows(out, *table, items);
            }
            out.push(b'[');
            items.iter().for_each(|item| self.of(out, of, item));
            out.push(b']');
            return;
        }
        match (of, value) {
            (_, Json::Null) => out.push(b'n'),
            (InputType::BoolExp(table), _) => self.filter(out, *table, value),
            (InputType::Insert(table), _) => self.row(out, *table, value),
            (InputType::ObjectInsert(table) | InputType::ArrayInsert(table), Json::Object(members)) => {
                self.members(out, members, |out, name, value| match name {
                    "data" => self.of(out, &InputType::Insert(*table), value),
                    _ => self.of(out, &InputType::OnConflict(*table), value),
                });
            }
            (InputType::OnConflict(table), Json::Object(members)) => {
                self.members(out, members, |out, name, value| match name {
                    "where" => self.of(out, &InputType::BoolExp(*table), value),
                    _ => write_whole(out, Some(value)),
                });
            }
            (InputType::Updates(table), Json::Object(members)) => {
                self.members(out, members, |out, name, value| match name {
                    "where" => self.of(out, &InputType::BoolExp(*table), value),
                    _ => self.plain_members(out, value),
                });
            }
            (InputType::Operator(..) | InputType::PkColumns(_) | InputType::Args(_), _) => {
                self.plain_members(out, value);
            }
            (InputType::Comparison { .. }, _) => self.comparisons(out, value),
            (InputType::JsonbCast, Json::Object(types)) => {
                self.members(out, types, |out, _, value| self.plain_members(out, value));
            }
            // Names of columns, constraints and directions decide the statement.
            _ => write_whole(out, Some(value)),
        }
    }

    fn filter(&self, out: &mut Vec<u8>, table: TableId, value: &Json) {
        let Json::Object(members) = value else { return mistake(out) };
        let definition = self.catalog.table(table);
        self.members(out, members, |out, name, value| match name {
            "_and" | "_or" | "_not" => self.of(out, &InputType::BoolExp(table), value),
            _ => match definition.relation_by_name(name) {
                Some(relation) => {
                    self.of(out, &InputType::BoolExp(definition.relation(relation).target), value);
                }
                None => self.comparisons(out, value),
            },
        });
    }

    /// The operators of a column; `_cast` has operators of its own inside.
    fn comparisons(&self, out: &mut Vec<u8>, value: &Json) {
        match value {
            Json::Object(members) => self.members(out, members, |out, name, value| match (name, value) {
                ("_cast", Json::Object(types)) => {
                    self.members(out, types, |out, _, value| self.plain_members(out, value));
                }
                _ => out.push(if value.is_null() { b'n' } else { b'g' }),
            }),
            _ => self.plain_members(out, value),
        }
    }

    fn rows(&self, out: &mut Vec<u8>, table: TableId, rows: &[Json]) {
        out.push(b'<');
        for group in row_groups(self.catalog, table, rows) {
            self.row(out, table, &rows[group.start]);
        }
        out.push(b'>');
    }

    /// A row: which columns it gives (null is a value like any other) and the shapes of its nested rows.
    fn row(&self, out: &mut Vec<u8>, table: TableId, value: &Json) {
        let Json::Object(members) = value else { return mistake(out) };
        let definition = self.catalog.table(table);
        self.members(out, members, |out, name, value| {
            if let Some(relation) = definition.relation_by_name(name) {
                self.of(out, &InputType::ArrayInsert(definition.relation(relation).target), value);
            }
        });
    }

    /// An object whose members are plain values: which there are, and which are null.
    fn plain_members(&self, out: &mut Vec<u8>, value: &Json) {
        match value {
            Json::Object(members) => self.members(out, members, |out, _, value| {
                out.push(if value.is_null() { b'n' } else { b'g' });
            }),
            Json::Null => out.push(b'n'),
            _ => mistake(out),
        }
    }

    fn members(&self, out: &mut Vec<u8>, members: &Map<String, Json>, write: impl Fn(&mut Vec<u8>, &str, &Json)) {
        out.push(b'{');
        for (name, value) in members {
            text(out, name);
            write(out, name, value);
        }
        out.push(b'}');
    }
}

/// A text with its length, so that no two sequences of texts are alike.
fn text(out: &mut Vec<u8>, text: &str) {
    out.extend_from_slice(&(text.len() as u32).to_le_bytes());
    out.extend_from_slice(text.as_bytes());
}

fn mistake(out: &mut Vec<u8>) {
    out.push(b'!');
}
