//! Which runs of n words stand in more than one article: the index behind shared wording.
//!
//! Work and memory grow with the words of the corpus, not with the pairs of its articles.

use std::ops::Range;

use crate::tally::TallyError;

/// Odd multiplier of the rolling hash (the golden ratio in 64 bits).
const BASE: u64 = 0x9e37_79b9_7f4a_7c15;

/// Bits of the two filters per run; more than enough that few runs of one article pass.
const FILTER_BITS_PER_RUN: usize = 8;

/// Runs that are looked at in one go; more are looked at in turn, by their hash, so that the filters
/// stay small however large the corpus is.
const RUNS_AT_ONCE: usize = 16 << 20;

/// Where a run of n words starts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Place {
    hash: u64,
    /// Position of the article.
    pub(crate) article: u32,
    /// Position of its first word in the article.
    pub(crate) word: u32,
}

/// An article as the index sees it.
pub(crate) struct Folded {
    /// A hash of each folded word, the same in every tally.
    pub(crate) words: Vec<u64>,
    /// Stretches that no run crosses.
    pub(crate) paragraphs: Vec<Range<usize>>,
}

impl Folded {
    /// The paragraph a word stands in.
    pub(crate) fn paragraph_at(&self, word: usize) -> Range<usize> {
        let after = self.paragraphs.partition_point(|paragraph| paragraph.start <= word);
        self.paragraphs[after - 1].clone()
    }
}

/// Where the index finds an article by its position.
pub(crate) trait Shelf {
    /// How many articles there are.
    fn n_articles(&self) -> usize;
    /// An article.
    fn folded(&self, article: usize) -> Result<Folded, TallyError>;
}

/// The runs of n words that stand in at least two articles.
#[derive(Debug, Default)]
pub(crate) struct Grams {
    /// Places of the runs, grouped by run, in article order.
    pub(crate) places: Vec<Place>,
    /// Each run's stretch of `places`.
    pub(crate) runs: Vec<Range<usize>>,
    /// Runs in too many articles, which are not listed.
    pub(crate) ignored: u64,
}

impl Grams {
    /// Indexes all runs of `length` words, about `n_runs` of them, that stand in at least 2 and at
    /// most `most` articles.
    pub(crate) fn of(
        shelf: &impl Shelf,
        length: usize,
        n_runs: usize,
        most: usize,
    ) -> Result<Grams, TallyError> {
        let mut grams = Grams::default();
        let shares = n_runs.div_ceil(RUNS_AT_ONCE).max(1) as u64;
        for share in 0..shares {
            let part = Part { length, share, shares, n_runs: n_runs / shares as usize };
            let mut places = part.repeated(shelf)?;
            places.sort_unstable();
            for run in places.chunk_by(|a, b| a.hash == b.hash) {
                let n_articles = run.chunk_by(|a, b| a.article == b.article).count();
                grams.ignored += u64::from(n_articles > most);
                if n_articles > 1 && n_articles <= most {
                    let start = grams.places.len();
                    grams.runs.push(start..start + run.len());
                    grams.places.extend_from_slice(run);
                }
            }
        }
        Ok(grams)
    }
}

/// The runs whose hash lies in one of `shares` equal ranges: as many as memory may hold at once.
struct Part {
    length: usize,
    share: u64,
    shares: u64,
    n_runs: usize,
}

impl Part {
    /// Places of all runs that may stand in the corpus twice, and of a few that do not.
    fn repeated(&self, shelf: &impl Shelf) -> Result<Vec<Place>, TallyError> {
        let mut seen = Filter::for_runs(self.n_runs);
        let mut again = Filter::for_runs(self.n_runs);
        self.each_run(shelf, |place| {
            if seen.insert(place.hash) {
                again.insert(place.hash);
            }
        })?;
        drop(seen);
        let mut places = Vec::new();
        self.each_run(shelf, |place| {
            if again.holds(place.hash) {
                places.push(place);
            }
        })?;
        Ok(places)
    }

    fn holds(&self, hash: u64) -> bool {
        (u128::from(hash) * u128::from(self.shares)) >> 64 == u128::from(self.share)
    }

    /// Calls `see` for every run, in reading order.
    fn each_run(&self, shelf: &impl Shelf, mut see: impl FnMut(Place)) -> Result<(), TallyError> {
        let length = self.length;
        let highest = (1..length).fold(1_u64, |power, _| power.wrapping_mul(BASE));
        for article in 0..shelf.n_articles() {
            let folded = shelf.folded(article)?;
            for paragraph in &folded.paragraphs {
                let words = &folded.words[paragraph.clone()];
                let mut hash = 0_u64;
                for (end, &word) in words.iter().enumerate() {
                    hash = hash.wrapping_mul(BASE).wrapping_add(word);
                    if end + 1 >= length {
                        let start = end + 1 - length;
                        if self.holds(hash) {
                            let word = (paragraph.start + start) as u32;
                            see(Place { hash, article: article as u32, word });
                        }
                        hash = hash.wrapping_sub(words[start].wrapping_mul(highest));
                    }
                }
            }
        }
        Ok(())
    }
}

/// A set of hashes that may hold a few more than were put in.
struct Filter {
    bits: Vec<u64>,
}

impl Filter {
    fn for_runs(n_runs: usize) -> Self {
        let n_bits = (n_runs * FILTER_BITS_PER_RUN).next_power_of_two().max(64);
        Self { bits: vec![0; n_bits / 64] }
    }

    /// Word and bit of a hash, from its upper half: the lower bits of the rolling hash spread less.
    fn slot(&self, hash: u64) -> (usize, u64) {
        let bit = (hash ^ (hash >> 32)).wrapping_mul(BASE) >> 16;
        ((bit / 64) as usize & (self.bits.len() - 1), 1 << (bit % 64))
    }

    /// Adds a hash; whether it seemed to be there already.
    fn insert(&mut self, hash: u64) -> bool {
        let (word, bit) = self.slot(hash);
        let held = self.bits[word] & bit != 0;
        self.bits[word] |= bit;
        held
    }

    fn holds(&self, hash: u64) -> bool {
        let (word, bit) = self.slot(hash);
        self.bits[word] & bit != 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    impl Shelf for Vec<Vec<&[u64]>> {
        fn n_articles(&self) -> usize {
            self.len()
        }

        fn folded(&self, article: usize) -> Result<Folded, TallyError> {
            Ok(folded(&self[article]))
        }
    }

    /// The index of some articles, each a list of paragraphs; looked at in one go or in `shares`.
    fn grams(articles: &[&[&[u64]]], length: usize, most: usize) -> Grams {
        let shelf: Vec<Vec<&[u64]>> = articles.iter().map(|article| article.to_vec()).collect();
        let grams = Grams::of(&shelf, length, 9, most).unwrap();
        let turns = Grams::of(&shelf, length, 3 * RUNS_AT_ONCE, most).unwrap();
        assert_eq!((&grams.places, grams.ignored), (&turns.places, turns.ignored));
        grams
    }

    fn folded(paragraphs: &[&[u64]]) -> Folded {
        let mut article = Folded { words: Vec::new(), paragraphs: Vec::new() };
        for words in paragraphs {
            let start = article.words.len();
            article.words.extend_from_slice(words);
            article.paragraphs.push(start..article.words.len());
        }
        article
    }

    fn places(grams: &Grams) -> Vec<(u32, u32)> {
        grams.places.iter().map(|place| (place.article, place.word)).collect()
    }

    #[test]
    fn a_run_of_two_articles_is_listed_once_for_each() {
        let grams = grams(&[&[&[9, 1, 2, 3]], &[&[1, 2, 3, 8]]], 3, 50);
        assert_eq!((places(&grams), grams.runs.len()), (vec![(0, 1), (1, 0)], 1));
    }

    #[test]
    fn a_run_of_one_article_is_not_listed_however_often_it_stands_there() {
        let grams = grams(&[&[&[1, 2, 1, 2]], &[&[7, 8]]], 2, 50);
        assert!(grams.places.is_empty());
    }

    #[test]
    fn no_run_crosses_a_paragraph() {
        let grams = grams(&[&[&[1, 2], &[3]], &[&[1, 2, 3]]], 3, 50);
        assert!(grams.places.is_empty());
    }

    #[test]
    fn a_run_in_too_many_articles_is_counted_and_ignored() {
        let grams = grams(&[&[&[1, 2]], &[&[1, 2]], &[&[1, 2]]], 2, 2);
        assert_eq!((grams.runs.len(), grams.ignored), (0, 1));
    }
}
