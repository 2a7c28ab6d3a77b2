//! What can be wrong with a tally or its file.

use std::io;
use std::path::{Path, PathBuf};

use crate::base::Message;
use crate::tally::record::ArticleRecord;

/// What can be wrong with a tally or its file.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum TallyError {
    /// Two articles with one id.
    #[error("the id `{id}` stands for two articles: {first}, and {second}")]
    RepeatedId {
        /// The id.
        id: String,
        /// One article.
        first: String,
        /// The other one.
        second: String,
    },
    /// A file that cannot be opened, read or written.
    #[error("{what}")]
    File {
        /// As the user typed it.
        path: PathBuf,
        /// What the system says.
        what: String,
        /// Whether it was to be written.
        writing: bool,
    },
    /// A tally would take the place of something that is none.
    #[error("there is something of that name that is no tally; it was not touched")]
    Covered {
        /// As the user typed it.
        path: PathBuf,
    },
    /// A file that no `parallax tally` wrote.
    #[error("this is not a tally file")]
    Foreign {
        /// As the user typed it.
        path: PathBuf,
    },
    /// A file of another version of the format.
    #[error("this tally file has format {found}, and this program reads format {known}")]
    Version {
        /// As the user typed it.
        path: PathBuf,
        /// Format of the file.
        found: u32,
        /// Format of this program.
        known: u32,
    },
    /// A file that is cut short or damaged.
    #[error("this tally file is cut short or damaged")]
    Damaged {
        /// As the user typed it.
        path: PathBuf,
    },
    /// Two files that were not counted in the same way.
    #[error("this tally file was counted with other {what} than {other}")]
    Incompatible {
        /// As the user typed it.
        path: PathBuf,
        /// What differs.
        what: String,
        /// The file it was compared with.
        other: String,
    },
}

impl TallyError {
    /// What the system says about a file that is written or read.
    pub(crate) fn of_io(path: &Path, error: &io::Error, writing: bool) -> TallyError {
        TallyError::File { path: path.to_path_buf(), what: error.to_string(), writing }
    }

    /// Two articles with one id, in an order that does not depend on who came first.
    pub(crate) fn repeated_id(a: &ArticleRecord, b: &ArticleRecord) -> TallyError {
        let mut names = [describe(a), describe(b)];
        names.sort();
        let [first, second] = names;
        TallyError::RepeatedId { id: a.id.clone(), first, second }
    }
}

/// How a message calls an article.
fn describe(record: &ArticleRecord) -> String {
    let title = if record.title.is_empty() { "no title" } else { record.title.as_str() };
    let day = record.published.day.as_deref().unwrap_or("no date");
    let file = match record.source_file.as_str() {
        "" => String::new(),
        file => format!(", {file}"),
    };
    format!("`{title}` ({}, {day}{file})", record.outlet)
}

impl From<TallyError> for Message {
    fn from(error: TallyError) -> Self {
        let what = error.to_string();
        let shown = |path: &PathBuf| path.display().to_string();
        let again = "count the part again with `parallax tally`";
        match &error {
            TallyError::RepeatedId { .. } => Message::new(
                "E440",
                "",
                what,
                "give each article its own id, or leave the part out that repeats it",
            ),
            TallyError::File { path, writing: false, .. } => {
                Message::new("E441", shown(path), what, "check the path and its permissions")
            }
            TallyError::File { path, writing: true, .. } => {
                Message::new("E641", shown(path), what, "choose a folder that can be written to")
            }
            TallyError::Covered { path } => {
                Message::new("E642", shown(path), what, "choose another name with `-o`")
            }
            TallyError::Foreign { path } => Message::new(
                "E442",
                shown(path),
                what,
                "name files that `parallax tally -o FILE` wrote",
            ),
            TallyError::Version { path, .. } => Message::new("E443", shown(path), what, again),
            TallyError::Damaged { path } => Message::new("E444", shown(path), what, again),
            TallyError::Incompatible { path, .. } => Message::new(
                "E445",
                shown(path),
                what,
                "count all parts with the same program, lexicons and options",
            ),
        }
    }
}
