//! Compiles what entries need around their words: conditions, and the phrases that they ask for.
//!
//! Conditions ask for the commonest words, three of five in a text, and few sentences hold a match
//! that asks: so their phrases have a tree of their own and are only looked for there. Those that may
//! stand anywhere in the article have another.

use std::sync::Arc;

use foldhash::fast::FixedState;
use hashbrown::HashMap;

use crate::lexicon::condition::{Cancel, Phrase, Requires, Test, parse_requires, parse_unless};
use crate::lexicon::entry::Entry;
use crate::lexicon::pattern::Piece;
use crate::lexicon::steps::{Comparison, Steps};
use crate::lexicon::tree::Tree;
use crate::lexicon::trie::{NodeId, Step, TrieBuilder};
use crate::text::Analyzer;

/// Number of a phrase that conditions ask for, among those that are looked for in the same place;
/// equal phrases share it.
pub(crate) type PhraseId = u32;

/// What an entry needs around its words.
#[derive(Debug)]
pub(crate) struct Conditions {
    pub(crate) cancels: Vec<CompiledCancel>,
    pub(crate) all: Vec<Vec<CompiledTest>>,
    pub(crate) none: Vec<CompiledTest>,
}

impl Conditions {
    /// Whether any of them asks for phrases of the sentence.
    pub(crate) fn ask_sentence(&self) -> bool {
        let mut tests = self.all.iter().flatten().chain(&self.none);
        let of_article = |cancel: &CompiledCancel| {
            matches!(cancel, CompiledCancel::There(CompiledTest { in_article: true, .. }))
        };
        tests.any(|test| !test.in_article) || !self.cancels.iter().all(of_article)
    }
}

/// A phrase that must or must not be there, and where to look for it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct CompiledTest {
    pub(crate) phrase: PhraseId,
    pub(crate) in_article: bool,
}

/// What cancels a match.
#[derive(Debug)]
pub(crate) enum CompiledCancel {
    /// The phrase stands in the sentence or the article.
    There(CompiledTest),
    /// The phrase shares a word with the match.
    Overlapping(PhraseId),
    /// The phrases stand beside the match, with at most so many words between.
    Around { before: Option<(PhraseId, u8)>, after: Option<(PhraseId, u8)> },
}

/// What some entries need around their words.
pub(crate) struct Around {
    /// Of each entry; `None` for most, and others share theirs.
    pub(crate) conditions: Vec<Option<Arc<Conditions>>>,
    /// The phrases that are looked for in one sentence.
    pub(crate) in_sentence: Tree,
    /// The phrases that are looked for in the whole article, and how many there are.
    pub(crate) in_article: Tree,
    pub(crate) n_in_article: usize,
}

impl Around {
    /// Compiles the conditions of entries, in the analyzer's language.
    ///
    /// # Panics
    /// If a condition cannot be parsed: `load` refuses such rows.
    pub(crate) fn compile<'a>(
        entries: impl ExactSizeIterator<Item = Option<&'a Entry>>,
        analyzer: &'a Analyzer,
    ) -> Self {
        let mut compiler = Compiler::with_room(entries.len(), analyzer);
        let conditions =
            entries.map(|entry| entry.and_then(|entry| compiler.conditions(entry))).collect();
        let Compiler { in_sentence, in_article, .. } = compiler;
        let n_in_article = in_article.numbers.len();
        let (in_sentence, in_article) = (in_sentence.finish(), in_article.finish());
        Around { conditions, in_sentence, in_article, n_in_article }
    }
}

/// The phrases that are looked for in one place.
struct Phrases<'a> {
    steps: Steps<'a>,
    tree: TrieBuilder,
    /// Their numbers: each ends at a node of its own.
    numbers: HashMap<NodeId, PhraseId, FixedState>,
}

impl<'a> Phrases<'a> {
    /// None yet, with room for about so many.
    fn with_room(n_phrases: usize, analyzer: &'a Analyzer) -> Self {
        let (steps, tree) =
            (Steps::with_room(analyzer, n_phrases), TrieBuilder::with_room(n_phrases));
        Phrases { steps, tree, numbers: HashMap::default() }
    }

    /// The number of a phrase, a new one if it is new, and how many words it has.
    fn number(&mut self, pieces: &[Piece<'a>], how: Comparison) -> (PhraseId, usize) {
        let phrase = self.steps.of_phrase(pieces, how);
        let new = PhraseId::try_from(self.numbers.len()).expect("fewer than 2^32 phrases");
        let node = self.tree.path(phrase);
        let number = *self.numbers.entry(node).or_insert(new);
        if number == new {
            self.tree.end(node, number);
        }
        (number, phrase.iter().filter(|step| matches!(step, Step::Word(_))).count())
    }

    fn finish(self) -> Tree {
        Tree::new(self.tree, self.steps.into_symbols())
    }
}

struct Compiler<'a> {
    in_sentence: Phrases<'a>,
    in_article: Phrases<'a>,
    /// Conditions by their cells: every other cell was typed before.
    conditions: HashMap<(&'a str, &'a str, Comparison), Arc<Conditions>, FixedState>,
}

impl<'a> Compiler<'a> {
    /// Nothing yet, with room for what the conditions of so many entries usually are.
    fn with_room(n_entries: usize, analyzer: &'a Analyzer) -> Self {
        Self {
            in_sentence: Phrases::with_room(n_entries / 2, analyzer),
            in_article: Phrases::with_room(n_entries / 32, analyzer),
            conditions: HashMap::default(),
        }
    }

    fn conditions(&mut self, entry: &'a Entry) -> Option<Arc<Conditions>> {
        if entry.unless.is_empty() && entry.requires.is_empty() {
            return None;
        }
        let how = Comparison::of_condition(entry.mode);
        let cells = (entry.unless.as_str(), entry.requires.as_str(), how);
        if let Some(known) = self.conditions.get(&cells) {
            return Some(Arc::clone(known));
        }
        let cancels = parse_unless(&entry.unless).expect("`load` has parsed every `unless`");
        let Requires { all, none } =
            parse_requires(&entry.requires).expect("`load` has parsed every `requires`");
        let conditions = Arc::new(Conditions {
            cancels: cancels.iter().map(|cancel| self.cancel(cancel, how)).collect(),
            all: all.iter().map(|any| self.tests(any, how)).collect(),
            none: self.tests(&none, how),
        });
        self.conditions.insert(cells, Arc::clone(&conditions));
        Some(conditions)
    }

    fn tests(&mut self, tests: &[Test<'a>], how: Comparison) -> Vec<CompiledTest> {
        let compile = |test: &Test<'a>| CompiledTest {
            phrase: self.phrase(&test.phrase, test.in_article, how).0,
            in_article: test.in_article,
        };
        tests.iter().map(compile).collect()
    }

    fn cancel(&mut self, cancel: &Cancel<'a>, how: Comparison) -> CompiledCancel {
        let mut side = |side: &Option<Phrase<'a>>| {
            side.as_ref().map(|(pieces, gap)| (self.phrase(pieces, false, how).0, *gap))
        };
        match cancel {
            Cancel::Around { before, after } => {
                CompiledCancel::Around { before: side(before), after: side(after) }
            }
            Cancel::By(test) => {
                let in_article = test.in_article;
                let (phrase, n_words) = self.phrase(&test.phrase, in_article, how);
                if in_article || n_words == 1 {
                    CompiledCancel::There(CompiledTest { phrase, in_article })
                } else {
                    CompiledCancel::Overlapping(phrase)
                }
            }
        }
    }

    /// The number of a phrase, and how many words it has.
    fn phrase(
        &mut self,
        pieces: &[Piece<'a>],
        in_article: bool,
        how: Comparison,
    ) -> (PhraseId, usize) {
        let place = if in_article { &mut self.in_article } else { &mut self.in_sentence };
        place.number(pieces, how)
    }
}
