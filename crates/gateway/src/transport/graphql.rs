//! GraphQL over HTTP: media type → requests → session → answers → one response.

use std::net::IpAddr;
use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::header::{CONTENT_TYPE, RETRY_AFTER};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode};
use axum::response::Response;
use purlin_model::Session;
use purlin_schema::{Code, Spent};

use super::body;
use super::client::Peer;
use super::negotiate::{self, Media};
use super::observe::Seen;
use super::rate::Grant;
use super::refusal::{RETRY_SECONDS, Refusal};
use super::request::{self, Requests, Sent};
use crate::metrics::Asked;

/// Answers `POST` and `GET`.
pub async fn handle(State(state): State<Arc<super::State>>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let Some(media) = negotiate::accepted(&parts.headers) else {
        return Refusal::not_acceptable().response();
    };
    let mut seen = Seen::default();
    let answer = answer(&state, &parts, body, media, &mut seen);
    let answered = tokio::time::timeout(state.limits.request_timeout, answer).await;
    let answered = answered.unwrap_or_else(|_| Err(Refusal::timeout(state.limits.request_timeout)));
    let mut response = answered.unwrap_or_else(|refusal| refusal.response_as(media));
    response.extensions_mut().insert(seen);
    response
}

/// The chain of values a request is. Whatever can be refused by its headers is, before its body is waited for.
async fn answer(
    state: &super::State,
    parts: &Parts,
    body: Body,
    media: Media,
    seen: &mut Seen,
) -> Result<Response, Refusal> {
    let _slot = state.slots.try_acquire().map_err(|_| Refusal::busy(state.limits.requests))?;
    sendable(parts)?;
    let address = address(state, parts);
    seen.address = address.filter(|_| state.limits.log_address);
    let session = session(state, &parts.headers, media, seen);
    // A wrong credential counts as well: nobody guesses for free.
    let mut grant = take(state, address, session.as_ref().ok().map(|session| session.role.name()), 1)?;
    let session = session?;
    let requests = match parts.method {
        Method::GET => Requests::One(request::of_query(parts.uri.query().unwrap_or_default())?),
        _ => {
            let body = body::read(body, &state.limits).await?;
            seen.received = body.len() as u64;
            request::of_body(&body, state.limits.batch)?
        }
    };
    let mut response = match requests {
        Requests::One(sent) => {
            let (request, hash) = state.persisted.complete(sent)?;
            let mut answer = state.service.execute(&request, &session, parts.method == Method::GET).await;
            if let (Some(hash), None) = (hash, &answer.failed) {
                state.persisted.keep(hash, &request.query);
            }
            seen.ran(std::mem::take(&mut answer.run));
            seen.code = answer.failed.as_ref().map(|refusal| refusal.code.text());
            one(answer, media)
        }
        Requests::Batch(requests) => {
            if requests.len() > 1 {
                grant = take(state, address, Some(session.role.name()), requests.len() - 1)?;
            }
            batch(state, requests, &session, media, seen).await
        }
    };
    if let Some(grant) = grant {
        grant.tell(response.headers_mut());
    }
    Ok(response)
}

/// Takes so many requests of an address from its rate, where there is one.
fn take<'s>(
    state: &'s super::State,
    address: Option<IpAddr>,
    role: Option<&str>,
    requests: usize,
) -> Result<Option<Grant<'s>>, Refusal> {
    match (&state.rates, address) {
        (Some(rates), Some(address)) => rates.take(role, address, requests),
        _ => Ok(None),
    }
}

/// Refuses methods that are not taken, and what a page of another origin can have a browser send without asking.
fn sendable(parts: &Parts) -> Result<(), Refusal> {
    let headers = &parts.headers;
    match parts.method {
        Method::GET | Method::POST if negotiate::is_blind(headers) => Err(Refusal::cross_site()),
        Method::GET if negotiate::sends_other(headers) => Err(Refusal::media_type()),
        Method::GET if !negotiate::is_deliberate_get(headers) => Err(Refusal::cross_site()),
        Method::POST if !negotiate::sends_json(headers) => Err(Refusal::media_type()),
        Method::GET | Method::POST => Ok(()),
        _ => Err(Refusal::method("GET, POST")),
    }
}

/// The address of who asks, where somebody wants to know.
fn address(state: &super::State, parts: &Parts) -> Option<IpAddr> {
    let peer = parts.extensions.get::<Peer>()?;
    Some(state.proxies.client(peer.0, &parts.headers))
}

fn session(state: &super::State, headers: &HeaderMap, media: Media, seen: &mut Seen) -> Result<Session, Refusal> {
    let pairs = headers.iter().map(|(name, value)| (name.as_str(), value.as_bytes()));
    let session = state.guard.authenticate(pairs).map_err(|error| Refusal::credentials(error, media))?;
    seen.role = Some(session.role.clone());
    Ok(session)
}

fn one(answer: purlin_schema::Response, media: Media) -> Response {
    let code = answer.failed.map(|refusal| refusal.code);
    respond(answer.body, code.map_or(StatusCode::OK, |code| status(code, media)), media)
}

/// Each in its own snapshot or transaction, in order; together at most one answer's size and one document's cost.
async fn batch(
    state: &super::State,
    requests: Vec<Sent>,
    session: &Session,
    media: Media,
    seen: &mut Seen,
) -> Response {
    seen.asked = Asked::Batch;
    let mut body = vec![b'['];
    let mut spent = Spent::default();
    for (index, sent) in requests.into_iter().enumerate() {
        if index > 0 {
            body.push(b',');
        }
        if body.len() > state.limits.response_bytes {
            body.extend_from_slice(&Refusal::batch_bytes(state.limits.response_bytes).body());
            continue;
        }
        match state.persisted.complete(sent) {
            Err(refusal) => {
                state.observer.metrics.error(refusal.code());
                body.extend_from_slice(&refusal.body());
            }
            Ok((request, hash)) => {
                let answer = state.service.execute_within(&request, session, false, &mut spent).await;
                seen.ran_within(answer.run);
                match (&answer.failed, hash) {
                    (Some(refusal), _) => state.observer.metrics.error(refusal.code.text()),
                    (None, Some(hash)) => state.persisted.keep(hash, &request.query),
                    (None, None) => {}
                }
                body.extend_from_slice(&answer.body);
            }
        }
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
