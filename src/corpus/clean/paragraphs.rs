//! Cuts a text into paragraphs: lines, unless its lines are wrapped.

use crate::base::Span;
use crate::corpus::fold::rough_words;

/// Words from which on a paragraph counts as prose, as opposed to headings, captions and the like.
const PROSE: usize = 20;

/// Characters of a line that may still be one of a wrapped text.
const WIDEST: usize = 120;

/// Characters below which no text is wrapped.
const NARROWEST: usize = 40;

/// A paragraph and its place among the others.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Paragraph {
    /// Without surrounding white space; never empty.
    pub(crate) span: Span,
    /// Words by white space.
    pub(crate) words: usize,
    /// Paragraphs of prose before it.
    pub(crate) prose_before: usize,
    /// Paragraphs of prose after it.
    pub(crate) prose_after: usize,
}

impl Paragraph {
    /// Whether it is long enough for prose.
    pub(crate) fn is_prose(&self) -> bool {
        self.words >= PROSE
    }
}

/// One line without surrounding white space.
struct Line {
    span: Span,
    chars: usize,
    /// Whether a blank line or the start of the text precedes it.
    after_gap: bool,
}

/// Cuts the text from byte `from` on. Each line is a paragraph, but lines that wrapping cut in the
/// middle of a sentence stay together; `stands_alone` tells lines that are never part of prose.
pub(crate) fn paragraphs(
    text: &str,
    from: usize,
    stands_alone: impl Fn(&str) -> bool,
) -> Vec<Paragraph> {
    let lines = lines(text, from);
    let width = wrap_width(text, &lines);
    let mut spans: Vec<Span> = Vec::with_capacity(lines.len());
    for (at, line) in lines.iter().enumerate() {
        let joined = at > 0 && {
            let above = &lines[at - 1];
            let (one, two) = (above.span.of(text), line.span.of(text));
            !line.after_gap
                && runs_on(one, above.chars, two, width)
                && !stands_alone(one)
                && !stands_alone(two)
        };
        match spans.last_mut() {
            Some(last) if joined => last.end = line.span.end,
            _ => spans.push(line.span),
        }
    }
    placed(text, &spans)
}

/// Counts the prose before and after each paragraph.
fn placed(text: &str, spans: &[Span]) -> Vec<Paragraph> {
    let mut n_prose = 0;
    let mut paragraphs = Vec::with_capacity(spans.len());
    for &span in spans {
        let words = rough_words(span.of(text));
        let paragraph = Paragraph { span, words, prose_before: n_prose, prose_after: 0 };
        n_prose += usize::from(paragraph.is_prose());
        paragraphs.push(paragraph);
    }
    for paragraph in &mut paragraphs {
        let so_far = paragraph.prose_before + usize::from(paragraph.is_prose());
        paragraph.prose_after = n_prose - so_far;
    }
    paragraphs
}

fn lines(text: &str, from: usize) -> Vec<Line> {
    let mut lines = Vec::new();
    let (mut start, mut after_gap) = (from, true);
    while start < text.len() {
        let end = line_end(text, start);
        let raw = &text[start..end];
        let trimmed = raw.trim();
        if trimmed.is_empty() {
            // The `\n` of `\r\n` ends no line of its own.
            after_gap |= !(raw == "\n" && text[..start].ends_with('\r'));
        } else {
            let at = start + (raw.len() - raw.trim_start().len());
            let span = Span::from_usize(at, at + trimmed.len());
            lines.push(Line { span, chars: trimmed.chars().count(), after_gap });
            after_gap = false;
        }
        start = end;
    }
    lines
}

/// One past the next line end, or the end of the text.
fn line_end(text: &str, start: usize) -> usize {
    let bytes = text.as_bytes();
    let begins = |byte: &u8| matches!(byte, b'\n' | b'\r' | 0x0B | 0x0C | 0xC2 | 0xE2);
    let mut at = start;
    while let Some(before) = bytes[at..].iter().position(begins) {
        at += before;
        let (first, rest) = (bytes[at], &bytes[at + 1..]);
        let length = match first {
            b'\n' | b'\r' | 0x0B | 0x0C => 1,
            // U+0085, U+2028 and U+2029.
            0xC2 if rest.starts_with(&[0x85]) => 2,
            0xE2 if rest.starts_with(&[0x80, 0xA8]) || rest.starts_with(&[0x80, 0xA9]) => 3,
            _ => 0,
        };
        if length > 0 {
            return at + length;
        }
        at += 1;
    }
    text.len()
}

/// The width at which a text is wrapped; `None` if it is not.
///
/// Wrapping leaves two marks: most lines end in the middle of a sentence, and the first word of the
/// next line would not have fitted.
fn wrap_width(text: &str, lines: &[Line]) -> Option<usize> {
    let narrow = || lines.iter().filter(|line| line.chars <= WIDEST);
    let width = narrow().map(|line| line.chars).max().filter(|&width| width >= NARROWEST)?;
    if narrow().count() * 5 < lines.len() * 4 {
        return None;
    }
    let (mut n_pairs, mut n_full, mut n_open) = (0, 0, 0);
    for pair in lines.windows(2).filter(|pair| !pair[1].after_gap) {
        n_pairs += 1;
        n_full += usize::from(is_full(pair[0].chars, pair[1].span.of(text), width));
        n_open += usize::from(!ends_sentence(pair[0].span.of(text)));
    }
    (n_pairs >= 3 && n_full * 5 >= n_pairs * 3 && n_open * 2 >= n_pairs).then_some(width)
}

/// Whether the first word of the next line would not have fitted. A tenth of the width is forgiven,
/// because the widest line may owe its width to a word that stands out.
fn is_full(chars: usize, next: &str, width: usize) -> bool {
    let first = next.split_whitespace().next().map_or(0, |word| word.chars().count());
    (chars + 1 + first) * 10 > width * 9
}

/// Whether a sentence runs on from one line into the next.
fn runs_on(line: &str, chars: usize, next: &str, width: Option<usize>) -> bool {
    let goes_on = next.chars().next().is_some_and(char::is_lowercase);
    if goes_on && !ends_sentence(line) && (NARROWEST..=WIDEST).contains(&chars) {
        return true;
    }
    width.is_some_and(|width| chars <= width && is_full(chars, next, width))
}

/// Whether the line ends like a sentence, closing quotation marks and brackets aside.
pub(crate) fn ends_sentence(line: &str) -> bool {
    let closing = |c: char| matches!(c, '"' | '”' | '’' | '\'' | ')' | ']' | '»');
    line.trim_end().trim_end_matches(closing).ends_with(['.', '!', '?', ':', '…', '。', '！', '？'])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Vec<&str> {
        let alone = |line: &str| line.starts_with("Published:");
        paragraphs(text, 0, alone).iter().map(|p| p.span.of(text)).collect()
    }

    #[test]
    fn a_line_below_the_headline_is_its_own_paragraph() {
        let text =
            "Envoy visits Moscow as trust deepens\r\nPublished: Feb 4, 2023\r\n\r\nThe envoy met.";
        let expect =
            ["Envoy visits Moscow as trust deepens", "Published: Feb 4, 2023", "The envoy met."];
        assert_eq!(cut(text), expect);
    }

    #[test]
    fn long_lines_without_blank_lines_are_paragraphs() {
        let one = "The envoy met the minister on Friday and spoke of trade, energy and the long border that both share.";
        let text = format!("{one}\n{one}\n{one}");
        assert_eq!(cut(&text).len(), 3);
    }

    #[test]
    fn wrapped_lines_are_one_paragraph() {
        let text = "The envoy met the minister on Friday and spoke of trade, energy and\n\
                    Europe. Both sides said that talks would go on in spring, when the\n\
                    Chinese side will open a rail line across the river. Sanctions were\n\
                    not on the table.\n\
                    A second paragraph begins here after a short line and it also goes\n\
                    on for a while.";
        assert_eq!(cut(text).len(), 2, "{:?}", cut(text));
    }

    #[test]
    fn short_sentences_on_lines_of_their_own_stay_apart() {
        let text = "The talks failed on Friday.\nNobody was surprised by that.\nNew talks begin soon.\n\
                    The envoy left by train.";
        assert_eq!(cut(text).len(), 4);
    }

    #[test]
    fn headings_above_prose_stay_apart() {
        let text =
            "What happens next\nThe envoy returns to Beijing and reports to the president there.";
        assert_eq!(cut(text).len(), 2);
    }

    #[test]
    fn prose_is_counted_on_both_sides() {
        let prose = "word ".repeat(25);
        let text = format!("Title\n\n{prose}\n\nCaption\n\n{prose}");
        let places: Vec<_> = paragraphs(&text, 0, |_| false)
            .iter()
            .map(|p| (p.prose_before, p.prose_after))
            .collect();
        assert_eq!(places, [(0, 2), (0, 1), (1, 1), (1, 0)]);
    }
}
