//! What of a table travels: the columns that hold data, and their order. Refuses to know databases and files.

use std::sync::Arc;

use purlin_model::catalog::{Catalog, Column, ColumnDefault, ColumnIndex, Table, TableId};
use purlin_model::scalar::{Codec, ColumnType, Scalar};
use purlin_model::value::Value;
use purlin_plan::plan::Dialect;

use crate::DatabaseError;
use crate::physical::{list, name_of, quote};

/// The values of a row, in the order of its shape's columns (or of those that were asked for).
pub type Row = Vec<Value>;

/// Rows that travel together; what they hold in memory is bounded by [`CHUNK_ROWS`] and about [`CHUNK_BYTES`].
pub type Chunk = Vec<Row>;

/// Most rows of a chunk.
pub const CHUNK_ROWS: usize = 1000;
/// A chunk that holds this many bytes takes no further row.
pub const CHUNK_BYTES: usize = 4 << 20;

/// A table as it is read, written and held in files.
#[derive(Debug)]
pub struct Shape {
    /// The table.
    pub table: TableId,
    /// The type's name in the model.
    pub name: Box<str>,
    /// The columns that hold data (those that are computed do not).
    pub fields: Vec<Field>,
    /// The primary key: positions in `fields`.
    pub key: Vec<usize>,
    sqlite: String,
    postgres: String,
}

/// A column that holds data.
#[derive(Debug)]
pub struct Field {
    /// The column.
    pub index: ColumnIndex,
    /// Its name in the model.
    pub name: Box<str>,
    /// Its name in the database.
    pub db_name: Box<str>,
    /// Its type.
    pub codec: Codec,
    /// What people call the type.
    pub type_name: Box<str>,
    /// A type of PostgreSQL's own, which travels as its text.
    pub native: bool,
    /// Whether NULL is a value.
    pub nullable: bool,
    /// Whether something fills it when nothing is given.
    pub has_default: bool,
    /// An integer key that fills itself.
    pub counts: bool,
}

impl Shape {
    /// The shape of a table.
    pub fn of(catalog: &Catalog, id: TableId) -> Arc<Shape> {
        let table = catalog.table(id);
        let fields: Vec<Field> = table
            .column_indexes()
            .filter(|index| holds_data(table.column(*index)))
            .map(|index| field(catalog, table, index))
            .collect();
        let position = |column: &ColumnIndex| fields.iter().position(|field| field.index == *column);
        Arc::new(Shape {
            table: id,
            name: table.name.clone(),
            key: table.primary_key.iter().filter_map(position).collect(),
            sqlite: name_of(table, Dialect::Sqlite).sql(),
            postgres: name_of(table, Dialect::Postgres).sql(),
            fields,
        })
    }

    /// All its tables, each after those its foreign keys point at as far as that is possible. Views hold no data.
    pub fn all(catalog: &Catalog) -> Vec<Arc<Shape>> {
        let tables = parents_first(catalog).0.into_iter().filter(|id| catalog.table(*id).view.is_none());
        tables.map(|id| Shape::of(catalog, id)).collect()
    }

    /// The shape of a system table.
    ///
    /// # Errors
    /// [`DatabaseError::Internal`] when there is no such table, which tests rule out.
    pub fn of_system(name: &str) -> Result<Arc<Shape>, DatabaseError> {
        let missing = || DatabaseError::Internal(format!("there is no system table `{name}`"));
        let catalog = purlin_model::system::catalog().map_err(|_| missing())?;
        Ok(Shape::of(&catalog, catalog.table_by_name(name).ok_or_else(missing)?))
    }

    /// The table's name as SQL.
    pub fn sql_name(&self, dialect: Dialect) -> &str {
        match dialect {
            Dialect::Sqlite => &self.sqlite,
            Dialect::Postgres => &self.postgres,
        }
    }

    /// All positions, in order.
    pub fn positions(&self) -> Vec<usize> {
        (0..self.fields.len()).collect()
    }

    /// The position of the column called `name` in the model.
    pub fn position(&self, name: &str) -> Option<usize> {
        self.fields.iter().position(|field| &*field.name == name)
    }

    /// The names of some columns in brackets, as SQL.
    pub fn list(&self, positions: &[usize]) -> String {
        let names: Vec<&str> = positions.iter().map(|position| &*self.fields[*position].db_name).collect();
        list(&names)
    }

    /// The statement that reads every row, in the order of the primary key if that is asked for.
    pub fn select(&self, dialect: Dialect, ordered: bool) -> String {
        let cell = |field: &Field| {
            let name = quote(&field.db_name);
            match dialect {
                // The driver knows the binary form of the model's own types only.
                Dialect::Postgres if field.native => format!("CAST({name} AS text)"),
                _ => name,
            }
        };
        let cells: Vec<String> = self.fields.iter().map(cell).collect();
        let cells = if cells.is_empty() { "1".to_owned() } else { cells.join(", ") };
        let keys: Vec<String> = self.key.iter().map(|position| quote(&self.fields[*position].db_name)).collect();
        let order = match ordered && !keys.is_empty() {
            true => format!(" ORDER BY {}", keys.join(", ")),
            false => String::new(),
        };
        format!("SELECT {cells} FROM {}{order}", self.sql_name(dialect))
    }
}

/// Whether a column is more than what others give.
fn holds_data(column: &Column) -> bool {
    !column.generated && column.computed.is_none()
}

fn field(catalog: &Catalog, table: &Table, index: ColumnIndex) -> Field {
    let column = table.column(index);
    let counts = matches!(column.default, Some(ColumnDefault::Autoincrement | ColumnDefault::Rowid))
        && matches!(column.column_type.scalar(), Scalar::SmallInt | Scalar::Int | Scalar::BigInt);
    let name = catalog.type_name(&column.column_type);
    Field {
        index,
        name: column.name.clone(),
        db_name: column.db_name.clone(),
        codec: column.codec(),
        type_name: if column.column_type.is_list() { format!("[{name}!]").into() } else { name.into() },
        native: matches!(column.column_type, ColumnType::Native(_)),
        nullable: column.nullable,
        has_default: column.default.is_some() || column.updated_at,
        counts,
    }
}

/// The tables, each after those its foreign keys point at; and whether that order keeps every key: with a circle of
/// tables, or a table that points at itself, none does.
pub fn parents_first(catalog: &Catalog) -> (Vec<TableId>, bool) {
    let mut order = Vec::with_capacity(catalog.tables.len());
    let mut states = vec![State::Unseen; catalog.tables.len()];
    let mut keeps = true;
    for id in catalog.table_ids() {
        visit(catalog, id, &mut states, &mut order, &mut keeps);
    }
    (order, keeps)
}

/// Whether these tables have foreign keys among each other that no order of rows-by-table keeps.
pub fn has_circle(catalog: &Catalog, tables: &[TableId]) -> bool {
    let mut reduced = catalog.clone();
    for id in catalog.table_ids() {
        let keys = &mut reduced.tables[id.0 as usize].foreign_keys;
        keys.retain(|key| tables.contains(&id) && tables.contains(&key.target));
    }
    !parents_first(&reduced).1
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Unseen,
    Open,
    Done,
}

fn visit(catalog: &Catalog, start: TableId, states: &mut [State], order: &mut Vec<TableId>, keeps: &mut bool) {
    // Not recursive: a model may be a long chain of tables.
    let mut path = vec![(start, 0)];
    while let Some((id, next)) = path.pop() {
        let at = id.0 as usize;
        if next == 0 {
            if states[at] != State::Unseen {
                continue;
            }
            states[at] = State::Open;
        }
        match catalog.table(id).foreign_keys.get(next) {
            None => {
                states[at] = State::Done;
                order.push(id);
            }
            Some(key) => {
                path.push((id, next + 1));
                match states[key.target.0 as usize] {
                    State::Unseen => path.push((key.target, 0)),
                    State::Open => *keeps = false,
                    State::Done => {}
                }
            }
        }
    }
}

/// About how many bytes a value holds in memory.
pub fn weight(value: &Value) -> usize {
    const SLOT: usize = size_of::<Value>();
    SLOT + match value {
        Value::Text(text) => text.len(),
        Value::Bytes(bytes) => bytes.len(),
        Value::List(members) => members.iter().map(weight).sum(),
        _ => 0,
    }
}

/// Gathers rows until a chunk is full.
#[derive(Debug, Default)]
pub struct Gathering {
    rows: Chunk,
    bytes: usize,
}

impl Gathering {
    /// Takes a row; gives the chunk when it is full.
    pub fn push(&mut self, row: Row) -> Option<Chunk> {
        self.bytes += row.iter().map(weight).sum::<usize>();
        self.rows.push(row);
        match self.rows.len() >= CHUNK_ROWS || self.bytes >= CHUNK_BYTES {
            true => self.take(),
            false => None,
        }
    }

    /// Gives what there is, if anything.
    pub fn take(&mut self) -> Option<Chunk> {
        self.bytes = 0;
        Some(std::mem::take(&mut self.rows)).filter(|rows| !rows.is_empty())
    }
}
