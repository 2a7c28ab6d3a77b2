//! Sorts more numbers than fit in memory: those at hand are written as a sorted run once they are
//! many, and runs are merged while they are read.
//!
//! For numbers of one length this takes a quarter of the time and memory of a sorter of bytes.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::fs::File;
use std::io;
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};

use crate::tally::TallyError;

/// Numbers that stay in memory: 8 MB.
const BUDGET: usize = 512 << 10;
/// Numbers that are read of a run at a time.
const BLOCK: usize = 2 << 10;
/// Bytes of a number.
const NUMBER: usize = 16;

/// Takes numbers in any order; equal ones all stay.
#[derive(Debug)]
pub struct Keys {
    dir: PathBuf,
    budget: usize,
    numbers: Vec<u128>,
    file: Option<File>,
    /// Where each run ends in the file, in numbers.
    ends: Vec<u64>,
}

/// The numbers in their order.
#[derive(Debug)]
pub struct SortedKeys {
    dir: PathBuf,
    file: Option<File>,
    runs: Vec<Rest>,
    /// The next number of each run that has one.
    next: BinaryHeap<Reverse<(u128, usize)>>,
}

/// What is left of a run.
#[derive(Debug)]
struct Rest {
    /// What is in the file still, in numbers.
    at: u64,
    end: u64,
    /// What was read of it, the next one last.
    block: Vec<u128>,
}

impl Keys {
    /// No number yet; what does not fit in memory goes to a file without a name in `dir`.
    pub fn new(dir: &Path) -> Self {
        Keys::with_budget(dir, BUDGET)
    }

    fn with_budget(dir: &Path, budget: usize) -> Self {
        let (dir, numbers, ends) = (dir.to_path_buf(), Vec::new(), Vec::new());
        Keys { dir, budget, numbers, file: None, ends }
    }

    /// Takes a number.
    pub fn push(&mut self, number: u128) -> Result<(), TallyError> {
        self.numbers.push(number);
        if self.numbers.len() < self.budget {
            return Ok(());
        }
        self.write_run().map_err(|error| TallyError::of_io(&self.dir, &error, true))
    }

    fn write_run(&mut self) -> io::Result<()> {
        self.numbers.sort_unstable();
        if self.file.is_none() {
            self.file = Some(tempfile::tempfile_in(&self.dir)?);
        }
        let mut end = self.ends.last().copied().unwrap_or_default();
        if let Some(file) = &self.file {
            for numbers in self.numbers.chunks(BLOCK) {
                let bytes: Vec<u8> = numbers.iter().flat_map(|n| n.to_le_bytes()).collect();
                file.write_all_at(&bytes, end * NUMBER as u64)?;
                end += numbers.len() as u64;
            }
        }
        self.ends.push(end);
        self.numbers.clear();
        Ok(())
    }

    /// The numbers, the smallest first.
    pub fn sorted(mut self) -> Result<SortedKeys, TallyError> {
        self.numbers.sort_unstable_by_key(|&number| Reverse(number));
        let starts = std::iter::once(&0).chain(&self.ends);
        let run = |(&at, &end): (&u64, &u64)| Rest { at, end, block: Vec::new() };
        let mut runs: Vec<Rest> = starts.zip(&self.ends).map(run).collect();
        runs.push(Rest { at: 0, end: 0, block: self.numbers });
        let n_runs = runs.len();
        let next = BinaryHeap::with_capacity(n_runs);
        let mut sorted = SortedKeys { dir: self.dir, file: self.file, runs, next };
        for run in 0..n_runs {
            sorted.queue(run)?;
        }
        Ok(sorted)
    }
}

impl SortedKeys {
    /// Puts the next number of a run in line.
    fn queue(&mut self, run: usize) -> Result<(), TallyError> {
        let rest = &mut self.runs[run];
        if let Some(file) = self.file.as_ref().filter(|_| rest.block.is_empty()) {
            let read = rest.read(file);
            read.map_err(|error| TallyError::of_io(&self.dir, &error, false))?;
        }
        if let Some(number) = rest.block.pop() {
            self.next.push(Reverse((number, run)));
        }
        Ok(())
    }
}

impl Rest {
    fn read(&mut self, file: &File) -> io::Result<()> {
        let n = (self.end - self.at).min(BLOCK as u64);
        let mut bytes = vec![0; n as usize * NUMBER];
        file.read_exact_at(&mut bytes, self.at * NUMBER as u64)?;
        self.at += n;
        let number = |bytes: &[u8]| bytes.iter().rev().fold(0, |n, &b| n << 8 | u128::from(b));
        self.block.extend(bytes.chunks_exact(NUMBER).rev().map(number));
        Ok(())
    }
}

impl Iterator for SortedKeys {
    type Item = Result<u128, TallyError>;

    fn next(&mut self) -> Option<Self::Item> {
        let Reverse((number, run)) = self.next.pop()?;
        Some(self.queue(run).map(|()| number))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn whatever_the_budget_numbers_come_in_their_order(
            numbers in prop::collection::vec(0_u128..1 << 70, 0..60),
            budget in 1_usize..70,
        ) {
            let dir = tempfile::tempdir().unwrap();
            let mut keys = Keys::with_budget(dir.path(), budget);
            for &number in &numbers {
                keys.push(number).unwrap();
            }
            prop_assert_eq!(keys.file.is_some(), numbers.len() >= budget);
            prop_assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 0);
            let mut expect = numbers;
            expect.sort_unstable();
            let sorted: Result<Vec<u128>, _> = keys.sorted().unwrap().collect();
            prop_assert_eq!(sorted.unwrap(), expect);
        }
    }

    #[test]
    fn runs_longer_than_a_block_are_read_to_their_end() {
        let dir = tempfile::tempdir().unwrap();
        let mut keys = Keys::with_budget(dir.path(), 2 * BLOCK + 5);
        let number = |n: u128| n * 7_919 % 100_003;
        for n in 0..9_000 {
            keys.push(number(n)).unwrap();
        }
        let mut expect: Vec<u128> = (0..9_000).map(number).collect();
        expect.sort_unstable();
        let sorted: Result<Vec<u128>, _> = keys.sorted().unwrap().collect();
        assert_eq!(sorted.unwrap(), expect);
    }
}
