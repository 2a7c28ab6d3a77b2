//! Which runs of n words stand in articles of more than one outlet: the index behind shared wording.
//!
//! Work and memory grow with the words of the corpus, not with the pairs of its articles.

use std::ops::Range;

use crate::tally::TallyError;

/// Odd multiplier of the rolling hash (the golden ratio in 64 bits).
const BASE: u64 = 0x9e37_79b9_7f4a_7c15;

/// Bits per run of the filter of runs that were seen; with two of them set for each run, one new run
/// in twenty is taken for a repeated one at the end.
const SEEN_BITS: usize = 8;

/// Bits per run of the filter of runs that were seen again, which are few.
const AGAIN_BITS: usize = 2;

/// Runs that are looked at in one go; more are looked at in turn, by their hash, so that the filters
/// stay small (50 MB) however large the corpus is.
const RUNS_AT_ONCE: usize = 40 << 20;

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
    /// two outlets and in at most `most` articles.
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
            let outlet = |place: &Place| shelf.outlet(place.article as usize);
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
    /// Places of all runs that may stand in two outlets, and of a few that do not.
    ///
    /// An outlet repeats itself far more than others repeat it, so that two readings pick the runs:
    /// those that stand in the corpus twice, and those of them that another outlet has.
    fn repeated(&self, shelf: &impl Shelf) -> Result<Vec<Place>, TallyError> {
        let mut seen = Filter::new(self.n_runs * SEEN_BITS, 0);
        let mut again = Filter::new(self.n_runs * AGAIN_BITS, BASE);
        let mut n_again = 0;
        self.each_run(shelf, |place| {
            if seen.insert(place.hash) {
                again.insert(place.hash);
                n_again += 1;
            }
        })?;
        drop(seen);
        let mut first = FirstOutlets::new(n_again);
        let mut across = Filter::new(n_again * SEEN_BITS, !BASE);
        self.each_run(shelf, |place| {
            let outlet = shelf.outlet(place.article as usize);
            if again.holds(place.hash) && first.is_another(place.hash, outlet) {
                across.insert(place.hash);
            }
        })?;
        drop((again, first));
        let mut places = Vec::new();
        self.each_run(shelf, |place| {
            if across.holds(place.hash) {
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

/// The outlet that came first to a slot. Runs that share a slot share its outlet, so that some seem to
/// stand in two outlets that do not; none that does is missed, since one of its outlets is not the
/// first.
struct FirstOutlets {
    slots: Vec<u16>,
}

/// Sets the slots apart from the filters: what shares a word there shares no slot here.
const SLOTS: u64 = BASE.rotate_left(32);

impl FirstOutlets {
    fn new(n_runs: usize) -> Self {
        Self { slots: vec![0; 2 * n_runs + 1] }
    }

    /// Whether the slot of the run belongs to another outlet already.
    fn is_another(&mut self, hash: u64, outlet: usize) -> bool {
        let at = (u128::from(mixed(hash ^ SLOTS)) * self.slots.len() as u128) >> 64;
        // 0 is free. Outlets from 65,534 on share a number and always seem to be another.
        let outlet = u16::try_from(outlet + 1).unwrap_or(u16::MAX);
        let slot = &mut self.slots[at as usize];
        if *slot == 0 {
            *slot = outlet;
        }
        *slot != outlet || outlet == u16::MAX
    }
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
        let grams = Grams::of(&shelf, 7, n_runs, 50).unwrap();
        assert_eq!((grams.runs.len(), grams.places.len(), grams.ignored), (58, 58 * 11, 0));
        let grams = Grams::of(&shelf, 7, n_runs, 10).unwrap();
        assert_eq!((grams.runs.len(), grams.ignored), (0, 58));
        let shelf = Outlets(shelf.0.into_iter().map(|(at, run)| (at + 70_000, run)).collect());
        assert_eq!(Grams::of(&shelf, 7, n_runs, 50).unwrap().runs.len(), 58);
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
