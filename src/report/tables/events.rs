//! `events.csv`: which articles are about the same happening, and how strongly they are tied.

use crate::compare::EventRow;
use crate::report::table::{Cell, Column, ColumnKind, TableSpec};

/// One row per event, by first date, then name.
pub static EVENTS: TableSpec<EventRow> = TableSpec {
    name: "events",
    meaning: "One row per event: articles that are about the same happening.",
    key: &["event"],
    columns: &[
        Column {
            name: "event",
            kind: ColumnKind::Text,
            unit: "",
            meaning: "The given name, or ev_ and the smallest article id on the event.",
            cell: |row| Cell::text(&row.event),
        },
        Column {
            name: "articles",
            kind: ColumnKind::Int,
            unit: "articles",
            meaning: "Articles on the event.",
            cell: |row| Cell::count(row.articles),
        },
        Column {
            name: "outlets",
            kind: ColumnKind::Int,
            unit: "outlets",
            meaning: "Outlets with an article on the event; with 1 nothing can be compared.",
            cell: |row| Cell::count(row.outlets),
        },
        Column {
            name: "first_date",
            kind: ColumnKind::Date,
            unit: "",
            meaning: "Earliest printed day; empty if no article has a date.",
            cell: |row| Cell::text(row.first_date.as_deref().unwrap_or_default()),
        },
        Column {
            name: "last_date",
            kind: ColumnKind::Date,
            unit: "",
            meaning: "Latest printed day; empty if no article has a date.",
            cell: |row| Cell::text(row.last_date.as_deref().unwrap_or_default()),
        },
        Column {
            name: "method",
            kind: ColumnKind::Text,
            unit: "",
            meaning: "How the event came about: given (the event column), date_window+similarity, \
                      or undated (an article without date and event, compared with no other).",
            cell: |row| Cell::text(row.method.name()),
        },
        Column {
            name: "link_strength",
            kind: ColumnKind::Number,
            unit: "cosine similarity, 0 to 1",
            meaning: "Mean similarity between the two sides of the weakest join that made the \
                      event; empty for given events and events of one article.",
            cell: |row| Cell::number(row.link_strength),
        },
    ],
};
