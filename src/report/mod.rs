//! From findings to files: tables whose columns are declared once, written whole or not at all.
//!
//! Computes no statistics.

mod sums;
mod table;

pub mod tables;

mod columns;
mod csv;
mod guard;

mod comparison;
mod layout;
mod lexicon_text;
mod overview;
mod readings;
mod sensitivity;
mod summary;

mod folder;
mod manifest;
mod read;

pub use columns::{ColumnNote, Declaration, declarations, dictionary};
pub use comparison::comparison;
pub use csv::{Grid, Lines, one_line, six_decimals, write_grid, write_stream, write_table};
pub use folder::{Folder, Growing, Output, Written, recover};
pub use guard::{guard, unguard};
pub use lexicon_text::lexicon_text;
pub use manifest::{
    EvidenceSum, InputRecord, Manifest, Options, RecordList, RecordSum, Tool, Totals, WarningRecord,
};
pub use overview::overview;
pub use read::{MANIFEST, ReadTable, files_below, read_manifest, read_table};
pub use readings::READ;
pub use summary::summary;
pub use sums::{ArticleSums, OutletArticles, QuoteSums};
pub use table::{Cell, Column, ColumnKind, Row, Stream, Table, TableSpec, Tables};

use std::path::PathBuf;

use crate::base::Message;

/// What can go wrong with a report folder.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ReportError {
    /// The folder holds files that no run wrote.
    #[error("{}; nothing was changed", foreign(*count, example))]
    Foreign {
        /// The folder, as the user typed it.
        dir: PathBuf,
        /// How many there are.
        count: usize,
        /// One of them.
        example: String,
    },
    /// A file that no run wrote has the name of a file of the report.
    #[error("the report would cover `{file}`, which no run wrote; nothing was changed")]
    Covered {
        /// The folder.
        dir: PathBuf,
        /// Path inside it.
        file: String,
    },
    /// The place of a report is taken by something that is no folder, or cannot be replaced.
    #[error("cannot be written to: {why}")]
    Place {
        /// The folder, as the user typed it.
        dir: PathBuf,
        /// What is in the way.
        why: &'static str,
    },
    /// The system refused to write.
    #[error("cannot be written: {error}")]
    Write {
        /// The file or folder.
        path: PathBuf,
        /// What the system says.
        error: std::io::Error,
    },
    /// Another run is writing the same report.
    #[error("another run is writing this report")]
    Busy {
        /// The folder, as the user typed it.
        dir: PathBuf,
    },
    /// Not the folder of a report.
    #[error("holds no report: {why}")]
    NoReport {
        /// The folder, as the user typed it.
        dir: PathBuf,
        /// What is missing or broken.
        why: String,
    },
}

impl From<ReportError> for Message {
    fn from(error: ReportError) -> Self {
        let what = error.to_string();
        let (code, path, mend) = match error {
            ReportError::Foreign { dir, .. } => (
                "E601",
                dir,
                "choose another `--out`, or keep those files and write among them with `--force`",
            ),
            ReportError::Covered { dir, .. } => {
                ("E605", dir, "move the file elsewhere, or choose another `--out`")
            }
            ReportError::Place { dir, .. } => ("E602", dir, "choose another folder with `--out`"),
            ReportError::Write { path, .. } => (
                "E603",
                path,
                "check that the place exists, is writable and has room, or choose another `--out`",
            ),
            ReportError::Busy { dir } => {
                ("E604", dir, "wait until the other run has ended, or choose another `--out`")
            }
            ReportError::NoReport { dir, .. } => {
                ("E411", dir, "name the folder that `parallax compare` wrote")
            }
        };
        Message::new(code, path.display().to_string(), what, mend)
    }
}

/// Files that no run wrote, in words.
fn foreign(count: usize, example: &str) -> String {
    match count {
        1 => format!("holds a file that no run wrote, `{example}`"),
        n => format!("holds {n} files that no run wrote, such as `{example}`"),
    }
}
