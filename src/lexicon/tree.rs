//! A tree of patterns with the distinct words in it, and which of these the words of articles are.

use crate::lexicon::symbols::{Symbol, Symbols};
use crate::lexicon::trie::{Tokens, Trie, TrieBuilder, Word};
use crate::text::{Analyzer, Token, TypeId};

/// A tree of patterns and the distinct words in it.
#[derive(Debug, Default)]
pub(crate) struct Tree {
    symbols: Symbols,
    pub(crate) trie: Trie,
}

impl Tree {
    /// The finished tree of patterns of these words.
    pub(crate) fn new(tree: TrieBuilder, symbols: Symbols) -> Self {
        Tree { trie: tree.finish(symbols.len()), symbols }
    }
}

/// Which words of one tree the types of one analyzer are; each is looked up once.
#[derive(Default)]
pub(crate) struct Known {
    types: Vec<Word>,
    symbols: Vec<Symbol>,
}

impl Known {
    /// Looks up the types that the analyzer has met since the last time.
    pub(crate) fn learn(&mut self, tree: &Tree, words: &Analyzer) {
        let id = |i: usize| TypeId(u32::try_from(i).expect("type ids have 32 bits"));
        for i in self.types.len()..words.n_types() {
            let first = self.symbols.len();
            tree.symbols.of_type(words.kind(id(i)), &mut self.symbols);
            let begins = tree.trie.begins_with(&self.symbols[first..]);
            self.types.push(Word::new(&self.symbols, first, begins));
        }
    }

    /// The tokens of a sentence from each of those on with which a pattern begins, by where they stand.
    pub(crate) fn starts<'a>(
        &'a self,
        tokens: &'a [Token],
    ) -> impl Iterator<Item = (usize, Tokens<'a>)> {
        let begins = |&start: &usize| self.types[tokens[start].kind.0 as usize].begins;
        (0..tokens.len()).filter(begins).map(|start| {
            let tokens = &tokens[start..];
            (start, Tokens { tokens, types: &self.types, symbols: &self.symbols })
        })
    }
}
