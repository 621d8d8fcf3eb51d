//! Document → [`Declarations`]: which tables, enums and scalars there are, each with all its parts; names are checked.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::arguments::{self, Used, find};
use super::syntax::{Document, EnumDefinition, FieldDefinition, Name, TypeDefinition};
use crate::catalog::{Enum, EnumId, EnumValue, TableId};
use crate::diagnostic::Diagnostic;
use crate::directive::{self, Place};
use crate::mistakes;
use crate::scalar::Scalar;

/// Every name of the model and what was written about it.
#[derive(Debug, Default)]
pub struct Declarations<'a> {
    /// Tables by name; a table's place is its [`TableId`].
    pub tables: Vec<TableDeclaration<'a>>,
    /// Ids of the tables.
    pub table_ids: HashMap<&'a str, TableId>,
    /// Types of the results of native SQL by name: they are no tables. Their ids follow those of the tables.
    pub results: Vec<TableDeclaration<'a>>,
    /// Fields of `extend type Query` and `extend type Mutation`.
    pub roots: Vec<RootDeclaration<'a>>,
    /// Enums by name; an enum's place is its [`EnumId`].
    pub enums: Vec<Enum>,
    /// Ids of the enums.
    pub enum_ids: HashMap<&'a str, EnumId>,
    /// Places of the enums' names.
    pub enum_names: Vec<&'a Name>,
    /// Scalars with their PostgreSQL type.
    pub natives: BTreeMap<&'a str, &'a str>,
    /// Names that were declared with mistakes: known, and not to be looked at.
    pub broken: HashSet<&'a str>,
    /// Whether there may be names that a syntax error hides.
    pub incomplete: bool,
}

/// A table as declared.
#[derive(Debug)]
pub struct TableDeclaration<'a> {
    /// Its name.
    pub name: &'a Name,
    /// Its description.
    pub description: Option<&'a str>,
    /// Directives of the type and of all its extensions.
    pub directives: Vec<Used<'a>>,
    /// Fields of the type and of all its extensions, names distinct.
    pub fields: Vec<FieldDeclaration<'a>>,
    /// Whether parts of it are hidden by mistakes.
    pub partial: bool,
}

/// A field of a root type as declared.
#[derive(Debug)]
pub struct RootDeclaration<'a> {
    /// Whether it is one of `Mutation` (or of `Query`).
    pub mutation: bool,
    /// As written.
    pub definition: &'a FieldDefinition,
    /// Its directives.
    pub directives: Vec<Used<'a>>,
}

/// A field as declared.
#[derive(Debug)]
pub struct FieldDeclaration<'a> {
    /// As written.
    pub definition: &'a FieldDefinition,
    /// Its directives.
    pub directives: Vec<Used<'a>>,
}

impl<'a> TableDeclaration<'a> {
    /// `@view`, if it is a view.
    pub fn view(&self) -> Option<&Used<'a>> {
        find(&self.directives, "view")
    }

    /// `@table` or `@view`.
    pub fn storage(&self) -> Option<&Used<'a>> {
        find(&self.directives, "table").or(self.view())
    }

    /// The table's name in the database.
    pub fn database_name(&self) -> &'a str {
        self.storage().and_then(|used| used.keys.text("name")).unwrap_or(&self.name.text)
    }

    /// Its PostgreSQL schema; `None` is `public`.
    pub fn schema(&self) -> Option<&'a str> {
        self.storage()?.keys.text("schema").filter(|schema| *schema != "public")
    }

    /// Its name in SQLite.
    pub fn sqlite_name(&self) -> String {
        match self.schema() {
            Some(schema) => format!("{schema}_{}", self.database_name()),
            None => self.database_name().to_owned(),
        }
    }
}

impl FieldDeclaration<'_> {
    /// Its name.
    pub fn name(&self) -> &Name {
        &self.definition.name
    }
}

impl Declarations<'_> {
    /// Every type name a field may have.
    pub fn type_names(&self) -> impl Iterator<Item = &str> {
        let scalars = Scalar::ALL.iter().map(|scalar| scalar.name());
        let own = self.table_ids.keys().chain(self.enum_ids.keys()).chain(self.natives.keys());
        scalars.chain(own.copied())
    }
}

/// Type names that mean something else in the API.
const RESERVED_TYPES: &[&str] = &[
    "Query",
    "Mutation",
    "Subscription",
    "query_root",
    "mutation_root",
    "subscription_root",
    "order_by",
    "cursor_ordering",
];

/// Column names that mean something else in a condition.
const RESERVED_FIELDS: &[&str] = &["_and", "_or", "_not", "_exists", "_search"];

/// Whether no type may be called `name`: it belongs to introspection, to the API or to a scalar.
pub fn is_reserved_type_name(name: &str) -> bool {
    name.starts_with("__") || RESERVED_TYPES.contains(&name) || Scalar::by_name(name).is_some()
}

/// Gathers what was written about each name.
pub fn declare<'a>(document: &'a Document, diagnostics: &mut Vec<Diagnostic>) -> Declarations<'a> {
    let mut declarations = Declarations { incomplete: document.incomplete, ..Declarations::default() };
    declarations.broken.extend(document.broken.iter().map(|name| &*name.text));
    let mut defined: HashMap<&str, &Name> = HashMap::new();
    let names = document.types.iter().filter(|it| !it.extends).map(|it| &it.name);
    let names = names.chain(document.enums.iter().filter(|it| !it.extends).map(|it| &it.name));
    let mut names: Vec<&Name> = names.chain(document.scalars.iter().map(|it| &it.name)).collect();
    names.sort_by_key(|name| name.span);
    for name in names {
        match defined.get(&*name.text) {
            Some(first) => diagnostics.push(mistakes::duplicate_type(name, first.span)),
            None => {
                defined.insert(&name.text, name);
                check_type_name(name, &mut declarations.broken, diagnostics);
            }
        }
    }
    let is_first = |name: &Name| defined.get(&*name.text).is_some_and(|first| first.span == name.span);
    declare_scalars(document, &is_first, &mut declarations, diagnostics);
    declare_enums(document, &is_first, &mut declarations, diagnostics);
    declare_roots(document, &mut declarations, diagnostics);
    declare_tables(document, &is_first, &mut declarations, diagnostics);
    declarations
}

/// `extend type Query` and `extend type Mutation`.
fn declare_roots<'a>(document: &'a Document, declarations: &mut Declarations<'a>, diagnostics: &mut Vec<Diagnostic>) {
    let mut places: HashMap<(bool, &str), &Name> = HashMap::new();
    for part in document.types.iter().filter(|part| part.extends) {
        let mutation = match &*part.name.text {
            "Query" => false,
            "Mutation" => true,
            _ => continue,
        };
        for written in &part.directives {
            diagnostics.push(mistakes::directive_on_root(&written.name, &part.name.text));
        }
        for field in &part.fields {
            if let Some(first) = places.insert((mutation, &field.name.text), &field.name) {
                diagnostics.push(mistakes::duplicate_field(&field.name, &part.name.text, first.span));
                continue;
            }
            if field.name.text.starts_with("__") {
                diagnostics.push(mistakes::double_underscore(&field.name));
            }
            let directives = arguments::check(&field.directives, Place::RootField, diagnostics);
            if directives.is_empty() && field.directives.is_empty() {
                diagnostics.push(mistakes::root_field_without_sql(&field.name));
            }
            declarations.roots.push(RootDeclaration { mutation, definition: field, directives });
        }
    }
}

fn check_type_name<'a>(name: &'a Name, broken: &mut HashSet<&'a str>, diagnostics: &mut Vec<Diagnostic>) {
    let text = &*name.text;
    let mistake = if text.starts_with("__") {
        mistakes::double_underscore(name)
    } else if Scalar::by_name(text).is_some() {
        mistakes::built_in_scalar(name)
    } else if RESERVED_TYPES.contains(&text) {
        mistakes::reserved_type_name(name)
    } else {
        return;
    };
    broken.insert(text);
    diagnostics.push(mistake);
}

fn declare_scalars<'a>(
    document: &'a Document,
    is_first: &dyn Fn(&Name) -> bool,
    declarations: &mut Declarations<'a>,
    diagnostics: &mut Vec<Diagnostic>,
) {
    for scalar in document.scalars.iter().filter(|scalar| is_first(&scalar.name)) {
        let used = arguments::check(&scalar.directives, Place::Scalar, diagnostics);
        match find(&used, "type").map(|used| (used.keys.text("postgres"), used.keys.broken)) {
            Some((Some(postgres), _)) => {
                declarations.natives.insert(&scalar.name.text, postgres);
            }
            found => {
                declarations.broken.insert(&scalar.name.text);
                if found.is_none()
                    && used.len() == scalar.directives.len()
                    && Scalar::by_name(&scalar.name.text).is_none()
                {
                    diagnostics.push(mistakes::scalar_without_type(&scalar.name));
                }
            }
        }
    }
}

fn declare_enums<'a>(
    document: &'a Document,
    is_first: &dyn Fn(&Name) -> bool,
    declarations: &mut Declarations<'a>,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let mut parts: BTreeMap<&str, Vec<&'a EnumDefinition>> = BTreeMap::new();
    for part in document.enums.iter().filter(|part| !part.extends && is_first(&part.name)) {
        parts.insert(&part.name.text, vec![part]);
    }
    for part in document.enums.iter().filter(|part| part.extends) {
        match parts.get_mut(&*part.name.text) {
            Some(parts) => parts.push(part),
            None if declarations.broken.contains(&*part.name.text) || declarations.incomplete => {}
            None => diagnostics.push(mistakes::unknown_extended(&part.name, "enum", parts.keys().copied())),
        }
    }
    for (name, parts) in parts {
        let mut values: Vec<EnumValue> = Vec::new();
        let mut places: HashMap<&str, &Name> = HashMap::new();
        for part in &parts {
            arguments::check(&part.directives, Place::Enum, diagnostics);
            for value in &part.values {
                arguments::check(&value.directives, Place::EnumValue, diagnostics);
                if let Some(first) = places.insert(&value.name.text, &value.name) {
                    diagnostics.push(mistakes::duplicate_enum_value(&value.name, first.span));
                } else if value.name.text.starts_with("__") {
                    diagnostics.push(mistakes::reserved_enum_value(&value.name));
                } else {
                    values.push(EnumValue { name: value.name.text.clone(), description: value.description.clone() });
                }
            }
        }
        if places.is_empty() {
            diagnostics.push(mistakes::empty_enum(&parts[0].name));
        }
        declarations.enum_ids.insert(name, EnumId(declarations.enums.len() as u32));
        declarations.enum_names.push(&parts[0].name);
        let description = parts[0].description.clone();
        declarations.enums.push(Enum { name: name.into(), description, values });
    }
}

fn declare_tables<'a>(
    document: &'a Document,
    is_first: &dyn Fn(&Name) -> bool,
    declarations: &mut Declarations<'a>,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let mut parts: BTreeMap<&str, Vec<&'a TypeDefinition>> = BTreeMap::new();
    for part in document.types.iter().filter(|part| !part.extends && is_first(&part.name)) {
        parts.insert(&part.name.text, vec![part]);
    }
    for part in document.types.iter().filter(|part| part.extends) {
        match parts.get_mut(&*part.name.text) {
            Some(parts) => parts.push(part),
            None if declarations.broken.contains(&*part.name.text) || declarations.incomplete => {}
            None if ["Query", "Mutation"].contains(&&*part.name.text) => {}
            None if RESERVED_TYPES.contains(&&*part.name.text) => {
                diagnostics.push(mistakes::root_extension(&part.name));
            }
            None => diagnostics.push(mistakes::unknown_extended(&part.name, "type", parts.keys().copied())),
        }
    }
    for (name, parts) in parts {
        let directives = parts.iter().flat_map(|part| &part.directives);
        let used = arguments::check(directives, Place::Type, diagnostics);
        let is_result = |root: &RootDeclaration| *root.definition.field_type.name().text == *name;
        if find(&used, "table").or(find(&used, "view")).is_none() && declarations.roots.iter().any(is_result) {
            declarations.results.push(declare_result(&parts, used, diagnostics));
            continue;
        }
        let mut partial = declarations.broken.contains(name);
        if let (Some(view), Some(table)) = (find(&used, "view"), find(&used, "table")) {
            diagnostics.push(mistakes::table_and_view(view.span, table.span));
        }
        if find(&used, "table").or(find(&used, "view")).is_none() && !partial {
            // A directive that is not known may have been meant to say it. Either way it is read on as a table, so that
            // all its mistakes are found at once.
            partial = true;
            let mut written = parts.iter().flat_map(|part| &part.directives);
            if written.all(|directive| directive::by_name(&directive.name.text).is_some()) {
                diagnostics.push(mistakes::type_without_table(&parts[0].name));
            }
        }
        let fields = declare_fields(&parts, diagnostics);
        if fields.is_empty() && !partial {
            diagnostics.push(mistakes::table_without_fields(&parts[0].name));
        }
        declarations.table_ids.insert(name, TableId(declarations.tables.len() as u32));
        declarations.tables.push(TableDeclaration {
            name: &parts[0].name,
            description: parts[0].description.as_deref(),
            directives: used,
            fields,
            partial,
        });
    }
}

/// A type without a table that a root field answers with: fields and nothing else.
fn declare_result<'a>(
    parts: &[&'a TypeDefinition],
    directives: Vec<Used<'a>>,
    diagnostics: &mut Vec<Diagnostic>,
) -> TableDeclaration<'a> {
    for used in &directives {
        diagnostics.push(mistakes::directive_on_result(used.span, used.directive.name, &parts[0].name.text));
    }
    let fields = declare_fields(parts, diagnostics);
    for used in fields.iter().flat_map(|field| &field.directives).filter(|used| used.directive.name != "column") {
        diagnostics.push(mistakes::directive_on_result(used.span, used.directive.name, &parts[0].name.text));
    }
    TableDeclaration {
        name: &parts[0].name,
        description: parts[0].description.as_deref(),
        directives: Vec::new(),
        fields,
        partial: false,
    }
}

fn declare_fields<'a>(parts: &[&'a TypeDefinition], diagnostics: &mut Vec<Diagnostic>) -> Vec<FieldDeclaration<'a>> {
    let mut fields = Vec::new();
    let mut places: HashMap<&str, &Name> = HashMap::new();
    for field in parts.iter().flat_map(|part| &part.fields) {
        if let Some(first) = places.get(&*field.name.text) {
            diagnostics.push(mistakes::duplicate_field(&field.name, &parts[0].name.text, first.span));
            continue;
        }
        places.insert(&field.name.text, &field.name);
        if field.name.text.starts_with("__") {
            diagnostics.push(mistakes::double_underscore(&field.name));
        } else if RESERVED_FIELDS.contains(&&*field.name.text) {
            diagnostics.push(mistakes::reserved_field_name(&field.name));
        }
        if let Some(arguments) = &field.arguments {
            diagnostics.push(mistakes::field_with_arguments(arguments.span, &field.name.text));
        }
        let directives = arguments::check(&field.directives, Place::Field, diagnostics);
        fields.push(FieldDeclaration { definition: field, directives });
    }
    fields
}
