//! From word lists to mentions: loads the lexicons, compiles them, finds their entries in documents.
//!
//! Has no tokenizer of its own: terms pass through `text::Analyzer` like every article.

mod entry;
mod error;

mod files;
mod load;

mod category;
mod condition;
mod dates;
mod nearest;
mod pattern;
mod rows;
mod sheet;

mod around;
mod matcher;
mod steps;

mod symbols;
mod tree;
mod trie;

mod finder;

mod choose;

mod codebook;
mod findings;

pub use codebook::codebook;
pub use entry::{
    Category, CategoryId, Entry, EntryId, Kind, Lexicon, LexiconFile, MatchMode, Negation,
};
pub use error::LexiconError;
pub use files::LexiconFiles;
pub use finder::{Finder, Found, Mention, Shift};
pub use findings::{Finding, findings};
pub use load::{Loading, load};
pub use matcher::Matcher;
pub(crate) use nearest::nearest;
