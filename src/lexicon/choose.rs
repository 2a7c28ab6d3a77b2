//! Decides which of the overlapping matches of one lexicon in one sentence count.
//!
//! Leftmost first; of those that start at the same word, the one with the most fixed words, then
//! the one that ends first. Words under a gap stay free for other entries. Entries of different
//! categories with the same words all count; a category counts once. A blocker takes everything
//! from its first to its last word, gaps included, wins against equal matches, and counts nothing.

use crate::lexicon::entry::{CategoryId, EntryId};

/// A match whose conditions hold. Positions count tokens from the start of the sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Candidate {
    pub(crate) start: usize,
    /// Its fixed words as bits, the first one being `start`.
    pub(crate) words: u64,
    pub(crate) entry: EntryId,
    pub(crate) category: CategoryId,
    pub(crate) blocker: bool,
}

impl Candidate {
    /// One past its last word.
    pub(crate) fn end(&self) -> usize {
        self.start + self.n_covered()
    }

    /// Words from the first to the last, gaps included.
    fn n_covered(&self) -> usize {
        (u64::BITS - self.words.leading_zeros()) as usize
    }

    fn order(&self) -> impl Ord {
        let shorter_first = u32::MAX - self.words.count_ones();
        (self.start, shorter_first, self.n_covered(), self.words, !self.blocker, self.entry)
    }

    fn same_words(&self, other: &Candidate) -> bool {
        (self.start, self.words) == (other.start, other.words)
    }

    fn positions(&self) -> impl Iterator<Item = usize> {
        let (start, words) = (self.start, self.words);
        (0..self.n_covered()).filter(move |i| words >> i & 1 == 1).map(move |i| start + i)
    }

    fn take(&self, taken: &mut [bool]) {
        if self.blocker {
            taken[self.start..self.end()].fill(true);
        } else {
            self.positions().for_each(|at| taken[at] = true);
        }
    }
}

/// Keeps the candidates that count; `taken` is scratch space.
pub(crate) fn choose(candidates: &mut Vec<Candidate>, taken: &mut Vec<bool>) {
    if candidates.len() == 1 {
        candidates.retain(|only| !only.blocker);
        return;
    }
    candidates.sort_unstable_by(|a, b| a.order().cmp(&b.order()));
    taken.clear();
    taken.resize(candidates.iter().map(Candidate::end).max().unwrap_or(0), false);
    let mut winner: Option<Candidate> = None;
    let mut n_kept = 0;
    for i in 0..candidates.len() {
        let candidate = candidates[i];
        let counts = match winner.filter(|w| w.same_words(&candidate)) {
            Some(winner) => {
                let equal = candidates[..n_kept].iter().rev().take_while(|k| k.same_words(&winner));
                !winner.blocker && !equal.into_iter().any(|k| k.category == candidate.category)
            }
            None if candidate.positions().any(|at| taken[at]) => false,
            None => {
                winner = Some(candidate);
                candidate.take(taken);
                !candidate.blocker
            }
        };
        if counts {
            candidates[n_kept] = candidate;
            n_kept += 1;
        }
    }
    candidates.truncate(n_kept);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn candidate(entry: u32, start: usize, words: u64) -> Candidate {
        let (category, blocker) = (CategoryId(entry), entry >= 100);
        Candidate { start, words, entry: EntryId(entry), category, blocker }
    }

    fn kept(mut candidates: Vec<Candidate>) -> Vec<u32> {
        choose(&mut candidates, &mut Vec::new());
        candidates.iter().map(|c| c.entry.0).collect()
    }

    #[test]
    fn leftmost_wins_then_most_fixed_words() {
        assert_eq!(kept(vec![candidate(1, 1, 0b111), candidate(2, 0, 0b11)]), [2]);
        assert_eq!(kept(vec![candidate(1, 0, 0b1), candidate(2, 0, 0b11)]), [2]);
        assert_eq!(kept(vec![candidate(1, 0, 0b1001), candidate(2, 0, 0b111)]), [2]);
    }

    #[test]
    fn words_under_a_gap_stay_free() {
        assert_eq!(kept(vec![candidate(1, 0, 0b101), candidate(2, 1, 0b1)]), [1, 2]);
    }

    #[test]
    fn equal_words_count_for_every_category_once() {
        let twice = Candidate { category: CategoryId(1), ..candidate(3, 0, 0b11) };
        assert_eq!(kept(vec![twice, candidate(2, 0, 0b11), candidate(1, 0, 0b11)]), [1, 2]);
    }

    #[test]
    fn of_two_reaches_over_a_gap_the_nearer_counts() {
        assert_eq!(kept(vec![candidate(1, 0, 0b1001), candidate(1, 0, 0b101)]), [1]);
    }

    #[test]
    fn a_blocker_takes_its_gaps_and_counts_nothing() {
        let all = vec![candidate(100, 0, 0b10001), candidate(1, 2, 0b1), candidate(2, 5, 0b1)];
        assert_eq!(kept(all), [2]);
        assert_eq!(kept(vec![candidate(1, 0, 0b1), candidate(100, 0, 0b1)]), [0u32; 0]);
    }
}
