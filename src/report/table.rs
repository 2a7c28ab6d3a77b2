//! A table as data: columns declared once, from which files, data dictionary and checks derive.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::report::manifest::EvidenceSum;
use crate::report::sums::{ArticleSums, QuoteSums};

/// One value of a table.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// Undefined: an empty cell.
    Empty,
    /// Text, identifiers, dates.
    Text(String),
    /// A count, a flag (0 or 1), a position.
    Int(i64),
    /// A measure, printed with six decimals.
    Number(f64),
}

impl Cell {
    /// A count.
    ///
    /// # Panics
    /// Beyond 2^63, which no corpus reaches.
    pub fn count(n: impl TryInto<i64>) -> Cell {
        Cell::Int(n.try_into().ok().expect("a count fits 63 bits"))
    }

    /// A measure that may be undefined.
    pub fn number(value: Option<f64>) -> Cell {
        value.map_or(Cell::Empty, Cell::Number)
    }

    /// A text; an empty one is an empty cell.
    pub fn text(text: impl Into<String>) -> Cell {
        let text = text.into();
        if text.is_empty() { Cell::Empty } else { Cell::Text(text) }
    }

    /// A flag.
    pub fn flag(yes: bool) -> Cell {
        Cell::Int(i64::from(yes))
    }
}

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ColumnKind {
    /// Free text or an identifier.
    Text,
    /// `YYYY-MM-DD`.
    Date,
    /// A whole number.
    Int,
    /// Six decimals.
    Number,
    /// 0 or 1.
    Flag,
}

/// One column: its public name and all that is said about it, and how a row fills it.
pub struct Column<R> {
    /// Lower snake case, at most 32 characters; renaming one is a breaking change.
    pub name: &'static str,
    /// What it holds.
    pub kind: ColumnKind,
    /// Unit, such as `mentions per 1,000 words`; empty for text.
    pub unit: &'static str,
    /// Meaning in one sentence, undefined case included.
    pub meaning: &'static str,
    /// The cell of a row.
    pub cell: fn(&R) -> Cell,
}

impl<R> Column<R> {
    /// A column of texts.
    pub const fn text(name: &'static str, meaning: &'static str, cell: fn(&R) -> Cell) -> Self {
        Column { name, kind: ColumnKind::Text, unit: "", meaning, cell }
    }

    /// A column of counts or positions.
    pub const fn int(
        name: &'static str,
        unit: &'static str,
        meaning: &'static str,
        cell: fn(&R) -> Cell,
    ) -> Self {
        Column { name, kind: ColumnKind::Int, unit, meaning, cell }
    }

    /// A column of measures.
    pub const fn number(
        name: &'static str,
        unit: &'static str,
        meaning: &'static str,
        cell: fn(&R) -> Cell,
    ) -> Self {
        Column { name, kind: ColumnKind::Number, unit, meaning, cell }
    }

    /// A column of flags.
    pub const fn flag(name: &'static str, meaning: &'static str, cell: fn(&R) -> Cell) -> Self {
        Column { name, kind: ColumnKind::Flag, unit: "0 or 1", meaning, cell }
    }
}

/// A table: its file name, what it shows, its columns and its key.
pub struct TableSpec<R: 'static> {
    /// File name without ending: `frames` is written to `tables/frames.csv`.
    pub name: &'static str,
    /// What one row is, in one sentence.
    pub meaning: &'static str,
    /// Columns that together name a row.
    pub key: &'static [&'static str],
    /// Every column, in printed order.
    pub columns: &'static [Column<R>],
}

/// A filled table.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table {
    /// File name without ending.
    pub name: &'static str,
    /// Column names, in order.
    pub columns: Vec<Cow<'static, str>>,
    /// One cell per column.
    pub rows: Vec<Vec<Cell>>,
}

/// A table whose rows are made one by one while it is written, so that it never lies in memory
/// whole.
pub struct Stream<'a> {
    /// File name without ending.
    pub name: &'static str,
    /// Column names, in order.
    pub columns: Vec<Cow<'static, str>>,
    /// One cell per column.
    pub rows: Box<dyn Iterator<Item = Vec<Cell>> + 'a>,
}

impl<R> TableSpec<R> {
    /// The table, its rows made as they are taken; they keep the order they come in.
    pub fn stream<'a>(&self, rows: impl Iterator<Item = R> + 'a) -> Stream<'a> {
        let columns = self.columns;
        let fill = move |row: R| columns.iter().map(|column| (column.cell)(&row)).collect();
        Stream {
            name: self.name,
            columns: columns.iter().map(|column| column.name.into()).collect(),
            rows: Box::new(rows.map(fill)),
        }
    }

    /// Fills the table; rows keep the order they come in.
    pub fn build(&self, rows: &[R]) -> Table {
        let fill = |row: &R| self.columns.iter().map(|column| (column.cell)(row)).collect();
        Table {
            name: self.name,
            columns: self.columns.iter().map(|column| column.name.into()).collect(),
            rows: rows.iter().map(fill).collect(),
        }
    }
}

/// One row of a filled table, read by column name.
#[derive(Clone, Copy)]
pub struct Row<'a> {
    table: &'a Table,
    cells: &'a [Cell],
}

impl Stream<'_> {
    /// Position of a column; `None` if the table has no such column.
    pub fn position(&self, column: &str) -> Option<usize> {
        self.columns.iter().position(|name| name == column)
    }
}

impl Table {
    /// Its rows, readable by column name.
    pub fn records(&self) -> impl Iterator<Item = Row<'_>> {
        self.rows.iter().map(|cells| Row { table: self, cells })
    }
}

impl<'a> Row<'a> {
    /// The cell of a column; empty if the table has no such column.
    fn cell(&self, column: &str) -> &'a Cell {
        let at = self.table.columns.iter().position(|name| *name == column);
        at.and_then(|at| self.cells.get(at)).unwrap_or(&Cell::Empty)
    }

    /// The text of a cell; empty if it holds none.
    pub fn text(&self, column: &str) -> &'a str {
        match self.cell(column) {
            Cell::Text(text) => text,
            _ => "",
        }
    }

    /// The whole number in a cell; `None` if it is empty.
    pub fn int(&self, column: &str) -> Option<i64> {
        match self.cell(column) {
            Cell::Int(n) => Some(*n),
            _ => None,
        }
    }

    /// The whole number in a cell, an empty one read as none counted.
    pub fn count(&self, column: &str) -> i64 {
        self.int(column).unwrap_or(0)
    }

    /// The number in a cell; `None` if it is empty.
    pub fn number(&self, column: &str) -> Option<f64> {
        match self.cell(column) {
            Cell::Number(x) => Some(*x),
            _ => None,
        }
    }
}

/// The filled tables of a report, by name. What people read (comparison, summary) is made from
/// these cells, so that it cannot disagree with the files.
#[derive(Clone, Debug, Default)]
pub struct Tables {
    /// In the order in which they were filled.
    pub all: Vec<Table>,
    /// How people call a category, by kind (`frame`) and path.
    pub labels: BTreeMap<(&'static str, String), String>,
    /// Frames whose mentions count in other frames too, and which.
    pub roll_ups: BTreeMap<String, Vec<String>>,
    /// How much of the evidence is shown.
    pub evidence: EvidenceSum,
    /// What is read of the articles; their rows are only kept for a dry run.
    pub articles: ArticleSums,
    /// What is read of the quotes, whose rows are not kept.
    pub quotes: QuoteSums,
    /// Strata, those in which an outlet has no words, and articles in none; `None` if outlets are not
    /// compared within strata.
    pub strata: Option<(u64, u64, u64)>,
    /// Articles in clusters of near-duplicates, and clusters.
    pub near_duplicates: (u64, u64),
    /// That nobody told voices: every word stands as the outlet's own, and no text may say that it is.
    pub one_voice: bool,
}

impl Tables {
    /// The rows of a table; none if there is no such table.
    pub fn rows<'a>(&'a self, name: &str) -> impl Iterator<Item = Row<'a>> + use<'a> {
        let table = self.all.iter().find(|table| table.name == name);
        table.into_iter().flat_map(Table::records)
    }

    /// How people call a category; its path if the lexicon does not say.
    pub fn label<'a>(&'a self, kind: &'static str, path: &'a str) -> &'a str {
        self.labels.get(&(kind, path.to_string())).map_or(path, String::as_str)
    }

    /// The outlets of the run, in the order of every table.
    pub fn outlets(&self) -> Vec<&str> {
        self.rows("outlets").map(|row| row.text("outlet")).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_is_read_by_column_name() {
        let table = Table {
            name: "t",
            columns: ["outlet", "mentions", "share"].map(Cow::from).to_vec(),
            rows: vec![vec![Cell::text("A"), Cell::Int(3), Cell::Empty]],
        };
        let row = table.records().next().unwrap();
        assert_eq!((row.text("outlet"), row.int("mentions")), ("A", Some(3)));
        assert_eq!((row.number("share"), row.int("nothing")), (None, None));
    }
}
