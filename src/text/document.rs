//! An article as words: tokens in sentences in paragraphs.

use std::ops::Range;

use crate::base::{Section, Span};
use crate::text::analyzer::TypeId;

/// One word in place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// Where it stands; covers the whole of a joined word (`co-operation`) and the last dot of `U.S.`
    pub span: Span,
    /// Its type, for everything that is known once per distinct word.
    pub kind: TypeId,
}

/// One sentence. Sentences are numbered from 1 over the kept text, the title first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// From its first to its last non-blank character, closing quotation marks included.
    pub span: Span,
    /// Its tokens, as positions in `Document::tokens`.
    pub tokens: Range<usize>,
    /// Its paragraph, as a position in `Document::paragraphs`.
    pub paragraph: usize,
}

/// One kept block of the article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paragraph {
    /// The block's span.
    pub span: Span,
    /// Headline, lead or body.
    pub section: Section,
    /// Its tokens, as positions in `Document::tokens`.
    pub tokens: Range<usize>,
    /// Its sentences, as positions in `Document::sentences`.
    pub sentences: Range<usize>,
}

/// The words of one article.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Document {
    /// Every word, in reading order.
    pub tokens: Vec<Token>,
    /// Every sentence, in reading order; sentence number = position + 1.
    pub sentences: Vec<Sentence>,
    /// Every kept block, in reading order.
    pub paragraphs: Vec<Paragraph>,
}
