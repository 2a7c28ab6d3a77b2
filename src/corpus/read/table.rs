//! Reads CSV and its kin: one article per row, separated by comma, semicolon, tab or bar.

use std::io::{BufRead, Read};

use csv::{ByteRecord, Reader, ReaderBuilder};

use crate::corpus::article::Skipped;
use crate::corpus::decode::decode;
use crate::corpus::error::InputError;
use crate::corpus::read::columns::{Column, places};
use crate::corpus::read::ledger::{Ledger, SkipCode};
use crate::corpus::read::record::Record;
use crate::corpus::read::stream::{Checksum, Stream};
use crate::corpus::read::{Source, cut_off};

/// A table of articles.
pub(crate) struct Table {
    path: String,
    rows: Option<Reader<Box<dyn BufRead + Send>>>,
    sum: Checksum,
    columns: [Option<usize>; 9],
    n_columns: usize,
    row: ByteRecord,
    row_no: u64,
}

impl Table {
    /// Reads the headings of a stream; `path` is relative to the input, `shown` as typed.
    pub(crate) fn new(path: String, shown: &str, stream: Stream) -> Result<Self, InputError> {
        let sum = stream.checksum();
        let mut rows = csv_reader(stream.bytes);
        let headings = headings(&mut rows, shown)?;
        let columns = places(headings.iter().map(String::as_str));
        for column in [Column::Outlet, Column::Text] {
            if columns[column as usize].is_none() {
                return Err(no_column(shown, column, &headings));
            }
        }
        let n_columns = headings.len();
        let row = ByteRecord::new();
        Ok(Self { path, rows: Some(rows), sum, columns, n_columns, row, row_no: 0 })
    }

    fn record(&mut self, ledger: &mut Ledger) -> Result<Record, Skipped> {
        let mut cells: [String; 9] = Default::default();
        for (cell, place) in cells.iter_mut().zip(self.columns) {
            let bytes = place.and_then(|place| self.row.get(place)).unwrap_or_default();
            *cell = match std::str::from_utf8(bytes) {
                Ok(text) => text.to_owned(),
                Err(_) => self.decoded(bytes, ledger)?,
            };
        }
        if self.row.len() > self.n_columns {
            let reason = format!("it has {} cells for {} columns", self.row.len(), self.n_columns);
            let skipped = SkipCode::BrokenRecord.skipped(&self.path, Some(self.row_no), reason);
            let [article_id, outlet, ..] = cells;
            return Err(Skipped { article_id, outlet, ..skipped });
        }
        let (source, record_no) = (self.path.clone(), Some(self.row_no));
        Ok(Record { source, record_no, ..Record::from_cells(cells) })
    }

    fn decoded(&self, cell: &[u8], ledger: &mut Ledger) -> Result<String, Skipped> {
        let decoded = decode(cell.to_vec()).map_err(|_| {
            SkipCode::Undecodable.skipped(&self.path, Some(self.row_no), "it is not UTF-8")
        })?;
        if let Some(doubt) = decoded.doubt {
            ledger.doubt(&self.path, &doubt);
        }
        Ok(decoded.text)
    }

    fn unclosed(&self) -> Skipped {
        let reason = format!("{UNCLOSED}; this and later articles are missing");
        SkipCode::BrokenRecord.skipped(&self.path, Some(self.row_no + 1), reason)
    }

    fn end(&mut self, ledger: &mut Ledger) {
        self.rows = None;
        if let Some(sum) = self.sum.finish() {
            ledger.add_file(&self.path, sum);
        }
    }
}

impl Source for Table {
    fn next(&mut self, ledger: &mut Ledger) -> Option<Result<Record, Skipped>> {
        loop {
            match self.rows.as_mut()?.read_byte_record(&mut self.row) {
                Ok(false) => {
                    self.end(ledger);
                    return None;
                }
                Ok(true) if is_end(&self.row) => {}
                Ok(true) if is_unclosed(&self.row) => return Some(Err(self.unclosed())),
                Ok(true) => {
                    self.row_no += 1;
                    if self.row.iter().any(|cell| !cell.trim_ascii().is_empty()) {
                        return Some(self.record(ledger));
                    }
                }
                Err(error) => {
                    self.end(ledger);
                    return Some(Err(cut_off(&self.path, self.row_no + 1, &error.into())));
                }
            }
        }
    }
}

/// A reader that knows the separator from the first line and lets rows differ in length.
pub(crate) fn csv_reader(mut bytes: Box<dyn BufRead + Send>) -> Reader<Box<dyn BufRead + Send>> {
    let delimiter = bytes.fill_buf().map_or(b',', separator);
    let bytes = Box::new(Read::chain(bytes, END));
    ReaderBuilder::new().flexible(true).has_headers(false).delimiter(delimiter).from_reader(bytes)
}

/// A line of our own behind the last one. A quotation mark that is never closed swallows it, and is
/// found out; else it would swallow articles in silence.
const END: &[u8] = b"\n\x04\n";

/// What is wrong with a row whose quotation mark swallowed the rest of the file.
pub(crate) const UNCLOSED: &str = "a quotation mark in it is never closed";

/// Whether a row is the line behind the last one.
pub(crate) fn is_end(row: &ByteRecord) -> bool {
    row.len() == 1 && row[0] == END[1..2]
}

/// Whether a row opens a quotation mark that nothing closes.
pub(crate) fn is_unclosed(row: &ByteRecord) -> bool {
    row.iter().next_back().is_some_and(|cell| cell.ends_with(END))
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

/// The first row, decoded.
pub(crate) fn headings<R: std::io::Read>(
    rows: &mut Reader<R>,
    shown: &str,
) -> Result<Vec<String>, InputError> {
    let mut first = ByteRecord::new();
    let read = rows.read_byte_record(&mut first);
    let mend = "save it as CSV with a first row of column names";
    match read {
        Ok(true) if is_unclosed(&first) => Err(InputError::table(shown, UNCLOSED, mend)),
        Ok(true) if !is_end(&first) => {
            let names = first.iter().map(|cell| String::from_utf8_lossy(cell).into()).collect();
            refuse_repeated(names, shown)
        }
        Ok(_) => Err(InputError::table(shown, "it is empty", mend)),
        Err(error) => Err(InputError::table(shown, format!("it cannot be read: {error}"), mend)),
    }
}

/// The headings, unless two of them have the name of one column that is read.
fn refuse_repeated(names: Vec<String>, shown: &str) -> Result<Vec<String>, InputError> {
    let mut known: Vec<_> = names.iter().filter_map(|name| Column::find(name)).collect();
    known.sort_unstable();
    let Some(twice) = known.windows(2).find(|pair| pair[0] == pair[1]) else { return Ok(names) };
    let (column, rank) = twice[0];
    let reason = format!("two columns are called `{}`", column.names()[rank]);
    Err(InputError::table(shown, reason, "rename or delete one of them"))
}

/// The message for a required column that a table lacks.
pub(crate) fn no_column(shown: &str, column: Column, headings: &[String]) -> InputError {
    let name = column.names()[0];
    let found: Vec<String> = headings.iter().map(|name| format!("`{}`", name.trim())).collect();
    let reason = format!("no column is called `{name}`; there are {}", found.join(", "));
    InputError::table(shown, reason, format!("rename the column that holds it to `{name}`"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_separator_is_read_off_the_first_line() {
        assert_eq!(separator(b"id,outlet,text\na;b;c;d;e"), b',');
        assert_eq!(separator(b"id;outlet;\"a,b,c,d\"\n"), b';');
        assert_eq!(separator(b"id\toutlet\ttext"), b'\t');
        assert_eq!(separator(b"text"), b',');
    }
}
