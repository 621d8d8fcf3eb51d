//! How a value of one column type becomes a value of another, as an SQL expression over the old value. Refuses to know
//! tables.

use purlin_model::catalog::Column;
use purlin_model::scalar::{ColumnType, Scalar, Stored};
use purlin_plan::plan::Dialect;

/// What becomes of a column's values when its type changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Conversion {
    /// An expression in which `{}` stands for the old value.
    Expression(String),
    /// PostgreSQL's own cast to the new type.
    Cast,
    /// There is no way from the one to the other: the values go.
    Replace,
}

impl Conversion {
    /// The expression over `value`, which becomes the type.
    pub fn over(&self, value: &str, new_type: &str) -> Option<String> {
        match self {
            Conversion::Expression(template) => Some(template.replace("{}", value)),
            Conversion::Cast => Some(format!("{value}::{new_type}")),
            Conversion::Replace => None,
        }
    }
}

/// What must be done with the values; `None` if they stay as they are.
pub fn between(before: &Column, after: &Column, dialect: Dialect) -> Option<Conversion> {
    let same_type = family(before) == family(after);
    match dialect {
        // A declared type alone may differ: assigned, not cast, a text that is too long is refused instead of cut.
        Dialect::Postgres if same_type => None,
        Dialect::Sqlite if same_type && before.stored == after.stored => None,
        _ if !is_convertible(before, after) => Some(Conversion::Replace),
        Dialect::Postgres => Some(postgres(before, after).map_or(Conversion::Cast, Conversion::Expression)),
        Dialect::Sqlite => sqlite(before, after).map(Conversion::Expression),
    }
}

/// Enums are text.
fn family(column: &Column) -> (Scalar, bool, Option<&str>) {
    let native = match &column.column_type {
        ColumnType::Native(name) => Some(&**name),
        _ => None,
    };
    (column.column_type.scalar(), column.column_type.is_list(), native)
}

/// Whether values of the one type can become values of the other at all.
pub fn is_convertible(before: &Column, after: &Column) -> bool {
    let ((from, from_list, _), (to, to_list, _)) = (family(before), family(after));
    if from_list || to_list {
        return from_list == to_list && from == to;
    }
    let day = |scalar: Scalar| matches!(scalar, Scalar::Timestamptz | Scalar::Timestamp | Scalar::Date);
    let whole = |scalar: Scalar| matches!(scalar, Scalar::SmallInt | Scalar::Int | Scalar::BigInt);
    from == to
        || (from == Scalar::String && to != Scalar::Bytea)
        || (to == Scalar::String && from != Scalar::Bytea)
        || (from.is_numeric() && to.is_numeric())
        || (day(from) && day(to))
        || (from == Scalar::Boolean && whole(to))
        || (whole(from) && to == Scalar::Boolean)
}

/// `None`: a plain cast.
fn postgres(before: &Column, after: &Column) -> Option<String> {
    let template = match (before.column_type.scalar(), after.column_type.scalar()) {
        (Scalar::Timestamp, Scalar::Timestamptz) | (Scalar::Timestamptz, Scalar::Timestamp) => "{} AT TIME ZONE 'UTC'",
        (Scalar::Timestamptz, Scalar::Date) => "({} AT TIME ZONE 'UTC')::date",
        (Scalar::Date, Scalar::Timestamptz) => "{}::timestamp AT TIME ZONE 'UTC'",
        (Scalar::Boolean, Scalar::SmallInt | Scalar::BigInt) => "{}::integer",
        (Scalar::SmallInt | Scalar::BigInt, Scalar::Boolean) => "{} <> 0",
        _ => return None,
    };
    Some(template.to_owned())
}

/// `None`: the value is already in the new form, or the table refuses it.
fn sqlite(before: &Column, after: &Column) -> Option<String> {
    let whole = |scalar: Scalar| matches!(scalar, Scalar::SmallInt | Scalar::Int | Scalar::BigInt);
    let (from, to) = (before.column_type.scalar(), after.column_type.scalar());
    match (from, to) {
        (Scalar::Numeric, Scalar::Numeric) => numeric_to_numeric(before.stored, after.stored),
        (Scalar::Numeric, to) => Some(from_numeric(before.stored, to)),
        (from, Scalar::Numeric) if whole(from) => match after.stored {
            Stored::Scaled { scale } => Some(format!("{{}} * {}", power(scale))),
            Stored::Real { .. } => Some("CAST({} AS REAL)".to_owned()),
            stored => Some(with_scale("CAST({} AS TEXT)", stored)),
        },
        (Scalar::String, Scalar::Numeric) => match after.stored {
            // Text that is no number stays text, which a STRICT table then refuses.
            Stored::Scaled { scale } => Some(format!(
                "CASE WHEN {{}} GLOB '*[0-9]*' AND {{}} NOT GLOB '*[^-.0-9]*' THEN {} ELSE {{}} END",
                text_scaled(scale)
            )),
            _ => None,
        },
        (_, Scalar::Numeric) => match after.stored {
            Stored::Scaled { scale } => Some(format!("CAST(round({{}} * {}) AS INTEGER)", power(scale))),
            Stored::Real { .. } => None,
            stored => Some(with_scale("CAST({} AS TEXT)", stored)),
        },
        (Scalar::Boolean, Scalar::String) => Some("CASE {} WHEN 1 THEN 'true' WHEN 0 THEN 'false' END".to_owned()),
        (from, Scalar::String) if from.is_numeric() => Some("CAST({} AS TEXT)".to_owned()),
        (Scalar::String, Scalar::Boolean) => {
            Some("CASE {} WHEN 'true' THEN 1 WHEN 'false' THEN 0 ELSE {} END".to_owned())
        }
        // Text that is no number stays text, which a STRICT table then refuses.
        (Scalar::String, to) if whole(to) => {
            Some("CASE WHEN CAST(CAST({} AS INTEGER) AS TEXT) = {} THEN CAST({} AS INTEGER) ELSE {} END".to_owned())
        }
        (from, to) if whole(from) && to == Scalar::Boolean => Some("{} <> 0".to_owned()),
        (Scalar::Float | Scalar::Float8, to) if whole(to) => Some("CAST(round({}) AS INTEGER)".to_owned()),
        (Scalar::Timestamp, Scalar::Timestamptz) => Some("{} || 'Z'".to_owned()),
        (Scalar::Timestamptz, Scalar::Timestamp) => Some("substr({}, 1, 26)".to_owned()),
        (Scalar::Timestamptz | Scalar::Timestamp, Scalar::Date) => Some("substr({}, 1, 10)".to_owned()),
        (Scalar::Date, Scalar::Timestamp) => Some("{} || 'T00:00:00.000000'".to_owned()),
        (Scalar::Date, Scalar::Timestamptz) => Some("{} || 'T00:00:00.000000Z'".to_owned()),
        _ => None,
    }
}

fn power(scale: u8) -> String {
    format!("1{}", "0".repeat(usize::from(scale)))
}

/// Rounded half away from zero, as PostgreSQL rounds.
fn divided(scale: u8) -> String {
    match scale {
        0 => "{}".to_owned(),
        _ => {
            let half = format!("5{}", "0".repeat(usize::from(scale) - 1));
            format!("({{}} + CASE WHEN {{}} < 0 THEN -{half} ELSE {half} END) / {}", power(scale))
        }
    }
}

fn numeric_to_numeric(before: Stored, after: Stored) -> Option<String> {
    Some(match (before, after) {
        (Stored::Scaled { scale: from }, Stored::Scaled { scale: to }) if to > from => {
            format!("{{}} * {}", power(to - from))
        }
        (Stored::Scaled { scale: from }, Stored::Scaled { scale: to }) => divided(from - to),
        (Stored::Scaled { scale }, Stored::Real { .. }) => format!("{{}} / {}.0", power(scale)),
        (Stored::Scaled { scale: from }, Stored::Decimal { scale: Some(to) }) if to < from => {
            scaled_text(to).replace("{}", &format!("({})", divided(from - to)))
        }
        (Stored::Scaled { scale: from }, Stored::Decimal { scale: Some(to) }) => {
            let point = if from == 0 && to > 0 { "." } else { "" };
            format!("{} || '{point}{}'", scaled_text(from), "0".repeat(usize::from(to - from)))
        }
        (Stored::Scaled { scale }, _) => scaled_text(scale),
        (Stored::Real { .. }, Stored::Scaled { scale }) => format!("CAST(round({{}} * {}) AS INTEGER)", power(scale)),
        (Stored::Real { .. }, Stored::Real { .. }) => return None,
        (Stored::Real { .. }, stored) => with_scale("CAST({} AS TEXT)", stored),
        (_, Stored::Scaled { scale }) => text_scaled(scale),
        (_, Stored::Real { .. }) => "CAST({} AS REAL)".to_owned(),
        (_, stored @ Stored::Decimal { scale: Some(_) }) => with_scale("{}", stored),
        _ => return None,
    })
}

fn from_numeric(stored: Stored, to: Scalar) -> String {
    let text = match to {
        Scalar::SmallInt | Scalar::Int | Scalar::BigInt => match stored {
            Stored::Scaled { scale } => return divided(scale),
            _ => "CAST(round({}) AS INTEGER)",
        },
        Scalar::Float | Scalar::Float8 => match stored {
            Stored::Scaled { scale } => return format!("{{}} / {}.0", power(scale)),
            _ => "CAST({} AS REAL)",
        },
        _ => match stored {
            Stored::Scaled { scale } => return scaled_text(scale),
            _ => "CAST({} AS TEXT)",
        },
    };
    text.to_owned()
}

/// Decimal digits with as many after the point as the column fixes; digits beyond are cut.
fn with_scale(text: &str, stored: Stored) -> String {
    let whole = format!("substr({text}, 1, instr({text} || '.', '.') - 1)");
    match stored {
        Stored::Decimal { scale: Some(0) } => whole,
        Stored::Decimal { scale: Some(scale) } => {
            let zeros = "0".repeat(usize::from(scale));
            format!("{whole} || '.' || substr(substr({text}, instr({text} || '.', '.') + 1) || '{zeros}', 1, {scale})")
        }
        _ => text.to_owned(),
    }
}

/// A scaled integer as decimal digits: 150 of scale 2 is `1.50`; NULL stays NULL (`printf` would make it 0).
fn scaled_text(scale: u8) -> String {
    if scale == 0 {
        return "CAST({} AS TEXT)".to_owned();
    }
    let power = power(scale);
    format!(
        "CASE WHEN {{}} < 0 THEN '-' WHEN {{}} >= 0 THEN '' END || printf('%d.%0{scale}d', abs({{}}) / {power}, abs({{}}) % {power})"
    )
}

/// Decimal digits as a scaled integer, exact; digits beyond the scale are cut.
fn text_scaled(scale: u8) -> String {
    let zeros = "0".repeat(usize::from(scale));
    format!(
        "CAST(substr({{}}, 1, instr({{}} || '.', '.') - 1) \
         || substr(substr({{}}, instr({{}} || '.', '.') + 1) || '{zeros}', 1, {scale}) AS INTEGER)"
    )
}
