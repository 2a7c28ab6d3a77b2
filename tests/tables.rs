//! `--tables`: what is asked for is what the whole report says, and nothing else is worked out.

#![allow(clippy::unwrap_used, reason = "a test may fail, and says where")]

mod reading;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use reading::{parallax_ok, project};

/// `comparison.csv` of the seeds, if only some tables are asked for.
fn comparison(tables: &str) -> String {
    let folder = tempfile::tempdir().unwrap();
    let seeds = project().join("seeds").display().to_string();
    let args = ["compare", &seeds, "--out", "r", "--tables", tables, "-q"];
    parallax_ok(folder.path(), &args);
    fs::read_to_string(folder.path().join("r/comparison.csv")).unwrap()
}

/// The groups of its lines; the heading counts as one.
fn groups(tables: &str) -> BTreeSet<String> {
    let text = comparison(tables);
    text.lines().map(|line| line.split(',').next().unwrap().to_string()).collect()
}

fn files(report: &Path) -> Vec<String> {
    let names = fs::read_dir(report.join("tables")).unwrap();
    let mut names: Vec<String> =
        names.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn each_table_alone_has_the_bytes_of_the_whole_report() {
    let folder = tempfile::tempdir().unwrap();
    let seeds = project().join("seeds").display().to_string();
    parallax_ok(folder.path(), &["compare", &seeds, "--out", "whole", "-q"]);
    let whole = folder.path().join("whole");
    for file in files(&whole) {
        let table = file.trim_end_matches(".csv");
        parallax_ok(
            folder.path(),
            &["compare", &seeds, "--out", "one", "--tables", table, "--force", "-q"],
        );
        let one = folder.path().join("one");
        assert_eq!(files(&one), [file.as_str()]);
        let bytes = |report: &Path| fs::read(report.join("tables").join(&file)).unwrap();
        assert!(bytes(&one) == bytes(&whole), "{file} depends on what else is asked for");
    }
}

#[test]
fn the_comparison_rests_on_the_tables_asked_for() {
    let frames = groups("terms,frames");
    assert!(frames.iter().any(|group| group == "Frames"), "{frames:?}");
    let rest = groups("coverage,naming,quotes,overlap");
    for group in ["Coverage", "Naming", "Quotations", "Shared wording"] {
        assert!(!frames.contains(group), "{group} is in {frames:?}");
        assert!(rest.contains(group), "{group} is not in {rest:?}");
    }
    assert!(!rest.contains("Frames"), "{rest:?}");
}

#[test]
fn events_are_worked_out_only_for_tables_that_rest_on_them() {
    let names_events = |tables| comparison(tables).contains("On an event of another outlet");
    assert!(!names_events("terms,frames"));
    for table in ["events", "articles", "coverage"] {
        assert!(names_events(table), "{table}");
    }
}
