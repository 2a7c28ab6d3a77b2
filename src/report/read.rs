//! Reads a report back: its manifest, its list of files, its evidence.

use std::fs;
use std::io;
use std::path::Path;

use crate::base::{open_ordinary, read_ordinary};
use crate::report::ReportError;
use crate::report::guard::unguard;
use crate::report::manifest::Manifest;

/// The file that makes a folder a report; written last.
pub const MANIFEST: &str = "manifest.json";

/// Every file below a folder, as a path with `/`, sorted.
pub fn files_below(dir: &Path) -> io::Result<Vec<String>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(dir)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if entry.file_type()?.is_dir() {
            let below = files_below(&entry.path())?;
            files.extend(below.iter().map(|file| format!("{name}/{file}")));
        } else {
            files.push(name);
        }
    }
    files.sort();
    Ok(files)
}

/// The manifest of a report.
pub fn read_manifest(dir: &Path) -> Result<Manifest, ReportError> {
    let no_report = |why: String| ReportError::NoReport { dir: dir.to_path_buf(), why };
    let path = dir.join(MANIFEST);
    let json = read_ordinary(&path).map_err(|error| {
        no_report(match error.kind() {
            io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => {
                format!("there is no `{MANIFEST}` in it")
            }
            _ => format!("`{MANIFEST}` cannot be read: {error}"),
        })
    })?;
    serde_json::from_slice(&json)
        .map_err(|error| no_report(format!("`{MANIFEST}` is broken: {error}")))
}

/// A table of a report as texts: the formula guard undone, cells by column name.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ReadTable {
    header: Vec<String>,
    rows: Vec<Vec<String>>,
}

impl ReadTable {
    /// How many rows it has.
    pub fn n_rows(&self) -> usize {
        self.rows.len()
    }

    /// A cell; empty if there is no such column.
    pub fn cell(&self, row: usize, column: &str) -> &str {
        let at = self.header.iter().position(|name| name == column);
        at.and_then(|at| self.rows[row].get(at)).map_or("", String::as_str)
    }
}

/// Reads `tables/NAME.csv` of a report; `None` if the report has no such table.
pub fn read_table(dir: &Path, name: &str) -> Result<Option<ReadTable>, ReportError> {
    let path = dir.join("tables").join(format!("{name}.csv"));
    if !path.exists() {
        return Ok(None);
    }
    let broken = |error: csv::Error| ReportError::NoReport {
        dir: dir.to_path_buf(),
        why: format!("`tables/{name}.csv` cannot be read: {error}"),
    };
    let file = open_ordinary(&path).map_err(csv::Error::from).map_err(broken)?;
    let mut reader = csv::Reader::from_reader(file);
    let names = reader.headers().map_err(broken)?;
    let header = names.iter().map(|name| name.trim_start_matches('\u{feff}').to_string());
    let header = header.collect();
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.map_err(broken)?;
        rows.push(record.iter().map(|cell| unguard(cell).to_string()).collect());
    }
    Ok(Some(ReadTable { header, rows }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_reads_back_as_it_was_written() {
        let dir = tempfile::tempdir().unwrap();
        fs::create_dir(dir.path().join("tables")).unwrap();
        let csv = "\u{feff}item,text\nA,'=x\nB,\"a, b\"\n";
        fs::write(dir.path().join("tables/evidence.csv"), csv).unwrap();
        let table = read_table(dir.path(), "evidence").unwrap().unwrap();
        assert_eq!(table.n_rows(), 2);
        assert_eq!((table.cell(0, "item"), table.cell(0, "text")), ("A", "=x"));
        assert_eq!((table.cell(1, "text"), table.cell(1, "nothing")), ("a, b", ""));
        assert!(read_table(dir.path(), "quotes").unwrap().is_none());
    }
}
