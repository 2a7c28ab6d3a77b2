//! Which runs of n words stand in articles of more than one outlet: the index behind shared wording.
//!
//! Work grows with the words of the corpus, not with the pairs of its articles, and memory with the
//! wording that is shared. All words are read twice, however many there are: to divide the hashes of
//! their runs among bins on disk, and to find the places of the runs that the bins show to be shared.

use std::ops::Range;
use std::path::Path;

use foldhash::fast::FixedState;
use hashbrown::HashSet;

use crate::tally::{Bins, TallyError};

/// Odd multiplier of the rolling hash (the golden ratio in 64 bits).
const BASE: u64 = 0x9e37_79b9_7f4a_7c15;

/// Bits per run of the filter of runs that were seen; with two of them set for each run, one new run
/// in twenty is taken for a repeated one at the end.
const SEEN_BITS: usize = 8;

/// Bits per run of the filter of runs that were seen again, which are few.
const AGAIN_BITS: usize = 2;

/// Runs in a bin, about: its filters take 10 MB.
const RUNS_IN_BIN: usize = 8 << 20;

/// Bits of a run's hash that stand in its bin, above those of its outlet. Among eight million runs
/// thirty pairs that differ agree in them; what seems shared for that is found not to be in the end.
const MARK_BITS: u32 = 40;

/// Bits of the outlet of a run.
const OUTLET_BITS: u32 = 64 - MARK_BITS;

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
    /// The outlet of an article, as a number.
    fn outlet(&self, article: usize) -> usize;
    /// An article.
    fn folded(&self, article: usize) -> Result<Folded, TallyError>;
}

/// The runs of n words that stand in articles of at least two outlets.
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
    /// Indexes all runs of `length` words, about `n_runs` of them, that stand in articles of at least
    /// two outlets and in at most `most` articles. Bins lie in `scratch`.
    pub(crate) fn of(
        shelf: &impl Shelf,
        length: usize,
        n_runs: usize,
        most: usize,
        scratch: &Path,
    ) -> Result<Grams, TallyError> {
        let across = Across::of(shelf, length, n_runs, scratch)?;
        let mut places = Vec::new();
        each_run(shelf, length, |place| {
            if across.holds(place.hash) {
                places.push(place);
            }
            Ok(())
        })?;
        drop(across);
        places.sort_unstable();
        let outlet = |place: &Place| shelf.outlet(place.article as usize);
        let mut grams = Grams::default();
        for run in places.chunk_by(|a, b| a.hash == b.hash) {
            if run.iter().all(|place| outlet(place) == outlet(&run[0])) {
                continue;
            }
            let n_articles = run.chunk_by(|a, b| a.article == b.article).count();
            grams.ignored += u64::from(n_articles > most);
            if n_articles <= most {
                let start = grams.places.len();
                grams.runs.push(start..start + run.len());
                grams.places.extend_from_slice(run);
            }
        }
        Ok(grams)
    }
}

/// Calls `see` for every run, in reading order.
fn each_run(
    shelf: &impl Shelf,
    length: usize,
    mut see: impl FnMut(Place) -> Result<(), TallyError>,
) -> Result<(), TallyError> {
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
                    let word = (paragraph.start + start) as u32;
                    see(Place { hash, article: article as u32, word })?;
                    hash = hash.wrapping_sub(words[start].wrapping_mul(highest));
                }
            }
        }
    }
    Ok(())
}

/// The runs that stand in articles of two outlets, and a few that do not.
struct Across {
    n_bins: u64,
    /// Marks of the runs, each below the number of its bin.
    marks: HashSet<u64, FixedState>,
}

impl Across {
    fn of(
        shelf: &impl Shelf,
        length: usize,
        n_runs: usize,
        scratch: &Path,
    ) -> Result<Self, TallyError> {
        let n_bins = n_runs.div_ceil(RUNS_IN_BIN).max(1);
        let mut across = Across { n_bins: n_bins as u64, marks: HashSet::default() };
        let mut bins = Bins::new(scratch, n_bins);
        let (mut last, mut outlet) = (u32::MAX, 0);
        each_run(shelf, length, |place| {
            if place.article != last {
                last = place.article;
                outlet = shelf.outlet(place.article as usize) as u64;
                assert!(outlet < 1 << OUTLET_BITS, "fewer than 16 million outlets");
            }
            let (bin, mark) = across.mark(place.hash);
            bins.push(bin as usize, mark << OUTLET_BITS | outlet)
        })?;
        for bin in 0..n_bins {
            let shared = shared_in(&bins, bin, n_runs / n_bins)?;
            across.marks.extend(shared.into_iter().map(|mark| (bin as u64) << MARK_BITS | mark));
        }
        Ok(across)
    }

    /// The bin of a run and what stands for it there.
    fn mark(&self, hash: u64) -> (u64, u64) {
        let mixed = mixed(hash);
        let bin = (u128::from(mixed) * u128::from(self.n_bins)) >> 64;
        (bin as u64, mixed & ((1 << MARK_BITS) - 1))
    }

    fn holds(&self, hash: u64) -> bool {
        let (bin, mark) = self.mark(hash);
        self.marks.contains(&(bin << MARK_BITS | mark))
    }
}

/// The marks in a bin that come with two outlets. Most runs stand in the corpus once: two filters leave
/// the others to be sorted, and one in twenty of these.
fn shared_in(bins: &Bins, bin: usize, n_runs: usize) -> Result<Vec<u64>, TallyError> {
    let mark = |run: u64| run >> OUTLET_BITS;
    let mut seen = Filter::new(n_runs * SEEN_BITS, 0);
    let mut again = Filter::new(n_runs * AGAIN_BITS, BASE);
    bins.each(bin, |run| {
        if seen.insert(mark(run)) {
            again.insert(mark(run));
        }
    })?;
    drop(seen);
    let mut repeated = Vec::new();
    bins.each(bin, |run| {
        if again.holds(mark(run)) {
            repeated.push(run);
        }
    })?;
    // By mark, then by outlet, and each outlet once.
    repeated.sort_unstable();
    repeated.dedup();
    let shared = repeated.windows(2).filter(|pair| mark(pair[0]) == mark(pair[1]));
    Ok(shared.map(|pair| mark(pair[0])).collect())
}

/// The bits of a hash spread evenly (the finaliser of splitmix64): the lower bits of the rolling hash
/// spread less.
fn mixed(hash: u64) -> u64 {
    let mixed = (hash ^ (hash >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}

/// A set of hashes that may hold a few more than were put in (Bloom 1970), both bits of a hash in one
/// word of memory.
struct Filter {
    words: Vec<u64>,
    /// Tells filters apart, so that what looks alike to one does not to the other.
    salt: u64,
}

impl Filter {
    fn new(n_bits: usize, salt: u64) -> Self {
        Self { words: vec![0; n_bits / 64 + 1], salt }
    }

    /// Position of a hash and its bits there.
    fn slot(&self, hash: u64) -> (usize, u64) {
        let mixed = mixed(hash ^ self.salt);
        let word = (u128::from(mixed) * self.words.len() as u128) >> 64;
        (word as usize, 1 << (mixed & 63) | 1 << (mixed >> 6 & 63))
    }

    /// Adds a hash; whether it seemed to be there already.
    fn insert(&mut self, hash: u64) -> bool {
        let (word, bits) = self.slot(hash);
        let held = self.words[word] & bits == bits;
        self.words[word] |= bits;
        held
    }

    fn holds(&self, hash: u64) -> bool {
        let (word, bits) = self.slot(hash);
        self.words[word] & bits == bits
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    impl Shelf for Vec<Vec<&[u64]>> {
        fn n_articles(&self) -> usize {
            self.len()
        }

        fn outlet(&self, article: usize) -> usize {
            article
        }

        fn folded(&self, article: usize) -> Result<Folded, TallyError> {
            Ok(folded(&self[article]))
        }
    }

    /// The index of some articles, each a list of paragraphs; in one bin and in several.
    fn grams(articles: &[&[&[u64]]], length: usize, most: usize) -> Grams {
        let shelf: Vec<Vec<&[u64]>> = articles.iter().map(|article| article.to_vec()).collect();
        let grams = of(&shelf, length, 9, most);
        let bins = of(&shelf, length, 3 * RUNS_IN_BIN, most);
        assert_eq!((&grams.places, grams.ignored), (&bins.places, bins.ignored));
        grams
    }

    fn of(shelf: &impl Shelf, length: usize, n_runs: usize, most: usize) -> Grams {
        Grams::of(shelf, length, n_runs, most, &std::env::temp_dir()).unwrap()
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

    /// Articles with their outlets.
    struct Outlets(Vec<(usize, Vec<u64>)>);

    impl Shelf for Outlets {
        fn n_articles(&self) -> usize {
            self.0.len()
        }

        fn outlet(&self, article: usize) -> usize {
            self.0[article].0
        }

        fn folded(&self, article: usize) -> Result<Folded, TallyError> {
            Ok(folded(&[&self.0[article].1]))
        }
    }

    #[test]
    fn what_an_outlet_repeats_of_itself_is_not_listed() {
        // Each of 300 outlets prints the same run of its own ten times; every tenth also has that of
        // the outlet before it.
        let run = |outlet: usize| (1..9).map(move |n| (outlet as u64 * 100 + n) * n);
        let own = (0..3_000).map(|at| (at % 300, run(at % 300).collect()));
        let borrowed = (1..30).map(|at| (10 * at, run(10 * at - 1).collect()));
        let shelf = Outlets(own.chain(borrowed).collect());
        let n_runs = 2 * shelf.n_articles();
        let grams = of(&shelf, 7, n_runs, 50);
        assert_eq!((grams.runs.len(), grams.places.len(), grams.ignored), (58, 58 * 11, 0));
        let grams = of(&shelf, 7, n_runs, 10);
        assert_eq!((grams.runs.len(), grams.ignored), (0, 58));
        let shelf = Outlets(shelf.0.into_iter().map(|(at, run)| (at + 70_000, run)).collect());
        assert_eq!(of(&shelf, 7, n_runs, 50).runs.len(), 58);
    }

    #[test]
    fn a_filter_forgets_nothing_and_makes_up_little() {
        let hash = |n: u64| n.wrapping_mul(BASE);
        let mut filter = Filter::new(SEEN_BITS * 10_000, 0);
        let made_up = (0..10_000).filter(|&n| filter.insert(hash(n))).count();
        assert!((0..10_000).all(|n| filter.holds(hash(n))));
        let beyond = (10_000..20_000).filter(|&n| filter.holds(hash(n))).count();
        assert!(made_up < 500 && beyond < 1_000, "{made_up} {beyond}");
    }
}
