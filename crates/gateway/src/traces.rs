//! Traces by OTLP over HTTP: one span per request, and below it what preparing and the database took.
//!
//! Off unless an endpoint is set, and then only told afterwards: nothing of a request waits for it. What the OpenTelemetry
//! SDK reads of its own variables (`OTEL_SERVICE_NAME`, `OTEL_TRACES_SAMPLER`, `OTEL_EXPORTER_OTLP_HEADERS`, …) holds.

use std::time::{Duration, Instant, SystemTime};

use axum::http::{HeaderMap, Method, StatusCode};
use opentelemetry::propagation::{Extractor, TextMapPropagator};
use opentelemetry::trace::{
    Link, Span, SpanBuilder, SpanContext, SpanKind, Status, TraceContextExt, Tracer, TracerProvider,
};
use opentelemetry::{Context, KeyValue};
use opentelemetry_http::{Bytes, HttpClient, HttpError, Request, Response};
use opentelemetry_otlp::{Protocol, SpanExporter, WithExportConfig, WithHttpConfig};
use opentelemetry_sdk::Resource;
use opentelemetry_sdk::propagation::TraceContextPropagator;
use opentelemetry_sdk::trace::{SdkTracer, SdkTracerProvider};
use purlin_egress::{Client, EgressError, Limits};
use purlin_schema::Run;

use crate::problem::Problem;

/// Longest wait for the collector when the process ends.
const FLUSH: Duration = Duration::from_secs(2);
/// Longest time one export may take.
const EXPORT: Duration = Duration::from_secs(5);

/// What a client's `traceparent` is good for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Parent {
    /// A request begins a trace of its own and names the client's as a link: nobody outside decides what is sampled.
    #[default]
    Link,
    /// The request is part of the client's trace: for servers behind a proxy that makes the header itself.
    Parent,
    /// It is not read.
    Ignore,
}

/// Takes requests and sends their spans.
#[derive(Debug)]
pub struct Traces {
    provider: SdkTracerProvider,
    tracer: SdkTracer,
    parent: Parent,
}

/// A request that was answered.
pub struct Told<'a> {
    /// Its id.
    pub id: &'a str,
    /// Its method.
    pub method: &'a Method,
    /// Its path, shortened.
    pub path: &'a str,
    /// Its status.
    pub status: StatusCode,
    /// `query`, `mutation`, …
    pub kind: &'static str,
    /// The role it acted in, shortened.
    pub role: Option<&'a str>,
    /// The code of its error.
    pub code: Option<&'static str>,
    /// How it ran.
    pub run: &'a Run,
    /// When it came.
    pub started: Instant,
    /// How long it took.
    pub duration: Duration,
    /// The trace the client says it belongs to.
    pub client: SpanContext,
}

impl Traces {
    /// Sends to the collector at `endpoint` (`http://host:4318`). Must be called within a runtime.
    ///
    /// # Errors
    /// An endpoint that is no URL.
    pub fn start(endpoint: &str, parent: Parent) -> Result<Traces, Problem> {
        let wrong = |reason: String| Problem::new("setting-value", "`traces.endpoint` cannot be used").because(reason);
        let client = Client::new().map_err(|error| wrong(error.to_string()))?;
        let endpoint = endpoint.trim_end_matches('/');
        let url = match endpoint.ends_with("/v1/traces") {
            true => endpoint.to_owned(),
            false => format!("{endpoint}/v1/traces"),
        };
        let exporter = SpanExporter::builder()
            .with_http()
            .with_http_client(Exporting { client, runtime: tokio::runtime::Handle::current() })
            .with_endpoint(url)
            .with_protocol(Protocol::HttpJson)
            .with_timeout(EXPORT)
            .build()
            .map_err(|error| wrong(error.to_string()))?;
        let mut resource = Resource::builder();
        if std::env::var_os("OTEL_SERVICE_NAME").is_none() {
            resource = resource.with_service_name("purlin");
        }
        let version = KeyValue::new("service.version", env!("CARGO_PKG_VERSION"));
        let resource = resource.with_attribute(version).build();
        let provider = SdkTracerProvider::builder().with_batch_exporter(exporter).with_resource(resource).build();
        Ok(Traces { tracer: provider.tracer("purlin"), provider, parent })
    }

    /// The trace that the headers name, as far as that matters.
    pub fn client(&self, headers: &HeaderMap) -> SpanContext {
        match self.parent {
            Parent::Ignore => SpanContext::NONE,
            _ => TraceContextPropagator::new()
                .extract_with_context(&Context::new(), &Headers(headers))
                .span()
                .span_context()
                .clone(),
        }
    }

    /// Tells of a request.
    pub fn request(&self, told: &Told<'_>) {
        // Spans want the time of day; how long things took is known better.
        let now = (Instant::now(), SystemTime::now());
        let at = |instant: Instant| now.1 - now.0.saturating_duration_since(instant);
        let mut builder = SpanBuilder::from_name(told.run.operation.as_deref().map_or_else(
            || format!("{} {}", told.method, told.kind),
            |name| format!("{} {}", told.kind, name.chars().take(100).collect::<String>()),
        ));
        builder = builder.with_kind(SpanKind::Server).with_start_time(at(told.started)).with_attributes(facts(told));
        let parent = match self.parent {
            Parent::Parent if told.client.is_valid() => Context::new().with_remote_span_context(told.client.clone()),
            Parent::Link if told.client.is_valid() => {
                builder = builder.with_links(vec![Link::with_context(told.client.clone())]);
                Context::new()
            }
            _ => Context::new(),
        };
        let mut span = self.tracer.build_with_context(builder, &parent);
        if told.status.is_server_error() {
            span.set_status(Status::error(told.code.unwrap_or("unexpected")));
        }
        let context = parent.with_span(span);
        if let Some(began) = told.run.began {
            let prepared = began + told.run.preparing;
            self.part("prepare", Vec::new(), (at(began), at(prepared)), &context);
            if told.run.plan.is_some() {
                let answered = at(prepared + told.run.database);
                self.part("database", Vec::new(), (at(prepared), answered), &context);
            }
        }
        context.span().end_with_timestamp(at(told.started + told.duration));
    }

    fn part(&self, name: &'static str, facts: Vec<KeyValue>, (from, to): (SystemTime, SystemTime), above: &Context) {
        let builder = SpanBuilder::from_name(name).with_start_time(from).with_attributes(facts);
        self.tracer.build_with_context(builder, above).end_with_timestamp(to);
    }

    /// Sends what is left.
    pub async fn end(&self) {
        let provider = self.provider.clone();
        // It waits, and what it waits for needs the runtime.
        let ended = tokio::task::spawn_blocking(move || provider.shutdown_with_timeout(FLUSH)).await;
        if !matches!(ended, Ok(Ok(()))) {
            tracing::warn!("the last traces could not be sent");
        }
    }
}

fn facts(told: &Told<'_>) -> Vec<KeyValue> {
    let mut facts = vec![
        KeyValue::new("http.request.method", told.method.to_string()),
        KeyValue::new("url.path", told.path.to_owned()),
        KeyValue::new("http.response.status_code", i64::from(told.status.as_u16())),
        KeyValue::new("graphql.operation.type", told.kind),
        KeyValue::new("purlin.request_id", told.id.to_owned()),
    ];
    if let Some(name) = &told.run.operation {
        facts.push(KeyValue::new("graphql.operation.name", name.chars().take(100).collect::<String>()));
    }
    facts.extend(told.role.map(|role| KeyValue::new("purlin.role", role.to_owned())));
    facts.extend(told.code.map(|code| KeyValue::new("error.type", code)));
    facts
}

struct Headers<'a>(&'a HeaderMap);

impl Extractor for Headers<'_> {
    fn get(&self, key: &str) -> Option<&str> {
        self.0.get(key).and_then(|value| value.to_str().ok())
    }

    fn keys(&self) -> Vec<&str> {
        self.0.keys().map(|name| name.as_str()).collect()
    }
}

/// Sends exports by the one crate that makes outgoing HTTP. The exporter has a thread of its own, outside the runtime.
#[derive(Debug)]
struct Exporting {
    client: Client,
    runtime: tokio::runtime::Handle,
}

#[async_trait::async_trait]
impl HttpClient for Exporting {
    async fn send_bytes(&self, request: Request<Bytes>) -> Result<Response<Bytes>, HttpError> {
        let (parts, body) = request.into_parts();
        let client = self.client.clone();
        let limits = Limits { timeout: EXPORT, ..Limits::default() };
        let sent = self
            .runtime
            .spawn(async move { client.post(&parts.uri.to_string(), parts.headers, body.into(), limits).await });
        let (status, body) = match sent.await? {
            Ok(answer) => (200, answer.body),
            Err(EgressError::Status(status)) => {
                tracing::warn!(status, "the collector of traces refuses them");
                (status, Vec::new())
            }
            Err(error) => {
                tracing::warn!(%error, "traces cannot be sent");
                return Err(error.into());
            }
        };
        Ok(Response::builder().status(status).body(Bytes::from(body))?)
    }
}
