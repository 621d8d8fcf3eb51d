//! What an editor must know to read a model folder as plain GraphQL: directives, scalars, and stand-ins for the roots.
//! Derived from the tables of directives and scalars.

use std::collections::BTreeMap;
use std::fmt::Write;

use crate::compile::NATIVE_TYPES;
use crate::directive::{Argument, DIRECTIVES, Kind, Place};
use crate::scalar::Scalar;

/// The prelude as SDL. Editors read it beside the model; the compiler never does.
pub fn prelude() -> String {
    let mut types = BTreeMap::new();
    let mut directives = String::new();
    for directive in DIRECTIVES {
        let arguments = arguments(directive.name, directive.arguments, &mut types);
        let arguments = if arguments.is_empty() { String::new() } else { format!("({})", arguments.join(", ")) };
        let repeatable = if directive.repeatable { " repeatable" } else { "" };
        let places: Vec<&str> = directive.places.iter().map(|place| location(*place)).collect();
        // Writing to a String cannot fail.
        let _ = writeln!(
            directives,
            "\"{}\"\ndirective @{}{arguments}{repeatable} on {}\n",
            directive.summary,
            directive.name,
            places.join(" | ")
        );
    }
    let mut text =
        "# Made by Purlin for editors; do not edit. The model is what stands in schema/*.graphql.\n\n".to_owned();
    text.push_str(&directives);
    for definition in types.into_values() {
        let _ = writeln!(text, "{definition}\n");
    }
    text.push_str("scalar purlin_name\nscalar purlin_columns\nscalar purlin_value\nscalar purlin_condition\nscalar purlin_presets\nscalar purlin_role\n\n");
    const OF_GRAPHQL: [Scalar; 4] = [Scalar::Int, Scalar::Float, Scalar::String, Scalar::Boolean];
    for scalar in Scalar::ALL.iter().filter(|scalar| !OF_GRAPHQL.contains(scalar)) {
        let _ = writeln!(text, "scalar {}", scalar.name());
    }
    for native in NATIVE_TYPES {
        let _ = writeln!(text, "scalar {native}");
    }
    text.push_str("\n\"Stands for `query_root`.\"\ntype Query {\n  _: Boolean\n}\n");
    text.push_str("\n\"Stands for `mutation_root`.\"\ntype Mutation {\n  _: Boolean\n}\n");
    text
}

fn arguments(owner: &str, arguments: &[Argument], types: &mut BTreeMap<String, String>) -> Vec<String> {
    let one = |argument: &Argument| {
        let required = if argument.required { "!" } else { "" };
        let own_type = format!("purlin_{owner}_{}", argument.name);
        format!("{}: {}{required}", argument.name, type_name(&argument.kind, own_type, types))
    };
    arguments.iter().map(one).collect()
}

fn type_name(kind: &Kind, own_type: String, types: &mut BTreeMap<String, String>) -> String {
    match kind {
        Kind::Text => "String".to_owned(),
        Kind::Texts => "[String!]".to_owned(),
        Kind::Flag => "Boolean".to_owned(),
        Kind::Count(_) => "Int".to_owned(),
        Kind::Name => "purlin_name".to_owned(),
        Kind::Names => "[purlin_name!]".to_owned(),
        Kind::Columns => "purlin_columns".to_owned(),
        Kind::Value | Kind::FlagOr(_) => "purlin_value".to_owned(),
        Kind::Condition => "purlin_condition".to_owned(),
        Kind::Presets => "purlin_presets".to_owned(),
        Kind::Word(words) => {
            types.insert(own_type.clone(), format!("enum {own_type} {{ {} }}", words.join(" ")));
            own_type
        }
        Kind::Words(words) => {
            types.insert(own_type.clone(), format!("enum {own_type} {{ {} }}", words.join(" ")));
            format!("[{own_type}!]")
        }
        Kind::Objects(keys) => format!("[{}!]", type_name(&Kind::Object(keys), own_type, types)),
        Kind::Roles => "[purlin_role!]".to_owned(),
        Kind::Object(keys) => {
            let owner = own_type.trim_start_matches("purlin_").to_owned();
            let fields = arguments(&owner, keys, types);
            types.insert(own_type.clone(), format!("input {own_type} {{\n  {}\n}}", fields.join("\n  ")));
            own_type
        }
    }
}

const fn location(place: Place) -> &'static str {
    match place {
        Place::Type => "OBJECT",
        Place::Field | Place::RootField => "FIELD_DEFINITION",
        Place::Scalar => "SCALAR",
        Place::Enum => "ENUM",
        Place::EnumValue => "ENUM_VALUE",
        Place::Schema => "SCHEMA",
        Place::Argument => "ARGUMENT_DEFINITION",
    }
}
