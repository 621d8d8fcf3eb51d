//! Instants, civil times, dates and times of day; the calendar itself is `jiff`'s.

use jiff::Unit;
use jiff::civil::{Date, DateTime, Time};
use jiff::fmt::temporal::Pieces;
use jiff::tz::Offset;

use super::{CoerceError, Value};
use crate::scalar::Scalar;

/// Reads a temporal scalar: ISO 8601 with `T` or a space, an optional fraction (rounded to microseconds) and an
/// optional numeric offset. Without an offset an instant is in UTC; `timestamp`, `date` and `time` ignore one, as
/// PostgreSQL does. Years are 0001–9999; `infinity` is refused.
pub fn parse(scalar: Scalar, text: &str) -> Result<Value, CoerceError> {
    let trimmed = text.trim_matches(|letter: char| letter.is_ascii_whitespace());
    // Time zone annotations are a matter of RFC 9557 that PostgreSQL does not know.
    let parsed = if trimmed.contains('[') { None } else { canonical(scalar, trimmed) };
    parsed.map(|canonical| Value::Text(canonical.into())).ok_or_else(|| CoerceError::malformed(scalar, text))
}

fn canonical(scalar: Scalar, text: &str) -> Option<String> {
    if scalar == Scalar::Time {
        let time = text.split_once(['T', ' ', 't']).map_or(text, |(_, time)| time);
        let time = time.split(['+', '-', 'Z', 'z']).next()?.trim_end();
        let rounded = time.parse::<Time>().ok()?.round(Unit::Microsecond);
        return rounded.ok().map(format_time);
    }
    let pieces = Pieces::parse(text).ok()?;
    let date: Date = pieces.date();
    let civil = DateTime::from_parts(date, pieces.time().unwrap_or(Time::midnight()));
    let civil = civil.round(Unit::Microsecond).ok()?;
    let in_range = |date: Date| (1..=9999).contains(&date.year());
    match scalar {
        Scalar::Date => in_range(date).then(|| format_date(date)),
        Scalar::Timestamp => in_range(civil.date()).then(|| format_datetime(civil)),
        _ => {
            let offset = pieces.to_numeric_offset().unwrap_or(Offset::UTC);
            let instant = Offset::UTC.to_datetime(offset.to_timestamp(civil).ok()?);
            in_range(instant.date()).then(|| format!("{}Z", format_datetime(instant)))
        }
    }
}

fn format_date(date: Date) -> String {
    format!("{:04}-{:02}-{:02}", date.year(), date.month(), date.day())
}

fn format_time(time: Time) -> String {
    format!("{:02}:{:02}:{:02}.{:06}", time.hour(), time.minute(), time.second(), time.subsec_nanosecond() / 1000)
}

fn format_datetime(datetime: DateTime) -> String {
    format!("{}T{}", format_date(datetime.date()), format_time(datetime.time()))
}

/// The canonical text of an instant: `YYYY-MM-DDTHH:MM:SS.ffffffZ`.
pub fn format_instant(instant: jiff::Timestamp) -> String {
    format!("{}Z", format_datetime(Offset::UTC.to_datetime(instant)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(scalar: Scalar, text: &str) -> Option<String> {
        match parse(scalar, text) {
            Ok(Value::Text(text)) => Some(text.into()),
            _ => None,
        }
    }

    #[test]
    fn many_forms_one_text() {
        for (scalar, given, expected) in [
            (Scalar::Timestamptz, "2004-10-19T10:23:54+02", "2004-10-19T08:23:54.000000Z"),
            (Scalar::Timestamptz, "2004-10-19 10:23:54.1234567+00:00", "2004-10-19T10:23:54.123457Z"),
            (Scalar::Timestamptz, "2004-10-19T10:23:54Z", "2004-10-19T10:23:54.000000Z"),
            (Scalar::Timestamptz, "2004-10-19", "2004-10-19T00:00:00.000000Z"),
            (Scalar::Timestamptz, "2004-10-19 23:30:00-05:30", "2004-10-20T05:00:00.000000Z"),
            (Scalar::Timestamp, "2004-10-19 10:23:54+02", "2004-10-19T10:23:54.000000"),
            (Scalar::Timestamp, "2004-10-19T10:23", "2004-10-19T10:23:00.000000"),
            (Scalar::Date, "2004-10-19", "2004-10-19"),
            (Scalar::Date, "2004-10-19T10:23:54", "2004-10-19"),
            (Scalar::Time, "10:23:54.5", "10:23:54.500000"),
            (Scalar::Time, "10:23", "10:23:00.000000"),
        ] {
            assert_eq!(read(scalar, given).as_deref(), Some(expected), "{given}");
        }
    }

    #[test]
    fn nonsense_is_refused() {
        for (scalar, given) in [
            (Scalar::Timestamptz, "infinity"),
            (Scalar::Timestamptz, "2004-13-01"),
            (Scalar::Timestamptz, "2004-10-19T10:23:54Z[UTC]"),
            (Scalar::Timestamptz, "0000-01-01T00:00:00Z"),
            (Scalar::Timestamptz, "0001-01-01T00:00:00+01"),
            (Scalar::Timestamptz, "9999-12-31T23:59:59.9999999Z"),
            (Scalar::Date, "2004-02-30"),
            (Scalar::Time, "25:00"),
            (Scalar::Time, ""),
            (Scalar::Timestamp, "yesterday"),
        ] {
            assert_eq!(read(scalar, given), None, "{given}");
        }
    }
}
