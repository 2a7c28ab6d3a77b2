//! `naming.csv`: what each outlet calls the same thing.

use crate::compare::NamingRow;
use crate::report::table::{Cell, Column, TableSpec};
use crate::report::tables::units::{MENTIONS, SHARE};

/// One row per referent, label, outlet and section, in lexicon and outlet order; zero rows written.
pub static NAMING: TableSpec<NamingRow> = TableSpec {
    name: "naming",
    meaning: "One row per thing, name for it, outlet and section; a name that is never used is a \
              row of zeros.",
    key: &["referent", "label", "outlet", "section"],
    columns: &[
        Column::text("referent", "What is named: first part of the label's path.", |row| {
            Cell::text(&row.referent)
        }),
        Column::text("label", "The name: rest of the label's path.", |row| Cell::text(&row.label)),
        Column::text("outlet", "Who published it.", |row| Cell::text(&row.outlet)),
        Column::text(
            "section",
            "title, lead (first paragraph after the headline), body (the rest), or all of them.",
            |row| Cell::text(row.section),
        ),
        Column::int(
            "mentions",
            MENTIONS,
            "All mentions; as many rows stand in the evidence, unless the manifest says that not \
             all are shown.",
            |row| Cell::count(row.mentions),
        ),
        Column::int("mentions_own", MENTIONS, "Those in the outlet's own voice.", |row| {
            Cell::count(row.mentions_own)
        }),
        Column::int(
            "mentions_own_negated",
            MENTIONS,
            "Those in the outlet's own voice within the reach of a negator.",
            |row| Cell::count(row.mentions_own_negated),
        ),
        Column::int(
            "mentions_own_used",
            MENTIONS,
            "Those in the outlet's own voice that are neither negated nor scare-quoted: what the \
             outlet itself calls it.",
            |row| Cell::count(row.mentions_own_used),
        ),
        Column::int("mentions_reported", MENTIONS, "Those in reported speech.", |row| {
            Cell::count(row.mentions_reported)
        }),
        Column::int("mentions_quoted", MENTIONS, "Those in voice quoted.", |row| {
            Cell::count(row.mentions_quoted)
        }),
        Column::int(
            "mentions_negated",
            MENTIONS,
            "Those within the reach of a negator (refrained from calling it an invasion).",
            |row| Cell::count(row.mentions_negated),
        ),
        Column::int(
            "mentions_scare_quoted",
            MENTIONS,
            "Those in a short quotation that is no sentence with its speaker: mentioned, not used.",
            |row| Cell::count(row.mentions_scare_quoted),
        ),
        Column::number(
            "share_of_labels",
            SHARE,
            "mentions / all mentions of any name for the thing by the outlet in the section; empty \
             if it never names it there.",
            |row| Cell::number(row.share_of_labels),
        ),
    ],
};
