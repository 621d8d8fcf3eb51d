//! Requests that never reach GraphQL, as answers with the dialect's shape. The texts are ours; nothing is passed on.

use std::borrow::Cow;
use std::time::Duration;

use axum::body::Body;
use axum::http::header::{ALLOW, CACHE_CONTROL, CONTENT_TYPE, RETRY_AFTER};
use axum::http::{HeaderValue, StatusCode};
use axum::response::Response;
use purlin_auth::AuthError;
use purlin_schema::Limit;
use serde_json::json;

use super::negotiate::Media;
use crate::settings::HttpLimits;

/// Why a request is not answered.
#[derive(Debug)]
pub struct Refusal {
    /// The status.
    pub status: StatusCode,
    code: &'static str,
    message: String,
    path: &'static str,
    hint: Option<String>,
    limit: Option<Limit>,
    retry_after: Option<u32>,
    allow: Option<&'static str>,
}

/// The code of a refusal, for who logs its response.
#[derive(Clone, Copy, Debug)]
pub struct Refused(pub &'static str);

/// Seconds after which an overloaded server may be asked again.
pub const RETRY_SECONDS: u32 = 1;

impl Refusal {
    fn new(status: StatusCode, code: &'static str, message: impl Into<String>) -> Refusal {
        let message = message.into();
        Refusal { status, code, message, path: "$", hint: None, limit: None, retry_after: None, allow: None }
    }

    fn hint(self, hint: impl Into<String>) -> Refusal {
        Refusal { hint: Some(hint.into()), ..self }
    }

    /// One of the named limits.
    fn limit(status: StatusCode, limit: Limit) -> Refusal {
        let refusal = Refusal::new(status, "limit-exceeded", limit.message());
        Refusal { hint: Some(format!("the setting is `{}`", limit.setting)), limit: Some(limit), ..refusal }
    }

    /// Something that is not a size: what happened, and the limit that says so.
    fn because(self, limit: Limit) -> Refusal {
        Refusal { limit: Some(limit), ..self }
    }

    /// Its code.
    pub fn code(&self) -> &'static str {
        self.code
    }

    /// The body as JSON, with one entry in `errors` and no data.
    pub fn body(&self) -> Vec<u8> {
        let mut extensions = json!({ "path": self.path, "code": self.code });
        if let Some(limit) = &self.limit {
            extensions["limit"] = limit.json();
        }
        if let Some(hint) = &self.hint {
            extensions["hint"] = json!(hint);
        }
        json!({ "errors": [{ "message": self.message, "extensions": extensions }] }).to_string().into_bytes()
    }

    /// The whole answer as `application/json`.
    pub fn response(self) -> Response {
        self.response_as(Media::Json)
    }

    /// The whole answer.
    pub fn response_as(self, media: Media) -> Response {
        let mut response = Response::new(Body::from(self.body()));
        *response.status_mut() = self.status;
        response.extensions_mut().insert(Refused(self.code));
        let headers = response.headers_mut();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(media.content_type()));
        if let Some(seconds) = self.retry_after {
            headers.insert(RETRY_AFTER, HeaderValue::from(seconds));
        }
        if self.code == "PERSISTED_QUERY_NOT_FOUND" {
            // The next answer at this address is another one.
            headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
        }
        if let Some(methods) = self.allow {
            headers.insert(ALLOW, HeaderValue::from_static(methods));
        }
        response
    }

    /// A credential that does not open. `application/json` clients look at the body only, as the dialect has it.
    pub fn credentials(error: AuthError, media: Media) -> Refusal {
        let status = match media {
            Media::Json => StatusCode::OK,
            Media::GraphqlResponse => StatusCode::UNAUTHORIZED,
        };
        Refusal::new(status, error.code.text(), error.message)
    }

    /// Another method.
    pub fn method(allow: &'static str) -> Refusal {
        let refusal =
            Refusal::new(StatusCode::METHOD_NOT_ALLOWED, "method-not-allowed", "this method is not allowed here");
        Refusal { allow: Some(allow), ..refusal }.hint(format!("use {allow}"))
    }

    /// An unknown path.
    pub fn no_such_path() -> Refusal {
        Refusal::new(StatusCode::NOT_FOUND, "not-found", "there is nothing at this path")
            .hint("GraphQL is at `/v1/graphql`")
    }

    /// A `Host` that is not this machine, while everybody is admin.
    pub fn foreign_host() -> Refusal {
        Refusal::new(StatusCode::FORBIDDEN, "access-denied", "with `insecure_admin` only local host names are served")
            .hint("use `http://localhost` or `http://127.0.0.1`")
    }

    /// Something for admins only.
    pub fn admins_only() -> Refusal {
        Refusal::new(StatusCode::FORBIDDEN, "access-denied", "this is for the role `admin` only")
            .hint("send the header `x-hasura-admin-secret`, or serve it apart with `metrics.bind`")
    }

    /// A body of a type that is not read.
    pub fn media_type() -> Refusal {
        let message = "the body must have the content type `application/json`, in UTF-8";
        Refusal::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "bad-request", message)
            .hint("send the header `content-type: application/json`")
    }

    /// No media type that is written.
    pub fn not_acceptable() -> Refusal {
        let message = "the answer can only be `application/json` or `application/graphql-response+json`";
        Refusal::new(StatusCode::NOT_ACCEPTABLE, "bad-request", message).hint("change the header `accept`")
    }

    /// A GET that any page could make a browser send.
    pub fn cross_site() -> Refusal {
        let message = "a GET request needs a header that other sites cannot make a browser send";
        Refusal::new(StatusCode::BAD_REQUEST, "bad-request", message)
            .hint("send `accept: application/json` or `graphql-require-preflight: true`, or use POST")
    }

    /// A body that is larger than allowed.
    pub fn too_large(bytes: usize) -> Refusal {
        Refusal::limit(StatusCode::PAYLOAD_TOO_LARGE, Limit::new("body_bytes", bytes as u64, "limits.body_bytes"))
    }

    /// A body that did not come in time.
    pub fn slow_body(limits: &HttpLimits) -> Refusal {
        let limit = Limit::new("body_timeout", milliseconds(limits.body_timeout), "limits.body_timeout");
        Refusal::new(StatusCode::REQUEST_TIMEOUT, "timeout", "the body did not come in time").because(limit)
    }

    /// A body that comes too slowly to wait for its end.
    pub fn trickling_body(limits: &HttpLimits) -> Refusal {
        let limit = Limit::new("body_rate", limits.body_rate as u64, "limits.body_rate");
        Refusal::new(StatusCode::REQUEST_TIMEOUT, "timeout", "the body comes too slowly").because(limit)
    }

    /// A body that broke off.
    pub fn broken_body() -> Refusal {
        Refusal::new(StatusCode::BAD_REQUEST, "bad-request", "the body broke off")
    }

    /// A body that is no JSON.
    pub fn not_json(place: &str) -> Refusal {
        Refusal::new(StatusCode::BAD_REQUEST, "invalid-json", format!("the body is not JSON{place}"))
    }

    /// JSON that is no request.
    pub fn not_a_request(path: &'static str, expected: &str) -> Refusal {
        let message = format!("this is no GraphQL request: {expected}");
        Refusal { path, ..Refusal::new(StatusCode::BAD_REQUEST, "bad-request", message) }
    }

    /// A request without a document.
    pub fn no_query() -> Refusal {
        Refusal::not_a_request("$.query", "`query` must be a string")
    }

    /// A batch that is too long.
    pub fn batch(most: usize) -> Refusal {
        Refusal::limit(StatusCode::BAD_REQUEST, Limit::new("batch", most as u64, "limits.batch"))
    }

    /// A batch whose answers together are too large.
    pub fn batch_bytes(bytes: usize) -> Refusal {
        let limit = Limit::new("response_bytes", bytes as u64, "limits.response_bytes");
        let message = format!("{} by the answers before", limit.message());
        let refusal = Refusal::limit(StatusCode::OK, limit);
        Refusal { message, ..refusal }.hint("ask for less in one batch")
    }

    /// A client that asks too often.
    pub fn too_often(per_minute: u32, setting: String, retry_after: Duration) -> Refusal {
        let limit = Limit { name: "requests_per_minute", value: u64::from(per_minute), setting: Cow::Owned(setting) };
        // Whole seconds, none too few: who comes back then is answered.
        let seconds = u32::try_from(retry_after.as_millis().div_ceil(1000)).unwrap_or(u32::MAX);
        let refusal = Refusal::limit(StatusCode::TOO_MANY_REQUESTS, limit);
        Refusal { retry_after: Some(seconds), ..refusal }.hint(format!("ask again in {seconds} s"))
    }

    /// A hash in place of a document that is not known; the client then sends the document.
    pub fn unknown_hash() -> Refusal {
        // Clients know this by its message and its code.
        Refusal::new(StatusCode::OK, "PERSISTED_QUERY_NOT_FOUND", "PersistedQueryNotFound")
    }

    /// A hash in place of a document where documents are not kept.
    pub fn no_hashes() -> Refusal {
        Refusal::new(StatusCode::OK, "PERSISTED_QUERY_NOT_SUPPORTED", "PersistedQueryNotSupported")
    }

    /// A hash that is not the document's.
    pub fn other_hash() -> Refusal {
        let message = "`sha256Hash` is not the hash of `query`";
        Refusal {
            path: "$.extensions.persistedQuery.sha256Hash",
            ..Refusal::new(StatusCode::BAD_REQUEST, "bad-request", message)
        }
        .hint("it is the SHA-256 of the document's bytes in lower-case hexadecimal digits")
    }

    /// Too much at once.
    pub fn busy(requests: usize) -> Refusal {
        let refusal = Refusal::new(StatusCode::SERVICE_UNAVAILABLE, "busy", "too many requests are under way");
        Refusal { retry_after: Some(RETRY_SECONDS), ..refusal }
            .because(Limit::new("requests", requests as u64, "limits.requests"))
            .hint("try again later")
    }

    /// Too many connections, as this limit says.
    pub fn connections(limit: Limit) -> Refusal {
        let refusal = Refusal::new(StatusCode::SERVICE_UNAVAILABLE, "busy", "too many connections are open");
        Refusal { retry_after: Some(RETRY_SECONDS), ..refusal }.because(limit).hint("try again later")
    }

    /// The whole request took too long.
    pub fn timeout(after: Duration) -> Refusal {
        let limit = Limit::new("request_timeout", milliseconds(after), "limits.request_timeout");
        Refusal::new(StatusCode::GATEWAY_TIMEOUT, "timeout", "the request took too long")
            .because(limit)
            .hint("ask for less; the setting is `limits.request_timeout`")
    }

    /// Our own mistake.
    pub fn bug() -> Refusal {
        Refusal::new(StatusCode::INTERNAL_SERVER_ERROR, "unexpected", "internal error")
            .hint("the log has more under the `x-request-id` of this answer")
    }
}

fn milliseconds(time: Duration) -> u64 {
    u64::try_from(time.as_millis()).unwrap_or(u64::MAX)
}
