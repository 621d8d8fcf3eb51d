//! The request path: key → prepared operation (or parse → lower → compile) → bind → run → bytes.
//!
//! Refuses to know: HTTP, and how a session was made.

use std::cell::Cell;
use std::collections::BTreeSet;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::{Duration, Instant};

use jiff::Timestamp;
use purlin_db::Database;
use purlin_model::catalog::Catalog;
use purlin_model::{Role, Session};
use purlin_plan::plan::{Bindings, Plan};
use purlin_plan::query::QueryKind;
use serde_json::{Map, Value as Json};

use crate::bind::{self, Patterns, Supply};
use crate::cache::{CACHE_BYTES, Entry, OperationKey, Operations, Prepared};
use crate::document::{self, Cost, Given, Selected};
use crate::error::{Code, Ran, Refusal};
use crate::introspection::{self, Surroundings};
use crate::limits::{Limits, RoleLimits};
use crate::lower;
use crate::path::Path;
use crate::types::{self, Registries};
use crate::view::{RoleView, RootFields};

/// Longest introspection answer of an operation, all its fields together, in bytes.
const INTROSPECTION_BYTES: usize = 32 << 20;

/// Introspection answers up to this size, in bytes, are kept with their operation; others are written anew from the
/// role's registry.
const INTROSPECTION_KEPT_BYTES: usize = 256 << 10;

/// A GraphQL request.
#[derive(Clone, Debug, Default)]
pub struct Request {
    /// The document.
    pub query: String,
    /// Which of its operations.
    pub operation_name: Option<String>,
    /// Values of its variables.
    pub variables: Map<String, Json>,
}

/// A whole answer.
#[derive(Clone, Debug)]
pub struct Response {
    /// JSON: `{"data":…}` or `{"errors":[…]}`.
    pub body: Vec<u8>,
    /// Why there is no data.
    pub failed: Option<Refusal>,
    /// How it was answered.
    pub run: Run,
}

/// How a request was answered: what logs, metrics and traces tell of it. Holds no values.
#[derive(Clone, Debug, Default)]
pub struct Run {
    /// Name of the operation, as the document or the request has it.
    pub operation: Option<Box<str>>,
    /// What kind of operation it is; `None` if it was not read so far.
    pub kind: Option<OperationKind>,
    /// When preparing it began.
    pub began: Option<Instant>,
    /// Time until it was prepared.
    pub preparing: Duration,
    /// What the database was asked to run; `None` if it did not come to that.
    pub plan: Option<Arc<Plan>>,
    /// Time until the database had answered, waiting for it included.
    pub database: Duration,
}

/// The kinds of operations there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OperationKind {
    /// `query`
    Query,
    /// `mutation`
    Mutation,
    /// `subscription`
    Subscription,
}

/// What a service has done so far; a warm request changes nothing but `hits`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Statistics {
    /// Documents parsed.
    pub parses: u64,
    /// Operations lowered, which is validation.
    pub lowerings: u64,
    /// Plans compiled: SQL generated.
    pub compilations: u64,
    /// Requests that found their prepared operation.
    pub hits: u64,
}

/// The prepared operations a service keeps now.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Kept {
    /// How many.
    pub operations: u64,
    /// Memory they hold, in bytes, roughly.
    pub bytes: u64,
}

/// An operation compiled for one request.
struct Compiled {
    /// Variables whose values it depends on.
    observed: BTreeSet<Box<str>>,
    prepared: Arc<Prepared>,
    /// Bytes of the answers to introspection in it.
    introspected: usize,
}

/// What the requests of a batch have cost so far.
#[derive(Clone, Copy, Debug, Default)]
pub struct Spent(Cost);

impl Spent {
    fn add(&mut self, cost: Cost, limits: &Limits) -> Result<(), Refusal> {
        self.0 = self.0.and(cost);
        self.0.check(limits)
    }
}

/// A request, who sends it, and what it may cost.
#[derive(Clone, Copy)]
struct Asked<'a> {
    request: &'a Request,
    session: &'a Session,
    get: bool,
    limits: &'a Limits,
}

#[derive(Default)]
struct Counters {
    parses: AtomicU64,
    lowerings: AtomicU64,
    compilations: AtomicU64,
    hits: AtomicU64,
}

/// A catalog and what goes with it: requests see all of one or all of the next.
pub(crate) struct State {
    generation: u64,
    pub(crate) catalog: Arc<Catalog>,
    pub(crate) limits: RoleLimits,
    roots: RootFields,
    pub(crate) patterns: Patterns,
    registries: Registries,
}

/// Answers GraphQL requests from a database, as the catalog says.
pub struct Service {
    database: Arc<Database>,
    state: RwLock<Arc<State>>,
    /// Shared by the requests under way; whoever changes tables has it alone.
    gate: tokio::sync::RwLock<()>,
    operations: Operations,
    counters: Counters,
}

/// While it lives, no request is under way and those that come wait.
#[must_use]
pub struct Pause<'s> {
    _gate: tokio::sync::RwLockWriteGuard<'s, ()>,
}

impl Service {
    /// A service over an open database.
    pub fn new(database: Arc<Database>, catalog: Arc<Catalog>, limits: impl Into<RoleLimits>) -> Service {
        Service {
            database,
            state: RwLock::new(Arc::new(State::new(0, catalog, limits.into()))),
            gate: tokio::sync::RwLock::default(),
            operations: Operations::new(CACHE_BYTES),
            counters: Counters::default(),
        }
    }

    /// Serves another catalog under these limits from now on; requests under way finish with what they began with.
    pub fn swap(&self, catalog: Arc<Catalog>, limits: impl Into<RoleLimits>) {
        let mut state = self.state.write().unwrap_or_else(PoisonError::into_inner);
        *state = Arc::new(State::new(state.generation + 1, catalog, limits.into()));
        self.operations.clear();
    }

    /// Waits for the requests under way, whose time is limited, and lets no other begin until the answer is dropped: for
    /// tables that change together with the catalog.
    pub async fn pause(&self) -> Pause<'_> {
        Pause { _gate: self.gate.write().await }
    }

    /// The catalog served now.
    pub fn catalog(&self) -> Arc<Catalog> {
        Arc::clone(&self.current().catalog)
    }

    /// What has been done so far.
    pub fn statistics(&self) -> Statistics {
        let read = |counter: &AtomicU64| counter.load(Ordering::Relaxed);
        Statistics {
            parses: read(&self.counters.parses),
            lowerings: read(&self.counters.lowerings),
            compilations: read(&self.counters.compilations),
            hits: read(&self.counters.hits),
        }
    }

    /// The prepared operations that are kept now.
    pub fn kept(&self) -> Kept {
        Kept { operations: self.operations.count(), bytes: self.operations.bytes() }
    }

    /// Answers one request. Dropping the future cancels a read; a write that has begun runs to its end.
    pub async fn execute(&self, request: &Request, session: &Session, get: bool) -> Response {
        self.execute_within(request, session, get, &mut Spent::default()).await
    }

    /// Answers one request of a batch: all of them together cost no more than one document may.
    pub async fn execute_within(&self, request: &Request, session: &Session, get: bool, spent: &mut Spent) -> Response {
        let mut run = Run::default();
        match self.answer(request, session, get, spent, &mut run).await {
            Ok(body) => Response { body, failed: None, run },
            Err(refusal) => {
                if let Some(internal) = &refusal.internal {
                    tracing::error!(code = refusal.code.text(), internal, "request failed");
                }
                Response { body: refusal.body(), failed: Some(refusal), run }
            }
        }
    }

    /// The chain of values a request is: prepared operation → bindings → bytes.
    async fn answer(
        &self,
        request: &Request,
        session: &Session,
        get: bool,
        spent: &mut Spent,
        told: &mut Run,
    ) -> Result<Vec<u8>, Refusal> {
        let _under_way = self.gate.read().await;
        let began = Instant::now();
        told.began = Some(began);
        let state = self.current();
        let asked = Asked { request, session, get, limits: state.limits.of(&session.role) };
        let prepared = self.prepare(&state, &asked, spent, told)?;
        let supply = Supply {
            catalog: &state.catalog,
            patterns: &state.patterns,
            limits: asked.limits,
            variables: &request.variables,
            session,
            now: Timestamp::now(),
        };
        let bindings = bind::bind(&prepared.plan, &prepared.counts, &supply)?;
        let mut buffer = prepared.buffer();
        buffer.extend_from_slice(b"{\"data\":");
        told.preparing = began.elapsed();
        told.plan = Some(Arc::clone(&prepared.plan));
        let run = self.run(&state, &prepared, bindings, buffer, asked.limits).await;
        told.database = began.elapsed() - told.preparing;
        let mut body = run?;
        body.push(b'}');
        prepared.answered(body.len());
        Ok(body)
    }

    /// Runs a prepared operation. A role's own time is for its reads: a write that has begun cannot be left.
    async fn run(
        &self,
        state: &State,
        prepared: &Prepared,
        bindings: Bindings,
        buffer: Vec<u8>,
        limits: &Limits,
    ) -> Result<Vec<u8>, Refusal> {
        let plan = &prepared.plan;
        let run = self.database.run(Arc::clone(plan), bindings, buffer);
        let outcome = match limits.statement_timeout.filter(|_| plan.kind == QueryKind::Read) {
            None => run.await,
            Some(time) => tokio::time::timeout(time, run)
                .await
                .map_err(|_| Refusal::timeout(limits, "statement_timeout", time))?,
        };
        let ran = Ran { plan, roots: &prepared.roots, catalog: &state.catalog, limits };
        outcome.map_err(|failure| Refusal::database(failure, &ran))
    }

    /// The prepared operation of a request: kept, or parsed, lowered and compiled now.
    fn prepare(
        &self,
        state: &State,
        asked: &Asked<'_>,
        spent: &mut Spent,
        told: &mut Run,
    ) -> Result<Arc<Prepared>, Refusal> {
        let Asked { request, session, get, limits } = *asked;
        let key = OperationKey {
            generation: state.generation,
            role: &session.role,
            backend: session.backend,
            text: &request.query,
            name: request.operation_name.as_deref(),
        };
        let entry = match self.operations.get(key) {
            Some(entry) => entry,
            None => {
                count(&self.counters.parses);
                let operation = document::prepare(key.text, key.name, limits)?;
                state.limits.listed(key.role, &operation)?;
                Arc::new(Entry::new(key, operation, &state.catalog))
            }
        };
        told.kind = Some(entry.operation.kind());
        told.operation = entry.operation.name().or(key.name).map(Box::from);
        spent.add(entry.operation.cost(), limits)?;
        if get && !entry.operation.is_query() {
            return Err(
                Refusal::new(Code::MethodNotAllowed, "only queries are answered over GET", "$").hint("use POST")
            );
        }
        if let Some(prepared) = entry.prepared(&state.catalog, &request.variables) {
            count(&self.counters.hits);
            return Ok(prepared);
        }
        let compiled = self.compile(state, &entry, &request.variables, session)?;
        if compiled.introspected <= INTROSPECTION_KEPT_BYTES {
            let kept = (compiled.observed, Arc::clone(&compiled.prepared));
            self.operations.keep(key, entry, &state.catalog, &request.variables, kept);
        }
        Ok(compiled.prepared)
    }

    fn compile(
        &self,
        state: &State,
        entry: &Entry,
        variables: &Map<String, Json>,
        session: &Session,
    ) -> Result<Compiled, Refusal> {
        count(&self.counters.lowerings);
        let given = Given::new(&entry.operation, variables)?;
        let (lowered, introspected) = state.lower(&given, session)?;
        count(&self.counters.compilations);
        let plan: Plan = purlin_plan::compile(&state.catalog, &session.role, lowered.query, self.database.dialect());
        let prepared = Arc::new(Prepared::new(Arc::new(plan), lowered.counts, lowered.roots));
        Ok(Compiled { observed: lowered.observed, prepared, introspected })
    }

    fn current(&self) -> Arc<State> {
        Arc::clone(&self.state.read().unwrap_or_else(PoisonError::into_inner))
    }
}

impl State {
    pub(crate) fn new(generation: u64, catalog: Arc<Catalog>, limits: RoleLimits) -> State {
        let (roots, patterns) = (RootFields::of(&catalog), bind::patterns(&catalog));
        State { generation, catalog, limits, roots, patterns, registries: Registries::default() }
    }

    /// What an operation asks, and how many bytes of introspection are in it.
    pub(crate) fn lower<'a>(
        &'a self,
        given: &'a Given<'a>,
        session: &'a Session,
    ) -> Result<(lower::Lowered, usize), Refusal> {
        let view = self.view(&session.role, session.backend);
        let introspected = Cell::new(0);
        let introspect = |given: &Given<'_>, field: &Selected<'_>, path: &Path| {
            let bytes = INTROSPECTION_BYTES.saturating_sub(introspected.get());
            let answer = introspect(self, view, given, (field, path), bytes)?;
            introspected.set(introspected.get() + answer.len());
            Ok(answer)
        };
        let lowered = lower::lower(view, given, self.limits.of(&session.role), &introspect)?;
        Ok((lowered, introspected.get()))
    }

    fn view<'s>(&'s self, role: &'s Role, backend: bool) -> RoleView<'s> {
        RoleView { catalog: &self.catalog, roots: &self.roots, role, backend }
    }
}

/// Answers a `__schema` or `__type` field with ready JSON.
fn introspect(
    state: &State,
    view: RoleView<'_>,
    given: &Given<'_>,
    (field, path): (&Selected<'_>, &Path),
    bytes: usize,
) -> Result<String, Refusal> {
    let variable = |name: &str| given.value_of(name);
    let surroundings = Surroundings { fragments: given.fragments(), variable: &variable };
    let compiled = introspection::compile(&field.as_field(), &path.to_string(), surroundings)
        .map_err(|mistake| Refusal::new(Code::ValidationFailed, mistake.message, mistake.path))?;
    let registry = state.registries.get(view.role, view.backend, || types::build(view));
    let mut out = Vec::new();
    introspection::write(&compiled, &registry, &variable, &mut out, bytes).map_err(|_| {
        let value = INTROSPECTION_BYTES as u64;
        Refusal::limit(Limits::default().reached("response_bytes", value), path.to_string())
    })?;
    String::from_utf8(out).map_err(|_| Refusal::new(Code::Unexpected, "introspection is not text", path.to_string()))
}

fn count(counter: &AtomicU64) {
    counter.fetch_add(1, Ordering::Relaxed);
}
