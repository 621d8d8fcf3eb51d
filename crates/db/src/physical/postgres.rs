//! A column of the model as PostgreSQL holds it. Refuses to know SQLite.

use purlin_model::catalog::{Column, ColumnDefault, Table};
use purlin_model::scalar::{ColumnType, Scalar};

use super::{Identity, PhysicalColumn, literal};

/// Collation of text columns that Purlin makes: by code point, as on SQLite.
const CODE_POINT_ORDER: &str = "C";
/// Collations that only SQLite has.
const SQLITE_COLLATIONS: [&str; 3] = ["binary", "nocase", "rtrim"];

/// The column as PostgreSQL's catalogue would tell it.
pub fn column(_table: &Table, column: &Column) -> PhysicalColumn {
    let declared = column.postgres_type.as_deref().map(canonical_type);
    let serial = declared.as_deref().and_then(serial_type);
    let identity = match (&column.default, serial) {
        (_, Some(_)) => Some(Identity::Serial),
        (Some(ColumnDefault::Autoincrement | ColumnDefault::Rowid), None) => Some(Identity::Autoincrement),
        _ => None,
    };
    let generated = column.generated.then(|| generated_expression(column));
    PhysicalColumn {
        name: column.db_name.to_string(),
        declared_type: match serial {
            Some(integer) => integer.to_owned(),
            None => declared.unwrap_or_else(|| own_type(column)),
        },
        not_null: !column.nullable,
        default: if generated.is_some() || identity.is_some() { None } else { default(column) },
        identity,
        generated,
        collation: collation(column),
        comment: column.description.as_deref().map(str::to_owned),
    }
}

/// The type of a column that says none itself, as `format_type` prints it.
fn own_type(column: &Column) -> String {
    let scalar = |scalar: Scalar| match (scalar, column.precision) {
        (Scalar::Numeric, Some((precision, scale))) => format!("numeric({precision},{scale})"),
        _ => canonical_type(scalar.postgres_type()),
    };
    match &column.column_type {
        ColumnType::Scalar(own) => scalar(*own),
        ColumnType::List(member) => format!("{}[]", scalar(*member)),
        ColumnType::Enum(_) => "text".to_owned(),
        ColumnType::Native(name) => canonical_type(name),
    }
}

fn collation(column: &Column) -> Option<String> {
    if let Some(chosen) = &column.collation {
        let elsewhere = SQLITE_COLLATIONS.contains(&chosen.to_ascii_lowercase().as_str());
        return (!elsewhere).then(|| chosen.to_string());
    }
    let is_text = match &column.column_type {
        ColumnType::Scalar(scalar) | ColumnType::List(scalar) => *scalar == Scalar::String,
        ColumnType::Enum(_) => true,
        ColumnType::Native(_) => false,
    };
    // A declared type is that of a column that exists already: it keeps its order.
    (is_text && column.postgres_type.is_none()).then(|| CODE_POINT_ORDER.to_owned())
}

fn default(column: &Column) -> Option<String> {
    match &column.default {
        Some(ColumnDefault::Value(value)) => Some(literal::postgres(value)),
        // Purlin binds UUIDs of version 7 itself; other writers get a random one.
        Some(ColumnDefault::UuidV4 | ColumnDefault::UuidV7) => Some("gen_random_uuid()".to_owned()),
        Some(ColumnDefault::Sql { postgres, .. }) => postgres.as_deref().map(str::to_owned),
        Some(ColumnDefault::Autoincrement | ColumnDefault::Rowid) => None,
        Some(ColumnDefault::Now) => Some(now(column)),
        None if column.updated_at => Some(now(column)),
        None => None,
    }
}

fn now(column: &Column) -> String {
    let civil = "(now() AT TIME ZONE 'UTC')";
    match column.column_type.scalar() {
        Scalar::Timestamp => civil.to_owned(),
        Scalar::Date => format!("{civil}::date"),
        Scalar::Time => format!("{civil}::time"),
        _ => "now()".to_owned(),
    }
}

fn generated_expression(column: &Column) -> String {
    match &column.default {
        Some(ColumnDefault::Sql { postgres: Some(expression), .. }) => expression.to_string(),
        _ => String::new(),
    }
}

fn serial_type(declared: &str) -> Option<&'static str> {
    match declared {
        "smallserial" => Some("smallint"),
        "serial" => Some("integer"),
        "bigserial" => Some("bigint"),
        _ => None,
    }
}

/// A type as `format_type` prints it: `varchar(20)` is `character varying(20)`.
pub fn canonical_type(declared: &str) -> String {
    let declared = declared.trim();
    if let Some(member) = declared.strip_suffix("[]") {
        return format!("{}[]", canonical_type(member));
    }
    let (name, arguments) = match declared.split_once('(') {
        Some((name, rest)) => {
            let (inside, after) = rest.split_once(')').unwrap_or((rest, ""));
            let inside: String = inside.chars().filter(|letter| !letter.is_whitespace()).collect();
            (format!("{}{after}", name.trim_end()), format!("({inside})"))
        }
        None => (declared.to_owned(), String::new()),
    };
    if name.contains('"') {
        return declared.to_owned();
    }
    let lower = name.to_lowercase();
    match lower.as_str() {
        "int" | "int4" => "integer".to_owned(),
        "int2" => "smallint".to_owned(),
        "int8" => "bigint".to_owned(),
        "float4" => "real".to_owned(),
        "float8" | "float" => "double precision".to_owned(),
        "bool" => "boolean".to_owned(),
        "varchar" | "character varying" => format!("character varying{arguments}"),
        "char" | "character" if arguments.is_empty() => "character(1)".to_owned(),
        "char" | "character" => format!("character{arguments}"),
        "bpchar" if !arguments.is_empty() => format!("character{arguments}"),
        "varbit" => format!("bit varying{arguments}"),
        "decimal" | "numeric" => match arguments.trim_matches(['(', ')']) {
            "" => "numeric".to_owned(),
            one if !one.contains(',') => format!("numeric({one},0)"),
            two => format!("numeric({two})"),
        },
        "timestamptz" | "timestamp with time zone" => format!("timestamp{arguments} with time zone"),
        "timestamp" | "timestamp without time zone" => format!("timestamp{arguments} without time zone"),
        "timetz" | "time with time zone" => format!("time{arguments} with time zone"),
        "time" | "time without time zone" => format!("time{arguments} without time zone"),
        _ => format!("{lower}{arguments}"),
    }
}

#[cfg(test)]
mod tests {
    use super::canonical_type;

    #[test]
    fn types_are_named_as_the_catalogue_names_them() {
        for (written, canonical) in [
            ("int4", "integer"),
            ("VARCHAR(160)", "character varying(160)"),
            ("varchar(20)[]", "character varying(20)[]"),
            ("decimal(10, 2)", "numeric(10,2)"),
            ("numeric(10)", "numeric(10,0)"),
            ("timestamptz(3)", "timestamp(3) with time zone"),
            ("timestamp(3) without time zone", "timestamp(3) without time zone"),
            ("time", "time without time zone"),
            ("char", "character(1)"),
            ("citext", "citext"),
            ("\"Mood\"", "\"Mood\""),
        ] {
            assert_eq!(canonical_type(written), canonical, "{written}");
        }
    }
}
