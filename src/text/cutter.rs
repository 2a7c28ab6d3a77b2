//! Where words end: by the rules of Unicode, or by a dictionary where no spaces stand between them.

#[cfg(feature = "cjk")]
use icu_segmenter::{WordSegmenter, WordSegmenterBorrowed, options::WordBreakInvariantOptions};
use unicode_segmentation::UnicodeSegmentation;

use crate::base::Language;

/// Cuts a text into words and what stands between them.
#[derive(Clone, Copy)]
pub(super) enum Cutter {
    /// UAX #29.
    Unicode,
    /// UAX #29, and dictionaries for scripts without spaces between words.
    #[cfg(feature = "cjk")]
    Dictionary(WordSegmenterBorrowed<'static>),
}

impl Cutter {
    /// The cutter of a language.
    #[cfg(feature = "cjk")]
    pub(super) fn of(language: Language) -> Self {
        if language.has_spaces() {
            return Self::Unicode;
        }
        Self::Dictionary(WordSegmenter::new_dictionary(WordBreakInvariantOptions::default()))
    }

    /// The cutter of a language: without the feature `cjk` the same for all.
    #[cfg(not(feature = "cjk"))]
    pub(super) fn of(_: Language) -> Self {
        Self::Unicode
    }

    /// The pieces of a text, with the byte at which each begins.
    pub(super) fn pieces(self, text: &str) -> Vec<(usize, &str)> {
        match self {
            Self::Unicode => text.split_word_bound_indices().collect(),
            #[cfg(feature = "cjk")]
            Self::Dictionary(segmenter) => {
                let cuts: Vec<usize> = segmenter.segment_str(text).collect();
                cuts.windows(2).map(|cut| (cut[0], &text[cut[0]..cut[1]])).collect()
            }
        }
    }
}

#[cfg(test)]
#[cfg(feature = "cjk")]
mod tests {
    use super::*;

    fn words(code: &str, text: &str) -> Vec<String> {
        let pieces = Cutter::of(Language::parse(code).unwrap()).pieces(text);
        let is_word = |piece: &&str| piece.chars().any(char::is_alphanumeric);
        pieces.into_iter().map(|piece| piece.1).filter(is_word).map(String::from).collect()
    }

    #[test]
    fn dictionaries_cut_what_has_no_spaces() {
        let chinese = words("zh", "两国代表在港口讨论和平。");
        assert_eq!(chinese, ["两国", "代表", "在", "港口", "讨论", "和平"]);
        assert_eq!(words("ja", "代表は港で会いました。")[0], "代表");
        assert_eq!(words("th", "ผู้แทนพบกันที่ท่าเรือ").last().unwrap(), "ท่าเรือ");
    }

    #[test]
    fn words_with_spaces_are_cut_as_in_any_language() {
        let text = "The envoys’ U.S. plan, 3.5 million tonnes of co-operation";
        let unicode = Cutter::Unicode.pieces(text);
        assert_eq!(Cutter::of(Language::parse("zh").unwrap()).pieces(text), unicode);
    }
}
