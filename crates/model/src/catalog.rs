//! The compiled model: an immutable value with ids and small walkers.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::permission::Permissions;
use crate::scalar::{Codec, ColumnType, Scalar, Stored};
use crate::session::Role;
use crate::sql::SqlText;
use crate::value::Value;

/// Index of a table in [`Catalog::tables`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TableId(pub u32);

/// Index of a root field in [`Catalog::natives`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct NativeId(pub u32);

/// Index of an enum in [`Catalog::enums`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct EnumId(pub u32);

/// Index of a column in its [`Table::columns`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ColumnIndex(pub u16);

/// Index of a relation in its [`Table::relations`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RelationIndex(pub u16);

/// Everything the model folder says, checked.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Catalog {
    /// Tables, sorted by name.
    pub tables: Vec<Table>,
    /// Root fields that are SQL of the model: queries first, each sorted by name.
    pub natives: Vec<NativeField>,
    /// Columns without a table: types of results, by name; then, without a name, the arguments and the bare value of each
    /// root field that is SQL. Their ids follow those of the tables, so that whatever is known by its table and column
    /// includes them, and whoever walks over tables does not meet them.
    pub records: Vec<Table>,
    /// Enums, sorted by name.
    pub enums: Vec<Enum>,
    /// Roles named by any rule or by `@role`, sorted; `admin` is not among them.
    pub roles: Vec<Role>,
    /// What `@role` says of roles.
    pub declared_roles: BTreeMap<Role, DeclaredRole>,
    /// How the API presents it.
    pub api: ApiSettings,
    /// Table ids by API name, types of results among them.
    pub tables_by_name: HashMap<Box<str>, TableId>,
}

/// A role as `@role` declares it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeclaredRole {
    /// The roles whose rules it has together, in the order written; empty: it has its own rules only.
    pub inherits: Vec<Role>,
    /// Whether it may ask for `__schema` and `__type`.
    pub introspection: bool,
}

/// A root field that is SQL of the model.
#[derive(Clone, Debug, PartialEq)]
pub struct NativeField {
    /// Its name.
    pub name: Box<str>,
    /// What it is for.
    pub description: Option<Box<str>>,
    /// Whether it is a field of `mutation_root` (or of `query_root`).
    pub mutation: bool,
    /// Its own arguments as columns of a record, in the order written; what one is when nobody gives it is its default.
    pub arguments: TableId,
    /// What its rows are: a table, or a record.
    pub rows: TableId,
    /// Whether the rows are answered as the bare values of their one column.
    pub bare: bool,
    /// A list, or one row or null.
    pub many: bool,
    /// What runs: of a query one statement that reads; nothing where a function of the database is called.
    pub statements: Vec<NativeStatement>,
    /// The function of the database that is called.
    pub function: Option<Function>,
    /// Roles that have it besides `admin`; `None`: those that may select the rows' table.
    pub allow: Option<Vec<Role>>,
    /// Tables on which a query's answer depends, as far as the model says.
    pub reads: Option<Vec<TableId>>,
}

/// A statement of such a field.
#[derive(Clone, Debug, PartialEq)]
pub struct NativeStatement {
    /// What it does.
    pub sql: SqlText,
    /// At least so many rows must be written (or read, by a statement that reads).
    pub min_rows: Option<u32>,
    /// At most so many.
    pub max_rows: Option<u32>,
    /// What the client is told when it was another number.
    pub refusal: Option<Box<str>>,
}

/// A function of the PostgreSQL database whose rows a root field answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Function {
    /// Its schema; `None` is `public`.
    pub schema: Option<Box<str>>,
    /// Its name in the database.
    pub name: Box<str>,
    /// The argument that is given all session variables as one JSON object; clients do not see it.
    pub session_argument: Option<Box<str>>,
    /// The root field that aggregates its rows, for a query that gives a list.
    pub aggregate: Option<Box<str>>,
}

impl Function {
    /// How many of a function's arguments are given by position: all up to the last that has no name in the database.
    pub fn positional(arguments: &Table) -> usize {
        arguments.columns.iter().rposition(|column| Function::is_unnamed(&column.db_name)).map_or(0, |last| last + 1)
    }

    /// Whether an argument called so has no name in the database: `arg_1`, `arg_2`, …
    pub fn is_unnamed(name: &str) -> bool {
        name.strip_prefix("arg_").is_some_and(|number| number.parse::<u16>().is_ok_and(|number| number > 0))
    }
}

impl NativeField {
    /// Whether its rows are filtered, ordered and cut like those of a table.
    pub fn is_list(&self) -> bool {
        self.many && !self.mutation && !self.bare
    }
}

/// The `[api]` settings a plan depends on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApiSettings {
    /// `bigint`, `numeric` and `float8` are JSON strings.
    pub stringify_numeric: bool,
    /// Whether roles that may select a table have the queries by functions that give its rows, where no list says more.
    pub infer_function_permissions: bool,
    /// Rows of one list for roles other than `admin`; more is an error, never a silent cut.
    pub rows: u64,
    /// The same for roles that have their own, `admin` perhaps among them.
    pub rows_by_role: BTreeMap<Role, u64>,
}

impl Default for ApiSettings {
    fn default() -> Self {
        ApiSettings {
            stringify_numeric: false,
            infer_function_permissions: true,
            rows: 10_000,
            rows_by_role: BTreeMap::new(),
        }
    }
}

impl ApiSettings {
    /// Rows of one list for a role; `None` is any number.
    pub fn rows_of(&self, role: &Role) -> Option<u64> {
        self.rows_by_role.get(role).copied().or((!role.is_admin()).then_some(self.rows))
    }
}

/// An `enum` of the model.
#[derive(Clone, Debug, PartialEq)]
pub struct Enum {
    /// Its name in the API.
    pub name: Box<str>,
    /// What it is for.
    pub description: Option<Box<str>>,
    /// Its values in the order written.
    pub values: Vec<EnumValue>,
}

/// One value of an enum.
#[derive(Clone, Debug, PartialEq)]
pub struct EnumValue {
    /// As written and as stored.
    pub name: Box<str>,
    /// What it means.
    pub description: Option<Box<str>>,
}

/// A table or view and everything the API knows of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    /// The type's name: base of root fields, inputs and enums.
    pub name: Box<str>,
    /// What it is if it is a view: read only, its keys and `!` promises that nothing in the database holds.
    pub view: Option<View>,
    /// The table's name in the database, without schema.
    pub db_name: Box<str>,
    /// PostgreSQL schema; on SQLite the table is `<schema>_<name>`. `None` is `public`.
    pub db_schema: Option<Box<str>>,
    /// Whether Purlin makes it a STRICT table on SQLite (imported tables may not be).
    pub strict: bool,
    /// Comment in the database and in the API.
    pub description: Option<Box<str>>,
    /// Former name, for the next migration.
    pub renamed_from: Option<Box<str>>,
    /// Columns in the order written.
    pub columns: Vec<Column>,
    /// Relations in the order written.
    pub relations: Vec<Relation>,
    /// Columns of the primary key in key order; empty if there is none.
    pub primary_key: Vec<ColumnIndex>,
    /// Name of the primary key constraint.
    pub primary_key_name: Box<str>,
    /// Unique constraints.
    pub uniques: Vec<Unique>,
    /// Foreign keys.
    pub foreign_keys: Vec<ForeignKey>,
    /// Indexes.
    pub indexes: Vec<Index>,
    /// Full-text search.
    pub search: Option<Search>,
    /// CHECK constraints, those of `@length` and `@range` and of enums included.
    pub checks: Vec<Check>,
    /// Names of its root fields.
    pub root_fields: RootFieldNames,
    /// Rules by role, as they are written. What a role may do is [`Table::permissions_of`].
    pub permissions: BTreeMap<Role, Permissions>,
    /// Rules of the roles that inherit, as [`crate::inheritance::expand`] works them out.
    pub inherited: BTreeMap<Role, Permissions>,
    /// Whether it is one of Purlin's own tables.
    pub system: bool,
}

/// A view of the database.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct View {
    /// What it selects. `None`: it exists already, and migrations neither make nor change it.
    pub sql: Option<SqlText>,
}

/// Names of a table's root fields (the dialect's, unless `@root` says otherwise).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RootFieldNames {
    /// `T`
    pub select: Box<str>,
    /// `T_by_pk`
    pub select_by_pk: Box<str>,
    /// `T_aggregate`
    pub select_aggregate: Box<str>,
    /// `insert_T`
    pub insert: Box<str>,
    /// `insert_T_one`
    pub insert_one: Box<str>,
    /// `update_T`
    pub update: Box<str>,
    /// `update_T_by_pk`
    pub update_by_pk: Box<str>,
    /// `update_T_many`
    pub update_many: Box<str>,
    /// `delete_T`
    pub delete: Box<str>,
    /// `delete_T_by_pk`
    pub delete_by_pk: Box<str>,
}

impl RootFieldNames {
    /// The dialect's names for a table called `name`.
    pub fn of(name: &str) -> RootFieldNames {
        RootFieldNames {
            select: name.into(),
            select_by_pk: format!("{name}_by_pk").into(),
            select_aggregate: format!("{name}_aggregate").into(),
            insert: format!("insert_{name}").into(),
            insert_one: format!("insert_{name}_one").into(),
            update: format!("update_{name}").into(),
            update_by_pk: format!("update_{name}_by_pk").into(),
            update_many: format!("update_{name}_many").into(),
            delete: format!("delete_{name}").into(),
            delete_by_pk: format!("delete_{name}_by_pk").into(),
        }
    }
}

/// A column.
#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    /// Its name in the API.
    pub name: Box<str>,
    /// Its name in the database.
    pub db_name: Box<str>,
    /// Its type.
    pub column_type: ColumnType,
    /// Whether NULL is allowed.
    pub nullable: bool,
    /// Comment in the database and in the API.
    pub description: Option<Box<str>>,
    /// Former name, for the next migration.
    pub renamed_from: Option<Box<str>>,
    /// What fills it when nothing is given.
    pub default: Option<ColumnDefault>,
    /// Whether every update sets it to the transaction's time; such a column is in no input.
    pub updated_at: bool,
    /// Whether the database computes it (imported); such a column is in no input.
    pub generated: bool,
    /// Digits in all and after the point, for `numeric`.
    pub precision: Option<(u16, u8)>,
    /// How SQLite holds it (already resolved: never `Standard` for `numeric`).
    pub stored: Stored,
    /// Declared PostgreSQL type, if not the scalar's own.
    pub postgres_type: Option<Box<str>>,
    /// Declared SQLite type, if not the scalar's own.
    pub sqlite_type: Option<Box<str>>,
    /// Collation other than by code point.
    pub collation: Option<Box<str>>,
    /// Rust-regex every written value must match.
    pub pattern: Option<Box<str>>,
    /// The expression over the row that gives its value. Such a column is not in the database and in no input; its `!`
    /// is a promise.
    pub computed: Option<SqlText>,
}

/// What fills a column when nothing is given.
#[derive(Clone, Debug, PartialEq)]
pub enum ColumnDefault {
    /// A constant.
    Value(Value),
    /// A random UUID.
    UuidV4,
    /// A time-ordered UUID.
    UuidV7,
    /// The transaction's time.
    Now,
    /// SQL of the database, per dialect.
    Sql {
        /// Expression on PostgreSQL.
        postgres: Option<Box<str>>,
        /// Expression on SQLite.
        sqlite: Option<Box<str>>,
    },
    /// Identity on PostgreSQL, AUTOINCREMENT on SQLite.
    Autoincrement,
    /// `INTEGER PRIMARY KEY` without AUTOINCREMENT on SQLite (`autoincrement: rowid`); identity on PostgreSQL.
    Rowid,
}

/// An object or array field to another table.
#[derive(Clone, Debug, PartialEq)]
pub struct Relation {
    /// The field's name.
    pub name: Box<str>,
    /// One row or a list.
    pub kind: RelationKind,
    /// The other table.
    pub target: TableId,
    /// Pairs (column here, column there). Empty iff `through` is set.
    pub join: Vec<(ColumnIndex, ColumnIndex)>,
    /// The way over a join table.
    pub through: Option<Through>,
    /// Whether the object may be missing.
    pub nullable: bool,
    /// Where it comes from.
    pub origin: RelationOrigin,
    /// Comment in the API.
    pub description: Option<Box<str>>,
}

/// One row or a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RelationKind {
    /// At most one row.
    Object,
    /// A list.
    Array,
}

/// What a relation rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RelationOrigin {
    /// The table's own foreign key: an index into [`Table::foreign_keys`].
    ForeignKey(u16),
    /// A foreign key (or manual relation) of the target: the relation there.
    Inverse(RelationIndex),
    /// `manual: true`: columns that match, without a foreign key.
    Manual,
    /// Many-to-many, read only.
    Through,
}

/// A many-to-many relation's way: here → join table → target.
#[derive(Clone, Debug, PartialEq)]
pub struct Through {
    /// The join table.
    pub table: TableId,
    /// Pairs (column here, column of the join table).
    pub near: Vec<(ColumnIndex, ColumnIndex)>,
    /// Pairs (column of the join table, column of the target).
    pub far: Vec<(ColumnIndex, ColumnIndex)>,
}

/// A unique constraint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unique {
    /// Its name, shown in errors and in `T_constraint`.
    pub name: Box<str>,
    /// Its columns.
    pub columns: Vec<ColumnIndex>,
}

/// A foreign key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ForeignKey {
    /// Its name, shown in errors.
    pub name: Box<str>,
    /// Its columns.
    pub columns: Vec<ColumnIndex>,
    /// The table it points at.
    pub target: TableId,
    /// The columns it points at.
    pub target_columns: Vec<ColumnIndex>,
    /// What happens when the target row goes.
    pub on_delete: ReferentialAction,
    /// What happens when the target key changes.
    pub on_update: ReferentialAction,
    /// Whether it is checked at commit.
    pub deferrable: bool,
}

/// What a foreign key does when its target goes or changes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum ReferentialAction {
    /// Refuse (at the end of the statement).
    #[default]
    NoAction,
    /// Refuse at once.
    Restrict,
    /// Do the same here.
    Cascade,
    /// Set NULL.
    SetNull,
    /// Set the default.
    SetDefault,
}

/// An index.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Index {
    /// Its name.
    pub name: Box<str>,
    /// Its columns.
    pub columns: Vec<ColumnIndex>,
    /// Whether it is unique (as an index, not a constraint).
    pub unique: bool,
    /// SQL condition of a partial index, as written.
    pub condition: Option<Box<str>>,
    /// PostgreSQL access method, if not btree.
    pub using: Option<Box<str>>,
}

/// Full-text search over texts of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Search {
    /// Name of the index (PostgreSQL), of the FTS5 table (SQLite).
    pub name: Box<str>,
    /// The columns, all `String`.
    pub columns: Vec<ColumnIndex>,
}

/// A CHECK constraint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Check {
    /// Its name, shown in errors.
    pub name: Box<str>,
    /// What it says.
    pub rule: CheckRule,
}

/// What a CHECK constraint says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CheckRule {
    /// SQL, per dialect.
    Sql {
        /// Expression on PostgreSQL.
        postgres: Option<Box<str>>,
        /// Expression on SQLite.
        sqlite: Option<Box<str>>,
    },
    /// `@length`, in code points, both ends included.
    Length {
        /// The column.
        column: ColumnIndex,
        /// At least.
        min: Option<u32>,
        /// At most.
        max: Option<u32>,
    },
    /// `@range`, both ends included, as canonical text of the column's scalar.
    Range {
        /// The column.
        column: ColumnIndex,
        /// At least.
        min: Option<Box<str>>,
        /// At most.
        max: Option<Box<str>>,
    },
    /// The column holds a value of the model's enum.
    Enum {
        /// The column.
        column: ColumnIndex,
        /// The enum.
        values: EnumId,
    },
}

/// The columns of every key and index that finds rows by values: partial indexes and those of other methods do not.
pub(crate) fn search_orders<'t>(
    primary_key: &'t [ColumnIndex],
    uniques: &'t [Unique],
    indexes: &'t [Index],
) -> impl Iterator<Item = &'t [ColumnIndex]> {
    let whole = indexes.iter().filter(|index| index.condition.is_none() && index.using.is_none());
    let keys = std::iter::once(primary_key).chain(uniques.iter().map(|unique| unique.columns.as_slice()));
    keys.chain(whole.map(|index| index.columns.as_slice()))
}

/// Whether an order of columns starts with these, in any order among them.
pub(crate) fn starts_with(order: &[ColumnIndex], columns: &[ColumnIndex]) -> bool {
    order.len() >= columns.len() && order[..columns.len()].iter().all(|column| columns.contains(column))
}

impl Catalog {
    /// The table, or the record, with this id.
    pub fn table(&self, id: TableId) -> &Table {
        let index = id.0 as usize;
        match index.checked_sub(self.tables.len()) {
            Some(record) => &self.records[record],
            None => &self.tables[index],
        }
    }

    /// Whether the id is that of a record.
    pub fn is_record(&self, id: TableId) -> bool {
        id.0 as usize >= self.tables.len()
    }

    /// The root field with this id.
    pub fn native(&self, id: NativeId) -> &NativeField {
        &self.natives[id.0 as usize]
    }

    /// Whether a root field's own list of roles opens it to this one: itself, or one that it inherits from, is in it.
    pub fn allows(&self, id: NativeId, role: &Role) -> bool {
        let field = self.native(id);
        let Some(roles) = &field.allow else {
            return role.is_admin() || field.function.is_none() || self.api.infer_function_permissions;
        };
        role.is_admin() || roles.contains(role) || {
            let mut waiting = vec![role];
            let mut seen = BTreeSet::new();
            while let Some(role) = waiting.pop() {
                let parents = self.declared_roles.get(role).map_or(&[][..], |declared| &declared.inherits);
                if parents.iter().any(|parent| roles.contains(parent)) {
                    return true;
                }
                waiting.extend(parents.iter().filter(|parent| seen.insert(*parent)));
            }
            false
        }
    }

    /// Ids of all root fields that are SQL, in order.
    pub fn native_ids(&self) -> impl Iterator<Item = NativeId> + use<> {
        (0..self.natives.len() as u32).map(NativeId)
    }

    /// The enum with this id.
    pub fn enumeration(&self, id: EnumId) -> &Enum {
        &self.enums[id.0 as usize]
    }

    /// The table whose type is called `name`.
    pub fn table_by_name(&self, name: &str) -> Option<TableId> {
        self.tables_by_name.get(name).copied()
    }

    /// Whether a role may ask for `__schema` and `__type`.
    pub fn may_introspect(&self, role: &Role) -> bool {
        self.declared_roles.get(role).is_none_or(|declared| declared.introspection)
    }

    /// All table ids, in order.
    pub fn table_ids(&self) -> impl Iterator<Item = TableId> + use<> {
        (0..self.tables.len() as u32).map(TableId)
    }

    /// Name of the column's type in the API (without `!`; lists without brackets).
    pub fn type_name<'a>(&'a self, column_type: &'a ColumnType) -> &'a str {
        match column_type {
            ColumnType::Scalar(scalar) | ColumnType::List(scalar) => scalar.name(),
            ColumnType::Enum(id) => &self.enumeration(*id).name,
            ColumnType::Native(name) => name,
        }
    }
}

impl Table {
    /// A record: a name, perhaps none, and columns.
    pub fn record(name: &str, description: Option<&str>, columns: Vec<Column>) -> Table {
        Table {
            name: name.into(),
            db_name: name.into(),
            db_schema: None,
            strict: true,
            description: description.map(Box::from),
            renamed_from: None,
            view: None,
            columns,
            relations: Vec::new(),
            primary_key: Vec::new(),
            primary_key_name: Box::default(),
            uniques: Vec::new(),
            foreign_keys: Vec::new(),
            indexes: Vec::new(),
            search: None,
            checks: Vec::new(),
            root_fields: RootFieldNames::of(name),
            permissions: BTreeMap::new(),
            inherited: BTreeMap::new(),
            system: false,
        }
    }

    /// The column with this index.
    pub fn column(&self, index: ColumnIndex) -> &Column {
        &self.columns[index.0 as usize]
    }

    /// The relation with this index.
    pub fn relation(&self, index: RelationIndex) -> &Relation {
        &self.relations[index.0 as usize]
    }

    /// The column called `name` in the API.
    pub fn column_by_name(&self, name: &str) -> Option<ColumnIndex> {
        self.columns.iter().position(|column| &*column.name == name).map(|index| ColumnIndex(index as u16))
    }

    /// The relation called `name`.
    pub fn relation_by_name(&self, name: &str) -> Option<RelationIndex> {
        self.relations.iter().position(|relation| &*relation.name == name).map(|index| RelationIndex(index as u16))
    }

    /// All column indexes, in order.
    pub fn column_indexes(&self) -> impl Iterator<Item = ColumnIndex> + use<> {
        (0..self.columns.len() as u16).map(ColumnIndex)
    }

    /// All relation indexes, in order.
    pub fn relation_indexes(&self) -> impl Iterator<Item = RelationIndex> + use<> {
        (0..self.relations.len() as u16).map(RelationIndex)
    }

    /// Whether a key or a whole index starts with these columns, in any order: rows with given values in them are found
    /// without reading the table.
    pub fn is_indexed(&self, columns: &[ColumnIndex]) -> bool {
        self.search_orders().any(|order| starts_with(order, columns))
    }

    /// The columns of every key and index that finds rows by values, in its order.
    pub fn search_orders(&self) -> impl Iterator<Item = &[ColumnIndex]> {
        search_orders(&self.primary_key, &self.uniques, &self.indexes)
    }

    /// Its name in SQLite: `<schema>_<name>`, or just the name in `public`.
    pub fn sqlite_name(&self) -> String {
        match &self.db_schema {
            Some(schema) => format!("{schema}_{}", self.db_name),
            None => self.db_name.to_string(),
        }
    }

    /// What `role` may do here, be it written for the role or inherited; `None` for a role that may do nothing. Not to
    /// be asked for `admin`.
    pub fn permissions_of(&self, role: &Role) -> Option<&Permissions> {
        self.inherited.get(role).or_else(|| self.permissions.get(role))
    }
}

impl Column {
    /// How its values are bound and written.
    pub fn codec(&self) -> Codec {
        Codec { scalar: self.column_type.scalar(), list: self.column_type.is_list(), stored: self.stored }
    }

    /// Its scalar, if it is a plain built-in one (no enum, list or native type).
    pub fn plain_scalar(&self) -> Option<Scalar> {
        match self.column_type {
            ColumnType::Scalar(scalar) => Some(scalar),
            _ => None,
        }
    }

    /// Whether it must be given, as an argument of a root field.
    pub fn is_required(&self) -> bool {
        !self.nullable && self.default.is_none()
    }

    /// Whether clients may give it at all.
    pub fn is_writable(&self) -> bool {
        !self.generated && !self.updated_at && self.computed.is_none()
    }
}
