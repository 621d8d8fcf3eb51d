//! Around every request: an id, one line in the log, its place in the metrics, and panics that end nothing but the
//! request.
//!
//! The log holds no secrets, variables or rows, and addresses only if a setting says so.

use std::any::Any;
use std::net::IpAddr;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::body::HttpBody;
use axum::extract::{Request, State};
use axum::http::{HeaderName, HeaderValue, Method};
use axum::middleware::Next;
use axum::response::Response;
use futures_util::FutureExt;
use purlin_db::measure::Inside;
use purlin_model::Role;
use purlin_schema::Run;
use tracing::Instrument;

use super::refusal::{Refusal, Refused};
use crate::metrics::{Answered, Asked, Metrics, RoleClass};
use crate::slow::{Slow, SlowLog};
use crate::traces::{Told, Traces};

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
/// Longest id taken from a client, in bytes.
const REQUEST_ID_BYTES: usize = 128;
/// Longest path, operation name and role in the log, in characters.
const NAME_CHARACTERS: usize = 100;

/// What a handler knows of a request that logs and metrics want. It holds no values.
#[derive(Clone, Debug, Default)]
pub struct Seen {
    /// The role it acted in.
    pub role: Option<Role>,
    /// The address of who asks, if it is to be logged.
    pub address: Option<IpAddr>,
    /// What it asked for.
    pub asked: Asked,
    /// How it was answered; of a batch, all times together.
    pub run: Run,
    /// The code of its error.
    pub code: Option<&'static str>,
    /// Bytes of its body.
    pub received: u64,
}

impl Seen {
    /// An operation ran.
    pub fn ran(&mut self, run: Run) {
        self.asked = run.kind.map_or(Asked::Other, Asked::from);
        self.run = run;
    }

    /// An operation of a batch ran.
    pub fn ran_within(&mut self, run: Run) {
        self.run.preparing += run.preparing;
        self.run.database += run.database;
        self.run.plan = run.plan.or(self.run.plan.take());
    }

    /// What the database took, if it was asked.
    fn database(&self) -> Option<Duration> {
        self.run.plan.is_some().then_some(self.run.database)
    }
}

/// Who is told of every request.
#[derive(Debug, Default)]
pub struct Observer {
    /// Counts them.
    pub metrics: Arc<Metrics>,
    /// The role of requests without credentials.
    pub public: Option<Role>,
    /// Told of slow operations, unless that is off.
    pub slow: Option<SlowLog>,
    /// Told of every request, if traces are sent.
    pub traces: Option<Traces>,
}

impl Observer {
    fn class(&self, role: Option<&Role>) -> RoleClass {
        match role {
            None => RoleClass::None,
            Some(role) if role.is_admin() => RoleClass::Admin,
            Some(role) if Some(role) == self.public.as_ref() => RoleClass::Public,
            Some(_) => RoleClass::User,
        }
    }

    fn slow(&self, seen: &Seen) {
        let Seen { role, run, .. } = seen;
        let time = run.preparing + run.database;
        let (Some(log), Some(plan)) = (&self.slow, &run.plan) else { return };
        if time < log.threshold {
            return;
        }
        self.metrics.slow();
        log.note(Slow {
            request: tracing::Span::current(),
            operation: run.operation.as_deref().map(|name| shortened(name).into()),
            role: role.as_ref().map(|role| shortened(role.name()).to_owned()).unwrap_or_default(),
            plan: Arc::clone(plan),
            database: run.database,
            time,
        });
    }

    /// Tells of a request that was answered.
    fn answered(&self, method: &Method, path: &str, seen: &Seen, response: &Response, duration: Duration) {
        let sent = response.body().size_hint().exact().unwrap_or_default();
        let status = response.status();
        let database = seen.database();
        let role = self.class(seen.role.as_ref());
        let Seen { asked, received, .. } = *seen;
        self.metrics.answered(&Answered { asked, role, status, duration, database, received, sent });
        if let Some(code) = seen.code {
            self.metrics.error(code);
        }
        self.slow(seen);
        tracing::info!(
            %method,
            path = shortened(path),
            status = status.as_u16(),
            role = seen.role.as_ref().map(|role| shortened(role.name())),
            operation = seen.run.operation.as_deref().map(shortened),
            kind = asked.text(),
            address = seen.address.map(tracing::field::display),
            code = seen.code,
            received,
            sent,
            milliseconds = milliseconds(duration),
            database_milliseconds = database.map(milliseconds),
            "answered"
        );
    }
}

/// Answers a request and tells of it.
pub async fn request(State(observer): State<Arc<Observer>>, request: Request, next: Next) -> Response {
    let id = request_id(&request);
    let span = tracing::info_span!("request", id = %id);
    let method = request.method().clone();
    let path = request.uri().path().to_owned();
    let started = Instant::now();
    let client = observer.traces.as_ref().map(|traces| traces.client(request.headers()));
    async move {
        let waiting = Waiting::new(&observer.metrics, started);
        let answer = AssertUnwindSafe(next.run(request)).catch_unwind().await;
        let mut response = answer.unwrap_or_else(|panic| panicked(&*panic));
        let mut seen = response.extensions_mut().remove::<Seen>().unwrap_or_default();
        let refused = response.extensions_mut().remove::<Refused>();
        seen.code = seen.code.or(refused.map(|Refused(code)| code));
        let duration = waiting.done();
        observer.answered(&method, &path, &seen, &response, duration);
        if let (Some(traces), Some(client)) = (&observer.traces, client) {
            let role = seen.role.as_ref().map(|role| shortened(role.name()));
            let (status, kind) = (response.status(), seen.asked.text());
            let (path, run, code) = (shortened(&path), &seen.run, seen.code);
            let told =
                Told { id: &id, method: &method, path, status, kind, role, code, run, started, duration, client };
            traces.request(&told);
        }
        if let Ok(id) = HeaderValue::from_str(&id) {
            response.headers_mut().insert(REQUEST_ID, id);
        }
        response
    }
    .instrument(span)
    .await
}

/// A client that waits. When it goes away, the request is dropped, and that is a line as well.
struct Waiting<'a> {
    metrics: &'a Metrics,
    _under_way: Inside<'a>,
    started: Instant,
    answered: bool,
}

impl<'a> Waiting<'a> {
    fn new(metrics: &'a Metrics, started: Instant) -> Waiting<'a> {
        Waiting { metrics, _under_way: metrics.requests.enter(), started, answered: false }
    }

    fn done(mut self) -> Duration {
        self.answered = true;
        self.started.elapsed()
    }
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        if !self.answered {
            self.metrics.abandoned();
            tracing::info!(milliseconds = milliseconds(self.started.elapsed()), "the client went away");
        }
    }
}

/// Milliseconds, to three places.
fn milliseconds(time: Duration) -> f64 {
    time.as_micros() as f64 / 1e3
}

/// At most so much of a text as the log takes. The log writes texts with escapes, so that nobody can forge a line.
fn shortened(text: &str) -> &str {
    text.char_indices().nth(NAME_CHARACTERS).map_or(text, |(end, _)| &text[..end])
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
    Refusal::bug().response()
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
            .layer(axum::middleware::from_fn_with_state(std::sync::Arc::default(), super::request));
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
