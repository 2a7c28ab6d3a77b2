//! The record of every article, in the order of ids, and the little that stays in memory of each.
//!
//! Records are written once, while articles are counted, and read as often as an analysis needs: no
//! more than one of them is in memory.

use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::base::{Interval, Section};
use crate::corpus::Recurring;
use crate::tally::TallyError;
use crate::tally::record::{ArticleRecord, WordRecord, Wording};
use crate::tally::recurring::Cut;
use crate::tally::sorter::{Merge, Run, Sorter};
use crate::tally::traces::{TraceReader, TraceWriter};

/// Bytes of records that one thread holds before it writes them to disk.
const BUDGET: usize = 8 << 20;

/// What stays in memory of an article.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Head {
    /// Unique in the corpus.
    pub id: Box<str>,
    /// Who published it.
    pub outlet: Arc<str>,
    /// Calendar day as printed; `None` if unknown.
    pub day: Option<Arc<str>>,
    /// When it may have appeared; `None` exactly when `day` is.
    pub interval: Option<Interval>,
    /// The `event` column, if filled.
    pub event: Option<Box<str>>,
}

/// Writes the records of one thread.
pub struct Recorder {
    sorter: Sorter,
    dir: PathBuf,
    heads: Heads,
    bytes: Vec<u8>,
}

/// The heads of articles as they come, and their traces.
pub(crate) struct Heads {
    heads: Vec<Head>,
    /// Outlets and days, each once.
    shared: BTreeSet<Arc<str>>,
    traces: TraceWriter,
}

/// The record of every article, in the order of ids.
#[derive(Clone, Debug, Default)]
pub struct Records {
    runs: Vec<Numbered>,
    /// What is looked at until it is known what recurs.
    traces: Vec<Run>,
    /// Paragraphs that are set aside while records are read.
    pub(crate) cut: Option<Arc<Cut>>,
}

/// A run and the surface forms that its records number.
#[derive(Clone, Debug)]
struct Numbered {
    run: Run,
    /// Position in the table of the whole tally, by the number in the run; `None` if they agree.
    moved: Option<Arc<Vec<u32>>>,
}

impl Recorder {
    /// Writes to a file without a name in `dir`, once memory does not do; `recurring` says which
    /// paragraphs are looked at.
    pub fn new(dir: &Path, recurring: Option<Recurring>) -> Self {
        Recorder {
            sorter: Sorter::new(dir, BUDGET),
            dir: dir.to_path_buf(),
            heads: Heads::new(dir, recurring),
            bytes: Vec::new(),
        }
    }

    /// Takes the record of an article.
    pub fn add(&mut self, record: &ArticleRecord) -> Result<(), TallyError> {
        self.bytes.clear();
        let bytes = std::mem::take(&mut self.bytes);
        let bytes = postcard::to_extend(record, bytes).map_err(io::Error::other);
        let pushed = bytes.and_then(|bytes| {
            self.bytes = bytes;
            self.sorter.push(record.id.as_bytes(), &self.bytes)
        });
        pushed.map_err(|error| TallyError::of_io(&self.dir, &error, true))?;
        self.heads.add(record)
    }

    /// What was written, and the heads in the order in which they came.
    pub fn finish(mut self) -> Result<(Records, Vec<Head>), TallyError> {
        let runs = self.sorter.finish();
        let runs = runs.map_err(|error| TallyError::of_io(&self.dir, &error, true))?;
        let heads = self.heads.take();
        Ok((Records { traces: self.heads.finish()?, ..Records::of(runs) }, heads))
    }
}

impl Heads {
    /// Traces go to a file without a name in `dir`, once memory does not do; `recurring` says which
    /// paragraphs are looked at.
    pub(crate) fn new(dir: &Path, recurring: Option<Recurring>) -> Self {
        let (heads, shared) = Default::default();
        Heads { heads, shared, traces: TraceWriter::new(dir, recurring) }
    }

    /// Takes what stays in memory of an article.
    pub(crate) fn add(&mut self, record: &ArticleRecord) -> Result<(), TallyError> {
        let day = record.published.day.as_deref();
        let head = Head {
            id: record.id.as_str().into(),
            outlet: self.share(&record.outlet),
            day: day.map(|day| self.share(day)),
            interval: record.published.interval,
            event: record.event.as_deref().map(Into::into),
        };
        self.heads.push(head);
        self.traces.add(record)
    }

    fn share(&mut self, text: &str) -> Arc<str> {
        self.shared.get(text).cloned().unwrap_or_else(|| {
            let text: Arc<str> = text.into();
            self.shared.insert(Arc::clone(&text));
            text
        })
    }

    /// Those that came since this was asked last, in the order in which they came.
    pub(crate) fn take(&mut self) -> Vec<Head> {
        std::mem::take(&mut self.heads)
    }

    /// The traces of all articles.
    pub(crate) fn finish(self) -> Result<Vec<Run>, TallyError> {
        self.traces.finish()
    }
}

impl crate::tally::ParagraphRecord {
    /// Whether a rule looks at it at all.
    pub(crate) fn may_recur(&self, rule: Recurring) -> bool {
        let words = self.words.1 - self.words.0;
        self.section != Section::Title && (1..=rule.max_words).contains(&words)
    }
}

impl Records {
    /// The records of runs that number the surface forms of one table.
    pub(crate) fn of(runs: Vec<Run>) -> Self {
        let runs = runs.into_iter().map(|run| Numbered { run, moved: None });
        Records { runs: runs.collect(), ..Records::default() }
    }

    /// Numbers the surface forms anew: `moved` is the new position of each. Runs of one thread share
    /// their numbers, of which there are as many as forms.
    pub(crate) fn renumber(&mut self, moved: &Arc<Vec<u32>>) {
        let mut last: Option<[Arc<Vec<u32>>; 2]> = None;
        for run in &mut self.runs {
            let Some(old) = run.moved.take() else {
                run.moved = Some(Arc::clone(moved));
                continue;
            };
            let known = last.take().filter(|[before, _]| Arc::ptr_eq(before, &old));
            let new = known.map_or_else(
                || Arc::new(old.iter().map(|&at| moved[at as usize]).collect()),
                |[_, after]| after,
            );
            run.moved = Some(Arc::clone(&new));
            last = Some([old, new]);
        }
    }

    /// Takes in other records, which number the same surface forms.
    pub(crate) fn append(&mut self, mut other: Records) {
        self.runs.append(&mut other.runs);
        self.traces.append(&mut other.traces);
    }

    /// Takes the traces of articles whose records are there already.
    pub(crate) fn add_traces(&mut self, mut traces: Vec<Run>) {
        self.traces.append(&mut traces);
    }

    /// What is looked at of each article until it is known what recurs.
    pub(crate) fn traces(&self) -> Result<TraceReader<'_>, TallyError> {
        TraceReader::new(&self.traces)
    }

    /// Lets go of what nobody will look at again.
    pub(crate) fn forget_traces(&mut self) {
        self.traces = Vec::new();
    }

    /// Reads every record, in the order of ids.
    pub fn read(&self) -> Result<Reading<'_>, TallyError> {
        let merge = Merge::new(self.runs.iter().map(|numbered| &numbered.run));
        let merge = merge.map_err(|error| unreadable(&error))?;
        Ok(Reading { records: self, merge })
    }
}

impl Records {
    /// Reads the words of the records at the positions that are wanted, in the order of ids, those in
    /// recurring paragraphs too, and passes over the others without looking into them.
    pub(super) fn read_wording<'a>(
        &'a self,
        wanted: &'a [bool],
    ) -> Result<impl Iterator<Item = Result<(usize, Wording), TallyError>> + 'a, TallyError> {
        let merge = Merge::new(self.runs.iter().map(|numbered| &numbered.run));
        let mut merge = merge.map_err(|error| unreadable(&error))?;
        Ok(wanted.iter().enumerate().filter_map(move |(at, &wanted)| {
            let taken = merge.take(|run, value| {
                let read = || postcard::take_from_bytes::<Wording>(value).map_err(io::Error::other);
                wanted.then(read).transpose().map(|read| read.map(|(wording, _)| (run, wording)))
            });
            let taken = taken.and_then(Option::transpose).map(Option::flatten).transpose()?;
            Some(taken.map_err(|error| unreadable(&error)).map(|(run, mut wording)| {
                self.renumber_words(run, &mut wording.words);
                (at, wording)
            }))
        }))
    }

    /// The same records as one sequence of runs of their own, in files without a name in `dir`.
    pub(crate) fn rewritten(&self, dir: &Path) -> Result<Records, TallyError> {
        let failed = |error: io::Error| TallyError::of_io(dir, &error, true);
        let mut sorter = Sorter::new(dir, BUDGET);
        for record in self.read()? {
            let record = record?;
            let bytes = postcard::to_stdvec(&record).map_err(io::Error::other);
            let pushed = bytes.and_then(|bytes| sorter.push(record.id.as_bytes(), &bytes));
            pushed.map_err(failed)?;
        }
        let records = Records::of(sorter.finish().map_err(failed)?);
        Ok(Records { traces: self.traces.clone(), ..records })
    }
}

/// Records while they are read.
pub struct Reading<'a> {
    records: &'a Records,
    merge: Merge<'a>,
}

impl Iterator for Reading<'_> {
    type Item = Result<ArticleRecord, TallyError>;

    fn next(&mut self) -> Option<Self::Item> {
        let taken = self.merge.take(|run, value| {
            let record = postcard::from_bytes::<ArticleRecord>(value).map_err(io::Error::other);
            record.map(|record| (run, record))
        });
        let read = taken.and_then(Option::transpose).transpose()?;
        Some(read.map(|(run, record)| self.records.settle(run, record)).map_err(|e| unreadable(&e)))
    }
}

impl Records {
    /// The words of a run with the surface forms of the whole tally.
    fn renumber_words(&self, run: usize, words: &mut [WordRecord]) {
        if let Some(moved) = &self.runs[run].moved {
            for word in words {
                word.surface = moved[word.surface as usize];
            }
        }
    }

    /// A record as the whole tally has it: surface forms of its table, recurring paragraphs gone.
    fn settle(&self, run: usize, mut record: ArticleRecord) -> ArticleRecord {
        self.renumber_words(run, &mut record.words);
        if let Some(cut) = &self.cut {
            cut.apply(&mut record);
        }
        record
    }
}

/// Records that were written and cannot be read again.
fn unreadable(error: &io::Error) -> TallyError {
    TallyError::of_io(Path::new("the records of this run"), error, false)
}
