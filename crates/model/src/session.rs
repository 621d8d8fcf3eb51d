//! Who asks: a role and its session variables.

use std::collections::BTreeMap;
use std::sync::Arc;

/// A role's name; case matters.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Role(Arc<str>);

impl Role {
    /// The role that sees everything and that no rule limits.
    pub const ADMIN: &'static str = "admin";

    /// The role called `name`.
    pub fn new(name: &str) -> Role {
        Role(Arc::from(name))
    }

    /// Its name.
    pub fn name(&self) -> &str {
        &self.0
    }

    /// Whether no rule limits it.
    pub fn is_admin(&self) -> bool {
        &*self.0 == Role::ADMIN
    }
}

/// One request's identity, made by `auth` and obeyed by everything below.
#[derive(Clone, Debug)]
pub struct Session {
    /// The role the request acts in.
    pub role: Role,
    /// Session variables by lower-case name (`x-hasura-user-id`), `x-hasura-role` among them.
    pub variables: BTreeMap<Box<str>, Box<str>>,
    /// Whether fields marked `backend_only` exist for it.
    pub backend: bool,
}
