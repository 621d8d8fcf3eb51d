//! Permission rules: what one role may do with one table. No rule, no access.

use crate::catalog::ColumnIndex;
use crate::filter::{Filter, Operand};

/// The rules of one role on one table.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Permissions {
    /// What it may read.
    pub select: Option<SelectRule>,
    /// What it may add.
    pub insert: Option<InsertRule>,
    /// What it may change.
    pub update: Option<UpdateRule>,
    /// What it may remove.
    pub delete: Option<DeleteRule>,
}

/// Reading: which rows, which columns, how many.
#[derive(Clone, Debug, PartialEq)]
pub struct SelectRule {
    /// Rows it sees.
    pub filter: Filter,
    /// Columns it sees, in table order.
    pub columns: Vec<ColumnIndex>,
    /// Which of these columns are NULL in some rows that it sees; each column once. Only rules of roles that inherit
    /// have masks.
    pub masks: Vec<Mask>,
    /// At most so many rows in any list.
    pub limit: Option<u64>,
    /// Whether it may aggregate.
    pub aggregations: bool,
    /// Which root fields exist for it.
    pub root_fields: SelectRootFields,
}

/// Columns whose cells are seen in some rows only: nobody who grants the column grants the other rows.
#[derive(Clone, Debug, PartialEq)]
pub struct Mask {
    /// The columns, in table order.
    pub columns: Vec<ColumnIndex>,
    /// Rows in which they are seen; in every other row they are NULL to the role, wherever it asks about them.
    pub filter: Filter,
}

impl SelectRule {
    /// The rows in which the role sees the column, if these are fewer than it sees.
    pub fn mask(&self, column: ColumnIndex) -> Option<&Filter> {
        self.masks.iter().find(|mask| mask.columns.contains(&column)).map(|mask| &mask.filter)
    }
}

/// Which root fields a select rule opens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SelectRootFields {
    /// `T`
    pub select: bool,
    /// `T_by_pk`
    pub by_pk: bool,
    /// `T_aggregate`
    pub aggregate: bool,
}

impl SelectRootFields {
    /// All of them.
    pub const ALL: SelectRootFields = SelectRootFields { select: true, by_pk: true, aggregate: true };
}

/// Adding rows.
#[derive(Clone, Debug, PartialEq)]
pub struct InsertRule {
    /// Must hold for the row once written.
    pub check: Filter,
    /// Columns it may give, in table order, without presets.
    pub columns: Vec<ColumnIndex>,
    /// Values it cannot choose.
    pub presets: Vec<Preset>,
    /// Whether the root field exists for trusted backends only.
    pub backend_only: bool,
}

/// Changing rows.
#[derive(Clone, Debug, PartialEq)]
pub struct UpdateRule {
    /// Rows it may change, as they were before.
    pub filter: Filter,
    /// Must hold for the row afterwards; absent = no condition.
    pub check: Option<Filter>,
    /// Columns it may give, in table order, without presets.
    pub columns: Vec<ColumnIndex>,
    /// Values it cannot choose.
    pub presets: Vec<Preset>,
    /// Whether the root field exists for trusted backends only.
    pub backend_only: bool,
}

/// Removing rows.
#[derive(Clone, Debug, PartialEq)]
pub struct DeleteRule {
    /// Rows it may remove.
    pub filter: Filter,
    /// Whether the root field exists for trusted backends only.
    pub backend_only: bool,
}

/// A column value set by a rule.
#[derive(Clone, Debug, PartialEq)]
pub struct Preset {
    /// The column.
    pub column: ColumnIndex,
    /// A literal or a session variable.
    pub operand: Operand,
}
