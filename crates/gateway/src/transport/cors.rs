//! Which pages of other origins may ask and read: those listed, and nobody else.
//!
//! Without an entry a browser keeps every other origin out by itself.

use std::net::IpAddr;
use std::time::Duration;

use axum::http::header::RETRY_AFTER;
use axum::http::{HeaderName, HeaderValue, Method, Uri};
use tower_http::cors::{AllowHeaders, AllowOrigin, Any, CorsLayer};

use crate::settings::HttpLimits;

/// How long a browser may remember what it was told; no browser remembers longer than two hours.
const REMEMBERED: Duration = Duration::from_secs(2 * 60 * 60);
/// Answer headers that pages may read.
const EXPOSED: [HeaderName; 4] = [
    RETRY_AFTER,
    HeaderName::from_static("x-request-id"),
    HeaderName::from_static("ratelimit"),
    HeaderName::from_static("ratelimit-policy"),
];

/// The rules of these settings; `None` where nobody is let in.
pub fn layer(limits: &HttpLimits) -> Option<CorsLayer> {
    let origins = limits.cors_origins.clone();
    let rules = CorsLayer::new().allow_methods([Method::GET, Method::POST]).expose_headers(EXPOSED).max_age(REMEMBERED);
    if origins.iter().any(|origin| origin == "*") {
        // Everybody, and therefore nobody's cookies.
        return Some(rules.allow_origin(Any).allow_headers(AllowHeaders::mirror_request()));
    }
    let loopback = limits.cors_loopback;
    if origins.is_empty() && !loopback {
        return None;
    }
    let allowed = move |origin: &HeaderValue, _: &axum::http::request::Parts| {
        let Ok(origin) = origin.to_str() else { return false };
        origins.iter().any(|listed| listed == origin) || (loopback && is_loopback(origin))
    };
    let rules = rules.allow_origin(AllowOrigin::predicate(allowed)).allow_headers(AllowHeaders::mirror_request());
    Some(if loopback { rules } else { rules.allow_credentials(true) })
}

/// Whether an origin is a page of this machine.
fn is_loopback(origin: &str) -> bool {
    let url: Option<Uri> = origin.parse().ok();
    let host = url.as_ref().and_then(Uri::host).unwrap_or_default();
    let address = host.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>();
    host == "localhost" || address.is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::is_loopback;

    #[test]
    fn pages_of_this_machine_are_known_by_their_host() {
        for origin in ["http://localhost:5173", "http://127.0.0.1", "https://[::1]:3000"] {
            assert!(is_loopback(origin), "{origin}");
        }
        for origin in ["http://localhost.evil.example", "null", "http://evil.example/localhost", "http://10.0.0.1", ""]
        {
            assert!(!is_loopback(origin), "{origin}");
        }
    }
}
