//! The scalars of the model language, and how each is held by the two databases.

/// A built-in scalar of the model language; any other PostgreSQL type is [`ColumnType::Native`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Scalar {
    /// 16-bit integer, `smallint`.
    SmallInt,
    /// 32-bit integer, `Int`.
    Int,
    /// 64-bit integer, `bigint`.
    BigInt,
    /// `Float`: PostgreSQL `real` on imported columns, `double precision` in tables Purlin makes; always a JSON number.
    Float,
    /// `float8`: double precision.
    Float8,
    /// `numeric`: exact decimal.
    Numeric,
    /// `String`: text of Unicode code points without U+0000.
    String,
    /// `Boolean`.
    Boolean,
    /// `uuid` in canonical lower-case form.
    Uuid,
    /// `timestamptz`: an instant, microseconds, years 0001–9999.
    Timestamptz,
    /// `timestamp`: a civil date and time, microseconds.
    Timestamp,
    /// `date`.
    Date,
    /// `time` of day, microseconds.
    Time,
    /// `jsonb`.
    Jsonb,
    /// `bytea`.
    Bytea,
}

impl Scalar {
    /// Every built-in scalar, in declaration order.
    pub const ALL: [Scalar; 15] = [
        Scalar::SmallInt,
        Scalar::Int,
        Scalar::BigInt,
        Scalar::Float,
        Scalar::Float8,
        Scalar::Numeric,
        Scalar::String,
        Scalar::Boolean,
        Scalar::Uuid,
        Scalar::Timestamptz,
        Scalar::Timestamp,
        Scalar::Date,
        Scalar::Time,
        Scalar::Jsonb,
        Scalar::Bytea,
    ];

    /// The scalar's name in SDL and in the API.
    pub const fn name(self) -> &'static str {
        match self {
            Scalar::SmallInt => "smallint",
            Scalar::Int => "Int",
            Scalar::BigInt => "bigint",
            Scalar::Float => "Float",
            Scalar::Float8 => "float8",
            Scalar::Numeric => "numeric",
            Scalar::String => "String",
            Scalar::Boolean => "Boolean",
            Scalar::Uuid => "uuid",
            Scalar::Timestamptz => "timestamptz",
            Scalar::Timestamp => "timestamp",
            Scalar::Date => "date",
            Scalar::Time => "time",
            Scalar::Jsonb => "jsonb",
            Scalar::Bytea => "bytea",
        }
    }

    /// The scalar called `name` in SDL.
    pub fn by_name(name: &str) -> Option<Scalar> {
        Scalar::ALL.into_iter().find(|scalar| scalar.name() == name)
    }

    /// Whether `sum`, `avg` and `_inc` apply.
    pub const fn is_numeric(self) -> bool {
        matches!(
            self,
            Scalar::SmallInt | Scalar::Int | Scalar::BigInt | Scalar::Float | Scalar::Float8 | Scalar::Numeric
        )
    }

    /// Whether `min` and `max` apply.
    pub const fn is_comparable(self) -> bool {
        !matches!(self, Scalar::Jsonb | Scalar::Boolean)
    }

    /// Whether the value is an instant, a civil time, a date or a time of day.
    pub const fn is_temporal(self) -> bool {
        matches!(self, Scalar::Timestamptz | Scalar::Timestamp | Scalar::Date | Scalar::Time)
    }

    /// The type's name in PostgreSQL's own messages.
    pub const fn sql_name(self) -> &'static str {
        match self {
            Scalar::Float => "real",
            Scalar::Timestamptz => "timestamp with time zone",
            other => other.postgres_type(),
        }
    }

    /// The PostgreSQL type of a column Purlin makes (without precision).
    pub const fn postgres_type(self) -> &'static str {
        match self {
            Scalar::SmallInt => "smallint",
            Scalar::Int => "integer",
            Scalar::BigInt => "bigint",
            Scalar::Float | Scalar::Float8 => "double precision",
            Scalar::Numeric => "numeric",
            Scalar::String => "text",
            Scalar::Boolean => "boolean",
            Scalar::Uuid => "uuid",
            Scalar::Timestamptz => "timestamptz",
            Scalar::Timestamp => "timestamp",
            Scalar::Date => "date",
            Scalar::Time => "time",
            Scalar::Jsonb => "jsonb",
            Scalar::Bytea => "bytea",
        }
    }
}

/// The type of a column in the model.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum ColumnType {
    /// A built-in scalar.
    Scalar(Scalar),
    /// An enum of the model; held as text.
    Enum(crate::catalog::EnumId),
    /// `[T!]` of a built-in scalar.
    List(Scalar),
    /// Any other PostgreSQL type, by its own name (`citext`, `inet`, an enum of the database, …).
    Native(Box<str>),
}

impl ColumnType {
    /// The scalar by which a value of this type is read and written (enums and native types travel as text).
    pub const fn scalar(&self) -> Scalar {
        match self {
            ColumnType::Scalar(scalar) | ColumnType::List(scalar) => *scalar,
            ColumnType::Enum(_) | ColumnType::Native(_) => Scalar::String,
        }
    }

    /// Whether the value is a list.
    pub const fn is_list(&self) -> bool {
        matches!(self, ColumnType::List(_))
    }
}

/// How an SQLite column holds a value. PostgreSQL always holds the type itself.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Stored {
    /// The form the model language gives the type (see `docs/model-language.md`).
    #[default]
    Standard,
    /// `numeric` with precision ≤ 18: an INTEGER scaled by 10^scale.
    Scaled {
        /// Digits after the point.
        scale: u8,
    },
    /// A number that is compared with a `Scaled` column rather than stored in one: digits beyond the scale still count.
    /// No column has this form.
    ScaledOperand {
        /// Digits after the point of the column.
        scale: u8,
    },
    /// `numeric`: decimal TEXT under the collation `decimal`; rounded to `scale` when there is one.
    Decimal {
        /// Digits after the point, if the column fixes them.
        scale: Option<u8>,
    },
    /// `numeric` held as REAL (imported): the shortest decimal, rounded to `scale`.
    Real {
        /// Digits after the point, if the column fixes them.
        scale: Option<u8>,
    },
    /// A time as `2009-01-01 00:00:00`.
    Space,
    /// A time as `2009-01-01T00:00:00`.
    Iso,
    /// A time as seconds since 1970-01-01T00:00:00Z.
    Unix,
    /// A time as milliseconds since 1970-01-01T00:00:00Z.
    UnixMilliseconds,
}

/// All that is needed to bind a value or to write a cell as JSON: a [`Scalar`], list or not, and its SQLite form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Codec {
    /// The scalar (enums and native types: [`Scalar::String`]).
    pub scalar: Scalar,
    /// Whether the value is a list of the scalar.
    pub list: bool,
    /// How SQLite holds it.
    pub stored: Stored,
}

impl Codec {
    /// The codec of a plain scalar that belongs to no column.
    pub const fn of(scalar: Scalar) -> Codec {
        Codec { scalar, list: false, stored: Stored::Standard }
    }
}
