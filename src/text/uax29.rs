//! The sentence boundaries of UAX #29 in a gap between two tokens.
//!
//! A table decides for the characters that news texts are made of; `unicode-segmentation` decides
//! for all others. A property test holds the two equal.

use std::borrow::Cow;

use unicode_segmentation::UnicodeSegmentation;

/// The last boundary from `left` to `right`, the ends of the gap. `from` is the start of the token
/// before the gap: the rules look back no further. `plain` gives the text with line breaks as
/// spaces.
pub(super) fn last_boundary<'a>(
    text: &str,
    plain: impl Fn() -> &'a str,
    (from, left, right): (usize, usize, usize),
) -> Option<usize> {
    by_table(text, left, right)
        .unwrap_or_else(|Unknown| by_segmentation(plain(), from, left, right))
}

fn by_segmentation(text: &str, from: usize, left: usize, right: usize) -> Option<usize> {
    text[from..]
        .split_sentence_bound_indices()
        .map(|(at, _)| from + at)
        .skip_while(|&at| at < left)
        .take_while(|&at| at <= right)
        .last()
}

/// A text with line breaks, quotation marks and ellipses brought to the forms that the
/// boundary rules know. Every character keeps its width, so that positions stay.
pub(super) fn plain(text: &str) -> Cow<'_, str> {
    let is_odd = |c: char| plain_char(c).is_some();
    if !text.contains(is_odd) {
        return Cow::Borrowed(text);
    }
    let mut plain = String::with_capacity(text.len());
    for c in text.chars() {
        match plain_char(c) {
            Some(form) => plain.push_str(form),
            None => plain.push(c),
        }
    }
    Cow::Owned(plain)
}

/// Another character, or more, of the same width; `None` if the rules know this one.
fn plain_char(c: char) -> Option<&'static str> {
    Some(match c {
        '\n' | '\r' | '\u{b}' | '\u{c}' => " ",
        '\u{85}' => "\u{a0}",
        '\u{2028}' | '\u{2029}' => "\u{2003}",
        '`' => "'",
        '´' | '\u{2b9}' | '\u{2bb}' | '\u{2bc}' | '\u{2bd}' => "«",
        '\u{2032}' | '\u{ff07}' => "’",
        '\u{2033}' | '\u{ff02}' => "”",
        '…' => "...",
        _ => return None,
    })
}

/// A character that the table does not hold.
struct Unknown;

/// What the rules see in a character (their property Sentence_Break).
#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Lower,
    Upper,
    Numeric,
    FullStop,
    Terminator,
    Close,
    Space,
    Continue,
    Other,
}

fn class(c: char) -> Result<Class, Unknown> {
    Ok(match c {
        'a'..='z' => Class::Lower,
        'A'..='Z' => Class::Upper,
        '0'..='9' => Class::Numeric,
        '.' | '…' => Class::FullStop,
        '?' | '!' => Class::Terminator,
        '"' | '\'' | '(' | ')' | '[' | ']' | '{' | '}' | '‘' | '’' | '“' | '”' => {
            Class::Close
        }
        ' ' | '\t' | '\n' | '\r' | '\u{a0}' => Class::Space,
        ',' | '-' | ':' | ';' | '–' | '—' => Class::Continue,
        '#'..='&' | '*' | '+' | '/' | '<'..='>' | '@' | '\\' | '^' | '_' | '|' | '~' | '•' => {
            Class::Other
        }
        _ => return Err(Unknown),
    })
}

/// How far the rules have read after a full stop, question or exclamation mark.
#[derive(Clone, Copy)]
struct After {
    /// Whether the mark was a full stop.
    full_stop: bool,
    /// Whether that full stop follows a letter.
    letter: bool,
    /// Nothing, or closing marks, or white space have come since.
    since: Class,
}

fn by_table(text: &str, left: usize, right: usize) -> Result<Option<usize>, Unknown> {
    let dotted = text[..left].ends_with('.');
    let start = if dotted { left - 1 } else { left };
    let before = text[..start].chars().next_back();
    let mut previous = before.map_or(Ok(Class::Other), class)?;
    let mut after: Option<After> = None;
    let mut last = None;
    for (at, c) in text[start..].char_indices() {
        let at = start + at;
        if at > right {
            break;
        }
        let this = class(c)?;
        after = match after {
            Some(state) => match step(state, this) {
                Step::On(state) => Some(state),
                Step::Over => None,
                Step::UnlessLower => {
                    if !state.full_stop || !lower_comes_first(&text[at..])? {
                        last = Some(at);
                    }
                    None
                }
            },
            None => begin(c, previous),
        };
        previous = this;
    }
    Ok(last)
}

/// What a character does to the reading after a mark.
enum Step {
    /// SB8a to SB10: it goes on.
    On(After),
    /// SB6, SB7, SB8a: no boundary.
    Over,
    /// SB8, SB11: a boundary, unless a lower-case letter comes before any other letter.
    UnlessLower,
}

fn step(state: After, this: Class) -> Step {
    let just_now = state.full_stop && state.since == Class::FullStop;
    match this {
        Class::Numeric if just_now => Step::Over,
        Class::Upper if just_now && state.letter => Step::Over,
        Class::FullStop | Class::Terminator => Step::On(After {
            full_stop: this == Class::FullStop,
            letter: false,
            since: Class::FullStop,
        }),
        Class::Continue => Step::Over,
        Class::Close if state.since != Class::Space => {
            Step::On(After { since: Class::Close, ..state })
        }
        Class::Space => Step::On(After { since: Class::Space, ..state }),
        _ => Step::UnlessLower,
    }
}

/// Whether a character begins what the rules read. An ellipsis is three full stops, of which the
/// last does not follow a letter.
fn begin(c: char, previous: Class) -> Option<After> {
    matches!(c, '.' | '…' | '?' | '!').then_some(After {
        full_stop: matches!(c, '.' | '…'),
        letter: c != '…' && matches!(previous, Class::Lower | Class::Upper),
        since: Class::FullStop,
    })
}

/// Whether the first letter of a text is lower case and no end mark comes before it.
fn lower_comes_first(text: &str) -> Result<bool, Unknown> {
    for c in text.chars() {
        match class(c)? {
            Class::Lower => return Ok(true),
            Class::Upper | Class::FullStop | Class::Terminator => return Ok(false),
            _ => {}
        }
    }
    Ok(false)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Every gap of a text whose tokens are its runs of letters and digits.
    fn gaps(text: &str) -> Vec<(usize, usize, usize)> {
        let words: Vec<(usize, &str)> = text
            .split_word_bound_indices()
            .filter(|(_, word)| word.chars().any(char::is_alphanumeric))
            .collect();
        let end = |(at, word): (usize, &str)| at + word.len();
        words.windows(2).map(|pair| (pair[0].0, end(pair[0]), pair[1].0)).collect()
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn the_table_and_unicode_segmentation_agree(
            text in "([a-z]|[A-Z]|[0-9]|[.?!…]| |[\"'()‘’“”]|[,:;–—-]|[.?!\"'(){}\\[\\]‘’“”,:;–—•#$%&*+/<=>@^_|~`…\n -]{1,4}|\r\n|é|。|\u{a0}|\t){0,25}"
        ) {
            let plain = plain(&text);
            for (from, left, right) in gaps(&text) {
                let expected = plain
                    .split_sentence_bound_indices()
                    .map(|(at, _)| at)
                    .filter(|&at| left <= at && at <= right)
                    .last();
                prop_assert_eq!(by_segmentation(&plain, from, left, right), expected);
                if let Ok(found) = by_table(&text, left, right) {
                    prop_assert_eq!(found, expected, "{:?} {}..{}", text, left, right);
                }
            }
        }
    }
}
