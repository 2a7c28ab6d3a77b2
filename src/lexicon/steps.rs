//! What the analyzer makes of the words of terms and conditions, and the steps of a tree that are made
//! of that.

use std::hash::BuildHasher;
use std::ops::Range;

use foldhash::fast::FixedState;
use hashbrown::HashTable;

use crate::lexicon::entry::MatchMode;
use crate::lexicon::pattern::Piece;
use crate::lexicon::symbols::{Capitals, Extent, PatternWord, Symbols, in_lower_case};
use crate::lexicon::trie::Step;
use crate::text::Analyzer;

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

const HASH: FixedState = FixedState::with_seed(0);

/// Makes steps of pieces, each distinct piece once: patterns share most of their words.
pub(crate) struct Steps<'a> {
    analyzer: &'a Analyzer,
    symbols: Symbols,
    made: Vec<Made<'a>>,
    /// The same by their pieces, as positions in `made`.
    by_piece: HashTable<u32>,
    steps: Vec<Step>,
    /// The steps of the last phrase.
    phrase: Vec<Step>,
}

/// What has been made of a piece, as a range of [`Steps::steps`].
struct Made<'a> {
    piece: (Piece<'a>, Comparison),
    start: u32,
    end: u32,
}

impl<'a> Steps<'a> {
    /// None yet, with room for those of about so many pieces.
    pub(crate) fn with_room(analyzer: &'a Analyzer, n_pieces: usize) -> Self {
        Self {
            analyzer,
            symbols: Symbols::with_room(n_pieces / 3),
            made: Vec::with_capacity(n_pieces),
            by_piece: HashTable::with_capacity(n_pieces),
            steps: Vec::with_capacity(n_pieces),
            phrase: Vec::new(),
        }
    }

    /// The steps of a phrase.
    pub(crate) fn of_phrase(&mut self, pieces: &[Piece<'a>], how: Comparison) -> &[Step] {
        let mut phrase = std::mem::take(&mut self.phrase);
        phrase.clear();
        for &piece in pieces {
            let made = self.of_piece(piece, how);
            phrase.extend_from_slice(&self.steps[made]);
        }
        self.phrase = phrase;
        &self.phrase
    }

    /// The steps of a piece, as a range of all steps.
    pub(crate) fn of_piece(&mut self, piece: Piece<'a>, how: Comparison) -> Range<usize> {
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

    /// All steps that have been made.
    pub(crate) fn all(&self) -> &[Step] {
        &self.steps
    }

    /// The words of all steps.
    pub(crate) fn into_symbols(self) -> Symbols {
        self.symbols
    }
}
