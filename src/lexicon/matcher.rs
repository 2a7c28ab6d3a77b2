//! Compiles the lexicons: every distinct word becomes a symbol, every term a path through one tree,
//! every phrase of a condition a path through another.
//!
//! Conditions ask for the commonest words, three of five in a text, and few sentences hold a match
//! that asks: so their phrases are only looked for there, save those that may stand anywhere in the
//! article, which come with the terms.

use std::ops::Range;

use foldhash::fast::FixedState;
use hashbrown::HashMap;

use crate::base::Interval;
use crate::lexicon::condition::{Cancel, Phrase, Requires, Test, parse_requires, parse_unless};
use crate::lexicon::entry::{CategoryId, Entry, Kind, Lexicon, MatchMode};
use crate::lexicon::pattern::{Piece, parse_places};
use crate::lexicon::symbols::{Capitals, Extent, PatternWord, Symbols, in_lower_case};
use crate::lexicon::trie::{NodeId, Step, Trie, TrieBuilder};
use crate::text::Analyzer;

/// The compiled lexicons. Shared by all finders of a run.
#[derive(Debug, Default)]
pub struct Matcher {
    pub(crate) symbols: Symbols,
    /// Entries by their ids, then the phrases that are looked for in the whole article.
    pub(crate) terms: Trie,
    /// The phrases that are looked for in one sentence.
    pub(crate) phrases: Trie,
    /// What each entry needs besides its words.
    pub(crate) rules: Vec<Rule>,
    /// Phrases that are looked for in the whole article.
    pub(crate) n_in_article: usize,
}

/// Number of a phrase that conditions ask for, among those of one tree; equal phrases share it.
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
    /// Whether any of them asks for phrases of the sentence.
    pub(crate) asks_sentence: bool,
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
    pub fn new(lexicon: &Lexicon, analyzer: &Analyzer) -> Self {
        Self::of_kinds(lexicon, analyzer, |_| true)
    }

    /// Compiles the rows of some lexicons as [`Matcher::new`] does; those of the others match nothing.
    pub fn of_kinds(lexicon: &Lexicon, analyzer: &Analyzer, wanted: impl Fn(Kind) -> bool) -> Self {
        let first = PhraseId::try_from(lexicon.entries.len()).expect("fewer than 2^32 entries");
        let mut compiler = Compiler::new(analyzer, first);
        let mut rules = Vec::with_capacity(lexicon.entries.len());
        for (number, entry) in (0..).zip(&lexicon.entries) {
            let blocker = lexicon.category(entry.category).blocker;
            let looked_for = wanted(entry.kind) && entry.language == compiler.analyzer.language();
            rules.push(if looked_for {
                compiler.add_term(entry, number);
                compiler.rule(entry, blocker)
            } else {
                Rule::without_words(entry, blocker)
            });
        }
        let Compiler { symbols, terms, phrases, in_article, .. } = compiler;
        let terms = terms.finish(symbols.len());
        let phrases = phrases.tree.finish(symbols.len());
        Self { symbols, terms, phrases, rules, n_in_article: in_article.len() }
    }
}

impl Rule {
    /// The rule of an entry that is not looked for.
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
            asks_sentence: false,
        }
    }

    /// Notes whether it asks for phrases of the sentence.
    fn noted(self) -> Self {
        let tests = self.all.iter().flatten().chain(&self.none);
        let of_article = |cancel: &CompiledCancel| {
            matches!(cancel, CompiledCancel::There(CompiledTest { in_article: true, .. }))
        };
        let asks_sentence =
            tests.into_iter().any(|test| !test.in_article) || !self.cancels.iter().all(of_article);
        Rule { asks_sentence, ..self }
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

/// Phrases by the node they end at.
type Numbers = HashMap<NodeId, PhraseId, FixedState>;

/// The phrases that are looked for in one sentence.
#[derive(Default)]
struct Phrases {
    tree: TrieBuilder,
    numbers: Numbers,
}

struct Compiler<'a> {
    analyzer: &'a Analyzer,
    symbols: Symbols,
    terms: TrieBuilder,
    /// The number among the terms of the first phrase.
    first_phrase: u32,
    /// Phrases among the terms by the node they end at.
    in_article: Numbers,
    phrases: Phrases,
    /// What has been made of a piece, as a range of `steps`: terms share most of their words.
    known: HashMap<(Piece<'a>, Comparison), Range<usize>, FixedState>,
    steps: Vec<Step>,
    /// The steps of a phrase that is being added.
    phrase: Vec<Step>,
}

impl<'a> Compiler<'a> {
    fn new(analyzer: &'a Analyzer, first_phrase: u32) -> Self {
        Self {
            analyzer,
            symbols: Symbols::default(),
            terms: TrieBuilder::default(),
            first_phrase,
            in_article: Numbers::default(),
            phrases: Phrases::default(),
            known: HashMap::default(),
            steps: Vec::new(),
            phrase: Vec::new(),
        }
    }

    /// Adds the phrases that the term of an entry stands for.
    fn add_term(&mut self, entry: &'a Entry, number: u32) {
        let how = Comparison::of_mode(entry.mode);
        let places = parse_places(&entry.term).expect("`load` has parsed every term");
        if let Some(pieces) = places.only_phrase() {
            self.lay_out(pieces, how);
            self.terms.add(&self.phrase, number);
        } else {
            let choice = |place: &[Piece<'a>]| -> Vec<Vec<Step>> {
                place.iter().map(|&piece| self.of_piece(piece, how).to_vec()).collect()
            };
            let choices: Vec<Vec<Vec<Step>>> = places.iter().map(choice).collect();
            self.terms.add_choices(&choices, number);
        }
    }

    fn rule(&mut self, entry: &'a Entry, blocker: bool) -> Rule {
        let how = Comparison::of_condition(entry.mode);
        let cancels = parse_unless(&entry.unless).expect("`load` has parsed every `unless`");
        let Requires { all, none } =
            parse_requires(&entry.requires).expect("`load` has parsed every `requires`");
        let rule = Rule {
            cancels: cancels.iter().map(|cancel| self.cancel(cancel, how)).collect(),
            all: all.iter().map(|any| self.tests(any, how)).collect(),
            none: self.tests(&none, how),
            ..Rule::without_words(entry, blocker)
        };
        rule.noted()
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

    /// The number of a phrase among those that are looked for in the same place, and how many words
    /// it has.
    fn phrase(
        &mut self,
        pieces: &[Piece<'a>],
        in_article: bool,
        how: Comparison,
    ) -> (PhraseId, usize) {
        self.lay_out(pieces, how);
        let (tree, numbers, first) = if in_article {
            (&mut self.terms, &mut self.in_article, self.first_phrase)
        } else {
            (&mut self.phrases.tree, &mut self.phrases.numbers, 0)
        };
        let new = PhraseId::try_from(numbers.len()).expect("fewer than 2^32 phrases");
        let node = tree.path(&self.phrase);
        let number = *numbers.entry(node).or_insert(new);
        if number == new {
            tree.end(node, first + number);
        }
        (number, self.phrase.iter().filter(|step| matches!(step, Step::Word(_))).count())
    }

    /// Puts the steps of a phrase into `phrase`.
    fn lay_out(&mut self, pieces: &[Piece<'a>], how: Comparison) {
        let mut phrase = std::mem::take(&mut self.phrase);
        phrase.clear();
        for &piece in pieces {
            phrase.extend_from_slice(self.of_piece(piece, how));
        }
        self.phrase = phrase;
    }

    fn of_piece(&mut self, piece: Piece<'a>, how: Comparison) -> &[Step] {
        let range = match self.known.get(&(piece, how)) {
            Some(range) => range.clone(),
            None => {
                let range = self.make(piece, how);
                self.known.insert((piece, how), range.clone());
                range
            }
        };
        &self.steps[range]
    }

    fn make(&mut self, piece: Piece<'_>, how: Comparison) -> Range<usize> {
        let start = self.steps.len();
        for part in parts(self.analyzer, &[piece], how) {
            self.steps.push(match part {
                Part::Word(word) => Step::Word(self.symbols.intern(word)),
                Part::Free(word) => Step::Free(self.symbols.intern(word)),
                Part::Gap(width) => Step::Gap(width),
            });
        }
        start..self.steps.len()
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
pub(crate) fn parts(analyzer: &Analyzer, pieces: &[Piece<'_>], how: Comparison) -> Vec<Part> {
    let mut parts = Vec::new();
    for piece in pieces {
        match piece {
            Piece::Gap(width) => parts.push(Part::Gap(*width)),
            Piece::Word("n't" | "n\u{2019}t") => parts.push(Part::Word(PatternWord::EndsInNt)),
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
    analyzer: &Analyzer,
    typed: &str,
    beginning: bool,
    how: Comparison,
    parts: &mut Vec<Part>,
) {
    let mut words = analyzer.surfaces(typed).peekable();
    while let Some(surface) = words.next() {
        let has_capital = surface.chars().any(char::is_uppercase);
        let (extent, capitals) = how.capitalized.filter(|_| has_capital).unwrap_or(how.word);
        let last = words.peek().is_none();
        let extent = if beginning && last { Extent::Beginning } else { extent };
        let text = if extent == Extent::Stem { analyzer.stem(&surface) } else { surface };
        let text = if capitals == Capitals::AsTyped { text } else { in_lower_case(text) };
        parts.push(Part::Word(PatternWord::Text { text, extent, capitals }));
    }
}
