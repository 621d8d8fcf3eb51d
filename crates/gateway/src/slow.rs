//! Operations that took long: one line each, with their SQL and the database's own plan, which is asked for later, off
//! the request's path and one operation at a time.
//!
//! Values are bound, so neither text holds any.

use std::sync::Arc;
use std::time::Duration;

use purlin_db::Database;
use purlin_plan::Plan;
use purlin_plan::outline::outline;
use tokio::sync::mpsc;
use tracing::Span;

/// Slow operations that wait for their plan; one more is logged without.
const QUEUE: usize = 16;
/// How long explaining rests between two operations.
const REST: Duration = Duration::from_secs(1);
/// Longest time an explanation may take.
const PATIENCE: Duration = Duration::from_secs(5);
/// Statements of an operation that are shown and explained.
const STATEMENTS: usize = 20;

/// A slow operation.
#[derive(Debug)]
pub struct Slow {
    /// The request it belongs to, whose id its line has.
    pub request: Span,
    /// Its name.
    pub operation: Option<Box<str>>,
    /// Who asked.
    pub role: String,
    /// What ran.
    pub plan: Arc<Plan>,
    /// What the database took.
    pub database: Duration,
    /// What it took as a whole.
    pub time: Duration,
}

/// Takes slow operations.
#[derive(Clone, Debug)]
pub struct SlowLog {
    /// What is slow.
    pub threshold: Duration,
    queue: mpsc::Sender<Slow>,
}

impl SlowLog {
    /// Starts explaining what is handed in, until nobody can hand in anything any more.
    pub fn start(threshold: Duration, database: Arc<Database>) -> SlowLog {
        let (queue, mut slow) = mpsc::channel::<Slow>(QUEUE);
        tokio::spawn(async move {
            while let Some(one) = slow.recv().await {
                let explained = tokio::time::timeout(PATIENCE, explain(&database, &one.plan)).await;
                one.log(&explained.unwrap_or_else(|_| "(not explained in time)".to_owned()));
                tokio::time::sleep(REST).await;
            }
        });
        SlowLog { threshold, queue }
    }

    /// Notes a slow operation; waits for nothing.
    pub fn note(&self, slow: Slow) {
        if let Err(refused) = self.queue.try_send(slow) {
            refused.into_inner().log("(not explained: too many at once)");
        }
    }
}

impl Slow {
    fn log(&self, explained: &str) {
        let statements = outline(&self.plan);
        let sql: Vec<&str> = statements.iter().take(STATEMENTS).map(|step| &*step.statement.sql).collect();
        let milliseconds = |time: Duration| time.as_micros() as f64 / 1e3;
        self.request.in_scope(|| {
            tracing::warn!(
                operation = self.operation.as_deref(),
                role = self.role,
                milliseconds = milliseconds(self.time),
                database_milliseconds = milliseconds(self.database),
                sql = sql.join("; "),
                plan = explained,
                "slow operation"
            );
        });
    }
}

/// The plans of the statements, each behind the response key it answers.
async fn explain(database: &Database, plan: &Plan) -> String {
    let mut texts = Vec::new();
    for step in outline(plan).into_iter().take(STATEMENTS) {
        let lines = match database.explain(step.statement).await {
            Ok(lines) => lines.join(" / "),
            Err(error) => format!("({error})"),
        };
        texts.push(format!("{}: {lines}", step.name));
    }
    texts.join("; ")
}
