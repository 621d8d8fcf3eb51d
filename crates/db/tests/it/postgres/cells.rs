//! Every cell is written exactly as `to_json` prints it: compared with PostgreSQL itself over generated values.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::strategy::BoxedStrategy;
use proptest::test_runner::{Config, TestRunner};

use super::*;

/// Values in one generated batch, and batches of each kind.
const BATCH: usize = 200;
const BATCHES: u32 = 10;

/// Compares cells with `to_json` for each of the texts, `expression` makes the value out of the text `v`.
async fn compare(database: &TestDatabase, expression: &str, texts: Vec<String>) -> Result<(), TestCaseError> {
    let read = |column: &str| {
        let sql = format!(
            "select {column} from (select {expression} as x from unnest($1) with ordinality as t (v, n) order by n) s"
        );
        rows(statement(&sql, vec![many(0, Scalar::String)]), Correlation::Root, cell(0, Scalar::String))
    };
    let values = || vec![Value::List(texts.iter().map(|value| text(value)).collect())];
    let failed = |failure: Failure| TestCaseError::fail(format!("{failure:?}"));
    let ours = database.run(read_plan(vec![("cells", read("x"))]), values()).await.map_err(failed)?;
    let theirs = database.run(read_plan(vec![("cells", read("to_json(x)"))]), values()).await.map_err(failed)?;
    prop_assert_eq!(ours, theirs, "{} over {:?}", expression, texts);
    Ok(())
}

fn compare_generated(expressions: &[&str], values: BoxedStrategy<String>) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let database =
        runtime.block_on(TestDatabase::create("create type mood as enum ('sad', 'ok'); create domain word as text"));
    let mut runner = TestRunner::new(Config {
        cases: BATCHES,
        failure_persistence: None,
        max_shrink_iters: 200,
        ..Config::default()
    });
    for expression in expressions {
        runner
            .run(&vec(values.clone(), 1..BATCH), |texts| runtime.block_on(compare(&database, expression, texts)))
            .unwrap();
    }
    drop(database);
}

async fn compare_listed(expressions: &[&str], texts: &[&str]) {
    let database = TestDatabase::create("").await;
    for expression in expressions {
        compare(&database, expression, texts.iter().map(|text| (*text).to_owned()).collect()).await.unwrap();
    }
}

#[test]
fn integers() {
    compare_generated(&["v::int2"], any::<i16>().prop_map(|value| value.to_string()).boxed());
    compare_generated(&["v::int4", "v::int4 > 0"], any::<i32>().prop_map(|value| value.to_string()).boxed());
    compare_generated(
        &["v::int8", "array[v::int8, null, 0]", "nullif(v::int8 % 2, 0)"],
        any::<i64>().prop_map(|value| value.to_string()).boxed(),
    );
    compare_generated(&["v::oid"], any::<u32>().prop_map(|value| value.to_string()).boxed());
}

#[test]
fn doubles() {
    let anything = any::<u64>().prop_map(f64::from_bits);
    let tidy = (any::<i32>(), -30..30i32).prop_map(|(digits, power)| f64::from(digits) * 10f64.powi(power));
    let values = prop_oneof![anything, tidy].prop_map(|value| format!("{value:e}"));
    let values = values.prop_map(|text| text.replace("inf", "Infinity")).boxed();
    compare_generated(&["v::float8", "array[v::float8]"], values);
}

#[test]
fn singles() {
    let anything = any::<u32>().prop_map(f32::from_bits);
    let tidy = (any::<i16>(), -20..20i32).prop_map(|(digits, power)| f32::from(digits) * 10f32.powi(power));
    let values = prop_oneof![anything, tidy].prop_map(|value| format!("{value:e}"));
    compare_generated(&["v::float4"], values.prop_map(|text| text.replace("inf", "Infinity")).boxed());
}

#[tokio::test]
async fn floats_at_the_edges_of_their_intervals() {
    let database = TestDatabase::create("").await;
    // Powers of two lie asymmetrically between their neighbours, which is where shortest digits go wrong.
    let powers = |from: i32, to: i32, step: f64| (from..=to).map(move |power| format!("{:e}", step * 2f64.powi(power)));
    for step in [1.0, 3.0, 5.0] {
        compare(&database, "v::float8", powers(-1060, 1020, step).collect()).await.unwrap();
        compare(&database, "v::float4", powers(-140, 124, step).collect()).await.unwrap();
    }
    let tens = (-300..=300).flat_map(|power| [format!("1e{power}"), format!("9.5e{power}")]);
    compare(&database, "v::float8", tens.collect()).await.unwrap();
    let special =
        ["0", "-0", "NaN", "Infinity", "-Infinity", "1e15", "999999999999999.9", "5e-324", "1.7976931348623157e308"];
    compare(&database, "v::float8", special.map(str::to_owned).to_vec()).await.unwrap();
}

#[test]
fn decimals() {
    let plain = "-?[0-9]{1,40}(\\.[0-9]{1,40})?";
    let small = "-?0\\.0{0,30}[0-9]{1,10}0{0,6}";
    let large = "-?[0-9]{1,3}0{0,60}";
    let special = prop_oneof![Just("NaN".to_owned()), Just("Infinity".to_owned()), Just("-Infinity".to_owned())];
    let exponent = "-?[1-9]\\.[0-9]{1,5}e-?[0-9]{1,3}";
    let values = prop_oneof![4 => plain, 2 => small, 2 => large, 2 => exponent, 1 => special].boxed();
    compare_generated(&["v::numeric", "array[v::numeric, null]"], values);
    compare_generated(&["v::numeric(12, 2)", "v::numeric / 3"], "-?[0-9]{1,9}(\\.[0-9]{1,6})?".boxed());
}

#[test]
fn texts() {
    let values = "(?s)[^\\x00]{0,30}".boxed();
    compare_generated(&["v", "v::varchar", "v::bpchar(3)", "array[v, '', null]", "v::word", "array[v::word]"], values);
    let moods = prop_oneof![Just("sad".to_owned()), Just("ok".to_owned())].boxed();
    compare_generated(&["v::mood", "array[v::mood]", "v::mood::text"], moods);
}

#[test]
fn bytes_and_uuids() {
    let bytes = vec(any::<u8>(), 0..20)
        .prop_map(|bytes| bytes.iter().fold("\\x".to_owned(), |text, byte| format!("{text}{byte:02x}")));
    compare_generated(&["v::bytea", "array[v::bytea]"], bytes.boxed());
    compare_generated(&["v::uuid", "array[v::uuid, v::uuid]"], "[0-9a-fA-F]{32}".boxed());
}

#[test]
fn times() {
    // From 4713 BC to where timestamps end.
    let microseconds = prop_oneof![
        -211_813_488_000_000_000..9_000_000_000_000_000_000i64,
        -1_000_000_000_000_000..1_000_000_000_000_000i64,
        (-3_000_000_000..3_000_000_000i64).prop_map(|seconds| seconds * 1_000_000),
    ];
    let values = microseconds.prop_map(|value| value.to_string()).boxed();
    compare_generated(
        &[
            "timestamp '2000-01-01' + v::int8 * interval '1 microsecond'",
            "timestamptz '2000-01-01 00:00Z' + v::int8 * interval '1 microsecond'",
            "array[timestamptz '2000-01-01 00:00Z' + v::int8 * interval '1 microsecond', null]",
            "(timestamp '2000-01-01' + v::int8 * interval '1 microsecond')::time",
        ],
        values,
    );
    let days = prop_oneof![-2_451_545..100_000_000i64, -800_000..800_000i64].prop_map(|value| value.to_string());
    compare_generated(&["date '2000-01-01' + v::int4", "array[date '2000-01-01' + v::int4]"], days.boxed());
}

#[tokio::test]
async fn times_without_end() {
    compare_listed(
        &["v::timestamptz", "v::timestamp", "v::date"],
        &["infinity", "-infinity", "0001-01-01 BC", "9999-12-31", "10000-01-01"],
    )
    .await;
    compare_listed(&["v::time"], &["00:00", "24:00:00", "23:59:59.999999", "10:20:30.5"]).await;
}

#[test]
fn documents() {
    let leaf = prop_oneof![
        Just(serde_json::Value::Null),
        any::<bool>().prop_map(Into::into),
        any::<i64>().prop_map(Into::into),
        "[^\\x00]{0,8}".prop_map(Into::into),
    ];
    let tree = leaf.prop_recursive(3, 20, 4, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..4).prop_map(Into::into),
            vec(("[^\\x00]{0,5}", inner), 0..4)
                .prop_map(|members| serde_json::Value::Object(members.into_iter().collect())),
        ]
    });
    compare_generated(&["v::jsonb", "v::json", "array[v::jsonb]"], tree.prop_map(|tree| tree.to_string()).boxed());
}

#[tokio::test]
async fn arrays_of_every_shape() {
    compare_listed(
        &["v::int4[]"],
        &["{}", "{1}", "{1,NULL,3}", "{{1,2},{3,4}}", "{{{1},{2}},{{3},{NULL}}}", "[0:1]={7,8}"],
    )
    .await;
}

#[tokio::test]
async fn large_numbers_are_strings_when_asked() {
    let database = TestDatabase::create("").await;
    let sql = "select 9007199254740993::int8, 1.50::numeric, 'NaN'::numeric, 0.1::float8, 'Infinity'::float8, \
               7::int4, 0.5::float4, array[1, null]::int8[], null::int8";
    let cells = (0..9).map(|column| {
        (
            ["a", "b", "c", "d", "e", "f", "g", "h", "i"][column],
            Shape::Cell { column, output: Output { codec: Codec::of(Scalar::Numeric), stringify: true } },
        )
    });
    let mut one = rows(statement(sql, vec![]), Correlation::Root, object(cells.collect()));
    one.many = false;
    assert_eq!(
        database.run(read_plan(vec![("x", one)]), vec![]).await.unwrap(),
        r#"{"x":{"a":"9007199254740993","b":"1.50","c":"NaN","d":"0.1","e":"Infinity","f":7,"g":0.5,"h":["1",null],"i":null}}"#
    );
}

#[tokio::test]
async fn a_type_that_was_not_cast_is_an_error_of_ours() {
    let database = TestDatabase::create("").await;
    let plan = read_plan(vec![(
        "x",
        rows(statement("select point '(1,2)'", vec![]), Correlation::Root, cell(0, Scalar::String)),
    )]);
    let failure = database.run(plan, vec![]).await.unwrap_err();
    assert!(matches!(failure.error, purlin_db::DatabaseError::Internal(_)), "{failure:?}");
}
