//! Folds spelling habits that never change a word: apostrophes, hyphens, invisible characters.
//!
//! Remembers where each folded byte came from, so that spans keep pointing into the article.

/// A stretch of text after folding, with the way back.
#[derive(Debug, Default)]
pub(super) struct Folded {
    /// The folded text.
    pub(super) text: String,
    /// For each byte of `text`, where its character starts and ends in the original.
    origin: Vec<(u32, u32)>,
}

impl Folded {
    /// Folds character by character.
    pub(super) fn new(original: &str) -> Self {
        let mut folded = Self::default();
        for (at, c) in original.char_indices() {
            let from = u32::try_from(at).expect("an article is smaller than 4 GiB");
            let origin = (from, from + c.len_utf8() as u32);
            if let Some(c) = fold_char(c) {
                folded.text.push(c);
                folded.origin.resize(folded.text.len(), origin);
            }
        }
        folded
    }

    /// Where a non-empty range of the folded text stands in the original.
    pub(super) fn original(&self, start: usize, end: usize) -> (u32, u32) {
        (self.origin[start].0, self.origin[end - 1].1)
    }
}

/// The character that stands for `c`; `None` for characters nobody sees, such as a soft hyphen.
fn fold_char(c: char) -> Option<char> {
    if is_apostrophe(c) {
        return Some('\'');
    }
    if is_double_quote(c) {
        return Some('"');
    }
    if is_hyphen(c) {
        return Some('-');
    }
    match c {
        // Geresh and gershayim, which few keyboards have: most write an apostrophe, a quotation mark.
        '\u{5f3}' => Some('\''),
        '\u{5f4}' => Some('"'),
        '\u{ad}' | '\u{200e}' | '\u{200f}' | '\u{2060}' | '\u{feff}' => None,
        _ => Some(c),
    }
}

/// `'` and everything that outlets type in its place, in `Russia’s` or `Hawaiʻi`.
pub(super) fn is_apostrophe(c: char) -> bool {
    matches!(
        c,
        '\'' | '`'
            | '´'
            | '\u{2b9}'
            | '\u{2bb}'
            | '\u{2bc}'
            | '\u{2bd}'
            | '\u{2018}'
            | '\u{2019}'
            | '\u{201a}'
            | '\u{201b}'
            | '\u{2032}'
            | '\u{ff07}'
    )
}

/// `"` and its typographic forms.
pub(super) fn is_double_quote(c: char) -> bool {
    matches!(c, '"' | '\u{201c}' | '\u{201d}' | '\u{201e}' | '\u{201f}' | '\u{2033}' | '\u{ff02}')
}

/// A hyphen inside a word; dashes between words are left alone.
fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{2010}' | '\u{2011}' | '\u{fe63}' | '\u{ff0d}')
}

/// A word without the possessive: `Russia's` -> `Russia`, `MPs'` -> `MPs`.
///
/// The `'s` of `it's` goes too: nothing in the word tells "it is" from a possessive, and Snowball
/// drops both. A word that is nothing but its ending is left alone.
pub(super) fn without_possessive(word: &str) -> &str {
    let bare = word.strip_suffix("'s").or_else(|| word.strip_suffix("'S")).unwrap_or(word);
    let bare = bare.trim_end_matches('\'');
    if bare.chars().any(char::is_alphanumeric) { bare } else { word }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn apostrophes_and_quotes_fold_to_one_form() {
        for (text, folded) in [
            ("Russia’s", "Russia's"),
            ("Russia‘s", "Russia's"),
            ("Russiaʼs", "Russia's"),
            ("“no”", "\"no\""),
            ("co‑operate", "co-operate"),
            ("co\u{ad}operate", "cooperate"),
            ("Russia – China", "Russia – China"),
        ] {
            assert_eq!(Folded::new(text).text, folded);
        }
    }

    #[test]
    fn folded_text_knows_where_it_came_from() {
        let folded = Folded::new("“Russia’s”");
        assert_eq!(folded.original(1, 9), (3, 13));
    }

    #[test]
    fn possessives_go_and_other_apostrophes_stay() {
        for (word, bare) in [
            ("Russia's", "Russia"),
            ("CHINA'S", "CHINA"),
            ("it's", "it"),
            ("countries'", "countries"),
            ("don't", "don't"),
            ("O'Brien", "O'Brien"),
            ("they're", "they're"),
            ("'s", "'s"),
        ] {
            assert_eq!(without_possessive(word), bare);
        }
    }
}
