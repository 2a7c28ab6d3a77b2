//! Reads CSV and its kin: one article per row, separated by comma, semicolon, tab or bar.

use std::path::Path;

use crate::base::listed;
use crate::corpus::article::Skipped;
use crate::corpus::error::InputError;
use crate::corpus::options::ReadOptions;
use crate::corpus::read::columns::{Cells, Choice, Column, ColumnFault, N_COLUMNS};
use crate::corpus::read::ledger::{Ledger, SkipCode};
use crate::corpus::read::record::Record;
use crate::corpus::read::rows::{Next, Row, Rows};
use crate::corpus::read::stream::{Checksum, Stream};
use crate::corpus::read::survey::Decoder;
use crate::corpus::read::{Size, Source, cut_off};

/// The longest id or outlet that is shown of a row that is not read.
const LONGEST_NAME: usize = 1000;

/// A table of articles.
pub(crate) struct Table {
    path: String,
    rows: Option<Rows>,
    sum: Checksum,
    columns: [Option<usize>; N_COLUMNS],
    decoder: Decoder,
    n_columns: usize,
    /// Cells that a row has at least: all but those under empty headings at the end.
    n_needed: usize,
    /// The headings of outlet and text: a row that repeats them is no article.
    headings: [String; 2],
    row: Row,
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
        let mut rows = Rows::new(stream.bytes);
        let headings = headings(&mut rows, shown)?;
        let choice = Choice::new(&headings, options).map_err(|fault| unclear(shown, &fault))?;
        for column in [Column::Outlet, Column::Text] {
            if !choice.has(column) {
                // Without another row it may well have been cut off within the first one.
                let more = matches!(rows.next(&mut Row::default()), Ok(next) if next != Next::End);
                let error = no_column(shown, column, &headings);
                return Err(if more { error } else { error.into_damaged() });
            }
        }
        ledger.unread(&path, &choice.unread);
        let (n_columns, columns) = (headings.len(), choice.places);
        let n_needed = headings.iter().rposition(|heading| !heading.trim().is_empty());
        let n_needed = n_needed.map_or(0, |last| last + 1);
        let name = |column: Column| {
            let heading = choice.places[column as usize].map(|at| headings[at].clone());
            heading.unwrap_or_default()
        };
        let headings = [name(Column::Outlet), name(Column::Text)];
        let (rows, row) = (Some(rows), Row::default());
        Ok(Self {
            path,
            rows,
            sum,
            columns,
            decoder,
            n_columns,
            n_needed,
            headings,
            row,
            row_no: 0,
        })
    }

    fn record(&mut self, ledger: &mut Ledger) -> Result<Record, Skipped> {
        let mut cells = Cells::default();
        for (cell, place) in cells.iter_mut().zip(self.columns) {
            let bytes = place.and_then(|place| self.row.get(place)).unwrap_or_default();
            *cell = self.decoder.text(bytes, &self.path, ledger).ok_or_else(|| {
                SkipCode::Undecodable.skipped(&self.path, Some(self.row_no), "it is not UTF-8")
            })?;
        }
        // Separators at the end of a row with nothing behind them are no cells.
        if self.row.len() < self.n_needed || self.row.n_filled() > self.n_columns {
            let reason = match self.row.len() {
                1 => format!("it has 1 cell for {} columns", self.n_columns),
                n => format!("it has {n} cells for {} columns", self.n_columns),
            };
            let skipped = SkipCode::BrokenRecord.skipped(&self.path, Some(self.row_no), reason);
            let [article_id, outlet, ..] = cells;
            return Err(Skipped { article_id, outlet, ..skipped });
        }
        let repeats = [Column::Outlet, Column::Text].map(|column| &cells[column as usize]);
        if self.headings.iter().eq(repeats) {
            let reason = "it is the row of column names once more";
            return Err(SkipCode::BrokenRecord.skipped(&self.path, Some(self.row_no), reason));
        }
        let (source, record_no) = (self.path.clone(), Some(self.row_no));
        Ok(Record { source, record_no, ..Record::from_cells(cells) })
    }

    /// The row for `skipped.csv` of a row that was not kept whole.
    fn skip(&mut self, code: SkipCode, reason: &str, ledger: &mut Ledger) -> Skipped {
        let mut known = |column: Column| {
            let cell = self.columns[column as usize].and_then(|place| self.row.get(place));
            let cell = cell.filter(|cell| cell.len() <= LONGEST_NAME).unwrap_or_default();
            self.decoder.text(cell, &self.path, ledger).unwrap_or_default()
        };
        let (article_id, outlet) = (known(Column::Id), known(Column::Outlet));
        Skipped { article_id, outlet, ..code.skipped(&self.path, Some(self.row_no), reason) }
    }

    fn end(&mut self, ledger: &mut Ledger) {
        self.rows = None;
        if let Some(sum) = self.sum.finish() {
            ledger.add_file(&self.path, sum);
        }
        self.sum.warn_of_rest(&self.path, ledger);
    }
}

impl Source for Table {
    fn next(&mut self, ledger: &mut Ledger) -> Option<Result<Record, Skipped>> {
        loop {
            match self.rows.as_mut()?.next(&mut self.row) {
                Ok(Next::End) => {
                    self.end(ledger);
                    return None;
                }
                Ok(Next::Row) if self.row.is_blank() => self.row_no += 1,
                Ok(Next::Row) => {
                    self.row_no += 1;
                    return Some(self.record(ledger));
                }
                Ok(Next::TooLarge) => {
                    self.row_no += 1;
                    let (line, end) = (self.row.line, self.rows.as_ref()?.line());
                    let reason = format!(
                        "the row from line {line} to {end} is too large for one article; a quotation \
                         mark may be missing in it"
                    );
                    return Some(Err(self.skip(SkipCode::TooLarge, &reason, ledger)));
                }
                Ok(Next::Misquoted) => {
                    self.row_no += 1;
                    let reason = misquoted(self.row.line, self.rows.as_ref()?.line());
                    return Some(Err(self.skip(SkipCode::BrokenRecord, &reason, ledger)));
                }
                Ok(Next::Unclosed) => {
                    self.row_no += 1;
                    let line = self.row.last_line(Next::Unclosed);
                    let reason = format!("{}; this and later articles are missing", unclosed(line));
                    return Some(Err(self.skip(SkipCode::BrokenRecord, &reason, ledger)));
                }
                Err(error) => {
                    self.end(ledger);
                    return Some(Err(cut_off(&self.path, self.row_no + 1, &error)));
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

/// What is wrong with a row whose quotation mark swallowed the rest of the file.
pub(crate) fn unclosed(line: u64) -> String {
    format!("the quotation mark that opens in line {line} is never closed")
}

/// What is wrong with a row that has a cell which goes on behind its closing quotation mark; `next` is
/// the line behind the row.
pub(crate) fn misquoted(line: u64, next: u64) -> String {
    let last = next.saturating_sub(1);
    if last <= line {
        return format!("a cell in line {line} goes on behind its closing quotation mark");
    }
    format!(
        "a cell in the lines {line} to {last} goes on behind its closing quotation mark; articles \
         that begin there are missing with it"
    )
}

/// The first row, decoded.
pub(crate) fn headings(rows: &mut Rows, shown: &str) -> Result<Vec<String>, InputError> {
    let mut first = Row::default();
    let mend = "save it as CSV with a first row of column names";
    let read = rows.next(&mut first);
    match read {
        Ok(Next::Row) if first.cells().flatten().any(|byte| *byte < b' ' && *byte != b'\t') => {
            Err(InputError::damaged(shown, "its first row is no text", mend))
        }
        Ok(Next::Row) => {
            Ok(first.cells().map(|cell| String::from_utf8_lossy(cell).into()).collect())
        }
        Ok(Next::End) => Err(InputError::damaged(shown, "it is empty", mend)),
        Ok(Next::TooLarge) => Err(InputError::damaged(shown, "its first row has no end", mend)),
        Ok(Next::Misquoted) => {
            Err(InputError::damaged(shown, misquoted(first.line, rows.line()), mend))
        }
        Ok(next @ Next::Unclosed) => {
            Err(InputError::damaged(shown, unclosed(first.last_line(next)), mend))
        }
        Err(error) => Err(InputError::unreadable(Path::new(shown), &error).into_damaged()),
    }
}

/// The message where nobody can tell which heading holds a column.
pub(crate) fn unclear(shown: &str, fault: &ColumnFault) -> InputError {
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
        ColumnFault::NoHeading(Column::By, heading) => {
            let (path, heading) = (shown.to_string(), heading.clone());
            return InputError::NoStratum { path, heading, groups: Vec::new() };
        }
        ColumnFault::NoHeading(column, heading) => {
            let reason = format!("no column is called `{heading}`");
            let name = column.name();
            (reason, format!("check the spelling in `--column {name}=...`"))
        }
        ColumnFault::Taken(column, heading) => {
            let reason = format!("the column `{heading}` holds `{}` already", column.name());
            let mend = "divide by another column, or by year, month, event or language".to_string();
            (reason, mend)
        }
    };
    InputError::Columns { path: shown.to_string(), reason, mend }
}

/// The message for a required column that a table lacks.
pub(crate) fn no_column(shown: &str, column: Column, headings: &[String]) -> InputError {
    let name = column.name();
    let addresses = headings.iter().find(|heading| Column::named(heading) == Some(Column::Url));
    let mend = match addresses.filter(|_| column == Column::Text) {
        Some(url) => format!(
            "if its texts are still to be fetched from `{url}`, add them in a column `text`; else \
             name the column that holds them with `--column text=HEADING`"
        ),
        None => {
            format!("name the column that holds it with `--column {name}=HEADING`, or rename it")
        }
    };
    InputError::table(shown, lacking(column, headings), mend)
}

/// That a table lacks a column, and which ones it has.
pub(crate) fn lacking(column: Column, headings: &[String]) -> String {
    format!("no column is called `{}`; there are {}", column.name(), listed(headings))
}
