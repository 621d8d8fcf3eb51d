//! Who asks: admin secret, JWT and roles become a `Session`, or an error. A bad credential never becomes a public role.
//!
//! Refuses to know: the HTTP framework (headers come as pairs), GraphQL, SQL, the other crates of its level.

mod credentials;
mod error;
pub mod jwt;
pub mod mint;
mod secret;

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use purlin_model::{Role, Session};

use credentials::Credentials;
pub use error::{AuthCode, AuthError, ConfigError};
pub use secret::Secret;

/// Which credentials are accepted.
#[derive(Debug, Default)]
pub struct Config {
    /// Opens everything; absent, nobody is admin.
    pub admin_secret: Option<Secret>,
    /// Opens everything as well, while clients move from one secret to another.
    pub second_admin_secret: Option<Secret>,
    /// How bearer tokens are checked.
    pub jwt: Option<jwt::Config>,
    /// The role of requests without any credential.
    pub unauthorized_role: Option<String>,
    /// Everybody is admin; excludes all of the above. For experiments on a loopback address.
    pub insecure_admin: bool,
}

/// What a request without an admin secret is measured by. There is no variant that lets anybody in by default.
#[derive(Debug)]
enum Door {
    /// Only the admin secret opens.
    AdminOnly,
    /// Without credentials the role is this one.
    Public(Role),
    /// A token decides; without one, the unauthorized role if there is one.
    Token { jwt: Box<jwt::Verifier>, public: Option<Role> },
    /// Everybody is admin.
    Open,
}

/// Turns the headers of a request into a session.
#[derive(Debug)]
pub struct Guard {
    admin_secrets: Vec<Secret>,
    door: Door,
}

impl Guard {
    /// A guard for these credentials.
    ///
    /// # Errors
    /// When nothing is configured, so that nobody could enter, or when settings contradict each other.
    pub fn new(config: Config) -> Result<Guard, ConfigError> {
        let Config { admin_secret, second_admin_secret, jwt, unauthorized_role, insecure_admin } = config;
        let admin_secrets: Vec<Secret> = admin_secret.into_iter().chain(second_admin_secret).collect();
        if insecure_admin && (!admin_secrets.is_empty() || jwt.is_some() || unauthorized_role.is_some()) {
            return Err(ConfigError::insecure_and_guarded());
        }
        let public = unauthorized_role.map(|name| public_role(&name)).transpose()?;
        let door = match (jwt, public) {
            _ if insecure_admin => Door::Open,
            (Some(jwt), public) => Door::Token { jwt: Box::new(jwt::Verifier::new(jwt)), public },
            (None, Some(role)) => Door::Public(role),
            (None, None) if !admin_secrets.is_empty() => Door::AdminOnly,
            (None, None) => return Err(ConfigError::nobody_can_enter()),
        };
        Ok(Guard { admin_secrets, door })
    }

    /// The session these headers ask for. Names may have any case; values are as received.
    ///
    /// # Errors
    /// A missing, bad or ambiguous credential, or a role that is not allowed.
    pub fn authenticate<'a>(&self, headers: impl Iterator<Item = (&'a str, &'a [u8])>) -> Result<Session, AuthError> {
        // Before 1970 every token is expired or not yet valid, which is what zero gives.
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or(Duration::ZERO);
        self.authenticate_at(headers, now.as_secs())
    }

    /// The same at a given time, in seconds since 1970.
    ///
    /// # Errors
    /// See [`Guard::authenticate`].
    pub fn authenticate_at<'a>(
        &self,
        headers: impl Iterator<Item = (&'a str, &'a [u8])>,
        now: u64,
    ) -> Result<Session, AuthError> {
        let credentials = Credentials::read(headers, self.token_place())?;
        match &self.door {
            Door::Open => Ok(trusted(credentials)),
            _ if !credentials.secrets.is_empty() => self.admin(credentials),
            Door::AdminOnly => Err(AuthError::secret_required()),
            Door::Public(role) => Ok(public(role, credentials)),
            Door::Token { jwt, public: role } => match (&credentials.token, role) {
                (Some(token), _) => jwt.session(token, &credentials, now, !self.admin_secrets.is_empty()),
                (None, Some(role)) => Ok(public(role, credentials)),
                (None, None) => Err(AuthError::token_required()),
            },
        }
    }

    /// Keeps the keys of a JWKS URL fresh: fetches them now, then as often as the answers' headers say. Returns when
    /// there is nothing (more) to refresh. `fetched` is called after each attempt.
    pub async fn keep_keys_fresh(&self, client: &purlin_egress::Client, fetched: impl Fn()) {
        if let Door::Token { jwt, .. } = &self.door {
            jwt.keep_keys_fresh(client, fetched).await;
        }
    }

    /// The role of requests without credentials.
    pub fn public_role(&self) -> Option<&Role> {
        match &self.door {
            Door::Public(role) => Some(role),
            Door::Token { public, .. } => public.as_ref(),
            Door::Open | Door::AdminOnly => None,
        }
    }

    /// Whether everybody is admin.
    pub fn is_open(&self) -> bool {
        matches!(self.door, Door::Open)
    }

    fn token_place(&self) -> Option<&jwt::TokenPlace> {
        match &self.door {
            Door::Token { jwt, .. } => Some(jwt.place()),
            _ => None,
        }
    }

    /// Every secret that was sent must be right.
    fn admin(&self, credentials: Credentials) -> Result<Session, AuthError> {
        // Every secret is compared, so that the time does not tell which one is right.
        let right =
            |given: &Vec<u8>| self.admin_secrets.iter().fold(false, |right, secret| secret.matches(given) | right);
        match credentials.secrets.iter().all(right) {
            true => Ok(trusted(credentials)),
            false => Err(AuthError::secret_wrong()),
        }
    }
}

fn public_role(name: &str) -> Result<Role, ConfigError> {
    match name {
        Role::ADMIN => Err(ConfigError::public_admin()),
        "" => Err(ConfigError::empty_role()),
        name => Ok(Role::new(name)),
    }
}

/// Admin, or the role that admin chose.
fn trusted(credentials: Credentials) -> Session {
    let role = Role::new(credentials.role.as_deref().unwrap_or(Role::ADMIN));
    session(role, credentials.variables, credentials.backend)
}

/// The unauthorized role: it cannot be chosen, and its variables are whatever the client says.
fn public(role: &Role, credentials: Credentials) -> Session {
    session(role.clone(), credentials.variables, false)
}

fn session(role: Role, mut variables: credentials::Variables, backend: bool) -> Session {
    variables.insert(credentials::ROLE.into(), role.name().into());
    Session { role, variables, backend }
}
