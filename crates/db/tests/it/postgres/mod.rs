//! The PostgreSQL engine, by plans made by hand.

mod cells;
mod pooler;
mod proxy;
mod read;
mod replica;
mod tls;
mod traffic;
mod unit;
mod write;

use std::sync::Arc;

use purlin_db::postgres::Engine;
use purlin_db::{Failure, Options};
use purlin_model::scalar::{Codec, Scalar};
use purlin_model::value::Value;
use purlin_plan::Plan;
use purlin_plan::plan::*;
use purlin_plan::query::QueryKind;
use purlin_testkit::PostgresDatabase;

pub use crate::sqlite::{cell, is_pending, object, rows, slot, statement, text};

/// A database of one test.
pub struct TestDatabase {
    pub engine: Engine,
    pub database: PostgresDatabase,
}

impl TestDatabase {
    /// A database after `sql`.
    pub async fn create(sql: &str) -> TestDatabase {
        TestDatabase::with(sql, Options { connections: 2, ..Options::default() }).await
    }

    pub async fn with(sql: &str, options: Options) -> TestDatabase {
        let database = PostgresDatabase::create();
        database.execute(sql);
        let engine = Engine::connect(&database.url(), options).await.unwrap();
        TestDatabase { engine, database }
    }

    pub async fn run(&self, plan: Plan, values: Vec<Value>) -> Result<String, Failure> {
        self.run_bound(plan, Bindings { values, inserts: Vec::new() }).await
    }

    pub async fn run_bound(&self, plan: Plan, bindings: Bindings) -> Result<String, Failure> {
        let body = self.engine.run(Arc::new(plan), bindings, Vec::new()).await?;
        Ok(String::from_utf8(body).unwrap())
    }
}

/// The same cell of every enclosing row.
pub fn keys(cell: usize, scalar: Scalar) -> BoundSlot {
    BoundSlot { many: true, ..slot(Slot::Keys(cell), scalar) }
}

/// A list of values.
pub fn many(index: usize, scalar: Scalar) -> BoundSlot {
    BoundSlot { many: true, ..slot(Slot::Binding(index), scalar) }
}

/// A list codec.
pub fn list(scalar: Scalar) -> Codec {
    Codec { list: true, ..Codec::of(scalar) }
}

/// A plan of root fields that read one list each.
pub fn read_plan(roots: Vec<(&str, Rows)>) -> Plan {
    let roots =
        roots.into_iter().map(|(key, rows)| (key, RootBody::Read { value: Shape::Child(0), children: vec![rows] }));
    plan(QueryKind::Read, roots.collect())
}

pub fn plan(kind: QueryKind, roots: Vec<(&str, RootBody)>) -> Plan {
    let roots = roots.into_iter().map(|(key, body)| RootPlan { key: format!("\"{key}\":").into(), body });
    Plan {
        dialect: Dialect::Postgres,
        kind,
        roots: roots.collect(),
        parameters: Vec::new(),
        solitary: false,
        native: false,
        omits_arguments: false,
        flat: None,
    }
}
