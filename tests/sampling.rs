//! What counts as one article, and what is compared with what.

#![allow(clippy::unwrap_used, reason = "a test may fail, and says where")]

mod reading;

use std::fs;
use std::path::Path;

use parallax::report::files_below;
use reading::{cell, parallax_ok, table};

/// `n` words that no text with another seed has.
fn filler(seed: &str, n: usize) -> String {
    (0..n).map(|at| format!("{seed}{at}")).collect::<Vec<_>>().join(" ")
}

/// A line of a file of records.
fn line(id: &str, outlet: &str, date: &str, text: &str) -> String {
    format!(
        "{{\"id\":\"{id}\",\"outlet\":\"{outlet}\",\"date\":\"{date}\",\"title\":\"Ice\",\
         \"text\":\"{text}\"}}\n"
    )
}

/// Whether two reports hold the same files.
fn assert_same(one: &Path, other: &Path) {
    let files = files_below(one).unwrap();
    assert_eq!(files, files_below(other).unwrap());
    for file in files {
        let same = fs::read(one.join(&file)).unwrap() == fs::read(other.join(&file)).unwrap();
        assert!(same, "{file}");
    }
}

#[test]
fn versions_of_a_story_count_as_one_article_in_one_run_and_in_shards() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    let story = format!("China wants war, Russia said. {}.", filler("port", 80));
    let update = format!("{story} {}.", filler("late", 30));
    let articles = [
        line("v2", "Harbour Post", "2024-05-15", &update),
        line("v1", "Harbour Post", "2024-05-14", &story),
        line("h", "Harbour Post", "2024-05-16", &format!("Quiet. {}.", filler("dam", 70))),
        line("c", "Valley Courier", "2024-05-14", &story),
        line("d", "Valley Courier", "2024-05-15", &format!("A war. {}.", filler("hill", 70))),
    ];
    fs::write(at.join("all.jsonl"), articles.concat()).unwrap();
    let output = parallax_ok(at, &["compare", "all.jsonl", "--out", "r"]);
    let said = String::from_utf8(output.stderr).unwrap();
    let note = "note[N210]: 2 articles are near-duplicates of others of their outlet, in 1 cluster";
    assert!(said.contains(note), "{said}");
    let report = at.join("r");
    assert!(fs::read_to_string(report.join("manifest.json")).unwrap().contains("N210"));
    let rows = table(&report, "tables/duplicates.csv");
    let listed: Vec<String> = rows
        .iter()
        .map(|row| {
            ["cluster", "version", "article_id", "published"].map(|c| cell(row, c)).join(" ")
        })
        .collect();
    assert_eq!(listed, ["v1 1 v1 2024-05-14", "v1 2 v2 2024-05-15"]);
    let outlets = table(&report, "tables/outlets.csv");
    let counts = ["articles", "distinct_articles"].map(|name| cell(&outlets[0], name));
    assert_eq!(counts, ["3", "2"]);
    let frames = table(&report, "tables/frames.csv");
    let is_war = |row: &&reading::Row| {
        ["outlet", "frame", "section", "voice"].map(|name| cell(row, name))
            == ["Harbour Post", "war", "all", "all"]
    };
    let war = frames.iter().find(is_war).unwrap();
    let counts = ["mentions", "articles_with_frame", "articles"].map(|name| cell(war, name));
    assert_eq!(counts, ["2", "1", "2"], "both mentions count, in one article of two");
    let articles_csv = table(&report, "tables/articles.csv");
    let clusters: Vec<&str> = articles_csv.iter().map(|r| cell(r, "duplicate_cluster")).collect();
    assert_eq!(clusters, ["", "v1", "v1", "", ""]);
    for (no, line) in articles.iter().enumerate() {
        fs::write(at.join(format!("{no}.jsonl")), line).unwrap();
        parallax_ok(at, &["tally", &format!("{no}.jsonl"), "-o", &format!("{no}.tally")]);
    }
    let shards = ["3.tally", "1.tally", "4.tally", "0.tally", "2.tally"];
    parallax_ok(at, &[&["merge"], &shards[..], &["--out", "merged"]].concat());
    assert_same(&report, &at.join("merged"));
    parallax_ok(at, &["verify", "r", "--input", "all.jsonl"]);
}
