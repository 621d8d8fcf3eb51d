//! Registries of one catalog, built when first asked for and kept within a bound.

use std::sync::Arc;

use moka::sync::Cache;
use purlin_model::session::Role;

use super::Registry;

/// Bytes of registries kept per catalog. One of 500 tables takes about 10 MiB.
pub const REGISTRIES_MAX_BYTES: u64 = 64 << 20;

/// The registries of one catalog; a new catalog gets a new one.
#[derive(Clone)]
pub struct Registries {
    /// By role and whether `backend_only` fields exist.
    kept: Cache<(Role, bool), Arc<Registry>>,
}

impl Default for Registries {
    fn default() -> Registries {
        let weigh = |_: &(Role, bool), registry: &Arc<Registry>| u32::try_from(registry.size()).unwrap_or(u32::MAX);
        Registries { kept: Cache::builder().max_capacity(REGISTRIES_MAX_BYTES).weigher(weigh).build() }
    }
}

impl Registries {
    /// The registry of a role; concurrent first requests build it once.
    pub fn get(&self, role: &Role, backend: bool, build: impl FnOnce() -> Registry) -> Arc<Registry> {
        self.kept.get_with((role.clone(), backend), || Arc::new(build()))
    }
}
