//! Every directive of the model language, once: what it may stand on and its arguments. The checks of the compiler,
//! the prelude for editors and the reference derive from this table.

/// A directive.
#[derive(Debug)]
pub struct Directive {
    /// Its name without `@`.
    pub name: &'static str,
    /// What it is for, in one sentence.
    pub summary: &'static str,
    /// What it may stand on.
    pub places: &'static [Place],
    /// Whether it may stand more than once on the same thing.
    pub repeatable: bool,
    /// Its arguments.
    pub arguments: &'static [Argument],
}

/// What a directive may stand on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// `type` and `extend type`.
    Type,
    /// A field of a type.
    Field,
    /// `scalar`.
    Scalar,
    /// `enum`.
    Enum,
    /// A value of an enum.
    EnumValue,
    /// `extend schema`.
    Schema,
    /// A field of `extend type Query` or `extend type Mutation`.
    RootField,
    /// An argument of such a field.
    Argument,
}

impl Place {
    /// How people call it.
    pub const fn noun(self) -> &'static str {
        match self {
            Place::Type => "a type",
            Place::Field => "a field",
            Place::Scalar => "a scalar",
            Place::Enum => "an enum",
            Place::EnumValue => "an enum value",
            Place::Schema => "`extend schema`",
            Place::RootField => "a field of `Query` or `Mutation`",
            Place::Argument => "an argument",
        }
    }
}

/// An argument of a directive, or a key of an object inside one.
#[derive(Debug)]
pub struct Argument {
    /// Its name.
    pub name: &'static str,
    /// What it takes.
    pub kind: Kind,
    /// Whether it must be there.
    pub required: bool,
}

/// What an argument takes.
#[derive(Clone, Copy, Debug)]
pub enum Kind {
    /// A string.
    Text,
    /// A list of strings, at least one.
    Texts,
    /// A boolean.
    Flag,
    /// A whole number from 0 to the limit.
    Count(u32),
    /// The name of a field, as a word or a string.
    Name,
    /// Names of fields.
    Names,
    /// One of these words.
    Word(&'static [&'static str]),
    /// Any of these words, in a list.
    Words(&'static [&'static str]),
    /// `true` or one of these words.
    FlagOr(&'static [&'static str]),
    /// `all`, or names of columns.
    Columns,
    /// A literal of the column's type.
    Value,
    /// A condition, a `bool_exp` of the type.
    Condition,
    /// An object of column values.
    Presets,
    /// An object with these keys.
    Object(&'static [Argument]),
    /// A list of objects with these keys.
    Objects(&'static [Argument]),
    /// Names of roles, each a string or `{role: "…"}`.
    Roles,
}

impl Kind {
    /// What is expected, for a sentence.
    pub fn expectation(&self) -> String {
        let quoted = |words: &[&str]| words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ");
        match self {
            Kind::Text => "expected a string".to_owned(),
            Kind::Texts => "expected a list of strings".to_owned(),
            Kind::Flag => "expected `true` or `false`".to_owned(),
            Kind::Count(limit) => format!("expected a whole number from 0 to {limit}"),
            Kind::Name => "expected a field's name".to_owned(),
            Kind::Names => "expected a list of field names".to_owned(),
            Kind::Word(words) => format!("expected one of {}", quoted(words)),
            Kind::Words(words) => format!("expected a list of {}", quoted(words)),
            Kind::FlagOr(words) => format!("expected `true` or {}", quoted(words)),
            Kind::Columns => "expected `all` or a list of column names".to_owned(),
            Kind::Value => "expected a literal".to_owned(),
            Kind::Condition => "expected a condition in braces".to_owned(),
            Kind::Presets => "expected column values in braces".to_owned(),
            Kind::Object(keys) => {
                let keys: Vec<&str> = keys.iter().map(|key| key.name).collect();
                format!("expected an object with {}", quoted(&keys))
            }
            Kind::Objects(keys) => {
                let keys: Vec<&str> = keys.iter().map(|key| key.name).collect();
                format!("expected a list of objects with {}", quoted(&keys))
            }
            Kind::Roles => "expected a list of roles".to_owned(),
        }
    }
}

const fn optional(name: &'static str, kind: Kind) -> Argument {
    Argument { name, kind, required: false }
}

const fn required(name: &'static str, kind: Kind) -> Argument {
    Argument { name, kind, required: true }
}

/// What a foreign key may do when its target goes or changes.
pub const ACTIONS: &[&str] = &["no_action", "restrict", "cascade", "set_null", "set_default"];

/// How SQLite may hold a value of another shape.
pub const STORED: &[&str] = &["space", "iso", "unix", "unix_ms", "real"];

const SELECT_ROOT_FIELDS: &[&str] = &["select", "by_pk", "aggregate"];

const SELECT: &[Argument] = &[
    required("where", Kind::Condition),
    required("columns", Kind::Columns),
    optional("limit", Kind::Count(u32::MAX)),
    optional("aggregations", Kind::Flag),
    optional("root_fields", Kind::Words(SELECT_ROOT_FIELDS)),
];

const INSERT: &[Argument] = &[
    required("check", Kind::Condition),
    required("columns", Kind::Columns),
    optional("set", Kind::Presets),
    optional("backend_only", Kind::Flag),
];

const UPDATE: &[Argument] = &[
    required("where", Kind::Condition),
    optional("check", Kind::Condition),
    required("columns", Kind::Columns),
    optional("set", Kind::Presets),
    optional("backend_only", Kind::Flag),
];

/// One of the statements of a mutation.
pub(crate) const STATEMENT: &[Argument] = &[
    optional("sql", Kind::Text),
    optional("postgres", Kind::Text),
    optional("sqlite", Kind::Text),
    optional("expect_rows", Kind::Count(i32::MAX as u32)),
    optional("min_rows", Kind::Count(i32::MAX as u32)),
    optional("max_rows", Kind::Count(i32::MAX as u32)),
    optional("else", Kind::Text),
];

const DELETE: &[Argument] = &[required("where", Kind::Condition), optional("backend_only", Kind::Flag)];

/// All of them, by name.
pub const DIRECTIVES: &[Directive] = &[
    Directive {
        name: "allow",
        summary: "What a role may do with the rows of this table; without a rule it sees nothing.",
        places: &[Place::Type],
        repeatable: true,
        arguments: &[
            required("role", Kind::Text),
            optional("select", Kind::Object(SELECT)),
            optional("insert", Kind::Object(INSERT)),
            optional("update", Kind::Object(UPDATE)),
            optional("delete", Kind::Object(DELETE)),
        ],
    },
    Directive {
        name: "check",
        summary: "A condition in SQL that the database holds true for every row.",
        places: &[Place::Type, Place::Field],
        repeatable: true,
        arguments: &[
            optional("sql", Kind::Text),
            optional("postgres", Kind::Text),
            optional("sqlite", Kind::Text),
            optional("name", Kind::Text),
        ],
    },
    Directive {
        name: "column",
        summary: "The column's name and type in the database.",
        places: &[Place::Field, Place::Argument],
        repeatable: false,
        arguments: &[
            optional("name", Kind::Text),
            optional("postgres", Kind::Text),
            optional("sqlite", Kind::Text),
            optional("precision", Kind::Count(1000)),
            optional("scale", Kind::Count(255)),
            optional("stored", Kind::Word(STORED)),
            optional("collate", Kind::Text),
            optional("generated", Kind::Flag),
        ],
    },
    Directive {
        name: "computed",
        summary: "An expression in SQL over the row; read like a column and never written.",
        places: &[Place::Field],
        repeatable: false,
        arguments: &[optional("sql", Kind::Text), optional("postgres", Kind::Text), optional("sqlite", Kind::Text)],
    },
    Directive {
        name: "default",
        summary: "What fills the column when nothing is given.",
        places: &[Place::Field],
        repeatable: false,
        arguments: &[
            optional("value", Kind::Value),
            optional("uuid", Kind::Word(&["v4", "v7"])),
            optional("now", Kind::Flag),
            optional("sql", Kind::Text),
            optional("postgres", Kind::Text),
            optional("sqlite", Kind::Text),
            optional("autoincrement", Kind::FlagOr(&["rowid"])),
        ],
    },
    Directive {
        name: "function",
        summary: "The root field calls a function of the PostgreSQL database and answers the rows it gives.",
        places: &[Place::RootField],
        repeatable: false,
        arguments: &[
            optional("name", Kind::Text),
            optional("schema", Kind::Text),
            optional("session_argument", Kind::Text),
            optional("aggregate", Kind::Text),
            optional("allow", Kind::Roles),
            optional("reads", Kind::Names),
        ],
    },
    Directive {
        name: "id",
        summary: "The primary key: on one field or several, or on the type with `fields` in key order.",
        places: &[Place::Type, Place::Field],
        repeatable: false,
        arguments: &[optional("fields", Kind::Names), optional("name", Kind::Text)],
    },
    Directive {
        name: "index",
        summary: "An index on the columns.",
        places: &[Place::Type, Place::Field],
        repeatable: true,
        arguments: &[
            optional("fields", Kind::Names),
            optional("where", Kind::Text),
            optional("unique", Kind::Flag),
            optional("using", Kind::Text),
            optional("name", Kind::Text),
        ],
    },
    Directive {
        name: "length",
        summary: "How many characters a text has, both ends included.",
        places: &[Place::Field],
        repeatable: false,
        arguments: &[
            optional("min", Kind::Count(i32::MAX as u32)),
            optional("max", Kind::Count(i32::MAX as u32)),
            optional("name", Kind::Text),
        ],
    },
    Directive {
        name: "pattern",
        summary: "A regular expression (Rust syntax) that every written value must match.",
        places: &[Place::Field],
        repeatable: false,
        arguments: &[required("regex", Kind::Text)],
    },
    Directive {
        name: "range",
        summary: "The least and the greatest value, both included.",
        places: &[Place::Field],
        repeatable: false,
        arguments: &[optional("min", Kind::Value), optional("max", Kind::Value), optional("name", Kind::Text)],
    },
    Directive {
        name: "relation",
        summary: "Which rows of the other table belong to this one.",
        places: &[Place::Field],
        repeatable: false,
        arguments: &[
            optional("fields", Kind::Names),
            optional("references", Kind::Names),
            optional("inverse", Kind::Name),
            optional("through", Kind::Name),
            optional("from", Kind::Name),
            optional("to", Kind::Name),
            optional("manual", Kind::Flag),
            optional("on_delete", Kind::Word(ACTIONS)),
            optional("on_update", Kind::Word(ACTIONS)),
            optional("deferrable", Kind::Flag),
            optional("index", Kind::Flag),
            optional("name", Kind::Text),
        ],
    },
    Directive {
        name: "renamed",
        summary: "The former name: the next migration renames instead of dropping.",
        places: &[Place::Type, Place::Field],
        repeatable: false,
        arguments: &[required("from", Kind::Text)],
    },
    Directive {
        name: "role",
        summary: "A role that inherits the rules of others, or may not introspect.",
        places: &[Place::Schema],
        repeatable: true,
        arguments: &[
            required("name", Kind::Text),
            optional("inherits", Kind::Texts),
            optional("introspection", Kind::Flag),
        ],
    },
    Directive {
        name: "root",
        summary: "Other names for the table's root fields.",
        places: &[Place::Type],
        repeatable: false,
        arguments: &[
            optional("select", Kind::Text),
            optional("select_by_pk", Kind::Text),
            optional("select_aggregate", Kind::Text),
            optional("insert", Kind::Text),
            optional("insert_one", Kind::Text),
            optional("update", Kind::Text),
            optional("update_by_pk", Kind::Text),
            optional("update_many", Kind::Text),
            optional("delete", Kind::Text),
            optional("delete_by_pk", Kind::Text),
        ],
    },
    Directive {
        name: "search",
        summary: "Full-text search over these texts, as `_search` in conditions.",
        places: &[Place::Type],
        repeatable: false,
        arguments: &[required("fields", Kind::Names), optional("name", Kind::Text)],
    },
    Directive {
        name: "sql",
        summary: "The root field is SQL: what it reads, or the statements it runs in the mutation's transaction.",
        places: &[Place::RootField],
        repeatable: false,
        arguments: &[
            optional("sql", Kind::Text),
            optional("postgres", Kind::Text),
            optional("sqlite", Kind::Text),
            optional("statements", Kind::Objects(STATEMENT)),
            optional("allow", Kind::Roles),
            optional("reads", Kind::Names),
        ],
    },
    Directive {
        name: "table",
        summary: "The type is a table of the database.",
        places: &[Place::Type],
        repeatable: false,
        arguments: &[optional("name", Kind::Text), optional("schema", Kind::Text), optional("strict", Kind::Flag)],
    },
    Directive {
        name: "type",
        summary: "The scalar is a type of the PostgreSQL database.",
        places: &[Place::Scalar],
        repeatable: false,
        arguments: &[required("postgres", Kind::Text)],
    },
    Directive {
        name: "unique",
        summary: "No two rows have the same values in the columns.",
        places: &[Place::Type, Place::Field],
        repeatable: true,
        arguments: &[optional("fields", Kind::Names), optional("name", Kind::Text)],
    },
    Directive {
        name: "updated_at",
        summary: "Every insert and update sets the column to the transaction's time.",
        places: &[Place::Field],
        repeatable: false,
        arguments: &[],
    },
    Directive {
        name: "view",
        summary: "The type is a view of the database: what the SQL selects, or, without SQL, a view that exists already.",
        places: &[Place::Type],
        repeatable: false,
        arguments: &[
            optional("sql", Kind::Text),
            optional("postgres", Kind::Text),
            optional("sqlite", Kind::Text),
            optional("name", Kind::Text),
            optional("schema", Kind::Text),
        ],
    },
];

/// The directive called `name`.
pub fn by_name(name: &str) -> Option<&'static Directive> {
    DIRECTIVES.iter().find(|directive| directive.name == name)
}
