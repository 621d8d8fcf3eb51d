//! Writes a compiled introspection as JSON over a registry, no further than a bound.
//!
//! Refuses to know: documents.

use serde_json::Value as Json;

use super::compile::{Content, Introspection, Selection, Subject};
use crate::types::meta::Property;
use crate::types::{Directive, EnumValue, Field, Input, Kind, Layer, Registry, Text, TypeId, TypeRef};

/// The answer would be larger than allowed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooLarge;

/// Appends the field's value to `out`, which may grow to `max_bytes`.
///
/// `variable` gives the value of a variable, its default included.
///
/// # Errors
/// When `out` outgrows the bound; what was written until then is of no use.
pub fn write(
    introspection: &Introspection,
    registry: &Registry,
    variable: &dyn Fn(&str) -> Option<Json>,
    out: &mut Vec<u8>,
    max_bytes: usize,
) -> Result<(), TooLarge> {
    let mut writer = Writer { registry, out, max_bytes };
    let name = match &introspection.of {
        Subject::Schema => return writer.object(Node::Schema, &introspection.selection),
        Subject::Type(name) => Some(name.to_string()),
        Subject::TypeOfVariable(variable_name) => match variable(variable_name) {
            Some(Json::String(name)) => Some(name),
            _ => None,
        },
    };
    match name.and_then(|name| registry.type_id_by_name(&name)) {
        Some(id) => writer.object(Node::Type(id, &[]), &introspection.selection),
        None => writer.null(),
    }
}

/// An object of the introspection system.
#[derive(Clone, Copy)]
enum Node<'a> {
    Schema,
    /// A named type within the layers still around it.
    Type(TypeId, &'static [Layer]),
    Field(&'a Field),
    Input(&'a Input),
    EnumValue(&'a EnumValue),
    Directive(&'a Directive),
}

struct Writer<'a, 'out> {
    registry: &'a Registry,
    out: &'out mut Vec<u8>,
    max_bytes: usize,
}

type Written = Result<(), TooLarge>;

impl<'a> Writer<'a, '_> {
    fn object(&mut self, node: Node<'a>, selection: &Selection) -> Written {
        self.out.push(b'{');
        for (index, item) in selection.items.iter().enumerate() {
            if index > 0 {
                self.out.push(b',');
            }
            self.out.extend_from_slice(item.key.as_bytes());
            match &item.content {
                Content::TypeName(name) => self.name(name)?,
                Content::Property(property, below) => self.property(node, *property, below)?,
            }
        }
        self.out.push(b'}');
        if self.out.len() > self.max_bytes { Err(TooLarge) } else { Ok(()) }
    }

    fn property(&mut self, node: Node<'a>, property: Property, below: &Selection) -> Written {
        let registry = self.registry;
        match node {
            Node::Schema => self.schema_property(property, below),
            Node::Type(id, layers) => self.type_property(id, layers, property, below),
            Node::Field(field) => match property {
                Property::Arguments => self.list(registry.arguments(field).iter().map(Node::Input), below),
                Property::Type => self.reference(field.value, below),
                other => self.described(field.name, field.description, other),
            },
            Node::Input(input) => match property {
                Property::Type => self.reference(input.value, below),
                Property::DefaultValue => self.optional(input.default),
                other => self.described(input.name, input.description, other),
            },
            Node::EnumValue(value) => self.described(value.name, value.description, property),
            Node::Directive(directive) => match property {
                Property::Arguments => {
                    self.list(registry.directive_arguments(directive).iter().map(Node::Input), below)
                }
                Property::IsRepeatable => self.boolean(false),
                Property::Locations => self.locations(directive),
                other => self.described(directive.name, directive.description, other),
            },
        }
    }

    fn schema_property(&mut self, property: Property, below: &Selection) -> Written {
        let registry = self.registry;
        match property {
            Property::Types => self.list(registry.type_ids().map(|id| Node::Type(id, &[])), below),
            Property::Directives => self.list(registry.directives().iter().map(Node::Directive), below),
            Property::QueryType => self.object(Node::Type(registry.query_id(), &[]), below),
            Property::MutationType => match registry.mutation_id() {
                Some(id) => self.object(Node::Type(id, &[]), below),
                None => self.null(),
            },
            // There are no subscriptions, and the schema as a whole has no description.
            _ => self.null(),
        }
    }

    fn type_property(
        &mut self,
        id: TypeId,
        layers: &'static [Layer],
        property: Property,
        below: &Selection,
    ) -> Written {
        if let Some((outer, inner)) = layers.split_first() {
            return match property {
                Property::Kind => self.name(outer.name()),
                Property::OfType => self.object(Node::Type(id, inner), below),
                _ => self.null(),
            };
        }
        let registry = self.registry;
        let found = registry.type_of(id);
        match (property, found.kind) {
            (Property::Kind, kind) => self.name(kind.name()),
            (Property::Name, _) => self.name(registry.text(found.name)),
            (Property::Description, _) => self.optional(found.description),
            (Property::Fields, Kind::Object) => self.list(registry.fields(found).iter().map(Node::Field), below),
            (Property::Interfaces, Kind::Object) => self.list(std::iter::empty(), below),
            (Property::EnumValues, Kind::Enum) => self.list(registry.values(found).iter().map(Node::EnumValue), below),
            (Property::InputFields, Kind::Input) => self.list(registry.inputs(found).iter().map(Node::Input), below),
            (Property::IsOneOf, Kind::Input) => self.boolean(false),
            _ => self.null(),
        }
    }

    fn reference(&mut self, reference: TypeRef, below: &Selection) -> Written {
        self.object(Node::Type(reference.base, reference.wrapping.layers()), below)
    }

    fn described(&mut self, name: Text, description: Option<Text>, property: Property) -> Written {
        match property {
            Property::Name => self.name(self.registry.text(name)),
            Property::Description => self.optional(description),
            Property::IsDeprecated => self.boolean(false),
            // `deprecationReason`: nothing is deprecated.
            _ => self.null(),
        }
    }

    fn list(&mut self, nodes: impl Iterator<Item = Node<'a>>, below: &Selection) -> Written {
        self.out.push(b'[');
        for (index, node) in nodes.enumerate() {
            if index > 0 {
                self.out.push(b',');
            }
            self.object(node, below)?;
        }
        self.out.push(b']');
        Ok(())
    }

    fn locations(&mut self, directive: &Directive) -> Written {
        self.out.push(b'[');
        for (index, location) in directive.locations.iter().enumerate() {
            if index > 0 {
                self.out.push(b',');
            }
            self.name(location)?;
        }
        self.out.push(b']');
        Ok(())
    }

    /// A name of the schema: letters, digits and `_`, so nothing to escape.
    fn name(&mut self, name: &str) -> Written {
        self.out.push(b'"');
        self.out.extend_from_slice(name.as_bytes());
        self.out.push(b'"');
        Ok(())
    }

    fn optional(&mut self, text: Option<Text>) -> Written {
        match text {
            None => self.null(),
            Some(text) => self.string(self.registry.text(text)),
        }
    }

    fn string(&mut self, text: &str) -> Written {
        if text.bytes().all(|byte| byte >= b' ' && byte != b'"' && byte != b'\\') {
            return self.name(text);
        }
        // Writing a string into a vector cannot fail.
        serde_json::to_writer(&mut *self.out, text).map_err(|_| TooLarge)
    }

    fn boolean(&mut self, value: bool) -> Written {
        self.out.extend_from_slice(if value { b"true" } else { b"false" });
        Ok(())
    }

    fn null(&mut self) -> Written {
        self.out.extend_from_slice(b"null");
        Ok(())
    }
}
