//! HTTP: routes, and what is around every request: identity, log line, panics.
//!
//! Refuses to know: SQL, the model, settings files. GraphQL over HTTP is [`graphql`].

mod graphql;
mod health;
mod host;
mod negotiate;
mod observe;
mod refusal;
mod request;

use std::sync::Arc;

use axum::Router;
use axum::routing::{any, get};
use purlin_auth::Guard;
use purlin_db::Database;
use purlin_schema::Service;
use tokio::sync::Semaphore;

use crate::settings::HttpLimits;

/// What requests are answered from.
pub struct State {
    /// Answers GraphQL.
    pub service: Service,
    /// Says who asks.
    pub guard: Guard,
    /// Asked whether it is there.
    pub database: Arc<Database>,
    /// What a request may cost.
    pub limits: HttpLimits,
    slots: Semaphore,
}

impl State {
    /// The state of a server.
    pub fn new(service: Service, guard: Guard, database: Arc<Database>, limits: HttpLimits) -> State {
        let slots = Semaphore::new(limits.requests.min(Semaphore::MAX_PERMITS));
        State { service, guard, database, limits, slots }
    }
}

/// Every route.
pub fn router(state: Arc<State>) -> Router {
    Router::new()
        .route("/v1/graphql", any(graphql::handle))
        .route("/graphql", any(graphql::handle))
        .route("/graphql/v1", any(graphql::handle))
        .route("/healthz", get(health::ready))
        .route("/readyz", get(health::ready))
        .route("/v1/version", get(health::version))
        .fallback(health::no_such_path)
        .method_not_allowed_fallback(health::no_such_method)
        .layer(axum::middleware::from_fn_with_state(Arc::clone(&state), host::check))
        .layer(axum::middleware::from_fn(observe::request))
        .with_state(state)
}
