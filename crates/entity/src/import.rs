//! How far an interrupted import has come.

// The derived types need no words of their own; the macro's own code begins transactions that nobody here calls.
#![allow(missing_docs, clippy::disallowed_methods)]

use sea_orm::entity::prelude::*;

/// A row of `purlin.imports`.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(schema_name = "purlin", table_name = "imports")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub file: String,
    pub rows: i64,
    pub bytes: i64,
    pub checksum: String,
    /// Canonical text; the database fills it.
    #[sea_orm(column_type = "TimestampWithTimeZone")]
    pub applied_at: String,
}

impl ActiveModelBehavior for ActiveModel {}
