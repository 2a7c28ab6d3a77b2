//! Texts of others on a terminal: what steers it, turns the order of letters or cannot be seen is
//! spelled out.

use std::borrow::Cow;

/// A text on one line whose line breaks, control characters and hidden characters are spelled out: the
/// words of a file must neither forge a line of ours nor steer the terminal.
pub fn harmless(text: &str) -> Cow<'_, str> {
    spelled(text, |c| c.is_control() || is_hidden(c))
}

/// The same for a text of several lines, whose line breaks and tabs stay.
pub fn harmless_lines(text: &str) -> Cow<'_, str> {
    spelled(text, |c| (c.is_control() && c != '\n' && c != '\t') || is_hidden(c))
}

fn spelled(text: &str, harms: impl Fn(char) -> bool) -> Cow<'_, str> {
    if !text.contains(&harms) {
        return Cow::Borrowed(text);
    }
    let spelled = |c: char| if harms(c) { c.escape_default().to_string() } else { c.into() };
    Cow::Owned(text.chars().map(spelled).collect())
}

/// Whether a character is not seen but changes what is: it turns the direction of writing, breaks the
/// line, or makes two names look the same. Not the joiners U+200C and U+200D, with which Persian and
/// Hindi are spelled, nor the soft hyphen, which is a hyphen.
pub fn is_hidden(c: char) -> bool {
    matches!(
        c,
        '\u{61c}'
            | '\u{180e}'
            | '\u{200b}'
            | '\u{200e}'
            | '\u{200f}'
            | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{feff}'
            | '\u{fff9}'..='\u{fffb}'
            | '\u{e0000}'..='\u{e007f}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_steers_or_hides_is_spelled_out() {
        assert_eq!(harmless("a\n\u{1b}[31mb\u{202e}"), "a\\n\\u{1b}[31mb\\u{202e}");
        assert_eq!(
            harmless_lines("a\n\u{1b}b\u{2066}\t\u{200b}"),
            "a\n\\u{1b}b\\u{2066}\t\\u{200b}"
        );
    }

    #[test]
    fn what_writing_needs_stays() {
        for text in ["“Ünï”", "می\u{200c}خواهم", "שלום", "co\u{ad}operate", "中国"]
        {
            assert_eq!(harmless(text), text);
        }
    }
}
