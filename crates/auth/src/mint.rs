//! Tokens for development, signed with a shared secret. Production tokens come from whoever signs people in.

use aws_lc_rs::hmac;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value as Json, json};

use crate::jwt::Algorithm;

/// A compact token with these claims; `None` for an algorithm without a shared secret.
pub fn token(algorithm: Algorithm, secret: &str, claims: &Json) -> Option<String> {
    let hmac = algorithm.hmac()?;
    let name = Algorithm::NAMES.into_iter().find(|(_, known)| *known == algorithm)?.0;
    let header = json!({ "alg": name, "typ": "JWT" });
    let part = |json: &Json| URL_SAFE_NO_PAD.encode(json.to_string());
    let message = format!("{}.{}", part(&header), part(claims));
    let signature = hmac::sign(&hmac::Key::new(hmac, secret.as_bytes()), message.as_bytes());
    Some(format!("{message}.{}", URL_SAFE_NO_PAD.encode(signature.as_ref())))
}
