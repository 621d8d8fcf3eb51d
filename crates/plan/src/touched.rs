//! Which tables a query names. Refuses to know: rules, dialects.

use std::collections::BTreeSet;

use purlin_model::catalog::TableId;

use crate::query::{
    Aggregate, AggregateField, Field, FieldValue, InsertRows, Query, Response, ResponseField, RootField, Select,
};

impl Query {
    /// The tables whose rows are read or written, those of relations included (tables that only filters look at are
    /// not).
    pub fn tables(&self) -> BTreeSet<TableId> {
        let mut tables = Tables(BTreeSet::new());
        for root in &self.roots {
            match &root.field {
                RootField::Select(select) => tables.select(select),
                RootField::Aggregate(aggregate) => tables.aggregate(aggregate),
                RootField::Insert(insert) => {
                    tables.insert(&insert.rows);
                    tables.response(&insert.response);
                }
                RootField::Update(update) => tables.write(update.table, &update.response),
                RootField::UpdateMany(updates) => {
                    updates.iter().for_each(|update| tables.write(update.table, &update.response));
                }
                RootField::Delete(delete) => tables.write(delete.table, &delete.response),
                _ => {}
            }
        }
        tables.0
    }
}

struct Tables(BTreeSet<TableId>);

impl Tables {
    fn select(&mut self, select: &Select) {
        self.0.insert(select.table);
        self.fields(&select.fields);
    }

    fn fields(&mut self, fields: &[Field]) {
        for field in fields {
            match &field.value {
                FieldValue::Related(_, select) => self.select(select),
                FieldValue::RelatedAggregate(_, aggregate) => self.aggregate(aggregate),
                _ => {}
            }
        }
    }

    fn aggregate(&mut self, aggregate: &Aggregate) {
        self.0.insert(aggregate.table);
        for field in &aggregate.fields {
            if let AggregateField::Nodes(_, fields) = field {
                self.fields(fields);
            }
        }
    }

    fn insert(&mut self, rows: &InsertRows) {
        self.0.insert(rows.table);
        for run in &rows.runs {
            run.objects.iter().chain(&run.arrays).for_each(|(_, rows)| self.insert(rows));
        }
    }

    fn write(&mut self, table: TableId, response: &Response) {
        self.0.insert(table);
        self.response(response);
    }

    fn response(&mut self, response: &Response) {
        match response {
            Response::Row(select) => self.select(select),
            Response::Rows(fields) => {
                for field in fields {
                    if let ResponseField::Returning(_, select) = field {
                        self.select(select);
                    }
                }
            }
        }
    }
}
