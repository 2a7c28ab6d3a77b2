//! `lexicon_use.csv`: which lexicon entries match, and which are dead.

use crate::compare::LexiconUseRow;
use crate::report::table::{Cell, Column, TableSpec};
use crate::report::tables::units::{ARTICLES, MENTIONS};

/// One row per lexicon entry, dead ones included, by lexicon, category, term and match mode.
pub static LEXICON_USE: TableSpec<LexiconUseRow> = TableSpec {
    name: "lexicon_use",
    meaning: "One row per lexicon entry, whether it matches anything or not.",
    key: &["lexicon", "category", "term", "match"],
    columns: &[
        Column::text("lexicon", "File name without ending.", |row| Cell::text(row.lexicon)),
        Column::text("category", "Path of the category.", |row| Cell::text(&row.category)),
        Column::text("term", "The term as typed.", |row| Cell::text(&row.term)),
        Column::text("match", "How its words are compared.", |row| Cell::text(row.mode)),
        Column::int(
            "mentions",
            MENTIONS,
            "How often it matches; other tables count words that several entries of a category \
             match only once; empty for a blocker.",
            |row| counted(row.mentions),
        ),
        Column::int("articles", ARTICLES, "Articles with a match; empty for a blocker.", |row| {
            counted(row.articles)
        }),
        Column::int("outlets", "outlets", "Outlets with a match; empty for a blocker.", |row| {
            counted(row.outlets)
        }),
        Column::text(
            "status",
            "used, unused, or blocker (its matches consume their words and count nothing).",
            |row| Cell::text(row.status),
        ),
    ],
};

/// A count that a blocker does not have.
fn counted(n: Option<u64>) -> Cell {
    n.map_or(Cell::Empty, Cell::count)
}
