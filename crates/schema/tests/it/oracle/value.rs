//! Values of columns as the documentation has them: how they compare, sort, and stand in answers and documents.

use std::cmp::Ordering;

use serde_json::Value as Json;

/// A type of a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    SmallInt,
    Int,
    BigInt,
    /// Precision and scale.
    Numeric(u8, u8),
    Float8,
    Text,
    Boolean,
    Uuid,
    Instant,
    Date,
    /// The one enum that every model has.
    Mood,
}

/// Values of [`Kind::Mood`], in an order that is not that of their names.
pub const MOODS: [&str; 3] = ["merry", "angry", "calm"];

impl Kind {
    /// Its name in the model and in the API.
    pub fn name(self) -> &'static str {
        match self {
            Kind::SmallInt => "smallint",
            Kind::Int => "Int",
            Kind::BigInt => "bigint",
            Kind::Numeric(..) => "numeric",
            Kind::Float8 => "float8",
            Kind::Text => "String",
            Kind::Boolean => "Boolean",
            Kind::Uuid => "uuid",
            Kind::Instant => "timestamptz",
            Kind::Date => "date",
            Kind::Mood => "mood",
        }
    }

    /// Whether sums and means apply.
    pub fn is_number(self) -> bool {
        matches!(self, Kind::SmallInt | Kind::Int | Kind::BigInt | Kind::Numeric(..) | Kind::Float8)
    }

    /// Whether the API says that one is less than another.
    pub fn is_ordered(self) -> bool {
        self != Kind::Mood
    }

    /// Whether `min` and `max` apply.
    pub fn has_extremes(self) -> bool {
        self != Kind::Boolean
    }

    /// The digits after the point.
    pub fn scale(self) -> u8 {
        if let Kind::Numeric(_, scale) = self { scale } else { 0 }
    }

    /// The greatest absolute value of an exact number, in units of its last digit.
    fn bounds(self) -> (i128, i128) {
        match self {
            Kind::SmallInt => (i128::from(i16::MIN), i128::from(i16::MAX)),
            Kind::Int => (i128::from(i32::MIN), i128::from(i32::MAX)),
            Kind::BigInt => (i128::from(i64::MIN), i128::from(i64::MAX)),
            Kind::Numeric(precision, _) => (1 - 10_i128.pow(precision.into()), 10_i128.pow(precision.into()) - 1),
            _ => (0, 0),
        }
    }
}

/// A value of a column.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    Null,
    /// A number in units of the last of its digits after the point: 1250 and 2 is 12.50.
    Exact(i128, u8),
    Double(f64),
    /// A text, or what compares as its canonical text does: a UUID, a time, a date, the value of an enum.
    Text(String),
    Boolean(bool),
}

impl Value {
    pub fn text(text: &str) -> Value {
        Value::Text(text.to_owned())
    }

    pub fn is_null(&self) -> bool {
        *self == Value::Null
    }

    /// As SQL compares two values that are not NULL.
    pub fn compare(&self, other: &Value) -> Option<Ordering> {
        Some(match (self, other) {
            (Value::Exact(left, left_scale), Value::Exact(right, right_scale)) => {
                let scale = (*left_scale).max(*right_scale);
                let aligned = |digits: &i128, own: &u8| digits * 10_i128.pow((scale - own).into());
                aligned(left, left_scale).cmp(&aligned(right, right_scale))
            }
            (Value::Double(left), Value::Double(right)) => left.total_cmp(right),
            (Value::Text(left), Value::Text(right)) => left.chars().cmp(right.chars()),
            (Value::Boolean(left), Value::Boolean(right)) => left.cmp(right),
            _ => return None,
        })
    }

    /// Whether two values are the same to `distinct`, where NULL is one value.
    pub fn is_same(&self, other: &Value) -> bool {
        self.is_null() && other.is_null() || self.compare(other) == Some(Ordering::Equal)
    }

    /// The number as a double.
    pub fn double(&self) -> Option<f64> {
        match self {
            Value::Exact(..) => self.decimal().parse().ok(),
            Value::Double(double) => Some(*double),
            _ => None,
        }
    }

    /// The exact sum of two numbers of a kind; `None` beyond its bounds.
    pub fn plus(&self, other: &Value, kind: Kind) -> Option<Value> {
        let (least, greatest) = kind.bounds();
        Some(match (self, other) {
            (Value::Exact(left, scale), Value::Exact(right, _)) => {
                let sum = left + right;
                if sum < least || sum > greatest {
                    return None;
                }
                Value::Exact(sum, *scale)
            }
            (Value::Double(left), Value::Double(right)) => Value::Double(left + right),
            _ => Value::Null,
        })
    }

    /// All digits of an exact number.
    fn decimal(&self) -> String {
        let Value::Exact(digits, scale) = self else { return String::new() };
        let sign = if *digits < 0 { "-" } else { "" };
        let width = usize::from(*scale) + 1;
        let all = format!("{:0width$}", digits.abs());
        let (whole, fraction) = all.split_at(all.len() - usize::from(*scale));
        if fraction.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{fraction}") }
    }

    /// As JSON, with all digits.
    pub fn json(&self) -> Json {
        match self {
            Value::Null => Json::Null,
            Value::Exact(..) => serde_json::from_str(&self.decimal()).expect("a number"),
            Value::Double(double) => Json::from(*double),
            Value::Text(text) => Json::from(text.as_str()),
            Value::Boolean(boolean) => Json::from(*boolean),
        }
    }

    /// As a literal of a document, of a model, or of a rule.
    pub fn literal(&self, kind: Kind) -> String {
        match (self, kind) {
            (Value::Text(name), Kind::Mood) => name.clone(),
            _ => self.json().to_string(),
        }
    }
}
