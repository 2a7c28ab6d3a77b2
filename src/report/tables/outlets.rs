//! `outlets.csv`: each outlet in one row.

use crate::base::Voice;
use crate::compare::OutletRow;
use crate::report::table::{Cell, Column, ColumnKind, TableSpec};
use crate::report::tables::units::{ARTICLES, SENTENCES, SHARE, WORDS};

/// One row per outlet, in outlet order.
pub static OUTLETS: TableSpec<OutletRow> = TableSpec {
    name: "outlets",
    meaning: "One row per outlet.",
    key: &["outlet"],
    columns: &[
        Column::text("outlet", "Who published it.", |row| Cell::text(&row.outlet)),
        Column::int("articles", ARTICLES, "Its articles.", |row| Cell::count(row.articles)),
        Column::int(
            "distinct_articles",
            ARTICLES,
            "The same with each cluster of near-duplicates counted once.",
            |row| Cell::count(row.distinct_articles),
        ),
        Column {
            name: "first_published",
            kind: ColumnKind::Date,
            unit: "",
            meaning: "Earliest printed day; empty if no article has a date.",
            cell: |row| Cell::text(row.first_published.as_deref().unwrap_or_default()),
        },
        Column {
            name: "last_published",
            kind: ColumnKind::Date,
            unit: "",
            meaning: "Latest printed day; empty if no article has a date.",
            cell: |row| Cell::text(row.last_published.as_deref().unwrap_or_default()),
        },
        Column::int("sentences", SENTENCES, "Sentences of the kept text.", |row| {
            Cell::count(row.sentences)
        }),
        Column::int("words", WORDS, "Words of the kept text, headlines included.", |row| {
            Cell::count(row.words())
        }),
        Column::number(
            "share_words_own",
            SHARE,
            "Share of the words in the outlet's own voice; empty without words.",
            |row| Cell::number(row.share_words(Voice::Own)),
        ),
        Column::number(
            "share_words_reported",
            SHARE,
            "Share of the words in reported speech; empty without words.",
            |row| Cell::number(row.share_words(Voice::Reported)),
        ),
        Column::number(
            "share_words_quoted",
            SHARE,
            "Share of the words in voice quoted; empty without words.",
            |row| Cell::number(row.share_words(Voice::Quoted)),
        ),
        Column::int(
            "speakers",
            "speakers",
            "Speakers with a resolved name; the same name in two articles is one speaker.",
            |row| Cell::count(row.speakers),
        ),
    ],
};
