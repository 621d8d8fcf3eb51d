//! Catalog → SDL that compiles to an equal catalog: the model as of the last migration, and what an import writes.

pub(crate) mod filter;
mod literal;
mod native;
mod rules;
mod table;

pub use rules::rules_of;

use crate::catalog::{Catalog, Enum};
use crate::compile::is_native_type;
use crate::scalar::ColumnType;
use crate::value::Value;

/// What is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PrintOptions {
    /// Whether the rules are, and the root fields that are SQL.
    pub permissions: bool,
}

/// The catalog as a model file. Compiled for the same databases, it is an equal catalog (without the rules and the root
/// fields that are SQL, if they are left out).
pub fn print(catalog: &Catalog, options: PrintOptions) -> String {
    let mut parts: Vec<String> = Vec::new();
    let scalars = native_scalars(catalog);
    if !scalars.is_empty() {
        let lines = scalars
            .iter()
            .map(|(name, postgres)| format!("scalar {name} @type(postgres: {})\n", literal::text(postgres)));
        parts.push(lines.collect());
    }
    parts.extend(catalog.enums.iter().map(enumeration));
    if options.permissions && !catalog.declared_roles.is_empty() {
        parts.push(rules::roles(catalog));
    }
    for table in &catalog.tables {
        parts.push(table::table(catalog, table, &scalars));
        if options.permissions && !table.permissions.is_empty() {
            parts.push(rules::rules(catalog, table));
        }
    }
    if options.permissions {
        let named = catalog.records.iter().filter(|record| !record.name.is_empty());
        parts.extend(named.map(|record| native::record(catalog, record, &scalars)));
        for (root, mutation) in [("Query", false), ("Mutation", true)] {
            let mut fields = catalog.natives.iter().filter(|field| field.mutation == mutation).peekable();
            if fields.peek().is_some() {
                parts.push(native::fields(catalog, root, fields, &scalars));
            }
        }
    }
    parts.join("\n")
}

/// A value of a column's type as a literal.
pub fn print_value(value: &Value, column_type: &ColumnType) -> String {
    literal::value(value, column_type)
}

/// Scalars that need a declaration, with their PostgreSQL type: that of the first column that has it.
fn native_scalars(catalog: &Catalog) -> Vec<(&str, &str)> {
    let mut scalars: Vec<(&str, &str)> = Vec::new();
    for column in catalog.tables.iter().chain(&catalog.records).flat_map(|table| &table.columns) {
        if let ColumnType::Native(name) = &column.column_type
            && !is_native_type(name)
            && !scalars.iter().any(|(known, _)| *known == &**name)
        {
            scalars.push((name, column.postgres_type.as_deref().unwrap_or(name)));
        }
    }
    scalars.sort_unstable();
    scalars
}

fn enumeration(enumeration: &Enum) -> String {
    let mut text = literal::description(enumeration.description.as_deref(), "");
    text.push_str(&format!("enum {} {{\n", enumeration.name));
    for value in &enumeration.values {
        text.push_str(&literal::description(value.description.as_deref(), "  "));
        text.push_str(&format!("  {}\n", value.name));
    }
    text.push_str("}\n");
    text
}
