//! Declarations → columns: which fields are columns, of what type, and how each database holds them.

use std::collections::HashMap;

use super::arguments::{Keys, find};
use super::declarations::{Declarations, FieldDeclaration, TableDeclaration};
use super::literal::Expected;
use super::native::is_native_type;
use super::syntax::{Name, TypeReference, TypeReferenceKind};
use super::{Settings, defaults};
use crate::catalog::{Column, ColumnDefault, ColumnIndex, RelationIndex, TableId};
use crate::diagnostic::Diagnostic;
use crate::mistakes;
use crate::scalar::{ColumnType, Scalar, Stored};
use crate::value::Value;

/// PostgreSQL's own limit.
const MAX_COLUMNS: usize = 1600;

/// A table's columns, and which fields are relations.
#[derive(Debug, Default)]
pub struct TableColumns<'a> {
    /// Its columns; one with mistakes is there with what is known of it.
    pub columns: Vec<Column>,
    /// Which field each column is (an index into the declaration's fields), and whether it has no mistakes.
    pub origins: Vec<(usize, bool)>,
    /// Its fields that refer to tables: index of the field, and the table.
    pub relations: Vec<(usize, TableId)>,
    /// What each field is.
    pub meanings: HashMap<&'a str, Meaning>,
}

/// What a field is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meaning {
    /// A column without mistakes.
    Column(ColumnIndex),
    /// A relation.
    Relation(RelationIndex),
    /// Something with mistakes, reported already.
    Broken,
}

impl TableColumns<'_> {
    /// Names of its columns.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.columns.iter().map(|column| &*column.name)
    }

    /// The column with this index.
    pub fn column(&self, index: ColumnIndex) -> &Column {
        &self.columns[index.0 as usize]
    }

    /// Finds a column by name; what is not one is reported, unless it has been.
    pub fn find(
        &self,
        name: &Name,
        table: &TableDeclaration,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Option<ColumnIndex> {
        match self.meanings.get(&*name.text) {
            Some(Meaning::Column(index)) => return Some(*index),
            Some(Meaning::Broken) => {}
            Some(Meaning::Relation(_)) => diagnostics.push(mistakes::relation_for_column(name, &table.name.text)),
            None if table.partial => {}
            None => diagnostics.push(mistakes::unknown_column(name, &table.name.text, self.names())),
        }
        None
    }

    /// Finds all columns of a list; absent if one is missing or written twice.
    pub fn find_all(
        &self,
        names: &[Name],
        table: &TableDeclaration,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Option<Vec<ColumnIndex>> {
        let mut found = Vec::new();
        let mut complete = true;
        for name in names {
            match self.find(name, table, diagnostics) {
                Some(index) if found.contains(&index) => {
                    diagnostics.push(mistakes::listed_twice(name));
                    complete = false;
                }
                Some(index) => found.push(index),
                None => complete = false,
            }
        }
        complete.then_some(found)
    }
}

/// Finds the columns of every table, in the order of [`Declarations::tables`].
pub fn columns<'a>(
    declarations: &Declarations<'a>,
    settings: &Settings,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<TableColumns<'a>> {
    declarations.tables.iter().map(|table| table_columns(table, declarations, settings, diagnostics)).collect()
}

fn table_columns<'a>(
    table: &TableDeclaration<'a>,
    declarations: &Declarations<'a>,
    settings: &Settings,
    diagnostics: &mut Vec<Diagnostic>,
) -> TableColumns<'a> {
    let mut result = TableColumns::default();
    for (index, field) in table.fields.iter().enumerate() {
        let meaning = match field_type(field, declarations, settings, diagnostics) {
            FieldType::Column(column_type, native) => {
                let before = diagnostics.len();
                let place = ColumnIndex(result.columns.len() as u16);
                result.columns.push(column(field, (column_type, native), declarations, settings, diagnostics));
                let sound = diagnostics[before..].iter().all(|it| it.severity != crate::diagnostic::Severity::Error);
                result.origins.push((index, sound));
                if sound { Meaning::Column(place) } else { Meaning::Broken }
            }
            FieldType::Table(target) => {
                result.relations.push((index, target));
                Meaning::Relation(RelationIndex(result.relations.len() as u16 - 1))
            }
            FieldType::Broken => Meaning::Broken,
        };
        result.meanings.insert(&field.definition.name.text, meaning);
        if table.fields.len() > MAX_COLUMNS && index == MAX_COLUMNS {
            diagnostics.push(mistakes::too_many_columns(field.name(), &table.name.text, MAX_COLUMNS));
            break;
        }
    }
    if result.columns.is_empty() && !table.fields.is_empty() && !table.partial {
        let broken = result.meanings.values().any(|meaning| *meaning == Meaning::Broken);
        if !broken {
            diagnostics.push(mistakes::table_without_columns(table.name));
        }
    }
    result
}

/// The fields of a type of results as columns.
pub fn result_columns(
    result: &TableDeclaration,
    declarations: &Declarations,
    settings: &Settings,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Column> {
    let columns = table_columns(result, declarations, settings, diagnostics);
    for (index, _) in &columns.relations {
        diagnostics.push(mistakes::table_in_result(&result.fields[*index].definition.field_type, &result.name.text));
    }
    columns.columns
}

/// The column that a field would be, if its type is one of columns.
pub fn value_of(
    field: &FieldDeclaration,
    declarations: &Declarations,
    settings: &Settings,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Column> {
    match field_type(field, declarations, settings, diagnostics) {
        FieldType::Column(column_type, native) => {
            Some(column(field, (column_type, native), declarations, settings, diagnostics))
        }
        FieldType::Table(_) => {
            diagnostics.push(mistakes::table_as_value(&field.definition.field_type));
            None
        }
        FieldType::Broken => None,
    }
}

enum FieldType<'a> {
    /// A column, with its declared PostgreSQL type if that is not the scalar's name.
    Column(ColumnType, Option<&'a str>),
    Table(TableId),
    Broken,
}

fn field_type<'a>(
    field: &FieldDeclaration,
    declarations: &Declarations<'a>,
    settings: &Settings,
    diagnostics: &mut Vec<Diagnostic>,
) -> FieldType<'a> {
    let reference = &field.definition.field_type;
    let name = reference.name();
    if let Some(target) = declarations.table_ids.get(&*name.text) {
        return match relation_shape(reference) {
            true => FieldType::Table(*target),
            false => {
                diagnostics.push(mistakes::relation_list_shape(reference.span, &name.text));
                FieldType::Broken
            }
        };
    }
    let (column_type, native) = if let Some(scalar) = Scalar::by_name(&name.text) {
        (ColumnType::Scalar(scalar), None)
    } else if let Some(id) = declarations.enum_ids.get(&*name.text) {
        (ColumnType::Enum(*id), None)
    } else if let Some(postgres) = declarations.natives.get(&*name.text) {
        let own_name = (*postgres != &*name.text).then_some(*postgres);
        (ColumnType::Native(name.text.clone()), own_name)
    } else if is_native_type(&name.text) {
        (ColumnType::Native(name.text.clone()), None)
    } else {
        if declarations.results.iter().any(|result| result.name.text == name.text) {
            diagnostics.push(mistakes::result_as_column(name));
        } else if !declarations.broken.contains(&*name.text) && !declarations.incomplete {
            diagnostics.push(mistakes::unknown_type(name, declarations.type_names()));
        }
        return FieldType::Broken;
    };
    if settings.sqlite() && matches!(column_type, ColumnType::Native(_)) {
        diagnostics.push(mistakes::native_type_on_sqlite(name));
        return FieldType::Broken;
    }
    match (&reference.kind, column_type) {
        (TypeReferenceKind::Named(_), column_type) => FieldType::Column(column_type, native),
        (TypeReferenceKind::List(member), ColumnType::Scalar(scalar)) => match member.kind {
            TypeReferenceKind::Named(_) if member.required && scalar != Scalar::Jsonb => {
                FieldType::Column(ColumnType::List(scalar), None)
            }
            _ => {
                diagnostics.push(mistakes::list_shape(reference.span, scalar));
                FieldType::Broken
            }
        },
        (TypeReferenceKind::List(_), _) => {
            diagnostics.push(mistakes::list_of_other_type(reference.span, &name.text));
            FieldType::Broken
        }
    }
}

/// Whether a reference to a table is `T`, `T!` or `[T!]!`.
fn relation_shape(reference: &TypeReference) -> bool {
    match &reference.kind {
        TypeReferenceKind::Named(_) => true,
        TypeReferenceKind::List(member) => {
            reference.required && member.required && matches!(member.kind, TypeReferenceKind::Named(_))
        }
    }
}

/// Directives that only mean something on a relation.
const OF_RELATIONS: &[&str] = &["relation"];

fn column(
    field: &FieldDeclaration,
    (column_type, native): (ColumnType, Option<&str>),
    declarations: &Declarations,
    settings: &Settings,
    diagnostics: &mut Vec<Diagnostic>,
) -> Column {
    for used in field.directives.iter().filter(|used| OF_RELATIONS.contains(&used.directive.name)) {
        diagnostics.push(mistakes::relation_on_column(used.span, field.name(), &field.definition.field_type));
    }
    let none = Keys::default();
    let keys = find(&field.directives, "column").map_or(&none, |used| &used.keys);
    let name = field.name();
    let db_name: Box<str> = keys.text("name").unwrap_or(&name.text).into();
    check_database_name(&db_name, keys.span("name").unwrap_or(name.span), settings, diagnostics);
    let (precision, stored) = storage(keys, &column_type, name, diagnostics);
    if let (Some(span), true) = (keys.span("collate"), settings.sqlite() && settings.postgres()) {
        diagnostics.push(mistakes::collation_differs(span));
    }
    if let (Some(span), false) = (keys.span("collate"), column_type.scalar() == Scalar::String) {
        diagnostics.push(mistakes::collation_of_other_type(span, &field.definition.field_type.name().text));
    }
    let type_name = field.definition.field_type.name();
    let expected = Expected::of(&column_type, &type_name.text, &declarations.enums);
    let filling = defaults::filling(field, &expected, settings, diagnostics);
    if let (Some(ColumnDefault::Value(Value::Text(digits))), Some((precision, scale))) = (&filling.default, precision)
        && !fits(digits, precision, scale)
        && let Some(span) = find(&field.directives, "default").and_then(|used| used.keys.span("value"))
    {
        diagnostics.push(mistakes::too_many_digits(span, precision, scale));
    }
    let pattern = defaults::pattern(field, &column_type, filling.default.as_ref(), diagnostics);
    Column {
        name: name.text.clone(),
        db_name,
        nullable: !field.definition.field_type.required,
        description: field.definition.description.clone(),
        renamed_from: find(&field.directives, "renamed").and_then(|used| used.keys.text("from")).map(Box::from),
        default: filling.default,
        updated_at: filling.updated_at,
        generated: keys.flag("generated") == Some(true),
        precision,
        stored,
        postgres_type: keys.text("postgres").or(native).map(Box::from),
        sqlite_type: keys.text("sqlite").map(Box::from),
        collation: keys.text("collate").map(Box::from),
        pattern,
        computed: super::sql::computed(field),
        column_type,
    }
}

/// Names in the database: at most 63 bytes (PostgreSQL cuts longer ones) and not one of its own.
pub fn check_database_name(
    name: &str,
    span: crate::source::Span,
    settings: &Settings,
    diagnostics: &mut Vec<Diagnostic>,
) {
    const SYSTEM_COLUMNS: &[&str] = &["ctid", "xmin", "xmax", "cmin", "cmax", "tableoid"];
    if name.is_empty() || name.contains('\0') {
        diagnostics.push(mistakes::empty_database_name(span));
    } else if name.len() > super::names::MAX_NAME_BYTES {
        diagnostics.push(mistakes::long_database_name(span, name.len()));
    } else if settings.postgres() && SYSTEM_COLUMNS.contains(&name) {
        diagnostics.push(mistakes::system_column(span, name));
    }
}

/// Whether a decimal has no more digits than the column, before and after the point.
fn fits(decimal: &str, precision: u16, scale: u8) -> bool {
    let (whole, fraction) = decimal.trim_start_matches('-').split_once('.').unwrap_or((decimal, ""));
    let whole = whole.trim_start_matches(['-', '0']).len();
    fraction.trim_end_matches('0').len() <= usize::from(scale) && whole + usize::from(scale) <= usize::from(precision)
}

/// Precision and scale, and how SQLite holds the value.
fn storage(
    keys: &Keys,
    column_type: &ColumnType,
    name: &Name,
    diagnostics: &mut Vec<Diagnostic>,
) -> (Option<(u16, u8)>, Stored) {
    let numeric = *column_type == ColumnType::Scalar(Scalar::Numeric);
    let (precision, scale) = (keys.count("precision"), keys.count("scale"));
    let real = keys.text("stored") == Some("real");
    if !numeric && let Some(span) = keys.span("precision").or(keys.span("scale")) {
        diagnostics.push(mistakes::precision_of_other_type(span, &name.text));
    } else if let (Some(0), Some(span)) = (precision, keys.span("precision")) {
        diagnostics.push(mistakes::precision_zero(span));
    } else if let (None, Some(_), false, Some(span)) = (precision, scale, real, keys.span("scale")) {
        diagnostics.push(mistakes::scale_without_precision(span));
    } else if let (Some(precision), Some(scale), Some(span)) = (precision, scale, keys.span("scale"))
        && scale > precision
    {
        diagnostics.push(mistakes::scale_over_precision(span, scale, precision));
    }
    if !numeric {
        return (None, stored_as(keys, column_type, diagnostics));
    }
    let declared = precision.map(|precision| (precision as u16, scale.unwrap_or(0) as u8));
    let stored = match (real, declared) {
        (true, _) => Stored::Real { scale: scale.map(|scale| scale as u8) },
        (false, Some((precision, scale))) if precision <= 18 => Stored::Scaled { scale },
        (false, declared) => Stored::Decimal { scale: declared.map(|(_, scale)| scale) },
    };
    if !real && let (Some(word), Some(span)) = (keys.text("stored"), keys.span("stored")) {
        diagnostics.push(mistakes::stored_of_other_type(span, word, "times"));
    }
    (declared, stored)
}

fn stored_as(keys: &Keys, column_type: &ColumnType, diagnostics: &mut Vec<Diagnostic>) -> Stored {
    let Some(word) = keys.text("stored") else { return Stored::Standard };
    let is_time = matches!(column_type, ColumnType::Scalar(Scalar::Timestamptz | Scalar::Timestamp));
    let stored = match word {
        "space" => Stored::Space,
        "iso" => Stored::Iso,
        "unix" => Stored::Unix,
        "unix_ms" => Stored::UnixMilliseconds,
        _ => Stored::Standard,
    };
    if (!is_time || stored == Stored::Standard)
        && let Some(span) = keys.span("stored")
    {
        let fits = if stored == Stored::Standard { "`numeric`" } else { "`timestamptz` and `timestamp`" };
        diagnostics.push(mistakes::stored_of_other_type(span, word, fits));
    }
    stored
}
