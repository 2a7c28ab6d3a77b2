//! Cells that a spreadsheet or a word processor has changed.

use crate::lexicon::files::LexiconFiles;
use crate::lexicon::findings::Finding;
use crate::lexicon::load::POLICY_COLUMNS;
use crate::lexicon::rows::COLUMNS;
use crate::lexicon::sheet::{Sheet, SheetRow};

/// What spreadsheets write for a formula that fails; a term such as `-war` becomes one.
const FORMULA_ERRORS: [&str; 8] =
    ["#NAME?", "#REF!", "#VALUE!", "#N/A", "#DIV/0!", "#NULL!", "#NUM!", "#NAME"];

/// What a spreadsheet makes of the words true and false, in English, German, French and Spanish.
const TRUTHS: [&str; 8] = ["TRUE", "FALSE", "WAHR", "FALSCH", "VRAI", "FAUX", "VERDADERO", "FALSO"];

const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// UTF-8 read as a Western code page, and the sign for what could not be read.
const MOJIBAKE: [&str; 7] = ["â€", "Ã©", "Ã¨", "Ã¼", "Ã¶", "Â\u{a0}", "\u{fffd}"];

/// Signs without width that a copied text carries along.
const INVISIBLE: [char; 5] = ['\u{ad}', '\u{200b}', '\u{200c}', '\u{2060}', '\u{feff}'];

/// Looks at every cell that the program reads, of every list.
pub(super) fn look(files: &LexiconFiles, found: &mut Vec<Finding>) {
    for list in files.lists() {
        let Ok(sheet) = Sheet::read(&list.bytes) else { continue };
        let mut note = |line, rule, what, mend: &str| {
            let file = list.name.to_owned();
            found.push(Finding { file, line, rule, what, mend: mend.to_owned() });
        };
        for (line, cell) in &sheet.comments {
            if FORMULA_ERRORS.iter().any(|error| cell.starts_with(error)) {
                let what = format!("the row begins with `{cell}` and is read as a comment");
                note(*line, "cell", what, FORMULA);
            }
        }
        let terms = sheet.columns.iter().any(|column| column == "term");
        let read = columns_read(list.name, &sheet.columns);
        for row in sheet.rows() {
            for column in &read {
                if let Some((what, mend)) = wrong(row, column, terms) {
                    note(row.line(), "cell", format!("`{column}` {what}"), mend);
                }
            }
        }
    }
}

const FORMULA: &str = "type the cell again, as text: format the column as text first";
const DATE: &str = "type the words again, as text: a spreadsheet has made a date of them";

/// The columns of a list in which a changed cell changes a result or a table.
fn columns_read<'a>(name: &str, columns: &'a [String]) -> Vec<&'a str> {
    let known: &[&str] = match name {
        "categories.csv" => &POLICY_COLUMNS,
        "stems.csv" => &["word", "stem", "match"],
        "joins.csv" | "abbreviations.csv" => &["word", "kind"],
        "cleaning.csv" => &["rule", "where"],
        _ => &COLUMNS,
    };
    columns.iter().map(String::as_str).filter(|column| known.contains(column)).collect()
}

/// What is wrong with a cell, and how to mend it.
fn wrong(row: SheetRow<'_>, column: &str, terms: bool) -> Option<(String, &'static str)> {
    let (raw, cell) = (row.raw(column), row.cell(column));
    let prose = ["label", "definition"].contains(&column);
    let holds = |part: &&&str| raw.contains(**part);
    if FORMULA_ERRORS.contains(&cell) {
        return Some((format!("reads `{cell}`, which a formula leaves that fails"), FORMULA));
    }
    if TRUTHS.contains(&cell) {
        return Some((format!("reads `{cell}`, which a spreadsheet makes of a word"), FORMULA));
    }
    if let Some(part) = MOJIBAKE.iter().find(holds) {
        let mend = "save the file as `CSV UTF-8`, and type the damaged words again";
        return Some((format!("holds `{part}`: its letters were read in a wrong encoding"), mend));
    }
    if let Some(sign) = raw.chars().find(|c| INVISIBLE.contains(c)) {
        let mend = "type the cell again";
        return Some((format!("holds a sign that cannot be seen (U+{:04X})", sign as u32), mend));
    }
    if prose {
        return None;
    }
    if raw.contains('\u{a0}') || raw.contains('\u{202f}') {
        return Some(("holds a non-breaking space".into(), "type a plain blank in its place"));
    }
    // The last cell of a line that ends as on Windows holds half of that end.
    if raw.strip_suffix('\r').unwrap_or(raw) != cell {
        return Some((format!("has blanks around `{cell}`"), "delete them"));
    }
    if cell.contains(['\n', '\r', '\t']) || cell.contains("  ") {
        return Some(("holds a line break, a tab or two blanks".into(), "leave one plain blank"));
    }
    if let Some(mark) = cell.chars().find(|c| "“”„«»‘’‚".contains(*c)) {
        let mend = "type `'` for an apostrophe, and no quotation marks: a term is always a phrase";
        return Some((format!("holds the printed mark `{mark}`"), mend));
    }
    let date = ["valid_from", "valid_to", "expect_until"].contains(&column);
    if terms && !date && looks_like_a_date(cell) {
        return Some((format!("reads `{cell}`, which looks like a date"), DATE));
    }
    if is_scientific(cell) {
        return Some((format!("reads `{cell}`, a number in powers of ten"), FORMULA));
    }
    None
}

/// `2-Jan`, `Jan-23`, `02-Jan-23`, `1/2/2023`, `2023-01-02 00:00:00`.
fn looks_like_a_date(cell: &str) -> bool {
    let cell = cell.strip_suffix(" 00:00:00").unwrap_or(cell);
    let Some(sign) = cell.chars().find(|c| ['-', '/', '.'].contains(c)) else { return false };
    let parts: Vec<String> = cell.split(sign).map(str::to_lowercase).collect();
    let number =
        |part: &String| (1..=4).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
    let numbers = parts.iter().filter(|part| number(part)).count();
    let months = parts.iter().filter(|part| MONTHS.contains(&part.as_str())).count();
    match parts.len() {
        2 => sign == '-' && numbers == 1 && months == 1,
        3 => numbers + months == 3 && months <= 1,
        _ => false,
    }
}

/// `1.00E+05`, `1,2E+10`.
fn is_scientific(cell: &str) -> bool {
    let Some((digits, power)) = cell.split_once("E+") else { return false };
    let plain = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    plain(power) && digits.split(['.', ',']).all(plain)
}

#[cfg(test)]
mod tests {
    use crate::lexicon::findings::tests::found;

    fn cells(rows: &str) -> Vec<u64> {
        let text = format!("category,term,match,weight,unless,requires\n{rows}");
        let found = found(&[("frames.csv", &text)]);
        found.into_iter().filter(|(_, rule)| *rule == "cell").map(|(line, _)| line).collect()
    }

    #[test]
    fn what_a_spreadsheet_makes_of_a_cell_is_found() {
        for cell in [
            "2-Jan",
            "Jan-23",
            "02-Jan-23",
            "1/2/2023",
            "2023-01-02 00:00:00",
            "TRUE",
            "WAHR",
            "#NAME?",
            "1.00E+05",
            "donâ€™t",
            "cafÃ©",
            "a\u{a0}b",
            "\" blanks\"",
            "two  blanks",
            "\u{feff}mark",
            "soft\u{ad}hyphen",
            "“printed marks”",
        ] {
            assert_eq!(cells(&format!("war,{cell}\n")), [2], "{cell}");
        }
    }

    #[test]
    fn what_only_looks_like_it_is_left_alone() {
        let windows = "category,term,match\r\nwar,war,word\r\n";
        assert_eq!(crate::lexicon::findings::tests::found(&[("frames.csv", windows)]), []);
        for cell in ["9/11", "true", "two-state", "Feb. 24", "1-2", "24/7", "COVID-19", "Jan. 6"] {
            assert_eq!(cells(&format!("war,{cell}\n")), [0u64; 0], "{cell}");
        }
    }

    #[test]
    fn a_row_that_became_a_comment_is_found_and_a_comment_is_not() {
        assert_eq!(cells("war,war\n#NAME?,siege\n# names,siege\n"), [3]);
    }
}
