//! How a relationship is framed: frames in the sentences that name both actors or stand for the
//! pair, beside all sentences.

use std::collections::{BTreeMap, BTreeSet};

use foldhash::fast::FixedState;
use hashbrown::HashMap;

use crate::base::Voice;
use crate::compare::cells::share;
use crate::compare::comparison::{Comparison, VOICES, voice_name};
use crate::compare::counted::Counted;
use crate::compare::fold::{Article, Fold};
use crate::lexicon::{CategoryId, Kind, Lexicon};
use crate::tally::CharSpan;

/// Two topmost actors, in lexicon order.
type Pair = (CategoryId, CategoryId);

/// Up to so many outlets, a pair that stands in any sentence has a row for every outlet and frame,
/// zeros included. Beyond, zeros would be nearly all of the table, so that it holds only outlets
/// that name the pair, and frames they use there.
const OUTLETS_WITH_ZEROS: usize = 10;

/// One pair, outlet, frame and voice.
#[derive(Clone, Debug, PartialEq)]
pub struct PairRow {
    /// The actor that comes first in the lexicon.
    pub actor_a: String,
    /// The other one.
    pub actor_b: String,
    /// The outlet.
    pub outlet: String,
    /// The frame's path; mentions of the levels below it count too.
    pub frame: String,
    /// `own`, `reported`, `quoted` or `all`.
    pub voice: &'static str,
    /// Sentences that name both actors or stand for the pair, whoever speaks.
    pub sentences_with_pair: u64,
    /// Those of them with a mention of the frame in this voice.
    pub sentences_with_frame: u64,
    /// Share of the pair's sentences with the frame, in [0, 1]; `None` without any.
    pub share_sentences: Option<f64>,
    /// Mentions of the frame in the pair's sentences in this voice.
    pub mentions: u64,
    /// All sentences of the outlet.
    pub all_sentences: u64,
    /// Those with a mention of the frame in this voice.
    pub all_sentences_with_frame: u64,
    /// Share of all sentences with the frame, in [0, 1].
    pub share_all_sentences: Option<f64>,
}

/// Sentences and mentions of one frame.
#[derive(Clone, Copy, Debug, Default)]
struct Sum {
    sentences: u64,
    mentions: u64,
}

/// Counts by voice, all of them last.
type ByVoice = [Sum; 4];

/// Sentences and mentions of every pair and frame.
pub struct Pairs<'a> {
    comparison: &'a Comparison<'a>,
    /// The topmost actors that are states.
    states: BTreeSet<CategoryId>,
    pairs: BTreeSet<Pair>,
    /// All sentences, by outlet.
    sentences: Vec<u64>,
    pair_sentences: HashMap<(Pair, usize), u64, FixedState>,
    frames: HashMap<(CategoryId, usize), ByVoice, FixedState>,
    pair_frames: HashMap<(Pair, usize, CategoryId), ByVoice, FixedState>,
}

impl Fold for Pairs<'_> {
    fn add(&mut self, article: &Article<'_>) {
        self.sentences[article.outlet] += u64::from(article.record.sentences);
        for sentence in sentences(&article.counted, self.comparison.lexicon, &self.states) {
            self.add_sentence(article.outlet, &sentence);
        }
    }
}

impl<'a> Pairs<'a> {
    /// No article yet.
    pub fn new(comparison: &'a Comparison<'a>) -> Self {
        Pairs {
            comparison,
            states: states(comparison),
            pairs: BTreeSet::new(),
            sentences: vec![0; comparison.outlets.len()],
            pair_sentences: HashMap::default(),
            frames: HashMap::default(),
            pair_frames: HashMap::default(),
        }
    }

    /// Every pair that stands in a sentence anywhere, by outlet, frame and voice; above
    /// ten outlets only where an outlet frames the pair so. Rows are made when
    /// they are asked for: there may be as many as pairs times outlets times frames.
    pub fn rows(&self) -> impl Iterator<Item = PairRow> {
        let outlets = 0..self.comparison.outlets.len();
        let places =
            self.pairs.iter().flat_map(move |&pair| outlets.clone().map(move |o| (pair, o)));
        places.flat_map(|(pair, outlet)| self.rows_of(pair, outlet))
    }

    fn add_sentence(&mut self, outlet: usize, sentence: &Sentence) {
        for (&frame, mentions) in &sentence.frames {
            add(self.frames.entry((frame, outlet)).or_default(), mentions);
        }
        for &pair in &sentence.pairs {
            self.pairs.insert(pair);
            *self.pair_sentences.entry((pair, outlet)).or_insert(0) += 1;
            for (&frame, mentions) in &sentence.frames {
                add(self.pair_frames.entry((pair, outlet, frame)).or_default(), mentions);
            }
        }
    }

    /// The rows of one pair in one outlet.
    fn rows_of(&self, pair: Pair, outlet: usize) -> Vec<PairRow> {
        let mut rows = Vec::new();
        let zeros = self.comparison.outlets.len() <= OUTLETS_WITH_ZEROS;
        if !zeros && !self.pair_sentences.contains_key(&(pair, outlet)) {
            return rows;
        }
        for (frame, _) in self.comparison.categories(Kind::Frame) {
            if !zeros && !self.pair_frames.contains_key(&(pair, outlet, frame)) {
                continue;
            }
            for voice in VOICES.into_iter().enumerate() {
                rows.push(self.row(pair, outlet, frame, voice));
            }
        }
        rows
    }

    fn row(
        &self,
        pair: Pair,
        outlet: usize,
        frame: CategoryId,
        (voice_at, voice): (usize, Option<Voice>),
    ) -> PairRow {
        let comparison = self.comparison;
        let path = |id: CategoryId| comparison.lexicon.category(id).path.clone();
        let with_pair = self.pair_sentences.get(&(pair, outlet)).copied().unwrap_or(0);
        let sum = |sums: Option<&ByVoice>| sums.map_or_else(Sum::default, |sums| sums[voice_at]);
        let here = sum(self.pair_frames.get(&(pair, outlet, frame)));
        let everywhere = sum(self.frames.get(&(frame, outlet)));
        PairRow {
            actor_a: path(pair.0),
            actor_b: path(pair.1),
            outlet: comparison.outlets[outlet].to_string(),
            frame: path(frame),
            voice: voice_name(voice),
            sentences_with_pair: with_pair,
            sentences_with_frame: here.sentences,
            share_sentences: share(here.sentences, with_pair),
            mentions: here.mentions,
            all_sentences: self.sentences[outlet],
            all_sentences_with_frame: everywhere.sentences,
            share_all_sentences: share(everywhere.sentences, self.sentences[outlet]),
        }
    }
}

/// Adds one sentence with `mentions` of a frame by voice.
fn add(sums: &mut ByVoice, mentions: &[u64; 4]) {
    for (sum, &n) in sums.iter_mut().zip(mentions) {
        sum.sentences += u64::from(n > 0);
        sum.mentions += n;
    }
}

/// The pairs of one sentence, and its frames at every level by voice, all of them last.
#[derive(Default)]
struct Sentence {
    /// The topmost actors, each with the places of the words that name it.
    actors: BTreeMap<CategoryId, Vec<CharSpan>>,
    stands_for_pair: bool,
    pairs: BTreeSet<Pair>,
    frames: BTreeMap<CategoryId, [u64; 4]>,
}

/// The sentences of an article in which something is mentioned, in reading order.
///
/// A stand-in ("the two countries", "both sides") refers to the nearest sentence, from its own
/// backwards, that names exactly two states; without one it refers to nobody.
fn sentences(
    counted: &[Counted<'_>],
    lexicon: &Lexicon,
    states: &BTreeSet<CategoryId>,
) -> Vec<Sentence> {
    let mut sentences: BTreeMap<u32, Sentence> = BTreeMap::new();
    for one in counted {
        add_mention(sentences.entry(one.mention.sentence).or_default(), one, lexicon);
    }
    let mut spoken_of: Option<Pair> = None;
    for sentence in sentences.values_mut() {
        spoken_of = two_states(&sentence.actors, states).or(spoken_of);
        sentence.pairs = pairs_of(&sentence.actors);
        if sentence.stands_for_pair {
            sentence.pairs.extend(spoken_of);
        }
    }
    sentences.into_values().collect()
}

fn add_mention(sentence: &mut Sentence, one: &Counted<'_>, lexicon: &Lexicon) {
    match lexicon.category(one.category).kind {
        Kind::Actor => {
            let places = sentence.actors.entry(lexicon.top(one.category)).or_default();
            places.push(one.mention.chars);
        }
        Kind::Pair => sentence.stands_for_pair = true,
        Kind::Frame => {
            for level in lexicon.with_ancestors(one.category) {
                let by_voice = sentence.frames.entry(level).or_default();
                by_voice[one.mention.voice.index()] += 1;
                by_voice[3] += 1;
            }
        }
        Kind::Concept | Kind::Label | Kind::Cue => {}
    }
}

/// Every two of the actors that different words name: one expression that names two actors, such as
/// "Western media", says nothing about how they stand to each other.
fn pairs_of(actors: &BTreeMap<CategoryId, Vec<CharSpan>>) -> BTreeSet<Pair> {
    let apart = |a: &CharSpan, b: &CharSpan| a.end <= b.start || b.end <= a.start;
    let mut pairs = BTreeSet::new();
    for (at, (&a, places)) in actors.iter().enumerate() {
        for (&b, others) in actors.iter().skip(at + 1) {
            if places.iter().any(|place| others.iter().any(|other| apart(place, other))) {
                pairs.insert((a, b));
            }
        }
    }
    pairs
}

/// The two states, if the actors hold exactly two.
fn two_states(
    actors: &BTreeMap<CategoryId, Vec<CharSpan>>,
    states: &BTreeSet<CategoryId>,
) -> Option<Pair> {
    let mut named = actors.keys().filter(|actor| states.contains(actor));
    match (named.next(), named.next(), named.next()) {
        (Some(&a), Some(&b), None) => Some((a, b)),
        _ => None,
    }
}

/// The topmost actors that are states: those with a level called `state` below them; all of them if
/// the lexicon has no such level.
fn states(comparison: &Comparison<'_>) -> BTreeSet<CategoryId> {
    let below = comparison.categories(Kind::Actor).filter(|(_, category)| {
        category.parent.is_some() && category.path.rsplit('/').next() == Some("state")
    });
    let states: BTreeSet<CategoryId> = below.map(|(id, _)| comparison.lexicon.top(id)).collect();
    if states.is_empty() {
        return comparison.top_categories(Kind::Actor).map(|(id, _)| id).collect();
    }
    states
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compare::lexicon_fixture::lexicon;
    use crate::tally::fixture::{Part, article};

    const CHINA: u32 = 0;
    const MEDIA: u32 = 1;
    const PUTIN: u32 = 2;
    const RUSSIA: u32 = 3;
    const US: u32 = 4;
    const TRUST: u32 = 5;
    const ROW: u32 = 6;
    const BOTH: u32 = 7;

    fn words() -> Lexicon {
        lexicon(&[
            ("actors", "china/state", "China"),
            ("actors", "media", "Daily"),
            ("actors", "russia/person", "Putin"),
            ("actors", "russia/state", "Russia"),
            ("actors", "us/state", "US"),
            ("frames", "closeness/trust", "trust"),
            ("frames", "tension", "row"),
            ("pairs", "pair", "both sides"),
        ])
    }

    fn rows(parts: &[Part]) -> Vec<PairRow> {
        rows_beside(parts, &["Beta"])
    }

    /// The rows if other outlets have an article in which nothing happens.
    fn rows_beside(parts: &[Part], others: &[&str]) -> Vec<PairRow> {
        let lexicon = words();
        let mut tally = article("a", "Alpha", parts);
        for outlet in others {
            let id = outlet.to_lowercase();
            tally = tally.merge(article(&id, outlet, &[Part::body("Nothing. At all.")])).unwrap();
        }
        let comparison = Comparison::new(&tally, &lexicon, &[]);
        let pairs = comparison.fold(Pairs::new(&comparison)).unwrap();
        pairs.rows().collect()
    }

    fn find(rows: &[PairRow], key: [&str; 5]) -> Option<PairRow> {
        let same = |r: &&PairRow| [&r.actor_a, &r.actor_b, &r.outlet, &r.frame, r.voice] == key;
        rows.iter().find(same).cloned()
    }

    fn three() -> Vec<PairRow> {
        rows(&[
            Part::title("China and Putin build trust")
                .mention("China", CHINA)
                .mention("Putin", PUTIN)
                .mention("trust", TRUST),
            Part::body("The Daily said both sides want trust and more trust. A row over the US.")
                .voice(Voice::Reported)
                .mention("Daily", MEDIA)
                .mention("both sides", BOTH)
                .mention("trust", TRUST)
                .mention("trust.", TRUST)
                .mention("row", ROW)
                .mention("US", US),
        ])
    }

    #[test]
    fn a_sentence_that_names_both_or_stands_for_them_counts_for_the_pair() {
        let trust = find(&three(), ["china", "russia", "Alpha", "closeness", "all"]).unwrap();
        assert_eq!((trust.sentences_with_pair, trust.sentences_with_frame), (2, 2));
        assert_eq!((trust.mentions, trust.share_sentences), (3, Some(1.0)));
        assert_eq!((trust.all_sentences, trust.all_sentences_with_frame), (3, 2));
        assert_eq!(trust.share_all_sentences, Some(2.0 / 3.0));
    }

    #[test]
    fn a_sentence_on_somebody_else_leaves_the_pair_alone() {
        let tension = find(&three(), ["china", "russia", "Alpha", "tension", "all"]).unwrap();
        assert_eq!((tension.sentences_with_frame, tension.all_sentences_with_frame), (0, 1));
    }

    #[test]
    fn voices_are_those_of_the_frame() {
        let own = find(&three(), ["china", "russia", "Alpha", "closeness/trust", "own"]).unwrap();
        let said =
            find(&three(), ["china", "russia", "Alpha", "closeness/trust", "reported"]).unwrap();
        assert_eq!((own.mentions, said.mentions), (1, 2));
        assert_eq!((own.sentences_with_pair, own.sentences_with_frame), (2, 1));
    }

    #[test]
    fn an_outlet_without_the_pair_has_zero_rows_without_shares() {
        let beta = find(&three(), ["china", "russia", "Beta", "tension", "all"]).unwrap();
        assert_eq!((beta.sentences_with_pair, beta.share_sentences), (0, None));
        assert_eq!((beta.all_sentences, beta.share_all_sentences), (2, Some(0.0)));
    }

    #[test]
    fn above_ten_outlets_only_what_an_outlet_says_of_a_pair_has_rows() {
        let title = || {
            Part::title("China and Putin build trust")
                .mention("China", CHINA)
                .mention("Putin", PUTIN)
                .mention("trust", TRUST)
        };
        let others = ["B", "C", "D", "E", "F", "G", "H", "I", "J", "K"];
        let few = rows_beside(&[title()], &others[..9]);
        let many = rows_beside(&[title()], &others);
        assert!(few.iter().any(|row| row.outlet == "B"));
        assert!(many.iter().all(|row| row.outlet == "Alpha" && row.frame.starts_with("closeness")));
        for row in &many {
            assert!(few.contains(row), "{row:?} is as it is among few outlets");
        }
    }

    #[test]
    fn a_pair_in_no_sentence_has_no_row() {
        assert_eq!(find(&three(), ["china", "us", "Alpha", "tension", "all"]), None);
        assert_eq!(find(&three(), ["china", "media", "Alpha", "tension", "all"]), None);
    }

    #[test]
    fn a_stand_in_looks_back_past_sentences_with_one_or_three_states() {
        let rows = rows(&[Part::body(
            "China met Russia. The US watched. China and Russia and US. So both sides trust.",
        )
        .mention("China met", CHINA)
        .mention("Russia.", RUSSIA)
        .mention("US watched", US)
        .mention("China and", CHINA)
        .mention("Russia and", RUSSIA)
        .mention("US.", US)
        .mention("both sides", BOTH)
        .mention("trust", TRUST)]);
        let trust = |b| find(&rows, ["china", b, "Alpha", "closeness", "all"]).unwrap();
        assert_eq!((trust("russia").sentences_with_pair, trust("russia").mentions), (3, 1));
        assert_eq!((trust("us").sentences_with_pair, trust("us").mentions), (1, 0));
    }

    #[test]
    fn one_expression_is_no_pair() {
        let rows = rows(&[Part::body("The China Daily wrote on trust. China and the Daily met.")
            .mention("China Daily", CHINA)
            .mention("China Daily", MEDIA)
            .mention("trust", TRUST)
            .mention("China and", CHINA)
            .mention("Daily met", MEDIA)]);
        let trust = find(&rows, ["china", "media", "Alpha", "closeness", "all"]).unwrap();
        assert_eq!((trust.sentences_with_pair, trust.mentions), (1, 0));
    }

    #[test]
    fn a_stand_in_before_any_pair_stands_for_nobody() {
        let rows = rows(&[Part::body("So both sides trust. China met Russia.")
            .mention("both sides", BOTH)
            .mention("trust", TRUST)
            .mention("China", CHINA)
            .mention("Russia", RUSSIA)]);
        let trust = find(&rows, ["china", "russia", "Alpha", "closeness", "all"]).unwrap();
        assert_eq!((trust.sentences_with_pair, trust.mentions), (1, 0));
    }
}
