//! What is asked of many rows together: counts, sums, means, extremes and deviations. NULL is skipped; of nothing a
//! count is 0 and everything else NULL.

use std::cmp::Ordering;

use super::answer::Answer;
use super::operation::{Aggregate, Arguments, Function, Item};
use super::read::Oracle;
use super::value::{Kind, Value};

impl<'a> Oracle<'a> {
    /// `aggregate` and `nodes` over the same rows; the rule's limit cuts the latter alone.
    pub fn aggregate(
        &self,
        table: usize,
        candidates: Vec<&'a [Value]>,
        arguments: &Arguments,
        aggregate: &Aggregate,
    ) -> Answer {
        let rows = self.list(table, candidates.clone(), arguments, false);
        let items = aggregate.items.iter().enumerate();
        let items = items.map(|(number, item)| (format!("i{number}"), self.item(table, &rows, item)));
        let mut members = vec![("aggregate".to_owned(), Answer::Object(items.collect()))];
        if let Some(fields) = &aggregate.nodes {
            let rows = self.list(table, candidates, arguments, true);
            members.push(("nodes".to_owned(), self.answer_list(table, &rows, arguments, fields)));
        }
        Answer::Object(members)
    }

    fn item(&self, table: usize, rows: &[&[Value]], item: &Item) -> Answer {
        match item {
            Item::Count(columns, distinct) => {
                let mut counted: Vec<&[Value]> = Vec::new();
                for row in rows.iter().filter(|row| columns.iter().all(|column| !row[*column].is_null())) {
                    let is_same = |other: &&[Value]| columns.iter().all(|column| row[*column].is_same(&other[*column]));
                    if !distinct || columns.is_empty() || !counted.iter().any(is_same) {
                        counted.push(row);
                    }
                }
                Answer::value(&Value::Exact(counted.len() as i128, 0))
            }
            Item::Function(function, columns) => {
                let of = |column: &usize| {
                    let definition = self.model.column(table, *column);
                    let value = function.of(definition.kind, rows.iter().map(|row| &row[*column]));
                    let answer = match value {
                        Value::Double(double) if !matches!(function, Function::Max | Function::Min) => {
                            Answer::Near(double)
                        }
                        other => Answer::value(&other),
                    };
                    (definition.name.clone(), answer)
                };
                Answer::Object(columns.iter().map(of).collect())
            }
        }
    }
}

impl Function {
    /// The function over the values of a column.
    pub fn of<'v>(self, kind: Kind, values: impl Iterator<Item = &'v Value>) -> Value {
        let values: Vec<&Value> = values.filter(|value| !value.is_null()).collect();
        let Some(first) = values.first() else { return Value::Null };
        let extreme = |wanted: Ordering| {
            let better = |best: &'v Value, value: &'v Value| {
                if value.compare(best) == Some(wanted) { value } else { best }
            };
            values.iter().copied().fold(*first, better).clone()
        };
        match self {
            Function::Max => extreme(Ordering::Greater),
            Function::Min => extreme(Ordering::Less),
            Function::Sum => sum(kind, &values),
            Function::Avg => {
                let sum = sum(kind, &values).double().expect("a number");
                Value::Double(sum / values.len() as f64)
            }
            _ => self.spread(&values),
        }
    }

    /// Deviations and variances: of the whole, or of a sample, which needs two values.
    fn spread(self, values: &[&Value]) -> Value {
        let numbers: Vec<f64> = values.iter().filter_map(|value| value.double()).collect();
        let count = numbers.len() as f64;
        let mean = numbers.iter().sum::<f64>() / count;
        let squares = numbers.iter().map(|number| (number - mean).powi(2)).sum::<f64>();
        let whole = matches!(self, Function::StddevPop | Function::VarPop);
        if !whole && numbers.len() < 2 {
            return Value::Null;
        }
        let variance = squares / if whole { count } else { count - 1.0 };
        let is_deviation = matches!(self, Function::Stddev | Function::StddevPop | Function::StddevSamp);
        Value::Double(if is_deviation { variance.sqrt() } else { variance })
    }
}

/// Exact of exact numbers.
fn sum(kind: Kind, values: &[&Value]) -> Value {
    if kind == Kind::Float8 {
        return Value::Double(values.iter().filter_map(|value| value.double()).sum());
    }
    let digits = |value: &&Value| if let Value::Exact(digits, _) = value { *digits } else { 0 };
    Value::Exact(values.iter().map(digits).sum(), kind.scale())
}
