//! Changes of the API as text and as JSON. A change of one column shows in dozens of generated types: in the text it is
//! one line, with the number of further types it shows in. The JSON has them all.

use std::fmt::{self, Write};

use serde_json::{Map, Value as Json, json};

use super::{ApiDiff, Change, Place, TypeKind, What};

/// Names of a line that are written out; others are counted.
const NAMES: usize = 8;
/// Members that come to or go from one type and are told in one line if there are so many.
const MANY: usize = 3;

impl ApiDiff {
    /// As a JSON object: `breaking`, `new_roles`, `gone_roles`, and all `changes`.
    pub fn to_json(&self) -> Json {
        let changes: Vec<Json> = self.changes.iter().map(|(change, roles)| change.to_json(roles)).collect();
        json!({ "breaking": self.is_breaking(), "new_roles": self.new_roles, "gone_roles": self.gone_roles,
            "changes": changes })
    }

    /// One line per change as people see it; those behind `+` add, behind `-` remove, behind `~` change.
    pub fn lines(&self) -> Vec<String> {
        let mut lines: Vec<String> =
            self.new_roles.iter().map(|role| format!("+ role {role}: no rule named it before")).collect();
        lines.extend(
            self.gone_roles.iter().map(|role| format!("- role {role}: no rule names it any longer (breaking)")),
        );
        for group in groups(&self.changes) {
            lines.push(self.line(&group));
        }
        lines
    }

    fn line(&self, group: &Group<'_>) -> String {
        let mut line = format!("{} {}", group.first.what.sign(), group.subject());
        let mut remarks = Vec::new();
        remarks.extend(group.first.breaking.then(|| "breaking".to_owned()));
        if group.roles.len() < self.roles.len() {
            remarks.push(group.roles.join(", "));
        }
        if !remarks.is_empty() {
            let _ = write!(line, " ({})", remarks.join("; "));
        }
        line
    }
}

/// Changes that are one to people.
struct Group<'d> {
    key: Key<'d>,
    /// The one that stands for them.
    first: &'d Change,
    all: Vec<&'d Change>,
    roles: &'d [Box<str>],
}

/// What such changes have in common.
#[derive(PartialEq, Eq)]
enum Key<'d> {
    /// Whole types.
    Types { sign: char },
    /// Root fields of a root type that come or go.
    Roots { root: &'d str, sign: char },
    /// Members with the same name.
    Members { member: Option<&'d str>, argument: Option<&'d str>, what: &'static str },
    /// Many members of one type.
    Type { type_name: &'d str },
    /// Descriptions.
    Descriptions,
}

fn groups(changes: &[(Change, Vec<Box<str>>)]) -> Vec<Group<'_>> {
    let mut groups: Vec<Group<'_>> = Vec::new();
    for (change, roles) in changes {
        let key = Key::of(change);
        let same = |group: &&mut Group<'_>| {
            group.key == key && group.roles == roles.as_slice() && group.first.breaking == change.breaking
        };
        match groups.iter_mut().find(same) {
            Some(group) => group.add(change),
            None => groups.push(Group { key, first: change, all: vec![change], roles }),
        }
    }
    let mut groups = fold(groups);
    groups.sort_by_key(|group| group.key.rank());
    groups
}

/// Many members that come to or go from one type are one line.
fn fold(groups: Vec<Group<'_>>) -> Vec<Group<'_>> {
    let is_like = |one: &Group<'_>, other: &Group<'_>| {
        let of =
            |group: &Group<'_>| (group.first.place.type_name.clone(), group.first.what.sign(), group.first.breaking);
        one.is_foldable() && other.is_foldable() && of(one) == of(other) && one.roles == other.roles
    };
    let many: Vec<bool> =
        groups.iter().map(|group| groups.iter().filter(|other| is_like(group, other)).count() >= MANY).collect();
    let mut folded: Vec<Group<'_>> = Vec::new();
    for (mut group, many) in groups.into_iter().zip(many) {
        let told = folded.iter_mut().find(|told| {
            matches!(told.key, Key::Type { .. })
                && told.first.place.type_name == group.first.place.type_name
                && told.first.what.sign() == group.first.what.sign()
                && (told.first.breaking, told.roles) == (group.first.breaking, group.roles)
        });
        match (many, told) {
            (true, Some(told)) => told.all.push(group.first),
            (true, None) => {
                let key = Key::Type { type_name: &group.first.place.type_name };
                group.all = vec![group.first];
                folded.push(Group { key, ..group });
            }
            (false, _) => folded.push(group),
        }
    }
    folded
}

impl<'d> Key<'d> {
    fn of(change: &'d Change) -> Key<'d> {
        let Place { type_name, member, argument } = &change.place;
        let (sign, what) = (change.what.sign(), change.what.name());
        match (&change.what, member, argument) {
            (What::Description, _, _) => Key::Descriptions,
            (What::Added(_) | What::Removed(_), None, _) => Key::Types { sign },
            (What::Added(_) | What::Removed(_), Some(_), None) if change.kind == TypeKind::Root => {
                Key::Roots { root: type_name, sign }
            }
            _ => Key::Members { member: member.as_deref(), argument: argument.as_deref(), what },
        }
    }

    /// What is nearest to people's operations first.
    const fn rank(&self) -> u8 {
        match self {
            Key::Roots { .. } => 0,
            Key::Members { argument: None, .. } => 1,
            Key::Type { .. } => 2,
            Key::Members { .. } => 3,
            Key::Types { .. } => 4,
            Key::Descriptions => 5,
        }
    }
}

impl<'d> Group<'d> {
    /// Objects stand for inputs, and short names for long ones: `tasks.title` for `tasks_bool_exp.title`.
    fn add(&mut self, change: &'d Change) {
        let weight = |change: &Change| (change.kind, change.place.type_name.len());
        if weight(change) < weight(self.first) {
            self.first = change;
        }
        self.all.push(change);
    }

    /// Whether it can be told with others of the same type.
    fn is_foldable(&self) -> bool {
        let comes_or_goes = matches!(self.first.what, What::Added(_) | What::Removed(_));
        comes_or_goes && matches!(self.key, Key::Members { argument: None, .. })
    }

    fn subject(&self) -> String {
        let names = |of: fn(&Place) -> &str| {
            let mut names: Vec<&str> = self.all.iter().take(NAMES).map(|change| of(&change.place)).collect();
            let rest = self.all.len() - names.len();
            let more = format!("{rest} more");
            names.extend((rest > 0).then_some(more.as_str()));
            names.join(", ")
        };
        let members = || names(|place| place.member.as_deref().unwrap_or_default());
        match &self.key {
            Key::Descriptions if self.all.len() == 1 => format!("the description of {}", self.first.place),
            Key::Descriptions => format!("{} descriptions", self.all.len()),
            Key::Types { .. } if self.all.len() == 1 => format!("type {}", self.first.place),
            Key::Types { .. } => format!("types {}", names(|place| &place.type_name)),
            Key::Roots { root, .. } if self.all.len() > 1 => format!("{root}: {}", members()),
            Key::Type { type_name } => format!("{type_name}: {}", members()),
            Key::Roots { .. } | Key::Members { .. } => {
                let more = match self.all.len() - 1 {
                    0 => String::new(),
                    1 => ", and in 1 more type".to_owned(),
                    more => format!(", and in {more} more types"),
                };
                format!("{}{}{more}", self.first.place, self.first.what)
            }
        }
    }
}

impl Change {
    fn to_json(&self, roles: &[Box<str>]) -> Json {
        let Place { type_name, member, argument } = &self.place;
        let mut object = Map::new();
        object.insert("change".to_owned(), json!(self.what.name()));
        object.insert("type".to_owned(), json!(type_name));
        object.extend(member.as_ref().map(|member| ("member".to_owned(), json!(member))));
        object.extend(argument.as_ref().map(|argument| ("argument".to_owned(), json!(argument))));
        match &self.what {
            What::Added(Some(of)) => drop(object.insert("after".to_owned(), json!(of))),
            What::Removed(Some(of)) => drop(object.insert("before".to_owned(), json!(of))),
            What::Type { before, after } => {
                object.insert("before".to_owned(), json!(before));
                object.insert("after".to_owned(), json!(after));
            }
            What::Kind { before, after } => {
                object.insert("before".to_owned(), json!(before));
                object.insert("after".to_owned(), json!(after));
            }
            What::Default { before, after } => {
                object.insert("before".to_owned(), json!(before));
                object.insert("after".to_owned(), json!(after));
            }
            What::Added(None) | What::Removed(None) | What::Description => {}
        }
        object.insert("breaking".to_owned(), json!(self.breaking));
        object.insert("roles".to_owned(), json!(roles));
        Json::Object(object)
    }
}

impl What {
    const fn sign(&self) -> char {
        match self {
            What::Added(_) => '+',
            What::Removed(_) => '-',
            _ => '~',
        }
    }

    const fn name(&self) -> &'static str {
        match self {
            What::Added(_) => "added",
            What::Removed(_) => "removed",
            What::Type { .. } => "type",
            What::Kind { .. } => "kind",
            What::Default { .. } => "default",
            What::Description => "description",
        }
    }
}

/// What stands behind a place.
impl fmt::Display for What {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            What::Added(Some(of)) | What::Removed(Some(of)) => write!(formatter, ": {of}"),
            What::Added(None) | What::Removed(None) | What::Description => Ok(()),
            What::Type { before, after } => write!(formatter, ": {before} → {after}"),
            What::Kind { before, after } => write!(formatter, ": {before} → {after}"),
            What::Default { before, after } => {
                let text = |value: &Option<String>| value.clone().unwrap_or_else(|| "none".to_owned());
                write!(formatter, ": default {} → {}", text(before), text(after))
            }
        }
    }
}

/// `type.field(argument:)`
impl fmt::Display for Place {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.type_name)?;
        if let Some(member) = &self.member {
            write!(formatter, ".{member}")?;
        }
        if let Some(argument) = &self.argument {
            write!(formatter, "({argument}:)")?;
        }
        Ok(())
    }
}
