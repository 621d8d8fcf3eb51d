//! A plan as text to compare: statements a clause per line, what they bind, and how rows nest.

use std::fmt::Write;

use purlin_plan::plan::{
    BoundSlot, Correlation, InsertPlan, Output, Plan, Returning, RootBody, RowCheck, Rows, Shape, Slot, Statement,
    Updated, WritePlan, WriteResponse,
};
use purlin_plan::query::{Parameter, Source};

/// The whole plan.
pub fn plan(plan: &Plan) -> String {
    let mut text = Text { out: String::new(), parameters: &plan.parameters };
    if plan.solitary {
        text.line(0, "solitary");
    }
    for root in &plan.roots {
        text.line(0, &format!("{} {}", root.key, kind(&root.body)));
        match &root.body {
            RootBody::Read { value, children } => {
                text.line(1, &shape(value));
                text.children(1, children);
            }
            RootBody::Insert { index, rows, response } => {
                text.line(1, &format!("rows {index}"));
                text.insert(1, rows);
                text.response(1, response);
            }
            RootBody::Write(write) => text.write(1, write),
            RootBody::WriteMany(writes) => writes.iter().for_each(|write| text.write(1, write)),
            RootBody::Native(native) => {
                for step in &native.steps {
                    text.statement(1, "statement", &step.statement);
                    text.line(2, &format!("rows {:?}..{:?}, else {:?}", step.min_rows, step.max_rows, step.refusal));
                }
                text.line(1, &format!("columns {}", native.columns.join(", ")));
                text.response(1, &native.response);
            }
        }
    }
    if let Some(flat) = &plan.flat {
        text.statement(0, "flat", &flat.statement);
        for level in &flat.levels {
            let many = if level.many { "list" } else { "one" };
            let cap = level.row_cap.map(|cap| format!(", cap {cap}")).unwrap_or_default();
            text.line(1, &format!("level ({many}{cap}), present {:?}, key {:?}", level.present, level.key));
            text.line(2, &shape(&level.row));
        }
    }
    text.out
}

fn kind(body: &RootBody) -> &'static str {
    match body {
        RootBody::Read { .. } => "read",
        RootBody::Insert { .. } => "insert",
        RootBody::Write(_) => "write",
        RootBody::WriteMany(_) => "write many",
        RootBody::Native(_) => "statements of the model",
    }
}

struct Text<'a> {
    out: String,
    parameters: &'a [Parameter],
}

impl Text<'_> {
    fn line(&mut self, depth: usize, line: &str) {
        let indent = "  ".repeat(depth);
        self.out.push_str(format!("{indent}{line}").trim_end());
        self.out.push('\n');
    }

    fn statement(&mut self, depth: usize, title: &str, statement: &Statement) {
        self.line(depth, &format!("{title}:"));
        for line in clauses(&statement.sql) {
            self.line(depth + 1, &line);
        }
        for (position, bound) in statement.slots.iter().enumerate() {
            let description = self.bound(bound);
            self.line(depth + 1, &format!("-- {} = {description}", position + 1));
        }
    }

    fn bound(&self, bound: &BoundSlot) -> String {
        let mut text = match bound.slot {
            Slot::Binding(index) => source(&self.parameters[index].source),
            Slot::Row(index) => format!("row value {index}"),
            Slot::Parent(index) => format!("parent cell {index}"),
            Slot::Keys(index) => format!("keys of cell {index}"),
            Slot::Object { object, cell } => format!("object {object} cell {cell}"),
        };
        write!(text, " : {}", bound.codec.scalar.name()).expect("a string");
        if bound.many {
            text.push_str("[]");
        }
        if bound.codec.stored != Default::default() {
            write!(text, " {:?}", bound.codec.stored).expect("a string");
        }
        if let Some(native) = &bound.postgres_type {
            write!(text, " as {native}").expect("a string");
        }
        text
    }

    fn children(&mut self, depth: usize, children: &[Rows]) {
        for (index, child) in children.iter().enumerate() {
            self.rows(depth, &format!("child {index}"), child);
        }
    }

    fn rows(&mut self, depth: usize, title: &str, rows: &Rows) {
        let correlation = match &rows.correlation {
            Correlation::Root => "root".to_owned(),
            Correlation::PerParent => "per parent".to_owned(),
            Correlation::Ordinal => "ordinal".to_owned(),
            Correlation::Keys(cells) => format!("keys {cells:?}"),
        };
        let many = if rows.many { "list" } else { "one" };
        let cap = rows.row_cap.map(|cap| format!(", cap {cap}")).unwrap_or_default();
        self.statement(depth, &format!("{title} ({correlation}, {many}{cap})"), &rows.statement);
        self.line(depth + 1, &shape(&rows.row));
        self.children(depth + 1, &rows.children);
    }

    fn insert(&mut self, depth: usize, plan: &InsertPlan) {
        for template in &plan.templates {
            self.line(depth, &format!("template {:?}", template.source));
            for (index, value) in template.values.iter().enumerate() {
                let column = value.column.map(|(_, column)| column.0);
                self.line(depth + 1, &format!("value {index} = {} for column {column:?}", source(&value.source)));
            }
            for (index, object) in template.objects.iter().enumerate() {
                self.line(depth + 1, &format!("object {index}"));
                self.insert(depth + 2, object);
            }
            if let Some(probe) = &template.probe {
                self.statement(depth + 1, "probe", probe);
            }
            self.statement(depth + 1, &format!("insert (key {})", template.key_width), &template.statement);
            self.check(depth + 1, "insert check", &template.insert_check);
            self.check(depth + 1, "update check", &template.update_check);
            match template.updated {
                Updated::Never => {}
                Updated::Cell(cell) => self.line(depth + 1, &format!("updated: cell {cell}")),
                Updated::Probe => self.line(depth + 1, "updated: probe"),
            }
            for (index, array) in template.arrays.iter().enumerate() {
                self.line(depth + 1, &format!("array {index}"));
                self.insert(depth + 2, array);
            }
        }
    }

    fn check(&mut self, depth: usize, title: &str, check: &RowCheck) {
        match check {
            RowCheck::Always => {}
            RowCheck::Cell(cell) => self.line(depth, &format!("{title}: cell {cell}")),
            RowCheck::Statement(statement) => self.statement(depth, title, statement),
        }
    }

    fn write(&mut self, depth: usize, write: &WritePlan) {
        if let Some(select) = &write.select_keys {
            self.statement(depth, "select keys", select);
        }
        match &write.statement {
            Some(statement) => self.statement(depth, &format!("statement (key {})", write.key_width), statement),
            None => self.line(depth, "no statement"),
        }
        self.check(depth, "check", &write.check);
        self.response(depth, &write.response);
    }

    fn response(&mut self, depth: usize, response: &WriteResponse) {
        self.line(depth, &format!("response {}", shape(&response.value)));
        for (index, returning) in response.returning.iter().enumerate() {
            match returning {
                Returning::Direct { row, visible } => {
                    self.line(depth, &format!("returning {index}: {}, visible {visible:?}", shape(row)));
                }
                Returning::Reread(rows) => self.rows(depth, &format!("returning {index}"), rows),
            }
        }
    }
}

fn source(source_of: &Source) -> String {
    match source_of {
        Source::Constant(value) => format!("{value:?}"),
        Source::Variable(path) => {
            let mut text = format!("{:?}", path.base);
            for step in &path.steps {
                write!(text, ".{step:?}").expect("a string");
            }
            text
        }
        Source::Session(name) => name.to_string(),
        Source::List(sources) => format!("{:?}", sources.iter().map(source).collect::<Vec<_>>()),
        Source::Json(parts) => format!("{parts:?}"),
        Source::SessionVariables => "all session variables".to_owned(),
        Source::Now => "now".to_owned(),
        Source::UuidV4 => "uuid v4".to_owned(),
        Source::UuidV7 => "uuid v7".to_owned(),
        Source::Words(inner, _) => format!("words of {}", source(inner)),
        Source::Pattern(inner) => format!("pattern of {}", source(inner)),
        Source::AtMost(None, bound) => format!("{bound}"),
        Source::AtMost(Some(given), bound) => format!("at most {bound} of {}", source(given)),
    }
}

fn shape(shape_of: &Shape) -> String {
    match shape_of {
        Shape::Constant(json) => json.to_string(),
        Shape::Cell { column, output } => format!("{column}{}", output_suffix(output)),
        Shape::Promised { column, output } => format!("{column}{}!", output_suffix(output)),
        Shape::Object { present, fields } => {
            let fields: Vec<String> = fields.iter().map(|(key, value)| format!("{key}{}", shape(value))).collect();
            let present = present.map(|cell| format!("if {cell} ")).unwrap_or_default();
            format!("{present}{{{}}}", fields.join(", "))
        }
        Shape::Child(index) => format!("child {index}"),
        Shape::AffectedRows => "affected rows".to_owned(),
        Shape::Returning { index, many } => format!("returning {index}{}", if *many { " list" } else { "" }),
    }
}

fn output_suffix(output: &Output) -> String {
    let stringify = if output.stringify { " as string" } else { "" };
    let stored = match output.codec.stored {
        stored if stored == Default::default() => String::new(),
        stored => format!(" {stored:?}"),
    };
    format!(":{}{stored}{stringify}", output.codec.scalar.name())
}

const CLAUSES: [&str; 16] = [
    "FROM ",
    "LEFT JOIN ",
    "INNER JOIN ",
    "CROSS JOIN ",
    "WHERE ",
    "GROUP BY ",
    "ORDER BY ",
    "LIMIT ",
    "OFFSET ",
    "ON CONFLICT ",
    "DO UPDATE ",
    "RETURNING ",
    "VALUES ",
    "SET ",
    "FOR UPDATE",
    "AND ",
];

/// Breaks a statement before its clauses; those of subqueries are indented by their depth.
fn clauses(sql: &str) -> Vec<String> {
    let mut lines = vec![String::new()];
    let (mut depth, mut quoted, mut start_depth) = (0_usize, None, vec![0_usize]);
    for (position, character) in sql.char_indices() {
        match (quoted, character) {
            (Some(quote), _) if character == quote => quoted = None,
            (Some(_), _) => {}
            (None, '"' | '\'') => quoted = Some(character),
            (None, '(') => depth += 1,
            (None, ')') => depth = depth.saturating_sub(1),
            (None, _) => {
                let rest = &sql[position..];
                let begins = position > 0 && sql.as_bytes()[position - 1] == b' ';
                if begins && CLAUSES.iter().any(|clause| rest.starts_with(clause)) {
                    lines.push(String::new());
                    start_depth.push(depth);
                }
            }
        }
        lines.last_mut().expect("a line").push(character);
    }
    let indented = lines.iter().zip(start_depth);
    indented.map(|(line, depth)| format!("{}{}", "  ".repeat(depth), line.trim_end())).collect()
}
