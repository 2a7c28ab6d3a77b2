//! Every command that the README shows works, in the order it shows them, and its numbers are those of
//! the report on the seeds.

#![allow(clippy::unwrap_used, reason = "a test may fail, and says where")]

mod reading;

use std::fs;
use std::path::Path;

use reading::{Row, cell, commands, has, parallax_ok, project, table, words};

fn copy_folder(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        fs::copy(&path, to.join(path.file_name().unwrap())).unwrap();
    }
}

#[test]
fn every_command_of_the_readme_works() {
    let folder = tempfile::tempdir().unwrap();
    copy_folder(&project().join("seeds"), &folder.path().join("seeds"));
    copy_folder(&project().join("tests/cases/dam/in/articles"), &folder.path().join("my_articles"));
    copy_folder(&project().join("tests/cases/dam/in/lexicons"), &folder.path().join("my_lexicons"));
    for (part, outlet) in [("part1", "Harbour Post"), ("part2", "Valley Courier")] {
        let line = format!(
            r#"{{"id":"{part}","outlet":"{outlet}","date":"2024-05-14","title":"Ice","text":"The US and China met."}}"#
        );
        fs::write(folder.path().join(format!("{part}.jsonl")), line).unwrap();
    }
    let mut run = 0;
    for command in commands(&project().join("README.md")) {
        let words = words(&command);
        let arguments: Vec<&str> = match words[0].as_str() {
            "parallax" => words[1..].iter().map(String::as_str).collect(),
            // `cargo run --release -- ...` runs the same program.
            "cargo" if words.iter().any(|word| word == "--") => {
                words.iter().skip_while(|w| *w != "--").skip(1).map(String::as_str).collect()
            }
            _ => continue,
        };
        parallax_ok(folder.path(), &arguments);
        run += 1;
    }
    assert!(run >= 10, "only {run} commands found in the README");
    assert!(folder.path().join("reports/all/comparison.csv").is_file());
}

/// The cells of the README's table on the seeds: one row per measure, one column per outlet.
fn seeds_table() -> Vec<Vec<String>> {
    let page = fs::read_to_string(project().join("README.md")).unwrap();
    let section = page.split("## What it found").nth(1).unwrap();
    let section = section.split("\n## ").next().unwrap();
    let rows = section.lines().filter(|line| line.starts_with('|') && !line.starts_with("|---"));
    rows.map(|row| row.trim_matches('|').split('|').map(|cell| cell.trim().to_string()).collect())
        .collect()
}

/// The row of a table of the committed report with these cells.
fn row_of(file: &str, cells: &[(&str, &str)]) -> Row {
    let rows = table(&project().join("reports/seeds"), file);
    let mut found = rows.into_iter().filter(|row| has(row, cells));
    let row = found.next().unwrap_or_else(|| panic!("{file} has no row {cells:?}"));
    assert_eq!(found.next(), None, "{file} has several rows {cells:?}");
    row
}

fn number(row: &Row, column: &str) -> f64 {
    cell(row, column).parse().unwrap_or_else(|_| panic!("{column} is `{}`", cell(row, column)))
}

/// What the names of the war are in an outlet: those it uses itself, and those that others use or
/// that it only shows as a word.
fn names_of_the_war(outlet: &str) -> [Vec<String>; 2] {
    let mut names = [Vec::new(), Vec::new()];
    for row in table(&project().join("reports/seeds"), "tables/naming.csv") {
        let whole = [("referent", "ukraine_war"), ("outlet", outlet), ("section", "all")];
        if !has(&row, &whole) || cell(&row, "label").contains('/') {
            continue;
        }
        let label = cell(&row, "label").replace('_', " ");
        let used = number(&row, "mentions_own_used");
        if number(&row, "mentions") > used {
            names[1].push(label.clone());
        }
        if used > 0.0 {
            names[0].push(label);
        }
    }
    names
}

/// What stands in the README of an outlet's treatment of an item: the status in words, and numbers
/// that are its mentions.
fn check_item(readme: &str, item: &str, outlet: &str) {
    let cells = [("item", item), ("outlet", outlet), ("section", "all")];
    let row = row_of("tables/coverage.csv", &cells);
    let status = match cell(&row, "status") {
        "stale" => "no longer expected".to_string(),
        status => status.replace('_', " "),
    };
    assert!(readme.trim_matches('*').starts_with(&status), "{item}, {outlet}: {readme} / {status}");
    let numbers: Vec<&str> = ["mentions", "mentions_own"].map(|column| cell(&row, column)).into();
    let words = readme.split(|c: char| !c.is_ascii_digit()).filter(|word| !word.is_empty());
    for word in words {
        assert!(numbers.contains(&word), "{item}, {outlet}: {word} is not among {numbers:?}");
    }
}

#[test]
fn the_table_of_the_readme_is_that_of_the_report() {
    let rows = seeds_table();
    let outlets = &rows[0][1..];
    assert_eq!(rows.len(), 9, "a row of the README is not checked here: {rows:?}");
    for (at, outlet) in (1..).zip(outlets) {
        let of_outlet = row_of("tables/outlets.csv", &[("outlet", outlet)]);
        let share = number(&of_outlet, "share_words_own") * 100.0;
        assert_eq!(rows[1][at], format!("{} ({share:.0} %)", cell(&of_outlet, "words")));
        let frame = |voice| {
            let cells = [("outlet", outlet.as_str()), ("frame", "conflict"), ("voice", voice)];
            row_of("tables/rollups.csv", &[&cells[..], &[("section", "all")]].concat())
        };
        assert_eq!(rows[2][at], cell(&frame("all"), "mentions_in_rate"), "{outlet}");
        let own = frame("own");
        let rate =
            format!("{:.1} ({})", number(&own, "per_1k_words"), cell(&own, "mentions_in_rate"));
        assert_eq!(rows[3][at], rate, "{outlet}");
        let [used, others] = names_of_the_war(outlet);
        let shown = if used.is_empty() { "–".to_string() } else { used.join(", ") };
        assert_eq!(rows[4][at], shown, "{outlet}");
        for name in &others {
            assert!(rows[5][at].contains(name.as_str()), "{outlet}: {name}");
        }
        assert_eq!(
            rows[5][at].split(", ").filter(|part| !part.starts_with("as ")).count(),
            others.len()
        );
        for (row, item) in [(6, "ukraine"), (7, "spy_balloon"), (8, "belt_and_road")] {
            check_item(&rows[row][at], item, outlet);
        }
    }
}

#[test]
fn what_the_readme_says_of_the_table_is_so() {
    let page = fs::read_to_string(project().join("README.md")).unwrap();
    let report = project().join("reports/seeds");
    let rows = table(&report, "tables/evidence.csv");
    let frame = |outlet: &str, part: &[(&str, &str)]| {
        let parts = |row: &&Row| {
            let frame = cell(row, "item").split('/').next();
            matches!(frame, Some("war" | "tension"))
                && has(row, &[("kind", "frame"), ("outlet", outlet)])
        };
        rows.iter().filter(parts).filter(|row| has(row, part)).count()
    };
    let expert = frame("Global Times", &[("speaker", "Zhang Hong")]);
    let all = frame("Global Times", &[]);
    assert!(
        page.contains(&format!("{expert} of the {all} mentions in Global Times")),
        "{expert} {all}"
    );
    let own = [("voice", "own"), ("negated", "0"), ("scare_quoted", "0")];
    let tension = rows.iter().filter(|row| {
        cell(row, "item").starts_with("tension")
            && has(row, &[("outlet", "Reuters")])
            && has(row, &own)
    });
    assert_eq!((tension.count(), frame("Reuters", &own)), (5, 6));
    assert!(page.contains("five of its six"), "the README says it otherwise");
    let example = page.split("` is a rate and its count").next().unwrap();
    let example = example.rsplit('`').next().unwrap();
    let comparison = fs::read_to_string(report.join("comparison.csv")).unwrap();
    assert!(comparison.contains(example), "{example} is in no cell of comparison.csv");
}
