//! Signs test tokens, well and badly.

use std::path::{Path, PathBuf};

use aws_lc_rs::hmac;
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{self, EcdsaKeyPair, EcdsaSigningAlgorithm, Ed25519KeyPair, RsaKeyPair};
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use serde_json::Value as Json;

/// `@NAME` is the text of `tests/keys/NAME`, anything else itself.
pub fn resolve(text: &str) -> String {
    match text.strip_prefix('@') {
        Some(name) => std::fs::read_to_string(keys().join(name)).expect("a key file"),
        None => text.to_owned(),
    }
}

fn keys() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/keys")
}

/// The DER of a private key under `tests/keys`.
pub fn private_key(name: &str) -> Vec<u8> {
    let text = resolve(name);
    let body: String = text.lines().filter(|line| !line.starts_with("-----")).collect();
    STANDARD.decode(body).expect("PEM")
}

/// A compact token. `with` is an algorithm's name, `none` (empty signature) or `zero` (64 zero bytes).
pub fn token(header: &Json, claims: &Json, with: &str, key: &str) -> String {
    let part = |json: &Json| match json {
        Json::String(raw) => URL_SAFE_NO_PAD.encode(raw),
        json => URL_SAFE_NO_PAD.encode(json.to_string()),
    };
    let message = format!("{}.{}", part(header), part(claims));
    let signature = sign(message.as_bytes(), with, key);
    format!("{message}.{}", URL_SAFE_NO_PAD.encode(signature))
}

fn sign(message: &[u8], with: &str, key: &str) -> Vec<u8> {
    match with {
        "none" => Vec::new(),
        "zero" => vec![0; 64],
        "HS256" => hmac_of(hmac::HMAC_SHA256, message, key),
        "HS384" => hmac_of(hmac::HMAC_SHA384, message, key),
        "HS512" => hmac_of(hmac::HMAC_SHA512, message, key),
        "RS256" => rsa(&signature::RSA_PKCS1_SHA256, message, key),
        "RS384" => rsa(&signature::RSA_PKCS1_SHA384, message, key),
        "RS512" => rsa(&signature::RSA_PKCS1_SHA512, message, key),
        "PS256" => rsa(&signature::RSA_PSS_SHA256, message, key),
        "ES256" => ec(&signature::ECDSA_P256_SHA256_FIXED_SIGNING, message, key),
        "ES384" => ec(&signature::ECDSA_P384_SHA384_FIXED_SIGNING, message, key),
        "ES512" => ec(&signature::ECDSA_P521_SHA512_FIXED_SIGNING, message, key),
        "EdDSA" => Ed25519KeyPair::from_pkcs8(&private_key(key)).unwrap().sign(message).as_ref().to_vec(),
        other => panic!("cannot sign with {other}"),
    }
}

fn hmac_of(algorithm: hmac::Algorithm, message: &[u8], key: &str) -> Vec<u8> {
    hmac::sign(&hmac::Key::new(algorithm, resolve(key).as_bytes()), message).as_ref().to_vec()
}

fn rsa(padding: &'static dyn signature::RsaEncoding, message: &[u8], key: &str) -> Vec<u8> {
    let pair = RsaKeyPair::from_pkcs8(&private_key(key)).unwrap();
    let mut signature = vec![0; pair.public_modulus_len()];
    pair.sign(padding, &SystemRandom::new(), message, &mut signature).unwrap();
    signature
}

fn ec(algorithm: &'static EcdsaSigningAlgorithm, message: &[u8], key: &str) -> Vec<u8> {
    let pair = EcdsaKeyPair::from_pkcs8(algorithm, &private_key(key)).unwrap();
    pair.sign(&SystemRandom::new(), message).unwrap().as_ref().to_vec()
}
