//! `skipped.csv`: which articles could not be used, why, and how to mend that.

use crate::corpus::Skipped;
use crate::report::table::{Cell, Column, TableSpec};

/// One row per skipped article, by source, record number and id.
pub static SKIPPED: TableSpec<Skipped> = TableSpec {
    name: "skipped",
    meaning: "One row per article that could not be used, or is not about the two actors asked for.",
    key: &["source", "record_no", "article_id"],
    columns: &[
        Column::text(
            "source",
            "File, relative to the input; empty for a whole record that was not asked for.",
            |row| Cell::text(&row.source),
        ),
        Column::int(
            "record_no",
            "record number",
            "Number of the record in that file, from 1; empty for a whole file.",
            |row| row.record_no.map_or(Cell::Empty, Cell::count),
        ),
        Column::text("article_id", "Its id; empty if it has none.", |row| {
            Cell::text(&row.article_id)
        }),
        Column::text("outlet", "Who published it; empty if unknown.", |row| {
            Cell::text(&row.outlet)
        }),
        Column::text("code", "Code of the message, explained in docs/messages.md.", |row| {
            Cell::text(&row.code)
        }),
        Column::text("reason", "What is wrong, or why it is not compared.", |row| {
            Cell::text(&row.reason)
        }),
        Column::text("mend", "How to mend it; empty if there is nothing to mend.", |row| {
            Cell::text(&row.mend)
        }),
    ],
};
