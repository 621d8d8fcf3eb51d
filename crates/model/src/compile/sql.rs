//! The SQL of views and computed fields: what may stand beside it, and which parameters it may have.

use super::Settings;
use super::arguments::{Used, find};
use super::columns::TableColumns;
use super::declarations::{Declarations, FieldDeclaration, TableDeclaration};
use super::defaults::check_sql;
use super::{DatabaseKind, Span, SqlOwner};
use crate::catalog::{ColumnIndex, TableId};
use crate::diagnostic::Diagnostic;
use crate::mistakes;
use crate::sql::{Sql, SqlText};

/// Directives that mean something on a view.
const OF_VIEWS: &[&str] = &["allow", "id", "root", "table", "view"];
/// Directives that mean something on a field of a view; a computed field has no other either.
const OF_VIEW_FIELDS: &[&str] = &["column", "computed", "id", "relation"];
const OF_COMPUTED_FIELDS: &[&str] = &["column", "computed"];
/// Arguments of `@column` that say how a column is in the database.
const OF_STORED_COLUMNS: &[&str] = &["name", "generated"];
/// A session variable begins with this.
const SESSION: &str = "x_hasura_";

/// Checks every view and computed field.
pub fn check(declarations: &Declarations, settings: &Settings, diagnostics: &mut Vec<Diagnostic>) {
    for table in &declarations.tables {
        if let Some(view) = table.view() {
            check_view(table, view, settings, diagnostics);
        }
        for field in &table.fields {
            if let Some(computed) = find(&field.directives, "computed") {
                check_computed(field, computed, settings, diagnostics);
            }
        }
    }
}

fn check_view(table: &TableDeclaration, view: &Used, settings: &Settings, diagnostics: &mut Vec<Diagnostic>) {
    for used in table.directives.iter().filter(|used| !OF_VIEWS.contains(&used.directive.name)) {
        diagnostics.push(mistakes::directive_on_view(used.span, used.directive.name));
    }
    for field in &table.fields {
        let of_column = !is_relation(field);
        for used in field.directives.iter().filter(|used| of_column && !OF_VIEW_FIELDS.contains(&used.directive.name)) {
            diagnostics.push(mistakes::directive_on_view(used.span, used.directive.name));
        }
        if let Some(span) = find(&field.directives, "column").and_then(|used| used.keys.span("generated")) {
            diagnostics.push(mistakes::column_argument_elsewhere(span, "generated", "a view"));
        }
    }
    check_text(view, &[], settings, diagnostics);
}

/// Relations have their own rules of what stands beside them.
fn is_relation(field: &FieldDeclaration) -> bool {
    find(&field.directives, "relation").is_some()
}

fn check_computed(field: &FieldDeclaration, computed: &Used, settings: &Settings, diagnostics: &mut Vec<Diagnostic>) {
    if is_relation(field) {
        return;
    }
    for used in field.directives.iter().filter(|used| !OF_COMPUTED_FIELDS.contains(&used.directive.name)) {
        diagnostics.push(mistakes::directive_on_computed(used.span, used.directive.name));
    }
    let column = find(&field.directives, "column");
    for argument in OF_STORED_COLUMNS {
        if let Some(span) = column.and_then(|used| used.keys.span(argument)) {
            diagnostics.push(mistakes::column_argument_elsewhere(span, argument, "a computed field"));
        }
    }
    let given = ["sql", "postgres", "sqlite"].iter().any(|key| computed.keys.literal(key).is_some());
    if !given && !computed.keys.broken {
        diagnostics.push(mistakes::computed_without_sql(computed.span));
    }
    check_text(computed, &[SESSION], settings, diagnostics);
}

fn check_text(used: &Used, prefixes: &[&str], settings: &Settings, diagnostics: &mut Vec<Diagnostic>) {
    let Some(sql) = check_sql(&used.keys, used.span, settings, diagnostics) else { return };
    let mut told: Vec<String> = Vec::new();
    for (key, database) in [("postgres", DatabaseKind::Postgres), ("sqlite", DatabaseKind::Sqlite)] {
        let Some(text) = sql.of(database) else { continue };
        let span = used.keys.span(key).or(used.keys.span("sql")).unwrap_or(used.span);
        if text.contains('\0') {
            diagnostics.push(mistakes::nul_in_sql(span));
        }
        for name in Sql::read(text, database).placeholders() {
            let known = prefixes.iter().any(|prefix| name.starts_with(prefix) && name.len() > prefix.len());
            if !known && !told.iter().any(|other| other == name) {
                told.push(name.to_owned());
                diagnostics.push(mistakes::unknown_parameter(span, name, used.directive.name));
            }
        }
    }
}

/// The SQL of a computed field.
pub fn computed(field: &FieldDeclaration) -> Option<SqlText> {
    let used = find(&field.directives, "computed")?;
    Some(used.keys.sql())
}

/// Where the SQL of views and computed fields is written.
pub fn places(declarations: &Declarations, columns: &[TableColumns]) -> Vec<(SqlOwner, Span)> {
    let span = |used: &Used| {
        let keys = ["sql", "postgres", "sqlite"].iter().find_map(|key| used.keys.span(key));
        keys.unwrap_or(used.span)
    };
    let mut places = Vec::new();
    for (number, (table, columns)) in declarations.tables.iter().zip(columns).enumerate() {
        let id = TableId(number as u32);
        places.extend(table.view().map(|used| (SqlOwner::View(id), span(used))));
        for (index, (field, _)) in columns.origins.iter().enumerate() {
            if let Some(used) = find(&table.fields[*field].directives, "computed") {
                places.push((SqlOwner::Computed(id, ColumnIndex(index as u16)), span(used)));
            }
        }
    }
    places
}
