//! What is weak in a set of word lists: rows that can never count, cells that a spreadsheet has
//! mangled, names that are mistyped, words that mean too much.
//!
//! Looks at the lists alone; what they do in a corpus is counted in `compare`. A rule that cries
//! wolf is worse than none: each says what a row surely does, not what it might.

mod categories;
mod cells;
mod conditions;
mod doubles;
mod fit;
mod rivals;
mod syntax;
mod words;

use crate::base::Message;
use crate::lexicon::entry::Lexicon;
use crate::lexicon::error::LexiconError;
use crate::lexicon::files::LexiconFiles;
use crate::lexicon::load::load_what_can_be;
use crate::text::Analyzer;

/// Something about a row of a word list that its author should look at.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    /// File name without folder.
    pub file: String,
    /// Line in the file, from 1; 0 for the file as a whole.
    pub line: u64,
    /// The name of the rule that found it.
    pub rule: &'static str,
    /// What is wrong.
    pub what: String,
    /// How to mend it.
    pub mend: String,
}

/// Every finding about the lists, by file, line and rule, and the rows that could be loaded.
///
/// Rows that cannot be used at all are among the errors; the others are looked at all the same.
pub fn findings(
    files: &LexiconFiles,
    words: &mut Analyzer,
) -> (Lexicon, Vec<Finding>, Vec<LexiconError>) {
    let (lexicon, errors) = load_what_can_be(files);
    let mut found: Vec<Finding> = lexicon.warnings.iter().map(of_warning).collect();
    cells::look(files, &mut found);
    syntax::look(&lexicon, &mut found);
    // What looks at words only knows those of one language.
    let mut known = lexicon.clone();
    known.entries.retain(|entry| entry.language == words.language());
    words::look(&known, words, &mut found);
    let read = rivals::read(&known, words);
    rivals::look(&known, &read, &mut found);
    doubles::look(&known, &read, &mut found);
    conditions::look(&known, &read, words, &mut found);
    categories::look(&lexicon, files, &mut found);
    found.sort();
    found.dedup();
    (lexicon, found, errors)
}

/// A warning of the loader as a finding.
fn of_warning(warning: &Message) -> Finding {
    let (path, line) = match warning.place.rsplit_once(", line ") {
        Some((path, line)) => (path, line.parse().unwrap_or(0)),
        None => (warning.place.as_str(), 0),
    };
    let file = path.rsplit('/').next().unwrap_or(path).to_owned();
    let rule = match warning.code {
        "W501" => "file",
        "W502" => "column",
        "W503" => "repeated",
        _ => "category",
    };
    Finding { file, line, rule, what: warning.what.clone(), mend: warning.mend.clone() }
}

/// A finding about an entry.
fn of_entry(
    entry: &crate::lexicon::entry::Entry,
    rule: &'static str,
    what: impl Into<String>,
    mend: impl Into<String>,
) -> Finding {
    let file = format!("{}.csv", entry.kind.file_stem());
    Finding { file, line: entry.line, rule, what: what.into(), mend: mend.into() }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::text::TextRules;

    /// Lines and rules of what is found in these lists.
    pub(super) fn found(texts: &[(&str, &str)]) -> Vec<(u64, &'static str)> {
        let no_cues = ("voice.csv", "category,term\n");
        let mut all = texts.to_vec();
        all.extend((!texts.iter().any(|(name, _)| *name == no_cues.0)).then_some(no_cues));
        let files = LexiconFiles::of_texts(&all);
        let mut words = Analyzer::new(Arc::new(TextRules::built_in()));
        let (_, found, _) = findings(&files, &mut words);
        let given = |finding: &Finding| texts.iter().any(|(name, _)| *name == finding.file);
        found.into_iter().filter(given).map(|finding| (finding.line, finding.rule)).collect()
    }

    /// Lines and rules of what is found in these rows of frames.
    pub(super) fn found_in_frames(rows: &str) -> Vec<(u64, &'static str)> {
        let head = "category,term,match,unless,requires,valid_from,valid_to\n";
        found(&[("frames.csv", &format!("{head}{rows}"))])
    }

    #[test]
    fn the_built_in_lists_have_no_finding() {
        let files = LexiconFiles::gather(None).unwrap();
        let mut words = Analyzer::new(Arc::new(TextRules::built_in()));
        let (_, found, errors) = findings(&files, &mut words);
        assert!(errors.is_empty());
        let shown: Vec<String> =
            found.iter().map(|f| format!("{}:{} {}: {}", f.file, f.line, f.rule, f.what)).collect();
        assert!(found.is_empty(), "{}", shown.join("\n"));
    }

    #[test]
    fn a_warning_of_the_loader_is_a_finding_with_its_line() {
        let row = ("frames.csv", "category,term\nwar,war\nwar,war\n");
        assert_eq!(found(&[row]), [(3, "repeated")]);
    }
}
