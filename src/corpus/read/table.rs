//! Reads CSV and its kin: one article per row, separated by comma, semicolon, tab or bar.

use std::io::{BufRead, Read};

use csv::{ByteRecord, Reader, ReaderBuilder};

use crate::corpus::article::Skipped;
use crate::corpus::error::InputError;
use crate::corpus::options::ReadOptions;
use crate::corpus::read::columns::{Cells, Choice, Column, ColumnFault, N_COLUMNS};
use crate::corpus::read::ledger::{Ledger, SkipCode};
use crate::corpus::read::record::Record;
use crate::corpus::read::stream::{Checksum, Stream};
use crate::corpus::read::survey::Decoder;
use crate::corpus::read::{Size, Source, cut_off};

/// A table of articles.
pub(crate) struct Table {
    path: String,
    rows: Option<Reader<Box<dyn BufRead + Send>>>,
    sum: Checksum,
    columns: [Option<usize>; N_COLUMNS],
    decoder: Decoder,
    n_columns: usize,
    row: ByteRecord,
    row_no: u64,
}

impl Table {
    /// Reads the headings of a stream; `path` is relative to the input, `shown` as typed.
    pub(crate) fn new(
        path: String,
        shown: &str,
        stream: Stream,
        options: &ReadOptions,
        ledger: &mut Ledger,
    ) -> Result<Self, InputError> {
        let sum = stream.checksum();
        let decoder = Decoder::new(sum.path(), options.said_encoding());
        let (mut rows, _) = csv_reader(stream.bytes);
        let headings = headings(&mut rows, shown)?;
        let choice = Choice::new(&headings, options).map_err(|fault| unclear(shown, &fault))?;
        for column in [Column::Outlet, Column::Text] {
            if !choice.has(column) {
                return Err(no_column(shown, column, &headings));
            }
        }
        ledger.unread(&path, &choice.unread);
        let (n_columns, columns) = (headings.len(), choice.places);
        let row = ByteRecord::new();
        Ok(Self { path, rows: Some(rows), sum, columns, decoder, n_columns, row, row_no: 0 })
    }

    fn record(&mut self, ledger: &mut Ledger) -> Result<Record, Skipped> {
        let mut cells = Cells::default();
        for (cell, place) in cells.iter_mut().zip(self.columns) {
            let bytes = place.and_then(|place| self.row.get(place)).unwrap_or_default();
            *cell = self.decoder.text(bytes, &self.path, ledger).ok_or_else(|| {
                SkipCode::Undecodable.skipped(&self.path, Some(self.row_no), "it is not UTF-8")
            })?;
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

    fn size(&self) -> Option<Size> {
        self.sum.size()
    }

    fn bytes_read(&self) -> u64 {
        self.sum.bytes_read()
    }
}

/// The rows of a table.
pub(crate) type Rows = Reader<Box<dyn BufRead + Send>>;

/// A reader that knows the separator from the first line and lets rows differ in length; and how many
/// bytes stood before the headings.
pub(crate) fn csv_reader(mut bytes: Box<dyn BufRead + Send>) -> (Rows, usize) {
    let start = bytes.fill_buf().unwrap_or_default();
    let (delimiter, n_before) = said_separator(start).unwrap_or_else(|| (separator(start), 0));
    bytes.consume(n_before);
    let bytes: Box<dyn BufRead + Send> = Box::new(Read::chain(bytes, END));
    let mut reader = ReaderBuilder::new();
    let reader = reader.flexible(true).has_headers(false).delimiter(delimiter);
    (reader.from_reader(bytes), n_before)
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
            Ok(first.iter().map(|cell| String::from_utf8_lossy(cell).into()).collect())
        }
        Ok(_) => Err(InputError::table(shown, "it is empty", mend)),
        Err(error) => Err(InputError::table(shown, format!("it cannot be read: {error}"), mend)),
    }
}

/// The message where nobody can tell which heading holds a column.
pub(crate) fn unclear(shown: &str, fault: &ColumnFault) -> InputError {
    let listed = |names: &[String]| -> String {
        names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
    };
    let (reason, mend) = match fault {
        ColumnFault::Repeated(name) => {
            let mend = "rename or delete one of them".to_string();
            (format!("two columns are called `{name}`"), mend)
        }
        ColumnFault::Ambiguous(column, names) => {
            let name = column.name();
            let said = names.first().map_or("", String::as_str);
            let mend = format!("say which, such as `--column {name}=\"{said}\"`");
            (format!("several columns may hold `{name}`: {}", listed(names)), mend)
        }
        ColumnFault::NoHeading(column, heading) => {
            let reason = format!("no column is called `{heading}`");
            (reason, format!("check the spelling in `--column {}=...`", column.name()))
        }
    };
    InputError::Columns { path: shown.to_string(), reason, mend }
}

/// The message for a required column that a table lacks.
pub(crate) fn no_column(shown: &str, column: Column, headings: &[String]) -> InputError {
    let name = column.name();
    let found: Vec<String> = headings.iter().map(|name| format!("`{}`", name.trim())).collect();
    let reason = format!("no column is called `{name}`; there are {}", found.join(", "));
    let mend =
        format!("name the column that holds it with `--column {name}=HEADING`, or rename it");
    InputError::table(shown, reason, mend)
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

    #[test]
    fn a_line_that_names_the_separator_is_no_heading() {
        assert_eq!(said_separator(b"sep=;\r\nid;outlet"), Some((b';', 7)));
        assert_eq!(said_separator(b"sep=\t\nid\toutlet"), Some((b'\t', 6)));
        assert_eq!(said_separator(b"sep=,id,outlet\n"), None);
        assert_eq!(said_separator(b"separator,id\n"), None);
    }
}
