//! From a configuration to a report: reads, counts on threads, compares, writes.
//!
//! Knows no flags and prints nothing; every function returns what there is to say.

mod about;
mod asked;
mod by;
mod census;
mod check;
mod compare;
mod count;
mod desk;
mod estimate;
mod explain;
mod files;
mod fill;
mod jobs;
mod languages;
mod lexicon;
mod rows;
mod rules;
mod shard;
mod strict;
mod sums;
mod text;
mod verify;
mod warnings;
mod watch;

pub use check::{Checked, check};
pub use compare::{Outcome, compare, merge};
pub use estimate::Estimate;
pub use explain::{Evidence, Explained, explain};
pub use lexicon::{LexiconChecked, check_lexicons, write_codebook};
pub use shard::tally;
pub use text::text;
pub use verify::{Verified, verify};
pub use watch::{Interrupted, Phase, Progress, Watch};

use std::path::PathBuf;

use crate::base::Message;
use crate::corpus::ReadOptions;
use crate::report::tables::{EVIDENCE, LEXICON_USE, REMOVED};

/// Everything a run depends on, as finished values.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RunConfig {
    /// Files or folders of articles (`compare`, `check`, `tally`) or tallies (`merge`).
    pub inputs: Vec<PathBuf>,
    /// The report folder, or the file of a tally.
    pub out: PathBuf,
    /// Name of the report, if it was given one; else empty.
    pub name: String,
    /// How the inputs are read where they do not say it themselves.
    pub read: ReadOptions,
    /// Folder of lexicons; `None` for the built-in ones.
    pub lexicons: Option<PathBuf>,
    /// Worker threads, at least one; never changes a byte of the output.
    pub threads: usize,
    /// Whether to tell speakers and quotations from the outlet.
    pub voice: bool,
    /// Tables to write, and to make `comparison.csv` and the summary from; empty for all.
    pub tables: Vec<String>,
    /// Outlets to compare; empty for all.
    pub outlets: Vec<String>,
    /// The two actors that articles must be about, such as `china-russia`; empty for any.
    pub about: String,
    /// What divides articles into strata: `year`, `month`, `event`, `language` or a heading of the
    /// input, which `read` names too; empty for nothing.
    pub by: String,
    /// Whether to write among files that no run wrote.
    pub force: bool,
    /// Whether to stop before counting if something is wrong with word lists or articles.
    pub strict: bool,
    /// Where the run shows how far it has come; never changes a byte of the output.
    pub watch: Watch,
}

impl RunConfig {
    /// Whether a table that is wanted holds sentences or what was removed.
    pub(crate) fn shows_sentences(&self) -> bool {
        let shown = [EVIDENCE.name, REMOVED.name];
        self.tables.is_empty() || self.tables.iter().any(|table| shown.contains(&table.as_str()))
    }

    /// Whether cues are looked for: for voices, or for a table that shows how often they stand in the
    /// articles.
    pub(crate) fn needs_cues(&self) -> bool {
        self.voice || self.tables.is_empty() || self.tables.iter().any(|t| t == LEXICON_USE.name)
    }
}

/// What is wrong with a run as a whole.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum RunError {
    /// No article could be used.
    #[error("no article could be read{why}")]
    Empty {
        /// Of how many, and why not; empty if there was nothing at all.
        why: String,
    },
    /// The system lets the program start no thread to count on.
    #[error("the system starts no thread: {why}")]
    NoThread {
        /// What the system says.
        why: String,
    },
    /// Something is wrong with word lists or articles, and the run is to be strict.
    #[error(
        "nothing was counted or written: {n} {} under `--strict`{}",
        if *n == 1 { "warning" } else { "warnings" },
        if *n_unnamed == 0 { String::new() } else { format!(", {n_unnamed} of them not shown") }
    )]
    Strict {
        /// How many warnings there are.
        n: usize,
        /// How many of them are not shown.
        n_unnamed: usize,
    },
    /// No article has this id.
    #[error("no article has the id `{id}`")]
    NoArticle {
        /// The id asked for.
        id: String,
        /// An id that looks like it.
        nearest: Option<String>,
    },
    /// There is no telling which two actors articles are to be about.
    #[error("{reason}")]
    About {
        /// What is wrong with what was asked for.
        reason: String,
        /// What to do.
        mend: String,
    },
    /// Articles cannot be divided as was asked for.
    #[error("{reason}")]
    By {
        /// Why not.
        reason: String,
        /// What to do.
        mend: String,
    },
    /// No outlet has this name.
    #[error("no article is by the outlet `{outlet}`")]
    NoOutlet {
        /// The outlet asked for.
        outlet: String,
        /// The outlets there are, in words.
        known: String,
    },
    /// No table has this name.
    #[error("there is no table `{table}`")]
    NoTable {
        /// The table asked for.
        table: String,
        /// The tables there are, in words.
        known: String,
    },
    /// Nothing in the report goes by this name.
    #[error("nothing in the report is called `{what}`")]
    NothingCalled {
        /// What was asked for.
        what: String,
        /// What to do, with names that are there.
        known: String,
    },
    /// The input of a report was not found where it is looked for.
    #[error("the input of this report is not at `{looked}`")]
    InputGone {
        /// Where it was looked for.
        looked: String,
    },
}

impl From<RunError> for Message {
    fn from(error: RunError) -> Self {
        let what = error.to_string();
        let (code, place, mend) = match error {
            RunError::Strict { .. } => {
                ("E301", "", "mend what they name, or run without `--strict`".to_string())
            }
            RunError::NoThread { .. } => {
                ("E103", "", "end other programs, or raise the limit (`ulimit -u`)".to_string())
            }
            RunError::NoTable { known, .. } => {
                ("E202", "--tables", format!("the tables are: {known}"))
            }
            RunError::About { mend, .. } => ("E204", "--about", mend),
            RunError::By { mend, .. } => ("E205", "--by", mend),
            RunError::NoOutlet { known, .. } => {
                ("E203", "--outlets", format!("the outlets are: {known}"))
            }
            RunError::Empty { .. } => {
                ("E451", "", "run `parallax check` on the input to see what it holds".to_string())
            }
            RunError::NoArticle { nearest: Some(id), .. } => {
                ("E452", "", format!("did you mean `{id}`?"))
            }
            RunError::NoArticle { .. } => {
                ("E452", "", "ids stand in `tables/articles.csv` of a report".to_string())
            }
            RunError::NothingCalled { known, .. } => ("E455", "", known),
            RunError::InputGone { .. } => {
                ("E456", "", "say where it is with `--input PATH`".to_string())
            }
        };
        Message::new(code, place, what, mend)
    }
}
