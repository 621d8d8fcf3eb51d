//! `purlin.toml` → values by key, each with its place. All mistakes of the file in one run.

use std::collections::BTreeMap;
use std::path::Path;

use purlin_model::source::line_and_column;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::{Setting, table};
use crate::problem::Problem;

/// The file's name in the project's folder.
pub const FILE: &str = "purlin.toml";
/// Largest file, in bytes.
const FILE_BYTES: u64 = 1_000_000;

/// A value as written, and where: `purlin.toml:3:1`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileValue {
    /// Its text as a flag would have it.
    pub text: String,
    /// Its place.
    pub place: String,
}

/// A role's own values by key, and where its table is.
#[derive(Clone, Debug, Default)]
pub struct RoleValues {
    /// Its place.
    pub place: String,
    /// Values whose keys are known.
    pub values: BTreeMap<&'static str, FileValue>,
}

/// What a file says: its values by key, and everything that is wrong with it.
#[derive(Debug, Default)]
pub struct FileContent {
    /// Values whose keys are known.
    pub values: BTreeMap<&'static str, FileValue>,
    /// Roles that have their own limits.
    pub roles: BTreeMap<String, RoleValues>,
    /// Mistakes.
    pub problems: Vec<Problem>,
}

impl From<Problem> for FileContent {
    fn from(problem: Problem) -> FileContent {
        FileContent { problems: vec![problem], ..FileContent::default() }
    }
}

/// Reads the project's file; nothing if there is none.
pub fn read(project: &Path) -> FileContent {
    let path = project.join(FILE);
    match std::fs::metadata(&path) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return FileContent::default(),
        Ok(facts) if facts.len() > FILE_BYTES => {
            return Problem::new("setting-file", format!("`{FILE}` is larger than {FILE_BYTES} bytes")).into();
        }
        _ => {}
    }
    match std::fs::read_to_string(&path) {
        Ok(text) => parse(&text),
        Err(error) => Problem::file(&path, &error).into(),
    }
}

fn parse(text: &str) -> FileContent {
    let document = match DeTable::parse(text) {
        Ok(document) => document,
        Err(error) => {
            let offset = error.span().map_or(0, |span| span.start);
            let problem = Problem::new("setting-syntax", format!("`{FILE}` is not TOML"));
            return problem.at(place(text, offset)).because(error.message()).into();
        }
    };
    let mut reader = Reader { text, content: FileContent::default() };
    reader.table("", document.get_ref());
    reader.content
}

struct Reader<'a> {
    text: &'a str,
    content: FileContent,
}

impl Reader<'_> {
    fn table(&mut self, prefix: &str, table: &DeTable<'_>) {
        for (name, value) in table {
            let key = format!("{prefix}{}", name.get_ref());
            let at = place(self.text, name.span().start);
            match (table::by_key(&key), value.get_ref()) {
                (Some(setting), _) => {
                    let value = self.value(setting, setting.key, value, at);
                    self.content.values.extend(value);
                }
                (None, DeValue::Table(inner)) if key == table::ROLES => self.roles(inner),
                (None, DeValue::Table(inner)) if is_section(&key) => self.table(&format!("{key}."), inner),
                (None, _) if is_section(&key) || key == table::ROLES => {
                    let problem = Problem::new("setting-value", format!("`{key}` is of a type it cannot have"));
                    self.content.problems.push(problem.at(at).because(format!("expected a table `[{key}]`")));
                }
                (None, _) => self.content.problems.push(unknown(&key, at)),
            }
        }
    }

    /// `[limits.roles.NAME]` for each name.
    fn roles(&mut self, roles: &DeTable<'_>) {
        for (name, limits) in roles {
            let (role, at) = (name.get_ref(), place(self.text, name.span().start));
            let DeValue::Table(limits) = limits.get_ref() else {
                let key = format!("{}.{role}", table::ROLES);
                let problem = Problem::new("setting-value", format!("`{key}` is of a type it cannot have"));
                self.content.problems.push(problem.at(at).because(format!("expected a table `[{key}]`")));
                continue;
            };
            let mut own = RoleValues { place: at, values: BTreeMap::new() };
            for (name, value) in limits {
                let at = place(self.text, name.span().start);
                match table::of_role(name.get_ref()) {
                    Some(setting) => own.values.extend(self.value(setting, &table::role_key(role, setting), value, at)),
                    None => self.content.problems.push(unknown_of_role(role, name.get_ref(), at)),
                }
            }
            self.content.roles.insert(role.to_string(), own);
        }
    }

    /// A setting's value under the key it is written as.
    fn value(
        &mut self,
        setting: &'static Setting,
        key: &str,
        value: &Spanned<DeValue<'_>>,
        place: String,
    ) -> Option<(&'static str, FileValue)> {
        let text = text_of(value.get_ref());
        if text.is_none() {
            let message = format!("`{key}` is of a type it cannot have");
            let expected = format!("expected {}", setting.kind.expectation());
            self.content.problems.push(Problem::new("setting-value", message).at(place.clone()).because(expected));
        }
        Some((setting.key, FileValue { text: text?, place }))
    }
}

fn is_section(key: &str) -> bool {
    table::all().any(|setting| setting.key.strip_prefix(key).is_some_and(|rest| rest.starts_with('.')))
}

/// The value's text; a list of texts is joined by commas. `None` for tables, dates and nested lists.
fn text_of(value: &DeValue<'_>) -> Option<String> {
    match value {
        DeValue::String(text) => Some(text.to_string()),
        DeValue::Integer(number) if number.radix() == 10 => Some(number.as_str().to_owned()),
        DeValue::Boolean(flag) => Some(flag.to_string()),
        DeValue::Array(items) => {
            let word = |item: &Spanned<DeValue<'_>>| match item.get_ref() {
                DeValue::String(text) => Some(text.to_string()),
                _ => None,
            };
            items.iter().map(word).collect::<Option<Vec<String>>>().map(|words| words.join(","))
        }
        _ => None,
    }
}

fn unknown(key: &str, place: String) -> Problem {
    let problem = Problem::new("setting-unknown", format!("unknown setting `{key}`")).at(place);
    let keys: Vec<&str> = table::all().filter(|setting| setting.in_file).map(|setting| setting.key).collect();
    let sections = keys.iter().filter_map(|key| Some(key.split_once('.')?.0));
    let nearest =
        keys.iter().copied().chain(sections).map(|known| (strsim::damerau_levenshtein(known, key), known)).min();
    match nearest {
        Some((distance, known)) if distance <= key.len() / 3 => problem.hint(format!("did you mean `{known}`?")),
        _ => problem.hint("`docs/settings.md` lists all settings"),
    }
}

fn unknown_of_role(role: &str, key: &str, place: String) -> Problem {
    let message = format!("unknown setting `{}.{role}.{key}`", table::ROLES);
    let names = table::all().filter(|setting| setting.per_role).map(|setting| &setting.key["limits.".len()..]);
    let problem = Problem::new("setting-unknown", message).at(place);
    match names.map(|known| (strsim::damerau_levenshtein(known, key), known)).min() {
        Some((distance, known)) if distance <= key.len() / 3 => problem.hint(format!("did you mean `{known}`?")),
        _ => problem.hint("`docs/settings.md` lists what a role can have of its own"),
    }
}

fn place(text: &str, offset: usize) -> String {
    let (line, column) = line_and_column(text, offset);
    format!("{FILE}:{line}:{column}")
}
