//! A number of `sensitivity.csv` is what a run without that entry, or without that article, gives.

#![allow(clippy::unwrap_used, reason = "a test may fail, and says where")]

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use parallax::run::{RunConfig, compare};

/// One row of a table by column name.
type Row = BTreeMap<String, String>;

fn table(report: &Path, name: &str) -> Vec<Row> {
    let mut reader = csv::Reader::from_path(report.join(format!("tables/{name}.csv"))).unwrap();
    let header: Vec<String> = reader.headers().unwrap().iter().map(String::from).collect();
    let rows = reader.records().map(|record| {
        let record = record.unwrap();
        let name = |name: &String| name.trim_start_matches('\u{feff}').to_string();
        header.iter().map(name).zip(record.iter().map(String::from)).collect()
    });
    rows.collect()
}

fn run(input: PathBuf, lexicons: PathBuf, out: &Path) {
    let config = RunConfig {
        inputs: vec![input],
        out: out.to_path_buf(),
        lexicons: Some(lexicons),
        threads: 1,
        voice: true,
        tables: ["frames", "rollups", "sensitivity"].map(String::from).to_vec(),
        force: true,
        ..RunConfig::default()
    };
    compare(&config).unwrap();
}

/// The rate of every frame and voice in every outlet; a frame that is gone has none.
fn rates(report: &Path) -> BTreeMap<[String; 3], f64> {
    let mut rates = BTreeMap::new();
    for row in table(report, "frames").into_iter().chain(table(report, "rollups")) {
        if row["section"] == "all" {
            let key = ["outlet", "frame", "voice"].map(|column| row[column].clone());
            rates.insert(key, row["per_1k_words"].parse().unwrap_or(0.0));
        }
    }
    rates
}

/// The difference that a row of the table would have at other rates.
fn difference(row: &Row, rates: &BTreeMap<[String; 3], f64>) -> f64 {
    let rate = |side: &str| {
        let key = [&row[side], &row["frame"], &row["voice"]].map(String::clone);
        rates.get(&key).copied().unwrap_or(0.0)
    };
    rate("target") - rate("reference")
}

fn number(row: &Row, column: &str) -> f64 {
    row[column].parse().unwrap_or_else(|_| panic!("{column} is no number in {row:?}"))
}

/// Printed numbers have six decimals, and a difference is made from two.
fn same(one: f64, other: f64) -> bool {
    (one - other).abs() < 2.5e-6
}

/// Competing rows: longer and shorter, one inside a gap, blockers, two categories over the same
/// words, one word in two categories, conditions, and a frame that hangs on one row.
const FRAMES: &str = "category,term,match,unless,requires
blocker,Peace Palace,case,,
blocker,war room,stem,,
economy,trade,stem,,
economy,trade war,stem,,
peace,peace,stem,,
peace/talks,peace talks,stem,,
tension/dispute,row,stem,,
tension/dispute,war of words,stem,,
tension/rivalry,row over trade,stem,,
tension/rivalry,fuel .. row,stem,,
tension/rivalry,words,word,,
war,war,stem,trade war,
war/arms,arms,word,,war
war/arms,war,stem,,tank
war/arms,words .. war,stem,,
";

const CATEGORIES: &str = "lexicon,category,label,also_in
frames,conflict,Conflict,
frames,tension,Tension,conflict
frames,war,War,conflict
";

const ARTICLES: [(&str, &str, &str); 6] = [
    (
        "a1",
        "Alder",
        "The war went on. A war of words and a row over trade began at the Peace Palace.",
    ),
    (
        "a2",
        "Alder",
        "No war is near, the mayor said. The trade war fuels a bitter row. Peace came.",
    ),
    ("b1", "Birch", "The “war” of words ended. Arms for the war and a tank for the war came late."),
    ("b2", "Birch", "In the war room they drew up peace talks, and trade grew. He spoke of war."),
    ("c1", "Cedar", "Words led to war and a row. The row fuels another row, she said."),
    (
        "c2",
        "Cedar",
        "Rain fell on the valley, and nobody at all spoke about anything else that week.",
    ),
];

fn write_articles(path: &Path, without: &str) {
    let mut text = "id,outlet,published,title,text\n".to_string();
    for (id, outlet, words) in ARTICLES.iter().filter(|article| article.0 != without) {
        text += &format!("{id},{outlet},2024-03-01,,\"{words}\"\n");
    }
    fs::write(path, text).unwrap();
}

fn write_lexicon(dir: &Path, frames: &str) {
    fs::create_dir_all(dir).unwrap();
    fs::write(dir.join("frames.csv"), frames).unwrap();
    fs::write(dir.join("categories.csv"), CATEGORIES).unwrap();
}

#[test]
fn every_entry_left_out_is_a_run_without_its_row() {
    let dir = tempfile::tempdir().unwrap();
    let (input, out) = (dir.path().join("all.csv"), dir.path().join("out"));
    write_articles(&input, "");
    let lexicon = dir.path().join("lexicon");
    write_lexicon(&lexicon, FRAMES);
    run(input.clone(), lexicon.clone(), &out);
    let rows = table(&out, "sensitivity");
    let mut without: Vec<(String, BTreeMap<[String; 3], f64>)> = Vec::new();
    for line in FRAMES.lines().skip(1) {
        write_lexicon(&lexicon, &FRAMES.replace(&format!("{line}\n"), ""));
        run(input.clone(), lexicon.clone(), &out);
        let mut cells = line.split(',');
        let name = format!("{}: {}", cells.next().unwrap(), cells.next().unwrap());
        without.push((name, rates(&out)));
    }
    let mut outcomes = BTreeSet::new();
    let mut movers = BTreeSet::new();
    for row in &rows {
        let whole = number(row, "difference");
        let each: Vec<(&String, f64)> =
            without.iter().map(|(name, rates)| (name, difference(row, rates))).collect();
        let moved: Vec<&(&String, f64)> =
            each.iter().filter(|(_, then)| !same(*then, whole)).collect();
        let still = (number(row, "entries") as usize > moved.len()).then_some(whole);
        let values = || moved.iter().map(|(_, then)| *then).chain(still);
        let low = values().fold(f64::INFINITY, f64::min);
        let high = values().fold(f64::NEG_INFINITY, f64::max);
        assert!(same(number(row, "without_entry_low"), low), "{low} in {row:?}");
        assert!(same(number(row, "without_entry_high"), high), "{high} in {row:?}");
        let far = moved.iter().map(|(_, then)| (then - whole).abs()).fold(0.0, f64::max);
        assert!(same(number(row, "entry_move").abs(), far), "{far} in {row:?}");
        for (column, at) in [("entry", whole + number(row, "entry_move")), ("sign_entry", f64::NAN)]
        {
            if let Some((name, then)) = each.iter().find(|(name, _)| **name == row[column]) {
                movers.insert(name.to_string());
                assert!(at.is_nan() || same(*then, at), "{name} in {row:?}");
                assert!(column == "entry" || then * whole < 2.5e-6, "{name} in {row:?}");
            }
        }
        let signs: Vec<f64> = values().map(|then| then * whole.signum()).collect();
        let lowest = signs.iter().copied().fold(f64::INFINITY, f64::min);
        let sign = match lowest {
            _ if same(whole, 0.0) => "",
            low if same(low, 0.0) => "gone",
            low if low < 0.0 => "turns",
            _ => "holds",
        };
        assert_eq!(row["without_entry_sign"], sign, "{row:?}");
        outcomes.insert(sign);
    }
    // What the fixture is made for happens in it.
    assert_eq!(outcomes.into_iter().collect::<Vec<_>>(), ["gone", "holds", "turns"]);
    for name in ["blocker: war room", "tension/dispute: war of words", "war/arms: words .. war"] {
        assert!(movers.contains(name), "{name} is not among {movers:?}");
    }
}

#[test]
fn every_article_left_out_is_a_run_without_it() {
    let dir = tempfile::tempdir().unwrap();
    let (input, out) = (dir.path().join("all.csv"), dir.path().join("out"));
    let lexicon = dir.path().join("lexicon");
    write_lexicon(&lexicon, FRAMES);
    write_articles(&input, "");
    run(input.clone(), lexicon.clone(), &out);
    let rows = table(&out, "sensitivity");
    let mut without = Vec::new();
    for (id, outlet, _) in ARTICLES {
        write_articles(&input, id);
        run(input.clone(), lexicon.clone(), &out);
        without.push((id, outlet, rates(&out)));
    }
    let mut signs = BTreeSet::new();
    for row in &rows {
        let whole = number(row, "difference");
        let sides = [&row["target"], &row["reference"]];
        let of_sides = without.iter().filter(|(_, outlet, _)| sides.iter().any(|s| *s == outlet));
        let each: Vec<(&str, f64)> =
            of_sides.map(|(id, _, rates)| (*id, difference(row, rates))).collect();
        let values = || each.iter().map(|(_, then)| *then);
        assert_eq!((row["articles"].as_str(), row["basis"].as_str()), ("4", "few_articles"));
        let low = values().fold(f64::INFINITY, f64::min);
        let high = values().fold(f64::NEG_INFINITY, f64::max);
        assert!(same(number(row, "without_article_low"), low), "{low} in {row:?}");
        assert!(same(number(row, "without_article_high"), high), "{high} in {row:?}");
        if let Some((_, then)) = each.iter().find(|(id, _)| *id == row["article_id"]) {
            assert!(same(number(row, "article_move"), then - whole), "{row:?}");
        }
        signs.insert(row["without_article_sign"].clone());
    }
    assert!(signs.contains("gone") && signs.contains("turns") && signs.contains("holds"));
}

#[test]
fn the_only_article_of_an_outlet_cannot_be_left_out() {
    let dir = tempfile::tempdir().unwrap();
    let (input, out) = (dir.path().join("all.csv"), dir.path().join("out"));
    write_articles(&input, "b1");
    write_lexicon(&dir.path().join("lexicon"), FRAMES);
    run(input, dir.path().join("lexicon"), &out);
    let columns = ["articles", "without_article_low", "without_article_sign", "article_move"];
    for row in table(&out, "sensitivity") {
        let one = row["target"] == "Birch" || row["reference"] == "Birch";
        assert_eq!(row["basis"], if one { "one_article" } else { "few_articles" });
        assert!(columns.iter().all(|column| row[*column].is_empty()) == one, "{row:?}");
        assert!(!row["without_entry_low"].is_empty());
    }
}

/// The built-in rules too, with their hundreds of rows and real sentences.
#[test]
fn entries_of_the_seeds_left_out_are_runs_without_their_rows() {
    let dir = tempfile::tempdir().unwrap();
    let (out, lexicon) = (dir.path().join("out"), dir.path().join("lexicon"));
    let seeds = Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds");
    let shipped = Path::new(env!("CARGO_MANIFEST_DIR")).join("lexicons");
    fs::create_dir(&lexicon).unwrap();
    for file in fs::read_dir(&shipped).unwrap() {
        let file = file.unwrap();
        if file.file_type().unwrap().is_file() {
            fs::copy(file.path(), lexicon.join(file.file_name())).unwrap();
        }
    }
    run(seeds.clone(), lexicon.clone(), &out);
    let rows = table(&out, "sensitivity");
    let frames = fs::read_to_string(shipped.join("frames.csv")).unwrap();
    let is_shown = |row: &&Row| !row["entry"].is_empty() && row["voice"] == "own";
    let named: BTreeSet<&String> = rows.iter().filter(is_shown).map(|row| &row["entry"]).collect();
    let some: Vec<&&String> = named.iter().step_by(named.len().div_ceil(6).max(1)).collect();
    assert!(some.len() >= 5, "{named:?}");
    for name in some {
        let (category, term) = name.split_once(": ").unwrap();
        let starts = [format!("{category},{term},"), format!("{category},\"{term}\",")];
        let is_row = |line: &&str| starts.iter().any(|start| line.starts_with(start));
        let kept: Vec<&str> = frames.lines().filter(|line| !is_row(line)).collect();
        assert_eq!(kept.len() + 1, frames.lines().count(), "{name}");
        fs::write(lexicon.join("frames.csv"), kept.join("\n") + "\n").unwrap();
        run(seeds.clone(), lexicon.clone(), &out);
        let rates = rates(&out);
        for row in rows.iter().filter(|row| row["entry"] == **name) {
            let then = number(row, "difference") + number(row, "entry_move");
            assert!(same(difference(row, &rates), then), "{row:?}");
        }
    }
}
