//! From files to articles: finds, decodes and cleans them, and lists what it left out.
//!
//! Knows paragraphs, not words.

mod article;
mod clean;
mod dates;
mod decode;
mod error;
mod fold;
mod options;
mod outlets;
mod read;

pub use article::{Article, Basis, Block, Draft, Removal, Skipped, TextBasis};
pub use clean::{CleaningError, CleaningRules, Recurring, clean};
pub use error::InputError;
pub use options::DayOrder;
pub use options::ReadOptions;
pub use outlets::OutletTable;
pub(crate) use read::is_single_letter;
pub use read::{InputFile, Reader, Size, open};
