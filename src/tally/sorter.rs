//! Sorts more than fits in memory: runs of bounded size, compressed, merged while they are read.
//!
//! Runs lie in a file without a name, which is gone with the process however that ends; a small
//! corpus never leaves memory and takes the same way.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::fs::File;
use std::io;
use std::ops::Range;
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use zstd::bulk::{Compressor, Decompressor};

/// Compression level: a record is read as fast as it can be made again only at the lowest.
const LEVEL: i32 = 1;
/// Bytes of entries in one block, before compression: what a reader holds of each run.
const BLOCK: usize = 32 << 10;
/// No block is larger, before or after compression; a larger length is damage.
const LONGEST: u32 = 1 << 30;
/// Bytes of the two lengths before a block, and of the two lengths before an entry.
const LENGTHS: usize = 8;

/// Takes entries in any order.
pub struct Sorter {
    /// The folder that the file without a name lies in.
    dir: PathBuf,
    /// Bytes of entries that may stay in memory.
    budget: usize,
    bytes: Vec<u8>,
    entries: Vec<Entry>,
    spill: Option<Spill>,
    runs: Vec<Run>,
}

/// A key and a value in the buffer of a sorter.
#[derive(Clone, Copy)]
struct Entry {
    start: usize,
    key: u32,
    value: u32,
}

/// The file that runs are written to.
struct Spill {
    file: Arc<File>,
    length: u64,
}

/// Entries in the order of their keys, to be read any number of times.
#[derive(Clone, Debug, Default)]
pub struct Run {
    place: Place,
    /// Its bytes there.
    range: Range<u64>,
}

/// Where a run lies.
#[derive(Clone, Debug)]
enum Place {
    Memory(Arc<Vec<u8>>),
    File(Arc<File>),
}

impl Default for Place {
    fn default() -> Self {
        Place::Memory(Arc::default())
    }
}

impl Sorter {
    /// A sorter that holds about `budget` bytes in memory and the rest in `dir`.
    pub fn new(dir: &Path, budget: usize) -> Self {
        let dir = dir.to_path_buf();
        Sorter {
            dir,
            budget,
            bytes: Vec::new(),
            entries: Vec::new(),
            spill: None,
            runs: Vec::new(),
        }
    }

    /// Takes an entry. Entries with equal keys keep no order.
    pub fn push(&mut self, key: &[u8], value: &[u8]) -> io::Result<()> {
        let full = self.bytes.len() + key.len() + value.len() > self.budget;
        if full && !self.entries.is_empty() {
            self.write_run()?;
        }
        if self.bytes.is_empty() {
            // Memory that is not written to costs nothing; growing would copy, and hold both.
            self.bytes.reserve_exact(self.budget);
        }
        let entry = Entry { start: self.bytes.len(), key: short(key)?, value: short(value)? };
        self.bytes.extend_from_slice(key);
        self.bytes.extend_from_slice(value);
        self.entries.push(entry);
        Ok(())
    }

    /// The runs; all entries of a small corpus stay in memory.
    pub fn finish(mut self) -> io::Result<Vec<Run>> {
        if self.spill.is_some() && !self.entries.is_empty() {
            self.write_run()?;
            return Ok(self.runs);
        }
        let mut packed = Vec::new();
        self.pack(|block| {
            packed.extend_from_slice(block);
            Ok(())
        })?;
        if !packed.is_empty() {
            packed.shrink_to_fit();
            self.runs.push(Run::in_memory(packed));
        }
        Ok(self.runs)
    }

    /// Writes what is in memory to the file.
    fn write_run(&mut self) -> io::Result<()> {
        let mut spill = match self.spill.take() {
            Some(spill) => spill,
            None => Spill { file: Arc::new(tempfile::tempfile_in(&self.dir)?), length: 0 },
        };
        let start = spill.length;
        self.pack(|block| {
            spill.file.write_all_at(block, spill.length)?;
            spill.length += block.len() as u64;
            Ok(())
        })?;
        let range = start..spill.length;
        self.runs.push(Run { place: Place::File(Arc::clone(&spill.file)), range });
        self.spill = Some(spill);
        self.bytes.clear();
        self.entries.clear();
        Ok(())
    }

    /// Sorts what is in memory and hands it out in compressed blocks.
    fn pack(&mut self, write: impl FnMut(&[u8]) -> io::Result<()>) -> io::Result<()> {
        let bytes = &self.bytes;
        let key = |entry: &Entry| &bytes[entry.start..entry.start + entry.key as usize];
        self.entries.sort_unstable_by(|a, b| key(a).cmp(key(b)));
        let mut blocks = Blocks::new(write)?;
        for entry in &self.entries {
            let value = entry.start + entry.key as usize;
            blocks.push(key(entry), &bytes[value..value + entry.value as usize])?;
        }
        blocks.finish()
    }
}

/// A length as it is stored.
fn short(bytes: &[u8]) -> io::Result<u32> {
    u32::try_from(bytes.len()).map_err(io::Error::other)
}

/// Puts sorted entries into compressed blocks.
pub(crate) struct Blocks<W> {
    write: W,
    compressor: Compressor<'static>,
    block: Vec<u8>,
}

impl<W: FnMut(&[u8]) -> io::Result<()>> Blocks<W> {
    /// `write` gets every block.
    pub(crate) fn new(write: W) -> io::Result<Self> {
        Ok(Blocks { write, compressor: Compressor::new(LEVEL)?, block: Vec::new() })
    }

    pub(crate) fn push(&mut self, key: &[u8], value: &[u8]) -> io::Result<()> {
        self.block.extend_from_slice(&short(key)?.to_le_bytes());
        self.block.extend_from_slice(&short(value)?.to_le_bytes());
        self.block.extend_from_slice(key);
        self.block.extend_from_slice(value);
        if self.block.len() >= BLOCK { self.flush() } else { Ok(()) }
    }

    pub(crate) fn finish(mut self) -> io::Result<()> {
        if self.block.is_empty() { Ok(()) } else { self.flush() }
    }

    fn flush(&mut self) -> io::Result<()> {
        let packed = self.compressor.compress(&self.block)?;
        let mut whole = Vec::with_capacity(packed.len() + LENGTHS);
        whole.extend_from_slice(&short(&self.block)?.to_le_bytes());
        whole.extend_from_slice(&short(&packed)?.to_le_bytes());
        whole.extend_from_slice(&packed);
        self.block.clear();
        (self.write)(&whole)
    }
}

impl Run {
    fn in_memory(packed: Vec<u8>) -> Self {
        let range = 0..packed.len() as u64;
        Run { place: Place::Memory(Arc::new(packed)), range }
    }

    /// A run that lies in a file.
    pub(crate) fn in_file(file: Arc<File>, range: Range<u64>) -> Self {
        Run { place: Place::File(file), range }
    }

    fn read_at(&self, at: u64, bytes: &mut [u8]) -> io::Result<()> {
        match &self.place {
            Place::File(file) => file.read_exact_at(bytes, at),
            Place::Memory(memory) => {
                let start = usize::try_from(at).map_err(io::Error::other)?;
                let found = memory.get(start..start + bytes.len());
                bytes.copy_from_slice(found.ok_or(io::ErrorKind::UnexpectedEof)?);
                Ok(())
            }
        }
    }
}

/// The entries of several runs as one sequence, in the order of their keys.
pub struct Merge<'a> {
    cursors: Vec<Cursor<'a>>,
    /// The next key of each run that has one.
    next: BinaryHeap<Reverse<(Vec<u8>, usize)>>,
    decompressor: Decompressor<'static>,
}

/// A place in a run.
struct Cursor<'a> {
    run: &'a Run,
    /// Where its next block begins.
    at: u64,
    block: Vec<u8>,
    /// The next entry in the block.
    entry: usize,
}

impl<'a> Merge<'a> {
    /// Begins to read.
    pub fn new(runs: impl IntoIterator<Item = &'a Run>) -> io::Result<Self> {
        let cursor =
            |run: &'a Run| Cursor { run, at: run.range.start, block: Vec::new(), entry: 0 };
        let cursors: Vec<Cursor<'a>> = runs.into_iter().map(cursor).collect();
        let next = BinaryHeap::with_capacity(cursors.len());
        let mut merge = Merge { cursors, next, decompressor: Decompressor::new()? };
        for at in 0..merge.cursors.len() {
            merge.queue(at, Vec::new())?;
        }
        Ok(merge)
    }

    /// Hands the next value to `see`, with the position of its run; `None` at the end.
    pub fn take<T>(&mut self, see: impl FnOnce(usize, &[u8]) -> T) -> io::Result<Option<T>> {
        let Some(Reverse((key, run))) = self.next.pop() else { return Ok(None) };
        let seen = see(run, self.cursors[run].pass()?);
        self.queue(run, key)?;
        Ok(Some(seen))
    }

    /// Puts the next key of a run in line.
    fn queue(&mut self, run: usize, mut key: Vec<u8>) -> io::Result<()> {
        if let Some(found) = self.cursors[run].key(&mut self.decompressor)? {
            key.clear();
            key.extend_from_slice(found);
            self.next.push(Reverse((key, run)));
        }
        Ok(())
    }
}

impl Cursor<'_> {
    /// The key of the next entry; reads the next block if there is need to.
    fn key(&mut self, decompressor: &mut Decompressor<'static>) -> io::Result<Option<&[u8]>> {
        if self.entry >= self.block.len() {
            if self.at >= self.run.range.end {
                return Ok(None);
            }
            self.read_block(decompressor)?;
        }
        let (key, _) = self.lengths()?;
        Ok(Some(&self.block[self.entry + LENGTHS..key]))
    }

    /// The value of the next entry, which is behind then.
    fn pass(&mut self) -> io::Result<&[u8]> {
        let (key, value) = self.lengths()?;
        self.entry = value;
        Ok(&self.block[key..value])
    }

    /// Where key and value of the next entry end.
    fn lengths(&self) -> io::Result<(usize, usize)> {
        let damaged = || io::Error::from(io::ErrorKind::InvalidData);
        let start = self.entry + LENGTHS;
        let lengths = self.block.get(self.entry..start).ok_or_else(damaged)?;
        let (key, value) = two(lengths);
        let key = start + key as usize;
        let value = key + value as usize;
        if value > self.block.len() { Err(damaged()) } else { Ok((key, value)) }
    }

    fn read_block(&mut self, decompressor: &mut Decompressor<'static>) -> io::Result<()> {
        let mut lengths = [0; LENGTHS];
        self.run.read_at(self.at, &mut lengths)?;
        let (length, packed) = two(&lengths);
        if length > LONGEST || packed > LONGEST {
            return Err(io::ErrorKind::InvalidData.into());
        }
        let mut bytes = vec![0; packed as usize];
        self.run.read_at(self.at + LENGTHS as u64, &mut bytes)?;
        self.block = decompressor.decompress(&bytes, length as usize)?;
        self.at += LENGTHS as u64 + u64::from(packed);
        self.entry = 0;
        Ok(())
    }
}

/// Two stored lengths.
fn two(bytes: &[u8]) -> (u32, u32) {
    let number = |at: usize| bytes[at..at + 4].iter().rev().fold(0, |n, &b| n << 8 | u32::from(b));
    (number(0), number(4))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn sorted(entries: &[(Vec<u8>, Vec<u8>)], budget: usize) -> Vec<Run> {
        let dir = tempfile::tempdir().unwrap();
        let mut sorter = Sorter::new(dir.path(), budget);
        for (key, value) in entries {
            sorter.push(key, value).unwrap();
        }
        let runs = sorter.finish().unwrap();
        assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 0, "the file has no name");
        runs
    }

    fn values(runs: &[Run]) -> Vec<Vec<u8>> {
        let mut merge = Merge::new(runs).unwrap();
        let mut all = Vec::new();
        while let Some(value) = merge.take(|_, value| value.to_vec()).unwrap() {
            all.push(value);
        }
        all
    }

    #[test]
    fn a_small_corpus_stays_in_memory_and_a_large_one_does_not() {
        let entry = |no: u8| (vec![no], vec![no; 100]);
        let entries: Vec<_> = (0..50).rev().map(entry).collect();
        assert_eq!(sorted(&entries, 1 << 20).len(), 1);
        let runs = sorted(&entries, 1_000);
        assert!(runs.len() > 4 && matches!(runs[0].place, Place::File(_)));
        let expect: Vec<Vec<u8>> = (0..50).map(|no| vec![no; 100]).collect();
        assert_eq!(values(&runs), expect);
        assert_eq!(values(&runs), expect, "it can be read again");
    }

    #[test]
    fn nothing_sorted_is_nothing_read() {
        assert!(values(&sorted(&[], 10)).is_empty());
    }

    #[test]
    fn a_run_that_is_cut_short_is_an_error() {
        let mut runs = sorted(&[(b"a".to_vec(), vec![7; 500])], 1 << 20);
        runs[0].range.end += 3;
        let mut merge = Merge::new(&runs).unwrap();
        assert!(merge.take(|_, _| ()).is_err());
    }

    proptest! {
        #[test]
        fn whatever_the_budget_values_come_in_the_order_of_their_keys(
            entries in prop::collection::btree_map("[a-c]{0,6}", 0_u8..9, 0..40),
            shift in any::<prop::sample::Index>(),
            budget in 1_usize..300,
        ) {
            let mut shuffled: Vec<(Vec<u8>, Vec<u8>)> = entries
                .iter()
                .map(|(key, &no)| (key.clone().into_bytes(), vec![no; usize::from(no) * 9]))
                .collect();
            let expect: Vec<Vec<u8>> = shuffled.iter().map(|(_, value)| value.clone()).collect();
            if !shuffled.is_empty() {
                let by = shift.index(shuffled.len());
                shuffled.rotate_left(by);
            }
            prop_assert_eq!(values(&sorted(&shuffled, budget)), expect);
        }
    }
}
