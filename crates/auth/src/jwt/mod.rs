//! Bearer tokens: configuration, keys, verification, claims → session.
//!
//! A key knows the one algorithm it is for; what a token says of itself only selects among keys, never decides how
//! it is checked. Nothing a token names (`jku`, `x5u`, `jwk`, `kid` as a path) is fetched or opened.

mod claims;
mod config;
mod jwks;
mod key;
mod path;
mod token;

use std::sync::Arc;
use std::time::Duration;

use arc_swap::ArcSwap;
use purlin_egress::Client;
use purlin_model::{Role, Session};

use crate::credentials::Credentials;
use crate::error::AuthError;
pub use config::{Config, TokenPlace};
pub use key::Algorithm;
use key::Key;

/// How long after a failed fetch of the JWKS URL it is tried again.
const RETRY: Duration = Duration::from_secs(60);

/// Checks tokens and reads sessions from them.
#[derive(Debug)]
pub struct Verifier {
    config: Config,
    keys: ArcSwap<Vec<Key>>,
}

impl Verifier {
    /// A verifier with the configured key, or without any until a JWKS URL was fetched.
    pub(crate) fn new(config: Config) -> Verifier {
        let keys = config.keys.fixed().cloned().into_iter().collect();
        Verifier { config, keys: ArcSwap::from_pointee(keys) }
    }

    /// Where a request's token is.
    pub(crate) fn place(&self) -> &TokenPlace {
        &self.config.place
    }

    /// Token → verified claims → roles and variables → the role asked for, if it is allowed.
    pub(crate) fn session(
        &self,
        token: &str,
        credentials: &Credentials,
        now: u64,
        admin_exists: bool,
    ) -> Result<Session, AuthError> {
        let verified = token::verify(token, &self.keys.load(), &self.config.expected, now)?;
        let claims = claims::read(&verified, &self.config.claims)?;
        let role = credentials.role.as_deref().unwrap_or(&claims.default_role);
        if !claims.allowed_roles.iter().any(|allowed| allowed == role) {
            return Err(AuthError::role_not_allowed());
        }
        if role == Role::ADMIN && !admin_exists {
            return Err(AuthError::admin_needs_a_secret());
        }
        Ok(crate::session(Role::new(role), claims.variables, false))
    }

    pub(crate) async fn keep_keys_fresh(&self, client: &Client, fetched: impl Fn()) {
        let Some(url) = self.config.keys.url() else { return };
        loop {
            let next = match jwks::fetch(client, url).await {
                Ok((keys, next)) => {
                    self.keys.store(Arc::new(keys));
                    next
                }
                Err(error) => {
                    // The keys fetched before stay: an unreachable provider must not sign everybody out.
                    tracing::warn!(%error, retry_seconds = RETRY.as_secs(), "cannot fetch the JWKS URL");
                    Some(RETRY)
                }
            };
            fetched();
            match next {
                Some(wait) => tokio::time::sleep(wait).await,
                None => return,
            }
        }
    }
}
