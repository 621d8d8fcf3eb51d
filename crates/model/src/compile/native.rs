//! PostgreSQL types that need no declaration: they go by their own name and travel as text.

/// Types of PostgreSQL itself and of its widespread extensions, without those that are scalars of the language.
pub const NATIVE_TYPES: &[&str] = &[
    "bit",
    "bpchar",
    "box",
    "cidr",
    "circle",
    "citext",
    "cube",
    "daterange",
    "geography",
    "geometry",
    "hstore",
    "inet",
    "int4range",
    "int8range",
    "interval",
    "json",
    "jsonpath",
    "line",
    "lquery",
    "lseg",
    "ltree",
    "ltxtquery",
    "macaddr",
    "macaddr8",
    "money",
    "name",
    "numrange",
    "oid",
    "path",
    "pg_lsn",
    "point",
    "polygon",
    "raster",
    "regclass",
    "timetz",
    "tsquery",
    "tsrange",
    "tstzrange",
    "tsvector",
    "varbit",
    "vector",
    "xml",
];

/// Whether `name` is a PostgreSQL type that needs no declaration.
pub fn is_native_type(name: &str) -> bool {
    NATIVE_TYPES.contains(&name)
}
