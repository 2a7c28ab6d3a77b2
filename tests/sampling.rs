//! What counts as one article, and what is compared with what.

#![allow(clippy::unwrap_used, reason = "a test may fail, and says where")]

mod reading;

use std::fs;
use std::path::Path;

use parallax::report::files_below;
use reading::{cell, parallax, parallax_ok, table};

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

/// Five versions of a story in an outlet that has little else, briefs with a box that is longer than
/// they are, and an agency's text that is printed again.
fn versions_and_boxes() -> Vec<String> {
    let days = ["2024-05-14", "2024-05-14", "2024-05-15", "2024-05-15", "2024-05-16", "2024-05-17"];
    let stays: Vec<String> =
        (0..4).map(|no| format!("{} {}.", filler(&format!("ice{no}x"), 24), "The war")).collect();
    let version = |no: usize| {
        let new = filler(&format!("update{no}x"), 20);
        let text = format!("{}\\n{new}.", stays.join("\\n"));
        line(&format!("v{no}"), "Harbour Post", days[no], &text)
    };
    let sign_up = format!("Sign up. {}.", filler("letter", 50));
    let brief = |no: usize| {
        let text = format!("A brief. {}.\\n{sign_up}", filler(&format!("brief{no}x"), 24));
        line(&format!("b{no}"), "Valley Courier", days[no], &text)
    };
    let wire = format!("{}.\\nA war. {}.", filler("quay", 30), filler("dock", 50));
    let copy = |no: usize| line(&format!("w{no}"), "Ridge Times", days[no], &wire);
    let other = |outlet: &str| line(outlet, outlet, "2024-05-20", &filler(outlet, 60));
    let articles = (0..5).map(version).chain((0..6).map(brief)).chain((0..5).map(copy));
    articles.chain([other("Harbour Post"), other("Ridge Times")]).collect()
}

#[test]
fn versions_of_a_story_count_once_before_a_paragraph_recurs_in_one_run_and_in_shards() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    let articles = versions_and_boxes();
    fs::write(at.join("all.jsonl"), articles.concat()).unwrap();
    parallax_ok(at, &["compare", "all.jsonl", "--out", "r", "--threads", "1"]);
    let report = at.join("r");
    let removed = table(&report, "tables/removed.csv");
    assert_eq!(removed.len(), 6);
    for row in &removed {
        let what = ["outlet", "rule"].map(|name| cell(row, name));
        assert_eq!(what, ["Valley Courier", "recurring"]);
        assert!(cell(row, "text").starts_with("Sign up. letter0"), "{row:?}");
    }
    let outlets = table(&report, "tables/outlets.csv");
    let counts: Vec<[&str; 3]> = outlets
        .iter()
        .map(|row| ["outlet", "articles", "distinct_articles"].map(|name| cell(row, name)))
        .collect();
    let expect =
        [["Harbour Post", "6", "2"], ["Ridge Times", "6", "2"], ["Valley Courier", "6", "6"]];
    assert_eq!(counts, expect);
    let frames = table(&report, "tables/frames.csv");
    let war = |outlet: &str| {
        let is_war = |row: &&reading::Row| {
            ["outlet", "frame", "section", "voice"].map(|name| cell(row, name))
                == [outlet, "war", "all", "all"]
        };
        cell(frames.iter().find(is_war).unwrap(), "mentions").to_string()
    };
    assert_eq!(war("Harbour Post"), "20", "four mentions in each of five versions");
    assert_eq!(war("Ridge Times"), "5");

    parallax_ok(at, &["compare", "all.jsonl", "--out", "two", "--threads", "2"]);
    assert_same(&report, &at.join("two"));
    let mut shards = Vec::new();
    for (no, part) in articles.chunks(4).enumerate() {
        fs::write(at.join(format!("{no}.jsonl")), part.concat()).unwrap();
        shards.insert(no / 2, format!("{no}.tally"));
        parallax_ok(at, &["tally", &format!("{no}.jsonl"), "-o", &format!("{no}.tally")]);
    }
    let shards: Vec<&str> = shards.iter().map(String::as_str).collect();
    parallax_ok(at, &[&["merge"], &shards[..], &["--out", "merged"]].concat());
    assert_same(&report, &at.join("merged"));
    parallax_ok(at, &["verify", "r", "--input", "all.jsonl"]);
}

/// Two outlets in two years and two regions; one article has neither.
fn divided() -> Vec<String> {
    let row = |id: &str, outlet: &str, date: &str, region: &str, text: &str| {
        format!("{id},{outlet},{date},{region},{text}\n")
    };
    vec![
        row("a1", "Harbour Post", "2023-05-14", "North", "The war is a war. Envoys left."),
        row("a2", "Harbour Post", "2024-05-14", "South", "Ice came. The port was quiet."),
        row("b1", "Valley Courier", "2023-05-20", "North", "A war came. The dam was quiet."),
        row("b2", "Valley Courier", "2022-05-20", "West", "Grain came down the river late."),
        row("b3", "Valley Courier", "", "", "Nobody knows when the war began here."),
    ]
}

const HEADER: &str = "id,outlet,date,Region,text\n";

#[test]
fn outlets_are_compared_within_years_and_columns_in_one_run_and_in_shards() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    fs::write(at.join("all.csv"), format!("{HEADER}{}", divided().concat())).unwrap();
    for (by, shared) in [("year", "2023"), ("Region", "North")] {
        let report = at.join(by);
        let output = parallax_ok(at, &["compare", "all.csv", "--by", by, "--out", by]);
        let said = String::from_utf8(output.stderr).unwrap();
        let note = format!("note[N211]: --by: outlets are compared within 3 strata by `{by}`");
        assert!(said.contains(&note) && said.contains("1 article is in none of them"), "{said}");
        assert!(!said.contains("these columns are not read: `Region`") || by == "year", "{said}");
        let manifest = fs::read_to_string(report.join("manifest.json")).unwrap();
        assert!(manifest.contains(&format!("\"by\": \"{by}\"")), "{manifest}");
        let rows = table(&report, "tables/stratified.csv");
        let war = rows.iter().find(|r| cell(r, "frame") == "war" && cell(r, "voice") == "all");
        let war = war.unwrap();
        assert_eq!((cell(war, "strata"), cell(war, "reference")), ("1", "Valley Courier"));
        let missing = ["strata_without_target", "strata_without_reference"].map(|c| cell(war, c));
        let expect = if by == "year" { ["2022", "2024"] } else { ["West", "South"] };
        assert_eq!(missing, expect);
        // 2 of 7 words and 1 of 7, in the one stratum of both.
        assert_eq!(cell(war, "difference_stratified"), "142.857143");
        let strata = table(&report, "tables/strata.csv");
        let of = |stratum: &str| strata.iter().filter(|r| cell(r, "stratum") == stratum).count();
        assert_eq!(of(shared), 2 * of(expect[0]));
        assert!(of("") > 0, "articles in no stratum are shown");
        for (no, row) in divided().iter().enumerate() {
            fs::write(at.join(format!("{no}.csv")), format!("{HEADER}{row}")).unwrap();
            let (input, tally) = (format!("{no}.csv"), format!("{no}.tally"));
            parallax_ok(at, &["tally", &input, "--by", by, "-o", &tally]);
        }
        let shards = ["3.tally", "1.tally", "4.tally", "0.tally", "2.tally"];
        let merged = format!("{by}-merged");
        parallax_ok(at, &[&["merge"], &shards[..], &["--out", &merged]].concat());
        assert_same(&report, &at.join(merged));
        parallax_ok(at, &["verify", by, "--input", "all.csv"]);
    }
    for by in ["event", "language", "month"] {
        parallax_ok(at, &["compare", "all.csv", "--by", by, "--out", "r", "--threads", "2"]);
        assert!(at.join("r/tables/strata.csv").is_file());
    }
    parallax_ok(at, &["compare", "all.csv", "--out", "r"]);
    assert!(!at.join("r/tables/strata.csv").exists(), "nothing asked for strata");
}

#[test]
fn what_nothing_can_be_divided_by_is_refused_with_the_reason() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    let rows = "id,outlet,text,empty\na,Harbour Post,A war came.,\nb,Valley Courier,Ice came.,\n";
    fs::write(at.join("a.csv"), rows).unwrap();
    let lines = "{\"outlet\":\"Vox\",\"text\":\"A war.\",\"empty\":\"\"}\n";
    fs::write(at.join("a.jsonl"), lines).unwrap();
    let refused = |arguments: &[&str], status: i32, parts: &[&str]| {
        let output = parallax(at, &[&["compare"], arguments, &["--out", "r"]].concat());
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(status), "{said}");
        assert!(parts.iter().all(|part| said.contains(part)), "{said}");
    };
    refused(&["a.csv", "--by", "month"], 2, &["E205", "no article has a date"]);
    refused(&["a.csv", "--by", "empty"], 2, &["E205", "no article has anything in that column"]);
    refused(&["a.csv", "--by", "Regoin"], 4, &["E408", "no column is called `Regoin`", "`--by`"]);
    refused(&["a.jsonl", "--by", "Regoin"], 4, &["E408", "`Regoin`"]);
    refused(&["a.csv", "--by", "outlet"], 4, &["E408", "holds `outlet` already"]);
    refused(&["a.csv", "--tables", "strata"], 2, &["E205", "--by month"]);
}
