//! From a request's text to one checked operation: scan → parse → measure → choose → rules, each linear, each
//! before the costlier next one.
//!
//! Refuses to know: the catalog, roles, values of variables.

mod canonical;
mod escapes;
mod given;
mod measure;
mod members;
mod rules;
mod scan;

use async_graphql_parser::types::{DocumentOperations, ExecutableDocument, OperationDefinition, OperationType};
use async_graphql_parser::{Error as ParseError, Positioned};

pub use canonical::canonical;
pub use given::{Expected, Given, Selected};
pub use measure::Cost;

use crate::error::{Code, Refusal};
use crate::limits::Limits;
use crate::service::OperationKind;

/// A parsed and checked document with the operation that is asked for.
#[derive(Debug)]
pub struct Operation {
    document: ExecutableDocument,
    /// Name of the chosen operation, when it has one.
    name: Option<Box<str>>,
    /// Default values of its variables, as document values.
    defaults: Vec<(Box<str>, async_graphql_value::Value)>,
    /// What it costs.
    cost: Cost,
}

/// Reads a text into the operation called `name` (or the only one).
///
/// # Errors
/// `limit-exceeded` or `validation-failed`, the first that is found.
pub fn prepare(text: &str, name: Option<&str>, limits: &Limits) -> Result<Operation, Refusal> {
    scan::scan(text, limits)?;
    let document = async_graphql_parser::parse_query(escapes::joined(text)).map_err(syntax)?;
    members::unique(text)?;
    let fragments = rules::fragment_spreads(&document)?;
    let cost = measure::measure(&document, &fragments, limits)?;
    let chosen = choose(&document, name)?;
    rules::operation(&document, chosen)?;
    let defaults = chosen.variable_definitions.iter().filter_map(|definition| {
        let value = definition.node.default_value.as_ref()?;
        Some((definition.node.name.node.as_str().into(), value.node.clone().into_value()))
    });
    let defaults = defaults.collect();
    Ok(Operation { name: operation_name(&document, name), defaults, cost, document })
}

impl Operation {
    /// The operation that is asked for.
    pub fn definition(&self) -> &OperationDefinition {
        let found = self.document.operations.iter().find(|(name, _)| match (&self.name, name) {
            (None, _) => true,
            (Some(wanted), Some(name)) => **wanted == *name.as_str(),
            (Some(_), None) => false,
        });
        // `choose` has found it in the same document.
        &found.expect("the operation chosen when the document was prepared").1.node
    }

    /// What its document costs.
    pub fn cost(&self) -> Cost {
        self.cost
    }

    /// Its name, when the document gives it one.
    pub fn name(&self) -> Option<&str> {
        self.name.as_deref()
    }

    /// What kind of operation it is.
    pub fn kind(&self) -> OperationKind {
        match self.definition().ty {
            OperationType::Query => OperationKind::Query,
            OperationType::Mutation => OperationKind::Mutation,
            OperationType::Subscription => OperationKind::Subscription,
        }
    }

    /// Whether it is a query.
    pub fn is_query(&self) -> bool {
        self.definition().ty == OperationType::Query
    }
}

fn operation_name(document: &ExecutableDocument, name: Option<&str>) -> Option<Box<str>> {
    match &document.operations {
        DocumentOperations::Single(_) => None,
        DocumentOperations::Multiple(operations) => {
            name.map(Box::from).or_else(|| operations.keys().next().map(|only| only.as_str().into()))
        }
    }
}

fn choose<'d>(document: &'d ExecutableDocument, name: Option<&str>) -> Result<&'d OperationDefinition, Refusal> {
    let mut operations = document.operations.iter();
    let chosen: Option<(_, &Positioned<OperationDefinition>)> = match name {
        Some(wanted) => operations.find(|(name, _)| name.is_some_and(|name| name.as_str() == wanted)),
        None if operations.len() > 1 => {
            let message = "exactly one operation has to be present in the document when operationName is not specified";
            return Err(Refusal::new(Code::ValidationFailed, message, "$"));
        }
        None => operations.next(),
    };
    let missing = || {
        let message = format!("no such operation found in the document: \"{}\"", name.unwrap_or_default());
        Refusal::new(Code::ValidationFailed, message, "$")
    };
    chosen.map(|(_, operation)| &operation.node).ok_or_else(missing)
}

fn syntax(error: ParseError) -> Refusal {
    let refusal = Refusal::new(Code::ValidationFailed, "not a valid graphql query", "$.query");
    let hint = match &error {
        ParseError::Syntax { start, .. } => format!("the mistake is at line {}, column {}", start.line, start.column),
        ParseError::RecursionLimitExceeded => "selections are nested too deeply".to_owned(),
        other => other.to_string(),
    };
    refusal.hint(hint)
}
