//! `@function` on fields of `Query` and `Mutation`: which function of the database is called. What it takes and gives is
//! what the field declares; whether the database has such a function is the database's to say.

use super::Settings;
use super::arguments::{Used, find};
use super::declarations::RootDeclaration;
use crate::catalog::Function;
use crate::diagnostic::Diagnostic;
use crate::mistakes;

/// The function that a root field calls. `rows`: whether it gives rows of a table, and whether a list of them.
pub fn function(
    root: &RootDeclaration,
    used: &Used,
    rows: Option<(bool, bool)>,
    settings: &Settings,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Function> {
    if settings.sqlite() {
        diagnostics.push(mistakes::function_on_sqlite(used.span));
    }
    if let Some(sql) = find(&root.directives, "sql") {
        diagnostics.push(mistakes::function_beside_sql(sql.span));
    }
    let (is_table, many) = rows?;
    if !is_table {
        diagnostics.push(mistakes::function_without_table(&root.definition.field_type));
    }
    let aggregated = many && !root.mutation;
    if let (false, Some(span)) = (aggregated, used.keys.span("aggregate")) {
        diagnostics.push(mistakes::aggregate_of_no_list(span));
    }
    let session_argument = used.keys.text("session_argument");
    let arguments = root.definition.arguments.as_ref().map_or(&[][..], |arguments| &arguments.list);
    let seen = arguments.iter().find(|argument| Some(&*argument.definition.name.text) == session_argument);
    if let Some(argument) = seen {
        diagnostics.push(mistakes::session_argument_declared(&argument.definition.name));
    }
    Some(Function {
        schema: used.keys.text("schema").filter(|schema| *schema != "public").map(Box::from),
        name: used.keys.text("name").unwrap_or(&root.definition.name.text).into(),
        session_argument: session_argument.map(Box::from),
        aggregate: aggregated.then(|| aggregate_name(root)),
    })
}

/// The name of the root field that aggregates the rows of a function.
pub fn aggregate_name(root: &RootDeclaration) -> Box<str> {
    let written = find(&root.directives, "function").and_then(|used| used.keys.text("aggregate"));
    written.map_or_else(|| format!("{}_aggregate", root.definition.name.text).into(), Box::from)
}
