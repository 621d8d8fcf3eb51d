//! The functions and the collations that statements for SQLite call and that its engine registers.
//!
//! All are deterministic. Unless said otherwise, any NULL argument makes a function NULL, and aggregates skip NULL and
//! are NULL over nothing. Refuses to know: how they are registered.

/// A function for the engine to register.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SqliteFunction {
    /// Its name.
    pub name: &'static str,
    /// How many arguments it takes.
    pub arguments: u8,
    /// Whether it is an aggregate.
    pub aggregate: bool,
    /// What it gives, and when it fails.
    pub meaning: &'static str,
}

const fn scalar(name: &'static str, arguments: u8, meaning: &'static str) -> SqliteFunction {
    SqliteFunction { name, arguments, aggregate: false, meaning }
}

const fn aggregate(name: &'static str, arguments: u8, meaning: &'static str) -> SqliteFunction {
    SqliteFunction { name, arguments, aggregate: true, meaning }
}

/// The collation of decimals held as text: by value (`1.0` equals `1.00`), so that `10` comes after `9`.
pub const DECIMAL_COLLATION: &str = "decimal";

/// The collation of `jsonb`: as PostgreSQL orders it (`1.0` equals `1`; null, strings, numbers, booleans, arrays by
/// their length, objects by their number of members).
pub const JSONB_COLLATION: &str = "purlin_jsonb";

/// The collation of lists: as PostgreSQL orders arrays (member by member, NULL last, then the shorter first).
pub const LIST_COLLATION: &str = "purlin_list";

/// Every function a statement for SQLite may call besides SQLite's own.
pub const FUNCTIONS: &[SqliteFunction] = &[
    scalar(
        "purlin_like",
        2,
        "(value, pattern) -> 0 or 1: PostgreSQL's LIKE: % any text, _ one code point, backslash takes the next \
         character literally; a pattern that ends in a lone backslash is an error of the value",
    ),
    scalar("purlin_ilike", 2, "(value, pattern) -> 0 or 1: the same after Unicode lower-casing of both"),
    scalar(
        "purlin_regex",
        2,
        "(value, pattern) -> 0 or 1: PostgreSQL's ~: whether a part of the value matches; a pattern that is none, is too \
         large or cannot be answered alike (back-references, looking ahead) is an error of the value",
    ),
    scalar("purlin_iregex", 2, "(value, pattern) -> 0 or 1: ~* with the cases and classes of all of Unicode"),
    scalar("purlin_similar", 2, "(value, pattern) -> 0 or 1: SIMILAR TO: all of the value matches"),
    scalar(
        "purlin_json_contains",
        2,
        "(left, right) -> 0 or 1: PostgreSQL's jsonb @>: objects hold members, arrays hold members in any order and \
         number, an array holds a scalar",
    ),
    scalar(
        "purlin_json_has_key",
        2,
        "(document, key) -> 0 or 1: PostgreSQL's jsonb ?: a key of an object, a string of an array, or that string itself",
    ),
    scalar("purlin_json_has_any", 2, "(document, keys) -> 0 or 1: ?|; keys is a JSON array of texts"),
    scalar("purlin_json_has_all", 2, "(document, keys) -> 0 or 1: ?&; keys is a JSON array of texts"),
    scalar(
        "purlin_list_contains",
        2,
        "(left, right) -> 0 or 1: PostgreSQL's @> of arrays over JSON arrays: each member of the right one equals one of \
         the left; NULL equals nothing",
    ),
    scalar(
        "purlin_json_path",
        2,
        "(document, path) -> canonical JSON text or NULL: PostgreSQL's #>; path is a JSON array of texts, each a key of \
         an object or an index of an array (negative: from the end); no such place is NULL",
    ),
    scalar(
        "purlin_json_append",
        2,
        "(left, right) -> canonical JSON text: PostgreSQL's jsonb ||: objects merge with the right one winning, arrays \
         are joined, anything else becomes an array of one first",
    ),
    scalar(
        "purlin_json_delete_key",
        2,
        "(document, key) -> canonical JSON text: PostgreSQL's jsonb - text: removes a key of an object or all equal \
         strings of an array; an error of the value on a scalar",
    ),
    scalar(
        "purlin_json_delete_element",
        2,
        "(document, index) -> canonical JSON text: PostgreSQL's jsonb - integer: removes an item of an array (negative: \
         from the end; none there: unchanged); an error of the value on an object or a scalar",
    ),
    scalar(
        "purlin_json_delete_path",
        2,
        "(document, path) -> canonical JSON text: PostgreSQL's #-; path is a JSON array of texts; no such place: \
         unchanged; an error of the value on a scalar",
    ),
    scalar(
        "purlin_add_integer",
        4,
        "(left, right, least, greatest) -> integer: the sum; an error of the value (out of range) beyond the bounds",
    ),
    scalar(
        "purlin_add_decimal",
        2,
        "(left, right) -> decimal text: the exact sum with the greater number of fraction digits of the two",
    ),
    scalar(
        "purlin_scaled",
        1,
        "(number) -> integer: itself, or rounded half away from zero as PostgreSQL rounds numeric; out of range and what \
         is no number are errors of the value",
    ),
    aggregate(
        "purlin_sum_scaled",
        2,
        "(integer, scale) -> decimal text: the exact sum (128 bits) with the point moved `scale` digits to the left, \
         always with `scale` fraction digits",
    ),
    aggregate(
        "purlin_sum_decimal",
        1,
        "(decimal text or integer) -> decimal text: the exact sum with the greatest number of fraction digits met",
    ),
    aggregate(
        "purlin_sum_float",
        1,
        "(real) -> real: plain addition from left to right without compensation, as PostgreSQL adds float8; infinity is \
         an error of the value",
    ),
    aggregate(
        "var_pop",
        1,
        "(real) -> real: variance of the population by the Youngs-Cramer recurrence, as PostgreSQL computes float8: for \
         each x: n += 1; sum += x; if n > 1 { d = x * n - sum; squares += d * d / (n * (n - 1)) }; squares / n",
    ),
    aggregate("var_samp", 1, "(real) -> real: the same, squares / (n - 1); NULL for fewer than two values"),
    aggregate("stddev_pop", 1, "(real) -> real: square root of var_pop"),
    aggregate("stddev_samp", 1, "(real) -> real: square root of var_samp; NULL for fewer than two values"),
];
