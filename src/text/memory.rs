//! Remembers chunks that were cut before, so that each is cut once.

use std::hash::BuildHasher;

use foldhash::fast::FixedState;
use hashbrown::HashTable;

use crate::base::Span;
use crate::text::analyzer::TypeId;
use crate::text::document::Token;

/// The hash of all tables of this room: the same in every run.
pub(super) const HASH: FixedState = FixedState::with_seed(0);

/// With this many chunks the memory starts again, to stay at 17 MB: one more would double the table.
const MOST: usize = 7 << 16;

/// Chunks that lie at hand, by the last bits of their hash: 128 KB, which stay in a processor's own
/// cache, as the table does not: most of a text is made of few words.
const AT_HAND: usize = 1 << 12;

/// The chunks met so far and their tokens.
pub(super) struct Memory {
    table: HashTable<Chunk>,
    /// Of the chunks whose hashes end alike the one that was met last.
    at_hand: Box<[Chunk]>,
    /// The tokens of chunks that do not hold exactly one.
    tokens: Vec<Token>,
}

impl Default for Memory {
    fn default() -> Self {
        let nothing = Cut { tokens: Tokens::Many { first: 0, n_tokens: 0 }, may_end: false };
        let none = Chunk { key: Key(u128::MAX), cut: nothing };
        Memory {
            table: HashTable::new(),
            at_hand: vec![none; AT_HAND].into_boxed_slice(),
            tokens: Vec::new(),
        }
    }
}

/// A chunk that was cut. All of it lies in one place: looking it up is what is done per token, and
/// two fifths of that time are spent waiting for this (measured November 2026).
#[derive(Clone, Copy)]
struct Chunk {
    key: Key,
    cut: Cut,
}

/// The text of a chunk of up to 15 bytes, with its length in the last byte. Longer chunks are cut
/// anew each time: two in a thousand of 2,000 news articles.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Key(u128);

/// What a chunk was cut into. Spans count from the start of the chunk.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cut {
    tokens: Tokens,
    /// Whether a sentence may end in the chunk or right after it.
    pub(super) may_end: bool,
}

#[derive(Clone, Copy, Debug)]
enum Tokens {
    One {
        kind: TypeId,
        start: u8,
        end: u8,
    },
    /// Positions in `Memory::tokens`.
    Many {
        first: u32,
        n_tokens: u8,
    },
}

impl Key {
    /// The key of `length` bytes from `start` on; `None` if they are too many.
    ///
    /// Takes 16 bytes at once and drops those beyond: copying just so many costs a call per token.
    pub(super) fn new(text: &str, start: usize, length: usize) -> Option<Self> {
        if length >= 16 {
            return None;
        }
        let bytes = &text.as_bytes()[start..];
        let whole = match bytes.first_chunk::<16>() {
            Some(whole) => *whole,
            None => {
                let mut padded = [0; 16];
                padded[..bytes.len()].copy_from_slice(bytes);
                padded
            }
        };
        let kept = u128::from_le_bytes(whole) & ((1 << (8 * length)) - 1);
        Some(Self(kept | (length as u128) << 120))
    }

    fn hash(self) -> u64 {
        HASH.hash_one(self.0)
    }
}

impl Memory {
    /// What is remembered of a chunk.
    pub(super) fn get(&mut self, key: Key) -> Option<Cut> {
        let hash = key.hash();
        let at_hand = &mut self.at_hand[hash as usize % AT_HAND];
        if at_hand.key != key {
            *at_hand = *self.table.find(hash, |chunk| chunk.key == key)?;
        }
        Some(at_hand.cut)
    }

    /// Appends the tokens of a cut, of a chunk that begins at `offset`.
    pub(super) fn write(&self, cut: Cut, offset: u32, tokens: &mut Vec<Token>) {
        match cut.tokens {
            Tokens::One { kind, start, end } => {
                let span = Span::new(offset + u32::from(start), offset + u32::from(end));
                tokens.push(Token { span, kind });
            }
            Tokens::Many { first, n_tokens } => {
                let first = first as usize;
                write(&self.tokens[first..first + usize::from(n_tokens)], offset, tokens);
            }
        }
    }

    /// Remembers a chunk that is not remembered yet.
    pub(super) fn insert(&mut self, key: Key, tokens: &[Token], may_end: bool) -> Cut {
        if self.table.len() >= MOST {
            *self = Self::default();
        }
        let tokens = match tokens {
            [one] => {
                Tokens::One { kind: one.kind, start: one.span.start as u8, end: one.span.end as u8 }
            }
            many => {
                let first = u32::try_from(self.tokens.len()).expect("at most 15 tokens a chunk");
                self.tokens.extend_from_slice(many);
                Tokens::Many { first, n_tokens: many.len() as u8 }
            }
        };
        let cut = Cut { tokens, may_end };
        self.table.insert_unique(key.hash(), Chunk { key, cut }, |chunk| chunk.key.hash());
        cut
    }
}

/// Appends tokens whose spans count from `offset`.
pub(super) fn write(cut: &[Token], offset: u32, tokens: &mut Vec<Token>) {
    tokens.extend(cut.iter().map(|token| Token {
        span: Span::new(offset + token.span.start, offset + token.span.end),
        kind: token.kind,
    }));
}
