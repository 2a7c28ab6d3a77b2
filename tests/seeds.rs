//! The facts that a report on the seeds must show: `tests/cases/seeds/facts.csv`, line by line.

#![allow(clippy::unwrap_used, reason = "a test may fail, and says where")]

mod reading;

use std::collections::BTreeMap;
use std::path::Path;

use reading::{Row, cell, has, parallax_ok, project, table};

/// `outlet=Reuters; item=ukraine` as column and value.
fn key_cells(key: &str) -> Vec<(&str, &str)> {
    key.split("; ")
        .filter(|part| !part.is_empty())
        .map(|part| part.split_once('=').unwrap_or_else(|| panic!("`{part}` is not column=value")))
        .collect()
}

/// What is wrong with one fact; `None` if it holds.
fn broken(report: &Path, tables: &mut BTreeMap<String, Vec<Row>>, fact: &Row) -> Option<String> {
    let file = cell(fact, "file");
    let rows = tables.entry(file.into()).or_insert_with(|| table(report, file));
    let key = key_cells(cell(fact, "key"));
    let found: Vec<&Row> = rows.iter().filter(|row| has(row, &key)).collect();
    let (column, expect) = (cell(fact, "column"), cell(fact, "value"));
    let place = format!("{file} [{}] {column}", cell(fact, "key"));
    if column == "(rows)" {
        let n = found.len().to_string();
        return (n != expect).then(|| format!("{place}: {n} rows, expected {expect}"));
    }
    match found.as_slice() {
        [row] if cell(row, column) == expect => None,
        [row] => Some(format!("{place}: `{}`, expected `{expect}`", cell(row, column))),
        others => Some(format!("{place}: {} rows for this key, expected one", others.len())),
    }
}

#[test]
fn the_report_on_the_seeds_shows_every_fact() {
    let folder = tempfile::tempdir().unwrap();
    let report = folder.path().join("seeds");
    parallax_ok(&project(), &["compare", "seeds", "--out", report.to_str().unwrap(), "-q"]);
    let facts = table(&project(), "tests/cases/seeds/facts.csv");
    assert!(facts.len() > 60, "only {} facts", facts.len());
    let mut tables = BTreeMap::new();
    let wrong: Vec<String> =
        facts.iter().filter_map(|fact| broken(&report, &mut tables, fact)).collect();
    assert!(wrong.is_empty(), "{} facts do not hold:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn the_committed_report_is_what_the_tool_writes() {
    let folder = tempfile::tempdir().unwrap();
    let report = folder.path().join("seeds");
    parallax_ok(&project(), &["compare", "seeds", "--out", report.to_str().unwrap(), "-q"]);
    let committed = project().join("reports/seeds");
    let mut compared = 0;
    for below in ["", "tables"] {
        for entry in std::fs::read_dir(report.join(below)).unwrap() {
            let path = entry.unwrap().path();
            if path.is_file() {
                let name = Path::new(below).join(path.file_name().unwrap());
                let ours = std::fs::read(committed.join(&name)).unwrap_or_default();
                let same = std::fs::read(&path).unwrap() == ours;
                assert!(same, "{} is not what the tool writes", name.display());
                compared += 1;
            }
        }
    }
    assert!(compared > 10, "only {compared} files compared");
}
