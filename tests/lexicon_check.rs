//! `lexicon check` finds every fault planted in `tests/lexicon_check/faulty`, by file, line and rule,
//! and nothing else; in the clean twin beside it, and in the lists we ship, it finds nothing.
//!
//! `expected.csv` names what must be found; rules that are called `error` stop a run.

#![allow(clippy::unwrap_used, reason = "a test may fail, and says where")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;

use parallax::lexicon::{LexiconError, LexiconFiles, findings};
use parallax::text::{Analyzer, TextRules};

type Found = BTreeSet<(String, u64, String)>;

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/lexicon_check").join(name)
}

/// File, line and rule of everything that is found in a set of lists, and each in words.
fn found(lists: Option<&Path>) -> (Found, Vec<String>) {
    let files = LexiconFiles::gather(lists).unwrap();
    let mut words = Analyzer::new(Arc::new(TextRules::built_in()));
    let (_, findings, errors) = findings(&files, &mut words);
    let mut found = Found::new();
    let mut said = Vec::new();
    for finding in findings {
        said.push(format!("{}:{} {}: {}", finding.file, finding.line, finding.rule, finding.what));
        let file = if finding.rule == "file" { "frame.csv".into() } else { finding.file };
        found.insert((file, finding.line, finding.rule.to_string()));
    }
    for error in errors {
        if let LexiconError::Row { file, line, what, .. } = error {
            let file = file.file_name().unwrap().to_string_lossy().into_owned();
            said.push(format!("{file}:{line} error: {what}"));
            found.insert((file, line, "error".into()));
        }
    }
    (found, said)
}

#[test]
fn every_planted_fault_is_found_by_line_and_nothing_else() {
    let expected = fs::read_to_string(folder("expected.csv")).unwrap();
    let expected: Found = expected
        .lines()
        .skip(1)
        .map(|row| {
            let cells: Vec<&str> = row.split(',').collect();
            (cells[0].to_string(), cells[1].parse().unwrap(), cells[2].to_string())
        })
        .collect();
    assert!(expected.len() > 50, "only {} faults are planted", expected.len());
    let (found, said) = found(Some(&folder("faulty")));
    let missed: Vec<_> = expected.difference(&found).collect();
    let invented: Vec<_> = found.difference(&expected).collect();
    let all = said.join("\n");
    assert!(missed.is_empty(), "not found: {missed:#?}\n{all}");
    assert!(invented.is_empty(), "found, but not planted: {invented:#?}\n{all}");
}

#[test]
fn the_clean_twin_has_none() {
    let (_, said) = found(Some(&folder("clean")));
    assert!(said.is_empty(), "{}", said.join("\n"));
}

/// The sets that are not built in lie in folders of their own below `lexicons`.
#[test]
fn the_shipped_lists_have_none() {
    let lexicons = Path::new(env!("CARGO_MANIFEST_DIR")).join("lexicons");
    let mut sets = vec![None];
    for entry in fs::read_dir(lexicons).unwrap() {
        let path = entry.unwrap().path();
        sets.extend(path.is_dir().then_some(Some(path)));
    }
    for set in sets {
        let (_, said) = found(set.as_deref());
        assert!(said.is_empty(), "{set:?}\n{}", said.join("\n"));
    }
}

#[test]
fn the_committed_codebook_is_what_the_tool_writes() {
    let mut program = Command::new(env!("CARGO_BIN_EXE_parallax"));
    let page = program.args(["lexicon", "codebook"]).output().unwrap();
    let committed = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/codebook.md");
    let same = page.stdout == fs::read(committed).unwrap();
    assert!(same, "write `parallax lexicon codebook` to docs/codebook.md again");
}
