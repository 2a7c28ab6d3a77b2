//! What a run will take, from how much there is to read and from rates that were measured.

use std::time::Duration;

use crate::corpus::Size;

/// What a run will take. A guess: machines and texts differ by a factor of two and more.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Estimate {
    /// Time to read and count, on all threads.
    pub reading: Duration,
    /// Time to compare what was counted, on one thread.
    pub comparing: Duration,
    /// Bytes of memory at the peak.
    pub memory: u64,
}

// Measured on 2026-11-25, one thread of a busy virtual machine with two cores, as seconds of user and
// system time of `tally` and of `compare` less `tally`. 10,000 made articles (62 MB): 15.4 and 10.1 s;
// 2,000 articles of real news by 127 outlets (12.6 MB): 4.1 and 5.0 s, of which most does not grow with
// the articles. Memory at the peak: 326 MB with 12.6 MB of text, 358 with 62, 518 with 235.

/// Seconds to read and count a megabyte of text on one thread.
const READING: f64 = 0.25;
/// Seconds to compare a megabyte of text that was counted.
const COMPARING: f64 = 0.16;
/// Bytes of memory without any article: word lists, queues, buffers.
const MEMORY: u64 = 310_000_000;
/// Bytes of memory for each byte of text: heads of articles and new words.
const MEMORY_PER_BYTE: f64 = 0.9;

impl Estimate {
    /// What it will take to read and compare so much on so many threads.
    pub fn new(size: Size, threads: usize) -> Self {
        let megabytes = size.text as f64 / 1e6;
        Self {
            reading: Duration::from_secs_f64(megabytes * READING / threads.max(1) as f64),
            comparing: Duration::from_secs_f64(megabytes * COMPARING),
            memory: MEMORY + (size.text as f64 * MEMORY_PER_BYTE) as u64,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn more_threads_read_faster_and_compare_no_faster() {
        let size = Size { bytes: 1_000_000_000, text: 3_000_000_000 };
        let (one, two) = (Estimate::new(size, 1), Estimate::new(size, 2));
        assert_eq!((one.reading / 2, one.comparing), (two.reading, two.comparing));
        assert!(one.memory > MEMORY && one.memory == two.memory);
        assert_eq!(Estimate::new(Size::default(), 0).reading, Duration::ZERO);
    }
}
