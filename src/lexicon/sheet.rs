//! Reads a CSV file into rows of named cells, with the line each row begins on.
//!
//! Takes comma, semicolon or tab, with or without BOM, LF or CRLF; skips empty rows and comments.
//! What the cells mean is left to `load`.

use std::ops::Range;

use crate::lexicon::error::Problem;

/// A file as named columns and rows.
pub(crate) struct Sheet<'a> {
    /// Column names in lower case, in file order.
    pub(crate) columns: Vec<String>,
    records: Records<'a>,
    /// The records that are rows below the header.
    rows: Vec<usize>,
    /// Rows with more filled cells than the header has names: (line, problem).
    pub(crate) problems: Vec<(u64, Problem)>,
    /// Comments: (line, first cell).
    pub(crate) comments: Vec<(u64, String)>,
}

/// One row below the header.
#[derive(Clone, Copy)]
pub(crate) struct SheetRow<'a> {
    sheet: &'a Sheet<'a>,
    record: usize,
}

impl<'a> SheetRow<'a> {
    /// Its line in the file, from 1.
    pub(crate) fn line(self) -> u64 {
        self.sheet.records.line(self.record)
    }

    /// The trimmed cell of a column; empty if the column or the cell is missing.
    pub(crate) fn cell(self, column: &str) -> &'a str {
        self.raw(column).trim()
    }

    /// The cell of a column with the blanks around it; empty if the column or the cell is missing.
    pub(crate) fn raw(self, column: &str) -> &'a str {
        let at = self.sheet.columns.iter().position(|name| name == column);
        at.and_then(|at| self.sheet.records.cell(self.record, at)).unwrap_or_default()
    }
}

impl<'a> Sheet<'a> {
    /// Reads a whole file.
    pub(crate) fn read(bytes: &'a [u8]) -> Result<Self, Problem> {
        let text = decode(bytes)?;
        let (records, unclosed) = Records::read(text, separator(text));
        if let Some(line) = unclosed {
            let what = format!("line {line} opens a quotation mark that is never closed");
            return Err(Problem::new(what, "close it, or double it inside a quoted cell"));
        }
        let (mut rows, mut problems, mut comments) = <(Vec<usize>, Vec<_>, Vec<_>)>::default();
        let mut columns: Option<Vec<String>> = None;
        for at in 0..records.starts.len() {
            if let Some(comment) = records.comment(at) {
                comments.push((records.line(at), comment.to_owned()));
                continue;
            }
            if records.cells(at).all(|cell| cell.trim().is_empty()) {
                continue;
            }
            match &columns {
                None => columns = Some(records.names(at)),
                Some(columns) if records.surplus(at, columns.len()) => {
                    problems.push((records.line(at), surplus(records.n_cells(at), columns.len())));
                }
                Some(_) => rows.push(at),
            }
        }
        let columns = columns.unwrap_or_default();
        if let Some(name) = repeated(&columns) {
            let what = format!("two columns are called `{name}`");
            return Err(Problem::new(what, "rename or delete one of them"));
        }
        Ok(Self { columns, records, rows, problems, comments })
    }

    /// Every row below the header.
    pub(crate) fn rows(&self) -> impl ExactSizeIterator<Item = SheetRow<'_>> {
        self.rows.iter().map(|&record| SheetRow { sheet: self, record })
    }

    /// A problem for the first of `needed` that the header lacks.
    pub(crate) fn missing_column(&self, needed: &[&str]) -> Option<Problem> {
        let missing = needed.iter().find(|&&name| !self.columns.iter().any(|c| c == name))?;
        let found = self.columns.join("`, `");
        Some(Problem::new(
            format!("no column is called `{missing}`"),
            format!("the first row must name the columns; it reads `{found}`"),
        ))
    }
}

/// The problem of a row with more filled cells than there are names.
fn surplus(n_cells: usize, n_names: usize) -> Problem {
    let what = format!("the row has {n_cells} cells, the header names {n_names}");
    Problem::new(what, "put a cell that holds the separator between double quotes")
}

/// The text behind a BOM, if it is UTF-8.
fn decode(bytes: &[u8]) -> Result<&str, Problem> {
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let line = 1 + bytes[..error.valid_up_to()].iter().filter(|&&b| b == b'\n').count();
        Problem::new(
            format!("line {line} is not UTF-8"),
            "save the file as `CSV UTF-8` in your spreadsheet",
        )
    })?;
    Ok(text.strip_prefix('\u{feff}').unwrap_or(text))
}

/// The separator that the header uses: European spreadsheets save `;`.
fn separator(text: &str) -> u8 {
    let comment = |line: &&str| line.trim().is_empty() || line.trim_start().starts_with(['#', '"']);
    let header = text.lines().find(|l| !comment(l)).unwrap_or_default();
    let count = |c: u8| header.bytes().filter(|&byte| byte == c).count();
    let by_count = [b',', b';', b'\t'].map(|c| (count(c), c));
    by_count.into_iter().rev().max_by_key(|&(n, _)| n).map_or(b',', |(_, c)| c)
}

/// A name that two columns have.
fn repeated(columns: &[String]) -> Option<&String> {
    let mut names: Vec<&String> = columns.iter().filter(|name| !name.is_empty()).collect();
    names.sort();
    names.windows(2).find(|pair| pair[0] == pair[1]).map(|pair| pair[0])
}

/// The records of a file with their cells.
struct Records<'a> {
    text: &'a str,
    /// The cells that do not stand in the text as they are: they hold doubled quotation marks.
    unlike: String,
    /// The cells of all records, as ranges of the text with `unlike` behind it.
    cells: Vec<Range<usize>>,
    /// The line each record begins on, and its first cell.
    starts: Vec<(u64, usize)>,
}

impl<'a> Records<'a> {
    /// Splits into records by RFC 4180; an unquoted comment runs to the end of its line, whatever
    /// quotation marks it holds. Also the line that opens a quotation mark which nothing closes.
    fn read(text: &'a str, separator: u8) -> (Self, Option<u64>) {
        let bytes = text.as_bytes();
        let n_of = |mark: u8| bytes.iter().filter(|&&byte| byte == mark).count();
        let (n_lines, n_separators) = (1 + n_of(b'\n'), n_of(separator));
        let mut all = Records {
            text,
            unlike: String::new(),
            cells: Vec::with_capacity(n_lines + n_separators),
            starts: Vec::with_capacity(n_lines),
        };
        all.begin(1);
        let mut is_mark = [false; 256];
        for mark in [b'"', b'\n', separator] {
            is_mark[usize::from(mark)] = true;
        }
        let (mut line, mut quoted, mut opened) = (1, false, 1);
        let mut start = 0;
        while let Some(n) = bytes[start..].iter().position(|&byte| is_mark[usize::from(byte)]) {
            let at = start + n;
            all.append(start..at);
            start = at + 1;
            match bytes[at] {
                b'"' if quoted && bytes.get(start) == Some(&b'"') => {
                    all.append(at..start);
                    start += 1;
                }
                b'"' if quoted => quoted = false,
                b'"' if all.may_open_quotation() => {
                    *all.last() = 0..0;
                    (quoted, opened) = (true, line);
                }
                b'\n' if !quoted => {
                    line += 1;
                    all.begin(line);
                }
                mark if mark == separator && !quoted => all.cells.push(0..0),
                mark => {
                    line += u64::from(mark == b'\n');
                    all.append(at..start);
                }
            }
        }
        all.append(start..text.len());
        (all, quoted.then_some(opened))
    }

    /// Begins a record, with one cell.
    fn begin(&mut self, line: u64) {
        self.starts.push((line, self.cells.len()));
        self.cells.push(0..0);
    }

    fn last(&mut self) -> &mut Range<usize> {
        self.cells.last_mut().expect("a record has at least one cell")
    }

    /// Appends a piece of the text to the last cell, which stays in its place as long as it is one piece.
    fn append(&mut self, piece: Range<usize>) {
        let end_of_text = self.text.len();
        let last = self.last().clone();
        if piece.is_empty() {
            return;
        }
        *self.last() = if last.is_empty() {
            piece
        } else if last.end == piece.start {
            last.start..piece.end
        } else {
            let mut start = last.start;
            if start < end_of_text {
                start = end_of_text + self.unlike.len();
                self.unlike.push_str(&self.text[last]);
            }
            self.unlike.push_str(&self.text[piece]);
            start..end_of_text + self.unlike.len()
        };
    }

    /// Whether a quotation mark opens the last cell.
    fn may_open_quotation(&self) -> bool {
        let record = self.starts.len() - 1;
        let last = self.cells(record).next_back();
        last.is_none_or(|cell| cell.trim().is_empty()) && self.comment(record).is_none()
    }

    /// The line a record begins on.
    fn line(&self, record: usize) -> u64 {
        self.starts[record].0
    }

    fn n_cells(&self, record: usize) -> usize {
        let end = self.starts.get(record + 1).map_or(self.cells.len(), |next| next.1);
        end - self.starts[record].1
    }

    /// Where the cells of a record stand.
    fn ranges(&self, record: usize) -> &[Range<usize>] {
        let start = self.starts[record].1;
        &self.cells[start..start + self.n_cells(record)]
    }

    fn text(&self, range: &Range<usize>) -> &str {
        match range.start.checked_sub(self.text.len()) {
            Some(start) if !range.is_empty() => &self.unlike[start..range.end - self.text.len()],
            _ => &self.text[range.clone()],
        }
    }

    /// The cells of a record.
    fn cells(&self, record: usize) -> impl DoubleEndedIterator<Item = &str> {
        self.ranges(record).iter().map(|range| self.text(range))
    }

    /// The cell of a record at a place, if it has so many.
    fn cell(&self, record: usize, at: usize) -> Option<&str> {
        self.ranges(record).get(at).map(|range| self.text(range))
    }

    /// The first cell of a record that is a comment.
    fn comment(&self, record: usize) -> Option<&str> {
        let first = self.cells(record).next().map(str::trim);
        first.filter(|cell| cell.starts_with('#'))
    }

    /// A record as names in lower case.
    fn names(&self, record: usize) -> Vec<String> {
        self.cells(record).map(|cell| cell.trim().to_lowercase()).collect()
    }

    /// Whether any cell behind the first `n` is filled.
    fn surplus(&self, record: usize, n: usize) -> bool {
        self.cells(record).skip(n).any(|cell| !cell.trim().is_empty())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(text: &str) -> Vec<(u64, String, String)> {
        let sheet = Sheet::read(text.as_bytes()).unwrap();
        let pick =
            |r: &SheetRow| (r.line(), r.cell("category").to_owned(), r.cell("term").to_owned());
        sheet.rows().map(|row| pick(&row)).collect()
    }

    fn row(line: u64, category: &str, term: &str) -> (u64, String, String) {
        (line, category.into(), term.into())
    }

    #[test]
    fn any_separator_any_line_end_any_column_order_reads_the_same() {
        let expect = [row(2, "war", "war"), row(3, "war", "siege, of")];
        assert_eq!(cells("category,term\nwar,war\nwar,\"siege, of\"\n"), expect);
        assert_eq!(cells("\u{feff}term;category\r\nwar;war\r\nsiege, of;war"), expect);
        assert_eq!(cells("category\tTerm\nwar\twar\nwar\tsiege, of\n"), expect);
    }

    #[test]
    fn comments_and_empty_rows_are_skipped_and_lines_still_count() {
        let text =
            "# it's a \"list, of ours\ncategory,term\n\n# x,y\nwar,war\n,,\n\"# q\",1\na,b\n";
        assert_eq!(cells(text), [row(5, "war", "war"), row(8, "a", "b")]);
    }

    #[test]
    fn a_quoted_cell_may_hold_quotes_separators_and_line_ends() {
        let text = "category,term\n\"a \"\"b\"\"\",\"c,\nd\"\ne,f\n";
        assert_eq!(cells(text), [row(2, "a \"b\"", "c,\nd"), row(4, "e", "f")]);
    }

    #[test]
    fn text_after_a_closed_quotation_belongs_to_the_cell() {
        let text = "category,term\n\"a\"b,\"c\" \"d\"\n \"e\",f\"g\n\"\"\"\",\"\"h\n";
        let expect = [row(2, "ab", "c \"d\""), row(3, "e", "f\"g"), row(4, "\"", "h")];
        assert_eq!(cells(text), expect);
    }

    #[test]
    fn surplus_filled_cells_are_a_problem_and_empty_ones_are_not() {
        let sheet = Sheet::read(b"category,term\na,b,,\nc,d,e\n").unwrap();
        assert_eq!((sheet.rows().len(), sheet.problems[0].0), (1, 3));
    }

    #[test]
    fn a_quotation_mark_that_is_never_closed_is_named_with_its_line() {
        let problem = Sheet::read(b"category,term\na,b\nc,\"d\ne,f\n").err().unwrap();
        assert_eq!(problem.what, "line 3 opens a quotation mark that is never closed");
    }

    #[test]
    fn two_columns_of_one_name_are_refused() {
        let problem = Sheet::read(b"category,term,Term\na,b,c\n").err().unwrap();
        assert_eq!(problem.what, "two columns are called `term`");
        assert!(Sheet::read(b"category,term,,\na,b,,\n").is_ok());
    }

    #[test]
    fn bytes_that_are_not_utf8_are_refused_with_their_line() {
        let problem = Sheet::read(b"category,term\na,caf\xe9\n").err().unwrap();
        assert_eq!(problem.what, "line 2 is not UTF-8");
    }
}
