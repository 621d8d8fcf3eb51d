//! Who sees what: every root field of the example projects × role, in one reviewed file per project.

use std::fmt::Write;
use std::path::Path;

use purlin_model::catalog::Catalog;
use purlin_model::session::Role;
use purlin_schema::types::{Field, Input, Kind, Registry, TypeId, build};
use purlin_schema::view::{RoleView, RootFields};
use purlin_testkit::Expectations;

use crate::projects::{NOBODY, has_backend_only_rules, projects};

#[test]
fn every_root_field_and_role_is_as_reviewed() {
    let mut expectations = Expectations::new();
    for project in projects() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/access");
        expectations.check(&folder.join(format!("{}.txt", project.name)), &access_list(&project.catalog));
    }
    expectations.finish();
}

/// One paragraph per root field that exists for admin: for each role what it takes and answers, or `absent`.
fn access_list(catalog: &Catalog) -> String {
    let seats = seats(catalog);
    let mut out = format!("Roles: {}\n", seats.iter().map(|(who, _)| who.as_str()).collect::<Vec<_>>().join(", "));
    let admin = &seats[0].1;
    let roots = [("query", Some(admin.query_id())), ("mutation", admin.mutation_id())];
    for (operation, root) in roots {
        let Some(root) = root else { continue };
        for field in admin.fields(admin.type_of(root)) {
            let name = admin.text(field.name);
            let _ = writeln!(out, "\n{operation} {name}");
            // Roles that are told the same share a line.
            let mut told: Vec<(String, Vec<&str>)> = Vec::new();
            for (who, registry) in &seats {
                let what = root_field(registry, operation, name)
                    .map_or("absent".to_owned(), |field| describe(registry, field));
                match told.iter_mut().find(|(known, _)| *known == what) {
                    Some((_, roles)) => roles.push(who),
                    None => told.push((what, vec![who])),
                }
            }
            for (what, roles) in told {
                let _ = writeln!(out, "  {}: {what}", roles.join(", "));
            }
        }
    }
    for (who, registry) in &seats {
        for (operation, root) in [("query", Some(registry.query_id())), ("mutation", registry.mutation_id())] {
            for field in root.into_iter().flat_map(|root| registry.fields(registry.type_of(root))) {
                let name = registry.text(field.name);
                let known = name == "no_queries_available" || root_field(admin, operation, name).is_some();
                assert!(known, "`{who}` has the root field `{name}` that admin has not");
            }
        }
    }
    out
}

/// Each role with its registry, admin first; roles with `backend_only` rules a second time, as a trusted backend.
fn seats(catalog: &Catalog) -> Vec<(String, Registry)> {
    let roots = RootFields::of(catalog);
    let registry = |role: &Role, backend: bool| build(RoleView { catalog, roots: &roots, role, backend });
    let mut seats = vec![(Role::ADMIN.to_owned(), registry(&Role::new(Role::ADMIN), false))];
    for role in &catalog.roles {
        seats.push((role.name().to_owned(), registry(role, false)));
        if has_backend_only_rules(catalog, role) {
            seats.push((format!("{} (backend)", role.name()), registry(role, true)));
        }
    }
    seats.push((NOBODY.to_owned(), registry(&Role::new(NOBODY), false)));
    seats
}

fn root_field<'a>(registry: &'a Registry, operation: &str, name: &str) -> Option<&'a Field> {
    let root = if operation == "query" { Some(registry.query_id()) } else { registry.mutation_id() };
    registry.fields(registry.type_of(root?)).iter().find(|field| registry.text(field.name) == name)
}

/// `(argument {its fields}, …) -> Type {its fields}`; conditions and orders are over the fields of the type.
fn describe(registry: &Registry, field: &Field) -> String {
    let arguments: Vec<String> =
        registry.arguments(field).iter().map(|argument| describe_argument(registry, argument)).collect();
    let answer = describe_answer(registry, field.value.base, 0);
    format!("({}) -> {}{answer}", arguments.join(", "), registry.reference(field.value))
}

fn describe_argument(registry: &Registry, argument: &Input) -> String {
    let name = registry.text(argument.name);
    let of = registry.type_of(argument.value.base);
    if of.kind != Kind::Input || ["where", "order_by", "on_conflict"].contains(&name) {
        return name.to_owned();
    }
    let fields: Vec<&str> = registry.inputs(of).iter().map(|input| registry.text(input.name)).collect();
    format!("{name} {{{}}}", fields.join(" "))
}

/// The fields of an answer; of an aggregate or a mutation response also what they hold, but no further rows.
fn describe_answer(registry: &Registry, id: TypeId, depth: usize) -> String {
    let of = registry.type_of(id);
    let wrapper =
        |name: &str| ["_aggregate", "_aggregate_fields", "_mutation_response"].iter().any(|end| name.ends_with(end));
    let expand = depth < 3 && (depth == 0 || wrapper(registry.text(of.name)));
    if of.kind != Kind::Object || !expand {
        return String::new();
    }
    let row = !wrapper(registry.text(of.name));
    let fields: Vec<String> = registry
        .fields(of)
        .iter()
        .map(|field| {
            let below = if row { String::new() } else { describe_answer(registry, field.value.base, depth + 1) };
            format!("{}{below}", registry.text(field.name))
        })
        .collect();
    format!(" {{{}}}", fields.join(" "))
}
