//! The data dictionary: every column of every table, as it is declared beside the table.

use crate::report::csv::Grid;
use crate::report::table::{Cell, ColumnKind, TableSpec};
use crate::report::tables::{
    ARTICLES, BLAME, CATEGORIES, COVERAGE, DUPLICATES, EVENTS, EVIDENCE, FRAMES, LEXICON_USE,
    NAMING, OUTLETS, OVERLAP, PAIRS, QUOTES, REMOVED, ROLLUPS, SENSITIVITY, SKIPPED, SPEAKERS,
    STANCE, STRATA, STRATIFIED, TERMS,
};

/// What is said about one column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ColumnNote {
    /// Its public name.
    pub name: &'static str,
    /// What it holds.
    pub kind: ColumnKind,
    /// Its unit; empty for text.
    pub unit: &'static str,
    /// What it means.
    pub meaning: &'static str,
}

/// What is said about one table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Declaration {
    /// File name without ending.
    pub table: &'static str,
    /// What one row is.
    pub meaning: &'static str,
    /// Columns that together name a row.
    pub key: &'static [&'static str],
    /// Every column, in printed order.
    pub columns: Vec<ColumnNote>,
}

impl<R> TableSpec<R> {
    /// What is said about the table, without the rows.
    pub fn declaration(&self) -> Declaration {
        let columns = self.columns.iter().map(|column| ColumnNote {
            name: column.name,
            kind: column.kind,
            unit: column.unit,
            meaning: column.meaning,
        });
        Declaration {
            table: self.name,
            meaning: self.meaning,
            key: self.key,
            columns: columns.collect(),
        }
    }
}

impl ColumnKind {
    /// The word of the dictionary's `type` column.
    pub fn name(self) -> &'static str {
        match self {
            ColumnKind::Text => "text",
            ColumnKind::Date => "date",
            ColumnKind::Int => "integer",
            ColumnKind::Number => "number",
            ColumnKind::Flag => "flag",
        }
    }
}

/// The dictionary of all tables as a grid: `docs/columns.csv`.
pub fn dictionary(declarations: &[Declaration]) -> Grid {
    let header = ["table", "position", "column", "type", "unit", "key", "meaning"];
    let mut rows = Vec::new();
    for declaration in declarations {
        for (position, column) in declaration.columns.iter().enumerate() {
            rows.push(vec![
                Cell::text(declaration.table),
                Cell::count(position + 1),
                Cell::text(column.name),
                Cell::text(column.kind.name()),
                Cell::text(column.unit),
                Cell::flag(declaration.key.contains(&column.name)),
                Cell::text(column.meaning),
            ]);
        }
    }
    Grid { header: header.map(String::from).to_vec(), rows }
}

/// Every table that a report can hold, in the order in which a report lists them.
pub fn declarations() -> Vec<Declaration> {
    vec![
        OUTLETS.declaration(),
        ARTICLES.declaration(),
        EVENTS.declaration(),
        DUPLICATES.declaration(),
        REMOVED.declaration(),
        SKIPPED.declaration(),
        FRAMES.declaration(),
        ROLLUPS.declaration(),
        SENSITIVITY.declaration(),
        COVERAGE.declaration(),
        NAMING.declaration(),
        STRATA.declaration(),
        STRATIFIED.declaration(),
        BLAME.declaration(),
        PAIRS.declaration(),
        TERMS.declaration(),
        QUOTES.declaration(),
        SPEAKERS.declaration(),
        STANCE.declaration(),
        OVERLAP.declaration(),
        EVIDENCE.declaration(),
        LEXICON_USE.declaration(),
        CATEGORIES.declaration(),
    ]
}
