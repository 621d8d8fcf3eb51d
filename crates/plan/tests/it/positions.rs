//! No row of a table is reached without the role's rule, wherever in a query the table stands: every alias of every
//! statement of every case carries the rule of its table, known by its own session variable.

use purlin_model::ColumnIndex;
use purlin_model::catalog::{Catalog, Table, TableId};
use purlin_model::filter::{Comparison, Filter, Operand};
use purlin_model::permission::{DeleteRule, InsertRule, Mask, Permissions, SelectRootFields, SelectRule, UpdateRule};
use purlin_model::session::Role;
use purlin_plan::plan::{Dialect, InsertPlan, Plan, Returning, RootBody, RowCheck, Rows, Slot, Statement, WritePlan};
use purlin_plan::query::{Parameter, Source};

use crate::catalog::compare;
use crate::computed::catalog;
use crate::read::Case;

const ROLE: &str = "strict";

/// Columns that are masked: names no other table has, so that a statement's text tells whose they are, and that neither
/// rules nor relations use, which see all of a column.
fn masked_columns(catalog: &Catalog, id: TableId) -> Vec<ColumnIndex> {
    let table = catalog.table(id);
    let bearers = |name: &str| catalog.tables.iter().filter(|table| table.column_by_name(name).is_some()).count();
    let joins = |column: ColumnIndex| {
        catalog.tables.iter().any(|other| {
            other.relations.iter().any(|relation| {
                relation.join.iter().any(|(here, there)| {
                    (other.name == table.name && *here == column) || (relation.target == id && *there == column)
                })
            })
        })
    };
    table
        .column_indexes()
        .skip(1)
        .filter(|column| bearers(&table.column(*column).name) == 1 && !joins(*column))
        .filter(|column| !table.primary_key.contains(column))
        .collect()
}

/// The catalog, where `strict` has a rule of its own for everything on every table, and masks.
fn strict_catalog() -> Catalog {
    let mut catalog = catalog();
    let masked: Vec<Vec<ColumnIndex>> = catalog.table_ids().map(|table| masked_columns(&catalog, table)).collect();
    for (table, masked) in catalog.tables.iter_mut().zip(masked) {
        let rule = |kind: &str| {
            let name = format!("x-{kind}-{}", table.name);
            compare(ColumnIndex(0), Comparison::Equal, Operand::Session(name.into()))
        };
        let permissions = Permissions {
            select: Some(SelectRule {
                filter: rule("select"),
                columns: Vec::new(),
                masks: vec![Mask { columns: masked, filter: rule("mask") }],
                limit: None,
                aggregations: true,
                root_fields: SelectRootFields::ALL,
            }),
            insert: Some(InsertRule {
                check: rule("insert"),
                columns: Vec::new(),
                presets: Vec::new(),
                backend_only: false,
            }),
            update: Some(UpdateRule {
                filter: rule("update"),
                check: Some(rule("updated")),
                columns: Vec::new(),
                presets: Vec::new(),
                backend_only: false,
            }),
            delete: Some(DeleteRule { filter: rule("delete"), backend_only: false }),
        };
        table.permissions.insert(Role::new(ROLE), permissions);
    }
    catalog
}

/// Every case there is.
fn cases(catalog: &Catalog) -> impl Iterator<Item = Case> {
    let computed = crate::computed::cases(catalog).into_iter().chain(crate::native::cases(catalog));
    crate::read::cases(catalog).into_iter().chain(crate::write::cases(catalog)).chain(computed)
}

struct Watch<'a> {
    catalog: &'a Catalog,
    parameters: &'a [Parameter],
    dialect: Dialect,
    case: &'a str,
    /// Aliases and written rows whose rule was found.
    found: usize,
}

impl Watch<'_> {
    /// The table's own name in this dialect's text.
    fn name(&self, table: &Table) -> String {
        match self.dialect {
            Dialect::Postgres => format!("\"public\".\"{}\"", table.db_name),
            Dialect::Sqlite => format!("\"{}\"", table.db_name),
        }
    }

    /// Whether the text holds `qualifier.first = <the rule's session variable>`.
    fn carries(&self, statement: &Statement, table: &Table, qualifier: &str, kind: &str) -> bool {
        let variable = format!("x-{kind}-{}", table.name);
        let mark = if self.dialect == Dialect::Postgres { '$' } else { '?' };
        statement.slots.iter().enumerate().any(|(position, bound)| {
            let Slot::Binding(index) = bound.slot else { return false };
            if self.parameters[index].source != Source::Session(variable.as_str().into()) {
                return false;
            }
            let text = format!("\"{qualifier}\".\"{}\" = {mark}{}", table.columns[0].db_name, position + 1);
            statement
                .sql
                .match_indices(&text)
                .any(|(at, _)| !statement.sql[at + text.len()..].starts_with(|next: char| next.is_ascii_digit()))
        })
    }

    fn demand(&mut self, statement: &Statement, table: &Table, qualifier: &str, kind: &str) {
        assert!(
            self.carries(statement, table, qualifier, kind),
            "{}: `{}` as `{qualifier}` without its {kind} rule in\n{}",
            self.case,
            table.name,
            statement.sql
        );
        self.found += 1;
    }

    /// Every alias of every table carries the select rule, except the first, which carries `first`.
    fn aliases(&mut self, statement: &Statement, first: &str) {
        for table in &self.catalog.tables {
            // Under its alias, or inside the derived table that has the alias.
            let forms = [" AS \"", ") AS \""].map(|follows| format!("{}{follows}", self.name(table)));
            let places = forms.iter().flat_map(|name| {
                let found: Vec<usize> = statement.sql.match_indices(name.as_str()).map(|(at, _)| at).collect();
                found.into_iter().map(move |at| (at, name))
            });
            for (at, name) in places {
                let rest = &statement.sql[at + name.len()..];
                let alias = &rest[..rest.find('"').expect("a closed name")];
                let kind = if alias == "t0" { first } else { "select" };
                self.demand(statement, table, alias, kind);
            }
        }
    }

    fn rows(&mut self, rows: &Rows) {
        self.aliases(&rows.statement, "select");
        // Rows of a table that SQL of the model reads.
        if rows.statement.sql.contains("FROM ( select * from tasks ") {
            self.demand(&rows.statement, self.catalog.table(crate::catalog::TASKS), "t0", "select");
        }
        rows.children.iter().for_each(|child| self.rows(child));
    }

    fn write(&mut self, write: &WritePlan) {
        let catalog = self.catalog;
        let table = catalog.table(write.table);
        if let Some(statement) = &write.statement {
            match &write.select_keys {
                Some(select) => {
                    self.aliases(select, "delete");
                    if self.dialect == Dialect::Sqlite {
                        self.demand(statement, table, &table.db_name, "delete");
                        self.written_aliases(statement);
                    }
                }
                None if statement.sql.starts_with("DELETE") => {
                    self.demand(statement, table, &table.db_name, "delete");
                    self.written_aliases(statement);
                }
                None => {
                    self.demand(statement, table, &table.db_name, "update");
                    self.demand(statement, table, &table.db_name, "updated");
                    assert!(write.check != RowCheck::Always, "{}: an update without a check", self.case);
                    self.written_aliases(statement);
                }
            }
        }
        self.returning(&write.response.returning, write.statement.as_ref(), table);
    }

    /// In a statement that writes, every alias is of a table that is read.
    fn written_aliases(&mut self, statement: &Statement) {
        self.aliases(statement, "select");
    }

    fn returning(&mut self, returning: &[Returning], statement: Option<&Statement>, table: &Table) {
        for returning in returning {
            match (returning, statement) {
                (Returning::Direct { visible, .. }, Some(statement)) => {
                    assert!(visible.is_some(), "{}: every written row is shown", self.case);
                    self.demand(statement, table, &table.db_name, "select");
                }
                (Returning::Direct { visible, .. }, None) => assert!(visible.is_some(), "{}", self.case),
                (Returning::Reread(rows), _) => self.rows(rows),
            }
        }
    }

    fn insert(&mut self, plan: &InsertPlan) {
        let catalog = self.catalog;
        let table = catalog.table(plan.table);
        for template in &plan.templates {
            self.demand(&template.statement, table, &table.db_name, "insert");
            assert!(template.insert_check != RowCheck::Always, "{}: an insert without a check", self.case);
            if template.statement.sql.contains("DO UPDATE") {
                self.demand(&template.statement, table, &table.db_name, "update");
                self.demand(&template.statement, table, &table.db_name, "updated");
                assert!(template.update_check != RowCheck::Always, "{}: an upsert without a check", self.case);
            }
            self.written_aliases(&template.statement);
            template.objects.iter().chain(&template.arrays).for_each(|nested| self.insert(nested));
        }
    }

    fn plan(&mut self, plan: &Plan) {
        if let Some(flat) = &plan.flat {
            self.aliases(&flat.statement, "select");
        }
        for root in &plan.roots {
            match &root.body {
                RootBody::Read { children, .. } => children.iter().for_each(|rows| self.rows(rows)),
                RootBody::Insert { rows, response, .. } => {
                    self.insert(rows);
                    let first = rows.templates.first().map(|template| &template.statement);
                    self.returning(&response.returning, first, self.catalog.table(rows.table));
                }
                RootBody::Write(write) => self.write(write),
                RootBody::WriteMany(writes) => writes.iter().for_each(|write| self.write(write)),
                // What the statements write is said by nobody but the model; what is answered is read under the rules.
                RootBody::Native(native) => {
                    for returning in &native.response.returning {
                        if let Returning::Reread(rows) = returning {
                            self.rows(rows);
                        }
                    }
                }
            }
        }
    }
}

#[test]
fn every_row_of_every_statement_carries_its_rule() {
    let catalog = strict_catalog();
    let mut found = 0;
    for case in cases(&catalog) {
        for dialect in [Dialect::Postgres, Dialect::Sqlite] {
            let plan = purlin_plan::compile(&catalog, &Role::new(ROLE), case.query.clone(), dialect);
            let mut watch =
                Watch { catalog: &catalog, parameters: &plan.parameters, dialect, case: case.name, found: 0 };
            watch.plan(&plan);
            found += watch.found;
        }
    }
    assert!(found > 200, "only {found} rows were looked at");
}

/// How often masked columns stand in a statement: behind their mask, and as they are.
#[derive(Default)]
struct Seen {
    masked: usize,
    bare: Vec<String>,
}

impl Watch<'_> {
    /// Looks at every place where a masked column stands in the text.
    fn masks(&self, statement: &Statement, seen: &mut Seen) {
        for id in self.catalog.table_ids() {
            let table = self.catalog.table(id);
            for column in masked_columns(self.catalog, id) {
                let reference = format!("\".\"{}\"", table.column(column).db_name);
                for (at, _) in statement.sql.match_indices(&reference) {
                    let start = statement.sql[..at].rfind('"').expect("a quoted name");
                    let place = (start, at + reference.len());
                    if self.is_behind_its_mask(statement, table, &statement.sql[start + 1..at], place) {
                        seen.masked += 1;
                    } else if !is_no_answer(&statement.sql, &statement.sql[start + 1..at], start)
                        && !self.is_probe(statement)
                    {
                        seen.bare.push(format!("{}: {reference} at {start} in\n{}", self.case, statement.sql));
                    }
                }
            }
        }
    }

    /// Whether the statement looks for the row an upsert will meet: it tells no more than the constraint itself.
    fn is_probe(&self, statement: &Statement) -> bool {
        self.case.starts_with("upsert") && statement.sql.starts_with("SELECT 1 FROM")
    }

    /// `CASE WHEN (qualifier.first = <the mask's session variable>) THEN column END`
    fn is_behind_its_mask(
        &self,
        statement: &Statement,
        table: &Table,
        qualifier: &str,
        (start, end): (usize, usize),
    ) -> bool {
        let first = &table.columns[0].db_name;
        let before = &statement.sql[..start];
        let Some(at) = before.rfind("CASE WHEN ") else { return false };
        let mark = if self.dialect == Dialect::Postgres { '$' } else { '?' };
        let condition = before[at..].strip_prefix(&format!("CASE WHEN (\"{qualifier}\".\"{first}\" = {mark}"));
        let number = condition.and_then(|rest| rest.strip_suffix(") THEN ")).and_then(|digits| digits.parse().ok());
        let variable = Source::Session(format!("x-mask-{}", table.name).into());
        let is_the_variable = |number: usize| match statement.slots[number - 1].slot {
            Slot::Binding(index) => self.parameters[index].source == variable,
            _ => false,
        };
        number.is_some_and(is_the_variable) && statement.sql[end..].starts_with(" END")
    }
}

/// Whether what stands at `start` tells nobody anything: the new row of an upsert, the old value that an update changes,
/// or a column of a subquery, which chose its columns (and so masked them).
fn is_no_answer(sql: &str, qualifier: &str, start: usize) -> bool {
    if qualifier == "excluded" {
        return true;
    }
    if let Some(set) = sql.find(" SET ")
        && set < start
        && !sql[set..start].contains(" WHERE ")
        && !sql[set..start].contains(" RETURNING ")
    {
        return true;
    }
    let Some(end) = sql.find(&format!(") AS \"{qualifier}\"")) else { return false };
    let mut depth = 1;
    let opening = sql[..end].char_indices().rev().find(|(_, character)| {
        depth += match character {
            ')' => 1,
            '(' => -1,
            _ => 0,
        };
        depth == 0
    });
    opening.is_some_and(|(at, _)| !sql[at..end].split(',').next().is_some_and(|first| first.ends_with(".*")))
}

fn look_at_masks(catalog: &Catalog) -> Seen {
    let mut seen = Seen::default();
    for case in crate::read::cases(catalog).into_iter().chain(crate::write::cases(catalog)) {
        for dialect in [Dialect::Postgres, Dialect::Sqlite] {
            let plan = purlin_plan::compile(catalog, &Role::new(ROLE), case.query.clone(), dialect);
            let watch = Watch { catalog, parameters: &plan.parameters, dialect, case: case.name, found: 0 };
            for statement in crate::prepare::of_plan(&plan) {
                watch.masks(&statement, &mut seen);
            }
        }
    }
    seen
}

#[test]
fn a_masked_column_stands_behind_its_mask_in_every_position() {
    let seen = look_at_masks(&strict_catalog());
    assert!(seen.bare.is_empty(), "{}", seen.bare.join("\n\n"));
    assert!(seen.masked > 500, "only {} places were looked at", seen.masked);
}

#[test]
fn without_masks_columns_stand_as_they_are() {
    let mut catalog = strict_catalog();
    for table in &mut catalog.tables {
        for permissions in table.permissions.values_mut() {
            permissions.select.iter_mut().for_each(|select| select.masks.clear());
        }
    }
    let seen = look_at_masks(&catalog);
    assert_eq!(seen.masked, 0);
    assert!(seen.bare.len() > 500, "only {} places were looked at", seen.bare.len());
}

#[test]
fn admin_obeys_no_rule() {
    let catalog = strict_catalog();
    for case in cases(&catalog) {
        let plan = purlin_plan::compile(&catalog, &Role::new(Role::ADMIN), case.query, Dialect::Sqlite);
        let is_rule = |source: &Source| matches!(source, Source::Session(name) if !name.starts_with("x-hasura-"));
        let session = plan.parameters.iter().any(|parameter| is_rule(&parameter.source));
        assert!(!session, "{}: a rule for admin", case.name);
    }
}

#[test]
fn a_role_without_rules_reads_and_writes_nothing() {
    let catalog = strict_catalog();
    for case in cases(&catalog) {
        let plan = purlin_plan::compile(&catalog, &Role::new("nobody"), case.query, Dialect::Postgres);
        for root in &plan.roots {
            let nothing = |statement: &Statement| statement.sql.contains("FALSE");
            match &root.body {
                RootBody::Read { children, .. } => {
                    assert!(children.iter().all(|rows| nothing(&rows.statement)), "{}", case.name);
                }
                RootBody::Insert { rows, .. } => {
                    for template in &rows.templates {
                        assert!(template.insert_check != RowCheck::Always, "{}", case.name);
                        assert!(nothing(&template.statement), "{}", case.name);
                    }
                }
                RootBody::Write(write) => {
                    assert!(write.statement.iter().all(nothing) || write.select_keys.iter().all(nothing))
                }
                RootBody::Native(_) => panic!("{}: runs", case.name),
                RootBody::WriteMany(writes) => {
                    assert!(writes.iter().all(|write| write.statement.iter().all(nothing)), "{}", case.name);
                }
            }
        }
    }
}

#[test]
fn a_client_cannot_bring_a_rule() {
    let catalog = strict_catalog();
    let mut build = crate::build::Build::new(&catalog);
    let inner = build.equal(crate::catalog::PEOPLE, "name");
    let reach = build.reach(crate::catalog::TASKS, "assignee", inner);
    let mut select = build.select(crate::catalog::TASKS, "id");
    select.arguments.filter = Filter::Rule(Box::new(reach));
    let query = build.read(purlin_plan::query::RootField::Select(select));
    let plan = purlin_plan::compile(&catalog, &Role::new(ROLE), query, Dialect::Postgres);
    let mut watch =
        Watch { catalog: &catalog, parameters: &plan.parameters, dialect: Dialect::Postgres, case: "rule", found: 0 };
    watch.plan(&plan);
    assert_eq!(watch.found, 2);
}
