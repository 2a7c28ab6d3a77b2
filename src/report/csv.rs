//! Writes tables as CSV: UTF-8 with BOM, comma, LF, quotes only where needed, one record one line.

use std::borrow::Cow;
use std::io;
use std::io::Write as _;

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

/// Bytes of lines that are written at once.
const ROOM: usize = 64 << 10;

/// A CSV file while it is written.
pub struct Lines<W: io::Write> {
    out: W,
    guarded: u64,
    /// Lines that are not written yet.
    room: Vec<u8>,
}

impl<W: io::Write> Lines<W> {
    /// Nothing written yet.
    pub fn new(out: W) -> Self {
        Lines { out, guarded: 0, room: Vec::new() }
    }

    /// The byte-order mark and the names of the columns.
    pub fn with_header<'a>(out: W, names: impl Iterator<Item = &'a str>) -> io::Result<Self> {
        let mut lines = Lines::new(out);
        lines.room.extend_from_slice(BOM);
        let names: Vec<Cell> = names.map(Cell::text).collect();
        lines.row(&names)?;
        Ok(lines)
    }

    /// Writes a row.
    pub fn row(&mut self, cells: &[Cell]) -> io::Result<()> {
        for (at, cell) in cells.iter().enumerate() {
            if at > 0 {
                self.room.push(b',');
            }
            self.push(cell);
        }
        self.room.push(b'\n');
        if self.room.len() < ROOM { Ok(()) } else { self.write() }
    }

    fn push(&mut self, cell: &Cell) {
        match cell {
            Cell::Empty => {}
            Cell::Int(n) => push_int(&mut self.room, *n),
            Cell::Number(x) => push_six_decimals(&mut self.room, *x),
            Cell::Text(text) if is_plain(text) => self.room.extend_from_slice(text.as_bytes()),
            Cell::Text(text) => {
                let line = one_line(text);
                let guarded = guard(&line);
                self.guarded += u64::from(matches!(guarded, Cow::Owned(_)));
                push_field(&mut self.room, guarded.as_bytes());
            }
        }
    }

    fn write(&mut self) -> io::Result<()> {
        self.out.write_all(&self.room)?;
        self.room.clear();
        Ok(())
    }

    /// Where it was written, and how many cells were guarded.
    pub fn finish(mut self) -> io::Result<(W, u64)> {
        self.write()?;
        Ok((self.out, self.guarded))
    }
}

/// Whether a text stands in a cell as it is, as nearly every name, path and term does: a letter or
/// digit, then plain signs that mean nothing in CSV, or single blanks between them.
fn is_plain(text: &str) -> bool {
    let mut last = b' ';
    let mut fits = |&byte: &u8| {
        let before = std::mem::replace(&mut last, byte);
        PLAIN[usize::from(byte)] && (byte != b' ' || before != b' ')
    };
    text.as_bytes().iter().all(&mut fits)
        && last != b' '
        && text.starts_with(|c: char| c.is_ascii_alphanumeric())
}

/// The bytes of plain texts.
static PLAIN: [bool; 256] = {
    let mut plain = [false; 256];
    let mut byte = b' ';
    while byte < 0x7F {
        plain[byte as usize] = !matches!(byte, b',' | b'"');
        byte += 1;
    }
    plain
};

/// Writes a text of one line, between quotes if it needs them.
fn push_field(room: &mut Vec<u8>, text: &[u8]) {
    if !text.iter().any(|byte| matches!(byte, b',' | b'"')) {
        room.extend_from_slice(text);
        return;
    }
    room.push(b'"');
    for (at, part) in text.split(|&byte| byte == b'"').enumerate() {
        if at > 0 {
            room.extend_from_slice(b"\"\"");
        }
        room.extend_from_slice(part);
    }
    room.push(b'"');
}

fn push_int(room: &mut Vec<u8>, n: i64) {
    if n < 0 {
        room.push(b'-');
    }
    push_digits(room, n.unsigned_abs(), 1);
}

/// Writes a number with so many digits at least.
fn push_digits(room: &mut Vec<u8>, mut n: u64, least: usize) {
    // 2^64 has twenty digits.
    let mut digits = [b'0'; 20];
    let mut at = digits.len();
    while n > 0 {
        at -= 1;
        digits[at] += (n % 10) as u8;
        n /= 10;
    }
    room.extend_from_slice(&digits[at.min(digits.len() - least)..]);
}

/// A number as every table prints it: six decimals, a point, never `-0.000000`.
///
/// Three decimals would be read as thousands by a German spreadsheet (52 of 84 rates were).
///
/// # Panics
/// If the number is not finite: an undefined measure must be an empty cell.
pub fn six_decimals(x: f64) -> String {
    let mut text = Vec::new();
    push_six_decimals(&mut text, x);
    text.into_iter().map(char::from).collect()
}

/// Writes the number as [`six_decimals`] gives it.
///
/// In millionths, a number below 2^40 of them is off by less than 2^-13 of one: the nearest whole
/// number is that of its exact value unless it lies close to the middle between two.
fn push_six_decimals(text: &mut Vec<u8>, x: f64) {
    assert!(x.is_finite(), "a measure that is not defined must be an empty cell, not {x}");
    let millionths = x.abs() * 1e6;
    let nearest = millionths.round();
    let sure = millionths < (1_u64 << 40) as f64 && (millionths - nearest).abs() < 0.499;
    let start = text.len();
    if sure {
        if x < 0.0 && nearest > 0.0 {
            text.push(b'-');
        }
        push_digits(text, nearest as u64 / 1_000_000, 1);
        text.push(b'.');
        push_digits(text, nearest as u64 % 1_000_000, 6);
        return;
    }
    write!(text, "{x:.6}").expect("memory takes every number");
    let printed = &text[start..];
    if printed.starts_with(b"-") && !printed.iter().any(|byte| (b'1'..=b'9').contains(byte)) {
        text.remove(start);
    }
}

/// The text with white space and control characters collapsed to single spaces, so that every
/// record is one line for `wc`, `grep` and a cluster that splits files at line ends.
pub fn one_line(text: &str) -> Cow<'_, str> {
    if is_one_line(text) {
        return Cow::Borrowed(text);
    }
    let words: Vec<&str> = text.split(is_blank).filter(|word| !word.is_empty()).collect();
    Cow::Owned(words.join(" "))
}

fn is_blank(c: char) -> bool {
    c.is_whitespace() || c.is_control()
}

/// Whether single blanks between words are the only white space, as in nearly every cell.
fn is_one_line(text: &str) -> bool {
    let mut last = b' ';
    for (at, &byte) in text.as_bytes().iter().enumerate() {
        let fine = match byte {
            b' ' => last != b' ',
            0x00..=0x1F | 0x7F => false,
            // White space and control characters beyond ASCII begin with these.
            0xC2 | 0xE1 | 0xE2 | 0xE3 => !text[at..].starts_with(is_blank),
            _ => true,
        };
        if !fine {
            return false;
        }
        last = byte;
    }
    text.is_empty() || last != b' '
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn six_decimals_are_those_of_the_exact_value(x in prop_oneof![
            -1e9..1e9,
            -2.0..2.0,
            // Close to the middle between two printed numbers.
            (-4_000_000..4_000_000_i64).prop_map(|n| (2 * n + 1) as f64 / 2e6),
            (-4_000_000..4_000_000_i64).prop_map(|n| (2 * n + 1) as f64 / 1024.0),
            any::<f64>().prop_filter("a number", |x| x.is_finite()),
        ]) {
            let exact = format!("{x:.6}");
            let is_zero = exact.bytes().all(|b| matches!(b, b'-' | b'0' | b'.'));
            let exact = if is_zero { exact.trim_start_matches('-') } else { &exact };
            prop_assert_eq!(six_decimals(x), exact);
        }

        #[test]
        fn a_cell_is_its_words_with_single_blanks(
            text in "[ a\t\r\n\u{85}\u{a0}\u{1680}\u{2003}\u{2028}\u{3000}\u{1}é”]{0,9}",
        ) {
            let words = text.split(|c: char| c.is_whitespace() || c.is_control());
            let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
            prop_assert_eq!(one_line(&text), words.join(" "));
        }
    }

    proptest! {
        #[test]
        fn a_plain_cell_is_what_any_cell_is(text in "[a0=\\-' ,\"\t\u{a0}é]{0,6}") {
            let line = one_line(&text);
            let mut other = Vec::new();
            push_field(&mut other, guard(&line).as_bytes());
            prop_assert!(!is_plain(&text) || text.as_bytes() == other);
        }
    }

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
