//! Finds and decodes the inputs: folders, tables, JSON lines; one article at a time.

#![allow(clippy::result_large_err, reason = "few articles are skipped, and a record is no smaller")]

mod columns;
mod files;
mod folder;
mod groups;
mod html;
mod jsonl;
mod later;
mod ledger;
mod manifest;
mod names;
mod objects;
#[cfg(feature = "parquet")]
mod parquet;
mod record;
mod rows;
mod script;
mod stream;
mod survey;
mod table;
mod walk;

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::io;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use crate::base::{Message, Sha256Hex};
use crate::corpus::article::{Draft, Skipped};
use crate::corpus::error::InputError;
use crate::corpus::options::ReadOptions;
use crate::corpus::outlets::{OutletTable, collapse, fold_spelling};
pub(crate) use crate::corpus::read::columns::Column;
use crate::corpus::read::folder::{Found, find, find_outlets, named};
use crate::corpus::read::groups::Groups;
use crate::corpus::read::ledger::{Ledger, SkipCode};
use crate::corpus::read::record::Record;
pub(crate) use crate::corpus::read::script::{is_single_letter, without_spaces};

/// One input file, for the manifest.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct InputFile {
    /// Path relative to the input; with several inputs, the input's own name comes before it.
    pub path: String,
    /// Checksum of its bytes as they lie on disk.
    pub sha256: Sha256Hex,
}

/// One kind of input: gives its articles one after the other.
pub(crate) trait Source: Send {
    /// The next article, or why it cannot be used; `None` at the end.
    fn next(&mut self, ledger: &mut Ledger) -> Option<Result<Record, Skipped>>;

    /// How much there is to read in all; `None` if nobody knows, as for standard input.
    fn size(&self) -> Option<Size>;

    /// How many bytes of it have been read, as they lie on disk.
    fn bytes_read(&self) -> u64;
}

/// How much there is to read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Size {
    /// Bytes as they lie on disk.
    pub bytes: u64,
    /// About how many bytes of text they hold: more, if they are packed.
    pub text: u64,
}

impl Size {
    /// How many times larger news texts are unpacked: gzip and zstd make English a third.
    const PACKED: u64 = 3;

    /// The size of a file; nothing for one that is not there, which is reported when it is read.
    fn of(path: &Path) -> Self {
        let bytes = std::fs::metadata(path).map_or(0, |file| file.len());
        let ending = path.extension().unwrap_or_default().to_string_lossy().to_lowercase();
        let packed = matches!(ending.as_str(), "gz" | "zst" | "zstd" | "parquet");
        Self { bytes, text: if packed { bytes * Self::PACKED } else { bytes } }
    }
}

impl std::iter::Sum for Size {
    fn sum<I: Iterator<Item = Self>>(sizes: I) -> Self {
        sizes.fold(Self::default(), |sum, size| Self {
            bytes: sum.bytes + size.bytes,
            text: sum.text + size.text,
        })
    }
}

/// Articles in the order of the input; never all in memory at once.
///
/// After the last article [`Reader::errors`] must be asked: an id may turn out to be repeated only
/// then.
pub struct Reader {
    sources: VecDeque<Box<dyn Source>>,
    options: ReadOptions,
    outlets: OutletTable,
    ledger: Ledger,
    groups: Groups,
    /// Warnings as of opening, and of everything once the last article has been read.
    warnings: Vec<Message>,
    seen: Seen,
    /// Spellings of each outlet that differ only by case or white space.
    spellings: BTreeMap<String, BTreeSet<String>>,
    errors: Vec<InputError>,
    /// Bytes of the sources that have been read to their ends.
    bytes_ended: u64,
}

/// Opens files or folders, or stdin for `-`. All errors of an input are returned at once.
pub fn open(inputs: &[PathBuf], options: &ReadOptions) -> Result<Reader, Vec<InputError>> {
    let mut found = Found::default();
    found.options = options.clone();
    let inputs = named(inputs);
    inputs.iter().for_each(|input| find_outlets(input, &mut found));
    let groups = Groups::take(&mut found);
    inputs.iter().for_each(|input| find(input, &mut found));
    groups.check(&mut found);
    if !found.errors.is_empty() {
        return Err(found.errors);
    }
    let warnings = found.ledger.warnings();
    Ok(Reader {
        sources: found.sources,
        options: found.options,
        outlets: found.outlets,
        ledger: found.ledger,
        groups,
        warnings,
        seen: Seen::default(),
        spellings: BTreeMap::new(),
        errors: Vec::new(),
        bytes_ended: 0,
    })
}

impl Reader {
    /// What to tell the user besides skipped articles (unlisted files, guessed encodings, ...);
    /// complete once the last article has been read.
    pub fn warnings(&self) -> &[Message] {
        &self.warnings
    }

    /// What turned out to be wrong with the input as a whole while reading: ids that stand in two
    /// places, keys of records that may hold the same column, dates that may be day first or month
    /// first. Complete once the last article has been read; if not empty, the run must stop.
    pub fn errors(&self) -> &[InputError] {
        &self.errors
    }

    /// The input files read so far, with checksums, sorted by path.
    pub fn files(&self) -> Vec<InputFile> {
        self.ledger.files()
    }

    /// How much there is still to read, before the first article; `None` if nobody knows.
    pub fn size(&self) -> Option<Size> {
        self.sources.iter().map(|source| source.size()).sum()
    }

    /// How many bytes of the inputs have been read, as they lie on disk.
    pub fn bytes_read(&self) -> u64 {
        self.bytes_ended + self.sources.front().map_or(0, |source| source.bytes_read())
    }

    /// Spellings and order of outlets.
    pub fn outlets(&self) -> OutletTable {
        self.outlets.clone()
    }

    /// Whether nothing more is counted: the rest is only read to find all that is wrong.
    fn must_stop(&self) -> bool {
        !self.errors.is_empty() || self.ledger.errors().next().is_some()
    }

    fn draft(&mut self, record: Record) -> Option<Result<Draft, Skipped>> {
        let (place, source, record_no) = (record.place(), record.source.clone(), record.record_no);
        let given_id = !collapse(&record.id).is_empty();
        let draft = match record.draft(&self.outlets, &self.options, &mut self.ledger) {
            Ok(draft) => draft,
            Err(skipped) => return Some(Err(skipped)),
        };
        self.note_spelling(&draft.outlet);
        let Some(first) = self.seen.insert(&draft.id, &source, record_no) else {
            return Some(Ok(draft));
        };
        if given_id {
            self.add_repeated(draft.id, first, place);
            return None;
        }
        let reason = format!("it is the same article as {first}");
        Some(Err(Skipped {
            article_id: draft.id,
            outlet: draft.outlet,
            ..SkipCode::Duplicate.skipped(&source, record_no, reason)
        }))
    }

    fn add_repeated(&mut self, id: String, first: String, second: String) {
        const SHOWN: usize = 20;
        if self.errors.len() < SHOWN {
            self.errors.push(InputError::RepeatedId { id, first, second });
        } else if let Some(InputError::More { n, .. }) = self.errors.last_mut() {
            *n += 1;
        } else {
            self.errors.push(InputError::More { path: String::new(), n: 1 });
        }
    }

    fn note_spelling(&mut self, outlet: &str) {
        let spellings = self.spellings.entry(fold_spelling(outlet)).or_default();
        if !spellings.contains(outlet) {
            spellings.insert(outlet.to_owned());
        }
    }

    fn seal(&mut self) {
        for spellings in std::mem::take(&mut self.spellings).into_values().filter(|s| s.len() > 1) {
            let names: Vec<String> = spellings.iter().map(|name| format!("`{name}`")).collect();
            let what = format!("{} count as different outlets", names.join(" and "));
            let mend = "write one spelling, or fold them with an `outlets.csv`";
            self.ledger.warn(Message::new("W402", "", what, mend));
        }
        self.errors.extend(self.ledger.errors());
        self.errors.extend(self.groups.clash(&self.ledger));
        self.warnings = self.ledger.warnings();
    }
}

impl Iterator for Reader {
    type Item = Result<Draft, Skipped>;

    fn next(&mut self) -> Option<Self::Item> {
        while let Some(source) = self.sources.front_mut() {
            match source.next(&mut self.ledger) {
                Some(Ok(record)) => {
                    let item = self.draft(record);
                    let skipped = matches!(item, Some(Err(_)));
                    if skipped || (item.is_some() && !self.must_stop()) {
                        return item;
                    }
                }
                Some(Err(skipped)) => return Some(Err(skipped)),
                None => {
                    self.bytes_ended = self.bytes_read();
                    self.sources.pop_front();
                }
            }
        }
        self.seal();
        None
    }
}

/// Ids seen so far, 32 bytes each: 128 bits of SHA-256 and the place.
#[derive(Default)]
struct Seen {
    places: BTreeMap<[u8; 16], (u32, u64)>,
    sources: Vec<String>,
}

impl Seen {
    /// Notes an id; the place of an article that has it already.
    fn insert(&mut self, id: &str, source: &str, record_no: Option<u64>) -> Option<String> {
        let digest = Sha256::digest(id);
        let key = *digest.first_chunk().expect("a SHA-256 has 32 bytes");
        if let Some((source, record_no)) = self.places.get(&key) {
            let source = &self.sources[*source as usize];
            return Some(match record_no {
                0 => source.clone(),
                n => format!("{source}, record {n}"),
            });
        }
        if self.sources.last().is_none_or(|last| last != source) {
            self.sources.push(source.to_owned());
        }
        let source = u32::try_from(self.sources.len() - 1).expect("fewer than 4 billion files");
        self.places.insert(key, (source, record_no.unwrap_or(0)));
        None
    }
}

/// The row for `skipped.csv` when a file breaks off.
pub(crate) fn cut_off(path: &str, record_no: u64, error: &io::Error) -> Skipped {
    if let io::ErrorKind::PermissionDenied | io::ErrorKind::NotFound | io::ErrorKind::Unsupported =
        error.kind()
    {
        let reason = format!("it cannot be read: {error}");
        return SkipCode::Unreadable.skipped(path, None, reason);
    }
    let reason = format!("the file breaks off here; this and later articles are missing ({error})");
    SkipCode::Truncated.skipped(path, Some(record_no), reason)
}

/// A path as the user typed it.
fn shown(path: &Path) -> String {
    path.display().to_string()
}

/// The draft of a record with this title and text, for tests of other files.
#[cfg(test)]
pub(crate) fn record_for_tests(title: &str, text: &str) -> Option<Draft> {
    let [outlet, title, text] = ["Example", title, text].map(str::to_owned);
    let record = Record { outlet, title, text, ..Record::default() };
    record.draft(&OutletTable::default(), &ReadOptions::default(), &mut Ledger::default()).ok()
}

#[cfg(test)]
mod tests;
