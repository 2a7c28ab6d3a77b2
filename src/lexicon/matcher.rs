//! Compiles the lexicons: every distinct word becomes a symbol, every term a path through one tree,
//! every phrase of a condition a path through another.

use std::ops::Range;
use std::sync::Arc;

use crate::base::{Interval, both};
use crate::lexicon::around::{Around, Conditions};
use crate::lexicon::entry::{CategoryId, Entry, Kind, Lexicon};
use crate::lexicon::pattern::{Piece, cut_places};
use crate::lexicon::steps::{Comparison, Steps};
use crate::lexicon::tree::Tree;
use crate::lexicon::trie::TrieBuilder;
use crate::text::Analyzer;

/// The compiled lexicons. Shared by all finders of a run.
#[derive(Debug, Default)]
pub struct Matcher {
    /// Terms by the ids of their entries.
    pub(crate) terms: Tree,
    /// What each entry needs besides its words.
    pub(crate) rules: Vec<Rule>,
    /// The phrases that are looked for in one sentence.
    pub(crate) in_sentence: Tree,
    /// The phrases that are looked for in the whole article, and how many there are.
    pub(crate) in_article: Tree,
    pub(crate) n_in_article: usize,
}

/// What an entry needs besides its words.
#[derive(Debug)]
pub(crate) struct Rule {
    pub(crate) kind: Kind,
    pub(crate) category: CategoryId,
    pub(crate) blocker: bool,
    /// Every moment at which it may match.
    pub(crate) in_force: Interval,
    /// `None` for most entries; others share theirs.
    pub(crate) conditions: Option<Arc<Conditions>>,
    /// Whether a condition asks for phrases of the sentence.
    pub(crate) asks_sentence: bool,
}

impl Matcher {
    /// Compiles the rows in the analyzer's language; it folds and stems their words as it does an
    /// article's. The others keep their numbers and match nothing.
    ///
    /// # Panics
    /// If an entry's cells cannot be parsed: `load` refuses such rows.
    pub fn new(lexicon: &Lexicon, analyzer: &Analyzer) -> Self {
        Self::of_kinds(lexicon, analyzer, |_| true, 1)
    }

    /// Compiles the rows of some lexicons as [`Matcher::new`] does, on up to two threads; those of the
    /// others match nothing.
    pub fn of_kinds(
        lexicon: &Lexicon,
        analyzer: &Analyzer,
        wanted: impl Fn(Kind) -> bool + Sync,
        threads: usize,
    ) -> Self {
        let looked_for =
            |entry: &Entry| wanted(entry.kind) && entry.language == analyzer.language();
        let entries =
            || lexicon.entries.iter().map(|entry| Some(entry).filter(|entry| looked_for(entry)));
        let terms = || {
            let mut terms = Terms::with_room(lexicon.entries.len(), analyzer);
            let entries = (0..).zip(entries());
            entries.for_each(|(number, entry)| entry.iter().for_each(|e| terms.add(e, number)));
            terms.finish()
        };
        let around = || Around::compile(entries(), analyzer);
        let (around, terms) = both(threads, around, terms);
        let Around { conditions, in_sentence, in_article, n_in_article } = around;
        let rule = |(entry, conditions): (&Entry, _)| {
            Rule::new(entry, lexicon.category(entry.category).blocker, conditions)
        };
        let rules = lexicon.entries.iter().zip(conditions).map(rule).collect();
        Self { terms, rules, in_sentence, in_article, n_in_article }
    }
}

impl Rule {
    fn new(entry: &Entry, blocker: bool, conditions: Option<Arc<Conditions>>) -> Self {
        Rule {
            kind: entry.kind,
            category: entry.category,
            blocker,
            in_force: Interval {
                from: entry.valid_from.map_or(i64::MIN, |first| first.from),
                to: entry.valid_to.map_or(i64::MAX, |last| last.to),
            },
            asks_sentence: conditions.as_ref().is_some_and(|all| all.ask_sentence()),
            conditions,
        }
    }
}

/// The terms being compiled.
struct Terms<'a> {
    steps: Steps<'a>,
    tree: TrieBuilder,
}

impl<'a> Terms<'a> {
    /// None yet, with room for what so many entries usually are.
    fn with_room(n_entries: usize, analyzer: &'a Analyzer) -> Self {
        Self {
            steps: Steps::with_room(analyzer, 3 * n_entries / 2),
            tree: TrieBuilder::with_room(4 * n_entries),
        }
    }

    /// Adds the phrases that the term of an entry stands for.
    fn add(&mut self, entry: &'a Entry, number: u32) {
        let how = Comparison::of_mode(entry.mode);
        let places = cut_places(&entry.term).expect("`load` has parsed every term");
        if let Some(pieces) = places.only_phrase() {
            self.tree.add(self.steps.of_phrase(pieces, how), number);
        } else {
            let choice = |place: &[Piece<'a>]| -> Vec<Range<usize>> {
                place.iter().map(|&piece| self.steps.of_piece(piece, how)).collect()
            };
            let choices: Vec<Vec<Range<usize>>> = places.iter().map(choice).collect();
            self.tree.add_choices(self.steps.all(), &choices, number);
        }
    }

    fn finish(self) -> Tree {
        Tree::new(self.tree, self.steps.into_symbols())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::{LexiconFiles, load};
    use crate::text::TextRules;

    #[test]
    fn two_threads_compile_what_one_does() {
        let rows = "category,term,unless,requires\n\
                    war,siege,siege tower|_ Perilous,city|doc:castle ~ chess\n\
                    war,long|short war,trade war|doc:board game,\n\
                    peace,truce,,doc:castle\n";
        let files =
            LexiconFiles::of_texts(&[("frames.csv", rows), ("voice.csv", "category,term\n")]);
        let (lexicon, rules) = (load(&files).unwrap(), Arc::new(TextRules::built_in()));
        let compiled = |threads| {
            let words = Analyzer::new(Arc::clone(&rules));
            format!("{:?}", Matcher::of_kinds(&lexicon, &words, |_| true, threads))
        };
        assert!(compiled(1).contains("n_in_article: 2"));
        assert_eq!(compiled(1), compiled(2));
    }
}
