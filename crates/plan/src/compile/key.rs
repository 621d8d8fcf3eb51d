//! What identifies a written row: its primary key, or the database's own row identifier where there is none.

use purlin_model::catalog::{Column, ColumnIndex, TableId};
use purlin_model::scalar::{Codec, Scalar};
use sea_query::{Alias, Expr};

use super::Compiler;
use super::column::{cast, slot_for};
use super::statement::{Draft, RowName};
use crate::plan::{BoundSlot, Dialect, Slot};

/// One part of a row's identity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum KeyPart {
    /// A column of the primary key.
    Column(ColumnIndex),
    /// `ctid` on PostgreSQL (as text), `rowid` on SQLite.
    RowIdentifier,
}

impl Compiler<'_> {
    /// What identifies a row of the table.
    pub(super) fn key(&self, table: TableId) -> Vec<KeyPart> {
        let key = &self.table(table).primary_key;
        if key.is_empty() {
            return vec![KeyPart::RowIdentifier];
        }
        key.iter().map(|column| KeyPart::Column(*column)).collect()
    }

    /// A part of the key as it is compared.
    pub(super) fn key_part(&self, row: &RowName, part: KeyPart) -> Expr {
        match (part, self.dialect) {
            (KeyPart::Column(column), _) => self.comparable(row, column),
            (KeyPart::RowIdentifier, Dialect::Postgres) => Expr::col((row.name.clone(), Alias::new("ctid"))),
            (KeyPart::RowIdentifier, Dialect::Sqlite) => Expr::col((row.name.clone(), Alias::new("rowid"))),
        }
    }

    /// A part of the key as a cell.
    pub(super) fn key_cell(&self, row: &RowName, part: KeyPart) -> Expr {
        match (part, self.dialect) {
            (KeyPart::Column(column), _) => self.cell(row, column),
            (KeyPart::RowIdentifier, Dialect::Postgres) => cast(self.key_part(row, part), "text"),
            (KeyPart::RowIdentifier, Dialect::Sqlite) => self.key_part(row, part),
        }
    }

    /// A bound value for a part of the key.
    pub(super) fn key_value(&self, draft: &mut Draft, table: TableId, part: KeyPart, slot: Slot) -> Expr {
        let many = matches!(slot, Slot::Keys(_));
        match (part, self.dialect) {
            (KeyPart::Column(column), _) => {
                let column: &Column = self.column(table, column);
                let bound = draft.bind(slot_for(slot, column, many));
                self.typed(bound, column, many)
            }
            (KeyPart::RowIdentifier, Dialect::Postgres) => {
                let bound = draft.bind(plain_slot(slot, Scalar::String, many));
                cast(bound, if many { "tid[]" } else { "tid" })
            }
            (KeyPart::RowIdentifier, Dialect::Sqlite) => draft.bind(plain_slot(slot, Scalar::BigInt, many)),
        }
    }
}

fn plain_slot(slot: Slot, scalar: Scalar, many: bool) -> BoundSlot {
    BoundSlot { slot, codec: Codec::of(scalar), many, postgres_type: None }
}
