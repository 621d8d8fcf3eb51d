//! What a migration does, one typed step at a time. Refuses to know how it is found out and how it is written as SQL.

use crate::physical::{
    Identity, PhysicalCheck, PhysicalColumn, PhysicalForeignKey, PhysicalIndex, PhysicalKey, PhysicalSearch,
    PhysicalTable, PhysicalView, TableName,
};

/// One step of a migration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// A schema, if it is not there (PostgreSQL).
    CreateSchema(String),
    /// A table with its columns, keys and checks; its indexes are steps of their own.
    CreateTable {
        /// Its name.
        name: TableName,
        /// What is in it.
        table: PhysicalTable,
    },
    /// A table and all of its rows go.
    DropTable(TableName),
    /// A table gets another name.
    RenameTable {
        /// Its name before.
        from: TableName,
        /// Its name afterwards.
        to: TableName,
    },
    /// Something that exists is changed.
    Alter {
        /// The table's name.
        table: TableName,
        /// How.
        change: Change,
    },
    /// SQLite: the table is made anew and its rows are copied, since most changes cannot be made in place.
    Rebuild(Box<Rebuild>),
    /// An index.
    CreateIndex {
        /// The table's name.
        table: TableName,
        /// The index.
        index: PhysicalIndex,
    },
    /// An index goes.
    DropIndex {
        /// The table's name.
        table: TableName,
        /// The index's name.
        name: String,
    },
    /// Full-text search over a table, for the rows it has and those to come.
    CreateSearch {
        /// The table's name.
        table: TableName,
        /// What is searched.
        search: PhysicalSearch,
    },
    /// Full-text search goes; the table stays.
    DropSearch {
        /// The table's name.
        table: TableName,
        /// The name of the search.
        name: String,
    },
    /// A view with its comments; its SQL is there.
    CreateView {
        /// Its name.
        name: TableName,
        /// What is in it.
        view: PhysicalView,
    },
    /// A view goes.
    DropView(TableName),
    /// A comment (PostgreSQL).
    Comment {
        /// The table's name.
        table: TableName,
        /// The column, or the table itself.
        column: Option<String>,
        /// The text; `None` removes it.
        text: Option<String>,
    },
}

impl Step {
    /// The table or view it is about, by its name before.
    pub fn table(&self) -> Option<&TableName> {
        match self {
            Step::CreateSchema(_) => None,
            Step::CreateTable { name, .. } | Step::DropTable(name) | Step::RenameTable { from: name, .. } => Some(name),
            Step::CreateView { name, .. } | Step::DropView(name) => Some(name),
            Step::Alter { table, .. }
            | Step::CreateIndex { table, .. }
            | Step::DropIndex { table, .. }
            | Step::CreateSearch { table, .. }
            | Step::DropSearch { table, .. }
            | Step::Comment { table, .. } => Some(table),
            Step::Rebuild(rebuild) => Some(&rebuild.name),
        }
    }

    /// Whether it is about a view.
    pub const fn is_of_view(&self) -> bool {
        matches!(self, Step::CreateView { .. } | Step::DropView(_))
    }
}

/// How a table is changed in place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// A column gets another name.
    RenameColumn {
        /// Its name before.
        from: String,
        /// Its name afterwards.
        to: String,
    },
    /// A constraint gets another name (PostgreSQL).
    RenameConstraint {
        /// Its name before.
        from: String,
        /// Its name afterwards.
        to: String,
    },
    /// An index gets another name (PostgreSQL).
    RenameIndex {
        /// Its name before.
        from: String,
        /// Its name afterwards.
        to: String,
    },
    /// A column at the end.
    AddColumn {
        /// The column.
        column: PhysicalColumn,
        /// SQLite: checks that come with it.
        checks: Vec<PhysicalCheck>,
        /// SQLite: foreign keys of this column that come with it.
        foreign_keys: Vec<PhysicalForeignKey>,
    },
    /// A column and its values go.
    DropColumn(String),
    /// Another type or collation (PostgreSQL).
    SetType {
        /// The column as it shall be.
        column: PhysicalColumn,
        /// How old values become new ones, if they are not simply assigned.
        using: Option<String>,
    },
    /// NULL is no longer allowed (PostgreSQL).
    SetNotNull {
        /// The column.
        column: String,
        /// What NULLs become; without it they are refused.
        fill: Option<String>,
    },
    /// NULL is allowed (PostgreSQL).
    DropNotNull(String),
    /// Another default, or none (PostgreSQL).
    SetDefault {
        /// The column.
        column: String,
        /// The expression.
        default: Option<String>,
    },
    /// Fills itself, or no longer (PostgreSQL).
    SetIdentity {
        /// The column.
        column: String,
        /// How.
        identity: Option<Identity>,
    },
    /// A primary key (PostgreSQL).
    AddPrimaryKey(PhysicalKey),
    /// A unique constraint (PostgreSQL).
    AddUnique(PhysicalKey),
    /// A check, added without looking at the rows and then validated (PostgreSQL).
    AddCheck(PhysicalCheck),
    /// A foreign key, added without looking at the rows and then validated (PostgreSQL).
    AddForeignKey(PhysicalForeignKey),
    /// A constraint of any kind goes (PostgreSQL).
    DropConstraint(String),
}

/// A table that SQLite makes anew.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rebuild {
    /// Its name.
    pub name: TableName,
    /// As it was, under the names it then had.
    pub before: PhysicalTable,
    /// As it shall be.
    pub after: PhysicalTable,
    /// For each column that is kept: its name afterwards, its name before, and how its value is taken over.
    pub copies: Vec<Copy>,
}

/// A column whose values a rebuild takes over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Copy {
    /// Its name afterwards.
    pub to: String,
    /// Its name before.
    pub from: String,
    /// The new value, as an expression over the old row.
    pub expression: String,
}
