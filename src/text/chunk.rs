//! Cuts a chunk, a stretch of text without white space, into its words.
//!
//! The cuts are those of UAX #29 on the folded chunk; then dotted acronyms take their last dot
//! (`U.S.`) and listed prefixes join what follows their hyphen (`co-operation`).

use unicode_normalization::UnicodeNormalization;

use crate::text::cutter::Cutter;
use crate::text::fold::Folded;
use crate::text::fold::without_possessive;
use crate::text::rules::TextRules;

/// A word of a chunk.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Word {
    /// First byte within the chunk.
    pub(super) start: u32,
    /// One past the last byte.
    pub(super) end: u32,
    /// The word after folding and joining, case kept.
    pub(super) surface: String,
}

/// The words of a chunk, in order.
pub(super) fn words_of(chunk: &str, rules: &TextRules, cutter: Cutter) -> Vec<Word> {
    if chunk.bytes().all(|b| b.is_ascii_alphanumeric()) {
        let surface = chunk.to_owned();
        let end = chunk.len() as u32;
        return if end == 0 { Vec::new() } else { vec![Word { start: 0, end, surface }] };
    }
    let folded = Folded::new(chunk);
    let cuts = lettered_words(&folded.text, cutter);
    let mut words = Vec::with_capacity(cuts.len());
    let mut next = 0;
    while next < cuts.len() {
        let (taken, start, end, surface) = word_at(&folded.text, &cuts[next..], rules);
        let (start, end) = folded.original(start, end);
        words.push(Word { start, end, surface: surface.nfc().collect() });
        next += taken;
    }
    words
}

/// Ranges of the words, each from its first letter or digit on and without underscores at
/// its end.
///
/// A mark before that letter carries an accent that belongs to no word, as in `…` and a vowel sign.
fn lettered_words(text: &str, cutter: Cutter) -> Vec<(usize, usize)> {
    cutter.pieces(text).into_iter().filter_map(|(at, word)| lettered(at, word)).collect()
}

fn lettered(at: usize, word: &str) -> Option<(usize, usize)> {
    let start = word.find(char::is_alphanumeric)?;
    let end = word.trim_end_matches(|c: char| c == '_' || c.is_whitespace()).len();
    Some((at + start, at + end))
}

/// The first word of `cuts`: how many cuts it takes up, its range, and its surface.
fn word_at(
    text: &str,
    cuts: &[(usize, usize)],
    rules: &TextRules,
) -> (usize, usize, usize, String) {
    acronym_at(text, cuts, rules).or_else(|| joined_at(text, cuts, rules)).unwrap_or_else(|| {
        let (start, end) = cuts[0];
        (1, start, end, without_possessive(&text[start..end]).to_owned())
    })
}

/// `U.S.` -> `US`, with its last dot and a possessive after that.
fn acronym_at(
    text: &str,
    cuts: &[(usize, usize)],
    rules: &TextRules,
) -> Option<(usize, usize, usize, String)> {
    let (start, end) = cuts[0];
    let word = without_possessive(&text[start..end]);
    if !word.contains('.') || !(is_spelled_out(word) || rules.is_dotted(word)) {
        return None;
    }
    let surface = word.replace('.', "");
    let free = cuts.get(1).map_or(text.len(), |next| next.0);
    if !text[end..free].starts_with('.') {
        return Some((1, start, end, surface));
    }
    let possessive = cuts.get(1).is_some_and(|&(from, to)| {
        matches!(&text[end..from], ".'") && matches!(&text[from..to], "s" | "S")
    });
    if possessive {
        Some((2, start, cuts[1].1, surface))
    } else {
        Some((1, start, end + 1, surface))
    }
}

/// Whether a word is single letters between dots: `U.S`, `a.m`.
fn is_spelled_out(word: &str) -> bool {
    word.split('.').all(|piece| {
        let mut chars = piece.chars();
        chars.next().is_some_and(char::is_alphabetic) && chars.next().is_none()
    })
}

/// `co-operation` -> `cooperation`, if `joins.csv` lists it.
fn joined_at(
    text: &str,
    cuts: &[(usize, usize)],
    rules: &TextRules,
) -> Option<(usize, usize, usize, String)> {
    let parts: Vec<&str> = hyphenated(text, cuts);
    let taken = rules.joined_parts(&parts)?;
    let end = cuts[taken - 1].1;
    let mut surface = parts[0].to_owned();
    for part in &parts[1..taken] {
        push_joined(&mut surface, part);
    }
    Some((taken, cuts[0].0, end, without_possessive(&surface).to_owned()))
}

/// The words at the start of `cuts` with nothing but a hyphen between them.
fn hyphenated<'a>(text: &'a str, cuts: &[(usize, usize)]) -> Vec<&'a str> {
    let mut parts = vec![&text[cuts[0].0..cuts[0].1]];
    for pair in cuts.windows(2) {
        if &text[pair[0].1..pair[1].0] != "-" {
            break;
        }
        parts.push(&text[pair[1].0..pair[1].1]);
    }
    parts
}

/// Appends a part, so that `Co-Operation` in a headline is the word `Cooperation`.
fn push_joined(surface: &mut String, part: &str) {
    if part.chars().any(char::is_lowercase) {
        let mut chars = part.chars();
        surface.extend(chars.next().into_iter().flat_map(char::to_lowercase));
        surface.push_str(chars.as_str());
    } else {
        surface.push_str(part);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(chunk: &str, expected: &[(&str, &str)]) {
        let words = words_of(chunk, &TextRules::built_in(), Cutter::Unicode);
        let got: Vec<(&str, &str)> = words
            .iter()
            .map(|word| (&chunk[word.start as usize..word.end as usize], word.surface.as_str()))
            .collect();
        assert_eq!(got, expected, "{chunk}");
    }

    #[test]
    fn words_are_those_of_uax29() {
        check("$3.5bn", &[("3.5bn", "3.5bn")]);
        check("COVID-19", &[("COVID", "COVID"), ("19", "19")]);
        check("China-Russia", &[("China", "China"), ("Russia", "Russia")]);
        check("03:27", &[("03", "03"), ("27", "27")]);
        check("F-16s", &[("F", "F"), ("16s", "16s")]);
        check("Reuters.com", &[("Reuters.com", "Reuters.com")]);
        check("AT&T", &[("AT", "AT"), ("T", "T")]);
        check("@user", &[("user", "user")]);
        check("x_y", &[("x_y", "x_y")]);
        check("—", &[]);
    }

    #[test]
    fn hebrew_letters_hold_on_to_a_quotation_mark_of_any_form() {
        for mark in ["\"", "”", "“", "\u{5f4}"] {
            let acronym = format!("\u{5e6}\u{5d4}{mark}\u{5dc}");
            check(&acronym, &[(&acronym, "\u{5e6}\u{5d4}\"\u{5dc}")]);
        }
        for mark in ["'", "’", "\u{5f3}"] {
            let name = format!("\u{5d2}{mark}\u{5d5}\u{5df}");
            check(&name, &[(&name, "\u{5d2}'\u{5d5}\u{5df}")]);
        }
        check("a“b", &[("a", "a"), ("b", "b")]);
    }

    #[test]
    fn a_mark_that_carries_an_accent_is_no_part_of_a_word() {
        check("…\u{11347}", &[("\u{11347}", "\u{11347}")]);
        check("a…\u{301}b", &[("a", "a"), ("b", "b")]);
    }

    #[test]
    fn possessives_are_one_word_and_fold_away() {
        check("envoy’s", &[("envoy’s", "envoy")]);
        check("envoy's", &[("envoy's", "envoy")]);
        check("countries’", &[("countries", "countries")]);
        check("U.S.’s", &[("U.S.’s", "US")]);
        check("US’s", &[("US’s", "US")]);
    }

    #[test]
    fn dotted_acronyms_are_one_word_without_dots() {
        check("U.S.", &[("U.S.", "US")]);
        check("U.S", &[("U.S", "US")]);
        check("U.S.-backed", &[("U.S.", "US"), ("backed", "backed")]);
        check("“U.S.,”", &[("U.S.", "US")]);
        check("U.S.-China", &[("U.S.", "US"), ("China", "China")]);
        check("a.m.", &[("a.m.", "am")]);
        check("Ph.D.", &[("Ph.D.", "PhD")]);
        check("J.", &[("J", "J")]);
        check("end.Next", &[("end.Next", "end.Next")]);
    }

    #[test]
    fn listed_prefixes_join_and_others_do_not() {
        check("co-operation", &[("co-operation", "cooperation")]);
        check("Co-Operation’s", &[("Co-Operation’s", "Cooperation")]);
        check("CO-OPERATION", &[("CO-OPERATION", "COOPERATION")]);
        check("non-co-operation", &[("non", "non"), ("co-operation", "cooperation")]);
        check("co-operation-based", &[("co-operation", "cooperation"), ("based", "based")]);
        check("co-author", &[("co", "co"), ("author", "author")]);
        check("de-escalating", &[("de-escalating", "deescalating")]);
        check("counter-offensive", &[("counter-offensive", "counteroffensive")]);
        check("co--operation", &[("co", "co"), ("operation", "operation")]);
    }

    #[test]
    fn invisible_characters_do_not_change_a_word() {
        check("enforce\u{ad}ment", &[("enforce\u{ad}ment", "enforcement")]);
        check("enforcement\u{200e}", &[("enforcement", "enforcement")]);
        check("Erdog\u{306}an", &[("Erdog\u{306}an", "Erdoğan")]);
        check("_China_", &[("China", "China")]);
    }
}
