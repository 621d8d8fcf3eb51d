//! What a role may ask: who asks with what in their session, and whether all that an operation names exists for them.
//! What a role may not do does not exist for it, so an operation that names it is not valid.

use std::collections::BTreeMap;

use super::filter::Condition;
use super::model::{InsertRule, Model, Origin, Rules, SelectRule, UpdateRule};
use super::operation::{
    Aggregate, Arguments, By, Delete, Field, Insert, Item, NewRow, OnConflict, Root, Update, What, Which,
};
use super::value::{Kind, Value};

/// The code of an operation that names what does not exist.
pub const INVALID: &str = "validation-failed";

/// Who asks.
#[derive(Clone, Debug)]
pub struct Session {
    /// A number in [`super::model::ROLES`]; `None` is `admin`.
    pub role: Option<usize>,
    /// Session variables as a client's token holds them.
    pub variables: BTreeMap<&'static str, String>,
}

impl Session {
    /// A session variable as a value of a column.
    pub fn value(&self, name: &str, kind: Kind) -> Value {
        read(&self.variables[name], kind)
    }

    /// A session variable that holds a list, as PostgreSQL writes one.
    pub fn list(&self, name: &str, kind: Kind) -> Vec<Value> {
        let inner = self.variables[name].trim_matches(['{', '}']);
        inner.split(',').filter(|item| !item.is_empty()).map(|item| read(item, kind)).collect()
    }
}

/// A text as a value. Rules compare session variables with integers, texts and booleans only.
fn read(text: &str, kind: Kind) -> Value {
    match kind {
        Kind::SmallInt | Kind::Int | Kind::BigInt => Value::Exact(text.parse().expect("an integer"), 0),
        Kind::Boolean => Value::Boolean(text == "true"),
        _ => Value::text(text),
    }
}

/// A model as a role may use it.
#[derive(Clone, Copy)]
pub struct Access<'m> {
    pub model: &'m Model,
    pub role: Option<usize>,
}

/// A rule, or the right to do everything.
pub enum Allowed<'m, T> {
    Everything,
    By(&'m T),
}

impl<'m> Access<'m> {
    fn allowed<T>(&self, table: usize, rule: impl Fn(&'m Rules) -> Option<&'m T>) -> Option<Allowed<'m, T>> {
        match self.role {
            None => Some(Allowed::Everything),
            Some(role) => rule(&self.model.tables[table].rules[role]).map(Allowed::By),
        }
    }

    pub fn select(&self, table: usize) -> Option<Allowed<'m, SelectRule>> {
        self.allowed(table, |rules| rules.select.as_ref())
    }

    pub fn insert(&self, table: usize) -> Option<Allowed<'m, InsertRule>> {
        self.allowed(table, |rules| rules.insert.as_ref())
    }

    pub fn update(&self, table: usize) -> Option<Allowed<'m, UpdateRule>> {
        self.allowed(table, |rules| rules.update.as_ref())
    }

    pub fn delete(&self, table: usize) -> Option<Allowed<'m, Condition>> {
        self.allowed(table, |rules| rules.delete.as_ref())
    }

    pub fn reads(&self, table: usize, column: usize) -> bool {
        match self.select(table) {
            Some(Allowed::Everything) => true,
            Some(Allowed::By(rule)) => rule.columns.contains(&column),
            None => false,
        }
    }

    pub fn gives(&self, table: usize, column: usize) -> bool {
        match self.insert(table) {
            Some(Allowed::Everything) => true,
            Some(Allowed::By(rule)) => rule.columns.contains(&column),
            None => false,
        }
    }

    pub fn changes(&self, table: usize, column: usize) -> bool {
        match self.update(table) {
            Some(Allowed::Everything) => true,
            Some(Allowed::By(rule)) => rule.columns.contains(&column),
            None => false,
        }
    }

    /// Whether a relation is a field: the role reads the other table, and the join table on the way.
    pub fn follows(&self, table: usize, relation: usize) -> bool {
        let relation = &self.model.tables[table].relations[relation];
        let over = match relation.origin {
            Origin::Through { table, .. } => self.select(table).is_some(),
            _ => true,
        };
        over && self.select(table).is_some() && self.select(relation.target).is_some()
    }

    pub fn aggregates(&self, table: usize) -> bool {
        match self.select(table) {
            Some(Allowed::Everything) => true,
            Some(Allowed::By(rule)) => rule.aggregations,
            None => false,
        }
    }

    pub fn reads_key(&self, table: usize) -> bool {
        self.model.tables[table].key.iter().all(|column| self.reads(table, *column))
    }

    /// Whether one of the three root fields that read is open.
    fn opens(&self, table: usize, root: usize) -> bool {
        match self.select(table) {
            Some(Allowed::Everything) => true,
            Some(Allowed::By(rule)) => rule.roots[root],
            None => false,
        }
    }

    /// Whether a relation may hold rows to be inserted.
    pub fn inserts_through(&self, table: usize, relation: usize) -> bool {
        let relation = &self.model.tables[table].relations[relation];
        let over = matches!(relation.origin, Origin::Through { .. });
        !over && self.insert(table).is_some() && self.insert(relation.target).is_some()
    }

    /// Whether everything that a root field names exists for the role.
    pub fn admits(&self, root: &Root) -> bool {
        match root {
            Root::List(table, arguments, fields) => {
                self.opens(*table, 0) && self.admits_arguments(*table, arguments) && self.admits_fields(*table, fields)
            }
            Root::ByKey(table, _, fields) => {
                self.opens(*table, 1) && self.reads_key(*table) && self.admits_fields(*table, fields)
            }
            Root::Aggregate(table, arguments, aggregate) => {
                self.opens(*table, 2) && self.admits_aggregate(*table, arguments, aggregate)
            }
            Root::Insert(insert) => self.admits_insert(insert),
            Root::Update(update) => self.admits_update(update),
            Root::UpdateMany(updates) => updates.iter().all(|update| self.admits_update(update)),
            Root::Delete(Delete { table, which, answer }) => {
                self.delete(*table).is_some()
                    && self.admits_which(*table, which)
                    && self.admits_returning(*table, answer.returning.as_deref())
            }
        }
    }

    fn admits_arguments(&self, table: usize, arguments: &Arguments) -> bool {
        arguments.condition.as_ref().is_none_or(|condition| self.admits_condition(table, condition))
            && arguments.distinct.iter().all(|column| self.reads(table, *column))
            && arguments.order.iter().all(|order| self.admits_order(table, &order.by))
            && is_in_order(arguments)
    }

    fn admits_condition(&self, table: usize, condition: &Condition) -> bool {
        match condition {
            Condition::And(parts) | Condition::Together(parts) | Condition::Or(parts) => {
                parts.iter().all(|part| self.admits_condition(table, part))
            }
            Condition::Not(inner) => self.admits_condition(table, inner),
            Condition::Compare(column, ..) | Condition::IsNull(column, _) => self.reads(table, *column),
            Condition::Related(relation, inner) => {
                let target = self.model.tables[table].relations[*relation].target;
                self.follows(table, *relation) && self.admits_condition(target, inner)
            }
            Condition::Exists(..) => false,
        }
    }

    fn admits_order(&self, table: usize, by: &By) -> bool {
        let relation = |relation: usize| &self.model.tables[table].relations[relation];
        match by {
            By::Column(column) => self.reads(table, *column),
            By::Related(index, by) => self.follows(table, *index) && self.admits_order(relation(*index).target, by),
            By::Count(index) => self.follows(table, *index) && self.aggregates(relation(*index).target),
            By::Function(index, _, column) => {
                let target = relation(*index).target;
                self.follows(table, *index) && self.aggregates(target) && self.reads(target, *column)
            }
        }
    }

    fn admits_fields(&self, table: usize, fields: &[Field]) -> bool {
        let target = |relation: usize| self.model.tables[table].relations[relation].target;
        fields.iter().all(|field| match &field.what {
            What::TypeName => true,
            What::Column(column) => self.reads(table, *column),
            What::One(relation, fields) => {
                self.follows(table, *relation) && self.admits_fields(target(*relation), fields)
            }
            What::Many(relation, arguments, fields) => {
                let target = target(*relation);
                self.follows(table, *relation)
                    && self.admits_arguments(target, arguments)
                    && self.admits_fields(target, fields)
            }
            What::Aggregate(relation, arguments, aggregate) => {
                self.follows(table, *relation) && self.admits_aggregate(target(*relation), arguments, aggregate)
            }
        })
    }

    fn admits_aggregate(&self, table: usize, arguments: &Arguments, aggregate: &Aggregate) -> bool {
        let item = |item: &Item| match item {
            Item::Count(columns, _) | Item::Function(_, columns) => {
                columns.iter().all(|column| self.reads(table, *column))
            }
        };
        self.aggregates(table)
            && self.admits_arguments(table, arguments)
            && aggregate.items.iter().all(item)
            && aggregate.nodes.as_ref().is_none_or(|fields| self.admits_fields(table, fields))
    }

    fn admits_returning(&self, table: usize, fields: Option<&[Field]>) -> bool {
        fields.is_none_or(|fields| self.select(table).is_some() && self.admits_fields(table, fields))
    }

    fn admits_which(&self, table: usize, which: &Which) -> bool {
        match which {
            Which::Where(condition) => self.admits_condition(table, condition),
            Which::Key(_) => self.reads_key(table),
        }
    }

    fn admits_insert(&self, insert: &Insert) -> bool {
        insert.rows.iter().all(|row| self.admits_row(insert.table, row, &[]))
            && self.insert(insert.table).is_some()
            && self.admits_on_conflict(insert.table, insert.on_conflict.as_ref())
            && self.admits_returning(insert.table, insert.answer.returning.as_deref())
    }

    /// `filled`: columns that the row around this one fills.
    fn admits_row(&self, table: usize, row: &NewRow, filled: &[usize]) -> bool {
        let own = row.columns.iter().all(|(column, _)| self.gives(table, *column) && !filled.contains(column));
        let mut known: Vec<usize> =
            row.columns.iter().map(|(column, _)| *column).chain(filled.iter().copied()).collect();
        own && row.nested.iter().all(|(index, rows, on_conflict)| {
            let relation = &self.model.tables[table].relations[*index];
            let (here, there): (Vec<usize>, Vec<usize>) = relation.join.iter().copied().unzip();
            let before = relation.is_inserted_before();
            // The related row says what the columns here are, so nothing else may.
            let free = !before || here.iter().all(|column| !known.contains(column));
            if before {
                known.extend(here);
            }
            let filled = if before { &[][..] } else { &there };
            free && self.inserts_through(table, *index)
                && rows.iter().all(|row| self.admits_row(relation.target, row, filled))
                && self.admits_on_conflict(relation.target, on_conflict.as_ref())
        })
    }

    fn admits_on_conflict(&self, table: usize, on_conflict: Option<&OnConflict>) -> bool {
        on_conflict.is_none_or(|on_conflict| {
            self.update(table).is_some()
                && on_conflict.columns.iter().all(|column| self.changes(table, *column))
                && on_conflict.condition.as_ref().is_none_or(|condition| self.admits_condition(table, condition))
        })
    }

    fn admits_update(&self, update: &Update) -> bool {
        let Update { table, which, set, increments, answer } = update;
        let mut columns: Vec<usize> = set.iter().chain(increments).map(|(column, _)| *column).collect();
        let has_presets = matches!(self.update(*table), Some(Allowed::By(rule)) if !rule.presets.is_empty());
        let changes = columns.iter().all(|column| self.changes(*table, *column));
        let some = has_presets || !columns.is_empty();
        let count = columns.len();
        columns.sort_unstable();
        columns.dedup();
        self.update(*table).is_some()
            && changes
            && some
            && count == columns.len()
            && self.admits_which(*table, which)
            && self.admits_returning(*table, answer.returning.as_deref())
    }
}

/// Whether an order begins with the columns of `distinct_on`, in any order among them.
fn is_in_order(arguments: &Arguments) -> bool {
    let mut left = arguments.distinct.clone();
    let mut seen = Vec::new();
    for order in &arguments.order {
        if left.is_empty() {
            break;
        }
        let By::Column(column) = order.by else { return false };
        if !left.contains(&column) && !seen.contains(&column) {
            return false;
        }
        seen.push(column);
        left.retain(|other| *other != column);
    }
    arguments.order.is_empty() || left.is_empty()
}
