//! Prints a registry as SDL.

use std::fmt::Write;

use super::registry::{Input, Kind, Registry, Text, Type};

/// Scalars and directives that every GraphQL schema has without saying so.
const BUILT_IN_SCALARS: [&str; 5] = ["Boolean", "Float", "ID", "Int", "String"];
const BUILT_IN_DIRECTIVES: [&str; 4] = ["deprecated", "include", "skip", "specifiedBy"];

/// The schema in SDL: directives, then types, each sorted by name; what every schema has is left out.
pub fn print(registry: &Registry) -> String {
    let mut out = String::new();
    print_roots(registry, &mut out);
    for directive in registry.directives() {
        let name = registry.text(directive.name);
        if BUILT_IN_DIRECTIVES.contains(&name) {
            continue;
        }
        description(registry, directive.description, "", &mut out);
        let _ = write!(out, "directive @{name}");
        arguments(registry, registry.directive_arguments(directive), &mut out);
        let _ = writeln!(out, " on {}\n", directive.locations.join(" | "));
    }
    for found in registry.types() {
        let name = registry.text(found.name);
        if !name.starts_with("__") && !BUILT_IN_SCALARS.contains(&name) {
            print_type(registry, found, name, &mut out);
        }
    }
    out.truncate(out.trim_end().len());
    out.push('\n');
    out
}

fn print_roots(registry: &Registry, out: &mut String) {
    let _ = writeln!(out, "schema {{\n  query: {}", registry.text(registry.type_of(registry.query_id()).name));
    if let Some(mutation) = registry.mutation_id() {
        let _ = writeln!(out, "  mutation: {}", registry.text(registry.type_of(mutation).name));
    }
    out.push_str("}\n\n");
}

fn print_type(registry: &Registry, of: &Type, name: &str, out: &mut String) {
    description(registry, of.description, "", out);
    let keyword = match of.kind {
        Kind::Scalar => {
            let _ = writeln!(out, "scalar {name}\n");
            return;
        }
        Kind::Object => "type",
        Kind::Enum => "enum",
        Kind::Input => "input",
    };
    let _ = writeln!(out, "{keyword} {name} {{");
    for field in registry.fields(of) {
        description(registry, field.description, "  ", out);
        let _ = write!(out, "  {}", registry.text(field.name));
        arguments(registry, registry.arguments(field), out);
        let _ = writeln!(out, ": {}", registry.reference(field.value));
    }
    for value in registry.values(of) {
        description(registry, value.description, "  ", out);
        let _ = writeln!(out, "  {}", registry.text(value.name));
    }
    for found in registry.inputs(of) {
        description(registry, found.description, "  ", out);
        out.push_str("  ");
        input(registry, found, out);
        out.push('\n');
    }
    out.push_str("}\n\n");
}

/// Arguments in one line, or, when any is described, one below the other.
fn arguments(registry: &Registry, list: &[Input], out: &mut String) {
    if list.is_empty() {
        return;
    }
    let described = list.iter().any(|argument| argument.description.is_some());
    out.push('(');
    for (index, argument) in list.iter().enumerate() {
        if described {
            out.push('\n');
            description(registry, argument.description, "    ", out);
            out.push_str("    ");
        } else if index > 0 {
            out.push_str(", ");
        }
        input(registry, argument, out);
    }
    out.push_str(if described { "\n  )" } else { ")" });
}

fn input(registry: &Registry, input: &Input, out: &mut String) {
    let _ = write!(out, "{}: {}", registry.text(input.name), registry.reference(input.value));
    if let Some(default) = input.default {
        let _ = write!(out, " = {}", registry.text(default));
    }
}

/// A description as a quoted string: one form that holds any text, line breaks included, exactly.
fn description(registry: &Registry, text: Option<Text>, indent: &str, out: &mut String) {
    let Some(text) = text else { return };
    out.push_str(indent);
    out.push('"');
    for character in registry.text(text).chars() {
        match character {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            control if control < ' ' => {
                let _ = write!(out, "\\u{:04x}", u32::from(control));
            }
            other => out.push(other),
        }
    }
    out.push_str("\"\n");
}
