//! What a run will take, from how much there is to read and from rates that were measured.

use std::time::Duration;

use crate::corpus::Size;

/// What a run will take. A guess: machines and texts differ by a factor of two and more.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Estimate {
    /// Time to read and count, on all threads.
    pub reading: Duration,
    /// Time to compare what was counted.
    pub comparing: Duration,
    /// Bytes of memory at the peak.
    pub memory: u64,
}

// Measured on 2026-11-25 on a busy virtual machine with two cores, as seconds of user and system time
// of `tally` and of `compare` less `tally`, on one thread. 10,000 made articles (62 MB): 12.2 and 8.8 s;
// 2,000 articles of real news by 127 outlets (12.6 MB): 3.4 and 3.6 s, of which much does not grow with
// the articles. Of 38,000 made articles (236 MB) on two threads 60 s went by reading and 45 comparing.
// Memory at the peak on 2026-11-29: on one thread 101 MB with 13 MB of text, 131 with 62, 166 with 248,
// 211 with 498 (80,000 articles), 933 with 6,240 (a million); on two threads 115 with 13, 149 with 62,
// 340 with 998.

/// Seconds to read and count a megabyte of text on one thread.
const READING: f64 = 0.20;
/// Seconds to compare a megabyte of text that was counted, on one thread.
const COMPARING: f64 = 0.14;
/// How many threads compare at most.
const COMPARERS: usize = 2;
/// Bytes of memory without any article: word lists, queues, buffers.
const MEMORY: u64 = 100_000_000;
/// Bytes of memory for each byte of text: heads of articles and the vocabulary.
const MEMORY_PER_BYTE: f64 = 0.12;
/// Bytes of memory that each byte of text of a thread takes besides, for words it has met and sums, until
/// they are cleared or go to disk.
const FILLING: f64 = 0.22;
/// Most of these on each thread.
const FILLED: f64 = 80_000_000.0;

impl Estimate {
    /// What it will take to read and compare so much on so many threads.
    pub fn new(size: Size, threads: usize) -> Self {
        let megabytes = size.text as f64 / 1e6;
        let threads = threads.max(1);
        let text = size.text as f64;
        let filled = threads as f64 * FILLED.min(text / threads as f64 * FILLING);
        Self {
            reading: Duration::from_secs_f64(megabytes * READING / threads as f64),
            comparing: Duration::from_secs_f64(
                megabytes * COMPARING / threads.min(COMPARERS) as f64,
            ),
            memory: MEMORY + (text * MEMORY_PER_BYTE + filled) as u64,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn more_threads_read_faster_and_more_than_two_compare_no_faster() {
        let size = Size { bytes: 1_000_000_000, text: 3_000_000_000 };
        let of = |threads| Estimate::new(size, threads);
        assert_eq!((of(2).reading / 2, of(2).comparing), (of(4).reading, of(4).comparing));
        assert!(of(1).comparing > of(2).comparing);
        assert_eq!((of(1).memory, of(2).memory), (540_000_000, 620_000_000));
        let short = |threads| Estimate::new(Size { bytes: 1_000, text: 1_000 }, threads).memory;
        assert_eq!((short(1), short(2)), (MEMORY + 340, MEMORY + 340));
        assert_eq!(Estimate::new(Size::default(), 0).reading, Duration::ZERO);
    }
}
