//! Documents that clients ask for by their hash (automatic persisted queries), in a bounded memory.
//!
//! What is kept here is only text: it is checked and permitted anew each time, so a hash opens nothing.

use std::sync::Arc;

use moka::sync::Cache;
use purlin_schema::Request;
use sha2::{Digest, Sha256};

use super::refusal::Refusal;
use super::request::{Hash, Sent};

/// What an entry costs besides its text, in bytes, roughly.
const ENTRY_BYTES: usize = 200;

/// The documents kept; `None` where none are.
pub struct Persisted(Option<Cache<Hash, Arc<str>>>);

impl Persisted {
    /// An empty memory of so many bytes.
    pub fn new(bytes: usize) -> Persisted {
        let weigh = |_: &Hash, text: &Arc<str>| u32::try_from(text.len() + ENTRY_BYTES).unwrap_or(u32::MAX);
        let cache = || Cache::builder().max_capacity(bytes as u64).weigher(weigh).build();
        Persisted((bytes > 0).then(cache))
    }

    /// The request with its document, sent or kept; and the hash to keep it under once it was answered.
    pub fn complete(&self, sent: Sent) -> Result<(Request, Option<Hash>), Refusal> {
        let Sent { query, hash, operation_name, variables } = sent;
        let request = |query| Request { query, operation_name, variables };
        match (query, hash, &self.0) {
            (Some(query), None, _) | (Some(query), Some(_), None) => Ok((request(query), None)),
            (Some(query), Some(hash), Some(_)) if *Sha256::digest(&query) == hash => Ok((request(query), Some(hash))),
            (Some(_), Some(_), Some(_)) => Err(Refusal::other_hash()),
            (None, Some(hash), Some(kept)) => match kept.get(&hash) {
                Some(text) => Ok((request(text.as_ref().to_owned()), None)),
                None => Err(Refusal::unknown_hash()),
            },
            (None, Some(_), None) => Err(Refusal::no_hashes()),
            (None, None, _) => Err(Refusal::no_query()),
        }
    }

    /// Keeps a document that was answered, under its hash.
    pub fn keep(&self, hash: Hash, text: &str) {
        if let Some(kept) = &self.0 {
            kept.insert(hash, Arc::from(text));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Persisted, Sent};

    fn sent(query: Option<&str>, hash: Option<[u8; 32]>) -> Sent {
        Sent { query: query.map(str::to_owned), hash, ..Sent::default() }
    }

    #[test]
    fn memory_is_bounded_in_bytes() {
        use sha2::{Digest, Sha256};
        let persisted = Persisted::new(10_000);
        for number in 0..1000 {
            let text = format!("{{ a{number} }}{}", " ".repeat(100));
            persisted.keep(Sha256::digest(&text).into(), &text);
        }
        let kept = persisted.0.as_ref().unwrap();
        kept.run_pending_tasks();
        assert!(kept.weighted_size() <= 10_000, "{}", kept.weighted_size());
    }

    #[test]
    fn switched_off_it_says_so_and_takes_documents() {
        let off = Persisted::new(0);
        assert_eq!(off.complete(sent(Some("{ a }"), Some([0; 32]))).unwrap().0.query, "{ a }");
        let refused = off.complete(sent(None, Some([0; 32]))).unwrap_err();
        assert_eq!(refused.code(), "PERSISTED_QUERY_NOT_SUPPORTED");
    }
}
