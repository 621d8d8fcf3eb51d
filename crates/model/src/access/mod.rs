//! What each role gains and loses between two models: table by table, operation by operation.
//!
//! ```text
//! Catalog → terms by role, table and operation; two of those → changes → text | JSON
//! ```
//! Refuses to know: how rules are enforced, and what the API looks like.

mod terms;
mod words;

use std::collections::BTreeMap;

use crate::catalog::Catalog;
use crate::session::Role;

pub use terms::Terms;

/// What a rule is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Operation {
    /// Reading rows.
    Select,
    /// Adding rows.
    Insert,
    /// Changing rows.
    Update,
    /// Removing rows.
    Delete,
}

impl Operation {
    /// All of them.
    pub const ALL: [Operation; 4] = [Operation::Select, Operation::Insert, Operation::Update, Operation::Delete];

    /// Its key in `@allow`.
    pub const fn name(self) -> &'static str {
        match self {
            Operation::Select => "select",
            Operation::Insert => "insert",
            Operation::Update => "update",
            Operation::Delete => "delete",
        }
    }
}

/// In which direction access changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Effect {
    /// More is allowed.
    Gains,
    /// Less is allowed.
    Loses,
    /// Something else is allowed; which is more depends on the rows.
    Changes,
}

/// A change that some roles have in common.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccessChange {
    /// Whose access changes, sorted.
    pub roles: Vec<Role>,
    /// The table, by its name afterwards (before, if it is gone).
    pub table: Box<str>,
    /// Doing what.
    pub operation: Operation,
    /// In which direction.
    pub effect: Effect,
    /// What changes.
    pub what: What,
}

/// What changes. Conditions are written as in the model, under the names things have afterwards.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum What {
    /// The operation as a whole; its terms when there is access, and when there was.
    Operation(Terms),
    /// Columns that may be read or given.
    Columns(Vec<Box<str>>),
    /// Which rows, as they are before.
    Rows {
        /// The condition before.
        before: String,
        /// The condition afterwards.
        after: String,
    },
    /// In which rows a column is seen that is NULL in the others; without a condition, in all that the role sees.
    Mask {
        /// The column.
        column: Box<str>,
        /// The condition before.
        before: Option<String>,
        /// The condition afterwards.
        after: Option<String>,
    },
    /// What must hold for a written row.
    Check {
        /// The condition before.
        before: String,
        /// The condition afterwards.
        after: String,
    },
    /// A value the role cannot choose.
    Preset {
        /// The column.
        column: Box<str>,
        /// The value before, if it was preset.
        before: Option<String>,
        /// The value afterwards, if it is preset.
        after: Option<String>,
    },
    /// Most rows of a list.
    Limit {
        /// Before.
        before: Option<u64>,
        /// Afterwards.
        after: Option<u64>,
    },
    /// Whether the role may aggregate.
    Aggregations,
    /// Root fields that exist for the role.
    RootFields(Vec<Box<str>>),
    /// Whether only a trusted backend may.
    BackendOnly,
}

/// What changes between two models for every role but `admin`, who may do everything in both: by table, operation and
/// kind of change; roles for whom the same changes share an entry.
pub fn diff(before: &Catalog, after: &Catalog) -> Vec<AccessChange> {
    let (then, now) = (terms::of(&terms::in_later_names(before, after)), terms::of(after));
    let mut found: BTreeMap<(Box<str>, Operation, What, Effect), Vec<Role>> = BTreeMap::new();
    let keys = then.keys().chain(now.keys().filter(|key| !then.contains_key(*key)));
    for key in keys {
        let (role, table, operation) = key;
        for (effect, what) in between(then.get(key), now.get(key)) {
            found.entry((table.clone(), *operation, what, effect)).or_default().push(role.clone());
        }
    }
    let change = |((table, operation, what, effect), mut roles): ((_, _, _, _), Vec<Role>)| {
        roles.sort();
        AccessChange { roles, table, operation, effect, what }
    };
    found.into_iter().map(change).collect()
}

/// What became of one rule.
fn between(then: Option<&Terms>, now: Option<&Terms>) -> Vec<(Effect, What)> {
    let (then, now) = match (then, now) {
        (Some(then), Some(now)) => (then, now),
        (Some(then), None) => return vec![(Effect::Loses, What::Operation(then.clone()))],
        (None, Some(now)) => return vec![(Effect::Gains, What::Operation(now.clone()))],
        (None, None) => return Vec::new(),
    };
    let mut found = Vec::new();
    let only = |these: &[Box<str>], those: &[Box<str>]| -> Vec<Box<str>> {
        these.iter().filter(|name| !those.contains(name)).cloned().collect()
    };
    for (effect, these, those) in [(Effect::Gains, now, then), (Effect::Loses, then, now)] {
        let (columns, fields) = (only(&these.columns, &those.columns), only(&these.root_fields, &those.root_fields));
        found.extend((!columns.is_empty()).then_some((effect, What::Columns(columns))));
        found.extend((!fields.is_empty()).then_some((effect, What::RootFields(fields))));
    }
    found.extend(condition(&then.rows, &now.rows, |before, after| What::Rows { before, after }));
    found.extend(condition(&then.check, &now.check, |before, after| What::Check { before, after }));
    found.extend(masks(then, now));
    found.extend(presets(then, now));
    if then.limit != now.limit {
        // No limit is the largest.
        let is_less = now.limit.unwrap_or(u64::MAX) < then.limit.unwrap_or(u64::MAX);
        found.push((gains_if(!is_less), What::Limit { before: then.limit, after: now.limit }));
    }
    if then.aggregations != now.aggregations {
        found.push((gains_if(now.aggregations), What::Aggregations));
    }
    if then.backend_only != now.backend_only {
        found.push((gains_if(then.backend_only), What::BackendOnly));
    }
    found
}

fn gains_if(more: bool) -> Effect {
    if more { Effect::Gains } else { Effect::Loses }
}

/// Of two conditions only `{}` is known to allow more than the other.
fn condition(then: &str, now: &str, what: impl FnOnce(String, String) -> What) -> Option<(Effect, What)> {
    let effect = match (then, now) {
        _ if then == now => return None,
        (Terms::ANY_ROW, _) => Effect::Loses,
        (_, Terms::ANY_ROW) => Effect::Gains,
        _ => Effect::Changes,
    };
    Some((effect, what(then.to_owned(), now.to_owned())))
}

/// Columns of both that are seen in other rows than before.
fn masks(then: &Terms, now: &Terms) -> Vec<(Effect, What)> {
    let mut found = Vec::new();
    for column in then.columns.iter().filter(|column| now.columns.contains(column)) {
        let (before, after) = (then.masks.get(column).cloned(), now.masks.get(column).cloned());
        let effect = match (&before, &after) {
            _ if before == after => continue,
            (None, _) => Effect::Loses,
            (_, None) => Effect::Gains,
            _ => Effect::Changes,
        };
        found.push((effect, What::Mask { column: column.clone(), before, after }));
    }
    found
}

fn presets(then: &Terms, now: &Terms) -> Vec<(Effect, What)> {
    let columns = then.presets.keys().chain(now.presets.keys().filter(|column| !then.presets.contains_key(*column)));
    let mut found = Vec::new();
    for column in columns {
        let (before, after) = (then.presets.get(column).cloned(), now.presets.get(column).cloned());
        if before != after {
            found.push((Effect::Changes, What::Preset { column: column.clone(), before, after }));
        }
    }
    found
}
