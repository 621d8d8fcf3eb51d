//! HTTP: routes, and what is around every request: identity, log line, panics.
//!
//! Refuses to know: SQL, the model, settings files. GraphQL over HTTP is [`graphql`].

mod body;
mod client;
pub mod console;
mod cors;
mod expose;
mod graphql;
mod health;
mod host;
mod negotiate;
mod observe;
mod persisted;
mod rate;
mod refusal;
mod request;

pub use client::{Peer, Proxies};
pub use refusal::Refusal;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use axum::Router;
use axum::routing::{any, get};
use purlin_auth::Guard;
use purlin_db::Database;
use purlin_schema::Service;
use tokio::sync::Semaphore;
use tower::util::option_layer;

use crate::metrics;
use crate::settings::HttpLimits;
pub use expose::router as metrics_router;
pub use observe::Observer;
use persisted::Persisted;
use rate::Rates;

/// What requests are answered from.
pub struct State {
    /// Answers GraphQL.
    pub service: Arc<Service>,
    /// Says who asks.
    pub guard: Guard,
    /// Asked whether it is there.
    pub database: Arc<Database>,
    /// What a request may cost.
    pub limits: HttpLimits,
    /// Told of every request.
    pub observer: Arc<Observer>,
    /// The project's name, where the console is served.
    pub console: Option<String>,
    slots: Semaphore,
    stopping: AtomicBool,
    proxies: Proxies,
    rates: Option<Rates>,
    persisted: Persisted,
}

impl State {
    /// The state of a server.
    pub fn new(service: Service, guard: Guard, database: Arc<Database>, limits: HttpLimits) -> State {
        let slots = Semaphore::new(limits.requests.min(Semaphore::MAX_PERMITS));
        let observer = Arc::new(Observer { public: guard.public_role().cloned(), ..Observer::default() });
        let stopping = AtomicBool::new(false);
        let (proxies, rates) = (Proxies::new(&limits), Rates::new(&limits));
        let persisted = Persisted::new(limits.persisted_bytes);
        let service = Arc::new(service);
        State { service, guard, database, limits, observer, console: None, slots, stopping, proxies, rates, persisted }
    }

    /// With another observer.
    pub fn observed_by(self, observer: Observer) -> State {
        let public = self.guard.public_role().cloned();
        State { observer: Arc::new(Observer { public, ..observer }), ..self }
    }

    /// From now on `/readyz` says that requests should go elsewhere; they are answered nevertheless.
    pub fn stop(&self) {
        self.stopping.store(true, Ordering::Relaxed);
    }

    /// All metrics as text.
    fn metrics(&self) -> String {
        metrics::text(metrics::Sources {
            metrics: Arc::clone(&self.observer.metrics),
            database: Arc::clone(&self.database),
            service: Arc::clone(&self.service),
        })
    }

    /// The same with the console, which shows the project's name.
    pub fn with_console(self, project: Option<String>) -> State {
        State { console: project, ..self }
    }
}

/// Every route.
pub fn router(state: Arc<State>) -> Router {
    let observer = Arc::clone(&state.observer);
    let console = if state.console.is_some() { console::routes() } else { Router::new() };
    console
        .route("/v1/graphql", any(graphql::handle))
        .route("/graphql", any(graphql::handle))
        .route("/graphql/v1", any(graphql::handle))
        .route("/healthz", get(health::alive))
        .route("/readyz", get(health::ready))
        .route("/v1/version", get(health::version))
        .route("/metrics", get(expose::to_admins))
        .fallback(health::no_such_path)
        .method_not_allowed_fallback(health::no_such_method)
        .layer(option_layer(cors::layer(&state.limits)))
        .layer(option_layer(state.guard.is_open().then(|| axum::middleware::from_fn(host::check))))
        .layer(axum::middleware::from_fn_with_state(observer, observe::request))
        .with_state(state)
}
