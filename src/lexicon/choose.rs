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

/// One change among the matches that count, if an entry were not in its lexicon.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Shifted {
    /// The entry that is thought away.
    pub(crate) without: EntryId,
    /// Whether the match would then count; else it would no longer.
    pub(crate) appears: bool,
    /// A match of another entry.
    pub(crate) candidate: Candidate,
}

/// What else would change if each entry in turn were not in its lexicon: the words that its match
/// takes become free, for a shorter match or one that begins later.
///
/// `kept` is what [`choose`] leaves of `all`. Entries whose matches took no words change nothing.
pub(crate) fn shifts(
    all: &[Candidate],
    kept: &[Candidate],
    taken: &mut Vec<bool>,
    found: &mut Vec<Shifted>,
) {
    let takers = kept.iter().chain(all.iter().filter(|candidate| candidate.blocker));
    let mut entries: Vec<EntryId> = takers.map(|candidate| candidate.entry).collect();
    entries.sort_unstable();
    entries.dedup();
    for without in entries {
        let mut then = all.to_vec();
        then.retain(|candidate| candidate.entry != without);
        choose(&mut then, taken);
        let shifted = |appears| move |&candidate| Shifted { without, appears, candidate };
        found.extend(then.iter().filter(|c| !kept.contains(c)).map(shifted(true)));
        let others = kept.iter().filter(|c| c.entry != without);
        found.extend(others.filter(|c| !then.contains(c)).map(shifted(false)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn candidate(entry: u32, start: usize, words: u64) -> Candidate {
        let (category, blocker) = (CategoryId(entry), entry >= 100);
        Candidate { start, words, entry: EntryId(entry), category, blocker }
    }

    /// What changes without an entry: +4 if entry 4 would count, -4 if it would no longer.
    fn without(entry: u32, all: Vec<Candidate>) -> Vec<i64> {
        let (mut kept, mut found) = (all.clone(), Vec::new());
        choose(&mut kept, &mut Vec::new());
        shifts(&all, &kept, &mut Vec::new(), &mut found);
        found.retain(|shifted| shifted.without == EntryId(entry));
        let signed = |s: &Shifted| i64::from(s.candidate.entry.0) * if s.appears { 1 } else { -1 };
        found.iter().map(signed).collect()
    }

    #[test]
    fn without_a_long_match_the_short_ones_in_it_count() {
        let all = vec![candidate(1, 0, 0b11), candidate(2, 0, 0b1), candidate(3, 1, 0b1)];
        assert_eq!(without(1, all.clone()), [2, 3]);
        assert_eq!(without(2, all), [0i64; 0], "what lost changes nothing");
    }

    #[test]
    fn what_comes_forward_can_push_another_one_out() {
        let all = vec![candidate(1, 0, 0b11), candidate(2, 1, 0b11), candidate(3, 2, 0b1)];
        assert_eq!(kept(all.clone()), [1, 3]);
        assert_eq!(without(1, all), [2, -3]);
    }

    #[test]
    fn without_a_blocker_its_words_count() {
        let all = vec![candidate(100, 0, 0b11), candidate(1, 1, 0b1)];
        assert_eq!(without(100, all), [1]);
    }

    #[test]
    fn another_entry_of_the_category_stands_by_over_the_same_words() {
        let other = Candidate { category: CategoryId(1), ..candidate(3, 0, 0b1) };
        assert_eq!(without(1, vec![candidate(1, 0, 0b1), other]), [3]);
        assert_eq!(without(1, vec![candidate(1, 0, 0b1), candidate(2, 0, 0b1)]), [0i64; 0]);
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
