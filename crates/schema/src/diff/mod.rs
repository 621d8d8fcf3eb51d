//! What of the API changes between two models, for each role: types, fields, arguments, values; breaking or not.
//!
//! ```text
//! Catalog → Registry by role; two of those → changes of one role → changes with the roles that see them → text | JSON
//! ```
//! Refuses to know: rules, and why something changes.

mod registry;
mod words;

use std::collections::{BTreeMap, BTreeSet};

use purlin_model::catalog::Catalog;
use purlin_model::permission::Permissions;
use purlin_model::session::Role;

use crate::types::{self, Kind, Registry};
use crate::view::{RoleView, RootFields};

pub use registry::between;

/// Where something changes.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// The type.
    pub type_name: Box<str>,
    /// Its field, input field or value; none if it is about the type itself.
    pub member: Option<Box<str>>,
    /// The field's argument.
    pub argument: Option<Box<str>>,
}

/// What changes there. Types are written as in SDL.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum What {
    /// It exists now; its type, if it has one.
    Added(Option<String>),
    /// It exists no longer; its type, if it had one.
    Removed(Option<String>),
    /// It is of another type.
    Type {
        /// Before.
        before: String,
        /// Afterwards.
        after: String,
    },
    /// It is of another kind, such as an object that was an enum.
    Kind {
        /// Before, as in `__TypeKind`.
        before: &'static str,
        /// Afterwards.
        after: &'static str,
    },
    /// It has another default, or one no longer.
    Default {
        /// Before.
        before: Option<String>,
        /// Afterwards.
        after: Option<String>,
    },
    /// It is described otherwise.
    Description,
}

/// A change in what one role sees.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Change {
    /// Where.
    pub place: Place,
    /// What.
    pub what: What,
    /// What kind of type it is in.
    pub kind: TypeKind,
    /// Whether operations that were valid may be so no longer, or be answered in another form.
    pub breaking: bool,
}

/// The kind of the type that something changes in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TypeKind {
    /// `query_root`, `mutation_root`.
    Root,
    /// Any other object.
    Object,
    /// An enum.
    Enum,
    /// An input object.
    Input,
    /// A scalar.
    Scalar,
}

impl TypeKind {
    fn of(registry: &Registry, id: types::TypeId) -> TypeKind {
        if id == registry.query_id() || Some(id) == registry.mutation_id() {
            return TypeKind::Root;
        }
        match registry.type_of(id).kind {
            Kind::Object => TypeKind::Object,
            Kind::Enum => TypeKind::Enum,
            Kind::Input => TypeKind::Input,
            Kind::Scalar => TypeKind::Scalar,
        }
    }
}

/// Everything that changes in the API.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ApiDiff {
    /// Roles that no rule named before.
    pub new_roles: Vec<Box<str>>,
    /// Roles that no rule names any longer; what they could do breaks.
    pub gone_roles: Vec<Box<str>>,
    /// Roles of both models, `admin` among them: those that a change can be about.
    pub roles: Vec<Box<str>>,
    /// Changes with the roles that see them, by place.
    pub changes: Vec<(Change, Vec<Box<str>>)>,
}

impl ApiDiff {
    /// Whether the API is as it was.
    pub fn is_empty(&self) -> bool {
        self.new_roles.is_empty() && self.gone_roles.is_empty() && self.changes.is_empty()
    }

    /// Whether anything that worked may work no longer.
    pub fn is_breaking(&self) -> bool {
        !self.gone_roles.is_empty() || self.changes.iter().any(|(change, _)| change.breaking)
    }
}

/// What changes between two models, for `admin` and for every role of both. Fields for trusted backends alone are looked
/// at as well; what changes only there is told of the role like anything else.
pub fn diff(before: &Catalog, after: &Catalog) -> ApiDiff {
    let names = |catalog: &Catalog| -> BTreeSet<Box<str>> {
        catalog.roles.iter().map(|role| role.name().into()).chain([Role::ADMIN.into()]).collect()
    };
    let (then, now) = (names(before), names(after));
    let roles: Vec<Box<str>> = then.intersection(&now).cloned().collect();
    let roots = (RootFields::of(before), RootFields::of(after));
    let mut found: BTreeMap<Change, Vec<Box<str>>> = BTreeMap::new();
    for name in &roles {
        let role = Role::new(name);
        let backends: &[bool] =
            if has_backend_rules(before, &role) || has_backend_rules(after, &role) { &[false, true] } else { &[false] };
        let mut changes = BTreeSet::new();
        for backend in backends.iter().copied() {
            let view = |catalog, roots| RoleView { catalog, roots, role: &role, backend };
            let registries = (types::build(view(before, &roots.0)), types::build(view(after, &roots.1)));
            changes.extend(between(&registries.0, &registries.1));
        }
        for change in changes {
            found.entry(change).or_default().push(name.clone());
        }
    }
    ApiDiff {
        new_roles: now.difference(&then).cloned().collect(),
        gone_roles: then.difference(&now).cloned().collect(),
        roles,
        changes: found.into_iter().collect(),
    }
}

/// Whether a trusted backend sees more of the role's fields than others do.
fn has_backend_rules(catalog: &Catalog, role: &Role) -> bool {
    let only_backend = |rules: &Permissions| {
        rules.insert.as_ref().is_some_and(|rule| rule.backend_only)
            || rules.update.as_ref().is_some_and(|rule| rule.backend_only)
            || rules.delete.as_ref().is_some_and(|rule| rule.backend_only)
    };
    catalog.tables.iter().filter_map(|table| table.permissions_of(role)).any(only_backend)
}
