//! What the server is told before statements run: once, where a connection is a session of its own; anew in each
//! transaction, where a pooler hands out sessions between them. Refuses to know: connections, plans.

use std::time::Duration;

use crate::DatabaseError;
use crate::physical::text_literal;

/// How much longer than a statement a transaction may wait for its next one; nobody leaves one open on purpose.
const IDLE_IN_TRANSACTION: Duration = Duration::from_secs(5);

const WRITE: &str = "begin isolation level read committed";
const SNAPSHOT: &str = "begin isolation level repeatable read read only";

/// A setting of the server and its value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Setting {
    name: String,
    value: String,
}

impl Setting {
    /// Neither name nor value is SQL yet.
    pub(super) fn new(name: &str, value: &str) -> Setting {
        Setting { name: name.to_owned(), value: value.to_owned() }
    }

    /// The call that sets it, for the session or the transaction.
    fn call(&self, transaction: bool) -> String {
        format!("set_config({}, {}, {transaction})", text_literal(&self.name), text_literal(&self.value))
    }
}

/// Every setting that changes what statements mean, how values are printed and how long it may take. No statement is
/// compiled to machine code: that takes longer than what it would save a request.
pub(super) fn settings(statement_timeout: Duration) -> Vec<Setting> {
    let limit = statement_timeout.as_millis();
    let idle = if limit == 0 { 0 } else { (statement_timeout + IDLE_IN_TRANSACTION).as_millis() };
    [
        ("TimeZone", "UTC"),
        ("statement_timeout", &limit.to_string()),
        ("idle_in_transaction_session_timeout", &idle.to_string()),
        ("extra_float_digits", "1"),
        ("standard_conforming_strings", "on"),
        ("DateStyle", "ISO, YMD"),
        ("IntervalStyle", "postgres"),
        ("bytea_output", "hex"),
        ("jit", "off"),
    ]
    .map(|(name, value)| Setting::new(name, value))
    .to_vec()
}

/// The script that sets them for the session.
pub(super) fn told_once(settings: &[Setting]) -> String {
    select(settings.iter(), false)
}

fn select<'a>(settings: impl Iterator<Item = &'a Setting>, transaction: bool) -> String {
    let calls: Vec<String> = settings.map(|setting| setting.call(transaction)).collect();
    format!("select {}", calls.join(", "))
}

/// How transactions begin.
pub(super) struct Begins {
    /// One that writes.
    pub(super) write: Box<str>,
    /// One that reads a snapshot.
    pub(super) snapshot: Box<str>,
    /// Whether the session is the connection's own.
    pub(super) keeps_session: bool,
}

impl Begins {
    /// Where everything was told once.
    pub(super) fn of_session() -> Begins {
        Begins { write: WRITE.into(), snapshot: SNAPSHOT.into(), keeps_session: true }
    }

    /// Where the session may be another one for each transaction: it is told everything, until the transaction ends.
    pub(super) fn of_pooler<'a>(settings: impl Iterator<Item = &'a Setting>) -> Begins {
        let told = select(settings, true);
        Begins {
            write: format!("{WRITE}; {told}").into(),
            snapshot: format!("{SNAPSHOT}; {told}").into(),
            keeps_session: false,
        }
    }
}

/// What `options` of a URL set: `-c name=value` and `--name=value`, separated by spaces; a backslash takes the special
/// meaning from a space (libpq, "Parameter Key Words", `options`).
///
/// # Errors
/// [`DatabaseError::Unavailable`] when it holds anything else.
pub(super) fn of_options(options: &str) -> Result<Vec<Setting>, DatabaseError> {
    let refused = || {
        let message = "of `options` in the URL, a pooler takes `-c name=value` only; set the rest for the role: \
                       `alter role … set …`";
        DatabaseError::Unavailable(message.to_owned())
    };
    let mut settings = Vec::new();
    let mut words = words(options).into_iter();
    while let Some(word) = words.next() {
        let pair = match word.strip_prefix("-c") {
            Some("") => words.next(),
            Some(pair) => Some(pair.to_owned()),
            None => word.strip_prefix("--").map(str::to_owned),
        };
        let pair = pair.ok_or_else(refused)?;
        let (name, value) = pair.split_once('=').filter(|(name, _)| !name.is_empty()).ok_or_else(refused)?;
        settings.push(Setting::new(name, value));
    }
    Ok(settings)
}

fn words(options: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    let mut letters = options.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '\\' => word.extend(letters.next()),
            letter if letter.is_whitespace() => words.push(std::mem::take(&mut word)),
            letter => word.push(letter),
        }
    }
    words.push(word);
    words.retain(|word| !word.is_empty());
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_are_read_as_libpq_reads_them() {
        let pairs = |options| {
            let settings = of_options(options).ok()?;
            Some(settings.into_iter().map(|setting| format!("{}|{}", setting.name, setting.value)).collect::<Vec<_>>())
        };
        assert_eq!(pairs("").unwrap(), [""; 0]);
        assert_eq!(pairs("-c a=b  --c=d -ce=f").unwrap(), ["a|b", "c|d", "e|f"]);
        assert_eq!(pairs(r"-c search_path=a,\ b\\").unwrap(), [r"search_path|a, b\"]);
        for refused in ["-c", "-c a", "-c =b", "a=b", "-e"] {
            assert_eq!(pairs(refused), None, "{refused}");
        }
    }

    #[test]
    fn values_stay_values() {
        let begins = Begins::of_pooler([Setting::new("a'b", "c'; drop table t; --")].iter());
        assert!(
            begins.write.ends_with("; select set_config('a''b', 'c''; drop table t; --', true)"),
            "{}",
            begins.write
        );
    }
}
