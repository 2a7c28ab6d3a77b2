//! Reads a CSV file into rows of named cells, with the line each row begins on.
//!
//! Takes comma, semicolon or tab, with or without BOM, LF or CRLF; skips empty rows and comments.
//! What the cells mean is left to `load`.

use std::sync::Arc;

use crate::lexicon::error::Problem;

/// A file as named columns and rows.
pub(crate) struct Sheet {
    /// Column names in lower case, in file order.
    pub(crate) columns: Vec<String>,
    /// Every row below the header.
    pub(crate) rows: Vec<SheetRow>,
    /// Rows with more filled cells than the header has names: (line, problem).
    pub(crate) problems: Vec<(u64, Problem)>,
    /// Comments below the header: (line, first cell).
    pub(crate) comments: Vec<(u64, String)>,
}

/// One row below the header.
pub(crate) struct SheetRow {
    /// Its line in the file, from 1.
    pub(crate) line: u64,
    /// The names of the columns, the same for all rows.
    columns: Arc<[String]>,
    cells: Vec<String>,
}

impl SheetRow {
    /// The trimmed cell of a column; empty if the column or the cell is missing.
    pub(crate) fn cell(&self, column: &str) -> &str {
        self.raw(column).trim()
    }

    /// The cell of a column with the blanks around it; empty if the column or the cell is missing.
    pub(crate) fn raw(&self, column: &str) -> &str {
        let at = self.columns.iter().position(|name| name == column);
        at.and_then(|at| self.cells.get(at)).map_or("", String::as_str)
    }
}

/// A record with the line it begins on.
type Record = (u64, Vec<String>);

impl Sheet {
    /// Reads a whole file.
    pub(crate) fn read(bytes: &[u8]) -> Result<Self, Problem> {
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

    fn add(&mut self, line: u64, cells: Vec<String>, names: &Arc<[String]>) {
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

fn is_skipped(cells: &[String]) -> bool {
    is_comment(cells) || cells.iter().all(|c| c.trim().is_empty())
}

fn is_comment(cells: &[String]) -> bool {
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
fn records(text: &str, separator: char) -> (Vec<Record>, Option<u64>) {
    let mut all = Vec::new();
    let mut cells = vec![String::new()];
    let (mut line, mut first_line) = (1, 1);
    let (mut quoted, mut opened) = (false, 1);
    let mut rest = text;
    // All three are one byte long.
    while let Some(at) = rest.find(['"', '\n', separator]) {
        let c = char::from(rest.as_bytes()[at]);
        last(&mut cells).push_str(&rest[..at]);
        let comment = c == '"' && is_comment(&cells);
        let cell = last(&mut cells);
        rest = &rest[at + 1..];
        match c {
            '"' if quoted && rest.starts_with('"') => {
                cell.push(c);
                rest = &rest[1..];
            }
            '"' if quoted => quoted = false,
            '"' if cell.trim().is_empty() && !comment => {
                cell.clear();
                (quoted, opened) = (true, line);
            }
            '\n' if !quoted => {
                all.push((first_line, std::mem::replace(&mut cells, vec![String::new()])));
                line += 1;
                first_line = line;
            }
            c if c == separator && !quoted => cells.push(String::new()),
            c => {
                line += u64::from(c == '\n');
                cell.push(c);
            }
        }
    }
    last(&mut cells).push_str(rest);
    all.push((first_line, cells));
    (all, quoted.then_some(opened))
}

fn last(cells: &mut [String]) -> &mut String {
    cells.last_mut().expect("a record has at least one cell")
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
