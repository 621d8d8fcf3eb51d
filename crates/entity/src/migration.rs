//! A migration that was applied.

// The derived types need no words of their own; the macro's own code begins transactions that nobody here calls.
#![allow(missing_docs, clippy::disallowed_methods)]

use sea_orm::entity::prelude::*;

/// A row of `purlin.migrations`.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(schema_name = "purlin", table_name = "migrations")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub version: String,
    pub name: String,
    pub checksum: String,
    pub model: Option<String>,
    /// Canonical text; the database fills it.
    #[sea_orm(column_type = "TimestampWithTimeZone")]
    pub applied_at: String,
}

impl ActiveModelBehavior for ActiveModel {}
