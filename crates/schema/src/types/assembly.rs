//! Puts a registry together from types that refer to each other by key: whatever is referred to is queued to be
//! defined, so that the finished registry is closed and holds nothing that cannot be reached.
//!
//! Refuses to know: what the keys mean.

use std::collections::HashMap;
use std::hash::Hash;

use super::registry::{
    Directive, EnumValue, Field, Input, Kind, Members, Registry, Text, Texts, Type, TypeId, TypeRef, Wrapping,
};

/// A registry in the making.
pub(super) struct Assembly<K> {
    texts: Texts,
    text_ids: HashMap<Box<str>, Text>,
    ids: HashMap<K, TypeId>,
    queue: Vec<K>,
    /// By provisional id, in order of first reference.
    types: Vec<Option<Type>>,
    fields: Vec<Field>,
    inputs: Vec<Input>,
    values: Vec<EnumValue>,
}

impl<K: Clone + Eq + Hash> Assembly<K> {
    pub(super) fn new() -> Assembly<K> {
        Assembly {
            texts: Texts::default(),
            text_ids: HashMap::new(),
            ids: HashMap::new(),
            queue: Vec::new(),
            types: Vec::new(),
            fields: Vec::new(),
            inputs: Vec::new(),
            values: Vec::new(),
        }
    }

    /// The id of a text, held once.
    pub(super) fn text(&mut self, text: &str) -> Text {
        if let Some(&found) = self.text_ids.get(text) {
            return found;
        }
        let id = Text(self.texts.ends.len() as u32);
        self.texts.buffer.push_str(text);
        self.texts.ends.push(self.texts.buffer.len() as u32);
        self.text_ids.insert(text.into(), id);
        id
    }

    /// A reference to the type of `key`, which is thereby to be defined.
    pub(super) fn reference(&mut self, key: K, wrapping: Wrapping) -> TypeRef {
        let base = *self.ids.entry(key.clone()).or_insert_with(|| {
            self.types.push(None);
            self.queue.push(key.clone());
            TypeId(self.types.len() as u32 - 1)
        });
        TypeRef { base, wrapping }
    }

    /// A type that is referred to and not yet defined.
    pub(super) fn next_undefined(&mut self) -> Option<K> {
        self.queue.pop()
    }

    /// A field.
    pub(super) fn field(&mut self, name: &str, description: Option<&str>, value: TypeRef) -> Field {
        let (name, description) = (self.text(name), description.map(|text| self.text(text)));
        Field { name, description, arguments: Members::default(), value }
    }

    /// An argument or input field.
    pub(super) fn input(&mut self, name: &str, description: Option<&str>, value: TypeRef) -> Input {
        let (name, description) = (self.text(name), description.map(|text| self.text(text)));
        Input { name, description, value, default: None }
    }

    /// An enum value.
    pub(super) fn value(&mut self, name: &str, description: Option<&str>) -> EnumValue {
        EnumValue { name: self.text(name), description: description.map(|text| self.text(text)) }
    }

    /// Arguments, sorted; the same run may serve any number of fields.
    pub(super) fn arguments(&mut self, mut arguments: Vec<Input>) -> Members {
        let texts = &self.texts;
        arguments.sort_by(|a, b| texts.get(a.name).cmp(texts.get(b.name)));
        append(&mut self.inputs, arguments)
    }

    pub(super) fn define_scalar(&mut self, key: K, name: &str, description: Option<&str>) {
        self.define(key, Kind::Scalar, name, description, Members::default());
    }

    pub(super) fn define_object(&mut self, key: K, name: &str, description: Option<&str>, mut fields: Vec<Field>) {
        let texts = &self.texts;
        fields.sort_by(|a, b| texts.get(a.name).cmp(texts.get(b.name)));
        let members = append(&mut self.fields, fields);
        self.define(key, Kind::Object, name, description, members);
    }

    pub(super) fn define_input(&mut self, key: K, name: &str, description: Option<&str>, inputs: Vec<Input>) {
        let members = self.arguments(inputs);
        self.define(key, Kind::Input, name, description, members);
    }

    pub(super) fn define_enum(&mut self, key: K, name: &str, description: Option<&str>, mut values: Vec<EnumValue>) {
        let texts = &self.texts;
        values.sort_by(|a, b| texts.get(a.name).cmp(texts.get(b.name)));
        let members = append(&mut self.values, values);
        self.define(key, Kind::Enum, name, description, members);
    }

    fn define(&mut self, key: K, kind: Kind, name: &str, description: Option<&str>, members: Members) {
        let name = self.text(name);
        let description = description.map(|text| self.text(text));
        let index = self.ids[&key].0 as usize;
        self.types[index] = Some(Type { kind, name, description, members });
    }

    /// The registry: types renumbered by name. Call it when nothing is undefined any more.
    pub(super) fn finish(self, query: TypeRef, mutation: Option<TypeRef>, directives: Vec<Directive>) -> Registry {
        let Assembly { mut texts, types, mut fields, mut inputs, mut values, .. } = self;
        let mut renumbered = vec![TypeId(0); types.len()];
        let mut order: Vec<(TypeId, Type)> =
            types.into_iter().enumerate().filter_map(|(id, found)| Some((TypeId(id as u32), found?))).collect();
        order.sort_by(|(_, a), (_, b)| texts.get(a.name).cmp(texts.get(b.name)));
        for (position, (id, _)) in order.iter().enumerate() {
            renumbered[id.0 as usize] = TypeId(position as u32);
        }
        for field in &mut fields {
            field.value.base = renumbered[field.value.base.0 as usize];
        }
        for input in &mut inputs {
            input.value.base = renumbered[input.value.base.0 as usize];
        }
        texts.buffer.shrink_to_fit();
        texts.ends.shrink_to_fit();
        fields.shrink_to_fit();
        inputs.shrink_to_fit();
        values.shrink_to_fit();
        Registry {
            texts,
            types: order.into_iter().map(|(_, found)| found).collect(),
            fields,
            inputs,
            values,
            directives,
            query: renumbered[query.base.0 as usize],
            mutation: mutation.map(|reference| renumbered[reference.base.0 as usize]),
        }
    }
}

fn append<T>(all: &mut Vec<T>, more: Vec<T>) -> Members {
    let start = all.len() as u32;
    all.extend(more);
    Members { start, end: all.len() as u32 }
}
