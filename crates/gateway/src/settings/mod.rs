//! Settings: declared once in [`table`], read from flags, environment, `purlin.toml` and defaults, in this order.
//!
//! Refuses to know: what the settings do.

mod file;
mod resolve;
pub mod table;
mod typed;

use std::time::Duration;

use purlin_model::Ignored;

pub use file::{FILE, FileContent, FileValue, RoleValues, read as read_file};
pub use resolve::{Origin, RoleLimitValues, Sources, Values, resolve};
pub use typed::{DatabaseUrl, Format, HttpLimits, PostgresSettings, RateLimit, Settings};

/// One setting. Its variable and flag follow from its key.
#[derive(Debug)]
pub struct Setting {
    /// Where it is in `purlin.toml`: `limits.body_bytes`.
    pub key: &'static str,
    /// What it takes.
    pub kind: Kind,
    /// What it is when nobody says anything.
    pub default: Option<&'static str>,
    /// Further environment variables that set it.
    pub aliases: &'static [&'static str],
    /// Whether it must never be shown.
    pub secret: bool,
    /// Whether it may be in `purlin.toml`.
    pub in_file: bool,
    /// Whether a role may have its own, in `[limits.roles.NAME]`.
    pub per_role: bool,
    /// Whether `dev` takes a new value over while it runs; others need a restart.
    pub live: bool,
    /// What it is for, in one sentence.
    pub help: &'static str,
}

/// What a setting takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Any text that is not empty.
    Text,
    /// `true` or `false`.
    Flag,
    /// A whole number.
    Count {
        /// At least.
        least: u64,
        /// At most.
        most: u64,
    },
    /// A time such as `500ms`, `10s` or `2m`.
    Duration,
    /// The same, or `0`: not at all.
    DurationOrNone,
    /// One of these words.
    Choice(&'static [&'static str]),
    /// One or more of these words, separated by commas.
    Choices(&'static [&'static str]),
    /// Addresses and networks such as `10.0.0.0/8`, separated by commas.
    Networks,
    /// Origins such as `https://app.example`, separated by commas, or `*`.
    Origins,
    /// URLs of PostgreSQL databases, separated by commas or spaces.
    Urls,
    /// Codes of warnings, perhaps with a place, separated by commas.
    Warnings,
}

/// A setting's value, checked against its kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// [`Kind::Text`] and [`Kind::Choice`].
    Text(String),
    /// [`Kind::Flag`].
    Flag(bool),
    /// [`Kind::Count`].
    Count(u64),
    /// [`Kind::Duration`] and [`Kind::DurationOrNone`].
    Duration(Duration),
    /// [`Kind::Choices`], [`Kind::Networks`], [`Kind::Origins`], [`Kind::Urls`] and [`Kind::Warnings`].
    List(Vec<String>),
}

impl Setting {
    /// A setting without default.
    pub const fn new(key: &'static str, kind: Kind, help: &'static str) -> Setting {
        Setting {
            key,
            kind,
            default: None,
            aliases: &[],
            secret: false,
            in_file: true,
            per_role: false,
            live: false,
            help,
        }
    }

    /// With a default.
    pub const fn default(mut self, default: &'static str) -> Setting {
        self.default = Some(default);
        self
    }

    /// With further environment variables.
    pub const fn aliases(mut self, aliases: &'static [&'static str]) -> Setting {
        self.aliases = aliases;
        self
    }

    /// Never shown.
    pub const fn secret(mut self) -> Setting {
        self.secret = true;
        self
    }

    /// A role may have its own.
    pub const fn per_role(mut self) -> Setting {
        self.per_role = true;
        self
    }

    /// Taken over by `dev` while it runs.
    pub const fn live(mut self) -> Setting {
        self.live = true;
        self
    }

    /// Not in `purlin.toml`.
    pub const fn not_in_file(mut self) -> Setting {
        self.in_file = false;
        self
    }

    /// Its environment variable: `PURLIN_LIMITS_BODY_BYTES`.
    pub fn variable(&self) -> String {
        format!("PURLIN_{}", self.key.replace('.', "_").to_uppercase())
    }

    /// The environment variable that names a file with its value, for secrets: `PURLIN_ADMIN_SECRET_FILE`.
    pub fn file_variable(&self) -> String {
        format!("{}_FILE", self.variable())
    }

    /// Its flag, without dashes in front: `limits-body-bytes`.
    pub fn flag(&self) -> String {
        self.key.replace(['.', '_'], "-")
    }
}

impl Kind {
    /// The value a text means; `Err` says what was expected.
    pub fn parse(self, text: &str) -> Result<Value, String> {
        let expected = || self.expectation();
        match self {
            Kind::Text => (!text.is_empty()).then(|| Value::Text(text.to_owned())).ok_or_else(expected),
            Kind::Flag => match text {
                "true" | "1" => Ok(Value::Flag(true)),
                "false" | "0" => Ok(Value::Flag(false)),
                _ => Err(expected()),
            },
            Kind::Count { least, most } => {
                let count = text.parse().ok().filter(|count| (least..=most).contains(count));
                count.map(Value::Count).ok_or_else(expected)
            }
            Kind::Duration => duration(text).map(Value::Duration).ok_or_else(expected),
            Kind::DurationOrNone if text == "0" => Ok(Value::Duration(Duration::ZERO)),
            Kind::DurationOrNone => duration(text).map(Value::Duration).ok_or_else(expected),
            Kind::Choice(words) => words.contains(&text).then(|| Value::Text(text.to_owned())).ok_or_else(expected),
            Kind::Choices(words) => {
                let list: Vec<String> = text.split(',').map(|word| word.trim().to_owned()).collect();
                let known = list.iter().all(|word| words.contains(&word.as_str()));
                known.then_some(Value::List(list)).ok_or_else(expected)
            }
            Kind::Networks => list(text, |word| network(word).map(|network| network.to_string())).ok_or_else(expected),
            Kind::Origins => list(text, origin).ok_or_else(expected),
            Kind::Urls => {
                let words = text.split(|letter: char| letter == ',' || letter.is_whitespace());
                let list: Vec<String> = words.filter(|word| !word.is_empty()).map(str::to_owned).collect();
                let known = |url: &String| url.starts_with("postgres://") || url.starts_with("postgresql://");
                list.iter().all(known).then_some(Value::List(list)).ok_or_else(expected)
            }
            Kind::Warnings => {
                let words = text.split(',').map(str::trim).filter(|word| !word.is_empty());
                let list: Vec<String> = words.map(str::to_owned).collect();
                let known = list.iter().all(|word| Ignored::read(word).is_some());
                known.then_some(Value::List(list)).ok_or_else(expected)
            }
        }
    }

    /// What it takes, in words.
    pub fn expectation(self) -> String {
        match self {
            Kind::Text => "a text that is not empty".to_owned(),
            Kind::Flag => "`true` or `false`".to_owned(),
            Kind::Count { least, most } => format!("a whole number from {least} to {most}"),
            Kind::Duration => "a time such as `500ms`, `10s` or `2m`".to_owned(),
            Kind::DurationOrNone => "a time such as `500ms`, `10s` or `2m`, or `0` for none".to_owned(),
            Kind::Choice(words) => format!("one of `{}`", words.join("`, `")),
            Kind::Choices(words) => format!("one or more of `{}`", words.join("`, `")),
            Kind::Networks => "addresses or networks such as `10.0.0.0/8`".to_owned(),
            Kind::Origins => "origins such as `https://app.example`, or `*`".to_owned(),
            Kind::Urls => "URLs `postgres://…`, separated by commas".to_owned(),
            Kind::Warnings => "codes of warnings, of advice also with a place: `rare-role`, \
                               `unindexed-filter:type.field`"
                .to_owned(),
        }
    }
}

/// Longest time a setting may be.
const LONGEST: Duration = Duration::from_secs(24 * 60 * 60);

fn duration(text: &str) -> Option<Duration> {
    let digits = text.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(text.len());
    let (number, unit) = text.split_at(digits);
    let number: u64 = number.parse().ok()?;
    let milliseconds = match unit {
        "ms" => number,
        "s" => number.checked_mul(1000)?,
        "m" => number.checked_mul(60 * 1000)?,
        "h" => number.checked_mul(60 * 60 * 1000)?,
        _ => return None,
    };
    let duration = Duration::from_millis(milliseconds);
    (!duration.is_zero() && duration <= LONGEST).then_some(duration)
}

fn list(text: &str, read: impl Fn(&str) -> Option<String>) -> Option<Value> {
    text.split(',').map(|word| read(word.trim())).collect::<Option<Vec<String>>>().map(Value::List)
}

/// An address, or a network in CIDR notation.
pub fn network(text: &str) -> Option<ipnet::IpNet> {
    text.parse().ok().or_else(|| text.parse::<std::net::IpAddr>().ok().map(ipnet::IpNet::from))
}

/// An origin as browsers write it (RFC 6454): scheme, host and the port unless it is the scheme's own.
fn origin(text: &str) -> Option<String> {
    if text == "*" {
        return Some(text.to_owned());
    }
    let url: axum::http::Uri = text.parse().ok()?;
    let (scheme, authority) = (url.scheme_str()?, url.authority()?);
    let own_port = match scheme {
        "http" => 80,
        "https" => 443,
        _ => return None,
    };
    let host = authority.host();
    let bare = url.path() == "/"
        && !host.contains('*')
        && url.query().is_none()
        && !text.ends_with('/')
        && !authority.as_str().contains('@');
    let port = authority.port_u16().filter(|port| *port != own_port).map_or(String::new(), |port| format!(":{port}"));
    bare.then(|| format!("{scheme}://{}{port}", host.to_ascii_lowercase()))
}

#[cfg(test)]
mod tests {
    use super::{network, origin};

    #[test]
    fn origins_are_as_browsers_write_them() {
        for (text, expected) in [
            ("https://app.example", Some("https://app.example")),
            ("https://App.Example:443", Some("https://app.example")),
            ("http://localhost:5173", Some("http://localhost:5173")),
            ("http://[::1]:80", Some("http://[::1]")),
            ("*", Some("*")),
            ("https://app.example/", None),
            ("https://app.example/path", None),
            ("https://user@app.example", None),
            ("https://*.app.example", None),
            ("app.example", None),
            ("file:///x", None),
            ("null", None),
            ("", None),
        ] {
            assert_eq!(origin(text).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn networks_are_addresses_or_have_a_length() {
        for good in ["10.0.0.1", "10.0.0.0/8", "::1", "fd00::/8"] {
            assert!(network(good).is_some(), "{good}");
        }
        for bad in ["", "10.0.0", "10.0.0.0/33", "proxy", "10.0.0.1:80"] {
            assert!(network(bad).is_none(), "{bad}");
        }
    }
}
