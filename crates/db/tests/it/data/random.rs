//! Random rows of every kind of value come back exactly as they were, through every kind of file.

use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use purlin_db::data::{Conflict, Row, Session, Shape};
use purlin_model::Catalog;
use purlin_model::scalar::Codec;
use purlin_model::scalar::Scalar;
use purlin_model::value::{Value, coerce_text};
use std::sync::Arc;

/// Every scalar, every form of it on SQLite, lists and an enum.
pub const EVERYTHING: &str = r#"
enum mood { good bad }
type everything @table {
  id: Int! @id
  small: smallint
  whole: Int
  big: bigint
  single: Float
  double: float8
  exact: numeric
  money: numeric @column(precision: 12, scale: 2)
  long_money: numeric @column(precision: 30, scale: 5)
  text: String
  flag: Boolean
  key: uuid
  instant: timestamptz
  moment: timestamp
  day: date
  clock: time
  document: jsonb
  data: bytea
  words: [String!]
  numbers: [bigint!]
  days: [date!]
  mood: mood
}
"#;

/// A value of a column, as canonical as the model has it.
fn value(codec: Codec, precision: Option<(u16, u8)>, mood: bool) -> BoxedStrategy<Value> {
    let text = move |strategy: BoxedStrategy<String>, scalar: Scalar| {
        strategy.prop_map(move |text| coerce_text(Codec::of(scalar), &text).expect("a value")).boxed()
    };
    let one = match codec.scalar {
        _ if mood => prop_oneof![Just(Value::Text("good".into())), Just(Value::Text("bad".into()))].boxed(),
        Scalar::SmallInt => any::<i16>().prop_map(|it| Value::Integer(it.into())).boxed(),
        Scalar::Int => any::<i32>().prop_map(|it| Value::Integer(it.into())).boxed(),
        Scalar::BigInt => any::<i64>().prop_map(Value::Integer).boxed(),
        Scalar::Float | Scalar::Float8 => prop::num::f64::NORMAL.prop_map(Value::Float).boxed(),
        Scalar::Numeric => {
            let (whole, scale) = precision.map_or((20, 7), |(precision, scale)| (precision - u16::from(scale), scale));
            let pattern = format!("-?[1-9][0-9]{{0,{}}}\\.[0-9]{{{scale}}}", whole - 1);
            text(proptest::string::string_regex(&pattern).expect("a pattern").boxed(), Scalar::Numeric)
        }
        Scalar::String => {
            "(?s)[^\0]{0,20}|NULL|\\\\N|[,\"\n\r '\\\\]{0,6}".prop_map(|it| Value::Text(it.into())).boxed()
        }
        Scalar::Boolean => any::<bool>().prop_map(Value::Boolean).boxed(),
        Scalar::Uuid => any::<[u8; 16]>()
            .prop_map(|bytes| {
                let digits: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
                coerce_text(Codec::of(Scalar::Uuid), &digits).expect("a uuid")
            })
            .boxed(),
        Scalar::Timestamptz => text(
            "[0-2][0-9]{2}[1-9]-0[1-9]-[0-2][1-8]T[01][0-9]:[0-5][0-9]:[0-5][0-9]\\.[0-9]{6}Z".boxed(),
            codec.scalar,
        ),
        Scalar::Timestamp => text(
            "[0-2][0-9]{2}[1-9]-0[1-9]-[0-2][1-8]T[01][0-9]:[0-5][0-9]:[0-5][0-9]\\.[0-9]{6}".boxed(),
            codec.scalar,
        ),
        Scalar::Date => text("[0-9]{3}[1-9]-0[1-9]-[0-2][1-8]".boxed(), codec.scalar),
        Scalar::Time => text("[01][0-9]:[0-5][0-9]:[0-5][0-9]\\.[0-9]{6}".boxed(), codec.scalar),
        Scalar::Jsonb => text(
            prop_oneof![
                Just("null".to_owned()),
                Just(r#"{"b": [1, 2.50, "x\"\n"], "aa": null, "c": {}}"#.to_owned()),
                "[1-9][0-9]{0,30}",
                Just("\"text\"".to_owned()),
            ]
            .boxed(),
            codec.scalar,
        ),
        Scalar::Bytea => any::<Vec<u8>>().prop_map(|it| Value::Bytes(it.into())).boxed(),
    };
    let one = if codec.list { prop::collection::vec(one, 0..4).prop_map(Value::List).boxed() } else { one };
    prop_oneof![1 => Just(Value::Null), 4 => one].boxed()
}

/// Rows of the table, the first column its key.
pub fn rows(catalog: &Catalog, shape: &Shape, count: usize) -> Vec<Row> {
    let mut runner = TestRunner::deterministic();
    let table = catalog.table(shape.table);
    let mut rows = Vec::with_capacity(count);
    let strategies: Vec<_> = shape
        .fields
        .iter()
        .map(|field| value(field.codec, table.column(field.index).precision, &*field.name == "mood"))
        .collect();
    for number in 0..count {
        let mut row: Row =
            strategies.iter().map(|strategy| strategy.new_tree(&mut runner).expect("a tree").current()).collect();
        row[0] = Value::Integer(number as i64);
        rows.push(row);
    }
    rows
}

/// Writes rows.
pub async fn insert(session: &Session, shape: &Arc<Shape>, rows: Vec<Row>) {
    let positions: Arc<[usize]> = shape.positions().into();
    session.begin().await.expect("a transaction");
    for chunk in rows.chunks(100) {
        let inserted = session.insert(shape, &positions, Arc::new(chunk.to_vec()), Conflict::Error).await;
        inserted.unwrap_or_else(|refused| panic!("{refused:?} of {:?}", refused.row.map(|row| &chunk[row])));
    }
    session.commit().await.expect("a commit");
}
