//! `overlap.csv`: wording that articles of two outlets share.

use crate::compare::OverlapRow;
use crate::report::table::{Cell, Column, ColumnKind, TableSpec};

/// One row per pair of articles, the longest run first, then by ids.
pub static OVERLAP: TableSpec<OverlapRow> = TableSpec {
    name: "overlap",
    meaning: "One row per pair of articles of different outlets that share a run of words: their \
              longest shared run.",
    key: &["article_id_a", "article_id_b"],
    columns: &[
        Column {
            name: "article_id_a",
            kind: ColumnKind::Text,
            unit: "",
            meaning: "The article with the smaller id.",
            cell: |row| Cell::text(&row.article_id_a),
        },
        Column {
            name: "article_id_b",
            kind: ColumnKind::Text,
            unit: "",
            meaning: "The other article.",
            cell: |row| Cell::text(&row.article_id_b),
        },
        Column {
            name: "outlet_a",
            kind: ColumnKind::Text,
            unit: "",
            meaning: "Outlet of article_id_a.",
            cell: |row| Cell::text(&row.outlet_a),
        },
        Column {
            name: "outlet_b",
            kind: ColumnKind::Text,
            unit: "",
            meaning: "Outlet of article_id_b.",
            cell: |row| Cell::text(&row.outlet_b),
        },
        Column {
            name: "words_shared",
            kind: ColumnKind::Int,
            unit: "words",
            meaning: "Words of the run; case and punctuation do not matter, and it ends with its \
                      paragraph.",
            cell: |row| Cell::count(row.words_shared),
        },
        Column {
            name: "char_start_a",
            kind: ColumnKind::Int,
            unit: "code points",
            meaning: "Where the run starts in article_id_a, from 0.",
            cell: |row| Cell::count(row.chars_a.start),
        },
        Column {
            name: "char_end_a",
            kind: ColumnKind::Int,
            unit: "code points",
            meaning: "One past its end in article_id_a.",
            cell: |row| Cell::count(row.chars_a.end),
        },
        Column {
            name: "char_start_b",
            kind: ColumnKind::Int,
            unit: "code points",
            meaning: "Where the run starts in article_id_b, from 0.",
            cell: |row| Cell::count(row.chars_b.start),
        },
        Column {
            name: "char_end_b",
            kind: ColumnKind::Int,
            unit: "code points",
            meaning: "One past its end in article_id_b.",
            cell: |row| Cell::count(row.chars_b.end),
        },
        Column {
            name: "text_a",
            kind: ColumnKind::Text,
            unit: "",
            meaning: "The words of the run, folded and in lower case; often a common source such \
                      as a statement or a title, not copying.",
            cell: |row| Cell::text(&row.text_a),
        },
    ],
};
