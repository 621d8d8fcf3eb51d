//! Everything the compiler can say about a model folder: one named function per sentence. The codes are explained in
//! `code.rs`. Sentences are lower case without full stop, name things in backticks and blame nobody.

use crate::access::Operation;
use crate::compile::Expected;
use crate::compile::syntax::{Literal, Name, TypeReference};
use crate::diagnostic::{Diagnostic, Severity};
use crate::directive::{Argument, DIRECTIVES, Directive, Place};
use crate::scalar::Scalar;
use crate::source::Span;
use crate::value::{CoerceError, CoerceErrorKind};

fn error(code: &'static str, span: Span, message: String, label: impl Into<String>) -> Diagnostic {
    Diagnostic { code, severity: Severity::Error, message, span, label: label.into(), related: Vec::new(), hint: None }
}

fn warning(code: &'static str, span: Span, message: String, label: impl Into<String>) -> Diagnostic {
    Diagnostic { severity: Severity::Warning, ..error(code, span, message, label) }
}

impl Diagnostic {
    fn hint(self, hint: impl Into<String>) -> Diagnostic {
        Diagnostic { hint: Some(hint.into()), ..self }
    }

    fn related(mut self, span: Span, label: &str) -> Diagnostic {
        self.related.push((span, label.to_owned()));
        self
    }

    /// Proposes the most similar name, if one is similar enough; else says what exists.
    fn did_you_mean<'a>(self, name: &str, known: impl IntoIterator<Item = &'a str>, what: &str) -> Diagnostic {
        let mut known: Vec<&str> = known.into_iter().collect();
        known.sort_unstable();
        match similar(name, &known) {
            Some(similar) => self.hint(format!("did you mean `{similar}`?")),
            None if known.is_empty() => self,
            None => self.hint(format!("{what}: {}", listed(&known))),
        }
    }
}

/// The name most similar to `name`, if a slip of the pen explains the difference.
pub fn similar<'a>(name: &str, known: &[&'a str]) -> Option<&'a str> {
    let lower = name.to_lowercase();
    let score = |other: &str| strsim::jaro_winkler(&lower, &other.to_lowercase());
    let best =
        known.iter().copied().map(|other| (score(other), other)).max_by(|left, right| left.0.total_cmp(&right.0));
    best.filter(|(score, _)| *score >= 0.85).map(|(_, other)| other)
}

/// Names in backticks; a long list is cut.
fn listed(names: &[&str]) -> String {
    const SHOWN: usize = 12;
    let shown: Vec<String> = names.iter().take(SHOWN).map(|name| format!("`{name}`")).collect();
    let rest = names.len().saturating_sub(SHOWN);
    if rest == 0 { shown.join(", ") } else { format!("{} and {rest} more", shown.join(", ")) }
}

// ---- files and syntax

pub fn file_too_large(span: Span, limit: usize) -> Diagnostic {
    error("file-too-large", span, "the file is too large for a model file".into(), format!("at most {limit} bytes"))
        .hint("split it: all files of the folder are one model")
}

pub fn syntax_error(span: Span, message: &str, found: Option<&str>) -> Diagnostic {
    let found = match found.map(|text| text.split_whitespace().next().unwrap_or("")) {
        None | Some("") => "the end of the file".to_owned(),
        Some(text) => format!("`{}`", text.chars().take(40).collect::<String>()),
    };
    error("syntax-error", span, format!("{found} does not fit here"), syntax_expectation(message))
}

/// The parser's expectation in our words.
fn syntax_expectation(message: &str) -> String {
    const WORDS: &[(&str, &str)] = &[
        ("nterminated string", "expected `\"` at the end of the string"),
        ("line terminator", "expected `\"` at the end of the string"),
        ("Const context", "expected a value; a model has no variables"),
        ("R_CURLY", "expected `}`"),
        ("R_PAREN", "expected `)`"),
        ("R_BRACK", "expected `]`"),
        ("COLON", "expected `:`"),
        ("Enum Values Definition", "expected `{` and values"),
        ("Field Definition", "expected a field"),
        ("Enum Value", "expected the name of a value"),
        ("valid Value", "expected a value"),
        ("Argument", "expected an argument"),
        ("Extension", "expected `type` or `enum` behind `extend`"),
        ("expected a type", "expected `:` and a type"),
        ("item type", "expected a type"),
        ("expected a Type", "expected a type"),
        ("efinition", "expected `type`, `extend`, `enum` or `scalar`"),
        ("expected a StringValue", "expected `type`, `extend`, `enum` or `scalar`"),
        ("Unexpected <EOF>", "expected `type`, `extend`, `enum` or `scalar`"),
        ("expected a Name", "expected a name"),
        ("Name", "expected a name"),
        ("nexpected character", "not a character of GraphQL"),
        ("nicode", "no such character"),
        ("escaped", "no such escape"),
    ];
    match WORDS.iter().find(|(key, _)| message.contains(key)) {
        Some((_, expectation)) => (*expectation).to_owned(),
        None => message.split(", got").next().unwrap_or(message).to_lowercase(),
    }
}

pub fn nested_too_deep(span: Span, limit: usize) -> Diagnostic {
    error("syntax-error", span, "brackets are nested too deep".into(), format!("at most {limit} levels"))
}

pub fn missing_brace(span: Span, keyword: &str, open: &Name) -> Diagnostic {
    let message = format!("`{keyword}` starts a definition inside of `{}`", open.text);
    error("syntax-error", span, message, "expected `}` before it").related(open.span, "not closed")
}

pub fn unsupported_definition(span: Span, keyword: &str) -> Diagnostic {
    error(
        "unsupported-definition",
        span,
        format!("`{keyword}` is not part of the model language"),
        "not a model definition",
    )
    .hint("a model is made of `type`, `extend type`, `enum`, `extend enum`, `scalar` and `extend schema`")
}

// ---- names

pub fn duplicate_type(name: &Name, first: Span) -> Diagnostic {
    error("duplicate-name", name.span, format!("`{}` is defined twice", name.text), "defined again here")
        .related(first, "defined here first")
        .hint(format!("to add to it, write `extend type {}`", name.text))
}

pub fn double_underscore(name: &Name) -> Diagnostic {
    error(
        "reserved-name",
        name.span,
        format!("`{}` starts with two underscores", name.text),
        "belongs to introspection",
    )
    .hint("choose a name that starts with a letter")
}

pub fn built_in_scalar(name: &Name) -> Diagnostic {
    error("reserved-name", name.span, format!("`{}` is a built-in scalar", name.text), "taken by the language")
        .hint("built-in scalars need no declaration; choose another name for a type of your own")
}

pub fn reserved_type_name(name: &Name) -> Diagnostic {
    error("reserved-name", name.span, format!("`{}` is a name of the API itself", name.text), "taken by the API")
        .hint("choose another name for the type; `@table(name:)` sets the table's name in the database")
}

pub fn root_extension(name: &Name) -> Diagnostic {
    let message = format!("`{}` cannot be extended", name.text);
    error("reserved-name", name.span, message, "its fields come from the tables")
        .hint("`extend type Query` and `extend type Mutation` take fields with `@sql`; `@root` gives a table's root fields other names")
}

pub fn reserved_field_name(name: &Name) -> Diagnostic {
    error("reserved-name", name.span, format!("`{}` is an operator of conditions", name.text), "taken by the API")
        .hint("choose another field name; `@column(name:)` sets the column's name in the database")
}

pub fn reserved_enum_value(name: &Name) -> Diagnostic {
    error(
        "reserved-name",
        name.span,
        format!("`{}` cannot be an enum value", name.text),
        "means something else in GraphQL",
    )
    .hint("choose another value")
}

pub fn unknown_extended<'a>(name: &Name, keyword: &str, known: impl Iterator<Item = &'a str>) -> Diagnostic {
    let message = format!("there is no {keyword} `{}` to extend", name.text);
    error("unknown-type", name.span, message, format!("no such {keyword}")).did_you_mean(
        &name.text,
        known,
        &format!("{keyword}s that exist"),
    )
}

pub fn duplicate_field(name: &Name, table: &str, first: Span) -> Diagnostic {
    let message = format!("`{table}` has two fields called `{}`", name.text);
    error("duplicate-name", name.span, message, "defined again here").related(first, "defined here first")
}

pub fn duplicate_enum_value(name: &Name, first: Span) -> Diagnostic {
    error("duplicate-name", name.span, format!("the value `{}` is written twice", name.text), "written again here")
        .related(first, "written here first")
}

pub fn empty_enum(name: &Name) -> Diagnostic {
    error(
        "empty-definition",
        name.span,
        format!("the enum `{}` has no values", name.text),
        "expected at least one value",
    )
}

pub fn table_without_fields(name: &Name) -> Diagnostic {
    error(
        "empty-definition",
        name.span,
        format!("the table `{}` has no fields", name.text),
        "expected at least one field",
    )
    .hint("add a key, such as `id: uuid! @id @default(uuid: v7)`")
}

pub fn table_without_columns(name: &Name) -> Diagnostic {
    error("empty-definition", name.span, format!("the table `{}` has no columns", name.text), "has relations only")
        .hint("add a key, such as `id: uuid! @id @default(uuid: v7)`")
}

pub fn type_without_table(name: &Name) -> Diagnostic {
    error(
        "missing-table",
        name.span,
        format!("the type `{}` is no table and nothing uses it", name.text),
        "expected `@table` or `@view` behind this name",
    )
    .hint(format!("write `type {} @table`, or answer with it from a root field with `@sql`", name.text))
}

pub fn scalar_without_type(name: &Name) -> Diagnostic {
    error(
        "missing-argument",
        name.span,
        format!("the scalar `{}` has no type in the database", name.text),
        "expected `@type` behind this name",
    )
    .hint(format!("write `scalar {0} @type(postgres: \"{0}\")`", name.text))
}

pub fn field_with_arguments(span: Span, field: &str) -> Diagnostic {
    error(
        "unsupported-definition",
        span,
        format!("the field `{field}` of a table takes no arguments"),
        "arguments are not possible here",
    )
    .hint("remove them; the API adds its own arguments to lists")
}

// ---- directives

pub fn unknown_directive(name: &Name, place: Place) -> Diagnostic {
    let known = DIRECTIVES.iter().filter(|directive| directive.places.contains(&place));
    let known: Vec<String> = known.map(|directive| format!("@{}", directive.name)).collect();
    let what = format!("directives of {}", place.noun());
    let written = format!("@{}", name.text);
    error("unknown-directive", name.span, format!("unknown directive `{written}`"), "not in the model language")
        .did_you_mean(&written, known.iter().map(String::as_str), &what)
}

pub fn misplaced_directive(name: &Name, place: Place, directive: &Directive) -> Diagnostic {
    let places: Vec<&str> = directive.places.iter().map(|place| place.noun()).collect();
    let message = format!("`@{}` cannot stand on {}", name.text, place.noun());
    error("misplaced-directive", name.span, message, format!("stands on {}", places.join(" or ")))
}

pub fn repeated_directive(name: &Name, first: Span) -> Diagnostic {
    error("repeated-directive", name.span, format!("`@{}` stands here twice", name.text), "once is enough")
        .related(first, "first here")
        .hint("put the arguments of both into one")
}

pub fn unknown_argument(name: &Name, owner: &str, known: &[Argument]) -> Diagnostic {
    let message = format!("`{owner}` has no argument `{}`", name.text);
    let known = known.iter().map(|argument| argument.name);
    error("unknown-argument", name.span, message, "no such argument").did_you_mean(
        &name.text,
        known,
        &format!("arguments of `{owner}`"),
    )
}

pub fn repeated_argument(name: &Name, owner: &str) -> Diagnostic {
    error("repeated-argument", name.span, format!("`{}` is given twice to `{owner}`", name.text), "given again here")
}

pub fn wrong_argument(value: &Literal, owner: &str, argument: &Argument) -> Diagnostic {
    let message = format!("`{}` of `{owner}` does not take {}", argument.name, value.kind_name());
    let message =
        match value.kind_name() == "a word" || value.kind_name() == "an integer" || value.kind_name() == "a list" {
            true => format!("`{}` of `{owner}` does not take this value", argument.name),
            false => message,
        };
    error("wrong-argument", value.span, message, argument.kind.expectation())
}

pub fn missing_argument(span: Span, owner: &str, argument: &Argument) -> Diagnostic {
    let message = format!("`{owner}` lacks `{}`", argument.name);
    let diagnostic =
        error("missing-argument", span, message, format!("`{}`: {}", argument.name, argument.kind.expectation()));
    match argument.name {
        "where" | "check" => {
            diagnostic.hint(format!("`{}: {{}}` means every row; say so if that is meant", argument.name))
        }
        "columns" => diagnostic.hint("`columns: all`, or a list such as `columns: [id, title]`"),
        _ => diagnostic,
    }
}

pub fn repeated_key(name: &Name) -> Diagnostic {
    error("repeated-argument", name.span, format!("`{}` stands twice in these braces", name.text), "given again here")
        .hint("in a condition, join both with `_and: [{…}, {…}]`")
}

// ---- types of fields

pub fn unknown_type<'a>(name: &Name, known: impl Iterator<Item = &'a str>) -> Diagnostic {
    let diagnostic = error("unknown-type", name.span, format!("unknown type `{}`", name.text), "no such type");
    match &*name.text {
        "ID" => diagnostic.hint("keys have a type of the database: `uuid`, `Int`, `bigint` or `String`"),
        "text" | "varchar" => diagnostic.hint("text is `String`"),
        "integer" | "int" | "int4" => diagnostic.hint("32-bit integers are `Int`, 64-bit ones `bigint`"),
        "boolean" | "bool" => diagnostic.hint("booleans are `Boolean`"),
        "double" | "real" => diagnostic.hint("floating point numbers are `float8`"),
        "decimal" => diagnostic.hint("exact decimals are `numeric`, with `@column(precision:, scale:)`"),
        "datetime" | "DateTime" => diagnostic.hint("instants are `timestamptz`, civil times `timestamp`"),
        "JSON" => diagnostic.hint("JSON is `jsonb`"),
        text => diagnostic.did_you_mean(text, known, "types"),
    }
}

pub fn native_type_on_sqlite(name: &Name) -> Diagnostic {
    let message = format!("`{}` exists on PostgreSQL only, and the project is for SQLite too", name.text);
    error("not-on-sqlite", name.span, message, "SQLite has no such type")
        .hint("use a scalar of the language, or set `databases = [\"postgres\"]` in purlin.toml")
}

pub fn list_shape(span: Span, scalar: Scalar) -> Diagnostic {
    let message = format!("a list of `{}` cannot be held in a column", scalar.name());
    match scalar {
        Scalar::Jsonb => {
            error("malformed-list", span, message, "expected `jsonb`").hint("a `jsonb` value may be a list itself")
        }
        _ => error(
            "malformed-list",
            span,
            "a list column holds no nulls and no lists".into(),
            format!("expected `[{}!]`", scalar.name()),
        ),
    }
}

pub fn list_of_other_type(span: Span, name: &str) -> Diagnostic {
    error("malformed-list", span, format!("a column cannot be a list of `{name}`"), "lists hold built-in scalars")
        .hint("use `[String!]`, or a table of its own with a relation")
}

pub fn relation_list_shape(span: Span, table: &str) -> Diagnostic {
    error(
        "malformed-list",
        span,
        "a list of rows is never null and holds no nulls".into(),
        format!("expected `[{table}!]!`"),
    )
}

pub fn too_many_columns(name: &Name, table: &str, limit: usize) -> Diagnostic {
    error("too-many-columns", name.span, format!("`{table}` has too many fields"), format!("at most {limit}"))
        .hint("split the table")
}

pub fn relation_on_column(span: Span, field: &Name, field_type: &TypeReference) -> Diagnostic {
    let message = format!("`{}` is a column of type `{}`, not a relation", field.text, field_type.name().text);
    error("misplaced-directive", span, message, "stands on fields whose type is a table").hint(format!(
        "add a second field for the other row, such as `{}: other_table @relation(fields: [{}])`",
        field.text.trim_end_matches("_id"),
        field.text
    ))
}

pub fn column_directive_on_relation(span: Span, field: &Name) -> Diagnostic {
    error(
        "misplaced-directive",
        span,
        format!("`{}` is a relation, not a column", field.text),
        "stands on columns only",
    )
    .hint("put it on the column that holds the key")
}

// ---- columns

pub fn unknown_column<'a>(name: &Name, table: &str, known: impl Iterator<Item = &'a str>) -> Diagnostic {
    error("unknown-column", name.span, format!("unknown column `{}` on `{table}`", name.text), "no such column")
        .did_you_mean(&name.text, known, &format!("columns of `{table}`"))
}

pub fn relation_for_column(name: &Name, table: &str) -> Diagnostic {
    error(
        "unknown-column",
        name.span,
        format!("`{}` is a relation of `{table}`, not a column", name.text),
        "expected a column",
    )
    .hint("name the column that holds the key")
}

pub fn listed_twice(name: &Name) -> Diagnostic {
    error("repeated-argument", name.span, format!("`{}` is listed twice", name.text), "listed again here")
}

pub fn empty_database_name(span: Span) -> Diagnostic {
    error("malformed-name", span, "a name in the database cannot be empty".into(), "expected a name")
}

pub fn long_database_name(span: Span, bytes: usize) -> Diagnostic {
    let message = format!("a name in the database has at most {} bytes, this one has {bytes}", 63);
    error("malformed-name", span, message, "PostgreSQL would cut it").hint("`name:` sets a shorter name")
}

pub fn system_column(span: Span, name: &str) -> Diagnostic {
    error(
        "malformed-name",
        span,
        format!("PostgreSQL has a system column `{name}` in every table"),
        "taken by PostgreSQL",
    )
    .hint("`@column(name:)` sets another name in the database")
}

pub fn precision_of_other_type(span: Span, field: &str) -> Diagnostic {
    error("wrong-type", span, format!("`{field}` has no precision"), "for `numeric` columns only")
}

pub fn precision_zero(span: Span) -> Diagnostic {
    error("out-of-range", span, "a precision of 0 leaves no digits".into(), "expected 1 to 1000")
}

pub fn scale_without_precision(span: Span) -> Diagnostic {
    error("missing-argument", span, "a scale needs a precision".into(), "expected `precision` beside it")
        .hint("`precision` counts all digits, `scale` those after the point: `@column(precision: 12, scale: 2)`")
}

pub fn scale_over_precision(span: Span, scale: u32, precision: u32) -> Diagnostic {
    let message = format!("a scale of {scale} does not fit into a precision of {precision}");
    error("out-of-range", span, message, format!("at most {precision}"))
        .hint("`precision` counts all digits, `scale` those after the point")
}

pub fn stored_of_other_type(span: Span, word: &str, fits: &str) -> Diagnostic {
    error("wrong-type", span, format!("`stored: {word}` does not fit the column's type"), format!("for {fits} only"))
}

pub fn collation_differs(span: Span) -> Diagnostic {
    warning(
        "order-may-differ",
        span,
        "with a collation of its own the column may sort differently on each database".into(),
        "order may differ",
    )
    .hint("without `collate` text sorts by code point on both")
}

pub fn collation_of_other_type(span: Span, type_name: &str) -> Diagnostic {
    error("wrong-type", span, format!("a column of type `{type_name}` has no collation"), "for text only")
}

// ---- defaults

pub fn unfitting_value(span: Span, expected: &Expected, problem: &CoerceError) -> Diagnostic {
    let label = match problem.kind {
        CoerceErrorKind::OutOfRange => format!("out of the range of `{}`, or not whole", expected.name),
        CoerceErrorKind::WrongType | CoerceErrorKind::Malformed => problem.message.replace('\'', "`"),
    };
    let diagnostic = error("wrong-value", span, format!("this is no value of type `{}`", expected.name), label);
    match expected.enumeration {
        Some(enumeration) => {
            let values: Vec<&str> = enumeration.values.iter().map(|value| &*value.name).collect();
            diagnostic.hint(format!("values of `{}`: {}", enumeration.name, listed(&values)))
        }
        None => diagnostic,
    }
}

pub fn too_many_digits(span: Span, precision: u16, scale: u8) -> Diagnostic {
    let label = format!("at most {} before the point and {scale} after it", precision.saturating_sub(u16::from(scale)));
    error("wrong-value", span, "this has more digits than the column".into(), label)
}

pub fn default_breaks_rule(span: Span, directive: &str) -> Diagnostic {
    let message = format!("`{directive}` forbids this default");
    error("out-of-range", span, message, "every insert without a value would fail")
}

pub fn time_for_other_type(span: Span, what: &str, type_name: &str) -> Diagnostic {
    error(
        "wrong-type",
        span,
        format!("`{what}` does not fit a column of type `{type_name}`"),
        "for times and dates only",
    )
    .hint("an instant is `timestamptz`")
}

pub fn uuid_for_other_type(span: Span, type_name: &str) -> Diagnostic {
    error("wrong-type", span, format!("a UUID does not fit a column of type `{type_name}`"), "for `uuid` columns only")
}

pub fn autoincrement_for_other_type(span: Span, type_name: &str) -> Diagnostic {
    error(
        "wrong-type",
        span,
        format!("a column of type `{type_name}` cannot count"),
        "for `Int`, `bigint` and `smallint` only",
    )
}

pub fn autoincrement_outside_key(span: Span, column: &str) -> Diagnostic {
    let message = format!("`{column}` fills itself and is not the primary key");
    error("not-on-sqlite", span, message, "SQLite fills only a primary key of one column")
        .hint("make it the only `@id`, or fill it with another default")
}

pub fn default_beside_updated_at(span: Span, updated_at: Span) -> Diagnostic {
    error("conflicting-directives", span, "`@updated_at` fills the column already".into(), "never used")
        .related(updated_at, "fills it on every insert and update")
        .hint("remove `@default`")
}

pub fn empty_default(span: Span) -> Diagnostic {
    error(
        "missing-argument",
        span,
        "`@default` says nothing".into(),
        "expected `value`, `uuid`, `now`, `sql` or `autoincrement`",
    )
}

pub fn several_defaults(span: Span) -> Diagnostic {
    error(
        "conflicting-arguments",
        span,
        "`@default` says several things".into(),
        "expected one of `value`, `uuid`, `now`, `sql` and `autoincrement`",
    )
}

pub fn false_default(span: Span, form: &str) -> Diagnostic {
    error("wrong-argument", span, format!("`{form}: false` says nothing"), "expected `true`").hint("remove `@default`")
}

pub fn sql_never_used(span: Span) -> Diagnostic {
    error("conflicting-arguments", span, "`sql` is never used beside `postgres` and `sqlite`".into(), "never used")
        .hint("`sql` is for both databases; remove it, or one of the others")
}

pub fn empty_sql(span: Span) -> Diagnostic {
    error("wrong-argument", span, "the SQL is empty".into(), "expected an expression")
}

pub fn sql_for_one_database(span: Span, database: &str, key: &str) -> Diagnostic {
    let message = format!("there is no SQL for {database}, and the project is for it too");
    error("missing-argument", span, message, format!("expected `{key}` or `sql`"))
        .hint("`sql` is SQL that both understand")
}

// ---- views and computed fields

pub fn table_and_view(span: Span, table: Span) -> Diagnostic {
    error("conflicting-directives", span, "a type is a table or a view".into(), "cannot be both")
        .related(table, "a table here")
        .hint("keep `@view` for what is only read")
}

pub fn directive_on_view(span: Span, directive: &str) -> Diagnostic {
    error("misplaced-directive", span, format!("`@{directive}` means nothing on a view"), "a view holds no rows itself")
        .hint("it belongs on the tables that the view reads")
}

pub fn directive_on_computed(span: Span, directive: &str) -> Diagnostic {
    let message = format!("`@{directive}` means nothing beside `@computed`");
    error("misplaced-directive", span, message, "no column of the database")
}

pub fn column_argument_elsewhere(span: Span, argument: &str, of: &str) -> Diagnostic {
    error("misplaced-argument", span, format!("`{argument}` means nothing on {of}"), "means nothing here")
}

pub fn computed_without_sql(span: Span) -> Diagnostic {
    error("missing-argument", span, "`@computed` says nothing".into(), "expected `sql`, or `postgres` and `sqlite`")
}

pub fn computed_for_column(name: &Name) -> Diagnostic {
    error(
        "computed-field",
        name.span,
        format!("`{}` is computed and not a column of the database", name.text),
        "expected a column",
    )
}

pub fn unknown_parameter(span: Span, name: &str, directive: &str) -> Diagnostic {
    let hint = match directive {
        "view" => "a view is the same for everybody; rules and computed fields know the session",
        _ => "`:x_hasura_…` is a session variable",
    };
    error("wrong-argument", span, format!("nothing gives `:{name}` a value"), "no such parameter").hint(hint)
}

pub fn nul_in_sql(span: Span) -> Diagnostic {
    error("wrong-argument", span, "the SQL has the character U+0000".into(), "expected SQL without it")
}

pub fn foreign_key_of_view(field: &Name, view: &str) -> Diagnostic {
    let message = format!("`{view}` is a view, and no foreign key is on a view or leads to one");
    error("wrong-relation", field.span, message, "expected `manual: true`")
        .hint("with `manual: true` rows belong together whose columns are equal")
}

pub fn write_to_view(span: Span, operation: &str, view: &str) -> Diagnostic {
    let message = format!("`{view}` is a view, and views are only read");
    error("read-only", span, message, format!("`{operation}` cannot be allowed"))
        .hint("allow it on the tables that the view reads")
}

pub fn refused_sql(span: Span, reason: &str) -> Diagnostic {
    error("refused-sql", span, "the database refuses this SQL".into(), reason)
}

pub fn search_of_other_type(name: &Name) -> Diagnostic {
    error("wrong-type", name.span, format!("`{}` is no text", name.text), "`@search` is for `String` columns only")
}

pub fn search_without_key(span: Span, table: &str) -> Diagnostic {
    error("missing-argument", span, format!("`{table}` has no primary key"), "full-text search needs one")
        .hint("mark the field that identifies a row with `@id`")
}

// ---- constraints

pub fn text_rule_of_other_type(span: Span, directive: &str, field: &str) -> Diagnostic {
    error("wrong-type", span, format!("`{field}` is no text"), format!("`{directive}` is for `String` columns only"))
}

pub fn long_pattern(span: Span, limit: usize) -> Diagnostic {
    error("out-of-range", span, "the pattern is too long".into(), format!("at most {limit} bytes"))
}

pub fn malformed_pattern(span: Span, problem: &str) -> Diagnostic {
    let problem = problem.lines().last().unwrap_or("").trim_start_matches("error: ").to_owned();
    error("malformed-pattern", span, "this is no regular expression".into(), problem)
        .hint("patterns are in the syntax of Rust's `regex`, without look-around and back-references")
}

pub fn range_of_other_type(span: Span, field: &str) -> Diagnostic {
    error("wrong-type", span, format!("`{field}` has no range"), "`@range` is for numbers, times and dates only")
        .hint("for the length of a text there is `@length`")
}

pub fn empty_bounds(span: Span, directive: &str) -> Diagnostic {
    error("missing-argument", span, format!("`{directive}` says nothing"), "expected `min`, `max` or both")
}

pub fn bounds_reversed(span: Span, directive: &str) -> Diagnostic {
    error("out-of-range", span, format!("no value can satisfy this `{directive}`"), "`min` is greater than `max`")
}

pub fn check_without_sql(span: Span) -> Diagnostic {
    error("missing-argument", span, "`@check` says nothing".into(), "expected `sql`, or `postgres` and `sqlite`")
}

pub fn two_primary_keys(span: Span, on_type: Span) -> Diagnostic {
    error(
        "conflicting-directives",
        span,
        "the primary key is written on the type already".into(),
        "a second primary key",
    )
    .related(on_type, "the primary key")
    .hint("list all its columns in `fields` on the type, or mark the fields alone")
}

pub fn no_primary_key(table: &Name) -> Diagnostic {
    warning(
        "no-primary-key",
        table.span,
        format!("`{}` has no primary key", table.text),
        "its rows cannot be addressed one by one",
    )
    .hint("mark the field that identifies a row with `@id`")
}

pub fn nullable_key(span: Span, column: &str, type_name: &str) -> Diagnostic {
    error("nullable-key", span, format!("`{column}` is part of the primary key and may be null"), "a key is never null")
        .hint(format!("write `{column}: {type_name}!`"))
}

pub fn fields_on_field(span: Span, directive: &str) -> Diagnostic {
    error(
        "misplaced-argument",
        span,
        format!("`fields` of `@{directive}` belongs on the type"),
        "here the column is this field",
    )
    .hint(format!("for several columns write `type … @{directive}(fields: [a, b])`"))
}

pub fn fields_missing(span: Span, directive: &str) -> Diagnostic {
    error("missing-argument", span, format!("`@{directive}` on a type needs its columns"), "expected `fields`")
        .hint(format!("write `@{directive}(fields: [a, b])`"))
}

pub fn same_unique_twice(span: Span, first: Option<Span>) -> Diagnostic {
    let diagnostic = warning("redundant-constraint", span, "these columns are unique already".into(), "adds nothing");
    match first {
        Some(first) => diagnostic.related(first, "unique here"),
        None => diagnostic.hint("they are the primary key"),
    }
}

pub fn index_method_on_sqlite(span: Span) -> Diagnostic {
    error(
        "not-on-sqlite",
        span,
        "index methods exist on PostgreSQL only, and the project is for SQLite too".into(),
        "SQLite has no index methods",
    )
    .hint("remove `using`, or set `databases = [\"postgres\"]` in purlin.toml")
}

pub fn constraint_name_taken(span: Span, name: &str, first: Span) -> Diagnostic {
    error("duplicate-name", span, format!("the name `{name}` is taken"), "taken").related(first, "taken here")
}

// ---- relations

pub fn relation_missing(field: &Name, field_type: &TypeReference, guess: Option<String>) -> Diagnostic {
    let target = &field_type.name().text;
    let message = format!("`{}` does not say which `{target}` belong to a row", field.text);
    let is_list = matches!(field_type.kind, crate::compile::syntax::TypeReferenceKind::List(_));
    let hint = match (is_list, guess) {
        (true, _) => format!("name the field of `{target}` that leads back: `@relation(inverse: …)`"),
        (false, Some(column)) => format!("write `@relation(fields: [{column}])`"),
        (false, None) => format!(
            "add a column for the key, such as `{}_id`, and `@relation(fields: [{}_id])`",
            field.text, field.text
        ),
    };
    error("missing-relation", field_type.span, message, "expected `@relation`").hint(hint)
}

pub fn relation_without_mode(span: Span, field: &Name, given: usize) -> Diagnostic {
    let (code, message) = match given {
        0 => ("missing-argument", format!("`@relation` does not say what `{}` rests on", field.text)),
        _ => ("conflicting-arguments", format!("`@relation` says several things about `{}`", field.text)),
    };
    error(code, span, message, "expected one of `fields`, `inverse` and `through`")
        .hint("`fields`: columns here · `inverse`: the field on the other type · `through`: a join table")
}

pub fn relation_argument_elsewhere(span: Span, argument: &str, beside: &str) -> Diagnostic {
    let message = format!("`{argument}` means nothing beside `{beside}`");
    let hint = match argument {
        "from" | "to" => "they name the two sides of a join table, beside `through`",
        _ => "it belongs where the foreign key is, beside `fields`",
    };
    error("misplaced-argument", span, message, "means nothing here").hint(hint)
}

pub fn list_with_foreign_key(field: &Name, target: &str) -> Diagnostic {
    error(
        "wrong-relation",
        field.span,
        "a foreign key leads to one row, not to a list".into(),
        format!("expected `{target}`"),
    )
    .hint(format!("for a list, the foreign key is on `{target}`: name the field there with `inverse`"))
}

pub fn relation_arity(span: Span, columns: usize, targets: usize) -> Diagnostic {
    let message =
        format!("{columns} {} cannot point at a key of {targets}", if columns == 1 { "column" } else { "columns" });
    error("wrong-relation", span, message, format!("expected {targets}, in the order of the key"))
}

pub fn target_without_key(span: Span, target: &str) -> Diagnostic {
    error("wrong-relation", span, format!("`{target}` has no primary key to point at"), "points at nothing")
        .hint(format!("mark the key of `{target}` with `@id`, or name unique columns with `references`"))
}

pub fn target_not_unique(span: Span, target: &str) -> Diagnostic {
    error(
        "wrong-relation",
        span,
        format!("these columns do not identify a row of `{target}`"),
        "neither the primary key nor unique",
    )
    .hint(format!("add `@unique(fields: […])` to `{target}`, or `manual: true` for a relation without foreign key"))
}

pub fn relation_types_differ(name: &Name, own: &str, other: &str, other_type: &str) -> Diagnostic {
    let message = format!("`{}` is `{own}`, but `{other}` is `{other_type}`", name.text);
    error("wrong-type", name.span, message, format!("expected a column of type `{other_type}`"))
}

pub fn relation_must_be_nullable(reference: &TypeReference, reason: &str) -> Diagnostic {
    error(
        "wrong-nullability",
        reference.span,
        format!("the other row may be missing: {reason}"),
        format!("expected `{}`", reference.name().text),
    )
}

pub fn relation_must_be_required(reference: &TypeReference) -> Diagnostic {
    error(
        "wrong-nullability",
        reference.span,
        "the other row is always there: the foreign key is never null".into(),
        format!("expected `{}!`", reference.name().text),
    )
}

pub fn set_null_on_required(span: Span, some_nullable: bool) -> Diagnostic {
    let label = if some_nullable { "one of the columns is never null" } else { "the column is never null" };
    error("wrong-relation", span, "`set_null` cannot set a column that is never null".into(), label)
        .hint("make the column nullable, or choose `cascade` or `restrict`")
}

pub fn no_such_relation(name: &Name, on: &str, to: &str, known: &[&str]) -> Diagnostic {
    error(
        "unknown-relation",
        name.span,
        format!("`{on}` has no relation `{}` to `{to}`", name.text),
        "no such relation",
    )
    .did_you_mean(&name.text, known.iter().copied(), &format!("relations of `{on}` to `{to}`"))
}

pub fn relation_leads_elsewhere(name: &Name, on: &str, actual: &str, expected: &str) -> Diagnostic {
    let message = format!("`{on}.{}` leads to `{actual}`, not to `{expected}`", name.text);
    error("wrong-relation", name.span, message, format!("expected a relation to `{expected}`"))
}

pub fn inverse_of_inverse(name: &Name, on: &str) -> Diagnostic {
    error(
        "wrong-relation",
        name.span,
        format!("`{on}.{}` rests on no columns itself", name.text),
        "expected a relation with `fields`",
    )
    .hint("exactly one side has `fields`, the other names it with `inverse`")
}

pub fn inverse_not_unique(reference: &TypeReference, target: &str, inverse: &Name) -> Diagnostic {
    let message = format!("several rows of `{target}` may have the same `{}`", inverse.text);
    error("wrong-relation", reference.span, message, format!("expected `[{target}!]!`"))
        .hint(format!("for one-to-one, make the column of `{target}` `@unique`"))
}

pub fn through_needs_list(reference: &TypeReference) -> Diagnostic {
    let name = &reference.name().text;
    error(
        "wrong-relation",
        reference.span,
        "a way over a join table leads to a list".into(),
        format!("expected `[{name}!]!`"),
    )
}

pub fn unknown_table<'a>(name: &Name, known: impl Iterator<Item = &'a str>) -> Diagnostic {
    error("unknown-type", name.span, format!("there is no table `{}`", name.text), "no such table").did_you_mean(
        &name.text,
        known,
        "tables that exist",
    )
}

pub fn side_missing(through: &Name, key: &str, to: &str, candidates: &[&str]) -> Diagnostic {
    if candidates.is_empty() {
        let message = format!("`{}` has no relation to `{to}`", through.text);
        return error("unknown-relation", through.span, message, "no way through this table")
            .hint(format!("a join table has a relation to each side: add one to `{to}`"));
    }
    let message = format!("`{}` has several relations to `{to}`", through.text);
    error("missing-argument", through.span, message, format!("expected `{key}` beside it")).hint(format!(
        "choose one of {}: `{key}: {}`",
        listed(candidates),
        candidates[0]
    ))
}

pub fn side_not_object(name: &Name, through: &str) -> Diagnostic {
    error("wrong-relation", name.span, format!("`{through}.{}` is a list", name.text), "expected a relation to one row")
}

// ---- rules

pub fn second_rule(span: Span, role: &str, table: &str, first: Span) -> Diagnostic {
    error("duplicate-rule", span, format!("`{table}` has two rules for the role `{role}`"), "a second rule")
        .related(first, "the first rule")
        .hint("put both into one `@allow`, joining conditions with `_or`")
}

pub fn rule_for_admin(span: Span) -> Diagnostic {
    error("malformed-role", span, "`admin` may do everything and takes no rules".into(), "expected another role")
}

pub fn malformed_role(span: Span) -> Diagnostic {
    error(
        "malformed-role",
        span,
        "this is no name of a role".into(),
        "expected text without commas and control characters",
    )
}

pub fn role_used_once<'a>(span: Span, role: &str, others: impl Iterator<Item = &'a str>) -> Diagnostic {
    let others: Vec<&str> = others.collect();
    let diagnostic =
        warning("rare-role", span, format!("the role `{role}` has a rule here and nowhere else"), "used once");
    match similar(role, &others) {
        Some(similar) => diagnostic.hint(format!("did you mean `{similar}`?")),
        None => diagnostic,
    }
}

// ---- advice

pub fn unindexed_foreign_key(span: Span, table: &str, relation: &str, columns: &[&str], target: &str) -> Diagnostic {
    let label = format!("the database reads all `{table}` to find those of one row of `{target}`");
    let message = format!("no index serves the foreign key of `{table}.{relation}`");
    warning("unindexed-foreign-key", span, message, label).hint(format!(
        "add `extend type {table} @index(fields: [{}])`, or leave out `index: false`",
        columns.join(", ")
    ))
}

pub fn unindexed_filter(span: Span, table: &str, columns: &[&str], by: impl IntoIterator<Item = Span>) -> Diagnostic {
    let names: Vec<String> = columns.iter().map(|column| format!("`{column}`")).collect();
    let message = format!("rows of `{table}` are looked for by {}, and no index starts with it", names.join(", "));
    let label = format!("the database reads all `{table}`");
    by.into_iter()
        .fold(warning("unindexed-filter", span, message, label), |diagnostic, place| {
            diagnostic.related(place, "looks for rows by it")
        })
        .hint(format!("add `extend type {table} @index(fields: [{}])`", columns.join(", ")))
}

pub fn writes_without_reading(span: Span, role: &str, table: &str, operations: &[&str], rule: &str) -> Diagnostic {
    let operations: Vec<String> = operations.iter().map(|operation| format!("`{operation}`")).collect();
    let message = format!("`{role}` may write `{table}` but read nothing of it");
    let label = format!("{} without `select`", operations.join(", "));
    warning("write-without-read", span, message, label).hint(format!("let it read what it writes: `{rule}`"))
}

pub fn writes_hidden_columns(span: Span, role: &str, table: &str, hidden: &[&str], all: &[&str]) -> Diagnostic {
    let names: Vec<String> = hidden.iter().map(|column| format!("`{column}`")).collect();
    let message = format!("`{role}` may write {} of `{table}` but not read it", names.join(", "));
    warning("write-without-read", span, message, "not among the columns of `select`")
        .hint(format!("let it read what it writes: `columns: [{}]` in `select`", all.join(", ")))
}

pub fn unreachable_table(span: Span, table: &str, role: &str) -> Diagnostic {
    let message = format!("no role but `admin` reaches `{table}`");
    warning("unreachable-table", span, message, "no `@allow`").hint(format!(
        "give a role a rule: `extend type {table} @allow(role: \"{role}\", select: {{where: {{…}}, columns: […]}})`, or say \
         that it is meant: `ignore = [\"unreachable-table:{table}\"]` under `[check]` in purlin.toml"
    ))
}

// ---- roles

pub fn second_declaration(span: Span, role: &str, first: Span) -> Diagnostic {
    error("duplicate-name", span, format!("the role `{role}` is declared twice"), "declared again here")
        .related(first, "declared here first")
        .hint("put both into one `@role`")
}

pub fn empty_role(span: Span) -> Diagnostic {
    error("missing-argument", span, "this says nothing of the role".into(), "expected `inherits` or `introspection`")
        .hint("a role exists by being named in an `@allow`")
}

pub fn admin_as_parent(span: Span) -> Diagnostic {
    error("malformed-role", span, "nobody inherits from `admin`".into(), "expected a role with rules")
        .hint("`admin` may do everything; give the role rules of its own")
}

pub fn unknown_role<'a>(name: &Name, known: impl Iterator<Item = &'a str>) -> Diagnostic {
    error("unknown-role", name.span, format!("unknown role `{}`", name.text), "no rule names it").did_you_mean(
        &name.text,
        known,
        "the roles are",
    )
}

pub fn role_cycle(span: Span, roles: &[&str]) -> Diagnostic {
    let way: Vec<String> = roles.iter().map(|role| format!("`{role}`")).collect();
    let message = match way.as_slice() {
        [role, _] => format!("{role} inherits from itself"),
        _ => format!("{} inherit from each other", way[..way.len() - 1].join(", ")),
    };
    error("role-cycle", span, message, format!("the way is {}", way.join(" → ")))
        .hint("leave out one of these names: a role has the rules of its parents, so one must come first")
}

pub fn inherited_conflict(span: Span, role: &str, table: &str, operation: Operation, rules: &[Span]) -> Diagnostic {
    let what = match operation {
        Operation::Select => "read",
        Operation::Insert => "insert into",
        Operation::Update => "update",
        Operation::Delete => "delete from",
    };
    let message = format!("`{role}` may not {what} `{table}`: its parents have different rules for that");
    let diagnostic = warning("inherited-conflict", span, message, format!("no rule to {what} `{table}` is inherited"));
    rules.iter().fold(diagnostic, |diagnostic, place| diagnostic.related(*place, "one of the rules")).hint(format!(
        "say what it may do: `extend type {table} @allow(role: \"{role}\", {}: {{…}})`",
        operation.name()
    ))
}

pub fn empty_rule(span: Span) -> Diagnostic {
    error(
        "missing-argument",
        span,
        "this rule allows nothing".into(),
        "expected `select`, `insert`, `update` or `delete`",
    )
}

pub fn preset_column_listed(name: &Name) -> Diagnostic {
    error(
        "conflicting-arguments",
        name.span,
        format!("`{}` is preset and cannot be given as well", name.text),
        "set by `set`",
    )
    .hint("remove it from `columns` or from `set`")
}

pub fn column_not_writable(name: &Name) -> Diagnostic {
    error(
        "column-not-writable",
        name.span,
        format!("`{}` is filled by Purlin or by the database", name.text),
        "cannot be given",
    )
}

pub fn condition_not_object(value: &Literal, table: &str) -> Diagnostic {
    error(
        "malformed-condition",
        value.span,
        format!("a condition on `{table}` stands in braces"),
        format!("expected `{{…}}`, found {}", value.kind_name()),
    )
}

pub fn unknown_field_in_condition<'a>(name: &Name, table: &str, known: impl Iterator<Item = &'a str>) -> Diagnostic {
    let message = format!("unknown column or relation `{}` on `{table}`", name.text);
    error("unknown-column", name.span, message, "neither a column nor a relation").did_you_mean(
        &name.text,
        known,
        &format!("columns and relations of `{table}`"),
    )
}

pub fn exists_shape(span: Span) -> Diagnostic {
    error(
        "malformed-condition",
        span,
        "`_exists` asks for a row of a table".into(),
        "expected `{_table: …, _where: {…}}`",
    )
}

pub fn cast_shape(span: Span) -> Diagnostic {
    error(
        "malformed-condition",
        span,
        "`_cast` compares a `jsonb` column as its text".into(),
        "expected `{String: {…}}` with operators of `String`",
    )
}

pub fn session_variable_inside(span: Span, operator: &str) -> Diagnostic {
    error(
        "malformed-condition",
        span,
        format!("a session variable inside the value of `{operator}` would be taken as a plain text"),
        format!("write `{operator}: \"X-Hasura-…\"` with a variable that holds the whole value"),
    )
}

pub fn relation_condition_shape(value: &Literal, relation: &str, target: &str) -> Diagnostic {
    let message = format!("`{relation}` leads to rows of `{target}`");
    error("malformed-condition", value.span, message, format!("expected a condition on `{target}` in braces"))
}

pub fn bare_value(value: &Literal, column: &str) -> Diagnostic {
    let message = format!("`{column}` is not compared with anything");
    error("malformed-condition", value.span, message, "expected an operator in braces")
        .hint(format!("write `{column}: {{_eq: …}}`"))
}

pub fn unknown_operator(name: &Name, known: &[&str]) -> Diagnostic {
    error("unknown-operator", name.span, format!("unknown operator `{}`", name.text), "no such operator").did_you_mean(
        &name.text,
        known.iter().copied(),
        "operators",
    )
}

pub fn operator_of_other_type(name: &Name, type_name: &str, known: &[&str]) -> Diagnostic {
    let message = format!("`{}` does not apply to `{type_name}`", name.text);
    error("wrong-type", name.span, message, "does not apply")
        .hint(format!("operators of `{type_name}`: {}", listed(known)))
}

pub fn list_expected(value: &Literal) -> Diagnostic {
    error(
        "malformed-condition",
        value.span,
        "`_in` and `_nin` take a list".into(),
        "expected `[…]` or a session variable",
    )
}

pub fn column_comparison_shape(span: Span) -> Diagnostic {
    error(
        "malformed-condition",
        span,
        "two columns are compared by name".into(),
        "expected a column, or `[\"$\", column]`",
    )
    .hint("`[\"$\", column]` is a column of the row the whole rule is about")
}

pub fn compared_types_differ(name: &Name, own: &str, other: &str) -> Diagnostic {
    let message = format!("`{}` is `{own}` and cannot be compared with `{other}`", name.text);
    error("wrong-type", name.span, message, format!("expected a column of type `{other}`"))
}

// ---- names that meet

pub fn malformed_root_field(span: Span, name: &str) -> Diagnostic {
    error("malformed-name", span, format!("`{name}` is no name in GraphQL"), "expected letters, digits and `_`")
}

pub fn former_name_taken(span: Span, name: &str, owner: Span) -> Diagnostic {
    error("duplicate-name", span, format!("the former name `{name}` is in use"), "not free")
        .related(owner, "has this name now")
        .hint("remove `@renamed` once its migration is applied everywhere")
}

pub fn sqlite_table_name(span: Span, name: &str) -> Diagnostic {
    error("malformed-name", span, format!("SQLite keeps names such as `{name}` for itself"), "starts with `sqlite_`")
        .hint("`@table(name:)` sets another name in the database")
}

pub fn table_name_taken(span: Span, name: &str, first: Span, reason: &str) -> Diagnostic {
    error("duplicate-name", span, format!("the table name `{name}` is taken"), reason.to_owned())
        .related(first, "taken here")
        .hint("`@table(name:)` sets another name in the database")
}

pub fn column_name_taken(span: Span, name: &str, first: Span, sqlite: bool) -> Diagnostic {
    let reason = if sqlite { "taken; SQLite does not tell upper case from lower case" } else { "taken" };
    error("duplicate-name", span, format!("the column name `{name}` is taken in this table"), reason)
        .related(first, "taken here")
        .hint("`@column(name:)` sets another name in the database")
}

pub fn generated_type_name(name: &Name, from: &str, place: Option<Span>) -> Diagnostic {
    let message = format!("the API makes a type `{}` for `{from}`", name.text);
    let diagnostic = error("name-meets-generated", name.span, message, "would be two types of this name");
    match place {
        Some(place) => diagnostic.related(place, "from this name"),
        None => diagnostic,
    }
}

pub fn root_field_taken(table: &Name, field: &str, other: &str, first: Span) -> Diagnostic {
    let message = match *table.text == *other {
        true => format!("`{}` has two root fields called `{field}`", table.text),
        false => format!("`{}` and `{other}` both have a root field `{field}`", table.text),
    };
    let diagnostic = error("name-meets-generated", table.span, message, format!("makes the root field `{field}`"));
    let diagnostic = if first == table.span { diagnostic } else { diagnostic.related(first, "so does this") };
    diagnostic.hint("`@root(…)` gives root fields other names")
}

pub fn generated_field_name(field: &Name, relation: &Name) -> Diagnostic {
    let message = format!("the API makes a field `{}` for the relation `{}`", field.text, relation.text);
    error("name-meets-generated", field.span, message, "would be two fields of this name")
        .related(relation.span, "from this relation")
}

// ---- root fields that are SQL

pub fn root_field_without_sql(name: &Name) -> Diagnostic {
    let message = format!("nothing says what the root field `{}` does", name.text);
    error("missing-sql", name.span, message, "expected `@sql` or `@function` behind this field")
        .hint("write `@sql(sql: \"select …\")`; root fields of tables need no declaration")
}

pub fn directive_on_root(name: &Name, root: &str) -> Diagnostic {
    let message = format!("`@{}` cannot stand on `{root}`", name.text);
    error("misplaced-directive", name.span, message, "expected fields only").hint("put it behind a field")
}

pub fn directive_on_result(span: Span, directive: &str, result: &str) -> Diagnostic {
    let message = format!("`@{directive}` means nothing on `{result}`, which is no table");
    error("misplaced-directive", span, message, "only `@column` on its fields, for how a value is held")
        .hint("rows of this type come from SQL; who sees them is said by `allow` of the root field")
}

pub fn table_in_result(reference: &TypeReference, result: &str) -> Diagnostic {
    let message = format!("`{result}` is no table, so its fields cannot lead to one");
    error("wrong-type", reference.span, message, "expected a scalar or an enum")
        .hint("let the root field answer with the table itself: its rows have its relations")
}

pub fn result_as_column(name: &Name) -> Diagnostic {
    let message = format!("`{}` is the type of an SQL result, which no column can hold", name.text);
    error("wrong-type", name.span, message, "expected a scalar or an enum")
}

pub fn table_as_value(reference: &TypeReference) -> Diagnostic {
    error(
        "wrong-type",
        reference.span,
        "rows of a table cannot be given as an argument".into(),
        "expected a scalar or an enum",
    )
    .hint("take the key of the row as an argument")
}

pub fn argument_twice(name: &Name) -> Diagnostic {
    error("duplicate-name", name.span, format!("the argument `{}` is declared twice", name.text), "declared again here")
}

pub fn reserved_argument(name: &Name) -> Diagnostic {
    let message = format!("no argument may be called `{}`", name.text);
    error("reserved-name", name.span, message, "the placeholder of this name is bound otherwise")
        .hint("`:now`, `:new_uuid` and session variables (`:x_hasura_user_id`) need no argument")
}

pub fn single_result_required(reference: &TypeReference) -> Diagnostic {
    let name = &reference.name().text;
    error("wrong-nullability", reference.span, "SQL may find no row".into(), "a single result may be missing")
        .hint(format!("write `{name}`, or `[{name}!]!` for a list"))
}

pub fn result_list_shape(reference: &TypeReference) -> Diagnostic {
    let name = &reference.name().text;
    error("malformed-list", reference.span, "a list of rows has no gaps and is never missing".into(), "not such a list")
        .hint(format!("write `[{name}!]!`"))
}

pub fn result_without_key(reference: &TypeReference) -> Diagnostic {
    let name = &reference.name().text;
    let message = format!("`{name}` has no primary key by which its rows could be read under its rules");
    error("no-primary-key", reference.span, message, "expected a table with `@id`")
        .hint("answer with a type without `@table`, or with a scalar")
}

pub fn deleted_rows_as_result(span: Span, table: &str) -> Diagnostic {
    let message = format!("rows of `{table}` are read once they are written, and deleted ones are gone");
    error("wrong-type", span, message, "leaves nothing to read")
        .hint("answer with a type without `@table`, or with a scalar: `returning id`")
}

pub fn statement_returns_nothing(span: Span) -> Diagnostic {
    error("malformed-sql", span, "the last statement gives no rows to answer with".into(), "expected `returning`")
        .hint("end it with `returning *`, or add a `select` behind it")
}

pub fn native_without_allow(span: Span, field: &str, mutation: bool) -> Diagnostic {
    let reason = if mutation { "no rule of a table says who may run it" } else { "no rule of a table covers its rows" };
    error("missing-argument", span, format!("nothing says who has `{field}`"), reason)
        .hint("write `allow: [\"user\"]`; `allow: []` is for admin alone")
}

pub fn reads_of_mutation(span: Span) -> Diagnostic {
    error("misplaced-argument", span, "`reads` is for queries".into(), "means nothing on a mutation").hint("remove it")
}

pub fn sql_beside_statements(span: Span) -> Diagnostic {
    error("conflicting-arguments", span, "there is SQL beside `statements`".into(), "one of both is meant")
        .hint("put the SQL into the list")
}

pub fn statements_of_query(span: Span) -> Diagnostic {
    error("misplaced-argument", span, "a query is one statement".into(), "`statements` is for mutations")
        .hint("write `sql:`; `with` puts several steps into one statement")
}

pub fn statement_without_sql(span: Span) -> Diagnostic {
    error("missing-argument", span, "there is no SQL here".into(), "expected `sql`, or `postgres` and `sqlite`")
}

pub fn expectations_conflict(span: Span) -> Diagnostic {
    error("conflicting-arguments", span, "`expect_rows` says the number of rows already".into(), "beside `expect_rows`")
        .hint("`min_rows` and `max_rows` are for a range")
}

pub fn expectations_reversed(span: Span) -> Diagnostic {
    error("wrong-value", span, "`max_rows` is less than `min_rows`".into(), "no number of rows fits")
}

pub fn refusal_without_expectation(span: Span) -> Diagnostic {
    error(
        "misplaced-argument",
        span,
        "`else` is never said".into(),
        "expected `expect_rows`, `min_rows` or `max_rows` beside it",
    )
}

pub fn sql_unterminated(span: Span) -> Diagnostic {
    error("malformed-sql", span, "a quote or comment of the SQL is not closed".into(), "opened here")
}

pub fn sql_own_parameter(span: Span, parameter: &str) -> Diagnostic {
    error("malformed-sql", span, format!("`{parameter}` has no value"), "a parameter without a name")
        .hint("write `:name` for the argument `name`")
}

pub fn second_statement(span: Span, mutation: bool) -> Diagnostic {
    let diagnostic = error("malformed-sql", span, "this is a second statement".into(), "expected the end of the SQL");
    if mutation {
        diagnostic.hint("write each statement by itself in `statements: [{sql: …}, {sql: …}]`")
    } else {
        diagnostic
    }
}

pub fn statement_of_other_kind(span: Span, word: Option<&str>, mutation: bool) -> Diagnostic {
    let expected = match mutation {
        true => "expected `select`, `insert`, `update`, `delete`, `merge`, or one of them behind `with`",
        false => "expected `select` or `values`, or one of them behind `with`",
    };
    let message = match word {
        Some(word) => format!("a {} cannot be `{}`", if mutation { "mutation" } else { "query" }, word.to_lowercase()),
        None => "the SQL holds no statement".to_owned(),
    };
    error("malformed-sql", span, message, expected)
}

pub fn unknown_placeholder(span: Span, name: &str, known: &[&str]) -> Diagnostic {
    let diagnostic =
        error("unknown-placeholder", span, format!("the placeholder `:{name}` has no value"), "no such argument");
    match (similar(name, known), known.is_empty()) {
        (Some(similar), _) => diagnostic.hint(format!("did you mean `:{similar}`?")),
        (None, false) => diagnostic.hint(format!(
            "arguments that exist: {}; besides them `:now`, `:new_uuid` and session variables such as `:x_hasura_user_id`",
            listed(known)
        )),
        (None, true) => diagnostic.hint("declare it as an argument of the field; `:now`, `:new_uuid` and session variables such as `:x_hasura_user_id` need none"),
    }
}

pub fn unused_argument(name: &Name) -> Diagnostic {
    let message = format!("no SQL uses the argument `{}`", name.text);
    warning("unused-argument", name.span, message, "has no placeholder")
        .hint(format!("write `:{}` where it belongs", name.text))
}

pub fn native_field_taken(name: &Name, other: &str, first: Span) -> Diagnostic {
    let message = match *name.text == *other {
        true => format!("there are two root fields `{other}`"),
        false => format!("`{other}` has a root field `{}` already", name.text),
    };
    error("name-meets-generated", name.span, message, "would be two root fields of this name")
        .related(first, "so does this")
        .hint("choose another name; `@root(…)` gives root fields of a table other names")
}

pub fn function_on_sqlite(span: Span) -> Diagnostic {
    let message = "functions exist on PostgreSQL only, and the project is for SQLite too".into();
    error("not-on-sqlite", span, message, "SQLite has no functions in SQL")
        .hint("say it with `@sql`, or set `databases = [\"postgres\"]` in purlin.toml")
}

pub fn function_beside_sql(span: Span) -> Diagnostic {
    let message = "a root field is SQL or a function, not both".into();
    error("conflicting-arguments", span, message, "stands beside `@function`").hint("remove one of them")
}

pub fn function_without_table(reference: &TypeReference) -> Diagnostic {
    let message = format!("a function answers rows of a table, and `{}` is none", reference.name().text);
    error("wrong-type", reference.span, message, "expected a table or a view")
        .hint("`@sql(postgres: \"select * from f(:argument)\", …)` answers anything else")
}

pub fn aggregate_of_no_list(span: Span) -> Diagnostic {
    let message = "only a query that gives a list is aggregated".into();
    error("misplaced-argument", span, message, "means nothing here").hint("remove it")
}

pub fn session_argument_declared(name: &Name) -> Diagnostic {
    let message = format!("`{}` holds the session's variables, which no client gives", name.text);
    error("conflicting-arguments", name.span, message, "declared as an argument").hint("remove it here")
}
