//! From counts to findings: shares, tests and groups, each from the literature it names.
//!
//! Opens no files and rounds no numbers for print.

mod comparison;
mod counted;

mod cells;
mod coverage;
mod exposure;
mod frames;
mod interval;
mod naming;
mod pairs;

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
mod terms;
mod uncovered;

pub mod keyness;

#[cfg(test)]
mod fixture;
#[cfg(test)]
mod lexicon_fixture;

pub use comparison::Comparison;

pub use coverage::{CoverageRow, Ground, Status, Verdict, coverage};
pub use frames::{FrameRow, frames};
pub use naming::{NamingRow, naming};
pub use pairs::{PairRow, pairs};

pub use blame::{BlameRow, blame};
pub use categories::{CategoryRow, categories};
pub use entries::{ContextRow, EntryName, EntryRow, EntryUse, FormRow};
pub use evidence::{Evidence, EvidenceRow, EvidenceSettings, EvidenceText, evidence};
pub use lexicon_use::{LexiconUseRow, lexicon_use};
pub use quotes::{QuoteRow, quotes};
pub use removed::{RemovedRow, removed};
pub use sensitivity::{LeftOut, SensitivityRow, SignWithout, sensitivity};
pub use speakers::{SpeakerRow, SpeakerSums, Speakers, speakers};
pub use stance::{StanceRow, Stances, stance};
pub use voices::{ArticleRow, ArticleTable, OutletRow, articles, outlets};

pub use events::{EventMethod, EventRow, EventSettings, Events, group_events};
pub use overlap::{OverlapRow, OverlapSettings, Overlaps, find_overlaps};
pub use uncovered::{Uncovered, UncoveredRow};

pub use terms::{OTHERS, TermRow, TermSettings, Terms, find_terms};
