//! Verified claims → roles and session variables.

use std::borrow::Cow;
use std::collections::BTreeMap;

use purlin_model::value::array;
use serde_json::{Map, Value as Json};

use super::path::Path;
use crate::credentials::Variables;
use crate::error::AuthError;

pub const ALLOWED_ROLES: &str = "x-hasura-allowed-roles";
pub const DEFAULT_ROLE: &str = "x-hasura-default-role";
const PREFIX: &str = "x-hasura-";

/// Where session variables are in the claims.
#[derive(Debug)]
pub enum ClaimsSource {
    /// All `x-hasura-*` keys of one object.
    Namespace {
        /// Where the object is.
        path: Path,
        /// Whether it is JSON inside a string.
        stringified: bool,
    },
    /// Each variable by itself, by lower-case name.
    Map(Vec<(String, Mapped)>),
}

/// Where one variable comes from.
#[derive(Debug)]
pub enum Mapped {
    /// Always this value.
    Literal(Json),
    /// What is at the path, else the default, else an error.
    Path { path: Path, default: Option<Json> },
}

/// What a token grants.
pub struct Claims {
    pub allowed_roles: Vec<String>,
    pub default_role: String,
    pub variables: Variables,
}

/// Reads the claims of a verified token.
pub fn read(token: &Map<String, Json>, source: &ClaimsSource) -> Result<Claims, AuthError> {
    // The map is moved in and out of a value because paths start at a value.
    let root = Json::Object(token.clone());
    let mut claims = match source {
        ClaimsSource::Namespace { path, stringified } => namespace(&root, path, *stringified)?,
        ClaimsSource::Map(mapped) => mapped_claims(&root, mapped)?,
    };
    let allowed_roles = allowed_roles(claims.remove(ALLOWED_ROLES))?;
    let default_role = default_role(claims.remove(DEFAULT_ROLE))?;
    let variables = claims.into_iter().map(|(name, claim)| variable(name, &claim)).collect::<Result<_, _>>()?;
    Ok(Claims { allowed_roles, default_role, variables })
}

type Found = BTreeMap<String, Json>;

fn namespace(root: &Json, path: &Path, stringified: bool) -> Result<Found, AuthError> {
    let found = path.find(root).ok_or_else(|| AuthError::claims("the claims namespace is not in the token"))?;
    let object = match (found, stringified) {
        (Json::Object(object), false) => Cow::Borrowed(object),
        (Json::String(text), true) => serde_json::from_str(text)
            .map(Cow::Owned)
            .map_err(|_| AuthError::claims("the claims namespace is a string, but not of a JSON object"))?,
        (_, true) => return Err(AuthError::claims("the claims namespace is not a string of JSON")),
        (_, false) => return Err(AuthError::claims("the claims namespace is not an object")),
    };
    let mut claims = Found::new();
    for (name, claim) in object.iter() {
        let name = name.to_ascii_lowercase();
        if !name.starts_with(PREFIX) {
            continue;
        }
        if claims.contains_key(&name) {
            return Err(AuthError::claims(format!("the claim `{name}` is given more than once")));
        }
        claims.insert(name, claim.clone());
    }
    Ok(claims)
}

fn mapped_claims(root: &Json, mapped: &[(String, Mapped)]) -> Result<Found, AuthError> {
    let value = |(name, source): &(String, Mapped)| {
        let value = match source {
            Mapped::Literal(literal) => Some(literal),
            Mapped::Path { path, default } => path.find(root).or(default.as_ref()),
        };
        let value = value.ok_or_else(|| AuthError::claims(format!("JWT claim from claims_map, {name}, not found")))?;
        Ok((name.clone(), value.clone()))
    };
    mapped.iter().map(value).collect()
}

fn allowed_roles(claim: Option<Json>) -> Result<Vec<String>, AuthError> {
    let wrong = |found: &str| {
        let message = format!("invalid {ALLOWED_ROLES}; should be a list of roles: found {found}");
        AuthError::claims(message)
    };
    match claim {
        None => Err(AuthError::role_claim_missing(ALLOWED_ROLES)),
        Some(Json::Array(roles)) => {
            let role = |role: &Json| role.as_str().map(str::to_owned).ok_or_else(|| wrong("a list with other values"));
            roles.iter().map(role).collect()
        }
        Some(other) => Err(wrong(kind(&other))),
    }
}

fn default_role(claim: Option<Json>) -> Result<String, AuthError> {
    match claim {
        None => Err(AuthError::role_claim_missing(DEFAULT_ROLE)),
        Some(Json::String(role)) => Ok(role),
        Some(other) => {
            Err(AuthError::claims(format!("invalid {DEFAULT_ROLE}; should be a role: found {}", kind(&other))))
        }
    }
}

/// Strings as they are; lists as PostgreSQL array literals, which is how `_in` takes a session variable.
fn variable(name: String, claim: &Json) -> Result<(Box<str>, Box<str>), AuthError> {
    let wrong = || {
        let found = kind(claim);
        AuthError::claims(format!("invalid {name}; should be a string or a list of strings: found {found}"))
    };
    let text = match claim {
        Json::String(text) => text.clone(),
        Json::Array(items) => {
            let items: Option<Vec<&str>> = items.iter().map(Json::as_str).collect();
            array::format(items.ok_or_else(wrong)?.into_iter())
        }
        _ => return Err(wrong()),
    };
    Ok((name.into(), text.into()))
}

fn kind(claim: &Json) -> &'static str {
    match claim {
        Json::Null => "null",
        Json::Bool(_) => "a boolean",
        Json::Number(_) => "a number",
        Json::String(_) => "a string",
        Json::Array(_) => "a list",
        Json::Object(_) => "an object",
    }
}
