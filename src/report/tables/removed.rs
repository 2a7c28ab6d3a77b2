//! `removed.csv`: which stretches of text do not count, and by which rule.

use crate::compare::RemovedRow;
use crate::report::table::{Cell, Column, TableSpec};
use crate::report::tables::units::CODE_POINTS;

/// One row per removed stretch, by article and place.
pub static REMOVED: TableSpec<RemovedRow> = TableSpec {
    name: "removed",
    meaning: "One row per stretch of an article that does not count.",
    key: &["article_id", "char_start", "char_end", "rule"],
    columns: &[
        Column::text("article_id", "The article.", |row| Cell::text(&row.article_id)),
        Column::text("outlet", "Who published it.", |row| Cell::text(&row.outlet)),
        Column::int("char_start", CODE_POINTS, "First code point.", |row| {
            Cell::count(row.char_start)
        }),
        Column::int("char_end", CODE_POINTS, "One past the last code point.", |row| {
            Cell::count(row.char_end)
        }),
        Column::text(
            "rule",
            "The rule of lexicons/cleaning.csv, or recurring: a paragraph that stands in many \
             articles of the outlet, versions of one story counted once.",
            |row| Cell::text(&row.rule),
        ),
        Column::int(
            "repeats_char_start",
            CODE_POINTS,
            "First code point of the first copy, for a repeat within the article; else empty.",
            |row| row.repeats_char_start.map_or(Cell::Empty, Cell::count),
        ),
        Column::text("text", "What was removed, white space collapsed.", |row| {
            Cell::text(&row.text)
        }),
    ],
};
