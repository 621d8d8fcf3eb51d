//! Whether the server is ready, which version it is, and what is not there.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use serde_json::json;

use super::negotiate::Media;
use super::refusal::Refusal;

/// Longest time the database may take to say that it is there.
const PATIENCE: Duration = Duration::from_secs(2);

/// `OK` while the database answers and the server is not about to end.
pub async fn ready(State(state): State<Arc<super::State>>) -> Response {
    match state.stopping.load(Ordering::Relaxed) {
        true => (StatusCode::INTERNAL_SERVER_ERROR, "STOPPING").into_response(),
        false => alive(State(state)).await,
    }
}

/// `OK` while the database answers.
pub async fn alive(State(state): State<Arc<super::State>>) -> Response {
    match tokio::time::timeout(PATIENCE, state.database.ping()).await {
        Ok(Ok(())) => (StatusCode::OK, "OK").into_response(),
        Ok(Err(error)) => {
            tracing::error!(%error, "the database is not ready");
            (StatusCode::INTERNAL_SERVER_ERROR, "ERROR").into_response()
        }
        Err(_) => {
            tracing::error!(seconds = PATIENCE.as_secs(), "the database does not answer");
            (StatusCode::INTERNAL_SERVER_ERROR, "ERROR").into_response()
        }
    }
}

/// Name and version.
pub async fn version() -> Response {
    let body = json!({ "server_type": "purlin", "version": env!("CARGO_PKG_VERSION") }).to_string();
    ([(CONTENT_TYPE, Media::Json.content_type())], body).into_response()
}

/// Any other path.
pub async fn no_such_path() -> Response {
    Refusal::no_such_path().response()
}

/// A known path with another method.
pub async fn no_such_method() -> Response {
    Refusal::method("GET").response()
}
