//! What the program says when something is wrong: what, where, and how to mend it.

use std::fmt;

use crate::base::harmless;

/// One error, warning or note. `code` starts with `E`, `W` or `N` and is listed in
/// `docs/messages.md`.
///
/// Each room has its own error enum; `From<RoomError> for Message` turns it into words. Only `cli`
/// prints messages.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Message {
    /// Stable code such as `E501`; its first digit is the exit code of an error.
    pub code: &'static str,
    /// Where, as the user typed it (`lexicons/frames.csv, line 14`); empty if nowhere in particular.
    pub place: String,
    /// What is wrong: lower case, no full stop, the user's own words in backticks.
    pub what: String,
    /// How to mend it; empty only if nothing can be done.
    pub mend: String,
}

impl Message {
    /// A message from its four parts.
    pub fn new(
        code: &'static str,
        place: impl Into<String>,
        what: impl Into<String>,
        mend: impl Into<String>,
    ) -> Self {
        Self { code, place: place.into(), what: what.into(), mend: mend.into() }
    }

    /// `error`, `warning` or `note`, from the code's letter.
    pub fn severity(&self) -> &'static str {
        match self.code.as_bytes().first() {
            Some(b'E') => "error",
            Some(b'W') => "warning",
            _ => "note",
        }
    }

    /// The exit code of an error: the first digit of its code.
    pub fn exit_code(&self) -> u8 {
        self.code.as_bytes().get(1).map_or(1, |digit| digit - b'0')
    }
}

impl fmt::Display for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}[{}]: ", self.severity(), self.code)?;
        if !self.place.is_empty() {
            write!(f, "{}: ", harmless(&self.place))?;
        }
        f.write_str(&harmless(&self.what))?;
        if !self.mend.is_empty() {
            write!(f, "\nmend: {}", harmless(&self.mend))?;
        }
        Ok(())
    }
}

/// Names as prose, each between backticks, at most twenty of them.
pub fn listed<S: AsRef<str>>(names: &[S]) -> String {
    const MOST: usize = 20;
    let shown = names.iter().take(MOST).map(|name| format!("`{}`", name.as_ref().trim()));
    let shown = shown.collect::<Vec<_>>().join(", ");
    match names.len() {
        0 => "none".to_string(),
        n if n > MOST => format!("{shown} and {} more", n - MOST),
        _ => shown,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_of_a_file_cannot_forge_a_message() {
        let message = Message::new("W402", "", "no file `a\nerror[E101]: b\u{1b}[2J`", "mend it");
        let said = "warning[W402]: no file `a\\nerror[E101]: b\\u{1b}[2J`\nmend: mend it";
        assert_eq!(message.to_string(), said);
    }
}
