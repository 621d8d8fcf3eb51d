//! All parts → [`Catalog`], once no two names meet in the database or in the API.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::Settings;
use super::arguments::{Keys, Used, find};
use super::columns::{TableColumns, check_database_name};
use super::constraints::TableConstraints;
use super::declarations::{Declarations, TableDeclaration};
use super::native_fields::NativeFields;
use super::relations::TableRelations;
use super::roles::{self, Roles};
use super::rules::{Rules, TableRules};
use crate::catalog::{Catalog, RootFieldNames, Table, TableId, View};
use crate::diagnostic::Diagnostic;
use crate::mistakes;
use crate::source::Span;

/// The parts of every table, each in the order of [`Declarations::tables`].
#[derive(Debug)]
pub struct Parts<'a> {
    /// Columns.
    pub columns: Vec<TableColumns<'a>>,
    /// Keys, checks, indexes.
    pub constraints: Vec<TableConstraints>,
    /// Relations and foreign keys.
    pub relations: Vec<TableRelations>,
    /// Permissions.
    pub rules: Rules,
    /// What is declared of roles.
    pub roles: Roles,
    /// Root fields that are SQL.
    pub natives: NativeFields,
}

/// Puts the parts together. The result only means something when nothing was reported.
pub fn catalog(
    declarations: Declarations,
    parts: Parts,
    settings: &Settings,
    diagnostics: &mut Vec<Diagnostic>,
) -> Catalog {
    check_database_names(&declarations, &parts.columns, settings, diagnostics);
    let root_fields: Vec<RootFieldNames> =
        declarations.tables.iter().map(|table| root_fields(table, diagnostics)).collect();
    super::generated::check(&declarations, &parts.columns, &root_fields, diagnostics);
    let mut catalog = Catalog { api: settings.api.clone(), ..Catalog::default() };
    let Parts { columns, constraints, relations, mut rules, roles, natives } = parts;
    let NativeFields { natives, records, roles: native_roles, .. } = natives;
    let of_natives = native_roles.iter().map(|(role, _)| role);
    let named = rules.by_table.iter().flat_map(TableRules::keys).chain(roles.declared.keys()).chain(of_natives);
    catalog.roles = named.cloned().collect::<BTreeSet<_>>().into_iter().collect();
    catalog.declared_roles = roles.declared.clone();
    catalog.tables_by_name = declarations.table_ids.iter().map(|(name, id)| (Box::from(*name), *id)).collect();
    let named = records.iter().zip(declarations.tables.len() as u32..).filter(|(record, _)| !record.name.is_empty());
    catalog.tables_by_name.extend(named.map(|(record, id)| (record.name.clone(), TableId(id))));
    (catalog.natives, catalog.records) = (natives, records);
    let tables = declarations.tables.iter().zip(root_fields);
    let by_table = std::mem::take(&mut rules.by_table);
    let parts = columns.into_iter().zip(constraints).zip(relations).zip(by_table);
    for ((declaration, root_fields), (((columns, constraints), relations), rules)) in tables.zip(parts) {
        catalog.tables.push(table(declaration, root_fields, columns, (constraints, relations, rules)));
    }
    catalog.enums = declarations.enums;
    roles::inherit(&mut catalog, &roles, &rules, diagnostics);
    catalog
}

fn table(
    declaration: &TableDeclaration,
    root_fields: RootFieldNames,
    columns: TableColumns,
    (constraints, relations, permissions): (TableConstraints, TableRelations, TableRules),
) -> Table {
    let none = Keys::default();
    let keys = declaration.storage().map_or(&none, |used| &used.keys);
    let view = declaration.view().map(|used| {
        let sql = used.keys.sql();
        View { sql: Some(sql).filter(|sql| sql.texts().next().is_some()) }
    });
    Table {
        name: declaration.name.text.clone(),
        view,
        db_name: declaration.database_name().into(),
        db_schema: declaration.schema().map(Box::from),
        strict: keys.flag("strict") != Some(false),
        description: declaration.description.map(Box::from),
        renamed_from: find(&declaration.directives, "renamed").and_then(|used| used.keys.text("from")).map(Box::from),
        columns: columns.columns,
        relations: relations.relations.into_iter().flatten().collect(),
        primary_key: constraints.primary_key,
        primary_key_name: constraints.primary_key_name,
        uniques: constraints.uniques,
        foreign_keys: relations.foreign_keys,
        indexes: constraints.indexes.into_iter().chain(relations.indexes).collect(),
        search: constraints.search,
        checks: constraints.checks,
        root_fields,
        permissions,
        inherited: BTreeMap::new(),
        system: false,
    }
}

fn root_fields(table: &TableDeclaration, diagnostics: &mut Vec<Diagnostic>) -> RootFieldNames {
    let mut names = RootFieldNames::of(&table.name.text);
    let Some(used) = find(&table.directives, "root") else { return names };
    for argument in used.directive.arguments {
        let (Some(text), Some(span)) = (used.keys.text(argument.name), used.keys.span(argument.name)) else { continue };
        if !is_graphql_name(text) {
            diagnostics.push(mistakes::malformed_root_field(span, text));
        }
        let name = match argument.name {
            "select" => &mut names.select,
            "select_by_pk" => &mut names.select_by_pk,
            "select_aggregate" => &mut names.select_aggregate,
            "insert" => &mut names.insert,
            "insert_one" => &mut names.insert_one,
            "update" => &mut names.update,
            "update_by_pk" => &mut names.update_by_pk,
            "update_many" => &mut names.update_many,
            "delete" => &mut names.delete,
            _ => &mut names.delete_by_pk,
        };
        *name = text.into();
    }
    names
}

fn is_graphql_name(text: &str) -> bool {
    let letter = |byte: u8| byte == b'_' || byte.is_ascii_alphabetic();
    let mut bytes = text.bytes();
    bytes.next().is_some_and(letter)
        && bytes.all(|byte| letter(byte) || byte.is_ascii_digit())
        && !text.starts_with("__")
}

/// No two tables, and no two columns of a table, may have the same name in a database.
fn check_database_names(
    declarations: &Declarations,
    columns: &[TableColumns],
    settings: &Settings,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let mut on_postgres: HashMap<(String, String), Span> = HashMap::new();
    let mut on_sqlite: HashMap<String, Span> = HashMap::new();
    for (table, columns) in declarations.tables.iter().zip(columns) {
        let keys = table.storage().map(|used| &used.keys);
        let span = keys.and_then(|keys| keys.span("name")).unwrap_or(table.name.span);
        let (schema, name) = (table.schema().unwrap_or(""), table.database_name());
        check_database_name(name, span, settings, diagnostics);
        if let (Some(schema_span), Some(keys)) = (keys.and_then(|keys| keys.span("schema")), keys) {
            check_database_name(keys.text("schema").unwrap_or(""), schema_span, settings, diagnostics);
        }
        let sqlite_name = table.sqlite_name();
        if settings.sqlite() && sqlite_name.to_ascii_lowercase().starts_with("sqlite_") {
            diagnostics.push(mistakes::sqlite_table_name(span, &sqlite_name));
        }
        if let Some(first) = on_postgres.insert((schema.to_owned(), name.to_owned()), span) {
            diagnostics.push(mistakes::table_name_taken(span, name, first, "another type has this table"));
        } else if settings.sqlite()
            && let Some(first) = on_sqlite.insert(sqlite_name.to_ascii_lowercase(), span)
        {
            let reason = "SQLite does not tell upper case from lower case, and puts the schema before the name";
            diagnostics.push(mistakes::table_name_taken(span, &sqlite_name, first, reason));
        }
        check_column_names(table, columns, settings, diagnostics);
        check_renamed(declarations, table, diagnostics);
    }
}

/// A former name must be free: with a new owner of the name, the next migration could not tell who is who.
fn check_renamed(declarations: &Declarations, table: &TableDeclaration, diagnostics: &mut Vec<Diagnostic>) {
    let former = |used: &Used| Some((used.keys.text("from")?.to_owned(), used.keys.span("from")?));
    if let Some((name, span)) = find(&table.directives, "renamed").and_then(former)
        && let Some(id) = declarations.table_ids.get(name.as_str())
    {
        let owner = declarations.tables[id.0 as usize].name;
        diagnostics.push(mistakes::former_name_taken(span, &name, owner.span));
    }
    for field in &table.fields {
        let Some((name, span)) = find(&field.directives, "renamed").and_then(former) else { continue };
        if let Some(owner) = table.fields.iter().find(|other| *other.name().text == *name) {
            diagnostics.push(mistakes::former_name_taken(span, &name, owner.name().span));
        }
    }
}

fn check_column_names(
    table: &TableDeclaration,
    columns: &TableColumns,
    settings: &Settings,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let mut taken: HashMap<String, Span> = HashMap::new();
    for (column, (field, _)) in columns.columns.iter().zip(&columns.origins) {
        let field = &table.fields[*field];
        let written = find(&field.directives, "column").and_then(|used| used.keys.span("name"));
        let span = written.unwrap_or(field.name().span);
        let key = if settings.sqlite() { column.db_name.to_ascii_lowercase() } else { column.db_name.to_string() };
        if let Some(first) = taken.insert(key, span) {
            diagnostics.push(mistakes::column_name_taken(span, &column.db_name, first, settings.sqlite()));
        }
    }
}
