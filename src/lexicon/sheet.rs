//! Reads a CSV file into rows of named cells, with the line each row begins on.
//!
//! Takes comma, semicolon or tab, with or without BOM, LF or CRLF; skips empty rows and comments.
//! What the cells mean is left to `load`.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

use crate::lexicon::error::Problem;

/// A file as named columns and rows.
pub(crate) struct Sheet<'a> {
    /// Column names in lower case, in file order.
    pub(crate) columns: Vec<String>,
    /// Every row below the header.
    pub(crate) rows: Vec<SheetRow<'a>>,
    /// Rows with more filled cells than the header has names: (line, problem).
    pub(crate) problems: Vec<(u64, Problem)>,
    /// Comments below the header: (line, first cell).
    pub(crate) comments: Vec<(u64, String)>,
}

/// One row below the header.
pub(crate) struct SheetRow<'a> {
    /// Its line in the file, from 1.
    pub(crate) line: u64,
    /// The names of the columns, the same for all rows.
    columns: Arc<[String]>,
    cells: Vec<Cow<'a, str>>,
}

impl SheetRow<'_> {
    /// The trimmed cell of a column; empty if the column or the cell is missing.
    pub(crate) fn cell(&self, column: &str) -> &str {
        self.raw(column).trim()
    }

    /// The cell of a column with the blanks around it; empty if the column or the cell is missing.
    pub(crate) fn raw(&self, column: &str) -> &str {
        let at = self.columns.iter().position(|name| name == column);
        at.and_then(|at| self.cells.get(at)).map_or("", |cell| cell)
    }
}

/// A record with the line it begins on. A cell is borrowed unless it holds doubled quotation marks.
type Record<'a> = (u64, Vec<Cow<'a, str>>);

impl<'a> Sheet<'a> {
    /// Reads a whole file.
    pub(crate) fn read(bytes: &'a [u8]) -> Result<Self, Problem> {
        let text = decode(bytes)?;
        let (records, unclosed) = records(text, separator(text));
        if let Some(line) = unclosed {
            let what = format!("line {line} opens a quotation mark that is never closed");
            return Err(Problem::new(what, "close it, or double it inside a quoted cell"));
        }
        let comments = records.iter().filter(|(_, cells)| is_comment(cells));
        let comments = comments.map(|(line, cells)| (*line, cells[0].trim().to_owned())).collect();
        let mut records = records.into_iter().filter(|r| !is_skipped(&r.1));
        let header = records.next().map(|(_, cells)| cells).unwrap_or_default();
        let columns: Vec<String> = header.iter().map(|c| c.trim().to_lowercase()).collect();
        if let Some(name) = repeated(&columns) {
            let what = format!("two columns are called `{name}`");
            return Err(Problem::new(what, "rename or delete one of them"));
        }
        let mut sheet = Self { columns, rows: Vec::new(), problems: Vec::new(), comments };
        let names: Arc<[String]> = sheet.columns.iter().cloned().collect();
        for (line, cells) in records {
            sheet.add(line, cells, &names);
        }
        Ok(sheet)
    }

    fn add(&mut self, line: u64, cells: Vec<Cow<'a, str>>, names: &Arc<[String]>) {
        let surplus = cells.iter().skip(self.columns.len()).any(|c| !c.trim().is_empty());
        if surplus {
            let what = format!(
                "the row has {} cells, the header names {}",
                cells.len(),
                self.columns.len()
            );
            let mend = "put a cell that holds the separator between double quotes";
            self.problems.push((line, Problem::new(what, mend)));
            return;
        }
        self.rows.push(SheetRow { line, columns: Arc::clone(names), cells });
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
fn separator(text: &str) -> char {
    let comment = |line: &&str| line.trim().is_empty() || line.trim_start().starts_with(['#', '"']);
    let header = text.lines().find(|l| !comment(l)).unwrap_or_default();
    let count = |c: char| header.matches(c).count();
    let by_count = [',', ';', '\t'].map(|c| (count(c), c));
    by_count.into_iter().rev().max_by_key(|&(n, _)| n).map_or(',', |(_, c)| c)
}

fn is_skipped(cells: &[Cow<'_, str>]) -> bool {
    is_comment(cells) || cells.iter().all(|c| c.trim().is_empty())
}

fn is_comment(cells: &[Cow<'_, str>]) -> bool {
    cells.first().is_some_and(|c| c.trim_start().starts_with('#'))
}

/// A name that two columns have.
fn repeated(columns: &[String]) -> Option<&String> {
    let mut names: Vec<&String> = columns.iter().filter(|name| !name.is_empty()).collect();
    names.sort();
    names.windows(2).find(|pair| pair[0] == pair[1]).map(|pair| pair[0])
}

/// Splits into records by RFC 4180; an unquoted comment runs to the end of its line, whatever
/// quotation marks it holds. Also the line that opens a quotation mark which nothing closes.
fn records(text: &str, separator: char) -> (Vec<Record<'_>>, Option<u64>) {
    let mut all = Vec::new();
    let mut cells = Cells { text, cells: vec![Cow::Borrowed("")], end: 0 };
    let (mut line, mut first_line) = (1, 1);
    let (mut quoted, mut opened) = (false, 1);
    let bytes = text.as_bytes();
    // All three are one byte long.
    let is_mark = |byte: &u8| matches!(byte, b'"' | b'\n') || char::from(*byte) == separator;
    let mut start = 0;
    while let Some(n) = bytes[start..].iter().position(is_mark) {
        let at = start + n;
        cells.append(start..at);
        start = at + 1;
        match bytes[at] {
            b'"' if quoted && bytes.get(start) == Some(&b'"') => {
                cells.append(at..start);
                start += 1;
            }
            b'"' if quoted => quoted = false,
            b'"' if cells.last().trim().is_empty() && !is_comment(&cells.cells) => {
                *cells.last() = Cow::Borrowed("");
                (quoted, opened) = (true, line);
            }
            b'\n' if !quoted => {
                all.push((first_line, cells.take()));
                line += 1;
                first_line = line;
            }
            mark if char::from(mark) == separator && !quoted => cells.cells.push("".into()),
            mark => {
                line += u64::from(mark == b'\n');
                cells.append(at..start);
            }
        }
    }
    cells.append(start..text.len());
    all.push((first_line, cells.take()));
    (all, quoted.then_some(opened))
}

/// The cells of a record that is being read.
struct Cells<'a> {
    text: &'a str,
    /// Never empty.
    cells: Vec<Cow<'a, str>>,
    /// Where in the text the last piece of the last cell ends.
    end: usize,
}

impl<'a> Cells<'a> {
    fn last(&mut self) -> &mut Cow<'a, str> {
        self.cells.last_mut().expect("a record has at least one cell")
    }

    /// Appends a piece of the text to the last cell, which stays borrowed as long as it is one piece.
    fn append(&mut self, piece: Range<usize>) {
        if piece.is_empty() {
            return;
        }
        let (text, before) = (self.text, std::mem::replace(&mut self.end, piece.end));
        match self.last() {
            Cow::Borrowed("") => *self.last() = Cow::Borrowed(&text[piece]),
            Cow::Borrowed(cell) if before == piece.start => {
                *cell = &text[before - cell.len()..piece.end];
            }
            cell => cell.to_mut().push_str(&text[piece]),
        }
    }

    /// The cells; what follows is another record of about as many.
    fn take(&mut self) -> Vec<Cow<'a, str>> {
        let mut next = Vec::with_capacity(self.cells.len());
        next.push(Cow::Borrowed(""));
        std::mem::replace(&mut self.cells, next)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(text: &str) -> Vec<(u64, String, String)> {
        let sheet = Sheet::read(text.as_bytes()).unwrap();
        let pick =
            |r: &SheetRow| (r.line, r.cell("category").to_owned(), r.cell("term").to_owned());
        sheet.rows.iter().map(pick).collect()
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
        assert_eq!((sheet.rows.len(), sheet.problems[0].0), (1, 3));
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
