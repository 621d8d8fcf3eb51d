//! What a row's values are made of where they are not simply columns of a table: computed fields are expressions over
//! the row, and what a view gives is held to the types the model promises.
//!
//! A row that has such values is read from a derived table that both databases flatten: bare names in an expression can
//! only mean its own columns, and indexes over the same expression serve.

use purlin_model::catalog::{Column, ColumnIndex, Table, TableId};
use purlin_model::scalar::{Codec, ColumnType, Scalar, Stored};
use purlin_model::sql::{self, Piece, Sql, SqlText};
use sea_query::{Alias, DynIden, Expr, IntoIden, Query, SelectStatement, TableRef};

use super::Compiler;
use super::column::{call, cast, collate, native_type, written_name, written_table};
use super::statement::{Draft, RowName};
use crate::plan::Dialect;
use crate::query::{Parameter, Source};

impl Compiler<'_> {
    /// The rows of a table under the row's alias.
    pub(super) fn table_as(&mut self, draft: &mut Draft, row: &RowName) -> TableRef {
        let table = self.table(row.table);
        let computed = self.computed_of(row.table);
        if table.view.is_none() && computed.is_empty() {
            return written_table(table, self.dialect).alias(row.name.clone());
        }
        let own = Alias::new(written_name(table, self.dialect)).into_iden();
        let mut query = Query::select();
        query.from(written_table(table, self.dialect));
        match &table.view {
            None => self.whole_row(&mut query, table, &own),
            Some(_) => {
                for column in table.columns.iter().filter(|column| column.computed.is_none()) {
                    let plain = Expr::col((own.clone(), name(column)));
                    query.expr_as(self.promised(plain, column), name(column));
                }
            }
        }
        self.add_computed(draft, &mut query, row.table, computed);
        TableRef::SubQuery(Box::new(query), row.name.clone())
    }

    /// Rows that come from elsewhere, as those of a table under the row's alias.
    pub(super) fn rows_as(&mut self, draft: &mut Draft, rows: SelectStatement, row: &RowName) -> TableRef {
        let computed = self.computed_of(row.table);
        if computed.is_empty() {
            return TableRef::SubQuery(Box::new(rows), row.name.clone());
        }
        let own = Alias::new(written_name(self.table(row.table), self.dialect)).into_iden();
        let mut query = Query::select();
        query.column((own.clone(), sea_query::Asterisk)).from_subquery(rows, own);
        self.add_computed(draft, &mut query, row.table, computed);
        TableRef::SubQuery(Box::new(query), row.name.clone())
    }

    fn add_computed(
        &mut self,
        draft: &mut Draft,
        query: &mut SelectStatement,
        table: TableId,
        computed: Vec<ColumnIndex>,
    ) {
        for column in computed {
            let expression = self.expression(draft, table, column);
            query.expr_as(expression, name(self.column(table, column)));
        }
    }

    /// All columns of a table, and what identifies a row that has no key.
    fn whole_row(&self, query: &mut SelectStatement, table: &Table, own: &DynIden) {
        query.column((own.clone(), sea_query::Asterisk));
        if table.primary_key.is_empty() {
            let identifier = if self.dialect == Dialect::Postgres { "ctid" } else { "rowid" };
            query.expr_as(Expr::col((own.clone(), Alias::new(identifier))), Alias::new(identifier));
        }
    }

    /// The computed columns of a table that the query asks for.
    fn computed_of(&self, table: TableId) -> Vec<ColumnIndex> {
        self.computed.iter().filter(|(of, _)| *of == table).map(|(_, column)| *column).collect()
    }

    /// The computed columns of a row that a statement writes, over the columns it knows by the table's own name.
    pub(super) fn of_written(&mut self, draft: &mut Draft, table: TableId) -> Vec<(ColumnIndex, Expr)> {
        let columns = self.computed_of(table);
        columns.into_iter().map(|column| (column, self.over_written(draft, table, column))).collect()
    }

    fn over_written(&mut self, draft: &mut Draft, table: TableId, column: ColumnIndex) -> Expr {
        let definition = self.table(table);
        let own = Alias::new(written_name(definition, self.dialect)).into_iden();
        let mut row = Query::select();
        for column in definition.columns.iter().filter(|column| column.computed.is_none()) {
            row.expr_as(Expr::col((own.clone(), name(column))), name(column));
        }
        let mut query = Query::select();
        query.expr(self.expression(draft, table, column)).from_subquery(row, own);
        super::order::subquery(query)
    }

    /// The expression of a computed column over bare names.
    fn expression(&mut self, draft: &mut Draft, table: TableId, column: ColumnIndex) -> Expr {
        let column = self.column(table, column);
        let text = column.computed.as_ref().and_then(|text| self.own_sql(text)).unwrap_or("NULL");
        let mut written = String::with_capacity(text.len() + 2);
        written.push('(');
        for piece in Sql::read(text, self.database()).pieces() {
            match piece {
                Piece::Text(text) => written.push_str(text),
                Piece::Value(name) => {
                    let parameter = self.session_parameter(name);
                    let slot = self.parameter_slot(parameter);
                    written.push_str(&draft.placeholder(slot));
                }
            }
        }
        // A comment ends with its line.
        written.push_str(if text.contains("--") { "\n)" } else { ")" });
        self.promised(Expr::cust(written), column)
    }

    /// The SQL for the dialect at hand.
    fn own_sql<'t>(&self, text: &'t SqlText) -> Option<&'t str> {
        match self.dialect {
            Dialect::Postgres => text.postgres.as_deref(),
            Dialect::Sqlite => text.sqlite.as_deref(),
        }
    }

    /// `:x_hasura_user_id` is the session variable `x-hasura-user-id`.
    fn session_parameter(&mut self, name: &str) -> usize {
        self.add_parameter(Parameter {
            source: Source::Session(name.to_ascii_lowercase().replace('_', "-").into()),
            codec: Codec::of(Scalar::String),
            many: false,
            column: None,
            path: "$".into(),
        })
    }

    /// A value held to the type the model promises: on PostgreSQL that very type, and text ordered by code point; on
    /// SQLite the form in which such a column would hold it, where that may differ.
    fn promised(&self, value: Expr, column: &Column) -> Expr {
        match self.dialect {
            Dialect::Postgres => {
                let value = cast(value, &postgres_type(column));
                let is_text = column.column_type.scalar() == Scalar::String && native_type(column).is_none();
                let by_code_point = is_text && column.collation.is_none() && column.postgres_type.is_none();
                if by_code_point { collate(value, "\"C\"") } else { value }
            }
            Dialect::Sqlite => match (&column.column_type, column.stored) {
                (ColumnType::Scalar(Scalar::Jsonb), _) => call("purlin_json_path", [value, Expr::cust("'[]'")]),
                (ColumnType::Scalar(Scalar::Numeric), Stored::Scaled { .. }) => call("purlin_scaled", [value]),
                (ColumnType::Scalar(Scalar::Numeric), Stored::Decimal { .. }) => cast(value, "TEXT"),
                _ => value,
            },
        }
    }

    /// Whether the value of a column may depend on other rows.
    pub(super) fn reads_rows(&self, table: TableId, column: ColumnIndex) -> bool {
        self.column(table, column).computed.as_ref().is_some_and(|text| text.texts().any(sql::has_subquery))
    }
}

fn name(column: &Column) -> DynIden {
    Alias::new(&*column.db_name).into_iden()
}

/// The type on PostgreSQL as a cast names it.
fn postgres_type(column: &Column) -> String {
    if let Some(native) = native_type(column) {
        return native.to_owned();
    }
    if let Some(declared) = column.postgres_type.as_deref() {
        return declared.to_owned();
    }
    match (&column.column_type, column.precision) {
        (ColumnType::Scalar(Scalar::Numeric), Some((precision, scale))) => format!("numeric({precision}, {scale})"),
        (ColumnType::List(member), _) => format!("{}[]", member.postgres_type()),
        (other, _) => other.scalar().postgres_type().to_owned(),
    }
}
