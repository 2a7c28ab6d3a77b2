//! Compiles the lexicons: every distinct word becomes a symbol, every term and every phrase of a
//! condition a path through one tree.

use std::collections::BTreeMap;

use foldhash::fast::FixedState;
use hashbrown::HashMap;

use crate::base::Interval;
use crate::lexicon::condition::{Cancel, Requires, Test, parse_requires, parse_unless};
use crate::lexicon::entry::{CategoryId, Entry, Kind, Lexicon, MatchMode};
use crate::lexicon::pattern::{Piece, parse_slots};
use crate::lexicon::symbols::{Capitals, Extent, PatternWord, Symbols};
use crate::lexicon::trie::{Step, Trie, TrieBuilder};
use crate::text::Analyzer;

/// The compiled lexicons. Shared by all finders of a run.
#[derive(Debug, Default)]
pub struct Matcher {
    pub(crate) symbols: Symbols,
    pub(crate) trie: Trie,
    /// What the numbers in the tree stand for: entries first, by their ids, then phrases.
    pub(crate) rules: Vec<Rule>,
    pub(crate) n_phrases: usize,
}

/// Number of a phrase that conditions ask for; equal phrases share it.
pub(crate) type PhraseId = u32;

/// What an entry needs besides its words.
#[derive(Debug)]
pub(crate) struct Rule {
    pub(crate) kind: Kind,
    pub(crate) category: CategoryId,
    pub(crate) blocker: bool,
    pub(crate) valid_from: Option<Interval>,
    pub(crate) valid_to: Option<Interval>,
    pub(crate) cancels: Vec<CompiledCancel>,
    pub(crate) all: Vec<Vec<CompiledTest>>,
    pub(crate) none: Vec<CompiledTest>,
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

impl Matcher {
    /// Compiles the rows in the analyzer's language; it folds and stems their words as it does an
    /// article's. The others keep their numbers and match nothing.
    ///
    /// # Panics
    /// If an entry's cells cannot be parsed: `load` refuses such rows.
    pub fn new(lexicon: &Lexicon, analyzer: &mut Analyzer) -> Self {
        let mut compiler = Compiler::new(analyzer);
        let mut trie = TrieBuilder::default();
        let mut rules = Vec::with_capacity(lexicon.entries.len());
        for (number, entry) in (0..).zip(&lexicon.entries) {
            let category = lexicon.category(entry.category);
            if entry.language != compiler.analyzer.language() {
                rules.push(Rule::without_words(entry, category.blocker));
                continue;
            }
            let how = Comparison::of_mode(entry.mode);
            let slots = parse_slots(&entry.term).expect("`load` has parsed every term");
            let steps =
                slots.iter().map(|slot| compiler.alternatives(slot, how)).collect::<Vec<_>>();
            trie.add_choices(&steps, number);
            rules.push(compiler.rule(entry, category.blocker));
        }
        let first = u32::try_from(rules.len()).expect("fewer than 2^32 entries");
        for (steps, phrase) in &compiler.phrases {
            trie.add(steps, first + phrase);
        }
        let n_phrases = compiler.phrases.len();
        let symbols = compiler.symbols;
        let trie = trie.finish(symbols.len());
        Self { symbols, trie, rules, n_phrases }
    }
}

impl Rule {
    /// The rule of an entry that is in another language.
    fn without_words(entry: &Entry, blocker: bool) -> Self {
        Rule {
            kind: entry.kind,
            category: entry.category,
            blocker,
            valid_from: entry.valid_from,
            valid_to: entry.valid_to,
            cancels: Vec::new(),
            all: Vec::new(),
            none: Vec::new(),
        }
    }
}

/// How the words of a term or a phrase are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Comparison {
    word: (Extent, Capitals),
    /// Words typed with a capital, where they are compared otherwise.
    capitalized: Option<(Extent, Capitals)>,
}

impl Comparison {
    /// As the words of a term are.
    pub(crate) fn of_mode(mode: MatchMode) -> Self {
        let word = match mode {
            MatchMode::Stem => (Extent::Stem, Capitals::Any),
            MatchMode::Word => (Extent::Whole, Capitals::Any),
            MatchMode::Case => (Extent::Whole, Capitals::AsTyped),
            MatchMode::Lower => (Extent::Whole, Capitals::None),
            MatchMode::Prefix => (Extent::Beginning, Capitals::Any),
        };
        Self { word, capitalized: None }
    }

    /// As the words of a condition of a term are.
    pub(crate) fn of_condition(mode: MatchMode) -> Self {
        let mode = match mode {
            MatchMode::Stem | MatchMode::Case | MatchMode::Prefix => MatchMode::Stem,
            MatchMode::Word | MatchMode::Lower => MatchMode::Word,
        };
        Self { capitalized: Some((Extent::Whole, Capitals::AsTyped)), ..Self::of_mode(mode) }
    }
}

struct Compiler<'a> {
    analyzer: &'a mut Analyzer,
    symbols: Symbols,
    phrases: BTreeMap<Vec<Step>, PhraseId>,
    /// What has been made of a piece: terms share most of their words.
    known: HashMap<(Piece, Comparison), Vec<Step>, FixedState>,
}

impl<'a> Compiler<'a> {
    fn new(analyzer: &'a mut Analyzer) -> Self {
        let (symbols, phrases) = (Symbols::default(), BTreeMap::new());
        Self { analyzer, symbols, phrases, known: HashMap::default() }
    }

    fn rule(&mut self, entry: &Entry, blocker: bool) -> Rule {
        let how = Comparison::of_condition(entry.mode);
        let cancels = parse_unless(&entry.unless).expect("`load` has parsed every `unless`");
        let Requires { all, none } =
            parse_requires(&entry.requires).expect("`load` has parsed every `requires`");
        Rule {
            kind: entry.kind,
            category: entry.category,
            blocker,
            valid_from: entry.valid_from,
            valid_to: entry.valid_to,
            cancels: cancels.iter().map(|cancel| self.cancel(cancel, how)).collect(),
            all: all.iter().map(|any| self.tests(any, how)).collect(),
            none: self.tests(&none, how),
        }
    }

    fn tests(&mut self, tests: &[Test], how: Comparison) -> Vec<CompiledTest> {
        let compile = |test: &Test| CompiledTest {
            phrase: self.phrase(&test.phrase, how).0,
            in_article: test.in_article,
        };
        tests.iter().map(compile).collect()
    }

    fn cancel(&mut self, cancel: &Cancel, how: Comparison) -> CompiledCancel {
        let mut side = |side: &Option<(Vec<Piece>, u8)>| {
            side.as_ref().map(|(pieces, gap)| (self.phrase(pieces, how).0, *gap))
        };
        match cancel {
            Cancel::Around { before, after } => {
                CompiledCancel::Around { before: side(before), after: side(after) }
            }
            Cancel::By(test) => {
                let (phrase, n_words) = self.phrase(&test.phrase, how);
                if test.in_article || n_words == 1 {
                    let in_article = test.in_article;
                    CompiledCancel::There(CompiledTest { phrase, in_article })
                } else {
                    CompiledCancel::Overlapping(phrase)
                }
            }
        }
    }

    /// The number of a phrase, and how many words it has.
    fn phrase(&mut self, pieces: &[Piece], how: Comparison) -> (PhraseId, usize) {
        let steps = self.steps(pieces, how);
        let n_words = steps.iter().filter(|step| matches!(step, Step::Word(_))).count();
        let new = PhraseId::try_from(self.phrases.len()).expect("fewer than 2^32 phrases");
        (*self.phrases.entry(steps).or_insert(new), n_words)
    }

    fn steps(&mut self, pieces: &[Piece], how: Comparison) -> Vec<Step> {
        pieces.iter().flat_map(|piece| self.of_piece(piece, how)).collect()
    }

    /// The steps of each piece that may stand in a place.
    fn alternatives(&mut self, slot: &[Piece], how: Comparison) -> Vec<Vec<Step>> {
        slot.iter().map(|piece| self.of_piece(piece, how)).collect()
    }

    fn of_piece(&mut self, piece: &Piece, how: Comparison) -> Vec<Step> {
        let key = (piece.clone(), how);
        if let Some(steps) = self.known.get(&key) {
            return steps.clone();
        }
        let intern = |part| match part {
            Part::Word(word) => Step::Word(self.symbols.intern(word)),
            Part::Free(word) => Step::Free(self.symbols.intern(word)),
            Part::Gap(width) => Step::Gap(width),
        };
        let parts = parts(self.analyzer, std::slice::from_ref(piece), how);
        let steps: Vec<Step> = parts.into_iter().map(intern).collect();
        self.known.insert(key, steps.clone());
        steps
    }
}

/// A word that a pattern asks for, or a gap, in the order in which they are typed.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Part {
    /// A word.
    Word(PatternWord),
    /// A word that must stand there but stays free.
    Free(PatternWord),
    /// Up to so many words that do not matter.
    Gap(u8),
}

/// What the analyzer makes of a term or a phrase of a condition.
pub(crate) fn parts(analyzer: &mut Analyzer, pieces: &[Piece], how: Comparison) -> Vec<Part> {
    let mut parts = Vec::new();
    for piece in pieces {
        match piece {
            Piece::Gap(width) => parts.push(Part::Gap(*width)),
            Piece::Word(typed) if typed == "n't" || typed == "n\u{2019}t" => {
                parts.push(Part::Word(PatternWord::EndsInNt))
            }
            Piece::Word(typed) => add_words(analyzer, typed, false, how, &mut parts),
            Piece::Beginning(typed) => add_words(analyzer, typed, true, how, &mut parts),
            Piece::Free(typed) => {
                let first = parts.len();
                add_words(analyzer, typed, false, how, &mut parts);
                parts[first..].iter_mut().for_each(set_free);
            }
        }
    }
    parts
}

fn set_free(part: &mut Part) {
    if let Part::Word(word) = part {
        *part = Part::Free(word.clone());
    }
}

/// The words of a piece; the star of a beginning belongs to the last of them.
fn add_words(
    analyzer: &mut Analyzer,
    typed: &str,
    beginning: bool,
    how: Comparison,
    parts: &mut Vec<Part>,
) {
    let words = analyzer.words(typed);
    for (i, &id) in words.iter().enumerate() {
        let word = analyzer.kind(id);
        let has_capital = word.surface.chars().any(char::is_uppercase);
        let (extent, capitals) = how.capitalized.filter(|_| has_capital).unwrap_or(how.word);
        let last = i + 1 == words.len();
        let extent = if beginning && last { Extent::Beginning } else { extent };
        let text = if extent == Extent::Stem { &word.stem } else { &word.surface };
        let text = if capitals == Capitals::AsTyped { text.clone() } else { text.to_lowercase() };
        parts.push(Part::Word(PatternWord::Text { text, extent, capitals }));
    }
}
