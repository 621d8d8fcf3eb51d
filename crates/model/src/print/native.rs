//! Root fields that are SQL, and the types of their results.

use super::literal::{self, directive, names, text};
use super::table::{Printer, sql};
use crate::catalog::{Catalog, Column, ColumnDefault, Function, NativeField, NativeStatement, Table};

/// A type of results.
pub fn record(catalog: &Catalog, table: &Table, scalars: &[(&str, &str)]) -> String {
    let printer = Printer { catalog, table, scalars };
    let mut lines = literal::description(table.description.as_deref(), "");
    lines.push_str(&format!("type {} {{\n", table.name));
    for column in &table.columns {
        lines.push_str(&literal::description(column.description.as_deref(), "  "));
        lines.push_str(&format!("  {}\n", printer.value(column)));
    }
    lines.push_str("}\n");
    lines
}

/// `extend type Query` or `extend type Mutation`.
pub fn fields<'c>(
    catalog: &Catalog,
    root: &str,
    fields: impl Iterator<Item = &'c NativeField>,
    scalars: &[(&str, &str)],
) -> String {
    let mut lines = format!("extend type {root} {{\n");
    for field in fields {
        lines.push_str(&literal::description(field.description.as_deref(), "  "));
        let rows = catalog.table(field.rows);
        let printer = Printer { catalog, table: rows, scalars };
        let name = match (field.bare, rows.columns.first()) {
            (true, Some(column)) => catalog.type_name(&column.column_type),
            _ => &rows.name,
        };
        let result = if field.many { format!("[{name}!]!") } else { name.to_owned() };
        let arguments = &catalog.table(field.arguments).columns;
        let arguments: Vec<String> = arguments.iter().map(|one| argument(&printer, one)).collect();
        let arguments = if arguments.is_empty() { String::new() } else { format!("({})", arguments.join(", ")) };
        lines.push_str(&format!("  {}{arguments}: {result} {}\n", field.name, field_directive(catalog, field)));
    }
    lines.push_str("}\n");
    lines
}

fn argument(printer: &Printer<'_>, column: &Column) -> String {
    let mut parts = Vec::new();
    if let Some(description) = &column.description {
        parts.push(text(description));
    }
    parts.push(format!("{}: {}", column.name, printer.field_type(column)));
    if let Some(ColumnDefault::Value(default)) = &column.default {
        parts.push(format!("= {}", literal::value(default, &column.column_type)));
    }
    let arguments = printer.column_arguments(column);
    if !arguments.is_empty() {
        parts.push(directive("column", &arguments));
    }
    parts.join(" ")
}

fn field_directive(catalog: &Catalog, field: &NativeField) -> String {
    let mut arguments = match (&field.function, field.statements.as_slice()) {
        (Some(called), _) => function(field, called),
        (None, [only]) if is_plain(only) => sql(&only.sql.postgres, &only.sql.sqlite),
        (None, several) => {
            let statements: Vec<String> = several.iter().map(statement).collect();
            vec![format!("statements: [{}]", statements.join(", "))]
        }
    };
    if let Some(roles) = &field.allow {
        let roles: Vec<String> = roles.iter().map(|role| text(role.name())).collect();
        arguments.push(format!("allow: [{}]", roles.join(", ")));
    }
    if let Some(tables) = &field.reads {
        arguments.push(format!("reads: {}", names(tables.iter().map(|table| &*catalog.table(*table).name))));
    }
    directive(if field.function.is_some() { "function" } else { "sql" }, &arguments)
}

fn function(field: &NativeField, function: &Function) -> Vec<String> {
    let usual = format!("{}_aggregate", field.name);
    let said = [
        ("name", Some(&function.name).filter(|name| **name != field.name)),
        ("schema", function.schema.as_ref()),
        ("session_argument", function.session_argument.as_ref()),
        ("aggregate", function.aggregate.as_ref().filter(|name| ***name != usual)),
    ];
    said.into_iter().filter_map(|(key, value)| Some(format!("{key}: {}", text(value?)))).collect()
}

fn is_plain(statement: &NativeStatement) -> bool {
    statement.min_rows.is_none() && statement.max_rows.is_none() && statement.refusal.is_none()
}

fn statement(statement: &NativeStatement) -> String {
    let mut keys = sql(&statement.sql.postgres, &statement.sql.sqlite);
    match (statement.min_rows, statement.max_rows) {
        (Some(least), Some(most)) if least == most => keys.push(format!("expect_rows: {least}")),
        (min, max) => {
            keys.extend(min.map(|min| format!("min_rows: {min}")));
            keys.extend(max.map(|max| format!("max_rows: {max}")));
        }
    }
    keys.extend(statement.refusal.as_ref().map(|refusal| format!("else: {}", text(refusal))));
    format!("{{{}}}", keys.join(", "))
}
