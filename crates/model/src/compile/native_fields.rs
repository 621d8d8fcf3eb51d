//! `@sql` and `@function` on fields of `Query` and `Mutation` → [`NativeField`]s: arguments, results, statements, who has
//! them. What SQL means is the database's to say: here only its placeholders and its first words are looked at.

use std::collections::BTreeSet;

use super::arguments::{Keys, find};
use super::columns::{result_columns, value_of};
use super::declarations::{Declarations, FieldDeclaration, RootDeclaration};
use super::defaults::check_sql;
use super::literal::{self, Expected};
use super::rules::check_role;
use super::syntax::{ArgumentDefinition, FieldDefinition, LiteralKind, Name, TypeReference, TypeReferenceKind};
use super::{DatabaseKind, Settings, SqlOwner, arguments, functions};
use crate::catalog::{Column, ColumnDefault, NativeField, NativeId, NativeStatement, Table, TableId};
use crate::diagnostic::Diagnostic;
use crate::directive::{Place, STATEMENT};
use crate::mistakes;
use crate::session::Role;
use crate::source::Span;
use crate::sql::{Sql, TokenKind, Value};

/// Root fields that are SQL.
#[derive(Debug, Default)]
pub struct NativeFields {
    /// The fields, as the catalog has them.
    pub natives: Vec<NativeField>,
    /// Columns of their arguments and of rows that are no table's, as the catalog has them.
    pub records: Vec<Table>,
    /// Roles they name.
    pub roles: Vec<(Role, Span)>,
    /// Where the statements of each stand.
    spans: Vec<Vec<Span>>,
}

impl NativeFields {
    /// Where their SQL stands.
    pub fn places(&self) -> Vec<(SqlOwner, Span)> {
        let of_field = |(field, spans): (usize, &Vec<Span>)| {
            let site = move |index| SqlOwner::Native(NativeId(field as u32), index);
            spans.iter().enumerate().map(move |(index, span)| (site(index), *span)).collect::<Vec<_>>()
        };
        self.spans.iter().enumerate().flat_map(of_field).collect()
    }
}

/// What a statement that reads begins with.
const READS: [&str; 2] = ["select", "values"];

/// What a statement that writes begins with.
const WRITES: [&str; 5] = ["insert", "update", "delete", "replace", "merge"];

/// What the rows of a field are.
enum Rows {
    Table(TableId),
    Result(usize),
    Bare(Box<Column>),
}

/// A field without mistakes that would hide others.
struct Found {
    field: NativeField,
    arguments: Vec<Column>,
    rows: Rows,
    spans: Vec<Span>,
}

/// Reads every root field that is SQL.
pub fn native_fields(
    declarations: &Declarations,
    settings: &Settings,
    diagnostics: &mut Vec<Diagnostic>,
) -> NativeFields {
    let mut fields = NativeFields::default();
    for result in &declarations.results {
        let columns = result_columns(result, declarations, settings, diagnostics);
        fields.records.push(Table::record(&result.name.text, result.description, columns));
    }
    let mut found = Vec::new();
    for root in &declarations.roots {
        let mut reader = Reader { declarations, settings, root, diagnostics, roles: &mut fields.roles };
        found.extend(reader.field());
    }
    found
        .sort_by(|left, right| (left.field.mutation, &left.field.name).cmp(&(right.field.mutation, &right.field.name)));
    let tables = declarations.tables.len();
    for Found { mut field, arguments, rows, spans } in found {
        let mut record = |columns| {
            fields.records.push(Table::record("", None, columns));
            TableId((tables + fields.records.len() - 1) as u32)
        };
        field.arguments = record(arguments);
        field.rows = match rows {
            Rows::Table(table) => table,
            Rows::Result(index) => TableId((tables + index) as u32),
            Rows::Bare(column) => {
                field.bare = true;
                record(vec![*column])
            }
        };
        fields.natives.push(field);
        fields.spans.push(spans);
    }
    fields
}

struct Reader<'r, 'a> {
    declarations: &'r Declarations<'a>,
    settings: &'r Settings,
    root: &'r RootDeclaration<'a>,
    diagnostics: &'r mut Vec<Diagnostic>,
    roles: &'r mut Vec<(Role, Span)>,
}

impl Reader<'_, '_> {
    fn field(&mut self) -> Option<Found> {
        let root = self.root;
        let called = find(&root.directives, "function");
        let used = called.or(find(&root.directives, "sql"))?;
        let arguments = self.arguments();
        let result = self.rows();
        let function = called.and_then(|used| {
            let rows = result.as_ref().map(|(rows, many)| (matches!(rows, Rows::Table(_)), *many));
            functions::function(self.root, used, rows, self.settings, self.diagnostics)
        });
        let statements = match called {
            Some(_) => Vec::new(),
            None => self.statements(&used.keys, used.span),
        };
        if called.is_none() {
            self.check_placeholders(&statements, used.keys.broken);
        }
        let allow = self.allow(&used.keys);
        let reads = self.reads(&used.keys);
        let (rows, many) = result?;
        let needs_allow = allow.is_none() && !used.keys.broken;
        if needs_allow && (root.mutation || (called.is_none() && !matches!(rows, Rows::Table(_)))) {
            self.diagnostics.push(mistakes::native_without_allow(used.span, &root.definition.name.text, root.mutation));
        }
        if let (Rows::Table(table), true) = (&rows, root.mutation) {
            self.check_reread(*table, &statements);
        }
        if root.mutation {
            self.check_returning(&statements);
        }
        let (statements, mut spans): (_, Vec<Span>) =
            statements.into_iter().map(|one| (one.statement, one.span)).unzip();
        spans.extend(called.map(|used| used.span));
        let field = NativeField {
            name: root.definition.name.text.clone(),
            description: root.definition.description.clone(),
            mutation: root.mutation,
            arguments: TableId(0),
            rows: TableId(0),
            bare: false,
            many,
            statements,
            function,
            allow,
            reads,
        };
        Some(Found { field, arguments, rows, spans })
    }

    fn arguments(&mut self) -> Vec<Column> {
        let written = self.root.definition.arguments.as_ref().map_or(&[][..], |arguments| &arguments.list);
        let mut names = BTreeSet::new();
        let mut arguments = Vec::new();
        for argument in written {
            let name = &argument.definition.name;
            if !names.insert(&*name.text) {
                self.diagnostics.push(mistakes::argument_twice(name));
            } else if name.text.starts_with("__") {
                self.diagnostics.push(mistakes::double_underscore(name));
            } else if is_reserved(&name.text) && find(&self.root.directives, "function").is_none() {
                self.diagnostics.push(mistakes::reserved_argument(name));
            } else {
                arguments.extend(self.argument(argument));
            }
        }
        arguments
    }

    fn argument(&mut self, argument: &ArgumentDefinition) -> Option<Column> {
        let directives = arguments::check(&argument.definition.directives, Place::Argument, self.diagnostics);
        let declared = FieldDeclaration { definition: &argument.definition, directives };
        let column = value_of(&declared, self.declarations, self.settings, self.diagnostics)?;
        let default = match &argument.default {
            None => None,
            Some(literal) if matches!(literal.kind, LiteralKind::Null) && column.nullable => None,
            Some(literal) => {
                let name = super::type_name(&column.column_type, &self.declarations.enums);
                let expected = Expected::of(&column.column_type, &name, &self.declarations.enums);
                match literal::value(literal, &expected) {
                    Ok(value) => Some(ColumnDefault::Value(value)),
                    Err(error) => {
                        self.diagnostics.push(mistakes::unfitting_value(literal.span, &expected, &error));
                        None
                    }
                }
            }
        };
        Some(Column { default, ..column })
    }

    /// What the rows are, and whether it is a list of them.
    fn rows(&mut self) -> Option<(Rows, bool)> {
        let reference = &self.root.definition.field_type;
        let many = match &reference.kind {
            TypeReferenceKind::Named(_) if reference.required => {
                self.diagnostics.push(mistakes::single_result_required(reference));
                false
            }
            TypeReferenceKind::Named(_) => false,
            TypeReferenceKind::List(member) => {
                let plain = matches!(member.kind, TypeReferenceKind::Named(_));
                if !(reference.required && member.required && plain) {
                    self.diagnostics.push(mistakes::result_list_shape(reference));
                    return None;
                }
                true
            }
        };
        let name = reference.name();
        if let Some(table) = self.declarations.table_ids.get(&*name.text) {
            return Some((Rows::Table(*table), many));
        }
        if let Some(index) = self.declarations.results.iter().position(|result| result.name.text == name.text) {
            return Some((Rows::Result(index), many));
        }
        let definition = FieldDefinition {
            name: Name { text: "value".into(), span: name.span },
            description: None,
            field_type: TypeReference {
                span: reference.span,
                required: many,
                kind: TypeReferenceKind::Named(name.clone()),
            },
            arguments: None,
            directives: Vec::new(),
        };
        let declared = FieldDeclaration { definition: &definition, directives: Vec::new() };
        let column = value_of(&declared, self.declarations, self.settings, self.diagnostics)?;
        Some((Rows::Bare(Box::new(column)), many))
    }

    fn statements(&mut self, keys: &Keys, span: Span) -> Vec<Written> {
        let alone = ["sql", "postgres", "sqlite"].into_iter().any(|key| keys.span(key).is_some());
        match (keys.objects("statements", STATEMENT, self.diagnostics), keys.span("statements")) {
            (Some(_), Some(list)) if alone => {
                self.diagnostics.push(mistakes::sql_beside_statements(list));
                Vec::new()
            }
            (Some(_), Some(list)) if !self.root.mutation => {
                self.diagnostics.push(mistakes::statements_of_query(list));
                Vec::new()
            }
            (Some(objects), Some(_)) => objects.iter().filter_map(|(keys, span)| self.statement(keys, *span)).collect(),
            _ if alone || !keys.broken => self.statement(keys, span).into_iter().collect(),
            _ => Vec::new(),
        }
    }

    fn statement(&mut self, keys: &Keys, span: Span) -> Option<Written> {
        let sql = check_sql(keys, span, self.settings, self.diagnostics)?;
        if sql.postgres.is_none() && sql.sqlite.is_none() {
            if !keys.broken {
                self.diagnostics.push(mistakes::statement_without_sql(span));
            }
            return None;
        }
        let exactly = keys.count("expect_rows");
        let (min, max) = (keys.count("min_rows"), keys.count("max_rows"));
        if let (Some(_), Some(bound)) = (exactly, keys.span("min_rows").or(keys.span("max_rows"))) {
            self.diagnostics.push(mistakes::expectations_conflict(bound));
        } else if let (Some(least), Some(most), Some(bound)) = (min, max, keys.span("max_rows"))
            && least > most
        {
            self.diagnostics.push(mistakes::expectations_reversed(bound));
        }
        if let (None, None, None, Some(refusal)) = (exactly, min, max, keys.span("else")) {
            self.diagnostics.push(mistakes::refusal_without_expectation(refusal));
        }
        let place = |key: &str| Some((keys.span(key)?, keys.text(key)?.len()));
        let places = Places { postgres: place("postgres"), sqlite: place("sqlite"), both: place("sql") };
        let written = Written {
            span: places.both.or(places.postgres).or(places.sqlite).map_or(span, |(span, _)| span),
            places,
            statement: NativeStatement {
                sql,
                min_rows: exactly.or(min),
                max_rows: exactly.or(max),
                refusal: keys.text("else").map(Box::from),
            },
        };
        for database in &self.settings.databases {
            self.check_text(&written, *database);
        }
        Some(written)
    }

    /// One whole statement of an allowed kind, without parameters in the database's own spelling.
    fn check_text(&mut self, written: &Written, database: DatabaseKind) {
        let Some(text) = written.statement.sql.of(database) else { return };
        let sql = Sql::read(text, database);
        let place = |start: usize, length: usize| written.place(database, start, length);
        for token in sql.tokens() {
            match token.kind {
                TokenKind::Unterminated => {
                    self.diagnostics.push(mistakes::sql_unterminated(place(token.start, 1)));
                    return;
                }
                TokenKind::OwnParameter => {
                    self.diagnostics
                        .push(mistakes::sql_own_parameter(place(token.start, token.text.len()), token.text));
                }
                _ => {}
            }
        }
        if let Some(second) = sql.second_statement() {
            let span = place(second.start, second.text.len());
            self.diagnostics.push(mistakes::second_statement(span, self.root.mutation));
        }
        let allowed = sql.main_word().is_some_and(|word| {
            READS.iter().any(|one| word.is_word(one))
                || (self.root.mutation && WRITES.iter().any(|one| word.is_word(one)))
        });
        if !allowed {
            let word = sql.main_word();
            let span = word.map_or(written.span, |word| place(word.start, word.text.len()));
            self.diagnostics.push(mistakes::statement_of_other_kind(
                span,
                word.map(|word| word.text),
                self.root.mutation,
            ));
        }
    }

    /// Every placeholder has a value, and every argument a placeholder.
    fn check_placeholders(&mut self, statements: &[Written], incomplete: bool) {
        let declared = self.root.definition.arguments.as_ref().map_or(&[][..], |arguments| &arguments.list);
        let names: Vec<&str> = declared.iter().map(|argument| &*argument.definition.name.text).collect();
        for database in &self.settings.databases {
            let mut used = BTreeSet::new();
            for written in statements {
                let Some(text) = written.statement.sql.of(*database) else { continue };
                let sql = Sql::read(text, *database);
                for token in sql.tokens().iter().filter(|token| token.kind == TokenKind::Placeholder) {
                    used.insert(token.text.to_owned());
                    if !names.contains(&token.text) && !is_reserved(token.text) {
                        let span = written.place(*database, token.start, token.text.len() + 1);
                        self.diagnostics.push(mistakes::unknown_placeholder(span, token.text, &names));
                    }
                }
            }
            let unused = declared.iter().filter(|argument| !used.contains(&*argument.definition.name.text));
            for argument in unused.filter(|_| !incomplete && !statements.is_empty()) {
                self.diagnostics.push(mistakes::unused_argument(&argument.definition.name));
            }
        }
    }

    fn allow(&mut self, keys: &Keys) -> Option<Vec<Role>> {
        let names = keys.roles("allow")?;
        let mut roles = BTreeSet::new();
        for name in names {
            check_role(&name.text, name.span, self.diagnostics);
            self.roles.push((Role::new(&name.text), name.span));
            roles.insert(Role::new(&name.text));
        }
        Some(roles.into_iter().collect())
    }

    fn reads(&mut self, keys: &Keys) -> Option<Vec<TableId>> {
        let names = keys.names("reads")?;
        if self.root.mutation
            && let Some(span) = keys.span("reads")
        {
            self.diagnostics.push(mistakes::reads_of_mutation(span));
        }
        let mut tables = BTreeSet::new();
        for name in &names {
            match self.declarations.table_ids.get(&*name.text) {
                Some(table) => {
                    tables.insert(*table);
                }
                None if self.declarations.broken.contains(&*name.text) || self.declarations.incomplete => {}
                None => {
                    let known = self.declarations.table_ids.keys().copied();
                    self.diagnostics.push(mistakes::unknown_table(name, known));
                }
            }
        }
        Some(tables.into_iter().collect())
    }

    /// Rows of a table are read again, under its rule, by the key that the last statement returns.
    fn check_reread(&mut self, table: TableId, statements: &[Written]) {
        let definition = &self.declarations.tables[table.0 as usize];
        let has_key = find(&definition.directives, "id").is_some()
            || definition.fields.iter().any(|field| find(&field.directives, "id").is_some());
        if !has_key && !definition.partial {
            self.diagnostics.push(mistakes::result_without_key(&self.root.definition.field_type));
        }
        let Some(last) = statements.last() else { return };
        for database in &self.settings.databases {
            let Some(text) = last.statement.sql.of(*database) else { continue };
            if let Some(word) = Sql::read(text, *database).main_word().filter(|word| word.is_word("delete")) {
                let span = last.place(*database, word.start, word.text.len());
                self.diagnostics.push(mistakes::deleted_rows_as_result(span, &definition.name.text));
            }
        }
    }

    /// The last statement gives rows.
    fn check_returning(&mut self, statements: &[Written]) {
        let Some(last) = statements.last() else { return };
        for database in &self.settings.databases {
            let Some(text) = last.statement.sql.of(*database) else { continue };
            let sql = Sql::read(text, *database);
            let writes = sql.main_word().is_some_and(|word| WRITES.iter().any(|one| word.is_word(one)));
            if writes && !sql.tokens().iter().any(|token| token.is_word("returning")) {
                self.diagnostics.push(mistakes::statement_returns_nothing(last.span));
            }
        }
    }
}

/// A statement and where it is written.
struct Written {
    statement: NativeStatement,
    span: Span,
    places: Places,
}

/// Where the texts of a statement stand, and their lengths.
struct Places {
    postgres: Option<(Span, usize)>,
    sqlite: Option<(Span, usize)>,
    both: Option<(Span, usize)>,
}

impl Written {
    /// A place in the text for a database; the whole text where it is written with escapes or as a block.
    fn place(&self, database: DatabaseKind, start: usize, length: usize) -> Span {
        let own = match database {
            DatabaseKind::Postgres => self.places.postgres,
            DatabaseKind::Sqlite => self.places.sqlite,
        };
        let Some((span, bytes)) = own.or(self.places.both) else { return self.span };
        // Between its quotes the text is then as it is in the file.
        if (span.end - span.start) as usize != bytes + 2 {
            return span;
        }
        let start = span.start + 1 + start as u32;
        Span { start, end: (start + length as u32).min(span.end), ..span }
    }
}

/// Whether a placeholder of this name is not for an argument.
fn is_reserved(name: &str) -> bool {
    !matches!(Value::called(name), Value::Argument)
}
