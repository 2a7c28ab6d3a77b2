//! How far each difference between two outlets' frame rates rests on one lexicon entry or on one
//! article: each is left out in turn.
//!
//! What the counts would be without an entry was seen when the text was read, so nothing is read
//! again. Shares of names and statuses of coverage are not looked at.

mod changes;
mod extremes;
mod left_out;
mod sides;

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use crate::compare::comparison::Comparison;
use crate::compare::coverage::Ground;
use crate::compare::fold::{Article, Fold};
use crate::compare::sensitivity::changes::{ArticleCounts, Level};
use crate::compare::sensitivity::extremes::Extremes;
use crate::compare::sensitivity::left_out::{Difference, leave_out, per_1k};
use crate::compare::sensitivity::sides::{Side, others_of};
use crate::compare::units::Gathered;
use crate::lexicon::{EntryId, Kind, Lexicon};

pub use left_out::{LeftOut, SignWithout};

/// Up to so many outlets every two are compared; of more, each with all others together.
const MOST_IN_PAIRS: usize = 5;

/// The voices that rates are compared in: the outlet's own, and all.
const VOICES: [&str; 2] = ["own", "all"];

/// The difference between the rates of one frame in two outlets.
#[derive(Clone, Debug, PartialEq)]
pub struct SensitivityRow {
    /// The frame's path; a roll-up too.
    pub frame: String,
    /// `own` or `all`.
    pub voice: &'static str,
    /// The outlet whose rate the other one is taken from.
    pub target: String,
    /// The other outlet, or [`OTHERS`](crate::compare::OTHERS).
    pub reference: String,
    /// Mentions in the rate of the target.
    pub target_mentions: u64,
    /// Mentions in the rate of the reference.
    pub reference_mentions: u64,
    /// Mentions per 1,000 words, whoever speaks, of the target.
    pub target_per_1k_words: f64,
    /// Mentions per 1,000 words, whoever speaks, of the reference.
    pub reference_per_1k_words: f64,
    /// Rate of the target less that of the reference.
    pub difference: f64,
    /// Without each lexicon entry that a count on either side depends on, as if its row were not in
    /// the lexicon; the words stay.
    ///
    /// Leave-one-out as in the jackknife (Quenouille 1956; Tukey 1958), over the entries.
    pub entries: LeftOut,
    /// Without each article of either side, with its words. `None` unless both sides have two
    /// articles: without its only article an outlet has no rate.
    pub articles: Option<LeftOut>,
    /// What that rests on.
    pub basis: Ground,
}

/// What is kept of one outlet.
#[derive(Clone, Debug, Default)]
struct OutletSums {
    /// Articles with words.
    articles: u64,
    words: u64,
    counts: BTreeMap<Level, u64>,
    without: BTreeMap<(Level, EntryId), i64>,
    /// One for each level.
    extremes: Vec<Extremes>,
}

/// The sensitivity of every difference of frame rates: at every level, in the outlets' own voice and
/// in all voices, for every two outlets, or for each against all others if there are more than five.
///
/// Rates are those of `frames` over whole articles. A frame that neither side mentions has no row,
/// nor has an outlet without words.
pub struct Sensitivity<'a> {
    comparison: &'a Comparison<'a>,
    /// Every frame that is looked at, by itself and in each voice.
    levels: Vec<Level>,
    outlets: Vec<OutletSums>,
    /// Clusters of near-duplicates that are not whole yet.
    gathered: Gathered<Unit>,
}

/// What counts as one article.
struct Unit {
    words: u64,
    counts: BTreeMap<Level, u64>,
}

impl Unit {
    /// Takes in another article of the cluster.
    fn join(&mut self, other: Unit) {
        self.words += other.words;
        for (level, n) in other.counts {
            *self.counts.entry(level).or_default() += n;
        }
    }
}

impl Fold for Sensitivity<'_> {
    fn add(&mut self, article: &Article<'_>) {
        let record = article.record;
        let words = record.words_in(None);
        if words == 0 && article.cluster.is_none() {
            return;
        }
        let sums = &mut self.outlets[article.outlet];
        sums.words += words;
        let counts = ArticleCounts::of(self.comparison, record);
        for (key, n) in counts.without {
            *sums.without.entry(key).or_default() += n;
        }
        let unit = Unit { words, counts: counts.counts };
        let Some(unit) = self.gathered.whole(article, unit, Unit::join) else { return };
        sums.articles += 1;
        let first = article.cluster.unwrap_or(article.at);
        let id: Arc<str> = Arc::from(&*self.comparison.tally.heads[first].id);
        for (level, extremes) in self.levels.iter().zip(&mut sums.extremes) {
            extremes.see(unit.counts.get(level).copied().unwrap_or(0), unit.words, &id);
        }
        for (level, n) in unit.counts {
            *sums.counts.entry(level).or_default() += n;
        }
    }
}

impl<'a> Sensitivity<'a> {
    /// No article yet.
    pub fn new(comparison: &'a Comparison<'a>) -> Self {
        let frames = comparison.categories(Kind::Frame);
        let levels: Vec<Level> =
            frames.flat_map(|(id, _)| (0..VOICES.len()).map(move |voice| (id, voice))).collect();
        let extremes = vec![Extremes::default(); levels.len()];
        let empty = OutletSums { extremes, ..OutletSums::default() };
        let outlets = vec![empty; comparison.outlets.len()];
        Sensitivity { comparison, levels, outlets, gathered: Gathered::default() }
    }

    /// One row for each difference.
    pub fn rows(&self) -> Vec<SensitivityRow> {
        let comparison = self.comparison;
        let mut rows = Vec::new();
        for (at, &level) in self.levels.iter().enumerate() {
            let sides: Vec<Side> = comparison
                .outlets
                .iter()
                .zip(&self.outlets)
                .map(|(name, sums)| sums.side(name, level, at))
                .collect();
            let others = if sides.len() > MOST_IN_PAIRS { others_of(&sides) } else { Vec::new() };
            let pairs = if others.is_empty() {
                every_two(&sides)
            } else {
                sides.iter().zip(&others).collect()
            };
            let row = |(target, reference)| row(comparison.lexicon, level, target, reference);
            rows.extend(pairs.into_iter().filter_map(row));
        }
        rows
    }
}

impl OutletSums {
    /// The outlet as one side of the comparisons of a level, which is the `at`th.
    fn side(&self, name: &str, level: Level, at: usize) -> Side {
        let entries = (level, EntryId(0))..=(level, EntryId(u32::MAX));
        let without = self.without.range(entries).map(|(&(_, entry), &n)| (entry, n)).collect();
        Side {
            name: name.to_string(),
            articles: self.articles,
            words: self.words,
            mentions: self.counts.get(&level).copied().unwrap_or(0),
            without,
            extremes: self.extremes[at].clone(),
        }
    }
}

/// Every two sides, in the order of the tables.
fn every_two(sides: &[Side]) -> Vec<(&Side, &Side)> {
    let after = |at: usize| sides[at + 1..].iter();
    sides
        .iter()
        .enumerate()
        .flat_map(|(at, side)| after(at).map(move |other| (side, other)))
        .collect()
}

fn row(
    lexicon: &Lexicon,
    (frame, voice): Level,
    target: &Side,
    reference: &Side,
) -> Option<SensitivityRow> {
    let none = target.mentions + reference.mentions == 0;
    if none || target.words == 0 || reference.words == 0 {
        return None;
    }
    let whole = Difference { target: target.counts(), reference: reference.counts() };
    Some(SensitivityRow {
        frame: lexicon.category(frame).path.clone(),
        voice: VOICES[voice],
        target: target.name.clone(),
        reference: reference.name.clone(),
        target_mentions: target.mentions,
        reference_mentions: reference.mentions,
        target_per_1k_words: per_1k(target.counts()),
        reference_per_1k_words: per_1k(reference.counts()),
        difference: whole.value(),
        entries: without_entries(lexicon, whole, target, reference)?,
        articles: without_articles(whole, target, reference),
        basis: Ground::of(target.articles.min(reference.articles)),
    })
}

fn without_entries(
    lexicon: &Lexicon,
    whole: Difference,
    target: &Side,
    reference: &Side,
) -> Option<LeftOut> {
    let mut entries: Vec<EntryId> =
        target.without.keys().chain(reference.without.keys()).copied().collect();
    entries.sort_unstable();
    entries.dedup();
    let n = entries.len() as u64;
    let parts = entries.into_iter().map(|entry| {
        let without = Difference {
            target: target.counts_without_entry(entry),
            reference: reference.counts_without_entry(entry),
        };
        (without, NamedEntry(lexicon, entry))
    });
    leave_out(whole, n, parts)
}

fn without_articles(whole: Difference, target: &Side, reference: &Side) -> Option<LeftOut> {
    if target.articles.min(reference.articles) < 2 {
        return None;
    }
    let of_target =
        target.without_articles().map(|(counts, id)| (Difference { target: counts, ..whole }, id));
    let of_reference = reference
        .without_articles()
        .map(|(counts, id)| (Difference { reference: counts, ..whole }, id));
    leave_out(whole, target.articles + reference.articles, of_target.chain(of_reference))
}

/// An entry as `category: term`, which `explain` understands too.
struct NamedEntry<'a>(&'a Lexicon, EntryId);

impl fmt::Display for NamedEntry<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let entry = self.0.entry(self.1);
        write!(f, "{}: {}", self.0.category(entry.category).path, entry.term)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::Voice;
    use crate::compare::lexicon_fixture::lexicon;
    use crate::compare::terms::OTHERS;
    use crate::tally::fixture::{Part, article, changed};
    use crate::tally::{ShiftRecord, Tally};

    const ROWS: [(&str, &str, &str); 3] =
        [("frames", "tension", "row"), ("frames", "war", "arms"), ("frames", "war", "war")];

    fn rows(parts: Vec<Tally>) -> Vec<SensitivityRow> {
        let tally = Tally::merge_all(parts).unwrap();
        let lexicon = lexicon(&ROWS);
        let comparison = Comparison::new(&tally, &lexicon, &[]);
        comparison.fold(Sensitivity::new(&comparison)).unwrap().rows()
    }

    fn find<'a>(rows: &'a [SensitivityRow], frame: &str, voice: &str) -> &'a SensitivityRow {
        rows.iter().find(|row| row.frame == frame && row.voice == voice).unwrap()
    }

    /// An article of ten words, some of them `war`.
    fn of_ten(id: &str, outlet: &str, wars: usize) -> Tally {
        let text = vec!["war"; wars].into_iter().chain(vec!["stone"; 10 - wars]);
        let text: Vec<String> = text.enumerate().map(|(at, word)| format!("{word}{at}")).collect();
        let part = Part::body(&text.join(" "));
        let part = (0..wars).fold(part, |part, at| part.mention(&format!("war{at}"), 2));
        article(id, outlet, &[part])
    }

    #[test]
    fn what_the_own_voice_rate_leaves_out_carries_nothing() {
        let daily = Part::body("No war and the war and arms of war1 and war2 too")
            .marked("war", 2, |m| m.negated = true)
            .mention("arms", 1)
            .marked("war1", 2, |m| m.scare_quoted = true)
            .marked("war2", 2, |m| m.voice = Voice::Quoted);
        let post = Part::body("Eleven words in all of which not one is a frame");
        let rows = rows(vec![article("a", "Daily", &[daily]), article("b", "Post", &[post])]);
        let own = find(&rows, "war", "own");
        assert_eq!((own.target_mentions, own.entries.n), (1, 1));
        assert_eq!(own.entries.furthest, "war: arms");
        assert_eq!(own.entries.sign, Some(SignWithout::Gone));
        assert_eq!((own.articles.clone(), own.basis), (None, Ground::OneArticle));
        let all = find(&rows, "war", "all");
        assert_eq!((all.target_mentions, all.entries.n), (2, 2));
        assert_eq!(all.entries.sign, Some(SignWithout::Holds));
        assert!(rows.iter().all(|row| row.frame != "tension"), "nobody mentions it");
    }

    #[test]
    fn what_would_come_forward_counts() {
        let daily = article("a", "Daily", &[Part::body("An arms row").mention("arms row", 0)]);
        let daily = changed(daily, |record| {
            let mut arms = record.mentions[0].clone();
            (arms.entry, arms.chars.end) = (EntryId(1), arms.chars.end - 4);
            record.shifts = vec![ShiftRecord { without: EntryId(0), appears: true, mention: arms }];
        });
        let post = article("b", "Post", &[Part::body("One war").mention("war", 2)]);
        let rows = rows(vec![daily, post]);
        let war = find(&rows, "war", "own");
        // 0 of 3 against 1 of 2; without `row` 1 of 3 against 1 of 2.
        assert_eq!((war.target_mentions, war.entries.n), (0, 2));
        assert!((war.entries.low + 500.0 / 3.0).abs() < 1e-9 && war.entries.high == 0.0);
        assert_eq!(
            (war.entries.furthest.as_str(), war.entries.sign_breaker.as_str()),
            ("war: war", "war: war")
        );
        assert_eq!(find(&rows, "tension", "own").entries.n, 1);
    }

    #[test]
    fn of_many_outlets_each_stands_against_the_others() {
        let wars = [(0, 1), (1, 1), (2, 0), (0, 0), (3, 1), (1, 0)];
        let outlets = ["A", "B", "C", "D", "E", "F"];
        let articles = |skip: &str| {
            let all = outlets.iter().zip(wars).flat_map(|(outlet, (one, two))| {
                [(format!("{outlet}1"), *outlet, one), (format!("{outlet}2"), *outlet, two)]
            });
            let kept = all.filter(|(id, ..)| id != skip);
            kept.map(|(id, outlet, n)| of_ten(&id, outlet, n)).collect::<Vec<_>>()
        };
        let whole = rows(articles(""));
        let own: Vec<&SensitivityRow> = whole.iter().filter(|row| row.voice == "own").collect();
        assert_eq!(own.len(), 6);
        let e = own[4];
        assert_eq!((e.target.as_str(), e.reference.as_str()), ("E", OTHERS));
        // 4 of 20 against 6 of 100, and all of it by one entry.
        assert!((e.difference - 140.0).abs() < 1e-9);
        assert_eq!((e.entries.n, e.entries.sign), (1, Some(SignWithout::Gone)));
        let ids = outlets.iter().flat_map(|outlet| [format!("{outlet}1"), format!("{outlet}2")]);
        let without: Vec<f64> = ids
            .map(|id| {
                rows(articles(&id))
                    .into_iter()
                    .find(|r| r.target == "E" && r.voice == "own")
                    .unwrap()
                    .difference
            })
            .collect();
        let all = e.articles.clone().unwrap();
        assert_eq!(all.n, 12);
        assert!((all.low - without.iter().copied().fold(f64::INFINITY, f64::min)).abs() < 1e-9);
        assert!((all.high - without.iter().copied().fold(0.0, f64::max)).abs() < 1e-9);
        assert_eq!((all.furthest.as_str(), all.sign), ("E2", Some(SignWithout::Holds)));
    }
}
