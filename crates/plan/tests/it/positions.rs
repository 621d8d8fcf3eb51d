//! No row of a table is reached without the role's rule, wherever in a query the table stands: every alias of every
//! statement of every case carries the rule of its table, known by its own session variable.

use purlin_model::ColumnIndex;
use purlin_model::catalog::{Catalog, Table};
use purlin_model::filter::{Comparison, Filter, Operand};
use purlin_model::permission::{DeleteRule, InsertRule, Permissions, SelectRootFields, SelectRule, UpdateRule};
use purlin_model::session::Role;
use purlin_plan::plan::{Dialect, InsertPlan, Plan, Returning, RootBody, RowCheck, Rows, Slot, Statement, WritePlan};
use purlin_plan::query::{Parameter, Source};

use crate::catalog::{catalog, compare};

const ROLE: &str = "strict";

/// The catalog, where `strict` has a rule of its own for everything on every table.
fn strict_catalog() -> Catalog {
    let mut catalog = catalog();
    for table in &mut catalog.tables {
        let rule = |kind: &str| {
            let name = format!("x-{kind}-{}", table.name);
            compare(ColumnIndex(0), Comparison::Equal, Operand::Session(name.into()))
        };
        let permissions = Permissions {
            select: Some(SelectRule {
                filter: rule("select"),
                columns: Vec::new(),
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
            let name = format!("{} AS \"", self.name(table));
            for (at, _) in statement.sql.match_indices(&name) {
                let rest = &statement.sql[at + name.len()..];
                let alias = &rest[..rest.find('"').expect("a closed name")];
                let kind = if alias == "t0" { first } else { "select" };
                self.demand(statement, table, alias, kind);
            }
        }
    }

    fn rows(&mut self, rows: &Rows) {
        self.aliases(&rows.statement, "select");
        rows.children.iter().for_each(|child| self.rows(child));
    }

    fn write(&mut self, write: &WritePlan) {
        let catalog = self.catalog;
        let table = catalog.table(write.table);
        if let Some(statement) = &write.statement {
            match &write.select_keys {
                Some(select) => self.aliases(select, "delete"),
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
            }
        }
    }
}

#[test]
fn every_row_of_every_statement_carries_its_rule() {
    let catalog = strict_catalog();
    let mut found = 0;
    for case in crate::read::cases(&catalog).into_iter().chain(crate::write::cases(&catalog)) {
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

#[test]
fn admin_obeys_no_rule() {
    let catalog = strict_catalog();
    for case in crate::read::cases(&catalog).into_iter().chain(crate::write::cases(&catalog)) {
        let plan = purlin_plan::compile(&catalog, &Role::new(Role::ADMIN), case.query, Dialect::Sqlite);
        let session = plan.parameters.iter().any(|parameter| matches!(parameter.source, Source::Session(_)));
        assert!(!session, "{}: a rule for admin", case.name);
    }
}

#[test]
fn a_role_without_rules_reads_and_writes_nothing() {
    let catalog = strict_catalog();
    for case in crate::read::cases(&catalog).into_iter().chain(crate::write::cases(&catalog)) {
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
