//! Small lexicons for tests.

use std::collections::BTreeSet;

use crate::base::{Language, Micro};
use crate::lexicon::{
    Category, CategoryId, Entry, Kind, Lexicon, LexiconFile, MatchMode, Negation,
};

/// A lexicon of `(file, category, term)` rows, which must be sorted: entry ids are their positions.
pub(crate) fn lexicon(rows: &[(&str, &str, &str)]) -> Lexicon {
    let kind_of = |file: &str| *Kind::ALL.iter().find(|kind| kind.file_stem() == file).unwrap();
    let mut paths = BTreeSet::new();
    for (file, path, _) in rows {
        for (at, _) in path.match_indices('/') {
            paths.insert((kind_of(file), &path[..at]));
        }
        paths.insert((kind_of(file), *path));
    }
    let mut lexicon = Lexicon::default();
    for (kind, path) in paths {
        let parent =
            path.rsplit_once('/').and_then(|(above, _)| lexicon.find_category(kind, above));
        lexicon.categories.push(category(kind, path, parent));
    }
    for (line, (file, path, term)) in rows.iter().enumerate() {
        let kind = kind_of(file);
        let category = lexicon.find_category(kind, path).unwrap();
        lexicon.entries.push(entry(kind, category, term, line as u64 + 2));
    }
    let ordered = lexicon.entries.is_sorted_by_key(|entry| (entry.category, entry.term.clone()));
    assert!(ordered, "the rows of a fixture must be in lexicon order");
    lexicon.files = vec![LexiconFile {
        name: "frames.csv".into(),
        built_in: false,
        sha256: Default::default(),
        entries: rows.len() as u64,
    }];
    lexicon
}

fn category(kind: Kind, path: &str, parent: Option<CategoryId>) -> Category {
    Category {
        kind,
        path: path.into(),
        parent,
        label: format!("The {path}"),
        definition: String::new(),
        negation: if kind == Kind::Frame { Negation::Split } else { Negation::Keep },
        valid_from: None,
        expect_until: None,
        blocker: path == "blocker",
        also_in: Vec::new(),
    }
}

fn entry(kind: Kind, category: CategoryId, term: &str, line: u64) -> Entry {
    Entry {
        kind,
        category,
        term: term.into(),
        mode: MatchMode::Stem,
        weight: Micro::ONE,
        unless: String::new(),
        requires: String::new(),
        valid_from: None,
        valid_to: None,
        language: Language::ENGLISH,
        line,
    }
}
