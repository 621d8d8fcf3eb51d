//! The named limits of a document, each with its default, its setting and the refusal it gives; for everybody, and for
//! roles that have their own.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::time::Duration;

use purlin_model::Role;

use crate::document::Operation;
use crate::error::{Limit, Refusal};
use crate::saved::AllowList;

macro_rules! limits {
    ($($(#[doc = $doc:literal])+ $name:ident = $default:expr;)+) => {
        /// The named limits of a document; every one has a setting `limits.<name>`.
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub struct Limits {
            $($(#[doc = $doc])+ pub $name: usize,)+
            /// Longest run of a read, where the role has its own; a write has the database's.
            pub statement_timeout: Option<Duration>,
            /// The settings that a role's own limits come from, by name; all others are `limits.<name>`.
            pub own: BTreeMap<&'static str, Box<str>>,
        }

        impl Default for Limits {
            fn default() -> Self {
                Limits { $($name: $default,)+ statement_timeout: None, own: BTreeMap::new() }
            }
        }

        impl Limits {
            $(
                /// Refuses `found` when it is more than this limit allows.
                ///
                /// # Errors
                /// `limit-exceeded`, naming the limit.
                pub(crate) fn $name(&self, found: usize) -> Result<(), Refusal> {
                    if found <= self.$name {
                        return Ok(());
                    }
                    Err(Refusal::limit(self.reached(stringify!($name), self.$name as u64), "$.query"))
                }
            )+
        }
    };
}

limits! {
    /// Bytes of the document's text.
    query_bytes = 256 * 1024;
    /// Tokens of the document.
    tokens = 15_000;
    /// Brackets of any kind inside each other.
    nesting = 64;
    /// Fields inside each other, fragments expanded.
    depth = 25;
    /// Selections of all operations, fragments counted as often as they are used.
    selections = 10_000;
    /// Aliases.
    aliases = 200;
    /// Root fields of an operation, fragments expanded.
    root_fields = 50;
    /// Directives of the document.
    directives = 50;
    /// Directives of one field, fragment or operation.
    directives_per_place = 10;
    /// Operations.
    operations = 50;
    /// Fragments.
    fragments = 200;
    /// Variables of an operation.
    variables = 200;
    /// Members of a list that a column is compared with (`_in`, `_nin`).
    list_members = 10_000;
    /// Conditions in one `_and` or `_or`.
    branches = 1_000;
    /// Bytes of a pattern that is a regular expression (`_regex`, `_similar`, …).
    pattern_bytes = 1024;
    /// Members of input objects and lists, counted as often as a fragment repeats them.
    inputs = 50_000;
    /// Relations inside each other in one filter or sort key.
    hops = 10;
}

impl Limits {
    /// The limit of this name and value, with the setting it comes from.
    pub(crate) fn reached(&self, name: &'static str, value: u64) -> Limit {
        let setting = self.own.get(name).map_or_else(|| format!("limits.{name}"), |own| own.to_string());
        Limit { name, value, setting: Cow::Owned(setting) }
    }
}

/// The limits of every role, and whether only saved operations are answered.
#[derive(Clone, Debug, Default)]
pub struct RoleLimits {
    everybody: Limits,
    roles: HashMap<Box<str>, Limits>,
    only: Option<AllowList>,
}

impl RoleLimits {
    /// Limits for everybody but the roles that have their own.
    pub fn new(everybody: Limits, roles: HashMap<Box<str>, Limits>) -> RoleLimits {
        RoleLimits { everybody, roles, only: None }
    }

    /// With nothing answered but what is on this list, except for `admin`.
    pub fn only(self, list: AllowList) -> RoleLimits {
        RoleLimits { only: Some(list), ..self }
    }

    /// Refuses what a role may not ask because it is not saved.
    ///
    /// # Errors
    /// `validation-failed`.
    pub(crate) fn listed(&self, role: &Role, operation: &Operation) -> Result<(), Refusal> {
        match &self.only {
            Some(list) if !role.is_admin() => list.check(operation),
            _ => Ok(()),
        }
    }

    /// The limits of everybody but the roles that have their own.
    pub fn everybody(&self) -> &Limits {
        &self.everybody
    }

    /// The limits of a role.
    pub fn of(&self, role: &Role) -> &Limits {
        if self.roles.is_empty() {
            return &self.everybody;
        }
        self.roles.get(role.name()).unwrap_or(&self.everybody)
    }
}

impl From<Limits> for RoleLimits {
    fn from(everybody: Limits) -> RoleLimits {
        RoleLimits { everybody, ..RoleLimits::default() }
    }
}
