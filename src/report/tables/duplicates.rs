//! `duplicates.csv`: which articles of one outlet are near-duplicates and count once.

use crate::compare::DuplicateRow;
use crate::report::table::{Cell, Column, ColumnKind, TableSpec};
use crate::report::tables::units::{SHARE, WORDS};

/// One row per article of a cluster, by cluster, then version.
pub static DUPLICATES: TableSpec<DuplicateRow> = TableSpec {
    name: "duplicates",
    meaning: "One row per article that is a near-duplicate of another one of its outlet: versions \
              of a story, copies of an agency's text. Each cluster counts as one article.",
    key: &["article_id"],
    columns: &[
        Column::text("cluster", "Id of the cluster's first version.", |row| {
            Cell::text(&row.cluster)
        }),
        Column::int(
            "version",
            "",
            "Place in the order of publication, from 1; undated articles last, then by id.",
            |row| Cell::count(row.version),
        ),
        Column::text("article_id", "The article.", |row| Cell::text(&row.article_id)),
        Column::text("outlet", "Who published it.", |row| Cell::text(&row.outlet)),
        Column {
            name: "published",
            kind: ColumnKind::Date,
            unit: "",
            meaning: "Day as printed; empty if unknown.",
            cell: |row| Cell::text(row.published.as_deref().unwrap_or_default()),
        },
        Column::int("words", WORDS, "Words of the kept text, headline included.", |row| {
            Cell::count(row.words)
        }),
        Column::number(
            "resemblance",
            SHARE,
            "Share of the different runs of five words of it and the first version that stand in \
             both; 1 for the first version.",
            |row| Cell::number(Some(row.resemblance)),
        ),
    ],
};
