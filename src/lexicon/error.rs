//! What can be wrong with a lexicon file, and how to mend it.

use std::path::PathBuf;

use crate::base::Message;

/// What is wrong with a lexicon file.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum LexiconError {
    /// A row that cannot be used.
    #[error("{what}")]
    Row {
        /// The file, as the user typed it.
        file: PathBuf,
        /// Its line, from 1.
        line: u64,
        /// What is wrong.
        what: String,
        /// How to mend it.
        mend: String,
    },
    /// A file or folder that cannot be read as a whole.
    #[error("{what}")]
    File {
        /// The file or folder, as the user typed it.
        file: PathBuf,
        /// What is wrong.
        what: String,
        /// How to mend it.
        mend: String,
    },
}

impl From<LexiconError> for Message {
    fn from(error: LexiconError) -> Self {
        match error {
            LexiconError::Row { file, line, what, mend } => {
                Message::new("E501", format!("{}, line {line}", file.display()), what, mend)
            }
            LexiconError::File { file, what, mend } => {
                Message::new("E502", file.display().to_string(), what, mend)
            }
        }
    }
}

/// What is wrong with a cell; the reader of its file adds the place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Problem {
    pub(crate) what: String,
    pub(crate) mend: String,
}

impl Problem {
    pub(crate) fn new(what: impl Into<String>, mend: impl Into<String>) -> Self {
        Self { what: what.into(), mend: mend.into() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bad_row_is_named_by_file_and_line_and_exits_with_five() {
        let error = LexiconError::Row {
            file: "mine/frames.csv".into(),
            line: 14,
            what: "the term is empty".into(),
            mend: "fill it".into(),
        };
        let message = Message::from(error);
        assert_eq!(message.exit_code(), 5);
        assert_eq!(
            message.to_string(),
            "error[E501]: mine/frames.csv, line 14: the term is empty\nmend: fill it"
        );
    }
}
