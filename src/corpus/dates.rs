//! Publication dates: strictly from a cell, carefully from a line of the text.
//!
//! Never guesses: `03/04/2023` may be March or April and is refused unless the user says which.

use std::sync::LazyLock;

use jiff::civil::Date;
use regex_automata::meta::{Config, Regex};
use regex_automata::util::captures::Captures;

use crate::base::{Published, Zone};
use crate::corpus::options::DayOrder;

/// Years in which an article may have appeared. There is no clock to ask, so that a run gives the
/// same bytes in any year; scraped corpora mark unknown dates with years such as 0001 and 2050.
const YEARS: std::ops::Range<i16> = 1600..2050;

/// Why a cell's date cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum DateFault {
    /// Two numbers that may both be the month.
    Ambiguous,
    /// Two numbers that can only be read in the other order than the user says.
    Against(DayOrder),
    /// Not written as a date that is read here.
    Unreadable,
    /// Written like a date, but there is no such day, or no article can have appeared then.
    Impossible,
    /// A year or a month without a day.
    NoDay,
    /// A distance from UTC that no place on earth has.
    NoZone,
}

impl DateFault {
    /// What is wrong, for a message.
    pub(crate) fn reason(&self, cell: &str) -> String {
        match self {
            Self::Ambiguous => format!("the date `{cell}` may be day first or month first"),
            Self::Against(DayOrder::DayFirst) => {
                format!("the date `{cell}` has the month first, against `--dates day-first`")
            }
            Self::Against(_) => {
                format!("the date `{cell}` has the day first, against `--dates month-first`")
            }
            Self::Unreadable => format!("the date `{cell}` is not written in a way that is read"),
            Self::Impossible => format!("the date `{cell}` is impossible"),
            Self::NoDay => format!("the date `{cell}` names no day"),
            Self::NoZone => format!("the date `{cell}` names a time zone that does not exist"),
        }
    }
}

/// What settles whether the day or the month comes first.
pub(crate) const ORDER_MEND: &str =
    "say which with `--dates day-first` or `--dates month-first`, or write 2023-04-03";

/// How a date should be written.
pub(crate) const DATE_MEND: &str =
    "write year, month and day, such as 2023-04-03, 20230403 or 2023-04-03T15:27+08:00";

/// Reads a `published` cell: ISO 8601, `YYYYMMDD`, a date with the month's name, or one in numbers.
/// Empty is unknown.
pub(crate) fn read_cell(cell: &str, order: DayOrder) -> Result<Published, DateFault> {
    let cell = cell.trim();
    if cell.is_empty() {
        return Ok(Published::default());
    }
    let year_first = match NUMBERS.find(cell) {
        Some(found) => Some(with_year_first(&found, order)?),
        None => None,
    };
    let cell = year_first.as_deref().unwrap_or(cell);
    if let Some(found) = CELL.find(cell) {
        let offset = found.part("offset").map(offset_minutes);
        if offset == Some(None) {
            return Err(DateFault::NoZone);
        }
        return published(&found).ok_or(DateFault::Impossible);
    }
    let Some(found) = PARTIAL.find(cell) else { return Err(DateFault::Unreadable) };
    let year = found.part("year").unwrap_or_default().parse().unwrap_or(0);
    Err(if YEARS.contains(&year) { DateFault::NoDay } else { DateFault::Impossible })
}

/// A date such as `14.05.2024` or `5/14/2024` rewritten with the year first.
///
/// Between dots the day always comes first: no locale of Unicode's CLDR writes month and day so.
/// Between slashes or hyphens a number above 12 must be the day; else the user says what comes first.
fn with_year_first(found: &Found<'_>, order: DayOrder) -> Result<String, DateFault> {
    let part = |name| found.part(name).unwrap_or_default();
    let number = |name| part(name).parse::<u8>().unwrap_or(0);
    let (one, two) = (number("one"), number("two"));
    let day_first = match (order_of(found), order) {
        (Some(DayOrder::DayFirst), DayOrder::MonthFirst)
        | (Some(DayOrder::MonthFirst), DayOrder::DayFirst) => {
            return Err(DateFault::Against(order));
        }
        (Some(seen), _) => seen == DayOrder::DayFirst,
        (None, DayOrder::Unsaid) if part("sign") != "." && one != two && one.max(two) <= 12 => {
            return Err(DateFault::Ambiguous);
        }
        (None, said) => said != DayOrder::MonthFirst || part("sign") == ".",
    };
    let (day, month) = if day_first { (one, two) } else { (two, one) };
    Ok(format!("{}-{month:02}-{day:02}{}", part("year"), part("rest")))
}

/// The only order in which the numbers of a date between slashes or hyphens can be read, if there is
/// only one.
fn order_of(found: &Found<'_>) -> Option<DayOrder> {
    let part = |name| found.part(name).unwrap_or_default();
    let above_twelve = |name| part(name).parse::<u8>().is_ok_and(|number| number > 12);
    match (part("sign"), above_twelve("one"), above_twelve("two")) {
        ("/" | "-", true, false) => Some(DayOrder::DayFirst),
        ("/" | "-", false, true) => Some(DayOrder::MonthFirst),
        _ => None,
    }
}

/// The order in which the numbers of a cell's date can only be read, if there is only one.
pub(crate) fn order_seen(cell: &str) -> Option<DayOrder> {
    let cell = cell.trim();
    let begins = cell.starts_with(|c: char| c.is_ascii_digit());
    begins.then(|| NUMBERS.find(cell)).flatten().and_then(|found| order_of(&found))
}

/// The first full date in a line such as `Published: Feb 04, 2023 03:27 PM`, with its clock time.
pub(crate) fn find_in_line(line: &str) -> Option<Published> {
    let found = IN_LINE.find(line)?;
    let from_date = published(&found);
    if found.part("hour").is_some() {
        return from_date;
    }
    let timed = |found: &Found<'_>| found.part("minute").or(found.part("half")).is_some();
    let after_time = TIME_FIRST.find(line).filter(timed).and_then(|found| published(&found));
    after_time.or(from_date)
}

const MONTH: &str = r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)";
const WEEKDAY: &str = r"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,?\s+)?";

fn date_pattern() -> String {
    let day = r"(\d{1,2})(?:st|nd|rd|th)?";
    format!(
        r"(?:(?<m1>{MONTH})\.?\s+(?<d1>{day}),?\s+(?<y1>\d{{4}})|(?<d2>{day})(?:\s+of)?[\s-]+(?<m2>{MONTH})\.?,?[\s-]+(?<y2>\d{{4}})|(?<y3>\d{{4}})[-/.](?<m3>\d{{1,2}})[-/.](?<d3>\d{{1,2}}))"
    )
}

fn time_pattern(minutes: &str) -> String {
    format!(
        r"(?<hour>\d{{1,2}})(?:[:.](?<minute>\d{{2}})(?::(?<second>\d{{2}})(?:[.,]\d+)?)?){minutes}(?:\s*(?<half>[ap])\.?\s?m\b\.?)?(?:\s*\(?(?<zone>[a-z]{{1,4}}\b)?(?<offset>[+-]\d{{1,2}}(?::?\d{{2}})?\b)?\)?)"
    )
}

static CELL: LazyLock<Pattern> = LazyLock::new(|| {
    let (date, time) = (date_pattern(), time_pattern(""));
    let compact = r"(?<y4>\d{4})(?<m4>\d{2})(?<d4>\d{2})";
    // Nexis Uni: `May 14, 2024 Tuesday 09:30 AM GMT`.
    let weekday = r"(?:,?\s+(?:mon|tues|wednes|thurs|fri|satur|sun)day)?";
    compile(&format!(
        r"(?i)^{WEEKDAY}(?:{date}|{compact}){weekday}(?:(?:,?\s+(?:at\s+)?|t|,){time})?$"
    ))
});

static NUMBERS: LazyLock<Pattern> = LazyLock::new(|| {
    compile(
        r"(?s)^(?<one>\d{1,2})(?:(?<sign>[./-])(?<two>\d{1,2})[./-])(?<year>\d{4})(?<rest>\D.*)?$",
    )
});

static PARTIAL: LazyLock<Pattern> =
    LazyLock::new(|| compile(r"(?i)^(?:[a-z]+\.?\s+)?(?<year>\d{4})(?:[-/.]\d{1,2})?$"));

static IN_LINE: LazyLock<Pattern> = LazyLock::new(|| {
    let (date, time) = (date_pattern(), time_pattern(""));
    compile(&format!(r"(?i)\b{date}\b(?:(?:[\s,|/•·–—-]|t|at)*{time})?"))
});

static TIME_FIRST: LazyLock<Pattern> = LazyLock::new(|| {
    let (date, time) = (date_pattern(), time_pattern("?"));
    compile(&format!(r"(?i)\b{time}(?:[\s,|/•·–—-]|on\b)+{WEEKDAY}{date}\b"))
});

/// The digits of other scripts make no date: with them a pattern takes three times as long to compile.
fn compile(pattern: &str) -> Pattern {
    let pattern = pattern.replace(r"\d", "[0-9]");
    // What makes searches of long texts quick takes more time to compile than all else, and cells and
    // lines with dates are short (November 2026).
    let short = Config::new().auto_prefilter(false).hybrid(false).dfa(false).onepass(false);
    let compiled = Regex::builder().configure(short).build(&pattern);
    Pattern(compiled.expect("the date patterns are valid"))
}

/// A compiled pattern of dates.
struct Pattern(Regex);

/// What a pattern has found in a text.
struct Found<'t> {
    text: &'t str,
    parts: Captures,
}

impl Pattern {
    /// The first stretch of the text that fits.
    fn find<'t>(&self, text: &'t str) -> Option<Found<'t>> {
        let mut parts = self.0.create_captures();
        self.0.captures(text, &mut parts);
        parts.is_match().then_some(Found { text, parts })
    }
}

impl<'t> Found<'t> {
    /// The part of this name, if there is one.
    fn part(&self, name: &str) -> Option<&'t str> {
        self.parts.get_group_by_name(name).map(|part| &self.text[part.range()])
    }
}

/// `None` if there is no such day or no article can have appeared on it.
fn published(found: &Found<'_>) -> Option<Published> {
    let group = |names: [&str; 4]| names.into_iter().find_map(|name| found.part(name));
    let year: i16 = group(["y1", "y2", "y3", "y4"])?.parse().ok()?;
    let month = month_number(group(["m1", "m2", "m3", "m4"])?)?;
    let day = group(["d1", "d2", "d3", "d4"])?;
    let day: i8 = day.trim_end_matches(|c: char| c.is_ascii_alphabetic()).parse().ok()?;
    let date = Date::new(year, month, day).ok().filter(|_| YEARS.contains(&year))?;
    let minute = match found.part("hour") {
        Some(_) => minute_of_day(found)?,
        None => None,
    };
    let zone = if minute.is_some() { zone_of(found) } else { Zone::Unknown };
    Some(Published::new(date.to_string(), day_number(date), minute, zone))
}

fn month_number(name: &str) -> Option<i8> {
    const NAMES: [&str; 12] =
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    if let Ok(number) = name.parse() {
        return Some(number);
    }
    let start = name.get(..3)?.to_ascii_lowercase();
    NAMES.iter().zip(1..).find(|(known, _)| **known == start).map(|(_, number)| number)
}

/// Days since 1970-01-01.
fn day_number(date: Date) -> i64 {
    date.duration_since(Date::constant(1970, 1, 1)).as_secs().div_euclid(86_400)
}

/// The minute of the day, or none where only the day is meant: databases write a day without a time
/// as `2013-08-15 00:00:00`. `None` for a time that no clock shows.
#[allow(clippy::option_option, reason = "an impossible time is not an unknown one")]
fn minute_of_day(found: &Found<'_>) -> Option<Option<u16>> {
    let number = |name| found.part(name).map_or(Ok(0), str::parse::<u16>).ok();
    let (mut hour, minute) = (number("hour")?, number("minute")?);
    if let Some(half) = found.part("half") {
        if hour == 0 || hour > 12 {
            return None;
        }
        hour = hour % 12 + if half.eq_ignore_ascii_case("p") { 12 } else { 0 };
    } else if found.part("minute").is_none() {
        return Some(None);
    }
    // A leap second is the sixtieth.
    if hour > 23 || minute > 59 || number("second")? > 60 {
        return None;
    }
    let no_zone = found.part("zone").is_none() && found.part("offset").is_none();
    let midnight = hour == 0 && minute == 0 && found.part("second").is_some() && no_zone;
    Some(if midnight { None } else { Some(hour * 60 + minute) })
}

/// Zones whose names mean one offset everywhere. `ET`, `CST`, `IST` and the like do not.
fn zone_of(found: &Found<'_>) -> Zone {
    let name = found.part("zone").unwrap_or_default().to_ascii_uppercase();
    let named = match name.as_str() {
        "UTC" | "GMT" | "Z" => Zone::Utc,
        "EDT" => Zone::Offset(-4 * 60),
        "EST" => Zone::Offset(-5 * 60),
        "PDT" => Zone::Offset(-7 * 60),
        "PST" => Zone::Offset(-8 * 60),
        "CET" => Zone::Offset(60),
        "CEST" => Zone::Offset(2 * 60),
        "MSK" => Zone::Offset(3 * 60),
        "HKT" | "SGT" => Zone::Offset(8 * 60),
        "JST" | "KST" => Zone::Offset(9 * 60),
        _ => Zone::Unknown,
    };
    match found.part("offset").and_then(offset_minutes) {
        Some(minutes) if name.is_empty() || named == Zone::Utc => Zone::Offset(minutes),
        _ => named,
    }
}

fn offset_minutes(offset: &str) -> Option<i16> {
    let (sign, digits) = offset.split_at(1);
    let digits = digits.replace(':', "");
    let (hours, minutes) =
        if digits.len() > 2 { digits.split_at(digits.len() - 2) } else { (&*digits, "0") };
    let (hours, minutes) = (hours.parse::<i16>().ok()?, minutes.parse::<i16>().ok()?);
    let total = hours * 60 + minutes;
    (minutes < 60 && total <= 14 * 60).then_some(if sign == "-" { -total } else { total })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(published: &Published) -> String {
        let day = published.day.as_deref().unwrap_or("unknown");
        let time = published.time.as_deref().unwrap_or("-");
        format!("{day} {time} {:?}", published.zone)
    }

    #[track_caller]
    fn check_cell(cell: &str, expect: &str) {
        assert_eq!(shown(&read_cell(cell, DayOrder::Unsaid).unwrap()), expect, "{cell}");
    }

    #[track_caller]
    fn check_line(line: &str, expect: &str) {
        assert_eq!(find_in_line(line).as_ref().map(shown).as_deref(), Some(expect), "{line}");
    }

    #[test]
    fn unambiguous_cells_are_read() {
        check_cell("", "unknown - Unknown");
        check_cell("2013-08-15", "2013-08-15 - Unknown");
        check_cell("20130815", "2013-08-15 - Unknown");
        check_cell("2013/8/15", "2013-08-15 - Unknown");
        check_cell("2013-08-15T10:20:00Z", "2013-08-15 10:20 Utc");
        check_cell("2013-08-15T10:20:00.123+08:00", "2013-08-15 10:20 Offset(480)");
        check_cell("2013-08-15 10:20:00-0330", "2013-08-15 10:20 Offset(-210)");
        check_cell("2013-08-15 10:20:00 UTC", "2013-08-15 10:20 Utc");
        check_cell("15 August 2013", "2013-08-15 - Unknown");
        check_cell("Thu, 15 Aug 2013 10:20:00 GMT", "2013-08-15 10:20 Utc");
        check_cell("August 15, 2013 Thursday", "2013-08-15 - Unknown");
        check_cell("August 15, 2013 Thursday 10:20 AM GMT", "2013-08-15 10:20 Utc");
        check_cell("2013-08-15 00:00:00", "2013-08-15 - Unknown");
        check_cell("2013-08-15T00:00:00Z", "2013-08-15 00:00 Utc");
    }

    #[track_caller]
    fn check_fault(cell: &str, expect: &DateFault) {
        assert_eq!(read_cell(cell, DayOrder::Unsaid).as_ref().err(), Some(expect), "{cell}");
    }

    #[test]
    fn numbers_that_can_only_be_read_one_way_are_read() {
        check_cell("14.05.2024", "2024-05-14 - Unknown");
        check_cell("3.4.2023", "2023-04-03 - Unknown");
        check_cell("14/05/2024 10:20", "2024-05-14 10:20 Unknown");
        check_cell("5/14/2024", "2024-05-14 - Unknown");
        check_cell("04-04-2024", "2024-04-04 - Unknown");
    }

    #[test]
    fn what_may_be_day_or_month_is_settled_by_the_user_or_refused() {
        for cell in ["03/04/2023", "3-4-2023", "03/04/2023 10:20"] {
            check_fault(cell, &DateFault::Ambiguous);
        }
        let read = |order| shown(&read_cell("03/04/2023", order).unwrap());
        assert_eq!(read(DayOrder::DayFirst), "2023-04-03 - Unknown");
        assert_eq!(read(DayOrder::MonthFirst), "2023-03-04 - Unknown");
    }

    #[test]
    fn a_date_against_the_order_that_the_user_says_is_not_read() {
        let (day, month) = (DayOrder::DayFirst, DayOrder::MonthFirst);
        assert_eq!(read_cell("5/14/2024", day), Err(DateFault::Against(day)));
        assert_eq!(read_cell("14-5-2024", month), Err(DateFault::Against(month)));
        for order in [day, month] {
            let read = |cell| shown(&read_cell(cell, order).unwrap());
            assert_eq!(read("4.3.2024"), "2024-03-04 - Unknown", "dots say it themselves");
            assert_eq!(read("04/04/2024"), "2024-04-04 - Unknown");
        }
    }

    #[test]
    fn cells_that_are_no_dates_are_refused() {
        for cell in ["8/9/19", "yesterday", "2023-02-03 and later", "1/2/20234", "1.2.3.2024"] {
            check_fault(cell, &DateFault::Unreadable);
        }
    }

    #[test]
    fn a_zone_that_does_not_exist_is_not_an_unknown_one() {
        check_fault("2013-08-15T10:20:00+25:00", &DateFault::NoZone);
        check_fault("2013-08-15 10:20 -0375", &DateFault::NoZone);
        check_cell("2013-08-15 10:20 ET", "2013-08-15 10:20 Unknown");
    }

    #[test]
    fn impossible_days_are_not_dates() {
        for cell in ["2023-02-30", "2050", "2050-01-01", "0001-01-01", "2023-13-01", "20230230"] {
            check_fault(cell, &DateFault::Impossible);
        }
        for cell in
            ["2023-02-03 25:10", "2023-02-03 10:20:99", "05.14.2024", "14/15/2024", "29/02/2023"]
        {
            check_fault(cell, &DateFault::Impossible);
        }
    }

    #[test]
    fn digits_of_other_scripts_make_no_date() {
        check_fault("٢٠٢٣-٠٢-٠٣", &DateFault::Unreadable);
        assert_eq!(find_in_line("٣ February ٢٠٢٣"), None);
        assert_eq!((order_seen("١٤/٥/٢٠٢٤"), order_seen("14/5/2024").is_some()), (None, true));
    }

    #[test]
    fn a_month_is_no_day() {
        for cell in ["2013-08", "2013", "August 2013"] {
            check_fault(cell, &DateFault::NoDay);
        }
    }

    #[test]
    fn dates_in_lines_carry_their_time_and_zone() {
        check_line("Published: Feb 04, 2023 03:27 PM", "2023-02-04 15:27 Unknown");
        check_line("Published: Feb 4, 2023, 03:53 UTC", "2023-02-04 03:53 Utc");
        check_line("22nd September 2023", "2023-09-22 - Unknown");
        check_line("Posted on 2023-02-04 | 9.30 a.m. GMT+8", "2023-02-04 09:30 Offset(480)");
        check_line("Updated 9:02 p.m. ET, Jan. 21, 2014", "2014-01-21 21:02 Unknown");
        check_line("Sat 4 Feb 2023 14.05 GMT", "2023-02-04 14:05 Utc");
        check_line("February 4, 2023 at 12:05 a.m. EST", "2023-02-04 00:05 Offset(-300)");
        check_line("Last modified on Fri 3 Feb 2023 12.01 EDT", "2023-02-03 12:01 Offset(-240)");
    }

    #[test]
    fn a_day_of_the_month_is_not_an_hour() {
        check_line("Feb 4, 2023 12 comments", "2023-02-04 - Unknown");
    }

    #[test]
    fn a_line_without_a_year_gives_no_date() {
        for line in ["WASHINGTON, Feb 3 (AP)", "Updated at 5 p.m. ET on Friday", "1/21/2014"] {
            assert_eq!(find_in_line(line), None, "{line}");
        }
    }
}
