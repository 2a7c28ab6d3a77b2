//! `articles.csv`: each article in one row, with one column per topmost frame.

use std::borrow::Cow;
use std::collections::BTreeSet;

use crate::base::Interval;
use crate::base::Voice;
use crate::base::Zone;
use crate::compare::ArticleRow;
use crate::corpus::TextBasis;
use crate::report::table::{Cell, Column, ColumnKind, TableSpec};
use crate::report::tables::units::{ARTICLES as ARTICLES_UNIT, SENTENCES, WORDS};

/// The column after which the frames stand.
const BEFORE_FRAMES: &str = "paragraphs_excluded";
/// Statistics packages take no longer names.
const LONGEST_NAME: usize = 32;

/// One row per article, by outlet, then id; [`article_cells`] adds those of the frames.
pub static ARTICLES: TableSpec<ArticleRow> = TableSpec {
    name: "articles",
    meaning: "One row per article. Behind paragraphs_excluded stands one column frame_... for each \
              topmost frame: its mentions in the article, in any voice, negated ones included.",
    key: &["article_id"],
    columns: &[
        Column::text("article_id", "The given id, or a and 16 digits of a checksum.", |row| {
            Cell::text(&row.article_id)
        }),
        Column::text("outlet", "Who published it.", |row| Cell::text(&row.outlet)),
        Column {
            name: "published",
            kind: ColumnKind::Date,
            unit: "",
            meaning: "Day as printed; empty if unknown.",
            cell: |row| Cell::text(row.published.day.as_deref().unwrap_or_default()),
        },
        Column::text("published_time", "Clock time as printed; empty if unknown.", |row| {
            Cell::text(row.published.time.as_deref().unwrap_or_default())
        }),
        Column::text(
            "published_zone",
            "Zone of that time: UTC, or an offset such as +08:00, before which the cell has an \
             apostrophe (') so that no spreadsheet takes it for a formula; empty if unknown.",
            |row| Cell::text(zone_name(row.published.zone)),
        ),
        Column::text(
            "published_from_utc",
            "Earliest moment at which it may have appeared, in UTC; empty without a day.",
            |row| moment(row.published.interval, |interval| interval.from),
        ),
        Column::text(
            "published_to_utc",
            "Latest moment at which it may have appeared, in UTC; empty without a day.",
            |row| moment(row.published.interval, |interval| interval.to),
        ),
        Column::text(
            "language",
            "Language whose rules it was counted by: an ISO 639 code such as en.",
            |row| Cell::text(&row.language),
        ),
        Column::text(
            "language_from",
            "Who says so: option (--language), given (the article's own column), detected (its text), \
             or assumed (nothing shows another one than English).",
            |row| Cell::text(row.language_from.name()),
        ),
        Column::text("title", "Headline; empty if it has none.", |row| Cell::text(&row.title)),
        Column::int(
            "sentences",
            SENTENCES,
            "Sentences of the kept text, headline included.",
            |r| Cell::count(r.sentences),
        ),
        Column::int("words", WORDS, "Words of the kept text, headline included.", |row| {
            Cell::count(row.words())
        }),
        Column::int("words_own", WORDS, "Those in the outlet's own voice.", |row| {
            Cell::count(row.words_by_voice[Voice::Own.index()])
        }),
        Column::int("words_reported", WORDS, "Those in reported speech.", |row| {
            Cell::count(row.words_by_voice[Voice::Reported.index()])
        }),
        Column::int("words_quoted", WORDS, "Those in voice quoted.", |row| {
            Cell::count(row.words_by_voice[Voice::Quoted.index()])
        }),
        Column::int(
            BEFORE_FRAMES,
            "removals",
            "Stretches of text that do not count: its rows in removed.",
            |row| Cell::count(row.paragraphs_excluded),
        ),
        Column::text(
            "duplicate_cluster",
            "First version of its cluster of near-duplicates in duplicates; empty if it is alone.",
            |row| Cell::text(&row.duplicate_cluster),
        ),
        Column::text("event", "The event it is about.", |row| Cell::text(&row.event)),
        Column::int(
            "comparable_articles",
            ARTICLES_UNIT,
            "Articles of other outlets on its event.",
            |row| Cell::count(row.comparable_articles),
        ),
        Column::text(
            "text_basis",
            "What char_start and char_end count in: file (the decoded file), record (title and text \
             of the record, each from its own start), or html (the same, reduced from HTML to its text).",
            |row| Cell::text(basis_name(row.text_basis)),
        ),
        Column::text("text_sha256", "SHA-256 of that text in UTF-8.", |row| {
            Cell::text(&row.text_sha256)
        }),
        Column::text("source_file", "Its own file; empty for records.", |row| {
            Cell::text(&row.source_file)
        }),
        Column::text(
            "source_sha256",
            "SHA-256 of that file's bytes, or of title, line feed and text of a record.",
            |row| Cell::text(&row.source_sha256),
        ),
    ],
};

/// Where the columns of the frames stand.
fn frames_at() -> usize {
    let before = ARTICLES.columns.iter().position(|column| column.name == BEFORE_FRAMES);
    before.map_or(ARTICLES.columns.len(), |before| before + 1)
}

/// The names of all columns, with one for each topmost frame.
pub fn article_columns(frames: &[String]) -> Vec<Cow<'static, str>> {
    let mut columns: Vec<Cow<'static, str>> =
        ARTICLES.columns.iter().map(|column| column.name.into()).collect();
    let at = frames_at();
    columns.splice(at..at, frame_columns(frames).into_iter().map(Into::into));
    columns
}

/// The cells of an article, in the order of [`article_columns`].
pub fn article_cells(row: &ArticleRow) -> Vec<Cell> {
    let mut cells: Vec<Cell> = ARTICLES.columns.iter().map(|column| (column.cell)(row)).collect();
    let at = frames_at();
    cells.splice(at..at, row.frames.iter().map(|&mentions| Cell::count(mentions)));
    cells
}

/// The column of each topmost frame: `frame_` and its path in lower snake case, each different.
pub fn frame_columns(frames: &[String]) -> Vec<String> {
    let mut taken = BTreeSet::new();
    let mut columns = Vec::with_capacity(frames.len());
    for frame in frames {
        let plain = column_name(frame);
        let mut name = plain.clone();
        let mut number = 2;
        while !taken.insert(name.clone()) {
            let suffix = format!("_{number}");
            let cut = plain.len().min(LONGEST_NAME - suffix.len());
            name = format!("{}{suffix}", plain[..cut].trim_end_matches('_'));
            number += 1;
        }
        columns.push(name);
    }
    columns
}

fn column_name(frame: &str) -> String {
    let mut name = String::from("frame");
    for word in frame.split(|c: char| !c.is_ascii_alphanumeric()).filter(|w| !w.is_empty()) {
        name.push('_');
        name.push_str(&word.to_ascii_lowercase());
    }
    name.truncate(LONGEST_NAME);
    name.trim_end_matches('_').to_string()
}

fn zone_name(zone: Zone) -> String {
    match zone {
        Zone::Unknown => String::new(),
        Zone::Utc => "UTC".to_string(),
        Zone::Offset(minutes) => {
            let sign = if minutes < 0 { '-' } else { '+' };
            let minutes = minutes.unsigned_abs();
            format!("{sign}{:02}:{:02}", minutes / 60, minutes % 60)
        }
    }
}

/// A moment as `2023-02-04T03:53:00Z`.
fn moment(interval: Option<Interval>, of: fn(Interval) -> i64) -> Cell {
    let second = interval.map(of).and_then(|second| jiff::Timestamp::from_second(second).ok());
    Cell::text(second.map_or_else(String::new, |second| second.to_string()))
}

fn basis_name(basis: TextBasis) -> &'static str {
    match basis {
        TextBasis::File => "file",
        TextBasis::Record => "record",
        TextBasis::Html => "html",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::LanguageFrom;
    use crate::report::Table;

    #[test]
    fn a_frame_becomes_a_column_that_every_package_takes() {
        let frames = ["war", "threat_risk", "Coopération", "a-very-long-frame-name-indeed-it-is"];
        let names = frame_columns(&frames.map(String::from));
        assert_eq!(
            names,
            [
                "frame_war",
                "frame_threat_risk",
                "frame_coop_ration",
                "frame_a_very_long_frame_name_ind"
            ]
        );
    }

    #[test]
    fn two_frames_never_share_a_column() {
        let frames = [
            "war",
            "War",
            "和平",
            "战争",
            "a-very-long-frame-name-indeed-1",
            "a-very-long-frame-name-indeed-2",
        ];
        let names = frame_columns(&frames.map(String::from));
        assert_eq!(names[..4], ["frame_war", "frame_war_2", "frame", "frame_2"]);
        assert_eq!(names[5], "frame_a_very_long_frame_name_i_2");
        assert!(names.iter().all(|name| name.len() <= LONGEST_NAME));
    }

    #[test]
    fn frames_stand_behind_the_removals() {
        let row = ArticleRow {
            article_id: "a".into(),
            outlet: "Daily".into(),
            published: crate::base::Published::new("1970-01-01".into(), 0, Some(233), Zone::Utc),
            language: String::new(),
            language_from: LanguageFrom::Given,
            title: String::new(),
            sentences: 1,
            words_by_voice: [3, 0, 0],
            paragraphs_excluded: 7,
            frames: vec![5],
            duplicate_cluster: String::new(),
            event: String::new(),
            comparable_articles: 0,
            text_basis: TextBasis::File,
            text_sha256: String::new(),
            source_file: String::new(),
            source_sha256: String::new(),
        };
        let columns = article_columns(&["war".into()]);
        let table = Table { name: "articles", columns, rows: vec![article_cells(&row)] };
        let row = table.records().next().unwrap();
        assert_eq!((row.int("paragraphs_excluded"), row.int("frame_war")), (Some(7), Some(5)));
        assert_eq!(row.text("published_from_utc"), "1970-01-01T03:53:00Z");
        assert_eq!((row.text("published_zone"), row.text("text_basis")), ("UTC", "file"));
        assert_eq!(table.columns.len(), table.rows[0].len());
    }

    #[test]
    fn offsets_are_written_as_hours_and_minutes() {
        assert_eq!(zone_name(Zone::Offset(480)), "+08:00");
        assert_eq!(zone_name(Zone::Offset(-210)), "-03:30");
        assert_eq!(zone_name(Zone::Unknown), "");
    }
}
