//! What the model says of a column's values, asked before the database is: enums, `@pattern`, `@length`, `@range`,
//! digits of a `numeric`, required columns. Refuses to know files and databases.

use std::collections::HashSet;

use bigdecimal::BigDecimal;
use purlin_model::catalog::{Catalog, CheckRule};
use purlin_model::value::Value;
use regex::Regex;

use super::shape::Shape;

/// The rules of a table.
#[derive(Debug)]
pub struct Checks {
    fields: Vec<FieldRules>,
}

#[derive(Debug, Default)]
struct FieldRules {
    allowed: Option<(Box<str>, HashSet<Box<str>>)>,
    pattern: Option<Regex>,
    length: Option<(Option<u32>, Option<u32>)>,
    /// Smallest and largest value.
    range: [Option<Box<str>>; 2],
    /// Digits before and after the point.
    precision: Option<(u16, u8)>,
    nullable: bool,
    has_default: bool,
}

impl Checks {
    /// The rules the model has for a table.
    ///
    /// # Errors
    /// A pattern that is none, which the model's own compiler rules out.
    pub fn of(catalog: &Catalog, shape: &Shape) -> Result<Checks, String> {
        let table = catalog.table(shape.table);
        let mut fields = Vec::with_capacity(shape.fields.len());
        for field in &shape.fields {
            let column = table.column(field.index);
            let pattern = column.pattern.as_deref().map(Regex::new).transpose().map_err(|error| error.to_string())?;
            let mut rules = FieldRules {
                pattern,
                nullable: field.nullable,
                has_default: field.has_default,
                precision: column.precision,
                ..FieldRules::default()
            };
            for check in &table.checks {
                match &check.rule {
                    CheckRule::Enum { column, values } if *column == field.index => {
                        let of_enum = catalog.enumeration(*values);
                        let names = of_enum.values.iter().map(|value| value.name.clone()).collect();
                        rules.allowed = Some((of_enum.name.clone(), names));
                    }
                    CheckRule::Length { column, min, max } if *column == field.index => {
                        rules.length = Some((*min, *max));
                    }
                    CheckRule::Range { column, min, max } if *column == field.index => {
                        rules.range = [min.clone(), max.clone()];
                    }
                    _ => {}
                }
            }
            fields.push(rules);
        }
        Ok(Checks { fields })
    }

    /// Whether a value may be in the column at `position`.
    ///
    /// # Errors
    /// Why not.
    pub fn value(&self, position: usize, value: &Value) -> Result<(), String> {
        let rules = &self.fields[position];
        if *value == Value::Null {
            return if rules.nullable { Ok(()) } else { Err("it must have a value".to_owned()) };
        }
        if let Value::Text(text) = value {
            rules.text(text)?;
        }
        let [min, max] = &rules.range;
        within(value, min.as_deref(), max.as_deref())
    }

    /// The required columns that are not among the given ones.
    pub fn missing<'a>(&'a self, given: &'a [usize]) -> impl Iterator<Item = usize> + 'a {
        let is_required = |rules: &FieldRules| !rules.nullable && !rules.has_default;
        let required = self.fields.iter().enumerate().filter(move |(_, rules)| is_required(rules));
        required.map(|(position, _)| position).filter(|position| !given.contains(position))
    }
}

impl FieldRules {
    fn text(&self, text: &str) -> Result<(), String> {
        if let Some((name, values)) = &self.allowed
            && !values.contains(text)
        {
            return Err(format!("`{}` is no value of `{name}`", shortened(text)));
        }
        if let Some(pattern) = &self.pattern
            && !pattern.is_match(text)
        {
            return Err(format!("`{}` does not match `{pattern}`", shortened(text)));
        }
        if let Some((min, max)) = self.length {
            let length = text.chars().count();
            let fits = min.is_none_or(|min| length >= min as usize) && max.is_none_or(|max| length <= max as usize);
            if !fits {
                return Err(format!("it has {length} characters, and {} are allowed", bounds(min, max)));
            }
        }
        if let Some((precision, scale)) = self.precision {
            let whole = text.trim_start_matches(['-', '0']).split('.').next().unwrap_or_default().len();
            if whole > usize::from(precision).saturating_sub(usize::from(scale)) {
                return Err(format!("`{}` has more digits than numeric({precision}, {scale})", shortened(text)));
            }
        }
        Ok(())
    }
}

fn within(value: &Value, min: Option<&str>, max: Option<&str>) -> Result<(), String> {
    let fits = |bound: &str, keeps: fn(std::cmp::Ordering) -> bool| compare(value, bound).is_none_or(keeps);
    if min.is_none_or(|min| fits(min, std::cmp::Ordering::is_ge))
        && max.is_none_or(|max| fits(max, std::cmp::Ordering::is_le))
    {
        return Ok(());
    }
    Err(format!("it is outside of {}", bounds(min, max)))
}

/// `None` where the two cannot be compared here: the database will.
fn compare(value: &Value, bound: &str) -> Option<std::cmp::Ordering> {
    match value {
        Value::Integer(integer) => Some(integer.cmp(&bound.parse().ok()?)),
        Value::Float(float) => float.partial_cmp(&bound.parse().ok()?),
        Value::Text(text) => match (text.parse::<BigDecimal>(), bound.parse::<BigDecimal>()) {
            (Ok(decimal), Ok(bound)) => Some(decimal.cmp(&bound)),
            // Canonical times are in the order of their text.
            _ => Some((**text).cmp(bound)),
        },
        _ => None,
    }
}

fn bounds(min: Option<impl std::fmt::Display>, max: Option<impl std::fmt::Display>) -> String {
    match (min, max) {
        (Some(min), Some(max)) => format!("{min} to {max}"),
        (Some(min), None) => format!("at least {min}"),
        (None, Some(max)) => format!("at most {max}"),
        (None, None) => "any".to_owned(),
    }
}

/// As much of a text as a message needs.
pub fn shortened(text: &str) -> String {
    const CHARACTERS: usize = 80;
    let mut shown: String = text.chars().take(CHARACTERS).collect();
    if shown.len() < text.len() {
        shown.push('…');
    }
    shown
}
