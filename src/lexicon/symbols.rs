//! The distinct words that patterns ask for, and which of them a word of an article is.

use std::collections::BTreeMap;

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

/// Pattern words by number, and by what they are compared with.
#[derive(Debug, Default)]
pub(crate) struct Symbols {
    numbers: BTreeMap<PatternWord, Symbol>,
    stems: BTreeMap<String, Symbol>,
    wholes: BTreeMap<String, Vec<(Symbol, String, Capitals)>>,
    beginnings: BTreeMap<String, Vec<(Symbol, String, Capitals)>>,
    /// Lengths in bytes of the beginnings, sorted, each once.
    lengths: Vec<usize>,
    nt: Option<Symbol>,
}

impl Symbols {
    /// The number of a pattern word, a new one if it is new.
    pub(crate) fn intern(&mut self, word: PatternWord) -> Symbol {
        if let Some(&symbol) = self.numbers.get(&word) {
            return symbol;
        }
        let symbol = Symbol::try_from(self.numbers.len()).expect("fewer than 2^32 pattern words");
        match &word {
            PatternWord::EndsInNt => self.nt = Some(symbol),
            PatternWord::Text { text, extent, capitals } => {
                let typed = (symbol, text.clone(), *capitals);
                match extent {
                    Extent::Stem => drop(self.stems.insert(text.clone(), symbol)),
                    Extent::Whole => {
                        self.wholes.entry(text.to_lowercase()).or_default().push(typed)
                    }
                    Extent::Beginning => self.add_beginning(text.to_lowercase(), typed),
                }
            }
        }
        self.numbers.insert(word, symbol);
        symbol
    }

    fn add_beginning(&mut self, lower: String, typed: (Symbol, String, Capitals)) {
        if let Err(at) = self.lengths.binary_search(&lower.len()) {
            self.lengths.insert(at, lower.len());
        }
        self.beginnings.entry(lower).or_default().push(typed);
    }

    /// How many pattern words there are.
    pub(crate) fn len(&self) -> usize {
        self.numbers.len()
    }

    /// Appends the pattern words that a word of an article is.
    pub(crate) fn of_type(&self, word: &Type, found: &mut Vec<Symbol>) {
        found.extend(self.stems.get(&word.stem));
        for (symbol, typed, capitals) in self.wholes.get(&word.lower).into_iter().flatten() {
            if fits(typed, *capitals, word) {
                found.push(*symbol);
            }
        }
        for &length in self.lengths.iter().take_while(|&&n| n <= word.lower.len()) {
            let start = word.lower.get(..length);
            let same = start.and_then(|s| self.beginnings.get(s)).into_iter().flatten();
            found.extend(same.filter(|(_, typed, c)| fits(typed, *c, word)).map(|(s, ..)| *s));
        }
        found.extend(self.nt.filter(|_| word.ends_in_nt));
    }
}

/// Whether the capitals of an article's word are those the pattern asks for.
fn fits(typed: &str, capitals: Capitals, word: &Type) -> bool {
    match capitals {
        Capitals::Any => true,
        Capitals::None => word.surface == word.lower,
        Capitals::AsTyped => {
            typed.chars().zip(word.surface.chars()).all(|(t, s)| !t.is_uppercase() || t == s)
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
