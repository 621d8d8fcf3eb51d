//! The SQLite engine, by plans made by hand.

mod change;
mod codec;
mod group;
mod insert;
mod open;
mod property;
mod read;
mod unit;
mod violation;

use std::sync::Arc;

use purlin_db::sqlite::Engine;
use purlin_db::{Failure, Options};
use purlin_model::scalar::{Codec, Scalar};
use purlin_model::value::Value;
use purlin_plan::Plan;
use purlin_plan::plan::*;
use purlin_plan::query::QueryKind;
use purlin_testkit::TemporaryFolder;

/// A database of one test.
pub struct TestDatabase {
    pub engine: Arc<Engine>,
    pub folder: TemporaryFolder,
}

impl TestDatabase {
    /// An empty file after `sql`.
    pub async fn create(sql: &'static str) -> TestDatabase {
        TestDatabase::with(sql, Options { connections: 2, ..Options::default() }).await
    }

    pub async fn with(sql: &'static str, options: Options) -> TestDatabase {
        let folder = TemporaryFolder::create();
        let path = folder.path().join("data.db");
        rusqlite::Connection::open(&path).unwrap().execute_batch(sql).unwrap();
        let engine = Engine::open(path.to_str().unwrap(), options).await.unwrap();
        TestDatabase { engine: Arc::new(engine), folder }
    }

    pub async fn run(&self, plan: Plan, values: Vec<Value>) -> Result<String, Failure> {
        self.run_bound(plan, Bindings { values, inserts: Vec::new() }).await
    }

    pub async fn run_bound(&self, plan: Plan, bindings: Bindings) -> Result<String, Failure> {
        let body = self.engine.run(Arc::new(plan), bindings, Vec::new()).await?;
        Ok(String::from_utf8(body).unwrap())
    }
}

/// Polls a future once.
pub fn is_pending<F: Future + Unpin>(future: &mut F) -> bool {
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    std::pin::Pin::new(future).poll(&mut context).is_pending()
}

pub fn text(value: &str) -> Value {
    Value::Text(value.into())
}

pub fn slot(slot: Slot, scalar: Scalar) -> BoundSlot {
    BoundSlot { slot, codec: Codec::of(scalar), many: false, postgres_type: None }
}

pub fn statement(sql: &str, slots: Vec<BoundSlot>) -> Statement {
    Statement { sql: sql.into(), slots }
}

pub fn cell(column: usize, scalar: Scalar) -> Shape {
    Shape::Cell { column, output: Output { codec: Codec::of(scalar), stringify: false } }
}

pub fn object(fields: Vec<(&str, Shape)>) -> Shape {
    let fields = fields.into_iter().map(|(key, shape)| (format!("\"{key}\":").into(), shape)).collect();
    Shape::Object { present: None, fields }
}

/// Rows of a statement without children.
pub fn rows(statement: Statement, correlation: Correlation, row: Shape) -> Rows {
    Rows { statement, correlation, many: true, row, children: Vec::new(), row_cap: None }
}

/// A plan of root fields that read one list each.
pub fn read_plan(roots: Vec<(&str, Rows)>) -> Plan {
    let roots = roots.into_iter().map(|(key, rows)| RootPlan {
        key: format!("\"{key}\":").into(),
        body: RootBody::Read { value: Shape::Child(0), children: vec![rows] },
    });
    Plan {
        dialect: Dialect::Sqlite,
        kind: QueryKind::Read,
        roots: roots.collect(),
        parameters: Vec::new(),
        solitary: false,
        native: false,
        omits_arguments: false,
        flat: None,
    }
}

/// A plan that writes.
pub fn write_plan(roots: Vec<RootPlan>, solitary: bool) -> Plan {
    Plan {
        dialect: Dialect::Sqlite,
        kind: QueryKind::Write,
        roots,
        parameters: Vec::new(),
        solitary,
        native: false,
        omits_arguments: false,
        flat: None,
    }
}

/// A root field.
pub fn root(key: &str, body: RootBody) -> RootPlan {
    RootPlan { key: format!("\"{key}\":").into(), body }
}

/// `{affected_rows, returning}` over directly returned rows.
pub fn affected_and_returning(row: Shape, visible: Option<usize>) -> WriteResponse {
    WriteResponse {
        value: object(vec![
            ("returning", Shape::Returning { index: 0, many: true }),
            ("affected_rows", Shape::AffectedRows),
        ]),
        returning: vec![Returning::Direct { row, visible }],
    }
}
