//! The introspection system's own types and the directives, as registry entries.

use purlin_model::scalar::Scalar;

use super::{Builder, Key};
use crate::types::meta::{DIRECTIVE_LOCATIONS, DIRECTIVES, MetaDirective, MetaObject, MetaValue, TYPE_KINDS};
use crate::types::registry::{Directive, Wrapping};

impl<'a> Builder<'a> {
    pub(super) fn define_meta(&mut self, object: MetaObject) {
        let mut fields = Vec::with_capacity(object.fields().len());
        for found in object.fields() {
            let key = match found.value {
                MetaValue::String => Key::Scalar(Scalar::String),
                MetaValue::Boolean => Key::Scalar(Scalar::Boolean),
                MetaValue::TypeKind => Key::TypeKind,
                MetaValue::DirectiveLocation => Key::DirectiveLocation,
                MetaValue::Object(target) => Key::Meta(target),
            };
            let value = self.reference(key, found.wrapping);
            let mut field = self.assembly.field(found.name, None, value);
            if found.include_deprecated {
                let boolean = self.scalar(Scalar::Boolean, Wrapping::Nullable);
                let mut argument = self.assembly.input("includeDeprecated", None, boolean);
                argument.default = Some(self.assembly.text("false"));
                field.arguments = self.assembly.arguments(vec![argument]);
            }
            fields.push(field);
        }
        self.assembly.define_object(Key::Meta(object), object.name(), None, fields);
    }

    pub(super) fn define_meta_enum(&mut self, key: Key<'a>) {
        let (name, names): (_, &[&str]) = match key {
            Key::TypeKind => ("__TypeKind", &TYPE_KINDS),
            _ => ("__DirectiveLocation", &DIRECTIVE_LOCATIONS),
        };
        let values = names.iter().map(|value| self.assembly.value(value, None)).collect();
        self.assembly.define_enum(key, name, None, values);
    }

    pub(super) fn directives(&mut self) -> Vec<Directive> {
        DIRECTIVES.iter().map(|directive| self.directive(directive)).collect()
    }

    fn directive(&mut self, directive: &MetaDirective) -> Directive {
        let mut arguments = Vec::with_capacity(directive.arguments.len());
        for found in directive.arguments {
            let value = self.scalar(found.scalar, found.wrapping);
            let mut argument = self.assembly.input(found.name, None, value);
            argument.default = found.default.map(|text| self.assembly.text(text));
            arguments.push(argument);
        }
        Directive {
            name: self.assembly.text(directive.name),
            description: Some(self.assembly.text(directive.description)),
            locations: directive.locations,
            arguments: self.assembly.arguments(arguments),
        }
    }
}
