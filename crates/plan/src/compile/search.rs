//! Full-text search: which rows have all the words, by the index that migrations make.

use purlin_model::filter::Operand;
use sea_query::{Alias, CaseStatement, Expr, ExprTrait, Query};

use super::Compiler;
use super::column::{all, boolean, call, cast, operator, written_table};
use super::statement::{Draft, RowName};
use crate::plan::Dialect;
use crate::query::{Parameter, Source};

impl Compiler<'_> {
    /// The row has the words, in columns that the role sees of it.
    pub(super) fn search(&mut self, draft: &mut Draft, row: &RowName, operand: &Operand) -> Expr {
        let table = self.table(row.table);
        let (Some(search), Operand::Parameter(index)) = (&table.search, operand) else { return boolean(false) };
        let given = self.parameters[*index].clone();
        let source = Source::Words(Box::new(given.source), self.dialect);
        let words = self.add_parameter(Parameter { source, ..given });
        let words = draft.bind(self.parameter_slot(words));
        let found = match self.dialect {
            Dialect::Postgres => {
                let texts: Vec<Expr> = search.columns.iter().map(|column| self.stored(row, *column)).collect();
                operator(call("purlin.search_document", texts), "@@", cast(words, "tsquery"))
            }
            Dialect::Sqlite => self.found_by_key(draft, row, words),
        };
        // A text that is hidden in this row must not be found out word by word. A mask may be unknown, and an unknown answer
        // would tell, under `_not`, whether the words are there.
        let mut masks: Vec<_> = search.columns.iter().filter_map(|column| self.mask(row.table, *column)).collect();
        masks.dedup();
        if masks.is_empty() {
            return found;
        }
        let shown: Vec<Expr> = masks.iter().map(|mask| self.condition(draft, mask, row)).collect();
        CaseStatement::new().case(all(shown), found).finally(boolean(false)).into()
    }

    /// On SQLite rows are known by their key: those that come from a query of the model have no other.
    fn found_by_key(&mut self, draft: &mut Draft, row: &RowName, words: Expr) -> Expr {
        let table = self.table(row.table);
        let rowid = || Alias::new("rowid");
        let index = Alias::new(table.search.as_ref().map_or("", |search| &search.name));
        let mut found = Query::select();
        found.column(rowid()).from(index.clone()).and_where(operator(Expr::col(index), "MATCH", words));
        let record = draft.row(row.table);
        let mut keys = Query::select();
        keys.exprs(table.primary_key.iter().map(|column| self.stored(&record, *column)));
        keys.from(written_table(table, self.dialect).alias(record.name.clone()));
        keys.and_where(Expr::col((record.name.clone(), rowid())).in_subquery(found));
        match table.primary_key.as_slice() {
            [only] => self.stored(row, *only).in_subquery(keys),
            several => Expr::tuple(several.iter().map(|column| self.stored(row, *column))).in_subquery(keys),
        }
    }
}
