//! An article, the text its offsets count in, and what was left out of it.

use serde::{Deserialize, Serialize};

use crate::base::{Language, LanguageFrom, Published, Section, Sha256Hex, Span};

/// What an article's offsets count in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum TextBasis {
    /// The decoded file, without its byte-order mark.
    #[default]
    File,
    /// The title cell and the text cell of a record, each counted from its own start.
    Record,
    /// The same, reduced from HTML to its text.
    Html,
}

/// The text every span of an article points into.
///
/// For a file it is the whole decoded file. For a record it is title, blank line, text; `text_start`
/// is where the text cell begins, so that printed offsets can count from the start of each cell.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Basis {
    /// The text; never edited after reading.
    pub text: String,
    /// First byte of the text cell; 0 for files and for records without a title.
    pub text_start: u32,
    /// Which of them it is.
    pub kind: TextBasis,
}

/// An article as read: nothing removed yet.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Draft {
    /// Given id, or `a` + 16 hexadecimal digits of SHA-256(outlet, date, title, text).
    pub id: String,
    /// Who published it, after the aliases of `outlets.csv`.
    pub outlet: String,
    /// From the manifest or record; `clean` fills it from the text where that is silent.
    pub published: Published,
    /// The language that the user or the article says it is in; `None` if neither does.
    pub language: Option<Language>,
    /// Who says it.
    pub language_from: LanguageFrom,
    /// Where the headline stands in the basis text; `clean` finds it in files that do not say.
    pub title: Option<Span>,
    /// The `event` column, if filled.
    pub event: Option<String>,
    /// The column that articles are divided by, if one is named and filled.
    pub stratum: Option<String>,
    /// The `url` column, if filled.
    pub url: Option<String>,
    /// The text.
    pub basis: Basis,
    /// Path of the article's own file relative to the input; `None` for records.
    pub source_file: Option<String>,
    /// Checksum of that file's bytes (files) or of title, newline, text (records).
    pub source_sha256: Sha256Hex,
}

/// A stretch of kept text: a paragraph, or what is left of it. Blocks do not overlap and are in
/// reading order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Block {
    /// Where it stands, without surrounding white space.
    pub span: Span,
    /// Headline, lead or body.
    pub section: Section,
}

/// A stretch of text that does not count, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Removal {
    /// Where it stands, without surrounding white space.
    pub span: Span,
    /// The rule of `lexicons/cleaning.csv` that removed it, such as `advertisement`.
    pub rule: String,
    /// The first copy, for a repeat within the article.
    pub repeats: Option<Span>,
}

/// An article ready for analysis: kept blocks + removals + white space = the basis text.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Article {
    /// The article as read, with title and date filled in from the text where it says so.
    pub draft: Draft,
    /// What counts.
    pub blocks: Vec<Block>,
    /// What does not.
    pub removals: Vec<Removal>,
}

/// An article that could not be used, and how to mend that.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Skipped {
    /// File as the user named it, relative to the input.
    pub source: String,
    /// Number of the record in that file, from 1; `None` for a whole file.
    pub record_no: Option<u64>,
    /// Its id, if it has one.
    pub article_id: String,
    /// Its outlet, if known.
    pub outlet: String,
    /// Message code such as `W411`.
    pub code: String,
    /// What is wrong.
    pub reason: String,
    /// How to mend it.
    pub mend: String,
}
