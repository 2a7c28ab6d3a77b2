//! Writes tables as CSV: UTF-8 with BOM, comma, LF, quotes only where needed, one record one line.

use std::borrow::Cow;
use std::io;

use csv::{QuoteStyle, Terminator, WriterBuilder};

use crate::report::guard::guard;
use crate::report::table::{Cell, Stream, Table};

/// Without it Excel takes UTF-8 for a local code page.
const BOM: &[u8] = b"\xEF\xBB\xBF";

/// A table whose columns are only known at run time, such as one column per outlet.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Grid {
    /// Column names.
    pub header: Vec<String>,
    /// One cell per column.
    pub rows: Vec<Vec<Cell>>,
}

/// Writes a table; returns how many cells were guarded against being run as formulas.
pub fn write_table(table: &Table, out: &mut dyn io::Write) -> io::Result<u64> {
    write_rows(table.columns.iter().map(AsRef::as_ref), table.rows.iter(), out)
}

/// Writes a table row by row; returns how many cells were guarded.
pub fn write_stream(table: Stream<'_>, out: &mut dyn io::Write) -> io::Result<u64> {
    write_rows(table.columns.iter().map(AsRef::as_ref), table.rows, out)
}

/// Writes a grid; returns how many cells were guarded.
pub fn write_grid(grid: &Grid, out: &mut dyn io::Write) -> io::Result<u64> {
    write_rows(grid.header.iter().map(String::as_str), grid.rows.iter(), out)
}

fn write_rows<'a>(
    header: impl Iterator<Item = &'a str>,
    rows: impl Iterator<Item = impl AsRef<[Cell]>>,
    out: &mut dyn io::Write,
) -> io::Result<u64> {
    let mut lines = Lines::with_header(out, header)?;
    for row in rows {
        lines.row(row.as_ref())?;
    }
    lines.finish().map(|(_, guarded)| guarded)
}

/// A CSV file while it is written.
pub struct Lines<W: io::Write> {
    writer: csv::Writer<W>,
    guarded: u64,
}

impl<W: io::Write> Lines<W> {
    /// Nothing written yet.
    pub fn new(out: W) -> Self {
        let mut builder = WriterBuilder::new();
        builder.terminator(Terminator::Any(b'\n')).quote_style(QuoteStyle::Necessary);
        Lines { writer: builder.from_writer(out), guarded: 0 }
    }

    /// The byte-order mark and the names of the columns.
    pub fn with_header<'a>(mut out: W, names: impl Iterator<Item = &'a str>) -> io::Result<Self> {
        out.write_all(BOM)?;
        let mut lines = Lines::new(out);
        for name in names {
            lines.writer.write_field(text_cell(name, &mut lines.guarded).as_bytes())?;
        }
        lines.writer.write_record(None::<&[u8]>)?;
        Ok(lines)
    }

    /// Writes a row.
    pub fn row(&mut self, cells: &[Cell]) -> io::Result<()> {
        for cell in cells {
            self.writer.write_field(printed(cell, &mut self.guarded).as_bytes())?;
        }
        Ok(self.writer.write_record(None::<&[u8]>)?)
    }

    /// Where it was written, and how many cells were guarded.
    pub fn finish(self) -> io::Result<(W, u64)> {
        let guarded = self.guarded;
        let out = self.writer.into_inner().map_err(|error| error.into_error())?;
        Ok((out, guarded))
    }
}

/// The characters of a cell, before CSV quoting.
fn printed<'a>(cell: &'a Cell, guarded: &mut u64) -> Cow<'a, str> {
    match cell {
        Cell::Empty => Cow::Borrowed(""),
        Cell::Int(n) => Cow::Owned(n.to_string()),
        Cell::Number(x) => Cow::Owned(six_decimals(*x)),
        Cell::Text(text) => text_cell(text, guarded),
    }
}

fn text_cell<'a>(text: &'a str, guarded: &mut u64) -> Cow<'a, str> {
    let line = one_line(text);
    if let Cow::Owned(cell) = guard(&line) {
        *guarded += 1;
        return Cow::Owned(cell);
    }
    line
}

/// A number as every table prints it: six decimals, a point, never `-0.000000`.
///
/// Three decimals would be read as thousands by a German spreadsheet (52 of 84 rates were).
///
/// # Panics
/// If the number is not finite: an undefined measure must be an empty cell.
pub fn six_decimals(x: f64) -> String {
    assert!(x.is_finite(), "a measure that is not defined must be an empty cell, not {x}");
    let text = format!("{x:.6}");
    match text.strip_prefix('-') {
        Some(zero) if zero.bytes().all(|b| b == b'0' || b == b'.') => zero.to_string(),
        _ => text,
    }
}

/// The text with white space and control characters collapsed to single spaces, so that every
/// record is one line for `wc`, `grep` and a cluster that splits files at line ends.
pub fn one_line(text: &str) -> Cow<'_, str> {
    let blank = |c: char| c.is_whitespace() || c.is_control();
    let plain = |text: &str| {
        let mut last = ' ';
        let ok = text.chars().all(|c| {
            let fine = if blank(c) { c == ' ' && last != ' ' } else { true };
            last = c;
            fine
        });
        ok && !text.ends_with(' ')
    };
    if plain(text) {
        return Cow::Borrowed(text);
    }
    let words: Vec<&str> = text.split(blank).filter(|word| !word.is_empty()).collect();
    Cow::Owned(words.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(rows: Vec<Vec<Cell>>) -> (String, u64) {
        let table = Table { name: "t", columns: vec!["a".into(), "b".into()], rows };
        let mut bytes = Vec::new();
        let guarded = write_table(&table, &mut bytes).unwrap();
        (String::from_utf8(bytes).unwrap(), guarded)
    }

    #[test]
    fn a_file_opens_with_a_bom_and_its_lines_end_with_lf() {
        let (text, _) = written(vec![vec![Cell::text("x"), Cell::Int(0)]]);
        assert_eq!(text, "\u{feff}a,b\nx,0\n");
    }

    #[test]
    fn a_table_written_row_by_row_is_the_same_file() {
        let rows = vec![vec![Cell::text("x"), Cell::Int(0)], vec![Cell::Empty, Cell::text("=1")]];
        let stream = Stream {
            name: "t",
            columns: vec!["a".into(), "b".into()],
            rows: Box::new(rows.clone().into_iter()),
        };
        let mut bytes = Vec::new();
        let guarded = write_stream(stream, &mut bytes).unwrap();
        assert_eq!((String::from_utf8(bytes).unwrap(), guarded), written(rows));
    }

    #[test]
    fn undefined_is_empty_and_counted_none_is_zero() {
        let (text, _) = written(vec![vec![Cell::Empty, Cell::Number(0.0)]]);
        assert_eq!(text, "\u{feff}a,b\n,0.000000\n");
    }

    #[test]
    fn one_record_is_one_line() {
        let (text, _) = written(vec![vec![Cell::text("a\r\nb\u{2028}c\u{1}d"), Cell::Int(1)]]);
        assert_eq!(text, "\u{feff}a,b\na b c d,1\n");
    }

    #[test]
    fn quotes_stand_only_where_they_are_needed() {
        let (text, _) = written(vec![vec![Cell::text("a,b"), Cell::text("say \"x\"")]]);
        assert_eq!(text, "\u{feff}a,b\n\"a,b\",\"say \"\"x\"\"\"\n");
    }

    #[test]
    fn a_formula_is_guarded_and_counted_but_a_negative_number_is_not() {
        let (text, guarded) = written(vec![vec![Cell::text("=1+1"), Cell::Number(-1.5)]]);
        assert_eq!((text.as_str(), guarded), ("\u{feff}a,b\n'=1+1,-1.500000\n", 1));
    }

    #[test]
    fn a_number_that_rounds_to_zero_has_no_sign() {
        assert_eq!(six_decimals(-0.000_000_1), "0.000000");
        assert_eq!(six_decimals(-0.0), "0.000000");
        assert_eq!(six_decimals(-0.000_001), "-0.000001");
    }

    #[test]
    #[should_panic(expected = "must be an empty cell")]
    fn an_undefined_number_is_a_fault_of_ours() {
        six_decimals(f64::NAN);
    }
}
