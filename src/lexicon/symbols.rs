//! The distinct words that patterns ask for, and which of them a word of an article is.

use std::hash::BuildHasher;

use foldhash::fast::FixedState;
use hashbrown::{HashMap, HashTable};

use crate::text::Type;

const HASH: FixedState = FixedState::with_seed(0);

/// A distinct pattern word. [`Symbols`] numbers them from 0.
pub(crate) type Symbol = u32;

/// How much of an article's word is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Extent {
    /// Its stem.
    Stem,
    /// All of it.
    Whole,
    /// Its beginning.
    Beginning,
}

/// What capitals mean in the comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Capitals {
    /// Nothing.
    Any,
    /// Letters typed as capitals must be capitals, the others may be ("Russia" fits "RUSSIA").
    AsTyped,
    /// The article's word must have none.
    None,
}

/// A word that a pattern asks for.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum PatternWord {
    /// A word, stem or beginning.
    Text {
        /// The stem, or the word as typed.
        text: String,
        /// How much of the article's word it is compared with.
        extent: Extent,
        /// What capitals mean.
        capitals: Capitals,
    },
    /// Any word that ends in `n't`.
    EndsInNt,
}

/// Pattern words by what they are compared with.
#[derive(Debug, Default)]
pub(crate) struct Symbols {
    n_symbols: Symbol,
    stems: HashMap<String, Symbol, FixedState>,
    wholes: Spelled,
    beginnings: Spelled,
    /// Lengths in bytes of the beginnings in lower case, sorted, each once.
    lengths: Vec<usize>,
    nt: Option<Symbol>,
}

impl Symbols {
    /// None yet, with room for about so many stems, and so many whole words.
    pub(crate) fn with_room(n: usize) -> Self {
        let stems = HashMap::with_capacity_and_hasher(n, FixedState::default());
        Self { stems, wholes: Spelled::with_room(n), ..Self::default() }
    }

    /// The number of a pattern word, a new one if it is new.
    pub(crate) fn intern(&mut self, word: PatternWord) -> Symbol {
        let new = self.n_symbols;
        let symbol = match word {
            PatternWord::EndsInNt => *self.nt.get_or_insert(new),
            PatternWord::Text { text, extent: Extent::Stem, .. } => {
                *self.stems.entry(text).or_insert(new)
            }
            PatternWord::Text { text, extent: Extent::Whole, capitals } => {
                self.wholes.intern(Typed::new(text, capitals, new))
            }
            PatternWord::Text { text, extent: Extent::Beginning, capitals } => {
                let typed = Typed::new(text, capitals, new);
                let length = typed.lower().len();
                if let Err(at) = self.lengths.binary_search(&length) {
                    self.lengths.insert(at, length);
                }
                self.beginnings.intern(typed)
            }
        };
        if symbol == new {
            self.n_symbols = new.checked_add(1).expect("fewer than 2^32 pattern words");
        }
        symbol
    }

    /// How many pattern words there are.
    pub(crate) fn len(&self) -> usize {
        self.n_symbols as usize
    }

    /// Appends the pattern words that a word of an article is.
    pub(crate) fn of_type(&self, word: &Type, found: &mut Vec<Symbol>) {
        found.extend(self.stems.get(&word.stem));
        let fitting = |alike: &&Typed| alike.fits(word);
        found.extend(self.wholes.alike(&word.lower).filter(fitting).map(|typed| typed.symbol));
        for &length in self.lengths.iter().take_while(|&&n| n <= word.lower.len()) {
            let Some(start) = word.lower.get(..length) else { continue };
            let alike = self.beginnings.alike(start);
            found.extend(alike.filter(fitting).map(|typed| typed.symbol));
        }
        found.extend(self.nt.filter(|_| word.ends_in_nt));
    }
}

/// Words or beginnings as they are spelled.
#[derive(Debug, Default)]
struct Spelled {
    typed: Vec<Typed>,
    /// The same by what they are in lower case, as positions.
    by_lower: HashTable<u32>,
}

impl Spelled {
    fn with_room(n: usize) -> Self {
        Spelled { typed: Vec::with_capacity(n), by_lower: HashTable::with_capacity(n) }
    }

    /// Those that are this in lower case.
    fn alike(&self, lower: &str) -> impl Iterator<Item = &Typed> {
        let same_hash = self.by_lower.iter_hash(HASH.hash_one(lower));
        same_hash.map(|&at| &self.typed[at as usize]).filter(move |typed| typed.lower() == lower)
    }

    /// The number of a word; its own if it is new.
    fn intern(&mut self, word: Typed) -> Symbol {
        let same = |typed: &&Typed| typed.capitals == word.capitals && typed.text == word.text;
        if let Some(known) = self.alike(word.lower()).find(same) {
            return known.symbol;
        }
        let at = u32::try_from(self.typed.len()).expect("fewer than 2^32 pattern words");
        let (hash, symbol) = (HASH.hash_one(word.lower()), word.symbol);
        self.typed.push(word);
        let rehash = |&at: &u32| HASH.hash_one(self.typed[at as usize].lower());
        self.by_lower.insert_unique(hash, at, rehash);
        symbol
    }
}

/// A word or a beginning as a pattern asks for it.
#[derive(Debug)]
struct Typed {
    symbol: Symbol,
    text: String,
    /// The same in lower case, if it is another.
    lower: Option<String>,
    capitals: Capitals,
}

/// A text in lower case; most terms are typed so.
pub(crate) fn in_lower_case(text: String) -> String {
    if is_in_lower_case(&text) { text } else { text.to_lowercase() }
}

/// Whether a text plainly has no capital.
fn is_in_lower_case(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase())
}

impl Typed {
    fn new(text: String, capitals: Capitals, symbol: Symbol) -> Self {
        let lower = (!is_in_lower_case(&text)).then(|| text.to_lowercase());
        Typed { symbol, text, lower, capitals }
    }

    fn lower(&self) -> &str {
        self.lower.as_deref().unwrap_or(&self.text)
    }

    /// Whether the capitals of an article's word are those the pattern asks for.
    fn fits(&self, word: &Type) -> bool {
        match self.capitals {
            Capitals::Any => true,
            Capitals::None => word.surface == word.lower,
            Capitals::AsTyped => {
                let mut letters = self.text.chars().zip(word.surface.chars());
                letters.all(|(typed, letter)| !typed.is_uppercase() || typed == letter)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn word(surface: &str, stem: &str) -> Type {
        Type {
            surface: surface.into(),
            lower: surface.to_lowercase(),
            stem: stem.into(),
            capitalized: surface.starts_with(char::is_uppercase),
            ends_in_nt: surface.ends_with("n't"),
            numeric: false,
        }
    }

    fn is(text: &str, extent: Extent, capitals: Capitals, surface: &str, stem: &str) -> bool {
        let mut symbols = Symbols::default();
        symbols.intern(PatternWord::Text { text: text.into(), extent, capitals });
        let mut found = Vec::new();
        symbols.of_type(&word(surface, stem), &mut found);
        !found.is_empty()
    }

    #[test]
    fn letters_typed_as_capitals_must_be_capitals() {
        let case = |typed: &str, surface: &str| {
            is(typed, Extent::Whole, Capitals::AsTyped, surface, &surface.to_lowercase())
        };
        assert!(case("US", "US") && !case("US", "us") && !case("US", "Us"));
        assert!(case("Russia", "RUSSIA") && !case("Russia", "russia"));
        assert!(case("the", "The") && case("the", "the"));
    }

    #[test]
    fn lower_means_the_hedge_and_not_the_month() {
        let lower = |surface: &str| is("may", Extent::Whole, Capitals::None, surface, "may");
        assert!(lower("may") && !lower("May") && !lower("MAY"));
    }

    #[test]
    fn a_beginning_fits_every_longer_word() {
        let start = |surface: &str| is("condemn", Extent::Beginning, Capitals::Any, surface, "x");
        assert!(start("condemn") && start("Condemnation") && !start("contemn") && !start("cond"));
    }

    #[test]
    fn a_stem_fits_by_stem_alone() {
        assert!(is("sanction", Extent::Stem, Capitals::Any, "Sanctions", "sanction"));
        assert!(!is("sanction", Extent::Stem, Capitals::Any, "sanction", "other"));
    }

    #[test]
    fn any_contraction_ends_in_nt() {
        let mut symbols = Symbols::default();
        let nt = symbols.intern(PatternWord::EndsInNt);
        let mut found = Vec::new();
        symbols.of_type(&word("don't", "don't"), &mut found);
        symbols.of_type(&word("not", "not"), &mut found);
        assert_eq!(found, [nt]);
    }
}
