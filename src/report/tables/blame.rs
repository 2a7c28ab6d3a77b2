//! `blame.csv`: who is held responsible, by whom, in whose voice.

use crate::compare::BlameRow;
use crate::report::table::{Cell, Column, TableSpec};

/// One row per ascription of blame, by article and sentence.
pub static BLAME: TableSpec<BlameRow> = TableSpec {
    name: "blame",
    meaning: "One row per ascription of blame.",
    key: &["article_id", "sentence_no", "evidence_id", "blamed_actor"],
    columns: &[
        Column::text("article_id", "The article.", |row| Cell::text(&row.article_id)),
        Column::text("outlet", "Who published it.", |row| Cell::text(&row.outlet)),
        Column::int(
            "sentence_no",
            "sentence number",
            "The sentence, the headline being 1.",
            |row| Cell::count(row.sentence_no),
        ),
        Column::text(
            "blamed_text",
            "Who is blamed, in the words of the article; empty if undecided, not guessed.",
            |row| Cell::text(&row.blamed_text),
        ),
        Column::text(
            "blamed_actor",
            "Path of the topmost actor that these words name; empty if they name none.",
            |row| Cell::text(&row.blamed_actor),
        ),
        Column::text(
            "blamer",
            "Who blames; empty for the outlet itself (voice own), or if the words do not say (voice reported).",
            |row| Cell::text(&row.blamer),
        ),
        Column::text("voice", "own, reported or quoted.", |row| Cell::text(row.voice)),
        Column::text(
            "harm_text",
            "The harm, in the words of the article; empty if they do not name it.",
            |row| Cell::text(&row.harm_text),
        ),
        Column::flag(
            "meta_blame",
            "Whether the blame itself is reported as being shifted (shift the blame to).",
            |row| Cell::flag(row.meta_blame),
        ),
        Column::flag("negated", "Whether the blame is denied.", |row| Cell::flag(row.negated)),
        Column::text(
            "evidence_id",
            "The row of the evidence behind it; empty if that is not among the rows shown.",
            |row| Cell::text(&row.evidence_id),
        ),
    ],
};
