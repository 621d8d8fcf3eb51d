//! A table as a type: columns first, then relations. What the compiler would choose itself is not written.

use super::literal::{self, directive, names, text};
use crate::catalog::{
    Catalog, Check, CheckRule, Column, ColumnDefault, ColumnIndex, ForeignKey, Index, ReferentialAction, Relation,
    RelationKind, RelationOrigin, RootFieldNames, Table, TableId, Through,
};
use crate::compile::{foreign_key_indexes, generate_name};
use crate::scalar::{ColumnType, Stored};

/// The type of a table.
pub fn table(catalog: &Catalog, table: &Table, scalars: &[(&str, &str)]) -> String {
    let printer = Printer { catalog, table, scalars };
    let directives = printer.directives();
    let mut lines = literal::description(table.description.as_deref(), "");
    match directives.as_slice() {
        [only] => lines.push_str(&format!("type {} {only} {{\n", table.name)),
        several => {
            lines.push_str(&format!("type {}\n", table.name));
            for directive in several {
                lines.push_str(&format!("  {directive}\n"));
            }
            lines.push_str("{\n");
        }
    }
    for (index, column) in table.column_indexes().zip(&table.columns) {
        lines.push_str(&literal::description(column.description.as_deref(), "  "));
        lines.push_str(&format!("  {}\n", printer.column(index, column)));
    }
    for relation in &table.relations {
        lines.push_str(&literal::description(relation.description.as_deref(), "  "));
        lines.push_str(&format!("  {}\n", printer.relation(relation)));
    }
    lines.push_str("}\n");
    lines
}

pub(super) struct Printer<'a> {
    pub(super) catalog: &'a Catalog,
    pub(super) table: &'a Table,
    pub(super) scalars: &'a [(&'a str, &'a str)],
}

impl Printer<'_> {
    fn directives(&self) -> Vec<String> {
        let table = self.table;
        let mut arguments = Vec::new();
        if let Some(text) = table.view.as_ref().and_then(|view| view.sql.as_ref()) {
            arguments.extend(sql(&text.postgres, &text.sqlite));
        }
        if table.db_name != table.name {
            arguments.push(format!("name: {}", text(&table.db_name)));
        }
        arguments.extend(table.db_schema.as_ref().map(|schema| format!("schema: {}", text(schema))));
        if !table.strict {
            arguments.push("strict: false".to_owned());
        }
        let kind = if table.view.is_some() { "view" } else { "table" };
        let mut directives = vec![directive(kind, &arguments)];
        directives.extend(table.renamed_from.as_ref().map(|from| format!("@renamed(from: {})", text(from))));
        directives.extend(self.root());
        if !self.key_on_fields() {
            directives.push(self.listed("id", &table.primary_key, &table.primary_key_name, "pkey", &[]));
        }
        for unique in table.uniques.iter().filter(|unique| unique.columns.len() != 1) {
            directives.push(self.listed("unique", &unique.columns, &unique.name, "key", &[]));
        }
        directives.extend(self.written_indexes().iter().map(|index| self.index(index)));
        directives.extend(table.search.as_ref().map(|it| self.listed("search", &it.columns, &it.name, "search", &[])));
        for check in &table.checks {
            if let CheckRule::Sql { postgres, sqlite } = &check.rule {
                let mut arguments = sql(postgres, sqlite);
                arguments.extend(self.name(&check.name, &[], "check"));
                directives.push(directive("check", &arguments));
            }
        }
        directives
    }

    fn root(&self) -> Option<String> {
        let usual = RootFieldNames::of(&self.table.name);
        let own = &self.table.root_fields;
        let pairs = [
            ("select", &own.select, &usual.select),
            ("select_by_pk", &own.select_by_pk, &usual.select_by_pk),
            ("select_aggregate", &own.select_aggregate, &usual.select_aggregate),
            ("insert", &own.insert, &usual.insert),
            ("insert_one", &own.insert_one, &usual.insert_one),
            ("update", &own.update, &usual.update),
            ("update_by_pk", &own.update_by_pk, &usual.update_by_pk),
            ("update_many", &own.update_many, &usual.update_many),
            ("delete", &own.delete, &usual.delete),
            ("delete_by_pk", &own.delete_by_pk, &usual.delete_by_pk),
        ];
        let changed = pairs.into_iter().filter(|(_, own, usual)| own != usual);
        let arguments: Vec<String> = changed.map(|(key, own, _)| format!("{key}: {}", text(own))).collect();
        (!arguments.is_empty()).then(|| directive("root", &arguments))
    }

    /// Whether `@id` on the fields says all there is to say of the primary key.
    fn key_on_fields(&self) -> bool {
        let key = &self.table.primary_key;
        let usual = generate_name(&self.table.db_name, &[], "pkey");
        key.windows(2).all(|pair| pair[0] < pair[1]) && (key.is_empty() || usual == *self.table.primary_key_name)
    }

    fn listed(&self, name: &str, columns: &[ColumnIndex], own: &str, suffix: &'static str, more: &[String]) -> String {
        let mut arguments = vec![format!("fields: {}", self.names(columns))];
        arguments.extend_from_slice(more);
        let named = if matches!(suffix, "pkey" | "search") { &[][..] } else { columns };
        arguments.extend(self.name(own, named, suffix));
        directive(name, &arguments)
    }

    fn index(&self, index: &Index) -> String {
        let mut more = Vec::new();
        more.extend(index.condition.as_ref().map(|condition| format!("where: {}", text(condition))));
        if index.unique {
            more.push("unique: true".to_owned());
        }
        more.extend(index.using.as_ref().map(|using| format!("using: {}", text(using))));
        self.listed("index", &index.columns, &index.name, "idx", &more)
    }

    /// Indexes without those that foreign keys get by themselves.
    fn written_indexes(&self) -> &[Index] {
        let table = self.table;
        let indexed: Vec<&ForeignKey> = table.foreign_keys.iter().filter(|key| self.is_indexed(key)).collect();
        for count in 0..table.indexes.len() {
            let (written, rest) = table.indexes.split_at(count);
            let missing = foreign_key_indexes(&table.primary_key, &table.uniques, written, &indexed);
            let made = |(columns, index): (&Vec<ColumnIndex>, &Index)| {
                *columns == index.columns
                    && !index.unique
                    && index.condition.is_none()
                    && index.using.is_none()
                    && self.name(&index.name, columns, "idx").is_none()
            };
            if missing.len() == rest.len() && missing.iter().zip(rest).all(made) {
                return written;
            }
        }
        &table.indexes
    }

    fn is_indexed(&self, key: &ForeignKey) -> bool {
        let table = self.table;
        foreign_key_indexes(&table.primary_key, &table.uniques, &table.indexes, &[key]).is_empty()
    }

    fn column(&self, index: ColumnIndex, column: &Column) -> String {
        let mut parts = vec![format!("{}: {}", column.name, self.field_type(column))];
        if self.key_on_fields() && self.table.primary_key.contains(&index) {
            parts.push("@id".to_owned());
        }
        if let Some(text) = &column.computed {
            parts.push(directive("computed", &sql(&text.postgres, &text.sqlite)));
        }
        if column.updated_at {
            parts.push("@updated_at".to_owned());
        } else {
            parts.extend(column.default.as_ref().map(|default| self.default(default, column)));
        }
        let arguments = self.column_arguments(column);
        if !arguments.is_empty() {
            parts.push(directive("column", &arguments));
        }
        for unique in self.table.uniques.iter().filter(|unique| unique.columns == [index]) {
            let name: Vec<String> = self.name(&unique.name, &[index], "key").into_iter().collect();
            parts.push(directive("unique", &name));
        }
        parts.extend(self.table.checks.iter().filter_map(|check| self.bounds(check, index)));
        parts.extend(column.pattern.as_ref().map(|pattern| format!("@pattern(regex: {})", text(pattern))));
        parts.extend(column.renamed_from.as_ref().map(|from| format!("@renamed(from: {})", text(from))));
        parts.join(" ")
    }

    /// A field of a type that is no table.
    pub(super) fn value(&self, column: &Column) -> String {
        let mut parts = vec![format!("{}: {}", column.name, self.field_type(column))];
        let arguments = self.column_arguments(column);
        if !arguments.is_empty() {
            parts.push(directive("column", &arguments));
        }
        parts.join(" ")
    }

    pub(super) fn field_type(&self, column: &Column) -> String {
        let name = self.catalog.type_name(&column.column_type);
        let name = if column.column_type.is_list() { format!("[{name}!]") } else { name.to_owned() };
        if column.nullable { name } else { format!("{name}!") }
    }

    fn default(&self, default: &ColumnDefault, column: &Column) -> String {
        let arguments = match default {
            ColumnDefault::Value(value) => vec![format!("value: {}", literal::value(value, &column.column_type))],
            ColumnDefault::UuidV4 => vec!["uuid: v4".to_owned()],
            ColumnDefault::UuidV7 => vec!["uuid: v7".to_owned()],
            ColumnDefault::Now => vec!["now: true".to_owned()],
            ColumnDefault::Sql { postgres, sqlite } => sql(postgres, sqlite),
            ColumnDefault::Autoincrement => vec!["autoincrement: true".to_owned()],
            ColumnDefault::Rowid => vec!["autoincrement: rowid".to_owned()],
        };
        directive("default", &arguments)
    }

    pub(super) fn column_arguments(&self, column: &Column) -> Vec<String> {
        let mut arguments = Vec::new();
        if column.db_name != column.name {
            arguments.push(format!("name: {}", text(&column.db_name)));
        }
        let declared = match &column.column_type {
            ColumnType::Native(name) => self.scalars.iter().find(|(known, _)| *known == &**name).map(|(_, own)| *own),
            _ => None,
        };
        let postgres = column.postgres_type.as_deref().filter(|own| Some(*own) != declared);
        arguments.extend(postgres.map(|own| format!("postgres: {}", text(own))));
        arguments.extend(column.sqlite_type.as_ref().map(|own| format!("sqlite: {}", text(own))));
        arguments.extend(column.precision.map(|(precision, _)| format!("precision: {precision}")));
        let scale = match (column.stored, column.precision) {
            (Stored::Real { scale }, _) => scale,
            (_, Some((_, scale))) => Some(scale).filter(|scale| *scale != 0),
            (_, None) => None,
        };
        arguments.extend(scale.map(|scale| format!("scale: {scale}")));
        let stored = match column.stored {
            Stored::Standard | Stored::Scaled { .. } | Stored::ScaledOperand { .. } | Stored::Decimal { .. } => None,
            Stored::Real { .. } => Some("real"),
            Stored::Space => Some("space"),
            Stored::Iso => Some("iso"),
            Stored::Unix => Some("unix"),
            Stored::UnixMilliseconds => Some("unix_ms"),
        };
        arguments.extend(stored.map(|stored| format!("stored: {stored}")));
        arguments.extend(column.collation.as_ref().map(|own| format!("collate: {}", text(own))));
        if column.generated {
            arguments.push("generated: true".to_owned());
        }
        arguments
    }

    /// `@length` or `@range` of this column.
    fn bounds(&self, check: &Check, index: ColumnIndex) -> Option<String> {
        let column = self.table.column(index);
        let mut arguments = Vec::new();
        let (name, suffix) = match &check.rule {
            CheckRule::Length { column, min, max } if *column == index => {
                arguments.extend(min.map(|min| format!("min: {min}")));
                arguments.extend(max.map(|max| format!("max: {max}")));
                ("length", "length_check")
            }
            CheckRule::Range { column: own, min, max } if *own == index => {
                // Bounds are canonical text: numbers as they are, times in quotes.
                let quoted = column.plain_scalar().is_some_and(|scalar| scalar.is_temporal());
                let bound = |bound: &str| if quoted { text(bound) } else { bound.to_owned() };
                arguments.extend(min.as_deref().map(|min| format!("min: {}", bound(min))));
                arguments.extend(max.as_deref().map(|max| format!("max: {}", bound(max))));
                ("range", "range_check")
            }
            _ => return None,
        };
        arguments.extend(self.name(&check.name, &[index], suffix));
        Some(directive(name, &arguments))
    }

    fn relation(&self, relation: &Relation) -> String {
        let target = self.catalog.table(relation.target);
        let field_type = match (relation.kind, relation.nullable) {
            (RelationKind::Array, _) => format!("[{}!]!", target.name),
            (RelationKind::Object, true) => target.name.to_string(),
            (RelationKind::Object, false) => format!("{}!", target.name),
        };
        let arguments = match (&relation.through, relation.origin) {
            (Some(through), _) => self.through(through, relation.target),
            (None, RelationOrigin::Inverse(index)) => vec![format!("inverse: {}", target.relation(index).name)],
            (None, RelationOrigin::ForeignKey(number)) => {
                let mut arguments = self.on_fields(relation);
                if let Some(key) = self.table.foreign_keys.get(usize::from(number)) {
                    arguments.extend(self.foreign_key(key));
                }
                arguments
            }
            (None, RelationOrigin::Manual | RelationOrigin::Through) => {
                let mut arguments = self.on_fields(relation);
                arguments.push("manual: true".to_owned());
                arguments
            }
        };
        format!("{}: {field_type} {}", relation.name, directive("relation", &arguments))
    }

    fn on_fields(&self, relation: &Relation) -> Vec<String> {
        let target = self.catalog.table(relation.target);
        let columns: Vec<ColumnIndex> = relation.join.iter().map(|(own, _)| *own).collect();
        let references: Vec<ColumnIndex> = relation.join.iter().map(|(_, other)| *other).collect();
        let mut arguments = vec![format!("fields: {}", self.names(&columns))];
        if references != target.primary_key {
            let references = references.iter().map(|index| &*target.column(*index).name);
            arguments.push(format!("references: {}", names(references)));
        }
        arguments
    }

    fn foreign_key(&self, key: &ForeignKey) -> Vec<String> {
        let mut arguments = Vec::new();
        for (name, action) in [("on_delete", key.on_delete), ("on_update", key.on_update)] {
            let action = match action {
                ReferentialAction::NoAction => continue,
                ReferentialAction::Restrict => "restrict",
                ReferentialAction::Cascade => "cascade",
                ReferentialAction::SetNull => "set_null",
                ReferentialAction::SetDefault => "set_default",
            };
            arguments.push(format!("{name}: {action}"));
        }
        if key.deferrable {
            arguments.push("deferrable: true".to_owned());
        }
        if !self.is_indexed(key) {
            arguments.push("index: false".to_owned());
        }
        arguments.extend(self.name(&key.name, &key.columns, "fkey"));
        arguments
    }

    fn through(&self, through: &Through, target: TableId) -> Vec<String> {
        let join_table = self.catalog.table(through.table);
        let reversed: Vec<_> = through.near.iter().map(|(here, there)| (*there, *here)).collect();
        let side = |to: TableId, join: &[(ColumnIndex, ColumnIndex)]| {
            let fits = |relation: &&Relation| {
                relation.kind == RelationKind::Object && relation.target == to && relation.join == join
            };
            join_table.relations.iter().find(fits).map(|relation| &*relation.name)
        };
        let here = self.catalog.table_by_name(&self.table.name);
        let mut arguments = vec![format!("through: {}", join_table.name)];
        arguments.extend(here.and_then(|here| side(here, &reversed)).map(|name| format!("from: {name}")));
        arguments.extend(side(target, &through.far).map(|name| format!("to: {name}")));
        arguments
    }

    fn names(&self, columns: &[ColumnIndex]) -> String {
        names(columns.iter().map(|index| &*self.table.column(*index).name))
    }

    /// `name: "…"`, unless it is the name the compiler would choose.
    fn name(&self, own: &str, columns: &[ColumnIndex], suffix: &str) -> Option<String> {
        let columns: Vec<&str> = columns.iter().map(|index| &*self.table.column(*index).db_name).collect();
        (generate_name(&self.table.db_name, &columns, suffix) != own).then(|| format!("name: {}", text(own)))
    }
}

/// SQL for both databases, or for each.
pub(super) fn sql(postgres: &Option<Box<str>>, sqlite: &Option<Box<str>>) -> Vec<String> {
    if let (Some(both), true) = (postgres, postgres == sqlite) {
        return vec![format!("sql: {}", text(both))];
    }
    let postgres = postgres.as_ref().map(|sql| format!("postgres: {}", text(sql)));
    postgres.into_iter().chain(sqlite.as_ref().map(|sql| format!("sqlite: {}", text(sql)))).collect()
}
