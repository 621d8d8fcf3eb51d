//! The embedded console: its files under a policy that lets nothing in from elsewhere, and what it is told about the
//! project.
//!
//! Refuses to know: what the page does.

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::header::{
    ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_SECURITY_POLICY, CONTENT_TYPE, REFERRER_POLICY, VARY,
    X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS,
};
use axum::http::{HeaderMap, HeaderName, HeaderValue};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use purlin_console::File;
use serde_json::json;

use super::negotiate::Media;
use super::observe::Seen;
use super::refusal::Refusal;

/// Where the page is.
pub const PATH: &str = "/console";

/// The page may load its own files and ask its own server, and nothing else (Content Security Policy, level 3):
/// nothing inline, nothing from elsewhere, not in a frame, no form that leaves.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; \
                      base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// Headers of every answer below [`PATH`].
const HEADERS: [(HeaderName, &str); 6] = [
    (CONTENT_SECURITY_POLICY, POLICY),
    (X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (X_FRAME_OPTIONS, "DENY"),
    (REFERRER_POLICY, "no-referrer"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
];

/// A file that is named after its content.
const FOR_EVER: &str = "public, max-age=31536000, immutable";
/// Everything else.
const NEVER: &str = "no-store";

/// The console's routes; its page is also what a browser finds at `/`.
pub fn routes() -> Router<Arc<super::State>> {
    Router::new()
        .route(PATH, get(page))
        .route("/console/", get(page))
        .route("/console/project.json", get(project))
        .route("/console/{*path}", get(file))
        .layer(axum::middleware::map_response(guarded))
        .route("/", get(|| async { Redirect::temporary(PATH) }))
}

async fn guarded(mut response: Response) -> Response {
    for (name, value) in HEADERS {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    response.headers_mut().entry(CACHE_CONTROL).or_insert(HeaderValue::from_static(NEVER));
    response
}

async fn page(headers: HeaderMap) -> Response {
    match purlin_console::file(purlin_console::INDEX) {
        Some(index) => send(index, &headers),
        None => ([(CONTENT_TYPE, "text/html; charset=utf-8")], purlin_console::MISSING).into_response(),
    }
}

async fn file(Path(path): Path<String>, headers: HeaderMap) -> Response {
    match purlin_console::file(&path) {
        Some(file) => send(file, &headers),
        None => Refusal::no_such_path().response(),
    }
}

/// What the page shows of the project: the credential's role, and to admins the name of every role there is.
async fn project(State(state): State<Arc<super::State>>, headers: HeaderMap) -> Response {
    let pairs = headers.iter().map(|(name, value)| (name.as_str(), value.as_bytes()));
    let session = match state.guard.authenticate(pairs) {
        Ok(session) => session,
        Err(error) => return Refusal::credentials(error, Media::Json).response(),
    };
    let catalog = state.service.catalog();
    let names = || catalog.roles.iter().map(|role| role.name()).collect::<Vec<_>>();
    let body = json!({
        "project": state.console,
        "role": session.role.name(),
        "roles": session.role.is_admin().then(names),
    });
    let mut response = ([(CONTENT_TYPE, Media::Json.content_type())], body.to_string()).into_response();
    let seen = Seen { role: Some(session.role), ..Seen::default() };
    response.extensions_mut().insert(seen);
    response
}

fn send(file: &'static File, headers: &HeaderMap) -> Response {
    let gzip = reads_gzip(headers);
    let mut response = Response::new(if gzip { Body::from(file.gzip) } else { Body::from(file.content()) });
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(file.media_type));
    headers.insert(VARY, HeaderValue::from_name(ACCEPT_ENCODING));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static(if file.is_immutable() { FOR_EVER } else { NEVER }));
    if gzip {
        headers.insert(CONTENT_ENCODING, HeaderValue::from_static("gzip"));
    }
    response
}

/// Whether the client says that it reads gzip (RFC 9110, section 12.5.3). One that says nothing gets the plain file.
fn reads_gzip(headers: &HeaderMap) -> bool {
    let values = headers.get_all(ACCEPT_ENCODING).iter().filter_map(|value| value.to_str().ok());
    let mut named = None;
    let mut any = false;
    for coding in values.flat_map(|value| value.split(',')) {
        let (name, weight) = coding.split_once(';').unwrap_or((coding, "q=1"));
        let weight = weight.trim().trim_start_matches(['q', 'Q']).trim_start_matches('=');
        let wanted = weight.parse().is_ok_and(|weight: f32| weight > 0.0);
        match name.trim().to_ascii_lowercase().as_str() {
            "gzip" | "x-gzip" => named = Some(wanted),
            "*" => any = wanted,
            _ => {}
        }
    }
    named.unwrap_or(any)
}

#[cfg(test)]
mod tests {
    use axum::http::header::ACCEPT_ENCODING;
    use axum::http::{HeaderMap, HeaderValue};

    use super::reads_gzip;

    #[test]
    fn gzip_is_sent_to_those_who_read_it() {
        for (value, expected) in [
            ("gzip, deflate, br, zstd", true),
            ("GZIP;q=0.5", true),
            ("br, *", true),
            ("*;q=0", false),
            ("gzip;q=0, *", false),
            ("gzip;q=nonsense", false),
            ("identity", false),
            ("", false),
        ] {
            let headers = HeaderMap::from_iter([(ACCEPT_ENCODING, HeaderValue::from_static(value))]);
            assert_eq!(reads_gzip(&headers), expected, "{value}");
        }
        assert!(!reads_gzip(&HeaderMap::new()));
    }
}
