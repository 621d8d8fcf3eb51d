//! Writes: inserts with what is nested in them and their conflicts, updates, deletes; the constraints of the model, the
//! checks and presets of rules, and what is answered.

use super::answer::Answer;
use super::filter::{At, Condition};
use super::model::{InsertRule, Model, OnDelete, Origin, Preset, UpdateRule};
use super::operation::{Delete, Field, Insert, NewRow, OnConflict, Root, Update, Which, Written};
use super::permission::{Access, Allowed, INVALID, Session};
use super::read::{Oracle, Row, Tables, matches};
use super::value::Value;
use super::world::Verdict;

/// A unique constraint, a foreign key or a NOT NULL.
pub const CONSTRAINT: &str = "constraint-violation";
/// The check of a rule, or a bound of a column.
pub const PERMISSION: &str = "permission-error";
const DATA: &str = "data-exception";
const NOT_SUPPORTED: &str = "not-supported";

/// A mutation under way.
struct Transaction<'a> {
    model: &'a Model,
    session: &'a Session,
    /// The rows as they are meanwhile.
    tables: Tables,
    /// Codes of what went wrong. Of several faults in one root field any may be told.
    faults: Vec<&'static str>,
}

/// Where a written row is, and how many were written.
#[derive(Default)]
struct Done {
    /// By their places in the table, or none where a conflict left nothing to do.
    places: Vec<Option<usize>>,
    affected: usize,
}

/// What a root field did.
struct Outcome {
    rows: Vec<Row>,
    affected: usize,
    /// Whether the row itself is answered.
    one: bool,
    /// Whether the rows come in the order in which they were given.
    in_order: bool,
}

/// Answers an operation. The tables after it come with it if it writes, whether or not it changed anything: a fault undoes
/// all.
pub fn run(oracle: Oracle<'_>, roots: &[Root]) -> (Verdict, Option<Tables>) {
    let Oracle { model, session, tables } = oracle;
    if !roots.iter().all(|root| oracle.access().admits(root)) {
        return (Err(vec![INVALID]), roots.iter().any(Root::writes).then(|| tables.clone()));
    }
    if !roots.iter().any(Root::writes) {
        return (Ok(roots.iter().map(|root| oracle.read(root)).collect()), None);
    }
    let mut transaction = Transaction { model, session, tables: tables.clone(), faults: Vec::new() };
    let mut answers = Vec::new();
    for root in roots {
        answers.push(transaction.root(root));
        if !transaction.faults.is_empty() {
            return (Err(transaction.faults), Some(tables.clone()));
        }
    }
    (Ok(answers), Some(transaction.tables))
}

impl<'a> Transaction<'a> {
    fn oracle(&self) -> Oracle<'_> {
        Oracle { model: self.model, session: self.session, tables: &self.tables }
    }

    fn access(&self) -> Access<'a> {
        Access { model: self.model, role: self.session.role }
    }

    fn fault(&mut self, code: &'static str) {
        if !self.faults.contains(&code) {
            self.faults.push(code);
        }
    }

    fn root(&mut self, root: &Root) -> Answer {
        match root {
            Root::Insert(insert) => self.insert(insert),
            Root::Update(update) => self.update(update),
            Root::UpdateMany(updates) => Answer::List(updates.iter().map(|update| self.update(update)).collect()),
            Root::Delete(delete) => self.delete(delete),
            read => self.oracle().read(read),
        }
    }

    fn insert(&mut self, insert: &Insert) -> Answer {
        let Done { places, affected } = self.insert_rows(insert.table, &insert.rows, &[], insert.on_conflict.as_ref());
        let rows: Vec<Row> =
            places.into_iter().flatten().map(|place| self.tables[insert.table][place].clone()).collect();
        let outcome = Outcome { rows, affected, one: insert.one, in_order: true };
        self.answer(insert.table, &outcome, &insert.answer)
    }

    /// What is answered of written rows: of those that the role may see.
    fn answer(&self, table: usize, outcome: &Outcome, answer: &Written) -> Answer {
        let oracle = self.oracle();
        let object = |row: &Row, fields: &[Field]| {
            let at = At { table, row };
            oracle.sees(at).then(|| oracle.object(at, fields))
        };
        let objects = |fields: &Vec<Field>| outcome.rows.iter().filter_map(|row| object(row, fields)).collect();
        let returning: Option<Vec<Answer>> = answer.returning.as_ref().map(objects);
        if outcome.one {
            return returning.and_then(|rows| rows.into_iter().next()).unwrap_or(Answer::NULL);
        }
        let mut members = vec![("affected_rows".to_owned(), Answer::value(&Value::Exact(outcome.affected as i128, 0)))];
        let list = if outcome.in_order { Answer::List } else { Answer::Some };
        members.extend(returning.map(|rows| ("returning".to_owned(), list(rows))));
        Answer::Object(members)
    }

    /// `filled`: what the row around these says their columns are.
    fn insert_rows(
        &mut self,
        table: usize,
        rows: &[NewRow],
        filled: &[(usize, Value)],
        on_conflict: Option<&OnConflict>,
    ) -> Done {
        let mut done = Done::default();
        for row in rows {
            let place = self.insert_row(table, row, filled, on_conflict, &mut done.affected);
            done.places.push(place);
        }
        done
    }

    fn insert_row(
        &mut self,
        table: usize,
        row: &NewRow,
        filled: &[(usize, Value)],
        on_conflict: Option<&OnConflict>,
        affected: &mut usize,
    ) -> Option<usize> {
        let model = self.model;
        let mut given: Vec<(usize, Value)> = self.insert_presets(table);
        let mut give = |column: usize, value: Value| {
            // What a rule says comes before what related rows say.
            if given.iter().all(|(other, _)| *other != column) {
                given.push((column, value));
            }
        };
        for (column, value) in &row.columns {
            give(*column, value.clone());
        }
        let relation = |index: usize| &model.tables[table].relations[index];
        for (index, rows, on_conflict) in row.nested.iter().filter(|(index, ..)| relation(*index).is_inserted_before())
        {
            let target = relation(*index).target;
            let Done { places, affected: inside } = self.insert_rows(target, rows, &[], on_conflict.as_ref());
            *affected += inside;
            let Some(place) = places.first().copied().flatten() else {
                // A fault inside is told already.
                if self.faults.is_empty() {
                    self.fault(NOT_SUPPORTED);
                }
                return None;
            };
            for (here, there) in &relation(*index).join {
                give(*here, self.tables[target][place][*there].clone());
            }
        }
        for (column, value) in filled {
            give(*column, value.clone());
        }
        let columns = model.tables[table].columns.iter().enumerate();
        let cell = |(index, column): (usize, &super::model::Column)| {
            let given = given.iter().find(|(other, _)| *other == index).map(|(_, value)| value);
            given.or(column.default.as_ref()).cloned().unwrap_or(Value::Null)
        };
        let cells: Row = columns.map(cell).collect();
        let place = self.write_row(table, cells, on_conflict)?;
        let after: Vec<_> = row.nested.iter().filter(|(index, ..)| !relation(*index).is_inserted_before()).collect();
        let Some(place) = place else {
            if after.iter().any(|(_, rows, _)| !rows.is_empty()) {
                self.fault(NOT_SUPPORTED);
            }
            return None;
        };
        *affected += 1;
        for (index, rows, on_conflict) in after {
            let cells = self.tables[table][place].clone();
            let filled: Vec<(usize, Value)> =
                relation(*index).join.iter().map(|(here, there)| (*there, cells[*here].clone())).collect();
            *affected += self.insert_rows(relation(*index).target, rows, &filled, on_conflict.as_ref()).affected;
        }
        Some(place)
    }

    /// Writes one row: `None` after a fault, `Some(None)` when a conflict left nothing to do.
    fn write_row(&mut self, table: usize, cells: Row, on_conflict: Option<&OnConflict>) -> Option<Option<usize>> {
        if !self.fits(table, &cells) {
            return None;
        }
        if let Some(on_conflict) = on_conflict {
            let (_, columns) = self.model.tables[table].constraint(on_conflict.constraint);
            if let Some(place) = self.met(table, &cells, columns, None) {
                return self.meet(table, place, &cells, on_conflict);
            }
        }
        if self.collides(table, &cells, None) {
            return None;
        }
        self.tables[table].push(cells);
        let place = self.tables[table].len() - 1;
        if !self.points_somewhere(table, &self.tables[table][place]) {
            self.fault(CONSTRAINT);
        }
        if let Some(Allowed::By(rule)) = self.access().insert(table) {
            self.check(table, place, &rule.check);
        }
        Some(Some(place))
    }

    /// The branch of an upsert that updates.
    fn meet(&mut self, table: usize, place: usize, new: &Row, on_conflict: &OnConflict) -> Option<Option<usize>> {
        if on_conflict.columns.is_empty() {
            return Some(None);
        }
        let oracle = self.oracle();
        let at = At { table, row: &self.tables[table][place] };
        let asked = on_conflict.condition.as_ref().is_none_or(|condition| condition.asked(&oracle, at));
        let rule = match self.access().update(table) {
            Some(Allowed::By(rule)) => Some(rule),
            _ => None,
        };
        if !asked || !rule.is_none_or(|rule| rule.condition.ruled(&oracle, at)) {
            return Some(None);
        }
        let mut changed = self.tables[table][place].clone();
        for column in &on_conflict.columns {
            changed[*column] = new[*column].clone();
        }
        self.preset(table, rule, &mut changed);
        self.change(table, vec![(place, changed)]);
        if let Some(check) = rule.and_then(|rule| rule.check.as_ref()) {
            self.check(table, place, check);
        }
        Some(Some(place))
    }

    fn update(&mut self, update: &Update) -> Answer {
        let table = update.table;
        let rule = match self.access().update(table) {
            Some(Allowed::By(rule)) => Some(rule),
            _ => None,
        };
        let places = self.chosen(table, &update.which, rule.map(|rule| &rule.condition));
        let mut changed = Vec::new();
        for place in &places {
            let mut row = self.tables[table][*place].clone();
            for (column, value) in &update.set {
                row[*column] = value.clone();
            }
            for (column, value) in &update.increments {
                match row[*column].plus(value, self.model.column(table, *column).kind) {
                    Some(sum) => row[*column] = sum,
                    None => self.fault(DATA),
                }
            }
            self.preset(table, rule, &mut row);
            changed.push((*place, row));
        }
        self.change(table, changed);
        if let Some(check) = rule.and_then(|rule| rule.check.as_ref()) {
            for place in &places {
                self.check(table, *place, check);
            }
        }
        let rows: Vec<Row> = places.iter().map(|place| self.tables[table][*place].clone()).collect();
        let one = matches!(update.which, Which::Key(_));
        let outcome = Outcome { affected: rows.len(), rows, one, in_order: false };
        self.answer(table, &outcome, &update.answer)
    }

    fn delete(&mut self, delete: &Delete) -> Answer {
        let table = delete.table;
        let rule = match self.access().delete(table) {
            Some(Allowed::By(rule)) => Some(rule),
            _ => None,
        };
        let places = self.chosen(table, &delete.which, rule);
        let rows: Vec<Row> = places.iter().map(|place| self.tables[table][*place].clone()).collect();
        // As it was while the rows were there.
        let one = matches!(delete.which, Which::Key(_));
        let outcome = Outcome { affected: rows.len(), rows, one, in_order: false };
        let answer = self.answer(table, &outcome, &delete.answer);
        self.remove(table, places);
        if (0..self.tables.len()).any(|table| !self.all_point_somewhere(table)) {
            self.fault(CONSTRAINT);
        }
        answer
    }

    /// The places of the rows that the client means and the rule allows.
    fn chosen(&self, table: usize, which: &Which, rule: Option<&Condition>) -> Vec<usize> {
        let oracle = self.oracle();
        let is_chosen = |row: &Row| {
            let at = At { table, row };
            let meant = match which {
                Which::Where(condition) => condition.asked(&oracle, at),
                Which::Key(key) => self.model.tables[table].has_key(row, key),
            };
            meant && rule.is_none_or(|rule| rule.ruled(&oracle, at))
        };
        let rows = self.tables[table].iter().enumerate();
        rows.filter(|(_, row)| is_chosen(row)).map(|(place, _)| place).collect()
    }

    /// Puts changed rows in their places, if all constraints let it.
    fn change(&mut self, table: usize, changed: Vec<(usize, Row)>) {
        let before = self.tables[table].clone();
        for (place, row) in &changed {
            self.fits(table, row);
            self.tables[table][*place] = row.clone();
        }
        for (place, row) in &changed {
            if self.collides(table, row, Some(*place)) {
                break;
            }
        }
        let key_changed = |place: &usize, row: &Row| before[*place] != *row;
        if changed.iter().any(|(place, row)| key_changed(place, row))
            && (0..self.tables.len()).any(|table| !self.all_point_somewhere(table))
        {
            self.fault(CONSTRAINT);
        }
    }

    /// Removes rows and does what the foreign keys that point at them say.
    fn remove(&mut self, table: usize, places: Vec<usize>) {
        let removed: Vec<Row> = places.iter().map(|place| self.tables[table][*place].clone()).collect();
        let mut place = 0;
        self.tables[table].retain(|_| {
            place += 1;
            !places.contains(&(place - 1))
        });
        if removed.is_empty() {
            return;
        }
        for other in 0..self.tables.len() {
            for relation in &self.model.tables[other].relations {
                let Origin::Own(action) = relation.origin else { continue };
                if relation.target != table || action == OnDelete::NoAction {
                    continue;
                }
                let pointing = |row: &Row| removed.iter().any(|gone| matches(row, gone, &relation.join));
                let places: Vec<usize> =
                    (0..self.tables[other].len()).filter(|place| pointing(&self.tables[other][*place])).collect();
                if action == OnDelete::Cascade {
                    self.remove(other, places);
                    continue;
                }
                for place in places {
                    for (here, _) in &relation.join {
                        self.tables[other][place][*here] = Value::Null;
                    }
                }
            }
        }
    }

    /// Whether a row keeps the constraints that concern it alone.
    fn fits(&mut self, table: usize, row: &Row) -> bool {
        let columns = self.model.tables[table].columns.iter().zip(row);
        let missing = columns.clone().any(|(column, value)| !column.nullable && value.is_null());
        let is_outside = |range: (i128, i128), value: &Value| matches!(value, Value::Exact(digits, _) if *digits < range.0 || *digits > range.1);
        let outside =
            columns.into_iter().any(|(column, value)| column.range.is_some_and(|range| is_outside(range, value)));
        if missing {
            self.fault(CONSTRAINT);
        }
        if outside {
            self.fault(PERMISSION);
        }
        !missing && !outside
    }

    /// The place of another row with the same values in these columns.
    fn met(&self, table: usize, row: &[Value], columns: &[usize], own: Option<usize>) -> Option<usize> {
        let pairs: Vec<(usize, usize)> = columns.iter().map(|column| (*column, *column)).collect();
        let rows = self.tables[table].iter().enumerate();
        rows.filter(|(place, _)| Some(*place) != own)
            .find(|(_, other)| matches(row, other, &pairs))
            .map(|(place, _)| place)
    }

    fn collides(&mut self, table: usize, row: &[Value], own: Option<usize>) -> bool {
        let definition = &self.model.tables[table];
        let mut keys = [&definition.key].into_iter().chain(&definition.uniques);
        let collides = keys.any(|key| self.met(table, row, key, own).is_some());
        if collides {
            self.fault(CONSTRAINT);
        }
        collides
    }

    fn all_point_somewhere(&self, table: usize) -> bool {
        self.tables[table].iter().all(|row| self.points_somewhere(table, row))
    }

    /// Whether the foreign keys of a row lead to rows.
    fn points_somewhere(&self, table: usize, row: &[Value]) -> bool {
        let keys =
            self.model.tables[table].relations.iter().filter(|relation| matches!(relation.origin, Origin::Own(_)));
        keys.into_iter().all(|key| {
            key.join.iter().any(|(here, _)| row[*here].is_null())
                || self.tables[key.target].iter().any(|there| matches(row, there, &key.join))
        })
    }

    fn check(&mut self, table: usize, place: usize, check: &Condition) {
        let oracle = self.oracle();
        if !check.ruled(&oracle, At { table, row: &self.tables[table][place] }) {
            self.fault(PERMISSION);
        }
    }

    fn insert_presets(&self, table: usize) -> Vec<(usize, Value)> {
        let rule: Option<&InsertRule> = match self.access().insert(table) {
            Some(Allowed::By(rule)) => Some(rule),
            _ => None,
        };
        let presets = rule.into_iter().flat_map(|rule| &rule.presets);
        presets.map(|(column, preset)| (*column, self.value_of(table, *column, preset))).collect()
    }

    fn preset(&self, table: usize, rule: Option<&UpdateRule>, row: &mut Row) {
        for (column, preset) in rule.into_iter().flat_map(|rule| &rule.presets) {
            row[*column] = self.value_of(table, *column, preset);
        }
    }

    fn value_of(&self, table: usize, column: usize, preset: &Preset) -> Value {
        match preset {
            Preset::Value(value) => value.clone(),
            Preset::Session(name) => self.session.value(name, self.model.column(table, column).kind),
        }
    }
}
