//! Which scalar a column of an existing database is, from its declared type and, on SQLite, from its data.

use purlin_model::scalar::{ColumnType, Scalar, Stored};

use super::facts::ColumnFacts;

/// A column's type in the model.
#[derive(Clone, Debug, PartialEq)]
pub struct Mapped {
    /// Its type.
    pub column_type: ColumnType,
    /// How SQLite holds it.
    pub stored: Stored,
    /// Digits in all and after the point.
    pub precision: Option<(u16, u8)>,
    /// Why it is not what its declaration promises.
    pub remark: Option<String>,
}

impl Mapped {
    fn scalar(scalar: Scalar) -> Mapped {
        Mapped { column_type: ColumnType::Scalar(scalar), stored: Stored::Standard, precision: None, remark: None }
    }

    fn stored(scalar: Scalar, stored: Stored) -> Mapped {
        Mapped { stored, ..Mapped::scalar(scalar) }
    }
}

/// A declared type taken apart: `NUMERIC(10,2)` is `numeric`, `[10, 2]`.
fn parse_declaration(declared: &str) -> (String, Vec<u32>) {
    let (before, arguments, after) = match declared.split_once('(') {
        Some((before, rest)) => {
            let (arguments, after) = rest.split_once(')').unwrap_or((rest, ""));
            (before, arguments, after)
        }
        None => (declared, "", ""),
    };
    let name = format!("{} {}", before.trim(), after.trim()).trim().to_lowercase();
    (name, arguments.split(',').filter_map(|argument| argument.trim().parse().ok()).collect())
}

fn precision_of(arguments: &[u32]) -> Option<(u16, u8)> {
    match arguments {
        [precision] => Some((u16::try_from(*precision).ok()?, 0)),
        [precision, scale] => Some((u16::try_from(*precision).ok()?, u8::try_from(*scale).ok()?)),
        _ => None,
    }
}

/// The model's type of a PostgreSQL column, by its declared type as `format_type` prints it.
pub fn of_postgres(declared: &str) -> Mapped {
    if let Some(member) = declared.strip_suffix("[]") {
        return match of_postgres(member).column_type {
            ColumnType::Scalar(scalar) => {
                Mapped { column_type: ColumnType::List(scalar), ..Mapped::scalar(Scalar::String) }
            }
            _ => native(declared),
        };
    }
    let (name, arguments) = parse_declaration(declared);
    let scalar = match name.as_str() {
        "smallint" => Scalar::SmallInt,
        "integer" => Scalar::Int,
        "bigint" => Scalar::BigInt,
        "real" => Scalar::Float,
        "double precision" => Scalar::Float8,
        "text" | "character varying" => Scalar::String,
        "boolean" => Scalar::Boolean,
        "uuid" => Scalar::Uuid,
        "timestamp with time zone" => Scalar::Timestamptz,
        "timestamp without time zone" => Scalar::Timestamp,
        "date" => Scalar::Date,
        "time without time zone" => Scalar::Time,
        "jsonb" => Scalar::Jsonb,
        "bytea" => Scalar::Bytea,
        "numeric" => {
            let precision = precision_of(&arguments);
            return Mapped { precision, ..Mapped::scalar(Scalar::Numeric) };
        }
        _ => return native(declared),
    };
    Mapped::scalar(scalar)
}

/// The type's own name: `character(5)` is `bpchar` as the dialect calls it.
fn native(declared: &str) -> Mapped {
    let (name, _) = parse_declaration(declared);
    let name = match name.as_str() {
        "character" => "bpchar".to_owned(),
        "time with time zone" => "timetz".to_owned(),
        "bit varying" => "varbit".to_owned(),
        other => other.trim_matches('"').replace("[]", "_array"),
    };
    Mapped { column_type: ColumnType::Native(name.into()), ..Mapped::scalar(Scalar::String) }
}

/// The model's type of an SQLite column, by its declared type and what is in it. A column whose data are of several
/// kinds becomes `String`, with a remark.
pub fn of_sqlite(declared: &str, facts: &ColumnFacts) -> Mapped {
    let (name, arguments) = parse_declaration(declared);
    let mapped = match name.as_str() {
        "smallint" | "int2" | "tinyint" => integer(Scalar::SmallInt, facts),
        "bigint" | "int8" | "unsigned big int" => integer(Scalar::BigInt, facts),
        "boolean" | "bool" => facts.only_booleans().then(|| Mapped::scalar(Scalar::Boolean)),
        "numeric" | "decimal" => facts.only_numbers().then(|| {
            let precision = precision_of(&arguments);
            let scale = precision.map(|(_, scale)| scale);
            Mapped { precision, ..Mapped::stored(Scalar::Numeric, Stored::Real { scale }) }
        }),
        "datetime" | "timestamp" | "timestamp without time zone" => time(Scalar::Timestamp, facts),
        "timestamptz" | "timestamp with time zone" => time(Scalar::Timestamptz, facts),
        "date" => facts.only_dates().then(|| Mapped::scalar(Scalar::Date)).or_else(|| time(Scalar::Timestamp, facts)),
        "json" | "jsonb" => facts.only_json().then(|| Mapped::scalar(Scalar::Jsonb)),
        "uuid" => facts.only_uuids().then(|| Mapped::scalar(Scalar::Uuid)),
        name if name.contains("int") => integer(Scalar::Int, facts),
        name if ["char", "clob", "text"].iter().any(|word| name.contains(word)) => {
            facts.only_texts().then(|| Mapped::scalar(Scalar::String))
        }
        name if ["real", "floa", "doub"].iter().any(|word| name.contains(word)) => {
            facts.only_numbers().then(|| Mapped::scalar(Scalar::Float8))
        }
        "" | "blob" => facts.only_blobs().then(|| Mapped::scalar(Scalar::Bytea)),
        _ => integer(Scalar::Int, facts).filter(|_| facts.rows() > 0),
    };
    mapped.unwrap_or_else(|| Mapped {
        remark: (!facts.only_texts())
            .then(|| format!("is declared `{declared}` but holds {}; it is read as `String`", facts.describe())),
        ..Mapped::scalar(Scalar::String)
    })
}

fn integer(declared: Scalar, facts: &ColumnFacts) -> Option<Mapped> {
    let within = |least: i64, most: i64| {
        facts.least.is_none_or(|value| value >= least) && facts.most.is_none_or(|value| value <= most)
    };
    let scalar = match declared {
        Scalar::SmallInt if within(i16::MIN.into(), i16::MAX.into()) => Scalar::SmallInt,
        Scalar::SmallInt | Scalar::Int if within(i32::MIN.into(), i32::MAX.into()) => Scalar::Int,
        _ => Scalar::BigInt,
    };
    facts.only_integers().then(|| Mapped::scalar(scalar))
}

fn time(scalar: Scalar, facts: &ColumnFacts) -> Option<Mapped> {
    /// Seconds up to the year 5138, milliseconds from 1973 on.
    const SECONDS_BELOW: i64 = 100_000_000_000;
    if facts.rows() > 0 && facts.only_integers() {
        let milliseconds = facts.most.is_some_and(|value| value >= SECONDS_BELOW);
        let stored = if milliseconds { Stored::UnixMilliseconds } else { Stored::Unix };
        return Some(Mapped::stored(scalar, stored));
    }
    let all = |count: i64| facts.only_texts() && count == facts.texts;
    if all(facts.space_times) {
        Some(Mapped::stored(scalar, Stored::Space))
    } else if all(facts.iso_times) {
        Some(Mapped::stored(scalar, Stored::Iso))
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn postgresql_types_are_known_by_their_declaration() {
        for (declared, expected) in [
            ("character varying(160)", Mapped::scalar(Scalar::String)),
            ("integer", Mapped::scalar(Scalar::Int)),
            ("timestamp without time zone", Mapped::scalar(Scalar::Timestamp)),
            ("timestamp(3) with time zone", Mapped::scalar(Scalar::Timestamptz)),
            ("numeric(10,2)", Mapped { precision: Some((10, 2)), ..Mapped::scalar(Scalar::Numeric) }),
            ("integer[]", Mapped { column_type: ColumnType::List(Scalar::Int), ..Mapped::scalar(Scalar::Int) }),
            (
                "character(5)",
                Mapped { column_type: ColumnType::Native("bpchar".into()), ..Mapped::scalar(Scalar::String) },
            ),
            ("citext", Mapped { column_type: ColumnType::Native("citext".into()), ..Mapped::scalar(Scalar::String) }),
        ] {
            assert_eq!(of_postgres(declared), expected, "{declared}");
        }
    }

    #[test]
    fn sqlite_types_are_known_by_declaration_and_data() {
        let integers = |least: i64, most: i64| ColumnFacts {
            integers: 2,
            least: Some(least),
            most: Some(most),
            ..ColumnFacts::default()
        };
        let empty = ColumnFacts::default();
        let texts = ColumnFacts { texts: 3, ..empty.clone() };
        let spaced = ColumnFacts { texts: 3, space_times: 3, ..empty.clone() };
        let reals = ColumnFacts { integers: 1, reals: 2, ..empty.clone() };
        for (declared, facts, expected) in [
            ("INTEGER", &integers(1, 5), Mapped::scalar(Scalar::Int)),
            ("INTEGER", &integers(1, 5_000_000_000), Mapped::scalar(Scalar::BigInt)),
            ("NVARCHAR(160)", &texts, Mapped::scalar(Scalar::String)),
            ("DATETIME", &spaced, Mapped::stored(Scalar::Timestamp, Stored::Space)),
            ("DATETIME", &integers(0, 1_700_000_000), Mapped::stored(Scalar::Timestamp, Stored::Unix)),
            ("DATETIME", &integers(0, 1_700_000_000_000), Mapped::stored(Scalar::Timestamp, Stored::UnixMilliseconds)),
            (
                "NUMERIC(10,2)",
                &reals,
                Mapped { precision: Some((10, 2)), ..Mapped::stored(Scalar::Numeric, Stored::Real { scale: Some(2) }) },
            ),
            ("BLOB", &empty, Mapped::scalar(Scalar::Bytea)),
        ] {
            assert_eq!(of_sqlite(declared, facts), expected, "{declared}");
        }
        let mixed = of_sqlite("INTEGER", &ColumnFacts { integers: 1, texts: 1, ..empty });
        assert_eq!(mixed.column_type, ColumnType::Scalar(Scalar::String));
        assert_eq!(
            mixed.remark.as_deref(),
            Some("is declared `INTEGER` but holds 1 integer and 1 text; it is read as `String`")
        );
    }
}
