//! The admin secret, kept as a hash and compared in constant time.

use aws_lc_rs::digest::{SHA256, digest};
use subtle::ConstantTimeEq;

/// A secret that is never shown and whose comparison takes as long for every guess of a length.
#[derive(Clone)]
pub struct Secret {
    hash: [u8; 32],
}

impl Secret {
    /// The secret with this text.
    pub fn new(text: &str) -> Secret {
        Secret { hash: hash(text.as_bytes()) }
    }

    /// Whether `given` is it.
    pub fn matches(&self, given: &[u8]) -> bool {
        self.hash.ct_eq(&hash(given)).into()
    }
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Secret(…)")
    }
}

fn hash(bytes: &[u8]) -> [u8; 32] {
    let mut hash = [0; 32];
    hash.copy_from_slice(digest(&SHA256, bytes).as_ref());
    hash
}

#[cfg(test)]
mod tests {
    use super::Secret;

    #[test]
    fn only_the_same_bytes_match_and_nothing_is_shown() {
        let secret = Secret::new("correct horse");
        assert!(secret.matches(b"correct horse"));
        for wrong in [&b""[..], b"correct hors", b"correct horse ", b"Correct horse", b"\xff"] {
            assert!(!secret.matches(wrong));
        }
        assert_eq!(format!("{secret:?}"), "Secret(…)");
    }
}
