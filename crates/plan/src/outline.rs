//! A plan as a list of its statements, in the order in which they nest: for people who want to know what runs.
//!
//! Refuses to know: databases, values.

use crate::plan::{
    Correlation, InsertPlan, Plan, Returning, RootBody, RowCheck, Rows, Shape, Statement, WritePlan, WriteResponse,
};

/// A statement and its place.
#[derive(Clone, Debug)]
pub struct Step<'p> {
    /// How deep it is nested; 0 at a root field.
    pub depth: usize,
    /// The response key it answers, or what it is there for.
    pub name: String,
    /// How often it runs.
    pub runs: &'static str,
    /// More rows than this are an error.
    pub row_cap: Option<u64>,
    /// The statement.
    pub statement: &'p Statement,
}

/// Every statement of a plan.
pub fn outline(plan: &Plan) -> Vec<Step<'_>> {
    let mut steps = Steps(Vec::new());
    for root in &plan.roots {
        let name = root.key.trim_end_matches(':').trim_matches('"');
        match &root.body {
            RootBody::Read { value, children } => steps.children(0, name, value, children),
            RootBody::Insert { rows, response, .. } => {
                steps.insert(0, name, rows);
                steps.response(1, response);
            }
            RootBody::Write(write) => steps.write(name, write),
            RootBody::WriteMany(writes) => writes.iter().for_each(|write| steps.write(name, write)),
            RootBody::Native(native) => {
                native.steps.iter().for_each(|step| steps.push(0, name, "once", &step.statement));
                steps.response(1, &native.response);
            }
        }
    }
    steps.0
}

struct Steps<'p>(Vec<Step<'p>>);

impl<'p> Steps<'p> {
    fn push(&mut self, depth: usize, name: impl Into<String>, runs: &'static str, statement: &'p Statement) {
        self.0.push(Step { depth, name: name.into(), runs, row_cap: None, statement });
    }

    /// The statements below a shape, each under the response keys it is written at, behind those `above`.
    fn children(&mut self, depth: usize, above: &str, shape: &Shape, children: &'p [Rows]) {
        let mut keys = vec![String::new(); children.len()];
        name_children(shape, above, &mut keys);
        for (name, rows) in keys.into_iter().zip(children) {
            self.rows(depth, name, rows);
        }
    }

    fn rows(&mut self, depth: usize, name: String, rows: &'p Rows) {
        let runs = match rows.correlation {
            Correlation::Root => "once",
            Correlation::PerParent => "once per enclosing row",
            Correlation::Ordinal | Correlation::Keys(_) => "once for all enclosing rows",
        };
        self.0.push(Step { depth, name, runs, row_cap: rows.row_cap, statement: &rows.statement });
        self.children(depth + 1, "", &rows.row, &rows.children);
    }

    fn insert(&mut self, depth: usize, name: &str, plan: &'p InsertPlan) {
        for template in &plan.templates {
            template.objects.iter().for_each(|object| self.insert(depth + 1, "a row it belongs to", object));
            if let Some(probe) = &template.probe {
                self.push(depth, format!("{name}: whether it will update"), "once per row", probe);
            }
            self.push(depth, name, "once per row", &template.statement);
            self.check(depth + 1, &template.insert_check);
            if template.update_check != template.insert_check {
                self.check(depth + 1, &template.update_check);
            }
            template.arrays.iter().for_each(|array| self.insert(depth + 1, "rows that belong to it", array));
        }
    }

    fn write(&mut self, name: &str, write: &'p WritePlan) {
        if let Some(keys) = &write.select_keys {
            self.push(0, format!("{name}: keys"), "once", keys);
        }
        if let Some(statement) = &write.statement {
            self.push(0, name, "once", statement);
        }
        self.check(1, &write.check);
        self.response(1, &write.response);
    }

    fn check(&mut self, depth: usize, check: &'p RowCheck) {
        if let RowCheck::Statement(statement) = check {
            self.push(depth, "check of the rule", "once per row", statement);
        }
    }

    fn response(&mut self, depth: usize, response: &'p WriteResponse) {
        for returning in &response.returning {
            if let Returning::Reread(rows) = returning {
                self.rows(depth, "returning".to_owned(), rows);
            }
        }
    }
}

/// Notes at which response key each child is written.
fn name_children(shape: &Shape, key: &str, keys: &mut [String]) {
    match shape {
        Shape::Child(index) => {
            if let Some(name) = keys.get_mut(*index) {
                key.clone_into(name);
            }
        }
        Shape::Object { fields, .. } => {
            for (name, value) in fields {
                let name = name.trim_end_matches(':').trim_matches('"');
                let path = if key.is_empty() { name.to_owned() } else { format!("{key}.{name}") };
                name_children(value, &path, keys);
            }
        }
        Shape::Constant(_)
        | Shape::Cell { .. }
        | Shape::Promised { .. }
        | Shape::AffectedRows
        | Shape::Returning { .. } => {}
    }
}
