//! Laws that hold for any text: whatever stands in the articles, the report can be read and trusted.

#![allow(clippy::unwrap_used, reason = "a test may fail, and says where")]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use csv::{ReaderBuilder, StringRecord};
use parallax::report::{files_below, unguard};
use parallax::run::{RunConfig, compare};

/// What hostile and unlucky texts are made of, between words that count.
const PIECES: [&str; 60] = [
    "China",
    "Russia’s",
    "U.S.",
    "Ukraine",
    "the war",
    "cooperation",
    "trust",
    "allies",
    "deal",
    "said",
    "says",
    "warned that",
    "according to",
    "did not mention",
    "accused",
    "of",
    "Mr. Li",
    "he",
    "they",
    "would not",
    "never",
    "perhaps",
    "but",
    "which",
    "rather than",
    "\"",
    "“",
    "”",
    "‘",
    "’",
    "''",
    "«",
    "»",
    "(",
    ")",
    ":",
    ", ",
    ". ",
    "? ",
    "…",
    "—",
    " - ",
    "\n",
    "\n\n",
    "\r\n",
    "\t",
    "\u{1}",
    "\u{0}",
    "\u{85}",
    "\u{2028}",
    "\u{feff}",
    "\u{ad}",
    "\u{200d}",
    "😀",
    "a\u{301}\u{301}",
    "שלום",
    "中国和俄罗斯。",
    "=1+1",
    "\u{202e}",
    "İß\u{fb01}ǅ",
];
const OUTLETS: [&str; 4] = ["Daily", "=cmd|' /C calc'!A0", "all", "Ünï \"x\", y"];

/// The same numbers on every run.
struct Chance(u64);

impl Chance {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        (self.0 >> 33) as usize % n
    }

    fn text(&mut self, longest: usize) -> String {
        let n_pieces = self.below(longest);
        let mut text = String::new();
        for _ in 0..n_pieces {
            text += PIECES[self.below(PIECES.len())];
            text += ["", " ", " "][self.below(3)];
        }
        text
    }
}

type Articles = BTreeMap<String, [String; 2]>;

/// Writes articles as JSON lines; title and text of each by id.
fn articles(at: &Path, seed: u64) -> Articles {
    let mut chance = Chance(seed);
    let (mut lines, mut known) = (String::new(), Articles::new());
    for no in 0..60 {
        let id = format!("{}{no}", ["a", "-", "=", "'@"][chance.below(4)]);
        let outlet = OUTLETS[chance.below(4)];
        let (title, text) = (chance.text(12), chance.text(1 + no * 4));
        let article = serde_json::json!({"id": id, "outlet": outlet, "title": title, "text": text});
        lines += &format!("{article}\n");
        known.insert(id, [title, text]);
    }
    fs::write(at, lines).unwrap();
    known
}

/// Reads a table as strictly as a spreadsheet would; checks what holds for every cell.
fn table(file: &Path) -> (StringRecord, Vec<StringRecord>) {
    let text = fs::read_to_string(file).unwrap();
    let text = text.strip_prefix('\u{feff}').expect("a byte-order mark");
    let breaks = |c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}');
    assert!(!text.contains(|c| breaks(c) && c != '\n'), "{file:?}");
    let mut reader = ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
    let rows: Vec<StringRecord> = reader.records().map(Result::unwrap).collect();
    assert_eq!(rows.len(), text.lines().count(), "{file:?}: one record is one line");
    for cell in rows.iter().flatten() {
        let number = cell.parse::<f64>().is_ok() && cell.contains('.');
        let decimals = cell.rsplit('.').next().unwrap_or_default();
        // A spreadsheet may take three decimals for thousands.
        assert!(!number || decimals.len() != 3, "{file:?}: {cell}");
        assert!(number || !cell.starts_with(['=', '+', '-', '@']), "{file:?}: {cell}");
    }
    (rows[0].clone(), rows[1..].to_vec())
}

fn one_line(text: &str) -> String {
    let blank = |c: char| c.is_whitespace() || c.is_control();
    text.split(blank).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Every row's words stand where its offsets point; returns how many rows there are.
fn offsets_hold(file: &Path, words: &str, articles: &Articles) -> usize {
    let (header, rows) = table(file);
    let at = |name: &str| header.iter().position(|column| column == name);
    for row in &rows {
        let cell = |name: &str| at(name).map(|at| unguard(&row[at])).unwrap_or_default();
        let [title, text] = &articles[cell("article_id")];
        let number = |name: &str| cell(name).parse::<usize>().unwrap();
        let (from, to) = (number("char_start"), number("char_end"));
        let range = |text: &str| text.chars().skip(from).take(to - from).collect::<String>();
        // An article without a title has its headline in the text; a removal may be in either.
        let in_title = cell("section") == "title" && !title.trim().is_empty();
        let either = at("section").is_none() && one_line(&range(title)) == cell(words);
        let found = if in_title || either { range(title) } else { range(text) };
        assert_eq!(one_line(&found), cell(words), "{row:?}");
    }
    rows.len()
}

#[test]
fn whatever_stands_in_the_articles_the_report_can_be_read_and_trusted() {
    let dir = tempfile::tempdir().unwrap();
    let (mut mentions, mut removals) = (0, 0);
    for seed in 1..=4 {
        let (input, out) = (dir.path().join("a.jsonl"), dir.path().join(format!("r{seed}")));
        let articles = articles(&input, seed);
        let (inputs, threads) = (vec![input], 2);
        let config = RunConfig { inputs, out, threads, voice: true, ..RunConfig::default() };
        compare(&config).unwrap();
        let files = files_below(&config.out).unwrap();
        for file in files.iter().filter(|file| file.ends_with(".csv")) {
            table(&config.out.join(file));
        }
        mentions += offsets_hold(&config.out.join("tables/evidence.csv"), "match", &articles);
        removals += offsets_hold(&config.out.join("tables/removed.csv"), "text", &articles);
    }
    assert!(mentions > 1000 && removals > 0, "only {mentions} mentions, {removals} removals");
}
