//! Numbers of each article that are read again by its position: in memory while they are few, else in
//! a file without a name.

use std::fs::File;
use std::io;
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};

use crate::tally::TallyError;

/// Bytes that stay in memory before they are written.
const BUDGET: usize = 2 << 20;
/// Bytes of one number.
const NUMBER: usize = 4;

/// Lists of numbers, one per article.
#[derive(Debug)]
pub struct Store {
    dir: PathBuf,
    file: Option<File>,
    /// What is not in the file yet.
    bytes: Vec<u8>,
    /// Bytes in the file.
    written: u64,
    /// Where each list ends.
    ends: Vec<u64>,
}

impl Store {
    /// An empty store, whose file lies in `dir`.
    pub fn new(dir: &Path) -> Self {
        Store {
            dir: dir.to_path_buf(),
            file: None,
            bytes: Vec::new(),
            written: 0,
            ends: Vec::new(),
        }
    }

    /// The folder its file lies in, if it has one.
    pub fn dir(&self) -> &Path {
        &self.dir
    }

    /// How many lists there are.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// Adds the next list.
    pub fn push(&mut self, numbers: impl Iterator<Item = u32>) -> Result<(), TallyError> {
        for number in numbers {
            self.bytes.extend_from_slice(&number.to_le_bytes());
        }
        self.ends.push(self.written + self.bytes.len() as u64);
        if self.bytes.len() < BUDGET {
            return Ok(());
        }
        self.write().map_err(|error| TallyError::of_io(&self.dir, &error, true))
    }

    fn write(&mut self) -> io::Result<()> {
        if self.file.is_none() {
            self.file = Some(tempfile::tempfile_in(&self.dir)?);
        }
        if let Some(file) = &self.file {
            file.write_all_at(&self.bytes, self.written)?;
        }
        self.written += self.bytes.len() as u64;
        self.bytes.clear();
        Ok(())
    }

    /// The list at a position.
    pub fn get(&self, at: usize) -> Result<Vec<u32>, TallyError> {
        let start = at.checked_sub(1).map_or(0, |before| self.ends[before]);
        let length = (self.ends[at] - start) as usize;
        let mut read = Vec::new();
        let bytes = match (start.checked_sub(self.written), &self.file) {
            (Some(start), _) => &self.bytes[start as usize..start as usize + length],
            (None, None) => &read,
            (None, Some(file)) => {
                read.resize(length, 0);
                let found = file.read_exact_at(&mut read, start);
                found.map_err(|error| TallyError::of_io(&self.dir, &error, false))?;
                &read
            }
        };
        let number = |bytes: &[u8]| bytes.iter().rev().fold(0, |n, &b| n << 8 | u32::from(b));
        Ok(bytes.chunks_exact(NUMBER).map(number).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_read_back_from_memory_and_from_the_file() {
        let dir = tempfile::tempdir().unwrap();
        let mut store = Store::new(dir.path());
        let list = |at: u32| (0..at % 7 * 1_000).map(move |n| n * at);
        for at in 0..400 {
            store.push(list(at)).unwrap();
        }
        assert!(store.file.is_some() && !store.bytes.is_empty());
        assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 0, "the file has no name");
        for at in (0..400).rev() {
            assert_eq!(store.get(at as usize).unwrap(), list(at).collect::<Vec<_>>());
        }
        assert_eq!((store.len(), store.is_empty()), (400, false));
    }
}
