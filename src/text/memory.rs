//! Remembers chunks that were cut before, so that each is cut once.

use std::hash::BuildHasher;

use foldhash::fast::FixedState;

use crate::base::Span;
use crate::text::analyzer::TypeId;
use crate::text::document::Token;

/// The hash of all tables of this room: the same in every run.
pub(super) const HASH: FixedState = FixedState::with_seed(0);

/// With this many chunks the memory starts again, to stay below about 60 MB.
const MOST: usize = 1 << 20;

/// Places of an empty memory.
const FEWEST: usize = 1 << 10;

/// The chunks met so far and their tokens.
pub(super) struct Memory {
    /// A power of two of places, at most three quarters of them taken. A chunk stands at the place
    /// that its hash says or at the next free one.
    places: Vec<Chunk>,
    n_chunks: usize,
    /// The tokens of chunks that do not hold exactly one.
    tokens: Vec<Token>,
}

/// A chunk that was cut. All of it lies in one place: looking it up is what is done per token, and
/// more than half of that time is spent waiting for memory (measured November 2026); a hash table
/// with its tags elsewhere waits twice.
#[derive(Clone, Copy)]
struct Chunk {
    key: Key,
    cut: Cut,
}

/// The text of a chunk of up to 15 bytes, with its length and one in the last byte, so that none is
/// zero. Longer chunks are cut
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

impl Default for Memory {
    fn default() -> Self {
        Self { places: vec![Chunk::FREE; FEWEST], n_chunks: 0, tokens: Vec::new() }
    }
}

impl Chunk {
    const FREE: Chunk = Chunk {
        key: Key::NONE,
        cut: Cut { tokens: Tokens::Many { first: 0, n_tokens: 0 }, may_end: false },
    };
}

impl Key {
    /// The key of no chunk.
    const NONE: Key = Key(0);

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
        Some(Self(kept | (length as u128 + 1) << 120))
    }

    fn hash(self) -> u64 {
        HASH.hash_one(self.0)
    }
}

impl Memory {
    /// What is remembered of a chunk.
    pub(super) fn get(&self, key: Key) -> Option<Cut> {
        let chunk = &self.places[self.place(key)];
        (chunk.key == key).then_some(chunk.cut)
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
        if self.n_chunks >= MOST {
            *self = Self::default();
        }
        if (self.n_chunks + 1) * 4 > self.places.len() * 3 {
            self.grow();
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
        let place = self.place(key);
        self.places[place] = Chunk { key, cut };
        self.n_chunks += 1;
        cut
    }

    /// Where a chunk stands, or would stand.
    fn place(&self, key: Key) -> usize {
        let last = self.places.len() - 1;
        let mut place = key.hash() as usize & last;
        while self.places[place].key != key && self.places[place].key != Key::NONE {
            place = (place + 1) & last;
        }
        place
    }

    fn grow(&mut self) {
        let wider = vec![Chunk::FREE; 2 * self.places.len()];
        let all = std::mem::replace(&mut self.places, wider);
        for chunk in all.into_iter().filter(|chunk| chunk.key != Key::NONE) {
            let place = self.place(chunk.key);
            self.places[place] = chunk;
        }
    }
}

/// Appends tokens whose spans count from `offset`.
pub(super) fn write(cut: &[Token], offset: u32, tokens: &mut Vec<Token>) {
    tokens.extend(cut.iter().map(|token| Token {
        span: Span::new(offset + token.span.start, offset + token.span.end),
        kind: token.kind,
    }));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(text: &str) -> Option<Key> {
        Key::new(text, 0, text.len())
    }

    #[test]
    fn chunks_are_told_apart_by_all_their_bytes_and_their_length() {
        let texts = ["", "a", "b", "ab", "a\0", "a\0\0", "abcdefghijklmno", "abcdefghijklmnp"];
        for one in texts {
            for two in texts {
                assert_eq!(key(one) == key(two), one == two, "{one:?} {two:?}");
            }
        }
        assert!(key("abcdefghijklmnop").is_none());
        assert!(Key::new("in the end of a long text", 3, 3) == key("the"));
    }

    #[test]
    fn all_that_was_remembered_is_found_again() {
        let mut memory = Memory::default();
        let texts: Vec<String> = (0..5 * FEWEST).map(|n| format!("word{n}")).collect();
        for (at, text) in texts.iter().enumerate() {
            let token = Token { span: Span::new(0, 4), kind: TypeId(at as u32) };
            let key = key(text).unwrap();
            assert!(memory.get(key).is_none());
            memory.insert(key, &[token], false);
        }
        for (at, text) in texts.iter().enumerate() {
            let mut tokens = Vec::new();
            memory.write(memory.get(key(text).unwrap()).unwrap(), 10, &mut tokens);
            assert_eq!(tokens, [Token { span: Span::new(10, 14), kind: TypeId(at as u32) }]);
        }
    }
}
