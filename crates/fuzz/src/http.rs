//! An HTTP request → a response in the form of GraphQL over HTTP, never a failure of the server's own.
//!
//! Inputs are `METHOD TARGET`, lines `NAME: VALUE`, an empty line, and the body.

use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::http::Request;
use http_body_util::BodyExt;
use purlin_auth::{Config, Guard, Secret};
use purlin_gateway::settings::{Settings, Sources, resolve};
use purlin_gateway::transport::{State, router};
use purlin_schema::{Limits, Service};
use serde_json::Value as Json;
use tower::ServiceExt;

use crate::project;

/// Answers that HTTP and the specification of GraphQL over HTTP provide for; 5xx are not among them.
const STATUSES: [u16; 14] = [200, 204, 304, 400, 401, 403, 404, 405, 406, 408, 413, 414, 415, 422];

thread_local! {
    static ROUTER: OnceCell<Router> = const { OnceCell::new() };
}

/// Expects a response that says what it is, and JSON of GraphQL where it says so.
pub fn run(bytes: &[u8]) {
    let Some(request) = read(bytes) else { return };
    let graphql = request.uri().path().contains("graphql");
    let routes = ROUTER.with(|router| router.get_or_init(routes).clone());
    let (status, json, body) = project::wait(async {
        let response = routes.oneshot(request).await.expect("a response");
        let json = response.headers().get("content-type").is_some_and(|kind| {
            kind.as_bytes().ends_with(b"; charset=utf-8") && kind.as_bytes().starts_with(b"application/")
        });
        let status = response.status().as_u16();
        (status, json, response.into_body().collect().await.expect("a body").to_bytes())
    });
    assert!(STATUSES.contains(&status), "status {status}: {}", String::from_utf8_lossy(&body));
    if !graphql || !json {
        return;
    }
    let answer: Json = serde_json::from_slice(&body).expect("JSON");
    let answers = answer.as_array().map_or(std::slice::from_ref(&answer), Vec::as_slice);
    for answer in answers {
        let code = &answer["errors"][0]["extensions"]["code"];
        assert!(answer["data"].is_object() || code.is_string(), "{answer}");
        assert_ne!(code, "unexpected", "{answer}");
    }
}

fn routes() -> Router {
    let sources =
        Sources { flags: BTreeMap::new(), environment: &|_| None, file: BTreeMap::new(), roles: BTreeMap::new() };
    let values = resolve(&sources).map_err(|problems| format!("{problems:?}")).expect("settings");
    let limits = Settings::from_values(&values, PathBuf::from(".")).expect("settings").http;
    let config = Config {
        admin_secret: Some(Secret::new("s")),
        unauthorized_role: Some("reader".to_owned()),
        ..Config::default()
    };
    let guard = Guard::new(config).expect("credentials");
    let database = project::with(|project| Arc::clone(&project.database));
    let service = Service::new(Arc::clone(&database), project::catalog(), Limits::default());
    router(Arc::new(State::new(service, guard, database, limits)))
}

fn read(bytes: &[u8]) -> Option<Request<Body>> {
    let end = bytes.windows(2).position(|pair| pair == b"\n\n")?;
    let head = std::str::from_utf8(&bytes[..end]).ok()?;
    let mut lines = head.lines();
    let (method, target) = lines.next()?.split_once(' ')?;
    let mut request = Request::builder().method(method).uri(target);
    for line in lines {
        let (name, value) = line.split_once(": ")?;
        request = request.header(name, value);
    }
    request.body(Body::from(bytes[end + 2..].to_vec())).ok()
}
