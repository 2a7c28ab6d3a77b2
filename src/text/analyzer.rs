//! Cuts text into tokens and sentences, and folds and stems each distinct word once.
//!
//! A chunk between white space that was met before is not cut again: its words are remembered.

use std::hash::BuildHasher;
use std::sync::Arc;

use hashbrown::HashTable;

use crate::base::{Language, Section, Span};
use crate::text::chunk;
use crate::text::cutter::Cutter;
use crate::text::document::{Document, Paragraph, Token};
use crate::text::language::{Stemmer, lower_case};
use crate::text::memory;
use crate::text::memory::{Cut, HASH, Key, Memory};
use crate::text::rules::{Role, TextRules};
use crate::text::scan::{Core, cores};
use crate::text::sentences;

/// A distinct surface form, numbered in the order one [`Analyzer`] met it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TypeId(pub u32);

/// What is known about a distinct surface form, worked out once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Type {
    /// The word after folding and joining, case kept: `U.S.` -> `US`, `Russia’s` -> `Russia`,
    /// `co-operation` -> `cooperation`. Shown in tables.
    pub surface: String,
    /// `surface` in lower case.
    pub lower: String,
    /// The stem: Snowball of `lower`, corrected by `lexicons/stems.csv`. Two types with the same
    /// stem are the same term.
    pub stem: String,
    /// Whether the first letter is a capital.
    pub capitalized: bool,
    /// Whether the word ends in `n't` (before folding the apostrophe away).
    pub ends_in_nt: bool,
    /// Whether it is a number (`2023`, `3.5`); such terms stay out of the terms table.
    pub numeric: bool,
}

/// Turns text into words. Each worker thread has its own; ids of two analyzers do not agree.
pub struct Analyzer {
    rules: Arc<TextRules>,
    language: Language,
    stemmer: Stemmer,
    cutter: Cutter,
    types: Vec<Type>,
    /// What each type does at the edge of a sentence; positions agree with `types`.
    roles: Vec<Role>,
    /// Types by surface, as positions in `types`.
    by_surface: HashTable<u32>,
    memory: Memory,
}

impl Analyzer {
    /// An analyzer of English with no words in it yet.
    pub fn new(rules: Arc<TextRules>) -> Self {
        Self::of_language(rules, Language::ENGLISH)
    }

    /// An analyzer with no words in it yet. The word lists are made for English: in any other language
    /// they do not count, and there is nothing but Unicode's rules and the stemmer.
    pub fn of_language(rules: Arc<TextRules>, language: Language) -> Self {
        Self {
            rules: if language == Language::ENGLISH { rules } else { Arc::default() },
            language,
            stemmer: Stemmer::of(language),
            cutter: Cutter::of(language),
            types: Vec::new(),
            roles: Vec::new(),
            by_surface: HashTable::new(),
            memory: Memory::default(),
        }
    }

    /// The tokens, sentences and paragraphs of the kept blocks of one article.
    ///
    /// # Panics
    /// If a block does not lie in `basis` on character boundaries: a fault of ours.
    pub fn analyze(&mut self, basis: &str, blocks: &[(Span, Section)]) -> Document {
        let mut doc = Document::default();
        let mut gaps = Vec::new();
        for &(span, section) in blocks {
            let first_token = doc.tokens.len();
            gaps.clear();
            self.cut(span.of(basis), span.start, &mut doc.tokens, &mut gaps);
            let first_sentence = doc.sentences.len();
            sentences::cut(self, basis, (span, section), first_token, &gaps, &mut doc);
            doc.paragraphs.push(Paragraph {
                span,
                section,
                tokens: first_token..doc.tokens.len(),
                sentences: first_sentence..doc.sentences.len(),
            });
        }
        doc
    }

    /// The words of a short text such as a lexicon term, through the same rules; no sentences.
    pub fn words(&mut self, text: &str) -> Vec<TypeId> {
        let mut tokens = Vec::new();
        self.cut(text, 0, &mut tokens, &mut Vec::new());
        tokens.into_iter().map(|token| token.kind).collect()
    }

    /// The same words as they are shown; none of them becomes a type.
    pub fn surfaces(&self, text: &str) -> impl Iterator<Item = String> {
        let words = |core: Core<'_>| chunk::words_of(core.text, &self.rules, self.cutter);
        cores(text).flat_map(words).map(|word| word.surface)
    }

    /// The stem of a surface form.
    pub fn stem(&self, surface: &str) -> String {
        self.stem_of(surface, &lower_case(surface, self.language))
    }

    /// What is known about a type.
    pub fn kind(&self, id: TypeId) -> &Type {
        &self.types[id.0 as usize]
    }

    /// The language whose rules it follows.
    pub fn language(&self) -> Language {
        self.language
    }

    /// How many types there are; ids run from 0.
    pub fn n_types(&self) -> usize {
        self.types.len()
    }

    /// What a type does at the edge of a sentence.
    pub(super) fn role(&self, id: TypeId) -> Role {
        self.roles[id.0 as usize]
    }

    /// Appends the tokens of `text`, which begins at byte `offset` of the basis text, and the
    /// positions in `tokens` before which a sentence may begin.
    fn cut(&mut self, text: &str, offset: u32, tokens: &mut Vec<Token>, gaps: &mut Vec<usize>) {
        for core in cores(text) {
            let first = tokens.len();
            let offset = offset + core.start as u32;
            let may_end = match Key::new(text, core.start, core.text.len()) {
                Some(key) => {
                    let cut = self.memory.get(key).unwrap_or_else(|| self.remember(key, core.text));
                    self.memory.write(cut, offset, tokens);
                    cut.may_end
                }
                None => {
                    let (cut, may_end) = self.cut_anew(core.text);
                    memory::write(&cut, offset, tokens);
                    may_end
                }
            };
            if may_end || core.has_end_mark {
                let seen = gaps.last().map_or(0, |gap| gap + 1);
                gaps.extend(first.max(seen)..=tokens.len());
            }
        }
    }

    /// Cuts a chunk that is not remembered yet, and remembers it.
    #[cold]
    fn remember(&mut self, key: Key, text: &str) -> Cut {
        let (tokens, may_end) = self.cut_anew(text);
        self.memory.insert(key, &tokens, may_end)
    }

    /// The tokens of a chunk, and whether a sentence may end in it or right after it.
    fn cut_anew(&mut self, text: &str) -> (Vec<Token>, bool) {
        let tokens: Vec<Token> = chunk::words_of(text, &self.rules, self.cutter)
            .into_iter()
            .map(|word| Token {
                span: Span::new(word.start, word.end),
                kind: self.intern(word.surface),
            })
            .collect();
        let acronym = tokens.last().is_some_and(|last| self.role(last.kind).acronym.is_some());
        (tokens, acronym || sentences::may_end_sentence(text))
    }

    /// The type of a surface form, made when it is new.
    fn intern(&mut self, surface: String) -> TypeId {
        let hash = HASH.hash_one(surface.as_str());
        let types = &self.types;
        if let Some(&id) = self.by_surface.find(hash, |&id| types[id as usize].surface == surface) {
            return TypeId(id);
        }
        let id = u32::try_from(self.types.len()).expect("fewer than 2^32 distinct words");
        let kind = self.make(surface);
        self.roles.push(self.rules.role(&kind.surface, &kind.lower));
        self.types.push(kind);
        let types = &self.types;
        let rehash = |&id: &u32| HASH.hash_one(types[id as usize].surface.as_str());
        self.by_surface.insert_unique(hash, id, rehash);
        TypeId(id)
    }

    /// Works out everything about a surface form.
    fn make(&self, surface: String) -> Type {
        let lower = lower_case(&surface, self.language);
        Type {
            stem: self.stem_of(&surface, &lower),
            capitalized: surface.chars().find(|c| c.is_alphanumeric()).is_some_and(is_capital),
            ends_in_nt: lower.ends_with("n't"),
            numeric: is_number(&surface),
            surface,
            lower,
        }
    }

    /// The stem of a surface form, given that in lower case too.
    fn stem_of(&self, surface: &str, lower: &str) -> String {
        let stem = match self.rules.stem(surface, lower) {
            Some(stem) => stem.into(),
            None => self.stemmer.stem(lower),
        };
        if stem.is_empty() { lower.to_owned() } else { stem.into_owned() }
    }
}

fn is_capital(c: char) -> bool {
    c.is_uppercase() || c.to_lowercase().ne([c])
}

/// Digits, with the signs that stand between them.
fn is_number(surface: &str) -> bool {
    surface.chars().any(char::is_numeric)
        && surface.chars().all(|c| c.is_numeric() || matches!(c, '.' | ',' | '\'' | '\u{202f}'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn analyzer() -> Analyzer {
        Analyzer::new(Arc::new(TextRules::built_in()))
    }

    fn stems(text: &str) -> Vec<String> {
        let mut words = analyzer();
        words.words(text).into_iter().map(|id| words.kind(id).stem.clone()).collect()
    }

    #[test]
    fn the_pronoun_is_never_the_country() {
        assert_eq!(stems("US U.S. U.S US’s us Us"), ["US", "US", "US", "US", "us", "us"]);
        assert_eq!(stems("WHO who"), ["WHO", "who"]);
    }

    #[test]
    fn words_that_snowball_merges_stay_apart() {
        for (one, other) in [
            ("international", "internal"),
            ("added", "ads"),
            ("organization", "organ"),
            ("university", "universal"),
            ("emergency", "emerging"),
            ("evening", "even"),
            ("organism", "organise"),
        ] {
            assert_ne!(stems(one), stems(other));
        }
        assert_eq!(stems("organizations"), stems("Organized"));
        assert_eq!(stems("added"), stems("adds"));
        assert_eq!(stems("emergencies"), stems("emergency"));
    }

    #[test]
    fn house_style_does_not_change_a_word() {
        for (one, other) in [
            ("Russia’s", "Russia's"),
            ("Russia’s", "Russia"),
            ("U.S.-backed", "US backed"),
            ("co-operation", "cooperation"),
            ("Co-Ordinated", "coordinated"),
            ("Russia–Ukraine", "Russia/Ukraine"),
            ("“no limits”", "\"no-limits\""),
            ("organisations’ defence programme", "organization defense programs"),
            ("neighbouring theatres criticised", "neighbor theater criticize"),
            ("advisor", "adviser"),
        ] {
            assert_eq!(stems(one), stems(other));
        }
    }

    #[test]
    fn a_type_knows_its_shape() {
        let mut words = analyzer();
        let mut kind = |text: &str| {
            let id = words.words(text)[0];
            words.kind(id).clone()
        };
        assert!(kind("don’t").ends_in_nt && !kind("dont").ends_in_nt);
        assert!(kind("China’s").capitalized && !kind("china").capitalized);
        assert!(kind("2023").numeric && kind("3.5").numeric && kind("10,000").numeric);
        assert!(!kind("3.5bn").numeric && !kind("16s").numeric && !kind("US").numeric);
        assert_eq!(kind("U.S.").surface, "US");
    }

    #[test]
    fn spans_count_in_the_basis_text() {
        let basis = "Title\n\nThe U.S.’s “co-operation”, he said.";
        let mut words = analyzer();
        let blocks =
            [(Span::new(0, 5), Section::Title), (Span::from_usize(7, basis.len()), Section::Body)];
        let doc = words.analyze(basis, &blocks);
        let got: Vec<&str> = doc.tokens.iter().map(|token| token.span.of(basis)).collect();
        assert_eq!(got, ["Title", "The", "U.S.’s", "co-operation", "he", "said"]);
        assert_eq!(doc.paragraphs[1].tokens, 1..6);
        assert_eq!(doc.paragraphs[1].sentences, 1..2);
        assert_eq!(doc.sentences[1].paragraph, 1);
    }

    #[test]
    fn a_long_chunk_is_cut_like_a_short_one() {
        let long = "Russia-Ukraine-".repeat(20);
        let mut words = analyzer();
        assert_eq!(words.words(&long).len(), 40);
        assert_eq!(words.words(&long).len(), 40);
        assert_eq!(words.words("Russia-Ukraine").len(), 2);
        assert_eq!(words.n_types(), 2);
    }

    #[test]
    fn the_seeds_have_the_words_of_unicode() {
        for (file, n_words) in [
            ("000_a6de0bcf9ffe7174.txt", 553),
            ("001_e9e886adcd647813.txt", 426),
            ("004_63ac3f9f235494ef.txt", 539),
        ] {
            let path = format!("{}/seeds/{file}", env!("CARGO_MANIFEST_DIR"));
            let text = std::fs::read_to_string(path).unwrap();
            assert_eq!(analyzer().words(&text).len(), n_words, "{file}");
        }
    }
}
