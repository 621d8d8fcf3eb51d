//! A map that remembers a bounded number of keys: those used least recently go first.
//!
//! Two generations: what is used is in the young one; when that is full it becomes the old one, and what was old is
//! forgotten. Every step is constant, and nothing is kept in order.

use std::collections::HashMap;
use std::hash::{BuildHasher, Hash, RandomState};

/// A bounded map of small values. Keys may come from clients: the hash is keyed by chance.
pub struct Recent<K, V, S = RandomState> {
    young: HashMap<K, V, S>,
    old: HashMap<K, V, S>,
    most: usize,
}

impl<K: Eq + Hash + Copy, V: Copy, S: BuildHasher + Default> Recent<K, V, S> {
    /// Remembers the `most` keys used last, and never more than twice as many.
    pub fn new(most: usize) -> Recent<K, V, S> {
        Recent { young: HashMap::default(), old: HashMap::default(), most: most.max(1) }
    }

    /// The value of a key.
    pub fn get(&self, key: &K) -> Option<V> {
        self.young.get(key).or_else(|| self.old.get(key)).copied()
    }

    /// Sets the value of a key, which is then the one used last.
    pub fn set(&mut self, key: K, value: V) {
        if let Some(known) = self.young.get_mut(&key) {
            *known = value;
            return;
        }
        if self.young.len() >= self.most {
            self.old = std::mem::take(&mut self.young);
        }
        self.young.insert(key, value);
    }
}

#[cfg(test)]
mod tests {
    use proptest::collection::vec;
    use proptest::prelude::*;

    use super::Recent;

    proptest! {
        /// Of any sequence of uses, the last `most` keys are known with their last values, and twice `most` is the end.
        #[test]
        fn the_keys_used_last_are_known(most in 1usize..8, uses in vec((0u8..20, 0u32..1000), 0..200)) {
            let mut recent: Recent<u8, u32> = Recent::new(most);
            let mut order: Vec<(u8, u32)> = Vec::new();
            for (key, value) in uses {
                recent.set(key, value);
                order.retain(|(known, _)| *known != key);
                order.push((key, value));
                prop_assert!(recent.young.len() + recent.old.len() <= 2 * most);
                for (key, value) in order.iter().rev().take(most) {
                    prop_assert_eq!(recent.get(key), Some(*value));
                }
            }
        }
    }
}
