//! Folds a paragraph to the words that make it the same as another: no case, no punctuation.

use unicode_normalization::UnicodeNormalization;

/// Letters and digits in lower case, one space where anything else stood between them.
///
/// Apostrophes vanish, so that `Russia’s` and `Russia's` agree; every dash, quotation mark and white
/// space separates, so that `-` and `–` do. Compatibility forms (`ﬁ`, full-width letters) are undone.
pub(crate) fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    if text.is_ascii() {
        push_folded(&mut folded, text.chars());
    } else {
        push_folded(&mut folded, text.nfkc());
    }
    folded
}

fn push_folded(folded: &mut String, chars: impl Iterator<Item = char>) {
    let mut gap = false;
    for c in chars {
        if c.is_alphanumeric() || is_mark(c) {
            if gap && !folded.is_empty() {
                folded.push(' ');
            }
            gap = false;
            folded.extend(c.to_lowercase());
        } else if !matches!(c, '\'' | '’' | '‘' | 'ʼ' | '\u{200b}'..='\u{200f}' | '\u{ad}') {
            gap = true;
        }
    }
}

/// Combining marks belong to the letter before them.
fn is_mark(c: char) -> bool {
    unicode_normalization::char::is_combining_mark(c)
}

/// Words of a text by white space, those without a letter or digit not counted. Good enough to tell
/// a heading from prose, and quick: it looks at bytes, and takes what is neither plain nor Latin-1 or
/// general punctuation for letters.
pub(crate) fn rough_words(text: &str) -> usize {
    let (mut n_words, mut in_word) = (0, 0);
    for &byte in text.as_bytes() {
        let kind = KINDS[usize::from(byte)];
        n_words += usize::from(kind & LETTER & !in_word);
        in_word = (in_word | kind) & !(kind >> 1) & LETTER;
    }
    n_words
}

const LETTER: u8 = 1;
const SPACE: u8 = 2;

/// What [`rough_words`] takes each byte for; 0 stands for other marks.
static KINDS: [u8; 256] = {
    const LATIN_1: u8 = 0xC2;
    const PUNCTUATION: u8 = 0xE2;
    let mut kinds = [0; 256];
    let mut at = 0;
    while at < kinds.len() {
        let byte = at as u8;
        if byte.is_ascii_alphanumeric() || byte > LATIN_1 && byte != PUNCTUATION {
            kinds[at] = LETTER;
        } else if byte.is_ascii_whitespace() {
            kinds[at] = SPACE;
        }
        at += 1;
    }
    kinds
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn house_style_does_not_make_paragraphs_differ() {
        let plain = "SHANGHAI (Reuters) - China's \"no limits\"";
        assert_eq!(fold(plain), "shanghai reuters chinas no limits");
        assert_eq!(fold("SHANGHAI (Reuters)\u{a0}– China’s “no limits”"), fold(plain));
    }

    #[test]
    fn different_words_stay_different() {
        assert_ne!(fold("53 dead"), fold("5-3 dead"));
        assert_ne!(fold("re-sign"), fold("resign"));
    }

    #[test]
    fn punctuation_is_not_a_word() {
        assert_eq!(rough_words("Moscow – 22nd September"), 3);
        assert_eq!(rough_words("“Да,” сказал он. ... «»"), 3);
        assert_eq!(rough_words(" * * * "), 0);
    }
}
