//! Hedges, boosters, evaluations and the verbs that report, by outlet and voice: a sum over
//! articles.

use std::collections::{BTreeMap, BTreeSet};

use crate::compare::cells::{per_1k, share};
use crate::compare::comparison::{Comparison, VOICES, voice_name};
use crate::compare::fold::{Article, Fold};
use crate::compare::frames::FEWEST_VOICE_WORDS;
use crate::compare::units::Once;
use crate::lexicon::{CategoryId, Kind};

/// The categories of `voice.csv` that take a stance, by the first part of their path.
const STANCES: [&str; 5] = ["attribution", "booster", "evaluative", "hedge", "report"];

/// One category of stance in one outlet and voice; zero rows included.
#[derive(Clone, Debug, PartialEq)]
pub struct StanceRow {
    /// The outlet.
    pub outlet: String,
    /// The category's path in `voice.csv`, at most two parts: `hedge`, `hedge/modal`.
    pub category: String,
    /// `own`, `reported`, `quoted` or `all`.
    pub voice: &'static str,
    /// All mentions that do what the category says.
    pub mentions: u64,
    /// Those within the reach of a negator ("not good").
    pub mentions_negated: u64,
    /// Words of the outlet in this voice.
    pub voice_words: u64,
    /// Mentions that are not negated per 1,000 words in any voice, in [0, 1000]; the voices add up.
    /// `None` without words.
    pub per_1k_words: Option<f64>,
    /// The same per 1,000 words in this voice; `None` below 100 words.
    pub per_1k_voice_words: Option<f64>,
    /// Articles with a mention that is not negated.
    pub articles_with_category: u64,
    /// Articles of the outlet.
    pub articles: u64,
    /// Share of the articles with one, in [0, 1]; `None` without articles.
    pub share_articles: Option<f64>,
}

/// What is counted of one category in one outlet and voice.
#[derive(Clone, Copy, Debug, Default)]
struct Count {
    mentions: u64,
    negated: u64,
    articles: u64,
}

/// The sums of one outlet; the last voice is all of them.
#[derive(Clone, Debug, Default)]
struct OutletStance {
    counts: BTreeMap<CategoryId, [Count; 4]>,
    words: [u64; 4],
    articles: u64,
}

/// Sums of stance, one article after the other.
#[derive(Clone, Debug)]
pub struct Stances {
    categories: Vec<CategoryId>,
    outlets: Vec<OutletStance>,
    /// Whether any cue was met whose voice was not looked at.
    unread: bool,
    /// Categories and voices in near-duplicates.
    met: Once<(CategoryId, usize)>,
}

impl Fold for Stances {
    fn add(&mut self, article: &Article<'_>) {
        let (comparison, record) = (article.comparison, article.record);
        let sums = &mut self.outlets[article.outlet];
        sums.articles += u64::from(comparison.units.is_distinct(article.at));
        let by_voice = record.words_by_voice_in(None);
        let all: u64 = by_voice.iter().sum();
        for (sum, words) in sums.words.iter_mut().zip(by_voice.iter().chain([&all])) {
            *sum += words;
        }
        let mut met = BTreeSet::new();
        for cue in &record.cues {
            let Some(marks) = cue.marks else {
                self.unread = true;
                continue;
            };
            if !marks.counts {
                continue;
            }
            let category = comparison.lexicon.entry(cue.entry).category;
            for level in comparison.lexicon.with_ancestors(category) {
                if self.categories.binary_search(&level).is_err() {
                    continue;
                }
                let counts = sums.counts.entry(level).or_default();
                for voice in [marks.voice.index(), 3] {
                    let count = &mut counts[voice];
                    count.mentions += 1;
                    count.negated += u64::from(marks.negated);
                    let first = !marks.negated
                        && met.insert((level, voice))
                        && self.met.is_new(article, || (level, voice));
                    count.articles += u64::from(first);
                }
            }
        }
    }
}

impl Stances {
    /// No article yet.
    pub fn new(comparison: &Comparison<'_>) -> Self {
        let takes_a_stance = |path: &str| {
            let mut parts = path.split('/');
            parts.next().is_some_and(|top| STANCES.contains(&top)) && parts.count() < 2
        };
        let cues = comparison.categories(Kind::Cue);
        let categories = cues.filter(|(_, c)| takes_a_stance(&c.path)).map(|(id, _)| id).collect();
        let outlets = vec![OutletStance::default(); comparison.outlets.len()];
        Stances { categories, outlets, unread: false, met: Once::default() }
    }

    /// A row for every outlet, category and voice; none if voices were not looked at.
    pub fn rows(&self, comparison: &Comparison<'_>) -> Vec<StanceRow> {
        let mut rows = Vec::new();
        if self.unread {
            return rows;
        }
        for (outlet, sums) in comparison.outlets.iter().zip(&self.outlets) {
            for &category in &self.categories {
                let counts = sums.counts.get(&category).copied().unwrap_or_default();
                for (voice, count) in VOICES.into_iter().zip(counts) {
                    let voice_words = sums.words[voice.map_or(3, |v| v.index())];
                    let in_rate = count.mentions - count.negated;
                    let enough = voice_words >= FEWEST_VOICE_WORDS;
                    rows.push(StanceRow {
                        outlet: outlet.to_string(),
                        category: comparison.lexicon.category(category).path.clone(),
                        voice: voice_name(voice),
                        mentions: count.mentions,
                        mentions_negated: count.negated,
                        voice_words,
                        per_1k_words: per_1k(in_rate, sums.words[3]),
                        per_1k_voice_words: per_1k(in_rate, voice_words).filter(|_| enough),
                        articles_with_category: count.articles,
                        articles: sums.articles,
                        share_articles: share(count.articles, sums.articles),
                    });
                }
            }
        }
        rows
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotate::CueMarks;
    use crate::base::Voice;
    use crate::compare::lexicon_fixture::lexicon;
    use crate::lexicon::EntryId;
    use crate::tally::fixture::{Part, article, changed};
    use crate::tally::{CueRecord, Tally};

    fn cue(entry: u32, voice: Voice, counts: bool, negated: bool) -> CueRecord {
        let marks = Some(CueMarks { voice, counts, negated });
        CueRecord { entry: EntryId(entry), paragraph: 0, marks, place: None }
    }

    fn rows(cues: Vec<CueRecord>) -> Vec<StanceRow> {
        let lexicon = lexicon(&[
            ("voice", "evaluative/positive", "good"),
            ("voice", "hedge/modal", "may"),
            ("voice", "negator", "not"),
            ("voice", "report/hostile/object", "slam"),
        ]);
        let own = Part::body(&"word ".repeat(100));
        let said = Part::body(&"word ".repeat(50)).voice(Voice::Reported);
        let tally = article("a", "Alpha", &[own, said]);
        let tally = changed(tally, |record| record.cues.clone_from(&cues));
        let tally = Tally::merge_all([tally, article("b", "Alpha", &[])]).unwrap();
        let comparison = Comparison::new(&tally, &lexicon, &[]);
        comparison.fold(Stances::new(&comparison)).unwrap().rows(&comparison)
    }

    fn find<'a>(rows: &'a [StanceRow], category: &str, voice: &str) -> &'a StanceRow {
        rows.iter().find(|r| r.category == category && r.voice == voice).unwrap()
    }

    #[test]
    fn what_takes_no_stance_where_it_stands_is_not_counted() {
        let rows = rows(vec![
            cue(1, Voice::Own, true, false),
            cue(1, Voice::Own, false, false),
            cue(1, Voice::Reported, true, false),
            cue(2, Voice::Own, true, false),
        ]);
        let hedge = find(&rows, "hedge", "own");
        assert_eq!((hedge.mentions, hedge.voice_words, hedge.articles), (1, 100, 2));
        assert_eq!(hedge.per_1k_voice_words, Some(10.0));
        assert_eq!((hedge.articles_with_category, hedge.share_articles), (1, Some(0.5)));
        let reported = find(&rows, "hedge/modal", "reported");
        assert_eq!((reported.mentions, reported.per_1k_voice_words), (1, None));
        assert_eq!(find(&rows, "hedge", "all").mentions, 2);
        assert!(rows.iter().all(|row| row.category != "negator"));
    }

    #[test]
    fn denied_evaluations_are_counted_apart_and_left_out_of_the_rate() {
        let rows = rows(vec![cue(0, Voice::Own, true, true), cue(0, Voice::Own, true, false)]);
        let good = find(&rows, "evaluative/positive", "own");
        assert_eq!((good.mentions, good.mentions_negated), (2, 1));
        assert_eq!(good.per_1k_voice_words, Some(10.0));
    }

    #[test]
    fn verbs_are_summed_by_stance_and_what_they_take_is_no_level() {
        let rows = rows(vec![cue(3, Voice::Own, true, false)]);
        assert_eq!(find(&rows, "report/hostile", "own").mentions, 1);
        assert!(rows.iter().all(|row| row.category != "report/hostile/object"));
    }

    #[test]
    fn without_voices_there_is_no_stance() {
        let unread = CueRecord { entry: EntryId(1), paragraph: 0, marks: None, place: None };
        assert_eq!(rows(vec![unread]), []);
    }
}
