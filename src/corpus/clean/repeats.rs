//! Finds paragraphs that repeat an earlier one of the same article; the first copy stays.

use crate::base::Span;
use crate::corpus::clean::{CleaningRules, Piece};
use crate::corpus::fold::fold;

/// A kept stretch of text that may be a copy or have one.
struct Copy {
    /// Equal for copies, and rarely for others.
    signature: u64,
    /// Its piece; `None` for the headline.
    piece: Option<usize>,
    span: Span,
}

/// Marks repeats as removed. Case, punctuation and white space may differ.
///
/// A repeat of the headline above the first paragraph of prose goes however short it is; other
/// paragraphs only from the row's `min_words` on, since people do say `Thank you.` twice.
pub(super) fn find_repeats(
    text: &str,
    title: Option<Span>,
    pieces: &mut [Piece],
    rules: &CleaningRules,
) {
    let Some((rule, min_words)) = &rules.repeat else { return };
    let mut copies = copies(text, title, pieces);
    copies.sort_unstable_by_key(|copy| (copy.signature, copy.span));
    for group in copies.chunk_by(|one, other| one.signature == other.signature) {
        if group.len() < 2 {
            continue;
        }
        let folded: Vec<String> = group.iter().map(|copy| fold(copy.span.of(text))).collect();
        for (at, copy) in group.iter().enumerate().skip(1) {
            let Some(first) = folded[..at].iter().position(|known| *known == folded[at]) else {
                continue;
            };
            let (first, Some(piece)) = (&group[first], copy.piece.map(|at| &mut pieces[at])) else {
                continue;
            };
            let headline = first.piece.is_none() && piece.paragraph.prose_before == 0;
            if headline || folded[at].split(' ').count() >= *min_words {
                piece.removed = Some(rule.clone());
                piece.repeats = Some(first.span);
            }
        }
    }
}

fn copies(text: &str, title: Option<Span>, pieces: &[Piece]) -> Vec<Copy> {
    let copy = |piece: Option<usize>, span: Span| Copy {
        signature: signature(span.of(text)),
        piece,
        span,
    };
    let kept = pieces.iter().enumerate().filter_map(|(at, piece)| Some((at, piece.kept()?)));
    let kept = kept.filter(|(_, span)| Some(*span) != title);
    title
        .into_iter()
        .map(|span| copy(None, span))
        .chain(kept.map(|(at, span)| copy(Some(at), span)))
        .collect()
}

/// The sum of a number for each plain letter and digit, whatever its case and place. Folding keeps
/// these, so that copies share it; what else shares it (an anagram, a text in another script) is told
/// apart by its folded words.
fn signature(text: &str) -> u64 {
    text.bytes().fold(0_u64, |sum, byte| sum.wrapping_add(NUMBERS[usize::from(byte)]))
}

/// A number of its own for each plain letter, in either case, and each digit; 0 for other bytes.
const NUMBERS: [u64; 256] = {
    let mut numbers = [0; 256];
    let mut byte = 0_u8;
    while byte < 128 {
        if byte.is_ascii_alphanumeric() {
            // The finaliser of splitmix64 spreads the 36 values over all bits.
            let mut number = (byte.to_ascii_lowercase() as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15);
            number = (number ^ (number >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            numbers[byte as usize] = number ^ (number >> 27);
        }
        byte += 1;
    }
    numbers
};
