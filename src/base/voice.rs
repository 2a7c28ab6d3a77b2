//! In whose voice words stand, and in which part of the article.

use serde::{Deserialize, Serialize};

/// In whose voice a word stands.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub enum Voice {
    /// The outlet speaks for itself.
    #[default]
    Own,
    /// The outlet reports what a speaker said, in the outlet's words.
    Reported,
    /// A speaker's words between quotation marks, more than six of them.
    Quoted,
}

impl Voice {
    /// The three voices, in the order of every table.
    pub const ALL: [Voice; 3] = [Voice::Own, Voice::Reported, Voice::Quoted];

    /// The word the tables print.
    pub fn name(self) -> &'static str {
        match self {
            Voice::Own => "own",
            Voice::Reported => "reported",
            Voice::Quoted => "quoted",
        }
    }

    /// Position in [`Voice::ALL`], for counts held in arrays.
    pub fn index(self) -> usize {
        self as usize
    }
}

/// The part of an article a paragraph belongs to; headline and lead carry most of the framing.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub enum Section {
    /// The headline.
    Title,
    /// The first kept paragraph after the headline.
    Lead,
    /// Everything after the lead.
    #[default]
    Body,
}

impl Section {
    /// The three sections, in reading order.
    pub const ALL: [Section; 3] = [Section::Title, Section::Lead, Section::Body];

    /// The word the tables print.
    pub fn name(self) -> &'static str {
        match self {
            Section::Title => "title",
            Section::Lead => "lead",
            Section::Body => "body",
        }
    }

    /// Position in [`Section::ALL`], for counts held in arrays.
    pub fn index(self) -> usize {
        self as usize
    }
}
