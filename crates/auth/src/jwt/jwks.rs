//! A JWKS URL → its keys and when to ask again (RFC 7517; caching as the dialect has it).

use std::time::{Duration, SystemTime};

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use purlin_egress::{Caching, Client, EgressError, Limits};
use serde_json::Value as Json;

use super::key::{Algorithm, Key};

/// Most keys of a set; each may be tried for a token.
const KEYS: usize = 64;
/// How often a set is fetched whose answer must not be kept.
const AT_ONCE: Duration = Duration::from_secs(1);
const LIMITS: Limits = Limits { body_bytes: 1024 * 1024, timeout: Duration::from_secs(10) };

/// Why there are no keys; for the log.
#[derive(Debug, thiserror::Error)]
pub enum JwksError {
    /// No answer.
    #[error(transparent)]
    Egress(#[from] EgressError),
    /// An answer without a key that can be used.
    #[error("the answer is not a key set with a usable public key")]
    NoKeys,
}

/// Fetches a key set; also when to fetch it again, `None` for never.
pub async fn fetch(client: &Client, url: &str) -> Result<(Vec<Key>, Option<Duration>), JwksError> {
    let answer = client.get(url, LIMITS).await?;
    let keys = keys(&answer.body).ok_or(JwksError::NoKeys)?;
    Ok((keys, refresh_after(&answer.caching, SystemTime::now())))
}

/// The usable public keys of a set; others are left out. `None` if there is none.
fn keys(body: &[u8]) -> Option<Vec<Key>> {
    let set: Json = serde_json::from_slice(body).ok()?;
    let keys: Vec<Key> = set.get("keys")?.as_array()?.iter().take(KEYS).filter_map(key).collect();
    (!keys.is_empty()).then_some(keys)
}

fn key(jwk: &Json) -> Option<Key> {
    let text = |name: &str| jwk.get(name).and_then(Json::as_str);
    let bytes = |name: &str| URL_SAFE_NO_PAD.decode(text(name)?).ok();
    if text("use").is_some_and(|usage| usage != "sig") {
        return None;
    }
    let (kind, curve) = (text("kty")?, text("crv"));
    // Secrets (`kty: oct`) have no place in a public document.
    let natural = match (kind, curve) {
        ("RSA", _) => Algorithm::RS256,
        ("EC", Some("P-256")) => Algorithm::ES256,
        ("EC", Some("P-384")) => Algorithm::ES384,
        ("EC", Some("P-521")) => Algorithm::ES512,
        ("OKP", Some("Ed25519")) => Algorithm::EdDSA,
        _ => return None,
    };
    let algorithm = match jwk.get("alg") {
        None => natural,
        Some(named) => Algorithm::by_name(named.as_str()?)?,
    };
    let key = match kind {
        "RSA" => Key::from_rsa(algorithm, &bytes("n")?, &bytes("e")?),
        "EC" => Key::from_public(algorithm, &[&[4], bytes("x")?.as_slice(), bytes("y")?.as_slice()].concat()),
        _ => Key::from_public(algorithm, &bytes("x")?),
    };
    key.ok().map(|key| key.named(text("kid")))
}

/// When to fetch again: `max-age` or `s-maxage`; else at once if the answer must not be kept; else `Expires`; without
/// any of them never.
fn refresh_after(caching: &Caching, now: SystemTime) -> Option<Duration> {
    let directives = caching.cache_control.as_deref().unwrap_or("");
    let directives: Vec<String> = directives.split(',').map(|one| one.trim().to_ascii_lowercase()).collect();
    let seconds = |name: &str| {
        let value = |one: &String| one.strip_prefix(name)?.strip_prefix('=')?.trim_matches('"').parse().ok();
        directives.iter().find_map(value)
    };
    if let Some(seconds) = seconds("max-age").or_else(|| seconds("s-maxage")) {
        return Some(Duration::from_secs(seconds).max(AT_ONCE));
    }
    if ["no-cache", "no-store", "must-revalidate"].iter().any(|word| directives.iter().any(|one| one == word)) {
        return Some(AT_ONCE);
    }
    let expires = httpdate::parse_http_date(caching.expires.as_deref()?);
    let from = caching.date.as_deref().and_then(|date| httpdate::parse_http_date(date).ok()).unwrap_or(now);
    // A date that cannot be read means "already stale" (RFC 9111 §5.3).
    Some(expires.ok().and_then(|expires| expires.duration_since(from).ok()).unwrap_or(AT_ONCE).max(AT_ONCE))
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, UNIX_EPOCH};

    use purlin_egress::Caching;

    use super::{keys, refresh_after};

    #[test]
    fn answers_say_when_to_ask_again() {
        let date = "Thu, 01 Jan 1970 00:01:00 GMT";
        let table = [
            (None, None, None, None),
            (Some("public"), None, None, None),
            (Some("public, max-age=120"), None, None, Some(120)),
            (Some("s-maxage=\"30\""), None, None, Some(30)),
            (Some("s-maxage=30, MAX-AGE=20"), None, None, Some(20)),
            (Some("no-cache, max-age=20"), None, None, Some(20)),
            (Some("max-age=0"), None, None, Some(1)),
            (Some("no-store"), Some(date), None, Some(1)),
            (Some("must-revalidate"), None, None, Some(1)),
            (None, Some(date), None, Some(60)),
            (None, Some(date), Some("Thu, 01 Jan 1970 00:00:50 GMT"), Some(10)),
            (None, Some(date), Some("Thu, 01 Jan 1970 00:02:00 GMT"), Some(1)),
            (None, Some("0"), None, Some(1)),
        ];
        for (cache_control, expires, date, seconds) in table {
            let caching = Caching {
                cache_control: cache_control.map(str::to_owned),
                expires: expires.map(str::to_owned),
                date: date.map(str::to_owned),
            };
            let expected = seconds.map(Duration::from_secs);
            assert_eq!(refresh_after(&caching, UNIX_EPOCH), expected, "{caching:?}");
        }
    }

    #[test]
    fn only_public_signature_keys_are_taken() {
        for set in [
            r#"{"keys":[]}"#,
            r#"[]"#,
            r#"not json"#,
            r#"{"keys":[{"kty":"oct","k":"c2VjcmV0LXNlY3JldC1zZWNyZXQtc2VjcmV0LXNlY3JldA","alg":"HS256"}]}"#,
            r#"{"keys":[{"kty":"RSA","n":"AQAB","e":"AQAB","alg":"HS256"}]}"#,
            r#"{"keys":[{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo","use":"enc"}]}"#,
            r#"{"keys":[{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo","alg":"RS256"}]}"#,
        ] {
            assert!(keys(set.as_bytes()).is_none(), "{set}");
        }
        let set = r#"{"keys":[{"kty":"OKP","crv":"Ed25519","kid":"one",
            "x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}, {"kty":"unknown"}]}"#;
        assert_eq!(keys(set.as_bytes()).map(|keys| keys.len()), Some(1));
    }
}
