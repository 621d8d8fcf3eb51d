//! The introspection system's own types and the directives, as the GraphQL specification defines them: one table
//! from which the registry lists them and `introspection` resolves them.

use purlin_model::scalar::Scalar;

use super::registry::{Wrapping, Wrapping::*};

/// An object type of the introspection system.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MetaObject {
    /// `__Schema`
    Schema,
    /// `__Type`
    Type,
    /// `__Field`
    Field,
    /// `__InputValue`
    InputValue,
    /// `__EnumValue`
    EnumValue,
    /// `__Directive`
    Directive,
}

impl MetaObject {
    /// Its name.
    pub const fn name(self) -> &'static str {
        match self {
            MetaObject::Schema => "__Schema",
            MetaObject::Type => "__Type",
            MetaObject::Field => "__Field",
            MetaObject::InputValue => "__InputValue",
            MetaObject::EnumValue => "__EnumValue",
            MetaObject::Directive => "__Directive",
        }
    }

    /// Its fields.
    pub const fn fields(self) -> &'static [MetaField] {
        match self {
            MetaObject::Schema => SCHEMA,
            MetaObject::Type => TYPE,
            MetaObject::Field => FIELD,
            MetaObject::InputValue => INPUT_VALUE,
            MetaObject::EnumValue => ENUM_VALUE,
            MetaObject::Directive => DIRECTIVE,
        }
    }

    /// Its field of this name.
    pub fn field(self, name: &str) -> Option<&'static MetaField> {
        self.fields().iter().find(|field| field.name == name)
    }
}

/// What a field of the introspection system answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MetaValue {
    /// A string.
    String,
    /// A boolean.
    Boolean,
    /// A value of `__TypeKind`.
    TypeKind,
    /// Values of `__DirectiveLocation`.
    DirectiveLocation,
    /// An object.
    Object(MetaObject),
}

/// A field of the introspection system.
#[derive(Clone, Copy, Debug)]
pub struct MetaField {
    /// Its name.
    pub name: &'static str,
    /// Which it is.
    pub property: Property,
    /// What it answers.
    pub value: MetaValue,
    /// How that is wrapped.
    pub wrapping: Wrapping,
    /// Whether it takes `includeDeprecated: Boolean = false`.
    pub include_deprecated: bool,
}

/// What a field of the introspection system is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Property {
    /// `args`
    Arguments,
    /// `defaultValue`
    DefaultValue,
    /// `deprecationReason`
    DeprecationReason,
    /// `description`
    Description,
    /// `directives`
    Directives,
    /// `enumValues`
    EnumValues,
    /// `fields`
    Fields,
    /// `inputFields`
    InputFields,
    /// `interfaces`
    Interfaces,
    /// `isDeprecated`
    IsDeprecated,
    /// `isOneOf`
    IsOneOf,
    /// `isRepeatable`
    IsRepeatable,
    /// `kind`
    Kind,
    /// `locations`
    Locations,
    /// `mutationType`
    MutationType,
    /// `name`
    Name,
    /// `ofType`
    OfType,
    /// `possibleTypes`
    PossibleTypes,
    /// `queryType`
    QueryType,
    /// `specifiedByURL`
    SpecifiedByUrl,
    /// `subscriptionType`
    SubscriptionType,
    /// `type`
    Type,
    /// `types`
    Types,
}

const fn leaf(name: &'static str, property: Property, value: MetaValue, wrapping: Wrapping) -> MetaField {
    MetaField { name, property, value, wrapping, include_deprecated: false }
}

const fn object(name: &'static str, property: Property, value: MetaObject, wrapping: Wrapping) -> MetaField {
    MetaField { name, property, value: MetaValue::Object(value), wrapping, include_deprecated: false }
}

const fn deprecable(name: &'static str, property: Property, value: MetaObject, wrapping: Wrapping) -> MetaField {
    MetaField { name, property, value: MetaValue::Object(value), wrapping, include_deprecated: true }
}

const NAME: MetaField = leaf("name", Property::Name, MetaValue::String, Required);
const DESCRIPTION: MetaField = leaf("description", Property::Description, MetaValue::String, Nullable);
const IS_DEPRECATED: MetaField = leaf("isDeprecated", Property::IsDeprecated, MetaValue::Boolean, Required);
const REASON: MetaField = leaf("deprecationReason", Property::DeprecationReason, MetaValue::String, Nullable);
const ARGUMENTS: MetaField = deprecable("args", Property::Arguments, MetaObject::InputValue, RequiredList);
const OF: MetaField = object("type", Property::Type, MetaObject::Type, Required);

const SCHEMA: &[MetaField] = &[
    DESCRIPTION,
    object("directives", Property::Directives, MetaObject::Directive, RequiredList),
    object("mutationType", Property::MutationType, MetaObject::Type, Nullable),
    object("queryType", Property::QueryType, MetaObject::Type, Required),
    object("subscriptionType", Property::SubscriptionType, MetaObject::Type, Nullable),
    object("types", Property::Types, MetaObject::Type, RequiredList),
];
const TYPE: &[MetaField] = &[
    DESCRIPTION,
    deprecable("enumValues", Property::EnumValues, MetaObject::EnumValue, List),
    deprecable("fields", Property::Fields, MetaObject::Field, List),
    deprecable("inputFields", Property::InputFields, MetaObject::InputValue, List),
    object("interfaces", Property::Interfaces, MetaObject::Type, List),
    leaf("isOneOf", Property::IsOneOf, MetaValue::Boolean, Nullable),
    leaf("kind", Property::Kind, MetaValue::TypeKind, Required),
    leaf("name", Property::Name, MetaValue::String, Nullable),
    object("ofType", Property::OfType, MetaObject::Type, Nullable),
    object("possibleTypes", Property::PossibleTypes, MetaObject::Type, List),
    leaf("specifiedByURL", Property::SpecifiedByUrl, MetaValue::String, Nullable),
];
const FIELD: &[MetaField] = &[ARGUMENTS, REASON, DESCRIPTION, IS_DEPRECATED, NAME, OF];
const INPUT_VALUE: &[MetaField] = &[
    leaf("defaultValue", Property::DefaultValue, MetaValue::String, Nullable),
    REASON,
    DESCRIPTION,
    IS_DEPRECATED,
    NAME,
    OF,
];
const ENUM_VALUE: &[MetaField] = &[REASON, DESCRIPTION, IS_DEPRECATED, NAME];
const DIRECTIVE: &[MetaField] = &[
    ARGUMENTS,
    DESCRIPTION,
    leaf("isRepeatable", Property::IsRepeatable, MetaValue::Boolean, Required),
    leaf("locations", Property::Locations, MetaValue::DirectiveLocation, RequiredList),
    NAME,
];

/// Values of `__TypeKind`.
pub const TYPE_KINDS: [&str; 8] =
    ["ENUM", "INPUT_OBJECT", "INTERFACE", "LIST", "NON_NULL", "OBJECT", "SCALAR", "UNION"];

/// Values of `__DirectiveLocation`.
pub const DIRECTIVE_LOCATIONS: [&str; 19] = [
    "ARGUMENT_DEFINITION",
    "ENUM",
    "ENUM_VALUE",
    "FIELD",
    "FIELD_DEFINITION",
    "FRAGMENT_DEFINITION",
    "FRAGMENT_SPREAD",
    "INLINE_FRAGMENT",
    "INPUT_FIELD_DEFINITION",
    "INPUT_OBJECT",
    "INTERFACE",
    "MUTATION",
    "OBJECT",
    "QUERY",
    "SCALAR",
    "SCHEMA",
    "SUBSCRIPTION",
    "UNION",
    "VARIABLE_DEFINITION",
];

/// A directive.
#[derive(Clone, Copy, Debug)]
pub struct MetaDirective {
    /// Its name.
    pub name: &'static str,
    /// What it is for.
    pub description: &'static str,
    /// Where it may stand.
    pub locations: &'static [&'static str],
    /// Its arguments.
    pub arguments: &'static [MetaArgument],
}

/// An argument of a directive.
#[derive(Clone, Copy, Debug)]
pub struct MetaArgument {
    /// Its name.
    pub name: &'static str,
    /// Its scalar.
    pub scalar: Scalar,
    /// How that is wrapped.
    pub wrapping: Wrapping,
    /// Its value when absent.
    pub default: Option<&'static str>,
}

const CONDITION: &[MetaArgument] =
    &[MetaArgument { name: "if", scalar: Scalar::Boolean, wrapping: Required, default: None }];
const SELECTIONS: &[&str] = &["FIELD", "FRAGMENT_SPREAD", "INLINE_FRAGMENT"];

/// Every directive, sorted by name.
pub const DIRECTIVES: [MetaDirective; 5] = [
    MetaDirective {
        name: "cached",
        description: "whether this query should be cached",
        locations: &["QUERY"],
        arguments: &[
            MetaArgument { name: "refresh", scalar: Scalar::Boolean, wrapping: Required, default: Some("false") },
            MetaArgument { name: "ttl", scalar: Scalar::Int, wrapping: Required, default: Some("60") },
        ],
    },
    MetaDirective {
        name: "deprecated",
        description: "marks what should no longer be used, and says what to use instead",
        locations: &["ARGUMENT_DEFINITION", "ENUM_VALUE", "FIELD_DEFINITION", "INPUT_FIELD_DEFINITION"],
        arguments: &[MetaArgument {
            name: "reason",
            scalar: Scalar::String,
            wrapping: Nullable,
            default: Some("\"No longer supported\""),
        }],
    },
    MetaDirective {
        name: "include",
        description: "takes the selection only if the condition is true",
        locations: SELECTIONS,
        arguments: CONDITION,
    },
    MetaDirective {
        name: "skip",
        description: "leaves the selection out if the condition is true",
        locations: SELECTIONS,
        arguments: CONDITION,
    },
    MetaDirective {
        name: "specifiedBy",
        description: "where the behaviour of a scalar is specified",
        locations: &["SCALAR"],
        arguments: &[MetaArgument { name: "url", scalar: Scalar::String, wrapping: Required, default: None }],
    },
];
