//! Keys that know the one algorithm they are for.

use aws_lc_rs::encoding::AsDer;
use aws_lc_rs::rsa::{PublicEncryptingKey, PublicKeyComponents};
use aws_lc_rs::signature::{self, ParsedPublicKey, VerificationAlgorithm};
use aws_lc_rs::{encoding::PublicKeyX509Der, hmac};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;

/// How a token is signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names are those of RFC 7518 and RFC 8037")]
pub enum Algorithm {
    HS256,
    HS384,
    HS512,
    RS256,
    RS384,
    RS512,
    ES256,
    ES384,
    ES512,
    EdDSA,
}

impl Algorithm {
    /// All of them with the names the configuration gives them.
    pub const NAMES: [(&'static str, Algorithm); 10] = [
        ("HS256", Algorithm::HS256),
        ("HS384", Algorithm::HS384),
        ("HS512", Algorithm::HS512),
        ("RS256", Algorithm::RS256),
        ("RS384", Algorithm::RS384),
        ("RS512", Algorithm::RS512),
        ("ES256", Algorithm::ES256),
        ("ES384", Algorithm::ES384),
        ("ES512", Algorithm::ES512),
        ("Ed25519", Algorithm::EdDSA),
    ];

    /// The algorithm a token or key calls `name`; `EdDSA` and `Ed25519` (RFC 9864) are the same. Case matters.
    pub fn by_name(name: &str) -> Option<Algorithm> {
        let named = Algorithm::NAMES.into_iter().find(|(known, _)| *known == name);
        named.map(|(_, algorithm)| algorithm).or((name == "EdDSA").then_some(Algorithm::EdDSA))
    }

    /// Whether who verifies can also sign.
    pub fn is_symmetric(self) -> bool {
        self.hmac().is_some()
    }

    /// The HMAC behind it.
    pub(crate) fn hmac(self) -> Option<hmac::Algorithm> {
        match self {
            Algorithm::HS256 => Some(hmac::HMAC_SHA256),
            Algorithm::HS384 => Some(hmac::HMAC_SHA384),
            Algorithm::HS512 => Some(hmac::HMAC_SHA512),
            _ => None,
        }
    }

    fn public(self) -> Option<&'static dyn VerificationAlgorithm> {
        match self {
            Algorithm::HS256 | Algorithm::HS384 | Algorithm::HS512 => None,
            Algorithm::RS256 => Some(&signature::RSA_PKCS1_2048_8192_SHA256),
            Algorithm::RS384 => Some(&signature::RSA_PKCS1_2048_8192_SHA384),
            Algorithm::RS512 => Some(&signature::RSA_PKCS1_2048_8192_SHA512),
            Algorithm::ES256 => Some(&signature::ECDSA_P256_SHA256_FIXED),
            Algorithm::ES384 => Some(&signature::ECDSA_P384_SHA384_FIXED),
            Algorithm::ES512 => Some(&signature::ECDSA_P521_SHA512_FIXED),
            Algorithm::EdDSA => Some(&signature::ED25519),
        }
    }
}

/// A key, pinned to its algorithm.
#[derive(Clone, Debug)]
pub struct Key {
    /// The only algorithm it verifies.
    pub algorithm: Algorithm,
    /// Its name in a key set; an index, nothing more.
    pub id: Option<String>,
    material: Material,
}

#[derive(Clone, Debug)]
enum Material {
    Secret(Box<hmac::Key>),
    Public(ParsedPublicKey),
}

/// Why bytes are no key for an algorithm.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    /// An HMAC secret that could be guessed.
    #[error("the secret is shorter than the {0} bytes that the algorithm needs")]
    Short(usize),
    /// A public key where a secret is expected: everybody knows it.
    #[error("the key is a PEM file, but the algorithm is symmetric and needs a secret")]
    PublicAsSecret,
    /// Neither `PUBLIC KEY`, `RSA PUBLIC KEY` nor `CERTIFICATE`.
    #[error("the key is neither a PEM public key nor an X.509 certificate")]
    NotPem,
    /// A key, but of another algorithm, curve or size.
    #[error("the key does not fit the algorithm")]
    Unfit,
}

impl Key {
    /// A key from configuration: a secret for HS*, else PEM (public key or certificate).
    pub fn from_text(algorithm: Algorithm, text: &str) -> Result<Key, KeyError> {
        match algorithm.hmac() {
            Some(_) if text.trim_start().starts_with("-----BEGIN") => Err(KeyError::PublicAsSecret),
            // A secret is at least as long as the hash (RFC 7518 §3.2).
            Some(hmac) if text.len() < hmac.digest_algorithm().output_len() => {
                Err(KeyError::Short(hmac.digest_algorithm().output_len()))
            }
            Some(hmac) => {
                let material = Material::Secret(Box::new(hmac::Key::new(hmac, text.as_bytes())));
                Ok(Key { algorithm, id: None, material })
            }
            None => Key::from_public(algorithm, &public_key_of_pem(text)?),
        }
    }

    /// A public key from its encoding: SubjectPublicKeyInfo, PKCS #1, an uncompressed point, or raw Ed25519 bytes.
    pub fn from_public(algorithm: Algorithm, bytes: &[u8]) -> Result<Key, KeyError> {
        let public = algorithm.public().ok_or(KeyError::Unfit)?;
        let key = ParsedPublicKey::new(public, bytes).map_err(|_| KeyError::Unfit)?;
        if matches!(algorithm, Algorithm::RS256 | Algorithm::RS384 | Algorithm::RS512) {
            // The size is otherwise looked at with the first signature only.
            let der = key.as_der().map_err(|_| KeyError::Unfit)?;
            PublicEncryptingKey::from_der(der.as_ref()).map_err(|_| KeyError::Unfit)?;
        }
        Ok(Key { algorithm, id: None, material: Material::Public(key) })
    }

    /// An RSA key from its modulus and exponent.
    pub fn from_rsa(algorithm: Algorithm, modulus: &[u8], exponent: &[u8]) -> Result<Key, KeyError> {
        let components = PublicKeyComponents { n: modulus, e: exponent };
        let key: PublicEncryptingKey = components.try_into().map_err(|_| KeyError::Unfit)?;
        let der: PublicKeyX509Der<'_> = key.as_der().map_err(|_| KeyError::Unfit)?;
        Key::from_public(algorithm, der.as_ref())
    }

    /// The key under the name a key set gives it.
    pub fn named(self, id: Option<&str>) -> Key {
        Key { id: id.map(str::to_owned), ..self }
    }

    /// Whether `signature` is this key's signature of `message`. HMACs are compared in constant time.
    pub fn verifies(&self, message: &[u8], signature: &[u8]) -> bool {
        match &self.material {
            Material::Secret(key) => hmac::verify(key, message, signature).is_ok(),
            Material::Public(key) => key.verify_sig(message, signature).is_ok(),
        }
    }
}

fn public_key_of_pem(text: &str) -> Result<Vec<u8>, KeyError> {
    let (label, der) = pem(text).ok_or(KeyError::NotPem)?;
    match label {
        "PUBLIC KEY" | "RSA PUBLIC KEY" => Ok(der),
        "CERTIFICATE" => {
            let der = rustls_pki_types::CertificateDer::from(der);
            let certificate = webpki::EndEntityCert::try_from(&der).map_err(|_| KeyError::NotPem)?;
            Ok(certificate.subject_public_key_info().as_ref().to_vec())
        }
        _ => Err(KeyError::NotPem),
    }
}

/// The label and bytes of the first PEM block (RFC 7468).
fn pem(text: &str) -> Option<(&str, Vec<u8>)> {
    let (label, rest) = text.split_once("-----BEGIN ")?.1.split_once("-----")?;
    let (body, _) = rest.split_once("-----END ")?;
    let body: String = body.chars().filter(|letter| !letter.is_ascii_whitespace()).collect();
    Some((label, STANDARD.decode(body).ok()?))
}
