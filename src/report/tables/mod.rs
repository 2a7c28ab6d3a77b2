//! The tables of a report, one file each: its columns and where their cells come from.

mod units;

mod articles;
mod outlets;

mod duplicates;
mod events;
mod removed;
mod skipped;

mod coverage;
mod frames;
mod naming;

mod blame;
mod pairs;
mod strata;

mod overlap;
mod quotes;
mod speakers;
mod stance;
mod terms;

mod categories;
mod evidence;
mod lexicon_check;
mod lexicon_use;
mod sensitivity;

pub use articles::{ARTICLES, article_cells, article_columns, frame_columns};
pub use outlets::OUTLETS;

pub use duplicates::DUPLICATES;
pub use events::EVENTS;
pub use removed::REMOVED;
pub use skipped::SKIPPED;

pub use coverage::COVERAGE;
pub use frames::{FRAMES, ROLLUPS};
pub use naming::NAMING;

pub use blame::BLAME;
pub use pairs::PAIRS;
pub use strata::{STRATA, STRATIFIED};

pub use overlap::OVERLAP;
pub use quotes::QUOTES;
pub use speakers::SPEAKERS;
pub use stance::STANCE;
pub use terms::TERMS;

pub use categories::CATEGORIES;
pub use evidence::EVIDENCE;
pub use lexicon_check::{CONTEXTS, ENTRIES, FINDINGS, FORMS, UNCOVERED};
pub use lexicon_use::LEXICON_USE;

pub use sensitivity::SENSITIVITY;
