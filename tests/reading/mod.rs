//! Runs the program and reads the tables it wrote, as a user's script would.

// Each test program uses its own part of this.
#![allow(dead_code)]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// One row of a table: column name to cell.
pub(crate) type Row = BTreeMap<String, String>;

/// Runs the built program in a working folder.
pub(crate) fn parallax(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_parallax"))
        .current_dir(folder)
        .args(arguments)
        .output()
        .expect("the program was built with this test")
}

/// Runs the program and insists that it succeeds.
pub(crate) fn parallax_ok(folder: &Path, arguments: &[&str]) -> Output {
    let output = parallax(folder, arguments);
    assert!(
        output.status.success(),
        "parallax {arguments:?} failed: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    output
}

/// The lines of the shell blocks of a page.
pub(crate) fn commands(page: &Path) -> Vec<String> {
    let page = fs::read_to_string(page).expect("the page is there");
    let blocks = page.split("```sh\n").skip(1).filter_map(|rest| rest.split("```").next());
    blocks.flat_map(str::lines).map(String::from).collect()
}

/// Splits a command at spaces, but not within double quotes.
pub(crate) fn words(command: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut quoted = false;
    for letter in command.chars() {
        match letter {
            '"' => quoted = !quoted,
            ' ' if !quoted => words.push(String::new()),
            _ => words.last_mut().expect("there is one").push(letter),
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

/// The folder of this project.
pub(crate) fn project() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The rows of a table of a report, such as `tables/frames.csv`.
pub(crate) fn table(report: &Path, file: &str) -> Vec<Row> {
    let path = report.join(file);
    let bytes = fs::read(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    let mut reader = csv::Reader::from_reader(bytes.as_slice());
    let header = reader.headers().expect("a table has a first row").clone();
    let name = |i: usize| header[i].trim_start_matches('\u{feff}').to_string();
    reader
        .records()
        .map(|record| {
            record
                .expect("a table is CSV")
                .iter()
                .enumerate()
                .map(|(i, c)| (name(i), c.into()))
                .collect()
        })
        .collect()
}

/// Whether a row has all the given cells.
pub(crate) fn has(row: &Row, cells: &[(&str, &str)]) -> bool {
    cells.iter().all(|(column, value)| cell(row, column) == *value)
}

/// A cell of a row.
pub(crate) fn cell<'a>(row: &'a Row, column: &str) -> &'a str {
    row.get(column).unwrap_or_else(|| panic!("no column `{column}` in {:?}", row.keys()))
}

/// A whole number in a cell.
pub(crate) fn int(row: &Row, column: &str) -> u64 {
    let text = cell(row, column);
    text.parse().unwrap_or_else(|_| panic!("`{column}` is `{text}`, not a whole number"))
}

/// Whether a category path lies at or below an item: `tension/rivalry` below `tension`.
pub(crate) fn rolls_up(path: &str, item: &str) -> bool {
    path == item || path.strip_prefix(item).is_some_and(|rest| rest.starts_with('/'))
}

/// White space collapsed to one space, as the tables print text.
pub(crate) fn collapse(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
