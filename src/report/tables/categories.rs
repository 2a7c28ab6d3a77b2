//! `categories.csv`: what the categories of the lexicons are called, and what they mean.

use crate::compare::CategoryRow;
use crate::report::table::{Cell, Column, TableSpec};

/// One row per category at every level, in lexicon order.
pub static CATEGORIES: TableSpec<CategoryRow> = TableSpec {
    name: "categories",
    meaning: "One row per category of the lexicons in use, at every level; without blockers.",
    key: &["kind", "item"],
    columns: &[
        Column::text(
            "kind",
            "actor, frame, concept, label (a name for a referent), pair (words that stand for two \
             actors) or cue (a row of voice.csv).",
            |row| Cell::text(row.kind),
        ),
        Column::text("item", "Path of the category.", |row| Cell::text(&row.item)),
        Column::text(
            "label",
            "How reports call it; the last part of the path if the lexicon does not say.",
            |row| Cell::text(&row.label),
        ),
        Column::flag(
            "roll_up",
            "1 for a category without terms of its own, in which others count.",
            |row| Cell::flag(row.roll_up),
        ),
        Column::text(
            "counts_in",
            "Paths of other categories of the same kind in which its mentions count too, divided \
             by |.",
            |row| Cell::text(row.counts_in.join("|")),
        ),
        Column::text("definition", "What it means, from the lexicon; may be empty.", |row| {
            Cell::text(&row.definition)
        }),
    ],
};
