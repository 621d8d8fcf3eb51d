//! A column of the model as SQLite holds it, and the CHECK that stands in for the type SQLite does not have.
//! Refuses to know PostgreSQL.

use purlin_model::catalog::{Column, ColumnDefault, Table};
use purlin_model::scalar::{Codec, ColumnType, Scalar, Stored};
use purlin_model::value::Value;

use super::quote::{quote, text_literal, without_brackets};
use super::{Identity, PhysicalCheck, PhysicalColumn, literal};

/// Collations an SQLite column may choose.
const COLLATIONS: [&str; 3] = ["BINARY", "NOCASE", "RTRIM"];
/// A random UUID of version 4 in canonical form.
const RANDOM_UUID: &str = "lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) \
     || '-' || substr('89ab', 1 + (random() & 3), 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6)))";

/// Name of the CHECK that holds a column to its scalar's values (`tasks_id_type`); a violation of it is a value out of
/// range or malformed, not a broken rule of the model.
pub fn type_check_name(table: &str, column: &str) -> String {
    format!("{table}_{column}_type")
}

/// The column as SQLite's catalogue would tell it.
pub fn column(table: &Table, column: &Column) -> PhysicalColumn {
    let generated = column.generated.then(|| generated_expression(column));
    let identity = match &column.default {
        Some(ColumnDefault::Autoincrement) => Some(Identity::Autoincrement),
        Some(ColumnDefault::Rowid) => Some(Identity::Rowid),
        // Said or not, a sole key of this type fills itself.
        _ if is_sole_key(table, column) && declares_integer(column) => Some(Identity::Rowid),
        _ => None,
    };
    PhysicalColumn {
        name: column.db_name.to_string(),
        declared_type: match &column.sqlite_type {
            Some(declared) => declared.to_string(),
            None => own_type(table, column, identity).to_owned(),
        },
        not_null: !column.nullable,
        default: if generated.is_some() || identity.is_some() { None } else { default(column) },
        identity,
        generated,
        collation: collation(column),
        comment: None,
    }
}

fn own_type(table: &Table, column: &Column, identity: Option<Identity>) -> &'static str {
    let storage = match (&column.column_type, column.stored) {
        (_, Stored::Scaled { .. } | Stored::Unix | Stored::UnixMilliseconds) => "INTEGER",
        (_, Stored::Decimal { .. } | Stored::Space | Stored::Iso) => "TEXT",
        (_, Stored::Real { .. }) => "REAL",
        (ColumnType::Scalar(scalar), Stored::Standard) => match scalar {
            Scalar::SmallInt | Scalar::Int | Scalar::BigInt | Scalar::Boolean => "INTEGER",
            Scalar::Float | Scalar::Float8 => "REAL",
            Scalar::Bytea => "BLOB",
            _ => "TEXT",
        },
        _ => "TEXT",
    };
    // `INTEGER PRIMARY KEY` would fill itself; `INT` does not.
    if storage == "INTEGER" && is_sole_key(table, column) && identity.is_none() { "INT" } else { storage }
}

fn is_sole_key(table: &Table, column: &Column) -> bool {
    matches!(table.primary_key.as_slice(), [only] if table.column(*only).name == column.name)
}

fn declares_integer(column: &Column) -> bool {
    column.sqlite_type.as_deref().is_some_and(|declared| declared.eq_ignore_ascii_case("integer"))
}

fn collation(column: &Column) -> Option<String> {
    if let (ColumnType::Scalar(Scalar::Numeric), Stored::Decimal { .. }) = (&column.column_type, column.stored) {
        return Some("decimal".to_owned());
    }
    let chosen = column.collation.as_deref()?.to_ascii_uppercase();
    // BINARY is the default and as good as none.
    COLLATIONS[1..].contains(&chosen.as_str()).then_some(chosen)
}

fn default(column: &Column) -> Option<String> {
    match &column.default {
        Some(ColumnDefault::Value(value)) => literal::sqlite(column.codec(), value),
        // Purlin binds UUIDs of version 7 itself; other writers get a random one.
        Some(ColumnDefault::UuidV4 | ColumnDefault::UuidV7) => Some(RANDOM_UUID.to_owned()),
        // SQLite tells an expression without the brackets around it.
        Some(ColumnDefault::Sql { sqlite, .. }) => sqlite.as_deref().map(|sql| without_brackets(sql).to_owned()),
        Some(ColumnDefault::Autoincrement | ColumnDefault::Rowid) => None,
        Some(ColumnDefault::Now) => Some(now(column)),
        None if column.updated_at => Some(now(column)),
        None => None,
    }
}

/// SQLite's clock has milliseconds.
fn now(column: &Column) -> String {
    let format = match (column.column_type.scalar(), column.stored) {
        (_, Stored::Unix) => return "unixepoch()".to_owned(),
        (_, Stored::UnixMilliseconds) => return "CAST(unixepoch('subsec') * 1000 AS INTEGER)".to_owned(),
        (_, Stored::Space) => "%Y-%m-%d %H:%M:%S",
        (_, Stored::Iso) => "%Y-%m-%dT%H:%M:%S",
        (Scalar::Timestamp, _) => "%Y-%m-%dT%H:%M:%f000",
        (Scalar::Date, _) => "%Y-%m-%d",
        (Scalar::Time, _) => "%H:%M:%f000",
        _ => "%Y-%m-%dT%H:%M:%f000Z",
    };
    format!("strftime({}, 'now')", text_literal(format))
}

fn generated_expression(column: &Column) -> String {
    match &column.default {
        Some(ColumnDefault::Sql { sqlite: Some(expression), .. }) => expression.to_string(),
        _ => String::new(),
    }
}

/// A bound of `@range` in the form in which the column holds its values.
pub fn bound(column: &Column, text: &str) -> String {
    let value = match column.column_type.scalar() {
        Scalar::SmallInt | Scalar::Int | Scalar::BigInt => text.parse().ok().map(Value::Integer),
        Scalar::Float | Scalar::Float8 => text.parse().ok().map(Value::Float),
        _ => None,
    };
    let codec = Codec { list: false, ..column.codec() };
    let written = literal::sqlite(codec, &value.unwrap_or_else(|| Value::Text(text.into())));
    written.unwrap_or_else(|| text_literal(text))
}

/// What holds the column to its scalar's values, if its storage class alone does not. A column with a declared type of
/// its own exists already and promises nothing.
pub fn type_check(table: &Table, column: &Column) -> Option<PhysicalCheck> {
    if column.sqlite_type.is_some() || column.generated {
        return None;
    }
    let name = quote(&column.db_name);
    let expression = match (&column.column_type, column.stored) {
        (ColumnType::List(_), _) => format!("json_valid({name}) AND {name} GLOB '[[]*'"),
        (ColumnType::Scalar(Scalar::Numeric), stored) => numeric_check(&name, stored, column.precision)?,
        (ColumnType::Scalar(scalar), Stored::Standard) => scalar_check(*scalar, &name)?,
        _ => return None,
    };
    Some(PhysicalCheck { name: type_check_name(&table.sqlite_name(), &column.db_name), expression })
}

/// Patterns rather than SQLite's date functions: a row is written in a third of the time. Purlin itself lets no other
/// value through; this is for other writers.
fn scalar_check(scalar: Scalar, name: &str) -> Option<String> {
    const DAY: &str = "[0-9][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]";
    const CLOCK: &str = "[0-2][0-9]:[0-5][0-9]:[0-5][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]";
    Some(match scalar {
        Scalar::SmallInt => format!("{name} BETWEEN -32768 AND 32767"),
        Scalar::Int => format!("{name} BETWEEN -2147483648 AND 2147483647"),
        Scalar::Boolean => format!("{name} IN (0, 1)"),
        Scalar::Uuid => {
            format!("{name} GLOB '????????-????-????-????-????????????' AND {name} NOT GLOB '*[^-0-9a-f]*'")
        }
        Scalar::Timestamptz => format!("{name} GLOB '{DAY}T{CLOCK}Z'"),
        Scalar::Timestamp => format!("{name} GLOB '{DAY}T{CLOCK}'"),
        Scalar::Date => format!("{name} GLOB '{DAY}'"),
        Scalar::Time => format!("{name} GLOB '{CLOCK}'"),
        Scalar::Jsonb => format!("json_valid({name})"),
        _ => return None,
    })
}

fn numeric_check(name: &str, stored: Stored, precision: Option<(u16, u8)>) -> Option<String> {
    match (stored, precision) {
        (Stored::Scaled { .. }, Some((precision, _))) => {
            let most = "9".repeat(usize::from(precision).min(18));
            Some(format!("{name} BETWEEN -{most} AND {most}"))
        }
        (Stored::Decimal { .. }, precision) => {
            let form = format!("{name} GLOB '*[0-9]*' AND {name} NOT GLOB '*[^-.0-9]*'");
            Some(match precision {
                Some((precision, scale)) => format!(
                    "{form} AND length(ltrim(substr({name}, 1, instr({name} || '.', '.') - 1), '-0')) <= {} \
                     AND length({name}) - instr({name} || '.', '.') <= {scale}",
                    precision.saturating_sub(u16::from(scale))
                ),
                None => form,
            })
        }
        _ => None,
    }
}
