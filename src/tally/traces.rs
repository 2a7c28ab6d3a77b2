//! What near-duplicates and recurring paragraphs are found by: a few numbers of each article, one
//! outlet after another, on disk once there are many.

use std::io;
use std::path::{Path, PathBuf};

use crate::corpus::Recurring;
use crate::tally::TallyError;
use crate::tally::record::ArticleRecord;
use crate::tally::sorter::{Merge, Run, Sorter};

/// Bytes of traces that one thread holds before it writes them to disk.
const BUDGET: usize = 4 << 20;

/// Bytes of a number of a sketch.
const NUMBER: usize = 4;
/// Bytes of a hash of a paragraph.
const HASH: usize = 8;

/// What is looked at of an article until it is known what recurs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Trace {
    /// The smallest of the numbers of its runs of five words, sorted.
    pub(crate) sketch: Box<[u32]>,
    /// Hashes of its paragraphs that may recur in other articles, sorted.
    pub(crate) paragraphs: Box<[u64]>,
}

/// Writes traces.
pub(crate) struct TraceWriter {
    sorter: Sorter,
    dir: PathBuf,
    recurring: Option<Recurring>,
}

/// The order in which outlets come: by the length of their names, then by name.
pub(crate) fn outlet_order(outlet: &str) -> (usize, &str) {
    (outlet.len(), outlet)
}

impl TraceWriter {
    /// Writes to a file without a name in `dir`; `recurring` says which paragraphs are looked at.
    pub(crate) fn new(dir: &Path, recurring: Option<Recurring>) -> Self {
        TraceWriter { sorter: Sorter::new(dir, BUDGET), dir: dir.to_path_buf(), recurring }
    }

    /// Takes the trace of an article.
    pub(crate) fn add(&mut self, record: &ArticleRecord) -> Result<(), TallyError> {
        // The length first keeps the articles of an outlet together whatever it is called.
        let length = (record.outlet.len() as u64).to_be_bytes();
        let key = [&length, record.outlet.as_bytes(), record.id.as_bytes()].concat();
        let pushed = self.sorter.push(&key, &Trace::of(record, self.recurring).bytes());
        pushed.map_err(|error| TallyError::of_io(&self.dir, &error, true))
    }

    /// The traces of each outlet in the order of ids, the outlets by [`outlet_order`].
    pub(crate) fn finish(self) -> Result<Vec<Run>, TallyError> {
        let runs = self.sorter.finish();
        runs.map_err(|error| TallyError::of_io(&self.dir, &error, true))
    }
}

impl Trace {
    fn of(record: &ArticleRecord, recurring: Option<Recurring>) -> Self {
        let may_recur = |rule| {
            let paragraphs = record.paragraphs.iter();
            paragraphs.filter(move |paragraph| paragraph.may_recur(rule)).map(|p| p.hash)
        };
        let mut paragraphs: Vec<u64> = recurring.into_iter().flat_map(may_recur).collect();
        paragraphs.sort_unstable();
        paragraphs.dedup();
        Trace { sketch: record.sketch.as_slice().into(), paragraphs: paragraphs.into() }
    }

    /// How many numbers the sketch has, the sketch, the hashes.
    fn bytes(&self) -> Vec<u8> {
        let n = self.sketch.len() as u32;
        let numbers = std::iter::once(&n).chain(&self.sketch).flat_map(|n| n.to_le_bytes());
        numbers.chain(self.paragraphs.iter().flat_map(|hash| hash.to_le_bytes())).collect()
    }

    fn from_bytes(bytes: &[u8]) -> io::Result<Self> {
        let damaged = || io::Error::from(io::ErrorKind::InvalidData);
        let number = |bytes: &[u8]| bytes.iter().rev().fold(0, |n, &b| n << 8 | u64::from(b));
        let (n, rest) = bytes.split_at_checked(NUMBER).ok_or_else(damaged)?;
        let length = number(n) as usize * NUMBER;
        let (sketch, hashes) = rest.split_at_checked(length).ok_or_else(damaged)?;
        Ok(Trace {
            sketch: sketch.chunks_exact(NUMBER).map(|bytes| number(bytes) as u32).collect(),
            paragraphs: hashes.chunks_exact(HASH).map(number).collect(),
        })
    }
}

/// Traces while they are read.
pub(crate) struct TraceReader<'a>(Merge<'a>);

impl<'a> TraceReader<'a> {
    pub(crate) fn new(runs: &'a [Run]) -> Result<Self, TallyError> {
        Merge::new(runs).map(TraceReader).map_err(|error| unreadable(&error))
    }

    /// The next traces, so many of them.
    pub(crate) fn take(&mut self, n: usize) -> Result<Vec<Trace>, TallyError> {
        let mut traces = Vec::with_capacity(n);
        while traces.len() < n {
            let taken = self.0.take(|_, bytes| Trace::from_bytes(bytes));
            let trace = taken.and_then(|taken| {
                taken.unwrap_or_else(|| Err(io::ErrorKind::UnexpectedEof.into()))
            });
            traces.push(trace.map_err(|error| unreadable(&error))?);
        }
        Ok(traces)
    }
}

/// Traces that were written and cannot be read again.
fn unreadable(error: &io::Error) -> TallyError {
    TallyError::of_io(Path::new("the records of this run"), error, false)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn traces_come_back_by_outlet_and_id() {
        let dir = tempfile::tempdir().unwrap();
        let mut writer = TraceWriter::new(dir.path(), None);
        for (outlet, id) in
            [("Post", "c"), ("Daily", "a"), ("A", "d"), ("Daily", "A"), ("Post", "b")]
        {
            let sketch = vec![7, u32::MAX, id.len() as u32, u32::from(id.as_bytes()[0])];
            let record = ArticleRecord {
                id: id.into(),
                outlet: outlet.into(),
                sketch,
                ..Default::default()
            };
            writer.add(&record).unwrap();
        }
        let runs = writer.finish().unwrap();
        let mut reader = TraceReader::new(&runs).unwrap();
        let traces = reader.take(5).unwrap();
        let ids: String = traces.iter().map(|t| char::from(t.sketch[3] as u8)).collect();
        assert_eq!(ids, "dbcAa");
        assert!(reader.take(1).is_err(), "there are no more");
    }

    #[test]
    fn a_trace_is_read_as_it_was_written() {
        for (sketch, paragraphs) in
            [(vec![], vec![]), (vec![1, 9], vec![]), (vec![3], vec![u64::MAX, 4])]
        {
            let trace = Trace { sketch: sketch.into(), paragraphs: paragraphs.into() };
            assert_eq!(Trace::from_bytes(&trace.bytes()).unwrap(), trace);
        }
        assert!(
            Trace::from_bytes(&[9, 0, 0]).is_err() && Trace::from_bytes(&[9, 0, 0, 0, 1]).is_err()
        );
    }
}
