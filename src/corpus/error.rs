//! What is wrong with an input as a whole, and how to mend it.

use std::io::ErrorKind;
use std::path::Path;

use crate::base::{Message, listed};

/// What is wrong with an input as a whole. Broken articles are `Skipped` instead.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum InputError {
    /// Nothing there.
    #[error("there is no such file or folder")]
    Missing {
        /// As the user typed it.
        path: String,
    },
    /// It is there, but cannot be read.
    #[error("it cannot be read: {reason}")]
    Unreadable {
        /// As the user typed it.
        path: String,
        /// What the system says.
        reason: String,
    },
    /// Neither a folder of articles nor a known kind of file.
    #[error("{reason}")]
    Format {
        /// As the user typed it.
        path: String,
        /// What it is instead.
        reason: String,
        /// What to do.
        mend: String,
    },
    /// A table lacks a column or cannot be read as a table.
    #[error("{reason}")]
    Table {
        /// File as the user typed it.
        path: String,
        /// What is wrong.
        reason: String,
        /// What to do.
        mend: String,
    },
    /// A file of records is damaged at its start: not even its columns can be read.
    #[error("{reason}")]
    Damaged {
        /// File as the user typed it.
        path: String,
        /// What is wrong.
        reason: String,
        /// What to do.
        mend: String,
    },
    /// One row of `corpus.csv` or `outlets.csv` is wrong.
    #[error("{reason}")]
    Row {
        /// File as the user typed it.
        path: String,
        /// Line, from 1.
        line: u64,
        /// What is wrong.
        reason: String,
        /// What to do.
        mend: String,
    },
    /// Nobody can tell which heading of a table holds a column.
    #[error("{reason}")]
    Columns {
        /// File as the user typed it.
        path: String,
        /// What is wrong.
        reason: String,
        /// What to do.
        mend: String,
    },
    /// Articles are to be divided by a column that is not there.
    #[error("no column is called `{heading}`")]
    NoStratum {
        /// File or folder as the user typed it.
        path: String,
        /// The heading that the user named.
        heading: String,
        /// The columns of `outlets.csv` that could be meant.
        groups: Vec<String>,
    },
    /// Dates that may be day first or month first.
    #[error("{reason}")]
    Dates {
        /// File relative to the input.
        path: String,
        /// What is wrong.
        reason: String,
        /// What to do.
        mend: String,
    },
    /// Two articles share an id.
    #[error("the id `{id}` stands in two places: {first} and {second}")]
    RepeatedId {
        /// The id.
        id: String,
        /// Where it was seen first.
        first: String,
        /// Where it was seen again.
        second: String,
    },
    /// Errors beyond the first twenty of a file.
    #[error("{n} more errors of this kind")]
    More {
        /// File as the user typed it.
        path: String,
        /// How many were left out.
        n: usize,
    },
}

impl InputError {
    pub(crate) fn missing(path: &Path) -> Self {
        Self::Missing { path: path.display().to_string() }
    }

    pub(crate) fn unreadable(path: &Path, error: &std::io::Error) -> Self {
        if error.kind() == std::io::ErrorKind::Unsupported {
            let mend = "hand in a file of text, packed once at most";
            return Self::format(path, error.to_string(), mend);
        }
        if error.raw_os_error().is_none() && is_of_unpacking(error.kind()) {
            let reason = format!("it is cut off or damaged: {error}");
            return Self::table(&path.display().to_string(), reason, "copy the file again");
        }
        Self::Unreadable { path: path.display().to_string(), reason: error.to_string() }
    }

    pub(crate) fn row(
        path: &str,
        line: u64,
        reason: impl Into<String>,
        mend: impl Into<String>,
    ) -> Self {
        Self::Row { path: path.into(), line, reason: reason.into(), mend: mend.into() }
    }

    pub(crate) fn table(path: &str, reason: impl Into<String>, mend: impl Into<String>) -> Self {
        Self::Table { path: path.into(), reason: reason.into(), mend: mend.into() }
    }

    pub(crate) fn damaged(path: &str, reason: impl Into<String>, mend: impl Into<String>) -> Self {
        Self::Damaged { path: path.into(), reason: reason.into(), mend: mend.into() }
    }

    /// The same as a damage of the file.
    pub(crate) fn into_damaged(self) -> Self {
        match self {
            Self::Table { path, reason, mend } => Self::Damaged { path, reason, mend },
            other => other,
        }
    }

    pub(crate) fn format(path: &Path, reason: impl Into<String>, mend: impl Into<String>) -> Self {
        let path = path.display().to_string();
        Self::Format { path, reason: reason.into(), mend: mend.into() }
    }
}

impl From<InputError> for Message {
    fn from(error: InputError) -> Self {
        let what = error.to_string();
        match error {
            InputError::Missing { path } => {
                Message::new("E401", path, what, "check the spelling of the path")
            }
            InputError::Unreadable { path, .. } => {
                Message::new("E402", path, what, "check the file and your right to read it")
            }
            InputError::Format { path, mend, .. } => Message::new("E403", path, what, mend),
            InputError::Table { path, mend, .. } | InputError::Damaged { path, mend, .. } => {
                Message::new("E404", path, what, mend)
            }
            InputError::Row { path, line, mend, .. } => {
                Message::new("E405", format!("{path}, line {line}"), what, mend)
            }
            InputError::Columns { path, mend, .. } => Message::new("E408", path, what, mend),
            InputError::NoStratum { path, groups, .. } => {
                Message::new("E408", path, what, stratum_mend(&groups))
            }
            InputError::Dates { path, mend, .. } => Message::new("E409", path, what, mend),
            InputError::RepeatedId { .. } => {
                let mend = "give each article its own id, or rename the column: articles without ids \
                            get some of their own";
                Message::new("E406", "", what, mend)
            }
            InputError::More { path, .. } => {
                Message::new("E407", path, what, "mend the ones shown and run again")
            }
        }
    }
}

/// Whether what unpacks a file says so, and not the system.
fn is_of_unpacking(kind: ErrorKind) -> bool {
    use ErrorKind::{InvalidData, InvalidInput, Other, UnexpectedEof};
    matches!(kind, UnexpectedEof | InvalidData | InvalidInput | Other)
}

/// What to do where no column is called as `--by` says.
fn stratum_mend(groups: &[String]) -> String {
    if groups.is_empty() {
        return "check the spelling in `--by`, or add the column to the articles or to an \
                `outlets.csv` beside them"
            .to_string();
    }
    format!("check the spelling in `--by`; `outlets.csv` has the columns {}", listed(groups))
}

/// The first twenty errors of a file, and how many more there are.
pub(crate) fn first_twenty(path: &str, mut errors: Vec<InputError>) -> Vec<InputError> {
    const SHOWN: usize = 20;
    if errors.len() > SHOWN {
        let n = errors.len() - SHOWN;
        errors.truncate(SHOWN);
        errors.push(InputError::More { path: path.into(), n });
    }
    errors
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_names_file_and_line_and_exits_with_4() {
        let error = InputError::row("seeds/corpus.csv", 3, "column `outlet` is empty", "fill it");
        let message = Message::from(error);
        assert_eq!(message.place, "seeds/corpus.csv, line 3");
        assert_eq!(message.exit_code(), 4);
    }

    #[test]
    fn the_twenty_first_error_is_only_counted() {
        let errors = vec![InputError::row("c.csv", 2, "bad", "mend"); 23];
        let shown = first_twenty("c.csv", errors);
        assert_eq!(shown.len(), 21);
        assert_eq!(shown[20], InputError::More { path: "c.csv".into(), n: 3 });
    }
}
