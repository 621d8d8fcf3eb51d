//! Random writes, such as a role may ask — and now and then such as it may not.

use super::author::Author;
use super::model::{Origin, Relation};
use super::operation::{Delete, Insert, NewRow, OnConflict, Root, Update, Which, Written};
use super::value::{Kind, Value};

impl<'a> Author<'a> {
    /// A root field that writes, if the role has one.
    pub fn write(&mut self) -> Option<Root> {
        let table = self.chance.below(self.tables.len());
        match self.chance.below(8) {
            0..=3 if self.bold || self.access.insert(table).is_some() => Some(self.insert(table)),
            4..=6 if self.bold || self.access.update(table).is_some() => self.update_root(table),
            7 if self.bold || self.access.delete(table).is_some() => {
                let which = self.which(table);
                let answer = self.answer(table, matches!(which, Which::Key(_)))?;
                Some(Root::Delete(Delete { table, which, answer }))
            }
            _ => None,
        }
    }

    fn can_read(&self, table: usize) -> bool {
        self.bold || self.access.select(table).is_some()
    }

    /// `one`: the row itself is answered, so there must be something to read of it.
    fn answer(&mut self, table: usize, one: bool) -> Option<Written> {
        let readable = self.can_read(table);
        if one && !readable {
            return None;
        }
        let returning = (one || readable && !self.chance.one_in(4)).then(|| self.fields(table, 2));
        Some(Written { returning })
    }

    fn insert(&mut self, table: usize) -> Root {
        let one = self.can_read(table) && self.chance.one_in(3);
        let count = if one { 1 } else { 1 + self.chance.below(3) };
        let rows = (0..count).map(|_| self.new_row(table, &[], 2)).collect();
        let on_conflict = self.on_conflict(table, 2);
        let answer = self.answer(table, one).unwrap_or(Written { returning: None });
        Root::Insert(Insert { table, rows, on_conflict, one, answer })
    }

    /// `filled`: columns that the row around this one fills.
    fn new_row(&mut self, table: usize, filled: &[usize], depth: usize) -> NewRow {
        let mut row = NewRow::default();
        let mut taken = filled.to_vec();
        if self.chance.one_in(40) {
            taken.clear();
        }
        let model = self.access.model;
        for index in 0..model.tables[table].relations.len() {
            let relation = &model.tables[table].relations[index];
            let is_open = match relation.origin {
                Origin::Through { .. } => false,
                _ => self.bold || self.access.inserts_through(table, index),
            };
            let before = relation.is_inserted_before();
            let free = !before || relation.join.iter().all(|(here, _)| !taken.contains(here));
            if depth > 0 && is_open && free && self.chance.one_in(5) {
                row.nested.push(self.nested(relation, depth));
                if before {
                    taken.extend(relation.join.iter().map(|(here, _)| *here));
                }
            }
        }
        let led = self.led(table);
        for column in 0..model.tables[table].columns.len() {
            if taken.contains(&column) || !self.bold && !self.access.gives(table, column) {
                continue;
            }
            let definition = model.column(table, column);
            let may_lack = definition.nullable || definition.default.is_some();
            if self.chance.one_in(if may_lack { 3 } else { 60 }) {
                continue;
            }
            let value = match led.iter().find(|(other, _)| *other == column) {
                Some((_, value)) if !self.chance.one_in(12) => value.clone(),
                _ => self.fresh(table, column),
            };
            row.columns.push((column, value));
        }
        row
    }

    /// Values of foreign keys that lead to rows.
    fn led(&mut self, table: usize) -> Vec<(usize, Value)> {
        let mut led = Vec::new();
        for relation in &self.access.model.tables[table].relations {
            if let (Origin::Own(_), Some(row)) = (&relation.origin, self.chance.pick(&self.tables[relation.target])) {
                led.extend(relation.join.iter().map(|(here, there)| (*here, row[*there].clone())));
            }
        }
        led
    }

    /// A value for a new row: in keys mostly one that no row has.
    fn fresh(&mut self, table: usize, column: usize) -> Value {
        let definition = &self.access.model.tables[table];
        let of = &definition.columns[column];
        let keyed = definition.key.contains(&column) || definition.uniques.iter().any(|key| key.contains(&column));
        if !keyed || of.range.is_some() || self.chance.one_in(5) {
            return self.new_value(table, column);
        }
        let number = 100 + self.chance.below(900);
        match of.kind {
            Kind::SmallInt | Kind::Int | Kind::BigInt | Kind::Numeric(..) => {
                Value::Exact(number as i128, of.kind.scale())
            }
            Kind::Float8 => Value::Double(number as f64),
            Kind::Text => Value::Text(format!("n{number}")),
            Kind::Uuid => Value::Text(format!("{number:08}-0000-4000-8000-00000000000b")),
            _ => self.new_value(table, column),
        }
    }

    fn nested(&mut self, relation: &Relation, depth: usize) -> (usize, Vec<NewRow>, Option<OnConflict>) {
        let model = self.access.model;
        let there: Vec<usize> = match relation.is_inserted_before() {
            true => Vec::new(),
            false => relation.join.iter().map(|(_, there)| *there).collect(),
        };
        let count = if relation.many { 1 + self.chance.below(2) } else { 1 };
        let rows = (0..count).map(|_| self.new_row(relation.target, &there, depth - 1)).collect();
        let on_conflict = self.on_conflict(relation.target, 4);
        let of = |table: &super::model::Table| table.relations.iter().position(|other| std::ptr::eq(other, relation));
        let index = model.tables.iter().find_map(of).expect("a relation of the model");
        (index, rows, on_conflict)
    }

    /// A value for a column of a row.
    fn new_value(&mut self, table: usize, column: usize) -> Value {
        let definition = self.access.model.column(table, column);
        if self.chance.one_in(if definition.nullable { 6 } else { 80 }) {
            return Value::Null;
        }
        let led = self.led(table);
        match led.iter().find(|(other, _)| *other == column) {
            Some((_, value)) if !self.chance.one_in(8) => value.clone(),
            _ => self.invented(table, column),
        }
    }

    fn on_conflict(&mut self, table: usize, rarely: usize) -> Option<OnConflict> {
        if !self.bold && self.access.update(table).is_none() || !self.chance.one_in(rarely) {
            return None;
        }
        let definition = &self.access.model.tables[table];
        let constraint = if self.chance.one_in(2) { 0 } else { self.chance.below(definition.uniques.len() + 1) };
        let mut columns = self.changeable(table);
        columns.retain(|_| self.chance.one_in(2));
        let condition = self.chance.one_in(3).then(|| self.condition(table, 1));
        Some(OnConflict { constraint, columns, condition })
    }

    fn changeable(&self, table: usize) -> Vec<usize> {
        (0..self.access.model.tables[table].columns.len())
            .filter(|column| self.bold || self.access.changes(table, *column))
            .collect()
    }

    fn which(&mut self, table: usize) -> Which {
        match (self.bold || self.access.reads_key(table)) && self.chance.one_in(3) {
            true => Which::Key(self.key(table)),
            false => Which::Where(self.condition(table, 2)),
        }
    }

    fn update_root(&mut self, table: usize) -> Option<Root> {
        let which = self.which(table);
        let answer = self.answer(table, matches!(which, Which::Key(_)))?;
        let update = self.update(table, which, answer);
        if matches!(update.which, Which::Where(_)) && self.chance.one_in(4) {
            let which = Which::Where(self.condition(table, 2));
            let other = self.update(table, which, update.answer.clone());
            return Some(Root::UpdateMany(vec![update, other]));
        }
        Some(Root::Update(update))
    }

    fn update(&mut self, table: usize, which: Which, answer: Written) -> Update {
        let columns = self.changeable(table);
        let mut update = Update { table, which, set: Vec::new(), increments: Vec::new(), answer };
        for _ in 0..1 + self.chance.below(2) {
            let Some(mut column) = self.chance.pick(&columns).copied() else { break };
            if !self.is_free(table, column) && !self.chance.one_in(3) {
                column = self.chance.pick(&columns).copied().unwrap_or(column);
            }
            if update.set.iter().chain(&update.increments).any(|(other, _)| *other == column) && !self.chance.one_in(9)
            {
                continue;
            }
            if self.is_free(table, column)
                && self.access.model.column(table, column).kind.is_number()
                && self.chance.one_in(2)
            {
                let value = self.invented(table, column);
                update.increments.push((column, value));
            } else if update.set.iter().all(|(other, _)| *other != column) {
                update.set.push((column, self.new_value(table, column)));
            }
        }
        update
    }

    /// Whether a column is in no key, so that it makes no difference which row is counted up first.
    fn is_free(&self, table: usize, column: usize) -> bool {
        let definition = &self.access.model.tables[table];
        let joined = definition.relations.iter().filter(|relation| matches!(relation.origin, Origin::Own(_)));
        let joined = joined.flat_map(|relation| relation.join.iter().map(|(here, _)| *here));
        let mut keyed = definition.key.iter().chain(definition.uniques.iter().flatten()).copied().chain(joined);
        keyed.all(|other| other != column)
    }
}
