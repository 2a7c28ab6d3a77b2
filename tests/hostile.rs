//! Laws that hold for any text: whatever stands in the articles, the report can be read and trusted.

#![allow(clippy::unwrap_used, reason = "a test may fail, and says where")]

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::Path;

use csv::{ReaderBuilder, StringRecord};
use parallax::corpus::{ReadOptions, open};
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

/// Files of records as people hand them in, whole.
fn whole_files() -> Vec<(&'static str, Vec<u8>)> {
    let rows = "id,outlet,date,text\na,Daily,2023-02-04,\"China and Russia met.\nThey \"\"spoke\"\".\"\n\
                b,Weekly,2023-02-05,Café talks; ended.\nc,Daily,,They left.\n";
    let lines = "{\"id\":\"a\",\"outlet\":\"Daily\",\"text\":\"They met\\nin \\u00dcr.\"}\n\
                 {\"id\":\"b\",\"outlet\":\"Weekly\",\"text\":[\"They\",\"spoke.\"]}\n";
    let list = format!("[{}]", lines.trim().replace('\n', ",\n"));
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    gzip.write_all(lines.as_bytes()).unwrap();
    let wide = format!("\u{feff}{rows}");
    vec![
        ("rows.csv", rows.into()),
        ("rows.tsv", rows.replace(',', "\t").into()),
        ("wide.csv", wide.encode_utf16().flat_map(u16::to_le_bytes).collect()),
        ("lines.jsonl", lines.into()),
        ("list.json", list.into()),
        ("lines.jsonl.gz", gzip.finish().unwrap()),
        ("rows.csv.zst", zstd::encode_all(rows.as_bytes(), 1).unwrap()),
    ]
}

/// Cuts, changes, repeats or adds bytes, most of them such as mean something in a format.
fn damaged(bytes: &[u8], chance: &mut Chance) -> Vec<u8> {
    const BYTES: &[u8] = b"\"\"\",;\t\n\r{}[]\\\0\xFF\xE9\xEF\xBB\xBF\x1F\x8B";
    let mut bytes = bytes.to_vec();
    for _ in 0..=chance.below(4) {
        let at = chance.below(bytes.len() + 1);
        match chance.below(5) {
            0 => bytes.truncate(at),
            1 => bytes.insert(at, BYTES[chance.below(BYTES.len())]),
            2 if at < bytes.len() => bytes[at] = BYTES[chance.below(BYTES.len())],
            3 if at < bytes.len() => drop(bytes.remove(at)),
            _ => bytes.extend_from_within(at..),
        }
    }
    bytes
}

#[test]
fn a_damaged_file_is_read_as_far_as_it_goes_and_what_is_wrong_is_said() {
    let dir = tempfile::tempdir().unwrap();
    let (mut chance, mut n_skipped, mut n_errors, mut n_read) = (Chance(7), 0, 0, 0);
    for (name, bytes) in whole_files() {
        for _ in 0..300 {
            let file = dir.path().join(name);
            fs::write(&file, damaged(&bytes, &mut chance)).unwrap();
            let mut reader = match open(&[file], &ReadOptions::default()) {
                Ok(reader) => reader,
                Err(errors) => {
                    assert!(!errors.is_empty());
                    n_errors += 1;
                    continue;
                }
            };
            // A file of a few hundred bytes has no thousand articles: reading comes to an end.
            for article in reader.by_ref().take(1000) {
                match article {
                    Ok(draft) => {
                        assert!(!draft.id.is_empty() && !draft.outlet.is_empty());
                        n_read += 1;
                    }
                    Err(skipped) => {
                        assert!(!skipped.code.is_empty() && !skipped.source.is_empty());
                        assert!(!skipped.reason.is_empty() && !skipped.mend.is_empty());
                        n_skipped += 1;
                    }
                }
            }
            assert!(reader.next().is_none(), "{name} never ends");
        }
    }
    let enough = n_skipped > 100 && n_errors > 100 && n_read > 1000;
    assert!(enough, "only {n_skipped} skipped, {n_errors} refused, {n_read} read");
}
