//! Two registries → what of the one is otherwise in the other.
//!
//! Breaking is what may make a valid operation invalid or its answer take another form: something removed, an input that
//! is required now, an answer that may be null now, another type. The built-in directives and introspection are the same
//! for all models, so they are not looked at.

use super::{Change, Place, TypeKind, What};
use crate::types::{Field, Input, Kind, Layer, Registry, Text, Type, TypeId, TypeRef};

/// What changes between what a role sees and what it sees afterwards, by place.
pub fn between(before: &Registry, after: &Registry) -> Vec<Change> {
    let mut differ = Differ { before, after, found: Vec::new() };
    differ.types();
    differ.found.sort();
    differ.found
}

struct Differ<'r> {
    before: &'r Registry,
    after: &'r Registry,
    found: Vec<Change>,
}

/// Whether a value flows to the client or from it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Flow {
    Output,
    Input,
}

/// Something with a name, in a list that is sorted by it.
trait Member {
    fn name(&self) -> Text;
}

macro_rules! members {
    ($($kind:ty),*) => {$(
        impl Member for $kind {
            fn name(&self) -> Text {
                self.name
            }
        }
    )*};
}
members!(Field, Input, crate::types::EnumValue);

impl<'r> Differ<'r> {
    fn types(&mut self) {
        let (before, after) = (self.before, self.after);
        let own = |registry: &'r Registry| {
            let ids = registry.type_ids();
            ids.map(move |id| (registry.text(registry.type_of(id).name), id))
                .filter(|(name, _)| !name.starts_with("__"))
        };
        for (name, id) in own(before) {
            let at = Origin { place: type_place(name), kind: TypeKind::of(before, id) };
            match after.type_id_by_name(name) {
                None => self.push(&at, What::Removed(None), true),
                Some(now) => self.type_pair(&at, id, now),
            }
        }
        for (name, id) in own(after) {
            if before.type_id_by_name(name).is_none() {
                let at = Origin { place: type_place(name), kind: TypeKind::of(after, id) };
                self.push(&at, What::Added(None), false);
            }
        }
    }

    fn type_pair(&mut self, at: &Origin, then: TypeId, now: TypeId) {
        let (then, now): (&'r Type, &'r Type) = (self.before.type_of(then), self.after.type_of(now));
        if then.kind != now.kind {
            return self.push(at, What::Kind { before: then.kind.name(), after: now.kind.name() }, true);
        }
        self.description(at, then.description, now.description);
        match then.kind {
            Kind::Object => self.fields(at, self.before.fields(then), self.after.fields(now)),
            Kind::Input => self.inputs(at, self.before.inputs(then), self.after.inputs(now)),
            Kind::Enum => {
                let pairs = self.pairs(self.before.values(then), self.after.values(now));
                for (name, then, now) in pairs {
                    let at = at.member(name);
                    match (then, now) {
                        (Some(then), Some(now)) => self.description(&at, then.description, now.description),
                        (Some(_), None) => self.push(&at, What::Removed(None), true),
                        _ => self.push(&at, What::Added(None), false),
                    }
                }
            }
            Kind::Scalar => {}
        }
    }

    fn fields(&mut self, at: &Origin, then: &'r [Field], now: &'r [Field]) {
        for (name, then, now) in self.pairs(then, now) {
            let at = at.member(name);
            match (then, now) {
                (Some(then), Some(now)) => {
                    self.value(&at, Flow::Output, then.value, now.value);
                    self.description(&at, then.description, now.description);
                    self.inputs(&at, self.before.arguments(then), self.after.arguments(now));
                }
                (Some(then), None) => self.push(&at, What::Removed(Some(self.before.reference(then.value))), true),
                (None, Some(now)) => self.push(&at, What::Added(Some(self.after.reference(now.value))), false),
                (None, None) => {}
            }
        }
    }

    /// Input fields of a type, or arguments of a field.
    fn inputs(&mut self, at: &Origin, then: &'r [Input], now: &'r [Input]) {
        for (name, then, now) in self.pairs(then, now) {
            let at = at.member(name);
            match (then, now) {
                (Some(then), Some(now)) => {
                    self.value(&at, Flow::Input, then.value, now.value);
                    self.description(&at, then.description, now.description);
                    let text =
                        |registry: &Registry, input: &Input| input.default.map(|it| registry.text(it).to_owned());
                    let (before, after) = (text(self.before, then), text(self.after, now));
                    if before != after {
                        self.push(&at, What::Default { before, after }, false);
                    }
                }
                (Some(then), None) => self.push(&at, What::Removed(Some(self.before.reference(then.value))), true),
                (None, Some(now)) => {
                    let required = now.value.wrapping.layers().first() == Some(&Layer::NonNull);
                    let breaking = required && now.default.is_none();
                    self.push(&at, What::Added(Some(self.after.reference(now.value))), breaking);
                }
                (None, None) => {}
            }
        }
    }

    fn value(&mut self, at: &Origin, flow: Flow, then: TypeRef, now: TypeRef) {
        let (before, after) = (self.before.reference(then), self.after.reference(now));
        if before == after {
            return;
        }
        let name = |registry: &'r Registry, of: TypeRef| registry.text(registry.type_of(of.base).name);
        let same_name = name(self.before, then) == name(self.after, now);
        let (then, now) = (then.wrapping.layers(), now.wrapping.layers());
        let is_fine = match flow {
            Flow::Output => is_stricter(now, then),
            Flow::Input => is_stricter(then, now),
        };
        self.push(at, What::Type { before, after }, !(same_name && is_fine));
    }

    fn description(&mut self, at: &Origin, then: Option<Text>, now: Option<Text>) {
        if then.map(|text| self.before.text(text)) != now.map(|text| self.after.text(text)) {
            self.push(at, What::Description, false);
        }
    }

    fn push(&mut self, at: &Origin, what: What, breaking: bool) {
        self.found.push(Change { place: at.place.clone(), what, kind: at.kind, breaking });
    }

    /// Members of both, by name.
    fn pairs<T: Member>(&self, then: &'r [T], now: &'r [T]) -> Vec<(&'r str, Option<&'r T>, Option<&'r T>)> {
        let (before, after) = (self.before, self.after);
        let of_then = then.iter().map(|member| {
            let name = before.text(member.name());
            (name, Some(member), find(after, now, name))
        });
        let of_now = now.iter().map(|member| (after.text(member.name()), member));
        let added = of_now.filter(|(name, _)| find(before, then, name).is_none());
        of_then.chain(added.map(|(name, member)| (name, None, Some(member)))).collect()
    }
}

fn find<'r, T: Member>(registry: &Registry, sorted: &'r [T], name: &str) -> Option<&'r T> {
    sorted.binary_search_by(|member| registry.text(member.name()).cmp(name)).ok().map(|index| &sorted[index])
}

/// Whether every value that fits the one wrapping fits the other.
fn is_stricter(strict: &[Layer], loose: &[Layer]) -> bool {
    match (strict, loose) {
        ([], []) => true,
        ([Layer::NonNull, strict @ ..], [Layer::NonNull, loose @ ..])
        | ([Layer::List, strict @ ..], [Layer::List, loose @ ..])
        | ([Layer::NonNull, strict @ ..], loose) => is_stricter(strict, loose),
        _ => false,
    }
}

/// A place, and what kind of type it is in.
struct Origin {
    place: Place,
    kind: TypeKind,
}

impl Origin {
    /// A member of the type, or an argument of the member.
    fn member(&self, name: &str) -> Origin {
        let mut place = self.place.clone();
        match place.member {
            None => place.member = Some(name.into()),
            Some(_) => place.argument = Some(name.into()),
        }
        Origin { place, kind: self.kind }
    }
}

fn type_place(name: &str) -> Place {
    Place { type_name: name.into(), member: None, argument: None }
}
