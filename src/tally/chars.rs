//! From bytes to code points: where a span stands as the reports print it.

use crate::base::Span;
use crate::corpus::Basis;
use crate::tally::record::CharSpan;

/// Bytes that are passed over at once if all are plain.
const STRIDE: usize = 64;

/// Counts code points of one basis text, from the start of the file or of the record's cell.
pub(crate) struct CharIndex {
    text_start: u32,
    /// Code points before `text_start`.
    origin: u32,
    /// Where bytes stand that do not begin a code point: few in most texts.
    inner: Vec<u32>,
}

impl CharIndex {
    /// Reads the text once.
    pub(crate) fn new(basis: &Basis) -> Self {
        let mut inner = Vec::new();
        let chunks = basis.text.as_bytes().chunks(STRIDE).enumerate();
        for (at, chunk) in chunks.filter(|(_, chunk)| !chunk.is_ascii()) {
            let bytes = ((at * STRIDE) as u32..).zip(chunk);
            inner.extend(bytes.filter(|(_, byte)| **byte & 0xC0 == 0x80).map(|(at, _)| at));
        }
        let index = Self { text_start: basis.text_start, origin: 0, inner };
        Self { origin: index.count(basis.text_start), ..index }
    }

    /// Where a span stands.
    pub(crate) fn span(&self, span: Span) -> CharSpan {
        let origin = if span.start >= self.text_start { self.origin } else { 0 };
        CharSpan { start: self.count(span.start) - origin, end: self.count(span.end) - origin }
    }

    /// The same, quicker for spans in reading order.
    pub(crate) fn in_order(&self) -> impl FnMut(Span) -> CharSpan + '_ {
        let (mut last, mut n_inner) = (0, 0);
        let mut count = move |byte: u32| {
            if byte < last {
                n_inner = 0;
            }
            last = byte;
            while self.inner.get(n_inner).is_some_and(|&at| at < byte) {
                n_inner += 1;
            }
            byte - n_inner as u32
        };
        move |span| {
            let origin = if span.start >= self.text_start { self.origin } else { 0 };
            CharSpan { start: count(span.start) - origin, end: count(span.end) - origin }
        }
    }

    /// Code points before a byte.
    fn count(&self, byte: u32) -> u32 {
        byte - self.inner.partition_point(|&at| at < byte) as u32
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::TextBasis;

    #[test]
    fn offsets_count_code_points_not_bytes() {
        let text = format!("{}“war” 中文", "é".repeat(400));
        let basis = Basis { text: text.clone(), ..Basis::default() };
        let index = CharIndex::new(&basis);
        for word in ["war", "中文", "”"] {
            let at = text.find(word).unwrap();
            let chars = index.span(Span::from_usize(at, at + word.len()));
            let cut: String = text
                .chars()
                .skip(chars.start as usize)
                .take((chars.end - chars.start) as usize)
                .collect();
            assert_eq!(cut, word);
        }
        let mut in_order = index.in_order();
        for at in text.char_indices().map(|(at, _)| at).filter(|at| at % 5 != 1) {
            let span = Span::from_usize(at, text.len());
            assert_eq!(in_order(Span::new(span.start, span.start)).start, index.span(span).start);
        }
    }

    #[test]
    fn title_and_text_of_a_record_each_count_from_their_own_start() {
        let basis = Basis { text: "Tïtle\n\nText".into(), text_start: 8, kind: TextBasis::Record };
        let index = CharIndex::new(&basis);
        assert_eq!(index.span(Span::new(0, 6)), CharSpan { start: 0, end: 5 });
        assert_eq!(index.span(Span::new(8, 12)), CharSpan { start: 0, end: 4 });
    }
}
