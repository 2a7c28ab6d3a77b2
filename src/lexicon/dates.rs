//! Reads the dates of the `valid_from`, `valid_to` and `expect_until` columns.

use jiff::civil::DateTime;
use jiff::tz::Offset;

use crate::base::Interval;
use crate::lexicon::error::Problem;

/// What to do about a date that cannot be read.
const MEND: &str = "write `2023-02-04`, `20230204`, `2023-02`, `2023` or `2023-02-04T19:39Z`";

/// Every moment that a date may mean, in UTC: a day, a month or a year as a whole, or one moment.
pub(crate) fn parse_date(text: &str) -> Result<Interval, Problem> {
    if text.contains('/') {
        return Err(Problem::new(format!("`{text}` can be read in two ways"), readings(text)));
    }
    span_of(text).ok_or_else(|| Problem::new(format!("`{text}` is not a date"), MEND))
}

fn span_of(text: &str) -> Option<Interval> {
    if let Some((day, clock)) = text.split_once('T') {
        return moment(day, clock);
    }
    let digits = text.bytes().all(|b| b.is_ascii_digit());
    let (year, month, day) = match (text.len(), digits) {
        (4, true) => (text, None, None),
        (8, true) => (&text[..4], Some(&text[4..6]), Some(&text[6..])),
        _ => {
            let mut parts = text.splitn(3, '-');
            (parts.next()?, Some(parts.next()?), parts.next())
        }
    };
    let year: i16 = number(year, 4)?;
    let month: Option<i8> = month.map(|m| number(m, 2)).map_or(Some(None), |m| m.map(Some))?;
    let day: Option<i8> = day.map(|d| number(d, 2)).map_or(Some(None), |d| d.map(Some))?;
    let from = start_of(year, month.unwrap_or(1), day.unwrap_or(1))?;
    let to = match (month, day) {
        (_, Some(_)) => from + 86_400,
        (Some(12) | None, None) => start_of(year + 1, 1, 1)?,
        (Some(m), None) => start_of(year, m + 1, 1)?,
    };
    Some(Interval { from, to: to - 1 })
}

fn moment(day: &str, clock: &str) -> Option<Interval> {
    let clock = clock.strip_suffix('Z')?;
    let start = span_of(day).filter(|_| day.len() >= 8)?.from;
    let (hour, minute) = clock.split_once(':')?;
    let (hour, minute): (i64, i64) = (number(hour, 2)?, number(minute, 2)?);
    let at = start + hour * 3_600 + minute * 60;
    (hour < 24 && minute < 60).then_some(Interval { from: at, to: at })
}

/// A number written with exactly so many digits.
fn number<N: std::str::FromStr>(text: &str, digits: usize) -> Option<N> {
    let plain = text.len() == digits && text.bytes().all(|b| b.is_ascii_digit());
    plain.then(|| text.parse().ok()).flatten()
}

/// Seconds since 1970 at the start of a day in UTC; `None` if there is no such day.
fn start_of(year: i16, month: i8, day: i8) -> Option<i64> {
    let midnight = DateTime::new(year, month, day, 0, 0, 0, 0).ok()?;
    Offset::UTC.to_timestamp(midnight).ok().map(jiff::Timestamp::as_second)
}

/// The ISO dates that a date with slashes may mean: spreadsheets rewrite dates on saving.
fn readings(text: &str) -> String {
    let parts: Vec<&str> = text.split('/').collect();
    let [a, b, year] = parts[..] else { return MEND.to_owned() };
    let iso = |month: &str, day: &str| format!("{year}-{month:0>2}-{day:0>2}");
    let mut ways = vec![iso(b, a), iso(a, b)];
    ways.dedup();
    ways.retain(|way| span_of(way).is_some());
    if ways.is_empty() {
        return MEND.to_owned();
    }
    format!("write `{}`; the form `20230204` survives a spreadsheet", ways.join("` or `"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const DAY: i64 = 86_400;

    #[test]
    fn a_day_a_month_and_a_year_are_meant_whole() {
        let day = parse_date("1970-01-02").unwrap();
        assert_eq!((day.from, day.to), (DAY, 2 * DAY - 1));
        assert_eq!(parse_date("19700102").unwrap(), day);
        let month = parse_date("1970-02").unwrap();
        assert_eq!((month.from, month.to), (31 * DAY, 59 * DAY - 1));
        assert_eq!(parse_date("1970-12").unwrap().to, 365 * DAY - 1);
        assert_eq!(parse_date("1970").unwrap(), Interval { from: 0, to: 365 * DAY - 1 });
    }

    #[test]
    fn a_moment_is_one_second_in_utc() {
        let at = parse_date("1970-01-02T19:39Z").unwrap();
        assert_eq!((at.from, at.to), (DAY + 19 * 3_600 + 39 * 60, at.from));
    }

    #[test]
    fn a_date_with_slashes_is_refused_with_both_readings() {
        let problem = parse_date("04/02/2023").unwrap_err();
        assert!(problem.mend.starts_with("write `2023-02-04` or `2023-04-02`"), "{}", problem.mend);
        assert!(parse_date("14/2/2023").unwrap_err().mend.starts_with("write `2023-02-14`;"));
    }

    #[test]
    fn what_is_no_date_is_refused() {
        for text in [
            "",
            "2023-2-4",
            "2023-02-30",
            "20231301",
            "Feb 2023",
            "2023-02-04T19:39",
            "2023-02T10:00Z",
            "2023-02-04T24:00Z",
            "45000",
            "2023-02-04-01",
            "-1",
        ] {
            assert!(parse_date(text).is_err(), "{text}");
        }
    }
}
