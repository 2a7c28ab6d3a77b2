//! The provenance of a report: what went in, with which settings, and what came out.
//!
//! Nothing here comes from a clock, a host, a path outside the input, a thread count, the order of
//! rows or the layout of shards.

use serde::{Deserialize, Serialize};

use sha2::{Digest, Sha256};

use crate::base::{Sha256Hex, sha256_hex};
use crate::corpus::ReadOptions;
use crate::lexicon::LexiconFile;
use crate::report::folder::Output;

/// The program and the parts of it that decide what a word is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tool {
    /// `parallax`.
    pub name: String,
    /// Its version.
    pub version: String,
    /// Version of the Unicode rules for words and sentences.
    pub unicode: String,
    /// Name and version of the stemmers, and of what tells languages.
    pub stemmer: String,
    /// Name and version of the dictionaries that cut words in scripts without spaces; empty if no
    /// article is in one.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub dictionaries: String,
}

impl Tool {
    /// The tool that articles in a script without spaces were cut by.
    pub fn with_dictionaries() -> Self {
        let dictionaries = if cfg!(feature = "cjk") { DICTIONARIES } else { "no dictionaries" };
        Self { dictionaries: dictionaries.into(), ..Self::default() }
    }
}

impl Default for Tool {
    fn default() -> Self {
        let (major, minor, patch) = unicode_segmentation::UNICODE_VERSION;
        Self {
            name: "parallax".into(),
            version: env!("CARGO_PKG_VERSION").into(),
            unicode: format!("{major}.{minor}.{patch}"),
            stemmer: STEMMER.into(),
            dictionaries: String::new(),
        }
    }
}

/// The crates that decide stems and languages; a test compares them with `Cargo.lock`.
const STEMMER: &str = "rust-stemmers 1.2.0, frostem 2.20261016.1, whatlang 0.18.0";

/// The crate whose dictionaries cut words.
const DICTIONARIES: &str = "icu_segmenter 2.4.0";

/// The resolved options that can change a number or a file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Options {
    /// Name of the report, if it was given one; else empty, since a path must not show.
    pub name: String,
    /// Whether speakers and quotations are told apart from the outlet.
    pub voice: bool,
    /// The tables asked for; empty for all.
    pub tables: Vec<String>,
    /// The outlets asked for; empty for all.
    pub outlets: Vec<String>,
    /// The two actors that articles must be about; not there if any will do.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub about: String,
    /// What divided articles into strata; not there if nothing did.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub by: String,
    /// How the inputs were read where they did not say it themselves.
    #[serde(default)]
    pub read: ReadOptions,
}

/// One input file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct InputRecord {
    /// Path relative to the input.
    pub path: String,
    /// Checksum of its bytes.
    pub sha256: Sha256Hex,
}

/// Articles that came as records: what they were, not in which files they lay.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecordSum {
    /// How many articles came as records.
    pub articles: u64,
    /// Checksum over the sorted lines `id`, TAB, `text_sha256`; empty if there are none.
    pub sha256: Sha256Hex,
}

/// A [`RecordSum`] while its articles come, in the order of their ids.
#[derive(Clone, Default)]
pub struct RecordList {
    articles: u64,
    lines: Sha256,
}

impl RecordList {
    /// Takes the next article: its id and the checksum of its text.
    pub fn add(&mut self, id: &str, text: &Sha256Hex) {
        self.articles += 1;
        self.lines.update(format!("{id}\t{}\n", text.0));
    }

    /// The sum.
    pub fn sum(self) -> RecordSum {
        if self.articles == 0 {
            return RecordSum::default();
        }
        let digits = self.lines.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
        RecordSum { articles: self.articles, sha256: Sha256Hex(digits) }
    }
}

/// One warning or note of the run.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct WarningRecord {
    /// Its code, listed in `docs/messages.md`.
    pub code: String,
    /// What it says.
    pub what: String,
}

/// What is counted in the report as a whole.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Totals {
    /// Articles counted.
    pub articles: u64,
    /// Outlets.
    pub outlets: u64,
    /// Articles that could not be used.
    pub skipped: u64,
    /// Articles that are not about the two actors asked for; not there if there are none.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub not_about: u64,
    /// Kept words.
    pub words: u64,
    /// Lexicon mentions.
    pub mentions: u64,
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde asks by reference")]
fn is_zero(number: &u64) -> bool {
    *number == 0
}

/// How much of the evidence is shown.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct EvidenceSum {
    /// Mentions counted.
    pub total: u64,
    /// Rows of `evidence.csv`.
    pub kept: u64,
    /// Rows kept at most for each kind, item and outlet; `null` if every mention is shown.
    pub per_cell: Option<u64>,
    /// The same for words that take a stance.
    pub per_cell_stance: Option<u64>,
}

/// All of `manifest.json`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// `r` and 12 hexadecimal digits of the checksum of everything but the outputs.
    pub run_id: String,
    /// The program.
    pub tool: Tool,
    /// Its settings.
    pub options: Options,
    /// Input files, sorted; empty for records.
    pub inputs: Vec<InputRecord>,
    /// Articles that came as records.
    pub records: RecordSum,
    /// Lexicon files, sorted by name.
    pub lexicons: Vec<LexiconFile>,
    /// What was counted.
    pub totals: Totals,
    /// How much of the evidence is shown.
    pub evidence: EvidenceSum,
    /// Warnings and notes, sorted.
    pub warnings: Vec<WarningRecord>,
    /// Cells that carry an apostrophe so that no spreadsheet runs them as a formula.
    pub guarded_cells: u64,
    /// Every other file of the report, sorted by path.
    pub outputs: Vec<Output>,
}

impl Manifest {
    /// Sorts what has no order of its own and fills in the run id.
    pub fn seal(mut self) -> Self {
        self.inputs.sort();
        self.lexicons.sort();
        self.warnings.sort();
        self.warnings.dedup();
        self.outputs.sort();
        self.run_id = self.expected_run_id();
        self
    }

    /// The run id that belongs to the rest of the manifest.
    pub fn expected_run_id(&self) -> String {
        let bare = Self { run_id: String::new(), outputs: Vec::new(), ..self.clone() };
        format!("r{}", &sha256_hex(bare.to_json().as_bytes()).0[..12])
    }

    /// The manifest as text: two spaces of indentation, a line feed at the end.
    pub fn to_json(&self) -> String {
        let json = serde_json::to_string_pretty(self);
        json.expect("a manifest holds only texts and numbers") + "\n"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_crates_named_are_the_crates_locked() {
        let lock = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.lock"));
        let lock = lock.unwrap();
        for named in STEMMER.split(", ").chain([DICTIONARIES]) {
            let (name, version) = named.split_once(' ').unwrap();
            let locked = format!("name = \"{name}\"\nversion = \"{version}\"");
            assert!(lock.contains(&locked), "{named}");
        }
    }

    #[test]
    fn the_run_id_depends_on_the_inputs_and_not_on_the_outputs() {
        let empty = Manifest::default().seal();
        let output = Output { path: "a".into(), bytes: 1, sha256: Sha256Hex::default() };
        let with_output = Manifest { outputs: vec![output], ..Manifest::default() }.seal();
        let input = InputRecord { path: "a".into(), sha256: Sha256Hex::default() };
        let with_input = Manifest { inputs: vec![input], ..Manifest::default() }.seal();
        assert_eq!(empty.run_id, with_output.run_id);
        assert_ne!(empty.run_id, with_input.run_id);
        assert_eq!(empty.run_id.len(), 13);
    }

    #[test]
    fn the_sum_of_records_is_that_of_their_lines() {
        let (one, two) = (sha256_hex(b"1"), sha256_hex(b"2"));
        let mut list = RecordList::default();
        list.add("a", &one);
        list.add("b", &two);
        let lines = format!("a\t{}\nb\t{}\n", one.0, two.0);
        let expect = RecordSum { articles: 2, sha256: sha256_hex(lines.as_bytes()) };
        assert_eq!(list.sum(), expect);
        assert_eq!(RecordList::default().sum(), RecordSum::default());
    }

    #[test]
    fn a_manifest_reads_back_as_it_was_written() {
        let manifest = Manifest::default().seal();
        let back: Manifest = serde_json::from_str(&manifest.to_json()).unwrap();
        assert_eq!(back, manifest);
    }
}
