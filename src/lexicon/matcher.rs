//! Compiles the lexicons: every distinct word becomes a symbol, every term a path through one tree,
//! every phrase of a condition a path through another.
//!
//! Conditions ask for the commonest words, three of five in a text, and few sentences hold a match
//! that asks: so their phrases are only looked for there, save those that may stand anywhere in the
//! article, which come with the terms.

use std::hash::BuildHasher;
use std::ops::Range;
use std::sync::Arc;

use foldhash::fast::FixedState;
use hashbrown::{HashMap, HashTable};

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
    /// `None` for most entries; others share theirs.
    pub(crate) conditions: Option<Arc<Conditions>>,
    /// Whether a condition asks for phrases of the sentence.
    pub(crate) asks_sentence: bool,
}

/// What an entry needs around its words.
#[derive(Debug)]
pub(crate) struct Conditions {
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
    pub fn new(lexicon: &Lexicon, analyzer: &Analyzer) -> Self {
        Self::of_kinds(lexicon, analyzer, |_| true)
    }

    /// Compiles the rows of some lexicons as [`Matcher::new`] does; those of the others match nothing.
    pub fn of_kinds(lexicon: &Lexicon, analyzer: &Analyzer, wanted: impl Fn(Kind) -> bool) -> Self {
        let mut compiler = Compiler::new(analyzer, lexicon.entries.len());
        let mut rules = Vec::with_capacity(lexicon.entries.len());
        for (number, entry) in (0..).zip(&lexicon.entries) {
            let blocker = lexicon.category(entry.category).blocker;
            let looked_for = wanted(entry.kind) && entry.language == compiler.analyzer.language();
            let conditions = looked_for.then(|| {
                compiler.add_term(entry, number);
                compiler.conditions(entry)
            });
            rules.push(Rule::new(entry, blocker, conditions.flatten()));
        }
        let Compiler { symbols, terms, phrases, in_article, .. } = compiler;
        let terms = terms.finish(symbols.len());
        let phrases = phrases.tree.finish(symbols.len());
        Self { symbols, terms, phrases, rules, n_in_article: in_article.len() }
    }
}

impl Rule {
    fn new(entry: &Entry, blocker: bool, conditions: Option<Arc<Conditions>>) -> Self {
        Rule {
            kind: entry.kind,
            category: entry.category,
            blocker,
            valid_from: entry.valid_from,
            valid_to: entry.valid_to,
            asks_sentence: conditions.as_ref().is_some_and(|all| all.ask_sentence()),
            conditions,
        }
    }
}

impl Conditions {
    /// Whether any of them asks for phrases of the sentence.
    fn ask_sentence(&self) -> bool {
        let mut tests = self.all.iter().flatten().chain(&self.none);
        let of_article = |cancel: &CompiledCancel| {
            matches!(cancel, CompiledCancel::There(CompiledTest { in_article: true, .. }))
        };
        tests.any(|test| !test.in_article) || !self.cancels.iter().all(of_article)
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

const HASH: FixedState = FixedState::with_seed(0);

/// Phrases by the node they end at.
type Numbers = HashMap<NodeId, PhraseId, FixedState>;

/// The phrases that are looked for in one sentence.
#[derive(Default)]
struct Phrases {
    tree: TrieBuilder,
    numbers: Numbers,
}

/// What has been made of a piece, as a range of [`Compiler::steps`].
struct Made<'a> {
    piece: (Piece<'a>, Comparison),
    start: u32,
    end: u32,
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
    /// What has been made of pieces: terms share most of their words.
    made: Vec<Made<'a>>,
    /// The same by their pieces, as positions in `made`.
    by_piece: HashTable<u32>,
    steps: Vec<Step>,
    /// Conditions by their cells: every other cell was typed before.
    conditions: HashMap<(&'a str, &'a str, Comparison), Arc<Conditions>, FixedState>,
    /// The steps of a phrase that is being added.
    phrase: Vec<Step>,
}

impl<'a> Compiler<'a> {
    /// Nothing yet, with room for what so many entries usually are.
    fn new(analyzer: &'a Analyzer, n_entries: usize) -> Self {
        Self {
            analyzer,
            symbols: Symbols::with_room(n_entries / 2),
            terms: TrieBuilder::with_room(4 * n_entries),
            first_phrase: u32::try_from(n_entries).expect("fewer than 2^32 entries"),
            in_article: Numbers::default(),
            phrases: Phrases { tree: TrieBuilder::with_room(n_entries), ..Phrases::default() },
            made: Vec::with_capacity(2 * n_entries),
            by_piece: HashTable::with_capacity(3 * n_entries / 2),
            steps: Vec::with_capacity(2 * n_entries),
            conditions: HashMap::default(),
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
            let choice = |place: &[Piece<'a>]| -> Vec<Range<usize>> {
                place.iter().map(|&piece| self.of_piece(piece, how)).collect()
            };
            let choices: Vec<Vec<Range<usize>>> = places.iter().map(choice).collect();
            self.terms.add_choices(&self.steps, &choices, number);
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
            let made = self.of_piece(piece, how);
            phrase.extend_from_slice(&self.steps[made]);
        }
        self.phrase = phrase;
    }

    /// What is made of a piece, as a range of `steps`.
    fn of_piece(&mut self, piece: Piece<'a>, how: Comparison) -> Range<usize> {
        let piece = (piece, how);
        let (made, hash) = (&self.made, HASH.hash_one(piece));
        let known = self.by_piece.find(hash, |&at| made[at as usize].piece == piece).copied();
        let at = known.unwrap_or_else(|| self.make(piece, hash));
        let Made { start, end, .. } = self.made[at as usize];
        start as usize..end as usize
    }

    /// Makes the steps of a piece that is new; its position in `made`.
    fn make(&mut self, piece: (Piece<'a>, Comparison), hash: u64) -> u32 {
        let place = |n: usize| u32::try_from(n).expect("fewer than 2^32 steps");
        let (at, start) = (place(self.made.len()), place(self.steps.len()));
        for part in parts(self.analyzer, &[piece.0], piece.1) {
            self.steps.push(match part {
                Part::Word(word) => Step::Word(self.symbols.intern(word)),
                Part::Free(word) => Step::Free(self.symbols.intern(word)),
                Part::Gap(width) => Step::Gap(width),
            });
        }
        self.made.push(Made { piece, start, end: place(self.steps.len()) });
        let made = &self.made;
        let rehash = |&at: &u32| HASH.hash_one(made[at as usize].piece);
        self.by_piece.insert_unique(hash, at, rehash);
        at
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
