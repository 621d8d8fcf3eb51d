//! Around every request: an id, one line in the log, and panics that end nothing but the request.
//!
//! The log holds no secrets, variables, rows or addresses.

use std::any::Any;
use std::panic::AssertUnwindSafe;
use std::time::Instant;

use axum::extract::Request;
use axum::http::{HeaderName, HeaderValue};
use axum::middleware::Next;
use axum::response::Response;
use futures_util::FutureExt;
use tracing::Instrument;

use super::refusal::Refusal;

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
/// Longest id taken from a client, in bytes.
const REQUEST_ID_BYTES: usize = 128;
/// Longest operation name in the log, in characters.
const NAME_CHARACTERS: usize = 100;

/// What a handler knows of a request that the log wants.
#[derive(Clone, Debug, Default)]
pub struct Seen {
    /// The role it acted in.
    pub role: Option<String>,
    /// The operation's name, as the client says.
    pub operation: Option<String>,
    /// The code of its error.
    pub code: Option<&'static str>,
}

impl Seen {
    /// With an operation's name, shortened.
    pub fn operation(&mut self, name: Option<&str>) {
        self.operation = name.map(|name| name.chars().take(NAME_CHARACTERS).collect());
    }
}

/// Answers a request and logs it.
pub async fn request(request: Request, next: Next) -> Response {
    let id = request_id(&request);
    let span = tracing::info_span!("request", id = %id);
    let method = request.method().clone();
    let path = request.uri().path().to_owned();
    let started = Instant::now();
    async move {
        let waiting = Waiting { started, answered: false };
        let answer = AssertUnwindSafe(next.run(request)).catch_unwind().await;
        let mut response = answer.unwrap_or_else(|panic| panicked(&*panic));
        let seen = response.extensions_mut().remove::<Seen>().unwrap_or_default();
        let milliseconds = waiting.done();
        tracing::info!(
            %method,
            path = ?path,
            status = response.status().as_u16(),
            role = seen.role.as_deref(),
            operation = seen.operation.as_deref().map(tracing::field::debug),
            code = seen.code,
            milliseconds,
            "answered"
        );
        if let Ok(id) = HeaderValue::from_str(&id) {
            response.headers_mut().insert(REQUEST_ID, id);
        }
        response
    }
    .instrument(span)
    .await
}

/// A client that waits. When it goes away, the request is dropped, and that is a line as well.
struct Waiting {
    started: Instant,
    answered: bool,
}

impl Waiting {
    /// Milliseconds it has waited, to three places.
    fn milliseconds(&self) -> f64 {
        (self.started.elapsed().as_secs_f64() * 1e6).round() / 1e3
    }

    fn done(mut self) -> f64 {
        self.answered = true;
        self.milliseconds()
    }
}

impl Drop for Waiting {
    fn drop(&mut self) {
        if !self.answered {
            tracing::info!(milliseconds = self.milliseconds(), "the client went away");
        }
    }
}

/// The client's id if it is short and visible ASCII, else a new one.
fn request_id(request: &Request) -> String {
    let given = request.headers().get(REQUEST_ID).and_then(|id| id.to_str().ok());
    let usable =
        |id: &&str| !id.is_empty() && id.len() <= REQUEST_ID_BYTES && id.bytes().all(|byte| byte.is_ascii_graphic());
    given.filter(usable).map_or_else(|| uuid::Uuid::new_v4().to_string(), str::to_owned)
}

/// The panic hook has logged the place already.
fn panicked(_panic: &(dyn Any + Send)) -> Response {
    let mut response = Refusal::bug().response();
    response.extensions_mut().insert(Seen { code: Some("unexpected"), ..Seen::default() });
    response
}

#[cfg(test)]
mod tests {
    use axum::Router;
    use axum::body::Body;
    use axum::extract::Request;
    use axum::http::StatusCode;
    use axum::routing::get;
    use http_body_util::BodyExt;
    use tower::ServiceExt;

    #[allow(clippy::unreachable, reason = "the panic is what is tested")]
    async fn panics() -> &'static str {
        unreachable!("a secret")
    }

    #[tokio::test]
    async fn a_panic_ends_only_its_request_and_tells_nothing() {
        let router = Router::new()
            .route("/panics", get(panics))
            .route("/fine", get(|| async { "fine" }))
            .layer(axum::middleware::from_fn(super::request));
        let ask = |path: &str| router.clone().oneshot(Request::get(path).body(Body::empty()).unwrap());
        let answer = ask("/panics").await.unwrap();
        assert_eq!(answer.status(), StatusCode::INTERNAL_SERVER_ERROR);
        assert!(answer.headers().contains_key("x-request-id"));
        let body = answer.into_body().collect().await.unwrap().to_bytes();
        let expected = r#"{"errors":[{"message":"internal error","extensions":{"path":"$","code":"unexpected","hint":"the log has more under the `x-request-id` of this answer"}}]}"#;
        assert_eq!(body, expected);
        assert_eq!(ask("/fine").await.unwrap().status(), StatusCode::OK);
    }
}
