//! Reads a word list: a CSV with named columns, in the forms spreadsheets save.

use crate::base::line_after_breaks;
use crate::text::rules::TextRulesError;

/// A word list as it lies on disk or in the program.
#[derive(Clone, Copy, Debug)]
pub struct WordList<'a> {
    /// The file, as the user typed it; for messages only.
    pub file: &'a str,
    /// Its bytes.
    pub bytes: &'a [u8],
}

impl WordList<'static> {
    /// The built-in `stems.csv`.
    pub const STEMS: Self =
        Self { file: "lexicons/stems.csv", bytes: include_bytes!("../../lexicons/stems.csv") };
    /// The built-in `joins.csv`.
    pub const JOINS: Self =
        Self { file: "lexicons/joins.csv", bytes: include_bytes!("../../lexicons/joins.csv") };
    /// The built-in `abbreviations.csv`.
    pub const ABBREVIATIONS: Self = Self {
        file: "lexicons/abbreviations.csv",
        bytes: include_bytes!("../../lexicons/abbreviations.csv"),
    };
}

/// A row: its line, from 1, and a cell for each column asked for, trimmed; empty if absent.
pub(super) struct Row<const N: usize> {
    pub(super) line: u64,
    pub(super) cells: [String; N],
}

/// The rows of a list. `columns[0]` must be filled; `note` and `citation` are always allowed.
pub(super) fn read<const N: usize>(
    list: WordList,
    columns: [&str; N],
    errors: &mut Vec<TextRulesError>,
) -> Vec<Row<N>> {
    let bytes = list.bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(list.bytes);
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => {
            let line = 1 + bytes[..error.valid_up_to()].iter().filter(|&&b| b == b'\n').count();
            errors.push(list.error(line as u64, "this is not UTF-8", "save the list as UTF-8"));
            return Vec::new();
        }
    };
    let mut records = records(text);
    let Some((header_line, header)) = records.next() else {
        let mend = format!("start it with a row `{}`", columns.join(","));
        errors.push(list.error(1, "the list has no header row", mend));
        return Vec::new();
    };
    match places(list, columns, &header, header_line) {
        Ok(places) => {
            let rows = records.map(|(line, cells)| row(line, &cells, places));
            let (rows, broken): (Vec<_>, Vec<_>) =
                rows.partition(|row| row.cells.iter().all(|cell| !cell.contains('\n')));
            errors.extend(broken.iter().map(|row| list.runs_on(row.line)));
            rows
        }
        Err(error) => {
            errors.push(error);
            Vec::new()
        }
    }
}

impl WordList<'_> {
    /// An error at a line of this list.
    pub(super) fn error(
        &self,
        line: u64,
        what: impl Into<String>,
        mend: impl Into<String>,
    ) -> TextRulesError {
        TextRulesError::Row { file: self.file.into(), line, what: what.into(), mend: mend.into() }
    }

    fn runs_on(&self, line: u64) -> TextRulesError {
        let mend = "close the quotation mark that opens the cell";
        self.error(line, "a cell of the row runs over several lines", mend)
    }
}

/// Every record that is neither empty nor a `#` comment, with its line.
fn records(text: &str) -> impl Iterator<Item = (u64, Vec<String>)> + '_ {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(separator(text))
        .from_reader(text.as_bytes());
    let mut record = csv::StringRecord::new();
    std::iter::from_fn(move || {
        while reader.read_record(&mut record).unwrap_or(false) {
            let cells: Vec<String> = record.iter().map(|cell| cell.trim().to_owned()).collect();
            if !cells[0].starts_with('#') && cells.iter().any(|cell| !cell.is_empty()) {
                return Some((line_of(&record, text), cells));
            }
        }
        None
    })
}

/// The line a record stands on. The reader counts from where it began to look, which lies before
/// any empty lines.
fn line_of(record: &csv::StringRecord, text: &str) -> u64 {
    let Some(position) = record.position() else { return 1 };
    let at = usize::try_from(position.byte()).unwrap_or(usize::MAX).min(text.len());
    line_after_breaks(position.line(), &text.as_bytes()[at..])
}

/// Comma, semicolon or tab: the one most frequent in the header row. A European Excel saves `;`.
fn separator(text: &str) -> u8 {
    let header = text.lines().find(|line| !line.trim().is_empty() && !line.starts_with('#'));
    let count = |b: u8| header.unwrap_or("").bytes().filter(|&c| c == b).count();
    [b',', b';', b'\t'].into_iter().rev().max_by_key(|&b| count(b)).unwrap_or(b',')
}

/// For each column asked for, where it stands in the header.
fn places<const N: usize>(
    list: WordList,
    columns: [&str; N],
    header: &[String],
    line: u64,
) -> Result<[Option<usize>; N], TextRulesError> {
    let known = |name: &str| columns.contains(&name) || matches!(name, "note" | "citation" | "");
    if let Some(name) = header.iter().find(|name| !known(&name.to_lowercase())) {
        let mend = format!("the columns of this list are `{}`, `note`", columns.join("`, `"));
        return Err(list.error(line, format!("there is no column `{name}`"), mend));
    }
    let stands = |column: &str| header.iter().filter(|name| name.to_lowercase() == column).count();
    if let Some(column) = columns.into_iter().find(|column| stands(column) > 1) {
        let what = format!("two columns are called `{column}`");
        return Err(list.error(line, what, "rename or delete one of them"));
    }
    let place = |column: &str| header.iter().position(|name| name.to_lowercase() == column);
    if place(columns[0]).is_none() {
        let mend = format!("start the list with a row `{}`", columns.join(","));
        return Err(list.error(line, format!("the column `{}` is missing", columns[0]), mend));
    }
    Ok(columns.map(place))
}

/// Picks the cells asked for.
fn row<const N: usize>(line: u64, cells: &[String], places: [Option<usize>; N]) -> Row<N> {
    let cell = |place: Option<usize>| place.and_then(|at| cells.get(at)).cloned();
    Row { line, cells: places.map(|place| cell(place).unwrap_or_default()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str) -> Vec<(u64, String, String)> {
        let list = WordList { file: "list.csv", bytes: text.as_bytes() };
        let mut errors = Vec::new();
        let rows = read(list, ["word", "kind"], &mut errors);
        assert!(errors.is_empty(), "{errors:?}");
        rows.into_iter()
            .map(|row| {
                let [word, kind] = row.cells;
                (row.line, word, kind)
            })
            .collect()
    }

    #[test]
    fn every_form_a_spreadsheet_saves_reads_alike() {
        let expected = vec![(2, "Mr.".to_owned(), "never".to_owned())];
        for text in [
            "word,kind\nMr.,never\n",
            "word;kind\r\nMr.;never\r\n",
            "word\tkind\nMr.\tnever",
            "\u{feff}word,kind\nMr.,never\n",
            "kind,note,word\nnever,\"a, b\",Mr.\n",
        ] {
            assert_eq!(rows(text), expected, "{text}");
        }
    }

    #[test]
    fn comments_and_empty_lines_are_skipped_and_counted() {
        let text = "# about, this\nword,kind\n\n\n# more\nMr.,never\n\"# last\",\n,\nDr.,never\n";
        let lines: Vec<u64> = rows(text).into_iter().map(|row| row.0).collect();
        assert_eq!(lines, [6, 9]);
    }

    #[test]
    fn a_list_that_is_not_one_word_a_row_is_an_error() {
        let two_words = "word,kind,Word\nMr.,never,Dr.\n";
        let unclosed = "word,kind\n\"Mr.,never\nDr.,never\n";
        let columns = ["", "kind\nnever\n", "word,colour\nMr.,red\n", "word\n\u{fffd}\n"];
        for text in columns.into_iter().chain([two_words, unclosed]) {
            let mut bytes = text.as_bytes().to_vec();
            if text.contains('\u{fffd}') {
                bytes = b"word\n\xff\n".to_vec();
            }
            let mut errors = Vec::new();
            let list = WordList { file: "list.csv", bytes: &bytes };
            assert!(read(list, ["word", "kind"], &mut errors).is_empty());
            assert_eq!(errors.len(), 1, "{text}");
        }
    }
}
