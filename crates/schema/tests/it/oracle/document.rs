//! Operations as text: documents with variables, and conditions of rules.

use purlin_schema::Request;
use serde_json::{Map, Value as Json};

use super::filter::Condition;
use super::model::Model;
use super::operation::{
    Aggregate, Arguments, By, Direction, Field, Insert, Item, NewRow, OnConflict, Root, Update, What, Which, Written,
};
use super::value::{Kind, Value};
use crate::parity::Chance;

/// Writes documents: some values in the text, some as variables.
pub struct Writer<'m> {
    pub model: &'m Model,
    /// The table that a rule is about.
    pub root: usize,
    /// Says which values become variables; `None`: none.
    chance: Option<Chance>,
    declarations: Vec<String>,
    variables: Map<String, Json>,
}

/// The request that asks for root fields, with aliases `f0`, `f1`, ….
pub fn request(model: &Model, roots: &[Root], seed: u64) -> Request {
    let chance = Some(Chance(seed | 1)).filter(|_| !seed.is_multiple_of(3));
    let mut writer = Writer { model, root: 0, chance, declarations: Vec::new(), variables: Map::new() };
    let fields: Vec<String> =
        roots.iter().enumerate().map(|(number, root)| format!("f{number}: {}", writer.root_field(root))).collect();
    let declared = match &writer.declarations[..] {
        [] => String::new(),
        declarations => format!(" ({})", declarations.join(", ")),
    };
    let keyword = if roots.iter().any(Root::writes) { "mutation" } else { "query" };
    let query = format!("{keyword}{declared} {{ {} }}", fields.join(" "));
    Request { query, variables: writer.variables, operation_name: None }
}

impl<'m> Writer<'m> {
    /// Writes rules: everything is in the text.
    pub fn rule(model: &'m Model, root: usize) -> Writer<'m> {
        Writer { model, root, chance: None, declarations: Vec::new(), variables: Map::new() }
    }

    fn as_variable(&mut self) -> bool {
        self.chance.as_mut().is_some_and(|chance| chance.one_in(2))
    }

    fn variable(&mut self, type_name: String, value: Json) -> String {
        let name = format!("v{}", self.declarations.len());
        self.declarations.push(format!("${name}: {type_name}"));
        let written = format!("${name}");
        self.variables.insert(name, value);
        written
    }

    /// A value, or a variable that holds it.
    pub fn value(&mut self, kind: Kind, value: &Value) -> String {
        if self.as_variable() {
            // Where a value must not be null its type may say so, and elsewhere too.
            let mark = if value.is_null() { "" } else { "!" };
            return self.variable(format!("{}{mark}", kind.name()), value.json());
        }
        value.literal(kind)
    }

    /// A list of values, or a variable that holds it.
    pub fn list(&mut self, kind: Kind, values: &[Value]) -> String {
        if self.as_variable() {
            let all = values.iter().map(Value::json).collect();
            return self.variable(format!("[{}!]!", kind.name()), all);
        }
        let values: Vec<String> = values.iter().map(|value| value.literal(kind)).collect();
        format!("[{}]", values.join(", "))
    }

    fn root_field(&mut self, root: &Root) -> String {
        match root {
            Root::List(table, arguments, fields) => {
                let name = &self.model.tables[*table].name;
                format!("{name}{} {}", self.arguments(*table, arguments), self.fields(*table, fields))
            }
            Root::ByKey(table, key, fields) => {
                let name = &self.model.tables[*table].name;
                format!("{name}_by_pk({}) {}", self.key(*table, key), self.fields(*table, fields))
            }
            Root::Aggregate(table, arguments, aggregate) => {
                let name = &self.model.tables[*table].name;
                let arguments = self.arguments(*table, arguments);
                format!("{name}_aggregate{arguments} {}", self.aggregate(*table, aggregate))
            }
            Root::Insert(insert) => self.insert(insert),
            Root::Update(update) => {
                let name = &self.model.tables[update.table].name;
                let changes = self.update(update);
                let by = if matches!(update.which, Which::Key(_)) { "_by_pk" } else { "" };
                format!("update_{name}{by}({changes}) {}", self.written(update.table, &update.which, &update.answer))
            }
            Root::UpdateMany(updates) => {
                let first = &updates[0];
                let name = &self.model.tables[first.table].name;
                let changes: Vec<String> =
                    updates.iter().map(|update| format!("{{{}}}", self.update(update))).collect();
                let answer = self.written(first.table, &first.which, &first.answer);
                format!("update_{name}_many(updates: [{}]) {answer}", changes.join(", "))
            }
            Root::Delete(delete) => {
                let name = &self.model.tables[delete.table].name;
                let answer = self.written(delete.table, &delete.which, &delete.answer);
                match &delete.which {
                    Which::Where(condition) => {
                        format!("delete_{name}(where: {}) {answer}", condition.text(delete.table, self))
                    }
                    Which::Key(key) => format!("delete_{name}_by_pk({}) {answer}", self.key(delete.table, key)),
                }
            }
        }
    }

    fn key(&mut self, table: usize, key: &[Value]) -> String {
        self.members(table, self.model.tables[table].key.iter().copied().zip(key))
    }

    fn members<'v>(&mut self, table: usize, members: impl IntoIterator<Item = (usize, &'v Value)>) -> String {
        let model = self.model;
        let member = |(column, value): (usize, &Value)| {
            let column = model.column(table, column);
            format!("{}: {}", column.name, self.value(column.kind, value))
        };
        members.into_iter().map(member).collect::<Vec<_>>().join(", ")
    }

    fn pairs(&mut self, table: usize, pairs: &[(usize, Value)]) -> String {
        self.members(table, pairs.iter().map(|(column, value)| (*column, value)))
    }

    fn names(&self, table: usize, columns: &[usize]) -> String {
        columns.iter().map(|column| &*self.model.column(table, *column).name).collect::<Vec<_>>().join(", ")
    }

    fn count(&mut self, name: &str, count: Option<usize>) -> Option<String> {
        let count = count?;
        let written =
            if self.as_variable() { self.variable("Int".to_owned(), Json::from(count)) } else { count.to_string() };
        Some(format!("{name}: {written}"))
    }

    fn arguments(&mut self, table: usize, arguments: &Arguments) -> String {
        let mut parts = Vec::new();
        if let Some(condition) = &arguments.condition {
            parts.push(format!("where: {}", condition.text(table, self)));
        }
        if !arguments.distinct.is_empty() {
            parts.push(format!("distinct_on: [{}]", self.names(table, &arguments.distinct)));
        }
        if !arguments.order.is_empty() {
            let keys: Vec<String> = arguments
                .order
                .iter()
                .map(|order| format!("{{{}}}", self.by(table, &order.by, order.direction)))
                .collect();
            parts.push(format!("order_by: [{}]", keys.join(", ")));
        }
        parts.extend(self.count("limit", arguments.limit));
        parts.extend(self.count("offset", arguments.offset));
        if parts.is_empty() { String::new() } else { format!("({})", parts.join(", ")) }
    }

    fn by(&self, table: usize, by: &By, direction: Direction) -> String {
        let relation = |relation: usize| &self.model.tables[table].relations[relation];
        let direction_name = direction.name();
        match by {
            By::Column(column) => format!("{}: {direction_name}", self.model.column(table, *column).name),
            By::Related(index, by) => {
                let relation = relation(*index);
                format!("{}: {{{}}}", relation.name, self.by(relation.target, by, direction))
            }
            By::Count(index) => format!("{}_aggregate: {{count: {direction_name}}}", relation(*index).name),
            By::Function(index, function, column) => {
                let relation = relation(*index);
                let column = &self.model.column(relation.target, *column).name;
                format!("{}_aggregate: {{{}: {{{column}: {direction_name}}}}}", relation.name, function.name())
            }
        }
    }

    fn fields(&mut self, table: usize, fields: &[Field]) -> String {
        let model = self.model;
        let mut written = Vec::new();
        for Field { key, what } in fields {
            let relation = |relation: usize| &model.tables[table].relations[relation];
            let (name, rest) = match what {
                What::TypeName => ("__typename".to_owned(), String::new()),
                What::Column(column) => (model.column(table, *column).name.clone(), String::new()),
                What::One(index, fields) => {
                    (relation(*index).name.clone(), format!(" {}", self.fields(relation(*index).target, fields)))
                }
                What::Many(index, arguments, fields) => {
                    let target = relation(*index).target;
                    let arguments = self.arguments(target, arguments);
                    (relation(*index).name.clone(), format!("{arguments} {}", self.fields(target, fields)))
                }
                What::Aggregate(index, arguments, aggregate) => {
                    let target = relation(*index).target;
                    let arguments = self.arguments(target, arguments);
                    let name = format!("{}_aggregate", relation(*index).name);
                    (name, format!("{arguments} {}", self.aggregate(target, aggregate)))
                }
            };
            let alias = if *key == name { String::new() } else { format!("{key}: ") };
            written.push(format!("{alias}{name}{rest}"));
        }
        format!("{{ {} }}", written.join(" "))
    }

    fn aggregate(&mut self, table: usize, aggregate: &Aggregate) -> String {
        let mut items = Vec::new();
        for (number, item) in aggregate.items.iter().enumerate() {
            items.push(match item {
                Item::Count(columns, distinct) if columns.is_empty() && !distinct => format!("i{number}: count"),
                Item::Count(columns, distinct) => {
                    let columns = self.names(table, columns);
                    let columns = if columns.is_empty() { String::new() } else { format!("columns: [{columns}], ") };
                    format!("i{number}: count({columns}distinct: {distinct})")
                }
                Item::Function(function, columns) => {
                    let names = self.names(table, columns).replace(',', "");
                    format!("i{number}: {} {{ {names} }}", function.name())
                }
            });
        }
        let nodes = match &aggregate.nodes {
            Some(fields) => format!(" nodes {}", self.fields(table, fields)),
            None => String::new(),
        };
        format!("{{ aggregate {{ {} }}{nodes} }}", items.join(" "))
    }

    fn insert(&mut self, insert: &Insert) -> String {
        let name = &self.model.tables[insert.table].name;
        let rows: Vec<String> = insert.rows.iter().map(|row| self.new_row(insert.table, row)).collect();
        let on_conflict = match &insert.on_conflict {
            Some(on_conflict) => format!(", {}", self.on_conflict(insert.table, on_conflict)),
            None => String::new(),
        };
        if insert.one {
            let fields = insert.answer.returning.as_deref().unwrap_or_default();
            let fields = self.fields(insert.table, fields);
            return format!("insert_{name}_one(object: {}{on_conflict}) {fields}", rows.join(", "));
        }
        let answer = self.written(insert.table, &Which::Where(Condition::always()), &insert.answer);
        format!("insert_{name}(objects: [{}]{on_conflict}) {answer}", rows.join(", "))
    }

    fn new_row(&mut self, table: usize, row: &NewRow) -> String {
        let mut members = vec![self.pairs(table, &row.columns)];
        for (index, rows, on_conflict) in &row.nested {
            let relation = &self.model.tables[table].relations[*index];
            let rows: Vec<String> = rows.iter().map(|row| self.new_row(relation.target, row)).collect();
            let data = if relation.many { format!("[{}]", rows.join(", ")) } else { rows.join(", ") };
            let on_conflict = match on_conflict {
                Some(on_conflict) => format!(", {}", self.on_conflict(relation.target, on_conflict)),
                None => String::new(),
            };
            members.push(format!("{}: {{data: {data}{on_conflict}}}", relation.name));
        }
        members.retain(|member| !member.is_empty());
        format!("{{{}}}", members.join(", "))
    }

    fn on_conflict(&mut self, table: usize, on_conflict: &OnConflict) -> String {
        let (constraint, _) = self.model.tables[table].constraint(on_conflict.constraint);
        let columns = self.names(table, &on_conflict.columns);
        let condition = match &on_conflict.condition {
            Some(condition) => format!(", where: {}", condition.text(table, self)),
            None => String::new(),
        };
        format!("on_conflict: {{constraint: {constraint}, update_columns: [{columns}]{condition}}}")
    }

    fn update(&mut self, update: &Update) -> String {
        let mut parts = vec![match &update.which {
            Which::Where(condition) => format!("where: {}", condition.text(update.table, self)),
            Which::Key(key) => format!("pk_columns: {{{}}}", self.key(update.table, key)),
        }];
        if !update.set.is_empty() {
            parts.push(format!("_set: {{{}}}", self.pairs(update.table, &update.set)));
        }
        if !update.increments.is_empty() {
            parts.push(format!("_inc: {{{}}}", self.pairs(update.table, &update.increments)));
        }
        parts.join(", ")
    }

    fn written(&mut self, table: usize, which: &Which, answer: &Written) -> String {
        match (which, &answer.returning) {
            (Which::Key(_), fields) => self.fields(table, fields.as_deref().unwrap_or_default()),
            (_, None) => "{ affected_rows }".to_owned(),
            (_, Some(fields)) => format!("{{ affected_rows returning {} }}", self.fields(table, fields)),
        }
    }
}
