//! Names of constraints and indexes as PostgreSQL would choose them: `tasks_pkey`, `tasks_project_id_fkey`.
//! Names that are written are kept free for those who wrote them.

use std::collections::HashMap;

use super::Settings;
use super::arguments::Used;
use super::declarations::Declarations;
use crate::catalog::TableId;
use crate::diagnostic::Diagnostic;
use crate::mistakes;
use crate::source::Span;

/// PostgreSQL cuts longer names.
pub const MAX_NAME_BYTES: usize = 63;

/// What bears a name: it decides beside which other names it must be alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bearer {
    /// CHECK and FOREIGN KEY: alone in their table.
    Constraint,
    /// PRIMARY KEY and UNIQUE: alone in their table and, having an index, in their schema.
    Key,
    /// An index: alone in its schema; on SQLite in the whole database.
    Index,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Space {
    Table(TableId),
    Schema(Box<str>),
    Database,
}

/// Names that are taken.
#[derive(Debug, Default)]
pub struct ConstraintNames {
    taken: HashMap<(Space, Box<str>), Option<Span>>,
    sqlite: bool,
}

impl ConstraintNames {
    /// Collects every name that is written.
    pub fn written(
        declarations: &Declarations,
        settings: &Settings,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> ConstraintNames {
        let mut names = ConstraintNames { sqlite: settings.sqlite(), ..ConstraintNames::default() };
        for table in &declarations.tables {
            let schema = table.schema().unwrap_or("");
            // Tables share their names' space with indexes.
            names.taken.insert((Space::Schema(schema.into()), table.database_name().into()), Some(table.name.span));
            if names.sqlite {
                names.taken.insert((Space::Database, table.sqlite_name().into()), Some(table.name.span));
            }
        }
        for (index, table) in declarations.tables.iter().enumerate() {
            let schema = table.schema().unwrap_or("");
            let fields = table.fields.iter().flat_map(|field| &field.directives);
            for used in table.directives.iter().chain(fields) {
                names.take_written(used, (TableId(index as u32), schema), diagnostics);
            }
        }
        names
    }

    fn take_written(&mut self, used: &Used, table: (TableId, &str), diagnostics: &mut Vec<Diagnostic>) {
        let bearer = match used.directive.name {
            "check" | "length" | "range" | "relation" => Bearer::Constraint,
            "id" | "unique" => Bearer::Key,
            "index" | "search" => Bearer::Index,
            _ => return,
        };
        let (Some(name), Some(span)) = (used.keys.text("name"), used.keys.span("name")) else { return };
        if name.is_empty() || name.contains('\0') {
            diagnostics.push(mistakes::empty_database_name(span));
        } else if name.len() > MAX_NAME_BYTES {
            diagnostics.push(mistakes::long_database_name(span, name.len()));
        }
        let first = self
            .spaces(bearer, table)
            .into_iter()
            .find_map(|space| self.taken.insert((space, name.into()), Some(span)).flatten());
        if let Some(first) = first {
            diagnostics.push(mistakes::constraint_name_taken(span, name, first));
        }
    }

    /// The name that is written, or the first free one of `<table>_<columns>_<suffix>`, `…1`, `…2`.
    pub fn choose(&mut self, bearer: Bearer, table: (TableId, &str), written: Option<&str>, parts: &Parts) -> Box<str> {
        if let Some(written) = written {
            return written.into();
        }
        let spaces = self.spaces(bearer, table);
        let mut suffix = parts.suffix.to_owned();
        let mut number = 0;
        loop {
            let name: Box<str> = generate(parts.table, &parts.columns, &suffix).into();
            if spaces.iter().all(|space| !self.taken.contains_key(&(space.clone(), name.clone()))) {
                self.taken.extend(spaces.into_iter().map(|space| ((space, name.clone()), None)));
                return name;
            }
            number += 1;
            suffix = format!("{}{number}", parts.suffix);
        }
    }

    fn spaces(&self, bearer: Bearer, (table, schema): (TableId, &str)) -> Vec<Space> {
        let schema = Space::Schema(schema.into());
        match bearer {
            Bearer::Constraint => vec![Space::Table(table)],
            Bearer::Key => vec![Space::Table(table), schema],
            Bearer::Index if self.sqlite => vec![schema, Space::Database],
            Bearer::Index => vec![schema],
        }
    }
}

/// What a generated name is made of.
#[derive(Clone, Debug)]
pub struct Parts<'a> {
    /// The table's name in the database.
    pub table: &'a str,
    /// The columns' names in the database.
    pub columns: Vec<&'a str>,
    /// `pkey`, `key`, `fkey`, `idx`, `check` …
    pub suffix: &'static str,
}

/// `<table>_<columns>_<suffix>` of at most 63 bytes: the longer of the first two parts is cut, as PostgreSQL does.
pub fn generate(table: &str, columns: &[&str], suffix: &str) -> String {
    let mut first = table.to_owned();
    let mut second = columns.join("_");
    let separators = if second.is_empty() { 1 } else { 2 };
    let available = MAX_NAME_BYTES.saturating_sub(suffix.len() + separators);
    while first.len() + second.len() > available {
        if first.len() > second.len() {
            first.pop()
        } else {
            second.pop()
        };
    }
    if second.is_empty() { format!("{first}_{suffix}") } else { format!("{first}_{second}_{suffix}") }
}

#[cfg(test)]
mod tests {
    use super::generate;

    #[test]
    fn names_are_those_postgresql_chooses() {
        assert_eq!(generate("tasks", &[], "pkey"), "tasks_pkey");
        assert_eq!(generate("tasks", &["project_id"], "fkey"), "tasks_project_id_fkey");
        let long = generate(&"t".repeat(50), &[&"c".repeat(50)], "fkey");
        assert_eq!(long, format!("{}_{}_fkey", "t".repeat(29), "c".repeat(28)));
        assert_eq!(long.len(), 63);
    }
}
