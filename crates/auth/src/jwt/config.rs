//! The JSON of the setting `jwt_secret` → a checked configuration. Errors name fields, never their values.

use serde_json::{Map, Value as Json};

use super::claims::{ClaimsSource, Mapped};
use super::key::{Algorithm, Key, KeyError};
use super::path::Path;
use super::token::Expected;
use crate::error::{AuthError, ConfigError};

/// Clock difference that is forgiven unless `allowed_skew` says otherwise, in seconds.
const LEEWAY_SECONDS: u64 = 5;
/// Largest `allowed_skew`, in seconds.
const LARGEST_LEEWAY_SECONDS: u64 = 60;
/// Where claims are unless `claims_namespace` says otherwise.
const NAMESPACE: &str = "https://hasura.io/jwt/claims";
const FIELDS: [&str; 11] = [
    "type",
    "key",
    "jwk_url",
    "claims_namespace",
    "claims_namespace_path",
    "claims_format",
    "claims_map",
    "audience",
    "issuer",
    "allowed_skew",
    "header",
];

/// How tokens are found, verified and read.
#[derive(Debug)]
pub struct Config {
    pub(crate) keys: KeySource,
    pub(crate) expected: Expected,
    pub(crate) claims: ClaimsSource,
    pub(crate) place: TokenPlace,
}

/// Where keys come from.
#[derive(Debug)]
pub(crate) enum KeySource {
    Fixed(Box<Key>),
    Url(String),
}

impl KeySource {
    pub(crate) fn fixed(&self) -> Option<&Key> {
        match self {
            KeySource::Fixed(key) => Some(key),
            KeySource::Url(_) => None,
        }
    }

    pub(crate) fn url(&self) -> Option<&str> {
        match self {
            KeySource::Fixed(_) => None,
            KeySource::Url(url) => Some(url),
        }
    }
}

/// Where in the headers a token is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TokenPlace {
    /// `Authorization: Bearer TOKEN`.
    Authorization,
    /// The cookie with this name.
    Cookie(String),
    /// The header with this lower-case name; its whole value is the token.
    Header(String),
}

impl TokenPlace {
    /// The lower-case name of the header it is in.
    pub(crate) fn header(&self) -> &str {
        match self {
            TokenPlace::Authorization => "authorization",
            TokenPlace::Cookie(_) => "cookie",
            TokenPlace::Header(name) => name,
        }
    }

    /// The token in that header's value; `None` for a `Cookie` header without the cookie.
    pub(crate) fn token<'a>(&self, value: &'a str) -> Result<Option<&'a str>, AuthError> {
        match self {
            TokenPlace::Authorization => bearer(value).map(Some).ok_or_else(AuthError::malformed_authorization),
            TokenPlace::Cookie(name) => cookie(value, name),
            TokenPlace::Header(_) => Ok(Some(value.trim())),
        }
    }
}

fn bearer(value: &str) -> Option<&str> {
    let (scheme, token) = value.trim().split_once(' ')?;
    let token = token.trim();
    (scheme.eq_ignore_ascii_case("bearer") && !token.is_empty()).then_some(token)
}

fn cookie<'a>(value: &'a str, name: &str) -> Result<Option<&'a str>, AuthError> {
    let pairs = value.split(';').filter_map(|pair| pair.trim().split_once('='));
    let mut found = pairs.filter(|(key, _)| *key == name).map(|(_, token)| token.trim_matches('"'));
    match (found.next(), found.next()) {
        (token, None) => Ok(token),
        _ => Err(AuthError::header_twice("cookie")),
    }
}

impl Config {
    /// Reads the setting.
    ///
    /// # Errors
    /// The first field that is missing, unknown or wrong.
    pub fn parse(text: &str) -> Result<Config, ConfigError> {
        let fields: Map<String, Json> = serde_json::from_str(text).map_err(|_| not_an_object())?;
        if let Some(unknown) = fields.keys().find(|field| !FIELDS.contains(&field.as_str())) {
            let hint = format!("its fields are {}", list(&FIELDS));
            return Err(ConfigError::new(format!("`jwt_secret` has an unknown field `{unknown}`"), hint));
        }
        Ok(Config {
            keys: keys(&fields)?,
            expected: expected(&fields)?,
            claims: claims(&fields)?,
            place: place(&fields)?,
        })
    }

    /// Algorithm and secret, if tokens are signed with a shared secret: for minting development tokens.
    ///
    /// # Errors
    /// See [`Config::parse`].
    pub fn shared_secret(text: &str) -> Result<Option<(Algorithm, String)>, ConfigError> {
        let Config { keys, .. } = Config::parse(text)?;
        let symmetric = keys.fixed().map(|key| key.algorithm).filter(|algorithm| algorithm.is_symmetric());
        let fields: Map<String, Json> = serde_json::from_str(text).map_err(|_| not_an_object())?;
        Ok(symmetric.zip(optional_text(&fields, "key")?.map(str::to_owned)))
    }
}

fn keys(fields: &Map<String, Json>) -> Result<KeySource, ConfigError> {
    let (kind, key) = (optional_text(fields, "type")?, optional_text(fields, "key")?);
    if let Some(url) = optional_text(fields, "jwk_url")? {
        if key.is_some() {
            return Err(ConfigError::new("`jwt_secret` has both `key` and `jwk_url`", "keep one of the two"));
        }
        if !["https://", "http://"].iter().any(|scheme| url.starts_with(scheme)) {
            return Err(wrong("jwk_url", "an absolute `https` or `http` URL"));
        }
        return Ok(KeySource::Url(url.to_owned()));
    }
    let (Some(kind), Some(key)) = (kind, key) else {
        let hint = "give `{\"type\": \"HS256\", \"key\": \"…\"}` or `{\"jwk_url\": \"https://…\"}`";
        return Err(ConfigError::new("`jwt_secret` has neither `type` and `key` nor `jwk_url`", hint));
    };
    let algorithm = Algorithm::by_name(kind).ok_or_else(|| {
        let hint = format!("one of {}", list(&Algorithm::NAMES.map(|(name, _)| name)));
        ConfigError::new("`jwt_secret.type` is not an algorithm", hint)
    })?;
    Key::from_text(algorithm, key).map(|key| KeySource::Fixed(Box::new(key))).map_err(|error| unfit_key(error, kind))
}

fn unfit_key(error: KeyError, kind: &str) -> ConfigError {
    let hint = match error {
        KeyError::Short(_) => "make a longer random secret".to_owned(),
        KeyError::PublicAsSecret => "set `type` to the algorithm of that key, such as `RS256`".to_owned(),
        KeyError::NotPem => "give the whole PEM text with its `-----BEGIN …-----` line".to_owned(),
        KeyError::Unfit => format!("give a public key made for `{kind}` (RSA: at least 2048 bits)"),
    };
    ConfigError::new(format!("`jwt_secret.key`: {error}"), hint)
}

fn expected(fields: &Map<String, Json>) -> Result<Expected, ConfigError> {
    let audiences = match fields.get("audience") {
        None | Some(Json::Null) => Vec::new(),
        Some(Json::String(audience)) => vec![audience.clone()],
        Some(Json::Array(items)) if !items.is_empty() && items.iter().all(Json::is_string) => {
            items.iter().filter_map(Json::as_str).map(str::to_owned).collect()
        }
        Some(_) => return Err(wrong("audience", "a string or a list of strings")),
    };
    let leeway = match fields.get("allowed_skew") {
        None | Some(Json::Null) => LEEWAY_SECONDS,
        Some(skew) => skew
            .as_u64()
            .filter(|skew| *skew <= LARGEST_LEEWAY_SECONDS)
            .ok_or_else(|| wrong("allowed_skew", "a number of seconds from 0 to 60"))?,
    };
    Ok(Expected { audiences, issuer: optional_text(fields, "issuer")?.map(str::to_owned), leeway })
}

fn claims(fields: &Map<String, Json>) -> Result<ClaimsSource, ConfigError> {
    let stringified = match optional_text(fields, "claims_format")? {
        None | Some("json") => false,
        Some("stringified_json") => true,
        Some(_) => return Err(wrong("claims_format", "`json` or `stringified_json`")),
    };
    match fields.get("claims_map") {
        None | Some(Json::Null) => {}
        Some(Json::Object(map)) => return claims_map(map),
        Some(_) => return Err(wrong("claims_map", "an object")),
    }
    let namespace = optional_text(fields, "claims_namespace")?;
    let path = match (namespace, optional_text(fields, "claims_namespace_path")?) {
        (Some(_), Some(_)) => {
            let message = "`jwt_secret` has both `claims_namespace` and `claims_namespace_path`";
            return Err(ConfigError::new(message, "keep one of the two"));
        }
        (_, Some(path)) => Path::parse(path).ok_or_else(|| wrong("claims_namespace_path", "a path such as `$.a.b`"))?,
        (namespace, None) => Path::key(namespace.unwrap_or(NAMESPACE)),
    };
    Ok(ClaimsSource::Namespace { path, stringified })
}

fn claims_map(map: &Map<String, Json>) -> Result<ClaimsSource, ConfigError> {
    let mut mapped = Vec::new();
    for (name, source) in map {
        let name = name.to_ascii_lowercase();
        if !name.starts_with("x-hasura-") {
            return Err(wrong("claims_map", "an object whose keys begin with `x-hasura-`"));
        }
        let source = match source {
            Json::Object(fields) => {
                let path = fields.get("path").and_then(Json::as_str).and_then(Path::parse);
                let path = path.ok_or_else(|| wrong("claims_map", "an object of values or `{\"path\": \"$.a.b\"}`"))?;
                Mapped::Path { path, default: fields.get("default").cloned() }
            }
            literal => Mapped::Literal(literal.clone()),
        };
        mapped.push((name, source));
    }
    for needed in [super::claims::ALLOWED_ROLES, super::claims::DEFAULT_ROLE] {
        if !mapped.iter().any(|(name, _)| name == needed) {
            return Err(ConfigError::new(
                format!("`jwt_secret.claims_map` has no `{needed}`"),
                "map both roles: `x-hasura-allowed-roles` and `x-hasura-default-role`",
            ));
        }
    }
    Ok(ClaimsSource::Map(mapped))
}

fn place(fields: &Map<String, Json>) -> Result<TokenPlace, ConfigError> {
    let header = match fields.get("header") {
        None | Some(Json::Null) => return Ok(TokenPlace::Authorization),
        Some(Json::Object(header)) => header,
        Some(_) => return Err(wrong("header", "an object with `type`")),
    };
    let name = header.get("name").and_then(Json::as_str).filter(|name| !name.is_empty());
    match (header.get("type").and_then(Json::as_str), name) {
        (Some("Authorization"), None) => Ok(TokenPlace::Authorization),
        (Some("Cookie"), Some(name)) => Ok(TokenPlace::Cookie(name.to_owned())),
        (Some("CustomHeader"), Some(name)) => Ok(TokenPlace::Header(name.to_ascii_lowercase())),
        _ => Err(wrong("header", "`{\"type\": \"Authorization\"}`, or `Cookie` or `CustomHeader` with a `name`")),
    }
}

fn optional_text<'a>(fields: &'a Map<String, Json>, name: &str) -> Result<Option<&'a str>, ConfigError> {
    match fields.get(name) {
        None | Some(Json::Null) => Ok(None),
        Some(Json::String(text)) if !text.is_empty() => Ok(Some(text)),
        Some(_) => Err(wrong(name, "a string that is not empty")),
    }
}

fn wrong(field: &str, expected: &str) -> ConfigError {
    ConfigError::new(format!("`jwt_secret.{field}` is not as expected"), format!("it must be {expected}"))
}

fn not_an_object() -> ConfigError {
    let hint = "give `{\"type\": \"HS256\", \"key\": \"…\"}` or `{\"jwk_url\": \"https://…\"}`";
    ConfigError::new("`jwt_secret` is not a JSON object", hint)
}

fn list(names: &[&str]) -> String {
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}
