//! Numbers divided among bins, each of which can be read by itself: in memory while they are few, else
//! in a file without a name.

use std::fs::File;
use std::io;
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};

use crate::tally::TallyError;

/// Numbers of a bin that are written together: 64 KB.
const CHUNK: usize = 8 << 10;
/// Bytes of a number.
const NUMBER: usize = 8;

/// Takes numbers; each bin keeps the order of its own.
#[derive(Debug)]
pub struct Bins {
    dir: PathBuf,
    file: Option<File>,
    /// Chunks in the file.
    written: u64,
    bins: Vec<Bin>,
}

#[derive(Clone, Debug, Default)]
struct Bin {
    /// Its chunks in the file, by their number there.
    chunks: Vec<u64>,
    /// What is not in the file yet.
    here: Vec<u64>,
}

impl Bins {
    /// Empty bins, whose file lies in `dir`.
    pub fn new(dir: &Path, n_bins: usize) -> Self {
        let bins = vec![Bin::default(); n_bins];
        Bins { dir: dir.to_path_buf(), file: None, written: 0, bins }
    }

    /// Puts a number in a bin.
    pub fn push(&mut self, bin: usize, number: u64) -> Result<(), TallyError> {
        let here = &mut self.bins[bin].here;
        here.push(number);
        if here.len() < CHUNK {
            return Ok(());
        }
        self.write(bin).map_err(|error| TallyError::of_io(&self.dir, &error, true))
    }

    #[cold]
    fn write(&mut self, bin: usize) -> io::Result<()> {
        if self.file.is_none() {
            self.file = Some(tempfile::tempfile_in(&self.dir)?);
        }
        let Bin { chunks, here } = &mut self.bins[bin];
        if let Some(file) = &self.file {
            let bytes: Vec<u8> = here.iter().flat_map(|number| number.to_le_bytes()).collect();
            file.write_all_at(&bytes, self.written * (CHUNK * NUMBER) as u64)?;
        }
        chunks.push(self.written);
        self.written += 1;
        here.clear();
        Ok(())
    }

    /// Shows every number of a bin, in the order in which they came.
    pub fn each(&self, bin: usize, mut see: impl FnMut(u64)) -> Result<(), TallyError> {
        let Bin { chunks, here } = &self.bins[bin];
        let mut bytes = vec![0; if chunks.is_empty() { 0 } else { CHUNK * NUMBER }];
        for (chunk, file) in chunks.iter().zip(std::iter::repeat(self.file.as_ref()).flatten()) {
            let read = file.read_exact_at(&mut bytes, chunk * (CHUNK * NUMBER) as u64);
            read.map_err(|error| TallyError::of_io(&self.dir, &error, false))?;
            let numbers = bytes.as_chunks::<NUMBER>().0;
            numbers.iter().for_each(|number| see(u64::from_le_bytes(*number)));
        }
        here.iter().for_each(|&number| see(number));
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_bin_gives_back_its_numbers_in_their_order() {
        let dir = tempfile::tempdir().unwrap();
        let mut bins = Bins::new(dir.path(), 3);
        let number = |n: u64| n.wrapping_mul(0x9e37_79b9_7f4a_7c15);
        let bin_of = |n: u64| if n.is_multiple_of(50) { 1 } else { 2 };
        let n = 3 * CHUNK as u64;
        for n in 0..n {
            bins.push(bin_of(n), number(n)).unwrap();
        }
        assert!(bins.bins[1].chunks.is_empty() && bins.bins[2].chunks.len() == 2);
        assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 0, "the file has no name");
        for bin in 0..3 {
            let mut found = Vec::new();
            bins.each(bin, |number| found.push(number)).unwrap();
            let expect: Vec<u64> = (0..n).filter(|&n| bin_of(n) == bin).map(number).collect();
            assert_eq!(found, expect);
        }
    }
}
