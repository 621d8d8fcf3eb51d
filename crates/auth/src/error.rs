//! Everything the guards refuse, in the dialect's codes and words.

/// A code of the dialect.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AuthCode {
    /// Wrong or missing secret, role not allowed.
    AccessDenied,
    /// A header that is missing, malformed or given twice.
    InvalidHeaders,
    /// A token that cannot be verified.
    InvalidJwt,
    /// Claims that are not what they should be.
    JwtInvalidClaims,
    /// Claims without roles.
    JwtMissingRoleClaims,
    /// A header value that means nothing.
    BadRequest,
}

impl AuthCode {
    /// As written in `extensions.code`.
    pub const fn text(self) -> &'static str {
        match self {
            AuthCode::AccessDenied => "access-denied",
            AuthCode::InvalidHeaders => "invalid-headers",
            AuthCode::InvalidJwt => "invalid-jwt",
            AuthCode::JwtInvalidClaims => "jwt-invalid-claims",
            AuthCode::JwtMissingRoleClaims => "jwt-missing-role-claims",
            AuthCode::BadRequest => "bad-request",
        }
    }
}

/// Why a request has no session; the message is for the client and holds no secret.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct AuthError {
    /// The code.
    pub code: AuthCode,
    /// What is wrong.
    pub message: String,
}

impl AuthError {
    pub(crate) fn new(code: AuthCode, message: impl Into<String>) -> AuthError {
        AuthError { code, message: message.into() }
    }

    pub(crate) fn secret_required() -> AuthError {
        AuthError::new(AuthCode::AccessDenied, "x-hasura-admin-secret/x-hasura-access-key required, but not found")
    }

    pub(crate) fn secret_wrong() -> AuthError {
        AuthError::new(AuthCode::AccessDenied, "invalid \"x-hasura-admin-secret\"/\"x-hasura-access-key\"")
    }

    pub(crate) fn token_required() -> AuthError {
        let message = "Missing 'Authorization' or 'Cookie' header in JWT authentication mode";
        AuthError::new(AuthCode::InvalidHeaders, message)
    }

    pub(crate) fn header_twice(name: &str) -> AuthError {
        AuthError::new(AuthCode::InvalidHeaders, format!("header `{name}` is given more than once"))
    }

    pub(crate) fn header_not_text(name: &str) -> AuthError {
        AuthError::new(AuthCode::InvalidHeaders, format!("header `{name}` is not UTF-8 text"))
    }

    pub(crate) fn malformed_authorization() -> AuthError {
        AuthError::new(AuthCode::InvalidHeaders, "Malformed Authorization header")
    }

    pub(crate) fn not_a_boolean(name: &str) -> AuthError {
        let message = format!(
            "{name}:  Not a valid boolean text. True values are [\"true\",\"t\",\"yes\",\"y\"] and False values are \
             [\"false\",\"f\",\"no\",\"n\"]. All values are case insensitive"
        );
        AuthError::new(AuthCode::BadRequest, message)
    }

    pub(crate) fn role_not_allowed() -> AuthError {
        AuthError::new(AuthCode::AccessDenied, "Your requested role is not in allowed roles")
    }

    pub(crate) fn admin_needs_a_secret() -> AuthError {
        let message = "the role `admin` is closed while no admin secret is configured";
        AuthError::new(AuthCode::AccessDenied, message)
    }

    pub(crate) fn unverified(reason: &str) -> AuthError {
        AuthError::new(AuthCode::InvalidJwt, format!("Could not verify JWT: {reason}"))
    }

    pub(crate) fn claims(message: impl Into<String>) -> AuthError {
        AuthError::new(AuthCode::JwtInvalidClaims, message)
    }

    pub(crate) fn role_claim_missing(name: &str) -> AuthError {
        AuthError::new(AuthCode::JwtMissingRoleClaims, format!("JWT claim does not contain {name}"))
    }
}

/// Why credentials cannot be configured like this; the texts hold no secret.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct ConfigError {
    /// What is wrong.
    pub message: String,
    /// One next step.
    pub hint: String,
}

impl ConfigError {
    pub(crate) fn new(message: impl Into<String>, hint: impl Into<String>) -> ConfigError {
        ConfigError { message: message.into(), hint: hint.into() }
    }

    pub(crate) fn nobody_can_enter() -> ConfigError {
        ConfigError::new(
            "no admin secret, JWT key or unauthorized role is set, so nobody could be let in",
            "set `admin_secret`, `jwt_secret` or `unauthorized_role`, or run `purlin dev`, which makes a secret",
        )
    }

    pub(crate) fn insecure_and_guarded() -> ConfigError {
        let message = "`insecure_admin` makes everybody admin, which the other credentials contradict";
        ConfigError::new(message, "remove `insecure_admin`, or the secret, JWT and unauthorized role")
    }

    pub(crate) fn public_admin() -> ConfigError {
        ConfigError::new("`unauthorized_role` cannot be `admin`", "name a role of the model that has few rules")
    }

    pub(crate) fn empty_role() -> ConfigError {
        ConfigError::new("`unauthorized_role` is empty", "name a role of the model, or remove the setting")
    }
}
