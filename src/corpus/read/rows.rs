//! Rows of a CSV file and its kin, one after another, in bounded memory.
//!
//! Knows cells, not what they mean.

use std::io::{self, BufRead, Read};

use csv_core::{ReadRecordResult, Reader, ReaderBuilder};

use crate::corpus::read::ledger::LARGEST;

/// Bytes of a row that are kept: its text may stand in it twice more, as HTML. What is longer is
/// passed over.
const LONGEST: usize = 4 * LARGEST;
/// Cells of a row that are kept.
const MOST_CELLS: usize = 1 << 16;

/// A table that is being read.
pub(crate) struct Rows {
    bytes: Box<dyn BufRead + Send>,
    parser: Reader,
    quotes: Quotes,
    longest: usize,
}

/// One row.
#[derive(Default)]
pub(crate) struct Row {
    /// The line on which it starts, from 1.
    pub(crate) line: u64,
    bytes: Vec<u8>,
    n_bytes: usize,
    ends: Vec<usize>,
    n_cells: usize,
}

/// What was found in the place of the next row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Next {
    /// A whole row.
    Row,
    /// A row too large to be kept; its first cells are there, and the row after it is next.
    TooLarge,
    /// A row with a cell that goes on behind the quotation mark that closes it: a mark is missing or one
    /// too many, and rows may have run together.
    Misquoted,
    /// A row with a quotation mark that is never closed, and that swallows the rest of the file.
    Unclosed,
    /// No more rows.
    End,
}

/// A line of our own behind the last one. A quotation mark that is never closed swallows it, and is
/// found out; else it would swallow articles in silence.
const END: &[u8] = b"\n\x04\n";

impl Rows {
    /// Knows the separator from the first line, and lets rows differ in length.
    pub(crate) fn new(mut bytes: Box<dyn BufRead + Send>) -> Self {
        let start = bytes.fill_buf().unwrap_or_default();
        let (delimiter, n_before) = said_separator(start).unwrap_or_else(|| (separator(start), 0));
        bytes.consume(n_before);
        let mut parser = ReaderBuilder::new().delimiter(delimiter).build();
        parser.set_line(1 + u64::from(n_before > 0));
        let quotes = Quotes::new(delimiter);
        Self { bytes: Box::new(Read::chain(bytes, END)), parser, quotes, longest: LONGEST }
    }

    /// Reads the next row into `row`.
    pub(crate) fn next(&mut self, row: &mut Row) -> io::Result<Next> {
        self.pass_over_breaks()?;
        (row.line, row.n_bytes, row.n_cells) = (self.parser.line(), 0, 0);
        self.quotes = Quotes::new(self.quotes.delimiter);
        let mut too_large = false;
        loop {
            let input = self.bytes.fill_buf()?;
            let at_end = input.is_empty();
            let (result, n_read) = if too_large {
                let (mut bytes, mut ends) = ([0; 4096], [0; 64]);
                let (result, n_read, ..) = self.parser.read_record(input, &mut bytes, &mut ends);
                (result, n_read)
            } else {
                let (bytes, ends) = (&mut row.bytes[row.n_bytes..], &mut row.ends[row.n_cells..]);
                let (result, n_read, n_bytes, n_ends) = self.parser.read_record(input, bytes, ends);
                (row.n_bytes, row.n_cells) = (row.n_bytes + n_bytes, row.n_cells + n_ends);
                (result, n_read)
            };
            self.quotes.see(&input[..n_read]);
            self.bytes.consume(n_read);
            match result {
                ReadRecordResult::InputEmpty => {}
                ReadRecordResult::OutputFull | ReadRecordResult::OutputEndsFull => {
                    too_large = too_large || !row.grow(self.longest);
                }
                ReadRecordResult::Record if at_end => return Ok(Next::Unclosed),
                ReadRecordResult::Record if row.is_end() => return Ok(Next::End),
                ReadRecordResult::Record if too_large => return Ok(Next::TooLarge),
                ReadRecordResult::Record if self.quotes.broken => return Ok(Next::Misquoted),
                ReadRecordResult::Record => return Ok(Next::Row),
                ReadRecordResult::End => return Ok(Next::End),
            }
        }
    }

    /// The line that is read next.
    pub(crate) fn line(&self) -> u64 {
        self.parser.line()
    }

    /// Passes over line breaks before a row, so that the row's line is the one on which it starts.
    fn pass_over_breaks(&mut self) -> io::Result<()> {
        loop {
            let bytes = self.bytes.fill_buf()?;
            let is_break = |byte: &&u8| matches!(byte, b'\r' | b'\n');
            let n_breaks = bytes.iter().take_while(is_break).count();
            let n_lines = bytes[..n_breaks].iter().filter(|byte| **byte == b'\n').count() as u64;
            let was_all = n_breaks == bytes.len();
            self.bytes.consume(n_breaks);
            self.parser.set_line(self.parser.line() + n_lines);
            if !was_all || n_breaks == 0 {
                return Ok(());
            }
        }
    }
}

/// Finds out whether each quoted cell of a row ends at the mark that closes it. The parser reads on in
/// silence, and drops the marks.
struct Quotes {
    delimiter: u8,
    /// The byte before.
    last: u8,
    within: Within,
    broken: bool,
}

/// Where a row has been read to.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Within {
    /// A cell without quotation marks around it, or between two cells.
    Plain,
    /// A quoted cell.
    Quoted,
    /// Behind a mark in a quoted cell, which closes it unless another follows.
    Mark,
}

impl Quotes {
    fn new(delimiter: u8) -> Self {
        Self { delimiter, last: b'\n', within: Within::Plain, broken: false }
    }

    /// Reads on in the row.
    fn see(&mut self, bytes: &[u8]) {
        let ends_cell = |byte: u8| byte == self.delimiter || matches!(byte, b'\r' | b'\n');
        for &byte in bytes {
            self.within = match (self.within, byte) {
                (Within::Quoted, b'"') => Within::Mark,
                (Within::Quoted, _) | (Within::Mark, b'"') => Within::Quoted,
                (Within::Plain, b'"') if ends_cell(self.last) => Within::Quoted,
                (Within::Plain, _) => Within::Plain,
                (Within::Mark, byte) => {
                    self.broken |= !ends_cell(byte);
                    Within::Plain
                }
            };
            self.last = byte;
        }
    }
}

impl Row {
    /// How many cells it has.
    pub(crate) fn len(&self) -> usize {
        self.n_cells
    }

    /// The bytes of a cell.
    pub(crate) fn get(&self, at: usize) -> Option<&[u8]> {
        let ends = &self.ends[..self.n_cells];
        let start = at.checked_sub(1).map_or(0, |before| ends.get(before).copied().unwrap_or(0));
        ends.get(at).map(|end| &self.bytes[start..*end])
    }

    /// Its cells.
    pub(crate) fn cells(&self) -> impl Iterator<Item = &[u8]> {
        (0..self.n_cells).flat_map(|at| self.get(at))
    }

    /// How many cells it has up to the last that is filled in.
    pub(crate) fn n_filled(&self) -> usize {
        let filled = |at: &usize| self.get(*at).is_some_and(|cell| !cell.trim_ascii().is_empty());
        (0..self.n_cells).rfind(filled).map_or(0, |last| last + 1)
    }

    /// Whether all of its cells are empty or white space.
    pub(crate) fn is_blank(&self) -> bool {
        self.cells().all(|cell| cell.trim_ascii().is_empty())
    }

    /// The line on which its last cell begins, or the first one that was too large: that of the
    /// quotation mark if nothing closes it.
    pub(crate) fn last_line(&self, next: Next) -> u64 {
        let n_whole = if next == Next::Unclosed && self.n_cells > 0 {
            self.n_cells - 1
        } else {
            self.n_cells
        };
        let end = n_whole.checked_sub(1).map_or(0, |last| self.ends[last]);
        self.line + self.bytes[..end].iter().filter(|byte| **byte == b'\n').count() as u64
    }

    /// Makes room for more; false if there is enough of it already.
    fn grow(&mut self, longest: usize) -> bool {
        const LEAST: (usize, usize) = (1 << 16, 64);
        if self.bytes.len() >= longest || self.ends.len() >= MOST_CELLS {
            return false;
        }
        if self.n_bytes == self.bytes.len() {
            self.bytes.resize((2 * self.bytes.len()).clamp(LEAST.0.min(longest), longest), 0);
        }
        if self.n_cells == self.ends.len() {
            self.ends.resize((2 * self.ends.len()).max(LEAST.1), 0);
        }
        true
    }

    /// Whether it is the line behind the last one.
    fn is_end(&self) -> bool {
        self.n_cells == 1 && self.get(0) == Some(&END[1..2])
    }
}

/// The separator that a first line such as `sep=;` names, and the length of that line. Spreadsheets
/// read and write it; it is no heading.
fn said_separator(start: &[u8]) -> Option<(u8, usize)> {
    let rest = start.strip_prefix(b"sep=").or_else(|| start.strip_prefix(b"SEP="))?;
    match rest {
        [sign, b'\r', b'\n', ..] => Some((*sign, 7)),
        [sign, b'\n', ..] => Some((*sign, 6)),
        _ => None,
    }
}

/// The commonest separator of the first line, quoted cells left out; a comma if there is none.
fn separator(start: &[u8]) -> u8 {
    let (mut quoted, mut counts) = (false, [(b',', 0), (b';', 0), (b'\t', 0), (b'|', 0)]);
    for &byte in start {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' | b'\r' if !quoted => break,
            _ if quoted => {}
            _ => counts.iter_mut().filter(|(known, _)| *known == byte).for_each(|(_, n)| *n += 1),
        }
    }
    // `max_by_key` takes the last of equals; reversed, the comma wins.
    counts.iter().rev().max_by_key(|(_, n)| *n).map_or(b',', |(byte, _)| *byte)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Cursor;

    /// Each row as `line: cells`, and how the table ends; rows above `longest` bytes are passed over.
    fn read(text: &str, longest: usize) -> Vec<String> {
        let mut rows = Rows::new(Box::new(Cursor::new(text.to_owned())));
        rows.longest = longest;
        let (mut row, mut found) = (Row::default(), Vec::new());
        loop {
            let next = rows.next(&mut row).unwrap();
            let cells: Vec<_> = row.cells().map(String::from_utf8_lossy).collect();
            found.push(match next {
                Next::Row => format!("{}: {}", row.line, cells.join("/")),
                Next::End => return found,
                _ => format!("{next:?} from line {}", row.last_line(next)),
            });
            if next == Next::Unclosed {
                return found;
            }
        }
    }

    #[test]
    fn a_row_knows_its_line_whatever_stands_before_it() {
        let text = "a,b\r\n1,\"x\ny\"\r\n\r\n\n2,z";
        assert_eq!(read(text, LONGEST), ["1: a/b", "2: 1/x\ny", "6: 2/z"]);
        assert_eq!(read("sep=;\na;b\n1;2\n", LONGEST), ["2: a/b", "3: 1/2"]);
        assert_eq!(read("", LONGEST), [""; 0]);
    }

    #[test]
    fn a_quotation_mark_that_is_never_closed_is_named_by_its_line() {
        let text = "a,b\n1,\"x\ny\",\"z\n2,w\n";
        assert_eq!(read(text, LONGEST), ["1: a/b", "Unclosed from line 3"]);
        let unquoted = "a,b\n1,5\" gun\n2,w\n";
        assert_eq!(read(unquoted, LONGEST), ["1: a/b", "2: 1/5\" gun", "3: 2/w"]);
    }

    #[test]
    fn a_cell_that_goes_on_behind_its_quotation_mark_is_found_out() {
        let text = "a,b\n1,\"We are friends\" said Lund.\n2,\"x\"\"y\"\n3,\"\"\n";
        let expect = ["1: a/b", "Misquoted from line 2", "3: 2/x\"y", "4: 3/"];
        assert_eq!(read(text, LONGEST), expect);
        let swallows = "a,b\n1,\"no end\n2,\"x\"\n3,y\n";
        assert_eq!(read(swallows, LONGEST), ["1: a/b", "Misquoted from line 3", "4: 3/y"]);
        assert_eq!(
            read("a;b\n1;\"x\";\"y\"\r\n2;5\" gun", LONGEST)[1..],
            ["2: 1/x/y", "3: 2/5\" gun"]
        );
    }

    #[test]
    fn a_row_that_is_too_large_is_passed_over_and_takes_no_memory() {
        let long = "x".repeat(10_000);
        let text = format!("a,b\n1,\"{long}\n{long}\"\n2,w\n");
        assert_eq!(read(&text, 5_000), ["1: a/b", "TooLarge from line 2", "4: 2/w"]);
        let unclosed = format!("a,b\n1,x\n2,\"{long}\n{long}\n");
        assert_eq!(read(&unclosed, 5_000), ["1: a/b", "2: 1/x", "Unclosed from line 3"]);
        let commas = format!("a,b\n{}\n2,w\n", ",".repeat(2 * MOST_CELLS));
        assert_eq!(read(&commas, LONGEST)[1..], ["TooLarge from line 2", "3: 2/w"]);
    }

    #[test]
    fn the_separator_is_read_off_the_first_line() {
        assert_eq!(separator(b"id,outlet,text\na;b;c;d;e"), b',');
        assert_eq!(separator(b"id;outlet;\"a,b,c,d\"\n"), b';');
        assert_eq!(separator(b"id\toutlet\ttext"), b'\t');
        assert_eq!(separator(b"text"), b',');
    }

    #[test]
    fn a_line_that_names_the_separator_is_no_heading() {
        assert_eq!(said_separator(b"sep=;\r\nid;outlet"), Some((b';', 7)));
        assert_eq!(said_separator(b"sep=\t\nid\toutlet"), Some((b'\t', 6)));
        assert_eq!(said_separator(b"sep=,id,outlet\n"), None);
        assert_eq!(said_separator(b"separator,id\n"), None);
    }
}
