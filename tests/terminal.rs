//! What the program says to people: nothing of others steers it, nothing is wrong or hidden in it.

#![allow(clippy::unwrap_used, reason = "a test may fail, and says where")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A folder with a table of articles in each of `y1` and `y2`, and small word lists in `lists`.
fn desk() -> (tempfile::TempDir, PathBuf) {
    let desk = tempfile::tempdir().unwrap();
    let dir = desk.path().to_path_buf();
    for (year, what) in [("y1", "war"), ("y2", "peace")] {
        fs::create_dir(dir.join(year)).unwrap();
        let rows = format!(
            "id,outlet,date,text\na,Daily,,The {what} began.\nb,Herald,2023-02-04,The {what} ended.\n"
        );
        fs::write(dir.join(year).join("articles.csv"), rows).unwrap();
    }
    fs::create_dir(dir.join("lists")).unwrap();
    let rows = "category,term\n\u{1b}[31mwar,war\nwar,w\u{202e}ar\n";
    fs::write(dir.join("lists/frames.csv"), rows).unwrap();
    (desk, dir)
}

/// Exit code and all that was said.
fn run(dir: &Path, args: &[&str]) -> (Option<i32>, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_parallax"));
    let out = command.args(args).current_dir(dir).output().unwrap();
    let said = [out.stdout, out.stderr].concat();
    (out.status.code(), String::from_utf8(said).unwrap())
}

#[test]
fn a_foreign_lexicon_cannot_steer_the_terminal() {
    let (_desk, dir) = desk();
    for args in [
        &["lexicon", "check", "--lexicons", "lists", "y1/articles.csv"][..],
        &["lexicon", "codebook", "--lexicons", "lists"],
        &["compare", "y1/articles.csv", "--lexicons", "lists", "--out", "r\u{1b}[2J\nWrote x"],
        &["explain", "r\u{1b}[2J\nWrote x", "war"],
    ] {
        let (code, said) = run(&dir, args);
        assert_eq!(code, Some(0), "{args:?}: {said}");
        assert!(!said.contains(['\u{1b}', '\u{202e}']), "{args:?}: {said}");
        assert!(!said.contains("\nWrote x"), "{args:?}: {said}");
    }
}

#[test]
fn a_report_of_other_articles_in_its_place_is_named() {
    let (_desk, dir) = desk();
    let compare = |input: &str| run(&dir, &["compare", input, "--lexicons", "lists"]);
    assert!(!compare("y1/articles.csv").1.contains("N601"));
    assert!(!compare("y1/articles.csv").1.contains("N601"), "the same articles again");
    let (code, said) = compare("y2/articles.csv");
    assert_eq!(code, Some(0));
    assert!(said.contains("note[N601]: reports/articles: this takes the place of"), "{said}");
    assert!(said.contains("1 article of 2 has no date"), "{said}");
}

#[test]
fn what_is_wrong_is_said_first_and_whole() {
    let (_desk, dir) = desk();
    let rows = "id,outlet,date,text\na,Daily,03/04/2023,The war.\nb,,,The war.\n";
    fs::write(dir.join("dates.csv"), rows).unwrap();
    assert!(run(&dir, &["text", "dates.csv", "a"]).1.contains("E409"));
    let (code, said) = run(&dir, &["check", "dates.csv"]);
    assert_eq!(code, Some(4), "{said}");
    assert!(said.contains("E409") && said.contains("W424"), "{said}");
    fs::write(dir.join("none.csv"), "id,outlet,text\na,,The war.\n").unwrap();
    let (code, said) = run(&dir, &["check", "none.csv"]);
    assert_eq!(code, Some(4), "{said}");
    assert!(said.contains("E451") && said.contains("W424"), "{said}");
}

#[test]
fn evidence_that_is_gone_is_named() {
    let (_desk, dir) = desk();
    run(&dir, &["compare", "y1/articles.csv", "--out", "r"]);
    fs::remove_file(dir.join("r/tables/evidence.csv")).unwrap();
    let (code, said) = run(&dir, &["explain", "r", "war"]);
    assert_eq!(code, Some(4), "{said}");
    assert!(said.contains("tables/evidence.csv: this file of the report is gone"), "{said}");
}

#[test]
fn lists_of_no_row_and_circles_of_categories_are_named() {
    let (_desk, dir) = desk();
    fs::write(dir.join("lists/frames.csv"), "category,term\nwar,war\npeace,peace\n").unwrap();
    fs::write(dir.join("lists/actors.csv"), "category,term\n").unwrap();
    let said = run(&dir, &["lexicon", "check", "--lexicons", "lists"]).1;
    assert!(said.contains("2 rows"), "{said}");
    let said = run(&dir, &["check", "y1/articles.csv", "--lexicons", "lists"]).1;
    assert!(said.contains("warning[W506]: lists/actors.csv"), "{said}");
    let circle = "lexicon,category,also_in\nframes,war,peace\nframes,peace,war\n";
    fs::write(dir.join("lists/categories.csv"), circle).unwrap();
    let (code, said) = run(&dir, &["check", "y1/articles.csv", "--lexicons", "lists"]);
    assert_eq!(code, Some(5), "{said}");
    assert!(said.contains("line 3: `peace` counts in itself: peace → war → peace"), "{said}");
}

#[cfg(unix)]
#[test]
fn a_tally_may_be_read_by_whoever_may_read_a_new_file() {
    use std::os::unix::fs::MetadataExt;
    let (_desk, dir) = desk();
    run(&dir, &["tally", "y1/articles.csv", "-o", "part"]);
    let mode = |name: &str| dir.join(name).metadata().unwrap().mode() & 0o777;
    fs::write(dir.join("new"), "").unwrap();
    assert_eq!(mode("part"), mode("new"));
}
