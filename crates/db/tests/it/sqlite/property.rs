//! Any value of any type, stored in a table and read back, is the JSON it should be.

use proptest::prelude::*;
use purlin_model::catalog::TableId;
use purlin_model::scalar::{Codec, Scalar, Stored};
use purlin_model::value::{Value, format_instant};
use purlin_plan::plan::*;
use purlin_plan::query::RowSource;

use super::*;

/// A column's declared type and codec, a value, and the JSON it must come back as.
type Sample = (&'static str, Codec, Value, String);

fn numeric(stored: Stored) -> Codec {
    Codec { scalar: Scalar::Numeric, list: false, stored }
}

/// A decimal of so many digits after the point, written by a way of its own.
fn decimal_text(units: i64, scale: u32) -> String {
    if scale == 0 {
        return units.to_string();
    }
    let one = 10i64.pow(scale);
    let sign = if units < 0 { "-" } else { "" };
    format!("{sign}{}.{:0>width$}", (units / one).abs(), (units % one).abs(), width = scale as usize)
}

fn json_string(text: &str) -> String {
    serde_json::to_string(text).unwrap()
}

/// An instant of years 1 to 9999 as microseconds.
fn instants() -> impl Strategy<Value = i64> {
    -62_135_596_800_000_000i64..253_402_300_800_000_000
}

/// Canonical text without a zone and the text with its fraction trimmed.
fn civil(microseconds: i64) -> (String, String) {
    let instant = jiff::Timestamp::from_microsecond(microseconds).unwrap();
    let text = format_instant(instant).trim_end_matches('Z').to_owned();
    let trimmed = text.trim_end_matches('0').trim_end_matches('.').to_owned();
    // Trimming must not reach into the seconds.
    let trimmed = if trimmed.len() < 19 { text[..19].to_owned() } else { trimmed };
    (text, trimmed)
}

fn samples() -> impl Strategy<Value = Sample> {
    let of = Codec::of;
    prop_oneof![
        any::<i64>().prop_map(move |n| ("INTEGER", of(Scalar::BigInt), Value::Integer(n), n.to_string())),
        any::<bool>().prop_map(move |b| ("INTEGER", of(Scalar::Boolean), Value::Boolean(b), b.to_string())),
        "[^\\x00]{0,30}".prop_map(move |s| ("TEXT", of(Scalar::String), text(&s), json_string(&s))),
        any::<[u8; 16]>().prop_map(move |bytes| {
            let hex: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
            ("BLOB", of(Scalar::Bytea), Value::Bytes(bytes.as_slice().into()), json_string(&format!("\\x{hex}")))
        }),
        (any::<i64>(), 0u32..7).prop_map(|(n, scale)| {
            let stored = Stored::Scaled { scale: scale as u8 };
            ("INTEGER", numeric(stored), text(&decimal_text(n / 10, scale)), decimal_text(n / 10, scale))
        }),
        (any::<i64>(), 0u32..7).prop_map(|(n, scale)| {
            let n = n / 10;
            let stored = Stored::Decimal { scale: Some(scale as u8) };
            ("TEXT COLLATE decimal", numeric(stored), text(&decimal_text(n, scale)), decimal_text(n, scale))
        }),
        (-999_999_999i64..1_000_000_000, 0u32..5).prop_map(|(n, scale)| {
            let stored = Stored::Real { scale: Some(scale as u8) };
            ("REAL", numeric(stored), text(&decimal_text(n, scale)), decimal_text(n, scale))
        }),
        instants().prop_map(move |n| {
            let (full, trimmed) = civil(n);
            ("TEXT", of(Scalar::Timestamptz), text(&format!("{full}Z")), json_string(&format!("{trimmed}+00:00")))
        }),
        (instants(), prop_oneof![Just(Stored::Space), Just(Stored::Iso), Just(Stored::Standard)]).prop_map(
            |(n, stored)| {
                let (full, trimmed) = civil(n);
                let codec = Codec { scalar: Scalar::Timestamp, list: false, stored };
                ("TEXT", codec, text(&full), json_string(&trimmed))
            }
        ),
        instants().prop_map(|n| {
            let n = n / 1000 * 1000;
            let (full, trimmed) = civil(n);
            let codec = Codec { scalar: Scalar::Timestamptz, list: false, stored: Stored::UnixMilliseconds };
            ("INTEGER", codec, text(&format!("{full}Z")), json_string(&format!("{trimmed}+00:00")))
        }),
        instants().prop_map(move |n| {
            let day = &civil(n).0[..10];
            ("TEXT", of(Scalar::Date), text(day), json_string(day))
        }),
        prop::collection::vec("[^\\x00]{0,9}", 0..4).prop_map(|members| {
            let codec = Codec { scalar: Scalar::String, list: true, stored: Stored::Standard };
            let value = Value::List(members.iter().map(|member| text(member)).collect());
            ("TEXT", codec, value, serde_json::to_string(&members).unwrap())
        }),
    ]
}

/// Inserts the value into `t.c` and answers the cell.
fn store(codec: Codec) -> Plan {
    let output = Shape::Cell { column: 0, output: Output { codec, stringify: false } };
    let slot = BoundSlot { slot: Slot::Row(0), codec, many: false, postgres_type: None };
    let template = InsertTemplate {
        source: RowSource::Document,
        values: vec![],
        objects: vec![],
        probe: None,
        statement: statement("insert into t (c) values (?) returning c", vec![slot]),
        key_width: 0,
        insert_check: RowCheck::Always,
        update_check: RowCheck::Always,
        updated: Updated::Never,
        arrays: vec![],
    };
    let insert = RootBody::Insert {
        index: 0,
        rows: InsertPlan { table: TableId(0), templates: vec![template] },
        response: WriteResponse {
            value: Shape::Returning { index: 0, many: false },
            returning: vec![Returning::Direct { row: output, visible: None }],
        },
    };
    write_plan(vec![root("c", insert)], false)
}

/// Reads the cell again through a reader.
fn load(codec: Codec) -> Plan {
    let shape = Shape::Cell { column: 0, output: Output { codec, stringify: false } };
    let mut found = rows(statement("select c from t", vec![]), Correlation::Root, shape);
    found.many = false;
    read_plan(vec![("c", found)])
}

#[test]
fn every_value_survives_the_file() {
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let database = runtime.block_on(TestDatabase::create("create table t (c) "));
    proptest!(ProptestConfig::with_cases(400), |((declared, codec, value, expected) in samples())| {
        let answers = runtime.block_on(async {
            let remake = format!("drop table t; create table t (c {declared}) strict");
            let remake = move |connection: &mut rusqlite::Connection| Ok(connection.execute_batch(&remake)?);
            database.engine.write_exclusive(remake).await.unwrap();
            let row = BoundRow { template: 0, values: vec![value.clone()], objects: vec![], arrays: vec![] };
            let bindings = Bindings { values: vec![], inserts: vec![vec![row]] };
            let written = database.run_bound(store(codec), bindings).await.unwrap();
            (written, database.run(load(codec), vec![]).await.unwrap())
        });
        let expected = format!(r#"{{"c":{expected}}}"#);
        prop_assert_eq!(&answers.0, &expected);
        prop_assert_eq!(&answers.1, &expected);
    });
}
