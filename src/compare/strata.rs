//! The outlets compared within strata, such as months, and over all strata together, so that a
//! difference between outlets is no difference between what they cover when.

use std::collections::{BTreeMap, BTreeSet};

use crate::base::Voice;
use crate::compare::cells::is_in_rate;
use crate::compare::comparison::Comparison;
use crate::compare::events::Events;
use crate::compare::fold::{Article, Fold};
use crate::compare::interval::{RatioSums, t975};
use crate::compare::terms::OTHERS;
use crate::compare::units::Gathered;
use crate::lexicon::{CategoryId, Kind};
use crate::tally::ArticleRecord;

/// Up to so many outlets every two are compared; of more, each with all others together.
const MOST_IN_PAIRS: usize = 5;

/// Strata with a missing side that are named; more are counted.
const NAMED: usize = 20;

/// Outlets missing in a stratum that are named; every row of the stratum repeats them.
const NAMED_OUTLETS: usize = 5;

/// Above so many strata only those that several outlets have words in get rows of their own.
const MOST_STRATA: usize = 1_000;

/// The voices that rates are compared in: the outlet's own, and all.
const VOICES: [&str; 2] = ["own", "all"];

/// What divides articles into strata.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stratum {
    /// The year of the printed day.
    Year,
    /// The year and month of the printed day.
    Month,
    /// The event.
    Event,
    /// The language whose rules it was counted by.
    Language,
    /// A column of the input or of `outlets.csv`.
    Column,
}

impl Stratum {
    /// What a user calls it; any other name is that of a column of the input or of
    /// `outlets.csv`.
    pub fn named(name: &str) -> Self {
        match name {
            "year" => Stratum::Year,
            "month" => Stratum::Month,
            "event" => Stratum::Event,
            "language" => Stratum::Language,
            _ => Stratum::Column,
        }
    }

    /// The stratum of an article; empty if its date or its cell is.
    fn of(
        self,
        at: usize,
        record: &ArticleRecord,
        events: &Events,
        tally: &crate::tally::Tally,
    ) -> String {
        let day = |length| record.published.day.as_deref().and_then(|day| day.get(..length));
        match self {
            Stratum::Year => day(4).unwrap_or_default().to_string(),
            Stratum::Month => day(7).unwrap_or_default().to_string(),
            Stratum::Event => events.of(at, tally),
            Stratum::Language => record.language.clone(),
            Stratum::Column => record.stratum.clone(),
        }
    }
}

/// One frame in one outlet, voice and stratum.
#[derive(Clone, Debug, PartialEq)]
pub struct StratumRow {
    /// The stratum; empty for articles of which it is unknown.
    pub stratum: String,
    /// The outlet.
    pub outlet: String,
    /// Outlets that have no words in the stratum, by name; many are counted; empty if none is missing.
    pub missing: String,
    /// The frame's path; mentions of the levels below it count too.
    pub frame: String,
    /// `own` or `all`.
    pub voice: &'static str,
    /// Its articles in the stratum, near-duplicates counted once.
    pub articles: u64,
    /// Its words there, whoever speaks.
    pub words: u64,
    /// Mentions in the rate.
    pub mentions: u64,
    /// Mentions per 1,000 words.
    pub per_1k_words: f64,
    /// Lower end of its 95 % interval; `None` below two articles.
    pub rate_ci_low: Option<f64>,
    /// Upper end.
    pub rate_ci_high: Option<f64>,
}

/// The difference of the rates of one frame in two outlets, within strata.
#[derive(Clone, Debug, PartialEq)]
pub struct StratifiedRow {
    /// The frame's path.
    pub frame: String,
    /// `own` or `all`.
    pub voice: &'static str,
    /// The outlet whose rate the other one is taken from.
    pub target: String,
    /// The other outlet, or [`OTHERS`].
    pub reference: String,
    /// Strata that both have words in.
    pub strata: u64,
    /// Strata that the target has no words in, or the reference, by name; many are counted.
    pub strata_without_target: String,
    /// The same for the reference.
    pub strata_without_reference: String,
    /// Words of the target in the strata of both.
    pub target_words: u64,
    /// Its words in other strata, which nothing can be compared with.
    pub target_words_left_out: u64,
    /// Words of the reference in the strata of both.
    pub reference_words: u64,
    /// Its words in other strata.
    pub reference_words_left_out: u64,
    /// Rate of the target less that of the reference per 1,000 words, strata not looked at.
    pub difference_pooled: f64,
    /// The same within strata: each difference weighs `n1 n0 / (n1 + n0)`, with n1 and n0 the words
    /// of the two. `None` if no stratum has both. Mantel & Haenszel 1959; for rates over exposures
    /// Greenland & Robins 1985.
    pub difference_stratified: Option<f64>,
    /// Lower end of the 95 % interval of that; `None` unless each side has two articles in every
    /// stratum of both.
    pub diff_ci_low: Option<f64>,
    /// Upper end.
    pub diff_ci_high: Option<f64>,
    /// Rate of the target by that of the reference within strata: `sum x1 n0 / n` by
    /// `sum x0 n1 / n`, with n = n1 + n0. `None` if the reference has no mention there.
    pub rate_ratio_stratified: Option<f64>,
}

/// A frame and the position of a voice.
type Level = (CategoryId, usize);

/// One outlet in one stratum.
#[derive(Clone, Debug, Default, PartialEq)]
struct Side {
    articles: u64,
    words: u64,
    nn: u128,
    /// Mentions, the sum of their squares by article, and that of their products with its words.
    counts: BTreeMap<Level, (u64, u128, u128)>,
}

/// What counts as one article.
struct Unit {
    /// Of its first version; `None` until that has come.
    stratum: Option<String>,
    words: u64,
    counts: BTreeMap<Level, u64>,
}

/// Sums by stratum and outlet.
pub struct Strata<'a> {
    comparison: &'a Comparison<'a>,
    events: &'a Events,
    by: Stratum,
    levels: Vec<Level>,
    sums: BTreeMap<String, BTreeMap<usize, Side>>,
    gathered: Gathered<Unit>,
}

impl Fold for Strata<'_> {
    fn add(&mut self, article: &Article<'_>) {
        let (comparison, record) = (self.comparison, article.record);
        let is_first = article.cluster.is_none_or(|first| first == article.at);
        let stratum = || self.by.of(article.at, record, self.events, comparison.tally);
        let unit = Unit {
            stratum: is_first.then(stratum),
            words: record.words_in(None),
            counts: counts(article),
        };
        let Some(unit) = self.gathered.whole(article, unit, Unit::join) else { return };
        if unit.words == 0 {
            return;
        }
        let outlets = self.sums.entry(unit.stratum.unwrap_or_default()).or_default();
        let side = outlets.entry(article.outlet).or_default();
        side.articles += 1;
        side.words += unit.words;
        side.nn += u128::from(unit.words) * u128::from(unit.words);
        for (level, x) in unit.counts {
            let (sum, xx, xn) = side.counts.entry(level).or_default();
            *sum += x;
            *xx += u128::from(x) * u128::from(x);
            *xn += u128::from(x) * u128::from(unit.words);
        }
    }
}

/// Mentions in the rate of every frame at every level.
fn counts(article: &Article<'_>) -> BTreeMap<Level, u64> {
    let comparison = article.comparison;
    let mut counts = BTreeMap::new();
    for one in &article.counted {
        let is_frame = comparison.lexicon.category(one.category).kind == Kind::Frame;
        if !is_frame || !is_in_rate(comparison, one.category, one.mention) {
            continue;
        }
        for level in comparison.lexicon.with_ancestors(one.category) {
            let own = (one.mention.voice == Voice::Own).then_some(0);
            for voice in own.into_iter().chain([1]) {
                *counts.entry((level, voice)).or_default() += 1;
            }
        }
    }
    counts
}

impl Unit {
    /// Takes in another article of the cluster.
    fn join(&mut self, other: Unit) {
        self.stratum = self.stratum.take().or(other.stratum);
        self.words += other.words;
        for (level, n) in other.counts {
            *self.counts.entry(level).or_default() += n;
        }
    }
}

impl Side {
    fn x(&self, level: Level) -> u64 {
        self.counts.get(&level).map_or(0, |counts| counts.0)
    }

    fn rate(&self, level: Level) -> f64 {
        self.x(level) as f64 / self.words as f64
    }

    fn ratio(&self, level: Level) -> RatioSums {
        let (x, xx, xn) = self.counts.get(&level).copied().unwrap_or_default();
        RatioSums { articles: self.articles, x, n: self.words, xx, xn, nn: self.nn }
    }

    /// The sums of several outlets.
    fn plus(mut self, other: &Side) -> Self {
        self.articles += other.articles;
        self.words += other.words;
        self.nn += other.nn;
        for (level, (x, xx, xn)) in &other.counts {
            let sums = self.counts.entry(*level).or_default();
            *sums = (sums.0 + x, sums.1 + xx, sums.2 + xn);
        }
        self
    }
}

impl<'a> Strata<'a> {
    /// No article yet.
    pub fn new(comparison: &'a Comparison<'a>, events: &'a Events, by: Stratum) -> Self {
        let frames = comparison.categories(Kind::Frame);
        let levels = frames.flat_map(|(id, _)| (0..VOICES.len()).map(move |voice| (id, voice)));
        let levels = levels.collect();
        Strata {
            comparison,
            events,
            by,
            levels,
            sums: BTreeMap::new(),
            gathered: Gathered::default(),
        }
    }

    /// Strata, those in which an outlet has no words, and articles whose stratum is unknown.
    pub fn sizes(&self) -> (u64, u64, u64) {
        let n_outlets = self.comparison.outlets.len();
        let known = || self.sums.iter().filter(|(stratum, _)| !stratum.is_empty());
        let missing = known().filter(|(_, outlets)| outlets.len() < n_outlets).count();
        let unknown = self.sums.get("").into_iter().flat_map(BTreeMap::values);
        (known().count() as u64, missing as u64, unknown.map(|side| side.articles).sum())
    }

    /// A row for every stratum, outlet with words in it, frame that any outlet mentions, and voice, by
    /// stratum. Above a thousand strata only for those that several outlets have words in.
    pub fn rows(&self) -> impl Iterator<Item = StratumRow> {
        let met = self.met();
        let many = self.sums.len() > MOST_STRATA;
        let shown = self.sums.iter().filter(move |(_, outlets)| !many || outlets.len() > 1);
        shown.flat_map(move |(stratum, outlets)| {
            let missing = self.missing(outlets);
            let row = |outlet: usize, side: &Side, level: Level| {
                let interval = side.ratio(level).interval();
                StratumRow {
                    stratum: stratum.clone(),
                    outlet: self.comparison.outlets[outlet].to_string(),
                    missing: missing.clone(),
                    frame: self.comparison.lexicon.category(level.0).path.clone(),
                    voice: VOICES[level.1],
                    articles: side.articles,
                    words: side.words,
                    mentions: side.x(level),
                    per_1k_words: side.rate(level) * 1000.0,
                    rate_ci_low: interval.as_ref().map(|interval| interval.low * 1000.0),
                    rate_ci_high: interval.as_ref().map(|interval| interval.high * 1000.0),
                }
            };
            let rows = outlets
                .iter()
                .flat_map(|(&outlet, side)| met.iter().map(move |&level| (outlet, side, level)));
            rows.map(|(outlet, side, level)| row(outlet, side, level)).collect::<Vec<_>>()
        })
    }

    /// Frames that any outlet mentions, in lexicon order, each in both voices.
    fn met(&self) -> Vec<Level> {
        let sides = self.sums.values().flat_map(BTreeMap::values);
        let met: BTreeSet<CategoryId> =
            sides.flat_map(|side| side.counts.keys().map(|level| level.0)).collect();
        self.levels.iter().copied().filter(|level| met.contains(&level.0)).collect()
    }

    fn missing(&self, outlets: &BTreeMap<usize, Side>) -> String {
        let names = self.comparison.outlets.iter().enumerate();
        let missing: Vec<&str> =
            names.filter(|(at, _)| !outlets.contains_key(at)).map(|(_, name)| *name).collect();
        listed(&missing, NAMED_OUTLETS)
    }

    /// A row for every two outlets, or each and all others, every frame that one of them mentions, and
    /// voice.
    pub fn stratified(&self) -> Vec<StratifiedRow> {
        let names = &self.comparison.outlets;
        let n = names.len();
        let mut rows = Vec::new();
        let met = self.met();
        if n <= MOST_IN_PAIRS {
            for one in 0..n {
                for other in one + 1..n {
                    let pick = |sides: &BTreeMap<usize, Side>| {
                        [one, other].map(|at| sides.get(&at).cloned().unwrap_or_default())
                    };
                    self.add_rows(&mut rows, &met, [names[one], names[other]], &pick);
                }
            }
            return rows;
        }
        for (one, name) in names.iter().enumerate() {
            let pick = |sides: &BTreeMap<usize, Side>| {
                let others = sides.iter().filter(|(at, _)| **at != one).map(|(_, side)| side);
                let target = sides.get(&one).cloned().unwrap_or_default();
                [target, others.fold(Side::default(), Side::plus)]
            };
            self.add_rows(&mut rows, &met, [name, OTHERS], &pick);
        }
        rows
    }

    fn add_rows(
        &self,
        rows: &mut Vec<StratifiedRow>,
        met: &[Level],
        names: [&str; 2],
        pick: &dyn Fn(&BTreeMap<usize, Side>) -> [Side; 2],
    ) {
        // Articles of which the stratum is unknown are no stratum: they may be of any.
        let known = self.sums.iter().filter(|(stratum, _)| !stratum.is_empty());
        let strata: Vec<(&str, [Side; 2])> =
            known.map(|(stratum, sides)| (stratum.as_str(), pick(sides))).collect();
        let all = self
            .sums
            .values()
            .map(pick)
            .fold([Side::default(), Side::default()], |[one, other], [a, b]| {
                [one.plus(&a), other.plus(&b)]
            });
        if all.iter().any(|side| side.words == 0) {
            return;
        }
        let without = |side: usize| {
            let missing = strata
                .iter()
                .filter(|(_, sides)| sides[side].words == 0 && sides[1 - side].words > 0);
            listed(&missing.map(|(stratum, _)| *stratum).collect::<Vec<_>>(), NAMED)
        };
        let couple = Couple {
            names,
            without: [without(0), without(1)],
            both: strata
                .iter()
                .map(|(_, sides)| sides)
                .filter(|sides| sides.iter().all(|side| side.words > 0))
                .collect(),
            all: &all,
        };
        for &level in met {
            if all.iter().any(|side| side.x(level) > 0) {
                rows.push(self.stratified_row(level, &couple));
            }
        }
    }

    fn stratified_row(&self, level: Level, couple: &Couple<'_>) -> StratifiedRow {
        let Couple { names, without, both, all } = couple;
        let words = |side: usize| both.iter().map(|sides| sides[side].words).sum::<u64>();
        let difference = difference(both, level);
        let interval = difference.and_then(|value| Some((value, half_interval(both, level)?)));
        StratifiedRow {
            frame: self.comparison.lexicon.category(level.0).path.clone(),
            voice: VOICES[level.1],
            target: names[0].to_string(),
            reference: names[1].to_string(),
            strata: both.len() as u64,
            strata_without_target: without[0].clone(),
            strata_without_reference: without[1].clone(),
            target_words: words(0),
            target_words_left_out: all[0].words - words(0),
            reference_words: words(1),
            reference_words_left_out: all[1].words - words(1),
            difference_pooled: (all[0].rate(level) - all[1].rate(level)) * 1000.0,
            difference_stratified: difference.map(|value| value * 1000.0),
            diff_ci_low: interval.map(|(value, half)| (value - half) * 1000.0),
            diff_ci_high: interval.map(|(value, half)| (value + half) * 1000.0),
            rate_ratio_stratified: rate_ratio(both, level),
        }
    }
}

/// Two sides that are compared, and what is the same for all their frames.
struct Couple<'s> {
    names: [&'s str; 2],
    /// Strata that one side has no words in and the other has, in words.
    without: [String; 2],
    /// Strata that both have words in.
    both: Vec<&'s [Side; 2]>,
    /// The sums over all strata.
    all: &'s [Side; 2],
}

/// Weight of a stratum: `n1 n0 / (n1 + n0)`.
fn weight(sides: &[Side; 2]) -> f64 {
    let [one, other] = [sides[0].words as f64, sides[1].words as f64];
    one * other / (one + other)
}

/// The difference of the rates within strata; `None` without a stratum that has both.
fn difference(both: &[&[Side; 2]], level: Level) -> Option<f64> {
    let total: f64 = both.iter().map(|sides| weight(sides)).sum();
    let part = |sides: &&[Side; 2]| weight(sides) * (sides[0].rate(level) - sides[1].rate(level));
    (total > 0.0).then(|| both.iter().map(part).sum::<f64>() / total)
}

/// Half the 95 % interval of that, with the article as sampling unit within each stratum and outlet:
/// the variances of the ratio estimators add up with the squares of the weights; degrees of freedom
/// are articles less cells. `None` if a cell has one article, or where nothing was counted, which has
/// no spread to estimate.
fn half_interval(both: &[&[Side; 2]], level: Level) -> Option<f64> {
    let total: f64 = both.iter().map(|sides| weight(sides)).sum();
    let (mut variance, mut freedom) = (0.0, 0);
    let mentions = |side: usize| both.iter().map(|sides| sides[side].x(level)).sum::<u64>();
    if mentions(0) == 0 || mentions(1) == 0 {
        return None;
    }
    for sides in both {
        for side in *sides {
            if side.articles < 2 {
                return None;
            }
            let share = weight(sides) / total;
            let error = side.ratio(level).standard_error();
            variance += share * share * error * error;
            freedom += side.articles - 1;
        }
    }
    (freedom > 0).then(|| t975(freedom) * libm::sqrt(variance))
}

/// The ratio of the rates within strata; `None` if the reference has no mention there.
fn rate_ratio(both: &[&[Side; 2]], level: Level) -> Option<f64> {
    let (mut above, mut below) = (0.0, 0.0);
    for [one, other] in both.iter().map(|sides| [&sides[0], &sides[1]]) {
        let n = (one.words + other.words) as f64;
        above += one.x(level) as f64 * other.words as f64 / n;
        below += other.x(level) as f64 * one.words as f64 / n;
    }
    (below > 0.0).then(|| above / below)
}

/// Names one after the other, at most so many of them.
fn listed(names: &[&str], most: usize) -> String {
    let shown = names.iter().take(most).copied().collect::<Vec<_>>().join("; ");
    if names.len() > most { format!("{shown}; and {} more", names.len() - most) } else { shown }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::{Published, Zone};
    use crate::compare::lexicon_fixture::lexicon;
    use crate::tally::Tally;
    use crate::tally::fixture::{Part, article, changed};

    /// An article of so many words, the first ones `war`, dated in a month of 2024 or undated.
    fn one(id: &str, outlet: &str, month: u32, wars: usize, words: usize) -> Tally {
        let word = |at| if at < wars { format!("w{at}x") } else { "ice".to_string() };
        let mut part =
            Part::body(&format!("{}.", (0..words).map(word).collect::<Vec<_>>().join(" ")));
        for at in 0..wars {
            part = part.mention(&word(at), 0);
        }
        changed(article(id, outlet, &[part]), |record| {
            if month > 0 {
                let day = format!("2024-{month:02}-01");
                record.published = Published::new(day, i64::from(month), None, Zone::Utc);
            }
        })
    }

    fn strata<T>(articles: Vec<Tally>, see: impl FnOnce(&Strata<'_>) -> T) -> T {
        let lexicon = lexicon(&[("frames", "war", "war")]);
        let tally = Tally::merge_all(articles).unwrap();
        let comparison = Comparison::new(&tally, &lexicon, &[]);
        let events = Events::default();
        see(&comparison.fold(Strata::new(&comparison, &events, Stratum::Month)).unwrap())
    }

    fn all(rows: Vec<StratifiedRow>) -> StratifiedRow {
        rows.into_iter().find(|row| row.voice == "all").unwrap()
    }

    #[test]
    fn a_difference_of_months_is_no_difference_of_outlets() {
        // In both months the rates agree, 500 and 100 per 1,000; A writes most in the first one.
        let articles = vec![
            one("a1", "A", 1, 20, 40),
            one("a2", "A", 2, 1, 10),
            one("b1", "B", 1, 5, 10),
            one("b2", "B", 2, 4, 40),
        ];
        let row = strata(articles, |strata| all(strata.stratified()));
        assert!((row.difference_pooled - (21.0 / 50.0 - 9.0 / 50.0) * 1000.0).abs() < 1e-9);
        assert!(row.difference_stratified.unwrap().abs() < 1e-9);
        assert!((row.rate_ratio_stratified.unwrap() - 1.0).abs() < 1e-12);
        assert_eq!((row.strata, row.target_words, row.reference_words), (2, 50, 50));
        assert_eq!(row.diff_ci_low, None, "one article in a cell has no spread");
    }

    #[test]
    fn the_combined_numbers_are_those_computed_by_hand() {
        // Weights 40*10/50 = 8 and 20*20/40 = 10; differences .5-.2 = .3 and .1-.2 = -.1.
        let articles = vec![
            one("a1", "A", 1, 20, 40),
            one("b1", "B", 1, 2, 10),
            one("a2", "A", 2, 2, 20),
            one("b2", "B", 2, 4, 20),
        ];
        let row = strata(articles, |strata| all(strata.stratified()));
        let expect = (8.0 * 0.3 - 10.0 * 0.1) / 18.0 * 1000.0;
        assert!((row.difference_stratified.unwrap() - expect).abs() < 1e-9);
        // (20*10/50 + 2*20/40) / (2*40/50 + 4*20/40) = 5 / 3.6.
        assert!((row.rate_ratio_stratified.unwrap() - 5.0 / 3.6).abs() < 1e-12);
    }

    #[test]
    fn with_one_stratum_the_interval_is_that_of_two_independent_rates() {
        let articles = vec![
            one("a1", "A", 1, 2, 20),
            one("a2", "A", 1, 1, 6),
            one("b1", "B", 1, 3, 20),
            one("b2", "B", 1, 4, 20),
        ];
        let row = strata(articles, |strata| all(strata.stratified()));
        // x = 2, 1 in n = 20, 6: SE of frames.rs; x = 3, 4 in 20, 20: residuals -1/2 and 1/2.
        let one = (2.0_f64 * 2.0 * (4.0 / 13.0) * (4.0 / 13.0)).sqrt() / 26.0;
        let other = (2.0_f64 * 2.0 * 0.25).sqrt() / 40.0;
        let half = 4.302_652_729_749 * (one * one + other * other).sqrt() * 1000.0;
        let (low, high) = (row.diff_ci_low.unwrap(), row.diff_ci_high.unwrap());
        assert!(((high - low) / 2.0 - half).abs() < 1e-6);
        assert!((row.difference_stratified.unwrap() - row.difference_pooled).abs() < 1e-9);
    }

    #[test]
    fn a_stratum_without_an_outlet_is_named_and_an_unknown_one_weighs_nothing() {
        let articles = vec![
            one("a1", "A", 1, 2, 20),
            one("a2", "A", 2, 9, 20),
            one("a3", "A", 0, 9, 20),
            one("b1", "B", 1, 2, 20),
            one("b3", "B", 3, 2, 20),
        ];
        let (row, rows, sizes) = strata(articles, |strata| {
            (all(strata.stratified()), strata.rows().collect::<Vec<_>>(), strata.sizes())
        });
        assert_eq!(sizes, (3, 2, 1));
        assert_eq!(row.strata_without_reference, "2024-02");
        assert_eq!(row.strata_without_target, "2024-03");
        assert_eq!((row.strata, row.target_words, row.target_words_left_out), (1, 20, 40));
        assert_eq!(row.difference_stratified, Some(0.0));
        let of_b = |row: &&StratumRow| row.missing == "B" && row.voice == "all";
        let found: Vec<&str> = rows.iter().filter(of_b).map(|row| row.stratum.as_str()).collect();
        assert_eq!(found, ["", "2024-02"]);
        let row = rows.iter().find(|row| row.stratum == "2024-02" && row.voice == "all").unwrap();
        assert_eq!((row.articles, row.mentions, row.per_1k_words), (1, 9, 450.0));
    }

    #[test]
    fn outlets_that_never_meet_have_no_difference_within_strata() {
        let articles = vec![one("a1", "A", 1, 2, 20), one("b1", "B", 2, 2, 20)];
        let row = strata(articles, |strata| all(strata.stratified()));
        let none = (row.strata, row.difference_stratified, row.rate_ratio_stratified);
        assert_eq!(none, (0, None, None));
    }

    #[test]
    fn of_many_missing_outlets_five_are_named_and_the_others_counted() {
        let mut articles: Vec<Tally> =
            (0..9).map(|n| one(&format!("a{n}"), &format!("O{n}"), 1, 1, 20)).collect();
        articles.push(one("b0", "O0", 2, 1, 20));
        let rows = strata(articles, |strata| strata.rows().collect::<Vec<_>>());
        let row = rows.iter().find(|row| row.stratum == "2024-02").unwrap();
        assert_eq!(row.missing, "O1; O2; O3; O4; O5; and 3 more");
    }

    #[test]
    fn of_many_outlets_each_is_compared_with_all_others() {
        let articles = (0..6).map(|n| one(&format!("a{n}"), &format!("O{n}"), 1, n, 20)).collect();
        let rows = strata(articles, |strata| strata.stratified());
        let first = all(rows);
        assert_eq!((first.target.as_str(), first.reference.as_str()), ("O0", OTHERS));
        assert!((first.difference_stratified.unwrap() + 150.0).abs() < 1e-9);
    }
}
