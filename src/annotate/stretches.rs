//! Which stretches of words touch a sentence, so that a rule looks at those around it and not at all
//! of the article: an article may be a book.

use std::borrow::Cow;
use std::ops::Range;

use crate::annotate::reading::Reading;

/// Positions of stretches by the sentences they touch.
#[derive(Debug, Default)]
pub(super) struct Stretches {
    /// By sentence: where its positions begin, and one more for the end of the last.
    starts: Vec<usize>,
    /// In ascending order within a sentence.
    positions: Vec<usize>,
}

impl Stretches {
    /// Sorts stretches, given with their positions. A position may have several.
    pub(super) fn new<'s>(
        reading: &Reading<'_>,
        stretches: impl Iterator<Item = (usize, &'s Range<usize>)>,
    ) -> Self {
        let mut touched: Vec<(usize, usize)> = Vec::new();
        for (position, tokens) in stretches {
            touched.extend(sentences(reading, tokens).map(|sentence| (sentence, position)));
        }
        if touched.is_empty() {
            return Self::default();
        }
        touched.sort_unstable();
        touched.dedup();
        let mut starts = Vec::with_capacity(reading.doc.sentences.len() + 1);
        let mut before = 0;
        for sentence in 0..=reading.doc.sentences.len() {
            while touched.get(before).is_some_and(|(s, _)| *s < sentence) {
                before += 1;
            }
            starts.push(before);
        }
        let positions = touched.into_iter().map(|(_, position)| position).collect();
        Self { starts, positions }
    }

    /// The positions of the stretches that touch a sentence, ascending.
    pub(super) fn at(&self, sentence: usize) -> &[usize] {
        match self.starts.get(sentence..sentence + 2) {
            Some(&[start, end]) => &self.positions[start..end],
            _ => &[],
        }
    }

    /// The positions of the stretches in the sentences of some tokens, ascending, each once.
    pub(super) fn around(&self, reading: &Reading<'_>, tokens: &Range<usize>) -> Cow<'_, [usize]> {
        let sentences = sentences(reading, tokens);
        if sentences.len() == 1 || self.positions.is_empty() {
            return Cow::Borrowed(self.at(sentences.start));
        }
        let mut all: Vec<usize> = sentences.flat_map(|s| self.at(s)).copied().collect();
        all.sort_unstable();
        all.dedup();
        Cow::Owned(all)
    }
}

/// The sentences that some tokens touch; that of the first if there are no tokens between.
fn sentences(reading: &Reading<'_>, tokens: &Range<usize>) -> Range<usize> {
    let sentence = |token: usize| reading.words.get(token).map(|word| word.sentence as usize);
    let first = sentence(tokens.start).unwrap_or(reading.doc.sentences.len());
    let last = tokens.end.checked_sub(1).and_then(sentence).unwrap_or(first);
    first..last.max(first) + 1
}
