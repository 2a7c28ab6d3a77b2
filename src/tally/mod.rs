//! From facts to counts: one record per article, whole numbers only, merged in any order.
//!
//! Divides nothing.

mod record;
mod write;

mod alike;
mod merge;
mod records;
mod recurring;

mod bins;
mod chars;
mod error;
mod file;
mod forms;
mod hash;
mod keys;
mod packed;
mod sketch;
mod sorter;
mod store;
mod traces;

pub use record::{
    ArticleRecord, BlameRecord, CharSpan, CuePlace, CueRecord, MentionRecord, ParagraphRecord,
    QuoteRecord, RemovalRecord, SentenceRecord, ShiftRecord, Surface, WordRecord,
};
pub use write::{Surfaces, Texts, collapse, record};

pub use alike::{Alike, is_near};
pub use merge::Tally;
pub use records::{Head, Reading, Recorder, Records};
pub use recurring::drop_recurring;

pub use bins::Bins;
pub use error::TallyError;
pub use file::{ShardHeader, ShardInput, merge_files, refuse_to_cover, write_shard};
pub use forms::{Form, Forms};
pub use hash::StableHash;
pub use keys::{Keys, SortedKeys};
pub use sketch::{SHINGLE, shingles};
pub use sorter::{Merge, Run, Sorter};
pub use store::Store;

#[cfg(test)]
pub(crate) mod fixture;
