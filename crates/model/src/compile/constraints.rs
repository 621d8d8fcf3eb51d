//! Columns → keys, unique constraints, indexes and checks of each table, all with their names.

use std::str::FromStr;

use bigdecimal::BigDecimal;

use super::Settings;
use super::arguments::{Used, find, find_all};
use super::columns::{Meaning, TableColumns};
use super::declarations::{Declarations, TableDeclaration};
use super::defaults::check_sql;
use super::literal::{self, Expected};
use super::names::{Bearer, ConstraintNames, Parts};
use super::syntax::{Literal, Name};
use crate::catalog::{Check, CheckRule, ColumnDefault, ColumnIndex, Enum, Index, Search, TableId, Unique};
use crate::diagnostic::Diagnostic;
use crate::mistakes;
use crate::scalar::{ColumnType, Scalar};
use crate::sql::SqlText;
use crate::value::Value;

/// What the database keeps true of a table, foreign keys apart.
#[derive(Debug, Default)]
pub struct TableConstraints {
    /// Columns of the primary key in key order.
    pub primary_key: Vec<ColumnIndex>,
    /// Whether mistakes hide keys of this table.
    pub partial: bool,
    /// Its constraint's name.
    pub primary_key_name: Box<str>,
    /// Those on one column first.
    pub uniques: Vec<Unique>,
    /// Enums, lengths and ranges by column, then conditions in SQL.
    pub checks: Vec<Check>,
    /// Those that are written.
    pub indexes: Vec<Index>,
    /// Full-text search.
    pub search: Option<Search>,
}

impl TableConstraints {
    /// Whether rows are told apart by some of these columns.
    pub fn is_unique(&self, columns: &[ColumnIndex]) -> bool {
        self.keys().any(|key| key.iter().all(|column| columns.contains(column)))
    }

    /// Whether a foreign key may point at exactly these columns.
    pub fn is_key(&self, columns: &[ColumnIndex]) -> bool {
        self.keys().any(|key| key.len() == columns.len() && key.iter().all(|column| columns.contains(column)))
    }

    fn keys(&self) -> impl Iterator<Item = &[ColumnIndex]> {
        let primary = Some(self.primary_key.as_slice()).filter(|key| !key.is_empty());
        primary.into_iter().chain(self.uniques.iter().map(|unique| unique.columns.as_slice()))
    }
}

/// Reads the constraints of every table, in the order of [`Declarations::tables`].
pub fn constraints(
    declarations: &Declarations,
    columns: &[TableColumns],
    names: &mut ConstraintNames,
    settings: &Settings,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<TableConstraints> {
    let mut result = Vec::new();
    for (index, (table, columns)) in declarations.tables.iter().zip(columns).enumerate() {
        let mut reader = Reader {
            id: TableId(index as u32),
            table,
            columns,
            enums: &declarations.enums,
            settings,
            names,
            diagnostics,
        };
        result.push(reader.table_constraints());
    }
    result
}

/// What reading one table's constraints needs.
struct Reader<'r, 'a> {
    id: TableId,
    table: &'r TableDeclaration<'a>,
    columns: &'r TableColumns<'a>,
    enums: &'r [Enum],
    settings: &'r Settings,
    names: &'r mut ConstraintNames,
    diagnostics: &'r mut Vec<Diagnostic>,
}

impl<'r, 'a> Reader<'r, 'a> {
    fn table_constraints(&mut self) -> TableConstraints {
        self.refuse_on_relations();
        let (primary_key, written, partial) = self.primary_key();
        let primary_key_name = self.choose(Bearer::Key, written, &[], "pkey");
        self.check_autoincrement(&primary_key);
        let (uniques, partial_uniques) = self.uniques(&primary_key);
        TableConstraints {
            search: self.search(&primary_key, partial),
            primary_key,
            partial: partial || partial_uniques || self.table.partial,
            primary_key_name,
            uniques,
            checks: self.checks(),
            indexes: self.indexes(),
        }
    }

    /// Directives of columns mean nothing on a relation.
    fn refuse_on_relations(&mut self) {
        for (index, _) in &self.columns.relations {
            let field = &self.table.fields[*index];
            for used in field.directives.iter().filter(|used| used.directive.name != "relation") {
                self.diagnostics.push(mistakes::column_directive_on_relation(used.span, field.name()));
            }
        }
    }

    fn choose(
        &mut self,
        bearer: Bearer,
        written: Option<&str>,
        columns: &[ColumnIndex],
        suffix: &'static str,
    ) -> Box<str> {
        let schema = self.table.schema().unwrap_or("");
        let columns = columns.iter().map(|index| &*self.columns.column(*index).db_name).collect();
        self.names.choose(
            bearer,
            (self.id, schema),
            written,
            &Parts { table: self.table.database_name(), columns, suffix },
        )
    }

    /// Columns that carry a directive, with it.
    fn on_columns(&self, name: &'static str) -> Vec<(ColumnIndex, &'r Used<'a>)> {
        let fields = &self.table.fields;
        let sound = self.columns.origins.iter().enumerate();
        sound
            .flat_map(|(index, (field, _))| {
                find_all(&fields[*field].directives, name).map(move |used| (ColumnIndex(index as u16), used))
            })
            .collect()
    }

    fn primary_key(&mut self) -> (Vec<ColumnIndex>, Option<&'r str>, bool) {
        let on_columns = self.on_columns("id");
        for (_, used) in &on_columns {
            self.refuse_fields(used, "id");
        }
        if let Some(used) = find(&self.table.directives, "id") {
            if let Some((_, other)) = on_columns.first() {
                self.diagnostics.push(mistakes::two_primary_keys(other.span, used.span));
            }
            let found = self.listed(used, "id");
            let key = found.clone().unwrap_or_default();
            for (index, name) in key.iter().zip(used.keys.names("fields").unwrap_or_default()) {
                self.check_key_column(*index, name.span);
            }
            return (key, used.keys.text("name"), found.is_none());
        }
        for (index, used) in &on_columns {
            self.check_key_column(*index, used.span);
        }
        let broken = self.columns.meanings.values().any(|meaning| *meaning == Meaning::Broken);
        let may_have_none = self.table.partial || self.table.view().is_some();
        if on_columns.is_empty() && !broken && !may_have_none && !self.columns.columns.is_empty() {
            self.diagnostics.push(mistakes::no_primary_key(self.table.name));
        }
        let name = on_columns.iter().find_map(|(_, used)| used.keys.text("name"));
        (on_columns.iter().map(|(index, _)| *index).collect(), name, on_columns.is_empty() && broken)
    }

    fn check_key_column(&mut self, index: ColumnIndex, span: crate::source::Span) {
        let column = self.columns.column(index);
        if column.nullable {
            self.diagnostics.push(mistakes::nullable_key(span, &column.name, self.type_name(index)));
        }
    }

    /// `autoincrement` fills the primary key; on SQLite there is no other way.
    fn check_autoincrement(&mut self, primary_key: &[ColumnIndex]) {
        for (index, used) in self.on_columns("default") {
            let fills =
                matches!(self.columns.column(index).default, Some(ColumnDefault::Autoincrement | ColumnDefault::Rowid));
            let (_, sound) = self.columns.origins[index.0 as usize];
            if fills && sound && self.settings.sqlite() && primary_key != [index] {
                self.diagnostics.push(mistakes::autoincrement_outside_key(used.span, &self.columns.column(index).name));
            }
        }
    }

    /// `fields` belongs on the type; on a field the column is the field itself.
    fn refuse_fields(&mut self, used: &Used, name: &str) {
        if let Some(span) = used.keys.span("fields") {
            self.diagnostics.push(mistakes::fields_on_field(span, name));
        }
    }

    /// The columns of a directive on the type.
    fn listed(&mut self, used: &Used, name: &str) -> Option<Vec<ColumnIndex>> {
        let Some(names) = used.keys.names("fields") else {
            if !used.keys.broken {
                self.diagnostics.push(mistakes::fields_missing(used.span, name));
            }
            return None;
        };
        let found = self.columns.find_all(&names, self.table, self.diagnostics)?;
        for (index, name) in found.iter().zip(&names) {
            if self.columns.column(*index).computed.is_some() {
                self.diagnostics.push(mistakes::computed_for_column(name));
            }
        }
        Some(found)
    }

    fn uniques(&mut self, primary_key: &[ColumnIndex]) -> (Vec<Unique>, bool) {
        let mut found: Vec<(Vec<ColumnIndex>, &'r Used<'a>)> = Vec::new();
        for (index, used) in self.on_columns("unique") {
            self.refuse_fields(used, "unique");
            found.push((vec![index], used));
        }
        let mut partial = false;
        let table = self.table;
        for used in find_all(&table.directives, "unique") {
            match self.listed(used, "unique") {
                Some(columns) => found.push((columns, used)),
                None => partial = true,
            }
        }
        // Those on one column come first, in the order of the columns: printing writes them beside their column.
        found.sort_by_key(|(columns, _)| if columns.len() == 1 { columns[0].0 } else { u16::MAX });
        let mut keys: Vec<(Vec<ColumnIndex>, Option<crate::source::Span>)> = vec![(sorted(primary_key), None)];
        let mut uniques = Vec::new();
        for (columns, used) in found {
            let key = sorted(&columns);
            if let Some((_, first)) = keys.iter().find(|(other, _)| *other == key) {
                self.diagnostics.push(mistakes::same_unique_twice(used.span, *first));
            }
            keys.push((key, Some(used.span)));
            let name = self.choose(Bearer::Key, used.keys.text("name"), &columns, "key");
            uniques.push(Unique { name, columns });
        }
        (uniques, partial)
    }

    fn indexes(&mut self) -> Vec<Index> {
        let mut found = Vec::new();
        for (column, used) in self.on_columns("index") {
            self.refuse_fields(used, "index");
            found.push((vec![column], used));
        }
        let table = self.table;
        for used in find_all(&table.directives, "index") {
            if let Some(columns) = self.listed(used, "index") {
                found.push((columns, used));
            }
        }
        let mut indexes = Vec::new();
        for (columns, used) in found {
            if let (Some(span), true) = (used.keys.span("using"), self.settings.sqlite()) {
                self.diagnostics.push(mistakes::index_method_on_sqlite(span));
            }
            if let (Some(sql), Some(span)) = (used.keys.text("where"), used.keys.span("where"))
                && sql.trim().is_empty()
            {
                self.diagnostics.push(mistakes::empty_sql(span));
            }
            indexes.push(Index {
                name: self.choose(Bearer::Index, used.keys.text("name"), &columns, "idx"),
                columns,
                unique: used.keys.flag("unique") == Some(true),
                condition: used.keys.text("where").map(Box::from),
                using: used.keys.text("using").filter(|using| *using != "btree").map(Box::from),
            });
        }
        indexes
    }

    fn search(&mut self, primary_key: &[ColumnIndex], partial: bool) -> Option<Search> {
        let table = self.table;
        let used = find(&table.directives, "search")?;
        let columns = self.listed(used, "search")?;
        for (index, name) in columns.iter().zip(used.keys.names("fields").unwrap_or_default()) {
            if self.columns.column(*index).column_type != ColumnType::Scalar(Scalar::String) {
                self.diagnostics.push(mistakes::search_of_other_type(&name));
            }
        }
        if primary_key.is_empty() && !partial {
            self.diagnostics.push(mistakes::search_without_key(used.span, &table.name.text));
        }
        let name = self.choose(Bearer::Index, used.keys.text("name"), &[], "search");
        Some(Search { name, columns })
    }

    fn checks(&mut self) -> Vec<Check> {
        let mut checks = Vec::new();
        for (index, (field, _)) in self.columns.origins.iter().enumerate() {
            let column = ColumnIndex(index as u16);
            let directives = &self.table.fields[*field].directives;
            let is_stored = self.table.view().is_none() && self.columns.column(column).computed.is_none();
            if let (ColumnType::Enum(values), true) = (&self.columns.column(column).column_type, is_stored) {
                let values = *values;
                let name = self.choose(Bearer::Constraint, None, &[column], "check");
                checks.push(Check { name, rule: CheckRule::Enum { column, values } });
            }
            if let Some(rule) = find(directives, "length").and_then(|used| self.length(column, used)) {
                checks.push(rule);
            }
            if let Some(rule) = find(directives, "range").and_then(|used| self.range(column, used)) {
                checks.push(rule);
            }
        }
        for (column, used) in self.on_columns("check") {
            checks.extend(self.sql_check(&[column], used));
        }
        let table = self.table;
        for used in find_all(&table.directives, "check") {
            checks.extend(self.sql_check(&[], used));
        }
        checks
    }

    fn sql_check(&mut self, columns: &[ColumnIndex], used: &Used) -> Option<Check> {
        let SqlText { postgres, sqlite } = check_sql(&used.keys, used.span, self.settings, self.diagnostics)?;
        if postgres.is_none() && sqlite.is_none() {
            if !used.keys.broken {
                self.diagnostics.push(mistakes::check_without_sql(used.span));
            }
            return None;
        }
        let name = self.choose(Bearer::Constraint, used.keys.text("name"), columns, "check");
        Some(Check { name, rule: CheckRule::Sql { postgres, sqlite } })
    }

    fn length(&mut self, column: ColumnIndex, used: &Used) -> Option<Check> {
        let (min, max) = (used.keys.count("min"), used.keys.count("max"));
        if self.columns.column(column).column_type != ColumnType::Scalar(Scalar::String) {
            let name = &self.columns.column(column).name;
            self.diagnostics.push(mistakes::text_rule_of_other_type(used.span, "@length", name));
            return None;
        }
        match (min, max) {
            (None, None) if used.keys.broken => return None,
            (None, None) => self.diagnostics.push(mistakes::empty_bounds(used.span, "@length")),
            (Some(least), Some(most)) if least > most => {
                self.diagnostics.push(mistakes::bounds_reversed(used.span, "@length"));
            }
            _ => {}
        }
        if let Some(ColumnDefault::Value(Value::Text(text))) = &self.columns.column(column).default {
            let length = text.chars().count() as u32;
            if min.is_some_and(|least| length < least) || max.is_some_and(|most| length > most) {
                self.refuse_default(column, "@length");
            }
        }
        let name = self.choose(Bearer::Constraint, used.keys.text("name"), &[column], "length_check");
        Some(Check { name, rule: CheckRule::Length { column, min, max } })
    }

    fn range(&mut self, column: ColumnIndex, used: &Used) -> Option<Check> {
        let scalar = self.columns.column(column).plain_scalar();
        let Some(scalar) = scalar.filter(|scalar| scalar.is_numeric() || scalar.is_temporal()) else {
            self.diagnostics.push(mistakes::range_of_other_type(used.span, &self.columns.column(column).name));
            return None;
        };
        let min = used.keys.literal("min").map(|literal| self.bound(column, literal));
        let max = used.keys.literal("max").map(|literal| self.bound(column, literal));
        let (min, max) = match (min, max) {
            (Some(None), _) | (_, Some(None)) => return None,
            (min, max) => (min.flatten(), max.flatten()),
        };
        match (&min, &max) {
            (None, None) if used.keys.broken => return None,
            (None, None) => self.diagnostics.push(mistakes::empty_bounds(used.span, "@range")),
            (Some(least), Some(most)) if is_greater(scalar, least, most) => {
                self.diagnostics.push(mistakes::bounds_reversed(used.span, "@range"));
            }
            _ => {}
        }
        if let Some(ColumnDefault::Value(value)) = &self.columns.column(column).default
            && let Some(value) = canonical(value)
        {
            let below = min.as_ref().is_some_and(|least| is_greater(scalar, least, &value));
            if below || max.as_ref().is_some_and(|most| is_greater(scalar, &value, most)) {
                self.refuse_default(column, "@range");
            }
        }
        let name = self.choose(Bearer::Constraint, used.keys.text("name"), &[column], "range_check");
        Some(Check { name, rule: CheckRule::Range { column, min, max } })
    }

    /// A bound as canonical text of the column's scalar.
    fn bound(&mut self, column: ColumnIndex, literal: &Literal) -> Option<Box<str>> {
        let column_type = self.columns.column(column).column_type.clone();
        let expected = Expected::of(&column_type, self.type_name(column), self.enums);
        match literal::value(literal, &expected) {
            Ok(value) => canonical(&value),
            Err(error) => {
                self.diagnostics.push(mistakes::unfitting_value(literal.span, &expected, &error));
                None
            }
        }
    }

    /// The column's default is a value that the column's own rule forbids.
    fn refuse_default(&mut self, column: ColumnIndex, directive: &str) {
        let (field, _) = self.columns.origins[column.0 as usize];
        let default = find(&self.table.fields[field].directives, "default");
        if let Some(span) = default.and_then(|used| used.keys.span("value")) {
            self.diagnostics.push(mistakes::default_breaks_rule(span, directive));
        }
    }

    fn type_name(&self, column: ColumnIndex) -> &'r str {
        let (field, _) = self.columns.origins[column.0 as usize];
        let table: &'r TableDeclaration<'a> = self.table;
        let name: &'r Name = table.fields[field].definition.field_type.name();
        &name.text
    }
}

/// A number or a time as canonical text.
fn canonical(value: &Value) -> Option<Box<str>> {
    match value {
        Value::Integer(number) => Some(number.to_string().into()),
        Value::Float(number) => Some(format!("{number:?}").into()),
        Value::Text(text) => Some(text.clone()),
        _ => None,
    }
}

fn sorted(columns: &[ColumnIndex]) -> Vec<ColumnIndex> {
    let mut columns = columns.to_vec();
    columns.sort_unstable();
    columns
}

/// Whether one bound is greater than the other; both are canonical text of the scalar.
fn is_greater(scalar: Scalar, left: &str, right: &str) -> bool {
    if scalar.is_temporal() {
        return left > right;
    }
    match (BigDecimal::from_str(left), BigDecimal::from_str(right)) {
        (Ok(left), Ok(right)) => left > right,
        _ => false,
    }
}
