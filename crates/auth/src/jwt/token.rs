//! Compact token → its claims, once the signature, times, audience and issuer hold (RFC 7515, RFC 7519).

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Map, Value as Json};

use super::key::{Algorithm, Key};
use crate::error::AuthError;

/// Longest token in bytes.
const TOKEN_BYTES: usize = 16 * 1024;

/// What a token must say besides being signed.
#[derive(Clone, Debug)]
pub struct Expected {
    /// Must intersect `aud`; empty = not looked at.
    pub audiences: Vec<String>,
    /// Compared with `iss` if the token has one.
    pub issuer: Option<String>,
    /// Clock difference that is forgiven, in seconds.
    pub leeway: u64,
}

/// The claims of a token that holds at `now` (seconds since 1970).
pub fn verify(token: &str, keys: &[Key], expected: &Expected, now: u64) -> Result<Map<String, Json>, AuthError> {
    let parts = Parts::split(token)?;
    let header = Header::read(parts.header)?;
    let signature = decode(parts.signature, "signature")?;
    let holds = |key: &&Key| key.verifies(parts.message.as_bytes(), &signature);
    if !keys.iter().filter(|key| header.selects(key)).any(|key| holds(&key)) {
        return Err(AuthError::unverified("JWSError JWSInvalidSignature"));
    }
    let claims = object(parts.claims, "payload")?;
    check_times(&claims, expected.leeway, now)?;
    check_audience(&claims, &expected.audiences)?;
    check_issuer(&claims, expected.issuer.as_deref())?;
    Ok(claims)
}

struct Parts<'a> {
    header: &'a str,
    claims: &'a str,
    signature: &'a str,
    /// What is signed: header and claims as sent.
    message: &'a str,
}

impl Parts<'_> {
    fn split(token: &str) -> Result<Parts<'_>, AuthError> {
        if token.len() > TOKEN_BYTES {
            return Err(malformed("the token is too long"));
        }
        let split = token.rsplit_once('.').and_then(|(message, signature)| {
            let (header, claims) = message.split_once('.')?;
            (!claims.contains('.')).then_some(Parts { header, claims, signature, message })
        });
        split.ok_or_else(|| malformed("expected 3 parts"))
    }
}

/// What a token says of how it is signed. It selects among keys and decides nothing.
struct Header {
    algorithm: Algorithm,
    key_id: Option<String>,
}

impl Header {
    fn read(part: &str) -> Result<Header, AuthError> {
        let header = object(part, "header")?;
        // RFC 7515 §4.1.11: extensions that must be understood and are not.
        if header.contains_key("crit") {
            return Err(malformed("the header has `crit`, and no extension is supported"));
        }
        let algorithm = header.get("alg").and_then(Json::as_str).and_then(Algorithm::by_name);
        // The same words as a wrong signature: a token cannot ask which algorithms are in use.
        let algorithm = algorithm.ok_or_else(|| AuthError::unverified("JWSError JWSInvalidSignature"))?;
        let key_id = match header.get("kid") {
            None => None,
            Some(Json::String(id)) => Some(id.clone()),
            Some(_) => return Err(malformed("`kid` is not a string")),
        };
        Ok(Header { algorithm, key_id })
    }

    fn selects(&self, key: &Key) -> bool {
        let named = match (&self.key_id, &key.id) {
            (Some(wanted), Some(id)) => wanted == id,
            _ => true,
        };
        named && key.algorithm == self.algorithm
    }
}

fn decode(part: &str, what: &str) -> Result<Vec<u8>, AuthError> {
    URL_SAFE_NO_PAD.decode(part).map_err(|_| malformed(&format!("the {what} is not base64url")))
}

fn object(part: &str, what: &str) -> Result<Map<String, Json>, AuthError> {
    let bytes = decode(part, what)?;
    serde_json::from_slice(&bytes).map_err(|_| malformed(&format!("the {what} is not a JSON object")))
}

fn malformed(reason: &str) -> AuthError {
    AuthError::unverified(&format!("JWSError (CompactDecodeError: {reason})"))
}

fn check_times(claims: &Map<String, Json>, leeway: u64, now: u64) -> Result<(), AuthError> {
    let (now, leeway) = (now as f64, leeway as f64);
    if time(claims, "exp")?.is_some_and(|expires| now >= expires + leeway) {
        return Err(AuthError::unverified("JWTExpired"));
    }
    if time(claims, "nbf")?.is_some_and(|starts| now < starts - leeway) {
        return Err(AuthError::unverified("JWTNotYetValid"));
    }
    if time(claims, "iat")?.is_some_and(|issued| now < issued - leeway) {
        return Err(AuthError::unverified("JWTIssuedAtFuture"));
    }
    Ok(())
}

/// A claim in seconds since 1970. A claim of another type is an error, never an absent one.
fn time(claims: &Map<String, Json>, name: &str) -> Result<Option<f64>, AuthError> {
    let Some(claim) = claims.get(name) else { return Ok(None) };
    let seconds = claim.as_f64().filter(|seconds| seconds.is_finite() && *seconds >= 0.0);
    seconds.map(Some).ok_or_else(|| wrong_type(name, "a number of seconds since 1970"))
}

fn check_audience(claims: &Map<String, Json>, audiences: &[String]) -> Result<(), AuthError> {
    if audiences.is_empty() {
        return Ok(());
    }
    let accepted = |claim: &str| audiences.iter().any(|audience| audience == claim);
    let intersects = match claims.get("aud") {
        None => false,
        Some(Json::String(claim)) => accepted(claim),
        Some(Json::Array(list)) if list.iter().all(Json::is_string) => {
            list.iter().filter_map(Json::as_str).any(accepted)
        }
        Some(_) => return Err(wrong_type("aud", "a string or a list of strings")),
    };
    if intersects { Ok(()) } else { Err(AuthError::unverified("JWTNotInAudience")) }
}

fn check_issuer(claims: &Map<String, Json>, issuer: Option<&str>) -> Result<(), AuthError> {
    match (issuer, claims.get("iss")) {
        (None, _) | (_, None) => Ok(()),
        (Some(issuer), Some(Json::String(claim))) if claim == issuer => Ok(()),
        (Some(_), Some(Json::String(_))) => Err(AuthError::unverified("JWTNotInIssuer")),
        (Some(_), Some(_)) => Err(wrong_type("iss", "a string")),
    }
}

fn wrong_type(name: &str, expected: &str) -> AuthError {
    AuthError::unverified(&format!("JWTClaimsSetDecodeError: `{name}` is not {expected}"))
}
