//! The binary forms of dates and times, written as `to_json` prints them. Refuses to know: time zones other than UTC.

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::Offset;

/// 2000-01-01 in seconds since 1970-01-01: where PostgreSQL counts from.
const EPOCH: i64 = 946_684_800;
const MICROSECONDS: i64 = 1_000_000;
const SECONDS_PER_DAY: i64 = 86_400;
/// The calendar repeats after 400 years.
const DAYS_PER_CYCLE: i64 = 146_097;
const YEARS_PER_CYCLE: i64 = 400;

/// Writes microseconds since 2000-01-01T00:00:00, `2004-10-19T10:23:54.5+00:00` (without offset if not `zoned`).
pub(super) fn write_timestamp(buffer: &mut Vec<u8>, microseconds: i64, zoned: bool) {
    match microseconds {
        i64::MAX => return buffer.extend_from_slice(b"\"infinity\""),
        i64::MIN => return buffer.extend_from_slice(b"\"-infinity\""),
        _ => {}
    }
    let day = MICROSECONDS * SECONDS_PER_DAY;
    let (date, cycles) = civil(microseconds.div_euclid(day));
    buffer.push(b'"');
    let past = write_civil_date(buffer, date, cycles);
    buffer.push(b'T');
    write_clock(buffer, microseconds.rem_euclid(day));
    if zoned {
        buffer.extend_from_slice(b"+00:00");
    }
    close(buffer, past);
}

/// Writes microseconds since 2000-01-01T00:00:00 as the model holds them, `2004-10-19T10:23:54.500000Z`, without quotes.
pub(super) fn write_canonical(buffer: &mut Vec<u8>, microseconds: i64, zoned: bool) {
    let day = MICROSECONDS * SECONDS_PER_DAY;
    let (date, cycles) = civil(microseconds.div_euclid(day));
    write_civil_date(buffer, date, cycles);
    buffer.push(b'T');
    let clock = microseconds.rem_euclid(day);
    write_clock(buffer, clock - clock % MICROSECONDS);
    let fraction = 1_000_000 + clock % MICROSECONDS;
    buffer.push(b'.');
    buffer.extend_from_slice(&itoa::Buffer::new().format(fraction).as_bytes()[1..]);
    if zoned {
        buffer.push(b'Z');
    }
}

/// Writes days since 2000-01-01, `2004-10-19`.
pub(super) fn write_date(buffer: &mut Vec<u8>, days: i32) {
    match days {
        i32::MAX => return buffer.extend_from_slice(b"\"infinity\""),
        i32::MIN => return buffer.extend_from_slice(b"\"-infinity\""),
        _ => {}
    }
    let (date, cycles) = civil(i64::from(days));
    buffer.push(b'"');
    let past = write_civil_date(buffer, date, cycles);
    close(buffer, past);
}

/// Writes microseconds since midnight, `10:23:54.5`.
pub(super) fn write_time(buffer: &mut Vec<u8>, microseconds: i64) {
    buffer.push(b'"');
    write_clock(buffer, microseconds);
    buffer.push(b'"');
}

/// The date so many days after 2000-01-01, moved by whole cycles to where the library reaches, and the cycles.
fn civil(days: i64) -> (DateTime, i64) {
    let seconds = days.rem_euclid(DAYS_PER_CYCLE) * SECONDS_PER_DAY + EPOCH;
    // Always within 2000 and 2399.
    let timestamp = Timestamp::from_second(seconds).unwrap_or(Timestamp::UNIX_EPOCH);
    (Offset::UTC.to_datetime(timestamp), days.div_euclid(DAYS_PER_CYCLE))
}

/// Whether the year is before the common era.
fn write_civil_date(buffer: &mut Vec<u8>, date: DateTime, cycles: i64) -> bool {
    let year = i64::from(date.year()) + cycles * YEARS_PER_CYCLE;
    let past = year <= 0;
    let year = if past { 1 - year } else { year };
    let mut text = itoa::Buffer::new();
    let text = text.format(year).as_bytes();
    buffer.extend((text.len()..4).map(|_| b'0'));
    buffer.extend_from_slice(text);
    buffer.push(b'-');
    two(buffer, i64::from(date.month()));
    buffer.push(b'-');
    two(buffer, i64::from(date.day()));
    past
}

fn write_clock(buffer: &mut Vec<u8>, microseconds: i64) {
    let seconds = microseconds / MICROSECONDS;
    two(buffer, seconds / 3600);
    buffer.push(b':');
    two(buffer, seconds / 60 % 60);
    buffer.push(b':');
    two(buffer, seconds % 60);
    let mut fraction = microseconds % MICROSECONDS;
    if fraction == 0 {
        return;
    }
    buffer.push(b'.');
    let mut divisor = MICROSECONDS / 10;
    while fraction > 0 {
        buffer.push(b'0' + (fraction / divisor) as u8);
        fraction %= divisor;
        divisor /= 10;
    }
}

fn close(buffer: &mut Vec<u8>, past: bool) {
    buffer.extend_from_slice(if past { b" BC\"" } else { b"\"" });
}

fn two(buffer: &mut Vec<u8>, number: i64) {
    buffer.extend_from_slice(&[b'0' + (number / 10) as u8, b'0' + (number % 10) as u8]);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(write: impl Fn(&mut Vec<u8>)) -> String {
        let mut buffer = Vec::new();
        write(&mut buffer);
        String::from_utf8(buffer).unwrap()
    }

    #[test]
    fn timestamps_and_dates() {
        assert_eq!(written(|buffer| write_timestamp(buffer, 0, true)), r#""2000-01-01T00:00:00+00:00""#);
        assert_eq!(written(|buffer| write_timestamp(buffer, -1, false)), r#""1999-12-31T23:59:59.999999""#);
        assert_eq!(written(|buffer| write_timestamp(buffer, 500_000, false)), r#""2000-01-01T00:00:00.5""#);
        assert_eq!(written(|buffer| write_timestamp(buffer, i64::MAX, true)), r#""infinity""#);
        assert_eq!(written(|buffer| write_canonical(buffer, -1, true)), "1999-12-31T23:59:59.999999Z");
        assert_eq!(written(|buffer| write_canonical(buffer, 500, false)), "2000-01-01T00:00:00.000500");
        assert_eq!(written(|buffer| write_date(buffer, 59)), r#""2000-02-29""#);
        assert_eq!(written(|buffer| write_date(buffer, -730_120)), r#""0001-12-31 BC""#);
        assert_eq!(written(|buffer| write_date(buffer, -730_119)), r#""0001-01-01""#);
        assert_eq!(written(|buffer| write_date(buffer, 2_921_940)), r#""10000-01-01""#);
        assert_eq!(written(|buffer| write_time(buffer, 86_400_000_000)), r#""24:00:00""#);
    }
}
