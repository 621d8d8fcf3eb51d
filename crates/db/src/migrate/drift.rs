//! Whether a live database is as the migrations left it: what a model asks for, compared with what introspection finds.
//! What a hand-written migration adds to a table (an index, a check, a trigger) is no drift; a table is, since it must
//! be in the model.

use std::sync::{Mutex, PoisonError};

use purlin_plan::plan::Dialect;
use tokio_postgres::GenericClient;

use super::print;
use super::step::Step;
use super::system;
use crate::introspect;
use crate::physical::{
    PhysicalCheck, PhysicalColumn, PhysicalForeignKey, PhysicalIndex, PhysicalKey, PhysicalSchema, PhysicalSearch,
    PhysicalTable, PhysicalView, TableName,
};

/// Name of the temporary tables by which PostgreSQL is asked how it says something.
const PROBE: &str = "purlin_probe_";

/// Tables in our words and in PostgreSQL's own, as far as it has been asked: those of the last model. Making a table takes
/// it a while, and it says the same each time; what it no longer says so shows as a difference, and is asked anew.
#[derive(Default)]
pub struct Wording {
    tables: Mutex<Vec<(PhysicalTable, PhysicalTable)>>,
}

impl Wording {
    /// Gives tables the words that are known; the others are left, by their names.
    fn fill(&self, schema: &mut PhysicalSchema) -> Vec<TableName> {
        let known = self.tables.lock().unwrap_or_else(PoisonError::into_inner);
        let mut left = Vec::new();
        for (name, table) in &mut schema.tables {
            match known.iter().find(|(ours, _)| ours == table) {
                Some((_, told)) => table.clone_from(told),
                None => left.push(name.clone()),
            }
        }
        left
    }

    fn keep(&self, ours: &PhysicalSchema, told: &PhysicalSchema) {
        let pairs =
            ours.tables.iter().filter_map(|(name, table)| Some((table.clone(), told.tables.get(name)?.clone())));
        *self.tables.lock().unwrap_or_else(PoisonError::into_inner) = pairs.collect();
    }

    /// Forgets all of it.
    pub fn forget(&self) {
        self.tables.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }
}

/// The same schema as PostgreSQL itself would tell it: expressions and types in its own words, found out by making the
/// tables as temporary ones. The caller rolls the transaction back.
///
/// # Errors
/// Those of PostgreSQL, when it allows no temporary tables.
pub async fn in_postgres_words(
    client: &impl GenericClient,
    expected: &PhysicalSchema,
    known: &Wording,
) -> Result<PhysicalSchema, tokio_postgres::Error> {
    let mut told = expected.clone();
    let left = known.fill(&mut told);
    if !left.is_empty() {
        ask_for_words(client, &mut told, &left).await?;
    }
    known.keep(expected, &told);
    for view in told.views.values_mut() {
        let Some(sql) = &view.sql else { continue };
        client.batch_execute("SAVEPOINT purlin_probe").await?;
        // A view PostgreSQL would not make keeps our own words, and the difference shows.
        if client.batch_execute(&format!("CREATE TEMPORARY VIEW {PROBE}view AS {sql}\n")).await.is_ok() {
            let words = client.query_one(&introspect::postgres::view_sql(&format!("'{PROBE}view'")), &[]).await?;
            view.sql = Some(words.try_get(0)?);
        }
        client.batch_execute("ROLLBACK TO SAVEPOINT purlin_probe").await?;
    }
    Ok(told)
}

/// Makes these tables as temporary ones, and reads what PostgreSQL then says of them.
async fn ask_for_words(
    client: &impl GenericClient,
    schema: &mut PhysicalSchema,
    names: &[TableName],
) -> Result<(), tokio_postgres::Error> {
    for (index, name) in names.iter().enumerate() {
        let Some(table) = schema.tables.get(name) else { continue };
        let name = TableName { schema: "pg_temp".to_owned(), name: format!("{PROBE}{index}") };
        let mut probe = PhysicalTable { foreign_keys: Vec::new(), indexes: Vec::new(), ..table.clone() };
        probe.comment = None;
        let mut steps = vec![Step::CreateTable { name: name.clone(), table: probe }];
        let conditional = table.indexes.iter().filter(|index| index.condition.is_some()).cloned();
        steps.extend(conditional.map(|index| Step::CreateIndex { table: name.clone(), index }));
        let sql = print::sql(&steps, Dialect::Postgres);
        client.batch_execute("SAVEPOINT purlin_probe").await?;
        // A table PostgreSQL would not make keeps our own words, and any difference shows.
        let end = match client.batch_execute(&sql).await {
            Ok(()) => "RELEASE SAVEPOINT purlin_probe",
            Err(_) => "ROLLBACK TO SAVEPOINT purlin_probe",
        };
        client.batch_execute(end).await?;
    }
    let found = introspect::postgres::introspect_temporary(client).await?;
    for (index, name) in names.iter().enumerate() {
        let probe = format!("{PROBE}{index}");
        let probe = found.tables.iter().find(|(found, _)| found.name == probe);
        if let (Some((_, probe)), Some(table)) = (probe, schema.tables.get_mut(name)) {
            take_words(table, probe);
        }
    }
    Ok(())
}

fn take_words(table: &mut PhysicalTable, probe: &PhysicalTable) {
    for column in &mut table.columns {
        if let Some(told) = probe.column(&column.name) {
            *column = PhysicalColumn { comment: column.comment.take(), ..told.clone() };
        }
    }
    for check in &mut table.checks {
        if let Some(told) = probe.checks.iter().find(|told| told.name == check.name) {
            check.expression.clone_from(&told.expression);
        }
    }
    for index in &mut table.indexes {
        if let Some(told) = probe.indexes.iter().find(|told| told.name == index.name) {
            index.condition.clone_from(&told.condition);
        }
    }
}

/// What of `expected` the live database does otherwise, and tables it has besides; one sentence each.
pub fn differences(expected: &PhysicalSchema, live: &PhysicalSchema) -> Vec<String> {
    let mut found = broken_promises(expected, live);
    found.extend(unknown_tables(expected, live));
    found
}

/// What of `expected` the live database does otherwise; one sentence each.
pub fn broken_promises(expected: &PhysicalSchema, live: &PhysicalSchema) -> Vec<String> {
    let mut found = Vec::new();
    for (name, table) in &expected.tables {
        match live.tables.get(name) {
            Some(actual) => TableComparison { name, found: &mut found }.compare(table, actual),
            None => found.push(format!("table `{name}` is not there")),
        }
    }
    for (name, view) in &expected.views {
        match live.views.get(name) {
            Some(actual) => compare_view(name, view, actual, &mut found),
            None => found.push(format!("view `{name}` is not there")),
        }
    }
    found
}

fn compare_view(name: &TableName, expected: &PhysicalView, actual: &PhysicalView, found: &mut Vec<String>) {
    let missing = expected.columns.iter().filter(|column| actual.columns.iter().all(|other| other.name != column.name));
    found.extend(missing.map(|column| format!("column `{name}.{}` is not there", column.name)));
    match (&expected.sql, &actual.sql) {
        (None, _) => {}
        (Some(_), None) => found.push(format!("view `{name}` has options, rules or triggers of its own")),
        (Some(wanted), Some(is)) if wanted == is => {}
        (Some(wanted), Some(is)) => found.push(format!("view `{name}` is `{is}`, expected `{wanted}`")),
    }
}

/// Tables that are neither in the model nor Purlin's own.
fn unknown_tables(expected: &PhysicalSchema, live: &PhysicalSchema) -> Vec<String> {
    let system = system::wanted(expected.dialect).map(|system| system.tables).unwrap_or_default();
    let is_known = |name: &&TableName| expected.tables.contains_key(*name) || system.contains_key(*name);
    let unknown = live.tables.keys().filter(|name| !is_known(name) && could_be_in_a_model(name));
    unknown.map(|name| format!("table `{name}` is not in the model")).collect()
}

/// A table whose name is no GraphQL name cannot be in the model, whoever made it.
fn could_be_in_a_model(name: &TableName) -> bool {
    let mut letters = name.name.chars();
    letters.next().is_some_and(|first| first.is_ascii_alphabetic() || first == '_')
        && letters.all(|letter| letter.is_ascii_alphanumeric() || letter == '_')
        && !name.name.starts_with("__")
}

struct TableComparison<'a> {
    name: &'a TableName,
    found: &'a mut Vec<String>,
}

impl TableComparison<'_> {
    fn compare(mut self, expected: &PhysicalTable, actual: &PhysicalTable) {
        for column in &expected.columns {
            match actual.column(&column.name) {
                Some(actual) => self.column(column, actual),
                None => self.found.push(format!("column `{}.{}` is not there", self.name, column.name)),
            }
        }
        for column in actual.columns.iter().filter(|column| expected.column(&column.name).is_none()) {
            let fills = column.default.is_some() || column.identity.is_some() || column.generated.is_some();
            if column.not_null && !fills {
                let name = &column.name;
                self.found.push(format!("column `{}.{name}` is not in the model and must have a value", self.name));
            }
        }
        if expected.strict != actual.strict {
            let is = if actual.strict { "is" } else { "is not" };
            self.found.push(format!("table `{}` {is} STRICT", self.name));
        }
        let (wanted, present) = (expected.primary_key.as_slice(), actual.primary_key.as_slice());
        self.parts("primary key", wanted, present, |key| key.columns.join(", "));
        self.parts("unique constraint", &expected.uniques, &actual.uniques, |key| key.columns.join(", "));
        self.parts("check", &expected.checks, &actual.checks, |check| check.expression.clone());
        self.parts("foreign key", &expected.foreign_keys, &actual.foreign_keys, describe_foreign_key);
        self.parts("index", &expected.indexes, &actual.indexes, describe_index);
        let words = |search: &PhysicalSearch| search.columns.join(", ");
        self.parts("full-text search", expected.search.as_slice(), actual.search.as_slice(), words);
    }

    fn column(&mut self, expected: &PhysicalColumn, actual: &PhysicalColumn) {
        let place = format!("`{}.{}`", self.name, expected.name);
        let mut differs = |what: &str, wanted: &str, is: &str| {
            self.found.push(format!("column {place} has {what} `{is}`, expected `{wanted}`"));
        };
        if !expected.declared_type.eq_ignore_ascii_case(&actual.declared_type) {
            differs("type", &expected.declared_type, &actual.declared_type);
        }
        let text = |value: &Option<String>| value.as_deref().unwrap_or("none").to_owned();
        if expected.default != actual.default && expected.generated.is_none() {
            differs("default", &text(&expected.default), &text(&actual.default));
        }
        if expected.collation != actual.collation {
            differs("collation", &text(&expected.collation), &text(&actual.collation));
        }
        if expected.identity != actual.identity {
            let name = |value: &PhysicalColumn| {
                value.identity.map_or("none".to_owned(), |it| format!("{it:?}").to_lowercase())
            };
            differs("identity", &name(expected), &name(actual));
        }
        let null = |column: &PhysicalColumn| if column.not_null { "not null" } else { "null" };
        if expected.not_null != actual.not_null {
            differs("nullability", null(expected), null(actual));
        }
        if expected.generated.is_some() != actual.generated.is_some() {
            let generated = |column: &PhysicalColumn| if column.generated.is_some() { "generated" } else { "written" };
            differs("values", generated(expected), generated(actual));
        }
    }

    /// By name; what has no name (SQLite) is known by what it says.
    fn parts<T: Part>(&mut self, kind: &str, expected: &[T], actual: &[T], describe: impl Fn(&T) -> String) {
        for wanted in expected {
            let description = describe(wanted);
            let same = actual.iter().find(|part| part.name() == wanted.name());
            let same =
                same.or_else(|| actual.iter().find(|part| part.name().is_empty() && describe(part) == description));
            let place = format!("{kind} `{}` of `{}`", wanted.name(), self.name);
            match same.map(&describe) {
                Some(is) if is == description => {}
                Some(is) => self.found.push(format!("{place} is `{is}`, expected `{description}`")),
                None => self.found.push(format!("{place} is not there")),
            }
        }
    }
}

trait Part {
    fn name(&self) -> &str;
}

macro_rules! part {
    ($($kind:ty),*) => {$(
        impl Part for $kind {
            fn name(&self) -> &str {
                &self.name
            }
        }
    )*};
}
part!(PhysicalKey, PhysicalCheck, PhysicalForeignKey, PhysicalIndex, PhysicalSearch);

fn describe_foreign_key(key: &PhysicalForeignKey) -> String {
    let deferrable = if key.deferrable { " deferrable" } else { "" };
    format!(
        "({}) to {} ({}) on delete {} on update {}{deferrable}",
        key.columns.join(", "),
        key.target,
        key.target_columns.join(", "),
        key.on_delete.to_lowercase(),
        key.on_update.to_lowercase(),
    )
}

fn describe_index(index: &PhysicalIndex) -> String {
    let unique = if index.unique { "unique " } else { "" };
    let using = index.using.as_deref().unwrap_or("btree");
    let condition = index.condition.as_deref().map(|it| format!(" where {it}")).unwrap_or_default();
    format!("{unique}{using} ({}){condition}", index.columns.join(", "))
}
