//! Every count opens: each mention count equals its rows in `evidence.csv`, and each row points at
//! its words in the article.

#![allow(clippy::unwrap_used, reason = "a test may fail, and says where")]

mod reading;

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use reading::{Row, cell, collapse, has, int, parallax_ok, project, rolls_up, table};

/// The report on the seeds, written afresh into a folder of this test's own.
fn seeds_report(folder: &tempfile::TempDir) -> PathBuf {
    let out = folder.path().join("seeds");
    let out_text = out.to_str().unwrap();
    parallax_ok(&project(), &["compare", "seeds", "--out", out_text, "-q"]);
    out
}

#[test]
fn every_evidence_row_points_at_its_words() {
    let folder = tempfile::tempdir().unwrap();
    let report = seeds_report(&folder);
    let file_of: BTreeMap<String, String> = table(&report, "tables/articles.csv")
        .iter()
        .map(|row| (cell(row, "article_id").into(), cell(row, "source_file").into()))
        .collect();
    let rows = table(&report, "tables/evidence.csv");
    assert!(rows.len() > 200, "only {} evidence rows", rows.len());
    for row in rows {
        let path = project().join("seeds").join(&file_of[cell(&row, "article_id")]);
        let text = fs::read_to_string(path).unwrap();
        let (start, end) = (int(&row, "char_start") as usize, int(&row, "char_end") as usize);
        let under: String = text.chars().skip(start).take(end - start).collect();
        assert_eq!(collapse(&under), cell(&row, "match"), "{row:?}");
        assert!(cell(&row, "sentence").contains(cell(&row, "match")), "{row:?}");
    }
}

/// How many evidence rows a cell of a counting table stands on.
fn rows_behind(evidence: &[Row], kind: &str, item: &str, cells: &[(&str, &str)]) -> u64 {
    let behind = |row: &&Row| {
        has(row, &[("kind", kind)]) && rolls_up(cell(row, "item"), item) && has(row, cells)
    };
    evidence.iter().filter(behind).count() as u64
}

/// The cells that name outlet, section and voice, where `all` is no restriction.
fn restriction<'a>(row: &'a Row, columns: &[&'static str]) -> Vec<(&'static str, &'a str)> {
    columns.iter().map(|&c| (c, cell(row, c))).filter(|(_, value)| *value != "all").collect()
}

#[test]
fn every_frame_count_equals_its_evidence_rows() {
    let folder = tempfile::tempdir().unwrap();
    let report = seeds_report(&folder);
    let evidence = table(&report, "tables/evidence.csv");
    let frames = table(&report, "tables/frames.csv");
    assert!(frames.len() > 100);
    for row in &frames {
        let cells = restriction(row, &["outlet", "section", "voice"]);
        let behind = rows_behind(&evidence, "frame", cell(row, "frame"), &cells);
        assert_eq!(int(row, "mentions"), behind, "{row:?}");
    }
}

#[test]
fn every_coverage_count_equals_its_evidence_rows() {
    let folder = tempfile::tempdir().unwrap();
    let report = seeds_report(&folder);
    let evidence = table(&report, "tables/evidence.csv");
    let coverage = table(&report, "tables/coverage.csv");
    assert!(coverage.len() > 100);
    for row in &coverage {
        let (kind, item) = (cell(row, "item_type"), cell(row, "item"));
        for (column, voice) in [
            ("mentions", "all"),
            ("mentions_own", "own"),
            ("mentions_reported", "reported"),
            ("mentions_quoted", "quoted"),
        ] {
            let mut cells = restriction(row, &["outlet", "section"]);
            if voice != "all" {
                cells.push(("voice", voice));
            }
            let behind = rows_behind(&evidence, kind, item, &cells);
            assert_eq!(int(row, column), behind, "{column}: {row:?}");
        }
    }
}

#[test]
fn every_naming_count_equals_its_evidence_rows() {
    let folder = tempfile::tempdir().unwrap();
    let report = seeds_report(&folder);
    let evidence = table(&report, "tables/evidence.csv");
    let naming = table(&report, "tables/naming.csv");
    assert!(naming.len() > 20);
    for row in &naming {
        let item = format!("{}/{}", cell(row, "referent"), cell(row, "label"));
        let cells = restriction(row, &["outlet", "section"]);
        let behind = rows_behind(&evidence, "label", &item, &cells);
        assert_eq!(int(row, "mentions"), behind, "{row:?}");
    }
}

#[test]
fn every_stance_count_equals_its_evidence_rows() {
    let folder = tempfile::tempdir().unwrap();
    let report = seeds_report(&folder);
    let evidence = table(&report, "tables/evidence.csv");
    let stance = table(&report, "tables/stance.csv");
    assert!(stance.len() > 20);
    for row in &stance {
        let cells = restriction(row, &["outlet", "voice"]);
        let behind = rows_behind(&evidence, "cue", cell(row, "category"), &cells);
        assert_eq!(int(row, "mentions"), behind, "{row:?}");
    }
}

#[test]
fn speakers_add_up_to_the_quotes() {
    let folder = tempfile::tempdir().unwrap();
    let report = seeds_report(&folder);
    let mut quotes = table(&report, "tables/quotes.csv");
    quotes.retain(|quote| !has(quote, &[("form", "indirect"), ("voice", "own")]));
    let speakers = table(&report, "tables/speakers.csv");
    assert!(speakers.len() > 5, "only {} speakers", speakers.len());
    for row in &speakers {
        let of = |column| cell(row, column);
        let same = [("outlet", of("outlet")), ("speaker", of("speaker"))];
        let theirs: Vec<&Row> = quotes.iter().filter(|q| has(q, &same)).collect();
        for form in ["direct", "indirect", "partial"] {
            let of_form = || theirs.iter().filter(|q| has(q, &[("form", form)]));
            let words: u64 = of_form().map(|q| int(q, "words")).sum();
            assert_eq!(int(row, &format!("quotes_{form}")), of_form().count() as u64, "{row:?}");
            assert_eq!(int(row, &format!("words_{form}")), words, "{row:?}");
        }
        for stance in ["neutral", "endorsing", "emphatic", "doubting", "hostile", "opinion"] {
            let by = |q: &&&Row| has(q, &[("stance", stance)]);
            let n = theirs.iter().filter(by).count() as u64;
            assert_eq!(int(row, &format!("quotes_{stance}")), n, "{row:?}");
        }
    }
    for form in ["direct", "indirect", "partial"] {
        let all = quotes.iter().filter(|q| has(q, &[("form", form)])).count() as u64;
        let sum: u64 = speakers.iter().map(|row| int(row, &format!("quotes_{form}"))).sum();
        assert_eq!(sum, all, "{form}");
    }
    // In the seeds no short quotation with a speaker stands outside reported speech.
    for outlet in table(&report, "tables/outlets.csv") {
        let share = |voice| cell(&outlet, voice).parse::<f64>().unwrap();
        let said = share("share_words_reported") + share("share_words_quoted");
        let theirs = speakers.iter().filter(|row| cell(row, "outlet") == cell(&outlet, "outlet"));
        let words: u64 = theirs.map(|row| int(row, "words_attributed")).sum();
        let all = said * int(&outlet, "words") as f64;
        assert!((all - words as f64).abs() < 0.01, "{words} of {all} words: {outlet:?}");
    }
}
