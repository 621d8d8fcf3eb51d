//! Relations as joins: the related rows of a row, of one key, or of many keys at once.

use purlin_model::catalog::{ColumnIndex, Relation, RelationIndex, Table, TableId, Through};
use sea_query::{Expr, ExprTrait, Func, JoinType, Query, SelectStatement, TableRef};

use super::Compiler;
use super::column::{all, call, number};
use super::statement::{Draft, RowName};

/// What the near end of a relation is compared with.
#[derive(Clone)]
pub(super) enum Keys {
    /// The columns of a row in the same statement.
    Row(RowName),
    /// One expression for each column of the key.
    Each(Vec<Expr>),
    /// One array for each column of the key: members at the same place belong together.
    AnyOf(Vec<Expr>),
}

/// Related rows: what to select from, and on what condition.
pub(super) struct Related {
    /// The related row.
    pub row: RowName,
    /// Its table under its alias.
    table: TableRef,
    /// The join table, and how it belongs to the related row.
    join: Option<(TableRef, Expr)>,
    /// How the rows belong to the keys; `None` where there are none.
    pub condition: Option<Expr>,
    /// The columns that equal the keys, in their order; empty if the statement has none (a join table that may repeat).
    pub key: Vec<(RowName, ColumnIndex)>,
}

impl Related {
    /// Rows of one table.
    pub fn alone(table: TableRef, row: RowName, condition: Option<Expr>) -> Related {
        Related { row, table, join: None, condition, key: Vec::new() }
    }

    /// Whether it is one table alone.
    pub fn is_plain(&self) -> bool {
        self.join.is_none() && !self.key.is_empty()
    }

    /// Joins the rows of a plain one to a query, on a condition of their own too.
    pub fn left_join(&self, query: &mut SelectStatement, own: Option<Expr>) {
        let condition = all(self.condition.clone().into_iter().chain(own));
        query.join(JoinType::LeftJoin, self.table.clone(), condition);
    }

    /// Adds the rows to a query.
    pub fn from(&self, query: &mut SelectStatement) {
        query.from(self.table.clone());
        if let Some((table, condition)) = &self.join {
            query.join(JoinType::InnerJoin, table.clone(), condition.clone());
        }
    }
}

/// Pairs of columns by which the near end is known: of the row here, and of the related or join row.
pub(super) fn near_pairs(relation: &Relation) -> &[(ColumnIndex, ColumnIndex)] {
    match &relation.through {
        Some(through) => &through.near,
        None => &relation.join,
    }
}

/// Whether at most one row of the table has given values in these columns. A view's key is a promise; nothing holds it.
pub(super) fn is_unique(table: &Table, columns: &[ColumnIndex]) -> bool {
    let covered = |key: &[ColumnIndex]| !key.is_empty() && key.iter().all(|column| columns.contains(column));
    if table.view.is_some() {
        return false;
    }
    covered(&table.primary_key)
        || table.uniques.iter().any(|unique| covered(&unique.columns))
        || table.indexes.iter().any(|index| index.unique && index.condition.is_none() && covered(&index.columns))
}

impl<'a> Compiler<'a> {
    pub(super) fn relation(&self, table: TableId, relation: RelationIndex) -> &'a Relation {
        self.table(table).relation(relation)
    }

    /// Whether the related rows of a relation have columns that equal its near key.
    pub(super) fn relation_carries_key(&self, table: TableId, relation: RelationIndex) -> bool {
        match &self.relation(table, relation).through {
            None => true,
            Some(through) => self.names_pairs_once(through),
        }
    }

    /// Whether a join table can name a pair of rows only once.
    fn names_pairs_once(&self, through: &Through) -> bool {
        let columns: Vec<ColumnIndex> =
            through.near.iter().map(|(_, link)| *link).chain(through.far.iter().map(|(link, _)| *link)).collect();
        is_unique(self.table(through.table), &columns)
    }

    /// Whether a row has at most one related row, so that joining never repeats it.
    pub(super) fn is_single(&self, relation: &Relation) -> bool {
        let there: Vec<ColumnIndex> = relation.join.iter().map(|(_, there)| *there).collect();
        relation.through.is_none() && is_unique(self.table(relation.target), &there)
    }

    /// The related rows. `join_filter`: of a join table only rows the role may see.
    pub(super) fn related(
        &mut self,
        draft: &mut Draft,
        table: TableId,
        relation: RelationIndex,
        keys: Keys,
        join_filter: bool,
    ) -> Related {
        let relation = self.relation(table, relation);
        let row = draft.row(relation.target);
        let target = self.table_as(draft, &row);
        let Some(through) = &relation.through else {
            let condition = self.matches_keys(draft, &row, &relation.join, &keys);
            let key = relation.join.iter().map(|(_, there)| (row.clone(), *there)).collect();
            return Related { row, table: target, join: None, condition: Some(condition), key };
        };
        let link = draft.row(through.table);
        let link_table = self.table_as(draft, &link);
        let far = all(through
            .far
            .iter()
            .map(|(of_link, there)| self.comparable(&link, *of_link).eq(self.comparable(&row, *there))));
        let near = self.matches_keys(draft, &link, &through.near, &keys);
        let visible = match self.join_filters.get(&through.table) {
            Some(filter) if join_filter && !filter.is_always() => {
                let filter = filter.clone();
                Some(self.condition(draft, &filter, &link))
            }
            _ => None,
        };
        let condition = all([near].into_iter().chain(visible));
        if self.names_pairs_once(through) {
            let key = through.near.iter().map(|(_, of_link)| (link.clone(), *of_link)).collect();
            return Related { row, table: target, join: Some((link_table, far)), condition: Some(condition), key };
        }
        // The join table may name a pair twice; the related row still counts once.
        let mut query = Query::select();
        query.expr(number(1)).from(link_table).and_where(far).and_where(condition);
        Related { row, table: target, join: None, condition: Some(self.exists(query)), key: Vec::new() }
    }

    fn matches_keys(
        &self,
        draft: &mut Draft,
        row: &RowName,
        pairs: &[(ColumnIndex, ColumnIndex)],
        keys: &Keys,
    ) -> Expr {
        match keys {
            Keys::Row(near) => {
                all(pairs.iter().map(|(here, there)| self.comparable(row, *there).eq(self.comparable(near, *here))))
            }
            Keys::Each(values) => {
                all(pairs.iter().zip(values).map(|((_, there), value)| self.comparable(row, *there).eq(value.clone())))
            }
            Keys::AnyOf(arrays) => match (pairs, arrays.as_slice()) {
                ([(_, there)], [array]) => self.stored(row, *there).eq(call("ANY", [array.clone()])),
                _ => {
                    let columns = pairs.iter().map(|(_, there)| self.stored(row, *there));
                    Expr::tuple(columns).in_subquery(unnested(draft, arrays))
                }
            },
        }
    }
}

/// `SELECT * FROM unnest(array, …)` (PostgreSQL).
pub(super) fn unnested(draft: &mut Draft, arrays: &[Expr]) -> SelectStatement {
    let alias = draft.alias();
    let mut query = Query::select();
    query.column(sea_query::Asterisk).from_function(Func::cust("unnest").args(arrays.to_vec()), alias);
    query
}
