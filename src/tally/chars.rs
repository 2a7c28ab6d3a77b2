//! From bytes to code points: where a span stands as the reports print it.

use crate::base::Span;
use crate::corpus::Basis;
use crate::tally::record::CharSpan;

/// Bytes between two remembered counts.
const STRIDE: usize = 64;

/// Counts code points of one basis text, from the start of the file or of the record's cell.
pub(crate) struct CharIndex<'a> {
    text: &'a str,
    text_start: u32,
    /// Code points before `text_start`.
    origin: u32,
    /// Code points before each multiple of [`STRIDE`]; empty if every byte is one.
    before: Vec<u32>,
}

impl<'a> CharIndex<'a> {
    /// Reads the text once.
    pub(crate) fn new(basis: &'a Basis) -> Self {
        let text = basis.text.as_str();
        let mut before = Vec::new();
        if !text.is_ascii() {
            let mut count = 0;
            for chunk in text.as_bytes().chunks(STRIDE) {
                before.push(count);
                count += code_points(chunk);
            }
            before.push(count);
        }
        let index = Self { text, text_start: basis.text_start, origin: 0, before };
        Self { origin: index.count(basis.text_start), ..index }
    }

    /// Where a span stands.
    pub(crate) fn span(&self, span: Span) -> CharSpan {
        let origin = if span.start >= self.text_start { self.origin } else { 0 };
        CharSpan { start: self.count(span.start) - origin, end: self.count(span.end) - origin }
    }

    /// The same for spans in reading order, which each start near the end of the one before.
    pub(crate) fn in_order(&self) -> impl FnMut(Span) -> CharSpan + '_ {
        let (mut last, mut so_far) = (0, 0);
        let mut count = move |byte: u32| {
            let near = last <= byte && byte - last < STRIDE as u32;
            so_far = if near && !self.before.is_empty() {
                so_far + code_points(&self.text.as_bytes()[last as usize..byte as usize])
            } else {
                self.count(byte)
            };
            last = byte;
            so_far
        };
        move |span| {
            let origin = if span.start >= self.text_start { self.origin } else { 0 };
            CharSpan { start: count(span.start) - origin, end: count(span.end) - origin }
        }
    }

    /// Code points before a byte.
    fn count(&self, byte: u32) -> u32 {
        if self.before.is_empty() {
            return byte;
        }
        let block = byte as usize / STRIDE;
        self.before[block] + code_points(&self.text.as_bytes()[block * STRIDE..byte as usize])
    }
}

/// Code points that begin in these bytes.
fn code_points(bytes: &[u8]) -> u32 {
    let starts = bytes.iter().filter(|&&byte| byte & 0xC0 != 0x80).count();
    u32::try_from(starts).expect("an article is smaller than 4 GiB")
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
