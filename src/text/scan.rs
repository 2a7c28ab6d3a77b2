//! Finds the chunks of a text: what stands between white space, less the marks at its ends.
//!
//! Works on bytes, because everything after it is done once per distinct chunk and this is not.

/// A chunk without the marks around it (`“Russia,”` -> `Russia`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Core<'a> {
    /// Where it begins in the text.
    pub(super) start: usize,
    /// Its text; empty for a dash alone. Keeps a full stop after `U.S`.
    pub(super) text: &'a str,
    /// Whether the marks around it hold one that can end a sentence.
    pub(super) has_end_mark: bool,
}

/// The chunks of a text, in order.
///
/// No UAX #29 word goes across white space, but for the narrow no-break space of `10 000`.
pub(super) fn cores(text: &str) -> impl Iterator<Item = Core<'_>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let (start, end) = next_chunk(text, at)?;
        at = end;
        Some(core(text, start, end))
    })
}

/// The range of the next stretch without white space from `at` on.
fn next_chunk(text: &str, mut at: usize) -> Option<(usize, usize)> {
    let bytes = text.as_bytes();
    while at < bytes.len() {
        let width = space_width(text, at);
        if width == 0 {
            break;
        }
        at += width;
    }
    let start = at;
    while at < bytes.len() {
        match CLASS[bytes[at] as usize] {
            SPACE => break,
            LEAD if space_width(text, at) > 0 => break,
            _ => at += 1,
        }
    }
    (start < at).then_some((start, at))
}

/// The width of the white space at a byte; 0 if there is none.
fn space_width(text: &str, at: usize) -> usize {
    match CLASS[text.as_bytes()[at] as usize] {
        SPACE => 1,
        LEAD => text[at..]
            .chars()
            .next()
            .filter(|&c| c.is_whitespace() && c != '\u{202f}')
            .map_or(0, char::len_utf8),
        _ => 0,
    }
}

/// Takes the marks off both ends of a chunk.
fn core(text: &str, start: usize, end: usize) -> Core<'_> {
    let bytes = &text.as_bytes()[start..end];
    if is_word(bytes[0]) && is_word(bytes[bytes.len() - 1]) {
        return Core { start, text: &text[start..end], has_end_mark: false };
    }
    let first = marks_before(bytes);
    let mut last = first + marks_after(&bytes[first..]);
    let kept = &bytes[first..last];
    if bytes.get(last) == Some(&b'.') && kept.contains(&b'.') {
        last += 1;
    }
    let is_end = |marks: &[u8]| marks.iter().any(|b| matches!(b, b'.' | b'?' | b'!' | 0xa6));
    Core {
        start: start + first,
        text: &text[start + first..start + last],
        has_end_mark: is_end(&bytes[..first]) || is_end(&bytes[last..]),
    }
}

/// How many bytes of marks a chunk starts with. Stops before a character that might attach to the
/// mark, such as a combining accent.
fn marks_before(bytes: &[u8]) -> usize {
    let mut at = 0;
    while at < bytes.len() {
        let width = match &bytes[at..] {
            [b, ..] if CLASS[*b as usize] == MARK => 1,
            [0xe2, 0x80, third, ..] if is_common_mark(*third) => 3,
            _ => break,
        };
        let follows_plainly = match &bytes[at + width..] {
            [] => true,
            [0xe2, 0x80, third, ..] => is_common_mark(*third),
            [b, ..] => b.is_ascii(),
        };
        if !follows_plainly {
            break;
        }
        at += width;
    }
    at
}

/// How many bytes are left without the marks at the end. Keeps a mark after a character that is
/// not ASCII and might take it along, as Hebrew letters do with an apostrophe.
fn marks_after(bytes: &[u8]) -> usize {
    let mut end = bytes.len();
    while end > 0 {
        let width = match &bytes[..end] {
            [.., b] if CLASS[*b as usize] == MARK => 1,
            [.., 0xe2, 0x80, third] if is_common_mark(*third) => 3,
            _ => break,
        };
        let before = &bytes[..end - width];
        let plain = match before {
            [] => true,
            [.., 0xe2, 0x80, third] => is_common_mark(*third),
            [.., b] => b.is_ascii(),
        };
        if !plain {
            break;
        }
        end -= width;
    }
    end
}

/// The third byte of – — ‘ ’ “ ” … in UTF-8.
fn is_common_mark(third: u8) -> bool {
    matches!(third, 0x93 | 0x94 | 0x98 | 0x99 | 0x9c | 0x9d | 0xa6)
}

fn is_word(b: u8) -> bool {
    CLASS[b as usize] == WORD
}

/// A letter, digit or underscore.
const WORD: u8 = 0;
/// White space.
const SPACE: u8 = 1;
/// Any other ASCII character.
const MARK: u8 = 2;
/// The first byte of a character that may be white space.
const LEAD: u8 = 3;
/// Any other byte.
const OTHER: u8 = 4;

static CLASS: [u8; 256] = classes();

const fn classes() -> [u8; 256] {
    let mut classes = [OTHER; 256];
    let mut b = 0;
    while b < 256 {
        let byte = b as u8;
        classes[b] = match byte {
            b' ' | 9..=13 => SPACE,
            b'_' => WORD,
            0xc2 | 0xe1 | 0xe2 | 0xe3 => LEAD,
            _ if byte.is_ascii_alphanumeric() => WORD,
            _ if byte.is_ascii() => MARK,
            _ => OTHER,
        };
        b += 1;
    }
    classes
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check(text: &str, expected: &[(&str, bool)]) {
        let got: Vec<_> = cores(text).map(|core| (core.text, core.has_end_mark)).collect();
        assert_eq!(got, expected, "{text}");
    }

    #[test]
    fn marks_around_a_chunk_come_off() {
        check("“Russia,” he said.", &[("Russia", false), ("he", false), ("said", true)]);
        check("(U.S.) a.m. end.", &[("U.S.", false), ("a.m.", false), ("end", true)]);
        check("war—a crime…", &[("war—a", false), ("crime", true)]);
        check("— 'tis?”", &[("", false), ("tis", true)]);
        check(
            "_a_\u{a0}b\u{2003}c\u{202f}d",
            &[("_a_", false), ("b", false), ("c\u{202f}d", false)],
        );
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn chunks_are_what_stands_between_white_space(text in "\\PC*|[a.'’“ \u{a0}\u{2028}…é-]*") {
            let space = |c: char| c.is_whitespace() && c != '\u{202f}';
            let expected = text.split(space).filter(|chunk| !chunk.is_empty()).count();
            let mut end = 0;
            let mut n = 0;
            for core in cores(&text) {
                prop_assert!(core.start >= end && text.is_char_boundary(core.start));
                end = core.start + core.text.len();
                prop_assert_eq!(&text[core.start..end], core.text);
                n += 1;
            }
            prop_assert_eq!(n, expected);
        }
    }
}
