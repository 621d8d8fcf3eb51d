//! Reads: rows that the role may see, related rows, lists with their five arguments, and the fields of each row.

use std::cmp::Ordering;

use super::answer::Answer;
use super::filter::At;
use super::model::{Model, Origin};
use super::operation::{Arguments, By, Direction, Field, Order, Root, What};
use super::permission::{Access, Allowed, Session};
use super::value::Value;

/// The cells of a row, by column.
pub type Row = Vec<Value>;

/// The rows of every table, by table.
pub type Tables = Vec<Vec<Row>>;

/// All that an answer follows from.
#[derive(Clone, Copy)]
pub struct Oracle<'a> {
    pub model: &'a Model,
    pub session: &'a Session,
    pub tables: &'a Tables,
}

impl<'a> Oracle<'a> {
    pub fn access(&self) -> Access<'a> {
        Access { model: self.model, role: self.session.role }
    }

    /// Every row of a table.
    pub fn rows(&self, table: usize) -> impl Iterator<Item = &'a [Value]> + use<'a> {
        self.tables[table].iter().map(Vec::as_slice)
    }

    /// Whether the role may see a row.
    pub fn sees(&self, at: At<'_>) -> bool {
        match self.access().select(at.table) {
            Some(Allowed::Everything) => true,
            Some(Allowed::By(rule)) => rule.condition.ruled(self, at),
            None => false,
        }
    }

    /// The rows of a table that the role may see.
    pub fn visible(&self, table: usize) -> Vec<&'a [Value]> {
        self.rows(table).filter(|row| self.sees(At { table, row })).collect()
    }

    /// The related rows of a row, whoever asks.
    pub fn all_related(&self, at: At<'_>, relation: usize) -> Vec<&'a [Value]> {
        self.reached(at, relation, false)
    }

    /// The related rows of a row that the role may see, over rows of a join table that it may see.
    pub fn related(&self, at: At<'_>, relation: usize) -> Vec<&'a [Value]> {
        let target = self.model.tables[at.table].relations[relation].target;
        let mut rows = self.reached(at, relation, true);
        rows.retain(|row| self.sees(At { table: target, row }));
        rows
    }

    fn reached(&self, at: At<'_>, relation: usize, seen: bool) -> Vec<&'a [Value]> {
        let relation = &self.model.tables[at.table].relations[relation];
        let Origin::Through { table: link, from, to } = relation.origin else {
            return self.rows(relation.target).filter(|row| matches(at.row, row, &relation.join)).collect();
        };
        let relations = &self.model.tables[link].relations;
        let links: Vec<&[Value]> = self
            .rows(link)
            .filter(|row| !seen || self.sees(At { table: link, row }))
            .filter(|row| matches(row, at.row, &relations[from].join))
            .collect();
        self.rows(relation.target)
            .filter(|row| links.iter().any(|link| matches(link, row, &relations[to].join)))
            .collect()
    }

    /// The rows of a list among candidates that the role may see. `limited`: by the rule's limit too.
    pub fn list(
        &self,
        table: usize,
        candidates: Vec<&'a [Value]>,
        arguments: &Arguments,
        limited: bool,
    ) -> Vec<&'a [Value]> {
        let mut rows = candidates;
        if let Some(condition) = &arguments.condition {
            rows.retain(|row| condition.asked(self, At { table, row }));
        }
        rows.sort_by(|left, right| self.order(table, &arguments.order, left, right));
        let mut first: Vec<&[Value]> = Vec::new();
        for row in rows {
            let is_same =
                |other: &&[Value]| arguments.distinct.iter().all(|column| row[*column].is_same(&other[*column]));
            if arguments.distinct.is_empty() || !first.iter().any(is_same) {
                first.push(row);
            }
        }
        let rule_limit = match self.access().select(table) {
            Some(Allowed::By(rule)) if limited => rule.limit,
            _ => None,
        };
        let limit = [arguments.limit, rule_limit].into_iter().flatten().min().unwrap_or(usize::MAX);
        first.into_iter().skip(arguments.offset.unwrap_or(0)).take(limit).collect()
    }

    fn order(&self, table: usize, order: &[Order], left: &[Value], right: &[Value]) -> Ordering {
        let compare = |key: &Order| {
            let [left, right] = [left, right].map(|row| self.sort_value(At { table, row }, &key.by));
            key.direction.compare(&left, &right)
        };
        order.iter().map(compare).find(|order| order.is_ne()).unwrap_or(Ordering::Equal)
    }

    fn sort_value(&self, at: At<'_>, by: &By) -> Value {
        let target = |relation: usize| self.model.tables[at.table].relations[relation].target;
        match by {
            By::Column(column) => at.row[*column].clone(),
            By::Related(relation, by) => {
                let related = self.related(at, *relation);
                let table = target(*relation);
                related.first().map_or(Value::Null, |row| self.sort_value(At { table, row }, by))
            }
            By::Count(relation) => Value::Exact(self.related(at, *relation).len() as i128, 0),
            By::Function(relation, function, column) => {
                let kind = self.model.column(target(*relation), *column).kind;
                function.of(kind, self.related(at, *relation).iter().map(|row| &row[*column]))
            }
        }
    }

    /// The rows of a list as they are answered; nothing is in order unless asked.
    pub fn answer_list(&self, table: usize, rows: &[&'a [Value]], arguments: &Arguments, fields: &[Field]) -> Answer {
        let objects = rows.iter().map(|row| self.object(At { table, row }, fields)).collect();
        if arguments.order.is_empty() { Answer::Some(objects) } else { Answer::List(objects) }
    }

    /// A row as it is answered.
    pub fn object(&self, at: At<'_>, fields: &[Field]) -> Answer {
        let target = |relation: usize| self.model.tables[at.table].relations[relation].target;
        let value = |field: &Field| match &field.what {
            What::TypeName => Answer::Exactly(self.model.tables[at.table].name.as_str().into()),
            What::Column(column) => Answer::value(&at.row[*column]),
            What::One(relation, fields) => {
                let table = target(*relation);
                let related = self.related(at, *relation);
                related.first().map_or(Answer::NULL, |row| self.object(At { table, row }, fields))
            }
            What::Many(relation, arguments, fields) => {
                let table = target(*relation);
                let rows = self.list(table, self.related(at, *relation), arguments, true);
                self.answer_list(table, &rows, arguments, fields)
            }
            What::Aggregate(relation, arguments, aggregate) => {
                self.aggregate(target(*relation), self.related(at, *relation), arguments, aggregate)
            }
        };
        Answer::Object(fields.iter().map(|field| (field.key.clone(), value(field))).collect())
    }
}

/// Whether columns of two rows are equal; NULL equals nothing.
pub fn matches(here: &[Value], there: &[Value], join: &[(usize, usize)]) -> bool {
    join.iter().all(|(left, right)| here[*left].compare(&there[*right]) == Some(Ordering::Equal))
}

impl Direction {
    fn compare(self, left: &Value, right: &Value) -> Ordering {
        let (descending, nulls_first) = match self {
            Direction::Asc | Direction::AscNullsLast => (false, false),
            Direction::AscNullsFirst => (false, true),
            Direction::Desc | Direction::DescNullsFirst => (true, true),
            Direction::DescNullsLast => (true, false),
        };
        match (left.compare(right), left.is_null(), right.is_null()) {
            (_, true, true) => Ordering::Equal,
            (_, true, false) => {
                if nulls_first {
                    Ordering::Less
                } else {
                    Ordering::Greater
                }
            }
            (_, false, true) => {
                if nulls_first {
                    Ordering::Greater
                } else {
                    Ordering::Less
                }
            }
            (order, ..) => {
                let order = order.expect("values of one kind");
                if descending { order.reverse() } else { order }
            }
        }
    }
}

impl Oracle<'_> {
    /// The answer of a root field that reads.
    pub fn read(&self, root: &Root) -> Answer {
        match root {
            Root::List(table, arguments, fields) => {
                let rows = self.list(*table, self.visible(*table), arguments, true);
                self.answer_list(*table, &rows, arguments, fields)
            }
            Root::ByKey(table, key, fields) => {
                let is_it = |row: &&[Value]| self.model.tables[*table].has_key(row, key);
                let row = self.visible(*table).into_iter().find(is_it);
                row.map_or(Answer::NULL, |row| self.object(At { table: *table, row }, fields))
            }
            Root::Aggregate(table, arguments, aggregate) => {
                self.aggregate(*table, self.visible(*table), arguments, aggregate)
            }
            _ => Answer::NULL,
        }
    }
}
