//! A seed file that was loaded.

// The derived types need no words of their own; the macro's own code begins transactions that nobody here calls.
#![allow(missing_docs, clippy::disallowed_methods)]

use sea_orm::entity::prelude::*;

/// A row of `purlin.seeds`.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(schema_name = "purlin", table_name = "seeds")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub file: String,
    pub checksum: String,
    pub added: i64,
    /// Canonical text; the database fills it.
    #[sea_orm(column_type = "TimestampWithTimeZone")]
    pub applied_at: String,
}

impl ActiveModelBehavior for ActiveModel {}
