//! GraphQL over HTTP: media type → requests → session → answers → one response.

use std::sync::Arc;

use axum::body::{Body, HttpBody};
use axum::extract::{Request, State};
use axum::http::header::{CONTENT_TYPE, RETRY_AFTER};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode};
use axum::response::Response;
use http_body_util::{BodyExt, Limited};
use purlin_model::Session;
use purlin_schema::Code;

use super::negotiate::{self, Media};
use super::observe::Seen;
use super::refusal::{RETRY_SECONDS, Refusal};
use super::request::{self, Requests};
use crate::metrics::Asked;
use crate::settings::HttpLimits;

/// Answers `POST` and `GET`.
pub async fn handle(State(state): State<Arc<super::State>>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let Some(media) = negotiate::accepted(&parts.headers) else {
        return Refusal::not_acceptable().response();
    };
    let mut seen = Seen::default();
    let answer = answer(&state, &parts, body, media, &mut seen);
    let answered = tokio::time::timeout(state.limits.request_timeout, answer).await;
    let mut response = match answered.unwrap_or_else(|_| Err(Refusal::timeout())) {
        Ok(response) => response,
        Err(refusal) => refusal.response_as(media),
    };
    response.extensions_mut().insert(seen);
    response
}

/// The chain of values a request is.
async fn answer(
    state: &super::State,
    parts: &Parts,
    body: Body,
    media: Media,
    seen: &mut Seen,
) -> Result<Response, Refusal> {
    let _slot = state.slots.try_acquire().map_err(|_| Refusal::busy())?;
    let requests = match parts.method {
        Method::GET if !negotiate::is_deliberate_get(&parts.headers) => return Err(Refusal::cross_site()),
        Method::GET => Requests::One(request::of_query(parts.uri.query().unwrap_or_default())?),
        Method::POST if !negotiate::sends_json(&parts.headers) => return Err(Refusal::media_type()),
        Method::POST => {
            let body = read(body, &state.limits).await?;
            seen.received = body.len() as u64;
            request::of_body(&body, state.limits.batch)?
        }
        _ => return Err(Refusal::method("GET, POST")),
    };
    let session = session(state, &parts.headers, media, seen)?;
    match requests {
        Requests::One(request) => {
            let mut answer = state.service.execute(&request, &session, parts.method == Method::GET).await;
            seen.ran(std::mem::take(&mut answer.run));
            seen.code = answer.failed.as_ref().map(|refusal| refusal.code.text());
            Ok(one(answer, media))
        }
        Requests::Batch(requests) => Ok(batch(state, &requests, &session, media, seen).await),
    }
}

async fn read(body: Body, limits: &HttpLimits) -> Result<Vec<u8>, Refusal> {
    // Nobody waits for a body that says itself that it is too large.
    if body.size_hint().lower() > limits.body_bytes as u64 {
        return Err(Refusal::too_large(limits.body_bytes));
    }
    let whole = Limited::new(body, limits.body_bytes).collect();
    match tokio::time::timeout(limits.body_timeout, whole).await {
        Err(_) => Err(Refusal::slow_body()),
        Ok(Ok(body)) => Ok(body.to_bytes().into()),
        Ok(Err(error)) if error.is::<http_body_util::LengthLimitError>() => Err(Refusal::too_large(limits.body_bytes)),
        Ok(Err(_)) => Err(Refusal::broken_body()),
    }
}

fn session(state: &super::State, headers: &HeaderMap, media: Media, seen: &mut Seen) -> Result<Session, Refusal> {
    let pairs = headers.iter().map(|(name, value)| (name.as_str(), value.as_bytes()));
    let session = state.guard.authenticate(pairs).map_err(|error| {
        seen.code = Some(error.code.text());
        Refusal::credentials(error, media)
    })?;
    seen.role = Some(session.role.clone());
    Ok(session)
}

fn one(answer: purlin_schema::Response, media: Media) -> Response {
    let code = answer.failed.map(|refusal| refusal.code);
    respond(answer.body, code.map_or(StatusCode::OK, |code| status(code, media)), media)
}

/// Each in its own snapshot or transaction, in order; together at most one answer's size.
async fn batch(
    state: &super::State,
    requests: &[purlin_schema::Request],
    session: &Session,
    media: Media,
    seen: &mut Seen,
) -> Response {
    seen.asked = Asked::Batch;
    let mut body = vec![b'['];
    for (index, request) in requests.iter().enumerate() {
        if index > 0 {
            body.push(b',');
        }
        if body.len() > state.limits.response_bytes {
            body.extend_from_slice(&Refusal::batch_bytes(state.limits.response_bytes).body());
            continue;
        }
        let answer = state.service.execute(request, session, false).await;
        seen.ran_within(answer.run);
        if let Some(refusal) = &answer.failed {
            state.observer.metrics.error(refusal.code.text());
        }
        body.extend_from_slice(&answer.body);
    }
    body.push(b']');
    respond(body, StatusCode::OK, media)
}

/// The status of an answer without data (`docs/api.md`). Overload is told by status to everybody, since proxies and
/// clients act on it; the rest only to those who asked for the media type whose statuses mean something.
fn status(code: Code, media: Media) -> StatusCode {
    match (code, media) {
        (Code::Busy, _) => StatusCode::SERVICE_UNAVAILABLE,
        (Code::MethodNotAllowed, _) => StatusCode::METHOD_NOT_ALLOWED,
        (_, Media::Json) => StatusCode::OK,
        (Code::PostgresError, _) => StatusCode::SERVICE_UNAVAILABLE,
        (Code::Timeout, _) => StatusCode::GATEWAY_TIMEOUT,
        (Code::Unexpected, _) => StatusCode::INTERNAL_SERVER_ERROR,
        _ => StatusCode::BAD_REQUEST,
    }
}

fn respond(body: Vec<u8>, status: StatusCode, media: Media) -> Response {
    let mut response = Response::new(Body::from(body));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(media.content_type()));
    if status == StatusCode::SERVICE_UNAVAILABLE {
        headers.insert(RETRY_AFTER, HeaderValue::from(RETRY_SECONDS));
    }
    if status == StatusCode::METHOD_NOT_ALLOWED {
        headers.insert(axum::http::header::ALLOW, HeaderValue::from_static("POST"));
    }
    response
}
