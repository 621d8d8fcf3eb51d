//! Every code a mistake or an error may carry, with what it means: `purlin explain CODE` and the reference derive from
//! this table.

/// A code and its explanation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Code {
    /// As it is printed and sent.
    pub code: &'static str,
    /// Where it appears.
    pub origin: Origin,
    /// What it says, in one line.
    pub title: &'static str,
    /// Why it happens and what to do.
    pub explanation: &'static str,
    /// What brings it about.
    pub example: &'static str,
}

/// Where a code appears.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// In a mistake of the model folder.
    Model,
    /// In `extensions.code` of an answer.
    Api,
    /// In an error of the command line.
    Command,
}

/// The code called `code`, in any case.
pub fn by_name(code: &str) -> Option<&'static Code> {
    CODES.iter().find(|candidate| candidate.code.eq_ignore_ascii_case(code.trim()))
}

const fn model(code: &'static str, title: &'static str, explanation: &'static str, example: &'static str) -> Code {
    Code { code, origin: Origin::Model, title, explanation, example }
}

const fn api(code: &'static str, title: &'static str, explanation: &'static str, example: &'static str) -> Code {
    Code { code, origin: Origin::Api, title, explanation, example }
}

const fn command(code: &'static str, title: &'static str, explanation: &'static str, example: &'static str) -> Code {
    Code { code, origin: Origin::Command, title, explanation, example }
}

/// All of them: those of models, then those of answers, then those of commands, each by name.
pub const CODES: &[Code] = &[
    model(
        "column-not-writable",
        "a rule lets clients give a column that is filled by Purlin or by the database",
        "Columns with `@updated_at` and generated columns are in no input. Leave them out of `columns` and `set`; `columns: all` leaves them out by itself.",
        "insert: {check: {}, columns: [title, updated_at]}",
    ),
    model(
        "computed-field",
        "a computed field stands where a column is needed",
        "A field with `@computed` is an expression, not a column of the database: it cannot be part of a key, an index, a unique constraint, a foreign key or full-text search. Name the columns it is made of.",
        "type people @table @unique(fields: [full_name]) { … full_name: String @computed(sql: \"first || ' ' || last\") }",
    ),
    model(
        "conflicting-arguments",
        "arguments contradict each other",
        "Some arguments exclude each other: `@default` takes one form, `@relation` rests on one thing, and a column is either given by the client or preset by `set`. Keep the one that is meant.",
        "@default(now: true, uuid: v7)",
    ),
    model(
        "conflicting-directives",
        "directives contradict each other",
        "Two directives say different things about the same column or table, such as `@updated_at` beside `@default`, or `@id` on the type and on fields. Keep one.",
        "changed: timestamptz! @updated_at @default(now: true)",
    ),
    model(
        "duplicate-name",
        "a name is taken",
        "Types, fields, enum values, tables, columns and constraints each need a name of their own. SQLite does not tell upper case from lower case, and its table names include the PostgreSQL schema. `extend type` adds to a type; `name:` arguments set other names in the database.",
        "type tasks @table { id: Int! @id  id: Int! }",
    ),
    model(
        "duplicate-rule",
        "a role has two rules on one table",
        "Each role has at most one `@allow` per table. Put the operations of both into one, and join conditions with `_or`.",
        "extend type tasks @allow(role: \"user\", delete: {where: {}}) @allow(role: \"user\", delete: {where: {}})",
    ),
    model(
        "empty-definition",
        "a table or enum holds nothing",
        "A table needs at least one column and an enum at least one value.",
        "type tasks @table",
    ),
    model(
        "file-too-large",
        "a model file is too large",
        "Model files are written by people and have at most 16 MiB. All files of the folder are one model: split it.",
        "a data file saved as schema/data.graphql",
    ),
    model(
        "inherited-conflict",
        "a role does not inherit a rule to write, because its parents differ",
        "A role that inherits reads what any of its parents reads, but writes only by a rule that all parents with one for that table and operation have. Where they differ it has none. Say what it may do in a rule of its own, or make the rules of the parents equal.",
        "extend schema @role(name: \"manager\", inherits: [\"user\", \"auditor\"]), whose rules to update `tasks` differ",
    ),
    model(
        "malformed-condition",
        "a condition does not have the shape of a condition",
        "A condition is `{column: {_operator: value}}`, `{relation: {…}}`, `{_and: […]}`, `{_or: […]}`, `{_not: {…}}` or `{_exists: {_table: …, _where: {…}}}`. Columns are compared with each other by `_ceq` and its family.",
        "where: {owner_id: \"X-Hasura-User-Id\"}",
    ),
    model(
        "malformed-list",
        "a list type cannot be held",
        "A column may be a list of a built-in scalar, written `[T!]`. A list of rows is written `[T!]!`: it is never null and holds no nulls.",
        "tags: [String]",
    ),
    model(
        "malformed-name",
        "a name cannot be used in the database or in the API",
        "Names in the database have 1 to 63 bytes, are not those of PostgreSQL's system columns and do not start with `sqlite_`. Root fields are GraphQL names: letters, digits and `_`.",
        "type tasks @table(name: \"sqlite_tasks\") { id: Int! @id }",
    ),
    model(
        "malformed-pattern",
        "a pattern is no regular expression",
        "`@pattern` is written in the syntax of Rust's `regex` crate, which matches in linear time and so knows neither look-around nor back-references.",
        "slug: String! @pattern(regex: \"(a\")",
    ),
    model(
        "malformed-role",
        "a role cannot have this name",
        "Roles have any name without commas and control characters, except `admin`, which may do everything and takes no rules.",
        "extend type tasks @allow(role: \"admin\", delete: {where: {}})",
    ),
    model(
        "malformed-sql",
        "SQL in the model is not one statement of an allowed kind",
        "A query is one `select`, a statement of a mutation also an `insert`, `update`, `delete` or `merge`; values come in by `:name` only. Whatever begins or ends transactions, changes tables or settings is refused.",
        "@sql(sql: \"select 1; drop table tasks\")",
    ),
    model(
        "misplaced-argument",
        "an argument means nothing in this place",
        "The argument belongs to the same directive in another place or beside another argument: `fields` of `@unique` on a type, `on_delete` where the foreign key is, `from` and `to` beside `through`.",
        "title: String! @unique(fields: [title])",
    ),
    model(
        "misplaced-directive",
        "a directive cannot stand here",
        "Each directive stands on types, on fields, or on both; `@relation` stands on fields whose type is a table, all others of a field on columns.",
        "title: String! @table",
    ),
    model(
        "missing-argument",
        "an argument is missing",
        "Rules say which rows (`where`, `check`) and which columns they mean, because what is not said is not allowed; `{}` means every row. Other directives need what they are about.",
        "extend type tasks @allow(role: \"user\", select: {columns: all})",
    ),
    model(
        "missing-relation",
        "a field leads to a table without saying how",
        "A field whose type is a table needs `@relation`: `fields` where the foreign key is, `inverse` on the other side, `through` for a join table.",
        "project: projects!",
    ),
    model(
        "missing-sql",
        "a root field says nothing about what it does",
        "Fields of `extend type Query` and `extend type Mutation` have `@sql`. Root fields of tables are made by themselves.",
        "extend type Query { top: [tasks!]! }",
    ),
    model(
        "missing-table",
        "a type is no table and nothing uses it",
        "Types become tables by `@table` and views by `@view`. A type without either would be a type for results, and nothing returns it.",
        "type tasks { id: Int! @id }",
    ),
    model(
        "name-meets-generated",
        "a name is one that the API makes",
        "For each table the API makes types (`tasks_bool_exp`), root fields (`tasks_by_pk`, `insert_tasks_one`) and, for list relations, fields (`comments_aggregate`). Names of the model must not meet them. `@root` renames root fields.",
        "type tasks @table { … }  type tasks_aggregate @table { … }",
    ),
    model(
        "no-primary-key",
        "a table has no primary key",
        "It works, but its rows cannot be addressed one by one: there are no `_by_pk` fields and no foreign key can point at it by itself. Mark the field or fields that identify a row with `@id`.",
        "type log @table { line: String! }",
    ),
    model(
        "not-on-sqlite",
        "SQLite cannot do this, and the project is for SQLite too",
        "`databases` in purlin.toml says what a project is for; what one of these databases cannot do is refused when the model is compiled, never at run time. PostgreSQL's own types and index methods are for projects with `databases = [\"postgres\"]`; a self-filling column on SQLite is the whole primary key.",
        "address: inet",
    ),
    model(
        "nullable-key",
        "a primary key may be null",
        "Keys identify rows and are never null: write `!`.",
        "id: uuid @id",
    ),
    model(
        "order-may-differ",
        "a column may sort differently on each database",
        "By default text orders and compares by code point, on both databases alike. With `@column(collate:)` the database's own collation decides.",
        "name: String! @column(collate: \"NOCASE\")",
    ),
    model(
        "out-of-range",
        "a number is not in its range",
        "A bound, precision, scale or length cannot be satisfied: `min` is greater than `max`, or `scale` than `precision`.",
        "price: numeric @column(precision: 2, scale: 4)",
    ),
    model(
        "rare-role",
        "a role has a rule on one table only",
        "Probably a slip of the pen in the role's name: most roles have rules on several tables, or are inherited from. If it is meant, nothing needs to be done.",
        "@allow(role: \"usr\", select: {where: {}, columns: all})",
    ),
    model(
        "read-only",
        "a rule lets clients write a view",
        "Views are only read. Allow `insert`, `update` and `delete` on the tables that the view reads.",
        "extend type totals @allow(role: \"user\", delete: {where: {}})",
    ),
    model(
        "redundant-constraint",
        "a unique constraint repeats another",
        "The same columns are unique already, by the primary key or by another constraint; the database would keep two indexes for one purpose.",
        "id: uuid! @id @unique",
    ),
    model(
        "refused-sql",
        "the database refuses SQL of the model",
        "The SQL of a view or a computed field was given to the database, which did not take it; the reason is the database's own. Names are those of the database, and on SQLite values are as it holds them.",
        "full_name: String @computed(sql: \"first_nmae || ' ' || last_name\")",
    ),
    model(
        "repeated-argument",
        "something is given twice",
        "Each argument and key is given once, each column listed once. Two conditions on the same column share its braces, or stand in `_and: [{…}, {…}]`.",
        "where: {status: {_neq: done}, status: {_neq: todo}}",
    ),
    model(
        "repeated-directive",
        "a directive stands twice",
        "Only `@allow`, `@check`, `@index`, `@role` and `@unique` may stand more than once on the same thing.",
        "title: String! @length(min: 1) @length(max: 9)",
    ),
    model(
        "reserved-name",
        "a name is taken by the language or by the API",
        "Names starting with `__` belong to introspection; `Query`, `query_root`, `order_by` and their like to the API; `_and`, `_or`, `_not`, `_exists` to conditions; scalars to the language. The table or column may still have any name in the database.",
        "type Query @table { id: uuid! @id }",
    ),
    model(
        "role-cycle",
        "roles inherit from each other",
        "A role has the rules of its parents, so no role may be its own ancestor.",
        "extend schema @role(name: \"a\", inherits: [\"b\"]) @role(name: \"b\", inherits: [\"a\"])",
    ),
    model(
        "syntax-error",
        "the text is not GraphQL",
        "Something is missing or superfluous at this place, often a bracket or a quote a little earlier. The rest of the definition is not looked at before this is mended.",
        "type tasks @table { id uuid! }",
    ),
    model(
        "too-many-columns",
        "a table has too many fields",
        "PostgreSQL's tables have at most 1600 columns.",
        "a type of 2000 fields",
    ),
    model(
        "unindexed-filter",
        "rows are looked for by a column that no index starts with",
        "A rule to read wants the column equal to a session variable (`_eq`, `_in`), or a relation that a role may follow ends at it, and so the database reads the whole table each time. Literals and ranges do not count: they pick the same rows for everybody, or many. Of several conditions that hold together, one with an index is enough. Only `purlin check` says it; `ignore = [\"unindexed-filter:type.field\"]` under `[check]` silences it.",
        "select: {where: {owner_id: {_eq: \"X-Hasura-User-Id\"}}, columns: all} without an index on `owner_id`",
    ),
    model(
        "unindexed-foreign-key",
        "a foreign key has no index",
        "Following the relation from its other end, and changing or deleting rows there, reads the whole table. Purlin makes an index for each foreign key unless `index: false` says otherwise, as an import does where the database had none. Any index that starts with the key's columns, in any order, serves it. Only `purlin check` says it; `ignore = [\"unindexed-foreign-key:type.field\"]` under `[check]` silences it.",
        "author: authors! @relation(fields: [author_id], index: false)",
    ),
    model(
        "unknown-argument",
        "a directive has no such argument",
        "The table of directives in the reference lists the arguments of each.",
        "@index(columns: [title])",
    ),
    model(
        "unknown-column",
        "a table has no such column",
        "The name is not that of a column of the table (or, in conditions, of a relation). Columns go by the field's name, not by the one in the database.",
        "where: {onwer_id: {_eq: \"X-Hasura-User-Id\"}}",
    ),
    model(
        "unknown-directive",
        "the language has no such directive",
        "The reference lists all directives; `purlin schema directives` prints them for editors.",
        "type tasks @tabel { id: Int! @id }",
    ),
    model(
        "unknown-operator",
        "a condition has no such operator",
        "Operators start with `_`: `_eq _neq _gt _lt _gte _lte _in _nin _is_null`, `_like` and its family for text, `_ceq` and its family for two columns.",
        "where: {status: {_is: done}}",
    ),
    model(
        "unknown-placeholder",
        "a placeholder in SQL has no value",
        "`:name` stands for the argument `name` of the field. Besides there are `:now`, `:new_uuid` and session variables (`:x_hasura_user_id`). A colon in quotes, comments and casts is no placeholder.",
        "top(n: Int = 5): [tasks!]! @sql(sql: \"select * from tasks limit :count\")",
    ),
    model(
        "unknown-relation",
        "a table has no such relation",
        "`inverse`, `from` and `to` name a field of the other type that leads to the right table.",
        "comments: [comments!]! @relation(inverse: tsk)",
    ),
    model(
        "unknown-role",
        "a role inherits from a role that does not exist",
        "Roles exist by being named in an `@allow` or in a `@role`; case matters. The hint names the nearest.",
        "extend schema @role(name: \"manager\", inherits: [\"usr\"])",
    ),
    model(
        "unknown-type",
        "there is no such type",
        "Fields are built-in scalars, enums, declared scalars or tables. Nothing is declared by being used.",
        "title: Text!",
    ),
    model(
        "unreachable-table",
        "no role but `admin` reaches a table",
        "Other tables have rules and this one has none, so no client sees it, though rules may lead over it. Only `purlin check` says it; `ignore = [\"unreachable-table:type\"]` under `[check]` silences it.",
        "type drafts @table { id: Int! @id } without any `@allow`",
    ),
    model(
        "unsupported-definition",
        "a definition is not part of the model language",
        "A model is made of `type`, `extend type`, `enum`, `extend enum` and `scalar`. Interfaces, unions, inputs, operations and arguments of a table's fields are not.",
        "union things = tasks | projects",
    ),
    model(
        "unused-argument",
        "an argument is used by no SQL",
        "Whoever gives it expects that it makes a difference. Use it as `:name`, or remove it.",
        "top(n: Int): [tasks!]! @sql(sql: \"select * from tasks\")",
    ),
    model(
        "write-without-read",
        "a role may write what it cannot read",
        "A role has `insert`, `update` or `delete` on a table without any `select`, or may give columns that its `select` does not list. It then overwrites what it does not see, and no answer shows what became of it. Sometimes that is meant, as for a letter box. Presets and rules that are `backend_only` do not count, and neither do rows: which of them a rule lets a role write and not read is not compared. Only `purlin check` says it; `ignore = [\"write-without-read:type\"]` under `[check]` silences it.",
        "@allow(role: \"user\", update: {where: {}, columns: [salary]})",
    ),
    model(
        "wrong-argument",
        "an argument does not take this value",
        "The label says what it takes: a string, a word out of a list, a list of field names, a whole number …",
        "@table(strict: \"yes\")",
    ),
    model(
        "wrong-nullability",
        "a relation's `!` does not say the truth",
        "What is written is what the API shows. An object relation over a foreign key that is never null is `T!`; every other one may be missing and is `T`.",
        "project_id: uuid!  project: projects @relation(fields: [project_id])",
    ),
    model(
        "wrong-relation",
        "a relation does not lead where it should",
        "A foreign key points at one row, by columns that identify it; `inverse` names a relation with `fields`; a single row on the other side needs a unique key there; a join table has one relation to each side.",
        "comment: comments @relation(inverse: task)",
    ),
    model(
        "wrong-type",
        "this does not fit the column's type",
        "Directives, operators and references fit some types only: `@length` text, `@range` numbers and times, `_like` text, a foreign key a column of the same type.",
        "count: Int! @length(max: 3)",
    ),
    model(
        "wrong-value",
        "a literal is no value of the column's type",
        "Defaults, bounds, presets and operands of rules must be values of the column. Session variables are strings that start with `X-Hasura-`.",
        "priority: smallint! @default(value: 70000)",
    ),
    api(
        "access-denied",
        "the credentials do not allow this",
        "The admin secret is wrong or missing, a sign-in is needed, or the role in `X-Hasura-Role` is not among those of the token.",
        "X-Hasura-Admin-Secret: wrong",
    ),
    api(
        "already-exists",
        "something of this name exists already",
        "It is made once; change or remove the existing one.",
        "making a resource a second time",
    ),
    api(
        "bad-request",
        "the request is malformed",
        "A header or an argument cannot be read, such as a boolean that is neither true nor false, or a pattern that ends in its escape character.",
        "x-hasura-use-backend-only-permissions: maybe",
    ),
    api(
        "busy",
        "too many requests wait for the database",
        "The server takes no more than it can answer in time. Nothing was done; try again after the time in `Retry-After`.",
        "more requests at once than `database.queue` lets wait",
    ),
    api(
        "concurrent-update",
        "somebody else changed it at the same time",
        "Nothing was written. Read again and try again.",
        "two changes of the same thing at once",
    ),
    api(
        "constraint-error",
        "the database has no such constraint",
        "An upsert names a constraint that the table does not have (any more): the database and the model differ. `purlin migrate status` says where.",
        "on_conflict: {constraint: a_dropped_key, update_columns: []}",
    ),
    api(
        "constraint-violation",
        "a constraint of the database forbids this",
        "A unique or foreign key, or a column that must not be null. The message names the constraint; nothing of the request was written.",
        "inserting a second row with the same unique value",
    ),
    api(
        "data-exception",
        "the database cannot compute with this value",
        "A value has the right type and cannot be used: a division by zero, a number out of range, text that is no date.",
        "where: {id: {_eq: \"not-a-uuid\"}}",
    ),
    api(
        "dependency-error",
        "something else depends on it",
        "Remove or change what depends on it first.",
        "dropping what is still referred to",
    ),
    api(
        "expectation-failed",
        "a statement of a mutation wrote another number of rows than the model expects",
        "The whole mutation is rolled back. The message is what `else` of the statement says.",
        "mutation { place_order(args: {product: 1, quantity: 1000}) { id } }",
    ),
    api(
        "invalid-headers",
        "a header is missing or cannot be read",
        "With tokens, requests carry `Authorization: Bearer …` (or the cookie or header that is configured).",
        "Authorization: a-token-without-bearer",
    ),
    api(
        "invalid-json",
        "the body is no JSON",
        "A GraphQL request is a JSON object `{\"query\": …, \"variables\": …, \"operationName\": …}` or a list of them, in UTF-8.",
        "POST /v1/graphql with the body `{query`",
    ),
    api(
        "invalid-jwt",
        "the token cannot be trusted",
        "Its signature, algorithm, audience, issuer or time does not fit the configuration. An expired token is refreshed by signing in again.",
        "Could not verify JWT: JWTExpired",
    ),
    api(
        "invalid-jwt-key",
        "the key for tokens cannot be used",
        "The key of the configuration or of the key server is malformed or does not fit the algorithm.",
        "HASURA_GRAPHQL_JWT_SECRET with a broken PEM",
    ),
    api(
        "jwt-invalid-claims",
        "the token's claims have the wrong shape",
        "`x-hasura-allowed-roles` is a list of strings, other `x-hasura-*` claims are strings.",
        "\"x-hasura-allowed-roles\": \"user\"",
    ),
    api(
        "jwt-missing-role-claims",
        "the token names no roles",
        "A token holds `x-hasura-allowed-roles` and `x-hasura-default-role` in its claims namespace.",
        "a token of another application",
    ),
    api(
        "limit-exceeded",
        "the request asks for more than is allowed at once",
        "Bodies, depths, numbers of fields, rows and waits have limits; the message names the one that was reached. Ask for less at once (`limit`, several requests), or raise the setting.",
        "a list of more than 10 000 rows without `limit`",
    ),
    api(
        "method-not-allowed",
        "the endpoint does not take this method",
        "GraphQL takes POST, and GET for queries; a GET never writes.",
        "GET /v1/graphql?query=mutation{…}",
    ),
    api(
        "not-found",
        "something the request needs is not there",
        "Most often a session variable that a rule asks for and the session does not have; a rule is never silently left out.",
        "missing session variable: \"x-hasura-user-id\"",
    ),
    api(
        "not-supported",
        "this is not possible",
        "The request is well-formed and asks for something there is not, such as a negative limit or introspection where it is switched off.",
        "tasks(limit: -1)",
    ),
    api(
        "parse-failed",
        "a value does not fit its column",
        "A number is out of range or not whole, before the database sees it.",
        "insert_tasks_one(object: {priority: 70000})",
    ),
    api(
        "permission-error",
        "a check forbids this row",
        "The row, once written, does not satisfy the rule's `check` or a CHECK constraint of the table. Nothing of the request was written.",
        "inserting a task into somebody else's project",
    ),
    api(
        "postgres-error",
        "the database does not answer",
        "The connection to PostgreSQL failed or broke. Purlin connects again by itself; the log says why. A mutation wrote nothing, unless the message says that nobody knows: then read what it writes before it is sent again.",
        "the database server restarts",
    ),
    api(
        "postgres-max-connections-error",
        "the database takes no more connections",
        "Lower the pool's size or raise `max_connections` of the server.",
        "too many gateways on one database",
    ),
    api(
        "remote-schema-error",
        "a remote schema cannot be used",
        "It does not answer or its types meet those of the model.",
        "a remote type called like a table",
    ),
    api(
        "start-failed",
        "the operation cannot be started over this connection",
        "A message of the WebSocket protocol came out of order or cannot be read.",
        "subscribe before connection_init",
    ),
    api(
        "timeout",
        "the database took too long",
        "The request was stopped and nothing was written. Ask for less, add an index for the filter, or raise the limit on the time of statements.",
        "a filter over a large table without an index",
    ),
    api(
        "unexpected",
        "something went wrong on the server",
        "It is not the request's fault. The log has the details under the same request id.",
        "database query error",
    ),
    api(
        "unexpected-payload",
        "a payload has the wrong shape",
        "The body or message is JSON, but not the object that is expected here.",
        "POST /v1/graphql with the body `42`",
    ),
    api(
        "validation-failed",
        "the document does not fit the schema of the role",
        "A field, argument or type does not exist for this role, or a value has the wrong kind. What a role may not see is the same as what does not exist. `purlin schema print --role R` shows its schema.",
        "{ tasks { titel } }",
    ),
    command(
        "bind",
        "the server cannot listen at its address",
        "Another process may use the port, or the address is not one of this machine. `--bind HOST:PORT` chooses another.",
        "purlin serve --bind 127.0.0.1:80",
    ),
    command(
        "bug",
        "Purlin itself made a mistake",
        "It is not your fault. The exit status is 70; the log has the place. Please report it.",
        "a panic",
    ),
    command(
        "code",
        "there is no such code",
        "Codes are printed in brackets behind `error` and sent as `extensions.code`.",
        "purlin explain vlidation-failed",
    ),
    command(
        "credentials",
        "the settings about credentials let nobody in or contradict each other",
        "Somebody must be able to enter: by an admin secret, a JWT or an unauthorized role. `purlin dev` makes a secret.",
        "purlin serve without any of them",
    ),
    command(
        "data-archive",
        "a file is no backup that can be used",
        "It is something else, was cut off, or was changed: everything in a backup is checked against the counts and hashes at its end before anything is written.",
        "purlin restore notes.zip",
    ),
    command(
        "data-database",
        "the database did not do what moving data needed",
        "The reason says what it said. Nothing of the transaction was written.",
        "a foreign key that no order of the rows can keep",
    ),
    command(
        "data-file",
        "a file of rows cannot be read or written",
        "The place names it, the reason says why.",
        "purlin data import missing.csv",
    ),
    command(
        "data-mismatch",
        "the rows that arrived are not those that were sent",
        "Both sides are read back and compared, by counts and hashes of their canonical values. What was written was rolled back.",
        "a column type that cuts digits off",
    ),
    command(
        "data-request",
        "what was asked for does not fit the model or the files",
        "The message says what, the hint what to do.",
        "purlin data import tasks.txt",
    ),
    command(
        "data-resume",
        "a file was changed before the place where its import goes on",
        "An import that was interrupted goes on behind the rows that are loaded, if the file is the same up to there. Put it back, or begin anew with `--restart`.",
        "rows inserted at the top of a half-loaded file",
    ),
    command(
        "data-rows",
        "rows of a file cannot be loaded",
        "Each reason names file, line and column, and what was expected. Without a number of rows in the hint, nothing was written.",
        "a word in a column of numbers",
    ),
    command(
        "data-target",
        "the database that is to be filled is not empty, or not as the model says",
        "`move` and `restore` fill an empty database, or one whose tables are migrated and empty.",
        "purlin restore backup.tar.gz into a database with rows",
    ),
    command(
        "database",
        "the database cannot be used",
        "It does not answer, refuses the credentials, or is not a database. The reason is the server's own.",
        "a wrong password in `database_url`",
    ),
    command(
        "database-missing",
        "the SQLite file is not there",
        "`serve` makes no database, because an empty one would hide a wrong path. `purlin migrate apply` and `purlin dev` make it.",
        "purlin serve --database-url sqlite:typo.db",
    ),
    command(
        "database-url",
        "the URL names no database of the project",
        "It is `sqlite:PATH` or `postgres://…`, and its kind is among `databases` in `purlin.toml`.",
        "--database-url mysql://localhost",
    ),
    command(
        "dev-exposed",
        "`dev` was asked to listen beyond loopback",
        "`dev` is for whoever sits at this machine: others could reach it with its development admin secret. Bind a loopback address, say `--expose` if it is meant, or use `purlin serve`.",
        "purlin dev --bind 0.0.0.0:8080",
    ),
    command(
        "doctor",
        "there is something to mend before production",
        "`purlin doctor` has found errors: each has a code, a reason and a hint of its own. Warnings alone are no error.",
        "purlin doctor",
    ),
    command(
        "doctor-clock",
        "the clocks of this machine and of the database differ",
        "Tokens are checked by this machine's clock and rows are stamped by both. Let both follow the same time server.",
        "purlin doctor",
    ),
    command(
        "doctor-console",
        "the console is served to everybody who reaches the server",
        "It shows nobody more than the credentials that are typed into it, but invites to type the admin secret into a page. In production leave `console.enabled` out; on loopback or an inner network it does no harm.",
        "purlin doctor --console-enabled",
    ),
    command(
        "doctor-database",
        "the database cannot be asked",
        "It cannot be opened or does not answer, so nothing could be found out about it. Check `database_url`, and that the server runs.",
        "purlin doctor --database-url sqlite:./nowhere.db",
    ),
    command(
        "doctor-database-file",
        "others on this machine can read the database",
        "The file of SQLite holds every row, whatever the rules say. Only the user that runs Purlin should be able to read it.",
        "chmod 644 data.db && purlin doctor",
    ),
    command(
        "doctor-database-tls",
        "the connection to PostgreSQL may be listened to",
        "Without a verified certificate somebody in between can read and change what is asked. `sslmode=verify-full` in `database_url` verifies it.",
        "purlin doctor --database-url postgres://user@db.example/app",
    ),
    command(
        "doctor-direct-url",
        "nothing leads around the pooler",
        "Migrations, data commands and the comparison with the model need a session of their own. Set `database.direct_url` to PostgreSQL itself.",
        "purlin doctor --database-pooler transaction",
    ),
    command(
        "doctor-disk",
        "there is little room left for the database",
        "Less than 1 GB is free where the file is. A write that finds no room fails.",
        "purlin doctor",
    ),
    command(
        "doctor-drift",
        "the database is not as its migrations left it",
        "Somebody has changed tables by hand. Bring the change into the model, or undo it.",
        "purlin doctor",
    ),
    command(
        "doctor-insecure-admin",
        "everybody is admin",
        "`insecure_admin` is for experiments on a machine of one's own. Set `admin_secret` instead.",
        "purlin doctor --insecure-admin",
    ),
    command(
        "doctor-keys",
        "the keys of tokens cannot be fetched",
        "`jwk_url` does not answer with a key set, so no token would be accepted after a start. Check the URL, and that this machine may reach it.",
        "purlin doctor",
    ),
    command(
        "doctor-limits",
        "limits are raised so far that they limit nothing",
        "A limit of more than a hundred times its default lets one request take what all others need.",
        "purlin doctor --limits-depth 10000",
    ),
    command(
        "doctor-migrations",
        "the model, the migrations and the database do not agree",
        "`purlin serve` would refuse to start. `purlin migrate status` and `purlin migrate diff` say more.",
        "purlin doctor",
    ),
    command(
        "doctor-no-credentials",
        "nobody could be let in",
        "Neither an admin secret nor tokens nor an unauthorized role are configured.",
        "purlin doctor",
    ),
    command(
        "doctor-plain-http",
        "secrets and rows cross the network unencrypted",
        "`bind` is reachable from other machines, and neither TLS nor a trusted proxy is set. Set `tls.certificate` and `tls.key`, or bind to loopback behind a proxy.",
        "purlin doctor --bind 0.0.0.0:8080",
    ),
    command(
        "doctor-pool",
        "the pool is larger than the database allows",
        "Purlin may open `database.connections` and eight more for short reads, from each of its processes. PostgreSQL refuses those beyond `max_connections`.",
        "purlin doctor --database-connections 1000",
    ),
    command(
        "doctor-pooler",
        "what stands between Purlin and PostgreSQL is not what `database.pooler` says",
        "A pooler such as PgBouncer with `pool_mode = transaction` gives each transaction another session, so that prepared statements and settings get lost unless `database.pooler` is `transaction`. Without a pooler that value costs time for nothing.",
        "purlin doctor --database-url postgres://purlin@pgbouncer.example:6432/app",
    ),
    command(
        "doctor-postgres-version",
        "this PostgreSQL is older than those Purlin is tested with",
        "It may work. Tests run on PostgreSQL 15.",
        "purlin doctor",
    ),
    command(
        "doctor-public-introspection",
        "everybody can read the schema of the unauthorized role",
        "Introspection answers every role with the fields its rules open. What the public must not know of must not be in its rules.",
        "purlin doctor --unauthorized-role public",
    ),
    command(
        "doctor-public-metrics",
        "metrics are served without credentials beyond this machine",
        "They tell how much is asked and which errors occur. Bind them to loopback or an inner network.",
        "purlin doctor --metrics-bind 0.0.0.0:9100",
    ),
    command(
        "doctor-public-writes",
        "everybody may write, without any credential",
        "The rules of the unauthorized role open inserts, updates or deletes. If that is meant, limit how often.",
        "purlin doctor --unauthorized-role public",
    ),
    command(
        "doctor-replica",
        "a replica is none of this database",
        "Reads would show other rows, or fail. A replica is in recovery, and its system identifier is that of the primary.",
        "purlin doctor --database-replicas postgres://purlin@elsewhere/app",
    ),
    command(
        "doctor-secret-file",
        "others on this machine can read a secret",
        "The file's permissions are wider than its owner: `chmod 600` it.",
        "chmod 644 secret && PURLIN_ADMIN_SECRET_FILE=secret purlin doctor",
    ),
    command(
        "doctor-sqlite-journal",
        "SQLite has no write-ahead log here",
        "The file system cannot share memory, as network file systems cannot; readers and the writer take turns, and other processes may corrupt the file. Use a local disk.",
        "purlin doctor",
    ),
    command(
        "doctor-superuser",
        "Purlin connects as a superuser of PostgreSQL",
        "Whoever gets its password may do everything on the server. A role that owns its database is enough.",
        "purlin doctor --database-url postgres://postgres@localhost/app",
    ),
    command(
        "doctor-time-outs",
        "a time-out is longer than the one around it",
        "Statements should end before requests do: otherwise the client learns that it took too long, and nobody learns what did.",
        "purlin doctor --limits-statement-timeout 1m",
    ),
    command(
        "doctor-weak-secret",
        "an admin secret can be guessed",
        "It is short, one of those that are tried first, or the development secret. Make a random one of 32 bytes.",
        "purlin doctor --admin-secret hasura",
    ),
    command(
        "egress",
        "outgoing connections cannot be made",
        "TLS could not be set up on this machine.",
        "no certificates are installed",
    ),
    command(
        "file",
        "a file or folder cannot be read or written",
        "The reason is the system's own.",
        "a folder without permission",
    ),
    command(
        "file-exists",
        "a file of the new project exists already",
        "`purlin init` and `purlin import` never overwrite; nothing was changed. Name another folder.",
        "purlin init . in a project",
    ),
    command(
        "folder-not-empty",
        "a new project needs a folder of its own",
        "`purlin init` writes into a folder that is empty or not there yet (`.git` does not count). Nothing was written.",
        "purlin init .",
    ),
    command(
        "import-empty",
        "the database has no tables to import",
        "It is there and it is empty, or its tables are in schemas that are not looked at. Check the URL.",
        "purlin import database --database-url sqlite:other.db --out new",
    ),
    command(
        "insecure-admin",
        "everybody would be admin, and not only on this machine",
        "`insecure_admin` is for experiments and serves loopback addresses only.",
        "purlin serve --insecure-admin --bind 0.0.0.0:8080",
    ),
    command(
        "migrate-changed",
        "a migration was changed after it was applied",
        "What is in the database is not what the file says. Put the file back as it was and write a new migration.",
        "an edit of an old `.up.sql`",
    ),
    command(
        "migrate-database",
        "the database did not do what a migration asked",
        "Nothing of the failed migration stays.",
        "the disk is full",
    ),
    command(
        "migrate-dependent",
        "something stands on a table that was made anew and no longer works",
        "A view, trigger or index refers to what the migration removes. Drop it in a migration before and make it again after.",
        "a view over a dropped column",
    ),
    command(
        "migrate-destructive",
        "a change loses data or may fail on rows that exist",
        "Each is listed with the rows it concerns. `--allow-destructive` says that it is meant.",
        "a column is removed from the model",
    ),
    command(
        "migrate-drift",
        "the database is not as the migrations left it",
        "Somebody changed tables by hand. Bring the change into the model, or undo it.",
        "alter table by another tool",
    ),
    command(
        "migrate-file",
        "a file of migrations cannot be used",
        "The reason is the system's own.",
        "a folder without permission",
    ),
    command(
        "migrate-foreign-keys",
        "rows would point at rows that are not there",
        "Nothing was changed. Correct the rows first.",
        "a new foreign key over orphans",
    ),
    command(
        "migrate-missing",
        "a migration was applied and its file is gone",
        "Put the file back; `purlin migrate down` takes a migration back.",
        "a deleted `.up.sql`",
    ),
    command(
        "migrate-model",
        "the model of the last migration is not valid",
        "`migrations/model.graphql` is written by `purlin migrate diff` and not edited.",
        "an edit of `migrations/model.graphql`",
    ),
    command(
        "migrate-name",
        "a name for a migration would not do in a file name",
        "Letters, digits and `_` do.",
        "purlin migrate new 'add/tasks'",
    ),
    command(
        "migrate-no-down",
        "a migration has no down script",
        "Write a migration that undoes it: `purlin migrate new`.",
        "purlin migrate down after a baseline",
    ),
    command(
        "migrate-not-new",
        "a database with migrations of its own cannot be adopted",
        "`purlin migrate diff` goes on from its migrations.",
        "purlin migrate baseline twice",
    ),
    command(
        "migrate-nothing-applied",
        "there is no migration to take back",
        "No migration is recorded in this database.",
        "purlin migrate down in a new database",
    ),
    command(
        "migrate-pending",
        "there are migrations that are not applied yet",
        "`serve` never changes tables by itself. `purlin migrate apply` or `purlin serve --migrate` applies them.",
        "purlin serve after `git pull`",
    ),
    command(
        "migrate-same-version",
        "two migrations have the same version",
        "Their order would be chance. Give one of them a later version.",
        "two branches that were merged",
    ),
    command(
        "migrate-statement",
        "a statement of a migration failed",
        "Nothing was changed. Correct the script and apply again.",
        "a typo in hand-written SQL",
    ),
    command(
        "migrate-transaction",
        "a migration begins or ends transactions",
        "Every migration is one transaction already, together with its record.",
        "COMMIT in a script",
    ),
    command(
        "migrate-undescribed",
        "the model has changes that no migration brings about",
        "`purlin migrate diff` writes them as SQL to read and apply.",
        "purlin serve after an edit of the model",
    ),
    command(
        "migrate-unknown-columns",
        "a table that is to be made anew has columns the model does not know",
        "Their values would be lost. Add them to the model, or drop them in a migration before.",
        "a column added by hand",
    ),
    command(
        "model",
        "the model has mistakes",
        "Each is shown with its place, what was expected and a hint.",
        "purlin check",
    ),
    command(
        "project",
        "there is no project at this place",
        "A project is a folder with `schema/*.graphql`. `purlin init DIR` makes one; `--project DIR` names one.",
        "purlin serve in an empty folder",
    ),
    command(
        "role",
        "no rule of the model names this role",
        "Roles exist by being named in a rule, except `admin`.",
        "purlin schema print --role usr",
    ),
    command(
        "saved-operation",
        "a saved operation is not right",
        "The files `schema/operations/*.graphql` hold operations, each with a name of its own and the fragments it uses. Each must be valid for `admin`, and none may ask for the schema itself.",
        "query titles { notes { titel } }",
    ),
    command(
        "seed-changed",
        "a seed of SQL was changed after it was run",
        "SQL is not run twice, for nobody knows what it would do to the rows that are there. Put the file back as it was, and the change into a new file. Files of rows (`.json`, `.csv`) may change: rows that are there, by primary key, stay as they are.",
        "another INSERT in a seed that was loaded",
    ),
    command(
        "setting-file",
        "the file of settings is too large",
        "`purlin.toml` holds settings only.",
        "a gigabyte called purlin.toml",
    ),
    command(
        "setting-syntax",
        "the file of settings is not TOML",
        "The place is where it cannot be read on.",
        "bind = 127.0.0.1:8080 without quotes",
    ),
    command(
        "setting-unknown",
        "there is no such setting",
        "`docs/settings.md` lists all of them; the hint names the nearest.",
        "databse_url = \"…\"",
    ),
    command(
        "setting-value",
        "a setting cannot have this value",
        "What it takes is said with the error.",
        "limits.batch = 0",
    ),
    command(
        "tables-missing",
        "the database lacks tables of the model",
        "A project without migrations is served as it is, so its tables must be there. `purlin migrate diff` and `purlin migrate apply` make them; if they exist, the URL is another database's.",
        "purlin serve in a new project",
    ),
    command(
        "tls",
        "the certificate and its key cannot be used",
        "`tls.certificate` is a PEM file with the whole chain, `tls.key` a PEM file with the private key that belongs to its first certificate. Both are set, or none.",
        "purlin serve --tls-certificate chain.pem",
    ),
    command(
        "token",
        "no credentials can be minted",
        "Minting needs a shared JWT secret or an admin secret.",
        "purlin token before the first `purlin dev`",
    ),
    command(
        "usage",
        "the command line is not as it should be",
        "`purlin --help` and `purlin COMMAND --help` show what there is.",
        "purlin token --valid forever",
    ),
    command(
        "watch",
        "the project's folder cannot be watched",
        "`dev` asks the system to tell when files are saved. On Linux there is a limit on how many files are watched: `fs.inotify.max_user_watches`, `max_user_instances`.",
        "purlin dev",
    ),
];

#[cfg(test)]
mod tests {
    use super::{CODES, Origin, by_name};

    #[test]
    fn each_code_is_there_once_in_order_and_explained() {
        for origin in [Origin::Model, Origin::Api, Origin::Command] {
            let codes: Vec<&str> = CODES.iter().filter(|code| code.origin == origin).map(|code| code.code).collect();
            assert!(codes.windows(2).all(|pair| pair[0] < pair[1]), "{codes:?}");
        }
        for code in CODES {
            assert_eq!(by_name(code.code), Some(code));
            assert!(code.code.bytes().all(|byte| byte == b'-' || byte.is_ascii_lowercase()), "{}", code.code);
            assert!(!code.title.ends_with('.') && !code.example.is_empty(), "{}", code.code);
            assert!(code.explanation.ends_with(['.', '…']), "{}", code.code);
        }
    }
}
