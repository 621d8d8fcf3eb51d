//! `purlin plan`: what an operation becomes: merged rules, SQL of each dialect, the database's own plan.

use std::io::Read;
use std::sync::Arc;
use std::time::Instant;

use purlin_db::Database;
use purlin_model::{Catalog, DatabaseKind, Role, Session};
use purlin_plan::outline::{Step, outline};
use purlin_plan::plan::{Bindings, Dialect};
use purlin_schema::{Explanation, OperationKind, Refusal, Request};
use serde_json::{Map, Value as Json, json};

use super::arguments::PlanArguments;
use super::database::{self, Missing};
use super::{Outcome, Output, token};
use crate::metrics::Asked;
use crate::problem::{Exit, Problem};
use crate::project;
use crate::settings::Settings;

/// Largest operation read from standard input, in bytes.
const INPUT_BYTES: u64 = 1 << 20;

/// Shows what an operation becomes.
pub fn run(settings: &Settings, arguments: &PlanArguments) -> Outcome {
    let request = request(arguments)?;
    let variables = token::variables(&arguments.session)?;
    let variables = variables.into_iter().map(|(name, value)| (name.into(), value.into())).collect();
    let mut session = Session { role: Role::new(&arguments.role), variables, backend: arguments.backend };
    session.variables.insert("x-hasura-role".into(), arguments.role.as_str().into());
    let catalog = Arc::new(project::compile(settings)?.catalog);
    let mut told = Vec::new();
    for kind in &settings.databases {
        let dialect = match kind {
            DatabaseKind::Sqlite => Dialect::Sqlite,
            DatabaseKind::Postgres => Dialect::Postgres,
        };
        let explanation =
            purlin_schema::explain(Arc::clone(&catalog), settings.document.clone(), &request, &session, dialect)
                .map_err(|refusal| problem(&refusal))?;
        told.push((*kind, explanation));
    }
    let (rules, kind) = match told.first() {
        Some((_, explanation)) => (rules(&catalog, explanation, &session.role), explanation.kind),
        None => (Vec::new(), OperationKind::Query),
    };
    let live = database::runtime()?.block_on(live(settings, arguments, (&request, &session), &told))?;
    let shown = Shown { role: &arguments.role, kind: Asked::from(kind).text(), rules, told: &told, live: &live };
    Ok(Output::new(shown.text(), shown.json()))
}

fn request(arguments: &PlanArguments) -> Result<Request, Problem> {
    let usage =
        |message: &str, reason: String| Problem { exit: Exit::Usage, ..Problem::new("usage", message).because(reason) };
    let mut query = arguments.query.clone();
    if query == "-" {
        query.clear();
        let mut input = std::io::stdin().take(INPUT_BYTES);
        input.read_to_string(&mut query).map_err(|error| usage("cannot read standard input", error.to_string()))?;
    }
    let variables: Map<String, Json> = match &arguments.variables {
        None => Map::new(),
        Some(text) => {
            serde_json::from_str(text).map_err(|error| usage("`--variables` is no JSON object", error.to_string()))?
        }
    };
    Ok(Request { query, operation_name: arguments.operation.clone(), variables })
}

fn problem(refusal: &Refusal) -> Problem {
    let problem = Problem::new(refusal.code.text(), refusal.message.clone()).at(refusal.path.clone());
    Problem { hint: refusal.hint.clone(), ..problem }
}

/// The role's rules on the tables that are read or written.
fn rules(catalog: &Catalog, explanation: &Explanation, role: &Role) -> Vec<(String, Vec<String>)> {
    let rules = explanation.tables.iter().map(|id| {
        let table = catalog.table(*id);
        let rules = match role.is_admin() {
            true => vec!["everything".to_owned()],
            false => purlin_model::rules_of(catalog, table, role),
        };
        (table.name.to_string(), rules)
    });
    rules.collect()
}

/// What the database itself says.
#[derive(Default)]
struct Live {
    /// Its kind; `None`: there is none to ask.
    kind: Option<DatabaseKind>,
    /// Why there is none.
    missing: Option<String>,
    /// Its plan of each statement.
    plans: Vec<Result<Vec<String>, String>>,
    /// Milliseconds and bytes of a run, if that was asked for.
    ran: Option<(f64, usize)>,
}

async fn live(
    settings: &Settings,
    arguments: &PlanArguments,
    (request, session): (&Request, &Session),
    told: &[(DatabaseKind, Explanation)],
) -> Result<Live, Problem> {
    let database = match database::open(settings, Missing::Refuse).await {
        Ok(database) => database,
        Err(problem) if arguments.analyze => return Err(problem),
        Err(problem) => return Ok(Live { missing: Some(problem.message), ..Live::default() }),
    };
    let kind = settings.database_url.kind();
    let Some((_, explanation)) = told.iter().find(|(told, _)| *told == kind) else { return Ok(Live::default()) };
    let mut live = Live { kind: Some(kind), ..Live::default() };
    let mut bindings = None;
    if arguments.analyze {
        if explanation.kind != OperationKind::Query {
            return Err(Problem::new("usage", "`--analyze` runs the operation, which must be a query")
                .hint("leave `--analyze` out"));
        }
        let bound = explanation.bindings(request, session).map_err(|refusal| problem(&refusal))?;
        let began = Instant::now();
        let answer = database.run(Arc::new(explanation.plan.clone()), bound.clone(), Vec::new()).await;
        let answer = answer.map_err(|failure| database::problem(settings, &failure.error))?;
        live.ran = Some((began.elapsed().as_micros() as f64 / 1e3, answer.len()));
        bindings = Some(bound);
    }
    for step in outline(&explanation.plan) {
        let plan = explained(&database, &step, bindings.as_ref()).await;
        live.plans.push(plan.map_err(|error| reason(&error)));
    }
    Ok(live)
}

/// Who reads this is the operator: the database's own words.
fn reason(error: &purlin_db::DatabaseError) -> String {
    match error {
        purlin_db::DatabaseError::Internal(text) => text.clone(),
        error => error.to_string(),
    }
}

/// With values, what ran; statements below others and those of SQLite are explained without.
async fn explained(
    database: &Database,
    step: &Step<'_>,
    bindings: Option<&Bindings>,
) -> Result<Vec<String>, purlin_db::DatabaseError> {
    if let Some(bindings) = bindings.filter(|_| step.depth == 0)
        && let Some(lines) = database.analyze(step.statement, &bindings.values).await?
    {
        return Ok(lines);
    }
    database.explain(step.statement).await
}

struct Shown<'a> {
    role: &'a str,
    kind: &'static str,
    rules: Vec<(String, Vec<String>)>,
    told: &'a [(DatabaseKind, Explanation)],
    live: &'a Live,
}

impl Shown<'_> {
    fn text(&self) -> String {
        let mut text = format!("{} for the role `{}`\n\nrules, merged into the SQL:\n", self.kind, self.role);
        for (table, rules) in &self.rules {
            text.push_str(&format!("  {table}\n"));
            rules.iter().for_each(|rule| text.push_str(&format!("    {rule}\n")));
        }
        for (kind, explanation) in self.told {
            text.push_str(&format!("\n{}:\n", name(*kind)));
            for (index, step) in outline(&explanation.plan).into_iter().enumerate() {
                text.push_str(&self.step(*kind, index, &step));
            }
        }
        if let Some(missing) = &self.live.missing {
            text.push_str(&format!("\nno database was asked for its plan: {missing}\n"));
        }
        if let Some((milliseconds, bytes)) = self.live.ran {
            text.push_str(&format!("\nit ran in {milliseconds} ms and answered {bytes} bytes\n"));
        }
        text
    }

    fn step(&self, kind: DatabaseKind, index: usize, step: &Step<'_>) -> String {
        let indent = "  ".repeat(step.depth + 1);
        let cap = step.row_cap.map(|cap| format!("; more than {cap} rows are an error")).unwrap_or_default();
        let mut text = format!("{indent}{} ({}{cap})\n{indent}  {}\n", step.name, step.runs, step.statement.sql);
        match self.plan(kind, index) {
            Some(Ok(lines)) => lines.iter().for_each(|line| text.push_str(&format!("{indent}  | {line}\n"))),
            Some(Err(reason)) => text.push_str(&format!("{indent}  | cannot be explained: {reason}\n")),
            None => {}
        }
        text
    }

    fn plan(&self, kind: DatabaseKind, index: usize) -> Option<&Result<Vec<String>, String>> {
        self.live.plans.get(index).filter(|_| self.live.kind == Some(kind))
    }

    fn json(&self) -> Json {
        let rules: Map<String, Json> = self.rules.iter().map(|(table, rules)| (table.clone(), json!(rules))).collect();
        let dialects = self.told.iter().map(|(kind, explanation)| {
            let statements = outline(&explanation.plan).into_iter().enumerate().map(|(index, step)| {
                let plan = self.plan(*kind, index);
                json!({ "name": step.name, "depth": step.depth, "runs": step.runs, "row_cap": step.row_cap,
                    "sql": step.statement.sql, "plan": plan.and_then(|plan| plan.as_ref().ok()),
                    "error": plan.and_then(|plan| plan.as_ref().err()) })
            });
            (name(*kind).to_owned(), Json::Array(statements.collect()))
        });
        let dialects: Map<String, Json> = dialects.collect();
        let ran = self.live.ran.map(|(milliseconds, bytes)| json!({ "milliseconds": milliseconds, "bytes": bytes }));
        json!({ "kind": self.kind, "role": self.role, "rules": rules, "statements": dialects, "ran": ran,
            "no_database": self.live.missing })
    }
}

fn name(kind: DatabaseKind) -> &'static str {
    match kind {
        DatabaseKind::Sqlite => "sqlite",
        DatabaseKind::Postgres => "postgres",
    }
}
