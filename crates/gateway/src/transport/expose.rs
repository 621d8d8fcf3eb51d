//! `/metrics`: on the main address for admins, on an address of its own for whoever reaches that.

use std::sync::Arc;

use axum::Router;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use axum::routing::get;

use super::negotiate::Media;
use super::refusal::Refusal;
use crate::metrics;

/// All metrics, if the request is an admin's.
pub async fn to_admins(State(state): State<Arc<super::State>>, headers: HeaderMap) -> Response {
    let pairs = headers.iter().map(|(name, value)| (name.as_str(), value.as_bytes()));
    match state.guard.authenticate(pairs) {
        Ok(session) if session.role.is_admin() => exposition(&state),
        Ok(_) => Refusal::admins_only().response(),
        Err(error) => Refusal::credentials(error, Media::GraphqlResponse).response(),
    }
}

/// The router of `metrics.bind`: no credentials, nothing else.
pub fn router(state: Arc<super::State>) -> Router {
    let all = |State(state): State<Arc<super::State>>| async move { exposition(&state) };
    Router::new().route("/metrics", get(all)).with_state(state)
}

fn exposition(state: &super::State) -> Response {
    ([(CONTENT_TYPE, metrics::CONTENT_TYPE)], state.metrics()).into_response()
}
