//! Values to SQLite and back to JSON, in every stored form.

use purlin_db::DatabaseError;
use purlin_model::scalar::{Codec, Scalar, Stored};
use purlin_model::value::Value;
use purlin_plan::plan::*;

use super::*;

/// Selects what was bound (and how SQLite holds it), written by the same codec.
fn echo(codec: Codec, stringify: bool) -> Plan {
    let slots = vec![BoundSlot { slot: Slot::Binding(0), codec, many: false, postgres_type: None }];
    let mut echo = rows(
        statement("select ?1, typeof(?1), cast(?1 as text)", slots),
        Correlation::Root,
        object(vec![
            ("json", Shape::Cell { column: 0, output: Output { codec, stringify } }),
            ("type", cell(1, Scalar::String)),
            ("text", cell(2, Scalar::String)),
        ]),
    );
    echo.many = false;
    read_plan(vec![("echo", echo)])
}

/// A cell given as SQL, written by a codec.
fn written(sql: &str, codec: Codec) -> Plan {
    let shape = Shape::Cell { column: 0, output: Output { codec, stringify: false } };
    let mut rows = rows(statement(sql, vec![]), Correlation::Root, shape);
    rows.many = false;
    read_plan(vec![("cell", rows)])
}

fn of(scalar: Scalar, stored: Stored) -> Codec {
    Codec { scalar, list: false, stored }
}

fn list(scalar: Scalar) -> Codec {
    Codec { scalar, list: true, stored: Stored::Standard }
}

#[tokio::test]
async fn values_come_back_as_postgresql_prints_them() {
    use Scalar::*;
    let database = TestDatabase::create("select 1").await;
    let scaled = Stored::Scaled { scale: 2 };
    let decimal = |scale| Stored::Decimal { scale };
    let real = |scale| Stored::Real { scale };
    let instant = "2004-10-19T10:23:54.120000Z";
    let whole = "2004-10-19T10:23:54.000000Z";
    let integers = Value::List(vec![Value::Integer(1), Value::Integer(-2)]);
    let cases: Vec<(Codec, Value, &str, &str, &str)> = vec![
        (Codec::of(Int), Value::Integer(-7), "-7", "integer", "-7"),
        (Codec::of(Int), Value::Null, "null", "null", ""),
        (Codec::of(BigInt), Value::Integer(i64::MIN), "-9223372036854775808", "integer", "-9223372036854775808"),
        (Codec::of(Float), Value::Float(1e20), "1e+20", "real", "1.0e+20"),
        (Codec::of(Float8), Value::Float(-0.0), "-0", "real", "0.0"),
        (Codec::of(Float8), Value::Integer(3), "3", "real", "3.0"),
        (Codec::of(Boolean), Value::Boolean(true), "true", "integer", "1"),
        (Codec::of(String), text("a\n\"ü\""), r#""a\n\"ü\"""#, "text", "a\n\"ü\""),
        (
            Codec::of(Uuid),
            text("00000000-0000-7000-8000-00000000000a"),
            r#""00000000-0000-7000-8000-00000000000a""#,
            "text",
            "00000000-0000-7000-8000-00000000000a",
        ),
        (of(Numeric, scaled), text("12.345"), "12.35", "integer", "1235"),
        (of(Numeric, scaled), text("-0.005"), "-0.01", "integer", "-1"),
        (of(Numeric, scaled), text("7"), "7.00", "integer", "700"),
        (of(Numeric, decimal(Some(3))), text("12.3"), "12.300", "text", "12.300"),
        (of(Numeric, decimal(None)), text("12.30"), "12.30", "text", "12.30"),
        (of(Numeric, real(Some(2))), text("0.99"), "0.99", "real", "0.99"),
        (of(Numeric, real(Some(2))), text("1"), "1.00", "real", "1.0"),
        (of(Numeric, real(None)), text("100000000000000000000"), "100000000000000000000", "real", "1.0e+20"),
        (Codec::of(Timestamptz), text(instant), r#""2004-10-19T10:23:54.12+00:00""#, "text", instant),
        (Codec::of(Timestamptz), text(whole), r#""2004-10-19T10:23:54+00:00""#, "text", whole),
        (
            Codec::of(Timestamp),
            text("2004-10-19T10:23:54.000001"),
            r#""2004-10-19T10:23:54.000001""#,
            "text",
            "2004-10-19T10:23:54.000001",
        ),
        (Codec::of(Date), text("0001-01-01"), r#""0001-01-01""#, "text", "0001-01-01"),
        (Codec::of(Time), text("10:23:54.500000"), r#""10:23:54.5""#, "text", "10:23:54.500000"),
        (of(Timestamp, Stored::Space), text(&whole[..26]), r#""2004-10-19T10:23:54""#, "text", "2004-10-19 10:23:54"),
        (of(Date, Stored::Space), text("2004-10-19"), r#""2004-10-19""#, "text", "2004-10-19 00:00:00"),
        (
            of(Timestamptz, Stored::Iso),
            text(instant),
            r#""2004-10-19T10:23:54.12+00:00""#,
            "text",
            "2004-10-19T10:23:54.12Z",
        ),
        (of(Timestamptz, Stored::Unix), text(whole), r#""2004-10-19T10:23:54+00:00""#, "integer", "1098181434"),
        (
            of(Timestamptz, Stored::UnixMilliseconds),
            text(instant),
            r#""2004-10-19T10:23:54.12+00:00""#,
            "integer",
            "1098181434120",
        ),
        (of(Date, Stored::Unix), text("1970-01-02"), r#""1970-01-02""#, "integer", "86400"),
        (Codec::of(Jsonb), text(r#"{"a": [1, 2.50]}"#), r#"{"a": [1, 2.50]}"#, "text", r#"{"a": [1, 2.50]}"#),
        (Codec::of(Bytea), Value::Bytes(b"\x0a\x41".as_slice().into()), r#""\\x0a41""#, "blob", "\nA"),
        (Codec::of(Bytea), Value::Bytes(b"".as_slice().into()), r#""\\x""#, "blob", ""),
        (list(Int), integers.clone(), "[1,-2]", "text", "[1,-2]"),
        (list(String), Value::List(vec![text("a\"b"), text("")]), r#"["a\"b",""]"#, "text", r#"["a\"b",""]"#),
        (list(Numeric), Value::List(vec![text("1.50")]), "[1.50]", "text", "[1.50]"),
        (
            list(Timestamptz),
            Value::List(vec![text(instant)]),
            r#"["2004-10-19T10:23:54.12+00:00"]"#,
            "text",
            r#"["2004-10-19T10:23:54.120000Z"]"#,
        ),
        (list(Boolean), Value::List(vec![Value::Boolean(false)]), "[false]", "text", "[false]"),
        (list(Int), Value::List(vec![]), "[]", "text", "[]"),
    ];
    for (codec, value, json, kind, held) in cases {
        let body = database.run(echo(codec, false), vec![value.clone()]).await.unwrap();
        let held = match value {
            Value::Null => "null".to_owned(),
            _ => serde_json::to_string(held).unwrap(),
        };
        let expected = format!(r#"{{"echo":{{"json":{json},"type":"{kind}","text":{held}}}}}"#);
        assert_eq!(body, expected, "{codec:?} {value:?}");
    }
}

#[tokio::test]
async fn numbers_are_strings_when_told() {
    let database = TestDatabase::create("select 1").await;
    for (codec, value, expected) in [
        (Codec::of(Scalar::BigInt), Value::Integer(5), r#""5""#),
        (Codec::of(Scalar::Float8), Value::Float(1.5), r#""1.5""#),
        (of(Scalar::Numeric, Stored::Scaled { scale: 1 }), text("2"), r#""2.0""#),
        (Codec::of(Scalar::Int), Value::Integer(5), "5"),
        (Codec::of(Scalar::Float), Value::Float(1.5), "1.5"),
        (list(Scalar::BigInt), Value::List(vec![Value::Integer(5)]), r#"["5"]"#),
    ] {
        let body = database.run(echo(codec, true), vec![value]).await.unwrap();
        assert!(body.starts_with(&format!(r#"{{"echo":{{"json":{expected},"#)), "{body}");
    }
}

#[tokio::test]
async fn cells_of_other_programs_are_written_or_refused() {
    let database = TestDatabase::create("select 1").await;
    for (sql, codec, expected) in [
        ("select 7", Codec::of(Scalar::String), r#""7""#),
        ("select 7.5", Codec::of(Scalar::String), r#""7.5""#),
        ("select 3.0", Codec::of(Scalar::Int), "3"),
        ("select 1", of(Scalar::Numeric, Stored::Real { scale: Some(2) }), "1.00"),
        ("select '.5'", of(Scalar::Numeric, Stored::Decimal { scale: None }), "0.5"),
        ("select 0.1 + 0.2", of(Scalar::Numeric, Stored::Real { scale: Some(2) }), "0.30"),
        (
            "select 'ABCDEF00-0000-7000-8000-00000000000A'",
            Codec::of(Scalar::Uuid),
            r#""abcdef00-0000-7000-8000-00000000000a""#,
        ),
        ("select '2009-01-01T00:00:00+02:00'", Codec::of(Scalar::Timestamptz), r#""2008-12-31T22:00:00+00:00""#),
        ("select '2009-01-01 10:00'", of(Scalar::Timestamp, Stored::Space), r#""2009-01-01T10:00:00""#),
        ("select 1.5", of(Scalar::Timestamptz, Stored::Unix), r#""1970-01-01T00:00:01.5+00:00""#),
        ("select cast(x'61ff62' as text)", Codec::of(Scalar::String), "\"a\u{fffd}b\""),
        ("select 9e999", Codec::of(Scalar::Float8), r#""Infinity""#),
    ] {
        let body = database.run(written(sql, codec), vec![]).await.unwrap();
        assert_eq!(body, format!(r#"{{"cell":{expected}}}"#), "{sql}");
    }
    for (sql, codec, name) in [
        ("select 'seven'", Codec::of(Scalar::Int), "Int"),
        ("select 'soon'", Codec::of(Scalar::Timestamptz), "timestamptz"),
        ("select '{'", Codec::of(Scalar::Jsonb), "jsonb"),
        ("select '1e5'", of(Scalar::Numeric, Stored::Decimal { scale: None }), "numeric"),
        ("select x'00'", Codec::of(Scalar::Boolean), "Boolean"),
        ("select '{}'", list(Scalar::Int), "Int"),
        ("select '２009-01-01'", Codec::of(Scalar::Date), "date"),
    ] {
        let failure = database.run(written(sql, codec), vec![]).await.unwrap_err();
        let DatabaseError::Data(message) = failure.error else { panic!("{sql}: {failure:?}") };
        assert_eq!(message, format!("a stored value is not of the type `{name}`"));
    }
}

#[tokio::test]
async fn what_a_column_cannot_hold_is_an_error_of_the_data() {
    let database = TestDatabase::create("select 1").await;
    let codec = of(Scalar::Numeric, Stored::Scaled { scale: 2 });
    let failure = database.run(echo(codec, false), vec![text("92233720368547758.08")]).await.unwrap_err();
    assert!(
        matches!(&failure.error, DatabaseError::Data(message) if message == "numeric field overflow"),
        "{failure:?}"
    );
}

#[tokio::test]
async fn lists_for_in_hold_stored_forms() {
    let database = TestDatabase::create("select 1").await;
    for (codec, members, expected) in [
        (Codec::of(Scalar::Boolean), vec![Value::Boolean(true), Value::Null], "[1,null]"),
        (of(Scalar::Numeric, Stored::Scaled { scale: 2 }), vec![text("1.5")], "[150]"),
        (of(Scalar::Numeric, Stored::Decimal { scale: None }), vec![text("1.5")], r#"["1.5"]"#),
        (of(Scalar::Timestamp, Stored::Space), vec![text("2004-10-19T10:23:54.000000")], r#"["2004-10-19 10:23:54"]"#),
        (Codec::of(Scalar::Bytea), vec![Value::Bytes(b"\x0a".as_slice().into())], r#"["0A"]"#),
        (list(Scalar::Int), vec![Value::List(vec![Value::Integer(1)])], r#"["[1]"]"#),
    ] {
        let slots = vec![BoundSlot { slot: Slot::Binding(0), codec, many: true, postgres_type: None }];
        let mut rows = rows(statement("select ?1", slots), Correlation::Root, cell(0, Scalar::String));
        rows.many = false;
        let body = database.run(read_plan(vec![("list", rows)]), vec![Value::List(members)]).await.unwrap();
        assert_eq!(body, format!(r#"{{"list":{}}}"#, serde_json::to_string(expected).unwrap()));
    }
}
