//! The model language → [`Catalog`], or every mistake of the folder in one run. Each arrow is a module with its own
//! output; what has a mistake is left out by the arrows behind, so that one mistake is reported once.

mod arguments;
mod catalog;
mod columns;
mod constraints;
mod declarations;
mod defaults;
mod filters;
mod functions;
mod generated;
mod literal;
mod names;
mod native;
mod native_fields;
mod parse;
mod places;
mod relations;
mod roles;
mod rules;
mod sql;
pub(crate) mod syntax;

use std::borrow::Cow;

use crate::advice::{self, Ignored, Places};
use crate::catalog::{ApiSettings, Catalog, ColumnIndex, Enum, NativeId, TableId};
use crate::diagnostic::{Diagnostic, Diagnostics, Severity};
use crate::scalar::ColumnType;
use crate::source::{Source, Span};

pub use declarations::is_reserved_type_name;
pub use literal::Expected;
pub(crate) use names::generate as generate_name;
pub(crate) use native::{NATIVE_TYPES, is_native_type};
pub(crate) use relations::foreign_key_indexes;

/// A database a project is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DatabaseKind {
    /// Embedded SQLite.
    Sqlite,
    /// PostgreSQL.
    Postgres,
}

/// What of a project's settings the model depends on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// The databases the project is for: what one of them cannot do is a mistake.
    pub databases: Vec<DatabaseKind>,
    /// How the API presents the model.
    pub api: ApiSettings,
}

impl Default for Settings {
    fn default() -> Settings {
        Settings { databases: vec![DatabaseKind::Sqlite, DatabaseKind::Postgres], api: ApiSettings::default() }
    }
}

impl Settings {
    pub(crate) fn sqlite(&self) -> bool {
        self.databases.contains(&DatabaseKind::Sqlite)
    }

    pub(crate) fn postgres(&self) -> bool {
        self.databases.contains(&DatabaseKind::Postgres)
    }
}

/// A model without mistakes.
#[derive(Clone, Debug)]
pub struct Compiled {
    /// Everything it says.
    pub catalog: Catalog,
    /// What is allowed and probably not meant.
    pub warnings: Diagnostics,
    /// Where the SQL of the model is written.
    places: Vec<(SqlOwner, Span)>,
    sources: Vec<Source>,
}

/// What SQL of the model is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SqlOwner {
    /// A view.
    View(TableId),
    /// A computed field.
    Computed(TableId, ColumnIndex),
    /// A statement of a root field.
    Native(NativeId, usize),
}

impl Compiled {
    /// Whether it has views or computed fields.
    pub fn has_sql(&self) -> bool {
        !self.places.is_empty()
    }

    /// The mistakes in SQL that a database told: each with its reason, shown where the SQL is written.
    pub fn refused(&self, refusals: &[(SqlOwner, String)]) -> Diagnostics {
        let place = |owner: &SqlOwner| self.places.iter().find(|(other, _)| other == owner).map(|(_, span)| *span);
        let mistakes = refusals
            .iter()
            .map(|(owner, reason)| crate::mistakes::refused_sql(place(owner).unwrap_or_default(), reason))
            .collect();
        Diagnostics::new(&self.sources, mistakes)
    }
}

/// Compiles all files of a model folder as one document; their order does not matter.
///
/// # Errors
/// Every mistake of the folder, warnings among them.
pub fn compile(sources: &[Source], settings: &Settings) -> Result<Compiled, Diagnostics> {
    let mut diagnostics = Vec::new();
    let staged = stages(sources, settings, &mut diagnostics);
    finish(sources, staged, diagnostics)
}

/// The same, with advice on what could be better among the warnings, and without those that are ignored.
///
/// # Errors
/// Every mistake of the folder, warnings among them.
pub fn check(sources: &[Source], settings: &Settings, ignored: &[Ignored]) -> Result<Compiled, Diagnostics> {
    let mut diagnostics = Vec::new();
    let staged = stages(sources, settings, &mut diagnostics);
    if !failed(&diagnostics) {
        let everywhere = |code: &str| ignored.iter().any(|it| it.is_everywhere() && it.code() == code);
        diagnostics.retain(|diagnostic| !everywhere(diagnostic.code));
        diagnostics.extend(advice::advise(&staged.catalog, &staged.places, ignored));
    }
    finish(sources, staged, diagnostics)
}

/// A catalog, and where things in it are written.
struct Staged {
    catalog: Catalog,
    places: Places,
    sql: Vec<(SqlOwner, Span)>,
}

fn finish(sources: &[Source], staged: Staged, diagnostics: Vec<Diagnostic>) -> Result<Compiled, Diagnostics> {
    let failed = failed(&diagnostics);
    let diagnostics = Diagnostics::new(sources, diagnostics);
    if failed {
        return Err(diagnostics);
    }
    let Staged { catalog, sql: places, .. } = staged;
    let sources = if places.is_empty() { Vec::new() } else { sources.to_vec() };
    Ok(Compiled { catalog, warnings: diagnostics, places, sources })
}

fn failed(diagnostics: &[Diagnostic]) -> bool {
    diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error)
}

fn stages(sources: &[Source], settings: &Settings, diagnostics: &mut Vec<Diagnostic>) -> Staged {
    let document = parse::parse(sources, diagnostics);
    let declarations = declarations::declare(&document, diagnostics);
    let columns = columns::columns(&declarations, settings, diagnostics);
    sql::check(&declarations, settings, diagnostics);
    let mut names = names::ConstraintNames::written(&declarations, settings, diagnostics);
    let constraints = constraints::constraints(&declarations, &columns, &mut names, settings, diagnostics);
    let relations = relations::relations(&declarations, &columns, &constraints, &mut names, diagnostics);
    let scope = filters::Scope { declarations: &declarations, columns: &columns, relations: &relations };
    let natives = native_fields::native_fields(&declarations, settings, diagnostics);
    let mut rules = rules::rules(&scope, diagnostics);
    for (role, span) in &natives.roles {
        rules.places.entry(role.clone()).or_default().push(*span);
    }
    let roles = roles::roles(&document, &rules, diagnostics);
    rules::hint_at_rare_roles(&rules, &roles.places, diagnostics);
    let mut sql = sql::places(&declarations, &columns);
    sql.extend(natives.places());
    let places = places::places(&declarations, &columns, &rules);
    let parts = catalog::Parts { columns, constraints, relations, rules, roles, natives };
    Staged { catalog: catalog::catalog(declarations, parts, settings, diagnostics), places, sql }
}

/// The type's name in the model, with the brackets of a list.
fn type_name<'a>(column_type: &'a ColumnType, enums: &'a [Enum]) -> Cow<'a, str> {
    match column_type {
        ColumnType::Scalar(scalar) => scalar.name().into(),
        ColumnType::List(scalar) => format!("[{}!]", scalar.name()).into(),
        ColumnType::Enum(id) => enums.get(id.0 as usize).map_or("", |it| &*it.name).into(),
        ColumnType::Native(name) => (&**name).into(),
    }
}
