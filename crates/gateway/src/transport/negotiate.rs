//! Headers of GraphQL over HTTP: which media type is wanted, which is sent, who could have made a browser send this.

use axum::http::header::{ACCEPT, CONTENT_TYPE};
use axum::http::{HeaderMap, HeaderName};

/// A media type of answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Media {
    /// `application/json`: status 200 for every GraphQL answer.
    Json,
    /// `application/graphql-response+json`: the status says whether there is data.
    GraphqlResponse,
}

impl Media {
    /// The value of `content-type`.
    pub const fn content_type(self) -> &'static str {
        match self {
            Media::Json => "application/json; charset=utf-8",
            Media::GraphqlResponse => "application/graphql-response+json; charset=utf-8",
        }
    }
}

/// The best media type both sides know: highest q-value first, then the order written. Without `accept`, or with
/// wildcards only, `application/json`. `None` if nothing fits.
pub fn accepted(headers: &HeaderMap) -> Option<Media> {
    let mut best: Option<(Media, f32)> = None;
    let mut any = false;
    for value in headers.get_all(ACCEPT) {
        for range in value.to_str().ok()?.split(',').filter(|range| !range.trim().is_empty()) {
            any = true;
            let Some((media, quality)) = offer(range) else { continue };
            if quality > 0.0 && best.is_none_or(|(_, known)| quality > known) {
                best = Some((media, quality));
            }
        }
    }
    if any { best.map(|(media, _)| media) } else { Some(Media::Json) }
}

fn offer(range: &str) -> Option<(Media, f32)> {
    let mut parts = range.split(';').map(str::trim);
    let name = parts.next()?.to_ascii_lowercase();
    let mut quality = 1.0;
    for parameter in parts {
        match parameter.split_once('=').map(|(name, value)| (name.trim().to_ascii_lowercase(), value.trim())) {
            Some((name, value)) if name == "q" => quality = value.parse().ok()?,
            Some((name, value)) if name == "charset" && !is_utf8(value) => return None,
            _ => {}
        }
    }
    match name.as_str() {
        "application/graphql-response+json" => Some((Media::GraphqlResponse, quality)),
        "application/json" | "application/*" | "*/*" => Some((Media::Json, quality)),
        _ => None,
    }
}

/// Whether the body is JSON in UTF-8. This is also what keeps other sites out: a browser asks before it sends JSON
/// across sites.
pub fn sends_json(headers: &HeaderMap) -> bool {
    let mut values = headers.get_all(CONTENT_TYPE).iter();
    let (Some(value), None) = (values.next(), values.next()) else { return false };
    let Ok(value) = value.to_str() else { return false };
    let mut parts = value.split(';').map(str::trim);
    let json = parts.next().is_some_and(|name| name.eq_ignore_ascii_case("application/json"));
    json && parts.all(|parameter| match parameter.split_once('=') {
        Some((name, value)) if name.trim().eq_ignore_ascii_case("charset") => is_utf8(value),
        _ => true,
    })
}

fn is_utf8(charset: &str) -> bool {
    let charset = charset.trim().trim_matches('"');
    charset.eq_ignore_ascii_case("utf-8") || charset.eq_ignore_ascii_case("utf8")
}

/// Whether there is a body of a type that is not read. No client of ours sends one with a GET; what browsers send
/// without asking does.
pub fn sends_other(headers: &HeaderMap) -> bool {
    headers.contains_key(CONTENT_TYPE) && !sends_json(headers)
}

/// Whether a page of another origin has a browser send this without asking, and without being able to read the answer:
/// browsers say so, and pages cannot make them say otherwise (Fetch Metadata).
pub fn is_blind(headers: &HeaderMap) -> bool {
    let says = |name: &str, value: &str| headers.get(name).is_some_and(|said| said.as_bytes() == value.as_bytes());
    says("sec-fetch-mode", "no-cors") && !says("sec-fetch-site", "same-origin")
}

/// Whether a GET carries what a link, an image or a form of another site cannot: a header of its own, or an `accept`
/// that names one of our media types.
pub fn is_deliberate_get(headers: &HeaderMap) -> bool {
    let deliberate = |name: &HeaderName| {
        let name = name.as_str();
        name == "authorization"
            || name == "graphql-require-preflight"
            || name == "apollo-require-preflight"
            || name.starts_with("x-")
    };
    let names_json = headers.get_all(ACCEPT).iter().filter_map(|value| value.to_str().ok()).any(|value| {
        let names = |range: &str| {
            let name = range.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
            name == "application/json" || name == "application/graphql-response+json"
        };
        value.split(',').any(names)
    });
    names_json || sends_json(headers) || headers.keys().any(deliberate)
}

#[cfg(test)]
mod tests {
    use axum::http::{HeaderMap, HeaderValue};

    use super::{Media, accepted, sends_json};

    fn headers(name: &'static str, value: &'static str) -> HeaderMap {
        HeaderMap::from_iter([(axum::http::HeaderName::from_static(name), HeaderValue::from_static(value))])
    }

    #[test]
    fn the_best_media_type_wins() {
        let json = Some(Media::Json);
        let response = Some(Media::GraphqlResponse);
        assert_eq!(accepted(&HeaderMap::new()), json);
        for (accept, expected) in [
            ("*/*", json),
            ("", json),
            ("application/*", json),
            ("application/json", json),
            ("application/json; charset=utf-8", json),
            ("application/graphql-response+json", response),
            ("application/graphql-response+json, application/json;q=0.9", response),
            ("application/json, application/graphql-response+json", json),
            ("application/json;q=0.5, application/graphql-response+json;q=0.6", response),
            ("application/graphql-response+json;q=0.1, */*;q=0.2", json),
            ("application/graphql-response+json;q=0, application/json", json),
            ("application/graphql-response+json, application/json, text/event-stream, multipart/mixed", response),
            ("text/html", None),
            ("text/html, application/json;q=0", None),
            ("application/json;q=x", None),
            ("application/json; charset=utf-16", None),
        ] {
            assert_eq!(accepted(&headers("accept", accept)), expected, "{accept}");
        }
    }

    #[test]
    fn only_json_in_utf8_is_json() {
        for value in ["application/json", "Application/JSON; charset=UTF-8", "application/json;charset=\"utf-8\""] {
            assert!(sends_json(&headers("content-type", value)), "{value}");
        }
        for value in [
            "text/plain",
            "application/json; charset=utf-16",
            "application/json; charset=ibm037",
            "application/x-www-form-urlencoded",
            "multipart/form-data; boundary=x",
            "application/jsonp",
            "text/plain; application/json",
        ] {
            assert!(!sends_json(&headers("content-type", value)), "{value}");
        }
        assert!(!sends_json(&HeaderMap::new()));
    }
}
