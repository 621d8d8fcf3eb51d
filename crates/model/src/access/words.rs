//! Changes of access in plain words, and as JSON.

use std::fmt;

use serde_json::{Map, Value as Json, json};

use super::{AccessChange, Effect, Operation, Terms, What};

impl Effect {
    /// What a line about it begins with.
    pub const fn sign(self) -> char {
        match self {
            Effect::Gains => '+',
            Effect::Loses => '-',
            Effect::Changes => '~',
        }
    }

    const fn name(self) -> &'static str {
        match self {
            Effect::Gains => "gains",
            Effect::Loses => "loses",
            Effect::Changes => "changes",
        }
    }
}

impl AccessChange {
    /// As a JSON object: `roles`, `table`, `operation`, `effect`, `what`, and what that has.
    pub fn to_json(&self) -> Json {
        let mut object = Map::new();
        object.insert("roles".to_owned(), self.roles.iter().map(|role| json!(role.name())).collect());
        object.insert("table".to_owned(), json!(self.table));
        object.insert("operation".to_owned(), json!(self.operation.name()));
        object.insert("effect".to_owned(), json!(self.effect.name()));
        let (what, details) = match &self.what {
            What::Operation(terms) => ("operation", terms.to_json()),
            What::Columns(columns) => ("columns", json!({ "columns": columns })),
            What::Rows { before, after } => ("rows", json!({ "before": before, "after": after })),
            What::Mask { column, before, after } => {
                ("mask", json!({ "column": column, "before": before, "after": after }))
            }
            What::Check { before, after } => ("check", json!({ "before": before, "after": after })),
            What::Preset { column, before, after } => {
                ("preset", json!({ "column": column, "before": before, "after": after }))
            }
            What::Limit { before, after } => ("limit", json!({ "before": before, "after": after })),
            What::Aggregations => ("aggregations", json!({})),
            What::RootFields(fields) => ("root_fields", json!({ "root_fields": fields })),
            What::BackendOnly => ("backend_only", json!({})),
        };
        object.insert("what".to_owned(), json!(what));
        if let Json::Object(details) = details {
            object.extend(details);
        }
        Json::Object(object)
    }

    fn predicate(&self) -> String {
        let table = &self.table;
        let may = if self.effect == Effect::Loses { "may no longer" } else { "may now" };
        match &self.what {
            What::Operation(terms) if self.effect == Effect::Gains => {
                format!("{may} {}{}", self.operation.of_table(table), terms.describe(self.operation))
            }
            What::Operation(_) => format!("{may} {}", self.operation.of_table(table)),
            What::Columns(columns) => {
                let names = list(columns);
                match self.operation {
                    Operation::Insert => format!("{may} give {names} when adding rows to `{table}`"),
                    Operation::Update => format!("{may} change {names} of `{table}`"),
                    Operation::Select | Operation::Delete => format!("{may} read {names} of `{table}`"),
                }
            }
            What::Rows { before, after } => {
                let may = match &**after {
                    Terms::ANY_ROW => self.operation.of_table(table).replacen("rows", "all rows", 1),
                    condition => format!("{} where {condition}", self.operation.of_table(table)),
                };
                let before = match &**before {
                    Terms::ANY_ROW => "all".to_owned(),
                    condition => format!("those where {condition}"),
                };
                format!("may {may}; before, {before}")
            }
            What::Mask { column, before, after } => {
                let rows = |condition: &Option<String>| match condition {
                    Some(condition) => format!("in rows where {condition}"),
                    None => "in every row it sees".to_owned(),
                };
                format!("sees `{column}` of `{table}` {}; before, {}", rows(after), rows(before))
            }
            What::Check { before, after } => {
                let written = if self.operation == Operation::Insert { "added to" } else { "changed in" };
                let satisfy = |condition: &str| match condition {
                    Terms::ANY_ROW => "nothing".to_owned(),
                    condition => condition.to_owned(),
                };
                format!("rows {written} `{table}` must satisfy {}; before, {}", satisfy(after), satisfy(before))
            }
            What::Preset { column, before, after } => {
                let set = |value: &Option<String>| {
                    value.as_ref().map_or_else(|| "is not preset".to_owned(), |value| format!("is always {value}"))
                };
                let doing = if self.operation == Operation::Insert { "adding rows to" } else { "changing rows of" };
                format!("when {doing} `{table}`, `{column}` {}; before, it {}", set(after), set(before))
            }
            What::Limit { before, after } => {
                let most = |limit: &Option<u64>| {
                    limit.map_or_else(|| "any number of".to_owned(), |it| format!("at most {it}"))
                };
                format!("may read {} rows of `{table}` at once; before, {}", most(after), most(before))
            }
            What::Aggregations => format!("{may} aggregate `{table}`"),
            What::RootFields(fields) => format!("{may} use the root fields {} of `{table}`", list(fields)),
            What::BackendOnly => match self.effect {
                Effect::Loses => format!("may {} through a trusted backend only", self.operation.of_table(table)),
                _ => format!("{may} {} without a trusted backend", self.operation.of_table(table)),
            },
        }
    }
}

/// One line: `+ role, role: may now …`.
impl fmt::Display for AccessChange {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let roles: Vec<&str> = self.roles.iter().map(|role| role.name()).collect();
        write!(formatter, "{} {}: {}", self.effect.sign(), roles.join(", "), self.predicate())
    }
}

impl Operation {
    fn of_table(self, table: &str) -> String {
        match self {
            Operation::Select => format!("read rows of `{table}`"),
            Operation::Insert => format!("add rows to `{table}`"),
            Operation::Update => format!("change rows of `{table}`"),
            Operation::Delete => format!("remove rows of `{table}`"),
        }
    }
}

impl Terms {
    fn to_json(&self) -> Json {
        json!({ "columns": self.columns, "rows": self.rows, "masks": self.masks, "check": self.check, "presets": self.presets,
            "limit": self.limit, "aggregations": self.aggregations, "root_fields": self.root_fields,
            "backend_only": self.backend_only })
    }

    /// What comes behind the operation; empty for one without any terms.
    fn describe(&self, operation: Operation) -> String {
        let mut text = match operation {
            Operation::Delete => String::new(),
            _ if self.columns.is_empty() => " (no columns)".to_owned(),
            _ => format!(" ({})", self.columns.join(", ")),
        };
        if self.rows != Terms::ANY_ROW {
            text.push_str(&format!(" where {}", self.rows));
        }
        for (column, condition) in &self.masks {
            text.push_str(&format!(", `{column}` in rows where {condition}"));
        }
        if self.check != Terms::ANY_ROW {
            text.push_str(&format!(", which must satisfy {}", self.check));
        }
        for (column, value) in &self.presets {
            text.push_str(&format!(", `{column}` always {value}"));
        }
        if let Some(limit) = self.limit {
            text.push_str(&format!(", at most {limit} at once"));
        }
        if self.aggregations {
            text.push_str(", and aggregate them");
        }
        if operation == Operation::Select && self.root_fields.len() < 3 {
            text.push_str(&format!(", root fields: {}", self.root_fields.join(", ")));
        }
        if self.backend_only {
            text.push_str(", through a trusted backend only");
        }
        text
    }
}

fn list(names: &[Box<str>]) -> String {
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}
