//! Saved operations: the documents of a folder, checked against the catalog, and the list of what may be asked.
//!
//! Refuses to know: files, and how a session was made.

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use async_graphql_parser::types::{BaseType, ExecutableDocument, OperationDefinition, Selection, SelectionSet, Type};
use async_graphql_parser::{Error as ParseError, Pos, Positioned, parse_query};
use purlin_model::catalog::{Catalog, TableId};
use purlin_model::scalar::Scalar;
use purlin_model::{Role, Session, Source};
use serde_json::{Map, Value as Json, json};

use crate::document::{self, Given, Operation};
use crate::error::{Code, Refusal};
use crate::limits::{Limits, RoleLimits};
use crate::names::InputType;
use crate::service::State;

/// What may be asked: the canonical forms of saved operations.
#[derive(Clone, Debug, Default)]
pub struct AllowList(Arc<HashSet<Box<str>>>);

impl AllowList {
    /// Refuses an operation that is not on the list. The words are the dialect's.
    ///
    /// # Errors
    /// `validation-failed`.
    pub(crate) fn check(&self, operation: &Operation) -> Result<(), Refusal> {
        if self.0.contains(document::canonical(operation).as_str()) {
            return Ok(());
        }
        Err(Refusal::new(Code::ValidationFailed, "query is not in any of the allowlists", "$"))
    }
}

/// A saved operation that is right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Saved {
    /// Its name.
    pub name: String,
    /// Its file.
    pub path: String,
    /// The roles that may run it, besides `admin`.
    pub roles: Vec<Role>,
}

/// A mistake in a saved operation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    /// `schema/operations/x.graphql:3:5`
    pub place: String,
    /// What is wrong.
    pub message: String,
    /// One next step.
    pub hint: Option<String>,
}

/// Checks every operation of these files: it must be named, once, and be right for `admin`. Says which other roles may
/// run it.
///
/// # Errors
/// All mistakes.
pub fn check(catalog: Arc<Catalog>, sources: &[Source]) -> Result<(Vec<Saved>, AllowList), Vec<Mistake>> {
    // A file is larger than a request: it holds many operations.
    let limits = Limits {
        query_bytes: usize::MAX,
        tokens: usize::MAX,
        operations: usize::MAX,
        fragments: usize::MAX,
        selections: usize::MAX,
        aliases: usize::MAX,
        directives: usize::MAX,
        ..Limits::default()
    };
    let state = State::new(0, catalog, RoleLimits::from(limits));
    let mut folder =
        Folder { state, saved: Vec::new(), forms: HashSet::new(), names: BTreeMap::new(), mistakes: vec![] };
    for source in sources {
        folder.file(source);
    }
    let Folder { saved, forms, mistakes, .. } = folder;
    if mistakes.is_empty() { Ok((saved, AllowList(Arc::new(forms)))) } else { Err(mistakes) }
}

/// What was read so far.
struct Folder {
    state: State,
    saved: Vec<Saved>,
    forms: HashSet<Box<str>>,
    /// Places of operations by name.
    names: BTreeMap<String, String>,
    mistakes: Vec<Mistake>,
}

impl Folder {
    fn file(&mut self, source: &Source) {
        let document = match parse_query(&source.text) {
            Ok(document) => document,
            Err(error) => {
                let (at, message) = syntax(&error);
                return self.mistake(source, at, message, None);
            }
        };
        // A document holds its operations unordered; mistakes are told from the top.
        let mut operations: Vec<_> = document.operations.iter().collect();
        operations.sort_by_key(|(_, operation)| operation.pos);
        for (name, operation) in operations {
            match name {
                None => self.mistake(source, operation.pos, "a saved operation needs a name".to_owned(), None),
                Some(name) => self.operation(source, &document, name, operation),
            }
        }
    }

    fn operation(
        &mut self,
        source: &Source,
        document: &ExecutableDocument,
        name: &str,
        definition: &Positioned<OperationDefinition>,
    ) {
        let place = place(source, definition.pos);
        if let Some(other) = self.names.insert(name.to_owned(), place) {
            let message = format!("the operation `{name}` is saved twice");
            return self.mistake(source, definition.pos, message, Some(format!("the other one is at {other}")));
        }
        let everybody = self.state.limits.of(&Role::new(Role::ADMIN));
        let checked = document::prepare(&source.text, Some(name), everybody)
            .and_then(|operation| self.runs(&operation, Role::new(Role::ADMIN)).map(|()| operation));
        match checked {
            Err(refusal) => {
                let at = locate(document, definition, &refusal.path);
                self.mistake(source, at, refusal.message, refusal.hint);
            }
            Ok(operation) => {
                let roles =
                    self.state.catalog.roles.iter().filter(|role| self.runs(&operation, (*role).clone()).is_ok());
                let roles = roles.cloned().collect();
                self.forms.insert(document::canonical(&operation).into());
                self.saved.push(Saved { name: name.to_owned(), path: source.path.clone(), roles });
            }
        }
    }

    /// Whether a role may run it, with some values for its variables.
    fn runs(&self, operation: &Operation, role: Role) -> Result<(), Refusal> {
        let variables = samples(operation.definition(), &self.state.catalog);
        let given = Given::new(operation, &variables)?;
        let session = Session { role, variables: BTreeMap::new(), backend: true };
        let (_, introspected) = self.state.lower(&given, &session)?;
        match introspected {
            0 => Ok(()),
            _ => Err(Refusal::new(Code::ValidationFailed, "a saved operation cannot ask for the schema", "$")),
        }
    }

    fn mistake(&mut self, source: &Source, at: Pos, message: String, hint: Option<String>) {
        self.mistakes.push(Mistake { place: place(source, at), message, hint });
    }
}

fn place(source: &Source, at: Pos) -> String {
    format!("{}:{}:{}", source.path, at.line, at.column)
}

fn syntax(error: &ParseError) -> (Pos, String) {
    let at = error.positions().next().unwrap_or(Pos { line: 1, column: 1 });
    let message = match error {
        ParseError::Syntax { .. } => "not a valid graphql query".to_owned(),
        other => other.to_string(),
    };
    (at, message)
}

/// The place that a path of the dialect means (`$.selectionSet.a.selectionSet.b.args.c`), as near as the document goes.
fn locate(document: &ExecutableDocument, operation: &Positioned<OperationDefinition>, path: &str) -> Pos {
    let mut at = operation.pos;
    let mut sets = vec![&operation.node.selection_set.node];
    let mut steps = path.split('.').skip(1);
    while let (Some("selectionSet"), Some(key)) = (steps.next(), steps.next()) {
        let mut found = Vec::new();
        for set in sets {
            fields(document, set, key, &mut HashSet::new(), &mut found);
        }
        let Some(first) = found.first() else { break };
        at = first.0;
        sets = found.into_iter().map(|(_, set)| set).collect();
    }
    at
}

/// The fields with a response key, fragments included.
fn fields<'d>(
    document: &'d ExecutableDocument,
    set: &'d SelectionSet,
    key: &str,
    seen: &mut HashSet<&'d str>,
    found: &mut Vec<(Pos, &'d SelectionSet)>,
) {
    for selection in &set.items {
        match &selection.node {
            Selection::Field(field) if field.node.response_key().node == key => {
                found.push((field.pos, &field.node.selection_set.node));
            }
            Selection::Field(_) => {}
            Selection::InlineFragment(fragment) => {
                fields(document, &fragment.node.selection_set.node, key, seen, found);
            }
            Selection::FragmentSpread(spread) => {
                let name = spread.node.fragment_name.node.as_str();
                if let Some(fragment) = document.fragments.get(name).filter(|_| seen.insert(name)) {
                    fields(document, &fragment.node.selection_set.node, key, seen, found);
                }
            }
        }
    }
}

/// Some value for each variable that must have one: what an operation is, only its structured variables decide.
fn samples(operation: &OperationDefinition, catalog: &Catalog) -> Map<String, Json> {
    let required = operation.variable_definitions.iter().map(|definition| &definition.node);
    let required =
        required.filter(|definition| !definition.var_type.node.nullable && definition.default_value.is_none());
    required.map(|one| (one.name.node.to_string(), sample(&one.var_type.node, catalog))).collect()
}

fn sample(declared: &Type, catalog: &Catalog) -> Json {
    let name = match &declared.base {
        BaseType::List(_) => return json!([]),
        BaseType::Named(name) => name.as_str(),
    };
    let columns = |table: TableId| catalog.table(table).columns.iter().map(|column| &*column.name);
    match InputType::by_name(catalog, name) {
        Some(InputType::Scalar(Scalar::Boolean)) => json!(true),
        Some(InputType::Enum(id)) => json!(catalog.enumeration(id).values.first().map(|value| &*value.name)),
        None | Some(InputType::Scalar(_) | InputType::Native(_)) => json!("1"),
        Some(InputType::Order) => json!("asc"),
        Some(InputType::SelectColumn(table)) => json!(columns(table).next()),
        Some(InputType::UpdateColumn(table)) => json!(columns(table).next_back()),
        Some(InputType::Constraint(table)) => json!(&*catalog.table(table).primary_key_name),
        Some(InputType::OnConflict(table)) => {
            json!({ "constraint": &*catalog.table(table).primary_key_name, "update_columns": [] })
        }
        Some(InputType::PkColumns(table)) => {
            let table = catalog.table(table);
            let keys = table.primary_key.iter().map(|key| (table.column(*key).name.to_string(), json!("1")));
            Json::Object(keys.collect())
        }
        Some(InputType::ObjectInsert(_) | InputType::ArrayInsert(_)) => json!({ "data": {} }),
        Some(_) => json!({}),
    }
}
