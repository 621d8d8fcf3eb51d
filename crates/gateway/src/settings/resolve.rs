//! Flags, environment, file and defaults → one checked value per setting.

use std::collections::BTreeMap;

use super::{FileValue, RoleValues, Setting, Value, table};
use crate::problem::Problem;

/// Largest file with a secret, in bytes.
const SECRET_BYTES: u64 = 64 * 1024;

/// Where values come from, besides the defaults.
pub struct Sources<'a> {
    /// Flags by key.
    pub flags: BTreeMap<&'static str, String>,
    /// The environment.
    pub environment: &'a dyn Fn(&str) -> Option<String>,
    /// `purlin.toml`.
    pub file: BTreeMap<&'static str, FileValue>,
    /// Roles with their own limits, in `purlin.toml`.
    pub roles: BTreeMap<String, RoleValues>,
}

/// Where a value was given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// On the command line.
    Flag,
    /// In an environment variable.
    Environment,
    /// In `purlin.toml`.
    File,
    /// Nowhere.
    Default,
}

/// One value for each setting that has one.
#[derive(Clone, Debug)]
pub struct Values {
    values: BTreeMap<&'static str, (Value, Origin)>,
    roles: BTreeMap<String, RoleLimitValues>,
}

/// A role's own limits by key.
#[derive(Clone, Debug)]
pub struct RoleLimitValues {
    /// Where its table is.
    pub place: String,
    values: BTreeMap<&'static str, Value>,
}

impl RoleLimitValues {
    /// Its own value of a setting that takes a number.
    pub fn count(&self, setting: &Setting) -> Option<usize> {
        match self.values.get(setting.key) {
            Some(Value::Count(count)) => Some(usize::try_from(*count).unwrap_or(usize::MAX)),
            _ => None,
        }
    }

    /// Its own value of a setting that takes a time.
    pub fn duration(&self, setting: &Setting) -> Option<std::time::Duration> {
        match self.values.get(setting.key) {
            Some(Value::Duration(duration)) => Some(*duration),
            _ => None,
        }
    }
}

/// The value of every setting, or everything that is wrong.
pub fn resolve(sources: &Sources<'_>) -> Result<Values, Vec<Problem>> {
    let mut values = BTreeMap::new();
    let mut problems = Vec::new();
    for setting in table::all() {
        let given = match given(setting, sources) {
            Ok(given) => given,
            Err(problem) => {
                problems.push(problem);
                continue;
            }
        };
        let Some((text, origin, place)) = given else { continue };
        match setting.kind.parse(&text) {
            Ok(value) => drop(values.insert(setting.key, (value, origin))),
            Err(expected) => problems.push(wrong(setting, setting.key, (&text, &expected), place)),
        }
    }
    let mut roles = BTreeMap::new();
    for (role, own) in &sources.roles {
        roles.insert(role.clone(), of_role(role, own, &mut problems));
    }
    if problems.is_empty() { Ok(Values { values, roles }) } else { Err(problems) }
}

fn of_role(role: &str, own: &RoleValues, problems: &mut Vec<Problem>) -> RoleLimitValues {
    let mut values = BTreeMap::new();
    for setting in table::all() {
        let Some(FileValue { text, place }) = own.values.get(setting.key) else { continue };
        match setting.kind.parse(text) {
            Ok(value) => drop(values.insert(setting.key, value)),
            Err(expected) => {
                let key = table::role_key(role, setting);
                problems.push(wrong(setting, &key, (text, &expected), place.clone()));
            }
        }
    }
    RoleLimitValues { place: own.place.clone(), values }
}

/// A text, where it was given, and the name of that place.
type Given = (String, Origin, String);

/// The text that wins.
fn given(setting: &'static Setting, sources: &Sources<'_>) -> Result<Option<Given>, Problem> {
    match from_file(setting, sources)? {
        Some(_) if from_variable(setting, sources).is_some() => {
            let message = format!("`{}` and `{}` are both set", setting.variable(), setting.file_variable());
            Err(Problem::new("setting-value", message).hint("unset one of them"))
        }
        Some(given) if !sources.flags.contains_key(setting.key) => Ok(Some(given)),
        _ => Ok(from_text(setting, sources)),
    }
}

/// What the file holds that a variable names.
fn from_file(setting: &'static Setting, sources: &Sources<'_>) -> Result<Option<Given>, Problem> {
    if !setting.secret {
        return Ok(None);
    }
    let variable = setting.file_variable();
    let Some(path) = (sources.environment)(&variable).filter(|path| !path.is_empty()) else { return Ok(None) };
    let place = format!("environment variable `{variable}`");
    let path = std::path::PathBuf::from(path);
    let size = std::fs::metadata(&path).map_err(|error| Problem::file(&path, &error).at(place.clone()))?.len();
    if size > SECRET_BYTES {
        let message = format!("`{}` is larger than {SECRET_BYTES} bytes", path.display());
        return Err(Problem::new("file", message).at(place));
    }
    let text = std::fs::read_to_string(&path).map_err(|error| Problem::file(&path, &error).at(place.clone()))?;
    let text = text.strip_suffix('\n').map_or(&*text, |line| line.strip_suffix('\r').unwrap_or(line));
    Ok(Some((text.to_owned(), Origin::Environment, place)))
}

fn from_variable(setting: &'static Setting, sources: &Sources<'_>) -> Option<Given> {
    let mut variables =
        std::iter::once(setting.variable()).chain(setting.aliases.iter().map(|alias| (*alias).to_owned()));
    // An empty variable is how shells and compose files say "not set".
    variables.find_map(|variable| {
        let text = (sources.environment)(&variable).filter(|text| !text.is_empty())?;
        Some((text, Origin::Environment, format!("environment variable `{variable}`")))
    })
}

fn from_text(setting: &'static Setting, sources: &Sources<'_>) -> Option<Given> {
    if let Some(text) = sources.flags.get(setting.key) {
        return Some((text.clone(), Origin::Flag, format!("flag `--{}`", setting.flag())));
    }
    if let Some(given) = from_variable(setting, sources) {
        return Some(given);
    }
    if let Some(value) = sources.file.get(setting.key) {
        return Some((value.text.clone(), Origin::File, value.place.clone()));
    }
    setting.default.map(|text| (text.to_owned(), Origin::Default, "default".to_owned()))
}

fn wrong(setting: &Setting, key: &str, (text, expected): (&str, &str), place: String) -> Problem {
    let message = match setting.secret {
        true => format!("`{key}` has a value it cannot have"),
        false => format!("`{key}` cannot be `{text}`"),
    };
    Problem::new("setting-value", message).at(place).because(format!("expected {expected}"))
}

impl Values {
    /// The value of a setting that takes a text, a choice included.
    pub fn text(&self, setting: &Setting) -> Option<&str> {
        match self.values.get(setting.key) {
            Some((Value::Text(text), _)) => Some(text),
            _ => None,
        }
    }

    /// The value of a setting that takes a list.
    pub fn list(&self, setting: &Setting) -> &[String] {
        match self.values.get(setting.key) {
            Some((Value::List(list), _)) => list,
            _ => &[],
        }
    }

    /// Whether a flag is set.
    pub fn flag(&self, setting: &Setting) -> bool {
        matches!(self.values.get(setting.key), Some((Value::Flag(true), _)))
    }

    /// A flag, if anybody has said anything.
    pub fn given_flag(&self, setting: &Setting) -> Option<bool> {
        match self.values.get(setting.key) {
            Some((Value::Flag(flag), _)) => Some(*flag),
            _ => None,
        }
    }

    /// The value of a setting that takes a number and has a default.
    pub fn count(&self, setting: &Setting) -> usize {
        match self.values.get(setting.key) {
            Some((Value::Count(count), _)) => usize::try_from(*count).unwrap_or(usize::MAX),
            _ => 0,
        }
    }

    /// The value of a setting that takes a time and has a default.
    pub fn duration(&self, setting: &Setting) -> std::time::Duration {
        match self.values.get(setting.key) {
            Some((Value::Duration(duration), _)) => *duration,
            _ => std::time::Duration::ZERO,
        }
    }

    /// The roles that have their own limits.
    pub fn roles(&self) -> &BTreeMap<String, RoleLimitValues> {
        &self.roles
    }

    /// Settings that are otherwise in `later`, for everybody or for a role.
    pub fn changed(&self, later: &Values) -> Vec<&'static Setting> {
        let value = |values: &Values, key| values.values.get(key).map(|(value, _)| value.clone());
        let of_roles = |values: &Values, key| -> BTreeMap<String, Value> {
            let own = values.roles.iter().map(|(role, limits)| Some((role.clone(), limits.values.get(key)?.clone())));
            own.flatten().collect()
        };
        let differs = |key| value(self, key) != value(later, key) || of_roles(self, key) != of_roles(later, key);
        table::all().filter(|setting| differs(setting.key)).collect()
    }

    /// Where its value was given.
    pub fn origin(&self, setting: &Setting) -> Origin {
        self.values.get(setting.key).map_or(Origin::Default, |(_, origin)| *origin)
    }
}
