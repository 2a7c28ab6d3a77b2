//! Patterns as a tree of words: patterns that begin alike share their path.

use std::hash::BuildHasher;
use std::ops::Range;

use foldhash::fast::FixedState;
use hashbrown::HashTable;
use hashbrown::hash_table::Entry as Slot;

use crate::lexicon::symbols::Symbol;
use crate::text::Token;

/// Position of a node; 0 is the root, which no edge leads to.
pub(crate) type NodeId = u32;

/// A word or a gap of a compiled pattern.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Step {
    /// A word.
    Word(Symbol),
    /// A word that must stand there but is none of the pattern's own.
    Free(Symbol),
    /// Up to so many words that do not matter.
    Gap(u8),
}

/// Patterns being added; becomes a [`Trie`].
#[derive(Debug, Default)]
pub(crate) struct TrieBuilder {
    /// The edge that leads to each node but the root: where it begins, and its word or gap.
    edges: Vec<(NodeId, Step)>,
    /// Nodes by their edges.
    by_edge: HashTable<NodeId>,
    /// Where patterns end, in order of addition.
    ends: Vec<(NodeId, u32)>,
}

const HASH: FixedState = FixedState::with_seed(0);

impl TrieBuilder {
    /// No pattern yet, and room for about so many nodes: growing to them copies each of them twice.
    pub(crate) fn with_room(n_nodes: usize) -> Self {
        let (edges, by_edge) = (Vec::with_capacity(n_nodes), HashTable::with_capacity(n_nodes));
        Self { edges, by_edge, ends: Vec::with_capacity(n_nodes) }
    }

    /// Adds a pattern; one without words is never found. A number may have several patterns, which
    /// must be added one after the other.
    pub(crate) fn add(&mut self, steps: &[Step], pattern: u32) {
        let at = self.path(steps);
        self.end(at, pattern);
    }

    /// Adds one pattern for every way to take one of each place's alternatives, ranges of `steps`.
    pub(crate) fn add_choices(
        &mut self,
        steps: &[Step],
        places: &[Vec<Range<usize>>],
        pattern: u32,
    ) {
        self.add_behind(0, steps, places, pattern);
    }

    fn add_behind(
        &mut self,
        at: NodeId,
        steps: &[Step],
        places: &[Vec<Range<usize>>],
        pattern: u32,
    ) {
        let Some((place, rest)) = places.split_first() else {
            return self.end(at, pattern);
        };
        for alternative in place {
            let node = self.follow(at, &steps[alternative.clone()]);
            self.add_behind(node, steps, rest, pattern);
        }
    }

    /// The node at the end of a path from the root.
    pub(crate) fn path(&mut self, steps: &[Step]) -> NodeId {
        self.follow(0, steps)
    }

    /// Ends a pattern at a node; one without words ends at the root and is never found.
    pub(crate) fn end(&mut self, at: NodeId, pattern: u32) {
        if at != 0 {
            self.ends.push((at, pattern));
        }
    }

    fn follow(&mut self, at: NodeId, steps: &[Step]) -> NodeId {
        steps.iter().fold(at, |at, &step| self.follow_or_grow((at, step)))
    }

    fn follow_or_grow(&mut self, edge: (NodeId, Step)) -> NodeId {
        let edges = &self.edges;
        let of = |node: NodeId| edges[node as usize - 1];
        let same = |&node: &NodeId| of(node) == edge;
        match self.by_edge.entry(HASH.hash_one(edge), same, |&node| HASH.hash_one(of(node))) {
            Slot::Occupied(node) => *node.get(),
            Slot::Vacant(slot) => {
                let new = NodeId::try_from(edges.len() + 1).expect("fewer than 2^32 nodes");
                slot.insert(new);
                self.edges.push(edge);
                new
            }
        }
    }

    /// The finished tree, for symbols below `n_symbols`.
    pub(crate) fn finish(self, n_symbols: usize) -> Trie {
        let n_nodes = self.edges.len() + 1;
        let edges = (1..).zip(&self.edges).map(|(node, &(from, step))| (from, (step, node)));
        let (edge_starts, mut edges) = by_node(n_nodes, edges);
        let (end_starts, ends) = by_node(n_nodes, self.ends.iter().copied());
        let mut trie = Trie::default();
        trie.nodes.reserve_exact(n_nodes + 1);
        trie.words.reserve_exact(edges.len());
        trie.ends.reserve_exact(ends.len());
        let of = |starts: &[u32], node: usize| starts[node] as usize..starts[node + 1] as usize;
        for node in 0..n_nodes {
            let edges = &mut edges[of(&edge_starts, node)];
            edges.sort_unstable();
            trie.add_node(edges, &ends[of(&end_starts, node)]);
        }
        // One more, to end what the last one has.
        trie.add_node(&[], &[]);
        trie.look_ahead(n_symbols);
        trie
    }
}

/// Where the items of each node begin, with the end of the last, and all items in order of their
/// nodes and of addition.
fn by_node<T: Copy>(
    n_nodes: usize,
    items: impl Iterator<Item = (NodeId, T)> + Clone,
) -> (Vec<u32>, Vec<T>) {
    // One place further on stands where the next item of a node goes: in the end that is where those
    // of the node after it begin.
    let mut next = vec![0; n_nodes + 2];
    items.clone().for_each(|(node, _)| next[node as usize + 2] += 1);
    for node in 0..n_nodes {
        next[node + 2] += next[node + 1];
    }
    let mut sorted: Vec<T> = items.clone().map(|(_, item)| item).collect();
    for (node, item) in items {
        let place = &mut next[node as usize + 1];
        sorted[*place as usize] = item;
        *place += 1;
    }
    (next, sorted)
}

/// A set of symbols in 64 bits, each of which stands for many: two sets without a bit in common have
/// no symbol in common, and most words that a pattern does not go on with are told by this alone.
#[derive(Clone, Copy, Debug, Default)]
struct Bits(u64);

impl Bits {
    fn with(self, symbol: Symbol) -> Self {
        Bits(self.0 | 1 << (symbol % u64::BITS))
    }

    fn or(self, other: Bits) -> Self {
        Bits(self.0 | other.0)
    }

    fn meets(self, other: Bits) -> bool {
        self.0 & other.0 != 0
    }
}

/// A type of an article as trees see it: where its symbols stand in [`Tokens::symbols`].
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Word {
    bits: Bits,
    first: u32,
    n: u16,
    /// Whether a pattern begins with it.
    pub(crate) begins: bool,
}

impl Word {
    /// A type whose symbols are `symbols` from `first` on, and whether a pattern begins with one of them.
    pub(crate) fn new(symbols: &[Symbol], first: usize, begins: bool) -> Self {
        let own = &symbols[first..];
        Word {
            bits: own.iter().fold(Bits::default(), |bits, &symbol| bits.with(symbol)),
            first: u32::try_from(first).expect("fewer than 2^32 symbols of types"),
            n: u16::try_from(own.len()).expect("a word is fewer than 2^16 pattern words"),
            begins,
        }
    }
}

/// The tokens of a sentence, from one of them on.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Tokens<'a> {
    pub(crate) tokens: &'a [Token],
    /// By number of the type.
    pub(crate) types: &'a [Word],
    pub(crate) symbols: &'a [Symbol],
}

impl<'a> Tokens<'a> {
    fn word(self, at: usize) -> Option<Word> {
        self.tokens.get(at).map(|token| self.types[token.kind.0 as usize])
    }

    fn symbols_of(self, word: Word) -> &'a [Symbol] {
        let first = word.first as usize;
        &self.symbols[first..first + usize::from(word.n)]
    }
}

/// What begins at a node: where its items begin in the arrays of the [`Trie`]. They end where those of
/// the next node begin.
#[derive(Clone, Copy, Debug)]
struct Node {
    /// The words that lead on from here.
    next: Bits,
    words: u32,
    /// Behind its words in the same array.
    free: u32,
    gaps: u32,
    ends: u32,
}

/// What begins with a word.
#[derive(Clone, Copy, Debug, Default)]
struct First {
    /// The words that lead on, at once or behind a gap.
    leads: Bits,
    /// Where it leads; 0 if nothing begins with it.
    node: NodeId,
    /// Words that the widest gap behind it skips.
    skips: u8,
    /// Whether a pattern ends with it.
    ends: bool,
}

impl First {
    /// Whether a pattern may end with the first of `tokens` or go on from there: of most words it does
    /// not.
    fn may_go_on(self, tokens: Tokens<'_>) -> bool {
        let leads = |at: usize| tokens.word(at).is_some_and(|word| word.bits.meets(self.leads));
        self.ends || (1..=1 + usize::from(self.skips)).any(leads)
    }
}

/// Numbered patterns, found from their first word on. All nodes share three arrays, so that a walk
/// stays within a few cache lines.
#[derive(Debug, Default)]
pub(crate) struct Trie {
    /// In the order of their numbers, and one more.
    nodes: Vec<Node>,
    words: Vec<(Symbol, NodeId)>,
    gaps: Vec<(u8, NodeId)>,
    ends: Vec<u32>,
    /// First words by symbol.
    first: Vec<First>,
}

/// A pattern found: its number, and its words as bits relative to the token where it starts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Find {
    pub(crate) pattern: u32,
    pub(crate) words: u64,
}

impl Trie {
    /// Adds the next node, with the edges that begin there, sorted, and the patterns that end there.
    fn add_node(&mut self, edges: &[(Step, NodeId)], ends: &[u32]) {
        let place = |n: usize| u32::try_from(n).expect("fewer than 2^32 edges");
        let n_words = edges.partition_point(|(step, _)| matches!(step, Step::Word(_)));
        let mut node = Node {
            next: Bits::default(),
            words: place(self.words.len()),
            free: place(self.words.len() + n_words),
            gaps: place(self.gaps.len()),
            ends: place(self.ends.len()),
        };
        for &(step, to) in edges {
            match step {
                Step::Word(symbol) | Step::Free(symbol) => {
                    node.next = node.next.with(symbol);
                    self.words.push((symbol, to));
                }
                Step::Gap(width) => self.gaps.push((width, to)),
            }
        }
        // Two phrases of one pattern may end in one place.
        self.ends.extend(ends.chunk_by(|a, b| a == b).map(|same| same[0]));
        self.nodes.push(node);
    }

    fn node(&self, node: NodeId) -> &Node {
        &self.nodes[node as usize]
    }

    /// The words that lead on from a node.
    fn words(&self, node: NodeId) -> &[(Symbol, NodeId)] {
        let Node { words, free, .. } = *self.node(node);
        &self.words[words as usize..free as usize]
    }

    /// The words that lead on from a node and stay free.
    fn free(&self, node: NodeId) -> &[(Symbol, NodeId)] {
        &self.words[self.node(node).free as usize..self.node(node + 1).words as usize]
    }

    fn gaps(&self, node: NodeId) -> &[(u8, NodeId)] {
        &self.gaps[self.node(node).gaps as usize..self.node(node + 1).gaps as usize]
    }

    fn ends(&self, node: NodeId) -> &[u32] {
        &self.ends[self.node(node).ends as usize..self.node(node + 1).ends as usize]
    }

    /// Notes for each first word what may come behind it.
    fn look_ahead(&mut self, n_symbols: usize) {
        let mut first = vec![First::default(); n_symbols];
        for &(symbol, node) in self.words(0) {
            let behind = self.gaps(node).iter().map(|&(_, behind)| self.node(behind).next);
            first[symbol as usize] = First {
                leads: behind.fold(self.node(node).next, Bits::or),
                node,
                skips: self.gaps(node).iter().map(|&(width, _)| width).max().unwrap_or(0),
                ends: !self.ends(node).is_empty(),
            };
        }
        self.first = first;
    }

    /// Whether a pattern begins with a word of these symbols.
    pub(crate) fn begins_with(&self, symbols: &[Symbol]) -> bool {
        symbols.iter().any(|&symbol| self.first[symbol as usize].node != 0)
    }

    /// Every pattern that begins with the first of `tokens`.
    pub(crate) fn find(&self, tokens: Tokens<'_>, out: &mut Vec<Find>) {
        let Some(word) = tokens.word(0) else { return };
        for &symbol in tokens.symbols_of(word) {
            let first = self.first[symbol as usize];
            if first.node != 0 && first.may_go_on(tokens) {
                self.walk(first.node, 1, 1, tokens, out);
            }
        }
    }

    fn walk(&self, node: NodeId, next: usize, words: u64, tokens: Tokens<'_>, out: &mut Vec<Find>) {
        out.extend(self.ends(node).iter().map(|&pattern| Find { pattern, words }));
        self.step(node, next, words, tokens, out);
        for &(width, behind) in self.gaps(node) {
            for skipped in 0..=usize::from(width) {
                self.step(behind, next + skipped, words, tokens, out);
            }
        }
    }

    /// Takes every edge of a node that the token at `next` allows.
    fn step(&self, node: NodeId, next: usize, words: u64, tokens: Tokens<'_>, out: &mut Vec<Find>) {
        let meets = |word: &Word| word.bits.meets(self.node(node).next);
        let Some(word) = tokens.word(next).filter(meets) else { return };
        for (edges, own) in [(self.words(node), 1 << next), (self.free(node), 0)] {
            for symbol in tokens.symbols_of(word).iter().filter(|_| !edges.is_empty()) {
                if let Ok(found) = edges.binary_search_by_key(symbol, |edge| edge.0) {
                    self.walk(edges[found].1, next + 1, words | own, tokens, out);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::Span;
    use crate::text::TypeId;

    fn find(patterns: &[&[Step]], tokens: &[&[Symbol]]) -> Vec<(u32, u64)> {
        let mut builder = TrieBuilder::default();
        for (i, steps) in patterns.iter().enumerate() {
            builder.add(steps, i as u32);
        }
        let trie = builder.finish(10);
        let (mut symbols, mut types, mut all) = (Vec::new(), Vec::new(), Vec::new());
        for (kind, token) in (0..).zip(tokens) {
            let first = symbols.len();
            symbols.extend_from_slice(token);
            types.push(Word::new(&symbols, first, true));
            all.push(Token { span: Span::new(0, 1), kind: TypeId(kind) });
        }
        let mut out = Vec::new();
        trie.find(Tokens { tokens: &all, types: &types, symbols: &symbols }, &mut out);
        out.iter().map(|f| (f.pattern, f.words)).collect()
    }

    #[test]
    fn patterns_that_begin_alike_are_all_found() {
        use Step::Word;
        let patterns: [&[Step]; 3] = [&[Word(1)], &[Word(1), Word(2)], &[Word(1), Word(3)]];
        assert_eq!(find(&patterns, &[&[1], &[2]]), [(0, 0b1), (1, 0b11)]);
        assert_eq!(find(&patterns, &[&[2], &[1]]), []);
    }

    #[test]
    fn a_gap_skips_no_more_words_than_it_may() {
        use Step::{Gap, Word};
        let pattern: [&[Step]; 1] = [&[Word(1), Gap(2), Word(2)]];
        assert_eq!(find(&pattern, &[&[1], &[2]]), [(0, 0b11)]);
        assert_eq!(find(&pattern, &[&[1], &[], &[3], &[2]]), [(0, 0b1001)]);
        assert_eq!(find(&pattern, &[&[1], &[], &[], &[], &[2]]), []);
    }
}
