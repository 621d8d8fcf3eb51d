//! One statement being written: its symbolic slots, its aliases, and the order in which its text asks for them.

use std::fmt;

use purlin_model::catalog::{ColumnIndex, TableId};
use sea_query::{
    Alias, DynIden, Expr, IntoIden, PostgresQueryBuilder, QueryBuilder, QueryStatementWriter, SqlWriter,
    SqliteQueryBuilder, Value,
};

use crate::plan::{BoundSlot, Dialect, Statement};

/// Stands around the number of a slot inside SQL of the model, which itself never has this character.
const MARK: char = '\0';

/// The slots and aliases of one statement.
#[derive(Default)]
pub(super) struct Draft {
    slots: Vec<BoundSlot>,
    aliases: usize,
    /// The name by which the written table is known; no alias may take it.
    reserved: Option<Box<str>>,
}

/// A row of a table within a statement: columns are read as `name.column`.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct RowName {
    /// The row's table.
    pub table: TableId,
    /// Its alias, or the written table's own name.
    pub name: DynIden,
    /// Whether its columns are as the role sees them already: the rows of a subquery that masked them.
    pub masked: bool,
    /// Of a written row: its computed columns. A row that is read has them under its alias.
    pub computed: Vec<(ColumnIndex, Expr)>,
}

impl Draft {
    /// A statement that writes the table known as `name`.
    pub fn writing(name: &str) -> Draft {
        Draft { reserved: Some(name.into()), ..Draft::default() }
    }

    /// A name no other row of the statement has.
    pub fn alias(&mut self) -> DynIden {
        loop {
            let name = format!("t{}", self.aliases);
            self.aliases += 1;
            if self.reserved.as_deref() != Some(name.as_str()) {
                return Alias::new(name).into_iden();
            }
        }
    }

    /// A row of `table` under a fresh alias.
    pub fn row(&mut self, table: TableId) -> RowName {
        RowName { table, name: self.alias(), masked: false, computed: Vec::new() }
    }

    /// A bound value: its number stands in for it until the text is made.
    pub fn bind(&mut self, slot: BoundSlot) -> Expr {
        Expr::Value(Value::BigInt(Some(self.number(slot) as i64)))
    }

    /// A bound value inside SQL of the model: a mark that becomes its placeholder when the text is made.
    pub fn placeholder(&mut self, slot: BoundSlot) -> String {
        format!("{MARK}{}{MARK}", self.number(slot))
    }

    /// The number of a slot, for the places where sea-query takes a count (`LIMIT`, `OFFSET`).
    pub fn number(&mut self, slot: BoundSlot) -> u64 {
        let number = match self.slots.iter().position(|other| *other == slot) {
            Some(number) => number,
            None => {
                self.slots.push(slot);
                self.slots.len() - 1
            }
        };
        number as u64
    }

    /// A bound value that shares its number with no other: PostgreSQL finds out the type of each use by itself.
    pub fn bind_alone(&mut self, slot: BoundSlot) -> Expr {
        self.slots.push(slot);
        Expr::Value(Value::BigInt(Some(self.slots.len() as i64 - 1)))
    }

    /// The finished statement.
    pub fn finish(self, dialect: Dialect, query: &impl QueryStatementWriter) -> Statement {
        let mut text = Text { sql: String::with_capacity(256), mark: mark(dialect), order: Vec::new() };
        match dialect {
            Dialect::Postgres => query.build_collect_into(PostgresQueryBuilder, &mut text),
            Dialect::Sqlite => query.build_collect_into(SqliteQueryBuilder, &mut text),
        }
        let slots = text.order.iter().map(|number| self.slots[*number].clone()).collect();
        Statement { sql: text.sql.into(), slots }
    }
}

const fn mark(dialect: Dialect) -> char {
    match dialect {
        Dialect::Postgres => '$',
        Dialect::Sqlite => '?',
    }
}

/// The text as sea-query writes it: every use of a slot is the same numbered placeholder.
struct Text {
    sql: String,
    mark: char,
    order: Vec<usize>,
}

impl fmt::Write for Text {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        for (index, part) in text.split(MARK).enumerate() {
            match (index % 2, part.parse()) {
                (1, Ok(slot)) => self.placeholder(slot),
                _ => self.sql.push_str(part),
            }
        }
        Ok(())
    }
}

impl fmt::Display for Text {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.sql)
    }
}

impl SqlWriter for Text {
    fn push_param<T: QueryBuilder>(&mut self, value: Value, _: &T) {
        let number = match value {
            Value::BigInt(Some(number)) => number as usize,
            Value::BigUnsigned(Some(number)) => number as usize,
            other => unreachable!("only slot numbers are bound, not {other:?}"),
        };
        self.placeholder(number);
    }

    fn as_writer(&mut self) -> &mut dyn fmt::Write {
        self
    }
}

impl Text {
    fn placeholder(&mut self, number: usize) {
        let position = match self.order.iter().position(|other| *other == number) {
            Some(position) => position,
            None => {
                self.order.push(number);
                self.order.len() - 1
            }
        };
        self.sql.push(self.mark);
        self.sql.push_str(&(position + 1).to_string());
    }
}
