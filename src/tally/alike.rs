//! Pairs of articles of one outlet that may tell one story, and the runs of words by which they are
//! compared.
//!
//! Which paragraphs recur rests on which articles are versions of one story, and that on which
//! paragraphs count. So the runs of each paragraph in question are kept apart, and any of them can be
//! left out of a comparison without reading a text again.

use std::collections::BTreeMap;
use std::path::Path;

use foldhash::fast::FixedState;
use hashbrown::HashMap;

use crate::base::both;
use crate::tally::record::{ParagraphRecord, Wording};
use crate::tally::records::Head;
use crate::tally::traces::Trace;
use crate::tally::{StableHash, Store, Tally, TallyError, shingles};

/// Numbers of their sketches that two articles share at least to be compared in full. Two of which
/// half the runs agree share about sixteen of 32; fewer than six happen once in ten thousand times.
const SHARED: u8 = 6;

/// Least share of the smallest numbers of two articles that both have, as a fraction. Where half the
/// runs agree, fewer than nine of 32 happen once in three hundred times (binomial distribution).
const LEAST: (usize, usize) = (9, 32);

/// Holders of one number that are compared with each other. Of more, each is compared with the
/// next ones only: copies of one text are then still tied together, and the work grows with their
/// number and not with its square.
const HOLDERS: usize = 32;

/// How many of the next ones.
const NEXT: usize = 8;

/// Articles that are read while those before them are kept.
const BATCH: usize = 96;

/// Stands for a paragraph, in the outlet of the article, of which it is asked whether it recurs; 0
/// for all others.
pub(crate) type Label = u32;

/// The label of paragraphs that stay.
pub(crate) const STAYS: Label = 0;

/// Articles that may be near-duplicates of another one of their outlet.
#[derive(Debug)]
pub struct Alike {
    pairs: Vec<(u32, u32)>,
    /// Where the text of an article lies, and the paragraphs in question that it holds, sorted.
    at: BTreeMap<u32, (usize, Box<[Label]>)>,
    texts: Store,
    /// By label, whether the paragraph does not count.
    gone: Vec<bool>,
}

/// An article as a set of runs.
#[derive(Clone, Debug, Default, PartialEq)]
struct Text {
    /// Equal for articles that are the same from the headline to the end.
    whole: u64,
    /// Words of the paragraphs that stay.
    words: u32,
    /// The other paragraphs and their words, sorted.
    labels: Vec<(Label, u32)>,
    /// Each run with the paragraph it stands in, sorted.
    runs: Vec<(u32, Label)>,
}

/// What two articles share.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Compared {
    /// Whether they are the same from the headline to the end.
    pub(crate) same: bool,
    /// Different runs that both have, and those that either has.
    pub(crate) runs: (u32, u32),
    /// How many fewer these would be without a paragraph; a run that several hold stays.
    less: Vec<(Label, u32, u32)>,
}

impl Alike {
    /// The texts of all articles that stand in `pairs`; `label` names the paragraphs in question of
    /// which labels go up to `most`.
    pub(crate) fn read(
        tally: &Tally,
        pairs: Vec<(u32, u32)>,
        (scratch, threads): (&Path, usize),
        labels: (Label, impl Fn(&Head, &ParagraphRecord) -> Label + Sync),
    ) -> Result<Self, TallyError> {
        let gone = vec![false; labels.0 as usize + 1];
        let mut alike = Alike { pairs, at: BTreeMap::new(), texts: Store::new(scratch), gone };
        if alike.pairs.is_empty() {
            return Ok(alike);
        }
        let mut wanted = vec![false; tally.heads.len()];
        for &(one, other) in &alike.pairs {
            (wanted[one as usize], wanted[other as usize]) = (true, true);
        }
        let mut hashes: HashMap<u32, u64, FixedState> = HashMap::default();
        let mut hash_of = |surface: u32| {
            let form = || tally.surfaces.get(surface).surface.to_lowercase();
            *hashes.entry(surface).or_insert_with(|| StableHash::default().text(&form()).finish())
        };
        let mut keep = |(at, wording): &(usize, Wording)| {
            let words: Vec<u64> = wording.words.iter().map(|word| hash_of(word.surface)).collect();
            let label = |paragraph: &_| labels.1(&tally.heads[*at], paragraph);
            let text = Text::of(&wording.paragraphs, &words, label);
            let labels = text.labels.iter().map(|(label, _)| *label).collect();
            alike.at.insert(*at as u32, (alike.texts.len(), labels));
            alike.texts.push(text.numbers().into_iter())
        };
        let mut wordings = tally.records.read_wording(&wanted)?;
        let mut next = || wordings.by_ref().take(BATCH).collect::<Result<Vec<_>, _>>();
        let mut batch = next()?;
        while !batch.is_empty() {
            let (kept, after) = both(threads, || batch.iter().try_for_each(&mut keep), &mut next);
            kept?;
            batch = after?;
        }
        Ok(alike)
    }

    /// Articles whose sketches are alike, sorted; by outlet.
    pub fn pairs(&self) -> &[(u32, u32)] {
        &self.pairs
    }

    /// All articles of the pairs, sorted.
    pub fn articles(&self) -> impl Iterator<Item = u32> {
        self.at.keys().copied()
    }

    /// Leaves the paragraphs out from now on that recur.
    pub(crate) fn leave_out(&mut self, first: Label, recur: &[bool]) {
        self.gone[first as usize..][..recur.len()].copy_from_slice(recur);
    }

    /// The kept words of an article.
    pub fn words(&self, article: u32) -> Result<u32, TallyError> {
        let text = self.text(article)?;
        let stay = text.labels.iter().filter(|(label, _)| !self.gone[*label as usize]);
        Ok(text.words + stay.map(|(_, words)| words).sum::<u32>())
    }

    /// Different runs that two articles share, and those that either has.
    pub fn shared(&self, (one, other): (u32, u32)) -> Result<(u32, u32), TallyError> {
        let [one, other] = [self.text(one)?, self.text(other)?];
        Ok(Compared::of(&one.counting(&self.gone), &other.counting(&self.gone)).runs)
    }

    /// The text of an article; empty if it stands in no pair.
    fn text(&self, article: u32) -> Result<Text, TallyError> {
        let at = self.at.get(&article);
        at.map_or_else(|| Ok(Text::default()), |at| Ok(Text::from_numbers(&self.texts.get(at.0)?)))
    }

    /// The paragraphs in question that stand in two articles.
    pub(crate) fn in_both(&self, one: u32, other: u32) -> impl Iterator<Item = Label> {
        let labels = |article: u32| self.at.get(&article).map(|at| &*at.1).unwrap_or_default();
        let there = labels(other);
        labels(one).iter().copied().filter(|label| there.binary_search(label).is_ok())
    }
}

/// Whether at least half of the different runs of two articles agree.
pub fn is_near((shared, all): (u32, u32)) -> bool {
    all > 0 && 2 * shared >= all
}

impl Text {
    /// `words` holds a hash of each word of the article.
    fn of(
        paragraphs: &[ParagraphRecord],
        words: &[u64],
        label: impl Fn(&ParagraphRecord) -> Label,
    ) -> Self {
        let (mut text, mut whole) = (Text::default(), StableHash::default());
        let mut labels: BTreeMap<Label, u32> = BTreeMap::new();
        for paragraph in paragraphs {
            let (start, end) = paragraph.words;
            let label = label(paragraph);
            *labels.entry(label).or_default() += end - start;
            let runs = shingles(&words[start as usize..end as usize]);
            text.runs.extend(runs.map(|run| (run, label)));
            whole = whole.part(paragraph.hash);
        }
        text.runs.sort_unstable();
        text.runs.dedup();
        text.words = labels.remove(&STAYS).unwrap_or_default();
        text.labels = labels.into_iter().collect();
        text.whole = whole.finish();
        text
    }

    /// As the store keeps it: of an article that holds paragraphs in question each run is followed
    /// by its paragraph.
    fn numbers(&self) -> Vec<u32> {
        let n_labels = self.labels.len() as u32;
        let mut numbers = vec![self.whole as u32, (self.whole >> 32) as u32, self.words, n_labels];
        numbers.extend(self.labels.iter().flat_map(|&(label, words)| [label, words]));
        if self.labels.is_empty() {
            numbers.extend(self.runs.iter().map(|(run, _)| run));
        } else {
            numbers.extend(self.runs.iter().flat_map(|&(run, label)| [run, label]));
        }
        numbers
    }

    fn from_numbers(numbers: &[u32]) -> Self {
        let (first, rest) = numbers.split_at(4);
        let (labels, runs) = rest.split_at(2 * first[3] as usize);
        let pairs = |numbers: &[u32]| -> Vec<(u32, u32)> {
            numbers.chunks_exact(2).map(|pair| (pair[0], pair[1])).collect()
        };
        let whole = u64::from(first[0]) | u64::from(first[1]) << 32;
        let plain = || runs.iter().map(|&run| (run, STAYS)).collect();
        let runs = if labels.is_empty() { plain() } else { pairs(runs) };
        Text { whole, words: first[2], labels: pairs(labels), runs }
    }

    /// Each run that counts, with the paragraph in question that alone holds it, else [`STAYS`].
    fn counting(&self, gone: &[bool]) -> Vec<(u32, Label)> {
        if self.labels.is_empty() {
            return self.runs.clone();
        }
        let runs = self.runs.chunk_by(|one, other| one.0 == other.0);
        let counting = runs.filter_map(|copies| {
            let mut labels = copies.iter().map(|run| run.1).filter(|&at| !gone[at as usize]);
            let first = labels.next()?;
            Some((copies[0].0, if labels.next().is_some() { STAYS } else { first }))
        });
        counting.collect()
    }
}

impl Compared {
    /// Compares two texts by the runs that count.
    fn of(mut one: &[(u32, Label)], mut other: &[(u32, Label)]) -> Self {
        let runs = (0, (one.len() + other.len()) as u32);
        let mut compared = Compared { runs, ..Compared::default() };
        while let (Some(&(here, label)), Some(&(there, second))) = (one.first(), other.first()) {
            if here == there {
                compared.runs.0 += 1;
                compared.runs.1 -= 1;
                compared.lose(label, (1, u32::from(label == second)));
                if label != second {
                    compared.lose(second, (1, 0));
                }
            } else {
                compared.lose(if here < there { label } else { second }, (0, 1));
            }
            one = &one[usize::from(here <= there)..];
            other = &other[usize::from(there <= here)..];
        }
        for &(_, label) in one.iter().chain(other) {
            compared.lose(label, (0, 1));
        }
        compared
    }

    /// Notes that runs hang on a paragraph.
    fn lose(&mut self, label: Label, (shared, all): (u32, u32)) {
        if label == STAYS {
            return;
        }
        if let Some(known) = self.less.iter_mut().find(|known| known.0 == label) {
            (known.1, known.2) = (known.1 + shared, known.2 + all);
        } else {
            self.less.push((label, shared, all));
        }
    }

    /// Different runs that both have without some paragraphs, and those that either has.
    pub(crate) fn without(&self, gone: impl Fn(Label) -> bool) -> (u32, u32) {
        let less = self.less.iter().filter(|less| gone(less.0));
        less.fold(self.runs, |runs, less| (runs.0 - less.1, runs.1 - less.2))
    }

    fn numbers(&self) -> impl Iterator<Item = u32> {
        let first = [u32::from(self.same), self.runs.0, self.runs.1];
        first.into_iter().chain(self.less.iter().flat_map(|&(label, one, two)| [label, one, two]))
    }

    fn from_numbers(numbers: &[u32]) -> Self {
        let (first, less) = numbers.split_at(3);
        let less = less.chunks_exact(3).map(|less| (less[0], less[1], less[2])).collect();
        Compared { same: first[0] == 1, runs: (first[1], first[2]), less }
    }
}

/// What pairs of articles share, each compared once and only if somebody asks.
pub(crate) struct Comparisons<'a> {
    alike: &'a Alike,
    /// Of each pair where it lies, plus one; 0 if nobody has asked.
    at: Vec<u32>,
    found: Store,
    /// Runs of articles that were compared last.
    texts: HashMap<u32, Counting, FixedState>,
}

/// The number of the whole of a text and its runs that count.
type Counting = (u64, Vec<(u32, Label)>);

/// Texts that are at hand.
const AT_HAND: usize = 1_000;

impl<'a> Comparisons<'a> {
    /// Nothing is compared yet of so many pairs.
    pub(crate) fn new(alike: &'a Alike, pairs: usize, scratch: &Path) -> Self {
        let (found, texts) = (Store::new(scratch), HashMap::default());
        Comparisons { alike, at: vec![0; pairs], found, texts }
    }

    /// What the pair with that number shares, nothing left out.
    pub(crate) fn get(
        &mut self,
        no: usize,
        (one, other): (u32, u32),
    ) -> Result<Compared, TallyError> {
        if let Some(at) = self.at[no].checked_sub(1) {
            return Ok(Compared::from_numbers(&self.found.get(at as usize)?));
        }
        if self.texts.len() > AT_HAND {
            self.texts.clear();
        }
        for article in [one, other] {
            if !self.texts.contains_key(&article) {
                let text = self.alike.text(article)?;
                self.texts.insert(article, (text.whole, text.counting(&self.alike.gone)));
            }
        }
        let [one, other] = [&self.texts[&one], &self.texts[&other]];
        let compared = Compared { same: one.0 == other.0, ..Compared::of(&one.1, &other.1) };
        self.found.push(compared.numbers())?;
        self.at[no] = self.found.len() as u32;
        Ok(compared)
    }
}

/// Groups of articles while they are joined, for each of several questions.
#[derive(Debug, Default)]
pub(crate) struct Groups(HashMap<(Label, u32), u32, FixedState>);

impl Groups {
    /// Joins the groups of two articles; whether they were two.
    pub(crate) fn join(&mut self, question: Label, one: u32, other: u32) -> bool {
        let [one, other] = [one, other].map(|article| self.root(question, article));
        if one != other {
            self.0.insert((question, one.max(other)), one.min(other));
        }
        one != other
    }

    /// Whether two articles are in one group.
    pub(crate) fn is_joined(&mut self, question: Label, one: u32, other: u32) -> bool {
        self.root(question, one) == self.root(question, other)
    }

    /// The article that stands for a group.
    fn root(&mut self, question: Label, mut at: u32) -> u32 {
        while let Some(&next) = self.0.get(&(question, at)) {
            if let Some(&after) = self.0.get(&(question, next)) {
                self.0.insert((question, at), after);
            }
            at = next;
        }
        at
    }
}

/// Pairs of articles of one outlet whose sketches are alike, sorted. The traces are those of
/// `articles`, which are positions in ascending order.
pub(crate) fn candidates(traces: &[Trace], articles: &[u32]) -> Vec<(u32, u32)> {
    let numbers = |(at, trace): (u32, &Trace)| {
        let sketch = trace.sketch.to_vec();
        sketch.into_iter().map(move |number| (number, at))
    };
    let mut holders: Vec<(u32, u32)> = (0..).zip(traces).flat_map(numbers).collect();
    holders.sort_unstable();
    let mut shared: HashMap<(u32, u32), u8, FixedState> = HashMap::default();
    for holders in holders.chunk_by(|one, other| one.0 == other.0) {
        let reach = if holders.len() > HOLDERS { NEXT } else { HOLDERS };
        for (at, &(_, one)) in holders.iter().enumerate() {
            for &(_, other) in holders[at + 1..].iter().take(reach) {
                let n = shared.entry((one, other)).or_default();
                *n = n.saturating_add(1);
            }
        }
    }
    drop(holders);
    let sketch = |at: u32| &*traces[at as usize].sketch;
    let near = |&(one, other): &(u32, u32)| may_be_near(sketch(one), sketch(other));
    let often = shared.into_iter().filter(|(_, n)| *n >= SHARED).map(|(pair, _)| pair);
    let mut alike: Vec<(u32, u32)> = often.filter(near).collect();
    alike.sort_unstable();
    let position = |at: u32| articles[at as usize];
    alike.into_iter().map(|(one, other)| (position(one), position(other))).collect()
}

/// Whether two articles whose sketches are these may share half of their runs: of the smallest numbers
/// that either has, both have about half then, sixteen of thirty-two.
fn may_be_near(one: &[u32], other: &[u32]) -> bool {
    let (mut left, mut right, mut all, mut shared) = (0, 0, 0, 0);
    while all < one.len().max(other.len()) && (left < one.len() || right < other.len()) {
        let order = match (one.get(left), other.get(right)) {
            (Some(a), Some(b)) => a.cmp(b),
            (a, b) => b.is_some().cmp(&a.is_some()),
        };
        left += usize::from(order.is_le());
        right += usize::from(order.is_ge());
        shared += usize::from(order.is_eq());
        all += 1;
    }
    LEAST.1 * shared >= LEAST.0 * all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sketches_that_agree_in_fewer_than_nine_of_the_smallest_are_of_different_stories() {
        let sketch = |n_shared: u32| -> Vec<u32> {
            let own = (n_shared..32).map(|n| 2 * n + 1_000 * n_shared);
            let mut numbers: Vec<u32> = (0..n_shared).chain(own).collect();
            numbers.sort_unstable();
            numbers
        };
        let other: Vec<u32> = (0..32).map(|n| if n < 16 { n } else { 100_000 + n }).collect();
        assert!(may_be_near(&other, &other));
        assert!(may_be_near(&sketch(9), &other) && may_be_near(&other, &sketch(9)));
        assert!(!may_be_near(&sketch(8), &other) && !may_be_near(&other, &sketch(8)));
        // Short articles have fewer numbers: the same share of those counts.
        assert!(may_be_near(&[1, 2, 3, 4], &[1, 2]));
        assert!(!may_be_near(&[1, 2, 3, 4, 5, 6, 7], &[1, 12, 13, 14, 15, 16, 17]));
    }

    const ONE: Label = 1;
    const TWO: Label = 2;

    fn text(runs: &[(u32, Label)]) -> Text {
        let labels = [(ONE, 7), (TWO, 9)].into();
        Text { whole: u64::MAX - 5, words: 3, labels, runs: runs.to_vec() }
    }

    #[test]
    fn a_text_comes_back_from_its_numbers() {
        for runs in [&[(4, STAYS), (4, TWO), (5, ONE), (6, STAYS)][..], &[(4, STAYS)], &[]] {
            assert_eq!(Text::from_numbers(&text(runs).numbers()), text(runs));
        }
        assert_eq!(Text::from_numbers(&Text::default().numbers()), Text::default());
    }

    #[test]
    fn a_run_hangs_on_a_paragraph_that_alone_holds_it() {
        let one = text(&[(1, STAYS), (2, ONE), (3, ONE), (3, TWO), (4, STAYS), (4, ONE), (5, TWO)]);
        let none = [false; 3];
        assert_eq!(one.counting(&none), [(1, 0), (2, ONE), (3, 0), (4, 0), (5, TWO)]);
        let gone = [false, true, false];
        assert_eq!(one.counting(&gone), [(1, 0), (3, TWO), (4, 0), (5, TWO)]);
    }

    #[test]
    fn what_two_share_without_a_paragraph_is_what_is_left_of_both() {
        let (one, other) = (
            text(&[(1, 0), (2, ONE), (3, ONE), (4, TWO), (6, ONE), (9, 0)]),
            text(&[(1, 0), (2, ONE), (3, TWO), (5, TWO), (6, 0), (7, ONE)]),
        );
        let none = [false; 3];
        let compared = Compared::of(&one.counting(&none), &other.counting(&none));
        assert_eq!(compared.runs, (4, 8));
        for label in [ONE, TWO] {
            let gone: Vec<bool> = (0..3).map(|at| at == label).collect();
            let left = Compared::of(&one.counting(&gone), &other.counting(&gone));
            assert_eq!(compared.without(|l| l == label), left.runs, "{label}");
        }
        assert_eq!(compared.without(|_| false), (4, 8));
        let numbers: Vec<u32> = compared.numbers().collect();
        assert_eq!(Compared::from_numbers(&numbers), compared);
    }

    #[test]
    fn groups_are_joined_once_for_each_question() {
        let mut groups = Groups::default();
        assert!(groups.join(ONE, 4, 7) && groups.join(ONE, 7, 2) && !groups.join(ONE, 2, 4));
        assert!(groups.join(TWO, 2, 4));
        assert_eq!([2, 4, 7, 9].map(|at| groups.root(ONE, at)), [2, 2, 2, 9]);
    }
}
