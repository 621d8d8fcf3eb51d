//! The registry of any role of any catalog is a valid, closed, sorted schema, and its SDL says the same.

use std::collections::{BTreeMap, BTreeSet};

use async_graphql_parser::parse_schema;
use async_graphql_parser::types::{InputValueDefinition, TypeKind, TypeSystemDefinition};
use proptest::prelude::*;
use purlin_model::catalog::Catalog;
use purlin_model::session::Role;
use purlin_schema::types::{Input, Kind, Registry, build, print};
use purlin_schema::view::{RoleView, RootFields};

use crate::random_catalog::{ROLES, random_catalog};

/// Every registry of a catalog: admin, the roles with rules, and one without.
pub fn registries(catalog: &Catalog) -> Vec<(String, Registry)> {
    let roots = RootFields::of(catalog);
    let names = [Role::ADMIN, "nobody"].into_iter().chain(ROLES);
    names
        .flat_map(|name| [(name, false), (name, true)])
        .map(|(name, backend)| {
            let role = Role::new(name);
            let view = RoleView { catalog, roots: &roots, role: &role, backend };
            (format!("{name}, backend {backend}"), build(view))
        })
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn every_registry_is_a_valid_schema(seed in any::<u64>()) {
        let catalog = random_catalog(seed);
        for (who, registry) in registries(&catalog) {
            if let Some(mistake) = mistake_in(&registry) {
                return Err(TestCaseError::fail(format!("{who}: {mistake}\n{}", print(&registry))));
            }
        }
    }

}

proptest! {
    // Parsing the SDL is what takes long.
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn sdl_says_what_the_registry_says(seed in any::<u64>()) {
        let catalog = random_catalog(seed);
        for (_, registry) in registries(&catalog) {
            prop_assert_eq!(facts_of_sdl(&print(&registry)), facts_of_registry(&registry));
        }
    }
}

/// What the GraphQL specification demands of a schema, as far as ours can break it; and that lists are sorted.
fn mistake_in(registry: &Registry) -> Option<String> {
    let names: Vec<&str> = registry.types().iter().map(|found| registry.text(found.name)).collect();
    if let Some(unsorted) = unsorted(&names) {
        return Some(format!("types: {unsorted}"));
    }
    for (found, name) in registry.types().iter().zip(&names) {
        let fields: Vec<&str> = registry.fields(found).iter().map(|field| registry.text(field.name)).collect();
        let inputs: Vec<&str> = registry.inputs(found).iter().map(|input| registry.text(input.name)).collect();
        let values: Vec<&str> = registry.values(found).iter().map(|value| registry.text(value.name)).collect();
        let members = [fields, inputs, values].concat();
        if members.is_empty() && found.kind != Kind::Scalar {
            return Some(format!("`{name}` is empty"));
        }
        if let Some(unsorted) = unsorted(&members) {
            return Some(format!("`{name}`: {unsorted}"));
        }
        for field in registry.fields(found) {
            if registry.type_of(field.value.base).kind == Kind::Input {
                return Some(format!("`{name}` answers an input object"));
            }
            if let Some(mistake) = mistake_in_inputs(registry, registry.arguments(field)) {
                return Some(format!("`{name}.{}`: {mistake}", registry.text(field.name)));
            }
        }
        if let Some(mistake) = mistake_in_inputs(registry, registry.inputs(found)) {
            return Some(format!("`{name}`: {mistake}"));
        }
    }
    let root = registry.type_of(registry.query_id());
    (root.kind != Kind::Object).then(|| "the query root is no object".to_owned())
}

fn mistake_in_inputs(registry: &Registry, inputs: &[Input]) -> Option<String> {
    let names: Vec<&str> = inputs.iter().map(|input| registry.text(input.name)).collect();
    let object = inputs.iter().find(|input| registry.type_of(input.value.base).kind == Kind::Object);
    object.map(|input| format!("`{}` takes an object type", registry.text(input.name))).or_else(|| unsorted(&names))
}

fn unsorted(names: &[&str]) -> Option<String> {
    let pair = names.windows(2).find(|pair| pair[0] >= pair[1]);
    pair.map(|pair| format!("`{}` before `{}`", pair[0], pair[1]))
}

/// Lines that describe a schema completely: one per type, member and argument.
pub type Facts = BTreeSet<String>;

fn facts_of_registry(registry: &Registry) -> Facts {
    let mut facts = Facts::new();
    let text = |id| registry.text(id);
    for found in registry.types() {
        let name = text(found.name);
        if name.starts_with("__") || ["Boolean", "Float", "Int", "String"].contains(&name) {
            continue;
        }
        let described = |description: Option<_>| description.map(|id| text(id).to_owned());
        facts.insert(format!("{name} {:?} {:?}", found.kind, described(found.description)));
        let input = |input: &Input| {
            let default = input.default.map_or(String::new(), |default| format!(" = {}", text(default)));
            let value = registry.reference(input.value);
            format!("{}: {value}{default} {:?}", text(input.name), described(input.description))
        };
        for field in registry.fields(found) {
            let value = registry.reference(field.value);
            facts.insert(format!("{name}.{}: {value} {:?}", text(field.name), described(field.description)));
            for argument in registry.arguments(field) {
                facts.insert(format!("{name}.{}({})", text(field.name), input(argument)));
            }
        }
        facts.extend(registry.inputs(found).iter().map(|found| format!("{name}.{}", input(found))));
        let value = |value: &purlin_schema::types::EnumValue| {
            format!("{name}.{} {:?}", text(value.name), described(value.description))
        };
        facts.extend(registry.values(found).iter().map(value));
    }
    facts
}

/// The same facts, read from SDL by another implementation; every name used must be defined.
fn facts_of_sdl(sdl: &str) -> Facts {
    let document = parse_schema(sdl).unwrap_or_else(|error| panic!("{error}\n{sdl}"));
    let mut facts = Facts::new();
    let mut used = BTreeMap::new();
    let mut defined: BTreeSet<String> = ["Boolean", "Float", "Int", "String"].map(str::to_owned).into();
    for definition in document.definitions {
        let TypeSystemDefinition::Type(found) = definition else { continue };
        let found = found.node;
        let name = found.name.node.to_string();
        let described =
            |text: &Option<async_graphql_parser::Positioned<String>>| text.as_ref().map(|text| text.node.clone());
        let input = |value: &InputValueDefinition, used: &mut BTreeMap<String, String>| {
            let kind = value.ty.node.to_string();
            used.insert(kind.replace(['[', ']', '!'], ""), name.clone());
            let default = value.default_value.as_ref().map_or(String::new(), |value| format!(" = {}", value.node));
            format!("{}: {kind}{default} {:?}", value.name.node, described(&value.description))
        };
        let kind = match &found.kind {
            TypeKind::Scalar => Kind::Scalar,
            TypeKind::Object(object) => {
                for field in &object.fields {
                    let field = &field.node;
                    for argument in &field.arguments {
                        facts.insert(format!("{name}.{}({})", field.name.node, input(&argument.node, &mut used)));
                    }
                    let kind = field.ty.node.to_string();
                    used.insert(kind.replace(['[', ']', '!'], ""), name.clone());
                    facts.insert(format!("{name}.{}: {kind} {:?}", field.name.node, described(&field.description)));
                }
                Kind::Object
            }
            TypeKind::Enum(values) => {
                for value in &values.values {
                    let value = &value.node;
                    facts.insert(format!("{name}.{} {:?}", value.value.node, described(&value.description)));
                }
                Kind::Enum
            }
            TypeKind::InputObject(object) => {
                facts.extend(object.fields.iter().map(|field| format!("{name}.{}", input(&field.node, &mut used))));
                Kind::Input
            }
            TypeKind::Interface(_) | TypeKind::Union(_) => panic!("`{name}` is abstract"),
        };
        facts.insert(format!("{name} {kind:?} {:?}", described(&found.description)));
        defined.insert(name);
    }
    for (name, place) in used {
        assert!(defined.contains(&name), "`{name}`, used in `{place}`, is not defined\n{sdl}");
    }
    facts
}
