//! Headers → the credentials in them, read in one pass. What is given twice is refused, never guessed.

use std::collections::BTreeMap;

use crate::error::AuthError;
use crate::jwt::TokenPlace;

/// The header by which a role is asked for, and its session variable.
pub const ROLE: &str = "x-hasura-role";
const PREFIX: &str = "x-hasura-";
const ADMIN_SECRET: &str = "x-hasura-admin-secret";
const ACCESS_KEY: &str = "x-hasura-access-key";
const BACKEND_ONLY: &str = "x-hasura-use-backend-only-permissions";

/// Session variables by lower-case name.
pub type Variables = BTreeMap<Box<str>, Box<str>>;

/// What a request brings to show who it is; nothing of it is verified yet.
#[derive(Default)]
pub struct Credentials {
    /// Every admin secret sent, under either name.
    pub secrets: Vec<Vec<u8>>,
    /// The role asked for.
    pub role: Option<Box<str>>,
    /// All other `X-Hasura-*` headers.
    pub variables: Variables,
    /// Whether backend-only fields are asked for.
    pub backend: bool,
    /// The bearer token, from the place that is configured.
    pub token: Option<String>,
}

impl Credentials {
    /// Reads them; `place` is where a token would be.
    pub fn read<'a>(
        headers: impl Iterator<Item = (&'a str, &'a [u8])>,
        place: Option<&TokenPlace>,
    ) -> Result<Credentials, AuthError> {
        let mut found = Credentials::default();
        let mut backend_given = false;
        for (name, value) in headers {
            let name = name.to_ascii_lowercase();
            let place = place.filter(|place| place.header() == name);
            match name.as_str() {
                ADMIN_SECRET | ACCESS_KEY => found.secrets.push(value.to_vec()),
                BACKEND_ONLY if backend_given => return Err(AuthError::header_twice(&name)),
                BACKEND_ONLY => {
                    found.backend = boolean(text(&name, value)?).ok_or_else(|| AuthError::not_a_boolean(&name))?;
                    backend_given = true;
                }
                ROLE if found.role.is_some() => return Err(AuthError::header_twice(&name)),
                ROLE => found.role = Some(text(&name, value)?.into()),
                _ => {
                    if let Some(token) = place.map(|place| place.token(text(&name, value)?)).transpose()?.flatten() {
                        if found.token.replace(token.to_owned()).is_some() {
                            return Err(AuthError::header_twice(&name));
                        }
                    } else if name.starts_with(PREFIX) {
                        let variable = text(&name, value)?.into();
                        if found.variables.insert(name.as_str().into(), variable).is_some() {
                            return Err(AuthError::header_twice(&name));
                        }
                    }
                }
            }
        }
        Ok(found)
    }
}

fn text<'a>(name: &str, value: &'a [u8]) -> Result<&'a str, AuthError> {
    std::str::from_utf8(value).map_err(|_| AuthError::header_not_text(name))
}

fn boolean(text: &str) -> Option<bool> {
    match text.trim().to_ascii_lowercase().as_str() {
        "true" | "t" | "yes" | "y" => Some(true),
        "false" | "f" | "no" | "n" => Some(false),
        _ => None,
    }
}
