//! From counts to findings: shares, tests and groups, each from the literature it names.
//!
//! Opens no files and rounds no numbers for print.

mod comparison;
mod counted;
mod fold;
mod said;
mod units;
mod uses;

mod cells;
mod coverage;
mod exposure;
mod frames;
mod interval;
mod naming;
mod pairs;
mod strata;

mod blame;
mod categories;
mod entries;
mod evidence;
mod lexicon_use;
mod quotes;
mod removed;
mod sensitivity;
mod speakers;
mod stance;
mod voices;

mod events;
mod grams;
mod overlap;
mod similarity;
mod stems;
mod terms;
mod uncovered;

pub mod keyness;

#[cfg(test)]
mod fixture;
#[cfg(test)]
mod lexicon_fixture;

pub use comparison::Comparison;
pub use fold::{Article, Fold};
pub use units::{DuplicateRow, Units};

pub use cells::Cells;
pub use coverage::{CoverageRow, Ground, Places, Status, Verdict, coverage};
pub use exposure::Exposure;
pub use frames::{FrameRow, frames};
pub use naming::{NamingRow, naming};
pub use pairs::{PairRow, Pairs};
pub use strata::{Strata, StratifiedRow, Stratum, StratumRow};

pub use blame::{BlameRow, blame};
pub use categories::{CategoryRow, categories};
pub use entries::{ContextRow, EntryName, EntryRow, EntryUse, FormRow};
pub use evidence::{
    ArticleEvidence, Evidence, EvidenceRow, EvidenceSettings, EvidenceSizes, EvidenceText,
};
pub use lexicon_use::{LexiconUse, LexiconUseRow};
pub use quotes::{QuoteRow, quotes};
pub use removed::{RemovedRow, removed};
pub use sensitivity::{LeftOut, Sensitivity, SensitivityRow, SignWithout};
pub use speakers::{SpeakerRow, SpeakerSums, Speakers};
pub use stance::{StanceRow, Stances};
pub use voices::{ArticleRow, OutletRow, Outlets, article_row, top_frames};

pub use events::{EventMethod, EventRow, EventSettings, Events, group_events};
pub use overlap::{OverlapRow, OverlapSettings, Overlaps, SharedWords};
pub use similarity::{Profiles, Rarity};
pub use terms::{OTHERS, OutletTerms, TermCounts, TermRow, TermSettings};
pub use uncovered::{Uncovered, UncoveredRow};
