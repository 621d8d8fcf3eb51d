//! Random conditions and operations, such as a role may ask — and now and then such as it may not.

use super::filter::{Condition, Operand, Operator};
use super::invent;
use super::model::{Column, Model};
use super::operation::{Aggregate, Arguments, By, Direction, Field, Function, Item, Order, Root, What};
use super::permission::{Access, Allowed};
use super::read::Tables;
use super::value::{Kind, Value};
use crate::parity::Chance;

/// Writes for one role, by what stands in the tables now.
pub struct Author<'a> {
    pub access: Access<'a>,
    pub tables: &'a Tables,
    pub chance: Chance,
    /// Names anything, whether or not it exists for the role.
    pub bold: bool,
    /// Writes a rule about this table.
    pub rule: Option<usize>,
    /// Relations that may still be selected, so that documents stay short.
    pub relations_left: usize,
}

/// Relations selected in one document.
const RELATIONS: usize = 8;

const PATTERNS: [&str; 9] = ["%a%", "a%", "_", "%B", "a\\%b", "a\\_%", "%", "", "Ä"];

impl<'a> Author<'a> {
    /// Writes operations for a role, now and then bold ones.
    pub fn of(model: &'a Model, role: Option<usize>, tables: &'a Tables, mut chance: Chance) -> Author<'a> {
        let bold = chance.one_in(10);
        Author { access: Access { model, role }, tables, chance, bold, rule: None, relations_left: RELATIONS }
    }

    /// Writes a rule about a table.
    pub fn of_rule_about(model: &'a Model, table: usize, tables: &'a Tables, chance: Chance) -> Author<'a> {
        let access = Access { model, role: None };
        Author { access, tables, chance, bold: false, rule: Some(table), relations_left: 0 }
    }

    fn column(&self, table: usize, column: usize) -> &'a Column {
        self.access.model.column(table, column)
    }

    /// Columns that may be read.
    pub fn readable(&self, table: usize, keep: impl Fn(&Column) -> bool) -> Vec<usize> {
        (0..self.access.model.tables[table].columns.len())
            .filter(|column| self.bold || self.access.reads(table, *column))
            .filter(|column| keep(self.column(table, *column)))
            .collect()
    }

    /// Relations that may be followed.
    fn relations(&self, table: usize) -> Vec<usize> {
        (0..self.access.model.tables[table].relations.len())
            .filter(|relation| self.bold || self.access.follows(table, *relation))
            .collect()
    }

    fn target(&self, table: usize, relation: usize) -> usize {
        self.access.model.tables[table].relations[relation].target
    }

    /// A value to write or to compare with: often one that stands in the column.
    pub fn value(&mut self, table: usize, column: usize) -> Value {
        let standing = self.chance.pick(&self.tables[table]).map(|row| row[column].clone());
        match standing {
            Some(value) if !value.is_null() && !self.chance.one_in(3) => value,
            _ => self.invented(table, column),
        }
    }

    pub fn invented(&mut self, table: usize, column: usize) -> Value {
        let kind = self.column(table, column).kind;
        invent::value(&mut self.chance, kind)
    }

    pub fn condition(&mut self, table: usize, depth: usize) -> Condition {
        if depth > 0 {
            match self.chance.below(if self.rule.is_some() { 11 } else { 10 }) {
                0 => return Condition::Or(self.parts(table, depth)),
                1 => return Condition::And(self.parts(table, depth)),
                2 => return Condition::Not(Box::new(self.condition(table, depth - 1))),
                3..=5 => {
                    let relations = self.relations(table);
                    if let Some(relation) = self.chance.pick(&relations).copied() {
                        let target = self.target(table, relation);
                        let inner = match self.chance.one_in(4) {
                            true => Condition::always(),
                            false => self.condition(target, depth - 1),
                        };
                        return Condition::Related(relation, Box::new(inner));
                    }
                }
                10 => {
                    let other = self.chance.below(self.tables.len());
                    return Condition::Exists(other, Box::new(self.condition(other, depth - 1)));
                }
                _ => {}
            }
        }
        let columns = self.readable(table, |_| true);
        let mut parts: Vec<Condition> = Vec::new();
        let mut taken = Vec::new();
        for _ in 0..if self.chance.one_in(4) { 2 } else { 1 } {
            let Some(column) = self.chance.pick(&columns).copied().filter(|column| !taken.contains(column)) else {
                continue;
            };
            taken.push(column);
            parts.push(self.comparison(table, column));
        }
        if parts.len() == 1 { parts.remove(0) } else { Condition::Together(parts) }
    }

    fn parts(&mut self, table: usize, depth: usize) -> Vec<Condition> {
        let count = if self.chance.one_in(12) { 0 } else { 1 + self.chance.below(3) };
        (0..count).map(|_| self.condition(table, depth - 1)).collect()
    }

    fn comparison(&mut self, table: usize, column: usize) -> Condition {
        let definition = self.column(table, column);
        if self.chance.one_in(7) {
            return Condition::IsNull(column, self.chance.one_in(3));
        }
        let operators: Vec<Operator> =
            Operator::ALL.into_iter().filter(|operator| operator.applies_to(definition.kind)).collect();
        let operator = *self.chance.pick(&operators).expect("an operator");
        if let Some(root) = self.rule
            && let Some(operand) = self.of_rule(root, table, operator, definition)
        {
            return Condition::Compare(column, operator, operand);
        }
        let operand = if operator.takes_list() {
            Operand::List((0..self.chance.below(4)).map(|_| self.value(table, column)).collect())
        } else if operator.is_pattern() {
            Operand::Value(Value::text(PATTERNS[self.chance.below(PATTERNS.len())]))
        } else {
            Operand::Value(self.value(table, column))
        };
        Condition::Compare(column, operator, operand)
    }

    /// What only rules compare with.
    fn of_rule(&mut self, root: usize, table: usize, operator: Operator, column: &Column) -> Option<Operand> {
        if operator.is_pattern() {
            return None;
        }
        let integer = matches!(column.kind, Kind::SmallInt | Kind::Int | Kind::BigInt);
        if operator.takes_list() {
            return match column.kind {
                _ if !self.chance.one_in(2) => None,
                Kind::Text => Some(Operand::Session("x-hasura-names")),
                _ if integer => Some(Operand::Session("x-hasura-numbers")),
                _ => None,
            };
        }
        match self.chance.below(4) {
            0 if integer => Some(Operand::Session("x-hasura-user-id")),
            0 if column.kind == Kind::Text => Some(Operand::Session("x-hasura-name")),
            0 if column.kind == Kind::Boolean => Some(Operand::Session("x-hasura-flag")),
            1 => {
                let of = if self.chance.one_in(2) { root } else { table };
                let others = self.readable(of, |other| other.kind == column.kind);
                let other = self.chance.pick(&others).copied()?;
                Some(if of == table && !self.chance.one_in(3) || of != root {
                    Operand::Column(other)
                } else {
                    Operand::RootColumn(other)
                })
            }
            _ => None,
        }
    }

    /// A root field that reads, if the role has one.
    pub fn read(&mut self) -> Option<Root> {
        let tables: Vec<usize> =
            (0..self.tables.len()).filter(|table| self.bold || self.access.select(*table).is_some()).collect();
        let table = *self.chance.pick(&tables)?;
        match self.chance.below(6) {
            0 if self.bold || self.access.reads_key(table) => {
                let key = self.key(table);
                Some(Root::ByKey(table, key, self.fields(table, 2)))
            }
            1 | 2 if self.bold || self.access.aggregates(table) => {
                Some(Root::Aggregate(table, self.arguments(table), self.aggregate(table, 2)))
            }
            _ if self.is_listed(table) => Some(Root::List(table, self.arguments(table), self.fields(table, 3))),
            _ => None,
        }
    }

    /// The key of a row, mostly of one that is there.
    pub fn key(&mut self, table: usize) -> Vec<Value> {
        let key = &self.access.model.tables[table].key;
        match self.chance.pick(&self.tables[table]) {
            Some(row) if !self.chance.one_in(5) => key.iter().map(|column| row[*column].clone()).collect(),
            _ => key.iter().map(|column| self.invented(table, *column)).collect(),
        }
    }

    pub fn fields(&mut self, table: usize, depth: usize) -> Vec<Field> {
        let mut fields = Vec::new();
        for column in self.readable(table, |_| true) {
            if !self.chance.one_in(3) {
                let name = &self.column(table, column).name;
                let key = if self.chance.one_in(8) { format!("x_{name}") } else { name.clone() };
                fields.push(Field { key, what: What::Column(column) });
            }
        }
        if fields.is_empty() || self.chance.one_in(8) {
            fields.push(Field { key: "__typename".to_owned(), what: What::TypeName });
        }
        if depth == 0 {
            return fields;
        }
        for relation in self.relations(table) {
            if self.chance.one_in(2) || self.relations_left == 0 {
                continue;
            }
            self.relations_left -= 1;
            let target = self.target(table, relation);
            if !self.access.model.tables[table].relations[relation].many {
                let what = What::One(relation, self.fields(target, depth - 1));
                fields.push(Field { key: format!("o{relation}"), what });
                continue;
            }
            if self.is_listed(target) {
                let what = What::Many(relation, self.arguments(target), self.fields(target, depth - 1));
                fields.push(Field { key: format!("m{relation}"), what });
            }
            if (self.bold || self.access.aggregates(target)) && self.chance.one_in(2) {
                let what = What::Aggregate(relation, self.arguments(target), self.aggregate(target, depth - 1));
                fields.push(Field { key: format!("a{relation}"), what });
            }
        }
        fields
    }

    /// Whether lists of the table have one answer: they can be put in order, or are not cut.
    fn is_listed(&self, table: usize) -> bool {
        self.can_order(table) || !self.is_limited(table)
    }

    fn can_order(&self, table: usize) -> bool {
        self.bold || self.access.reads_key(table)
    }

    fn is_limited(&self, table: usize) -> bool {
        matches!(self.access.select(table), Some(Allowed::By(rule)) if rule.limit.is_some())
    }

    fn aggregate(&mut self, table: usize, depth: usize) -> Aggregate {
        let mut items = vec![Item::Count(Vec::new(), false)];
        let columns = self.readable(table, |_| true);
        for _ in 0..self.chance.below(3) {
            let start = self.chance.below(columns.len().max(1));
            let counted = columns.iter().skip(start).take(1 + self.chance.below(2)).copied().collect();
            items.push(Item::Count(counted, !self.chance.one_in(3)));
        }
        for _ in 0..self.chance.below(6) {
            let function = Function::ALL[self.chance.below(Function::ALL.len())];
            let mut columns = self.readable(table, |column| function.applies_to(column.kind));
            columns.retain(|_| !self.chance.one_in(3));
            if !columns.is_empty() {
                items.push(Item::Function(function, columns));
            }
        }
        let nodes =
            (depth > 0 && self.is_listed(table) && self.chance.one_in(2)).then(|| self.fields(table, depth - 1));
        Aggregate { items, nodes }
    }

    fn arguments(&mut self, table: usize) -> Arguments {
        let mut arguments = Arguments::default();
        if !self.chance.one_in(3) {
            arguments.condition = Some(self.condition(table, 2));
        }
        if !self.can_order(table) || !self.is_limited(table) && self.chance.one_in(8) {
            return arguments;
        }
        if self.chance.one_in(5) {
            let columns = self.readable(table, |_| true);
            for _ in 0..1 + self.chance.below(2) {
                let column = *self.chance.pick(&columns).expect("the key");
                if !arguments.distinct.contains(&column) {
                    arguments.distinct.push(column);
                }
            }
            let leading = arguments.distinct.iter().rev();
            arguments.order =
                leading.map(|column| Order { by: By::Column(*column), direction: self.direction() }).collect();
        }
        for _ in 0..self.chance.below(3) {
            if let Some(by) = self.by(table, 2) {
                arguments.order.push(Order { by, direction: self.direction() });
            }
        }
        for column in &self.access.model.tables[table].key {
            arguments.order.push(Order { by: By::Column(*column), direction: self.direction() });
        }
        if self.chance.one_in(3) {
            arguments.limit = Some(self.chance.below(5));
        }
        if self.chance.one_in(4) {
            arguments.offset = Some(self.chance.below(3));
        }
        arguments
    }

    fn direction(&mut self) -> Direction {
        Direction::ALL[self.chance.below(Direction::ALL.len())]
    }

    fn by(&mut self, table: usize, depth: usize) -> Option<By> {
        if depth > 0 && self.chance.one_in(2) {
            let relations = self.relations(table);
            let relation = *self.chance.pick(&relations)?;
            let target = self.target(table, relation);
            if !self.access.model.tables[table].relations[relation].many {
                return Some(By::Related(relation, Box::new(self.by(target, depth - 1)?)));
            }
            if !self.bold && !self.access.aggregates(target) {
                return None;
            }
            let function = [Function::Max, Function::Min, Function::Sum, Function::Avg][self.chance.below(4)];
            let columns = self.readable(target, |column| function.applies_to(column.kind));
            return Some(match self.chance.pick(&columns) {
                Some(column) if self.chance.one_in(2) => By::Function(relation, function, *column),
                _ => By::Count(relation),
            });
        }
        let columns = self.readable(table, |_| true);
        self.chance.pick(&columns).map(|column| By::Column(*column))
    }
}
