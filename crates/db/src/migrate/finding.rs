//! What a change of the model does to rows that exist: what loses data or may be impossible, told before anything is
//! written. Pure; refuses to know steps.

use std::fmt;

use purlin_model::catalog::{Catalog, CheckRule, Column, ColumnIndex, EnumId, ForeignKey, Table};
use purlin_model::pairing::{Pairing, TablePair};
use purlin_model::scalar::{ColumnType, Scalar};
use purlin_plan::plan::Dialect;

use super::conversion::is_convertible;

use crate::physical::{name_of, quote, text_literal};

/// Something a person should mean before it happens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// What happens.
    pub kind: FindingKind,
    /// The table, by its name in the model before.
    pub table: String,
    /// The column, by its name in the model before (or afterwards, if it is new).
    pub column: Option<String>,
    /// How many rows it concerns, where a database was at hand.
    pub rows: Option<i64>,
    /// Counts those rows: on SQLite, on PostgreSQL.
    counts: [String; 2],
}

/// What happens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FindingKind {
    /// A table goes with its rows.
    DropTable,
    /// A column goes with its values.
    DropColumn,
    /// A type that holds less; both by name.
    Narrow {
        /// Before.
        from: String,
        /// Afterwards.
        to: String,
    },
    /// A type whose values have no form in the new one; both by name.
    Replace {
        /// Before.
        from: String,
        /// Afterwards.
        to: String,
    },
    /// Values of an enum are no longer allowed.
    RemoveValues(Vec<String>),
    /// NULL is no longer allowed and nothing takes its place.
    RequireValue,
    /// A new column must have a value and nothing gives one to rows that exist.
    AddRequired,
}

impl Finding {
    /// Counts the rows it concerns; only to be asked of a database as it was before.
    pub fn count(&self, dialect: Dialect) -> &str {
        match dialect {
            Dialect::Sqlite => &self.counts[0],
            Dialect::Postgres => &self.counts[1],
        }
    }

    fn new(kind: FindingKind, table: &Table, column: Option<&Column>, condition: Option<String>) -> Finding {
        let count = |dialect: Dialect| {
            let name = name_of(table, dialect).sql();
            let condition = condition.as_deref().map(|it| format!(" WHERE {it}")).unwrap_or_default();
            format!("SELECT count(*) FROM {name}{condition}")
        };
        Finding {
            kind,
            table: table.name.to_string(),
            column: column.map(|column| column.name.to_string()),
            rows: None,
            counts: [count(Dialect::Sqlite), count(Dialect::Postgres)],
        }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let place = match &self.column {
            Some(column) => format!("`{}.{column}`", self.table),
            None => format!("`{}`", self.table),
        };
        match &self.kind {
            FindingKind::DropTable => write!(formatter, "{place} is dropped with all of its rows")?,
            FindingKind::DropColumn => write!(formatter, "{place} is dropped with all of its values")?,
            FindingKind::Narrow { from, to } => {
                write!(formatter, "{place} changes from {from} to {to}, which holds less")?
            }
            FindingKind::Replace { from, to } => {
                write!(
                    formatter,
                    "{place} changes from {from} to {to}, and no value of the one is one of the other: all go"
                )?;
            }
            FindingKind::RemoveValues(values) => {
                let values: Vec<String> = values.iter().map(|value| format!("`{value}`")).collect();
                write!(formatter, "{place} may no longer be {}", values.join(", "))?;
            }
            FindingKind::RequireValue => {
                write!(formatter, "{place} may no longer be null, and it has no default to take its place")?;
            }
            FindingKind::AddRequired => {
                write!(formatter, "{place} is new and required, and it has no default for rows that exist")?;
            }
        }
        match self.rows {
            Some(1) => write!(formatter, " (1 row)"),
            Some(rows) => write!(formatter, " ({rows} rows)"),
            None => Ok(()),
        }
    }
}

/// Everything in a change that loses data or fails on rows that exist.
pub fn findings(before: &Catalog, after: &Catalog, pairing: &Pairing) -> Vec<Finding> {
    let mut found: Vec<Finding> =
        pairing.dropped.iter().map(|id| Finding::new(FindingKind::DropTable, before.table(*id), None, None)).collect();
    for pair in &pairing.tables {
        of_table(before, after, pair, &mut found);
    }
    found
}

fn of_table(before: &Catalog, after: &Catalog, pair: &TablePair, found: &mut Vec<Finding>) {
    let (old, new) = (before.table(pair.before), after.table(pair.after));
    for index in &pair.dropped {
        let column = old.column(*index);
        let condition = format!("{} IS NOT NULL", quote(&column.db_name));
        found.push(Finding::new(FindingKind::DropColumn, old, Some(column), Some(condition)));
    }
    for index in &pair.added {
        let column = new.column(*index);
        let fills = column.nullable || column.default.is_some() || column.updated_at || column.generated;
        if !fills {
            found.push(Finding::new(FindingKind::AddRequired, old, Some(column), None));
        }
    }
    for (from, to) in &pair.columns {
        let (from, to) = (old.column(*from), new.column(*to));
        let quoted = quote(&from.db_name);
        let name = |catalog: &Catalog, column: &Column| type_name(catalog, column);
        if !is_convertible(from, to) {
            let kind = FindingKind::Replace { from: name(before, from), to: name(after, to) };
            found.push(Finding::new(kind, old, Some(from), Some(format!("{quoted} IS NOT NULL"))));
        } else if !holds_all(from, to) {
            let kind = FindingKind::Narrow { from: name(before, from), to: name(after, to) };
            found.push(Finding::new(kind, old, Some(from), Some(format!("{quoted} IS NOT NULL"))));
        }
        if from.nullable && !to.nullable && to.default.is_none() && !to.updated_at {
            let condition = format!("{quoted} IS NULL");
            found.push(Finding::new(FindingKind::RequireValue, old, Some(from), Some(condition)));
        }
        let gone = removed_values((before, old, from), (after, new, to));
        if !gone.is_empty() {
            let literals: Vec<String> = gone.iter().map(|value| text_literal(value)).collect();
            let condition = format!("{quoted} IN ({})", literals.join(", "));
            found.push(Finding::new(FindingKind::RemoveValues(gone), old, Some(from), Some(condition)));
        }
    }
}

fn type_name(catalog: &Catalog, column: &Column) -> String {
    let name = catalog.type_name(&column.column_type);
    if let Some(declared) = column.postgres_type.as_deref().filter(|_| declared_length(column) < u32::MAX) {
        return format!("`{declared}`");
    }
    match (column.precision, column.column_type.is_list()) {
        (Some((precision, scale)), _) => format!("`{name}({precision}, {scale})`"),
        (None, true) => format!("`[{name}!]`"),
        (None, false) => format!("`{name}`"),
    }
}

/// Whether every value of the one type is one of the other.
fn holds_all(from: &Column, to: &Column) -> bool {
    let whole_digits = |scalar: Scalar| match scalar {
        Scalar::SmallInt => Some(5),
        Scalar::Int => Some(10),
        Scalar::BigInt => Some(19),
        _ => None,
    };
    let (old, new) = (from.column_type.scalar(), to.column_type.scalar());
    let digits_before =
        |column: &Column| column.precision.map(|(precision, scale)| precision.saturating_sub(u16::from(scale)));
    match (old, new) {
        (Scalar::Numeric, Scalar::Numeric) => match (from.precision, to.precision) {
            (_, None) => true,
            (None, Some(_)) => false,
            (Some((_, old_scale)), Some((_, new_scale))) => {
                new_scale >= old_scale && digits_before(to) >= digits_before(from)
            }
        },
        (old, new) if old == new => {
            (native_name(from) == native_name(to) || native_name(to).is_none())
                && declared_length(to) >= declared_length(from)
        }
        (_, Scalar::String) => native_name(to).is_none() && declared_length(to) == u32::MAX,
        (old, Scalar::Numeric) => match (whole_digits(old), digits_before(to)) {
            (Some(needed), Some(digits)) => digits >= needed,
            (Some(_), None) => true,
            (None, _) => false,
        },
        (Scalar::SmallInt, Scalar::Int | Scalar::BigInt | Scalar::Float | Scalar::Float8)
        | (Scalar::Int, Scalar::BigInt | Scalar::Float | Scalar::Float8)
        | (Scalar::Float, Scalar::Float8)
        | (Scalar::Float8, Scalar::Float)
        | (Scalar::Boolean, Scalar::SmallInt | Scalar::Int | Scalar::BigInt)
        | (Scalar::Timestamp, Scalar::Timestamptz)
        | (Scalar::Timestamptz, Scalar::Timestamp)
        | (Scalar::Date, Scalar::Timestamp | Scalar::Timestamptz) => true,
        _ => false,
    }
}

/// Characters a column declared as `varchar(160)` takes (PostgreSQL; SQLite takes any number).
fn declared_length(column: &Column) -> u32 {
    let declared = column.postgres_type.as_deref().unwrap_or_default();
    let is_text = declared.starts_with("character") || declared.starts_with("varchar") || declared.starts_with("char");
    let length = declared.split_once('(').and_then(|(_, rest)| rest.split_once(')')).map(|(length, _)| length.trim());
    length.filter(|_| is_text).and_then(|length| length.parse().ok()).unwrap_or(u32::MAX)
}

fn native_name(column: &Column) -> Option<&str> {
    match &column.column_type {
        ColumnType::Native(name) => Some(name),
        _ => None,
    }
}

/// Values a column might have had and may no longer have. A column that was any text may have had every value.
fn removed_values(before: (&Catalog, &Table, &Column), after: (&Catalog, &Table, &Column)) -> Vec<String> {
    let (Some(old), Some(new)) = (enum_of(before), enum_of(after)) else { return Vec::new() };
    let allowed = &after.0.enumeration(new).values;
    let old = before.0.enumeration(old).values.iter();
    old.filter(|value| allowed.iter().all(|other| other.name != value.name))
        .map(|value| value.name.to_string())
        .collect()
}

fn enum_of((_, table, column): (&Catalog, &Table, &Column)) -> Option<EnumId> {
    let of_check = |rule: &CheckRule| match rule {
        CheckRule::Enum { column: index, values } if table.column(*index).name == column.name => Some(*values),
        _ => None,
    };
    table.checks.iter().find_map(|check| of_check(&check.rule))
}

/// What may make the migration fail on rows that exist, without losing anything: one sentence each.
pub fn warnings(before: &Catalog, after: &Catalog, pairing: &Pairing) -> Vec<String> {
    pairing.tables.iter().flat_map(|pair| NewConstraints { before, after, pairing, pair }.warnings()).collect()
}

/// The constraints of a table that were not there before, whatever they were called.
struct NewConstraints<'a> {
    before: &'a Catalog,
    after: &'a Catalog,
    pairing: &'a Pairing,
    pair: &'a TablePair,
}

impl NewConstraints<'_> {
    fn warnings(&self) -> Vec<String> {
        let (old, new) = (self.before.table(self.pair.before), self.after.table(self.pair.after));
        let same = |then: &[ColumnIndex], now: &[ColumnIndex]| moved(self.pair, then).is_some_and(|then| then == now);
        let uniques = new.uniques.iter().filter(|key| {
            let keys = old.uniques.iter().map(|other| &other.columns).chain([&old.primary_key]);
            !keys.into_iter().any(|columns| same(columns, &key.columns))
        });
        let foreign_keys = new.foreign_keys.iter().filter(|key| {
            let is_new = key.columns.iter().all(|column| self.pair.added.contains(column));
            !is_new
                && !old
                    .foreign_keys
                    .iter()
                    .any(|other| same(&other.columns, &key.columns) && self.same_target(other, key))
        });
        let checks = new.checks.iter().filter(|check| {
            !self.is_told(&check.rule) && !old.checks.iter().any(|other| self.same_rule(&other.rule, &check.rule))
        });
        let uniques = uniques.map(|key| ("unique constraint", &*key.name));
        let foreign_keys = foreign_keys.map(|key| ("foreign key", &*key.name));
        let checks = checks.map(|check| ("check", &*check.name));
        let sentence = |(what, name): (&str, &str)| {
            format!("`{}`: rows that exist must fit the new {what} `{name}`, or the migration fails whole", new.name)
        };
        uniques.chain(foreign_keys).chain(checks).map(sentence).collect()
    }

    fn same_target(&self, then: &ForeignKey, now: &ForeignKey) -> bool {
        let target = self.pairing.tables.iter().find(|pair| pair.before == then.target && pair.after == now.target);
        target.and_then(|pair| moved(pair, &then.target_columns)).is_some_and(|columns| columns == now.target_columns)
    }

    /// What an enum no longer allows is a finding; a new column's default is its author's care.
    fn is_told(&self, rule: &CheckRule) -> bool {
        match rule {
            CheckRule::Enum { .. } => true,
            CheckRule::Length { column, .. } | CheckRule::Range { column, .. } => self.pair.added.contains(column),
            CheckRule::Sql { .. } => false,
        }
    }

    fn same_rule(&self, then: &CheckRule, now: &CheckRule) -> bool {
        let moved = |column: &ColumnIndex| moved(self.pair, &[*column]).and_then(|columns| columns.first().copied());
        match (then, now) {
            (CheckRule::Length { column, min, max }, CheckRule::Length { column: new, min: least, max: most }) => {
                moved(column) == Some(*new) && (min, max) == (least, most)
            }
            (CheckRule::Range { column, min, max }, CheckRule::Range { column: new, min: least, max: most }) => {
                moved(column) == Some(*new) && (min, max) == (least, most)
            }
            (then, now) => then == now,
        }
    }
}

/// Where columns of the table before are afterwards; `None` if one is gone.
fn moved(pair: &TablePair, columns: &[ColumnIndex]) -> Option<Vec<ColumnIndex>> {
    let after =
        |column: &ColumnIndex| pair.columns.iter().find(|(before, _)| before == column).map(|(_, after)| *after);
    columns.iter().map(after).collect()
}
