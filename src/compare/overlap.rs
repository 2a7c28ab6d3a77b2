//! Wording that two outlets share: for each pair of articles the longest run of the same words.
//!
//! A shared run is often a common source (a statement, an agency, a title), not copying.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::collections::BinaryHeap;
use std::rc::Rc;

use foldhash::fast::FixedState;
use hashbrown::HashMap;

use crate::compare::comparison::Comparison;
use crate::compare::fold::{Article, Fold};
use crate::compare::grams::{Folded, Grams, Place, Shelf};
use crate::tally::{CharSpan, Form, StableHash, Store, TallyError, WordRecord};

/// Articles kept at hand while shared runs are followed up.
const OPEN_ARTICLES: usize = 2_000;

/// Places of one run in the other article that are followed up. Only a text that repeats itself
/// again and again has more, and without a bound its pairs would take the square of its length.
const PLACES_PER_ARTICLE: usize = 8;

/// Which shared runs are listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OverlapSettings {
    /// Least words of a run in a small corpus.
    pub min_words: usize,
    /// Articles that a small corpus has at most.
    pub small_corpus: usize,
    /// Least words of a run in a larger corpus.
    pub min_words_large: usize,
    /// A run of the least length in more articles than this is a phrase of the trade: ignored.
    pub most_articles: usize,
    /// Most rows, the longest runs first.
    pub most_rows: usize,
}

impl Default for OverlapSettings {
    fn default() -> Self {
        Self {
            min_words: 5,
            small_corpus: 200,
            min_words_large: 12,
            most_articles: 50,
            most_rows: 100_000,
        }
    }
}

impl OverlapSettings {
    /// Least words of a run in a corpus of so many articles.
    pub fn least_words(&self, n_articles: usize) -> usize {
        if n_articles <= self.small_corpus { self.min_words } else { self.min_words_large }
    }
}

/// The longest run that two articles of different outlets share.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OverlapRow {
    /// The article with the smaller id.
    pub article_id_a: String,
    /// The other article.
    pub article_id_b: String,
    /// Outlet of the first.
    pub outlet_a: String,
    /// Outlet of the second.
    pub outlet_b: String,
    /// Words of the run.
    pub words_shared: u64,
    /// Where it stands in the first article; of runs of equal length the earliest.
    pub chars_a: CharSpan,
    /// Where it stands in the second.
    pub chars_b: CharSpan,
    /// Its words, lower-cased and folded, with blanks between them.
    pub text_a: String,
}

/// Shared wording, and how much of it is not listed. A fold: where runs stand in the text is read
/// from the records once it is known which are listed.
pub struct Overlaps<'a> {
    comparison: &'a Comparison<'a>,
    runs: Vec<Run>,
    chars: Vec<[CharSpan; 2]>,
    texts: Vec<String>,
    /// Article, run, and whether it is the first of the run, in the order of articles.
    sides: Vec<(u32, u32, bool)>,
    /// The first of them whose article has not come yet.
    next: usize,
    /// Words a run has at least.
    pub least_words: u64,
    /// Runs of that length that stand in too many articles and were ignored.
    pub ignored_runs: u64,
    /// Pairs beyond the most rows.
    pub left_out: u64,
}

/// The words of every article, to be looked up by position.
pub struct SharedWords<'a> {
    comparison: &'a Comparison<'a>,
    settings: OverlapSettings,
    /// A hash of the folded form of each surface form, the same in every tally.
    hashes: Vec<u64>,
    /// For each article the number of its paragraphs, their words as ranges, and all words.
    store: Store,
    /// Words a run has at least.
    least: usize,
    n_runs: usize,
    failed: Option<TallyError>,
}

impl Fold for SharedWords<'_> {
    fn add(&mut self, article: &Article<'_>) {
        let record = article.record;
        let ranges = record.paragraphs.iter().map(|paragraph| paragraph.words);
        let runs = ranges.clone().map(|(start, end)| (end - start) as usize);
        self.n_runs += runs.map(|words| (words + 1).saturating_sub(self.least)).sum::<usize>();
        let n_paragraphs = record.paragraphs.len() as u32;
        let numbers =
            [n_paragraphs].into_iter().chain(ranges.flat_map(|(start, end)| [start, end]));
        let words = record.words.iter().map(|word| word.surface);
        if let Err(error) = self.store.push(numbers.chain(words)) {
            self.failed.get_or_insert(error);
        }
    }
}

impl Shelf for SharedWords<'_> {
    fn n_articles(&self) -> usize {
        self.store.len()
    }

    fn outlet(&self, article: usize) -> usize {
        self.comparison.outlet_of(article)
    }

    fn folded(&self, article: usize) -> Result<Folded, TallyError> {
        let numbers = self.store.get(article)?;
        let (n_paragraphs, rest) = numbers.split_first().map_or((0, &[][..]), |(n, r)| (*n, r));
        let (ranges, words) = rest.split_at(2 * n_paragraphs as usize);
        let range = |range: &[u32]| range[0] as usize..range[1] as usize;
        Ok(Folded {
            words: words.iter().map(|&surface| self.hashes[surface as usize]).collect(),
            paragraphs: ranges.chunks_exact(2).map(range).collect(),
        })
    }
}

impl<'a> SharedWords<'a> {
    /// No article yet.
    pub fn new(comparison: &'a Comparison<'a>, settings: &OverlapSettings) -> Self {
        let hash = |s: Form<'_>| StableHash::default().text(&s.surface.to_lowercase()).finish();
        SharedWords {
            comparison,
            settings: *settings,
            hashes: comparison.tally.surfaces.iter().map(hash).collect(),
            store: Store::new(&comparison.scratch),
            least: settings.least_words(comparison.tally.heads.len()).max(1),
            n_runs: 0,
            failed: None,
        }
    }

    /// Finds the longest run of folded words for each pair of articles of different outlets.
    ///
    /// A run stays within a paragraph and ignores punctuation and case. A run is found if any part of
    /// the least length stands in few enough articles; it is then listed in full. Wording that
    /// articles of one outlet share is left to the removal of recurring paragraphs.
    pub fn overlaps(mut self) -> Result<Overlaps<'a>, TallyError> {
        if let Some(error) = self.failed.take() {
            return Err(error);
        }
        let (most, scratch) = (self.settings.most_articles, &self.comparison.scratch);
        let grams = Grams::of(&self, self.least, self.n_runs, most, scratch)?;
        let (runs, left_out) = longest_runs(&self, &grams)?;
        let mut sides: Vec<(u32, u32, bool)> = Vec::with_capacity(2 * runs.len());
        for (at, run) in (0..).zip(&runs) {
            sides.extend([(run.a, at, true), (run.b, at, false)]);
        }
        sides.sort_unstable();
        Ok(Overlaps {
            comparison: self.comparison,
            chars: vec![Default::default(); runs.len()],
            texts: vec![String::new(); runs.len()],
            runs,
            sides,
            next: 0,
            least_words: self.least as u64,
            ignored_runs: grams.ignored,
            left_out,
        })
    }
}

impl Fold for Overlaps<'_> {
    fn add(&mut self, article: &Article<'_>) {
        while let Some(&(at, run, is_a)) = self.sides.get(self.next) {
            if at as usize != article.at {
                break;
            }
            self.next += 1;
            let place = &self.runs[run as usize];
            let start = if is_a { place.start_a } else { place.start_b } as usize;
            let words = &article.record.words[start..start + place.words.0 as usize];
            let chars = words.first().zip(words.last());
            let chars = chars.map(|(first, last)| (first.chars.start, last.chars.end));
            let (start, end) = chars.unwrap_or_default();
            self.chars[run as usize][usize::from(!is_a)] = CharSpan { start, end };
            if is_a {
                let surfaces = &self.comparison.tally.surfaces;
                let lower = |w: &WordRecord| surfaces.get(w.surface).surface.to_lowercase();
                self.texts[run as usize] = words.iter().map(lower).collect::<Vec<_>>().join(" ");
            }
        }
    }
}

impl Overlaps<'_> {
    /// The longest first, then by ids.
    pub fn rows(&self) -> impl Iterator<Item = OverlapRow> {
        let heads = &self.comparison.tally.heads;
        let texts = self.chars.iter().zip(&self.texts);
        self.runs.iter().zip(texts).map(|(run, (chars, text))| {
            let (a, b) = (&heads[run.a as usize], &heads[run.b as usize]);
            OverlapRow {
                article_id_a: a.id.to_string(),
                article_id_b: b.id.to_string(),
                outlet_a: a.outlet.to_string(),
                outlet_b: b.outlet.to_string(),
                words_shared: u64::from(run.words.0),
                chars_a: chars[0],
                chars_b: chars[1],
                text_a: text.clone(),
            }
        })
    }
}

/// A shared run: articles and the positions of its first word. Its order is that of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Run {
    words: Reverse<u32>,
    a: u32,
    b: u32,
    start_a: u32,
    start_b: u32,
}

/// The longest run of each pair, in the order of the table, and how many pairs it leaves out.
fn longest_runs(words: &SharedWords<'_>, grams: &Grams) -> Result<(Vec<Run>, u64), TallyError> {
    let mut longest = BinaryHeap::new();
    let mut left_out = 0;
    let mut open = Open { words, articles: HashMap::default() };
    for seeds in seeds_by_article(grams).chunk_by(|one, other| one.article == other.article) {
        for run in runs_of_article(seeds, &mut open, grams)? {
            longest.push(run);
            if longest.len() > words.settings.most_rows {
                longest.pop();
                left_out += 1;
            }
        }
    }
    Ok((longest.into_sorted_vec(), left_out))
}

/// Articles that were looked up lately.
struct Open<'a> {
    words: &'a SharedWords<'a>,
    articles: HashMap<u32, Rc<Folded>, FixedState>,
}

impl Open<'_> {
    fn get(&mut self, article: u32) -> Result<Rc<Folded>, TallyError> {
        if let Some(folded) = self.articles.get(&article) {
            return Ok(Rc::clone(folded));
        }
        if self.articles.len() >= OPEN_ARTICLES {
            self.articles.clear();
        }
        let folded = Rc::new(self.words.folded(article as usize)?);
        self.articles.insert(article, Rc::clone(&folded));
        Ok(folded)
    }

    fn outlet(&self, article: u32) -> usize {
        self.words.comparison.outlet_of(article as usize)
    }
}

/// A place of an article at which a run starts that other articles share.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Seed {
    article: u32,
    word: u32,
    run: u32,
}

fn seeds_by_article(grams: &Grams) -> Vec<Seed> {
    let mut seeds = Vec::with_capacity(grams.places.len());
    for (run, range) in (0..).zip(&grams.runs) {
        for place in &grams.places[range.clone()] {
            seeds.push(Seed { article: place.article, word: place.word, run });
        }
    }
    seeds.sort_unstable();
    seeds
}

/// The longest run that one article shares with each later article of another outlet.
fn runs_of_article(
    seeds: &[Seed],
    open: &mut Open<'_>,
    grams: &Grams,
) -> Result<Vec<Run>, TallyError> {
    let mut best: BTreeMap<u32, Run> = BTreeMap::new();
    // Where the run last followed on a diagonal (other article, offset between the two) ends: later
    // seeds within it are parts of it.
    let mut followed: HashMap<(u32, i64), u32, FixedState> = HashMap::default();
    for seed in seeds {
        let a = seed.article;
        let places = &grams.places[grams.runs[seed.run as usize].clone()];
        let later = places.partition_point(|place| place.article <= a);
        for same in places[later..].chunk_by(|one, other| one.article == other.article) {
            if open.outlet(same[0].article) == open.outlet(a) {
                continue;
            }
            for place in same.iter().take(PLACES_PER_ARTICLE) {
                let diagonal = (place.article, i64::from(seed.word) - i64::from(place.word));
                let end = followed.entry(diagonal).or_default();
                if seed.word < *end {
                    continue;
                }
                let run = whole_run(&*open.get(a)?, &*open.get(place.article)?, seed, place);
                *end = run.start_a + run.words.0;
                best.entry(place.article).and_modify(|old| *old = run.min(*old)).or_insert(run);
            }
        }
    }
    Ok(best.into_values().collect())
}

/// Extends a shared place to both sides as far as the words agree within their paragraphs.
fn whole_run(a: &Folded, b: &Folded, seed: &Seed, place: &Place) -> Run {
    let (at_a, at_b) = (seed.word as usize, place.word as usize);
    let (in_a, in_b) = (a.paragraph_at(at_a), b.paragraph_at(at_b));
    let alike = |&(x, y): &(&u64, &u64)| x == y;
    let left_a = a.words[in_a.start..at_a].iter().rev();
    let left = left_a.zip(b.words[in_b.start..at_b].iter().rev()).take_while(alike);
    let left = left.count();
    let right = a.words[at_a..in_a.end].iter().zip(&b.words[at_b..in_b.end]);
    let right = right.take_while(alike).count();
    Run {
        words: Reverse((left + right) as u32),
        a: seed.article,
        b: place.article,
        start_a: (at_a - left) as u32,
        start_b: (at_b - left) as u32,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::compare::fixture::{Text, renumbered, tally};
    use crate::tally::Tally;

    #[derive(Debug, PartialEq)]
    struct Found {
        rows: Vec<OverlapRow>,
        ignored_runs: u64,
        left_out: u64,
    }

    fn find_overlaps(tally: &Tally, settings: &OverlapSettings) -> Found {
        let lexicon = crate::lexicon::Lexicon::default();
        let comparison = Comparison::new(tally, &lexicon, &[]);
        let words = comparison.fold(SharedWords::new(&comparison, settings)).unwrap();
        let overlaps = comparison.fold(words.overlaps().unwrap()).unwrap();
        let (ignored_runs, left_out) = (overlaps.ignored_runs, overlaps.left_out);
        Found { rows: overlaps.rows().collect(), ignored_runs, left_out }
    }

    fn find(texts: &[Text<'_>]) -> Found {
        find_overlaps(&tally(texts), &OverlapSettings::default())
    }

    #[test]
    fn the_longest_run_is_found_without_regard_to_case_and_punctuation() {
        let overlaps = find(&[
            ("a", "A", 1, "Tarn is \u{201c}willing to work\u{201d} with Ostrand, he said"),
            ("b", "B", 1, "He said that TARN is willing to work with Ostrand."),
        ]);
        let row = &overlaps.rows[0];
        assert_eq!(
            (row.words_shared, row.text_a.as_str()),
            (7, "tarn is willing to work with ostrand")
        );
        assert_eq!((row.chars_a, row.chars_b.start), (CharSpan { start: 0, end: 38 }, 13));
        assert_eq!((row.outlet_a.as_str(), row.outlet_b.as_str()), ("A", "B"));
    }

    #[test]
    fn four_words_are_no_run() {
        let overlaps =
            find(&[("a", "A", 1, "one two three four x"), ("b", "B", 1, "one two three four y")]);
        assert!(overlaps.rows.is_empty());
    }

    #[test]
    fn a_run_does_not_cross_a_paragraph() {
        let overlaps = find(&[
            ("a", "A", 1, "one two three\nfour five"),
            ("b", "B", 1, "one two three four five"),
        ]);
        assert!(overlaps.rows.is_empty());
    }

    #[test]
    fn one_outlet_does_not_share_with_itself() {
        let text = "one two three four five six";
        assert!(find(&[("a", "A", 1, text), ("b", "A", 1, text)]).rows.is_empty());
    }

    #[test]
    fn of_two_runs_of_one_length_the_earliest_is_printed() {
        let overlaps =
            find(&[("a", "A", 1, "a b c d e x f g h i j"), ("b", "B", 1, "f g h i j y a b c d e")]);
        assert_eq!(overlaps.rows[0].text_a, "a b c d e");
    }

    #[test]
    fn a_phrase_of_the_trade_is_ignored_but_a_run_around_it_is_whole() {
        let settings = OverlapSettings { most_articles: 2, ..OverlapSettings::default() };
        let texts = [
            ("a", "A", 1, "he told reporters on the sidelines of talks"),
            ("b", "B", 1, "x he told reporters on the sidelines of talks"),
            ("c", "C", 1, "she told reporters on the sidelines"),
        ];
        let overlaps = find_overlaps(&tally(&texts), &settings);
        assert_eq!((overlaps.rows.len(), overlaps.rows[0].words_shared), (1, 8));
        assert_eq!(overlaps.ignored_runs, 1);
    }

    #[test]
    fn rows_beyond_the_limit_are_counted() {
        let settings = OverlapSettings { most_rows: 1, ..OverlapSettings::default() };
        let texts = [
            ("a", "A", 1, "one two three four five six"),
            ("b", "B", 1, "one two three four five"),
            ("c", "C", 1, "one two three four five six"),
        ];
        let overlaps = find_overlaps(&tally(&texts), &settings);
        assert_eq!((overlaps.rows.len(), overlaps.left_out), (1, 2));
        assert_eq!(overlaps.rows[0].article_id_b, "c");
    }

    /// The longest run of the first text that the second has too, the earliest of equal ones;
    /// found by trying every run of every paragraph.
    fn longest_by_hand(a: &str, b: &str) -> Vec<String> {
        let paragraphs = |text: &str| -> Vec<Vec<String>> {
            text.split('\n').map(|line| line.split(' ').map(String::from).collect()).collect()
        };
        let b = paragraphs(b);
        let mut best = Vec::new();
        for words in paragraphs(a) {
            for start in 0..words.len() {
                for end in start + 1..=words.len() {
                    let run = &words[start..end];
                    let shared = b.iter().any(|line| line.windows(run.len()).any(|w| w == run));
                    if shared && run.len() > best.len() {
                        best = run.to_vec();
                    }
                }
            }
        }
        best
    }

    fn text() -> impl Strategy<Value = String> {
        let paragraph = prop::collection::vec("[abc]", 1..12).prop_map(|words| words.join(" "));
        prop::collection::vec(paragraph, 1..4).prop_map(|paragraphs| paragraphs.join("\n"))
    }

    proptest! {
        #[test]
        fn the_run_is_the_one_that_trying_all_finds(a in text(), b in text()) {
            let settings = OverlapSettings { min_words: 3, ..OverlapSettings::default() };
            let overlaps = find_overlaps(&tally(&[("a", "A", 1, &a), ("b", "B", 1, &b)]), &settings);
            let run = longest_by_hand(&a, &b);
            if run.len() < 3 {
                prop_assert!(overlaps.rows.is_empty());
            } else {
                let row = &overlaps.rows[0];
                prop_assert_eq!(row.words_shared as usize, run.len());
                let run = run.join(" ");
                prop_assert_eq!(&row.text_a, &run);
                let (a, b) = (char_range(&a, row.chars_a), char_range(&b, row.chars_b));
                prop_assert_eq!((&a, &b), (&run, &run));
            }
        }

        #[test]
        fn the_order_of_articles_and_surfaces_changes_nothing(a in text(), b in text(), c in text()) {
            let tally = tally(&[("a", "A", 1, &a), ("b", "B", 1, &b), ("c", "C", 1, &c)]);
            let backwards = renumbered(tally.clone());
            let settings = OverlapSettings::default();
            prop_assert_eq!(find_overlaps(&tally, &settings), find_overlaps(&backwards, &settings));
        }
    }

    fn char_range(text: &str, chars: CharSpan) -> String {
        text.chars().skip(chars.start as usize).take((chars.end - chars.start) as usize).collect()
    }
}
