//! Names the API makes from the model's names must not meet each other.

use std::collections::HashMap;

use super::arguments::find;
use super::columns::{Meaning, TableColumns};
use super::declarations::{Declarations, RootDeclaration};
use super::functions::aggregate_name;
use super::syntax::TypeReferenceKind;
use crate::catalog::{Enum, RootFieldNames};
use crate::diagnostic::Diagnostic;
use crate::mistakes;
use crate::scalar::Scalar;
use crate::source::Span;

/// What follows a table's name in the names of its types.
const TABLE_TYPES: &[&str] = &[
    "_aggregate",
    "_aggregate_bool_exp",
    "_aggregate_bool_exp_bool_and",
    "_aggregate_bool_exp_bool_or",
    "_aggregate_bool_exp_count",
    "_aggregate_fields",
    "_aggregate_order_by",
    "_append_input",
    "_arr_rel_insert_input",
    "_avg_fields",
    "_avg_order_by",
    "_bool_exp",
    "_constraint",
    "_delete_at_path_input",
    "_delete_elem_input",
    "_delete_key_input",
    "_inc_input",
    "_insert_input",
    "_max_fields",
    "_max_order_by",
    "_min_fields",
    "_min_order_by",
    "_mutation_response",
    "_obj_rel_insert_input",
    "_on_conflict",
    "_order_by",
    "_pk_columns_input",
    "_prepend_input",
    "_select_column",
    "_set_input",
    "_stddev_fields",
    "_stddev_order_by",
    "_stddev_pop_fields",
    "_stddev_pop_order_by",
    "_stddev_samp_fields",
    "_stddev_samp_order_by",
    "_stream_cursor_input",
    "_stream_cursor_value_input",
    "_sum_fields",
    "_sum_order_by",
    "_update_column",
    "_updates",
    "_var_pop_fields",
    "_var_pop_order_by",
    "_var_samp_fields",
    "_var_samp_order_by",
    "_variance_fields",
    "_variance_order_by",
];

/// Reports types, root fields and fields whose names meet.
pub fn check(
    declarations: &Declarations,
    columns: &[TableColumns],
    root_fields: &[RootFieldNames],
    diagnostics: &mut Vec<Diagnostic>,
) {
    check_types(declarations, diagnostics);
    check_root_fields(declarations, root_fields, diagnostics);
    check_fields(declarations, columns, diagnostics);
}

fn check_types(declarations: &Declarations, diagnostics: &mut Vec<Diagnostic>) {
    // Every generated name, with the name it is made from.
    let mut generated: HashMap<String, (&str, Option<Span>)> = HashMap::new();
    for table in declarations.tables.iter().chain(&declarations.results) {
        for suffix in TABLE_TYPES {
            generated.insert(format!("{}{suffix}", table.name.text), (&table.name.text, Some(table.name.span)));
        }
    }
    for root in &declarations.roots {
        let name = &root.definition.name;
        generated.insert(format!("{}_args", name.text), (&name.text, Some(name.span)));
    }
    let comparable = Scalar::ALL.iter().map(|scalar| scalar.name());
    for name in comparable.chain(declarations.natives.keys().copied()) {
        generated.insert(format!("{name}_comparison_exp"), (name, None));
        generated.insert(format!("{name}_array_comparison_exp"), (name, None));
    }
    for (Enum { name, .. }, place) in declarations.enums.iter().zip(&declarations.enum_names) {
        generated.insert(format!("{name}_comparison_exp"), (name, Some(place.span)));
    }
    let tables = declarations.tables.iter().chain(&declarations.results).map(|table| table.name);
    for name in tables.chain(declarations.enum_names.iter().copied()) {
        if let Some((from, place)) = generated.get(&*name.text) {
            diagnostics.push(mistakes::generated_type_name(name, from, *place));
        }
    }
}

fn check_root_fields(declarations: &Declarations, root_fields: &[RootFieldNames], diagnostics: &mut Vec<Diagnostic>) {
    let mut taken: HashMap<(Root, &str), (&str, Span)> = HashMap::new();
    let streams: Vec<String> = declarations.tables.iter().map(|table| format!("{}_stream", table.name.text)).collect();
    for ((table, names), stream) in declarations.tables.iter().zip(root_fields).zip(&streams) {
        let queries = [&*names.select, &names.select_by_pk, &names.select_aggregate, stream];
        let mutations = [
            &*names.insert,
            &names.insert_one,
            &names.update,
            &names.update_by_pk,
            &names.update_many,
            &names.delete,
            &names.delete_by_pk,
        ];
        let queries = queries.into_iter().map(|name| (Root::Query, name));
        let mut met: Vec<&str> = Vec::new();
        for field in queries.chain(mutations.into_iter().map(|name| (Root::Mutation, name))) {
            // Two tables meet once: their other root fields meet for the same reason.
            if let Some((other, first)) = taken.insert(field, (&table.name.text, table.name.span))
                && !met.contains(&other)
            {
                met.push(other);
                diagnostics.push(mistakes::root_field_taken(table.name, field.1, other, first));
            }
        }
    }
    let lists = declarations.roots.iter().filter(|root| !root.mutation && find(&root.directives, "function").is_some());
    let lists = lists.filter(|root| matches!(root.definition.field_type.kind, TypeReferenceKind::List(_)));
    let aggregates: Vec<_> = lists.map(|root| (root, aggregate_name(root))).collect();
    check_native_fields(declarations, &aggregates, &mut taken, diagnostics);
}

/// Root fields that are SQL beside those of the tables.
fn check_native_fields<'a>(
    declarations: &'a Declarations,
    aggregates: &'a [(&'a RootDeclaration<'a>, Box<str>)],
    taken: &mut HashMap<(Root, &'a str), (&'a str, Span)>,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let mut natives: HashMap<&str, Span> = HashMap::new();
    for root in &declarations.roots {
        let name = &root.definition.name;
        // A query and a mutation of one name would share the name of their arguments' type.
        if let Some(first) = natives.insert(&name.text, name.span) {
            diagnostics.push(mistakes::native_field_taken(name, &name.text, first));
            continue;
        }
        let kind = if root.mutation { Root::Mutation } else { Root::Query };
        if let Some((other, first)) = taken.insert((kind, &name.text), (&name.text, name.span)) {
            diagnostics.push(mistakes::native_field_taken(name, other, first));
        }
        let aggregate = aggregates.iter().find(|(of, _)| std::ptr::eq(*of, root)).map(|(_, aggregate)| &**aggregate);
        if let Some(aggregate) = aggregate
            && let Some((other, first)) = taken.insert((kind, aggregate), (&name.text, name.span))
        {
            diagnostics.push(mistakes::root_field_taken(name, aggregate, other, first));
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Root {
    Query,
    Mutation,
}

/// A list relation `comments` also makes the field `comments_aggregate`.
fn check_fields(declarations: &Declarations, columns: &[TableColumns], diagnostics: &mut Vec<Diagnostic>) {
    for (table, columns) in declarations.tables.iter().zip(columns) {
        for (index, _) in &columns.relations {
            let field = &table.fields[*index].definition;
            let aggregate = format!("{}_aggregate", field.name.text);
            let is_list = matches!(field.field_type.kind, TypeReferenceKind::List(_));
            if is_list && columns.meanings.get(&*aggregate).is_some_and(|meaning| *meaning != Meaning::Broken) {
                let taken = table.fields.iter().find(|other| *other.name().text == *aggregate);
                if let Some(taken) = taken {
                    diagnostics.push(mistakes::generated_field_name(taken.name(), &field.name));
                }
            }
        }
    }
}
