//! The sets of word lists that ship with the program: each loads without a warning, its definitions
//! agree with its words, and one more row in one file is one more thing counted.

#![allow(clippy::unwrap_used, reason = "a test may fail, and says where")]

mod reading;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use parallax::base::{Section, Span};
use parallax::lexicon::{Finder, Kind, Lexicon, LexiconFiles, Matcher, load};
use parallax::text::{Analyzer, TextRules};

use reading::{cell, has, parallax_ok, table};

fn folder(set: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("lexicons").join(set)
}

#[test]
fn every_shipped_set_loads_without_a_warning() {
    for set in ["", "generic", "us-china"] {
        let lexicon = load(&LexiconFiles::gather(Some(&folder(set))).unwrap()).unwrap();
        assert!(lexicon.warnings.is_empty(), "{set}: {:?}", lexicon.warnings);
        assert!(lexicon.find_category(Kind::Actor, "north_korea/state").is_some(), "{set}");
    }
}

#[test]
fn a_shared_list_brings_its_categories_and_the_others_stay_out() {
    let lexicon = load(&LexiconFiles::gather(Some(&folder("generic"))).unwrap()).unwrap();
    let uk = lexicon.find_category(Kind::Actor, "uk").unwrap();
    assert_eq!(lexicon.category(uk).label, "United Kingdom");
    assert!(lexicon.find_category(Kind::Frame, "tension").is_none());
    assert!(lexicon.find_category(Kind::Frame, "morality/message").is_some());
}

/// The topmost frames of one sentence.
fn frames(lexicon: &Lexicon, matcher: &Arc<Matcher>, text: &str) -> BTreeSet<String> {
    let mut words = Analyzer::new(Arc::new(TextRules::built_in()));
    let doc = words.analyze(text, &[(Span::from_usize(0, text.len()), Section::Body)]);
    let found = Finder::new(Arc::clone(matcher)).find(&doc, &words, None);
    let entries = found.mentions.iter().map(|mention| lexicon.entry(mention.entry));
    let frames = entries.filter(|entry| entry.kind == Kind::Frame).map(|entry| entry.category);
    frames.map(|id| lexicon.category(lexicon.top(id)).path.clone()).collect()
}

#[test]
fn each_example_of_a_frame_is_found_and_each_counterexample_is_not() {
    let mut wrong = Vec::new();
    for set in ["", "generic"] {
        let lexicon = load(&LexiconFiles::gather(Some(&folder(set))).unwrap()).unwrap();
        let rules = Arc::new(TextRules::built_in());
        let matcher = Arc::new(Matcher::new(&lexicon, &Analyzer::new(rules)));
        let text = fs::read_to_string(folder(set).join("categories.csv")).unwrap();
        let rows = text.lines().filter(|line| !line.starts_with('#')).collect::<Vec<_>>();
        let rows = rows.join("\n");
        for row in csv::Reader::from_reader(rows.as_bytes()).records() {
            let row = row.unwrap();
            let (frame, yes, no) = (&row[1], &row[6], &row[7]);
            if &row[0] == "frames" && !yes.is_empty() {
                if !frames(&lexicon, &matcher, yes).contains(frame) {
                    wrong.push(format!("{frame} misses: {yes}"));
                }
                if frames(&lexicon, &matcher, no).contains(frame) {
                    wrong.push(format!("{frame} finds: {no}"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

const ARTICLES: [(&str, &str); 2] = [
    ("Harbour Post", "Bartering widened\n\nThe envoy of Freedonia bartered grain for cloth.\n"),
    (
        "Valley Courier",
        "The envoy left\n\nThe envoy burbled that the harvest festival would not be held in Moscow.\n",
    ),
];

/// A cell of a table of the two articles, under a copy of the built-in set with a row added.
fn with_row(list: &str, row: &str, name: &str, key: &[(&str, &str)], column: &str) -> String {
    let place = tempfile::tempdir().unwrap();
    let (corpus, words) = (place.path().join("corpus"), place.path().join("words"));
    fs::create_dir_all(&words).unwrap();
    for entry in fs::read_dir(folder("")).unwrap() {
        let entry = entry.unwrap();
        if entry.file_type().unwrap().is_file() {
            fs::copy(entry.path(), words.join(entry.file_name())).unwrap();
        }
    }
    let file = words.join(list);
    let text = fs::read_to_string(&file).unwrap();
    fs::write(&file, format!("{text}{row}\n")).unwrap();
    for (outlet, text) in ARTICLES {
        fs::create_dir_all(corpus.join(outlet)).unwrap();
        fs::write(corpus.join(outlet).join("a.txt"), text).unwrap();
    }
    let arguments = ["compare", "corpus", "--lexicons", "words", "--out", "report", "-q"];
    parallax_ok(place.path(), &arguments);
    let rows = table(&place.path().join("report"), &format!("tables/{name}.csv"));
    rows.iter().find(|row| has(row, key)).map_or(String::new(), |row| cell(row, column).to_owned())
}

#[test]
fn one_row_in_one_file_adds_a_frame_an_actor_a_concept_and_a_cue() {
    let all = ("section", "all");
    let frame = [("frame", "barter"), all, ("voice", "all"), ("outlet", "Harbour Post")];
    assert_eq!(with_row("frames.csv", "barter,barter", "frames", &frame, "mentions"), "2");
    let actor = [("item", "freedonia/state"), all, ("outlet", "Harbour Post")];
    let row = "freedonia/state,Freedonia,case";
    assert_eq!(with_row("actors.csv", row, "coverage", &actor, "mentions"), "1");
    let concept = [("item", "festival"), all, ("outlet", "Valley Courier")];
    let row = "festival,harvest festival";
    assert_eq!(with_row("concepts.csv", row, "coverage", &concept, "mentions"), "1");
    let moscow = [("item", "russia"), all, ("outlet", "Valley Courier")];
    let own = |row| with_row("voice.csv", row, "coverage", &moscow, "mentions_own");
    assert_eq!(own("# no row"), "1");
    assert_eq!(own("report/neutral,burble"), "0");
}
