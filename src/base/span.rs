//! A stretch of an article's basis text.

use serde::{Deserialize, Serialize};

/// A half-open range of bytes of a basis text, on character boundaries.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// A span from `start` up to, not including, `end`.
    ///
    /// # Panics
    /// If `end` lies before `start`: such a span is a fault of ours, not of the text.
    pub fn new(start: u32, end: u32) -> Self {
        assert!(start <= end, "a span must not end before it starts: {start}..{end}");
        Self { start, end }
    }

    /// A span from the `usize` offsets that string searches return.
    ///
    /// # Panics
    /// Beyond 4 GiB; `corpus` refuses such an article before it gets here.
    pub fn from_usize(start: usize, end: usize) -> Self {
        let small = |n: usize| u32::try_from(n).expect("an article is smaller than 4 GiB");
        Self::new(small(start), small(end))
    }

    /// Length in bytes.
    pub fn len(self) -> u32 {
        self.end - self.start
    }

    /// Whether the span holds no byte.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Whether `other` lies wholly inside.
    pub fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two share at least one byte.
    pub fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The text under the span.
    pub fn of(self, basis: &str) -> &str {
        &basis[self.start as usize..self.end as usize]
    }

    /// The span as a range for slicing.
    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }
}
