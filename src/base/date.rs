//! When an article may have appeared: the printed date and the widest interval it allows.

use serde::{Deserialize, Serialize};

/// Seconds in a minute, an hour and a day.
const HOUR: i64 = 3_600;
const DAY: i64 = 24 * HOUR;

/// What the text says about the time zone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Zone {
    /// Nothing: any zone from UTC-12 to UTC+14 is possible.
    #[default]
    Unknown,
    /// UTC, by that name.
    Utc,
    /// A fixed offset, in minutes east of UTC.
    Offset(i16),
}

/// A closed interval of moments, in seconds since 1970-01-01T00:00Z.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Interval {
    /// Earliest possible moment.
    pub from: i64,
    /// Latest possible moment.
    pub to: i64,
}

impl Interval {
    /// Whether the two intervals share a moment.
    pub fn overlaps(self, other: Interval) -> bool {
        self.from <= other.to && other.from <= self.to
    }

    /// Seconds between the nearest moments of the two; 0 if they overlap.
    pub fn gap(self, other: Interval) -> i64 {
        (other.from - self.to).max(self.from - other.to).max(0)
    }
}

/// When an article was published, as far as its text or its manifest says so.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Published {
    /// Calendar day as printed, `YYYY-MM-DD`; `None` if unknown.
    pub day: Option<String>,
    /// Clock time as printed, `HH:MM`; `None` if only the day is known.
    pub time: Option<String>,
    /// Zone of that clock time.
    pub zone: Zone,
    /// Widest interval the above allow; `None` exactly when `day` is.
    pub interval: Option<Interval>,
}

impl Published {
    /// A publication moment from the number of its day since 1970-01-01 and, if known, the minute
    /// of that day.
    ///
    /// A day without a time is the whole day; an unknown zone widens the interval by UTC-12 on the
    /// late side and UTC+14 on the early side.
    pub fn new(day: String, day_number: i64, minute: Option<u16>, zone: Zone) -> Self {
        let start = day_number * DAY + minute.map_or(0, |m| i64::from(m) * 60);
        let end = if minute.is_some() { start } else { start + DAY };
        let (early, late) = match zone {
            Zone::Unknown => (14 * HOUR, -12 * HOUR),
            Zone::Utc => (0, 0),
            Zone::Offset(minutes) => (i64::from(minutes) * 60, i64::from(minutes) * 60),
        };
        let time = minute.map(|m| format!("{:02}:{:02}", m / 60, m % 60));
        let interval = Some(Interval { from: start - early, to: end - late });
        Self { day: Some(day), time, zone, interval }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unknown_zone_widens_the_interval_both_ways() {
        let published = Published::new("1970-01-02".into(), 1, Some(15 * 60 + 27), Zone::Unknown);
        let interval = published.interval.unwrap();
        assert_eq!(interval.from, DAY + 15 * HOUR + 27 * 60 - 14 * HOUR);
        assert_eq!(interval.to, DAY + 15 * HOUR + 27 * 60 + 12 * HOUR);
        assert_eq!(published.time.as_deref(), Some("15:27"));
    }

    #[test]
    fn a_day_without_a_time_is_the_whole_day() {
        let interval = Published::new("1970-01-01".into(), 0, None, Zone::Utc).interval.unwrap();
        assert_eq!((interval.from, interval.to), (0, DAY));
    }
}
