//! The distinct words that patterns ask for, and which of them a word of an article is.

use foldhash::fast::FixedState;
use hashbrown::HashMap;

use crate::text::Type;

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
    /// Words and beginnings by what they are in lower case.
    wholes: HashMap<String, Vec<Typed>, FixedState>,
    beginnings: HashMap<String, Vec<Typed>, FixedState>,
    /// Lengths in bytes of the beginnings, sorted, each once.
    lengths: Vec<usize>,
    nt: Option<Symbol>,
}

/// A word or a beginning as a pattern asks for it.
#[derive(Debug)]
struct Typed {
    symbol: Symbol,
    text: String,
    capitals: Capitals,
}

impl Symbols {
    /// None yet, with room for about so many stems, and so many whole words.
    pub(crate) fn with_room(n: usize) -> Self {
        let (stems, wholes) = (
            HashMap::with_capacity_and_hasher(n, FixedState::default()),
            HashMap::with_capacity_and_hasher(n, FixedState::default()),
        );
        Self { stems, wholes, ..Self::default() }
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
                let lower = in_lower_case(text.clone());
                let alike = self.wholes.entry(lower).or_default();
                intern_typed(alike, text, capitals, new)
            }
            PatternWord::Text { text, extent: Extent::Beginning, capitals } => {
                let lower = in_lower_case(text.clone());
                if let Err(at) = self.lengths.binary_search(&lower.len()) {
                    self.lengths.insert(at, lower.len());
                }
                let alike = self.beginnings.entry(lower).or_default();
                intern_typed(alike, text, capitals, new)
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
        let mut add = |alike: Option<&Vec<Typed>>| {
            let fitting = alike.into_iter().flatten().filter(|typed| typed.fits(word));
            found.extend(fitting.map(|typed| typed.symbol));
        };
        add(self.wholes.get(&word.lower));
        for &length in self.lengths.iter().take_while(|&&n| n <= word.lower.len()) {
            add(word.lower.get(..length).and_then(|start| self.beginnings.get(start)));
        }
        found.extend(self.nt.filter(|_| word.ends_in_nt));
    }
}

/// The number of a word among those that are alike in lower case; `new` if it is new.
fn intern_typed(alike: &mut Vec<Typed>, text: String, capitals: Capitals, new: Symbol) -> Symbol {
    let same = |typed: &&Typed| typed.capitals == capitals && typed.text == text;
    if let Some(known) = alike.iter().find(same) {
        return known.symbol;
    }
    // Nearly always the only one.
    alike.reserve_exact(1);
    alike.push(Typed { symbol: new, text, capitals });
    new
}

/// A text in lower case; most terms are typed so.
pub(crate) fn in_lower_case(text: String) -> String {
    let plain = |byte: u8| byte.is_ascii() && !byte.is_ascii_uppercase();
    if text.bytes().all(plain) { text } else { text.to_lowercase() }
}

impl Typed {
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
